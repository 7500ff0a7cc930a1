/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-worker.h"

typedef enum {
  RUNNING,
  DRAINING, /* takes jobs only from its own thread */
  STOPPED,
} State;

typedef struct
{
  int             priority;
  GTaskThreadFunc func;
  GTask          *task; /* (owned) */
} Job;

struct _JpWorker
{
  GObject parent_instance;

  char    *name;   /* (owned) */
  GThread *thread; /* (owned) (nullable): NULL once joined; only used by the owner of the worker */
  GMainContext *loop; /* (owned) (nullable): runs the jobs in the place of a thread */

  GMutex mutex; /* guards everything below */
  GCond  changed;
  State  state;
  GQueue jobs;     /* (element-type Job): by priority, then by age */
  GTask *shutdown; /* (owned) (nullable): of jp_worker_shutdown_async() */
};

G_DEFINE_FINAL_TYPE (JpWorker, jp_worker, G_TYPE_OBJECT)

/* The worker whose thread this is. */
static GPrivate current_worker = G_PRIVATE_INIT (NULL);

static gboolean
release_task_cb (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

/* The last reference to a task is dropped where it was made: with it may go the source object and
 * the task data, whose dispose functions expect that thread. The source runs after the one by which
 * GTask calls back, because that was attached earlier and has the same priority. */
static void
release_task (GTask *task)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_callback (source, release_task_cb, task, g_object_unref);
  g_source_set_static_name (source, "jp-worker release");
  g_source_attach (source, g_task_get_context (task));
}

static void
run_job (Job *job)
{
  if (!g_task_return_error_if_cancelled (job->task))
    job->func (job->task, g_task_get_source_object (job->task), g_task_get_task_data (job->task),
               g_task_get_cancellable (job->task));
  release_task (job->task);
  g_free (job);
}

static Job *
wait_for_job (JpWorker *self)
{
  Job *job;

  g_mutex_lock (&self->mutex);
  while (g_queue_is_empty (&self->jobs) && self->state == RUNNING)
    g_cond_wait (&self->changed, &self->mutex);

  job = g_queue_pop_head (&self->jobs);
  if (job == NULL)
    self->state = STOPPED;
  g_mutex_unlock (&self->mutex);
  return job;
}

static void
join_thread (JpWorker *self)
{
  if (self->thread != NULL)
    g_thread_join (g_steal_pointer (&self->thread));
}

/* Runs one job on the loop's thread, as if on a thread of the worker's own. */
static void
run_in_place (JpWorker *self, Job *job)
{
  JpWorker *outer = g_private_get (&current_worker);

  g_private_set (&current_worker, self);
  run_job (job);
  g_private_set (&current_worker, outer);
}

static gboolean
run_next_cb (gpointer user_data)
{
  JpWorker *self = user_data;
  Job      *job = g_queue_pop_head (&self->jobs);

  if (job != NULL)
    run_in_place (self, job);
  return G_SOURCE_REMOVE;
}

static void
run_later (JpWorker *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, run_next_cb, g_object_ref (self), g_object_unref);
  g_source_set_static_name (source, "jp-worker job");
  g_source_attach (source, self->loop);
}

/* Runs what is queued, and what that queues. */
static void
drain_in_place (JpWorker *self)
{
  for (Job *job = g_queue_pop_head (&self->jobs); job != NULL; job = g_queue_pop_head (&self->jobs))
    run_in_place (self, job);
  self->state = STOPPED;
}

static gboolean
finish_shutdown_cb (gpointer user_data)
{
  GTask *task = user_data;

  join_thread (g_task_get_source_object (task));
  g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

static gpointer
run_worker (gpointer user_data)
{
  JpWorker *self = user_data;

  g_private_set (&current_worker, self);
  for (Job *job = wait_for_job (self); job != NULL; job = wait_for_job (self))
    run_job (job);

  g_mutex_lock (&self->mutex);
  GTask *task = g_steal_pointer (&self->shutdown);
  g_mutex_unlock (&self->mutex);

  if (task != NULL)
    {
      g_autoptr (GSource) source = g_idle_source_new ();

      g_source_set_priority (source, g_task_get_priority (task));
      g_source_set_callback (source, finish_shutdown_cb, task, g_object_unref);
      g_source_set_static_name (source, "jp-worker shutdown");
      g_source_attach (source, g_task_get_context (task));
    }
  return NULL;
}

static void
jp_worker_dispose (GObject *object)
{
  /* A worker that is dropped while it runs would take saves with it. */
  g_assert (JP_WORKER (object)->thread == NULL);

  G_OBJECT_CLASS (jp_worker_parent_class)->dispose (object);
}

static void
jp_worker_finalize (GObject *object)
{
  JpWorker *self = JP_WORKER (object);

  g_assert (g_queue_is_empty (&self->jobs));
  g_assert (self->shutdown == NULL);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->loop, g_main_context_unref);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (jp_worker_parent_class)->finalize (object);
}

static void
jp_worker_class_init (JpWorkerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = jp_worker_dispose;
  object_class->finalize = jp_worker_finalize;
}

static void
jp_worker_init (JpWorker *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  g_queue_init (&self->jobs);
}

/**
 * jp_worker_new:
 * @name: name of the thread, at most 15 bytes are shown, e.g. "jp-writer"
 *
 * Starts a thread that runs jobs one at a time. It must be shut down before the last reference is
 * dropped.
 *
 * Returns: (transfer full): a new worker
 */
