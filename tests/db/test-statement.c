/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-db.h"

static JpDb *
open_memory (void)
{
  g_autoptr (GError) error = NULL;
  JpDb *db = jp_db_open (NULL, JP_DB_MEMORY, &error);

  g_assert_no_error (error);
  return db;
}

static JpStatement *
prepare (JpDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  JpStatement *statement = jp_db_prepare (db, sql, &error);

  g_assert_no_error (error);
  return statement;
}

static void
step_to_row (JpStatement *statement)
{
  g_autoptr (GError) error = NULL;
  gboolean row = FALSE;

  g_assert_true (jp_statement_step (statement, &row, &error));
  g_assert_no_error (error);
  g_assert_true (row);
}

static void
step_to_end (JpStatement *statement)
{
  g_autoptr (GError) error = NULL;
  gboolean row = TRUE;

  g_assert_true (jp_statement_step (statement, &row, &error));
  g_assert_no_error (error);
  g_assert_false (row);
}

/* Every way to bind a value is read back, so that none is off by one. */
static void
test_bind_by_name (void)
{
  const JpId id = { .bytes = { 1, 2, 3, 0, 5 } };
  g_autoptr (JpDb) db = open_memory ();
  g_autoptr (JpStatement) statement =
    prepare (db, "SELECT :integer AS a, :text AS b, :blob AS c, :null AS d, :id AS e");
  gsize         length = 0;
  gconstpointer blob = NULL;
  JpId          got;

  jp_statement_bind_null (statement, ":null");
  jp_statement_bind_id (statement, ":id", &id);
  jp_statement_bind_blob (statement, ":blob", "\0\1\2", 3);
  jp_statement_bind_text (statement, ":text", "王芳");
  jp_statement_bind_integer (statement, ":integer", G_MININT64);
  step_to_row (statement);

  g_assert_cmpint (jp_statement_get_n_columns (statement), ==, 5);
  g_assert_cmpstr (jp_statement_get_column_name (statement, 0), ==, "a");
  g_assert_cmpstr (jp_statement_get_column_name (statement, 4), ==, "e");
  g_assert_cmpint (jp_statement_get_integer (statement, 0), ==, G_MININT64);
  g_assert_cmpstr (jp_statement_get_text (statement, 1), ==, "王芳");
  blob = jp_statement_get_blob (statement, 2, &length);
  g_assert_cmpmem (blob, length, "\0\1\2", 3);
  g_assert_true (jp_statement_is_null (statement, 3));
  g_assert_true (jp_statement_get_id (statement, 4, &got));
  g_assert_true (jp_id_equal (&got, &id));
  for (int i = 0; i < 5; i++)
    g_assert_cmpint (jp_statement_is_null (statement, i), ==, i == 3);
  step_to_end (statement);
}

static void
test_bind_by_position (void)
{
  g_autoptr (JpDb) db = open_memory ();
  g_autoptr (JpStatement) statement = prepare (db, "SELECT ?1, ?2, ?3, ?4");
  gsize         length = 0;
  gconstpointer blob = NULL;

  jp_statement_bind_integer_at (statement, 1, G_MAXINT64);
  jp_statement_bind_text_at (statement, 2, "it's \"text\"");
  jp_statement_bind_blob_at (statement, 3, "abc", 3);
  jp_statement_bind_null_at (statement, 4);
  step_to_row (statement);

  g_assert_cmpint (jp_statement_get_integer (statement, 0), ==, G_MAXINT64);
  g_assert_cmpstr (jp_statement_get_text (statement, 1), ==, "it's \"text\"");
  blob = jp_statement_get_blob (statement, 2, &length);
  g_assert_cmpmem (blob, length, "abc", 3);
  g_assert_true (jp_statement_is_null (statement, 3));
}

