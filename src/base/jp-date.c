/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-date.h"

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

static gint64
days_from_civil (gint64 year, int month, int day)
{
  year -= month <= 2;

  gint64 era = (year >= 0 ? year : year - (YEARS_PER_ERA - 1)) / YEARS_PER_ERA;
  gint64 year_of_era = year - era * YEARS_PER_ERA;
  gint64 day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  gint64 day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * DAYS_PER_ERA + day_of_era - DAYS_TO_1970;
}

static void
civil_from_days (gint64 days, gint64 *out_year, int *out_month, int *out_day)
{
  days += DAYS_TO_1970;

  gint64 era = (days >= 0 ? days : days - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
  gint64 day_of_era = days - era * DAYS_PER_ERA;
  gint64 year_of_era =
    (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / (DAYS_PER_ERA - 1)) / 365;
  gint64 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int    shifted_month = (int)((5 * day_of_year + 2) / 153);

  *out_day = (int)(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  *out_month = shifted_month + (shifted_month < 10 ? 3 : -9);
  *out_year = year_of_era + era * YEARS_PER_ERA + (*out_month <= 2);
}

static gint64
days_of (JpDate date)
{
  return days_from_civil (jp_date_get_year (date), jp_date_get_month (date),
                          jp_date_get_day (date));
}

static JpDate
date_from_days (gint64 days)
{
  gint64 year;
  int    month;
  int    day;

  civil_from_days (days, &year, &month, &day);
  if (year < jp_date_get_year (JP_DATE_MIN) || year > jp_date_get_year (JP_DATE_MAX))
    return JP_DATE_NONE;
  return (JpDate)(year * 10000 + month * 100 + day);
}

/**
 * jp_date_is_valid:
 * @date: a date, or any number
 *
 * Returns: whether @date is a day of the calendar between %JP_DATE_MIN and %JP_DATE_MAX;
 *   %JP_DATE_NONE is not
 */
gboolean
jp_date_is_valid (JpDate date)
{
  return date >= JP_DATE_MIN && date <= JP_DATE_MAX &&
         jp_date_new (date / 10000, date / 100 % 100, date % 100) == date;
}

/**
 * jp_date_new:
 * @year: a year, any number
 * @month: a month, any number
 * @day: a day, any number
 *
 * Returns: the date, or %JP_DATE_NONE if there is no such day
 */
JpDate
jp_date_new (int year, int month, int day)
{
  static const guint8 month_days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  if (year < JP_DATE_MIN / 10000 || year > JP_DATE_MAX / 10000)
    return JP_DATE_NONE;
  if (month < 1 || month > 12)
    return JP_DATE_NONE;

  gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  int      last_day = month_days[month - 1] + (month == 2 && leap);

  if (day < 1 || day > last_day)
    return JP_DATE_NONE;
  return year * 10000 + month * 100 + day;
}

/* Floor division and the time of the day in China; no instant overflows. */
static gint64
china_days (gint64 instant_us, gint64 *out_rest_us)
{
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

  *out_rest_us = rest_us;
  return days;
}

/**
 * jp_date_from_instant:
 * @instant_us: microseconds since 1970-01-01 UTC
 *
 * Returns: the day in China, or %JP_DATE_NONE if it lies outside %JP_DATE_MIN … %JP_DATE_MAX
 */
JpDate
jp_date_from_instant (gint64 instant_us)
{
  gint64 rest_us;

  return date_from_days (china_days (instant_us, &rest_us));
}

/**
 * jp_date_to_instant:
 * @date: a valid date
 * @hour: 0 … 24
 * @minute: 0 … 59; 0 if @hour is 24, which is the end of the day
 *
 * Returns: the instant when clocks in China show this time, in microseconds since 1970-01-01 UTC
 */
gint64
jp_date_to_instant (JpDate date, int hour, int minute)
{
  g_return_val_if_fail (jp_date_is_valid (date), 0);
  g_return_val_if_fail (hour >= 0 && hour <= 24, 0);
  g_return_val_if_fail (minute >= 0 && minute <= (hour < 24 ? 59 : 0), 0);

  return days_of (date) * JP_DAY_US + hour * JP_HOUR_US + minute * JP_MINUTE_US -
         JP_CHINA_UTC_OFFSET_US;
}

/**
 * jp_date_get_year:
 * @date: a date
 *
 * Returns: the year, 0 of %JP_DATE_NONE
 */
int
jp_date_get_year (JpDate date)
{
  return date / 10000;
}

/**
 * jp_date_get_month:
 * @date: a date
 *
 * Returns: the month 1 … 12, 0 of %JP_DATE_NONE
 */
int
jp_date_get_month (JpDate date)
{
  return date / 100 % 100;
}

/**
 * jp_date_get_day:
 * @date: a date
 *
 * Returns: the day of the month 1 … 31, 0 of %JP_DATE_NONE
 */
int
jp_date_get_day (JpDate date)
{
  return date % 100;
}

/**
 * jp_date_add_days:
 * @date: a valid date
 * @days: how many days later, may be negative
 *
 * Returns: the date, or %JP_DATE_NONE outside %JP_DATE_MIN … %JP_DATE_MAX
 */
JpDate
jp_date_add_days (JpDate date, int days)
{
  g_return_val_if_fail (jp_date_is_valid (date), JP_DATE_NONE);

  return date_from_days (days_of (date) + days);
}

/**
 * jp_date_days_between:
 * @from: a valid date
 * @to: a valid date
 *
 * Returns: how many days @to is later than @from; negative if it is earlier
 */
int
jp_date_days_between (JpDate from, JpDate to)
{
  g_return_val_if_fail (jp_date_is_valid (from), 0);
  g_return_val_if_fail (jp_date_is_valid (to), 0);

  return (int)(days_of (to) - days_of (from));
}

/**
 * jp_date_years_between:
 * @from: a valid date, e.g. of birth
 * @to: a valid date
 *
 * Counts whole years, as ages are counted (周岁): the year is complete on the anniversary; that of
 * a 29 February is 1 March in a year without one.
 *
 * Returns: the number of whole years; negative if @to is earlier
 */
int
jp_date_years_between (JpDate from, JpDate to)
{
  g_return_val_if_fail (jp_date_is_valid (from), 0);
  g_return_val_if_fail (jp_date_is_valid (to), 0);

  /* A date is its year times 10,000 plus a number below 10,000 that orders the days of a year. */
  return (to - from) / 10000;
}

/**
 * jp_date_to_iso:
 * @date: a date
 *
 * Returns: (transfer full): the text "2026-11-24"; the empty text for %JP_DATE_NONE
 */
char *
jp_date_to_iso (JpDate date)
{
  if (date == JP_DATE_NONE)
    return g_strdup ("");
  return g_strdup_printf ("%04d-%02d-%02d", jp_date_get_year (date), jp_date_get_month (date),
                          jp_date_get_day (date));
}

/**
 * jp_date_to_wire:
 * @date: a date
 *
 * Returns: (transfer full): the text "20261124" of the ministry's interface; the empty text for
 *   %JP_DATE_NONE
 */
char *
jp_date_to_wire (JpDate date)
{
  if (date == JP_DATE_NONE)
    return g_strdup ("");
  return g_strdup_printf ("%08d", date);
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

typedef struct
{
  int year;
  int month;
  int day;
  int hour;
  int minute;
  int second;
  int fraction_us;
  int offset_minutes;
} Moment;

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
scan_date (const char **position, Moment *moment)
{
  if (!scan_digits (position, 4, &moment->year))
    return FALSE;
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
scan_time (const char **position, Moment *moment)
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
scan_offset (const char **position, Moment *moment)
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

static gboolean
check_moment (const Moment *moment, GError **error)
{
  if (jp_date_new (moment->year, moment->month, moment->day) != JP_DATE_NONE &&
      moment->hour <= 23 && moment->minute <= 59 && moment->second <= 59)
    return TRUE;

  g_set_error_literal (error, JP_BASE_ERROR, JP_BASE_ERROR_RANGE, "no such day or time");
  return FALSE;
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

/**
 * jp_date_parse:
 * @text: what somebody typed or a cell contains
 * @out_date: (out): the date; untouched on error
 * @error: return location for a [error@Jp.BaseError]
 *
 * Reads a date: "20261124", "2026-11-24", "2026/1/4", "2026.1.4", "2026年1月4日", full-width or
 * not; a time of day behind it, which spreadsheets like to add, is checked and dropped. A day that
 * the calendar does not have is refused. Any thread.
 *
 * Returns: %TRUE, or %FALSE with `JP_BASE_ERROR_INVALID` or `JP_BASE_ERROR_RANGE`
 */
gboolean
jp_date_parse (const char *text, JpDate *out_date, GError **error)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (out_date != NULL, FALSE);

  g_autofree char *ascii = normalize (text);
  const char      *position = ascii;
  Moment           moment = { 0 };
  gboolean         understood = ascii != NULL && scan_date (&position, &moment);

  if (understood && (skip_text (&position, " ") || skip_text (&position, "T")))
    understood = scan_time (&position, &moment);
  if (!understood || *position != '\0')
    {
      g_set_error_literal (error, JP_BASE_ERROR, JP_BASE_ERROR_INVALID, "not a date");
      return FALSE;
    }
  if (!check_moment (&moment, error))
    return FALSE;

  *out_date = jp_date_new (moment.year, moment.month, moment.day);
  return TRUE;
}

/**
 * jp_instant_parse:
 * @text: what somebody typed, a cell or a message contains
 * @out_instant_us: (out): microseconds since 1970-01-01 UTC; untouched on error
 * @error: return location for a [error@Jp.BaseError]
 *
 * Reads an instant: "20261124091244" of the ministry's interface, ISO 8601 with an offset or "Z"
 * and up to nine decimals, of which six count, and every date of jp_date_parse() with a time.
 * Without an offset it is China's time. Any thread.
 *
 * Returns: %TRUE, or %FALSE with `JP_BASE_ERROR_INVALID` or `JP_BASE_ERROR_RANGE`
 */
gboolean
jp_instant_parse (const char *text, gint64 *out_instant_us, GError **error)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (out_instant_us != NULL, FALSE);

  g_autofree char *ascii = normalize (text);
  const char      *position = ascii;
  Moment           moment = { 0 };
  gboolean         understood = ascii != NULL && scan_date (&position, &moment);

  if (understood && g_ascii_isdigit (*position))
    understood = scan_digits (&position, 2, &moment.hour) &&
                 scan_digits (&position, 2, &moment.minute) &&
                 scan_digits (&position, 2, &moment.second) && *position == '\0';
  else if (understood)
    understood =
      (skip_text (&position, " ") || skip_text (&position, "T")) && scan_time (&position, &moment);
  if (!understood || !scan_offset (&position, &moment) || *position != '\0')
    {
      g_set_error_literal (error, JP_BASE_ERROR, JP_BASE_ERROR_INVALID, "not a date and time");
      return FALSE;
    }
  if (!check_moment (&moment, error))
    return FALSE;

  *out_instant_us = days_from_civil (moment.year, moment.month, moment.day) * JP_DAY_US +
                    moment.hour * JP_HOUR_US + moment.minute * JP_MINUTE_US +
                    moment.second * JP_SECOND_US + moment.fraction_us -
                    moment.offset_minutes * JP_MINUTE_US;
  return TRUE;
}

static void
split_instant (gint64 instant_us, gint64 *out_year, Moment *out_moment)
{
  gint64 rest_us;

  civil_from_days (china_days (instant_us, &rest_us), out_year, &out_moment->month,
                   &out_moment->day);
  out_moment->hour = (int)(rest_us / JP_HOUR_US);
  out_moment->minute = (int)(rest_us % JP_HOUR_US / JP_MINUTE_US);
  out_moment->second = (int)(rest_us % JP_MINUTE_US / JP_SECOND_US);
  out_moment->fraction_us = (int)(rest_us % JP_SECOND_US);
}

/**
 * jp_instant_to_iso:
 * @instant_us: microseconds since 1970-01-01 UTC
 *
 * Writes ISO 8601 in China's time: "2026-11-24T09:12:44+08:00", with six decimals of the second if
 * they are not 0, so that jp_instant_parse() gives the same instant again. Any thread.
 *
 * Returns: (transfer full): the text
 */
char *
jp_instant_to_iso (gint64 instant_us)
{
  gint64 year;
  Moment moment;
  char   fraction[8] = "";

  split_instant (instant_us, &year, &moment);
  if (moment.fraction_us != 0)
    g_snprintf (fraction, sizeof fraction, ".%06d", moment.fraction_us);
  return g_strdup_printf ("%04" G_GINT64_FORMAT "-%02d-%02dT%02d:%02d:%02d%s+08:00", year,
                          moment.month, moment.day, moment.hour, moment.minute, moment.second,
                          fraction);
}

/**
 * jp_instant_to_wire:
 * @instant_us: microseconds since 1970-01-01 UTC
 *
 * Writes China's time as the ministry's interface has it, "20261124091244"; parts of a second are
 * cut off. Any thread.
 *
 * Returns: (transfer full): the text
 */
char *
jp_instant_to_wire (gint64 instant_us)
{
  gint64 year;
  Moment moment;

  split_instant (instant_us, &year, &moment);
  return g_strdup_printf ("%04" G_GINT64_FORMAT "%02d%02d%02d%02d%02d", year, moment.month,
                          moment.day, moment.hour, moment.minute, moment.second);
}

/**
 * jp_instant_to_short:
 * @instant_us: microseconds since 1970-01-01 UTC
 *
 * Writes China's time for a narrow column, "10-17 14:00". Any thread.
 *
 * Returns: (transfer full): the text
 */
char *
jp_instant_to_short (gint64 instant_us)
{
  gint64 year;
  Moment moment;

  split_instant (instant_us, &year, &moment);
  return g_strdup_printf ("%02d-%02d %02d:%02d", moment.month, moment.day, moment.hour,
                          moment.minute);
}
