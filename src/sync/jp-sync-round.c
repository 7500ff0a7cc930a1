/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sync-round.h"

#include "jp-plural.h"
#include "jp-sync-blob.h"
#include "jp-sync-error.h"
#include "jp-sync-step.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_AHEAD 2 /* pages: one that is decoded, and one that is on its way */

/* A page of a first sync that was asked for before the one before it is applied. */
typedef struct
{
  JpSyncStep *step;   /* (owned) (nullable): until it is the round's */
  GBytes     *answer; /* (owned) (nullable) */
  GError     *error;  /* (owned) (nullable): it was refused */
  GError     *fault;  /* (owned) (nullable): its answer means nothing */
  gboolean    open;   /* what comes after it is known */
  gboolean    ready;  /* it is decoded, or there is an error */
} Ahead;

/* Of an asynchronous call about one of them, which lives as long as the call. */
typedef struct
{
  GTask *task;  /* (owned) */
  Ahead *ahead; /* (borrowed): of the task's round */
} AheadCall;

typedef struct
{
  /* Input. */
  JpTransport   *transport;     /* (owned) */
  JpSyncProgress progress;      /* (nullable) */
  gpointer       progress_data; /* (borrowed) */

  /* In progress. */
  JpSyncStep *step;    /* (owned) (nullable): what was asked last */
  GBytes     *answer;  /* (owned) (nullable): of the step, while it is decoded and applied */
  GQueue      ahead;   /* (owned) (element-type Ahead): at most MAX_AHEAD, in their order */
  GError     *refusal; /* (owned) (nullable): while it is found out what to do */
  JpSyncTry   tried;
  gint64      asked_us;    /* wall clock */
  gint64      answered_us; /* wall clock */
  guint       n_steps;
  gboolean    waiting; /* for the first of what was asked ahead */
  gboolean    over;    /* the caller has been told */

  /* Output. */
  JpSyncReceipt receipt;
} Round;

static void plan_step (GTask *task);
static void take_ahead (GTask *task);
static void handle_refusal (GTask *task, GError *error);

static void
ahead_free (gpointer data)
{
  Ahead *ahead = data;

  g_clear_pointer (&ahead->step, jp_sync_step_free);
  g_clear_pointer (&ahead->answer, g_bytes_unref);
  g_clear_error (&ahead->error);
  g_clear_error (&ahead->fault);
  g_free (ahead);
}

static void
round_free (gpointer data)
{
  Round *round = data;

  g_clear_object (&round->transport);
  g_clear_pointer (&round->step, jp_sync_step_free);
  g_clear_pointer (&round->answer, g_bytes_unref);
  g_queue_clear_full (&round->ahead, ahead_free);
  g_clear_error (&round->refusal);
  g_free (round);
}

static void
finish (GTask *task)
{
  JpStore *store = g_task_get_source_object (task);
  Round   *round = g_task_get_task_data (task);

  round->receipt.n_blobs_absent = round->tried.n_absent;
  round->receipt.n_blobs_unsent = round->tried.n_unsent;
  round->receipt.ended_us = jp_clock_now_us (jp_store_get_clock (store));
  round->over = TRUE;
  g_task_return_boolean (task, TRUE);
}

static void
fail (GTask *task, GError *error)
{
  Round *round = g_task_get_task_data (task);

  round->over = TRUE;
  g_task_return_error (task, error);
}

/* Ends the round between two steps if it is to end. */
static gboolean
may_go_on (GTask *task)
{
  Round *round = g_task_get_task_data (task);

  if (++round->n_steps > JP_SYNC_MAX_STEPS)
    fail (task, g_error_new (JP_SYNC_ERROR, JP_SYNC_ERROR_PROTOCOL, "the round does not end"));
  else
    round->over = g_task_return_error_if_cancelled (task);
  return !round->over;
}

static void
count (Round *round, const JpSyncStepResult *result)
{
  JpSyncReceipt *receipt = &round->receipt;

  receipt->n_sent += round->step->n_ops;
  receipt->n_judged += result->outcome.n_verdicts;
  receipt->n_refused += result->outcome.n_refused;
  receipt->n_received += result->outcome.n_records;
  receipt->n_parked += result->outcome.n_parked;
  receipt->n_again += result->n_again;
  receipt->n_aside += result->n_aside;
  receipt->n_repaired += result->n_repaired;
  round->tried.repaired = round->tried.repaired || result->n_repaired > 0;
  round->tried.n_checks += round->step->kind == JP_SYNC_STEP_CHECK;
  receipt->n_blobs_sent += result->n_blobs_sent;
  receipt->n_blobs_fetched += result->n_blobs_fetched;
  receipt->n_blob_bytes += result->n_blob_bytes;
  if (round->step->kind == JP_SYNC_STEP_BLOB_ASK)
    memcpy (round->tried.asked, round->step->blob.digest, sizeof round->tried.asked);
  receipt->branched = receipt->branched || result->branched;
  receipt->first = receipt->first || round->step->kind == JP_SYNC_STEP_LOAD;
  if (result->now_us != 0)
    {
      receipt->platform_us = result->now_us;
      receipt->offset_us = result->now_us - (round->asked_us + round->answered_us) / 2;
    }
  if (round->progress != NULL)
    round->progress (receipt, round->progress_data);
}

