/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-codes.h"
#include "jp-display.h"
#include "jp-fake-clock.h"
#include "jp-test-random.h"
#include "jp-test-records.h"

#define N_ROUNDS 100

static const JpId ID = { .bytes = { 1 } };

typedef struct
{
  JpFieldId   field;
  gint64      value;
  const char *display;
  const char *typed;
} NumberCase;

static const NumberCase number_cases[] = {
  { JP_CLASS_TIER_PRICE, 368000, "¥3,680.00", "3680.00" },
  { JP_STATEMENT_TOTAL, -110450, "−¥1,104.50", "-1104.50" },
  { JP_TRAINEE_VALID_MINUTES, 810, "13.5", "13.5" },
  { JP_TRAINEE_VALID_MINUTES, 0, "0.0", "0.0" },
  { JP_TRAINEE_VALID_MINUTES, 811, "13.5", "13:31" },
  { JP_TRAINEE_VALID_MINUTES, 5, "0.1", "0:05" },
  { JP_STATEMENT_LINE_SHARE, 3000, "30.00%", "30.00" },
  { JP_STATEMENT_LINE_SHARE, 5, "0.05%", "0.05" },
  { JP_STATEMENT_LINE_SHARE, -50, "−0.50%", "-0.50" },
  { JP_TRAINING_SESSION_MILEAGE, 12345, "12.3 km", "12.345" },
  { JP_TRAINING_SESSION_MILEAGE, 99, "0.0 km", "0.099" },
  { JP_TRAINING_SESSION_MILEAGE, -12345, "−12.3 km", "-12.345" },
  { JP_GROUND_AREA, 12000, "12000 m²", "12000" },
  { JP_GROUND_LATITUDE, 35233750, "35.233750", "35.233750" },
  { JP_GROUND_LATITUDE, -500000, "−0.500000", "-0.500000" },
  { JP_GROUND_CAPACITY, 40, "40", "40" },
  { JP_GROUND_SEQUENCE, 7, "7", "7" },
  { JP_TRAINING_SESSION_PART, 2, "Part 2", "2" },
  { JP_STAGE_RECORD_PART, 5, "5", "5" },
  { JP_EXAM_RESULT_SUBJECT, 3, "subject 3", "3" },
  { JP_TRANSFER_OUTGOING, 1, "Yes", "Yes" },
  { JP_TRANSFER_OUTGOING, 0, "No", "No" },
  { JP_CLASS_TIER_VALID_FROM, 20261124, "2026-11-24", "2026-11-24" },
  { JP_CONTRACT_SIGNED_AT, JP_FAKE_CLOCK_NOW_US, "11-24 09:12", "2026-11-24T09:12:44+08:00" },
};

static void
test_numbers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (number_cases); i++)
    {
      const NumberCase *row = &number_cases[i];
      g_autoptr (JpDraft) draft = jp_draft_new (JP_FIELD_KIND (row->field), &ID);

      jp_draft_set_integer (draft, row->field, row->value);

      g_autofree char *display = jp_display_integer (jp_field_get (row->field), row->value, FALSE);
      g_autofree char *typed = jp_display_dup_typed (draft, row->field);

      g_assert_cmpstr (display, ==, row->display);
      g_assert_cmpstr (typed, ==, row->typed);
    }
}

static void
test_texts (void)
{
  g_autofree char *name = jp_display_text (jp_field_get (JP_TRAINEE_NAME), "王芳", FALSE);
  g_autofree char *code = jp_display_text (jp_field_get (JP_TRAINEE_STATUS), "training", FALSE);
  g_autofree char *unknown = jp_display_text (jp_field_get (JP_TRAINEE_STATUS), "new", FALSE);

  g_autofree char *district = jp_display_text (jp_field_get (JP_SCHOOL_DISTRICT), "371702", FALSE);
  g_autofree char *elsewhere = jp_display_text (jp_field_get (JP_SCHOOL_DISTRICT), "110101", FALSE);

  g_assert_cmpstr (name, ==, "王芳");
  g_assert_cmpstr (district, ==, "牡丹区");
  g_assert_cmpstr (elsewhere, ==, "110101");
  g_assert_cmpstr (code, ==, "In training");
  g_assert_cmpstr (unknown, ==, "new");
}

