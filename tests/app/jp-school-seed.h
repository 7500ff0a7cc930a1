/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-vault.h"

G_BEGIN_DECLS

/* A small school, always the same, for tests and pictures. All people are made up. */

void jp_school_seed_school (JpVault *vault);
void jp_school_seed_everything (JpVault *vault, guint n_trainees);

G_END_DECLS
