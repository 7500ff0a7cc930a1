/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One request as the platform's domain sees it: immutable, reference-counted, any thread, and
 * independent of how it arrived, so that tests and the simulator make their own. */

#define JP_HTTP_MAX_QUERY_BYTES 4096
#define JP_HTTP_MAX_PARAM_BYTES 128

/**
 * JpHttpRequestFields:
 * @method: the verb in capitals; HEAD is told as GET
 * @path: the escaped path, e.g. "/v1/schools/3717000000000001/push"
 * @query: (nullable): the escaped query without "?"
 * @authorization: (nullable): the header of that name
 * @content_type: (nullable): the header of that name
 * @content_encoding: (nullable): the header of that name; cleared once the body is unpacked
 * @accept_encoding: (nullable): the header of that name
 * @sync_protocol: (nullable): the header of that name
 * @sync_schema: (nullable): the header of that name
 * @if_none_match: (nullable): the header of that name
 * @remote: (nullable): address of the other side, without port
 * @peer_certificate: (nullable): what the station proved to own in the handshake
 * @body: (nullable): the body; NULL is an empty one
 *
 * What a request is made from.
 */
typedef struct
{
  const char      *method;
  const char      *path;
  const char      *query;
  const char      *authorization;
  const char      *content_type;
  const char      *content_encoding;
  const char      *accept_encoding;
  const char      *sync_protocol;
  const char      *sync_schema;
  const char      *if_none_match;
  const char      *remote;
  GTlsCertificate *peer_certificate;
  GBytes          *body;
} JpHttpRequestFields;

typedef struct _JpHttpRequest JpHttpRequest;

JpHttpRequest *jp_http_request_new (const JpHttpRequestFields *fields, GError **error);
JpHttpRequest *jp_http_request_new_unpacked (JpHttpRequest *self, GBytes *body);
JpHttpRequest *jp_http_request_new_last_call (JpHttpRequest *self);
JpHttpRequest *jp_http_request_ref (JpHttpRequest *self);
void           jp_http_request_unref (JpHttpRequest *self);

const char      *jp_http_request_get_method (JpHttpRequest *self);
const char      *jp_http_request_get_path (JpHttpRequest *self);
const char      *jp_http_request_get_param (JpHttpRequest *self, const char *name);
const char      *jp_http_request_get_query (JpHttpRequest *self, const char *name);
gboolean         jp_http_request_get_query_integer (JpHttpRequest *self,
                                                    const char    *name,
                                                    gint64         min,
                                                    gint64         max,
                                                    gint64        *inout_integer,
                                                    GError       **error);
const char      *jp_http_request_get_token (JpHttpRequest *self);
const char      *jp_http_request_get_content_type (JpHttpRequest *self);
const char      *jp_http_request_get_content_encoding (JpHttpRequest *self);
gboolean         jp_http_request_accepts_gzip (JpHttpRequest *self);
gint64           jp_http_request_get_sync_protocol (JpHttpRequest *self);
gint64           jp_http_request_get_sync_schema (JpHttpRequest *self);
const char      *jp_http_request_get_if_none_match (JpHttpRequest *self);
const char      *jp_http_request_get_remote (JpHttpRequest *self);
GTlsCertificate *jp_http_request_get_peer_certificate (JpHttpRequest *self);
GBytes          *jp_http_request_get_body (JpHttpRequest *self);
gboolean         jp_http_request_is_last_call (JpHttpRequest *self);

/* For the router only: the parameters that it found in the path. */
void jp_http_request_set_params (JpHttpRequest *self, GHashTable *params);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpHttpRequest, jp_http_request_unref)

G_END_DECLS
