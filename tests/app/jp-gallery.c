/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* The gallery: the window with every widget and made-up content, for people who design.
 *
 *   jp-gallery             a window to try
 *   jp-gallery FOLDER      screenshots of its pages, light, dark, narrow and large, into FOLDER */

#include "jp-application.h"
#include "jp-gallery-pages.h"
#include "jp-locale.h"
#include "jp-ui-test.h"

static const struct
{
  const char   *place_name;
  JpPageFactory factory;
  const char   *user_data;
} pages[] = {
  { "today", jp_gallery_pages_new_today, NULL },
  { "trainees", jp_gallery_pages_new_trainees, NULL },
  { "contracts", jp_gallery_pages_new_widgets, "empty" },
  { "tiers", jp_gallery_pages_new_widgets, "error" },
  { "hours", jp_gallery_pages_new_widgets, "loading" },
  { "coaches", jp_gallery_pages_new_widgets, "empty" },
  { "vehicles", jp_gallery_pages_new_widgets, "empty" },
  { "terminals", jp_gallery_pages_new_widgets, "empty" },
  { "statements", jp_gallery_pages_new_statements, NULL },
  { "refunds", jp_gallery_pages_new_widgets, "empty" },
  { "finance", jp_gallery_pages_new_widgets, "empty" },
  { "school", jp_gallery_pages_new_form, NULL },
  { "sync", jp_gallery_pages_new_widgets, "empty" },
};

static void
fill_sidebar (JpSidebar *sidebar)
{
  jp_sidebar_set_school (sidebar, "牡丹驾校", "一级 · 牡丹区");
  jp_sidebar_set_badge (sidebar, "today", 7, JP_TINT_INFO);
  jp_sidebar_set_badge (sidebar, "contracts", 3, JP_TINT_INFO);
  jp_sidebar_set_badge (sidebar, "hours", 2, JP_TINT_INFO);
  jp_sidebar_set_badge (sidebar, "statements", 1, JP_TINT_INFO);
  jp_sidebar_set_badge (sidebar, "sync", 4, JP_TINT_WARN);
  jp_sidebar_set_sync_state (sidebar, JP_TINT_WARN, "离线 · 4 项待发送",
                             "最早 12 分钟前 · 联网后自动发送");
}

static JpWindow *
open_window (JpApplication *application)
{
  JpPageRegistry *registry = jp_application_get_pages (application);

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    jp_page_registry_add (registry, pages[i].place_name, pages[i].factory,
                          (gpointer)pages[i].user_data, NULL);

  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_application_activate (G_APPLICATION (application));

  JpWindow *window = jp_application_get_window (application);
  fill_sidebar (jp_window_get_sidebar (window));
  return window;
}

static void
shoot (JpWindow *window, const char *folder, const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, name);

  jp_ui_test_wait_ms (400);
  jp_ui_test_screenshot (GTK_WINDOW (window), path);
}

static void
shoot_pages (JpWindow *window, const char *folder, const char *suffix)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%s", pages[i].place_name, suffix);

      jp_window_show_place (window, pages[i].place_name, NULL, NULL);
      shoot (window, folder, name);
    }
}

static void
shoot_window (JpWindow *parent, const char *folder)
{
  GtkWindow       *window = jp_gallery_pages_open_form (GTK_WINDOW (parent));
  g_autofree char *path = g_build_filename (folder, "form-window.png", NULL);

  jp_ui_test_wait_ms (400);
  jp_ui_test_screenshot (window, path);
  gtk_window_destroy (window);
}

static void
shoot_all (JpWindow *window, const char *folder)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 768);
  jp_ui_test_wait_ms (1000);
  shoot_pages (window, folder, "light");
  shoot_window (window, folder);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  shoot_pages (window, folder, "dark");
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_LIGHT);
  gtk_window_set_default_size (GTK_WINDOW (window), 740, 768);
  shoot_pages (window, folder, "narrow");

  /* Text of 200 %. */
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 768);
  shoot_pages (window, folder, "large");
}

int
main (int argc, char *argv[])
{
  jp_locale_init ();
  adw_init ();

  g_autoptr (JpApplication) application = jp_application_new (G_APPLICATION_NON_UNIQUE);
  JpWindow *window = open_window (application);

  if (argc > 1)
    shoot_all (window, argv[1]);
  else
    while (jp_application_get_window (application) != NULL)
      g_main_context_iteration (NULL, TRUE);

  return 0;
}
