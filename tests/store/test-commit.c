/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-codes.h"
#include "jp-commit.h"
#include "jp-fake-clock.h"
#include "jp-op-repo.h"
#include "jp-query.h"
#include "jp-remote-repo.h"

#include <glib.h>

typedef struct
{
  JpVault *vault;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpClock) clock = JP_CLOCK (jp_fake_clock_new (G_GINT64_CONSTANT (1795500000000000)));
  g_autoptr (JpIdSource) ids = jp_id_source_new_seeded (clock, 7);
  g_autoptr (JpSealKey) key = jp_seal_key_new_random ();

  fixture->vault = jp_vault_open_private (key, clock, ids, &error);
  g_assert_no_error (error);
  fixture->vault->school = jp_id_derive ("school", "test");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  jp_vault_close (fixture->vault);
}

static JpRecord *
make_vehicle (JpVault *vault, const char *plate)
{
  JpId     id = jp_id_source_next (vault->ids);
  JpDraft *draft = jp_draft_new (JP_KIND_VEHICLE, &id);

  jp_draft_set_text (draft, JP_VEHICLE_PLATE, plate);
  jp_draft_set_text (draft, JP_VEHICLE_PLATE_COLOR, "yellow");
  jp_draft_set_text (draft, JP_VEHICLE_LICENCE_TYPE, "C1");
  jp_draft_set_text (draft, JP_VEHICLE_MANUFACTURER, "上汽大众");
  jp_draft_set_text (draft, JP_VEHICLE_BRAND, "桑塔纳");
  jp_draft_set_date (draft, JP_VEHICLE_BOUGHT_ON, 20240301);
  jp_draft_set_text (draft, JP_VEHICLE_STATUS, "in-use");
  return jp_draft_end (draft);
}

static gint64
commit (JpVault *vault, JpRecord *before, JpRecord *after, GError **error)
{
  JpId op_id = jp_id_source_next (vault->ids);
  g_autoptr (JpChange) change = jp_change_new (&op_id, "edit", "前台");
  gint64 n = 0;

  jp_change_add (change, before, after);
  return jp_commit_change (vault, change, &n, error) ? n : 0;
}

static JpRecord *
get (JpVault *vault, const JpId *id)
{
  g_autoptr (GError) error = NULL;
  JpRecord *record = jp_record_table_get (vault->db, vault->key, JP_KIND_VEHICLE, id, &error);

  g_assert_no_error (error);
  return record;
}

static JpRecord *
with_text (JpRecord *record, JpFieldId field, const char *text)
{
  JpDraft *draft = jp_draft_new_from (record);

  jp_draft_set_text (draft, field, text);
  return jp_draft_end (draft);
}

static void
test_save_edit_undo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JpVault *vault = fixture->vault;
  g_autoptr (JpRecord) made = make_vehicle (vault, "鲁R1967学");

  g_assert_cmpint (commit (vault, NULL, made, &error), ==, 1);
  g_assert_no_error (error);

  g_autoptr (JpRecord) stored = get (vault, jp_record_get_id (made));
  g_autoptr (JpRecord) edited = with_text (stored, JP_VEHICLE_BRAND, "捷达");

  g_assert_cmpstr (jp_record_get_text (stored, JP_VEHICLE_PLATE), ==, "鲁R1967学");
  g_assert_cmpstr (jp_record_get_created_by (stored), ==, "前台");
  g_assert_cmpuint (jp_record_get_head (stored)->pending, !=, 0);
  g_assert_cmpint (commit (vault, stored, edited, &error), ==, 2);
  g_assert_no_error (error);

  gint64 undone = 0;

  g_assert_true (jp_commit_undo (vault, 2, "前台", &undone, &error));
  g_assert_no_error (error);
  g_assert_cmpint (undone, ==, 3);

  g_autoptr (JpRecord) back = get (vault, jp_record_get_id (made));

  g_assert_cmpstr (jp_record_get_text (back, JP_VEHICLE_BRAND), ==, "桑塔纳");

  gint64 last = 0;

  g_assert_true (jp_op_repo_get_last_undoable (vault, 0, &last, &error));
  g_assert_cmpint (last, ==, 1);
  g_assert_true (jp_commit_undo (vault, 1, "前台", NULL, &error));

  g_autoptr (JpRecord) trashed = get (vault, jp_record_get_id (made));

  g_assert_true (jp_record_get_head (trashed)->deleted);
}

static void
test_stale_edit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JpVault *vault = fixture->vault;
  g_autoptr (JpRecord) made = make_vehicle (vault, "鲁R1967学");

  commit (vault, NULL, made, &error);
  g_assert_no_error (error);

  g_autoptr (JpRecord) seen = get (vault, jp_record_get_id (made));
  g_autoptr (JpRecord) first = with_text (seen, JP_VEHICLE_BRAND, "捷达");
  g_autoptr (JpRecord) same_unit = with_text (seen, JP_VEHICLE_BRAND, "朗逸");
  g_autoptr (JpRecord) other_unit = with_text (seen, JP_VEHICLE_NOTE, "四号场");

  g_assert_cmpint (commit (vault, seen, first, &error), ==, 2);
  g_assert_cmpint (commit (vault, seen, same_unit, &error), ==, 0);
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpint (commit (vault, seen, other_unit, &error), ==, 3);
  g_assert_no_error (error);

  g_autoptr (JpRecord) both = get (vault, jp_record_get_id (made));

  g_assert_cmpstr (jp_record_get_text (both, JP_VEHICLE_BRAND), ==, "捷达");
  g_assert_cmpstr (jp_record_get_text (both, JP_VEHICLE_NOTE), ==, "四号场");
}

