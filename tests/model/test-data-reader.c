/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-data-line.h"
#include "jp-data-reader.h"
#include "jp-model-error.h"

#define TEXT                                                                                       \
  "{\n"                                                                                            \
  "  \"name\": \"a \\\" [{, b\",\n"                                                                \
  "  \"rows\": [\n"                                                                                \
  "    { \"x\": 1 },\n"                                                                            \
  "    { \"x\": 2, \"deep\": {\n"                                                                  \
  "        \"y\": [1,\n"                                                                           \
  "                2] } }\n"                                                                       \
  "  ],\n"                                                                                         \
  "  \"flag\": true\n"                                                                             \
  "}\n"

static JpDataReader *
open_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  JpDataReader *reader = jp_data_reader_new ("file.json", bytes, &error);

  g_assert_no_error (error);

  return reader;
}

static void
test_line (void)
{
  static const struct
  {
    const char *path;
    guint       line;
  } cases[] = {
    { "", 1 },
    { "name", 2 },
    { "rows", 3 },
    { "rows[0]", 4 },
    { "rows[1].x", 5 },
    { "rows[1].deep.y", 6 },
    { "rows[1].deep.y[1]", 7 },
    { "flag", 9 },
    { "rows[7]", 3 },
    { "rows[1].none", 5 },
    { "none.at.all", 1 },
  };
  g_autoptr (GBytes) bytes = g_bytes_new_static (TEXT, strlen (TEXT));
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (jp_data_line_find (bytes, cases[i].path), ==, cases[i].line);

  g_assert_cmpuint (jp_data_line_find (empty, "a.b[3]"), ==, 1);
}

static void
test_good (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpDataReader) reader = open_text (TEXT);
  gint64 numbers[4] = { 0 };

  g_assert_cmpstr (jp_data_reader_text (reader, "name"), ==, "a \" [{, b");
  g_assert_true (jp_data_reader_boolean_if (reader, "flag", FALSE));
  g_assert_true (jp_data_reader_boolean_if (reader, "no_flag", TRUE));
  g_assert_true (jp_data_reader_has (reader, "rows"));
  g_assert_cmpuint (jp_data_reader_enter_list (reader, "rows", 1, 5), ==, 2);
  g_assert_true (jp_data_reader_enter_element (reader, 0));
  g_assert_cmpint (jp_data_reader_integer (reader, "x", 0, 9), ==, 1);
  jp_data_reader_leave (reader);
  g_assert_true (jp_data_reader_enter_element (reader, 1));
  g_assert_cmpint (jp_data_reader_integer (reader, "x", 0, 9), ==, 2);
  g_assert_true (jp_data_reader_enter (reader, "deep"));
  g_assert_cmpuint (jp_data_reader_integers_if (reader, "y", 0, 9, numbers, 4), ==, 2);
  g_assert_cmpint (numbers[1], ==, 2);
  jp_data_reader_leave (reader);
  jp_data_reader_leave (reader);
  jp_data_reader_leave (reader);
  g_assert_true (jp_data_reader_is_ok (reader));
  g_assert_true (jp_data_reader_finish (reader, &error));
  g_assert_no_error (error);
}

static const char *const choices[] = { "red", "green", NULL };

static void
read_bad (JpDataReader *reader)
{
  gint64 numbers[2] = { 0 };
  gint64 number = 7;

  jp_data_reader_text (reader, "text");
  jp_data_reader_integer (reader, "integer", 0, 9);
  jp_data_reader_integer_if (reader, "maybe", 0, 9, &number);
  jp_data_reader_boolean_if (reader, "boolean", FALSE);
  jp_data_reader_date_if (reader, "date");
  jp_data_reader_choice_if (reader, "choice", choices, 1);
  jp_data_reader_integers_if (reader, "integers", 0, 9, numbers, 2);

  g_auto (GStrv) texts = jp_data_reader_texts_if (reader, "texts", 2);

  g_assert_nonnull (texts);

  guint n = jp_data_reader_enter_list (reader, "list", 0, 2);

  for (guint i = 0; i < n; i++)
    {
      if (jp_data_reader_enter_element (reader, i))
        {
          jp_data_reader_integer (reader, "x", 0, 9);
          jp_data_reader_leave (reader);
        }
    }
  if (n > 0)
    jp_data_reader_leave (reader);

  if (jp_data_reader_enter_if (reader, "object"))
    {
      jp_data_reader_date (reader, "date");
      jp_data_reader_leave (reader);
    }
}

