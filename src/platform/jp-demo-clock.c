/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-demo-clock.h"

#include "jp-platform-error.h"

struct _JpDemoClock
{
  GObject parent_instance;

  JpClock *base; /* (owned) */
  char    *path; /* (owned): where @ahead_us is kept */

  GMutex mutex; /* guards @ahead_us */
  gint64 ahead_us;
};

static gint64
demo_now_us (JpClock *clock)
{
  JpDemoClock *self = JP_DEMO_CLOCK (clock);

  g_mutex_lock (&self->mutex);
  gint64 ahead_us = self->ahead_us;
  g_mutex_unlock (&self->mutex);
  return jp_clock_now_us (self->base) + ahead_us;
}

static gint64
demo_monotonic_us (JpClock *clock)
{
  return jp_clock_monotonic_us (JP_DEMO_CLOCK (clock)->base);
}

static void
jp_demo_clock_clock_init (JpClockInterface *iface)
{
  iface->now_us = demo_now_us;
  iface->monotonic_us = demo_monotonic_us;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (JpDemoClock,
                               jp_demo_clock,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JP_TYPE_CLOCK, jp_demo_clock_clock_init))

static void
jp_demo_clock_finalize (GObject *object)
{
  JpDemoClock *self = JP_DEMO_CLOCK (object);

  g_clear_object (&self->base);
  g_mutex_clear (&self->mutex);
  g_free (self->path);

  G_OBJECT_CLASS (jp_demo_clock_parent_class)->finalize (object);
}

static void
jp_demo_clock_class_init (JpDemoClockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = jp_demo_clock_finalize;
}

static void
jp_demo_clock_init (JpDemoClock *self)
{
  g_mutex_init (&self->mutex);
}

/**
 * jp_demo_clock_new:
 * @base: the clock it runs with
 * @path: a file that says how far it is ahead; it need not exist
 *
 * Returns: (transfer full): a new clock
 */
JpDemoClock *
jp_demo_clock_new (JpClock *base, const char *path)
{
  g_return_val_if_fail (JP_IS_CLOCK (base), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  JpDemoClock     *self = g_object_new (JP_TYPE_DEMO_CLOCK, NULL);
  g_autofree char *text = NULL;

  self->base = g_object_ref (base);
  self->path = g_strdup (path);
  /* ignored: on the first run there is no such file */
  if (g_file_get_contents (path, &text, NULL, NULL))
    g_ascii_string_to_signed (g_strstrip (text), 10, 0, G_MAXINT64 / 4, &self->ahead_us, NULL);
  return self;
}

/**
 * jp_demo_clock_advance:
 * @self: a clock
 * @us: how much time shall go by, 0 … %JP_DEMO_CLOCK_MAX_ADVANCE_US
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Lets time go by at once.
 *
 * Returns: whether it is later now, also after a restart
 */
gboolean
jp_demo_clock_advance (JpDemoClock *self, gint64 us, GError **error)
{
  g_return_val_if_fail (JP_IS_DEMO_CLOCK (self), FALSE);

  g_autoptr (GError) file_error = NULL;
  g_autofree char *text = NULL;

  if (us < 0 || us > JP_DEMO_CLOCK_MAX_ADVANCE_US)
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID,
                           "time goes forward, by 400 days at most");
      return FALSE;
    }

  g_mutex_lock (&self->mutex);
  self->ahead_us += us;
  text = g_strdup_printf ("%" G_GINT64_FORMAT "\n", self->ahead_us);
  g_mutex_unlock (&self->mutex);
  if (g_file_set_contents (self->path, text, -1, &file_error))
    return TRUE;

  g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_IO, file_error->message);
  return FALSE;
}
