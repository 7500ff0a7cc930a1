/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-api.h"

#include "jp-attachment.h"
#include "jp-platform-api-private.h"
#include "jp-wire-http.h"

#define PROTOCOL_VERSION  1 /* JP_WIRE_PROTOCOL_VERSION as a number */
#define RETRY_AFTER_S     30
#define RATE_LIMIT_WAIT_S 60

/* How an error of ours looks to a client. */
static const struct
{
  JpPlatformError code;
  guint           status;
  const char     *type;
  const char     *title;
  guint           retry_after_s;
} problems[] = {
  { JP_PLATFORM_ERROR_INVALID, 400, JP_WIRE_PROBLEM_INVALID, "The request breaks a rule", 0 },
  { JP_PLATFORM_ERROR_NOT_FOUND, 404, JP_WIRE_PROBLEM_NOT_FOUND, "There is no such thing", 0 },
  { JP_PLATFORM_ERROR_FORBIDDEN, 403, JP_WIRE_PROBLEM_FORBIDDEN, "This is not allowed", 0 },
  { JP_PLATFORM_ERROR_CONFLICT, 409, JP_WIRE_PROBLEM_CONFLICT,
    "The request does not fit the present state", 0 },
  { JP_PLATFORM_ERROR_AUTH, 401, JP_WIRE_PROBLEM_AUTH, "The platform does not know the caller", 0 },
  { JP_PLATFORM_ERROR_REVOKED, 403, JP_WIRE_PROBLEM_DEVICE_REVOKED, "The station was shut out", 0 },
  { JP_PLATFORM_ERROR_EPOCH_CHANGED, 409, JP_WIRE_PROBLEM_EPOCH_CHANGED,
    "The platform was restored from a copy", 0 },
  { JP_PLATFORM_ERROR_RESYNC, 410, JP_WIRE_PROBLEM_RESYNC_REQUIRED,
    "The stream does not reach that far: do a first sync", 0 },
  { JP_PLATFORM_ERROR_FORKED, 409, JP_WIRE_PROBLEM_STATION_FORKED,
    "Another station has used this identity: enrol anew", 0 },
  { JP_PLATFORM_ERROR_GAP, 409, JP_WIRE_PROBLEM_GAP, "An operation is missing", 0 },
  { JP_PLATFORM_ERROR_RATE_LIMITED, 429, JP_WIRE_PROBLEM_RATE_LIMITED, "Too many attempts",
    RATE_LIMIT_WAIT_S },
  { JP_PLATFORM_ERROR_QUOTA, 413, JP_WIRE_PROBLEM_QUOTA, "There is no room for more files", 0 },
};

/**
 * jp_platform_api_new_problem_with:
 * @error: why a request failed
 * @members: (nullable): what else the answer says
 *
 * As jp_platform_api_new_problem(), with more members.
 *
 * Returns: (transfer full): the answer
 */
JpHttpResponse *
jp_platform_api_new_problem_with (const GError *error, JsonObject *members)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == JP_PLATFORM_ERROR)
    for (gsize i = 0; i < G_N_ELEMENTS (problems); i++)
      if (error->code == (int)problems[i].code)
        return jp_http_response_new_problem (&(JpHttpProblem){
          .status = problems[i].status,
          .type = problems[i].type,
          .title = problems[i].title,
          .detail = error->message,
          .members = members,
          .retry_after_s = problems[i].retry_after_s,
        });

  /* The reason is for our log only. */
  g_warning ("could not answer a request: %s", error->message);
  return jp_http_response_new_problem (&(JpHttpProblem){
    .status = 503,
    .type = JP_WIRE_PROBLEM_BUSY,
    .title = "The platform could not do this now",
    .retry_after_s = RETRY_AFTER_S,
  });
}

/**
 * jp_platform_api_new_problem:
 * @error: why a request failed
 *
 * Turns our errors into answers, in one place. What is not the caller's fault is logged here and
 * answered as "try again": the database is as it was before.
 *
 * Returns: (transfer full): the answer
 */
JpHttpResponse *
jp_platform_api_new_problem (const GError *error)
{
  return jp_platform_api_new_problem_with (error, NULL);
}

/**
 * jp_platform_api_new_bad_body:
 * @error: why a body could not be read
 *
 * Returns: (transfer full): the answer to it
 */
