/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-settlement.h"

#include "jp-money.h"

#include <string.h>

typedef struct
{
  const JpSettlementContract *contract;
  const JpSettlementOptions  *options;
  JpPolicyFacts               facts;                           /* until today */
  JpPolicyPlan               *plan;                            /* (owned) (nullable) */
  gint64                      released[JP_POLICY_MAX_STAGES];  /* by stage */
  gint64                      short_fen[JP_POLICY_MAX_STAGES]; /* found short, not corrected */
  JpDate                      last_on[JP_POLICY_MAX_STAGES];
  gint64                      released_fen;
  gint64                      refunded_fen;
  gint64                      open_fen;   /* differences that nothing has corrected */
  int                         open_stage; /* of the newest of them, or -1 */
  guint                       n_refunds;  /* refunds that lines have paid */
  guint                       index;      /* of the line */
} Match;

static gboolean
is_daily (const JpPolicyStage *stage)
{
  return stage->triggers[0].kind == JP_POLICY_TRIGGER_HOURS_DAILY;
}

/**
 * jp_settlement_options_init:
 * @options: (out caller-allocates): options
 * @today: the day of the check
 *
 * Sets the usual ones: %JP_SETTLEMENT_LATE_DAYS, %JP_SETTLEMENT_MISSING_DAYS, missing included.
 */
void
jp_settlement_options_init (JpSettlementOptions *options, JpDate today)
{
  g_return_if_fail (options != NULL);
  g_return_if_fail (jp_date_is_valid (today));

  *options = (JpSettlementOptions){
    .today = today,
    .late_days = JP_SETTLEMENT_LATE_DAYS,
    .missing_days = JP_SETTLEMENT_MISSING_DAYS,
    .with_missing = TRUE,
  };
}

/* --- facts of the policy --- */

static guint
find_hourly_parts (JpPolicy *policy)
{
  guint parts = 0;

  for (guint i = 0; i < jp_policy_get_n_stages (policy); i++)
    if (is_daily (jp_policy_get_stage (policy, i)))
      parts |= jp_policy_get_stage (policy, i)->triggers[0].parts;
  return parts;
}

static void
add_sessions (const JpSettlementContract *contract, JpPolicyFacts *facts)
{
  JpDate first_on = JP_DATE_NONE;

  for (guint i = 0; i < contract->n_sessions && contract->sessions[i].started_on <= facts->on; i++)
    {
      const JpSettlementSession *session = &contract->sessions[i];

      if (session->part < 1 || session->part > JP_POLICY_N_PARTS)
        continue;
      facts->parts[session->part].used_minutes += session->minutes;
      if (first_on == JP_DATE_NONE)
        first_on = session->started_on;
    }
  facts->events[JP_POLICY_EVENT_TRAINING_STARTED] = first_on;
}

/* What is approved counts as far as the sessions bear it out: approved minutes without sessions are
 * what the settlement is there to find. */
static void
add_reviews (const JpSettlementContract *contract, JpPolicyFacts *facts)
{
  guint  hourly = find_hourly_parts (contract->policy);
  JpDate ended_on = JP_DATE_MIN;
  guint  n_ended = 0;

  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    {
      const JpSettlementReview *review = &contract->reviews[part];
      JpPolicyPartFacts        *training = &facts->parts[part];
      JpDate                    passed_on = facts->exams[part].passed_on;
      gint64                    backed = training->used_minutes + contract->brought_minutes;

      if (hourly >> part & 1)
        training->reviewed_minutes = training->used_minutes;
      if (review->reviewed_on == JP_DATE_NONE)
        continue;
      training->reviewed_minutes = MIN (review->minutes, backed);
      training->reviewed_on = review->reviewed_on;
      n_ended += passed_on != JP_DATE_NONE;
      ended_on = MAX (ended_on, MAX (passed_on, review->reviewed_on));
    }
  if (n_ended == JP_POLICY_N_PARTS)
    facts->events[JP_POLICY_EVENT_GRADUATED] = facts->events[JP_POLICY_EVENT_LICENCE_ISSUED] =
      ended_on;
}

