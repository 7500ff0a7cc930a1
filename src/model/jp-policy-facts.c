/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-model-error.h"
#include "jp-money.h"
#include "jp-policy-private.h"

static gboolean
refuse (GError **error, JpModelError code, const char *what)
{
  g_set_error_literal (error, JP_MODEL_ERROR, code, what);

  return FALSE;
}

static gboolean
is_date_or_none (JpDate date)
{
  return date == JP_DATE_NONE || jp_date_is_valid (date);
}

static gboolean
check_money (const JpPolicyFacts *facts, GError **error)
{
  if (facts->price_fen < 0 || facts->price_fen > JP_FEN_MAX)
    return refuse (error, JP_MODEL_ERROR_RANGE, "the price is out of range");
  if (facts->paid_fen < 0 || facts->paid_fen > JP_FEN_MAX)
    return refuse (error, JP_MODEL_ERROR_RANGE, "the payments are out of range");
  if (facts->released_fen < 0 || facts->released_fen > facts->paid_fen)
    return refuse (error, JP_MODEL_ERROR_RANGE, "more is released than is paid");
  if (facts->n_fees > JP_POLICY_MAX_ITEMS)
    return refuse (error, JP_MODEL_ERROR_RANGE, "the contract has too many fees");

  for (guint i = 0; i < facts->n_fees; i++)
    {
      if (facts->fees[i].amount_fen < 0 || facts->fees[i].amount_fen > JP_FEN_MAX)
        return refuse (error, JP_MODEL_ERROR_RANGE, "a fee is out of range");

      for (guint j = 0; j < i; j++)
        {
          if (g_str_equal (facts->fees[i].id, facts->fees[j].id))
            return refuse (error, JP_MODEL_ERROR_INVALID, "a fee occurs twice");
        }
    }

  return TRUE;
}

static gboolean
check_training (const JpPolicyFacts *facts, GError **error)
{
  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    {
      const JpPolicyPartFacts *training = &facts->parts[part];
      const JpPolicyExamFacts *exam = &facts->exams[part];

      if (training->required_minutes < JP_POLICY_UNKNOWN ||
          training->required_minutes > JP_POLICY_MAX_MINUTES || training->reviewed_minutes < 0 ||
          training->reviewed_minutes > JP_POLICY_MAX_MINUTES || training->used_minutes < 0 ||
          training->used_minutes > JP_POLICY_MAX_MINUTES)
        return refuse (error, JP_MODEL_ERROR_RANGE, "minutes of training are out of range");
      if (exam->n_attempts < 0 || exam->n_attempts > JP_POLICY_MAX_ATTEMPTS)
        return refuse (error, JP_MODEL_ERROR_RANGE, "attempts at an exam are out of range");
      if (!is_date_or_none (training->reviewed_on) || !is_date_or_none (exam->passed_on))
        return refuse (error, JP_MODEL_ERROR_RANGE, "a date is not valid");
    }

  return TRUE;
}

/**
 * jp_policy_facts_check: (skip)
 * @self: a policy
 * @facts: facts from records, which may be wrong
 * @error: return location for a [error@Jp.ModelError]
 *
 * Returns: %TRUE if the numbers can be computed with
 */
gboolean
jp_policy_facts_check (JpPolicy *self, const JpPolicyFacts *facts, GError **error)
{
  if (!jp_date_is_valid (facts->on))
    return refuse (error, JP_MODEL_ERROR_RANGE, "the day is not valid");
  if (!jp_policy_applies_to (self, facts->licence_type))
    {
      g_set_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_INVALID,
                   "policy \"%s\" has no rules for licence type \"%s\"",
                   jp_policy_get_header (self)->id, facts->licence_type);
      return FALSE;
    }
  if ((guint)facts->fault >= JP_POLICY_N_FAULTS)
    return refuse (error, JP_MODEL_ERROR_RANGE, "the fault is not known");

  if (facts->notice_minutes < JP_POLICY_UNKNOWN || facts->notice_minutes > JP_POLICY_MAX_NOTICE)
    return refuse (error, JP_MODEL_ERROR_RANGE, "the notice is out of range");

  for (guint i = 0; i < JP_POLICY_N_EVENTS; i++)
    {
      if (!is_date_or_none (facts->events[i]))
        return refuse (error, JP_MODEL_ERROR_RANGE, "a date is not valid");
    }

  return check_money (facts, error) && check_training (facts, error);
}

/**
 * jp_policy_facts_happened: (skip)
 * @facts: facts
 * @date: a date in them
 *
 * Returns: %TRUE if it has happened by the day of the evaluation
 */
gboolean
jp_policy_facts_happened (const JpPolicyFacts *facts, JpDate date)
{
  return date != JP_DATE_NONE && date <= facts->on;
}

/**
 * jp_policy_facts_get_fee: (skip)
 * @facts: facts
 * @id: name of a fee
 * @out_fen: (out): its amount
 *
 * Returns: %TRUE if the contract has such a fee
 */
