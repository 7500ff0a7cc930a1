/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-db-tables.h"

#define TABLES_MAX 200

static void
table_free (gpointer data)
{
  JpDbTable *table = data;

  g_free (table->name);
  g_free (table);
}

/**
 * jp_db_tables_new:
 *
 * Returns: (transfer full) (element-type JpDbTable): no tables
 */
GPtrArray *
jp_db_tables_new (void)
{
  return g_ptr_array_new_with_free_func (table_free);
}

/**
 * jp_db_tables_add:
 * @tables: (element-type JpDbTable): tables
 * @name: one more
 * @n_rows: its rows
 */
void
jp_db_tables_add (GPtrArray *tables, const char *name, gint64 n_rows)
{
  g_return_if_fail (tables != NULL);
  g_return_if_fail (name != NULL);

  JpDbTable *table = g_new0 (JpDbTable, 1);

  table->name = g_strdup (name);
  table->n_rows = n_rows;
  g_ptr_array_add (tables, table);
}

static gboolean
count_rows (JpDb *db, JpDbTable *table, GError **error)
{
  g_autoptr (GString) name = g_string_new (table->name);
  g_autofree char *sql = NULL;
  gboolean         row = FALSE;

  g_string_replace (name, "\"", "\"\"", 0);
  /* banned-ok: the name comes out of this file's own schema, and names cannot be bound. */
  sql = g_strdup_printf ("SELECT COUNT (*) FROM \"%s\"", name->str);

  g_autoptr (JpStatement) statement = jp_db_prepare (db, sql, error);

  if (statement == NULL || !jp_statement_step (statement, &row, error))
    return FALSE;
  table->n_rows = jp_statement_get_integer (statement, 0);
  return TRUE;
}

/**
 * jp_db_tables_count:
 * @db: a connection
 * @error: return location for a [error@Jp.DbError]
 *
 * Counts the rows of every table. For one consistent answer call it inside a read transaction.
 *
 * Returns: (transfer full) (element-type JpDbTable): the tables by name, or %NULL with an error
 */
GPtrArray *
jp_db_tables_count (JpDb *db, GError **error)
{
  g_return_val_if_fail (db != NULL, NULL);

  g_autoptr (GPtrArray) tables = jp_db_tables_new ();
  g_autoptr (JpStatement) names = jp_db_prepare (db,
                                                 "SELECT name FROM sqlite_schema WHERE type = "
                                                 "'table' AND name NOT LIKE 'sqlite_%'"
                                                 " ORDER BY name LIMIT :limit",
                                                 error);
  gboolean row = FALSE;

  if (names == NULL)
    return NULL;
  jp_statement_bind_integer (names, ":limit", TABLES_MAX);
  while (TRUE)
    {
      if (!jp_statement_step (names, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&tables);

      jp_db_tables_add (tables, jp_statement_get_text (names, 0), 0);
      if (!count_rows (db, g_ptr_array_index (tables, tables->len - 1), error))
        return NULL;
    }
}

/**
 * jp_db_tables_equal:
 * @a: (element-type JpDbTable): tables by name
 * @b: (element-type JpDbTable): others
 *
 * Returns: whether they are the same tables with the same numbers of rows
 */
gboolean
jp_db_tables_equal (GPtrArray *a, GPtrArray *b)
{
  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  if (a->len != b->len)
    return FALSE;

  for (guint i = 0; i < a->len; i++)
    {
      const JpDbTable *one = g_ptr_array_index (a, i);
      const JpDbTable *other = g_ptr_array_index (b, i);

      if (strcmp (one->name, other->name) != 0 || one->n_rows != other->n_rows)
        return FALSE;
    }
  return TRUE;
}
