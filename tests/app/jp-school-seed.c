/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-school-seed.h"

#include "jp-commit.h"
#include "jp-desk.h"
#include "jp-fake-clock.h"
#include "jp-json.h"
#include "jp-policy.h"
#include "jp-setup.h"
#include "jp-test-records.h"
#include "jp-wire-record.h"

#define N_COACHES  6
#define N_VEHICLES 8
#define N_TIERS    5

/* What the records point to. */
typedef struct
{
  JpVault    *vault;
  JpIdSource *random; /* (owned) */
  JpPolicy   *policy; /* (owned): the one of the contracts */
  JpId        tiers[N_TIERS];
  JpId        coaches[N_COACHES];
  JpId        vehicles[N_VEHICLES];
  JpId        terminals[N_VEHICLES];
} Seed;

/* As a contract freezes its class tier. */
static void
set_tier_copy (Seed *seed, JpDraft *contract, const JpId *tier_id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) tier =
    jp_record_table_get (seed->vault->db, seed->vault->key, JP_KIND_CLASS_TIER, tier_id, &error);
  g_autofree char *copy = NULL;

  g_assert_no_error (error);
  copy = jp_wire_record_to_text (tier);
  jp_draft_set_text (contract, JP_CONTRACT_TIER_COPY, copy);
}

