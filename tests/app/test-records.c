/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* The pages of records with a school's data: lists, panes, forms, undo, trash. */

#include "jp-codes.h"
#include "jp-contract-acts.h"
#include "jp-contract-detail.h"
#include "jp-form-window.h"
#include "jp-person-rows.h"
#include "jp-records-fixture.h"
#include "jp-record-form.h"
#include "jp-records-export.h"
#include "jp-records-import.h"
#include "jp-records-print.h"
#include "jp-reveal.h"
#include "jp-trainee-detail.h"
#include "jp-ui-test.h"

static const char *const places[] = { "trainees", "contracts", "tiers",     "hours",
                                      "coaches",  "vehicles",  "terminals", "refunds" };

static JpStates *
get_states (JpRecordsPage *page)
{
  return jp_list_page_get_states (jp_records_page_get_list (page));
}

static JpViewBar *
get_views (JpRecordsPage *page)
{
  return jp_list_page_get_view_bar (jp_records_page_get_list (page));
}

static guint
count_rows (JpRecordsPage *page)
{
  JpTable *table = jp_list_page_get_table (jp_records_page_get_list (page));

  return g_list_model_get_n_items (jp_table_get_model (table));
}

static void
do_command (JpRecordsFixture *fixture, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, NULL));
  jp_records_fixture_wait (fixture);
}

static JpForm *
open_form (JpRecordsFixture *fixture, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, NULL));
  return jp_form_window_get_form (JP_FORM_WINDOW (jp_records_fixture_wait_for_form (fixture)));
}

static gboolean
has_form (void)
{
  for (GList *l = gtk_window_list_toplevels (); l != NULL; l = l->next)
    if (JP_IS_FORM_WINDOW (l->data) && gtk_widget_get_visible (l->data))
      return TRUE;

  return FALSE;
}

/* Ctrl+Enter. */
static void
press_save (JpRecordsFixture *fixture, JpForm *form)
{
  gtk_widget_activate_action (GTK_WIDGET (form), "form.save", NULL);
  jp_records_fixture_wait (fixture);
}

static const char *
name_of (JpFieldId field)
{
  return jp_field_get (field)->name;
}

static void
type (JpForm *form, JpFieldId field, const char *text)
{
  jp_form_set_text (form, name_of (field), text);
}

static void
leave (JpForm *form, JpFieldId field)
{
  g_signal_emit_by_name (jp_form_get_row (form, name_of (field)), "left");
}

static void
assert_typed (JpForm *form, JpFieldId field, const char *expected)
{
  g_autofree char *text = jp_form_dup_text (form, name_of (field));

  g_assert_cmpstr (text, ==, expected);
}

/* Lists. */

static void
test_content (JpRecordsFixture *fixture, gconstpointer unused)
{
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      JpRecordsPage *page = jp_records_fixture_show (fixture, places[i]);

      if (g_str_equal (places[i], "refunds"))
        {
          g_assert_cmpint (jp_states_get_state (get_states (page)), ==, JP_STATE_EMPTY);
          continue;
        }
      g_assert_cmpint (jp_states_get_state (get_states (page)), ==, JP_STATE_CONTENT);
      g_assert_cmpuint (count_rows (page), >, 0);
      jp_records_fixture_select (page, 0);
    }
}

static void
test_loading_and_empty (JpRecordsFixture *fixture, gconstpointer unused)
{
  g_autofree char *began_with = g_strdup (jp_window_get_place (fixture->window));

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      JpRecordsPage *page = NULL;

      g_assert_true (jp_window_show_place (fixture->window, places[i], NULL, NULL));
      page = JP_RECORDS_PAGE (jp_window_get_page (fixture->window));
      if (!g_str_equal (places[i], began_with))
        g_assert_cmpint (jp_states_get_state (get_states (page)), ==, JP_STATE_LOADING);
      jp_records_fixture_wait (fixture);
      g_assert_cmpint (jp_states_get_state (get_states (page)), ==, JP_STATE_EMPTY);
    }
}

static void
test_error (JpRecordsFixture *fixture, gconstpointer unused)
{
  JpRecordsPage *page = jp_records_fixture_show (fixture, "coaches");

  jp_records_fixture_break_table (fixture, "coach");
  g_signal_emit_by_name (jp_records_page_get_list (page), "retry");
  jp_records_fixture_wait (fixture);
  g_assert_cmpint (jp_states_get_state (get_states (page)), ==, JP_STATE_ERROR);
}

static void
test_search_and_views (JpRecordsFixture *fixture, gconstpointer unused)
{
  JpRecordsPage *page = jp_records_fixture_show (fixture, "trainees");
  JpListPage    *list = jp_records_page_get_list (page);

  g_assert_cmpuint (count_rows (page), ==, JP_RECORDS_FIXTURE_TRAINEES);
  jp_list_page_set_search (list, "曾雨桐");
  jp_records_fixture_wait (fixture);
  g_assert_cmpuint (count_rows (page), >, 0);
  g_assert_cmpuint (count_rows (page), <, 5);
  jp_list_page_set_search (list, "没有这个人");
  jp_records_fixture_wait (fixture);
  g_assert_cmpint (jp_states_get_state (get_states (page)), ==, JP_STATE_EMPTY);

  jp_list_page_set_search (list, "");
  g_assert_true (jp_view_bar_set_selected (get_views (page), "training"));
  jp_records_fixture_wait (fixture);
  g_assert_cmpuint (count_rows (page), ==, JP_RECORDS_FIXTURE_TRAINEES * 4 / 5);
}

