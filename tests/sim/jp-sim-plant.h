/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Faults that are planted into the real code to see whether the simulator finds
 * them. The code itself knows nothing of them: the linker leads calls between
 * the files of the libraries through the functions here (--wrap), which pass
 * them on unless their fault is the one that is planted. */

const char *jp_sim_plant_get_name (guint index);
guint       jp_sim_plant_get_from (guint index);
void        jp_sim_plant_set (guint index);

G_END_DECLS
