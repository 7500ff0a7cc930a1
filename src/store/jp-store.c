/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-store.h"

#include "jp-journal.h"
#include "jp-remote-repo.h"
#include "jp-worker.h"

struct _JpStore
{
  GObject parent_instance;

  char       *path;    /* (owned): the database file, construct-only */
  char       *actor;   /* (owned): who works with it */
  JpSealKey  *key;     /* (owned) */
  JpClock    *clock;   /* (owned) */
  JpIdSource *ids;     /* (owned) */
  JpWorker   *writer;  /* (owned): thread jp-writer */
  JpWorker   *reader;  /* (owned): thread jp-reader */
  JpVault    *writing; /* (owned) (nullable): used and freed on the writer only */
  JpVault    *reading; /* (owned) (nullable): used and freed on the reader only */
  JpDb       *lock; /* (owned) (nullable): held on the writer while open: one program at a time */
  int         reserve_used;  /* atomic: set on the writer, cleared on the main thread */
  int         journal_state; /* atomic: JpJournalState, set on the writer */
  int         journal_shown; /* main thread: the state that was announced */
  gboolean    open;          /* main thread */
};

enum { SIGNAL_CHANGED, SIGNAL_RESERVE_USED, SIGNAL_JOURNAL_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JpStore, jp_store, G_TYPE_OBJECT)

static void
jp_store_finalize (GObject *object)
{
  JpStore *self = JP_STORE (object);

  g_assert (self->writing == NULL);
  g_assert (self->reading == NULL);
  g_clear_object (&self->writer);
  g_clear_object (&self->reader);
  g_clear_object (&self->clock);
  g_clear_object (&self->ids);
  g_clear_pointer (&self->key, jp_seal_key_unref);
  g_free (self->path);
  g_free (self->actor);
  G_OBJECT_CLASS (jp_store_parent_class)->finalize (object);
}

