/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-withdrawal-repo.h"

#include "jp-commit.h"
#include "jp-desk-private.h"
#include "jp-lookup.h"
#include "jp-query.h"
#include "jp-text.h"
#include "jp-user-repo.h"

#define MAX_REASON_CHARS 500

/**
 * jp_withdrawal_repo_free:
 * @withdrawal: (nullable) (transfer full): a withdrawal
 *
 * Frees it.
 */
void
jp_withdrawal_repo_free (JpWithdrawal *withdrawal)
{
  if (withdrawal == NULL)
    return;

  g_free (withdrawal->contract_no);
  g_free (withdrawal->trainee);
  g_free (withdrawal->reason);
  g_free (withdrawal->asked_by);
  g_free (withdrawal->decided_by);
  g_free (withdrawal);
}

/* --- asking */

/**
 * jp_withdrawal_repo_ask:
 * @vault: a writing vault without an open transaction
 * @ask: what is asked for, and by whom
 * @out_id: (out) (optional): the withdrawal
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Asks for the withdrawal of a trainee. The school's other PCs see it with the next sync; the
 * platform is not asked before a second person approves it.
 *
 * Returns: %TRUE; or %FALSE with an error of jp_user_repo_check(), %JP_DESK_USER_ROLE,
 *   %JP_DESK_CONTRACT_STATE, %JP_DESK_REFUND_OPEN or `JP_STORE_ERROR_INVALID` for a reason that is
 *   too long
 */
gboolean
jp_withdrawal_repo_ask (JpVault *vault, const JpWithdrawalAsk *ask, JpId *out_id, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (ask != NULL && ask->name != NULL && ask->pin != NULL, FALSE);
  g_return_val_if_fail (jp_code_get (jp_fault_codes, (int)ask->fault) != NULL, FALSE);

  JpId id = jp_id_source_next (vault->ids);
  g_autoptr (JpUser) user = jp_user_repo_check (vault, ask->name, ask->pin, error);
  g_autoptr (JpChange) change = NULL;

  if (user == NULL)
    return FALSE;
  if (!jp_user_repo_may_ask (user->role))
    return jp_desk_refuse (JP_DESK_USER_ROLE, "withdrawal", error);
  if (ask->reason != NULL && jp_text_length (ask->reason) > MAX_REASON_CHARS)
    {
      g_set_error_literal (error, JP_STORE_ERROR, JP_STORE_ERROR_INVALID, "the reason is too long");
      return FALSE;
    }

  change =
    jp_desk_ask_refund (vault,
                        &(JpDeskRefund){ id, ask->contract, ask->fault, ask->reason, user->id },
                        user->name, error);
  if (change == NULL || !jp_commit_change (vault, change, NULL, error))
    return FALSE;
  if (out_id != NULL)
    *out_id = id;
  return TRUE;
}

/* --- reading */

static gboolean
is_decided (JpRecord *refund)
{
  return jp_record_get_code (refund, JP_REFUND_STATE) != JP_REQUEST_STATE_DRAFT;
}

static gboolean
read_names (JpVault *vault, JpRecord *refund, JpWithdrawal *one, GError **error)
{
  g_autoptr (JpRecord) contract =
    jp_record_table_get (vault->db, vault->key, JP_KIND_CONTRACT,
                         jp_record_get_ref (refund, JP_REFUND_CONTRACT), error);

  if (contract == NULL)
    return jp_vault_translate (error);
  one->contract_no = g_strdup (jp_record_get_text (contract, JP_CONTRACT_NUMBER));
  return jp_lookup_title (vault, JP_KIND_TRAINEE, jp_record_get_ref (refund, JP_REFUND_TRAINEE),
                          &one->trainee, error) &&
         jp_lookup_title (vault, JP_KIND_PERSON, jp_record_get_ref (refund, JP_REFUND_ASKED_BY),
                          &one->asked_by, error) &&
         (!jp_record_has (refund, JP_REFUND_CHECKED_BY) ||
          jp_lookup_title (vault, JP_KIND_PERSON, jp_record_get_ref (refund, JP_REFUND_CHECKED_BY),
                           &one->decided_by, error));
}

