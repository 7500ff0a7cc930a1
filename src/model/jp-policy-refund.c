/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-model-error.h"
#include "jp-money.h"
#include "jp-policy-private.h"

static gboolean
fail_missing (GError **error, const char *what, const char *id)
{
  g_set_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_MISSING, what, id);

  return FALSE;
}

static gboolean
need_fee (const JpPolicyFacts *facts, const char *id, gint64 *out_fen, GError **error)
{
  if (jp_policy_facts_get_fee (facts, id, out_fen))
    return TRUE;

  return fail_missing (error, "the contract does not say its fee \"%s\"", id);
}

static void
add_line (JpPolicyRefund  *refund,
          const char      *id,
          const char      *title,
          const char      *clause,
          gint64           amount_fen,
          JpDataConfidence confidence)
{
  JpPolicyRefundLine line = { id, title, clause, amount_fen, confidence };

  g_array_append_val (refund->lines, line);
  refund->deducted_fen += amount_fen;
}

static gboolean
charge_hours (JpPolicyRefund      *refund,
              const JpPolicyFacts *facts,
              const JpPolicyItem  *item,
              gint64              *out_fen,
              GError             **error)
{
  gint64 rate_fen = item->rate_fen;
  gint64 minutes = 0;

  for (guint i = 0; i < item->n_rates; i++)
    {
      if (g_strv_contains ((const char *const *)item->rates[i].licence_types, facts->licence_type))
        rate_fen = item->rates[i].rate_fen;
    }

  if (rate_fen == JP_POLICY_UNKNOWN)
    return fail_missing (error, "there is no price of an hour for licence type \"%s\"",
                         facts->licence_type);

  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    {
      const JpPolicyPartFacts *training = &facts->parts[part];

      if ((item->parts & (1u << part)) != 0)
        minutes += item->by_used_minutes ? MAX (training->used_minutes, training->reviewed_minutes)
                                         : training->reviewed_minutes;
    }

  *out_fen = jp_policy_multiply (rate_fen, minutes, 60);
  JP_POLICY_STEP (refund->steps, JP_POLICY_OP_HOURS, item, *out_fen, rate_fen, minutes);

  return TRUE;
}

static gboolean
charge_stages (JpPolicyRefund      *refund,
               const JpPolicyFacts *facts,
               const JpPolicyItem  *item,
               gint64              *out_fen,
               GError             **error)
{
  gboolean is_used = item->charge == JP_POLICY_CHARGE_USED;
  g_autoptr (JpPolicyPlan) plan = jp_policy_plan_new (refund->policy, facts, error);
  gint64 sum_fen = 0;

  if (plan == NULL)
    return FALSE;

  g_array_append_vals (refund->steps, plan->steps->data, plan->steps->len);

  for (guint i = 0; i < plan->n_stages; i++)
    {
      const JpPolicyStageResult *result = &plan->stages[i];

      if (is_used && result->used_fen == JP_POLICY_UNKNOWN)
        return fail_missing (error,
                             "stage \"%s\": the hours that the curriculum asks for are not known",
                             result->stage->id);

      sum_fen += is_used ? result->used_fen : result->earned_fen;
    }

  JP_POLICY_STEP (refund->steps, is_used ? JP_POLICY_OP_USED : JP_POLICY_OP_EARNED, item, sum_fen,
                  sum_fen);
  *out_fen = sum_fen;

  return TRUE;
}

