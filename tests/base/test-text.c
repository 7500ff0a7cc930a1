/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-text.h"

#include "jp-fake-clock.h"
#include "jp-test-random.h"

typedef char *(*TextFunc) (const char *text);

static void
assert_becomes (TextFunc func, const char *text, const char *expected)
{
  g_autofree char *result = func (text);
  g_autofree char *again = func (result);

  g_assert_cmpstr (result, ==, expected);
  g_assert_cmpstr (again, ==, expected);
}

static void
test_clean (void)
{
  assert_becomes (jp_text_clean, "  Zhang   San ", "Zhang San");
  assert_becomes (jp_text_clean, "\343\200\200a\343\200\200\343\200\200b\343\200\200", "a b");
  assert_becomes (jp_text_clean, "a\r\n\tb\302\240c\342\200\250d", "a b c d");
  assert_becomes (jp_text_clean, "a\342\200\213b\357\273\277c\342\200\216d\302\255", "abcd");
  assert_becomes (jp_text_clean, "a\001\177b\302\200", "ab");
  assert_becomes (jp_text_clean, "e\314\201", "\303\251");
  assert_becomes (jp_text_clean, "e\342\200\213\314\201", "\303\251");
  assert_becomes (jp_text_clean, "\357\274\241", "\357\274\241"); /* full-width stays */
  assert_becomes (jp_text_clean, "a\377b", "a\357\277\275b");
  assert_becomes (jp_text_clean, " \342\200\213 ", "");
  assert_becomes (jp_text_clean, "", "");
  assert_becomes (jp_text_clean, NULL, "");
}

static void
test_clean_lines (void)
{
  assert_becomes (jp_text_clean_lines, "\n \n a  b \r\n c\rd\n\n\n\n e \n\n", "a b\nc\nd\n\ne");
  assert_becomes (jp_text_clean_lines, "a\nb", "a\nb");
  assert_becomes (jp_text_clean_lines, "a\n\nb\n", "a\n\nb");
  assert_becomes (jp_text_clean_lines, "\r\n", "");
  assert_becomes (jp_text_clean_lines, "", "");
  assert_becomes (jp_text_clean_lines, NULL, "");
}

static void
test_clean_code (void)
{
  assert_becomes (jp_text_clean_code, " 372922 19900101-162x ", "37292219900101162X");
  assert_becomes (jp_text_clean_code, "\351\262\201R\302\267a1234", "\351\262\201RA1234");
  assert_becomes (jp_text_clean_code, "\357\274\241\357\275\202\357\274\223", "AB3");
  assert_becomes (jp_text_clean_code, "a\342\200\223b\342\200\213c\343\200\200d", "ABCD");
  assert_becomes (jp_text_clean_code, "\377", "\357\277\275");
  assert_becomes (jp_text_clean_code, "-", "");
  assert_becomes (jp_text_clean_code, NULL, "");
}

/* Whatever comes in, valid UTF-8 comes out, and cleaning twice changes nothing. */
static void
test_clean_random (void)
{
  static const char *const pieces[] = {
    " ",
    "\t",
    "\n",
    "\r",
    "-",
    "a",
    "Z",
    "9",
    "\314\201",
    "\314\247",
    "\343\200\200",
    "\342\200\213",
    "\351\262\201",
    "\357\274\241",
    "\377",
    "\302\264",
    "\304\261",
    "\303\237",
    "\342\204\253",
    "\357\254\201",
    "\341\204\200",
    "\341\205\241",
    "\302\267",
    "\355\240\200",
    "\360\237\232\227",
  };
  static const TextFunc funcs[] = { jp_text_clean, jp_text_clean_lines, jp_text_clean_code };
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  g_autoptr (JpIdSource) random = jp_test_random_new_source (JP_CLOCK (clock));

  for (guint round = 0; round < 30000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (guint n = jp_id_source_below (random, 10); n > 0; n--)
        g_string_append (text, pieces[jp_id_source_below (random, G_N_ELEMENTS (pieces))]);

      g_autofree char *once = funcs[round % 3](text->str);
      g_autofree char *twice = funcs[round % 3](once);

      g_assert_true (g_utf8_validate (once, -1, NULL));
      g_assert_cmpstr (twice, ==, once);
    }
}

static void
test_length (void)
{
  g_assert_cmpuint (jp_text_length ("\351\262\201R"), ==, 2);
  g_assert_cmpuint (jp_text_length (""), ==, 0);
  g_assert_cmpuint (jp_text_length (NULL), ==, 0);
}

