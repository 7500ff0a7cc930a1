/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* The demo city's statements, which are wrong in every way a statement can be, checked with what a
 * school's own PC has of them. */

#include "jp-business-dispute.h"
#include "jp-city.h"
#include "jp-digest-repo.h"
#include "jp-finance-repo.h"
#include "jp-ledger.h"
#include "jp-platform-content.h"
#include "jp-platform-fixture.h"
#include "jp-platform-store.h"
#include "jp-remote-repo.h"
#include "jp-settlement-repo.h"
#include "jp-today-repo.h"
#include "jp-verify.h"

#define SEED      7
#define PAGE_ROWS 1000

typedef struct
{
  JpPlatformFixture *fixture;
  JpPlatform        *platform;
  JpVault           *vault;
  JpId               school;
} World;

static JpDb *
platform_db (World *world)
{
  return jp_platform_store_get_db (jp_platform_get_store (world->platform));
}

/* What a first sync brings. */
static void
copy_kind (World *world, JpKind kind)
{
  g_autoptr (GError) error = NULL;
  JpPlatformStore *store = jp_platform_get_store (world->platform);
  g_autofree char *sql = g_strconcat (jp_record_table_get_select (kind),
                                      " WHERE school = :school OR school = zeroblob (16)", NULL);
  g_autoptr (JpStatement) read = jp_db_prepare (platform_db (world), sql, &error);
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
  gboolean row = FALSE;

  g_assert_no_error (error);
  jp_statement_bind_id (read, ":school", &world->school);
  do
    {
      jp_statement_step (read, &row, &error);
      g_assert_no_error (error);
      if (row)
        g_ptr_array_add (page, jp_record_table_read (read, kind, jp_platform_store_get_key (store),
                                                     &error));
      g_assert_no_error (error);
      if (page->len < PAGE_ROWS && row)
        continue;
      jp_remote_repo_load (world->vault, page, NULL, "test", "0", &error);
      g_assert_no_error (error);
      g_ptr_array_set_size (page, 0);
    }
  while (row);
}

static void
world_init (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (JpSealKey) key = jp_seal_key_new_random ();
  g_autoptr (JpIdSource) ids = NULL;
  g_autoptr (JpStatement) read = NULL;
  gboolean               row = FALSE;
  JpPlatformStoreOptions options = { 0 };

  *world = (World){ .fixture = jp_platform_fixture_new () };
  folder = jp_test_dir_build (world->fixture->dir, "city");
  options = (JpPlatformStoreOptions){ JP_CLOCK (world->fixture->clock), world->fixture->ids };
  world->platform = jp_platform_new (&options);
  jp_platform_open (world->platform, folder, &error);
  g_assert_no_error (error);
  jp_city_fill (world->platform, SEED, JP_CITY_STANDARD, &error);
  g_assert_no_error (error);

  read = jp_db_prepare (platform_db (world),
                        "SELECT school FROM statement_line GROUP BY school ORDER BY count (*) DESC",
                        &error);
  jp_statement_step (read, &row, &error);
  g_assert_no_error (error);
  g_assert_true (row);
  jp_statement_get_id (read, 0, &world->school);

  ids = jp_id_source_new_seeded (JP_CLOCK (world->fixture->clock), SEED);
  world->vault = jp_vault_open_private (key, JP_CLOCK (world->fixture->clock), ids, &error);
  g_assert_no_error (error);
  world->vault->school = world->school;
  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    copy_kind (world, kind);
}

static void
world_clear (World *world)
{
  jp_vault_close (world->vault);
  jp_platform_free (world->platform);
  jp_platform_fixture_free (world->fixture);
}

static JpRecord *
get_newest (JpVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = g_strconcat (jp_record_table_get_select (JP_KIND_STATEMENT),
                                      " ORDER BY period_from DESC LIMIT 1", NULL);
  g_autoptr (JpStatement) read = jp_db_prepare (vault->db, sql, &error);
  gboolean row = FALSE;

  jp_statement_step (read, &row, &error);
  g_assert_no_error (error);
  g_assert_true (row);
  return jp_record_table_read (read, JP_KIND_STATEMENT, vault->key, &error);
}

