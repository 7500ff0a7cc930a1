/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-journal.h"
#include "jp-profile.h"
#include "jp-restore.h"
#include "jp-store-fixture.h"
#include "jp-test-random.h"
#include "jp-test-records.h"
#include "jp-vault-fixture.h"
#include "jp-verify.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Programs that die while they write the journal, make a backup or restore one. The test starts
 * itself again as the program that dies. */

#define N_KILLS     15
#define MAX_LINES   4
#define MAX_WAIT_US 30000
#define PASSWORD    "correct horse"

/* A school in a profile, with a stick for its journal. */
typedef struct
{
  JpTestDir   *dir;
  char        *folder;
  char        *stick;
  JpFakeClock *clock;
  JpIdSource  *ids;
  JpIdSource  *random;
  JpProfile   *profile;
} Fixture;

/* --- the one that dies --- */

static void
acknowledge (gint64 n)
{
  g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT "\n", n);

  g_assert_cmpint (write (STDOUT_FILENO, line, strlen (line)), ==, (gssize)strlen (line));
}

/* The journal is chosen in the profile: the store finds it by itself. */
static void
child_save (JpProfile *profile, JpClock *clock, JpIdSource *ids)
{
  JpStoreFixture self = { .path = profile->database,
                          .key = profile->key,
                          .clock = JP_FAKE_CLOCK (clock),
                          .ids = ids,
                          .random = ids };
  g_autoptr (GError) error = NULL;

  jp_store_fixture_open (&self, &error);
  g_assert_no_error (error);
  while (TRUE)
    {
      g_autoptr (JpRecord) trainee = jp_test_record_new (JP_KIND_TRAINEE, self.random);

      acknowledge (jp_store_fixture_commit (&self, NULL, trainee));
    }
}

static void
child_restore (JpProfile *profile, JpClock *clock, JpIdSource *ids, gboolean back_up)
{
  g_auto (GStrv) paths = jp_backup_list (profile->backups);
  JpRestore order = {
    .backup = paths[0], .folder = profile->folder, .key = profile->key, .clock = clock, .ids = ids
  };

  for (gint64 n = 1;; n++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (JpRestoreOutcome) outcome = { 0 };

      if (back_up)
        {
          g_autoptr (JpVault) vault =
            jp_vault_open (profile->database, JP_DB_READER, profile->key, clock, ids, &error);

          g_assert_no_error (error);
          jp_fake_clock_advance (JP_FAKE_CLOCK (clock), JP_HOUR_US);
          g_free (jp_backup_make (vault, profile, NULL, NULL, &error));
        }
      else
        jp_restore_run (&order, &outcome, &error);
      g_assert_no_error (error);
      acknowledge (n);
    }
}

static void
run_child (const char *what, const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpProfile) profile = jp_profile_unlock (folder, PASSWORD, &error);
  g_autoptr (JpClock) system = jp_system_clock_new ();
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (jp_clock_now_us (system));
  g_autoptr (JpIdSource) ids = jp_id_source_new (system);

  g_assert_no_error (error);
  acknowledge (0);
  if (strcmp (what, "--save") == 0)
    child_save (profile, JP_CLOCK (clock), ids);
  else
    child_restore (profile, JP_CLOCK (clock), ids, strcmp (what, "--back-up") == 0);
}

/* --- the one who kills --- */

static gint64
read_line (GDataInputStream *output, gint64 last)
{
  g_autofree char *line = g_data_input_stream_read_line (output, NULL, NULL, NULL);

  return line != NULL ? g_ascii_strtoll (line, NULL, 10) : last;
}

static gint64
run_and_kill (Fixture *fixture, const char *what)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GSubprocess) child =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, what, fixture->folder, NULL);
  g_autoptr (GDataInputStream) output = NULL;
  guint  n_lines = 2 + jp_id_source_below (fixture->random, MAX_LINES);
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

