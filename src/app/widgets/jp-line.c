/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-line.h"

/* What a font says of itself, in Pango units. */
typedef struct
{
  PangoFontDescription *font;       /* (owned): key, as what follows */
  PangoLanguage        *language;   /* (borrowed) */
  guint                 serial;     /* of the font map: fonts were installed or removed */
  double                resolution; /* dpi: larger with large text */

  int char_width;
  int ascent;
  int descent;
} JpLineMetrics;

/**
 * JpLine:
 *
 * One line of text in a cell of a table, cut with an ellipsis where the room ends. Its width does
 * not depend on the text, so a table that scrolls does not measure. Its baseline does not depend on
 * the text either: in #GtkInscription, which centres each text by the height of its own fonts,
 * digits from the font of the desktop and Chinese from another stand at different heights.
 */
struct _JpLine
{
  GtkWidget parent_instance;

  char        *text;   /* (owned) (nullable) */
  PangoLayout *layout; /* (owned) (nullable): made when it is needed */

  guint    min_chars;
  guint    width_chars;
  gboolean numeric; /* to the right, all digits equally wide */

  const JpLineMetrics *metrics; /* (borrowed) (nullable): NULL = not yet known */
};

G_DEFINE_FINAL_TYPE (JpLine, jp_line, GTK_TYPE_WIDGET)

static void
metrics_free (gpointer data)
{
  JpLineMetrics *metrics = data;

  pango_font_description_free (metrics->font);
  g_free (metrics);
}

static JpLineMetrics *
read_metrics (PangoContext *context)
{
  PangoFontMetrics *font = pango_context_get_metrics (context, NULL, NULL);
  JpLineMetrics    *metrics = g_new0 (JpLineMetrics, 1);

  metrics->font = pango_font_description_copy (pango_context_get_font_description (context));
  metrics->language = pango_context_get_language (context);
  metrics->serial = pango_font_map_get_serial (pango_context_get_font_map (context));
  metrics->resolution = pango_cairo_context_get_resolution (context);
  metrics->char_width = MAX (pango_font_metrics_get_approximate_char_width (font),
                             pango_font_metrics_get_approximate_digit_width (font));
  metrics->char_width = MAX (metrics->char_width, 1);
  metrics->ascent = pango_font_metrics_get_ascent (font);
  metrics->descent = pango_font_metrics_get_descent (font);
  pango_font_metrics_unref (font);
  return metrics;
}

static gboolean
metrics_fit (const JpLineMetrics *metrics, PangoContext *context)
{
  return metrics->language == pango_context_get_language (context) &&
         metrics->serial == pango_font_map_get_serial (pango_context_get_font_map (context)) &&
         metrics->resolution == pango_cairo_context_get_resolution (context) &&
         pango_font_description_equal (metrics->font, pango_context_get_font_description (context));
}

/* Fonts are asked once, not by each of a thousand cells: shaping a sample takes 80 µs. Old answers
 * stay, since lines point at them; there are only as many as changes of style in a session. */
static const JpLineMetrics *
get_metrics (JpLine *self)
{
  static GPtrArray *known = NULL;
  PangoContext     *context = gtk_widget_get_pango_context (GTK_WIDGET (self));

  if (known == NULL)
    known = g_ptr_array_new_with_free_func (metrics_free);
  for (guint i = known->len; self->metrics == NULL && i > 0; i--)
    if (metrics_fit (known->pdata[i - 1], context))
      self->metrics = known->pdata[i - 1];
  if (self->metrics == NULL)
    {
      self->metrics = read_metrics (context);
      g_ptr_array_add (known, (gpointer)self->metrics);
    }
  return self->metrics;
}

static PangoLayout *
get_layout (JpLine *self)
{
  if (self->layout != NULL)
    return self->layout;

  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->text);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  if (self->numeric)
    {
      PangoAttrList *attributes = pango_attr_list_new ();

      pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
      pango_layout_set_attributes (self->layout, attributes);
      pango_layout_set_alignment (self->layout, PANGO_ALIGN_RIGHT);
      pango_attr_list_unref (attributes);
    }

  return self->layout;
}

