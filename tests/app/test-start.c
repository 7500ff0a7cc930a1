/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* Opening a profile: what does not work is told and leaves nothing behind. */

#include "jp-fake-clock.h"
#include "jp-start.h"
#include "jp-test-dir.h"
#include "jp-ui-test.h"
#include "jp-welcome.h"

#include <glib/gstdio.h>
#include <unistd.h>

#define PASSWORD "a-long-password"
#define WAIT_MS  20000
#define NOBODY   65534

typedef struct
{
  JpTestDir     *dir;         /* (owned) */
  char          *folder;      /* (owned) */
  JpClock       *clock;       /* (owned) */
  JpIdSource    *ids;         /* (owned) */
  JpApplication *application; /* (owned) */
  JpStart       *start;       /* (owned) */
} Fixture;

static void
make_database (Fixture *fixture, JpProfile *profile)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpVault) vault = jp_vault_open (profile->database, JP_DB_WRITER, profile->key,
                                             fixture->clock, fixture->ids, &error);

  g_assert_no_error (error);
  jp_vault_set_up (vault, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  JpProfile *profile = NULL;

  fixture->dir = jp_test_dir_new ();
  fixture->folder = jp_test_dir_build (fixture->dir, "school");
  fixture->clock = JP_CLOCK (jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US));
  fixture->ids = jp_id_source_new_seeded (fixture->clock, 7);
  profile = jp_profile_create (fixture->folder, PASSWORD, fixture->ids, &error);
  g_assert_no_error (error);
  make_database (fixture, profile);
  jp_profile_free (profile);

  fixture->application = jp_application_new (G_APPLICATION_NON_UNIQUE);
  fixture->start = jp_start_new (fixture->application, fixture->folder);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *)user_data;
}

/* What a program does that was driven without g_application_run(). */
static void
end (Fixture *fixture)
{
  gboolean closed = FALSE;
  gboolean opened = jp_start_get_office (fixture->start) != NULL;
  GList   *windows = NULL;

  jp_start_close (fixture->start, done_cb, &closed);
  g_assert_true (jp_ui_test_wait_until (is_true, &closed, WAIT_MS));
  while ((windows = gtk_application_get_windows (GTK_APPLICATION (fixture->application))) != NULL)
    gtk_window_destroy (windows->data);
  jp_ui_test_settle ();
  if (opened)
    g_application_release (G_APPLICATION (fixture->application)); /* the window's */
  jp_ui_test_end_application (G_APPLICATION (g_steal_pointer (&fixture->application)));
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_assert_null (fixture->application);
  g_assert_finalize_object (fixture->start);
  g_object_unref (fixture->ids);
  g_object_unref (fixture->clock);
  g_free (fixture->folder);
  jp_test_dir_free (fixture->dir);
}

/* The window before there is a school, with what it shows. */
static const char *
get_welcome_page (Fixture *fixture)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (fixture->application));

  return JP_IS_WELCOME (window) ? jp_welcome_get_page (JP_WELCOME (window)) : NULL;
}

static gboolean
asks_for_password (gpointer user_data)
{
  return g_strcmp0 (get_welcome_page (user_data), "password") == 0;
}

static gboolean
shows_error (gpointer user_data)
{
  return g_strcmp0 (get_welcome_page (user_data), "error") == 0;
}

static gboolean
is_open (gpointer user_data)
{
  return jp_start_get_office (((Fixture *)user_data)->start) != NULL;
}

static void
test_password (Fixture *fixture, gconstpointer unused)
{
  g_application_register (G_APPLICATION (fixture->application), NULL, NULL);
  jp_start_run (fixture->start); /* there is no keyring */
  g_assert_true (jp_ui_test_wait_until (asks_for_password, fixture, WAIT_MS));
  jp_start_unlock (fixture->start, "not-the-password");
  jp_ui_test_wait_ms (500);
  g_assert_true (jp_ui_test_wait_until (asks_for_password, fixture, WAIT_MS));
  g_assert_false (is_open (fixture));
  jp_start_unlock (fixture->start, PASSWORD);
  g_assert_true (jp_ui_test_wait_until (is_open, fixture, WAIT_MS));
  end (fixture);
}

