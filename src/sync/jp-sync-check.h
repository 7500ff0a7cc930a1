/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-sync-step.h"

G_BEGIN_DECLS

/* When all is read and the sums still differ (sync.md §3.8): which table, which part of it, and
 * then just the rows of that part. */

/* "tables", "parts:<table>" or "rows:<table>:<part>": what is compared next. */
#define JP_SYNC_SETTING_CHECK "check"
#define JP_SYNC_CHECK_TABLES  "tables"

gboolean
jp_sync_check_plan (JpVault *vault, JpSyncStep *step, gboolean *out_needed, GError **error);
JpSyncStepResult *
jp_sync_check_apply (JpVault *vault, const JpSyncStep *step, GBytes *answer, GError **error);

G_END_DECLS
