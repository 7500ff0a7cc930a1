/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-keeper.h"

#include "jp-reserve.h"
#include "jp-worker.h"

#define TICK_S      60
#define INTERVAL_US JP_HOUR_US
#define PERMILLE    1000

struct _JpKeeper
{
  GObject parent_instance;

  JpProfile  *profile; /* (borrowed): must outlive the keeper; read on the thread */
  JpWorker   *worker;  /* (owned): thread jp-keeper */
  JpClock    *clock;   /* (owned) */
  JpIdSource *ids;     /* (owned): for the vault, which makes no ids here */
  JpSealKey  *key;     /* (owned) */

  JpBackupInfo last;     /* main thread: the newest good backup, zero = none known */
  GError      *problem;  /* (owned) (nullable): why the last attempt failed; main thread */
  gint64       tried_us; /* main thread: when it was tried last, 0 = not yet */
  guint        n_jobs;   /* main thread: queued or running */
  int          permille; /* atomic: of the job that runs */
  guint        tick_id;  /* (source) 0 = none */
};

enum { SIGNAL_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JpKeeper, jp_keeper, G_TYPE_OBJECT)

/* What a backup was asked for. */
typedef enum {
  BACK_UP_LOOK, /* only which is the newest one */
  BACK_UP_DUE,  /* if something has happened */
  BACK_UP_NOW,  /* in any case */
} BackUp;

static void
progress_cb (guint64 done, guint64 total, gpointer user_data)
{
  JpKeeper *self = user_data;

  g_atomic_int_set (&self->permille, total > 0 ? (int)(done * PERMILLE / total) : 0);
}

/* --- on the thread */

static JpVault *
open_vault (JpKeeper *self, GError **error)
{
  g_autoptr (JpVault) vault =
    jp_vault_open (self->profile->database, JP_DB_READER, self->key, self->clock, self->ids, error);

  return vault != NULL && jp_vault_reload_school (vault, error) ? g_steal_pointer (&vault) : NULL;
}

static JpBackupInfo *
read_newest (JpKeeper *self)
{
  g_auto (GStrv) paths = jp_backup_list (self->profile->backups);
  JpBackupInfo info = { 0 };

  /* ignored: a backup that cannot be read is none */
  if (*paths != NULL)
    jp_backup_read_info (*paths, self->key, &info, NULL);
  return g_memdup2 (&info, sizeof info);
}

static JpBackupInfo *
make_backup (JpKeeper *self, JpVault *vault, GError **error)
{
  g_autoptr (JpSafety) safety = jp_safety_load (self->profile->folder);
  JpMonitor        monitor = { progress_cb, self, NULL };
  JpBackupInfo     info = { 0 };
  g_autofree char *path = jp_backup_make (vault, self->profile, &monitor, &info, error);

  if (path == NULL)
    return NULL;
  if (!jp_backup_copy_out (path, safety, error))
    {
      g_prefix_error (error, "the backup is good, but not its copy: ");
      return NULL;
    }
  return g_memdup2 (&info, sizeof info);
}

static void
back_up_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  JpKeeper *self = JP_KEEPER (source);
  BackUp    what = (BackUp)GPOINTER_TO_INT (task_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpVault) vault = NULL;
  JpBackupInfo *info = NULL;

  g_atomic_int_set (&self->permille, 0);
  jp_reserve_keep (self->profile->database,
                   NULL); /* ignored: a full disk is told by who finds it */
  vault = what != BACK_UP_LOOK ? open_vault (self, &error) : NULL;
  if (what == BACK_UP_NOW ||
      (what == BACK_UP_DUE && vault != NULL && !jp_backup_is_current (vault, self->profile)))
    info = vault != NULL ? make_backup (self, vault, &error) : NULL;
  else if (error == NULL)
    info = read_newest (self);

  if (info != NULL)
    g_task_return_pointer (task, info, g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
verify_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  JpKeeper *self = JP_KEEPER (source);
  JpMonitor monitor = { progress_cb, self, cancellable };
  g_autoptr (GError) error = NULL;
  g_autoptr (JpVault) vault = open_vault (self, &error);
  JpVerifyReport *report = NULL;

  g_atomic_int_set (&self->permille, 0);
  if (vault != NULL)
    report = jp_verify_run (vault, &monitor, &error);
  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify)jp_verify_report_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* --- on the main thread */

