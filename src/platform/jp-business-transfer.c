/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-business-private.h"

/* Somebody goes on at another school. Where the policy lets the money follow, it waits in custody
 * until the contract with the new school is sealed; where not, it goes back and is paid anew. */

static gboolean
find_target (JpBusiness *self, JpRecord *transfer, JpId *out_school, GError **error)
{
  const char *number = jp_record_get_text (transfer, JP_TRANSFER_OTHER_SCHOOL_NO);
  g_autoptr (JpRecord) school =
    number != NULL ? jp_business_get_by_number (self, JP_SCHOOL_NUMBER, number, NULL, error) : NULL;

  if (school == NULL)
    return FALSE;
  *out_school = *jp_record_get_id (school);
  return TRUE;
}

static gint64
sum_hours (const JpBusinessFacts *facts)
{
  gint64 minutes = 0;

  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    minutes += facts->gather.facts.parts[part].used_minutes;
  return minutes;
}

/* Somebody to accept: the new school gets what it needs to enrol them. */
static gboolean
announce (JpBusiness *self,
          const JpId *target,
          JpRecord   *transfer,
          JpRecord   *contract,
          GError    **error)
{
  JpIdText text;
  JpId id = jp_id_derive ("transfer-enrolment", jp_id_to_text (jp_record_get_id (transfer), text));
  g_autoptr (JpRecord) trainee =
    jp_business_get (self, JP_KIND_TRAINEE, jp_record_get_ref (contract, JP_CONTRACT_TRAINEE), NULL,
                     error);
  JpDraft *draft = NULL;

  if (trainee == NULL)
    return FALSE;
  draft = jp_draft_new (JP_KIND_ENROLMENT, &id);
  jp_draft_set_text (draft, JP_ENROLMENT_NAME, jp_record_get_text (trainee, JP_TRAINEE_NAME));
  jp_draft_set_text (draft, JP_ENROLMENT_ID_NUMBER,
                     jp_record_get_text (trainee, JP_TRAINEE_ID_NUMBER));
  jp_draft_set_text (draft, JP_ENROLMENT_PHONE, jp_record_get_text (trainee, JP_TRAINEE_PHONE));
  jp_draft_set_text (draft, JP_ENROLMENT_LICENCE_TYPE,
                     jp_record_get_text (contract, JP_CONTRACT_LICENCE_TYPE));
  jp_draft_set_text (draft, JP_ENROLMENT_CHANNEL, "platform");
  jp_draft_set_integer (draft, JP_ENROLMENT_ASKED_AT,
                        jp_clock_now_us (jp_platform_store_get_clock (self->store)));
  jp_draft_set_code (draft, JP_ENROLMENT_STATUS, JP_ENROLMENT_STATUS_OPEN);
  return jp_business_put (self, target, draft, NULL, error);
}

static gboolean
price (JpBusiness       *self,
       JpRecord         *contract,
       JpDate            on,
       JpPolicyTransfer *out,
       gint64           *out_hours,
       GError          **error)
{
  JpBusinessFacts facts;
  g_autoptr (GError) policy_error = NULL;

  if (!jp_business_check_judged (self, contract, on, error) ||
      !jp_business_read_facts (self, contract, on, &facts, error))
    return FALSE;
  if (!jp_policy_transfer (facts.policy, &facts.gather.facts, out, &policy_error))
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                               "the policy cannot price this: %s", policy_error->message);
  *out_hours = out->hours_follow ? sum_hours (&facts) : 0;
  return TRUE;
}

/* Custody keeps the old school's part for its next statement. */
static gboolean
move_money (JpBusiness             *self,
            const JpId             *school,
            JpRecord               *transfer,
            JpRecord               *contract,
            const JpPolicyTransfer *priced,
            GError                **error)
{
  JpIdText         text;
  JpBankSums       sums = { 0 };
  g_autofree char *reference = NULL;
  g_autofree char *purpose =
    g_strconcat ("transfer/", jp_id_to_text (jp_record_get_id (transfer), text), NULL);

  if (priced->money != JP_POLICY_TRANSFER_REFUND)
    return TRUE;
  if (!jp_bank_get_sums (self->bank, jp_record_get_id (contract), &sums, error))
    return FALSE;

  const JpBusinessBack back = { purpose, MAX (priced->move_fen - sums.custody_fen, 0),
                                priced->move_fen };

  return jp_business_pay_back (self, school, contract, &back, &reference, error);
}

