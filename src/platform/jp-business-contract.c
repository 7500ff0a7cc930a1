/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-business-private.h"

#include "jp-contract-text.h"

/* A contract from the offer to the opened file: sealed when the trainee signs what the school
 * offered, paid into custody, 建档受理. */

#define MAX_KEY_CHARS 64

static gboolean
has_status (JpRecord *contract, JpContractStatus status)
{
  return jp_record_get_code (contract, JP_CONTRACT_STATUS) == (int)status;
}

/* What is frozen in the contract belongs together, and says what the school has published. */
static gboolean
check_tier (JpBusiness *self, const JpId *school, JpRecord *contract, GError **error)
{
  const JpId *id = jp_record_get_ref (contract, JP_CONTRACT_CLASS_TIER);
  JpId        owner;
  g_autoptr (JpRecord) copy = jp_business_read_tier (contract, error);

  if (copy == NULL)
    return FALSE;

  g_autoptr (JpRecord) tier =
    id != NULL ? jp_business_get (self, JP_KIND_CLASS_TIER, id, &owner, error) : NULL;

  if (id == NULL || (tier != NULL && !jp_id_equal (&owner, school)))
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                               "the class tier is not of this school");
  if (tier == NULL)
    return FALSE;
  if (jp_record_get_code (tier, JP_CLASS_TIER_STATUS) == JP_TIER_STATUS_DRAFT)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                               "the class tier is not published");
  if (!jp_id_equal (jp_record_get_id (copy), id) ||
      jp_record_get_integer (copy, JP_CLASS_TIER_PRICE) !=
        jp_record_get_integer (contract, JP_CONTRACT_PRICE) ||
      jp_record_get_integer (tier, JP_CLASS_TIER_PRICE) !=
        jp_record_get_integer (contract, JP_CONTRACT_PRICE))
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                               "the price is not that of the published class tier");
  return TRUE;
}

/* A contract that nobody could settle later is not sealed. */
static gboolean
check_rules (JpBusiness *self, JpRecord *contract, GError **error)
{
  JpBusinessFacts facts;
  JpDate          today = jp_platform_store_get_today (self->store);
  g_autoptr (GError) plan_error = NULL;

  if (!jp_business_read_facts (self, contract, today, &facts, error))
    return FALSE;
  if (!jp_curriculum_is_complete (facts.curriculum, facts.gather.facts.licence_type))
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                               "the curriculum does not say the hours of this licence type");

  g_autoptr (JpPolicyPlan) plan =
    jp_policy_plan_new (facts.policy, &facts.gather.facts, &plan_error);

  if (plan == NULL)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                               "the policy cannot settle this contract: %s", plan_error->message);
  return TRUE;
}

static gboolean
check_text (JpRecord *contract, const char *digest, GError **error)
{
  const char      *text = jp_record_get_text (contract, JP_CONTRACT_TEXT);
  const char      *own = jp_record_get_text (contract, JP_CONTRACT_TEXT_DIGEST);
  g_autofree char *hash = text != NULL ? jp_contract_text_hash (text) : NULL;

  if (hash == NULL || g_strcmp0 (hash, own) != 0)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                               "the text of the contract does not have the digest it names");
  if (!g_str_equal (hash, digest))
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                               "what is signed is not the text of the contract");
  return TRUE;
}

static gboolean
check_no_other (JpBusiness *self, JpRecord *contract, GError **error)
{
  g_autoptr (GPtrArray) contracts =
    jp_business_list (self, JP_CONTRACT_TRAINEE, jp_record_get_ref (contract, JP_CONTRACT_TRAINEE),
                      error);

  if (contracts == NULL)
    return FALSE;
  for (guint i = 0; i < contracts->len; i++)
    {
      JpRecord *other = g_ptr_array_index (contracts, i);

      if (has_status (other, JP_CONTRACT_STATUS_SIGNED) ||
          has_status (other, JP_CONTRACT_STATUS_PAID))
        return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                                   "the trainee has another contract that is not over");
    }
  return TRUE;
}

