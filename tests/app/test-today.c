/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-figure.h"
#include "jp-form-window.h"
#include "jp-office-fixture.h"
#include "jp-today-columns.h"
#include "jp-today-page.h"
#include "jp-today-requests.h"
#include "jp-today-words.h"
#include "jp-ui-test.h"

#define WAIT_MS 5000

static JpTodayPage *
show_page (JpOfficeFixture *fixture)
{
  g_assert_true (jp_window_show_place (fixture->window, "today", NULL, NULL));
  return JP_TODAY_PAGE (jp_window_get_page (fixture->window));
}

static gboolean
has_content (gpointer user_data)
{
  return jp_states_get_state (jp_board_page_get_states (user_data)) == JP_STATE_CONTENT;
}

static gboolean
has_error (gpointer user_data)
{
  return jp_states_get_state (jp_board_page_get_states (user_data)) == JP_STATE_ERROR;
}

static GtkWidget *
get_row (JpTodayPage *page, JpTodayTask task)
{
  return jp_today_lists_get_row (jp_today_page_get_lists (page), task);
}

static guint
count_figures (GtkWidget *widget)
{
  guint n = JP_IS_FIGURE (widget) && gtk_widget_get_mapped (widget) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_figures (child);
  return n;
}

static gboolean
has_stuck (gpointer page)
{
  return count_figures (page) == 3;
}

static void
test_content (void)
{
  JpOfficeFixture fixture = { 0 };
  JpTodayPage    *page = NULL;
  const char     *place = NULL;
  const char     *view = NULL;
  const char     *item = NULL;

  jp_office_fixture_set_up (&fixture, jp_office_fixture_seed);
  page = show_page (&fixture);
  g_assert_true (jp_ui_test_wait_until (has_content, page, WAIT_MS));
  /* What goes through the whole school comes a moment later. */
  g_assert_true (jp_ui_test_wait_until (has_stuck, page, WAIT_MS));

  jp_office_fixture_shoot (&fixture, "today");
  g_assert_true (gtk_widget_get_visible (get_row (page, JP_TODAY_UNSIGNED)));
  g_assert_true (gtk_widget_get_visible (get_row (page, JP_TODAY_ENROLMENTS)));
  g_assert_false (gtk_widget_get_visible (get_row (page, JP_TODAY_COMPLAINTS)));
  g_assert_cmpstr (adw_action_row_get_subtitle (
                     ADW_ACTION_ROW (get_row (page, JP_TODAY_ENROLMENTS))),
                   ==, "何敏, 杨思琪, 陈浩然 · oldest 1 day ago");

  GVariant *target =
    gtk_actionable_get_action_target_value (GTK_ACTIONABLE (get_row (page, JP_TODAY_UNSIGNED)));

  g_variant_get (target, "(&s&s&s)", &place, &view, &item);
  g_assert_cmpstr (place, ==, "contracts");
  g_assert_cmpstr (view, ==, "unsigned");
  jp_office_fixture_tear_down (&fixture);
}

static void
test_empty (void)
{
  JpOfficeFixture fixture = { 0 };
  JpTodayPage    *page = NULL;

  jp_office_fixture_set_up (&fixture, NULL);
  page = show_page (&fixture);
  g_assert_true (jp_ui_test_wait_until (has_content, page, WAIT_MS));
  for (int i = 0; i < JP_TODAY_N_TASKS; i++)
    g_assert_false (gtk_widget_get_visible (get_row (page, (JpTodayTask)i)));
  jp_office_fixture_shoot (&fixture, "today-empty");
  jp_office_fixture_tear_down (&fixture);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  jp_store_close_finish (JP_STORE (source), result, NULL);
}

/* A store that cannot be read is told, with a way to try again. */
static void
test_error (void)
{
  JpOfficeFixture fixture = { 0 };
  JpTodayPage    *page = NULL;

  jp_office_fixture_set_up (&fixture, NULL);
  jp_window_show_place (fixture.window, "hours", NULL, NULL);
  jp_store_close_async (fixture.store, NULL, closed_cb, NULL);
  jp_ui_test_wait_ms (300);
  g_test_expect_message ("jp-app", G_LOG_LEVEL_MESSAGE, "*");
  page = JP_TODAY_PAGE (g_object_ref_sink (jp_today_page_new (fixture.office)));
  g_assert_true (jp_ui_test_wait_until (has_error, page, WAIT_MS));
  g_object_unref (page);
  jp_office_fixture_tear_down (&fixture);
}

static gboolean
has_three (gpointer user_data)
{
  return jp_today_requests_get_n_rows (user_data) == 3;
}

static gboolean
has_two (gpointer user_data)
{
  return jp_today_requests_get_n_rows (user_data) == 2;
}

/* An online enrolment becomes a trainee with one click. */
static void
test_accept (void)
{
  JpOfficeFixture  fixture = { 0 };
  JpTodayRequests *window = NULL;

  jp_office_fixture_set_up (&fixture, jp_office_fixture_seed);
  window = jp_today_requests_new (fixture.office, JP_TODAY_ENROLMENTS);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (jp_ui_test_wait_until (has_three, window, WAIT_MS));
  g_assert_false (jp_today_requests_act (window, 3));
  g_assert_true (jp_today_requests_act (window, 0));
  g_assert_true (jp_ui_test_wait_until (has_two, window, WAIT_MS));
  g_assert_true (jp_office_can_undo (fixture.office));
  gtk_window_destroy (GTK_WINDOW (window));
  jp_office_fixture_tear_down (&fixture);
}

