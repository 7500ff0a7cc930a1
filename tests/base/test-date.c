/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-date.h"

#include "jp-fake-clock.h"
#include "jp-test-random.h"

static void
test_valid (void)
{
  g_assert_true (jp_date_is_valid (20261124));
  g_assert_true (jp_date_is_valid (20240229));
  g_assert_true (jp_date_is_valid (20000229));
  g_assert_true (jp_date_is_valid (JP_DATE_MIN));
  g_assert_true (jp_date_is_valid (JP_DATE_MAX));
  g_assert_false (jp_date_is_valid (JP_DATE_NONE));
  g_assert_false (jp_date_is_valid (20230229));
  g_assert_false (jp_date_is_valid (19000229));
  g_assert_false (jp_date_is_valid (20260431));
  g_assert_false (jp_date_is_valid (20261301));
  g_assert_false (jp_date_is_valid (20260001));
  g_assert_false (jp_date_is_valid (20260100));
  g_assert_false (jp_date_is_valid (18991231));
  g_assert_false (jp_date_is_valid (22000101));
  g_assert_false (jp_date_is_valid (-20261124));
  g_assert_false (jp_date_is_valid (G_MAXINT32));
  g_assert_false (jp_date_is_valid (G_MININT32));

  g_assert_cmpint (jp_date_new (2026, 11, 24), ==, 20261124);
  g_assert_cmpint (jp_date_new (2026, 2, 29), ==, JP_DATE_NONE);
  g_assert_cmpint (jp_date_new (G_MAXINT, 1, 1), ==, JP_DATE_NONE);
  g_assert_cmpint (jp_date_new (2026, G_MININT, 1), ==, JP_DATE_NONE);
  g_assert_cmpint (jp_date_get_year (20261124), ==, 2026);
  g_assert_cmpint (jp_date_get_month (20261124), ==, 11);
  g_assert_cmpint (jp_date_get_day (20261124), ==, 24);
}

/* Every day between 1900 and 2199 against GLib's calendar. */
static void
test_calendar (void)
{
  g_autoptr (GDate) day = g_date_new_dmy (1, 1, 1900);
  JpDate date = JP_DATE_MIN;
  int    n_days = 0;

  for (; date != JP_DATE_NONE; date = jp_date_add_days (date, 1), n_days++)
    {
      g_assert_cmpint (jp_date_get_year (date), ==, g_date_get_year (day));
      g_assert_cmpint (jp_date_get_month (date), ==, g_date_get_month (day));
      g_assert_cmpint (jp_date_get_day (date), ==, g_date_get_day (day));
      g_assert_cmpint (jp_date_days_between (JP_DATE_MIN, date), ==, n_days);
      g_assert_cmpint (jp_date_from_instant (jp_date_to_instant (date, 0, 0)), ==, date);
      g_assert_cmpint (jp_date_from_instant (jp_date_to_instant (date, 24, 0) - 1), ==, date);
      g_date_add_days (day, 1);
    }
  g_assert_cmpint (g_date_get_year (day), ==, 2200);
  g_assert_cmpint (jp_date_add_days (JP_DATE_MAX, -n_days), ==, JP_DATE_NONE);
  g_assert_cmpint (jp_date_add_days (JP_DATE_MAX, -(n_days - 1)), ==, JP_DATE_MIN);
  g_assert_cmpint (jp_date_add_days (20260101, G_MAXINT), ==, JP_DATE_NONE);
  g_assert_cmpint (jp_date_add_days (20260101, G_MININT), ==, JP_DATE_NONE);
  g_assert_cmpint (jp_date_days_between (20261124, 20261123), ==, -1);
}

static void
test_years (void)
{
  g_assert_cmpint (jp_date_years_between (20081124, 20261123), ==, 17);
  g_assert_cmpint (jp_date_years_between (20081124, 20261124), ==, 18);
  g_assert_cmpint (jp_date_years_between (20080229, 20260228), ==, 17);
  g_assert_cmpint (jp_date_years_between (20080229, 20260301), ==, 18);
  g_assert_cmpint (jp_date_years_between (20261231, 20270101), ==, 0);
  g_assert_cmpint (jp_date_years_between (20270101, 20261231), ==, 0);
  g_assert_cmpint (jp_date_years_between (20270101, 20260101), ==, -1);
}

