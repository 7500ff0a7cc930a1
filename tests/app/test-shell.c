/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-application.h"
#include "jp-fake-page.h"
#include "jp-place.h"
#include "jp-ui-test.h"

static void
count_free_cb (gpointer user_data)
{
  guint *n_freed = user_data;

  (*n_freed)++;
}

static GtkWidget *
make_numbered_cb (gpointer user_data)
{
  return jp_fake_page_new ((gpointer) "numbered");
}

static void
test_place_table (void)
{
  gsize          n_places = 0;
  const JpPlace *places = jp_place_get_all (&n_places);

  g_assert_cmpuint (n_places, ==, 14);
  for (gsize i = 0; i < n_places; i++)
    {
      g_assert_true (jp_place_find (places[i].name) == &places[i]);
      g_assert_cmpstr (jp_place_get_title (&places[i]), !=, "");
      if (i > 0)
        g_assert_cmpint (places[i].group, >=, places[i - 1].group);
    }

  g_assert_null (jp_place_find ("nowhere"));
  g_assert_null (jp_place_find (NULL));
  g_assert_null (jp_place_get_group_title (JP_PLACE_GROUP_TODAY));
  g_assert_cmpstr (jp_place_get_group_title (JP_PLACE_GROUP_MONEY), ==, "Money");
}

static void
test_registry (void)
{
  JpPageRegistry *registry = jp_page_registry_new ();
  guint           n_freed = 0;

  g_assert_false (jp_page_registry_has (registry, "today"));
  g_assert_null (jp_page_registry_create (registry, "today"));

  jp_page_registry_add (registry, "today", make_numbered_cb, &n_freed, count_free_cb);
  jp_page_registry_add (registry, "today", make_numbered_cb, &n_freed, count_free_cb);
  g_assert_cmpuint (n_freed, ==, 1);
  g_assert_true (jp_page_registry_has (registry, "today"));

  GtkWidget *page = g_object_ref_sink (jp_page_registry_create (registry, "today"));
  g_assert_true (JP_IS_FAKE_PAGE (page));
  g_assert_finalize_object (page);

  g_assert_finalize_object (registry);
  g_assert_cmpuint (n_freed, ==, 2);
}

static JpApplication *
start_application (void)
{
  JpApplication  *application = jp_application_new (G_APPLICATION_NON_UNIQUE);
  JpPageRegistry *registry = jp_application_get_pages (application);
  g_autoptr (GError) error = NULL;

  jp_page_registry_add (registry, "today", jp_fake_page_new, (gpointer) "Today page", NULL);
  jp_page_registry_add (registry, "trainees", jp_fake_page_new, (gpointer) "Trainees page", NULL);
  jp_page_registry_add (registry, "sync", jp_fake_page_new, (gpointer) "Sync page", NULL);

  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_assert_no_error (error);
  g_application_activate (G_APPLICATION (application));
  jp_ui_test_settle ();
  return application;
}

static void
stop_application (JpApplication *application)
{
  JpWindow *window = jp_application_get_window (application);

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&window);
  gtk_window_destroy (GTK_WINDOW (window));
  jp_ui_test_settle ();
  g_assert_null (window);
  jp_ui_test_end_application (G_APPLICATION (application));
}

static void
test_navigation (void)
{
  JpApplication *application = start_application ();
  JpWindow      *window = jp_application_get_window (application);

  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Today page – Jiapei School");

  JpPage *today = jp_window_get_page (window);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.go", "s", "trainees"));
  g_assert_cmpstr (jp_window_get_place (window), ==, "trainees");

  /* A place without a page changes nothing. */
  g_assert_false (jp_window_show_place (window, "refunds", NULL, NULL));
  g_assert_cmpstr (jp_window_get_place (window), ==, "trainees");

  /* A page is made once. */
  g_assert_true (jp_window_show_place (window, "today", NULL, NULL));
  g_assert_true (jp_window_get_page (window) == today);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.show", "(sss)", "trainees",
                                             "unsigned", "0190"));
  g_autofree char *log = jp_fake_page_dup_log (JP_FAKE_PAGE (jp_window_get_page (window)));
  g_assert_cmpstr (log, ==, "view:unsigned item:0190 ");

  stop_application (application);
}

