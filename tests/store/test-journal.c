/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-commit.h"
#include "jp-op-repo.h"
#include "jp-replay.h"
#include "jp-restore.h"
#include "jp-test-dir.h"
#include "jp-test-random.h"
#include "jp-test-records.h"
#include "jp-vault-fixture.h"
#include "jp-verify.h"

#include <glib/gstdio.h>

#define PASSWORD "开门见山 2026"

/* A school in a profile, with a stick for its journal. */
typedef struct
{
  JpTestDir     *dir;
  char          *stick;
  JpProfile     *profile;
  JpVaultFixture school; /* its vault lies in the profile */
} Fixture;

static JpVault *
open_vault (Fixture *fixture, JpProfile *profile)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpIdSource) ids = jp_id_source_new (JP_CLOCK (fixture->school.clock));
  JpVault *vault = jp_vault_open (profile->database, JP_DB_WRITER, profile->key,
                                  JP_CLOCK (fixture->school.clock), ids, &error);

  g_assert_no_error (error);
  g_assert_true (jp_vault_set_up (vault, &error));
  return vault;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpIdSource) ids = NULL;
  g_autofree char *folder = NULL;

  fixture->dir = jp_test_dir_new ();
  fixture->stick = jp_test_dir_build (fixture->dir, "stick");
  g_assert_cmpint (g_mkdir (fixture->stick, 0700), ==, 0);
  folder = jp_test_dir_build (fixture->dir, "school");
  fixture->school.clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  fixture->school.random = jp_test_random_new_source (JP_CLOCK (fixture->school.clock));
  ids = jp_id_source_new (JP_CLOCK (fixture->school.clock));
  fixture->profile = jp_profile_create (folder, PASSWORD, ids, &error);
  g_assert_no_error (error);
  fixture->school.vault = open_vault (fixture, fixture->profile);
  jp_journal_attach (fixture->school.vault, fixture->stick);
  jp_vault_fixture_found_school (fixture->school.vault);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  jp_vault_fixture_tear_down (&fixture->school, data);
  jp_profile_free (fixture->profile);
  jp_test_dir_free (fixture->dir);
  g_free (fixture->stick);
}

static void
add_trainees (Fixture *fixture, guint n)
{
  for (guint i = 0; i < n; i++)
    jp_record_unref (jp_vault_fixture_add_trainee (&fixture->school, "C1"));
}

static void
follow (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  jp_journal_follow (fixture->school.vault, &error);
  g_assert_no_error (error);
}

static gint64
query (JpVault *vault, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) statement = jp_db_prepare (vault->db, sql, &error);
  gboolean row = FALSE;

  g_assert_no_error (error);
  g_assert_true (jp_statement_step (statement, &row, &error));
  return jp_statement_get_integer (statement, 0);
}

static char *
dup_last_chain (JpVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db, "SELECT hex (chain) FROM op ORDER BY n DESC LIMIT 1", &error);
  gboolean row = FALSE;

  g_assert_true (jp_statement_step (statement, &row, &error));
  return g_strdup (jp_statement_get_text (statement, 0));
}

static gboolean
count_cb (const JpJournalEntry *entry, gpointer user_data, GError **error)
{
  g_assert_cmpint (entry->n, >, 0);
  g_hash_table_add (user_data, g_bytes_new (entry->id.bytes, sizeof entry->id.bytes));
  return TRUE;
}

/* Returns: how many different operations are in the journal */
static guint
count_entries (Fixture *fixture, guint *out_n_damaged)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) ids =
    g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
  guint n_damaged = 0;

  jp_journal_read (fixture->stick, fixture->profile->key, count_cb, ids, &n_damaged, &error);
  g_assert_no_error (error);
  if (out_n_damaged != NULL)
    *out_n_damaged = n_damaged;
  return g_hash_table_size (ids);
}

static char *
dup_file (Fixture *fixture, const char *suffix)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->stick, 0, NULL);

  for (const char *name = NULL; (name = g_dir_read_name (dir)) != NULL;)
    if (g_str_has_suffix (name, suffix))
      return g_build_filename (fixture->stick, name, NULL);
  return NULL;
}

static void
reopen (Fixture *fixture)
{
  jp_vault_close (fixture->school.vault);
  fixture->school.vault = open_vault (fixture, fixture->profile);
  jp_journal_attach (fixture->school.vault, fixture->stick);
}