static void
test_sort (JpRecordsFixture *fixture, gconstpointer unused)
{
  JpRecordsPage *page = jp_records_fixture_show (fixture, "tiers");
  JpTable       *table = jp_list_page_get_table (jp_records_page_get_list (page));
  gint64         first = 0;

  first = jp_record_get_integer (jp_records_fixture_select (page, 0), JP_CLASS_TIER_PRICE);
  jp_table_sort_by (table, "price", TRUE);
  jp_records_fixture_wait (fixture);
  g_assert_cmpint (jp_record_get_integer (jp_records_fixture_select (page, 0), JP_CLASS_TIER_PRICE),
                   >, first);
}

/* The pane. */

static guint
count_labels (GtkWidget *widget)
{
  guint n = GTK_IS_LABEL (widget) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_labels (child);
  return n;
}

/* What was asked about one row must not reach the pane of another, nor of none. */
static void
check_late_answer (JpRecordsFixture *fixture,
                   const char       *place,
                   GtkWidget *(*new_detail) (JpOffice *office))
{
  JpRecordsPage *page = jp_records_fixture_show (fixture, place);
  GtkWidget     *detail = g_object_ref_sink (new_detail (fixture->office));
  g_autoptr (JpRow) other = jp_row_new (G_MAXINT64);
  g_autoptr (JpRow) row = NULL;

  jp_records_fixture_select (page, 0);
  row = jp_records_page_ref_selected (page);
  jp_detail_set_row (JP_DETAIL (detail), row);
  jp_records_fixture_wait (fixture);
  g_assert_cmpuint (count_labels (detail), >, 0);

  jp_detail_set_row (JP_DETAIL (detail), row); /* asks again */
  jp_detail_set_row (JP_DETAIL (detail), NULL);
  jp_records_fixture_wait (fixture);
  g_assert_cmpuint (count_labels (detail), ==, 0);

  jp_detail_set_row (JP_DETAIL (detail), row);
  jp_detail_set_row (JP_DETAIL (detail), other); /* not read yet */
  jp_records_fixture_wait (fixture);
  g_assert_cmpuint (count_labels (detail), ==, 0);
  g_object_unref (detail);
}

static void
test_late_answer (JpRecordsFixture *fixture, gconstpointer unused)
{
  check_late_answer (fixture, "trainees", jp_trainee_detail_new);
  check_late_answer (fixture, "contracts", jp_contract_detail_new);
}

/* Only the record that the audit names is shown in clear. */
static void
test_reveal_of_another (JpRecordsFixture *fixture, gconstpointer unused)
{
  JpRecordsPage *page = jp_records_fixture_show (fixture, "trainees");
  g_autoptr (JpReveal) reveal = jp_reveal_new (fixture->office);
  g_autoptr (JpRecord) one = jp_record_ref (jp_records_fixture_select (page, 0));
  JpRecord *other = jp_records_fixture_select (page, 1);

  jp_reveal_set_record (reveal, one);
  jp_reveal_toggle (reveal);
  jp_reveal_set_record (reveal, other); /* before the audit has it */
  jp_records_fixture_wait (fixture);
  g_assert_false (jp_reveal_is_on (reveal));

  jp_reveal_toggle (reveal);
  jp_records_fixture_wait (fixture);
  g_assert_true (jp_reveal_is_on (reveal));
  g_assert_cmpint (jp_records_fixture_count_audit (fixture, "reveal"), ==, 2);
}

/* Enrolling, without a mouse. */

static void
type_person (JpForm *form)
{
  type (form, JP_TRAINEE_ID_NUMBER, jp_records_fixture_get_id_number ());
  type (form, JP_TRAINEE_NAME, "王小明");
  type (form, JP_TRAINEE_PHONE, "13805300001");
}

static void
test_enrol (JpRecordsFixture *fixture, gconstpointer unused)
{
  JpRecordsPage *page = jp_records_fixture_show (fixture, "trainees");
  JpForm        *form = open_form (fixture, "win.new");
  g_autoptr (JpRecord) tier = jp_records_fixture_find_named (fixture, JP_KIND_CLASS_TIER, "周末班");
  g_autofree char *tier_id = jp_id_dup_text (jp_record_get_id (tier));
  JpRecord        *trainee = NULL;

  type_person (form);
  assert_typed (form, JP_TRAINEE_BIRTH_DATE, "2001-02-03");
  assert_typed (form, JP_TRAINEE_SEX, "female");
  type (form, JP_TRAINEE_CLASS_TIER, tier_id);
  assert_typed (form, JP_TRAINEE_LICENCE_TYPE, "C1");
  press_save (fixture, form);

  g_assert_false (has_form ());
  g_assert_cmpuint (count_rows (page), ==, JP_RECORDS_FIXTURE_TRAINEES + 1);
  {
    g_autoptr (JpRow) row = jp_records_page_ref_selected (page);

    g_assert_nonnull (row);
    trainee = jp_row_get_record (row);
    g_assert_cmpstr (jp_record_get_text (trainee, JP_TRAINEE_NAME), ==, "王小明");
    g_assert_cmpint (jp_record_get_date (trainee, JP_TRAINEE_APPLIED_ON), ==, 20261124);
  }

  /* And back. */
  do_command (fixture, "win.undo");
  g_assert_cmpuint (count_rows (page), ==, JP_RECORDS_FIXTURE_TRAINEES);
}

