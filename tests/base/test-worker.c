/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-worker.h"

/* A door in front of which a job waits. */
typedef struct
{
  GMutex   mutex;
  GCond    changed;
  gboolean entered;
  gboolean open;
} Gate;

static void
gate_init (Gate *gate)
{
  g_mutex_init (&gate->mutex);
  g_cond_init (&gate->changed);
  gate->entered = gate->open = FALSE;
}

static void
gate_clear (Gate *gate)
{
  g_mutex_clear (&gate->mutex);
  g_cond_clear (&gate->changed);
}

static void
gate_wait_entered (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  while (!gate->entered)
    g_cond_wait (&gate->changed, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
}

static void
gate_open (Gate *gate)
{
  g_mutex_lock (&gate->mutex);
  gate->open = TRUE;
  g_cond_broadcast (&gate->changed);
  g_mutex_unlock (&gate->mutex);
}

static void
wait_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Gate *gate = task_data;

  g_mutex_lock (&gate->mutex);
  gate->entered = TRUE;
  g_cond_broadcast (&gate->changed);
  while (!gate->open)
    g_cond_wait (&gate->changed, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
  g_task_return_boolean (task, TRUE);
}

static void
block_worker (JpWorker *worker, Gate *gate)
{
  GTask *task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_task_data (task, gate, NULL);
  jp_worker_queue (worker, G_PRIORITY_HIGH, wait_in_worker, task);
  gate_wait_entered (gate);
}

typedef struct
{
  GString *order; /* (owned): only touched on the worker's thread until it is joined */
  char     letter;
} Step;

static void
append_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Step *step = task_data;

  g_string_append_c (step->order, step->letter);
  g_task_return_boolean (task, TRUE);
}

static void
queue_step (JpWorker *worker, int priority, GString *order, char letter, GCancellable *cancellable)
{
  GTask *task = g_task_new (NULL, cancellable, NULL, NULL);
  Step  *step = g_new (Step, 1);

  step->order = order;
  step->letter = letter;
  g_task_set_task_data (task, step, g_free);
  jp_worker_queue (worker, priority, append_in_worker, task);
}

static void
drain_context (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_order (void)
{
  g_autoptr (JpWorker) worker = jp_worker_new ("jp-test");
  g_autoptr (GString) order = g_string_new (NULL);
  Gate gate;

  gate_init (&gate);
  block_worker (worker, &gate);
  g_assert_cmpuint (jp_worker_get_n_queued (worker), ==, 0);
  queue_step (worker, G_PRIORITY_LOW, order, 'x', NULL);
  queue_step (worker, G_PRIORITY_DEFAULT, order, 'c', NULL);
  queue_step (worker, G_PRIORITY_LOW, order, 'y', NULL);
  queue_step (worker, G_PRIORITY_DEFAULT, order, 'd', NULL);
  queue_step (worker, G_PRIORITY_HIGH, order, 'a', NULL);
  queue_step (worker, G_PRIORITY_DEFAULT, order, 'e', NULL);
  queue_step (worker, G_PRIORITY_HIGH, order, 'b', NULL);
  queue_step (worker, G_PRIORITY_LOW, order, 'z', NULL);
  g_assert_cmpuint (jp_worker_get_n_queued (worker), ==, 8);
  gate_open (&gate);

  jp_worker_shutdown_sync (worker);
  g_assert_cmpstr (order->str, ==, "abcdexyz");
  g_assert_cmpuint (jp_worker_get_n_queued (worker), ==, 0);
  jp_worker_shutdown_sync (worker);
  drain_context ();
  g_assert_finalize_object (g_steal_pointer (&worker));
  gate_clear (&gate);
}

static void
set_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_task_propagate_boolean (G_TASK (result), &error));
  g_assert_no_error (error);
  *(gboolean *)user_data = TRUE;
}

static void
iterate_until (gboolean *done)
{
  while (!*done)
    g_main_context_iteration (NULL, TRUE);
}

static void
check_thread_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  JpWorker *worker = task_data;

  g_assert_true (G_IS_OBJECT (source));
  g_assert_true (G_IS_CANCELLABLE (cancellable));
  g_assert_true (jp_worker_is_current (worker));
  g_task_return_boolean (task, TRUE);
}

static void
test_current (void)
{
  g_autoptr (JpWorker) worker = jp_worker_new ("jp-test");
  g_autoptr (JpWorker) other = jp_worker_new ("jp-other");
  g_autoptr (GObject) source = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gboolean done = FALSE;
  GTask   *task = g_task_new (source, cancellable, set_done_cb, &done);

  g_assert_false (jp_worker_is_current (worker));
  g_task_set_task_data (task, worker, NULL);
  jp_worker_queue (worker, G_PRIORITY_DEFAULT, check_thread_in_worker, task);
  iterate_until (&done);

  g_assert_false (jp_worker_is_current (other));
  jp_worker_shutdown_sync (other);
  jp_worker_shutdown_sync (worker);
  drain_context ();
  g_assert_finalize_object (g_steal_pointer (&source));
}

