/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-window-private.h"

#include "jp-place.h"

#include <glib/gi18n-lib.h>

/**
 * JpWindow:
 *
 * The window: the sidebar and one page at a time. It makes a page at the first visit, switches
 * between them and offers their commands as actions; what a page shows is the page's business.
 */
typedef enum {
  PROP_REGISTRY = 1,
} JpWindowProperty;

G_DEFINE_FINAL_TYPE (JpWindow, jp_window, ADW_TYPE_APPLICATION_WINDOW)

static GParamSpec *properties[PROP_REGISTRY + 1];

static void
update_title (JpWindow *self)
{
  JpPage          *page = jp_window_get_page (self);
  g_autofree char *page_title = page != NULL ? jp_page_dup_title (page) : NULL;
  g_autofree char *title = NULL;

  if (page_title != NULL)
    /* Translators: window title: the page, then the program. */
    title = g_strdup_printf (_ ("%s – Jiapei School"), page_title);

  gtk_window_set_title (GTK_WINDOW (self), title != NULL ? title : _ ("Jiapei School"));
}

static void
commands_changed_cb (JpWindow *self)
{
  g_assert (JP_IS_WINDOW (self));

  update_title (self);
  jp_window_update_actions (self);
}

static void
visible_page_changed_cb (JpWindow *self)
{
  g_assert (JP_IS_WINDOW (self));

  if (self->page == NULL)
    return;

  g_signal_group_set_target (self->page, jp_window_get_page (self));
  commands_changed_cb (self);
  jp_window_save_place (self);
}

static void
place_selected_cb (JpWindow *self, const char *place_name)
{
  g_assert (JP_IS_WINDOW (self));

  jp_window_show_place (self, place_name, NULL, NULL);
}

static void
place_activated_cb (JpWindow *self, const char *place_name)
{
  g_assert (JP_IS_WINDOW (self));

  jp_window_show_place (self, place_name, NULL, NULL);
  jp_window_enter_page (self);
}

static void
jp_window_constructed (GObject *object)
{
  JpWindow *self = JP_WINDOW (object);

  G_OBJECT_CLASS (jp_window_parent_class)->constructed (object);

  self->page = g_signal_group_new (JP_TYPE_PAGE);
  g_signal_group_connect_swapped (self->page, "commands-changed", G_CALLBACK (commands_changed_cb),
                                  self);

  jp_sidebar_fill (self->sidebar, self->registry);
  jp_window_restore_state (self);
  commands_changed_cb (self);
}

static void
jp_window_dispose (GObject *object)
{
  JpWindow *self = JP_WINDOW (object);

  if (self->page != NULL)
    g_signal_group_set_target (self->page, NULL);
  g_clear_object (&self->page);
  g_clear_object (&self->registry);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), JP_TYPE_WINDOW);

  G_OBJECT_CLASS (jp_window_parent_class)->dispose (object);
}

static void
jp_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  JpWindow *self = JP_WINDOW (object);

  switch ((JpWindowProperty)id)
    {
    case PROP_REGISTRY:
      g_value_set_object (value, self->registry);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
jp_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  JpWindow *self = JP_WINDOW (object);

  switch ((JpWindowProperty)id)
    {
    case PROP_REGISTRY:
      self->registry = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
jp_window_class_init (JpWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = jp_window_constructed;
  object_class->dispose = jp_window_dispose;
  object_class->get_property = jp_window_get_property;
  object_class->set_property = jp_window_set_property;

  /**
   * JpWindow:registry:
   *
   * Knows the page of each place.
   */
  properties[PROP_REGISTRY] =
    g_param_spec_object ("registry", NULL, NULL, JP_TYPE_PAGE_REGISTRY,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  jp_window_class_install_actions (widget_class);

  g_type_ensure (JP_TYPE_SIDEBAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               JP_RESOURCE_PREFIX "/shell/jp-window.ui");
  gtk_widget_class_bind_template_child (widget_class, JpWindow, curtain);
  gtk_widget_class_bind_template_child (widget_class, JpWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, JpWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, JpWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, JpWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, JpWindow, pages);
  gtk_widget_class_bind_template_callback (widget_class, visible_page_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_activated_cb);
}

static void
jp_window_init (JpWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jp_window_new:
 * @application: the application
 * @registry: knows the page of each place; filled before
 *
 * Makes the window and shows the first place.
 *
 * Returns: (transfer none): a new window, owned by GTK
 */
JpWindow *
jp_window_new (GtkApplication *application, JpPageRegistry *registry)
{
  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (JP_IS_PAGE_REGISTRY (registry), NULL);

  return g_object_new (JP_TYPE_WINDOW, "application", application, "registry", registry, NULL);
}

/**
 * jp_window_get_sidebar:
 * @self: a window
 *
 * Returns: (transfer none): its sidebar, to set school, badges and sync state
 */
JpSidebar *
jp_window_get_sidebar (JpWindow *self)
{
  g_return_val_if_fail (JP_IS_WINDOW (self), NULL);

  return self->sidebar;
}

/**
 * jp_window_get_page:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the visible page
 */
JpPage *
jp_window_get_page (JpWindow *self)
{
  g_return_val_if_fail (JP_IS_WINDOW (self), NULL);

  return self->pages != NULL ? (JpPage *)gtk_stack_get_visible_child (self->pages) : NULL;
}

/**
 * jp_window_get_place:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the name of the visible page's place
 */
const char *
jp_window_get_place (JpWindow *self)
{
  g_return_val_if_fail (JP_IS_WINDOW (self), NULL);

  return gtk_stack_get_visible_child_name (self->pages);
}

/**
 * jp_window_show_place:
 * @self: a window
 * @place_name: the name of a place
 * @view_name: (nullable): the saved view to show there
 * @item_id: (nullable): the row to open there
 *
 * Goes to a place, and makes its page if this is the first visit.
 *
 * Returns: %FALSE if the place has no page
 */
gboolean
jp_window_show_place (JpWindow   *self,
                      const char *place_name,
                      const char *view_name,
                      const char *item_id)
{
  g_return_val_if_fail (JP_IS_WINDOW (self), FALSE);
  g_return_val_if_fail (place_name != NULL, FALSE);

  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, place_name);

  if (page == NULL)
    {
      page = jp_page_registry_create (self->registry, place_name);
      if (page == NULL)
        return FALSE;
      gtk_stack_add_named (self->pages, page, place_name);
    }

  gtk_stack_set_visible_child (self->pages, page);
  jp_sidebar_set_selected (self->sidebar, place_name);
  if (view_name != NULL)
    jp_page_set_filter (JP_PAGE (page), view_name);
  if (item_id != NULL)
    jp_page_show_item (JP_PAGE (page), item_id);

  return TRUE;
}

/**
 * jp_window_add_toast:
 * @self: a window
 * @toast: (transfer full): a toast; an undo button has the action `win.undo`
 *
 * Says what just happened.
 */
void
jp_window_add_toast (JpWindow *self, AdwToast *toast)
{
  g_return_if_fail (JP_IS_WINDOW (self));
  g_return_if_fail (ADW_IS_TOAST (toast));

  adw_toast_overlay_add_toast (self->toasts, toast);
}
