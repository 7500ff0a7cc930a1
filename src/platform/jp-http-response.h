/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "jp-http-request.h"

G_BEGIN_DECLS

/* One answer of the platform's domain: immutable, reference-counted, any thread. */

#define JP_HTTP_MAX_PARK_MS 25000

/**
 * JpHttpResponseFields:
 * @status: the HTTP status, 200 … 599
 * @content_type: (nullable): the type of @body
 * @body: (nullable): the body; NULL is an empty one
 * @packed: whether @body is a gzip file, e.g. a page kept packed
 * @etag: (nullable): the entity tag, with its quotes
 * @allow: (nullable): the methods of a 405
 * @upload_offset: (nullable): how much of a file is there, in bytes
 * @retry_after_s: when to come again, in seconds; 0 = not told
 *
 * What an answer is made from.
 */
typedef struct
{
  guint       status;
  const char *content_type;
  GBytes     *body;
  gboolean    packed;
  const char *etag;
  const char *allow;
  const char *upload_offset;
  guint       retry_after_s;
} JpHttpResponseFields;

/**
 * JpHttpProblem:
 * @status: the HTTP status, 400 … 599
 * @type: one of JP_WIRE_PROBLEM_…
 * @title: (nullable): one sentence for developers, the same for all problems of this type
 * @detail: (nullable): one sentence about this very case, without personal data
 * @members: (nullable): further members of the problem object
 * @retry_after_s: when to come again, in seconds; 0 = not told
 *
 * What went wrong with a request (RFC 9457).
 */
typedef struct
{
  guint       status;
  const char *type;
  const char *title;
  const char *detail;
  JsonObject *members;
  guint       retry_after_s;
} JpHttpProblem;

typedef struct _JpHttpResponse JpHttpResponse;

JpHttpResponse *jp_http_response_new (const JpHttpResponseFields *fields);
JpHttpResponse *jp_http_response_new_json (guint status, JsonNode *node);
JpHttpResponse *jp_http_response_new_problem (const JpHttpProblem *problem);
JpHttpResponse *jp_http_response_new_park (const char *topic, guint timeout_ms);
JpHttpResponse *
jp_http_response_new_fitting (JpHttpResponse *self, JpHttpRequest *request, int gzip_level);
JpHttpResponse *jp_http_response_ref (JpHttpResponse *self);
void            jp_http_response_unref (JpHttpResponse *self);

guint       jp_http_response_get_status (JpHttpResponse *self);
const char *jp_http_response_get_content_type (JpHttpResponse *self);
GBytes     *jp_http_response_get_body (JpHttpResponse *self);
gboolean    jp_http_response_is_packed (JpHttpResponse *self);
const char *jp_http_response_get_etag (JpHttpResponse *self);
const char *jp_http_response_get_allow (JpHttpResponse *self);
const char *jp_http_response_get_upload_offset (JpHttpResponse *self);
guint       jp_http_response_get_retry_after_s (JpHttpResponse *self);
const char *jp_http_response_get_park_topic (JpHttpResponse *self);
guint       jp_http_response_get_park_timeout_ms (JpHttpResponse *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpHttpResponse, jp_http_response_unref)

G_END_DECLS
