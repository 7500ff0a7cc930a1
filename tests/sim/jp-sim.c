/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-crash.h"
#include "jp-sim-shrink.h"

#include <stdlib.h>
#include <string.h>

#define REPEATS           1
#define FAULTS_PER_ACTION 8
#define MAX_SHRUNK        3 /* findings in one run; each takes some hundred histories */

/* The simulator. One line per figure on standard output; what was
 * found on standard error, with the seed that shows it again. */

static void
print_figures (const JpSimTally *tally)
{
  g_print ("seeds %" G_GUINT64_FORMAT "\n", tally->n_seeds);
  g_print ("crash_points %" G_GUINT64_FORMAT "\n", tally->n_crash_points);
  g_print ("disk_faults %" G_GUINT64_FORMAT "\n", tally->n_faults);
  g_print ("memory_faults %" G_GUINT64_FORMAT "\n", jp_sim_memory_get_n_faults ());
  for (int i = 0; i < JP_SIM_N_CHECKERS; i++)
    g_print ("%s %" G_GUINT64_FORMAT "\n", jp_sim_tally_get_name ((JpSimChecker)i),
             tally->n_found[i]);
}

static void
run_crashes (JpSimTally *tally, guint64 n_points, guint64 seed)
{
  g_autoptr (JpCrash) crash = jp_crash_new (tally);
  const JpCrashEffort effort = { REPEATS, FAULTS_PER_ACTION };

  for (; tally->n_crash_points < n_points; seed++)
    for (guint i = 0; jp_crash_get_action (i) != NULL; i++)
      {
        guint64 before = tally->n_crash_points;
        gint64  begun_us = g_get_monotonic_time ();

        jp_crash_run (crash, jp_crash_get_action (i), seed, &effort);
        if (g_getenv ("JP_SIM_VERBOSE") != NULL)
          g_printerr ("%s %" G_GUINT64_FORMAT ": %" G_GUINT64_FORMAT " points, %" G_GINT64_FORMAT
                      " us\n",
                      jp_crash_get_action (i)->name, seed, tally->n_crash_points - before,
                      g_get_monotonic_time () - begun_us);
      }
}

/* Plays a history; says what was found in it, and what of it is enough to see that. */
static void
play (JpSimHistory *history, const JpSimCut *cut, JpSimTally *tally)
{
  guint64          before[JP_SIM_N_CHECKERS];
  guint            checker = 0;
  g_autofree char *first = g_steal_pointer (&tally->first);
  g_autofree char *text = NULL;
  g_autoptr (JpSimCut) least = NULL;

  memcpy (before, tally->n_found, sizeof before);
  jp_sim_history_play (history, cut);
  if (tally->first == NULL)
    {
      tally->first = g_steal_pointer (&first);
      return;
    }

  g_printerr ("%s\n", tally->first);
  while (tally->n_found[checker] == before[checker])
    checker++;
  if (g_getenv ("JP_SIM_VERBOSE") != NULL || tally->n_shrunk++ >= MAX_SHRUNK)
    return;
  least = jp_sim_shrink (history, cut, (JpSimChecker)checker);
  text = jp_sim_cut_to_text (least);
  g_printerr ("  enough: jp-sim play %s\n", text);
}

static void
run_seeds (JpSimTally *tally, guint64 n_seeds, guint64 seed)
{
  g_autoptr (JpSimHistory) history = jp_sim_history_new (tally);

  for (guint64 i = 0; i < n_seeds; i++)
    {
      g_autoptr (JpSimCut) cut = jp_sim_cut_new (seed + i);

      play (history, cut, tally);
    }
}

static void
run_one (JpSimTally *tally, char **words)
{
  g_autoptr (JpSimHistory) history = jp_sim_history_new (tally);
  g_autofree char *text = g_strjoinv (" ", words);
  g_autoptr (JpSimCut) cut = jp_sim_cut_parse (text);

  jp_sim_history_play (history, cut);
}

/* The histories of a file, one a line: a seed, what is cut, and what it once showed. */
static void
run_list (JpSimTally *tally, const char *path)
{
  g_autoptr (JpSimHistory) history = jp_sim_history_new (tally);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_ascii_isdigit (*lines[i]))
      {
        g_autoptr (JpSimCut) cut = jp_sim_cut_parse (lines[i]);

        play (history, cut, tally);
      }
}

static void
ignore_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
}

static guint64
get_number (int argc, char **argv, int index, guint64 otherwise)
{
  return argc > index ? g_ascii_strtoull (argv[index], NULL, 10) : otherwise;
}

int
main (int argc, char **argv)
{
  JpSimTally  tally = { 0 };
  const char *what = argc > 2 ? argv[1] : "";
  gboolean    good = FALSE;

  /* A disk that fails is what we want; the platform says so to its
   * administrator. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_log_set_handler ("jp-platform", G_LOG_LEVEL_WARNING | G_LOG_LEVEL_MESSAGE, ignore_cb, NULL);

  /* Of the fixtures, which all histories begin with. */
  g_setenv ("JP_TEST_SEED", "1", TRUE);
  jp_sim_vfs_install ();
  if (strcmp (what, "crash") == 0)
    run_crashes (&tally, get_number (argc, argv, 2, 0), get_number (argc, argv, 3, 1));
  else if (strcmp (what, "seeds") == 0)
    run_seeds (&tally, get_number (argc, argv, 2, 0), get_number (argc, argv, 3, 1));
  else if (strcmp (what, "play") == 0)
    run_one (&tally, argv + 2);
  else if (strcmp (what, "list") == 0)
    run_list (&tally, argv[2]);
  else
    {
      g_printerr ("usage: jp-sim list FILE\n"
                  "       jp-sim crash POINTS [FIRST-SEED]\n"
                  "       jp-sim seeds COUNT [FIRST-SEED]\n"
                  "       jp-sim play SEED [acts=N] [stations=N] [without=…] [only=…]\n");
      return EXIT_FAILURE;
    }

  print_figures (&tally);
  if (tally.first != NULL)
    g_printerr ("%s\n", tally.first);
  good = jp_sim_tally_is_good (&tally);
  jp_sim_tally_clear (&tally);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
