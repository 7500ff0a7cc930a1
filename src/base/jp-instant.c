/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-moment-private.h"

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

  JpMoment moment;

  if (!jp_moment_parse (text, JP_MOMENT_INSTANT, &moment, error))
    return FALSE;

  *out_instant_us = jp_moment_to_days (moment.year, moment.month, moment.day) * JP_DAY_US +
                    moment.hour * JP_HOUR_US + moment.minute * JP_MINUTE_US +
                    moment.second * JP_SECOND_US + moment.fraction_us -
                    moment.offset_minutes * JP_MINUTE_US;
  return TRUE;
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
  JpMoment moment = jp_moment_from_instant (instant_us);
  char     fraction[8] = "";

  if (moment.fraction_us != 0)
    g_snprintf (fraction, sizeof fraction, ".%06d", moment.fraction_us);
  return g_strdup_printf ("%04" G_GINT64_FORMAT "-%02d-%02dT%02d:%02d:%02d%s+08:00", moment.year,
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
  JpMoment moment = jp_moment_from_instant (instant_us);

  return g_strdup_printf ("%04" G_GINT64_FORMAT "%02d%02d%02d%02d%02d", moment.year, moment.month,
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
  JpMoment moment = jp_moment_from_instant (instant_us);

  return g_strdup_printf ("%02d-%02d %02d:%02d", moment.month, moment.day, moment.hour,
                          moment.minute);
}
