/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-backup.h"
#include "jp-replay.h"

G_BEGIN_DECLS

/* From a backup to a school. What cannot be restored is no backup: every one is tried out before it
 * is called good, and can be tried out at any time in a throw-away place. */

/**
 * JpRestore:
 * @backup: (nullable): the backup; without one everything is in the journal
 * @journal: (nullable): folder of the journal, which brings back what came after the backup
 * @key_file: (nullable): without a backup: the bytes of the key file
 * @folder: where the school shall live; it is made if it does not exist
 * @key: the data key, see jp_backup_unlock()
 * @clock: where time comes from
 * @ids: where ids come from
 * @monitor: (nullable): how the job is watched
 *
 * What is to be restored. All borrowed.
 */
typedef struct
{
  const char      *backup;
  const char      *journal;
  GBytes          *key_file;
  const char      *folder;
  JpSealKey       *key;
  JpClock         *clock;
  JpIdSource      *ids;
  const JpMonitor *monitor;
} JpRestore;

/**
 * JpRestoreOutcome:
 * @info: what the backup says of itself
 * @replay: what came from the journal
 * @aside: (owned) (nullable): where the database is kept that was there before
 *
 * What restoring did.
 */
typedef struct
{
  JpBackupInfo info;
  JpReplay     replay;
  char        *aside;
} JpRestoreOutcome;

void     jp_restore_outcome_clear (JpRestoreOutcome *self);
gboolean jp_restore_run (const JpRestore *self, JpRestoreOutcome *out_outcome, GError **error);
gboolean jp_restore_drill (const char      *backup,
                           const char      *scratch,
                           JpSealKey       *key,
                           const JpMonitor *monitor,
                           JpBackupInfo    *out_info,
                           GError         **error);
gboolean jp_restore_count_lost (const char         *folder,
                                const JpBackupInfo *info,
                                gint64             *out_n_ops,
                                GError            **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JpRestoreOutcome, jp_restore_outcome_clear)

G_END_DECLS
