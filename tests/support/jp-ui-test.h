/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For tests that show widgets: run them under a display of their own, see tests/app/meson.build. */

void       jp_ui_test_init (int *argc, char ***argv);
void       jp_ui_test_settle (void);
void       jp_ui_test_wait_ms (guint timeout_ms);
gboolean   jp_ui_test_wait_until (gboolean (*condition) (gpointer user_data),
                                  gpointer user_data,
                                  guint    timeout_ms);
GtkWidget *jp_ui_test_wait_for_widget (GtkWidget *root, GType type, guint timeout_ms);
void       jp_ui_test_screenshot (GtkWindow *window, const char *path);
gboolean   jp_ui_test_has_keys (void);
void       jp_ui_test_key (GtkWindow *window, const char *keys);
gboolean   jp_ui_test_tab_to (GtkWindow *window, const char *label);
void       jp_ui_test_screenshot_pair (GtkWindow *left, GtkWindow *right, const char *path);
void       jp_ui_test_end_application (GApplication *application);

G_END_DECLS
