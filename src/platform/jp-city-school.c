/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-city-private.h"

#include "jp-check-code.h"
#include "jp-codes.h"
#include "jp-demo-school.h"

#define COACHES_LARGE   40
#define COACHES_SMALL   5
#define VEHICLES_LARGE  80 /* a school of grade 1, domain.md §5.8 */
#define VEHICLES_SMALL  6
#define SPARES_LARGE    6
#define COORDINATE_STEP 1000

/* Where a district lies, roughly: the demo sorts schools by distance. */
static const struct
{
  const char *code;
  const char *short_name;
  gint64      latitude;
  gint64      longitude;
} districts[] = {
  { "371702", "牡丹", 35252000, 115417000 }, { "371703", "定陶", 35072000, 115571000 },
  { "371721", "曹县", 34826000, 115542000 }, { "371722", "单县", 34795000, 116087000 },
  { "371723", "成武", 34953000, 115890000 }, { "371724", "巨野", 35397000, 116095000 },
  { "371725", "郓城", 35600000, 115944000 }, { "371726", "鄄城", 35563000, 115510000 },
  { "371728", "东明", 35290000, 115090000 },
};

static const char *const school_words[] = { "平安", "顺达", "宏运", "金盾", "远航", "安通",
                                            "永安", "鑫源", "华宇", "通达", "众联", "鸿图" };

static const struct
{
  const char *name;
  const char *type;
  gint64      price_fen;
} tier_kinds[] = {
  { "基础班", "C1", 328000 }, { "VIP班", "C1", 468000 },    { "周末班", "C1", 368000 },
  { "学生班", "C1", 298000 }, { "自动挡班", "C2", 348000 }, { "自动挡VIP班", "C2", 488000 },
  { "摩托班", "D", 98000 },
};

/**
 * jp_city_school_free:
 * @self: (nullable) (transfer full): a school
 */
void
jp_city_school_free (JpCitySchool *self)
{
  if (self == NULL)
    return;

  jp_record_unref (self->record);
  g_ptr_array_unref (self->coaches);
  g_ptr_array_unref (self->vehicles);
  g_ptr_array_unref (self->terminals);
  g_ptr_array_unref (self->tiers);
  g_ptr_array_unref (self->lines);
  g_free (self->places);
  g_free (self);
}

static void
line_free (gpointer data)
{
  JpCityLine *line = data;

  g_free (line->contract_no);
  g_free (line->trainee_name);
  g_free (line->reference);
  g_free (line);
}

static JpCitySchool *
school_new (JpCity *city, guint index)
{
  JpCitySchool *school = g_new0 (JpCitySchool, 1);

  school->index = index;
  school->id = index == 0 ? jp_demo_school_get_id () : jp_city_new_id (city, "school:%u", index);
  school->coaches = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
  school->vehicles = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
  school->terminals = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
  school->tiers = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
  school->lines = g_ptr_array_new_with_free_func (line_free);
  return school;
}

static char *
dup_credit_code (JpCity *city, const char *district)
{
  g_autofree char *head = g_strdup_printf ("91%s%05uA%03u", district, jp_city_roll (city, 100000),
                                           jp_city_roll (city, 1000));

  return g_strdup_printf ("%s%c", head, jp_check_code_compute_credit_last (head));
}

/* The first school of the city is the one that a demo at a desk opens before it has seen the
 * platform: both know it by the same words. */
static void
copy_demo_school (JpDraft *draft)
{
  const JpKindInfo *info = jp_kind_get_info (JP_KIND_SCHOOL);
  g_autoptr (JpRecord) demo = jp_draft_end (jp_demo_school_new_draft ());

  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i].owner != JP_OWNER_PLATFORM)
      jp_draft_copy_field (draft, demo, info->fields[i].id);
}

