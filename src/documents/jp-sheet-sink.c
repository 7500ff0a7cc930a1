/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sheet-sink.h"

#include "jp-money.h"

#include <string.h>

static char *
format_instant (gint64 instant_us)
{
  g_autofree char *iso = jp_instant_to_iso (instant_us);
  char            *zone = strrchr (iso, '+');
  char            *separator = strchr (iso, 'T');

  g_assert (zone != NULL);
  g_assert (separator != NULL);

  *zone = '\0';
  *separator = ' ';
  return g_steal_pointer (&iso);
}

/**
 * jp_sheet_sink_format:
 * @value: a value that is not empty
 *
 * Writes a value the way a text file holds it and the readers of this layer understand it: digits
 * with a point, days as `2026-11-24`, instants as `2026-11-24 09:12:44` in China's time. Pure; any
 * thread.
 *
 * Returns: (transfer full): the text
 */
char *
jp_sheet_sink_format (const JpSheetValue *value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_val_if_fail (value != NULL, NULL);

  switch (value->type)
    {
    case JP_SHEET_VALUE_TEXT:
      return g_strdup (value->text);

    case JP_SHEET_VALUE_INTEGER:
      return g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);

    case JP_SHEET_VALUE_DECIMAL:
      return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.15g", value->decimal));

    case JP_SHEET_VALUE_MONEY:
      return jp_money_format_plain (value->integer);

    case JP_SHEET_VALUE_DATE:
      return jp_date_to_iso ((JpDate)value->integer);

    case JP_SHEET_VALUE_INSTANT:
      return format_instant (value->integer);

    case JP_SHEET_VALUE_EMPTY:
    default:
      return g_strdup ("");
    }
}
