/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-codes.h"
#include "jp-fake-clock.h"
#include "jp-test-random.h"
#include "jp-test-records.h"
#include "jp-validate.h"

#define N_ROUNDS 100
#define TODAY    (jp_test_record_get_today ())

static const JpId ID = { .bytes = { 1 } };

static JpIdSource *
new_source (void)
{
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);

  return jp_test_random_new_source (JP_CLOCK (clock));
}

/* The only problem of the draft, and where it is. */
static void
assert_issue (JpDraft *draft, JpFieldId field, JpProblem problem)
{
  g_autoptr (GArray) issues = jp_validate_draft (draft, TODAY);

  for (guint i = 0; i < issues->len; i++)
    g_test_message ("%s: %s", jp_field_get (g_array_index (issues, JpIssue, i).field)->name,
                    jp_problem_get_name (g_array_index (issues, JpIssue, i).problem));
  g_assert_cmpuint (issues->len, ==, problem != JP_PROBLEM_NONE ? 1 : 0);
  if (issues->len == 0)
    return;
  g_assert_cmpstr (jp_problem_get_name (g_array_index (issues, JpIssue, 0).problem), ==,
                   jp_problem_get_name (problem));
  g_assert_cmpstr (jp_field_get (g_array_index (issues, JpIssue, 0).field)->name, ==,
                   jp_field_get (field)->name);
}

static void
assert_valid (JpDraft *draft)
{
  assert_issue (draft, 0, JP_PROBLEM_NONE);
}

/* Also says that the builder of the tests makes what the program accepts. */
static void
test_random (void)
{
  g_autoptr (JpIdSource) source = new_source ();

  for (guint round = 0; round < N_ROUNDS; round++)
    for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
      {
        g_autoptr (JpDraft) draft = jp_test_draft_new (kind, source);

        assert_valid (draft);
      }
}

static void
test_required (void)
{
  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    {
      const JpKindInfo *info = jp_kind_get_info (kind);
      g_autoptr (JpDraft) draft = jp_draft_new (kind, &ID);
      g_autoptr (GArray) issues = jp_validate_draft (draft, TODAY);
      guint n_required = 0;

      for (guint i = 0; i < info->n_fields; i++)
        if (info->fields[i].flags & JP_FIELD_REQUIRED)
          {
            JpIssue issue = g_array_index (issues, JpIssue, n_required++);

            g_assert_cmpint (issue.field, ==, info->fields[i].id);
            g_assert_cmpint (issue.problem, ==, JP_PROBLEM_REQUIRED);
          }
      g_assert_cmpuint (issues->len, ==, n_required);
    }
}

/* Text of @length characters that the check of the field does not look at. */
static void
set_length (JpDraft *draft, const JpField *field, gint64 length)
{
  g_autofree char *text = g_strnfill ((gsize)length, '1');

  jp_draft_set_text (draft, field->id, text);
}

static void
check_length (const JpField *field)
{
  g_autoptr (JpDraft) draft = jp_draft_new (JP_FIELD_KIND (field->id), &ID);

  if (field->min > 1)
    {
      set_length (draft, field, field->min - 1);
      g_assert_cmpint (jp_validate_field (draft, field->id), ==, JP_PROBLEM_TOO_SHORT);
    }
  set_length (draft, field, field->max + 1);
  g_assert_cmpint (jp_validate_field (draft, field->id), ==, JP_PROBLEM_TOO_LONG);
  if (field->check != NULL)
    return;
  set_length (draft, field, field->max);
  g_assert_cmpint (jp_validate_field (draft, field->id), ==, JP_PROBLEM_NONE);
  set_length (draft, field, MAX (field->min, 1));
  g_assert_cmpint (jp_validate_field (draft, field->id), ==, JP_PROBLEM_NONE);
}

static void
check_range (const JpField *field)
{
  g_autoptr (JpDraft) draft = jp_draft_new (JP_FIELD_KIND (field->id), &ID);

  jp_draft_set_integer (draft, field->id, field->min - 1);
  g_assert_cmpint (jp_validate_field (draft, field->id), ==, JP_PROBLEM_TOO_SMALL);
  jp_draft_set_integer (draft, field->id, field->max + 1);
  g_assert_cmpint (jp_validate_field (draft, field->id), ==, JP_PROBLEM_TOO_LARGE);
  jp_draft_set_integer (draft, field->id, field->min);
  g_assert_cmpint (jp_validate_field (draft, field->id), ==, JP_PROBLEM_NONE);
  jp_draft_set_integer (draft, field->id, field->max);
  g_assert_cmpint (jp_validate_field (draft, field->id), ==, JP_PROBLEM_NONE);
}

