/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-page-registry.h"
#include "jp-sidebar.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define JP_TYPE_WINDOW (jp_window_get_type ())

G_DECLARE_FINAL_TYPE (JpWindow, jp_window, JP, WINDOW, AdwApplicationWindow)

JpWindow   *jp_window_new (GtkApplication *application, JpPageRegistry *registry);
JpSidebar  *jp_window_get_sidebar (JpWindow *self);
JpPage     *jp_window_get_page (JpWindow *self);
const char *jp_window_get_place (JpWindow *self);
gboolean    jp_window_show_place (JpWindow   *self,
                                  const char *place_name,
                                  const char *view_name,
                                  const char *item_id);
void        jp_window_add_toast (JpWindow *self, AdwToast *toast);
void
jp_window_set_notice (JpWindow *self, const char *word, const char *sentence, GtkWidget *button);

G_END_DECLS
