/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-sim-vfs.h"

G_BEGIN_DECLS

/* Data as older programs left them: the newest steps of the schema taken back. And what an older
 * program makes of what a newer one wrote: a member that it does not know. */

#define JP_SIM_OLD_SCHEMA "1" /* of the records, as an older program says it */
#define JP_SIM_OLD_FIELD  JP_TRAINEE_PRESENT_LICENCE_NO
#define JP_SIM_OLD_HIDDEN "unknown_licence_no" /* as an older program sees the field */

JpSimDisk *jp_sim_old_make_store (JpSimNode *node, const char *name, guint n_back);
JpSimDisk *jp_sim_old_make_platform (JpSimNode *node, const char *folder);
GBytes    *jp_sim_old_hide (GBytes *answer);

G_END_DECLS