static void
test_known_person (JpRecordsFixture *fixture, gconstpointer unused)
{
  JpRecordsPage   *page = jp_records_fixture_show (fixture, "trainees");
  JpRecord        *known = jp_records_fixture_select (page, 0);
  g_autofree char *number = g_strdup (jp_record_get_text (known, JP_TRAINEE_ID_NUMBER));
  JpForm          *form = open_form (fixture, "win.new");

  type_person (form);
  type (form, JP_TRAINEE_LICENCE_TYPE, "C1");
  type (form, JP_TRAINEE_ID_NUMBER, number);
  jp_records_fixture_wait (fixture);
  g_assert_nonnull (jp_form_get_error (form, name_of (JP_TRAINEE_ID_NUMBER)));

  press_save (fixture, form);
  g_assert_true (has_form ());
  g_assert_nonnull (jp_form_get_error (form, name_of (JP_TRAINEE_ID_NUMBER)));
  g_assert_cmpuint (count_rows (page), ==, JP_RECORDS_FIXTURE_TRAINEES);
  g_assert_false (jp_form_get_busy (form));
  gtk_window_destroy (jp_records_fixture_wait_for_form (fixture));
}

static void
test_validation (JpRecordsFixture *fixture, gconstpointer unused)
{
  JpForm *form = NULL;

  jp_records_fixture_show (fixture, "trainees");
  form = open_form (fixture, "win.new");
  type (form, JP_TRAINEE_ID_NUMBER, "371702200102034520");
  leave (form, JP_TRAINEE_ID_NUMBER);
  g_assert_nonnull (jp_form_get_error (form, name_of (JP_TRAINEE_ID_NUMBER)));
  type (form, JP_TRAINEE_PHONE, "1234");
  leave (form, JP_TRAINEE_PHONE);
  g_assert_nonnull (jp_form_get_error (form, name_of (JP_TRAINEE_PHONE)));
  type (form, JP_TRAINEE_PHONE, "138 0530 0001");
  g_assert_null (jp_form_get_error (form, name_of (JP_TRAINEE_PHONE)));

  /* Nothing is saved while a field is wrong; an empty one that is needed says so. */
  press_save (fixture, form);
  g_assert_true (has_form ());
  g_assert_nonnull (jp_form_get_error (form, name_of (JP_TRAINEE_NAME)));
  gtk_window_destroy (jp_records_fixture_wait_for_form (fixture));
}

/* A rule between fields is taken back by mending the other one. */
static void
test_sum (JpRecordsFixture *fixture, gconstpointer unused)
{
  JpForm *form = NULL;

  jp_records_fixture_show (fixture, "tiers");
  form = open_form (fixture, "win.new");
  type (form, JP_CLASS_TIER_PART1_FEE, "1000");
  type (form, JP_CLASS_TIER_PRICE, "3000");
  leave (form, JP_CLASS_TIER_PRICE);
  g_assert_nonnull (jp_form_get_error (form, name_of (JP_CLASS_TIER_PRICE)));
  type (form, JP_CLASS_TIER_PART1_FEE, "3000");
  g_assert_null (jp_form_get_error (form, name_of (JP_CLASS_TIER_PRICE)));
  gtk_window_destroy (jp_records_fixture_wait_for_form (fixture));
}

/* Esc loses nothing; saving forgets it. */
static void
test_typing_is_kept (JpRecordsFixture *fixture, gconstpointer unused)
{
  JpForm *form = NULL;

  jp_records_fixture_show (fixture, "trainees");
  form = open_form (fixture, "win.new");
  type_person (form);
  gtk_widget_activate_action (GTK_WIDGET (form), "form.cancel", NULL);
  jp_records_fixture_wait (fixture);
  g_assert_false (has_form ());

  form = open_form (fixture, "win.new");
  assert_typed (form, JP_TRAINEE_NAME, "王小明");
  assert_typed (form, JP_TRAINEE_BIRTH_DATE, "2001-02-03");
  type (form, JP_TRAINEE_LICENCE_TYPE, "C1");
  press_save (fixture, form);
  g_assert_false (has_form ());

  form = open_form (fixture, "win.new");
  assert_typed (form, JP_TRAINEE_NAME, "");
  gtk_window_destroy (jp_records_fixture_wait_for_form (fixture));
}

static void
test_edit_and_undo (JpRecordsFixture *fixture, gconstpointer unused)
{
  JpRecordsPage   *page = jp_records_fixture_show (fixture, "coaches");
  JpRecord        *coach = jp_records_fixture_select (page, 0);
  g_autofree char *name = g_strdup (jp_record_get_text (coach, JP_COACH_NAME));
  gint64           n_before = jp_records_fixture_count_audit (fixture, "reveal");
  JpForm          *form = open_form (fixture, "win.edit");

  /* Who edits sees the sensitive values: that is in the audit, once. */
  g_assert_cmpint (jp_records_fixture_count_audit (fixture, "reveal"), ==, n_before + 1);
  type (form, JP_COACH_NAME, "李新名");
  press_save (fixture, form);
  g_assert_false (has_form ());
  {
    g_autoptr (JpRecord) changed = jp_records_fixture_find_named (fixture, JP_KIND_COACH, "李新名");

    g_assert_nonnull (changed);
  }

  do_command (fixture, "win.undo");
  {
    g_autoptr (JpRecord) same = jp_records_fixture_find_named (fixture, JP_KIND_COACH, name);

    g_assert_nonnull (same);
  }
}

