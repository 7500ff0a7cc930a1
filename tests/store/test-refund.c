/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-refund-repo.h"

#include "jp-desk.h"
#include "jp-vault-fixture.h"

#define PRICE_FEN 400000
#define PAID_ON   20260105
#define NOTHING                                                                                    \
  {                                                                                                \
    0, JP_POLICY_UNKNOWN, JP_POLICY_UNKNOWN, JP_POLICY_UNKNOWN, JP_POLICY_UNKNOWN                  \
  }

static JpRefundSheet *
simulate (JpVault *vault, JpRecord *contract, const JpRefundQuestion *question)
{
  g_autoptr (GError) error = NULL;
  JpRefundSheet *sheet =
    jp_refund_repo_simulate (vault, jp_record_get_id (contract), question, &error);

  g_assert_no_error (error);
  return sheet;
}

/* By hand, of 4,000.00: 10 % for the contract, and 6 of 12 hours of the 30 % of part 1, are used:
 * 400 + 600 = 1,000; 3,000 go back. With 12 hours it is 400 + 1,200, and 2,400 go back. */
static void
test_simulate (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault         *vault = fixture->vault;
  JpRefundQuestion question = { 20260115, JP_FAULT_TRAINEE, NOTHING };
  g_autoptr (JpRecord) contract =
    jp_vault_fixture_add_contract (fixture, "heze-demo-assumption", PRICE_FEN, PAID_ON);
  g_autoptr (JpRefundSheet) sheet = NULL;
  g_autoptr (JpRefundSheet) more = NULL;
  g_autoptr (JpRefundSheet) before = NULL;
  g_autofree char *why = NULL;
  JpId             id = jp_id_source_next (vault->ids);
  JpDraft         *payment = jp_draft_new (JP_KIND_PAYMENT, &id);

  jp_draft_set_ref (payment, JP_PAYMENT_CONTRACT, jp_record_get_id (contract));
  jp_draft_set_integer (payment, JP_PAYMENT_AMOUNT, PRICE_FEN);
  jp_draft_set_integer (payment, JP_PAYMENT_PAID_AT, jp_date_to_instant (PAID_ON, 9, 0));
  jp_draft_set_text (payment, JP_PAYMENT_BANK_REFERENCE, "B1");
  jp_draft_set_text (payment, JP_PAYMENT_STATE, "received");
  jp_vault_fixture_put (vault, payment);
  jp_vault_fixture_add_session (vault, contract, 1, 360, 20260110);

  sheet = simulate (vault, contract, &question);
  for (guint i = 0; i < JP_POLICY_N_FAULTS; i++)
    {
      g_assert_cmpint (sheet->results[i]->refund_fen, ==, 300000);
      g_assert_cmpint (sheet->results[i]->deducted_fen, ==, 100000);
    }
  g_assert_nonnull (sheet->trainee);
  why = jp_refund_repo_dup_arithmetic (sheet->results[0], "used");
  g_assert_cmpstr (why, ==, "stages as far as used: ¥1,000.00");

  question.minutes[1] = 720;
  more = simulate (vault, contract, &question);
  g_assert_cmpint (more->results[JP_FAULT_TRAINEE]->refund_fen, ==, 240000);

  question.minutes[1] = JP_POLICY_UNKNOWN;
  question.on = 20260109; /* the day before the first session */
  before = simulate (vault, contract, &question);
  g_assert_cmpint (before->results[JP_FAULT_TRAINEE]->refund_fen, ==, 360000);
}

/* Side by side: 东莞 2021 charges 10 % to the trainee, nothing to anybody else. Of 4,000.00,
 * service 800 and theory 1,600 (the card is out) are kept, one hour of part 2 is 150; the penalty
 * is 400. */
static void
test_faults (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault               *vault = fixture->vault;
  const JpRefundQuestion question = { jp_vault_today (vault), JP_FAULT_SCHOOL, NOTHING };
  g_autoptr (JpRecord) contract =
    jp_vault_fixture_add_contract (fixture, "dongguan-2021", PRICE_FEN, PAID_ON);
  g_autoptr (JpRefundSheet) sheet = NULL;

  jp_vault_fixture_add_session (vault, contract, 2, 60, 20260110);
  sheet = simulate (vault, contract, &question);
  g_assert_cmpint (sheet->results[JP_FAULT_TRAINEE]->deducted_fen, ==, 295000);
  g_assert_cmpint (sheet->results[JP_FAULT_SCHOOL]->deducted_fen, ==, 255000);
  g_assert_cmpint (sheet->results[JP_FAULT_NOBODY]->deducted_fen, ==, 255000);
  g_assert_cmpint (sheet->fault, ==, JP_FAULT_SCHOOL);
}

/* Rules that publish no numbers give no amount, and say so. */
static void
test_silent (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault               *vault = fixture->vault;
  const JpRefundQuestion question = { PAID_ON, JP_FAULT_TRAINEE, NOTHING };
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) contract =
    jp_vault_fixture_add_contract (fixture, "heze-editable", PRICE_FEN, PAID_ON);

  g_assert_null (jp_refund_repo_simulate (vault, jp_record_get_id (contract), &question, &error));
  g_assert_error (error, JP_DESK_ERROR, JP_DESK_POLICY_SILENT);
}

