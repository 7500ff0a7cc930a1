/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-restore.h"

#include "jp-desk.h"
#include "jp-test-dir.h"
#include "jp-test-random.h"
#include "jp-test-records.h"
#include "jp-vault-fixture.h"
#include "jp-verify.h"

#include <glib/gstdio.h>

#define PASSWORD "开门见山 2026"

typedef struct
{
  JpTestDir     *dir;
  JpProfile     *profile;
  JpVaultFixture school; /* its vault lies in the profile */
  char          *number; /* of the one trainee */
  char          *aside;  /* what the last restore kept */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpIdSource) ids = NULL;
  g_autofree char *folder = NULL;

  fixture->dir = jp_test_dir_new ();
  folder = jp_test_dir_build (fixture->dir, "school");
  fixture->school.clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  fixture->school.random = jp_test_random_new_source (JP_CLOCK (fixture->school.clock));
  ids = jp_id_source_new (JP_CLOCK (fixture->school.clock));
  fixture->profile = jp_profile_create (folder, PASSWORD, ids, &error);
  g_assert_no_error (error);

  fixture->school.vault =
    jp_vault_open (fixture->profile->database, JP_DB_WRITER, fixture->profile->key,
                   JP_CLOCK (fixture->school.clock), ids, &error);
  g_assert_no_error (error);
  g_assert_true (jp_vault_set_up (fixture->school.vault, &error));
  jp_vault_fixture_found_school (fixture->school.vault);

  g_autoptr (JpRecord) trainee = jp_vault_fixture_add_trainee (&fixture->school, "C1");

  fixture->number = g_strdup (jp_record_get_text (trainee, JP_TRAINEE_ID_NUMBER));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  jp_vault_fixture_tear_down (&fixture->school, data);
  jp_profile_free (fixture->profile);
  jp_test_dir_free (fixture->dir);
  g_free (fixture->number);
  g_free (fixture->aside);
}

static char *
make (Fixture *fixture, JpBackupInfo *out_info)
{
  g_autoptr (GError) error = NULL;
  char *path = jp_backup_make (fixture->school.vault, fixture->profile, NULL, out_info, &error);

  g_assert_no_error (error);
  return path;
}

static gboolean
restore (Fixture *fixture, const char *path, const char *folder, JpSealKey *key, GError **error)
{
  g_autoptr (JpIdSource) ids = jp_id_source_new (JP_CLOCK (fixture->school.clock));
  JpRestore order = { .backup = path,
                      .folder = folder,
                      .key = key,
                      .clock = JP_CLOCK (fixture->school.clock),
                      .ids = ids };
  g_auto (JpRestoreOutcome) outcome = { 0 };
  gboolean restored = jp_restore_run (&order, &outcome, error);

  g_clear_pointer (&fixture->aside, g_free);
  fixture->aside = g_strdup (outcome.aside);
  return restored;
}

static JpVault *
open_restored (Fixture *fixture, const char *folder, JpProfile **out_profile)
{
  g_autoptr (GError) error = NULL;
  JpVault *vault = NULL;

  *out_profile = jp_profile_unlock (folder, PASSWORD, &error);
  g_assert_no_error (error);
  vault = jp_vault_open ((*out_profile)->database, JP_DB_WRITER, (*out_profile)->key,
                         JP_CLOCK (fixture->school.clock), fixture->school.vault->ids, &error);
  g_assert_no_error (error);
  g_assert_true (jp_vault_set_up (vault, &error));
  return vault;
}

static void
assert_whole (Fixture *fixture, JpVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpVerifyReport) report = jp_verify_run (vault, NULL, &error);
  g_autoptr (JpRecord) trainee =
    jp_desk_find_person (vault, JP_KIND_TRAINEE, fixture->number, &error);
  g_autofree char *restored = NULL;

  g_assert_no_error (error);
  g_assert_true (jp_verify_is_good (report));
  g_assert_nonnull (trainee);
  g_assert_true (jp_vault_get_setting (vault, JP_SETTING_RESTORED, &restored, &error));
  g_assert_nonnull (restored);
}

static void
test_restore (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JpBackupInfo     info = { 0 };
  JpBackupInfo     said = { 0 };
  g_autofree char *path = make (fixture, &info);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *folder = jp_test_dir_build (fixture->dir, "elsewhere");
  g_autoptr (JpSealKey) key = jp_backup_unlock (path, PASSWORD, &error);
  g_autoptr (JpProfile) profile = NULL;
  g_autoptr (JpVault) vault = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, "school-20261124-091244.jpbackup");
  g_assert_cmpint (info.last_op, ==, 2);
  g_assert_true (jp_backup_read_info (path, key, &said, &error));
  g_assert_cmpint (said.n_rows, ==, info.n_rows);
  g_assert_cmpint (said.created_at_us, ==, JP_FAKE_CLOCK_NOW_US);

  g_assert_true (restore (fixture, path, folder, key, &error));
  g_assert_no_error (error);
  vault = open_restored (fixture, folder, &profile);
  assert_whole (fixture, vault);
}

