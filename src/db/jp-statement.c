/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-db.h"
#include "jp-db-private.h"

/**
 * jp_statement_new:
 * @db: a connection of the calling thread
 * @sql: one statement, constant text with named parameters
 * @error: return location for a [error@Jp.DbError]
 *
 * Used by the connection's cache; everybody else calls jp_db_prepare().
 *
 * Returns: (transfer full): a prepared statement, or %NULL with an error
 */
JpStatement *
jp_statement_new (JpDb *db, const char *sql, GError **error)
{
  g_return_val_if_fail (db != NULL, NULL);
  g_return_val_if_fail (sql != NULL, NULL);

  sqlite3_stmt *handle = NULL;
  int code = sqlite3_prepare_v3 (db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);

  if (code != SQLITE_OK)
    {
      jp_db_set_error (db, code, error);
      return NULL;
    }

  JpStatement *self = g_new0 (JpStatement, 1);

  self->db = db;
  self->handle = handle;
  self->sql = g_strdup (sql);
  return self;
}

/**
 * jp_statement_free:
 * @self: (transfer full): a statement
 *
 * Used by the connection's cache; callers release statements.
 */
void
jp_statement_free (JpStatement *self)
{
  sqlite3_finalize (self->handle);
  g_free (self->sql);
  g_free (self);
}

/**
 * jp_statement_release:
 * @self: (nullable) (transfer full): a statement
 *
 * Resets it and gives it back to the cache of its connection.
 */
void
jp_statement_release (JpStatement *self)
{
  if (self == NULL)
    return;

  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle);
  self->bind_code = SQLITE_OK;
  self->in_use = FALSE;
  if (!self->cached)
    jp_statement_free (self);
}

/**
 * jp_statement_reset:
 * @self: a statement
 *
 * Makes it ready to run again with other parameters; the bindings stay.
 */
void
jp_statement_reset (JpStatement *self)
{
  g_return_if_fail (self != NULL);

  sqlite3_reset (self->handle);
}

static int
position_of (JpStatement *self, const char *name)
{
  int position = sqlite3_bind_parameter_index (self->handle, name);

  if (position == 0)
    g_error ("no parameter %s in: %s", name, self->sql);
  return position;
}

/* A value for which there is no room fails the statement when it runs; nothing else can fail. */
static void
check_bind (JpStatement *self, int code)
{
  if (code == SQLITE_NOMEM || code == SQLITE_TOOBIG)
    self->bind_code = code;
  else if (code != SQLITE_OK)
    g_error ("could not bind a parameter of: %s: %s", self->sql, sqlite3_errstr (code));
}

/**
 * jp_statement_bind_null_at:
 * @self: a statement
 * @position: 1 for the first parameter
 */
void
jp_statement_bind_null_at (JpStatement *self, int position)
{
  g_return_if_fail (self != NULL);

  check_bind (self, sqlite3_bind_null (self->handle, position));
}

/**
 * jp_statement_bind_integer_at:
 * @self: a statement
 * @position: 1 for the first parameter
 * @value: the value
 */
void
jp_statement_bind_integer_at (JpStatement *self, int position, gint64 value)
{
  g_return_if_fail (self != NULL);

  check_bind (self, sqlite3_bind_int64 (self->handle, position, value));
}

/**
 * jp_statement_bind_text_at:
 * @self: a statement
 * @position: 1 for the first parameter
 * @text: (nullable): the value, %NULL for SQL NULL; copied
 */
void
jp_statement_bind_text_at (JpStatement *self, int position, const char *text)
{
  g_return_if_fail (self != NULL);

  check_bind (self, sqlite3_bind_text (self->handle, position, text, -1, SQLITE_TRANSIENT));
}

/**
 * jp_statement_bind_blob_at:
 * @self: a statement
 * @position: 1 for the first parameter
 * @bytes: (nullable): the value, %NULL for SQL NULL; copied
 * @length_bytes: its length
 */
void
jp_statement_bind_blob_at (JpStatement *self, int position, gconstpointer bytes, gsize length_bytes)
{
  g_return_if_fail (self != NULL);

  check_bind (self,
              sqlite3_bind_blob64 (self->handle, position, bytes, length_bytes, SQLITE_TRANSIENT));
}

/**
 * jp_statement_bind_lent_text_at:
 * @self: a statement
 * @position: 1 for the first parameter
 * @text: (nullable): the value, %NULL for SQL NULL; not copied: the caller keeps it until the
 *   statement is released
 * @length_bytes: its length, -1 if it ends with a zero
 */
void
jp_statement_bind_lent_text_at (JpStatement *self,
                                int          position,
                                const char  *text,
                                gssize       length_bytes)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (length_bytes <= G_MAXINT);

  check_bind (self,
              sqlite3_bind_text (self->handle, position, text, (int)length_bytes, SQLITE_STATIC));
}

/**
 * jp_statement_bind_lent_blob_at:
 * @self: a statement
 * @position: 1 for the first parameter
 * @bytes: (nullable): the value, %NULL for SQL NULL; not copied: the caller keeps it until the
 *   statement is released
 * @length_bytes: its length
 */
void
jp_statement_bind_lent_blob_at (JpStatement  *self,
                                int           position,
                                gconstpointer bytes,
                                gsize         length_bytes)
{
  g_return_if_fail (self != NULL);

  check_bind (self,
              sqlite3_bind_blob64 (self->handle, position, bytes, length_bytes, SQLITE_STATIC));
}

/**
 * jp_statement_bind_null:
 * @self: a statement
 * @name: a parameter with its colon, e.g. ":id"
 */
void
jp_statement_bind_null (JpStatement *self, const char *name)
{
  jp_statement_bind_null_at (self, position_of (self, name));
}

