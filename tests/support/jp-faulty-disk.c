/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-faulty-disk.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#define MAX_TABLES 8

/* A table of functions of SQLite's own files, which has others for those below. */
typedef struct
{
  sqlite3_io_methods        methods; /* first: what a file points at */
  const sqlite3_io_methods *real;    /* (borrowed) */
} Table;

static sqlite3_vfs  vfs;                /* a copy of the real one with another xOpen */
static sqlite3_vfs *real_vfs;           /* (borrowed) */
static Table        tables[MAX_TABLES]; /* one for each way of locking */
static guint        n_tables;
static char        *quota_folder; /* (owned) (nullable) */
static gint64       quota_bytes;
static int          sync_fails; /* atomic */

G_LOCK_DEFINE_STATIC (tables);

static gint64
used_bytes (void)
{
  g_autoptr (GDir) dir = g_dir_open (quota_folder, 0, NULL);
  gint64 used = 0;

  for (const char *name = NULL; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (quota_folder, name, NULL);
      GStatBuf         status;

      if (g_stat (path, &status) == 0)
        used += status.st_size;
    }
  return used;
}

static int
write_cb (sqlite3_file *file, const void *bytes, int n_bytes, sqlite3_int64 at)
{
  const Table  *table = (const Table *)file->pMethods;
  sqlite3_int64 size = 0;

  table->real->xFileSize (file, &size);
  if (quota_folder != NULL && at + n_bytes > size &&
      used_bytes () + (at + n_bytes - size) > quota_bytes)
    return SQLITE_FULL;
  return table->real->xWrite (file, bytes, n_bytes, at);
}

static int
sync_cb (sqlite3_file *file, int flags)
{
  const Table *table = (const Table *)file->pMethods;

  return g_atomic_int_get (&sync_fails) ? SQLITE_IOERR_FSYNC : table->real->xSync (file, flags);
}

static Table *
find_table (const sqlite3_io_methods *methods)
{
  for (guint i = 0; i < n_tables; i++)
    if (tables[i].real == methods)
      return &tables[i];

  g_assert_cmpuint (n_tables, <, MAX_TABLES);
  tables[n_tables].real = methods;
  tables[n_tables].methods = *methods;
  tables[n_tables].methods.xWrite = write_cb;
  tables[n_tables].methods.xSync = sync_cb;
  return &tables[n_tables++];
}

static int
open_cb (sqlite3_vfs *self, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  int code = real_vfs->xOpen (real_vfs, name, file, flags, out_flags);

  if (file->pMethods == NULL)
    return code;
  G_LOCK (tables);
  file->pMethods = &find_table (file->pMethods)->methods;
  G_UNLOCK (tables);
  return code;
}

/**
 * jp_faulty_disk_install:
 *
 * To be called before the first database is opened. Without a fault it is as good as the real disk.
 */
void
jp_faulty_disk_install (void)
{
  real_vfs = sqlite3_vfs_find (NULL);
  vfs = *real_vfs;
  vfs.zName = "faulty";
  vfs.pNext = NULL;
  vfs.xOpen = open_cb;
  g_assert_cmpint (sqlite3_vfs_register (&vfs, 1), ==, SQLITE_OK);
}

/**
 * jp_faulty_disk_set_quota:
 * @folder: (nullable): a folder, %NULL for no quota
 * @max_bytes: no file of SQLite grows beyond what makes all files in it as large as this
 *
 * Makes the disk full. Not while another thread writes.
 */
void
jp_faulty_disk_set_quota (const char *folder, gint64 max_bytes)
{
  g_free (quota_folder);
  quota_folder = g_strdup (folder);
  quota_bytes = max_bytes;
}

/**
 * jp_faulty_disk_set_sync_fails:
 * @fails: whether nothing reaches the disk any more
 *
 * Breaks the disk, or mends it.
 */
void
jp_faulty_disk_set_sync_fails (gboolean fails)
{
  g_atomic_int_set (&sync_fails, fails);
}
