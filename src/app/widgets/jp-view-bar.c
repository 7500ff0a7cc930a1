/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-view-bar.h"

#include "jp-count.h"

#include <glib/gi18n-lib.h>

/**
 * JpViewBar:
 *
 * The saved views of a list as toggles, each a question the desk asks, with its live answer:
 * "unsigned 3". One of them is always on. When there is no room they scroll sideways.
 */
struct _JpViewBar
{
  GtkWidget parent_instance;

  GtkWidget *scroller; /* (owned): the only child */
  GtkBox    *box;      /* (borrowed): in the scroller */

  GPtrArray *views;    /* (owned) (element-type View) */
  gsize      selected; /* index; valid if there are views */
};

typedef struct
{
  char            *name;   /* (owned) */
  char            *title;  /* (owned) */
  gint64           n_rows; /* JP_VIEW_BAR_NO_COUNT = unknown */
  GtkToggleButton *button; /* (borrowed): in the box */
} View;

typedef enum {
  PROP_SELECTED = 1,
} JpViewBarProperty;

G_DEFINE_FINAL_TYPE (JpViewBar, jp_view_bar, GTK_TYPE_WIDGET)

static GParamSpec *properties[PROP_SELECTED + 1];

static void
view_free (View *view)
{
  g_free (view->name);
  g_free (view->title);
  g_free (view);
}

static View *
find_view (JpViewBar *self, const char *name, guint *out_index)
{
  for (guint i = 0; i < self->views->len; i++)
    {
      View *view = g_ptr_array_index (self->views, i);

      if (g_strcmp0 (view->name, name) == 0)
        {
          *out_index = i;
          return view;
        }
    }

  return NULL;
}

static void
update_label (View *view)
{
  g_autofree char *label = NULL;

  if (view->n_rows == JP_VIEW_BAR_NO_COUNT)
    {
      label = g_strdup (view->title);
    }
  else
    {
      g_autofree char *count = jp_count_format (view->n_rows);

      /* Translators: a saved view and how many rows it has, e.g. "unsigned 3". */
      label = g_strdup_printf (C_ ("saved view", "%s %s"), view->title, count);
    }

  gtk_button_set_label (GTK_BUTTON (view->button), label);
}

static void
scroll_to (JpViewBar *self, GtkWidget *button)
{
  GtkAdjustment *adjustment =
    gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (button, GTK_WIDGET (self->box), &bounds))
    gtk_adjustment_clamp_page (adjustment, (double)bounds.origin.x,
                               (double)(bounds.origin.x + bounds.size.width));
}

static void
toggled_cb (JpViewBar *self, GtkToggleButton *button)
{
  g_assert (JP_IS_VIEW_BAR (self));

  if (!gtk_toggle_button_get_active (button))
    return;

  for (guint i = 0; i < self->views->len; i++)
    {
      View *view = g_ptr_array_index (self->views, i);

      if (view->button == button && self->selected != i)
        {
          self->selected = i;
          scroll_to (self, GTK_WIDGET (button));
          g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
        }
    }
}