static void
test_trash (JpRecordsFixture *fixture, gconstpointer unused)
{
  JpRecordsPage *page = jp_records_fixture_show (fixture, "vehicles");
  guint          n_rows = count_rows (page);

  jp_records_fixture_select (page, 1);
  do_command (fixture, "win.delete");
  g_assert_cmpuint (count_rows (page), ==, n_rows - 1);

  g_assert_true (jp_view_bar_set_selected (get_views (page), "trash"));
  jp_records_fixture_wait (fixture);
  g_assert_cmpuint (count_rows (page), ==, 1);
  jp_records_fixture_select (page, 0);
  do_command (fixture, "win.delete");
  g_assert_cmpuint (count_rows (page), ==, 0);

  g_assert_true (jp_view_bar_set_selected (get_views (page), "in-use"));
  jp_records_fixture_wait (fixture);
  g_assert_cmpuint (count_rows (page), ==, n_rows);
}

static gboolean
is_in_table (gpointer user_data)
{
  JpRecordsFixture *fixture = user_data;
  JpRecordsPage    *page = JP_RECORDS_PAGE (jp_window_get_page (fixture->window));
  GtkWidget        *table = GTK_WIDGET (jp_list_page_get_table (jp_records_page_get_list (page)));
  GtkWidget        *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  return focus != NULL && gtk_widget_is_ancestor (focus, table);
}

/* Alt+digit: the first visit makes the page; the keys reach its rows as soon as they are there. */
static void
test_focus (JpRecordsFixture *fixture, gconstpointer unused)
{
  static const char *const visits[] = { "coaches", "vehicles", "coaches" };

  for (gsize i = 0; i < G_N_ELEMENTS (visits); i++)
    {
      g_assert_true (
        gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.go", "s", visits[i]));
      g_assert_true (jp_ui_test_wait_until (is_in_table, fixture, 5000));
    }
}

/* The row that has the focus goes; the keys stay in the list. */
static void
test_focus_after_trash (JpRecordsFixture *fixture, gconstpointer unused)
{
  JpRecordsPage *page = NULL;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.go", "s", "coaches");
  g_assert_true (jp_ui_test_wait_until (is_in_table, fixture, 5000));
  page = JP_RECORDS_PAGE (jp_window_get_page (fixture->window));
  for (int i = 0; i < 3; i++)
    {
      jp_records_fixture_wait (fixture);
      jp_records_fixture_select (page, i == 1 ? 2 : 0);
      gtk_widget_grab_focus (GTK_WIDGET (jp_list_page_get_table (jp_records_page_get_list (page))));
      gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.delete", NULL);
      jp_records_fixture_wait (fixture);
      g_assert_true (jp_ui_test_wait_until (is_in_table, fixture, 5000));
    }
}

/* Several rows go in one action and come back with one undo. */
static void
test_trash_several (JpRecordsFixture *fixture, gconstpointer unused)
{
  JpRecordsPage     *page = jp_records_fixture_show (fixture, "coaches");
  JpTable           *table = jp_list_page_get_table (jp_records_page_get_list (page));
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (jp_table_get_selection (table));
  guint              n_rows = count_rows (page);

  g_assert_cmpuint (n_rows, >, 3);
  gtk_selection_model_select_range (selection, 0, 3, TRUE);
  jp_records_fixture_wait (fixture);
  do_command (fixture, "win.delete");
  g_assert_cmpuint (count_rows (page), ==, n_rows - 3);
  do_command (fixture, "win.undo");
  g_assert_cmpuint (count_rows (page), ==, n_rows);

  gtk_selection_model_select_range (selection, 1, 2, TRUE);
  jp_records_fixture_wait (fixture);
  do_command (fixture, "win.delete");
  g_assert_true (jp_view_bar_set_selected (get_views (page), "trash"));
  jp_records_fixture_wait (fixture);
  g_assert_cmpuint (count_rows (page), ==, 2);
  gtk_selection_model_select_range (selection, 0, 2, TRUE);
  jp_records_fixture_wait (fixture);
  do_command (fixture, "win.delete");
  g_assert_cmpuint (count_rows (page), ==, 0);
}

/* Tiers, terminals, contracts. */

static void
test_new_version (JpRecordsFixture *fixture, gconstpointer unused)
{
  JpRecordsPage *page = jp_records_fixture_show (fixture, "tiers");
  JpRecord      *tier = jp_records_fixture_select (page, 0);
  JpId           id = *jp_record_get_id (tier);
  JpForm        *form = open_form (fixture, "win.edit");
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_CLASS_TIER);
  g_autoptr (JpRecord) next = NULL;

  type (form, JP_CLASS_TIER_PRICE, "3380");
  type (form, JP_CLASS_TIER_PART3_FEE, "1280");
  press_save (fixture, form);
  g_assert_false (has_form ());
  jp_query_where_ref (query, JP_CLASS_TIER_REPLACES, &id);
  next = jp_records_fixture_find (fixture, query);
  g_assert_nonnull (next);
  g_assert_cmpint (jp_record_get_integer (next, JP_CLASS_TIER_VERSION_NO), ==, 2);
  g_assert_cmpint (jp_record_get_integer (next, JP_CLASS_TIER_PRICE), ==, 338000);
}