static void
check_wrong (const JpField *field, gint64 value, JpProblem problem)
{
  g_autoptr (JpDraft) draft = jp_draft_new (JP_FIELD_KIND (field->id), &ID);

  jp_draft_set_integer (draft, field->id, value);
  g_assert_cmpint (jp_validate_field (draft, field->id), ==, problem);
}

static void
check_unknown_code (const JpField *field)
{
  g_autoptr (JpDraft) draft = jp_draft_new (JP_FIELD_KIND (field->id), &ID);

  jp_draft_set_text (draft, field->id, "no-such-code");
  g_assert_cmpint (jp_validate_field (draft, field->id), ==, JP_PROBLEM_UNKNOWN_CODE);
}

static void
check_limits (const JpField *field)
{
  switch (field->type)
    {
    case JP_FIELD_TEXT:
      check_length (field);
      break;
    case JP_FIELD_INTEGER:
      check_range (field);
      break;
    case JP_FIELD_BOOLEAN:
      check_wrong (field, 2, JP_PROBLEM_NOT_A_NUMBER);
      break;
    case JP_FIELD_DATE:
      check_wrong (field, 20260230, JP_PROBLEM_NOT_A_DATE);
      check_wrong (field, G_MAXINT64, JP_PROBLEM_NOT_A_DATE);
      check_wrong (field, (G_GINT64_CONSTANT (1) << 32) + 20261124, JP_PROBLEM_NOT_A_DATE);
      break;
    case JP_FIELD_INSTANT:
      check_wrong (field, G_MAXINT64, JP_PROBLEM_NOT_A_DATE);
      check_wrong (field, G_MININT64, JP_PROBLEM_NOT_A_DATE);
      break;
    case JP_FIELD_CODE:
      check_unknown_code (field);
      break;
    case JP_FIELD_REF:
    default:
      break;
    }
}

static void
test_limits (void)
{
  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    {
      const JpKindInfo *info = jp_kind_get_info (kind);

      for (guint i = 0; i < info->n_fields; i++)
        {
          g_test_message ("%s.%s", info->name, info->fields[i].name);
          check_limits (&info->fields[i]);
        }
    }
}

typedef struct
{
  JpFieldId   field;
  const char *text;
  JpProblem   problem;
} FieldCase;

/* One text per check: that the description names the right one. */
static const FieldCase field_cases[] = {
  { JP_TRAINEE_NAME, "王1", JP_PROBLEM_NAME_CHARACTERS },
  { JP_TRAINEE_PHONE, "23812345678", JP_PROBLEM_MOBILE },
  { JP_TRAINEE_NUMBER, "123456789012345x", JP_PROBLEM_MINISTRY_NUMBER },
  { JP_TRAINEE_LICENCE_TYPE, "C9", JP_PROBLEM_LICENCE_UNKNOWN },
  { JP_TRAINEE_PRESENT_TYPE, "Q", JP_PROBLEM_LICENCE_PRESENT_UNKNOWN },
  { JP_COACH_NAME, "王•芳", JP_PROBLEM_NAME_SEPARATOR },
  { JP_COACH_ID_NUMBER, "371702199003072710", JP_PROBLEM_ID_CHECK_DIGIT },
  { JP_COACH_MOBILE, "1381234567X", JP_PROBLEM_MOBILE },
  { JP_COACH_NUMBER, "123456789012345x", JP_PROBLEM_MINISTRY_NUMBER },
  { JP_COACH_DRIVES, "C1,C2", JP_PROBLEM_LICENCE_UNKNOWN },
  { JP_COACH_TEACHES, "c1", JP_PROBLEM_LICENCE_UNKNOWN },
  { JP_VEHICLE_PLATE, "鲁RI234学", JP_PROBLEM_PLATE_CHARACTERS },
  { JP_VEHICLE_FRAME_NO, "LSVAA4187E2I84423", JP_PROBLEM_VIN_CHARACTERS },
  { JP_TERMINAL_IMEI, "490154203237519", JP_PROBLEM_IMEI_CHECK_DIGIT },
  { JP_TERMINAL_ASSIGNMENT_SIM, "28812345678", JP_PROBLEM_SIM },
  { JP_SCHOOL_DISTRICT, "37170X", JP_PROBLEM_DISTRICT_FORM },
  { JP_SCHOOL_LICENCE_TYPES, "C1,", JP_PROBLEM_LICENCE_UNKNOWN },
  { JP_SCHOOL_LICENCE_TYPES, "C1,Q", JP_PROBLEM_LICENCE_UNKNOWN },
  { JP_SCHOOL_CREDIT_CODE, "91371702MA0000000Z", JP_PROBLEM_CREDIT_CODE_CHARACTERS },
  { JP_SCHOOL_PHONE, "12345", JP_PROBLEM_PHONE },
  { JP_SCHOOL_POSTCODE, "000000", JP_PROBLEM_POSTCODE },
  { JP_GROUND_POLYGON, "115.4,35.2;115.5,35.2", JP_PROBLEM_POLYGON_POINTS },
  { JP_TRANSFER_OTHER_SCHOOL_NO, "123456789012345x", JP_PROBLEM_MINISTRY_NUMBER },
};