/* Every operation goes into the journal once, sealed, over several runs of the program. */
static void
test_follow (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *bytes = NULL;
  gsize            size = 0;
  guint            n_damaged = 0;

  follow (fixture);
  g_assert_cmpuint (count_entries (fixture, NULL), ==, 1); /* the founding */
  add_trainees (fixture, 3);
  follow (fixture);
  reopen (fixture);
  add_trainees (fixture, 2);
  follow (fixture);
  follow (fixture);
  g_assert_cmpuint (count_entries (fixture, &n_damaged), ==, 6);
  g_assert_cmpuint (n_damaged, ==, 0);

  first = dup_file (fixture, "-0001.jpjournal");
  second = dup_file (fixture, "-0002.jpjournal");
  g_assert_nonnull (first);
  g_assert_null (second);
  g_assert_true (g_file_get_contents (first, &bytes, &size, NULL));
  g_assert_null (g_strstr_len (bytes, (gssize)size, "trainee"));
}

/* What the power cut tore stays as it is; nothing before or after it is lost. */
static void
test_torn (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *second = NULL;
  g_autofree char *bytes = NULL;
  gsize            size = 0;
  guint            n_damaged = 0;

  add_trainees (fixture, 3);
  follow (fixture);
  path = dup_file (fixture, "-0001.jpjournal");
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (path, bytes, (gssize)size - 7, NULL));

  reopen (fixture);
  add_trainees (fixture, 1);
  follow (fixture);
  second = dup_file (fixture, "-0002.jpjournal");
  g_assert_nonnull (second);
  g_assert_cmpuint (count_entries (fixture, &n_damaged), ==, 5);
  g_assert_cmpuint (n_damaged, ==, 1);
}

/* A stick that is not there harms no save, and has everything when it is back. */
static void
test_unplugged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *away = jp_test_dir_build (fixture->dir, "away");
  g_autoptr (GError) error = NULL;

  follow (fixture);
  g_assert_cmpint (g_rename (fixture->stick, away), ==, 0);
  reopen (fixture);
  add_trainees (fixture, 2);
  g_assert_false (jp_journal_follow (fixture->school.vault, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (fixture->stick, G_FILE_TEST_EXISTS));

  g_assert_cmpint (g_rename (away, fixture->stick), ==, 0);
  follow (fixture);
  g_assert_cmpuint (count_entries (fixture, NULL), ==, 3);
}

static JpVault *
restore (Fixture *fixture, const char *backup, GBytes *key_file, JpRestoreOutcome *out_outcome)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = jp_test_dir_build (fixture->dir, "elsewhere");
  g_autoptr (JpIdSource) ids = jp_id_source_new (JP_CLOCK (fixture->school.clock));
  g_autoptr (JpProfile) profile = NULL;
  JpRestore order = { .backup = backup,
                      .journal = fixture->stick,
                      .key_file = key_file,
                      .folder = folder,
                      .key = fixture->profile->key,
                      .clock = JP_CLOCK (fixture->school.clock),
                      .ids = ids };

  jp_restore_run (&order, out_outcome, &error);
  g_assert_no_error (error);
  profile = jp_profile_unlock (folder, PASSWORD, &error);
  g_assert_no_error (error);
  return open_vault (fixture, profile);
}

static void
assert_good (JpVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpVerifyReport) report = jp_verify_run (vault, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (jp_verify_is_good (report));
}

/* Backup and journal together are the school as it was: the same operations with the same numbers
 * and the same chain, so that the platform finds nothing new in them. */
static void
test_restore (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *backup = NULL;
  g_autofree char *chain = NULL;
  g_autofree char *chain_again = NULL;
  g_auto (JpRestoreOutcome) outcome = { 0 };
  g_autoptr (JpVault) again = NULL;
  JpReplay replay = { 0 };
  gint64   undo_n = 0;

  add_trainees (fixture, 2);
  follow (fixture);
  backup = jp_backup_make (fixture->school.vault, fixture->profile, NULL, NULL, &error);
  g_assert_no_error (error);
  add_trainees (fixture, 4);
  g_assert_true (jp_commit_undo (fixture->school.vault, 5, "前台", &undo_n, &error));
  follow (fixture);
  chain = dup_last_chain (fixture->school.vault);

  again = restore (fixture, backup, NULL, &outcome);
  g_assert_cmpuint (outcome.replay.n_known, ==, 3);
  g_assert_cmpuint (outcome.replay.n_repeated, ==, 5);
  chain_again = dup_last_chain (again);
  g_assert_cmpstr (chain_again, ==, chain);
  g_assert_cmpint (query (again, "SELECT COUNT (*) FROM trainee WHERE deleted = 0"), ==, 5);
  g_assert_cmpint (query (again, "SELECT undoes FROM op ORDER BY n DESC LIMIT 1"), ==, 5);
  assert_good (again);

  g_assert_true (jp_replay_run (fixture->stick, again, NULL, &replay, &error));
  g_assert_cmpuint (replay.n_repeated, ==, 0);
  g_assert_cmpint (query (again, "SELECT COUNT (*) FROM op"), ==, 8);
}

