/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-answer-box.h"

#include "jp-pill.h"

/**
 * JpAnswerBox:
 *
 * The sentence that answers the question people come with, on a tinted ground: a heading, perhaps
 * with a verdict in a pill, and one or two sentences. The text can be selected, to be sent on.
 */
struct _JpAnswerBox
{
  GtkWidget parent_instance;

  GtkWidget *title;   /* template child: pill and heading */
  JpPill    *pill;    /* template child */
  GtkLabel  *heading; /* template child */
  GtkLabel  *text;    /* template child */
};

typedef enum {
  PROP_HEADING = 1,
  PROP_TEXT,
} JpAnswerBoxProperty;

G_DEFINE_FINAL_TYPE (JpAnswerBox, jp_answer_box, GTK_TYPE_WIDGET)

static GParamSpec *properties[PROP_TEXT + 1];

static void
jp_answer_box_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), JP_TYPE_ANSWER_BOX);

  G_OBJECT_CLASS (jp_answer_box_parent_class)->dispose (object);
}

static void
jp_answer_box_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  JpAnswerBox *self = JP_ANSWER_BOX (object);

  switch ((JpAnswerBoxProperty)id)
    {
    case PROP_HEADING:
      g_value_set_string (value, gtk_label_get_text (self->heading));
      break;
    case PROP_TEXT:
      g_value_set_string (value, gtk_label_get_text (self->text));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
jp_answer_box_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  JpAnswerBox *self = JP_ANSWER_BOX (object);

  switch ((JpAnswerBoxProperty)id)
    {
    case PROP_HEADING:
      jp_answer_box_set_heading (self, g_value_get_string (value));
      break;
    case PROP_TEXT:
      jp_answer_box_set_text (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
jp_answer_box_class_init (JpAnswerBoxClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = jp_answer_box_dispose;
  object_class->get_property = jp_answer_box_get_property;
  object_class->set_property = jp_answer_box_set_property;

  /**
   * JpAnswerBox:heading:
   *
   * The question, translated; empty hides it.
   */
  properties[PROP_HEADING] =
    g_param_spec_string ("heading", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  /**
   * JpAnswerBox:text:
   *
   * The answer, one translated whole.
   */
  properties[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (JP_TYPE_PILL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               JP_RESOURCE_PREFIX "/widgets/jp-answer-box.ui");
  gtk_widget_class_bind_template_child (widget_class, JpAnswerBox, title);
  gtk_widget_class_bind_template_child (widget_class, JpAnswerBox, pill);
  gtk_widget_class_bind_template_child (widget_class, JpAnswerBox, heading);
  gtk_widget_class_bind_template_child (widget_class, JpAnswerBox, text);
  gtk_widget_class_set_css_name (widget_class, "answer");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
jp_answer_box_init (JpAnswerBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  jp_tint_apply (GTK_WIDGET (self), JP_TINT_INFO);
}

/**
 * jp_answer_box_new:
 * @heading: (nullable): the question, translated
 *
 * Returns: (transfer floating): a new box without an answer
 */
GtkWidget *
jp_answer_box_new (const char *heading)
{
  return g_object_new (JP_TYPE_ANSWER_BOX, "heading", heading, NULL);
}

static void
set_label (JpAnswerBox *self, GtkLabel *label, const char *text, JpAnswerBoxProperty property)
{
  if (text == NULL)
    text = "";
  if (strcmp (gtk_label_get_text (label), text) == 0)
    return;

  gtk_label_set_text (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), text[0] != '\0');
  if (property == PROP_HEADING)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/**
 * jp_answer_box_set_heading:
 * @self: a box
 * @heading: (nullable): the question, translated
 *
 * Changes the heading.
 */
void
jp_answer_box_set_heading (JpAnswerBox *self, const char *heading)
{
  g_return_if_fail (JP_IS_ANSWER_BOX (self));

  set_label (self, self->heading, heading, PROP_HEADING);
}

/**
 * jp_answer_box_set_text:
 * @self: a box
 * @text: (nullable): the answer, translated as a whole
 *
 * Changes the answer.
 */
void
jp_answer_box_set_text (JpAnswerBox *self, const char *text)
{
  g_return_if_fail (JP_IS_ANSWER_BOX (self));

  set_label (self, self->text, text, PROP_TEXT);
}

/**
 * jp_answer_box_get_text:
 * @self: a box
 *
 * Returns: (transfer none): the answer
 */
const char *
jp_answer_box_get_text (JpAnswerBox *self)
{
  g_return_val_if_fail (JP_IS_ANSWER_BOX (self), "");

  return gtk_label_get_text (self->text);
}

/**
 * jp_answer_box_set_pill:
 * @self: a box
 * @text: (nullable): the verdict in a word, translated
 * @tint: its tint
 *
 * Shows a verdict before the heading.
 */
void
jp_answer_box_set_pill (JpAnswerBox *self, const char *text, JpTint tint)
{
  g_return_if_fail (JP_IS_ANSWER_BOX (self));

  jp_pill_set_text (self->pill, text);
  jp_pill_set_tint (self->pill, tint);
}

/**
 * jp_answer_box_set_tint:
 * @self: a box
 * @tint: the ground, %JP_TINT_INFO at first
 *
 * Changes the ground; the words must say the same.
 */
void
jp_answer_box_set_tint (JpAnswerBox *self, JpTint tint)
{
  g_return_if_fail (JP_IS_ANSWER_BOX (self));

  jp_tint_apply (GTK_WIDGET (self), tint);
}
