/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-actor.h"
#include "jp-actor-private.h"

#include <glib/gi18n.h>

#define MAX_ROWS 500

typedef gboolean (*Step) (JpActor *self, const JpActorOptions *options, GError **error);

static const struct
{
  const char *name;
  Step        step;
} steps[] = {
  { "enrol", jp_actor_enrol },       { "sign", jp_actor_sign },     { "pay", jp_actor_pay },
  { "train", jp_actor_train },       { "review", jp_actor_review }, { "exam", jp_actor_examine },
  { "withdraw", jp_actor_withdraw }, { "decide", jp_actor_decide }, { "answer", jp_actor_answer },
  { "statement", jp_actor_settle },
};

/**
 * jp_actor_new:
 * @link: the way to the platform; must outlive the actor
 * @host: what it needs of the program
 *
 * Returns: (transfer full): an actor
 */
JpActor *
jp_actor_new (JpActorLink *link, const JpActorHost *host)
{
  g_return_val_if_fail (link != NULL, NULL);
  g_return_val_if_fail (host != NULL, NULL);
  g_return_val_if_fail (JP_IS_CLOCK (host->clock), NULL);
  g_return_val_if_fail (JP_IS_ID_SOURCE (host->random), NULL);
  g_return_val_if_fail (host->tell != NULL && host->pause != NULL, NULL);

  JpActor *self = g_new0 (JpActor, 1);

  self->link = link;
  self->host = *host;
  g_object_ref (self->host.clock);
  g_object_ref (self->host.random);
  return self;
}

/**
 * jp_actor_free:
 * @self: (nullable) (transfer full): an actor
 *
 * Frees it.
 */
void
jp_actor_free (JpActor *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->host.clock);
  g_clear_object (&self->host.random);
  g_free (self);
}

/**
 * jp_actor_has_step:
 * @name: name of a step
 *
 * Returns: whether there is such a step
 */
gboolean
jp_actor_has_step (const char *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (steps[i].name, name))
      return TRUE;
  return FALSE;
}

/**
 * jp_actor_do:
 * @self: an actor
 * @name: name of a step
 * @options: what it is about
 * @error: return location for a [error@Jp.PlatformError] or an error of the network
 *
 * Returns: whether it is done
 */
gboolean
jp_actor_do (JpActor *self, const char *name, const JpActorOptions *options, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (options != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (steps[i].name, name))
      return steps[i].step (self, options, error);
  g_return_val_if_reached (FALSE);
}

/* --- shared --- */

/**
 * jp_actor_tell: (skip)
 * @self: an actor
 * @format: what was done
 * @...: for @format
 */
void
jp_actor_tell (JpActor *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *line = g_strdup_vprintf (format, args);
  va_end (args);
  self->host.tell (line, self->host.user_data);
}

/**
 * jp_actor_get: (skip)
 * @self: an actor
 * @role: as whom
 * @path: what to ask
 * @error: return location
 *
 * Returns: (transfer full): the answer, or %NULL
 */
JsonObject *
jp_actor_get (JpActor *self, JpPublicRole role, const char *path, GError **error)
{
  const char *token = jp_actor_link_get_token (self->link, role, error);

  return token != NULL ? jp_actor_link_get (self->link, token, path, error) : NULL;
}

/**
 * jp_actor_post: (skip)
 * @self: an actor
 * @role: as whom
 * @path: what to ask
 * @body: (transfer full): what to tell, from jp_actor_new_body()
 * @error: return location
 *
 * Returns: (transfer full): the answer, or %NULL
 */
JsonObject *
jp_actor_post (JpActor     *self,
               JpPublicRole role,
               const char  *path,
               JsonBuilder *body,
               GError     **error)
{
  g_autoptr (JsonNode) node = jp_actor_end_body (body);
  const char *token = jp_actor_link_get_token (self->link, role, error);

  return token != NULL
           ? jp_actor_link_post (self->link, token, path, g_steal_pointer (&node), error)
           : NULL;
}

/**
 * jp_actor_new_body: (skip)
 *
 * Returns: (transfer full): the begin of a body
 */
JsonBuilder *
jp_actor_new_body (void)
{
  JsonBuilder *body = json_builder_new_immutable ();

  json_builder_begin_object (body);
  return body;
}

/**
 * jp_actor_end_body: (skip)
 * @body: (transfer full): a body
 *
 * Returns: (transfer full): its JSON
 */
JsonNode *
jp_actor_end_body (JsonBuilder *body)
{
  g_autoptr (JsonBuilder) owned = body;

  json_builder_end_object (owned);
  return json_builder_get_root (owned);
}

/**
 * jp_actor_set_text: (skip)
 * @body: a body
 * @name: member
 * @text: (nullable): value; %NULL leaves the member out
 */