static void
test_bad (void)
{
  static const struct
  {
    const char *text;
    const char *beginning;
    int         code;
  } cases[] = {
    { "{}", "file.json:1: text: this member is needed", JP_MODEL_ERROR_MISSING },
    { "{\"text\":null}", "file.json:1: text: this member is needed", JP_MODEL_ERROR_MISSING },
    { "{\"text\":5}", "file.json:1: text: ", JP_MODEL_ERROR_INVALID },
    { "{\"text\":\"\"}", "file.json:1: text: ", JP_MODEL_ERROR_INVALID },
    { "{\"text\":\"t\",\n\n\"integer\":10}", "file.json:3: integer: ", JP_MODEL_ERROR_INVALID },
    { "{\"text\":\"t\",\"integer\":1.5}", "file.json:1: integer: ", JP_MODEL_ERROR_INVALID },
    { "{\"text\":\"t\",\"integer\":1,\n\"maybe\":\"1\"}",
      "file.json:2: maybe: ", JP_MODEL_ERROR_INVALID },
    { "{\"text\":\"t\",\"integer\":1,\n\"boolean\":0}",
      "file.json:2: boolean: ", JP_MODEL_ERROR_INVALID },
    { "{\"text\":\"t\",\"integer\":1,\n\"date\":\"2023-02-29\"}",
      "file.json:2: date: ", JP_MODEL_ERROR_INVALID },
    { "{\"text\":\"t\",\"integer\":1,\n\"choice\":\"blue\"}",
      "file.json:2: choice: must be one of: red, green", JP_MODEL_ERROR_INVALID },
    { "{\"text\":\"t\",\"integer\":1,\n\"integers\":[1,2,3]}",
      "file.json:2: integers: ", JP_MODEL_ERROR_RANGE },
    { "{\"text\":\"t\",\"integer\":1,\n\"integers\":[1,\n\"2\"]}",
      "file.json:3: integers[1]: ", JP_MODEL_ERROR_INVALID },
    { "{\"text\":\"t\",\"integer\":1,\n\"texts\":[\"1\",\n2]}",
      "file.json:3: texts[1]: ", JP_MODEL_ERROR_INVALID },
    { "{\"text\":\"t\",\"integer\":1,\n\"list\":{}}",
      "file.json:2: list: ", JP_MODEL_ERROR_INVALID },
    { "{\"text\":\"t\",\"integer\":1,\n\"list\":[{\"x\":1},\n5]}",
      "file.json:3: list[1]: ", JP_MODEL_ERROR_INVALID },
    { "{\"text\":\"t\",\"integer\":1,\n\"list\":[{\"x\":1},\n{\"x\":1,\n\"z\":2}]}",
      "file.json:4: list[1].z: there is no member of this name", JP_MODEL_ERROR_INVALID },
    { "{\"text\":\"t\",\"integer\":1,\n\"object\":[]}",
      "file.json:2: object: ", JP_MODEL_ERROR_INVALID },
    { "{\"text\":\"t\",\"integer\":1,\n\"object\":{}}",
      "file.json:2: object.date: ", JP_MODEL_ERROR_MISSING },
    { "{\"text\":\"t\",\"integer\":1,\n\"txet\":1}",
      "file.json:2: txet: there is no member of this name", JP_MODEL_ERROR_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JpDataReader) reader = open_text (cases[i].text);

      g_test_message ("%s", cases[i].text);
      read_bad (reader);
      g_assert_false (jp_data_reader_finish (reader, &error));
      g_assert_error (error, JP_MODEL_ERROR, cases[i].code);
      g_assert_true (g_str_has_prefix (error->message, cases[i].beginning));
    }
}

static void
test_not_json (void)
{
  static const char *const texts[] = { "", "[]", "{", "{\"a\":1,\"a\":2}", "{\"a\":01}", "null" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = g_bytes_new (texts[i], strlen (texts[i]));
      g_autoptr (JpDataReader) reader = jp_data_reader_new ("file.json", bytes, &error);

      g_assert_null (reader);
      g_assert_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_INVALID);
      g_assert_true (g_str_has_prefix (error->message, "file.json:"));
    }
}

static void
test_digest (void)
{
  g_autoptr (JpDataReader) loose = open_text ("{ \"a\" : [ 1,\n 2 ] }\n");
  g_autoptr (JpDataReader) tight = open_text ("{\"a\":[1,2]}");
  g_autoptr (JpDataReader) other = open_text ("{\"a\":[1,3]}");
  g_autofree char *loose_digest = jp_data_reader_dup_digest (loose);
  g_autofree char *tight_digest = jp_data_reader_dup_digest (tight);
  g_autofree char *other_digest = jp_data_reader_dup_digest (other);

  g_assert_cmpstr (loose_digest, ==, tight_digest);
  g_assert_cmpstr (loose_digest, !=, other_digest);
  g_assert_cmpuint (strlen (loose_digest), ==, 64);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/model/data-line/find", test_line);
  g_test_add_func ("/model/data-reader/good", test_good);
  g_test_add_func ("/model/data-reader/bad", test_bad);
  g_test_add_func ("/model/data-reader/not-json", test_not_json);
  g_test_add_func ("/model/data-reader/digest", test_digest);

  return g_test_run ();
}
