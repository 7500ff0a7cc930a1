/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-business-fixture.h"

#define PRICE_FEN JP_BUSINESS_FIXTURE_PRICE_FEN

/* ¥3,680.00 by 10 / 30 / 30 / rest. */
#define START_FEN G_GINT64_CONSTANT (36800)
#define PART_FEN  G_GINT64_CONSTANT (110400)

static const char *
get_text (JpBusinessFixture *b, JpKind kind, const JpId *id, JpFieldId field)
{
  g_autoptr (JpRecord) record = jp_business_fixture_get (b, kind, id);

  return g_intern_string (jp_record_get_text (record, field));
}

static JpId
trainee_of (JpBusinessFixture *b, const JpId *contract)
{
  g_autoptr (JpRecord) record = jp_business_fixture_get (b, JP_KIND_CONTRACT, contract);

  return *jp_record_get_ref (record, JP_CONTRACT_TRAINEE);
}

static void
assert_statement (JpRecord *statement, gint64 opening, gint64 total, gint64 closing, gint64 n_lines)
{
  g_assert_nonnull (statement);
  g_assert_cmpint (jp_record_get_integer (statement, JP_STATEMENT_OPENING), ==, opening);
  g_assert_cmpint (jp_record_get_integer (statement, JP_STATEMENT_TOTAL), ==, total);
  g_assert_cmpint (jp_record_get_integer (statement, JP_STATEMENT_CLOSING), ==, closing);
  g_assert_cmpint (jp_record_get_integer (statement, JP_STATEMENT_LINE_COUNT), ==, n_lines);
}

static void
next_day (JpBusinessFixture *b)
{
  jp_fake_clock_advance (b->f->clock, JP_DAY_US);
}

/* From the signature to the last fen. */
static void
test_life (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  JpId contract = jp_business_fixture_pay (b);
  JpId trainee = trainee_of (b, &contract);
  g_autoptr (JpRecord) first = jp_business_fixture_settle (b);
  g_autoptr (JpRecord) second = NULL;
  g_autoptr (JpRecord) third = NULL;
  g_autoptr (JpRecord) last = NULL;
  g_autoptr (JpRecord) nothing = NULL;

  /* Signed: 10 %. */
  assert_statement (first, 0, START_FEN, PRICE_FEN - START_FEN, 1);
  g_assert_cmpint (jp_record_get_date (first, JP_STATEMENT_PERIOD_FROM), ==, 20261124);
  g_assert_cmpint (jp_record_get_date (first, JP_STATEMENT_PERIOD_TO), ==, 20261124);
  jp_business_fixture_assert_money (b, &contract, PRICE_FEN, START_FEN, 0);

  /* Part 1 trained, but not approved: nothing moves. */
  jp_business_fixture_train (b, &contract, 1);
  nothing = jp_business_fixture_settle (b);
  g_assert_null (nothing);
  jp_business_fixture_review (b, &contract, 1);
  jp_business_fixture_pass (b, &contract, 1);
  second = jp_business_fixture_settle (b);
  assert_statement (second, PRICE_FEN - START_FEN, PART_FEN, PRICE_FEN - START_FEN - PART_FEN, 1);
  g_assert_cmpint (jp_record_get_date (second, JP_STATEMENT_PERIOD_FROM), ==, 20261125);

  /* Parts 2 and 3; of the last stage 3 alone is not enough. */
  jp_business_fixture_train (b, &contract, 2);
  jp_business_fixture_review (b, &contract, 2);
  jp_business_fixture_train (b, &contract, 3);
  jp_business_fixture_review (b, &contract, 3);
  jp_business_fixture_pass (b, &contract, 2);
  third = jp_business_fixture_settle (b);
  assert_statement (third, PRICE_FEN - START_FEN - PART_FEN, PART_FEN, PART_FEN, 1);

  /* All four, and the last exam. */
  jp_business_fixture_train (b, &contract, 4);
  jp_business_fixture_review (b, &contract, 4);
  jp_business_fixture_pass (b, &contract, 3);
  last = jp_business_fixture_settle (b);
  assert_statement (last, PART_FEN, PART_FEN, 0, 1);
  jp_business_fixture_assert_money (b, &contract, PRICE_FEN, PRICE_FEN, 0);
  g_assert_cmpstr (get_text (b, JP_KIND_CONTRACT, &contract, JP_CONTRACT_STATUS), ==, "paid");
  jp_business_fixture_pass (b, &contract, 4);
  g_assert_cmpstr (get_text (b, JP_KIND_CONTRACT, &contract, JP_CONTRACT_STATUS), ==, "fulfilled");
  g_assert_cmpstr (get_text (b, JP_KIND_TRAINEE, &trainee, JP_TRAINEE_STATUS), ==, "graduated");
  g_assert_cmpint (jp_platform_fixture_count (b->f, "SELECT exams_passed FROM trainee"), ==, 4);
  g_assert_cmpint (jp_platform_fixture_count (b->f, "SELECT valid_minutes FROM trainee"), ==,
                   720 + 960 + 1440 + 720);
  next_day (b);
  g_assert_null (jp_business_fixture_settle (b));
}

