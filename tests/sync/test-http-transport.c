/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-http-transport.h"

#include "jp-canned-server.h"
#include "jp-date.h"
#include "jp-gzip.h"
#include "jp-sync-error.h"
#include "jp-test-dir.h"
#include "jp-test-server.h"
#include "jp-test-station.h"
#include "jp-wire-http.h"

#include <string.h>

#define N_POSTS    20
#define N_PARALLEL 200
#define OURS       "Sync-Protocol: 1\r\nContent-Type: application/json\r\n"

/* What the handlers saw of the last request. */
static char  *seen_token;
static char  *seen_path;
static gint64 seen_protocol;
static gint64 seen_schema;
static gsize  seen_body_bytes;
static guint  n_seen;

static JpHttpResponse *
echo_cb (JpHttpRequest *request, gpointer user_data)
{
  n_seen++;
  g_free (seen_token);
  seen_token = g_strdup (jp_http_request_get_token (request));
  g_free (seen_path);
  seen_path = g_strdup (jp_http_request_get_path (request));
  seen_protocol = jp_http_request_get_sync_protocol (request);
  seen_schema = jp_http_request_get_sync_schema (request);
  seen_body_bytes = g_bytes_get_size (jp_http_request_get_body (request));

  return jp_http_response_new (&(JpHttpResponseFields){ .status = 200,
                                                        .content_type = JP_WIRE_TYPE_JSON_UTF8,
                                                        .body = jp_http_request_get_body (request),
                                                        .etag = "\"tag\"" });
}

static JpHttpResponse *
cached_cb (JpHttpRequest *request, gpointer user_data)
{
  guint status =
    g_strcmp0 (jp_http_request_get_if_none_match (request), "\"tag\"") == 0 ? 304 : 200;

  return jp_http_response_new (&(JpHttpResponseFields){
    .status = status, .content_type = JP_WIRE_TYPE_JSON, .etag = "\"tag\"" });
}

/* As many bytes as asked for. */
static JpHttpResponse *
page_cb (JpHttpRequest *request, gpointer user_data)
{
  gint64 size_bytes = 0;

  g_assert_true (
    jp_http_request_get_query_integer (request, "size", 0, 64 << 20, &size_bytes, NULL));
  g_autoptr (GBytes) body = g_bytes_new_take (g_malloc0 (size_bytes), size_bytes);

  return jp_http_response_new (
    &(JpHttpResponseFields){ .status = 200, .content_type = JP_WIRE_TYPE_JSON, .body = body });
}

/* The problem that is asked for. */
static JpHttpResponse *
problem_cb (JpHttpRequest *request, gpointer user_data)
{
  gint64 status = 0;

  g_assert_true (jp_http_request_get_query_integer (request, "status", 400, 599, &status, NULL));
  return jp_http_response_new_problem (&(JpHttpProblem){
    .status = (guint)status,
    .type = jp_http_request_get_query (request, "type"),
    .title = "The title",
    .detail = "The detail",
    .retry_after_s = status == 429 ? 7 : 0,
  });
}

static JpHttpResponse *
wait_cb (JpHttpRequest *request, gpointer user_data)
{
  if (!jp_http_request_is_last_call (request))
    return jp_http_response_new_park ("topic", 20000);

  return jp_http_response_new (
    &(JpHttpResponseFields){ .status = 200, .content_type = JP_WIRE_TYPE_JSON });
}

/* Who the station has proved to be. */
static JpHttpResponse *
who_cb (JpHttpRequest *request, gpointer user_data)
{
  GTlsCertificate *certificate = jp_http_request_get_peer_certificate (request);
  g_autofree char *name = NULL;

  if (certificate)
    g_object_get (certificate, "subject-name", &name, NULL);

  const char *text = name ? name : "nobody";
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  return jp_http_response_new (
    &(JpHttpResponseFields){ .status = 200, .content_type = JP_WIRE_TYPE_JSON, .body = body });
}

