/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-tier-curve.h"
#include "jp-tier-lint.h"
#include "jp-vault.h"

G_BEGIN_DECLS

/* A class tier beside its published copy and the rules that hold for it. */

#define JP_TIER_REPO_TRAINEES 100

GPtrArray *jp_tier_repo_lint (JpVault *vault, JpRecord *tier, GError **error);
GArray    *jp_tier_repo_curve (JpVault *vault, JpRecord *tier, JpPolicy *policy, GError **error);

G_END_DECLS