/* Another program has the school open; once it is closed, the same start succeeds. */
static void
test_locked (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpProfile) profile = jp_profile_unlock (fixture->folder, PASSWORD, &error);
  JpStore *other = NULL;
  gboolean done = FALSE;

  g_assert_no_error (error);
  g_application_register (G_APPLICATION (fixture->application), NULL, NULL);
  other =
    jp_store_new (profile->database, profile->key, fixture->clock, fixture->ids, "另一个窗口");
  jp_store_open_async (other, NULL, done_cb, &done);
  g_assert_true (jp_ui_test_wait_until (is_true, &done, WAIT_MS));
  g_assert_true (jp_store_is_open (other));

  for (int i = 0; i < 2; i++)
    {
      jp_start_unlock (fixture->start, PASSWORD);
      g_assert_true (jp_ui_test_wait_until (shows_error, fixture, WAIT_MS));
      g_assert_false (is_open (fixture));
      jp_start_run (fixture->start);
      g_assert_true (jp_ui_test_wait_until (asks_for_password, fixture, WAIT_MS));
    }

  done = FALSE;
  jp_store_close_async (other, NULL, done_cb, &done);
  g_assert_true (jp_ui_test_wait_until (is_true, &done, WAIT_MS));
  jp_ui_test_settle ();
  g_assert_finalize_object (other);
  jp_start_unlock (fixture->start, PASSWORD);
  g_assert_true (jp_ui_test_wait_until (is_open, fixture, WAIT_MS));
  end (fixture);
}

static GtkWidget *
find_button (GtkWidget *widget, const char *label)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) &&
      g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

static gboolean
is_suggested (Fixture *fixture, const char *label)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (fixture->application));
  GtkWidget *button = find_button (GTK_WIDGET (window), label);

  return button != NULL && gtk_widget_has_css_class (button, "suggested-action");
}

static char *
dup_database (Fixture *fixture)
{
  return g_build_filename (fixture->folder, JP_PROFILE_DATABASE, NULL);
}

static char *
read_database (Fixture *fixture, gsize *out_length)
{
  g_autofree char *path = dup_database (fixture);
  char            *data = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &data, out_length, &error);
  g_assert_no_error (error);
  return data;
}

/* The window says what is the matter and what to do, and the file stays as it is. */
static void
assert_told (Fixture *fixture, int code, const char *suggested)
{
  g_autoptr (GError) expected = g_error_new_literal (JP_STORE_ERROR, code, "");
  g_autofree char *sentence = jp_office_dup_error_sentence (expected);
  gsize            length = 0;
  gsize            after_length = 0;
  g_autofree char *before = read_database (fixture, &length);
  g_autofree char *after = NULL;
  GtkWindow       *window = NULL;

  g_application_register (G_APPLICATION (fixture->application), NULL, NULL);
  jp_start_unlock (fixture->start, PASSWORD);
  g_assert_true (jp_ui_test_wait_until (shows_error, fixture, WAIT_MS));
  jp_ui_test_settle ();
  window = gtk_application_get_active_window (GTK_APPLICATION (fixture->application));
  g_assert_cmpstr (jp_welcome_get_sentence (JP_WELCOME (window)), ==, sentence);
  g_assert_true (is_suggested (fixture, suggested));
  g_assert_false (is_suggested (fixture, g_str_equal (suggested, "Try Again")
                                           ? "Bring a Backup Back…"
                                           : "Try Again"));
  after = read_database (fixture, &after_length);
  g_assert_cmpmem (after, after_length, before, length);
}

static void
test_too_new (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = dup_database (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpDb) db = jp_db_open (path, JP_DB_WRITER, &error);

  g_assert_no_error (error);
  g_assert_true (jp_db_exec (db, "PRAGMA user_version=99", &error));
  g_clear_pointer (&db, jp_db_close);
  assert_told (fixture, JP_STORE_ERROR_TOO_NEW, "Try Again");
  end (fixture);
}