static void
put (Seed *seed, JpDraft *draft)
{
  JpRowStamp stamp = { seed->vault->school, 1 };
  g_autoptr (JpRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  gint64       rid = 0;
  JpRecordHead head = { .created_at_us = JP_FAKE_CLOCK_NOW_US,
                        .updated_at_us = JP_FAKE_CLOCK_NOW_US,
                        .version = 1 };

  jp_desk_set_defaults (draft, jp_vault_today (seed->vault));
  jp_draft_set_head (draft, &head);
  record = jp_draft_end (draft);
  jp_record_table_put (seed->vault->db, seed->vault->key, record, &stamp, &rid, &error);
  g_assert_no_error (error);
}

static JpDraft *
new_draft (Seed *seed, JpKind kind, JpId *out_id)
{
  *out_id = jp_id_source_next (seed->vault->ids);
  return jp_draft_new (kind, out_id);
}

/**
 * jp_school_seed_school:
 * @vault: a vault that was set up
 *
 * Founds the school.
 */
void
jp_school_seed_school (JpVault *vault)
{
  g_autoptr (GError) error = NULL;
  JpId          id = jp_id_derive ("school", "test");
  JpSetupSchool school = {
    .name = "菏泽市牡丹机动车驾驶员培训有限公司",
    .short_name = "牡丹驾校",
    .district = "371702",
    .address = "菏泽市牡丹区人民路1号",
    .phone = "0530-5550000",
    .licence_types = "C1,C2",
  };
  JpDraft *draft = jp_setup_new_draft (&id, &school);

  jp_draft_set_text (draft, JP_SCHOOL_CREDIT_CODE, "91371702MA3C00000N");
  jp_draft_set_text (draft, JP_SCHOOL_LICENCE_NO, "鲁交运管许可字371702000001号");
  jp_draft_set_text (draft, JP_SCHOOL_LEGAL_PERSON, "王建国");
  jp_setup_school (vault, draft, "校长", &error);
  g_assert_no_error (error);
}

static void
seed_tiers (Seed *seed)
{
  static const struct
  {
    const char  *name;
    const char  *type;
    gint64       price_fen;
    JpTierStatus status;
  } tiers[N_TIERS] = {
    { "基础班", "C1", 368000, JP_TIER_STATUS_PUBLISHED },
    { "学生班", "C2", 328000, JP_TIER_STATUS_PUBLISHED },
    { "周末班", "C1", 398000, JP_TIER_STATUS_PUBLISHED },
    { "VIP班", "C2", 568000, JP_TIER_STATUS_PUBLISHED },
    { "暑期特惠班", "C1", 298000, JP_TIER_STATUS_DRAFT },
  };

  for (guint i = 0; i < N_TIERS; i++)
    {
      JpDraft *draft = new_draft (seed, JP_KIND_CLASS_TIER, &seed->tiers[i]);

      jp_draft_set_text (draft, JP_CLASS_TIER_NAME, tiers[i].name);
      jp_draft_set_text (draft, JP_CLASS_TIER_LICENCE_TYPE, tiers[i].type);
      jp_draft_set_integer (draft, JP_CLASS_TIER_PRICE, tiers[i].price_fen);
      jp_draft_set_integer (draft, JP_CLASS_TIER_SERVICE_FEE, 50000);
      jp_draft_set_integer (draft, JP_CLASS_TIER_PART1_FEE, 30000);
      jp_draft_set_integer (draft, JP_CLASS_TIER_PART2_FEE, 120000);
      jp_draft_set_integer (draft, JP_CLASS_TIER_PART3_FEE, tiers[i].price_fen - 210000);
      jp_draft_set_integer (draft, JP_CLASS_TIER_PART4_FEE, 10000);
      jp_draft_set_code (draft, JP_CLASS_TIER_STATUS, (int)tiers[i].status);
      jp_draft_set_date (draft, JP_CLASS_TIER_VALID_FROM, 20260301);
      put (seed, draft);
    }
}

static void
seed_coaches (Seed *seed)
{
  static const char *const names[N_COACHES] = { "李建国", "孙涛", "王强",
                                                "赵敏",   "陈静", "阿依努尔·买买提" };

  for (guint i = 0; i < N_COACHES; i++)
    {
      JpDraft *draft = jp_test_draft_new (JP_KIND_COACH, seed->random);

      seed->coaches[i] = *jp_draft_get_id (draft);
      jp_draft_set_text (draft, JP_COACH_NAME, names[i]);
      jp_draft_set_code (draft, JP_COACH_EMPLOY_STATUS, JP_EMPLOY_STATUS_EMPLOYED);
      jp_draft_clear (draft, JP_COACH_LEFT_ON);
      jp_draft_set_date (draft, JP_COACH_PERMIT_UNTIL, jp_date_add_days (20261101, (int)i * 25));
      put (seed, draft);
    }
}

static void
seed_vehicles (Seed *seed)
{
  for (guint i = 0; i < N_VEHICLES; i++)
    {
      JpDraft         *vehicle = new_draft (seed, JP_KIND_VEHICLE, &seed->vehicles[i]);
      JpDraft         *terminal = new_draft (seed, JP_KIND_TERMINAL, &seed->terminals[i]);
      g_autofree char *plate = g_strdup_printf ("鲁R19%02u学", 60 + i);
      g_autofree char *serial = g_strdup_printf ("JT808-2026-%05u", 317 + i);
      g_autofree char *imei = g_strdup_printf ("A4C138%06X", 0x1f0000 + i);

      jp_draft_set_text (vehicle, JP_VEHICLE_PLATE, plate);
      jp_draft_set_text (vehicle, JP_VEHICLE_LICENCE_TYPE, i % 3 == 0 ? "C2" : "C1");
      jp_draft_set_text (vehicle, JP_VEHICLE_MANUFACTURER, "上汽大众汽车有限公司");
      jp_draft_set_text (vehicle, JP_VEHICLE_BRAND, "大众");
      jp_draft_set_text (vehicle, JP_VEHICLE_MODEL, "桑塔纳");
      jp_draft_set_date (vehicle, JP_VEHICLE_BOUGHT_ON, 20230415);
      jp_draft_set_date (vehicle, JP_VEHICLE_INSPECTED_UNTIL,
                         jp_date_add_days (20261120, (int)i * 30));
      jp_draft_set_date (vehicle, JP_VEHICLE_INSURED_UNTIL, 20270415);
      put (seed, vehicle);
      jp_draft_set_text (terminal, JP_TERMINAL_SERIAL, serial);
      jp_draft_set_text (terminal, JP_TERMINAL_VENDOR, "多伦科技");
      jp_draft_set_text (terminal, JP_TERMINAL_MODEL, "DL-T3");
      jp_draft_set_text (terminal, JP_TERMINAL_IMEI, imei);
      jp_draft_set_code (terminal, JP_TERMINAL_STATUS,
                         i < N_VEHICLES - 2 ? JP_TERMINAL_STATUS_IN_USE : JP_TERMINAL_STATUS_SPARE);
      put (seed, terminal);
    }
}

static void
seed_assignments (Seed *seed)
{
  for (guint i = 0; i < N_VEHICLES - 2; i++)
    {
      JpId     id = JP_ID_NONE;
      JpDraft *draft = new_draft (seed, JP_KIND_TERMINAL_ASSIGNMENT, &id);

      jp_draft_set_ref (draft, JP_TERMINAL_ASSIGNMENT_TERMINAL, &seed->terminals[i]);
      jp_draft_set_ref (draft, JP_TERMINAL_ASSIGNMENT_VEHICLE, &seed->vehicles[i]);
      jp_draft_set_text (draft, JP_TERMINAL_ASSIGNMENT_SIM, "1064905300001");
      jp_draft_set_integer (draft, JP_TERMINAL_ASSIGNMENT_STARTED_AT,
                            JP_FAKE_CLOCK_NOW_US - 90 * JP_DAY_US);
      jp_draft_set_code (draft, JP_TERMINAL_ASSIGNMENT_REASON, JP_ASSIGNMENT_REASON_FIRST);
      put (seed, draft);
    }
}

/* What is frozen in a contract, so that what would go back can be computed. */
static char *
dup_tier_copy (Seed *seed, const JpId *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) tier =
    jp_record_table_get (seed->vault->db, seed->vault->key, JP_KIND_CLASS_TIER, id, &error);

  g_assert_no_error (error);
  return jp_wire_record_to_text (tier);
}

