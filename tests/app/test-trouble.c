/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* The disk is full in the middle of the day: what is typed is not lost. */

#include "jp-codes.h"
#include "jp-faulty-disk.h"
#include "jp-form-window.h"
#include "jp-form.h"
#include "jp-records-fixture.h"
#include "jp-ui-test.h"

#include <adwaita.h>

#define NAME "白雪松"

static gboolean
has_row_title (GtkWidget *widget, const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (widget) && gtk_widget_get_mapped (widget) &&
      g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_row_title (child, title))
      return TRUE;
  return FALSE;
}

static void
test_full_disk (JpRecordsFixture *fixture, gconstpointer unused)
{
  const char *folder = jp_test_dir_get_path (fixture->dir);
  const char *name = jp_field_get (JP_COACH_NAME)->name;
  g_autoptr (GError) full = g_error_new_literal (JP_STORE_ERROR, JP_STORE_ERROR_FULL, "");
  g_autofree char *sentence = jp_office_dup_error_sentence (full);
  g_autofree char *typed = NULL;
  g_autoptr (JpRecord) lost = NULL;
  g_autoptr (JpRecord) saved = NULL;
  GtkWindow *window = NULL;
  JpForm    *form = NULL;

  jp_records_fixture_select (jp_records_fixture_show (fixture, "coaches"), 0);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.edit", NULL);
  window = jp_records_fixture_wait_for_form (fixture);
  form = jp_form_window_get_form (JP_FORM_WINDOW (window));
  jp_form_set_text (form, name, NAME);

  jp_faulty_disk_set_quota (folder, 0);
  jp_form_submit (form);
  jp_records_fixture_wait (fixture);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (window)));
  g_assert_true (has_row_title (GTK_WIDGET (window), sentence));
  typed = jp_form_dup_text (form, name);
  g_assert_cmpstr (typed, ==, NAME);
  lost = jp_records_fixture_find_named (fixture, JP_KIND_COACH, NAME);
  g_assert_null (lost);

  /* There is room again: the same form is saved. */
  jp_faulty_disk_set_quota (NULL, 0);
  jp_form_submit (form);
  jp_records_fixture_wait (fixture);
  saved = jp_records_fixture_find_named (fixture, JP_KIND_COACH, NAME);
  g_assert_nonnull (saved);
}

int
main (int argc, char *argv[])
{
  jp_ui_test_init (&argc, &argv);
  jp_faulty_disk_install ();
  g_test_add ("/app/trouble/full-disk", JpRecordsFixture, NULL, jp_records_fixture_set_up,
              test_full_disk, jp_records_fixture_tear_down);
  return g_test_run ();
}
