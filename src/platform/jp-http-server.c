/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-http-server.h"

#include "jp-date.h"
#include "jp-http-exchange.h"
#include "jp-http-server-private.h"
#include "jp-platform-error.h"
#include "jp-wire-http.h"

#include <sys/socket.h>

/* Below the usual limit of 1,024 file descriptors. */
#define MAX_CONNECTIONS      960
#define MAX_REQUESTS         512
#define MAX_PARKED           900
#define HANDSHAKE_TIMEOUT_MS 10000
#define HEADER_TIMEOUT_MS    20000
#define BODY_TIMEOUT_MS      60000
#define WRITE_TIMEOUT_MS     60000
#define IDLE_TIMEOUT_MS      130000 /* the client gives up at 120 s, so it is never surprised */

G_DEFINE_FINAL_TYPE (JpHttpServer, jp_http_server, G_TYPE_OBJECT)

static guint
get_n_requests (JpHttpServer *self)
{
  return g_hash_table_size (self->exchanges) - self->n_parked;
}

static gboolean
has_bad_certificate (JpHttpServer *self, SoupServerMessage *message)
{
  return self->listener &&
         jp_http_listener_has_bad_certificate (self->listener,
                                               soup_server_message_get_remote_address (message));
}

/* What is wrong with a request before its body is there, or NULL. */
static JpHttpResponse *
check_headers (JpHttpServer *self, JpHttpExchange *exchange, const char *path)
{
  SoupServerMessage  *message = exchange->message;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  JpHttpResponse     *problem = NULL;
  goffset             announced_bytes = 0;

  if (has_bad_certificate (self, message))
    {
      return jp_http_response_new_problem (&(JpHttpProblem){
        .status = 401,
        .type = JP_WIRE_PROBLEM_AUTH,
        .title = "The certificate of the station is not acceptable",
      });
    }

  exchange->route = jp_http_router_find (self->router, soup_server_message_get_method (message),
                                         path, &exchange->params, &problem);
  if (!exchange->route)
    return problem;

  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH)
    announced_bytes = MAX (soup_message_headers_get_content_length (headers), 0);
  return jp_http_router_check_body (exchange->route,
                                    soup_message_headers_get_one (headers, "Content-Encoding"),
                                    (guint64)announced_bytes);
}

/* The headers are there: find the route, and refuse what would be refused anyway before its body
 * is read. */
static void
got_headers_cb (SoupServer        *soup,
                SoupServerMessage *message,
                const char        *path,
                GHashTable        *query,
                gpointer           user_data)
{
  JpHttpServer   *self = user_data;
  gboolean        is_busy = get_n_requests (self) >= self->options.max_requests;
  JpHttpExchange *exchange = jp_http_exchange_new (self, message);

  g_hash_table_insert (self->exchanges, message, exchange);
  jp_http_exchange_set_timeout (exchange, self->options.body_timeout_ms);
  if (is_busy)
    {
      jp_http_exchange_refuse_busy (exchange);
      return;
    }

  g_autoptr (JpHttpResponse) problem = check_headers (self, exchange, path);
  if (problem)
    jp_http_exchange_refuse (exchange, problem);
}

static JpHttpRequest *
new_request (JpHttpServer *self, SoupServerMessage *message, GError **error)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  GUri               *uri = soup_server_message_get_uri (message);
  GSocketAddress     *remote = soup_server_message_get_remote_address (message);
  g_autoptr (GBytes) body =
    soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autofree char *remote_text =
    g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));

  return jp_http_request_new (
    &(JpHttpRequestFields){
      .method = soup_server_message_get_method (message),
      .path = g_uri_get_path (uri),
      .query = g_uri_get_query (uri),
      .authorization = soup_message_headers_get_one (headers, "Authorization"),
      .content_type = soup_message_headers_get_one (headers, "Content-Type"),
      .content_encoding = soup_message_headers_get_one (headers, "Content-Encoding"),
      .accept_encoding = soup_message_headers_get_list (headers, "Accept-Encoding"),
      .sync_protocol = soup_message_headers_get_one (headers, JP_WIRE_PROTOCOL_HEADER),
      .sync_schema = soup_message_headers_get_one (headers, JP_WIRE_SCHEMA_HEADER),
      .if_none_match = soup_message_headers_get_one (headers, "If-None-Match"),
      .remote = remote_text,
      .peer_certificate = jp_http_listener_get_peer_certificate (self->listener, remote),
      .body = body,
    },
    error);
}

