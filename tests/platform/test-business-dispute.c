/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-business-fixture.h"

#include "jp-business-dispute.h"

#define PRICE_FEN JP_BUSINESS_FIXTURE_PRICE_FEN
#define START_FEN G_GINT64_CONSTANT (36800)
#define PART_FEN  G_GINT64_CONSTANT (110400)

/* The bank moves something for a stage that nobody has computed. */
static void
post (JpBusinessFixture *b, const JpId *contract, const char *stage, gint64 fen)
{
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (JpRecord) record = jp_business_fixture_get (b, JP_KIND_CONTRACT, contract);
  g_autoptr (JpDraft) draft = jp_draft_new_from (record);
  g_autofree char *purpose = g_strdup_printf ("wrong/%s", stage);
  JpBankOrder      order = { .kind = JP_BANK_RELEASE,
                             .school = b->f->school,
                             .contract = *contract,
                             .purpose = purpose,
                             .stage = stage,
                             .amount_fen = fen,
                             .at_us = jp_clock_now_us (JP_CLOCK (b->f->clock)) };

  jp_business_fixture_begin (b, &transaction);
  jp_business_post (b->business, &order, NULL, &error);
  jp_business_sum_up (b->business, draft, &error);
  jp_business_put (b->business, &b->f->school, g_steal_pointer (&draft), NULL, &error);
  g_assert_no_error (error);
  jp_business_fixture_commit (b, &transaction);
}

static JpRecord *
get_line (JpBusinessFixture *b, const JpId *contract, guint index)
{
  g_autoptr (GPtrArray) lines = jp_business_fixture_list (b, JP_STATEMENT_LINE_CONTRACT, contract);

  g_assert_cmpuint (lines->len, >, index);
  return jp_record_ref (lines->pdata[index]);
}

static JpDraft *
new_dispute (JpBusinessFixture *b, JpRecord *line, gint64 claimed_fen)
{
  JpId     id = jp_id_source_next (b->f->ids);
  JpDraft *draft = jp_draft_new (JP_KIND_DISPUTE, &id);

  jp_draft_set_ref (draft, JP_DISPUTE_STATEMENT,
                    jp_record_get_ref (line, JP_STATEMENT_LINE_STATEMENT));
  jp_draft_set_ref (draft, JP_DISPUTE_LINE, jp_record_get_id (line));
  jp_draft_set_ref (draft, JP_DISPUTE_CONTRACT,
                    jp_record_get_ref (line, JP_STATEMENT_LINE_CONTRACT));
  jp_draft_set_text (draft, JP_DISPUTE_CONTRACT_NO,
                     jp_record_get_text (line, JP_STATEMENT_LINE_CONTRACT_NO));
  jp_draft_set_text (draft, JP_DISPUTE_KIND, jp_record_get_text (line, JP_STATEMENT_LINE_KIND));
  jp_draft_set_text (draft, JP_DISPUTE_STAGE, jp_record_get_text (line, JP_STATEMENT_LINE_STAGE));
  jp_draft_set_code (draft, JP_DISPUTE_VERDICT, JP_SETTLEMENT_OVER);
  jp_draft_set_integer (draft, JP_DISPUTE_PAID,
                        jp_record_get_integer (line, JP_STATEMENT_LINE_AMOUNT));
  jp_draft_set_integer (draft, JP_DISPUTE_CLAIMED, claimed_fen);
  jp_draft_set_text (draft, JP_DISPUTE_SENTENCE, "多拨");
  jp_draft_set_integer (draft, JP_DISPUTE_OPENED_AT, jp_clock_now_us (JP_CLOCK (b->f->clock)));
  jp_draft_set_code (draft, JP_DISPUTE_STATE, JP_DISPUTE_STATE_SENT);
  return draft;
}

static JpId
send (JpBusinessFixture *b, JpDraft *draft)
{
  g_autoptr (JpRecord) record = jp_business_fixture_put (b, draft);

  return *jp_record_get_id (record);
}

