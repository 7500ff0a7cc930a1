/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sync.h"

#include "jp-op-repo.h"
#include "jp-date.h"
#include "jp-plural.h"
#include "jp-sync-error.h"
#include "jp-sync-hello.h"
#include "jp-sync-watch.h"
#include "jp-transport-backoff.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define N_OFFSETS    5                  /* the median of so many tells the clock's offset */
#define LOOK_S       60                 /* how often it is looked whether the queue moves */
#define WEDGED_S     300                /* a round that does nothing for so long is ended */
#define WATCH_MIN_US (5 * JP_SECOND_US) /* a platform that does not wait is not asked to */

struct _JpSync
{
  GObject parent_instance;

  JpStore            *store;       /* (owned) */
  JpTransport        *transport;   /* (owned) (nullable): NULL = no platform */
  JpTransportBackoff *backoff;     /* (owned) */
  GCancellable       *cancellable; /* (owned) (nullable): of the running round */
  GError             *problem;     /* (owned) (nullable): why the last round was not whole */
  JpSyncReceipt       last;        /* of the last whole round; ended_us 0 = none yet */
  JpSyncReceipt       running;     /* of the running round */
  gint64              n_waiting;
  gint64              oldest_us;             /* 0 = nothing waits */
  gint64              offsets_us[N_OFFSETS]; /* platform's clock minus ours, newest last */
  guint               n_offsets;
  gint64              progress_us;    /* monotonic: when the queue last moved, or need not */
  guint               look_id;        /* (source) 0 = none: looks whether the queue moves */
  GCancellable       *watch;          /* (owned) (nullable): while it waits for news */
  gint64              watch_began_us; /* monotonic */
  guint               watch_round;    /* n_rounds when it began */
  guint               n_rounds;
  gboolean            was_wedged; /* the running round was ended because nothing happened */
  guint               timer_id;   /* (source) 0 = none: the next round */
  gboolean            is_running;
  gboolean            greeted; /* it is known that both sides understand each other */
  gboolean            again;   /* asked for while a round was running */
};

