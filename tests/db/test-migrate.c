/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-migrate.h"
#include "jp-test-dir.h"

#include <signal.h>

#define APPLICATION_ID 0x4a505431
#define PATH_VARIABLE  "JP_TEST_PATH" /* for the process that is killed */

/* As released, one after the other. */
static const char *const all_steps[] = {
  "CREATE TABLE note (n INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;"
  "INSERT INTO note (text) VALUES ('first')",
  "ALTER TABLE note ADD COLUMN author TEXT; UPDATE note SET author = 'nobody'",
  "CREATE INDEX idx_note_author ON note (author, n)",
  NULL,
};

typedef struct
{
  JpTestDir *dir;  /* (owned) */
  char      *path; /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = jp_test_dir_new ();
  fixture->path = jp_test_dir_build (fixture->dir, "school.db");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->path);
  jp_test_dir_free (fixture->dir);
}

static JpDb *
open_db (const char *path)
{
  g_autoptr (GError) error = NULL;
  JpDb *db = jp_db_open (path, JP_DB_WRITER, &error);

  g_assert_no_error (error);
  return db;
}

static void
exec (JpDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  jp_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

/* Schema and contents, as one text. */
static char *
dump (JpDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) statement =
    jp_db_prepare (db,
                   "SELECT sql FROM (SELECT name, sql FROM sqlite_schema ORDER BY name)"
                   " UNION ALL SELECT user_version FROM pragma_user_version"
                   " UNION ALL SELECT application_id FROM pragma_application_id",
                   &error);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean row = TRUE;

  g_assert_no_error (error);
  while (row)
    {
      jp_statement_step (statement, &row, &error);
      g_assert_no_error (error);
      if (row)
        g_string_append_printf (text, "%s\n", jp_statement_get_text (statement, 0));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
migrate (JpDb *db, const char *const *steps)
{
  const JpMigrationPlan plan = { .application_id = APPLICATION_ID, .steps = steps };
  g_autoptr (GError) error = NULL;

  jp_migrate (db, &plan, &error);
  g_assert_no_error (error);
}

static void
assert_version (JpDb *db, gint64 expected)
{
  g_autoptr (GError) error = NULL;
  gint64 version = -1;

  g_assert_true (jp_migrate_get_version (db, &version, &error));
  g_assert_no_error (error);
  g_assert_cmpint (version, ==, expected);
}

static void
test_fresh (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JpDb) db = open_db (fixture->path);

  assert_version (db, 0);
  migrate (db, all_steps);
  assert_version (db, 3);

  g_autofree char *before = dump (db);

  migrate (db, all_steps);

  g_autofree char *after = dump (db);

  g_assert_cmpstr (before, ==, after);
}

/* Program after program, each with one step more. */
static void
test_stepwise (Fixture *fixture, gconstpointer data)
{
  g_autofree char *fresh_path = jp_test_dir_build (fixture->dir, "fresh.db");
  g_autoptr (JpDb) fresh = open_db (fresh_path);

  migrate (fresh, all_steps);
  for (gsize n_steps = 1; n_steps < G_N_ELEMENTS (all_steps); n_steps++)
    {
      const char *steps[G_N_ELEMENTS (all_steps)] = { NULL };
      g_autoptr (JpDb) db = open_db (fixture->path);

      for (gsize i = 0; i < n_steps; i++)
        steps[i] = all_steps[i];
      migrate (db, steps);
      assert_version (db, (gint64)n_steps);
    }

  g_autoptr (JpDb) db = open_db (fixture->path);
  g_autofree char *expected = dump (fresh);
  g_autofree char *got = dump (db);

  g_assert_cmpstr (expected, ==, got);
}

/* A step that fails leaves the version before it, whole. */
static void
test_failing_step (Fixture *fixture, gconstpointer data)
{
  const char *const     steps[] = { all_steps[0], "CREATE TABLE half (a INTEGER) STRICT; NONSENSE",
                                    NULL };
  const JpMigrationPlan plan = { .application_id = APPLICATION_ID, .steps = steps };
  g_autoptr (JpDb) db = open_db (fixture->path);
  g_autoptr (GError) error = NULL;

  g_assert_false (jp_migrate (db, &plan, &error));
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "schema 2"));
  g_assert_false (jp_db_in_write (db));
  assert_version (db, 1);

  g_autofree char *text = dump (db);

  g_assert_null (strstr (text, "half"));
  migrate (db, all_steps);
  assert_version (db, 3);
}

