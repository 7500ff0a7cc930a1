/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-json.h"

#include "jp-fake-clock.h"
#include "jp-json-reader.h"
#include "jp-json-writer.h"
#include "jp-test-random.h"

#include <string.h>

static void
assert_good (const char *text)
{
  g_autoptr (GError) error = NULL;

  jp_json_check (text, strlen (text), JP_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
}

static void
assert_bad (const char *text, gsize length_bytes, JpBaseError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) parse_error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (text, length_bytes);

  g_assert_false (jp_json_check (text, length_bytes, JP_JSON_MAX_BYTES, &error));
  g_assert_error (error, JP_BASE_ERROR, (int)code);
  g_assert_null (jp_json_parse (bytes, JP_JSON_MAX_BYTES, &parse_error));
  g_assert_error (parse_error, JP_BASE_ERROR, (int)code);
}

static void
test_good (void)
{
  static const char *const texts[] = {
    "null",
    "true",
    "false",
    "0",
    "-0",
    " \t\r\n5 \n",
    "-17",
    "9007199254740991",
    "-9007199254740991",
    "0.5",
    "-0.0e-0",
    "1e5",
    "1E+308",
    "1e-999",
    "\"\"",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE97\"",
    "\"\351\251\276\345\237\271\360\237\232\227\177\"",
    "[]",
    "{}",
    "[ ]",
    "{ }",
    "[1,[2,[3]],{}]",
    "{\"a\":1,\"A\":2,\"\":{\"a\":3},\"aa\":[{\"a\":4},{\"a\":5}]}",
    "[[[[[[[[1]]]]]]]]",
    "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = jp_json_parse_text (texts[i], &error);

      assert_good (texts[i]);
      g_assert_no_error (error);
      g_assert_nonnull (node);
    }
}

static const char *const invalid_texts[] = {
  "",
  " ",
  "nul",
  "nulll",
  "True",
  "NaN",
  "Infinity",
  "-",
  "-a",
  "+1",
  "01",
  "-01",
  "00",
  "0x10",
  ".5",
  "5.",
  "5.e1",
  "1e",
  "1e+",
  "1 2",
  "1,2",
  "'a'",
  "\"",
  "\"a",
  "\"\\",
  "\"\\u",
  "\"\\u12",
  "\"\\x41\"",
  "\"\\u12g4\"",
  "\"\\u0000\"",
  "\"\\ud83d\"",
  "\"\\ud83dx\"",
  "\"\\ud83d\\n\"",
  "\"\\ud83d\\u0041\"",
  "\"\\ude97\"",
  "\"a\nb\"",
  "\"a\001b\"",
  "\"\377\"",
  "\"\300\200\"",
  "\"\355\240\275\"",
  "\"\360\237\232\"",
  "\"\364\220\200\200\"",
  "\303\251",
  "\357\273\2771",
  "[",
  "]",
  "[1",
  "[1,",
  "[1,]",
  "[,1]",
  "[1 2]",
  "[1}",
  "[}",
  "{",
  "}",
  "{]",
  "{\"a\"",
  "{\"a\"}",
  "{\"a\":",
  "{\"a\":}",
  "{\"a\":1",
  "{\"a\":1,",
  "{\"a\":1,}",
  "{\"a\":1]",
  "{\"a\" 1}",
  "{a:1}",
  "{1:1}",
  "{,}",
  "{\"a\":1 \"b\":2}",
  "/* comment */ 1",
  "1 // comment",
  "# 1",
  "1\f",
  "\302\2401",
};

static void
test_invalid (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (invalid_texts); i++)
    assert_bad (invalid_texts[i], strlen (invalid_texts[i]), JP_BASE_ERROR_INVALID);

  assert_bad ("1\0", 2, JP_BASE_ERROR_INVALID);
  assert_bad ("\"a\0b\"", 5, JP_BASE_ERROR_INVALID);
  assert_bad ("\"\\\0\"", 4, JP_BASE_ERROR_INVALID);
}