static JpWithdrawal *
read_withdrawal (JpVault *vault, JpRecord *refund, GError **error)
{
  g_autoptr (JpWithdrawal) one = g_new0 (JpWithdrawal, 1);

  one->id = *jp_record_get_id (refund);
  one->contract = *jp_record_get_ref (refund, JP_REFUND_CONTRACT);
  one->fault = (JpFault)jp_record_get_code (refund, JP_REFUND_FAULT);
  one->reason = g_strdup (jp_record_get_text (refund, JP_REFUND_REASON));
  one->asked_at_us = jp_record_get_head (refund)->created_at_us;
  one->decided_at_us = jp_record_get_integer (refund, JP_REFUND_CHECKED_AT);
  one->is_approved = is_decided (refund) &&
                     jp_record_get_code (refund, JP_REFUND_STATE) != JP_REQUEST_STATE_DECLINED;
  return read_names (vault, refund, one, error) ? g_steal_pointer (&one) : NULL;
}

/**
 * jp_withdrawal_repo_list:
 * @vault: a vault
 * @only_open: only those that wait for a decision
 * @error: return location for a [error@Jp.StoreError]
 *
 * Lists what people of the school asked for, at any of its PCs; what trainees ask for on the
 * platform needs nobody's approval here.
 *
 * Returns: (transfer full) (element-type JpWithdrawal): the oldest first, or %NULL with an error
 */
GPtrArray *
jp_withdrawal_repo_list (JpVault *vault, gboolean only_open, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);

  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_REFUND);
  g_autoptr (GPtrArray) list =
    g_ptr_array_new_with_free_func ((GDestroyNotify)jp_withdrawal_repo_free);
  g_autoptr (GPtrArray) refunds = NULL;

  if (only_open)
    jp_query_where_code (query, JP_REFUND_STATE, JP_QUERY_EQUAL, JP_REQUEST_STATE_DRAFT);
  jp_query_set_order (query, JP_REFUND_ASKED_ON, FALSE);
  refunds = jp_query_fetch_all (vault, query, error);
  for (guint i = 0; refunds != NULL && i < refunds->len; i++)
    {
      JpWithdrawal *one = NULL;

      if (!jp_record_has (refunds->pdata[i], JP_REFUND_ASKED_BY))
        continue;
      one = read_withdrawal (vault, refunds->pdata[i], error);
      if (one == NULL)
        return NULL;
      g_ptr_array_add (list, one);
    }
  return refunds != NULL ? g_steal_pointer (&list) : NULL;
}

/**
 * jp_withdrawal_repo_find_open:
 * @vault: a vault
 * @contract: a contract
 * @out_id: (out): the withdrawal that waits for a decision, or %JP_ID_NONE
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it could be read
 */
gboolean
jp_withdrawal_repo_find_open (JpVault *vault, const JpId *contract, JpId *out_id, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (contract != NULL, FALSE);

  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_REFUND);
  g_autoptr (JpRecord) open = NULL;

  jp_query_where_ref (query, JP_REFUND_CONTRACT, contract);
  jp_query_where_code (query, JP_REFUND_STATE, JP_QUERY_EQUAL, JP_REQUEST_STATE_DRAFT);
  if (!jp_desk_find_first (vault, query, &open, error))
    return FALSE;
  *out_id = open != NULL ? *jp_record_get_id (open) : JP_ID_NONE;
  return TRUE;
}

/* --- two people */

static JpRecord *
find_person (JpVault *vault, JpRecord *refund, JpFieldId field, GError **error)
{
  const JpId *id = jp_record_get_ref (refund, field);

  if (id == NULL)
    {
      jp_desk_refuse (JP_DESK_NOT_APPROVED, "refund", error);
      return NULL;
    }
  return jp_desk_get_live (vault, JP_KIND_PERSON, id, error);
}

static JpRole
get_role (JpRecord *person)
{
  int role = jp_record_get_code (person, JP_PERSON_ROLE);

  return role >= 0 ? (JpRole)role : JP_ROLE_OFFICE;
}

/**
 * jp_withdrawal_repo_check_people:
 * @vault: a vault
 * @refund: a refund that shall go to the platform
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Returns: %TRUE, or %FALSE with %JP_DESK_NOT_APPROVED, %JP_DESK_SAME_PERSON or %JP_DESK_USER_ROLE
 *   unless two people stand behind it who may
 */
