/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-vault-fixture.h"

#include "jp-commit.h"
#include "jp-desk.h"
#include "jp-json.h"
#include "jp-policy.h"
#include "jp-setup.h"
#include "jp-test-random.h"
#include "jp-test-records.h"
#include "jp-wire-record.h"

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

/* Puts a row as if the platform had sent it; frees the draft. */
void
jp_vault_fixture_put (JpVault *vault, JpDraft *draft)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) record = jp_draft_end (draft);
  const JpRowStamp stamp = { .school = vault->school };
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  jp_db_begin_write (vault->db, &transaction, &error);
  g_assert_no_error (error);
  jp_record_table_put (vault->db, vault->key, record, &stamp, NULL, &error);
  g_assert_no_error (error);
  jp_transaction_commit (&transaction, &error);
  g_assert_no_error (error);
}

/* A paid contract for C1 of a new trainee, with fees that add up, by the curriculum of 2022. */
JpRecord *
jp_vault_fixture_add_contract (JpVaultFixture *self,
                               const char     *policy_id,
                               gint64          price_fen,
                               JpDate          paid_on)
{
  JpVault *vault = self->vault;
  JpId     id = jp_id_source_next (vault->ids);
  gint64   at_us = jp_date_to_instant (paid_on, 9, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPolicy) policy = jp_policy_new_from_data (policy_id, &error);
  g_autoptr (JpCurriculum) curriculum = jp_curriculum_new_from_data ("mot-2022", &error);
  g_autoptr (JpRecord) trainee = jp_vault_fixture_add_trainee (self, "C1");
  g_autoptr (JpRecord) plain = jp_vault_fixture_add_tier (vault, "基础班", price_fen);
  g_autoptr (JpDraft) fees = jp_draft_new_from (plain);
  g_autofree char *copy = NULL;
  g_autofree char *digest = g_strnfill (64, '0');
  JpDraft         *draft = jp_draft_new (JP_KIND_CONTRACT, &id);
  g_autoptr (JpRecord) tier = NULL;

  g_assert_no_error (error);
  jp_draft_set_integer (fees, JP_CLASS_TIER_SERVICE_FEE, price_fen - price_fen / 5 * 4);
  for (int part = 0; part < 4; part++)
    jp_draft_set_integer (fees, JP_CLASS_TIER_PART1_FEE + part, price_fen / 5);
  tier = jp_draft_end (g_steal_pointer (&fees));
  copy = jp_wire_record_to_text (tier);

  jp_draft_set_text (draft, JP_CONTRACT_NUMBER, "HT-2026-001-00001");
  jp_draft_set_ref (draft, JP_CONTRACT_TRAINEE, jp_record_get_id (trainee));
  jp_draft_set_ref (draft, JP_CONTRACT_CLASS_TIER, jp_record_get_id (tier));
  jp_draft_set_text (draft, JP_CONTRACT_LICENCE_TYPE, "C1");
  jp_draft_set_integer (draft, JP_CONTRACT_PRICE, price_fen);
  jp_draft_set_text (draft, JP_CONTRACT_POLICY_ID, policy_id);
  jp_draft_set_text (draft, JP_CONTRACT_POLICY_DIGEST, jp_policy_get_digest (policy));
  jp_draft_set_text (draft, JP_CONTRACT_CURRICULUM_ID, "mot-2022");
  jp_draft_set_text (draft, JP_CONTRACT_CURRICULUM_DIGEST, jp_curriculum_get_digest (curriculum));
  jp_draft_set_text (draft, JP_CONTRACT_TIER_COPY, copy);
  jp_draft_set_text (draft, JP_CONTRACT_TEXT_VERSION, "test-1");
  jp_draft_set_text (draft, JP_CONTRACT_TEXT, "一费到底");
  jp_draft_set_text (draft, JP_CONTRACT_TEXT_DIGEST, digest);
  jp_draft_set_code (draft, JP_CONTRACT_STATUS, JP_CONTRACT_STATUS_PAID);
  jp_draft_set_date (draft, JP_CONTRACT_DRAFTED_ON, paid_on);
  jp_draft_set_integer (draft, JP_CONTRACT_SIGNED_AT, at_us);
  jp_draft_set_integer (draft, JP_CONTRACT_PAID_AT, at_us);
  jp_draft_set_integer (draft, JP_CONTRACT_PAID, price_fen);
  jp_draft_set_integer (draft, JP_CONTRACT_RELEASED, 0);
  jp_draft_set_integer (draft, JP_CONTRACT_REFUNDED, 0);
  jp_vault_fixture_put (vault, draft);
  return jp_vault_fixture_get (vault, JP_KIND_CONTRACT, &id);
}

/* A judged session; without minutes one that waits for its judgement. */
void
jp_vault_fixture_add_session (JpVault  *vault,
                              JpRecord *contract,
                              int       part,
                              gint64    minutes,
                              JpDate    on)
{
  JpId     id = jp_id_source_next (vault->ids);
  JpDraft *draft = jp_draft_new (JP_KIND_TRAINING_SESSION, &id);
  gint64   at_us = jp_date_to_instant (on, 10, 0);

  jp_draft_set_ref (draft, JP_TRAINING_SESSION_TRAINEE,
                    jp_record_get_ref (contract, JP_CONTRACT_TRAINEE));
  jp_draft_set_text (draft, JP_TRAINING_SESSION_RECORD_NO, "00001");
  jp_draft_set_integer (draft, JP_TRAINING_SESSION_PART, part);
  jp_draft_set_text (draft, JP_TRAINING_SESSION_METHOD, "practice");
  jp_draft_set_text (draft, JP_TRAINING_SESSION_COURSE_CODE, "1212110000");
  jp_draft_set_integer (draft, JP_TRAINING_SESSION_STARTED_AT, at_us);
  jp_draft_set_integer (draft, JP_TRAINING_SESSION_ENDED_AT, at_us + 60 * JP_MINUTE_US);
  jp_draft_set_integer (draft, JP_TRAINING_SESSION_DURATION, 60);
  jp_draft_set_code (draft, JP_TRAINING_SESSION_STATE,
                     minutes > 0 ? JP_SESSION_STATE_VALID : JP_SESSION_STATE_PENDING);
  if (minutes > 0)
    jp_draft_set_integer (draft, JP_TRAINING_SESSION_VALID_MINUTES, minutes);
  jp_vault_fixture_put (vault, draft);
}

/* An approved stage record. */
void
jp_vault_fixture_add_stage (JpVault *vault, JpRecord *contract, int part, gint64 minutes, JpDate on)
{
  JpId     id = jp_id_source_next (vault->ids);
  JpDraft *draft = jp_draft_new (JP_KIND_STAGE_RECORD, &id);

  jp_draft_set_ref (draft, JP_STAGE_RECORD_TRAINEE,
                    jp_record_get_ref (contract, JP_CONTRACT_TRAINEE));
  jp_draft_set_ref (draft, JP_STAGE_RECORD_CONTRACT, jp_record_get_id (contract));
  jp_draft_set_integer (draft, JP_STAGE_RECORD_PART, part);
  jp_draft_set_integer (draft, JP_STAGE_RECORD_TOTAL_MINUTES, minutes);
  jp_draft_set_integer (draft, JP_STAGE_RECORD_VALID_MINUTES, minutes);
  jp_draft_set_code (draft, JP_STAGE_RECORD_STATE, JP_STAGE_STATE_APPROVED);
  jp_draft_set_integer (draft, JP_STAGE_RECORD_REVIEWED_AT, jp_date_to_instant (on, 18, 0));
  jp_vault_fixture_put (vault, draft);
}
