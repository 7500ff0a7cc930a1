/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-form-window.h"
#include "jp-office-fixture.h"
#include "jp-statements-page.h"
#include "jp-ui-test.h"

#define WAIT_MS 5000

static JpStatementsPage *
show_page (JpOfficeFixture *fixture)
{
  g_assert_true (jp_window_show_place (fixture->window, "statements", NULL, NULL));
  return JP_STATEMENTS_PAGE (jp_window_get_page (fixture->window));
}

static JpStates *
get_states (JpStatementsPage *page)
{
  return jp_list_page_get_states (jp_records_page_get_list (jp_statements_page_get_records (page)));
}

static gboolean
has_content (gpointer user_data)
{
  return jp_states_get_state (get_states (user_data)) == JP_STATE_CONTENT;
}

static gboolean
is_empty (gpointer user_data)
{
  return jp_states_get_state (get_states (user_data)) == JP_STATE_EMPTY;
}

static gboolean
has_lines (gpointer user_data)
{
  JpStatementLines *lines = jp_statements_page_get_lines (user_data);

  return lines != NULL &&
         jp_verdict_rows_count (jp_statement_lines_get_rows (lines), JP_VERDICT_VIEW_ALL) >= 24;
}

static gboolean
has_two_lines (gpointer user_data)
{
  JpStatementLines *lines = jp_statements_page_get_lines (user_data);

  return g_list_model_get_n_items (G_LIST_MODEL (jp_statement_lines_get_rows (lines))) == 2;
}

static gboolean
has_evidence (gpointer user_data)
{
  JpTimeline *evidence =
    jp_statement_line_detail_get_evidence (jp_statement_lines_get_detail (user_data));

  return evidence != NULL && jp_timeline_get_n_entries (evidence) >= 3;
}

static void
assert_paid_in_order (JpVerdictRows *rows, gboolean descending)
{
  guint  n_rows = g_list_model_get_n_items (G_LIST_MODEL (rows));
  gint64 before_fen = descending ? G_MAXINT64 : G_MININT64;

  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (JpVerdictRow) row = g_list_model_get_item (G_LIST_MODEL (rows), i);
      gint64 paid_fen = jp_verdict_row_get (row)->paid_fen;

      if (descending)
        g_assert_cmpint (paid_fen, <=, before_fen);
      else
        g_assert_cmpint (paid_fen, >=, before_fen);
      before_fen = paid_fen;
    }
}

static void
test_lines (void)
{
  JpOfficeFixture   fixture = { 0 };
  JpStatementsPage *page = NULL;
  JpIdText          id;

  jp_office_fixture_set_up (&fixture, jp_office_fixture_seed);
  page = show_page (&fixture);
  g_assert_true (jp_ui_test_wait_until (has_content, page, WAIT_MS));
  jp_page_show_item (JP_PAGE (page), jp_id_to_text (&fixture.statement, id));
  jp_ui_test_wait_ms (500);
  jp_office_fixture_shoot (&fixture, "statements");
  g_assert_null (jp_statements_page_get_lines (page));

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), "statements.open", "s",
                                             jp_id_to_text (&fixture.statement, id)));
  g_assert_true (jp_ui_test_wait_until (has_lines, page, WAIT_MS));

  /* The open statement can be searched, exported and printed. */
  g_assert_cmpuint (jp_page_get_commands (JP_PAGE (page)), ==,
                    JP_COMMAND_SEARCH | JP_COMMAND_EXPORT | JP_COMMAND_PRINT);
  g_assert_true (jp_id_equal (jp_record_get_id (jp_statement_lines_get_statement (
                                jp_statements_page_get_lines (page))),
                              &fixture.statement));

  JpListPage *list = jp_statement_lines_get_list (jp_statements_page_get_lines (page));

  JpStatementLines *lines = jp_statements_page_get_lines (page);
  JpVerdictRows    *rows = jp_statement_lines_get_rows (lines);
  g_autoptr (JpVerdictRow) first = g_list_model_get_item (G_LIST_MODEL (rows), 0);

  jp_table_select_id (jp_list_page_get_table (list), jp_verdict_row_get_id (first));
  jp_list_page_set_pane_open (list, TRUE);
  g_assert_true (jp_ui_test_wait_until (has_evidence, lines, WAIT_MS));
  jp_office_fixture_shoot (&fixture, "statement-lines");

  /* Ordered by what is paid: the smallest first, then the greatest. */
  jp_table_sort_by (jp_list_page_get_table (list), "paid", FALSE);
  assert_paid_in_order (rows, FALSE);
  jp_table_sort_by (jp_list_page_get_table (list), "paid", TRUE);
  assert_paid_in_order (rows, TRUE);

  jp_view_bar_set_selected (jp_list_page_get_view_bar (list), JP_VERDICT_VIEW_ALL);
  jp_list_page_set_search (list, "00231");
  g_assert_true (jp_ui_test_wait_until (has_two_lines, page, WAIT_MS));

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), "statements.back", NULL));
  g_assert_null (jp_statements_page_get_lines (page));
  jp_office_fixture_tear_down (&fixture);
}

/* --- contesting --- */

static JpStatementLines *
open_lines (JpOfficeFixture *fixture)
{
  JpStatementsPage *page = show_page (fixture);
  JpIdText          id;

  g_assert_true (jp_ui_test_wait_until (has_content, page, WAIT_MS));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (page), "statements.open", "s",
                                             jp_id_to_text (&fixture->statement, id)));
  g_assert_true (jp_ui_test_wait_until (has_lines, page, WAIT_MS));
  return jp_statements_page_get_lines (page);
}

