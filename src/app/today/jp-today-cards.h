/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-today-repo.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The second column of the page Today: money and hours at a glance. */

#define JP_TYPE_TODAY_CARDS (jp_today_cards_get_type ())

G_DECLARE_FINAL_TYPE (JpTodayCards, jp_today_cards, JP, TODAY_CARDS, GtkWidget)

GtkWidget *jp_today_cards_new (void);
void       jp_today_cards_show (JpTodayCards *self, const JpToday *today);
void       jp_today_cards_show_stuck (JpTodayCards *self, gint64 stuck_fen);

G_END_DECLS