/**
 * jp_business_sign:
 * @self: a business with an open transaction
 * @contract: a contract that the school has offered
 * @digest: SHA-256 of the text that the trainee read, 64 lower-case hexadecimal digits
 * @out_contract: (out) (optional) (transfer full): the sealed contract
 * @error: return location for a [error@Jp.PlatformError]
 *
 * The trainee signs. The platform seals what it can vouch for: the text has the digest that both
 * saw, the price is the published one, the rules are published and can settle it.
 *
 * Returns: %TRUE, also when it was signed before; %FALSE with `JP_PLATFORM_ERROR_CONFLICT` or
 *   `JP_PLATFORM_ERROR_NOT_FOUND`
 */
gboolean
jp_business_sign (JpBusiness *self,
                  const JpId *contract,
                  const char *digest,
                  JpRecord  **out_contract,
                  GError    **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (contract != NULL, FALSE);
  g_return_val_if_fail (digest != NULL, FALSE);

  JpId school;
  g_autoptr (JpRecord) record = jp_business_get (self, JP_KIND_CONTRACT, contract, &school, error);

  if (record == NULL)
    return FALSE;
  if (jp_record_has (record, JP_CONTRACT_SIGNED_AT) &&
      g_strcmp0 (digest, jp_record_get_text (record, JP_CONTRACT_TEXT_DIGEST)) == 0)
    {
      if (out_contract != NULL)
        *out_contract = g_steal_pointer (&record);
      return TRUE;
    }
  if (!has_status (record, JP_CONTRACT_STATUS_OFFERED))
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                               "the contract is not offered for signature");
  if (!check_text (record, digest, error) || !check_tier (self, &school, record, error) ||
      !check_no_other (self, record, error) || !check_rules (self, record, error))
    return FALSE;

  JpDraft *draft = jp_draft_new_from (record);

  g_autoptr (JpRecord) sealed = NULL;

  jp_draft_set_code (draft, JP_CONTRACT_STATUS, JP_CONTRACT_STATUS_SIGNED);
  jp_draft_set_integer (draft, JP_CONTRACT_SIGNED_AT,
                        jp_clock_now_us (jp_platform_store_get_clock (self->store)));
  if (!jp_business_put (self, &school, draft, &sealed, error) ||
      !jp_business_receive_transfer (self, &school, sealed, error))
    return FALSE;
  if (out_contract != NULL)
    *out_contract = jp_business_get (self, JP_KIND_CONTRACT, contract, NULL, error);
  return out_contract == NULL || *out_contract != NULL;
}

/* --- paying --- */

/* One fee to the end; where the scheme takes it stage by stage, the next stage's. */
static gboolean
compute_next_payment (JpBusiness *self, JpRecord *contract, gint64 *out_fen, GError **error)
{
  JpBusinessFacts facts;
  JpDate          today = jp_platform_store_get_today (self->store);

  if (!jp_business_read_facts (self, contract, today, &facts, error))
    return FALSE;

  g_autoptr (JpPolicyPlan) plan = jp_policy_plan_new (facts.policy, &facts.gather.facts, error);
  gint64 sum_fen = 0;

  if (plan == NULL)
    return FALSE;
  *out_fen = facts.gather.facts.price_fen - facts.gather.facts.paid_fen;
  for (guint i = 0; jp_policy_is_paid_per_stage (facts.policy) && i < plan->n_stages; i++)
    {
      sum_fen += plan->stages[i].amount_fen;
      if (sum_fen > facts.gather.facts.paid_fen)
        {
          *out_fen = sum_fen - facts.gather.facts.paid_fen;
          break;
        }
    }
  return TRUE;
}

