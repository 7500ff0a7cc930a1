/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-backup.h"
#include "jp-form-window.h"
#include "jp-preferences.h"
#include "jp-start.h"
#include "jp-test-dir.h"
#include "jp-ui-test.h"
#include "jp-welcome.h"

#include <glib/gstdio.h>

#define WAIT_MS  60000
#define PASSWORD "correct horse"

/* A program whose school lives in a folder of its own. */
typedef struct
{
  JpTestDir     *dir;
  char          *folder;
  JpApplication *application;
  JpStart       *start;
  JpWindow      *old; /* compared, never used */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->dir = jp_test_dir_new ();
  self->folder = jp_test_dir_build (self->dir, "school");
  self->application = jp_application_new (G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (self->application), NULL, &error));
  self->start = jp_start_new (self->application, self->folder);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *)user_data;
}

static void
close_all (Fixture *self)
{
  gboolean done = FALSE;
  gboolean held = jp_start_get_window (self->start) != NULL;

  jp_start_close (self->start, closed_cb, &done);
  g_assert_true (jp_ui_test_wait_until (is_true, &done, WAIT_MS));
  for (GList *windows = NULL;
       (windows = gtk_application_get_windows (GTK_APPLICATION (self->application))) != NULL;)
    gtk_window_destroy (windows->data);
  jp_ui_test_settle ();
  if (held) /* what closing the window does */
    g_application_release (G_APPLICATION (self->application));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  close_all (self);
  jp_ui_test_end_application (G_APPLICATION (g_steal_pointer (&self->application)));
  g_assert_finalize_object (g_steal_pointer (&self->start));
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->dir, jp_test_dir_free);
}

static gboolean
is_open (gpointer user_data)
{
  Fixture *self = user_data;

  return jp_start_get_window (self->start) != NULL && jp_start_get_welcome (self->start) == NULL;
}

static gboolean
shows_page (Fixture *self, const char *page)
{
  JpWelcome *welcome = jp_start_get_welcome (self->start);

  return welcome != NULL && g_str_equal (jp_welcome_get_page (welcome), page);
}

static gboolean
asks_password (gpointer user_data)
{
  return shows_page (user_data, "password");
}

static gboolean
lets_choose (gpointer user_data)
{
  return shows_page (user_data, "choose");
}

static void
shoot (GtkWindow *window, const char *name)
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

/* The demo is opened by one click, says what it is, and is left again; it is still there then. */
static void
test_demo (Fixture *self, gconstpointer data)
{
  g_autofree char *demo = jp_profile_dup_default_folder ("demo");
  g_autofree char *part = g_strconcat (demo, ".part", NULL);

  jp_start_run (self->start);
  g_assert_true (lets_choose (self));
  jp_ui_test_settle ();
  shoot (GTK_WINDOW (jp_start_get_welcome (self->start)), "welcome");

  /* What a start left that ended half-way is no school. */
  g_assert_cmpint (g_mkdir_with_parents (part, 0700), ==, 0);
  for (int i = 0; i < 2; i++)
    {
      jp_welcome_open_demo (jp_start_get_welcome (self->start));
      g_assert_true (jp_ui_test_wait_until (is_open, self, WAIT_MS));
      g_assert_cmpstr (jp_start_get_folder (self->start), ==, demo);
      g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
      jp_ui_test_wait_ms (500);
      if (i == 0)
        shoot (GTK_WINDOW (jp_start_get_window (self->start)), "demo");

      jp_start_leave_demo (self->start);
      g_assert_true (jp_ui_test_wait_until (lets_choose, self, WAIT_MS));
      g_assert_null (jp_start_get_window (self->start));
      g_assert_cmpstr (jp_start_get_folder (self->start), ==, demo);
    }
  g_assert_true (jp_profile_exists (demo));
  g_assert_false (jp_profile_exists (self->folder));
}

static void
found_school (Fixture *self)
{
  JpSetupSchool school = { .name = "菏泽市曹州驾驶培训有限公司",
                           .district = "371702",
                           .address = "曹州路1号",
                           .phone = "0530-5550000",
                           .licence_types = "C1,C2" };

  jp_start_run (self->start);
  jp_welcome_show_form (jp_start_get_welcome (self->start));
  jp_ui_test_settle ();
  shoot (GTK_WINDOW (jp_start_get_welcome (self->start)), "welcome-form");
  jp_start_create (self->start, PASSWORD, &school);
  g_assert_true (jp_ui_test_wait_until (is_open, self, WAIT_MS));
}

static gboolean
refuses_password (gpointer user_data)
{
  Fixture *self = user_data;

  return asks_password (user_data) &&
         *jp_welcome_get_sentence (jp_start_get_welcome (self->start)) != '\0';
}

static void
restart (Fixture *self)
{
  close_all (self);
  g_clear_object (&self->start);
  self->start = jp_start_new (self->application, self->folder);
  jp_start_run (self->start);
}