static void
test_range (void)
{
  static const char *const texts[] = {
    "9007199254740992",
    "-9007199254740992",
    "9223372036854775808",
    "[1e309]",
    "-1e309",
    "18446744073709551617",
    "{\"a\":99999999999999999999999999999999999999}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_bad (texts[i], strlen (texts[i]), JP_BASE_ERROR_RANGE);
}

static void
test_duplicate (void)
{
  static const char *const texts[] = {
    "{\"a\":1,\"a\":1}",
    "{\"a\":1,\"b\":2,\"\\u0061\":1}",
    "{\"\":1,\"\":1}",
    "[{\"b\":{\"a\":1,\"c\":[],\"a\":{}}}]",
    "{\"\\uD83D\\uDE97\":1,\"\360\237\232\227\":1}",
    "{\"a\":{\"b\":1},\"c\":{\"b\":1},\"a\":1}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_bad (texts[i], strlen (texts[i]), JP_BASE_ERROR_DUPLICATE);
}

static GString *
repeat (const char *before, const char *piece, guint n_pieces, const char *after)
{
  GString *text = g_string_new (before);

  for (guint i = 0; i < n_pieces; i++)
    g_string_append (text, piece);
  return g_string_append (text, after);
}

static void
assert_limit (const char *before, const char *piece, guint n_pieces, const char *after)
{
  g_autoptr (GString) good = repeat (before, piece, n_pieces, after);
  g_autoptr (GString) bad = repeat (before, piece, n_pieces + 1, after);

  assert_good (good->str);
  assert_bad (bad->str, bad->len, JP_BASE_ERROR_TOO_LARGE);
}

static void
test_limits (void)
{
  g_autoptr (GString) members = g_string_new ("{\"x\":0");
  g_autoptr (GError) error = NULL;

  assert_limit ("\"", "a", JP_JSON_MAX_STRING_BYTES, "\"");
  assert_limit ("\"", "\\u00e9", JP_JSON_MAX_STRING_BYTES / 2, "\"");
  assert_limit ("\"", "\360\237\232\227", JP_JSON_MAX_STRING_BYTES / 4, "\"");
  assert_limit ("{\"", "a", JP_JSON_MAX_STRING_BYTES, "\":1}");
  assert_limit ("0.", "1", JP_JSON_MAX_NUMBER_BYTES - 2, "");
  assert_limit ("[0", ",0", JP_JSON_MAX_VALUES - 2, "]");

  for (guint i = 1; i < JP_JSON_MAX_MEMBERS; i++)
    g_string_append_printf (members, ",\"%u\":0", i);
  g_string_append_c (members, '}');
  assert_good (members->str);
  g_string_truncate (members, members->len - 1);
  g_string_append (members, ",\"y\":0}");
  assert_bad (members->str, members->len, JP_BASE_ERROR_TOO_LARGE);

  assert_bad ("[[[[[[[[[1]]]]]]]]]", 19, JP_BASE_ERROR_TOO_LARGE);
  g_assert_false (jp_json_check ("[1]", 3, 2, &error));
  g_assert_error (error, JP_BASE_ERROR, JP_BASE_ERROR_TOO_LARGE);
  g_assert_true (jp_json_check ("[1]", 3, 3, NULL));
  g_assert_false (jp_json_check (NULL, 0, 3, NULL));
}

/* The body that kills json-glib (sync.md F15): refused after nine bytes. */
static void
test_bomb (void)
{
  g_autoptr (GString) text = repeat ("", "[", 100000, "");
  gint64 start_us = g_get_monotonic_time ();

  for (guint i = 0; i < 1000; i++)
    g_assert_false (jp_json_check (text->str, text->len, JP_JSON_MAX_BYTES, NULL));
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 1000 * 1000);
  assert_bad (text->str, text->len, JP_BASE_ERROR_TOO_LARGE);
}

/* The time for many keys grows with their number, and equal hashes do not matter. */
static void
test_collisions (void)
{
  g_autoptr (GString) text = g_string_new ("[0");
  gint64 start_us;

  while (text->len < JP_JSON_MAX_BYTES - 64 * 1024)
    {
      g_string_append (text, ",{\"x\":0");
      for (guint i = 0; i < JP_JSON_MAX_MEMBERS - 1; i++)
        {
          g_string_append (text, ",\"");
          for (guint bit = 0; bit < 9; bit++)
            g_string_append (text, i >> bit & 1 ? "Az" : "BY"); /* equal by g_str_hash() */
          g_string_append (text, "\":0");
        }
      g_string_append_c (text, '}');
    }
  g_string_append_c (text, ']');

  start_us = g_get_monotonic_time ();
  assert_good (text->str);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 20 * G_USEC_PER_SEC);
}

