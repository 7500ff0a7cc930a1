/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-conflict-repo.h"

#include "jp-codes.h"
#include "jp-vault-fixture.h"

/* The platform writes items; here one is made by hand. */
static JpRecord *
add_item (JpVaultFixture *fixture, JpRecord *row, int reason, const char *const sides[3])
{
  JpId     id = jp_id_source_next (fixture->vault->ids);
  JpDraft *draft = jp_draft_new (JP_KIND_CONFLICT, &id);
  JpIdText text;

  jp_draft_set_text (draft, JP_CONFLICT_ROW_KIND, jp_record_get_info (row)->name);
  jp_draft_set_text (draft, JP_CONFLICT_ROW_ID, jp_id_to_text (jp_record_get_id (row), text));
  jp_draft_set_text (draft, JP_CONFLICT_UNIT, "price");
  jp_draft_set_code (draft, JP_CONFLICT_REASON, reason);
  jp_draft_set_text (draft, JP_CONFLICT_BASE, sides[0]);
  jp_draft_set_text (draft, JP_CONFLICT_MINE, sides[1]);
  jp_draft_set_text (draft, JP_CONFLICT_THEIRS, sides[2]);
  jp_draft_set_text (draft, JP_CONFLICT_WHO, "前台");
  jp_draft_set_integer (draft, JP_CONFLICT_HAPPENED_AT, JP_FAKE_CLOCK_NOW_US);
  jp_draft_set_code (draft, JP_CONFLICT_STATE, JP_CONFLICT_STATE_OPEN);
  return jp_vault_fixture_save (fixture->vault, draft);
}

static JpConflict *
list_only (JpVaultFixture *fixture, GPtrArray **out_list)
{
  g_autoptr (GError) error = NULL;

  *out_list = jp_conflict_repo_list (fixture->vault, &error);
  g_assert_no_error (error);
  g_assert_cmpuint ((*out_list)->len, ==, 1);
  return g_ptr_array_index (*out_list, 0);
}

static void
decide (JpVaultFixture *fixture, const JpConflict *conflict, gboolean mine)
{
  JpId      op_id = jp_id_source_next (fixture->vault->ids);
  JpChange *change = jp_change_new (&op_id, "resolve", "校长");

  jp_conflict_repo_decide (conflict, mine, "校长", change);
  jp_vault_fixture_commit (fixture->vault, change);
}

static void
test_mine (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (JpRecord) tier = jp_vault_fixture_add_tier (fixture->vault, "基础班", 368000);
  const char *const sides[] = { "{\"name\":\"基础班\",\"licence_type\":\"C1\"}",
                                "{\"name\":\"基础班 B\",\"licence_type\":\"C1\"}",
                                "{\"name\":\"基础班 C\",\"licence_type\":\"C1\"}" };
  g_autoptr (JpRecord) item = add_item (fixture, tier, JP_CONFLICT_REASON_BOTH_EDITED, sides);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  g_autoptr (GError) error = NULL;
  JpConflict      *conflict = list_only (fixture, &list);
  JpConflictField *field = g_ptr_array_index (conflict->fields, 0);

  /* The licence type is the same on both sides: it is no part of the question. */
  g_assert_cmpuint (conflict->fields->len, ==, 1);
  g_assert_cmpstr (conflict->title, ==, "基础班");
  g_assert_cmpstr (field->label, ==, jp_field_get_label (jp_field_get (JP_CLASS_TIER_NAME)));
  g_assert_cmpstr (field->before, ==, "基础班");
  g_assert_cmpstr (field->mine, ==, "基础班 B");
  g_assert_cmpstr (field->theirs, ==, "基础班 C");
  g_assert_true (jp_conflict_repo_can_keep_mine (conflict));

  decide (fixture, conflict, TRUE);
  rest = jp_conflict_repo_list (fixture->vault, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rest->len, ==, 0);

  g_autoptr (JpRecord) row =
    jp_vault_fixture_get (fixture->vault, JP_KIND_CLASS_TIER, jp_record_get_id (tier));
  g_autoptr (JpRecord) closed =
    jp_vault_fixture_get (fixture->vault, JP_KIND_CONFLICT, jp_record_get_id (item));

  g_assert_cmpstr (jp_record_get_text (row, JP_CLASS_TIER_NAME), ==, "基础班 B");
  g_assert_cmpint (jp_record_get_code (closed, JP_CONFLICT_STATE), ==, JP_CONFLICT_STATE_MINE);
  g_assert_cmpstr (jp_record_get_text (closed, JP_CONFLICT_RESOLVED_BY), ==, "校长");
}