static gboolean
charge_penalty (JpPolicyRefund      *refund,
                const JpPolicyFacts *facts,
                const JpPolicyItem  *item,
                gint64              *out_fen,
                GError             **error)
{
  gint64 base_fen = 0;

  if ((item->faults & (1u << facts->fault)) == 0)
    {
      JP_POLICY_STEP (refund->steps, JP_POLICY_OP_NOT_AT_FAULT, item, 0, (gint64)facts->fault);
      *out_fen = 0;
      return TRUE;
    }

  switch (item->base)
    {
    case JP_POLICY_PENALTY_OF_PRICE:
      base_fen = facts->price_fen;
      break;
    case JP_POLICY_PENALTY_OF_FEE:
      if (!need_fee (facts, item->fee, &base_fen, error))
        return FALSE;
      break;
    case JP_POLICY_PENALTY_OF_PAID:
      base_fen = facts->paid_fen;
      break;
    case JP_POLICY_PENALTY_OF_UNUSED:
    default:
      base_fen = MAX (facts->price_fen - refund->deducted_fen, 0);
      break;
    }

  *out_fen = jp_policy_multiply (base_fen, item->share_bp, JP_BASIS_POINTS_ALL);
  JP_POLICY_STEP (refund->steps, JP_POLICY_OP_PENALTY, item, *out_fen, base_fen, item->share_bp);

  return TRUE;
}

static gboolean
charge_fee (JpPolicyRefund      *refund,
            const JpPolicyFacts *facts,
            const JpPolicyItem  *item,
            gint64              *out_fen,
            GError             **error)
{
  gint64 amount_fen = 0;

  if (!jp_policy_facts_get_fee (facts, item->fee, &amount_fen) && !item->is_optional)
    return need_fee (facts, item->fee, out_fen, error);

  JP_POLICY_STEP (refund->steps, JP_POLICY_OP_FEE, item, amount_fen, amount_fen);
  *out_fen = amount_fen;

  return TRUE;
}

static void
charge_exam (JpPolicyRefund      *refund,
             const JpPolicyFacts *facts,
             const JpPolicyItem  *item,
             gint64              *out_fen)
{
  int n_attempts = facts->exams[item->subject].n_attempts;

  *out_fen = n_attempts > 0 ? item->amount_fen + item->again_fen * (n_attempts - 1) : 0;
  JP_POLICY_STEP (refund->steps, JP_POLICY_OP_EXAM_FEES, item, *out_fen, item->amount_fen,
                  item->again_fen, n_attempts);
}

static gboolean
charge (JpPolicyRefund      *refund,
        const JpPolicyFacts *facts,
        const JpPolicyItem  *item,
        gint64              *out_fen,
        GError             **error)
{
  switch (item->charge)
    {
    case JP_POLICY_CHARGE_FIXED:
      *out_fen = item->amount_fen;
      JP_POLICY_STEP (refund->steps, JP_POLICY_OP_FIXED, item, *out_fen, item->amount_fen);
      return TRUE;
    case JP_POLICY_CHARGE_FEE:
      return charge_fee (refund, facts, item, out_fen, error);
    case JP_POLICY_CHARGE_SHARE:
      *out_fen = jp_policy_multiply (facts->price_fen, item->share_bp, JP_BASIS_POINTS_ALL);
      JP_POLICY_STEP (refund->steps, JP_POLICY_OP_SHARE, item, *out_fen, facts->price_fen,
                      item->share_bp);
      return TRUE;
    case JP_POLICY_CHARGE_EXAM:
      charge_exam (refund, facts, item, out_fen);
      return TRUE;
    case JP_POLICY_CHARGE_HOURS:
      return charge_hours (refund, facts, item, out_fen, error);
    case JP_POLICY_CHARGE_EARNED:
    case JP_POLICY_CHARGE_USED:
      return charge_stages (refund, facts, item, out_fen, error);
    case JP_POLICY_CHARGE_PENALTY:
      return charge_penalty (refund, facts, item, out_fen, error);
    case JP_POLICY_CHARGE_UNKNOWN:
    default:
      return fail_missing (error, "nobody has said how much \"%s\" is", item->id);
    }
}

