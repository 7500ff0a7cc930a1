/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-fixture.h"

#include "jp-bank.h"

#define PRICE_FEN 368000
#define N_STEPS   400

typedef struct
{
  JpPlatformFixture *f;    /* (owned) */
  JpBank            *bank; /* (owned) */
  JpId               contract;
} Books;

static JpId
new_contract (Books *books)
{
  JpId id = jp_id_source_next (books->f->ids);
  g_autoptr (JpDraft) draft = jp_draft_new (JP_KIND_CONTRACT, &id);
  g_autofree char *number = g_strdup_printf ("HT-%u", jp_id_source_below (books->f->ids, 1 << 30));

  jp_draft_set_text (draft, JP_CONTRACT_NUMBER, number);
  jp_draft_set_integer (draft, JP_CONTRACT_PRICE, PRICE_FEN);
  jp_record_unref (
    jp_platform_fixture_put (books->f, &books->f->school, jp_draft_end (g_steal_pointer (&draft))));
  return id;
}

static Books *
books_new (void)
{
  Books *books = g_new0 (Books, 1);

  books->f = jp_platform_fixture_new ();
  books->bank = jp_bank_new (jp_platform_fixture_get_db (books->f));
  books->contract = new_contract (books);
  return books;
}

static void
books_free (Books *books)
{
  jp_bank_free (books->bank);
  jp_platform_fixture_free (books->f);
  g_free (books);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Books, books_free)

static JpBankOrder
new_order (Books *books, JpBankKind kind, const char *purpose, gint64 amount_fen)
{
  return (JpBankOrder){
    .kind = kind,
    .school = books->f->school,
    .contract = books->contract,
    .purpose = purpose,
    .amount_fen = amount_fen,
    .at_us = JP_FAKE_CLOCK_NOW_US,
  };
}

static char *
post (Books *books, const JpBankOrder *order, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  char *reference = NULL;

  if (!jp_db_begin_write (jp_platform_fixture_get_db (books->f), &transaction, error))
    return NULL;
  if (!jp_bank_post (books->bank, order, &reference, error))
    return NULL;
  if (!jp_transaction_commit (&transaction, error))
    g_clear_pointer (&reference, g_free);
  return reference;
}

static void
assert_sums (Books *books, gint64 paid, gint64 custody, gint64 released, gint64 refunded)
{
  g_autoptr (GError) error = NULL;
  JpBankSums sums = { 0 };

  jp_bank_get_sums (books->bank, &books->contract, &sums, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sums.paid_fen, ==, paid);
  g_assert_cmpint (sums.custody_fen, ==, custody);
  g_assert_cmpint (sums.released_fen, ==, released);
  g_assert_cmpint (sums.refunded_fen, ==, refunded);
  g_assert_cmpint (sums.paid_fen, ==, sums.custody_fen + sums.released_fen + sums.refunded_fen);
}

/* Posts and expects it to work; the reference is what the bank should have given. */
static void
assert_post (Books *books, const JpBankOrder *order, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *reference = post (books, order, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (reference, ==, expected);
}

static void
test_movements (void)
{
  g_autoptr (Books) books = books_new ();
  g_autoptr (GError) error = NULL;
  JpBankOrder order = new_order (books, JP_BANK_PAYMENT, "pay", PRICE_FEN);
  gint64      fen = 0;

  assert_post (books, &order, "20261124-000001");
  assert_sums (books, PRICE_FEN, PRICE_FEN, 0, 0);

  order = new_order (books, JP_BANK_RELEASE, "release", 110400);
  order.stage = "part1";
  assert_post (books, &order, "20261124-000002");
  assert_sums (books, PRICE_FEN, 257600, 110400, 0);

  order = new_order (books, JP_BANK_RECALL, "recall", 10400);
  order.stage = "part1";
  assert_post (books, &order, "20261124-000003");
  assert_sums (books, PRICE_FEN, 268000, 100000, 0);

  order = new_order (books, JP_BANK_REFUND, "refund", 268000);
  order.at_us += JP_DAY_US;
  assert_post (books, &order, "20261125-000001");
  assert_sums (books, PRICE_FEN, 0, 100000, 268000);

  jp_bank_get_released (books->bank, &books->contract, "part1", &fen, &error);
  g_assert_cmpint (fen, ==, 100000);
  jp_bank_get_disposable (books->bank, &books->f->school, &fen, &error);
  g_assert_cmpint (fen, ==, 100000);
  jp_bank_get_custody (books->bank, &books->f->school, JP_FAKE_CLOCK_NOW_US, &fen, &error);
  g_assert_cmpint (fen, ==, 0);
  jp_bank_get_custody (books->bank, &books->f->school, JP_FAKE_CLOCK_NOW_US + 1, &fen, &error);
  g_assert_cmpint (fen, ==, 268000);
  g_assert_no_error (error);
}

static void
test_move (void)
{
  g_autoptr (Books) books = books_new ();
  JpId        from = books->contract;
  JpId        to = new_contract (books);
  JpBankOrder order = new_order (books, JP_BANK_PAYMENT, "pay", PRICE_FEN);

  assert_post (books, &order, "20261124-000001");
  order = new_order (books, JP_BANK_MOVE, "move", 200000);
  order.to_school = books->f->other;
  order.to_contract = to;
  assert_post (books, &order, "20261124-000002");
  assert_sums (books, PRICE_FEN, 168000, 0, 200000);
  books->contract = to;
  assert_sums (books, 200000, 200000, 0, 0);
  books->contract = from;
}

static void
test_mistake (void)
{
  g_autoptr (Books) books = books_new ();
  g_autoptr (GError) error = NULL;
  JpBankOrder order = new_order (books, JP_BANK_MISTAKE, "oops", 110400);
  gint64      fen = 0;

  order.contract = JP_ID_NONE;
  assert_post (books, &order, "20261124-000001");
  jp_bank_get_disposable (books->bank, &books->f->school, &fen, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fen, ==, 110400);
  jp_bank_check (books->bank, &error);
  g_assert_no_error (error);
}

static void
test_twice (void)
{
  g_autoptr (Books) books = books_new ();
  g_autoptr (GError) error = NULL;
  JpBankOrder      order = new_order (books, JP_BANK_PAYMENT, "pay", PRICE_FEN);
  g_autofree char *refused = NULL;

  assert_post (books, &order, "20261124-000001");
  order.at_us += JP_DAY_US;
  assert_post (books, &order, "20261124-000001");
  assert_sums (books, PRICE_FEN, PRICE_FEN, 0, 0);

  order.amount_fen--;
  refused = post (books, &order, &error);
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT);
  g_assert_null (refused);
}

