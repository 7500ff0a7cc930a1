/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-digest-repo.h"
#include "jp-station-fixture.h"
#include "jp-sync-check.h"

/* A station that does not have what the platform has finds out, and fetches just that. */

typedef struct
{
  JpPlatformFixture *platform; /* (owned) */
  JpStationFixture  *station;  /* (owned) */
  JpRecord          *vehicles[3];
} World;

static JpSyncReceipt
sync_fully (JpStationFixture *station)
{
  g_autoptr (GError) error = NULL;
  JpSyncReceipt receipt = { 0 };

  jp_station_fixture_round (station, &receipt, &error);
  g_assert_no_error (error);
  return receipt;
}

static void
set_up (World *world, gconstpointer data)
{
  world->platform = jp_platform_fixture_new ();
  world->station = jp_station_fixture_new (world->platform);
  for (guint i = 0; i < G_N_ELEMENTS (world->vehicles); i++)
    {
      g_autoptr (JpRecord) made =
        jp_draft_end (jp_platform_fixture_new_own (world->platform, JP_KIND_VEHICLE));

      world->vehicles[i] =
        jp_platform_fixture_put (world->platform, &world->platform->school, made);
    }
  g_assert_cmpint (sync_fully (world->station).n_repaired, ==, 0);
}

static void
tear_down (World *world, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (world->vehicles); i++)
    jp_record_unref (world->vehicles[i]);
  jp_station_fixture_free (world->station);
  jp_platform_fixture_free (world->platform);
}

/* Something goes wrong below the program. */
static void
tamper (World *world, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpDb) db = jp_db_open (world->station->path, JP_DB_WRITER, &error);

  g_assert_no_error (error);
  jp_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static void
assert_same (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpVault) vault =
    jp_vault_open (world->station->path, JP_DB_READER, world->station->key,
                   JP_CLOCK (world->platform->clock), world->station->ids, &error);
  JpPlatformTenant tenant = { 0 };
  gint64           sum = 0;
  gint64           kept_sum = 0;
  gboolean         kept = FALSE;

  g_assert_no_error (error);
  jp_platform_store_get_tenant (jp_platform_fixture_get_store (world->platform),
                                &world->platform->school, &tenant, &error);
  g_assert_no_error (error);
  jp_digest_repo_rebuild (vault, &sum, &error);
  g_assert_no_error (error);
  jp_digest_repo_get (vault, &kept_sum, &kept, &error);
  g_assert_no_error (error);
  g_assert_true (kept);
  g_assert_cmpint (sum, ==, tenant.sum);
  g_assert_cmpint (kept_sum, ==, tenant.sum);
}

/* Makes the next page of the stream say that something differs. */
static void
forget_sum (World *world)
{
  tamper (world, "DELETE FROM setting WHERE name = '" JP_SETTING_DIGEST "'");
}

static void
test_whole (World *world, gconstpointer data)
{
  JpSyncReceipt receipt = { 0 };
  guint         n_before = 0;

  assert_same (world);
  n_before = jp_fake_transport_get_n_sent (world->station->transport);
  receipt = sync_fully (world->station);
  g_assert_cmpint (receipt.n_repaired, ==, 0);
  g_assert_cmpuint (jp_fake_transport_get_n_sent (world->station->transport) - n_before, ==, 1);
}

static void
test_old_row (World *world, gconstpointer data)
{
  g_autoptr (JpRecord) after = NULL;

  g_autoptr (JpDraft) draft = jp_draft_new_from (world->vehicles[1]);
  jp_draft_set_text (draft, JP_VEHICLE_NOTE, "新的");
  g_autoptr (JpRecord) noted = jp_draft_end (g_steal_pointer (&draft));
  g_autoptr (JpRecord) put =
    jp_platform_fixture_put (world->platform, &world->platform->school, noted);
  sync_fully (world->station);

  tamper (world, "UPDATE vehicle SET ver = 1, note = '旧的' WHERE ver = 2");
  forget_sum (world);
  g_assert_cmpint (sync_fully (world->station).n_repaired, ==, 1);
  after = jp_station_fixture_find (world->station, JP_KIND_VEHICLE, jp_record_get_id (put));
  g_assert_cmpstr (jp_record_get_text (after, JP_VEHICLE_NOTE), ==, "新的");
  assert_same (world);
  g_assert_cmpint (sync_fully (world->station).n_repaired, ==, 0);
}

