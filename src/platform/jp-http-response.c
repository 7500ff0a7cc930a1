/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-http-response.h"

#include "jp-gzip.h"
#include "jp-json.h"
#include "jp-wire-http.h"

/* A page that was kept packed and that an old client wants plain. */
#define MAX_PAGE_BYTES ((gsize)64 * 1024 * 1024)

struct _JpHttpResponse
{
  guint    status;          /* 0 = parked */
  char    *content_type;    /* (owned) (nullable) */
  GBytes  *body;            /* (owned) */
  gboolean packed;          /* body is a gzip file */
  char    *etag;            /* (owned) (nullable) */
  char    *allow;           /* (owned) (nullable) */
  char    *upload_offset;   /* (owned) (nullable) */
  guint    retry_after_s;   /* 0 = not told */
  char    *park_topic;      /* (owned) (nullable): NULL = this is an answer */
  guint    park_timeout_ms; /* 0 … JP_HTTP_MAX_PARK_MS */
};

static void
response_clear (gpointer data)
{
  JpHttpResponse *self = data;

  g_free (self->content_type);
  g_bytes_unref (self->body);
  g_free (self->etag);
  g_free (self->allow);
  g_free (self->upload_offset);
  g_free (self->park_topic);
}

/**
 * jp_http_response_new:
 * @fields: what the answer says
 *
 * Returns: (transfer full): the answer
 */
JpHttpResponse *
jp_http_response_new (const JpHttpResponseFields *fields)
{
  g_return_val_if_fail (fields != NULL, NULL);
  g_return_val_if_fail (fields->status >= 200 && fields->status <= 599, NULL);

  JpHttpResponse *self = g_atomic_rc_box_new0 (JpHttpResponse);
  self->status = fields->status;
  self->content_type = g_strdup (fields->content_type);
  self->body = fields->body ? g_bytes_ref (fields->body) : g_bytes_new_static ("", 0);
  self->packed = fields->packed;
  self->etag = g_strdup (fields->etag);
  self->allow = g_strdup (fields->allow);
  self->upload_offset = g_strdup (fields->upload_offset);
  self->retry_after_s = fields->retry_after_s;

  return self;
}

/**
 * jp_http_response_new_json:
 * @status: the HTTP status
 * @node: the body
 *
 * Returns: (transfer full): the answer
 */
JpHttpResponse *
jp_http_response_new_json (guint status, JsonNode *node)
{
  g_return_val_if_fail (node != NULL, NULL);

  g_autoptr (GBytes) body = jp_json_to_bytes (node);

  return jp_http_response_new (&(JpHttpResponseFields){
    .status = status,
    .content_type = JP_WIRE_TYPE_JSON_UTF8,
    .body = body,
  });
}

static void
add_member (JsonBuilder *builder, const char *name, const char *text)
{
  if (!text)
    return;

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_members (JsonBuilder *builder, JsonObject *members)
{
  JsonObjectIter iter;
  const char    *name = NULL;
  JsonNode      *node = NULL;

  if (!members)
    return;

  json_object_iter_init (&iter, members);
  while (json_object_iter_next (&iter, &name, &node))
    {
      json_builder_set_member_name (builder, name);
      json_builder_add_value (builder, json_node_copy (node));
    }
}

/**
 * jp_http_response_new_problem:
 * @problem: what went wrong
 *
 * Returns: (transfer full): an answer of the type application/problem+json
 */
JpHttpResponse *
jp_http_response_new_problem (const JpHttpProblem *problem)
{
  g_return_val_if_fail (problem != NULL && problem->type != NULL, NULL);
  g_return_val_if_fail (problem->status >= 400 && problem->status <= 599, NULL);

  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_member (builder, "type", problem->type);
  add_member (builder, "title", problem->title);
  json_builder_set_member_name (builder, "status");
  json_builder_add_int_value (builder, problem->status);
  add_member (builder, "detail", problem->detail);
  add_members (builder, problem->members);
  json_builder_end_object (builder);

  g_autoptr (JsonNode) node = json_builder_get_root (builder);
  g_autoptr (GBytes) body = jp_json_to_bytes (node);

  return jp_http_response_new (&(JpHttpResponseFields){
    .status = problem->status,
    .content_type = JP_WIRE_TYPE_PROBLEM,
    .body = body,
    .retry_after_s = problem->retry_after_s,
  });
}

/**
 * jp_http_response_new_park:
 * @topic: what the request waits for, e.g. a school's id
 * @timeout_ms: how long it waits at most; limited to %JP_HTTP_MAX_PARK_MS
 *
 * Makes "no answer yet": the handler is called again when the topic is woken, and when the time is
 * up with a request for which [method@Jp.HttpRequest.is_last_call] holds.
 *
 * Returns: (transfer full): not an answer yet
 */
JpHttpResponse *
jp_http_response_new_park (const char *topic, guint timeout_ms)
{
  g_return_val_if_fail (topic != NULL, NULL);

  JpHttpResponse *self = g_atomic_rc_box_new0 (JpHttpResponse);
  self->body = g_bytes_new_static ("", 0);
  self->park_topic = g_strdup (topic);
  self->park_timeout_ms = MIN (timeout_ms, JP_HTTP_MAX_PARK_MS);

  return self;
}

static JpHttpResponse *
new_with_body (JpHttpResponse *self, GBytes *body, gboolean packed)
{
  return jp_http_response_new (&(JpHttpResponseFields){
    .status = self->status,
    .content_type = self->content_type,
    .body = body,
    .packed = packed,
    .etag = self->etag,
    .allow = self->allow,
    .upload_offset = self->upload_offset,
    .retry_after_s = self->retry_after_s,
  });
}

/**
 * jp_http_response_new_fitting:
 * @self: an answer
 * @request: what it answers
 * @gzip_level: 1 … 9, or 0 to leave plain bodies plain
 *
 * Packs or unpacks the body as the client wants it. Costs up to 40 ms per MB: run it in the worker.
 *
 * Returns: (transfer full): @self or an answer that says the same
 */
JpHttpResponse *
jp_http_response_new_fitting (JpHttpResponse *self, JpHttpRequest *request, int gzip_level)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (request != NULL, NULL);

  gboolean accepts_gzip = jp_http_request_accepts_gzip (request);

  if (self->packed && !accepts_gzip)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) plain = jp_gzip_unpack (self->body, MAX_PAGE_BYTES, &error);

      /* We packed it ourselves. */
      g_assert_no_error (error);
      return new_with_body (self, plain, FALSE);
    }
  if (!self->packed && !self->park_topic && accepts_gzip && gzip_level > 0 &&
      g_bytes_get_size (self->body) > JP_WIRE_PACK_FROM_BYTES)
    {
      g_autoptr (GBytes) packed = jp_gzip_pack (self->body, gzip_level);

      if (g_bytes_get_size (packed) < g_bytes_get_size (self->body))
        return new_with_body (self, packed, TRUE);
    }

  return jp_http_response_ref (self);
}

