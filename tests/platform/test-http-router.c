/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-http-router.h"

#include "jp-gzip.h"
#include "jp-json.h"
#include "jp-platform-error.h"
#include "jp-wire-http.h"

#include <string.h>

#define SCHOOL "3717000000000001"

static JpHttpResponse *
respond (guint status, const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return jp_http_response_new (
    &(JpHttpResponseFields){ .status = status, .content_type = "text/plain", .body = body });
}

static JpHttpResponse *
echo_cb (JpHttpRequest *request, gpointer user_data)
{
  g_autofree char *text = g_strdup_printf ("%s|%s|%s|%" G_GSIZE_FORMAT, (const char *)user_data,
                                           jp_http_request_get_param (request, "school"),
                                           jp_http_request_get_query (request, "after"),
                                           g_bytes_get_size (jp_http_request_get_body (request)));

  g_assert_null (jp_http_request_get_content_encoding (request));
  return respond (200, text);
}

static JpHttpResponse *
wait_cb (JpHttpRequest *request, gpointer user_data)
{
  if (!jp_http_request_is_last_call (request))
    return jp_http_response_new_park ("topic", 100000);

  return respond (200, "nothing new");
}

static JpHttpResponse *
page_cb (JpHttpRequest *request, gpointer user_data)
{
  g_autofree char *text = g_strnfill (5000, 'x');

  return respond (200, text);
}

static JpHttpResponse *
kept_page_cb (JpHttpRequest *request, gpointer user_data)
{
  g_autofree char *text = g_strnfill (5000, 'x');
  g_autoptr (GBytes) plain = g_bytes_new (text, 5000);
  g_autoptr (GBytes) packed = jp_gzip_pack (plain, 6);

  return jp_http_response_new (&(JpHttpResponseFields){
    .status = 200, .content_type = "text/plain", .body = packed, .packed = TRUE, .etag = "\"a\"" });
}

static JpHttpRouter *
new_router (void)
{
  JpHttpRouter *router = jp_http_router_new ();

  jp_http_router_add (router, &(JpHttpRoute){ .method = "POST",
                                              .path = "/v1/schools/{school}/push",
                                              .handler = echo_cb,
                                              .user_data = (gpointer) "push",
                                              .max_body_bytes = 1000,
                                              .max_packed_bytes = 100,
                                              .max_inflated_bytes = 2000 });
  jp_http_router_add (router, &(JpHttpRoute){ .method = "GET",
                                              .path = "/v1/schools/{school}/changes",
                                              .handler = echo_cb,
                                              .user_data = (gpointer) "changes" });
  jp_http_router_add (router, &(JpHttpRoute){ .method = "PUT",
                                              .path = "/v1/schools/{school}/changes",
                                              .handler = echo_cb,
                                              .user_data = (gpointer) "put" });
  jp_http_router_add (router,
                      &(JpHttpRoute){ .method = "GET", .path = "/wait", .handler = wait_cb });
  jp_http_router_add (router,
                      &(JpHttpRoute){ .method = "GET", .path = "/page", .handler = page_cb });
  jp_http_router_add (router, &(JpHttpRoute){ .method = "GET",
                                              .path = "/plain-page",
                                              .handler = page_cb,
                                              .gzip_level = JP_HTTP_NO_GZIP });
  jp_http_router_add (router, &(JpHttpRoute){
                                .method = "GET", .path = "/kept-page", .handler = kept_page_cb });

  return router;
}

static JpHttpResponse *
ask (const JpHttpRequestFields *fields)
{
  g_autoptr (JpHttpRouter) router = new_router ();

  return jp_http_router_handle (router, fields);
}

static void
assert_body (JpHttpResponse *response, const char *expected)
{
  gsize       length_bytes = 0;
  const char *text = g_bytes_get_data (jp_http_response_get_body (response), &length_bytes);

  g_assert_cmpmem (text, length_bytes, expected, strlen (expected));
}

