/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-data.h"
#include "jp-district.h"
#include "jp-licence.h"
#include "jp-model-error.h"

#define ON 20261124

static void
test_data (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = jp_data_lookup ("districts/heze.json", &error);
  g_autoptr (GBytes) none = NULL;
  g_auto (GStrv) districts = jp_data_list ("districts");
  g_auto (GStrv) nothing = jp_data_list ("nothing");

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), >, 100);
  g_assert_true (g_strv_contains ((const char *const *)districts, "heze.json"));
  g_assert_cmpuint (g_strv_length (nothing), ==, 0);

  none = jp_data_lookup ("districts/atlantis.json", &error);
  g_assert_null (none);
  g_assert_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_MISSING);
}

static void
test_districts (void)
{
  guint             n_districts = 0;
  const JpDistrict *districts = jp_district_list (&n_districts);

  g_assert_cmpuint (n_districts, ==, 10);
  g_assert_cmpstr (districts[0].code, ==, "371700");
  g_assert_cmpstr (jp_district_lookup ("371721")->name, ==, "曹县");
  g_assert_cmpstr (jp_district_lookup ("371727")->name, ==, "定陶县");
  g_assert_cmpstr (jp_district_lookup ("372922196502281624")->name, ==, "菏泽地区");
  g_assert_null (jp_district_lookup ("110105"));
  g_assert_null (jp_district_lookup ("3717"));

  g_assert_cmpstr (jp_district_lookup_name ("定陶区")->code, ==, "371703");
  g_assert_cmpstr (jp_district_lookup_name ("定陶县")->code, ==, "371703");
  g_assert_cmpstr (jp_district_lookup_name ("定陶")->code, ==, "371703");
  g_assert_cmpstr (jp_district_lookup_name ("曹县")->code, ==, "371721");
  g_assert_cmpstr (jp_district_lookup_name ("菏泽")->code, ==, "371700");
  g_assert_null (jp_district_lookup_name ("曹"));
  g_assert_null (jp_district_lookup_name ("历下区"));
  g_assert_null (jp_district_lookup_name (""));

  g_assert_cmpint (jp_district_check ("371728"), ==, JP_PROBLEM_NONE);
  g_assert_cmpint (jp_district_check ("371727"), ==, JP_PROBLEM_DISTRICT_FORMER);
  g_assert_cmpint (jp_district_check ("370102"), ==, JP_PROBLEM_DISTRICT_UNKNOWN);
  g_assert_cmpint (jp_district_check ("3717"), ==, JP_PROBLEM_DISTRICT_FORM);
  g_assert_cmpint (jp_district_check ("37170A"), ==, JP_PROBLEM_DISTRICT_FORM);
  g_assert_cmpint (jp_district_check (""), ==, JP_PROBLEM_REQUIRED);

  g_autofree char *renamed = jp_district_dup_region_name ("371727");
  g_autofree char *former = jp_district_dup_region_name ("372901");
  g_autofree char *elsewhere = jp_district_dup_region_name ("110105");

  g_assert_cmpstr (renamed, ==, "定陶区");
  g_assert_cmpstr (former, ==, "菏泽地区");
  g_assert_null (elsewhere);
}

