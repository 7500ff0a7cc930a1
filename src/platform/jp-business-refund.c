/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-business-private.h"

/* Somebody leaves: what was used is priced by the frozen policy, the rest goes back the way it
 * came. The school's agreement is not needed. */

#define MAX_REASON_CHARS 500

static gboolean
is_paid (JpRecord *contract)
{
  return jp_record_get_code (contract, JP_CONTRACT_STATUS) == JP_CONTRACT_STATUS_PAID;
}

static gboolean
find_open (JpBusiness *self, const JpId *contract, JpRecord **out_refund, GError **error)
{
  g_autoptr (GPtrArray) refunds = jp_business_list (self, JP_REFUND_CONTRACT, contract, error);

  *out_refund = NULL;
  for (guint i = 0; refunds != NULL && i < refunds->len && *out_refund == NULL; i++)
    if (jp_record_get_code (refunds->pdata[i], JP_REFUND_STATE) == JP_REQUEST_STATE_PENDING)
      *out_refund = jp_record_ref (refunds->pdata[i]);
  return refunds != NULL;
}

/**
 * jp_business_ask_refund:
 * @self: a business with an open transaction
 * @contract: a contract in custody
 * @fault: why
 * @reason: (nullable): in the trainee's words
 * @out_refund: (out) (optional) (transfer full): the request
 * @error: return location for a [error@Jp.PlatformError]
 *
 * The trainee asks to leave. From this day on nothing more is charged.
 *
 * Returns: %TRUE, also when it was asked before; %FALSE with `JP_PLATFORM_ERROR_CONFLICT` if the
 *   contract is not in custody
 */
gboolean
jp_business_ask_refund (JpBusiness *self,
                        const JpId *contract,
                        JpFault     fault,
                        const char *reason,
                        JpRecord  **out_refund,
                        GError    **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (contract != NULL, FALSE);

  JpId school;
  JpId id = jp_id_source_next (jp_platform_store_get_ids (self->store));
  g_autoptr (JpRecord) open = NULL;
  g_autoptr (JpRecord) record = jp_business_get (self, JP_KIND_CONTRACT, contract, &school, error);

  if (record == NULL || !find_open (self, contract, &open, error))
    return FALSE;
  if (jp_code_get (jp_fault_codes, (int)fault) == NULL ||
      (reason != NULL && jp_text_length (reason) > MAX_REASON_CHARS))
    return jp_business_refuse (error, JP_PLATFORM_ERROR_INVALID, "the request is wrong");
  if (open == NULL && !is_paid (record))
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT, "the contract is not in custody");
  if (open == NULL)
    {
      JpDraft *draft = jp_draft_new (JP_KIND_REFUND, &id);

      jp_draft_set_ref (draft, JP_REFUND_CONTRACT, contract);
      jp_draft_set_ref (draft, JP_REFUND_TRAINEE, jp_record_get_ref (record, JP_CONTRACT_TRAINEE));
      jp_draft_set_date (draft, JP_REFUND_ASKED_ON, jp_platform_store_get_today (self->store));
      jp_draft_set_code (draft, JP_REFUND_FAULT, (int)fault);
      jp_draft_set_code (draft, JP_REFUND_STATE, JP_REQUEST_STATE_PENDING);
      if (reason != NULL)
        jp_draft_set_text (draft, JP_REFUND_REASON, reason);
      if (!jp_business_put (self, &school, draft, &open, error))
        return FALSE;
    }

  if (out_refund != NULL)
    *out_refund = g_steal_pointer (&open);
  return TRUE;
}

/**
 * jp_business_check_judged: (skip)
 * @self: a business
 * @contract: a contract
 * @on: a day
 * @error: return location
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_CONFLICT` if sessions until that day wait for
 *   their review: what they are worth is not known
 */
