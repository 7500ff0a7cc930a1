/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-change.h"
#include "jp-op.h"
#include "jp-vault.h"

G_BEGIN_DECLS

/* One action of a user as one transaction: rows, operation, base copies and audit together, one
 * fsync. */

gboolean jp_commit_change (JpVault *vault, JpChange *change, gint64 *out_n, GError **error);

/**
 * JpCommitFunc:
 * @vault: the vault, with the transaction of a change
 * @data: as given
 * @error: return location for a [error@Jp.StoreError]
 *
 * Writes what belongs to a change and is no row.
 *
 * Returns: whether it was written
 */
typedef gboolean (*JpCommitFunc) (JpVault *vault, gpointer data, GError **error);

gboolean jp_commit_change_with (JpVault     *vault,
                                JpChange    *change,
                                JpCommitFunc also,
                                gpointer     data,
                                gint64      *out_n,
                                GError     **error);
gboolean jp_commit_change_inside (JpVault *vault, JpChange *change, gint64 *out_n, GError **error);
gboolean jp_commit_repeat (JpVault *vault, JpOp *op, gint64 undoes, GError **error);
gboolean
jp_commit_undo (JpVault *vault, gint64 n, const char *actor, gint64 *out_n, GError **error);

/* The unjudged edits of a row: used again whenever the platform's state of it moves. */
gboolean  jp_commit_get_base (JpVault    *vault,
                              JpKind      kind,
                              const JpId *id,
                              JpRecord  **out_base,
                              GError    **error);
gboolean  jp_commit_put_base (JpVault *vault, JpRecord *base, GError **error);
gboolean  jp_commit_drop_base (JpVault *vault, JpKind kind, const JpId *id, GError **error);
JpRecord *jp_commit_replay (JpVault *vault, JpRecord *base, GError **error);
JpOp     *jp_commit_read_op (JpVault     *vault,
                             JpStatement *row,
                             int          column_id,
                             int          column_body,
                             GError     **error);
gboolean  jp_commit_audit (JpVault    *vault,
                           const char *actor,
                           const char *action,
                           JpKind      kind,
                           const JpId *id,
                           const char *detail,
                           GError    **error);

G_END_DECLS
