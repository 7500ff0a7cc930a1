/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-codes.h"
#include "jp-contract-acts.h"
#include "jp-contract-window.h"
#include "jp-finance-page.h"
#include "jp-form-window.h"
#include "jp-ledger.h"
#include "jp-office-fixture.h"
#include "jp-policy.h"
#include "jp-records-page.h"
#include "jp-transfer-window.h"
#include "jp-ui-test.h"
#include "jp-wire-record.h"

/* Contracts, refunds and finance with nothing but the keyboard: every key goes through the display
 * server. */

#define WAIT_MS   5000
#define PRICE_FEN 368000
#define NUMBER    "HT-2026-001-00301"
#define TEXT                                                                                                               \
  "菏泽机动车驾驶员培训合同\n\n第一条 培训费用\n总费用 3,680.00 元，一费到底。\n\n第二条 " \
  "资金监管\n"                                                                                                         \
  "费用存入资金监管专用账户，按培训进度分阶段拨付。\n\n第三条 退学\n未使用的部分退还学员。"

/* --- a contract with rules, money and a correction of the bank --- */

/* With what follows from it in the ledger. */
static void
put (JpOfficeFixture *self, JpDraft *draft)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) record = jp_draft_end (draft);
  JpRowStamp stamp = { .school = self->school };
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  jp_db_begin_write (self->vault->db, &transaction, &error);
  g_assert_no_error (error);
  jp_record_table_put (self->vault->db, self->vault->key, record, &stamp, NULL, &error);
  g_assert_no_error (error);
  jp_ledger_apply (self->vault, record, &error);
  g_assert_no_error (error);
  jp_transaction_commit (&transaction, &error);
  g_assert_no_error (error);
}

static void
add_contract (JpOfficeFixture *self, JpId *out_contract)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPolicy) policy = jp_policy_new_from_data ("heze-demo-assumption", &error);
  g_autoptr (JpCurriculum) curriculum = jp_curriculum_new_from_data ("mot-2022", &error);
  g_autofree char *digest = jp_hash_sha256_text (TEXT, strlen (TEXT));
  JpId             id = jp_office_fixture_next_id (self);
  JpDraft         *draft = jp_draft_new (JP_KIND_CONTRACT, &id);
  g_autoptr (JpRecord) tier = jp_record_table_get (self->vault->db, self->vault->key,
                                                   JP_KIND_CLASS_TIER, &self->tier, &error);
  g_autofree char *copy = jp_wire_record_to_text (tier);

  g_assert_no_error (error);
  jp_draft_set_text (draft, JP_CONTRACT_TIER_COPY, copy);
  jp_draft_set_text (draft, JP_CONTRACT_NUMBER, NUMBER);
  jp_draft_set_ref (draft, JP_CONTRACT_TRAINEE, &self->trainee);
  jp_draft_set_ref (draft, JP_CONTRACT_CLASS_TIER, &self->tier);
  jp_draft_set_text (draft, JP_CONTRACT_LICENCE_TYPE, "C1");
  jp_draft_set_integer (draft, JP_CONTRACT_PRICE, PRICE_FEN);
  jp_draft_set_text (draft, JP_CONTRACT_POLICY_ID, "heze-demo-assumption");
  jp_draft_set_text (draft, JP_CONTRACT_POLICY_DIGEST, jp_policy_get_digest (policy));
  jp_draft_set_text (draft, JP_CONTRACT_CURRICULUM_ID, "mot-2022");
  jp_draft_set_text (draft, JP_CONTRACT_CURRICULUM_DIGEST, jp_curriculum_get_digest (curriculum));
  jp_draft_set_text (draft, JP_CONTRACT_TEXT_VERSION, "test-1");
  jp_draft_set_text (draft, JP_CONTRACT_TEXT, TEXT);
  jp_draft_set_text (draft, JP_CONTRACT_TEXT_DIGEST, digest);
  jp_draft_set_code (draft, JP_CONTRACT_STATUS, JP_CONTRACT_STATUS_PAID);
  jp_draft_set_date (draft, JP_CONTRACT_DRAFTED_ON, 20260901);
  jp_draft_set_integer (draft, JP_CONTRACT_SIGNED_AT, jp_date_to_instant (20260901, 9, 0));
  jp_draft_set_integer (draft, JP_CONTRACT_PAID_AT, jp_date_to_instant (20260902, 9, 0));
  jp_draft_set_integer (draft, JP_CONTRACT_PAID, PRICE_FEN);
  jp_draft_set_integer (draft, JP_CONTRACT_RELEASED, 147200);
  jp_draft_set_integer (draft, JP_CONTRACT_REFUNDED, 0);
  put (self, draft);
  *out_contract = id;
}