static gint64
sum_payments (const JpSettlementContract *contract, JpDate on)
{
  gint64 sum_fen = 0;

  for (guint i = 0; i < contract->n_payments; i++)
    if (contract->payments[i].paid_on <= on)
      sum_fen += contract->payments[i].amount_fen;
  return sum_fen;
}

/**
 * jp_settlement_fill_facts:
 * @contract: a contract with its policy
 * @on: a day
 * @out_facts: (out caller-allocates): what the evaluator looks at on that day; nothing released
 *
 * Returns: %TRUE, or %FALSE if the contract's policy is not known
 */
gboolean
jp_settlement_fill_facts (const JpSettlementContract *contract, JpDate on, JpPolicyFacts *out_facts)
{
  g_return_val_if_fail (contract != NULL, FALSE);
  g_return_val_if_fail (out_facts != NULL, FALSE);

  *out_facts = contract->facts;
  out_facts->on = on;
  if (contract->policy == NULL)
    return FALSE;

  add_sessions (contract, out_facts);
  add_reviews (contract, out_facts);
  out_facts->paid_fen = sum_payments (contract, on);
  return TRUE;
}

static gint64
compute_earned (Match *match, int stage_index, JpDate on)
{
  JpPolicyFacts facts;
  g_autoptr (JpPolicyPlan) plan = NULL;

  jp_settlement_fill_facts (match->contract, on, &facts);
  plan = jp_policy_plan_new (match->contract->policy, &facts, NULL);
  /* ignored: what can be computed for today can be for any day before */
  return plan != NULL ? plan->stages[stage_index].earned_fen : 0;
}

/* --- the rule of a line --- */

static int
find_stage (Match *match, const char *name)
{
  for (guint i = 0; name != NULL && i < match->plan->n_stages; i++)
    {
      const JpPolicyStage *stage = match->plan->stages[i].stage;

      if (strcmp (stage->id, name) == 0 || g_strcmp0 (stage->title, name) == 0)
        return (int)i;
    }
  return -1;
}

/* The share of a stage as people know it, where the policy speaks in shares. */
static int
find_share (const JpPolicyPlan *plan, int stage_index)
{
  const JpPolicyStage *stage = plan->stages[stage_index].stage;
  int                  rest_bp = JP_BASIS_POINTS_ALL;

  if (stage->amount == JP_POLICY_AMOUNT_SHARE)
    return stage->share_bp;
  if (stage->amount != JP_POLICY_AMOUNT_REST)
    return -1;
  for (guint i = 0; i < plan->n_stages; i++)
    {
      const JpPolicyStage *other = plan->stages[i].stage;

      if ((int)i == stage_index)
        continue;
      if (other->amount != JP_POLICY_AMOUNT_SHARE)
        return -1;
      rest_bp -= other->share_bp;
    }
  return rest_bp;
}

static gint64
get_custody (Match *match, JpDate on)
{
  gint64 custody_fen =
    sum_payments (match->contract, on) - match->released_fen - match->refunded_fen;

  return MAX (custody_fen, 0);
}

static gboolean
is_repeated (Match *match, const JpSettlementLine *line)
{
  if (line->is_repeated)
    return TRUE;
  if (line->reference == NULL)
    return FALSE;
  for (guint i = 0; i < match->index; i++)
    if (g_strcmp0 (match->contract->lines[i].reference, line->reference) == 0)
      return TRUE;
  return FALSE;
}