static JpId
contest (JpBusinessFixture *b, const JpId *contract, guint index, gint64 claimed_fen)
{
  g_autoptr (JpRecord) line = get_line (b, contract, index);

  return send (b, new_dispute (b, line, claimed_fen));
}

static gboolean
decide (JpBusinessFixture *b, const JpId *id, gboolean uphold, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  jp_business_fixture_begin (b, &transaction);
  return jp_business_decide_dispute (b->business, id, uphold, "已核对", NULL, error) &&
         jp_business_commit (b->business, &transaction, error);
}

static void
assert_dispute (JpBusinessFixture *b, const JpId *id, const char *state, gint64 correction_fen)
{
  g_autoptr (JpRecord) dispute = jp_business_fixture_get (b, JP_KIND_DISPUTE, id);

  g_assert_cmpstr (jp_record_get_text (dispute, JP_DISPUTE_STATE), ==, state);
  g_assert_cmpint (jp_record_get_integer (dispute, JP_DISPUTE_CORRECTION), ==, correction_fen);
  g_assert_cmpint (jp_record_has (dispute, JP_DISPUTE_BANK_REFERENCE), ==, correction_fen != 0);
}

/* 868 were paid for the signing, 368 are right: the 500 go back on the next statement. */
static void
test_over (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) wrong = NULL;
  g_autoptr (JpRecord) next = NULL;
  g_autoptr (JpRecord) line = NULL;
  g_autoptr (JpRecord) dispute = NULL;
  JpId contract = jp_business_fixture_pay (b);
  JpId id;

  post (b, &contract, "registration", 86800);
  wrong = jp_business_fixture_settle (b);
  id = contest (b, &contract, 0, START_FEN);
  g_assert_false (decide (b, &id, FALSE, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT);
  g_clear_error (&error);
  decide (b, &id, TRUE, &error);
  g_assert_no_error (error);
  assert_dispute (b, &id, "upheld", -50000);
  jp_business_fixture_assert_money (b, &contract, PRICE_FEN, START_FEN, 0);
  g_assert_false (decide (b, &id, TRUE, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT);

  jp_fake_clock_advance (b->f->clock, JP_DAY_US);
  next = jp_business_fixture_settle (b);
  g_assert_cmpint (jp_record_get_integer (next, JP_STATEMENT_LINE_COUNT), ==, 1);
  g_assert_cmpint (jp_record_get_integer (next, JP_STATEMENT_TOTAL), ==, -50000);
  line = get_line (b, &contract, 1);
  dispute = jp_business_fixture_get (b, JP_KIND_DISPUTE, &id);
  g_assert_cmpstr (jp_record_get_text (line, JP_STATEMENT_LINE_KIND), ==, "correction");
  g_assert_cmpstr (jp_record_get_text (line, JP_STATEMENT_LINE_BANK_REFERENCE), ==,
                   jp_record_get_text (dispute, JP_DISPUTE_BANK_REFERENCE));
  g_assert_cmpstr (jp_record_get_text (dispute, JP_DISPUTE_OUTCOME), ==, "corrected");
  g_assert_cmpint (jp_record_get_integer (dispute, JP_DISPUTE_DECIDED), ==, START_FEN);
}

/* A stage that is not reached was paid: it is taken back, and paid again when it is earned. */
static void
test_reversed (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) dispute = NULL;
  JpId contract = jp_business_fixture_pay (b);
  JpId id;

  post (b, &contract, "part1", PART_FEN);
  jp_record_unref (jp_business_fixture_settle (b));
  jp_business_fixture_assert_money (b, &contract, PRICE_FEN, START_FEN + PART_FEN, 0);
  id = contest (b, &contract, 0, 0);
  decide (b, &id, TRUE, &error);
  g_assert_no_error (error);
  assert_dispute (b, &id, "upheld", -PART_FEN);
  dispute = jp_business_fixture_get (b, JP_KIND_DISPUTE, &id);
  g_assert_cmpstr (jp_record_get_text (dispute, JP_DISPUTE_OUTCOME), ==, "reversed");
  jp_business_fixture_assert_money (b, &contract, PRICE_FEN, START_FEN, 0);

  jp_business_fixture_train (b, &contract, 1);
  jp_business_fixture_review (b, &contract, 1);
  jp_fake_clock_advance (b->f->clock, JP_DAY_US);
  jp_record_unref (jp_business_fixture_settle (b));
  jp_business_fixture_assert_money (b, &contract, PRICE_FEN, START_FEN + PART_FEN, 0);
}

