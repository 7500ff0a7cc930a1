/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-curriculum.h"
#include "jp-data.h"
#include "jp-model-error.h"

static JpCurriculum *
load (const char *id)
{
  g_autoptr (GError) error = NULL;
  JpCurriculum *curriculum = jp_curriculum_new_from_data (id, &error);

  g_assert_no_error (error);

  return curriculum;
}

static void
assert_minutes (JpCurriculum *curriculum, const char *type, const gint64 hours[5])
{
  for (int part = JP_CURRICULUM_TOTAL; part <= JP_CURRICULUM_N_PARTS; part++)
    {
      JpCurriculumNumber number = { 0 };
      gint64             expected = hours[part] < 0 ? JP_CURRICULUM_UNKNOWN : hours[part] * 60;

      g_assert_true (jp_curriculum_get_minutes (curriculum, type, part, &number));
      g_assert_cmpint (number.value, ==, expected);
      g_assert_cmpint (number.state == JP_DATA_STATE_TO_CONFIRM, ==, hours[part] < 0);
      g_assert_cmpint (number.confidence == JP_DATA_CONFIDENCE_NONE, ==, hours[part] < 0);
    }
}

/* The sourced rows of domain.md §2.2, and only those, have numbers. */
static void
test_sourced (void)
{
  g_autoptr (JpCurriculum) old = load ("mot-2016");
  g_autoptr (JpCurriculum) now = load ("mot-2022");
  const gint64       c1[] = { 62, 12, 16, 24, 10 };
  const gint64       c2_2016[] = { 60, -1, -1, -1, -1 };
  const gint64       c6[] = { 30, 4, 16, 4, 6 };
  const gint64       none[] = { -1, -1, -1, -1, -1 };
  JpCurriculumNumber number = { 0 };

  assert_minutes (old, "C1", c1);
  assert_minutes (old, "C2", c2_2016);
  assert_minutes (now, "C1", c1);
  assert_minutes (now, "C6", c6);

  const char *const *types = jp_curriculum_get_licence_types (now);

  for (guint i = 0; types[i] != NULL; i++)
    {
      gboolean is_sure = g_str_equal (types[i], "C1") || g_str_equal (types[i], "C6");

      g_assert_cmpint (jp_curriculum_is_complete (now, types[i]), ==, is_sure);
      if (!is_sure)
        assert_minutes (now, types[i], none);
    }

  g_assert_false (jp_curriculum_get_minutes (old, "C6", 1, &number));
  g_assert_false (jp_curriculum_is_complete (now, "P"));
  g_assert_true (jp_curriculum_get_minutes (now, "C1", 2, &number));
  g_assert_cmpint (number.confidence, ==, JP_DATA_CONFIDENCE_HIGH);
  g_assert_nonnull (jp_curriculum_get_note (now, "C2"));
  g_assert_null (jp_curriculum_get_note (now, "A1"));
}

