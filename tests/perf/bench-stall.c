/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* How long the main thread is away from its loop while somebody scrolls, sorts and filters the
 * roster of 100,000: the longest time between two polls. */

#include "jp-locale.h"
#include "jp-log.h"
#include "jp-perf-window.h"

#define FRAME_MS  16
#define SETTLE_MS 600
#define N_SCROLLS 200
#define N_JUMPS   40
#define MAX_FDS   64
#define MIN_MS    0.2 /* shorter ones are no work */

static GArray     *stalls; /* (owned) (element-type double): in milliseconds */
static double      phase_max_ms;
static const char *phase_name;

/* One turn of the main loop, timed without its wait. */
static void
turn (int wait_ms)
{
  GMainContext *context = g_main_context_default ();
  GPollFD       fds[MAX_FDS];
  int           priority = 0;
  int           timeout_ms = 0;
  int           n_fds = 0;
  gint64        start_us = g_get_monotonic_time ();
  gint64        waited_us = 0;
  double        ms = 0;

  g_main_context_prepare (context, &priority);
  n_fds = g_main_context_query (context, priority, &timeout_ms, fds, MAX_FDS);
  g_assert_cmpint (n_fds, <=, MAX_FDS);
  waited_us = g_get_monotonic_time ();
  g_poll (fds, (guint)n_fds, timeout_ms < 0 ? wait_ms : MIN (timeout_ms, wait_ms));
  waited_us = g_get_monotonic_time () - waited_us;
  g_main_context_check (context, priority, fds, n_fds);
  g_main_context_dispatch (context);

  ms = (double)(g_get_monotonic_time () - start_us - waited_us) / 1000.0;
  phase_max_ms = MAX (phase_max_ms, ms);
  if (ms >= MIN_MS)
    g_array_append_val (stalls, ms);
}

static void
run_for (int ms)
{
  gint64 end_us = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end_us)
    turn (MAX ((int)((end_us - g_get_monotonic_time ()) / G_TIME_SPAN_MILLISECOND), 0));
}

static void
begin_phase (const char *name)
{
  if (phase_name != NULL)
    g_printerr ("%s: longest %.1f ms\n", phase_name, phase_max_ms);
  phase_name = name;
  phase_max_ms = 0;
}

static GtkAdjustment *
get_adjustment (JpTable *table)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (jp_table_get_view (table)));
}

static void
scroll (JpTable *table)
{
  GtkAdjustment *adjustment = get_adjustment (table);
  double         step = gtk_adjustment_get_page_size (adjustment) / 3;

  begin_phase ("scroll");
  for (int i = 0; i < N_SCROLLS; i++)
    {
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + step);
      run_for (FRAME_MS);
    }

  begin_phase ("jump");
  for (int i = 0; i < N_JUMPS; i++)
    {
      double upper = gtk_adjustment_get_upper (adjustment);

      gtk_adjustment_set_value (adjustment, upper * ((i * 37) % 100) / 100);
      run_for (3 * FRAME_MS);
    }
  run_for (SETTLE_MS);
}

static void
sort (JpTable *table)
{
  static const char *const columns[] = { "name", "status", "tier", "hours", "name" };

  begin_phase ("sort");
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      jp_table_sort_by (table, columns[i], i % 2 == 0);
      run_for (SETTLE_MS);
    }
}

static void
filter (JpListPage *list)
{
  static const char *const searches[] = { "1", "13", "138", "", "王", "" };

  begin_phase ("filter");
  for (gsize i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      jp_list_page_set_search (list, searches[i]);
      run_for (2 * SETTLE_MS);
    }
}

static void
refresh (JpPerfWindow *self, JpTable *table)
{
  GListModel *model = jp_table_get_model (table);

  begin_phase ("refresh");
  for (int i = 0; i < 5; i++)
    {
      g_signal_emit_by_name (self->store, "changed", jp_store_kind_bit (JP_KIND_TRAINEE));
      run_for (SETTLE_MS);
    }
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, JP_PERF_N_TRAINEES);
}

static void
shown_cb (gpointer user_data)
{
}

int
main (int argc, char **argv)
{
  JpPerfWindow window;
  g_autoptr (GError) error = NULL;
  JpListPage *list = NULL;
  JpTable    *table = NULL;

  stalls = g_array_new (FALSE, FALSE, sizeof (double));
  jp_log_install ();
  jp_locale_init ();
  jp_perf_window_init (&window, shown_cb);
  if (!g_application_register (G_APPLICATION (window.application), NULL, &error))
    g_error ("%s", error->message);
  g_application_activate (G_APPLICATION (window.application));
  begin_phase ("start");
  while (window.window == NULL || !jp_perf_window_is_filled (&window))
    turn (FRAME_MS);
  run_for (2 * SETTLE_MS);

  list = jp_perf_window_get_list (&window);
  table = jp_list_page_get_table (list);
  g_array_set_size (stalls, 0); /* the start has figures of its own */
  scroll (table);
  sort (table);
  filter (list);
  refresh (&window, table);
  begin_phase (NULL);

  jp_perf_print ("main_stall_ms", jp_perf_quantile (stalls, 1.0), "ms");
  jp_perf_print ("main_stall_p99_ms", jp_perf_quantile (stalls, 0.99), "ms");
  jp_perf_window_clear (&window);
  g_array_unref (stalls);
  return 0;
}