/* What was done since the backup is kept beside, and readable. */
static void
test_restore_in_place (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JpBackupInfo     info = { 0 };
  gint64           n_lost = 0;
  g_autofree char *path = make (fixture, &info);
  g_autofree char *aside = NULL;
  g_autofree char *place = g_strdup (fixture->profile->database);
  g_autoptr (JpProfile) profile = NULL;
  g_autoptr (JpVault) vault = NULL;
  g_autoptr (JpVault) old = NULL;
  g_autoptr (JpIdSource) ids = g_object_ref (fixture->school.vault->ids);

  jp_record_unref (jp_vault_fixture_add_trainee (&fixture->school, "C2"));
  g_assert_true (jp_restore_count_lost (fixture->profile->folder, &info, &n_lost, &error));
  g_assert_cmpint (n_lost, ==, 1);
  g_clear_pointer (&fixture->school.vault, jp_vault_close);

  g_assert_true (restore (fixture, path, fixture->profile->folder, fixture->profile->key, &error));
  g_assert_no_error (error);

  profile = jp_profile_unlock (fixture->profile->folder, PASSWORD, &error);
  vault = jp_vault_open (place, JP_DB_WRITER, profile->key, JP_CLOCK (fixture->school.clock), ids,
                         &error);
  g_assert_no_error (error);
  g_assert_true (jp_vault_set_up (vault, &error));
  assert_whole (fixture, vault);

  aside = g_strconcat (place, ".before-restore-20261124091244", NULL);
  g_assert_cmpstr (fixture->aside, ==, aside);
  old = jp_vault_open (aside, JP_DB_WRITER, profile->key, JP_CLOCK (fixture->school.clock), ids,
                       &error);
  g_assert_no_error (error);

  g_autoptr (JpVerifyReport) report = jp_verify_run (old, NULL, &error);

  g_assert_cmpuint (report->n_examined[JP_VERIFY_OPERATIONS], ==, 3);
  fixture->school.vault = g_steal_pointer (&old);
}

