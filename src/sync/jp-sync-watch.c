/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sync-watch.h"

#include "jp-page-feed.h"
#include "jp-sync-step.h"

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpTransportReply) reply =
    jp_transport_send_finish (JP_TRANSPORT (source), result, &error);
  g_autoptr (JpPageFeed) page = NULL;

  /* At most one change, so it is small enough for the main thread. */
  if (reply != NULL && jp_transport_reply_check (reply, NULL, &error))
    page = jp_page_feed_from_bytes (jp_transport_reply_get_body (reply), &error);
  if (page == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, page->records->len > 0 || page->n_unknown > 0);
}

static gpointer
plan_call (JpVault *vault, gpointer data, GError **error)
{
  return jp_sync_step_plan_watch (vault, error);
}

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JpTransport  *transport = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (JpSyncStep) step = NULL;
  g_autoptr (GError) error = NULL;

  if (!jp_store_read_finish (JP_STORE (source), result, (gpointer *)&step, &error) ||
      !jp_transport_set_identity (transport, step->identity, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    jp_transport_send_async (transport, step->request, cancellable, answered_cb,
                             g_steal_pointer (&task));
}

/**
 * jp_sync_watch_async:
 * @store: an open store of a station that has read everything
 * @transport: the way to the platform
 * @cancellable: (nullable): ends the waiting
 * @callback: called when there are news, or after 25 s, or if it did not work
 * @user_data: for @callback
 *
 * Waits for news. At most one may run per store, and none beside a round.
 */
void
jp_sync_watch_async (JpStore            *store,
                     JpTransport        *transport,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_return_if_fail (JP_IS_STORE (store));
  g_return_if_fail (JP_IS_TRANSPORT (transport));

  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  JpStoreCall call = { plan_call, NULL, NULL, (GDestroyNotify)jp_sync_step_free, 0 };

  g_task_set_source_tag (task, jp_sync_watch_async);
  g_task_set_task_data (task, g_object_ref (transport), g_object_unref);
  jp_store_read_async (store, &call, cancellable, planned_cb, g_steal_pointer (&task));
}

/**
 * jp_sync_watch_finish:
 * @store: the store
 * @result: the result
 * @error: return location for a [error@Jp.SyncError] or an error of the store
 *
 * Returns: whether there are news; without an error, %FALSE means that there are none yet
 */
gboolean
jp_sync_watch_finish (JpStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