static gpointer
apply_call (JpVault *vault, gpointer data, GError **error)
{
  Round *round = data;

  return jp_sync_step_apply (vault, round->step, round->answer, error);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Round *round = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree JpSyncStepResult *outcome = NULL;

  g_clear_pointer (&round->answer, g_bytes_unref);
  if (round->over)
    return;
  if (!jp_store_write_finish (JP_STORE (source), result, (gpointer *)&outcome, &error))
    {
      fail (task, g_steal_pointer (&error));
      return;
    }

  count (round, outcome);

  /* After a pull or a push whose page is the last come the files, unless operations or comparisons
   * are left. */
  if (!jp_sync_blob_is_step (round->step->kind))
    round->tried.pulled =
      outcome->complete || (round->step->kind == JP_SYNC_STEP_PULL && outcome->outcome.differs &&
                            round->tried.n_checks > 0);
  if (!g_queue_is_empty (&round->ahead))
    take_ahead (task);
  else
    plan_step (task);
}

static void
apply_step (GTask *task)
{
  JpStore *store = g_task_get_source_object (task);
  Round   *round = g_task_get_task_data (task);
  guint64  kinds = jp_sync_blob_is_step (round->step->kind) ? jp_store_kind_bit (JP_KIND_ATTACHMENT)
                                                            : JP_STORE_KINDS_ALL;
  JpStoreCall call = { apply_call, round, NULL, g_free, kinds };

  jp_store_write_async (store, &call, G_PRIORITY_LOW, NULL, applied_cb, g_object_ref (task));
}

static gpointer
refuse_call (JpVault *vault, gpointer data, GError **error)
{
  Round *round = data;

  jp_sync_step_refuse (vault, round->step, round->refusal, &round->tried, error);
  return NULL;
}

static void
refused_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (jp_store_write_finish (JP_STORE (source), result, NULL, &error))
    plan_step (task);
  else
    fail (task, g_steal_pointer (&error));
}

static void
handle_refusal (GTask *task, GError *error)
{
  JpStore    *store = g_task_get_source_object (task);
  Round      *round = g_task_get_task_data (task);
  JpStoreCall call = { refuse_call, round, NULL, NULL, 0 };

  g_clear_error (&round->refusal);
  round->refusal = g_error_copy (error);
  jp_store_write_async (store, &call, G_PRIORITY_LOW, NULL, refused_cb, g_object_ref (task));
}

static GBytes *
take_reply (GTask *task, GObject *source, GAsyncResult *result, GError **error)
{
  JpStore *store = g_task_get_source_object (task);
  Round   *round = g_task_get_task_data (task);
  g_autoptr (JpTransportReply) reply =
    jp_transport_send_finish (JP_TRANSPORT (source), result, error);

  round->answered_us = jp_clock_now_us (jp_store_get_clock (store));
  round->receipt.retry_after_s = reply != NULL ? jp_transport_reply_get_retry_after_s (reply) : 0;
  if (reply == NULL || !jp_transport_reply_check (reply, NULL, error))
    return NULL;
  return g_bytes_ref (jp_transport_reply_get_body (reply));
}

/* @data is the callback's if the step is sent. */
static gboolean
send_step (GTask *task, const JpSyncStep *step, GAsyncReadyCallback callback, gpointer data)
{
  JpStore *store = g_task_get_source_object (task);
  Round   *round = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  round->asked_us = jp_clock_now_us (jp_store_get_clock (store));
  if (!jp_transport_set_identity (round->transport, step->identity, &error))
    {
      fail (task, g_steal_pointer (&error));
      return FALSE;
    }

  jp_transport_send_async (round->transport, step->request, g_task_get_cancellable (task), callback,
                           data);
  return TRUE;
}

static AheadCall *
ahead_call_new (GTask *task, Ahead *ahead)
{
  AheadCall *call = g_new (AheadCall, 1);

  call->task = g_object_ref (task);
  call->ahead = ahead;
  return call;
}

static void
ahead_call_free (AheadCall *call)
{
  g_object_unref (call->task);
  g_free (call);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AheadCall, ahead_call_free)

static gpointer
open_call (JpVault *vault, gpointer data, GError **error)
{
  Ahead *ahead = data;

  jp_sync_step_open (ahead->step, ahead->answer, error);
  return NULL;
}