static void
test_checks (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (field_cases); i++)
    {
      JpFieldId field = field_cases[i].field;
      g_autoptr (JpDraft) draft = jp_draft_new (JP_FIELD_KIND (field), &ID);

      jp_draft_set_text (draft, field, field_cases[i].text);
      g_test_message ("%s", field_cases[i].text);
      g_assert_cmpstr (jp_problem_get_name (jp_validate_field (draft, field)), ==,
                       jp_problem_get_name (field_cases[i].problem));
    }

  g_assert_cmpint (jp_validate_licence_list (""), ==, JP_PROBLEM_LICENCE_UNKNOWN);
}

static JpDraft *
new_trainee (void)
{
  JpDraft *draft = jp_draft_new (JP_KIND_TRAINEE, &ID);

  jp_draft_set_text (draft, JP_TRAINEE_NAME, "王芳");
  jp_draft_set_code (draft, JP_TRAINEE_ID_TYPE, JP_ID_TYPE_RESIDENT);
  jp_draft_set_text (draft, JP_TRAINEE_ID_NUMBER, "37170219900307271X");
  jp_draft_set_code (draft, JP_TRAINEE_SEX, JP_SEX_MALE);
  jp_draft_set_date (draft, JP_TRAINEE_BIRTH_DATE, 19900307);
  jp_draft_set_text (draft, JP_TRAINEE_PHONE, "13812345678");
  jp_draft_set_text (draft, JP_TRAINEE_LICENCE_TYPE, "C1");
  jp_draft_set_code (draft, JP_TRAINEE_BUSI_TYPE, JP_BUSI_TYPE_FIRST);
  jp_draft_set_date (draft, JP_TRAINEE_APPLIED_ON, 20261120);
  jp_draft_set_code (draft, JP_TRAINEE_STATUS, JP_TRAINEE_STATUS_ENROLLED);
  assert_valid (draft);
  return draft;
}

