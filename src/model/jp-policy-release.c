/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-model-error.h"
#include "jp-money.h"
#include "jp-policy-private.h"

typedef struct
{
  gboolean is_reached;
  JpDate   on; /* JP_DATE_NONE if the day is not known */
} Reached;

static gint64
cap_amount (JpPolicyPlan *plan, const JpPolicyStage *stage, gint64 amount_fen)
{
  gint64 cap_fen = stage->cap_fen;

  if (stage->cap_bp != JP_POLICY_UNKNOWN)
    {
      gint64 share_fen = jp_policy_multiply (plan->price_fen, stage->cap_bp, JP_BASIS_POINTS_ALL);

      cap_fen = cap_fen == JP_POLICY_UNKNOWN ? share_fen : MIN (cap_fen, share_fen);
    }

  if (cap_fen == JP_POLICY_UNKNOWN || amount_fen <= cap_fen)
    return amount_fen;

  JP_POLICY_STEP (plan->steps, JP_POLICY_OP_CAP, stage, cap_fen, amount_fen, cap_fen);

  return cap_fen;
}

static gboolean
fail_missing (GError **error, const char *what, const char *id)
{
  g_set_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_MISSING, what, id);

  return FALSE;
}

/* What the file says of one stage; the last one is corrected afterwards. */
static gboolean
compute_amount (JpPolicyPlan        *plan,
                const JpPolicyFacts *facts,
                const JpPolicyStage *stage,
                gint64               before_fen,
                gint64              *out_fen,
                GError             **error)
{
  gint64 amount_fen = 0;

  switch (stage->amount)
    {
    case JP_POLICY_AMOUNT_SHARE:
      amount_fen = jp_policy_multiply (plan->price_fen, stage->share_bp, JP_BASIS_POINTS_ALL);
      JP_POLICY_STEP (plan->steps, JP_POLICY_OP_SHARE, stage, amount_fen, plan->price_fen,
                      stage->share_bp);
      break;
    case JP_POLICY_AMOUNT_FIXED:
      amount_fen = stage->amount_fen;
      JP_POLICY_STEP (plan->steps, JP_POLICY_OP_FIXED, stage, amount_fen, amount_fen);
      break;
    case JP_POLICY_AMOUNT_FEE:
      if (!jp_policy_facts_get_fee (facts, stage->fee, &amount_fen))
        return fail_missing (error, "the contract does not say its fee \"%s\"", stage->fee);
      JP_POLICY_STEP (plan->steps, JP_POLICY_OP_FEE, stage, amount_fen, amount_fen);
      break;
    case JP_POLICY_AMOUNT_REST:
      amount_fen = MAX (plan->price_fen - before_fen, 0);
      JP_POLICY_STEP (plan->steps, JP_POLICY_OP_REST, stage, amount_fen, plan->price_fen,
                      before_fen);
      break;
    case JP_POLICY_AMOUNT_UNKNOWN:
    default:
      return fail_missing (error, "nobody has said how much the stage \"%s\" is", stage->id);
    }

  *out_fen = cap_amount (plan, stage, amount_fen);

  return TRUE;
}

/* Shares are rounded down; the last stage takes the fen that are left over. */
static gboolean
compute_amounts (JpPolicyPlan *plan, const JpPolicyFacts *facts, GError **error)
{
  gint64 sum_fen = 0;

  for (guint i = 0; i < plan->n_stages; i++)
    {
      JpPolicyStageResult *result = &plan->stages[i];

      result->stage = jp_policy_get_stage (plan->policy, i);
      if (!compute_amount (plan, facts, result->stage, sum_fen, &result->amount_fen, error))
        return FALSE;

      sum_fen += result->amount_fen;
    }

  JpPolicyStageResult *last = &plan->stages[plan->n_stages - 1];
  gint64               left_fen = plan->price_fen - sum_fen;

  if (left_fen != 0 && last->stage->amount == JP_POLICY_AMOUNT_SHARE && left_fen > 0)
    {
      last->amount_fen += left_fen;
      JP_POLICY_STEP (plan->steps, JP_POLICY_OP_REST, last->stage, last->amount_fen,
                      plan->price_fen, plan->price_fen - last->amount_fen);
    }
  else if (left_fen != 0)
    {
      g_set_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_INVALID,
                   "the stages add up to %" G_GINT64_FORMAT " fen, the price is %" G_GINT64_FORMAT,
                   sum_fen, plan->price_fen);
      return FALSE;
    }

  return TRUE;
}