/* What is right is not given up, and what has no answer is not decided. */
static void
test_rejected (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_auto (JpBusinessFinding) finding = { 0 };
  JpId contract = jp_business_fixture_pay (b);
  JpId nobody = jp_id_source_next (b->f->ids);
  JpId id;

  jp_record_unref (jp_business_fixture_settle (b));
  id = contest (b, &contract, 0, START_FEN + 1);
  g_assert_false (decide (b, &nobody, TRUE, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (decide (b, &id, TRUE, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT);
  g_clear_error (&error);

  jp_business_fixture_begin (b, &transaction);
  g_assert_false (jp_business_decide_dispute (b->business, &id, FALSE, "", NULL, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID);
  g_clear_error (&error);
  jp_business_review_dispute (b->business, &id, NULL, &finding, &error);
  g_assert_no_error (error);
  g_assert_true (finding.is_found);
  g_assert_cmpint (finding.verdict, ==, JP_SETTLEMENT_MATCHES);
  g_assert_cmpint (finding.expected_fen, ==, START_FEN);
  jp_business_fixture_commit (b, &transaction);
  assert_dispute (b, &id, "review", 0);

  decide (b, &id, FALSE, &error);
  g_assert_no_error (error);
  assert_dispute (b, &id, "rejected", 0);
  jp_business_fixture_assert_money (b, &contract, PRICE_FEN, START_FEN, 0);
}

static void
assert_refused (JpBusinessFixture *b, JpDraft *draft)
{
  g_autoptr (JpRecord) record = jp_draft_end (draft);
  g_autoptr (GError) error = NULL;

  g_assert_false (jp_business_take_dispute (b->f->platform, &b->f->school, record, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID);
}

/* A dispute that comes in is about a line of the school as it is, and about one only once. */
static void
test_taking (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) line = NULL;
  g_autoptr (JpRecord) fine = NULL;
  JpId     contract = jp_business_fixture_pay (b);
  JpId     nothing = jp_id_source_next (b->f->ids);
  JpDraft *draft = NULL;

  jp_record_unref (jp_business_fixture_settle (b));
  line = get_line (b, &contract, 0);
  fine = jp_draft_end (new_dispute (b, line, 0));
  jp_business_take_dispute (b->f->platform, &b->f->school, fine, &error);
  g_assert_no_error (error);

  draft = new_dispute (b, line, 0);
  jp_draft_set_integer (draft, JP_DISPUTE_PAID, START_FEN + 1);
  assert_refused (b, draft);
  draft = new_dispute (b, line, 0);
  jp_draft_set_ref (draft, JP_DISPUTE_LINE, &nothing);
  assert_refused (b, draft);
  draft = new_dispute (b, line, 0);
  jp_draft_clear (draft, JP_DISPUTE_LINE);
  assert_refused (b, draft);
  contest (b, &contract, 0, 0);
  assert_refused (b, new_dispute (b, line, 0));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/platform/business-dispute/over", test_over);
  g_test_add_func ("/platform/business-dispute/reversed", test_reversed);
  g_test_add_func ("/platform/business-dispute/rejected", test_rejected);
  g_test_add_func ("/platform/business-dispute/taking", test_taking);

  return g_test_run ();
}