static void
jp_view_bar_dispose (GObject *object)
{
  JpViewBar *self = JP_VIEW_BAR (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (jp_view_bar_parent_class)->dispose (object);
}

static void
jp_view_bar_finalize (GObject *object)
{
  JpViewBar *self = JP_VIEW_BAR (object);

  g_clear_pointer (&self->views, g_ptr_array_unref);

  G_OBJECT_CLASS (jp_view_bar_parent_class)->finalize (object);
}

static void
jp_view_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  JpViewBar *self = JP_VIEW_BAR (object);

  switch ((JpViewBarProperty)id)
    {
    case PROP_SELECTED:
      g_value_set_string (value, jp_view_bar_get_selected (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
jp_view_bar_class_init (JpViewBarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = jp_view_bar_dispose;
  object_class->finalize = jp_view_bar_finalize;
  object_class->get_property = jp_view_bar_get_property;

  /**
   * JpViewBar:selected:
   *
   * The name of the view that is on.
   */
  properties[PROP_SELECTED] =
    g_param_spec_string ("selected", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "viewbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_RADIO_GROUP);
}

static void
jp_view_bar_init (JpViewBar *self)
{
  self->views = g_ptr_array_new_with_free_func ((GDestroyNotify)view_free);
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->box));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Saved views"), -1);
}

/**
 * jp_view_bar_new:
 *
 * Returns: (transfer floating): a new bar without views
 */
GtkWidget *
jp_view_bar_new (void)
{
  return g_object_new (JP_TYPE_VIEW_BAR, NULL);
}

/**
 * jp_view_bar_add:
 * @self: a bar
 * @name: what code calls the view; not there yet
 * @title: its title, translated
 *
 * Adds a view at the end; the first one is on.
 */
void
jp_view_bar_add (JpViewBar *self, const char *name, const char *title)
{
  g_return_if_fail (JP_IS_VIEW_BAR (self));
  g_return_if_fail (name != NULL);
  g_return_if_fail (title != NULL);
  g_return_if_fail (!jp_view_bar_has (self, name));

  View *view = g_new0 (View, 1);
  view->name = g_strdup (name);
  view->title = g_strdup (title);
  view->n_rows = JP_VIEW_BAR_NO_COUNT;
  view->button = GTK_TOGGLE_BUTTON (gtk_toggle_button_new ());
  update_label (view);

  gtk_widget_add_css_class (GTK_WIDGET (view->button), "flat");
  if (self->views->len > 0)
    {
      View *first = g_ptr_array_index (self->views, 0);

      gtk_toggle_button_set_group (view->button, first->button);
    }
  else
    {
      gtk_toggle_button_set_active (view->button, TRUE);
    }

  g_signal_connect_object (view->button, "toggled", G_CALLBACK (toggled_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (self->box, GTK_WIDGET (view->button));
  g_ptr_array_add (self->views, view);
  if (self->views->len == 1)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

/**
 * jp_view_bar_set_count:
 * @self: a bar
 * @name: the name of a view; unknown ones are ignored
 * @n_rows: how many rows it has, or %JP_VIEW_BAR_NO_COUNT
 *
 * Shows how many rows a view has.
 */
void
jp_view_bar_set_count (JpViewBar *self, const char *name, gint64 n_rows)
{
  g_return_if_fail (JP_IS_VIEW_BAR (self));
  g_return_if_fail (n_rows >= JP_VIEW_BAR_NO_COUNT);

  guint index = 0;
  View *view = find_view (self, name, &index);

  if (view == NULL || view->n_rows == n_rows)
    return;

  view->n_rows = n_rows;
  update_label (view);
}

/**
 * jp_view_bar_has:
 * @self: a bar
 * @name: (nullable): a name
 *
 * Returns: whether there is a view of that name
 */
gboolean
jp_view_bar_has (JpViewBar *self, const char *name)
{
  g_return_val_if_fail (JP_IS_VIEW_BAR (self), FALSE);

  guint index = 0;

  return find_view (self, name, &index) != NULL;
}

/**
 * jp_view_bar_get_selected:
 * @self: a bar
 *
 * Returns: (transfer none) (nullable): the name of the view that is on; %NULL if there are none
 */
const char *
jp_view_bar_get_selected (JpViewBar *self)
{
  g_return_val_if_fail (JP_IS_VIEW_BAR (self), NULL);

  if (self->views->len == 0)
    return NULL;

  View *view = g_ptr_array_index (self->views, self->selected);

  return view->name;
}

/**
 * jp_view_bar_set_selected:
 * @self: a bar
 * @name: (nullable): the name of a view
 *
 * Turns a view on.
 *
 * Returns: %FALSE if there is none of that name
 */
gboolean
jp_view_bar_set_selected (JpViewBar *self, const char *name)
{
  g_return_val_if_fail (JP_IS_VIEW_BAR (self), FALSE);

  guint index = 0;
  View *view = find_view (self, name, &index);

  if (view == NULL)
    return FALSE;

  gtk_toggle_button_set_active (view->button, TRUE);
  return TRUE;
}

/**
 * jp_view_bar_is_first:
 * @self: a bar
 *
 * Returns: whether the first view is on, usually the one of all rows
 */
gboolean
jp_view_bar_is_first (JpViewBar *self)
{
  g_return_val_if_fail (JP_IS_VIEW_BAR (self), FALSE);

  return self->selected == 0;
}

/**
 * jp_view_bar_get_n_views:
 * @self: a bar
 *
 * Returns: how many views there are
 */
guint
jp_view_bar_get_n_views (JpViewBar *self)
{
  g_return_val_if_fail (JP_IS_VIEW_BAR (self), 0);

  return self->views->len;
}
