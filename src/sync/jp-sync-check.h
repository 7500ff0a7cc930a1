/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-sync-step.h"

G_BEGIN_DECLS

/* When all is read and the sums still differ (sync.md §3.8): which table, which part of it, and
 * then just the rows of that part. */

/* "tables", "parts:<table>" or "rows:<table>:<part>": what is compared next. */
#define JP_SYNC_SETTING_CHECK "check"
#define JP_SYNC_CHECK_TABLES  "tables"

/* "<table>:<part>" where the comparison of contents goes on, or when the next one begins (µs). It
 * goes through all tables once a day, a slice in each round. */
#define JP_SYNC_SETTING_CONTENT  "content"
#define JP_SYNC_CONTENT_EVERY_US JP_DAY_US

gboolean jp_sync_check_begin_content (JpVault *vault, GError **error);

gboolean jp_sync_check_refuse (JpVault *vault, GError **error);
gboolean jp_sync_check_plan (JpVault    *vault,
                             JpSyncStep *step,
                             gboolean    may_compare,
                             gboolean   *out_needed,
                             GError    **error);
JpSyncStepResult *
jp_sync_check_apply (JpVault *vault, const JpSyncStep *step, GBytes *answer, GError **error);

G_END_DECLS