static void
got_body_cb (SoupServer        *soup,
             SoupServerMessage *message,
             const char        *path,
             GHashTable        *query,
             gpointer           user_data)
{
  JpHttpServer   *self = user_data;
  JpHttpExchange *exchange = g_hash_table_lookup (self->exchanges, message);
  g_autoptr (GError) error = NULL;

  g_assert (exchange != NULL && exchange->route != NULL && !exchange->refused);
  jp_http_exchange_set_timeout (exchange, 0);
  soup_server_message_pause (message);

  exchange->request = new_request (self, message, &error);
  soup_message_body_truncate (soup_server_message_get_request_body (message));
  if (!exchange->request)
    {
      g_autoptr (JpHttpResponse) problem = jp_http_response_new_problem (&(JpHttpProblem){
        .status = 400,
        .type = JP_WIRE_PROBLEM_BAD_REQUEST,
        .title = "The request is malformed",
        .detail = error->message,
      });

      jp_http_exchange_respond (exchange, problem);
      return;
    }

  jp_http_request_set_params (exchange->request, exchange->params);
  jp_http_exchange_run (exchange);
}

/* The answer was sent, or cannot be sent. */
static void
finished_cb (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  JpHttpServer   *self = user_data;
  JpHttpExchange *exchange = NULL;

  if (!g_hash_table_steal_extended (self->exchanges, message, NULL, (gpointer *)&exchange))
    return;

  gint64 took_us = jp_clock_monotonic_us (self->options.clock) - exchange->started_us;
  g_debug ("%s %s: %u after %" G_GINT64_FORMAT " ms", soup_server_message_get_method (message),
           exchange->route ? exchange->route->path : "(no route)",
           soup_server_message_get_status (message), took_us / (JP_SECOND_US / 1000));
  self->n_answered++;
  if (self->listener)
    jp_http_listener_set_between_requests (self->listener,
                                           soup_server_message_get_remote_address (message),
                                           self->options.idle_timeout_ms);
  jp_http_exchange_finish (exchange);
  jp_http_exchange_unref (exchange);
}

/* libsoup makes the message before it reads, so that even its own answers carry the header. */
static void
request_started_cb (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                JP_WIRE_PROTOCOL_HEADER, JP_WIRE_PROTOCOL_VERSION);
}

static void
connected_cb (GIOStream *stream, GSocketAddress *local, GSocketAddress *remote, gpointer user_data)
{
  JpHttpServer *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!soup_server_accept_iostream (self->soup, stream, local, remote, &error))
    g_debug ("could not serve a connection: %s", error->message);
}

/* libsoup keeps connections alive only while it believes that it listens (soup-server.c,
 * request_finished), so it gets one end of a pair of sockets on which nothing ever arrives. */
static void
pretend_to_listen (JpHttpServer *self)
{
  int fds[2] = { -1, -1 };
  g_autoptr (GError) error = NULL;

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
    g_error ("could not make a pair of sockets");

  g_autoptr (GSocket) ours = g_socket_new_from_fd (fds[0], &error);
  g_assert_no_error (error);
  g_autoptr (GSocket) theirs = g_socket_new_from_fd (fds[1], &error);
  g_assert_no_error (error);
  soup_server_listen_socket (self->soup, theirs, 0, &error);
  g_assert_no_error (error);
  self->keep_alive = g_steal_pointer (&ours);
}

static void
jp_http_server_dispose (GObject *object)
{
  JpHttpServer *self = JP_HTTP_SERVER (object);

  jp_http_server_stop (self);
  g_clear_object (&self->keep_alive);
  g_clear_object (&self->options.clock);
  g_clear_object (&self->options.authority);
  g_clear_pointer (&self->router, jp_http_router_unref);

  G_OBJECT_CLASS (jp_http_server_parent_class)->dispose (object);
}

static void
jp_http_server_finalize (GObject *object)
{
  JpHttpServer *self = JP_HTTP_SERVER (object);

  g_hash_table_unref (self->exchanges);
  jp_http_topics_free (self->topics);

  G_OBJECT_CLASS (jp_http_server_parent_class)->finalize (object);
}

static void
jp_http_server_class_init (JpHttpServerClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = jp_http_server_dispose;
  object_class->finalize = jp_http_server_finalize;
}

static void
jp_http_server_init (JpHttpServer *self)
{
  self->exchanges = g_hash_table_new (g_direct_hash, g_direct_equal);
  self->topics = jp_http_topics_new ();
}

