/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One named thread with a queue of GTasks (house-style.md §10; the idea is GsWorkerThread's). */

#define JP_TYPE_WORKER (jp_worker_get_type ())

G_DECLARE_FINAL_TYPE (JpWorker, jp_worker, JP, WORKER, GObject)

JpWorker *jp_worker_new (const char *name);
JpWorker *jp_worker_new_in_loop (const char *name);
void      jp_worker_queue (JpWorker *self, int priority, GTaskThreadFunc func, GTask *task);
gboolean  jp_worker_is_current (JpWorker *self);
guint     jp_worker_get_n_queued (JpWorker *self);
void      jp_worker_shutdown_async (JpWorker           *self,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data);
gboolean  jp_worker_shutdown_finish (JpWorker *self, GAsyncResult *result, GError **error);
void      jp_worker_shutdown_sync (JpWorker *self);

G_END_DECLS