static gboolean
names_spare (gpointer data)
{
  JpTable *table = jp_list_page_get_table (jp_records_page_get_list (data));
  g_autoptr (JpRow) row = g_list_model_get_item (jp_table_get_model (table), 0);

  return g_str_equal (jp_row_get_bound_title (row), "JT808-2026-00324");
}

static void
test_swap (JpRecordsFixture *fixture, gconstpointer unused)
{
  JpRecordsPage *page = jp_records_fixture_show (fixture, "vehicles");
  JpRecord      *vehicle = jp_records_fixture_select (page, 0);
  g_autoptr (JpRecord) spare =
    jp_records_fixture_find_named (fixture, JP_KIND_TERMINAL, "JT808-2026-00324");
  g_autofree char *spare_id = jp_id_dup_text (jp_record_get_id (spare));
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_TERMINAL_ASSIGNMENT);
  JpForm *form = NULL;

  jp_query_where_ref (query, JP_TERMINAL_ASSIGNMENT_VEHICLE, jp_record_get_id (vehicle));
  g_assert_true (jp_records_fixture_press (fixture, "Swap the Terminal…"));
  form = jp_form_window_get_form (JP_FORM_WINDOW (jp_records_fixture_wait_for_form (fixture)));
  type (form, JP_TERMINAL_ASSIGNMENT_TERMINAL, spare_id);
  type (form, JP_TERMINAL_ASSIGNMENT_SIM, "1064905300002");
  press_save (fixture, form);
  g_assert_false (has_form ());
  g_assert_cmpint (jp_records_fixture_count (fixture, query), ==, 2);
  g_assert_true (jp_ui_test_wait_until (names_spare, page, 5000));
}

static gboolean
has_sim (gpointer data)
{
  g_autofree char *sim = jp_form_dup_text (data, jp_field_get (JP_TERMINAL_ASSIGNMENT_SIM)->name);

  return *sim != '\0';
}

/* The SIM card that a terminal had last is not typed again, from whichever end one begins. */
static void
test_swap_sim (JpRecordsFixture *fixture, gconstpointer unused)
{
  JpRecordsPage *page = jp_records_fixture_show (fixture, "vehicles");
  JpRecord      *vehicle = jp_records_fixture_select (page, 0);
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_TERMINAL_ASSIGNMENT);
  g_autoptr (JpRecord) last = NULL;
  g_autofree char *terminal_id = NULL;
  g_autofree char *sim = NULL;
  JpForm          *form = NULL;

  jp_query_where_ref (query, JP_TERMINAL_ASSIGNMENT_VEHICLE, jp_record_get_id (vehicle));
  last = jp_records_fixture_find (fixture, query);
  terminal_id = jp_id_dup_text (jp_record_get_ref (last, JP_TERMINAL_ASSIGNMENT_TERMINAL));
  g_assert_true (jp_records_fixture_press (fixture, "Swap the Terminal…"));
  form = jp_form_window_get_form (JP_FORM_WINDOW (jp_records_fixture_wait_for_form (fixture)));
  g_assert_false (has_sim (form));
  type (form, JP_TERMINAL_ASSIGNMENT_TERMINAL, terminal_id);
  g_assert_true (jp_ui_test_wait_until (has_sim, form, 10000));
  sim = jp_form_dup_text (form, jp_field_get (JP_TERMINAL_ASSIGNMENT_SIM)->name);
  g_assert_cmpstr (sim, ==, jp_record_get_text (last, JP_TERMINAL_ASSIGNMENT_SIM));
}

/* Another tier: the same number, another price; undo brings the first back. */
static void
edit_draft (JpRecordsFixture *fixture, JpQuery *query)
{
  g_autoptr (JpRecord) before = jp_records_fixture_find (fixture, query);
  g_autoptr (JpQuery) others = jp_query_new (JP_KIND_CLASS_TIER);
  g_autoptr (JpRecord) other = NULL;
  g_autoptr (JpRecord) after = NULL;
  g_autoptr (JpRecord) undone = NULL;
  g_autofree char *other_id = NULL;
  JpForm          *form = NULL;

  jp_query_where_code (others, JP_CLASS_TIER_STATUS, JP_QUERY_EQUAL, JP_TIER_STATUS_PUBLISHED);
  jp_query_where_text (others, JP_CLASS_TIER_LICENCE_TYPE, JP_QUERY_EQUAL,
                       jp_record_get_text (before, JP_CONTRACT_LICENCE_TYPE));
  jp_query_where_integer (others, JP_CLASS_TIER_PRICE, JP_QUERY_NOT_EQUAL,
                          jp_record_get_integer (before, JP_CONTRACT_PRICE));
  other = jp_records_fixture_find (fixture, others);
  other_id = jp_id_dup_text (jp_record_get_id (other));

  form = open_form (fixture, "win.edit");
  type (form, JP_CONTRACT_CLASS_TIER, other_id);
  press_save (fixture, form);
  g_assert_false (has_form ());
  after = jp_records_fixture_find (fixture, query);
  g_assert_cmpstr (jp_record_get_text (after, JP_CONTRACT_NUMBER), ==,
                   jp_record_get_text (before, JP_CONTRACT_NUMBER));
  g_assert_cmpint (jp_record_get_integer (after, JP_CONTRACT_PRICE), ==,
                   jp_record_get_integer (other, JP_CLASS_TIER_PRICE));

  do_command (fixture, "win.undo");
  undone = jp_records_fixture_find (fixture, query);
  g_assert_cmpint (jp_record_get_integer (undone, JP_CONTRACT_PRICE), ==,
                   jp_record_get_integer (before, JP_CONTRACT_PRICE));
}

