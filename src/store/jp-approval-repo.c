/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-approval-repo.h"

#include "jp-commit.h"
#include "jp-desk-private.h"
#include "jp-lookup.h"
#include "jp-query.h"
#include "jp-request.h"
#include "jp-text.h"
#include "jp-transfer-repo.h"
#include "jp-user-repo.h"

#define MAX_REASON_CHARS 500

/**
 * jp_approval_repo_free:
 * @approval: (nullable) (transfer full): a request
 *
 * Frees it.
 */
void
jp_approval_repo_free (JpApproval *approval)
{
  if (approval == NULL)
    return;

  g_free (approval->contract_no);
  g_free (approval->trainee);
  g_free (approval->reason);
  g_free (approval->school_no);
  g_free (approval->school);
  g_free (approval->asked_by);
  g_free (approval->decided_by);
  g_free (approval);
}

/* --- asking */

static JpChange *
new_request (JpVault *vault, const JpApprovalAsk *ask, const JpId *id, JpUser *user, GError **error)
{
  const JpDeskRefund  refund = { *id, ask->contract, ask->fault, ask->reason, user->id };
  const JpTransferAsk transfer = { *id, ask->contract, ask->school_no, ask->school, user->id };

  return ask->kind == JP_KIND_REFUND ? jp_desk_ask_refund (vault, &refund, user->name, error)
                                     : jp_transfer_repo_ask (vault, &transfer, user->name, error);
}

/**
 * jp_approval_repo_ask:
 * @vault: a writing vault without an open transaction
 * @ask: what is asked for, and by whom
 * @out_id: (out) (optional): the request
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Asks for the withdrawal of a trainee, or for the transfer to another school. The school's other
 * PCs see it with the next sync; the platform is not asked before a second person approves it.
 *
 * Returns: %TRUE; or %FALSE with an error of jp_user_repo_check(), %JP_DESK_USER_ROLE, an error of
 *   jp_desk_ask_refund() or jp_transfer_repo_ask(), or `JP_STORE_ERROR_INVALID` for a reason that
 *   is too long
 */
gboolean
jp_approval_repo_ask (JpVault *vault, const JpApprovalAsk *ask, JpId *out_id, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (ask != NULL && ask->name != NULL && ask->pin != NULL, FALSE);
  g_return_val_if_fail (ask->kind == JP_KIND_TRANSFER
                          ? ask->school_no != NULL
                          : jp_code_get (jp_fault_codes, (int)ask->fault) != NULL,
                        FALSE);

  JpId id = jp_id_source_next (vault->ids);
  g_autoptr (JpUser) user = jp_user_repo_check (vault, ask->name, ask->pin, error);
  g_autoptr (JpChange) change = NULL;

  if (user == NULL)
    return FALSE;
  if (!jp_request_may_ask (user->role))
    return jp_desk_refuse (JP_DESK_USER_ROLE, "request", error);
  if (ask->reason != NULL && jp_text_length (ask->reason) > MAX_REASON_CHARS)
    {
      g_set_error_literal (error, JP_STORE_ERROR, JP_STORE_ERROR_INVALID, "the reason is too long");
      return FALSE;
    }

  change = new_request (vault, ask, &id, user, error);
  if (change == NULL || !jp_commit_change (vault, change, NULL, error))
    return FALSE;
  if (out_id != NULL)
    *out_id = id;
  return TRUE;
}

/* --- reading */

static const JpRequestFields *
fields_of (JpRecord *request)
{
  return jp_request_get_fields (jp_record_get_kind (request));
}

static gboolean
read_names (JpVault *vault, JpRecord *request, JpApproval *one, GError **error)
{
  const JpRequestFields *fields = fields_of (request);
  g_autoptr (JpRecord) contract =
    jp_record_table_get (vault->db, vault->key, JP_KIND_CONTRACT,
                         jp_record_get_ref (request, fields->contract), error);

  if (contract == NULL)
    return jp_vault_translate (error);
  one->contract_no = g_strdup (jp_record_get_text (contract, JP_CONTRACT_NUMBER));
  return jp_lookup_title (vault, JP_KIND_TRAINEE, jp_record_get_ref (request, fields->trainee),
                          &one->trainee, error) &&
         jp_lookup_title (vault, JP_KIND_PERSON, jp_record_get_ref (request, fields->asked_by),
                          &one->asked_by, error) &&
         (!jp_record_has (request, fields->checked_by) ||
          jp_lookup_title (vault, JP_KIND_PERSON, jp_record_get_ref (request, fields->checked_by),
                           &one->decided_by, error));
}