static gboolean
apply_cap (JpPolicyRefund      *refund,
           const JpPolicyFacts *facts,
           const JpPolicyItem  *item,
           gint64              *amount_fen,
           GError             **error)
{
  gint64 cap_fen = item->cap_fen;

  if (item->cap_bp != JP_POLICY_UNKNOWN)
    cap_fen = jp_policy_multiply (facts->price_fen, item->cap_bp, JP_BASIS_POINTS_ALL);
  if (item->cap_fee != NULL && !need_fee (facts, item->cap_fee, &cap_fen, error))
    return FALSE;

  if (cap_fen != JP_POLICY_UNKNOWN && *amount_fen > cap_fen)
    {
      JP_POLICY_STEP (refund->steps, JP_POLICY_OP_CAP, item, cap_fen, *amount_fen, cap_fen);
      *amount_fen = cap_fen;
    }

  return TRUE;
}

static gboolean
add_item (JpPolicyRefund      *refund,
          const JpPolicyFacts *facts,
          const JpPolicyItem  *item,
          GError             **error)
{
  gboolean is_met = FALSE;
  gint64   amount_fen = 0;

  if (!jp_policy_facts_meet (facts, item->conditions, &is_met, error))
    return FALSE;

  if (!is_met)
    JP_POLICY_STEP (refund->steps, JP_POLICY_OP_NOT_MET, item, 0, 0);
  else if (!charge (refund, facts, item, &amount_fen, error) ||
           !apply_cap (refund, facts, item, &amount_fen, error))
    return FALSE;

  if (is_met && item->has_until && !jp_policy_facts_happened (facts, facts->events[item->until]))
    {
      gint64 before_fen = jp_policy_multiply (amount_fen, item->before_bp, JP_BASIS_POINTS_ALL);

      JP_POLICY_STEP (refund->steps, JP_POLICY_OP_BEFORE, item, before_fen, amount_fen,
                      (gint64)item->until, item->before_bp);
      amount_fen = before_fen;
    }

  add_line (refund, item->id, item->title, item->clause, amount_fen, item->confidence);

  return TRUE;
}

/* The sum of the items has two bounds, each with a line of its own, so that lines add up. */
static void
limit_sum (JpPolicyRefund *refund, const JpPolicyFacts *facts)
{
  JpPolicy *policy = refund->policy;
  gint64    deducted_fen = refund->deducted_fen;

  if (policy->total_cap_bp != JP_POLICY_UNKNOWN)
    {
      gint64 cap_fen =
        jp_policy_multiply (facts->price_fen, policy->total_cap_bp, JP_BASIS_POINTS_ALL);

      if (deducted_fen > cap_fen)
        {
          jp_policy_trace_add (refund->steps, JP_POLICY_OP_TOTAL_CAP, "total-cap",
                               policy->total_cap_clause,
                               (const gint64[JP_POLICY_OPERANDS]){ deducted_fen, cap_fen },
                               cap_fen);
          add_line (refund, "total-cap", "", policy->total_cap_clause, cap_fen - deducted_fen,
                    policy->header->confidence);
          deducted_fen = cap_fen;
        }
    }

  if (deducted_fen > facts->paid_fen)
    {
      jp_policy_trace_add (refund->steps, JP_POLICY_OP_FLOOR, "floor", "",
                           (const gint64[JP_POLICY_OPERANDS]){ deducted_fen, facts->paid_fen },
                           facts->paid_fen);
      add_line (refund, "floor", "", "", facts->paid_fen - deducted_fen, JP_DATA_CONFIDENCE_HIGH);
    }
}

static gboolean
add_items (JpPolicyRefund *refund, const JpPolicyFacts *facts, GError **error)
{
  for (guint i = 0; i < jp_policy_get_n_items (refund->policy); i++)
    {
      if (!add_item (refund, facts, jp_policy_get_item (refund->policy, i), error))
        return FALSE;
    }

  limit_sum (refund, facts);

  return TRUE;
}