static gboolean
fail_hours (GError **error, const JpPolicyStage *stage)
{
  return fail_missing (error, "stage \"%s\": the hours that the curriculum asks for are not known",
                       stage->id);
}

static gboolean
reach_hours (JpPolicyPlan          *plan,
             const JpPolicyFacts   *facts,
             const JpPolicyStage   *stage,
             const JpPolicyTrigger *trigger,
             Reached               *out_reached,
             GError               **error)
{
  Reached reached = { TRUE, JP_DATE_MIN };

  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    {
      const JpPolicyPartFacts *training = &facts->parts[part];

      if ((trigger->parts & (1u << part)) == 0)
        continue;

      gboolean is_known = training->required_minutes != JP_POLICY_UNKNOWN;

      if (!is_known && training->reviewed_minutes > 0)
        return fail_hours (error, stage);

      gboolean is_later = training->reviewed_on > facts->on;
      gboolean is_complete =
        is_known && !is_later && training->reviewed_minutes >= training->required_minutes;

      JP_POLICY_STEP (plan->steps, JP_POLICY_OP_HOURS_REVIEWED, stage, is_complete, part,
                      training->reviewed_minutes, training->required_minutes);
      reached.is_reached = reached.is_reached && is_complete;

      if (training->reviewed_on == JP_DATE_NONE)
        reached.on = JP_DATE_NONE;
      else if (reached.on != JP_DATE_NONE)
        reached.on = MAX (reached.on, training->reviewed_on);
    }

  if (!reached.is_reached)
    reached.on = JP_DATE_NONE;
  *out_reached = reached;

  return TRUE;
}

static gboolean
reach_trigger (JpPolicyPlan          *plan,
               const JpPolicyFacts   *facts,
               const JpPolicyStage   *stage,
               const JpPolicyTrigger *trigger,
               Reached               *out_reached,
               GError               **error)
{
  JpDate date = JP_DATE_NONE;

  switch (trigger->kind)
    {
    case JP_POLICY_TRIGGER_EVENT:
      date = facts->events[trigger->event];
      break;
    case JP_POLICY_TRIGGER_EXAM_PASSED:
      date = facts->exams[trigger->subject].passed_on;
      break;
    case JP_POLICY_TRIGGER_HOURS_REVIEWED:
      return reach_hours (plan, facts, stage, trigger, out_reached, error);
    case JP_POLICY_TRIGGER_HOURS_DAILY:
    default:
      g_assert_not_reached ();
    }

  gboolean   has_happened = jp_policy_facts_happened (facts, date);
  gboolean   is_event = trigger->kind == JP_POLICY_TRIGGER_EVENT;
  JpPolicyOp op = is_event ? JP_POLICY_OP_EVENT : JP_POLICY_OP_EXAM;

  *out_reached = (Reached){ has_happened, has_happened ? date : JP_DATE_NONE };
  JP_POLICY_STEP (plan->steps, op, stage, has_happened,
                  is_event ? (gint64)trigger->event : trigger->subject, date);

  return TRUE;
}

/* Of several triggers: the last one counts if all are needed, else the first one. */
static Reached
join_reached (const JpPolicyStage *stage, Reached a, Reached b)
{
  if (stage->needs_all)
    {
      gboolean is_reached = a.is_reached && b.is_reached;
      gboolean has_days = a.on != JP_DATE_NONE && b.on != JP_DATE_NONE;

      return (Reached){ is_reached, is_reached && has_days ? MAX (a.on, b.on) : JP_DATE_NONE };
    }

  if (!a.is_reached || !b.is_reached)
    return a.is_reached ? a : b;
  if (a.on == JP_DATE_NONE || b.on == JP_DATE_NONE)
    return a.on == JP_DATE_NONE ? b : a;

  return a.on <= b.on ? a : b;
}

static gboolean
reach_stage (JpPolicyPlan        *plan,
             const JpPolicyFacts *facts,
             const JpPolicyStage *stage,
             Reached             *out_reached,
             GError             **error)
{
  Reached all = { 0 };

  for (guint i = 0; i < stage->n_triggers; i++)
    {
      Reached one = { 0 };

      if (!reach_trigger (plan, facts, stage, &stage->triggers[i], &one, error))
        return FALSE;

      all = i == 0 ? one : join_reached (stage, all, one);
    }

  *out_reached = all;

  return TRUE;
}