static gboolean
make_profile (JpCity *city, JpCitySchool *school, gboolean large, GError **error)
{
  guint       d = school->index % G_N_ELEMENTS (districts);
  const char *word =
    school_words[school->index / G_N_ELEMENTS (districts) % G_N_ELEMENTS (school_words)];
  JpDraft *draft =
    jp_city_new_draft (city, JP_KIND_SCHOOL, &school->id, city->now_us - 400 * JP_DAY_US);
  g_autofree char *name = school->index == 0
                            ? g_strdup (JP_CITY_FIRST_NAME)
                            : g_strconcat (districts[d].short_name, word, "驾校", NULL);
  g_autofree char *number = jp_city_dup_number (city);
  g_autofree char *address = jp_city_dup_address (city, districts[d].code);
  g_autofree char *credit = dup_credit_code (city, districts[d].code);
  g_autofree char *legal = jp_city_dup_person_name (city);
  g_autofree char *permit = g_strdup_printf ("鲁交驾培 %06u", 100000 + school->index);
  g_autofree char *phone = g_strdup_printf ("0530-%07u", 5000000 + jp_city_roll (city, 999999));

  jp_draft_set_text (draft, JP_SCHOOL_NAME, name);
  jp_draft_set_text (draft, JP_SCHOOL_SHORT_NAME, name);
  jp_draft_set_text (draft, JP_SCHOOL_NUMBER, number);
  jp_draft_set_text (draft, JP_SCHOOL_DISTRICT, districts[d].code);
  jp_draft_set_text (draft, JP_SCHOOL_LEVEL, large ? "1" : school->index % 3 == 0 ? "2" : "3");
  jp_draft_set_code (draft, JP_SCHOOL_BUSI_STATUS, JP_BUSI_STATUS_OPEN);
  jp_draft_set_text (draft, JP_SCHOOL_LICENCE_TYPES, "C1,C2,D");
  jp_draft_set_text (draft, JP_SCHOOL_LICENCE_NO, permit);
  jp_draft_set_text (draft, JP_SCHOOL_CREDIT_CODE, credit);
  jp_draft_set_text (draft, JP_SCHOOL_LEGAL_PERSON, legal);
  jp_draft_set_text (draft, JP_SCHOOL_CONTACT, legal);
  jp_draft_set_text (draft, JP_SCHOOL_PHONE, phone);
  jp_draft_set_text (draft, JP_SCHOOL_ADDRESS, address);
  jp_draft_set_integer (draft, JP_SCHOOL_LATITUDE,
                        districts[d].latitude + (gint64)jp_city_roll (city, 60) * COORDINATE_STEP);
  jp_draft_set_integer (draft, JP_SCHOOL_LONGITUDE,
                        districts[d].longitude + (gint64)jp_city_roll (city, 60) * COORDINATE_STEP);
  jp_draft_set_text (draft, JP_SCHOOL_INTRODUCTION,
                     "演示数据：本校并不存在。教练车全部安装计时终端，学费进入监管账户，一费到底"
                     "。");
  jp_draft_set_text (draft, JP_SCHOOL_SERVICES, "预约培训、免费模拟、节假日照常。");
  if (school->index == 0)
    copy_demo_school (draft);

  school->record = jp_draft_end (draft);
  return jp_platform_store_add_school (city->store, school->record, error);
}

static gboolean
make_ground (JpCity *city, JpCitySchool *school, GError **error)
{
  JpId        id = jp_city_new_id (city, "ground:%u", school->index);
  JpDraft    *draft = jp_city_new_draft (city, JP_KIND_GROUND, &id, city->now_us - 390 * JP_DAY_US);
  const char *address = jp_record_get_text (school->record, JP_SCHOOL_ADDRESS);
  g_autofree char *name = g_strconcat (jp_record_get_title (school->record), "训练场", NULL);

  jp_draft_set_text (draft, JP_GROUND_NAME, name);
  jp_draft_set_integer (draft, JP_GROUND_SEQUENCE, 1);
  jp_draft_set_code (draft, JP_GROUND_TYPE, 1);
  jp_draft_set_text (draft, JP_GROUND_ADDRESS, address);
  jp_draft_set_integer (draft, JP_GROUND_AREA, school->index == 0 ? 36000 : 12000);
  jp_draft_set_text (draft, JP_GROUND_LICENCE_TYPES, "C1,C2,D");
  school->places = g_strdup_printf ("%s（%s）", name, address);
  return jp_city_put_only (city, &school->id, draft, error);
}