static void
jp_store_class_init (JpStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jp_store_finalize;

  /**
   * JpStore::changed:
   * @self: the store
   * @kinds: mask of the kinds of which rows changed, see jp_store_kind_bit()
   *
   * Something was written. Emitted once per transaction on the main thread.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", JP_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);

  /**
   * JpStore::journal-changed:
   * @self: the store
   *
   * jp_store_get_journal_state() says something else than before. Emitted on the main thread.
   */
  signals[SIGNAL_JOURNAL_CHANGED] =
    g_signal_new ("journal-changed", JP_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * JpStore::reserve-used:
   * @self: the store
   *
   * The disk was full; the room that was set aside was given up, so that a save could be finished.
   * The next one may fail. Emitted on the main thread after ::changed.
   */
  signals[SIGNAL_RESERVE_USED] = g_signal_new ("reserve-used", JP_TYPE_STORE, G_SIGNAL_RUN_LAST, 0,
                                               NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
jp_store_init (JpStore *self)
{
}

/**
 * jp_store_kind_bit:
 * @kind: a kind
 *
 * Returns: its bit in the mask of ::changed
 */
guint64
jp_store_kind_bit (JpKind kind)
{
  return G_GUINT64_CONSTANT (1) << kind;
}

static JpStore *
store_new (const char *path, JpSealKey *key, JpClock *clock, JpIdSource *ids, const char *actor)
{
  JpStore *self = g_object_new (JP_TYPE_STORE, NULL);

  self->path = g_strdup (path);
  self->key = jp_seal_key_ref (key);
  self->clock = g_object_ref (clock);
  self->ids = g_object_ref (ids);
  self->actor = g_strdup (actor);
  return self;
}

/**
 * jp_store_new:
 * @path: the database file
 * @key: the data key of the school
 * @clock: where time comes from
 * @ids: where ids come from
 * @actor: who works with the store
 *
 * Returns: (transfer full): a store that is not open yet
 */
JpStore *
jp_store_new (const char *path, JpSealKey *key, JpClock *clock, JpIdSource *ids, const char *actor)
{
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (actor != NULL, NULL);

  JpStore *self = store_new (path, key, clock, ids, actor);

  self->writer = jp_worker_new ("jp-writer");
  self->reader = jp_worker_new ("jp-reader");
  return self;
}

/**
 * jp_store_new_in_loop:
 * @path: the database file
 * @key: the data key of the school
 * @clock: where time comes from
 * @ids: where ids come from
 * @actor: who works with the store
 *
 * Makes a store that works in the main loop of its caller instead of on threads: for simulations,
 * see jp_worker_new_in_loop().
 *
 * Returns: (transfer full): a store that is not open yet
 */
JpStore *
jp_store_new_in_loop (const char *path,
                      JpSealKey  *key,
                      JpClock    *clock,
                      JpIdSource *ids,
                      const char *actor)
{
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (actor != NULL, NULL);

  JpStore *self = store_new (path, key, clock, ids, actor);

  self->writer = jp_worker_new_in_loop ("jp-writer");
  self->reader = jp_worker_new_in_loop ("jp-reader");
  return self;
}

/**
 * jp_store_get_actor:
 * @self: a store
 *
 * Returns: (transfer none): who works with it
 */
const char *
jp_store_get_actor (JpStore *self)
{
  g_return_val_if_fail (JP_IS_STORE (self), NULL);

  return self->actor;
}

/**
 * jp_store_get_path:
 * @self: a store
 *
 * Returns: (transfer none): the database file
 */
const char *
jp_store_get_path (JpStore *self)
{
  g_return_val_if_fail (JP_IS_STORE (self), NULL);

  return self->path;
}

/**
 * jp_store_get_clock:
 * @self: a store
 *
 * Returns: (transfer none): where time comes from
 */
JpClock *
jp_store_get_clock (JpStore *self)
{
  g_return_val_if_fail (JP_IS_STORE (self), NULL);

  return self->clock;
}

/**
 * jp_store_get_ids:
 * @self: a store
 *
 * Returns: (transfer none): where ids come from
 */
JpIdSource *
jp_store_get_ids (JpStore *self)
{
  g_return_val_if_fail (JP_IS_STORE (self), NULL);

  return self->ids;
}

/**
 * jp_store_get_key:
 * @self: a store
 *
 * Returns: (transfer none): the data key
 */
JpSealKey *
jp_store_get_key (JpStore *self)
{
  g_return_val_if_fail (JP_IS_STORE (self), NULL);

  return self->key;
}

/**
 * jp_store_is_open:
 * @self: a store
 *
 * Returns: whether it takes calls
 */
gboolean
jp_store_is_open (JpStore *self)
{
  g_return_val_if_fail (JP_IS_STORE (self), FALSE);

  return self->open;
}

/**
 * jp_store_get_journal_state:
 * @self: a store
 *
 * Returns: how the journal of operations stands, see ::journal-changed
 */
JpJournalState
jp_store_get_journal_state (JpStore *self)
{
  g_return_val_if_fail (JP_IS_STORE (self), JP_JOURNAL_NONE);

  return (JpJournalState)g_atomic_int_get (&self->journal_state);
}

/**
 * jp_store_today:
 * @self: a store
 *
 * Returns: today's date in China
 */
JpDate
jp_store_today (JpStore *self)
{
  g_return_val_if_fail (JP_IS_STORE (self), JP_DATE_NONE);

  return jp_date_from_instant (jp_clock_now_us (self->clock));
}

/**
 * jp_store_new_change:
 * @self: a store
 * @kind: what the user does
 *
 * Returns: (transfer full): an empty change by the store's actor, with a new identity
 */
JpChange *
jp_store_new_change (JpStore *self, const char *kind)
{
  g_return_val_if_fail (JP_IS_STORE (self), NULL);

  JpId op_id = jp_id_source_next (self->ids);

  return jp_change_new (&op_id, kind, self->actor);
}

/**
 * jp_store_new_draft:
 * @self: a store
 * @kind: a kind
 *
 * Returns: (transfer full): an empty draft with a new id
 */
JpDraft *
jp_store_new_draft (JpStore *self, JpKind kind)
{
  g_return_val_if_fail (JP_IS_STORE (self), NULL);

  JpId id = jp_id_source_next (self->ids);

  return jp_draft_new (kind, &id);
}

/* --- open
 * ------------------------------------------------------------------------------------------ */

static gboolean
mark_clean (JpVault *vault, gboolean clean, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  return jp_db_begin_write (vault->db, &transaction, error) &&
         jp_vault_set_setting (vault, JP_SETTING_CLEAN, clean ? "1" : "0", error) &&
         jp_transaction_commit (&transaction, error);
}

static gboolean
check_last_end (JpVault *vault, GError **error)
{
  g_autofree char *clean = NULL;

  if (!jp_vault_get_setting (vault, JP_SETTING_CLEAN, &clean, error))
    return FALSE;
  if (g_strcmp0 (clean, "0") == 0 && !jp_db_check_quick (vault->db, error))
    return jp_vault_translate (error);
  return mark_clean (vault, FALSE, error) || jp_vault_translate (error);
}

/* A save is told when it is in the journal too; without the stick it is saved all the same. */
static void
follow_journal (JpStore *self, JpVault *vault)
{
  g_autoptr (GError) error = NULL;
  JpJournalState state = JP_JOURNAL_NONE;

  if (vault->journal_folder != NULL)
    state = jp_journal_follow (vault, &error) ? JP_JOURNAL_WHOLE : JP_JOURNAL_BEHIND;
  if (error != NULL)
    g_debug ("the journal is behind: %s", error->message);
  g_atomic_int_set (&self->journal_state, (int)state);
}

static void
open_reader_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  JpStore *self = JP_STORE (source);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->reading, jp_vault_close);
  self->reading =
    jp_vault_open (self->path, JP_DB_READER, self->key, self->clock, self->ids, &error);
  if (self->reading != NULL && jp_vault_reload_school (self->reading, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* The reader follows without a turn of the main loop: a program that starts is busy there. */
static void
open_writer_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  JpStore *self = JP_STORE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpVault) vault = NULL;
  g_autofree char *folder = g_path_get_dirname (self->path);

  /* What an open left that failed half-way. */
  g_clear_pointer (&self->writing, jp_vault_close);
  g_clear_pointer (&self->lock, jp_db_close);

  self->lock = jp_vault_take_lock (self->path, &error);
  if (self->lock != NULL)
    vault = jp_vault_open (self->path, JP_DB_WRITER, self->key, self->clock, self->ids, &error);
  if (vault != NULL && jp_vault_set_up (vault, &error) && check_last_end (vault, &error))
    {
      jp_journal_attach_chosen (vault, folder);
      follow_journal (self, vault);
      self->writing = g_steal_pointer (&vault);
      jp_worker_queue (self->reader, G_PRIORITY_DEFAULT, open_reader_in_worker,
                       g_object_ref (task));
      return;
    }

  g_clear_pointer (&vault, jp_vault_close);
  g_clear_pointer (&self->lock, jp_db_close);
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JpStore *self = JP_STORE (source);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  self->open = g_task_propagate_boolean (G_TASK (result), &error);
  self->journal_shown = g_atomic_int_get (&self->journal_state);
  if (self->open)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * jp_store_open_async:
 * @self: a store that is not open
 * @cancellable: (nullable): cancellable
 * @callback: called when it is open, or could not be
 * @user_data: for @callback
 *
 * Takes the lock, migrates, checks the file after an unclean end, and opens both connections. Fails
 * with `JP_STORE_ERROR_LOCKED`, `JP_STORE_ERROR_TOO_NEW`, `JP_STORE_ERROR_CORRUPT`,
 * `JP_STORE_ERROR_KEY`.
 */
void
jp_store_open_async (JpStore            *self,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_return_if_fail (JP_IS_STORE (self));
  g_return_if_fail (!self->open);

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, jp_store_open_async);

  g_autoptr (GTask) work = g_task_new (self, NULL, opened_cb, g_steal_pointer (&task));

  jp_worker_queue (self->writer, G_PRIORITY_DEFAULT, open_writer_in_worker,
                   g_steal_pointer (&work));
}

/**
 * jp_store_open_finish:
 * @self: a store
 * @result: the result
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it is open
 */
gboolean
jp_store_open_finish (JpStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- close
 * ----------------------------------------------------------------------------------------- */

static void
close_reader_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  JpStore *self = JP_STORE (source);

  g_clear_pointer (&self->reading, jp_vault_close);
  g_task_return_boolean (task, TRUE);
}

static void
close_writer_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  JpStore *self = JP_STORE (source);
  g_autoptr (GError) error = NULL;

  /* ignored: what is not marked as closed in order is checked when it is opened next */
  if (self->writing != NULL &&
      (!mark_clean (self->writing, TRUE, &error) || !jp_db_checkpoint (self->writing->db, &error)))
    g_debug ("the database was not closed in order: %s", error->message);

  g_clear_pointer (&self->writing, jp_vault_close);
  g_clear_pointer (&self->lock, jp_db_close);
  g_task_return_boolean (task, TRUE);
}

static void
worker_down_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JpStore *self = g_task_get_source_object (task);

  /* ignored: a shutdown without a cancellable cannot fail */
  jp_worker_shutdown_finish (JP_WORKER (source), result, NULL);
  if (JP_WORKER (source) == self->reader)
    jp_worker_shutdown_async (self->writer, NULL, worker_down_cb, g_steal_pointer (&task));
  else
    g_task_return_boolean (task, TRUE);
}

