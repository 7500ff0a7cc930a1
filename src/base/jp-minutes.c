/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-money.h"

#define MINUTES_PER_HOUR 60
#define MINUS_SIGN       "\342\210\222" /* U+2212 */

/**
 * jp_minutes_format_hours:
 * @minutes: training time
 *
 * Writes training time in hours (学时) of 60 minutes with one decimal, half a tenth rounded away
 * from zero: 810 is "13.5". For display only. Any thread.
 *
 * Returns: (transfer full): the text
 */
char *
jp_minutes_format_hours (gint64 minutes)
{
  const guint minutes_per_tenth = MINUTES_PER_HOUR / 10;
  guint64     magnitude = minutes < 0 ? -(guint64)minutes : (guint64)minutes;
  guint64     tenths = (magnitude + minutes_per_tenth / 2) / minutes_per_tenth;

  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%u", minutes < 0 && tenths > 0 ? MINUS_SIGN : "",
                          tenths / 10, (guint)(tenths % 10));
}
