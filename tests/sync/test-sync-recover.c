/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-op-repo.h"
#include "jp-station-fixture.h"
#include "jp-sync-error.h"

#include <glib/gstdio.h>

/* A side that goes back in time, with real files: nothing is lost, nothing is doubled. */

typedef struct
{
  JpPlatformFixture *platform; /* (owned) */
  JpStationFixture  *one;      /* (owned) */
  JpStationFixture  *two;      /* (owned) */
} World;

static void
set_up (World *world, gconstpointer data)
{
  world->platform = jp_platform_fixture_new ();
  world->one = jp_station_fixture_new (world->platform);
  world->two = jp_station_fixture_new (world->platform);
}

static void
tear_down (World *world, gconstpointer data)
{
  jp_station_fixture_free (world->two);
  jp_station_fixture_free (world->one);
  jp_platform_fixture_free (world->platform);
}

static JpSyncReceipt
sync_fully (JpStationFixture *station)
{
  g_autoptr (GError) error = NULL;
  JpSyncReceipt receipt = { 0 };

  jp_station_fixture_round (station, &receipt, &error);
  g_assert_no_error (error);
  return receipt;
}

static JpRecord *
add_vehicle (JpStationFixture *station)
{
  g_autoptr (GError) error = NULL;
  JpRecord *vehicle =
    jp_draft_end (jp_platform_fixture_new_own (station->platform, JP_KIND_VEHICLE));

  jp_station_fixture_commit (station, NULL, vehicle, &error);
  g_assert_no_error (error);
  return vehicle;
}

static void
set_note (JpStationFixture *station, JpRecord *vehicle, const char *note)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) seen =
    jp_station_fixture_find (station, JP_KIND_VEHICLE, jp_record_get_id (vehicle));
  g_autoptr (JpDraft) draft = jp_draft_new_from (seen);
  g_autoptr (JpRecord) noted = NULL;

  jp_draft_set_text (draft, JP_VEHICLE_NOTE, note);
  noted = jp_draft_end (g_steal_pointer (&draft));
  jp_station_fixture_commit (station, seen, noted, &error);
  g_assert_no_error (error);
}

static void
restart_platform (World *world, const char *copy)
{
  jp_platform_fixture_restore (world->platform, copy);
  jp_station_fixture_reconnect (world->one);
  jp_station_fixture_reconnect (world->two);
}

static char *
read_setting (JpStationFixture *station, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpVault) vault =
    jp_vault_open (station->path, JP_DB_READER, station->key, JP_CLOCK (station->platform->clock),
                   station->ids, &error);
  char *value = NULL;

  g_assert_no_error (error);
  jp_vault_get_setting (vault, name, &value, &error);
  g_assert_no_error (error);
  return value;
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

static gint64
count_kind (JpStationFixture *station, JpKind kind)
{
  g_autoptr (JpQuery) query = jp_query_new (kind);

  return jp_station_fixture_count (station, query);
}

/* Both stations and the platform show the row alike. */
static void
assert_same (World *world, JpRecord *vehicle, const char *note)
{
  const JpId *id = jp_record_get_id (vehicle);
  g_autoptr (JpRecord) above = jp_platform_fixture_find (world->platform, JP_KIND_VEHICLE, id);
  g_autoptr (JpRecord) one = jp_station_fixture_find (world->one, JP_KIND_VEHICLE, id);
  g_autoptr (JpRecord) two = jp_station_fixture_find (world->two, JP_KIND_VEHICLE, id);

  g_assert_nonnull (above);
  g_assert_nonnull (one);
  g_assert_nonnull (two);
  g_assert_cmpuint (jp_record_diff_units (above, one), ==, 0);
  g_assert_cmpuint (jp_record_diff_units (above, two), ==, 0);
  g_assert_cmpint (jp_record_get_head (one)->version, ==, jp_record_get_head (above)->version);
  g_assert_cmpint (jp_record_get_head (two)->version, ==, jp_record_get_head (above)->version);
  g_assert_cmpuint (jp_record_get_head (one)->pending, ==, 0);
  g_assert_false (jp_record_get_head (one)->parked);
  g_assert_cmpstr (jp_record_get_text (above, JP_VEHICLE_NOTE), ==, note);
}

