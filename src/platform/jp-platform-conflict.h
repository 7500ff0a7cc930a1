/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-codes.h"
#include "jp-op.h"
#include "jp-platform-station.h"

G_BEGIN_DECLS

/* Items of the inbox: records that every station of the school sees, so that what one of them lost
 * survives it (sync.md §3.6). */

/**
 * JpPlatformConflict:
 * @reason: why there is something to decide
 * @units: mask of the merge units in question, 0 = the row as a whole
 * @base: (nullable): what the station saw
 * @mine: (nullable): what it meant
 * @theirs: (nullable): what holds
 * @detail: (nullable): what was wrong, without personal data
 * @asked_units: mask of the units of which it is told who edited them last; 0 = nobody is told
 *
 * What an item says.
 */
typedef struct
{
  JpConflictReason reason;
  guint32          units;
  JpRecord        *base;
  JpRecord        *mine;
  JpRecord        *theirs;
  const char      *detail;
  guint32          asked_units;
} JpPlatformConflict;

gboolean jp_platform_conflict_put (JpPlatformStore          *store,
                                   const JpPlatformStation  *station,
                                   const JpOp               *op,
                                   const JpOpRow            *row,
                                   const JpPlatformConflict *conflict,
                                   GError                  **error);
gboolean jp_platform_conflict_note_author (JpPlatformStore *store,
                                           const JpOp      *op,
                                           const JpOpRow   *row,
                                           guint32          units,
                                           GError         **error);

G_END_DECLS
