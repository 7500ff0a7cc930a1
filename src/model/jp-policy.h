/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-curriculum.h"
#include "jp-policy-rules.h"

G_BEGIN_DECLS

/* One version of a city's release and refund rules, and the only place that computes with them:
 * contract summary, statement check, refund simulator and forecast all come here. Pure, integers
 * only, every input gives an amount or a named error, and every amount comes with its trace. */

#define JP_POLICY_MAX_MINUTES  1000000
#define JP_POLICY_MAX_ATTEMPTS 1000

/* Immutable, reference-counted, any thread. */
typedef struct _JpPolicy JpPolicy;

JpPolicy *jp_policy_new_from_bytes (const char *file_name, GBytes *bytes, GError **error);
JpPolicy *jp_policy_new_from_data (const char *id, GError **error);
JpPolicy *jp_policy_ref (JpPolicy *self);
void      jp_policy_unref (JpPolicy *self);

const JpDataHeader  *jp_policy_get_header (JpPolicy *self);
const char          *jp_policy_get_digest (JpPolicy *self);
char                *jp_policy_dup_signed_text (JpPolicy *self);
const char          *jp_policy_get_city (JpPolicy *self);
gboolean             jp_policy_is_complete (JpPolicy *self);
gboolean             jp_policy_is_paid_per_stage (JpPolicy *self);
gboolean             jp_policy_applies_to (JpPolicy *self, const char *licence_type);
guint                jp_policy_get_n_stages (JpPolicy *self);
const JpPolicyStage *jp_policy_get_stage (JpPolicy *self, guint index);
guint                jp_policy_get_n_items (JpPolicy *self);
const JpPolicyItem  *jp_policy_get_item (JpPolicy *self, guint index);
int                  jp_policy_get_refund_days (JpPolicy *self);

/**
 * JpPolicyFee:
 * @id: `service`, `theory`, `part2` … : the names a policy's file uses
 * @amount_fen: its amount
 *
 * One row of the contract's list of fees.
 */
typedef struct
{
  const char *id;
  gint64      amount_fen;
} JpPolicyFee;

/**
 * JpPolicyPartFacts:
 * @required_minutes: what the curriculum asks for, or %JP_POLICY_UNKNOWN
 * @reviewed_minutes: approved by the supervision so far
 * @used_minutes: valid so far, approved or not; fewer than @reviewed_minutes count as equal to them
 * @reviewed_on: the day on which the last needed hour was approved, or %JP_DATE_NONE
 *
 * What is known of one part's training.
 */
typedef struct
{
  gint64 required_minutes;
  gint64 reviewed_minutes;
  gint64 used_minutes;
  JpDate reviewed_on;
} JpPolicyPartFacts;

/**
 * JpPolicyExamFacts:
 * @passed_on: the day the subject was passed, or %JP_DATE_NONE
 * @n_attempts: how often it was tried
 */
typedef struct
{
  JpDate passed_on;
  int    n_attempts;
} JpPolicyExamFacts;

/**
 * JpPolicyFacts:
 * @on: the day for which is computed; what happens later does not count
 * @licence_type: what the contract trains for
 * @price_fen: the contract's price
 * @fees: (array length=n_fees) (nullable): the contract's list of fees
 * @n_fees: how many
 * @paid_fen: paid by the trainee so far
 * @released_fen: given to the school so far
 * @fault: who is at fault, for refunds
 * @notice_minutes: how long before a booked session it is given up, or %JP_POLICY_UNKNOWN if this
 *   is not about a booking
 * @events: when each event happened, or %JP_DATE_NONE
 * @parts: by part; [0] is not used
 * @exams: by subject; [0] is not used
 *
 * Everything an evaluation looks at.
 */
typedef struct
{
  JpDate             on;
  const char        *licence_type;
  gint64             price_fen;
  const JpPolicyFee *fees;
  guint              n_fees;
  gint64             paid_fen;
  gint64             released_fen;
  JpPolicyFault      fault;
  gint64             notice_minutes;
  JpDate             events[JP_POLICY_N_EVENTS];
  JpPolicyPartFacts  parts[JP_POLICY_N_PARTS + 1];
  JpPolicyExamFacts  exams[JP_POLICY_N_PARTS + 1];
} JpPolicyFacts;

void
jp_policy_facts_init (JpPolicyFacts *facts, JpCurriculum *curriculum, const char *licence_type);

/**
 * JpPolicyOp:
 *
 * What one step of a trace did. The operands of each are written beside it.
 */