static void
settle_reached (JpPolicyPlan        *plan,
                const JpPolicyFacts *facts,
                JpPolicyStageResult *result,
                Reached              reached)
{
  const JpPolicyStage *stage = result->stage;
  int                  delay_days = stage->review_delay_days;

  if (!reached.is_reached)
    return;

  result->reached_on = reached.on;
  if (reached.on != JP_DATE_NONE)
    result->due_on = jp_date_add_days (reached.on, delay_days);

  gboolean has_come = delay_days == 0 || jp_policy_facts_happened (facts, result->due_on);

  if (delay_days > 0)
    JP_POLICY_STEP (plan->steps, JP_POLICY_OP_DELAY, stage, has_come, reached.on, delay_days,
                    result->due_on);

  result->state = has_come ? JP_POLICY_STAGE_EARNED : JP_POLICY_STAGE_WAITING;
  result->earned_fen = has_come ? result->amount_fen : 0;
}

/* Hour by hour: in proportion to the hours of the curriculum, or at a price an hour; in both cases
 * all of it when the hours are complete, so that nothing stays behind for ever. */
static gboolean
settle_daily (JpPolicyPlan        *plan,
              const JpPolicyFacts *facts,
              JpPolicyStageResult *result,
              GError             **error)
{
  const JpPolicyStage *stage = result->stage;
  gint64               done = 0;
  gint64               required = 0;
  gint64               amount_fen = result->amount_fen;

  gboolean is_known =
    jp_policy_facts_sum_minutes (facts, stage->triggers[0].parts, FALSE, &done, &required);

  if (!is_known && done > 0)
    return fail_hours (error, stage);

  if (is_known && done == required)
    {
      result->earned_fen = amount_fen;
      JP_POLICY_STEP (plan->steps, JP_POLICY_OP_COMPLETE, stage, amount_fen, done, required);
    }
  else if (stage->hour_rate_fen != JP_POLICY_UNKNOWN)
    {
      gint64 earned_fen = jp_policy_multiply (stage->hour_rate_fen, done, 60);

      JP_POLICY_STEP (plan->steps, JP_POLICY_OP_HOURS, stage, earned_fen, stage->hour_rate_fen,
                      done);
      if (earned_fen > amount_fen)
        JP_POLICY_STEP (plan->steps, JP_POLICY_OP_CAP, stage, amount_fen, earned_fen, amount_fen);
      result->earned_fen = MIN (earned_fen, amount_fen);
    }
  else if (is_known)
    {
      result->earned_fen = jp_policy_multiply (amount_fen, done, required);
      JP_POLICY_STEP (plan->steps, JP_POLICY_OP_PROPORTION, stage, result->earned_fen, amount_fen,
                      done, required);
    }

  if (is_known && result->earned_fen == amount_fen)
    result->state = JP_POLICY_STAGE_EARNED;
  else if (done > 0)
    result->state = JP_POLICY_STAGE_PARTIAL;

  return TRUE;
}

static guint
get_parts_of (const JpPolicyTrigger *trigger)
{
  if (trigger->kind == JP_POLICY_TRIGGER_EVENT)
    return 0;
  if (trigger->kind == JP_POLICY_TRIGGER_EXAM_PASSED)
    return 1u << trigger->subject;

  return trigger->parts;
}

/* How far a stage has been used, whatever the rule pays: its hours in proportion. */
static gint64
compute_used (const JpPolicyFacts *facts, const JpPolicyStageResult *result)
{
  guint  parts = 0;
  gint64 done = 0;
  gint64 required = 0;

  for (guint i = 0; i < result->stage->n_triggers; i++)
    parts |= get_parts_of (&result->stage->triggers[i]);

  if (result->state == JP_POLICY_STAGE_WAITING)
    return result->amount_fen;
  if (parts == 0)
    return result->earned_fen;
  if (!jp_policy_facts_sum_minutes (facts, parts, TRUE, &done, &required))
    return done > 0 ? JP_POLICY_UNKNOWN : result->earned_fen;
  if (required == 0)
    return result->earned_fen;

  return MAX (result->earned_fen, jp_policy_multiply (result->amount_fen, done, required));
}