static void
test_limits (void)
{
  g_autoptr (JpCurriculum) old = load ("mot-2016");
  g_autoptr (JpCurriculum) now = load ("mot-2022");
  JpCurriculumNumber number = { 0 };

  g_assert_true (
    jp_curriculum_get_limit (old, "C1", JP_CURRICULUM_LIMIT_CLASSROOM_MIN, 1, &number));
  g_assert_cmpint (number.value, ==, 240);
  g_assert_true (
    jp_curriculum_get_limit (old, "C1", JP_CURRICULUM_LIMIT_CLASSROOM_MIN, 4, &number));
  g_assert_cmpint (number.value, ==, 120);
  g_assert_false (
    jp_curriculum_get_limit (old, "C1", JP_CURRICULUM_LIMIT_CLASSROOM_MIN, 2, &number));
  g_assert_true (
    jp_curriculum_get_limit (old, "C1", JP_CURRICULUM_LIMIT_SIMULATOR_MAX, 3, &number));
  g_assert_cmpint (number.value, ==, 240);
  g_assert_true (jp_curriculum_get_limit (old, "C2", JP_CURRICULUM_LIMIT_MILEAGE_MIN, 2, &number));
  g_assert_cmpint (number.value, ==, 300);
  g_assert_true (jp_curriculum_get_limit (old, "C2", JP_CURRICULUM_LIMIT_SUM, 3, &number));
  g_assert_cmpint (number.value, ==, 38 * 60);
  g_assert_true (jp_curriculum_get_limit (now, "C1", JP_CURRICULUM_LIMIT_MILEAGE_MIN, 2, &number));
  g_assert_cmpint (number.value, ==, JP_CURRICULUM_UNKNOWN);
  g_assert_false (jp_curriculum_get_limit (now, "C1", JP_CURRICULUM_LIMIT_REMOTE_MAX, 1, &number));
  g_assert_false (jp_curriculum_get_limit (now, "Z", JP_CURRICULUM_LIMIT_SUM, 1, &number));

  g_assert_cmpint (jp_curriculum_get_rule (now, JP_CURRICULUM_RULE_HOUR).value, ==, 60);
  g_assert_cmpint (jp_curriculum_get_rule (now, JP_CURRICULUM_RULE_HOUR_EFFECTIVE_MIN).value, ==,
                   45);
  g_assert_cmpint (jp_curriculum_get_rule (now, JP_CURRICULUM_RULE_DAILY_CLASSROOM_MAX).value, ==,
                   240);
  g_assert_cmpint (jp_curriculum_get_rule (now, JP_CURRICULUM_RULE_DAILY_PRACTICE_MAX).value, ==,
                   240);

  g_assert_true (jp_curriculum_may_interleave (now, 2, 3));
  g_assert_true (jp_curriculum_may_interleave (now, 4, 3));
  g_assert_true (jp_curriculum_may_interleave (now, 1, 1));
  g_assert_false (jp_curriculum_may_interleave (now, 1, 2));
  g_assert_false (jp_curriculum_may_interleave (now, 2, 4));
}

static void
test_recognise (void)
{
  g_autoptr (JpCurriculum) now = load ("mot-2022");
  static const gint64 cases[][3] = {
    { 60, 60, 60 },
    { 60, 45, 60 },
    { 60, 44, 58 },
    { 60, 30, 40 },
    { 60, 1, 1 },
    { 60, 0, 0 },
    { 0, 0, 0 },
    { 240, 180, 240 },
    { 90, 67, 89 },
    { 90, 68, 90 },
    { 100000, 75000, 100000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (jp_curriculum_recognise_minutes (now, cases[i][0], cases[i][1]), ==,
                     cases[i][2]);
}

static void
test_for_date (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpCurriculum) old = jp_curriculum_new_for_date (20220331, &error);
  g_autoptr (JpCurriculum) now = jp_curriculum_new_for_date (20220401, &error);
  g_autoptr (JpCurriculum) late = jp_curriculum_new_for_date (20300101, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (jp_curriculum_get_header (old)->id, ==, "mot-2016");
  g_assert_cmpstr (jp_curriculum_get_header (now)->id, ==, "mot-2022");
  g_assert_cmpstr (jp_curriculum_get_header (late)->id, ==, "mot-2022");
  g_assert_cmpstr (jp_curriculum_get_digest (late), ==, jp_curriculum_get_digest (now));
  g_assert_cmpstr (jp_curriculum_get_digest (old), !=, jp_curriculum_get_digest (now));

  g_assert_null (jp_curriculum_new_for_date (20160930, &error));
  g_assert_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_MISSING);
}

static void
test_all_files (void)
{
  g_auto (GStrv) names = jp_data_list ("curricula");

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = g_strconcat ("curricula/", names[i], NULL);
      g_autoptr (GBytes) bytes = jp_data_lookup (path, &error);
      g_autoptr (JpCurriculum) curriculum = jp_curriculum_new_from_bytes (path, bytes, &error);

      g_assert_no_error (error);

      g_autofree char *id = g_strconcat (jp_curriculum_get_header (curriculum)->id, ".json", NULL);

      g_assert_cmpstr (id, ==, names[i]);
    }

  g_autoptr (JpCurriculum) demo = load ("demo-assumption");
  JpCurriculumNumber number = { 0 };

  g_assert_true (jp_curriculum_get_header (demo)->is_assumption);
  g_assert_true (jp_curriculum_get_minutes (demo, "C2", 2, &number));
  g_assert_cmpint (number.state, ==, JP_DATA_STATE_ASSUMED);
  g_assert_true (jp_curriculum_is_complete (demo, "C2"));
}

