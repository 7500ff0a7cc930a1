/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-id.h"
#include "jp-policy.h"

G_BEGIN_DECLS

/* Why is a line of a settlement statement what it is? A contract with everything that is known of
 * it goes in, a judgement of each of its lines comes out: contract → policy rule → reviewed minutes
 * and exam results → earlier releases → expected amount → difference → verdict. Pure, integers
 * only, no clock; the amounts come from the one evaluator (jp-policy.h).
 *
 * Glossary: verdict = 结论, the one word for what a line is; expected = what the line should pay by
 * the contract's policy; difference = paid − expected; explained = the part of the difference whose
 * cause the verdict names; residual = 未解释差额, what is left. */

#define JP_SETTLEMENT_LATE_DAYS    31   /* statements come once a month */
#define JP_SETTLEMENT_MISSING_DAYS 7    /* the demo bank pays on the day after */
#define JP_SETTLEMENT_MAX_LINES    1000 /* of one contract */

/**
 * JpSettlementVerdict:
 * @JP_SETTLEMENT_MATCHES: the amount, the stage and the day are what the rules give
 * @JP_SETTLEMENT_EARLY: right, but paid before it was due
 * @JP_SETTLEMENT_LATE: right, but paid long after it was due
 * @JP_SETTLEMENT_SHORT: less than is earned
 * @JP_SETTLEMENT_OVER: more than is earned
 * @JP_SETTLEMENT_DUPLICATE: the same movement of the bank stands on an earlier line
 * @JP_SETTLEMENT_UNKNOWN_TRAINEE: the line names somebody whose contract this is not
 * @JP_SETTLEMENT_UNKNOWN_CONTRACT: the school has no such contract
 * @JP_SETTLEMENT_POLICY_DIFFERS: another share, or a stage, than the contract's policy has
 * @JP_SETTLEMENT_NOT_REACHED: what the stage waits for has not happened
 * @JP_SETTLEMENT_TWICE: the stage was released before, by another movement
 * @JP_SETTLEMENT_MISSING: earned, and on no statement
 * @JP_SETTLEMENT_UNEXPLAINED: cannot be judged; its difference stays in the residual
 *
 * What a line is. The numbers are stored with disputes: they never change.
 */
typedef enum {
  JP_SETTLEMENT_MATCHES,
  JP_SETTLEMENT_EARLY,
  JP_SETTLEMENT_LATE,
  JP_SETTLEMENT_SHORT,
  JP_SETTLEMENT_OVER,
  JP_SETTLEMENT_DUPLICATE,
  JP_SETTLEMENT_UNKNOWN_TRAINEE,
  JP_SETTLEMENT_UNKNOWN_CONTRACT,
  JP_SETTLEMENT_POLICY_DIFFERS,
  JP_SETTLEMENT_NOT_REACHED,
  JP_SETTLEMENT_TWICE,
  JP_SETTLEMENT_MISSING,
  JP_SETTLEMENT_UNEXPLAINED,
} JpSettlementVerdict;

#define JP_SETTLEMENT_N_VERDICTS 13

/**
 * JpSettlementReason:
 * @JP_SETTLEMENT_REASON_NONE: nothing to add
 * @JP_SETTLEMENT_REASON_NO_POLICY: the version of the rules in the contract is not known here
 * @JP_SETTLEMENT_REASON_NO_NUMBERS: the rules lack a number, or a fact they need is impossible
 * @JP_SETTLEMENT_REASON_NO_REQUEST: a refund that nobody asked for
 * @JP_SETTLEMENT_REASON_NOTHING_TO_CORRECT: a correction, and nothing was wrong before
 * @JP_SETTLEMENT_REASON_RANGE: the amount is out of range
 * @JP_SETTLEMENT_REASON_HOURS: hours are missing
 * @JP_SETTLEMENT_REASON_EXAM: an exam is not passed
 * @JP_SETTLEMENT_REASON_EVENT: something else has not happened
 * @JP_SETTLEMENT_REASON_STAGE: the policy has no such stage
 * @JP_SETTLEMENT_REASON_SHARE: the policy has another share
 * @JP_SETTLEMENT_REASON_REFUND: it is a refund, or what is settled with it
 * @JP_SETTLEMENT_REASON_DISPUTE: the platform upheld a dispute and corrects by this much
 *
 * More of why, where a verdict alone would not say it.
 */
