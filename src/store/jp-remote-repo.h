/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-vault.h"
#include "jp-verdict.h"

G_BEGIN_DECLS

/**
 * JpRemoteReply:
 * @verdicts: (element-type JpVerdict): verdicts on operations of this station
 * @records: (element-type JpRecord): states of rows, in the order of the feed
 * @epoch: (nullable): of the platform's database, %NULL to leave it
 * @cursor: (nullable): where the feed continues, %NULL to leave it
 * @complete: nothing newer was there: the round is whole
 * @sum: of a complete page: the sum over all rows, see jp_digest_row(); -1 = not told
 * @n_unknown: rows of kinds that this program does not know
 *
 * What the platform said, to be applied as a whole. All borrowed.
 */
typedef struct
{
  GPtrArray  *verdicts;
  GPtrArray  *records;
  const char *epoch;
  const char *cursor;
  gboolean    complete;
  gint64      sum;
  guint       n_unknown;
} JpRemoteReply;

/**
 * JpRemoteOutcome:
 * @n_verdicts: verdicts that were new
 * @n_refused: of them rejected, parked or in conflict
 * @n_records: rows whose state moved
 * @n_parked: rows of ours that had to make room for the platform's
 * @sum: what the versions of the rows have gained, see jp_digest_change()
 * @differs: all is read, and yet this station does not have what the platform has
 *
 * What applying a reply did.
 */
typedef struct
{
  guint    n_verdicts;
  guint    n_refused;
  guint    n_records;
  guint    n_parked;
  gint64   sum;
  gboolean differs;
} JpRemoteOutcome;

gboolean   jp_remote_repo_apply (JpVault             *vault,
                                 const JpRemoteReply *reply,
                                 JpRemoteOutcome     *out_outcome,
                                 GError             **error);
GPtrArray *jp_remote_repo_prepare (JpVault *vault, GPtrArray *records);
gboolean   jp_remote_repo_load (JpVault    *vault,
                                GPtrArray  *records,
                                GPtrArray  *images,
                                const char *position_name,
                                const char *position,
                                GError    **error);
gboolean
jp_remote_repo_replace (JpVault *vault, GPtrArray *records, guint *out_n_changed, GError **error);
gboolean jp_remote_repo_begin_load (JpVault *vault, JpKind kind, GError **error);
gboolean jp_remote_repo_end_load (JpVault *vault, GError **error);

G_END_DECLS
