/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-settlement-repo.h"

#include "jp-dispute-repo.h"
#include "jp-query.h"
#include "jp-settlement-stream.h"

#define PERIOD_DAYS 40 /* statements are monthly; then the next one is overdue */

static void
row_free (gpointer data)
{
  JpSettlementRow *row = data;

  g_free (row->stage_id);
  g_free (row->stage);
  g_free (row->contract_no);
  g_free (row->trainee_name);
  g_free (row->sentence);
  g_free (row);
}

/**
 * jp_settlement_repo_free_report:
 * @self: (nullable) (transfer full): a report
 */
void
jp_settlement_repo_free_report (JpSettlementReport *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->statement, jp_record_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}

/* --- one pass --- */

typedef struct
{
  JpSettlementStream  *stream;   /* (borrowed) */
  JpSettlementSummary *summary;  /* (borrowed) (nullable) */
  GPtrArray           *rows;     /* (borrowed) (nullable) */
  gboolean             overflow; /* the sums are of no use */
} Pass;

static JpSettlementRow *
row_new (JpSettlementStream *stream, const JpSettlementResult *result)
{
  JpSettlementRow            *row = g_new0 (JpSettlementRow, 1);
  const JpSettlementContract *contract = result->contract;
  const JpSettlementLine     *line = result->line;
  const JpPolicyStage        *stage = result->stage;

  if (line != NULL)
    {
      row->line = line->id;
      row->line_no = jp_settlement_stream_get_line_no (stream, (guint)(line - contract->lines));
      row->paid_on = line->paid_on;
    }
  row->kind = line != NULL ? line->kind : JP_SETTLEMENT_LINE_RELEASE;
  row->dispute_state = -1;
  row->contract = contract->id;
  row->is_known = contract->is_known;
  row->verdict = result->verdict;
  row->paid_fen = result->paid_fen;
  row->expected_fen = result->expected_fen;
  row->difference_fen = result->difference_fen;
  row->explained_fen = result->explained_fen;
  row->due_on = result->due_on;
  row->days = result->days;
  if (stage != NULL)
    {
      row->stage_id = g_strdup (stage->id);
      row->stage = g_strdup (stage->title != NULL ? stage->title : stage->id);
    }
  else
    row->stage = g_strdup (line != NULL && line->stage != NULL ? line->stage : "");
  row->contract_no = g_strdup (contract->number != NULL ? contract->number : "");
  row->trainee_name = g_strdup (
    line != NULL && line->trainee_name != NULL ? line->trainee_name : contract->trainee_name);
  row->sentence = jp_settlement_dup_sentence (result);
  return row;
}

static void
take_cb (const JpSettlementResult *result, gpointer user_data)
{
  Pass *pass = user_data;

  if (pass->summary != NULL && !jp_settlement_summary_add (pass->summary, result))
    pass->overflow = TRUE;
  if (pass->rows != NULL)
    g_ptr_array_add (pass->rows, row_new (pass->stream, result));
}

/* Approved hours without the sessions that would bear them out. */
static gboolean
has_bare_hours (const JpSettlementContract *contract)
{
  gint64 minutes[JP_POLICY_N_PARTS + 1] = { 0 };

  for (guint i = 0; i < contract->n_sessions; i++)
    if (contract->sessions[i].part >= 1 && contract->sessions[i].part <= JP_POLICY_N_PARTS)
      minutes[contract->sessions[i].part] += contract->sessions[i].minutes;
  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    if (contract->reviews[part].reviewed_on != JP_DATE_NONE &&
        contract->reviews[part].minutes > minutes[part] + contract->brought_minutes)
      return TRUE;
  return FALSE;
}

static gboolean
run (JpVault                   *vault,
     const JpSettlementQuery   *query,
     const JpSettlementOptions *options,
     Pass                      *pass,
     GError                   **error)
{
  g_autoptr (JpSettlementStream) stream = jp_settlement_stream_open (vault, query, error);
  const JpSettlementContract *contract = NULL;

  if (stream == NULL)
    return FALSE;
  pass->stream = stream;
  while (jp_settlement_stream_next (stream, &contract, error))
    {
      if (contract == NULL)
        break;
      jp_settlement_match (contract, options, take_cb, pass);
      if (pass->summary != NULL && has_bare_hours (contract))
        pass->summary->n_hours_differ++;
    }
  pass->stream = NULL;
  if (contract != NULL)
    return FALSE;
  if (pass->overflow)
    {
      g_set_error_literal (error, JP_STORE_ERROR, JP_STORE_ERROR_INVALID,
                           "the amounts of the statement are too large to be added up");
      return FALSE;
    }
  return TRUE;
}

/* --- a statement --- */

