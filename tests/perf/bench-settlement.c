/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* Checking a statement line by line, over reading the same rows and making nothing of them; and
 * what a line costs in a statement a hundred times as long. */

#include "jp-fake-clock.h"
#include "jp-perf-school.h"
#include "jp-settlement-repo.h"
#include "jp-settlement-stream.h"
#include "jp-test-dir.h"

#define LINES_PER_CONTRACT 4
#define N_RUNS             5
#define N_EVALUATIONS      100000
#define PRICE_FEN          276000
#define POLICY             "heze-demo-assumption"
#define CURRICULUM         "mot-2022"

/**
 * Size:
 * @n_contracts: contracts, each with four lines
 * @slices: into how many sessions the hours of a part are cut, times five
 */
typedef struct
{
  gint64 n_contracts;
  gint64 slices;
} Size;

static void
check (gboolean ok, const GError *error)
{
  if (!ok)
    g_error ("the benchmark cannot go on: %s", error != NULL ? error->message : "");
}

static void
run_sql (JpVault *vault, const char *sql, const Size *size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) statement = jp_db_prepare (vault->db, sql, &error);

  check (statement != NULL, error);
  if (strstr (sql, ":n") != NULL)
    jp_statement_bind_integer (statement, ":n", size->n_contracts);
  if (strstr (sql, ":slices") != NULL)
    jp_statement_bind_integer (statement, ":slices", size->slices);
  if (strstr (sql, ":policy") != NULL)
    {
      g_autoptr (JpPolicy) policy = jp_policy_new_from_data (POLICY, &error);
      g_autoptr (JpCurriculum) curriculum = jp_curriculum_new_from_data (CURRICULUM, &error);

      check (policy != NULL && curriculum != NULL, error);
      jp_statement_bind_text (statement, ":policy", jp_policy_get_digest (policy));
      jp_statement_bind_text (statement, ":curriculum", jp_curriculum_get_digest (curriculum));
    }
  check (jp_statement_run (statement, &error), error);
}

#define COUNT     "WITH RECURSIVE c (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i < :n - 1) "
#define CONTRACT  "CAST (printf ('C%015d', i) AS BLOB)"
#define TRAINEE   "CAST (printf ('T%015d', i) AS BLOB)"
#define STATEMENT "CAST ('the-statement-00' AS BLOB)"
#define SIGNED_AT "1772416800000000" /* 2026-03-02 */
#define DAY       "86400000000"
#define COMMON    "id, school, created_at, updated_at, "
#define SCHOOL    ", zeroblob (16), 1, 1, "

/* Four stages: signed, part 1 after 30 days, part 2 after 60, parts 3 and 4 after 90; all of them
 * earned, reviewed and paid on the day after. */