/**
 * jp_http_response_ref:
 * @self: an answer
 *
 * Returns: (transfer full): @self
 */
JpHttpResponse *
jp_http_response_ref (JpHttpResponse *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * jp_http_response_unref:
 * @self: (nullable) (transfer full): an answer
 *
 * Drops a reference.
 */
void
jp_http_response_unref (JpHttpResponse *self)
{
  if (self)
    g_atomic_rc_box_release_full (self, response_clear);
}

/**
 * jp_http_response_get_status:
 * @self: an answer
 *
 * Returns: the HTTP status; 0 if this is not an answer yet
 */
guint
jp_http_response_get_status (JpHttpResponse *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->status;
}

/**
 * jp_http_response_get_content_type:
 * @self: an answer
 *
 * Returns: (nullable): the type of the body
 */
const char *
jp_http_response_get_content_type (JpHttpResponse *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->content_type;
}

/**
 * jp_http_response_get_body:
 * @self: an answer
 *
 * Returns: (transfer none): the body
 */
GBytes *
jp_http_response_get_body (JpHttpResponse *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->body;
}

/**
 * jp_http_response_is_packed:
 * @self: an answer
 *
 * Returns: whether the body is a gzip file
 */
gboolean
jp_http_response_is_packed (JpHttpResponse *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->packed;
}

/**
 * jp_http_response_get_etag:
 * @self: an answer
 *
 * Returns: (nullable): the entity tag
 */
const char *
jp_http_response_get_etag (JpHttpResponse *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->etag;
}

/**
 * jp_http_response_get_allow:
 * @self: an answer
 *
 * Returns: (nullable): the methods that would be allowed
 */
const char *
jp_http_response_get_allow (JpHttpResponse *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->allow;
}

/**
 * jp_http_response_get_upload_offset:
 * @self: an answer
 *
 * Returns: (nullable): how much of a file is there, in bytes
 */
const char *
jp_http_response_get_upload_offset (JpHttpResponse *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->upload_offset;
}

/**
 * jp_http_response_get_retry_after_s:
 * @self: an answer
 *
 * Returns: when to come again, in seconds; 0 = not told
 */
guint
jp_http_response_get_retry_after_s (JpHttpResponse *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->retry_after_s;
}

/**
 * jp_http_response_get_park_topic:
 * @self: an answer
 *
 * Returns: (nullable): what the request waits for; %NULL if this is an answer
 */
const char *
jp_http_response_get_park_topic (JpHttpResponse *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->park_topic;
}

/**
 * jp_http_response_get_park_timeout_ms:
 * @self: not an answer yet
 *
 * Returns: how long the request waits at most
 */
guint
jp_http_response_get_park_timeout_ms (JpHttpResponse *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->park_timeout_ms;
}
