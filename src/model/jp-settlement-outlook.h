/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-settlement.h"

G_BEGIN_DECLS

/* What will be released, and what is stuck: for each stage of a contract that has money left, the
 * datum that is missing and since when, and the day on which the money should come. Pure, from the
 * same facts and the same evaluator as the check of a statement. */

#define JP_SETTLEMENT_USUAL_WEEKS 8 /* the usual is the median of so many weeks */
#define JP_SETTLEMENT_REVIEW_DAYS 5 /* from the last hour to the approval, by experience */

/**
 * JpSettlementBlock:
 * @JP_SETTLEMENT_BLOCK_NONE: nothing: it is earned and comes with the next statement
 * @JP_SETTLEMENT_BLOCK_NOT_SIGNED: the contract was sent and nobody has signed it
 * @JP_SETTLEMENT_BLOCK_NOT_PAID: signed, and not paid
 * @JP_SETTLEMENT_BLOCK_HOURS: hours are missing
 * @JP_SETTLEMENT_BLOCK_PENDING: the hours would be there, but sessions are not judged
 * @JP_SETTLEMENT_BLOCK_VOID: the hours would be there, had not sessions been judged void
 * @JP_SETTLEMENT_BLOCK_NOT_SUBMITTED: the hours are there and nobody has asked for the review
 * @JP_SETTLEMENT_BLOCK_REVIEW: the review is under way
 * @JP_SETTLEMENT_BLOCK_REFUSED: the review was refused
 * @JP_SETTLEMENT_BLOCK_EXAM: an exam is not passed
 * @JP_SETTLEMENT_BLOCK_EVENT: something else has not happened
 * @JP_SETTLEMENT_BLOCK_DELAY: the days of the review have not passed
 * @JP_SETTLEMENT_BLOCK_STATEMENT: earned long ago, and on no statement
 * @JP_SETTLEMENT_BLOCK_RULES: the rules are not known here or cannot be computed
 *
 * The datum that is missing.
 */
typedef enum {
  JP_SETTLEMENT_BLOCK_NONE,
  JP_SETTLEMENT_BLOCK_NOT_SIGNED,
  JP_SETTLEMENT_BLOCK_NOT_PAID,
  JP_SETTLEMENT_BLOCK_HOURS,
  JP_SETTLEMENT_BLOCK_PENDING,
  JP_SETTLEMENT_BLOCK_VOID,
  JP_SETTLEMENT_BLOCK_NOT_SUBMITTED,
  JP_SETTLEMENT_BLOCK_REVIEW,
  JP_SETTLEMENT_BLOCK_REFUSED,
  JP_SETTLEMENT_BLOCK_EXAM,
  JP_SETTLEMENT_BLOCK_EVENT,
  JP_SETTLEMENT_BLOCK_DELAY,
  JP_SETTLEMENT_BLOCK_STATEMENT,
  JP_SETTLEMENT_BLOCK_RULES,
} JpSettlementBlock;

#define JP_SETTLEMENT_N_BLOCKS 14

/**
 * JpSettlementOutlook:
 * @contract: the contract
 * @stage: (nullable): the stage; belongs to the policy. %NULL if the rules are not known
 * @amount_fen: what of it is in custody, > 0
 * @block: the datum that is missing
 * @part: the part or subject that is missing, or 0
 * @done_minutes: of that part, counted so far
 * @required_minutes: what that part needs
 * @since: since when it is missing, or %JP_DATE_NONE
 * @age_days: days since then
 * @expected_on: when the money should come, or %JP_DATE_NONE if nothing tells
 * @is_estimate: @expected_on supposes that training goes on as usual
 * @is_gradual: it comes bit by bit until @expected_on
 * @weekly_minutes: the usual training: median of the counted minutes of the last
 *   %JP_SETTLEMENT_USUAL_WEEKS weeks
 * @remaining_minutes: what is still to be trained for this stage, earlier parts included
 *
 * What lies ahead of one stage. Valid while the contract's facts are.
 */
typedef struct
{
  const JpSettlementContract *contract;
  const JpPolicyStage        *stage;
  gint64                      amount_fen;
  JpSettlementBlock           block;
  int                         part;
  gint64                      done_minutes;
  gint64                      required_minutes;
  JpDate                      since;
  int                         age_days;
  JpDate                      expected_on;
  gboolean                    is_estimate;
  gboolean                    is_gradual;
  gint64                      weekly_minutes;
  gint64                      remaining_minutes;
} JpSettlementOutlook;

typedef void (*JpSettlementOutlookFunc) (const JpSettlementOutlook *outlook, gpointer user_data);

void   jp_settlement_outlook_look (const JpSettlementContract *contract,
                                   const JpSettlementOptions  *options,
                                   JpSettlementOutlookFunc     func,
                                   gpointer                    user_data);
gint64 jp_settlement_outlook_get_usual (const JpSettlementContract *contract, JpDate today);

const char *jp_settlement_block_get_name (JpSettlementBlock block);
const char *jp_settlement_block_get_label (JpSettlementBlock block);
char       *jp_settlement_outlook_dup_sentence (const JpSettlementOutlook *outlook);

G_END_DECLS
