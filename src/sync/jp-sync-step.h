/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-blob-repo.h"
#include "jp-page-table.h"
#include "jp-remote-repo.h"
#include "jp-sync-round.h"

G_BEGIN_DECLS

/* The work of a round that runs on the store's workers: what to ask next, and what an answer means.
 */

/**
 * JpSyncStepKind:
 * @JP_SYNC_STEP_LOAD: a page of a first sync
 * @JP_SYNC_STEP_PUSH: operations up; the answer has verdicts and a page
 * @JP_SYNC_STEP_PULL: a page of the stream
 * @JP_SYNC_STEP_OPS: what the platform has of our operations
 * @JP_SYNC_STEP_BRANCH: an identity of its own for a PC that went back in time or is a copy
 * @JP_SYNC_STEP_CERTIFICATE: another certificate before the old one ends
 * @JP_SYNC_STEP_CHECK: sums of what the platform has, or the rows where they differ
 * @JP_SYNC_STEP_KEY: nothing is asked: the key for it is made
 * @JP_SYNC_STEP_BLOB_ASK: how much the platform has of a file
 * @JP_SYNC_STEP_BLOB_SEND: a piece of a file up
 * @JP_SYNC_STEP_BLOB_FETCH: a piece of a file down
 * @JP_SYNC_STEP_END: nothing is asked: the round is whole
 */
typedef enum {
  JP_SYNC_STEP_LOAD,
  JP_SYNC_STEP_PUSH,
  JP_SYNC_STEP_PULL,
  JP_SYNC_STEP_OPS,
  JP_SYNC_STEP_BRANCH,
  JP_SYNC_STEP_CERTIFICATE,
  JP_SYNC_STEP_CHECK,
  JP_SYNC_STEP_KEY,
  JP_SYNC_STEP_BLOB_ASK,
  JP_SYNC_STEP_BLOB_SEND,
  JP_SYNC_STEP_BLOB_FETCH,
  JP_SYNC_STEP_END,
} JpSyncStepKind;

/**
 * JpSyncTry:
 * @restarted: a first sync was begun again
 * @n_recoveries: how often it had to be found out who went back in time
 * @n_checks: how often sums were compared
 * @repaired: rows were not what the platform has: what all others say is compared, too
 * @keeps_certificate: the platform did not renew the certificate; it is asked again another day
 * @pulled: rows and operations are through: what is left is the bytes of attachments
 * @round_us: when the round began
 * @asked: the file that the platform was asked about last
 * @n_absent: files that were wanted and that the platform does not have yet
 * @n_unsent: files that the platform did not take
 * @n_conflicts: how often a file went on elsewhere than thought
 *
 * What a round has tried already, so that it ends. Zeros at its beginning.
 */
typedef struct
{
  gboolean restarted;
  guint    n_recoveries;
  guint    n_checks;
  gboolean repaired;
  gboolean keeps_certificate;
  gboolean pulled;
  gint64   round_us;
  char     asked[JP_ATTACHMENT_DIGEST_CHARS + 1];
  guint    n_absent;
  guint    n_unsent;
  guint    n_conflicts;
} JpSyncTry;

/**
 * JpSyncStep:
 * @kind: what to ask
 * @path: (owned) (nullable): where
 * @body: (owned) (nullable): the request's body
 * @request: (owned) (nullable): both, ready to be sent; %NULL if nothing is asked
 * @identity: (owned) (nullable): certificate and key to show; secret
 * @token: (owned): proof of the station
 * @n_ops: operations in it
 * @from_n: of the log: from which operation on
 * @table: kind that is loaded or compared
 * @part: of a comparison: part of the table, -1 = all of it
 * @n_parts: of a comparison of contents: so many parts from @part on; 0 = of rows or versions
 * @school: (owned) (nullable): whose tables
 * @schema: version of the records that both sides speak, 0 = not known yet
 * @start: (owned) (nullable): cursor at which the first sync began
 * @page: (owned) (nullable): of a first sync: the answer, once it is decoded
 * @images: (owned) (nullable) (element-type JpRowImage): its rows as the tables want them
 * @blob: of a file: what is moved
 * @round_us: of a file: when the round began
 *
 * The next request of a round.
 */
typedef struct
{
  JpSyncStepKind      kind;
  char               *path;
  GBytes             *body;
  JpTransportRequest *request;
  char               *identity;
  char               *token;
  guint               n_ops;
  gint64              from_n;
  JpKind              table;
  int                 part;
  guint               n_parts;
  char               *school;
  guint               schema;
  char               *start;
  JpPageTable        *page;
  GPtrArray          *images;
  JpBlobMove          blob;
  gint64              round_us;
} JpSyncStep;

/**
 * JpSyncStepResult:
 * @outcome: what applying it did
 * @complete: nothing newer was there
 * @now_us: the platform's clock, 0 = unknown
 * @n_again: operations that wait again because the platform has lost them
 * @n_aside: rows that the platform no longer has
 * @n_repaired: rows that were not what the platform has
 * @branched: this PC is a station of its own now
 * @n_blobs_sent: files that the platform has now
 * @n_blobs_fetched: files that are here now
 * @n_blob_bytes: bytes of files that were moved
 *
 * What came of an answer.
 */
typedef struct
{
  JpRemoteOutcome outcome;
  gboolean        complete;
  gint64          now_us;
  guint           n_again;
  guint           n_aside;
  guint           n_repaired;
  gboolean        branched;
  guint           n_blobs_sent;
  guint           n_blobs_fetched;
  gint64          n_blob_bytes;
} JpSyncStepResult;

JpSyncStep *jp_sync_step_plan (JpVault *vault, const JpSyncTry *tried, GError **error);
GBytes *jp_sync_step_make_push (JpVault *vault, const char *cursor, GPtrArray *ops, GError **error);
JpSyncStep *jp_sync_step_plan_watch (JpVault *vault, GError **error);
JpSyncStep *jp_sync_step_plan_look (JpVault *vault, const char *after, GError **error);
void        jp_sync_step_free (JpSyncStep *self);
gboolean    jp_sync_step_open (JpSyncStep *self, GBytes *answer, GError **error);
gboolean    jp_sync_step_decode (JpVault *vault, JpSyncStep *self, GBytes *answer, GError **error);
JpSyncStep *jp_sync_step_follow (const JpSyncStep *self);
JpSyncStepResult          *
jp_sync_step_apply (JpVault *vault, JpSyncStep *step, GBytes *answer, GError **error);
gboolean jp_sync_step_refuse (JpVault          *vault,
                              const JpSyncStep *step,
                              const GError     *refusal,
                              JpSyncTry        *tried,
                              GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpSyncStep, jp_sync_step_free)

G_END_DECLS
