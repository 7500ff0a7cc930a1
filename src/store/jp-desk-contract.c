/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-desk.h"

#include "jp-contract-text.h"
#include "jp-desk-private.h"
#include "jp-query.h"
#include "jp-request.h"

/* Contracts as far as the school moves them: draft, offer, cancel, ask for a refund. Signing,
 * paying, releasing and refunding are the platform's. */

static JpChange *
move_contract (JpVault         *vault,
               JpRecord        *contract,
               JpContractStatus to,
               const char      *kind,
               const char      *actor)
{
  g_autoptr (JpDraft) draft = jp_draft_new_from (contract);
  g_autoptr (JpChange) change = jp_desk_new_change (vault, kind, actor);

  jp_draft_set_code (draft, JP_CONTRACT_STATUS, (int)to);
  jp_desk_add (change, contract, g_steal_pointer (&draft));
  return g_steal_pointer (&change);
}

static gboolean
check_text (JpRecord *contract, GError **error)
{
  const char      *text = jp_record_get_text (contract, JP_CONTRACT_TEXT);
  g_autofree char *digest = text != NULL ? jp_contract_text_hash (text) : NULL;

  if (digest != NULL &&
      g_strcmp0 (digest, jp_record_get_text (contract, JP_CONTRACT_TEXT_DIGEST)) == 0)
    return TRUE;
  return jp_desk_refuse (JP_DESK_CONTRACT_CHANGED, "contract", error);
}

/**
 * jp_desk_offer_contract:
 * @vault: a vault
 * @contract: a draft
 * @actor: who offers it
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Sends a contract to be signed. Its text does not change any more.
 *
 * Returns: (transfer full): a change "offer", or %NULL with %JP_DESK_CONTRACT_STATE,
 *   %JP_DESK_CONTRACT_CHANGED or another error
 */
JpChange *
jp_desk_offer_contract (JpVault *vault, const JpId *contract, const char *actor, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (contract != NULL, NULL);
  g_return_val_if_fail (actor != NULL, NULL);

  g_autoptr (JpRecord) record = jp_desk_get_live (vault, JP_KIND_CONTRACT, contract, error);
  g_autoptr (JpRecord) trainee = NULL;

  if (record == NULL)
    return NULL;
  if (jp_record_get_code (record, JP_CONTRACT_STATUS) != JP_CONTRACT_STATUS_DRAFT)
    {
      jp_desk_refuse (JP_DESK_CONTRACT_STATE, "contract", error);
      return NULL;
    }

  trainee = jp_desk_get_live (vault, JP_KIND_TRAINEE,
                              jp_record_get_ref (record, JP_CONTRACT_TRAINEE), error);
  if (trainee == NULL || !check_text (record, error))
    return NULL;
  return move_contract (vault, record, JP_CONTRACT_STATUS_OFFERED, "offer", actor);
}

/**
 * jp_desk_cancel_contract:
 * @vault: a vault
 * @contract: a contract that nobody has signed
 * @actor: who takes it back
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Returns: (transfer full): a change "cancel", or %NULL with %JP_DESK_CONTRACT_STATE or another
 *   error
 */
JpChange *
jp_desk_cancel_contract (JpVault *vault, const JpId *contract, const char *actor, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (contract != NULL, NULL);
  g_return_val_if_fail (actor != NULL, NULL);

  g_autoptr (JpRecord) record = jp_desk_get_live (vault, JP_KIND_CONTRACT, contract, error);
  int status = record != NULL ? jp_record_get_code (record, JP_CONTRACT_STATUS) : JP_CODE_UNSET;

  if (record == NULL)
    return NULL;
  if (status == JP_CONTRACT_STATUS_DRAFT || status == JP_CONTRACT_STATUS_OFFERED)
    return move_contract (vault, record, JP_CONTRACT_STATUS_CANCELLED, "cancel", actor);

  jp_desk_refuse (JP_DESK_CONTRACT_STATE, "contract", error);
  return NULL;
}

