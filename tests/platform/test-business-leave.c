/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-business-fixture.h"

#include "jp-business-private.h"

#define PRICE_FEN JP_BUSINESS_FIXTURE_PRICE_FEN
#define START_FEN G_GINT64_CONSTANT (36800)
#define PART_FEN  G_GINT64_CONSTANT (110400)

static JpId
ask (JpBusinessFixture *b, const JpId *contract, JpFault fault)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) refund = NULL;

  jp_business_fixture_begin (b, &transaction);
  jp_business_ask_refund (b->business, contract, fault, "搬家", &refund, &error);
  g_assert_no_error (error);
  jp_business_fixture_commit (b, &transaction);
  return *jp_record_get_id (refund);
}

static gboolean
decide (JpBusinessFixture *b, const JpId *refund, gboolean grant, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  jp_business_fixture_begin (b, &transaction);
  return jp_business_decide_refund (b->business, refund, grant, NULL, error) &&
         jp_business_commit (b->business, &transaction, error);
}

static void
train_half_of_part_2 (JpBusinessFixture *b, const JpId *contract)
{
  for (guint i = 0; i < 2; i++)
    {
      JpBusinessSession session = jp_business_fixture_new_session (b, contract, 2);
      g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
      g_autoptr (GError) error = NULL;
      g_autoptr (JpRecord) record = NULL;

      jp_business_fixture_begin (b, &transaction);
      jp_business_add_session (b->business, &session, &record, &error);
      g_assert_no_error (error);
      jp_business_review_session (b->business, jp_record_get_id (record), 240,
                                  JP_SESSION_REASON_NONE, NULL, &error);
      g_assert_no_error (error);
      jp_business_fixture_commit (b, &transaction);
    }
}

/* Part 1 and half of part 2: 36,800 + 110,400 + 55,200 are used, 165,600 go back. */
static void
test_refund (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) before = NULL;
  g_autoptr (JpRecord) after = NULL;
  g_autoptr (JpRecord) refund = NULL;
  g_autoptr (JpRecord) record = NULL;
  JpId contract = jp_business_fixture_pay (b);
  JpId same;
  JpId id;

  jp_business_fixture_train (b, &contract, 1);
  jp_business_fixture_review (b, &contract, 1);
  before = jp_business_fixture_settle (b);
  jp_business_fixture_assert_money (b, &contract, PRICE_FEN, START_FEN + PART_FEN, 0);
  train_half_of_part_2 (b, &contract);
  id = ask (b, &contract, JP_FAULT_TRAINEE);
  same = ask (b, &contract, JP_FAULT_TRAINEE);
  g_assert_cmpint (jp_id_compare (&id, &same), ==, 0);

  for (guint i = 0; i < 2; i++)
    {
      decide (b, &id, TRUE, &error);
      g_assert_no_error (error);
      jp_business_fixture_assert_money (b, &contract, PRICE_FEN, START_FEN + PART_FEN, 165600);
    }
  refund = jp_business_fixture_get (b, JP_KIND_REFUND, &id);
  g_assert_cmpstr (jp_record_get_text (refund, JP_REFUND_STATE), ==, "done");
  g_assert_cmpint (jp_record_get_integer (refund, JP_REFUND_AMOUNT), ==, 165600);
  g_assert_true (jp_record_has (refund, JP_REFUND_BANK_REFERENCE));
  record = jp_business_fixture_get (b, JP_KIND_CONTRACT, &contract);
  g_assert_cmpstr (jp_record_get_text (record, JP_CONTRACT_STATUS), ==, "withdrawn");
  g_assert_cmpint (jp_platform_fixture_count (b->f, "SELECT count (*) FROM trainee WHERE status = "
                                                    "'withdrawn'"),
                   ==, 1);

  /* The next statement lists what went back, and gives the school its rest. */
  jp_fake_clock_advance (b->f->clock, JP_DAY_US);
  after = jp_business_fixture_settle (b);
  g_assert_cmpint (jp_record_get_integer (after, JP_STATEMENT_OPENING), ==, 220800);
  g_assert_cmpint (jp_record_get_integer (after, JP_STATEMENT_LINE_COUNT), ==, 2);
  g_assert_cmpint (jp_record_get_integer (after, JP_STATEMENT_TOTAL), ==, 165600 + 55200);
  g_assert_cmpint (jp_record_get_integer (after, JP_STATEMENT_CLOSING), ==, 0);
  jp_business_fixture_assert_money (b, &contract, PRICE_FEN, PRICE_FEN - 165600, 165600);
  g_assert_cmpint (jp_platform_fixture_count (b->f, "SELECT amount FROM statement_line WHERE"
                                                    " kind = 'refund' AND stage = '退学退费'"),
                   ==, 165600);
  g_assert_cmpint (jp_platform_fixture_count (b->f, "SELECT amount FROM statement_line WHERE"
                                                    " kind = 'release' AND stage = '退学结清'"),
                   ==, 55200);
}

