/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-http-request.h"

#include "jp-platform-error.h"

#include <string.h>

#define BEARER "Bearer "

struct _JpHttpRequest
{
  char            *method;           /* (owned) */
  char            *path;             /* (owned) */
  char            *authorization;    /* (owned) (nullable) */
  char            *content_type;     /* (owned) (nullable) */
  char            *content_encoding; /* (owned) (nullable) */
  char            *if_none_match;    /* (owned) (nullable) */
  char            *remote;           /* (owned) (nullable) */
  GHashTable      *params;           /* (owned) (nullable): name → text, set once by the router */
  GHashTable      *query;            /* (owned) (nullable): name → text */
  GTlsCertificate *peer_certificate; /* (owned) (nullable) */
  GBytes          *body;             /* (owned) */
  gint64           sync_protocol;    /* -1 = not told or no number */
  gint64           sync_schema;      /* -1 = not told or no number */
  gboolean         accepts_gzip;
  gboolean         last_call;
};

static void
request_clear (gpointer data)
{
  JpHttpRequest *self = data;

  g_free (self->method);
  g_free (self->path);
  g_free (self->authorization);
  g_free (self->content_type);
  g_free (self->content_encoding);
  g_free (self->if_none_match);
  g_free (self->remote);
  g_clear_pointer (&self->params, g_hash_table_unref);
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_object (&self->peer_certificate);
  g_bytes_unref (self->body);
}

static gint64
parse_number (const char *text)
{
  guint64 number = 0;

  if (!text || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &number, NULL))
    return -1;

  return (gint64)number;
}

/* "gzip", "x, gzip;q=0.5" and "*" accept; "gzip;q=0" does not (RFC 9110, 12.5.3). */
static gboolean
parse_accepts_gzip (const char *accept_encoding)
{
  if (!accept_encoding)
    return FALSE;

  g_auto (GStrv) codings = g_strsplit (accept_encoding, ",", 16);

  for (gsize i = 0; codings[i]; i++)
    {
      g_auto (GStrv) parts = g_strsplit (codings[i], ";", 2);
      const char *name = parts[0] ? g_strstrip (parts[0]) : "";
      const char *quality = parts[0] && parts[1] ? g_strstrip (parts[1]) : "q=1";

      if (g_ascii_strcasecmp (name, "gzip") != 0 && strcmp (name, "*") != 0)
        continue;
      return g_ascii_strncasecmp (quality, "q=", 2) != 0 ||
             g_ascii_strtod (quality + 2, NULL) > 0.0;
    }

  return FALSE;
}

static gboolean
parse_query (const char *query, GHashTable **out_query, GError **error)
{
  if (!query || *query == '\0')
    return TRUE;

  g_autoptr (GHashTable) table =
    strlen (query) <= JP_HTTP_MAX_QUERY_BYTES
      ? g_uri_parse_params (query, -1, "&", G_URI_PARAMS_WWW_FORM, NULL)
      : NULL;
  if (!table)
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID,
                           "the query of the request is malformed or too long");
      return FALSE;
    }

  *out_query = g_steal_pointer (&table);
  return TRUE;
}

/**
 * jp_http_request_new:
 * @fields: what the request says
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Makes a request. Any thread.
 *
 * Returns: (transfer full): the request, or %NULL with `JP_PLATFORM_ERROR_INVALID` if the query is
 *   malformed or longer than %JP_HTTP_MAX_QUERY_BYTES
 */
JpHttpRequest *
jp_http_request_new (const JpHttpRequestFields *fields, GError **error)
{
  g_return_val_if_fail (fields != NULL, NULL);
  g_return_val_if_fail (fields->method != NULL && fields->path != NULL, NULL);

  g_autoptr (GHashTable) query = NULL;

  if (!parse_query (fields->query, &query, error))
    return NULL;

  JpHttpRequest *self = g_atomic_rc_box_new0 (JpHttpRequest);
  self->method = g_strdup (strcmp (fields->method, "HEAD") == 0 ? "GET" : fields->method);
  self->path = g_strdup (fields->path);
  self->authorization = g_strdup (fields->authorization);
  self->content_type = g_strdup (fields->content_type);
  if (fields->content_encoding && g_ascii_strcasecmp (fields->content_encoding, "identity") != 0)
    self->content_encoding = g_strdup (fields->content_encoding);
  self->if_none_match = g_strdup (fields->if_none_match);
  self->remote = g_strdup (fields->remote);
  self->query = g_steal_pointer (&query);
  g_set_object (&self->peer_certificate, fields->peer_certificate);
  self->body = fields->body ? g_bytes_ref (fields->body) : g_bytes_new_static ("", 0);
  self->sync_protocol = parse_number (fields->sync_protocol);
  self->sync_schema = parse_number (fields->sync_schema);
  self->accepts_gzip = parse_accepts_gzip (fields->accept_encoding);

  return self;
}

