/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-print.h"

#include "jp-codes.h"
#include "jp-commit.h"
#include "jp-contract-paper.h"
#include "jp-enrolment-paper.h"
#include "jp-lookup.h"
#include "jp-poster-paper.h"
#include "jp-query.h"
#include "jp-refund-paper.h"
#include "jp-settlement-repo.h"
#include "jp-statement-paper.h"

#include <glib/gi18n-lib.h>

/**
 * jp_print_may:
 * @kind: a kind of record
 *
 * Returns: whether there is a document of it
 */
gboolean
jp_print_may (JpKind kind)
{
  return kind == JP_KIND_CONTRACT || kind == JP_KIND_TRAINEE || kind == JP_KIND_CLASS_TIER ||
         kind == JP_KIND_STATEMENT;
}

/**
 * jp_print_needs_row:
 * @kind: a kind that can be printed
 *
 * Returns: whether the document is about one record; else about all that hold
 */
gboolean
jp_print_needs_row (JpKind kind)
{
  return kind != JP_KIND_CLASS_TIER;
}

/**
 * jp_print_can_mask:
 * @kind: a kind that can be printed
 *
 * Returns: whether the document has numbers that are masked unless they are revealed
 */
gboolean
jp_print_can_mask (JpKind kind)
{
  return kind == JP_KIND_CONTRACT || kind == JP_KIND_TRAINEE;
}

/**
 * jp_print_dup_name:
 * @kind: a kind that can be printed
 * @record: (nullable): the record
 * @on: the day
 *
 * Returns: (transfer full): a name for the file, with its `.pdf`
 */
char *
jp_print_dup_name (JpKind kind, JpRecord *record, JpDate on)
{
  g_autofree char *day = jp_date_to_iso (on);
  g_autofree char *what = NULL;

  if (record == NULL || kind == JP_KIND_CLASS_TIER)
    what = g_strdup (C_ ("paper", "Public price list"));
  else
    what = g_strdup_printf ("%s-%s", jp_kind_get_label (kind), jp_record_get_title (record));
  g_strdelimit (what, "/\\:*?\"<>|", '-');
  return g_strdup_printf ("%s-%s.pdf", what, day);
}

/**
 * jp_print_read_issue:
 * @vault: a vault
 * @reveal: ID and phone numbers in clear
 * @out_issue: (out caller-allocates): what papers say of who has made them; the name belongs to the
 *   record that is returned
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): the school's own record, or %NULL with an error
 */
JpRecord *
jp_print_read_issue (JpVault *vault, gboolean reveal, JpPaperIssue *out_issue, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (out_issue != NULL, NULL);

  g_autofree char *demo = NULL;
  g_autoptr (JpRecord) school =
    jp_record_table_get (vault->db, vault->key, JP_KIND_SCHOOL, &vault->school, error);

  if (school == NULL)
    {
      jp_vault_translate (error);
      return NULL;
    }
  if (!jp_vault_get_setting (vault, JP_SETTING_DEMO, &demo, error))
    return NULL;

  *out_issue = (JpPaperIssue){ .school = jp_record_get_text (school, JP_SCHOOL_NAME),
                               .issued_at_us = jp_vault_now_us (vault),
                               .is_practice = g_strcmp0 (demo, "1") == 0,
                               .reveal = reveal };
  return g_steal_pointer (&school);
}

/**
 * jp_print_audit:
 * @vault: a writing vault without an open transaction
 * @kind: kind of what is printed
 * @id: (nullable): the record, %NULL for several
 * @reveal: ID and phone numbers are in clear
 * @actor: who prints
 * @error: return location for a [error@Jp.StoreError]
 *
 * Notes in the audit who prints what, before it happens: "reveal" if sensitive fields are in clear,
 * else "print".
 *
 * Returns: whether it is written
 */
gboolean
jp_print_audit (JpVault    *vault,
                JpKind      kind,
                const JpId *id,
                gboolean    reveal,
                const char *actor,
                GError    **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);

  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (!jp_db_begin_write (vault->db, &transaction, error) ||
      !jp_commit_audit (vault, actor, reveal ? "reveal" : "print", kind, id, "pdf", error) ||
      !jp_transaction_commit (&transaction, error))
    return jp_vault_translate (error);
  return TRUE;
}

static JpRecord *
read_record (JpVault *vault, JpKind kind, const JpId *id, GError **error)
{
  JpRecord *record = jp_record_table_get (vault->db, vault->key, kind, id, error);

  if (record == NULL)
    jp_vault_translate (error);
  return record;
}

