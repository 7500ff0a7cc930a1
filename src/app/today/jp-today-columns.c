/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-today-columns.h"

#define GAP_PX          16
#define FIRST_PER_MILLE 420
#define PER_MILLE_ALL   1000

struct _JpTodayColumns
{
  GtkWidget parent_instance;

  GtkWidget *first;  /* child */
  GtkWidget *second; /* child */
};

G_DEFINE_FINAL_TYPE (JpTodayColumns, jp_today_columns, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Side by side only where nothing of either is cut: large text needs more room. */
static gboolean
is_wide (JpTodayColumns *self, int width)
{
  int first = (width - GAP_PX) * FIRST_PER_MILLE / PER_MILLE_ALL;
  int first_min = 0;
  int second_min = 0;

  if (width < JP_TODAY_COLUMNS_WIDE_PX)
    return FALSE;
  gtk_widget_measure (self->first, GTK_ORIENTATION_HORIZONTAL, -1, &first_min, NULL, NULL, NULL);
  gtk_widget_measure (self->second, GTK_ORIENTATION_HORIZONTAL, -1, &second_min, NULL, NULL, NULL);
  return first_min <= first && second_min <= width - GAP_PX - first;
}

static int
get_first_width (gboolean wide, int width)
{
  return wide ? (width - GAP_PX) * FIRST_PER_MILLE / PER_MILLE_ALL : width;
}

static int
get_second_width (gboolean wide, int width)
{
  return wide ? width - GAP_PX - get_first_width (wide, width) : width;
}

static void
measure_width (JpTodayColumns *self, int *minimum, int *natural)
{
  int first_min = 0;
  int first_nat = 0;
  int second_min = 0;
  int second_nat = 0;

  gtk_widget_measure (self->first, GTK_ORIENTATION_HORIZONTAL, -1, &first_min, &first_nat, NULL,
                      NULL);
  gtk_widget_measure (self->second, GTK_ORIENTATION_HORIZONTAL, -1, &second_min, &second_nat, NULL,
                      NULL);
  *minimum = MAX (first_min, second_min);
  *natural = MAX (first_nat + second_nat + GAP_PX, *minimum);
}

static void
measure (GtkWidget     *widget,
         GtkOrientation orientation,
         int            for_size,
         int           *minimum,
         int           *natural,
         int           *minimum_baseline,
         int           *natural_baseline)
{
  JpTodayColumns *self = JP_TODAY_COLUMNS (widget);
  int             first = 0;
  int             second = 0;
  int             narrowest = 0;
  int             width = for_size;
  gboolean        wide = FALSE;

  measure_width (self, minimum, natural);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;

  narrowest = *minimum;
  width = for_size < 0 ? *natural : MAX (for_size, narrowest);
  wide = is_wide (self, width);
  gtk_widget_measure (self->first, GTK_ORIENTATION_VERTICAL, get_first_width (wide, width), NULL,
                      &first, NULL, NULL);
  gtk_widget_measure (self->second, GTK_ORIENTATION_VERTICAL, get_second_width (wide, width), NULL,
                      &second, NULL, NULL);
  *natural = wide ? MAX (first, second) : first + GAP_PX + second;
  *minimum = *natural;
}

static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  JpTodayColumns *self = JP_TODAY_COLUMNS (widget);
  gboolean        wide = is_wide (self, width);
  gboolean        mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkAllocation   first = { 0, 0, get_first_width (wide, width), height };
  GtkAllocation   second = { 0, 0, get_second_width (wide, width), height };

  if (wide)
    {
      first.x = mirrored ? second.width + GAP_PX : 0;
      second.x = mirrored ? 0 : first.width + GAP_PX;
    }
  else
    {
      gtk_widget_measure (self->first, GTK_ORIENTATION_VERTICAL, width, NULL, &first.height, NULL,
                          NULL);
      second.y = first.height + GAP_PX;
      second.height = MAX (height - second.y, 0);
    }

  gtk_widget_size_allocate (self->first, &first, -1);
  gtk_widget_size_allocate (self->second, &second, -1);
}

static void
jp_today_columns_dispose (GObject *object)
{
  JpTodayColumns *self = JP_TODAY_COLUMNS (object);

  g_clear_pointer (&self->first, gtk_widget_unparent);
  g_clear_pointer (&self->second, gtk_widget_unparent);
  G_OBJECT_CLASS (jp_today_columns_parent_class)->dispose (object);
}

static void
jp_today_columns_class_init (JpTodayColumnsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jp_today_columns_dispose;
  widget_class->get_request_mode = get_request_mode;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
}

static void
jp_today_columns_init (JpTodayColumns *self)
{
}

/**
 * jp_today_columns_new:
 * @first: what stands first
 * @second: what stands beside or below it
 *
 * Returns: (transfer floating): the columns
 */
GtkWidget *
jp_today_columns_new (GtkWidget *first, GtkWidget *second)
{
  g_return_val_if_fail (GTK_IS_WIDGET (first), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (second), NULL);

  JpTodayColumns *self = g_object_new (JP_TYPE_TODAY_COLUMNS, NULL);

  self->first = first;
  self->second = second;
  gtk_widget_set_parent (first, GTK_WIDGET (self));
  gtk_widget_set_parent (second, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