typedef struct
{
  JpFieldId   field;
  const char *text;
  const char *masked;
} MaskCase;

static const MaskCase mask_cases[] = {
  { JP_TRAINEE_ID_NUMBER, "37170219900307271X", "371702 •••••••• 271X" },
  { JP_TRAINEE_ID_NUMBER, "E12345678", "••••• 5678" },
  { JP_TRAINEE_ID_NUMBER, "E1234", "•••••" },
  { JP_TRAINEE_PHONE, "13812345678", "138 •••• 5678" },
  { JP_COACH_ADDRESS, "牡丹区人民路1号3单元402室", "牡丹区人民路 •••••••••" },
  { JP_COACH_ADDRESS, "人民路1号", "•••••" },
  { JP_CONFLICT_MINE, "{\"phone\":\"13812345678\"}", "••••" },
};

static void
test_masks (void)
{
  g_autofree char *birth =
    jp_display_integer (jp_field_get (JP_TRAINEE_BIRTH_DATE), 19900307, FALSE);
  g_autofree char *shown =
    jp_display_integer (jp_field_get (JP_TRAINEE_BIRTH_DATE), 19900307, TRUE);

  g_assert_cmpstr (birth, ==, "••••");
  g_assert_cmpstr (shown, ==, "1990-03-07");

  for (gsize i = 0; i < G_N_ELEMENTS (mask_cases); i++)
    {
      const JpField   *field = jp_field_get (mask_cases[i].field);
      g_autofree char *masked = jp_display_text (field, mask_cases[i].text, FALSE);
      g_autofree char *clear = jp_display_text (field, mask_cases[i].text, TRUE);

      g_assert_cmpstr (masked, ==, mask_cases[i].masked);
      g_assert_cmpstr (clear, ==, mask_cases[i].text);
    }
}

/* Whatever the value and the kind: without leave, at most the last four characters and the first
 * six are seen. */
static void
test_masks_all (void)
{
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  g_autoptr (JpIdSource) source = jp_test_random_new_source (JP_CLOCK (clock));

  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    {
      const JpKindInfo *info = jp_kind_get_info (kind);
      g_autoptr (JpRecord) record = jp_test_record_new (kind, source);

      for (guint i = 0; i < info->n_fields; i++)
        {
          const JpField *field = &info->fields[i];

          if (!(field->flags & JP_FIELD_SEALED) || !jp_record_has (record, field->id))
            continue;

          g_autofree char *masked = jp_record_dup_display (record, field->id, FALSE);
          g_autofree char *clear = jp_record_dup_display (record, field->id, TRUE);

          g_test_message ("%s.%s", info->name, field->name);
          g_assert_nonnull (strstr (masked, "•"));
          g_assert_null (strstr (masked, clear));
        }
    }
}

typedef struct
{
  JpFieldId   field;
  const char *typed;
  gint64      value;
} ParseCase;

