/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-fake-clock.h"
#include "jp-test-dir.h"
#include "jp-test-random.h"

#include <glib/gstdio.h>
#include <unistd.h>

/* The helpers of the other tests. */

static void
test_dir (void)
{
  JpTestDir       *dir = jp_test_dir_new ();
  JpTestDir       *other = jp_test_dir_new ();
  g_autofree char *path = g_strdup (jp_test_dir_get_path (dir));
  g_autofree char *folder = jp_test_dir_build (dir, "a/b");
  g_autofree char *file = jp_test_dir_build (dir, "a/b/file");
  g_autofree char *link = jp_test_dir_build (dir, "a/link");
  g_autofree char *kept = jp_test_dir_build (other, "kept");

  g_assert_cmpstr (path, !=, jp_test_dir_get_path (other));
  g_assert_true (g_path_is_absolute (path));
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_true (g_file_set_contents (kept, "x", 1, NULL));
  g_assert_cmpint (symlink (jp_test_dir_get_path (other), link), ==, 0);

  jp_test_dir_free (dir);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
  jp_test_dir_free (other);
  jp_test_dir_free (NULL);
}

static void
test_random (void)
{
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  g_autoptr (JpIdSource) a = jp_test_random_new_source (JP_CLOCK (clock));
  g_autoptr (JpIdSource) b = jp_id_source_new_seeded (JP_CLOCK (clock), jp_test_random_get_seed ());
  JpId id = jp_id_source_next (a);
  JpId same = jp_id_source_next (b);

  g_assert_true (jp_id_equal (&id, &same));
}

static void
test_seed (void)
{
  if (g_test_subprocess ())
    {
      g_assert_cmpuint (jp_test_random_get_seed (), ==, 12345);
      return;
    }

  g_setenv ("JP_TEST_SEED", "12345", TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/base/support/dir", test_dir);
  g_test_add_func ("/base/support/random", test_random);
  g_test_add_func ("/base/support/seed", test_seed);

  return g_test_run ();
}