static void
print_wrong (const JpSettlementReport *report)
{
  g_autofree char *headline = jp_settlement_summary_dup_headline (&report->summary);

  g_test_message ("%s", headline);
  for (guint i = 0; i < report->rows->len; i++)
    {
      const JpSettlementRow *row = g_ptr_array_index (report->rows, i);

      if (!jp_settlement_verdict_is_good (row->verdict))
        g_test_message ("%s: %s", jp_settlement_verdict_get_name (row->verdict), row->sentence);
    }
}

static JpSettlementReport *
check (World *world, JpRecord *statement)
{
  g_autoptr (GError) error = NULL;
  JpSettlementReport *report =
    jp_settlement_repo_read (world->vault, jp_record_get_id (statement), NULL, &error);

  g_assert_no_error (error);
  return report;
}

/* Each way of being wrong has its verdict, and nothing stays unexplained. */
static void
test_every_fault (World *world)
{
  static const JpSettlementVerdict expected[] = {
    JP_SETTLEMENT_LATE,           JP_SETTLEMENT_SHORT,           JP_SETTLEMENT_OVER,
    JP_SETTLEMENT_DUPLICATE,      JP_SETTLEMENT_UNKNOWN_TRAINEE, JP_SETTLEMENT_UNKNOWN_CONTRACT,
    JP_SETTLEMENT_POLICY_DIFFERS, JP_SETTLEMENT_NOT_REACHED,     JP_SETTLEMENT_TWICE,
    JP_SETTLEMENT_MISSING,
  };
  g_autoptr (JpRecord) statement = get_newest (world->vault);
  g_autoptr (JpSettlementReport) report = check (world, statement);
  const JpSettlementSummary *summary = &report->summary;

  print_wrong (report);
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_test_message ("%s: %" G_GINT64_FORMAT, jp_settlement_verdict_get_name (expected[i]),
                      summary->n_by_verdict[expected[i]]);
      g_assert_cmpint (summary->n_by_verdict[expected[i]], >=, 1);
      g_assert_cmpint (summary->n_by_verdict[expected[i]], <=, 6);
    }
  g_assert_cmpint (summary->n_by_verdict[JP_SETTLEMENT_EARLY], ==, 0);
  g_assert_cmpint (summary->n_by_verdict[JP_SETTLEMENT_UNEXPLAINED], ==, 0);
  g_assert_cmpint (summary->difference_fen, !=, 0);
  g_assert_cmpint (summary->residual_fen, ==, 0);
  g_assert_true (summary->has_bank);
  g_assert_cmpint (summary->bank_residual_fen, ==, 0);
  g_assert_true (jp_settlement_summary_adds_up (summary));
}

static JpRecord *
make_dispute (JpRecord *statement, const JpSettlementRow *row)
{
  JpId     id = jp_id_derive ("settlement-city", row->sentence);
  JpDraft *draft = jp_draft_new (JP_KIND_DISPUTE, &id);

  jp_draft_set_ref (draft, JP_DISPUTE_STATEMENT, jp_record_get_id (statement));
  if (!jp_id_is_none (&row->line))
    jp_draft_set_ref (draft, JP_DISPUTE_LINE, &row->line);
  if (!jp_id_is_none (&row->contract))
    jp_draft_set_ref (draft, JP_DISPUTE_CONTRACT, &row->contract);
  jp_draft_set_text (draft, JP_DISPUTE_STAGE, row->stage);
  return jp_draft_end (draft);
}

/* The platform's reviewer sees the same as the school, line by line: one evaluator, two sets of
 * rows. */