static void
test_damaged (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = dup_database (fixture);

  g_assert_true (
    g_file_set_contents (path, "this is no database, and it is not short either", -1, NULL));
  assert_told (fixture, JP_STORE_ERROR_CORRUPT, "Bring a Backup Back…");
  end (fixture);
}

/* Root may write everywhere, so it is somebody else who tries; with the right to write, the same
 * window opens the school. */
static void
test_read_only (Fixture *fixture, gconstpointer unused)
{
  gboolean is_root = geteuid () == 0;

  g_assert_cmpint (g_chmod (fixture->folder, 0555), ==, 0);
  if (is_root)
    {
      g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
      const char *name = NULL;

      while ((name = g_dir_read_name (folder)) != NULL)
        {
          g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

          g_assert_cmpint (chown (path, NOBODY, NOBODY), ==, 0);
        }
      g_assert_cmpint (g_chmod (jp_test_dir_get_path (fixture->dir), 0755), ==, 0);
      g_assert_cmpint (seteuid (NOBODY), ==, 0);
    }
  assert_told (fixture, JP_STORE_ERROR_READ_ONLY, "Try Again");
  if (is_root)
    g_assert_cmpint (seteuid (0), ==, 0);
  g_assert_cmpint (g_chmod (fixture->folder, 0755), ==, 0);
  jp_start_unlock (fixture->start, PASSWORD);
  g_assert_true (jp_ui_test_wait_until (is_open, fixture, WAIT_MS));
  end (fixture);
}

typedef struct
{
  Fixture *fixture;
  gboolean asked;
  gboolean opened;
} Run;

static void
prepare_cb (gpointer user_data)
{
  Fixture *fixture = user_data;

  jp_start_prepare (fixture->start);
}

static void
open_cb (gpointer user_data)
{
  jp_start_run (((Fixture *)user_data)->start);
}

static gboolean
play_user_cb (gpointer user_data)
{
  Run     *run = user_data;
  Fixture *fixture = run->fixture;

  if (!run->asked && asks_for_password (fixture))
    {
      run->asked = TRUE;
      jp_start_unlock (fixture->start, PASSWORD);
    }
  if (!is_open (fixture))
    return G_SOURCE_CONTINUE;

  run->opened = TRUE;
  gtk_window_close (GTK_WINDOW (jp_office_get_window (jp_start_get_office (fixture->start))));
  return G_SOURCE_REMOVE;
}

/* From a click on the icon to the closed window, as main() does it: the program neither ends before
 * there is a window nor stays when it is gone. */
static void
test_whole_run (Fixture *fixture, gconstpointer unused)
{
  Run run = { .fixture = fixture };

  jp_application_set_opener (fixture->application, open_cb, fixture);
  jp_application_set_preparer (fixture->application, prepare_cb);
  g_timeout_add (20, play_user_cb, &run);
  g_assert_cmpint (g_application_run (G_APPLICATION (fixture->application), 0, NULL), ==, 0);
  g_assert_true (run.asked);
  g_assert_true (run.opened);
  g_assert_finalize_object (g_steal_pointer (&fixture->application));
}

int
main (int argc, char *argv[])
{
  jp_ui_test_init (&argc, &argv);
  g_test_add ("/app/start/password", Fixture, NULL, set_up, test_password, tear_down);
  g_test_add ("/app/start/locked", Fixture, NULL, set_up, test_locked, tear_down);
  g_test_add ("/app/start/too-new", Fixture, NULL, set_up, test_too_new, tear_down);
  g_test_add ("/app/start/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
  g_test_add ("/app/start/read-only", Fixture, NULL, set_up, test_read_only, tear_down);
  g_test_add ("/app/start/whole-run", Fixture, NULL, set_up, test_whole_run, tear_down);
  return g_test_run ();
}
