/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-http-exchange.h"

#include "jp-date.h"
#include "jp-http-server-private.h"
#include "jp-wire-http.h"

/* What is read and thrown away of a body that is too large, so that the client sees the answer. */
#define MAX_DRAIN_BYTES ((guint64)16 * 1024 * 1024)
#define BUSY_RETRY_S    1

/* One call of a handler. */
typedef struct
{
  JpHttpRouter      *router;  /* in (owned): keeps the route */
  const JpHttpRoute *route;   /* in */
  JpHttpRequest     *request; /* in (owned) */
} Run;

static void
stop_waiting (JpHttpExchange *self)
{
  if (self->timeout)
    {
      g_source_destroy (self->timeout);
      g_clear_pointer (&self->timeout, g_source_unref);
    }
  if (self->topic)
    self->server->n_parked--;
  g_clear_pointer (&self->topic, g_free);
}

static void
exchange_clear (gpointer data)
{
  JpHttpExchange *self = data;

  stop_waiting (self);
  g_clear_pointer (&self->params, g_hash_table_unref);
  g_clear_pointer (&self->request, jp_http_request_unref);
  g_clear_object (&self->message);
  g_clear_object (&self->server);
}

static void
run_free (Run *data)
{
  jp_http_router_unref (data->router);
  jp_http_request_unref (data->request);
  g_free (data);
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
  const char         *upload_offset = jp_http_response_get_upload_offset (response);
  guint               retry_after_s = jp_http_response_get_retry_after_s (response);

  if (content_type)
    soup_message_headers_replace (headers, "Content-Type", content_type);
  if (etag)
    soup_message_headers_replace (headers, "ETag", etag);
  if (allow)
    soup_message_headers_replace (headers, "Allow", allow);
  if (upload_offset)
    soup_message_headers_replace (headers, "Upload-Offset", upload_offset);
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

static JpHttpResponse *
new_busy (JpHttpServer *server)
{
  server->n_refused++;

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
  JpHttpExchange *self = user_data;
  JpHttpServer   *server = self->server;

  self->received_bytes += g_bytes_get_size (chunk);
  if (self->refused)
    {
      if (self->received_bytes > MAX_DRAIN_BYTES && server->listener)
        jp_http_listener_drop (server->listener, soup_server_message_get_remote_address (message));
      return;
    }

  const char *encoding =
    soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                  "Content-Encoding");
  g_autoptr (JpHttpResponse) problem =
    jp_http_router_check_body (self->route, encoding, self->received_bytes);
  if (problem)
    jp_http_exchange_refuse (self, problem);
}

static gboolean
park_timeout_cb (gpointer data)
{
  JpHttpExchange *self = data;

  g_autoptr (JpHttpRequest) last = jp_http_request_new_last_call (self->request);
  jp_http_request_unref (self->request);
  self->request = g_steal_pointer (&last);
  stop_waiting (self);
  jp_http_exchange_run (self);

  return G_SOURCE_REMOVE;
}

/* Keeps the request until its topic is woken or its time is up. */
static void
park (JpHttpExchange *self, const char *topic, guint timeout_ms)
{
  JpHttpServer *server = self->server;
  gint64        now_us = jp_clock_monotonic_us (server->options.clock);

  if (jp_http_topics_was_woken (server->topics, topic, self->wake_serial))
    {
      jp_http_exchange_run (self);
      return;
    }
  if (self->park_until_us == 0)
    self->park_until_us = now_us + timeout_ms * (JP_SECOND_US / 1000);

  gint64 left_us = MAX (self->park_until_us - now_us, 0);
  if (server->n_parked >= server->options.max_parked)
    left_us = 0;

  self->topic = g_strdup (topic);
  server->n_parked++;
  self->timeout = g_timeout_source_new ((guint)(left_us / (JP_SECOND_US / 1000)));
  g_source_set_callback (self->timeout, park_timeout_cb, self, NULL);
  g_source_attach (self->timeout, g_main_context_get_thread_default ());
}

static void
take_response (JpHttpExchange *self, JpHttpResponse *response)
{
  const char *topic = jp_http_response_get_park_topic (response);

  if (self->finished)
    return;
  if (!topic)
    {
      jp_http_exchange_respond (self, response);
      return;
    }

  /* A handler that parks on the last call would never answer. */
  g_assert (!jp_http_request_is_last_call (self->request));
  park (self, topic, jp_http_response_get_park_timeout_ms (response));
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
  g_autoptr (JpHttpExchange) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpHttpResponse) response = g_task_propagate_pointer (G_TASK (result), &error);

  /* The worker is shutting down. */
  if (!response)
    response = new_busy (self->server);
  take_response (self, response);
}

/**
 * jp_http_exchange_new:
 * @server: the server
 * @message: a message of which the headers are there
 *
 * Returns: (transfer full): an exchange without a route
 */
