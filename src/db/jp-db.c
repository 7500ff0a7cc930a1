/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-db.h"
#include "jp-db-private.h"

#include <errno.h>
#include <glib/gstdio.h>

#define CANCEL_CHECK_OPS  1000 /* virtual machine steps between two looks at the cancellable */
#define BACKUP_STEP_PAGES 256
#define SQL_HASH_BYTES    48

static JpDbError
error_from_code (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return JP_DB_ERROR_BUSY;
    case SQLITE_CONSTRAINT:
      return JP_DB_ERROR_CONSTRAINT;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return JP_DB_ERROR_CORRUPT;
    case SQLITE_FULL:
      return JP_DB_ERROR_FULL;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return JP_DB_ERROR_READ_ONLY;
    case SQLITE_ERROR: /* SQL that does not fit the schema of the file */
    case SQLITE_TOOBIG:
    case SQLITE_MISMATCH:
    case SQLITE_RANGE:
      return JP_DB_ERROR_INVALID;
    default:
      return JP_DB_ERROR_IO;
    }
}

static int
last_errno (sqlite3 *handle, int which)
{
  sqlite3_file *file = NULL;
  int           code = 0;

  if (sqlite3_file_control (handle, "main", which, &file) == SQLITE_OK && file != NULL &&
      file->pMethods != NULL)
    file->pMethods->xFileControl (file, SQLITE_FCNTL_LAST_ERRNO, &code);
  return code;
}

static gboolean
is_room (int code)
{
#ifdef EDQUOT
  if (code == EDQUOT)
    return TRUE;
#endif
  return code == ENOSPC || code == EFBIG;
}

/* A quota and a limit on the size of files are a full disk to whoever writes; SQLite knows only
 * one of the three, and tells the cause only of the file itself. Opening needs room too, for the
 * shared memory beside the file and for the name of a new one. */
static gboolean
is_full (JpDb *self, int code)
{
  if (self->handle == NULL)
    return FALSE;
  if (code == SQLITE_IOERR_SHMOPEN || code == SQLITE_IOERR_SHMSIZE ||
      (code & 0xff) == SQLITE_CANTOPEN)
    return is_room (sqlite3_system_errno (self->handle));
  return code == SQLITE_IOERR_WRITE &&
         (is_room (last_errno (self->handle, SQLITE_FCNTL_FILE_POINTER)) ||
          is_room (last_errno (self->handle, SQLITE_FCNTL_JOURNAL_POINTER)));
}

/* After one of these nobody knows what is on the disk: Linux forgets what an fsync did not write
 * (sync.md §4.4), and a damaged page spreads. */
static gboolean
is_fatal (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return TRUE;
    default:
      return code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC ||
             code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_TRUNCATE;
    }
}

/**
 * jp_db_set_error:
 * @self: a connection
 * @code: a result code of SQLite that is an error
 * @error: return location
 *
 * The one place where SQLite's codes become ours. An interrupted statement becomes
 * `G_IO_ERROR_CANCELLED`. After a failure of the disk or of the file a writer writes no more, see
 * jp_db_has_failed().
 */
void
jp_db_set_error (JpDb *self, int code, GError **error)
{
  if ((code & 0xff) == SQLITE_INTERRUPT)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the query was cancelled");
      return;
    }

  int       last = self->handle != NULL ? sqlite3_extended_errcode (self->handle) : code;
  int       extended = (last & 0xff) == (code & 0xff) ? last : code;
  JpDbError meaning = is_full (self, extended) ? JP_DB_ERROR_FULL : error_from_code (code);

  if (self->mode == JP_DB_WRITER && meaning != JP_DB_ERROR_FULL && is_fatal (extended))
    {
      self->failed = TRUE;
      self->failed_as = meaning;
    }

  /* The message of a constraint names columns, never values. */
  g_set_error (error, JP_DB_ERROR, meaning, "%s (%d)",
               self->handle != NULL ? sqlite3_errmsg (self->handle) : sqlite3_errstr (code),
               extended);
}

static int
progress_cb (gpointer user_data)
{
  JpDb *self = user_data;

  return g_cancellable_is_cancelled (self->cancellable);
}

