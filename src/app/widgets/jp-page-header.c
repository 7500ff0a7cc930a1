/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-page-header.h"

#include <glib/gi18n-lib.h>

/**
 * JpPageHeader:
 *
 * The header bar of a page: title with a line below, the page's buttons, and a menu whose last
 * section is the program's. When the window is too narrow for the sidebar it has a button that
 * shows it. Buttons packed with [method@Jp.PageHeader.pack_end] stand before the menu.
 */
struct _JpPageHeader
{
  GtkWidget parent_instance;

  AdwHeaderBar   *bar;     /* template child */
  AdwWindowTitle *title;   /* template child */
  GtkBox         *start;   /* template child */
  GtkBox         *end;     /* template child */
  GtkWidget      *sidebar; /* template child: button */
  GtkMenuButton  *menu;    /* template child */

  GMenuModel    *section; /* (owned) (nullable): what the page puts into the menu */
  GBindingGroup *leaflet; /* (owned): its source is the leaflet around the page, if any */
};

typedef enum {
  PROP_TITLE = 1,
  PROP_SUBTITLE,
  PROP_SHOW_END_TITLE_BUTTONS,
} JpPageHeaderProperty;

static void buildable_iface_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JpPageHeader,
                               jp_page_header,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_iface_init))

static GParamSpec        *properties[PROP_SHOW_END_TITLE_BUTTONS + 1];
static GtkBuildableIface *parent_buildable_iface;

static GMenuModel *
create_app_section (void)
{
  GMenu *section = g_menu_new ();
  g_autoptr (GMenuItem) import = g_menu_item_new (_ ("Import…"), "win.import");

  g_menu_item_set_attribute (import, "hidden-when", "s", "action-disabled");
  g_menu_append_item (section, import);
  g_menu_append (section, _ ("Preferences"), "app.preferences");
  g_menu_append (section, _ ("Keyboard Shortcuts"), "win.show-help-overlay");
  g_menu_append (section, _ ("About Jiapei School"), "app.about");
  g_menu_append (section, _ ("Quit"), "app.quit");
  return G_MENU_MODEL (section);
}

/* A popover with its items takes as long as five rows of a table, and most menus are never opened.
 */
static void
create_menu_cb (GtkMenuButton *button, gpointer user_data)
{
  JpPageHeader *self = JP_PAGE_HEADER (user_data);
  g_autoptr (GMenu) whole = NULL;
  g_autoptr (GMenuModel) app_section = NULL;

  if (gtk_menu_button_get_menu_model (button) != NULL)
    return;

  whole = g_menu_new ();
  app_section = create_app_section ();
  if (self->section != NULL)
    g_menu_append_section (whole, NULL, self->section);
  g_menu_append_section (whole, NULL, app_section);
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (whole));
}

static void
jp_page_header_root (GtkWidget *widget)
{
  JpPageHeader *self = JP_PAGE_HEADER (widget);

  GTK_WIDGET_CLASS (jp_page_header_parent_class)->root (widget);

  g_binding_group_set_source (self->leaflet, gtk_widget_get_ancestor (widget, ADW_TYPE_LEAFLET));
}

static void
jp_page_header_unroot (GtkWidget *widget)
{
  JpPageHeader *self = JP_PAGE_HEADER (widget);

  if (self->leaflet != NULL)
    g_binding_group_set_source (self->leaflet, NULL);

  GTK_WIDGET_CLASS (jp_page_header_parent_class)->unroot (widget);
}

static void
jp_page_header_add_child (GtkBuildable *buildable,
                          GtkBuilder   *builder,
                          GObject      *child,
                          const char   *type)
{
  JpPageHeader *self = JP_PAGE_HEADER (buildable);

  if (self->start != NULL && g_strcmp0 (type, "start") == 0)
    jp_page_header_pack_start (self, GTK_WIDGET (child));
  else if (self->end != NULL && g_strcmp0 (type, "end") == 0)
    jp_page_header_pack_end (self, GTK_WIDGET (child));
  else
    parent_buildable_iface->add_child (buildable, builder, child, type);
}

static void
buildable_iface_init (GtkBuildableIface *iface)
{
  parent_buildable_iface = g_type_interface_peek_parent (iface);
  iface->add_child = jp_page_header_add_child;
}

static void
jp_page_header_dispose (GObject *object)
{
  JpPageHeader *self = JP_PAGE_HEADER (object);

  g_clear_object (&self->leaflet);
  g_clear_object (&self->section);
  gtk_widget_dispose_template (GTK_WIDGET (self), JP_TYPE_PAGE_HEADER);

  G_OBJECT_CLASS (jp_page_header_parent_class)->dispose (object);
}

static void
jp_page_header_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  JpPageHeader *self = JP_PAGE_HEADER (object);

  switch ((JpPageHeaderProperty)id)
    {
    case PROP_TITLE:
      g_value_set_string (value, jp_page_header_get_title (self));
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, jp_page_header_get_subtitle (self));
      break;
    case PROP_SHOW_END_TITLE_BUTTONS:
      g_value_set_boolean (value, adw_header_bar_get_show_end_title_buttons (self->bar));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