/* What the stage still waits for. */
static void
describe_missing (Match *match, JpSettlementResult *result)
{
  for (guint i = 0; i < result->stage->n_triggers; i++)
    {
      const JpPolicyTrigger *trigger = &result->stage->triggers[i];

      if (trigger->kind == JP_POLICY_TRIGGER_EVENT &&
          match->facts.events[trigger->event] == JP_DATE_NONE)
        {
          result->reason = JP_SETTLEMENT_REASON_EVENT;
          return;
        }
      if (trigger->kind == JP_POLICY_TRIGGER_EXAM_PASSED &&
          match->facts.exams[trigger->subject].passed_on == JP_DATE_NONE)
        {
          result->reason = JP_SETTLEMENT_REASON_EXAM;
          result->part = trigger->subject;
          return;
        }
      for (int part = 1; trigger->parts != 0 && part <= JP_POLICY_N_PARTS; part++)
        {
          const JpPolicyPartFacts *training = &match->facts.parts[part];

          if (!(trigger->parts >> part & 1) ||
              (training->reviewed_minutes >= training->required_minutes &&
               match->contract->reviews[part].reviewed_on != JP_DATE_NONE))
            continue;
          result->reason = JP_SETTLEMENT_REASON_HOURS;
          result->part = part;
          result->done_minutes = training->used_minutes;
          result->required_minutes = training->required_minutes;
          return;
        }
    }
}

/* --- verdicts --- */

static void
settle (JpSettlementResult *result, JpSettlementVerdict verdict, gint64 expected_fen)
{
  result->verdict = verdict;
  result->expected_fen = expected_fen;
}

static void
compare_amount (JpSettlementResult *result, gint64 expected_fen)
{
  if (result->paid_fen == expected_fen)
    settle (result, JP_SETTLEMENT_MATCHES, expected_fen);
  else
    settle (result, result->paid_fen < expected_fen ? JP_SETTLEMENT_SHORT : JP_SETTLEMENT_OVER,
            expected_fen);
}

static void
compare_days (Match *match, JpSettlementResult *result)
{
  int days = 0;

  if (result->verdict != JP_SETTLEMENT_MATCHES || result->due_on == JP_DATE_NONE ||
      result->line->paid_on == JP_DATE_NONE)
    return;
  days = jp_date_days_between (result->due_on, result->line->paid_on);
  result->days = ABS (days);
  if (days < 0)
    result->verdict = JP_SETTLEMENT_EARLY;
  else if (days > match->options->late_days)
    result->verdict = JP_SETTLEMENT_LATE;
}

/* Hour by hour: what was earned since the newest days counts as right, for the hours of a day may
 * be on the next statement. */
static void
judge_hours (Match *match, JpSettlementResult *result)
{
  const JpSettlementLine *line = result->line;
  JpDate                  from_on = jp_date_add_days (line->paid_on, -match->options->late_days);
  gint64                  most_fen = compute_earned (match, result->stage_index, line->paid_on);
  gint64                  least_fen = compute_earned (match, result->stage_index, from_on);

  most_fen = MAX (most_fen - result->earlier_fen, 0);
  least_fen = MAX (least_fen - result->earlier_fen, 0);
  if (result->paid_fen >= least_fen && result->paid_fen <= most_fen)
    settle (result, JP_SETTLEMENT_MATCHES, result->paid_fen);
  else
    compare_amount (result, result->paid_fen < least_fen ? least_fen : most_fen);
}

static void
judge_stage (Match *match, JpSettlementResult *result)
{
  const JpPolicyStageResult *rule = &match->plan->stages[result->stage_index];
  gint64                     left_fen = rule->amount_fen - result->earlier_fen;
  int                        stated_bp = result->line->share_bp;

  if (result->earlier_fen > 0 && left_fen <= 0)
    settle (result, JP_SETTLEMENT_TWICE, 0);
  else if (rule->state == JP_POLICY_STAGE_NOT_REACHED)
    {
      settle (result, JP_SETTLEMENT_NOT_REACHED, 0);
      describe_missing (match, result);
    }
  else if (is_daily (rule->stage))
    judge_hours (match, result);
  else
    {
      compare_amount (result, MIN (left_fen, get_custody (match, result->line->paid_on)));
      compare_days (match, result);
      if (stated_bp >= 0 && result->rule_bp >= 0 && stated_bp != result->rule_bp)
        {
          result->verdict = JP_SETTLEMENT_POLICY_DIFFERS;
          result->reason = JP_SETTLEMENT_REASON_SHARE;
        }
    }
}