static void
assert_refused (Books *books, const JpBankOrder *order, JpPlatformError code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *reference = post (books, order, &error);

  g_assert_error (error, JP_PLATFORM_ERROR, (int)code);
  g_assert_null (reference);
}

static void
test_refusals (void)
{
  g_autoptr (Books) books = books_new ();
  JpBankOrder order = new_order (books, JP_BANK_PAYMENT, "pay", 1000);

  assert_post (books, &order, "20261124-000001");
  order = new_order (books, JP_BANK_RELEASE, "too much", 1001);
  assert_refused (books, &order, JP_PLATFORM_ERROR_CONFLICT);
  order = new_order (books, JP_BANK_REFUND, "nothing", 0);
  assert_refused (books, &order, JP_PLATFORM_ERROR_INVALID);
  order = new_order (books, JP_BANK_REFUND, "negative", -5);
  assert_refused (books, &order, JP_PLATFORM_ERROR_INVALID);
  order = new_order (books, JP_BANK_PAYMENT, "fortune", JP_FEN_MAX + 1);
  assert_refused (books, &order, JP_PLATFORM_ERROR_INVALID);
  assert_sums (books, 1000, 1000, 0, 0);
}

static void
assert_sql_refused (Books *books, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  JpDb *db = jp_platform_fixture_get_db (books->f);

  jp_db_begin_write (db, &transaction, &error);
  g_assert_no_error (error);
  if (jp_db_exec (db, sql, &error))
    jp_transaction_commit (&transaction, &error);
  g_assert_error (error, JP_DB_ERROR, JP_DB_ERROR_CONSTRAINT);
}

/* What the code would never do, the database refuses anyway. */
static void
test_database_refuses (void)
{
  g_autoptr (Books) books = books_new ();
  JpBankOrder order = new_order (books, JP_BANK_PAYMENT, "pay", 1000);

  assert_post (books, &order, "20261124-000001");
  assert_sql_refused (books, "UPDATE bank_movement SET fen = 2000");
  assert_sql_refused (books, "DELETE FROM bank_movement");
  assert_sql_refused (books, "UPDATE bank_posting SET fen = fen * 2");
  assert_sql_refused (books, "DELETE FROM bank_posting");
  assert_sql_refused (books, "UPDATE bank_account SET kind = 'payer'");
  assert_sql_refused (books, "DELETE FROM bank_account");
  assert_sql_refused (books, "UPDATE bank_seal SET movement = 7");
  assert_sql_refused (books, "DELETE FROM bank_seal");

  /* A sealed movement takes no more postings. */
  assert_sql_refused (books, "INSERT INTO bank_posting VALUES (1, 3, 1, 5)");
  /* The same purpose, the same reference. */
  assert_sql_refused (books, "INSERT INTO bank_movement SELECT 2, 'x', purpose, kind, school,"
                             " contract, stage, fen, at FROM bank_movement");
  assert_sql_refused (books, "INSERT INTO bank_movement SELECT 2, reference, 'x', kind, school,"
                             " contract, stage, fen, at FROM bank_movement");
  /* Without a seal: COMMIT fails. */
  assert_sql_refused (books, "INSERT INTO bank_movement SELECT 2, 'x', 'y', kind, school,"
                             " contract, stage, fen, at FROM bank_movement");
  /* A seal on one posting, on unequal ones, on another amount. */
  assert_sql_refused (books, "INSERT INTO bank_movement SELECT 2, 'x', 'y', kind, school,"
                             " contract, stage, fen, at FROM bank_movement;"
                             "INSERT INTO bank_posting VALUES (2, 1, 1, 1000);"
                             "INSERT INTO bank_seal VALUES (2)");
  assert_sql_refused (books, "INSERT INTO bank_movement SELECT 2, 'x', 'y', kind, school,"
                             " contract, stage, fen, at FROM bank_movement;"
                             "INSERT INTO bank_posting VALUES (2, 1, 1, -999), (2, 2, 2, 1000);"
                             "INSERT INTO bank_seal VALUES (2)");
  assert_sql_refused (books, "INSERT INTO bank_movement SELECT 2, 'x', 'y', kind, school,"
                             " contract, stage, fen, at FROM bank_movement;"
                             "INSERT INTO bank_posting VALUES (2, 1, 1, -999), (2, 2, 2, 999);"
                             "INSERT INTO bank_seal VALUES (2)");
  /* Custody cannot give what it does not have. */
  assert_sql_refused (books, "INSERT INTO bank_movement SELECT 2, 'x', 'y', 'refund', school,"
                             " contract, stage, 1001, at FROM bank_movement;"
                             "INSERT INTO bank_posting SELECT 2, id, id, CASE kind WHEN 'custody'"
                             " THEN -1001 ELSE 1001 END FROM bank_account;"
                             "INSERT INTO bank_seal VALUES (2)");
  assert_sums (books, 1000, 1000, 0, 0);
}