static gboolean
find_override (JpPolicy                *policy,
               const JpPolicyFacts     *facts,
               const JpPolicyOverride **out_rule,
               GError                 **error)
{
  for (guint i = 0; i < policy->overrides->len; i++)
    {
      const JpPolicyOverride *rule = g_ptr_array_index (policy->overrides, i);
      gboolean                is_met = FALSE;

      if (!jp_policy_facts_meet (facts, rule->conditions, &is_met, error))
        return FALSE;
      if (is_met)
        {
          *out_rule = rule;
          return TRUE;
        }
    }

  *out_rule = NULL;

  return TRUE;
}

static gboolean
compute_lines (JpPolicyRefund *refund, const JpPolicyFacts *facts, GError **error)
{
  const JpPolicyOverride *rule = NULL;

  if (!find_override (refund->policy, facts, &rule, error))
    return FALSE;
  if (rule == NULL)
    return add_items (refund, facts, error);

  gint64 back_fen = jp_policy_multiply (facts->paid_fen, rule->refund_bp, JP_BASIS_POINTS_ALL);

  JP_POLICY_STEP (refund->steps, JP_POLICY_OP_OVERRIDE, rule, back_fen, facts->paid_fen,
                  rule->refund_bp);
  add_line (refund, rule->id, rule->title, rule->clause, facts->paid_fen - back_fen,
            refund->policy->header->confidence);

  return TRUE;
}

static void
split_money (JpPolicyRefund *refund, const JpPolicyFacts *facts)
{
  gint64 in_custody_fen = facts->paid_fen - facts->released_fen;

  g_assert (refund->deducted_fen >= 0 && refund->deducted_fen <= facts->paid_fen);

  refund->paid_fen = facts->paid_fen;
  refund->refund_fen = facts->paid_fen - refund->deducted_fen;
  refund->from_custody_fen = MIN (refund->refund_fen, in_custody_fen);
  refund->from_school_fen = refund->refund_fen - refund->from_custody_fen;
  refund->to_school_fen = in_custody_fen - refund->from_custody_fen;
}

/**
 * jp_policy_refund_new: (constructor)
 * @policy: the rules
 * @facts: what has happened; checked here
 * @error: return location for a [error@Jp.ModelError]
 *
 * Computes what a trainee gets back who leaves on a day: refund = paid − deductions, never below
 * 0. Deductions are rounded down, in favour of the trainee. Pure.
 *
 * Returns: (transfer full): the refund; or %NULL with %JP_MODEL_ERROR_MISSING if the policy has no
 *   refund rules, a number is to be confirmed, or hours or a fee are not known;
 *   %JP_MODEL_ERROR_RANGE if a fact is impossible; %JP_MODEL_ERROR_INVALID if the stages cannot add
 *   up to the price
 */
JpPolicyRefund *
jp_policy_refund_new (JpPolicy *policy, const JpPolicyFacts *facts, GError **error)
{
  g_return_val_if_fail (policy != NULL, NULL);
  g_return_val_if_fail (facts != NULL, NULL);
  g_return_val_if_fail (facts->licence_type != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!jp_policy_facts_check (policy, facts, error))
    return NULL;

  if (!policy->has_refund)
    {
      fail_missing (error, "policy \"%s\" has no refund rules", policy->header->id);
      return NULL;
    }

  g_autoptr (JpPolicyRefund) refund = g_new0 (JpPolicyRefund, 1);

  refund->policy = jp_policy_ref (policy);
  refund->lines = g_array_new (FALSE, FALSE, sizeof (JpPolicyRefundLine));
  refund->steps = g_array_new (FALSE, FALSE, sizeof (JpPolicyStep));

  if (!compute_lines (refund, facts, error))
    return NULL;

  split_money (refund, facts);

  return g_steal_pointer (&refund);
}

/**
 * jp_policy_refund_free:
 * @self: (nullable) (transfer full): a refund
 *
 * Frees it.
 */
void
jp_policy_refund_free (JpPolicyRefund *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->policy, jp_policy_unref);
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->steps, g_array_unref);
  g_free (self);
}

/**
 * jp_policy_transfer_clear:
 * @self: a transfer; all zero is fine
 *
 * Frees what it owns.
 */