static const char *const fill_sql[] = {
  COUNT "INSERT INTO trainee (" COMMON "name) SELECT " TRAINEE SCHOOL
        "printf ('学员%06d', i) FROM c",
  COUNT
  "INSERT INTO contract (" COMMON "number, trainee, licence_type, price, policy_id,"
  " policy_digest, curriculum_id, curriculum_digest, status, signed_at, paid_at, paid, tier_copy)"
  " SELECT " CONTRACT SCHOOL "printf ('HT-%06d', i), " TRAINEE ", 'C1', 276000, '" POLICY
  "', :policy, '" CURRICULUM "', :curriculum, 'paid', " SIGNED_AT ", " SIGNED_AT
  ", 276000, printf ('%600s', '') FROM c",
  COUNT "INSERT INTO payment (" COMMON "contract, amount, paid_at, bank_reference, state)"
        " SELECT CAST (printf ('P%015d', i) AS BLOB)" SCHOOL CONTRACT ", 276000, " SIGNED_AT
        ", printf ('P%d', i), 'received' FROM c",
  COUNT ", part (p, minutes, day) AS (VALUES (1, 720, 30), (2, 960, 60), (3, 1440, 90),"
        " (4, 600, 90)) INSERT INTO stage_record (" COMMON
        "trainee, contract, part, valid_minutes, state, reviewed_at)"
        " SELECT CAST (printf ('R%d%014d', p, i) AS BLOB)" SCHOOL TRAINEE ", " CONTRACT
        ", p, minutes, 'approved', " SIGNED_AT " + day * " DAY " FROM c, part",
  COUNT ", part (p, minutes, day) AS (VALUES (1, 720, 1), (2, 960, 31), (3, 1440, 61),"
        " (4, 600, 61)), slice (k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM slice"
        " WHERE k < :slices - 1) INSERT INTO training_session (" COMMON
        "trainee, part, started_at, duration, state, valid_minutes)"
        " SELECT CAST (printf ('S%d%04d%010d', p, k, i) AS BLOB)" SCHOOL TRAINEE ", p, " SIGNED_AT
        " + day * " DAY " + k * 3600000000, minutes / :slices, 'valid',"
        " minutes / :slices FROM c, part, slice",
  COUNT ", stage (k, title, share, fen, day) AS (VALUES (0, '签约', 1000, 27600, 1),"
        " (1, '第一部分培训', 3000, 82800, 31), (2, '第二部分培训', 3000, 82800, 61),"
        " (3, '第三、四部分培训', 3000, 82800, 91)) INSERT INTO statement_line (" COMMON
        "statement, line_no, contract, contract_no, trainee, trainee_name, kind, stage, share,"
        " amount, paid_at, bank_reference) SELECT CAST (printf ('L%d%014d', k, i) AS BLOB)" SCHOOL
          STATEMENT ", i * 4 + k + 1, " CONTRACT ", printf ('HT-%06d', i), " TRAINEE
        ", printf ('学员%06d', i), 'release', title, share, fen, " SIGNED_AT " + day * " DAY
        ", printf ('B%d-%d', i, k) FROM c, stage",
};

static JpRecord *
make_statement (JpVault *vault, const Size *size)
{
  g_autoptr (GError) error = NULL;
  JpId         id;
  JpDraft     *draft = NULL;
  JpRowStamp   stamp = { 0 };
  JpRecord    *statement = NULL;
  const gint64 n_lines = size->n_contracts * LINES_PER_CONTRACT;

  memcpy (id.bytes, "the-statement-00", sizeof id.bytes);
  draft = jp_draft_new (JP_KIND_STATEMENT, &id);
  jp_draft_set_text (draft, JP_STATEMENT_NUMBER, "JS-PERF");
  jp_draft_set_date (draft, JP_STATEMENT_PERIOD_FROM, 20260601);
  jp_draft_set_date (draft, JP_STATEMENT_PERIOD_TO, 20260630);
  jp_draft_set_integer (draft, JP_STATEMENT_LINE_COUNT, n_lines);
  jp_draft_set_integer (draft, JP_STATEMENT_TOTAL, size->n_contracts * PRICE_FEN);
  statement = jp_draft_end (draft);
  check (jp_record_table_put (vault->db, vault->key, statement, &stamp, NULL, &error), error);
  return statement;
}

static JpVault *
make_school (const char *path, const Size *size, JpRecord **out_statement)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpSealKey) key = jp_seal_key_new_random ();
  g_autoptr (JpClock) clock = JP_CLOCK (jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US));
  g_autoptr (JpIdSource) ids = jp_id_source_new_seeded (clock, 7);
  JpVault *vault = jp_vault_open (path, JP_DB_WRITER, key, clock, ids, &error);
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  check (vault != NULL && jp_vault_set_up (vault, &error), error);
  check (jp_db_begin_write (vault->db, &transaction, &error), error);
  for (gsize i = 0; i < G_N_ELEMENTS (fill_sql); i++)
    run_sql (vault, fill_sql[i], size);
  *out_statement = make_statement (vault, size);
  check (jp_transaction_commit (&transaction, &error), error);
  check (jp_db_exec (vault->db, "ANALYZE", &error), error);
  check (jp_db_checkpoint (vault->db, &error), error);
  return vault;
}

static double
since (gint64 start_us)
{
  return (double)(g_get_monotonic_time () - start_us);
}

