/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-application.h"

#include "jp-attachment-files.h"
#include "jp-place.h"

#include <glib/gi18n-lib.h>

/* Alt+1 … Alt+9. */
#define MAX_PLACE_KEYS 9

/**
 * JpApplication:
 *
 * The program: one instance, its keys and the actions that belong to no page.
 */
struct _JpApplication
{
  AdwApplication parent_instance;

  JpPageRegistry *pages;    /* (owned) */
  GSettings      *settings; /* (owned): from startup on; colours */

  JpApplicationOpener preparer;    /* (nullable): begins before GTK does */
  JpApplicationOpener opener;      /* (nullable): shows the first window */
  gpointer            opener_data; /* (borrowed): for both */
};

typedef enum {
  SIGNAL_SYNC_REQUESTED,
} JpApplicationSignal;

G_DEFINE_FINAL_TYPE (JpApplication, jp_application, ADW_TYPE_APPLICATION)

static guint signals[SIGNAL_SYNC_REQUESTED + 1];

static const struct
{
  const char *action_name;
  const char *accels[3];
} keys[] = {
  { "app.quit", { "<Control>q" } },
  { "app.sync-now", { "F5" } },
  { "win.search", { "<Control>k" } },
  { "win.find", { "<Control>f" } },
  { "win.new", { "<Control>n" } },
  { "win.edit", { "F2" } },
  { "win.print", { "<Control>p" } },
  { "win.export", { "<Control>e" } },
  { "win.import", { "<Control>i" } },
  { "win.veil", { "F9" } },
  { "win.show-help-overlay", { "F1", "<Control>question" } },
};

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JpApplication *self = JP_APPLICATION (user_data);
  JpWindow      *window = jp_application_get_window (self);

  /* Closing lets a window with unsaved work say so; the program ends with its last window. */
  if (window != NULL)
    gtk_window_close (GTK_WINDOW (window));
  else
    g_application_quit (G_APPLICATION (self));
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JpApplication *self = JP_APPLICATION (user_data);

  adw_show_about_window (GTK_WINDOW (jp_application_get_window (self)), "application-name",
                         _ ("Jiapei School"), "application-icon", JP_APP_ID, "version", JP_VERSION,
                         "comments",
                         _ ("The program a driving school's front desk has open all day."),
                         "license-type", GTK_LICENSE_GPL_3_0, NULL);
}

static void
sync_now_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_SYNC_REQUESTED], 0);
}

static const GActionEntry actions[] = {
  { .name = "quit", .activate = quit_cb },
  { .name = "about", .activate = about_cb },
  { .name = "sync-now", .activate = sync_now_cb },
};

static void
set_keys (JpApplication *self)
{
  GtkApplication *application = GTK_APPLICATION (self);
  gsize           n_places = 0;
  const JpPlace  *places = jp_place_get_all (&n_places);

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (application, keys[i].action_name, keys[i].accels);

  for (gsize i = 0; i < MIN (n_places, MAX_PLACE_KEYS); i++)
    {
      g_autofree char *action_name = g_strdup_printf ("win.go::%s", places[i].name);
      g_autofree char *accel = g_strdup_printf ("<Alt>%" G_GSIZE_FORMAT, i + 1);
      const char      *accels[] = { accel, NULL };

      gtk_application_set_accels_for_action (application, action_name, accels);
    }
}

static void
color_scheme_changed_cb (JpApplication *self)
{
  g_assert (JP_IS_APPLICATION (self));

  g_autofree char *name = g_settings_get_string (self->settings, "color-scheme");
  AdwColorScheme   scheme = ADW_COLOR_SCHEME_DEFAULT;

  if (g_str_equal (name, "light"))
    scheme = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_str_equal (name, "dark"))
    scheme = ADW_COLOR_SCHEME_FORCE_DARK;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
}