static void
add_contract (Seed *seed, guint i, const JpId *trainee, const char *type, gint64 price_fen)
{
  JpDraft         *draft = jp_test_draft_new (JP_KIND_CONTRACT, seed->random);
  g_autofree char *number = g_strdup_printf ("HT-0041-26-02-%05u", 200 + i);
  gboolean         paid = i % 5 != 1;
  g_autofree char *copy = dup_tier_copy (seed, &seed->tiers[i % (N_TIERS - 1)]);

  jp_draft_clear (draft, JP_CONTRACT_SIGNED_AT);
  jp_draft_clear (draft, JP_CONTRACT_PAID_AT);
  jp_draft_set_integer (draft, JP_CONTRACT_OFFERED_AT,
                        JP_FAKE_CLOCK_NOW_US - (gint64)(i + 3) * JP_DAY_US);
  if (paid)
    {
      jp_draft_set_integer (draft, JP_CONTRACT_SIGNED_AT,
                            JP_FAKE_CLOCK_NOW_US - (gint64)(i + 2) * JP_DAY_US);
      jp_draft_set_integer (draft, JP_CONTRACT_PAID_AT,
                            JP_FAKE_CLOCK_NOW_US - (gint64)(i + 1) * JP_DAY_US);
    }
  jp_draft_set_text (draft, JP_CONTRACT_CURRICULUM_ID, "mot-2022");
  jp_draft_set_text (draft, JP_CONTRACT_TIER_COPY, copy);
  jp_draft_set_text (draft, JP_CONTRACT_NUMBER, number);
  jp_draft_set_ref (draft, JP_CONTRACT_TRAINEE, trainee);
  jp_draft_set_ref (draft, JP_CONTRACT_CLASS_TIER, &seed->tiers[i % (N_TIERS - 1)]);
  set_tier_copy (seed, draft, &seed->tiers[i % (N_TIERS - 1)]);
  jp_draft_set_text (draft, JP_CONTRACT_LICENCE_TYPE, type);
  jp_draft_set_integer (draft, JP_CONTRACT_PRICE, price_fen);
  jp_draft_set_text (draft, JP_CONTRACT_POLICY_ID, "heze-demo-assumption");
  jp_draft_set_text (draft, JP_CONTRACT_POLICY_DIGEST, jp_policy_get_digest (seed->policy));
  jp_draft_set_code (draft, JP_CONTRACT_STATUS,
                     paid ? JP_CONTRACT_STATUS_PAID : JP_CONTRACT_STATUS_OFFERED);
  jp_draft_set_integer (draft, JP_CONTRACT_PAID, paid ? price_fen : 0);
  jp_draft_set_integer (draft, JP_CONTRACT_RELEASED, paid ? price_fen * (i % 4) * 3 / 10 : 0);
  jp_draft_set_integer (draft, JP_CONTRACT_REFUNDED, 0);
  jp_draft_set_date (draft, JP_CONTRACT_DRAFTED_ON, jp_date_add_days (20261120, -(int)i));
  put (seed, draft);
}

static void
add_session (Seed *seed, guint i, const JpId *trainee)
{
  JpDraft *draft = jp_test_draft_new (JP_KIND_TRAINING_SESSION, seed->random);
  gint64   started_us = JP_FAKE_CLOCK_NOW_US - (gint64)(i % 20) * JP_DAY_US - JP_HOUR_US;

  jp_draft_set_ref (draft, JP_TRAINING_SESSION_TRAINEE, trainee);
  jp_draft_set_ref (draft, JP_TRAINING_SESSION_COACH, &seed->coaches[i % N_COACHES]);
  jp_draft_set_ref (draft, JP_TRAINING_SESSION_VEHICLE, &seed->vehicles[i % N_VEHICLES]);
  jp_draft_set_integer (draft, JP_TRAINING_SESSION_PART, 2 + i % 2);
  jp_draft_set_integer (draft, JP_TRAINING_SESSION_STARTED_AT, started_us);
  jp_draft_set_integer (draft, JP_TRAINING_SESSION_ENDED_AT, started_us + 90 * JP_MINUTE_US);
  jp_draft_set_integer (draft, JP_TRAINING_SESSION_DURATION, 90);
  jp_draft_set_integer (draft, JP_TRAINING_SESSION_VALID_MINUTES, i % 4 == 0 ? 0 : 90);
  jp_draft_set_code (draft, JP_TRAINING_SESSION_STATE,
                     i % 4 == 0 ? JP_SESSION_STATE_PENDING : JP_SESSION_STATE_VALID);
  jp_draft_clear (draft, JP_TRAINING_SESSION_REASON);
  put (seed, draft);
}

