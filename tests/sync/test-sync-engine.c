/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-station-fixture.h"
#include "jp-sync-error.h"
#include "jp-sync-rehearsal.h"
#include "jp-sync.h"
#include "jp-test-records.h"

/* The engine that runs the rounds: when it greets, what it says while nothing moves, and what it
 * makes of the platform's clock. */

#define WAIT_MS 20000

typedef struct
{
  JpPlatformFixture *platform; /* (owned) */
  JpStationFixture  *station;  /* (owned) */
  JpSync            *sync;     /* (owned) */
} World;

static void
set_up (World *world, gconstpointer data)
{
  world->platform = jp_platform_fixture_new ();
  world->station = jp_station_fixture_new (world->platform);
  world->sync = jp_sync_new (world->station->store);
}

static void
tear_down (World *world, gconstpointer data)
{
  jp_sync_stop (world->sync);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&world->sync);
  jp_station_fixture_free (world->station);
  jp_platform_fixture_free (world->platform);
}

static gboolean
set_true_cb (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs until no round runs any more. */
static void
settle (World *world)
{
  gboolean too_late = FALSE;
  guint    id = g_timeout_add (WAIT_MS, set_true_cb, &too_late);

  while (!too_late && jp_sync_get_running_receipt (world->sync) != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (too_late);
  g_source_remove (id);
}

static void
connect_platform (World *world)
{
  jp_sync_set_transport (world->sync, JP_TRANSPORT (world->station->transport));
  settle (world);
}

static void
sync_now (World *world)
{
  jp_sync_now (world->sync);
  settle (world);
}

static void
add_ground (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) ground = jp_test_record_new (JP_KIND_GROUND, world->station->ids);

  jp_station_fixture_commit (world->station, NULL, ground, &error);
  g_assert_no_error (error);
}

static void
push_hello (World *world, gint64 ahead_us)
{
  g_autofree char *json =
    g_strdup_printf ("{\"protocol\":[1,1],\"schema\":[1,9],\"now\":%" G_GINT64_FORMAT "}",
                     jp_clock_now_us (JP_CLOCK (world->platform->clock)) + ahead_us);
  g_autoptr (JpTransportReply) reply = jp_fake_transport_new_json_reply (200, json);

  jp_fake_transport_push_reply (world->station->transport, reply);
}

static void
push_problem (World *world, guint status, const char *json)
{
  g_autoptr (JpTransportReply) reply = jp_fake_transport_new_json_reply (status, json);

  jp_fake_transport_push_reply (world->station->transport, reply);
}

/* --- the greeting --- */

static void
test_greets_once (World *world, gconstpointer data)
{
  guint n_sent = 0;

  connect_platform (world);
  g_assert_null (jp_sync_get_problem (world->sync));
  g_assert_cmpint (jp_sync_get_state (world->sync), ==, JP_SYNC_STATE_UP_TO_DATE);
  jp_sync_stop (world->sync);
  n_sent = jp_fake_transport_get_n_sent (world->station->transport);

  /* Connected anew it greets again; the round after that does not. */
  connect_platform (world);
  g_assert_cmpuint (jp_fake_transport_get_n_sent (world->station->transport), >=, n_sent + 2);
  n_sent = jp_fake_transport_get_n_sent (world->station->transport);
  sync_now (world);
  g_assert_cmpuint (jp_fake_transport_get_n_sent (world->station->transport), >, n_sent);
  g_assert_cmpstr (jp_transport_request_get_path (
                     jp_fake_transport_get_last_request (world->station->transport)),
                   !=, "/v1/hello");
}

/* Too old, and nothing is tried until somebody asks; then it is greeted anew. */
static void
test_too_old (World *world, gconstpointer data)
{
  push_problem (world, 200, "{\"protocol\":[1,1],\"schema\":[90,99],\"now\":5}");
  connect_platform (world);
  g_assert_error (jp_sync_get_problem (world->sync), JP_SYNC_ERROR, JP_SYNC_ERROR_TOO_OLD);
  g_assert_cmpint (jp_sync_get_state (world->sync), ==, JP_SYNC_STATE_PROBLEM);
  g_assert_cmpstr (jp_transport_request_get_path (
                     jp_fake_transport_get_last_request (world->station->transport)),
                   ==, "/v1/hello");
  sync_now (world);
  g_assert_null (jp_sync_get_problem (world->sync));
}

/* --- whether the queue moves --- */

static void
test_stall (World *world, gconstpointer data)
{
  JpFakeClock     *clock = JP_FAKE_CLOCK (world->platform->clock);
  g_autofree char *sentence = NULL;

  connect_platform (world);
  jp_sync_stop (world->sync);
  g_clear_object (&world->sync);
  world->sync = jp_sync_new (world->station->store);
  add_ground (world);

  /* The platform answers, but never takes what waits. */
  push_hello (world, 0);
  push_problem (world, 400, "{\"type\":\"urn:jp:problem:invalid\"}");
  connect_platform (world);
  g_assert_error (jp_sync_get_problem (world->sync), JP_SYNC_ERROR, JP_SYNC_ERROR_REJECTED);
  while (jp_sync_get_n_waiting (world->sync) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (jp_sync_get_stall (world->sync), ==, JP_SYNC_STALL_NONE);
  jp_fake_clock_advance (clock, (JP_SYNC_SLOW_S + 1) * JP_SECOND_US);
  g_assert_cmpint (jp_sync_get_stall (world->sync), ==, JP_SYNC_STALL_SLOW);
  jp_fake_clock_advance (clock, JP_SYNC_STUCK_S * JP_SECOND_US);
  g_assert_cmpint (jp_sync_get_stall (world->sync), ==, JP_SYNC_STALL_STUCK);
  g_assert_cmpint (jp_sync_get_state (world->sync), ==, JP_SYNC_STATE_PROBLEM);
  sentence = jp_sync_dup_sentence (world->sync);
  g_assert_cmpuint (strlen (sentence), >, 10);

  /* As soon as it is judged, all is well. */
  sync_now (world);
  while (jp_sync_get_n_waiting (world->sync) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (jp_sync_get_stall (world->sync), ==, JP_SYNC_STALL_NONE);
  g_assert_cmpint (jp_sync_get_state (world->sync), ==, JP_SYNC_STATE_UP_TO_DATE);
}

/* A network that is not there is no stall, however long. */
static void
test_offline_is_no_stall (World *world, gconstpointer data)
{
  JpFakeClock *clock = JP_FAKE_CLOCK (world->platform->clock);

  connect_platform (world);
  jp_fake_transport_set_online (world->station->transport, FALSE);
  add_ground (world);
  sync_now (world);
  while (jp_sync_get_n_waiting (world->sync) == 0)
    g_main_context_iteration (NULL, TRUE);
  jp_fake_clock_advance (clock, JP_DAY_US);
  g_assert_cmpint (jp_sync_get_stall (world->sync), ==, JP_SYNC_STALL_NONE);
  g_assert_cmpint (jp_sync_get_state (world->sync), ==, JP_SYNC_STATE_OFFLINE);
}

/* --- the clock --- */

static void
greet_and_fail (World *world, gint64 ahead_us)
{
  push_hello (world, ahead_us);
  jp_fake_transport_push_fault (world->station->transport, JP_FAKE_FAULT_DROP_REQUEST);
  connect_platform (world);
}

/* The median of five: two answers that are far off do not matter, three do. */
static void
test_median (World *world, gconstpointer data)
{
  for (int i = 0; i < 5; i++)
    greet_and_fail (world, 10 * JP_SECOND_US);
  g_assert_cmpint (jp_sync_get_clock_offset_us (world->sync), ==, 10 * JP_SECOND_US);
  greet_and_fail (world, 9 * JP_DAY_US);
  greet_and_fail (world, -9 * JP_DAY_US);
  g_assert_cmpint (jp_sync_get_clock_offset_us (world->sync), ==, 10 * JP_SECOND_US);
  greet_and_fail (world, 3 * JP_DAY_US);
  greet_and_fail (world, 3 * JP_DAY_US);
  greet_and_fail (world, 3 * JP_DAY_US);
  g_assert_cmpint (jp_sync_get_clock_offset_us (world->sync), ==, 3 * JP_DAY_US);
}

/* --- a captive portal --- */

/* Its 200 is not the platform's: nothing is believed, nothing is lost, and the next round is whole.
 */
static void
test_portal (World *world, gconstpointer data)
{
  connect_platform (world);
  add_ground (world);
  jp_fake_transport_push_fault (world->station->transport, JP_FAKE_FAULT_CAPTIVE);
  sync_now (world);
  g_assert_error (jp_sync_get_problem (world->sync), JP_SYNC_ERROR, JP_SYNC_ERROR_PROTOCOL);
  sync_now (world);
  g_assert_null (jp_sync_get_problem (world->sync));
  g_assert_cmpint (jp_sync_get_last_receipt (world->sync)->n_judged, ==, 1);
}

#define ADD(name, func) g_test_add ("/sync/engine/" name, World, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("greets-once", test_greets_once);
  ADD ("too-old", test_too_old);
  ADD ("stall", test_stall);
  ADD ("offline-is-no-stall", test_offline_is_no_stall);
  ADD ("median", test_median);
  ADD ("portal", test_portal);
  return g_test_run ();
}
