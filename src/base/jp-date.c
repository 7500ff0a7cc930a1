/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-date.h"

#include "jp-moment-private.h"

static gint64
days_of (JpDate date)
{
  return jp_moment_to_days (jp_date_get_year (date), jp_date_get_month (date),
                            jp_date_get_day (date));
}

static JpDate
date_of (JpMoment moment)
{
  if (moment.year < jp_date_get_year (JP_DATE_MIN) || moment.year > jp_date_get_year (JP_DATE_MAX))
    return JP_DATE_NONE;
  return (JpDate)(moment.year * 10000 + moment.month * 100 + moment.day);
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

/**
 * jp_date_from_instant:
 * @instant_us: microseconds since 1970-01-01 UTC
 *
 * Returns: the day in China, or %JP_DATE_NONE if it lies outside %JP_DATE_MIN … %JP_DATE_MAX
 */
JpDate
jp_date_from_instant (gint64 instant_us)
{
  return date_of (jp_moment_from_instant (instant_us));
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

  return date_of (jp_moment_from_days (days_of (date) + days));
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

  JpMoment moment;

  if (!jp_moment_parse (text, JP_MOMENT_DATE, &moment, error))
    return FALSE;

  *out_date = date_of (moment);
  return TRUE;
}
