/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sim-tally.h"

/**
 * jp_sim_tally_get_name:
 * @checker: a checker
 *
 * Returns: (transfer none): the name of its figure
 */
const char *
jp_sim_tally_get_name (JpSimChecker checker)
{
  static const char *const names[JP_SIM_N_CHECKERS] = {
    [JP_SIM_LOST] = "lost",
    [JP_SIM_DOUBLED] = "doubled",
    [JP_SIM_SILENT] = "silent_conflicts",
    [JP_SIM_DIVERGED] = "divergences",
    [JP_SIM_WEDGED] = "wedges",
  };

  g_return_val_if_fail ((gsize)checker < JP_SIM_N_CHECKERS, NULL);

  return names[checker];
}

/**
 * jp_sim_tally_find:
 * @self: a tally
 * @checker: who found it
 * @format: what, in words
 * @...: for @format
 *
 * Counts a finding.
 */
void
jp_sim_tally_find (JpSimTally *self, JpSimChecker checker, const char *format, ...)
{
  va_list args;

  self->n_found[checker]++;
  if (self->first != NULL)
    return;

  va_start (args, format);
  g_autofree char *words = g_strdup_vprintf (format, args);
  va_end (args);

  self->first = g_strdup_printf ("%s: %s", jp_sim_tally_get_name (checker), words);
}

/**
 * jp_sim_tally_is_good:
 * @self: a tally
 *
 * Returns: whether nothing was found
 */
gboolean
jp_sim_tally_is_good (const JpSimTally *self)
{
  return self->first == NULL;
}

/**
 * jp_sim_tally_clear:
 * @self: a tally
 *
 * Frees what is in it and sets it to nothing.
 */
void
jp_sim_tally_clear (JpSimTally *self)
{
  g_free (self->first);
  *self = (JpSimTally){ 0 };
}
