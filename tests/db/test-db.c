/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-db.h"
#include "jp-faulty-disk.h"
#include "jp-test-dir.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>

#define N_ROWS 1000

typedef struct
{
  JpTestDir *dir;  /* (owned) */
  char      *path; /* (owned): the database */
  JpDb      *db;   /* (owned) (nullable): its writer, with a table t (a, b) */
} Fixture;

static JpDb *
open_db (const char *path, JpDbMode mode)
{
  g_autoptr (GError) error = NULL;
  JpDb *db = jp_db_open (path, mode, &error);

  g_assert_no_error (error);
  g_assert_nonnull (db);
  return db;
}

static void
exec (JpDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  jp_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = jp_test_dir_new ();
  fixture->path = jp_test_dir_build (fixture->dir, "school.db");
  fixture->db = open_db (fixture->path, JP_DB_WRITER);
  exec (fixture->db, "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT UNIQUE) STRICT");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->db, jp_db_close);
  g_clear_pointer (&fixture->path, g_free);
  g_clear_pointer (&fixture->dir, jp_test_dir_free);
}

static char *
query (JpDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) statement = jp_db_prepare (db, sql, &error);
  gboolean row = FALSE;

  g_assert_no_error (error);
  jp_statement_step (statement, &row, &error);
  g_assert_no_error (error);
  return g_strdup (row ? jp_statement_get_text (statement, 0) : NULL);
}

static void
assert_query (JpDb *db, const char *sql, const char *expected)
{
  g_autofree char *answer = query (db, sql);

  g_assert_cmpstr (answer, ==, expected);
}

static void
test_pragmas (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JpDb) reader = open_db (fixture->path, JP_DB_READER);
  g_autoptr (JpDb) memory = open_db (NULL, JP_DB_MEMORY);
  JpDb *dbs[] = { fixture->db, reader, memory };

  for (gsize i = 0; i < G_N_ELEMENTS (dbs); i++)
    {
      assert_query (dbs[i], "PRAGMA foreign_keys", "1");
      assert_query (dbs[i], "PRAGMA trusted_schema", "0");
      assert_query (dbs[i], "PRAGMA cell_size_check", "1");
      assert_query (dbs[i], "PRAGMA temp_store", "2");
      g_assert_true (jp_db_is_owner (dbs[i]));
    }

  assert_query (fixture->db, "PRAGMA journal_mode", "wal");
  assert_query (fixture->db, "PRAGMA synchronous", "2");
  assert_query (fixture->db, "PRAGMA secure_delete", "2");
  assert_query (fixture->db, "PRAGMA query_only", "0");
  assert_query (fixture->db, "PRAGMA busy_timeout", "5000");
  assert_query (reader, "PRAGMA journal_mode", "wal");
  assert_query (reader, "PRAGMA query_only", "1");
  assert_query (reader, "PRAGMA wal_autocheckpoint", "0");
}

static void
test_commit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JpDb) reader = open_db (fixture->path, JP_DB_READER);
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_false (jp_db_in_write (fixture->db));
  g_assert_true (jp_db_begin_write (fixture->db, &transaction, &error));
  g_assert_no_error (error);
  g_assert_true (jp_db_in_write (fixture->db));
  exec (fixture->db, "INSERT INTO t (b) VALUES ('one')");
  assert_query (reader, "SELECT count (*) FROM t", "0");

  g_assert_true (jp_transaction_commit (&transaction, &error));
  g_assert_no_error (error);
  g_assert_false (jp_db_in_write (fixture->db));
  assert_query (reader, "SELECT count (*) FROM t", "1");
}

static gboolean
insert_twice (JpDb *db, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  return jp_db_begin_write (db, &transaction, error) &&
         jp_db_exec (db, "INSERT INTO t (b) VALUES ('one')", error) &&
         jp_db_exec (db, "INSERT INTO t (b) VALUES ('one')", error) &&
         jp_transaction_commit (&transaction, error);
}

static void
test_rollback (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (insert_twice (fixture->db, &error));
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_CONSTRAINT);
  g_assert_null (strstr (error->message, "one")); /* a value of somebody */
  g_assert_false (jp_db_in_write (fixture->db));
  assert_query (fixture->db, "SELECT count (*) FROM t", "0");
}