/* What the rules say of the stages; nothing if they are not known or not complete. */
static JpPolicyPlan *
make_plan (const JpFacts *facts)
{
  return facts != NULL ? jp_policy_plan_new (facts->policy, &facts->gather.facts, NULL) : NULL;
}

/* A contract can be printed without its rules: the platform may not have sent them yet. */
static gboolean
read_facts (JpVault *vault, const JpId *contract, JpFacts **out_facts, GError **error)
{
  g_autoptr (GError) reason = NULL;

  *out_facts = jp_facts_repo_read (vault, contract, jp_vault_today (vault), &reason);
  if (*out_facts != NULL || g_error_matches (reason, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

/**
 * jp_print_contract:
 * @vault: a vault, reading will do
 * @contract: a contract
 * @reveal: ID and phone numbers in clear
 * @error: return location for a [error@Jp.StoreError] or [error@Jp.DocumentsError]
 *
 * Returns: (transfer full): the contract with its page in plain words, or %NULL with an error
 */
JpPaper *
jp_print_contract (JpVault *vault, const JpId *contract, gboolean reveal, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (contract != NULL, NULL);

  JpContractPaper input = { 0 };
  g_autoptr (JpRecord) school = jp_print_read_issue (vault, reveal, &input.issue, error);
  g_autoptr (JpRecord) record = NULL;
  g_autoptr (JpRecord) trainee = NULL;
  g_autoptr (JpRecord) tier = NULL;
  g_autoptr (JpFacts) facts = NULL;
  g_autoptr (JpPolicyPlan) plan = NULL;

  record = school != NULL ? read_record (vault, JP_KIND_CONTRACT, contract, error) : NULL;
  if (record == NULL)
    return NULL;
  trainee =
    read_record (vault, JP_KIND_TRAINEE, jp_record_get_ref (record, JP_CONTRACT_TRAINEE), error);
  if (trainee == NULL || !read_facts (vault, contract, &facts, error))
    return NULL;
  tier = jp_facts_repo_read_tier (record, error);
  if (tier == NULL)
    return NULL;

  plan = make_plan (facts);
  input.contract = record;
  input.trainee = trainee;
  input.tier = jp_record_get_text (tier, JP_CLASS_TIER_NAME);
  input.plan = plan;
  input.policy = facts != NULL ? facts->policy : NULL;
  input.curriculum = facts != NULL ? facts->curriculum : NULL;
  return jp_contract_paper_new (&input, error);
}

/* The contract that counts: the latest that is not void. */
static gboolean
find_contract_no (JpVault *vault, const JpId *trainee, char **out_number, GError **error)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_CONTRACT);
  g_autoptr (GPtrArray) contracts = NULL;

  jp_query_where_ref (query, JP_CONTRACT_TRAINEE, trainee);
  jp_query_where_code (query, JP_CONTRACT_STATUS, JP_QUERY_NOT_EQUAL, JP_CONTRACT_STATUS_CANCELLED);
  jp_query_set_order (query, JP_CONTRACT_DRAFTED_ON, TRUE);
  contracts = jp_query_fetch_all (vault, query, error);
  if (contracts == NULL)
    return FALSE;
  if (contracts->len > 0)
    *out_number = g_strdup (jp_record_get_title (contracts->pdata[0]));
  return TRUE;
}

/**
 * jp_print_trainee:
 * @vault: a vault, reading will do
 * @trainee: a trainee
 * @reveal: ID and phone numbers in clear
 * @error: return location for a [error@Jp.StoreError] or [error@Jp.DocumentsError]
 *
 * Returns: (transfer full): the enrolment form of the trainee, or %NULL with an error
 */
JpPaper *
jp_print_trainee (JpVault *vault, const JpId *trainee, gboolean reveal, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (trainee != NULL, NULL);

  JpEnrolmentPaper input = { 0 };
  g_autoptr (JpRecord) school = jp_print_read_issue (vault, reveal, &input.issue, error);
  g_autoptr (JpRecord) record = NULL;
  g_autoptr (JpRecord) tier = NULL;
  g_autofree char *coach = NULL;
  g_autofree char *contract_no = NULL;

  record = school != NULL ? read_record (vault, JP_KIND_TRAINEE, trainee, error) : NULL;
  if (record == NULL || !find_contract_no (vault, trainee, &contract_no, error))
    return NULL;
  if (jp_record_has (record, JP_TRAINEE_COACH) &&
      !jp_lookup_title (vault, JP_KIND_COACH, jp_record_get_ref (record, JP_TRAINEE_COACH), &coach,
                        error))
    return NULL;

  /* ignored: the first sync may bring a trainee before the tier */
  if (jp_record_has (record, JP_TRAINEE_CLASS_TIER))
    tier = jp_record_table_find (vault->db, vault->key, JP_KIND_CLASS_TIER,
                                 jp_record_get_ref (record, JP_TRAINEE_CLASS_TIER), NULL);
  input.trainee = record;
  input.tier = tier;
  input.coach = coach;
  input.contract_no = contract_no;
  input.school_phone = jp_record_get_text (school, JP_SCHOOL_PHONE);
  return jp_enrolment_paper_new (&input, error);
}

/* On sale today, by licence type and name. */
static GPtrArray *
read_tiers_on_sale (JpVault *vault, GError **error)
{
  JpDate today = jp_vault_today (vault);
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_CLASS_TIER);
  g_autoptr (GPtrArray) all = NULL;
  GPtrArray *tiers = NULL;

  jp_query_where_code (query, JP_CLASS_TIER_STATUS, JP_QUERY_EQUAL, JP_TIER_STATUS_PUBLISHED);
  jp_query_set_order (query, JP_CLASS_TIER_LICENCE_TYPE, FALSE);
  all = jp_query_fetch_all (vault, query, error);
  if (all == NULL)
    return NULL;

  tiers = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
  for (guint i = 0; i < all->len; i++)
    {
      JpRecord *tier = all->pdata[i];
      JpDate    until = jp_record_get_date (tier, JP_CLASS_TIER_VALID_UNTIL);

      if (jp_record_get_date (tier, JP_CLASS_TIER_VALID_FROM) <= today &&
          (until == JP_DATE_NONE || until >= today))
        g_ptr_array_add (tiers, jp_record_ref (tier));
    }
  return tiers;
}

