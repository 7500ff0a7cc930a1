/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-vault.h"

G_BEGIN_DECLS

/* Titles of the records that references point to, and of what a record is bound to. */

gboolean
jp_lookup_title (JpVault *vault, JpKind kind, const JpId *id, char **out_title, GError **error);
GStrv  jp_lookup_titles (JpVault *vault, JpRecord *record, GError **error);
JpKind jp_lookup_get_bond (JpKind kind);

G_END_DECLS