static void
test_both_sides (World *world)
{
  g_autoptr (JpRecord) statement = get_newest (world->vault);
  g_autoptr (JpSettlementReport) report = check (world, statement);
  g_autoptr (JpBusiness) business = jp_business_new (jp_platform_get_store (world->platform));
  guint n_wrong = 0;

  for (guint i = 0; i < report->rows->len; i++)
    {
      const JpSettlementRow *row = g_ptr_array_index (report->rows, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (JpRecord) dispute = make_dispute (statement, row);
      g_auto (JpBusinessFinding) finding = { 0 };

      n_wrong += !jp_settlement_verdict_is_good (row->verdict);
      jp_business_judge_dispute (business, dispute, &finding, &error);
      g_assert_no_error (error);
      g_test_message ("%s", row->sentence);
      g_assert_true (finding.is_found);
      g_assert_cmpint (finding.expected_fen, ==, row->expected_fen);
      g_assert_cmpint (finding.paid_fen, ==, row->paid_fen);
      if (row->verdict != JP_SETTLEMENT_DUPLICATE || finding.verdict != JP_SETTLEMENT_TWICE)
        g_assert_cmpint (finding.verdict, ==, row->verdict);
    }
  g_assert_cmpuint (n_wrong, >, 8);
}

/* The other statements are right, to the fen and to the day. */
static void
test_right_ones (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = g_strconcat (jp_record_table_get_select (JP_KIND_STATEMENT),
                                      " ORDER BY period_from DESC LIMIT 9 OFFSET 2", NULL);
  g_autoptr (JpStatement) read = jp_db_prepare (world->vault->db, sql, &error);
  gboolean row = FALSE;
  guint    n = 0;

  for (; jp_statement_step (read, &row, &error) && row; n++)
    {
      g_autoptr (JpRecord) statement =
        jp_record_table_read (read, JP_KIND_STATEMENT, world->vault->key, &error);
      JpSettlementSummary summary;

      g_assert_no_error (error);
      g_assert_true (jp_settlement_repo_check (world->vault, statement, NULL, &summary, &error));
      g_assert_cmpint (summary.n_by_verdict[JP_SETTLEMENT_MATCHES], ==, summary.n_lines);
      g_assert_cmpint (jp_settlement_summary_count_wrong (&summary), ==, 0);
      g_assert_cmpint (summary.residual_fen, ==, 0);
      g_assert_cmpint (summary.bank_residual_fen, ==, 0);
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n, >=, 3);
}

static void
apply (World *world, JpDraft *draft)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
  JpRemoteReply   reply = { .records = records };
  JpRemoteOutcome outcome = { 0 };
  JpRecordHead    head = { .version = 1000, .created_at_us = 1, .updated_at_us = 1 };

  jp_draft_set_head (draft, &head);
  g_ptr_array_add (records, jp_draft_end (draft));
  jp_remote_repo_apply (world->vault, &reply, &outcome, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (outcome.n_records, ==, 1);
}

/* A line that nothing explains: the residual is what it pays, to the fen. */
static void
test_injected (World *world)
{
  g_autoptr (JpRecord) statement = get_newest (world->vault);
  g_autoptr (JpSettlementReport) before = check (world, statement);
  g_autoptr (JpSettlementReport) after = NULL;
  JpId                   id = jp_id_derive ("settlement-test", "injected");
  JpDraft               *draft = jp_draft_new_from (statement);
  const JpSettlementRow *right = NULL;

  for (guint i = 0; right == NULL && i < before->rows->len; i++)
    if (jp_settlement_verdict_is_good (
          ((JpSettlementRow *)g_ptr_array_index (before->rows, i))->verdict))
      right = g_ptr_array_index (before->rows, i);
  jp_draft_set_integer (draft, JP_STATEMENT_TOTAL,
                        jp_record_get_integer (statement, JP_STATEMENT_TOTAL) + 12345);
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_COUNT, before->summary.n_lines + 1);
  apply (world, draft);
  after = check (world, statement);
  g_assert_cmpint (after->summary.residual_fen, ==, 12345);
  g_assert_cmpint (after->summary.missing_lines, ==, 1);
  g_clear_pointer (&after, jp_settlement_repo_free_report);

  draft = jp_draft_new (JP_KIND_STATEMENT_LINE, &id);
  jp_draft_set_ref (draft, JP_STATEMENT_LINE_STATEMENT, jp_record_get_id (statement));
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_LINE_NO, 99999);
  jp_draft_set_ref (draft, JP_STATEMENT_LINE_CONTRACT, &right->contract);
  jp_draft_set_text (draft, JP_STATEMENT_LINE_CONTRACT_NO, right->contract_no);
  jp_draft_set_text (draft, JP_STATEMENT_LINE_TRAINEE_NAME, right->trainee_name);
  jp_draft_set_text (draft, JP_STATEMENT_LINE_KIND, "correction");
  jp_draft_set_text (draft, JP_STATEMENT_LINE_STAGE, "更正");
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_AMOUNT, 12345);
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_PAID_AT,
                        jp_record_get_integer (statement, JP_STATEMENT_ISSUED_AT));
  jp_draft_set_text (draft, JP_STATEMENT_LINE_BANK_REFERENCE, "INJECTED");
  apply (world, draft);
  after = check (world, statement);
  g_assert_cmpint (after->summary.n_by_verdict[JP_SETTLEMENT_UNEXPLAINED], ==, 1);
  g_assert_cmpint (after->summary.residual_fen, ==, 12345);
  g_assert_cmpint (after->summary.difference_fen, ==, before->summary.difference_fen + 12345);
  g_assert_cmpint (after->summary.bank_residual_fen, ==, -12345);
}