static JpHttpRouter *
new_router (void)
{
  JpHttpRouter *router = jp_http_router_new ();

  jp_http_router_add (router, &(JpHttpRoute){ .method = "POST",
                                              .path = "/echo",
                                              .handler = echo_cb,
                                              .max_body_bytes = JP_WIRE_MAX_PUSH_BYTES,
                                              .max_packed_bytes = JP_WIRE_MAX_PUSH_PACKED_BYTES,
                                              .max_inflated_bytes = JP_WIRE_MAX_INFLATED_BYTES });
  jp_http_router_add (router,
                      &(JpHttpRoute){ .method = "GET", .path = "/cached", .handler = cached_cb });
  jp_http_router_add (router,
                      &(JpHttpRoute){ .method = "GET", .path = "/page", .handler = page_cb });
  jp_http_router_add (router,
                      &(JpHttpRoute){ .method = "GET", .path = "/problem", .handler = problem_cb });
  jp_http_router_add (router,
                      &(JpHttpRoute){ .method = "GET", .path = "/wait", .handler = wait_cb });
  jp_http_router_add (router, &(JpHttpRoute){ .method = "GET", .path = "/who", .handler = who_cb });

  return router;
}

static JpTestServer *
new_server (void)
{
  g_autoptr (JpHttpRouter) router = new_router ();

  n_seen = 0;
  return jp_test_server_new (router, NULL);
}

static JpTransport *
new_transport_to (const char *uri, JpTestServer *trusted)
{
  g_autoptr (GError) error = NULL;
  JpTransport *transport =
    jp_http_transport_new (&(JpHttpTransportOptions){ .base_uri = uri,
                                                      .authority_path =
                                                        jp_test_server_get_authority_path (
                                                          trusted) },
                           &error);

  g_assert_no_error (error);
  return transport;
}

static JpTransport *
new_transport (JpTestServer *server)
{
  return new_transport_to (jp_test_server_get_uri (server), server);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **out_result = user_data;

  *out_result = g_object_ref (result);
}

static JpTransportReply *
send_and_cancel (JpTransport        *transport,
                 JpTransportRequest *request,
                 GCancellable       *cancellable,
                 GError            **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  jp_transport_send_async (transport, request, cancellable, sent_cb, &result);
  jp_test_server_wait (result != NULL);

  return jp_transport_send_finish (transport, result, error);
}

static JpTransportReply *
send (JpTransport *transport, const JpTransportRequestFields *fields, GError **error)
{
  g_autoptr (JpTransportRequest) request = jp_transport_request_new (fields);

  return send_and_cancel (transport, request, NULL, error);
}

static JpTransportReply *
get (JpTransport *transport, const char *path, GError **error)
{
  return send (transport, &(JpTransportRequestFields){ .method = "GET", .path = path }, error);
}

/* Asks a server that is no platform, and expects an error. */
static void
assert_get_fails (JpTransport *transport, const char *path, int code, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpTransportReply) reply = get (transport, path, &error);

  g_assert_null (reply);
  g_assert_error (error, JP_SYNC_ERROR, code);
  if (part && !strstr (error->message, part))
    g_error ("expected \"%s\" in \"%s\"", part, error->message);
}

static void
test_echo (void)
{
  g_autoptr (JpTestServer) server = new_server ();
  g_autoptr (JpTransport) transport = new_transport (server);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = g_bytes_new ("{\"a\":1}", 7);
  g_autoptr (JpTransportReply) reply =
    send (transport,
          &(JpTransportRequestFields){ .method = "POST",
                                       .path = "/echo?x=1",
                                       .token = "secret",
                                       .content_type = JP_WIRE_TYPE_JSON,
                                       .body = body,
                                       .schema = 12,
                                       .idempotent = TRUE },
          &error);

  g_assert_no_error (error);
  g_assert_cmpuint (jp_transport_reply_get_status (reply), ==, 200);
  g_assert_cmpstr (jp_transport_reply_get_content_type (reply), ==, JP_WIRE_TYPE_JSON_UTF8);
  g_assert_cmpstr (jp_transport_reply_get_etag (reply), ==, "\"tag\"");
  g_assert_true (g_bytes_equal (jp_transport_reply_get_body (reply), body));
  g_assert_true (jp_transport_reply_check (reply, NULL, &error));
  g_assert_cmpstr (seen_token, ==, "secret");
  g_assert_cmpstr (seen_path, ==, "/echo");
  g_assert_cmpint (seen_protocol, ==, 1);
  g_assert_cmpint (seen_schema, ==, 12);

  g_assert_finalize_object (g_steal_pointer (&transport));
}