static gboolean
compute_stage (JpPolicyPlan        *plan,
               const JpPolicyFacts *facts,
               JpPolicyStageResult *result,
               GError             **error)
{
  const JpPolicyStage *stage = result->stage;
  Reached              reached = { 0 };

  if (!jp_policy_facts_happened (facts, facts->events[JP_POLICY_EVENT_CONTRACT_SIGNED]))
    {
      JP_POLICY_STEP (plan->steps, JP_POLICY_OP_NO_CONTRACT, stage, 0, 0);
      return TRUE;
    }

  if (stage->triggers[0].kind == JP_POLICY_TRIGGER_HOURS_DAILY)
    {
      if (!settle_daily (plan, facts, result, error))
        return FALSE;
    }
  else
    {
      if (!reach_stage (plan, facts, stage, &reached, error))
        return FALSE;
      settle_reached (plan, facts, result, reached);
    }

  result->used_fen = compute_used (facts, result);
  plan->earned_fen += result->earned_fen;

  return TRUE;
}

static gint64
compute_custody (JpPolicy *policy, const JpPolicyFacts *facts)
{
  if (policy->custody_fen != JP_POLICY_UNKNOWN)
    return MIN (policy->custody_fen, facts->price_fen);
  if (policy->custody_bp == JP_POLICY_UNKNOWN)
    return JP_POLICY_UNKNOWN;

  return jp_policy_multiply (facts->price_fen, policy->custody_bp, JP_BASIS_POINTS_ALL);
}

/**
 * jp_policy_plan_new: (constructor)
 * @policy: the rules
 * @facts: what has happened; checked here
 * @error: return location for a [error@Jp.ModelError]
 *
 * Computes what each stage is worth and what of it is earned on a day. Shares are rounded down and
 * the last stage takes the remainder, so the amounts always add up to the price. Nothing is earned
 * before the contract is signed. Pure: the same facts give the same plan, step by step.
 *
 * Returns: (transfer full): the plan; or %NULL with %JP_MODEL_ERROR_MISSING if the policy has no
 *   stages, a share is to be confirmed, or hours or a fee are not known; %JP_MODEL_ERROR_RANGE if a
 *   fact is impossible; %JP_MODEL_ERROR_INVALID if the stages cannot add up to the price
 */
JpPolicyPlan *
jp_policy_plan_new (JpPolicy *policy, const JpPolicyFacts *facts, GError **error)
{
  g_return_val_if_fail (policy != NULL, NULL);
  g_return_val_if_fail (facts != NULL, NULL);
  g_return_val_if_fail (facts->licence_type != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!jp_policy_facts_check (policy, facts, error))
    return NULL;

  guint n_stages = jp_policy_get_n_stages (policy);

  if (n_stages == 0)
    {
      fail_missing (error, "policy \"%s\" has no release rules", jp_policy_get_header (policy)->id);
      return NULL;
    }

  g_autoptr (JpPolicyPlan) plan = g_new0 (JpPolicyPlan, 1);

  plan->policy = jp_policy_ref (policy);
  plan->n_stages = n_stages;
  plan->stages = g_new0 (JpPolicyStageResult, n_stages);
  plan->steps = g_array_new (FALSE, FALSE, sizeof (JpPolicyStep));
  plan->price_fen = facts->price_fen;

  if (!compute_amounts (plan, facts, error))
    return NULL;

  for (guint i = 0; i < n_stages; i++)
    {
      if (!compute_stage (plan, facts, &plan->stages[i], error))
        return NULL;
    }

  g_assert (plan->earned_fen >= 0 && plan->earned_fen <= plan->price_fen);
  plan->releasable_fen = MIN (plan->earned_fen, facts->paid_fen);
  plan->custody_fen = compute_custody (policy, facts);

  return g_steal_pointer (&plan);
}

/**
 * jp_policy_plan_free:
 * @self: (nullable) (transfer full): a plan
 *
 * Frees it.
 */
void
jp_policy_plan_free (JpPolicyPlan *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->policy, jp_policy_unref);
  g_clear_pointer (&self->stages, g_free);
  g_clear_pointer (&self->steps, g_array_unref);
  g_free (self);
}