static gboolean
query_text (JpDb *self, const char *sql, char **out_text, GError **error)
{
  g_autoptr (JpStatement) statement = jp_db_prepare (self, sql, error);
  gboolean row = FALSE;

  if (statement == NULL || !jp_statement_step (statement, &row, error))
    return FALSE;

  *out_text = g_strdup (row ? jp_statement_get_text (statement, 0) : "");
  return TRUE;
}

static gboolean
expect_pragma (JpDb *self, const char *sql, const char *expected, GError **error)
{
  g_autofree char *answer = NULL;

  if (!query_text (self, sql, &answer, error))
    return FALSE;
  if (g_strcmp0 (answer, expected) != 0)
    {
      g_set_error (error, JP_DB_ERROR, JP_DB_ERROR_IO,
                   "could not set up the database: %s gave \"%s\"", sql, answer);
      return FALSE;
    }
  return TRUE;
}

/* Nor when it is closed last. */
static gboolean
stop_checkpoints (JpDb *self, GError **error)
{
  int stopped = 0;
  int code = sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, &stopped);

  if (code == SQLITE_OK && stopped == 1)
    return TRUE;
  g_set_error_literal (error, JP_DB_ERROR, JP_DB_ERROR_IO,
                       "could not set up the database: it would checkpoint when it is closed");
  return FALSE;
}

/* A list reads each page of its index once, and what is read again lies in the system's cache: with
 * SQLite's own 2 MiB a reader is no faster, only larger. */
#define READER_CACHE "-512" /* KiB */

/* synchronous is per connection, and NORMAL loses acknowledged transactions at a power cut
 * (sync.md F1); two connections that checkpoint can destroy the file (F6). So the answers are
 * verified, not hoped for. */
static gboolean
configure (JpDb *self, GError **error)
{
  if (!jp_db_exec (self,
                   "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"
                   "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0; PRAGMA foreign_keys=ON;",
                   error) ||
      !expect_pragma (self, "PRAGMA foreign_keys", "1", error))
    return FALSE;

  switch (self->mode)
    {
    case JP_DB_WRITER:
      return expect_pragma (self, "PRAGMA journal_mode=WAL", "wal", error) &&
             jp_db_exec (self, "PRAGMA synchronous=FULL; PRAGMA secure_delete=FAST;", error) &&
             expect_pragma (self, "PRAGMA synchronous", "2", error);
    case JP_DB_READER:
      return jp_db_exec (self,
                         "PRAGMA query_only=ON; PRAGMA wal_autocheckpoint=0;"
                         "PRAGMA cache_size=" READER_CACHE ";",
                         error) &&
             expect_pragma (self, "PRAGMA query_only", "1", error) &&
             expect_pragma (self, "PRAGMA wal_autocheckpoint", "0", error) &&
             stop_checkpoints (self, error);
    case JP_DB_MEMORY:
    default:
      return TRUE;
    }
}

/* Statements of record tables are thousands of bytes long and looked up for every row: their length
 * and their ends tell them apart well enough, and the comparison that follows is exact. */
static guint
hash_sql (gconstpointer key)
{
  const char *sql = key;
  gsize       length_bytes = strlen (sql);
  gsize       n = MIN (length_bytes, SQL_HASH_BYTES);
  guint       hash = (guint)length_bytes;

  for (gsize i = 0; i < n; i++)
    hash = hash * 33 + (guchar)sql[i];
  for (gsize i = length_bytes - n; i < length_bytes; i++)
    hash = hash * 33 + (guchar)sql[i];
  return hash;
}

/**
 * jp_db_open:
 * @path: the file; ignored for %JP_DB_MEMORY
 * @mode: what the connection is for
 * @error: return location for a [error@Jp.DbError]
 *
 * Opens a connection that belongs to the calling thread.
 *
 * Returns: (transfer full): the connection, or %NULL with an error
 */