static gboolean
grant (JpBusiness *self, const JpId *school, JpRecord *transfer, JpDraft *decided, GError **error)
{
  gint64 hours = 0;
  JpId   target;
  g_auto (JpPolicyTransfer) priced = { 0 };
  const JpId *id = jp_record_get_ref (transfer, JP_TRANSFER_CONTRACT);
  JpDate      on = jp_record_get_date (transfer, JP_TRANSFER_ASKED_ON);
  g_autoptr (JpRecord) contract = NULL;

  if (id == NULL || jp_record_get_integer (transfer, JP_TRANSFER_OUTGOING) == 0)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                               "only the school that is left can ask");
  contract = jp_business_get (self, JP_KIND_CONTRACT, id, NULL, error);
  if (contract == NULL || !find_target (self, transfer, &target, error))
    return FALSE;
  if (jp_id_equal (&target, school))
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT, "that is the same school");
  if (jp_record_get_code (contract, JP_CONTRACT_STATUS) != JP_CONTRACT_STATUS_PAID)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT, "the contract is not in custody");
  if (!price (self, contract, on, &priced, &hours, error) ||
      !move_money (self, school, transfer, contract, &priced, error) ||
      !jp_business_end (self, school, contract, JP_CONTRACT_STATUS_TRANSFERRED,
                        JP_TRAINEE_STATUS_TRANSFERRED, error) ||
      !announce (self, &target, transfer, contract, error))
    return FALSE;

  gboolean waits = priced.money == JP_POLICY_TRANSFER_FOLLOW && priced.move_fen > 0;

  jp_draft_set_code (decided, JP_TRANSFER_STATE,
                     waits ? JP_REQUEST_STATE_APPROVED : JP_REQUEST_STATE_DONE);
  jp_draft_set_integer (decided, JP_TRANSFER_APPROVED_MINUTES, hours);
  jp_draft_set_integer (decided, JP_TRANSFER_AMOUNT, priced.move_fen);
  return TRUE;
}

/**
 * jp_business_decide_transfer:
 * @self: a business with an open transaction
 * @transfer: a request of the school that is left
 * @grant_it: whether it is granted
 * @out_transfer: (out) (optional) (transfer full): the decided request
 * @error: return location for a [error@Jp.PlatformError]
 *
 * The reviewer decides. A granted transfer is priced by the policy for the day on which it was
 * asked, ends the contract, and shows the trainee to the new school as somebody to accept.
 *
 * Returns: %TRUE, also when it was decided so before; %FALSE with `JP_PLATFORM_ERROR_NOT_FOUND` if
 *   there is no such request or no such school, or `JP_PLATFORM_ERROR_CONFLICT`
 */
gboolean
jp_business_decide_transfer (JpBusiness *self,
                             const JpId *transfer,
                             gboolean    grant_it,
                             JpRecord  **out_transfer,
                             GError    **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (transfer != NULL, FALSE);

  JpId     school;
  int      state = JP_CODE_UNSET;
  gboolean is_granted = FALSE;
  g_autoptr (JpRecord) record = jp_business_get (self, JP_KIND_TRANSFER, transfer, &school, error);
  g_autoptr (JpDraft) draft = record != NULL ? jp_draft_new_from (record) : NULL;

  if (record == NULL)
    return FALSE;
  state = jp_record_get_code (record, JP_TRANSFER_STATE);
  is_granted = state == JP_REQUEST_STATE_APPROVED || state == JP_REQUEST_STATE_DONE;
  if (grant_it ? is_granted : state == JP_REQUEST_STATE_REFUSED)
    {
      if (out_transfer != NULL)
        *out_transfer = g_steal_pointer (&record);
      return TRUE;
    }
  if (state != JP_REQUEST_STATE_PENDING)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT, "there is nothing to decide");
  if (!grant_it)
    jp_draft_set_code (draft, JP_TRANSFER_STATE, JP_REQUEST_STATE_REFUSED);
  else if (!grant (self, &school, record, draft, error))
    return FALSE;
  return jp_business_put (self, &school, g_steal_pointer (&draft), out_transfer, error);
}

/* --- arriving --- */

/* A transfer to this school whose money waits, of the same person. */
static gboolean
find_waiting (JpBusiness *self,
              const JpId *school,
              JpRecord   *contract,
              JpId       *out_transfer,
              GError    **error)
{
  g_autoptr (JpStatement) find =
    jp_db_prepare (jp_platform_store_get_db (self->store),
                   "SELECT t.id FROM transfer t JOIN trainee old ON old.id = t.trainee"
                   " JOIN trainee new ON new.id_number_bix = old.id_number_bix"
                   " JOIN school s ON s.number = t.other_school_no"
                   " WHERE t.state = 'approved' AND t.outgoing = 1 AND t.deleted = 0 AND s.id = "
                   ":school"
                   " AND new.id = :trainee ORDER BY t.rid LIMIT 1",
                   error);
  gboolean row = FALSE;

  *out_transfer = JP_ID_NONE;
  if (find == NULL)
    return FALSE;
  jp_statement_bind_id (find, ":school", school);
  jp_statement_bind_id (find, ":trainee", jp_record_get_ref (contract, JP_CONTRACT_TRAINEE));
  if (!jp_statement_step (find, &row, error))
    return FALSE;
  if (row)
    jp_statement_get_id (find, 0, out_transfer);
  return TRUE;
}

