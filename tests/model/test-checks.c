/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-check-code.h"
#include "jp-check-device.h"
#include "jp-check-id.h"
#include "jp-check-name.h"
#include "jp-check-phone.h"
#include "jp-check-place.h"
#include "jp-check-plate.h"
#include "jp-check-vin.h"
#include "jp-model-error.h"

/* All numbers here are made up; those of standards are the standards' own examples. */

#define TODAY 20261124

typedef struct
{
  const char *text;
  JpProblem   problem;
} Case;

typedef JpProblem (*Check) (const char *text);

static void
run_cases (Check check, const Case *cases, gsize n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (jp_problem_get_name (check (cases[i].text)), ==,
                       jp_problem_get_name (cases[i].problem));
    }
}

#define RUN(check, cases) run_cases (check, cases, G_N_ELEMENTS (cases))

static JpProblem
check_id_today (const char *text)
{
  return jp_check_id_number_on (text, TODAY);
}

static void
test_id_number (void)
{
  static const Case cases[] = {
    { "37170219900307271X", JP_PROBLEM_NONE },
    { "11010519491231002X", JP_PROBLEM_NONE }, /* example of GB 11643 */
    { "372922196502281624", JP_PROBLEM_NONE }, /* a district that no longer exists */
    { "810000199001010019", JP_PROBLEM_NONE }, /* residence permit, Hong Kong */
    { "371702190001010012", JP_PROBLEM_NONE },
    { "371727200402290020", JP_PROBLEM_NONE }, /* leap day */
    { "", JP_PROBLEM_REQUIRED },
    { "371702900307271", JP_PROBLEM_ID_OLD_FORM },
    { "37170219900307271", JP_PROBLEM_ID_LENGTH },
    { "37170219900307271X0", JP_PROBLEM_ID_LENGTH },
    { "37170219900307271x", JP_PROBLEM_ID_CHARACTERS }, /* not cleaned */
    { "3717O219900307271X", JP_PROBLEM_ID_CHARACTERS },
    { "371702199003072718", JP_PROBLEM_ID_CHECK_DIGIT },
    { "37170219900307281X", JP_PROBLEM_ID_CHECK_DIGIT },
    { "371702202302290017", JP_PROBLEM_ID_BIRTH_DATE },
    { "440524188001010014", JP_PROBLEM_ID_BIRTH_DATE }, /* before 1900 */
    { "37170219901307271X", JP_PROBLEM_ID_BIRTH_DATE },
    { "37172120301231001X", JP_PROBLEM_ID_BIRTH_FUTURE },
    { "911236198001010016", JP_PROBLEM_ID_FOREIGN },
    { "011702199003072718", JP_PROBLEM_ID_REGION },
  };

  RUN (check_id_today, cases);
  g_assert_cmpint (jp_check_id_number ("37172120301231001X"), ==, JP_PROBLEM_NONE);
  g_assert_cmpint (jp_check_id_number_on ("37170219900307271X", 19900307), ==, JP_PROBLEM_NONE);
  g_assert_cmpint (jp_check_id_number_on ("37170219900307271X", 19900306), ==,
                   JP_PROBLEM_ID_BIRTH_FUTURE);
}

/* Every single wrong digit and every swap of two neighbours is found: what MOD 11-2 promises. */
static void
test_id_check_digit (void)
{
  const char *right = "37170219900307271X";

  for (gsize i = 0; i < JP_CHECK_ID_LENGTH - 1; i++)
    {
      for (char digit = '0'; digit <= '9'; digit++)
        {
          g_autofree char *wrong = g_strdup (right);

          wrong[i] = digit;
          if (digit != right[i])
            g_assert_cmpint (jp_check_id_number (wrong), !=, JP_PROBLEM_NONE);
        }
    }

  for (gsize i = 0; i + 2 < JP_CHECK_ID_LENGTH; i++)
    {
      g_autofree char *swapped = g_strdup (right);

      swapped[i] = right[i + 1];
      swapped[i + 1] = right[i];
      if (swapped[i] != swapped[i + 1])
        g_assert_cmpint (jp_check_id_number (swapped), !=, JP_PROBLEM_NONE);
    }

  g_assert_cmpint (jp_check_id_compute_last ("11010519491231002"), ==, 'X');
  g_assert_cmpint (jp_check_id_compute_last ("44052418800101001"), ==, '4');
  g_assert_cmpint (jp_check_id_compute_last ("440524"), ==, 0);
}

