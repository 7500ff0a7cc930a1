/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-change.h"
#include "jp-codes.h"
#include "jp-op.h"
#include "jp-vault.h"

G_BEGIN_DECLS

/* What the front desk does, as changes that are ready to be committed: each function reads the
 * present state, applies the rules of the business and returns the rows of one action. The window
 * and the terminal program both come here. Build and commit a change in the same job of the writer,
 * so that nothing moves in between; if it does, the commit is refused as a conflict.
 *
 * A refusal by a rule is a [error@Jp.DeskProblem], with a sentence for people; everything else is a
 * [error@Jp.StoreError]. */

/**
 * JpDeskProblem:
 * @JP_DESK_GONE: the record is not there any more, or lies in the trash
 * @JP_DESK_TRAINEE_EXISTS: somebody with this ID number is on the roster
 * @JP_DESK_TRAINEE_LEFT: the trainee has graduated or left
 * @JP_DESK_ENROLMENT_CLOSED: the enrolment was accepted or declined before
 * @JP_DESK_CONTRACT_RUNNING: the trainee has a contract that is not finished
 * @JP_DESK_CONTRACT_STATE: the contract is not in the state that this needs
 * @JP_DESK_CONTRACT_CHANGED: the text does not match its digest
 * @JP_DESK_TIER_NOT_ON_SALE: the class tier is not published, or not valid today
 * @JP_DESK_TIER_LICENCE: the class tier is for another licence type
 * @JP_DESK_TIER_ENDED: the class tier has ended or was replaced
 * @JP_DESK_TIER_DATE: the new version would begin before the old one
 * @JP_DESK_TERMINAL_ELSEWHERE: the terminal sits in another vehicle
 * @JP_DESK_TERMINAL_RETIRED: the terminal is out of service for good
 * @JP_DESK_VEHICLE_EMPTY: there is no terminal in the vehicle
 * @JP_DESK_UNCHANGED: nothing would change
 * @JP_DESK_REFUND_OPEN: a refund for this contract is under way
 * @JP_DESK_SCHOOL_INCOMPLETE: the school's credit code, permit or legal representative is missing
 * @JP_DESK_NO_POLICY: no release and refund policy is known for this contract
 * @JP_DESK_NO_CURRICULUM: no curriculum is known for this licence type
 * @JP_DESK_DISPUTED: the line is disputed already
 * @JP_DESK_NOTHING_WRONG: nothing is wrong with the line
 * @JP_DESK_DISPUTE_STATE: the dispute is not in the state that this needs
 * @JP_DESK_DISPUTE_DONE: the dispute is answered or withdrawn: nothing undoes that
 * @JP_DESK_FILE_TYPE: the file is of a type that cannot be attached
 * @JP_DESK_FILE_SIZE: the file is empty or too large
 * @JP_DESK_FILE_THERE: the file is attached already
 *
 * Why a rule of the business refuses an action.
 */
typedef enum {
  JP_DESK_GONE,
  JP_DESK_TRAINEE_EXISTS,
  JP_DESK_TRAINEE_LEFT,
  JP_DESK_ENROLMENT_CLOSED,
  JP_DESK_CONTRACT_RUNNING,
  JP_DESK_CONTRACT_STATE,
  JP_DESK_CONTRACT_CHANGED,
  JP_DESK_TIER_NOT_ON_SALE,
  JP_DESK_TIER_LICENCE,
  JP_DESK_TIER_ENDED,
  JP_DESK_TIER_DATE,
  JP_DESK_TERMINAL_ELSEWHERE,
  JP_DESK_TERMINAL_RETIRED,
  JP_DESK_VEHICLE_EMPTY,
  JP_DESK_UNCHANGED,
  JP_DESK_REFUND_OPEN,
  JP_DESK_TRANSFER_OPEN,
  JP_DESK_SCHOOL_NUMBER,
  JP_DESK_SCHOOL_INCOMPLETE,
  JP_DESK_NO_POLICY,
  JP_DESK_NO_CURRICULUM,
  JP_DESK_POLICY_SILENT,
  JP_DESK_POLICY_UNSIGNED,
  JP_DESK_USER_UNKNOWN,
  JP_DESK_USER_EXISTS,
  JP_DESK_USER_ROLE,
  JP_DESK_USER_FIRST,
  JP_DESK_PIN_WRONG,
  JP_DESK_PIN_BLOCKED,
  JP_DESK_PIN_WEAK,
  JP_DESK_PIN_MISSING,
  JP_DESK_CODE_WRONG,
  JP_DESK_SAME_PERSON,
  JP_DESK_NOT_APPROVED,
  JP_DESK_DECIDED,
  JP_DESK_DISPUTED,
  JP_DESK_NOTHING_WRONG,
  JP_DESK_DISPUTE_STATE,
  JP_DESK_DISPUTE_DONE,
  JP_DESK_FILE_TYPE,
  JP_DESK_FILE_SIZE,
  JP_DESK_FILE_THERE,
} JpDeskProblem;

#define JP_DESK_LAST_PROBLEM JP_DESK_FILE_THERE
#define JP_DESK_ERROR        (jp_desk_error_quark ())

GQuark      jp_desk_error_quark (void);
const char *jp_desk_problem_get_sentence (JpDeskProblem problem);