/* The table of domain.md §5.6, right column, written out again. */
static void
test_ages (void)
{
  static const struct
  {
    const char *codes;
    int         min;
    int         max;
  } rows[] = {
    { "C1 C2 C5 F", 18, JP_LICENCE_NO_AGE_LIMIT },
    { "C3 C4 M", 18, 63 },
    { "D E", 18, 70 },
    { "A3 B1 B2 N P", 20, 63 },
    { "C6", 20, 70 },
    { "A1 A2", 22, 63 },
  };
  guint n_seen = 0;
  guint n_licences = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) codes = g_strsplit (rows[i].codes, " ", -1);

      for (guint j = 0; codes[j] != NULL; j++, n_seen++)
        {
          const char *code = codes[j];
          JpDate      min_birthday = jp_date_new (2026 - rows[i].min, 11, 24);

          g_assert_cmpint (jp_licence_check_age (code, min_birthday, ON), ==, JP_PROBLEM_NONE);
          g_assert_cmpint (jp_licence_check_age (code, jp_date_add_days (min_birthday, 1), ON), ==,
                           JP_PROBLEM_LICENCE_TOO_YOUNG);

          if (rows[i].max == JP_LICENCE_NO_AGE_LIMIT)
            {
              g_assert_cmpint (jp_licence_check_age (code, 19200101, ON), ==, JP_PROBLEM_NONE);
              continue;
            }

          JpDate next_birthday = jp_date_new (2026 - rows[i].max - 1, 11, 25);

          g_assert_cmpint (jp_licence_check_age (code, next_birthday, ON), ==, JP_PROBLEM_NONE);
          g_assert_cmpint (jp_licence_check_age (code, jp_date_add_days (next_birthday, -1), ON),
                           ==, JP_PROBLEM_LICENCE_TOO_OLD);
        }
    }

  jp_licence_list (&n_licences);
  g_assert_cmpuint (n_seen, ==, n_licences);
  g_assert_cmpint (jp_licence_check_age ("C7", 19900101, ON), ==, JP_PROBLEM_LICENCE_UNKNOWN);
  g_assert_cmpint (jp_licence_check_age ("C1", 20270101, ON), ==, JP_PROBLEM_LICENCE_TOO_YOUNG);
}

static void
test_types (void)
{
  g_auto (GStrv) codes = jp_licence_parse_types ("A1A2D");
  g_auto (GStrv) list = jp_licence_parse_types ("C1, C2");

  g_assert_cmpuint (g_strv_length (codes), ==, 3);
  g_assert_cmpstr (codes[1], ==, "A2");
  g_assert_cmpstr (codes[2], ==, "D");
  g_assert_cmpuint (g_strv_length (list), ==, 2);
  g_assert_null (jp_licence_parse_types (""));
  g_assert_null (jp_licence_parse_types ("C1C1"));
  g_assert_null (jp_licence_parse_types ("C1X"));
  g_assert_null (jp_licence_parse_types ("c1"));

  g_assert_cmpint (jp_licence_check_types ("C1D"), ==, JP_PROBLEM_NONE);
  g_assert_cmpint (jp_licence_check_types ("C9"), ==, JP_PROBLEM_LICENCE_PRESENT_UNKNOWN);
  g_assert_cmpint (jp_licence_check_types (""), ==, JP_PROBLEM_REQUIRED);
  g_assert_cmpint (jp_licence_check_type ("C6"), ==, JP_PROBLEM_NONE);
  g_assert_cmpint (jp_licence_check_type ("C9"), ==, JP_PROBLEM_LICENCE_UNKNOWN);
  g_assert_cmpint (jp_licence_check_type (""), ==, JP_PROBLEM_REQUIRED);

  g_assert_cmpstr (jp_licence_get_label ("C2"), ==, "小型自动挡汽车");
  g_assert_null (jp_licence_get_label ("C9"));
  g_assert_cmpstr (jp_licence_lookup ("C1")->course_code, ==, "21");
  g_assert_null (jp_licence_lookup ("C6")->course_code);
}

static JpProblem
apply (const char *type, const char *present_types, JpDate present_since)
{
  JpLicenceApplication application = {
    .type = type,
    .is_addition = present_types != NULL,
    .present_types = present_types,
    .present_since = present_since,
    .birth_date = 19850101,
    .on = ON,
  };

  return jp_licence_check_application (&application, NULL);
}