static void
test_id_derived (void)
{
  g_autofree char *region = jp_check_id_dup_region ("372922196502281624");

  g_assert_cmpstr (region, ==, "372922");
  g_assert_cmpint (jp_check_id_get_birth_date ("372922196502281624"), ==, 19650228);
  g_assert_false (jp_check_id_is_male ("372922196502281624"));
  g_assert_true (jp_check_id_is_male ("37170219900307271X"));
  g_assert_cmpint (jp_check_id_get_birth_date ("G12345678"), ==, JP_DATE_NONE);
  g_assert_null (jp_check_id_dup_region ("G12345678"));
}

static void
test_id_other (void)
{
  static const Case foreign[] = {
    { "911236198001010016", JP_PROBLEM_NONE },
    { "CAN110175010101", JP_PROBLEM_NONE },
    { "911236198001010017", JP_PROBLEM_ID_CHECK_DIGIT },
    { "91123619800101001", JP_PROBLEM_ID_LENGTH },
    { "CA1110175010101", JP_PROBLEM_ID_FOREIGN_FORM },
    { "CAN11017501010A", JP_PROBLEM_ID_FOREIGN_FORM },
    { "37170219900307271X", JP_PROBLEM_ID_FOREIGN_FORM },
    { "", JP_PROBLEM_REQUIRED },
  };
  static const Case passports[] = {
    { "E12345678", JP_PROBLEM_NONE },     { "EA1234567", JP_PROBLEM_NONE },
    { "123456789", JP_PROBLEM_NONE },     { "E123", JP_PROBLEM_PASSPORT },
    { "PASSPORT", JP_PROBLEM_PASSPORT },  { "E12 45678", JP_PROBLEM_PASSPORT },
    { "e12345678", JP_PROBLEM_PASSPORT }, { "E12345678901234567", JP_PROBLEM_PASSPORT },
    { "", JP_PROBLEM_REQUIRED },
  };
  static const Case officers[] = {
    { "军字第1234567号", JP_PROBLEM_NONE },
    { "士字第20201234号", JP_PROBLEM_NONE },
    { "A1234567", JP_PROBLEM_NONE },
    { "军字第一号", JP_PROBLEM_OFFICER_CARD },
    { "军12", JP_PROBLEM_OFFICER_CARD },
    { "军字第12/34567号", JP_PROBLEM_OFFICER_CARD },
    { "\xff\xfe"
      "1234",
      JP_PROBLEM_OFFICER_CARD },
    { "", JP_PROBLEM_REQUIRED },
  };

  RUN (jp_check_id_foreign, foreign);
  RUN (jp_check_id_passport, passports);
  RUN (jp_check_id_officer, officers);
}

static void
test_codes (void)
{
  static const Case credit[] = {
    { "91350100M000100Y43", JP_PROBLEM_NONE }, /* example of GB 32100 */
    { "91371700MA3C00000R", JP_PROBLEM_NONE },
    { "91371700MA3C00001R", JP_PROBLEM_CREDIT_CODE_CHECK },
    { "91371700MA3C0000R", JP_PROBLEM_CREDIT_CODE_LENGTH },
    { "91371700MA3C0000OR", JP_PROBLEM_CREDIT_CODE_CHARACTERS },
    { "9137A700MA3C00000R", JP_PROBLEM_CREDIT_CODE_CHARACTERS },
    { "91371700ma3c00000r", JP_PROBLEM_CREDIT_CODE_CHARACTERS },
    { "", JP_PROBLEM_REQUIRED },
  };
  static const Case ministry[] = {
    { "1234567890123456", JP_PROBLEM_NONE },
    { "12345678901234AB", JP_PROBLEM_NONE },
    { "123456789012345", JP_PROBLEM_MINISTRY_NUMBER },
    { "12345678901234ab", JP_PROBLEM_MINISTRY_NUMBER },
    { "", JP_PROBLEM_REQUIRED },
  };
  static const Case platforms[] = {
    { "A0041", JP_PROBLEM_NONE },
    { "00041", JP_PROBLEM_PLATFORM_NUMBER },
    { "A041", JP_PROBLEM_PLATFORM_NUMBER },
    { "A00B1", JP_PROBLEM_PLATFORM_NUMBER },
    { "", JP_PROBLEM_REQUIRED },
  };
  static const Case postcodes[] = {
    { "274000", JP_PROBLEM_NONE },     { "010010", JP_PROBLEM_NONE },
    { "27400", JP_PROBLEM_POSTCODE },  { "2740001", JP_PROBLEM_POSTCODE },
    { "000000", JP_PROBLEM_POSTCODE }, { "27400A", JP_PROBLEM_POSTCODE },
    { "", JP_PROBLEM_REQUIRED },
  };

  RUN (jp_check_code_credit, credit);
  RUN (jp_check_code_ministry, ministry);
  RUN (jp_check_code_platform, platforms);
  RUN (jp_check_code_postcode, postcodes);
  g_assert_cmpint (jp_check_code_compute_credit_last ("91350100M000100Y4"), ==, '3');
  g_assert_cmpint (jp_check_code_compute_credit_last ("91350100I000100Y4"), ==, 0);
}