JpHttpResponse *
jp_platform_api_new_bad_body (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  gboolean large = g_error_matches (error, JP_BASE_ERROR, JP_BASE_ERROR_TOO_LARGE);

  if (error->domain == JP_PLATFORM_ERROR)
    return jp_platform_api_new_problem (error);
  return jp_http_response_new_problem (&(JpHttpProblem){
    .status = large ? 413 : 400,
    .type = large ? JP_WIRE_PROBLEM_TOO_LARGE : JP_WIRE_PROBLEM_BAD_JSON,
    .title = large ? "The body is too large" : "The body does not have the expected form",
    .detail = error->message,
  });
}

/**
 * jp_platform_api_new_answer:
 * @json: the body
 *
 * Returns: (transfer full): an answer that all went well
 */
JpHttpResponse *
jp_platform_api_new_answer (GBytes *json)
{
  return jp_http_response_new (&(JpHttpResponseFields){
    .status = 200,
    .content_type = JP_WIRE_TYPE_JSON_UTF8,
    .body = json,
  });
}

/**
 * jp_platform_api_check_versions:
 * @request: a request
 *
 * A client that speaks another version gets an answer that says which of the two is older.
 *
 * Returns: (transfer full) (nullable): that answer, or %NULL
 */
JpHttpResponse *
jp_platform_api_check_versions (JpHttpRequest *request)
{
  gint64 protocol = jp_http_request_get_sync_protocol (request);
  gint64 schema = jp_http_request_get_sync_schema (request);

  if ((protocol < 0 || protocol == PROTOCOL_VERSION) &&
      (schema < 0 || (schema >= JP_WIRE_SCHEMA_OLDEST && schema <= JP_WIRE_SCHEMA_VERSION)))
    return NULL;

  gboolean new_client = protocol > PROTOCOL_VERSION || schema > JP_WIRE_SCHEMA_VERSION;

  return jp_http_response_new_problem (&(JpHttpProblem){
    .status = 426,
    .type = new_client ? JP_WIRE_PROBLEM_SCHEMA_TOO_NEW : JP_WIRE_PROBLEM_SCHEMA_TOO_OLD,
    .title = new_client ? "The program is newer than the platform" : "The program is too old",
  });
}

/* The token alone proves nothing: it is good only on a connection that the station's own key has
 * opened. Issuer and dates are looked at where the connection is. */
static gboolean
check_certificate (JpHttpRequest *request, const JpPlatformStation *station, GError **error)
{
  GTlsCertificate *certificate = jp_http_request_get_peer_certificate (request);
  JpIdText         id;
  g_autofree char *name = NULL;
  g_autofree char *expected = g_strconcat ("CN=", jp_id_to_text (&station->id, id), NULL);

  if (certificate == NULL)
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_AUTH,
                           "the station has shown no certificate");
      return FALSE;
    }
  name = g_tls_certificate_get_subject_name (certificate);
  if (g_strcmp0 (name, expected) == 0)
    return TRUE;
  g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_AUTH,
                       "the certificate is not that of the token's station");
  return FALSE;
}

/**
 * jp_platform_api_authorise:
 * @platform: an open platform
 * @request: a request whose path has a parameter "school"
 * @out_station: (out): the station that asks
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Finds out who asks, by token and certificate: the school comes from them and never from the
 * request, which only may name the same.
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_AUTH`, `JP_PLATFORM_ERROR_REVOKED` or
 *   `JP_PLATFORM_ERROR_FORBIDDEN`
 */
gboolean
jp_platform_api_authorise (JpPlatform        *platform,
                           JpHttpRequest     *request,
                           JpPlatformStation *out_station,
                           GError           **error)
{
  g_return_val_if_fail (platform != NULL, FALSE);
  g_return_val_if_fail (request != NULL, FALSE);
  g_return_val_if_fail (out_station != NULL, FALSE);

  JpPlatformStore *store = jp_platform_get_store (platform);
  const char      *school = jp_http_request_get_param (request, "school");
  JpIdText         own;

  if (!jp_platform_station_find (store, jp_http_request_get_token (request), out_station, error) ||
      (jp_platform_store_can_sign (store) && !check_certificate (request, out_station, error)) ||
      !jp_platform_station_note_use (store, out_station, error))
    return FALSE;
  if (g_strcmp0 (school, jp_id_to_text (&out_station->school, own)) == 0)
    return TRUE;

  g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_FORBIDDEN,
                       "the station is not of this school");
  return FALSE;
}

/**
 * jp_platform_api_open:
 * @platform: an open platform
 * @request: a request of a station, below its school
 * @out_station: (out): who asks
 *
 * Begins to answer a request of a station.
 *
 * Returns: (transfer full) (nullable): %NULL if the station may ask, or the answer that says why
 *   not
 */
