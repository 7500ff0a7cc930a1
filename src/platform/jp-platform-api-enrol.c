/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-api.h"
#include "jp-platform-api-private.h"

#include "jp-json.h"
#include "jp-platform-limiter.h"

#define MAX_CODE_BYTES 64
#define MAX_NAME_BYTES 512

typedef struct
{
  char *code; /* (owned) */
  char *name; /* (owned) */
} Enrolment;

static void
enrolment_clear (Enrolment *enrolment)
{
  g_clear_pointer (&enrolment->code, g_free);
  g_clear_pointer (&enrolment->name, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Enrolment, enrolment_clear)

static gboolean
read_enrolment (GBytes *body, Enrolment *out_enrolment, GError **error)
{
  g_autoptr (JsonNode) root = jp_json_parse (body, JP_PLATFORM_API_MAX_ENROL_BYTES, error);
  JsonObject *object = root != NULL ? jp_json_as_object (root, error) : NULL;
  const char *code = NULL;
  const char *name = NULL;

  if (object == NULL || !jp_json_get_text (object, "code", MAX_CODE_BYTES, &code, error) ||
      !jp_json_get_text (object, "station_name", MAX_NAME_BYTES, &name, error))
    return FALSE;
  if (*name == '\0' || jp_text_length (name) > JP_PLATFORM_STATION_MAX_NAME_CHARS)
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID,
                           "the name of a station has 1 to 64 characters");
      return FALSE;
    }

  out_enrolment->code = g_strdup (code);
  out_enrolment->name = g_strdup (name);
  return TRUE;
}

static JpHttpResponse *
answer (const JpPlatformStation *station, const char *token)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  JpIdText text;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "school");
  json_builder_add_string_value (builder, jp_id_to_text (&station->school, text));
  json_builder_set_member_name (builder, "station");
  json_builder_add_string_value (builder, jp_id_to_text (&station->id, text));
  json_builder_set_member_name (builder, "station_no");
  json_builder_add_int_value (builder, station->no);
  json_builder_set_member_name (builder, "token");
  json_builder_add_string_value (builder, token);
  json_builder_end_object (builder);

  g_autoptr (JsonNode) node = json_builder_get_root (builder);

  return jp_http_response_new_json (200, node);
}

/**
 * jp_platform_api_enrol:
 * @request: a code and the name of a station
 * @user_data: the platform
 *
 * Takes a station in. Whoever guesses codes has to wait.
 *
 * Returns: (transfer full): the station's number and token, or a problem
 */
JpHttpResponse *
jp_platform_api_enrol (JpHttpRequest *request, gpointer user_data)
{
  JpPlatform        *platform = user_data;
  JpPlatformLimiter *limiter = jp_platform_get_limiter (platform);
  const char        *remote = jp_http_request_get_remote (request);
  g_auto (Enrolment) enrolment = { 0 };
  JpPlatformStation station;
  g_autofree char  *token = NULL;
  g_autoptr (GError) error = NULL;
  JpHttpResponse *old = jp_platform_api_check_versions (request);

  if (old != NULL)
    return old;
  if (!jp_platform_limiter_check (limiter, remote, &error))
    return jp_platform_api_new_problem (error);
  if (!read_enrolment (jp_http_request_get_body (request), &enrolment, &error))
    return jp_platform_api_new_bad_body (error);

  if (jp_platform_station_enrol (jp_platform_get_store (platform), enrolment.code, enrolment.name,
                                 &station, &token, &error))
    return answer (&station, token);

  if (g_error_matches (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_AUTH))
    jp_platform_limiter_count (limiter, remote);
  return jp_platform_api_new_problem (error);
}