/**
 * jp_print_tiers:
 * @vault: a vault, reading will do
 * @tiers: (nullable) (element-type JpRecord): class tiers; %NULL: all that are on sale today
 * @error: return location for a [error@Jp.StoreError] or [error@Jp.DocumentsError]
 *
 * Returns: (transfer full): the price list to hang up, or %NULL with an error
 */
JpPaper *
jp_print_tiers (JpVault *vault, GPtrArray *tiers, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);

  JpPosterPaper input = { 0 };
  g_autoptr (JpRecord) school = jp_print_read_issue (vault, FALSE, &input.issue, error);
  g_autoptr (GPtrArray) shown = NULL;

  if (school == NULL)
    return NULL;
  shown = tiers != NULL ? g_ptr_array_ref (tiers) : read_tiers_on_sale (vault, error);
  if (shown == NULL)
    return NULL;

  input.school = school;
  input.tiers = (JpRecord *const *)shown->pdata;
  input.n_tiers = shown->len;
  return jp_poster_paper_new (&input, error);
}

static void
fill_line (JpStatementPaperLine *line, const JpSettlementRow *row)
{
  gboolean is_judged = row->verdict != JP_SETTLEMENT_UNEXPLAINED;

  *line = (JpStatementPaperLine){
    .line_no = (guint)row->line_no,
    .contract_no = row->contract_no,
    .trainee = row->trainee_name,
    .stage = row->stage,
    .paid_on = row->paid_on,
    .amount_fen = row->paid_fen,
    .expected_fen = is_judged ? row->expected_fen : JP_STATEMENT_PAPER_UNKNOWN,
    .verdict = jp_settlement_verdict_get_label (row->verdict),
    .sentence = row->sentence,
  };
}

static gint64
read_balance (JpRecord *statement, JpFieldId field)
{
  return jp_record_has (statement, field) ? jp_record_get_integer (statement, field)
                                          : JP_STATEMENT_PAPER_UNKNOWN;
}

static JpPaper *
print_lines (JpStatementPaper *input, const JpSettlementReport *report, GError **error)
{
  JpRecord                        *statement = report->statement;
  GPtrArray                       *rows = report->rows;
  g_autofree JpStatementPaperLine *lines = g_new0 (JpStatementPaperLine, MAX (rows->len, 1));

  for (guint i = 0; i < rows->len; i++)
    fill_line (&lines[i], rows->pdata[i]);
  input->number = jp_record_get_text (statement, JP_STATEMENT_NUMBER);
  input->from = jp_record_get_date (statement, JP_STATEMENT_PERIOD_FROM);
  input->to = jp_record_get_date (statement, JP_STATEMENT_PERIOD_TO);
  input->issued_on =
    jp_date_from_instant (jp_record_get_integer (statement, JP_STATEMENT_ISSUED_AT));
  input->total_fen = jp_record_get_integer (statement, JP_STATEMENT_TOTAL);
  input->opening_fen = read_balance (statement, JP_STATEMENT_OPENING);
  input->closing_fen = read_balance (statement, JP_STATEMENT_CLOSING);
  input->residual_fen = report->summary.residual_fen;
  input->lines = lines;
  input->n_lines = rows->len;
  return jp_statement_paper_new (input, error);
}