/* The other side of the transfer, for the school that takes over. */
static gboolean
note_arrival (JpBusiness *self,
              const JpId *school,
              JpRecord   *contract,
              JpRecord   *transfer,
              const JpId *from,
              GError    **error)
{
  JpIdText text;
  JpId id = jp_id_derive ("transfer-arrival", jp_id_to_text (jp_record_get_id (transfer), text));
  g_autoptr (JpRecord) old = jp_business_get (self, JP_KIND_SCHOOL, from, NULL, error);
  JpDraft *draft = NULL;

  if (old == NULL)
    return FALSE;
  draft = jp_draft_new (JP_KIND_TRANSFER, &id);
  jp_draft_set_ref (draft, JP_TRANSFER_TRAINEE, jp_record_get_ref (contract, JP_CONTRACT_TRAINEE));
  jp_draft_set_ref (draft, JP_TRANSFER_CONTRACT, jp_record_get_id (contract));
  jp_draft_set_integer (draft, JP_TRANSFER_OUTGOING, FALSE);
  if (jp_record_has (old, JP_SCHOOL_NUMBER))
    jp_draft_set_text (draft, JP_TRANSFER_OTHER_SCHOOL_NO,
                       jp_record_get_text (old, JP_SCHOOL_NUMBER));
  jp_draft_set_text (draft, JP_TRANSFER_OTHER_SCHOOL, jp_record_get_text (old, JP_SCHOOL_NAME));
  jp_draft_set_date (draft, JP_TRANSFER_ASKED_ON,
                     jp_record_get_date (transfer, JP_TRANSFER_ASKED_ON));
  jp_draft_set_code (draft, JP_TRANSFER_STATE, JP_REQUEST_STATE_DONE);
  jp_draft_set_integer (draft, JP_TRANSFER_APPROVED_MINUTES,
                        jp_record_get_integer (transfer, JP_TRANSFER_APPROVED_MINUTES));
  jp_draft_set_integer (draft, JP_TRANSFER_AMOUNT,
                        jp_record_get_integer (transfer, JP_TRANSFER_AMOUNT));
  return jp_business_put (self, school, draft, NULL, error);
}

/* As much as the new contract costs moves, the rest goes back to the trainee. */
static gboolean
move_on (JpBusiness *self,
         const JpId *school,
         JpRecord   *contract,
         JpRecord   *transfer,
         const JpId *from,
         GError    **error)
{
  JpIdText text;
  gint64   amount_fen = jp_record_get_integer (transfer, JP_TRANSFER_AMOUNT);
  gint64   moved_fen = MIN (amount_fen, jp_record_get_integer (contract, JP_CONTRACT_PRICE));
  g_autofree char *purpose =
    g_strconcat ("move/", jp_id_to_text (jp_record_get_id (transfer), text), NULL);
  g_autofree char     *rest = g_strconcat (purpose, "/rest", NULL);
  g_autofree char     *reference = NULL;
  const JpBusinessBack back = { rest, 0, amount_fen - moved_fen };
  g_autoptr (JpRecord) old =
    jp_business_get (self, JP_KIND_CONTRACT, jp_record_get_ref (transfer, JP_TRANSFER_CONTRACT),
                     NULL, error);
  const JpBankOrder order = {
    .kind = JP_BANK_MOVE,
    .school = *from,
    .contract = *jp_record_get_ref (transfer, JP_TRANSFER_CONTRACT),
    .to_school = *school,
    .to_contract = *jp_record_get_id (contract),
    .purpose = purpose,
    .amount_fen = moved_fen,
    .at_us = jp_clock_now_us (jp_platform_store_get_clock (self->store)),
  };
  g_autoptr (JpDraft) draft = NULL;

  if (old == NULL || !jp_business_take_money (self, school, contract, &order, NULL, error) ||
      !jp_business_pay_back (self, from, old, &back, &reference, error))
    return FALSE;
  draft = jp_draft_new_from (old);
  return jp_business_sum_up (self, draft, error) &&
         jp_business_put (self, from, g_steal_pointer (&draft), NULL, error);
}

/**
 * jp_business_receive_transfer: (skip)
 * @self: a business with an open transaction
 * @school: the school of the contract
 * @contract: a contract that was sealed just now
 * @error: return location
 *
 * If money of the same person waits for this school, it moves into the contract.
 *
 * Returns: whether it worked
 */
gboolean
jp_business_receive_transfer (JpBusiness *self,
                              const JpId *school,
                              JpRecord   *contract,
                              GError    **error)
{
  JpId id;
  JpId from;
  g_autoptr (JpRecord) transfer = NULL;
  JpDraft *draft = NULL;

  if (!find_waiting (self, school, contract, &id, error))
    return FALSE;
  if (jp_id_is_none (&id))
    return TRUE;
  transfer = jp_business_get (self, JP_KIND_TRANSFER, &id, &from, error);
  if (transfer == NULL || !move_on (self, school, contract, transfer, &from, error) ||
      !note_arrival (self, school, contract, transfer, &from, error))
    return FALSE;
  draft = jp_draft_new_from (transfer);
  jp_draft_set_code (draft, JP_TRANSFER_STATE, JP_REQUEST_STATE_DONE);
  return jp_business_put (self, &from, draft, NULL, error);
}