static void
test_lines (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  JpId contract = jp_business_fixture_pay (b);
  g_autoptr (JpRecord) statement = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) read = NULL;
  gboolean row = FALSE;
  static const struct
  {
    const char *stage;
    gint64      share, amount;
  } expected[] = { { "签约", 1000, START_FEN }, { "第一部分培训", 3000, PART_FEN } };

  jp_business_fixture_train (b, &contract, 1);
  jp_business_fixture_review (b, &contract, 1);
  statement = jp_business_fixture_settle (b);
  assert_statement (statement, 0, START_FEN + PART_FEN, PRICE_FEN - START_FEN - PART_FEN, 2);

  read = jp_db_prepare (jp_platform_fixture_get_db (b->f),
                        "SELECT l.stage, l.share, l.amount, l.kind, l.line_no,"
                        " l.bank_reference = m.reference, l.contract = :contract,"
                        " l.trainee_name FROM statement_line l"
                        " JOIN statement_item i ON i.line = l.id"
                        " JOIN bank_movement m ON m.id = i.movement ORDER BY l.line_no",
                        &error);
  g_assert_no_error (error);
  jp_statement_bind_id (read, ":contract", &contract);
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_true (jp_statement_step (read, &row, &error));
      g_assert_true (row);
      g_assert_cmpstr (jp_statement_get_text (read, 0), ==, expected[i].stage);
      g_assert_cmpint (jp_statement_get_integer (read, 1), ==, expected[i].share);
      g_assert_cmpint (jp_statement_get_integer (read, 2), ==, expected[i].amount);
      g_assert_cmpstr (jp_statement_get_text (read, 3), ==, "release");
      g_assert_cmpint (jp_statement_get_integer (read, 4), ==, (gint64)i + 1);
      g_assert_cmpint (jp_statement_get_integer (read, 5), ==, 1);
      g_assert_cmpint (jp_statement_get_integer (read, 6), ==, 1);
      g_assert_cmpstr (jp_statement_get_text (read, 7), ==, "王小明");
    }
  g_assert_true (jp_statement_step (read, &row, &error));
  g_assert_false (row);
}

/* What moves after the statement of a day is on the next one, and the two add up. */
static void
test_same_day (void)
{
  g_autoptr (JpBusinessFixture) b = jp_business_fixture_new ();
  JpId one = jp_business_fixture_pay (b);
  g_autoptr (JpRecord) first = jp_business_fixture_settle (b);
  JpId two = jp_business_fixture_pay (b);
  g_autoptr (JpRecord) second = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (JpRecord) refused = NULL;

  assert_statement (first, 0, START_FEN, PRICE_FEN - START_FEN, 1);
  jp_business_fixture_begin (b, &transaction);
  g_assert_false (
    jp_business_issue_statement (b->business, &b->f->school, 20261124, &refused, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (
    jp_business_issue_statement (b->business, &b->f->school, 20261125, &refused, &error));
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT);
  jp_transaction_clear (&transaction);

  next_day (b);
  second = jp_business_fixture_settle (b);
  /* Opening + payment − line = closing. */
  assert_statement (second, PRICE_FEN - START_FEN, START_FEN, 2 * (PRICE_FEN - START_FEN), 1);
  jp_business_fixture_assert_money (b, &one, PRICE_FEN, START_FEN, 0);
  jp_business_fixture_assert_money (b, &two, PRICE_FEN, START_FEN, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/platform/business-life/life", test_life);
  g_test_add_func ("/platform/business-life/lines", test_lines);
  g_test_add_func ("/platform/business-life/same-day", test_same_day);

  return g_test_run ();
}
