/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JP_TODAY_COLUMNS_WIDE_PX 720 /* narrower than this the columns stand below one another */

/* Two columns that become one where there is no room. */

#define JP_TYPE_TODAY_COLUMNS (jp_today_columns_get_type ())

G_DECLARE_FINAL_TYPE (JpTodayColumns, jp_today_columns, JP, TODAY_COLUMNS, GtkWidget)

GtkWidget *jp_today_columns_new (GtkWidget *first, GtkWidget *second);

G_END_DECLS