static GtkWindow *
find_form_window (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    if (JP_IS_FORM_WINDOW (link->data))
      return link->data;
  return NULL;
}

static gboolean
has_form (gpointer unused)
{
  return find_form_window () != NULL;
}

/* Declining asks for the reason; the person is off the list and can be taken back on. */
static void
test_decline (void)
{
  JpOfficeFixture  fixture = { 0 };
  JpTodayRequests *window = NULL;
  JpForm          *form = NULL;

  jp_office_fixture_set_up (&fixture, jp_office_fixture_seed);
  window = jp_today_requests_new (fixture.office, JP_TODAY_ENROLMENTS);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (jp_ui_test_wait_until (has_three, window, WAIT_MS));
  g_assert_false (jp_today_requests_decline (window, 3));
  g_assert_true (jp_today_requests_decline (window, 0));
  g_assert_true (jp_ui_test_wait_until (has_form, NULL, WAIT_MS));
  form = jp_form_window_get_form (JP_FORM_WINDOW (find_form_window ()));
  jp_form_set_text (form, jp_field_get (JP_ENROLMENT_REASON)->name, "本月名额已满");
  gtk_widget_activate_action (GTK_WIDGET (form), "form.save", NULL);
  g_assert_true (jp_ui_test_wait_until (has_two, window, WAIT_MS));
  g_assert_true (jp_office_can_undo (fixture.office));
  jp_office_undo (fixture.office);
  g_assert_true (jp_ui_test_wait_until (has_three, window, WAIT_MS));
  gtk_window_destroy (GTK_WINDOW (window));
  jp_office_fixture_tear_down (&fixture);
}

static void
test_words (void)
{
  gint64           now_us = JP_FAKE_CLOCK_NOW_US;
  g_autofree char *minutes = jp_today_words_dup_age (now_us - 12 * JP_MINUTE_US, now_us);
  g_autofree char *days = jp_today_words_dup_age (now_us - 3 * JP_DAY_US, now_us);
  g_autofree char *future = jp_today_words_dup_age (now_us + JP_HOUR_US, now_us);
  g_autofree char *monday = jp_today_words_dup_day (20260105);
  g_autofree char *before = jp_today_words_dup_day (20251228);
  JpTodayList      complaint = { .count = 1, .oldest_us = now_us + 2 * JP_DAY_US };
  g_autofree char *due = jp_today_words_dup_subtitle (JP_TODAY_COMPLAINTS, &complaint, now_us);
  JpTodayExpiry    gone = { .date = 20260101 };
  g_autofree char *pill = jp_today_words_dup_expiry_pill (&gone, 20260102);

  g_assert_cmpstr (minutes, ==, "oldest 12 minutes ago");
  g_assert_cmpstr (days, ==, "oldest 3 days ago");
  g_assert_cmpstr (future, ==, "since just now");
  g_assert_cmpstr (monday, ==, "Monday, 01-05");
  g_assert_cmpstr (before, ==, "Sunday, 12-28");
  g_assert_cmpstr (due, ==, "answer due in 2 days");
  g_assert_cmpstr (pill, ==, "Expired");
}

/* Beside one another where there is room, else below. */
static void
test_columns (void)
{
  GtkWidget *first = gtk_label_new ("a");
  GtkWidget *second = gtk_label_new ("b");
  GtkWidget *columns = g_object_ref_sink (jp_today_columns_new (first, second));
  int        wide = 0;
  int        narrow = 0;

  gtk_widget_measure (columns, GTK_ORIENTATION_VERTICAL, JP_TODAY_COLUMNS_WIDE_PX, NULL, &wide,
                      NULL, NULL);
  gtk_widget_measure (columns, GTK_ORIENTATION_VERTICAL, JP_TODAY_COLUMNS_WIDE_PX - 1, NULL,
                      &narrow, NULL, NULL);
  g_assert_cmpint (narrow, >, 2 * wide);
  g_assert_finalize_object (columns);
}

/* Large text: what would be cut beside the other stands below it. */
static void
test_columns_large (void)
{
  GtkWidget *first = gtk_label_new ("a");
  GtkWidget *second = gtk_label_new ("b");
  GtkWidget *columns = g_object_ref_sink (jp_today_columns_new (first, second));
  int        beside = 0;
  int        below = 0;

  gtk_widget_measure (columns, GTK_ORIENTATION_VERTICAL, JP_TODAY_COLUMNS_WIDE_PX, NULL, &beside,
                      NULL, NULL);
  gtk_widget_set_size_request (second, JP_TODAY_COLUMNS_WIDE_PX - 100, -1);
  gtk_widget_measure (columns, GTK_ORIENTATION_VERTICAL, JP_TODAY_COLUMNS_WIDE_PX, NULL, &below,
                      NULL, NULL);
  g_assert_cmpint (below, >, 2 * beside);
  g_assert_finalize_object (columns);
}

int
main (int argc, char *argv[])
{
  jp_ui_test_init (&argc, &argv);
  g_test_add_func ("/app/today/content", test_content);
  g_test_add_func ("/app/today/empty", test_empty);
  g_test_add_func ("/app/today/error", test_error);
  g_test_add_func ("/app/today/accept", test_accept);
  g_test_add_func ("/app/today/decline", test_decline);
  g_test_add_func ("/app/today/words", test_words);
  g_test_add_func ("/app/today/columns", test_columns);
  g_test_add_func ("/app/today/columns-large", test_columns_large);
  return g_test_run ();
}
