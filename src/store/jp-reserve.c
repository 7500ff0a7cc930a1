/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-reserve.h"

#include "jp-store-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>

#define SUFFIX      ".reserve"
#define FILE_MODE   0600
#define SPARE       4 /* so many times the reserve must be free to set it aside */
#define CHUNK_BYTES (1024 * 1024)

static char *
dup_path (const char *database)
{
  return g_strconcat (database, SUFFIX, NULL);
}

static gboolean
fail (GError **error, int code)
{
  g_set_error (error, G_IO_ERROR,
               code == EFBIG ? G_IO_ERROR_NO_SPACE : g_io_error_from_errno (code),
               "could not set room aside: %s", g_strerror (code));
  return jp_store_error_translate_file (error);
}

/* The reserve must not be what fills the disk. */
static gboolean
check_room (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GFileInfo) info =
    g_file_query_filesystem_info (folder, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, error);

  if (info == NULL)
    return jp_store_error_translate_file (error);
  if (!g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE) ||
      g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE) >=
        (guint64)SPARE * JP_RESERVE_BYTES)
    return TRUE;
  return fail (error, ENOSPC);
}

static gboolean
fill (int fd, GError **error)
{
#ifdef G_OS_WIN32
  g_autofree char *zeros = g_malloc0 (CHUNK_BYTES);

  for (gsize done = 0; done < JP_RESERVE_BYTES; done += CHUNK_BYTES)
    if (write (fd, zeros, CHUNK_BYTES) != CHUNK_BYTES)
      return fail (error, errno);
  return TRUE;
#else
  int code = posix_fallocate (fd, 0, JP_RESERVE_BYTES);

  return code == 0 || fail (error, code);
#endif
}

/**
 * jp_reserve_exists:
 * @database: path of a database
 *
 * Returns: whether room is set aside for it
 */
gboolean
jp_reserve_exists (const char *database)
{
  g_return_val_if_fail (database != NULL, FALSE);

  g_autofree char *path = dup_path (database);
  GStatBuf         status;

  return g_stat (path, &status) == 0 && status.st_size >= JP_RESERVE_BYTES;
}

/**
 * jp_reserve_keep:
 * @database: path of a database
 * @error: return location for a [error@Jp.StoreError]
 *
 * Sets room aside unless it is there already. Never on the main thread.
 *
 * Returns: whether it is there; `JP_STORE_ERROR_FULL` if the disk is too full for it
 */
gboolean
jp_reserve_keep (const char *database, GError **error)
{
  g_return_val_if_fail (database != NULL, FALSE);

  g_autofree char *path = dup_path (database);
  gboolean         filled = FALSE;
  int              fd = -1;

  if (jp_reserve_exists (database))
    return TRUE;
  if (!check_room (path, error))
    return FALSE;

  fd = g_open (path, O_WRONLY | O_CREAT, FILE_MODE);
  if (fd < 0)
    return fail (error, errno);
  filled = fill (fd, error);
  g_close (fd, NULL); /* ignored: there is nothing in it */
  if (!filled)
    g_unlink (path); /* ignored: the next start tries again */
  return filled;
}

/**
 * jp_reserve_release:
 * @database: path of a database
 *
 * Gives the room up.
 *
 * Returns: whether there was some
 */
gboolean
jp_reserve_release (const char *database)
{
  g_return_val_if_fail (database != NULL, FALSE);

  g_autofree char *path = dup_path (database);

  return g_unlink (path) == 0;
}
