/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-transport-reply.h"
#include "jp-transport-request.h"

G_BEGIN_DECLS

/* The way to the platform. The engine knows only this: over HTTPS in the program, in memory and
 * with every fault in tests and in the simulator. */

#define JP_TYPE_TRANSPORT (jp_transport_get_type ())

G_DECLARE_INTERFACE (JpTransport, jp_transport, JP, TRANSPORT, GObject)

/**
 * JpTransportInterface:
 * @send_async: sends a request; completes in the caller's main context
 * @send_finish: gives whatever answer has arrived, from whomever
 * @set_identity: (nullable): takes the station's certificate and key for what is sent from now on
 *
 * What a way to the platform can do.
 */
struct _JpTransportInterface
{
  GTypeInterface parent_interface;

  void (*send_async) (JpTransport        *self,
                      JpTransportRequest *request,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data);
  JpTransportReply *(*send_finish) (JpTransport *self, GAsyncResult *result, GError **error);
  gboolean (*set_identity) (JpTransport *self, const char *pem, GError **error);
};

void jp_transport_send_async (JpTransport        *self,
                              JpTransportRequest *request,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data);
JpTransportReply          *
jp_transport_send_finish (JpTransport *self, GAsyncResult *result, GError **error);
gboolean jp_transport_set_identity (JpTransport *self, const char *pem, GError **error);

G_END_DECLS
