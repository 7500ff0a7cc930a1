/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-sync-data.h"
#include "jp-sync.h"

G_BEGIN_DECLS

#define JP_SYNC_WORDS_SKEW_US (2 * JP_MINUTE_US) /* clocks that differ by more are told */

/* What the sync page says. Pure. */

JpTint      jp_sync_words_get_tint (JpSyncState state, gint64 n_waiting);
const char *jp_sync_words_get_state (JpSyncState state);
char       *jp_sync_words_dup_skew (gint64 offset_us);
char       *jp_sync_words_dup_receipt (const JpSyncReceipt *receipt, const char *sentence);
char       *jp_sync_words_dup_queue (gint64 n_waiting, gint64 oldest_us);
gboolean    jp_sync_words_can_join_again (const GError *problem);
char       *jp_sync_words_dup_op (const JpSyncOp *op);
char       *jp_sync_words_dup_op_detail (const JpSyncOp *op, JpSyncState state);
char       *jp_sync_words_dup_problem (JpKind kind, const char *text);
char       *jp_sync_words_dup_refusal (const JpSyncOp *op);
char       *jp_sync_words_dup_conflict (const JpConflict *conflict);
char       *jp_sync_words_dup_conflict_detail (const JpConflict *conflict);

G_END_DECLS
