/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sim-shrink.h"

#define MAX_TRIES 300

/* Delta debugging: parts of a history are taken away as long as the same checker still finds
 * something. Each act draws from numbers of its own, so what is left does not change much. */

typedef struct
{
  JpSimHistory *history; /* (borrowed) */
  JpSimChecker  checker;
  JpSimCut     *best; /* (owned) */
  guint         n_tries;
} Shrink;

/* Takes the cut if it shows the fault. */
static gboolean
try_cut (Shrink *self, JpSimCut *cut)
{
  JpSimTally  tally = { 0 };
  JpSimTally *before = NULL;
  gboolean    shows = FALSE;

  if (self->n_tries++ < MAX_TRIES)
    {
      before = jp_sim_history_set_tally (self->history, &tally);
      jp_sim_history_play (self->history, cut);
      jp_sim_history_set_tally (self->history, before);
      shows = tally.n_found[self->checker] > 0;
      jp_sim_tally_clear (&tally);
    }
  if (shows)
    {
      jp_sim_cut_free (self->best);
      self->best = cut;
    }
  else
    jp_sim_cut_free (cut);
  return shows;
}

static gboolean
try_acts (Shrink *self, guint n)
{
  JpSimCut *cut = jp_sim_cut_copy (self->best);

  cut->max_acts = n;
  return try_cut (self, cut);
}

static void
shorten (Shrink *self, guint n_acts)
{
  for (guint step = MAX (n_acts / 2, 1); step > 0; step = step / 2)
    while (n_acts > step && try_acts (self, n_acts - step))
      n_acts -= step;
}

static void
empty (Shrink *self, guint n_stations)
{
  gboolean shows = TRUE;

  for (guint n = n_stations - 1; n > 0 && shows; n--)
    {
      JpSimCut *cut = jp_sim_cut_copy (self->best);

      cut->max_stations = n;
      shows = try_cut (self, cut);
    }
}

static void
calm (Shrink *self)
{
  for (guint i = 0; i < jp_sim_cut_get_n_misfortunes (); i++)
    {
      JpSimCut *cut = jp_sim_cut_copy (self->best);

      cut->without |= 1u << i;
      try_cut (self, cut);
    }
}

/* Leaves out pieces of so many acts. */
static void
leave_out (Shrink *self, guint piece)
{
  for (guint i = 0; i < self->best->kept->len;)
    {
      JpSimCut *cut = jp_sim_cut_copy (self->best);

      g_array_remove_range (cut->kept, i, MIN (piece, cut->kept->len - i));
      if (!try_cut (self, cut))
        i += piece;
    }
}

static gboolean
is_used (const JpSimSwarm *swarm, guint station)
{
  if (station >= JP_SIM_FIRST_OTHER)
    return station - JP_SIM_FIRST_OTHER < swarm->n_others;
  return station < swarm->n_stations || (swarm->clone > 0 && station == JP_SIM_FIRST_OTHER - 1);
}

static void
thin (Shrink *self)
{
  const JpSimSwarm *swarm = jp_sim_history_get_swarm (self->history);
  JpSimCut         *cut = jp_sim_cut_copy (self->best);
  guint             piece = 0;

  if (cut->kept == NULL)
    cut->kept = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint station = 0; self->best->kept == NULL && station < JP_SIM_MAX_STATIONS; station++)
    for (guint i = 0; is_used (swarm, station) && i < swarm->n_acts; i++)
      {
        guint32 act = jp_sim_cut_make_act (station, i);

        g_array_append_val (cut->kept, act);
      }
  if (!try_cut (self, cut))
    return;
  for (piece = MAX (self->best->kept->len / 4, 1); piece > 0; piece = piece / 2)
    leave_out (self, piece);
}

/**
 * jp_sim_shrink:
 * @history: a player
 * @whole: a history in which something is found
 * @checker: who found it
 *
 * Returns: (transfer full): as little of it as was found to show the same
 */
JpSimCut *
jp_sim_shrink (JpSimHistory *history, const JpSimCut *whole, JpSimChecker checker)
{
  Shrink self = { history, checker, jp_sim_cut_copy (whole), 0 };

  try_cut (&self, jp_sim_cut_copy (whole));
  shorten (&self, jp_sim_history_get_swarm (history)->n_acts);
  try_cut (&self, jp_sim_cut_copy (self.best));
  empty (&self, jp_sim_history_get_swarm (history)->n_stations);
  calm (&self);
  try_cut (&self, jp_sim_cut_copy (self.best));
  thin (&self);
  return self.best;
}
