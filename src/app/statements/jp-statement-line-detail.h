/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-office.h"
#include "jp-timeline.h"
#include "jp-verdict-rows.h"

G_BEGIN_DECLS

/* The pane of a settlement line: its verdict, what it rests on, the ways to trainee and contract.
 */

#define JP_TYPE_STATEMENT_LINE_DETAIL (jp_statement_line_detail_get_type ())

G_DECLARE_FINAL_TYPE (JpStatementLineDetail,
                      jp_statement_line_detail,
                      JP,
                      STATEMENT_LINE_DETAIL,
                      GtkWidget)

GtkWidget  *jp_statement_line_detail_new (JpOffice *office, const JpId *statement);
void        jp_statement_line_detail_set_row (JpStatementLineDetail *self, JpVerdictRow *row);
JpTimeline *jp_statement_line_detail_get_evidence (JpStatementLineDetail *self);

JpRecord *jp_statement_line_detail_get_dispute (JpStatementLineDetail *self);

G_END_DECLS
