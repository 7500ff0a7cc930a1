/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-page-sums.h"
#include "jp-vault.h"

G_BEGIN_DECLS

/* What this station has, in sums, and making it the platform's again where it differs (sync.md
 * §3.8). */

#define JP_SETTING_DIGEST                                                                          \
  "digest" /* sum over the platform's versions of all rows; "off" = rows of                        \
            * kinds that this program does not know were passed over */

gboolean jp_digest_repo_get (JpVault *vault, gint64 *out_sum, gboolean *out_kept, GError **error);
gboolean jp_digest_repo_set (JpVault *vault, gint64 sum, GError **error);
gboolean jp_digest_repo_set_off (JpVault *vault, GError **error);
gboolean jp_digest_repo_rebuild (JpVault *vault, gint64 *out_sum, GError **error);
JpPageSums *jp_digest_repo_read_tables (JpVault *vault, const char *at, GError **error);
JpPageSums *jp_digest_repo_read_parts (JpVault *vault, JpKind kind, const char *at, GError **error);
JpPageSums *jp_digest_repo_read_content (JpVault    *vault,
                                         JpKind      kind,
                                         guint       first,
                                         guint       n_parts,
                                         const char *at,
                                         GError    **error);
gboolean    jp_digest_repo_repair (JpVault   *vault,
                                   JpKind     kind,
                                   guint      part,
                                   GPtrArray *records,
                                   guint     *out_n_repaired,
                                   GError   **error);

G_END_DECLS
