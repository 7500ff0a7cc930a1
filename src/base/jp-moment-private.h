/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-date.h"

G_BEGIN_DECLS

/* What jp-date.c and jp-instant.c share: a day and a time of day, as people write them. */
typedef struct
{
  gint64 year;
  int    month;
  int    day;
  int    hour;
  int    minute;
  int    second;
  int    fraction_us;
  int    offset_minutes; /* east of UTC */
} JpMoment;

/* What a text is read as. */
typedef enum {
  JP_MOMENT_DATE,    /* the time may be missing, an offset is refused */
  JP_MOMENT_INSTANT, /* the time must be there, without an offset it is China's */
} JpMomentKind;

gboolean
       jp_moment_parse (const char *text, JpMomentKind kind, JpMoment *out_moment, GError **error);
gint64 jp_moment_to_days (gint64 year, int month, int day);
JpMoment jp_moment_from_instant (gint64 instant_us);
JpMoment jp_moment_from_days (gint64 days);

G_END_DECLS
