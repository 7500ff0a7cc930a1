/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-bar-chart.h"

#include "jp-count.h"

#include <glib/gi18n-lib.h>

/**
 * JpBarChart:
 *
 * Stacked bars by month (or anything else in order) with a legend, and the same numbers as a table:
 * for the screen reader, and for whoever wants to know exactly. A pointer that rests on a bar is
 * told its numbers.
 */
struct _JpBarChart
{
  GtkWidget parent_instance;

  GtkStack        *stack;  /* template child: "plot" and "table" */
  JpBarPlot       *plot;   /* template child */
  GtkGrid         *table;  /* template child */
  GtkWidget       *footer; /* template child: legend and toggle */
  GtkBox          *legend; /* template child */
  GtkToggleButton *toggle; /* template child: on = table */

  JpBarFormat format;
  guint       n_rows;
};

G_DEFINE_FINAL_TYPE (JpBarChart, jp_bar_chart, GTK_TYPE_WIDGET)

static void
attach_cell (JpBarChart *self, const char *text, guint column, guint row, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (self->table, label, (int)column, (int)row, 1, 1);
}

static void
fill_table (JpBarChart *self)
{
  guint n_series = jp_bar_plot_get_n_series (self->plot);

  for (; self->n_rows > 0; self->n_rows--)
    gtk_grid_remove_row (self->table, 0);

  attach_cell (self, "", 0, 0, "heading");
  for (guint i = 0; i < n_series; i++)
    attach_cell (self, jp_bar_plot_get_series (self->plot, i, NULL), i + 1, 0, "heading");
  self->n_rows = 1;

  for (guint bar = 0; bar < jp_bar_plot_get_n_bars (self->plot); bar++)
    {
      attach_cell (self, jp_bar_plot_get_label (self->plot, bar), 0, self->n_rows, "number");
      for (guint i = 0; i < n_series; i++)
        {
          g_autofree char *text = self->format (jp_bar_plot_get_value (self->plot, bar, i));

          attach_cell (self, text, i + 1, self->n_rows, "number");
        }
      self->n_rows++;
    }
}

static void
fill_legend (JpBarChart *self)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->legend))) != NULL)
    gtk_box_remove (self->legend, child);

  for (guint i = 0; i < jp_bar_plot_get_n_series (self->plot); i++)
    {
      JpTint      tint = JP_TINT_MUTE;
      const char *title = jp_bar_plot_get_series (self->plot, i, &tint);
      GtkWidget  *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

      gtk_widget_add_css_class (dot, "dot");
      gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
      jp_tint_apply (dot, tint);
      gtk_box_append (self->legend, dot);
      gtk_box_append (self->legend, gtk_label_new (title));
    }
}

static gboolean
query_tooltip_cb (JpBarChart *self,
                  int         x,
                  int         y,
                  gboolean    keyboard,
                  GtkTooltip *tooltip,
                  GtkWidget  *widget)
{
  int bar = keyboard ? -1 : jp_bar_plot_find_bar (self->plot, x);

  if (bar < 0)
    return FALSE;

  GString *text = g_string_new (jp_bar_plot_get_label (self->plot, (guint)bar));

  for (guint i = jp_bar_plot_get_n_series (self->plot); i > 0; i--)
    {
      g_autofree char *value = self->format (jp_bar_plot_get_value (self->plot, (guint)bar, i - 1));

      g_string_append_printf (text, "\n%s  %s", jp_bar_plot_get_series (self->plot, i - 1, NULL),
                              value);
    }

  gtk_tooltip_set_text (tooltip, text->str);
  g_string_free (text, TRUE);
  return TRUE;
}

static void
toggled_cb (JpBarChart *self)
{
  gboolean show_table = gtk_toggle_button_get_active (self->toggle);

  gtk_stack_set_visible_child_name (self->stack, show_table ? "table" : "plot");
}

static void
jp_bar_chart_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), JP_TYPE_BAR_CHART);

  G_OBJECT_CLASS (jp_bar_chart_parent_class)->dispose (object);
}

static void
jp_bar_chart_class_init (JpBarChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jp_bar_chart_dispose;

  g_type_ensure (JP_TYPE_BAR_PLOT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               JP_RESOURCE_PREFIX "/widgets/jp-bar-chart.ui");
  gtk_widget_class_bind_template_child (widget_class, JpBarChart, stack);
  gtk_widget_class_bind_template_child (widget_class, JpBarChart, plot);
  gtk_widget_class_bind_template_child (widget_class, JpBarChart, table);
  gtk_widget_class_bind_template_child (widget_class, JpBarChart, footer);
  gtk_widget_class_bind_template_child (widget_class, JpBarChart, legend);
  gtk_widget_class_bind_template_child (widget_class, JpBarChart, toggle);
  gtk_widget_class_bind_template_callback (widget_class, query_tooltip_cb);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_set_css_name (widget_class, "barchart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
jp_bar_chart_init (JpBarChart *self)
{
  self->format = jp_count_format;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jp_bar_chart_new:
 *
 * Returns: (transfer floating): a new empty chart
 */
GtkWidget *
jp_bar_chart_new (void)
{
  return g_object_new (JP_TYPE_BAR_CHART, NULL);
}

/**
 * jp_bar_chart_set_data:
 * @self: a chart
 * @series: (array length=n_series): the colours of a bar, from below
 * @n_series: 1 … %JP_BAR_PLOT_MAX_SERIES
 * @labels: (array zero-terminated=1): one per bar, at most %JP_BAR_PLOT_MAX_BARS
 * @values: for each bar the values of its series, all ≥ 0
 *
 * Shows other bars.
 */
void
jp_bar_chart_set_data (JpBarChart        *self,
                       const JpBarSeries *series,
                       guint              n_series,
                       const char *const *labels,
                       const gint64      *values)
{
  g_return_if_fail (JP_IS_BAR_CHART (self));

  jp_bar_plot_set_data (self->plot, series, n_series, labels, values);
  fill_table (self);
  fill_legend (self);
}

/**
 * jp_bar_chart_set_format:
 * @self: a chart
 * @format: writes a value for people
 *
 * Changes how values are written; plain counts at first.
 */
void
jp_bar_chart_set_format (JpBarChart *self, JpBarFormat format)
{
  g_return_if_fail (JP_IS_BAR_CHART (self));
  g_return_if_fail (format != NULL);

  self->format = format;
  fill_table (self);
}

/**
 * jp_bar_chart_set_show_table:
 * @self: a chart
 * @show_table: whether the table stands in place of the bars
 *
 * Switches between bars and table, as the button does.
 */
void
jp_bar_chart_set_show_table (JpBarChart *self, gboolean show_table)
{
  g_return_if_fail (JP_IS_BAR_CHART (self));

  gtk_toggle_button_set_active (self->toggle, show_table);
}

/**
 * jp_bar_chart_dup_tsv:
 * @self: a chart
 *
 * Returns: (transfer full): the table as lines of tab-separated cells, to copy
 */
char *
jp_bar_chart_dup_tsv (JpBarChart *self)
{
  g_return_val_if_fail (JP_IS_BAR_CHART (self), NULL);

  GString *text = g_string_new (NULL);

  for (guint row = 0; row < self->n_rows; row++)
    {
      for (guint column = 0; column <= jp_bar_plot_get_n_series (self->plot); column++)
        {
          GtkWidget *cell = gtk_grid_get_child_at (self->table, (int)column, (int)row);

          g_string_append_printf (text, "%s%s", column > 0 ? "\t" : "",
                                  gtk_label_get_text (GTK_LABEL (cell)));
        }
      g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}