static void
test_bind_lent (void)
{
  const char text[] = "王芳 and more";
  g_autoptr (JpDb) db = open_memory ();
  g_autoptr (JpStatement) statement = prepare (db, "SELECT ?1, ?2, ?3, ?4");
  gsize         length = 0;
  gconstpointer blob = NULL;

  jp_statement_bind_lent_text_at (statement, 1, text, -1);
  jp_statement_bind_lent_text_at (statement, 2, text, 6);
  jp_statement_bind_lent_blob_at (statement, 3, "\0b", 2);
  jp_statement_bind_lent_text_at (statement, 4, NULL, -1);
  step_to_row (statement);

  g_assert_cmpstr (jp_statement_get_text (statement, 0), ==, text);
  g_assert_cmpstr (jp_statement_get_text (statement, 1), ==, "王芳");
  blob = jp_statement_get_blob (statement, 2, &length);
  g_assert_cmpmem (blob, length, "\0b", 2);
  g_assert_true (jp_statement_is_null (statement, 3));
}

/* NULL pointers become SQL NULL, empty values do not. */
static void
test_bind_nothing (void)
{
  const JpId none = JP_ID_NONE;
  g_autoptr (JpDb) db = open_memory ();
  g_autoptr (JpStatement) statement =
    prepare (db,
             "SELECT :text IS NULL, :empty = '', :blob IS NULL, length (:no_bytes), :id IS NULL,"
             " :none IS NULL, typeof (:no_bytes)");

  jp_statement_bind_text (statement, ":text", NULL);
  jp_statement_bind_text (statement, ":empty", "");
  jp_statement_bind_blob (statement, ":blob", NULL, 0);
  jp_statement_bind_blob (statement, ":no_bytes", "", 0);
  jp_statement_bind_id (statement, ":id", NULL);
  jp_statement_bind_id (statement, ":none", &none);
  step_to_row (statement);

  g_assert_cmpint (jp_statement_get_integer (statement, 0), ==, 1);
  g_assert_cmpint (jp_statement_get_integer (statement, 1), ==, 1);
  g_assert_cmpint (jp_statement_get_integer (statement, 2), ==, 1);
  g_assert_cmpint (jp_statement_get_integer (statement, 3), ==, 0);
  g_assert_cmpint (jp_statement_get_integer (statement, 4), ==, 1);
  g_assert_cmpint (jp_statement_get_integer (statement, 5), ==, 1);
  g_assert_cmpstr (jp_statement_get_text (statement, 6), ==, "blob");
}

static void
test_read_null (void)
{
  g_autoptr (JpDb) db = open_memory ();
  g_autoptr (JpStatement) statement = prepare (db, "SELECT NULL");
  gsize length = 1;
  JpId  id = { .bytes = { 1 } };

  step_to_row (statement);
  g_assert_cmpint (jp_statement_get_integer (statement, 0), ==, 0);
  g_assert_null (jp_statement_get_text (statement, 0));
  g_assert_null (jp_statement_get_blob (statement, 0, &length));
  g_assert_cmpuint (length, ==, 0);
  g_assert_false (jp_statement_get_id (statement, 0, &id));
  g_assert_true (jp_id_is_none (&id));
}

static void
test_wrong_id (void)
{
  g_autoptr (JpDb) db = open_memory ();
  g_autoptr (JpStatement) statement = prepare (db, "SELECT x'0102', zeroblob (17), 'text'");
  JpId id = { .bytes = { 1 } };

  step_to_row (statement);
  for (int i = 0; i < 3; i++)
    {
      g_assert_false (jp_statement_get_id (statement, i, &id));
      g_assert_true (jp_id_is_none (&id));
    }
}

/* A released statement is used again, without what it was bound to. */
static void
test_cache (void)
{
  static const char *const sql = "SELECT :a";
  g_autoptr (JpDb) db = open_memory ();
  JpStatement *first = prepare (db, sql);
  JpStatement *second = prepare (db, sql); /* the first is in use */

  g_assert_true (first != second);
  jp_statement_bind_integer (first, ":a", 1);
  jp_statement_bind_integer (second, ":a", 2);
  step_to_row (first);
  step_to_row (second);
  g_assert_cmpint (jp_statement_get_integer (first, 0), ==, 1);
  g_assert_cmpint (jp_statement_get_integer (second, 0), ==, 2);
  jp_statement_release (second);
  jp_statement_release (first);
  jp_statement_release (NULL);

  JpStatement *again = prepare (db, sql);

  g_assert_true (again == first);
  step_to_row (again);
  g_assert_true (jp_statement_is_null (again, 0));
  jp_statement_release (again);
}