static void
assert_problem (JpHttpResponse *response, guint status, const char *type)
{
  g_autoptr (GError) error = NULL;
  const char *text = NULL;
  gint64      number = 0;

  g_assert_cmpuint (jp_http_response_get_status (response), ==, status);
  g_assert_cmpstr (jp_http_response_get_content_type (response), ==, JP_WIRE_TYPE_PROBLEM);
  g_autoptr (JsonNode) node = jp_json_parse (jp_http_response_get_body (response), 10000, &error);
  g_assert_no_error (error);
  JsonObject *object = jp_json_as_object (node, &error);
  g_assert_no_error (error);
  g_assert_true (jp_json_get_text (object, "type", 100, &text, &error));
  g_assert_cmpstr (text, ==, type);
  g_assert_true (jp_json_get_integer (object, "status", 0, 999, &number, &error));
  g_assert_cmpint (number, ==, status);
}

static void
test_found (void)
{
  g_autoptr (GBytes) body = g_bytes_new ("1234", 4);
  g_autoptr (JpHttpResponse) push =
    ask (&(JpHttpRequestFields){ .method = "POST",
                                 .path = "/v1/schools/" SCHOOL "/push",
                                 .query = "after=e%3A7&x",
                                 .body = body });
  g_autoptr (JpHttpResponse) get =
    ask (&(JpHttpRequestFields){ .method = "GET", .path = "/v1/schools/%E9%A9%BE/changes" });
  g_autoptr (JpHttpResponse) head =
    ask (&(JpHttpRequestFields){ .method = "HEAD", .path = "/v1/schools/1/changes" });

  g_assert_cmpuint (jp_http_response_get_status (push), ==, 400);
  g_assert_cmpuint (jp_http_response_get_status (get), ==, 200);
  assert_body (get, "changes|驾|(null)|0");
  assert_body (head, "changes|1|(null)|0");

  g_autoptr (JpHttpResponse) good =
    ask (&(JpHttpRequestFields){ .method = "POST",
                                 .path = "/v1/schools/" SCHOOL "/push",
                                 .query = "after=e%3A7",
                                 .body = body });
  assert_body (good, "push|" SCHOOL "|e:7|4");
}

static void
test_not_found (void)
{
  static const char *const paths[] = {
    "",
    "v1/schools/1/push",
    "/",
    "/v1/schools/1/push/",
    "/v1/schools//push",
    "/v1/schools/1/push/x",
    "/V1/schools/1/push",
    "/v1/schools/%00/push",
    "/v1/schools/%ff/push",
    "/v1/schools/%2f/push",
    "/v1/schools/a%0ab/push",
    "/v1/schools/%/push",
    "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18",
  };
  g_autofree char *longest = g_strnfill (JP_HTTP_MAX_PARAM_BYTES, 'a');
  g_autofree char *good = g_strdup_printf ("/v1/schools/%s/push", longest);
  g_autofree char *bad = g_strdup_printf ("/v1/schools/%sa/push", longest);

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (JpHttpResponse) response =
        ask (&(JpHttpRequestFields){ .method = "POST", .path = paths[i] });

      assert_problem (response, 404, JP_WIRE_PROBLEM_NOT_FOUND);
    }

  g_autoptr (JpHttpResponse) longest_response =
    ask (&(JpHttpRequestFields){ .method = "POST", .path = good });
  g_assert_cmpuint (jp_http_response_get_status (longest_response), ==, 200);
  g_autoptr (JpHttpResponse) too_long =
    ask (&(JpHttpRequestFields){ .method = "POST", .path = bad });
  assert_problem (too_long, 404, JP_WIRE_PROBLEM_NOT_FOUND);
}

static void
test_method (void)
{
  g_autoptr (JpHttpResponse) response =
    ask (&(JpHttpRequestFields){ .method = "DELETE", .path = "/v1/schools/1/changes" });

  assert_problem (response, 405, JP_WIRE_PROBLEM_METHOD);
  g_assert_cmpstr (jp_http_response_get_allow (response), ==, "GET, HEAD, PUT");
}

static void
test_query (void)
{
  g_autofree char *text = g_strnfill (JP_HTTP_MAX_QUERY_BYTES + 1, 'a');
  g_autoptr (JpHttpResponse) too_long =
    ask (&(JpHttpRequestFields){ .method = "GET", .path = "/page", .query = text });
  g_autoptr (JpHttpResponse) malformed =
    ask (&(JpHttpRequestFields){ .method = "GET", .path = "/page", .query = "a=%zz" });

  assert_problem (too_long, 400, JP_WIRE_PROBLEM_BAD_REQUEST);
  assert_problem (malformed, 400, JP_WIRE_PROBLEM_BAD_REQUEST);
}