JpHttpResponse *
jp_platform_api_open (JpPlatform *platform, JpHttpRequest *request, JpPlatformStation *out_station)
{
  g_autoptr (GError) error = NULL;
  JpHttpResponse *old = jp_platform_api_check_versions (request);

  if (old != NULL)
    return old;
  if (!jp_platform_api_authorise (platform, request, out_station, &error))
    return jp_platform_api_new_problem (error);
  return NULL;
}

static void
add_range (JsonBuilder *builder, const char *name, gint64 oldest, gint64 newest)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  json_builder_add_int_value (builder, oldest);
  json_builder_add_int_value (builder, newest);
  json_builder_end_array (builder);
}

static JpHttpResponse *
hello (JpHttpRequest *request, gpointer user_data)
{
  JpPlatform *platform = user_data;
  JpClock    *clock = jp_platform_store_get_clock (jp_platform_get_store (platform));
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "server");
  json_builder_add_string_value (builder, "jiapei-platform " JP_VERSION);
  add_range (builder, "protocol", PROTOCOL_VERSION, PROTOCOL_VERSION);
  add_range (builder, "schema", JP_WIRE_SCHEMA_OLDEST, JP_WIRE_SCHEMA_VERSION);
  json_builder_set_member_name (builder, "now");
  json_builder_add_int_value (builder, jp_clock_now_us (clock));
  json_builder_set_member_name (builder, "notices");
  json_builder_begin_array (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  g_autoptr (JsonNode) node = json_builder_get_root (builder);

  return jp_http_response_new_json (200, node);
}

/**
 * jp_platform_api_add_routes:
 * @platform: a platform; must outlive the router
 * @router: a router that no server uses yet
 * @worker: (nullable): the thread on which the platform is open; %NULL to answer on the calling one
 *
 * Adds the requests of the stations.
 */
void
jp_platform_api_add_routes (JpPlatform *platform, JpHttpRouter *router, JpWorker *worker)
{
  g_return_if_fail (platform != NULL);
  g_return_if_fail (router != NULL);

  const JpHttpRoute routes[] = {
    { .method = "GET", .path = "/v1/hello", .handler = hello },
    { .method = "POST",
      .path = "/v1/enrol",
      .handler = jp_platform_api_enrol,
      .max_body_bytes = JP_PLATFORM_API_MAX_ENROL_BYTES },
    { .method = "POST",
      .path = "/v1/schools/{school}/push",
      .handler = jp_platform_api_push,
      .max_body_bytes = JP_WIRE_MAX_PUSH_BYTES,
      .max_packed_bytes = JP_WIRE_MAX_PUSH_PACKED_BYTES,
      .max_inflated_bytes = JP_WIRE_MAX_INFLATED_BYTES },
    { .method = "GET", .path = "/v1/schools/{school}/changes", .handler = jp_platform_api_changes },
    { .method = "GET",
      .path = "/v1/schools/{school}/bootstrap/{table}",
      .handler = jp_platform_api_bootstrap },
    { .method = "GET",
      .path = "/v1/schools/{school}/checksums",
      .handler = jp_platform_api_checksums },
    { .method = "GET",
      .path = "/v1/schools/{school}/ops/{station}",
      .handler = jp_platform_api_ops },
    { .method = "GET",
      .path = "/v1/schools/{school}/blobs/{digest}",
      .handler = jp_platform_api_get_blob,
      .priority = G_PRIORITY_LOW,
      .gzip_level = JP_HTTP_NO_GZIP },
    { .method = "PUT",
      .path = "/v1/schools/{school}/blobs/{digest}",
      .handler = jp_platform_api_put_blob,
      .priority = G_PRIORITY_LOW,
      .max_body_bytes = JP_ATTACHMENT_CHUNK_BYTES },
    { .method = "POST",
      .path = "/v1/schools/{school}/branch",
      .handler = jp_platform_api_branch,
      .max_body_bytes = JP_PLATFORM_API_MAX_ENROL_BYTES },
    { .method = "POST",
      .path = "/v1/schools/{school}/certificate",
      .handler = jp_platform_api_certificate,
      .max_body_bytes = JP_PLATFORM_API_MAX_ENROL_BYTES },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      JpHttpRoute route = routes[i];

      route.user_data = platform;
      route.worker = worker;
      jp_http_router_add (router, &route);
    }
}
