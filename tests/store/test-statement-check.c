/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-statement-check.h"

#include "jp-codes.h"
#include "jp-vault-fixture.h"

static JpRecord *
make_statement (JpVault *vault, JpDate from, JpDate to, gint64 total_fen, gint64 n_lines)
{
  JpId     id = jp_id_source_next (vault->ids);
  JpDraft *draft = jp_draft_new (JP_KIND_STATEMENT, &id);

  jp_draft_set_text (draft, JP_STATEMENT_NUMBER, "JS-2026-09");
  jp_draft_set_date (draft, JP_STATEMENT_PERIOD_FROM, from);
  jp_draft_set_date (draft, JP_STATEMENT_PERIOD_TO, to);
  jp_draft_set_integer (draft, JP_STATEMENT_ISSUED_AT, jp_date_to_instant (to, 20, 0));
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_COUNT, n_lines);
  jp_draft_set_integer (draft, JP_STATEMENT_TOTAL, total_fen);
  jp_draft_set_integer (draft, JP_STATEMENT_OPENING, 1000000);
  jp_draft_set_integer (draft, JP_STATEMENT_CLOSING, 900000);
  jp_draft_set_code (draft, JP_STATEMENT_STATE, JP_STATEMENT_STATE_ISSUED);
  return jp_draft_end (draft);
}

static void
put (JpVault *vault, JpRecord *record)
{
  g_autoptr (GError) error = NULL;
  JpRowStamp stamp = { .school = vault->school };
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  jp_db_begin_write (vault->db, &transaction, &error);
  g_assert_no_error (error);
  jp_record_table_put (vault->db, vault->key, record, &stamp, NULL, &error);
  g_assert_no_error (error);
  jp_transaction_commit (&transaction, &error);
  g_assert_no_error (error);
}

static void
add_line (JpVault *vault, JpRecord *statement, int line_no, gint64 amount_fen, const JpId *contract)
{
  JpId     id = jp_id_source_next (vault->ids);
  JpDraft *draft = jp_draft_new (JP_KIND_STATEMENT_LINE, &id);
  g_autoptr (JpRecord) line = NULL;

  jp_draft_set_ref (draft, JP_STATEMENT_LINE_STATEMENT, jp_record_get_id (statement));
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_LINE_NO, line_no);
  jp_draft_set_text (draft, JP_STATEMENT_LINE_CONTRACT_NO, "HT-0041-26-02-00231");
  jp_draft_set_text (draft, JP_STATEMENT_LINE_TRAINEE_NAME, "曾雨桐");
  jp_draft_set_text (draft, JP_STATEMENT_LINE_STAGE, "科目二");
  jp_draft_set_text (draft, JP_STATEMENT_LINE_KIND, "release");
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_AMOUNT, amount_fen);
  if (contract != NULL)
    jp_draft_set_ref (draft, JP_STATEMENT_LINE_CONTRACT, contract);
  line = jp_draft_end (draft);
  put (vault, line);
}

static void
test_compare (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (JpRecord) before = make_statement (fixture->vault, 20260801, 20260831, 100000, 3);
  g_autoptr (JpRecord) after = make_statement (fixture->vault, 20260901, 20260930, 100000, 3);
  g_autoptr (JpRecord) late = make_statement (fixture->vault, 20260905, 20260930, 100000, 3);
  JpStatementCheck check = { .n_lines = 3, .lines_fen = 100000 };

  jp_statement_check_compare (&check, after, NULL);
  g_assert_true (jp_statement_check_is_fine (&check));
  g_assert_false (check.has_previous);

  /* 900,000 at the end of August, 1,000,000 at the start of September. */
  jp_statement_check_compare (&check, after, before);
  g_assert_cmpint (check.gap_days, ==, 0);
  g_assert_cmpint (check.opening_fen, ==, 100000);
  g_assert_false (jp_statement_check_is_fine (&check));

  /* With days between them the balances cannot be compared. */
  jp_statement_check_compare (&check, late, before);
  g_assert_cmpint (check.gap_days, ==, 4);
  g_assert_cmpint (check.opening_fen, ==, 0);

  check = (JpStatementCheck){ .n_lines = 2, .lines_fen = 72400 };
  jp_statement_check_compare (&check, after, NULL);
  g_assert_cmpint (check.missing_lines, ==, 1);
  g_assert_cmpint (check.difference_fen, ==, -27600);
}

static void
test_sentences (JpVaultFixture *fixture, gconstpointer data)
{
  const JpStatementCheck fine = { .n_lines = 3 };
  const JpStatementCheck wrong = { .missing_lines = 1, .difference_fen = -27600, .n_unknown = 2 };
  const JpStatementCheck other = {
    .missing_lines = -2, .difference_fen = 100, .has_previous = TRUE, .opening_fen = -100
  };
  const JpStatementCheck overlap = { .has_previous = TRUE, .gap_days = -1 };
  g_auto (GStrv) good = jp_statement_check_dup_sentences (&fine);
  g_auto (GStrv) bad = jp_statement_check_dup_sentences (&wrong);
  g_auto (GStrv) more = jp_statement_check_dup_sentences (&other);
  g_auto (GStrv) both = jp_statement_check_dup_sentences (&overlap);

  g_assert_cmpuint (g_strv_length (good), ==, 1);
  g_assert_cmpstr (good[0], ==, "The lines add up to the total, and their number is right.");
  g_assert_cmpuint (g_strv_length (bad), ==, 3);
  g_assert_cmpstr (bad[0], ==, "1 line has not arrived yet.");
  g_assert_cmpstr (bad[1], ==, "The lines add up to ¥276.00 less than the total.");
  g_assert_cmpstr (bad[2], ==, "2 lines name contracts that are not known here.");
  g_assert_cmpuint (g_strv_length (more), ==, 3);
  g_assert_cmpstr (more[0], ==, "There are 2 lines more than the statement says.");
  g_assert_cmpuint (g_strv_length (both), ==, 1);
  g_assert_cmpstr (both[0], ==, "The statement before and this one both cover 1 day.");
}

static void
test_read (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) before = make_statement (fixture->vault, 20260801, 20260831, 0, 0);
  g_autoptr (JpRecord) statement = make_statement (fixture->vault, 20260901, 20260930, 110400, 2);
  JpId                         unknown = jp_id_source_next (fixture->vault->ids);
  g_autofree JpStatementCheck *check = NULL;

  put (fixture->vault, before);
  put (fixture->vault, statement);
  add_line (fixture->vault, statement, 1, 82800, &unknown);
  add_line (fixture->vault, statement, 2, 27600, NULL);

  check = jp_statement_check_read (fixture->vault, statement, &error);
  g_assert_no_error (error);
  g_assert_cmpint (check->n_lines, ==, 2);
  g_assert_cmpint (check->lines_fen, ==, 110400);
  g_assert_cmpint (check->n_unknown, ==, 2);
  g_assert_cmpint (check->missing_lines, ==, 0);
  g_assert_cmpint (check->difference_fen, ==, 0);
  g_assert_true (check->has_previous);
  g_assert_cmpint (check->opening_fen, ==, 100000);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/store/statement-check/" name, JpVaultFixture, NULL, jp_vault_fixture_set_up, func, \
              jp_vault_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("compare", test_compare);
  ADD ("sentences", test_sentences);
  ADD ("read", test_read);
  return g_test_run ();
}