static void
add_payment (JpOfficeFixture *self, const JpId *contract)
{
  JpId     id = jp_office_fixture_next_id (self);
  JpDraft *draft = jp_draft_new (JP_KIND_PAYMENT, &id);

  jp_draft_set_ref (draft, JP_PAYMENT_CONTRACT, contract);
  jp_draft_set_integer (draft, JP_PAYMENT_AMOUNT, PRICE_FEN);
  jp_draft_set_integer (draft, JP_PAYMENT_PAID_AT, jp_date_to_instant (20260902, 9, 0));
  jp_draft_set_text (draft, JP_PAYMENT_BANK_REFERENCE, "20260902-004417");
  jp_draft_set_text (draft, JP_PAYMENT_STATE, "received");
  put (self, draft);
}

static void
add_release (JpOfficeFixture *self, const JpId *contract, const char *stage, gint64 fen, JpDate on)
{
  JpId             id = jp_office_fixture_next_id (self);
  JpDraft         *draft = jp_draft_new (JP_KIND_STATEMENT_LINE, &id);
  g_autofree char *reference = g_strdup_printf ("%d-%06d", on, (int)(fen % 1000003));

  jp_draft_set_ref (draft, JP_STATEMENT_LINE_STATEMENT, &self->statement);
  jp_draft_set_ref (draft, JP_STATEMENT_LINE_CONTRACT, contract);
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_LINE_NO, 900);
  jp_draft_set_text (draft, JP_STATEMENT_LINE_CONTRACT_NO, NUMBER);
  jp_draft_set_text (draft, JP_STATEMENT_LINE_TRAINEE_NAME, "曾雨桐");
  jp_draft_set_text (draft, JP_STATEMENT_LINE_STAGE, stage);
  jp_draft_set_text (draft, JP_STATEMENT_LINE_KIND, "release");
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_AMOUNT, fen);
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_PAID_AT, jp_date_to_instant (on, 10, 0));
  jp_draft_set_text (draft, JP_STATEMENT_LINE_BANK_REFERENCE, reference);
  put (self, draft);
}

static void
seed (JpOfficeFixture *self)
{
  JpId contract;

  jp_office_fixture_seed (self);
  add_contract (self, &contract);
  add_payment (self, &contract);
  add_release (self, &contract, "签约", 36800, 20260910);
  add_release (self, &contract, "第一部分培训", 110400, 20260925);
  self->contract = contract;
}

static void
set_up (JpOfficeFixture *fixture, gconstpointer unused)
{
  jp_office_fixture_set_up (fixture, seed);
}

static void
tear_down (JpOfficeFixture *fixture, gconstpointer unused)
{
  jp_office_fixture_tear_down (fixture);
}

static void
shoot (GtkWindow *window, const char *name)
{
  const char      *folder = g_getenv ("JP_TEST_SHOTS");
  g_autofree char *path = folder != NULL ? g_strdup_printf ("%s/%s.png", folder, name) : NULL;

  if (path == NULL)
    return;
  jp_ui_test_wait_ms (300);
  jp_ui_test_screenshot (window, path);
}

static gboolean
has_contract_window (gpointer user_data)
{
  JpContractWindow **out_window = user_data;
  GListModel        *windows = gtk_window_get_toplevels ();

  *out_window = NULL;
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (JP_IS_CONTRACT_WINDOW (window) &&
          jp_contract_window_is_ready (JP_CONTRACT_WINDOW (window)))
        *out_window = JP_CONTRACT_WINDOW (window);
    }
  return *out_window != NULL;
}

/* Plain words stand beside the text; the second page has the line of time and the ledger. */
static void
test_contract (JpOfficeFixture *fixture, gconstpointer unused)
{
  JpContractWindow *window = NULL;

  jp_contract_window_open (fixture->office, &fixture->contract);
  g_assert_true (jp_ui_test_wait_until (has_contract_window, &window, WAIT_MS));
  shoot (GTK_WINDOW (window), "contract-words");
  jp_contract_window_show_page (window, JP_CONTRACT_WINDOW_MONEY);
  shoot (GTK_WINDOW (window), "contract-money");
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
has_no_contract_window (gpointer user_data)
{
  JpContractWindow *window = NULL;

  return !has_contract_window (&window);
}

static gboolean
has_rows (gpointer user_data)
{
  JpOfficeFixture *fixture = user_data;
  JpPage          *page = jp_window_get_page (fixture->window);

  return JP_IS_RECORDS_PAGE (page) &&
         g_list_model_get_n_items (jp_table_get_model (
           jp_list_page_get_table (jp_records_page_get_list (JP_RECORDS_PAGE (page))))) > 0;
}

/* To a list by its number, and into its rows. */
static void
go_to_rows (JpOfficeFixture *fixture, const char *key, const char *place)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);

  jp_ui_test_key (window, key);
  g_assert_cmpstr (jp_window_get_place (fixture->window), ==, place);
  g_assert_true (jp_ui_test_wait_until (has_rows, fixture, WAIT_MS));
  for (int i = 0; i < 20; i++)
    {
      GtkWidget *focus = gtk_window_get_focus (window);

      if (focus != NULL && gtk_widget_get_ancestor (focus, JP_TYPE_TABLE) != NULL)
        break;
      jp_ui_test_key (window, "Tab");
    }
  jp_ui_test_key (window, "Home");
  jp_ui_test_wait_ms (200);
}

