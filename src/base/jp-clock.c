/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-clock.h"

G_DEFINE_INTERFACE (JpClock, jp_clock, G_TYPE_OBJECT)

static void
jp_clock_default_init (JpClockInterface *iface)
{
}

/**
 * jp_clock_now_us:
 * @self: a clock
 *
 * Tells the wall-clock time. It may jump in either direction when somebody sets the PC's clock, so
 * it is for display and for records, never for measuring or ordering. Any thread.
 *
 * Returns: microseconds since 1970-01-01 00:00 UTC
 */
gint64
jp_clock_now_us (JpClock *self)
{
  g_return_val_if_fail (JP_IS_CLOCK (self), 0);

  return JP_CLOCK_GET_IFACE (self)->now_us (self);
}

/**
 * jp_clock_monotonic_us:
 * @self: a clock
 *
 * Tells the time since an arbitrary origin; two readings may be subtracted, and a later one is
 * never smaller. Any thread.
 *
 * Returns: microseconds since an arbitrary origin
 */
gint64
jp_clock_monotonic_us (JpClock *self)
{
  g_return_val_if_fail (JP_IS_CLOCK (self), 0);

  return JP_CLOCK_GET_IFACE (self)->monotonic_us (self);
}
