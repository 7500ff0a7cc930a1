/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* For people who design: pictures of the pages with the seeded school.
 *
 *   jp-page-shots FOLDER   every page, light and dark, and the forms, into FOLDER */

#include "jp-binding.h"
#include "jp-contract-acts.h"
#include "jp-records-fixture.h"
#include "jp-ui-test.h"

static const char *const places[] = { "trainees", "contracts", "tiers",     "hours",
                                      "coaches",  "vehicles",  "terminals", "refunds" };

static void
shoot (GtkWindow *window, const char *folder, const char *name, const char *suffix)
{
  g_autofree char *path = g_strdup_printf ("%s/%s-%s.png", folder, name, suffix);

  jp_ui_test_wait_ms (300);
  jp_ui_test_screenshot (window, path);
}

static void
shoot_pages (JpRecordsFixture *fixture, const char *folder, const char *suffix)
{
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      JpRecordsPage *page = jp_records_fixture_show (fixture, places[i]);
      JpTable       *table = jp_list_page_get_table (jp_records_page_get_list (page));

      if (g_list_model_get_n_items (jp_table_get_model (table)) > 1)
        {
          jp_records_fixture_select (page, 1);
          jp_list_page_set_pane_open (jp_records_page_get_list (page), TRUE);
        }
      jp_records_fixture_wait (fixture);
      shoot (GTK_WINDOW (fixture->window), folder, places[i], suffix);
    }
}

static void
shoot_forms (JpRecordsFixture *fixture, const char *folder, const char *suffix)
{
  static const char *const with_new[] = { "trainees", "tiers", "vehicles" };

  for (gsize i = 0; i < G_N_ELEMENTS (with_new); i++)
    {
      GtkWindow       *form = NULL;
      g_autofree char *name = g_strconcat (with_new[i], "-new", NULL);

      jp_records_fixture_show (fixture, with_new[i]);
      gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.new", NULL);
      form = jp_records_fixture_wait_for_form (fixture);
      shoot (form, folder, name, suffix);
      gtk_window_destroy (form);
    }
  jp_records_fixture_select (jp_records_fixture_show (fixture, "tiers"), 1);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.edit", NULL);
  shoot (jp_records_fixture_wait_for_form (fixture), folder, "tiers-edit", suffix);
  gtk_window_destroy (jp_records_fixture_wait_for_form (fixture));

  jp_records_fixture_select (jp_records_fixture_show (fixture, "vehicles"), 1);
  jp_binding_swap (fixture->office, JP_TERMINAL_ASSIGNMENT_VEHICLE,
                   jp_records_fixture_select (jp_records_fixture_show (fixture, "vehicles"), 1));
  shoot (jp_records_fixture_wait_for_form (fixture), folder, "vehicles-swap", suffix);
  gtk_window_destroy (jp_records_fixture_wait_for_form (fixture));
  jp_contract_acts_withdraw (fixture->office,
                             jp_records_fixture_select (jp_records_fixture_show (fixture,
                                                                                 "contracts"),
                                                        2));
  shoot (GTK_WINDOW (fixture->window), folder, "contracts-paid", suffix);
  shoot (jp_records_fixture_wait_for_form (fixture), folder, "contracts-withdraw", suffix);
  gtk_window_destroy (jp_records_fixture_wait_for_form (fixture));
}

int
main (int argc, char **argv)
{
  JpRecordsFixture fixture = { 0 };

  jp_ui_test_init (&argc, &argv);
  if (argc < 2)
    return 1;

  jp_records_fixture_set_up (&fixture, NULL);
  shoot_pages (&fixture, argv[1], "light");
  shoot_forms (&fixture, argv[1], "light");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  shoot_pages (&fixture, argv[1], "dark");
  jp_records_fixture_tear_down (&fixture, NULL);
  return 0;
}
