/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JP_PROGRESS_STRIP_MAX_PARTS 8
#define JP_PROGRESS_STRIP_ALL       1000

#define JP_TYPE_PROGRESS_STRIP (jp_progress_strip_get_type ())

G_DECLARE_FINAL_TYPE (JpProgressStrip, jp_progress_strip, JP, PROGRESS_STRIP, GtkWidget)

GtkWidget *jp_progress_strip_new (void);
void  jp_progress_strip_set_parts (JpProgressStrip *self, const guint16 *permille, guint n_parts);
void  jp_progress_strip_set_text (JpProgressStrip *self, const char *text);
guint jp_progress_strip_get_n_parts (JpProgressStrip *self);

G_END_DECLS
