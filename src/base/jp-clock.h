/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The only source of time in the program: tests and the simulator put their own in its place. */

#define JP_TYPE_CLOCK (jp_clock_get_type ())

G_DECLARE_INTERFACE (JpClock, jp_clock, JP, CLOCK, GObject)

struct _JpClockInterface
{
  GTypeInterface parent_interface;

  gint64 (*now_us) (JpClock *self);       /* wall clock, µs since 1970-01-01 UTC */
  gint64 (*monotonic_us) (JpClock *self); /* never goes back, arbitrary origin */
};

gint64 jp_clock_now_us (JpClock *self);
gint64 jp_clock_monotonic_us (JpClock *self);

#define JP_TYPE_SYSTEM_CLOCK (jp_system_clock_get_type ())

G_DECLARE_FINAL_TYPE (JpSystemClock, jp_system_clock, JP, SYSTEM_CLOCK, GObject)

JpClock *jp_system_clock_new (void);

G_END_DECLS
