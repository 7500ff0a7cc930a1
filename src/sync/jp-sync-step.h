/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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
 */
typedef enum {
  JP_SYNC_STEP_LOAD,
  JP_SYNC_STEP_PUSH,
  JP_SYNC_STEP_PULL,
} JpSyncStepKind;

/**
 * JpSyncStep:
 * @kind: what to ask
 * @path: (owned): where
 * @token: (owned): proof of the station
 * @body: (owned) (nullable): the request's body
 * @n_ops: operations in it
 * @table: kind that is loaded
 * @school: (owned) (nullable): of a first sync: whose tables
 * @start: (owned) (nullable): cursor at which the first sync began
 * @page: (owned) (nullable): of a first sync: the answer, once it is decoded
 *
 * The next request of a round.
 */
typedef struct
{
  JpSyncStepKind kind;
  char          *path;
  char          *token;
  GBytes        *body;
  guint          n_ops;
  JpKind         table;
  char          *school;
  char          *start;
  JpPageTable   *page;
} JpSyncStep;

/**
 * JpSyncStepResult:
 * @outcome: what applying it did
 * @complete: nothing newer was there
 * @now_us: the platform's clock, 0 = unknown
 *
 * What came of an answer.
 */
typedef struct
{
  JpRemoteOutcome outcome;
  gboolean        complete;
  gint64          now_us;
} JpSyncStepResult;

JpSyncStep *jp_sync_step_plan (JpVault *vault, GError **error);
void        jp_sync_step_free (JpSyncStep *self);
gboolean    jp_sync_step_decode (JpSyncStep *self, GBytes *answer, GError **error);
JpSyncStep *jp_sync_step_follow (const JpSyncStep *self);
JpSyncStepResult          *
jp_sync_step_apply (JpVault *vault, JpSyncStep *step, GBytes *answer, GError **error);
gboolean jp_sync_step_restart (JpVault *vault, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpSyncStep, jp_sync_step_free)

G_END_DECLS
