/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-transport-reply.h"

#include "jp-sync-error.h"
#include "jp-wire-http.h"

#include <string.h>

struct _JpTransportReply
{
  guint   status;        /* 100 … 599 */
  char   *sync_protocol; /* (owned) (nullable) */
  char   *content_type;  /* (owned) (nullable) */
  GBytes *body;          /* (owned) */
  char   *etag;          /* (owned) (nullable) */
  guint   retry_after_s; /* 0 = not told */
};

static void
reply_clear (gpointer data)
{
  JpTransportReply *self = data;

  g_free (self->sync_protocol);
  g_free (self->content_type);
  g_bytes_unref (self->body);
  g_free (self->etag);
}

/**
 * jp_transport_reply_new:
 * @fields: what the answer says
 *
 * Returns: (transfer full): the answer
 */
JpTransportReply *
jp_transport_reply_new (const JpTransportReplyFields *fields)
{
  g_return_val_if_fail (fields != NULL, NULL);

  JpTransportReply *self = g_atomic_rc_box_new0 (JpTransportReply);
  self->status = fields->status;
  self->sync_protocol = g_strdup (fields->sync_protocol);
  self->content_type = g_strdup (fields->content_type);
  self->body = fields->body ? g_bytes_ref (fields->body) : g_bytes_new_static ("", 0);
  self->etag = g_strdup (fields->etag);
  self->retry_after_s = fields->retry_after_s;

  return self;
}

/**
 * jp_transport_reply_ref:
 * @self: an answer
 *
 * Returns: (transfer full): @self
 */
JpTransportReply *
jp_transport_reply_ref (JpTransportReply *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * jp_transport_reply_unref:
 * @self: (nullable) (transfer full): an answer
 *
 * Drops a reference.
 */
void
jp_transport_reply_unref (JpTransportReply *self)
{
  if (self)
    g_atomic_rc_box_release_full (self, reply_clear);
}

/**
 * jp_transport_reply_get_status:
 * @self: an answer
 *
 * Returns: the HTTP status
 */
guint
jp_transport_reply_get_status (JpTransportReply *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->status;
}

/**
 * jp_transport_reply_get_content_type:
 * @self: an answer
 *
 * Returns: (nullable): the type of the body, with its parameters
 */
const char *
jp_transport_reply_get_content_type (JpTransportReply *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->content_type;
}

/**
 * jp_transport_reply_get_body:
 * @self: an answer
 *
 * Returns: (transfer none): the body, unpacked; empty if there is none
 */
GBytes *
jp_transport_reply_get_body (JpTransportReply *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->body;
}

/**
 * jp_transport_reply_get_etag:
 * @self: an answer
 *
 * Returns: (nullable): the entity tag, with its quotes
 */
const char *
jp_transport_reply_get_etag (JpTransportReply *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->etag;
}

/**
 * jp_transport_reply_get_retry_after_s:
 * @self: an answer
 *
 * Returns: when to come again, in seconds; 0 = not told
 */
guint
jp_transport_reply_get_retry_after_s (JpTransportReply *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->retry_after_s;
}

static gboolean
is_type (const char *content_type, const char *type)
{
  gsize length = strlen (type);

  return content_type && g_ascii_strncasecmp (content_type, type, length) == 0 &&
         (content_type[length] == '\0' || content_type[length] == ';' ||
          content_type[length] == ' ');
}

static gboolean
is_success (guint status)
{
  return status >= 200 && status < 300;
}

/**
 * jp_transport_reply_is_ours:
 * @self: an answer
 * @error: return location for a [error@Jp.SyncError]
 *
 * Tells whether the platform itself has answered. A captive portal or a proxy answers anything with
 * a page of its own, often with the status 200 (sync.md §7.2, §9 no. 14).
 *
 * Returns: %TRUE; or %FALSE with `JP_SYNC_ERROR_BUSY` if a gateway says that the platform is not
 *   there, else with `JP_SYNC_ERROR_PROTOCOL`
 */
gboolean
jp_transport_reply_is_ours (JpTransportReply *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  gsize body_bytes = g_bytes_get_size (self->body);

  if (!self->sync_protocol && self->status >= 502 && self->status <= 504)
    {
      g_set_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_BUSY,
                   "a gateway answered for the platform with status %u", self->status);
      return FALSE;
    }
  if (!self->sync_protocol)
    {
      g_set_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_PROTOCOL,
                   "the answer (status %u) does not come from the platform: a captive portal or a "
                   "proxy has answered",
                   self->status);
      return FALSE;
    }
  if (is_success (self->status) && body_bytes > 0 &&
      !is_type (self->content_type, JP_WIRE_TYPE_JSON) &&
      !is_type (self->content_type, JP_WIRE_TYPE_OCTET_STREAM))
    {
      g_set_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_PROTOCOL,
                   "the answer is of a type that the platform does not use: a proxy has changed "
                   "it");
      return FALSE;
    }

  return TRUE;
}