static void
jp_application_startup (GApplication *application)
{
  JpApplication *self = JP_APPLICATION (application);

  if (self->preparer != NULL)
    self->preparer (self->opener_data);
  G_APPLICATION_CLASS (jp_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  jp_application_set_can_sync (self, FALSE);
  set_keys (self);

  self->settings = g_settings_new (JP_APP_ID);
  g_signal_connect_object (self->settings, "changed::color-scheme",
                           G_CALLBACK (color_scheme_changed_cb), self, G_CONNECT_SWAPPED);
  color_scheme_changed_cb (self);
  jp_attachment_files_clear ();
}

static void
jp_application_shutdown (GApplication *application)
{
  jp_attachment_files_clear ();
  G_APPLICATION_CLASS (jp_application_parent_class)->shutdown (application);
}

static void
jp_application_activate (GApplication *application)
{
  JpApplication *self = JP_APPLICATION (application);
  JpWindow      *window = jp_application_get_window (self);

  if (window == NULL && self->opener != NULL)
    {
      GtkWindow *other = gtk_application_get_active_window (GTK_APPLICATION (self));

      if (other != NULL)
        gtk_window_present (other);
      else
        self->opener (self->opener_data);
      return;
    }
  if (window == NULL)
    window = jp_window_new (GTK_APPLICATION (self), self->pages);
  gtk_window_present (GTK_WINDOW (window));
}

static void
jp_application_finalize (GObject *object)
{
  JpApplication *self = JP_APPLICATION (object);

  g_clear_object (&self->pages);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (jp_application_parent_class)->finalize (object);
}

static void
jp_application_class_init (JpApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = jp_application_finalize;
  application_class->startup = jp_application_startup;
  application_class->shutdown = jp_application_shutdown;
  application_class->activate = jp_application_activate;

  /**
   * JpApplication::sync-requested:
   *
   * Somebody pressed F5. Only emitted while syncing is possible, see
   * [method@Jp.Application.set_can_sync].
   */
  signals[SIGNAL_SYNC_REQUESTED] =
    g_signal_new ("sync-requested", JP_TYPE_APPLICATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
jp_application_init (JpApplication *self)
{
  self->pages = jp_page_registry_new ();
}

/**
 * jp_application_new:
 * @flags: usually %G_APPLICATION_DEFAULT_FLAGS: one instance
 *
 * Returns: (transfer full): the application, without pages
 */
JpApplication *
jp_application_new (GApplicationFlags flags)
{
  return g_object_new (JP_TYPE_APPLICATION, "application-id", JP_APP_ID, "flags", flags,
                       "resource-base-path", JP_RESOURCE_PREFIX, NULL);
}

/**
 * jp_application_set_opener:
 * @self: an application
 * @opener: shows the first window when the program is started or called again
 * @user_data: for @opener; must outlive the application's run
 *
 * Without an opener an empty main window is shown.
 */
void
jp_application_set_opener (JpApplication *self, JpApplicationOpener opener, gpointer user_data)
{
  g_return_if_fail (JP_IS_APPLICATION (self));

  self->opener = opener;
  self->opener_data = user_data;
}

/**
 * jp_application_set_preparer:
 * @self: an application
 * @preparer: called with the opener's data in the first instance, before GTK loads its style
 *
 * GTK needs 40 ms of the main thread for that: what can be done on other threads, such as opening
 * the database, is begun here.
 */
void
jp_application_set_preparer (JpApplication *self, JpApplicationOpener preparer)
{
  g_return_if_fail (JP_IS_APPLICATION (self));

  self->preparer = preparer;
}

/**
 * jp_application_get_pages:
 * @self: an application
 *
 * Returns: (transfer none): where features register their page, before the first window
 */
JpPageRegistry *
jp_application_get_pages (JpApplication *self)
{
  g_return_val_if_fail (JP_IS_APPLICATION (self), NULL);

  return self->pages;
}

/**
 * jp_application_get_window:
 * @self: an application
 *
 * Returns: (transfer none) (nullable): the main window, if there is one
 */
JpWindow *
jp_application_get_window (JpApplication *self)
{
  g_return_val_if_fail (JP_IS_APPLICATION (self), NULL);

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      if (JP_IS_WINDOW (l->data))
        return l->data;
    }

  return NULL;
}

/**
 * jp_application_set_can_sync:
 * @self: an application, started
 * @can_sync: whether this station is enrolled and no sync runs
 *
 * Enables `app.sync-now` (F5).
 */
void
jp_application_set_can_sync (JpApplication *self, gboolean can_sync)
{
  g_return_if_fail (JP_IS_APPLICATION (self));

  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "sync-now");

  g_return_if_fail (action != NULL);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), can_sync);
}