static void
read_what (JpRecord *request, JpApproval *one)
{
  if (one->kind == JP_KIND_REFUND)
    {
      one->fault = (JpFault)jp_record_get_code (request, JP_REFUND_FAULT);
      one->reason = g_strdup (jp_record_get_text (request, JP_REFUND_REASON));
      return;
    }
  one->school_no = g_strdup (jp_record_get_text (request, JP_TRANSFER_OTHER_SCHOOL_NO));
  one->school = g_strdup (jp_record_get_text (request, JP_TRANSFER_OTHER_SCHOOL));
}

static JpApproval *
read_one (JpVault *vault, JpRecord *request, GError **error)
{
  const JpRequestFields *fields = fields_of (request);
  int                    state = jp_record_get_code (request, fields->state);
  g_autoptr (JpApproval) one = g_new0 (JpApproval, 1);

  one->kind = fields->kind;
  one->id = *jp_record_get_id (request);
  one->contract = *jp_record_get_ref (request, fields->contract);
  one->asked_at_us = jp_record_get_head (request)->created_at_us;
  one->decided_at_us = jp_record_get_integer (request, fields->checked_at);
  one->is_approved = state != JP_REQUEST_STATE_DRAFT && state != JP_REQUEST_STATE_DECLINED;
  read_what (request, one);
  return read_names (vault, request, one, error) ? g_steal_pointer (&one) : NULL;
}

/**
 * jp_approval_repo_list:
 * @vault: a vault
 * @kind: a kind of request
 * @only_open: only those that wait for a decision
 * @error: return location for a [error@Jp.StoreError]
 *
 * Lists what people of the school asked for, at any of its PCs; what trainees ask for on the
 * platform needs nobody's approval here.
 *
 * Returns: (transfer full) (element-type JpApproval): the oldest first, or %NULL with an error
 */
GPtrArray *
jp_approval_repo_list (JpVault *vault, JpKind kind, gboolean only_open, GError **error)
{
  const JpRequestFields *fields = jp_request_get_fields (kind);

  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (fields != NULL, NULL);

  g_autoptr (JpQuery) query = jp_query_new (kind);
  g_autoptr (GPtrArray) list =
    g_ptr_array_new_with_free_func ((GDestroyNotify)jp_approval_repo_free);
  g_autoptr (GPtrArray) requests = NULL;

  if (only_open)
    jp_query_where_code (query, fields->state, JP_QUERY_EQUAL, JP_REQUEST_STATE_DRAFT);
  jp_query_set_order (query, kind == JP_KIND_REFUND ? JP_REFUND_ASKED_ON : JP_TRANSFER_ASKED_ON,
                      FALSE);
  requests = jp_query_fetch_all (vault, query, error);
  for (guint i = 0; requests != NULL && i < requests->len; i++)
    {
      JpApproval *one = NULL;

      if (!jp_record_has (requests->pdata[i], fields->asked_by))
        continue;
      one = read_one (vault, requests->pdata[i], error);
      if (one == NULL)
        return NULL;
      g_ptr_array_add (list, one);
    }
  return requests != NULL ? g_steal_pointer (&list) : NULL;
}

/**
 * jp_approval_repo_find_open:
 * @vault: a vault
 * @contract: a contract
 * @out_one: (out) (transfer full) (nullable): the request that waits for a decision, of which a
 *   contract has no more than one
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it could be read
 */
gboolean
jp_approval_repo_find_open (JpVault     *vault,
                            const JpId  *contract,
                            JpApproval **out_one,
                            GError     **error)
{
  static const JpKind kinds[] = { JP_KIND_REFUND, JP_KIND_TRANSFER };

  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (contract != NULL, FALSE);
  g_return_val_if_fail (out_one != NULL, FALSE);

  *out_one = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds) && *out_one == NULL; i++)
    {
      const JpRequestFields *fields = jp_request_get_fields (kinds[i]);
      g_autoptr (JpQuery) query = jp_query_new (kinds[i]);
      g_autoptr (JpRecord) open = NULL;

      jp_query_where_ref (query, fields->contract, contract);
      jp_query_where_code (query, fields->state, JP_QUERY_EQUAL, JP_REQUEST_STATE_DRAFT);
      if (!jp_desk_find_first (vault, query, &open, error))
        return FALSE;
      if (open == NULL || !jp_record_has (open, fields->asked_by))
        continue;
      *out_one = read_one (vault, open, error);
      if (*out_one == NULL)
        return FALSE;
    }
  return TRUE;
}

/* --- two people */

