/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-backup-file.h"
#include "jp-backup.h"
#include "jp-db-tables.h"

G_BEGIN_DECLS

/* What making and restoring a backup share. */

/**
 * JpBackupMeta:
 * @info: what a backup says of itself
 * @state: (owned) (nullable): what tells two states of the data apart, see
 *   jp_backup_meta_dup_state(); %NULL in old backups
 * @key_digest: (owned): SHA-256 of the key file, which lies outside the seal
 * @tables: (owned) (element-type JpDbTable): how many rows each table has
 *
 * The first message of a backup.
 */
typedef struct
{
  JpBackupInfo info;
  char        *state;
  char        *key_digest;
  GPtrArray   *tables;
} JpBackupMeta;

void     jp_backup_meta_clear (JpBackupMeta *self);
char    *jp_backup_meta_digest (GBytes *key_file);
char    *jp_backup_meta_dup_state (JpDb *db, GError **error);
gboolean jp_backup_meta_describe (JpBackupMeta *self, JpDb *db, GError **error);
GBytes  *jp_backup_meta_write (const JpBackupMeta *self);
gboolean
jp_backup_meta_read (JpBackupMeta *self, JpBackupFile *file, JpSealKey *key, GError **error);
gboolean jp_backup_meta_check (const JpBackupMeta *self, const char *path, GError **error);
void     jp_backup_meta_remove_copy (const char *path);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JpBackupMeta, jp_backup_meta_clear)

/* The path of a copy that disappears, with what SQLite puts beside it, when its autoptr ends. */
typedef char JpBackupCopy;

static inline void
jp_backup_copy_free (JpBackupCopy *path)
{
  jp_backup_meta_remove_copy (path);
  g_free (path);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpBackupCopy, jp_backup_copy_free)

G_END_DECLS