static void
test_locked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = make (fixture, NULL);
  g_autoptr (JpDb) lock = jp_vault_take_lock (fixture->profile->database, &error);

  g_assert_no_error (error);
  g_assert_false (restore (fixture, path, fixture->profile->folder, fixture->profile->key, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_LOCKED);
}

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JpBackupInfo     info = { 0 };
  g_autofree char *path = make (fixture, NULL);
  g_autofree char *folder = jp_test_dir_build (fixture->dir, "elsewhere");
  g_autoptr (JpSealKey) other = jp_seal_key_new_random ();

  g_assert_null (jp_backup_unlock (path, "another password", &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_KEY);
  g_clear_error (&error);
  g_assert_false (jp_backup_read_info (path, other, &info, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_KEY);
  g_clear_error (&error);
  g_assert_false (restore (fixture, path, folder, other, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_KEY);
  g_clear_error (&error);
  g_assert_null (jp_backup_unlock ("/no/such/file", PASSWORD, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND);
}

/* Wherever a byte is changed, and wherever the file ends too early. */
static void
test_damage (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = make (fixture, NULL);
  g_autofree char *folder = jp_test_dir_build (fixture->dir, "elsewhere");
  g_autofree char *database = g_build_filename (folder, JP_PROFILE_DATABASE, NULL);
  g_autofree char *bytes = NULL;
  gsize            size = 0;

  g_assert_true (g_file_get_contents (path, &bytes, &size, &error));
  for (int i = 0; i < 40; i++)
    {
      gsize at = i < 20 ? (gsize)i * 40 : size / 20 * (gsize)(i - 20);

      bytes[at] ^= 0x10;
      g_assert_true (g_file_set_contents (path, bytes, (gssize)size, &error));
      g_assert_false (restore (fixture, path, folder, fixture->profile->key, &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
      bytes[at] ^= 0x10;

      g_assert_true (g_file_set_contents (path, bytes, (gssize)at, &error));
      g_assert_false (restore (fixture, path, folder, fixture->profile->key, &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
      g_assert_false (g_file_test (database, G_FILE_TEST_EXISTS));
    }
}

static void
test_count_lost (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *elsewhere = jp_test_dir_build (fixture->dir, "elsewhere");
  g_autofree char *database = g_build_filename (elsewhere, JP_PROFILE_DATABASE, NULL);
  JpBackupInfo     info = { 0 };
  gint64           n_lost = 7;

  g_assert_true (jp_restore_count_lost (elsewhere, &info, &n_lost, &error));
  g_assert_cmpint (n_lost, ==, 0);

  /* What is there is damaged: there is nothing to lose. */
  g_assert_cmpint (g_mkdir_with_parents (elsewhere, 0700), ==, 0);
  g_assert_true (
    g_file_set_contents (database, "this is not a database at all, not at all", -1, &error));
  g_assert_true (jp_restore_count_lost (elsewhere, &info, &n_lost, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_lost, ==, 0);
}

static void
touch (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, "", 0, &error);
  g_assert_no_error (error);
}

static void
test_rotate (Fixture *fixture, gconstpointer data)
{
  const char      *folder = fixture->profile->backups;
  g_autofree char *odd = g_build_filename (folder, "my copy.jpbackup", NULL);
  JpSafety         safety = { .keep_hours = 5, .keep_days = 4, .keep_months = 3 };
  JpSafety         none = { 0 };

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  touch (folder, "my copy.jpbackup");
  for (int day = 0; day < 60; day++)
    for (int hour = 9; hour < 12; hour++)
      for (int minute = 0; minute < 40; minute += 20)
        {
          g_autofree char *name = g_strdup_printf ("school-%d-%02d%02d00.jpbackup",
                                                   jp_date_add_days (20260910, day), hour, minute);

          touch (folder, name);
        }

  guint n_deleted = jp_backup_rotate (folder, &safety);
  g_auto (GStrv) left = jp_backup_list (folder);
  /* Five hours, two more days, and of the months before this one the newest. */
  const char *const expected[] = { "20261108-112000", "20261108-102000", "20261108-092000",
                                   "20261107-112000", "20261107-102000", "20261106-112000",
                                   "20261105-112000", "20261031-112000", "20260930-112000" };

  g_assert_cmpuint (g_strv_length (left), ==, G_N_ELEMENTS (expected));
  g_assert_cmpuint (n_deleted, ==, 360 - G_N_ELEMENTS (expected));
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_nonnull (strstr (left[i], expected[i]));
  g_assert_true (g_file_test (odd, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (jp_backup_rotate (folder, &safety), ==, 0);

  /* The newest stays whatever is asked. */
  g_assert_cmpuint (jp_backup_rotate (folder, &none), ==, G_N_ELEMENTS (expected) - 1);
  g_assert_true (g_file_test (left[0], G_FILE_TEST_EXISTS));
}

/* A backup that holds everything is not made again; anything done makes it old. */
static void
test_current (Fixture *fixture, gconstpointer data)
{
  g_assert_false (jp_backup_is_current (fixture->school.vault, fixture->profile));
  g_free (make (fixture, NULL));
  g_assert_true (jp_backup_is_current (fixture->school.vault, fixture->profile));
  jp_record_unref (jp_vault_fixture_add_trainee (&fixture->school, "C2"));
  g_assert_false (jp_backup_is_current (fixture->school.vault, fixture->profile));
}

/* Restoring the same backup again and again overwrites nothing that is kept. */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = make (fixture, NULL);
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_clear_pointer (&fixture->school.vault, jp_vault_close);
  for (int i = 0; i < 3; i++)
    {
      g_assert_true (
        restore (fixture, path, fixture->profile->folder, fixture->profile->key, &error));
      g_assert_no_error (error);
      g_assert_true (g_hash_table_add (kept, g_strdup (fixture->aside)));
      g_assert_true (g_file_test (fixture->aside, G_FILE_TEST_EXISTS));
      g_assert_true (g_file_test (fixture->profile->database, G_FILE_TEST_EXISTS));
    }
}

/* What is damaged is kept under a name that says so, with its log. */
static void
test_damaged_aside (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = make (fixture, NULL);
  g_autofree char *log = g_strconcat (fixture->profile->database, "-wal", NULL);
  g_autofree char *kept_log = NULL;
  g_autoptr (JpProfile) profile = NULL;
  g_autoptr (JpVault) vault = NULL;
  g_autoptr (JpIdSource) ids = jp_id_source_new (JP_CLOCK (fixture->school.clock));

  g_clear_pointer (&fixture->school.vault, jp_vault_close);
  g_assert_true (g_file_set_contents (fixture->profile->database, "not a database", -1, NULL));
  g_assert_true (g_file_set_contents (log, "nor its log", -1, NULL));
  g_assert_true (restore (fixture, path, fixture->profile->folder, fixture->profile->key, &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (fixture->aside, "school.db.damaged-20261124"));
  kept_log = g_strconcat (fixture->aside, "-wal", NULL);
  g_assert_true (g_file_test (kept_log, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));

  profile = jp_profile_unlock (fixture->profile->folder, PASSWORD, &error);
  vault = jp_vault_open (profile->database, JP_DB_WRITER, profile->key,
                         JP_CLOCK (fixture->school.clock), ids, &error);
  g_assert_no_error (error);
  g_assert_true (jp_vault_set_up (vault, &error));
  assert_whole (fixture, vault);
}

/* The drill says what a restore would, and leaves nothing. */
static void
test_drill (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = make (fixture, NULL);
  g_autofree char *scratch = jp_test_dir_build (fixture->dir, "scratch");
  g_autofree char *bytes = NULL;
  gsize            size = 0;
  JpBackupInfo     info = { 0 };

  g_assert_cmpint (g_mkdir_with_parents (scratch, 0700), ==, 0);
  g_assert_true (jp_restore_drill (path, scratch, fixture->profile->key, NULL, &info, &error));
  g_assert_no_error (error);
  g_assert_cmpint (info.last_op, ==, 2);
  g_assert_cmpint (g_rmdir (scratch), ==, 0);

  g_assert_cmpint (g_mkdir_with_parents (scratch, 0700), ==, 0);
  g_assert_true (g_file_get_contents (path, &bytes, &size, &error));
  bytes[size / 2] ^= 1;
  g_assert_true (g_file_set_contents (path, bytes, (gssize)size, &error));
  g_assert_false (jp_restore_drill (path, scratch, fixture->profile->key, NULL, &info, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_CORRUPT);
  g_assert_cmpint (g_rmdir (scratch), ==, 0);
}

/* The second folder gets every good backup; one that is not there is told, and harms nothing. */
static void
test_copy_out (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = make (fixture, NULL);
  g_autofree char *stick = jp_test_dir_build (fixture->dir, "stick");
  JpSafety         chosen = { 24, 14, 12, stick, NULL };
  g_autoptr (JpSafety) safety = NULL;
  g_auto (GStrv) copies = NULL;
  JpBackupInfo info = { 0 };

  safety = jp_safety_load (fixture->profile->folder);
  g_assert_cmpuint (safety->keep_hours, ==, 24);
  g_assert_null (safety->copies);
  g_assert_true (jp_safety_save (&chosen, fixture->profile->folder, &error));
  g_clear_pointer (&safety, jp_safety_free);
  safety = jp_safety_load (fixture->profile->folder);
  g_assert_cmpstr (safety->copies, ==, stick);
  g_assert_null (safety->journal);

  g_assert_false (jp_backup_copy_out (path, safety, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpint (g_mkdir_with_parents (stick, 0700), ==, 0);
  g_assert_true (jp_backup_copy_out (path, safety, &error));
  copies = jp_backup_list (stick);
  g_assert_cmpuint (g_strv_length (copies), ==, 1);
  g_assert_true (jp_restore_drill (copies[0], stick, fixture->profile->key, NULL, &info, &error));
  g_assert_no_error (error);
}

static gboolean
contains (const char *path, const char *needle)
{
  g_autofree char *bytes = NULL;
  gsize            size = 0;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  for (gsize at = 0; at + strlen (needle) <= size; at++)
    if (memcmp (bytes + at, needle, strlen (needle)) == 0)
      return TRUE;
  return FALSE;
}

/* Neither what is sensitive nor anything else is readable in a backup, and nothing is left over. */
static void
test_nothing_in_clear (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = make (fixture, NULL);
  g_autoptr (GDir) dir = g_dir_open (fixture->profile->folder, 0, NULL);

  g_assert_false (contains (path, fixture->number));
  g_assert_false (contains (path, "曹州"));
  g_assert_true (contains (fixture->profile->database, "SQLite format 3"));
  for (const char *name = NULL; (name = g_dir_read_name (dir)) != NULL;)
    g_assert_false (g_str_has_prefix (name, "."));
}

#define ADD(path, func) g_test_add ("/store/backup/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("JIAPEI_KEYRING", "none", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("restore", test_restore);
  ADD ("restore-in-place", test_restore_in_place);
  ADD ("locked", test_locked);
  ADD ("keys", test_keys);
  ADD ("damage", test_damage);
  ADD ("count-lost", test_count_lost);
  ADD ("rotate", test_rotate);
  ADD ("current", test_current);
  ADD ("kept", test_kept);
  ADD ("damaged-aside", test_damaged_aside);
  ADD ("drill", test_drill);
  ADD ("copy-out", test_copy_out);
  ADD ("nothing-in-clear", test_nothing_in_clear);
  return g_test_run ();
}
