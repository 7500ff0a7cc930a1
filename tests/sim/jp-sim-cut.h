/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-sim-world.h"

G_BEGIN_DECLS

/**
 * JpSimCut:
 * @seed: which history
 * @max_acts: how many acts a station has at most; 0 = as many as the seed says
 * @max_stations: how many stations the first school has at most; 0 likewise
 * @without: misfortunes that do not happen, as a mask
 * @kept: (owned) (nullable) (element-type guint32): the acts that happen; %NULL = all
 *
 * A history, whole or with parts cut away. As a text: the seed, and behind it what is cut, e.g.
 * "549 acts=12 stations=2 without=late,portal only=0.3,1.7".
 */
struct _JpSimCut
{
  guint64 seed;
  guint   max_acts;
  guint   max_stations;
  guint32 without;
  GArray *kept;
};

JpSimCut *jp_sim_cut_new (guint64 seed);
JpSimCut *jp_sim_cut_parse (const char *text);
JpSimCut *jp_sim_cut_copy (const JpSimCut *self);
char     *jp_sim_cut_to_text (const JpSimCut *self);
void      jp_sim_cut_free (JpSimCut *self);
void      jp_sim_cut_apply (const JpSimCut *self, JpSimSwarm *swarm);
guint     jp_sim_cut_get_n_misfortunes (void);
guint32   jp_sim_cut_make_act (guint station, guint64 index);
gboolean  jp_sim_cut_skips (const JpSimCut *self, guint32 act);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpSimCut, jp_sim_cut_free)

G_END_DECLS
