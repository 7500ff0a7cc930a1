/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-money.h"

#include "jp-fake-clock.h"
#include "jp-test-random.h"

static void
test_valid (void)
{
  g_assert_true (jp_money_is_valid (0));
  g_assert_true (jp_money_is_valid (JP_FEN_MAX));
  g_assert_true (jp_money_is_valid (-JP_FEN_MAX));
  g_assert_false (jp_money_is_valid (JP_FEN_MAX + 1));
  g_assert_false (jp_money_is_valid (-JP_FEN_MAX - 1));
  g_assert_false (jp_money_is_valid (G_MININT64));
}

static void
test_add (void)
{
  gint64 sum_fen = 7;

  g_assert_true (jp_money_add (JP_FEN_MAX, JP_FEN_MAX, &sum_fen));
  g_assert_cmpint (sum_fen, ==, 2 * JP_FEN_MAX);
  g_assert_true (jp_money_add (5, -8, &sum_fen));
  g_assert_cmpint (sum_fen, ==, -3);
  g_assert_false (jp_money_add (G_MAXINT64, 1, &sum_fen));
  g_assert_false (jp_money_add (G_MININT64, -1, &sum_fen));
  g_assert_cmpint (sum_fen, ==, -3);
}

static void
test_share (void)
{
  g_assert_cmpint (jp_money_share (368000, 3000), ==, 110400);
  g_assert_cmpint (jp_money_share (368000, 0), ==, 0);
  g_assert_cmpint (jp_money_share (368000, 10000), ==, 368000);
  g_assert_cmpint (jp_money_share (99, 9999), ==, 98);
  g_assert_cmpint (jp_money_share (-99, 9999), ==, -98);
  g_assert_cmpint (jp_money_share (1, 9999), ==, 0);
  g_assert_cmpint (jp_money_share (G_MAXINT64, 10000), ==, G_MAXINT64);
  g_assert_cmpint (jp_money_share (G_MININT64, 10000), ==, G_MININT64);
  g_assert_cmpint (jp_money_share (G_MAXINT64, 5000), ==, G_MAXINT64 / 2);
}

static void
test_split (void)
{
  static const int thirds[] = { 1, 1, 1 };
  static const int shenzhen[] = { 2500, 1500, 3000, 3000 };
  static const int uneven[] = { 1, 0, 2, 4 };
  static const int large[] = { G_MAXINT, G_MAXINT, G_MAXINT };
  gint64           parts[4] = { 0 };

  g_assert_true (jp_money_split (100, thirds, 3, parts));
  g_assert_cmpint (parts[0], ==, 34);
  g_assert_cmpint (parts[1], ==, 33);
  g_assert_cmpint (parts[2], ==, 33);

  g_assert_true (jp_money_split (-101, thirds, 3, parts));
  g_assert_cmpint (parts[0], ==, -34);
  g_assert_cmpint (parts[1], ==, -34);
  g_assert_cmpint (parts[2], ==, -33);

  g_assert_true (jp_money_split (368000, shenzhen, 4, parts));
  g_assert_cmpint (parts[0], ==, 92000);
  g_assert_cmpint (parts[1], ==, 55200);
  g_assert_cmpint (parts[2], ==, 110400);
  g_assert_cmpint (parts[3], ==, 110400);

  /* 10/7 = 1 rest 3, 0, 20/7 = 2 rest 6, 40/7 = 5 rest 5: the two left over go to the third and
   * the fourth. */
  g_assert_true (jp_money_split (10, uneven, 4, parts));
  g_assert_cmpint (parts[0], ==, 1);
  g_assert_cmpint (parts[1], ==, 0);
  g_assert_cmpint (parts[2], ==, 3);
  g_assert_cmpint (parts[3], ==, 6);

  g_assert_true (jp_money_split (G_MININT64, large, 3, parts));
  g_assert_cmpint (parts[0] + parts[1] + parts[2], ==, G_MININT64);
  g_assert_true (jp_money_split (G_MAXINT64, large, 1, parts));
  g_assert_cmpint (parts[0], ==, G_MAXINT64);
}

static void
test_split_refused (void)
{
  static const int negative[] = { 5, -1 };
  static const int zero[] = { 0, 0 };
  gint64           parts[2] = { 7, 7 };

  g_assert_false (jp_money_split (100, negative, 2, parts));
  g_assert_false (jp_money_split (100, zero, 2, parts));
  g_assert_false (jp_money_split (100, NULL, 0, NULL));
  g_assert_cmpint (parts[0], ==, 7);
  g_assert_cmpint (parts[1], ==, 7);
}

/* Sums exactly; no part is a fen or more away from its share. */
static void
test_split_random (void)
{
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  g_autoptr (JpIdSource) random = jp_test_random_new_source (JP_CLOCK (clock));

  for (guint round = 0; round < 20000; round++)
    {
      int    weights[12];
      gint64 parts[12];
      gsize  n_weights = 1 + jp_id_source_below (random, G_N_ELEMENTS (weights));
      gint64 amount_fen = (gint64)jp_id_source_below (random, 1000000000) - 500000000;
      gint64 total = 0;
      gint64 sum_fen = 0;

      for (gsize i = 0; i < n_weights; i++)
        total += weights[i] = (int)jp_id_source_below (random, 10001) + (i == 0);

      g_assert_true (jp_money_split (amount_fen, weights, n_weights, parts));
      for (gsize i = 0; i < n_weights; i++)
        {
          sum_fen += parts[i];
          g_assert_cmpint (ABS (parts[i] * total - amount_fen * weights[i]), <, total);
        }
      g_assert_cmpint (sum_fen, ==, amount_fen);
    }
}

