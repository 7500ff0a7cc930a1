/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-sync-step.h"

G_BEGIN_DECLS

/* The bytes of attachments, piece by piece, once a round has nothing else to do; operations that
 * come up meanwhile go first. */

gboolean
jp_sync_blob_plan (JpVault *vault, JpSyncStep *step, const JpSyncTry *tried, GError **error);
JpSyncStepResult *
jp_sync_blob_apply (JpVault *vault, const JpSyncStep *step, GBytes *answer, GError **error);
gboolean jp_sync_blob_refuse (JpVault          *vault,
                              const JpSyncStep *step,
                              const GError     *refusal,
                              JpSyncTry        *tried,
                              gboolean         *out_handled,
                              GError          **error);
gboolean jp_sync_blob_is_step (JpSyncStepKind kind);

G_END_DECLS
