/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* The platform's own work, without the network: what an empty round costs it, and how long 200
 * stations of 50 schools wait that all ask at the same moment while some of them bring operations.
 * The requests are handled one after the other, as by its one thread. */

#include "jp-perf-school.h"
#include "jp-platform-caller.h"

#define SEED         7
#define N_SCHOOLS    50
#define N_STATIONS   200
#define N_TRAINEES   400 /* of a school */
#define N_PULLS      1000
#define N_TICKS      30
#define PUSH_EVERY   10 /* stations bring operations, others poll */
#define OPS_PER_PUSH 20
#define PULL_ROWS    500

typedef struct
{
  JpPlatformFixture *platform; /* (owned) */
  JpId               schools[N_SCHOOLS];
  GPtrArray         *stations;  /* (owned) (element-type JpPlatformCaller): school by school */
  GPtrArray         *trainees;  /* (owned) (element-type JpRecord): likewise */
  GArray            *latencies; /* (owned) (element-type double): ms */
  double             seconds;   /* of work in all */
  guint              n_ops;
} World;

static void
add_school (World *world, guint index)
{
  JpPlatformStore *store = jp_platform_fixture_get_store (world->platform);
  g_autofree char *name = g_strdup_printf ("驾校%u", index);
  g_autoptr (JpRecord) school =
    jp_draft_end (jp_platform_fixture_new_school (world->platform, name));
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  world->schools[index] = *jp_record_get_id (school);
  jp_platform_store_begin (store, &transaction, &error);
  jp_platform_store_add_school (store, school, &error);
  g_assert_no_error (error);
  for (guint i = index * N_TRAINEES; i < (index + 1) * N_TRAINEES; i++)
    jp_platform_store_put (store, jp_record_get_id (school), world->trainees->pdata[i], NULL,
                           &error);
  jp_platform_store_commit (store, &transaction, &error);
  g_assert_no_error (error);
}

/* It has read everything. */
static void
add_station (World *world, const JpId *school)
{
  JpPlatformCaller *station = jp_platform_caller_new (world->platform, school);
  gboolean          complete = FALSE;

  while (!complete)
    {
      g_autoptr (JpPageFeed) page = jp_platform_caller_pull (station, PULL_ROWS);

      complete = page->complete;
    }
  g_ptr_array_add (world->stations, station);
}

static void
print_empty_round (World *world)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < N_PULLS; i++)
    {
      JpPlatformCaller *station = g_ptr_array_index (world->stations, i % N_STATIONS);
      gint64            start_us = g_get_monotonic_time ();
      g_autoptr (JpHttpResponse) response =
        jp_platform_caller_get (station, "changes?after=%s&limit=%d", station->after, PULL_ROWS);
      const double ms = (double)(g_get_monotonic_time () - start_us) / 1000;

      g_assert_cmpuint (jp_http_response_get_status (response), ==, 200);
      g_array_append_val (times, ms);
    }
  jp_perf_print ("empty_round_ms", jp_perf_quantile (times, 0.5), "ms");
}

/* Edits of trainees that no other station has at hand. */
static GBytes *
make_push (World *world, guint i)
{
  JpPlatformCaller *station = g_ptr_array_index (world->stations, i);

  for (guint op = 0; op < OPS_PER_PUSH; op++)
    {
      JpRecord        *known = world->trainees->pdata[i * N_SCHOOLS * N_TRAINEES / N_STATIONS + op];
      g_autofree char *note = g_strdup_printf ("%u/%" G_GINT64_FORMAT, i, station->n);
      g_autoptr (JpRecord) before =
        jp_platform_store_find (jp_platform_fixture_get_store (world->platform), &station->school,
                                JP_KIND_TRAINEE, jp_record_get_id (known), NULL);
      JpDraft *draft = jp_draft_new_from (before);

      jp_draft_set_text (draft, JP_TRAINEE_NOTE, note);

      g_autoptr (JpRecord) after = jp_draft_end (draft);

      jp_platform_caller_edit (station, before, after);
    }
  return jp_push_request_to_bytes (station->outbox);
}