static void
test_instant (void)
{
  g_assert_cmpint (jp_date_to_instant (20261124, 9, 12), ==, JP_FAKE_CLOCK_NOW_US - 44000000);
  g_assert_cmpint (jp_date_to_instant (20260101, 24, 0), ==, jp_date_to_instant (20260102, 0, 0));
  g_assert_cmpint (jp_date_to_instant (19700101, 8, 0), ==, 0);
  g_assert_cmpint (jp_date_from_instant (0), ==, 19700101);
  /* The day begins at 16:00 UTC. */
  g_assert_cmpint (jp_date_from_instant (16 * JP_HOUR_US - 1), ==, 19700101);
  g_assert_cmpint (jp_date_from_instant (16 * JP_HOUR_US), ==, 19700102);
  g_assert_cmpint (jp_date_from_instant (-8 * JP_HOUR_US - 1), ==, 19691231);
  g_assert_cmpint (jp_date_from_instant (G_MAXINT64), ==, JP_DATE_NONE);
  g_assert_cmpint (jp_date_from_instant (G_MININT64), ==, JP_DATE_NONE);
}

static void
test_parse (void)
{
  static const char *const texts[] = {
    "20260104",
    "2026-01-04",
    "2026-1-4",
    "2026/1/4",
    "2026/01/04",
    "2026.1.4",
    "2026\345\271\2641\346\234\2104\346\227\245",   /* 年月日 */
    "2026\345\271\26401\346\234\21004\346\227\245", /* 年月日 */
    "  2026-01-04  ",
    "\357\274\222\357\274\220\357\274\222\357\274\226-1-4", /* full-width 2026 */
    "2026/1/4 0:00:00",
    "2026/1/4 0:00",
    "2026-01-04T13:14:15.678",
    "20260104 23:59:59",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      JpDate date = JP_DATE_NONE;
      g_autoptr (GError) error = NULL;

      g_assert_true (jp_date_parse (texts[i], &date, &error));
      g_assert_no_error (error);
      g_assert_cmpint (date, ==, 20260104);
    }
}

static void
assert_no_date (const char *text, JpBaseError code)
{
  JpDate date = 20261124;
  gint64 instant_us = 1;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) instant_error = NULL;

  g_assert_false (jp_date_parse (text, &date, &error));
  g_assert_error (error, JP_BASE_ERROR, (int)code);
  g_assert_cmpint (date, ==, 20261124);
  g_assert_false (jp_instant_parse (text, &instant_us, &instant_error));
  g_assert_cmpint (instant_us, ==, 1);
}

static void
test_parse_error (void)
{
  static const char *const invalid[] = {
    "",
    " ",
    "x",
    "2026",
    "2026-",
    "2026-1",
    "2026-1-",
    "2026-1-4x",
    "2026-001-04",
    "2026-01-004",
    "2026-1/4",
    "2026 1 4",
    "26-1-4",
    "-2026-1-4",
    "2026010",
    "202601045",
    "2026-01-04 1",
    "2026-01-04 1:2",
    "2026-01-04 01:02:3",
    "2026-01-04 01:02:03.",
    "2026-01-04 01:02:03.1234567890",
    "2026\345\271\2641\346\234\2104", /* without 日 */
    "2026-01-04 01:02:03 and then some more text that nobody needs in a date",
    "\377",
    "2026-01-\377",
  };
  static const char *const range[] = {
    "2026-02-29", "20260229",         "2026-13-01",       "2026-00-10",
    "2026/4/31",  "18991231",         "22000101",         "0000-01-01",
    "9999-12-31", "2026-01-04 24:00", "2026-01-04 23:60", "2026-01-04 23:59:60",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (invalid); i++)
    assert_no_date (invalid[i], JP_BASE_ERROR_INVALID);
  for (gsize i = 0; i < G_N_ELEMENTS (range); i++)
    assert_no_date (range[i], JP_BASE_ERROR_RANGE);
}

static void
test_format (void)
{
  g_autofree char *iso = jp_date_to_iso (20260104);
  g_autofree char *wire = jp_date_to_wire (20260104);
  g_autofree char *no_iso = jp_date_to_iso (JP_DATE_NONE);
  g_autofree char *no_wire = jp_date_to_wire (JP_DATE_NONE);

  g_assert_cmpstr (iso, ==, "2026-01-04");
  g_assert_cmpstr (wire, ==, "20260104");
  g_assert_cmpstr (no_iso, ==, "");
  g_assert_cmpstr (no_wire, ==, "");
}

