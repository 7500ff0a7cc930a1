/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-records-fixture.h"

#include "jp-codes.h"
#include "jp-expiry.h"
#include "jp-fake-clock.h"
#include "jp-form-window.h"
#include "jp-school-seed.h"
#include "jp-pages.h"
#include "jp-test-records.h"
#include "jp-ui-test.h"

#define WAIT_MS 5000

typedef struct
{
  gboolean done;
  gpointer result;
} Answer;

static gboolean
is_done (gpointer user_data)
{
  return ((Answer *)user_data)->done;
}

static void
wait_for (Answer *answer)
{
  g_assert_true (jp_ui_test_wait_until (is_done, answer, WAIT_MS));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (jp_store_open_finish (JP_STORE (source), result, &error));
  g_assert_no_error (error);
  ((Answer *)user_data)->done = TRUE;
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (jp_store_close_finish (JP_STORE (source), result, &error));
  g_assert_no_error (error);
  ((Answer *)user_data)->done = TRUE;
}

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_true (
    jp_store_write_finish (JP_STORE (source), result, (gpointer *)&answer->result, &error));
  g_assert_no_error (error);
  answer->done = TRUE;
}

static gpointer
call (JpRecordsFixture *self, JpStoreFunc func, gpointer data, guint64 kinds)
{
  JpStoreCall what = { func, data, NULL, NULL, kinds };
  Answer      answer = { FALSE, NULL };

  jp_store_write_async (self->store, &what, G_PRIORITY_DEFAULT, NULL, called_cb, &answer);
  wait_for (&answer);
  return answer.result;
}

static gpointer
seed_school_call (JpVault *vault, gpointer data, GError **error)
{
  jp_school_seed_school (vault);
  return NULL;
}

static gpointer
seed_all_call (JpVault *vault, gpointer data, GError **error)
{
  jp_school_seed_everything (vault, JP_RECORDS_FIXTURE_TRAINEES);
  return NULL;
}

/**
 * jp_records_fixture_set_up:
 * @self: memory for the fixture
 * @empty: not %NULL for a school without anything
 *
 * Opens a store, fills it, and shows the window.
 */
void
jp_records_fixture_set_up (JpRecordsFixture *self, gconstpointer empty)
{
  g_autoptr (JpSealKey) key = jp_seal_key_new_random ();
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  g_autoptr (JpIdSource) ids = jp_id_source_new_seeded (JP_CLOCK (clock), 7);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  Answer answer = { FALSE, NULL };

  self->dir = jp_test_dir_new ();
  path = jp_test_dir_build (self->dir, "school.db");
  self->store = jp_store_new (path, key, JP_CLOCK (clock), ids, "前台");
  jp_store_open_async (self->store, NULL, opened_cb, &answer);
  wait_for (&answer);
  call (self, seed_school_call, NULL, JP_STORE_KINDS_ALL);
  if (empty == NULL)
    call (self, seed_all_call, NULL, JP_STORE_KINDS_ALL);

  self->sync = jp_sync_new (self->store);
  self->office = jp_office_new (self->store, self->sync);
  self->application = jp_application_new (G_APPLICATION_NON_UNIQUE);
  jp_expiry_set_today (jp_store_today (self->store));
  jp_pages_register (jp_application_get_pages (self->application), self->office);
  g_assert_true (g_application_register (G_APPLICATION (self->application), NULL, &error));
  self->window = jp_window_new (GTK_APPLICATION (self->application),
                                jp_application_get_pages (self->application));
  jp_office_set_window (self->office, self->window);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1366, 768);
  gtk_window_present (GTK_WINDOW (self->window));
}

/**
 * jp_records_fixture_tear_down:
 * @self: a fixture
 * @empty: ignored
 *
 * Closes everything.
 */