JpHttpExchange *
jp_http_exchange_new (JpHttpServer *server, SoupServerMessage *message)
{
  g_return_val_if_fail (JP_IS_HTTP_SERVER (server), NULL);
  g_return_val_if_fail (SOUP_IS_SERVER_MESSAGE (message), NULL);

  JpHttpExchange *self = g_rc_box_new0 (JpHttpExchange);
  self->server = g_object_ref (server);
  self->message = g_object_ref (message);
  self->started_us = jp_clock_monotonic_us (server->options.clock);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), self);

  return self;
}

/**
 * jp_http_exchange_ref:
 * @self: an exchange
 *
 * Returns: (transfer full): @self
 */
JpHttpExchange *
jp_http_exchange_ref (JpHttpExchange *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

/**
 * jp_http_exchange_unref:
 * @self: (nullable) (transfer full): an exchange
 *
 * Drops a reference.
 */
void
jp_http_exchange_unref (JpHttpExchange *self)
{
  if (self)
    g_rc_box_release_full (self, exchange_clear);
}

/**
 * jp_http_exchange_set_timeout:
 * @self: an exchange
 * @timeout_ms: how long the other side has from now on for its part; 0 = no limit
 *
 * Says what the other side has time for.
 */
void
jp_http_exchange_set_timeout (JpHttpExchange *self, guint timeout_ms)
{
  g_return_if_fail (self != NULL);

  if (self->server->listener)
    jp_http_listener_set_timeout (self->server->listener,
                                  soup_server_message_get_remote_address (self->message),
                                  timeout_ms);
}

/**
 * jp_http_exchange_refuse:
 * @self: an exchange whose body is not all there yet
 * @response: the answer
 *
 * Answers without a handler; what is still to come of the body is thrown away.
 */
void
jp_http_exchange_refuse (JpHttpExchange *self, JpHttpResponse *response)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (response != NULL);

  SoupMessageBody *body = soup_server_message_get_request_body (self->message);

  self->refused = TRUE;
  soup_message_body_set_accumulate (body, FALSE);
  soup_message_body_truncate (body);
  fill_response (self->message, response);
}

/**
 * jp_http_exchange_refuse_busy:
 * @self: an exchange whose body is not all there yet
 *
 * Answers that there are too many requests.
 */
void
jp_http_exchange_refuse_busy (JpHttpExchange *self)
{
  g_return_if_fail (self != NULL);

  g_autoptr (JpHttpResponse) busy = new_busy (self->server);

  jp_http_exchange_refuse (self, busy);
}

/**
 * jp_http_exchange_run:
 * @self: an exchange with a route and a request, not waiting
 *
 * Calls the handler, on its worker if it has one.
 */
void
jp_http_exchange_run (JpHttpExchange *self)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (self->route != NULL && self->request != NULL);
  g_return_if_fail (self->topic == NULL);

  JpHttpServer *server = self->server;
  JpWorker     *worker = self->route->worker;

  self->wake_serial = jp_http_topics_get_serial (server->topics);
  if (!worker)
    {
      g_autoptr (JpHttpResponse) response = jp_http_router_run (self->route, self->request);

      take_response (self, response);
      return;
    }

  /* The task has no source object, so that the last reference to the server is never dropped by
   * the worker. */
  g_autoptr (GTask) task = g_task_new (NULL, NULL, ran_cb, jp_http_exchange_ref (self));
  Run *data = g_new0 (Run, 1);
  data->router = jp_http_router_ref (server->router);
  data->route = self->route;
  data->request = jp_http_request_ref (self->request);
  g_task_set_source_tag (task, jp_http_exchange_run);
  g_task_set_task_data (task, data, (GDestroyNotify)run_free);
  jp_worker_queue (worker, self->route->priority, run_in_worker, g_steal_pointer (&task));
}

/**
 * jp_http_exchange_wake:
 * @self: an exchange that waits
 *
 * Calls the handler once more.
 */
void
jp_http_exchange_wake (JpHttpExchange *self)
{
  g_return_if_fail (self != NULL);

  stop_waiting (self);
  jp_http_exchange_run (self);
}

/**
 * jp_http_exchange_respond:
 * @self: an exchange whose message is paused
 * @response: the answer
 *
 * Sends the answer, unless the client has left.
 */
void
jp_http_exchange_respond (JpHttpExchange *self, JpHttpResponse *response)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (response != NULL);

  if (self->finished)
    return;

  fill_response (self->message, response);
  jp_http_exchange_set_timeout (self, self->server->options.write_timeout_ms);
  soup_server_message_unpause (self->message);
}

/**
 * jp_http_exchange_finish:
 * @self: an exchange
 *
 * Notes that the answer was sent, or that nobody waits for it any more.
 */
void
jp_http_exchange_finish (JpHttpExchange *self)
{
  g_return_if_fail (self != NULL);

  self->finished = TRUE;
  stop_waiting (self);
  g_signal_handlers_disconnect_by_func (self->message, got_chunk_cb, self);
}
