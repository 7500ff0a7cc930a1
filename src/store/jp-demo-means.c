/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-commit.h"
#include "jp-demo-private.h"
#include "jp-desk-private.h"

/* Grounds, coaches, vehicles, terminals, class tiers. Some things expire soon, so that the
 * work-list of the day has something to say. */

#define N_COACHES    8
#define N_VEHICLES   10
#define N_TERMINALS  12
#define N_BOUND      9
#define SOON_DAYS    20
#define FULL_YEARS   3
#define DAYS_OF_YEAR 365

static void
add (JpDemo *demo, JpChange *change, JpDraft *draft)
{
  jp_desk_set_defaults (draft, demo->today);
  jp_desk_add (change, NULL, draft);
}

/* Every third one soon, the other ones within three years. */
static JpDate
expiry (JpDemo *demo, guint number)
{
  JpDate last = jp_date_add_days (demo->today, FULL_YEARS * DAYS_OF_YEAR);

  if (number % 3 == 0)
    return jp_date_add_days (demo->today, (int)jp_id_source_below (demo->random, SOON_DAYS));
  return jp_demo_random_date (demo, jp_date_add_days (demo->today, SOON_DAYS), last);
}

static gboolean
make_grounds (JpDemo *demo, GError **error)
{
  static const struct
  {
    const char *name;
    const char *type;
    gint64      area;
  } grounds[] = { { "一号训练场", "field", 12000 }, { "北环道路训练线", "road", 3000 } };
  g_autoptr (JpChange) change = jp_desk_new_change (demo->vault, "new", demo->actor);

  for (guint i = 0; i < G_N_ELEMENTS (grounds); i++)
    {
      JpId     id = jp_demo_make_id (demo, "ground", i);
      JpDraft *draft = jp_draft_new (JP_KIND_GROUND, &id);

      jp_draft_set_text (draft, JP_GROUND_NAME, grounds[i].name);
      jp_draft_set_integer (draft, JP_GROUND_SEQUENCE, i + 1);
      jp_draft_set_text (draft, JP_GROUND_TYPE, grounds[i].type);
      jp_draft_set_text (draft, JP_GROUND_ADDRESS, "菏泽市牡丹区北环路演示段");
      jp_draft_set_integer (draft, JP_GROUND_AREA, grounds[i].area);
      jp_draft_set_text (draft, JP_GROUND_LICENCE_TYPES, "C1,C2");
      jp_draft_set_integer (draft, JP_GROUND_LATITUDE, 35262000 + (gint64)i * 4000);
      jp_draft_set_integer (draft, JP_GROUND_LONGITUDE, 115462000);
      jp_draft_set_integer (draft, JP_GROUND_CAPACITY, 24 / (i + 1));
      add (demo, change, draft);
    }
  return jp_demo_commit (demo, change, error);
}

static gboolean
make_coaches (JpDemo *demo, GError **error)
{
  g_autoptr (JpChange) change = jp_desk_new_change (demo->vault, "new", demo->actor);

  for (guint i = 0; i < N_COACHES; i++)
    {
      JpId     id = jp_demo_make_id (demo, "coach", i);
      JpDraft *draft = jp_draft_new (JP_KIND_COACH, &id);
      g_auto (JpDemoPerson) person = { 0 };
      g_autofree char *permit = g_strdup_printf ("3717%08u", 20180001 + i);

      jp_demo_person_init (&person, demo, 19720101, 19931231);
      jp_draft_set_text (draft, JP_COACH_NAME, person.name);
      jp_draft_set_text (draft, JP_COACH_ID_NUMBER, person.id_number);
      jp_draft_set_text (draft, JP_COACH_MOBILE, person.mobile);
      jp_draft_set_text (draft, JP_COACH_ADDRESS, person.address);
      jp_draft_set_text (draft, JP_COACH_LICENCE_NO, person.id_number);
      jp_draft_set_date (draft, JP_COACH_LICENCE_DATE,
                         jp_demo_random_date (demo, 20120101, 20151231));
      jp_draft_set_date (draft, JP_COACH_LICENCE_UNTIL, expiry (demo, i + 1));
      jp_draft_set_text (draft, JP_COACH_DRIVES, "C1");
      jp_draft_set_text (draft, JP_COACH_TEACHES, i % 3 == 2 ? "C2" : "C1");
      jp_draft_set_text (draft, JP_COACH_PERMIT_NO, permit);
      jp_draft_set_integer (draft, JP_COACH_PERMIT_LEVEL, 2 + i % 3);
      jp_draft_set_date (draft, JP_COACH_PERMIT_UNTIL, expiry (demo, i));
      jp_draft_set_date (draft, JP_COACH_HIRED_ON, jp_demo_random_date (demo, 20180301, 20241231));
      add (demo, change, draft);
    }
  return jp_demo_commit (demo, change, error);
}

