/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-money.h"
#include "jp-policy-private.h"
#include "jp-progress.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * jp_policy_multiply: (skip)
 * @amount: ≥ 0
 * @numerator: ≥ 0
 * @denominator: > 0
 *
 * Returns: @amount × @numerator ÷ @denominator, rounded down, through 128 bits
 */
gint64
jp_policy_multiply (gint64 amount, gint64 numerator, gint64 denominator)
{
  __extension__ typedef __int128 Wide;

  g_assert (amount >= 0);
  g_assert (numerator >= 0);
  g_assert (denominator > 0);

  Wide result = (Wide)amount * numerator / denominator;

  g_assert (result <= G_MAXINT64);

  return (gint64)result;
}

/**
 * jp_policy_trace_add: (skip)
 * @steps: (element-type JpPolicyStep): a trace
 * @op: what was done
 * @rule: id of the stage, item or override
 * @clause: where the rule stands
 * @operands: the numbers that went in
 * @result: the number that came out
 *
 * Writes down one step.
 */
void
jp_policy_trace_add (GArray      *steps,
                     JpPolicyOp   op,
                     const char  *rule,
                     const char  *clause,
                     const gint64 operands[JP_POLICY_OPERANDS],
                     gint64       result)
{
  JpPolicyStep step = {
    .op = op,
    .rule = rule,
    .clause = clause,
    .operands = { operands[0], operands[1], operands[2] },
    .result = result,
  };

  g_array_append_val (steps, step);
}

/* How an operand or a result is shown. */
typedef enum {
  SHOW_NOTHING,
  SHOW_MONEY,
  SHOW_PERCENT,
  SHOW_HOURS,
  SHOW_DATE,
  SHOW_NUMBER,
  SHOW_PART,
  SHOW_SUBJECT,
  SHOW_EVENT,
  SHOW_FAULT,
} Show;

typedef struct
{
  const char *sentence; /* with {1} … {3} for the operands and {=} for the result */
  const char *negative; /* (nullable): instead, if the result is 0 */
  Show        shows[JP_POLICY_OPERANDS + 1];
} OpText;

