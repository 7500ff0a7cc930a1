/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* For people who design: pictures of the pages with the seeded school.
 *
 *   jp-page-shots FOLDER [WIDTH HEIGHT [PERCENT [dark|empty]]]
 *
 * Every page, the forms and dialogs, into FOLDER, in a window of that size with text of that size.
 */

#include "jp-binding.h"
#include "jp-contract-acts.h"
#include "jp-finder.h"
#include "jp-preferences.h"
#include "jp-records-fixture.h"
#include "jp-records-import.h"
#include "jp-ui-test.h"

#define DOTS_PER_INCH 96
#define DPI_UNITS     1024 /* of gtk-xft-dpi */

static const char *const places[] = { "trainees", "contracts", "tiers",     "hours",
                                      "coaches",  "vehicles",  "terminals", "refunds" };
static const char *const others[] = { "today", "statements", "finance", "school", "sync" };

static void
shoot (GtkWindow *window, const char *folder, const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, name);

  jp_ui_test_wait_ms (300);
  jp_ui_test_screenshot (window, path);
}

static void
shoot_pages (JpRecordsFixture *fixture, const char *folder)
{
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      JpRecordsPage *page = jp_records_fixture_show (fixture, places[i]);
      JpTable       *table = jp_list_page_get_table (jp_records_page_get_list (page));

      if (g_list_model_get_n_items (jp_table_get_model (table)) > 1)
        {
          g_autofree char *open = g_strconcat (places[i], "-pane", NULL);

          shoot (GTK_WINDOW (fixture->window), folder, places[i]);
          jp_records_fixture_select (page, 1);
          jp_list_page_set_pane_open (jp_records_page_get_list (page), TRUE);
          jp_records_fixture_wait (fixture);
          shoot (GTK_WINDOW (fixture->window), folder, open);
          jp_list_page_set_pane_open (jp_records_page_get_list (page), FALSE);
        }
      else
        shoot (GTK_WINDOW (fixture->window), folder, places[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (jp_window_show_place (fixture->window, others[i], NULL, NULL))
      {
        jp_records_fixture_wait (fixture);
        shoot (GTK_WINDOW (fixture->window), folder, others[i]);
      }
}

static void
shoot_form (JpRecordsFixture *fixture, const char *folder, const char *name)
{
  GtkWindow *form = jp_records_fixture_wait_for_form (fixture);

  shoot (form, folder, name);
  gtk_window_destroy (form);
}

static void
shoot_forms (JpRecordsFixture *fixture, const char *folder)
{
  static const char *const with_new[] = { "trainees", "tiers", "vehicles", "coaches" };

  for (gsize i = 0; i < G_N_ELEMENTS (with_new); i++)
    {
      g_autofree char *name = g_strconcat (with_new[i], "-new", NULL);

      jp_records_fixture_show (fixture, with_new[i]);
      gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.new", NULL);
      shoot_form (fixture, folder, name);
    }
  jp_records_fixture_select (jp_records_fixture_show (fixture, "tiers"), 1);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.edit", NULL);
  shoot_form (fixture, folder, "tiers-edit");
  jp_binding_swap (fixture->office, JP_TERMINAL_ASSIGNMENT_VEHICLE,
                   jp_records_fixture_select (jp_records_fixture_show (fixture, "vehicles"), 1));
  shoot_form (fixture, folder, "vehicles-swap");
  jp_contract_acts_withdraw (fixture->office,
                             jp_records_fixture_select (jp_records_fixture_show (fixture,
                                                                                 "contracts"),
                                                        2));
  shoot_form (fixture, folder, "contracts-withdraw");
}

static GtkWindow *
find_window (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (link->data, type))
      return link->data;
  return NULL;
}

static gboolean
has_message (gpointer unused)
{
  return find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL;
}

static void
shoot_import (JpRecordsFixture *fixture, const char *folder)
{
  static const char roster[] = "姓名,身份证号,手机号,车型\n"
                               "苗新,372922198803120014,13800530999,C1\n"
                               "错误,37292219,13800530998,C1\n"
                               "钱多,372922198803120022,1380053,C1\n"
                               "孙晓,372922198803120030,13800530996,Z9\n";
  g_autofree char  *path = jp_test_dir_build (fixture->dir, "春季名册.csv");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, roster, -1, NULL));
  jp_records_fixture_show (fixture, "trainees");
  jp_records_import_from (fixture->office, JP_KIND_TRAINEE, file);
  g_assert_true (jp_ui_test_wait_until (has_message, NULL, 5000));
  shoot (find_window (ADW_TYPE_MESSAGE_DIALOG), folder, "import");
  jp_records_fixture_answer (fixture, "cancel");
}

static void
shoot_print (JpRecordsFixture *fixture, const char *folder)
{
  jp_records_fixture_select (jp_records_fixture_show (fixture, "contracts"), 1);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.print", NULL);
  shoot (find_window (ADW_TYPE_MESSAGE_DIALOG), folder, "print");
  jp_records_fixture_answer (fixture, "cancel");
}

static void
shoot_dialogs (JpRecordsFixture *fixture, const char *folder)
{
  JpFinder      *finder = jp_finder_new (fixture->office);
  JpPreferences *preferences = NULL;

  gtk_window_present (GTK_WINDOW (finder));
  shoot (GTK_WINDOW (finder), folder, "finder");
  jp_finder_set_text (finder, "zyt");
  jp_ui_test_wait_ms (500);
  shoot (GTK_WINDOW (finder), folder, "finder-hits");
  jp_finder_set_text (finder, "没有这个人");
  jp_ui_test_wait_ms (500);
  shoot (GTK_WINDOW (finder), folder, "finder-nothing");
  gtk_window_destroy (GTK_WINDOW (finder));

  preferences = jp_preferences_new (fixture->office, NULL, NULL);
  gtk_window_present (GTK_WINDOW (preferences));
  shoot (GTK_WINDOW (preferences), folder, "preferences");
  gtk_window_destroy (GTK_WINDOW (preferences));
  shoot_import (fixture, folder);
  shoot_print (fixture, folder);
}

static void
set_look (JpRecordsFixture *fixture, int argc, char **argv)
{
  GtkSettings *settings = gtk_settings_get_default ();

  if (argc > 3)
    gtk_window_set_default_size (GTK_WINDOW (fixture->window),
                                 (int)g_ascii_strtoll (argv[2], NULL, 10),
                                 (int)g_ascii_strtoll (argv[3], NULL, 10));
  if (argc > 4)
    g_object_set (settings, "gtk-xft-dpi",
                  (int)g_ascii_strtoll (argv[4], NULL, 10) * DOTS_PER_INCH * DPI_UNITS / 100, NULL);
  if (argc > 5 && g_str_equal (argv[5], "dark"))
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);
}

int
main (int argc, char **argv)
{
  JpRecordsFixture fixture = { 0 };
  gboolean         empty = argc > 5 && g_str_equal (argv[5], "empty");

  jp_ui_test_init (&argc, &argv);
  if (argc < 2)
    return 1;

  jp_records_fixture_set_up (&fixture, empty ? "empty" : NULL);
  set_look (&fixture, argc, argv);
  jp_sidebar_set_school (jp_window_get_sidebar (fixture.window), "牡丹驾校", "一级 · 牡丹区");
  shoot_pages (&fixture, argv[1]);
  if (!empty)
    {
      shoot_forms (&fixture, argv[1]);
      shoot_dialogs (&fixture, argv[1]);
    }
  jp_records_fixture_tear_down (&fixture, NULL);
  return 0;
}