static JpHttpRequest *
copy (JpHttpRequest *self)
{
  JpHttpRequest *other = g_atomic_rc_box_new0 (JpHttpRequest);

  *other = *self;
  other->method = g_strdup (self->method);
  other->path = g_strdup (self->path);
  other->authorization = g_strdup (self->authorization);
  other->content_type = g_strdup (self->content_type);
  other->content_encoding = g_strdup (self->content_encoding);
  other->if_none_match = g_strdup (self->if_none_match);
  other->remote = g_strdup (self->remote);
  other->params = self->params ? g_hash_table_ref (self->params) : NULL;
  other->query = self->query ? g_hash_table_ref (self->query) : NULL;
  other->peer_certificate = self->peer_certificate ? g_object_ref (self->peer_certificate) : NULL;
  other->body = g_bytes_ref (self->body);

  return other;
}

/**
 * jp_http_request_new_unpacked:
 * @self: a request with a packed body
 * @body: the same body, unpacked
 *
 * Returns: (transfer full): a request like @self with the body @body
 */
JpHttpRequest *
jp_http_request_new_unpacked (JpHttpRequest *self, GBytes *body)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (body != NULL, NULL);

  JpHttpRequest *other = copy (self);
  g_bytes_unref (other->body);
  other->body = g_bytes_ref (body);
  g_clear_pointer (&other->content_encoding, g_free);

  return other;
}

/**
 * jp_http_request_new_last_call:
 * @self: a request that was parked
 *
 * Returns: (transfer full): a request like @self that must be answered now
 */
JpHttpRequest *
jp_http_request_new_last_call (JpHttpRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  JpHttpRequest *other = copy (self);
  other->last_call = TRUE;

  return other;
}

/**
 * jp_http_request_ref:
 * @self: a request
 *
 * Returns: (transfer full): @self
 */
JpHttpRequest *
jp_http_request_ref (JpHttpRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * jp_http_request_unref:
 * @self: (nullable) (transfer full): a request
 *
 * Drops a reference.
 */
void
jp_http_request_unref (JpHttpRequest *self)
{
  if (self)
    g_atomic_rc_box_release_full (self, request_clear);
}

/**
 * jp_http_request_set_params:
 * @self: a request that nobody else has seen yet
 * @params: (element-type utf8 utf8): what stands in the place of each {name} of the route
 *
 * Sets the parameters of the path; only the router does this, once.
 */
void
jp_http_request_set_params (JpHttpRequest *self, GHashTable *params)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (params != NULL);
  g_return_if_fail (self->params == NULL);

  self->params = g_hash_table_ref (params);
}

/**
 * jp_http_request_get_method:
 * @self: a request
 *
 * Returns: the verb; HEAD is told as GET
 */
const char *
jp_http_request_get_method (JpHttpRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->method;
}

/**
 * jp_http_request_get_path:
 * @self: a request
 *
 * Returns: the escaped path; may hold personal data, so it is not for logs
 */
