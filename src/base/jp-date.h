/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-error.h"

G_BEGIN_DECLS

/* Calendar dates and instants. A school's day is a day in China Standard Time (UTC+8, no summer
 * time since 1991), whatever the time zone of the PC says. */

/**
 * JpDate:
 *
 * A calendar date as the number yyyymmdd, e.g. 20261124; 0 is "no date". Compares and sorts as a
 * number.
 */
typedef gint32 JpDate;

#define JP_DATE_NONE           ((JpDate)0)
#define JP_DATE_MIN            ((JpDate)19000101)
#define JP_DATE_MAX            ((JpDate)21991231)
#define JP_SECOND_US           G_GINT64_CONSTANT (1000000)
#define JP_MINUTE_US           (60 * JP_SECOND_US)
#define JP_HOUR_US             (60 * JP_MINUTE_US)
#define JP_DAY_US              (24 * JP_HOUR_US)
#define JP_CHINA_UTC_OFFSET_US (8 * JP_HOUR_US)

gboolean jp_date_is_valid (JpDate date);
JpDate   jp_date_new (int year, int month, int day);
JpDate   jp_date_from_instant (gint64 instant_us);
gint64   jp_date_to_instant (JpDate date, int hour, int minute);
int      jp_date_get_year (JpDate date);
int      jp_date_get_month (JpDate date);
int      jp_date_get_day (JpDate date);
JpDate   jp_date_add_days (JpDate date, int days);
int      jp_date_days_between (JpDate from, JpDate to);
int      jp_date_years_between (JpDate from, JpDate to);
gboolean jp_date_parse (const char *text, JpDate *out_date, GError **error);
char    *jp_date_to_iso (JpDate date);
char    *jp_date_to_wire (JpDate date);

gboolean jp_instant_parse (const char *text, gint64 *out_instant_us, GError **error);
char    *jp_instant_to_iso (gint64 instant_us);
char    *jp_instant_to_wire (gint64 instant_us);
char    *jp_instant_to_short (gint64 instant_us);

G_END_DECLS
