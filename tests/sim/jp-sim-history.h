/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-sim-cut.h"

G_BEGIN_DECLS

/* One seed is one history of a world: what happens, when, and what goes wrong
 * follows from it. */

typedef struct _JpSimHistory JpSimHistory;

JpSimHistory     *jp_sim_history_new (JpSimTally *tally);
void              jp_sim_history_free (JpSimHistory *self);
void              jp_sim_history_play (JpSimHistory *self, const JpSimCut *cut);
JpSimTally       *jp_sim_history_set_tally (JpSimHistory *self, JpSimTally *tally);
const JpSimSwarm *jp_sim_history_get_swarm (JpSimHistory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpSimHistory, jp_sim_history_free)

G_END_DECLS
