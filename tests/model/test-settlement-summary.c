/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-settlement-summary.h"

#include "jp-codes.h"

static JpRecord *
make_statement (JpDate from, JpDate to, gint64 total_fen, gint64 n_lines)
{
  JpId     id = jp_id_derive ("summary-test", "statement");
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
add (JpSettlementSummary *summary,
     JpSettlementVerdict  verdict,
     gint64               paid_fen,
     gint64               expected_fen)
{
  static const JpSettlementLine     line = { 0 };
  static const JpSettlementContract contract = { 0 };
  JpSettlementResult                result = {
                   .verdict = verdict,
                   .line = verdict == JP_SETTLEMENT_MISSING ? NULL : &line,
                   .contract = &contract,
                   .paid_fen = paid_fen,
                   .expected_fen = expected_fen,
                   .difference_fen = paid_fen - expected_fen,
  };

  result.explained_fen = verdict == JP_SETTLEMENT_UNEXPLAINED ? 0 : result.difference_fen;
  g_assert_true (jp_settlement_summary_add (summary, &result));
}

static void
assert_sentences (const JpSettlementSummary *summary, const char *const *expected)
{
  g_auto (GStrv) sentences = jp_settlement_summary_dup_sentences (summary);

  g_assert_cmpstrv (sentences, expected);
}

static void
assert_headline (const JpSettlementSummary *summary, const char *expected)
{
  g_autofree char *headline = jp_settlement_summary_dup_headline (summary);

  g_assert_cmpstr (headline, ==, expected);
}

static void
test_neighbours (void)
{
  g_autoptr (JpRecord) before = make_statement (20260801, 20260831, 100000, 1);
  g_autoptr (JpRecord) after = make_statement (20260901, 20260930, 100000, 1);
  g_autoptr (JpRecord) late = make_statement (20260905, 20260930, 100000, 1);
  JpSettlementSummary summary = { 0 };

  add (&summary, JP_SETTLEMENT_MATCHES, 100000, 100000);
  g_assert_true (jp_settlement_summary_compare (&summary, after, NULL, 0));
  g_assert_true (jp_settlement_summary_adds_up (&summary));
  g_assert_false (summary.has_previous);
  g_assert_cmpint (summary.bank_fen, ==, 100000);
  assert_sentences (&summary,
                    (const char *[]){ "The lines add up to the total, and their number is right.",
                                      NULL });
  assert_headline (&summary, "Everything is explained: ¥1,000.00, as the rules give.");

  /* 900,000 at the end of August, 1,000,000 at the start of September. */
  g_assert_true (jp_settlement_summary_compare (&summary, after, before, 0));
  g_assert_cmpint (summary.gap_days, ==, 0);
  g_assert_cmpint (summary.opening_fen, ==, 100000);
  g_assert_false (jp_settlement_summary_adds_up (&summary));

  /* With days between them the balances cannot be compared. */
  g_assert_true (jp_settlement_summary_compare (&summary, late, before, 0));
  g_assert_cmpint (summary.gap_days, ==, 4);
  g_assert_cmpint (summary.opening_fen, ==, 0);
}

static void
test_sums (void)
{
  g_autoptr (JpRecord) statement = make_statement (20260901, 20260930, 100000, 3);
  JpSettlementSummary summary = { 0 };

  add (&summary, JP_SETTLEMENT_MATCHES, 50000, 50000);
  add (&summary, JP_SETTLEMENT_SHORT, 22400, 30000);
  g_assert_true (jp_settlement_summary_compare (&summary, statement, NULL, 0));
  g_assert_cmpint (summary.missing_lines, ==, 1);
  g_assert_cmpint (summary.difference_fen, ==, 20000);
  g_assert_cmpint (summary.residual_fen, ==, 27600);
  assert_headline (&summary, "Not explained: ¥276.00 of a difference of ¥200.00.");
  assert_sentences (&summary,
                    (const char *[]){ "1 line has not arrived yet.",
                                      "The lines add up to ¥276.00 less than the total.",
                                      "¥276.00 more left custody than the lines pay out.", NULL });
}

static void
test_explained (void)
{
  g_autoptr (JpRecord) statement = make_statement (20260901, 20260930, 130000, 3);
  JpSettlementSummary summary = { 0 };

  /* The bank moved 100,000: the line that is there twice moved nothing. */
  add (&summary, JP_SETTLEMENT_MATCHES, 100000, 100000);
  add (&summary, JP_SETTLEMENT_DUPLICATE, 20000, 0);
  add (&summary, JP_SETTLEMENT_UNKNOWN_CONTRACT, 10000, 0);
  add (&summary, JP_SETTLEMENT_MISSING, 0, 5000);
  g_assert_true (jp_settlement_summary_compare (&summary, statement, NULL, 0));
  g_assert_cmpint (summary.difference_fen, ==, 25000);
  g_assert_cmpint (summary.residual_fen, ==, 0);
  g_assert_cmpint (summary.bank_residual_fen, ==, 0);
  g_assert_cmpint (jp_settlement_summary_count_wrong (&summary), ==, 3);
  assert_headline (&summary, "Nothing is unexplained: the difference of ¥250.00 has its causes.");
}

static void
test_more (void)
{
  g_autoptr (JpRecord) statement = make_statement (20260901, 20260930, 100000, 1);
  JpSettlementSummary summary = { 0 };

  add (&summary, JP_SETTLEMENT_EARLY, 50000, 50000);
  add (&summary, JP_SETTLEMENT_MATCHES, 50000, 50000);
  add (&summary, JP_SETTLEMENT_MATCHES, 100, 100);
  summary.n_hours_differ = 2;
  g_assert_true (jp_settlement_summary_compare (&summary, statement, NULL, 0));
  assert_sentences (&summary,
                    (const char *[]){
                      "There are 2 lines more than the statement says.",
                      "The lines add up to ¥1.00 more than the total.",
                      "¥1.00 less left custody than the lines pay out.",
                      "The approved hours of 2 contracts are not borne out by their sessions.",
                      NULL });
  summary.total_fen = summary.lines_fen;
  summary.difference_fen = summary.residual_fen = 0;
  assert_headline (&summary, "The sum of ¥1,001.00 is right, but not every line is.");
}

static void
test_overflow (void)
{
  JpSettlementSummary      summary = { .lines_fen = G_MAXINT64 };
  const JpSettlementResult result = { .paid_fen = 1 };

  g_assert_false (jp_settlement_summary_add (&summary, &result));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/model/settlement-summary/neighbours", test_neighbours);
  g_test_add_func ("/model/settlement-summary/sums", test_sums);
  g_test_add_func ("/model/settlement-summary/explained", test_explained);
  g_test_add_func ("/model/settlement-summary/more", test_more);
  g_test_add_func ("/model/settlement-summary/overflow", test_overflow);
  return g_test_run ();
}