static void
assert_place (const char *text, const char *place)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (jp_json_check (text, strlen (text), JP_JSON_MAX_BYTES, &error));
  g_assert_cmpstr (error->message, ==, place);
}

static void
test_place (void)
{
  assert_place ("{\"a\":1,\n \"b\" 2}", "line 2, column 6: expected a colon");
  assert_place ("[\"\351\251\276\", x]", "line 1, column 7: expected a value");
  assert_place ("\n\n[1,", "line 3, column 4: unexpected end");
  assert_place ("{\"a\":1,\r\n\"b\":2,\r\n\"a\":3}", "line 3, column 1: key occurs twice");
  assert_place ("", "line 1, column 1: unexpected end");
}

static void
assert_written (const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = jp_json_parse_text (text, &error);

  g_assert_no_error (error);

  g_autofree char *written = jp_json_to_text (node);
  g_autoptr (GBytes) bytes = jp_json_to_bytes (node);

  g_assert_cmpstr (written, ==, expected);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), written,
                   strlen (written));
  assert_good (written);
}

static void
test_write (void)
{
  assert_written (" { \"z\" : 1 , \"a\" : [ true , false , null ] } ",
                  "{\"z\":1,\"a\":[true,false,null]}");
  assert_written ("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u001f\\u007f\\u00e9\"]",
                  "[\"\\\"\\\\/\\u0008\\u000c\\n\\u000d\\u0009\\u001f\177\303\251\"]");
  assert_written ("[-9007199254740991,0,9007199254740991]",
                  "[-9007199254740991,0,9007199254740991]");
  assert_written ("[1e20,1e5,0.5,-0.0,1e-7]", "[1e+20,100000.0,0.5,-0.0,9.9999999999999995e-08]");
  assert_written ("{}", "{}");
  assert_written ("[]", "[]");
  assert_written ("{\"\\\"\":{}}", "{\"\\\"\":{}}");
  assert_written ("null", "null");
  assert_written ("[[[[[[[[1]]]]]]]]", "[[[[[[[[1]]]]]]]]");
}

static void
test_accessors (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = jp_json_parse_text ("{\"text\":\"abc\",\"integer\":5,\"yes\":true,"
                                                  "\"no\":false,\"nothing\":null,"
                                                  "\"object\":{\"a\":1},\"array\":[{\"b\":2},[3]]}",
                                                  &error);
  JsonObject *object = jp_json_as_object (node, &error);
  JsonArray  *array = jp_json_get_array (object, "array", 2, &error);
  const char *text = NULL;
  gint64      integer = 0;
  gboolean    boolean = FALSE;

  g_assert_no_error (error);
  g_assert_true (jp_json_has (object, "text"));
  g_assert_false (jp_json_has (object, "nothing"));
  g_assert_false (jp_json_has (object, "missing"));
  g_assert_true (jp_json_get_text (object, "text", 3, &text, &error));
  g_assert_cmpstr (text, ==, "abc");
  g_assert_true (jp_json_get_integer (object, "integer", 5, 5, &integer, &error));
  g_assert_cmpint (integer, ==, 5);
  g_assert_true (jp_json_get_boolean (object, "yes", &boolean, &error));
  g_assert_true (boolean);
  g_assert_true (jp_json_get_boolean (object, "no", &boolean, &error));
  g_assert_false (boolean);
  g_assert_true (jp_json_has (jp_json_get_object (object, "object", &error), "a"));
  g_assert_true (jp_json_has (jp_json_element_object (array, 0, &error), "b"));
  g_assert_cmpuint (json_array_get_length (jp_json_element_array (array, 1, &error)), ==, 1);
  g_assert_nonnull (jp_json_as_array (json_object_get_member (object, "array"), &error));
  g_assert_no_error (error);
}