/* A school is founded, and opened again with its password only. */
static void
test_own_school (Fixture *self, gconstpointer data)
{
  found_school (self);
  g_assert_cmpstr (jp_start_get_folder (self->start), ==, self->folder);

  restart (self);
  g_assert_true (jp_ui_test_wait_until (asks_password, self, WAIT_MS));
  jp_start_unlock (self->start, "another one");
  g_assert_true (jp_ui_test_wait_until (refuses_password, self, WAIT_MS));
  shoot (GTK_WINDOW (jp_start_get_welcome (self->start)), "welcome-password");
  jp_start_unlock (self->start, PASSWORD);
  g_assert_true (jp_ui_test_wait_until (is_open, self, WAIT_MS));
}

static gboolean
shows_error (gpointer user_data)
{
  return shows_page (user_data, "error");
}

static char *
dup_newest_backup (Fixture *self)
{
  g_autofree char *folder = g_build_filename (self->folder, JP_PROFILE_BACKUPS, NULL);
  g_auto (GStrv) paths = jp_backup_list (folder);

  return g_strdup (paths[0]);
}

static gboolean
is_other_window (gpointer user_data)
{
  Fixture *self = user_data;

  return is_open (self) && jp_start_get_window (self->start) != self->old;
}

static GtkWindow *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (JP_IS_FORM_WINDOW (window))
        return window;
    }
  g_assert_not_reached ();
}

/* The end of the session made a backup. The file is damaged: that is told, with the way out; the
 * backup is brought back from there, and once more from the open window. */
static void
test_restore (Fixture *self, gconstpointer data)
{
  g_autofree char *database = g_build_filename (self->folder, JP_PROFILE_DATABASE, NULL);
  g_autofree char *backup = NULL;

  found_school (self);
  restart (self);
  g_assert_true (jp_ui_test_wait_until (asks_password, self, WAIT_MS));
  close_all (self);
  backup = dup_newest_backup (self);
  g_assert_nonnull (backup);

  g_assert_true (g_file_set_contents (database, "this is no database any more", -1, NULL));
  g_clear_object (&self->start);
  self->start = jp_start_new (self->application, self->folder);
  jp_start_run (self->start);
  g_assert_true (jp_ui_test_wait_until (asks_password, self, WAIT_MS));
  jp_start_unlock (self->start, PASSWORD);
  g_assert_true (jp_ui_test_wait_until (shows_error, self, WAIT_MS));
  jp_ui_test_settle ();
  shoot (GTK_WINDOW (jp_start_get_welcome (self->start)), "damaged");

  jp_start_restore (self->start, backup, NULL, "not the password");
  jp_ui_test_wait_ms (50);
  g_assert_true (jp_ui_test_wait_until (shows_error, self, WAIT_MS));
  jp_start_restore (self->start, backup, NULL, PASSWORD);
  g_assert_true (jp_ui_test_wait_until (is_open, self, WAIT_MS));

  self->old = jp_start_get_window (self->start);
  g_action_group_activate_action (G_ACTION_GROUP (self->application), "preferences", NULL);
  jp_ui_test_settle ();
  g_action_group_activate_action (G_ACTION_GROUP (self->application), "restore-backup", NULL);
  jp_ui_test_settle ();
  shoot (find_dialog (), "restore");
  jp_start_restore (self->start, backup, NULL, NULL);
  g_assert_true (jp_ui_test_wait_until (is_other_window, self, WAIT_MS));

  /* No dialog of the school that was closed is left. */
  for (guint i = 0; i < g_list_model_get_n_items (gtk_window_get_toplevels ()); i++)
    {
      g_autoptr (GObject) window = g_list_model_get_item (gtk_window_get_toplevels (), i);

      g_test_message ("%s", G_OBJECT_TYPE_NAME (window));
      g_assert_false (JP_IS_PREFERENCES (window) || JP_IS_FORM_WINDOW (window));
    }
}

/* There is a key and no database: no empty school is opened in its place. */
static void
test_missing (Fixture *self, gconstpointer data)
{
  g_autofree char *database = g_build_filename (self->folder, JP_PROFILE_DATABASE, NULL);

  found_school (self);
  restart (self);
  g_assert_true (jp_ui_test_wait_until (asks_password, self, WAIT_MS));
  g_assert_cmpint (g_unlink (database), ==, 0);
  jp_start_unlock (self->start, PASSWORD);
  g_assert_true (jp_ui_test_wait_until (shows_error, self, WAIT_MS));
  g_assert_false (g_file_test (database, G_FILE_TEST_EXISTS));
}

#define ADD(name, func) g_test_add ("/app/first-run/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  jp_ui_test_init (&argc, &argv);
  ADD ("demo", test_demo);
  ADD ("own-school", test_own_school);
  ADD ("restore", test_restore);
  ADD ("missing", test_missing);
  return g_test_run ();
}