static void
assert_push (GBytes *body, const char *encoding, guint status, const char *type)
{
  g_autoptr (JpHttpResponse) response = ask (&(JpHttpRequestFields){
    .method = "POST", .path = "/v1/schools/1/push", .content_encoding = encoding, .body = body });

  if (type)
    assert_problem (response, status, type);
  else
    g_assert_cmpuint (jp_http_response_get_status (response), ==, status);
}

static void
test_limits (void)
{
  g_autoptr (GBytes) large = g_bytes_new_take (g_malloc0 (1000), 1000);
  g_autoptr (GBytes) larger = g_bytes_new_take (g_malloc0 (1001), 1001);
  g_autoptr (GBytes) inflated = g_bytes_new_take (g_malloc0 (2000), 2000);
  g_autoptr (GBytes) bomb = g_bytes_new_take (g_malloc0 (2001), 2001);
  g_autoptr (GBytes) packed = jp_gzip_pack (inflated, 6);
  g_autoptr (GBytes) packed_bomb = jp_gzip_pack (bomb, 6);
  g_autoptr (GBytes) rubbish = g_bytes_new ("rubbish", 7);

  assert_push (large, NULL, 200, NULL);
  assert_push (large, "identity", 200, NULL);
  assert_push (larger, NULL, 413, JP_WIRE_PROBLEM_TOO_LARGE);
  assert_push (packed, "gzip", 200, NULL);
  assert_push (packed, "GZIP", 200, NULL);
  assert_push (packed_bomb, "gzip", 413, JP_WIRE_PROBLEM_TOO_LARGE);
  assert_push (larger, "gzip", 413, JP_WIRE_PROBLEM_TOO_LARGE);
  assert_push (rubbish, "gzip", 400, JP_WIRE_PROBLEM_BAD_ENCODING);
  assert_push (rubbish, "br", 415, JP_WIRE_PROBLEM_BAD_ENCODING);

  /* A route that takes no body. */
  g_autoptr (JpHttpResponse) response =
    ask (&(JpHttpRequestFields){ .method = "GET", .path = "/page", .body = rubbish });
  assert_problem (response, 413, JP_WIRE_PROBLEM_TOO_LARGE);
}

static gboolean
is_packed (const char *path, const char *accept_encoding)
{
  g_autoptr (JpHttpResponse) response = ask (
    &(JpHttpRequestFields){ .method = "GET", .path = path, .accept_encoding = accept_encoding });
  GBytes *body = jp_http_response_get_body (response);

  g_assert_cmpuint (jp_http_response_get_status (response), ==, 200);
  g_assert_cmpstr (jp_http_response_get_content_type (response), ==, "text/plain");
  if (!jp_http_response_is_packed (response))
    {
      g_assert_cmpuint (g_bytes_get_size (body), ==, 5000);
      return FALSE;
    }

  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) plain = jp_gzip_unpack (body, 5000, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (plain), ==, 5000);
  return TRUE;
}

static void
test_gzip (void)
{
  g_assert_false (is_packed ("/page", NULL));
  g_assert_true (is_packed ("/page", "gzip"));
  g_assert_true (is_packed ("/page", "br, GZIP;q=0.5"));
  g_assert_true (is_packed ("/page", "*"));
  g_assert_false (is_packed ("/page", "gzip;q=0"));
  g_assert_false (is_packed ("/page", "gzip;q=0.0, br"));
  g_assert_false (is_packed ("/page", "br"));
  g_assert_false (is_packed ("/plain-page", "gzip"));
  g_assert_true (is_packed ("/kept-page", "gzip"));
  g_assert_false (is_packed ("/kept-page", NULL));
}

static void
test_last_call (void)
{
  g_autoptr (JpHttpResponse) response =
    ask (&(JpHttpRequestFields){ .method = "GET", .path = "/wait" });
  g_autoptr (JpHttpResponse) park = jp_http_response_new_park ("topic", G_MAXUINT);

  assert_body (response, "nothing new");
  g_assert_cmpuint (jp_http_response_get_park_timeout_ms (park), ==, JP_HTTP_MAX_PARK_MS);
}

