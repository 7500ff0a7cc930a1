/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-op.h"
#include "jp-vault.h"
#include "jp-verdict.h"

G_BEGIN_DECLS

/**
 * JpOpInfo:
 * @n: number
 * @id: identity
 * @kind: (owned): what the user did
 * @actor: (owned): who
 * @at_us: when
 * @judged: the platform has given its verdict
 * @result: (owned) (nullable): its name
 * @problem: (owned) (nullable): what was wrong
 * @detail: (owned) (nullable): the platform's words
 * @row_kind: kind of its first row
 * @row_id: its first row
 * @n_rows: how many rows it touches
 *
 * An operation as the sync page lists it: nothing of its sealed body.
 */
typedef struct
{
  gint64   n;
  JpId     id;
  char    *kind;
  char    *actor;
  gint64   at_us;
  gboolean judged;
  char    *result;
  char    *problem;
  char    *detail;
  JpKind   row_kind;
  JpId     row_id;
  guint    n_rows;
} JpOpInfo;

/**
 * JpSentOp:
 * @op: (owned): the operation
 * @chain: the hash chain up to it
 *
 * An operation on its way to the platform.
 */
typedef struct
{
  JpOp  *op;
  guint8 chain[JP_SEAL_HASH_BYTES];
} JpSentOp;

void     jp_op_info_free (JpOpInfo *self);
void     jp_sent_op_free (JpSentOp *self);
gboolean jp_op_repo_find (JpVault *vault, const JpId *op_id, gint64 *out_n, GError **error);
JpOp    *jp_op_repo_get (JpVault *vault, gint64 n, GError **error);
gboolean
jp_op_repo_count_waiting (JpVault *vault, gint64 *out_count, gint64 *out_oldest_us, GError **error);
GPtrArray *jp_op_repo_list (JpVault *vault, gboolean only_waiting, guint limit, GError **error);
GPtrArray *
jp_op_repo_list_row (JpVault *vault, JpKind kind, const JpId *id, guint limit, GError **error);
GPtrArray *jp_op_repo_take_waiting (JpVault *vault, guint max_ops, gsize max_bytes, GError **error);
GPtrArray *jp_op_repo_take_waiting_after (JpVault *vault,
                                          gint64   after_n,
                                          guint    max_ops,
                                          gsize    max_bytes,
                                          GError **error);
gboolean
jp_op_repo_get_last_undoable (JpVault *vault, gint64 since_n, gint64 *out_n, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpOpInfo, jp_op_info_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpSentOp, jp_sent_op_free)

G_END_DECLS
