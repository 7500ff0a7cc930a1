/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-monitor.h"

/**
 * jp_monitor_step:
 * @self: (nullable): how the job is watched
 * @done: steps done
 * @total: steps in all, 0 if that is not known
 * @error: return location
 *
 * Called by a long job between two steps.
 *
 * Returns: %TRUE to go on, or %FALSE with `G_IO_ERROR_CANCELLED`
 */
gboolean
jp_monitor_step (const JpMonitor *self, guint64 done, guint64 total, GError **error)
{
  if (self == NULL)
    return TRUE;

  if (self->func != NULL)
    self->func (done, total, self->user_data);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}