static void
test_digits (void)
{
  g_assert_true (jp_text_is_digits ("13812345678", 11));
  g_assert_true (jp_text_is_digits ("1", 0));
  g_assert_false (jp_text_is_digits ("1381234567", 11));
  g_assert_false (jp_text_is_digits ("138123456789", 11));
  g_assert_false (jp_text_is_digits ("1381234567x", 11));
  g_assert_false (jp_text_is_digits ("\357\274\221", 0));
  g_assert_false (jp_text_is_digits ("", 0));
  g_assert_false (jp_text_is_digits (NULL, 0));
}

static void
assert_mask (const char *text, gsize n_head, gsize n_tail, const char *expected)
{
  g_autofree char *masked = jp_text_mask (text, n_head, n_tail);

  g_assert_cmpstr (masked, ==, expected);
}

#define DOT "\342\200\242"

static void
test_mask (void)
{
  assert_mask ("37292219900101162X", 6, 4, "372922 " DOT DOT DOT DOT DOT DOT DOT DOT " 162X");
  assert_mask ("13812345678", 3, 4, "138 " DOT DOT DOT DOT " 5678");
  assert_mask ("\345\274\240\344\270\211", 1, 0, "\345\274\240 " DOT);
  assert_mask ("abc", 0, 1, DOT DOT " c");
  assert_mask ("abc", 0, 0, DOT DOT DOT);
  assert_mask ("abc", 2, 1, DOT DOT DOT);
  assert_mask ("abc", G_MAXSIZE, 1, DOT DOT DOT);
  assert_mask ("abc", 1, G_MAXSIZE, DOT DOT DOT);
  assert_mask ("", 6, 4, "");
  assert_mask (NULL, 6, 4, "");
}

static void
test_redact (void)
{
  assert_becomes (jp_text_redact, "id 37292219900101162X.", "id [number].");
  assert_becomes (jp_text_redact, "372922199001011624", "[number]");
  assert_becomes (jp_text_redact, "a37292219900101162xb", "a[number]b");
  assert_becomes (jp_text_redact, "372922900101162", "[number]");
  assert_becomes (jp_text_redact, "6222021234567890123", "[number]");
  assert_becomes (jp_text_redact, "372922 19900101 162X,", "[number],");
  assert_becomes (jp_text_redact, "372922-19900101-1624", "[number]");
  assert_becomes (jp_text_redact,
                  "\357\274\221\357\274\223\357\274\230\357\274\221\357\274\222\357\274\223\357\274"
                  "\224\357\274\225\357\274\226\357\274\227\357\274\230",
                  "[phone]");
  assert_becomes (jp_text_redact, "13812345678", "[phone]");
  assert_becomes (jp_text_redact, "tel:138-1234-5678;", "tel:[phone];");
  assert_becomes (jp_text_redact, "138 1234 5678", "[phone]");
  assert_becomes (jp_text_redact, "+8613812345678", "+[phone]");
  assert_becomes (jp_text_redact, "008613812345678", "[number]");
  assert_becomes (jp_text_redact, "13812345678 37292219900101162X", "[phone] [number]");
  assert_becomes (jp_text_redact, "a\377b13812345678", "a\357\277\275b[phone]");
}

static void
test_redact_keeps (void)
{
  static const char *const texts[] = {
    "",
    "no numbers",
    "2026-11-24T09:12:44+08:00",
    "20261124091244",
    "019aa0c4-7b3e-7c15-9d2f-00ff10203040",
    "98765432109",
    "12012345678",
    "138 1234 567",
    "138-1234 5678",
    "372922 19900101",
    "n 1234567890",
    "1.000.000",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_becomes (jp_text_redact, texts[i], texts[i]);
  assert_becomes (jp_text_redact, NULL, "");
}

static void
test_escape_like (void)
{
  g_autofree char *escaped = jp_text_escape_like ("50%_a\\\351\262\201");

  g_assert_cmpstr (escaped, ==, "50\\%\\_a\\\\\351\262\201");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/base/text/clean", test_clean);
  g_test_add_func ("/base/text/clean-lines", test_clean_lines);
  g_test_add_func ("/base/text/clean-code", test_clean_code);
  g_test_add_func ("/base/text/clean-random", test_clean_random);
  g_test_add_func ("/base/text/length", test_length);
  g_test_add_func ("/base/text/digits", test_digits);
  g_test_add_func ("/base/text/mask", test_mask);
  g_test_add_func ("/base/text/redact", test_redact);
  g_test_add_func ("/base/text/redact-keeps", test_redact_keeps);
  g_test_add_func ("/base/text/escape-like", test_escape_like);

  return g_test_run ();
}