#define assert_refused(call, code)                                                                 \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autoptr (GError) error = NULL;                                                               \
    g_assert_false (call);                                                                         \
    g_assert_error (error, JP_BASE_ERROR, code);                                                   \
  }                                                                                                \
  G_STMT_END

static void
test_accessors_refuse (void)
{
  static const char *const members[] = {
    "text", "integer", "float", "yes", "nothing", "object", "array", "missing",
  };
  g_autoptr (JsonNode) node =
    jp_json_parse_text ("{\"text\":\"abc\",\"integer\":5,\"float\":5.0,\"yes\":true,"
                        "\"nothing\":null,\"object\":{},\"array\":[1,2]}",
                        NULL);
  JsonObject *object = jp_json_as_object (node, NULL);
  JsonArray  *array = jp_json_get_array (object, "array", 2, NULL);
  const char *text = "untouched";
  gint64      integer = 77;
  gboolean    boolean = 77;

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const char *name = members[i];

      if (!g_str_equal (name, "text"))
        assert_refused (jp_json_get_text (object, name, 9, &text, &error), JP_BASE_ERROR_INVALID);
      if (!g_str_equal (name, "integer"))
        assert_refused (jp_json_get_integer (object, name, 0, 9, &integer, &error),
                        JP_BASE_ERROR_INVALID);
      if (!g_str_equal (name, "yes"))
        assert_refused (jp_json_get_boolean (object, name, &boolean, &error),
                        JP_BASE_ERROR_INVALID);
      if (!g_str_equal (name, "object"))
        assert_refused (jp_json_get_object (object, name, &error), JP_BASE_ERROR_INVALID);
      if (!g_str_equal (name, "array"))
        assert_refused (jp_json_get_array (object, name, 9, &error), JP_BASE_ERROR_INVALID);
    }

  assert_refused (jp_json_get_text (object, "text", 2, &text, &error), JP_BASE_ERROR_TOO_LARGE);
  assert_refused (jp_json_get_integer (object, "integer", 6, 9, &integer, &error),
                  JP_BASE_ERROR_RANGE);
  assert_refused (jp_json_get_integer (object, "integer", 0, 4, &integer, &error),
                  JP_BASE_ERROR_RANGE);
  assert_refused (jp_json_get_array (object, "array", 1, &error), JP_BASE_ERROR_TOO_LARGE);
  assert_refused (jp_json_element_object (array, 0, &error), JP_BASE_ERROR_INVALID);
  assert_refused (jp_json_element_array (array, 1, &error), JP_BASE_ERROR_INVALID);
  assert_refused (jp_json_as_array (node, &error), JP_BASE_ERROR_INVALID);
  assert_refused (jp_json_as_object (NULL, &error), JP_BASE_ERROR_INVALID);
  assert_refused (jp_json_as_array (NULL, &error), JP_BASE_ERROR_INVALID);
  g_assert_cmpstr (text, ==, "untouched");
  g_assert_cmpint (integer, ==, 77);
  g_assert_cmpint (boolean, ==, 77);
}

