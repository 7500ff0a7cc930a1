/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-clock.h"

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
