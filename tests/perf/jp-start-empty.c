/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* What every libadwaita program takes: an empty window with a header bar. Links nothing else. */

#include "jp-perf-first-frame.h"

#include <adwaita.h>

static const char *started_us;

static void
painted_cb (GdkFrameClock *clock, GtkWindow *window)
{
  if (started_us == NULL)
    return;
  jp_perf_first_frame_print (started_us);
  started_us = NULL;
  gtk_window_destroy (window);
}

static void
activate_cb (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 720);
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (painted_cb),
                    window);
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;

  started_us = argc > 1 ? argv[1] : "0";
  application = adw_application_new ("org.heze.JiapeiSchool.Empty", G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