jp_page_header_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  JpPageHeader *self = JP_PAGE_HEADER (object);

  switch ((JpPageHeaderProperty)id)
    {
    case PROP_TITLE:
      jp_page_header_set_title (self, g_value_get_string (value));
      break;
    case PROP_SUBTITLE:
      jp_page_header_set_subtitle (self, g_value_get_string (value));
      break;
    case PROP_SHOW_END_TITLE_BUTTONS:
      if (adw_header_bar_get_show_end_title_buttons (self->bar) != g_value_get_boolean (value))
        {
          adw_header_bar_set_show_end_title_buttons (self->bar, g_value_get_boolean (value));
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
jp_page_header_class_init (JpPageHeaderClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags     flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = jp_page_header_dispose;
  object_class->get_property = jp_page_header_get_property;
  object_class->set_property = jp_page_header_set_property;
  widget_class->root = jp_page_header_root;
  widget_class->unroot = jp_page_header_unroot;

  /**
   * JpPageHeader:title:
   *
   * The page, translated.
   */
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  /**
   * JpPageHeader:subtitle:
   *
   * A count or a period, translated.
   */
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, "", flags);
  /**
   * JpPageHeader:show-end-title-buttons:
   *
   * Whether the window's buttons are here and not in the pane beside.
   */
  properties[PROP_SHOW_END_TITLE_BUTTONS] =
    g_param_spec_boolean ("show-end-title-buttons", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               JP_RESOURCE_PREFIX "/widgets/jp-page-header.ui");
  gtk_widget_class_bind_template_child (widget_class, JpPageHeader, bar);
  gtk_widget_class_bind_template_child (widget_class, JpPageHeader, title);
  gtk_widget_class_bind_template_child (widget_class, JpPageHeader, start);
  gtk_widget_class_bind_template_child (widget_class, JpPageHeader, end);
  gtk_widget_class_bind_template_child (widget_class, JpPageHeader, sidebar);
  gtk_widget_class_bind_template_child (widget_class, JpPageHeader, menu);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
jp_page_header_init (JpPageHeader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->leaflet = g_binding_group_new ();
  g_binding_group_bind (self->leaflet, "folded", self->sidebar, "visible", G_BINDING_SYNC_CREATE);
  /* Beside the sidebar, buttons at the start of the window are the sidebar's. */
  g_binding_group_bind (self->leaflet, "folded", self->bar, "show-start-title-buttons",
                        G_BINDING_SYNC_CREATE);
  gtk_menu_button_set_create_popup_func (self->menu, create_menu_cb, self, NULL);
}

/**
 * jp_page_header_new:
 *
 * Returns: (transfer floating): a new header without buttons
 */
GtkWidget *
jp_page_header_new (void)
{
  return g_object_new (JP_TYPE_PAGE_HEADER, NULL);
}

/**
 * jp_page_header_set_title:
 * @self: a header
 * @title: (nullable): the page, translated
 *
 * Changes the title.
 */
void
jp_page_header_set_title (JpPageHeader *self, const char *title)
{
  g_return_if_fail (JP_IS_PAGE_HEADER (self));

  if (title == NULL)
    title = "";
  if (strcmp (adw_window_title_get_title (self->title), title) == 0)
    return;

  adw_window_title_set_title (self->title, title);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/**
 * jp_page_header_get_title:
 * @self: a header
 *
 * Returns: (transfer none): the title
 */
const char *
jp_page_header_get_title (JpPageHeader *self)
{
  g_return_val_if_fail (JP_IS_PAGE_HEADER (self), "");

  return adw_window_title_get_title (self->title);
}

/**
 * jp_page_header_set_subtitle:
 * @self: a header
 * @subtitle: (nullable): a count or a period, translated
 *
 * Changes the line below the title.
 */
void
jp_page_header_set_subtitle (JpPageHeader *self, const char *subtitle)
{
  g_return_if_fail (JP_IS_PAGE_HEADER (self));

  if (subtitle == NULL)
    subtitle = "";
  if (strcmp (adw_window_title_get_subtitle (self->title), subtitle) == 0)
    return;

  adw_window_title_set_subtitle (self->title, subtitle);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
}

/**
 * jp_page_header_get_subtitle:
 * @self: a header
 *
 * Returns: (transfer none): the line below the title
 */
const char *
jp_page_header_get_subtitle (JpPageHeader *self)
{
  g_return_val_if_fail (JP_IS_PAGE_HEADER (self), "");

  return adw_window_title_get_subtitle (self->title);
}

/**
 * jp_page_header_set_menu:
 * @self: a header
 * @menu: (nullable) (transfer none): what this page has to offer
 *
 * Puts the page's section into the menu, before the program's.
 */
void
jp_page_header_set_menu (JpPageHeader *self, GMenuModel *menu)
{
  g_return_if_fail (JP_IS_PAGE_HEADER (self));
  g_return_if_fail (menu == NULL || G_IS_MENU_MODEL (menu));

  g_set_object (&self->section, menu);
  gtk_menu_button_set_menu_model (self->menu, NULL); /* made anew when it is opened */
}

/**
 * jp_page_header_pack_start:
 * @self: a header
 * @child: a button
 *
 * Adds a button at the start, after those already there.
 */
void
jp_page_header_pack_start (JpPageHeader *self, GtkWidget *child)
{
  g_return_if_fail (JP_IS_PAGE_HEADER (self));
  g_return_if_fail (GTK_IS_WIDGET (child));

  gtk_box_append (self->start, child);
}

/**
 * jp_page_header_pack_end:
 * @self: a header
 * @child: a button
 *
 * Adds a button at the end, after those already there and before the menu.
 */
void
jp_page_header_pack_end (JpPageHeader *self, GtkWidget *child)
{
  g_return_if_fail (JP_IS_PAGE_HEADER (self));
  g_return_if_fail (GTK_IS_WIDGET (child));

  gtk_box_append (self->end, child);
}
