/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-xlsx-format.h"

#include <math.h>
#include <string.h>

#define IMPRECISE_FROM    1e15 /* Excel keeps 15 digits and replaces the others by zeros */
#define MAX_NUMBER        1e21 /* beyond, digits are only noise: written with an exponent */
#define SMALLEST          5e-16
#define MAX_PADDED_DIGITS 15u
#define SECONDS_PER_DAY   86400
#define LAST_SERIAL_1900  2958465 /* 9999-12-31 */
#define LAST_SERIAL_1904  2957003
#define FAKE_LEAP_SERIAL  60 /* 1900-02-29, which never was: kept from Lotus 1-2-3 */
#define MAX_DURATION_DAYS 1000000

/* Number formats that need no code, with the meanings of the Chinese version. Source: ECMA-376
 * part 1, 18.8.30. */
typedef struct
{
  guint            first;
  guint            last;
  JpXlsxFormatKind kind;
} BuiltInFormats;

static const BuiltInFormats built_in_formats[] = {
  { 14, 17, JP_XLSX_FORMAT_DATE },     { 18, 22, JP_XLSX_FORMAT_TIME },
  { 27, 31, JP_XLSX_FORMAT_DATE },     { 32, 35, JP_XLSX_FORMAT_TIME },
  { 36, 36, JP_XLSX_FORMAT_DATE },     { 45, 45, JP_XLSX_FORMAT_TIME },
  { 46, 46, JP_XLSX_FORMAT_DURATION }, { 47, 47, JP_XLSX_FORMAT_TIME },
  { 50, 54, JP_XLSX_FORMAT_DATE },     { 55, 56, JP_XLSX_FORMAT_TIME },
  { 57, 58, JP_XLSX_FORMAT_DATE },
};

/**
 * jp_xlsx_format_from_id:
 * @id: the number of a built-in format
 *
 * Pure; any thread.
 *
 * Returns: what the format makes of a number
 */
JpXlsxFormat
jp_xlsx_format_from_id (guint id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (built_in_formats); i++)
    {
      if (id >= built_in_formats[i].first && id <= built_in_formats[i].last)
        return (JpXlsxFormat){ .kind = built_in_formats[i].kind };
    }

  return (JpXlsxFormat){ .kind = JP_XLSX_FORMAT_NUMBER };
}

typedef struct
{
  gboolean has_day;
  gboolean has_month_or_minute;
  gboolean has_time;
  gboolean has_elapsed;
  gboolean has_other;
  guint    n_zeros;
} FormatLetters;

static const char *
skip_literal (const char *code)
{
  switch (*code)
    {
    case '"':
      code = strchr (code + 1, '"');
      return code != NULL ? code + 1 : NULL;

    case '\\':
    case '_':
    case '*':
      return code[1] != '\0' ? g_utf8_next_char (code + 1) : NULL;

    default:
      return g_utf8_next_char (code);
    }
}

/* "[h]", "[mm]" and "[ss]" count beyond a day; other brackets hold colours, languages, conditions.
 */
static const char *
scan_bracket (const char *code, FormatLetters *letters)
{
  const char *end = strchr (code, ']');
  gsize       n_inside = end != NULL ? (gsize)(end - code - 1) : 0;
  gsize       n_elapsed = strspn (code + 1, "hHmMsS");

  letters->has_elapsed |= n_inside > 0 && n_elapsed == n_inside;
  return end != NULL ? end + 1 : NULL;
}

static void
scan_letter (char c, FormatLetters *letters)
{
  switch (g_ascii_tolower (c))
    {
    case 'y':
    case 'd':
      letters->has_day = TRUE;
      break;

    case 'm':
      letters->has_month_or_minute = TRUE;
      break;

    case 'h':
    case 's':
      letters->has_time = TRUE;
      break;

    case '0':
      letters->n_zeros++;
      break;

    default:
      letters->has_other = TRUE;
      break;
    }
}

static JpXlsxFormatKind
kind_of_letters (const FormatLetters *letters)
{
  if (letters->has_elapsed)
    return JP_XLSX_FORMAT_DURATION;

  if (letters->has_time)
    return JP_XLSX_FORMAT_TIME;

  if (letters->has_day || letters->has_month_or_minute)
    return JP_XLSX_FORMAT_DATE;

  return !letters->has_other && letters->n_zeros > 1 ? JP_XLSX_FORMAT_PADDED
                                                     : JP_XLSX_FORMAT_NUMBER;
}

/**
 * jp_xlsx_format_from_code:
 * @code: a format code, e.g. `yyyy"年"m"月"d"日";@`
 *
 * Reads the first section of the code (for positive numbers). Pure; any thread.
 *
 * Returns: what the format makes of a number
 */
JpXlsxFormat
jp_xlsx_format_from_code (const char *code)
{
  g_return_val_if_fail (code != NULL, (JpXlsxFormat){ 0 });

  FormatLetters letters = { 0 };

  if (g_ascii_strncasecmp (code, "General", 7) == 0)
    return (JpXlsxFormat){ .kind = JP_XLSX_FORMAT_NUMBER };

  while (code != NULL && *code != '\0' && *code != ';')
    {
      if (*code == '[')
        {
          code = scan_bracket (code, &letters);
          continue;
        }

      if (strchr ("\"\\_*", *code) != NULL)
        letters.has_other = TRUE;
      else
        scan_letter (*code, &letters);

      code = skip_literal (code);
    }

  return (JpXlsxFormat){
    .kind = kind_of_letters (&letters),
    .n_digits = (guint8)MIN (letters.n_zeros, MAX_PADDED_DIGITS),
  };
}

