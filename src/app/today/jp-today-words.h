/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-today-repo.h"

G_BEGIN_DECLS

/* What the page Today says, from what the store knows. Pure. */

const char *jp_today_words_get_title (JpTodayTask task);
JpTint      jp_today_words_get_tint (JpTodayTask task);
char       *jp_today_words_dup_subtitle (JpTodayTask task, const JpTodayList *list, gint64 now_us);
char       *jp_today_words_dup_age (gint64 since_us, gint64 now_us);
char       *jp_today_words_dup_clear (const JpToday *today);
char       *jp_today_words_dup_expiry (const JpTodayExpiry *expiry, JpDate date);
char       *jp_today_words_dup_expiry_pill (const JpTodayExpiry *expiry, JpDate date);
char       *jp_today_words_dup_day (JpDate date);
char       *jp_today_words_dup_month (JpDate date);
char       *jp_today_words_dup_money (const JpToday *today);
char       *jp_today_words_dup_valid_hours (const JpToday *today);
char       *jp_today_words_dup_sessions (const JpToday *today);

G_END_DECLS