static void
test_missing_row (World *world, gconstpointer data)
{
  g_autoptr (JpRecord) after = NULL;

  tamper (world, "DELETE FROM vehicle WHERE rid = (SELECT min (rid) FROM vehicle)");
  forget_sum (world);
  g_assert_cmpint (sync_fully (world->station).n_repaired, ==, 1);
  after = jp_station_fixture_find (world->station, JP_KIND_VEHICLE,
                                   jp_record_get_id (world->vehicles[0]));
  g_assert_nonnull (after);
  assert_same (world);
}

/* What the platform has not is kept, out of the way. */
static void
test_extra_row (World *world, gconstpointer data)
{
  g_autoptr (JpRecord) kept = NULL;
  g_autoptr (GError) error = NULL;

  jp_db_exec (jp_platform_fixture_get_db (world->platform),
              "DELETE FROM feed WHERE id = (SELECT id FROM vehicle ORDER BY rid LIMIT 1);"
              "DELETE FROM vehicle WHERE rid = (SELECT min (rid) FROM vehicle);"
              "UPDATE tenant SET digest = NULL",
              &error);
  g_assert_no_error (error);
  jp_platform_fixture_reopen (world->platform);
  jp_station_fixture_reconnect (world->station);

  g_assert_cmpint (sync_fully (world->station).n_repaired, ==, 1);
  kept = jp_station_fixture_find (world->station, JP_KIND_VEHICLE,
                                  jp_record_get_id (world->vehicles[0]));
  g_assert_nonnull (kept);
  g_assert_true (jp_record_get_head (kept)->parked);
  assert_same (world);
}

/* A sum that is wrong by itself is set right, without a row. */
static void
test_wrong_sum (World *world, gconstpointer data)
{
  tamper (world, "UPDATE setting SET value = '42' WHERE name = '" JP_SETTING_DIGEST "'");
  g_assert_cmpint (sync_fully (world->station).n_repaired, ==, 0);
  assert_same (world);
}

/* What waits stays on top of what is fetched again. */
static void
test_edited_row (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const JpId *id = jp_record_get_id (world->vehicles[2]);
  g_autoptr (JpRecord) seen = NULL;
  g_autoptr (JpRecord) mine = NULL;
  g_autoptr (JpRecord) after = NULL;
  g_autoptr (JpDraft) draft = NULL;

  tamper (world, "UPDATE vehicle SET brand = '乱码', ver = 9 WHERE rid = (SELECT max (rid) FROM "
                 "vehicle)");
  forget_sum (world);
  seen = jp_station_fixture_find (world->station, JP_KIND_VEHICLE, id);
  draft = jp_draft_new_from (seen);
  jp_draft_set_text (draft, JP_VEHICLE_NOTE, "我的");
  mine = jp_draft_end (g_steal_pointer (&draft));
  jp_station_fixture_commit (world->station, seen, mine, &error);
  g_assert_no_error (error);

  sync_fully (world->station);
  sync_fully (world->station);
  after = jp_station_fixture_find (world->station, JP_KIND_VEHICLE, id);
  g_assert_cmpstr (jp_record_get_text (after, JP_VEHICLE_NOTE), ==, "我的");
  g_assert_cmpstr (jp_record_get_text (after, JP_VEHICLE_BRAND), ==,
                   jp_record_get_text (world->vehicles[2], JP_VEHICLE_BRAND));
  assert_same (world);
}

/* --- contents --- */

typedef struct
{
  gboolean done;
} Begun;

static gpointer
begin_call (JpVault *vault, gpointer data, GError **error)
{
  jp_sync_check_begin_content (vault, error);
  return NULL;
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  jp_store_write_finish (JP_STORE (source), result, NULL, &error);
  g_assert_no_error (error);
  ((Begun *)user_data)->done = TRUE;
}

static gboolean
compares_contents (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpVault) vault =
    jp_vault_open (world->station->path, JP_DB_READER, world->station->key,
                   JP_CLOCK (world->platform->clock), world->station->ids, &error);
  g_autofree char *state = NULL;

  g_assert_no_error (error);
  jp_vault_get_setting (vault, JP_SYNC_SETTING_CONTENT, &state, &error);
  g_assert_no_error (error);
  return state != NULL && strchr (state, ':') != NULL;
}

