/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-codes.h"
#include "jp-op-repo.h"
#include "jp-station-fixture.h"
#include "jp-sync-error.h"
#include "jp-test-records.h"

#define N_FIRST_ROWS    2050 /* three pages */
#define N_RANDOM_ROUNDS 120
#define N_VEHICLES      6

static JpRecord *
with_text (JpRecord *record, JpFieldId field, const char *text)
{
  JpDraft *draft = jp_draft_new_from (record);

  jp_draft_set_text (draft, field, text);
  return jp_draft_end (draft);
}

static JpRecord *
new_own (JpPlatformFixture *platform, JpKind kind)
{
  return jp_draft_end (jp_platform_fixture_new_own (platform, kind));
}

static void
sync_fully (JpStationFixture *station)
{
  g_autoptr (GError) error = NULL;

  jp_station_fixture_round (station, NULL, &error);
  g_assert_no_error (error);
}

static gint64
count_waiting (JpStationFixture *station)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpVault) vault =
    jp_vault_open (station->path, JP_DB_READER, station->key, JP_CLOCK (station->platform->clock),
                   station->ids, &error);
  gint64 waiting = 0;
  gint64 oldest_us = 0;

  g_assert_no_error (error);
  jp_op_repo_count_waiting (vault, &waiting, &oldest_us, &error);
  g_assert_no_error (error);
  return waiting;
}

/* One record all the way: saved, pushed, applied, seen at the other station. */
static void
test_thread (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPlatformFixture) platform = jp_platform_fixture_new ();
  g_autoptr (JpStationFixture) one = jp_station_fixture_new (platform);
  g_autoptr (JpStationFixture) two = jp_station_fixture_new (platform);
  g_autoptr (JpRecord) vehicle = new_own (platform, JP_KIND_VEHICLE);
  JpSyncReceipt receipt = { 0 };
  guint         n_requests = 0;

  jp_station_fixture_round (one, &receipt, &error);
  g_assert_no_error (error);
  g_assert_true (receipt.first);
  g_assert_cmpint (receipt.n_received, >=, 1); /* the school itself */

  g_assert_cmpint (jp_station_fixture_commit (one, NULL, vehicle, &error), ==, 1);
  g_assert_no_error (error);
  n_requests = jp_fake_transport_get_n_sent (one->transport);
  jp_station_fixture_round (one, &receipt, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (jp_fake_transport_get_n_sent (one->transport) - n_requests, ==, 1);
  g_assert_cmpint (receipt.n_sent, ==, 1);
  g_assert_cmpint (receipt.n_judged, ==, 1);
  g_assert_cmpint (receipt.n_refused, ==, 0);
  g_assert_cmpint (count_waiting (one), ==, 0);

  sync_fully (two);

  g_autoptr (JpRecord) here =
    jp_station_fixture_find (one, JP_KIND_VEHICLE, jp_record_get_id (vehicle));
  g_autoptr (JpRecord) there =
    jp_station_fixture_find (two, JP_KIND_VEHICLE, jp_record_get_id (vehicle));

  g_assert_nonnull (there);
  g_assert_cmpint (jp_record_get_head (here)->version, ==, 1);
  g_assert_cmpint (jp_record_get_head (there)->version, ==, 1);
  g_assert_cmpuint (jp_record_get_head (here)->pending, ==, 0);
  g_assert_cmpuint (jp_record_diff_units (here, there), ==, 0);
}

/* The answer is lost after the effect: the same operations go again, and nothing happens twice. */
static void
test_lost_answer (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPlatformFixture) platform = jp_platform_fixture_new ();
  g_autoptr (JpStationFixture) station = jp_station_fixture_new (platform);
  g_autoptr (JpRecord) vehicle = new_own (platform, JP_KIND_VEHICLE);

  sync_fully (station);
  jp_station_fixture_commit (station, NULL, vehicle, &error);
  g_assert_no_error (error);

  jp_fake_transport_push_fault (station->transport, JP_FAKE_FAULT_DROP_REPLY);
  g_assert_false (jp_station_fixture_round (station, NULL, &error));
  g_assert_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_OFFLINE);
  g_clear_error (&error);
  g_assert_cmpint (count_waiting (station), ==, 1);

  jp_station_fixture_reopen (station);
  sync_fully (station);
  g_assert_cmpint (count_waiting (station), ==, 0);

  g_autoptr (JpRecord) stored =
    jp_platform_fixture_find (platform, JP_KIND_VEHICLE, jp_record_get_id (vehicle));

  g_assert_cmpint (jp_record_get_head (stored)->version, ==, 1);
}

