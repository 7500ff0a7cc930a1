/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-safe-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#ifdef G_OS_WIN32
#include <io.h>
#else
#include <unistd.h>
#endif

struct _JpSafeFile
{
  char *path;   /* (owned): of the complete file */
  char *folder; /* (owned): of both files */
  char *draft;  /* (owned) (nullable): of the file being written; NULL when it is gone */
  int   fd;     /* (owned): of the file being written; -1 = closed */
};

/* A quota and a limit on the size of files are a full disk to whoever writes. */
static gboolean
fail (GError **error, const char *what)
{
  int      code = errno;
  gboolean is_full = code == ENOSPC || code == EFBIG;

#ifdef EDQUOT
  is_full = is_full || code == EDQUOT;
#endif
  g_set_error (error, G_IO_ERROR, is_full ? G_IO_ERROR_NO_SPACE : g_io_error_from_errno (code),
               "could not %s: %s", what, g_strerror (code));
  return FALSE;
}

/**
 * jp_safe_file_open:
 * @file: the file to write; must be on a mounted file system
 * @error: return location for a #GIOErrorEnum
 *
 * Begins an empty file in the folder of @file; what is there now stays until
 * jp_safe_file_commit(). Any thread but the main one.
 *
 * Returns: (transfer full): the file being written, or %NULL with an error, `G_IO_ERROR_NO_SPACE`
 *   if the disk is full
 */
JpSafeFile *
jp_safe_file_open (GFile *file, GError **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  g_autoptr (JpSafeFile) self = g_new0 (JpSafeFile, 1);

  self->fd = -1;
  self->path = g_file_get_path (file);
  if (self->path == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   "cannot write to a place that is not mounted");
      return NULL;
    }

  if (g_file_test (self->path, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, "cannot write to a folder");
      return NULL;
    }

  self->folder = g_path_get_dirname (self->path);

  g_autofree char *draft = g_build_filename (self->folder, ".jiapei-XXXXXX", NULL);

  self->fd = g_mkstemp_full (draft, O_RDWR, 0666);
  if (self->fd < 0)
    {
      fail (error, "create a file");
      return NULL;
    }

  self->draft = g_steal_pointer (&draft);
  return g_steal_pointer (&self);
}

/**
 * jp_safe_file_close:
 * @self: (transfer full) (nullable): a file being written
 *
 * Drops what was written unless it was committed.
 */
void
jp_safe_file_close (JpSafeFile *self)
{
  if (self == NULL)
    return;

  if (self->fd >= 0)
    g_close (self->fd, NULL); /* ignored: the file is dropped */

  if (self->draft != NULL)
    g_unlink (self->draft); /* ignored: nobody can be told, and the name says what it is */

  g_free (self->path);
  g_free (self->folder);
  g_free (self->draft);
  g_free (self);
}

/**
 * jp_safe_file_get_path:
 * @self: a file being written
 *
 * Returns: (transfer none): path of the incomplete file, for a library that writes it by itself
 */
const char *
jp_safe_file_get_path (const JpSafeFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->draft;
}

/**
 * jp_safe_file_get_folder:
 * @self: a file being written
 *
 * Returns: (transfer none): path of the folder it is in
 */
const char *
jp_safe_file_get_folder (const JpSafeFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->folder;
}

/**
 * jp_safe_file_write:
 * @self: a file being written
 * @data: (array length=n_bytes): what to append
 * @n_bytes: how much
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: %TRUE, or %FALSE with an error (`G_IO_ERROR_NO_SPACE` if the disk is full)
 */
gboolean
jp_safe_file_write (JpSafeFile *self, const char *data, gsize n_bytes, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->fd >= 0, FALSE);
  g_return_val_if_fail (data != NULL || n_bytes == 0, FALSE);

  while (n_bytes > 0)
    {
      gssize n_written = write (self->fd, data, n_bytes);

      if (n_written < 0 && errno == EINTR)
        continue;

      if (n_written < 0)
        return fail (error, "write the file");

      data += n_written;
      n_bytes -= (gsize)n_written;
    }

  return TRUE;
}

/* The rights of the file that is replaced stay as they were. */
static void
copy_rights (const JpSafeFile *self)
{
  GStatBuf status;

  if (g_stat (self->path, &status) == 0)
    g_chmod (self->draft, status.st_mode & 0777); /* ignored: ours are no worse */
}

/* The name must be on the disk too; Windows does that by itself. */
static void
sync_folder (const JpSafeFile *self)
{
#ifndef G_OS_WIN32
  int fd = g_open (self->folder, O_RDONLY, 0);

  if (fd < 0)
    return;

  g_fsync (fd);       /* ignored: not every file system can; the contents are safe */
  g_close (fd, NULL); /* ignored: opened for reading */
#endif
}

/**
 * jp_safe_file_commit:
 * @self: a file that is complete
 * @error: return location for a #GIOErrorEnum
 *
 * Brings the contents to the disk, then gives the file its name, replacing an older one. Afterwards
 * the file may only be closed.
 *
 * Returns: %TRUE, or %FALSE with an error (`G_IO_ERROR_NO_SPACE` if the disk is full); then an
 *   older file is unchanged
 */
gboolean
jp_safe_file_commit (JpSafeFile *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->fd >= 0, FALSE);

  if (g_fsync (self->fd) != 0)
    return fail (error, "bring the file to the disk");

  int fd = self->fd;

  self->fd = -1; /* closed even if close() fails */
  if (close (fd) != 0)
    return fail (error, "close the file");

  copy_rights (self);
  if (g_rename (self->draft, self->path) != 0)
    return fail (error, "give the file its name");

  g_clear_pointer (&self->draft, g_free);
  sync_folder (self);
  return TRUE;
}
