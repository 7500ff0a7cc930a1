/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-settlement-repo.h"

G_BEGIN_DECLS

/* Which lines are contested, and what is at stake. All functions run on the vault's thread; a
 * reading vault is enough. */

gboolean jp_dispute_repo_mark (JpVault *vault, GPtrArray *rows, GError **error);
gboolean jp_dispute_repo_sum (JpVault *vault, gint64 *out_n, gint64 *out_fen, GError **error);
gboolean jp_dispute_repo_is_open (int state);
gboolean jp_dispute_repo_is_taken (int state);

G_END_DECLS