static void
test_contract_keys (JpOfficeFixture *fixture, gconstpointer unused)
{
  GtkWindow        *main_window = GTK_WINDOW (fixture->window);
  JpContractWindow *window = NULL;

  if (!jp_ui_test_has_keys ())
    {
      g_test_skip ("no xdotool");
      return;
    }
  go_to_rows (fixture, "alt+3", "contracts");
  g_assert_true (jp_ui_test_tab_to (main_window, "Text, Money and Ledger…"));
  shoot (main_window, "contract-pane");
  jp_ui_test_key (main_window, "Return");
  g_assert_true (jp_ui_test_wait_until (has_contract_window, &window, WAIT_MS));
  g_assert_true (jp_ui_test_tab_to (GTK_WINDOW (window), "Money and Ledger"));
  jp_ui_test_key (GTK_WINDOW (window), "space");
  jp_ui_test_key (GTK_WINDOW (window), "Escape");
  g_assert_true (jp_ui_test_wait_until (has_no_contract_window, NULL, WAIT_MS));
}

static JpForm *
wait_for_form (JpOfficeFixture *fixture)
{
  JpForm *form = NULL;

  for (int i = 0; i < 50 && form == NULL; i++)
    {
      GListModel *windows = gtk_window_get_toplevels ();

      jp_ui_test_wait_ms (100);
      for (guint j = 0; j < g_list_model_get_n_items (windows); j++)
        {
          g_autoptr (GtkWindow) window = g_list_model_get_item (windows, j);

          if (JP_IS_FORM_WINDOW (window) && gtk_widget_get_visible (GTK_WIDGET (window)))
            form = jp_form_window_get_form (JP_FORM_WINDOW (window));
        }
    }
  g_assert_nonnull (form);
  jp_ui_test_wait_ms (300);
  return form;
}

static GtkWindow *
window_of (JpForm *form)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (form)));
}

/* What becomes of hours and money stands there before anybody asks, with the mark of an assumption.
 */
static void
test_transfer (JpOfficeFixture *fixture, gconstpointer unused)
{
  JpForm *form = NULL;

  jp_transfer_window_open (fixture->office, &fixture->contract);
  form = wait_for_form (fixture);
  shoot (window_of (form), "transfer");
  gtk_window_destroy (window_of (form));
}

/* From the list to the simulator, and on to its print button. */
static void
test_withdraw_keys (JpOfficeFixture *fixture, gconstpointer unused)
{
  GtkWindow *main_window = GTK_WINDOW (fixture->window);
  JpForm    *form = NULL;

  if (!jp_ui_test_has_keys ())
    {
      g_test_skip ("no xdotool");
      return;
    }
  go_to_rows (fixture, "alt+3", "contracts");
  g_assert_true (jp_ui_test_tab_to (main_window, "Refund and Withdrawal…"));
  jp_ui_test_key (main_window, "Return");
  form = wait_for_form (fixture);
  shoot (window_of (form), "withdraw");
  g_assert_true (jp_ui_test_tab_to (window_of (form), "Print…"));
  jp_ui_test_key (window_of (form), "Escape");
  jp_ui_test_wait_ms (300);
}

static gboolean
has_finance (gpointer user_data)
{
  JpOfficeFixture *fixture = user_data;
  JpPage          *page = jp_window_get_page (fixture->window);

  return JP_IS_FINANCE_PAGE (page) &&
         jp_states_get_state (jp_board_page_get_states (JP_BOARD_PAGE (page))) == JP_STATE_CONTENT;
}

/* The overview is reached by the sidebar. */
static void
test_finance_keys (JpOfficeFixture *fixture, gconstpointer unused)
{
  GtkWindow *main_window = GTK_WINDOW (fixture->window);

  if (!jp_ui_test_has_keys ())
    {
      g_test_skip ("no xdotool");
      return;
    }
  jp_ui_test_key (main_window, "alt+9");
  g_assert_true (jp_ui_test_tab_to (main_window, "Statements"));
  for (int i = 0; i < 3; i++)
    jp_ui_test_key (main_window, "Down");
  jp_ui_test_key (main_window, "Return");
  g_assert_cmpstr (jp_window_get_place (fixture->window), ==, "finance");
  g_assert_true (jp_ui_test_wait_until (has_finance, fixture, WAIT_MS));
  shoot (main_window, "finance-keys");
}

static void
add (const char *path, void (*test) (JpOfficeFixture *fixture, gconstpointer unused))
{
  g_test_add (path, JpOfficeFixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  jp_ui_test_init (&argc, &argv);
  add ("/app/money/contract", test_contract);
  add ("/app/money/contract-keys", test_contract_keys);
  add ("/app/money/transfer", test_transfer);
  add ("/app/money/withdraw-keys", test_withdraw_keys);
  add ("/app/money/finance-keys", test_finance_keys);
  return g_test_run ();
}