static JpRecord *
fetch_previous (JpVault *vault, JpRecord *statement, gboolean *out_failed, GError **error)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_STATEMENT);
  g_autoptr (GPtrArray) found = NULL;

  jp_query_where_integer (query, JP_STATEMENT_PERIOD_FROM, JP_QUERY_LESS,
                          jp_record_get_date (statement, JP_STATEMENT_PERIOD_FROM));
  jp_query_set_order (query, JP_STATEMENT_PERIOD_FROM, TRUE);
  jp_query_set_limit (query, 1);
  found = jp_query_fetch_all (vault, query, error);
  *out_failed = found == NULL;
  return found != NULL && found->len > 0 ? jp_record_ref (found->pdata[0]) : NULL;
}

static gboolean
sum_payments (JpVault *vault, JpRecord *statement, gint64 *out_fen, GError **error)
{
  g_autoptr (JpStatement) read =
    jp_db_prepare (vault->db,
                   "SELECT ifnull (sum (amount), 0) FROM payment WHERE paid_at >= :from"
                   " AND paid_at < :until AND state = 'received' AND deleted = 0",
                   error);
  gboolean row = FALSE;

  if (read == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_integer (read, ":from",
                             jp_date_to_instant (jp_record_get_date (statement,
                                                                     JP_STATEMENT_PERIOD_FROM),
                                                 0, 0));
  jp_statement_bind_integer (read, ":until",
                             jp_date_to_instant (jp_record_get_date (statement,
                                                                     JP_STATEMENT_PERIOD_TO),
                                                 0, 0) +
                               JP_DAY_US);
  if (!jp_statement_step (read, &row, error))
    return jp_vault_translate (error);
  *out_fen = row ? jp_statement_get_integer (read, 0) : 0;
  return TRUE;
}

static void
choose_options (JpVault                   *vault,
                const JpSettlementOptions *options,
                JpSettlementOptions       *out_options)
{
  if (options != NULL)
    *out_options = *options;
  else
    jp_settlement_options_init (out_options, jp_vault_today (vault));
}

/* What became due in the last days of a period may still be on the next statement; nobody knows
 * what came before the first one. */
static void
choose_days (JpRecord *statement, JpRecord *previous, JpSettlementOptions *options)
{
  JpDate from = jp_record_get_date (statement, JP_STATEMENT_PERIOD_FROM);
  JpDate to = jp_record_get_date (statement, JP_STATEMENT_PERIOD_TO);

  options->due_from = previous != NULL ? jp_date_add_days (from, -options->missing_days) : from;
  options->due_until = jp_date_add_days (to, -options->missing_days);
}

static gboolean
check_statement (JpVault                   *vault,
                 JpRecord                  *statement,
                 const JpSettlementOptions *options,
                 Pass                      *pass,
                 GError                   **error)
{
  JpSettlementOptions chosen;
  JpSettlementQuery   query = {
      .scope = JP_SETTLEMENT_SCOPE_STATEMENT,
      .id = *jp_record_get_id (statement),
      .from = jp_record_get_date (statement, JP_STATEMENT_PERIOD_FROM),
      .to = jp_record_get_date (statement, JP_STATEMENT_PERIOD_TO),
  };
  gint64   payments_fen = 0;
  gboolean failed = FALSE;
  g_autoptr (JpRecord) previous = fetch_previous (vault, statement, &failed, error);

  choose_options (vault, options, &chosen);
  choose_days (statement, previous, &chosen);
  if (failed || !sum_payments (vault, statement, &payments_fen, error) ||
      !run (vault, &query, &chosen, pass, error))
    return FALSE;
  if (jp_settlement_summary_compare (pass->summary, statement, previous, payments_fen))
    return TRUE;
  g_set_error_literal (error, JP_STORE_ERROR, JP_STORE_ERROR_INVALID,
                       "the amounts of the statement are too large to be compared");
  return FALSE;
}

/**
 * jp_settlement_repo_check:
 * @vault: a vault
 * @statement: a statement
 * @options: (nullable): how strict; %NULL for the usual, as of today
 * @out_summary: (out): what can be said of it as a whole
 * @error: return location for a [error@Jp.StoreError]
 *
 * Checks a statement without keeping the lines: for lists of statements, and for very large ones.
 * Missing is what became due so early that it should have been on it.
 *
 * Returns: whether it could be checked
 */
gboolean
jp_settlement_repo_check (JpVault                   *vault,
                          JpRecord                  *statement,
                          const JpSettlementOptions *options,
                          JpSettlementSummary       *out_summary,
                          GError                   **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (jp_record_get_kind (statement) == JP_KIND_STATEMENT, FALSE);
  g_return_val_if_fail (out_summary != NULL, FALSE);

  Pass pass = { .summary = out_summary };

  *out_summary = (JpSettlementSummary){ 0 };
  return check_statement (vault, statement, options, &pass, error);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const JpSettlementRow *one = *(const JpSettlementRow *const *)a;
  const JpSettlementRow *two = *(const JpSettlementRow *const *)b;

  if ((one->line_no == 0) != (two->line_no == 0))
    return one->line_no == 0 ? 1 : -1;
  if (one->line_no != two->line_no)
    return one->line_no < two->line_no ? -1 : 1;
  if (one->due_on != two->due_on)
    return one->due_on < two->due_on ? -1 : 1;
  return jp_id_compare (&one->contract, &two->contract);
}

/**
 * jp_settlement_repo_read:
 * @vault: a vault
 * @statement: id of a statement
 * @options: (nullable): how strict; %NULL for the usual, as of today
 * @error: return location for a [error@Jp.StoreError]
 *
 * Checks a statement line by line. A statement of 1,000 lines takes some 20 ms: on the reader, not
 * on the main thread.
 *
 * Returns: (transfer full): the report, or %NULL with an error
 */
JpSettlementReport *
jp_settlement_repo_read (JpVault                   *vault,
                         const JpId                *statement,
                         const JpSettlementOptions *options,
                         GError                   **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (statement != NULL, NULL);

  g_autoptr (JpSettlementReport) report = g_new0 (JpSettlementReport, 1);
  Pass pass = { .summary = &report->summary };

  pass.rows = report->rows = g_ptr_array_new_with_free_func (row_free);
  report->statement =
    jp_record_table_get (vault->db, vault->key, JP_KIND_STATEMENT, statement, error);
  if (report->statement == NULL)
    {
      jp_vault_translate (error);
      return NULL;
    }
  if (!check_statement (vault, report->statement, options, &pass, error))
    return NULL;
  g_ptr_array_sort (report->rows, compare_rows);
  return jp_dispute_repo_mark (vault, report->rows, error) ? g_steal_pointer (&report) : NULL;
}

/* --- contracts --- */

/**
 * jp_settlement_repo_list_contract:
 * @vault: a vault
 * @contract: id of a contract
 * @options: (nullable): how strict; %NULL for the usual, as of today
 * @error: return location for a [error@Jp.StoreError]
 *
 * Judges all lines of a contract on all statements.
 *
 * Returns: (transfer full) (element-type JpSettlementRow): them in the order of payment, then what
 *   is missing; or %NULL with an error
 */
GPtrArray *
jp_settlement_repo_list_contract (JpVault                   *vault,
                                  const JpId                *contract,
                                  const JpSettlementOptions *options,
                                  GError                   **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (contract != NULL, NULL);

  JpSettlementQuery   query = { .scope = JP_SETTLEMENT_SCOPE_CONTRACT,
                                .id = *contract,
                                .checks_all = TRUE };
  JpSettlementOptions chosen;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  Pass pass = { .rows = rows };

  choose_options (vault, options, &chosen);
  return run (vault, &query, &chosen, &pass, error) && jp_dispute_repo_mark (vault, rows, error)
           ? g_steal_pointer (&rows)
           : NULL;
}

/**
 * jp_settlement_repo_find_covered:
 * @vault: a vault
 * @today: the day
 * @out_until: (out): the last day that a statement covers: of the newest one, or of the one that
 *   should have come by now
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it could be read
 */
gboolean
jp_settlement_repo_find_covered (JpVault *vault, JpDate today, JpDate *out_until, GError **error)
{
  g_autoptr (JpStatement) read =
    jp_db_prepare (vault->db, "SELECT ifnull (max (period_to), 0) FROM statement WHERE deleted = 0",
                   error);
  gboolean row = FALSE;
  JpDate   newest = JP_DATE_NONE;

  if (read == NULL || !jp_statement_step (read, &row, error))
    return jp_vault_translate (error);
  newest = row ? (JpDate)jp_statement_get_integer (read, 0) : JP_DATE_NONE;
  *out_until = MAX (newest, jp_date_add_days (today, -PERIOD_DAYS));
  return TRUE;
}

/**
 * jp_settlement_repo_list_missing:
 * @vault: a vault
 * @options: (nullable): `missing_days`, `due_from` and `due_until` say what counts; %NULL for the
 *   usual, as of today
 * @error: return location for a [error@Jp.StoreError]
 *
 * Lists what was earned and is on no statement, of all contracts that are not over. What was due
 * after the newest statement ended may be on the next one, unless that one is overdue.
 *
 * Returns: (transfer full) (element-type JpSettlementRow): it, the oldest first; or %NULL with an
 *   error
 */
GPtrArray *
jp_settlement_repo_list_missing (JpVault *vault, const JpSettlementOptions *options, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);

  JpSettlementQuery   query = { .scope = JP_SETTLEMENT_SCOPE_OPEN };
  JpSettlementOptions chosen;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  Pass pass = { .rows = rows };

  choose_options (vault, options, &chosen);
  chosen.with_missing = TRUE;
  if (chosen.due_until == JP_DATE_NONE)
    {
      if (!jp_settlement_repo_find_covered (vault, chosen.today, &chosen.due_until, error))
        return NULL;
      chosen.due_until = jp_date_add_days (chosen.due_until, -chosen.missing_days);
    }
  if (!run (vault, &query, &chosen, &pass, error))
    return NULL;
  g_ptr_array_sort (rows, compare_rows);
  return g_steal_pointer (&rows);
}
