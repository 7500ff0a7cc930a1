/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-safe-file.h"
#include "jp-seal-stream.h"
#include "jp-store-error.h"

G_BEGIN_DECLS

/* The form of a backup on the disk: "JPBACKUP", version, key file, then a sealed stream of
 * messages. All numbers little-endian. */

#define JP_BACKUP_FILE_CHUNK_BYTES JP_SEAL_STREAM_MESSAGE_BYTES

/* A backup being written, or being read. Not thread-safe. */
typedef struct _JpBackupFile JpBackupFile;

JpBackupFile          *
jp_backup_file_create (const char *path, JpSealKey *key, GBytes *key_file, GError **error);
gboolean jp_backup_file_write (JpBackupFile *self,
                               gconstpointer bytes,
                               gsize         length_bytes,
                               gboolean      last,
                               GError      **error);
gboolean jp_backup_file_commit (JpBackupFile *self, GError **error);
JpBackupFile *jp_backup_file_open (const char *path, GError **error);
GBytes       *jp_backup_file_get_key_file (JpBackupFile *self);
gboolean      jp_backup_file_unlock (JpBackupFile *self, JpSealKey *key, GError **error);
GBytes       *jp_backup_file_read (JpBackupFile *self, gboolean *out_last, GError **error);
void          jp_backup_file_close (JpBackupFile *self);

gboolean jp_backup_file_translate (GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpBackupFile, jp_backup_file_close)

G_END_DECLS
