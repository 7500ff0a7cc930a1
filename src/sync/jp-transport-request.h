/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One request to the platform: immutable, reference-counted, any thread. */

#define JP_TRANSPORT_TIMEOUT_MS      30000
#define JP_TRANSPORT_MAX_REPLY_BYTES ((gsize)8 * 1024 * 1024)

/**
 * JpTransportRequestFields:
 * @method: the verb
 * @path: the escaped path with its query, e.g. "/v1/schools/3717000000000001/changes?limit=500"
 * @token: (nullable): the bearer token; secret
 * @content_type: (nullable): the type of @body
 * @body: (nullable): the body, plain
 * @if_none_match: (nullable): the entity tag of what we have, with its quotes
 * @schema: our schema version; 0 = not told
 * @idempotent: whether the platform does the same once if it gets a POST twice, as for a push
 * @timeout_ms: until the answer is there; 0 = %JP_TRANSPORT_TIMEOUT_MS
 * @max_reply_bytes: limit of the answer, unpacked; 0 = %JP_TRANSPORT_MAX_REPLY_BYTES
 *
 * What a request is made from.
 */
typedef struct
{
  const char *method;
  const char *path;
  const char *token;
  const char *content_type;
  GBytes     *body;
  const char *if_none_match;
  guint       schema;
  gboolean    idempotent;
  guint       timeout_ms;
  gsize       max_reply_bytes;
} JpTransportRequestFields;

typedef struct _JpTransportRequest JpTransportRequest;

JpTransportRequest *jp_transport_request_new (const JpTransportRequestFields *fields);
JpTransportRequest *jp_transport_request_ref (JpTransportRequest *self);
void                jp_transport_request_unref (JpTransportRequest *self);

const char *jp_transport_request_get_method (JpTransportRequest *self);
const char *jp_transport_request_get_path (JpTransportRequest *self);
const char *jp_transport_request_get_token (JpTransportRequest *self);
const char *jp_transport_request_get_content_type (JpTransportRequest *self);
GBytes     *jp_transport_request_get_body (JpTransportRequest *self);
GBytes     *jp_transport_request_get_packed_body (JpTransportRequest *self);
const char *jp_transport_request_get_if_none_match (JpTransportRequest *self);
guint       jp_transport_request_get_schema (JpTransportRequest *self);
gboolean    jp_transport_request_is_idempotent (JpTransportRequest *self);
guint       jp_transport_request_get_timeout_ms (JpTransportRequest *self);
gsize       jp_transport_request_get_max_reply_bytes (JpTransportRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpTransportRequest, jp_transport_request_unref)

G_END_DECLS