/* Trainees and enrolments. */
void      jp_desk_set_defaults (JpDraft *draft, JpDate today);
JpRecord *jp_desk_find_person (JpVault *vault, JpKind kind, const char *id_number, GError **error);
JpChange *
jp_desk_enrol_trainee (JpVault *vault, JpDraft *trainee, const char *actor, GError **error);
JpDraft  *jp_desk_new_trainee (JpVault *vault, const JpId *enrolment, GError **error);
JpChange *jp_desk_accept_enrolment (JpVault    *vault,
                                    const JpId *enrolment,
                                    JpDraft    *trainee,
                                    const char *actor,
                                    GError    **error);
JpChange *jp_desk_decline_enrolment (JpVault    *vault,
                                     const JpId *enrolment,
                                     const char *reason,
                                     const char *actor,
                                     GError    **error);
JpChange *jp_desk_set_deleted (JpVault    *vault,
                               JpKind      kind,
                               const JpId *id,
                               gboolean    deleted,
                               const char *actor,
                               GError    **error);
JpChange *jp_desk_set_rows_deleted (JpVault    *vault,
                                    JpKind      kind,
                                    GArray     *rids,
                                    gboolean    deleted,
                                    const char *actor,
                                    GError    **error);

/* Contracts. */
JpChange *jp_desk_draft_contract (JpVault    *vault,
                                  const JpId *trainee,
                                  const JpId *tier,
                                  const char *actor,
                                  GError    **error);
JpChange *jp_desk_redraft_contract (JpVault    *vault,
                                    const JpId *contract,
                                    const JpId *tier,
                                    const char *actor,
                                    GError    **error);
JpChange *
jp_desk_offer_contract (JpVault *vault, const JpId *contract, const char *actor, GError **error);
JpChange *
jp_desk_cancel_contract (JpVault *vault, const JpId *contract, const char *actor, GError **error);

/**
 * JpDeskRefund:
 * @id: of the refund
 * @contract: a contract that was paid
 * @fault: who is at fault
 * @reason: (nullable): in the words of the office
 * @asked_by: the person who asks
 *
 * A withdrawal that somebody asks for.
 */
typedef struct
{
  JpId        id;
  JpId        contract;
  JpFault     fault;
  const char *reason;
  JpId        asked_by;
} JpDeskRefund;

JpChange *
jp_desk_ask_refund (JpVault *vault, const JpDeskRefund *refund, const char *actor, GError **error);
gboolean
jp_desk_check_leaving (JpVault *vault, const JpId *contract, const JpId *except, GError **error);

/**
 * JpDeskDisputed:
 * @line: a line of the statement, none for something that is missing
 * @contract: the contract of what is missing
 * @stage: (nullable): the stage that is missing, as the check names it
 *
 * What is contested.
 */
typedef struct
{
  JpId        line;
  JpId        contract;
  const char *stage;
} JpDeskDisputed;

/**
 * JpDeskDispute:
 * @statement: the statement
 * @lines: (array length=n_lines): what is contested
 * @n_lines: how many, 1 … %JP_CHANGE_MAX_ROWS
 * @reason: (nullable): in the words of the office
 * @send: send it at once; otherwise it is a draft
 *
 * Lines of a statement that are contested.
 */
typedef struct
{
  JpId                  statement;
  const JpDeskDisputed *lines;
  guint                 n_lines;
  const char           *reason;
  gboolean              send;
} JpDeskDispute;

/* Disputes. */
JpChange *jp_desk_open_disputes (JpVault             *vault,
                                 const JpDeskDispute *dispute,
                                 const char          *actor,
                                 GError             **error);
JpChange *jp_desk_send_disputes (JpVault    *vault,
                                 const JpId *ids,
                                 guint       n_ids,
                                 const char *actor,
                                 GError    **error);
JpChange *
jp_desk_withdraw_dispute (JpVault *vault, const JpId *dispute, const char *actor, GError **error);
gboolean jp_desk_undo_disputes (JpVault *vault, const JpOp *op, JpChange *change, GError **error);
JpChange *
jp_desk_read_dispute (JpVault *vault, const JpId *dispute, const char *actor, GError **error);

/* Class tiers. */
JpChange *jp_desk_change_tier (JpVault *vault, JpDraft *wanted, const char *actor, GError **error);
JpChange *
jp_desk_publish_tier (JpVault *vault, const JpId *tier, const char *actor, GError **error);
JpChange *jp_desk_end_tier (JpVault *vault, const JpId *tier, const char *actor, GError **error);

/**
 * JpDeskSwap:
 * @vehicle: the vehicle
 * @terminal: what goes into it; none only to take out what is there
 * @sim: (nullable): number of the SIM card in @terminal
 * @reason: why
 * @note: (nullable): in the words of the office
 * @take_from_other: take @terminal out of another vehicle if it is there
 *
 * A terminal goes into a vehicle, another one comes out.
 */
typedef struct
{
  JpId               vehicle;
  JpId               terminal;
  const char        *sim;
  JpAssignmentReason reason;
  const char        *note;
  gboolean           take_from_other;
} JpDeskSwap;

JpChange *
jp_desk_swap_terminal (JpVault *vault, const JpDeskSwap *swap, const char *actor, GError **error);
JpRecord *jp_desk_find_assignment (JpVault *vault, JpFieldId end, const JpId *id, GError **error);

G_END_DECLS
