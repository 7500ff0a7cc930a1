/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-progress.h"
#include "jp-vault.h"

G_BEGIN_DECLS

JpProgress *jp_progress_repo_read (JpVault *vault, const JpId *trainee, GError **error);

G_END_DECLS
