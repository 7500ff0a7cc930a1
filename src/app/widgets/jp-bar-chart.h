/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-bar-plot.h"

G_BEGIN_DECLS

/**
 * JpBarFormat:
 * @value: a value of the chart
 *
 * Writes a value for people, e.g. jp_money_format() or jp_count_format().
 *
 * Returns: (transfer full): the text
 */
typedef char *(*JpBarFormat) (gint64 value);

#define JP_TYPE_BAR_CHART (jp_bar_chart_get_type ())

G_DECLARE_FINAL_TYPE (JpBarChart, jp_bar_chart, JP, BAR_CHART, GtkWidget)

GtkWidget *jp_bar_chart_new (void);
void       jp_bar_chart_set_data (JpBarChart        *self,
                                  const JpBarSeries *series,
                                  guint              n_series,
                                  const char *const *labels,
                                  const gint64      *values);
void       jp_bar_chart_set_format (JpBarChart *self, JpBarFormat format);
void       jp_bar_chart_set_show_table (JpBarChart *self, gboolean show_table);
char      *jp_bar_chart_dup_tsv (JpBarChart *self);

G_END_DECLS