static void
take_push (World *world, JpPlatformCaller *station, JpHttpResponse *response)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPushResponse) push =
    jp_push_response_from_bytes (jp_http_response_get_body (response), &error);
  g_autoptr (JpPushRequest) outbox = station->outbox;

  g_assert_no_error (error);
  g_assert_cmpuint (push->verdicts->len, ==, OPS_PER_PUSH);
  for (guint i = 0; i < push->verdicts->len; i++)
    g_assert_cmpint (((JpVerdict *)push->verdicts->pdata[i])->result, ==, JP_VERDICT_APPLIED);
  g_free (station->epoch);
  station->epoch = g_strdup (push->epoch);
  g_free (station->after);
  station->after = g_strdup (push->feed->to);
  station->outbox = jp_push_request_new (&station->station, station->epoch, station->after);
  world->n_ops += push->verdicts->len;
}

static void
take_page (JpPlatformCaller *station, JpHttpResponse *response)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPageFeed) page =
    jp_page_feed_from_bytes (jp_http_response_get_body (response), &error);

  g_assert_no_error (error);
  g_free (station->after);
  station->after = g_strdup (page->to);
}

/* What a station waits for is the work for those before it and for itself. */
static void
run_tick (World *world, guint tick)
{
  double waited_ms = 0;

  for (guint i = 0; i < N_STATIONS; i++)
    {
      JpPlatformCaller *station = g_ptr_array_index (world->stations, i);
      g_autoptr (GBytes) push = i % PUSH_EVERY == tick % PUSH_EVERY ? make_push (world, i) : NULL;
      JpIdText         school;
      g_autofree char *push_path =
        g_strdup_printf ("/v1/schools/%s/push", jp_id_to_text (&station->school, school));
      g_autofree char *pull_path = g_strdup_printf ("/v1/schools/%s/changes?after=%s&limit=%d",
                                                    school, station->after, PULL_ROWS);
      gint64           start_us = g_get_monotonic_time ();
      g_autoptr (JpHttpResponse) response =
        push != NULL ? jp_platform_caller_send (station, "POST", push_path, push)
                     : jp_platform_caller_send (station, "GET", pull_path, NULL);

      waited_ms += (double)(g_get_monotonic_time () - start_us) / 1000;
      g_array_append_val (world->latencies, waited_ms);
      g_assert_cmpuint (jp_http_response_get_status (response), ==, 200);
      if (push != NULL)
        take_push (world, station, response);
      else
        take_page (station, response);
    }
  world->seconds += waited_ms / 1000;
}

int
main (void)
{
  World world = {
    .platform = jp_platform_fixture_new (),
    .stations = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_platform_caller_free),
    .trainees = jp_perf_school_make_trainees (0, N_SCHOOLS * N_TRAINEES, SEED),
    .latencies = g_array_new (FALSE, FALSE, sizeof (double)),
  };

  for (guint i = 0; i < N_SCHOOLS; i++)
    add_school (&world, i);
  for (guint i = 0; i < N_STATIONS; i++)
    add_station (&world, &world.schools[i * N_SCHOOLS / N_STATIONS]);
  print_empty_round (&world);
  for (guint tick = 0; tick < N_TICKS; tick++)
    run_tick (&world, tick);
  jp_perf_print ("platform_ops", world.n_ops / world.seconds, "ops/s");
  jp_perf_print ("platform_ops_p50_ms", jp_perf_quantile (world.latencies, 0.5), "ms");
  jp_perf_print ("platform_ops_p99_ms", jp_perf_quantile (world.latencies, 0.99), "ms");

  g_array_unref (world.latencies);
  g_ptr_array_unref (world.trainees);
  g_ptr_array_unref (world.stations);
  jp_platform_fixture_free (world.platform);
  return 0;
}