JpDb *
jp_db_open (const char *path, JpDbMode mode, GError **error)
{
  g_return_val_if_fail (path != NULL || mode == JP_DB_MEMORY, NULL);

  g_autoptr (JpDb) self = g_new0 (JpDb, 1);
  int flags = SQLITE_OPEN_NOMUTEX;

  self->owner = g_thread_self ();
  self->mode = mode;
  self->statements =
    g_hash_table_new_full (hash_sql, g_str_equal, NULL, (GDestroyNotify)jp_statement_free);
  flags |= mode == JP_DB_READER ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;

  int code = sqlite3_open_v2 (mode == JP_DB_MEMORY ? ":memory:" : path, &self->handle, flags, NULL);

  if (code != SQLITE_OK)
    {
      jp_db_set_error (self, code, error);
      g_prefix_error (error, "could not open database \"%s\": ", path);
      return NULL;
    }

  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, JP_DB_BUSY_TIMEOUT_MS);
  sqlite3_progress_handler (self->handle, CANCEL_CHECK_OPS, progress_cb, self);

  if (!configure (self, error))
    return NULL;
  code = sqlite3_prepare_v3 (self->handle, "ROLLBACK", -1, SQLITE_PREPARE_PERSISTENT,
                             &self->rollback, NULL);
  if (code != SQLITE_OK)
    {
      jp_db_set_error (self, code, error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * jp_db_close:
 * @self: (nullable) (transfer full): a connection
 *
 * Closes the connection; an open transaction is rolled back.
 */
void
jp_db_close (JpDb *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->statements, g_hash_table_unref);
  g_clear_object (&self->cancellable);
  sqlite3_finalize (self->rollback);
  if (self->failed)
    stop_checkpoints (self, NULL); /* ignored: it is done at the next start, after a check */
  if (self->handle != NULL && sqlite3_close (self->handle) != SQLITE_OK)
    g_critical ("a database was closed with a statement in use");
  g_free (self);
}

/**
 * jp_db_is_owner:
 * @self: a connection
 *
 * Returns: whether the calling thread may use the connection
 */
gboolean
jp_db_is_owner (JpDb *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->owner == g_thread_self ();
}

/**
 * jp_db_set_cancellable:
 * @self: a connection
 * @cancellable: (nullable): what can stop the statements that run from now on
 */
void
jp_db_set_cancellable (JpDb *self, GCancellable *cancellable)
{
  g_return_if_fail (self != NULL);

  g_set_object (&self->cancellable, cancellable);
}

/**
 * jp_db_exec:
 * @self: a connection
 * @sql: one or more statements without results or parameters; constant text
 * @error: return location for a [error@Jp.DbError]
 *
 * Returns: whether all of them ran
 */
gboolean
jp_db_exec (JpDb *self, const char *sql, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (sql != NULL, FALSE);
  g_assert (jp_db_is_owner (self));

  int code = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  if (code == SQLITE_OK)
    return TRUE;
  jp_db_set_error (self, code, error);
  return FALSE;
}

/**
 * jp_db_has_column:
 * @self: a connection
 * @table: the name of a table
 * @column: a name
 * @out_there: (out): whether the table is there and has such a column
 * @error: return location for a [error@Jp.DbError]
 *
 * Asks the schema as this connection knows it: without a statement, which is a hundred times as
 * much work.
 *
 * Returns: whether it could be found out
 */
gboolean
jp_db_has_column (JpDb       *self,
                  const char *table,
                  const char *column,
                  gboolean   *out_there,
                  GError    **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (table != NULL, FALSE);
  g_return_val_if_fail (column != NULL, FALSE);
  g_return_val_if_fail (out_there != NULL, FALSE);
  g_assert (jp_db_is_owner (self));

  int code = sqlite3_table_column_metadata (self->handle, "main", table, column, NULL, NULL, NULL,
                                            NULL, NULL);

  if (code != SQLITE_OK && code != SQLITE_ERROR)
    {
      jp_db_set_error (self, code, error);
      return FALSE;
    }
  *out_there = code == SQLITE_OK;
  return TRUE;
}

/**
 * jp_db_get_last_rowid:
 * @self: a connection
 *
 * Returns: the row id of the last insert
 */
gint64
jp_db_get_last_rowid (JpDb *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_last_insert_rowid (self->handle);
}

/**
 * jp_db_get_n_changes:
 * @self: a connection
 *
 * Returns: how many rows the last insert, update or delete touched
 */
int
jp_db_get_n_changes (JpDb *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return sqlite3_changes (self->handle);
}

/**
 * jp_db_has_failed:
 * @self: a connection
 *
 * Returns: whether the disk or the file failed a write: from then on the connection only reads,
 *   until the file has been opened again and checked
 */
gboolean
jp_db_has_failed (JpDb *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->failed;
}

/**
 * jp_db_get_path:
 * @self: a connection
 *
 * Returns: (nullable) (transfer none): the file, %NULL for a database in memory
 */
const char *
jp_db_get_path (JpDb *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  const char *path = sqlite3_db_filename (self->handle, "main");

  return path != NULL && *path != '\0' ? path : NULL;
}

static gboolean
check_with (JpDb *self, const char *pragma, GError **error)
{
  g_autofree char *answer = NULL;

  if (!query_text (self, pragma, &answer, error))
    return FALSE;
  if (strcmp (answer, "ok") == 0)
    return TRUE;

  g_set_error (error, JP_DB_ERROR, JP_DB_ERROR_CORRUPT, "the database is damaged: %s", answer);
  return FALSE;
}

/**
 * jp_db_check:
 * @self: a connection
 * @error: return location for a [error@Jp.DbError]
 *
 * Reads the whole file: all pages, indexes and constraints.
 *
 * Returns: %TRUE, or %FALSE with `JP_DB_ERROR_CORRUPT`
 */
gboolean
jp_db_check (JpDb *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return check_with (self, "PRAGMA integrity_check(1)", error);
}

/**
 * jp_db_check_quick:
 * @self: a connection
 * @error: return location for a [error@Jp.DbError]
 *
 * As jp_db_check(), without comparing indexes with their tables: for a start after an unclean end.
 *
 * Returns: %TRUE, or %FALSE with `JP_DB_ERROR_CORRUPT`
 */
gboolean
jp_db_check_quick (JpDb *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return check_with (self, "PRAGMA quick_check(1)", error);
}

/* SQLite restarts the copy by itself when another process writes meanwhile. */
static gboolean
copy_pages (JpDb *self, JpDb *copy, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (copy->handle, "main", self->handle, "main");
  int             code = SQLITE_OK;

  if (backup == NULL)
    {
      jp_db_set_error (copy, sqlite3_errcode (copy->handle), error);
      return FALSE;
    }

  while (code == SQLITE_OK && !g_cancellable_is_cancelled (self->cancellable))
    code = sqlite3_backup_step (backup, BACKUP_STEP_PAGES);

  sqlite3_backup_finish (backup);
  if (code == SQLITE_DONE)
    return TRUE;
  jp_db_set_error (copy, code == SQLITE_OK ? SQLITE_INTERRUPT : code, error);
  return FALSE;
}

/**
 * jp_db_backup:
 * @self: a connection without an open write transaction
 * @path: a file that does not exist
 * @error: return location for a [error@Jp.DbError]
 *
 * Copies the database by SQLite's backup API, consistently, while others read and write, into one
 * file without a log beside it. An incomplete copy is removed.
 *
 * Returns: whether the copy is complete; `G_IO_ERROR_EXISTS` if there is something at @path,
 *   `G_IO_ERROR_CANCELLED` if the connection's cancellable stopped it
 */
gboolean
jp_db_backup (JpDb *self, const char *path, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  g_assert (jp_db_is_owner (self));
  g_assert (!self->in_write); /* SQLite would wait for ourselves */

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "\"%s\" exists already", path);
      return FALSE;
    }

  g_autoptr (JpDb) copy = jp_db_open (path, JP_DB_WRITER, error);

  if (copy == NULL)
    return FALSE;

  /* Twice: to copy without a log, and because the copied header says "WAL" again, which a medium
   * that cannot be written to does not allow. */
  if (expect_pragma (copy, "PRAGMA journal_mode=DELETE", "delete", error) &&
      copy_pages (self, copy, error) &&
      expect_pragma (copy, "PRAGMA journal_mode=DELETE", "delete", error))
    return TRUE;

  g_clear_pointer (&copy, jp_db_close);
  g_unlink (path);
  return FALSE;
}