/* clang-format off */
static const OpText op_texts[JP_POLICY_LAST_OP + 1] = {
  [JP_POLICY_OP_SHARE] = {
    NC_ ("trace", "{2} of {1} = {=}"), NULL,
    { SHOW_MONEY, SHOW_PERCENT, SHOW_NOTHING, SHOW_MONEY } },
  [JP_POLICY_OP_FIXED] = {
    NC_ ("trace", "fixed amount {=}"), NULL,
    { SHOW_MONEY, SHOW_NOTHING, SHOW_NOTHING, SHOW_MONEY } },
  [JP_POLICY_OP_FEE] = {
    NC_ ("trace", "as agreed in the contract: {=}"), NULL,
    { SHOW_MONEY, SHOW_NOTHING, SHOW_NOTHING, SHOW_MONEY } },
  [JP_POLICY_OP_REST] = {
    NC_ ("trace", "rest: {1} − {2} = {=}"), NULL,
    { SHOW_MONEY, SHOW_MONEY, SHOW_NOTHING, SHOW_MONEY } },
  [JP_POLICY_OP_CAP] = {
    NC_ ("trace", "{1} is above the limit of {2}: {=}"), NULL,
    { SHOW_MONEY, SHOW_MONEY, SHOW_NOTHING, SHOW_MONEY } },
  [JP_POLICY_OP_EVENT] = {
    NC_ ("trace", "{1}: done on {2}"), NC_ ("trace", "{1}: not yet"),
    { SHOW_EVENT, SHOW_DATE, SHOW_NOTHING, SHOW_NUMBER } },
  [JP_POLICY_OP_HOURS_REVIEWED] = {
    NC_ ("trace", "{1}: {2} of {3} hours approved: complete"),
    NC_ ("trace", "{1}: {2} of {3} hours approved: not complete"),
    { SHOW_PART, SHOW_HOURS, SHOW_HOURS, SHOW_NUMBER } },
  [JP_POLICY_OP_EXAM] = {
    NC_ ("trace", "{1}: passed on {2}"), NC_ ("trace", "{1}: not passed yet"),
    { SHOW_SUBJECT, SHOW_DATE, SHOW_NOTHING, SHOW_NUMBER } },
  [JP_POLICY_OP_NO_CONTRACT] = {
    NC_ ("trace", "the contract is not signed: nothing is due"), NULL,
    { SHOW_NOTHING, SHOW_NOTHING, SHOW_NOTHING, SHOW_NOTHING } },
  [JP_POLICY_OP_DELAY] = {
    NC_ ("trace", "{2} days after {1}: due since {3}"),
    NC_ ("trace", "{2} days after {1}: due on {3}"),
    { SHOW_DATE, SHOW_NUMBER, SHOW_DATE, SHOW_NUMBER } },
  [JP_POLICY_OP_PROPORTION] = {
    NC_ ("trace", "{2} of {3} hours: {1} × {2} ÷ {3} = {=}"), NULL,
    { SHOW_MONEY, SHOW_HOURS, SHOW_HOURS, SHOW_MONEY } },
  [JP_POLICY_OP_HOURS] = {
    NC_ ("trace", "{2} hours at {1} = {=}"), NULL,
    { SHOW_MONEY, SHOW_HOURS, SHOW_NOTHING, SHOW_MONEY } },
  [JP_POLICY_OP_COMPLETE] = {
    NC_ ("trace", "{1} of {2} hours: complete: {=}"), NULL,
    { SHOW_HOURS, SHOW_HOURS, SHOW_NOTHING, SHOW_MONEY } },
  [JP_POLICY_OP_EXAM_FEES] = {
    NC_ ("trace", "exam fee {1}, again {2} each, {3} attempts: {=}"), NULL,
    { SHOW_MONEY, SHOW_MONEY, SHOW_NUMBER, SHOW_MONEY } },
  [JP_POLICY_OP_EARNED] = {
    NC_ ("trace", "stages reached so far: {=}"), NULL,
    { SHOW_MONEY, SHOW_NOTHING, SHOW_NOTHING, SHOW_MONEY } },
  [JP_POLICY_OP_USED] = {
    NC_ ("trace", "stages as far as used: {=}"), NULL,
    { SHOW_MONEY, SHOW_NOTHING, SHOW_NOTHING, SHOW_MONEY } },
  [JP_POLICY_OP_PENALTY] = {
    NC_ ("trace", "penalty: {2} of {1} = {=}"), NULL,
    { SHOW_MONEY, SHOW_PERCENT, SHOW_NOTHING, SHOW_MONEY } },
  [JP_POLICY_OP_NOT_AT_FAULT] = {
    NC_ ("trace", "no penalty, at fault: {1}"), NULL,
    { SHOW_FAULT, SHOW_NOTHING, SHOW_NOTHING, SHOW_MONEY } },
  [JP_POLICY_OP_NOT_MET] = {
    NC_ ("trace", "the condition is not met: nothing is charged"), NULL,
    { SHOW_NOTHING, SHOW_NOTHING, SHOW_NOTHING, SHOW_NOTHING } },
  [JP_POLICY_OP_BEFORE] = {
    NC_ ("trace", "before “{2}” only {3} of {1} is charged: {=}"), NULL,
    { SHOW_MONEY, SHOW_EVENT, SHOW_PERCENT, SHOW_MONEY } },
  [JP_POLICY_OP_TOTAL_CAP] = {
    NC_ ("trace", "all deductions {1}, no more than {2}"), NULL,
    { SHOW_MONEY, SHOW_MONEY, SHOW_NOTHING, SHOW_MONEY } },
  [JP_POLICY_OP_FLOOR] = {
    NC_ ("trace", "deductions {1}, no more than the {2} paid"), NULL,
    { SHOW_MONEY, SHOW_MONEY, SHOW_NOTHING, SHOW_MONEY } },
  [JP_POLICY_OP_OVERRIDE] = {
    NC_ ("trace", "{2} of the {1} paid goes back: {=}"), NULL,
    { SHOW_MONEY, SHOW_PERCENT, SHOW_NOTHING, SHOW_MONEY } },
  [JP_POLICY_OP_STAY] = {
    NC_ ("trace", "earned {1}, released {2}: {=} stays"), NULL,
    { SHOW_MONEY, SHOW_MONEY, SHOW_NOTHING, SHOW_MONEY } },
};

static const char *const event_labels[JP_POLICY_N_EVENTS] = {
  NC_ ("trace", "contract signed"), NC_ ("trace", "fee paid"), NC_ ("trace", "file opened"),
  NC_ ("trace", "card issued"), NC_ ("trace", "training started"), NC_ ("trace", "graduated"),
  NC_ ("trace", "licence issued"),
};

static const char *const fault_labels[JP_POLICY_N_FAULTS] = {
  NC_ ("trace", "the trainee"), NC_ ("trace", "the school"), NC_ ("trace", "nobody"),
};
/* clang-format on */