/* Different units merge; the same unit is a conflict that both stations can read. */
static void
test_two_editors (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPlatformFixture) platform = jp_platform_fixture_new ();
  g_autoptr (JpStationFixture) one = jp_station_fixture_new (platform);
  g_autoptr (JpStationFixture) two = jp_station_fixture_new (platform);
  g_autoptr (JpRecord) vehicle = new_own (platform, JP_KIND_VEHICLE);
  const JpId *id = jp_record_get_id (vehicle);

  sync_fully (one);
  jp_station_fixture_commit (one, NULL, vehicle, &error);
  sync_fully (one);
  sync_fully (two);

  g_autoptr (JpRecord) seen_one = jp_station_fixture_find (one, JP_KIND_VEHICLE, id);
  g_autoptr (JpRecord) seen_two = jp_station_fixture_find (two, JP_KIND_VEHICLE, id);
  g_autoptr (JpRecord) brand_one = with_text (seen_one, JP_VEHICLE_BRAND, "捷达");
  g_autoptr (JpRecord) note_two = with_text (seen_two, JP_VEHICLE_NOTE, "四号场");

  jp_station_fixture_commit (one, seen_one, brand_one, &error);
  jp_station_fixture_commit (two, seen_two, note_two, &error);
  g_assert_no_error (error);
  sync_fully (one);
  sync_fully (two);
  sync_fully (one);

  g_autoptr (JpRecord) merged_one = jp_station_fixture_find (one, JP_KIND_VEHICLE, id);
  g_autoptr (JpRecord) merged_two = jp_station_fixture_find (two, JP_KIND_VEHICLE, id);

  g_assert_cmpuint (jp_record_diff_units (merged_one, merged_two), ==, 0);
  g_assert_cmpstr (jp_record_get_text (merged_one, JP_VEHICLE_BRAND), ==, "捷达");
  g_assert_cmpstr (jp_record_get_text (merged_one, JP_VEHICLE_NOTE), ==, "四号场");

  g_autoptr (JpRecord) clash_one = with_text (merged_one, JP_VEHICLE_BRAND, "朗逸");
  g_autoptr (JpRecord) clash_two = with_text (merged_two, JP_VEHICLE_BRAND, "桑塔纳2000");
  JpSyncReceipt receipt = { 0 };

  jp_station_fixture_commit (one, merged_one, clash_one, &error);
  jp_station_fixture_commit (two, merged_two, clash_two, &error);
  g_assert_no_error (error);
  sync_fully (one);
  jp_station_fixture_round (two, &receipt, &error);
  g_assert_no_error (error);
  g_assert_cmpint (receipt.n_refused, ==, 1);
  sync_fully (one);

  g_autoptr (JpRecord) final_one = jp_station_fixture_find (one, JP_KIND_VEHICLE, id);
  g_autoptr (JpRecord) final_two = jp_station_fixture_find (two, JP_KIND_VEHICLE, id);
  g_autoptr (JpQuery) conflicts = jp_query_new (JP_KIND_CONFLICT);

  g_assert_cmpstr (jp_record_get_text (final_one, JP_VEHICLE_BRAND), ==, "朗逸");
  g_assert_cmpstr (jp_record_get_text (final_two, JP_VEHICLE_BRAND), ==, "朗逸");
  g_assert_cmpint (jp_station_fixture_count (one, conflicts), ==, 1);
  g_assert_cmpint (jp_station_fixture_count (two, conflicts), ==, 1);
}

static JpRecord *
make_assignment (JpStationFixture *station, JpRecord *terminal, JpRecord *vehicle)
{
  JpDraft *draft = jp_platform_fixture_new_own (station->platform, JP_KIND_TERMINAL_ASSIGNMENT);

  jp_draft_set_ref (draft, JP_TERMINAL_ASSIGNMENT_TERMINAL, jp_record_get_id (terminal));
  jp_draft_set_ref (draft, JP_TERMINAL_ASSIGNMENT_VEHICLE, jp_record_get_id (vehicle));
  jp_draft_clear (draft, JP_TERMINAL_ASSIGNMENT_ENDED_AT);
  jp_draft_clear (draft, JP_TERMINAL_ASSIGNMENT_END_REASON);
  return jp_draft_end (draft);
}

/* Two stations put one terminal into two vehicles while offline: the platform gives the seat once.
 */