static void
test_contract (JpRecordsFixture *fixture, gconstpointer unused)
{
  JpRecordsPage *page = jp_records_fixture_show (fixture, "trainees");
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_CONTRACT);
  g_autoptr (JpRecord) contract = NULL;
  g_autoptr (JpRecord) offered = NULL;

  g_assert_true (jp_view_bar_set_selected (get_views (page), "unsigned"));
  jp_records_fixture_wait (fixture);
  jp_query_where_ref (query, JP_CONTRACT_TRAINEE,
                      jp_record_get_id (jp_records_fixture_select (page, 0)));
  g_assert_cmpint (jp_records_fixture_count (fixture, query), ==, 0);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (jp_list_page_get_table (
                                               jp_records_page_get_list (page))),
                                             "trainee.draft", NULL));
  jp_records_fixture_wait (fixture);
  jp_records_fixture_wait (fixture);

  contract = jp_records_fixture_find (fixture, query);
  g_assert_nonnull (contract);
  g_assert_cmpint (jp_record_get_code (contract, JP_CONTRACT_STATUS), ==, JP_CONTRACT_STATUS_DRAFT);
  g_assert_cmpstr (jp_window_get_place (fixture->window), ==, "contracts");

  edit_draft (fixture, query);

  /* Sending asks first. */
  g_assert_true (jp_records_fixture_press (fixture, "Send for Signature…"));
  jp_records_fixture_answer (fixture, "no");
  g_clear_pointer (&contract, jp_record_unref);
  contract = jp_records_fixture_find (fixture, query);
  g_assert_cmpint (jp_record_get_code (contract, JP_CONTRACT_STATUS), ==, JP_CONTRACT_STATUS_DRAFT);
  g_assert_true (jp_records_fixture_press (fixture, "Send for Signature…"));
  jp_records_fixture_answer (fixture, "yes");
  offered = jp_records_fixture_find (fixture, query);
  g_assert_cmpint (jp_record_get_code (offered, JP_CONTRACT_STATUS), ==,
                   JP_CONTRACT_STATUS_OFFERED);

  /* What has been sent is not edited. */
  do_command (fixture, "win.edit");
  g_assert_false (has_form ());
}

#define PRINCIPAL "王校长"
#define FINANCE   "李会计"

static gpointer
add_people_in_writer (JpVault *vault, gpointer data, GError **error)
{
  const JpUserSpec principal = { PRINCIPAL, JP_ROLE_PRINCIPAL, "135790", NULL, NULL };
  const JpUserSpec finance = { FINANCE, JP_ROLE_FINANCE, "246802", PRINCIPAL, "135790" };

  return jp_user_repo_add (vault, &principal, error) && jp_user_repo_add (vault, &finance, error)
           ? GINT_TO_POINTER (TRUE)
           : NULL;
}

static JpForm *
open_dialog (JpRecordsFixture *fixture, const char *button)
{
  JpForm *form = NULL;

  g_assert_true (jp_records_fixture_press (fixture, button));
  form = jp_form_window_get_form (JP_FORM_WINDOW (jp_records_fixture_wait_for_form (fixture)));
  jp_records_fixture_wait (fixture);
  return form;
}

static void
sign (JpForm *form, const char *name, const char *pin)
{
  jp_form_set_text (form, JP_PERSON_ROWS_NAME, name);
  jp_form_set_text (form, JP_PERSON_ROWS_PIN, pin);
}

