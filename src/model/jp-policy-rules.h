/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-data-header.h"
#include "jp-error.h"

G_BEGIN_DECLS

/* What a policy file (资金监管与退费规则) can say. Every city releases and refunds the fee in its
 * own way; these structures hold the schemes we know of, and all numbers come from the file.
 *
 * Glossary: stage = a share of the price that the school gets at once or bit by bit; trigger = what
 * must have happened; fee = one row of the contract's own list of fees; charge = what is kept back
 * when somebody leaves; fault = who is to blame for the leaving. */

#define JP_POLICY_MAX_STAGES   16
#define JP_POLICY_MAX_TRIGGERS 4
#define JP_POLICY_MAX_ITEMS    32
#define JP_POLICY_MAX_RATES    8
#define JP_POLICY_MAX_DAYS     3660
#define JP_POLICY_MAX_NOTICE   (JP_POLICY_MAX_DAYS * 1440)
#define JP_POLICY_N_PARTS      4
#define JP_POLICY_UNKNOWN      G_GINT64_CONSTANT (-1)

/**
 * JpPolicyEvent:
 *
 * Things that happen once in the life of a contract. The names in files are the lower-case ends of
 * these.
 */
typedef enum {
  JP_POLICY_EVENT_CONTRACT_SIGNED,
  JP_POLICY_EVENT_FEE_PAID,
  JP_POLICY_EVENT_FILE_OPENED,
  JP_POLICY_EVENT_CARD_ISSUED,
  JP_POLICY_EVENT_TRAINING_STARTED,
  JP_POLICY_EVENT_GRADUATED,
  JP_POLICY_EVENT_LICENCE_ISSUED,
} JpPolicyEvent;

#define JP_POLICY_N_EVENTS 7

/**
 * JpPolicyFault:
 * @JP_POLICY_FAULT_TRAINEE: the trainee wants to leave
 * @JP_POLICY_FAULT_SCHOOL: the school broke the contract
 * @JP_POLICY_FAULT_NOBODY: force majeure, or both agree
 *
 * Why a contract ends early. The numbers are those of the code table of refunds.
 */
typedef enum {
  JP_POLICY_FAULT_TRAINEE,
  JP_POLICY_FAULT_SCHOOL,
  JP_POLICY_FAULT_NOBODY,
} JpPolicyFault;

#define JP_POLICY_N_FAULTS 3

/**
 * JpPolicyTriggerKind:
 * @JP_POLICY_TRIGGER_EVENT: an event has happened
 * @JP_POLICY_TRIGGER_HOURS_REVIEWED: all hours of some parts are approved
 * @JP_POLICY_TRIGGER_HOURS_DAILY: earned bit by bit with the approved hours of some parts
 * @JP_POLICY_TRIGGER_EXAM_PASSED: an exam is passed
 *
 * What a stage waits for.
 */
typedef enum {
  JP_POLICY_TRIGGER_EVENT,
  JP_POLICY_TRIGGER_HOURS_REVIEWED,
  JP_POLICY_TRIGGER_HOURS_DAILY,
  JP_POLICY_TRIGGER_EXAM_PASSED,
} JpPolicyTriggerKind;

/**
 * JpPolicyTrigger:
 * @kind: what it waits for
 * @event: of an event
 * @parts: bit n for part n, of hours
 * @subject: 1 … 4, of an exam
 */
typedef struct
{
  JpPolicyTriggerKind kind;
  JpPolicyEvent       event;
  guint               parts;
  int                 subject;
} JpPolicyTrigger;

/**
 * JpPolicyAmountKind:
 * @JP_POLICY_AMOUNT_UNKNOWN: the authority has not said; nothing can be computed
 * @JP_POLICY_AMOUNT_SHARE: a share of the price
 * @JP_POLICY_AMOUNT_FIXED: an amount
 * @JP_POLICY_AMOUNT_FEE: a fee of the contract's list
 * @JP_POLICY_AMOUNT_REST: whatever the stages before it leave
 *
 * How much a stage is.
 */
typedef enum {
  JP_POLICY_AMOUNT_UNKNOWN,
  JP_POLICY_AMOUNT_SHARE,
  JP_POLICY_AMOUNT_FIXED,
  JP_POLICY_AMOUNT_FEE,
  JP_POLICY_AMOUNT_REST,
} JpPolicyAmountKind;

/**
 * JpPolicyStage:
 * @id: name inside the file
 * @title: for people, in Chinese
 * @clause: where the rule stands
 * @note: (nullable): what people must know about it
 * @triggers: (array length=n_triggers): what it waits for
 * @n_triggers: 1 … %JP_POLICY_MAX_TRIGGERS
 * @needs_all: all triggers, not any of them
 * @amount: how much it is
 * @share_bp: of %JP_POLICY_AMOUNT_SHARE, in basis points of the price
 * @amount_fen: of %JP_POLICY_AMOUNT_FIXED
 * @fee: (nullable): of %JP_POLICY_AMOUNT_FEE
 * @cap_fen: never more than this, or %JP_POLICY_UNKNOWN
 * @cap_bp: never more than this share of the price, or %JP_POLICY_UNKNOWN
 * @hour_rate_fen: price of an hour if hours earn the stage at a rate; %JP_POLICY_UNKNOWN if they
 * earn it in proportion
 * @review_delay_days: days between the trigger and the money
 * @state: what the numbers rest on
 * @confidence: how sure we are
 *
 * One stage of the release.
 */