static gboolean
make_vehicles (JpDemo *demo, GError **error)
{
  static const struct
  {
    const char *manufacturer;
    const char *brand;
    const char *model;
  } cars[] = { { "上汽大众汽车有限公司", "桑塔纳", "1.5L 手动" },
               { "一汽-大众汽车有限公司", "捷达", "1.4L 手动" },
               { "东风汽车有限公司", "爱丽舍", "1.6L 自动" } };
  JpId ground = jp_demo_make_id (demo, "ground", 0);
  g_autoptr (JpChange) change = jp_desk_new_change (demo->vault, "new", demo->actor);

  for (guint i = 0; i < N_VEHICLES; i++)
    {
      JpId             id = jp_demo_make_id (demo, "vehicle", i);
      JpDraft         *draft = jp_draft_new (JP_KIND_VEHICLE, &id);
      guint            car = i % G_N_ELEMENTS (cars);
      g_autofree char *plate = g_strdup_printf ("鲁R%04u学", 1960 + i * 7);

      jp_draft_set_text (draft, JP_VEHICLE_PLATE, plate);
      jp_draft_set_text (draft, JP_VEHICLE_LICENCE_TYPE, car == 2 ? "C2" : "C1");
      jp_draft_set_text (draft, JP_VEHICLE_MANUFACTURER, cars[car].manufacturer);
      jp_draft_set_text (draft, JP_VEHICLE_BRAND, cars[car].brand);
      jp_draft_set_text (draft, JP_VEHICLE_MODEL, cars[car].model);
      jp_draft_set_date (draft, JP_VEHICLE_BOUGHT_ON,
                         jp_demo_random_date (demo, 20190301, 20241130));
      jp_draft_set_date (draft, JP_VEHICLE_INSPECTED_UNTIL, expiry (demo, i + 2));
      jp_draft_set_date (draft, JP_VEHICLE_INSURED_UNTIL, expiry (demo, i + 1));
      jp_draft_set_ref (draft, JP_VEHICLE_GROUND, &ground);
      add (demo, change, draft);
    }
  return jp_demo_commit (demo, change, error);
}

static gboolean
make_terminals (JpDemo *demo, GError **error)
{
  g_autoptr (JpChange) change = jp_desk_new_change (demo->vault, "new", demo->actor);

  for (guint i = 0; i < N_TERMINALS; i++)
    {
      JpId             id = jp_demo_make_id (demo, "terminal", i);
      JpDraft         *draft = jp_draft_new (JP_KIND_TERMINAL, &id);
      g_autofree char *serial = g_strdup_printf ("JPT-24-%04u", 101 + i);
      g_autofree char *mac = g_strdup_printf ("02A437%06X", 0x100 + i); /* locally administered */

      jp_draft_set_text (draft, JP_TERMINAL_SERIAL, serial);
      jp_draft_set_text (draft, JP_TERMINAL_VENDOR, "演示终端");
      jp_draft_set_text (draft, JP_TERMINAL_MODEL, "JT-2");
      jp_draft_set_text (draft, JP_TERMINAL_IMEI, mac);
      jp_draft_set_text (draft, JP_TERMINAL_FIRMWARE, "2.4.1");
      add (demo, change, draft);
    }
  return jp_demo_commit (demo, change, error);
}