static void
test_request (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpHttpRequest) request =
    jp_http_request_new (&(JpHttpRequestFields){ .method = "GET",
                                                 .path = "/page",
                                                 .query = "limit=500&bad=x&far=9",
                                                 .authorization = "bearer abc",
                                                 .content_type = "application/json",
                                                 .sync_protocol = "1",
                                                 .sync_schema = "12",
                                                 .if_none_match = "\"a\"",
                                                 .remote = "127.0.0.1" },
                         &error);
  gint64 number = 7;

  g_assert_no_error (error);
  g_assert_cmpstr (jp_http_request_get_token (request), ==, "abc");
  g_assert_cmpstr (jp_http_request_get_content_type (request), ==, "application/json");
  g_assert_cmpstr (jp_http_request_get_if_none_match (request), ==, "\"a\"");
  g_assert_cmpstr (jp_http_request_get_remote (request), ==, "127.0.0.1");
  g_assert_null (jp_http_request_get_peer_certificate (request));
  g_assert_cmpint (jp_http_request_get_sync_protocol (request), ==, 1);
  g_assert_cmpint (jp_http_request_get_sync_schema (request), ==, 12);
  g_assert_true (jp_http_request_get_query_integer (request, "none", 1, 9, &number, &error));
  g_assert_cmpint (number, ==, 7);
  g_assert_true (jp_http_request_get_query_integer (request, "limit", 1, 500, &number, &error));
  g_assert_cmpint (number, ==, 500);
  g_assert_false (jp_http_request_get_query_integer (request, "bad", 1, 500, &number, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (jp_http_request_get_query_integer (request, "far", 1, 8, &number, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID);

  g_autoptr (JpHttpRequest) other =
    jp_http_request_new (&(JpHttpRequestFields){ .method = "GET",
                                                 .path = "/",
                                                 .authorization = "Basic abc",
                                                 .sync_protocol = "one" },
                         NULL);
  g_assert_null (jp_http_request_get_token (other));
  g_assert_cmpint (jp_http_request_get_sync_protocol (other), ==, -1);
  g_assert_cmpint (jp_http_request_get_sync_schema (other), ==, -1);
}

static void
test_problem_members (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) members = json_object_new ();
  gint64 number = 0;

  json_object_set_int_member (members, "expected_n", 4118);
  g_autoptr (JpHttpResponse) response =
    jp_http_response_new_problem (&(JpHttpProblem){ .status = 409,
                                                    .type = JP_WIRE_PROBLEM_GAP,
                                                    .title = "An operation is missing",
                                                    .members = members,
                                                    .retry_after_s = 3 });

  assert_problem (response, 409, JP_WIRE_PROBLEM_GAP);
  g_assert_cmpuint (jp_http_response_get_retry_after_s (response), ==, 3);
  g_autoptr (JsonNode) node = jp_json_parse (jp_http_response_get_body (response), 10000, &error);
  g_assert_true (
    jp_json_get_integer (jp_json_as_object (node, &error), "expected_n", 0, 9999, &number, &error));
  g_assert_cmpint (number, ==, 4118);

  g_autoptr (JpHttpResponse) json = jp_http_response_new_json (201, node);
  g_assert_cmpuint (jp_http_response_get_status (json), ==, 201);
  g_assert_cmpstr (jp_http_response_get_content_type (json), ==, JP_WIRE_TYPE_JSON_UTF8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/platform/http-router/found", test_found);
  g_test_add_func ("/platform/http-router/not-found", test_not_found);
  g_test_add_func ("/platform/http-router/method", test_method);
  g_test_add_func ("/platform/http-router/query", test_query);
  g_test_add_func ("/platform/http-router/limits", test_limits);
  g_test_add_func ("/platform/http-router/gzip", test_gzip);
  g_test_add_func ("/platform/http-router/last-call", test_last_call);
  g_test_add_func ("/platform/http-router/request", test_request);
  g_test_add_func ("/platform/http-router/problem-members", test_problem_members);

  return g_test_run ();
}
