/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-vault.h"

G_BEGIN_DECLS

/* Data that an older program left: members of records that it did not know are kept beside the
 * fields (K10 of sync.md), and are known now. */

gboolean jp_adopt_run (JpVault *vault, GError **error);

G_END_DECLS
