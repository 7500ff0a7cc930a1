/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* How the figures of sync grow with the rows of a school: from 1,000 to 100,000, and to 1,000,000
 * with JP_BENCH_FULL=1. */

#include "jp-perf-school.h"
#include "jp-station-fixture.h"
#include "jp-test-records.h"

#define SEED       7
#define GROUP_ROWS 1000
#define N_ATTEMPTS 3
#define N_ROUNDS   20
#define LARGEST    1000000

static void
fill (JpPlatformFixture *platform, guint n_rows)
{
  JpPlatformStore *store = jp_platform_fixture_get_store (platform);

  for (guint first = 0; first < n_rows; first += GROUP_ROWS)
    {
      g_autoptr (GPtrArray) trainees = jp_perf_school_make_trainees (first, GROUP_ROWS, SEED);
      g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
      g_autoptr (GError) error = NULL;

      jp_platform_store_begin (store, &transaction, &error);
      for (guint i = 0; i < trainees->len; i++)
        jp_platform_store_put (store, &platform->school, trainees->pdata[i], NULL, &error);
      jp_platform_store_commit (store, &transaction, &error);
      g_assert_no_error (error);
    }
}

static double
time_round (JpStationFixture *station)
{
  g_autoptr (GError) error = NULL;
  gint64 start_us = g_get_monotonic_time ();

  jp_station_fixture_round (station, NULL, &error);
  g_assert_no_error (error);
  return (double)(g_get_monotonic_time () - start_us) / G_USEC_PER_SEC;
}

static void
print_at (const char *what, guint n_rows, GArray *values, const char *unit)
{
  g_autofree char *name = g_strdup_printf ("growth_%s_%u", what, n_rows);

  jp_perf_print (name, jp_perf_quantile (values, 0.5), unit);
}

static void
save_one (JpStationFixture *station)
{
  g_autoptr (JpRecord) after = jp_draft_end (jp_platform_fixture_new_trainee (station->platform));
  g_autoptr (GError) error = NULL;

  jp_station_fixture_commit (station, NULL, after, &error);
  g_assert_no_error (error);
}

static void
print_rounds (JpStationFixture *station, guint n_rows)
{
  g_autoptr (GArray) empty = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) edit = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      const double empty_ms = time_round (station) * 1000;

      save_one (station);

      const double edit_ms = time_round (station) * 1000;

      g_array_append_val (empty, empty_ms);
      g_array_append_val (edit, edit_ms);
    }
  print_at ("empty_round_ms", n_rows, empty, "ms");
  print_at ("edit_round_ms", n_rows, edit, "ms");
}

static void
print_size (guint n_rows)
{
  g_autoptr (JpPlatformFixture) platform = jp_platform_fixture_new ();
  g_autoptr (GArray) rates = g_array_new (FALSE, FALSE, sizeof (double));
  guint n_attempts = n_rows < LARGEST ? N_ATTEMPTS : 1;

  fill (platform, n_rows);
  for (guint i = 0; i < n_attempts; i++)
    {
      g_autoptr (JpStationFixture) station = jp_station_fixture_new (platform);
      const double rate = n_rows / time_round (station);

      g_array_append_val (rates, rate);
      if (i + 1 < n_attempts)
        continue;
      print_at ("first_sync_rate", n_rows, rates, "rows/s");
      print_rounds (station, n_rows);
    }
}

int
main (void)
{
  gboolean full = g_strcmp0 (g_getenv ("JP_BENCH_FULL"), "1") == 0;

  for (guint n_rows = 1000; n_rows <= (full ? LARGEST : LARGEST / 10); n_rows *= 10)
    print_size (n_rows);
  return 0;
}
