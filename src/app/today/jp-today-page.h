/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-board-page.h"
#include "jp-today-lists.h"

G_BEGIN_DECLS

/* The first page of the day: what waits, what expires, money and hours at a glance. */

#define JP_TYPE_TODAY_PAGE (jp_today_page_get_type ())

G_DECLARE_FINAL_TYPE (JpTodayPage, jp_today_page, JP, TODAY_PAGE, JpBoardPage)

GtkWidget    *jp_today_page_new (JpOffice *office);
JpTodayLists *jp_today_page_get_lists (JpTodayPage *self);

G_END_DECLS