static JpVault *
open_vault (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  JpVault *vault = NULL;

  g_assert_true (g_file_test (fixture->profile->database, G_FILE_TEST_EXISTS));
  vault = jp_vault_open (fixture->profile->database, JP_DB_WRITER, fixture->profile->key,
                         JP_CLOCK (fixture->clock), fixture->ids, &error);
  g_assert_no_error (error);
  g_assert_true (jp_vault_set_up (vault, &error));
  g_assert_true (jp_db_check (vault->db, &error));
  return vault;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JpSafety safety = { 24, 14, 12, NULL, NULL };
  JpVault *vault = NULL;

  self->dir = jp_test_dir_new ();
  self->folder = jp_test_dir_build (self->dir, "school");
  self->stick = jp_test_dir_build (self->dir, "stick");
  g_assert_cmpint (g_mkdir (self->stick, 0700), ==, 0);
  self->clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  self->random = jp_test_random_new_source (JP_CLOCK (self->clock));
  self->ids = jp_id_source_new (JP_CLOCK (self->clock));
  self->profile = jp_profile_create (self->folder, PASSWORD, self->ids, &error);
  g_assert_no_error (error);
  safety.journal = self->stick;
  g_assert_true (jp_safety_save (&safety, self->folder, &error));
  vault = jp_vault_open (self->profile->database, JP_DB_WRITER, self->profile->key,
                         JP_CLOCK (self->clock), self->ids, &error);
  g_assert_true (jp_vault_set_up (vault, &error));
  jp_vault_fixture_found_school (vault);
  g_free (jp_backup_make (vault, self->profile, NULL, NULL, &error));
  g_assert_no_error (error);
  jp_vault_close (vault);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  jp_profile_free (self->profile);
  g_object_unref (self->ids);
  g_object_unref (self->random);
  g_object_unref (self->clock);
  g_free (self->folder);
  g_free (self->stick);
  jp_test_dir_free (self->dir);
}

static gboolean
note_cb (const JpJournalEntry *entry, gpointer user_data, GError **error)
{
  g_hash_table_add (user_data, GINT_TO_POINTER ((int)entry->n));
  return TRUE;
}

/* Whatever was told as saved is in the journal too, however the program ended; and all of it can be
 * brought back on top of the first backup. */
static void
test_journal (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 acknowledged = 0;
  guint  n_damaged = 0;

  for (int i = 0; i < N_KILLS; i++)
    {
      g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);
      gint64 last = run_and_kill (fixture, "--save");

      acknowledged = MAX (acknowledged, last);
      g_assert_true (jp_journal_read (fixture->stick, fixture->profile->key, note_cb, numbers,
                                      &n_damaged, &error));
      for (int n = 2; n <= acknowledged; n++)
        g_assert_true (g_hash_table_contains (numbers, GINT_TO_POINTER (n)));
    }
  g_assert_cmpint (acknowledged, >, N_KILLS);

  g_auto (GStrv) paths = jp_backup_list (fixture->profile->backups);
  JpRestore order = { .backup = paths[0],
                      .journal = fixture->stick,
                      .folder = fixture->folder,
                      .key = fixture->profile->key,
                      .clock = JP_CLOCK (fixture->clock),
                      .ids = fixture->ids };
  g_auto (JpRestoreOutcome) outcome = { 0 };

  g_assert_true (jp_restore_run (&order, &outcome, &error));
  g_assert_no_error (error);
  g_assert_cmpint (outcome.replay.n_repeated + 1, >=, acknowledged);
}

/* At every moment of a restore there is a whole database in its place. */
static void
test_restore (Fixture *fixture, gconstpointer data)
{
  for (int i = 0; i < N_KILLS; i++)
    {
      run_and_kill (fixture, "--restore");
      jp_vault_close (open_vault (fixture));
    }
}

/* A backup that was not finished is never taken for one. */
static void
test_back_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < N_KILLS; i++)
    {
      g_auto (GStrv) paths = NULL;

      run_and_kill (fixture, "--back-up");
      paths = jp_backup_list (fixture->profile->backups);
      g_assert_nonnull (paths[0]);
      for (char **path = paths; *path != NULL; path++)
        {
          g_assert_true (jp_restore_drill (*path, jp_test_dir_get_path (fixture->dir),
                                           fixture->profile->key, NULL, NULL, &error));
          g_assert_no_error (error);
        }
    }
}

#define ADD(path, func)                                                                            \
  g_test_add ("/store/kill-safety/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("JIAPEI_KEYRING", "none", TRUE);
  if (argc == 3 && g_str_has_prefix (argv[1], "--") && strchr (argv[1], '=') == NULL &&
      g_path_is_absolute (argv[2]))
    run_child (argv[1], argv[2]);

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("journal", test_journal);
  ADD ("restore", test_restore);
  ADD ("back-up", test_back_up);
  return g_test_run ();
}