static void
test_theirs (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (JpRecord) tier = jp_vault_fixture_add_tier (fixture->vault, "基础班", 368000);
  const char *const sides[] = { "{\"price\":368000}", "{\"price\":378000}", "{\"price\":358000}" };
  g_autoptr (JpRecord) item = add_item (fixture, tier, JP_CONFLICT_REASON_BOTH_EDITED, sides);
  g_autoptr (GPtrArray) list = NULL;
  JpConflict      *conflict = list_only (fixture, &list);
  JpConflictField *field = g_ptr_array_index (conflict->fields, 0);

  g_assert_cmpstr (field->mine, ==, "¥3,780.00");
  decide (fixture, conflict, FALSE);

  g_autoptr (JpRecord) row =
    jp_vault_fixture_get (fixture->vault, JP_KIND_CLASS_TIER, jp_record_get_id (tier));
  g_autoptr (JpRecord) closed =
    jp_vault_fixture_get (fixture->vault, JP_KIND_CONFLICT, jp_record_get_id (item));

  g_assert_cmpint (jp_record_get_integer (row, JP_CLASS_TIER_PRICE), ==, 368000);
  g_assert_cmpint (jp_record_get_code (closed, JP_CONFLICT_STATE), ==, JP_CONFLICT_STATE_THEIRS);
}

/* Sensitive values are masked. */
static void
test_masked (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (JpRecord) trainee = jp_vault_fixture_add_trainee (fixture, "C1");
  const char *const sides[] = { "{\"phone\":\"13805300001\"}", "{\"phone\":\"13905300002\"}",
                                "{\"phone\":\"13705300003\"}" };
  g_autoptr (JpRecord) item = add_item (fixture, trainee, JP_CONFLICT_REASON_BOTH_EDITED, sides);
  g_autoptr (GPtrArray) list = NULL;
  JpConflict      *conflict = list_only (fixture, &list);
  JpConflictField *field = g_ptr_array_index (conflict->fields, 0);

  g_assert_null (strstr (field->mine, "13905300002"));
  g_assert_nonnull (strstr (field->mine, "0002"));
}

/* A side that is no JSON, and a row that is not here: the item can still be closed. */
static void
test_odd (JpVaultFixture *fixture, gconstpointer data)
{
  JpId id = jp_id_source_next (fixture->vault->ids);
  g_autoptr (JpRecord) nowhere = jp_draft_end (jp_draft_new (JP_KIND_COACH, &id));
  const char *const sides[] = { NULL, "{\"name\":", NULL };
  g_autoptr (JpRecord) item = add_item (fixture, nowhere, JP_CONFLICT_REASON_REJECTED, sides);
  g_autoptr (GPtrArray) list = NULL;
  JpConflict *conflict = list_only (fixture, &list);

  g_assert_null (conflict->row);
  g_assert_cmpstr (conflict->title, ==, "");
  g_assert_cmpuint (conflict->fields->len, ==, 0);
  g_assert_false (jp_conflict_repo_can_keep_mine (conflict));
  decide (fixture, conflict, FALSE);

  g_autoptr (JpRecord) closed =
    jp_vault_fixture_get (fixture->vault, JP_KIND_CONFLICT, jp_record_get_id (item));

  g_assert_cmpint (jp_record_get_code (closed, JP_CONFLICT_STATE), ==, JP_CONFLICT_STATE_THEIRS);
}

