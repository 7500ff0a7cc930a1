/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-seal.h"
#include "jp-vault.h"

G_BEGIN_DECLS

/* When the platform, or this station, went back in time (sync.md §3.9): what the platform lacks
 * waits again, and everything of the platform is read anew. */

gboolean jp_recover_repo_get_last_n (JpVault *vault, gint64 *out_n, GError **error);
gboolean jp_recover_repo_get_first_waiting (JpVault *vault, gint64 *out_n, GError **error);
gboolean jp_recover_repo_get_chain (JpVault  *vault,
                                    gint64    n,
                                    guint8    out_chain[JP_SEAL_HASH_BYTES],
                                    gboolean *out_found,
                                    GError  **error);
gboolean
jp_recover_repo_rewind (JpVault *vault, gint64 acked_n, guint *out_n_again, GError **error);
gboolean jp_recover_repo_set_aside (JpVault *vault, guint *out_n_aside, GError **error);

G_END_DECLS
