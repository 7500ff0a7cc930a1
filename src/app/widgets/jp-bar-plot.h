/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-tint.h"

G_BEGIN_DECLS

#define JP_BAR_PLOT_MAX_SERIES 6
#define JP_BAR_PLOT_MAX_BARS   60

/**
 * JpBarSeries:
 * @title: what it is, translated
 * @tint: its colour
 *
 * One colour of a stacked bar, from below.
 */
typedef struct
{
  const char *title;
  JpTint      tint;
} JpBarSeries;

#define JP_TYPE_BAR_PLOT (jp_bar_plot_get_type ())

G_DECLARE_FINAL_TYPE (JpBarPlot, jp_bar_plot, JP, BAR_PLOT, GtkWidget)

GtkWidget  *jp_bar_plot_new (void);
void        jp_bar_plot_set_data (JpBarPlot         *self,
                                  const JpBarSeries *series,
                                  guint              n_series,
                                  const char *const *labels,
                                  const gint64      *values);
guint       jp_bar_plot_get_n_series (JpBarPlot *self);
guint       jp_bar_plot_get_n_bars (JpBarPlot *self);
const char *jp_bar_plot_get_label (JpBarPlot *self, guint bar);
const char *jp_bar_plot_get_series (JpBarPlot *self, guint series, JpTint *out_tint);
gint64      jp_bar_plot_get_value (JpBarPlot *self, guint bar, guint series);
int         jp_bar_plot_find_bar (JpBarPlot *self, double x);

G_END_DECLS
