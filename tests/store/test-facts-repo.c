/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-facts-repo.h"

#include "jp-codes.h"
#include "jp-vault-fixture.h"

#define PRICE_FEN 328000
#define PAID_ON   20260105

static JpFacts *
read_facts (JpVaultFixture *fixture, JpRecord *contract, JpDate on)
{
  g_autoptr (GError) error = NULL;
  JpFacts *facts = jp_facts_repo_read (fixture->vault, jp_record_get_id (contract), on, &error);

  g_assert_no_error (error);
  g_assert_nonnull (facts);
  return facts;
}

static void
add_exam (JpVault    *vault,
          JpRecord   *contract,
          int         subject,
          int         attempt,
          const char *outcome,
          JpDate      on)
{
  JpId     id = jp_id_source_next (vault->ids);
  JpDraft *draft = jp_draft_new (JP_KIND_EXAM_RESULT, &id);

  jp_draft_set_ref (draft, JP_EXAM_RESULT_TRAINEE,
                    jp_record_get_ref (contract, JP_CONTRACT_TRAINEE));
  jp_draft_set_integer (draft, JP_EXAM_RESULT_SUBJECT, subject);
  jp_draft_set_date (draft, JP_EXAM_RESULT_TAKEN_ON, on);
  jp_draft_set_integer (draft, JP_EXAM_RESULT_ATTEMPT, attempt);
  jp_draft_set_text (draft, JP_EXAM_RESULT_OUTCOME, outcome);
  jp_vault_fixture_put (vault, draft);
}

static void
add_payment (JpVault *vault, JpRecord *contract, gint64 fen, const char *state, JpDate on)
{
  JpId     id = jp_id_source_next (vault->ids);
  JpDraft *draft = jp_draft_new (JP_KIND_PAYMENT, &id);

  jp_draft_set_ref (draft, JP_PAYMENT_CONTRACT, jp_record_get_id (contract));
  jp_draft_set_integer (draft, JP_PAYMENT_AMOUNT, fen);
  jp_draft_set_integer (draft, JP_PAYMENT_PAID_AT, jp_date_to_instant (on, 9, 0));
  jp_draft_set_text (draft, JP_PAYMENT_BANK_REFERENCE, "B1");
  jp_draft_set_text (draft, JP_PAYMENT_STATE, state);
  jp_vault_fixture_put (vault, draft);
}

static void
add_line (JpVault *vault, JpRecord *contract, gint64 fen, const char *kind, JpDate on)
{
  JpId     id = jp_id_source_next (vault->ids);
  JpDraft *draft = jp_draft_new (JP_KIND_STATEMENT_LINE, &id);

  jp_draft_set_ref (draft, JP_STATEMENT_LINE_STATEMENT, &id);
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_LINE_NO, 1);
  jp_draft_set_ref (draft, JP_STATEMENT_LINE_CONTRACT, jp_record_get_id (contract));
  jp_draft_set_text (draft, JP_STATEMENT_LINE_CONTRACT_NO, "HT-2026-001-00001");
  jp_draft_set_text (draft, JP_STATEMENT_LINE_TRAINEE_NAME, "曾雨桐");
  jp_draft_set_text (draft, JP_STATEMENT_LINE_KIND, kind);
  jp_draft_set_text (draft, JP_STATEMENT_LINE_STAGE, "签约");
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_AMOUNT, fen);
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_PAID_AT, jp_date_to_instant (on, 20, 0));
  jp_vault_fixture_put (vault, draft);
}

/* Every row until the end of the day counts, none of a later day, an earlier contract or another
 * trainee. */