static gboolean
find_person (JpVault   *vault,
             JpRecord  *request,
             JpFieldId  field,
             JpRecord **out_person,
             GError   **error)
{
  const JpId *id = jp_record_get_ref (request, field);

  *out_person = id != NULL ? jp_desk_get_live (vault, JP_KIND_PERSON, id, error) : NULL;
  return *out_person != NULL || id == NULL;
}

/**
 * jp_approval_repo_check_people:
 * @vault: a vault
 * @request: a request that shall go to the platform
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Returns: %TRUE, or %FALSE with %JP_DESK_NOT_APPROVED, %JP_DESK_SAME_PERSON or %JP_DESK_USER_ROLE
 *   unless two people stand behind it who may
 */
gboolean
jp_approval_repo_check_people (JpVault *vault, JpRecord *request, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (fields_of (request) != NULL, FALSE);

  static const JpDeskProblem problems[] = {
    [JP_REQUEST_PEOPLE_MISSING] = JP_DESK_NOT_APPROVED,
    [JP_REQUEST_PEOPLE_SAME] = JP_DESK_SAME_PERSON,
    [JP_REQUEST_PEOPLE_ROLE] = JP_DESK_USER_ROLE,
  };
  const JpRequestFields *fields = fields_of (request);
  JpRequestPeople        people = JP_REQUEST_PEOPLE_MISSING;
  g_autoptr (JpRecord) asked = NULL;
  g_autoptr (JpRecord) checked = NULL;

  if (!find_person (vault, request, fields->asked_by, &asked, error) ||
      !find_person (vault, request, fields->checked_by, &checked, error))
    return FALSE;
  people = jp_request_judge_people (asked, checked);
  return people == JP_REQUEST_PEOPLE_FINE || jp_desk_refuse (problems[people], "request", error);
}

/* --- deciding */

static gboolean
check_decider (JpUser *user, const JpApproval *one, gboolean approve, GError **error)
{
  if (one->decided_by != NULL || one->is_approved)
    return jp_desk_refuse (JP_DESK_DECIDED, "request", error);
  /* Taking back is for whoever asked, too. */
  if (!approve && g_strcmp0 (user->name, one->asked_by) == 0)
    return TRUE;
  if (!jp_request_may_check (user->role))
    return jp_desk_refuse (JP_DESK_USER_ROLE, "request", error);
  return g_strcmp0 (user->name, one->asked_by) != 0 ||
         jp_desk_refuse (JP_DESK_SAME_PERSON, "request", error);
}

static gboolean
commit_decision (JpVault *vault, JpUser *user, JpRecord *request, gboolean approve, GError **error)
{
  const JpRequestFields *fields = fields_of (request);
  JpDraft               *draft = jp_draft_new_from (request);
  g_autoptr (JpChange) change =
    jp_desk_new_change (vault, approve ? fields->approve : fields->decline, user->name);

  jp_draft_set_code (draft, fields->state,
                     approve ? JP_REQUEST_STATE_PENDING : JP_REQUEST_STATE_DECLINED);
  jp_draft_set_ref (draft, fields->checked_by, &user->id);
  jp_draft_set_integer (draft, fields->checked_at, jp_vault_now_us (vault));
  jp_desk_add (change, request, draft);
  return jp_commit_change (vault, change, NULL, error);
}

/**
 * jp_approval_repo_decide:
 * @vault: a writing vault without an open transaction
 * @decision: what is decided, and by whom
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Approves a request, which asks the platform with the next sync, or declines it, whichever PC it
 * was asked for at. Whoever asked can take it back, and can never approve it.
 *
 * Returns: %TRUE; or %FALSE with an error of jp_user_repo_check(), %JP_DESK_GONE,
 *   %JP_DESK_DECIDED, %JP_DESK_USER_ROLE, %JP_DESK_SAME_PERSON, or, if the contract has moved on,
 *   an error of jp_desk_check_leaving()
 */
gboolean
jp_approval_repo_decide (JpVault *vault, const JpApprovalDecision *decision, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (decision != NULL && decision->name != NULL && decision->pin != NULL, FALSE);
  g_return_val_if_fail (jp_request_get_fields (decision->kind) != NULL, FALSE);

  g_autoptr (JpUser) user = jp_user_repo_check (vault, decision->name, decision->pin, error);
  g_autoptr (JpRecord) request =
    user != NULL ? jp_desk_get_live (vault, decision->kind, &decision->id, error) : NULL;
  g_autoptr (JpApproval) one = request != NULL ? read_one (vault, request, error) : NULL;

  return one != NULL && check_decider (user, one, decision->approve, error) &&
         (!decision->approve || jp_desk_check_leaving (vault, &one->contract, &one->id, error)) &&
         commit_decision (vault, user, request, decision->approve, error);
}