static JpRecord *
make_refund (JpVault *vault, JpRecord *contract, JpRequestState state, gint64 fen, JpDate asked_on)
{
  JpId     id = jp_id_source_next (vault->ids);
  JpDraft *draft = jp_draft_new (JP_KIND_REFUND, &id);

  jp_draft_set_ref (draft, JP_REFUND_CONTRACT, jp_record_get_id (contract));
  jp_draft_set_ref (draft, JP_REFUND_TRAINEE, jp_record_get_ref (contract, JP_CONTRACT_TRAINEE));
  jp_draft_set_date (draft, JP_REFUND_ASKED_ON, asked_on);
  jp_draft_set_code (draft, JP_REFUND_FAULT, JP_FAULT_TRAINEE);
  jp_draft_set_code (draft, JP_REFUND_STATE, (int)state);
  if (fen >= 0)
    jp_draft_set_integer (draft, JP_REFUND_AMOUNT, fen);
  return jp_draft_end (draft);
}

static void
assert_verdict (JpVault *vault, JpRecord *owned, JpRefundVerdictKind kind, const char *sentence)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) refund = owned;
  g_autofree char *said = NULL;
  JpRefundVerdict  verdict = { 0 };

  jp_refund_repo_check (vault, refund, &verdict, &error);
  g_assert_no_error (error);
  said = jp_refund_repo_dup_sentence (&verdict);
  g_test_message ("%s", said);
  g_assert_cmpint (verdict.kind, ==, kind);
  g_assert_cmpstr (said, ==, sentence);
}

/* By hand: 10 % of 4,000.00 are kept, 3,600.00 go back. */
static void
test_check (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  JpDate   today = jp_vault_today (vault);
  g_autoptr (JpRecord) contract =
    jp_vault_fixture_add_contract (fixture, "heze-demo-assumption", PRICE_FEN, PAID_ON);
  g_autoptr (JpRecord) open =
    jp_vault_fixture_add_contract (fixture, "heze-editable", PRICE_FEN, PAID_ON);
  g_autofree char *iso = jp_date_to_iso (today);
  g_autofree char *waiting = g_strdup_printf (
    "Asked for on %s; the platform has not decided. By the rules ¥3,600.00 go back.", iso);

  assert_verdict (vault, make_refund (vault, contract, JP_REQUEST_STATE_DONE, 360000, today),
                  JP_REFUND_VERDICT_MATCHES,
                  "¥3,600.00 went back, as the rules say: ¥4,000.00 paid, ¥400.00 kept.");
  assert_verdict (vault, make_refund (vault, contract, JP_REQUEST_STATE_DONE, 359999, today),
                  JP_REFUND_VERDICT_SHORT,
                  "¥3,599.99 went back, ¥0.01 too little: by the rules it is ¥3,600.00 (¥4,000.00 "
                  "paid, ¥400.00 kept). Ask the platform.");
  assert_verdict (vault, make_refund (vault, contract, JP_REQUEST_STATE_DONE, 400000, today),
                  JP_REFUND_VERDICT_OVER,
                  "¥4,000.00 went back, ¥400.00 too much: by the rules it is ¥3,600.00 (¥4,000.00 "
                  "paid, ¥400.00 kept). Ask the platform.");
  assert_verdict (vault, make_refund (vault, contract, JP_REQUEST_STATE_PENDING, -1, today),
                  JP_REFUND_VERDICT_WAITING, waiting);
  assert_verdict (vault, make_refund (vault, contract, JP_REQUEST_STATE_REFUSED, -1, today),
                  JP_REFUND_VERDICT_REFUSED, "The platform refused it: the contract goes on.");
  assert_verdict (vault, make_refund (vault, open, JP_REQUEST_STATE_DONE, 1, today),
                  JP_REFUND_VERDICT_UNKNOWN,
                  "¥0.01 went back; it cannot be checked: rules or hours are not known here. Sync, "
                  "then look again.");
}

/* Ten working days from Monday 2026-01-12 end on Monday 2026-01-26; on the 27th it is late. */
static void
test_late (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (JpRecord) contract =
    jp_vault_fixture_add_contract (fixture, "refund-web-pages", PRICE_FEN, PAID_ON);
  g_autoptr (JpRecord) refund =
    make_refund (vault, contract, JP_REQUEST_STATE_PENDING, -1, 20260112);
  JpRefundVerdict verdict = { 0 };
  g_autoptr (GError) error = NULL;

  jp_fake_clock_set_wall (fixture->clock, jp_date_to_instant (20260126, 12, 0));
  jp_refund_repo_check (vault, refund, &verdict, &error);
  g_assert_no_error (error);
  g_assert_cmpint (verdict.kind, ==, JP_REFUND_VERDICT_WAITING);
  jp_fake_clock_set_wall (fixture->clock, jp_date_to_instant (20260127, 12, 0));
  jp_refund_repo_check (vault, refund, &verdict, &error);
  g_assert_no_error (error);
  g_assert_cmpint (verdict.kind, ==, JP_REFUND_VERDICT_LATE);
  g_assert_false (jp_refund_repo_is_fine (&verdict));
}

#define ADD(path, function)                                                                        \
  g_test_add ("/store/refund/" path, JpVaultFixture, NULL, jp_vault_fixture_set_up, function,      \
              jp_vault_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("simulate", test_simulate);
  ADD ("faults", test_faults);
  ADD ("silent", test_silent);
  ADD ("check", test_check);
  ADD ("late", test_late);

  return g_test_run ();
}
