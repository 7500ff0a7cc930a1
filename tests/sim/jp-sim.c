/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-crash.h"

#include <stdlib.h>

#define DEFAULT_REPEATS 2

/* The simulator: jp-sim crash POINTS [FIRST-SEED]. One line per figure on standard output; what was
 * found on standard error, with the seed that shows it again. */

static void
print_figures (const JpSimTally *tally)
{
  g_print ("seeds %" G_GUINT64_FORMAT "\n", tally->n_seeds);
  g_print ("crash_points %" G_GUINT64_FORMAT "\n", tally->n_crash_points);
  for (int i = 0; i < JP_SIM_N_CHECKERS; i++)
    g_print ("%s %" G_GUINT64_FORMAT "\n", jp_sim_tally_get_name ((JpSimChecker)i),
             tally->n_found[i]);
}

static void
run_crashes (JpSimTally *tally, guint64 n_points, guint64 seed)
{
  g_autoptr (JpCrash) crash = jp_crash_new (tally);

  for (; tally->n_crash_points < n_points; seed++)
    for (guint i = 0; jp_crash_get_action (i) != NULL; i++)
      {
        guint64 before = tally->n_crash_points;
        gint64  begun_us = g_get_monotonic_time ();

        jp_crash_run (crash, jp_crash_get_action (i), seed, DEFAULT_REPEATS);
        if (g_getenv ("JP_SIM_VERBOSE") != NULL)
          g_printerr ("%s %" G_GUINT64_FORMAT ": %" G_GUINT64_FORMAT " points, %" G_GINT64_FORMAT
                      " us\n",
                      jp_crash_get_action (i)->name, seed, tally->n_crash_points - before,
                      g_get_monotonic_time () - begun_us);
      }
}

int
main (int argc, char **argv)
{
  JpSimTally tally = { 0 };
  gboolean   good = FALSE;

  if (argc < 3 || g_strcmp0 (argv[1], "crash") != 0)
    {
      g_printerr ("usage: jp-sim crash POINTS [FIRST-SEED]\n");
      return EXIT_FAILURE;
    }

  jp_sim_vfs_install ();
  run_crashes (&tally, g_ascii_strtoull (argv[2], NULL, 10),
               argc > 3 ? g_ascii_strtoull (argv[3], NULL, 10) : 1);
  print_figures (&tally);
  if (tally.first != NULL)
    g_printerr ("%s\n", tally.first);
  good = jp_sim_tally_is_good (&tally);
  jp_sim_tally_clear (&tally);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