static void
note_thread_cb (gpointer data, GObject *where_it_was)
{
  *(GThread **)data = g_thread_self ();
}

/* Whoever wins the race between callback and worker: the source dies where it was made. */
static void
test_release (void)
{
  g_autoptr (JpWorker) worker = jp_worker_new ("jp-test");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GThread *threads[200] = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      GObject *source = g_object_new (G_TYPE_OBJECT, NULL);
      gboolean done = FALSE;
      GTask   *task = g_task_new (source, cancellable, set_done_cb, &done);

      g_object_weak_ref (source, note_thread_cb, &threads[i]);
      g_object_unref (source);
      g_task_set_task_data (task, worker, NULL);
      jp_worker_queue (worker, G_PRIORITY_DEFAULT, check_thread_in_worker, task);
      iterate_until (&done);
    }

  jp_worker_shutdown_sync (worker);
  drain_context ();
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_true (threads[i] == g_thread_self ());
}

static void
expect_cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (g_task_propagate_boolean (G_TASK (result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  *(gboolean *)user_data = TRUE;
}

static void
fail_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_assert_not_reached ();
}

static void
test_cancelled (void)
{
  g_autoptr (JpWorker) worker = jp_worker_new ("jp-test");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gboolean done = FALSE;
  Gate     gate;

  gate_init (&gate);
  block_worker (worker, &gate);
  jp_worker_queue (worker, G_PRIORITY_DEFAULT, fail_in_worker,
                   g_task_new (NULL, cancellable, expect_cancelled_cb, &done));
  g_cancellable_cancel (cancellable);
  gate_open (&gate);
  iterate_until (&done);
  jp_worker_shutdown_sync (worker);
  drain_context ();
  gate_clear (&gate);
}

static void
test_closed (void)
{
  g_autoptr (JpWorker) worker = jp_worker_new ("jp-test");
  gboolean done = FALSE;

  jp_worker_shutdown_sync (worker);
  jp_worker_queue (worker, G_PRIORITY_DEFAULT, fail_in_worker,
                   g_task_new (NULL, NULL, expect_cancelled_cb, &done));
  iterate_until (&done);
}

static void
shutdown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (jp_worker_shutdown_finish (JP_WORKER (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *)user_data = TRUE;
}

/* Everything queued runs; what comes later does not. */
static void
test_shutdown (void)
{
  g_autoptr (JpWorker) worker = jp_worker_new ("jp-test");
  g_autoptr (GString) order = g_string_new (NULL);
  gboolean done = FALSE;
  gboolean refused = FALSE;
  Gate     gate;

  gate_init (&gate);
  block_worker (worker, &gate);
  for (guint i = 0; i < 100; i++)
    queue_step (worker, (int)i % 3, order, 'a', NULL);
  jp_worker_shutdown_async (worker, NULL, shutdown_cb, &done);
  jp_worker_queue (worker, G_PRIORITY_DEFAULT, fail_in_worker,
                   g_task_new (NULL, NULL, expect_cancelled_cb, &refused));
  g_assert_cmpuint (jp_worker_get_n_queued (worker), ==, 100);
  gate_open (&gate);
  iterate_until (&done);

  g_assert_true (refused);
  g_assert_cmpuint (order->len, ==, 100);
  g_assert_finalize_object (g_steal_pointer (&worker));
  gate_clear (&gate);
}

static void
test_shutdown_idle (void)
{
  g_autoptr (JpWorker) worker = jp_worker_new ("jp-test");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gboolean done = FALSE;

  g_cancellable_cancel (cancellable);
  jp_worker_shutdown_async (worker, cancellable, shutdown_cb, &done);
  iterate_until (&done);
  g_assert_finalize_object (g_steal_pointer (&worker));
}

typedef struct
{
  JpWorker *worker;
  guint     n_left;
} Pieces;

static void
run_piece_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Pieces *pieces = task_data;

  if (--pieces->n_left == 0)
    g_task_return_boolean (task, TRUE);
  else
    jp_worker_queue (pieces->worker, G_PRIORITY_LOW, run_piece_in_worker, g_object_ref (task));
}

/* A long job that queues its own rest is finished, even when the shutdown comes in between. */
static void
test_continuation (void)
{
  g_autoptr (JpWorker) worker = jp_worker_new ("jp-test");
  Pieces   pieces = { worker, 50 };
  gboolean done = FALSE;
  GTask   *task = g_task_new (NULL, NULL, set_done_cb, &done);

  g_task_set_task_data (task, &pieces, NULL);
  jp_worker_queue (worker, G_PRIORITY_LOW, run_piece_in_worker, task);
  jp_worker_shutdown_sync (worker);
  g_assert_cmpuint (pieces.n_left, ==, 0);
  iterate_until (&done);
  drain_context ();
  g_assert_finalize_object (g_steal_pointer (&worker));
}

typedef struct
{
  JpWorker *worker;
  GArray   *seen; /* (element-type guint): only touched on the worker's thread */
  guint     number;
} Many;

static void
note_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Many *many = task_data;

  g_array_append_val (many->seen, many->number);
  g_task_return_boolean (task, TRUE);
}