static void
test_plates (void)
{
  static const Case plates[] = {
    { "鲁R12345", JP_PROBLEM_NONE },
    { "粤A1967学", JP_PROBLEM_NONE },
    { "鲁R1234挂", JP_PROBLEM_NONE },
    { "鲁RD12345", JP_PROBLEM_NONE },
    { "鲁RDF1234", JP_PROBLEM_NONE },
    { "鲁R12345D", JP_PROBLEM_NONE },
    { "鲁RD1234学", JP_PROBLEM_NONE },
    { "鲁RD12A4学", JP_PROBLEM_PLATE_CHARACTERS },
    { "鲁RDF123学", JP_PROBLEM_NONE },
    { "鲁R12345学", JP_PROBLEM_NONE },
    { "鲁R1234", JP_PROBLEM_PLATE_LENGTH },
    { "鲁R1234567", JP_PROBLEM_PLATE_LENGTH },
    { "鲁RI2345", JP_PROBLEM_PLATE_CHARACTERS },
    { "鲁R1234O", JP_PROBLEM_PLATE_CHARACTERS },
    { "R123456", JP_PROBLEM_PLATE_PROVINCE },
    { "鲁112345", JP_PROBLEM_PLATE_PROVINCE },
    { "人R12345", JP_PROBLEM_PLATE_PROVINCE },
    { "鲁R·1234", JP_PROBLEM_PLATE_CHARACTERS },
    { "鲁", JP_PROBLEM_PLATE_PROVINCE },
    { "\xff", JP_PROBLEM_CHARACTERS },
    { "鲁RDF12A4", JP_PROBLEM_PLATE_CHARACTERS },
    { "", JP_PROBLEM_REQUIRED },
  };
  static const Case coaches[] = {
    { "鲁R1234学", JP_PROBLEM_NONE },
    { "鲁RDF1234", JP_PROBLEM_NONE },
    { "鲁R12345F", JP_PROBLEM_NONE },
    { "鲁R12345", JP_PROBLEM_PLATE_NOT_COACH },
    { "鲁R1234挂", JP_PROBLEM_PLATE_NOT_COACH },
    { "鲁R123学", JP_PROBLEM_PLATE_LENGTH },
  };

  RUN (jp_check_plate, plates);
  RUN (jp_check_plate_coach, coaches);
  g_assert_cmpint (jp_check_plate_get_kind ("鲁RDF1234"), ==, JP_CHECK_PLATE_NEW_ENERGY_SMALL);
  g_assert_cmpint (jp_check_plate_get_kind ("鲁R12345F"), ==, JP_CHECK_PLATE_NEW_ENERGY_LARGE);
  g_assert_cmpint (jp_check_plate_get_kind ("鲁R12345"), ==, JP_CHECK_PLATE_ORDINARY);
  g_assert_cmpint (jp_check_plate_get_kind ("鲁R1234警"), ==, JP_CHECK_PLATE_SPECIAL);
  g_assert_cmpint (jp_check_plate_get_kind ("nothing"), ==, JP_CHECK_PLATE_NONE);
}

static void
test_vin (void)
{
  static const Case vins[] = {
    { "1M8GDM9AXKP042788", JP_PROBLEM_NONE },
    { "LHGCM826X38000000", JP_PROBLEM_NONE },
    { "1M8GDM9AXKP04278", JP_PROBLEM_VIN_LENGTH },
    { "1M8GDM9AXKPO42788", JP_PROBLEM_VIN_CHARACTERS },
    { "1M8GDM9AXKP04278 ", JP_PROBLEM_VIN_CHARACTERS },
    { "", JP_PROBLEM_REQUIRED },
  };
  static const Case digits[] = {
    { "1M8GDM9AXKP042788", JP_PROBLEM_NONE },
    { "11111111111111111", JP_PROBLEM_NONE },
    { "LHGCM826X38000000", JP_PROBLEM_VIN_CHECK_DIGIT },
    { "1M8GDM9AXKP042789", JP_PROBLEM_VIN_CHECK_DIGIT },
  };

  RUN (jp_check_vin, vins);
  RUN (jp_check_vin_digit, digits);
}