static void
seed_trainees (Seed *seed, guint n_trainees)
{
  static const char *const families[] = { "徐", "曾", "郭", "马", "赵", "朱", "张", "单", "黄" };
  static const char *const given[] = { "文", "雨桐", "桂", "杰", "敏", "英娟", "建秀", "浩秀" };
  static const gint64 prices[] = { 368000, 328000, 398000, 568000 };

  for (guint i = 0; i < n_trainees; i++)
    {
      JpId             id = JP_ID_NONE;
      JpDraft         *draft = new_draft (seed, JP_KIND_TRAINEE, &id);
      const char      *type = i % 2 == 0 ? "C1" : "C2";
      gboolean         trains = i % 5 != 4;
      g_autofree char *name =
        g_strconcat (families[i % G_N_ELEMENTS (families)], given[i % G_N_ELEMENTS (given)], NULL);
      g_autofree char *number =
        jp_test_record_dup_id_number (seed->random, jp_date_add_days (19990101, (int)i * 71),
                                      i % 2 == 0);
      g_autofree char *phone = jp_test_record_dup_mobile (seed->random);
      g_autofree char *file = g_strdup_printf ("%016u", 1710000U + 37 * i);

      jp_draft_set_text (draft, JP_TRAINEE_NAME, name);
      jp_draft_set_text (draft, JP_TRAINEE_ID_NUMBER, number);
      jp_draft_set_text (draft, JP_TRAINEE_PHONE, phone);
      jp_draft_set_text (draft, JP_TRAINEE_LICENCE_TYPE, type);
      jp_draft_set_ref (draft, JP_TRAINEE_CLASS_TIER, &seed->tiers[i % (N_TIERS - 1)]);
      jp_draft_set_ref (draft, JP_TRAINEE_COACH, &seed->coaches[i % N_COACHES]);
      jp_draft_set_date (draft, JP_TRAINEE_APPLIED_ON, jp_date_add_days (20261120, -(int)i));
      if (trains)
        {
          jp_draft_set_text (draft, JP_TRAINEE_NUMBER, file);
          jp_draft_set_code (draft, JP_TRAINEE_STATUS, JP_TRAINEE_STATUS_TRAINING);
          jp_draft_set_integer (draft, JP_TRAINEE_PART1_MINUTES, 720);
          jp_draft_set_integer (draft, JP_TRAINEE_PART2_MINUTES, 60 * (i % 17));
          jp_draft_set_integer (draft, JP_TRAINEE_VALID_MINUTES, 720 + 60 * (i % 17));
          jp_draft_set_integer (draft, JP_TRAINEE_REQUIRED_MINUTES, 62 * 60);
        }
      put (seed, draft);
      if (!trains)
        continue;
      add_contract (seed, i, &id, type, prices[i % G_N_ELEMENTS (prices)]);
      for (guint j = 0; j < 3; j++)
        add_session (seed, i + 5 * j, &id);
    }
}

/**
 * jp_school_seed_everything:
 * @vault: a vault with the school
 * @n_trainees: how many trainees
 *
 * Fills the school, as if the platform had sent it all.
 */
void
jp_school_seed_everything (JpVault *vault, guint n_trainees)
{
  Seed seed = { .vault = vault, .random = jp_id_source_new_seeded (vault->clock, 42) };
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (GError) error = NULL;

  seed.policy = jp_policy_new_from_data ("heze-demo-assumption", &error);
  g_assert_no_error (error);
  g_assert_true (jp_db_begin_write (vault->db, &transaction, &error));
  seed_tiers (&seed);
  seed_coaches (&seed);
  seed_vehicles (&seed);
  seed_assignments (&seed);
  seed_trainees (&seed, n_trainees);
  g_assert_true (jp_transaction_commit (&transaction, &error));
  g_object_unref (seed.random);
  jp_policy_unref (seed.policy);
}