static gboolean
make_coach (JpCity *city, JpCitySchool *school, guint i, GError **error)
{
  JpId     id = jp_city_new_id (city, "coach:%u:%u", school->index, i);
  JpDraft *draft = jp_city_new_draft (city, JP_KIND_COACH, &id, city->now_us - 380 * JP_DAY_US);
  g_autofree char *name = jp_city_dup_person_name (city);
  g_autofree char *number = jp_city_dup_number (city);
  g_autofree char *id_number = jp_city_dup_id_number (city, 28, 55);
  g_autofree char *mobile = jp_city_dup_mobile (city);
  JpRecord        *record = NULL;

  jp_draft_set_text (draft, JP_COACH_NAME, name);
  jp_draft_set_code (draft, JP_COACH_SEX, jp_city_chance (city, 85) ? JP_SEX_MALE : JP_SEX_FEMALE);
  jp_draft_set_text (draft, JP_COACH_ID_NUMBER, id_number);
  jp_draft_set_text (draft, JP_COACH_MOBILE, mobile);
  jp_draft_set_text (draft, JP_COACH_NUMBER, number);
  jp_draft_set_text (draft, JP_COACH_LICENCE_NO, id_number);
  jp_draft_set_date (draft, JP_COACH_LICENCE_DATE, 20120601);
  jp_draft_set_text (draft, JP_COACH_DRIVES, "C1");
  jp_draft_set_text (draft, JP_COACH_TEACHES, i % 4 == 3 ? "C2" : "C1");
  jp_draft_set_date (draft, JP_COACH_PERMIT_UNTIL,
                     jp_date_add_days (city->today,
                                       i == 1 ? 12 : 20 + (int)jp_city_roll (city, 900)));
  jp_draft_set_text (draft, JP_COACH_EMPLOY_STATUS, "employed");
  jp_draft_set_date (draft, JP_COACH_HIRED_ON,
                     jp_date_add_days (city->today, -400 - (int)jp_city_roll (city, 2000)));

  record = jp_city_put (city, &school->id, draft, error);
  if (record != NULL)
    g_ptr_array_add (school->coaches, record);
  return record != NULL;
}

static JpRecord *
make_terminal (JpCity *city, JpCitySchool *school, guint i, const char *status, GError **error)
{
  static const char *const vendors[] = { "多伦科技", "海康威视", "安运驾培", "南京多伦" };
  JpId                     id = jp_city_new_id (city, "terminal:%u:%u", school->index, i);
  JpDraft *draft = jp_city_new_draft (city, JP_KIND_TERMINAL, &id, city->now_us - 370 * JP_DAY_US);
  g_autofree char *serial = g_strdup_printf ("JP%04u%05u", school->index, i + 1);
  g_autofree char *number = jp_city_dup_number (city);
  g_autofree char *mac =
    g_strdup_printf ("00%02X%02X%02X%02X%02X", school->index, i & 0xff, jp_city_roll (city, 256),
                     jp_city_roll (city, 256), jp_city_roll (city, 256));

  jp_draft_set_text (draft, JP_TERMINAL_SERIAL, serial);
  jp_draft_set_code (draft, JP_TERMINAL_TYPE, 1);
  jp_draft_set_text (draft, JP_TERMINAL_VENDOR,
                     vendors[jp_city_roll (city, G_N_ELEMENTS (vendors))]);
  jp_draft_set_text (draft, JP_TERMINAL_MODEL, jp_city_chance (city, 50) ? "DL-3200" : "JT-808S");
  jp_draft_set_text (draft, JP_TERMINAL_IMEI, mac);
  jp_draft_set_text (draft, JP_TERMINAL_NUMBER, number);
  jp_draft_set_text (draft, JP_TERMINAL_FIRMWARE, "2.4.1");
  jp_draft_set_text (draft, JP_TERMINAL_STATUS, status);
  return jp_city_put (city, &school->id, draft, error);
}

