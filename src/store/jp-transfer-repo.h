/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-change.h"
#include "jp-facts-repo.h"

G_BEGIN_DECLS

/* Trainees who go on at another school: what becomes of hours and money by the contract's rules,
 * the request, and whether the platform did what the rules say. */

/**
 * JpTransferSheet:
 * @facts: (owned): what is known of the contract, and its rules
 * @priced: what stays, what moves, by whose rule
 * @minutes: approved hours that count at the new school
 * @trainee: (owned): name of the trainee
 *
 * What would become of hours and money on a day. No promise: the platform decides. Free with
 * jp_transfer_repo_free().
 */
typedef struct
{
  JpFacts         *facts;
  JpPolicyTransfer priced;
  gint64           minutes;
  char            *trainee;
} JpTransferSheet;

/**
 * JpTransferAsk:
 * @id: of the transfer
 * @contract: a contract in custody
 * @school_no: number of the other school, 16 characters
 * @school: (nullable): its name
 * @asked_by: the person who asks
 *
 * What is asked for.
 */
typedef struct
{
  JpId        id;
  JpId        contract;
  const char *school_no;
  const char *school;
  JpId        asked_by;
} JpTransferAsk;

/**
 * JpTransferVerdictKind:
 * @JP_TRANSFER_VERDICT_WAITING: the platform has not decided
 * @JP_TRANSFER_VERDICT_MATCHES: hours and money are what the rules say
 * @JP_TRANSFER_VERDICT_MONEY: another amount than the rules say
 * @JP_TRANSFER_VERDICT_HOURS: other hours than are known here
 * @JP_TRANSFER_VERDICT_REFUSED: the platform has refused it
 * @JP_TRANSFER_VERDICT_UNSENT: it waits for the second person
 * @JP_TRANSFER_VERDICT_DECLINED: the school itself did not send it
 * @JP_TRANSFER_VERDICT_ARRIVED: somebody comes from another school: that school's rules priced it
 * @JP_TRANSFER_VERDICT_UNKNOWN: it cannot be computed here
 */
typedef enum {
  JP_TRANSFER_VERDICT_WAITING,
  JP_TRANSFER_VERDICT_MATCHES,
  JP_TRANSFER_VERDICT_MONEY,
  JP_TRANSFER_VERDICT_HOURS,
  JP_TRANSFER_VERDICT_REFUSED,
  JP_TRANSFER_VERDICT_UNSENT,
  JP_TRANSFER_VERDICT_DECLINED,
  JP_TRANSFER_VERDICT_ARRIVED,
  JP_TRANSFER_VERDICT_UNKNOWN,
} JpTransferVerdictKind;

/**
 * JpTransferVerdict:
 * @kind: the verdict
 * @expected_fen: what moves by the rules
 * @actual_fen: what the platform moved
 * @expected_minutes: hours that follow by what is known here
 * @actual_minutes: hours that the platform moved
 * @waits: the money waits for the contract with the new school
 *
 * What is to be said of a transfer.
 */
typedef struct
{
  JpTransferVerdictKind kind;
  gint64                expected_fen;
  gint64                actual_fen;
  gint64                expected_minutes;
  gint64                actual_minutes;
  gboolean              waits;
} JpTransferVerdict;

void jp_transfer_repo_free (JpTransferSheet *sheet);
JpTransferSheet       *
jp_transfer_repo_simulate (JpVault *vault, const JpId *contract, JpDate on, GError **error);
GStrv jp_transfer_repo_dup_sentences (const JpTransferSheet *sheet);
JpChange *
jp_transfer_repo_ask (JpVault *vault, const JpTransferAsk *ask, const char *actor, GError **error);
gboolean jp_transfer_repo_check (JpVault           *vault,
                                 JpRecord          *transfer,
                                 JpTransferVerdict *out_verdict,
                                 GError           **error);
gboolean jp_transfer_repo_is_fine (const JpTransferVerdict *verdict);
char    *jp_transfer_repo_dup_sentence (const JpTransferVerdict *verdict);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpTransferSheet, jp_transfer_repo_free)

G_END_DECLS