static void
test_day (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (JpRecord) contract =
    jp_vault_fixture_add_contract (fixture, "heze-demo-assumption", PRICE_FEN, PAID_ON);
  g_autoptr (JpRecord) other =
    jp_vault_fixture_add_contract (fixture, "heze-demo-assumption", PRICE_FEN, PAID_ON);

  jp_vault_fixture_add_session (vault, contract, 1, 45, 20260104);
  jp_vault_fixture_add_session (vault, contract, 1, 60, 20260110);
  jp_vault_fixture_add_session (vault, contract, 1, 50, 20260112);
  jp_vault_fixture_add_session (vault, contract, 2, 0, 20260112);
  jp_vault_fixture_add_session (vault, contract, 2, 60, 20260113);
  jp_vault_fixture_add_session (vault, other, 1, 60, 20260110);
  jp_vault_fixture_add_stage (vault, contract, 1, 110, 20260112);
  jp_vault_fixture_add_stage (vault, contract, 2, 60, 20260113);
  add_exam (vault, contract, 1, 1, "failed", 20260111);
  add_exam (vault, contract, 1, 2, "absent", 20260111);
  add_exam (vault, contract, 1, 3, "passed", 20260112);
  add_exam (vault, contract, 2, 1, "passed", 20260113);
  add_payment (vault, contract, PRICE_FEN, "received", PAID_ON);
  add_payment (vault, contract, 100, "failed", PAID_ON);
  add_line (vault, contract, 32800, "release", 20260106);
  add_line (vault, contract, -800, "correction", 20260112);
  add_line (vault, contract, 5000, "refund", 20260112);
  add_line (vault, contract, 98400, "release", 20260113);

  g_autoptr (JpFacts) self = read_facts (fixture, contract, 20260112);
  const JpPolicyFacts *facts = &self->gather.facts;

  g_assert_cmpint (facts->on, ==, 20260112);
  g_assert_cmpint (facts->price_fen, ==, PRICE_FEN);
  g_assert_cmpint (facts->paid_fen, ==, PRICE_FEN);
  g_assert_cmpint (facts->released_fen, ==, 32000);
  g_assert_cmpint (facts->parts[1].required_minutes, ==, 720);
  g_assert_cmpint (facts->parts[1].used_minutes, ==, 110);
  g_assert_cmpint (facts->parts[1].reviewed_minutes, ==, 110);
  g_assert_cmpint (facts->parts[1].reviewed_on, ==, 20260112);
  g_assert_cmpint (facts->parts[2].used_minutes, ==, 0);
  g_assert_cmpint (facts->parts[2].reviewed_minutes, ==, 0);
  g_assert_cmpint (self->gather.pending_minutes, ==, 60);
  g_assert_cmpint (facts->exams[1].n_attempts, ==, 2);
  g_assert_cmpint (facts->exams[1].passed_on, ==, 20260112);
  g_assert_cmpint (facts->exams[2].n_attempts, ==, 0);
  g_assert_cmpint (facts->events[JP_POLICY_EVENT_CONTRACT_SIGNED], ==, PAID_ON);
  g_assert_cmpint (facts->events[JP_POLICY_EVENT_FILE_OPENED], ==, PAID_ON);
  g_assert_cmpint (facts->events[JP_POLICY_EVENT_TRAINING_STARTED], ==, 20260110);
  g_assert_cmpint (facts->events[JP_POLICY_EVENT_GRADUATED], ==, JP_DATE_NONE);
  g_assert_cmpuint (facts->n_fees, ==, JP_POLICY_GATHER_N_FEES);
  g_assert_cmpstr (facts->fees[0].id, ==, "service");
  g_assert_cmpint (facts->fees[0].amount_fen, ==, 65600);

  g_autoptr (JpFacts) today = read_facts (fixture, contract, jp_vault_today (vault));

  g_assert_cmpint (today->gather.facts.parts[2].reviewed_minutes, ==, 60);
  g_assert_cmpint (today->gather.facts.released_fen, ==, 0);
  g_assert_cmpint (today->gather.facts.exams[2].passed_on, ==, 20260113);
}

/* By the hour: minutes count as they are judged, unless the review of the part says otherwise. */
static void
test_hourly (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (JpRecord) contract =
    jp_vault_fixture_add_contract (fixture, "qingdao-2023", PRICE_FEN, PAID_ON);
  g_autoptr (JpFacts) self = NULL;

  jp_vault_fixture_add_session (vault, contract, 2, 60, 20260110);
  jp_vault_fixture_add_session (vault, contract, 3, 55, 20260110);
  jp_vault_fixture_add_stage (vault, contract, 3, 50, 20260110);
  self = read_facts (fixture, contract, 20260112);
  g_assert_cmpint (self->gather.facts.parts[2].reviewed_minutes, ==, 60);
  g_assert_cmpint (self->gather.facts.parts[3].reviewed_minutes, ==, 50);
}

/* Everything reviewed and passed: graduated on the day of the last exam. */
static void
test_graduated (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  g_autoptr (JpRecord) contract =
    jp_vault_fixture_add_contract (fixture, "heze-demo-assumption", PRICE_FEN, PAID_ON);
  g_autoptr (JpFacts) self = NULL;

  for (int part = 1; part <= 4; part++)
    {
      jp_vault_fixture_add_stage (vault, contract, part, 2000, 20260110);
      add_exam (vault, contract, part, 1, "passed", 20260115 - part);
    }
  self = read_facts (fixture, contract, 20260120);
  g_assert_cmpint (self->gather.facts.events[JP_POLICY_EVENT_GRADUATED], ==, 20260114);
}

static void
test_errors (JpVaultFixture *fixture, gconstpointer data)
{
  JpVault *vault = fixture->vault;
  JpId     id = jp_id_source_next (vault->ids);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) contract =
    jp_vault_fixture_add_contract (fixture, "qingdao-2023", PRICE_FEN, PAID_ON);
  JpDraft *draft = jp_draft_new_from (contract);

  g_assert_null (jp_facts_repo_read (vault, &id, PAID_ON, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);

  jp_draft_set_text (draft, JP_CONTRACT_TIER_COPY, "{}");
  jp_vault_fixture_put (vault, draft);
  g_assert_null (jp_facts_repo_read (vault, jp_record_get_id (contract), PAID_ON, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_CORRUPT);
  g_clear_error (&error);

  draft = jp_draft_new_from (contract);
  jp_draft_set_text (draft, JP_CONTRACT_POLICY_DIGEST,
                     jp_record_get_text (contract, JP_CONTRACT_TEXT_DIGEST));
  jp_vault_fixture_put (vault, draft);
  g_assert_null (jp_facts_repo_read (vault, jp_record_get_id (contract), PAID_ON, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/store/facts-repo/" path, JpVaultFixture, NULL, jp_vault_fixture_set_up, function,  \
              jp_vault_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("day", test_day);
  ADD ("hourly", test_hourly);
  ADD ("graduated", test_graduated);
  ADD ("errors", test_errors);

  return g_test_run ();
}
