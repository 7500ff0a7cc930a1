/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-ledger.h"

#include "jp-codes.h"
#include "jp-recover-repo.h"
#include "jp-remote-repo.h"
#include "jp-settlement.h"
#include "jp-vault-fixture.h"
#include "jp-verify.h"

#define AT_US    G_GINT64_CONSTANT (1760000000000000)
#define N_RANDOM 400
#define N_FACTS  12

static JpId
make_id (const char *name)
{
  return jp_id_derive ("ledger-test", name);
}

static JpRecord *
end (JpDraft *draft, gint64 version)
{
  JpRecordHead head = { .version = version, .created_at_us = AT_US, .updated_at_us = AT_US };

  jp_draft_set_head (draft, &head);
  return jp_draft_end (draft);
}

static void
apply (JpVault *vault, JpRecord *record)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
  JpRemoteReply   reply = { .records = records };
  JpRemoteOutcome outcome = { 0 };

  g_ptr_array_add (records, record);
  jp_remote_repo_apply (vault, &reply, &outcome, &error);
  g_assert_no_error (error);
}

static JpRecord *
make_payment (const char *name, gint64 amount_fen, const char *state, gint64 version)
{
  JpId     id = make_id (name);
  JpId     contract = make_id ("contract");
  JpDraft *draft = jp_draft_new (JP_KIND_PAYMENT, &id);

  jp_draft_set_ref (draft, JP_PAYMENT_CONTRACT, &contract);
  jp_draft_set_integer (draft, JP_PAYMENT_AMOUNT, amount_fen);
  jp_draft_set_integer (draft, JP_PAYMENT_PAID_AT, AT_US);
  jp_draft_set_text (draft, JP_PAYMENT_BANK_REFERENCE, name);
  jp_draft_set_text (draft, JP_PAYMENT_STATE, state);
  return end (draft, version);
}

static JpRecord *
make_line (const char *name, const char *kind, gint64 amount_fen, const char *ref, gint64 version)
{
  JpId     id = make_id (name);
  JpId     contract = make_id ("contract");
  JpId     statement = make_id ("statement");
  JpDraft *draft = jp_draft_new (JP_KIND_STATEMENT_LINE, &id);

  jp_draft_set_ref (draft, JP_STATEMENT_LINE_STATEMENT, &statement);
  jp_draft_set_ref (draft, JP_STATEMENT_LINE_CONTRACT, &contract);
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_LINE_NO, 1);
  jp_draft_set_text (draft, JP_STATEMENT_LINE_CONTRACT_NO, "HT-1");
  jp_draft_set_text (draft, JP_STATEMENT_LINE_TRAINEE_NAME, "曾雨桐");
  jp_draft_set_text (draft, JP_STATEMENT_LINE_STAGE, "签约");
  jp_draft_set_text (draft, JP_STATEMENT_LINE_KIND, kind);
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_AMOUNT, amount_fen);
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_PAID_AT, AT_US);
  if (ref != NULL)
    jp_draft_set_text (draft, JP_STATEMENT_LINE_BANK_REFERENCE, ref);
  return end (draft, version);
}

static JpRecord *
make_refund (gint64 amount_fen, const char *ref, gint64 version)
{
  JpId     id = make_id ("refund");
  JpId     contract = make_id ("contract");
  JpId     trainee = make_id ("trainee");
  JpDraft *draft = jp_draft_new (JP_KIND_REFUND, &id);

  jp_draft_set_ref (draft, JP_REFUND_CONTRACT, &contract);
  jp_draft_set_ref (draft, JP_REFUND_TRAINEE, &trainee);
  jp_draft_set_date (draft, JP_REFUND_ASKED_ON, 20260901);
  jp_draft_set_code (draft, JP_REFUND_FAULT, JP_FAULT_TRAINEE);
  jp_draft_set_code (draft, JP_REFUND_STATE, JP_REQUEST_STATE_DONE);
  jp_draft_set_integer (draft, JP_REFUND_AMOUNT, amount_fen);
  jp_draft_set_integer (draft, JP_REFUND_DECIDED_AT, AT_US);
  jp_draft_set_text (draft, JP_REFUND_BANK_REFERENCE, ref);
  return end (draft, version);
}

