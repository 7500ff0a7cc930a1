/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-codes.h"
#include "jp-facts-repo.h"

G_BEGIN_DECLS

/* What a trainee would get back, and whether the platform paid that back: both computed by the
 * contract's own policy from what is known here. */

/**
 * JpRefundQuestion:
 * @on: the day of leaving
 * @fault: who is at fault
 * @minutes: by part, [0] not used: minutes that will have been trained by then, or
 *   %JP_POLICY_UNKNOWN for what is known
 *
 * "What would I get back if …"
 */
typedef struct
{
  JpDate  on;
  JpFault fault;
  gint64  minutes[JP_POLICY_N_PARTS + 1];
} JpRefundQuestion;

/**
 * JpRefundSheet:
 * @facts: (owned): what was looked at
 * @results: (array length=3) (owned): the refund for each fault, by its number; all of one policy
 * @fault: which of them was asked for
 * @trainee: (owned): name of the trainee
 * @tier: (owned): name of the class tier
 *
 * An answer. It is no promise: the platform decides.
 */
typedef struct
{
  JpFacts        *facts;
  JpPolicyRefund *results[JP_POLICY_N_FAULTS];
  JpFault         fault;
  char           *trainee;
  char           *tier;
} JpRefundSheet;

/**
 * JpRefundVerdictKind:
 * @JP_REFUND_VERDICT_MATCHES: what was paid back is what the policy says
 * @JP_REFUND_VERDICT_SHORT: less was paid back
 * @JP_REFUND_VERDICT_OVER: more was paid back
 * @JP_REFUND_VERDICT_WAITING: the platform has not decided, in time so far
 * @JP_REFUND_VERDICT_LATE: the platform has not decided, and the policy's days are over
 * @JP_REFUND_VERDICT_REFUSED: the platform has refused it
 * @JP_REFUND_VERDICT_UNKNOWN: it cannot be computed: rules or hours are open
 * @JP_REFUND_VERDICT_UNSENT: it waits for the second person of the school
 * @JP_REFUND_VERDICT_DECLINED: the school has declined it itself, or taken it back
 */
typedef enum {
  JP_REFUND_VERDICT_MATCHES,
  JP_REFUND_VERDICT_SHORT,
  JP_REFUND_VERDICT_OVER,
  JP_REFUND_VERDICT_WAITING,
  JP_REFUND_VERDICT_LATE,
  JP_REFUND_VERDICT_REFUSED,
  JP_REFUND_VERDICT_UNKNOWN,
  JP_REFUND_VERDICT_UNSENT,
  JP_REFUND_VERDICT_DECLINED,
} JpRefundVerdictKind;

/**
 * JpRefundVerdict:
 * @kind: the verdict
 * @expected_fen: what the policy says, for the day it was asked for
 * @deducted_fen: what the school keeps by it
 * @paid_fen: what the trainee had paid
 * @actual_fen: what was paid back
 * @asked_on: when it was asked for
 *
 * Whether a refund is right. A plain value.
 */
typedef struct
{
  JpRefundVerdictKind kind;
  gint64              expected_fen;
  gint64              deducted_fen;
  gint64              paid_fen;
  gint64              actual_fen;
  JpDate              asked_on;
} JpRefundVerdict;

JpRefundSheet *jp_refund_repo_simulate (JpVault                *vault,
                                        const JpId             *contract,
                                        const JpRefundQuestion *question,
                                        GError                **error);
void           jp_refund_repo_free (JpRefundSheet *sheet);
char          *jp_refund_repo_dup_arithmetic (const JpPolicyRefund *refund, const char *line);

gboolean jp_refund_repo_check (JpVault         *vault,
                               JpRecord        *refund,
                               JpRefundVerdict *out_verdict,
                               GError         **error);
gboolean jp_refund_repo_is_fine (const JpRefundVerdict *verdict);
char    *jp_refund_repo_dup_sentence (const JpRefundVerdict *verdict);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpRefundSheet, jp_refund_repo_free)

G_END_DECLS
