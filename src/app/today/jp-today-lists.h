/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-today-repo.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define JP_TODAY_LISTS_MAX_EXPIRIES 6 /* shown; the rest is a line that leads to the list */

/* The first column of the page Today: what waits for somebody, and what expires. */

#define JP_TYPE_TODAY_LISTS (jp_today_lists_get_type ())

G_DECLARE_FINAL_TYPE (JpTodayLists, jp_today_lists, JP, TODAY_LISTS, GtkWidget)

GtkWidget *jp_today_lists_new (void);
void       jp_today_lists_show (JpTodayLists *self, const JpToday *today, gint64 now_us);
GtkWidget *jp_today_lists_get_row (JpTodayLists *self, JpTodayTask task);

G_END_DECLS