static JpSyncError
get_conflict_code (JpSyncProblem *problem)
{
  if (jp_sync_problem_is (problem, JP_WIRE_PROBLEM_STATION_FORKED))
    return JP_SYNC_ERROR_FORKED;
  if (jp_sync_problem_is (problem, JP_WIRE_PROBLEM_EPOCH_CHANGED) ||
      jp_sync_problem_is (problem, JP_WIRE_PROBLEM_GAP))
    return JP_SYNC_ERROR_PAST;
  return JP_SYNC_ERROR_CONFLICT;
}

/* The one place where HTTP statuses become errors (sync.md §3.4). */
static JpSyncError
get_code (guint status, JpSyncProblem *problem)
{
  switch (status)
    {
    case 401:
    case 403:
    case 407:
      return jp_sync_problem_is (problem, JP_WIRE_PROBLEM_DEVICE_REVOKED) ? JP_SYNC_ERROR_REVOKED
                                                                          : JP_SYNC_ERROR_AUTH;
    case 408:
    case 425:
    case 429:
      return JP_SYNC_ERROR_BUSY;
    case 409:
      return get_conflict_code (problem);
    case 410:
      return JP_SYNC_ERROR_RESYNC;
    case 413:
      return JP_SYNC_ERROR_TOO_LARGE;
    case 426:
      return jp_sync_problem_is (problem, JP_WIRE_PROBLEM_SCHEMA_TOO_NEW) ? JP_SYNC_ERROR_TOO_NEW
                                                                          : JP_SYNC_ERROR_TOO_OLD;
    default:
      if (status >= 500)
        return JP_SYNC_ERROR_BUSY;
      return status >= 400 ? JP_SYNC_ERROR_REJECTED : JP_SYNC_ERROR_PROTOCOL;
    }
}

/**
 * jp_transport_reply_check:
 * @self: an answer of the platform
 * @out_problem: (out) (optional) (transfer full) (nullable): what the platform says is wrong, if it
 *   says anything is
 * @error: return location for a [error@Jp.SyncError]
 *
 * Tells success from refusal. 304 (nothing new) is a success without a body.
 *
 * Returns: %TRUE; or %FALSE with `JP_SYNC_ERROR_AUTH` or `JP_SYNC_ERROR_REVOKED` for 401 and 403,
 *   `JP_SYNC_ERROR_FORKED`, `JP_SYNC_ERROR_PAST` or `JP_SYNC_ERROR_CONFLICT` for 409 by the type of
 *   the problem, `JP_SYNC_ERROR_RESYNC` for 410,
 *   `JP_SYNC_ERROR_TOO_LARGE` for 413, `JP_SYNC_ERROR_TOO_OLD` or `JP_SYNC_ERROR_TOO_NEW` for 426,
 * `JP_SYNC_ERROR_BUSY` for 408, 425, 429 and 5xx, `JP_SYNC_ERROR_REJECTED` for other 4xx,
 * `JP_SYNC_ERROR_PROTOCOL` for statuses that the platform does not use
 */
gboolean
jp_transport_reply_check (JpTransportReply *self, JpSyncProblem **out_problem, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  g_autoptr (JpSyncProblem) problem = NULL;

  if (out_problem)
    *out_problem = NULL;
  if (is_success (self->status) || self->status == 304)
    return TRUE;

  problem = jp_sync_problem_new (self->status, self->content_type, self->body, self->retry_after_s);
  const char *title = jp_sync_problem_get_title (problem);
  g_set_error (error, JP_SYNC_ERROR, get_code (self->status, problem),
               "the platform answered with status %u (%s)%s%s", self->status,
               jp_sync_problem_get_type_uri (problem), title ? ": " : "", title ? title : "");
  if (out_problem)
    *out_problem = g_steal_pointer (&problem);

  return FALSE;
}
