/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-moment-private.h"

#include <string.h>

#define MAX_TEXT_BYTES  64
#define YEAR_CHARACTER  "\345\271\264" /* U+5E74 */
#define MONTH_CHARACTER "\346\234\210" /* U+6708 */
#define DAY_CHARACTER   "\346\227\245" /* U+65E5 */

/* Days of the proleptic Gregorian calendar since 1970-01-01, by eras of 400 years that begin in
 * March, so that the leap day is the last of its year. */
#define DAYS_PER_ERA  146097
#define DAYS_TO_1970  719468 /* from 0000-03-01 */
#define YEARS_PER_ERA 400

/**
 * jp_moment_to_days:
 * @year: a year, far from the limits of the type
 * @month: 1 … 12
 * @day: 1 … 31
 *
 * Returns: days since 1970-01-01
 */
gint64
jp_moment_to_days (gint64 year, int month, int day)
{
  year -= month <= 2;

  gint64 era = (year >= 0 ? year : year - (YEARS_PER_ERA - 1)) / YEARS_PER_ERA;
  gint64 year_of_era = year - era * YEARS_PER_ERA;
  gint64 day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  gint64 day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * DAYS_PER_ERA + day_of_era - DAYS_TO_1970;
}

/**
 * jp_moment_from_days:
 * @days: days since 1970-01-01, far from the limits of the type
 *
 * Returns: the day, at 00:00
 */