static void
test_one_seat (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPlatformFixture) platform = jp_platform_fixture_new ();
  g_autoptr (JpStationFixture) one = jp_station_fixture_new (platform);
  g_autoptr (JpStationFixture) two = jp_station_fixture_new (platform);
  g_autoptr (JpRecord) terminal = new_own (platform, JP_KIND_TERMINAL);
  g_autoptr (JpRecord) first = new_own (platform, JP_KIND_VEHICLE);
  g_autoptr (JpRecord) second = new_own (platform, JP_KIND_VEHICLE);
  g_autoptr (JpQuery) conflicts = jp_query_new (JP_KIND_CONFLICT);

  sync_fully (one);
  jp_station_fixture_commit (one, NULL, terminal, &error);
  jp_station_fixture_commit (one, NULL, first, &error);
  jp_station_fixture_commit (one, NULL, second, &error);
  g_assert_no_error (error);
  sync_fully (one);
  sync_fully (two);

  g_autoptr (JpRecord) in_first = make_assignment (one, terminal, first);
  g_autoptr (JpRecord) in_second = make_assignment (two, terminal, second);

  jp_station_fixture_commit (one, NULL, in_first, &error);
  jp_station_fixture_commit (two, NULL, in_second, &error);
  g_assert_no_error (error);
  sync_fully (one);
  sync_fully (two);
  sync_fully (one);
  sync_fully (two);

  g_autoptr (JpRecord) won =
    jp_station_fixture_find (two, JP_KIND_TERMINAL_ASSIGNMENT, jp_record_get_id (in_first));
  g_autoptr (JpRecord) lost =
    jp_station_fixture_find (two, JP_KIND_TERMINAL_ASSIGNMENT, jp_record_get_id (in_second));

  g_assert_nonnull (won);
  g_assert_false (jp_record_get_head (won)->parked);
  g_assert_nonnull (lost);
  g_assert_true (jp_record_get_head (lost)->parked);
  g_assert_cmpint (jp_station_fixture_count (two, conflicts), ==, 1);
}

static void
put_many (JpPlatformFixture *platform, guint n)
{
  JpPlatformStore *store = jp_platform_fixture_get_store (platform);
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  jp_platform_store_begin (store, &transaction, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (JpRecord) vehicle = new_own (platform, JP_KIND_VEHICLE);

      jp_platform_store_put (store, &platform->school, vehicle, NULL, &error);
      g_assert_no_error (error);
    }
  jp_platform_store_commit (store, &transaction, &error);
  g_assert_no_error (error);
}

/* A first sync that is cut off after each page in turn, the program ended in between: it goes on
 * where it stood, though the next page was on its way while one was applied. */
static void
test_first_cut_off (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPlatformFixture) platform = jp_platform_fixture_new ();
  g_autoptr (JpStationFixture) station = NULL;
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_VEHICLE);
  guint n_before = 0;
  guint n_cuts = 0;

  put_many (platform, N_FIRST_ROWS);
  station = jp_station_fixture_new (platform);
  n_before = jp_fake_transport_get_n_sent (station->transport);
  while (TRUE)
    {
      JpSyncReceipt receipt = { 0 };

      jp_fake_transport_push_fault (station->transport, JP_FAKE_FAULT_NONE);
      jp_fake_transport_push_fault (station->transport, JP_FAKE_FAULT_NONE);
      jp_fake_transport_push_fault (station->transport, n_cuts % 2 == 0 ? JP_FAKE_FAULT_DROP_REQUEST
                                                                        : JP_FAKE_FAULT_DROP_REPLY);
      if (jp_station_fixture_round (station, &receipt, &error))
        break;
      g_assert_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_OFFLINE);
      g_clear_error (&error);
      g_assert_cmpint (receipt.n_received, >=, 0);
      jp_fake_transport_forget_faults (station->transport);
      jp_station_fixture_reopen (station);
      n_cuts++;
    }

  /* Two pages a round, none twice: each cut costs one request. */
  g_assert_cmpuint (n_cuts, >=, 10);
  g_assert_cmpuint (jp_fake_transport_get_n_sent (station->transport) - n_before, <=,
                    3 * (n_cuts + 1));
  g_assert_cmpint (jp_station_fixture_count (station, query), ==, N_FIRST_ROWS);
  jp_fake_transport_forget_faults (station->transport);
  sync_fully (station);
}

static void
edit_at_random (JpStationFixture *station, JpRecord **vehicles)
{
  static const JpFieldId fields[] = { JP_VEHICLE_BRAND, JP_VEHICLE_NOTE };
  g_autoptr (GError) error = NULL;
  guint            which = jp_id_source_below (station->ids, N_VEHICLES);
  JpFieldId        field = fields[jp_id_source_below (station->ids, G_N_ELEMENTS (fields))];
  g_autofree char *text = g_strdup_printf ("v%u", jp_id_source_below (station->ids, 1000));
  g_autoptr (JpRecord) seen =
    jp_station_fixture_find (station, JP_KIND_VEHICLE, jp_record_get_id (vehicles[which]));
  g_autoptr (JpRecord) edited = NULL;

  if (seen == NULL)
    return;
  edited = with_text (seen, field, text);
  if (jp_record_diff_units (seen, edited) == 0)
    return;
  jp_station_fixture_commit (station, seen, edited, &error);
  g_assert_no_error (error);
}