/* Changes one thing in a good file; the error must say where and why. */
static void
test_refused (void)
{
  static const struct
  {
    const char *from;
    const char *to;
    const char *message;
    int         code;
  } cases[] = {
    { "\"jiapei-curriculum\"", "\"jiapei-policy\"", "2: format: ", JP_MODEL_ERROR_INVALID },
    { "\"format_version\": 1", "\"format_version\": 2",
      "3: format_version: ", JP_MODEL_ERROR_INVALID },
    { "\"issuer\"", "\"isuer\"", "1: issuer: this member is needed", JP_MODEL_ERROR_MISSING },
    { "\"2022-04-01\"", "\"2022-04-31\"", "9: valid_from: ", JP_MODEL_ERROR_INVALID },
    { "\"minutes\": 3720", "\"minutes\": 3721", "total: the parts add up to 3720 minutes, not 3721",
      JP_MODEL_ERROR_INVALID },
    { "\"minutes\": 3720", "\"minutes\": null", "total.minutes: ", JP_MODEL_ERROR_MISSING },
    { "\"minutes\": 3720", "\"minutes\": -1", "total.minutes: ", JP_MODEL_ERROR_INVALID },
    { "\"minutes\": 3720", "\"minuts\": 3720", "total.minutes: ", JP_MODEL_ERROR_MISSING },
    { "\"minutes\": null, \"state\": \"to_confirm\"", "\"minutes\": 60, \"state\": \"to_confirm\"",
      "must be null", JP_MODEL_ERROR_INVALID },
    { "\"licence_type\": \"A1\"", "\"licence_type\": \"A9\"",
      "rows[0].licence_type: there is no licence type", JP_MODEL_ERROR_INVALID },
    { "\"licence_type\": \"A2\"", "\"licence_type\": \"A1\"",
      "rows[1].licence_type: \"A1\" occurs twice", JP_MODEL_ERROR_INVALID },
    { "\"part\": 2", "\"part\": 1", "rows[0].parts[1].part: occurs twice", JP_MODEL_ERROR_INVALID },
    { "\"part\": 1", "\"part\": 5", "rows[0].parts[0].part: ", JP_MODEL_ERROR_INVALID },
    { "\"kind\": \"hour\"", "\"kind\": \"hour_effective_min\"", "rules[1].kind: occurs twice",
      JP_MODEL_ERROR_INVALID },
    { "\"minutes\": 45", "\"minutes\": 61", "rules: an hour has", JP_MODEL_ERROR_INVALID },
    { "\"minutes\": 45", "\"minutes\": 0", "rules: an hour has", JP_MODEL_ERROR_INVALID },
    { "\"sources\": [\"zibo\"]", "\"sources\": [\"nobody\"]", "there is no source \"nobody\"",
      JP_MODEL_ERROR_INVALID },
    { "\"parts\": [2, 3], \"confidence\"", "\"parts\": [], \"confidence\"", "names no part",
      JP_MODEL_ERROR_MISSING },
    { "\"id\": \"zibo\"", "\"id\": \"pages\"", "sources[2].id: \"pages\" occurs twice",
      JP_MODEL_ERROR_INVALID },
    { "\"confidence\": \"M\",\n", "\"confidence\": \"certain\",\n",
      "10: confidence: ", JP_MODEL_ERROR_INVALID },
  };
  g_autoptr (GError) load_error = NULL;
  g_autoptr (GBytes) bytes = jp_data_lookup ("curricula/mot-2022.json", &load_error);
  g_autofree char *good = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) halves = g_strsplit (good, cases[i].from, 2);

      g_test_message ("%s", cases[i].to);
      g_assert_cmpuint (g_strv_length (halves), ==, 2);

      g_autofree char *bad = g_strjoinv (cases[i].to, halves);
      g_autoptr (GBytes) bad_bytes = g_bytes_new (bad, strlen (bad));

      g_assert_null (jp_curriculum_new_from_bytes ("file.json", bad_bytes, &error));
      g_assert_error (error, JP_MODEL_ERROR, cases[i].code);
      g_assert_true (g_str_has_prefix (error->message, "file.json:"));
      g_assert_nonnull (strstr (error->message, cases[i].message));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/curriculum/sourced", test_sourced);
  g_test_add_func ("/model/curriculum/limits", test_limits);
  g_test_add_func ("/model/curriculum/recognise", test_recognise);
  g_test_add_func ("/model/curriculum/for-date", test_for_date);
  g_test_add_func ("/model/curriculum/all-files", test_all_files);
  g_test_add_func ("/model/curriculum/refused", test_refused);

  return g_test_run ();
}