static void
test_invalid_and_twice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JpVault *vault = fixture->vault;
  g_autoptr (JpRecord) wrong = make_vehicle (vault, "鲁R");
  g_autoptr (JpRecord) right = make_vehicle (vault, "鲁R1967学");

  g_assert_cmpint (commit (vault, NULL, wrong, &error), ==, 0);
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_INVALID);
  g_clear_error (&error);

  JpId op_id = jp_id_source_next (vault->ids);
  g_autoptr (JpChange) change = jp_change_new (&op_id, "edit", "前台");
  gint64 first = 0;
  gint64 second = 0;

  jp_change_add (change, NULL, right);
  g_assert_true (jp_commit_change (vault, change, &first, &error));
  g_assert_true (jp_commit_change (vault, change, &second, &error));
  g_assert_no_error (error);
  g_assert_cmpint (first, ==, second);
}

static JpRecord *
as_remote (JpRecord *record, gint64 version)
{
  JpDraft     *draft = jp_draft_new_from (record);
  JpRecordHead head = *jp_record_get_head (record);

  head.version = version;
  head.pending = 0;
  jp_draft_set_head (draft, &head);
  return jp_draft_end (draft);
}

static void
apply (JpVault *vault, JpVerdict *verdict, JpRecord *record, JpRemoteOutcome *out_outcome)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) verdicts = g_ptr_array_new ();
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  JpRemoteReply reply = { verdicts, records, "e-1", "e-1:9", TRUE };

  if (verdict != NULL)
    g_ptr_array_add (verdicts, verdict);
  if (record != NULL)
    g_ptr_array_add (records, record);
  g_assert_true (jp_remote_repo_apply (vault, &reply, out_outcome, &error));
  g_assert_no_error (error);
}

static void
test_pull_rebases (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JpVault        *vault = fixture->vault;
  JpRemoteOutcome outcome = { 0 };
  g_autoptr (JpRecord) made = make_vehicle (vault, "鲁R1967学");
  g_autoptr (JpRecord) remote = as_remote (made, 4);

  apply (vault, NULL, remote, &outcome);
  g_assert_cmpuint (outcome.n_records, ==, 1);

  g_autoptr (JpRecord) seen = get (vault, jp_record_get_id (made));
  g_autoptr (JpRecord) mine = with_text (seen, JP_VEHICLE_BRAND, "捷达");
  g_autoptr (JpRecord) moved = with_text (remote, JP_VEHICLE_NOTE, "平台备注");
  g_autoptr (JpRecord) newer = as_remote (moved, 5);

  commit (vault, seen, mine, &error);
  g_assert_no_error (error);
  apply (vault, NULL, newer, &outcome);

  g_autoptr (JpRecord) rebased = get (vault, jp_record_get_id (made));

  g_assert_cmpstr (jp_record_get_text (rebased, JP_VEHICLE_BRAND), ==, "捷达");
  g_assert_cmpstr (jp_record_get_text (rebased, JP_VEHICLE_NOTE), ==, "平台备注");
  g_assert_cmpint (jp_record_get_head (rebased)->version, ==, 5);
  g_assert_cmpuint (jp_record_get_head (rebased)->pending, !=, 0);

  /* Refused: the platform's state is shown again. */
  g_autoptr (JpVerdict) verdict = jp_verdict_new (1, JP_VERDICT_REJECTED, 9, "invalid", "no");

  apply (vault, verdict, NULL, &outcome);
  g_assert_cmpuint (outcome.n_refused, ==, 1);

  g_autoptr (JpRecord) shown = get (vault, jp_record_get_id (made));

  g_assert_cmpstr (jp_record_get_text (shown, JP_VEHICLE_BRAND), ==, "桑塔纳");
  g_assert_cmpstr (jp_record_get_text (shown, JP_VEHICLE_NOTE), ==, "平台备注");
  g_assert_cmpuint (jp_record_get_head (shown)->pending, ==, 0);

  /* The same reply again changes nothing. */
  apply (vault, verdict, newer, &outcome);
  g_assert_cmpuint (outcome.n_verdicts, ==, 0);
  g_assert_cmpuint (outcome.n_records, ==, 0);
}

static void
test_query (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JpVault *vault = fixture->vault;
  g_autoptr (JpRecord) one = make_vehicle (vault, "鲁R1967学");
  g_autoptr (JpRecord) two = make_vehicle (vault, "鲁R0012学");
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_VEHICLE);
  gint64 count = 0;

  commit (vault, NULL, one, &error);
  commit (vault, NULL, two, &error);
  g_assert_no_error (error);

  jp_query_set_order (query, JP_VEHICLE_PLATE, FALSE);

  g_autoptr (GPtrArray) sorted = jp_query_fetch_all (vault, query, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (sorted->len, ==, 2);
  g_assert_cmpstr (jp_record_get_title (sorted->pdata[0]), ==, "鲁R0012学");

  jp_query_set_search (query, "1967 桑塔");
  g_assert_true (jp_query_count (vault, query, &count, &error));
  g_assert_cmpint (count, ==, 1);
  jp_query_set_search (query, "100%");
  g_assert_true (jp_query_count (vault, query, &count, &error));
  g_assert_cmpint (count, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/store/commit/save-edit-undo", Fixture, NULL, set_up, test_save_edit_undo,
              tear_down);
  g_test_add ("/store/commit/stale-edit", Fixture, NULL, set_up, test_stale_edit, tear_down);
  g_test_add ("/store/commit/invalid-and-twice", Fixture, NULL, set_up, test_invalid_and_twice,
              tear_down);
  g_test_add ("/store/remote/pull-rebases", Fixture, NULL, set_up, test_pull_rebases, tear_down);
  g_test_add ("/store/query/search-and-order", Fixture, NULL, set_up, test_query, tear_down);
  return g_test_run ();
}