gboolean
jp_business_check_judged (JpBusiness *self, JpRecord *contract, JpDate on, GError **error)
{
  g_autoptr (JpStatement) find =
    jp_db_prepare (jp_platform_store_get_db (self->store),
                   "SELECT 1 FROM training_session WHERE trainee = :trainee AND state = 'pending'"
                   " AND started_at < :until AND deleted = 0 LIMIT 1",
                   error);
  gboolean row = FALSE;

  if (find == NULL)
    return FALSE;
  jp_statement_bind_id (find, ":trainee", jp_record_get_ref (contract, JP_CONTRACT_TRAINEE));
  jp_statement_bind_integer (find, ":until", jp_date_to_instant (on, 0, 0) + JP_DAY_US);
  if (!jp_statement_step (find, &row, error))
    return FALSE;
  return !row || jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                                     "sessions of the trainee wait for their review");
}

/**
 * jp_business_pay_back: (skip)
 * @self: a business with an open transaction
 * @school: the school
 * @contract: a contract
 * @back: how much goes back, and as what
 * @out_reference: (out) (transfer full) (nullable): the bank's number, %NULL if nothing goes back
 * @error: return location
 *
 * Returns: whether it is done
 */
gboolean
jp_business_pay_back (JpBusiness           *self,
                      const JpId           *school,
                      JpRecord             *contract,
                      const JpBusinessBack *back,
                      char                **out_reference,
                      GError              **error)
{
  JpBankOrder order = {
    .school = *school,
    .contract = *jp_record_get_id (contract),
    .at_us = jp_clock_now_us (jp_platform_store_get_clock (self->store)),
  };
  g_autofree char *recall = g_strconcat (back->purpose, "/recall", NULL);

  *out_reference = NULL;
  if (back->from_school_fen > 0)
    {
      order.kind = JP_BANK_RECALL;
      order.purpose = recall;
      order.amount_fen = back->from_school_fen;
      if (!jp_business_post (self, &order, NULL, error))
        return FALSE;
    }
  if (back->refund_fen == 0)
    return TRUE;
  order.kind = JP_BANK_REFUND;
  order.purpose = back->purpose;
  order.amount_fen = back->refund_fen;
  return jp_business_post (self, &order, out_reference, error);
}

/**
 * jp_business_end: (skip)
 * @self: a business with an open transaction
 * @school: the school
 * @contract: a contract
 * @status: how it ends
 * @trainee_status: what becomes of the trainee here
 * @error: return location
 *
 * Ends a contract early, with the sums of the bank.
 *
 * Returns: whether it is ended
 */
gboolean
jp_business_end (JpBusiness      *self,
                 const JpId      *school,
                 JpRecord        *contract,
                 JpContractStatus status,
                 JpTraineeStatus  trainee_status,
                 GError         **error)
{
  g_autoptr (JpDraft) draft = jp_draft_new_from (contract);
  g_autoptr (JpRecord) trainee = NULL;
  JpDraft *left = NULL;

  jp_draft_set_code (draft, JP_CONTRACT_STATUS, (int)status);
  if (!jp_business_sum_up (self, draft, error) ||
      !jp_business_put (self, school, g_steal_pointer (&draft), NULL, error))
    return FALSE;
  trainee = jp_business_get (self, JP_KIND_TRAINEE,
                             jp_record_get_ref (contract, JP_CONTRACT_TRAINEE), NULL, error);
  if (trainee == NULL)
    return FALSE;
  left = jp_draft_new_from (trainee);
  jp_draft_set_code (left, JP_TRAINEE_STATUS, (int)trainee_status);
  return jp_business_put (self, school, left, NULL, error);
}

/* What the policy says on the day of the request. */
static JpPolicyRefund *
price (JpBusiness *self, JpRecord *refund, JpRecord *contract, GError **error)
{
  JpBusinessFacts facts;
  JpDate          on = jp_record_get_date (refund, JP_REFUND_ASKED_ON);
  g_autoptr (GError) policy_error = NULL;
  JpPolicyRefund *result = NULL;

  if (!jp_business_check_judged (self, contract, on, error) ||
      !jp_business_read_facts (self, contract, on, &facts, error))
    return NULL;
  facts.gather.facts.fault = (JpPolicyFault)jp_record_get_code (refund, JP_REFUND_FAULT);
  result = jp_policy_refund_new (facts.policy, &facts.gather.facts, &policy_error);
  if (result == NULL)
    jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT, "the policy cannot price this: %s",
                        policy_error->message);
  return result;
}

