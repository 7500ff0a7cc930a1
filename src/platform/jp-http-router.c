/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-http-router-private.h"

#include "jp-gzip.h"
#include "jp-wire-http.h"

#include <string.h>

typedef struct
{
  JpHttpRoute route;    /* the strings are owned, the worker is a reference */
  GStrv       segments; /* (owned): of the template */
} Entry;

struct _JpHttpRouter
{
  GPtrArray *entries; /* (owned) (element-type Entry) */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free ((char *)entry->route.method);
  g_free ((char *)entry->route.path);
  g_clear_object (&entry->route.worker);
  g_strfreev (entry->segments);
  g_free (entry);
}

static void
router_clear (gpointer data)
{
  JpHttpRouter *self = data;

  g_ptr_array_unref (self->entries);
}

/**
 * jp_http_router_new:
 *
 * Returns: (transfer full): a router without routes
 */
JpHttpRouter *
jp_http_router_new (void)
{
  JpHttpRouter *self = g_atomic_rc_box_new0 (JpHttpRouter);

  self->entries = g_ptr_array_new_with_free_func (entry_free);

  return self;
}

/**
 * jp_http_router_ref:
 * @self: a router
 *
 * Returns: (transfer full): @self
 */
JpHttpRouter *
jp_http_router_ref (JpHttpRouter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * jp_http_router_unref:
 * @self: (nullable) (transfer full): a router
 *
 * Drops a reference.
 */
void
jp_http_router_unref (JpHttpRouter *self)
{
  if (self)
    g_atomic_rc_box_release_full (self, router_clear);
}

/* The segments of "/v1/x" are "v1" and "x"; NULL if there are too many. */
static GStrv
split (const char *path)
{
  g_auto (GStrv) segments =
    *path == '/' ? g_strsplit (path + 1, "/", JP_HTTP_MAX_SEGMENTS + 1) : NULL;

  if (!segments || g_strv_length (segments) > JP_HTTP_MAX_SEGMENTS)
    return NULL;

  return g_steal_pointer (&segments);
}

/**
 * jp_http_router_add:
 * @self: a router that no server uses yet
 * @route: what to answer; copied
 *
 * Adds a route. The first that fits a path wins.
 */
void
jp_http_router_add (JpHttpRouter *self, const JpHttpRoute *route)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (route != NULL && route->method != NULL && route->path != NULL);
  g_return_if_fail (route->handler != NULL);
  g_return_if_fail (route->gzip_level >= JP_HTTP_NO_GZIP && route->gzip_level <= 9);
  g_return_if_fail (self->entries->len < JP_HTTP_MAX_ROUTES);

  Entry *entry = g_new0 (Entry, 1);
  entry->route = *route;
  entry->route.method = g_strdup (route->method);
  entry->route.path = g_strdup (route->path);
  if (route->worker)
    g_object_ref (route->worker);
  if (route->max_packed_bytes == 0)
    entry->route.max_packed_bytes = route->max_body_bytes;
  if (route->max_inflated_bytes == 0)
    entry->route.max_inflated_bytes = route->max_body_bytes;
  if (route->gzip_level == 0)
    entry->route.gzip_level = JP_GZIP_LEVEL_DEFAULT;
  entry->segments = split (route->path);
  g_assert (entry->segments != NULL);
  g_ptr_array_add (self->entries, entry);
}

/**
 * jp_http_router_get_route:
 * @self: a router
 * @index: which
 *
 * Returns: (transfer none) (nullable): the route, %NULL behind the last one
 */
const JpHttpRoute *
jp_http_router_get_route (JpHttpRouter *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);

  return index < self->entries->len
           ? &((const Entry *)g_ptr_array_index (self->entries, index))->route
           : NULL;
}

static gboolean
is_param (const char *segment)
{
  return *segment == '{';
}

static char *
dup_param_name (const char *segment)
{
  return g_strndup (segment + 1, strlen (segment) - 2);
}

/* Unescapes one segment of a path; NULL if it is nothing that we want to see. */
static char *
unescape (const char *segment)
{
  g_autofree char *text = g_uri_unescape_string (segment, "/");

  if (!text || *text == '\0' || strlen (text) > JP_HTTP_MAX_PARAM_BYTES ||
      !g_utf8_validate (text, -1, NULL))
    return NULL;
  for (const char *c = text; *c; c++)
    {
      if (g_ascii_iscntrl (*c))
        return NULL;
    }

  return g_steal_pointer (&text);
}