static void
set_default (guint *value, guint usual)
{
  if (*value == 0)
    *value = usual;
}

static void
set_options (JpHttpServer *self, const JpHttpServerOptions *options)
{
  self->options = *options;
  g_object_ref (self->options.clock);
  if (self->options.authority)
    g_object_ref (self->options.authority);
  set_default (&self->options.max_connections, MAX_CONNECTIONS);
  set_default (&self->options.max_requests, MAX_REQUESTS);
  set_default (&self->options.max_parked, MAX_PARKED);
  set_default (&self->options.handshake_timeout_ms, HANDSHAKE_TIMEOUT_MS);
  set_default (&self->options.header_timeout_ms, HEADER_TIMEOUT_MS);
  set_default (&self->options.body_timeout_ms, BODY_TIMEOUT_MS);
  set_default (&self->options.write_timeout_ms, WRITE_TIMEOUT_MS);
  set_default (&self->options.idle_timeout_ms, IDLE_TIMEOUT_MS);
}

/**
 * jp_http_server_new:
 * @router: what to answer; its routes must all be there
 * @certificate: the server's certificate with its key
 * @options: the limits
 *
 * Makes a server that does not listen yet, for the calling thread's main context.
 *
 * Returns: (transfer full): the server
 */
JpHttpServer *
jp_http_server_new (JpHttpRouter              *router,
                    GTlsCertificate           *certificate,
                    const JpHttpServerOptions *options)
{
  g_return_val_if_fail (router != NULL, NULL);
  g_return_val_if_fail (G_IS_TLS_CERTIFICATE (certificate), NULL);
  g_return_val_if_fail (options != NULL && JP_IS_CLOCK (options->clock), NULL);

  JpHttpServer *self = g_object_new (JP_TYPE_HTTP_SERVER, NULL);
  set_options (self, options);
  self->router = jp_http_router_ref (router);
  self->listener = jp_http_listener_new (
    &(JpHttpListenerOptions){
      .clock = self->options.clock,
      .authority = self->options.authority,
      .ask_certificates = self->options.ask_certificates,
      .max_connections = self->options.max_connections,
      .handshake_timeout_ms = self->options.handshake_timeout_ms,
      .idle_timeout_ms = self->options.header_timeout_ms,
    },
    certificate, connected_cb, self);
  self->soup = soup_server_new ("raw-paths", TRUE, "server-header", NULL, NULL);
  pretend_to_listen (self);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (request_started_cb), self);
  g_signal_connect (self->soup, "request-finished", G_CALLBACK (finished_cb), self);
  g_signal_connect (self->soup, "request-aborted", G_CALLBACK (finished_cb), self);
  soup_server_add_early_handler (self->soup, NULL, got_headers_cb, self, NULL);
  soup_server_add_handler (self->soup, NULL, got_body_cb, self, NULL);

  return self;
}

/**
 * jp_http_server_set_certificate:
 * @self: a server
 * @certificate: a renewed certificate with its key
 *
 * Changes the certificate for connections from now on.
 */
void
jp_http_server_set_certificate (JpHttpServer *self, GTlsCertificate *certificate)
{
  g_return_if_fail (JP_IS_HTTP_SERVER (self));
  g_return_if_fail (self->listener != NULL);

  jp_http_listener_set_certificate (self->listener, certificate);
}

/* Listens on both families; a machine without IPv6 is none the worse. */
static gboolean
listen_on (JpHttpServer *self, GInetAddress *ipv4, GInetAddress *ipv6, guint16 port, GError **error)
{
  g_autoptr (GError) ipv6_error = NULL;

  if (!jp_http_listener_listen (self->listener, ipv4, port, error))
    return FALSE;
  if (!jp_http_listener_listen (self->listener, ipv6, jp_http_listener_get_port (self->listener),
                                &ipv6_error))
    g_debug ("no IPv6: %s", ipv6_error->message);

  return TRUE;
}

/**
 * jp_http_server_listen_local:
 * @self: a server
 * @port: the port; 0 = any that is free
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Starts to serve programs of this machine.
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_IO`
 */
gboolean
jp_http_server_listen_local (JpHttpServer *self, guint16 port, GError **error)
{
  g_return_val_if_fail (JP_IS_HTTP_SERVER (self), FALSE);
  g_return_val_if_fail (self->listener != NULL, FALSE);

  g_autoptr (GInetAddress) ipv4 = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GInetAddress) ipv6 = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV6);

  return listen_on (self, ipv4, ipv6, port, error);
}