typedef enum {
  JP_SETTLEMENT_REASON_NONE,
  JP_SETTLEMENT_REASON_NO_POLICY,
  JP_SETTLEMENT_REASON_NO_NUMBERS,
  JP_SETTLEMENT_REASON_NO_REQUEST,
  JP_SETTLEMENT_REASON_NOTHING_TO_CORRECT,
  JP_SETTLEMENT_REASON_RANGE,
  JP_SETTLEMENT_REASON_HOURS,
  JP_SETTLEMENT_REASON_EXAM,
  JP_SETTLEMENT_REASON_EVENT,
  JP_SETTLEMENT_REASON_STAGE,
  JP_SETTLEMENT_REASON_SHARE,
  JP_SETTLEMENT_REASON_REFUND,
  JP_SETTLEMENT_REASON_DISPUTE,
} JpSettlementReason;

/**
 * JpSettlementLineKind:
 * @JP_SETTLEMENT_LINE_RELEASE: custody to the school
 * @JP_SETTLEMENT_LINE_REFUND: custody to the trainee
 * @JP_SETTLEMENT_LINE_CORRECTION: puts an earlier line right; negative if the school gives back
 *
 * What a line moves. The numbers are those of jp_line_kind_codes.
 */
typedef enum {
  JP_SETTLEMENT_LINE_RELEASE,
  JP_SETTLEMENT_LINE_REFUND,
  JP_SETTLEMENT_LINE_CORRECTION,
} JpSettlementLineKind;

/**
 * JpSettlementLine:
 * @id: the line
 * @kind: what it moves, -1 if the word is not known here
 * @stage: (nullable): the stage: its id in the policy, or its title
 * @share_bp: the share that the line states, or -1
 * @amount_fen: what it pays
 * @paid_on: the day on which the bank paid
 * @reference: (nullable): the bank's
 * @trainee: whom the line names, none if it names nobody that the platform knows
 * @trainee_name: (nullable): the name on the line
 * @is_repeated: its reference stands on a line of another contract as well, and was posted there
 * @is_agreed: a correction by the amount that an upheld dispute gives, by its reference
 * @is_checked: judge it; the others only count as what was before
 *
 * One line of any statement. The texts are borrowed.
 */
typedef struct
{
  JpId        id;
  int         kind;
  const char *stage;
  int         share_bp;
  gint64      amount_fen;
  JpDate      paid_on;
  const char *reference;
  JpId        trainee;
  const char *trainee_name;
  gboolean    is_repeated;
  gboolean    is_agreed;
  gboolean    is_checked;
} JpSettlementLine;

/**
 * JpSettlementSession:
 * @part: 1 … 4
 * @minutes: what the review counts
 * @pending_minutes: recorded, and not judged
 * @void_minutes: recorded, and judged not to count
 * @started_on: its day
 *
 * A training session of the contract's trainee since the contract was signed.
 */
typedef struct
{
  gint32 part;
  gint32 minutes;
  gint32 pending_minutes;
  gint32 void_minutes;
  JpDate started_on;
} JpSettlementSession;

/**
 * JpSettlementReview:
 * @minutes: what was approved
 * @reviewed_on: when, or %JP_DATE_NONE: the part is not approved
 * @submitted_on: when the review was asked for, if it is under way
 * @refused_on: when it was refused, if it was
 *
 * The stage record of a part.
 */
typedef struct
{
  gint64 minutes;
  JpDate reviewed_on;
  JpDate submitted_on;
  JpDate refused_on;
} JpSettlementReview;

/**
 * JpSettlementPayment:
 * @paid_on: the day
 * @amount_fen: the amount
 *
 * Money that came into custody.
 */
typedef struct
{
  JpDate paid_on;
  gint64 amount_fen;
} JpSettlementPayment;

/**
 * JpSettlementRefund:
 * @amount_fen: what the platform decided
 * @asked_on: the day for which it is priced
 * @fault: who is at fault
 * @reference: (nullable): the bank's
 * @is_transfer: the money goes on to another school: the policy's rule of transfers, not of refunds
 *
 * A withdrawal or transfer that the platform has granted.
 */
typedef struct
{
  gint64        amount_fen;
  JpDate        asked_on;
  JpPolicyFault fault;
  const char   *reference;
  gboolean      is_transfer;
} JpSettlementRefund;