typedef struct
{
  char              *id;
  char              *title;
  char              *clause;
  char              *note;
  JpPolicyTrigger    triggers[JP_POLICY_MAX_TRIGGERS];
  guint              n_triggers;
  gboolean           needs_all;
  JpPolicyAmountKind amount;
  int                share_bp;
  gint64             amount_fen;
  char              *fee;
  gint64             cap_fen;
  gint64             cap_bp;
  gint64             hour_rate_fen;
  int                review_delay_days;
  JpDataState        state;
  JpDataConfidence   confidence;
} JpPolicyStage;

/**
 * JpPolicyLimit:
 * @id: name inside the file
 * @title: for people, in Chinese
 * @clause: where the rule stands
 * @fees: (array zero-terminated=1): fees that are added up
 * @min_bp: least share of the price, or %JP_POLICY_UNKNOWN
 * @max_bp: greatest share of the price, or %JP_POLICY_UNKNOWN
 *
 * What the fees of a contract must keep to.
 */
typedef struct
{
  char  *id;
  char  *title;
  char  *clause;
  char **fees;
  gint64 min_bp;
  gint64 max_bp;
} JpPolicyLimit;

/**
 * JpPolicyConditionKind:
 * @JP_POLICY_CONDITION_HAPPENED: an event has happened
 * @JP_POLICY_CONDITION_NOT_HAPPENED: an event has not happened yet
 * @JP_POLICY_CONDITION_FAULT: the fault is one of some
 * @JP_POLICY_CONDITION_WITHIN_DAYS: at most some days have passed since an event
 * @JP_POLICY_CONDITION_AFTER_DAYS: more than some days have passed since an event
 * @JP_POLICY_CONDITION_HOURS_AT_MOST: no more than a fraction of a part's hours is used
 * @JP_POLICY_CONDITION_EXAM_PASSED: an exam is passed
 * @JP_POLICY_CONDITION_EXAM_NOT_PASSED: an exam is not passed
 * @JP_POLICY_CONDITION_NOTICE_AT_LEAST: a booking is given up some minutes before it begins, or
 *   earlier
 *
 * One condition of a refund rule.
 */
typedef enum {
  JP_POLICY_CONDITION_HAPPENED,
  JP_POLICY_CONDITION_NOT_HAPPENED,
  JP_POLICY_CONDITION_FAULT,
  JP_POLICY_CONDITION_WITHIN_DAYS,
  JP_POLICY_CONDITION_AFTER_DAYS,
  JP_POLICY_CONDITION_HOURS_AT_MOST,
  JP_POLICY_CONDITION_EXAM_PASSED,
  JP_POLICY_CONDITION_EXAM_NOT_PASSED,
  JP_POLICY_CONDITION_NOTICE_AT_LEAST,
} JpPolicyConditionKind;

/**
 * JpPolicyCondition:
 * @kind: which condition
 * @event: of events and days
 * @faults: bit n for fault n
 * @days: of days
 * @part: 1 … 4, of hours
 * @numerator: of the fraction of hours
 * @denominator: of the fraction of hours, ≥ 1
 * @subject: 1 … 4, of exams
 * @minutes: of notice
 */
typedef struct
{
  JpPolicyConditionKind kind;
  JpPolicyEvent         event;
  guint                 faults;
  int                   days;
  int                   part;
  int                   numerator;
  int                   denominator;
  int                   subject;
  int                   minutes;
} JpPolicyCondition;

/**
 * JpPolicyChargeKind:
 * @JP_POLICY_CHARGE_UNKNOWN: the authority has not said
 * @JP_POLICY_CHARGE_FIXED: an amount
 * @JP_POLICY_CHARGE_FEE: a fee of the contract's list
 * @JP_POLICY_CHARGE_SHARE: a share of the price
 * @JP_POLICY_CHARGE_EXAM: a fee for each attempt at an exam
 * @JP_POLICY_CHARGE_HOURS: a price for each hour of some parts
 * @JP_POLICY_CHARGE_EARNED: what the stages of the release have earned
 * @JP_POLICY_CHARGE_USED: the stages of the release, each as far as it has been used
 * @JP_POLICY_CHARGE_PENALTY: a share of something, if one side is at fault
 *
 * What is kept back when somebody leaves.
 */