static void
test_reset (void)
{
  g_autoptr (JpDb) db = open_memory ();
  g_autoptr (JpStatement) statement = prepare (db, "SELECT :a UNION ALL SELECT 7");

  jp_statement_bind_integer (statement, ":a", 1);
  step_to_row (statement);
  jp_statement_reset (statement);
  step_to_row (statement);
  g_assert_cmpint (jp_statement_get_integer (statement, 0), ==, 1); /* the binding stays */
  step_to_row (statement);
  g_assert_cmpint (jp_statement_get_integer (statement, 0), ==, 7);
  step_to_end (statement);
}

static void
test_run (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpDb) db = open_memory ();

  g_assert_true (jp_db_exec (db, "CREATE TABLE t (a INTEGER NOT NULL) STRICT", &error));
  g_assert_no_error (error);

  g_autoptr (JpStatement) insert = prepare (db, "INSERT INTO t VALUES (:a)");
  g_autoptr (JpStatement) update = prepare (db, "UPDATE t SET a = a + 1");

  for (int i = 1; i <= 3; i++)
    {
      jp_statement_bind_integer (insert, ":a", i);
      g_assert_true (jp_statement_run (insert, &error));
      g_assert_no_error (error);
      g_assert_cmpint (jp_db_get_last_rowid (db), ==, i);
      g_assert_cmpint (jp_db_get_n_changes (db), ==, 1);
    }
  g_assert_true (jp_statement_run (update, &error));
  g_assert_no_error (error);
  g_assert_cmpint (jp_db_get_n_changes (db), ==, 3);

  /* After an error it can be run again. */
  jp_statement_bind_null (insert, ":a");
  g_assert_false (jp_statement_run (insert, &error));
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_CONSTRAINT);
  g_clear_error (&error);
  jp_statement_bind_integer (insert, ":a", 4);
  g_assert_true (jp_statement_run (insert, &error));
  g_assert_no_error (error);
}

static void
test_wrong_sql (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpDb) db = open_memory ();

  g_assert_null (jp_db_prepare (db, "SELECT a FROM nothing", &error));
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_INVALID);
}

static void
test_unknown_parameter (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (JpDb) db = open_memory ();
      g_autoptr (JpStatement) statement = prepare (db, "SELECT :a");

      jp_statement_bind_integer (statement, ":b", 1);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*no parameter :b in: SELECT :a*");
}

static void
test_unknown_position (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (JpDb) db = open_memory ();
      g_autoptr (JpStatement) statement = prepare (db, "SELECT :a");

      jp_statement_bind_integer_at (statement, 2, 1);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*could not bind a parameter of: SELECT :a*");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/db/statement/bind-by-name", test_bind_by_name);
  g_test_add_func ("/db/statement/bind-by-position", test_bind_by_position);
  g_test_add_func ("/db/statement/bind-lent", test_bind_lent);
  g_test_add_func ("/db/statement/bind-nothing", test_bind_nothing);
  g_test_add_func ("/db/statement/read-null", test_read_null);
  g_test_add_func ("/db/statement/wrong-id", test_wrong_id);
  g_test_add_func ("/db/statement/cache", test_cache);
  g_test_add_func ("/db/statement/reset", test_reset);
  g_test_add_func ("/db/statement/run", test_run);
  g_test_add_func ("/db/statement/wrong-sql", test_wrong_sql);
  g_test_add_func ("/db/statement/unknown-parameter", test_unknown_parameter);
  g_test_add_func ("/db/statement/unknown-position", test_unknown_position);

  return g_test_run ();
}