static void
test_commands (void)
{
  JpApplication *application = start_application ();
  JpWindow      *window = jp_application_get_window (application);
  JpFakePage    *page = JP_FAKE_PAGE (jp_window_get_page (window));

  gtk_widget_activate_action (GTK_WIDGET (window), "win.new", NULL);
  g_autofree char *nothing = jp_fake_page_dup_log (page);
  g_assert_cmpstr (nothing, ==, "");

  jp_fake_page_set_commands (page, JP_COMMAND_NEW | JP_COMMAND_UNDO);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.new", NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.delete", NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.search", NULL);
  g_autofree char *some = jp_fake_page_dup_log (page);
  g_assert_cmpstr (some, ==, "perform:1 perform:8 search ");

  /* What the next page cannot do is not possible there. */
  jp_window_show_place (window, "sync", NULL, NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.new", NULL);
  g_autofree char *other = jp_fake_page_dup_log (JP_FAKE_PAGE (jp_window_get_page (window)));
  g_assert_cmpstr (other, ==, "");

  stop_application (application);
}

static void
test_keys (void)
{
  JpApplication *application = start_application ();
  const char    *pairs[][2] = {
       { "win.search", "<Control>k" },
       { "win.new", "<Control>n" },
       { "win.edit", "F2" },
       { "win.print", "<Control>p" },
       { "win.export", "<Control>e" },
       { "win.veil", "F9" },
       { "app.sync-now", "F5" },
       { "win.go::today", "<Alt>1" },
       { "app.quit", "<Control>q" },
       { "win.go::trainees", "<Alt>2" },
       { "win.go::statements", "<Alt>9" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_auto (GStrv) accels =
        gtk_application_get_accels_for_action (GTK_APPLICATION (application), pairs[i][0]);

      g_assert_cmpstr (accels[0], ==, pairs[i][1]);
    }

  stop_application (application);
}

static void
count_cb (guint *n_calls)
{
  (*n_calls)++;
}

static void
test_sync_request (void)
{
  JpApplication *application = start_application ();
  guint          n_requests = 0;

  g_signal_connect_swapped (application, "sync-requested", G_CALLBACK (count_cb), &n_requests);
  g_action_group_activate_action (G_ACTION_GROUP (application), "sync-now", NULL);
  g_assert_cmpuint (n_requests, ==, 0);

  jp_application_set_can_sync (application, TRUE);
  g_action_group_activate_action (G_ACTION_GROUP (application), "sync-now", NULL);
  g_assert_cmpuint (n_requests, ==, 1);

  stop_application (application);
}

static void
test_sidebar (void)
{
  JpApplication *application = start_application ();
  JpWindow      *window = jp_application_get_window (application);
  JpSidebar     *sidebar = jp_window_get_sidebar (window);

  jp_sidebar_set_school (sidebar, "School", "Grade 1 · Mudan");
  jp_sidebar_set_badge (sidebar, "trainees", 1200, JP_TINT_INFO);
  jp_sidebar_set_badge (sidebar, "trainees", 0, JP_TINT_INFO);
  jp_sidebar_set_badge (sidebar, "refunds", 3, JP_TINT_WARN);
  jp_sidebar_set_sync_state (sidebar, JP_TINT_WARN, "Offline", "since 12 min");
  jp_sidebar_set_sync_state (sidebar, JP_TINT_MUTE, NULL, NULL);

  /* Selecting in the sidebar switches the page. */
  jp_sidebar_set_selected (sidebar, "sync");
  g_assert_cmpstr (jp_window_get_place (window), ==, "sync");
  g_assert_true (jp_sidebar_focus (sidebar));

  stop_application (application);
}

static void
test_state (void)
{
  g_autoptr (GSettings) settings = g_settings_new (JP_APP_ID);
  int width = 0;
  int height = 0;

  g_settings_set_int (settings, "window-width", 1111);
  JpApplication *application = start_application ();
  JpWindow      *window = jp_application_get_window (application);

  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  g_assert_cmpint (width, ==, 1111);
  jp_window_show_place (window, "sync", NULL, NULL);
  stop_application (application);

  /* The next window opens where this one was. */
  application = start_application ();
  g_assert_cmpstr (jp_window_get_place (jp_application_get_window (application)), ==, "sync");
  stop_application (application);

  /* A place that has no page any more. */
  g_settings_set_string (settings, "last-page", "refunds");
  application = start_application ();
  g_assert_cmpstr (jp_window_get_place (jp_application_get_window (application)), ==, "today");
  stop_application (application);
}

static void
test_color_scheme (void)
{
  g_autoptr (GSettings) settings = g_settings_new (JP_APP_ID);
  AdwStyleManager *style = adw_style_manager_get_default ();
  JpApplication   *application = start_application ();

  g_settings_set_string (settings, "color-scheme", "dark");
  g_assert_true (adw_style_manager_get_dark (style));
  g_settings_set_string (settings, "color-scheme", "light");
  g_assert_false (adw_style_manager_get_dark (style));
  g_settings_reset (settings, "color-scheme");
  g_assert_cmpint (adw_style_manager_get_color_scheme (style), ==, ADW_COLOR_SCHEME_DEFAULT);
  stop_application (application);
}

static void
test_veil (void)
{
  JpApplication *application = start_application ();
  JpWindow      *window = jp_application_get_window (application);
  GtkWidget     *sidebar = GTK_WIDGET (jp_window_get_sidebar (window));

  gtk_widget_activate_action (GTK_WIDGET (window), "win.veil", NULL);
  jp_ui_test_settle ();
  g_assert_false (gtk_widget_get_mapped (sidebar));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.veil", NULL);
  jp_ui_test_settle ();
  g_assert_true (gtk_widget_get_mapped (sidebar));
  stop_application (application);
}

int
main (int argc, char *argv[])
{
  jp_ui_test_init (&argc, &argv);

  g_test_add_func ("/app/place/table", test_place_table);
  g_test_add_func ("/app/page-registry/add", test_registry);
  g_test_add_func ("/app/window/navigation", test_navigation);
  g_test_add_func ("/app/window/commands", test_commands);
  g_test_add_func ("/app/window/state", test_state);
  g_test_add_func ("/app/window/veil", test_veil);
  g_test_add_func ("/app/application/color-scheme", test_color_scheme);
  g_test_add_func ("/app/application/keys", test_keys);
  g_test_add_func ("/app/application/sync-request", test_sync_request);
  g_test_add_func ("/app/sidebar/set", test_sidebar);

  return g_test_run ();
}