void
jp_records_fixture_tear_down (JpRecordsFixture *self, gconstpointer empty)
{
  Answer answer = { FALSE, NULL };

  jp_records_fixture_wait (self);
  jp_sync_stop (self->sync);
  jp_office_set_window (self->office, NULL);
  gtk_window_destroy (GTK_WINDOW (self->window));
  jp_ui_test_settle ();
  jp_store_close_async (self->store, NULL, closed_cb, &answer);
  wait_for (&answer);
  jp_ui_test_settle ();
  jp_ui_test_end_application (G_APPLICATION (g_steal_pointer (&self->application)));
  g_assert_finalize_object (g_steal_pointer (&self->office));
  g_clear_object (&self->sync);
  g_assert_finalize_object (g_steal_pointer (&self->store));
  g_clear_pointer (&self->dir, jp_test_dir_free);
}

static gpointer
nothing_call (JpVault *vault, gpointer data, GError **error)
{
  return NULL;
}

/**
 * jp_records_fixture_wait:
 * @self: a fixture
 *
 * Waits until both workers have answered what was asked, and what that brought about.
 */
void
jp_records_fixture_wait (JpRecordsFixture *self)
{
  for (int i = 0; i < 3; i++)
    {
      call (self, nothing_call, NULL, 0);
      jp_ui_test_wait_ms (60);
    }
}

/**
 * jp_records_fixture_show:
 * @self: a fixture
 * @place: a place with a page of records
 *
 * Returns: (transfer none): the page, with its answer
 */
JpRecordsPage *
jp_records_fixture_show (JpRecordsFixture *self, const char *place)
{
  g_assert_true (jp_window_show_place (self->window, place, NULL, NULL));
  jp_records_fixture_wait (self);
  return JP_RECORDS_PAGE (jp_window_get_page (self->window));
}

/**
 * jp_records_fixture_select:
 * @page: a page with rows
 * @position: a row
 *
 * Selects a row and waits until it is filled.
 *
 * Returns: (transfer none): its record
 */
JpRecord *
jp_records_fixture_select (JpRecordsPage *page, guint position)
{
  JpTable    *table = jp_list_page_get_table (jp_records_page_get_list (page));
  GListModel *model = jp_table_get_model (table);
  g_autoptr (JpRow) row = g_list_model_get_item (model, position);
  g_autoptr (JpRow) selected = NULL;

  g_assert_nonnull (row);
  g_assert_true (jp_table_select_id (table, jp_row_get_rid (row)));
  for (int i = 0; i < 50 && jp_row_get_record (row) == NULL; i++)
    jp_ui_test_wait_ms (20);
  jp_ui_test_wait_ms (60);
  selected = jp_records_page_ref_selected (page);
  g_assert_nonnull (selected);
  g_assert_nonnull (jp_row_get_record (selected));
  return jp_row_get_record (selected);
}

static gpointer
count_call (JpVault *vault, gpointer data, GError **error)
{
  gint64 count = -1;

  jp_query_count (vault, data, &count, error);
  return g_memdup2 (&count, sizeof count);
}

/**
 * jp_records_fixture_count:
 * @self: a fixture
 * @query: a question
 *
 * Returns: how many rows answer it
 */
gint64
jp_records_fixture_count (JpRecordsFixture *self, const JpQuery *query)
{
  g_autofree gint64 *count = call (self, count_call, (gpointer)query, 0);

  return *count;
}

static gpointer
find_call (JpVault *vault, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) records = jp_query_fetch_all (vault, data, error);

  return records != NULL && records->len > 0 ? jp_record_ref (records->pdata[0]) : NULL;
}

/**
 * jp_records_fixture_find:
 * @self: a fixture
 * @query: a question
 *
 * Returns: (transfer full) (nullable): the first record that answers it
 */
JpRecord *
jp_records_fixture_find (JpRecordsFixture *self, const JpQuery *query)
{
  return call (self, find_call, (gpointer)query, 0);
}

/**
 * jp_records_fixture_wait_for_form:
 * @self: a fixture
 *
 * Returns: (transfer none): the form window that has opened
 */
GtkWindow *
jp_records_fixture_wait_for_form (JpRecordsFixture *self)
{
  jp_records_fixture_wait (self);
  for (GList *l = gtk_window_list_toplevels (); l != NULL; l = l->next)
    if (JP_IS_FORM_WINDOW (l->data) && gtk_widget_get_visible (l->data))
      return l->data;

  g_assert_not_reached ();
}

