/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-figure.h"

G_BEGIN_DECLS

#define JP_TYPE_FIGURE_ROW (jp_figure_row_get_type ())

G_DECLARE_FINAL_TYPE (JpFigureRow, jp_figure_row, JP, FIGURE_ROW, GtkWidget)

GtkWidget *jp_figure_row_new (void);
JpFigure  *jp_figure_row_add (JpFigureRow *self, const char *caption);

G_END_DECLS
