/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-office.h"
#include "jp-today-repo.h"

G_BEGIN_DECLS

#define JP_TODAY_REQUESTS_MAX 100 /* the oldest so many are listed */

/* The window behind a work-list that has no page of its own: online enrolments, complaints. */

#define JP_TYPE_TODAY_REQUESTS (jp_today_requests_get_type ())

G_DECLARE_FINAL_TYPE (JpTodayRequests, jp_today_requests, JP, TODAY_REQUESTS, AdwWindow)

JpTodayRequests *jp_today_requests_new (JpOffice *office, JpTodayTask task);
guint            jp_today_requests_get_n_rows (JpTodayRequests *self);
gboolean         jp_today_requests_act (JpTodayRequests *self, guint row);
gboolean         jp_today_requests_decline (JpTodayRequests *self, guint row);

G_END_DECLS