gboolean
jp_policy_facts_get_fee (const JpPolicyFacts *facts, const char *id, gint64 *out_fen)
{
  for (guint i = 0; i < facts->n_fees; i++)
    {
      if (g_str_equal (facts->fees[i].id, id))
        {
          *out_fen = facts->fees[i].amount_fen;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * jp_policy_facts_sum_minutes: (skip)
 * @facts: facts
 * @parts: bit n for part n
 * @by_used: all valid minutes, not only the approved ones
 * @out_done: (out): minutes, of each part no more than required if that is known
 * @out_required: (out): what the curriculum asks for
 *
 * Returns: %TRUE if the requirement of every part is known; @out_required is written only then
 */
gboolean
jp_policy_facts_sum_minutes (const JpPolicyFacts *facts,
                             guint                parts,
                             gboolean             by_used,
                             gint64              *out_done,
                             gint64              *out_required)
{
  gboolean is_known = TRUE;
  gint64   done = 0;
  gint64   required = 0;

  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    {
      const JpPolicyPartFacts *training = &facts->parts[part];
      gint64                   minutes = training->reviewed_minutes;

      if ((parts & (1u << part)) == 0)
        continue;
      if (by_used)
        minutes = MAX (minutes, training->used_minutes);

      if (training->required_minutes == JP_POLICY_UNKNOWN)
        {
          is_known = FALSE;
          done += minutes;
        }
      else
        {
          required += training->required_minutes;
          done += MIN (minutes, training->required_minutes);
        }
    }

  *out_done = done;
  if (is_known)
    *out_required = required;

  return is_known;
}

static gboolean
meets_days (const JpPolicyFacts *facts, const JpPolicyCondition *condition)
{
  JpDate from = facts->events[condition->event];

  if (!jp_policy_facts_happened (facts, from))
    return FALSE;

  gboolean is_within = jp_date_days_between (from, facts->on) <= condition->days;

  return is_within == (condition->kind == JP_POLICY_CONDITION_WITHIN_DAYS);
}

static gboolean
meets_hours (const JpPolicyFacts     *facts,
             const JpPolicyCondition *condition,
             gboolean                *out_met,
             GError                 **error)
{
  const JpPolicyPartFacts *training = &facts->parts[condition->part];
  gint64                   minutes = MAX (training->used_minutes, training->reviewed_minutes);

  if (training->required_minutes == JP_POLICY_UNKNOWN && minutes > 0)
    {
      g_set_error (error, JP_MODEL_ERROR, JP_MODEL_ERROR_MISSING,
                   "the hours that the curriculum asks for in part %d are not known",
                   condition->part);
      return FALSE;
    }

  *out_met = minutes == 0 ||
             minutes * condition->denominator <= training->required_minutes * condition->numerator;

  return TRUE;
}

static gboolean
meets (const JpPolicyFacts     *facts,
       const JpPolicyCondition *condition,
       gboolean                *out_met,
       GError                 **error)
{
  switch (condition->kind)
    {
    case JP_POLICY_CONDITION_HAPPENED:
    case JP_POLICY_CONDITION_NOT_HAPPENED:
      *out_met = jp_policy_facts_happened (facts, facts->events[condition->event]) ==
                 (condition->kind == JP_POLICY_CONDITION_HAPPENED);
      break;
    case JP_POLICY_CONDITION_FAULT:
      *out_met = (condition->faults & (1u << facts->fault)) != 0;
      break;
    case JP_POLICY_CONDITION_WITHIN_DAYS:
    case JP_POLICY_CONDITION_AFTER_DAYS:
      *out_met = meets_days (facts, condition);
      break;
    case JP_POLICY_CONDITION_HOURS_AT_MOST:
      return meets_hours (facts, condition, out_met, error);
    case JP_POLICY_CONDITION_EXAM_PASSED:
    case JP_POLICY_CONDITION_EXAM_NOT_PASSED:
      *out_met = jp_policy_facts_happened (facts, facts->exams[condition->subject].passed_on) ==
                 (condition->kind == JP_POLICY_CONDITION_EXAM_PASSED);
      break;
    case JP_POLICY_CONDITION_NOTICE_AT_LEAST:
      *out_met = facts->notice_minutes >= condition->minutes;
      break;
    default:
      g_assert_not_reached ();
    }

  return TRUE;
}

/**
 * jp_policy_facts_meet: (skip)
 * @facts: facts
 * @conditions: (element-type JpPolicyCondition): conditions
 * @out_met: (out): %TRUE if all of them hold, or if there are none
 * @error: return location for a [error@Jp.ModelError]
 *
 * Returns: %TRUE, or %FALSE with %JP_MODEL_ERROR_MISSING if a condition asks for hours that nobody
 *   knows
 */
gboolean
jp_policy_facts_meet (const JpPolicyFacts *facts,
                      const GArray        *conditions,
                      gboolean            *out_met,
                      GError             **error)
{
  gboolean all_met = TRUE;

  for (guint i = 0; i < conditions->len && all_met; i++)
    {
      if (!meets (facts, &g_array_index (conditions, JpPolicyCondition, i), &all_met, error))
        return FALSE;
    }

  *out_met = all_met;

  return TRUE;
}

/**
 * jp_policy_facts_init:
 * @facts: (out caller-allocates): facts
 * @curriculum: (nullable): the curriculum of the contract
 * @licence_type: what the contract trains for; must live as long as @facts
 *
 * Empties @facts and fills in what each part must have; unknown hours stay unknown.
 */
void
jp_policy_facts_init (JpPolicyFacts *facts, JpCurriculum *curriculum, const char *licence_type)
{
  g_return_if_fail (facts != NULL);
  g_return_if_fail (licence_type != NULL);

  *facts = (JpPolicyFacts){ .licence_type = licence_type, .notice_minutes = JP_POLICY_UNKNOWN };

  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    {
      JpCurriculumNumber number = { JP_CURRICULUM_UNKNOWN };

      if (curriculum != NULL)
        jp_curriculum_get_minutes (curriculum, licence_type, part, &number);

      facts->parts[part].required_minutes = number.value;
    }
}
