/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-choice-row.h"
#include "jp-date-row.h"
#include "jp-entry-row.h"
#include "jp-form-window.h"
#include "jp-form.h"
#include "jp-switch-row.h"
#include "jp-text-row.h"
#include "jp-ui-test.h"

static void
count_cb (guint *n_calls)
{
  (*n_calls)++;
}

static void
assert_text (gpointer row, const char *expected)
{
  g_autofree char *text = jp_form_row_dup_text (JP_FORM_ROW (row));

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_check (gpointer row, gboolean well)
{
  g_autofree char *message = jp_form_row_check (JP_FORM_ROW (row));

  if (well)
    g_assert_null (message);
  else
    g_assert_nonnull (message);
}

static void
test_entry_row (void)
{
  const struct
  {
    JpEntryKind kind;
    const char *typed;
    const char *text;
    gboolean    well;
  } cases[] = {
    { JP_ENTRY_TEXT, "  曾雨桐 ", "曾雨桐", TRUE },
    { JP_ENTRY_CODE, "鲁r·1967 学", NULL, TRUE },
    { JP_ENTRY_DIGITS, "１38 0000 0000", "13800000000", TRUE },
    { JP_ENTRY_MONEY, "3680", "3680.00", TRUE },
    { JP_ENTRY_MONEY, "3,680.5", "3680.50", TRUE },
    { JP_ENTRY_MONEY, "", "", TRUE },
    { JP_ENTRY_MONEY, "a lot", "a lot", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *row = g_object_ref_sink (jp_entry_row_new ("Title", cases[i].kind));
      guint      n_edits = 0;

      g_signal_connect_swapped (row, "edited", G_CALLBACK (count_cb), &n_edits);
      jp_form_row_set_text (JP_FORM_ROW (row), cases[i].typed);
      if (cases[i].text != NULL)
        assert_text (row, cases[i].text);
      assert_check (row, cases[i].well);
      g_assert_cmpint (n_edits > 0, ==, cases[i].typed[0] != '\0');

      /* What was typed is tidied when it is left. */
      g_signal_emit_by_name (row, "left");
      if (cases[i].text != NULL)
        g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, cases[i].text);
      g_assert_finalize_object (row);
    }
}

static void
test_entry_row_max_length (void)
{
  GtkWidget *row = g_object_ref_sink (jp_entry_row_new ("Title", JP_ENTRY_TEXT));

  jp_entry_row_set_max_length (JP_ENTRY_ROW (row), 3);
  jp_form_row_set_text (JP_FORM_ROW (row), "阿依努尔");
  assert_text (row, "阿依努");
  g_assert_finalize_object (row);
}

static void
test_date_row (void)
{
  GtkWidget *row = g_object_ref_sink (jp_date_row_new ("Birth date"));

  assert_text (row, "");
  assert_check (row, TRUE);
  jp_form_row_set_text (JP_FORM_ROW (row), "20261124");
  assert_text (row, "2026-11-24");
  jp_form_row_set_text (JP_FORM_ROW (row), "2026年1月4日");
  assert_text (row, "2026-01-04");
  assert_check (row, TRUE);
  g_signal_emit_by_name (row, "left");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "2026-01-04");

  jp_form_row_set_text (JP_FORM_ROW (row), "2026-02-30");
  assert_text (row, "2026-02-30");
  assert_check (row, FALSE);
  g_assert_finalize_object (row);
}