static void
test_documents (void)
{
  g_autoptr (JpDraft) draft = new_trainee ();

  jp_draft_set_text (draft, JP_TRAINEE_ID_NUMBER, "371702199003072710");
  assert_issue (draft, JP_TRAINEE_ID_NUMBER, JP_PROBLEM_ID_CHECK_DIGIT);
  jp_draft_set_text (draft, JP_TRAINEE_ID_NUMBER, "371702900307271");
  assert_issue (draft, JP_TRAINEE_ID_NUMBER, JP_PROBLEM_ID_OLD_FORM);

  g_autoptr (JpIdSource) source = new_source ();
  g_autofree char *unborn =
    jp_test_record_dup_id_number (source, jp_date_add_days (TODAY, 1), TRUE);

  jp_draft_set_text (draft, JP_TRAINEE_ID_NUMBER, unborn);
  assert_issue (draft, JP_TRAINEE_ID_NUMBER, JP_PROBLEM_ID_BIRTH_FUTURE);

  jp_draft_set_code (draft, JP_TRAINEE_ID_TYPE, JP_ID_TYPE_PASSPORT);
  jp_draft_set_text (draft, JP_TRAINEE_ID_NUMBER, "E1234567");
  assert_valid (draft);
  jp_draft_set_text (draft, JP_TRAINEE_ID_NUMBER, "ABCDEFG");
  assert_issue (draft, JP_TRAINEE_ID_NUMBER, JP_PROBLEM_PASSPORT);

  jp_draft_set_code (draft, JP_TRAINEE_ID_TYPE, JP_ID_TYPE_OFFICER);
  jp_draft_set_text (draft, JP_TRAINEE_ID_NUMBER, "军字第1234567号");
  assert_valid (draft);
  jp_draft_set_text (draft, JP_TRAINEE_ID_NUMBER, "军字第??号");
  assert_issue (draft, JP_TRAINEE_ID_NUMBER, JP_PROBLEM_OFFICER_CARD);

  jp_draft_set_code (draft, JP_TRAINEE_ID_TYPE, JP_ID_TYPE_OTHER);
  assert_valid (draft);
}

static void
test_ages (void)
{
  g_autoptr (JpDraft) draft = new_trainee ();

  jp_draft_set_code (draft, JP_TRAINEE_ID_TYPE, JP_ID_TYPE_OTHER);
  jp_draft_set_date (draft, JP_TRAINEE_BIRTH_DATE, 20081121);
  assert_issue (draft, JP_TRAINEE_LICENCE_TYPE, JP_PROBLEM_LICENCE_TOO_YOUNG);
  jp_draft_set_date (draft, JP_TRAINEE_BIRTH_DATE, 20081120); /* 18 on the day of the application */
  assert_valid (draft);
  jp_draft_set_text (draft, JP_TRAINEE_LICENCE_TYPE, "B2");
  assert_issue (draft, JP_TRAINEE_LICENCE_TYPE, JP_PROBLEM_LICENCE_TOO_YOUNG);
  jp_draft_set_date (draft, JP_TRAINEE_BIRTH_DATE, 19620101);
  assert_issue (draft, JP_TRAINEE_LICENCE_TYPE, JP_PROBLEM_LICENCE_TOO_OLD);
  jp_draft_set_text (draft, JP_TRAINEE_LICENCE_TYPE, "C1"); /* has no upper limit since 2020 */
  assert_valid (draft);

  /* Judged on the day of the application, not today. */
  jp_draft_set_text (draft, JP_TRAINEE_LICENCE_TYPE, "B2");
  jp_draft_set_date (draft, JP_TRAINEE_APPLIED_ON, 20251231);
  assert_valid (draft);

  /* No birth date: one issue, and no guess. */
  jp_draft_clear (draft, JP_TRAINEE_BIRTH_DATE);
  assert_issue (draft, JP_TRAINEE_BIRTH_DATE, JP_PROBLEM_REQUIRED);
}

static void
test_applications (void)
{
  g_autoptr (JpDraft) draft = new_trainee ();

  jp_draft_set_text (draft, JP_TRAINEE_LICENCE_TYPE, "A1");
  assert_issue (draft, JP_TRAINEE_BUSI_TYPE, JP_PROBLEM_LICENCE_ONLY_ADDITION);
  jp_draft_set_code (draft, JP_TRAINEE_BUSI_TYPE, JP_BUSI_TYPE_OTHER);
  assert_valid (draft);
  jp_draft_set_code (draft, JP_TRAINEE_BUSI_TYPE, JP_BUSI_TYPE_ADDITION);
  assert_issue (draft, JP_TRAINEE_PRESENT_TYPE, JP_PROBLEM_LICENCE_PRESENT_MISSING);
  jp_draft_set_text (draft, JP_TRAINEE_PRESENT_TYPE, "Q1");
  assert_issue (draft, JP_TRAINEE_PRESENT_TYPE, JP_PROBLEM_LICENCE_PRESENT_UNKNOWN);
  jp_draft_set_text (draft, JP_TRAINEE_PRESENT_TYPE, "A1D");
  assert_issue (draft, JP_TRAINEE_LICENCE_TYPE, JP_PROBLEM_LICENCE_ALREADY_HELD);
  jp_draft_set_text (draft, JP_TRAINEE_PRESENT_TYPE, "B2");
  assert_valid (draft);

  /* The years are a hint. */
  jp_draft_set_date (draft, JP_TRAINEE_PRESENT_LICENCE_DATE, 20260101);
  assert_valid (draft);

  /* Said once: the type is unknown, so nothing more is said about it. */
  jp_draft_set_text (draft, JP_TRAINEE_LICENCE_TYPE, "Z1");
  assert_issue (draft, JP_TRAINEE_LICENCE_TYPE, JP_PROBLEM_LICENCE_UNKNOWN);
}

