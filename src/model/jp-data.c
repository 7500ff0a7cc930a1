/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-data.h"

#include "jp-data-resources.h"
#include "jp-model-error.h"

#define DATA_PREFIX JP_RESOURCE_PREFIX "/data/"

/* The linker drops what nobody calls, so the resource of a static library is registered here. */
static GResource *
get_resource (void)
{
  static gsize is_registered = 0;

  if (g_once_init_enter (&is_registered))
    {
      jp_data_files_register_resource ();
      g_once_init_leave (&is_registered, 1);
    }

  return jp_data_files_get_resource ();
}

/**
 * jp_data_lookup:
 * @path: folder and file, like `curricula/mot-2022.json`
 * @error: return location for a [error@Jp.ModelError]
 *
 * Finds a data file inside the program. Any thread.
 *
 * Returns: (transfer full): its bytes, or %NULL with %JP_MODEL_ERROR_MISSING
 */
GBytes *
jp_data_lookup (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  g_autofree char *full = g_strconcat (DATA_PREFIX, path, NULL);
  GBytes          *bytes =
    g_resource_lookup_data (get_resource (), full, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  if (bytes == NULL)
    g_set_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_MISSING, "there is no data file \"%s\"",
                 path);

  return bytes;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/**
 * jp_data_list:
 * @folder: `contracts`, `curricula`, `districts`, `licence-types` or `policies`
 *
 * Returns: (transfer full): the names of the folder's files with their `.json`, sorted; empty if
 *   there is no such folder
 */
GStrv
jp_data_list (const char *folder)
{
  g_return_val_if_fail (folder != NULL, NULL);

  g_autofree char *full = g_strconcat (DATA_PREFIX, folder, NULL);
  GStrv            names =
    g_resource_enumerate_children (get_resource (), full, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  if (names == NULL)
    return g_new0 (char *, 1);

  qsort (names, g_strv_length (names), sizeof (char *), compare_names);

  return names;
}