static void
test_not_modified (void)
{
  g_autoptr (JpTestServer) server = new_server ();
  g_autoptr (JpTransport) transport = new_transport (server);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpTransportReply) reply =
    send (transport,
          &(JpTransportRequestFields){
            .method = "GET", .path = "/cached", .if_none_match = "\"tag\"" },
          &error);

  g_assert_no_error (error);
  g_assert_cmpuint (jp_transport_reply_get_status (reply), ==, 304);
  g_assert_cmpuint (g_bytes_get_size (jp_transport_reply_get_body (reply)), ==, 0);
  g_assert_true (jp_transport_reply_check (reply, NULL, &error));

  g_assert_finalize_object (g_steal_pointer (&transport));
}

static void
test_gzip (void)
{
  g_autoptr (JpTestServer) server = new_server ();
  g_autoptr (JpTransport) transport = new_transport (server);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = g_bytes_new_take (g_strnfill (600000, 'x'), 600000);
  g_autoptr (JpTransportReply) reply =
    send (transport,
          &(JpTransportRequestFields){
            .method = "POST", .path = "/echo", .content_type = JP_WIRE_TYPE_JSON, .body = body },
          &error);

  g_assert_no_error (error);
  g_assert_cmpuint (seen_body_bytes, ==, 600000);
  g_assert_true (g_bytes_equal (jp_transport_reply_get_body (reply), body));

  /* The server has a smaller limit for what it cannot unpack, so the body did travel packed. */
  g_autoptr (GBytes) large = g_bytes_new_take (g_malloc0 (2 << 20), 2 << 20);
  g_autoptr (JpTransportReply) large_reply =
    send (transport,
          &(JpTransportRequestFields){
            .method = "POST", .path = "/echo", .content_type = JP_WIRE_TYPE_JSON, .body = large },
          &error);
  g_assert_no_error (error);
  g_assert_cmpuint (seen_body_bytes, ==, 2 << 20);

  g_assert_finalize_object (g_steal_pointer (&transport));
}

static void
assert_check_fails (JpTransportReply *reply, int code, const char *type)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpSyncProblem) problem = NULL;

  g_assert_nonnull (reply);
  g_assert_false (jp_transport_reply_check (reply, &problem, &error));
  g_assert_error (error, JP_SYNC_ERROR, code);
  g_assert_cmpstr (jp_sync_problem_get_type_uri (problem), ==, type);
}

static void
test_too_large (void)
{
  g_autoptr (JpTestServer) server = new_server ();
  g_autoptr (JpTransport) transport = new_transport (server);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bomb = g_bytes_new_take (g_malloc0 (9 << 20), 9 << 20);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  guint32 *noise = g_new (guint32, 1 << 19);

  for (guint i = 0; i < 1 << 19; i++)
    noise[i] = g_rand_int (rand);
  g_autoptr (GBytes) incompressible = g_bytes_new_take (noise, 4 << 19);

  g_autoptr (JpTransportReply) bomb_reply =
    send (transport, &(JpTransportRequestFields){ .method = "POST", .path = "/echo", .body = bomb },
          &error);
  g_assert_no_error (error);
  assert_check_fails (bomb_reply, JP_SYNC_ERROR_TOO_LARGE, JP_WIRE_PROBLEM_TOO_LARGE);
  g_autoptr (JpTransportReply) large_reply =
    send (transport,
          &(JpTransportRequestFields){ .method = "POST", .path = "/echo", .body = incompressible },
          &error);
  g_assert_no_error (error);
  assert_check_fails (large_reply, JP_SYNC_ERROR_TOO_LARGE, JP_WIRE_PROBLEM_TOO_LARGE);
  g_assert_cmpuint (n_seen, ==, 0);

  /* The answer: 9 MiB of zeros are 9 KiB on the wire. */
  assert_get_fails (transport, "/page?size=9437184", JP_SYNC_ERROR_TOO_LARGE, "8388608");
  g_autoptr (JpTransportReply) fits = get (transport, "/page?size=8388608", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (jp_transport_reply_get_body (fits)), ==, 8388608);
  g_autoptr (JpTransportReply) limited =
    send (transport,
          &(JpTransportRequestFields){
            .method = "GET", .path = "/page?size=101", .max_reply_bytes = 100 },
          &error);
  g_assert_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_TOO_LARGE);

  g_assert_finalize_object (g_steal_pointer (&transport));
}

