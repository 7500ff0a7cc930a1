/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-meter.h"

#include "jp-stack-bar.h"

/**
 * JpMeter:
 *
 * How far one thing has come: "Yard", a bar, "13.5 / 16". Meters below one another line up.
 */
struct _JpMeter
{
  GtkWidget parent_instance;

  GtkLabel   *label; /* template child */
  JpStackBar *bar;   /* template child */
  GtkLabel   *text;  /* template child */

  gint64 value; /* ≥ 0, same unit as goal */
  gint64 goal;  /* ≥ 0 */
  JpTint tint;
};

typedef enum {
  PROP_LABEL = 1,
} JpMeterProperty;

G_DEFINE_FINAL_TYPE (JpMeter, jp_meter, GTK_TYPE_WIDGET)

static GParamSpec *properties[PROP_LABEL + 1];

static void
update_bar (JpMeter *self)
{
  JpStackPart part = { MIN (self->value, self->goal), self->tint };

  jp_stack_bar_set_parts (self->bar, &part, 1, self->goal);
}

static void
jp_meter_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), JP_TYPE_METER);

  G_OBJECT_CLASS (jp_meter_parent_class)->dispose (object);
}

static void
jp_meter_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  JpMeter *self = JP_METER (object);

  switch ((JpMeterProperty)id)
    {
    case PROP_LABEL:
      g_value_set_string (value, gtk_label_get_text (self->label));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
jp_meter_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  JpMeter    *self = JP_METER (object);
  const char *label = NULL;

  switch ((JpMeterProperty)id)
    {
    case PROP_LABEL:
      label = g_value_get_string (value) != NULL ? g_value_get_string (value) : "";
      if (strcmp (label, gtk_label_get_text (self->label)) == 0)
        break;
      gtk_label_set_text (self->label, label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                      -1);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
jp_meter_class_init (JpMeterClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = jp_meter_dispose;
  object_class->get_property = jp_meter_get_property;
  object_class->set_property = jp_meter_set_property;

  /**
   * JpMeter:label:
   *
   * What is measured, translated.
   */
  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL, "",
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (JP_TYPE_STACK_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               JP_RESOURCE_PREFIX "/widgets/jp-meter.ui");
  gtk_widget_class_bind_template_child (widget_class, JpMeter, label);
  gtk_widget_class_bind_template_child (widget_class, JpMeter, bar);
  gtk_widget_class_bind_template_child (widget_class, JpMeter, text);
  gtk_widget_class_set_css_name (widget_class, "meter");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_METER);
}

static void
jp_meter_init (JpMeter *self)
{
  self->tint = JP_TINT_INFO;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jp_meter_new:
 * @label: (nullable): what is measured, translated
 *
 * Returns: (transfer floating): a new empty meter
 */
GtkWidget *
jp_meter_new (const char *label)
{
  return g_object_new (JP_TYPE_METER, "label", label, NULL);
}

/**
 * jp_meter_set:
 * @self: a meter
 * @value: how far, ≥ 0; more than @goal fills the bar
 * @goal: how far in all, ≥ 0, same unit
 * @text: the same for the reader, e.g. "13.5 / 16"
 *
 * Shows another value.
 */
void
jp_meter_set (JpMeter *self, gint64 value, gint64 goal, const char *text)
{
  g_return_if_fail (JP_IS_METER (self));
  g_return_if_fail (value >= 0);
  g_return_if_fail (goal >= 0);
  g_return_if_fail (text != NULL);

  self->value = value;
  self->goal = goal;
  gtk_label_set_text (self->text, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double)goal,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double)MIN (value, goal),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
  update_bar (self);
}

/**
 * jp_meter_set_tint:
 * @self: a meter
 * @tint: the colour of its bar, %JP_TINT_INFO at first
 *
 * Changes the colour; the text must say the same.
 */
void
jp_meter_set_tint (JpMeter *self, JpTint tint)
{
  g_return_if_fail (JP_IS_METER (self));
  g_return_if_fail (tint < JP_N_TINTS);

  self->tint = tint;
  update_bar (self);
}

/**
 * jp_meter_get_text:
 * @self: a meter
 *
 * Returns: (transfer none): what it says
 */
const char *
jp_meter_get_text (JpMeter *self)
{
  g_return_val_if_fail (JP_IS_METER (self), "");

  return gtk_label_get_text (self->text);
}