static gpointer
decode_call (JpVault *vault, gpointer data, GError **error)
{
  Ahead *ahead = data;

  jp_sync_step_decode (vault, ahead->step, ahead->answer, error);
  return NULL;
}

static void ahead_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
ask_ahead (GTask *task, JpSyncStep *step)
{
  Round *round = g_task_get_task_data (task);
  Ahead *ahead = g_new0 (Ahead, 1);
  g_autoptr (AheadCall) call = ahead_call_new (task, ahead);

  ahead->step = step;
  g_queue_push_tail (&round->ahead, ahead);
  if (send_step (task, step, ahead_answered_cb, call))
    g_steal_pointer (&call);
}

/* While a page is applied the reader decodes the next one, the network carries the one after it,
 * and the platform makes it. */
static void
look_ahead (GTask *task)
{
  Round *round = g_task_get_task_data (task);
  Ahead *last = g_queue_peek_tail (&round->ahead);

  if (round->over || round->ahead.length == MAX_AHEAD || (last != NULL && !last->open))
    return;

  JpSyncStep *next = jp_sync_step_follow (last != NULL ? last->step : round->step);

  if (next != NULL)
    ask_ahead (task, next);
}

static void
end_ahead (GTask *task, Ahead *ahead)
{
  Round *round = g_task_get_task_data (task);

  ahead->ready = TRUE;
  if (round->waiting && g_queue_peek_head (&round->ahead) == ahead)
    take_ahead (task);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AheadCall) call = user_data;

  /* ignored: decoding it fails likewise, and says so */
  call->ahead->open = jp_store_read_finish (JP_STORE (source), result, NULL, NULL);
  look_ahead (call->task);
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AheadCall) call = user_data;
  Round *round = g_task_get_task_data (call->task);

  jp_store_read_finish (JP_STORE (source), result, NULL, &call->ahead->fault);
  if (!round->over)
    end_ahead (call->task, call->ahead);
}

static void
ahead_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AheadCall) call = user_data;
  Ahead      *ahead = call->ahead;
  JpStore    *store = g_task_get_source_object (call->task);
  Round      *round = g_task_get_task_data (call->task);
  JpStoreCall open = { open_call, ahead, NULL, NULL, 0 };
  JpStoreCall decode = { decode_call, ahead, NULL, NULL, 0 };

  ahead->answer = take_reply (call->task, source, result, &ahead->error);
  if (round->over)
    return;
  if (ahead->answer == NULL)
    {
      end_ahead (call->task, ahead);
      return;
    }

  jp_store_read_async (store, &open, NULL, opened_cb, ahead_call_new (call->task, ahead));
  jp_store_read_async (store, &decode, NULL, decoded_cb, ahead_call_new (call->task, ahead));
}

/* The first page that was asked ahead is the step now. */
static void
take_ahead (GTask *task)
{
  Round *round = g_task_get_task_data (task);
  Ahead *first = g_queue_peek_head (&round->ahead);

  round->waiting = !first->ready;
  if (round->waiting)
    return;

  g_queue_pop_head (&round->ahead);
  g_clear_pointer (&round->step, jp_sync_step_free);
  round->step = g_steal_pointer (&first->step);
  round->answer = g_steal_pointer (&first->answer);
  if (may_go_on (task) && first->error != NULL)
    handle_refusal (task, first->error);
  else if (!round->over && first->fault != NULL)
    fail (task, g_steal_pointer (&first->fault));
  else if (!round->over)
    {
      apply_step (task);
      look_ahead (task);
    }
  ahead_free (first);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Round *round = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = take_reply (task, source, result, &error);

  round->answer = g_steal_pointer (&answer);
  if (round->answer != NULL)
    apply_step (task);
  else
    handle_refusal (task, error);
}

static gpointer
plan_call (JpVault *vault, gpointer data, GError **error)
{
  const Round *round = data;

  return jp_sync_step_plan (vault, &round->tried, error);
}

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Round *round = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&round->step, jp_sync_step_free);
  if (!jp_store_read_finish (JP_STORE (source), result, (gpointer *)&round->step, &error))
    fail (task, g_steal_pointer (&error));
  else if (round->step->kind == JP_SYNC_STEP_END)
    finish (task);
  else if (round->step->request == NULL)
    apply_step (task);
  else if (round->step->kind == JP_SYNC_STEP_LOAD)
    {
      round->waiting = TRUE;
      ask_ahead (task, g_steal_pointer (&round->step));
    }
  else if (send_step (task, round->step, answered_cb, task))
    g_steal_pointer (&task);
}

static void
plan_step (GTask *task)
{
  JpStore    *store = g_task_get_source_object (task);
  JpStoreCall call = { plan_call, g_task_get_task_data (task), NULL,
                       (GDestroyNotify)jp_sync_step_free, 0 };

  if (may_go_on (task))
    jp_store_read_async (store, &call, g_task_get_cancellable (task), planned_cb,
                         g_object_ref (task));
}