static JpRecord *
make_statement (gint64 total_fen, gint64 n_lines, gint64 version)
{
  JpId     id = make_id ("statement");
  JpDraft *draft = jp_draft_new (JP_KIND_STATEMENT, &id);

  jp_draft_set_text (draft, JP_STATEMENT_NUMBER, "JS-1");
  jp_draft_set_date (draft, JP_STATEMENT_PERIOD_FROM, 20260901);
  jp_draft_set_date (draft, JP_STATEMENT_PERIOD_TO, 20260930);
  jp_draft_set_integer (draft, JP_STATEMENT_ISSUED_AT, AT_US);
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_COUNT, n_lines);
  jp_draft_set_integer (draft, JP_STATEMENT_TOTAL, total_fen);
  jp_draft_set_code (draft, JP_STATEMENT_STATE, JP_STATEMENT_STATE_ISSUED);
  return end (draft, version);
}

static JpRecord *
make_dispute (const char    *name,
              JpDisputeState state,
              gint64         paid_fen,
              gint64         claimed_fen,
              gint64         version)
{
  JpId     id = make_id (name);
  JpId     contract = make_id ("contract");
  JpId     statement = make_id ("statement");
  JpDraft *draft = jp_draft_new (JP_KIND_DISPUTE, &id);

  jp_draft_set_ref (draft, JP_DISPUTE_STATEMENT, &statement);
  jp_draft_set_ref (draft, JP_DISPUTE_CONTRACT, &contract);
  jp_draft_set_text (draft, JP_DISPUTE_CONTRACT_NO, "HT-1");
  jp_draft_set_text (draft, JP_DISPUTE_KIND, "release");
  jp_draft_set_text (draft, JP_DISPUTE_STAGE, "签约");
  jp_draft_set_code (draft, JP_DISPUTE_VERDICT,
                     paid_fen > claimed_fen ? JP_SETTLEMENT_OVER : JP_SETTLEMENT_SHORT);
  jp_draft_set_integer (draft, JP_DISPUTE_PAID, paid_fen);
  jp_draft_set_integer (draft, JP_DISPUTE_CLAIMED, claimed_fen);
  jp_draft_set_text (draft, JP_DISPUTE_SENTENCE, "不符");
  jp_draft_set_integer (draft, JP_DISPUTE_OPENED_AT, AT_US);
  jp_draft_set_code (draft, JP_DISPUTE_STATE, (int)state);
  return end (draft, version);
}

static void
assert_balance (JpVault *vault, gint64 paid, gint64 custody, gint64 released, gint64 refunded)
{
  g_autoptr (GError) error = NULL;
  JpId            contract = make_id ("contract");
  JpLedgerBalance balance = { 0 };

  jp_ledger_get_balance (vault, &contract, &balance, &error);
  g_assert_no_error (error);
  g_assert_cmpint (balance.fen[JP_LEDGER_PAID], ==, paid);
  g_assert_cmpint (balance.fen[JP_LEDGER_CUSTODY], ==, custody);
  g_assert_cmpint (balance.fen[JP_LEDGER_RELEASED], ==, released);
  g_assert_cmpint (balance.fen[JP_LEDGER_REFUNDED], ==, refunded);
  g_assert_cmpint (paid, ==,
                   custody + released + refunded + balance.fen[JP_LEDGER_PENALTY] +
                     balance.fen[JP_LEDGER_DISPUTED]);
}

static guint
count_postings (JpVault *vault)
{
  g_autoptr (GError) error = NULL;
  JpId contract = make_id ("contract");
  g_autoptr (GPtrArray) postings = jp_ledger_list_postings (vault, &contract, &error);

  g_assert_no_error (error);
  return postings->len;
}

