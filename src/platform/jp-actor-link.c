/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-actor-link.h"

#include "jp-json.h"
#include "jp-wire-http.h"

#include <libsoup/soup.h>

#define TIMEOUT_S 60

struct _JpActorLink
{
  SoupSession *session; /* (owned) */
  char        *url;     /* (owned) */
  char        *folder;  /* (owned): of the platform, for the tokens of the roles */
  GHashTable  *tokens;  /* (owned): role → token */
};

/**
 * jp_actor_link_new:
 * @url: where the platform is; always https
 * @ca: the PEM file of its authority
 * @folder: its folder, where the tokens of the roles are
 * @error: return location for an error of reading @ca
 *
 * Returns: (transfer full): a way to the platform, or %NULL
 */
JpActorLink *
jp_actor_link_new (const char *url, const char *ca, const char *folder, GError **error)
{
  g_return_val_if_fail (url != NULL, NULL);
  g_return_val_if_fail (ca != NULL, NULL);
  g_return_val_if_fail (folder != NULL, NULL);

  g_autoptr (GTlsDatabase) authority = g_tls_file_database_new (ca, error);

  if (authority == NULL)
    return NULL;
  if (!g_str_has_prefix (url, "https://"))
    {
      g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID, "\"%s\" is not https", url);
      return NULL;
    }

  JpActorLink *self = g_new0 (JpActorLink, 1);

  self->session = soup_session_new_with_options ("tls-database", authority, "timeout", TIMEOUT_S,
                                                 "user-agent", "jiapei-actor/" JP_VERSION, NULL);
  self->url = g_strdup (url);
  if (g_str_has_suffix (self->url, "/"))
    self->url[strlen (self->url) - 1] = '\0';
  self->folder = g_strdup (folder);
  self->tokens = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return self;
}

/**
 * jp_actor_link_free:
 * @self: (nullable) (transfer full): a link
 *
 * Closes it.
 */
void
jp_actor_link_free (JpActorLink *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->session);
  g_clear_pointer (&self->tokens, g_hash_table_unref);
  g_free (self->url);
  g_free (self->folder);
  g_free (self);
}

/**
 * jp_actor_link_get_token:
 * @self: a link
 * @role: a role of those who work for the city
 * @error: return location for an error of reading its file
 *
 * Returns: (transfer none): the token, or %NULL
 */
const char *
jp_actor_link_get_token (JpActorLink *self, JpPublicRole role, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  char *token = g_hash_table_lookup (self->tokens, GINT_TO_POINTER (role));

  if (token == NULL)
    {
      token = jp_public_token_read (self->folder, role, error);
      if (token != NULL)
        g_hash_table_insert (self->tokens, GINT_TO_POINTER (role), token);
    }
  return token;
}

static JpPlatformError
code_of (guint status)
{
  switch (status)
    {
    case 401:
      return JP_PLATFORM_ERROR_AUTH;
    case 403:
      return JP_PLATFORM_ERROR_FORBIDDEN;
    case 404:
      return JP_PLATFORM_ERROR_NOT_FOUND;
    case 409:
      return JP_PLATFORM_ERROR_CONFLICT;
    case 429:
      return JP_PLATFORM_ERROR_RATE_LIMITED;
    default:
      return status < 500 ? JP_PLATFORM_ERROR_INVALID : JP_PLATFORM_ERROR_IO;
    }
}

static JsonObject *
read_answer (SoupMessage *message, GBytes *bytes, GError **error)
{
  guint status = soup_message_get_status (message);
  g_autoptr (JsonNode) node = jp_json_parse (bytes, JP_JSON_MAX_BYTES, error);
  JsonObject *object = node != NULL ? jp_json_as_object (node, error) : NULL;
  const char *detail = NULL;

  if (object == NULL)
    {
      g_prefix_error (error, "the platform answered %u: ", status);
      return NULL;
    }
  if (status < 300)
    return json_object_ref (object);

  /* ignored: without a detail the status has to do */
  jp_json_get_text (object, "detail", JP_JSON_MAX_STRING_BYTES, &detail, NULL);
  g_set_error (error, JP_PLATFORM_ERROR, (int)code_of (status), "%s (%u)",
               detail != NULL ? detail : "refused", status);
  return NULL;
}

static JsonObject *
send (JpActorLink *self,
      const char  *method,
      const char  *token,
      const char  *path,
      GBytes      *body,
      GError     **error)
{
  g_autofree char *uri = g_strconcat (self->url, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, uri);
  g_autoptr (GBytes) answer = NULL;

  if (message == NULL)
    {
      g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID, "\"%s\" is no address",
                   uri);
      return NULL;
    }
  if (token != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);

      soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                                   bearer);
    }
  if (body != NULL)
    soup_message_set_request_body_from_bytes (message, JP_WIRE_TYPE_JSON, body);
  answer = soup_session_send_and_read (self->session, message, NULL, error);
  return answer != NULL ? read_answer (message, answer, error) : NULL;
}

/**
 * jp_actor_link_get:
 * @self: a link
 * @token: (nullable): who asks
 * @path: path and query
 * @error: return location for a [error@Jp.PlatformError], as the status says, or an error of the
 *   network
 *
 * Returns: (transfer full): the answer, or %NULL
 */
JsonObject *
jp_actor_link_get (JpActorLink *self, const char *token, const char *path, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  return send (self, "GET", token, path, NULL, error);
}

/**
 * jp_actor_link_post:
 * @self: a link
 * @token: (nullable): who asks
 * @path: path
 * @body: (transfer full): what is told
 * @error: return location, as for jp_actor_link_get()
 *
 * Returns: (transfer full): the answer, or %NULL
 */
JsonObject *
jp_actor_link_post (JpActorLink *self,
                    const char  *token,
                    const char  *path,
                    JsonNode    *body,
                    GError     **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (body != NULL, NULL);

  g_autoptr (JsonNode) owned = body;
  g_autoptr (GBytes) bytes = jp_json_to_bytes (owned);

  return send (self, "POST", token, path, bytes, error);
}