static gboolean
insert_without_memory (JpDb *db, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autofree char *text = g_strnfill (1000000, 'x');
  g_autoptr (JpStatement) insert = jp_db_prepare (db, "INSERT INTO t (b) VALUES (:b)", error);

  if (insert == NULL || !jp_db_begin_write (db, &transaction, error) ||
      !jp_db_exec (db, "INSERT INTO t (b) VALUES ('one')", error))
    return FALSE;
  sqlite3_hard_heap_limit64 (1);
  jp_statement_bind_text (insert, ":b", text);
  return jp_statement_run (insert, error) && jp_transaction_commit (&transaction, error);
}

/* Where there is no memory a statement fails, and what was begun is rolled back all the same. */
static void
test_no_memory (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (insert_without_memory (fixture->db, &error));
  sqlite3_hard_heap_limit64 (0);
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_IO);
  g_assert_false (jp_db_in_write (fixture->db));
  assert_query (fixture->db, "SELECT count (*) FROM t", "0");
  exec (fixture->db, "INSERT INTO t (b) VALUES ('two')");
  assert_query (fixture->db, "SELECT count (*) FROM t", "1");
}

/* A rule that is looked at when the transaction ends. */
static void
test_commit_fails (Fixture *fixture, gconstpointer data)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (GError) error = NULL;

  exec (fixture->db, "CREATE TABLE child (a INTEGER REFERENCES t (a) DEFERRABLE INITIALLY DEFERRED)"
                     " STRICT");
  g_assert_true (jp_db_begin_write (fixture->db, &transaction, &error));
  exec (fixture->db, "INSERT INTO child VALUES (5)");
  g_assert_false (jp_transaction_commit (&transaction, &error));
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_CONSTRAINT);
  g_assert_false (jp_db_in_write (fixture->db));
  assert_query (fixture->db, "SELECT count (*) FROM child", "0");
  g_clear_error (&error);

  g_assert_true (jp_db_begin_write (fixture->db, &transaction, &error));
  g_assert_no_error (error);
}

/* What a reader sees does not change while its transaction is open. */
static void
test_read_transaction (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JpDb) reader = open_db (fixture->path, JP_DB_READER);
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_true (jp_db_begin_read (reader, &transaction, &error));
  g_assert_false (jp_db_in_write (reader));
  assert_query (reader, "SELECT count (*) FROM t", "0");
  exec (fixture->db, "INSERT INTO t (b) VALUES ('one')");
  assert_query (reader, "SELECT count (*) FROM t", "0");
  jp_transaction_clear (&transaction);
  jp_transaction_clear (&transaction);
  assert_query (reader, "SELECT count (*) FROM t", "1");
}

static void
test_nested (void)
{
  if (g_test_subprocess ())
    {
      JpTransaction outer = JP_TRANSACTION_INIT;
      JpTransaction inner = JP_TRANSACTION_INIT;
      g_autoptr (JpDb) db = open_db (NULL, JP_DB_MEMORY);

      jp_db_begin_read (db, &outer, NULL);
      jp_db_begin_write (db, &inner, NULL);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*transaction at *test-db.c:*inside the one begun at *test-db.c:*");
}

static gpointer
use_in_thread (gpointer db)
{
  jp_db_exec (db, "SELECT 1", NULL);
  return NULL;
}

static void
test_other_thread (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (JpDb) db = open_db (NULL, JP_DB_MEMORY);

      g_thread_join (g_thread_new ("thief", use_in_thread, db));
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*jp_db_is_owner*");
}

static void
test_reader_writes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JpDb) reader = open_db (fixture->path, JP_DB_READER);
  g_autoptr (GError) error = NULL;

  g_assert_false (jp_db_exec (reader, "INSERT INTO t (b) VALUES ('one')", &error));
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_READ_ONLY);
  g_clear_error (&error);

  /* Nor does it make a file. */
  g_autofree char *missing = jp_test_dir_build (fixture->dir, "missing.db");

  g_assert_null (jp_db_open (missing, JP_DB_READER, &error));
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_READ_ONLY);
  g_assert_false (g_file_test (missing, G_FILE_TEST_EXISTS));
}

static gboolean
has_column (JpDb *db, const char *table, const char *column)
{
  g_autoptr (GError) error = NULL;
  gboolean there = FALSE;

  g_assert_true (jp_db_has_column (db, table, column, &there, &error));
  g_assert_no_error (error);
  return there;
}

