/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-attachment-repo.h"
#include "jp-migrate.h"
#include "jp-op-repo.h"
#include "jp-query.h"
#include "jp-remote-repo.h"
#include "jp-store-fixture.h"
#include "jp-test-random.h"
#include "jp-test-records.h"
#include "jp-verify.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Programs that die at any moment: each test starts this program again as a child that works and
 * says what is done, kills it, and looks at what it left. */

#define N_KILLS        30
#define N_FRESH_KILLS  25
#define N_PAPER_KILLS  10
#define PAPER_BYTES    (300 * 1024)
#define PAGE_ROWS      24
#define N_STEPS        60
#define MAX_WAIT_LINES 5
#define MAX_WAIT_US    9000
#define LOAD_SETTING   "load"

/* --- the child --- */

/* Straight into the pipe: what is acknowledged must not wait in a buffer. */
static void
acknowledge (gint64 n)
{
  g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT "\n", n);

  g_assert_cmpint (write (STDOUT_FILENO, line, strlen (line)), ==, (gssize)strlen (line));
}

static void
child_begin (JpStoreFixture *self, const char *path, const char *key)
{
  g_autoptr (JpClock) clock = jp_system_clock_new ();

  self->path = g_strdup (path);
  self->key = jp_seal_key_from_base64 (key, NULL);
  self->clock = jp_fake_clock_new (jp_clock_now_us (clock));
  self->ids = jp_id_source_new (clock);
  self->random = jp_id_source_new (clock);
  acknowledge (0);
}

static void
child_open (JpStoreFixture *self)
{
  g_autoptr (GError) error = NULL;

  jp_store_fixture_open (self, &error);
  g_assert_no_error (error);
}

static JpRecord *
with_note (JpRecord *record, gint64 n)
{
  g_autofree char *note = g_strdup_printf ("%" G_GINT64_FORMAT, n);
  JpDraft         *draft = jp_draft_new_from (record);

  jp_draft_set_text (draft, JP_VEHICLE_NOTE, note);
  return jp_draft_end (draft);
}

static JpId
counter_id (void)
{
  return jp_id_derive ("vehicle", "counter");
}

/* Saves until it dies: a new trainee and a count on a vehicle, in one action. */
static void
child_save (JpStoreFixture *self)
{
  JpId   id = counter_id ();
  gint64 n = 0;

  child_open (self);
  while (TRUE)
    {
      g_autoptr (GError) error = NULL;
      g_auto (JpStoreWait) wait = { NULL };
      g_autoptr (JpRecord) counter = jp_store_fixture_get (self, JP_KIND_VEHICLE, &id);
      gint64 count = g_ascii_strtoll (jp_record_get_text (counter, JP_VEHICLE_NOTE), NULL, 10);
      g_autoptr (JpRecord) counted = with_note (counter, count + 1);
      g_autoptr (JpRecord) trainee = jp_test_record_new (JP_KIND_TRAINEE, self->random);
      JpChange *change = jp_store_fixture_new_change (self, counter, counted);

      jp_change_add (change, NULL, trainee);
      jp_store_commit_async (self->store, change, NULL, jp_store_wait_cb, &wait);
      n = jp_store_commit_finish (self->store, jp_store_wait_for (&wait), &error);
      g_assert_no_error (error);
      acknowledge (n);
    }
}

/* --- papers --- */

static JpId
papers_id (void)
{
  return jp_id_derive ("trainee", "papers");
}

typedef struct
{
  GBytes *bytes; /* (borrowed) */
  gint64  n;     /* out */
} Paper;

static gpointer
attach_call (JpVault *vault, gpointer data, GError **error)
{
  Paper           *paper = data;
  JpAttachmentFile file = { JP_KIND_TRAINEE, papers_id (), JP_PURPOSE_OTHER, "scan.jpg",
                            paper->bytes };

  paper->n = jp_attachment_repo_add (vault, &file, "前台", NULL, error);
  return NULL;
}

/* No two scans are the same. */
static GBytes *
make_scan (JpStoreFixture *self)
{
  guint8 *bytes = g_malloc0 (PAPER_BYTES);

  jp_id_source_fill (self->ids, bytes + 4, 64);
  memcpy (bytes, "\xff\xd8\xff\xe0", 4);
  return g_bytes_new_take (bytes, PAPER_BYTES);
}

