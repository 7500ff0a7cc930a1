/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-clock.h"
#include "jp-http-router.h"

G_BEGIN_DECLS

/* The platform's HTTPS server. There is no way to serve plain HTTP. Main thread only; handlers run
 * on the worker of their route. */

/**
 * JpHttpServerOptions:
 * @clock: (not nullable): measures the time limits
 * @authority: (nullable): issuer of the stations' certificates, see [func@Jp.tls_load_authority];
 *   without it each connection costs some 10 ms more
 * @ask_certificates: ask each station for a certificate of @authority; who shows none is let in,
 * for enrolment, who shows a bad one is not
 * @max_connections: at the same time; more are closed at once
 * @max_requests: being answered at the same time; more get a 503
 * @max_parked: waiting at the same time; more are answered at once
 * @handshake_timeout_ms: for the TLS handshake
 * @header_timeout_ms: from the handshake to the end of the first headers
 * @body_timeout_ms: from the headers to the end of the body
 * @write_timeout_ms: for the answer to be taken
 * @idle_timeout_ms: from an answer to the end of the next headers
 *
 * The limits of a server; 0 = the usual one.
 */
typedef struct
{
  JpClock      *clock;
  GTlsDatabase *authority;
  gboolean      ask_certificates;
  guint         max_connections;
  guint         max_requests;
  guint         max_parked;
  guint         handshake_timeout_ms;
  guint         header_timeout_ms;
  guint         body_timeout_ms;
  guint         write_timeout_ms;
  guint         idle_timeout_ms;
} JpHttpServerOptions;

/**
 * JpHttpServerCounts:
 * @n_connections: there are now
 * @n_requests: being answered now
 * @n_parked: waiting now
 * @n_accepted: connections so far
 * @n_dropped: connections that were late or too many, so far
 * @n_answered: answers so far
 * @n_refused: requests answered with 503 because there were too many, so far
 *
 * What a server has to do.
 */
typedef struct
{
  guint   n_connections;
  guint   n_requests;
  guint   n_parked;
  guint64 n_accepted;
  guint64 n_dropped;
  guint64 n_answered;
  guint64 n_refused;
} JpHttpServerCounts;

#define JP_TYPE_HTTP_SERVER (jp_http_server_get_type ())

G_DECLARE_FINAL_TYPE (JpHttpServer, jp_http_server, JP, HTTP_SERVER, GObject)

JpHttpServer *jp_http_server_new (JpHttpRouter              *router,
                                  GTlsCertificate           *certificate,
                                  const JpHttpServerOptions *options);
void          jp_http_server_set_certificate (JpHttpServer *self, GTlsCertificate *certificate);
gboolean      jp_http_server_listen_local (JpHttpServer *self, guint16 port, GError **error);
gboolean      jp_http_server_listen_all (JpHttpServer *self, guint16 port, GError **error);
guint16       jp_http_server_get_port (JpHttpServer *self);
char         *jp_http_server_dup_uri (JpHttpServer *self);
void          jp_http_server_wake (JpHttpServer *self, const char *topic);
void          jp_http_server_stop (JpHttpServer *self);
void          jp_http_server_get_counts (JpHttpServer *self, JpHttpServerCounts *out_counts);

G_END_DECLS