/**
 * jp_db_checkpoint:
 * @self: the writer's connection
 * @error: return location for a [error@Jp.DbError]
 *
 * Moves the write-ahead log into the file and empties it.
 *
 * Returns: whether it worked; a reader in the way is `JP_DB_ERROR_BUSY`
 */
gboolean
jp_db_checkpoint (JpDb *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->mode == JP_DB_WRITER, FALSE);

  int code = sqlite3_wal_checkpoint_v2 (self->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

  if (code == SQLITE_OK)
    return TRUE;
  jp_db_set_error (self, code, error);
  return FALSE;
}

/**
 * jp_db_prepare:
 * @self: a connection of the calling thread
 * @sql: one statement, constant text with named parameters
 * @error: return location for a [error@Jp.DbError]
 *
 * Takes the statement out of the connection's cache, or prepares it. A statement that is still in
 * use (a recursive query) is prepared a second time.
 *
 * Returns: (transfer full): the statement, to be released, or %NULL with an error
 */
JpStatement *
jp_db_prepare (JpDb *self, const char *sql, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (sql != NULL, NULL);
  g_assert (jp_db_is_owner (self));

  JpStatement *statement = g_hash_table_lookup (self->statements, sql);

  if (statement == NULL || statement->in_use)
    {
      gboolean cache = statement == NULL;

      statement = jp_statement_new (self, sql, error);
      if (statement == NULL)
        return NULL;
      statement->cached = cache;
      if (cache)
        g_hash_table_insert (self->statements, statement->sql, statement);
    }

  statement->in_use = TRUE;
  return statement;
}

