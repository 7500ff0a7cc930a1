/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-finder-repo.h"

#include "jp-test-records.h"
#include "jp-vault-fixture.h"

static GPtrArray *
find (JpVaultFixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *hits = jp_finder_repo_find (fixture->vault, text, &error);

  g_assert_no_error (error);
  return hits;
}

static void
test_find (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (JpRecord) trainee = jp_vault_fixture_add_trainee (fixture, "C1");
  const char      *phone = jp_record_get_text (trainee, JP_TRAINEE_PHONE);
  const char      *name = jp_record_get_text (trainee, JP_TRAINEE_NAME);
  g_autofree char *masked = jp_record_dup_display (trainee, JP_TRAINEE_PHONE, FALSE);
  g_autoptr (GPtrArray) by_name = find (fixture, name);
  g_autoptr (GPtrArray) by_phone = find (fixture, phone);
  g_autoptr (GPtrArray) nobody = find (fixture, "没有这个人");
  g_autoptr (GPtrArray) nothing = find (fixture, "  ");
  const JpFinderHit *hit = NULL;

  g_assert_cmpuint (by_name->len, ==, 1);
  hit = by_name->pdata[0];
  g_assert_cmpint (hit->kind, ==, JP_KIND_TRAINEE);
  g_assert_cmpint (hit->field, ==, JP_TRAINEE_NAME);
  g_assert_true (jp_id_equal (&hit->id, jp_record_get_id (trainee)));

  /* A sensitive value is named as the reason, but masked. */
  g_assert_cmpuint (by_phone->len, ==, 1);
  hit = by_phone->pdata[0];
  g_assert_cmpint (hit->field, ==, JP_TRAINEE_PHONE);
  g_assert_cmpstr (hit->value, ==, masked);
  g_assert_null (strstr (hit->value, phone));
  g_assert_cmpuint (nobody->len, ==, 0);
  g_assert_cmpuint (nothing->len, ==, 0);
}

static void
add_coach (JpVaultFixture *fixture, const char *name)
{
  JpDraft *draft = jp_test_draft_new (JP_KIND_COACH, fixture->random);

  jp_draft_set_text (draft, JP_COACH_NAME, name);
  jp_vault_fixture_put (fixture->vault, draft);
}

static void
assert_spelled (JpVaultFixture *fixture, const char *typed, const char *name, const char *pinyin)
{
  g_autoptr (GPtrArray) hits = find (fixture, typed);
  const JpFinderHit *hit = NULL;

  g_assert_cmpuint (hits->len, ==, 1);
  hit = hits->pdata[0];
  g_assert_cmpint (hit->field, ==, JP_COACH_NAME);
  g_assert_cmpstr (hit->value, ==, name);
  g_assert_cmpstr (hit->pinyin, ==, pinyin);
}

/* By pinyin and initials, with the spelling as the reason; after ICU or its rules have changed
 * the names are spelled anew. */
static void
test_pinyin (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  JpVault *vault = fixture->vault;

  add_coach (fixture, "曾雨桐");
  add_coach (fixture, "吕单");
  assert_spelled (fixture, "zengyu", "曾雨桐", "zengyutong");
  assert_spelled (fixture, "ZYT", "曾雨桐", "zyt");
  assert_spelled (fixture, "ceng yu", "曾雨桐", "cengyutong");
  assert_spelled (fixture, "zengyt", "曾雨桐", "zengyutong");
  assert_spelled (fixture, "zytong", "曾雨桐", "zengyutong");
  assert_spelled (fixture, "lüshan", "吕单", "lvshan");
  assert_spelled (fixture, "雨桐", "曾雨桐", NULL);
  {
    g_autoptr (GPtrArray) inside = find (fixture, "engyu");

    g_assert_cmpuint (inside->len, ==, 0);
  }

  g_assert_true (jp_db_begin_write (vault->db, &transaction, &error));
  g_assert_true (jp_db_exec (vault->db, "UPDATE coach SET pinyin = NULL", &error));
  g_assert_true (jp_vault_set_setting (vault, JP_SETTING_PINYIN, "0/1.0", &error));
  g_assert_true (jp_transaction_commit (&transaction, &error));
  {
    g_autoptr (GPtrArray) lost = find (fixture, "zyt");

    g_assert_cmpuint (lost->len, ==, 0);
  }
  g_assert_true (jp_vault_set_up (vault, &error));
  g_assert_no_error (error);
  assert_spelled (fixture, "zyt", "曾雨桐", "zyt");
  assert_spelled (fixture, "lvchan", "吕单", "lvchan");
}

/* A contract has no name of its own: it is found by its trainee's, who is the reason. */
static void
test_contract (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (JpRecord) contract =
    jp_vault_fixture_add_contract (fixture, "qingdao-2023", 368000, 20260301);
  g_autoptr (JpRecord) trainee =
    jp_vault_fixture_get (fixture->vault, JP_KIND_TRAINEE,
                          jp_record_get_ref (contract, JP_CONTRACT_TRAINEE));
  const char *name = jp_record_get_title (trainee);
  g_autoptr (GPtrArray) hits = find (fixture, name);
  const JpFinderHit *hit = NULL;

  g_assert_cmpuint (hits->len, ==, 2);
  hit = hits->pdata[0];
  g_assert_cmpint (hit->kind, ==, JP_KIND_TRAINEE);
  hit = hits->pdata[1];
  g_assert_cmpint (hit->kind, ==, JP_KIND_CONTRACT);
  g_assert_true (jp_id_equal (&hit->id, jp_record_get_id (contract)));
  g_assert_cmpint (hit->field, ==, JP_CONTRACT_TRAINEE);
  g_assert_cmpstr (hit->value, ==, name);
}

/* A few of each kind, the newest first. */
static void
test_limit (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (JpRecord) newest = NULL;
  g_autoptr (GPtrArray) hits = NULL;

  for (int i = 0; i < JP_FINDER_REPO_MAX_PER_KIND + 2; i++)
    {
      JpId             id = jp_id_source_next (fixture->vault->ids);
      JpDraft         *draft = jp_draft_new (JP_KIND_VEHICLE, &id);
      g_autofree char *plate = g_strdup_printf ("鲁R%04d学", 1960 + i);

      jp_draft_set_text (draft, JP_VEHICLE_PLATE, plate);
      jp_draft_set_text (draft, JP_VEHICLE_PLATE_COLOR, "yellow");
      jp_draft_set_text (draft, JP_VEHICLE_LICENCE_TYPE, "C1");
      jp_draft_set_text (draft, JP_VEHICLE_MANUFACTURER, "上汽大众");
      jp_draft_set_text (draft, JP_VEHICLE_BRAND, "桑塔纳");
      jp_draft_set_date (draft, JP_VEHICLE_BOUGHT_ON, 20240301);
      jp_draft_set_text (draft, JP_VEHICLE_STATUS, "in-use");
      g_clear_pointer (&newest, jp_record_unref);
      newest = jp_vault_fixture_save (fixture->vault, draft);
    }

  hits = find (fixture, "196");
  g_assert_cmpuint (hits->len, ==, JP_FINDER_REPO_MAX_PER_KIND);
  g_assert_true (
    jp_id_equal (&((const JpFinderHit *)hits->pdata[0])->id, jp_record_get_id (newest)));
}

#define ADD(name, func)                                                                            \
  g_test_add ("/store/finder-repo/" name, JpVaultFixture, NULL, jp_vault_fixture_set_up, func,     \
              jp_vault_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("find", test_find);
  ADD ("contract", test_contract);
  ADD ("limit", test_limit);
  ADD ("pinyin", test_pinyin);
  return g_test_run ();
}