/* What the school may keep when somebody leaves comes after the refund, under no stage. */
static void
judge_rest (Match *match, JpSettlementResult *result)
{
  const JpSettlementContract *contract = match->contract;
  gint64                      refund_fen = 0;

  for (guint i = 0; i < contract->n_refunds; i++)
    refund_fen += contract->refunds[i].amount_fen;
  refund_fen = sum_payments (contract, result->line->paid_on) - refund_fen - match->released_fen;
  compare_amount (result, MAX (refund_fen, 0));
  result->reason = JP_SETTLEMENT_REASON_REFUND;
}

static void
judge_release (Match *match, JpSettlementResult *result)
{
  int index = find_stage (match, result->line->stage);

  if (index < 0 && match->contract->n_refunds > 0)
    {
      judge_rest (match, result);
      return;
    }
  if (index < 0)
    {
      settle (result, JP_SETTLEMENT_POLICY_DIFFERS, 0);
      result->reason = JP_SETTLEMENT_REASON_STAGE;
      return;
    }

  result->stage_index = index;
  result->stage = match->plan->stages[index].stage;
  result->due_on = match->plan->stages[index].due_on;
  result->earlier_fen = match->released[index];
  result->last_on = match->last_on[index];
  result->rule_bp = find_share (match->plan, index);
  judge_stage (match, result);
}

static gint64
price_refund (Match *match, const JpSettlementRefund *refund)
{
  JpPolicyFacts    facts;
  JpPolicyTransfer transfer = { 0 };
  g_autoptr (JpPolicyRefund) priced = NULL;

  jp_settlement_fill_facts (match->contract, refund->asked_on, &facts);
  facts.fault = refund->fault;
  facts.released_fen = CLAMP (match->released_fen, 0, facts.paid_fen);
  if (refund->is_transfer)
    return jp_policy_transfer (match->contract->policy, &facts, &transfer, NULL)
             ? transfer.move_fen
             : refund->amount_fen;
  priced = jp_policy_refund_new (match->contract->policy, &facts, NULL);
  /* ignored: where the policy has no numbers, the platform's decision holds */
  return priced != NULL ? priced->refund_fen : refund->amount_fen;
}

static void
judge_refund (Match *match, JpSettlementResult *result)
{
  const JpSettlementContract *contract = match->contract;
  const JpSettlementRefund   *refund = NULL;

  for (guint i = 0; i < contract->n_refunds && refund == NULL; i++)
    if (contract->refunds[i].reference != NULL &&
        g_strcmp0 (contract->refunds[i].reference, result->line->reference) == 0)
      refund = &contract->refunds[i];
  for (guint i = match->n_refunds; i < contract->n_refunds && refund == NULL; i++)
    if (contract->refunds[i].reference == NULL)
      refund = &contract->refunds[i];

  if (refund == NULL)
    {
      settle (result, JP_SETTLEMENT_UNEXPLAINED, 0);
      result->reason = JP_SETTLEMENT_REASON_NO_REQUEST;
      return;
    }
  match->n_refunds++;
  compare_amount (result, price_refund (match, refund));
  result->reason = JP_SETTLEMENT_REASON_REFUND;
}

/* Either it takes an earlier line back as a whole, or it makes up for what was wrong so far. */
static void
judge_correction (Match *match, JpSettlementResult *result)
{
  if (result->line->is_agreed)
    {
      settle (result, JP_SETTLEMENT_MATCHES, result->paid_fen);
      result->reason = JP_SETTLEMENT_REASON_DISPUTE;
      return;
    }
  if (match->open_fen != 0)
    {
      compare_amount (result, -match->open_fen);
      return;
    }
  for (guint i = match->index; i > 0; i--)
    if (match->contract->lines[i - 1].kind == JP_SETTLEMENT_LINE_RELEASE &&
        match->contract->lines[i - 1].amount_fen == -result->paid_fen)
      {
        match->open_stage = find_stage (match, match->contract->lines[i - 1].stage);
        settle (result, JP_SETTLEMENT_MATCHES, result->paid_fen);
        return;
      }
  if (match->contract->n_refunds > 0 && result->paid_fen < 0)
    {
      /* The school gives back what it got too much of, so that the refund can be paid. */
      settle (result, JP_SETTLEMENT_MATCHES, result->paid_fen);
      result->reason = JP_SETTLEMENT_REASON_REFUND;
      return;
    }
  settle (result, JP_SETTLEMENT_UNEXPLAINED, 0);
  result->reason = JP_SETTLEMENT_REASON_NOTHING_TO_CORRECT;
}