enum { SIGNAL_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void start_round (JpSync *self);

G_DEFINE_FINAL_TYPE (JpSync, jp_sync, G_TYPE_OBJECT)

static gint64
monotonic_us (JpSync *self)
{
  return jp_clock_monotonic_us (jp_store_get_clock (self->store));
}

static void
announce (JpSync *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
timer_cb (gpointer user_data)
{
  JpSync *self = user_data;

  self->timer_id = 0;
  start_round (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (JpSync *self, guint delay_ms)
{
  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (self->transport != NULL)
    self->timer_id = g_timeout_add (delay_ms, timer_cb, self);
}

typedef struct
{
  gint64 count;
  gint64 oldest_us;
} Waiting;

static gpointer
count_waiting_call (JpVault *vault, gpointer data, GError **error)
{
  g_autofree Waiting *waiting = g_new0 (Waiting, 1);

  if (!jp_op_repo_count_waiting (vault, &waiting->count, &waiting->oldest_us, error))
    return NULL;
  return g_steal_pointer (&waiting);
}

static void
waiting_counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpSync) self = user_data;
  g_autofree Waiting *waiting = NULL;

  /* ignored: the next change counts again */
  if (!jp_store_read_finish (JP_STORE (source), result, (gpointer *)&waiting, NULL) ||
      self->store == NULL)
    return;

  gboolean more = waiting->count > self->n_waiting;

  if (waiting->count == 0 || self->n_waiting == 0 || waiting->count < self->n_waiting)
    self->progress_us = monotonic_us (self);

  self->n_waiting = waiting->count;
  self->oldest_us = waiting->oldest_us;
  announce (self);

  /* A failure sets its own time for the next try. */
  if (more && !self->is_running && self->problem == NULL)
    schedule (self, JP_SYNC_AFTER_SAVE_MS);
}

static void
count_waiting (JpSync *self)
{
  JpStoreCall call = { count_waiting_call, NULL, NULL, g_free, 0 };

  if (jp_store_is_open (self->store))
    jp_store_read_async (self->store, &call, NULL, waiting_counted_cb, g_object_ref (self));
}

static void
store_changed_cb (JpStore *store, guint64 kinds, JpSync *self)
{
  count_waiting (self);
}

static void
progress_cb (const JpSyncReceipt *receipt, gpointer user_data)
{
  JpSync *self = user_data;

  if (receipt->n_judged > self->running.n_judged ||
      receipt->n_received > self->running.n_received ||
      receipt->n_blob_bytes > self->running.n_blob_bytes)
    self->progress_us = monotonic_us (self);
  self->running = *receipt;
  announce (self);
}

static gboolean
is_offline (JpSync *self)
{
  return g_error_matches (self->problem, JP_SYNC_ERROR, JP_SYNC_ERROR_OFFLINE) ||
         g_error_matches (self->problem, JP_SYNC_ERROR, JP_SYNC_ERROR_BUSY);
}

/* --- news --- */

static void
stop_watch (JpSync *self)
{
  g_cancellable_cancel (self->watch);
  g_clear_object (&self->watch);
}

static void watched_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
start_watch (JpSync *self)
{
  GWeakRef *weak = NULL;

  if (self->transport == NULL || self->watch != NULL || self->is_running || self->problem != NULL ||
      self->last.ended_us == 0 || !jp_store_is_open (self->store))
    return;

  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  self->watch = g_cancellable_new ();
  self->watch_began_us = monotonic_us (self);
  self->watch_round = self->n_rounds;
  jp_sync_watch_async (self->store, self->transport, self->watch, watched_cb, weak);
}

/* Without news it waits on. A bell that does not work is no problem: the timer is there, too. */
static void
watched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree GWeakRef *weak = user_data;
  g_autoptr (JpSync) self = g_weak_ref_get (weak);
  g_autoptr (GError) error = NULL;
  gboolean news = jp_sync_watch_finish (JP_STORE (source), result, &error);

  g_weak_ref_clear (weak);
  if (self == NULL || self->store == NULL ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  gboolean waited = monotonic_us (self) - self->watch_began_us >= WATCH_MIN_US;
  gboolean outdated = self->watch_round != self->n_rounds;

  g_clear_object (&self->watch);
  if (news && !outdated)
    start_round (self);
  else if (error == NULL && (waited || outdated))
    start_watch (self);
}

/* --- whether the queue moves --- */

static gboolean
look_cb (gpointer user_data)
{
  JpSync *self = user_data;

  if (is_offline (self) || self->transport == NULL)
    self->progress_us = monotonic_us (self);
  if (self->is_running && monotonic_us (self) - self->progress_us > WEDGED_S * JP_SECOND_US)
    {
      self->was_wedged = TRUE;
      g_cancellable_cancel (self->cancellable);
    }
  if (jp_sync_get_stall (self) != JP_SYNC_STALL_NONE)
    announce (self);
  return G_SOURCE_CONTINUE;
}

/* --- the clock --- */

static void
add_offset (JpSync *self, gint64 offset_us)
{
  if (self->n_offsets == N_OFFSETS)
    memmove (self->offsets_us, self->offsets_us + 1, (N_OFFSETS - 1) * sizeof (gint64));
  else
    self->n_offsets++;
  self->offsets_us[self->n_offsets - 1] = offset_us;
}

static int
compare_offsets (gconstpointer a, gconstpointer b)
{
  const gint64 *x = a;
  const gint64 *y = b;

  return (*x > *y) - (*x < *y);
}

/* --- rounds --- */

/* Somebody must act before another try can help; everything else is tried again. */
static gboolean
is_final (const GError *error)
{
  return g_error_matches (error, JP_SYNC_ERROR, JP_SYNC_ERROR_AUTH) ||
         g_error_matches (error, JP_SYNC_ERROR, JP_SYNC_ERROR_REVOKED) ||
         g_error_matches (error, JP_SYNC_ERROR, JP_SYNC_ERROR_PAST) ||
         g_error_matches (error, JP_SYNC_ERROR, JP_SYNC_ERROR_FORKED) ||
         g_error_matches (error, JP_SYNC_ERROR, JP_SYNC_ERROR_TOO_OLD) ||
         g_error_matches (error, JP_SYNC_ERROR, JP_SYNC_ERROR_TOO_NEW) ||
         g_error_matches (error, JP_SYNC_ERROR, JP_SYNC_ERROR_MISSING) ||
         g_error_matches (error, JP_SYNC_ERROR, JP_SYNC_ERROR_CONFLICT);
}

/* @error is %NULL after a whole round; it is taken. */
static void
end_round (JpSync *self, const JpSyncReceipt *receipt, GError *error)
{
  gboolean was_wedged = self->was_wedged;

  self->is_running = FALSE;
  self->was_wedged = FALSE;
  g_clear_object (&self->cancellable);
  g_clear_error (&self->problem);

  if (error == NULL)
    {
      self->last = *receipt;
      jp_transport_backoff_reset (self->backoff);
      schedule (self, self->again ? JP_SYNC_AFTER_SAVE_MS : JP_SYNC_IDLE_S * 1000);
      start_watch (self);
    }
  else if (was_wedged)
    schedule (self, jp_transport_backoff_next_ms (self->backoff, 0));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      self->problem = g_error_copy (error);
      if (!is_final (self->problem))
        schedule (self, jp_transport_backoff_next_ms (self->backoff, receipt->retry_after_s));
    }

  /* Whoever is too old or too new is asked anew: somebody may have updated. */
  self->greeted = self->greeted && (error == NULL || !is_final (error));
  g_clear_error (&error);
  self->again = FALSE;
  count_waiting (self);
  announce (self);
}

static void
round_ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpSync) self = user_data;
  JpSyncReceipt receipt = { 0 };
  GError       *error = NULL;

  jp_sync_round_finish (JP_STORE (source), result, &receipt, &error);
  if (self->store == NULL)
    {
      g_clear_error (&error);
      return;
    }
  if (receipt.platform_us != 0)
    add_offset (self, receipt.offset_us);
  end_round (self, &receipt, error);
}