static void
test_applications (void)
{
  g_assert_cmpint (apply ("C1", NULL, 0), ==, JP_PROBLEM_NONE);
  g_assert_cmpint (apply ("B2", NULL, 0), ==, JP_PROBLEM_NONE);
  g_assert_cmpint (apply ("A1", NULL, 0), ==, JP_PROBLEM_LICENCE_ONLY_ADDITION);
  g_assert_cmpint (apply ("A2", NULL, 0), ==, JP_PROBLEM_LICENCE_ONLY_ADDITION);
  g_assert_cmpint (apply ("B1", NULL, 0), ==, JP_PROBLEM_LICENCE_ONLY_ADDITION);
  g_assert_cmpint (apply ("C6", NULL, 0), ==, JP_PROBLEM_LICENCE_ONLY_ADDITION);
  g_assert_cmpint (apply ("X", NULL, 0), ==, JP_PROBLEM_LICENCE_UNKNOWN);

  g_assert_cmpint (apply ("D", "C1", 20200101), ==, JP_PROBLEM_NONE);
  g_assert_cmpint (apply ("D", "", 20200101), ==, JP_PROBLEM_LICENCE_PRESENT_MISSING);
  g_assert_cmpint (apply ("D", "C9", 20200101), ==, JP_PROBLEM_LICENCE_PRESENT_UNKNOWN);
  g_assert_cmpint (apply ("C2", "C1", 20200101), ==, JP_PROBLEM_LICENCE_ALREADY_HELD);
  g_assert_cmpint (apply ("C1", "C1", 20200101), ==, JP_PROBLEM_LICENCE_ALREADY_HELD);
  g_assert_cmpint (apply ("C1", "C2", 20200101), ==, JP_PROBLEM_NONE);
  g_assert_cmpint (apply ("C5", "D", 20200101), ==, JP_PROBLEM_LICENCE_PRESENT_UNFIT);

  /* A1 asks for A2 for 1 year, A3 or B1 for 2, B2 for 3. */
  g_assert_cmpint (apply ("A1", "A2", 20251124), ==, JP_PROBLEM_NONE);
  g_assert_cmpint (apply ("A1", "A2", 20251125), ==, JP_PROBLEM_LICENCE_PRESENT_SHORT);
  g_assert_cmpint (apply ("A1", "B1", 20241124), ==, JP_PROBLEM_NONE);
  g_assert_cmpint (apply ("A1", "B1", 20241125), ==, JP_PROBLEM_LICENCE_PRESENT_SHORT);
  g_assert_cmpint (apply ("A1", "B2", 20231124), ==, JP_PROBLEM_NONE);
  g_assert_cmpint (apply ("A1", "B2", 20231125), ==, JP_PROBLEM_LICENCE_PRESENT_SHORT);
  g_assert_cmpint (apply ("A1", "C1", 20000101), ==, JP_PROBLEM_LICENCE_PRESENT_UNFIT);
  g_assert_cmpint (apply ("A1", "B1B2", 20241124), ==, JP_PROBLEM_NONE);
  g_assert_cmpint (apply ("C6", "C1", 20251124), ==, JP_PROBLEM_NONE);
  g_assert_cmpint (apply ("C6", "D", 20000101), ==, JP_PROBLEM_LICENCE_PRESENT_UNFIT);
  g_assert_cmpint (apply ("B1", "C2", JP_DATE_NONE), ==, JP_PROBLEM_NONE);
}

static void
test_confidence (void)
{
  JpDataConfidence     confidence = JP_DATA_CONFIDENCE_NONE;
  JpLicenceApplication application = {
    .type = "A1",
    .is_addition = TRUE,
    .present_types = "C1",
    .birth_date = 20100101,
    .on = ON,
  };

  g_assert_cmpint (jp_licence_check_application (&application, &confidence), ==,
                   JP_PROBLEM_LICENCE_TOO_YOUNG);
  g_assert_cmpint (confidence, ==, JP_DATA_CONFIDENCE_MEDIUM);

  application.birth_date = JP_DATE_NONE;
  g_assert_cmpint (jp_licence_check_application (&application, &confidence), ==,
                   JP_PROBLEM_LICENCE_PRESENT_UNFIT);
  g_assert_cmpint (confidence, ==, JP_DATA_CONFIDENCE_LOW);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/data/lookup", test_data);
  g_test_add_func ("/model/district/all", test_districts);
  g_test_add_func ("/model/licence/ages", test_ages);
  g_test_add_func ("/model/licence/types", test_types);
  g_test_add_func ("/model/licence/applications", test_applications);
  g_test_add_func ("/model/licence/confidence", test_confidence);

  return g_test_run ();
}