typedef enum {
  JP_POLICY_CHARGE_UNKNOWN,
  JP_POLICY_CHARGE_FIXED,
  JP_POLICY_CHARGE_FEE,
  JP_POLICY_CHARGE_SHARE,
  JP_POLICY_CHARGE_EXAM,
  JP_POLICY_CHARGE_HOURS,
  JP_POLICY_CHARGE_EARNED,
  JP_POLICY_CHARGE_USED,
  JP_POLICY_CHARGE_PENALTY,
} JpPolicyChargeKind;

/**
 * JpPolicyPenaltyBase:
 * @JP_POLICY_PENALTY_OF_PRICE: of the contract's price
 * @JP_POLICY_PENALTY_OF_FEE: of a fee of the contract's list
 * @JP_POLICY_PENALTY_OF_PAID: of what has been paid
 * @JP_POLICY_PENALTY_OF_UNUSED: of what the charges before it leave of the price
 *
 * What a penalty is a share of.
 */
typedef enum {
  JP_POLICY_PENALTY_OF_PRICE,
  JP_POLICY_PENALTY_OF_FEE,
  JP_POLICY_PENALTY_OF_PAID,
  JP_POLICY_PENALTY_OF_UNUSED,
} JpPolicyPenaltyBase;

/**
 * JpPolicyRate:
 * @licence_types: (array zero-terminated=1): for these types
 * @rate_fen: price of an hour
 */
typedef struct
{
  char **licence_types;
  gint64 rate_fen;
} JpPolicyRate;

/**
 * JpPolicyItem:
 * @id: name inside the file
 * @title: for people, in Chinese
 * @clause: where the rule stands
 * @note: (nullable): what people must know about it
 * @charge: what is charged
 * @amount_fen: of a fixed charge; of an exam, for the first attempt
 * @again_fen: of an exam, for each further attempt
 * @share_bp: of a share or penalty
 * @fee: (nullable): name of a fee: of a fee charge, or of the base of a penalty
 * @is_optional: a contract without that fee is charged nothing
 * @subject: 1 … 4, of an exam
 * @parts: bit n for part n, of hours
 * @by_used_minutes: all valid minutes count, not only the approved ones
 * @rate_fen: price of an hour, or %JP_POLICY_UNKNOWN if @rates must have one
 * @rates: (array length=n_rates): prices of an hour for some licence types
 * @n_rates: how many
 * @base: of a penalty
 * @faults: bit n for fault n, of a penalty
 * @cap_fen: never more than this, or %JP_POLICY_UNKNOWN
 * @cap_bp: never more than this share of the price, or %JP_POLICY_UNKNOWN
 * @cap_fee: (nullable): never more than this fee
 * @conditions: (element-type JpPolicyCondition): all must hold, or nothing is charged
 * @has_until: before @until only a part is charged
 * @until: the event up to which the charge is refundable
 * @before_bp: the part that is charged before @until, in basis points
 * @state: what the numbers rest on
 * @confidence: how sure we are
 *
 * One line of a refund.
 */
typedef struct
{
  char               *id;
  char               *title;
  char               *clause;
  char               *note;
  JpPolicyChargeKind  charge;
  gint64              amount_fen;
  gint64              again_fen;
  int                 share_bp;
  char               *fee;
  gboolean            is_optional;
  int                 subject;
  guint               parts;
  gboolean            by_used_minutes;
  gint64              rate_fen;
  JpPolicyRate        rates[JP_POLICY_MAX_RATES];
  guint               n_rates;
  JpPolicyPenaltyBase base;
  guint               faults;
  gint64              cap_fen;
  gint64              cap_bp;
  char               *cap_fee;
  GArray             *conditions;
  gboolean            has_until;
  JpPolicyEvent       until;
  int                 before_bp;
  JpDataState         state;
  JpDataConfidence    confidence;
} JpPolicyItem;

/**
 * JpPolicyOverride:
 * @id: name inside the file
 * @title: for people, in Chinese
 * @clause: where the rule stands
 * @conditions: (element-type JpPolicyCondition): all must hold
 * @refund_bp: the share of what was paid that goes back
 *
 * A rule that replaces the items: the first one whose conditions hold decides.
 */
typedef struct
{
  char   *id;
  char   *title;
  char   *clause;
  GArray *conditions;
  int     refund_bp;
} JpPolicyOverride;

/**
 * JpPolicyTransferMoney:
 * @JP_POLICY_TRANSFER_UNKNOWN: the authority has not said
 * @JP_POLICY_TRANSFER_REFUND: as when leaving; the new school is paid anew
 * @JP_POLICY_TRANSFER_FOLLOW: what is not earned moves to the new contract
 *
 * What happens to the money of somebody who changes schools.
 */
typedef enum {
  JP_POLICY_TRANSFER_UNKNOWN,
  JP_POLICY_TRANSFER_REFUND,
  JP_POLICY_TRANSFER_FOLLOW,
} JpPolicyTransferMoney;

G_END_DECLS
