/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-test-records.h"

#include "jp-check-code.h"
#include "jp-check-device.h"
#include "jp-check-id.h"
#include "jp-check-name.h"
#include "jp-check-phone.h"
#include "jp-check-place.h"
#include "jp-check-plate.h"
#include "jp-check-vin.h"
#include "jp-codes.h"
#include "jp-fake-clock.h"
#include "jp-licence.h"
#include "jp-validate.h"

#define DIGITS          "0123456789"
#define UPPER           "ABCDEFGHJKLMNPRSTUVWXYZ" /* without the letters that plates and VINs avoid */
#define HEX             "0123456789abcdef"
#define TEXT_MAX_CHARS  24
#define FIRST_HAN       0x4e00
#define N_HAN           20902 /* … U+9FA5 */
#define FIRST_DATE      20200101
#define DIGEST_CHARS    64
#define ID_TEXT_CHARS   36
#define ID_NUMBER_CHARS 18

static gboolean
flip (JpIdSource *source)
{
  return jp_id_source_below (source, 2) == 0;
}

static const char *
pick (JpIdSource *source, const char *const *texts, guint n_texts)
{
  return texts[jp_id_source_below (source, n_texts)];
}

#define PICK(source, texts) pick ((source), (texts), G_N_ELEMENTS (texts))

static char *
random_of (JpIdSource *source, const char *alphabet, guint length)
{
  char *text = g_malloc (length + 1);

  for (guint i = 0; i < length; i++)
    text[i] = alphabet[jp_id_source_below (source, (guint32)strlen (alphabet))];
  text[length] = '\0';
  return text;
}

static gint64
random_integer (JpIdSource *source, gint64 min, gint64 max)
{
  guint64 bits = 0;
  guint64 range = (guint64)max - (guint64)min + 1;

  jp_id_source_fill (source, &bits, sizeof bits);

  /* The ends of a range are where mistakes are made. */
  switch (jp_id_source_below (source, 8))
    {
    case 0:
      return min;
    case 1:
      return max;
    default:
      return (gint64)((guint64)min + (range == 0 ? bits : bits % range));
    }
}

/**
 * jp_test_record_get_today:
 *
 * Returns: the day on which the fake clock starts: 2026-11-24
 */
JpDate
jp_test_record_get_today (void)
{
  return jp_date_from_instant (JP_FAKE_CLOCK_NOW_US);
}

/**
 * jp_test_record_random_date:
 * @source: randomness
 * @from: first day
 * @to: last day, not before @from
 *
 * Returns: a day of the range
 */
JpDate
jp_test_record_random_date (JpIdSource *source, JpDate from, JpDate to)
{
  return jp_date_add_days (from,
                           (int)jp_id_source_below (source,
                                                    (guint32)jp_date_days_between (from, to) + 1));
}

static gint64
random_instant (JpIdSource *source)
{
  gint64 first_us = jp_date_to_instant (FIRST_DATE, 0, 0);

  return random_integer (source, first_us, JP_FAKE_CLOCK_NOW_US);
}

/**
 * jp_test_record_dup_name:
 * @source: randomness
 *
 * Returns: (transfer full): the name of nobody
 */
char *
jp_test_record_dup_name (JpIdSource *source)
{
  static const char *const families[] = {
    "王", "李", "张", "刘", "陈", "杨", "赵", "欧阳", "司马"
  };
  static const char *const given[] = { "伟", "芳", "秀英", "敏", "静", "丽娜", "强", "磊", "建国" };
  static const char *const whole[] = { "阿卜杜拉·买买提", "Anna-Maria O’Neil", "J. Smith" };

  if (jp_id_source_below (source, 16) == 0)
    return g_strdup (PICK (source, whole));
  return g_strconcat (PICK (source, families), PICK (source, given), NULL);
}

/**
 * jp_test_record_dup_id_number:
 * @source: randomness
 * @birth_date: birth date in it
 * @male: sex in it
 *
 * Returns: (transfer full): a resident ID number with a right check digit
 */
