/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform.h"

typedef struct
{
  JpPlatformRowFunc func;
  gpointer          user_data; /* (borrowed): outlives the platform */
} RowFunc;

struct _JpPlatform
{
  JpClock           *clock;     /* (owned) */
  JpIdSource        *ids;       /* (owned) */
  GArray            *row_funcs; /* (owned) (element-type RowFunc) */
  JpPlatformLimiter *limiter;   /* (owned): of attempts to enrol */
  JpPlatformStore   *store;     /* (owned) (nullable): while it is open */
};

/**
 * jp_platform_new:
 * @options: clock and source of ids
 *
 * Returns: (transfer full): a platform that is not open yet
 */
JpPlatform *
jp_platform_new (const JpPlatformStoreOptions *options)
{
  g_return_val_if_fail (options != NULL, NULL);
  g_return_val_if_fail (JP_IS_CLOCK (options->clock), NULL);
  g_return_val_if_fail (JP_IS_ID_SOURCE (options->ids), NULL);

  JpPlatform *self = g_new0 (JpPlatform, 1);

  self->clock = g_object_ref (options->clock);
  self->ids = g_object_ref (options->ids);
  self->row_funcs = g_array_new (FALSE, FALSE, sizeof (RowFunc));
  self->limiter = jp_platform_limiter_new (self->clock);
  return self;
}

/**
 * jp_platform_free:
 * @self: (nullable) (transfer full): a platform
 *
 * Closes it, where it is open.
 */
void
jp_platform_free (JpPlatform *self)
{
  if (self == NULL)
    return;

  jp_platform_close (self);
  g_clear_pointer (&self->row_funcs, g_array_unref);
  g_clear_pointer (&self->limiter, jp_platform_limiter_free);
  g_clear_object (&self->clock);
  g_clear_object (&self->ids);
  g_free (self);
}

/**
 * jp_platform_open:
 * @self: a platform that is not open
 * @folder: where its data are, or will be
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Opens the store; see jp_platform_store_open(). The calling thread is the one of the handlers.
 *
 * Returns: whether it is open
 */
gboolean
jp_platform_open (JpPlatform *self, const char *folder, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->store == NULL, FALSE);
  g_return_val_if_fail (folder != NULL, FALSE);

  const JpPlatformStoreOptions options = { .clock = self->clock, .ids = self->ids };

  self->store = jp_platform_store_open (folder, &options, error);
  return self->store != NULL;
}

/**
 * jp_platform_close:
 * @self: a platform
 *
 * Closes the store, where it is open. Same thread as jp_platform_open().
 */
void
jp_platform_close (JpPlatform *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->store, jp_platform_store_close);
}

/**
 * jp_platform_get_store:
 * @self: an open platform
 *
 * Returns: (transfer none): its store
 */
JpPlatformStore *
jp_platform_get_store (JpPlatform *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_assert (self->store != NULL);

  return self->store;
}

/**
 * jp_platform_get_limiter:
 * @self: a platform
 *
 * Returns: (transfer none): what slows down those who guess
 */
JpPlatformLimiter *
jp_platform_get_limiter (JpPlatform *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->limiter;
}

/**
 * jp_platform_add_row_func:
 * @self: a platform that answers no requests yet
 * @func: reacts to rows
 * @user_data: for @func; must outlive the platform
 *
 * Adds something that reacts to the edits of schools, after those added before.
 */
void
jp_platform_add_row_func (JpPlatform *self, JpPlatformRowFunc func, gpointer user_data)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (func != NULL);

  const RowFunc entry = { func, user_data };

  g_array_append_val (self->row_funcs, entry);
}

/**
 * jp_platform_run_row_funcs:
 * @self: an open platform with an open transaction
 * @school: the school
 * @before: (nullable): the row as it was
 * @after: the row as it was written
 * @error: return location for an error
 *
 * Lets everything react that was added, in order.
 *
 * Returns: whether all of them succeeded
 */
gboolean
jp_platform_run_row_funcs (JpPlatform *self,
                           const JpId *school,
                           JpRecord   *before,
                           JpRecord   *after,
                           GError    **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (school != NULL, FALSE);
  g_return_val_if_fail (after != NULL, FALSE);

  for (guint i = 0; i < self->row_funcs->len; i++)
    {
      const RowFunc *entry = &g_array_index (self->row_funcs, RowFunc, i);

      if (!entry->func (self, school, before, after, entry->user_data, error))
        return FALSE;
    }

  return TRUE;
}
