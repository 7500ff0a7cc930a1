/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-api.h"
#include "jp-platform-api-private.h"
#include "jp-platform-content.h"
#include "jp-wire-http.h"

#include "jp-platform-feed.h"
#include "jp-platform-log.h"
#include "jp-platform-push.h"

#define MAX_WAIT_S         25
#define MILLISECONDS_PER_S 1000

static JpHttpResponse *
new_push_problem (const GError *error, gint64 expected_n)
{
  g_autoptr (JsonObject) members = json_object_new ();

  if (g_error_matches (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_GAP))
    json_object_set_int_member (members, "expected_n", expected_n);
  return jp_platform_api_new_problem_with (error, members);
}

/**
 * jp_platform_api_push:
 * @request: operations of a station
 * @user_data: the platform
 *
 * Returns: (transfer full): their verdicts and a page of the stream, or a problem
 */
JpHttpResponse *
jp_platform_api_push (JpHttpRequest *request, gpointer user_data)
{
  JpPlatform       *platform = user_data;
  JpPlatformStation station;
  gint64            expected_n = 0;
  g_autoptr (GError) error = NULL;
  JpHttpResponse *refusal = jp_platform_api_open (platform, request, &station);

  if (refusal != NULL)
    return refusal;

  g_autoptr (JpPushRequest) push =
    jp_push_request_from_bytes (jp_http_request_get_body (request), &error);

  if (push == NULL)
    return jp_platform_api_new_bad_body (error);

  g_autoptr (JpPushResponse) response =
    jp_platform_push_run (platform, &station, push, &expected_n, &error);

  if (response == NULL)
    return new_push_problem (error, expected_n);

  g_autoptr (GBytes) bytes = jp_push_response_to_bytes (response);

  return jp_platform_api_new_answer (bytes);
}

/**
 * jp_platform_api_changes:
 * @request: a cursor, how many rows at most, and how many seconds to wait for news
 * @user_data: the platform
 *
 * Returns: (transfer full): a page of the stream, or a problem
 */
JpHttpResponse *
jp_platform_api_changes (JpHttpRequest *request, gpointer user_data)
{
  JpPlatform       *platform = user_data;
  JpPlatformStore  *store = jp_platform_get_store (platform);
  JpPlatformStation station;
  gint64            limit = JP_PAGE_FEED_DEFAULT_ROWS;
  gint64            wait_s = 0;
  gint64            after = 0;
  JpIdText          topic;
  g_autoptr (GError) error = NULL;
  JpHttpResponse *refusal = jp_platform_api_open (platform, request, &station);

  if (refusal != NULL)
    return refusal;
  if (!jp_http_request_get_query_integer (request, "limit", 1, JP_PAGE_FEED_MAX_ROWS, &limit,
                                          &error) ||
      !jp_http_request_get_query_integer (request, "wait", 0, MAX_WAIT_S, &wait_s, &error) ||
      !jp_platform_feed_parse_cursor (store, &station.school,
                                      jp_http_request_get_query (request, "after"), &after, &error))
    return jp_platform_api_new_problem (error);

  g_autoptr (JpPageFeed) page =
    jp_platform_feed_read_page (store, &station.school, after, (guint)limit, &error);

  if (page == NULL)
    return jp_platform_api_new_problem (error);
  if (page->records->len == 0 && wait_s > 0 && !jp_http_request_is_last_call (request))
    return jp_http_response_new_park (jp_id_to_text (&station.school, topic),
                                      (guint)wait_s * MILLISECONDS_PER_S);

  g_autoptr (GBytes) bytes = jp_page_feed_to_bytes (page);

  return jp_platform_api_new_answer (bytes);
}

static gboolean
find_table (JpHttpRequest *request, JpKind *out_kind, GError **error)
{
  const JpKindInfo *info = jp_kind_lookup (jp_http_request_get_param (request, "table"));

  if (info != NULL)
    {
      *out_kind = info->kind;
      return TRUE;
    }
  g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_NOT_FOUND, "no such table");
  return FALSE;
}

static GBytes *
read_sums (JpPlatformStore *store, const JpId *school, JpKind kind, gint64 part, GError **error)
{
  g_autoptr (JpPageSums) sums = NULL;
  g_autoptr (JpPageFeed) rows = NULL;

  if (kind != JP_KIND_NONE && part >= 0)
    {
      rows = jp_platform_store_read_part (store, school, kind, (guint)part, error);
      return rows != NULL ? jp_page_feed_to_bytes (rows) : NULL;
    }
  sums = kind != JP_KIND_NONE ? jp_platform_store_read_part_sums (store, school, kind, error)
                              : jp_platform_store_read_table_sums (store, school, error);
  return sums != NULL ? jp_page_sums_to_bytes (sums) : NULL;
}

/* What rows say is compared only with a program that knows the same fields. */
static GBytes *
read_content (JpPlatformStore *store,
              const JpId      *school,
              JpKind           kind,
              JpHttpRequest   *request,
              GError         **error)
{
  gint64 first = 0;
  gint64 n_parts = JP_DIGEST_BUCKETS;
  gint64 schema = jp_http_request_get_sync_schema (request);
  g_autoptr (JpPageSums) sums = NULL;

  if (!jp_http_request_get_query_integer (request, "content", 0, JP_DIGEST_BUCKETS - 1, &first,
                                          error) ||
      !jp_http_request_get_query_integer (request, "parts", 1, JP_DIGEST_BUCKETS - first, &n_parts,
                                          error))
    return NULL;
  if (schema >= 0 && schema != JP_WIRE_SCHEMA_VERSION)
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_NOT_FOUND,
                           "contents are compared within one version of the records");
      return NULL;
    }
  sums = jp_platform_content_read_sums (store, school, kind, (guint)first, (guint)n_parts, error);
  return sums != NULL ? jp_page_sums_to_bytes (sums) : NULL;
}

