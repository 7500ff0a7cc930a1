/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-page.h"

G_BEGIN_DECLS

/* The pages of the gallery. What they show is made up, and Chinese whatever the language. */

GtkWidget *jp_gallery_pages_new_today (gpointer user_data);
GtkWidget *jp_gallery_pages_new_trainees (gpointer user_data);
GtkWidget *jp_gallery_pages_new_statements (gpointer user_data);
GtkWidget *jp_gallery_pages_new_widgets (gpointer user_data);
GtkWidget *jp_gallery_pages_new_form (gpointer user_data);
GtkWindow *jp_gallery_pages_open_form (GtkWindow *parent);

G_END_DECLS