static GtkWidget *
find_child (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_child (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
test_date_row_calendar (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = jp_date_row_new ("Birth date");

  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_window_set_child (GTK_WINDOW (window), list);
  gtk_window_present (GTK_WINDOW (window));
  jp_form_row_set_text (JP_FORM_ROW (row), "2026-11-24");

  GtkWidget *button = find_child (row, GTK_TYPE_MENU_BUTTON);
  GtkWidget *calendar = find_child (row, GTK_TYPE_CALENDAR);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  gtk_test_widget_wait_for_draw (window);
  g_autoptr (GDateTime) shown = gtk_calendar_get_date (GTK_CALENDAR (calendar));
  g_assert_cmpint (g_date_time_get_day_of_month (shown), ==, 24);
  g_assert_cmpint (g_date_time_get_month (shown), ==, 11);
  assert_text (row, "2026-11-24");

  g_autoptr (GDateTime) day = g_date_time_new_utc (2027, 3, 1, 0, 0, 0);
  gtk_calendar_select_day (GTK_CALENDAR (calendar), day);
  assert_text (row, "2027-03-01");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_choice_row (void)
{
  const JpChoice choices[] = { { "C1", "small cars" }, { "C2", "automatic" } };
  GtkWidget     *row = g_object_ref_sink (jp_choice_row_new ("Licence"));

  assert_text (row, "");
  jp_choice_row_set_choices (JP_CHOICE_ROW (row), choices, G_N_ELEMENTS (choices));
  assert_text (row, "");
  jp_form_row_set_text (JP_FORM_ROW (row), "C2");
  assert_text (row, "C2");
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (row)), ==, 2);

  /* A code that is not offered any more is kept. */
  jp_form_row_set_text (JP_FORM_ROW (row), "A2");
  assert_text (row, "A2");
  jp_choice_row_set_choices (JP_CHOICE_ROW (row), choices, 1);
  assert_text (row, "A2");
  g_assert_finalize_object (row);
}

static void
test_switch_row (void)
{
  GtkWidget *row = g_object_ref_sink (jp_switch_row_new ("Pick-up"));

  assert_text (row, "");
  jp_form_row_set_text (JP_FORM_ROW (row), "1");
  assert_text (row, JP_SWITCH_ROW_ON);
  jp_form_row_set_text (JP_FORM_ROW (row), "");
  assert_text (row, "");
  g_assert_finalize_object (row);
}

static void
test_text_row (void)
{
  GtkWidget *row = g_object_ref_sink (jp_text_row_new ("Note"));
  guint      n_edits = 0;

  g_signal_connect_swapped (row, "edited", G_CALLBACK (count_cb), &n_edits);
  jp_form_row_set_text (JP_FORM_ROW (row), "one\ntwo");
  assert_text (row, "one\ntwo");
  g_assert_cmpuint (n_edits, >, 0);
  g_assert_finalize_object (row);
}

static char *
no_digits (const char *text, gpointer user_data)
{
  guint *n_calls = user_data;

  (*n_calls)++;
  return strpbrk (text, "0123456789") != NULL ? g_strdup ("A name has no digits") : NULL;
}

typedef struct
{
  JpForm *form;
  guint   n_checks;
  guint   n_saves;
  guint   n_cancels;
  guint   n_edits;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  JpForm *form = JP_FORM (g_object_ref_sink (jp_form_new ()));

  fixture->form = form;
  jp_form_begin_group (form, "Who", "Name and birth");
  jp_form_add (form, "name", JP_FORM_ROW (jp_entry_row_new ("Name", JP_ENTRY_TEXT)), no_digits,
               &fixture->n_checks);
  jp_form_add (form, "birth", JP_FORM_ROW (jp_date_row_new ("Birth date")), NULL, NULL);
  jp_form_begin_group (form, NULL, NULL);
  jp_form_add (form, "note", JP_FORM_ROW (jp_text_row_new ("Note")), NULL, NULL);
  jp_form_set_required (form, "name", TRUE);
  g_signal_connect_swapped (form, "save", G_CALLBACK (count_cb), &fixture->n_saves);
  g_signal_connect_swapped (form, "cancelled", G_CALLBACK (count_cb), &fixture->n_cancels);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_assert_finalize_object (fixture->form);
}

static void
test_form_errors (Fixture *fixture, gconstpointer unused)
{
  JpForm    *form = fixture->form;
  JpFormRow *name = jp_form_get_row (form, "name");

  /* Passing by is no mistake. */
  g_signal_emit_by_name (name, "left");
  g_assert_null (jp_form_get_error (form, "name"));

  /* Typing is not interrupted, leaving is the time. */
  jp_form_set_text (form, "name", "曾5");
  g_assert_null (jp_form_get_error (form, "name"));
  g_signal_emit_by_name (name, "left");
  g_assert_cmpstr (jp_form_get_error (form, "name"), ==, "A name has no digits");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (name), "error"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (name), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "A name has no digits");

  /* Mended, it goes at once. */
  jp_form_set_text (form, "name", "曾雨桐");
  g_assert_null (jp_form_get_error (form, "name"));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (name), "error"));
}

static void
test_form_submit (Fixture *fixture, gconstpointer unused)
{
  JpForm *form = fixture->form;

  g_assert_false (jp_form_submit (form));
  g_assert_cmpstr (jp_form_get_error (form, "name"), ==, "Please fill this in");
  g_assert_cmpuint (fixture->n_saves, ==, 0);

  jp_form_set_text (form, "name", "曾雨桐");
  jp_form_set_text (form, "birth", "2026-02-30");
  gtk_widget_activate_action (GTK_WIDGET (form), "form.save", NULL);
  g_assert_cmpuint (fixture->n_saves, ==, 0);
  g_assert_nonnull (jp_form_get_error (form, "birth"));

  /* A hidden field is not asked. */
  jp_form_set_visible (form, "birth", FALSE);
  gtk_widget_activate_action (GTK_WIDGET (form), "form.save", NULL);
  g_assert_cmpuint (fixture->n_saves, ==, 1);
  jp_form_set_visible (form, "birth", TRUE);
  jp_form_set_text (form, "birth", "20080229");
  g_assert_null (jp_form_get_error (form, "birth"));

  /* Not twice at a time. */
  jp_form_set_busy (form, TRUE);
  g_assert_true (jp_form_get_busy (form));
  g_assert_false (jp_form_submit (form));
  jp_form_set_busy (form, FALSE);
  g_assert_true (jp_form_submit (form));
  g_assert_cmpuint (fixture->n_saves, ==, 2);

  jp_form_set_error (form, "name", "Somebody else has this name");
  g_assert_cmpstr (jp_form_get_error (form, "name"), ==, "Somebody else has this name");
}

