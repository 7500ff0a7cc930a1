/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-office.h"
#include "jp-paper.h"

G_BEGIN_DECLS

/* Printed matter from the window: a question (printer or file, masked or not), the audit, then the
 * paper. */

/**
 * JpRecordsPrint:
 * @kind: a kind that jp_print_may() print
 * @record: (nullable) (borrowed): the record; %NULL where the kind needs none
 * @reveal: ID and phone numbers in clear
 *
 * What is printed.
 */
typedef struct
{
  JpKind    kind;
  JpRecord *record;
  gboolean  reveal;
} JpRecordsPrint;

void jp_records_print_set_up (GtkPrintOperation *operation, JpPaper *paper);
void jp_records_print (JpOffice *office, JpKind kind, JpRecord *record);
void jp_records_print_to (JpOffice             *office,
                          const JpRecordsPrint *what,
                          GFile                *file,
                          JpOfficeDone          done,
                          gpointer              user_data);

G_END_DECLS
