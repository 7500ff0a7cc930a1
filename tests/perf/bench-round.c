/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* Rounds of sync: one in which nothing is new, over real HTTPS; and three stations that were
 * offline for two weeks, until all three and the platform have the same. */

#include "jp-perf-city.h"
#include "jp-perf-school.h"
#include "jp-station-fixture.h"
#include "jp-test-records.h"

#define SEED           7
#define N_ATTEMPTS     3
#define N_ROWS         2000
#define N_EMPTY_ROUNDS 60
#define SETTLE_US      20000 /* the relay counts what has passed a moment later */
#define N_STATIONS     3
#define N_OPS          2000 /* of each station */
#define OFFLINE_DAYS   14
#define NEW_ROW_EVERY  4 /* operations */
#define MAX_ROUNDS     10
#define US_PER_DAY     (24 * 3600 * (gint64)G_USEC_PER_SEC)

/* --- nothing new --- */

static void
print_empty_rounds (void)
{
  g_autoptr (JpPerfCity) city = jp_perf_city_new ();
  g_autoptr (GPtrArray) trainees = jp_perf_school_make_trainees (0, N_ROWS, SEED);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (JpPerfStation) station = NULL;
  gint64 up_bytes[2] = { 0 };
  gint64 down_bytes[2] = { 0 };

  jp_perf_city_put (city, trainees);
  station = jp_perf_station_new (city);
  jp_perf_station_round (station, NULL);
  jp_perf_station_round (station, NULL);

  g_usleep (SETTLE_US);
  jp_perf_city_count (city, &up_bytes[0], &down_bytes[0]);
  for (int i = 0; i < N_EMPTY_ROUNDS; i++)
    {
      JpSyncReceipt receipt = { 0 };
      const double  ms = jp_perf_station_round (station, &receipt) * 1000;

      g_assert_cmpuint (receipt.n_sent + receipt.n_received, ==, 0);
      g_array_append_val (times, ms);
    }
  g_usleep (SETTLE_US);
  jp_perf_city_count (city, &up_bytes[1], &down_bytes[1]);

  jp_perf_print ("empty_round_trip_ms", jp_perf_quantile (times, 0.5), "ms");
  jp_perf_print ("empty_round_up_bytes", (double)(up_bytes[1] - up_bytes[0]) / N_EMPTY_ROUNDS,
                 "bytes");
  jp_perf_print ("empty_round_down_bytes", (double)(down_bytes[1] - down_bytes[0]) / N_EMPTY_ROUNDS,
                 "bytes");
}

/* --- after two weeks --- */

/* Stations edit the same rows in different fields, now and then in the same one, and make new
 * ones. */
static void
work_offline (JpStationFixture *station, guint which, GPtrArray *trainees)
{
  g_autoptr (JpIdSource) random =
    jp_id_source_new_seeded (JP_CLOCK (station->platform->clock), which + 1);

  for (guint i = 0; i < N_OPS; i++)
    {
      JpRecord *some = g_ptr_array_index (trainees, jp_id_source_below (random, trainees->len));
      g_autoptr (JpRecord) before = NULL;
      g_autoptr (JpRecord) after = NULL;
      g_autofree char *note = g_strdup_printf ("%u: %u", which, i);
      g_autoptr (GError) error = NULL;
      JpDraft *draft = NULL;

      if (i % NEW_ROW_EVERY == 0)
        draft = jp_platform_fixture_new_trainee (station->platform);
      else
        {
          before = jp_station_fixture_find (station, JP_KIND_TRAINEE, jp_record_get_id (some));
          draft = jp_draft_new_from (before);
        }
      jp_draft_set_text (draft, which == 0 ? JP_TRAINEE_ADDRESS : JP_TRAINEE_NOTE, note);
      after = jp_draft_end (draft);
      jp_station_fixture_commit (station, before, after, &error);
      g_assert_no_error (error);
    }
}

static gboolean
round_all (JpStationFixture **stations)
{
  gboolean quiet = TRUE;

  for (guint i = 0; i < N_STATIONS; i++)
    {
      JpSyncReceipt receipt = { 0 };
      g_autoptr (GError) error = NULL;

      jp_station_fixture_round (stations[i], &receipt, &error);
      g_assert_no_error (error);
      quiet = quiet && receipt.n_sent == 0 && receipt.n_received == 0;
    }
  return quiet;
}

static double
reunite (void)
{
  g_autoptr (JpPlatformFixture) platform = jp_platform_fixture_new ();
  g_autoptr (GPtrArray) trainees = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
  JpStationFixture *stations[N_STATIONS] = { NULL };
  gint64            start_us = 0;
  double            seconds = 0;
  guint             n_rounds = 0;

  for (guint i = 0; i < N_ROWS; i++)
    {
      JpRecord *record = jp_draft_end (jp_platform_fixture_new_trainee (platform));

      g_ptr_array_add (trainees, jp_platform_fixture_put (platform, &platform->school, record));
    }
  for (guint i = 0; i < N_STATIONS; i++)
    stations[i] = jp_station_fixture_new (platform);
  round_all (stations);
  for (guint i = 0; i < N_STATIONS; i++)
    {
      jp_fake_clock_advance (platform->clock, OFFLINE_DAYS * US_PER_DAY / N_STATIONS);
      work_offline (stations[i], i, trainees);
    }

  start_us = g_get_monotonic_time ();
  while (!round_all (stations))
    g_assert_cmpuint (++n_rounds, <=, MAX_ROUNDS);
  seconds = (double)(g_get_monotonic_time () - start_us) / G_USEC_PER_SEC;

  for (guint i = 0; i < N_STATIONS; i++)
    jp_station_fixture_free (stations[i]);
  return seconds;
}

int
main (void)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  print_empty_rounds ();
  for (int i = 0; i < N_ATTEMPTS; i++)
    {
      const double seconds = reunite ();

      g_array_append_val (times, seconds);
    }
  jp_perf_print ("reunion_s", jp_perf_quantile (times, 0.5), "s");
  return 0;
}