static gboolean
names_other_trainee (Match *match, const JpSettlementLine *line)
{
  const char *name = match->contract->trainee_name;

  return !jp_id_equal (&line->trainee, &match->contract->trainee) ||
         (name != NULL && line->trainee_name != NULL && strcmp (name, line->trainee_name) != 0);
}

static void
judge_known (Match *match, JpSettlementResult *result)
{
  if (match->plan == NULL)
    {
      settle (result, JP_SETTLEMENT_UNEXPLAINED, 0);
      result->reason = match->contract->policy == NULL ? JP_SETTLEMENT_REASON_NO_POLICY
                                                       : JP_SETTLEMENT_REASON_NO_NUMBERS;
      return;
    }
  if (result->line->kind == JP_SETTLEMENT_LINE_RELEASE)
    judge_release (match, result);
  else if (result->line->kind == JP_SETTLEMENT_LINE_REFUND)
    judge_refund (match, result);
  else
    judge_correction (match, result);
  if (result->verdict != JP_SETTLEMENT_UNEXPLAINED && names_other_trainee (match, result->line))
    result->verdict = JP_SETTLEMENT_UNKNOWN_TRAINEE;
}

static void
judge (Match *match, JpSettlementResult *result)
{
  const JpSettlementLine *line = result->line;

  if (!jp_money_is_valid (line->amount_fen))
    {
      /* Not to be added up with anything. */
      result->paid_fen = 0;
      settle (result, JP_SETTLEMENT_UNEXPLAINED, 0);
      result->reason = JP_SETTLEMENT_REASON_RANGE;
    }
  else if (is_repeated (match, line))
    settle (result, JP_SETTLEMENT_DUPLICATE, 0);
  else if (!match->contract->is_known && !line->is_agreed)
    settle (result, JP_SETTLEMENT_UNKNOWN_CONTRACT, 0);
  else if (line->is_agreed && line->kind == JP_SETTLEMENT_LINE_CORRECTION)
    judge_correction (match, result);
  else
    judge_known (match, result);

  result->difference_fen = result->paid_fen - result->expected_fen;
  if (result->verdict != JP_SETTLEMENT_UNEXPLAINED)
    result->explained_fen = result->difference_fen;
}

/* A line that stands there twice moved nothing the second time. */
static void
count (Match *match, const JpSettlementResult *result)
{
  int index = result->stage_index;

  if (result->verdict == JP_SETTLEMENT_DUPLICATE)
    return;
  if (result->line->kind == JP_SETTLEMENT_LINE_REFUND)
    match->refunded_fen += result->paid_fen;
  else
    match->released_fen += result->paid_fen;

  if (result->line->kind == JP_SETTLEMENT_LINE_CORRECTION)
    {
      int named = match->plan != NULL ? find_stage (match, result->line->stage) : -1;

      index = named >= 0 ? named : match->open_stage;
      if (match->open_fen != 0)
        match->open_fen += result->paid_fen;
      if (index >= 0)
        match->short_fen[index] = MAX (match->short_fen[index] - result->paid_fen, 0);
    }
  else if (result->difference_fen != 0)
    {
      match->open_fen += result->difference_fen;
      match->open_stage = index;
      if (index >= 0 && result->difference_fen < 0)
        match->short_fen[index] -= result->difference_fen;
    }
  if (index >= 0)
    {
      match->released[index] += result->paid_fen;
      match->last_on[index] = result->line->paid_on;
    }
}

