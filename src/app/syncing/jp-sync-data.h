/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-conflict-repo.h"
#include "jp-op-repo.h"

G_BEGIN_DECLS

#define JP_SYNC_DATA_MAX_QUEUE 50 /* waiting operations shown, the oldest first */
#define JP_SYNC_DATA_MAX_LATEST                                                                    \
  200 /* among so many latest operations refused ones are looked for */
#define JP_SYNC_DATA_MAX_REFUSED 10

/**
 * JpSyncOp:
 * @info: (owned): the operation
 * @title: (owned): what names its first row, "" if nothing does
 */
typedef struct
{
  JpOpInfo *info;
  char     *title;
} JpSyncOp;

/**
 * JpSyncData:
 * @conflicts: (owned) (element-type JpConflict): what somebody has to decide
 * @queue: (owned) (element-type JpSyncOp): what waits
 * @refused: (owned) (element-type JpSyncOp): what the platform refused lately
 *
 * What the sync page reads.
 */
typedef struct
{
  GPtrArray *conflicts;
  GPtrArray *queue;
  GPtrArray *refused;
} JpSyncData;

JpSyncData *jp_sync_data_read (JpVault *vault, GError **error);
void        jp_sync_data_free (JpSyncData *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpSyncData, jp_sync_data_free)

G_END_DECLS