static void
test_has_column (Fixture *fixture, gconstpointer data)
{
  g_assert_true (has_column (fixture->db, "t", "b"));
  g_assert_false (has_column (fixture->db, "t", "c"));
  g_assert_false (has_column (fixture->db, "u", "b"));
  exec (fixture->db, "ALTER TABLE t ADD COLUMN c TEXT");
  g_assert_true (has_column (fixture->db, "t", "c"));
}

static void
test_cannot_open (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = jp_test_dir_build (fixture->dir, "no-folder/school.db");

  g_assert_null (jp_db_open (path, JP_DB_WRITER, &error));
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_READ_ONLY);
}

static void
test_not_a_database (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = jp_test_dir_build (fixture->dir, "letter.txt");
  g_autofree char *text = g_strnfill (5000, 'x');
  g_autofree char *after = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_null (jp_db_open (path, JP_DB_WRITER, &error));
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_CORRUPT);
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, text);
}

static void
fill (JpDb *db)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (GError) error = NULL;

  jp_db_begin_write (db, &transaction, &error);
  g_assert_no_error (error);

  g_autoptr (JpStatement) insert = jp_db_prepare (db, "INSERT INTO t (b) VALUES (:b)", &error);

  for (int i = 0; i < N_ROWS; i++)
    {
      g_autofree char *text = g_strdup_printf ("row number %d with some text in it", i);

      jp_statement_bind_text (insert, ":b", text);
      jp_statement_run (insert, &error);
      g_assert_no_error (error);
    }
  jp_transaction_commit (&transaction, &error);
  g_assert_no_error (error);
}

/* A page in the middle of the file is overwritten. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize            length = 0;

  fill (fixture->db);
  g_assert_true (jp_db_check (fixture->db, &error));
  g_assert_true (jp_db_check_quick (fixture->db, &error));
  g_assert_no_error (error);
  g_clear_pointer (&fixture->db, jp_db_close);

  g_assert_true (g_file_get_contents (fixture->path, &bytes, &length, NULL));
  g_assert_cmpuint (length, >, 5 * 4096);
  memset (bytes + 3 * 4096, 0xa5, 4096);
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize)length, NULL));

  fixture->db = open_db (fixture->path, JP_DB_WRITER);
  g_assert_false (jp_db_check (fixture->db, &error));
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_CORRUPT);
  g_clear_error (&error);
  g_assert_false (jp_db_check_quick (fixture->db, &error));
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_CORRUPT);
}

static void
test_busy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JpDb) other = open_db (fixture->path, JP_DB_WRITER);
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_auto (JpTransaction) other_transaction = JP_TRANSACTION_INIT;
  g_autoptr (GError) error = NULL;

  exec (other, "PRAGMA busy_timeout=1");
  g_assert_true (jp_db_begin_write (fixture->db, &transaction, &error));
  g_assert_false (jp_db_begin_write (other, &other_transaction, &error));
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_BUSY);
  g_assert_null (other_transaction.db);
  g_clear_error (&error);

  g_assert_true (jp_transaction_commit (&transaction, &error));
  g_assert_true (jp_db_begin_write (other, &other_transaction, &error));
  g_assert_no_error (error);
}

/* A reader in the way of emptying the log. */
static void
test_checkpoint (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JpDb) reader = open_db (fixture->path, JP_DB_READER);
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (GError) error = NULL;
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  GStatBuf         info;

  fill (fixture->db);
  exec (fixture->db, "PRAGMA busy_timeout=1");
  g_assert_true (jp_db_begin_read (reader, &transaction, &error));
  assert_query (reader, "SELECT count (*) FROM t", "1000");
  exec (fixture->db, "DELETE FROM t WHERE a > 10");
  g_assert_false (jp_db_checkpoint (fixture->db, &error));
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_BUSY);
  g_clear_error (&error);

  jp_transaction_clear (&transaction);
  g_assert_true (jp_db_checkpoint (fixture->db, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (log, &info), ==, 0);
  g_assert_cmpint (info.st_size, ==, 0);
}