/**
 * jp_print_statement:
 * @vault: a vault, reading will do
 * @statement: a settlement statement
 * @error: return location for a [error@Jp.StoreError] or [error@Jp.DocumentsError]
 *
 * Returns: (transfer full): the statement, each line with its verdict, or %NULL with an error
 */
JpPaper *
jp_print_statement (JpVault *vault, const JpId *statement, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (statement != NULL, NULL);

  JpStatementPaper input = { 0 };
  g_autoptr (JpRecord) school = jp_print_read_issue (vault, FALSE, &input.issue, error);
  g_autoptr (JpSettlementReport) report = NULL;
  g_auto (GStrv) remarks = NULL;

  report = school != NULL ? jp_settlement_repo_read (vault, statement, NULL, error) : NULL;
  if (report == NULL)
    return NULL;
  remarks = jp_settlement_summary_dup_sentences (&report->summary);
  input.remarks = (const char *const *)remarks;
  return print_lines (&input, report, error);
}

/**
 * jp_print_refund:
 * @vault: a vault, reading will do
 * @sheet: what was computed
 * @reveal: ID and phone numbers in clear
 * @error: return location for a [error@Jp.StoreError] or [error@Jp.DocumentsError]
 *
 * Returns: (transfer full): what would come back, whoever is at fault, or %NULL with an error
 */
JpPaper *
jp_print_refund (JpVault *vault, const JpRefundSheet *sheet, gboolean reveal, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (sheet != NULL, NULL);

  JpRefundPaper input = { 0 };
  JpRecord     *contract = sheet->facts->contract;
  g_autoptr (JpRecord) school = jp_print_read_issue (vault, reveal, &input.issue, error);
  g_autoptr (JpRecord) trainee = NULL;
  g_autofree char *id_number = NULL;

  if (school == NULL)
    return NULL;
  trainee =
    read_record (vault, JP_KIND_TRAINEE, jp_record_get_ref (contract, JP_CONTRACT_TRAINEE), error);
  if (trainee == NULL)
    return NULL;

  id_number = jp_record_dup_display (trainee, JP_TRAINEE_ID_NUMBER, reveal);
  input.trainee = sheet->trainee;
  input.id_number = id_number;
  input.contract_no = jp_record_get_title (contract);
  input.tier = sheet->tier;
  input.facts = &sheet->facts->gather.facts;
  input.pending_minutes = sheet->facts->gather.pending_minutes;
  input.by_trainee = sheet->results[JP_FAULT_TRAINEE];
  input.by_school = sheet->results[JP_FAULT_SCHOOL];
  return jp_refund_paper_new (&input, error);
}

static JpPaper *
print_tier (JpVault *vault, const JpId *id, GError **error)
{
  g_autoptr (GPtrArray) tiers = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
  JpRecord *tier = NULL;

  if (id == NULL)
    return jp_print_tiers (vault, NULL, error);
  tier = read_record (vault, JP_KIND_CLASS_TIER, id, error);
  if (tier == NULL)
    return NULL;
  g_ptr_array_add (tiers, tier);
  return jp_print_tiers (vault, tiers, error);
}

/**
 * jp_print_record:
 * @vault: a vault, reading will do
 * @kind: a kind that jp_print_may() print
 * @id: (nullable): the record; %NULL where the kind needs none: all that hold
 * @reveal: ID and phone numbers in clear
 * @error: return location for a [error@Jp.StoreError] or [error@Jp.DocumentsError]
 *
 * Returns: (transfer full): the document of a record, or %NULL with an error
 */
JpPaper *
jp_print_record (JpVault *vault, JpKind kind, const JpId *id, gboolean reveal, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (jp_print_may (kind), NULL);
  g_return_val_if_fail (id != NULL || !jp_print_needs_row (kind), NULL);

  if (kind == JP_KIND_CONTRACT)
    return jp_print_contract (vault, id, reveal, error);
  if (kind == JP_KIND_TRAINEE)
    return jp_print_trainee (vault, id, reveal, error);
  if (kind == JP_KIND_STATEMENT)
    return jp_print_statement (vault, id, error);
  return print_tier (vault, id, error);
}