/* The books of the school say what the bank's say. */
static void
test_books (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpVerifyReport) report = jp_verify_run (world->vault, NULL, &error);
  g_autoptr (GArray) findings = jp_ledger_list_findings (world->vault, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->n_found[JP_VERIFY_LEDGER], ==, 0);
  g_assert_cmpuint (report->n_examined[JP_VERIFY_LEDGER], >, 1000);
  g_assert_cmpuint (report->n_found[JP_VERIFY_BOOKS], ==, findings->len);
  /* The line that stands there twice is the only thing that the bank's own books contradict. */
  g_assert_cmpuint (findings->len, ==, 1);
  g_assert_cmpint (g_array_index (findings, JpLedgerFinding, 0).breach, ==,
                   JP_LEDGER_BREACH_REFERENCE);
}

static void
test_missing (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = jp_settlement_repo_list_missing (world->vault, NULL, &error);
  g_autoptr (GPtrArray) lines = NULL;
  const JpSettlementRow *first = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, >=, 1);
  for (guint i = 0; i < rows->len; i++)
    {
      first = g_ptr_array_index (rows, i);
      g_assert_cmpint (first->verdict, ==, JP_SETTLEMENT_MISSING);
      g_assert_cmpint (first->days, >, JP_SETTLEMENT_MISSING_DAYS);
    }
  lines = jp_settlement_repo_list_contract (world->vault, &first->contract, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lines->len, >=, 1);
  g_assert_cmpint (((JpSettlementRow *)lines->pdata[lines->len - 1])->verdict, ==,
                   JP_SETTLEMENT_MISSING);
}

/* What is told of all contracts adds up to what the books say is held of them. */
static void
test_outlook (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpFinanceOutlook) outlook =
    jp_finance_repo_read_outlook (world->vault, JP_FINANCE_WEEKS, &error);
  gint64 weeks_fen = 0;
  gint64 items_fen = 0;
  gint64 blocks_fen = 0;
  gint64 stuck_fen = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (outlook->items->len, >, 100);
  for (guint i = 0; i < outlook->items->len; i++)
    {
      const JpFinanceItem *item = outlook->items->pdata[i];

      items_fen += item->amount_fen;
      g_assert_cmpstr (item->sentence, !=, "");
      if (i > 0)
        g_assert_cmpint (item->age_days, <=,
                         ((JpFinanceItem *)outlook->items->pdata[i - 1])->age_days);
    }
  for (guint i = 0; i < outlook->items->len; i++)
    if (jp_finance_repo_is_stuck (outlook->items->pdata[i]))
      stuck_fen += ((JpFinanceItem *)outlook->items->pdata[i])->amount_fen;
  for (guint i = 0; i < JP_SETTLEMENT_N_BLOCKS; i++)
    blocks_fen += outlook->blocks[i].amount_fen;
  for (guint i = 0; i < outlook->n_weeks; i++)
    weeks_fen += outlook->weeks[i].certain_fen + outlook->weeks[i].estimated_fen;
  g_assert_cmpint (blocks_fen, ==, items_fen);
  g_assert_cmpint (weeks_fen + outlook->later_fen + outlook->unforeseen_fen, ==,
                   outlook->custody_fen);
  g_assert_cmpint (outlook->blocks[JP_SETTLEMENT_BLOCK_HOURS].n, >, 0);
  g_assert_cmpint (outlook->blocks[JP_SETTLEMENT_BLOCK_STATEMENT].n, >, 0);
  g_assert_cmpint (outlook->blocks[JP_SETTLEMENT_BLOCK_RULES].n, ==, 0);
  g_assert_cmpint (outlook->stuck_fen, >, 0);
  g_assert_cmpint (outlook->stuck_fen, ==, stuck_fen);
  g_assert_cmpint (outlook->stuck_fen, <, outlook->custody_fen);
  g_assert_cmpint (weeks_fen, >, 0);
}

