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

struct _JpSystemClock
{
  GObject parent_instance;
};

static gint64
system_now_us (JpClock *clock)
{
  return g_get_real_time ();
}

static gint64
system_monotonic_us (JpClock *clock)
{
  return g_get_monotonic_time ();
}

static void
jp_system_clock_clock_init (JpClockInterface *iface)
{
  iface->now_us = system_now_us;
  iface->monotonic_us = system_monotonic_us;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (JpSystemClock,
                               jp_system_clock,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JP_TYPE_CLOCK, jp_system_clock_clock_init))

static void
jp_system_clock_class_init (JpSystemClockClass *klass)
{
}

static void
jp_system_clock_init (JpSystemClock *self)
{
}

/**
 * jp_system_clock_new:
 *
 * Makes the clock of the programs: the PC's own.
 *
 * Returns: (transfer full): a new clock
 */
JpClock *
jp_system_clock_new (void)
{
  return g_object_new (JP_TYPE_SYSTEM_CLOCK, NULL);
}