static void
test_devices (void)
{
  static const Case ids[] = {
    { "490154203237518", JP_PROBLEM_NONE }, /* example of TS 23.003 */
    { "860123456789014", JP_PROBLEM_NONE },
    { "860123456789015", JP_PROBLEM_IMEI_CHECK_DIGIT },
    { "86012345678901", JP_PROBLEM_DEVICE_ID },
    { "86012345678901A", JP_PROBLEM_DEVICE_ID },
    { "00:1A:2B:3C:4D:5E", JP_PROBLEM_NONE },
    { "001A2B3C4D5E", JP_PROBLEM_NONE },
    { "00-1A-2B-3C-4D-5E", JP_PROBLEM_NONE },
    { "00-1A-2B-3C-4D:5E", JP_PROBLEM_DEVICE_ID },
    { "00.1A.2B.3C.4D.5E", JP_PROBLEM_DEVICE_ID },
    { "001A2B3C4D5G", JP_PROBLEM_DEVICE_ID },
    { "", JP_PROBLEM_REQUIRED },
  };
  static const Case sims[] = {
    { "89860012345678901234", JP_PROBLEM_NONE },
    { "8986001234567890123", JP_PROBLEM_NONE },
    { "898600A2345678901234", JP_PROBLEM_NONE },
    { "1064812345678", JP_PROBLEM_NONE },
    { "13812345678", JP_PROBLEM_NONE },
    { "88860012345678901234", JP_PROBLEM_SIM },
    { "898600123456789012345", JP_PROBLEM_SIM },
    { "898600G2345678901234", JP_PROBLEM_SIM },
    { "2381234567", JP_PROBLEM_SIM },
    { "", JP_PROBLEM_REQUIRED },
  };

  RUN (jp_check_device_id, ids);
  RUN (jp_check_device_sim, sims);
}

static void
test_phones (void)
{
  static const Case mobiles[] = {
    { "13812345678", JP_PROBLEM_NONE },      { "19912345678", JP_PROBLEM_NONE },
    { "12812345678", JP_PROBLEM_MOBILE },    { "1381234567", JP_PROBLEM_MOBILE },
    { "+8613812345678", JP_PROBLEM_MOBILE }, { "", JP_PROBLEM_REQUIRED },
  };
  static const Case phones[] = {
    { "13812345678", JP_PROBLEM_NONE },
    { "0530-5612345", JP_PROBLEM_NONE },
    { "05305612345", JP_PROBLEM_NONE },
    { "010-87654321", JP_PROBLEM_NONE },
    { "01087654321", JP_PROBLEM_NONE },
    { "0530-5612345-802", JP_PROBLEM_NONE },
    { "4001234567", JP_PROBLEM_NONE },
    { "400-123-4567", JP_PROBLEM_NONE },
    { "5612345", JP_PROBLEM_PHONE },
    { "0530-1612345", JP_PROBLEM_PHONE },
    { "0530-561234", JP_PROBLEM_PHONE },
    { "0530-5612345-", JP_PROBLEM_PHONE },
    { "0530-5612345-1234567", JP_PROBLEM_PHONE },
    { "0030-5612345", JP_PROBLEM_PHONE },
    { "400--1234567", JP_PROBLEM_PHONE },
    { "0", JP_PROBLEM_PHONE },
    { "", JP_PROBLEM_REQUIRED },
  };

  RUN (jp_check_phone_mobile, mobiles);
  RUN (jp_check_phone, phones);
}

