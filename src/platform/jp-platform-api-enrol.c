/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-api.h"
#include "jp-platform-api-private.h"

#include "jp-json.h"
#include "jp-platform-enrol.h"
#include "jp-platform-limiter.h"
#include "jp-signature.h"

#define MAX_CODE_BYTES 64
#define MAX_NAME_BYTES 512
#define HASH_HEX_CHARS (2 * JP_SEAL_HASH_BYTES)

typedef struct
{
  char *code;    /* (owned) */
  char *name;    /* (owned) */
  char *request; /* (owned) */
} Enrolment;

static void
enrolment_clear (Enrolment *enrolment)
{
  g_clear_pointer (&enrolment->code, g_free);
  g_clear_pointer (&enrolment->name, g_free);
  g_clear_pointer (&enrolment->request, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Enrolment, enrolment_clear)

static JsonNode *
parse_body (JpHttpRequest *request, JsonObject **out_object, GError **error)
{
  g_autoptr (JsonNode) root =
    jp_json_parse (jp_http_request_get_body (request), JP_PLATFORM_API_MAX_ENROL_BYTES, error);

  *out_object = root != NULL ? jp_json_as_object (root, error) : NULL;
  return *out_object != NULL ? g_steal_pointer (&root) : NULL;
}

static gboolean
read_certificate_request (JsonObject *object, const char **out_request, GError **error)
{
  return jp_json_get_text (object, "request", JP_PLATFORM_ENROL_MAX_REQUEST_BYTES, out_request,
                           error);
}

static gboolean
read_enrolment (JpHttpRequest *request, Enrolment *out_enrolment, GError **error)
{
  JsonObject *object = NULL;
  const char *code = NULL;
  const char *name = NULL;
  const char *certificate_request = NULL;
  g_autoptr (JsonNode) root = parse_body (request, &object, error);

  if (root == NULL || !jp_json_get_text (object, "code", MAX_CODE_BYTES, &code, error) ||
      !jp_json_get_text (object, "station_name", MAX_NAME_BYTES, &name, error) ||
      !read_certificate_request (object, &certificate_request, error))
    return FALSE;
  if (*name == '\0' || jp_text_length (name) > JP_PLATFORM_STATION_MAX_NAME_CHARS)
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID,
                           "the name of a station has 1 to 64 characters");
      return FALSE;
    }

  out_enrolment->code = g_strdup (code);
  out_enrolment->name = g_strdup (name);
  out_enrolment->request = g_strdup (certificate_request);
  return TRUE;
}

static void
add_text (JsonBuilder *builder, const char *member, const char *text)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

/* With which a PC tells rules of the platform from others. */
static void
add_policy_key (JsonBuilder *builder, JpPlatform *platform)
{
  g_autofree char *key =
    jp_signature_dup_public_key (jp_platform_store_get_key (jp_platform_get_store (platform)));

  add_text (builder, "policy_key", key);
}

static JpHttpResponse *
answer (JpPlatform *platform, const JpPlatformGrant *grant)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  JpIdText text;

  json_builder_begin_object (builder);
  add_text (builder, "school", jp_id_to_text (&grant->station.school, text));
  add_text (builder, "station", jp_id_to_text (&grant->station.id, text));
  json_builder_set_member_name (builder, "station_no");
  json_builder_add_int_value (builder, grant->station.no);
  add_text (builder, "token", grant->token);
  if (grant->certificate != NULL)
    add_text (builder, "certificate", grant->certificate);
  add_policy_key (builder, platform);
  json_builder_end_object (builder);

  g_autoptr (JsonNode) node = json_builder_get_root (builder);

  return jp_http_response_new_json (200, node);
}

/**
 * jp_platform_api_enrol:
 * @request: a code, the name of a station, and its request for a certificate
 * @user_data: the platform
 *
 * Takes a station in. Whoever guesses codes has to wait.
 *
 * Returns: (transfer full): the station's number, token and certificate, or a problem
 */
