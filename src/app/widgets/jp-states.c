/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-states.h"

#include <adwaita.h>

/* What is quicker than this shows no spinner: one that flashes by only disturbs. */
#define SPINNER_DELAY_MS 300

/**
 * JpStates:
 *
 * The four states of a page or pane: loading, empty, error with retry, content. Empty is not sad:
 * it says something kind and offers the next step. Offline is none of them.
 */
struct _JpStates
{
  GtkWidget parent_instance;

  GtkStack      *stack;        /* template child */
  AdwBin        *content;      /* template child */
  GtkSpinner    *spinner;      /* template child */
  AdwStatusPage *empty;        /* template child */
  GtkButton     *empty_button; /* template child */
  AdwStatusPage *error;        /* template child */

  JpState state;
  guint   spinner_id; /* (source) 0 = none: cleared in dispose */
};

typedef enum {
  PROP_CONTENT = 1,
} JpStatesProperty;

typedef enum {
  SIGNAL_RETRY,
} JpStatesSignal;

static void buildable_iface_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JpStates,
                               jp_states,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_iface_init))

static GParamSpec        *properties[PROP_CONTENT + 1];
static guint              signals[SIGNAL_RETRY + 1];
static GtkBuildableIface *parent_buildable_iface;

static const char *child_names[] = {
  [JP_STATE_LOADING] = "loading",
  [JP_STATE_EMPTY] = "empty",
  [JP_STATE_ERROR] = "error",
  [JP_STATE_CONTENT] = "content",
};

static void
show_spinner_cb (gpointer user_data)
{
  JpStates *self = JP_STATES (user_data);

  self->spinner_id = 0;
  gtk_stack_set_visible_child_name (self->stack, child_names[JP_STATE_LOADING]);
  gtk_spinner_start (self->spinner);
}

static void
retry_cb (JpStates *self)
{
  g_assert (JP_IS_STATES (self));

  g_signal_emit (self, signals[SIGNAL_RETRY], 0);
}

static void
jp_states_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  JpStates *self = JP_STATES (buildable);

  /* The template itself comes first. */
  if (self->content != NULL && GTK_IS_WIDGET (child))
    jp_states_set_content (self, GTK_WIDGET (child));
  else
    parent_buildable_iface->add_child (buildable, builder, child, type);
}

static void
buildable_iface_init (GtkBuildableIface *iface)
{
  parent_buildable_iface = g_type_interface_peek_parent (iface);
  iface->add_child = jp_states_add_child;
}

static void
jp_states_dispose (GObject *object)
{
  JpStates *self = JP_STATES (object);

  g_clear_handle_id (&self->spinner_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), JP_TYPE_STATES);

  G_OBJECT_CLASS (jp_states_parent_class)->dispose (object);
}

