/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-monitor.h"
#include "jp-profile.h"
#include "jp-safety.h"

G_BEGIN_DECLS

/* Backups: a copy made by SQLite's backup API, checked, sealed with the school's key and carrying
 * its key file, so that the file and the password are all that is needed on a new PC. Restoring is
 * as much part of it as making: what cannot be restored is no backup (sync.md §4.4). */

#define JP_BACKUP_SUFFIX ".jpbackup"

/**
 * JpBackupInfo:
 * @created_at_us: when it was made
 * @last_op: number of the last operation in it
 * @n_rows: rows of all tables
 * @database_bytes: size of the database in it
 *
 * What a backup says of itself. A plain value.
 */
typedef struct
{
  gint64 created_at_us;
  gint64 last_op;
  gint64 n_rows;
  gint64 database_bytes;
} JpBackupInfo;

gboolean   jp_backup_create (JpVault         *vault,
                             JpProfile       *profile,
                             const char      *path,
                             const JpMonitor *monitor,
                             JpBackupInfo    *out_info,
                             GError         **error);
char      *jp_backup_make (JpVault         *vault,
                           JpProfile       *profile,
                           const JpMonitor *monitor,
                           JpBackupInfo    *out_info,
                           GError         **error);
JpSealKey *jp_backup_unlock (const char *path, const char *password, GError **error);
gboolean
jp_backup_read_info (const char *path, JpSealKey *key, JpBackupInfo *out_info, GError **error);
GStrv    jp_backup_list (const char *folder);
guint    jp_backup_rotate (const char *folder, const JpSafety *safety);
gboolean jp_backup_copy_out (const char *path, const JpSafety *safety, GError **error);
gboolean jp_backup_is_current (JpVault *vault, JpProfile *profile);

G_END_DECLS