static void
test_statuses (void)
{
  static const struct
  {
    guint       status;
    const char *type;
    int         code;
  } cases[] = {
    { 400, JP_WIRE_PROBLEM_BAD_JSON, JP_SYNC_ERROR_REJECTED },
    { 401, JP_WIRE_PROBLEM_AUTH, JP_SYNC_ERROR_AUTH },
    { 403, JP_WIRE_PROBLEM_DEVICE_REVOKED, JP_SYNC_ERROR_REVOKED },
    { 404, JP_WIRE_PROBLEM_NOT_FOUND, JP_SYNC_ERROR_REJECTED },
    { 408, JP_WIRE_PROBLEM_BUSY, JP_SYNC_ERROR_BUSY },
    { 409, JP_WIRE_PROBLEM_STATION_FORKED, JP_SYNC_ERROR_FORKED },
    { 409, JP_WIRE_PROBLEM_EPOCH_CHANGED, JP_SYNC_ERROR_PAST },
    { 409, JP_WIRE_PROBLEM_GAP, JP_SYNC_ERROR_PAST },
    { 410, JP_WIRE_PROBLEM_RESYNC_REQUIRED, JP_SYNC_ERROR_RESYNC },
    { 412, JP_WIRE_PROBLEM_CONFLICT, JP_SYNC_ERROR_REJECTED },
    { 413, JP_WIRE_PROBLEM_TOO_LARGE, JP_SYNC_ERROR_TOO_LARGE },
    { 426, JP_WIRE_PROBLEM_SCHEMA_TOO_OLD, JP_SYNC_ERROR_TOO_OLD },
    { 429, JP_WIRE_PROBLEM_RATE_LIMITED, JP_SYNC_ERROR_BUSY },
    { 500, JP_WIRE_PROBLEM_INTERNAL, JP_SYNC_ERROR_BUSY },
    { 503, JP_WIRE_PROBLEM_BUSY, JP_SYNC_ERROR_BUSY },
    { 504, JP_WIRE_PROBLEM_BUSY, JP_SYNC_ERROR_BUSY },
  };
  g_autoptr (JpTestServer) server = new_server ();
  g_autoptr (JpTransport) transport = new_transport (server);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path =
        g_strdup_printf ("/problem?status=%u&type=%s", cases[i].status, cases[i].type);
      g_autoptr (JpTransportReply) reply = get (transport, path, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (jp_transport_reply_get_status (reply), ==, cases[i].status);
      g_assert_cmpuint (jp_transport_reply_get_retry_after_s (reply), ==,
                        cases[i].status == 429 ? 7 : 0);
      assert_check_fails (reply, cases[i].code, cases[i].type);
    }

  g_assert_finalize_object (g_steal_pointer (&transport));
}

static void
test_certificates (void)
{
  g_autoptr (JpHttpRouter) router = new_router ();
  g_autoptr (JpTestServer) server = new_server ();
  g_autoptr (JpTestServer) other = jp_test_server_new_dated (router, JP_SECOND_US);
  g_autoptr (JpTestServer) expired = jp_test_server_new_dated (router, 400 * JP_DAY_US);
  g_autoptr (JpTestServer) early = jp_test_server_new_dated (router, -3 * JP_DAY_US);

  /* Another authority. */
  g_autoptr (JpTransport) wrong = new_transport_to (jp_test_server_get_uri (server), other);
  assert_get_fails (wrong, "/page", JP_SYNC_ERROR_PROTOCOL, "not issued by its authority");

  g_autoptr (JpTransport) late = new_transport (expired);
  assert_get_fails (late, "/page", JP_SYNC_ERROR_PROTOCOL, "has expired");
  g_autoptr (JpTransport) too_early = new_transport (early);
  assert_get_fails (too_early, "/page", JP_SYNC_ERROR_PROTOCOL, "not yet valid");

  /* The server answers at an address that its certificate does not name. */
  g_autofree char *uri =
    g_strdup_printf ("https://127.0.0.2:%u",
                     jp_http_server_get_port (jp_test_server_get_server (server)));
  g_autoptr (JpTransport) elsewhere = new_transport_to (uri, server);
  assert_get_fails (elsewhere, "/page", JP_SYNC_ERROR_PROTOCOL, "not for this address");

  g_assert_cmpuint (n_seen, ==, 0);
  g_assert_finalize_object (g_steal_pointer (&wrong));
  g_assert_finalize_object (g_steal_pointer (&late));
  g_assert_finalize_object (g_steal_pointer (&too_early));
  g_assert_finalize_object (g_steal_pointer (&elsewhere));
}