static void
writer_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JpStore *self = JP_STORE (source);
  g_autoptr (GTask) task = user_data;

  jp_worker_shutdown_async (self->reader, NULL, worker_down_cb, g_steal_pointer (&task));
}

static void
reader_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JpStore *self = JP_STORE (source);
  g_autoptr (GTask) writer_task = g_task_new (self, NULL, writer_closed_cb, user_data);

  jp_worker_queue (self->writer, G_PRIORITY_LOW, close_writer_in_worker,
                   g_steal_pointer (&writer_task));
}

/**
 * jp_store_close_async:
 * @self: a store
 * @cancellable: (nullable): ignored: a queued save is never lost
 * @callback: called when everything is written and both threads have ended
 * @user_data: for @callback
 *
 * Takes no more calls, finishes those that are queued, and closes. Must be called, also after a
 * failed open, before the last reference goes.
 */
void
jp_store_close_async (JpStore            *self,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  g_return_if_fail (JP_IS_STORE (self));

  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GTask) reader_task = g_task_new (self, NULL, reader_closed_cb, task);

  g_task_set_source_tag (task, jp_store_close_async);
  self->open = FALSE;
  jp_worker_queue (self->reader, G_PRIORITY_LOW, close_reader_in_worker,
                   g_steal_pointer (&reader_task));
}

