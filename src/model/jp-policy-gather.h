/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-policy.h"
#include "jp-record.h"

G_BEGIN_DECLS

/* How rows become the facts of a policy: the one place that says what counts, for the platform, the
 * client and whoever reads many contracts at once. Rows of any order are added one by one between
 * jp_policy_gather_init() and jp_policy_gather_finish(). */

#define JP_POLICY_GATHER_N_FEES 11

/**
 * JpPolicyGather:
 * @facts: what the policy looks at; points into @fees
 * @fees: the fees of the contract
 * @from_us: sessions of this contract start at or after this instant
 * @until_us: … and before this one: the end of the day
 * @hourly_parts: bit n for part n: parts that the policy pays hour by hour
 * @approved_parts: bit n for part n: parts whose review is over
 * @n_passed: subjects passed
 * @last_passed_on: the day of the last of them, or %JP_DATE_NONE
 * @first_us: start of the first session, or %G_MAXINT64
 * @pending_minutes: minutes that nobody has judged: the amounts may still change
 *
 * What is known of a contract on a day. A plain value, but it must not be copied. The licence type
 * in @facts belongs to the contract.
 */
typedef struct
{
  JpPolicyFacts facts;
  JpPolicyFee   fees[JP_POLICY_GATHER_N_FEES];
  gint64        from_us;
  gint64        until_us;
  guint         hourly_parts;
  guint         approved_parts;
  guint         n_passed;
  JpDate        last_passed_on;
  gint64        first_us;
  gint64        pending_minutes;
} JpPolicyGather;

void jp_policy_gather_init (JpPolicyGather *self,
                            JpPolicy       *policy,
                            JpCurriculum   *curriculum,
                            JpRecord       *contract,
                            JpDate          on);
void jp_policy_gather_add_fees (JpPolicyGather *self, JpRecord *tier);
void jp_policy_gather_add_minutes (JpPolicyGather *self,
                                   gint64          part,
                                   gint64          valid_minutes,
                                   gint64          started_us);
void jp_policy_gather_add_stage (JpPolicyGather *self,
                                 gint64          part,
                                 gint64          valid_minutes,
                                 gint64          reviewed_us);
void jp_policy_gather_add_exam (JpPolicyGather *self,
                                gint64          subject,
                                JpDate          taken_on,
                                gboolean        is_passed);
void jp_policy_gather_finish (JpPolicyGather *self);

G_END_DECLS
