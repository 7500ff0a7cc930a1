/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-journal.h"
#include "jp-office-fixture.h"
#include "jp-password-window.h"
#include "jp-preferences.h"
#include "jp-ui-test.h"

#include <glib/gstdio.h>

#define WAIT_MS  30000
#define PASSWORD "correct horse"

/* The school of the fixture with a profile of its own, and its keeper. */
typedef struct
{
  JpOfficeFixture office;
  JpProfile      *profile;
  JpKeeper       *keeper;
  JpPreferences  *preferences;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;

  jp_office_fixture_set_up (&self->office, NULL); /* its seed writes no ledger */
  folder = jp_test_dir_build (self->office.dir, "profile");
  self->profile = jp_profile_adopt (folder, PASSWORD, self->office.key, self->office.ids, &error);
  g_assert_no_error (error);
  g_free (self->profile->database);
  self->profile->database = jp_test_dir_build (self->office.dir, "school.db");
  self->keeper = jp_keeper_new (self->office.store, self->profile);
  jp_preferences_attach (self->office.application, self->office.office, self->keeper,
                         self->profile);
  self->preferences = jp_preferences_new (self->office.office, self->keeper, self->profile);
  gtk_window_present (GTK_WINDOW (self->preferences));
  jp_ui_test_settle ();
}

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *)user_data;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gboolean stopped = FALSE;

  gtk_window_destroy (GTK_WINDOW (self->preferences));
  jp_ui_test_settle ();
  jp_keeper_stop_async (self->keeper, stopped_cb, &stopped);
  g_assert_true (jp_ui_test_wait_until (is_true, &stopped, WAIT_MS));
  g_action_map_remove_action (G_ACTION_MAP (self->office.application), "preferences");
  jp_ui_test_settle ();
  jp_office_fixture_tear_down (&self->office);
  g_clear_object (&self->keeper);
  jp_profile_free (self->profile);
}

static gboolean
is_idle (gpointer user_data)
{
  return !jp_keeper_is_busy (((Fixture *)user_data)->keeper);
}

static void
shoot (Fixture *self, GtkWindow *window, const char *name)
{
  const char      *folder = g_getenv ("JP_TEST_SHOTS");
  AdwStyleManager *style = adw_style_manager_get_default ();

  for (int dark = 0; folder != NULL && dark < 2; dark++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s%s.png", folder, name, dark ? "-dark" : "");

      adw_style_manager_set_color_scheme (style, dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                      : ADW_COLOR_SCHEME_FORCE_LIGHT);
      jp_ui_test_wait_ms (500);
      jp_ui_test_screenshot (window, path);
    }
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
}

static void
test_backup (Fixture *self, gconstpointer data)
{
  JpSafetyPage *page = jp_preferences_get_safety (self->preferences);
  g_auto (GStrv) paths = NULL;

  g_assert_true (
    g_action_group_has_action (G_ACTION_GROUP (self->office.application), "preferences"));
  g_assert_cmpstr (jp_safety_page_get_backup_text (page), ==, "There is none yet.");
  jp_safety_page_back_up (page);
  g_assert_true (jp_ui_test_wait_until (is_idle, self, WAIT_MS));
  jp_ui_test_settle ();
  g_assert_nonnull (strstr (jp_safety_page_get_backup_text (page), "restored for a trial"));
  paths = jp_backup_list (self->profile->backups);
  g_assert_cmpuint (g_strv_length (paths), ==, 1);
}

static void
test_verify (Fixture *self, gconstpointer data)
{
  const char   *text = NULL;
  JpSafetyPage *page = jp_preferences_get_safety (self->preferences);

  jp_safety_page_back_up (page);
  jp_safety_page_verify (page);
  g_assert_true (jp_ui_test_wait_until (is_idle, self, WAIT_MS));
  jp_ui_test_settle ();
  text = jp_safety_page_get_verify_text (page);
  adw_preferences_window_set_visible_page (ADW_PREFERENCES_WINDOW (self->preferences),
                                           ADW_PREFERENCES_PAGE (page));
  jp_ui_test_wait_ms (300);
  shoot (self, GTK_WINDOW (self->preferences), "safety");
  if (g_getenv ("JP_TEST_SHOTS") == NULL) /* pictures are in Chinese */
    g_assert_true (g_str_has_prefix (text, "All is well"));
}

static gboolean
is_gone (gpointer user_data)
{
  return *(gpointer *)user_data == NULL;
}

static gboolean
is_free (gpointer user_data)
{
  JpFormWindow *window = *(JpFormWindow **)user_data;

  return window == NULL || !jp_form_get_busy (jp_form_window_get_form (window));
}

/* Only who knows the present password changes it; a backup under the new one follows. */
static void
test_password (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpProfile) again = NULL;
  JpPasswordWindow *dialog =
    jp_password_window_open (self->office.office, self->keeper, self->profile,
                             GTK_WINDOW (self->preferences));
  JpFormWindow *window = jp_password_window_get_window (dialog);

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&window);
  g_assert_false (jp_password_window_submit (dialog, "", "another horse", "another horse"));
  g_assert_false (jp_password_window_submit (dialog, PASSWORD, "short", "short"));
  g_assert_false (jp_password_window_submit (dialog, PASSWORD, "another horse", "other horse"));
  g_assert_true (
    jp_password_window_submit (dialog, "guessed wrong", "another horse", "another horse"));
  g_assert_true (jp_ui_test_wait_until (is_free, &window, WAIT_MS));
  g_assert_nonnull (window);
  jp_ui_test_settle ();
  shoot (self, GTK_WINDOW (window), "password");

  g_assert_true (jp_password_window_submit (dialog, PASSWORD, "another horse", "another horse"));
  g_assert_true (jp_ui_test_wait_until (is_gone, &window, WAIT_MS));
  g_assert_true (jp_ui_test_wait_until (is_idle, self, WAIT_MS));
  again = jp_profile_unlock (self->profile->folder, "another horse", &error);
  g_assert_no_error (error);
  g_assert_null (jp_profile_unlock (self->profile->folder, PASSWORD, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_KEY);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/app/preferences/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  jp_ui_test_init (&argc, &argv);
  ADD ("backup", test_backup);
  ADD ("verify", test_verify);
  ADD ("password", test_password);
  return g_test_run ();
}