JpWorker *
jp_worker_new (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  JpWorker *self = g_object_new (JP_TYPE_WORKER, NULL);

  self->name = g_strdup (name);
  self->thread = g_thread_new (name, run_worker, self);
  return self;
}

/**
 * jp_worker_new_in_loop:
 * @name: name of the worker
 *
 * Makes a worker without a thread: its jobs run in the thread-default main context of the caller,
 * one per turn, in the same order. For simulations, in which everything follows from a seed; a job
 * blocks the loop. It must be shut down like any other.
 *
 * Returns: (transfer full): a new worker
 */
JpWorker *
jp_worker_new_in_loop (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  JpWorker *self = g_object_new (JP_TYPE_WORKER, NULL);

  self->name = g_strdup (name);
  self->loop = g_main_context_ref_thread_default ();
  return self;
}

static gboolean
push_job (JpWorker *self, Job *job)
{
  gboolean taken;

  g_mutex_lock (&self->mutex);
  taken = self->state == RUNNING || (self->state == DRAINING && jp_worker_is_current (self));
  if (taken)
    {
      GList *before = self->jobs.tail;

      while (before != NULL && ((Job *)before->data)->priority > job->priority)
        before = before->prev;
      g_queue_insert_after (&self->jobs, before, job);
      g_cond_broadcast (&self->changed);
    }
  g_mutex_unlock (&self->mutex);
  return taken;
}

/**
 * jp_worker_queue:
 * @self: a worker
 * @priority: smaller runs earlier, e.g. %G_PRIORITY_DEFAULT for what a user waits for
 * @func: runs on the worker's thread and must complete @task exactly once
 * @task: (transfer full): the task
 *
 * Queues a job behind all that have the same priority. A task that is cancelled before its turn is
 * completed with %G_IO_ERROR_CANCELLED and not run. So is every task that comes after the shutdown
 * began, except those that a running job queues as its own continuation. Any thread.
 */
void
jp_worker_queue (JpWorker *self, int priority, GTaskThreadFunc func, GTask *task)
{
  g_return_if_fail (JP_IS_WORKER (self));
  g_return_if_fail (func != NULL);
  g_return_if_fail (G_IS_TASK (task));

  Job *job = g_new (Job, 1);

  job->priority = priority;
  job->func = func;
  job->task = task;
  if (push_job (self, job))
    {
      if (self->loop != NULL)
        run_later (self);
      return;
    }

  g_free (job);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "thread \"%s\" is shut down",
                           self->name);
  g_object_unref (task);
}

/**
 * jp_worker_is_current:
 * @self: a worker
 *
 * Returns: whether the caller runs on the thread of @self
 */
gboolean
jp_worker_is_current (JpWorker *self)
{
  g_return_val_if_fail (JP_IS_WORKER (self), FALSE);

  return g_private_get (&current_worker) == self;
}

/**
 * jp_worker_get_n_queued:
 * @self: a worker
 *
 * Returns: how many jobs wait for their turn; the one that runs does not wait. Any thread.
 */
guint
jp_worker_get_n_queued (JpWorker *self)
{
  g_return_val_if_fail (JP_IS_WORKER (self), 0);

  g_mutex_lock (&self->mutex);
  guint n_queued = g_queue_get_length (&self->jobs);
  g_mutex_unlock (&self->mutex);
  return n_queued;
}

static void
begin_shutdown (JpWorker *self, GTask *task)
{
  g_assert (!jp_worker_is_current (self));

  g_mutex_lock (&self->mutex);
  g_assert (self->state == RUNNING);
  self->state = DRAINING;
  self->shutdown = task;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

/**
 * jp_worker_shutdown_async:
 * @self: a worker that is not shut down yet
 * @cancellable: (nullable): ignored: a queue that was half drained would help nobody
 * @callback: (nullable): called when the thread has ended
 * @user_data: data for @callback
 *
 * Takes no more jobs, runs the queued ones to the last, and ends the thread. From the thread that
 * made the worker.
 */
void
jp_worker_shutdown_async (JpWorker           *self,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_return_if_fail (JP_IS_WORKER (self));
  g_return_if_fail (self->thread != NULL || self->loop != NULL);

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, jp_worker_shutdown_async);
  g_task_set_check_cancellable (task, FALSE);
  if (self->loop == NULL)
    {
      begin_shutdown (self, g_steal_pointer (&task));
      return;
    }
  begin_shutdown (self, NULL);
  drain_in_place (self);
  g_task_return_boolean (task, TRUE);
}

/**
 * jp_worker_shutdown_finish:
 * @self: a worker
 * @result: the result that the callback got
 * @error: never set
 *
 * Returns: %TRUE
 */
gboolean
jp_worker_shutdown_finish (JpWorker *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * jp_worker_shutdown_sync:
 * @self: a worker
 *
 * Does the same while the caller waits: for programs without a window and for tests. Does nothing
 * if the worker is shut down already. From the thread that made the worker.
 */
void
jp_worker_shutdown_sync (JpWorker *self)
{
  g_return_if_fail (JP_IS_WORKER (self));

  if (self->loop != NULL && self->state == RUNNING)
    {
      begin_shutdown (self, NULL);
      drain_in_place (self);
    }
  if (self->thread == NULL)
    return;

  begin_shutdown (self, NULL);
  join_thread (self);
}
