/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* The program until the first frame with names in the roster of 100,000. */

#include "jp-locale.h"
#include "jp-log.h"
#include "jp-perf-first-frame.h"
#include "jp-perf-window.h"

static const char *started_us;
static gboolean    filled; /* at the beginning of the frame that is painted now */

static void
before_paint_cb (GdkFrameClock *clock, JpPerfWindow *self)
{
  filled = jp_perf_window_is_filled (self);
}

static void
after_paint_cb (GdkFrameClock *clock, JpPerfWindow *self)
{
  if (!filled || started_us == NULL)
    return;
  jp_perf_first_frame_print (started_us);
  started_us = NULL;
  g_application_quit (G_APPLICATION (self->application));
}

static void
shown_cb (gpointer user_data)
{
  JpPerfWindow  *self = user_data;
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));

  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), self);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), self);
}

int
main (int argc, char **argv)
{
  JpPerfWindow window;
  int          code = 0;

  started_us = argc > 1 ? argv[1] : "0";
  jp_log_install ();
  jp_locale_init ();
  jp_perf_window_init (&window, shown_cb);
  code = g_application_run (G_APPLICATION (window.application), 1, argv);
  jp_perf_window_clear (&window);
  return code;
}