gboolean
jp_withdrawal_repo_check_people (JpVault *vault, JpRecord *refund, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (jp_record_get_kind (refund) == JP_KIND_REFUND, FALSE);

  g_autoptr (JpRecord) asked = find_person (vault, refund, JP_REFUND_ASKED_BY, error);
  g_autoptr (JpRecord) checked =
    asked != NULL ? find_person (vault, refund, JP_REFUND_CHECKED_BY, error) : NULL;

  if (checked == NULL)
    return FALSE;
  /* One person may have been taken in at two PCs: two records of one name are not two people. */
  if (g_strcmp0 (jp_record_get_text (asked, JP_PERSON_NAME),
                 jp_record_get_text (checked, JP_PERSON_NAME)) == 0)
    return jp_desk_refuse (JP_DESK_SAME_PERSON, "refund", error);
  return (jp_user_repo_may_ask (get_role (asked)) &&
          jp_user_repo_may_approve (get_role (checked)) &&
          jp_record_get_integer (checked, JP_PERSON_DISABLED) == 0) ||
         jp_desk_refuse (JP_DESK_USER_ROLE, "refund", error);
}

/* --- deciding */

static gboolean
check_decider (JpUser *user, const JpWithdrawal *one, gboolean approve, GError **error)
{
  if (one->decided_by != NULL || one->is_approved)
    return jp_desk_refuse (JP_DESK_DECIDED, "withdrawal", error);
  /* Taking back is for whoever asked, too. */
  if (!approve && g_strcmp0 (user->name, one->asked_by) == 0)
    return TRUE;
  if (!jp_user_repo_may_approve (user->role))
    return jp_desk_refuse (JP_DESK_USER_ROLE, "withdrawal", error);
  return g_strcmp0 (user->name, one->asked_by) != 0 ||
         jp_desk_refuse (JP_DESK_SAME_PERSON, "withdrawal", error);
}

static gboolean
commit_decision (JpVault *vault, JpUser *user, JpRecord *refund, gboolean approve, GError **error)
{
  JpDraft *draft = jp_draft_new_from (refund);
  g_autoptr (JpChange) change =
    jp_desk_new_change (vault, approve ? "withdraw-approve" : "withdraw-decline", user->name);

  jp_draft_set_code (draft, JP_REFUND_STATE,
                     approve ? JP_REQUEST_STATE_PENDING : JP_REQUEST_STATE_DECLINED);
  jp_draft_set_ref (draft, JP_REFUND_CHECKED_BY, &user->id);
  jp_draft_set_integer (draft, JP_REFUND_CHECKED_AT, jp_vault_now_us (vault));
  jp_desk_add (change, refund, draft);
  return jp_commit_change (vault, change, NULL, error);
}

/**
 * jp_withdrawal_repo_decide:
 * @vault: a writing vault without an open transaction
 * @decision: what is decided, and by whom
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Approves a withdrawal, which asks the platform with the next sync, or declines it, whichever PC
 * it was asked for at. Whoever asked can take it back, and can never approve it.
 *
 * Returns: %TRUE; or %FALSE with an error of jp_user_repo_check(), %JP_DESK_GONE,
 *   %JP_DESK_DECIDED, %JP_DESK_USER_ROLE, %JP_DESK_SAME_PERSON, or, if the contract has moved on,
 *   %JP_DESK_CONTRACT_STATE or %JP_DESK_REFUND_OPEN
 */
gboolean
jp_withdrawal_repo_decide (JpVault *vault, const JpWithdrawalDecision *decision, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (decision != NULL && decision->name != NULL && decision->pin != NULL, FALSE);

  g_autoptr (JpUser) user = jp_user_repo_check (vault, decision->name, decision->pin, error);
  g_autoptr (JpRecord) refund =
    user != NULL ? jp_desk_get_live (vault, JP_KIND_REFUND, &decision->id, error) : NULL;
  g_autoptr (JpWithdrawal) one = refund != NULL ? read_withdrawal (vault, refund, error) : NULL;

  return one != NULL && check_decider (user, one, decision->approve, error) &&
         (!decision->approve || jp_desk_check_refund (vault, &one->contract, &one->id, error)) &&
         commit_decision (vault, user, refund, decision->approve, error);
}
