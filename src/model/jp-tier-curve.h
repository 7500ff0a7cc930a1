/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-policy.h"

G_BEGIN_DECLS

#define JP_TIER_CURVE_MAX_WEEKS 104

/**
 * JpTierTimeline:
 * @starts: by part, [0] not used: the week in which its training begins
 * @ends: by part: the week after which its hours are complete and approved
 * @exams: by subject: the week after which the exam is passed
 * @n_weeks: how many weeks to look at, ≤ %JP_TIER_CURVE_MAX_WEEKS
 *
 * How training usually goes, in weeks after the contract.
 */
typedef struct
{
  int starts[JP_POLICY_N_PARTS + 1];
  int ends[JP_POLICY_N_PARTS + 1];
  int exams[JP_POLICY_N_PARTS + 1];
  int n_weeks;
} JpTierTimeline;

extern const JpTierTimeline jp_tier_curve_usual;

/**
 * JpTierCurve:
 * @price_fen: the price
 * @fees: (array length=n_fees) (nullable): the fees of the tier
 * @n_fees: how many
 * @licence_type: what is trained for
 * @n_trainees: how many trainees begin together
 *
 * What a curve is drawn for.
 */
typedef struct
{
  gint64             price_fen;
  const JpPolicyFee *fees;
  guint              n_fees;
  const char        *licence_type;
  guint              n_trainees;
} JpTierCurve;

GArray *jp_tier_curve_new (const JpTierCurve    *input,
                           JpPolicy             *policy,
                           JpCurriculum         *curriculum,
                           const JpTierTimeline *timeline,
                           GError              **error);

G_END_DECLS