char *
jp_test_record_dup_id_number (JpIdSource *source, JpDate birth_date, gboolean male)
{
  static const char *const districts[] = { "371702", "371703", "371722", "372922", "110105" };
  guint                    order = jp_id_source_below (source, 499) * 2 + (male ? 1 : 2);
  g_autofree char         *body =
    g_strdup_printf ("%s%08d%03u", PICK (source, districts), birth_date, order);

  return g_strdup_printf ("%s%c", body, jp_check_id_compute_last (body));
}

/**
 * jp_test_record_dup_mobile:
 * @source: randomness
 *
 * Returns: (transfer full): a mobile number
 */
char *
jp_test_record_dup_mobile (JpIdSource *source)
{
  g_autofree char *tail = random_of (source, DIGITS, 9);

  return g_strdup_printf ("1%u%s", 3 + jp_id_source_below (source, 7), tail);
}

/**
 * jp_test_record_dup_plate:
 * @source: randomness
 *
 * Returns: (transfer full): the plate of a training vehicle of Heze
 */
char *
jp_test_record_dup_plate (JpIdSource *source)
{
  g_autofree char *digits = random_of (source, DIGITS, 4);

  if (flip (source))
    return g_strdup_printf ("鲁RD%c%s", UPPER[jp_id_source_below (source, 20)], digits);
  return g_strdup_printf ("鲁R%s学", digits);
}

static char *
random_vin (JpIdSource *source)
{
  return random_of (source, DIGITS UPPER, JP_CHECK_VIN_LENGTH);
}

static char *
random_mac (JpIdSource *source)
{
  return random_of (source, DIGITS "ABCDEF", 12);
}

static char *
random_sim (JpIdSource *source)
{
  g_autofree char *tail = random_of (source, DIGITS, 18);

  return g_strconcat ("89", tail, NULL);
}

static char *
random_credit_code (JpIdSource *source)
{
  g_autofree char *organisation = random_of (source, DIGITS "ABCDEFGH", 9);
  g_autofree char *body = g_strconcat ("91371702", organisation, NULL);

  return g_strdup_printf ("%s%c", body, jp_check_code_compute_credit_last (body));
}

static char *
random_ministry_number (JpIdSource *source)
{
  return random_of (source, DIGITS, JP_CHECK_CODE_MINISTRY_LENGTH);
}

static char *
random_postcode (JpIdSource *source)
{
  g_autofree char *tail = random_of (source, DIGITS, 3);

  return g_strconcat ("274", tail, NULL);
}

static char *
random_phone (JpIdSource *source)
{
  g_autofree char *tail = random_of (source, DIGITS, 6);

  return flip (source) ? jp_test_record_dup_mobile (source) : g_strconcat ("0530-5", tail, NULL);
}

static char *
random_polygon (JpIdSource *source)
{
  guint side = 100 + jp_id_source_below (source, 900);

  return g_strdup_printf ("115.400000,35.200000;115.%06u,35.200000;115.%06u,35.%06u", 400000 + side,
                          400000 + side, 200000 + side);
}

static char *
random_licence (JpIdSource *source)
{
  static const char *const types[] = { "C1", "C2", "C3", "B2", "D", "E" };

  return g_strdup (PICK (source, types));
}

static char *
random_licence_list (JpIdSource *source)
{
  static const char *const lists[] = { "C1", "C1,C2", "B2,C1,C2,D,E", "A1,A2,A3" };

  return g_strdup (PICK (source, lists));
}

static char *
random_district (JpIdSource *source)
{
  static const char *const codes[] = { "371702", "371703", "371721", "371728" };

  return g_strdup (PICK (source, codes));
}

static char *
random_resident (JpIdSource *source)
{
  return jp_test_record_dup_id_number (source,
                                       jp_test_record_random_date (source, 19700101, 20041231),
                                       flip (source));
}

typedef struct
{
  JpFieldCheck check;
  char *(*make) (JpIdSource *source);
} Maker;

static const Maker makers[] = {
  { jp_check_name, jp_test_record_dup_name },
  { jp_check_id_number, random_resident },
  { jp_check_phone_mobile, jp_test_record_dup_mobile },
  { jp_check_phone, random_phone },
  { jp_check_plate, jp_test_record_dup_plate },
  { jp_check_vin, random_vin },
  { jp_check_device_id, random_mac },
  { jp_check_device_sim, random_sim },
  { jp_check_code_credit, random_credit_code },
  { jp_check_code_ministry, random_ministry_number },
  { jp_check_code_postcode, random_postcode },
  { jp_check_place_polygon, random_polygon },
  { jp_validate_licence_type, random_licence },
  { jp_validate_licence_list, random_licence_list },
  { jp_validate_district, random_district },
  { jp_licence_check_types, random_licence_list },
};

