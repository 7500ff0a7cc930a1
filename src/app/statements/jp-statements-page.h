/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-page-registry.h"
#include "jp-records-page.h"
#include "jp-statement-lines.h"

G_BEGIN_DECLS

/* The page Statements: the list of statements and, one level further in, the lines of one. */

#define JP_TYPE_STATEMENTS_PAGE (jp_statements_page_get_type ())

G_DECLARE_FINAL_TYPE (JpStatementsPage, jp_statements_page, JP, STATEMENTS_PAGE, GtkWidget)

GtkWidget        *jp_statements_page_new (JpOffice *office);
void              jp_statements_page_register (JpPageRegistry *registry, JpOffice *office);
JpRecordsPage    *jp_statements_page_get_records (JpStatementsPage *self);
JpRecordsPage    *jp_statements_page_get_disputes (JpStatementsPage *self);
JpStatementLines *jp_statements_page_get_lines (JpStatementsPage *self);

G_END_DECLS