static void
run_round (JpSync *self)
{
  jp_sync_round_async (self->store, self->transport, progress_cb, self, self->cancellable,
                       round_ended_cb, g_object_ref (self));
}

static void
greeted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpSync) self = user_data;
  JpSyncHello   hello = { 0 };
  JpSyncReceipt nothing = { 0 };
  GError       *error = NULL;

  self->greeted = jp_sync_hello_finish (JP_STORE (source), result, &hello, &error);
  if (self->store == NULL)
    {
      g_clear_error (&error);
      return;
    }
  if (error == NULL && self->transport == NULL)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "there is no platform any more");
  if (error != NULL)
    {
      end_round (self, &nothing, error);
      return;
    }
  add_offset (self, hello.offset_us);
  run_round (self);
}

/* Before the first round it is found out whether both sides understand each other. */
static void
start_round (JpSync *self)
{
  if (self->transport == NULL || !jp_store_is_open (self->store))
    return;
  if (self->is_running)
    {
      self->again = TRUE;
      return;
    }

  g_clear_handle_id (&self->timer_id, g_source_remove);
  self->is_running = TRUE;
  self->n_rounds++;
  self->cancellable = g_cancellable_new ();
  self->running = (JpSyncReceipt){ 0 };
  if (self->greeted)
    run_round (self);
  else
    jp_sync_hello_async (self->store, self->transport, self->cancellable, greeted_cb,
                         g_object_ref (self));
  announce (self);
}