static void
settle (World *world)
{
  for (int i = 0; i < 2; i++)
    {
      sync_fully (world->one);
      sync_fully (world->two);
    }
  g_assert_cmpint (count_waiting (world->one), ==, 0);
  g_assert_cmpint (count_waiting (world->two), ==, 0);
}

/* The platform's database is replaced by an older one, and nobody tells: each station sends again
 * what the copy lacks, under the same numbers. */
static void
test_platform_restored (World *world, gconstpointer data)
{
  g_autofree char *epoch = NULL;
  g_autoptr (JpRecord) before = add_vehicle (world->one);
  JpSyncReceipt receipt = { 0 };

  settle (world);
  jp_platform_fixture_save (world->platform, "copy.db");
  epoch = g_strdup (jp_platform_store_get_epoch (jp_platform_fixture_get_store (world->platform)));

  set_note (world->one, before, "之后");
  g_autoptr (JpRecord) mine = add_vehicle (world->one);
  g_autoptr (JpRecord) theirs = add_vehicle (world->two);

  settle (world);
  set_note (world->two, mine, "又改");
  settle (world);
  set_note (world->one, theirs, "还没发");

  restart_platform (world, "copy.db");
  g_assert_cmpstr (jp_platform_store_get_epoch (jp_platform_fixture_get_store (world->platform)),
                   !=, epoch);
  receipt = sync_fully (world->one);
  g_assert_cmpint (receipt.n_again, ==, 2);
  g_assert_cmpint (receipt.n_refused, ==, 1); /* the row of the other station is not there yet */
  receipt = sync_fully (world->two);
  g_assert_cmpint (receipt.n_again, ==, 2);
  settle (world);

  assert_same (world, before, "之后");
  assert_same (world, mine, "又改");
  g_assert_cmpint (jp_platform_fixture_count (world->platform, "SELECT count (*) FROM vehicle"), ==,
                   3);
  g_assert_cmpint (jp_platform_fixture_count (world->platform, "SELECT count (*) - count (DISTINCT "
                                                               "ifnull (op_id, twin)) FROM op_log"),
                   ==, 0);
}

/* The folder as a whole is restored, with the file that would have told. */
static void
test_platform_folder_restored (World *world, gconstpointer data)
{
  g_autofree char *witness = g_build_filename (world->platform->folder, "witness", NULL);
  g_autoptr (JpRecord) vehicle = add_vehicle (world->one);

  settle (world);
  jp_platform_fixture_save (world->platform, "copy.db");
  set_note (world->one, vehicle, "之后");
  settle (world);

  g_remove (witness);
  jp_platform_fixture_restore (world->platform, "copy.db");
  g_remove (witness);
  jp_station_fixture_reconnect (world->one);
  jp_station_fixture_reconnect (world->two);
  settle (world);
  assert_same (world, vehicle, "之后");
}

/* What the platform itself had made since the copy is kept, out of the way. */
static void
test_platform_lost_rows (World *world, gconstpointer data)
{
  JpSyncReceipt receipt = { 0 };

  settle (world);
  jp_platform_fixture_save (world->platform, "copy.db");
  g_autoptr (JpRecord) row =
    jp_draft_end (jp_platform_fixture_new_own (world->platform, JP_KIND_VEHICLE));
  g_autoptr (JpRecord) put =
    jp_platform_fixture_put (world->platform, &world->platform->school, row);
  settle (world);

  restart_platform (world, "copy.db");
  receipt = sync_fully (world->one);
  g_assert_cmpint (receipt.n_aside, ==, 1);

  g_autoptr (JpRecord) kept =
    jp_station_fixture_find (world->one, JP_KIND_VEHICLE, jp_record_get_id (put));

  g_assert_nonnull (kept);
  g_assert_true (jp_record_get_head (kept)->parked);
}