static int n_calls = 0;

static gboolean
count_call (JpDb *db, GError **error)
{
  g_assert_true (jp_db_in_write (db));
  n_calls++;
  return TRUE;
}

static gboolean
fail_call (JpDb *db, GError **error)
{
  g_set_error_literal (error, JP_DB_ERROR, JP_DB_ERROR_INVALID, "no");
  return FALSE;
}

/* The tables that no SQL text describes are looked after also when there is no new step. */
static void
test_before (Fixture *fixture, gconstpointer data)
{
  JpMigrationPlan plan = {
    .application_id = APPLICATION_ID,
    .steps = all_steps,
    .before = count_call,
  };
  g_autoptr (JpDb) db = open_db (fixture->path);
  g_autoptr (GError) error = NULL;

  n_calls = 0;
  g_assert_true (jp_migrate (db, &plan, &error));
  g_assert_cmpint (n_calls, ==, 3);
  g_assert_true (jp_migrate (db, &plan, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_calls, ==, 4);

  plan.before = fail_call;
  g_assert_false (jp_migrate (db, &plan, &error));
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_INVALID);
  g_assert_false (jp_db_in_write (db));
}

/* The power goes when the second step is about to be committed. */
static gboolean
kill_before_second (JpDb *db, GError **error)
{
  if (n_calls++ == 1)
    {
      exec (db, "CREATE TABLE torn (a INTEGER) STRICT");
      raise (SIGKILL);
    }
  return TRUE;
}

static void
test_killed (Fixture *fixture, gconstpointer data)
{
  const JpMigrationPlan plan = {
    .application_id = APPLICATION_ID,
    .steps = all_steps,
    .before = kill_before_second,
  };

  if (g_test_subprocess ())
    {
      g_autoptr (JpDb) victim = open_db (g_getenv (PATH_VARIABLE));

      jp_migrate (victim, &plan, NULL);
      return;
    }

  g_setenv (PATH_VARIABLE, fixture->path, TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_unsetenv (PATH_VARIABLE);

  g_autoptr (JpDb) db = open_db (fixture->path);
  g_autoptr (GError) error = NULL;
  g_autofree char *torn = dump (db);

  g_assert_true (jp_db_check (db, &error));
  g_assert_no_error (error);
  assert_version (db, 1);
  g_assert_null (strstr (torn, "torn"));

  migrate (db, all_steps);

  g_autofree char *fresh_path = jp_test_dir_build (fixture->dir, "fresh.db");
  g_autoptr (JpDb) fresh = open_db (fresh_path);

  migrate (fresh, all_steps);

  g_autofree char *expected = dump (fresh);
  g_autofree char *got = dump (db);

  g_assert_cmpstr (expected, ==, got);
}

static void
assert_refused (JpDb *db, JpDbError code)
{
  const JpMigrationPlan plan = { .application_id = APPLICATION_ID, .steps = all_steps };
  g_autoptr (GError) error = NULL;
  g_autofree char *before = dump (db);

  g_assert_false (jp_migrate (db, &plan, &error));
  g_assert_error (error, JP_DB_ERROR, (int)code);

  g_autofree char *after = dump (db);

  g_assert_cmpstr (before, ==, after);
}

static void
test_too_new (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JpDb) db = open_db (fixture->path);

  migrate (db, all_steps);
  exec (db, "PRAGMA user_version=4");
  assert_refused (db, JP_DB_ERROR_TOO_NEW);
}

static void
test_other_program (Fixture *fixture, gconstpointer data)
{
  g_autofree char *unmarked_path = jp_test_dir_build (fixture->dir, "unmarked.db");
  g_autoptr (JpDb) marked = open_db (fixture->path);
  g_autoptr (JpDb) unmarked = open_db (unmarked_path);

  exec (marked, "PRAGMA application_id=1");
  assert_refused (marked, JP_DB_ERROR_CORRUPT);
  exec (unmarked, "CREATE TABLE contacts (name TEXT)");
  assert_refused (unmarked, JP_DB_ERROR_CORRUPT);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/db/migrate/fresh", test_fresh);
  ADD ("/db/migrate/stepwise", test_stepwise);
  ADD ("/db/migrate/failing-step", test_failing_step);
  ADD ("/db/migrate/before", test_before);
  ADD ("/db/migrate/killed", test_killed);
  ADD ("/db/migrate/too-new", test_too_new);
  ADD ("/db/migrate/other-program", test_other_program);

  return g_test_run ();
}