/* Somebody who came from another school has a transfer, too: it does not stand in the way. */
static gboolean
check_no_request (JpVault    *vault,
                  JpKind      kind,
                  const JpId *contract,
                  const JpId *except,
                  GError    **error)
{
  const JpRequestFields *fields = jp_request_get_fields (kind);
  g_autoptr (JpQuery) query = jp_query_new (kind);
  g_autoptr (GPtrArray) requests = NULL;

  jp_query_where_ref (query, fields->contract, contract);
  requests = jp_query_fetch_all (vault, query, error);
  for (guint i = 0; requests != NULL && i < requests->len; i++)
    {
      JpRecord *one = g_ptr_array_index (requests, i);

      if (jp_request_is_open (jp_record_get_code (one, fields->state)) &&
          (except == NULL || !jp_id_equal (jp_record_get_id (one), except)) &&
          (kind != JP_KIND_TRANSFER || jp_record_get_integer (one, JP_TRANSFER_OUTGOING) != 0))
        return jp_desk_refuse (kind == JP_KIND_REFUND ? JP_DESK_REFUND_OPEN : JP_DESK_TRANSFER_OPEN,
                               "request", error);
    }
  return requests != NULL;
}

/**
 * jp_desk_check_leaving:
 * @vault: a vault
 * @contract: a contract
 * @except: (nullable): a request of it that is not looked at
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Returns: whether a withdrawal or a transfer could be asked for: %FALSE with
 *   %JP_DESK_CONTRACT_STATE, %JP_DESK_REFUND_OPEN or %JP_DESK_TRANSFER_OPEN
 */
gboolean
jp_desk_check_leaving (JpVault *vault, const JpId *contract, const JpId *except, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (contract != NULL, FALSE);

  g_autoptr (JpRecord) record = jp_desk_get_live (vault, JP_KIND_CONTRACT, contract, error);

  if (record == NULL)
    return FALSE;
  if (jp_record_get_code (record, JP_CONTRACT_STATUS) != JP_CONTRACT_STATUS_PAID)
    return jp_desk_refuse (JP_DESK_CONTRACT_STATE, "contract", error);
  return check_no_request (vault, JP_KIND_REFUND, contract, except, error) &&
         check_no_request (vault, JP_KIND_TRANSFER, contract, except, error);
}

/**
 * jp_desk_ask_refund:
 * @vault: a vault
 * @refund: what is asked for
 * @actor: who asks
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Asks for the withdrawal of a trainee: the school's other PCs see it, and the platform does
 * nothing with it before a second person has checked it.
 *
 * Returns: (transfer full): a change "withdraw-ask", or %NULL with an error of
 *   jp_desk_check_leaving()
 */
JpChange *
jp_desk_ask_refund (JpVault *vault, const JpDeskRefund *refund, const char *actor, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (refund != NULL, NULL);
  g_return_val_if_fail (actor != NULL, NULL);

  g_autoptr (JpRecord) record = NULL;
  g_autoptr (JpChange) change =
    jp_desk_new_change (vault, jp_request_get_fields (JP_KIND_REFUND)->ask, actor);
  JpDraft *draft = NULL;

  if (!jp_desk_check_leaving (vault, &refund->contract, NULL, error))
    return NULL;
  record = jp_desk_get_live (vault, JP_KIND_CONTRACT, &refund->contract, error);
  if (record == NULL)
    return NULL;

  draft = jp_draft_new (JP_KIND_REFUND, &refund->id);
  jp_draft_set_ref (draft, JP_REFUND_CONTRACT, &refund->contract);
  jp_draft_set_ref (draft, JP_REFUND_TRAINEE, jp_record_get_ref (record, JP_CONTRACT_TRAINEE));
  jp_draft_set_date (draft, JP_REFUND_ASKED_ON, jp_vault_today (vault));
  jp_draft_set_code (draft, JP_REFUND_FAULT, (int)refund->fault);
  jp_draft_set_code (draft, JP_REFUND_STATE, JP_REQUEST_STATE_DRAFT);
  jp_draft_set_ref (draft, JP_REFUND_ASKED_BY, &refund->asked_by);
  if (refund->reason != NULL && *refund->reason != '\0')
    jp_draft_set_text (draft, JP_REFUND_REASON, refund->reason);
  jp_desk_add (change, NULL, draft);
  return g_steal_pointer (&change);
}