/* The school was given too much: it gives back first. */
static void
test_recall (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (JpRecord) statement = NULL;
  g_autoptr (JpDraft) draft = NULL;
  g_autoptr (JpRecord) record = NULL;
  JpId        contract = jp_business_fixture_pay (b);
  JpId        id;
  JpBankOrder order = { .kind = JP_BANK_RELEASE,
                        .school = b->f->school,
                        .contract = contract,
                        .purpose = "too much",
                        .stage = "registration",
                        .amount_fen = 86800,
                        .at_us = JP_FAKE_CLOCK_NOW_US };

  record = jp_business_fixture_get (b, JP_KIND_CONTRACT, &contract);
  draft = jp_draft_new_from (record);
  jp_business_fixture_begin (b, &transaction);
  jp_business_post (b->business, &order, NULL, &error);
  jp_business_sum_up (b->business, draft, &error);
  jp_business_put (b->business, &b->f->school, g_steal_pointer (&draft), NULL, &error);
  g_assert_no_error (error);
  jp_business_fixture_commit (b, &transaction);
  jp_business_fixture_assert_money (b, &contract, PRICE_FEN, 86800, 0);

  id = ask (b, &contract, JP_FAULT_SCHOOL);
  decide (b, &id, TRUE, &error);
  g_assert_no_error (error);
  jp_business_fixture_assert_money (b, &contract, PRICE_FEN, START_FEN, PRICE_FEN - START_FEN);
  statement = jp_business_fixture_settle (b);
  /* 868 out, 500 back, 3,312 to the trainee. */
  g_assert_cmpint (jp_record_get_integer (statement, JP_STATEMENT_LINE_COUNT), ==, 3);
  g_assert_cmpint (jp_record_get_integer (statement, JP_STATEMENT_TOTAL), ==,
                   86800 - 50000 + 331200);
  g_assert_cmpint (jp_record_get_integer (statement, JP_STATEMENT_CLOSING), ==, 0);
  g_assert_cmpint (jp_platform_fixture_count (b->f, "SELECT amount FROM statement_line WHERE kind "
                                                    "= 'correction'"),
                   ==, -50000);
}

