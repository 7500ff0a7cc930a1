/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-bar-plot.h"

#include "jp-tint-color.h"

#define MIN_BAR_WIDTH 10
#define MIN_HEIGHT    80
#define LABEL_GAP     6
/* Of the room a bar has. */
#define BAR_SHARE 0.46f
/* Between two colours of a bar, so that they part without colour too. */
#define SEAM 1.0f
/* Free room above the highest bar. */
#define TOP_GAP 4

/**
 * JpBarPlot:
 *
 * The drawing of a [class@Jp.BarChart]: stacked bars with a label below each. It only draws; the
 * numbers for those who do not see it are in the chart's table.
 */
struct _JpBarPlot
{
  GtkWidget parent_instance;

  char  **titles; /* (owned): per series */
  JpTint  tints[JP_BAR_PLOT_MAX_SERIES];
  guint   n_series;
  char  **labels; /* (owned): per bar */
  guint   n_bars;
  gint64 *values;  /* (owned): n_bars × n_series, ≥ 0 */
  gint64  highest; /* sum of the highest bar */
};

G_DEFINE_FINAL_TYPE (JpBarPlot, jp_bar_plot, GTK_TYPE_WIDGET)

static int
measure_label_height (JpBarPlot *self)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "0月");
  int height = 0;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

static void
draw_bar (JpBarPlot *self, GtkSnapshot *snapshot, guint bar, const graphene_rect_t *room)
{
  float width = MAX (room->size.width * BAR_SHARE, 4);
  float x = room->origin.x + (room->size.width - width) / 2;
  float y = room->origin.y + room->size.height;

  for (guint i = 0; i < self->n_series; i++)
    {
      double  share = (double)jp_bar_plot_get_value (self, bar, i) / (double)self->highest;
      float   height = (float)share * room->size.height;
      GdkRGBA color;

      if (height <= 0)
        continue;
      jp_tint_color_lookup (GTK_WIDGET (self), self->tints[i], &color);
      y -= height;
      gtk_snapshot_append_color (snapshot, &color,
                                 &GRAPHENE_RECT_INIT (x, y, width, MAX (height - SEAM, 1)));
    }
}

static void
draw_label (JpBarPlot *self, GtkSnapshot *snapshot, guint bar, float center, float y, float room)
{
  g_autoptr (PangoLayout) layout =
    gtk_widget_create_pango_layout (GTK_WIDGET (self), self->labels[bar]);
  GdkRGBA color;
  int     width = 0;

  pango_layout_get_pixel_size (layout, &width, NULL);
  /* Where not every label has room, every second, third … bar has one. */
  guint step = (guint)((float)width * 1.3f / room) + 1;
  if (bar % step != 0)
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &color);
  color.alpha *= 0.7f;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (center - (float)width / 2, y));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
jp_bar_plot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  JpBarPlot *self = JP_BAR_PLOT (widget);
  int        label_height = measure_label_height (self);
  float      height = (float)(gtk_widget_get_height (widget) - label_height - LABEL_GAP - TOP_GAP);

  if (self->n_bars == 0)
    return;

  float room = (float)gtk_widget_get_width (widget) / (float)self->n_bars;

  for (guint i = 0; i < self->n_bars; i++)
    {
      graphene_rect_t area = GRAPHENE_RECT_INIT (room * (float)i, TOP_GAP, room, height);

      if (self->highest > 0)
        draw_bar (self, snapshot, i, &area);
      draw_label (self, snapshot, i, area.origin.x + room / 2, TOP_GAP + height + LABEL_GAP, room);
    }
}

static void
jp_bar_plot_finalize (GObject *object)
{
  JpBarPlot *self = JP_BAR_PLOT (object);

  g_clear_pointer (&self->titles, g_strfreev);
  g_clear_pointer (&self->labels, g_strfreev);
  g_clear_pointer (&self->values, g_free);

  G_OBJECT_CLASS (jp_bar_plot_parent_class)->finalize (object);
}

