/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-tier-curve.h"

#define DAYS_A_WEEK 7
#define FIRST_DAY   20260105 /* any day: only differences count */

/* Three to four months for C1, one part after the other (school practice). */
const JpTierTimeline jp_tier_curve_usual = {
  .starts = { 0, 0, 3, 9, 14 },
  .ends = { 0, 2, 8, 14, 15 },
  .exams = { 0, 3, 9, 15, 16 },
  .n_weeks = 18,
};

static JpDate
day_of (int week)
{
  return jp_date_add_days (FIRST_DAY, week * DAYS_A_WEEK);
}

/* Evenly from the first week to the last one. */
static gint64
minutes_by (const JpTierTimeline *timeline, int part, gint64 required, int week)
{
  int span = timeline->ends[part] - timeline->starts[part];
  int done = CLAMP (week - timeline->starts[part], 0, span);

  return span > 0 ? required * done / span : required;
}

static void
set_week (JpPolicyFacts *facts, const JpTierTimeline *timeline, int week)
{
  JpDate last = JP_DATE_NONE;

  facts->on = day_of (week);
  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    {
      JpPolicyPartFacts *training = &facts->parts[part];
      gboolean           is_over = week >= timeline->ends[part];

      if (training->required_minutes != JP_POLICY_UNKNOWN)
        training->used_minutes = minutes_by (timeline, part, training->required_minutes, week);
      training->reviewed_minutes = training->used_minutes;
      training->reviewed_on = is_over ? day_of (timeline->ends[part]) : JP_DATE_NONE;
      facts->exams[part].passed_on =
        week >= timeline->exams[part] ? day_of (timeline->exams[part]) : JP_DATE_NONE;
      facts->exams[part].n_attempts = week >= timeline->exams[part];
      last = MAX (last, MAX (day_of (timeline->ends[part]), day_of (timeline->exams[part])));
    }
  facts->events[JP_POLICY_EVENT_GRADUATED] = last;
  facts->events[JP_POLICY_EVENT_LICENCE_ISSUED] = last;
}

/**
 * jp_tier_curve_new:
 * @input: price, fees and how many trainees
 * @policy: the rules
 * @curriculum: (nullable): the hours
 * @timeline: how training usually goes, see jp_tier_curve_usual
 * @error: return location for a [error@Jp.ModelError]
 *
 * Computes what will have been released after each week if trainees begin together and train as
 * usual. Pure; by the one evaluator.
 *
 * Returns: (transfer full) (element-type gint64): the sum in fen after each week, from week 0,
 * never falling; or %NULL with an error of jp_policy_plan_new()
 */
GArray *
jp_tier_curve_new (const JpTierCurve    *input,
                   JpPolicy             *policy,
                   JpCurriculum         *curriculum,
                   const JpTierTimeline *timeline,
                   GError              **error)
{
  g_return_val_if_fail (input != NULL && input->licence_type != NULL, NULL);
  g_return_val_if_fail (policy != NULL, NULL);
  g_return_val_if_fail (timeline != NULL, NULL);
  g_return_val_if_fail (timeline->n_weeks >= 0, NULL);
  g_return_val_if_fail (timeline->n_weeks <= JP_TIER_CURVE_MAX_WEEKS, NULL);

  JpPolicyFacts facts;
  g_autoptr (GArray) weeks = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 most_fen = 0;

  jp_policy_facts_init (&facts, curriculum, input->licence_type);
  facts.price_fen = input->price_fen;
  facts.paid_fen = input->price_fen;
  facts.fees = input->fees;
  facts.n_fees = input->n_fees;
  for (guint i = 0; i < JP_POLICY_N_EVENTS; i++)
    facts.events[i] = FIRST_DAY;

  for (int week = 0; week <= timeline->n_weeks; week++)
    {
      g_autoptr (JpPolicyPlan) plan = NULL;

      set_week (&facts, timeline, week);
      plan = jp_policy_plan_new (policy, &facts, error);
      if (plan == NULL)
        return NULL;
      most_fen = MAX (most_fen, plan->releasable_fen * (gint64)input->n_trainees);
      g_array_append_val (weeks, most_fen);
    }
  return g_steal_pointer (&weeks);
}