/**
 * jp_store_close_finish:
 * @self: a store
 * @result: the result
 * @error: return location for a #GError
 *
 * Returns: %TRUE
 */
gboolean
jp_store_close_finish (JpStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- calls
 * ----------------------------------------------------------------------------------------- */

static void
call_free (gpointer data)
{
  JpStoreCall *call = data;

  if (call->data_free != NULL)
    call->data_free (call->data);
  g_free (call);
}

static void
run_call (GTask *task, JpVault *vault, JpStoreCall *call, GCancellable *cancellable)
{
  JpStore *self = JP_STORE (g_task_get_source_object (task));
  g_autoptr (GError) error = NULL;

  jp_db_set_cancellable (vault->db, cancellable);

  gpointer result = call->func (vault, call->data, &error);

  jp_db_set_cancellable (vault->db, NULL);
  if (vault->reserve_used)
    {
      vault->reserve_used = FALSE;
      g_atomic_int_set (&self->reserve_used, TRUE);
    }
  if (vault == self->writing)
    follow_journal (self, vault);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, result, call->result_free);
}

static void
read_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  JpStore     *self = JP_STORE (source);
  JpStoreCall *call = task_data;
  g_autoptr (GError) error = NULL;

  /* The first sync tells the writer which school this is; readers learn it late. */
  if (jp_id_is_none (&self->reading->school) && !jp_vault_reload_school (self->reading, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  run_call (task, self->reading, call, cancellable);
}

static void
write_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  JpStore *self = JP_STORE (source);

  /* A write is never stopped half-way by its cancellable. */
  run_call (task, self->writing, task_data, NULL);
}

/* Whether or not the save worked: there is no reserve any more. */
static void
tell_state (JpStore *self)
{
  int journal_state = g_atomic_int_get (&self->journal_state);

  if (journal_state != self->journal_shown)
    {
      self->journal_shown = journal_state;
      g_signal_emit (self, signals[SIGNAL_JOURNAL_CHANGED], 0);
    }
  if (g_atomic_int_compare_and_exchange (&self->reserve_used, TRUE, FALSE))
    g_signal_emit (self, signals[SIGNAL_RESERVE_USED], 0);
}

static GTask *
new_call_task (JpStore            *self,
               const JpStoreCall  *call,
               gpointer            tag,
               GCancellable       *cancellable,
               GAsyncReadyCallback callback,
               gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, g_memdup2 (call, sizeof *call), call_free);
  if (!self->open)
    g_task_return_new_error (task, JP_STORE_ERROR, JP_STORE_ERROR_IO, "the store is not open");
  return task;
}

static void
queue_read (JpStore *self, GTask *task, int priority)
{
  g_autoptr (GTask) owned = task;

  if (self->open)
    jp_worker_queue (self->reader, priority, read_in_worker, g_steal_pointer (&owned));
}

