/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-detail.h"
#include "jp-office.h"

G_BEGIN_DECLS

/* The pane of a settlement statement: does it add up, its figures, the way to its lines. */

#define JP_TYPE_STATEMENT_DETAIL (jp_statement_detail_get_type ())

G_DECLARE_FINAL_TYPE (JpStatementDetail, jp_statement_detail, JP, STATEMENT_DETAIL, GtkWidget)

GtkWidget *jp_statement_detail_new (JpOffice *office);

/* The answer to "does it add up?", for the pane and for the page of the lines. */
GtkWidget *jp_statement_detail_new_check (JpOffice *office, JpRecord *statement);

G_END_DECLS