static const char *
translate (const char *text)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "trace", text);
}

/**
 * jp_policy_trace_get_event_label: (skip)
 * @event: an event
 *
 * Returns: (transfer none): what has happened then, translated
 */
const char *
jp_policy_trace_get_event_label (JpPolicyEvent event)
{
  g_assert ((guint)event < JP_POLICY_N_EVENTS);

  return translate (event_labels[event]);
}

/**
 * jp_policy_trace_get_fault_label: (skip)
 * @fault: a fault
 *
 * Returns: (transfer none): who is at fault, translated
 */
const char *
jp_policy_trace_get_fault_label (JpPolicyFault fault)
{
  g_assert ((guint)fault < JP_POLICY_N_FAULTS);

  return translate (fault_labels[fault]);
}

/**
 * jp_policy_trace_format_percent: (skip)
 * @basis_points: a share, ≥ 0
 *
 * Returns: (transfer full): 2500 → “25%”, 3333 → “33.33%”
 */
char *
jp_policy_trace_format_percent (gint64 basis_points)
{
  if (basis_points % 100 == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT "%%", basis_points / 100);

  return g_strdup_printf ("%" G_GINT64_FORMAT ".%02" G_GINT64_FORMAT "%%", basis_points / 100,
                          basis_points % 100);
}

/* Exact, so that the reader can compute it again: 2.5, but 1:01. */
static char *
format_hours (gint64 minutes)
{
  if (minutes < 0)
    return g_strdup ("?");
  if (minutes % 6 == 0)
    return jp_minutes_format_hours (minutes);

  return g_strdup_printf ("%" G_GINT64_FORMAT ":%02" G_GINT64_FORMAT, minutes / 60, minutes % 60);
}

static char *
format_value (Show show, gint64 value)
{
  switch (show)
    {
    case SHOW_MONEY:
      return jp_money_format (value);
    case SHOW_PERCENT:
      return jp_policy_trace_format_percent (value);
    case SHOW_HOURS:
      return format_hours (value);
    case SHOW_DATE:
      return value == JP_DATE_NONE ? g_strdup ("?") : jp_date_to_iso ((JpDate)value);
    case SHOW_NUMBER:
      return g_strdup_printf ("%" G_GINT64_FORMAT, value);
    case SHOW_PART:
      return g_strdup (jp_progress_get_part_label ((int)value));
    case SHOW_SUBJECT:
      return g_strdup (jp_progress_get_subject_label ((int)value));
    case SHOW_EVENT:
      return g_strdup (jp_policy_trace_get_event_label ((JpPolicyEvent)value));
    case SHOW_FAULT:
      return g_strdup (jp_policy_trace_get_fault_label ((JpPolicyFault)value));
    case SHOW_NOTHING:
    default:
      return g_strdup ("");
    }
}

/* Translators may use the values in any order and leave some out, which printf() does not allow. */
static char *
fill (const char *sentence, const char *const values[JP_POLICY_OPERANDS + 1])
{
  static const char names[] = "123=";
  g_autoptr (GString) filled = g_string_new (NULL);

  for (const char *p = sentence; *p != '\0'; p++)
    {
      const char *name = p[0] == '{' && p[1] != '\0' && p[2] == '}' ? strchr (names, p[1]) : NULL;

      if (name != NULL)
        {
          g_string_append (filled, values[name - names]);
          p += 2;
        }
      else
        {
          g_string_append_c (filled, *p);
        }
    }

  return g_string_free (g_steal_pointer (&filled), FALSE);
}

/**
 * jp_policy_trace_dup_sentence:
 * @step: a step of a plan or refund
 *
 * Says in the user's language what was computed, with its numbers, like “30% of ¥4,800.00 =
 * ¥1,440.00”.
 *
 * Returns: (transfer full): the sentence
 */
char *
jp_policy_trace_dup_sentence (const JpPolicyStep *step)
{
  g_return_val_if_fail (step != NULL, NULL);
  g_return_val_if_fail ((guint)step->op <= JP_POLICY_LAST_OP, NULL);

  const OpText *text = &op_texts[step->op];
  const char   *sentence =
    step->result == 0 && text->negative != NULL ? text->negative : text->sentence;
  g_autofree char *first = format_value (text->shows[0], step->operands[0]);
  g_autofree char *second = format_value (text->shows[1], step->operands[1]);
  g_autofree char *third = format_value (text->shows[2], step->operands[2]);
  g_autofree char *result = format_value (text->shows[3], step->result);

  const char *const values[] = { first, second, third, result };

  return fill (translate (sentence), values);
}
