/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-office-fixture.h"
#include "jp-preferences.h"
#include "jp-ui-test.h"

#define WAIT_MS 20000

static gboolean
has_backup (gpointer user_data)
{
  return !g_str_equal (jp_preferences_get_backup_text (user_data), "There is none yet.");
}

static void
test_backup (void)
{
  JpOfficeFixture fixture = { 0 };
  g_autoptr (JpProfile) profile = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  JpPreferences   *preferences = NULL;

  jp_office_fixture_set_up (&fixture, NULL);
  folder = jp_test_dir_build (fixture.dir, "profile");
  profile = jp_profile_adopt (folder, "correct horse", fixture.key, fixture.ids, &error);
  g_assert_no_error (error);
  jp_preferences_attach (fixture.application, fixture.office, profile);
  g_assert_true (g_action_group_has_action (G_ACTION_GROUP (fixture.application), "preferences"));

  preferences = jp_preferences_new (fixture.office, profile);
  gtk_window_present (GTK_WINDOW (preferences));
  g_assert_cmpstr (jp_preferences_get_backup_text (preferences), ==, "There is none yet.");
  jp_preferences_back_up (preferences);
  g_assert_true (jp_ui_test_wait_until (has_backup, preferences, WAIT_MS));
  gtk_window_destroy (GTK_WINDOW (preferences));
  jp_office_fixture_tear_down (&fixture);
}

int
main (int argc, char *argv[])
{
  jp_ui_test_init (&argc, &argv);
  g_test_add_func ("/app/preferences/backup", test_backup);
  return g_test_run ();
}
