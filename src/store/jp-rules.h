/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-curriculum.h"
#include "jp-policy.h"
#include "jp-vault.h"

G_BEGIN_DECLS

/* Which policy and which curriculum hold: those that the platform sent, else the files of the
 * program. Contracts name theirs by id and digest, and keep them for ever. */

JpPolicy *
jp_rules_load_policy (JpVault *vault, const char *licence_type, JpDate on, GError **error);
JpCurriculum *jp_rules_load_curriculum (JpVault *vault, JpDate on, GError **error);
JpPolicy     *jp_rules_find_policy (JpVault *vault, JpRecord *contract, GError **error);
JpCurriculum *jp_rules_find_curriculum (JpVault *vault, JpRecord *contract, GError **error);

G_END_DECLS
