/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-transport.h"

G_DEFINE_INTERFACE (JpTransport, jp_transport, G_TYPE_OBJECT)

static void
jp_transport_default_init (JpTransportInterface *iface)
{
}

/**
 * jp_transport_send_async:
 * @self: a transport
 * @request: what to ask
 * @cancellable: (nullable): cancels the request
 * @callback: called when there is an answer, or never will be
 * @user_data: for @callback
 *
 * Sends a request to the platform. Main thread only. There is no order among requests that are
 * under way at the same time.
 */
void
jp_transport_send_async (JpTransport        *self,
                         JpTransportRequest *request,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_return_if_fail (JP_IS_TRANSPORT (self));
  g_return_if_fail (request != NULL);

  JP_TRANSPORT_GET_IFACE (self)->send_async (self, request, cancellable, callback, user_data);
}

/**
 * jp_transport_send_finish:
 * @self: a transport
 * @result: what the callback got
 * @error: return location for a [error@Jp.SyncError] or `G_IO_ERROR_CANCELLED`
 *
 * Gives the answer of the platform, of whatever status: see [method@Jp.TransportReply.check].
 *
 * Returns: (transfer full): an answer that comes from the platform itself; or %NULL with
 *   `JP_SYNC_ERROR_OFFLINE` if there was none (the request may have been carried out all the same),
 *   `JP_SYNC_ERROR_PROTOCOL` if something else has answered, `JP_SYNC_ERROR_AUTH` if the platform
 *   does not accept this station's certificate, `JP_SYNC_ERROR_TOO_LARGE` if the answer exceeds the
 *   limit of the request, or `JP_SYNC_ERROR_BUSY` if a gateway answered for the platform
 */
JpTransportReply *
jp_transport_send_finish (JpTransport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (JP_IS_TRANSPORT (self), NULL);
  g_return_val_if_fail (G_IS_ASYNC_RESULT (result), NULL);

  g_autoptr (JpTransportReply) reply =
    JP_TRANSPORT_GET_IFACE (self)->send_finish (self, result, error);

  if (!reply || !jp_transport_reply_is_ours (reply, error))
    return NULL;

  return g_steal_pointer (&reply);
}

/**
 * jp_transport_set_identity:
 * @self: a transport
 * @pem: (nullable): the station's certificate and key; %NULL: none
 * @error: return location for a [error@Jp.SyncError]
 *
 * Says by what the station shows who it is from now on. The same again costs nothing; a transport
 * without connections ignores it.
 *
 * Returns: whether it can be shown
 */
gboolean
jp_transport_set_identity (JpTransport *self, const char *pem, GError **error)
{
  g_return_val_if_fail (JP_IS_TRANSPORT (self), FALSE);

  JpTransportInterface *iface = JP_TRANSPORT_GET_IFACE (self);

  return iface->set_identity == NULL || iface->set_identity (self, pem, error);
}
