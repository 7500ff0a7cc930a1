/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-page-ops.h"
#include "jp-sync-step.h"

G_BEGIN_DECLS

/* When one side went back in time (sync.md §3.9). The station asks what the platform has of its
 * operations and compares the hash chains: the platform may lack some of ours, which then wait
 * again; or it may have others than ours under our name, and then this PC branches off and becomes
 * a station of its own. */

/* What there is to find out, kept until it is done: "ops:N" asks for the log from N on, "branch:N"
 * for an identity that has our operations up to N, "load": everything is being read anew. */
#define JP_SYNC_SETTING_RECOVER "recover"
#define JP_SYNC_RECOVER_ALL     "ops:1"

gboolean jp_sync_recover_begin (JpVault *vault, GError **error);
gboolean
jp_sync_recover_plan (JpVault *vault, JpSyncStep *step, gboolean *out_needed, GError **error);
JpSyncStepResult *
jp_sync_recover_apply_ops (JpVault *vault, const JpSyncStep *step, GBytes *answer, GError **error);
JpSyncStepResult *jp_sync_recover_apply_branch (JpVault          *vault,
                                                const JpSyncStep *step,
                                                GBytes           *answer,
                                                GError          **error);
gboolean          jp_sync_recover_end_load (JpVault *vault, guint *out_n_aside, GError **error);

G_END_DECLS
