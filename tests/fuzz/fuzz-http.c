/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-http-router.h"
#include "jp-sync-problem.h"

#include "jp-fuzz.h"

#include <string.h>

/* The lines of an input: method, path, query, encoding of the body, encodings accepted; then the
 * body. */
#define N_LINES 5

/* Reads all that a handler may read; echoes the body. */
static JpHttpResponse *
read_all (JpHttpRequest *request, gpointer user_data)
{
  const char *school = jp_http_request_get_param (request, "school");
  gint64      limit = 1;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_utf8_validate (school, -1, NULL));
  g_assert_cmpuint (strlen (school), >=, 1);
  g_assert_cmpuint (strlen (school), <=, JP_HTTP_MAX_PARAM_BYTES);
  g_assert_null (jp_http_request_get_content_encoding (request));
  if (jp_http_request_get_query_integer (request, "limit", 1, 500, &limit, &error))
    {
      g_assert_cmpint (limit, >=, 1);
      g_assert_cmpint (limit, <=, 500);
    }
  else
    g_assert_nonnull (error);

  return jp_http_response_new (
    &(JpHttpResponseFields){ .status = 200,
                             .content_type = "application/octet-stream",
                             .body = jp_http_request_get_body (request) });
}

/* Every request has an answer of a status that we use, and a problem that the client understands.
 */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (JpHttpRouter) router = jp_http_router_new ();
  char       *lines[N_LINES] = { NULL };
  const char *rest = (const char *)data;
  const char *end = rest + size;

  for (gsize i = 0; i < N_LINES; i++)
    {
      const char *stop = rest < end ? memchr (rest, '\n', (gsize)(end - rest)) : NULL;

      lines[i] = stop != NULL ? g_strndup (rest, (gsize)(stop - rest)) : g_strdup ("");
      rest = stop != NULL ? stop + 1 : end;
    }

  jp_http_router_add (router, &(JpHttpRoute){ .method = "POST",
                                              .path = "/v1/schools/{school}/push",
                                              .handler = read_all,
                                              .max_body_bytes = 4096,
                                              .max_inflated_bytes = 65536 });

  g_autoptr (GBytes) body = g_bytes_new (rest, (gsize)(end - rest));
  g_autoptr (JpHttpResponse) response =
    jp_http_router_handle (router, &(JpHttpRequestFields){ .method = lines[0],
                                                           .path = lines[1],
                                                           .query = lines[2],
                                                           .content_encoding =
                                                             *lines[3] != '\0' ? lines[3] : NULL,
                                                           .accept_encoding = lines[4],
                                                           .body = body });
  guint status = jp_http_response_get_status (response);

  g_assert_true (status == 200 || status == 400 || status == 404 || status == 405 ||
                 status == 413 || status == 415);
  if (status != 200 && !jp_http_response_is_packed (response))
    {
      g_autoptr (JpSyncProblem) problem =
        jp_sync_problem_new (status, jp_http_response_get_content_type (response),
                             jp_http_response_get_body (response), 0);

      g_assert_true (g_str_has_prefix (jp_sync_problem_get_type_uri (problem), "urn:jp:problem:"));
    }

  for (gsize i = 0; i < N_LINES; i++)
    g_free (lines[i]);
  return 0;
}
