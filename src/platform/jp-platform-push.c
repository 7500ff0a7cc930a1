/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-push.h"

#include "jp-platform-edit.h"
#include "jp-platform-feed.h"
#include "jp-platform-log.h"

/* A push while it is worked on. */
typedef struct
{
  JpPlatform       *platform;
  JpPlatformStore  *store;
  JpPlatformStation station;                   /* acked_n and chain move on */
  guint8            chain[JP_SEAL_HASH_BYTES]; /* up to the operation before the next one */
  gint64            chain_n;                   /* number of that operation, -1 = not known yet */
  JpPushResponse   *response;                  /* (borrowed) */
} Push;

/* Brings the push to the place before operation @n: the chain starts with zeros. */
static gboolean
seek (Push *push, gint64 n, GError **error)
{
  g_auto (JpPlatformLogEntry) before = { 0 };

  if (push->chain_n == n - 1)
    return TRUE;
  if (n - 1 == push->station.acked_n)
    memcpy (before.chain, push->station.chain, sizeof before.chain);
  else if (n > 1 && !jp_platform_log_read (push->store, &push->station.id, n - 1, &before, error))
    return FALSE;

  memcpy (push->chain, before.chain, sizeof push->chain);
  push->chain_n = n - 1;
  return TRUE;
}

static gboolean
set_forked (GError **error)
{
  g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_FORKED,
                       "the operations of this station are not those that it sent before");
  return FALSE;
}

/* The chain of an operation must follow from the one before and from its own bytes. */
static gboolean
follow_chain (Push *push, const JpPushItem *item, GError **error)
{
  if (item->n > push->station.acked_n + 1)
    {
      g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_GAP,
                   "operation %" G_GINT64_FORMAT " is missing", push->station.acked_n + 1);
      return FALSE;
    }
  if (!seek (push, item->n, error))
    return FALSE;

  jp_hash_chain (push->chain, g_bytes_get_data (item->bytes, NULL), g_bytes_get_size (item->bytes),
                 push->chain);
  push->chain_n = item->n;
  return memcmp (push->chain, item->chain, sizeof push->chain) == 0 || set_forked (error);
}

static char *
verdict_to_text (const JpVerdict *verdict)
{
  g_autoptr (JpJsonWriter) writer = jp_json_writer_new ();

  jp_verdict_write (writer, verdict);
  return jp_json_writer_end_text (writer);
}

/* An operation that has its verdict: the same again. */
static gboolean
repeat_verdict (Push *push, const JpPushItem *item, GError **error)
{
  g_auto (JpPlatformLogEntry) entry = { 0 };
  JpVerdict *verdict = NULL;

  if (!jp_platform_log_read (push->store, &push->station.id, item->n, &entry, error))
    return FALSE;
  if (entry.verdict == NULL || memcmp (entry.chain, item->chain, sizeof entry.chain) != 0)
    return set_forked (error);

  verdict = jp_platform_log_parse_verdict (entry.verdict, error);
  if (verdict == NULL)
    return FALSE;
  g_ptr_array_add (push->response->verdicts, verdict);
  return TRUE;
}

/* The verdict of the same business event that came under another number, or %NULL. */
static gboolean
find_twin (Push *push, const JpPushItem *item, JpVerdict **out_verdict, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_store_get_db (push->store),
                   "SELECT verdict FROM op_log WHERE school = :school AND op_id = :op_id", error);
  gboolean row = FALSE;

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":school", &push->station.school);
  jp_statement_bind_id (statement, ":op_id", &item->id);
  if (!jp_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;

  g_autoptr (JpVerdict) first =
    jp_platform_log_parse_verdict (jp_statement_get_text (statement, 0), error);

  if (first == NULL)
    return FALSE;
  *out_verdict = jp_verdict_new (item->n, JP_VERDICT_DUPLICATE, first->seq,
                                 jp_verdict_result_get_name (first->result), first->detail);
  return TRUE;
}

static gboolean
judge (Push *push, const JpPushItem *item, JpVerdict **out_verdict, GError **error)
{
  g_auto (JpPlatformOutcome) outcome = { 0 };
  JpPlatformTenant tenant = { 0 };

  if (item->op == NULL)
    {
      outcome.result = JP_VERDICT_REJECTED;
      outcome.problem = item->too_new ? "too-new" : "unreadable";
      outcome.detail = g_strdup (item->problem);
    }
  else if (!jp_platform_edit_run (push->platform, &push->station, item->op, &outcome, error))
    return FALSE;

  if (!jp_platform_store_get_tenant (push->store, &push->station.school, &tenant, error))
    return FALSE;
  *out_verdict =
    jp_verdict_new (item->n, outcome.result, tenant.seq, outcome.problem, outcome.detail);
  return TRUE;
}

static gboolean
log_verdict (Push *push, const JpPushItem *item, const JpVerdict *verdict, GError **error)
{
  gboolean         twin = verdict->result == JP_VERDICT_DUPLICATE;
  g_autofree char *text = verdict_to_text (verdict);
  g_autoptr (JpStatement) statement = jp_db_prepare (
    jp_platform_store_get_db (push->store),
    "INSERT INTO op_log (station, n, school, op_id, twin, chain, kind, actor, at, received_at, seq,"
    " verdict) VALUES (:station, :n, :school, :op_id, :twin, :chain, :kind, :actor, :at, :now, "
    ":seq, :verdict)",
    error);

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":station", &push->station.id);
  jp_statement_bind_integer (statement, ":n", item->n);
  jp_statement_bind_id (statement, ":school", &push->station.school);
  jp_statement_bind_id (statement, twin ? ":twin" : ":op_id", &item->id);
  jp_statement_bind_blob (statement, ":chain", item->chain, sizeof item->chain);
  if (item->op != NULL)
    {
      jp_statement_bind_text (statement, ":kind", item->op->kind);
      jp_statement_bind_text (statement, ":actor", item->op->actor);
      jp_statement_bind_integer (statement, ":at", item->op->at_us);
    }
  jp_statement_bind_integer (statement, ":now",
                             jp_clock_now_us (jp_platform_store_get_clock (push->store)));
  jp_statement_bind_integer (statement, ":seq", verdict->seq);
  jp_statement_bind_text (statement, ":verdict", text);
  return jp_statement_run (statement, error);
}