/* --- what is missing --- */

static gboolean
is_due (Match *match, JpDate due_on)
{
  const JpSettlementOptions *options = match->options;

  if (due_on == JP_DATE_NONE)
    return options->due_from == JP_DATE_NONE;
  if (jp_date_days_between (due_on, options->today) <= options->missing_days)
    return FALSE;
  return due_on >= options->due_from &&
         (options->due_until == JP_DATE_NONE || due_on <= options->due_until);
}

static gint64
find_missing (Match *match, int index, JpDate *out_due_on)
{
  const JpPolicyStageResult *rule = &match->plan->stages[index];
  JpDate at = jp_date_add_days (match->options->today, -match->options->missing_days - 1);

  if (!is_daily (rule->stage))
    {
      *out_due_on = rule->due_on;
      return rule->state == JP_POLICY_STAGE_EARNED && match->released[index] == 0 &&
                 match->short_fen[index] == 0
               ? rule->amount_fen
               : 0;
    }
  if (match->options->due_until != JP_DATE_NONE)
    at = MIN (at, match->options->due_until);
  *out_due_on = at;
  return compute_earned (match, index, at) - match->released[index] - match->short_fen[index];
}

static void
look_for_missing (Match *match, JpSettlementFunc func, gpointer user_data)
{
  gint64 custody_fen = get_custody (match, match->options->today);

  /* Somebody who leaves is settled by the refund. */
  if (match->plan == NULL || match->contract->n_refunds > 0)
    return;
  for (guint i = 0; i < match->plan->n_stages; i++)
    {
      JpSettlementResult result = {
        .verdict = JP_SETTLEMENT_MISSING,
        .contract = match->contract,
        .stage_index = (int)i,
        .stage = match->plan->stages[i].stage,
        .rule_bp = find_share (match->plan, (int)i),
        .earlier_fen = match->released[i],
      };
      gint64 missing_fen = find_missing (match, (int)i, &result.due_on);

      missing_fen = MIN (missing_fen, custody_fen);
      if (missing_fen <= 0 || !is_due (match, result.due_on))
        continue;
      custody_fen -= missing_fen;
      result.expected_fen = missing_fen;
      result.difference_fen = result.explained_fen = -missing_fen;
      if (result.due_on != JP_DATE_NONE)
        result.days = jp_date_days_between (result.due_on, match->options->today);
      func (&result, user_data);
    }
}

/**
 * jp_settlement_match:
 * @contract: a contract with its lines
 * @options: how strict
 * @func: (scope call): is called for each line that is to be checked, in their order, then for each
 *   stage that is missing
 * @user_data: for @func
 *
 * Judges the lines of a contract. Every line gets a verdict, whatever the facts are.
 *
 * What a line should pay is computed with what is known today: a stage that was reached after it
 * was paid is early, one that is still not reached was not earned. Never more is expected than
 * custody held on the day.
 */
void
jp_settlement_match (const JpSettlementContract *contract,
                     const JpSettlementOptions  *options,
                     JpSettlementFunc            func,
                     gpointer                    user_data)
{
  g_return_if_fail (contract != NULL);
  g_return_if_fail (options != NULL);
  g_return_if_fail (func != NULL);

  Match match = { .contract = contract, .options = options, .open_stage = -1 };

  if (contract->is_known && jp_settlement_fill_facts (contract, options->today, &match.facts))
    match.plan = jp_policy_plan_new (contract->policy, &match.facts, NULL);

  for (; match.index < contract->n_lines; match.index++)
    {
      JpSettlementResult result = {
        .line = &contract->lines[match.index],
        .contract = contract,
        .stage_index = -1,
        .rule_bp = -1,
        .paid_fen = contract->lines[match.index].amount_fen,
      };

      judge (&match, &result);
      count (&match, &result);
      if (result.line->is_checked)
        func (&result, user_data);
    }
  if (options->with_missing && contract->is_known)
    look_for_missing (&match, func, user_data);
  jp_policy_plan_free (match.plan);
}