static void
jp_bar_plot_class_init (JpBarPlotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = jp_bar_plot_finalize;
  widget_class->snapshot = jp_bar_plot_snapshot;
  gtk_widget_class_set_css_name (widget_class, "barplot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
jp_bar_plot_init (JpBarPlot *self)
{
}

/**
 * jp_bar_plot_new:
 *
 * Returns: (transfer floating): a new empty plot
 */
GtkWidget *
jp_bar_plot_new (void)
{
  return g_object_new (JP_TYPE_BAR_PLOT, NULL);
}

/**
 * jp_bar_plot_set_data:
 * @self: a plot
 * @series: (array length=n_series): the colours of a bar, from below
 * @n_series: 1 … %JP_BAR_PLOT_MAX_SERIES
 * @labels: (array zero-terminated=1): one per bar, at most %JP_BAR_PLOT_MAX_BARS
 * @values: for each bar the values of its series, all ≥ 0
 *
 * Shows other bars.
 */
void
jp_bar_plot_set_data (JpBarPlot         *self,
                      const JpBarSeries *series,
                      guint              n_series,
                      const char *const *labels,
                      const gint64      *values)
{
  g_return_if_fail (JP_IS_BAR_PLOT (self));
  g_return_if_fail (series != NULL);
  g_return_if_fail (n_series > 0 && n_series <= JP_BAR_PLOT_MAX_SERIES);
  g_return_if_fail (labels != NULL);

  guint n_bars = g_strv_length ((char **)labels);

  g_return_if_fail (n_bars <= JP_BAR_PLOT_MAX_BARS);
  g_return_if_fail (values != NULL || n_bars == 0);

  g_strfreev (self->labels);
  g_strfreev (self->titles);
  g_free (self->values);

  self->labels = g_strdupv ((char **)labels);
  self->n_bars = n_bars;
  self->values = g_memdup2 (values, sizeof (gint64) * n_bars * n_series);
  self->titles = g_new0 (char *, n_series + 1);
  self->n_series = n_series;
  for (guint i = 0; i < n_series; i++)
    {
      self->titles[i] = g_strdup (series[i].title);
      self->tints[i] = series[i].tint;
    }

  self->highest = 0;
  for (guint bar = 0; bar < n_bars; bar++)
    {
      gint64 sum = 0;

      for (guint i = 0; i < n_series; i++)
        sum += jp_bar_plot_get_value (self, bar, i);
      self->highest = MAX (self->highest, sum);
    }

  gtk_widget_set_size_request (GTK_WIDGET (self), (int)n_bars * MIN_BAR_WIDTH,
                               MIN_HEIGHT + measure_label_height (self) + LABEL_GAP);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * jp_bar_plot_get_n_series:
 * @self: a plot
 *
 * Returns: how many colours a bar has
 */
guint
jp_bar_plot_get_n_series (JpBarPlot *self)
{
  g_return_val_if_fail (JP_IS_BAR_PLOT (self), 0);

  return self->n_series;
}

/**
 * jp_bar_plot_get_n_bars:
 * @self: a plot
 *
 * Returns: how many bars there are
 */
guint
jp_bar_plot_get_n_bars (JpBarPlot *self)
{
  g_return_val_if_fail (JP_IS_BAR_PLOT (self), 0);

  return self->n_bars;
}

/**
 * jp_bar_plot_get_label:
 * @self: a plot
 * @bar: a bar
 *
 * Returns: (transfer none): what stands below it
 */
const char *
jp_bar_plot_get_label (JpBarPlot *self, guint bar)
{
  g_return_val_if_fail (JP_IS_BAR_PLOT (self), "");
  g_return_val_if_fail (bar < self->n_bars, "");

  return self->labels[bar];
}

/**
 * jp_bar_plot_get_series:
 * @self: a plot
 * @series: a series
 * @out_tint: (out) (optional): its colour
 *
 * Returns: (transfer none): what it is
 */
const char *
jp_bar_plot_get_series (JpBarPlot *self, guint series, JpTint *out_tint)
{
  g_return_val_if_fail (JP_IS_BAR_PLOT (self), "");
  g_return_val_if_fail (series < self->n_series, "");

  if (out_tint != NULL)
    *out_tint = self->tints[series];
  return self->titles[series];
}

/**
 * jp_bar_plot_get_value:
 * @self: a plot
 * @bar: a bar
 * @series: a series
 *
 * Returns: the value, 0 if the data had a negative one
 */
gint64
jp_bar_plot_get_value (JpBarPlot *self, guint bar, guint series)
{
  g_return_val_if_fail (JP_IS_BAR_PLOT (self), 0);
  g_return_val_if_fail (bar < self->n_bars, 0);
  g_return_val_if_fail (series < self->n_series, 0);

  return MAX (self->values[bar * self->n_series + series], 0);
}

/**
 * jp_bar_plot_find_bar:
 * @self: a plot
 * @x: a place in it, in px
 *
 * Returns: the bar there, −1 if there is none
 */
int
jp_bar_plot_find_bar (JpBarPlot *self, double x)
{
  g_return_val_if_fail (JP_IS_BAR_PLOT (self), -1);

  int width = gtk_widget_get_width (GTK_WIDGET (self));

  if (self->n_bars == 0 || width <= 0 || x < 0 || x >= width)
    return -1;

  return (int)(x * self->n_bars / width);
}
