/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-list-page.h"
#include "jp-office.h"
#include "jp-query-model.h"

G_BEGIN_DECLS

/* The lines of one settlement statement: figures above, table, pane. */

#define JP_TYPE_STATEMENT_LINES (jp_statement_lines_get_type ())

G_DECLARE_FINAL_TYPE (JpStatementLines, jp_statement_lines, JP, STATEMENT_LINES, GtkWidget)

GtkWidget    *jp_statement_lines_new (JpOffice *office, JpRecord *statement);
JpListPage   *jp_statement_lines_get_list (JpStatementLines *self);
JpRecord     *jp_statement_lines_get_statement (JpStatementLines *self);
JpQueryModel *jp_statement_lines_get_model (JpStatementLines *self);

G_END_DECLS