/* A word of Chinese and other characters, among them those that are special in SQL, JSON or CSV. */
static char *
random_word (JpIdSource *source, guint length)
{
  static const char *const others[] = { "'", "\"", "%", "\\", ",", "，", "。", "é", "😀", "<", "&" };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < length; i++)
    if (jp_id_source_below (source, 8) == 0)
      g_string_append (text, PICK (source, others));
    else if (flip (source))
      g_string_append_unichar (text, FIRST_HAN + jp_id_source_below (source, N_HAN));
    else
      g_string_append_c (text, (DIGITS UPPER)[jp_id_source_below (source, 33)]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
random_json (JpIdSource *source)
{
  g_autofree char *mark = random_of (source, HEX, 16);

  return g_strdup_printf ("{\"name\":\"基础班\",\"price\":%u,\"mark\":\"%s\"}",
                          jp_id_source_below (source, 1000000), mark);
}

static char *
random_text (const JpField *field, JpIdSource *source)
{
  guint min = (guint)MAX (field->min, 1);
  guint max = (guint)MIN (field->max, MAX (TEXT_MAX_CHARS, field->min));
  guint length = min + jp_id_source_below (source, max - min + 1);

  for (gsize i = 0; field->check != NULL && i < G_N_ELEMENTS (makers); i++)
    if (makers[i].check == field->check)
      return makers[i].make (source);
  g_assert_null ((gpointer)field->check);

  if (field->flags & JP_FIELD_JSON)
    return random_json (source);
  if (length == DIGEST_CHARS)
    return random_of (source, HEX, DIGEST_CHARS);
  if ((field->flags & JP_FIELD_SEALED) && max <= ID_NUMBER_CHARS)
    return random_of (source, DIGITS UPPER, length);
  if (length == ID_TEXT_CHARS)
    {
      JpId id = jp_id_source_next (source);

      return jp_id_dup_text (&id);
    }
  return random_word (source, length);
}

static void
fill_code (JpDraft *draft, const JpField *field, JpIdSource *source)
{
  guint n_codes = 0;

  while (field->codes[n_codes].name != NULL)
    n_codes++;
  jp_draft_set_text (draft, field->id, field->codes[jp_id_source_below (source, n_codes)].name);
}

/**
 * jp_test_draft_fill:
 * @draft: a draft
 * @field: a field of its kind
 * @source: randomness
 *
 * Gives the field a random value that its description allows.
 */
void
jp_test_draft_fill (JpDraft *draft, JpFieldId field, JpIdSource *source)
{
  const JpField   *description = jp_field_get (field);
  g_autofree char *text = NULL;
  JpId             id;

  switch (description->type)
    {
    case JP_FIELD_TEXT:
      text = random_text (description, source);
      jp_draft_set_text (draft, field, text);
      break;
    case JP_FIELD_CODE:
      fill_code (draft, description, source);
      break;
    case JP_FIELD_REF:
      id = jp_id_source_next (source);
      jp_draft_set_ref (draft, field, &id);
      break;
    case JP_FIELD_DATE:
      jp_draft_set_date (draft, field,
                         jp_test_record_random_date (source, FIRST_DATE,
                                                     jp_test_record_get_today ()));
      break;
    case JP_FIELD_INSTANT:
      jp_draft_set_integer (draft, field, random_instant (source));
      break;
    case JP_FIELD_BOOLEAN:
      jp_draft_set_integer (draft, field, flip (source) ? 1 : 0);
      break;
    case JP_FIELD_INTEGER:
    default:
      jp_draft_set_integer (draft, field,
                            random_integer (source, description->min, description->max));
      break;
    }
}

static void
mend_order (JpDraft *draft, JpFieldId from, JpFieldId to)
{
  if (jp_draft_has (draft, from) && jp_draft_has (draft, to) &&
      jp_draft_get_integer (draft, to) < jp_draft_get_integer (draft, from))
    jp_draft_set_integer (draft, to, jp_draft_get_integer (draft, from));
}

static void
mend_trainee (JpDraft *draft, JpIdSource *source)
{
  static const char *const types[] = { "C1", "C2", "D", "E" };
  static const int documents[] = { JP_ID_TYPE_RESIDENT, JP_ID_TYPE_RESIDENT, JP_ID_TYPE_PASSPORT,
                                   JP_ID_TYPE_OTHER };
  JpDate           birth_date = jp_test_record_random_date (source, 19700101, 20001231);
  gboolean         male = flip (source);
  int              document = documents[jp_id_source_below (source, G_N_ELEMENTS (documents))];
  g_autofree char *number = jp_test_record_dup_id_number (source, birth_date, male);
  g_autofree char *passport = random_of (source, DIGITS, 8);
  g_autofree char *other = g_strconcat ("E", passport, NULL);

  jp_draft_set_code (draft, JP_TRAINEE_ID_TYPE, document);
  jp_draft_set_text (draft, JP_TRAINEE_ID_NUMBER, document == JP_ID_TYPE_RESIDENT ? number : other);
  jp_draft_set_date (draft, JP_TRAINEE_BIRTH_DATE, birth_date);
  jp_draft_set_code (draft, JP_TRAINEE_SEX, male ? JP_SEX_MALE : JP_SEX_FEMALE);
  jp_draft_set_text (draft, JP_TRAINEE_LICENCE_TYPE, PICK (source, types));
  jp_draft_set_text (draft, JP_TRAINEE_BUSI_TYPE, "first");
  jp_draft_clear (draft, JP_TRAINEE_PRESENT_TYPE);
  if (jp_id_source_below (source, 4) == 0)
    {
      jp_draft_set_text (draft, JP_TRAINEE_LICENCE_TYPE, "D");
      jp_draft_set_text (draft, JP_TRAINEE_BUSI_TYPE, "addition");
      jp_draft_set_text (draft, JP_TRAINEE_PRESENT_TYPE, "C1");
      jp_draft_set_date (draft, JP_TRAINEE_PRESENT_LICENCE_DATE, 20190601);
    }
}

static void
mend_tier (JpDraft *draft, JpIdSource *source)
{
  static const JpFieldId parts[] = { JP_CLASS_TIER_PART1_FEE, JP_CLASS_TIER_PART2_FEE,
                                     JP_CLASS_TIER_PART3_FEE, JP_CLASS_TIER_PART4_FEE,
                                     JP_CLASS_TIER_SERVICE_FEE };
  static const int       weights[] = { 10, 35, 30, 10, 15 };
  gint64                 fees[G_N_ELEMENTS (parts)];
  gboolean               split = flip (source);

  g_assert_true (jp_money_split (jp_draft_get_integer (draft, JP_CLASS_TIER_PRICE), weights,
                                 G_N_ELEMENTS (parts), fees));
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (split)
      jp_draft_set_integer (draft, parts[i], fees[i]);
    else
      jp_draft_clear (draft, parts[i]);
  mend_order (draft, JP_CLASS_TIER_VALID_FROM, JP_CLASS_TIER_VALID_UNTIL);
}

static void
mend_coach (JpDraft *draft)
{
  const char *number = jp_draft_get_text (draft, JP_COACH_ID_NUMBER);

  jp_draft_set_code (draft, JP_COACH_SEX,
                     jp_check_id_is_male (number) ? JP_SEX_MALE : JP_SEX_FEMALE);
  mend_order (draft, JP_COACH_HIRED_ON, JP_COACH_LEFT_ON);
}

static void
mend_assignment (JpDraft *draft, JpIdSource *source)
{
  mend_order (draft, JP_TERMINAL_ASSIGNMENT_STARTED_AT, JP_TERMINAL_ASSIGNMENT_ENDED_AT);
  if (jp_draft_has (draft, JP_TERMINAL_ASSIGNMENT_ENDED_AT))
    jp_test_draft_fill (draft, JP_TERMINAL_ASSIGNMENT_END_REASON, source);
  else
    jp_draft_clear (draft, JP_TERMINAL_ASSIGNMENT_END_REASON);
}

/* A paper lies in one file. */
static void
mend_attachment (JpDraft *draft, JpIdSource *source)
{
  static const JpFieldId homes[] = { JP_ATTACHMENT_TRAINEE, JP_ATTACHMENT_CONTRACT,
                                     JP_ATTACHMENT_REFUND, JP_ATTACHMENT_DISPUTE };
  guint                  home = jp_id_source_below (source, G_N_ELEMENTS (homes));

  for (guint i = 0; i < G_N_ELEMENTS (homes); i++)
    if (i != home)
      jp_draft_clear (draft, homes[i]);
    else if (!jp_draft_has (draft, homes[i]))
      jp_test_draft_fill (draft, homes[i], source);
}

/* What the description of a field cannot say. */
static void
mend (JpDraft *draft, JpIdSource *source)
{
  g_autofree char *number = random_resident (source);

  switch ((int)jp_draft_get_kind (draft))
    {
    case JP_KIND_TRAINEE:
      mend_trainee (draft, source);
      break;
    case JP_KIND_COACH:
      mend_coach (draft);
      break;
    case JP_KIND_CLASS_TIER:
      mend_tier (draft, source);
      break;
    case JP_KIND_TERMINAL_ASSIGNMENT:
      mend_assignment (draft, source);
      break;
    case JP_KIND_ENROLMENT:
      jp_draft_set_text (draft, JP_ENROLMENT_ID_NUMBER, number);
      break;
    case JP_KIND_STATEMENT:
      mend_order (draft, JP_STATEMENT_PERIOD_FROM, JP_STATEMENT_PERIOD_TO);
      break;
    case JP_KIND_TRAINING_SESSION:
      mend_order (draft, JP_TRAINING_SESSION_STARTED_AT, JP_TRAINING_SESSION_ENDED_AT);
      break;
    case JP_KIND_ATTACHMENT:
      mend_attachment (draft, source);
      break;
    default:
      break;
    }
}

/**
 * jp_test_draft_new:
 * @kind: a kind
 * @source: randomness
 *
 * Fills all required fields and about half of the others. The head is that of a new record: no row
 * id, no version.
 *
 * Returns: (transfer full): a draft that jp_validate_draft() finds nothing wrong with
 */
JpDraft *
jp_test_draft_new (JpKind kind, JpIdSource *source)
{
  const JpKindInfo *info = jp_kind_get_info (kind);
  JpId              id = jp_id_source_next (source);
  JpDraft          *draft = jp_draft_new (kind, &id);
  JpRecordHead      head = { .created_at_us = random_instant (source) };

  head.updated_at_us = random_integer (source, head.created_at_us, JP_FAKE_CLOCK_NOW_US);
  jp_draft_set_head (draft, &head);
  jp_draft_set_created_by (draft, "front-desk");

  for (guint i = 0; i < info->n_fields; i++)
    if ((info->fields[i].flags & JP_FIELD_REQUIRED) || flip (source))
      jp_test_draft_fill (draft, info->fields[i].id, source);

  mend (draft, source);
  return draft;
}

/**
 * jp_test_record_new:
 * @kind: a kind
 * @source: randomness
 *
 * Returns: (transfer full): the record of jp_test_draft_new()
 */
JpRecord *
jp_test_record_new (JpKind kind, JpIdSource *source)
{
  return jp_draft_end (jp_test_draft_new (kind, source));
}

/**
 * jp_test_record_assert_equal:
 * @a: a record
 * @b: a record
 *
 * Fails unless both have the same kind, id, author, unknown members and fields. The heads are not
 * compared.
 */
void
jp_test_record_assert_equal (JpRecord *a, JpRecord *b)
{
  const JpKindInfo *info = jp_record_get_info (a);

  g_assert_cmpint (jp_record_get_kind (b), ==, info->kind);
  g_assert_cmpmem (jp_record_get_id (a), sizeof (JpId), jp_record_get_id (b), sizeof (JpId));
  g_assert_cmpstr (jp_record_get_created_by (a), ==, jp_record_get_created_by (b));
  g_assert_cmpstr (jp_record_get_extra (a), ==, jp_record_get_extra (b));

  for (guint i = 0; i < info->n_fields; i++)
    if (!jp_record_field_equal (a, b, info->fields[i].id))
      g_error ("%s.%s differs", info->name, info->fields[i].name);
}