static void
mark_restored (JpStationFixture *station)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpDb) db = jp_db_open (station->path, JP_DB_WRITER, &error);

  g_assert_no_error (error);
  jp_db_exec (db,
              "INSERT INTO setting (name, value) VALUES ('" JP_SETTING_RESTORED "', '1')"
              " ON CONFLICT DO NOTHING",
              &error);
  g_assert_no_error (error);
}

/* A station's database is replaced by an older one: with @data it is said so, as a restore does. */
static void
test_station_restored (World *world, gconstpointer data)
{
  JpSyncReceipt    receipt = { 0 };
  g_autofree char *number = NULL;
  g_autofree char *before = read_setting (world->one, JP_SETTING_STATION);
  g_autofree char *after = NULL;
  g_autofree char *restored = NULL;
  g_autoptr (JpRecord) old = add_vehicle (world->one);

  settle (world);
  jp_station_fixture_save (world->one, "copy.db");
  g_autoptr (JpRecord) lost = add_vehicle (world->one);

  set_note (world->one, old, "丢了的");
  settle (world);

  jp_station_fixture_restore (world->one, "copy.db");
  if (data != NULL)
    mark_restored (world->one);
  g_autoptr (JpRecord) fresh = add_vehicle (world->one);

  receipt = sync_fully (world->one);
  g_assert_true (receipt.branched);
  after = read_setting (world->one, JP_SETTING_STATION);
  number = read_setting (world->one, JP_SETTING_STATION_NO);
  restored = read_setting (world->one, JP_SETTING_RESTORED);
  g_assert_cmpstr (before, !=, after);
  g_assert_cmpstr (number, ==, "3");
  g_assert_null (restored);
  settle (world);

  /* What it had sent before comes back, what it did since is there once. */
  assert_same (world, old, "丢了的");
  assert_same (world, lost, jp_record_get_text (lost, JP_VEHICLE_NOTE));
  assert_same (world, fresh, jp_record_get_text (fresh, JP_VEHICLE_NOTE));
  g_assert_cmpint (jp_platform_fixture_count (world->platform, "SELECT count (*) FROM vehicle"), ==,
                   3);
  g_assert_cmpint (count_kind (world->one, JP_KIND_CONFLICT), ==, 0);

  /* And once more: a branch of a branch. */
  jp_station_fixture_restore (world->one, "copy.db");
  g_autoptr (JpRecord) newest = add_vehicle (world->one);
  receipt = sync_fully (world->one);
  g_assert_true (receipt.branched);
  settle (world);
  assert_same (world, newest, jp_record_get_text (newest, JP_VEHICLE_NOTE));
}

/* A disk is copied into a second PC and both work on. */
static void
test_cloned (World *world, gconstpointer data)
{
  g_autoptr (JpRecord) vehicle = add_vehicle (world->one);
  JpSyncReceipt receipt = { 0 };

  settle (world);
  g_autoptr (JpRecord) unsent = add_vehicle (world->one);
  g_autoptr (JpStationFixture) clone = jp_station_fixture_new_clone (world->one);
  g_autoptr (JpRecord) here = add_vehicle (world->one);
  g_autoptr (JpRecord) there = add_vehicle (clone);

  set_note (clone, vehicle, "克隆机");
  receipt = sync_fully (world->one);
  g_assert_false (receipt.branched);
  receipt = sync_fully (clone);
  g_assert_true (receipt.branched);
  settle (world);
  sync_fully (clone);

  assert_same (world, vehicle, "克隆机");
  assert_same (world, unsent, jp_record_get_text (unsent, JP_VEHICLE_NOTE));
  assert_same (world, here, jp_record_get_text (here, JP_VEHICLE_NOTE));
  assert_same (world, there, jp_record_get_text (there, JP_VEHICLE_NOTE));
  g_assert_cmpint (jp_platform_fixture_count (world->platform, "SELECT count (*) FROM vehicle"), ==,
                   4);
  g_assert_cmpint (count_waiting (clone), ==, 0);

  /* Both go on, each under its own number. */
  set_note (world->one, here, "一");
  set_note (clone, there, "二");
  receipt = sync_fully (world->one);
  g_assert_false (receipt.branched);
  receipt = sync_fully (clone);
  g_assert_false (receipt.branched);
  settle (world);
  assert_same (world, here, "一");
  assert_same (world, there, "二");
}

