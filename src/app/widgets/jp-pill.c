/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-pill.h"

/**
 * JpPill:
 *
 * One word on a tinted, rounded ground: the state of a thing, a count that waits, a licence type.
 * An empty pill takes no room.
 */
struct _JpPill
{
  GtkWidget parent_instance;

  GtkLabel *label; /* (owned): the only child; keeps its text while the pill is empty */

  JpTint   tint;
  gboolean has_text;
};

typedef enum {
  PROP_TEXT = 1,
  PROP_TINT,
} JpPillProperty;

G_DEFINE_FINAL_TYPE (JpPill, jp_pill, GTK_TYPE_WIDGET)

static GParamSpec *properties[PROP_TINT + 1];

static void
jp_pill_dispose (GObject *object)
{
  JpPill *self = JP_PILL (object);

  g_clear_pointer ((GtkWidget **)&self->label, gtk_widget_unparent);

  G_OBJECT_CLASS (jp_pill_parent_class)->dispose (object);
}

static void
jp_pill_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  JpPill *self = JP_PILL (object);

  switch ((JpPillProperty)id)
    {
    case PROP_TEXT:
      g_value_set_string (value, jp_pill_get_text (self));
      break;
    case PROP_TINT:
      g_value_set_enum (value, self->tint);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
jp_pill_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  JpPill *self = JP_PILL (object);

  switch ((JpPillProperty)id)
    {
    case PROP_TEXT:
      jp_pill_set_text (self, g_value_get_string (value));
      break;
    case PROP_TINT:
      jp_pill_set_tint (self, g_value_get_enum (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
jp_pill_class_init (JpPillClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = jp_pill_dispose;
  object_class->get_property = jp_pill_get_property;
  object_class->set_property = jp_pill_set_property;

  /**
   * JpPill:text:
   *
   * The word, translated; empty hides the pill.
   */
  properties[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  /**
   * JpPill:tint:
   *
   * What the word means for the reader.
   */
  properties[PROP_TINT] =
    g_param_spec_enum ("tint", NULL, NULL, JP_TYPE_TINT, JP_TINT_MUTE,
                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pill");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
jp_pill_init (JpPill *self)
{
  self->label = GTK_LABEL (gtk_label_new (""));
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  jp_tint_apply (GTK_WIDGET (self), JP_TINT_MUTE);
}

/**
 * jp_pill_new:
 * @text: (nullable): the word, translated
 * @tint: its tint
 *
 * Returns: (transfer floating): a new pill
 */
GtkWidget *
jp_pill_new (const char *text, JpTint tint)
{
  return g_object_new (JP_TYPE_PILL, "text", text, "tint", tint, NULL);
}

/**
 * jp_pill_get_text:
 * @self: a pill
 *
 * Returns: (transfer none): the word, "" when there is none
 */
const char *
jp_pill_get_text (JpPill *self)
{
  g_return_val_if_fail (JP_IS_PILL (self), "");

  return self->label != NULL && self->has_text ? gtk_label_get_text (self->label) : "";
}

/**
 * jp_pill_set_text:
 * @self: a pill
 * @text: (nullable): the new word, translated; %NULL or "" hides the pill
 *
 * Changes the word.
 */
void
jp_pill_set_text (JpPill *self, const char *text)
{
  g_return_if_fail (JP_IS_PILL (self));

  if (text == NULL)
    text = "";
  if (self->label == NULL || strcmp (text, jp_pill_get_text (self)) == 0)
    return;

  /* An empty label would lay itself out anew, twice for each row that scrolls by. */
  self->has_text = text[0] != '\0';
  if (self->has_text)
    gtk_label_set_text (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self), self->has_text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

/**
 * jp_pill_get_tint:
 * @self: a pill
 *
 * Returns: the tint
 */
JpTint
jp_pill_get_tint (JpPill *self)
{
  g_return_val_if_fail (JP_IS_PILL (self), JP_TINT_MUTE);

  return self->tint;
}

/**
 * jp_pill_set_tint:
 * @self: a pill
 * @tint: the new tint
 *
 * Changes the tint.
 */
void
jp_pill_set_tint (JpPill *self, JpTint tint)
{
  g_return_if_fail (JP_IS_PILL (self));
  g_return_if_fail (tint < JP_N_TINTS);

  if (self->tint == tint)
    return;

  self->tint = tint;
  jp_tint_apply (GTK_WIDGET (self), tint);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TINT]);
}