/**
 * jp_http_server_listen_all:
 * @self: a server
 * @port: the port; 0 = any that is free
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Starts to serve everybody who reaches this machine.
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_IO`
 */
gboolean
jp_http_server_listen_all (JpHttpServer *self, guint16 port, GError **error)
{
  g_return_val_if_fail (JP_IS_HTTP_SERVER (self), FALSE);
  g_return_val_if_fail (self->listener != NULL, FALSE);

  g_autoptr (GInetAddress) ipv4 = g_inet_address_new_any (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GInetAddress) ipv6 = g_inet_address_new_any (G_SOCKET_FAMILY_IPV6);

  return listen_on (self, ipv4, ipv6, port, error);
}

/**
 * jp_http_server_get_port:
 * @self: a server
 *
 * Returns: the port, or 0 if it does not listen
 */
guint16
jp_http_server_get_port (JpHttpServer *self)
{
  g_return_val_if_fail (JP_IS_HTTP_SERVER (self), 0);

  return self->listener ? jp_http_listener_get_port (self->listener) : 0;
}

/**
 * jp_http_server_dup_uri:
 * @self: a server that listens
 *
 * Returns: (transfer full): where programs of this machine reach it, e.g. "https://localhost:8443"
 */
char *
jp_http_server_dup_uri (JpHttpServer *self)
{
  g_return_val_if_fail (JP_IS_HTTP_SERVER (self), NULL);

  return g_strdup_printf ("https://localhost:%u", jp_http_server_get_port (self));
}

/**
 * jp_http_server_wake:
 * @self: a server
 * @topic: what has changed, e.g. a school's id
 *
 * Calls the handlers of all requests that wait for @topic once more, and of those that are just
 * about to wait.
 */
void
jp_http_server_wake (JpHttpServer *self, const char *topic)
{
  g_return_if_fail (JP_IS_HTTP_SERVER (self));
  g_return_if_fail (topic != NULL);

  g_autoptr (GPtrArray) woken =
    g_ptr_array_new_with_free_func ((GDestroyNotify)jp_http_exchange_unref);
  GHashTableIter  iter;
  JpHttpExchange *exchange = NULL;

  jp_http_topics_wake (self->topics, topic);
  g_hash_table_iter_init (&iter, self->exchanges);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&exchange))
    {
      if (g_strcmp0 (exchange->topic, topic) == 0)
        g_ptr_array_add (woken, jp_http_exchange_ref (exchange));
    }
  for (guint i = 0; i < woken->len; i++)
    jp_http_exchange_wake (g_ptr_array_index (woken, i));
}

/**
 * jp_http_server_stop:
 * @self: a server
 *
 * Stops listening and ends all connections. Requests that are being answered are finished by their
 * workers, but nobody hears the answer; clients repeat them.
 */
void
jp_http_server_stop (JpHttpServer *self)
{
  g_return_if_fail (JP_IS_HTTP_SERVER (self));

  GHashTableIter  iter;
  JpHttpExchange *exchange = NULL;

  if (!self->soup)
    return;

  g_object_ref (self);
  jp_http_listener_stop (self->listener);
  soup_server_disconnect (self->soup);
  g_hash_table_iter_init (&iter, self->exchanges);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&exchange))
    {
      g_hash_table_iter_steal (&iter);
      jp_http_exchange_finish (exchange);
      jp_http_exchange_unref (exchange);
    }
  g_signal_handlers_disconnect_by_data (self->soup, self);
  g_clear_object (&self->soup);
  g_clear_pointer (&self->listener, jp_http_listener_unref);
  g_object_unref (self);
}

/**
 * jp_http_server_get_counts:
 * @self: a server
 * @out_counts: (out): what it has to do
 *
 * Tells the figures of the admin page and of the tests.
 */
void
jp_http_server_get_counts (JpHttpServer *self, JpHttpServerCounts *out_counts)
{
  g_return_if_fail (JP_IS_HTTP_SERVER (self));
  g_return_if_fail (out_counts != NULL);

  *out_counts = (JpHttpServerCounts){
    .n_requests = get_n_requests (self),
    .n_parked = self->n_parked,
    .n_answered = self->n_answered,
    .n_refused = self->n_refused,
  };
  if (self->listener)
    {
      out_counts->n_connections = jp_http_listener_get_n_connections (self->listener);
      out_counts->n_accepted = jp_http_listener_get_n_accepted (self->listener);
      out_counts->n_dropped = jp_http_listener_get_n_dropped (self->listener);
    }
}