/* The answer that gives the new identity is lost: the same one is given again. */
static void
test_branch_answer_lost (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) vehicle = add_vehicle (world->one);

  settle (world);
  g_autoptr (JpStationFixture) clone = jp_station_fixture_new_clone (world->one);

  set_note (world->one, vehicle, "一");
  settle (world);
  set_note (clone, vehicle, "二");
  /* push, log, branch */
  jp_fake_transport_push_fault (clone->transport, JP_FAKE_FAULT_NONE);
  jp_fake_transport_push_fault (clone->transport, JP_FAKE_FAULT_NONE);
  jp_fake_transport_push_fault (clone->transport, JP_FAKE_FAULT_DROP_REPLY);
  g_assert_false (jp_station_fixture_round (clone, NULL, &error));
  g_assert_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_OFFLINE);
  jp_station_fixture_reopen (clone);
  sync_fully (clone);
  g_assert_cmpint (jp_platform_fixture_count (world->platform, "SELECT count (*) FROM station"), ==,
                   3);
  g_assert_cmpint (count_kind (clone, JP_KIND_CONFLICT), ==, 1); /* both meant the same field */
}

/* A station that is enrolled anew sends everything again, and the platform knows it. */
static void
test_enrolled_anew (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) vehicle = add_vehicle (world->one);
  JpId station;

  set_note (world->one, vehicle, "一");
  settle (world);

  g_autofree char *id = read_setting (world->one, JP_SETTING_STATION);

  jp_id_parse (id, &station, &error);
  jp_platform_station_revoke (jp_platform_fixture_get_store (world->platform), &station, &error);
  g_assert_no_error (error);
  g_assert_false (jp_station_fixture_round (world->one, NULL, &error));
  g_assert_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_REVOKED);
  g_clear_error (&error);

  set_note (world->one, vehicle, "二");
  jp_station_fixture_enrol (world->one, &error);
  g_assert_no_error (error);
  settle (world);
  assert_same (world, vehicle, "二");
  g_assert_cmpint (jp_platform_fixture_count (world->platform,
                                              "SELECT count (*) FROM op_log WHERE twin IS NOT "
                                              "NULL"),
                   ==, 2);
}

/* The answer of an enrolment is lost: the same code does it again. */
static void
test_enrolment_answer_lost (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code =
    jp_platform_station_make_code (jp_platform_fixture_get_store (world->platform),
                                   &world->platform->school, &error);

  jp_fake_transport_push_fault (world->one->transport, JP_FAKE_FAULT_DROP_REPLY);
  g_assert_false (jp_station_fixture_enrol_with (world->one, code, &error));
  g_assert_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_OFFLINE);
  g_clear_error (&error);
  jp_station_fixture_reopen (world->one);
  jp_station_fixture_enrol_with (world->one, code, &error);
  g_assert_no_error (error);
  sync_fully (world->one);

  /* Used up: another PC cannot. */
  g_assert_false (jp_station_fixture_enrol_with (world->two, code, &error));
  g_assert_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_AUTH);
  g_assert_cmpint (jp_platform_fixture_count (world->platform, "SELECT count (*) FROM station"), ==,
                   3);
}

#define ADD(name, func, data)                                                                      \
  g_test_add ("/sync/recover/" name, World, data, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("platform-restored", test_platform_restored, NULL);
  ADD ("platform-folder-restored", test_platform_folder_restored, NULL);
  ADD ("platform-lost-rows", test_platform_lost_rows, NULL);
  ADD ("station-restored", test_station_restored, NULL);
  ADD ("station-restored-marked", test_station_restored, "marked");
  ADD ("cloned", test_cloned, NULL);
  ADD ("branch-answer-lost", test_branch_answer_lost, NULL);
  ADD ("enrolled-anew", test_enrolled_anew, NULL);
  ADD ("enrolment-answer-lost", test_enrolment_answer_lost, NULL);
  return g_test_run ();
}
