/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-stack-bar.h"

#include "jp-tint-color.h"

/**
 * JpStackBar:
 *
 * A bar that parts of a whole fill from the start; what they leave stays empty. It only draws: the
 * words and numbers stand beside it. Its size comes from the style.
 */
struct _JpStackBar
{
  GtkWidget parent_instance;

  JpStackPart parts[JP_STACK_BAR_MAX_PARTS];
  guint       n_parts;
  gint64      whole; /* ≥ the sum of the parts; 0 = nothing to draw */
};

G_DEFINE_FINAL_TYPE (JpStackBar, jp_stack_bar, GTK_TYPE_WIDGET)

static void
jp_stack_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  JpStackBar     *self = JP_STACK_BAR (widget);
  float           width = (float)gtk_widget_get_width (widget);
  float           height = (float)gtk_widget_get_height (widget);
  gboolean        rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float           x = 0;
  GskRoundedRect  rounded;
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, width, height);
  GdkRGBA         color;

  gsk_rounded_rect_init_from_rect (&rounded, &area, height / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  jp_tint_color_get_track (widget, &color);
  gtk_snapshot_append_color (snapshot, &color, &area);

  for (guint i = 0; i < self->n_parts && self->whole > 0; i++)
    {
      float part = width * (float)((double)self->parts[i].value / (double)self->whole);

      jp_tint_color_lookup (widget, self->parts[i].tint, &color);
      gtk_snapshot_append_color (snapshot, &color,
                                 &GRAPHENE_RECT_INIT (rtl ? width - x - part : x, 0, part, height));
      x += part;
    }

  gtk_snapshot_pop (snapshot);
}

static void
jp_stack_bar_class_init (JpStackBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = jp_stack_bar_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  gtk_widget_class_set_css_name (widget_class, "stackbar");
}

static void
jp_stack_bar_init (JpStackBar *self)
{
}

/**
 * jp_stack_bar_new:
 *
 * Returns: (transfer floating): a new empty bar
 */
GtkWidget *
jp_stack_bar_new (void)
{
  return g_object_new (JP_TYPE_STACK_BAR, NULL);
}

/**
 * jp_stack_bar_set_parts:
 * @self: a bar
 * @parts: (array length=n_parts) (nullable): from the start
 * @n_parts: ≤ %JP_STACK_BAR_MAX_PARTS
 * @whole: what a full bar stands for; if less than the sum of the parts, the sum
 *
 * Shows other parts.
 */
void
jp_stack_bar_set_parts (JpStackBar *self, const JpStackPart *parts, guint n_parts, gint64 whole)
{
  g_return_if_fail (JP_IS_STACK_BAR (self));
  g_return_if_fail (n_parts <= JP_STACK_BAR_MAX_PARTS);
  g_return_if_fail (parts != NULL || n_parts == 0);

  gint64 sum = 0;

  for (guint i = 0; i < n_parts; i++)
    {
      g_return_if_fail (parts[i].value >= 0);
      self->parts[i] = parts[i];
      sum += parts[i].value;
    }

  self->n_parts = n_parts;
  self->whole = MAX (whole, sum);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
