/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-figure.h"

/**
 * JpFigure:
 *
 * One number that matters, with a small caption above. With an action (it is a button) it leads to
 * the rows behind the number; without one it is only text.
 */
struct _JpFigure
{
  GtkButton parent_instance;

  GtkLabel *caption; /* template child */
  GtkLabel *value;   /* template child */
};

typedef enum {
  PROP_CAPTION = 1,
  PROP_VALUE,
} JpFigureProperty;

G_DEFINE_FINAL_TYPE (JpFigure, jp_figure, GTK_TYPE_BUTTON)

static GParamSpec *properties[PROP_VALUE + 1];

static void
update_accessible (JpFigure *self)
{
  g_autofree char *label =
    g_strdup_printf ("%s %s", gtk_label_get_text (self->caption), gtk_label_get_text (self->value));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
action_changed_cb (JpFigure *self)
{
  gboolean leads = gtk_actionable_get_action_name (GTK_ACTIONABLE (self)) != NULL;

  gtk_widget_set_can_target (GTK_WIDGET (self), leads);
  gtk_widget_set_focusable (GTK_WIDGET (self), leads);
}

static void
jp_figure_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), JP_TYPE_FIGURE);

  G_OBJECT_CLASS (jp_figure_parent_class)->dispose (object);
}

static void
jp_figure_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  JpFigure *self = JP_FIGURE (object);

  switch ((JpFigureProperty)id)
    {
    case PROP_CAPTION:
      g_value_set_string (value, gtk_label_get_text (self->caption));
      break;
    case PROP_VALUE:
      g_value_set_string (value, jp_figure_get_value (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
jp_figure_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  JpFigure   *self = JP_FIGURE (object);
  const char *text = g_value_get_string (value);

  if (text == NULL)
    text = "";
  switch ((JpFigureProperty)id)
    {
    case PROP_CAPTION:
      if (strcmp (gtk_label_get_text (self->caption), text) != 0)
        {
          gtk_label_set_text (self->caption, text);
          update_accessible (self);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_VALUE:
      jp_figure_set_value (self, text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
jp_figure_class_init (JpFigureClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = jp_figure_dispose;
  object_class->get_property = jp_figure_get_property;
  object_class->set_property = jp_figure_set_property;

  /**
   * JpFigure:caption:
   *
   * What the number is, translated.
   */
  properties[PROP_CAPTION] =
    g_param_spec_string ("caption", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  /**
   * JpFigure:value:
   *
   * The number, formatted.
   */
  properties[PROP_VALUE] =
    g_param_spec_string ("value", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               JP_RESOURCE_PREFIX "/widgets/jp-figure.ui");
  gtk_widget_class_bind_template_child (widget_class, JpFigure, caption);
  gtk_widget_class_bind_template_child (widget_class, JpFigure, value);
  gtk_widget_class_bind_template_callback (widget_class, action_changed_cb);
}

static void
jp_figure_init (JpFigure *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  action_changed_cb (self);
}

/**
 * jp_figure_new:
 * @caption: (nullable): what the number is, translated
 *
 * Returns: (transfer floating): a new figure without a value
 */
GtkWidget *
jp_figure_new (const char *caption)
{
  return g_object_new (JP_TYPE_FIGURE, "caption", caption, NULL);
}

/**
 * jp_figure_set_value:
 * @self: a figure
 * @value: (nullable): the number, formatted
 *
 * Shows another number.
 */
void
jp_figure_set_value (JpFigure *self, const char *value)
{
  g_return_if_fail (JP_IS_FIGURE (self));

  if (value == NULL)
    value = "";
  if (strcmp (gtk_label_get_text (self->value), value) == 0)
    return;

  gtk_label_set_text (self->value, value);
  update_accessible (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
}

/**
 * jp_figure_get_value:
 * @self: a figure
 *
 * Returns: (transfer none): the number, formatted
 */
const char *
jp_figure_get_value (JpFigure *self)
{
  g_return_val_if_fail (JP_IS_FIGURE (self), "");

  return gtk_label_get_text (self->value);
}

/**
 * jp_figure_set_tint:
 * @self: a figure
 * @tint: %JP_TINT_MUTE for the colour of text
 *
 * Colours the number; the caption must say the same.
 */
void
jp_figure_set_tint (JpFigure *self, JpTint tint)
{
  g_return_if_fail (JP_IS_FIGURE (self));

  jp_tint_apply (GTK_WIDGET (self), tint);
}

/**
 * jp_figure_set_headline:
 * @self: a figure
 * @headline: whether this is the number of the page
 *
 * Makes the number larger than the others.
 */
void
jp_figure_set_headline (JpFigure *self, gboolean headline)
{
  g_return_if_fail (JP_IS_FIGURE (self));

  if (headline)
    gtk_widget_add_css_class (GTK_WIDGET (self), "headline");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "headline");
}