static gboolean
run_item (Push *push, const JpPushItem *item, GError **error)
{
  JpVerdict *verdict = NULL;

  if (!follow_chain (push, item, error))
    return FALSE;
  if (item->n <= push->station.acked_n)
    return repeat_verdict (push, item, error);
  if (!find_twin (push, item, &verdict, error) ||
      (verdict == NULL && !judge (push, item, &verdict, error)))
    return FALSE;

  g_ptr_array_add (push->response->verdicts, verdict);
  if (!log_verdict (push, item, verdict, error))
    return FALSE;
  push->station.acked_n = item->n;
  memcpy (push->station.chain, item->chain, sizeof item->chain);
  return TRUE;
}

static gboolean
save_station (Push *push, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_store_get_db (push->store),
                   "UPDATE station SET acked_n = :acked_n, chain = :chain, pushed_at = :now"
                   " WHERE id = :id",
                   error);

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_integer (statement, ":acked_n", push->station.acked_n);
  jp_statement_bind_blob (statement, ":chain", push->station.chain, sizeof push->station.chain);
  jp_statement_bind_integer (statement, ":now",
                             jp_clock_now_us (jp_platform_store_get_clock (push->store)));
  jp_statement_bind_id (statement, ":id", &push->station.id);
  return jp_statement_run (statement, error);
}

static gboolean
run_items (Push *push, const JpPushRequest *request, GError **error)
{
  gint64 acked_n = push->station.acked_n;

  for (guint i = 0; i < request->items->len; i++)
    if (!run_item (push, g_ptr_array_index (request->items, i), error))
      return FALSE;

  return push->station.acked_n == acked_n || save_station (push, error);
}

static gboolean
check_request (JpPlatformStore         *store,
               const JpPlatformStation *station,
               const JpPushRequest     *request,
               gint64                  *out_after,
               GError                 **error)
{
  if (!jp_id_equal (&station->id, &request->station))
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_FORBIDDEN,
                           "the push is of another station");
      return FALSE;
    }
  if (*request->epoch != '\0' && strcmp (request->epoch, jp_platform_store_get_epoch (store)) != 0)
    {
      g_set_error_literal (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_EPOCH_CHANGED,
                           "the push is of another epoch");
      return FALSE;
    }
  return jp_platform_feed_parse_cursor (store, &station->school, request->after, out_after, error);
}

static gboolean
fill_response (Push *push, gint64 after, GError **error)
{
  JpPlatformTenant tenant = { 0 };

  if (!jp_platform_store_get_tenant (push->store, &push->station.school, &tenant, error))
    return FALSE;
  push->response->acked_n = push->station.acked_n;
  push->response->durable_through = tenant.durable_seq;
  push->response->feed = jp_platform_feed_read_page (push->store, &push->station.school, after,
                                                     JP_PAGE_FEED_DEFAULT_ROWS, error);
  if (push->response->feed == NULL)
    return FALSE;

  /* The answer has it already. */
  g_clear_pointer (&push->response->feed->epoch, g_free);
  return TRUE;
}

/**
 * jp_platform_push_run:
 * @platform: an open platform without an open transaction
 * @station: who pushes, as found by its token
 * @request: what it pushes
 * @out_expected_n: (out): number of the operation that must come next, for
 *   `JP_PLATFORM_ERROR_GAP`
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Takes operations in, in one transaction with their verdicts: after an error nothing of the push
 * has happened, and a push that comes again gets the same verdicts (sync.md §3.4).
 *
 * Returns: (transfer full): the answer, or %NULL with `JP_PLATFORM_ERROR_FORBIDDEN`,
 *   `JP_PLATFORM_ERROR_EPOCH_CHANGED`, `JP_PLATFORM_ERROR_RESYNC`, `JP_PLATFORM_ERROR_FORKED` or
 *   `JP_PLATFORM_ERROR_GAP`
 */
JpPushResponse *
jp_platform_push_run (JpPlatform              *platform,
                      const JpPlatformStation *station,
                      const JpPushRequest     *request,
                      gint64                  *out_expected_n,
                      GError                 **error)
{
  g_return_val_if_fail (platform != NULL, NULL);
  g_return_val_if_fail (station != NULL, NULL);
  g_return_val_if_fail (request != NULL, NULL);
  g_return_val_if_fail (out_expected_n != NULL, NULL);

  JpPlatformStore *store = jp_platform_get_store (platform);
  gint64           now_us = jp_clock_now_us (jp_platform_store_get_clock (store));
  g_autoptr (JpPushResponse) response =
    jp_push_response_new (jp_platform_store_get_epoch (store), now_us);
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  Push push = {
    .platform = platform, .store = store, .station = *station, .chain_n = -1, .response = response
  };
  gint64   after = 0;
  gboolean done = FALSE;

  if (!check_request (store, station, request, &after, error) ||
      !jp_platform_store_begin (store, &transaction, error))
    return NULL;

  done = run_items (&push, request, error) && fill_response (&push, after, error);
  *out_expected_n = station->acked_n + 1;
  if (!done || !jp_platform_store_commit (store, &transaction, error))
    return NULL;
  return g_steal_pointer (&response);
}