/* Work went on after the backup was restored, and only then the stick was found: what it has comes
 * behind, once, under other numbers. */
static void
test_late (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *backup = NULL;
  g_autofree char *away = jp_test_dir_build (fixture->dir, "away");
  g_auto (JpRestoreOutcome) outcome = { 0 };
  JpReplay replay = { 0 };
  JpVault *lost = fixture->school.vault;

  add_trainees (fixture, 1);
  follow (fixture);
  backup = jp_backup_make (fixture->school.vault, fixture->profile, NULL, NULL, &error);
  add_trainees (fixture, 3);
  follow (fixture);

  g_assert_cmpint (g_rename (fixture->stick, away), ==, 0);
  g_assert_cmpint (g_mkdir (fixture->stick, 0700), ==, 0);
  fixture->school.vault = restore (fixture, backup, NULL, &outcome);
  add_trainees (fixture, 2);
  g_assert_cmpuint (outcome.replay.n_repeated, ==, 0);

  for (int i = 0; i < 2; i++)
    {
      g_assert_true (jp_replay_run (away, fixture->school.vault, NULL, &replay, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (replay.n_repeated, ==, i == 0 ? 3 : 0);
    }
  g_assert_cmpint (query (fixture->school.vault, "SELECT COUNT (*) FROM trainee"), ==, 6);
  g_assert_cmpint (query (fixture->school.vault, "SELECT MAX (n) FROM op"), ==, 7);
  assert_good (fixture->school.vault);

  /* And all of it goes into the journal again, behind what is there. */
  jp_journal_attach (fixture->school.vault, away);
  g_assert_true (jp_journal_follow (fixture->school.vault, &error));
  g_assert_no_error (error);
  jp_vault_close (lost);
}

/* Neither database nor backup: the journal and its key file are enough. */
static void
test_journal_only (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (JpRestoreOutcome) outcome = { 0 };
  g_auto (GStrv) keys = NULL;
  g_autoptr (GBytes) key_file = NULL;
  g_autoptr (JpSealKey) key = NULL;
  g_autoptr (JpVault) again = NULL;
  char *text = NULL;
  gsize size = 0;

  add_trainees (fixture, 3);
  follow (fixture);
  g_assert_true (jp_journal_keep_key_file (fixture->stick, fixture->profile->key,
                                           fixture->profile->folder, &error));
  keys = jp_journal_list_key_files (fixture->stick);
  g_assert_cmpuint (g_strv_length (keys), ==, 1);
  g_assert_true (g_file_get_contents (keys[0], &text, &size, NULL));
  key_file = g_bytes_new_take (text, size);
  key = jp_profile_unlock_key_file (key_file, PASSWORD, &error);
  g_assert_no_error (error);

  again = restore (fixture, NULL, key_file, &outcome);
  g_assert_cmpuint (outcome.replay.n_repeated, ==, 4);
  g_assert_cmpint (query (again, "SELECT COUNT (*) FROM trainee"), ==, 3);
  g_assert_true (jp_id_equal (&again->school, &fixture->school.vault->school));
  assert_good (again);
}

/* A bit that fell over takes one operation away, not those behind it. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *bytes = NULL;
  gsize            size = 0;
  guint            n_damaged = 0;

  add_trainees (fixture, 5);
  follow (fixture);
  path = dup_file (fixture, "-0001.jpjournal");
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  for (int i = 1; i < 8; i++)
    {
      gsize at = size / 8 * (gsize)i;

      bytes[at] ^= 0x20;
      g_assert_true (g_file_set_contents (path, bytes, (gssize)size, NULL));
      g_assert_cmpuint (count_entries (fixture, &n_damaged), ==, 5);
      g_assert_cmpuint (n_damaged, ==, 1);
      bytes[at] ^= 0x20;
    }
}

#define ADD(path, func) g_test_add ("/store/journal/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("JIAPEI_KEYRING", "none", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("follow", test_follow);
  ADD ("torn", test_torn);
  ADD ("unplugged", test_unplugged);
  ADD ("restore", test_restore);
  ADD ("late", test_late);
  ADD ("journal-only", test_journal_only);
  ADD ("damaged", test_damaged);
  return g_test_run ();
}