static gint64
read_custody (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpToday) today = jp_today_repo_read (world->vault, &error);

  g_assert_no_error (error);
  return today->in_custody_fen;
}

static void
test_overview (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpFinanceOverview) overview = jp_finance_repo_read_overview (world->vault, &error);
  gint64 paid_fen = 0;
  gint64 released_fen = 0;
  gint64 tiers_fen = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < overview->months->len; i++)
    {
      const JpFinanceMonth *month = &g_array_index (overview->months, JpFinanceMonth, i);

      paid_fen += month->paid_fen;
      released_fen += month->released_fen;
    }
  for (guint i = 0; i < overview->tiers->len; i++)
    tiers_fen += ((JpFinanceTier *)overview->tiers->pdata[i])->balance.fen[JP_LEDGER_CUSTODY];
  g_assert_cmpuint (overview->months->len, >=, 12);
  g_assert_cmpuint (overview->tiers->len, >=, 3);
  g_assert_cmpint (paid_fen, ==, overview->balance.fen[JP_LEDGER_PAID]);
  /* What is disputed has been released all the same, and is shown apart. */
  g_assert_cmpint (overview->contested_fen, >, 0);
  g_assert_cmpint (overview->contested_fen, ==, overview->balance.fen[JP_LEDGER_DISPUTED]);
  g_assert_cmpint (released_fen, ==,
                   overview->balance.fen[JP_LEDGER_RELEASED] + overview->contested_fen);
  g_assert_cmpint (tiers_fen, ==, overview->balance.fen[JP_LEDGER_CUSTODY]);
  g_assert_cmpint (g_array_index (overview->months, JpFinanceMonth, overview->months->len - 1)
                     .custody_fen,
                   ==, tiers_fen);

  /* The city had releases before its first statement: what is left is what the contracts say. */
  g_assert_cmpint (overview->unstated_fen, >, 0);
  g_assert_cmpint (tiers_fen - overview->unstated_fen, ==, read_custody (world));
}

/* What the station has says what the platform says, row for row, of every kind. */
static void
check_contents (World *world)
{
  g_autoptr (GError) error = NULL;
  gint64 n_rows = 0;

  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    {
      g_autoptr (JpPageSums) ours =
        jp_digest_repo_read_content (world->vault, kind, 0, JP_DIGEST_BUCKETS, "e:1", &error);
      g_autoptr (JpPageSums) theirs =
        jp_platform_content_read_sums (jp_platform_get_store (world->platform), &world->school,
                                       kind, 0, JP_DIGEST_BUCKETS, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (jp_page_sums_find_difference (ours, theirs), ==, NULL);
      for (guint i = 0; i < ours->sums->len; i++)
        n_rows += ((JpPageSum *)g_ptr_array_index (ours->sums, i))->n_rows;
    }
  g_assert_cmpint (n_rows, >, 1000);
}

/* One city for all: making it takes longer than everything else. */
static void
test_city (void)
{
  World world;

  world_init (&world);
  check_contents (&world); /* before the tests below make a line of their own */
  test_books (&world);
  test_right_ones (&world);
  test_every_fault (&world);
  test_both_sides (&world);
  test_missing (&world);
  test_outlook (&world);
  test_overview (&world);
  test_injected (&world);
  world_clear (&world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sync/settlement-city/all", test_city);
  return g_test_run ();
}