static guint
count_disputed (JpStatementLines *lines)
{
  return jp_verdict_rows_count (jp_statement_lines_get_rows (lines), JP_VERDICT_VIEW_DISPUTED);
}

static gboolean
has_disputed (gpointer user_data)
{
  return count_disputed (user_data) > 0;
}

static gboolean
has_no_disputed (gpointer user_data)
{
  return count_disputed (user_data) == 0;
}

static gboolean
has_dispute (gpointer user_data)
{
  return jp_statement_line_detail_get_dispute (jp_statement_lines_get_detail (user_data)) != NULL;
}

static JpFormWindow *
find_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (JP_IS_FORM_WINDOW (window))
        return JP_FORM_WINDOW (window);
    }
  return NULL;
}

static gboolean
has_no_window (gpointer user_data)
{
  return find_window () == NULL;
}

static void
shoot (GtkWindow *window, const char *name)
{
  const char      *folder = g_getenv ("JP_TEST_SHOTS");
  g_autofree char *path = g_strdup_printf ("%s/%s.png", folder != NULL ? folder : "", name);

  if (folder != NULL)
    jp_ui_test_screenshot (window, path);
}

/* Chooses lines with the keyboard's means, opens the form, and fills it. */
static void
contest (JpOfficeFixture *fixture, JpStatementLines *lines, guint n_lines, gboolean draft)
{
  JpTable      *table = jp_list_page_get_table (jp_statement_lines_get_list (lines));
  JpFormWindow *window = NULL;

  gtk_selection_model_select_range (GTK_SELECTION_MODEL (jp_table_get_selection (table)), 0,
                                    n_lines, TRUE);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (lines), "lines.contest", NULL));
  window = find_window ();
  g_assert_nonnull (window);
  jp_form_set_text (jp_form_window_get_form (window), "reason", "请核对后更正。");
  jp_form_set_text (jp_form_window_get_form (window), "draft", draft ? "1" : "");
  jp_ui_test_wait_ms (300);
  shoot (GTK_WINDOW (window), draft ? "dispute-draft" : "dispute-window");
  g_assert_true (jp_form_submit (jp_form_window_get_form (window)));
  g_assert_true (jp_ui_test_wait_until (has_no_window, NULL, WAIT_MS));
  g_assert_true (jp_ui_test_wait_until (has_disputed, lines, WAIT_MS));
}

static void
test_contest (void)
{
  JpOfficeFixture   fixture = { 0 };
  JpStatementLines *lines = NULL;
  JpListPage       *list = NULL;

  jp_office_fixture_set_up (&fixture, jp_office_fixture_seed);
  lines = open_lines (&fixture);
  list = jp_statement_lines_get_list (lines);

  /* Two at once, as drafts, and back again. */
  contest (&fixture, lines, 2, TRUE);
  g_assert_cmpuint (count_disputed (lines), ==, 2);
  g_assert_true (jp_office_can_undo (fixture.office));
  jp_office_undo (fixture.office);
  g_assert_true (jp_ui_test_wait_until (has_no_disputed, lines, WAIT_MS));

  /* One is sent: it has a state, a view of its own, and can be taken back. */
  contest (&fixture, lines, 1, FALSE);
  g_assert_cmpuint (count_disputed (lines), ==, 1);
  g_assert_true (jp_view_bar_has (jp_list_page_get_view_bar (list), JP_VERDICT_VIEW_DISPUTED));
  jp_view_bar_set_selected (jp_list_page_get_view_bar (list), JP_VERDICT_VIEW_DISPUTED);
  jp_ui_test_wait_ms (200);
  jp_list_page_set_pane_open (list, TRUE);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (
                                     jp_table_get_selection (jp_list_page_get_table (list))),
                                   0, TRUE);
  g_assert_true (jp_ui_test_wait_until (has_dispute, lines, WAIT_MS));
  jp_ui_test_wait_ms (300);
  jp_office_fixture_shoot (&fixture, "statement-dispute");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (jp_statement_lines_get_detail (lines)),
                                             "line.withdraw-dispute", NULL));
  g_assert_true (jp_ui_test_wait_until (has_no_disputed, lines, WAIT_MS));

  g_assert_true (jp_window_show_place (fixture.window, "statements", "dispute-answers", NULL));
  g_assert_nonnull (
    jp_statements_page_get_disputes (JP_STATEMENTS_PAGE (jp_window_get_page (fixture.window))));
  jp_ui_test_wait_ms (300);
  jp_office_fixture_shoot (&fixture, "disputes");
  jp_office_fixture_tear_down (&fixture);
}

static void
test_empty (void)
{
  JpOfficeFixture   fixture = { 0 };
  JpStatementsPage *page = NULL;

  jp_office_fixture_set_up (&fixture, NULL);
  page = show_page (&fixture);
  g_assert_true (jp_ui_test_wait_until (is_empty, page, WAIT_MS));
  jp_office_fixture_tear_down (&fixture);
}

int
main (int argc, char *argv[])
{
  jp_ui_test_init (&argc, &argv);
  g_test_add_func ("/app/statements/lines", test_lines);
  g_test_add_func ("/app/statements/contest", test_contest);
  g_test_add_func ("/app/statements/empty", test_empty);
  return g_test_run ();
}