static gboolean
bind_terminals (JpDemo *demo, GError **error)
{
  for (guint i = 0; i < N_BOUND; i++)
    {
      g_autofree char *sim = g_strdup_printf ("1440530%06u", 1001 + i);
      JpDeskSwap       swap = {
              .vehicle = jp_demo_make_id (demo, "vehicle", i),
              .terminal = jp_demo_make_id (demo, "terminal", i),
              .sim = sim,
              .reason = JP_ASSIGNMENT_REASON_FIRST,
      };
      g_autoptr (JpChange) change = jp_desk_swap_terminal (demo->vault, &swap, demo->actor, error);

      if (change == NULL || !jp_demo_commit (demo, change, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * jp_demo_make_means:
 * @demo: a demo school
 * @error: return location
 *
 * Makes grounds, coaches, vehicles and terminals.
 *
 * Returns: whether they are there
 */
gboolean
jp_demo_make_means (JpDemo *demo, GError **error)
{
  return make_grounds (demo, error) && make_coaches (demo, error) && make_vehicles (demo, error) &&
         make_terminals (demo, error) && bind_terminals (demo, error);
}

/* In yuan; service + parts is the price. */
static const struct
{
  const char    *name;
  const char    *licence_type;
  JpTrainingMode mode;
  JpTierStatus   status;
  gint64         service;
  gint64         parts[4];
  const char    *services;
} tiers[] = {
  { "C1 普通班",
    "C1",
    JP_TRAINING_MODE_BOOKED,
    JP_TIER_STATUS_PUBLISHED,
    380,
    { 300, 1400, 1100, 100 },
    "自选教练，在线预约" },
  { "C1 周末班",
    "C1",
    JP_TRAINING_MODE_FIXED,
    JP_TIER_STATUS_PUBLISHED,
    380,
    { 300, 1600, 1300, 100 },
    "周六、周日固定时段" },
  { "C1 一对一班",
    "C1",
    JP_TRAINING_MODE_BOOKED,
    JP_TIER_STATUS_PUBLISHED,
    480,
    { 300, 2300, 1800, 100 },
    "一人一车，班车接送" },
  { "C2 普通班",
    "C2",
    JP_TRAINING_MODE_BOOKED,
    JP_TIER_STATUS_PUBLISHED,
    380,
    { 300, 1600, 1200, 100 },
    "自选教练，在线预约" },
  { "C2 学生班",
    "C2",
    JP_TRAINING_MODE_FIXED,
    JP_TIER_STATUS_DRAFT,
    280,
    { 300, 1400, 1100, 100 },
    "寒暑假集中培训" },
};

/**
 * jp_demo_make_tiers:
 * @demo: a demo school
 * @error: return location
 *
 * Returns: whether the class tiers are there
 */
gboolean
jp_demo_make_tiers (JpDemo *demo, GError **error)
{
  static const JpFieldId fees[] = { JP_CLASS_TIER_PART1_FEE, JP_CLASS_TIER_PART2_FEE,
                                    JP_CLASS_TIER_PART3_FEE, JP_CLASS_TIER_PART4_FEE };
  g_autoptr (JpChange) change = jp_desk_new_change (demo->vault, "new", demo->actor);

  for (guint i = 0; i < G_N_ELEMENTS (tiers); i++)
    {
      JpId     id = jp_demo_make_id (demo, "class_tier", i);
      JpDraft *draft = jp_draft_new (JP_KIND_CLASS_TIER, &id);
      gint64   price = tiers[i].service;

      for (guint part = 0; part < G_N_ELEMENTS (fees); part++)
        {
          jp_draft_set_integer (draft, fees[part], tiers[i].parts[part] * 100);
          price += tiers[i].parts[part];
        }
      jp_draft_set_integer (draft, JP_CLASS_TIER_SERVICE_FEE, tiers[i].service * 100);
      jp_draft_set_integer (draft, JP_CLASS_TIER_PRICE, price * 100);
      jp_draft_set_text (draft, JP_CLASS_TIER_NAME, tiers[i].name);
      jp_draft_set_text (draft, JP_CLASS_TIER_LICENCE_TYPE, tiers[i].licence_type);
      jp_draft_set_text (draft, JP_CLASS_TIER_SERVICES, tiers[i].services);
      jp_draft_set_code (draft, JP_CLASS_TIER_TRAINING_MODE, (int)tiers[i].mode);
      jp_draft_set_code (draft, JP_CLASS_TIER_STATUS, (int)tiers[i].status);
      jp_draft_set_date (draft, JP_CLASS_TIER_VALID_FROM, jp_date_add_days (demo->today, -240));
      add (demo, change, draft);
    }
  return jp_demo_commit (demo, change, error);
}

/* --- trainees
 * -------------------------------------------------------------------------------------- */

static gboolean
draft_contract (JpDemo *demo, guint number, const JpId *trainee, const JpId *tier, GError **error)
{
  g_autoptr (JpChange) drafted =
    jp_desk_draft_contract (demo->vault, trainee, tier, demo->actor, error);
  g_autoptr (JpChange) offered = NULL;

  if (drafted == NULL || !jp_demo_commit (demo, drafted, error))
    return FALSE;
  if (number % 4 != 0)
    return TRUE;

  const JpChangeRow *row = g_ptr_array_index (drafted->rows, 0);

  offered = jp_desk_offer_contract (demo->vault, jp_record_get_id (row->after), demo->actor, error);
  return offered != NULL && jp_demo_commit (demo, offered, error);
}

/**
 * jp_demo_make_trainee:
 * @demo: a demo school
 * @number: which one, from 0
 * @error: return location
 *
 * Enrols somebody; drafts a contract for every other one, and sends every fourth.
 *
 * Returns: whether it worked
 */
gboolean
jp_demo_make_trainee (JpDemo *demo, guint number, GError **error)
{
  guint    tier = jp_id_source_below (demo->random, 4); /* the published ones */
  JpId     tier_id = jp_demo_make_id (demo, "class_tier", tier);
  JpId     coach_id = jp_demo_make_id (demo, "coach", number % N_COACHES);
  JpId     id = jp_demo_make_id (demo, "trainee", number);
  JpDraft *draft = jp_draft_new (JP_KIND_TRAINEE, &id);
  g_auto (JpDemoPerson) person = { 0 };
  g_autoptr (JpChange) change = NULL;

  jp_demo_person_init (&person, demo, jp_date_add_days (demo->today, -55 * DAYS_OF_YEAR),
                       jp_date_add_days (demo->today, -19 * DAYS_OF_YEAR));
  jp_draft_set_text (draft, JP_TRAINEE_NAME, person.name);
  jp_draft_set_text (draft, JP_TRAINEE_ID_NUMBER, person.id_number);
  jp_draft_set_text (draft, JP_TRAINEE_PHONE, person.mobile);
  jp_draft_set_text (draft, JP_TRAINEE_ADDRESS, person.address);
  jp_draft_set_text (draft, JP_TRAINEE_LICENCE_TYPE, tiers[tier].licence_type);
  jp_draft_set_ref (draft, JP_TRAINEE_CLASS_TIER, &tier_id);
  jp_draft_set_ref (draft, JP_TRAINEE_COACH, &coach_id);
  jp_draft_set_date (draft, JP_TRAINEE_APPLIED_ON,
                     jp_demo_random_date (demo, jp_date_add_days (demo->today, -200), demo->today));

  change = jp_desk_enrol_trainee (demo->vault, draft, demo->actor, error);
  if (change == NULL || !jp_demo_commit (demo, change, error))
    return FALSE;
  return number % 2 != 0 || draft_contract (demo, number, &id, &tier_id, error);
}
