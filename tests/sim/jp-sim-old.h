/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-sim-vfs.h"

G_BEGIN_DECLS

/* Data as older programs left them: the newest steps of the schema taken back. */

JpSimDisk *jp_sim_old_make_store (JpSimNode *node, const char *name, guint n_back);
JpSimDisk *jp_sim_old_make_platform (JpSimNode *node, const char *folder);

G_END_DECLS