static void
append_random_value (GString *text, JpIdSource *random, guint depth)
{
  static const char *const scalars[] = {
    "null",    "true", "-0.5", "1e20",        "9007199254740991", "\"\"",
    "\"\\n\"", "0",    "-17",  "\"\\u00e9\"", "1.5E-3",           "\"\360\237\232\227\"",
  };
  guint n_members = jp_id_source_below (random, 4);
  guint kind = depth < JP_JSON_MAX_DEPTH ? jp_id_source_below (random, 4) : 0;

  if (kind < 2)
    {
      g_string_append (text, scalars[jp_id_source_below (random, G_N_ELEMENTS (scalars))]);
      return;
    }

  g_string_append_c (text, kind == 2 ? '[' : '{');
  for (guint i = 0; i < n_members; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      if (kind == 3)
        g_string_append_printf (text, "\"%u\":", i);
      append_random_value (text, random, depth + 1);
    }
  g_string_append_c (text, kind == 2 ? ']' : '}');
}

/* Our values are those that json-glib's parser makes; the bytes end where they end. */
static void
assert_as_json_glib (const char *text)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *exact = g_memdup2 (text, strlen (text));
  g_autoptr (GBytes) bytes = g_bytes_new_static (exact, strlen (text));
  g_autoptr (JsonNode) node = jp_json_parse (bytes, JP_JSON_MAX_BYTES, &error);

  g_assert_no_error (error);
  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  g_assert_true (json_node_equal (node, json_parser_get_root (parser)));
}

static void
test_as_json_glib (void)
{
  static const char *const texts[] = {
    "0",
    "-0",
    "17",
    "-9007199254740991",
    "1.5",
    "-2e3",
    "1E-7",
    "true",
    "false",
    "null",
    "\"\"",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
    "\"\\u83cf\\u6cfd \\ud83d\\ude97 菏泽🚗\"",
    " [ ] ",
    "\r\n{\t}",
    "[1, [2, [], {}], {\"a\": {\"\\u0062\": null}, \"c\": [true]}]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_as_json_glib (texts[i]);
}

/* Good documents are written again as they were, and no prefix of one with brackets is good. */
static void
test_random (void)
{
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  g_autoptr (JpIdSource) random = jp_test_random_new_source (JP_CLOCK (clock));

  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GString) text = g_string_new ("[");
      g_autoptr (GError) error = NULL;

      append_random_value (text, random, 1);
      g_string_append_c (text, ']');

      g_autoptr (JsonNode) node = jp_json_parse_text (text->str, &error);

      g_assert_no_error (error);
      assert_as_json_glib (text->str);

      g_autofree char *written = jp_json_to_text (node);
      g_autoptr (JsonNode) again = jp_json_parse_text (written, &error);

      g_assert_no_error (error);
      g_assert_true (json_node_equal (node, again));
      g_assert_false (
        jp_json_check (text->str, jp_id_source_below (random, text->len), text->len, NULL));
    }
}

static JpJsonReader *
read_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  JpJsonReader *reader = jp_json_reader_new (bytes, JP_JSON_MAX_BYTES, &error);

  g_assert_no_error (error);
  return reader;
}

static void
assert_member (JpJsonReader *reader, const char *expected)
{
  const char *name = NULL;

  g_assert_true (jp_json_reader_next_member (reader, &name));
  g_assert_cmpstr (name, ==, expected);
}