/* Attaches until it dies. */
static void
child_attach (JpStoreFixture *self)
{
  child_open (self);
  while (TRUE)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = make_scan (self);
      Paper       paper = { bytes, 0 };
      JpStoreCall call = { attach_call, &paper, NULL, NULL, JP_STORE_KINDS_ALL };

      jp_store_fixture_write (self, &call, &error);
      g_assert_no_error (error);
      acknowledge (paper.n);
    }
}

static JpRecord *
remote_vehicle (JpStoreFixture *self, const JpId *id, gint64 version)
{
  g_autoptr (JpRecord) random = jp_test_record_new (JP_KIND_VEHICLE, self->random);
  JpDraft     *draft = jp_draft_new (JP_KIND_VEHICLE, id);
  JpRecordHead head = { .version = version };

  for (guint unit = 0; unit < 32; unit++)
    jp_draft_copy_unit (draft, random, unit);
  jp_draft_set_head (draft, &head);

  g_autoptr (JpRecord) record = jp_draft_end (draft);

  return with_note (record, version);
}

/* What the platform sends as page @n: new rows, and the next state of the counter. */
static GPtrArray *
make_page (JpStoreFixture *self, gint64 n)
{
  GPtrArray *page = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
  JpId       counter = counter_id ();

  for (int i = 0; i < PAGE_ROWS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT "-%d", n, i);
      JpId             id = jp_id_derive ("vehicle", name);

      g_ptr_array_add (page, remote_vehicle (self, &id, n));
    }
  g_ptr_array_add (page, remote_vehicle (self, &counter, n));
  return page;
}

typedef struct
{
  JpStoreFixture *fixture;
  const char     *setting; /* that keeps the place reached */
  gint64          n;       /* out: the page that is applied */
} Pull;

static gpointer
pull_call (JpVault *vault, gpointer data, GError **error)
{
  Pull            *pull = data;
  g_autofree char *reached = NULL;
  g_autofree char *next = NULL;
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (GPtrArray) images = NULL;
  JpRemoteOutcome outcome = { 0 };
  JpRemoteReply   reply = { .epoch = "e" };

  if (!jp_vault_get_setting (vault, pull->setting, &reached, error))
    return NULL;
  pull->n = (reached != NULL ? g_ascii_strtoll (reached, NULL, 10) : 0) + 1;
  next = g_strdup_printf ("%" G_GINT64_FORMAT, pull->n);
  page = make_page (pull->fixture, pull->n);
  images = jp_remote_repo_prepare (vault, page);
  reply.records = page;
  reply.cursor = next;

  if (strcmp (pull->setting, LOAD_SETTING) != 0)
    jp_remote_repo_apply (vault, &reply, &outcome, error);
  else if (pull->n > 1 || jp_remote_repo_begin_load (vault, JP_KIND_VEHICLE, error))
    jp_remote_repo_load (vault, page, images, pull->setting, next, error);
  return NULL;
}

static void
child_pull (JpStoreFixture *self, const char *setting)
{
  child_open (self);
  while (TRUE)
    {
      g_autoptr (GError) error = NULL;
      Pull        pull = { self, setting, 0 };
      JpStoreCall call = { pull_call, &pull, NULL, NULL, JP_STORE_KINDS_ALL };

      jp_store_fixture_write (self, &call, &error);
      g_assert_no_error (error);
      acknowledge (pull.n);
    }
}

/* A long way from the first version to the last; each step is work for a moment. */
static JpMigrationPlan
make_plan (GStrv *out_steps)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JpMigrationPlan plan = { .application_id = 77 };

  for (int i = 1; i <= N_STEPS; i++)
    {
      g_autofree char *step =
        g_strdup_printf ("CREATE TABLE step_%d (i INTEGER PRIMARY KEY) STRICT;"
                         "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i "
                         "< 200)"
                         " INSERT INTO step_%d SELECT i FROM n;",
                         i, i);

      g_strv_builder_add (builder, step);
    }
  *out_steps = g_strv_builder_end (builder);
  plan.steps = (const char *const *)*out_steps;
  return plan;
}

static void
child_migrate (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) steps = NULL;
  JpMigrationPlan plan = make_plan (&steps);
  g_autoptr (JpDb) db = jp_db_open (path, JP_DB_WRITER, &error);

  acknowledge (1);
  jp_migrate (db, &plan, &error);
  g_assert_no_error (error);
  acknowledge (2);
  while (TRUE)
    g_usleep (G_USEC_PER_SEC);
}

