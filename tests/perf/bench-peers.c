/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* Our half of the comparison with other programs that sync (peers/run.py): a first sync of as many
 * trainees as the argument says, and 20 edits in both directions at once, over real HTTPS. */

#include "jp-perf-city.h"
#include "jp-perf-school.h"

#include <stdlib.h>

#define SEED       7
#define N_ATTEMPTS 3
#define N_EDITS    20
#define MAX_ROWS   1000000

static void
edit_some (JpPerfStation *station, GPtrArray *trainees, guint first, int attempt)
{
  for (guint i = first; i < first + N_EDITS; i++)
    {
      JpRecord *known = g_ptr_array_index (trainees, i);
      g_autoptr (JpRecord) before =
        jp_perf_station_get (station, JP_KIND_TRAINEE, jp_record_get_id (known));
      g_autofree char *note = g_strdup_printf ("%d: %u", attempt, i);
      JpDraft         *draft = jp_draft_new_from (before);

      jp_draft_set_text (draft, JP_TRAINEE_NOTE, note);

      g_autoptr (JpRecord) after = jp_draft_end (draft);

      jp_perf_station_commit (station, before, after);
    }
}

static void
print_edits (JpPerfStation *one, JpPerfStation *two, GPtrArray *trainees)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  jp_perf_station_round (two, NULL);
  for (int i = 0; i < N_ATTEMPTS; i++)
    {
      JpSyncReceipt receipt = { 0 };
      double        ms = 0;

      edit_some (one, trainees, 0, i);
      edit_some (two, trainees, N_EDITS, i);
      jp_perf_station_round (two, NULL);
      ms = jp_perf_station_round (one, &receipt) * 1000;
      g_assert_cmpuint (receipt.n_sent, ==, N_EDITS);
      g_assert_cmpuint (receipt.n_refused, ==, 0);
      g_assert_cmpuint (receipt.n_received, >=, N_EDITS);
      g_array_append_val (times, ms);
      jp_perf_station_round (two, NULL);
    }
  jp_perf_print ("edit_ms", jp_perf_quantile (times, 0.5), "ms");
}

int
main (int argc, char **argv)
{
  guint64 n_rows = argc == 2 ? g_ascii_strtoull (argv[1], NULL, 10) : 0;
  g_autoptr (JpPerfCity) city = NULL;
  g_autoptr (GPtrArray) trainees = NULL;
  g_autoptr (GArray) rates = g_array_new (FALSE, FALSE, sizeof (double));
  JpPerfStation *stations[N_ATTEMPTS] = { NULL };

  if (n_rows < 2 * N_EDITS || n_rows > MAX_ROWS)
    {
      g_printerr ("bench-peers: how many rows?\n");
      return 2;
    }

  city = jp_perf_city_new ();
  trainees = jp_perf_school_make_trainees (0, (guint)n_rows, SEED);
  jp_perf_city_put (city, trainees);
  for (int i = 0; i < N_ATTEMPTS; i++)
    {
      stations[i] = jp_perf_station_new (city);

      const double rate = n_rows / jp_perf_station_round (stations[i], NULL);

      g_array_append_val (rates, rate);
    }
  jp_perf_print ("pull_rate", jp_perf_quantile (rates, 0.5), "rows/s");
  print_edits (stations[0], stations[1], trainees);
  for (int i = 0; i < N_ATTEMPTS; i++)
    g_clear_pointer (&stations[i], jp_perf_station_free);
  return 0;
}