const char *
jp_http_request_get_path (JpHttpRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

/**
 * jp_http_request_get_param:
 * @self: a request
 * @name: a name that the route's template has in braces
 *
 * Returns: the text in that place of the path: unescaped, valid UTF-8 without control characters,
 *   1 … %JP_HTTP_MAX_PARAM_BYTES bytes
 */
const char *
jp_http_request_get_param (JpHttpRequest *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  const char *text = self->params ? g_hash_table_lookup (self->params, name) : NULL;

  /* A name that is not in the template is a bug of the handler. */
  g_return_val_if_fail (text != NULL, NULL);
  return text;
}

/**
 * jp_http_request_get_query:
 * @self: a request
 * @name: a name
 *
 * Returns: (nullable): the unescaped value of @name in the query, of any form
 */
const char *
jp_http_request_get_query (JpHttpRequest *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return self->query ? g_hash_table_lookup (self->query, name) : NULL;
}

/**
 * jp_http_request_get_query_integer:
 * @self: a request
 * @name: a name
 * @min: least value
 * @max: greatest value
 * @inout_integer: (inout): the default on entry; the value if the query has @name
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Reads a number of the query.
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_INVALID` if it is no number or out of range
 */
gboolean
jp_http_request_get_query_integer (JpHttpRequest *self,
                                   const char    *name,
                                   gint64         min,
                                   gint64         max,
                                   gint64        *inout_integer,
                                   GError       **error)
{
  g_return_val_if_fail (inout_integer != NULL, FALSE);

  const char *text = jp_http_request_get_query (self, name);

  if (!text)
    return TRUE;
  if (!g_ascii_string_to_signed (text, 10, min, max, inout_integer, NULL))
    {
      g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID,
                   "\"%s\" must be a number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, name,
                   min, max);
      return FALSE;
    }

  return TRUE;
}

/**
 * jp_http_request_get_token:
 * @self: a request
 *
 * Returns: (nullable): the bearer token of the Authorization header; secret
 */
const char *
jp_http_request_get_token (JpHttpRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (!self->authorization ||
      g_ascii_strncasecmp (self->authorization, BEARER, strlen (BEARER)) != 0)
    return NULL;

  return self->authorization + strlen (BEARER);
}

/**
 * jp_http_request_get_content_type:
 * @self: a request
 *
 * Returns: (nullable): the type of the body, with its parameters
 */
const char *
jp_http_request_get_content_type (JpHttpRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->content_type;
}

/**
 * jp_http_request_get_content_encoding:
 * @self: a request
 *
 * Returns: (nullable): how the body is packed; handlers always see %NULL
 */
const char *
jp_http_request_get_content_encoding (JpHttpRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->content_encoding;
}

/**
 * jp_http_request_accepts_gzip:
 * @self: a request
 *
 * Returns: whether the answer may be packed
 */
gboolean
jp_http_request_accepts_gzip (JpHttpRequest *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->accepts_gzip;
}

/**
 * jp_http_request_get_sync_protocol:
 * @self: a request
 *
 * Returns: the protocol version that the client speaks, or -1
 */
gint64
jp_http_request_get_sync_protocol (JpHttpRequest *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return self->sync_protocol;
}

/**
 * jp_http_request_get_sync_schema:
 * @self: a request
 *
 * Returns: the schema version of the client, or -1
 */
gint64
jp_http_request_get_sync_schema (JpHttpRequest *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return self->sync_schema;
}

/**
 * jp_http_request_get_if_none_match:
 * @self: a request
 *
 * Returns: (nullable): the entity tag that the client already has, with its quotes
 */
const char *
jp_http_request_get_if_none_match (JpHttpRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->if_none_match;
}

/**
 * jp_http_request_get_remote:
 * @self: a request
 *
 * Returns: (nullable): the address of the other side, for rate limits; not for logs
 */
const char *
jp_http_request_get_remote (JpHttpRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->remote;
}

/**
 * jp_http_request_get_peer_certificate:
 * @self: a request
 *
 * Returns: (transfer none) (nullable): the certificate of the station, if it showed one that the
 *   platform's authority issued
 */
GTlsCertificate *
jp_http_request_get_peer_certificate (JpHttpRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->peer_certificate;
}

/**
 * jp_http_request_get_body:
 * @self: a request
 *
 * Returns: (transfer none): the body, within the limits of its route
 */
GBytes *
jp_http_request_get_body (JpHttpRequest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->body;
}

/**
 * jp_http_request_is_last_call:
 * @self: a request
 *
 * Returns: whether the request has waited long enough and must be answered now
 */
gboolean
jp_http_request_is_last_call (JpHttpRequest *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->last_call;
}