/* An edit that the platform heard of before its row: whoever decides for it gets its values. */
static void
test_early (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (JpRecord) tier = jp_vault_fixture_add_tier (fixture->vault, "基础班", 368000);
  const char *const sides[] = { "{\"name\":\"基础班\"}", "{\"name\":\"基础班 B\"}", NULL };
  g_autoptr (JpRecord) item = add_item (fixture, tier, JP_CONFLICT_REASON_PARKED, sides);
  g_autoptr (JpDraft) draft = jp_draft_new_from (item);
  g_autoptr (JpRecord) detailed = NULL;
  g_autoptr (GPtrArray) list = NULL;
  JpId      op_id = jp_id_source_next (fixture->vault->ids);
  JpChange *change = jp_change_new (&op_id, "detail", "平台");

  jp_draft_set_text (draft, JP_CONFLICT_DETAIL, "missing: id");
  detailed = jp_draft_end (g_steal_pointer (&draft));
  jp_change_add (change, item, detailed);
  jp_vault_fixture_commit (fixture->vault, change);
  decide (fixture, list_only (fixture, &list), TRUE);

  g_autoptr (JpRecord) row =
    jp_vault_fixture_get (fixture->vault, JP_KIND_CLASS_TIER, jp_record_get_id (tier));

  g_assert_cmpstr (jp_record_get_text (row, JP_CLASS_TIER_NAME), ==, "基础班 B");
}

/* A row that was set aside needs the decision alone. */
static void
test_parked (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (JpRecord) tier = jp_vault_fixture_add_tier (fixture->vault, "基础班", 368000);
  const char *const sides[] = { NULL, NULL, NULL };
  g_autoptr (JpRecord) item = add_item (fixture, tier, JP_CONFLICT_REASON_PARKED, sides);
  g_autoptr (GPtrArray) list = NULL;
  JpConflict *conflict = list_only (fixture, &list);

  g_assert_true (jp_conflict_repo_can_keep_mine (conflict));
  decide (fixture, conflict, TRUE);

  g_autoptr (JpRecord) closed =
    jp_vault_fixture_get (fixture->vault, JP_KIND_CONFLICT, jp_record_get_id (item));

  g_assert_cmpint (jp_record_get_code (closed, JP_CONFLICT_STATE), ==, JP_CONFLICT_STATE_MINE);
}

static void
decide_both (JpVaultFixture *fixture, GPtrArray *list, const gboolean *mine)
{
  JpId      op_id = jp_id_source_next (fixture->vault->ids);
  JpChange *change = jp_change_new (&op_id, "resolve", "校长");

  jp_conflict_repo_decide_row (list, mine, "校长", change);
  g_assert_cmpuint (change->rows->len, ==, 3);
  jp_vault_fixture_commit (fixture->vault, change);
}

/* Two units of one record, decided apart, in one edit; and asked for by the record alone. */
static void
test_row (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (JpRecord) trainee = jp_vault_fixture_add_trainee (fixture, "C1");
  g_autoptr (JpRecord) tier = jp_vault_fixture_add_tier (fixture->vault, "基础班", 368000);
  const char *const phone[] = { "{\"phone\":\"13805300001\"}", "{\"phone\":\"13905300002\"}",
                                "{\"phone\":\"13705300003\"}" };
  const char *const note[] = { "{\"note\":null}", "{\"note\":\"周末\"}", "{\"note\":\"晚上\"}" };
  const char *const other[] = { "{\"price\":368000}", "{\"price\":378000}", "{\"price\":358000}" };
  g_autoptr (JpRecord) first = add_item (fixture, trainee, JP_CONFLICT_REASON_BOTH_EDITED, phone);
  g_autoptr (JpRecord) second = add_item (fixture, trainee, JP_CONFLICT_REASON_BOTH_EDITED, note);
  g_autoptr (JpRecord) third = add_item (fixture, tier, JP_CONFLICT_REASON_BOTH_EDITED, other);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list =
    jp_conflict_repo_list_row (fixture->vault, JP_KIND_TRAINEE, jp_record_get_id (trainee), &error);
  g_autoptr (GPtrArray) again =
    jp_conflict_repo_list_row (fixture->vault, JP_KIND_TRAINEE, jp_record_get_id (trainee), &error);
  g_autoptr (GPtrArray) all = jp_conflict_repo_list (fixture->vault, &error);
  const JpConflict *conflict = NULL;
  gboolean          mine[] = { FALSE, FALSE };

  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpuint (all->len, ==, 3);
  g_assert_true (jp_conflict_repo_equal_lists (list, again));
  g_assert_false (jp_conflict_repo_equal_lists (list, all));
  g_assert_true (jp_conflict_repo_same_row (list->pdata[0], list->pdata[1]));
  g_assert_false (jp_conflict_repo_same_row (all->pdata[0], all->pdata[2]));
  for (guint i = 0; i < list->len; i++)
    {
      conflict = g_ptr_array_index (list, i);
      mine[i] = jp_id_equal (jp_record_get_id (conflict->item), jp_record_get_id (first));
      g_assert_false (jp_conflict_repo_get_default (conflict));
    }
  decide_both (fixture, list, mine);

  g_autoptr (JpRecord) row =
    jp_vault_fixture_get (fixture->vault, JP_KIND_TRAINEE, jp_record_get_id (trainee));

  g_assert_cmpstr (jp_record_get_text (row, JP_TRAINEE_PHONE), ==, "13905300002");
  g_assert_null (jp_record_get_text (row, JP_TRAINEE_NOTE));
}

