/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-transport-request.h"

#include "jp-gzip.h"
#include "jp-wire-http.h"

struct _JpTransportRequest
{
  char    *method;        /* (owned) */
  char    *path;          /* (owned): with query */
  char    *token;         /* (owned) (nullable): secret */
  char    *content_type;  /* (owned) (nullable) */
  GBytes  *body;          /* (owned) (nullable) */
  GBytes  *packed_body;   /* (owned) (nullable): NULL if packing does not pay */
  char    *if_none_match; /* (owned) (nullable) */
  guint    schema;        /* 0 = not told */
  gboolean idempotent;
  guint    timeout_ms;      /* > 0 */
  gsize    max_reply_bytes; /* > 0 */
};

static void
request_clear (gpointer data)
{
  JpTransportRequest *self = data;

  g_free (self->method);
  g_free (self->path);
  g_free (self->token);
  g_free (self->content_type);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->packed_body, g_bytes_unref);
  g_free (self->if_none_match);
}

static GBytes *
pack (GBytes *body)
{
  if (!body || g_bytes_get_size (body) <= JP_WIRE_PACK_FROM_BYTES)
    return NULL;

  g_autoptr (GBytes) packed = jp_gzip_pack (body, JP_GZIP_LEVEL_FAST);

  return g_bytes_get_size (packed) < g_bytes_get_size (body) ? g_steal_pointer (&packed) : NULL;
}

/**
 * jp_transport_request_new:
 * @fields: what the request says
 *
 * Makes a request and packs its body: about 16 ms for a push of the largest size, so pushes are
 * made in a worker. Any thread.
 *
 * Returns: (transfer full): the request
 */
JpTransportRequest *
jp_transport_request_new (const JpTransportRequestFields *fields)
{
  g_return_val_if_fail (fields != NULL && fields->method != NULL, NULL);
  g_return_val_if_fail (fields->path != NULL && *fields->path == '/', NULL);

  JpTransportRequest *self = g_atomic_rc_box_new0 (JpTransportRequest);
  self->method = g_strdup (fields->method);
  self->path = g_strdup (fields->path);
  self->token = g_strdup (fields->token);
  self->content_type = g_strdup (fields->content_type);
  self->body = fields->body ? g_bytes_ref (fields->body) : NULL;
  if (g_strcmp0 (fields->content_type, JP_WIRE_TYPE_OCTET_STREAM) != 0)
    self->packed_body = pack (fields->body); /* pictures are packed already */
  self->if_none_match = g_strdup (fields->if_none_match);
  self->schema = fields->schema;
  self->idempotent = fields->idempotent;
  self->timeout_ms = fields->timeout_ms > 0 ? fields->timeout_ms : JP_TRANSPORT_TIMEOUT_MS;
  self->max_reply_bytes =
    fields->max_reply_bytes > 0 ? fields->max_reply_bytes : JP_TRANSPORT_MAX_REPLY_BYTES;

  return self;
}

/**
 * jp_transport_request_ref:
 * @self: a request
 *
 * Returns: (transfer full): @self
 */
JpTransportRequest *
jp_transport_request_ref (JpTransportRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * jp_transport_request_unref:
 * @self: (nullable) (transfer full): a request
 *
 * Drops a reference.
 */
void
jp_transport_request_unref (JpTransportRequest *self)
{
  if (self)
    g_atomic_rc_box_release_full (self, request_clear);
}

/**
 * jp_transport_request_get_method:
 * @self: a request
 *
 * Returns: the verb
 */
const char *
jp_transport_request_get_method (JpTransportRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->method;
}

/**
 * jp_transport_request_get_path:
 * @self: a request
 *
 * Returns: the escaped path with its query
 */
const char *
jp_transport_request_get_path (JpTransportRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

/**
 * jp_transport_request_get_token:
 * @self: a request
 *
 * Returns: (nullable): the bearer token; secret
 */
const char *
jp_transport_request_get_token (JpTransportRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->token;
}

/**
 * jp_transport_request_get_content_type:
 * @self: a request
 *
 * Returns: (nullable): the type of the body
 */
const char *
jp_transport_request_get_content_type (JpTransportRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->content_type;
}

/**
 * jp_transport_request_get_body:
 * @self: a request
 *
 * Returns: (transfer none) (nullable): the body, plain
 */
GBytes *
jp_transport_request_get_body (JpTransportRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->body;
}

/**
 * jp_transport_request_get_packed_body:
 * @self: a request
 *
 * Returns: (transfer none) (nullable): the body as gzip, or %NULL if that is not smaller
 */
GBytes *
jp_transport_request_get_packed_body (JpTransportRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->packed_body;
}

/**
 * jp_transport_request_get_if_none_match:
 * @self: a request
 *
 * Returns: (nullable): the entity tag of what we have
 */
const char *
jp_transport_request_get_if_none_match (JpTransportRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->if_none_match;
}

/**
 * jp_transport_request_get_schema:
 * @self: a request
 *
 * Returns: our schema version; 0 = not told
 */
guint
jp_transport_request_get_schema (JpTransportRequest *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->schema;
}

/**
 * jp_transport_request_is_idempotent:
 * @self: a request
 *
 * Returns: whether the request may be sent twice
 */
gboolean
jp_transport_request_is_idempotent (JpTransportRequest *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->idempotent;
}

/**
 * jp_transport_request_get_timeout_ms:
 * @self: a request
 *
 * Returns: until when the answer must be there, in milliseconds
 */
guint
jp_transport_request_get_timeout_ms (JpTransportRequest *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->timeout_ms;
}

/**
 * jp_transport_request_get_max_reply_bytes:
 * @self: a request
 *
 * Returns: the limit of the answer, unpacked
 */
gsize
jp_transport_request_get_max_reply_bytes (JpTransportRequest *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->max_reply_bytes;
}
