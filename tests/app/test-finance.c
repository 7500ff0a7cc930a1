/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-finance-page.h"
#include "jp-office-fixture.h"
#include "jp-ui-test.h"

#define WAIT_MS 5000

static JpFinancePage *
show_page (JpOfficeFixture *fixture)
{
  g_assert_true (jp_window_show_place (fixture->window, "finance", NULL, NULL));
  return JP_FINANCE_PAGE (jp_window_get_page (fixture->window));
}

static gboolean
has_content (gpointer user_data)
{
  return jp_states_get_state (jp_board_page_get_states (user_data)) == JP_STATE_CONTENT;
}

static gboolean
is_empty (gpointer user_data)
{
  return jp_states_get_state (jp_board_page_get_states (user_data)) == JP_STATE_EMPTY;
}

/* What waits longer than two weeks, counted without the page. */
static gpointer
count_call (JpVault *vault, gpointer data, GError **error)
{
  g_autoptr (JpFinanceOutlook) outlook =
    jp_finance_repo_read_outlook (vault, JP_FINANCE_WEEKS, error);
  guint n_stuck = 0;

  for (guint i = 0; outlook != NULL && i < outlook->items->len; i++)
    n_stuck += jp_finance_repo_is_stuck (outlook->items->pdata[i]) ? 1 : 0;
  return GUINT_TO_POINTER (n_stuck);
}

typedef struct
{
  gboolean done;
  guint    n_stuck;
} Counted;

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Counted *counted = user_data;
  gpointer n_stuck = NULL;
  g_autoptr (GError) error = NULL;

  jp_store_read_finish (JP_STORE (source), result, &n_stuck, &error);
  g_assert_no_error (error);
  counted->n_stuck = GPOINTER_TO_UINT (n_stuck);
  counted->done = TRUE;
}

static gboolean
is_counted (gpointer user_data)
{
  return ((Counted *)user_data)->done;
}

static void
test_content (void)
{
  JpOfficeFixture fixture = { 0 };
  JpFinancePage  *page = NULL;
  Counted         counted = { 0 };
  JpStoreCall     call = { count_call, NULL, NULL, NULL, 0 };

  jp_office_fixture_set_up (&fixture, jp_office_fixture_seed);
  page = show_page (&fixture);
  g_assert_true (jp_ui_test_wait_until (has_content, page, WAIT_MS));
  jp_ui_test_wait_ms (300);
  jp_office_fixture_shoot (&fixture, "finance");
  jp_store_read_async (fixture.store, &call, NULL, counted_cb, &counted);
  g_assert_true (jp_ui_test_wait_until (is_counted, &counted, WAIT_MS));
  g_assert_cmpuint (jp_finance_board_get_n_stuck (jp_finance_page_get_board (page)), ==,
                    counted.n_stuck);
  jp_office_fixture_tear_down (&fixture);
}

static void
test_empty (void)
{
  JpOfficeFixture fixture = { 0 };
  JpFinancePage  *page = NULL;

  jp_office_fixture_set_up (&fixture, NULL);
  page = show_page (&fixture);
  g_assert_true (jp_ui_test_wait_until (is_empty, page, WAIT_MS));
  jp_office_fixture_tear_down (&fixture);
}

int
main (int argc, char *argv[])
{
  jp_ui_test_init (&argc, &argv);
  g_test_add_func ("/app/finance/content", test_content);
  g_test_add_func ("/app/finance/empty", test_empty);
  return g_test_run ();
}