static void
assert_finding (JpVault *vault, JpLedgerBreach breach, gint64 amount_fen)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) findings = jp_ledger_list_findings (vault, &error);
  gint64 found_fen = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    if (g_array_index (findings, JpLedgerFinding, i).breach == breach)
      {
        g_autofree char *sentence =
          jp_ledger_finding_dup_sentence (&g_array_index (findings, JpLedgerFinding, i));

        g_assert_cmpstr (sentence, !=, "");
        found_fen += g_array_index (findings, JpLedgerFinding, i).amount_fen;
      }
  g_assert_cmpint (found_fen, ==, amount_fen);
}

static void
assert_verified (JpVault *vault, guint64 n_ledger, guint64 n_books)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpVerifyReport) report = jp_verify_run (vault, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->n_found[JP_VERIFY_LEDGER], ==, n_ledger);
  g_assert_cmpuint (report->n_found[JP_VERIFY_BOOKS], ==, n_books);
}

static void
test_facts (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;

  apply (vault, make_payment ("P1", 276000, "pending", 1));
  assert_balance (vault, 0, 0, 0, 0);
  apply (vault, make_payment ("P1", 276000, "received", 2));
  assert_balance (vault, 276000, 276000, 0, 0);
  apply (vault, make_line ("L1", "release", 27600, "B1", 1));
  apply (vault, make_line ("L2", "release", 82800, NULL, 1));
  apply (vault, make_line ("L3", "refund", 100000, "B3", 1));
  apply (vault, make_line ("L4", "correction", -600, "B4", 1));
  assert_balance (vault, 276000, 66200, 109800, 100000);
  g_assert_cmpuint (count_postings (vault), ==, 5);

  /* Once more, and with a new version that says the same. */
  apply (vault, make_line ("L1", "release", 27600, "B1", 1));
  apply (vault, make_line ("L1", "release", 27600, "B1", 2));
  g_assert_cmpuint (count_postings (vault), ==, 5);
  assert_verified (vault, 0, 0);
}

static void
test_reversals (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (JpDraft) draft = NULL;
  g_autoptr (JpRecord) line = NULL;

  apply (vault, make_payment ("P1", 276000, "received", 1));
  apply (vault, make_line ("L1", "release", 27600, "B1", 1));
  apply (vault, make_line ("L1", "release", 27500, "B1", 2));
  assert_balance (vault, 276000, 248500, 27500, 0);
  g_assert_cmpuint (count_postings (vault), ==, 4);

  /* Another reference, then into the trash, then the payment fails. */
  apply (vault, make_line ("L1", "release", 27500, "B2", 3));
  assert_balance (vault, 276000, 248500, 27500, 0);
  line = make_line ("L1", "release", 27500, "B2", 4);
  draft = jp_draft_new_from (line);
  jp_draft_set_deleted (draft, TRUE);
  apply (vault, jp_draft_end (g_steal_pointer (&draft)));
  assert_balance (vault, 276000, 276000, 0, 0);
  apply (vault, make_payment ("P1", 276000, "failed", 2));
  assert_balance (vault, 0, 0, 0, 0);
  apply (vault, make_payment ("P1", 276000, "received", 3));
  assert_balance (vault, 276000, 276000, 0, 0);
  assert_verified (vault, 0, 0);
}

