/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-list-page.h"
#include "jp-office.h"
#include "jp-query.h"
#include "jp-statement-line-detail.h"

G_BEGIN_DECLS

/* One settlement statement, checked line by line: the unexplained residual as its headline, a table
 * of verdicts, and in the pane why a line is what it is. */

#define JP_TYPE_STATEMENT_LINES (jp_statement_lines_get_type ())

G_DECLARE_FINAL_TYPE (JpStatementLines, jp_statement_lines, JP, STATEMENT_LINES, GtkWidget)

GtkWidget             *jp_statement_lines_new (JpOffice *office, JpRecord *statement);
JpListPage            *jp_statement_lines_get_list (JpStatementLines *self);
JpRecord              *jp_statement_lines_get_statement (JpStatementLines *self);
JpVerdictRows         *jp_statement_lines_get_rows (JpStatementLines *self);
JpStatementLineDetail *jp_statement_lines_get_detail (JpStatementLines *self);
JpQuery               *jp_statement_lines_new_query (JpStatementLines *self);

G_END_DECLS
