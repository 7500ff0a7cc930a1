/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-test-dir.h"

#include <glib/gstdio.h>

struct _JpTestDir
{
  char *path; /* (owned) */
};

/**
 * jp_test_dir_new:
 *
 * Returns: (transfer full): a new empty folder in the system's folder for temporary files
 */
JpTestDir *
jp_test_dir_new (void)
{
  JpTestDir *self = g_new0 (JpTestDir, 1);
  g_autoptr (GError) error = NULL;

  self->path = g_dir_make_tmp ("jp-test-XXXXXX", &error);
  g_assert_no_error (error);
  return self;
}

/**
 * jp_test_dir_get_path:
 * @self: a folder
 *
 * Returns: (transfer none): its absolute path
 */
const char *
jp_test_dir_get_path (JpTestDir *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

/**
 * jp_test_dir_build:
 * @self: a folder
 * @name: a file name or relative path
 *
 * Returns: (transfer full): the absolute path of @name in the folder
 */
char *
jp_test_dir_build (JpTestDir *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return g_build_filename (self->path, name, NULL);
}

/* The tree is as deep as the test made it. Links are removed, not followed. */
static void
remove_tree (const char *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);

      for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          remove_tree (child);
        }
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

/**
 * jp_test_dir_free:
 * @self: (nullable): a folder
 *
 * Removes the folder and everything in it.
 */
void
jp_test_dir_free (JpTestDir *self)
{
  if (self == NULL)
    return;

  remove_tree (self->path);
  g_free (self->path);
  g_free (self);
}