static void
test_references (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;

  /* The decision and its line are one movement. */
  apply (vault, make_payment ("P1", 276000, "received", 1));
  apply (vault, make_refund (248400, "B1", 1));
  apply (vault, make_line ("L1", "refund", 248400, "B1", 1));
  assert_balance (vault, 276000, 27600, 0, 248400);
  assert_finding (vault, JP_LEDGER_BREACH_REFERENCE, 0);

  /* Two lines with one reference are not, and it is not posted again. */
  apply (vault, make_line ("L2", "release", 20000, "B2", 1));
  apply (vault, make_line ("L3", "release", 20000, "B2", 1));
  assert_balance (vault, 276000, 7600, 20000, 248400);
  assert_finding (vault, JP_LEDGER_BREACH_REFERENCE, 20000);
  assert_verified (vault, 0, 1);

  /* The platform gives it a reference of its own. */
  apply (vault, make_line ("L3", "release", 7600, "B3", 2));
  assert_balance (vault, 276000, 0, 27600, 248400);
  assert_finding (vault, JP_LEDGER_BREACH_REFERENCE, 0);
  assert_verified (vault, 0, 0);
}

static void
test_findings (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;

  apply (vault, make_line ("L1", "release", 27600, "B1", 1));
  assert_finding (vault, JP_LEDGER_BREACH_CUSTODY, 27600);
  apply (vault, make_statement (27600, 2, 1));
  assert_finding (vault, JP_LEDGER_BREACH_TOTAL, 0); /* one line has not come */
  apply (vault, make_line ("L2", "release", 400, "B2", 1));
  assert_finding (vault, JP_LEDGER_BREACH_TOTAL, 400);
  assert_verified (vault, 0, 2);

  apply (vault, make_payment ("P1", 28000, "received", 1));
  apply (vault, make_statement (28000, 2, 2));
  assert_finding (vault, JP_LEDGER_BREACH_CUSTODY, 0);
  assert_finding (vault, JP_LEDGER_BREACH_TOTAL, 0);
  assert_verified (vault, 0, 0);
}

/* Open, a dispute holds what it is about; however it ends, it gives it back. */
static void
test_disputes (JpVaultFixture *fixture, gconstpointer data)
{
  static const JpDisputeState ends[] = { JP_DISPUTE_STATE_UPHELD, JP_DISPUTE_STATE_REJECTED,
                                         JP_DISPUTE_STATE_WITHDRAWN };
  JpVault                    *vault = fixture->vault;
  guint                       n_before = 0;

  apply (vault, make_payment ("P1", 276000, "received", 1));
  apply (vault, make_line ("L1", "release", 27600, "B1", 1));
  n_before = count_postings (vault);
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *over = g_strdup_printf ("over-%" G_GSIZE_FORMAT, i);
      g_autofree char *less = g_strdup_printf ("less-%" G_GSIZE_FORMAT, i);

      apply (vault, make_dispute (over, JP_DISPUTE_STATE_DRAFT, 27600, 7600, 1));
      assert_balance (vault, 276000, 248400, 27600, 0);
      apply (vault, make_dispute (over, JP_DISPUTE_STATE_SENT, 27600, 7600, 2));
      assert_balance (vault, 276000, 248400, 7600, 0);
      apply (vault, make_dispute (over, JP_DISPUTE_STATE_REVIEW, 27600, 7600, 3));
      apply (vault, make_dispute (less, JP_DISPUTE_STATE_SENT, 27600, 30000, 1));
      assert_balance (vault, 276000, 246000, 7600, 0);
      assert_verified (vault, 0, 0);
      apply (vault, make_dispute (over, ends[i], 27600, 7600, 4));
      apply (vault, make_dispute (less, ends[i], 27600, 30000, 2));
      assert_balance (vault, 276000, 248400, 27600, 0);
      assert_verified (vault, 0, 0);
    }
  g_assert_cmpuint (count_postings (vault), ==, n_before + 4 * G_N_ELEMENTS (ends));

  /* More than was released cannot be at stake. */
  apply (vault, make_dispute ("much", JP_DISPUTE_STATE_SENT, 50000, 0, 1));
  assert_finding (vault, JP_LEDGER_BREACH_DISPUTED, 22400);
  assert_verified (vault, 0, 1);
  apply (vault, make_dispute ("much", JP_DISPUTE_STATE_WITHDRAWN, 50000, 0, 2));
  assert_finding (vault, JP_LEDGER_BREACH_DISPUTED, 0);
  assert_verified (vault, 0, 0);
}

