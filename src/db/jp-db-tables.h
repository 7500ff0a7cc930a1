/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-db.h"

G_BEGIN_DECLS

/**
 * JpDbTable:
 * @name: (owned): the table
 * @n_rows: its rows
 *
 * How much is in a table: what a copy is compared by.
 */
typedef struct
{
  char  *name;
  gint64 n_rows;
} JpDbTable;

GPtrArray *jp_db_tables_new (void);
void       jp_db_tables_add (GPtrArray *tables, const char *name, gint64 n_rows);
GPtrArray *jp_db_tables_count (JpDb *db, GError **error);
gboolean   jp_db_tables_equal (GPtrArray *a, GPtrArray *b);

G_END_DECLS
