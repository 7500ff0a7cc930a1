/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "jp-clock.h"

G_BEGIN_DECLS

/* Accepts connections and makes them TLS; guards against those that are slow or too many. It exists
 * beside SoupServer because libsoup 3.2 (read up to 3.6) has no time limits, and stops listening
 * for good when one accept() fails, e.g. for want of a file descriptor. Main thread only. */

typedef struct _JpHttpListener   JpHttpListener;
typedef struct _JpHttpConnection JpHttpConnection;

/**
 * JpHttpConnectedFunc:
 * @stream: a stream after the TLS handshake
 * @local: our address
 * @remote: the other side's address
 * @user_data: as given to [ctor@Jp.HttpListener.new]
 *
 * Takes over a new connection.
 */
typedef void (*JpHttpConnectedFunc) (GIOStream      *stream,
                                     GSocketAddress *local,
                                     GSocketAddress *remote,
                                     gpointer        user_data);

/**
 * JpHttpListenerOptions:
 * @clock: (not nullable): measures the time limits
 * @authority: (nullable): issuer of the stations' certificates
 * @ask_certificates: ask each station for a certificate of @authority; who shows none is let in,
 * who shows a bad one is not
 * @max_connections: how many at the same time; more are closed at once
 * @handshake_timeout_ms: from accept to the end of the TLS handshake
 * @idle_timeout_ms: what follows the handshake, until [method@Jp.HttpListener.set_timeout]
 *
 * The limits of a listener.
 */
typedef struct
{
  JpClock      *clock;
  GTlsDatabase *authority;
  gboolean      ask_certificates;
  guint         max_connections;
  guint         handshake_timeout_ms;
  guint         idle_timeout_ms;
} JpHttpListenerOptions;

JpHttpListener *jp_http_listener_new (const JpHttpListenerOptions *options,
                                      GTlsCertificate             *certificate,
                                      JpHttpConnectedFunc          connected,
                                      gpointer                     user_data);
void            jp_http_listener_stop (JpHttpListener *self);
void            jp_http_listener_unref (JpHttpListener *self);
void jp_http_listener_set_certificate (JpHttpListener *self, GTlsCertificate *certificate);
gboolean
jp_http_listener_listen (JpHttpListener *self, GInetAddress *address, guint16 port, GError **error);
guint16 jp_http_listener_get_port (JpHttpListener *self);
void jp_http_listener_set_timeout (JpHttpListener *self, GSocketAddress *remote, guint timeout_ms);
void jp_http_listener_set_between_requests (JpHttpListener *self,
                                            GSocketAddress *remote,
                                            guint           timeout_ms);
GTlsCertificate *jp_http_listener_get_peer_certificate (JpHttpListener *self,
                                                        GSocketAddress *remote);
gboolean jp_http_listener_has_bad_certificate (JpHttpListener *self, GSocketAddress *remote);
void     jp_http_listener_drop (JpHttpListener *self, GSocketAddress *remote);
guint    jp_http_listener_get_n_connections (JpHttpListener *self);
guint64  jp_http_listener_get_n_accepted (JpHttpListener *self);
guint64  jp_http_listener_get_n_dropped (JpHttpListener *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpHttpListener, jp_http_listener_unref)

G_END_DECLS