/* --- nobody changes it --- */

static void
assert_refused (JpVault *vault, const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (jp_db_exec (vault->db, sql, &error));
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_CONSTRAINT);
}

static void
do_sql (JpVault *vault, const char *sql)
{
  g_autoptr (GError) error = NULL;

  jp_db_exec (vault->db, sql, &error);
  g_assert_no_error (error);
}

static void
test_append_only (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;

  apply (vault, make_payment ("P1", 276000, "received", 1));
  apply (vault, make_line ("L1", "release", 27600, "B1", 1));
  assert_refused (vault, "UPDATE posting SET fen = 1");
  assert_refused (vault, "UPDATE posting SET at = at");
  assert_refused (vault, "DELETE FROM posting");
  assert_refused (vault, "INSERT INTO posting SELECT 99, contract, debit, credit, fen, at,"
                         " reference, 0, t, source, posted_at FROM posting LIMIT 1");
  assert_refused (vault, "INSERT INTO posting SELECT 99, contract, debit, credit, fen, at,"
                         " reference, 1, t, source, posted_at FROM posting LIMIT 1");
  assert_refused (vault, "INSERT INTO posting SELECT 99, contract, debit, debit, fen, at,"
                         " 'x', 0, t, source, posted_at FROM posting LIMIT 1");
  assert_verified (vault, 0, 0);
}

static const char *const attacks[] = {
  "UPDATE posting SET fen = fen + 1 WHERE reference = 'B1'",
  "UPDATE posting SET contract = zeroblob (16) WHERE reference = 'B1'",
  "UPDATE posting SET credit = 'refunded' WHERE reference = 'B1'",
  "DELETE FROM posting WHERE reference = 'B1'",
  "DELETE FROM posting WHERE reference = 'B2' AND revision = 1",
  "UPDATE statement_sum SET fen = fen + 1",
  "INSERT INTO posting SELECT 99, contract, debit, credit, fen, at, 'x', 0, t, randomblob (16),"
  " posted_at FROM posting LIMIT 1",
};

static void
test_tampering (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpVerifyReport) report = NULL;
  JpVault *vault = fixture->vault;

  apply (vault, make_payment ("P1", 276000, "received", 1));
  apply (vault, make_line ("L1", "release", 27600, "B1", 1));
  apply (vault, make_line ("L2", "release", 1000, "B2", 1));
  apply (vault, make_line ("L2", "release", 2000, "B2", 2));
  assert_verified (vault, 0, 0);
  do_sql (vault, "DROP TRIGGER posting_kept; DROP TRIGGER posting_stays");
  do_sql (vault, data);
  report = jp_verify_run (vault, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_found[JP_VERIFY_LEDGER], >=, 1);
  g_assert_false (jp_verify_is_good (report));
}

/* --- any facts in any order --- */

static void
apply_random (JpVaultFixture *fixture, gint64 *paid, gint64 *released, gint64 *refunded)
{
  JpIdSource      *random = fixture->random;
  guint            which = jp_id_source_below (random, N_FACTS);
  gint64           amount_fen = 1 + (gint64)jp_id_source_below (random, 100000);
  static gint64    version = 1;
  g_autofree char *name = g_strdup_printf ("F%u", which);

  version++;
  if (which < 3)
    {
      gboolean is_received = jp_id_source_below (random, 4) != 0;

      apply (fixture->vault,
             make_payment (name, amount_fen, is_received ? "received" : "failed", version));
      paid[which] = is_received ? amount_fen : 0;
    }
  else
    {
      gboolean is_refund = jp_id_source_below (random, 4) == 0;

      amount_fen = jp_id_source_below (random, 5) == 0 ? -amount_fen : amount_fen;
      apply (fixture->vault,
             make_line (name, is_refund ? "refund" : "release", amount_fen, name, version));
      released[which] = is_refund ? 0 : amount_fen;
      refunded[which] = is_refund ? amount_fen : 0;
    }
}