static gboolean
fits (const Entry *entry, GStrv segments)
{
  gsize i = 0;

  for (; entry->segments[i] && segments[i]; i++)
    {
      if (!is_param (entry->segments[i]) && strcmp (entry->segments[i], segments[i]) != 0)
        return FALSE;
    }

  return !entry->segments[i] && !segments[i];
}

/* The parameters of a path that fits; NULL if one of them is malformed. */
static GHashTable *
collect_params (const Entry *entry, GStrv segments)
{
  g_autoptr (GHashTable) params = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (gsize i = 0; entry->segments[i]; i++)
    {
      if (!is_param (entry->segments[i]))
        continue;

      char *text = unescape (segments[i]);
      if (!text)
        return NULL;
      g_hash_table_insert (params, dup_param_name (entry->segments[i]), text);
    }

  return g_steal_pointer (&params);
}

static JpHttpResponse *
new_not_found (void)
{
  return jp_http_response_new_problem (&(JpHttpProblem){
    .status = 404,
    .type = JP_WIRE_PROBLEM_NOT_FOUND,
    .title = "There is nothing at this path",
  });
}

static JpHttpResponse *
new_method_not_allowed (const char *allow)
{
  g_autoptr (JpHttpResponse) problem = jp_http_response_new_problem (&(JpHttpProblem){
    .status = 405,
    .type = JP_WIRE_PROBLEM_METHOD,
    .title = "This path does not take this method",
  });

  return jp_http_response_new (&(JpHttpResponseFields){
    .status = 405,
    .content_type = JP_WIRE_TYPE_PROBLEM,
    .body = jp_http_response_get_body (problem),
    .allow = allow,
  });
}

/**
 * jp_http_router_find:
 * @self: a router
 * @method: the verb
 * @path: the escaped path
 * @out_params: (out) (transfer full): what stands in the place of the parameters
 * @out_problem: (out) (transfer full): the answer if there is no route: 404 or 405
 *
 * Looks for the route of a request.
 *
 * Returns: (transfer none) (nullable): the route, or %NULL with @out_problem set
 */
const JpHttpRoute *
jp_http_router_find (JpHttpRouter    *self,
                     const char      *method,
                     const char      *path,
                     GHashTable     **out_params,
                     JpHttpResponse **out_problem)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (method != NULL && path != NULL, NULL);
  g_return_val_if_fail (out_params != NULL && out_problem != NULL, NULL);

  const char *wanted = strcmp (method, "HEAD") == 0 ? "GET" : method;
  g_auto (GStrv) segments = split (path);
  g_autoptr (GString) allow = g_string_new (NULL);

  for (guint i = 0; segments && i < self->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i);

      if (!fits (entry, segments))
        continue;
      if (strcmp (entry->route.method, wanted) == 0)
        {
          *out_params = collect_params (entry, segments);
          if (*out_params)
            return &entry->route;
          break;
        }
      g_string_append_printf (allow, "%s%s", allow->len > 0 ? ", " : "", entry->route.method);
      if (strcmp (entry->route.method, "GET") == 0)
        g_string_append (allow, ", HEAD");
    }

  *out_problem = allow->len > 0 ? new_method_not_allowed (allow->str) : new_not_found ();
  return NULL;
}

static gboolean
is_packed (const char *content_encoding)
{
  return content_encoding && g_ascii_strcasecmp (content_encoding, "gzip") == 0;
}

static JpHttpResponse *
new_too_large (gsize max_bytes)
{
  g_autofree char *detail = g_strdup_printf ("The limit is %" G_GSIZE_FORMAT " bytes", max_bytes);

  return jp_http_response_new_problem (&(JpHttpProblem){
    .status = 413,
    .type = JP_WIRE_PROBLEM_TOO_LARGE,
    .title = "The body is too large",
    .detail = detail,
  });
}

static JpHttpResponse *
new_bad_encoding (guint status, const char *detail)
{
  return jp_http_response_new_problem (&(JpHttpProblem){
    .status = status,
    .type = JP_WIRE_PROBLEM_BAD_ENCODING,
    .title = "The body is not packed in a way that the platform reads",
    .detail = detail,
  });
}