/* Asks the server who it takes us for: its status and what it says. */
static guint
ask_who (JpTestServer *server, GTlsCertificate *certificate, char **out_text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpTransport) transport =
    jp_http_transport_new (&(JpHttpTransportOptions){ .base_uri = jp_test_server_get_uri (server),
                                                      .authority_path =
                                                        jp_test_server_get_authority_path (server),
                                                      .client_certificate = certificate },
                           &error);
  g_assert_no_error (error);
  g_autoptr (JpTransportReply) reply = get (transport, "/who", &error);
  g_assert_no_error (error);

  gsize       length_bytes = 0;
  const char *text = g_bytes_get_data (jp_transport_reply_get_body (reply), &length_bytes);
  *out_text = g_strndup (text, length_bytes);
  return jp_transport_reply_get_status (reply);
}

static void
test_station_certificate (void)
{
  g_autoptr (JpHttpRouter) router = new_router ();
  g_autoptr (JpTestServer) server =
    jp_test_server_new (router, &(JpHttpServerOptions){ .ask_certificates = TRUE });
  g_autoptr (JpTestServer) other = jp_test_server_new_dated (router, JP_SECOND_US);
  g_autoptr (GTlsCertificate) good =
    jp_test_station_enrol (jp_test_server_get_tls_folder (server), 0);
  g_autoptr (GTlsCertificate) foreign =
    jp_test_station_enrol (jp_test_server_get_tls_folder (other), 0);
  g_autoptr (GTlsCertificate) expired =
    jp_test_station_enrol (jp_test_server_get_tls_folder (server), 400 * JP_DAY_US);
  g_autofree char *nobody = NULL;
  g_autofree char *station = NULL;
  g_autofree char *stranger = NULL;
  g_autofree char *late = NULL;
  g_autofree char *unasked = NULL;

  g_assert_cmpuint (ask_who (server, NULL, &nobody), ==, 200);
  g_assert_cmpstr (nobody, ==, "nobody");
  g_assert_cmpuint (ask_who (server, good, &station), ==, 200);
  g_assert_cmpstr (station, ==, "CN=01930000-0000-0000-0000-000000000007");
  g_assert_cmpuint (ask_who (server, foreign, &stranger), ==, 401);
  g_assert_nonnull (strstr (stranger, JP_WIRE_PROBLEM_AUTH));
  g_assert_cmpuint (ask_who (server, expired, &late), ==, 401);
  g_assert_nonnull (strstr (late, JP_WIRE_PROBLEM_AUTH));

  /* A server that does not ask. */
  g_assert_cmpuint (ask_who (other, good, &unasked), ==, 200);
  g_assert_cmpstr (unasked, ==, "nobody");
}

/* Talks to a canned server that has the platform's certificate, or none. */
static void
assert_canned (const JpCannedOptions *options, gboolean tls, int code, const char *part)
{
  g_autoptr (JpTestServer) trusted = new_server ();
  JpCannedOptions filled = *options;

  if (tls)
    filled.tls_folder = jp_test_server_get_tls_folder (trusted);
  g_autoptr (JpCannedServer) canned = jp_canned_server_new (&filled);
  g_autofree char *uri = jp_canned_server_dup_uri (canned);
  g_autoptr (JpTransport) transport = new_transport_to (uri, trusted);

  assert_get_fails (transport, "/v1/hello", code, part);
  g_assert_finalize_object (g_steal_pointer (&transport));
}