/* One person asks, the same person cannot approve, another one can; only then is there a refund. */
static void
test_withdraw (JpRecordsFixture *fixture, gconstpointer unused)
{
  JpRecordsPage *page = jp_records_fixture_show (fixture, "contracts");
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_REFUND);
  g_autoptr (JpRecord) refund = NULL;
  const JpStoreCall call = { .func = add_people_in_writer };
  JpForm           *form = NULL;

  jp_query_where_code (query, JP_REFUND_STATE, JP_QUERY_EQUAL, JP_REQUEST_STATE_PENDING);

  jp_store_write_async (fixture->store, &call, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  jp_records_fixture_select (page, 0);
  form = open_dialog (fixture, "Refund and Withdrawal…");
  jp_form_set_text (form, "hours2", "six");
  g_assert_false (jp_form_check (form));
  jp_form_set_text (form, "hours2", "6.5");
  jp_form_set_text (form, "fault", "school");
  jp_form_set_text (form, "reason", "搬家");
  sign (form, FINANCE, "999999");
  press_save (fixture, form);
  g_assert_cmpstr (jp_form_get_error (form, JP_PERSON_ROWS_PIN), ==, "The PIN is wrong.");
  sign (form, FINANCE, "246802");
  press_save (fixture, form);
  g_assert_false (has_form ());
  g_assert_cmpint (jp_records_fixture_count (fixture, query), ==, 0);

  form = open_dialog (fixture, "Approve the Withdrawal…");
  sign (form, FINANCE, "246802");
  press_save (fixture, form);
  g_assert_nonnull (jp_form_get_error (form, JP_PERSON_ROWS_NAME));
  g_assert_cmpint (jp_records_fixture_count (fixture, query), ==, 0);
  sign (form, PRINCIPAL, "135790");
  press_save (fixture, form);
  g_assert_false (has_form ());

  refund = jp_records_fixture_find (fixture, query);
  g_assert_nonnull (refund);
  g_assert_cmpint (jp_record_get_code (refund, JP_REFUND_STATE), ==, JP_REQUEST_STATE_PENDING);
  g_assert_cmpint (jp_record_get_code (refund, JP_REFUND_FAULT), ==, JP_FAULT_SCHOOL);
  jp_records_fixture_select (jp_records_fixture_show (fixture, "refunds"), 0);
}

static void
set_true (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *)user_data;
}

/* The whole list, and no ID number in clear. */
/* Printing is possible exactly where there is something to print, and the audit knows. */
static void
test_print (JpRecordsFixture *fixture, gconstpointer unused)
{
  JpRecordsPage   *page = jp_records_fixture_show (fixture, "trainees");
  g_autofree char *path = jp_test_dir_build (fixture->dir, "form.pdf");
  g_autofree char *data = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gint64   n_prints = jp_records_fixture_count_audit (fixture, "print");
  gint64   n_reveals = jp_records_fixture_count_audit (fixture, "reveal");
  gboolean done = FALSE;

  g_assert_cmpuint (jp_page_get_commands (JP_PAGE (page)) & JP_COMMAND_PRINT, ==, 0);

  JpRecordsPrint what = { JP_RECORDS_PAPER_OWN, JP_KIND_TRAINEE,
                          jp_records_fixture_select (page, 0), FALSE };

  g_assert_cmpuint (jp_page_get_commands (JP_PAGE (page)) & JP_COMMAND_PRINT, !=, 0);
  jp_records_print_to (fixture->office, &what, file, set_true, &done);
  g_assert_true (jp_ui_test_wait_until (is_true, &done, 5000));
  g_assert_true (g_file_get_contents (path, &data, NULL, NULL));
  g_assert_true (g_str_has_prefix (data, "%PDF-1."));
  g_assert_cmpint (jp_records_fixture_count_audit (fixture, "print"), ==, n_prints + 1);

  done = FALSE;
  what.reveal = TRUE;
  jp_records_print_to (fixture->office, &what, file, set_true, &done);
  g_assert_true (jp_ui_test_wait_until (is_true, &done, 5000));
  g_assert_cmpint (jp_records_fixture_count_audit (fixture, "reveal"), ==, n_reveals + 1);

  /* A contract's refund sheet is a document of its own. */
  what.paper = JP_RECORDS_PAPER_REFUND;
  what.kind = JP_KIND_CONTRACT;
  what.record = jp_records_fixture_select (jp_records_fixture_show (fixture, "contracts"), 0);
  done = FALSE;
  jp_records_print_to (fixture->office, &what, file, set_true, &done);
  g_assert_true (jp_ui_test_wait_until (is_true, &done, 5000));

  page = jp_records_fixture_show (fixture, "tiers");
  g_assert_cmpuint (jp_page_get_commands (JP_PAGE (page)) & JP_COMMAND_PRINT, !=, 0);
  page = jp_records_fixture_show (fixture, "coaches");
  jp_records_fixture_select (page, 0);
  g_assert_cmpuint (jp_page_get_commands (JP_PAGE (page)) & JP_COMMAND_PRINT, ==, 0);
}

/* The question comes first; without an answer nothing is printed. */
static void
test_print_question (JpRecordsFixture *fixture, gconstpointer unused)
{
  gint64 n_prints = jp_records_fixture_count_audit (fixture, "print");

  jp_records_fixture_show (fixture, "tiers");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.print", NULL));
  jp_records_fixture_answer (fixture, "cancel");
  g_assert_cmpint (jp_records_fixture_count_audit (fixture, "print"), ==, n_prints);
}

static gboolean
ignore_printers (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  return FALSE;
}

/* What a printer is given: the pages of the paper, lying where the paper lies. */
static void
test_print_operation (JpRecordsFixture *fixture, gconstpointer unused)
{
  const JpPaperSetup setup = { .title = "打印", .is_landscape = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPaper) paper = jp_paper_new (&setup, &error);
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autofree char *path = jp_test_dir_build (fixture->dir, "printed.pdf");
  g_autofree char *data = NULL;

  g_assert_no_error (error);
  g_test_log_set_fatal_handler (ignore_printers, NULL);
  jp_paper_add_text (paper, JP_PAPER_TITLE, "第一页");
  jp_paper_break_page (paper);
  jp_paper_add_text (paper, JP_PAPER_BODY, "第二页");
  jp_records_print_set_up (operation, paper);
  gtk_print_operation_set_export_filename (operation, path);
  g_assert_cmpint (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT,
                                            GTK_WINDOW (fixture->window), &error),
                   ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_assert_no_error (error);
  g_assert_cmpint (gtk_print_operation_get_n_pages_to_print (operation), ==, 2);
  g_assert_true (g_file_get_contents (path, &data, NULL, NULL));
  g_assert_true (g_str_has_prefix (data, "%PDF-1."));
}

