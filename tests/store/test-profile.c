/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-profile.h"

#include "jp-fake-clock.h"
#include "jp-keyring.h"
#include "jp-leak-guard.h"
#include "jp-test-dir.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#define PASSWORD "开门见山 2026"

typedef struct
{
  JpTestDir  *dir;
  char       *folder;
  JpIdSource *ids;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JpClock) clock = JP_CLOCK (jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US));

  fixture->dir = jp_test_dir_new ();
  fixture->folder = jp_test_dir_build (fixture->dir, "school");
  fixture->ids = jp_id_source_new (clock);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  jp_test_dir_free (fixture->dir);
  g_free (fixture->folder);
  g_object_unref (fixture->ids);
}

static void
assert_same_key (JpSealKey *a, JpSealKey *b)
{
  guint8 index_a[JP_SEAL_INDEX_BYTES];
  guint8 index_b[JP_SEAL_INDEX_BYTES];

  jp_seal_index (a, "test", "value", index_a);
  jp_seal_index (b, "test", "value", index_b);
  g_assert_cmpmem (index_a, sizeof index_a, index_b, sizeof index_b);
}

static void
test_unlock (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpProfile) made = jp_profile_create (fixture->folder, PASSWORD, fixture->ids, &error);
  g_autoptr (JpProfile) opened = NULL;

  g_assert_no_error (error);
  g_assert_true (jp_profile_exists (fixture->folder));

  opened = jp_profile_unlock (fixture->folder, PASSWORD, &error);
  g_assert_no_error (error);
  assert_same_key (made->key, opened->key);
  g_assert_true (jp_id_equal (&made->id, &opened->id));

  g_assert_null (jp_profile_unlock (fixture->folder, "wrong password", &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_KEY);
  g_clear_error (&error);

  /* No keyring in this test: the password is needed, nothing lies in clear. */
  g_assert_null (jp_profile_unlock (fixture->folder, NULL, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_KEY);
  g_clear_error (&error);

  g_assert_null (jp_profile_create (fixture->folder, PASSWORD, fixture->ids, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_INVALID);
}

static void
test_key_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpProfile) made = jp_profile_create (fixture->folder, PASSWORD, fixture->ids, &error);
  g_autofree char *path = g_build_filename (fixture->folder, JP_PROFILE_KEY_FILE, NULL);
  g_autofree char *text = NULL;
  char            *secret = jp_seal_key_to_base64 (made->key);
  GStatBuf         status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
#ifdef G_OS_UNIX
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
#endif
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_assert_null (strstr (text, secret));
  jp_seal_wipe_text (secret);

  /* A file that somebody has cut short. */
  g_assert_true (g_file_set_contents (path, text, (gssize)strlen (text) / 2, &error));
  g_assert_null (jp_profile_unlock (fixture->folder, PASSWORD, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_KEY);
  g_clear_error (&error);

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_null (jp_profile_unlock (fixture->folder, PASSWORD, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* The database would be unreadable with a new key. */
  g_assert_true (g_file_set_contents (made->database, "", 0, &error));
  g_assert_null (jp_profile_create (fixture->folder, PASSWORD, fixture->ids, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_INVALID);
}

static void
test_password (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpProfile) made = NULL;
  g_autoptr (JpProfile) opened = NULL;

  g_assert_null (jp_profile_create (fixture->folder, "1234567", fixture->ids, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_INVALID);
  g_clear_error (&error);

  made = jp_profile_create (fixture->folder, PASSWORD, fixture->ids, &error);
  g_assert_true (jp_profile_change_password (made, "another password", &error));
  opened = jp_profile_unlock (fixture->folder, "another password", &error);
  g_assert_no_error (error);
  assert_same_key (made->key, opened->key);
  g_assert_null (jp_profile_unlock (fixture->folder, PASSWORD, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_KEY);
}

static void
test_keyring (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *keyring = jp_test_dir_build (fixture->dir, "keyring");
  g_autoptr (JpProfile) made = NULL;
  g_autoptr (JpProfile) opened = NULL;

  /* A keyring of libsecret in a file, for tests. */
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  g_unsetenv ("JIAPEI_KEYRING");

  /* GLib 2.74.6: g_file_replace_contents_finish(), as libsecret calls it, forgets the etag. */
  jp_leak_guard_pause ();
  made = jp_profile_create (fixture->folder, PASSWORD, fixture->ids, &error);
  jp_leak_guard_resume ();
  g_assert_no_error (error);
  if (!g_file_test (keyring, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("this libsecret has no file backend");
      return;
    }

  opened = jp_profile_unlock (fixture->folder, NULL, &error);
  g_assert_no_error (error);
  assert_same_key (made->key, opened->key);

  jp_leak_guard_pause ();
  g_assert_true (jp_profile_forget (made));
  jp_leak_guard_resume ();
  g_assert_null (jp_profile_unlock (fixture->folder, NULL, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_KEY);
  g_clear_error (&error);

  /* A key of another school in its place does not open this one. */
  g_autoptr (JpSealKey) other = jp_seal_key_new_random ();

  jp_leak_guard_pause ();
  g_assert_true (jp_keyring_store (&made->id, other));
  jp_leak_guard_resume ();
  g_assert_null (jp_profile_unlock (fixture->folder, NULL, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_KEY);
  g_setenv ("JIAPEI_KEYRING", "none", TRUE);
}

static void
test_places (void)
{
  g_autofree char *plain = jp_profile_dup_default_folder (NULL);
  g_autofree char *named = jp_profile_dup_default_folder ("../曹州/驾校");
  g_autofree char *name = g_path_get_basename (named);
  g_auto (GStrv) none = jp_profile_list_default ();

  g_assert_true (g_str_has_prefix (plain, g_get_user_data_dir ()));
  g_assert_cmpstr (name, ==, "_._曹州_驾校");
  g_assert_cmpuint (g_strv_length (none), ==, 0);

  g_assert_true (jp_profile_is_synced_folder ("/data/a/坚果云/驾校"));
  g_assert_true (jp_profile_is_synced_folder ("D:\\a\\OneDrive - 公司\\school"));
  g_assert_true (jp_profile_is_synced_folder ("/data/a/Nutstore Files/school"));
  g_assert_false (jp_profile_is_synced_folder ("/data/a/.local/share/jiapei-school/school"));
}

#define ADD(path, func) g_test_add ("/store/profile/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("JIAPEI_KEYRING", "none", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("unlock", test_unlock);
  ADD ("key-file", test_key_file);
  ADD ("password", test_password);
  ADD ("keyring", test_keyring);
  g_test_add_func ("/store/profile/places", test_places);
  return g_test_run ();
}