static void
assert_format (gint64 amount_fen, const char *expected, const char *expected_plain)
{
  g_autofree char *text = jp_money_format (amount_fen);
  g_autofree char *plain = jp_money_format_plain (amount_fen);

  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpstr (plain, ==, expected_plain);
}

static void
test_format (void)
{
  assert_format (110400, "\302\2451,104.00", "1104.00");
  assert_format (-110405, "\342\210\222\302\2451,104.05", "-1104.05");
  assert_format (0, "\302\2450.00", "0.00");
  assert_format (7, "\302\2450.07", "0.07");
  assert_format (-7, "\342\210\222\302\2450.07", "-0.07");
  assert_format (99999, "\302\245999.99", "999.99");
  assert_format (100000, "\302\2451,000.00", "1000.00");
  assert_format (123456789, "\302\2451,234,567.89", "1234567.89");
  assert_format (JP_FEN_MAX, "\302\2451,000,000,000.00", "1000000000.00");
  assert_format (G_MININT64, "\342\210\222\302\24592,233,720,368,547,758.08",
                 "-92233720368547758.08");
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    gint64      fen;
  } cases[] = {
    { "3680", 368000 },
    { "3,680.00", 368000 },
    { "\302\2453680.5", 368050 },
    { "\357\277\245 3680.05", 368005 }, /* full-width sign */
    { "\357\274\223\357\274\226\357\274\230\357\274\220\357\274\216\357\274\225", 368050 },
    { "3\357\274\214680", 368000 },               /* full-width comma */
    { "3680\345\205\203", 368000 },               /* yuan */
    { " 3680 \345\205\203\343\200\200", 368000 }, /* and U+3000 */
    { "0", 0 },
    { "0.1", 10 },
    { "007", 700 },
    { "1,234,567.89", 123456789 },
    { "-3680", -368000 },
    { "\342\210\222\302\2453,680.00", -368000 },
    { "1000000000", JP_FEN_MAX },
    { "-1000000000.00", -JP_FEN_MAX },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 fen = -1;
      g_autoptr (GError) error = NULL;

      g_assert_true (jp_money_parse (cases[i].text, &fen, &error));
      g_assert_no_error (error);
      g_assert_cmpint (fen, ==, cases[i].fen);
    }
}

static void
test_parse_error (void)
{
  static const char *const invalid[] = {
    "",
    " ",
    "-",
    "x",
    "\302\245",
    "3680.",
    "3680.123",
    "3680.000",
    ".5",
    "36,80",
    "3680,000",
    ",680",
    "3,680,",
    "3,,680",
    "1e5",
    "0x10",
    "--5",
    "5-",
    "+5",
    "5 5",
    "3.680,00",
    "5%",
    "\377",
    "NaN",
    "1,2345",
    "\302\245-5",
    "\345\205\203",
    "00000000000000000000000000000000000000000000000000000000000000001",
  };
  static const char *const range[] = {
    "1000000000.01",
    "-1000000000.01",
    "99999999999999999999999999999999999999999999999999999999",
    "9223372036854775808",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (invalid); i++)
    {
      gint64 fen = -1;
      g_autoptr (GError) error = NULL;

      g_assert_false (jp_money_parse (invalid[i], &fen, &error));
      g_assert_error (error, JP_BASE_ERROR, JP_BASE_ERROR_INVALID);
      g_assert_cmpint (fen, ==, -1);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (range); i++)
    {
      gint64 fen = -1;
      g_autoptr (GError) error = NULL;

      g_assert_false (jp_money_parse (range[i], &fen, &error));
      g_assert_error (error, JP_BASE_ERROR, JP_BASE_ERROR_RANGE);
      g_assert_cmpint (fen, ==, -1);
    }
}

static void
test_round_trip (void)
{
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  g_autoptr (JpIdSource) random = jp_test_random_new_source (JP_CLOCK (clock));

  for (guint i = 0; i < 20000; i++)
    {
      gint64           fen = (gint64)jp_id_source_below (random, 1u << (i % 32)) * (i % 2 ? 1 : -1);
      gint64           parsed_fen = -1;
      g_autofree char *text = jp_money_format (fen);
      g_autofree char *plain = jp_money_format_plain (fen);

      g_assert_true (jp_money_parse (text, &parsed_fen, NULL));
      g_assert_cmpint (parsed_fen, ==, fen);
      parsed_fen = -1;
      g_assert_true (jp_money_parse (plain, &parsed_fen, NULL));
      g_assert_cmpint (parsed_fen, ==, fen);
    }
}

static void
test_hours (void)
{
  static const struct
  {
    gint64      minutes;
    const char *text;
  } cases[] = {
    { 0, "0.0" },
    { 60, "1.0" },
    { 810, "13.5" },
    { 2, "0.0" },
    { 3, "0.1" },
    { 8, "0.1" },
    { 9, "0.2" },
    { 3597, "60.0" },
    { -810, "\342\210\22213.5" },
    { -2, "0.0" },
    { G_MININT64, "\342\210\222153722867280912930.1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = jp_minutes_format_hours (cases[i].minutes);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/base/money/valid", test_valid);
  g_test_add_func ("/base/money/add", test_add);
  g_test_add_func ("/base/money/share", test_share);
  g_test_add_func ("/base/money/split", test_split);
  g_test_add_func ("/base/money/split-refused", test_split_refused);
  g_test_add_func ("/base/money/split-random", test_split_random);
  g_test_add_func ("/base/money/format", test_format);
  g_test_add_func ("/base/money/parse", test_parse);
  g_test_add_func ("/base/money/parse-error", test_parse_error);
  g_test_add_func ("/base/money/round-trip", test_round_trip);
  g_test_add_func ("/base/minutes/hours", test_hours);

  return g_test_run ();
}
