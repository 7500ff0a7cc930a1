/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-desk.h"
#include "jp-query.h"

G_BEGIN_DECLS

gboolean  jp_desk_refuse (JpDeskProblem problem, const char *what, GError **error);
JpRecord *jp_desk_get_live (JpVault *vault, JpKind kind, const JpId *id, GError **error);
gboolean
jp_desk_find_first (JpVault *vault, const JpQuery *query, JpRecord **out_record, GError **error);
JpChange *jp_desk_new_change (JpVault *vault, const char *kind, const char *actor);
void      jp_desk_add (JpChange *change, JpRecord *before, JpDraft *after);

G_END_DECLS
