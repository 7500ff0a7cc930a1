/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define JP_TYPE_LINE (jp_line_get_type ())

G_DECLARE_FINAL_TYPE (JpLine, jp_line, JP, LINE, GtkWidget)

GtkWidget  *jp_line_new (guint min_chars, guint width_chars, gboolean numeric);
const char *jp_line_get_text (JpLine *self);
void        jp_line_set_text (JpLine *self, const char *text);

G_END_DECLS
