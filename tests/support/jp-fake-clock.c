/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-fake-clock.h"

struct _JpFakeClock
{
  GObject parent_instance;

  GMutex mutex;        /* guards the times */
  gint64 wall_us;      /* since 1970-01-01 UTC */
  gint64 monotonic_us; /* since the clock was made */
};

static gint64
fake_now_us (JpClock *clock)
{
  JpFakeClock *self = JP_FAKE_CLOCK (clock);

  g_mutex_lock (&self->mutex);
  gint64 now_us = self->wall_us;
  g_mutex_unlock (&self->mutex);
  return now_us;
}

static gint64
fake_monotonic_us (JpClock *clock)
{
  JpFakeClock *self = JP_FAKE_CLOCK (clock);

  g_mutex_lock (&self->mutex);
  gint64 now_us = self->monotonic_us;
  g_mutex_unlock (&self->mutex);
  return now_us;
}

static void
jp_fake_clock_clock_init (JpClockInterface *iface)
{
  iface->now_us = fake_now_us;
  iface->monotonic_us = fake_monotonic_us;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (JpFakeClock,
                               jp_fake_clock,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JP_TYPE_CLOCK, jp_fake_clock_clock_init))

static void
jp_fake_clock_finalize (GObject *object)
{
  g_mutex_clear (&JP_FAKE_CLOCK (object)->mutex);

  G_OBJECT_CLASS (jp_fake_clock_parent_class)->finalize (object);
}

static void
jp_fake_clock_class_init (JpFakeClockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jp_fake_clock_finalize;
}

static void
jp_fake_clock_init (JpFakeClock *self)
{
  g_mutex_init (&self->mutex);
}

/**
 * jp_fake_clock_new:
 * @now_us: the wall-clock time that it shows, e.g. %JP_FAKE_CLOCK_NOW_US
 *
 * Returns: (transfer full): a new clock, whose monotonic time is 0
 */
JpFakeClock *
jp_fake_clock_new (gint64 now_us)
{
  JpFakeClock *self = g_object_new (JP_TYPE_FAKE_CLOCK, NULL);

  self->wall_us = now_us;
  return self;
}

/**
 * jp_fake_clock_advance:
 * @self: a fake clock
 * @us: how long, 0 or more
 *
 * Lets time pass: both times go on.
 */
void
jp_fake_clock_advance (JpFakeClock *self, gint64 us)
{
  g_return_if_fail (JP_IS_FAKE_CLOCK (self));
  g_return_if_fail (us >= 0);

  g_mutex_lock (&self->mutex);
  self->wall_us += us;
  self->monotonic_us += us;
  g_mutex_unlock (&self->mutex);
}

/**
 * jp_fake_clock_set_wall:
 * @self: a fake clock
 * @now_us: the new wall-clock time
 *
 * Sets the wall clock, in either direction, as users do; the monotonic time does not notice.
 */
void
jp_fake_clock_set_wall (JpFakeClock *self, gint64 now_us)
{
  g_return_if_fail (JP_IS_FAKE_CLOCK (self));

  g_mutex_lock (&self->mutex);
  self->wall_us = now_us;
  g_mutex_unlock (&self->mutex);
}
