/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-print.h"

#include "jp-dispute-paper.h"

#include <glib/gi18n-lib.h>

/* What becomes the letter; the lines point into the report and into @texts. */
typedef struct
{
  JpVault   *vault; /* (borrowed) */
  GArray    *lines; /* (owned) (element-type JpDisputePaperLine) */
  GPtrArray *texts; /* (owned) (element-type GStrv): evidence */
} Letter;

static void
letter_clear (Letter *letter)
{
  g_array_unref (letter->lines);
  g_ptr_array_unref (letter->texts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Letter, letter_clear)

static const JpPolicyStage *
find_stage (JpPolicy *policy, const char *id)
{
  for (guint i = 0; i < jp_policy_get_n_stages (policy); i++)
    if (g_strcmp0 (jp_policy_get_stage (policy, i)->id, id) == 0)
      return jp_policy_get_stage (policy, i);
  return NULL;
}

static void
add_rule (GPtrArray *evidence, const JpFacts *facts, const char *stage_id)
{
  const JpPolicyStage *stage = find_stage (facts->policy, stage_id);

  g_ptr_array_add (evidence,
                   g_strdup_printf (C_ ("paper", "Contract %1$s, SHA-256 %2$s"),
                                    jp_record_get_title (facts->contract),
                                    jp_record_get_text (facts->contract, JP_CONTRACT_TEXT_DIGEST)));
  if (stage != NULL)
    g_ptr_array_add (evidence,
                     g_strdup_printf (C_ ("paper", "Rule “%1$s”: %2$s"),
                                      jp_policy_get_header (facts->policy)->title, stage->clause));
}

/* What the evaluator looked at for the stage, step by step. What was released does not change what
 * is earned, but too much of it is what letters are written about, and no fact the rules accept. */
static void
add_trace (GPtrArray *evidence, JpFacts *facts, const char *stage_id)
{
  g_autoptr (JpPolicyPlan) plan = NULL;

  facts->gather.facts.released_fen = 0;
  plan = jp_policy_plan_new (facts->policy, &facts->gather.facts, NULL);

  for (guint i = 0; plan != NULL && i < plan->steps->len; i++)
    {
      const JpPolicyStep *step = &g_array_index (plan->steps, JpPolicyStep, i);

      if (g_strcmp0 (step->rule, stage_id) == 0)
        g_ptr_array_add (evidence, jp_policy_trace_dup_sentence (step));
    }
}

/* A line of no known contract has no evidence but itself. */
static gboolean
list_evidence (Letter *letter, const JpSettlementRow *row, GStrv *out_evidence, GError **error)
{
  JpDate on = row->paid_on != JP_DATE_NONE ? row->paid_on : jp_vault_today (letter->vault);
  g_autoptr (GPtrArray) evidence = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JpFacts) facts = NULL;
  g_autoptr (GError) reason = NULL;

  if (row->is_known)
    facts = jp_facts_repo_read (letter->vault, &row->contract, on, &reason);
  if (reason != NULL && !g_error_matches (reason, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  if (facts != NULL)
    {
      add_rule (evidence, facts, row->stage_id);
      add_trace (evidence, facts, row->stage_id);
    }
  g_ptr_array_add (evidence, NULL);
  *out_evidence = (GStrv)g_ptr_array_free (g_steal_pointer (&evidence), FALSE);
  return TRUE;
}

static gboolean
add_row (Letter *letter, const JpSettlementRow *row, GError **error)
{
  gboolean           is_judged = row->verdict != JP_SETTLEMENT_UNEXPLAINED;
  GStrv              evidence = NULL;
  JpDisputePaperLine line = {
    .line = { .line_no = (guint)row->line_no,
              .contract_no = row->contract_no,
              .trainee = row->trainee_name,
              .stage = row->stage,
              .paid_on = row->paid_on,
              .amount_fen = row->paid_fen,
              .expected_fen = is_judged ? row->expected_fen : JP_STATEMENT_PAPER_UNKNOWN,
              .verdict = jp_settlement_verdict_get_label (row->verdict),
              .sentence = row->sentence },
  };

  if (!list_evidence (letter, row, &evidence, error))
    return FALSE;
  g_ptr_array_add (letter->texts, evidence);
  line.evidence = (const char *const *)evidence;
  g_array_append_val (letter->lines, line);
  return TRUE;
}

static gboolean
is_wanted (const JpSettlementRow *row, GPtrArray *rows)
{
  if (rows == NULL)
    return !jp_settlement_verdict_is_good (row->verdict);
  for (guint i = 0; i < rows->len; i++)
    if (rows->pdata[i] == row)
      return TRUE;
  return FALSE;
}

static JpPaper *
write_letter (const Letter *letter, JpRecord *school, JpDisputePaper *input, GError **error)
{
  g_autofree char *number = g_strdup_printf ("YY-%s", input->statement_no);

  input->number = number;
  input->credit_code = jp_record_get_text (school, JP_SCHOOL_CREDIT_CODE);
  input->contact = jp_record_get_text (school, JP_SCHOOL_CONTACT);
  input->phone = jp_record_get_text (school, JP_SCHOOL_PHONE);
  input->lines = (const JpDisputePaperLine *)(gpointer)letter->lines->data;
  input->n_lines = letter->lines->len;
  return jp_dispute_paper_new (input, error);
}

/**
 * jp_print_dispute:
 * @vault: a vault, reading will do
 * @report: a statement, checked
 * @rows: (nullable) (element-type JpSettlementRow): those of @report that are contested; %NULL: all
 *   that are wrong, and all that are missing
 * @error: return location for a [error@Jp.StoreError] or [error@Jp.DocumentsError]
 *
 * Returns: (transfer full): a letter to the platform about these lines, each with the rule, the
 *   facts and the arithmetic behind what was expected; or %NULL with an error,
 *   %JP_DOCUMENTS_ERROR_EMPTY if no line is contested
 */
JpPaper *
jp_print_dispute (JpVault *vault, const JpSettlementReport *report, GPtrArray *rows, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (report != NULL, NULL);

  g_auto (Letter) letter = { vault, g_array_new (FALSE, FALSE, sizeof (JpDisputePaperLine)),
                             g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev) };
  JpDisputePaper input = {
    .statement_no = jp_record_get_title (report->statement),
    .from = jp_record_get_date (report->statement, JP_STATEMENT_PERIOD_FROM),
    .to = jp_record_get_date (report->statement, JP_STATEMENT_PERIOD_TO),
  };
  g_autoptr (JpRecord) school = jp_print_read_issue (vault, FALSE, &input.issue, error);

  if (school == NULL)
    return NULL;
  for (guint i = 0; i < report->rows->len; i++)
    if (is_wanted (report->rows->pdata[i], rows) &&
        !add_row (&letter, report->rows->pdata[i], error))
      return NULL;
  if (letter.lines->len > 0)
    return write_letter (&letter, school, &input, error);

  g_set_error_literal (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_EMPTY,
                       "no line of the statement is contested");
  return NULL;
}