static const ParseCase parse_cases[] = {
  { JP_CLASS_TIER_PRICE, "3680", 368000 },
  { JP_CLASS_TIER_PRICE, "3,680.00", 368000 },
  { JP_CLASS_TIER_PRICE, "¥3680.5", 368050 },
  { JP_CLASS_TIER_PRICE, "３６８０元", 368000 },
  { JP_CLASS_TIER_PRICE, " 3680 ", 368000 },
  { JP_STATEMENT_TOTAL, "−¥1,104.50", -110450 },
  { JP_TRAINEE_VALID_MINUTES, "13.5", 810 },
  { JP_TRAINEE_VALID_MINUTES, "13", 780 },
  { JP_TRAINEE_VALID_MINUTES, "13.25", 795 },
  { JP_TRAINEE_VALID_MINUTES, "13:31", 811 },
  { JP_TRAINEE_VALID_MINUTES, "１３．５ 学时", 810 },
  { JP_TRAINEE_VALID_MINUTES, "13.5小时", 810 },
  { JP_TRAINEE_VALID_MINUTES, "-0:30", -30 },
  { JP_STATEMENT_LINE_SHARE, "30%", 3000 },
  { JP_STATEMENT_LINE_SHARE, "30", 3000 },
  { JP_STATEMENT_LINE_SHARE, "0.05%", 5 },
  { JP_STATEMENT_LINE_SHARE, "33.330", 3333 },
  { JP_TRAINING_SESSION_MILEAGE, "12.345", 12345 },
  { JP_TRAINING_SESSION_MILEAGE, "12.3 km", 12300 },
  { JP_TRAINING_SESSION_MILEAGE, "12 公里", 12000 },
  { JP_GROUND_AREA, "12,000 m²", 12000 },
  { JP_GROUND_AREA, "12000㎡", 12000 },
  { JP_GROUND_AREA, "12000平方米", 12000 },
  { JP_GROUND_AREA, "12000.0", 12000 },
  { JP_GROUND_LATITUDE, "35.23375", 35233750 },
  { JP_GROUND_LATITUDE, "35.233750°", 35233750 },
  { JP_GROUND_LATITUDE, "−0.5", -500000 },
  { JP_GROUND_LATITUDE, "－0.5", -500000 },
  { JP_GROUND_CAPACITY, "４０", 40 },
  { JP_TRANSFER_OUTGOING, "Yes", 1 },
  { JP_TRANSFER_OUTGOING, "yes", 1 },
  { JP_TRANSFER_OUTGOING, "1", 1 },
  { JP_TRANSFER_OUTGOING, "No", 0 },
  { JP_TRANSFER_OUTGOING, "0", 0 },
  { JP_CLASS_TIER_VALID_FROM, "2026-11-24", 20261124 },
  { JP_CLASS_TIER_VALID_FROM, "2026年1月4日", 20260104 },
  { JP_CLASS_TIER_VALID_FROM, "20261124", 20261124 },
  { JP_CLASS_TIER_VALID_FROM, "２０２６/１/４", 20260104 },
  { JP_CONTRACT_SIGNED_AT, "2026-11-24 09:12:44", JP_FAKE_CLOCK_NOW_US },
  { JP_CONTRACT_SIGNED_AT, "20261124091244", JP_FAKE_CLOCK_NOW_US },
};

static void
test_parse_numbers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parse_cases); i++)
    {
      JpFieldId field = parse_cases[i].field;
      g_autoptr (JpDraft) draft = jp_draft_new (JP_FIELD_KIND (field), &ID);

      g_test_message ("%s", parse_cases[i].typed);
      g_assert_cmpint (jp_display_parse (draft, field, parse_cases[i].typed), ==, JP_PROBLEM_NONE);
      g_assert_true (jp_draft_has (draft, field));
      g_assert_cmpint (jp_draft_get_integer (draft, field), ==, parse_cases[i].value);
    }
}

typedef struct
{
  JpFieldId   field;
  const char *typed;
  JpProblem   problem;
} RefuseCase;

static const RefuseCase refuse_cases[] = {
  { JP_CLASS_TIER_PRICE, "a lot", JP_PROBLEM_NOT_A_NUMBER },
  { JP_CLASS_TIER_PRICE, "3680.005", JP_PROBLEM_NOT_A_NUMBER },
  { JP_TRAINEE_VALID_MINUTES, "13.51", JP_PROBLEM_NOT_A_NUMBER },
  { JP_TRAINEE_VALID_MINUTES, "13:60", JP_PROBLEM_NOT_A_NUMBER },
  { JP_TRAINEE_VALID_MINUTES, "13:5", JP_PROBLEM_NOT_A_NUMBER },
  { JP_TRAINEE_VALID_MINUTES, ":30", JP_PROBLEM_NOT_A_NUMBER },
  { JP_TRAINEE_VALID_MINUTES, "13.5%", JP_PROBLEM_NOT_A_NUMBER },
  { JP_STATEMENT_LINE_SHARE, "33.333", JP_PROBLEM_NOT_A_NUMBER },
  { JP_STATEMENT_LINE_SHARE, "%", JP_PROBLEM_NOT_A_NUMBER },
  { JP_TRAINING_SESSION_MILEAGE, "12%", JP_PROBLEM_NOT_A_NUMBER },
  { JP_TRAINING_SESSION_MILEAGE, ".", JP_PROBLEM_NOT_A_NUMBER },
  { JP_TRAINING_SESSION_MILEAGE, "5.", JP_PROBLEM_NOT_A_NUMBER },
  { JP_GROUND_CAPACITY, "-", JP_PROBLEM_NOT_A_NUMBER },
  { JP_GROUND_CAPACITY, "12-5", JP_PROBLEM_NOT_A_NUMBER },
  { JP_GROUND_CAPACITY, "1,00", JP_PROBLEM_NOT_A_NUMBER },
  { JP_GROUND_CAPACITY, "1,0000", JP_PROBLEM_NOT_A_NUMBER },
  { JP_GROUND_CAPACITY, "1.5", JP_PROBLEM_NOT_A_NUMBER },
  { JP_GROUND_CAPACITY, "0x10", JP_PROBLEM_NOT_A_NUMBER },
  { JP_TRANSFER_OUTGOING, "maybe", JP_PROBLEM_UNKNOWN_CODE },
  { JP_CLASS_TIER_VALID_FROM, "2026-02-30", JP_PROBLEM_NOT_A_DATE },
  { JP_CLASS_TIER_VALID_FROM, "tomorrow", JP_PROBLEM_NOT_A_DATE },
  { JP_CONTRACT_SIGNED_AT, "2026-11-24", JP_PROBLEM_NOT_A_DATE },
  { JP_TRAINEE_SEX, "x", JP_PROBLEM_UNKNOWN_CODE },
  { JP_TRAINEE_NAME, "\xff", JP_PROBLEM_CHARACTERS },
};

