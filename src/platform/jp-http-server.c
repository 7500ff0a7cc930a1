/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-http-server.h"

#include "jp-date.h"
#include "jp-http-listener.h"
#include "jp-platform-error.h"
#include "jp-wire-http.h"

#include <libsoup/soup.h>
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
/* What is read and thrown away of a body that is too large, so that the client sees the answer. */
#define MAX_DRAIN_BYTES ((guint64)16 * 1024 * 1024)
#define BUSY_RETRY_S    1
#define MAX_TOPICS      4096

struct _JpHttpServer
{
  GObject parent_instance;

  JpHttpServerOptions options;     /* clock and authority are references */
  JpHttpRouter       *router;      /* (owned) */
  SoupServer         *soup;        /* (owned) (nullable): NULL once stopped */
  JpHttpListener     *listener;    /* (owned) (nullable): NULL once stopped */
  GSocket            *keep_alive;  /* (owned): other end of what libsoup believes to listen on */
  GHashTable         *exchanges;   /* (owned): SoupServerMessage → Exchange (owned) */
  GHashTable         *topics;      /* (owned): topic → serial of its last wake */
  guint64             wake_serial; /* counts wakes */
  guint64             topic_floor; /* wakes up to here are no longer told apart */
  guint               n_parked;
  guint64             n_answered;
  guint64             n_refused;
};

/* A request from its headers to the end of its answer. */
typedef struct
{
  JpHttpServer      *server;         /* (owned) */
  SoupServerMessage *message;        /* (owned) */
  const JpHttpRoute *route;          /* (nullable): of the router; NULL = refused at once */
  GHashTable        *params;         /* (owned) (nullable) */
  JpHttpRequest     *request;        /* (owned) (nullable): once the body is there */
  char              *topic;          /* (owned) (nullable): what it waits for */
  GSource           *timeout;        /* (owned) (nullable): of the waiting */
  guint64            received_bytes; /* of the body */
  guint64            wake_serial;    /* the server's when the handler was called */
  gint64             started_us;     /* monotonic */
  gint64             park_until_us;  /* monotonic; 0 = never parked */
  gboolean           refused;        /* answered before the body was there */
  gboolean           finished;       /* nobody waits for the answer any more */
} Exchange;

/* One call of a handler. */
typedef struct
{
  JpHttpRouter      *router;  /* in (owned): keeps the route */
  const JpHttpRoute *route;   /* in */
  JpHttpRequest     *request; /* in (owned) */
} Run;

G_DEFINE_FINAL_TYPE (JpHttpServer, jp_http_server, G_TYPE_OBJECT)

static void run (Exchange *exchange);

static void
exchange_stop_waiting (Exchange *exchange)
{
  if (exchange->timeout)
    {
      g_source_destroy (exchange->timeout);
      g_clear_pointer (&exchange->timeout, g_source_unref);
    }
  if (exchange->topic)
    exchange->server->n_parked--;
  g_clear_pointer (&exchange->topic, g_free);
}

static void
exchange_clear (gpointer data)
{
  Exchange *exchange = data;

  exchange_stop_waiting (exchange);
  g_clear_pointer (&exchange->params, g_hash_table_unref);
  g_clear_pointer (&exchange->request, jp_http_request_unref);
  g_clear_object (&exchange->message);
  g_clear_object (&exchange->server);
}

static void
exchange_unref (Exchange *exchange)
{
  g_rc_box_release_full (exchange, exchange_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Exchange, exchange_unref)

static void
run_free (Run *data)
{
  jp_http_router_unref (data->router);
  jp_http_request_unref (data->request);
  g_free (data);
}

static void
set_timeout (JpHttpServer *self, SoupServerMessage *message, guint timeout_ms)
{
  if (self->listener)
    jp_http_listener_set_timeout (self->listener, soup_server_message_get_remote_address (message),
                                  timeout_ms);
}

/* Puts the answer into the message; libsoup sends it when it is ready to. */
static void
fill_response (SoupServerMessage *message, JpHttpResponse *response)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  GBytes             *body = jp_http_response_get_body (response);
  const char         *content_type = jp_http_response_get_content_type (response);
  const char         *etag = jp_http_response_get_etag (response);
  const char         *allow = jp_http_response_get_allow (response);
  guint               retry_after_s = jp_http_response_get_retry_after_s (response);

  if (content_type)
    soup_message_headers_replace (headers, "Content-Type", content_type);
  if (etag)
    soup_message_headers_replace (headers, "ETag", etag);
  if (allow)
    soup_message_headers_replace (headers, "Allow", allow);
  if (retry_after_s > 0)
    {
      g_autofree char *text = g_strdup_printf ("%u", retry_after_s);

      soup_message_headers_replace (headers, "Retry-After", text);
    }
  if (jp_http_response_is_packed (response))
    soup_message_headers_replace (headers, "Content-Encoding", "gzip");
  soup_message_headers_replace (headers, "Vary", "Accept-Encoding");
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  if (g_bytes_get_size (body) > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), body);
  soup_server_message_set_status (message, jp_http_response_get_status (response), NULL);
}

