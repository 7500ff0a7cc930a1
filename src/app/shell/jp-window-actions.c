/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-window-private.h"

#include "jp-place.h"

/* The page commands as actions. Keys that a text field needs for itself are bound on the window,
 * where they arrive only if the field did not want them; accelerators of the application would
 * come first. */
static const struct
{
  const char     *action_name;
  JpCommands      command;
  guint           keyval; /* 0 = an accelerator of the application */
  GdkModifierType modifiers;
} commands[] = {
  { "win.new", JP_COMMAND_NEW, 0, 0 },
  { "win.edit", JP_COMMAND_EDIT, 0, 0 },
  { "win.save", JP_COMMAND_SAVE, GDK_KEY_Return, GDK_CONTROL_MASK },
  { "win.undo", JP_COMMAND_UNDO, GDK_KEY_z, GDK_CONTROL_MASK },
  { "win.delete", JP_COMMAND_DELETE, GDK_KEY_Delete, 0 },
  { "win.print", JP_COMMAND_PRINT, 0, 0 },
  { "win.export", JP_COMMAND_EXPORT, 0, 0 },
  { "win.find", JP_COMMAND_SEARCH, 0, 0 },
  { "win.import", JP_COMMAND_IMPORT, 0, 0 },
};

static void
command_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  JpPage *page = jp_window_get_page (JP_WINDOW (widget));

  if (page == NULL)
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (strcmp (commands[i].action_name, action_name) != 0)
        continue;
      if (commands[i].command == JP_COMMAND_SEARCH)
        jp_page_focus_search (page);
      else
        jp_page_perform (page, commands[i].command);
    }
}

typedef enum {
  SIGNAL_SEARCH_REQUESTED,
} JpWindowSignal;

static guint signals[SIGNAL_SEARCH_REQUESTED + 1];

static void
search_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  JpWindow *self = JP_WINDOW (widget);
  JpPage   *page = jp_window_get_page (self);

  if (g_signal_has_handler_pending (self, signals[SIGNAL_SEARCH_REQUESTED], 0, FALSE))
    {
      g_signal_emit (self, signals[SIGNAL_SEARCH_REQUESTED], 0);
      return;
    }
  /* A page without a search of its own leads to the people, which is whom one looks for. */
  if (page != NULL && jp_page_focus_search (page))
    return;
  if (jp_window_show_place (self, "trainees", NULL, NULL))
    jp_page_focus_search (jp_window_get_page (self));
}

static void
go_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  JpWindow *self = JP_WINDOW (widget);

  jp_window_show_place (self, g_variant_get_string (parameter, NULL), NULL, NULL);
  jp_window_enter_page (self);
}

static void
show_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  JpWindow   *self = JP_WINDOW (widget);
  const char *place_name = NULL;
  const char *view_name = NULL;
  const char *item_id = NULL;

  g_variant_get (parameter, "(&s&s&s)", &place_name, &view_name, &item_id);
  jp_window_show_place (self, place_name, view_name[0] != '\0' ? view_name : NULL,
                        item_id[0] != '\0' ? item_id : NULL);
  jp_window_enter_page (self);
}

static void
show_sidebar_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  JpWindow *self = JP_WINDOW (widget);

  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
  jp_sidebar_focus (self->sidebar);
}

static void
veil_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  JpWindow *self = JP_WINDOW (widget);
  gboolean  veiled = g_str_equal (gtk_stack_get_visible_child_name (self->curtain), "veil");

  gtk_stack_set_visible_child_name (self->curtain, veiled ? "open" : "veil");
}

/* Made when it is asked for: GtkApplication would make it for every start, if it found it. */
static void
show_help_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  GtkApplicationWindow *window = GTK_APPLICATION_WINDOW (widget);

  if (gtk_application_window_get_help_overlay (window) == NULL)
    {
      g_autoptr (GtkBuilder) builder =
        gtk_builder_new_from_resource (JP_RESOURCE_PREFIX "/help-overlay.ui");
      GObject *overlay = gtk_builder_get_object (builder, "help_overlay");

      gtk_application_window_set_help_overlay (window, GTK_SHORTCUTS_WINDOW (overlay));
    }
  gtk_window_present (GTK_WINDOW (gtk_application_window_get_help_overlay (window)));
}

/* The first tick comes before the layout of its frame, the second one after it. */
static gboolean
enter_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  JpWindow *self = JP_WINDOW (widget);
  JpPage   *page = jp_window_get_page (self);

  if (++self->n_enter_ticks < 2)
    return G_SOURCE_CONTINUE;

  self->enter_id = 0;
  self->n_enter_ticks = 0;
  if (page != NULL)
    jp_page_enter (page);
  return G_SOURCE_REMOVE;
}

/**
 * jp_window_enter_page:
 * @self: a window
 *
 * Goes from the sidebar to the page: it gets the focus and, in a narrow window, the room.
 */
void
jp_window_enter_page (JpWindow *self)
{
  g_return_if_fail (JP_IS_WINDOW (self));

  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
  /* A list has no rows to focus before it was laid out for the first time. */
  if (self->enter_id == 0)
    self->enter_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), enter_tick_cb, NULL, NULL);
}

/**
 * jp_window_class_install_actions:
 * @widget_class: the class of the window
 *
 * Installs the actions and those keys that text fields come before.
 */
void
jp_window_class_install_actions (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      gtk_widget_class_install_action (widget_class, commands[i].action_name, NULL, command_cb);
      if (commands[i].keyval != 0)
        gtk_widget_class_add_binding_action (widget_class, commands[i].keyval,
                                             commands[i].modifiers, commands[i].action_name, NULL);
    }

  /**
   * JpWindow::search-requested:
   * @self: the window
   *
   * Somebody wants to search in everything (Ctrl+K). Without a handler the page's own search is
   * used.
   */
  signals[SIGNAL_SEARCH_REQUESTED] =
    g_signal_new ("search-requested", G_TYPE_FROM_CLASS (widget_class), G_SIGNAL_RUN_LAST, 0, NULL,
                  NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_cb);
  gtk_widget_class_install_action (widget_class, "win.go", "s", go_cb);
  gtk_widget_class_install_action (widget_class, "win.show", "(sss)", show_cb);
  gtk_widget_class_install_action (widget_class, "win.show-sidebar", NULL, show_sidebar_cb);
  gtk_widget_class_install_action (widget_class, "win.veil", NULL, veil_cb);
  gtk_widget_class_install_action (widget_class, "win.show-help-overlay", NULL, show_help_cb);
}

/**
 * jp_window_update_actions:
 * @self: a window
 *
 * Enables the commands that the visible page can do now.
 */
void
jp_window_update_actions (JpWindow *self)
{
  g_return_if_fail (JP_IS_WINDOW (self));

  JpPage    *page = jp_window_get_page (self);
  JpCommands possible = page != NULL ? jp_page_get_commands (page) : JP_COMMAND_NONE;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), commands[i].action_name,
                                   (possible & commands[i].command) != 0);
}