JpHttpResponse *
jp_platform_api_enrol (JpHttpRequest *request, gpointer user_data)
{
  JpPlatform        *platform = user_data;
  JpPlatformLimiter *limiter = jp_platform_get_limiter (platform);
  const char        *remote = jp_http_request_get_remote (request);
  g_auto (Enrolment) enrolment = { 0 };
  g_auto (JpPlatformGrant) grant = { 0 };
  g_autoptr (GError) error = NULL;
  JpHttpResponse *old = jp_platform_api_check_versions (request);

  if (old != NULL)
    return old;
  if (!jp_platform_limiter_check (limiter, remote, &error))
    return jp_platform_api_new_problem (error);
  if (!read_enrolment (request, &enrolment, &error))
    return jp_platform_api_new_bad_body (error);

  if (jp_platform_enrol_run (jp_platform_get_store (platform), enrolment.code, enrolment.name,
                             enrolment.request, &grant, &error))
    return answer (platform, &grant);

  if (g_error_matches (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_AUTH))
    jp_platform_limiter_count (limiter, remote);
  return jp_platform_api_new_problem (error);
}

static gboolean
read_branch (JsonObject  *object,
             gint64      *out_n,
             guint8       out_chain[JP_SEAL_HASH_BYTES],
             const char **out_request,
             GError     **error)
{
  const char *hex = NULL;

  return jp_json_get_integer (object, "n", 0, JP_JSON_INTEGER_MAX, out_n, error) &&
         jp_json_get_text (object, "chain", HASH_HEX_CHARS, &hex, error) &&
         jp_hash_from_hex (hex, out_chain, JP_SEAL_HASH_BYTES, error) &&
         read_certificate_request (object, out_request, error);
}

/**
 * jp_platform_api_branch:
 * @request: the last operation that a PC has in common with the station whose identity it has, and
 *   its request for a certificate
 * @user_data: the platform
 *
 * Gives a restored PC, or one with a copied disk, an identity of its own.
 *
 * Returns: (transfer full): its number, token and certificate, or a problem
 */
JpHttpResponse *
jp_platform_api_branch (JpHttpRequest *request, gpointer user_data)
{
  JpPlatform       *platform = user_data;
  JpPlatformStation station;
  g_auto (JpPlatformGrant) grant = { 0 };
  guint8      chain[JP_SEAL_HASH_BYTES];
  gint64      n = 0;
  const char *certificate_request = NULL;
  JsonObject *object = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) error = NULL;
  JpHttpResponse *refusal = jp_platform_api_open (platform, request, &station);

  if (refusal != NULL)
    return refusal;
  root = parse_body (request, &object, &error);
  if (root == NULL || !read_branch (object, &n, chain, &certificate_request, &error))
    return jp_platform_api_new_bad_body (error);
  if (!jp_platform_enrol_branch (jp_platform_get_store (platform), &station, n, chain,
                                 certificate_request, &grant, &error))
    return jp_platform_api_new_problem (error);
  return answer (platform, &grant);
}

/**
 * jp_platform_api_certificate:
 * @request: a request for a certificate
 * @user_data: the platform
 *
 * Returns: (transfer full): a certificate that is good for another year, or a problem
 */
JpHttpResponse *
jp_platform_api_certificate (JpHttpRequest *request, gpointer user_data)
{
  JpPlatform       *platform = user_data;
  JpPlatformStore  *store = jp_platform_get_store (platform);
  JpPlatformStation station;
  const char       *certificate_request = NULL;
  JsonObject       *object = NULL;
  g_autofree char  *certificate = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (GError) error = NULL;
  JpHttpResponse *refusal = jp_platform_api_open (platform, request, &station);

  if (refusal != NULL)
    return refusal;
  root = parse_body (request, &object, &error);
  if (root == NULL || !read_certificate_request (object, &certificate_request, &error))
    return jp_platform_api_new_bad_body (error);
  if (!jp_platform_store_can_sign (store))
    {
      g_set_error_literal (&error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_NOT_FOUND,
                           "stations have no certificates here");
      return jp_platform_api_new_problem (error);
    }
  certificate = jp_platform_enrol_renew (store, &station, certificate_request, &error);
  if (certificate == NULL)
    return jp_platform_api_new_problem (error);

  builder = json_builder_new_immutable ();
  json_builder_begin_object (builder);
  add_text (builder, "certificate", certificate);
  json_builder_end_object (builder);

  g_autoptr (JsonNode) node = json_builder_get_root (builder);

  return jp_http_response_new_json (200, node);
}