typedef enum {
  JP_POLICY_OP_SHARE,          /* price, basis points → amount */
  JP_POLICY_OP_FIXED,          /* → amount */
  JP_POLICY_OP_FEE,            /* → amount */
  JP_POLICY_OP_REST,           /* price, sum of the others → amount */
  JP_POLICY_OP_CAP,            /* amount, cap → the smaller one */
  JP_POLICY_OP_EVENT,          /* event, day → 1 if it has happened */
  JP_POLICY_OP_HOURS_REVIEWED, /* part, approved, required → 1 if complete */
  JP_POLICY_OP_EXAM,           /* subject, day → 1 if passed */
  JP_POLICY_OP_NO_CONTRACT,    /* → 0: nothing is earned before the contract is signed */
  JP_POLICY_OP_DELAY,          /* day, days, day of the money → 1 if it has come */
  JP_POLICY_OP_PROPORTION,     /* amount, approved, required → earned */
  JP_POLICY_OP_HOURS,          /* rate, minutes → amount */
  JP_POLICY_OP_COMPLETE,       /* approved, required → earned: all of it */
  JP_POLICY_OP_EXAM_FEES,      /* first, again, attempts → amount */
  JP_POLICY_OP_EARNED,         /* → sum of the stages */
  JP_POLICY_OP_USED,           /* → sum of the stages as far as used */
  JP_POLICY_OP_PENALTY,        /* base, basis points → amount */
  JP_POLICY_OP_NOT_AT_FAULT,   /* fault → 0 */
  JP_POLICY_OP_NOT_MET,        /* → 0: a condition does not hold */
  JP_POLICY_OP_BEFORE,         /* amount, event, basis points → the part that is charged */
  JP_POLICY_OP_TOTAL_CAP,      /* deductions, cap → the smaller one */
  JP_POLICY_OP_FLOOR,          /* deductions, paid → the smaller one */
  JP_POLICY_OP_OVERRIDE,       /* paid, basis points → refund */
  JP_POLICY_OP_STAY,           /* earned, released → what stays at the old school */
} JpPolicyOp;

#define JP_POLICY_LAST_OP  JP_POLICY_OP_STAY
#define JP_POLICY_OPERANDS 3

/**
 * JpPolicyStep:
 * @op: what was done
 * @rule: id of the stage, item or override
 * @clause: where the rule stands
 * @operands: the numbers that went in
 * @result: the number that came out
 *
 * One step of a trace. @rule and @clause belong to the policy.
 */
typedef struct
{
  JpPolicyOp  op;
  const char *rule;
  const char *clause;
  gint64      operands[JP_POLICY_OPERANDS];
  gint64      result;
} JpPolicyStep;

char *jp_policy_trace_dup_sentence (const JpPolicyStep *step);

/**
 * JpPolicyStageState:
 * @JP_POLICY_STAGE_NOT_REACHED: nothing of it is earned
 * @JP_POLICY_STAGE_PARTIAL: a part is earned
 * @JP_POLICY_STAGE_WAITING: the trigger has come, the days of review have not passed
 * @JP_POLICY_STAGE_EARNED: all of it is earned
 *
 * How far a stage is.
 */
typedef enum {
  JP_POLICY_STAGE_NOT_REACHED,
  JP_POLICY_STAGE_PARTIAL,
  JP_POLICY_STAGE_WAITING,
  JP_POLICY_STAGE_EARNED,
} JpPolicyStageState;

/**
 * JpPolicyStageResult:
 * @stage: the rule; belongs to the policy
 * @amount_fen: the stage's whole amount
 * @earned_fen: what of it is earned, 0 … @amount_fen
 * @used_fen: what of it is used, whether or not the rule pays for it, 0 … @amount_fen;
 *   %JP_POLICY_UNKNOWN if the hours that the curriculum asks for are not known
 * @state: how far it is
 * @reached_on: when the trigger came, or %JP_DATE_NONE if it has not or the day is not known
 * @due_on: when the money comes, or %JP_DATE_NONE
 */
typedef struct
{
  const JpPolicyStage *stage;
  gint64               amount_fen;
  gint64               earned_fen;
  gint64               used_fen;
  JpPolicyStageState   state;
  JpDate               reached_on;
  JpDate               due_on;
} JpPolicyStageResult;

/**
 * JpPolicyPlan:
 * @policy: (owned): the rules
 * @stages: (array length=n_stages): in the order of the file
 * @n_stages: how many
 * @price_fen: the contract's price, the sum of the stages' amounts
 * @earned_fen: sum of what the stages have earned
 * @releasable_fen: @earned_fen, but no more than is paid
 * @custody_fen: how much of the price the scheme keeps in custody, or %JP_POLICY_UNKNOWN
 * @steps: (element-type JpPolicyStep): the trace
 *
 * What the school gets when, for one contract and one day. Free with jp_policy_plan_free().
 */
