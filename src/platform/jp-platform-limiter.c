/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-limiter.h"

#include "jp-date.h"
#include "jp-platform-error.h"

#define WINDOW_US JP_MINUTE_US

typedef struct
{
  gint64 begun_us; /* monotonic: when the window began */
  guint  n_failures;
} Caller;

struct _JpPlatformLimiter
{
  JpClock    *clock;   /* (owned) */
  GHashTable *callers; /* (owned): address → Caller */
};

/**
 * jp_platform_limiter_new:
 * @clock: measures the minute
 *
 * Returns: (transfer full): a limiter
 */
JpPlatformLimiter *
jp_platform_limiter_new (JpClock *clock)
{
  g_return_val_if_fail (JP_IS_CLOCK (clock), NULL);

  JpPlatformLimiter *self = g_new0 (JpPlatformLimiter, 1);

  self->clock = g_object_ref (clock);
  self->callers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * jp_platform_limiter_free:
 * @self: (nullable) (transfer full): a limiter
 */
void
jp_platform_limiter_free (JpPlatformLimiter *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->clock);
  g_hash_table_unref (self->callers);
  g_free (self);
}

static gboolean
is_over (gpointer key, gpointer value, gpointer user_data)
{
  const Caller *caller = value;
  const gint64 *now_us = user_data;

  return *now_us - caller->begun_us >= WINDOW_US;
}

static Caller *
find_caller (JpPlatformLimiter *self, const char *address)
{
  gint64 now_us = jp_clock_monotonic_us (self->clock);

  g_hash_table_foreach_remove (self->callers, is_over, &now_us);
  return g_hash_table_lookup (self->callers, address != NULL ? address : "");
}

/**
 * jp_platform_limiter_check:
 * @self: a limiter
 * @caller: (nullable): address of who asks
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_RATE_LIMITED`
 */
gboolean
jp_platform_limiter_check (JpPlatformLimiter *self, const char *caller, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  const Caller *known = find_caller (self, caller);

  if ((known == NULL || known->n_failures < JP_PLATFORM_LIMITER_MAX_FAILURES) &&
      g_hash_table_size (self->callers) < JP_PLATFORM_LIMITER_MAX_CALLERS)
    return TRUE;

  g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_RATE_LIMITED,
                       "too many attempts within a minute");
  return FALSE;
}

/**
 * jp_platform_limiter_count:
 * @self: a limiter
 * @caller: (nullable): address of who failed
 *
 * Notes a failure.
 */
void
jp_platform_limiter_count (JpPlatformLimiter *self, const char *caller)
{
  g_return_if_fail (self != NULL);

  Caller *known = find_caller (self, caller);

  if (known == NULL)
    {
      known = g_new0 (Caller, 1);
      known->begun_us = jp_clock_monotonic_us (self->clock);
      g_hash_table_insert (self->callers, g_strdup (caller != NULL ? caller : ""), known);
    }
  known->n_failures++;
}
