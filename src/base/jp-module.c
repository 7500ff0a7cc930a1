/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-module.h"

#include "jp-error.h"

#include <gmodule.h>

/* Libraries that a program needs later or never take a third of the time and a quarter of the
 * memory of its start. A layer puts the functions of such libraries that it calls into a table, and
 * the table into a module of the program's own: the linker resolves them as it does everywhere, but
 * only when the module is loaded. A module knows nothing of the program, so neither needs symbols
 * of the other. */

static void
fail (GError **error, const char *name, const char *reason)
{
  g_set_error (error, JP_BASE_ERROR, JP_BASE_ERROR_MISSING,
               "could not load the program's module \"%s\": %s", name, reason);
}

/* Gives the first one that is there, or what was wrong with the last. */
static GModule *
open_in (const char *folders, const char *name, GError **error)
{
  g_auto (GStrv) paths = g_strsplit (folders, G_SEARCHPATH_SEPARATOR_S, -1);
  GModule *module = NULL;

  for (guint i = 0; paths[i] != NULL && module == NULL; i++)
    {
      g_autofree char *path = g_strconcat (paths[i], G_DIR_SEPARATOR_S, name, NULL);

      module = g_module_open (path, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL);
    }
  if (module == NULL)
    fail (error, name, g_module_error ());
  return module;
}

static const JpModuleHead *
get_table (GModule *module, const char *name, gsize size_bytes, GError **error)
{
  gpointer            symbol = NULL;
  const JpModuleHead *head = NULL;

  if (!g_module_symbol (module, JP_MODULE_SYMBOL, &symbol))
    {
      fail (error, name, g_module_error ());
      return NULL;
    }

  head = symbol;
  if (!g_str_equal (head->version, JP_VERSION) || head->size_bytes != size_bytes)
    {
      fail (error, name, "it belongs to another version of the program");
      return NULL;
    }

  /* Libraries in use by threads and GTypes cannot be taken away again. */
  g_module_make_resident (module);
  return head;
}

/**
 * jp_module_load:
 * @name: the name of a module, without suffix
 * @size_bytes: how large its table must be
 * @error: return location for a [error@Jp.BaseError]
 *
 * Loads one of the program's own modules with the libraries that it needs: from the folders in
 * `JP_MODULEDIR` if it is set (an uninstalled program), otherwise from where they are installed.
 * Takes some milliseconds the first time. Any thread.
 *
 * Returns: (transfer none): the module's table, valid for ever; or %NULL with
 *   `JP_BASE_ERROR_MISSING`
 */
const JpModuleHead *
jp_module_load (const char *name, gsize size_bytes, GError **error)
{
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (size_bytes >= sizeof (JpModuleHead), NULL);

  const char         *folders = g_getenv ("JP_MODULEDIR");
  const JpModuleHead *head = NULL;
  GModule            *module = open_in (folders != NULL ? folders : JP_MODULEDIR, name, error);

  if (module == NULL)
    return NULL;

  head = get_table (module, name, size_bytes, error);
  g_module_close (module); /* ignored: a resident module stays */
  return head;
}