/* What cannot be understood changes nothing. */
static void
test_parse_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refuse_cases); i++)
    {
      JpFieldId field = refuse_cases[i].field;
      g_autoptr (JpDraft) draft = jp_draft_new (JP_FIELD_KIND (field), &ID);

      g_test_message ("%s", refuse_cases[i].typed);
      g_assert_cmpstr (jp_problem_get_name (jp_display_parse (draft, field, refuse_cases[i].typed)),
                       ==, jp_problem_get_name (refuse_cases[i].problem));
      g_assert_false (jp_draft_has (draft, field));
    }
}

/* However many digits follow: no overflow, and too large for every field. */
static void
test_parse_huge (void)
{
  static const JpFieldId fields[] = { JP_TRAINEE_VALID_MINUTES, JP_STATEMENT_LINE_SHARE,
                                      JP_TRAINING_SESSION_MILEAGE, JP_GROUND_AREA,
                                      JP_GROUND_LATITUDE };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (JpDraft) draft = jp_draft_new (JP_FIELD_KIND (fields[i]), &ID);

      g_assert_cmpint (jp_display_parse (draft, fields[i], "99999999999999999999999999"), ==,
                       JP_PROBLEM_NONE);
      g_assert_cmpint (jp_draft_get_integer (draft, fields[i]), >, jp_field_get (fields[i])->max);
    }
}

typedef struct
{
  JpFieldId   field;
  const char *typed;
  const char *text;
} TextCase;

static const TextCase text_cases[] = {
  { JP_TRAINEE_NAME, "  王　 芳 ", "王 芳" },
  { JP_TRAINEE_NAME, "阿卜杜拉·买买提", "阿卜杜拉·买买提" },
  { JP_TRAINEE_NAME, "Anna-Maria", "Anna-Maria" },
  { JP_TRAINEE_ID_NUMBER, "３７１７０２ １９９００３０７ ２７１ｘ", "37170219900307271X" },
  { JP_TRAINEE_PHONE, "138-1234-5678", "13812345678" },
  { JP_TRAINEE_ADDRESS, "人民路 １号-2", "人民路 １号-2" },
  { JP_TRAINEE_LICENCE_TYPE, "c1", "C1" },
  { JP_TRAINEE_PRESENT_TYPE, "c1、d", "C1,D" },
  { JP_SCHOOL_LICENCE_TYPES, "C1、c2，D", "C1,C2,D" },
  { JP_SCHOOL_LICENCE_TYPES, "C1/C2", "C1,C2" },
  { JP_SCHOOL_PHONE, "0530—5612345", "0530-5612345" },
  { JP_SCHOOL_DISTRICT, " 牡丹区 ", "371702" },
  { JP_SCHOOL_DISTRICT, "371721", "371721" },
  { JP_SCHOOL_INTRODUCTION, " 一\r\n\r\n二 \n", "一\n\n二" },
  { JP_VEHICLE_PLATE, "鲁r·d1234学", "鲁RD1234学" },
  { JP_GROUND_POLYGON, "115.4，35.2；115.5,35.2; 115.5,-35.3",
    "115.4,35.2;115.5,35.2;115.5,-35.3" },
  { JP_CONFLICT_MINE, " {\"a\": 1}\n", " {\"a\": 1}\n" },
  { JP_TRAINEE_SEX, "Female", "female" },
  { JP_TRAINEE_SEX, " female ", "female" },
  { JP_TRAINEE_SEX, "FEMALE", "female" },
};

