/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-api-private.h"
#include "jp-platform-blob.h"
#include "jp-wire-http.h"

/* How far a file is: as a header for whoever asks by HEAD, and as a body. */
static JpHttpResponse *
new_state (const JpPlatformBlob *blob)
{
  g_autofree char *offset = g_strdup_printf ("%" G_GINT64_FORMAT, blob->here_bytes);
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "offset");
  json_builder_add_int_value (builder, blob->here_bytes);
  json_builder_set_member_name (builder, "size");
  json_builder_add_int_value (builder, blob->size_bytes);
  json_builder_end_object (builder);

  g_autoptr (JsonNode) node = json_builder_get_root (builder);
  g_autoptr (GBytes) body = jp_json_to_bytes (node);

  return jp_http_response_new (&(JpHttpResponseFields){
    .status = 200,
    .content_type = JP_WIRE_TYPE_JSON_UTF8,
    .body = body,
    .upload_offset = offset,
  });
}

static JpHttpResponse *
new_refusal (const GError *error, const JpPlatformBlob *blob)
{
  g_autoptr (JsonObject) members = json_object_new ();

  if (g_error_matches (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT))
    json_object_set_int_member (members, "offset", blob->here_bytes);
  return jp_platform_api_new_problem_with (error, members);
}

static gboolean
find_blob (JpPlatform              *platform,
           JpHttpRequest           *request,
           const JpPlatformStation *station,
           JpPlatformBlob          *out_blob,
           GError                 **error)
{
  return jp_platform_blob_find (jp_platform_get_store (platform), &station->school,
                                jp_http_request_get_param (request, "digest"), out_blob, error);
}

/**
 * jp_platform_api_get_blob:
 * @request: the SHA-256 of a file, and where a piece of it begins
 * @user_data: the platform
 *
 * Returns: (transfer full): the piece; without a place how much of the file is here; or a problem
 */
JpHttpResponse *
jp_platform_api_get_blob (JpHttpRequest *request, gpointer user_data)
{
  JpPlatform       *platform = user_data;
  JpPlatformStation station;
  JpPlatformBlob    blob = { 0 };
  gint64            offset = -1;
  g_autoptr (GBytes) chunk = NULL;
  g_autoptr (GError) error = NULL;
  JpHttpResponse *refusal = jp_platform_api_open (platform, request, &station);

  if (refusal != NULL)
    return refusal;
  if (!find_blob (platform, request, &station, &blob, &error) ||
      !jp_http_request_get_query_integer (request, "offset", 0, JP_ATTACHMENT_MAX_BYTES, &offset,
                                          &error))
    return jp_platform_api_new_problem (error);
  if (offset < 0)
    return new_state (&blob);

  chunk = jp_platform_blob_get (jp_platform_get_store (platform), &blob, offset, &error);
  if (chunk == NULL)
    return jp_platform_api_new_problem (error);
  return jp_http_response_new (&(JpHttpResponseFields){
    .status = 200,
    .content_type = JP_WIRE_TYPE_OCTET_STREAM,
    .body = chunk,
  });
}

/**
 * jp_platform_api_put_blob:
 * @request: the SHA-256 of a file, where a piece of it begins, and the piece
 * @user_data: the platform
 *
 * Returns: (transfer full): how much of the file is here now, or a problem
 */
JpHttpResponse *
jp_platform_api_put_blob (JpHttpRequest *request, gpointer user_data)
{
  JpPlatform       *platform = user_data;
  JpPlatformStation station;
  JpPlatformBlob    blob = { 0 };
  gint64            offset = 0;
  g_autoptr (GError) error = NULL;
  JpHttpResponse *refusal = jp_platform_api_open (platform, request, &station);

  if (refusal != NULL)
    return refusal;
  if (!find_blob (platform, request, &station, &blob, &error) ||
      !jp_http_request_get_query_integer (request, "offset", 0, JP_ATTACHMENT_MAX_BYTES, &offset,
                                          &error) ||
      !jp_platform_blob_put (jp_platform_get_store (platform), &blob, offset,
                             jp_http_request_get_body (request), &error))
    return new_refusal (error, &blob);
  return new_state (&blob);
}
