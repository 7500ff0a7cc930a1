/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* Photos and scanned papers in the panes of trainees and contracts. */

#include "jp-attachment-files.h"
#include "jp-attachments.h"
#include "jp-records-fixture.h"
#include "jp-ui-test.h"

#include <glib/gstdio.h>
#include <string.h>

#define WAIT_MS 5000

static GFile *shown; /* (owned) (nullable): what was opened last */

static gboolean
show (GFile *file, GError **error)
{
  g_set_object (&shown, file);
  return TRUE;
}

static GFile *
make_picture (JpRecordsFixture *fixture, const char *name)
{
  g_autofree char *path = jp_test_dir_build (fixture->dir, name);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 300, 400);
  g_autoptr (GError) error = NULL;

  gdk_pixbuf_fill (pixbuf, 0x3584e4ff);
  g_assert_true (gdk_pixbuf_save (pixbuf, path, "png", &error, NULL));
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (widget), type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

static GtkWidget *
find_with_tooltip (GtkWidget *widget, const char *tooltip)
{
  GtkWidget *found =
    GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), tooltip) == 0
      ? widget
      : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_with_tooltip (child, tooltip);
  return found;
}

static gboolean
has_text (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_text (child, text))
      return TRUE;
  return FALSE;
}

static gboolean
is_asked (gpointer user_data)
{
  for (GList *l = gtk_window_list_toplevels (); l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_widget_get_visible (l->data))
      return TRUE;
  return FALSE;
}

static gboolean
has_shown (gpointer user_data)
{
  return shown != NULL;
}

/* The papers in the open pane. */
static GtkWidget *
get_papers (JpRecordsFixture *fixture)
{
  GtkWidget *papers = NULL;

  jp_records_fixture_wait (fixture);
  papers = find (GTK_WIDGET (fixture->window), JP_TYPE_ATTACHMENTS);
  g_assert_nonnull (papers);
  return papers;
}

static JpRecord *
open_first (JpRecordsFixture *fixture, const char *place)
{
  JpRecordsPage *page = jp_records_fixture_show (fixture, place);
  JpRecord      *record = jp_records_fixture_select (page, 0);

  jp_list_page_set_pane_open (jp_records_page_get_list (page), TRUE);
  jp_records_fixture_wait (fixture);
  return record;
}

static void
attach (JpRecordsFixture *fixture, JpRecord *record, const char *name)
{
  g_autoptr (GFile) file = make_picture (fixture, name);

  jp_attachment_files_add (fixture->office, record, file);
  g_assert_true (jp_ui_test_wait_until (is_asked, NULL, WAIT_MS));
  jp_records_fixture_answer (fixture, "add");
  jp_records_fixture_wait (fixture);
}

static void
click (JpRecordsFixture *fixture, const char *tooltip)
{
  GtkWidget *button = find_with_tooltip (get_papers (fixture), tooltip);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_focusable (button));
  g_signal_emit_by_name (button, "clicked");
  jp_records_fixture_wait (fixture);
}

static void
assert_same (GFile *file, const char *path)
{
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  gsize            one_bytes = 0;
  gsize            two_bytes = 0;

  g_assert_true (g_file_load_contents (file, NULL, &one, &one_bytes, NULL, NULL));
  g_assert_true (g_file_get_contents (path, &two, &two_bytes, NULL));
  g_assert_cmpmem (one, one_bytes, two, two_bytes);
}

static JpRecord *
find_attachment (JpRecordsFixture *fixture, JpRecord *trainee)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_ATTACHMENT);

  jp_query_where_ref (query, JP_ATTACHMENT_TRAINEE, jp_record_get_id (trainee));
  return jp_records_fixture_find (fixture, query);
}

/* Attached, seen, opened, saved, deleted, taken back. */
static void
test_trainee (JpRecordsFixture *fixture, gconstpointer unused)
{
  JpRecord        *trainee = open_first (fixture, "trainees");
  g_autofree char *path = jp_test_dir_build (fixture->dir, "照片 371702199001011234.png");
  g_autofree char *copy = jp_test_dir_build (fixture->dir, "copy.png");
  g_autoptr (GFile) target = g_file_new_for_path (copy);
  g_autoptr (GFile) opened = NULL;
  g_autoptr (JpRecord) attachment = NULL;
  GtkWidget *avatar = NULL;
  GStatBuf   status;

  g_assert_true (has_text (get_papers (fixture), "Nothing yet."));
  attach (fixture, trainee, "照片 371702199001011234.png");
  g_assert_true (has_text (get_papers (fixture), "照片"));
  g_assert_false (has_text (get_papers (fixture), "371702199001011234"));
  g_assert_true (has_text (get_papers (fixture), "Photo of the trainee"));
  g_assert_true (has_text (get_papers (fixture), "On this PC, not sent yet"));

  /* The photo stands beside the name. */
  avatar = gtk_widget_get_ancestor (get_papers (fixture), GTK_TYPE_SCROLLED_WINDOW);
  avatar = find (avatar, ADW_TYPE_AVATAR);
  g_assert_nonnull (avatar);
  g_assert_nonnull (adw_avatar_get_custom_image (ADW_AVATAR (avatar)));

  click (fixture, "Open");
  g_assert_true (jp_ui_test_wait_until (has_shown, NULL, WAIT_MS));
  opened = g_steal_pointer (&shown);
  assert_same (opened, path);
  g_assert_cmpint (g_stat (g_file_peek_path (opened), &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (jp_records_fixture_count_audit (fixture, "open"), ==, 1);
  jp_attachment_files_clear ();
  g_assert_false (g_file_query_exists (opened, NULL));

  click (fixture, "Delete");
  g_assert_true (has_text (get_papers (fixture), "Nothing yet."));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL));
  g_assert_true (has_text (get_papers (fixture), "照片"));

  attachment = find_attachment (fixture, trainee);
  jp_attachment_files_save_to (fixture->office, attachment, target);
  jp_records_fixture_wait (fixture);
  jp_records_fixture_wait (fixture);
  assert_same (target, path);
  g_assert_cmpint (jp_records_fixture_count_audit (fixture, "save"), ==, 1);
}

/* A contract has its own; what is no picture is refused in words. */
static void
test_contract (JpRecordsFixture *fixture, gconstpointer unused)
{
  JpRecord        *contract = open_first (fixture, "contracts");
  g_autofree char *path = jp_test_dir_build (fixture->dir, "virus.png");
  g_autoptr (GFile) bad = g_file_new_for_path (path);

  attach (fixture, contract, "合同.png");
  g_assert_true (has_text (get_papers (fixture), "合同.png"));
  g_assert_true (has_text (get_papers (fixture), "Signed contract"));

  g_assert_true (g_file_set_contents (path, "MZ not a picture", -1, NULL));
  jp_attachment_files_add (fixture->office, contract, bad);
  jp_records_fixture_wait (fixture);
  jp_records_fixture_wait (fixture);
  g_assert_false (is_asked (NULL));
  g_assert_false (has_text (get_papers (fixture), "virus"));
}

int
main (int argc, char *argv[])
{
  int failed = 0;

  jp_ui_test_init (&argc, &argv);
  jp_attachment_files_set_show (show);
  g_test_add ("/app/attachments/trainee", JpRecordsFixture, NULL, jp_records_fixture_set_up,
              test_trainee, jp_records_fixture_tear_down);
  g_test_add ("/app/attachments/contract", JpRecordsFixture, NULL, jp_records_fixture_set_up,
              test_contract, jp_records_fixture_tear_down);
  failed = g_test_run ();
  g_clear_object (&shown);
  return failed;
}