static void
child_create (JpStoreFixture *self)
{
  child_open (self);
  acknowledge (1);
  while (TRUE)
    g_usleep (G_USEC_PER_SEC);
}

static void
run_child (const char *what, const char *path, const char *key)
{
  JpStoreFixture fixture = { NULL };

  child_begin (&fixture, path, key);
  if (strcmp (what, "--save") == 0)
    child_save (&fixture);
  else if (strcmp (what, "--attach") == 0)
    child_attach (&fixture);
  else if (strcmp (what, "--pull") == 0)
    child_pull (&fixture, JP_SETTING_CURSOR);
  else if (strcmp (what, "--load") == 0)
    child_pull (&fixture, LOAD_SETTING);
  else if (strcmp (what, "--migrate") == 0)
    child_migrate (path);
  else
    child_create (&fixture);
}

/* --- the one who kills --- */

static gint64
read_line (GDataInputStream *output, gint64 last)
{
  g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, NULL);

  return line != NULL ? g_ascii_strtoll (line, NULL, 10) : last;
}

/* Lets a child work for a random moment; returns what it acknowledged last. */
static gint64
run_and_kill (JpStoreFixture *fixture, const char *what, const char *path, guint max_lines)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *key = jp_seal_key_to_base64 (fixture->key);
  g_autoptr (GSubprocess) child =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, what, path, key, NULL);
  g_autoptr (GDataInputStream) output = NULL;
  guint  n_lines = 1 + jp_id_source_below (fixture->random, max_lines);
  gint64 last = 0;
  gint64 before = -1;

  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  for (guint i = 0; i < n_lines; i++)
    last = read_line (output, last);
  g_usleep (jp_id_source_below (fixture->random, MAX_WAIT_US));

  g_subprocess_force_exit (child);
  g_subprocess_wait (child, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_signaled (child));
  g_assert_cmpint (g_subprocess_get_term_sig (child), ==, SIGKILL); /* not its own fault */
  while (before != last)
    {
      before = last;
      last = read_line (output, last);
    }
  return last;
}

static gpointer
verify_call (JpVault *vault, gpointer data, GError **error)
{
  return jp_verify_run (vault, NULL, error);
}

static void
assert_good (JpStoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  JpStoreCall call = { verify_call, NULL, NULL, (GDestroyNotify)jp_verify_report_free, 0 };
  g_autoptr (JpVerifyReport) report = jp_store_fixture_read (fixture, &call, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < report->findings->len; i++)
    {
      const JpVerifyFinding *finding = g_ptr_array_index (report->findings, i);

      /* Records with random contents refer to rows that are not there. */
      if (finding->check != JP_VERIFY_REFERENCES)
        g_error ("%s: %s", jp_verify_get_name (finding->check), finding->detail);
    }
}

static gint64
count (JpStoreFixture *fixture, JpKind kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpQuery) query = jp_query_new (kind);
  g_auto (JpStoreWait) wait = { NULL };
  gint64 n = 0;

  jp_store_count_async (fixture->store, query, NULL, jp_store_wait_cb, &wait);
  n = jp_store_count_finish (fixture->store, jp_store_wait_for (&wait), &error);
  g_assert_no_error (error);
  return n;
}

static gint64
get_counter (JpStoreFixture *fixture)
{
  JpId id = counter_id ();
  g_autoptr (JpRecord) counter = jp_store_fixture_get (fixture, JP_KIND_VEHICLE, &id);

  return g_ascii_strtoll (jp_record_get_text (counter, JP_VEHICLE_NOTE), NULL, 10);
}

static gpointer
last_op_call (JpVault *vault, gpointer data, GError **error)
{
  gint64 waiting = 0;
  gint64 oldest_us = 0;

  if (!jp_op_repo_count_waiting (vault, &waiting, &oldest_us, error))
    return NULL;
  return g_memdup2 (&waiting, sizeof waiting);
}

static gint64
count_ops (JpStoreFixture *fixture)
{
  JpStoreCall        call = { last_op_call, NULL, NULL, g_free, 0 };
  g_autofree gint64 *n = jp_store_fixture_read (fixture, &call, NULL);

  return *n;
}

static void
reopen (JpStoreFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (jp_store_fixture_open (fixture, &error));
  g_assert_no_error (error);
}

