/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sim-cut.h"

#define ACT_BITS 16 /* of the index of an act; the station is above */

static const struct
{
  const char *name;
  gsize       offset; /* of its chance in the swarm */
} misfortunes[] = {
  { "lose-request", offsetof (JpSimSwarm, lose_request) },
  { "lose-reply", offsetof (JpSimSwarm, lose_reply) },
  { "duplicate", offsetof (JpSimSwarm, duplicate) },
  { "late", offsetof (JpSimSwarm, late) },
  { "portal", offsetof (JpSimSwarm, portal) },
  { "gateway", offsetof (JpSimSwarm, gateway) },
  { "truncated", offsetof (JpSimSwarm, truncated) },
  { "foreign", offsetof (JpSimSwarm, foreign) },
  { "station-crash", offsetof (JpSimSwarm, station_crash) },
  { "platform-crash", offsetof (JpSimSwarm, platform_crash) },
  { "disk-fault", offsetof (JpSimSwarm, disk_fault) },
  { "no-memory", offsetof (JpSimSwarm, no_memory) },
  { "clock-jump", offsetof (JpSimSwarm, clock_jump) },
  { "restore", offsetof (JpSimSwarm, restore) },
  { "rewind", offsetof (JpSimSwarm, rewind) },
  { "clone", offsetof (JpSimSwarm, clone) },
  { "pay", offsetof (JpSimSwarm, pay) },
  { "fresh", offsetof (JpSimSwarm, n_fresh) },
  { "old", offsetof (JpSimSwarm, n_old) },
  { "others", offsetof (JpSimSwarm, n_others) },
};

/**
 * jp_sim_cut_get_n_misfortunes:
 *
 * Returns: how many there are
 */
guint
jp_sim_cut_get_n_misfortunes (void)
{
  return G_N_ELEMENTS (misfortunes);
}

/**
 * jp_sim_cut_new:
 * @seed: which history
 *
 * Returns: (transfer full): the whole of it
 */
JpSimCut *
jp_sim_cut_new (guint64 seed)
{
  JpSimCut *self = g_new0 (JpSimCut, 1);

  self->seed = seed;
  return self;
}

/**
 * jp_sim_cut_free:
 * @self: (nullable) (transfer full): a cut
 */
void
jp_sim_cut_free (JpSimCut *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->kept, g_array_unref);
  g_free (self);
}

/**
 * jp_sim_cut_copy:
 * @self: a cut
 *
 * Returns: (transfer full): the same once more
 */
JpSimCut *
jp_sim_cut_copy (const JpSimCut *self)
{
  JpSimCut *copy = jp_sim_cut_new (self->seed);

  copy->max_acts = self->max_acts;
  copy->max_stations = self->max_stations;
  copy->without = self->without;
  if (self->kept != NULL)
    copy->kept = g_array_copy (self->kept);
  return copy;
}

/**
 * jp_sim_cut_make_act:
 * @station: index of a station
 * @index: of its acts, from 0
 *
 * Returns: the name of the act
 */
guint32
jp_sim_cut_make_act (guint station, guint64 index)
{
  return station << ACT_BITS | (guint32)index;
}

/**
 * jp_sim_cut_skips:
 * @self: a cut
 * @act: an act
 *
 * Returns: whether it is left out
 */
gboolean
jp_sim_cut_skips (const JpSimCut *self, guint32 act)
{
  for (guint i = 0; self->kept != NULL && i < self->kept->len; i++)
    if (g_array_index (self->kept, guint32, i) == act)
      return FALSE;
  return self->kept != NULL;
}

/**
 * jp_sim_cut_apply:
 * @self: a cut
 * @swarm: (inout): what the history is like
 */
void
jp_sim_cut_apply (const JpSimCut *self, JpSimSwarm *swarm)
{
  if (self->max_acts > 0)
    swarm->n_acts = MIN (swarm->n_acts, self->max_acts);
  if (self->max_stations > 0)
    swarm->n_stations = MIN (swarm->n_stations, self->max_stations);
  for (guint i = 0; i < G_N_ELEMENTS (misfortunes); i++)
    if (self->without >> i & 1)
      *(guint *)((char *)swarm + misfortunes[i].offset) = 0;
}

/* --- as a text --- */

static void
append_without (const JpSimCut *self, GString *text)
{
  const char *before = " without=";

  for (guint i = 0; i < G_N_ELEMENTS (misfortunes); i++)
    if (self->without >> i & 1)
      {
        g_string_append_printf (text, "%s%s", before, misfortunes[i].name);
        before = ",";
      }
}

/**
 * jp_sim_cut_to_text:
 * @self: a cut
 *
 * Returns: (transfer full): as jp_sim_cut_parse() reads it
 */
char *
jp_sim_cut_to_text (const JpSimCut *self)
{
  GString    *text = g_string_new (NULL);
  const char *before = " only=";

  g_string_append_printf (text, "%" G_GUINT64_FORMAT, self->seed);
  if (self->max_acts > 0)
    g_string_append_printf (text, " acts=%u", self->max_acts);
  if (self->max_stations > 0)
    g_string_append_printf (text, " stations=%u", self->max_stations);
  append_without (self, text);
  for (guint i = 0; self->kept != NULL && i < self->kept->len; i++)
    {
      guint32 act = g_array_index (self->kept, guint32, i);

      g_string_append_printf (text, "%s%u.%u", before, act >> ACT_BITS,
                              act & ((1 << ACT_BITS) - 1));
      before = ",";
    }
  return g_string_free (text, FALSE);
}

static void
parse_without (JpSimCut *self, const char *value)
{
  g_auto (GStrv) names = g_strsplit (value, ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (misfortunes); j++)
      if (strcmp (names[i], misfortunes[j].name) == 0)
        self->without |= 1u << j;
}

static void
parse_only (JpSimCut *self, const char *value)
{
  g_auto (GStrv) acts = g_strsplit (value, ",", -1);

  self->kept = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; acts[i] != NULL; i++)
    {
      const char *dot = strchr (acts[i], '.');
      guint32     act = jp_sim_cut_make_act ((guint)g_ascii_strtoull (acts[i], NULL, 10),
                                         dot != NULL ? g_ascii_strtoull (dot + 1, NULL, 10) : 0);

      g_array_append_val (self->kept, act);
    }
}

/**
 * jp_sim_cut_parse:
 * @text: a seed, what is cut, and words that say nothing here
 *
 * Returns: (transfer full): the cut
 */
JpSimCut *
jp_sim_cut_parse (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  JpSimCut *self = jp_sim_cut_new (g_ascii_strtoull (text, NULL, 10));

  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_has_prefix (words[i], "acts="))
      self->max_acts = (guint)g_ascii_strtoull (words[i] + strlen ("acts="), NULL, 10);
    else if (g_str_has_prefix (words[i], "stations="))
      self->max_stations = (guint)g_ascii_strtoull (words[i] + strlen ("stations="), NULL, 10);
    else if (g_str_has_prefix (words[i], "without="))
      parse_without (self, words[i] + strlen ("without="));
    else if (g_str_has_prefix (words[i], "only="))
      parse_only (self, words[i] + strlen ("only="));
  return self;
}