static void
test_dates (void)
{
  static const struct
  {
    JpFieldId from;
    JpFieldId to;
  } pairs[] = {
    { JP_CLASS_TIER_VALID_FROM, JP_CLASS_TIER_VALID_UNTIL },
    { JP_COACH_HIRED_ON, JP_COACH_LEFT_ON },
    { JP_TERMINAL_ASSIGNMENT_STARTED_AT, JP_TERMINAL_ASSIGNMENT_ENDED_AT },
    { JP_TRAINING_SESSION_STARTED_AT, JP_TRAINING_SESSION_ENDED_AT },
    { JP_STATEMENT_PERIOD_FROM, JP_STATEMENT_PERIOD_TO },
  };
  g_autoptr (JpIdSource) source = new_source ();

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (JpDraft) draft = jp_test_draft_new (JP_FIELD_KIND (pairs[i].from), source);
      gboolean instant = jp_field_get (pairs[i].from)->type == JP_FIELD_INSTANT;
      gint64   late = instant ? jp_date_to_instant (20260302, 0, 0) : 20260302;
      gint64   early = instant ? late - 1 : 20260301;

      if (JP_FIELD_KIND (pairs[i].from) == JP_KIND_TERMINAL_ASSIGNMENT)
        jp_test_draft_fill (draft, JP_TERMINAL_ASSIGNMENT_END_REASON, source);
      jp_draft_set_integer (draft, pairs[i].from, late);
      jp_draft_set_integer (draft, pairs[i].to, early);
      assert_issue (draft, pairs[i].to, JP_PROBLEM_DATE_ORDER);
      jp_draft_set_integer (draft, pairs[i].to, late);
      assert_valid (draft);
    }
}

static void
test_tier (void)
{
  g_autoptr (JpIdSource) source = new_source ();
  g_autoptr (JpDraft) draft = jp_test_draft_new (JP_KIND_CLASS_TIER, source);

  jp_draft_set_integer (draft, JP_CLASS_TIER_PRICE, 368000);
  jp_draft_clear (draft, JP_CLASS_TIER_PART1_FEE);
  jp_draft_clear (draft, JP_CLASS_TIER_PART2_FEE);
  jp_draft_clear (draft, JP_CLASS_TIER_PART3_FEE);
  jp_draft_clear (draft, JP_CLASS_TIER_PART4_FEE);
  jp_draft_clear (draft, JP_CLASS_TIER_SERVICE_FEE);
  assert_valid (draft);
  jp_draft_set_integer (draft, JP_CLASS_TIER_PART2_FEE, 168000);
  assert_issue (draft, JP_CLASS_TIER_PRICE, JP_PROBLEM_SUM);
  jp_draft_set_integer (draft, JP_CLASS_TIER_PART3_FEE, 200001);
  assert_issue (draft, JP_CLASS_TIER_PRICE, JP_PROBLEM_SUM);
  jp_draft_set_integer (draft, JP_CLASS_TIER_PART3_FEE, 200000);
  assert_valid (draft);
}

static void
test_assignment (void)
{
  g_autoptr (JpIdSource) source = new_source ();
  g_autoptr (JpDraft) draft = jp_test_draft_new (JP_KIND_TERMINAL_ASSIGNMENT, source);

  jp_draft_clear (draft, JP_TERMINAL_ASSIGNMENT_ENDED_AT);
  jp_draft_clear (draft, JP_TERMINAL_ASSIGNMENT_END_REASON);
  assert_valid (draft);
  jp_draft_set_integer (draft, JP_TERMINAL_ASSIGNMENT_ENDED_AT, JP_FAKE_CLOCK_NOW_US);
  assert_issue (draft, JP_TERMINAL_ASSIGNMENT_END_REASON, JP_PROBLEM_REQUIRED);
  jp_draft_set_text (draft, JP_TERMINAL_ASSIGNMENT_END_REASON, "repair");
  assert_valid (draft);
}