/**
 * jp_http_router_check_body:
 * @route: a route
 * @content_encoding: (nullable): how the body is packed
 * @body_bytes: how large it is, or what has arrived of it so far
 *
 * Checks a body before it is all there.
 *
 * Returns: (transfer full) (nullable): the answer if @route does not take it: 413 or 415
 */
JpHttpResponse *
jp_http_router_check_body (const JpHttpRoute *route,
                           const char        *content_encoding,
                           guint64            body_bytes)
{
  g_return_val_if_fail (route != NULL, NULL);

  gboolean packed = is_packed (content_encoding);
  gsize    max_bytes = packed ? route->max_packed_bytes : route->max_body_bytes;

  if (content_encoding && !packed && g_ascii_strcasecmp (content_encoding, "identity") != 0)
    return new_bad_encoding (415, "Only gzip is understood");
  if (body_bytes > max_bytes)
    return new_too_large (max_bytes);

  return NULL;
}

/* Gives the request with a plain body, or NULL and the answer. */
static JpHttpRequest *
unpack (const JpHttpRoute *route, JpHttpRequest *request, JpHttpResponse **out_problem)
{
  GBytes     *body = jp_http_request_get_body (request);
  const char *encoding = jp_http_request_get_content_encoding (request);

  *out_problem = jp_http_router_check_body (route, encoding, g_bytes_get_size (body));
  if (*out_problem)
    return NULL;
  if (!is_packed (encoding))
    return jp_http_request_ref (request);

  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) plain = jp_gzip_unpack (body, route->max_inflated_bytes, &error);

  if (plain)
    return jp_http_request_new_unpacked (request, plain);

  *out_problem = g_error_matches (error, JP_BASE_ERROR, JP_BASE_ERROR_TOO_LARGE)
                   ? new_too_large (route->max_inflated_bytes)
                   : new_bad_encoding (400, error->message);
  return NULL;
}

/**
 * jp_http_router_run:
 * @route: a route
 * @request: a request for it, as it arrived
 *
 * Checks and unpacks the body, calls the handler and packs its answer. Runs on the worker of
 * @route.
 *
 * Returns: (transfer full): the answer
 */
JpHttpResponse *
jp_http_router_run (const JpHttpRoute *route, JpHttpRequest *request)
{
  g_return_val_if_fail (route != NULL, NULL);
  g_return_val_if_fail (request != NULL, NULL);

  g_autoptr (JpHttpResponse) problem = NULL;
  g_autoptr (JpHttpRequest) plain = unpack (route, request, &problem);
  g_autoptr (JpHttpResponse) response =
    plain ? route->handler (plain, route->user_data) : g_steal_pointer (&problem);

  g_assert (response != NULL);

  return jp_http_response_new_fitting (response, request, MAX (route->gzip_level, 0));
}

/**
 * jp_http_router_handle:
 * @self: a router
 * @fields: a request
 *
 * Answers a request on the calling thread, without network, worker or waiting: a handler that would
 * park is told that it is the last call.
 *
 * Returns: (transfer full): the answer
 */
JpHttpResponse *
jp_http_router_handle (JpHttpRouter *self, const JpHttpRequestFields *fields)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (fields != NULL, NULL);

  g_autoptr (GHashTable) params = NULL;
  g_autoptr (JpHttpResponse) problem = NULL;
  const JpHttpRoute *route =
    jp_http_router_find (self, fields->method, fields->path, &params, &problem);
  if (!route)
    return g_steal_pointer (&problem);

  g_autoptr (GError) error = NULL;
  g_autoptr (JpHttpRequest) request = jp_http_request_new (fields, &error);
  if (!request)
    {
      return jp_http_response_new_problem (&(JpHttpProblem){
        .status = 400,
        .type = JP_WIRE_PROBLEM_BAD_REQUEST,
        .title = "The request is malformed",
        .detail = error->message,
      });
    }
  jp_http_request_set_params (request, params);

  g_autoptr (JpHttpResponse) response = jp_http_router_run (route, request);
  if (jp_http_response_get_park_topic (response))
    {
      g_autoptr (JpHttpRequest) last = jp_http_request_new_last_call (request);

      g_clear_pointer (&response, jp_http_response_unref);
      response = jp_http_router_run (route, last);
    }
  g_assert (jp_http_response_get_park_topic (response) == NULL);

  return g_steal_pointer (&response);
}