/**
 * JpSettlementContract:
 * @is_known: the school has the contract; if not, only @lines and @number say something
 * @id: the contract
 * @number: (nullable): its number
 * @tier: the class tier that it was made from
 * @trainee: its trainee
 * @trainee_name: (nullable): the trainee's name, where it shall be compared
 * @policy: (nullable): the very version of the rules that is frozen in it
 * @facts: price, fees, licence type, events, required minutes and exams; minutes and sums are
 * filled in here
 * @reviews: by part; [0] is not used
 * @sessions: (array length=n_sessions): in the order of their days
 * @n_sessions: how many
 * @payments: (array length=n_payments): payments
 * @n_payments: how many
 * @refunds: (array length=n_refunds): withdrawals and transfers
 * @n_refunds: how many
 * @brought_minutes: approved at another school and brought along
 * @lines: (array length=n_lines): all of its lines on all statements, in the order of payment
 * @n_lines: how many
 *
 * Everything that is known of a contract. Borrows everything.
 */
typedef struct
{
  gboolean                   is_known;
  JpId                       id;
  const char                *number;
  JpId                       tier;
  JpId                       trainee;
  const char                *trainee_name;
  JpPolicy                  *policy;
  JpPolicyFacts              facts;
  JpSettlementReview         reviews[JP_POLICY_N_PARTS + 1];
  const JpSettlementSession *sessions;
  guint                      n_sessions;
  const JpSettlementPayment *payments;
  guint                      n_payments;
  const JpSettlementRefund  *refunds;
  guint                      n_refunds;
  gint64                     brought_minutes;
  const JpSettlementLine    *lines;
  guint                      n_lines;
} JpSettlementContract;

/**
 * JpSettlementOptions:
 * @today: the day of the check: what has happened until then is known
 * @late_days: more days than this after it was due, and a payment is late
 * @missing_days: more days than this, and what is on no statement is missing
 * @due_from: missing is what became due from this day, or %JP_DATE_NONE: from the beginning
 * @due_until: … until this day, or %JP_DATE_NONE: until today
 * @with_missing: look for what is missing
 *
 * How strict the check is.
 */
typedef struct
{
  JpDate   today;
  int      late_days;
  int      missing_days;
  JpDate   due_from;
  JpDate   due_until;
  gboolean with_missing;
} JpSettlementOptions;

/**
 * JpSettlementResult:
 * @verdict: what the line is
 * @reason: more of why
 * @line: (nullable): the line; %NULL for something missing
 * @contract: the contract
 * @stage_index: stage of the policy, or -1
 * @stage: (nullable): that rule; belongs to the policy
 * @paid_fen: what the line pays, 0 for something missing
 * @expected_fen: what it should pay
 * @difference_fen: @paid_fen − @expected_fen
 * @explained_fen: what of it the verdict explains
 * @earlier_fen: released for the stage by earlier lines
 * @last_on: the day of the newest of them, or %JP_DATE_NONE
 * @due_on: when the stage was due, or %JP_DATE_NONE
 * @days: how early, late, or overdue
 * @rule_bp: the share that the policy has, or -1
 * @part: the part or subject that is missing, or 0
 * @done_minutes: its reviewed minutes
 * @required_minutes: what it needs
 *
 * The judgement of one line, with its numbers. Valid while the contract's facts are.
 */
typedef struct
{
  JpSettlementVerdict         verdict;
  JpSettlementReason          reason;
  const JpSettlementLine     *line;
  const JpSettlementContract *contract;
  int                         stage_index;
  const JpPolicyStage        *stage;
  gint64                      paid_fen;
  gint64                      expected_fen;
  gint64                      difference_fen;
  gint64                      explained_fen;
  gint64                      earlier_fen;
  JpDate                      last_on;
  JpDate                      due_on;
  int                         days;
  int                         rule_bp;
  int                         part;
  gint64                      done_minutes;
  gint64                      required_minutes;
} JpSettlementResult;

typedef void (*JpSettlementFunc) (const JpSettlementResult *result, gpointer user_data);

void     jp_settlement_options_init (JpSettlementOptions *options, JpDate today);
void     jp_settlement_match (const JpSettlementContract *contract,
                              const JpSettlementOptions  *options,
                              JpSettlementFunc            func,
                              gpointer                    user_data);
gboolean jp_settlement_fill_facts (const JpSettlementContract *contract,
                                   JpDate                      on,
                                   JpPolicyFacts              *out_facts);

const char *jp_settlement_verdict_get_name (JpSettlementVerdict verdict);
gboolean    jp_settlement_verdict_lookup (const char *name, JpSettlementVerdict *out_verdict);
const char *jp_settlement_verdict_get_label (JpSettlementVerdict verdict);
gboolean    jp_settlement_verdict_is_good (JpSettlementVerdict verdict);
char       *jp_settlement_dup_sentence (const JpSettlementResult *result);

G_END_DECLS