static void
round_with_faults (JpStationFixture *station)
{
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 4; i++)
    {
      guint dice = jp_id_source_below (station->ids, 8);

      if (dice == 0)
        jp_fake_transport_push_fault (station->transport, JP_FAKE_FAULT_DROP_REQUEST);
      else if (dice == 1)
        jp_fake_transport_push_fault (station->transport, JP_FAKE_FAULT_DROP_REPLY);
      else if (dice == 2)
        jp_fake_transport_push_fault (station->transport, JP_FAKE_FAULT_DUPLICATE);
      else
        jp_fake_transport_push_fault (station->transport, JP_FAKE_FAULT_NONE);
    }

  jp_station_fixture_round (station, NULL, &error);
  if (error != NULL)
    g_assert_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_OFFLINE);
  jp_fake_transport_forget_faults (station->transport);
}

/* Whatever the network does: in the end nothing waits and all sides show the same. */
static void
test_random_faults (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPlatformFixture) platform = jp_platform_fixture_new ();
  g_autoptr (JpStationFixture) one = jp_station_fixture_new (platform);
  g_autoptr (JpStationFixture) two = jp_station_fixture_new (platform);
  JpStationFixture *stations[] = { one, two };
  JpRecord         *vehicles[N_VEHICLES];

  sync_fully (one);
  for (guint i = 0; i < N_VEHICLES; i++)
    {
      vehicles[i] = new_own (platform, JP_KIND_VEHICLE);
      jp_station_fixture_commit (one, NULL, vehicles[i], &error);
      g_assert_no_error (error);
    }

  for (guint i = 0; i < N_RANDOM_ROUNDS; i++)
    {
      JpStationFixture *station = stations[jp_id_source_below (one->ids, 2)];
      guint             what = jp_id_source_below (one->ids, 8);

      if (what < 5)
        edit_at_random (station, vehicles);
      else if (what < 7)
        round_with_faults (station);
      else
        jp_station_fixture_reopen (station);
    }

  jp_fake_transport_forget_faults (one->transport);
  jp_fake_transport_forget_faults (two->transport);
  for (int i = 0; i < 3; i++)
    {
      sync_fully (one);
      sync_fully (two);
    }

  g_assert_cmpint (count_waiting (one), ==, 0);
  g_assert_cmpint (count_waiting (two), ==, 0);
  for (guint i = 0; i < N_VEHICLES; i++)
    {
      const JpId *id = jp_record_get_id (vehicles[i]);
      g_autoptr (JpRecord) here = jp_station_fixture_find (one, JP_KIND_VEHICLE, id);
      g_autoptr (JpRecord) there = jp_station_fixture_find (two, JP_KIND_VEHICLE, id);
      g_autoptr (JpRecord) above = jp_platform_fixture_find (platform, JP_KIND_VEHICLE, id);

      g_assert_nonnull (above);
      g_assert_cmpuint (jp_record_diff_units (here, above), ==, 0);
      g_assert_cmpuint (jp_record_diff_units (there, above), ==, 0);
      g_assert_cmpint (jp_record_get_head (here)->version, ==, jp_record_get_head (above)->version);
      jp_record_unref (vehicles[i]);
    }
}

/* A platform that is busy says for how long; the next round that gets an answer forgets it. */
static void
test_busy (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPlatformFixture) platform = jp_platform_fixture_new ();
  g_autoptr (JpStationFixture) station = jp_station_fixture_new (platform);
  g_autoptr (JpTransportReply) busy =
    jp_transport_reply_new (&(JpTransportReplyFields){ .status = 503,
                                                       .sync_protocol = "1",
                                                       .content_type = "application/problem+json",
                                                       .retry_after_s = 30 });
  JpSyncReceipt receipt = { 0 };

  jp_fake_transport_push_reply (station->transport, busy);
  g_assert_false (jp_station_fixture_round (station, &receipt, &error));
  g_assert_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_BUSY);
  g_assert_cmpuint (receipt.retry_after_s, ==, 30);
  g_clear_error (&error);

  g_assert_true (jp_station_fixture_round (station, &receipt, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (receipt.retry_after_s, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sync/round/thread", test_thread);
  g_test_add_func ("/sync/round/lost-answer", test_lost_answer);
  g_test_add_func ("/sync/round/two-editors", test_two_editors);
  g_test_add_func ("/sync/round/one-seat", test_one_seat);
  g_test_add_func ("/sync/round/busy", test_busy);
  g_test_add_func ("/sync/round/first-cut-off", test_first_cut_off);
  g_test_add_func ("/sync/round/random-faults", test_random_faults);
  return g_test_run ();
}