typedef struct
{
  JpPolicy            *policy;
  JpPolicyStageResult *stages;
  guint                n_stages;
  gint64               price_fen;
  gint64               earned_fen;
  gint64               releasable_fen;
  gint64               custody_fen;
  GArray              *steps;
} JpPolicyPlan;

JpPolicyPlan *jp_policy_plan_new (JpPolicy *policy, const JpPolicyFacts *facts, GError **error);
void          jp_policy_plan_free (JpPolicyPlan *self);

/**
 * JpPolicyRefundLine:
 * @id: id of the item, or `total-cap`, `floor`, or the id of an override
 * @title: for people, in Chinese; empty for the lines that the file does not name
 * @clause: where the rule stands
 * @amount_fen: what is deducted; < 0 for the lines that limit the sum
 * @confidence: how sure we are of the rule
 */
typedef struct
{
  const char      *id;
  const char      *title;
  const char      *clause;
  gint64           amount_fen;
  JpDataConfidence confidence;
} JpPolicyRefundLine;

/**
 * JpPolicyRefund:
 * @policy: (owned): the rules
 * @lines: (element-type JpPolicyRefundLine): they add up to @deducted_fen
 * @paid_fen: what the trainee has paid
 * @deducted_fen: what the school keeps in the end, 0 … @paid_fen
 * @refund_fen: @paid_fen − @deducted_fen
 * @from_custody_fen: what of the refund custody can pay
 * @from_school_fen: what of it the school has to give back, because it has been given more than it
 *   may keep
 * @to_school_fen: what custody still owes the school
 * @steps: (element-type JpPolicyStep): the trace
 *
 * What becomes of the money when a contract ends early. Free with jp_policy_refund_free().
 */
typedef struct
{
  JpPolicy *policy;
  GArray   *lines;
  gint64    paid_fen;
  gint64    deducted_fen;
  gint64    refund_fen;
  gint64    from_custody_fen;
  gint64    from_school_fen;
  gint64    to_school_fen;
  GArray   *steps;
} JpPolicyRefund;

JpPolicyRefund *jp_policy_refund_new (JpPolicy *policy, const JpPolicyFacts *facts, GError **error);
void            jp_policy_refund_free (JpPolicyRefund *self);

/**
 * JpPolicyTransfer:
 * @money: what the rule says
 * @hours_follow: approved hours are worth the same at the new school
 * @stay_fen: what the old school keeps, with @penalty_fen
 * @move_fen: what moves to the new contract, or goes back to the trainee; @stay_fen and it add up
 *   to what is paid
 * @penalty_fen: what of @stay_fen is kept because the trainee changes schools
 * @clause: where the rule stands; belongs to the policy
 * @state: what the rule rests on
 * @steps: (owned) (element-type JpPolicyStep): the trace; its rules and clauses belong to the
 * policy
 *
 * What becomes of hours and money when a trainee changes schools. Clear with
 * jp_policy_transfer_clear().
 */
typedef struct
{
  JpPolicyTransferMoney money;
  gboolean              hours_follow;
  gint64                stay_fen;
  gint64                move_fen;
  gint64                penalty_fen;
  const char           *clause;
  JpDataState           state;
  GArray               *steps;
} JpPolicyTransfer;

void jp_policy_transfer_clear (JpPolicyTransfer *self);

gboolean jp_policy_transfer (JpPolicy            *policy,
                             const JpPolicyFacts *facts,
                             JpPolicyTransfer    *out_transfer,
                             GError             **error);

/**
 * JpPolicyViolation:
 * @limit: the rule; belongs to the policy
 * @actual_fen: what the fees add up to
 * @bound_fen: the bound they break, rounded so that the bound itself would pass
 * @is_minimum: the bound is a minimum
 */
typedef struct
{
  const JpPolicyLimit *limit;
  gint64               actual_fen;
  gint64               bound_fen;
  gboolean             is_minimum;
} JpPolicyViolation;

GArray *
jp_policy_check_limits (JpPolicy *policy, gint64 price_fen, const JpPolicyFee *fees, guint n_fees);
GArray *jp_policy_check_fees (JpPolicy          *policy,
                              gint64             price_fen,
                              const JpPolicyFee *fees,
                              guint              n_fees,
                              GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpPolicy, jp_policy_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpPolicyPlan, jp_policy_plan_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpPolicyRefund, jp_policy_refund_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JpPolicyTransfer, jp_policy_transfer_clear)

G_END_DECLS