/* 建档受理: the trainee gets a number and the hours to reach. */
static gboolean
open_file (JpBusiness *self, const JpId *school, JpRecord *contract, GError **error)
{
  JpCurriculum      *curriculum = jp_business_find_curriculum (self, contract, error);
  JpCurriculumNumber total = { 0 };
  g_autoptr (JpRecord) trainee =
    curriculum != NULL
      ? jp_business_get (self, JP_KIND_TRAINEE, jp_record_get_ref (contract, JP_CONTRACT_TRAINEE),
                         NULL, error)
      : NULL;

  if (trainee == NULL)
    return FALSE;
  if (jp_record_get_code (trainee, JP_TRAINEE_STATUS) == JP_TRAINEE_STATUS_TRAINING &&
      jp_record_has (trainee, JP_TRAINEE_NUMBER))
    return TRUE;

  g_autoptr (JpDraft) draft = jp_draft_new_from (trainee);

  if (!jp_draft_has (draft, JP_TRAINEE_NUMBER))
    {
      g_autofree char *number =
        jp_business_take_ministry_number (self->store, JP_KIND_TRAINEE, error);

      if (number == NULL)
        return FALSE;
      jp_draft_set_text (draft, JP_TRAINEE_NUMBER, number);
    }
  if (jp_curriculum_get_minutes (curriculum,
                                 jp_record_get_text (contract, JP_CONTRACT_LICENCE_TYPE),
                                 JP_CURRICULUM_TOTAL, &total) &&
      total.value != JP_CURRICULUM_UNKNOWN)
    jp_draft_set_integer (draft, JP_TRAINEE_REQUIRED_MINUTES, total.value);
  jp_draft_set_code (draft, JP_TRAINEE_STATUS, JP_TRAINEE_STATUS_TRAINING);
  return jp_business_put (self, school, g_steal_pointer (&draft), NULL, error);
}

static gboolean
put_payment (JpBusiness        *self,
             const JpId        *school,
             const JpBankOrder *order,
             const char        *reference,
             JpRecord         **out_payment,
             GError           **error)
{
  JpId     id = jp_id_derive ("payment", reference);
  JpDraft *draft = jp_draft_new (JP_KIND_PAYMENT, &id);

  jp_draft_set_ref (draft, JP_PAYMENT_CONTRACT,
                    order->kind == JP_BANK_MOVE ? &order->to_contract : &order->contract);
  jp_draft_set_integer (draft, JP_PAYMENT_AMOUNT, order->amount_fen);
  jp_draft_set_integer (draft, JP_PAYMENT_PAID_AT, order->at_us);
  jp_draft_set_text (draft, JP_PAYMENT_BANK_REFERENCE, reference);
  jp_draft_set_text (draft, JP_PAYMENT_STATE, "received");
  return jp_business_put (self, school, draft, out_payment, error);
}

/**
 * jp_business_take_money: (skip)
 * @self: a business with an open transaction
 * @school: the school of the contract
 * @contract: a contract that is signed
 * @order: a payment into the contract, or a move
 * @out_payment: (out) (optional) (transfer full): the payment
 * @error: return location
 *
 * Books money that reaches a contract, notes it in the contract, and opens the trainee's file.
 *
 * Returns: whether it is done
 */
gboolean
jp_business_take_money (JpBusiness        *self,
                        const JpId        *school,
                        JpRecord          *contract,
                        const JpBankOrder *order,
                        JpRecord         **out_payment,
                        GError           **error)
{
  g_autofree char *reference = NULL;

  if (!jp_business_post (self, order, &reference, error) ||
      !put_payment (self, school, order, reference, out_payment, error))
    return FALSE;

  JpPolicy *policy = jp_business_find_policy (self, contract, error);
  g_autoptr (JpDraft) draft = jp_draft_new_from (contract);

  if (policy == NULL || !jp_business_sum_up (self, draft, error))
    return FALSE;
  /* What a transfer brought along may be less than the fee. */
  if (jp_draft_get_integer (draft, JP_CONTRACT_PAID) <
        jp_draft_get_integer (draft, JP_CONTRACT_PRICE) &&
      !jp_policy_is_paid_per_stage (policy))
    return jp_business_put (self, school, g_steal_pointer (&draft), NULL, error);

  jp_draft_set_code (draft, JP_CONTRACT_STATUS, JP_CONTRACT_STATUS_PAID);
  if (!jp_draft_has (draft, JP_CONTRACT_PAID_AT))
    jp_draft_set_integer (draft, JP_CONTRACT_PAID_AT, order->at_us);
  return jp_business_put (self, school, g_steal_pointer (&draft), NULL, error) &&
         open_file (self, school, contract, error);
}

