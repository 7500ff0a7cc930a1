/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-store-error.h"

#include <errno.h>
#include <glib/gstdio.h>

#define FOLDER_MODE 0700

/**
 * jp_store_error_quark:
 *
 * Returns: the error domain of the store layer
 */
G_DEFINE_QUARK (jp_store_error_quark, jp_store_error)

static JpStoreError
from_io (int code)
{
  switch (code)
    {
    case G_IO_ERROR_NO_SPACE:
      return JP_STORE_ERROR_FULL;
    case G_IO_ERROR_NOT_FOUND:
      return JP_STORE_ERROR_NOT_FOUND;
    case G_IO_ERROR_PERMISSION_DENIED:
    case G_IO_ERROR_READ_ONLY:
      return JP_STORE_ERROR_READ_ONLY;
    default:
      return JP_STORE_ERROR_IO;
    }
}

/* G_FILE_ERROR does not know a quota. */
static JpStoreError
from_file (int code)
{
  switch (code)
    {
    case G_FILE_ERROR_NOSPC:
      return JP_STORE_ERROR_FULL;
    case G_FILE_ERROR_NOENT:
      return JP_STORE_ERROR_NOT_FOUND;
    case G_FILE_ERROR_ACCES:
    case G_FILE_ERROR_PERM:
    case G_FILE_ERROR_ROFS:
      return JP_STORE_ERROR_READ_ONLY;
    default:
      return JP_STORE_ERROR_IO;
    }
}

/**
 * jp_store_error_translate_file:
 * @error: (inout): an error of GLib about a file
 *
 * Turns it into what a caller of the store can do about it. Other domains stay, and so does a
 * cancellation.
 *
 * Returns: %FALSE always, so that it can be returned
 */
gboolean
jp_store_error_translate_file (GError **error)
{
  if (error == NULL || *error == NULL || g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;

  if ((*error)->domain == G_IO_ERROR)
    (*error)->code = (int)from_io ((*error)->code);
  else if ((*error)->domain == G_FILE_ERROR)
    (*error)->code = (int)from_file ((*error)->code);
  else
    return FALSE;
  (*error)->domain = JP_STORE_ERROR;
  return FALSE;
}

/**
 * jp_store_error_make_folder:
 * @path: a folder
 * @error: return location for a [error@Jp.StoreError]
 *
 * Makes the folder and those it lies in, unless they are there; only its owner may look into it.
 *
 * Returns: whether it is there
 */
gboolean
jp_store_error_make_folder (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);

  if (g_mkdir_with_parents (path, FOLDER_MODE) == 0)
    return TRUE;

  int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "could not create %s: %s", path,
               g_strerror (code));
  return jp_store_error_translate_file (error);
}
