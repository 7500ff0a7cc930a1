/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sim-history.h"
#include "jp-sim-plant.h"
#include "jp-sim-vfs.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_SEEDS  400
#define WORD_BYTES 200

/* The simulator's own test: each planted fault must be found. A fault lives in
 * a child of its own, because it may also make the code stop itself. */

static void
quiet_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
}

/* Plays until something is found; says what and after how many histories. */
static void
hunt (JpSimHistory *history, JpSimTally *tally, guint plant, int answer)
{
  g_autofree char *words = NULL;

  jp_sim_plant_set (plant);
  while (jp_sim_tally_is_good (tally) && tally->n_seeds < MAX_SEEDS)
    {
      g_autoptr (JpSimCut) cut =
        jp_sim_cut_new (jp_sim_plant_get_from (plant) + tally->n_seeds + 1);

      jp_sim_history_play (history, cut);
    }

  words = g_strdup_printf ("%s", tally->first != NULL ? tally->first : "");
  g_assert_cmpint (write (answer, words, strlen (words)), ==, (gssize)strlen (words));
  _exit (EXIT_SUCCESS);
}

static gboolean
is_caught (JpSimHistory *history, JpSimTally *tally, guint plant)
{
  int   ends[2];
  int   status = 0;
  char  words[WORD_BYTES + 1] = "";
  pid_t child = 0;

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  if (child == 0)
    hunt (history, tally, plant, ends[1]);
  close (ends[1]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (read (ends[0], words, WORD_BYTES), >=, 0);
  close (ends[0]);

  if (!WIFEXITED (status) || WEXITSTATUS (status) != EXIT_SUCCESS)
    g_strlcpy (words, "stopped: the code noticed it itself", sizeof words);
  g_print ("%s %u - %s: %s\n", *words != '\0' ? "ok" : "not ok", plant + 1,
           jp_sim_plant_get_name (plant), *words != '\0' ? words : "not found");
  return *words != '\0';
}

int
main (int argc, char **argv)
{
  JpSimTally    tally = { 0 };
  JpSimHistory *history = NULL;
  guint         only = argc > 1 ? (guint)atoi (argv[1]) : 0;
  gboolean      good = TRUE;
  guint         n = 0;

  g_setenv ("JP_TEST_SEED", "1", TRUE);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_log_set_handler ("jp-platform", G_LOG_LEVEL_WARNING | G_LOG_LEVEL_MESSAGE, quiet_cb, NULL);
  jp_sim_vfs_install ();
  history = jp_sim_history_new (&tally);
  for (n = 0; jp_sim_plant_get_name (n) != NULL; n++)
    if (only == 0 || only == n + 1)
      good = is_caught (history, &tally, n) && good;
  g_print ("1..%u\n", n);
  jp_sim_history_free (history);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