/**
 * jp_sync_round_async:
 * @store: an open store of an enrolled station
 * @transport: the way to the platform
 * @progress: (nullable): called after each step
 * @progress_data: for @progress
 * @cancellable: (nullable): ends the round between two steps
 * @callback: called when nothing waits on either side, or the round could not go on
 * @user_data: for @callback
 *
 * One round. At most one may run per store.
 */
void
jp_sync_round_async (JpStore            *store,
                     JpTransport        *transport,
                     JpSyncProgress      progress,
                     gpointer            progress_data,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_return_if_fail (JP_IS_STORE (store));
  g_return_if_fail (JP_IS_TRANSPORT (transport));

  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Round *round = g_new0 (Round, 1);

  g_task_set_source_tag (task, jp_sync_round_async);
  round->transport = g_object_ref (transport);
  round->progress = progress;
  round->progress_data = progress_data;
  round->receipt.started_us = jp_clock_now_us (jp_store_get_clock (store));
  round->tried.round_us = round->receipt.started_us;
  g_task_set_task_data (task, round, round_free);
  plan_step (task);
}

/**
 * jp_sync_round_finish:
 * @store: the store
 * @result: the result
 * @out_receipt: (out) (optional): what the round did, also if it could not go on
 * @error: return location for a [error@Jp.SyncError] or an error of the store
 *
 * Returns: whether the round is whole
 */
gboolean
jp_sync_round_finish (JpStore       *store,
                      GAsyncResult  *result,
                      JpSyncReceipt *out_receipt,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);

  Round *round = g_task_get_task_data (G_TASK (result));

  if (out_receipt != NULL)
    *out_receipt = round->receipt;
  return g_task_propagate_boolean (G_TASK (result), error);
}

static char *
dup_rows_sentence (const JpSyncReceipt *receipt)
{
  int sent = (int)receipt->n_sent;
  int refused = (int)receipt->n_refused;
  int accepted = (int)(receipt->n_judged - receipt->n_refused);
  int received = (int)receipt->n_received;

  if (receipt->branched)
    return g_strdup_printf (_ ("This PC had been restored or copied: it has a station number of "
                               "its own now. %d sent, %d received."),
                            sent, received);
  if (receipt->n_again > 0)
    return g_strdup_printf (_ ("The platform had lost some of your changes: %d were sent again, "
                               "%d received."),
                            (int)receipt->n_again, received);
  if (receipt->n_repaired > 0)
    return g_strdup_printf (_ ("%d records here were not what the platform has: they have been "
                               "fetched again. %d sent, %d received."),
                            (int)receipt->n_repaired, sent, received);
  if (sent == 0 && received == 0)
    return g_strdup (_ ("Nothing was waiting on either side."));
  if (refused > 0)
    return g_strdup_printf (_ ("%d sent, %d accepted, %d to be looked at; %d received."), sent,
                            accepted, refused, received);
  return g_strdup_printf (_ ("%d sent, %d accepted; %d received."), sent, accepted, received);
}

/* Takes @one. */
static char *
join (char *one, const char *other)
{
  g_autofree char *first = one;

  /* Translators: two whole sentences. */
  return first != NULL ? g_strdup_printf (C_ ("receipt", "%1$s %2$s"), first, other)
                       : g_strdup (other);
}

/**
 * jp_sync_receipt_dup_sentence:
 * @receipt: a receipt
 *
 * Returns: (transfer full): what the round did, in words
 */
char *
jp_sync_receipt_dup_sentence (const JpSyncReceipt *receipt)
{
  g_return_val_if_fail (receipt != NULL, NULL);

  gboolean moved = receipt->n_blobs_sent > 0 || receipt->n_blobs_fetched > 0;
  gboolean only_files = moved && receipt->n_sent == 0 && receipt->n_received == 0;
  char    *sentence = only_files ? NULL : dup_rows_sentence (receipt);

  if (moved)
    {
      g_autofree char *files =
        g_strdup_printf (_ ("Files: %d sent, %d fetched."), (int)receipt->n_blobs_sent,
                         (int)receipt->n_blobs_fetched);

      sentence = join (sentence, files);
    }
  if (receipt->n_blobs_absent > 0)
    {
      g_autofree char *absent =
        jp_plural_format (NP_ ("%d file waits for another PC to send it.",
                               "%d files wait for another PC to send them."),
                          receipt->n_blobs_absent);

      sentence = join (sentence, absent);
    }
  if (receipt->n_blobs_unsent > 0)
    {
      g_autofree char *unsent =
        jp_plural_format (NP_ ("The platform did not take %d file; it stays here.",
                               "The platform did not take %d files; they stay here."),
                          receipt->n_blobs_unsent);

      sentence = join (sentence, unsent);
    }
  return sentence;
}
