/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-store.h"
#include "jp-transport.h"

G_BEGIN_DECLS

/* One round with the platform: operations up, verdicts and rows down, until nothing waits on either
 * side. Interrupted anywhere it continues: each step is one transaction with its own cursor. */

#define JP_SYNC_MAX_OPS_PER_PUSH   500
#define JP_SYNC_MAX_BYTES_PER_PUSH (700 * 1024) /* of sealed bodies; the platform takes 1 MiB */
#define JP_SYNC_MAX_STEPS          100000       /* a round that does not end is a fault */

#define JP_SYNC_SETTING_LOAD "load" /* "<table>:<row>:<cursor>": how far a first sync has come */
#define JP_SYNC_SECRET_TOKEN "token"

/**
 * JpSyncReceipt:
 * @started_us: when the round began
 * @ended_us: when it ended, 0 while it runs
 * @n_sent: operations sent
 * @n_judged: of them with a verdict
 * @n_refused: of them rejected, parked or in conflict
 * @n_received: rows whose state moved
 * @n_parked: rows of ours that made room for the platform's
 * @n_again: operations that the platform had lost and that waited again
 * @n_aside: rows that the platform no longer has; they are kept out of the way
 * @n_repaired: rows that were not what the platform has and were fetched again
 * @branched: this PC was restored or copied and has an identity of its own now
 * @first: the round read everything for the first time
 * @n_blobs_sent: files of attachments that the platform has now
 * @n_blobs_fetched: files of attachments that are here now
 * @n_blobs_absent: files that are wanted here and wait for another PC to send them
 * @n_blobs_unsent: files that the platform did not take
 * @n_blob_bytes: bytes of files that were moved
 * @platform_us: the platform's clock at the last answer, 0 = unknown
 * @offset_us: the platform's clock minus ours, half of the way taken off; 0 = unknown
 * @retry_after_s: how long the platform asks to stay away, in seconds; 0 = it does not
 *
 * What a round did, for people to read. A plain value.
 */
typedef struct
{
  gint64   started_us;
  gint64   ended_us;
  gint64   n_sent;
  gint64   n_judged;
  gint64   n_refused;
  gint64   n_received;
  gint64   n_parked;
  gint64   n_again;
  gint64   n_aside;
  gint64   n_repaired;
  gboolean branched;
  gboolean first;
  gint64   n_blobs_sent;
  gint64   n_blobs_fetched;
  gint64   n_blobs_absent;
  gint64   n_blobs_unsent;
  gint64   n_blob_bytes;
  gint64   platform_us;
  gint64   offset_us;
  guint    retry_after_s;
} JpSyncReceipt;

typedef void (*JpSyncProgress) (const JpSyncReceipt *receipt, gpointer user_data);

void     jp_sync_round_async (JpStore            *store,
                              JpTransport        *transport,
                              JpSyncProgress      progress,
                              gpointer            progress_data,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data);
gboolean jp_sync_round_finish (JpStore       *store,
                               GAsyncResult  *result,
                               JpSyncReceipt *out_receipt,
                               GError       **error);
char    *jp_sync_receipt_dup_sentence (const JpSyncReceipt *receipt);

G_END_DECLS