static void
roll_back (JpDb *self)
{
  /* SQLite may have rolled back by itself (disk full, corruption). */
  if (sqlite3_get_autocommit (self->handle))
    return;
  sqlite3_step (self->rollback);
  sqlite3_reset (self->rollback);
}

/**
 * jp_db_begin_at:
 * @self: a connection without an open transaction
 * @write: begin for writing
 * @where: file and line of the caller, kept to name the culprit of a transaction left open
 * @out_transaction: (out caller-allocates): the guard
 * @error: return location for a [error@Jp.DbError]
 *
 * Use the macros jp_db_begin_write() and jp_db_begin_read(). A write transaction takes the lock at
 * once, so a later statement cannot fail with BUSY.
 *
 * Returns: whether the transaction is open
 */
gboolean
jp_db_begin_at (JpDb          *self,
                gboolean       write,
                const char    *where,
                JpTransaction *out_transaction,
                GError       **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (out_transaction != NULL, FALSE);
  g_assert (jp_db_is_owner (self));
  g_assert (!write || self->mode != JP_DB_READER);

  if (write && self->failed)
    {
      g_set_error_literal (error, JP_DB_ERROR, self->failed_as,
                           "the disk or the file failed before: nothing is written any more");
      return FALSE;
    }
  if (self->begun_at != NULL)
    g_error ("transaction at %s inside the one begun at %s", where, self->begun_at);
  roll_back (self); /* of one that could not be, for want of memory */
  if (!jp_db_exec (self, write ? "BEGIN IMMEDIATE" : "BEGIN", error))
    return FALSE;

  self->begun_at = where;
  self->in_write = write;
  out_transaction->db = self;
  return TRUE;
}

/**
 * jp_transaction_commit:
 * @self: an open transaction
 * @error: return location for a [error@Jp.DbError]
 *
 * Ends the transaction. After an error it is rolled back: nothing of it has happened.
 *
 * Returns: whether everything is on the disk
 */
gboolean
jp_transaction_commit (JpTransaction *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->db != NULL, FALSE);

  if (!jp_db_exec (self->db, "COMMIT", error))
    {
      jp_transaction_clear (self);
      return FALSE;
    }

  self->db->begun_at = NULL;
  self->db->in_write = FALSE;
  self->db = NULL;
  return TRUE;
}

/**
 * jp_transaction_clear:
 * @self: a transaction
 *
 * Rolls back unless it was committed.
 */
void
jp_transaction_clear (JpTransaction *self)
{
  g_return_if_fail (self != NULL);

  if (self->db == NULL)
    return;

  roll_back (self->db);
  self->db->begun_at = NULL;
  self->db->in_write = FALSE;
  self->db = NULL;
}

/**
 * jp_db_in_write:
 * @self: a connection
 *
 * Returns: whether a write transaction is open
 */
gboolean
jp_db_in_write (JpDb *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->in_write;
}