static void
jp_sync_dispose (GObject *object)
{
  JpSync *self = JP_SYNC (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_handle_id (&self->look_id, g_source_remove);
  stop_watch (self);
  g_clear_object (&self->transport);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (jp_sync_parent_class)->dispose (object);
}

static void
jp_sync_finalize (GObject *object)
{
  JpSync *self = JP_SYNC (object);

  g_clear_pointer (&self->backoff, jp_transport_backoff_free);
  g_clear_error (&self->problem);
  G_OBJECT_CLASS (jp_sync_parent_class)->finalize (object);
}

static void
jp_sync_class_init (JpSyncClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_sync_dispose;
  G_OBJECT_CLASS (klass)->finalize = jp_sync_finalize;

  /**
   * JpSync::changed:
   * @self: the engine
   *
   * The state, the queue or the receipt changed. Main thread.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", JP_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
jp_sync_init (JpSync *self)
{
}

/**
 * jp_sync_new:
 * @store: an open store
 *
 * Returns: (transfer full): an engine that only counts what waits until it has a transport
 */
JpSync *
jp_sync_new (JpStore *store)
{
  g_return_val_if_fail (JP_IS_STORE (store), NULL);

  JpSync *self = g_object_new (JP_TYPE_SYNC, NULL);

  self->store = g_object_ref (store);
  self->backoff = jp_transport_backoff_new (jp_store_get_ids (store));
  self->progress_us = monotonic_us (self);
  self->look_id = g_timeout_add_seconds (LOOK_S, look_cb, self);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, 0);
  count_waiting (self);
  return self;
}

/**
 * jp_sync_set_transport:
 * @self: an engine
 * @transport: (nullable): the way to the platform; %NULL: there is none
 *
 * Begins a round at once.
 */
void
jp_sync_set_transport (JpSync *self, JpTransport *transport)
{
  g_return_if_fail (JP_IS_SYNC (self));

  stop_watch (self);
  g_set_object (&self->transport, transport);
  self->greeted = FALSE;
  self->progress_us = monotonic_us (self);
  g_clear_error (&self->problem);
  jp_transport_backoff_reset (self->backoff);
  if (transport != NULL)
    start_round (self);
  announce (self);
}

/**
 * jp_sync_get_transport:
 * @self: an engine
 *
 * Returns: (transfer none) (nullable): the way to the platform
 */
JpTransport *
jp_sync_get_transport (JpSync *self)
{
  g_return_val_if_fail (JP_IS_SYNC (self), NULL);

  return self->transport;
}

/**
 * jp_sync_get_store:
 * @self: an engine
 *
 * Returns: (transfer none): its store
 */
JpStore *
jp_sync_get_store (JpSync *self)
{
  g_return_val_if_fail (JP_IS_SYNC (self), NULL);

  return self->store;
}

/**
 * jp_sync_now:
 * @self: an engine
 *
 * Begins a round now, whatever the last one said; one that runs is followed by another.
 */
void
jp_sync_now (JpSync *self)
{
  g_return_if_fail (JP_IS_SYNC (self));

  start_round (self);
}

/**
 * jp_sync_stop:
 * @self: an engine
 *
 * Ends a running round between two steps and begins no other. Call it before the store closes.
 */
void
jp_sync_stop (JpSync *self)
{
  g_return_if_fail (JP_IS_SYNC (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_handle_id (&self->look_id, g_source_remove);
  stop_watch (self);
  g_clear_object (&self->transport);
}

/**
 * jp_sync_get_state:
 * @self: an engine
 *
 * Returns: its state
 */
JpSyncState
jp_sync_get_state (JpSync *self)
{
  g_return_val_if_fail (JP_IS_SYNC (self), JP_SYNC_STATE_LOCAL);

  if (self->transport == NULL)
    return JP_SYNC_STATE_LOCAL;
  if (self->is_running)
    return JP_SYNC_STATE_RUNNING;
  if (is_offline (self))
    return JP_SYNC_STATE_OFFLINE;
  if (self->problem != NULL || jp_sync_get_stall (self) == JP_SYNC_STALL_STUCK)
    return JP_SYNC_STATE_PROBLEM;
  return self->n_waiting > 0 || self->last.ended_us == 0 ? JP_SYNC_STATE_WAITING
                                                         : JP_SYNC_STATE_UP_TO_DATE;
}

/**
 * jp_sync_get_n_waiting:
 * @self: an engine
 *
 * Returns: operations that the platform has not judged
 */
gint64
jp_sync_get_n_waiting (JpSync *self)
{
  g_return_val_if_fail (JP_IS_SYNC (self), 0);

  return self->n_waiting;
}

/**
 * jp_sync_get_oldest_us:
 * @self: an engine
 *
 * Returns: when the oldest of them was made, 0 if nothing waits
 */
gint64
jp_sync_get_oldest_us (JpSync *self)
{
  g_return_val_if_fail (JP_IS_SYNC (self), 0);

  return self->oldest_us;
}

/**
 * jp_sync_get_last_receipt:
 * @self: an engine
 *
 * Returns: (nullable) (transfer none): of the last whole round since the program started
 */
const JpSyncReceipt *
jp_sync_get_last_receipt (JpSync *self)
{
  g_return_val_if_fail (JP_IS_SYNC (self), NULL);

  return self->last.ended_us != 0 ? &self->last : NULL;
}

/**
 * jp_sync_get_running_receipt:
 * @self: an engine
 *
 * Returns: (nullable) (transfer none): how far the running round is, %NULL if none runs
 */
const JpSyncReceipt *
jp_sync_get_running_receipt (JpSync *self)
{
  g_return_val_if_fail (JP_IS_SYNC (self), NULL);

  return self->is_running ? &self->running : NULL;
}

/**
 * jp_sync_get_problem:
 * @self: an engine
 *
 * Returns: (nullable) (transfer none): why the last round was not whole
 */
const GError *
jp_sync_get_problem (JpSync *self)
{
  g_return_val_if_fail (JP_IS_SYNC (self), NULL);

  return self->problem;
}

/**
 * jp_sync_get_clock_offset_us:
 * @self: an engine
 *
 * Returns: the platform's clock minus ours, the median of the last five rounds; shown, never used
 * to decide
 */
gint64
jp_sync_get_clock_offset_us (JpSync *self)
{
  g_return_val_if_fail (JP_IS_SYNC (self), 0);

  gint64 sorted_us[N_OFFSETS];

  if (self->n_offsets == 0)
    return 0;
  memcpy (sorted_us, self->offsets_us, sizeof sorted_us);
  qsort (sorted_us, self->n_offsets, sizeof (gint64), compare_offsets);
  return sorted_us[self->n_offsets / 2];
}

/**
 * jp_sync_get_stall:
 * @self: an engine
 *
 * Returns: whether what waits goes up as it should
 */
JpSyncStall
jp_sync_get_stall (JpSync *self)
{
  g_return_val_if_fail (JP_IS_SYNC (self), JP_SYNC_STALL_NONE);

  gint64 age_us = 0;

  if (self->n_waiting == 0 || self->transport == NULL || self->store == NULL || is_offline (self))
    return JP_SYNC_STALL_NONE;
  age_us = monotonic_us (self) - self->progress_us;
  if (age_us >= JP_SYNC_STUCK_S * JP_SECOND_US)
    return JP_SYNC_STALL_STUCK;
  return age_us >= JP_SYNC_SLOW_S * JP_SECOND_US ? JP_SYNC_STALL_SLOW : JP_SYNC_STALL_NONE;
}

static char *
dup_waiting_title (JpSync *self, const char *nothing, const char *some, const char *several)
{
  if (self->n_waiting == 0)
    return g_strdup (nothing);
  return jp_plural_format (some, several, self->n_waiting);
}

/**
 * jp_sync_dup_title:
 * @self: an engine
 *
 * Returns: (transfer full): the state in a few words, for the foot of the sidebar: always with the
 * number that waits
 */
char *
jp_sync_dup_title (JpSync *self)
{
  g_return_val_if_fail (JP_IS_SYNC (self), NULL);

  switch (jp_sync_get_state (self))
    {
    case JP_SYNC_STATE_LOCAL:
      return dup_waiting_title (self, _ ("On this PC only"),
                                NP_ ("On this PC only · %d change kept",
                                     "On this PC only · %d changes kept"));
    case JP_SYNC_STATE_UP_TO_DATE:
      return g_strdup (_ ("Up to date"));
    case JP_SYNC_STATE_RUNNING:
      return g_strdup (_ ("Syncing…"));
    case JP_SYNC_STATE_OFFLINE:
      return dup_waiting_title (self, _ ("Offline"),
                                NP_ ("Offline · %d change to send",
                                     "Offline · %d changes to send"));
    case JP_SYNC_STATE_PROBLEM:
      return dup_waiting_title (self, _ ("Sync needs you"),
                                NP_ ("Sync needs you · %d change to send",
                                     "Sync needs you · %d changes to send"));
    case JP_SYNC_STATE_WAITING:
    default:
      return dup_waiting_title (self, _ ("Sync begins soon"),
                                NP_ ("%d change to send", "%d changes to send"));
    }
}

/**
 * jp_sync_dup_sentence:
 * @self: an engine
 *
 * Returns: (transfer full): what the state means and what to do, in one sentence
 */
char *
jp_sync_dup_sentence (JpSync *self)
{
  g_return_val_if_fail (JP_IS_SYNC (self), NULL);

  if (g_error_matches (self->problem, JP_STORE_ERROR, JP_STORE_ERROR_FULL))
    return g_strdup (_ ("The disk of this PC is full, so the answer could not be saved. Nothing is "
                        "lost: please free some space, then sync again."));
  if (self->problem != NULL)
    return g_strdup (
      self->problem->domain == JP_SYNC_ERROR
        ? jp_sync_error_get_sentence ((JpSyncError)self->problem->code)
        : _ ("The answer could not be saved. Nothing is lost; please check the disk, "
             "then sync again."));
  if (self->transport == NULL)
    return g_strdup (_ ("No platform is set up; everything is kept on this PC."));
  if (jp_sync_get_stall (self) != JP_SYNC_STALL_NONE)
    return g_strdup (
      _ ("The platform answers, but what waits does not go up. It is tried again; if "
         "it stays so, please call the platform."));
  if (self->last.ended_us != 0)
    return jp_sync_receipt_dup_sentence (&self->last);
  return g_strdup (_ ("The first sync has not ended yet."));
}