static void
test_captive_portal (void)
{
  static const char html[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n"
                             "Connection: close\r\n\r\n<p/>";
  static const char redirect[] = "HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1:1/login\r\n"
                                 "Content-Length: 0\r\nConnection: close\r\n\r\n";
  static const char json[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                             "Content-Length: 2\r\nConnection: close\r\n\r\n{}";
  static const char changed[] = "HTTP/1.1 200 OK\r\nSync-Protocol: 1\r\nContent-Type: text/html\r\n"
                                "Content-Length: 4\r\nConnection: close\r\n\r\n<p/>";
  static const char gateway[] = "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\n"
                                "Content-Length: 4\r\nConnection: close\r\n\r\n<p/>";
  static const char network[] = "HTTP/1.1 511 Network Authentication Required\r\n"
                                "Content-Length: 0\r\nConnection: close\r\n\r\n";

  assert_canned (&(JpCannedOptions){ .text = html }, TRUE, JP_SYNC_ERROR_PROTOCOL,
                 "captive portal");
  assert_canned (&(JpCannedOptions){ .text = redirect }, TRUE, JP_SYNC_ERROR_PROTOCOL,
                 "captive portal");
  assert_canned (&(JpCannedOptions){ .text = json }, TRUE, JP_SYNC_ERROR_PROTOCOL,
                 "captive portal");
  assert_canned (&(JpCannedOptions){ .text = changed }, TRUE, JP_SYNC_ERROR_PROTOCOL, "type");
  assert_canned (&(JpCannedOptions){ .text = gateway }, TRUE, JP_SYNC_ERROR_BUSY, "gateway");
  assert_canned (&(JpCannedOptions){ .text = network }, TRUE, JP_SYNC_ERROR_PROTOCOL,
                 "captive portal");
}

static void
test_broken_answers (void)
{
  static const char truncated[] = "HTTP/1.1 200 OK\r\n" OURS "Content-Length: 100\r\n\r\n{";
  static const char truncated_chunks[] =
    "HTTP/1.1 200 OK\r\n" OURS "Transfer-Encoding: chunked\r\n\r\n64\r\n{";
  static const char rubbish[] = "220 smtp.example ESMTP\r\n\r\n";

  assert_canned (&(JpCannedOptions){ .text = truncated }, TRUE, JP_SYNC_ERROR_OFFLINE, NULL);
  assert_canned (&(JpCannedOptions){ .text = truncated_chunks }, TRUE, JP_SYNC_ERROR_OFFLINE, NULL);
  assert_canned (&(JpCannedOptions){ .text = rubbish }, TRUE, JP_SYNC_ERROR_PROTOCOL, NULL);
  /* Hangs up without a word. */
  assert_canned (&(JpCannedOptions){ .text = "" }, TRUE, JP_SYNC_ERROR_OFFLINE, NULL);
  /* Does not speak TLS. */
  assert_canned (&(JpCannedOptions){ .text = "HTTP/1.1 400 Bad Request\r\n\r\n" }, FALSE,
                 JP_SYNC_ERROR_PROTOCOL, NULL);
}

/* A gzip body that was changed, or cut, on the way. */
static void
test_broken_gzip (void)
{
  g_autoptr (GBytes) plain = g_bytes_new_take (g_strnfill (30000, 'x'), 30000);
  g_autoptr (GBytes) packed = jp_gzip_pack (plain, 6);
  gsize length_bytes = g_bytes_get_size (packed);

  for (gsize cut = 0; cut <= 12; cut += 12)
    {
      g_autoptr (GByteArray) answer = g_byte_array_new ();
      g_autofree char *headers =
        g_strdup_printf ("HTTP/1.1 200 OK\r\n" OURS "Content-Encoding: gzip\r\n"
                         "Content-Length: %" G_GSIZE_FORMAT "\r\nConnection: close\r\n\r\n",
                         length_bytes - cut);

      g_byte_array_append (answer, (const guint8 *)headers, (guint)strlen (headers));
      g_byte_array_append (answer, g_bytes_get_data (packed, NULL), (guint)(length_bytes - cut));
      if (cut == 0)
        answer->data[answer->len - 6] ^= 1; /* the check sum */
      assert_canned (&(JpCannedOptions){ .text = (const char *)answer->data,
                                         .length_bytes = answer->len },
                     TRUE, cut == 0 ? JP_SYNC_ERROR_PROTOCOL : JP_SYNC_ERROR_OFFLINE, NULL);
    }
}

static void
test_offline (void)
{
  g_autoptr (JpTestServer) server = new_server ();
  g_autofree char *uri = g_strdup (jp_test_server_get_uri (server));
  g_autoptr (JpTransport) transport = new_transport (server);

  jp_http_server_stop (jp_test_server_get_server (server));
  assert_get_fails (transport, "/page", JP_SYNC_ERROR_OFFLINE, NULL);
  g_assert_finalize_object (g_steal_pointer (&transport));
}

/* The server goes away between two requests, and comes back: nobody notices. */
static void
test_connection_lost (void)
{
  g_autoptr (JpHttpRouter) router = new_router ();
  g_autoptr (JpTestServer) server =
    jp_test_server_new (router, &(JpHttpServerOptions){ .idle_timeout_ms = 100 });
  g_autoptr (JpTransport) transport = new_transport (server);
  JpHttpServerCounts counts = { 0 };

  for (guint i = 1; i <= 3; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JpTransportReply) reply =
        send (transport,
              &(JpTransportRequestFields){ .method = "POST", .path = "/echo", .idempotent = TRUE },
              &error);

      g_assert_no_error (error);
      do
        {
          jp_http_server_get_counts (jp_test_server_get_server (server), &counts);
          jp_test_server_iterate ();
        }
      while (counts.n_connections > 0);
      g_assert_cmpuint (counts.n_accepted, ==, i);
    }

  g_assert_finalize_object (g_steal_pointer (&transport));
}

static void
test_time_limit (void)
{
  g_autoptr (JpTestServer) server = new_server ();
  g_autoptr (JpTransport) transport = new_transport (server);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpTransportReply) reply =
    send (transport,
          &(JpTransportRequestFields){ .method = "GET", .path = "/wait", .timeout_ms = 100 },
          &error);

  g_assert_null (reply);
  g_assert_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_OFFLINE);
  g_assert_nonnull (strstr (error->message, "100 ms"));
  g_clear_error (&error);

  /* The headers are there, the body is not. */
  g_autoptr (JpCannedServer) canned = jp_canned_server_new (
    &(JpCannedOptions){ .tls_folder = jp_test_server_get_tls_folder (server),
                        .text = "HTTP/1.1 200 OK\r\n" OURS "Content-Length: 100\r\n\r\n{",
                        .keep_open = TRUE });
  g_autofree char *uri = jp_canned_server_dup_uri (canned);
  g_autoptr (JpTransport) slow = new_transport_to (uri, server);
  g_autoptr (JpTransportReply) slow_reply =
    send (slow, &(JpTransportRequestFields){ .method = "GET", .path = "/", .timeout_ms = 200 },
          &error);
  g_assert_null (slow_reply);
  g_assert_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_OFFLINE);
  g_assert_nonnull (strstr (error->message, "200 ms"));

  g_assert_finalize_object (g_steal_pointer (&transport));
  g_assert_finalize_object (g_steal_pointer (&slow));
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

