/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-op.h"
#include "jp-platform-station.h"
#include "jp-platform.h"
#include "jp-verdict.h"

G_BEGIN_DECLS

/* One operation of a school onto the rows of the platform (sync.md §3.4, §3.6). Rows stand for
 * themselves: one that is refused does not take the others with it, except those that refer to a
 * row which now does not exist; they are parked. */

/**
 * JpPlatformOutcome:
 * @result: what came of it; the gravest of its rows
 * @problem: (nullable): short name of what was wrong; static
 * @detail: (owned) (nullable): what was wrong, without personal data
 *
 * What came of an operation or of one row of it.
 */
typedef struct
{
  JpVerdictResult result;
  const char     *problem;
  char           *detail;
} JpPlatformOutcome;

void     jp_platform_outcome_clear (JpPlatformOutcome *self);
gboolean jp_platform_edit_run (JpPlatform              *platform,
                               const JpPlatformStation *station,
                               const JpOp              *op,
                               JpPlatformOutcome       *out_outcome,
                               GError                 **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JpPlatformOutcome, jp_platform_outcome_clear)

G_END_DECLS
