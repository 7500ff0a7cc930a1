/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-contract-money.h"

#include "jp-codes.h"
#include "jp-policy-words.h"
#include "jp-remote-repo.h"
#include "jp-vault-fixture.h"

#define PRICE_FEN 400000
#define PAID_ON   20260105

static void
apply (JpVault *vault, JpDraft *draft, gint64 version)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
  JpRemoteReply   reply = { .records = records };
  JpRemoteOutcome outcome = { 0 };
  JpRecordHead    head = { .version = version };

  jp_draft_set_head (draft, &head);
  g_ptr_array_add (records, jp_draft_end (draft));
  jp_remote_repo_apply (vault, &reply, &outcome, &error);
  g_assert_no_error (error);
}

static void
pay (JpVault *vault, JpRecord *contract)
{
  JpId     id = jp_id_derive ("contract-money-test", "payment");
  JpDraft *draft = jp_draft_new (JP_KIND_PAYMENT, &id);

  jp_draft_set_ref (draft, JP_PAYMENT_CONTRACT, jp_record_get_id (contract));
  jp_draft_set_integer (draft, JP_PAYMENT_AMOUNT, PRICE_FEN);
  jp_draft_set_integer (draft, JP_PAYMENT_PAID_AT, jp_date_to_instant (PAID_ON, 9, 0));
  jp_draft_set_text (draft, JP_PAYMENT_BANK_REFERENCE, "B1");
  jp_draft_set_text (draft, JP_PAYMENT_STATE, "received");
  apply (vault, draft, 1);
}

static void
release (JpVault *vault, JpRecord *contract, gint64 amount_fen, gint64 version)
{
  JpId     id = jp_id_derive ("contract-money-test", "line");
  JpId     statement = jp_id_derive ("contract-money-test", "statement");
  JpDraft *draft = jp_draft_new (JP_KIND_STATEMENT_LINE, &id);

  jp_draft_set_ref (draft, JP_STATEMENT_LINE_STATEMENT, &statement);
  jp_draft_set_ref (draft, JP_STATEMENT_LINE_CONTRACT, jp_record_get_id (contract));
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_LINE_NO, 1);
  jp_draft_set_text (draft, JP_STATEMENT_LINE_CONTRACT_NO, "HT-1");
  jp_draft_set_text (draft, JP_STATEMENT_LINE_TRAINEE_NAME, "曾雨桐");
  jp_draft_set_text (draft, JP_STATEMENT_LINE_STAGE, "签约");
  jp_draft_set_text (draft, JP_STATEMENT_LINE_KIND, "release");
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_AMOUNT, amount_fen);
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_PAID_AT, jp_date_to_instant (20260110, 9, 0));
  jp_draft_set_text (draft, JP_STATEMENT_LINE_BANK_REFERENCE, "B2");
  apply (vault, draft, version);
}

static JpContractMoney *
read_money (JpVault *vault, JpRecord *contract)
{
  g_autoptr (GError) error = NULL;
  JpContractMoney *money = jp_contract_money_read (vault, jp_record_get_id (contract), &error);

  g_assert_no_error (error);
  return money;
}

/* Paid, then 350.00 released, which the platform puts right to 400.00: the line of time shows what
 * is true, the ledger all three entries, and the three stages that are left add up to custody. */
static void
test_life (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (JpRecord) contract =
    jp_vault_fixture_add_contract (fixture, "heze-demo-assumption", PRICE_FEN, PAID_ON);
  g_autoptr (JpContractMoney) money = NULL;
  gint64              expected_fen = 0;
  const JpMoneyEvent *event = NULL;

  pay (vault, contract);
  release (vault, contract, 35000, 1);
  release (vault, contract, 40000, 2);
  money = read_money (vault, contract);

  event = money->events->pdata[0];
  g_assert_cmpint (event->kind, ==, JP_MONEY_PAID);
  g_assert_cmpint (event->on, ==, PAID_ON);
  g_assert_cmpint (event->custody_fen, ==, PRICE_FEN);
  event = money->events->pdata[1];
  g_assert_cmpint (event->kind, ==, JP_MONEY_RELEASED);
  g_assert_cmpstr (event->stage, ==, "签约");
  g_assert_cmpint (event->amount_fen, ==, 40000);
  g_assert_cmpint (event->custody_fen, ==, 360000);
  for (guint i = 2; i < money->events->len; i++)
    {
      event = money->events->pdata[i];
      g_assert_cmpint (event->kind, ==, JP_MONEY_EXPECTED);
      g_assert_nonnull (event->sentence);
      expected_fen += event->amount_fen;
    }
  g_assert_cmpint (expected_fen, ==, money->balance.fen[JP_LEDGER_CUSTODY]);
  g_assert_cmpint (event->custody_fen, ==, 0);

  g_assert_cmpuint (money->postings->len, ==, 4);
  for (guint i = 0; i < money->postings->len; i++)
    {
      const JpLedgerPosting *posting = money->postings->pdata[i];

      g_assert_cmpint (jp_contract_money_is_undone (money, i), ==,
                       posting->amount_fen == 35000 && posting->revision == 0);
    }
  g_assert_nonnull (money->words);
  g_assert_cmpuint (money->words->len, >, 8);
  g_assert_nonnull (money->note);
}

/* Nothing has moved: no events, and the text and the words are there all the same. */
static void
test_unpaid (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) contract =
    jp_vault_fixture_add_contract (fixture, "heze-demo-assumption", PRICE_FEN, PAID_ON);
  g_autoptr (JpContractMoney) money = read_money (fixture->vault, contract);
  JpId none = jp_id_derive ("contract-money-test", "none");

  g_assert_cmpuint (money->postings->len, ==, 0);
  g_assert_nonnull (money->words);
  g_assert_null (jp_contract_money_read (fixture->vault, &none, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/store/contract-money/life", JpVaultFixture, NULL, jp_vault_fixture_set_up,
              test_life, jp_vault_fixture_tear_down);
  g_test_add ("/store/contract-money/unpaid", JpVaultFixture, NULL, jp_vault_fixture_set_up,
              test_unpaid, jp_vault_fixture_tear_down);
  return g_test_run ();
}
