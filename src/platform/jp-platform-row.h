/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-platform-edit.h"

G_BEGIN_DECLS

/**
 * JpPlatformRow:
 * @platform: the platform
 * @station: who edits
 * @op: the operation
 * @row: the row of it
 * @theirs: (owned) (nullable): the row as it is, %NULL if the school has no such row
 * @written: the row was written
 * @outcome: what came of it
 *
 * A row of an operation while it is judged.
 */
typedef struct
{
  JpPlatform              *platform;
  const JpPlatformStation *station;
  const JpOp              *op;
  const JpOpRow           *row;
  JpRecord                *theirs;
  gboolean                 written;
  JpPlatformOutcome        outcome;
} JpPlatformRow;

gboolean jp_platform_row_apply (JpPlatformRow *self, GError **error);

G_END_DECLS