/**
 * jp_platform_api_checksums:
 * @request: nothing, a table, a table and one of its parts, or a table and where the sums of its
 *   contents begin
 * @user_data: the platform
 *
 * Returns: (transfer full): the sums of the tables, those of the parts, or the rows of the part; or
 *   a problem
 */
JpHttpResponse *
jp_platform_api_checksums (JpHttpRequest *request, gpointer user_data)
{
  JpPlatform       *platform = user_data;
  JpPlatformStation station;
  const char       *table = jp_http_request_get_query (request, "table");
  const JpKindInfo *info = table != NULL ? jp_kind_lookup (table) : NULL;
  gint64            part = -1;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  JpHttpResponse *refusal = jp_platform_api_open (platform, request, &station);

  if (refusal != NULL)
    return refusal;
  if (table != NULL && info == NULL)
    g_set_error_literal (&error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_NOT_FOUND, "no such table");
  else if (info != NULL && jp_http_request_get_query (request, "content") != NULL)
    bytes =
      read_content (jp_platform_get_store (platform), &station.school, info->kind, request, &error);
  else if (jp_http_request_get_query_integer (request, "part", 0, JP_DIGEST_BUCKETS - 1, &part,
                                              &error))
    bytes = read_sums (jp_platform_get_store (platform), &station.school,
                       info != NULL ? info->kind : JP_KIND_NONE, part, &error);
  return bytes != NULL ? jp_platform_api_new_answer (bytes) : jp_platform_api_new_problem (error);
}

/**
 * jp_platform_api_bootstrap:
 * @request: a table, where to begin, and how many rows at most
 * @user_data: the platform
 *
 * Returns: (transfer full): a page of the table, or a problem
 */
JpHttpResponse *
jp_platform_api_bootstrap (JpHttpRequest *request, gpointer user_data)
{
  JpPlatform       *platform = user_data;
  JpPlatformStation station;
  JpKind            kind = JP_KIND_NONE;
  gint64            after_rid = 0;
  gint64            limit = JP_PAGE_TABLE_DEFAULT_ROWS;
  g_autoptr (GError) error = NULL;
  JpHttpResponse *refusal = jp_platform_api_open (platform, request, &station);

  if (refusal != NULL)
    return refusal;
  if (!find_table (request, &kind, &error) ||
      !jp_http_request_get_query_integer (request, "after", 0, G_MAXINT64, &after_rid, &error) ||
      !jp_http_request_get_query_integer (request, "limit", 1, JP_PAGE_TABLE_MAX_ROWS, &limit,
                                          &error))
    return jp_platform_api_new_problem (error);

  g_autoptr (JpPageTable) page =
    jp_platform_feed_read_table (jp_platform_get_store (platform), &station.school, kind, after_rid,
                                 (guint)limit, &error);

  if (page == NULL)
    return jp_platform_api_new_problem (error);

  g_autoptr (GBytes) bytes = jp_page_table_to_bytes (page);

  return jp_platform_api_new_answer (bytes);
}

/* A station sees its own log only; any other id is as unknown as one that nobody has. */
static gboolean
check_own (JpHttpRequest *request, const JpPlatformStation *station, GError **error)
{
  JpIdText own;

  if (g_strcmp0 (jp_http_request_get_param (request, "station"),
                 jp_id_to_text (&station->id, own)) == 0)
    return TRUE;
  g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_NOT_FOUND, "no such station");
  return FALSE;
}

/**
 * jp_platform_api_ops:
 * @request: a station, and from which of its operations on
 * @user_data: the platform
 *
 * Returns: (transfer full): what the platform has of them, or a problem
 */
JpHttpResponse *
jp_platform_api_ops (JpHttpRequest *request, gpointer user_data)
{
  JpPlatform       *platform = user_data;
  JpPlatformStation station;
  gint64            from_n = 1;
  gint64            limit = JP_PAGE_OPS_DEFAULT;
  g_autoptr (GError) error = NULL;
  JpHttpResponse *refusal = jp_platform_api_open (platform, request, &station);

  if (refusal != NULL)
    return refusal;
  if (!check_own (request, &station, &error) ||
      !jp_http_request_get_query_integer (request, "from", 1, JP_JSON_INTEGER_MAX, &from_n,
                                          &error) ||
      !jp_http_request_get_query_integer (request, "limit", 1, JP_PAGE_OPS_MAX, &limit, &error))
    return jp_platform_api_new_problem (error);

  g_autoptr (JpPageOps) page = jp_platform_log_read_page (jp_platform_get_store (platform),
                                                          &station, from_n, (guint)limit, &error);

  if (page == NULL)
    return jp_platform_api_new_problem (error);

  g_autoptr (GBytes) bytes = jp_page_ops_to_bytes (page);

  return jp_platform_api_new_answer (bytes);
}
