/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-expiry.h"

#include <glib/gi18n-lib.h>

/* The day that the lists compare with; set by the window from the store's clock. Main thread. */
static JpDate list_today = JP_DATE_NONE;

/**
 * jp_expiry_set_today:
 * @today: today's date
 *
 * Tells the lists which day it is.
 */
void
jp_expiry_set_today (JpDate today)
{
  list_today = today;
}

/**
 * jp_expiry_get_tint:
 * @date: a date that comes
 * @today: today's date
 *
 * Returns: how it looks: four steps by what is left
 */
JpTint
jp_expiry_get_tint (JpDate date, JpDate today)
{
  int days = jp_date_days_between (today, date);

  if (days < 0)
    return JP_TINT_BAD;
  if (days < JP_EXPIRY_NOW_DAYS)
    return JP_TINT_WARN;
  return days < JP_EXPIRY_SOON_DAYS ? JP_TINT_INFO : JP_TINT_OK;
}

/**
 * jp_expiry_dup_sentence:
 * @date: a date that comes
 * @today: today's date
 *
 * Returns: (transfer full): how long it is until then, or since
 */
char *
jp_expiry_dup_sentence (JpDate date, JpDate today)
{
  int days = jp_date_days_between (today, date);

  if (days < 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "expired %d day ago",
                                         "expired %d days ago", (gulong)-days),
                            -days);
  if (days == 0)
    return g_strdup (_ ("expires today"));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day left", "%d days left",
                                       (gulong)days),
                          days);
}

/**
 * jp_expiry_fill_cell:
 * @cell: a pill cell
 * @date: a date that comes, %JP_DATE_NONE for none
 *
 * Shows the date with its tint.
 */
void
jp_expiry_fill_cell (JpCell *cell, JpDate date)
{
  g_autofree char *iso = NULL;

  if (date == JP_DATE_NONE || list_today == JP_DATE_NONE)
    return;
  iso = jp_date_to_iso (date);
  jp_cell_set_pill (cell, iso, jp_expiry_get_tint (date, list_today));
  jp_cell_take_tooltip (cell, jp_expiry_dup_sentence (date, list_today));
}
