/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-tint.h"

G_BEGIN_DECLS

#define JP_TYPE_FIGURE (jp_figure_get_type ())

G_DECLARE_FINAL_TYPE (JpFigure, jp_figure, JP, FIGURE, GtkButton)

GtkWidget  *jp_figure_new (const char *caption);
void        jp_figure_set_value (JpFigure *self, const char *value);
const char *jp_figure_get_value (JpFigure *self);
void        jp_figure_set_tint (JpFigure *self, JpTint tint);
void        jp_figure_set_headline (JpFigure *self, gboolean headline);

G_END_DECLS
