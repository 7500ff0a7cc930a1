/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-progress-strip.h"

#include "jp-tint-color.h"

#define PART_WIDTH  26
#define PART_HEIGHT 6
#define PART_GAP    3
/* Of a part: a sixteenth of an hour must still be seen. */
#define MIN_FILL 0.16f

/**
 * JpProgressStrip:
 *
 * How far a trainee is, in a table cell: one short bar per part. What is done is filled with the
 * colour of "ok", what has begun is filled as far as it has come, so that the shape tells it too.
 */
struct _JpProgressStrip
{
  GtkWidget parent_instance;

  guint16 permille[JP_PROGRESS_STRIP_MAX_PARTS]; /* 0 … JP_PROGRESS_STRIP_ALL */
  guint   n_parts;
  char   *text; /* (owned) (nullable): the same in words */
};

G_DEFINE_FINAL_TYPE (JpProgressStrip, jp_progress_strip, GTK_TYPE_WIDGET)

static void
draw_part (JpProgressStrip *self, GtkSnapshot *snapshot, guint part, float x, float y)
{
  graphene_rect_t area = GRAPHENE_RECT_INIT (x, y, PART_WIDTH, PART_HEIGHT);
  GdkRGBA         color;

  jp_tint_color_get_track (GTK_WIDGET (self), &color);
  jp_tint_color_append_rounded (snapshot, &color, &area, PART_HEIGHT / 2.0f);
  if (self->permille[part] == 0)
    return;

  gboolean done = self->permille[part] >= JP_PROGRESS_STRIP_ALL;
  float    fill = (float)self->permille[part] / JP_PROGRESS_STRIP_ALL;

  area.size.width = PART_WIDTH * CLAMP (fill, MIN_FILL, 1.0f);
  jp_tint_color_lookup (GTK_WIDGET (self), done ? JP_TINT_OK : JP_TINT_INFO, &color);
  jp_tint_color_append_rounded (snapshot, &color, &area, PART_HEIGHT / 2.0f);
}

static void
jp_progress_strip_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  JpProgressStrip *self = JP_PROGRESS_STRIP (widget);
  float            y = (float)((gtk_widget_get_height (widget) - PART_HEIGHT) / 2);
  gboolean         rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  for (guint i = 0; i < self->n_parts; i++)
    {
      guint place = rtl ? self->n_parts - 1 - i : i;

      draw_part (self, snapshot, i, (float)(place * (PART_WIDTH + PART_GAP)), y);
    }
}

/* Answered when asked. gtk_widget_set_tooltip_text() asks the display where the pointer is, and
 * waits for the answer: too slow for two hundred rows that come into sight. */
static gboolean
jp_progress_strip_query_tooltip (GtkWidget  *widget,
                                 int         x,
                                 int         y,
                                 gboolean    keyboard,
                                 GtkTooltip *tooltip)
{
  JpProgressStrip *self = JP_PROGRESS_STRIP (widget);

  gtk_tooltip_set_text (tooltip, self->text);
  return self->text != NULL;
}

static void
jp_progress_strip_finalize (GObject *object)
{
  g_free (JP_PROGRESS_STRIP (object)->text);
  G_OBJECT_CLASS (jp_progress_strip_parent_class)->finalize (object);
}

static void
jp_progress_strip_class_init (JpProgressStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = jp_progress_strip_finalize;
  widget_class->query_tooltip = jp_progress_strip_query_tooltip;
  widget_class->snapshot = jp_progress_strip_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "strip");
}

static void
jp_progress_strip_init (JpProgressStrip *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

/**
 * jp_progress_strip_new:
 *
 * Returns: (transfer floating): a new strip without parts
 */
GtkWidget *
jp_progress_strip_new (void)
{
  return g_object_new (JP_TYPE_PROGRESS_STRIP, NULL);
}

/**
 * jp_progress_strip_set_parts:
 * @self: a strip
 * @permille: (array length=n_parts) (nullable): how much of each part is done, in thousandths; more
 *   than %JP_PROGRESS_STRIP_ALL counts as all
 * @n_parts: how many parts, ≤ %JP_PROGRESS_STRIP_MAX_PARTS
 *
 * Shows another progress.
 */
void
jp_progress_strip_set_parts (JpProgressStrip *self, const guint16 *permille, guint n_parts)
{
  g_return_if_fail (JP_IS_PROGRESS_STRIP (self));
  g_return_if_fail (n_parts <= JP_PROGRESS_STRIP_MAX_PARTS);
  g_return_if_fail (permille != NULL || n_parts == 0);

  if (self->n_parts != n_parts)
    gtk_widget_set_size_request (GTK_WIDGET (self),
                                 MAX ((int)n_parts * (PART_WIDTH + PART_GAP) - PART_GAP, 0),
                                 PART_HEIGHT);
  self->n_parts = n_parts;
  for (guint i = 0; i < n_parts; i++)
    self->permille[i] = permille[i];
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * jp_progress_strip_set_text:
 * @self: a strip
 * @text: (nullable): the same in words, translated
 *
 * Says what the strip shows, to the screen reader and to a pointer that rests on it.
 */
void
jp_progress_strip_set_text (JpProgressStrip *self, const char *text)
{
  g_return_if_fail (JP_IS_PROGRESS_STRIP (self));

  if (g_strcmp0 (self->text, text) == 0)
    return;

  g_free (self->text);
  self->text = g_strdup (text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text != NULL ? text : "", -1);
}

/**
 * jp_progress_strip_get_n_parts:
 * @self: a strip
 *
 * Returns: how many parts it shows
 */
guint
jp_progress_strip_get_n_parts (JpProgressStrip *self)
{
  g_return_val_if_fail (JP_IS_PROGRESS_STRIP (self), 0);

  return self->n_parts;
}
