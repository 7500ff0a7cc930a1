/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-line-evidence.h"

#include "jp-money.h"

#include <glib/gi18n-lib.h>

struct _JpLineEvidence
{
  JpRecord       *line;     /* (owned) (nullable) */
  JpFacts        *facts;    /* (owned) (nullable): contract, policy and what is known on that day */
  JpPolicyPlan   *plan;     /* (owned) (nullable) */
  GPtrArray      *lines;    /* (owned) (nullable) (element-type JpSettlementRow): of the contract */
  JpRecord       *dispute;  /* (owned) (nullable) */
  JpLineTraining *training; /* (owned) (nullable): of a known contract */
};

/**
 * jp_line_evidence_free:
 * @self: (nullable) (transfer full): evidence
 */
void
jp_line_evidence_free (JpLineEvidence *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->line, jp_record_unref);
  g_clear_pointer (&self->plan, jp_policy_plan_free);
  g_clear_pointer (&self->facts, jp_facts_repo_free);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->dispute, jp_record_unref);
  g_clear_pointer (&self->training, jp_line_training_free);
  g_free (self);
}

/* A contract whose rules are not known here still has lines. */
static gboolean
read_plan (JpVault *vault, JpLineEvidence *self, const JpLineQuestion *question, GError **error)
{
  g_autoptr (GError) reason = NULL;
  JpDate on = question->paid_on != JP_DATE_NONE ? question->paid_on : jp_vault_today (vault);

  self->facts = jp_facts_repo_read (vault, &question->contract, on, &reason);
  if (self->facts != NULL)
    self->plan = jp_policy_plan_new (self->facts->policy, &self->facts->gather.facts, &reason);
  if (self->plan != NULL || g_error_matches (reason, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND) ||
      g_error_matches (reason, JP_STORE_ERROR, JP_STORE_ERROR_CORRUPT) || self->facts != NULL)
    {
      if (reason != NULL)
        g_message ("%s", reason->message);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

static gboolean
read_record (JpVault *vault, JpKind kind, const JpId *id, JpRecord **out_record, GError **error)
{
  if (jp_id_is_none (id))
    return TRUE;
  *out_record = jp_record_table_get (vault->db, vault->key, kind, id, error);
  return *out_record != NULL || jp_vault_translate (error);
}

static const JpPolicyStage *
find_rule (JpLineEvidence *self, const char *stage_id)
{
  for (guint i = 0; i < jp_policy_get_n_stages (self->facts->policy); i++)
    if (g_strcmp0 (jp_policy_get_stage (self->facts->policy, i)->id, stage_id) == 0)
      return jp_policy_get_stage (self->facts->policy, i);
  return NULL;
}

static gboolean
read_training (JpVault *vault, JpLineEvidence *self, const char *stage_id, GError **error)
{
  if (self->facts == NULL)
    return TRUE;
  self->training =
    jp_line_training_read (vault, self->facts->contract, find_rule (self, stage_id), error);
  return self->training != NULL;
}

/**
 * jp_line_evidence_read:
 * @vault: a vault
 * @question: what is asked for
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): the evidence, as far as it is here, or %NULL with an error
 */
JpLineEvidence *
jp_line_evidence_read (JpVault *vault, const JpLineQuestion *question, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (question != NULL, NULL);

  g_autoptr (JpLineEvidence) self = g_new0 (JpLineEvidence, 1);

  if (!read_record (vault, JP_KIND_STATEMENT_LINE, &question->line, &self->line, error) ||
      !read_record (vault, JP_KIND_DISPUTE, &question->dispute, &self->dispute, error))
    return NULL;
  if (jp_id_is_none (&question->contract))
    return g_steal_pointer (&self);

  self->lines = jp_settlement_repo_list_contract (vault, &question->contract, NULL, error);
  if (self->lines == NULL || !read_plan (vault, self, question, error) ||
      !read_training (vault, self, question->stage_id, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * jp_line_evidence_get_dispute:
 * @self: evidence
 *
 * Returns: (transfer none) (nullable): the newest dispute of the line
 */
JpRecord *
jp_line_evidence_get_dispute (JpLineEvidence *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->dispute;
}

/**
 * jp_line_evidence_get_training:
 * @self: evidence
 *
 * Returns: (transfer none) (nullable): the sessions and exams that count for it
 */
JpLineTraining *
jp_line_evidence_get_training (JpLineEvidence *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->training;
}

/* --- words --- */

static void
add (JpTimeline *timeline, const char *title, const char *detail, JpTint tint)
{
  JpTimelineEntry entry = { NULL, title, detail, tint, NULL };

  jp_timeline_add (timeline, &entry);
}

static void
add_contract (JpLineEvidence *self, const JpSettlementRow *row, JpTimeline *timeline)
{
  g_autofree char *title = NULL;
  g_autofree char *price = NULL;
  g_autofree char *signed_on = NULL;
  g_autofree char *detail = NULL;
  JpRecord        *contract = self->facts != NULL ? self->facts->contract : NULL;

  if (!row->is_known)
    {
      add (timeline, _ ("Contract"), _ ("This contract is not known here."), JP_TINT_BAD);
      return;
    }
  title = g_strdup_printf (_ ("Contract %s"), row->contract_no);
  if (contract != NULL && jp_record_has (contract, JP_CONTRACT_SIGNED_AT))
    signed_on = jp_date_to_iso (
      jp_date_from_instant (jp_record_get_integer (contract, JP_CONTRACT_SIGNED_AT)));
  if (contract != NULL)
    price = jp_money_format (jp_record_get_integer (contract, JP_CONTRACT_PRICE));
  if (signed_on != NULL)
    /* Translators: day of signature, price. */
    detail = g_strdup_printf (_ ("Signed by both on %1$s, %2$s"), signed_on, price);
  add (timeline, title, detail != NULL ? detail : price, JP_TINT_OK);
}

static const JpPolicyStageResult *
find_stage (JpLineEvidence *self, const char *stage_id)
{
  for (guint i = 0; self->plan != NULL && i < self->plan->n_stages; i++)
    if (g_strcmp0 (self->plan->stages[i].stage->id, stage_id) == 0)
      return &self->plan->stages[i];

  return NULL;
}

static void
add_rule (JpLineEvidence *self, const JpPolicyStageResult *stage, JpTimeline *timeline)
{
  g_autofree char *title = NULL;

  if (self->facts == NULL)
    {
      add (timeline, _ ("Rule"),
           _ ("The version of the rules that the contract froze is not known here."), JP_TINT_WARN);
      return;
    }
  title = g_strdup_printf (_ ("Rule: %s"), jp_policy_get_header (self->facts->policy)->title);
  add (timeline, title, stage != NULL ? stage->stage->title : NULL,
       stage != NULL ? JP_TINT_OK : JP_TINT_WARN);
}

static void
add_steps (JpLineEvidence *self, const JpPolicyStageResult *stage, JpTimeline *timeline)
{
  g_autoptr (GString) steps = g_string_new (NULL);

  for (guint i = 0; i < self->plan->steps->len; i++)
    {
      const JpPolicyStep *step = &g_array_index (self->plan->steps, JpPolicyStep, i);
      g_autofree char    *sentence = NULL;

      if (g_strcmp0 (step->rule, stage->stage->id) != 0)
        continue;
      sentence = jp_policy_trace_dup_sentence (step);
      if (steps->len > 0)
        g_string_append_c (steps, '\n');
      g_string_append (steps, sentence);
    }
  if (steps->len > 0)
    add (timeline, _ ("What it rests on"), steps->str,
         stage->state == JP_POLICY_STAGE_EARNED ? JP_TINT_OK : JP_TINT_WARN);
}

static void
add_earlier (JpLineEvidence *self, const JpSettlementRow *row, JpTimeline *timeline)
{
  g_autoptr (GString) earlier = g_string_new (NULL);

  for (guint i = 0; self->lines != NULL && i < self->lines->len; i++)
    {
      const JpSettlementRow *other = self->lines->pdata[i];
      g_autofree char       *date = NULL;
      g_autofree char       *amount = NULL;

      if (jp_id_is_none (&other->line) || jp_id_equal (&other->line, &row->line) ||
          (row->paid_on != JP_DATE_NONE && other->paid_on > row->paid_on))
        continue;
      date = jp_date_to_iso (other->paid_on);
      amount = jp_money_format (other->paid_fen);
      if (earlier->len > 0)
        g_string_append_c (earlier, '\n');
      /* Translators: day, stage, amount of an earlier payment. */
      g_string_append_printf (earlier, C_ ("payment", "%1$s %2$s %3$s"), date, other->stage,
                              amount);
    }
  add (timeline, _ ("Released before"), earlier->len > 0 ? earlier->str : _ ("Nothing"),
       JP_TINT_OK);
}

static void
add_amounts (JpLineEvidence *self, const JpSettlementRow *row, JpTint tint, JpTimeline *timeline)
{
  g_autofree char *expected = jp_money_format (row->expected_fen);
  g_autofree char *paid = jp_money_format (row->paid_fen);
  g_autofree char *due = row->due_on != JP_DATE_NONE ? jp_date_to_iso (row->due_on) : NULL;
  g_autofree char *expected_more =
    due != NULL ? g_strdup_printf (_ ("%1$s, due on %2$s"), expected, due) : g_strdup (expected);
  g_autofree char *paid_more = NULL;
  const char      *reference =
    self->line != NULL ? jp_record_get_text (self->line, JP_STATEMENT_LINE_BANK_REFERENCE) : NULL;

  if (reference != NULL)
    /* Translators: amount, reference of the bank. */
    paid_more = g_strdup_printf (_ ("%1$s, bank reference %2$s"), paid, reference);
  add (timeline, C_ ("settlement", "Expected"), expected_more, JP_TINT_OK);
  add (timeline, C_ ("settlement", "Paid"), paid_more != NULL ? paid_more : paid, tint);
}

/**
 * jp_line_evidence_fill:
 * @self: the evidence
 * @row: the judgement of the same line
 * @tint: of its verdict
 * @timeline: where it goes
 *
 * Says the evidence in words, in the order in which one asks: contract, rule, what happened, what
 * was released before, what is due, what was paid.
 */
void
jp_line_evidence_fill (JpLineEvidence        *self,
                       const JpSettlementRow *row,
                       JpTint                 tint,
                       JpTimeline            *timeline)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (row != NULL);
  g_return_if_fail (JP_IS_TIMELINE (timeline));

  const JpPolicyStageResult *stage = find_stage (self, row->stage_id);

  jp_timeline_clear (timeline);
  add_contract (self, row, timeline);
  if (row->is_known)
    {
      add_rule (self, stage, timeline);
      if (stage != NULL)
        add_steps (self, stage, timeline);
      add_earlier (self, row, timeline);
    }
  add_amounts (self, row, tint, timeline);
}