static void
test_names (void)
{
  static const Case names[] = {
    { "王伟", JP_PROBLEM_NONE },
    { "欧阳修远", JP_PROBLEM_NONE },
    { "阿卜杜拉·买买提", JP_PROBLEM_NONE },
    { "古丽·阿依努尔·伊明", JP_PROBLEM_NONE },
    { "𠮷田〇", JP_PROBLEM_NONE },
    { "John Smith", JP_PROBLEM_NONE },
    { "J. R. O'Neill-Smith", JP_PROBLEM_NONE },
    { "José María", JP_PROBLEM_NONE },
    { "John Smith Jr.", JP_PROBLEM_NONE },
    { "", JP_PROBLEM_REQUIRED },
    { "王", JP_PROBLEM_NAME_LENGTH },
    { "阿卜杜拉•买买提", JP_PROBLEM_NAME_SEPARATOR },
    { "阿卜杜拉.买买提", JP_PROBLEM_NAME_SEPARATOR },
    { "阿卜杜拉 买买提", JP_PROBLEM_NAME_SEPARATOR },
    { "John•Smith", JP_PROBLEM_NAME_SEPARATOR },
    { "王伟2", JP_PROBLEM_NAME_CHARACTERS },
    { "王伟(代)", JP_PROBLEM_NAME_CHARACTERS },
    { "·王伟", JP_PROBLEM_NAME_CHARACTERS },
    { "王伟·", JP_PROBLEM_NAME_CHARACTERS },
    { "阿··买", JP_PROBLEM_NAME_CHARACTERS },
    { "13812345678", JP_PROBLEM_NAME_CHARACTERS },
    { "\xe7\x8e", JP_PROBLEM_CHARACTERS },
  };

  RUN (jp_check_name, names);

  g_autofree char *most = g_strnfill (JP_CHECK_NAME_MAX, 'a');
  g_autofree char *more = g_strnfill (JP_CHECK_NAME_MAX + 1, 'a');

  g_assert_cmpint (jp_check_name (most), ==, JP_PROBLEM_NONE);
  g_assert_cmpint (jp_check_name (more), ==, JP_PROBLEM_NAME_LENGTH);
}

static void
test_points (void)
{
  static const Case points[] = {
    { "115.480656,35.233750", JP_PROBLEM_NONE },
    { "115,35", JP_PROBLEM_NONE },
    { "35.2337,115.4806", JP_PROBLEM_COORDINATES_OUTSIDE },
    { "-115.4,35.2", JP_PROBLEM_COORDINATES_OUTSIDE },
    { "115.48", JP_PROBLEM_COORDINATES },
    { "115.48,", JP_PROBLEM_COORDINATES },
    { "115.,35.2", JP_PROBLEM_COORDINATES },
    { "115.48, 35.2", JP_PROBLEM_COORDINATES },
    { "1e2,35", JP_PROBLEM_COORDINATES },
    { "99999999999,35", JP_PROBLEM_COORDINATES },
    { "", JP_PROBLEM_REQUIRED },
  };
  JpCheckPlacePoint point = { 1, 2 };

  RUN (jp_check_place_point, points);

  g_assert_cmpint (jp_check_place_parse_point ("115.4806565,35.2337504999", &point), ==,
                   JP_PROBLEM_NONE);
  g_assert_cmpint (point.lng_udeg, ==, 115480657);
  g_assert_cmpint (point.lat_udeg, ==, 35233750);
  g_assert_cmpint (jp_check_place_parse_point ("nowhere", &point), ==, JP_PROBLEM_COORDINATES);
  g_assert_cmpint (point.lng_udeg, ==, 115480657);
}

#define SQUARE "115.1,35.1;115.2,35.1;115.2,35.2;115.1,35.2"

static void
test_polygons (void)
{
  static const Case polygons[] = {
    { SQUARE, JP_PROBLEM_NONE },
    { SQUARE ";", JP_PROBLEM_NONE },
    { SQUARE ";115.1,35.1", JP_PROBLEM_NONE },
    { "115.1,35.1;115.2,35.1;115.15,35.2", JP_PROBLEM_NONE },
    /* An L, and a corner in the middle of an edge. */
    { "115,35;116,35;116,36;115.5,36;115.5,37;115,37;115,36", JP_PROBLEM_NONE },
    { "115.1,35.1;115.2,35.1", JP_PROBLEM_POLYGON_POINTS },
    { "115.1,35.1;115.2,35.2;115.3,35.3", JP_PROBLEM_POLYGON_POINTS },
    { "115.1,35.1;115.1,35.1;115.1,35.1", JP_PROBLEM_POLYGON_POINTS },
    { "115.1,35.1;115.2,35.2;115.2,35.1;115.1,35.2", JP_PROBLEM_POLYGON_CROSSES },
    { "115,35;116,35;116,36;115.5,36;115.7,36;115.2,37", JP_PROBLEM_POLYGON_CROSSES },
    { "115,35;116,35;116,36;115.5,35;115,36", JP_PROBLEM_POLYGON_CROSSES }, /* touches an edge */
    { "115.1,35.1;;115.2,35.1", JP_PROBLEM_POLYGON_FORM },
    { "115.1,35.1 115.2,35.1", JP_PROBLEM_POLYGON_FORM },
    { "115.1,35.1;35.1,115.2;115.3,35.1", JP_PROBLEM_COORDINATES_OUTSIDE },
    { "", JP_PROBLEM_REQUIRED },
  };

  RUN (jp_check_place_polygon, polygons);

  g_autofree char *filler = g_strnfill (JP_CHECK_PLACE_POLYGON_MAX_LENGTH, '1');
  g_autofree char *longer = g_strconcat (SQUARE ";", filler, NULL);

  g_assert_cmpint (jp_check_place_polygon (longer), ==, JP_PROBLEM_POLYGON_LENGTH);
}

