/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-transfer-repo.h"

#include "jp-codes.h"
#include "jp-commit.h"
#include "jp-desk.h"
#include "jp-vault-fixture.h"

#include <string.h>

#define PRICE_FEN 400000
#define PAID_ON   20260105
#define OTHER_NO  "3717020000000099"

/* By hand, of 4,000.00: 10 % for the contract and 30 % for the twelve approved hours of part 1
 * stay, 400 + 1,200 = 1,600; 2,400 move on, with the twelve hours. */
static void
add_training (JpVault *vault, JpRecord *contract)
{
  jp_vault_fixture_add_session (vault, contract, 1, 720, 20260110);
  jp_vault_fixture_add_stage (vault, contract, 1, 720, 20260112);
}

static JpRecord *
add_contract (JpVaultFixture *fixture, const char *policy)
{
  JpRecord *contract = jp_vault_fixture_add_contract (fixture, policy, PRICE_FEN, PAID_ON);
  JpId      id = jp_id_source_next (fixture->vault->ids);
  JpDraft  *payment = jp_draft_new (JP_KIND_PAYMENT, &id);

  jp_draft_set_ref (payment, JP_PAYMENT_CONTRACT, jp_record_get_id (contract));
  jp_draft_set_integer (payment, JP_PAYMENT_AMOUNT, PRICE_FEN);
  jp_draft_set_integer (payment, JP_PAYMENT_PAID_AT, jp_date_to_instant (PAID_ON, 9, 0));
  jp_draft_set_text (payment, JP_PAYMENT_BANK_REFERENCE, "B1");
  jp_draft_set_text (payment, JP_PAYMENT_STATE, "received");
  jp_vault_fixture_put (fixture->vault, payment);
  return contract;
}

static void
test_simulate (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) contract = add_contract (fixture, "heze-demo-assumption");
  g_autoptr (JpTransferSheet) sheet = NULL;
  g_auto (GStrv) sentences = NULL;
  guint n_sentences = 0;

  add_training (fixture->vault, contract);
  sheet = jp_transfer_repo_simulate (fixture->vault, jp_record_get_id (contract), 20260115, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sheet->priced.stay_fen, ==, 160000);
  g_assert_cmpint (sheet->priced.move_fen, ==, 240000);
  g_assert_cmpint (sheet->minutes, ==, 720);

  /* The demonstration's rule is marked, last of all. */
  sentences = jp_transfer_repo_dup_sentences (sheet);
  n_sentences = g_strv_length (sentences);
  g_assert_cmpstr (sentences[0], ==,
                   "¥1,600.00 stays with this school; ¥2,400.00 waits in custody for the contract "
                   "with the new one.");
  g_assert_nonnull (strstr (sentences[n_sentences - 1], "assumption"));
}

/* Rules that do not speak of it give no amount, and say so. */
static void
test_silent (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) contract = add_contract (fixture, "heze-editable");

  g_assert_null (
    jp_transfer_repo_simulate (fixture->vault, jp_record_get_id (contract), 20260115, &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_POLICY_SILENT);
}

static JpRecord *
ask (JpVault *vault, JpRecord *contract, const char *number, GError **error)
{
  const JpTransferAsk what = { jp_id_source_next (vault->ids), *jp_record_get_id (contract), number,
                               "丹阳路驾校", jp_id_source_next (vault->ids) };
  g_autoptr (JpChange) change = jp_transfer_repo_ask (vault, &what, "前台", error);

  if (change == NULL || !jp_commit_change (vault, change, NULL, error))
    return NULL;
  return jp_vault_fixture_get (vault, JP_KIND_TRANSFER,
                               jp_record_get_id (((JpChangeRow *)change->rows->pdata[0])->after));
}

static void
test_ask (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) contract = add_contract (fixture, "heze-demo-assumption");
  g_autoptr (JpRecord) transfer = NULL;

  g_assert_null (ask (vault, contract, "123", &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_SCHOOL_NUMBER);
  g_clear_error (&error);
  transfer = ask (vault, contract, OTHER_NO, &error);
  g_assert_no_error (error);
  g_assert_cmpint (jp_record_get_code (transfer, JP_TRANSFER_STATE), ==, JP_REQUEST_STATE_DRAFT);
  g_assert_cmpint (jp_record_get_integer (transfer, JP_TRANSFER_OUTGOING), ==, TRUE);
  g_assert_null (ask (vault, contract, OTHER_NO, &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_TRANSFER_OPEN);
}

static void
assert_verdict (JpVault              *vault,
                JpRecord             *transfer,
                JpRequestState        state,
                gint64                fen,
                gint64                minutes,
                JpTransferVerdictKind kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpDraft) draft = jp_draft_new_from (transfer);
  g_autoptr (JpRecord) decided = NULL;
  g_autofree char  *sentence = NULL;
  JpTransferVerdict verdict = { 0 };

  jp_draft_set_code (draft, JP_TRANSFER_STATE, (int)state);
  jp_draft_set_integer (draft, JP_TRANSFER_AMOUNT, fen);
  jp_draft_set_integer (draft, JP_TRANSFER_APPROVED_MINUTES, minutes);
  decided = jp_draft_end (g_steal_pointer (&draft));
  jp_transfer_repo_check (vault, decided, &verdict, &error);
  g_assert_no_error (error);
  g_assert_cmpint (verdict.kind, ==, kind);
  sentence = jp_transfer_repo_dup_sentence (&verdict);
  g_assert_cmpuint (strlen (sentence), >, 10);
}

/* What the platform did is computed again for the day it was asked. */
static void
test_check (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) contract = add_contract (fixture, "heze-demo-assumption");
  g_autoptr (JpRecord) transfer = NULL;

  add_training (vault, contract);
  transfer = ask (vault, contract, OTHER_NO, &error);
  g_assert_no_error (error);
  assert_verdict (vault, transfer, JP_REQUEST_STATE_PENDING, 0, 0, JP_TRANSFER_VERDICT_WAITING);
  assert_verdict (vault, transfer, JP_REQUEST_STATE_APPROVED, 240000, 720,
                  JP_TRANSFER_VERDICT_MATCHES);
  assert_verdict (vault, transfer, JP_REQUEST_STATE_DONE, 240000, 720, JP_TRANSFER_VERDICT_MATCHES);
  assert_verdict (vault, transfer, JP_REQUEST_STATE_DONE, 239999, 720, JP_TRANSFER_VERDICT_MONEY);
  assert_verdict (vault, transfer, JP_REQUEST_STATE_DONE, 240000, 719, JP_TRANSFER_VERDICT_HOURS);
  assert_verdict (vault, transfer, JP_REQUEST_STATE_REFUSED, 0, 0, JP_TRANSFER_VERDICT_REFUSED);
  assert_verdict (vault, transfer, JP_REQUEST_STATE_DRAFT, 0, 0, JP_TRANSFER_VERDICT_UNSENT);
  assert_verdict (vault, transfer, JP_REQUEST_STATE_DECLINED, 0, 0, JP_TRANSFER_VERDICT_DECLINED);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/store/transfer/" path, JpVaultFixture, NULL, jp_vault_fixture_set_up, function,    \
              jp_vault_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("simulate", test_simulate);
  ADD ("silent", test_silent);
  ADD ("ask", test_ask);
  ADD ("check", test_check);
  return g_test_run ();
}