/* One deleted, the other edited, and the record was kept: what the item calls mine depends on who
 * came second, what changes nothing is chosen at first. */
static void
test_existence (JpVaultFixture *fixture, gconstpointer data)
{
  const char *edit = data;
  g_autoptr (JpRecord) tier = jp_vault_fixture_add_tier (fixture->vault, "基础班", 368000);
  JpId     id = jp_id_source_next (fixture->vault->ids);
  JpDraft *draft = jp_draft_new (JP_KIND_CONFLICT, &id);
  JpIdText text;
  g_autoptr (JpRecord) item = NULL;
  g_autoptr (GPtrArray) list = NULL;
  JpConflict *conflict = NULL;

  jp_draft_set_text (draft, JP_CONFLICT_ROW_KIND, "class_tier");
  jp_draft_set_text (draft, JP_CONFLICT_ROW_ID, jp_id_to_text (jp_record_get_id (tier), text));
  jp_draft_set_code (draft, JP_CONFLICT_REASON, JP_CONFLICT_REASON_BOTH_EDITED);
  jp_draft_set_text (draft, JP_CONFLICT_MINE, edit);
  jp_draft_set_text (draft, JP_CONFLICT_DETAIL, "deleted");
  jp_draft_set_code (draft, JP_CONFLICT_STATE, JP_CONFLICT_STATE_OPEN);
  item = jp_vault_fixture_save (fixture->vault, draft);
  conflict = list_only (fixture, &list);

  g_assert_true (jp_conflict_repo_is_existence (conflict));
  g_assert_true (jp_conflict_repo_can_keep_mine (conflict));
  g_assert_true (jp_conflict_repo_get_default (conflict) == (edit != NULL));
  decide (fixture, conflict, !jp_conflict_repo_get_default (conflict));

  g_autoptr (JpRecord) row =
    jp_vault_fixture_get (fixture->vault, JP_KIND_CLASS_TIER, jp_record_get_id (tier));

  g_assert_true (jp_record_get_head (row)->deleted);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/store/conflict-repo/" name, JpVaultFixture, NULL, jp_vault_fixture_set_up, func,   \
              jp_vault_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("mine", test_mine);
  ADD ("theirs", test_theirs);
  ADD ("masked", test_masked);
  ADD ("odd", test_odd);
  ADD ("early", test_early);
  ADD ("parked", test_parked);
  ADD ("row", test_row);
  ADD ("existence/deleter", test_existence);
  g_test_add ("/store/conflict-repo/existence/editor", JpVaultFixture, "{\"price\":368000}",
              jp_vault_fixture_set_up, test_existence, jp_vault_fixture_tear_down);
  return g_test_run ();
}
