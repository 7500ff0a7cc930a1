/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-policy.h"
#include "jp-record.h"

G_BEGIN_DECLS

/* What is wrong with a class tier before the platform, an inspector or a trainee says so. */

/**
 * JpTierFindingKind:
 * @JP_TIER_FINDING_SUM: the parts do not add up to the price
 * @JP_TIER_FINDING_NO_SPLIT: the rules release by the fees of the parts, and the tier has none
 * @JP_TIER_FINDING_LIMIT: a part is beyond what the rules allow
 * @JP_TIER_FINDING_COPY: the published copy says something else
 * @JP_TIER_FINDING_PROMISE: promises what nobody can: 包过
 * @JP_TIER_FINDING_EXTRA: announces a charge beside the one fee: 另收
 */
typedef enum {
  JP_TIER_FINDING_SUM,
  JP_TIER_FINDING_NO_SPLIT,
  JP_TIER_FINDING_LIMIT,
  JP_TIER_FINDING_COPY,
  JP_TIER_FINDING_PROMISE,
  JP_TIER_FINDING_EXTRA,
} JpTierFindingKind;

/**
 * JpTierFinding:
 * @kind: what is wrong
 * @field: where
 * @first: (owned) (nullable): the word, what is here, or the sum
 * @second: (owned) (nullable): what is published, the price, or the bound
 * @is_minimum: of a bound
 *
 * One finding; jp_tier_lint_dup_sentence() says it with what to do next.
 */
typedef struct
{
  JpTierFindingKind kind;
  JpFieldId         field;
  char             *first;
  char             *second;
  gboolean          is_minimum;
} JpTierFinding;

GPtrArray *jp_tier_lint_run (JpRecord *tier, JpRecord *published, JpPolicy *policy);
char      *jp_tier_lint_dup_sentence (const JpTierFinding *finding);

G_END_DECLS