static char *
plain_number (double value)
{
  char  buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char *text = NULL;

  if (fabs (value) < SMALLEST)
    return g_strdup ("0"); /* also for -0 */

  if (fabs (value) >= MAX_NUMBER)
    return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.14e", value));

  if (fabs (value) >= IMPRECISE_FROM)
    return g_strdup_printf ("%.0f", value);

  /* 15 significant digits, as Excel shows them: 0.1 + 0.2 is 0.3. */
  g_ascii_formatd (buffer, sizeof buffer, "%.15g", value);
  if (strchr (buffer, 'e') == NULL)
    return g_strdup (buffer);

  g_ascii_formatd (buffer, sizeof buffer, "%.15f", value);
  text = g_strdup (buffer);
  for (gsize n = strlen (text); n > 0 && (text[n - 1] == '0' || text[n - 1] == '.'); n--)
    {
      gboolean is_point = text[n - 1] == '.';

      text[n - 1] = '\0';
      if (is_point)
        break;
    }

  return text;
}

static char *
date_text (gint64 day, gboolean is_1904)
{
  GDate date;

  if (!is_1904 && day == FAKE_LEAP_SERIAL)
    return g_strdup ("1900-02-29");

  g_date_clear (&date, 1);
  if (is_1904)
    g_date_set_dmy (&date, 1, G_DATE_JANUARY, 1904);
  else
    g_date_set_dmy (&date, day < FAKE_LEAP_SERIAL ? 31 : 30, G_DATE_DECEMBER, 1899);

  g_date_add_days (&date, (guint)day);
  return g_strdup_printf ("%04u-%02u-%02u", (guint)g_date_get_year (&date),
                          (guint)g_date_get_month (&date), (guint)g_date_get_day (&date));
}

static char *
clock_text (gint64 seconds)
{
  return g_strdup_printf ("%02u:%02u:%02u", (guint)(seconds / 3600), (guint)(seconds / 60 % 60),
                          (guint)(seconds % 60));
}

/* %NULL if the number is no date that a spreadsheet program would show. */
static char *
temporal_text (JpXlsxFormatKind kind, double value, gboolean is_1904)
{
  gint64 last = is_1904 ? LAST_SERIAL_1904 : LAST_SERIAL_1900;

  if (!(value >= 0.0) || value >= (double)(last + 1))
    return NULL;

  if (kind == JP_XLSX_FORMAT_DURATION)
    return value > MAX_DURATION_DAYS ? NULL : clock_text (llround (value * SECONDS_PER_DAY));

  gint64 day = (gint64)floor (value);
  gint64 seconds = llround ((value - floor (value)) * SECONDS_PER_DAY);

  if (seconds == SECONDS_PER_DAY)
    {
      seconds = 0;
      day++;
    }

  gboolean has_day = day > 0 || (is_1904 && kind == JP_XLSX_FORMAT_DATE);

  if (day > last)
    return NULL;

  if (!has_day)
    return clock_text (seconds);

  g_autofree char *date = date_text (day, is_1904);

  if (kind == JP_XLSX_FORMAT_DATE || seconds == 0)
    return g_steal_pointer (&date);

  g_autofree char *clock = clock_text (seconds);

  return g_strconcat (date, " ", clock, NULL);
}

/**
 * jp_xlsx_format_number:
 * @format: the format of the cell
 * @value: a finite number
 * @is_1904: whether day 0 is 1904-01-01, as old Macs had it, rather than 1899-12-31
 * @out_flags: (out): what is to be known about the cell
 *
 * Writes a number the way it can be imported: a day as `2026-11-24`, with a time as
 * `2026-11-24 09:30:00`, a time alone or a duration as `09:30:00`, other numbers without exponent
 * or grouping, with at most 15 significant digits. Pure; any thread.
 *
 * Returns: (transfer full): the text
 */
char *
jp_xlsx_format_number (JpXlsxFormat      format,
                       double            value,
                       gboolean          is_1904,
                       JpSheetCellFlags *out_flags)
{
  g_return_val_if_fail (isfinite (value), NULL);
  g_return_val_if_fail (out_flags != NULL, NULL);

  char *text = NULL;

  if (format.kind >= JP_XLSX_FORMAT_DATE)
    text = temporal_text (format.kind, value, is_1904);

  if (text != NULL)
    {
      *out_flags = JP_SHEET_CELL_DATE;
      return text;
    }

  *out_flags = JP_SHEET_CELL_NUMBER;
  if (fabs (value) >= IMPRECISE_FROM)
    *out_flags |= JP_SHEET_CELL_IMPRECISE;

  if (format.kind == JP_XLSX_FORMAT_PADDED && value >= 0.0 && value < IMPRECISE_FROM &&
      value == floor (value))
    return g_strdup_printf ("%0*.0f", format.n_digits, value);

  return plain_number (value);
}