static void
begin_contents (World *world)
{
  Begun       begun = { FALSE };
  JpStoreCall call = { begin_call, NULL, NULL, NULL, 0 };

  jp_store_write_async (world->station->store, &call, G_PRIORITY_DEFAULT, NULL, begun_cb, &begun);
  while (!begun.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (compares_contents (world));
}

/* A pass through the contents of all tables, a slice in each round. */
static gint64
compare_contents (World *world)
{
  gint64 n_repaired = 0;
  guint  n_rounds = 0;

  begin_contents (world);
  while (compares_contents (world))
    {
      g_assert_cmpuint (n_rounds++, <, 100);
      n_repaired += sync_fully (world->station).n_repaired;
    }
  return n_repaired;
}

/* The right version, and yet it says something else: no version shows that. */
static void
test_content (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const JpId *id = jp_record_get_id (world->vehicles[1]);
  const JpId *other = jp_record_get_id (world->vehicles[0]);
  g_autoptr (JpRecord) seen = NULL;
  g_autoptr (JpRecord) mine = NULL;
  g_autoptr (JpRecord) after = NULL;
  g_autoptr (JpRecord) edited = NULL;
  g_autoptr (JpDraft) draft = NULL;

  g_assert_cmpint (compare_contents (world), ==, 0);
  tamper (world, "UPDATE vehicle SET brand = '乱码' WHERE rid ="
                 " (SELECT rid FROM vehicle ORDER BY rid LIMIT 1 OFFSET 1)");
  g_assert_cmpint (sync_fully (world->station).n_repaired, ==, 0);
  assert_same (world);

  seen = jp_station_fixture_find (world->station, JP_KIND_VEHICLE, other);
  draft = jp_draft_new_from (seen);
  jp_draft_set_text (draft, JP_VEHICLE_NOTE, "我的");
  mine = jp_draft_end (g_steal_pointer (&draft));
  jp_station_fixture_commit (world->station, seen, mine, &error);
  g_assert_no_error (error);

  g_assert_cmpint (compare_contents (world), ==, 1);
  after = jp_station_fixture_find (world->station, JP_KIND_VEHICLE, id);
  edited = jp_station_fixture_find (world->station, JP_KIND_VEHICLE, other);
  g_assert_cmpint (jp_record_diff_units (after, world->vehicles[1]), ==, 0);
  g_assert_cmpstr (jp_record_get_text (edited, JP_VEHICLE_NOTE), ==, "我的");
  assert_same (world);
  g_assert_cmpint (compare_contents (world), ==, 0);
}

/* What is wrong in one place is looked for in all others at once: one round mends all of it. */
static void
test_content_together (World *world, gconstpointer data)
{
  const JpId *ids[] = { jp_record_get_id (world->vehicles[0]),
                        jp_record_get_id (world->vehicles[1]),
                        jp_record_get_id (world->vehicles[2]) };
  g_autoptr (JpRecord) made = jp_draft_end (jp_platform_fixture_new_trainee (world->platform));
  g_autoptr (JpRecord) trainee =
    jp_platform_fixture_put (world->platform, &world->platform->school, made);
  g_autoptr (JpRecord) mended = NULL;
  gint64 n_repaired = 0;
  guint  n_rounds = 0;

  sync_fully (world->station);
  tamper (world, "UPDATE vehicle SET brand = '乱码'; UPDATE trainee SET note = '乱码'");
  begin_contents (world);
  while (n_repaired == 0)
    {
      g_assert_cmpuint (n_rounds++, <, 100);
      n_repaired = sync_fully (world->station).n_repaired;
    }
  g_assert_cmpint (n_repaired, ==, 4);
  g_assert_false (compares_contents (world));
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (JpRecord) after =
        jp_station_fixture_find (world->station, JP_KIND_VEHICLE, ids[i]);

      g_assert_cmpint (jp_record_diff_units (after, world->vehicles[i]), ==, 0);
    }
  mended = jp_station_fixture_find (world->station, JP_KIND_TRAINEE, jp_record_get_id (trainee));
  g_assert_cmpint (jp_record_diff_units (mended, trainee), ==, 0);
  g_assert_cmpint (sync_fully (world->station).n_repaired, ==, 0);
}

/* By itself it begins a day after the first sync, and not before. */
static void
test_content_daily (World *world, gconstpointer data)
{
  g_assert_false (compares_contents (world));
  sync_fully (world->station);
  g_assert_false (compares_contents (world));
  jp_fake_clock_advance (JP_FAKE_CLOCK (world->platform->clock), JP_DAY_US + JP_SECOND_US);
  sync_fully (world->station);
  g_assert_true (compares_contents (world));
}

#define ADD(name, func) g_test_add ("/sync/check/" name, World, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("whole", test_whole);
  ADD ("old-row", test_old_row);
  ADD ("missing-row", test_missing_row);
  ADD ("extra-row", test_extra_row);
  ADD ("wrong-sum", test_wrong_sum);
  ADD ("edited-row", test_edited_row);
  ADD ("content", test_content);
  ADD ("content-together", test_content_together);
  ADD ("content-daily", test_content_daily);
  return g_test_run ();
}
