/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-page-feed.h"
#include "jp-seal.h"
#include "jp-verdict.h"

G_BEGIN_DECLS

/* What a station sends up and what it gets back (sync.md §3.4). */

/**
 * JpPushItem:
 * @n: number of the operation at its station
 * @id: identity of the business event
 * @chain: the hash chain up to and with it
 * @bytes: (owned): its canonical JSON, over which the chain runs
 * @op: (owned) (nullable): the operation; %NULL if this program cannot read it
 * @problem: (owned) (nullable): why not, without any value of it
 * @too_new: it needs a newer program
 *
 * An operation on its way. One that cannot be read is still in its place, so that it gets a verdict
 * and does not stop those behind it.
 */
typedef struct
{
  gint64   n;
  JpId     id;
  guint8   chain[JP_SEAL_HASH_BYTES];
  GBytes  *bytes;
  JpOp    *op;
  char    *problem;
  gboolean too_new;
} JpPushItem;

/**
 * JpPushRequest:
 * @station: the station
 * @epoch: (owned): of the platform's database as the station knows it, "" on first contact
 * @after: (owned): cursor of the stream, "" from the beginning
 * @items: (owned) (element-type JpPushItem): the operations, in order; may be empty
 */
typedef struct
{
  JpId       station;
  char      *epoch;
  char      *after;
  GPtrArray *items;
} JpPushRequest;

/**
 * JpPushResponse:
 * @epoch: (owned): of the platform's database
 * @now_us: the platform's clock
 * @acked_n: all operations up to here have a verdict
 * @durable_through: number of the newest change that is in a backup
 * @verdicts: (owned) (element-type JpVerdict): one per operation sent, in order
 * @feed: (owned): a page of the stream
 */
typedef struct
{
  char       *epoch;
  gint64      now_us;
  gint64      acked_n;
  gint64      durable_through;
  GPtrArray  *verdicts;
  JpPageFeed *feed;
} JpPushResponse;

JpPushRequest *jp_push_request_new (const JpId *station, const char *epoch, const char *after);
void    jp_push_request_add (JpPushRequest *self, JpOp *op, const guint8 chain[JP_SEAL_HASH_BYTES]);
void    jp_push_request_free (JpPushRequest *self);
GBytes *jp_push_request_to_bytes (JpPushRequest *self);
JpPushRequest *jp_push_request_from_bytes (GBytes *bytes, GError **error);

JpPushResponse *jp_push_response_new (const char *epoch, gint64 now_us);
void            jp_push_response_free (JpPushResponse *self);
GBytes         *jp_push_response_to_bytes (JpPushResponse *self);
JpPushResponse *jp_push_response_from_bytes (GBytes *bytes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpPushRequest, jp_push_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpPushResponse, jp_push_response_free)

G_END_DECLS