static gboolean
grant (JpBusiness *self, const JpId *school, JpRecord *refund, JpDraft *decided, GError **error)
{
  JpIdText         text;
  g_autofree char *purpose = NULL;
  g_autofree char *reference = NULL;
  JpBusinessBack   back = { 0 };
  g_autoptr (JpPolicyRefund) priced = NULL;
  g_autoptr (JpRecord) contract =
    jp_business_get (self, JP_KIND_CONTRACT, jp_record_get_ref (refund, JP_REFUND_CONTRACT), NULL,
                     error);

  if (contract == NULL)
    return FALSE;
  if (!is_paid (contract))
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT, "the contract is not in custody");
  priced = price (self, refund, contract, error);
  if (priced == NULL)
    return FALSE;

  purpose = g_strconcat ("refund/", jp_id_to_text (jp_record_get_id (refund), text), NULL);
  back = (JpBusinessBack){ purpose, priced->from_school_fen, priced->refund_fen };
  if (!jp_business_pay_back (self, school, contract, &back, &reference, error) ||
      !jp_business_end (self, school, contract, JP_CONTRACT_STATUS_WITHDRAWN,
                        JP_TRAINEE_STATUS_WITHDRAWN, error))
    return FALSE;

  jp_draft_set_code (decided, JP_REFUND_STATE, JP_REQUEST_STATE_DONE);
  jp_draft_set_integer (decided, JP_REFUND_AMOUNT, priced->refund_fen);
  if (reference != NULL)
    jp_draft_set_text (decided, JP_REFUND_BANK_REFERENCE, reference);
  return TRUE;
}

/**
 * jp_business_decide_refund:
 * @self: a business with an open transaction
 * @refund: a request
 * @grant_it: whether it is granted
 * @out_refund: (out) (optional) (transfer full): the decided request
 * @error: return location for a [error@Jp.PlatformError]
 *
 * The reviewer decides. A granted refund is priced by the policy for the day on which it was asked,
 * and paid back at once; what custody then still holds is the school's, with its next statement.
 *
 * Returns: %TRUE, also when it was decided so before; %FALSE with `JP_PLATFORM_ERROR_NOT_FOUND`, or
 *   `JP_PLATFORM_ERROR_CONFLICT` if it is decided otherwise, sessions wait for their review, or the
 *   policy cannot price it
 */
gboolean
jp_business_decide_refund (JpBusiness *self,
                           const JpId *refund,
                           gboolean    grant_it,
                           JpRecord  **out_refund,
                           GError    **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (refund != NULL, FALSE);

  JpId school;
  int  state = JP_CODE_UNSET;
  g_autoptr (JpRecord) record = jp_business_get (self, JP_KIND_REFUND, refund, &school, error);
  g_autoptr (JpDraft) draft = record != NULL ? jp_draft_new_from (record) : NULL;

  if (record == NULL)
    return FALSE;
  state = jp_record_get_code (record, JP_REFUND_STATE);
  if (state == (grant_it ? JP_REQUEST_STATE_DONE : JP_REQUEST_STATE_REFUSED))
    {
      if (out_refund != NULL)
        *out_refund = g_steal_pointer (&record);
      return TRUE;
    }
  if (state != JP_REQUEST_STATE_PENDING)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT, "there is nothing to decide");
  if (!grant_it)
    jp_draft_set_code (draft, JP_REFUND_STATE, JP_REQUEST_STATE_REFUSED);
  else if (!grant (self, &school, record, draft, error))
    return FALSE;

  jp_draft_set_integer (draft, JP_REFUND_DECIDED_AT,
                        jp_clock_now_us (jp_platform_store_get_clock (self->store)));
  return jp_business_put (self, &school, g_steal_pointer (&draft), out_refund, error);
}