static void
jp_line_measure (GtkWidget     *widget,
                 GtkOrientation orientation,
                 int            for_size,
                 int           *minimum,
                 int           *natural,
                 int           *minimum_baseline,
                 int           *natural_baseline)
{
  JpLine              *self = JP_LINE (widget);
  const JpLineMetrics *metrics = get_metrics (self);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = PANGO_PIXELS_CEIL (metrics->char_width * (int)self->min_chars);
      *natural = PANGO_PIXELS_CEIL (metrics->char_width * (int)self->width_chars);
    }
  else
    {
      *minimum = *natural = PANGO_PIXELS_CEIL (metrics->ascent + metrics->descent);
      *minimum_baseline = *natural_baseline = PANGO_PIXELS (metrics->ascent);
    }
}

static void
jp_line_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  JpLine              *self = JP_LINE (widget);
  const JpLineMetrics *metrics = NULL;
  PangoLayout         *layout = NULL;
  GdkRGBA              color = { 0 };
  int                  space = 0;
  int                  top = 0;

  if (self->text == NULL)
    return;

  metrics = get_metrics (self);
  layout = get_layout (self);
  pango_layout_set_width (layout, gtk_widget_get_width (widget) * PANGO_SCALE);
  space = gtk_widget_get_height (widget) * PANGO_SCALE - metrics->ascent - metrics->descent;
  top = PANGO_PIXELS (space / 2 + metrics->ascent - pango_layout_get_baseline (layout));
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, (float)top));
  gtk_snapshot_append_layout (snapshot, layout, &color);
}

static void
jp_line_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  JpLine *self = JP_LINE (widget);

  GTK_WIDGET_CLASS (jp_line_parent_class)->css_changed (widget, change);
  g_clear_object (&self->layout);
  self->metrics = NULL;
}

static void
jp_line_finalize (GObject *object)
{
  JpLine *self = JP_LINE (object);

  g_clear_object (&self->layout);
  g_free (self->text);
  G_OBJECT_CLASS (jp_line_parent_class)->finalize (object);
}

static void
jp_line_class_init (JpLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = jp_line_finalize;
  widget_class->measure = jp_line_measure;
  widget_class->snapshot = jp_line_snapshot;
  widget_class->css_changed = jp_line_css_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
  gtk_widget_class_set_css_name (widget_class, "line");
}

static void
jp_line_init (JpLine *self)
{
}

/**
 * jp_line_new:
 * @min_chars: how many characters it must have room for
 * @width_chars: how many it would like room for
 * @numeric: whether it holds numbers, which stand to the right
 *
 * Returns: (transfer floating): a line without text
 */
GtkWidget *
jp_line_new (guint min_chars, guint width_chars, gboolean numeric)
{
  JpLine *self = g_object_new (JP_TYPE_LINE, NULL);

  self->min_chars = MIN (min_chars, width_chars);
  self->width_chars = width_chars;
  self->numeric = numeric;
  return GTK_WIDGET (self);
}

/**
 * jp_line_get_text:
 * @self: a line
 *
 * Returns: (transfer none) (nullable): the whole text
 */
const char *
jp_line_get_text (JpLine *self)
{
  g_return_val_if_fail (JP_IS_LINE (self), NULL);

  return self->text;
}

/**
 * jp_line_set_text:
 * @self: a line
 * @text: (nullable): a text; line ends are shown as signs
 */
void
jp_line_set_text (JpLine *self, const char *text)
{
  g_return_if_fail (JP_IS_LINE (self));

  if (g_strcmp0 (self->text, text) == 0)
    return;

  g_free (self->text);
  self->text = g_strdup (text);
  if (self->layout != NULL)
    pango_layout_set_text (self->layout, text != NULL ? text : "", -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text != NULL ? text : "", -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