/* A reader that closes last leaves the log to the writer (sync.md F6). */
static void
test_reader_leaves_log (Fixture *fixture, gconstpointer data)
{
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  JpDb            *reader = open_db (fixture->path, JP_DB_READER);
  GStatBuf         before;
  GStatBuf         after;

  fill (fixture->db);
  assert_query (reader, "SELECT count (*) FROM t", "1000");
  g_assert_cmpint (g_stat (log, &before), ==, 0);
  jp_db_close (reader);
  g_assert_cmpint (g_stat (log, &after), ==, 0);
  g_assert_cmpint (after.st_size, ==, before.st_size);
  g_assert_cmpint (after.st_size, >, 0);
}

#define ENDLESS                                                                                    \
  "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT count (*) FROM n"

static gpointer
cancel_in_thread (gpointer cancellable)
{
  g_usleep (20 * 1000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (JpStatement) statement = jp_db_prepare (fixture->db, ENDLESS, NULL);
  g_autoptr (GError) error = NULL;
  gboolean row = FALSE;

  jp_db_set_cancellable (fixture->db, cancellable);

  GThread *thread = g_thread_new ("canceller", cancel_in_thread, cancellable);

  g_assert_false (jp_statement_step (statement, &row, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_thread_join (thread);

  /* Cancelled before it begins. */
  g_assert_false (jp_db_exec (fixture->db, ENDLESS, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* The connection lives on. */
  jp_db_set_cancellable (fixture->db, NULL);
  assert_query (fixture->db, "SELECT count (*) FROM t", "0");
}

static gboolean
insert_endless (JpDb *db, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  return jp_db_begin_write (db, &transaction, error) &&
         jp_db_exec (db, "INSERT INTO t (b) VALUES ('one')", error) &&
         jp_db_exec (db, "INSERT INTO t (b) " ENDLESS, error) &&
         jp_transaction_commit (&transaction, error);
}

/* SQLite rolls back by itself when it interrupts a change. */
static void
test_cancelled_write (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  jp_db_set_cancellable (fixture->db, cancellable);

  GThread *thread = g_thread_new ("canceller", cancel_in_thread, cancellable);

  g_assert_false (insert_endless (fixture->db, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  jp_db_set_cancellable (fixture->db, NULL);
  g_assert_false (jp_db_in_write (fixture->db));
  assert_query (fixture->db, "SELECT count (*) FROM t", "0");
}

static gboolean
insert_many (JpDb *db, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  return jp_db_begin_write (db, &transaction, error) &&
         jp_db_exec (db,
                     "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT "
                     "10000)"
                     " INSERT INTO t (b) SELECT 'a text of some length: ' || i FROM n",
                     error) &&
         jp_transaction_commit (&transaction, error);
}

static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  exec (fixture->db, "INSERT INTO t (b) VALUES ('before')");
  exec (fixture->db, "PRAGMA max_page_count=10");
  g_assert_false (insert_many (fixture->db, &error));
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_FULL);
  g_clear_error (&error);
  g_assert_false (jp_db_in_write (fixture->db));
  assert_query (fixture->db, "SELECT count (*) FROM t", "1");

  /* Space was made: everything goes on. */
  exec (fixture->db, "PRAGMA max_page_count=100000");
  g_assert_true (insert_many (fixture->db, &error));
  g_assert_no_error (error);
  g_assert_true (jp_db_check (fixture->db, &error));
  assert_query (fixture->db, "SELECT count (*) FROM t", "10001");
}

/* The system refuses to let the file grow: that is a full disk too. */
static void
test_limit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  struct rlimit limit;
  struct rlimit small;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  small = limit;
  small.rlim_cur = 64 * 1024;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_false (insert_many (fixture->db, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  signal (SIGXFSZ, SIG_DFL);

  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_FULL);
  g_clear_error (&error);
  g_assert_false (jp_db_has_failed (fixture->db));
  g_assert_true (insert_many (fixture->db, &error));
  g_assert_no_error (error);
  assert_query (fixture->db, "SELECT count (*) FROM t", "10000");
}

/* What an fsync has not written is forgotten by the system: after one that failed nothing is
 * written any more, until the file has been opened again. Whether the commit that was reported as
 * failed is there then, nobody can say; the file is whole. */
static void
test_disk_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  exec (fixture->db, "INSERT INTO t (b) VALUES ('before')");
  jp_faulty_disk_set_sync_fails (TRUE);
  g_assert_false (insert_many (fixture->db, &error));
  jp_faulty_disk_set_sync_fails (FALSE);
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_IO);
  g_clear_error (&error);

  g_assert_true (jp_db_has_failed (fixture->db));
  g_assert_false (insert_many (fixture->db, &error));
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_IO);
  g_clear_error (&error);
  assert_query (fixture->db, "SELECT count (*) FROM t", "1");

  g_clear_pointer (&fixture->db, jp_db_close);
  fixture->db = open_db (fixture->path, JP_DB_WRITER);
  g_assert_true (jp_db_check (fixture->db, &error));
  g_assert_no_error (error);
  exec (fixture->db, "INSERT INTO t (b) VALUES ('after')");
}

static void
test_backup (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JpDb) reader = open_db (fixture->path, JP_DB_READER);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = jp_test_dir_build (fixture->dir, "copy.db");
  g_autofree char *log = g_strconcat (path, "-wal", NULL);

  fill (fixture->db); /* still in the log */
  exec (fixture->db, "PRAGMA user_version=7");
  g_assert_true (jp_db_backup (reader, path, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS)); /* one file is the whole backup */

  g_autoptr (JpDb) copy = open_db (path, JP_DB_READER);

  g_assert_true (jp_db_check (copy, &error));
  g_assert_no_error (error);
  assert_query (copy, "PRAGMA user_version", "7");
  assert_query (copy, "PRAGMA journal_mode", "delete");

  static const char *const digest =
    "SELECT group_concat (a || b) FROM (SELECT * FROM t ORDER BY a)";
  g_autofree char *original = query (fixture->db, digest);

  assert_query (copy, digest, original);
}

static void
test_backup_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *taken = jp_test_dir_build (fixture->dir, "taken.db");
  g_autofree char *path = jp_test_dir_build (fixture->dir, "copy.db");
  g_autofree char *nowhere = jp_test_dir_build (fixture->dir, "no-folder/copy.db");
  g_autofree char *after = NULL;

  g_assert_true (g_file_set_contents (taken, "precious", -1, NULL));
  g_assert_false (jp_db_backup (fixture->db, taken, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (taken, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, "precious");

  g_assert_false (jp_db_backup (fixture->db, nowhere, &error));
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_READ_ONLY);
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  jp_db_set_cancellable (fixture->db, cancellable);
  g_assert_false (jp_db_backup (fixture->db, path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* Closing rolls back, as does a crash. */
static void
test_close_open (Fixture *fixture, gconstpointer data)
{
  JpTransaction transaction = JP_TRANSACTION_INIT;

  g_assert_true (jp_db_begin_write (fixture->db, &transaction, NULL));
  exec (fixture->db, "INSERT INTO t (b) VALUES ('one')");
  jp_db_close (fixture->db);
  jp_db_close (NULL);

  fixture->db = open_db (fixture->path, JP_DB_WRITER);
  assert_query (fixture->db, "SELECT count (*) FROM t", "0");
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  jp_faulty_disk_install ();

  ADD ("/db/db/pragmas", test_pragmas);
  ADD ("/db/db/commit", test_commit);
  ADD ("/db/db/rollback", test_rollback);
  ADD ("/db/db/commit-fails", test_commit_fails);
  ADD ("/db/db/read-transaction", test_read_transaction);
  g_test_add_func ("/db/db/nested", test_nested);
  g_test_add_func ("/db/db/other-thread", test_other_thread);
  ADD ("/db/db/no-memory", test_no_memory);
  ADD ("/db/db/reader-writes", test_reader_writes);
  ADD ("/db/db/cannot-open", test_cannot_open);
  ADD ("/db/db/has-column", test_has_column);
  ADD ("/db/db/not-a-database", test_not_a_database);
  ADD ("/db/db/damaged", test_damaged);
  ADD ("/db/db/busy", test_busy);
  ADD ("/db/db/checkpoint", test_checkpoint);
  ADD ("/db/db/reader-leaves-log", test_reader_leaves_log);
  ADD ("/db/db/cancelled", test_cancelled);
  ADD ("/db/db/cancelled-write", test_cancelled_write);
  ADD ("/db/db/full", test_full);
  ADD ("/db/db/disk-fails", test_disk_fails);
  ADD ("/db/db/limit", test_limit);
  ADD ("/db/db/backup", test_backup);
  ADD ("/db/db/backup-refused", test_backup_refused);
  ADD ("/db/db/close-open", test_close_open);

  return g_test_run ();
}