static void
test_parse_texts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (text_cases); i++)
    {
      JpFieldId field = text_cases[i].field;
      g_autoptr (JpDraft) draft = jp_draft_new (JP_FIELD_KIND (field), &ID);

      g_assert_cmpint (jp_display_parse (draft, field, text_cases[i].typed), ==, JP_PROBLEM_NONE);
      g_assert_cmpstr (jp_draft_get_text (draft, field), ==, text_cases[i].text);
    }
}

static void
test_parse_empty (void)
{
  g_autoptr (JpDraft) draft = jp_draft_new (JP_KIND_TRAINEE, &ID);

  jp_draft_set_text (draft, JP_TRAINEE_NAME, "王芳");
  jp_draft_set_integer (draft, JP_TRAINEE_VALID_MINUTES, 1);
  jp_draft_set_code (draft, JP_TRAINEE_SEX, JP_SEX_MALE);
  g_assert_cmpint (jp_display_parse (draft, JP_TRAINEE_NAME, " 　 "), ==, JP_PROBLEM_NONE);
  g_assert_cmpint (jp_display_parse (draft, JP_TRAINEE_VALID_MINUTES, ""), ==, JP_PROBLEM_NONE);
  g_assert_cmpint (jp_display_parse (draft, JP_TRAINEE_SEX, ""), ==, JP_PROBLEM_NONE);
  g_assert_false (jp_draft_has (draft, JP_TRAINEE_NAME));
  g_assert_false (jp_draft_has (draft, JP_TRAINEE_VALID_MINUTES));
  g_assert_false (jp_draft_has (draft, JP_TRAINEE_SEX));
}

static void
copy_as_typed (JpDraft *from, JpDraft *to, const JpField *field)
{
  g_autofree char *typed = jp_display_dup_typed (from, field->id);
  JpProblem        problem = jp_display_parse (to, field->id, typed);

  if (problem != JP_PROBLEM_NONE)
    g_error ("%s: \"%s\": %s", field->name, typed, jp_problem_get_name (problem));
}

static void
check_round_trip (JpKind kind, JpIdSource *source)
{
  const JpKindInfo *info = jp_kind_get_info (kind);
  g_autoptr (JpDraft) draft = jp_test_draft_new (kind, source);
  JpDraft *typed = jp_draft_new (kind, jp_draft_get_id (draft));

  jp_draft_set_created_by (typed, "front-desk");
  for (guint i = 0; i < info->n_fields; i++)
    if (info->fields[i].type != JP_FIELD_REF)
      copy_as_typed (draft, typed, &info->fields[i]);
    else
      jp_draft_set_ref (typed, info->fields[i].id, jp_draft_get_ref (draft, info->fields[i].id));

  g_autoptr (JpRecord) expected = jp_draft_end (g_steal_pointer (&draft));
  g_autoptr (JpRecord) got = jp_draft_end (typed);

  jp_test_record_assert_equal (expected, got);
}

/* What a form shows for editing is what it reads back, for every value of every field. */
static void
test_round_trip (void)
{
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  g_autoptr (JpIdSource) source = jp_test_random_new_source (JP_CLOCK (clock));

  for (guint round = 0; round < N_ROUNDS; round++)
    for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
      check_round_trip (kind, source);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/display/numbers", test_numbers);
  g_test_add_func ("/model/display/texts", test_texts);
  g_test_add_func ("/model/display/masks", test_masks);
  g_test_add_func ("/model/display/masks-all", test_masks_all);
  g_test_add_func ("/model/display/parse-numbers", test_parse_numbers);
  g_test_add_func ("/model/display/parse-refused", test_parse_refused);
  g_test_add_func ("/model/display/parse-huge", test_parse_huge);
  g_test_add_func ("/model/display/parse-texts", test_parse_texts);
  g_test_add_func ("/model/display/parse-empty", test_parse_empty);
  g_test_add_func ("/model/display/round-trip", test_round_trip);

  return g_test_run ();
}