/* Answers without a handler; what is still to come of the body is thrown away. */
static void
refuse (Exchange *exchange, JpHttpResponse *response)
{
  SoupMessageBody *body = soup_server_message_get_request_body (exchange->message);

  exchange->refused = TRUE;
  soup_message_body_set_accumulate (body, FALSE);
  soup_message_body_truncate (body);
  fill_response (exchange->message, response);
}

static JpHttpResponse *
new_busy (JpHttpServer *self)
{
  self->n_refused++;

  return jp_http_response_new_problem (&(JpHttpProblem){
    .status = 503,
    .type = JP_WIRE_PROBLEM_BUSY,
    .title = "The platform is busy",
    .retry_after_s = BUSY_RETRY_S,
  });
}

static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  Exchange     *exchange = user_data;
  JpHttpServer *self = exchange->server;

  exchange->received_bytes += g_bytes_get_size (chunk);
  if (exchange->refused)
    {
      if (exchange->received_bytes > MAX_DRAIN_BYTES && self->listener)
        jp_http_listener_drop (self->listener, soup_server_message_get_remote_address (message));
      return;
    }

  const char *encoding =
    soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                  "Content-Encoding");
  g_autoptr (JpHttpResponse) problem =
    jp_http_router_check_body (exchange->route, encoding, exchange->received_bytes);
  if (problem)
    refuse (exchange, problem);
}

static Exchange *
add_exchange (JpHttpServer *self, SoupServerMessage *message)
{
  Exchange *exchange = g_rc_box_new0 (Exchange);

  exchange->server = g_object_ref (self);
  exchange->message = g_object_ref (message);
  exchange->started_us = jp_clock_monotonic_us (self->options.clock);
  g_hash_table_insert (self->exchanges, message, exchange);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), exchange);

  return exchange;
}

static guint
get_n_requests (JpHttpServer *self)
{
  return g_hash_table_size (self->exchanges) - self->n_parked;
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
  JpHttpServer       *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  gboolean            busy = get_n_requests (self) >= self->options.max_requests;
  Exchange           *exchange = add_exchange (self, message);
  g_autoptr (JpHttpResponse) problem = NULL;

  set_timeout (self, message, self->options.body_timeout_ms);
  exchange->route = jp_http_router_find (self->router, soup_server_message_get_method (message),
                                         path, &exchange->params, &problem);
  if (busy)
    {
      g_clear_pointer (&problem, jp_http_response_unref);
      problem = new_busy (self);
    }
  if (!problem)
    {
      goffset announced_bytes =
        soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
          ? soup_message_headers_get_content_length (headers)
          : 0;

      problem =
        jp_http_router_check_body (exchange->route,
                                   soup_message_headers_get_one (headers, "Content-Encoding"),
                                   (guint64)MAX (announced_bytes, 0));
    }
  if (problem)
    refuse (exchange, problem);
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

/* The handler is done: send its answer, unless the client has left. */
static void
respond (Exchange *exchange, JpHttpResponse *response)
{
  if (exchange->finished)
    return;

  fill_response (exchange->message, response);
  set_timeout (exchange->server, exchange->message, exchange->server->options.write_timeout_ms);
  soup_server_message_unpause (exchange->message);
}

static gboolean
park_timeout_cb (gpointer data)
{
  Exchange *exchange = data;

  g_autoptr (JpHttpRequest) last = jp_http_request_new_last_call (exchange->request);
  jp_http_request_unref (exchange->request);
  exchange->request = g_steal_pointer (&last);
  exchange_stop_waiting (exchange);
  run (exchange);

  return G_SOURCE_REMOVE;
}

static gboolean
was_woken (JpHttpServer *self, const char *topic, guint64 since_serial)
{
  const guint64 *serial = g_hash_table_lookup (self->topics, topic);

  return (serial ? *serial : self->topic_floor) > since_serial;
}

/* Keeps the request until its topic is woken or its time is up. */
static void
park (Exchange *exchange, const char *topic, guint timeout_ms)
{
  JpHttpServer *self = exchange->server;
  gint64        now_us = jp_clock_monotonic_us (self->options.clock);

  if (was_woken (self, topic, exchange->wake_serial))
    {
      run (exchange);
      return;
    }
  if (exchange->park_until_us == 0)
    exchange->park_until_us = now_us + timeout_ms * (JP_SECOND_US / 1000);

  gint64 left_us = MAX (exchange->park_until_us - now_us, 0);
  if (self->n_parked >= self->options.max_parked)
    left_us = 0;

  exchange->topic = g_strdup (topic);
  self->n_parked++;
  exchange->timeout = g_timeout_source_new ((guint)(left_us / (JP_SECOND_US / 1000)));
  g_source_set_callback (exchange->timeout, park_timeout_cb, exchange, NULL);
  g_source_attach (exchange->timeout, g_main_context_get_thread_default ());
}

static void
take_response (Exchange *exchange, JpHttpResponse *response)
{
  const char *topic = jp_http_response_get_park_topic (response);

  if (exchange->finished)
    return;
  if (!topic)
    {
      respond (exchange, response);
      return;
    }

  /* A handler that parks on the last call would never answer. */
  g_assert (!jp_http_request_is_last_call (exchange->request));
  park (exchange, topic, jp_http_response_get_park_timeout_ms (response));
}

static void
run_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Run *data = task_data;

  g_task_return_pointer (task, jp_http_router_run (data->route, data->request),
                         (GDestroyNotify)jp_http_response_unref);
}