static void
test_instant_parse (void)
{
  static const struct
  {
    const char *text;
    gint64      offset_us;
  } cases[] = {
    { "20261124091244", 0 },
    { "2026-11-24T09:12:44+08:00", 0 },
    { "2026-11-24T09:12:44+0800", 0 },
    { "2026-11-24T09:12:44+08", 0 },
    { "2026-11-24T01:12:44Z", 0 },
    { "2026-11-23T20:42:44-04:30", 0 },
    { "2026-11-24 09:12:44", 0 },
    { "2026/11/24 9:12:44", 0 },
    { "2026\345\271\26411\346\234\21024\346\227\245 9:12:44", 0 }, /* 年月日 */
    { "2026-11-24 09:12", -44000000 },
    { "2026-11-24T09:12:44.5+08:00", 500000 },
    { "2026-11-24T01:12:44.000001Z", 1 },
    { "2026-11-24T01:12:44.123456789Z", 123456 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 instant_us = 0;
      g_autoptr (GError) error = NULL;

      g_assert_true (jp_instant_parse (cases[i].text, &instant_us, &error));
      g_assert_no_error (error);
      g_assert_cmpint (instant_us, ==, JP_FAKE_CLOCK_NOW_US + cases[i].offset_us);
    }
}

static void
test_instant_parse_error (void)
{
  static const char *const invalid[] = {
    "20261124",
    "2026-11-24",
    "2026112409124",
    "202611240912444",
    "20261124091244Z",
    "2026-11-24X09:12:44",
    "2026-11-24T09:12:44+",
    "2026-11-24T09:12:44+8",
    "2026-11-24T09:12:44+08:0",
    "2026-11-24T09:12:44+08:000",
    "2026-11-24T09:12:44+24:00",
    "2026-11-24T09:12:44+08:60",
    "2026-11-24T09:12:44z",
    "2026-11-24T09:12:44 CST",
  };
  gint64 instant_us = 1;

  for (gsize i = 0; i < G_N_ELEMENTS (invalid); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (jp_instant_parse (invalid[i], &instant_us, &error));
      g_assert_error (error, JP_BASE_ERROR, JP_BASE_ERROR_INVALID);
      g_assert_cmpint (instant_us, ==, 1);
    }

  g_autoptr (GError) error = NULL;

  g_assert_false (jp_instant_parse ("20260229091244", &instant_us, &error));
  g_assert_error (error, JP_BASE_ERROR, JP_BASE_ERROR_RANGE);
  g_assert_cmpint (instant_us, ==, 1);
}

static void
assert_iso (gint64 instant_us, const char *expected)
{
  g_autofree char *text = jp_instant_to_iso (instant_us);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_instant_format (void)
{
  g_autofree char *wire = jp_instant_to_wire (JP_FAKE_CLOCK_NOW_US + 999999);
  g_autofree char *brief = jp_instant_to_short (jp_date_to_instant (20261017, 14, 0));

  g_assert_cmpstr (wire, ==, "20261124091244");
  g_assert_cmpstr (brief, ==, "10-17 14:00");
  assert_iso (JP_FAKE_CLOCK_NOW_US, "2026-11-24T09:12:44+08:00");
  assert_iso (JP_FAKE_CLOCK_NOW_US + 50, "2026-11-24T09:12:44.000050+08:00");
  assert_iso (-1, "1970-01-01T07:59:59.999999+08:00");
  /* Nonsense stays readable. */
  assert_iso (G_MAXINT64, "294247-01-10T12:00:54.775807+08:00");
  assert_iso (G_MININT64, "-290308-12-22T03:59:05.224192+08:00");
}

static void
test_round_trip (void)
{
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  g_autoptr (JpIdSource) random = jp_test_random_new_source (JP_CLOCK (clock));
  gint64 first_us = jp_date_to_instant (JP_DATE_MIN, 0, 0);
  int    n_days = jp_date_days_between (JP_DATE_MIN, JP_DATE_MAX);

  for (guint i = 0; i < 20000; i++)
    {
      gint64 instant_us = first_us + jp_id_source_below (random, n_days) * JP_DAY_US +
                          jp_id_source_below (random, 86400) * JP_SECOND_US +
                          (i % 3 ? jp_id_source_below (random, 1000000) : 0);
      gint64           parsed_us = 0;
      g_autofree char *text = jp_instant_to_iso (instant_us);
      g_autoptr (GError) error = NULL;
      g_autoptr (GDateTime) peer = g_date_time_new_from_iso8601 (text, NULL);

      g_assert_true (jp_instant_parse (text, &parsed_us, &error));
      g_assert_no_error (error);
      g_assert_cmpint (parsed_us, ==, instant_us);
      g_assert_cmpint (g_date_time_to_unix (peer) * JP_SECOND_US +
                         g_date_time_get_microsecond (peer),
                       ==, instant_us);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/base/date/valid", test_valid);
  g_test_add_func ("/base/date/calendar", test_calendar);
  g_test_add_func ("/base/date/years", test_years);
  g_test_add_func ("/base/date/instant", test_instant);
  g_test_add_func ("/base/date/parse", test_parse);
  g_test_add_func ("/base/date/parse-error", test_parse_error);
  g_test_add_func ("/base/date/format", test_format);
  g_test_add_func ("/base/instant/parse", test_instant_parse);
  g_test_add_func ("/base/instant/parse-error", test_instant_parse_error);
  g_test_add_func ("/base/instant/format", test_instant_format);
  g_test_add_func ("/base/instant/round-trip", test_round_trip);

  return g_test_run ();
}
