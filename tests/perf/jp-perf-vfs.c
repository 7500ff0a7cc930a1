/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-perf-vfs.h"

#include <sqlite3.h>
#include <string.h>

/* The methods of the files of the system's VFS, with another xSync in front. All files of that VFS
 * that are opened here share one method table per locking style; each is copied once. */
#define MAX_TABLES 8

static struct
{
  const sqlite3_io_methods *original;
  sqlite3_io_methods        counting;
} tables[MAX_TABLES];

static guint        n_tables;
static GMutex       mutex; /* guards the tables */
static guint        n_syncs;
static sqlite3_vfs *system_vfs;
static sqlite3_vfs  counting_vfs;

static int
sync_cb (sqlite3_file *file, int flags)
{
  const sqlite3_io_methods *original = NULL;

  g_atomic_int_inc (&n_syncs);
  g_mutex_lock (&mutex);
  for (guint i = 0; i < n_tables; i++)
    if (file->pMethods == &tables[i].counting)
      original = tables[i].original;
  g_mutex_unlock (&mutex);
  return original->xSync (file, flags);
}

static void
count_syncs (sqlite3_file *file)
{
  guint i = 0;

  g_mutex_lock (&mutex);
  while (i < n_tables && tables[i].original != file->pMethods)
    i++;
  g_assert_cmpuint (i, <, MAX_TABLES);
  if (i == n_tables)
    {
      n_tables++;
      tables[i].original = file->pMethods;
      tables[i].counting = *file->pMethods;
      tables[i].counting.xSync = sync_cb;
    }
  file->pMethods = &tables[i].counting;
  g_mutex_unlock (&mutex);
}

static int
open_cb (sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *out_flags)
{
  int code = system_vfs->xOpen (system_vfs, name, file, flags, out_flags);

  if (code == SQLITE_OK && file->pMethods != NULL)
    count_syncs (file);
  return code;
}

/**
 * jp_perf_vfs_install:
 *
 * From now on databases are opened with the counter. Once, before the first is opened.
 */
void
jp_perf_vfs_install (void)
{
  system_vfs = sqlite3_vfs_find (NULL);
  counting_vfs = *system_vfs;
  counting_vfs.zName = "counting";
  counting_vfs.pNext = NULL;
  counting_vfs.xOpen = open_cb;
  g_assert_cmpint (sqlite3_vfs_register (&counting_vfs, 1), ==, SQLITE_OK);
}

/**
 * jp_perf_vfs_get_n_syncs:
 *
 * Returns: how often files were synced; any thread
 */
guint
jp_perf_vfs_get_n_syncs (void)
{
  return (guint)g_atomic_int_get (&n_syncs);
}