#define N_JOBS 2000

static gpointer
queue_many (gpointer data)
{
  Many *base = data;
  g_autoptr (GMainContext) context = g_main_context_new ();

  g_main_context_push_thread_default (context);
  for (guint i = 0; i < N_JOBS; i++)
    {
      GTask *task = g_task_new (NULL, NULL, NULL, NULL);
      Many  *many = g_memdup2 (base, sizeof *base);

      many->number += i;
      g_task_set_task_data (task, many, g_free);
      jp_worker_queue (base->worker, G_PRIORITY_DEFAULT, note_in_worker, task);
    }
  while (jp_worker_get_n_queued (base->worker) > 0)
    g_thread_yield ();
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
  return g_steal_pointer (&context);
}

static void
test_threads (void)
{
  g_autoptr (JpWorker) worker = jp_worker_new ("jp-test");
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (guint));
  Many     many[4];
  GThread *threads[G_N_ELEMENTS (many)];
  guint    next[G_N_ELEMENTS (many)] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (many); i++)
    {
      many[i].worker = worker;
      many[i].seen = seen;
      many[i].number = i * N_JOBS;
      threads[i] = g_thread_new ("queue", queue_many, &many[i]);
    }

  GMainContext *contexts[G_N_ELEMENTS (many)];

  for (guint i = 0; i < G_N_ELEMENTS (many); i++)
    contexts[i] = g_thread_join (threads[i]);
  jp_worker_shutdown_sync (worker);
  for (guint i = 0; i < G_N_ELEMENTS (many); i++)
    {
      while (g_main_context_iteration (contexts[i], FALSE))
        ;
      g_main_context_unref (contexts[i]);
    }

  g_assert_cmpuint (seen->len, ==, N_JOBS * G_N_ELEMENTS (many));
  for (guint i = 0; i < seen->len; i++)
    {
      guint number = g_array_index (seen, guint, i);

      g_assert_cmpuint (number % N_JOBS, ==, next[number / N_JOBS]++);
    }
}

static void
test_dropped (void)
{
  if (g_test_subprocess ())
    {
      g_object_unref (jp_worker_new ("jp-test"));
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*thread == NULL*");
}

static void
note_current_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_boolean (task, jp_worker_is_current (source));
}

static void
current_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(gboolean *)user_data = g_task_propagate_boolean (G_TASK (result), NULL);
}

/* Without a thread: nothing runs before the loop does, then in the same order as on a thread. */
static void
test_in_loop (void)
{
  g_autoptr (JpWorker) worker = jp_worker_new_in_loop ("jp-test");
  g_autoptr (GString) order = g_string_new (NULL);
  gboolean current = FALSE;

  queue_step (worker, G_PRIORITY_LOW, order, 'c', NULL);
  queue_step (worker, G_PRIORITY_DEFAULT, order, 'a', NULL);
  queue_step (worker, G_PRIORITY_DEFAULT, order, 'b', NULL);
  g_assert_cmpstr (order->str, ==, "");
  drain_context ();
  g_assert_cmpstr (order->str, ==, "abc");

  jp_worker_queue (worker, G_PRIORITY_DEFAULT, note_current_in_worker,
                   g_task_new (worker, NULL, current_cb, &current));
  drain_context ();
  g_assert_true (current);
  g_assert_false (jp_worker_is_current (worker));

  queue_step (worker, G_PRIORITY_DEFAULT, order, 'd', NULL);
  jp_worker_shutdown_sync (worker);
  jp_worker_shutdown_sync (worker);
  g_assert_cmpstr (order->str, ==, "abcd");
  drain_context ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/base/worker/order", test_order);
  g_test_add_func ("/base/worker/in-loop", test_in_loop);
  g_test_add_func ("/base/worker/current", test_current);
  g_test_add_func ("/base/worker/release", test_release);
  g_test_add_func ("/base/worker/cancelled", test_cancelled);
  g_test_add_func ("/base/worker/closed", test_closed);
  g_test_add_func ("/base/worker/shutdown", test_shutdown);
  g_test_add_func ("/base/worker/shutdown-idle", test_shutdown_idle);
  g_test_add_func ("/base/worker/continuation", test_continuation);
  g_test_add_func ("/base/worker/threads", test_threads);
  g_test_add_func ("/base/worker/dropped", test_dropped);

  return g_test_run ();
}