static double
read_rows (JpVault *vault, JpRecord *statement)
{
  g_autoptr (GError) error = NULL;
  gint64                  start_us = g_get_monotonic_time ();
  const JpSettlementQuery query = {
    .scope = JP_SETTLEMENT_SCOPE_STATEMENT,
    .id = *jp_record_get_id (statement),
    .from = jp_record_get_date (statement, JP_STATEMENT_PERIOD_FROM),
    .to = jp_record_get_date (statement, JP_STATEMENT_PERIOD_TO),
  };
  g_autoptr (JpSettlementStream) stream = jp_settlement_stream_open (vault, &query, &error);

  check (stream != NULL && jp_settlement_stream_drain (stream, &error), error);
  return since (start_us);
}

static double
match_lines (JpVault *vault, JpRecord *statement, const Size *size)
{
  g_autoptr (GError) error = NULL;
  gint64              start_us = g_get_monotonic_time ();
  JpSettlementSummary summary;

  check (jp_settlement_repo_check (vault, statement, NULL, &summary, &error), error);
  if (summary.n_by_verdict[JP_SETTLEMENT_MATCHES] != size->n_contracts * LINES_PER_CONTRACT ||
      summary.residual_fen != 0)
    g_error ("the lines do not match");
  return since (start_us);
}

/* The median of some runs after one that fills the caches. */
static void
measure (const Size *size, const char *path, double *out_read_us, double *out_match_us)
{
  g_autoptr (GArray) reads = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) matches = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (JpRecord) statement = NULL;
  g_autoptr (JpVault) vault = make_school (path, size, &statement);

  read_rows (vault, statement);
  for (int i = 0; i < N_RUNS; i++)
    {
      double read_us = read_rows (vault, statement);
      double match_us = match_lines (vault, statement, size);

      g_array_append_val (reads, read_us);
      g_array_append_val (matches, match_us);
    }
  *out_read_us = jp_perf_quantile (reads, 0.5);
  *out_match_us = jp_perf_quantile (matches, 0.5);
}

static double
measure_evaluation (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPolicy) policy = jp_policy_new_from_data (POLICY, &error);
  g_autoptr (JpCurriculum) curriculum = jp_curriculum_new_from_data (CURRICULUM, &error);
  JpPolicyFacts facts;
  gint64        start_us = 0;

  check (policy != NULL && curriculum != NULL, error);
  jp_policy_facts_init (&facts, curriculum, "C1");
  facts.on = 20261124;
  facts.price_fen = facts.paid_fen = PRICE_FEN;
  facts.events[JP_POLICY_EVENT_CONTRACT_SIGNED] = 20260302;
  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    {
      facts.parts[part].used_minutes = facts.parts[part].required_minutes;
      facts.parts[part].reviewed_minutes = facts.parts[part].required_minutes;
      facts.parts[part].reviewed_on = 20260601;
    }

  start_us = g_get_monotonic_time ();
  for (int i = 0; i < N_EVALUATIONS; i++)
    {
      g_autoptr (JpPolicyPlan) plan = jp_policy_plan_new (policy, &facts, &error);

      if (plan == NULL || plan->earned_fen != PRICE_FEN)
        g_error ("the evaluation is wrong");
    }
  return since (start_us) / N_EVALUATIONS;
}

int
main (void)
{
  const Size deep = { 25000, 10 };
  const Size small = { 2500, 1 };
  const Size large = { 250000, 1 };
  g_autoptr (JpTestDir) dir = jp_test_dir_new ();
  g_autofree char *deep_path = jp_test_dir_build (dir, "deep.db");
  g_autofree char *small_path = jp_test_dir_build (dir, "small.db");
  g_autofree char *large_path = jp_test_dir_build (dir, "large.db");
  double           read_us = 0;
  double           match_us = 0;
  double           small_us = 0;
  double           large_us = 0;

  measure (&deep, deep_path, &read_us, &match_us);
  jp_perf_print ("match_ratio", match_us / read_us, "ratio");
  jp_perf_print ("match_us", match_us / (double)(deep.n_contracts * LINES_PER_CONTRACT), "us");
  measure (&small, small_path, &read_us, &small_us);
  measure (&large, large_path, &read_us, &large_us);
  jp_perf_print ("match_growth",
                 large_us / (double)large.n_contracts / (small_us / (double)small.n_contracts),
                 "ratio");
  jp_perf_print ("evaluate_us", measure_evaluation (), "us");
  return 0;
}
