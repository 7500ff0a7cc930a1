/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The count is not known (yet). */
#define JP_VIEW_BAR_NO_COUNT G_GINT64_CONSTANT (-1)

#define JP_TYPE_VIEW_BAR (jp_view_bar_get_type ())

G_DECLARE_FINAL_TYPE (JpViewBar, jp_view_bar, JP, VIEW_BAR, GtkWidget)

GtkWidget  *jp_view_bar_new (void);
void        jp_view_bar_add (JpViewBar *self, const char *name, const char *title);
void        jp_view_bar_set_count (JpViewBar *self, const char *name, gint64 n_rows);
gboolean    jp_view_bar_has (JpViewBar *self, const char *name);
const char *jp_view_bar_get_selected (JpViewBar *self);
gboolean    jp_view_bar_set_selected (JpViewBar *self, const char *name);
gboolean    jp_view_bar_is_first (JpViewBar *self);
guint       jp_view_bar_get_n_views (JpViewBar *self);

G_END_DECLS
