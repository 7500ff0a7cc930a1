/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-xlsx-format.h"

static void
test_built_in (void)
{
  static const struct
  {
    guint            first;
    guint            last;
    JpXlsxFormatKind kind;
  } ranges[] = {
    { 0, 13, JP_XLSX_FORMAT_NUMBER }, { 14, 17, JP_XLSX_FORMAT_DATE },
    { 18, 22, JP_XLSX_FORMAT_TIME },  { 23, 26, JP_XLSX_FORMAT_NUMBER },
    { 27, 31, JP_XLSX_FORMAT_DATE },  { 32, 35, JP_XLSX_FORMAT_TIME },
    { 36, 36, JP_XLSX_FORMAT_DATE },  { 37, 44, JP_XLSX_FORMAT_NUMBER },
    { 45, 45, JP_XLSX_FORMAT_TIME },  { 46, 46, JP_XLSX_FORMAT_DURATION },
    { 47, 47, JP_XLSX_FORMAT_TIME },  { 48, 49, JP_XLSX_FORMAT_NUMBER },
    { 50, 54, JP_XLSX_FORMAT_DATE },  { 55, 56, JP_XLSX_FORMAT_TIME },
    { 57, 58, JP_XLSX_FORMAT_DATE },  { 59, 163, JP_XLSX_FORMAT_NUMBER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      for (guint id = ranges[i].first; id <= ranges[i].last; id++)
        g_assert_cmpint (jp_xlsx_format_from_id (id).kind, ==, ranges[i].kind);
    }
}

static void
test_codes (void)
{
  static const struct
  {
    const char      *code;
    JpXlsxFormatKind kind;
  } codes[] = {
    { "", JP_XLSX_FORMAT_NUMBER },
    { "General", JP_XLSX_FORMAT_NUMBER },
    { "GENERAL", JP_XLSX_FORMAT_NUMBER },
    { "G/通用格式", JP_XLSX_FORMAT_NUMBER },
    { "@", JP_XLSX_FORMAT_NUMBER },
    { "0", JP_XLSX_FORMAT_NUMBER },
    { "0.00", JP_XLSX_FORMAT_NUMBER },
    { "0.00E+00", JP_XLSX_FORMAT_NUMBER },
    { "#,##0.00\"day\"", JP_XLSX_FORMAT_NUMBER },
    { "\\d0\\m", JP_XLSX_FORMAT_NUMBER },
    { "_d0*m", JP_XLSX_FORMAT_NUMBER },
    { "[Red]0.0", JP_XLSX_FORMAT_NUMBER },
    { "[Magenta][>=1]#", JP_XLSX_FORMAT_NUMBER },
    { "0;yyyy", JP_XLSX_FORMAT_NUMBER },
    { "000000", JP_XLSX_FORMAT_PADDED },
    { "yyyy-mm-dd", JP_XLSX_FORMAT_DATE },
    { "yyyy\"年\"m\"月\"d\"日\";@", JP_XLSX_FORMAT_DATE },
    { "[$-804]yyyy\\年m\\月d\\日", JP_XLSX_FORMAT_DATE },
    { "[DBNum1][$-804]m\"月\"d\"日\"", JP_XLSX_FORMAT_DATE },
    { "mmm", JP_XLSX_FORMAT_DATE },
    { "YYYY/M/D H:MM", JP_XLSX_FORMAT_TIME },
    { "上午/下午h\"时\"mm\"分\"", JP_XLSX_FORMAT_TIME },
    { "mm:ss.0", JP_XLSX_FORMAT_TIME },
    { "[h]:mm", JP_XLSX_FORMAT_DURATION },
    { "[mm]:ss", JP_XLSX_FORMAT_DURATION },
    { "\"unterminated yyyy", JP_XLSX_FORMAT_NUMBER },
    { "[unterminated yyyy", JP_XLSX_FORMAT_NUMBER },
    { "\\", JP_XLSX_FORMAT_NUMBER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_test_message ("%s", codes[i].code);
      g_assert_cmpint (jp_xlsx_format_from_code (codes[i].code).kind, ==, codes[i].kind);
    }
}

static void
assert_text (JpXlsxFormat format, double value, gboolean is_1904, const char *expected)
{
  JpSheetCellFlags flags = 0;
  g_autofree char *text = jp_xlsx_format_number (format, value, is_1904, &flags);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_dates (void)
{
  const JpXlsxFormat date = jp_xlsx_format_from_id (14);

  assert_text (date, 1, FALSE, "1900-01-01");
  assert_text (date, 59, FALSE, "1900-02-28");
  assert_text (date, 60, FALSE, "1900-02-29");
  assert_text (date, 61, FALSE, "1900-03-01");
  assert_text (date, 36526, FALSE, "2000-01-01");
  assert_text (date, 46350.9, FALSE, "2026-11-24");
  assert_text (date, 2958465, FALSE, "9999-12-31");
  assert_text (date, 2958466, FALSE, "2958466");
  assert_text (date, -1, FALSE, "-1");
  assert_text (date, 1e300, FALSE, "1.00000000000000e+300");
  assert_text (date, 0, FALSE, "00:00:00");
  assert_text (date, 0, TRUE, "1904-01-01");
  assert_text (date, 1, TRUE, "1904-01-02");
  assert_text (date, 44888, TRUE, "2026-11-24");
  assert_text (date, 2957003, TRUE, "9999-12-31");
  assert_text (date, 2957004, TRUE, "2957004");
}

static void
test_times (void)
{
  const JpXlsxFormat time = jp_xlsx_format_from_id (22);
  const JpXlsxFormat duration = jp_xlsx_format_from_id (46);

  assert_text (time, 46350, FALSE, "2026-11-24");
  assert_text (time, 46350.5, FALSE, "2026-11-24 12:00:00");
  assert_text (time, 46350.7535763889, FALSE, "2026-11-24 18:05:09");
  assert_text (time, 46350.9999999, FALSE, "2026-11-25");
  assert_text (time, 0.25, FALSE, "06:00:00");
  assert_text (time, 2958465.9999999, FALSE, "2958465.9999999");
  assert_text (duration, 0.25, FALSE, "06:00:00");
  assert_text (duration, 1.5, FALSE, "36:00:00");
  assert_text (duration, 50, TRUE, "1200:00:00");
}

static void
test_numbers (void)
{
  const JpXlsxFormat number = jp_xlsx_format_from_id (0);
  const JpXlsxFormat padded = jp_xlsx_format_from_code ("000000");
  JpSheetCellFlags   flags = 0;

  assert_text (number, 0.0, FALSE, "0");
  assert_text (number, -0.0, FALSE, "0");
  assert_text (number, 3580.5, FALSE, "3580.5");
  assert_text (number, 0.1 + 0.2, FALSE, "0.3");
  assert_text (number, 1e14, FALSE, "100000000000000");
  assert_text (number, 999999999999999, FALSE, "999999999999999");
  assert_text (number, -0.00001, FALSE, "-0.00001");
  assert_text (number, 1e-15, FALSE, "0.000000000000001");
  assert_text (number, 1e-20, FALSE, "0");
  assert_text (number, -1e-20, FALSE, "0");
  assert_text (number, 1e20, FALSE, "100000000000000000000");
  assert_text (padded, 8100, FALSE, "008100");
  assert_text (padded, 1234567, FALSE, "1234567");
  assert_text (padded, 1.5, FALSE, "1.5");
  assert_text (padded, -5, FALSE, "-5");

  g_free (jp_xlsx_format_number (number, 999999999999999, FALSE, &flags));
  g_assert_cmpint (flags, ==, JP_SHEET_CELL_NUMBER);
  g_free (jp_xlsx_format_number (number, 1e15, FALSE, &flags));
  g_assert_cmpint (flags, ==, JP_SHEET_CELL_NUMBER | JP_SHEET_CELL_IMPRECISE);
  g_free (jp_xlsx_format_number (padded, 372901199003078000, FALSE, &flags));
  g_assert_cmpint (flags, ==, JP_SHEET_CELL_NUMBER | JP_SHEET_CELL_IMPRECISE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/documents/xlsx-format/built-in", test_built_in);
  g_test_add_func ("/documents/xlsx-format/codes", test_codes);
  g_test_add_func ("/documents/xlsx-format/dates", test_dates);
  g_test_add_func ("/documents/xlsx-format/times", test_times);
  g_test_add_func ("/documents/xlsx-format/numbers", test_numbers);

  return g_test_run ();
}