static void
test_reader (void)
{
  g_autoptr (JpJsonReader) reader =
    read_text (" { \"a\\\"\" : [ -5 , 1.5e1,\"x\\u00e9\" , true,null ] ,"
               "\"skipped\":[{\"}\":\"]\\\"\"},[[7]]], \"last\":{\"b\":[2]}}");
  g_autoptr (GError) error = NULL;
  const char *name = NULL;
  gsize       place = 0;

  g_assert_false (jp_json_reader_enter (reader, JP_JSON_ARRAY, &error));
  g_assert_error (error, JP_BASE_ERROR, JP_BASE_ERROR_INVALID);
  g_assert_true (jp_json_reader_enter (reader, JP_JSON_OBJECT, NULL));
  assert_member (reader, "a\"");
  g_assert_true (jp_json_reader_enter (reader, JP_JSON_ARRAY, NULL));
  g_assert_true (jp_json_reader_next_element (reader));
  place = jp_json_reader_tell (reader);
  g_assert_cmpint (jp_json_reader_read (reader).integer, ==, -5);
  jp_json_reader_seek (reader, place);
  g_assert_cmpint (jp_json_reader_read (reader).type, ==, JP_JSON_INTEGER);
  g_assert_true (jp_json_reader_next_element (reader));
  g_assert_cmpfloat (jp_json_reader_read (reader).number, ==, 15);
  g_assert_true (jp_json_reader_next_element (reader));
  g_assert_cmpstr (jp_json_reader_read (reader).text, ==, "xé");
  g_assert_true (jp_json_reader_next_element (reader));
  g_assert_cmpint (jp_json_reader_read (reader).type, ==, JP_JSON_BOOLEAN);
  g_assert_true (jp_json_reader_next_element (reader));
  g_assert_cmpint (jp_json_reader_read (reader).type, ==, JP_JSON_NULL);
  g_assert_false (jp_json_reader_next_element (reader));
  assert_member (reader, "skipped");
  g_assert_cmpint (jp_json_reader_read (reader).type, ==, JP_JSON_ARRAY);
  assert_member (reader, "last");

  g_autoptr (JsonNode) node = jp_json_reader_read_node (reader);
  g_autofree char *text = jp_json_to_text (node);

  g_assert_cmpstr (text, ==, "{\"b\":[2]}");
  g_assert_false (jp_json_reader_next_member (reader, &name));
}

static void
test_writer (void)
{
  static const char text[] = "{\"a,\":[],\"b\":[\"x:\",-9007199254740991,0,true,null,[{}]],"
                             "\"c\":{\"d\":[1.5,{\"e\":\"[\"}]}}";
  g_autoptr (JpJsonReader) reader = read_text (text);
  g_autoptr (JpJsonWriter) writer = jp_json_writer_new ();
  const char *name = NULL;

  g_assert_true (jp_json_reader_enter (reader, JP_JSON_OBJECT, NULL));
  jp_json_writer_begin_object (writer);
  while (jp_json_reader_next_member (reader, &name))
    {
      gboolean array = *name != 'c';

      jp_json_writer_name (writer, name);
      if (array)
        {
          g_assert_true (jp_json_reader_enter (reader, JP_JSON_ARRAY, NULL));
          jp_json_writer_begin_array (writer);
        }
      while (!array || jp_json_reader_next_element (reader))
        {
          g_autoptr (JsonNode) node = jp_json_reader_read_node (reader);

          jp_json_writer_add_node (writer, node);
          if (!array)
            break;
        }
      if (array)
        jp_json_writer_end_array (writer);
    }
  jp_json_writer_end_object (writer);

  g_autoptr (GBytes) bytes = jp_json_writer_end (writer);

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, strlen (text));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/base/json/good", test_good);
  g_test_add_func ("/base/json/invalid", test_invalid);
  g_test_add_func ("/base/json/range", test_range);
  g_test_add_func ("/base/json/duplicate", test_duplicate);
  g_test_add_func ("/base/json/limits", test_limits);
  g_test_add_func ("/base/json/bomb", test_bomb);
  g_test_add_func ("/base/json/collisions", test_collisions);
  g_test_add_func ("/base/json/place", test_place);
  g_test_add_func ("/base/json/write", test_write);
  g_test_add_func ("/base/json/accessors", test_accessors);
  g_test_add_func ("/base/json/accessors-refuse", test_accessors_refuse);
  g_test_add_func ("/base/json/as-json-glib", test_as_json_glib);
  g_test_add_func ("/base/json/random", test_random);
  g_test_add_func ("/base/json/reader", test_reader);
  g_test_add_func ("/base/json/writer", test_writer);

  return g_test_run ();
}