/* The payment that was made for this purpose, if it was. */
static gboolean
find_payment (JpBusiness *self,
              const char *purpose,
              gint64      amount_fen,
              JpRecord  **out_payment,
              GError    **error)
{
  g_autoptr (JpStatement) find = jp_db_prepare (jp_platform_store_get_db (self->store),
                                                "SELECT p.id, p.amount FROM bank_movement m JOIN "
                                                "payment p ON p.bank_reference = m.reference"
                                                " WHERE m.purpose = :purpose AND p.deleted = 0",
                                                error);
  gboolean row = FALSE;
  JpId     id;

  *out_payment = NULL;
  if (find == NULL)
    return FALSE;
  jp_statement_bind_text (find, ":purpose", purpose);
  if (!jp_statement_step (find, &row, error))
    return FALSE;
  if (!row || !jp_statement_get_id (find, 0, &id))
    return TRUE;
  if (jp_statement_get_integer (find, 1) != amount_fen)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                               "this payment was made with another amount");
  *out_payment = jp_business_get (self, JP_KIND_PAYMENT, &id, NULL, error);
  return *out_payment != NULL;
}

/**
 * jp_business_pay:
 * @self: a business with an open transaction
 * @contract: a contract that both have signed
 * @key: names this payment: the same key is one payment; 1 … 64 characters
 * @amount_fen: what the trainee pays
 * @out_payment: (out) (optional) (transfer full): the payment
 * @error: return location for a [error@Jp.PlatformError]
 *
 * The trainee pays into custody: the whole fee, or the next stage's where the policy takes it stage
 * by stage. The bank books it, and the trainee's file is opened.
 *
 * Returns: %TRUE, also when it was paid before with this key; %FALSE with
 *   `JP_PLATFORM_ERROR_CONFLICT` if nothing or something else is to be paid
 */
gboolean
jp_business_pay (JpBusiness *self,
                 const JpId *contract,
                 const char *key,
                 gint64      amount_fen,
                 JpRecord  **out_payment,
                 GError    **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (contract != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  JpIdText         text;
  g_autofree char *purpose =
    g_strconcat ("payment/", jp_id_to_text (contract, text), "/", key, NULL);
  g_autoptr (JpRecord) done = NULL;
  g_autoptr (JpRecord) record = NULL;
  JpBankOrder order = {
    .kind = JP_BANK_PAYMENT, .contract = *contract, .purpose = purpose, .amount_fen = amount_fen
  };
  gint64 next_fen = 0;

  if (*key == '\0' || jp_text_length (key) > MAX_KEY_CHARS)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_INVALID, "the key of the payment is wrong");
  record = jp_business_get (self, JP_KIND_CONTRACT, contract, &order.school, error);
  if (record == NULL || !find_payment (self, purpose, amount_fen, &done, error))
    return FALSE;
  if (done != NULL)
    {
      if (out_payment != NULL)
        *out_payment = g_steal_pointer (&done);
      return TRUE;
    }
  if (!has_status (record, JP_CONTRACT_STATUS_SIGNED) &&
      !has_status (record, JP_CONTRACT_STATUS_PAID))
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                               "nothing is to be paid for a contract in this state");
  if (!compute_next_payment (self, record, &next_fen, error))
    return FALSE;
  if (next_fen == 0 || next_fen != amount_fen)
    return jp_business_refuse (error, JP_PLATFORM_ERROR_CONFLICT,
                               "what is to be paid is %" G_GINT64_FORMAT " fen", next_fen);

  order.at_us = jp_clock_now_us (jp_platform_store_get_clock (self->store));
  return jp_business_take_money (self, &order.school, record, &order, out_payment, error);
}