/**
 * jp_statement_bind_integer:
 * @self: a statement
 * @name: a parameter with its colon
 * @value: the value
 */
void
jp_statement_bind_integer (JpStatement *self, const char *name, gint64 value)
{
  jp_statement_bind_integer_at (self, position_of (self, name), value);
}

/**
 * jp_statement_bind_text:
 * @self: a statement
 * @name: a parameter with its colon
 * @text: (nullable): the value, %NULL for SQL NULL; copied
 */
void
jp_statement_bind_text (JpStatement *self, const char *name, const char *text)
{
  jp_statement_bind_text_at (self, position_of (self, name), text);
}

/**
 * jp_statement_bind_blob:
 * @self: a statement
 * @name: a parameter with its colon
 * @bytes: (nullable): the value, %NULL for SQL NULL; copied
 * @length_bytes: its length
 */
void
jp_statement_bind_blob (JpStatement  *self,
                        const char   *name,
                        gconstpointer bytes,
                        gsize         length_bytes)
{
  jp_statement_bind_blob_at (self, position_of (self, name), bytes, length_bytes);
}

/**
 * jp_statement_bind_id:
 * @self: a statement
 * @name: a parameter with its colon
 * @id: (nullable): an id; %NULL or none for SQL NULL
 */
void
jp_statement_bind_id (JpStatement *self, const char *name, const JpId *id)
{
  if (id == NULL || jp_id_is_none (id))
    jp_statement_bind_null (self, name);
  else
    jp_statement_bind_blob (self, name, id->bytes, JP_ID_BYTES);
}

/**
 * jp_statement_step:
 * @self: a statement
 * @out_row: (out): whether there is a row to read; untouched on error
 * @error: return location for a [error@Jp.DbError]
 *
 * Returns: whether the step worked
 */
gboolean
jp_statement_step (JpStatement *self, gboolean *out_row, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (out_row != NULL, FALSE);
  g_assert (jp_db_is_owner (self->db));

  int code = self->bind_code != SQLITE_OK ? self->bind_code : sqlite3_step (self->handle);

  if (code != SQLITE_ROW && code != SQLITE_DONE)
    {
      jp_db_set_error (self->db, code, error);
      return FALSE;
    }

  *out_row = code == SQLITE_ROW;
  return TRUE;
}

/**
 * jp_statement_run:
 * @self: a statement without rows, or one whose rows do not matter
 * @error: return location for a [error@Jp.DbError]
 *
 * Runs the statement to its end and resets it.
 *
 * Returns: whether it worked
 */
gboolean
jp_statement_run (JpStatement *self, GError **error)
{
  gboolean row = TRUE;
  gboolean ok = TRUE;

  while (ok && row)
    ok = jp_statement_step (self, &row, error);

  jp_statement_reset (self);
  return ok;
}

/**
 * jp_statement_is_null:
 * @self: a statement that has a row
 * @column: 0 for the first column
 *
 * Returns: whether the value is SQL NULL
 */
gboolean
jp_statement_is_null (JpStatement *self, int column)
{
  return sqlite3_column_type (self->handle, column) == SQLITE_NULL;
}

/**
 * jp_statement_get_integer:
 * @self: a statement that has a row
 * @column: 0 for the first column
 *
 * Returns: the value, 0 for SQL NULL
 */
gint64
jp_statement_get_integer (JpStatement *self, int column)
{
  return sqlite3_column_int64 (self->handle, column);
}

/**
 * jp_statement_get_text:
 * @self: a statement that has a row
 * @column: 0 for the first column
 *
 * Returns: (nullable) (transfer none): the value, valid until the next step
 */
const char *
jp_statement_get_text (JpStatement *self, int column)
{
  const char *text = (const char *)sqlite3_column_text (self->handle, column);

  /* As GLib does where there is no memory: a value that is there must not look like none. */
  if (text == NULL && sqlite3_column_type (self->handle, column) != SQLITE_NULL)
    g_error ("no memory for a value of: %s", self->sql);
  return text;
}

/**
 * jp_statement_get_blob:
 * @self: a statement that has a row
 * @column: 0 for the first column
 * @out_length_bytes: (out): its length
 *
 * Returns: (nullable) (transfer none): the value, valid until the next step
 */
gconstpointer
jp_statement_get_blob (JpStatement *self, int column, gsize *out_length_bytes)
{
  gconstpointer blob = sqlite3_column_blob (self->handle, column);

  *out_length_bytes = (gsize)sqlite3_column_bytes (self->handle, column);
  return blob;
}

/**
 * jp_statement_get_id:
 * @self: a statement that has a row
 * @column: 0 for the first column
 * @out_id: (out caller-allocates): the id; none if the value is no id
 *
 * Returns: whether there is an id
 */
gboolean
jp_statement_get_id (JpStatement *self, int column, JpId *out_id)
{
  gsize         length_bytes = 0;
  gconstpointer blob = jp_statement_get_blob (self, column, &length_bytes);

  *out_id = JP_ID_NONE;
  if (blob == NULL || length_bytes != JP_ID_BYTES)
    return FALSE;

  memcpy (out_id->bytes, blob, JP_ID_BYTES);
  return TRUE;
}

/**
 * jp_statement_get_n_columns:
 * @self: a statement
 *
 * Returns: how many columns its rows have
 */
int
jp_statement_get_n_columns (JpStatement *self)
{
  return sqlite3_column_count (self->handle);
}

/**
 * jp_statement_get_column_name:
 * @self: a statement
 * @column: 0 for the first column
 *
 * Returns: (transfer none): the name of the column
 */
const char *
jp_statement_get_column_name (JpStatement *self, int column)
{
  return sqlite3_column_name (self->handle, column);
}