/**
 * jp_store_read_async:
 * @self: a store
 * @call: the call; its data now belongs to the store
 * @cancellable: (nullable): stops the query at once
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Runs a repository call on the reading connection.
 */
void
jp_store_read_async (JpStore            *self,
                     const JpStoreCall  *call,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_return_if_fail (JP_IS_STORE (self));
  g_return_if_fail (call != NULL);

  queue_read (self,
              new_call_task (self, call, jp_store_read_async, cancellable, callback, user_data),
              G_PRIORITY_DEFAULT);
}

/**
 * jp_store_read_finish:
 * @self: a store
 * @result: the result
 * @out_result: (out) (optional) (nullable): what the call returned
 * @error: return location for the call's error
 *
 * Returns: whether the call worked
 */
gboolean
jp_store_read_finish (JpStore *self, GAsyncResult *result, gpointer *out_result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  g_autoptr (GError) local_error = NULL;
  gpointer value = g_task_propagate_pointer (G_TASK (result), &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (out_result != NULL)
    *out_result = value;
  return TRUE;
}

/* Lists learn of a change before whoever made it goes on, and whether or not that one looks at the
 * result. */
static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JpStore *self = JP_STORE (source);
  g_autoptr (GTask) task = user_data;
  JpStoreCall *call = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gpointer value = g_task_propagate_pointer (G_TASK (result), &error);

  if (error != NULL)
    {
      tell_state (self);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (call->kinds != 0)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0, call->kinds);
  tell_state (self);
  g_task_return_pointer (task, value, call->result_free);
}

/**
 * jp_store_write_async:
 * @self: a store
 * @call: the call; its data now belongs to the store
 * @priority: %G_PRIORITY_DEFAULT for what a user waits for, %G_PRIORITY_LOW for pieces of long work
 * @cancellable: (nullable): taken into account before the call begins; what has begun is finished
 *   and reported
 * @callback: (nullable): called with the result
 * @user_data: for @callback
 *
 * Runs a repository call on the writing connection; ::changed is emitted before @callback is
 * called.
 */
void
jp_store_write_async (JpStore            *self,
                      const JpStoreCall  *call,
                      int                 priority,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  g_return_if_fail (JP_IS_STORE (self));
  g_return_if_fail (call != NULL);

  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GTask) writer_task = NULL;

  g_task_set_source_tag (task, jp_store_write_async);
  writer_task = new_call_task (self, call, jp_store_write_async, cancellable, written_cb,
                               g_steal_pointer (&task));
  if (!self->open)
    return;
  g_task_set_check_cancellable (writer_task, FALSE);
  jp_worker_queue (self->writer, priority, write_in_worker, g_steal_pointer (&writer_task));
}

/**
 * jp_store_write_finish:
 * @self: a store
 * @result: the result
 * @out_result: (out) (optional) (nullable): what the call returned
 * @error: return location for the call's error
 *
 * Returns: whether the call worked
 */
gboolean
jp_store_write_finish (JpStore *self, GAsyncResult *result, gpointer *out_result, GError **error)
{
  return jp_store_read_finish (self, result, out_result, error);
}

static gpointer
count_call (JpVault *vault, gpointer data, GError **error)
{
  gint64 count = 0;

  return jp_query_count (vault, data, &count, error) ? g_memdup2 (&count, sizeof count) : NULL;
}

/**
 * jp_store_count_async:
 * @self: a store
 * @query: a question; copied
 * @cancellable: (nullable): cancellable
 * @callback: called with the number
 * @user_data: for @callback
 *
 * See jp_query_count(). Everything else that is read goes first: numbers beside the names of views
 * may come a moment later than the rows.
 */
void
jp_store_count_async (JpStore            *self,
                      const JpQuery      *query,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  g_return_if_fail (JP_IS_STORE (self));
  g_return_if_fail (query != NULL);

  JpStoreCall call = { count_call, jp_query_copy (query), (GDestroyNotify)jp_query_free, g_free,
                       0 };

  queue_read (self,
              new_call_task (self, &call, jp_store_read_async, cancellable, callback, user_data),
              G_PRIORITY_DEFAULT_IDLE);
}

/**
 * jp_store_count_finish:
 * @self: a store
 * @result: the result
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: how many rows answer the question; −1 with an error
 */
gint64
jp_store_count_finish (JpStore *self, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *value = NULL;
  gboolean           ok = jp_store_read_finish (self, result, (gpointer *)&value, error);

  return ok ? *value : -1;
}