static void
ran_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Exchange) exchange = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpHttpResponse) response = g_task_propagate_pointer (G_TASK (result), &error);

  /* The worker is shutting down. */
  if (!response)
    response = new_busy (exchange->server);
  take_response (exchange, response);
}

/* Calls the handler, on its worker if it has one. */
static void
run (Exchange *exchange)
{
  JpHttpServer *self = exchange->server;
  JpWorker     *worker = exchange->route->worker;

  exchange->wake_serial = self->wake_serial;
  if (!worker)
    {
      g_autoptr (JpHttpResponse) response = jp_http_router_run (exchange->route, exchange->request);

      take_response (exchange, response);
      return;
    }

  /* The task has no source object, so that the last reference to the server is never dropped by
   * the worker. */
  g_autoptr (GTask) task = g_task_new (NULL, NULL, ran_cb, g_rc_box_acquire (exchange));
  Run *data = g_new0 (Run, 1);
  data->router = jp_http_router_ref (self->router);
  data->route = exchange->route;
  data->request = jp_http_request_ref (exchange->request);
  g_task_set_source_tag (task, run);
  g_task_set_task_data (task, data, (GDestroyNotify)run_free);
  jp_worker_queue (worker, exchange->route->priority, run_in_worker, g_steal_pointer (&task));
}

static void
got_body_cb (SoupServer        *soup,
             SoupServerMessage *message,
             const char        *path,
             GHashTable        *query,
             gpointer           user_data)
{
  JpHttpServer *self = user_data;
  Exchange     *exchange = g_hash_table_lookup (self->exchanges, message);
  g_autoptr (GError) error = NULL;

  g_assert (exchange != NULL && exchange->route != NULL && !exchange->refused);
  set_timeout (self, message, 0);
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

      respond (exchange, problem);
      return;
    }

  jp_http_request_set_params (exchange->request, exchange->params);
  run (exchange);
}

static void
finish_exchange (Exchange *exchange)
{
  exchange->finished = TRUE;
  exchange_stop_waiting (exchange);
  g_signal_handlers_disconnect_by_func (exchange->message, got_chunk_cb, exchange);
  exchange_unref (exchange);
}

/* The answer was sent, or cannot be sent. */
static void
finished_cb (SoupServer *soup, SoupServerMessage *message, gpointer user_data)
{
  JpHttpServer *self = user_data;
  Exchange     *exchange = NULL;

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
  finish_exchange (exchange);
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
  g_hash_table_unref (self->topics);

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
  self->topics = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
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

  g_autoptr (GPtrArray) woken = g_ptr_array_new_with_free_func ((GDestroyNotify)exchange_unref);
  GHashTableIter iter;
  Exchange      *exchange = NULL;

  if (g_hash_table_size (self->topics) >= MAX_TOPICS)
    {
      g_hash_table_remove_all (self->topics);
      self->topic_floor = self->wake_serial;
    }
  self->wake_serial++;
  g_hash_table_insert (self->topics, g_strdup (topic),
                       g_memdup2 (&self->wake_serial, sizeof self->wake_serial));

  g_hash_table_iter_init (&iter, self->exchanges);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&exchange))
    {
      if (g_strcmp0 (exchange->topic, topic) == 0)
        g_ptr_array_add (woken, g_rc_box_acquire (exchange));
    }
  for (guint i = 0; i < woken->len; i++)
    {
      exchange = g_ptr_array_index (woken, i);
      exchange_stop_waiting (exchange);
      run (exchange);
    }
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

  GHashTableIter iter;
  Exchange      *exchange = NULL;

  if (!self->soup)
    return;

  g_object_ref (self);
  jp_http_listener_stop (self->listener);
  soup_server_disconnect (self->soup);
  g_hash_table_iter_init (&iter, self->exchanges);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&exchange))
    {
      g_hash_table_iter_steal (&iter);
      finish_exchange (exchange);
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
