/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-office.h"
#include "jp-paper.h"
#include "jp-refund-repo.h"

G_BEGIN_DECLS

/* Printed matter from the window: a question (printer or file, masked or not), the audit, then the
 * paper. */

/**
 * JpRecordsPaper:
 * @JP_RECORDS_PAPER_OWN: the document of the record itself
 * @JP_RECORDS_PAPER_REFUND: what would come back today, of a contract
 * @JP_RECORDS_PAPER_DISPUTE: a letter about what is wrong, of a statement
 *
 * Which document of a record is printed.
 */
typedef enum {
  JP_RECORDS_PAPER_OWN,
  JP_RECORDS_PAPER_REFUND,
  JP_RECORDS_PAPER_DISPUTE,
} JpRecordsPaper;

/**
 * JpRecordsPrint:
 * @paper: which document
 * @kind: a kind that jp_print_may() print
 * @record: (nullable) (borrowed): the record; %NULL where the kind needs none
 * @reveal: ID and phone numbers in clear
 * @question: (nullable) (borrowed): of a refund sheet: day, hours and fault; %NULL: today, as known
 *
 * What is printed.
 */
typedef struct
{
  JpRecordsPaper paper;
  JpKind         kind;
  JpRecord      *record;
  gboolean       reveal;

  const JpRefundQuestion *question;
} JpRecordsPrint;

void jp_records_print_set_up (GtkPrintOperation *operation, JpPaper *paper);
void jp_records_print (JpOffice *office, JpKind kind, JpRecord *record);
void jp_records_print_refund (JpOffice *office, JpRecord *contract);
void jp_records_print_refund_for (JpOffice               *office,
                                  GtkWindow              *parent,
                                  JpRecord               *contract,
                                  const JpRefundQuestion *question);
void jp_records_print_dispute (JpOffice *office, JpRecord *statement);
void jp_records_print_to (JpOffice             *office,
                          const JpRecordsPrint *what,
                          GFile                *file,
                          JpOfficeDone          done,
                          gpointer              user_data);

G_END_DECLS