static void
check_order (JpKind kind, JpIdSource *source)
{
  const JpKindInfo *info = jp_kind_get_info (kind);
  g_autoptr (JpDraft) draft = jp_test_draft_new (kind, source);

  for (guint i = 0; i < info->n_fields; i++)
    if (jp_id_source_below (source, 3) == 0)
      jp_draft_clear (draft, info->fields[i].id);
    else if (jp_id_source_below (source, 3) == 0)
      jp_test_draft_fill (draft, info->fields[i].id, source);

  g_autoptr (GArray) issues = jp_validate_draft (draft, TODAY);

  for (guint i = 1; i < issues->len; i++)
    g_assert_cmpint (g_array_index (issues, JpIssue, i - 1).field, <,
                     g_array_index (issues, JpIssue, i).field);
}

/* Any mess: never two issues for a field, always in the order of the form. */
static void
test_order (void)
{
  g_autoptr (JpIdSource) source = new_source ();

  for (guint round = 0; round < N_ROUNDS; round++)
    for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
      check_order (kind, source);
}

static void
test_sentence (void)
{
  const JpIssue    issue = { JP_TRAINEE_PHONE, JP_PROBLEM_REQUIRED };
  g_autofree char *sentence = jp_validate_dup_sentence (&issue);

  g_assert_cmpstr (sentence, ==, "Mobile: This is needed: please fill it in");
}

static void
test_derive (void)
{
  g_autoptr (JpDraft) trainee = jp_draft_new (JP_KIND_TRAINEE, &ID);
  g_autoptr (JpDraft) coach = jp_draft_new (JP_KIND_COACH, &ID);

  jp_draft_set_text (trainee, JP_TRAINEE_ID_NUMBER, "37170219900307271X");
  jp_validate_derive (trainee, JP_TRAINEE_ID_NUMBER);
  g_assert_false (jp_draft_has (trainee, JP_TRAINEE_BIRTH_DATE)); /* no type of document yet */

  jp_draft_set_code (trainee, JP_TRAINEE_ID_TYPE, JP_ID_TYPE_RESIDENT);
  jp_draft_set_code (trainee, JP_TRAINEE_SEX, JP_SEX_FEMALE);
  jp_validate_derive (trainee, JP_TRAINEE_ID_NUMBER);
  g_assert_cmpint (jp_draft_get_date (trainee, JP_TRAINEE_BIRTH_DATE), ==, 19900307);
  g_assert_cmpint (jp_draft_get_code (trainee, JP_TRAINEE_SEX), ==, JP_SEX_MALE);

  jp_draft_set_text (trainee, JP_TRAINEE_ID_NUMBER, "371702199103072710"); /* wrong check digit */
  jp_validate_derive (trainee, JP_TRAINEE_ID_NUMBER);
  g_assert_cmpint (jp_draft_get_date (trainee, JP_TRAINEE_BIRTH_DATE), ==, 19900307);

  jp_draft_set_text (coach, JP_COACH_ID_NUMBER, "37170219900307271X");
  jp_validate_derive (coach, JP_COACH_ID_NUMBER);
  g_assert_cmpint (jp_draft_get_code (coach, JP_COACH_SEX), ==, JP_SEX_MALE);
  jp_validate_derive (coach, JP_COACH_NAME);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/validate/random", test_random);
  g_test_add_func ("/model/validate/required", test_required);
  g_test_add_func ("/model/validate/limits", test_limits);
  g_test_add_func ("/model/validate/checks", test_checks);
  g_test_add_func ("/model/validate/documents", test_documents);
  g_test_add_func ("/model/validate/ages", test_ages);
  g_test_add_func ("/model/validate/applications", test_applications);
  g_test_add_func ("/model/validate/dates", test_dates);
  g_test_add_func ("/model/validate/tier", test_tier);
  g_test_add_func ("/model/validate/assignment", test_assignment);
  g_test_add_func ("/model/validate/order", test_order);
  g_test_add_func ("/model/validate/sentence", test_sentence);
  g_test_add_func ("/model/validate/derive", test_derive);

  return g_test_run ();
}