static void
begin_job (JpKeeper *self)
{
  self->n_jobs++;
  if (self->n_jobs == 1)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
end_job (JpKeeper *self)
{
  g_assert (self->n_jobs > 0);

  self->n_jobs--;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
backed_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JpKeeper *self = JP_KEEPER (source);
  g_autoptr (GTask) outer = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree JpBackupInfo *info = g_task_propagate_pointer (G_TASK (result), &error);

  g_clear_error (&self->problem);
  if (info != NULL)
    self->last = *info;
  else
    {
      g_debug ("no backup: %s", error->message);
      self->problem = g_error_copy (error);
    }
  end_job (self);

  if (info != NULL)
    g_task_return_boolean (outer, TRUE);
  else
    g_task_return_error (outer, g_steal_pointer (&error));
}

static void
queue_backup (JpKeeper *self, BackUp what, GTask *outer)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, backed_up_cb, outer);

  g_task_set_source_tag (task, queue_backup);
  g_task_set_task_data (task, GINT_TO_POINTER (what), NULL);
  begin_job (self);
  jp_worker_queue (self->worker, G_PRIORITY_DEFAULT, back_up_in_worker, g_steal_pointer (&task));
}

static gboolean
tick_cb (gpointer user_data)
{
  jp_keeper_tick (user_data);
  return G_SOURCE_CONTINUE;
}

static void
jp_keeper_dispose (GObject *object)
{
  JpKeeper *self = JP_KEEPER (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  G_OBJECT_CLASS (jp_keeper_parent_class)->dispose (object);
}

static void
jp_keeper_finalize (GObject *object)
{
  JpKeeper *self = JP_KEEPER (object);

  jp_worker_shutdown_sync (self->worker);
  g_clear_object (&self->worker);
  g_clear_object (&self->clock);
  g_clear_object (&self->ids);
  g_clear_pointer (&self->key, jp_seal_key_unref);
  g_clear_error (&self->problem);
  G_OBJECT_CLASS (jp_keeper_parent_class)->finalize (object);
}

static void
jp_keeper_class_init (JpKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_keeper_dispose;
  G_OBJECT_CLASS (klass)->finalize = jp_keeper_finalize;

  /**
   * JpKeeper::changed:
   * @self: the keeper
   *
   * A job began or ended; there may be another last backup, or another problem.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", JP_TYPE_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static void
jp_keeper_init (JpKeeper *self)
{
  self->worker = jp_worker_new ("jp-keeper");
}

/**
 * jp_keeper_new:
 * @store: an open store
 * @profile: its profile, must outlive the keeper
 *
 * Returns: (transfer full): a keeper that does nothing by itself yet
 */
JpKeeper *
jp_keeper_new (JpStore *store, JpProfile *profile)
{
  g_return_val_if_fail (JP_IS_STORE (store), NULL);
  g_return_val_if_fail (profile != NULL, NULL);

  JpKeeper *self = g_object_new (JP_TYPE_KEEPER, NULL);

  self->profile = profile;
  self->clock = g_object_ref (jp_store_get_clock (store));
  self->ids = jp_id_source_new (self->clock);
  self->key = jp_seal_key_ref (profile->key);
  return self;
}

/* Nobody waits for what the timer does; problems are told by ::changed. */
static void
ignore_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  jp_keeper_back_up_finish (JP_KEEPER (source), result, NULL);
}

static GTask *
new_outer (JpKeeper *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, jp_keeper_back_up_async);
  return task;
}

/**
 * jp_keeper_start:
 * @self: a keeper
 *
 * Finds out which is the last backup, and makes one each hour from now on if something happened.
 */
void
jp_keeper_start (JpKeeper *self)
{
  g_return_if_fail (JP_IS_KEEPER (self));
  g_return_if_fail (self->tick_id == 0);

  self->tried_us = jp_clock_now_us (self->clock);
  self->tick_id = g_timeout_add_seconds (TICK_S, tick_cb, self);
  queue_backup (self, BACK_UP_LOOK, new_outer (self, ignore_cb, NULL));
}

/**
 * jp_keeper_tick:
 * @self: a keeper
 *
 * What the timer does each minute: a backup if the last attempt is an hour old.
 */
void
jp_keeper_tick (JpKeeper *self)
{
  g_return_if_fail (JP_IS_KEEPER (self));

  gint64 now_us = jp_clock_now_us (self->clock);

  /* A clock that was set back must not put the next backup off. */
  if (self->n_jobs > 0 || (now_us >= self->tried_us && now_us - self->tried_us < INTERVAL_US))
    return;
  self->tried_us = now_us;
  queue_backup (self, BACK_UP_DUE, new_outer (self, ignore_cb, NULL));
}

/**
 * jp_keeper_is_busy:
 * @self: a keeper
 *
 * Returns: whether a job runs
 */
gboolean
jp_keeper_is_busy (JpKeeper *self)
{
  g_return_val_if_fail (JP_IS_KEEPER (self), FALSE);

  return self->n_jobs > 0;
}

/**
 * jp_keeper_get_permille:
 * @self: a keeper
 *
 * Returns: how much of the job that runs is done, 0 … 1000
 */