static void
test_contains (void)
{
  g_autoptr (GArray) points = NULL;
  const char *l_shape = "115,35;117,35;117,36;116,36;116,37;115,37";

  g_assert_cmpint (jp_check_place_parse_polygon (l_shape, &points), ==, JP_PROBLEM_NONE);
  g_assert_cmpuint (points->len, ==, 6);

  const JpCheckPlacePoint *corners = (const JpCheckPlacePoint *)(gconstpointer)points->data;
  const struct
  {
    JpCheckPlacePoint point;
    gboolean          inside;
  } cases[] = {
    { { 115500000, 35500000 }, TRUE },  { { 115500000, 36500000 }, TRUE },
    { { 116500000, 36500000 }, FALSE }, { { 116000000, 36000000 }, TRUE },
    { { 115000000, 36000000 }, TRUE },  { { 114999999, 36000000 }, FALSE },
    { { 116000001, 36000001 }, FALSE }, { { 118000000, 35000000 }, FALSE },
    { { 116500000, 36000000 }, TRUE },  { { 116500000, 36000001 }, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (jp_check_place_contains (corners, points->len, cases[i].point), ==,
                     cases[i].inside);
}

static void
test_problems (void)
{
  g_autoptr (GError) error = NULL;

  for (int i = JP_PROBLEM_NONE; i <= JP_PROBLEM_LAST; i++)
    {
      const char      *name = jp_problem_get_name ((JpProblem)i);
      g_autofree char *sentence = jp_problem_dup_sentence ((JpProblem)i);

      g_assert_nonnull (name);
      g_assert_cmpint (jp_problem_from_name (name), ==, i);
      g_assert_cmpint (sentence[0] == '\0', ==, i == JP_PROBLEM_NONE);
    }

  g_assert_cmpint (jp_problem_from_name ("no-such-problem"), ==, JP_PROBLEM_NONE);
  g_assert_true (jp_problem_to_error (JP_PROBLEM_NONE, "phone", &error));
  g_assert_no_error (error);
  g_assert_false (jp_problem_to_error (JP_PROBLEM_MOBILE, "phone", &error));
  g_assert_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "phone is not valid: mobile");
  g_clear_error (&error);
  g_assert_false (jp_problem_to_error (JP_PROBLEM_REQUIRED, "phone", &error));
  g_assert_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_MISSING);
  g_clear_error (&error);
  g_assert_false (jp_problem_to_error (JP_PROBLEM_TOO_LARGE, "area", &error));
  g_assert_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_RANGE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/check-id/number", test_id_number);
  g_test_add_func ("/model/check-id/check-digit", test_id_check_digit);
  g_test_add_func ("/model/check-id/derived", test_id_derived);
  g_test_add_func ("/model/check-id/other", test_id_other);
  g_test_add_func ("/model/check-code/all", test_codes);
  g_test_add_func ("/model/check-plate/all", test_plates);
  g_test_add_func ("/model/check-vin/all", test_vin);
  g_test_add_func ("/model/check-device/all", test_devices);
  g_test_add_func ("/model/check-phone/all", test_phones);
  g_test_add_func ("/model/check-name/all", test_names);
  g_test_add_func ("/model/check-place/points", test_points);
  g_test_add_func ("/model/check-place/polygons", test_polygons);
  g_test_add_func ("/model/check-place/contains", test_contains);
  g_test_add_func ("/model/problem/all", test_problems);

  return g_test_run ();
}
