/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-figure-row.h"

#define GAP_PX      12
#define LINE_GAP_PX 4

/**
 * JpFigureRow:
 *
 * Figures beside one another, and on as many lines as they need where the window is narrow or the
 * text large: a number is never cut.
 */
struct _JpFigureRow
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (JpFigureRow, jp_figure_row, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = 0;
  *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least = 0;
      int width = 0;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &width, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural += (*natural > 0 ? GAP_PX : 0) + width;
    }
}

/* The first child of the next line; @out_height: of the line that @first begins. */
static GtkWidget *
end_line (GtkWidget *first, int width, int *out_height)
{
  GtkWidget *child = first;
  int        used = 0;

  *out_height = 0;
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkRequisition natural = { 0 };

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_get_preferred_size (child, NULL, &natural);
      if (used > 0 && used + GAP_PX + natural.width > width)
        break;
      used += (used > 0 ? GAP_PX : 0) + natural.width;
      *out_height = MAX (*out_height, natural.height);
    }
  return child;
}

static int
get_height (GtkWidget *widget, int width)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int        height = 0;

  while (child != NULL)
    {
      int line = 0;

      child = end_line (child, width, &line);
      height += line + (height > 0 && line > 0 ? LINE_GAP_PX : 0);
    }
  return height;
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
  measure_width (widget, minimum, natural);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;

  *natural = get_height (widget, for_size < 0 ? *natural : MAX (for_size, *minimum));
  *minimum = *natural;
}

static void
allocate_line (GtkWidget *widget, GtkWidget *first, GtkWidget *end, GtkAllocation *line)
{
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int      x = 0;

  for (GtkWidget *child = first; child != end; child = gtk_widget_get_next_sibling (child))
    {
      GtkRequisition natural = { 0 };
      GtkAllocation  place = *line;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_get_preferred_size (child, NULL, &natural);
      place.width = MIN (natural.width, line->width);
      place.x = mirrored ? line->width - x - place.width : x;
      gtk_widget_size_allocate (child, &place, -1);
      x += place.width + GAP_PX;
    }
}

static void
size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget    *child = gtk_widget_get_first_child (widget);
  GtkAllocation line = { 0, 0, width, 0 };

  while (child != NULL)
    {
      GtkWidget *first = child;

      child = end_line (first, width, &line.height);
      allocate_line (widget, first, child, &line);
      line.y += line.height + LINE_GAP_PX;
    }
}

static void
jp_figure_row_dispose (GObject *object)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (jp_figure_row_parent_class)->dispose (object);
}

static void
jp_figure_row_class_init (JpFigureRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jp_figure_row_dispose;
  widget_class->get_request_mode = get_request_mode;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
}

static void
jp_figure_row_init (JpFigureRow *self)
{
}

/**
 * jp_figure_row_new:
 *
 * Returns: (transfer floating): a row without figures
 */
GtkWidget *
jp_figure_row_new (void)
{
  return g_object_new (JP_TYPE_FIGURE_ROW, NULL);
}

/**
 * jp_figure_row_add:
 * @self: a row
 * @caption: what the number is, translated
 *
 * Returns: (transfer none): a new figure at the end of the row
 */
JpFigure *
jp_figure_row_add (JpFigureRow *self, const char *caption)
{
  g_return_val_if_fail (JP_IS_FIGURE_ROW (self), NULL);

  GtkWidget *figure = jp_figure_new (caption);

  gtk_widget_set_parent (figure, GTK_WIDGET (self));
  return JP_FIGURE (figure);
}