static gboolean
bind (JpCity       *city,
      JpCitySchool *school,
      JpRecord     *terminal,
      JpRecord     *vehicle,
      guint         i,
      GError      **error)
{
  JpId             id = jp_city_new_id (city, "assignment:%u:%u", school->index, i);
  gint64           started_us = city->now_us - 360 * JP_DAY_US;
  JpDraft         *draft = jp_city_new_draft (city, JP_KIND_TERMINAL_ASSIGNMENT, &id, started_us);
  g_autofree char *sim = jp_city_dup_mobile (city);

  jp_draft_set_ref (draft, JP_TERMINAL_ASSIGNMENT_TERMINAL, jp_record_get_id (terminal));
  jp_draft_set_ref (draft, JP_TERMINAL_ASSIGNMENT_VEHICLE, jp_record_get_id (vehicle));
  jp_draft_set_text (draft, JP_TERMINAL_ASSIGNMENT_SIM, sim);
  jp_draft_set_integer (draft, JP_TERMINAL_ASSIGNMENT_STARTED_AT, started_us);
  jp_draft_set_text (draft, JP_TERMINAL_ASSIGNMENT_REASON, "first");
  return jp_city_put_only (city, &school->id, draft, error);
}

static gboolean
make_vehicle (JpCity *city, JpCitySchool *school, guint i, GError **error)
{
  static const char *const brands[] = { "大众捷达", "大众桑塔纳", "雪铁龙爱丽舍", "比亚迪秦" };
  JpId                     id = jp_city_new_id (city, "vehicle:%u:%u", school->index, i);
  JpDraft *draft = jp_city_new_draft (city, JP_KIND_VEHICLE, &id, city->now_us - 370 * JP_DAY_US);
  g_autofree char *plate =
    g_strdup_printf ("鲁R%c%03u学", 'A' + school->index / 10 % 8, school->index % 10 * 100 + i);
  g_autofree char *number = jp_city_dup_number (city);
  const char      *brand = brands[jp_city_roll (city, G_N_ELEMENTS (brands))];
  JpRecord        *record = NULL;
  JpRecord        *terminal = NULL;

  jp_draft_set_text (draft, JP_VEHICLE_PLATE, plate);
  jp_draft_set_code (draft, JP_VEHICLE_PLATE_COLOR, 2);
  jp_draft_set_text (draft, JP_VEHICLE_NUMBER, number);
  jp_draft_set_text (draft, JP_VEHICLE_LICENCE_TYPE, i % 4 == 3 ? "C2" : "C1");
  jp_draft_set_text (draft, JP_VEHICLE_MANUFACTURER, "一汽大众汽车有限公司");
  jp_draft_set_text (draft, JP_VEHICLE_BRAND, brand);
  jp_draft_set_date (draft, JP_VEHICLE_BOUGHT_ON,
                     jp_date_add_days (city->today, -500 - (int)jp_city_roll (city, 1500)));
  jp_draft_set_code (draft, JP_VEHICLE_STATUS, 1);
  jp_draft_set_date (draft, JP_VEHICLE_INSPECTED_UNTIL,
                     jp_date_add_days (city->today,
                                       i == 0 ? -2 : 10 + (int)jp_city_roll (city, 600)));
  jp_draft_set_date (draft, JP_VEHICLE_INSURED_UNTIL,
                     jp_date_add_days (city->today, 15 + (int)jp_city_roll (city, 350)));

  record = jp_city_put (city, &school->id, draft, error);
  if (record == NULL)
    return FALSE;
  g_ptr_array_add (school->vehicles, record);

  terminal = make_terminal (city, school, i, "in-use", error);
  if (terminal == NULL)
    return FALSE;
  g_ptr_array_add (school->terminals, terminal);
  return bind (city, school, terminal, record, i, error);
}