void
jp_policy_transfer_clear (JpPolicyTransfer *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->steps, g_array_unref);
}

static gboolean
compute_stay (JpPolicy            *policy,
              const JpPolicyFacts *facts,
              JpPolicyTransfer    *transfer,
              GError             **error)
{
  if (policy->transfer_money == JP_POLICY_TRANSFER_REFUND)
    {
      g_autoptr (JpPolicyRefund) refund = jp_policy_refund_new (policy, facts, error);

      if (refund == NULL)
        return FALSE;

      transfer->stay_fen = refund->deducted_fen;
      transfer->steps = g_steal_pointer (&refund->steps);
      return TRUE;
    }

  g_autoptr (JpPolicyPlan) plan = jp_policy_plan_new (policy, facts, error);

  if (plan == NULL)
    return FALSE;

  transfer->stay_fen = MAX (plan->releasable_fen, facts->released_fen);
  transfer->steps = g_steal_pointer (&plan->steps);
  jp_policy_trace_add (transfer->steps, JP_POLICY_OP_STAY, "transfer", transfer->clause,
                       (const gint64[JP_POLICY_OPERANDS]){ plan->releasable_fen,
                                                           facts->released_fen },
                       transfer->stay_fen);

  return TRUE;
}

/* Whoever changes schools without anybody's fault may owe something; never more than is left. */
static void
add_transfer_penalty (JpPolicy *policy, const JpPolicyFacts *facts, JpPolicyTransfer *transfer)
{
  gint64 left_fen = facts->paid_fen - transfer->stay_fen;
  gint64 penalty_fen =
    jp_policy_multiply (facts->price_fen, policy->transfer_penalty_bp, JP_BASIS_POINTS_ALL);

  if (policy->transfer_penalty_bp > 0 && facts->fault == JP_POLICY_FAULT_TRAINEE)
    {
      jp_policy_trace_add (transfer->steps, JP_POLICY_OP_PENALTY, "transfer", transfer->clause,
                           (const gint64[JP_POLICY_OPERANDS]){ facts->price_fen,
                                                               policy->transfer_penalty_bp },
                           penalty_fen);
      transfer->penalty_fen = MIN (penalty_fen, left_fen);
      transfer->stay_fen += transfer->penalty_fen;
    }

  transfer->move_fen = facts->paid_fen - transfer->stay_fen;
}

/**
 * jp_policy_transfer:
 * @policy: the rules
 * @facts: what has happened; checked here
 * @out_transfer: (out): what stays and what moves, to be cleared; untouched on error
 * @error: return location for a [error@Jp.ModelError]
 *
 * Computes what becomes of hours and money when a trainee changes schools.
 *
 * Returns: %TRUE, or %FALSE with %JP_MODEL_ERROR_MISSING if the policy does not say, or with an
 *   error of jp_policy_plan_new() or jp_policy_refund_new()
 */
gboolean
jp_policy_transfer (JpPolicy            *policy,
                    const JpPolicyFacts *facts,
                    JpPolicyTransfer    *out_transfer,
                    GError             **error)
{
  g_return_val_if_fail (policy != NULL, FALSE);
  g_return_val_if_fail (facts != NULL, FALSE);
  g_return_val_if_fail (out_transfer != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (policy->transfer_money == JP_POLICY_TRANSFER_UNKNOWN)
    return fail_missing (error, "policy \"%s\" does not say what happens on a transfer",
                         policy->header->id);

  g_auto (JpPolicyTransfer) transfer = {
    .money = policy->transfer_money,
    .hours_follow = policy->hours_follow,
    .clause = policy->transfer_clause,
    .state = policy->transfer_state,
  };

  if (!compute_stay (policy, facts, &transfer, error))
    return FALSE;

  add_transfer_penalty (policy, facts, &transfer);
  *out_transfer = transfer;
  transfer.steps = NULL;

  return TRUE;
}
