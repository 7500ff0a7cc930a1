/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-finder.h"
#include "jp-office-fixture.h"
#include "jp-ui-test.h"

#define WAIT_MS 5000

static gboolean
has_none (gpointer user_data)
{
  return jp_finder_get_n_hits (user_data) == 0;
}

static gboolean
has_hit (gpointer user_data)
{
  return jp_finder_get_n_hits (user_data) >= 2;
}

static gboolean
has_many (gpointer user_data)
{
  return jp_finder_get_n_hits (user_data) > 1;
}

static void
test_find (void)
{
  JpOfficeFixture fixture = { 0 };
  JpFinder       *finder = NULL;

  jp_office_fixture_set_up (&fixture, jp_office_fixture_seed);
  finder = jp_finder_new (fixture.office);
  g_object_add_weak_pointer (G_OBJECT (finder), (gpointer *)&finder);
  gtk_window_present (GTK_WINDOW (finder));

  /* Nothing is selected: Enter does nothing. */
  jp_finder_activate (finder);
  jp_finder_set_text (finder, "HT-0041");
  g_assert_true (jp_ui_test_wait_until (has_many, finder, WAIT_MS));
  jp_finder_set_text (finder, "没有这个人");
  g_assert_true (jp_ui_test_wait_until (has_none, finder, WAIT_MS));
  /* The person first, then her contract. */
  jp_finder_set_text (finder, "曾雨桐");
  g_assert_true (jp_ui_test_wait_until (has_hit, finder, WAIT_MS));
  jp_finder_activate (finder);
  jp_ui_test_settle ();
  g_assert_cmpstr (jp_window_get_place (fixture.window), ==, "trainees");
  g_assert_null (finder);
  jp_office_fixture_tear_down (&fixture);
}

static gboolean
has_modal (gpointer user_data)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (JP_IS_FINDER (window))
        return TRUE;
    }
  return FALSE;
}

static void
test_key (void)
{
  JpOfficeFixture fixture = { 0 };

  jp_office_fixture_set_up (&fixture, NULL);
  jp_finder_attach (fixture.office, fixture.window);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.search", NULL));
  g_assert_true (jp_ui_test_wait_until (has_modal, NULL, WAIT_MS));
  jp_office_fixture_tear_down (&fixture);
}

int
main (int argc, char *argv[])
{
  jp_ui_test_init (&argc, &argv);
  g_test_add_func ("/app/finder/find", test_find);
  g_test_add_func ("/app/finder/key", test_key);
  return g_test_run ();
}
