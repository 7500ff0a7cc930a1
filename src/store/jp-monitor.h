/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JpMonitorFunc:
 * @done: steps done
 * @total: steps in all, 0 if that is not known
 * @user_data: what was given with it
 *
 * Tells how far a long job is. Called on the thread of the job, many times: be quick.
 */
typedef void (*JpMonitorFunc) (guint64 done, guint64 total, gpointer user_data);

/**
 * JpMonitor:
 * @func: (nullable): whom to tell
 * @user_data: what to tell it with
 * @cancellable: (borrowed) (nullable): looked at between two steps
 *
 * How a long job is watched and stopped.
 */
typedef struct
{
  JpMonitorFunc func;
  gpointer      user_data;
  GCancellable *cancellable;
} JpMonitor;

gboolean jp_monitor_step (const JpMonitor *self, guint64 done, guint64 total, GError **error);

G_END_DECLS
