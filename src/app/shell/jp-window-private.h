/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-window.h"

G_BEGIN_DECLS

struct _JpWindow
{
  AdwApplicationWindow parent_instance;

  GtkStack        *curtain; /* template child: "open" and "veil" */
  AdwToastOverlay *toasts;  /* template child */
  AdwLeaflet      *leaflet; /* template child */
  JpSidebar       *sidebar; /* template child */
  GtkStack        *pages;   /* template child: children named after their place */
  GtkWidget       *notice;  /* template child: box below everything, see jp_window_set_notice() */

  JpPageRegistry *registry; /* (owned), construct-only */
  GSignalGroup   *page;     /* (owned): its target is the visible page */
  GSettings      *settings; /* (owned): size and last page */

  guint enter_id;      /* (tick callback) 0 = none: ends with the window */
  guint n_enter_ticks; /* since it was asked for */
};

void jp_window_class_install_actions (GtkWidgetClass *widget_class);
void jp_window_update_actions (JpWindow *self);
void jp_window_enter_page (JpWindow *self);
void jp_window_restore_state (JpWindow *self);
void jp_window_save_place (JpWindow *self);

G_END_DECLS
