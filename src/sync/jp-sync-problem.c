/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sync-problem.h"

#include "jp-wire-http.h"

#include <string.h>

#define MAX_TYPE_BYTES ((gsize)128)
#define MAX_TEXT_BYTES ((gsize)2048)
/* What RFC 9457 calls a problem that says no more than its status. */
#define BLANK "about:blank"

struct _JpSyncProblem
{
  guint       status;        /* 400 … 599 */
  char       *type_uri;      /* (owned) */
  char       *title;         /* (owned) (nullable) */
  char       *detail;        /* (owned) (nullable) */
  guint       retry_after_s; /* 0 = not told */
  JsonObject *members;       /* (owned): all members; empty if the body was no problem object */
};

static void
problem_clear (gpointer data)
{
  JpSyncProblem *self = data;

  g_free (self->type_uri);
  g_free (self->title);
  g_free (self->detail);
  json_object_unref (self->members);
}

/* A member of the wrong form is as good as none: the status alone must do. */
static char *
dup_text (JsonObject *members, const char *name, gsize max_bytes)
{
  const char *text = NULL;

  if (!jp_json_has (members, name) || !jp_json_get_text (members, name, max_bytes, &text, NULL))
    return NULL;

  return g_strdup (text);
}

static JsonObject *
read_members (const char *content_type, GBytes *body)
{
  g_autoptr (JsonNode) node = NULL;

  if (!content_type ||
      g_ascii_strncasecmp (content_type, JP_WIRE_TYPE_PROBLEM, strlen (JP_WIRE_TYPE_PROBLEM)) != 0)
    return json_object_new ();

  node = jp_json_parse (body, JP_SYNC_PROBLEM_MAX_BYTES, NULL);
  JsonObject *object = node ? jp_json_as_object (node, NULL) : NULL;

  return object ? json_object_ref (object) : json_object_new ();
}

/**
 * jp_sync_problem_new:
 * @status: the HTTP status, 400 … 599
 * @content_type: (nullable): the type of @body
 * @body: the body of the answer, of any form
 * @retry_after_s: when to come again, in seconds; 0 = not told
 *
 * Reads a problem. Whatever cannot be understood is left out: the status is always there.
 *
 * Returns: (transfer full): the problem
 */
JpSyncProblem *
jp_sync_problem_new (guint status, const char *content_type, GBytes *body, guint retry_after_s)
{
  g_return_val_if_fail (body != NULL, NULL);

  JpSyncProblem *self = g_atomic_rc_box_new0 (JpSyncProblem);
  self->status = status;
  self->members = read_members (content_type, body);
  self->type_uri = dup_text (self->members, "type", MAX_TYPE_BYTES);
  if (!self->type_uri)
    self->type_uri = g_strdup (BLANK);
  self->title = dup_text (self->members, "title", MAX_TEXT_BYTES);
  self->detail = dup_text (self->members, "detail", MAX_TEXT_BYTES);
  self->retry_after_s = retry_after_s;

  return self;
}

/**
 * jp_sync_problem_ref:
 * @self: a problem
 *
 * Returns: (transfer full): @self
 */
JpSyncProblem *
jp_sync_problem_ref (JpSyncProblem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * jp_sync_problem_unref:
 * @self: (nullable) (transfer full): a problem
 *
 * Drops a reference.
 */
void
jp_sync_problem_unref (JpSyncProblem *self)
{
  if (self)
    g_atomic_rc_box_release_full (self, problem_clear);
}

/**
 * jp_sync_problem_get_status:
 * @self: a problem
 *
 * Returns: the HTTP status
 */
guint
jp_sync_problem_get_status (JpSyncProblem *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->status;
}

/**
 * jp_sync_problem_get_type_uri:
 * @self: a problem
 *
 * Returns: one of JP_WIRE_PROBLEM_…, a newer one, or "about:blank"
 */
const char *
jp_sync_problem_get_type_uri (JpSyncProblem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->type_uri;
}

/**
 * jp_sync_problem_get_title:
 * @self: a problem
 *
 * Returns: (nullable): one sentence for developers
 */
const char *
jp_sync_problem_get_title (JpSyncProblem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->title;
}

/**
 * jp_sync_problem_get_detail:
 * @self: a problem
 *
 * Returns: (nullable): one sentence about this very case
 */
const char *
jp_sync_problem_get_detail (JpSyncProblem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->detail;
}

/**
 * jp_sync_problem_get_retry_after_s:
 * @self: a problem
 *
 * Returns: when to come again, in seconds; 0 = not told
 */
guint
jp_sync_problem_get_retry_after_s (JpSyncProblem *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->retry_after_s;
}

/**
 * jp_sync_problem_get_members:
 * @self: a problem
 *
 * Returns: (transfer none): all members, also those of this type only, to be read with jp_json_…
 */
JsonObject *
jp_sync_problem_get_members (JpSyncProblem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->members;
}

/**
 * jp_sync_problem_is:
 * @self: (nullable): a problem
 * @type_uri: one of JP_WIRE_PROBLEM_…
 *
 * Returns: whether @self is of that type
 */
gboolean
jp_sync_problem_is (JpSyncProblem *self, const char *type_uri)
{
  g_return_val_if_fail (type_uri != NULL, FALSE);

  return self && strcmp (self->type_uri, type_uri) == 0;
}