/**
 * jp_records_fixture_find_named:
 * @self: a fixture
 * @kind: a kind with a title
 * @title: a title
 *
 * Returns: (transfer full) (nullable): the live record of that title
 */
JpRecord *
jp_records_fixture_find_named (JpRecordsFixture *self, JpKind kind, const char *title)
{
  g_autoptr (JpQuery) query = jp_query_new (kind);

  jp_query_where_text (query, jp_kind_get_info (kind)->title, JP_QUERY_EQUAL, title);
  return jp_records_fixture_find (self, query);
}

static gpointer
audit_call (JpVault *vault, gpointer data, GError **error)
{
  g_autoptr (JpStatement) row =
    jp_db_prepare (vault->db, "SELECT count(*) FROM audit WHERE action = :action", error);
  gboolean found = FALSE;
  gint64   count = -1;

  if (row == NULL)
    return NULL;
  jp_statement_bind_text (row, ":action", data);
  if (jp_statement_step (row, &found, error) && found)
    count = jp_statement_get_integer (row, 0);
  return g_memdup2 (&count, sizeof count);
}

/**
 * jp_records_fixture_count_audit:
 * @self: a fixture
 * @action: an action
 *
 * Returns: how often the audit has it
 */
gint64
jp_records_fixture_count_audit (JpRecordsFixture *self, const char *action)
{
  g_autofree gint64 *count = call (self, audit_call, (gpointer)action, 0);

  return *count;
}

static gpointer
break_call (JpVault *vault, gpointer data, GError **error)
{
  g_autofree char *sql = g_strconcat ("ALTER TABLE ", data, " RENAME TO gone", NULL);

  jp_db_exec (vault->db, sql, error);
  return NULL;
}

/**
 * jp_records_fixture_break_table:
 * @self: a fixture
 * @table: a table
 *
 * Makes every question to the table fail.
 */
void
jp_records_fixture_break_table (JpRecordsFixture *self, const char *table)
{
  call (self, break_call, (gpointer)table, 0);
}

static GtkWidget *
find_button (GtkWidget *widget, const char *label)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) &&
      g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/**
 * jp_records_fixture_press:
 * @self: a fixture
 * @label: label of a button in the window
 *
 * Opens the pane and presses the button.
 *
 * Returns: whether there is one
 */
gboolean
jp_records_fixture_press (JpRecordsFixture *self, const char *label)
{
  JpRecordsPage *page = JP_RECORDS_PAGE (jp_window_get_page (self->window));
  GtkWidget     *button = NULL;

  jp_list_page_set_pane_open (jp_records_page_get_list (page), TRUE);
  jp_records_fixture_wait (self);
  button = find_button (GTK_WIDGET (self->window), label);
  if (button == NULL)
    return FALSE;
  g_signal_emit_by_name (button, "clicked");
  jp_records_fixture_wait (self);
  return TRUE;
}

/**
 * jp_records_fixture_answer:
 * @self: a fixture whose office has asked something
 * @response: "yes" or "no"
 *
 * Answers the question.
 */
void
jp_records_fixture_answer (JpRecordsFixture *self, const char *response)
{
  for (GList *l = gtk_window_list_toplevels (); l != NULL; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_widget_get_visible (l->data))
      {
        adw_message_dialog_response (ADW_MESSAGE_DIALOG (l->data), response);
        gtk_window_close (l->data);
        jp_records_fixture_wait (self);
        return;
      }

  g_assert_not_reached ();
}

/**
 * jp_records_fixture_get_id_number:
 *
 * Returns: (transfer none): a made-up ID number of a woman born on 2001-02-03, on no roster
 */
const char *
jp_records_fixture_get_id_number (void)
{
  static char *number = NULL;

  if (number == NULL)
    {
      g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
      g_autoptr (JpIdSource) source = jp_id_source_new_seeded (JP_CLOCK (clock), 5);

      number = jp_test_record_dup_id_number (source, 20010203, FALSE);
    }
  return number;
}