static void
test_cancel (void)
{
  g_autoptr (JpTestServer) server = new_server ();
  g_autoptr (JpTransport) transport = new_transport (server);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JpTransportRequest) request =
    jp_transport_request_new (&(JpTransportRequestFields){ .method = "GET", .path = "/wait" });

  g_timeout_add (50, cancel_cb, cancellable);
  g_autoptr (JpTransportReply) reply = send_and_cancel (transport, request, cancellable, &error);
  g_assert_null (reply);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  /* Cancelled before it begins. */
  g_autoptr (JpTransportReply) never = send_and_cancel (transport, request, cancellable, &error);
  g_assert_null (never);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_assert_finalize_object (g_steal_pointer (&transport));
}

static void
test_keep_alive (void)
{
  g_autoptr (JpTestServer) server = new_server ();
  g_autoptr (JpTransport) transport = new_transport (server);
  g_autoptr (GBytes) body = g_bytes_new_take (g_strnfill (2000, 'x'), 2000);
  JpHttpServerCounts counts = { 0 };

  for (guint i = 0; i < N_POSTS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JpTransportReply) reply =
        send (transport,
              &(JpTransportRequestFields){ .method = "POST",
                                           .path = "/echo",
                                           .content_type = JP_WIRE_TYPE_JSON,
                                           .body = body,
                                           .idempotent = TRUE },
              &error);

      g_assert_no_error (error);
    }
  jp_http_server_get_counts (jp_test_server_get_server (server), &counts);
  g_assert_cmpuint (counts.n_answered, ==, N_POSTS);
  g_assert_cmpuint (counts.n_accepted, ==, 1);

  /* What the client ends, the server lets go of. */
  g_assert_finalize_object (g_steal_pointer (&transport));
  do
    {
      jp_test_server_iterate ();
      jp_http_server_get_counts (jp_test_server_get_server (server), &counts);
    }
  while (counts.n_connections > 0);
  g_assert_cmpuint (counts.n_dropped, ==, 0);
}

static void
parallel_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  guint *n_done = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpTransportReply) reply =
    jp_transport_send_finish (JP_TRANSPORT (source), result, &error);

  g_assert_no_error (error);
  g_assert_true (jp_transport_reply_check (reply, NULL, &error));
  (*n_done)++;
}