static void
test_export (JpRecordsFixture *fixture, gconstpointer unused)
{
  JpRecordsPage   *page = jp_records_fixture_show (fixture, "trainees");
  g_autofree char *number =
    g_strdup (jp_record_get_text (jp_records_fixture_select (page, 0), JP_TRAINEE_ID_NUMBER));
  g_autofree char *path = jp_test_dir_build (fixture->dir, "trainees.csv");
  g_autofree char *text = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_TRAINEE);
  g_auto (GStrv) lines = NULL;
  gboolean done = FALSE;

  jp_records_export_to (fixture->office, query, file, set_true, &done);
  g_assert_true (jp_ui_test_wait_until (is_true, &done, 5000));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_null (strstr (text, number));
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, JP_RECORDS_FIXTURE_TRAINEES + 2);
}

static gboolean
has_dialog (gpointer user_data)
{
  GtkWindow **dialog = user_data;
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows) && *dialog == NULL; i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        *dialog = window;
    }
  return *dialog != NULL;
}

typedef struct
{
  JpRecordsPage *page;
  guint          n;
} Rows;

static gboolean
has_rows (gpointer user_data)
{
  const Rows *rows = user_data;

  return count_rows (rows->page) == rows->n;
}

static gboolean
is_file (gpointer user_data)
{
  return g_file_test (user_data, G_FILE_TEST_EXISTS);
}

/* A spreadsheet is compared, shown, taken in; its wrong row comes back in a file. */
static void
test_import (JpRecordsFixture *fixture, gconstpointer unused)
{
  JpRecordsPage   *page = jp_records_fixture_show (fixture, "trainees");
  guint            n_before = count_rows (page);
  g_autofree char *path = jp_test_dir_build (fixture->dir, "trainees.csv");
  g_autofree char *refused = jp_test_dir_build (fixture->dir, "trainees.refused.csv");
  g_autofree char *text = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_auto (GStrv) lines = NULL;
  GtkWindow *dialog = NULL;
  Rows       rows = { page, n_before + 1 };

  g_assert_true (g_file_set_contents (path,
                                      "姓名,身份证号,手机号,车型\n苗新,372922198803120014,"
                                      "13800530999,C1\n错误,37292219,13800530998,C1\n",
                                      -1, NULL));
  jp_records_import_from (fixture->office, JP_KIND_TRAINEE, file);
  g_assert_true (jp_ui_test_wait_until (has_dialog, &dialog, 5000));
  lines = g_strsplit (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  g_assert_cmpstr (lines[0], ==, "New: 1   changed: 0   unchanged: 0   refused: 1");
  g_assert_true (g_str_has_prefix (lines[1], "Row 3: "));
  g_assert_cmpuint (count_rows (page), ==, n_before);

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "import");
  g_assert_true (jp_ui_test_wait_until (has_rows, &rows, 5000));
  g_assert_true (jp_ui_test_wait_until (is_file, refused, 5000));
  g_assert_true (g_file_get_contents (refused, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "错误"));
  g_assert_null (strstr (text, "苗新"));
}

#define ADD(path, empty, test)                                                                     \
  g_test_add ("/app/records/" path, JpRecordsFixture, empty, jp_records_fixture_set_up, test,      \
              jp_records_fixture_tear_down)

int
main (int argc, char *argv[])
{
  jp_ui_test_init (&argc, &argv);

  ADD ("content", NULL, test_content);
  ADD ("loading-and-empty", "empty", test_loading_and_empty);
  ADD ("error", NULL, test_error);
  ADD ("search-and-views", NULL, test_search_and_views);
  ADD ("sort", NULL, test_sort);
  ADD ("late-answer", NULL, test_late_answer);
  ADD ("reveal-of-another", NULL, test_reveal_of_another);
  ADD ("enrol", NULL, test_enrol);
  ADD ("known-person", NULL, test_known_person);
  ADD ("validation", NULL, test_validation);
  ADD ("sum", NULL, test_sum);
  ADD ("typing-is-kept", NULL, test_typing_is_kept);
  ADD ("edit-and-undo", NULL, test_edit_and_undo);
  ADD ("trash", NULL, test_trash);
  ADD ("focus", NULL, test_focus);
  ADD ("focus-after-trash", NULL, test_focus_after_trash);
  ADD ("trash-several", NULL, test_trash_several);
  ADD ("new-version", NULL, test_new_version);
  ADD ("swap", NULL, test_swap);
  ADD ("swap-sim", NULL, test_swap_sim);
  ADD ("contract", NULL, test_contract);
  ADD ("withdraw", NULL, test_withdraw);
  ADD ("export", NULL, test_export);
  ADD ("print", NULL, test_print);
  ADD ("print-question", NULL, test_print_question);
  ADD ("print-operation", NULL, test_print_operation);
  ADD ("import", NULL, test_import);

  return g_test_run ();
}
