/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-courier.h"

#include "jp-courier.h"
#include "jp-json.h"
#include "jp-platform-enrol.h"
#include "jp-platform-feed.h"
#include "jp-platform-push.h"
#include "jp-tls.h"

typedef struct
{
  JpPlatform       *platform; /* (borrowed) */
  JpPlatformStore  *store;    /* (borrowed) */
  JpPlatformStation station;
  char             *certificate; /* (owned) (nullable) */
  JpSealKey        *key;         /* (owned) */
  GPtrArray        *answers;     /* (owned) (element-type GBytes) */
  char             *after;       /* (owned) (nullable): up to where the answers tell */
  guint             n_ops;
} Job;

static void
job_clear (Job *job)
{
  g_clear_pointer (&job->certificate, g_free);
  g_clear_pointer (&job->key, jp_seal_key_unref);
  g_clear_pointer (&job->answers, g_ptr_array_unref);
  g_clear_pointer (&job->after, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Job, job_clear)

static gboolean
read_station (Job *job, const JpId *id, GError **error)
{
  g_autofree char *token = NULL;

  if (!jp_platform_station_get (job->store, id, &job->station, &job->certificate, error))
    return FALSE;
  if (job->key != NULL)
    return TRUE;
  token = jp_platform_enrol_dup_token (job->store, id, error);
  job->key = token != NULL ? jp_courier_key_new (token) : NULL;
  return job->key != NULL;
}

static void
add_head (Job *job, const char *after)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "after");
  json_builder_add_string_value (builder, after);
  json_builder_end_object (builder);

  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  g_ptr_array_add (job->answers, jp_json_to_bytes (root));
}

static gboolean
answer_push (Job *job, GBytes *message, GError **error)
{
  g_autoptr (JpPushRequest) request = jp_push_request_from_bytes (message, error);
  g_autoptr (JpPushResponse) response = NULL;
  gint64 expected_n = 0;

  if (request == NULL)
    return FALSE;
  if (job->answers->len == 0)
    add_head (job, request->after);
  else
    {
      g_free (request->after);
      request->after = g_strdup (job->after);
    }
  response = jp_platform_push_run (job->platform, &job->station, request, &expected_n, error);
  if (response == NULL)
    return FALSE;

  job->n_ops += request->items->len;
  g_free (job->after);
  job->after = g_strdup (response->feed->to);
  g_ptr_array_add (job->answers, jp_push_response_to_bytes (response));
  return read_station (job, &job->station.id, error); /* it has moved on */
}

static gboolean
add_news (Job *job, GError **error)
{
  gboolean complete = FALSE;

  while (!complete && job->answers->len < JP_COURIER_MAX_MESSAGES)
    {
      gint64 seq = 0;
      g_autoptr (JpPageFeed) page = NULL;

      if (!jp_platform_feed_parse_cursor (job->store, &job->station.school, job->after, &seq,
                                          error))
        return FALSE;
      page = jp_platform_feed_read_page (job->store, &job->station.school, seq,
                                         JP_PAGE_FEED_DEFAULT_ROWS, error);
      if (page == NULL)
        return FALSE;
      complete = page->complete;
      g_free (job->after);
      job->after = g_strdup (page->to);
      g_ptr_array_add (job->answers, jp_page_feed_to_bytes (page));
    }
  return TRUE;
}

static gboolean
answer_all (Job *job, const JpCourier *courier, GError **error)
{
  g_autoptr (GPtrArray) messages = jp_courier_open (courier, job->key, error);

  for (guint i = 0; messages != NULL && i < messages->len; i++)
    if (!answer_push (job, g_ptr_array_index (messages, i), error))
      return FALSE;
  return messages != NULL && job->after != NULL && add_news (job, error);
}

/**
 * jp_platform_courier_answer:
 * @platform: an open platform without an open transaction
 * @tls_folder: of its authority
 * @file: what a station has written
 * @out_n_ops: (out): how many operations were in it
 * @error: return location for a [error@Jp.PlatformError], or an error of the wire or the database
 *
 * Judges the operations as if they had come over the line, and writes what the station would have
 * been told; the same file again gets the same verdicts.
 *
 * Returns: (transfer full): the file for the station, or %NULL with `JP_PLATFORM_ERROR_AUTH` if the
 *   signature is not the station's, `JP_PLATFORM_ERROR_REVOKED`, or as jp_platform_push_run()
 */
GBytes *
jp_platform_courier_answer (JpPlatform *platform,
                            const char *tls_folder,
                            GBytes     *file,
                            guint      *out_n_ops,
                            GError    **error)
{
  g_return_val_if_fail (platform != NULL, NULL);
  g_return_val_if_fail (tls_folder != NULL, NULL);
  g_return_val_if_fail (file != NULL, NULL);
  g_return_val_if_fail (out_n_ops != NULL, NULL);

  g_autoptr (JpCourier) courier = jp_courier_parse (file, error);
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GBytes) signature = NULL;
  g_auto (Job) job = { .platform = platform,
                       .store = jp_platform_get_store (platform),
                       .answers = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref) };

  if (courier == NULL || !read_station (&job, &courier->station, error))
    return NULL;
  if (courier->way != JP_COURIER_UP || job.certificate == NULL)
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID,
                           "the file is not from a station with a certificate");
      return NULL;
    }
  if (!jp_tls_verify (job.certificate, courier->signed_part, courier->signature, error) ||
      !answer_all (&job, courier, error))
    return NULL;

  *out_n_ops = job.n_ops;
  sealed = jp_courier_seal (JP_COURIER_DOWN, &job.station.id, job.key, job.answers);
  signature = jp_tls_sign (tls_folder, sealed, error);
  return signature != NULL ? jp_courier_sign (sealed, signature) : NULL;
}
