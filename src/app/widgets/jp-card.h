/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A card with a heading, for pages that say something at a glance. Returns floating widgets. */

GtkWidget *jp_card_new (const char *title);
GtkWidget *jp_card_new_label (const char *text, const char *css_class);

G_END_DECLS