static void
test_random (JpVaultFixture *fixture, gconstpointer data)
{
  gint64 paid[N_FACTS] = { 0 };
  gint64 released[N_FACTS] = { 0 };
  gint64 refunded[N_FACTS] = { 0 };

  for (guint round = 0; round < N_RANDOM; round++)
    {
      gint64 sums[3] = { 0 };

      apply_random (fixture, paid, released, refunded);
      for (guint i = 0; i < N_FACTS; i++)
        {
          sums[0] += paid[i];
          sums[1] += released[i];
          sums[2] += refunded[i];
        }
      assert_balance (fixture->vault, sums[0], sums[0] - sums[1] - sums[2], sums[1], sums[2]);
      assert_finding (fixture->vault, JP_LEDGER_BREACH_CUSTODY,
                      MAX (sums[1] + sums[2] - sums[0], 0));
    }

  g_autoptr (GArray) findings = jp_ledger_list_findings (fixture->vault, NULL);

  assert_verified (fixture->vault, 0, findings->len);
}

/* What was here before there was a ledger is posted when the data are opened. */
static void
test_catch_up (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JpVault *vault = fixture->vault;

  apply (vault, make_payment ("P1", 276000, "received", 1));
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *name = g_strdup_printf ("L%u", i);

      apply (vault, make_line (name, "release", 100, name, 1));
    }
  do_sql (vault, "DROP TRIGGER posting_stays; DELETE FROM posting; DELETE FROM setting"
                 " WHERE name = 'ledger'");
  assert_balance (vault, 0, 0, 0, 0);
  jp_ledger_catch_up (vault, &error);
  g_assert_no_error (error);
  assert_balance (vault, 276000, 226000, 50000, 0);
  jp_ledger_catch_up (vault, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_postings (vault), ==, 501);
  assert_verified (vault, 0, 0);
}

/* A platform that went back in time has forgotten a payment; then it is confirmed again, under
 * another id. */
static void
test_forgotten (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  guint n_again = 0;
  guint n_aside = 0;

  apply (vault, make_payment ("P1", 276000, "received", 1));
  g_assert_true (jp_db_begin_write (vault->db, &transaction, &error));
  g_assert_true (jp_recover_repo_rewind (vault, 0, &n_again, &error));
  g_assert_true (jp_recover_repo_set_aside (vault, &n_aside, &error));
  g_assert_true (jp_transaction_commit (&transaction, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_aside, >=, 1);
  assert_balance (vault, 0, 0, 0, 0);
  assert_verified (vault, 0, 0);

  apply (vault, make_payment ("P2", 276000, "received", 1));
  assert_balance (vault, 276000, 276000, 0, 0);
  apply (vault, make_payment ("P1", 276000, "received", 2));
  assert_balance (vault, 552000, 552000, 0, 0);
  assert_verified (vault, 0, 0);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/store/ledger/" name, JpVaultFixture, NULL, jp_vault_fixture_set_up, func,          \
              jp_vault_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("facts", test_facts);
  ADD ("reversals", test_reversals);
  ADD ("references", test_references);
  ADD ("findings", test_findings);
  ADD ("disputes", test_disputes);
  ADD ("append-only", test_append_only);
  for (gsize i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      g_autofree char *path = g_strdup_printf ("/store/ledger/tampering/%" G_GSIZE_FORMAT, i);

      g_test_add (path, JpVaultFixture, attacks[i], jp_vault_fixture_set_up, test_tampering,
                  jp_vault_fixture_tear_down);
    }
  ADD ("forgotten", test_forgotten);
  ADD ("random", test_random);
  ADD ("catch-up", test_catch_up);
  return g_test_run ();
}