/* Every action that was acknowledged is there, and none is there by half. */
static void
test_save (JpStoreFixture *fixture, gconstpointer data)
{
  JpId     id = counter_id ();
  JpDraft *draft = jp_draft_new (JP_KIND_VEHICLE, &id);
  g_autoptr (JpRecord) random = jp_test_record_new (JP_KIND_VEHICLE, fixture->random);
  gint64 acknowledged = 0;

  for (guint unit = 0; unit < 32; unit++)
    jp_draft_copy_unit (draft, random, unit);

  g_autoptr (JpRecord) counter = jp_draft_end (draft);
  g_autoptr (JpRecord) begun = with_note (counter, 0);
  gint64 n_before = jp_store_fixture_commit (fixture, NULL, begun);

  for (int i = 0; i < N_KILLS; i++)
    {
      gint64 last = 0;

      jp_store_fixture_close (fixture);
      last = run_and_kill (fixture, "--save", fixture->path, MAX_WAIT_LINES);
      acknowledged = MAX (acknowledged, last);
      reopen (fixture);

      gint64 n_ops = count_ops (fixture);

      g_assert_cmpint (n_ops, >=, acknowledged);
      g_assert_cmpint (get_counter (fixture), ==, n_ops - n_before);
      g_assert_cmpint (count (fixture, JP_KIND_TRAINEE), ==, n_ops - n_before);
      assert_good (fixture);
    }

  g_assert_cmpint (acknowledged, >, N_KILLS);
}

/* Every paper that was acknowledged is there, and all its bytes; none is there by half. */
static void
test_attach (JpStoreFixture *fixture, gconstpointer data)
{
  JpId     id = papers_id ();
  JpDraft *draft = jp_draft_new (JP_KIND_TRAINEE, &id);
  g_autoptr (JpRecord) random = jp_test_record_new (JP_KIND_TRAINEE, fixture->random);
  g_autoptr (JpRecord) trainee = NULL;
  gint64 acknowledged = 0;
  gint64 n_before = 0;

  for (guint unit = 0; unit < 32; unit++)
    jp_draft_copy_unit (draft, random, unit);
  trainee = jp_draft_end (draft);
  n_before = jp_store_fixture_commit (fixture, NULL, trainee);

  for (int i = 0; i < N_PAPER_KILLS; i++)
    {
      gint64 n_ops = 0;
      gint64 last = 0;

      jp_store_fixture_close (fixture);
      last = run_and_kill (fixture, "--attach", fixture->path, MAX_WAIT_LINES);
      acknowledged = MAX (acknowledged, last);
      reopen (fixture);
      n_ops = count_ops (fixture);
      g_assert_cmpint (n_ops, >=, acknowledged);
      g_assert_cmpint (count (fixture, JP_KIND_ATTACHMENT), ==, n_ops - n_before);
      assert_good (fixture);
    }

  g_assert_cmpint (acknowledged, >, N_PAPER_KILLS);
}

typedef struct
{
  const char *name;
} Setting;

static gpointer
setting_call (JpVault *vault, gpointer data, GError **error)
{
  Setting *setting = data;
  char    *value = NULL;

  if (!jp_vault_get_setting (vault, setting->name, &value, error))
    return NULL;
  return value != NULL ? value : g_strdup ("0");
}

/* The place that was reached and the rows say the same. */
static void
check_pull (JpStoreFixture *fixture, const char *what, const char *name)
{
  Setting     setting = { name };
  JpStoreCall call = { setting_call, &setting, NULL, g_free, 0 };
  gint64      acknowledged = 0;

  for (int i = 0; i < N_KILLS; i++)
    {
      g_autofree char *text = NULL;
      gint64           reached = 0;
      gint64           last = 0;

      jp_store_fixture_close (fixture);
      last = run_and_kill (fixture, what, fixture->path, MAX_WAIT_LINES);
      acknowledged = MAX (acknowledged, last);
      reopen (fixture);

      text = jp_store_fixture_read (fixture, &call, NULL);
      reached = g_ascii_strtoll (text, NULL, 10);
      g_assert_cmpint (reached, >=, acknowledged);
      g_assert_cmpint (count (fixture, JP_KIND_VEHICLE), ==,
                       reached > 0 ? reached * PAGE_ROWS + 1 : 0);
      if (reached > 0)
        g_assert_cmpint (get_counter (fixture), ==, reached);
      assert_good (fixture);
    }

  g_assert_cmpint (acknowledged, >, N_KILLS);
}

static void
test_pull (JpStoreFixture *fixture, gconstpointer data)
{
  check_pull (fixture, "--pull", JP_SETTING_CURSOR);
}