void
jp_actor_set_text (JsonBuilder *body, const char *name, const char *text)
{
  if (text == NULL)
    return;
  json_builder_set_member_name (body, name);
  json_builder_add_string_value (body, text);
}

/**
 * jp_actor_set_integer: (skip)
 * @body: a body
 * @name: member
 * @integer: value
 */
void
jp_actor_set_integer (JsonBuilder *body, const char *name, gint64 integer)
{
  json_builder_set_member_name (body, name);
  json_builder_add_int_value (body, integer);
}

/**
 * jp_actor_read_text: (skip)
 * @object: an answer
 * @name: member
 *
 * Returns: (transfer none) (nullable): its text
 */
const char *
jp_actor_read_text (JsonObject *object, const char *name)
{
  const char *text = NULL;

  /* ignored: what is not there is NULL */
  jp_json_get_text (object, name, JP_JSON_MAX_STRING_BYTES, &text, NULL);
  return text;
}

/**
 * jp_actor_read_integer: (skip)
 * @object: an answer
 * @name: member
 *
 * Returns: its number, 0 if there is none
 */
gint64
jp_actor_read_integer (JsonObject *object, const char *name)
{
  gint64 integer = 0;

  /* ignored: what is not there is 0 */
  jp_json_get_integer (object, name, -JP_JSON_INTEGER_MAX, JP_JSON_INTEGER_MAX, &integer, NULL);
  return integer;
}

/**
 * jp_actor_read_boolean: (skip)
 * @object: an answer
 * @name: member
 *
 * Returns: whether it is true
 */
gboolean
jp_actor_read_boolean (JsonObject *object, const char *name)
{
  gboolean boolean = FALSE;

  /* ignored: what is not there is false */
  jp_json_get_boolean (object, name, &boolean, NULL);
  return boolean;
}

/**
 * jp_actor_get_length: (skip)
 * @object: an answer
 * @name: an array of it
 *
 * Returns: its length, 0 if there is none
 */
guint
jp_actor_get_length (JsonObject *object, const char *name)
{
  JsonArray *array = jp_json_get_array (object, name, MAX_ROWS, NULL);

  return array != NULL ? json_array_get_length (array) : 0;
}

/**
 * jp_actor_get_element: (skip)
 * @object: an answer
 * @name: an array of objects of it
 * @index: which one
 *
 * Returns: (transfer none) (nullable): the object
 */
JsonObject *
jp_actor_get_element (JsonObject *object, const char *name, guint index)
{
  JsonArray *array = jp_json_get_array (object, name, MAX_ROWS, NULL);

  return array != NULL ? jp_json_element_object (array, index, NULL) : NULL;
}

/**
 * jp_actor_dup_query: (skip)
 * @path: a path
 * @options: whose contract and school are asked about
 *
 * Returns: (transfer full): the path with its query
 */
char *
jp_actor_dup_query (const char *path, const JpActorOptions *options)
{
  g_autoptr (GString) query = g_string_new (path);

  if (options->contract != NULL)
    {
      g_string_append (query, strchr (path, '?') != NULL ? "&contract_no=" : "?contract_no=");
      g_string_append_uri_escaped (query, options->contract, NULL, FALSE);
    }
  if (options->school != NULL)
    {
      g_string_append (query, strchr (query->str, '?') != NULL ? "&school=" : "?school=");
      g_string_append_uri_escaped (query, options->school, NULL, FALSE);
    }
  return g_string_free (g_steal_pointer (&query), FALSE);
}

/**
 * jp_actor_look_up: (skip)
 * @self: an actor
 * @options: which contract
 * @error: return location
 *
 * Returns: (transfer full): how the contract stands, or %NULL
 */
JsonObject *
jp_actor_look_up (JpActor *self, const JpActorOptions *options, GError **error)
{
  g_autofree char *path = NULL;

  if (options->contract == NULL)
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID,
                           _ ("This step needs --contract."));
      return NULL;
    }
  path = jp_actor_dup_query ("/v1/public/contracts", options);
  return jp_actor_get (self, JP_PUBLIC_TERMINAL, path, error);
}

/**
 * jp_actor_advance: (skip)
 * @self: an actor
 * @until_us: what time it shall be at least
 * @now_us: what time it is at the platform
 * @error: return location
 *
 * Lets the days of the demo go by.
 *
 * Returns: whether it is late enough
 */
gboolean
jp_actor_advance (JpActor *self, gint64 until_us, gint64 now_us, GError **error)
{
  JsonBuilder *body = NULL;
  g_autoptr (JsonObject) answer = NULL;

  if (until_us <= now_us)
    return TRUE;
  body = jp_actor_new_body ();
  jp_actor_set_integer (body, "advance_s", (until_us - now_us) / JP_SECOND_US + 1);
  answer = jp_actor_post (self, JP_PUBLIC_TERMINAL, "/v1/public/clock", body, error);
  return answer != NULL;
}