int
jp_keeper_get_permille (JpKeeper *self)
{
  g_return_val_if_fail (JP_IS_KEEPER (self), 0);

  return g_atomic_int_get (&self->permille);
}

/**
 * jp_keeper_get_last_us:
 * @self: a keeper
 *
 * Returns: when the last good backup was made, 0 if there is none
 */
gint64
jp_keeper_get_last_us (JpKeeper *self)
{
  g_return_val_if_fail (JP_IS_KEEPER (self), 0);

  return self->last.created_at_us;
}

/**
 * jp_keeper_get_last_rows:
 * @self: a keeper
 *
 * Returns: how many rows are in the last good backup
 */
gint64
jp_keeper_get_last_rows (JpKeeper *self)
{
  g_return_val_if_fail (JP_IS_KEEPER (self), 0);

  return self->last.n_rows;
}

/**
 * jp_keeper_get_problem:
 * @self: a keeper
 *
 * Returns: (nullable) (transfer none): why the last attempt at a backup failed
 */
const GError *
jp_keeper_get_problem (JpKeeper *self)
{
  g_return_val_if_fail (JP_IS_KEEPER (self), NULL);

  return self->problem;
}

/**
 * jp_keeper_back_up_async:
 * @self: a keeper
 * @callback: called when it is good, or could not be made
 * @user_data: for @callback
 *
 * Makes a backup now, whether or not something happened.
 */
void
jp_keeper_back_up_async (JpKeeper *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (JP_IS_KEEPER (self));

  self->tried_us = jp_clock_now_us (self->clock);
  queue_backup (self, BACK_UP_NOW, new_outer (self, callback, user_data));
}

/**
 * jp_keeper_back_up_finish:
 * @self: a keeper
 * @result: the result
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether the backup is good, and its copy made if there is to be one
 */
gboolean
jp_keeper_back_up_finish (JpKeeper *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) outer = user_data;
  g_autoptr (GError) error = NULL;
  JpVerifyReport *report = g_task_propagate_pointer (G_TASK (result), &error);

  end_job (JP_KEEPER (source));
  if (report != NULL)
    g_task_return_pointer (outer, report, (GDestroyNotify)jp_verify_report_free);
  else
    g_task_return_error (outer, g_steal_pointer (&error));
}

/**
 * jp_keeper_verify_async:
 * @self: a keeper
 * @cancellable: (nullable): stops it
 * @callback: called with the report
 * @user_data: for @callback
 *
 * See jp_verify_run().
 */
void
jp_keeper_verify_async (JpKeeper           *self,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  g_return_if_fail (JP_IS_KEEPER (self));

  GTask *outer = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GTask) task = g_task_new (self, cancellable, verified_cb, outer);

  g_task_set_source_tag (outer, jp_keeper_verify_async);
  begin_job (self);
  jp_worker_queue (self->worker, G_PRIORITY_DEFAULT, verify_in_worker, g_steal_pointer (&task));
}

/**
 * jp_keeper_verify_finish:
 * @self: a keeper
 * @result: the result
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): the report, or %NULL with an error
 */
JpVerifyReport *
jp_keeper_verify_finish (JpKeeper *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
worker_down_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) outer = user_data;
  JpKeeper *self = JP_KEEPER (g_task_get_source_object (outer));

  /* ignored: a shutdown without a cancellable cannot fail */
  jp_worker_shutdown_finish (JP_WORKER (source), result, NULL);
  if (self->problem != NULL)
    g_task_return_error (outer, g_error_copy (self->problem));
  else
    g_task_return_boolean (outer, TRUE);
}

static void
last_backed_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JpKeeper *self = JP_KEEPER (source);

  /* ignored: the keeper remembers its problem, and tells it when the thread has ended */
  jp_keeper_back_up_finish (self, result, NULL);
  jp_worker_shutdown_async (self->worker, NULL, worker_down_cb, user_data);
}

/**
 * jp_keeper_stop_async:
 * @self: a keeper
 * @callback: called when the thread has ended
 * @user_data: for @callback
 *
 * Makes a last backup if something happened since the one before, and ends. To be called after the
 * store was closed, so that everything is in it. Afterwards nothing can be asked of the keeper.
 */
void
jp_keeper_stop_async (JpKeeper *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (JP_IS_KEEPER (self));

  GTask *outer = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (outer, jp_keeper_stop_async);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  queue_backup (self, BACK_UP_DUE, new_outer (self, last_backed_up_cb, outer));
}

/**
 * jp_keeper_stop_finish:
 * @self: a keeper
 * @result: the result
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: %FALSE if a last backup was needed and could not be made
 */
gboolean
jp_keeper_stop_finish (JpKeeper *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