static gint64
count_indexes (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpDb) db = jp_db_open (path, JP_DB_READER, &error);
  g_autoptr (JpStatement) statement =
    jp_db_prepare (db, "SELECT COUNT (*) FROM sqlite_schema WHERE type = 'index'", &error);
  gboolean row = FALSE;

  g_assert_no_error (error);
  g_assert_true (jp_statement_step (statement, &row, &error) && row);
  return jp_statement_get_integer (statement, 0);
}

/* A first sync takes indexes away; after a kill in the middle the next start makes them again. */
static void
test_load (JpStoreFixture *fixture, gconstpointer data)
{
  gint64 n_indexes = count_indexes (fixture->path);

  check_pull (fixture, "--load", LOAD_SETTING);
  g_assert_cmpint (count_indexes (fixture->path), ==, n_indexes);
}

/* Each version is there as a whole, and the rest of the way can be gone. */
static void
test_migrate (JpStoreFixture *fixture, gconstpointer data)
{
  g_auto (GStrv) steps = NULL;
  JpMigrationPlan plan = make_plan (&steps);

  for (int i = 0; i < N_FRESH_KILLS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *name = g_strdup_printf ("migrate-%d.db", i);
      g_autofree char *path = jp_test_dir_build (fixture->dir, name);
      g_autoptr (JpDb) db = NULL;
      gint64 version = -1;

      run_and_kill (fixture, "--migrate", path, 2);
      db = jp_db_open (path, JP_DB_WRITER, &error);
      g_assert_no_error (error);
      jp_migrate_get_version (db, &version, &error);

      g_autoptr (JpStatement) tables =
        jp_db_prepare (db, "SELECT COUNT (*) FROM sqlite_schema WHERE name LIKE 'step%'", &error);
      gboolean row = FALSE;

      g_assert_true (jp_statement_step (tables, &row, &error));
      g_assert_cmpint (jp_statement_get_integer (tables, 0), ==, version);
      g_clear_pointer (&tables, jp_statement_release);
      g_assert_true (jp_migrate (db, &plan, &error));
      g_assert_no_error (error);
      jp_migrate_get_version (db, &version, &error);
      g_assert_cmpint (version, ==, N_STEPS);
      g_assert_true (jp_db_check (db, &error));
    }
}

static char *
dump_schema (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpDb) db = jp_db_open (path, JP_DB_READER, &error);
  g_autoptr (JpStatement) statement =
    jp_db_prepare (db, "SELECT type || name || COALESCE (sql, '') FROM sqlite_schema ORDER BY 1",
                   &error);
  GString *text = g_string_new (NULL);
  gboolean row = FALSE;

  g_assert_no_error (error);
  while (jp_statement_step (statement, &row, &error) && row)
    g_string_append_printf (text, "%s\n", jp_statement_get_text (statement, 0));
  g_assert_no_error (error);
  return g_string_free (text, FALSE);
}

/* A program that dies while it makes the database: the next one makes it whole. */
static void
test_create (JpStoreFixture *fixture, gconstpointer data)
{
  g_autofree char *expected = NULL;
  g_autofree char *own_path = g_steal_pointer (&fixture->path);

  jp_store_fixture_close (fixture);
  expected = dump_schema (own_path);
  for (int i = 0; i < N_FRESH_KILLS; i++)
    {
      g_autofree char *name = g_strdup_printf ("create-%d.db", i);
      g_autofree char *schema = NULL;

      fixture->path = jp_test_dir_build (fixture->dir, name);
      run_and_kill (fixture, "--create", fixture->path, 1);
      reopen (fixture);
      schema = dump_schema (fixture->path);
      g_assert_cmpstr (schema, ==, expected);
      assert_good (fixture);
      jp_store_fixture_close (fixture);
      g_clear_pointer (&fixture->path, g_free);
    }
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/kill/" path, JpStoreFixture, NULL, jp_store_fixture_set_up, func,            \
              jp_store_fixture_tear_down)

int
main (int argc, char *argv[])
{
  if (argc == 4 && g_str_has_prefix (argv[1], "--"))
    {
      run_child (argv[1], argv[2], argv[3]);
      return 0;
    }

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("save", test_save);
  ADD ("attach", test_attach);
  ADD ("pull", test_pull);
  ADD ("load", test_load);
  ADD ("migrate", test_migrate);
  ADD ("create", test_create);
  return g_test_run ();
}