static void
test_refund_refusals (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) session = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  JpId              offered = jp_business_fixture_offer (b);
  JpId              contract = jp_business_fixture_pay (b);
  JpId              nobody = jp_id_source_next (b->f->ids);
  JpId              id;
  JpBusinessSession in = jp_business_fixture_new_session (b, &contract, 2);

  jp_business_fixture_begin (b, &transaction);
  g_assert_false (
    jp_business_ask_refund (b->business, &offered, JP_FAULT_TRAINEE, NULL, NULL, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (jp_business_ask_refund (b->business, &contract, (JpFault)9, NULL, NULL, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID);
  g_clear_error (&error);
  jp_business_add_session (b->business, &in, &session, &error);
  g_assert_no_error (error);
  jp_business_fixture_commit (b, &transaction);

  g_assert_false (decide (b, &nobody, TRUE, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  id = ask (b, &contract, JP_FAULT_TRAINEE);
  /* Nobody knows yet what the session is worth. */
  g_assert_false (decide (b, &id, TRUE, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT);
  g_clear_error (&error);
  /* Nothing is released while the request waits. */
  g_assert_null (jp_business_fixture_settle (b));
  g_assert_true (decide (b, &id, FALSE, &error));
  g_assert_true (decide (b, &id, FALSE, &error));
  g_assert_no_error (error);
  g_assert_false (decide (b, &id, TRUE, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT);
  jp_business_fixture_assert_money (b, &contract, PRICE_FEN, 0, 0);
}

/* --- transfers --- */

static void
swap_schools (JpBusinessFixture *b)
{
  JpId school = b->f->school;

  b->f->school = b->f->other;
  b->f->other = school;
}

static void
give_number (JpBusinessFixture *b, const char *number)
{
  g_autoptr (JpRecord) school = jp_business_fixture_get (b, JP_KIND_SCHOOL, &b->f->school);
  JpDraft *draft = jp_draft_new_from (school);

  jp_draft_set_text (draft, JP_SCHOOL_NUMBER, number);
  jp_record_unref (jp_business_fixture_put (b, draft));
}

static JpId
ask_transfer (JpBusinessFixture *b, const JpId *contract, const char *number)
{
  g_autoptr (JpRecord) record = jp_business_fixture_get (b, JP_KIND_CONTRACT, contract);
  JpId     id = jp_id_source_next (b->f->ids);
  JpDraft *draft = jp_draft_new (JP_KIND_TRANSFER, &id);

  jp_draft_set_ref (draft, JP_TRANSFER_TRAINEE, jp_record_get_ref (record, JP_CONTRACT_TRAINEE));
  jp_draft_set_ref (draft, JP_TRANSFER_CONTRACT, contract);
  jp_draft_set_integer (draft, JP_TRANSFER_OUTGOING, TRUE);
  jp_draft_set_text (draft, JP_TRANSFER_OTHER_SCHOOL_NO, number);
  jp_draft_set_date (draft, JP_TRANSFER_ASKED_ON,
                     jp_date_from_instant (jp_clock_now_us (JP_CLOCK (b->f->clock))));
  jp_draft_set_code (draft, JP_TRANSFER_STATE, JP_REQUEST_STATE_PENDING);
  jp_record_unref (jp_business_fixture_put (b, draft));
  return id;
}

static gboolean
decide_transfer (JpBusinessFixture *b, const JpId *id, gboolean grant, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  jp_business_fixture_begin (b, &transaction);
  return jp_business_decide_transfer (b->business, id, grant, NULL, error) &&
         jp_business_commit (b->business, &transaction, error);
}

/* The same person at the other school, with a contract there at @price_fen, signed. */
static JpId
sign_elsewhere (JpBusinessFixture *b, const JpId *contract, gint64 price_fen)
{
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (JpRecord) record = jp_business_fixture_get (b, JP_KIND_CONTRACT, contract);
  g_autoptr (JpRecord) old =
    jp_business_fixture_get (b, JP_KIND_TRAINEE, jp_record_get_ref (record, JP_CONTRACT_TRAINEE));
  g_autoptr (JpRecord) trainee = NULL;
  g_autoptr (JpRecord) tier = NULL;
  g_autoptr (JpRecord) mine = NULL;
  JpDraft *draft = jp_platform_fixture_new_trainee (b->f);

  swap_schools (b);
  jp_draft_set_text (draft, JP_TRAINEE_ID_NUMBER, jp_record_get_text (old, JP_TRAINEE_ID_NUMBER));
  trainee = jp_business_fixture_put (b, draft);
  draft = jp_platform_fixture_new_tier (b->f);
  jp_draft_set_text (draft, JP_CLASS_TIER_STATUS, "published");
  jp_draft_set_integer (draft, JP_CLASS_TIER_PRICE, price_fen);
  tier = jp_business_fixture_put (b, draft);
  b->tier = *jp_record_get_id (tier);
  draft = jp_business_fixture_new_contract (b, jp_record_get_id (trainee));
  jp_draft_set_integer (draft, JP_CONTRACT_PRICE, price_fen);
  mine = jp_business_fixture_put (b, draft);

  jp_business_fixture_begin (b, &transaction);
  jp_business_sign (b->business, jp_record_get_id (mine),
                    jp_record_get_text (mine, JP_CONTRACT_TEXT_DIGEST), NULL, &error);
  g_assert_no_error (error);
  jp_business_fixture_commit (b, &transaction);
  swap_schools (b);
  return *jp_record_get_id (mine);
}

static void
give_numbers (JpBusinessFixture *b)
{
  give_number (b, "3717001000000001");
  swap_schools (b);
  give_number (b, "3717001000000002");
  swap_schools (b);
}

/* Part 1 was trained: 147,200 stay, 220,800 move, and the trainee adds what the new fee asks. */
static void
test_transfer (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) transfer = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  JpId contract = jp_business_fixture_pay (b);
  JpId other;
  JpId id;

  give_numbers (b);
  jp_business_fixture_train (b, &contract, 1);
  jp_business_fixture_review (b, &contract, 1);
  id = ask_transfer (b, &contract, "3717001000000002");
  decide_transfer (b, &id, TRUE, &error);
  decide_transfer (b, &id, TRUE, &error);
  g_assert_no_error (error);
  transfer = jp_business_fixture_get (b, JP_KIND_TRANSFER, &id);
  g_assert_cmpstr (jp_record_get_text (transfer, JP_TRANSFER_STATE), ==, "approved");
  g_assert_cmpint (jp_record_get_integer (transfer, JP_TRANSFER_AMOUNT), ==, 220800);
  g_assert_cmpint (jp_record_get_integer (transfer, JP_TRANSFER_APPROVED_MINUTES), ==, 720);
  g_assert_cmpint (jp_platform_fixture_count (
                     b->f, "SELECT count (*) FROM enrolment e JOIN school s ON s.id = e.school"
                           " WHERE s.number = '3717001000000002' AND e.status = 'open'"),
                   ==, 1);

  /* The old school gets what is its own, the rest waits. */
  jp_record_unref (jp_business_fixture_settle (b));
  jp_business_fixture_assert_money (b, &contract, PRICE_FEN, 147200, 0);
  other = sign_elsewhere (b, &contract, 300000);
  jp_business_fixture_assert_money (b, &contract, PRICE_FEN, 147200, 220800);
  swap_schools (b);
  jp_business_fixture_assert_money (b, &other, 220800, 0, 0);
  jp_business_fixture_begin (b, &transaction);
  jp_business_pay (b->business, &other, "1", 79200, NULL, &error);
  g_assert_no_error (error);
  jp_business_fixture_commit (b, &transaction);
  jp_business_fixture_assert_money (b, &other, 300000, 0, 0);
  g_assert_cmpint (jp_platform_fixture_count (b->f, "SELECT count (*) FROM transfer"
                                                    " WHERE state = 'done'"),
                   ==, 2);
}

/* The new fee is smaller than what moves: the rest goes back to the trainee. */
static void
test_transfer_to_cheaper (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (GError) error = NULL;
  JpId contract = jp_business_fixture_pay (b);
  JpId other;
  JpId id;

  give_numbers (b);
  id = ask_transfer (b, &contract, "3717001000000002");
  decide_transfer (b, &id, TRUE, &error);
  g_assert_no_error (error);
  other = sign_elsewhere (b, &contract, 200000);
  /* 36,800 stay, 331,200 were to move: 200,000 did, 131,200 went back. */
  jp_business_fixture_assert_money (b, &contract, PRICE_FEN, 0, 331200);
  jp_record_unref (jp_business_fixture_settle (b));
  jp_business_fixture_assert_money (b, &contract, PRICE_FEN, START_FEN, 331200);
  swap_schools (b);
  jp_business_fixture_assert_money (b, &other, 200000, 0, 0);
  g_assert_cmpint (jp_platform_fixture_count (b->f, "SELECT count (*) FROM contract WHERE status = "
                                                    "'paid'"),
                   ==, 1);
}

static void
test_transfer_refusals (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  g_autoptr (GError) error = NULL;
  JpId contract = jp_business_fixture_pay (b);
  JpId nowhere;
  JpId here;
  JpId id;

  give_numbers (b);
  nowhere = ask_transfer (b, &contract, "3717001000000009");
  g_assert_false (decide_transfer (b, &nowhere, TRUE, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  here = ask_transfer (b, &contract, "3717001000000001");
  g_assert_false (decide_transfer (b, &here, TRUE, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT);
  g_clear_error (&error);
  id = ask_transfer (b, &contract, "3717001000000002");
  g_assert_true (decide_transfer (b, &id, FALSE, &error));
  g_assert_no_error (error);
  g_assert_false (decide_transfer (b, &id, TRUE, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT);
  jp_business_fixture_assert_money (b, &contract, PRICE_FEN, 0, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/platform/business-leave/refund", test_refund);
  g_test_add_func ("/platform/business-leave/recall", test_recall);
  g_test_add_func ("/platform/business-leave/refund-refusals", test_refund_refusals);
  g_test_add_func ("/platform/business-leave/transfer", test_transfer);
  g_test_add_func ("/platform/business-leave/transfer-to-cheaper", test_transfer_to_cheaper);
  g_test_add_func ("/platform/business-leave/transfer-refusals", test_transfer_refusals);

  return g_test_run ();
}