static gboolean
make_tier (JpCity *city, JpCitySchool *school, guint kind, GError **error)
{
  JpId     id = jp_city_new_id (city, "tier:%u:%u", school->index, kind);
  JpDraft *draft =
    jp_city_new_draft (city, JP_KIND_CLASS_TIER, &id, city->now_us - 380 * JP_DAY_US);
  gint64           price = tier_kinds[kind].price_fen + (gint64)jp_city_roll (city, 8) * 5000;
  gint64           part = price * 3 / 10;
  g_autofree char *sequence = g_strdup_printf ("%05u", kind + 1);
  JpRecord        *record = NULL;

  jp_draft_set_text (draft, JP_CLASS_TIER_NAME, tier_kinds[kind].name);
  jp_draft_set_text (draft, JP_CLASS_TIER_SEQUENCE, sequence);
  jp_draft_set_integer (draft, JP_CLASS_TIER_VERSION_NO, 1);
  jp_draft_set_text (draft, JP_CLASS_TIER_LICENCE_TYPE, tier_kinds[kind].type);
  jp_draft_set_code (draft, JP_CLASS_TIER_TRAINING_MODE, 2);
  jp_draft_set_text (draft, JP_CLASS_TIER_SERVICES, "教材、培训、结业考核；不另收费。");
  jp_draft_set_integer (draft, JP_CLASS_TIER_PRICE, price);
  jp_draft_set_code (draft, JP_CLASS_TIER_CHARGE_MODE, 1);
  jp_draft_set_code (draft, JP_CLASS_TIER_PAY_MODE, 1);
  jp_draft_set_integer (draft, JP_CLASS_TIER_PART1_FEE, part);
  jp_draft_set_integer (draft, JP_CLASS_TIER_PART2_FEE, part);
  jp_draft_set_integer (draft, JP_CLASS_TIER_PART3_FEE, part);
  jp_draft_set_integer (draft, JP_CLASS_TIER_SERVICE_FEE, price - 3 * part);
  jp_draft_set_text (draft, JP_CLASS_TIER_STATUS, "published");
  jp_draft_set_date (draft, JP_CLASS_TIER_VALID_FROM, 20250528);

  record = jp_city_put (city, &school->id, draft, error);
  if (record != NULL)
    g_ptr_array_add (school->tiers, record);
  return record != NULL;
}

/**
 * jp_city_make_school:
 * @self: a city with an open transaction
 * @index: number of the school
 * @large: a school of grade 1
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Makes a school with everything but trainees.
 *
 * Returns: (transfer full): the school, or %NULL with an error
 */
JpCitySchool *
jp_city_make_school (JpCity *self, guint index, gboolean large, GError **error)
{
  JpCitySchool *school = school_new (self, index);
  guint         n_coaches = large ? COACHES_LARGE : COACHES_SMALL;
  guint         n_vehicles = large ? VEHICLES_LARGE : VEHICLES_SMALL;
  guint         n_tiers = large ? G_N_ELEMENTS (tier_kinds) : 3;
  gboolean      ok = make_profile (self, school, large, error) && make_ground (self, school, error);

  for (guint i = 0; ok && i < n_coaches; i++)
    ok = make_coach (self, school, i, error);
  for (guint i = 0; ok && i < n_vehicles; i++)
    {
      jp_platform_store_next_group (self->store);
      ok = make_vehicle (self, school, i, error);
    }
  for (guint i = 0; ok && large && i < SPARES_LARGE; i++)
    {
      g_autoptr (JpRecord) spare = make_terminal (self, school, n_vehicles + i, "spare", error);

      ok = spare != NULL;
    }
  for (guint i = 0; ok && i < n_tiers; i++)
    ok = make_tier (self, school, large ? i : (i + index) % 5, error);

  if (ok)
    return school;
  jp_city_school_free (school);
  return NULL;
}