static void
test_form_dirty (Fixture *fixture, gconstpointer unused)
{
  JpForm *form = fixture->form;
  guint   n_notified = 0;

  g_signal_connect_swapped (form, "notify::dirty", G_CALLBACK (count_cb), &n_notified);
  g_assert_false (jp_form_get_dirty (form));
  jp_form_set_text (form, "name", "曾雨桐");
  g_assert_true (jp_form_get_dirty (form));
  jp_form_set_text (form, "name", NULL);
  g_assert_false (jp_form_get_dirty (form));
  jp_form_set_text (form, "note", "a\nb");
  jp_form_mark_saved (form);
  g_assert_false (jp_form_get_dirty (form));
  g_assert_cmpuint (n_notified, ==, 4);
}

static void
test_form_draft (Fixture *fixture, gconstpointer unused)
{
  JpForm *form = fixture->form;

  g_autoptr (GVariant) nothing = jp_form_dup_draft (form);
  g_assert_cmpuint (g_variant_n_children (nothing), ==, 0);

  jp_form_set_text (form, "name", "曾");
  jp_form_set_text (form, "birth", "2026-02-30");
  gtk_widget_activate_action (GTK_WIDGET (form), "form.cancel", NULL);
  g_assert_cmpuint (fixture->n_cancels, ==, 1);
  g_autoptr (GVariant) draft = jp_form_dup_draft (form);
  g_assert_cmpuint (g_variant_n_children (draft), ==, 2);

  jp_form_set_text (form, "name", "");
  jp_form_set_text (form, "birth", "");
  jp_form_load_draft (form, draft);
  g_autofree char *name = jp_form_dup_text (form, "name");
  g_autofree char *birth = jp_form_dup_text (form, "birth");
  g_assert_cmpstr (name, ==, "曾");
  g_assert_cmpstr (birth, ==, "2026-02-30");

  g_autoptr (GVariant) foreign = g_variant_ref_sink (g_variant_new_parsed ("{'gone': 'x'}"));
  jp_form_load_draft (form, foreign);
}

static void
test_form_window (void)
{
  GtkWidget    *parent = gtk_window_new ();
  JpForm       *form = JP_FORM (jp_form_new ());
  JpFormWindow *window = jp_form_window_new (GTK_WINDOW (parent), "New Trainee", form);
  guint         n_cancels = 0;

  jp_form_add (form, "name", JP_FORM_ROW (jp_entry_row_new ("Name", JP_ENTRY_TEXT)), NULL, NULL);
  jp_form_window_set_save_label (window, "Enrol");
  g_assert_true (jp_form_window_get_form (window) == form);
  g_signal_connect_swapped (form, "cancelled", G_CALLBACK (count_cb), &n_cancels);
  gtk_window_present (GTK_WINDOW (parent));
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&window);
  gtk_window_close (GTK_WINDOW (window));
  jp_ui_test_settle ();
  g_assert_cmpuint (n_cancels, ==, 1);
  g_assert_null (window);
  gtk_window_destroy (GTK_WINDOW (parent));
}

int
main (int argc, char *argv[])
{
  jp_ui_test_init (&argc, &argv);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

  g_test_add_func ("/app/entry-row/kinds", test_entry_row);
  g_test_add_func ("/app/entry-row/max-length", test_entry_row_max_length);
  g_test_add_func ("/app/date-row/text", test_date_row);
  g_test_add_func ("/app/date-row/calendar", test_date_row_calendar);
  g_test_add_func ("/app/choice-row/choices", test_choice_row);
  g_test_add_func ("/app/switch-row/text", test_switch_row);
  g_test_add_func ("/app/text-row/text", test_text_row);
  ADD ("/app/form/errors", test_form_errors);
  ADD ("/app/form/submit", test_form_submit);
  ADD ("/app/form/dirty", test_form_dirty);
  ADD ("/app/form/draft", test_form_draft);
  g_test_add_func ("/app/form-window/close", test_form_window);

  return g_test_run ();
}
