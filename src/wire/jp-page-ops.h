/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-seal.h"
#include "jp-verdict.h"

G_BEGIN_DECLS

/* What the platform has of the operations of one station: by the hash chain a station finds out
 * whether it, or the platform, went back in time (sync.md §3.9). */

#define JP_PAGE_OPS_MAX     500
#define JP_PAGE_OPS_DEFAULT 200

/**
 * JpPageOpsEntry:
 * @id: identity of the business event
 * @chain: the hash chain up to and with it
 * @verdict: (owned): what came of it; its number is that of the operation
 *
 * One operation in the platform's log.
 */
typedef struct
{
  JpId       id;
  guint8     chain[JP_SEAL_HASH_BYTES];
  JpVerdict *verdict;
} JpPageOpsEntry;

/**
 * JpPageOps:
 * @epoch: (owned): of the platform's database
 * @now_us: the platform's clock
 * @acked_n: number of the last operation in the log, 0 = none
 * @chain: the hash chain up to @acked_n; zeros for none
 * @entries: (owned) (element-type JpPageOpsEntry): a part of the log, in order
 *
 * A page of the log.
 */
typedef struct
{
  char      *epoch;
  gint64     now_us;
  gint64     acked_n;
  guint8     chain[JP_SEAL_HASH_BYTES];
  GPtrArray *entries;
} JpPageOps;

JpPageOps *jp_page_ops_new (const char *epoch, gint64 now_us);
void       jp_page_ops_free (JpPageOps *self);
void       jp_page_ops_add (JpPageOps   *self,
                            const JpId  *id,
                            const guint8 chain[JP_SEAL_HASH_BYTES],
                            JpVerdict   *verdict);
GBytes    *jp_page_ops_to_bytes (JpPageOps *self);
JpPageOps *jp_page_ops_from_bytes (GBytes *bytes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpPageOps, jp_page_ops_free)

G_END_DECLS
