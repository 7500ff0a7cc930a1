/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-migrate.h"

static gboolean
read_integer (JpDb *db, const char *sql, gint64 *out_value, GError **error)
{
  g_autoptr (JpStatement) statement = jp_db_prepare (db, sql, error);
  gboolean row = FALSE;

  if (statement == NULL || !jp_statement_step (statement, &row, error))
    return FALSE;

  *out_value = row ? jp_statement_get_integer (statement, 0) : 0;
  return TRUE;
}

/**
 * jp_migrate_get_version:
 * @db: a connection
 * @out_version: (out): the schema version of the file, 0 for an empty one
 * @error: return location for a [error@Jp.DbError]
 *
 * Returns: whether it could be read
 */
gboolean
jp_migrate_get_version (JpDb *db, gint64 *out_version, GError **error)
{
  return read_integer (db, "PRAGMA user_version", out_version, error);
}

static gboolean
check_file (JpDb                  *db,
            const JpMigrationPlan *plan,
            gint64                 n_steps,
            gint64                *out_version,
            GError               **error)
{
  gint64 application_id = 0;
  gint64 n_tables = 0;

  if (!jp_migrate_get_version (db, out_version, error) ||
      !read_integer (db, "PRAGMA application_id", &application_id, error) ||
      !read_integer (db, "SELECT count (*) FROM sqlite_schema", &n_tables, error))
    return FALSE;

  /* Only an empty file may come without our mark. */
  if (application_id != plan->application_id && (application_id != 0 || n_tables > 0))
    {
      g_set_error (error, JP_DB_ERROR, JP_DB_ERROR_CORRUPT,
                   "the file is the database of another program (application id %" G_GINT64_FORMAT
                   ")",
                   application_id);
      return FALSE;
    }
  if (*out_version > n_steps)
    {
      g_set_error (error, JP_DB_ERROR, JP_DB_ERROR_TOO_NEW,
                   "the database has schema %" G_GINT64_FORMAT
                   ", this program knows %" G_GINT64_FORMAT,
                   *out_version, n_steps);
      return FALSE;
    }
  return TRUE;
}

/* PRAGMA takes no parameters; the numbers are ours. */
static gboolean
write_pragma (JpDb *db, const char *pragma, gint64 value, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA %s=%" G_GINT64_FORMAT, pragma, value);

  return jp_db_exec (db, sql, error);
}

/**
 * jp_migrate:
 * @db: a connection that may write, without an open transaction
 * @plan: the steps
 * @error: return location for a [error@Jp.DbError]
 *
 * Brings a file to the newest version: each step and its version number in one immediate
 * transaction, so that a killed program finds a whole version again. An empty file runs them all:
 * the schema exists once.
 *
 * Returns: %TRUE, or %FALSE with `JP_DB_ERROR_TOO_NEW` for a file of a newer program,
 *   `JP_DB_ERROR_CORRUPT` for one of another program; such files are not touched
 */
gboolean
jp_migrate (JpDb *db, const JpMigrationPlan *plan, GError **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (plan != NULL, FALSE);

  gint64 n_steps = (gint64)g_strv_length ((char **)plan->steps);
  gint64 version = 0;

  g_return_val_if_fail (n_steps > 0, FALSE);
  if (!check_file (db, plan, n_steps, &version, error))
    return FALSE;

  /* Once even without a new step: the description of the records may have grown. */
  for (gint64 i = MIN (version, n_steps - 1); i < n_steps; i++)
    {
      g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

      if (!jp_db_begin_write (db, &transaction, error))
        return FALSE;
      if (plan->before != NULL && !plan->before (db, error))
        return FALSE;
      if (i >= version && (!jp_db_exec (db, plan->steps[i], error) ||
                           !write_pragma (db, "application_id", plan->application_id, error) ||
                           !write_pragma (db, "user_version", i + 1, error)))
        {
          g_prefix_error (error, "could not migrate to schema %" G_GINT64_FORMAT ": ", i + 1);
          return FALSE;
        }
      if (!jp_transaction_commit (&transaction, error))
        return FALSE;
    }

  return TRUE;
}