JpMoment
jp_moment_from_days (gint64 days)
{
  JpMoment moment = { 0 };

  days += DAYS_TO_1970;

  gint64 era = (days >= 0 ? days : days - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
  gint64 day_of_era = days - era * DAYS_PER_ERA;
  gint64 year_of_era =
    (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / (DAYS_PER_ERA - 1)) / 365;
  gint64 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int    shifted_month = (int)((5 * day_of_year + 2) / 153);

  moment.day = (int)(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  moment.month = shifted_month + (shifted_month < 10 ? 3 : -9);
  moment.year = year_of_era + era * YEARS_PER_ERA + (moment.month <= 2);
  return moment;
}

/**
 * jp_moment_from_instant:
 * @instant_us: microseconds since 1970-01-01 UTC, any number
 *
 * Returns: the day and time in China
 */
JpMoment
jp_moment_from_instant (gint64 instant_us)
{
  /* Divided before anything is added: no instant overflows. */
  gint64 days = instant_us / JP_DAY_US;
  gint64 rest_us = instant_us % JP_DAY_US;

  if (rest_us < 0)
    {
      rest_us += JP_DAY_US;
      days--;
    }
  rest_us += JP_CHINA_UTC_OFFSET_US;
  if (rest_us >= JP_DAY_US)
    {
      rest_us -= JP_DAY_US;
      days++;
    }

  JpMoment moment = jp_moment_from_days (days);

  moment.hour = (int)(rest_us / JP_HOUR_US);
  moment.minute = (int)(rest_us % JP_HOUR_US / JP_MINUTE_US);
  moment.second = (int)(rest_us % JP_MINUTE_US / JP_SECOND_US);
  moment.fraction_us = (int)(rest_us % JP_SECOND_US);
  moment.offset_minutes = JP_CHINA_UTC_OFFSET_US / JP_MINUTE_US;
  return moment;
}

static gboolean
skip_text (const char **position, const char *text)
{
  if (!g_str_has_prefix (*position, text))
    return FALSE;
  *position += strlen (text);
  return TRUE;
}

/* Reads @min_digits … @max_digits digits, of which there may not be more. */
static gboolean
scan_number (const char **position, gsize min_digits, gsize max_digits, int *out_number)
{
  int   number = 0;
  gsize n_digits = 0;

  for (; n_digits <= max_digits && g_ascii_isdigit ((*position)[n_digits]); n_digits++)
    number = number * 10 + g_ascii_digit_value ((*position)[n_digits]);
  if (n_digits < min_digits || n_digits > max_digits)
    return FALSE;

  *position += n_digits;
  *out_number = number;
  return TRUE;
}

static gboolean
scan_digits (const char **position, gsize n_digits, int *out_number)
{
  int number = 0;

  for (gsize i = 0; i < n_digits; i++)
    {
      if (!g_ascii_isdigit ((*position)[i]))
        return FALSE;
      number = number * 10 + g_ascii_digit_value ((*position)[i]);
    }

  *position += n_digits;
  *out_number = number;
  return TRUE;
}

static gboolean
scan_date (const char **position, JpMoment *moment)
{
  int year;

  if (!scan_digits (position, 4, &year))
    return FALSE;
  moment->year = year;
  if (g_ascii_isdigit (**position))
    return scan_digits (position, 2, &moment->month) && scan_digits (position, 2, &moment->day);
  if (skip_text (position, YEAR_CHARACTER))
    return scan_number (position, 1, 2, &moment->month) && skip_text (position, MONTH_CHARACTER) &&
           scan_number (position, 1, 2, &moment->day) && skip_text (position, DAY_CHARACTER);

  const char separator[] = { **position, '\0' };

  if (strchr ("-/.", **position) == NULL || **position == '\0')
    return FALSE;
  return skip_text (position, separator) && scan_number (position, 1, 2, &moment->month) &&
         skip_text (position, separator) && scan_number (position, 1, 2, &moment->day);
}

/* Six digits count; further ones, which some systems write, are cut off. */
static gboolean
scan_fraction (const char **position, int *out_us)
{
  const gsize max_digits = 9;
  gsize       n_digits = 0;
  int         us = 0;

  for (; g_ascii_isdigit ((*position)[n_digits]) && n_digits <= max_digits; n_digits++)
    if (n_digits < 6)
      us = us * 10 + g_ascii_digit_value ((*position)[n_digits]);
  if (n_digits == 0 || n_digits > max_digits)
    return FALSE;
  for (gsize i = n_digits; i < 6; i++)
    us *= 10;

  *position += n_digits;
  *out_us = us;
  return TRUE;
}

static gboolean
scan_time (const char **position, JpMoment *moment)
{
  if (!scan_number (position, 1, 2, &moment->hour) || !skip_text (position, ":") ||
      !scan_number (position, 2, 2, &moment->minute))
    return FALSE;
  if (!skip_text (position, ":"))
    return TRUE;
  if (!scan_number (position, 2, 2, &moment->second))
    return FALSE;
  return !skip_text (position, ".") || scan_fraction (position, &moment->fraction_us);
}

/* "Z", "+08:00", "+0800", "+08" or nothing, which is China's time. */
static gboolean
scan_offset (const char **position, JpMoment *moment)
{
  int hours;
  int minutes = 0;

  moment->offset_minutes = JP_CHINA_UTC_OFFSET_US / JP_MINUTE_US;
  if (**position == '\0')
    return TRUE;
  if (skip_text (position, "Z"))
    {
      moment->offset_minutes = 0;
      return TRUE;
    }

  gboolean west = **position == '-';

  if (!skip_text (position, "+") && !skip_text (position, "-"))
    return FALSE;
  if (!scan_digits (position, 2, &hours))
    return FALSE;
  if (**position != '\0')
    {
      skip_text (position, ":");
      if (!scan_digits (position, 2, &minutes))
        return FALSE;
    }
  if (hours > 23 || minutes > 59)
    return FALSE;

  moment->offset_minutes = (hours * 60 + minutes) * (west ? -1 : 1);
  return TRUE;
}

/* Full-width digits and signs become ASCII. */
static char *
normalize (const char *text)
{
  if (strlen (text) > MAX_TEXT_BYTES)
    return NULL;

  char *ascii = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  return ascii != NULL ? g_strstrip (ascii) : NULL;
}

static gboolean
scan_moment (const char *position, JpMomentKind kind, JpMoment *moment)
{
  if (!scan_date (&position, moment))
    return FALSE;

  if (kind == JP_MOMENT_INSTANT && g_ascii_isdigit (*position))
    return scan_digits (&position, 2, &moment->hour) &&
           scan_digits (&position, 2, &moment->minute) &&
           scan_digits (&position, 2, &moment->second) && *position == '\0';

  if (kind == JP_MOMENT_DATE && *position == '\0')
    return TRUE;
  if (!skip_text (&position, " ") && !skip_text (&position, "T"))
    return FALSE;
  return scan_time (&position, moment) &&
         (kind == JP_MOMENT_DATE || scan_offset (&position, moment)) && *position == '\0';
}

/**
 * jp_moment_parse:
 * @text: a text
 * @kind: what must be there
 * @out_moment: (out): the day and time; untouched on error
 * @error: return location for a [error@Jp.BaseError]
 *
 * Reads the forms that jp_date_parse() and jp_instant_parse() describe.
 *
 * Returns: %TRUE, or %FALSE with `JP_BASE_ERROR_INVALID`, or `JP_BASE_ERROR_RANGE` if there is no
 *   such day or time
 */
gboolean
jp_moment_parse (const char *text, JpMomentKind kind, JpMoment *out_moment, GError **error)
{
  g_autofree char *ascii = normalize (text);
  JpMoment         moment = { .offset_minutes = JP_CHINA_UTC_OFFSET_US / JP_MINUTE_US };

  if (ascii == NULL || !scan_moment (ascii, kind, &moment))
    {
      g_set_error_literal (error, JP_BASE_ERROR, JP_BASE_ERROR_INVALID, "not a date or time");
      return FALSE;
    }
  if (jp_date_new ((int)moment.year, moment.month, moment.day) == JP_DATE_NONE ||
      moment.hour > 23 || moment.minute > 59 || moment.second > 59)
    {
      g_set_error_literal (error, JP_BASE_ERROR, JP_BASE_ERROR_RANGE, "no such day or time");
      return FALSE;
    }

  *out_moment = moment;
  return TRUE;
}