static void
test_parallel (void)
{
  g_autoptr (JpTestServer) server = new_server ();
  g_autoptr (JpTransport) transport = new_transport (server);
  JpHttpServerCounts counts = { 0 };
  guint              n_done = 0;

  for (guint i = 0; i < N_PARALLEL; i++)
    {
      g_autofree char *path = g_strdup_printf ("/page?size=%u", i * 100);
      g_autoptr (JpTransportRequest) request =
        jp_transport_request_new (&(JpTransportRequestFields){ .method = "GET", .path = path });

      jp_transport_send_async (transport, request, NULL, parallel_cb, &n_done);
    }
  jp_test_server_wait (n_done == N_PARALLEL);
  jp_http_server_get_counts (jp_test_server_get_server (server), &counts);
  g_assert_cmpuint (counts.n_answered, ==, N_PARALLEL);
  g_assert_cmpuint (counts.n_accepted, <=, 2);

  g_assert_finalize_object (g_steal_pointer (&transport));
}

static void
test_refusals (void)
{
  static const char *const uris[] = {
    "http://localhost:1", "https://",        "localhost",       "https://u:p@localhost:1",
    "https://host/?q",    "https://host/#f", "ftp://localhost", "https://host:port",
  };
  g_autoptr (JpTestServer) server = new_server ();
  g_autoptr (JpTestDir) dir = jp_test_dir_new ();
  g_autofree char *missing = jp_test_dir_build (dir, "ca.pem");
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      g_assert_null (
        jp_http_transport_new (&(JpHttpTransportOptions){ .base_uri = uris[i],
                                                          .authority_path =
                                                            jp_test_server_get_authority_path (
                                                              server) },
                               &error));
      g_assert_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_REJECTED);
      g_clear_error (&error);
    }
  g_assert_null (
    jp_http_transport_new (&(JpHttpTransportOptions){ .base_uri = "https://localhost:1",
                                                      .authority_path = missing },
                           &error));
  g_assert_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_AUTH);

  g_autofree char *slashes = g_strconcat (jp_test_server_get_uri (server), "//", NULL);
  g_autoptr (JpTransport) transport = new_transport_to (slashes, server);
  g_clear_error (&error);
  g_autoptr (JpTransportReply) reply = get (transport, "/page", &error);
  g_assert_no_error (error);
  g_autoptr (JpTransportReply) no_path = get (transport, "/%zz", &error);
  g_assert_null (no_path);
  g_assert_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_REJECTED);
  g_assert_finalize_object (g_steal_pointer (&transport));
}

static void
test_packing (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) small = g_bytes_new_take (g_strnfill (512, 'x'), 512);
  g_autoptr (GBytes) large = g_bytes_new_take (g_strnfill (513, 'x'), 513);
  g_autoptr (JpTransportRequest) small_request = jp_transport_request_new (
    &(JpTransportRequestFields){ .method = "POST", .path = "/", .body = small });
  g_autoptr (JpTransportRequest) large_request = jp_transport_request_new (
    &(JpTransportRequestFields){ .method = "POST", .path = "/", .body = large });

  g_assert_null (jp_transport_request_get_packed_body (small_request));
  g_assert_true (jp_transport_request_get_body (small_request) == small);
  g_autoptr (GBytes) plain =
    jp_gzip_unpack (jp_transport_request_get_packed_body (large_request), 513, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (plain, large));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sync/http-transport/echo", test_echo);
  g_test_add_func ("/sync/http-transport/not-modified", test_not_modified);
  g_test_add_func ("/sync/http-transport/gzip", test_gzip);
  g_test_add_func ("/sync/http-transport/too-large", test_too_large);
  g_test_add_func ("/sync/http-transport/statuses", test_statuses);
  g_test_add_func ("/sync/http-transport/certificates", test_certificates);
  g_test_add_func ("/sync/http-transport/station-certificate", test_station_certificate);
  g_test_add_func ("/sync/http-transport/captive-portal", test_captive_portal);
  g_test_add_func ("/sync/http-transport/broken-answers", test_broken_answers);
  g_test_add_func ("/sync/http-transport/broken-gzip", test_broken_gzip);
  g_test_add_func ("/sync/http-transport/offline", test_offline);
  g_test_add_func ("/sync/http-transport/connection-lost", test_connection_lost);
  g_test_add_func ("/sync/http-transport/time-limit", test_time_limit);
  g_test_add_func ("/sync/http-transport/cancel", test_cancel);
  g_test_add_func ("/sync/http-transport/keep-alive", test_keep_alive);
  g_test_add_func ("/sync/http-transport/parallel", test_parallel);
  g_test_add_func ("/sync/http-transport/refusals", test_refusals);
  g_test_add_func ("/sync/http-transport/packing", test_packing);

  int status = g_test_run ();
  g_free (seen_token);
  g_free (seen_path);
  return status;
}