static void
jp_states_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  JpStates *self = JP_STATES (object);

  switch ((JpStatesProperty)id)
    {
    case PROP_CONTENT:
      g_value_set_object (value, adw_bin_get_child (self->content));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
jp_states_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  JpStates *self = JP_STATES (object);

  switch ((JpStatesProperty)id)
    {
    case PROP_CONTENT:
      jp_states_set_content (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
jp_states_class_init (JpStatesClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = jp_states_dispose;
  object_class->get_property = jp_states_get_property;
  object_class->set_property = jp_states_set_property;

  /**
   * JpStates:content:
   *
   * What is shown when there is something.
   */
  properties[PROP_CONTENT] =
    g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /**
   * JpStates::retry:
   *
   * Somebody wants what failed tried again.
   */
  signals[SIGNAL_RETRY] =
    g_signal_new ("retry", JP_TYPE_STATES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               JP_RESOURCE_PREFIX "/widgets/jp-states.ui");
  gtk_widget_class_bind_template_child (widget_class, JpStates, stack);
  gtk_widget_class_bind_template_child (widget_class, JpStates, content);
  gtk_widget_class_bind_template_child (widget_class, JpStates, spinner);
  gtk_widget_class_bind_template_child (widget_class, JpStates, empty);
  gtk_widget_class_bind_template_child (widget_class, JpStates, empty_button);
  gtk_widget_class_bind_template_child (widget_class, JpStates, error);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
jp_states_init (JpStates *self)
{
  self->state = JP_STATE_CONTENT;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jp_states_new:
 *
 * Returns: (transfer floating): new states, showing (empty) content
 */
GtkWidget *
jp_states_new (void)
{
  return g_object_new (JP_TYPE_STATES, NULL);
}

/**
 * jp_states_set_content:
 * @self: states
 * @content: (nullable): what to show when there is something
 *
 * Changes the content.
 */
void
jp_states_set_content (JpStates *self, GtkWidget *content)
{
  g_return_if_fail (JP_IS_STATES (self));
  g_return_if_fail (content == NULL || GTK_IS_WIDGET (content));

  if (adw_bin_get_child (self->content) == content)
    return;

  adw_bin_set_child (self->content, content);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONTENT]);
}

/**
 * jp_states_get_state:
 * @self: states
 *
 * Returns: the state
 */
JpState
jp_states_get_state (JpStates *self)
{
  g_return_val_if_fail (JP_IS_STATES (self), JP_STATE_ERROR);

  return self->state;
}

/**
 * jp_states_set_state:
 * @self: states
 * @state: the new state
 *
 * Changes the state. What was there before stays for a moment while loading, so that a quick answer
 * replaces it without a flicker.
 */
void
jp_states_set_state (JpStates *self, JpState state)
{
  g_return_if_fail (JP_IS_STATES (self));
  g_return_if_fail (state < G_N_ELEMENTS (child_names));

  if (self->state == state)
    return;

  self->state = state;
  g_clear_handle_id (&self->spinner_id, g_source_remove);
  if (state == JP_STATE_LOADING)
    {
      self->spinner_id = g_timeout_add_once (SPINNER_DELAY_MS, show_spinner_cb, self);
      return;
    }

  gtk_spinner_stop (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, child_names[state]);
}

/**
 * jp_states_set_empty_text:
 * @self: states
 * @icon_name: (nullable): a symbolic icon
 * @title: what is not there, kindly, translated
 * @description: (nullable): what comes next, translated
 *
 * Changes what an empty list says.
 */
void
jp_states_set_empty_text (JpStates   *self,
                          const char *icon_name,
                          const char *title,
                          const char *description)
{
  g_return_if_fail (JP_IS_STATES (self));
  g_return_if_fail (title != NULL);

  adw_status_page_set_icon_name (self->empty, icon_name);
  adw_status_page_set_title (self->empty, title);
  adw_status_page_set_description (self->empty, description);
}

/**
 * jp_states_set_empty_action:
 * @self: states
 * @label: (nullable): the next step, translated; %NULL for none
 * @detailed_action: (nullable): an action with its target, e.g. "win.new"
 *
 * Offers a next step when there is nothing.
 */
void
jp_states_set_empty_action (JpStates *self, const char *label, const char *detailed_action)
{
  g_return_if_fail (JP_IS_STATES (self));
  g_return_if_fail (label == NULL || detailed_action != NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->empty_button), label != NULL);
  if (label == NULL)
    return;

  gtk_button_set_label (self->empty_button, label);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (self->empty_button), detailed_action);
}

/**
 * jp_states_set_error_text:
 * @self: states
 * @title: what could not be done, translated
 * @description: (nullable): why and what helps, translated
 *
 * Changes what the error state says.
 */
void
jp_states_set_error_text (JpStates *self, const char *title, const char *description)
{
  g_return_if_fail (JP_IS_STATES (self));
  g_return_if_fail (title != NULL);

  adw_status_page_set_title (self->error, title);
  adw_status_page_set_description (self->error, description);
}