static void
assert_check_finds (Books *books, const char *sql, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  JpDb *db = jp_platform_fixture_get_db (books->f);

  jp_db_begin_write (db, &transaction, &error);
  jp_db_exec (db, sql, &error);
  g_assert_no_error (error);
  jp_bank_check (books->bank, &error);
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, name));
}

/* Every invariant notices what it is there for. */
static void
test_check (void)
{
  g_autoptr (Books) books = books_new ();
  g_autoptr (GError) error = NULL;
  JpBankOrder order = new_order (books, JP_BANK_PAYMENT, "pay", 1000);

  assert_post (books, &order, "20261124-000001");
  assert_check_finds (books, "UPDATE contract SET paid = 999", "I3");
  assert_check_finds (books, "UPDATE contract SET paid = 1010, released = 10", "I3");
  assert_check_finds (books,
                      "UPDATE contract SET paid = 1000; UPDATE bank_balance SET fen = fen + 1",
                      "I2");
  assert_check_finds (books, "DROP TRIGGER bank_custody_less; UPDATE bank_balance SET fen = -fen",
                      "I2");
  assert_check_finds (books, "DELETE FROM contract", "I5");
  assert_check_finds (books,
                      "UPDATE contract SET paid = 1000; INSERT INTO bank_movement SELECT 2, 'x',"
                      " 'y', kind, school, contract, stage, fen, at FROM bank_movement",
                      "I1");
  jp_db_exec (jp_platform_fixture_get_db (books->f), "UPDATE contract SET paid = 1000", &error);
  jp_bank_check (books->bank, &error);
  g_assert_no_error (error);
}

/* Random lives of one contract beside a model of three numbers. */
static void
test_random (void)
{
  g_autoptr (Books) books = books_new ();
  gint64 paid = 0;
  gint64 released = 0;
  gint64 refunded = 0;

  for (guint i = 0; i < N_STEPS; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *purpose = g_strdup_printf ("step %u", i);
      g_autofree char *reference = NULL;
      JpBankKind       kind = (JpBankKind)jp_id_source_below (books->f->ids, 4);
      gint64           amount = 1 + jp_id_source_below (books->f->ids, 5000);
      gint64           custody = paid - released - refunded;
      JpBankOrder      order = new_order (books, kind, purpose, amount);
      gboolean         is_out = kind == JP_BANK_RELEASE || kind == JP_BANK_REFUND;

      reference = post (books, &order, &error);
      if (is_out && amount > custody)
        {
          g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT);
          continue;
        }
      g_assert_no_error (error);
      paid += kind == JP_BANK_PAYMENT ? amount : 0;
      released += kind == JP_BANK_RELEASE ? amount : kind == JP_BANK_RECALL ? -amount : 0;
      refunded += kind == JP_BANK_REFUND ? amount : 0;
      assert_sums (books, paid, paid - released - refunded, released, refunded);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/platform/bank/movements", test_movements);
  g_test_add_func ("/platform/bank/move", test_move);
  g_test_add_func ("/platform/bank/mistake", test_mistake);
  g_test_add_func ("/platform/bank/twice", test_twice);
  g_test_add_func ("/platform/bank/refusals", test_refusals);
  g_test_add_func ("/platform/bank/database-refuses", test_database_refuses);
  g_test_add_func ("/platform/bank/check", test_check);
  g_test_add_func ("/platform/bank/random", test_random);

  return g_test_run ();
}
