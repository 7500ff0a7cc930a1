/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-vault-fixture.h"

#include "jp-commit.h"
#include "jp-desk.h"
#include "jp-setup.h"
#include "jp-test-random.h"
#include "jp-test-records.h"

/* Makes the vault a small school's. */
void
jp_vault_fixture_found_school (JpVault *vault)
{
  g_autoptr (GError) error = NULL;
  JpId          id = jp_id_derive ("school", "test");
  JpSetupSchool school = {
    .name = "菏泽市曹州机动车驾驶员培训有限公司",
    .district = "371702",
    .address = "菏泽市牡丹区人民路1号",
    .phone = "0530-5550000",
    .licence_types = "C1,C2",
  };

  jp_setup_school (vault, jp_setup_new_draft (&id, &school), "校长", &error);
  g_assert_no_error (error);
}

void
jp_vault_fixture_set_up (JpVaultFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpSealKey) key = jp_seal_key_new_random ();
  g_autoptr (JpIdSource) ids = NULL;

  self->clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  self->random = jp_test_random_new_source (JP_CLOCK (self->clock));
  ids = jp_id_source_new_seeded (JP_CLOCK (self->clock), 7);
  self->vault = jp_vault_open_private (key, JP_CLOCK (self->clock), ids, &error);
  g_assert_no_error (error);
  jp_vault_fixture_found_school (self->vault);
}

void
jp_vault_fixture_tear_down (JpVaultFixture *self, gconstpointer data)
{
  jp_vault_close (self->vault);
  g_object_unref (self->random);
  g_object_unref (self->clock);
}

/* Commits a new record and returns it as it was stored. */
JpRecord *
jp_vault_fixture_save (JpVault *vault, JpDraft *draft)
{
  g_autoptr (GError) error = NULL;
  JpId op_id = jp_id_source_next (vault->ids);
  g_autoptr (JpChange) change = jp_change_new (&op_id, "new", "前台");
  g_autoptr (JpRecord) record = NULL;

  jp_desk_set_defaults (draft, jp_vault_today (vault));
  record = jp_draft_end (draft);
  jp_change_add (change, NULL, record);
  jp_commit_change (vault, change, NULL, &error);
  g_assert_no_error (error);
  return jp_vault_fixture_get (vault, jp_record_get_kind (record), jp_record_get_id (record));
}

JpRecord *
jp_vault_fixture_get (JpVault *vault, JpKind kind, const JpId *id)
{
  g_autoptr (GError) error = NULL;
  JpRecord *record = jp_record_table_get (vault->db, vault->key, kind, id, &error);

  g_assert_no_error (error);
  return record;
}

/* Commits and frees @change; returns the number of the operation. */
gint64
jp_vault_fixture_commit (JpVault *vault, JpChange *change)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpChange) owned = change;
  gint64 n = 0;

  jp_commit_change (vault, owned, &n, &error);
  g_assert_no_error (error);
  return n;
}

JpRecord *
jp_vault_fixture_add_tier (JpVault *vault, const char *name, gint64 price_fen)
{
  JpId     id = jp_id_source_next (vault->ids);
  JpDraft *draft = jp_draft_new (JP_KIND_CLASS_TIER, &id);

  jp_draft_set_text (draft, JP_CLASS_TIER_NAME, name);
  jp_draft_set_text (draft, JP_CLASS_TIER_LICENCE_TYPE, "C1");
  jp_draft_set_integer (draft, JP_CLASS_TIER_PRICE, price_fen);
  jp_draft_set_code (draft, JP_CLASS_TIER_STATUS, JP_TIER_STATUS_PUBLISHED);
  jp_draft_set_date (draft, JP_CLASS_TIER_VALID_FROM, 20260301);
  return jp_vault_fixture_save (vault, draft);
}

JpRecord *
jp_vault_fixture_add_trainee (JpVaultFixture *self, const char *licence_type)
{
  JpId             id = jp_id_source_next (self->vault->ids);
  JpDraft         *draft = jp_draft_new (JP_KIND_TRAINEE, &id);
  g_autofree char *name = jp_test_record_dup_name (self->random);
  g_autofree char *number = jp_test_record_dup_id_number (self->random, 20010203, FALSE);
  g_autofree char *mobile = jp_test_record_dup_mobile (self->random);

  jp_draft_set_text (draft, JP_TRAINEE_NAME, name);
  jp_draft_set_text (draft, JP_TRAINEE_ID_NUMBER, number);
  jp_draft_set_text (draft, JP_TRAINEE_PHONE, mobile);
  jp_draft_set_text (draft, JP_TRAINEE_LICENCE_TYPE, licence_type);
  return jp_vault_fixture_save (self->vault, draft);
}
