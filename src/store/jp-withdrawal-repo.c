/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-withdrawal-repo.h"

#include "jp-commit.h"
#include "jp-desk-private.h"
#include "jp-lookup.h"
#include "jp-text.h"
#include "jp-user-repo.h"

#include <string.h>

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

static gboolean
insert (JpVault *vault, const JpWithdrawalAsk *ask, JpUser *user, const JpId *id, GError **error)
{
  g_autoptr (JpStatement) add =
    jp_db_prepare (vault->db,
                   "INSERT INTO withdrawal (id, contract, fault, reason, asked_by, asked_at)"
                   " VALUES (:id, :contract, :fault, :reason, :by, :at)",
                   error);
  g_autoptr (GBytes) sealed = NULL;

  if (add == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_id (add, ":id", id);
  jp_statement_bind_id (add, ":contract", &ask->contract);
  jp_statement_bind_text (add, ":fault", jp_code_get (jp_fault_codes, (int)ask->fault)->name);
  jp_statement_bind_null (add, ":reason");
  if (ask->reason != NULL && *ask->reason != '\0')
    {
      sealed =
        jp_seal_close (vault->key, "withdrawal", id, "reason", ask->reason, strlen (ask->reason));
      jp_statement_bind_blob (add, ":reason", g_bytes_get_data (sealed, NULL),
                              g_bytes_get_size (sealed));
    }
  jp_statement_bind_integer (add, ":by", user->id);
  jp_statement_bind_integer (add, ":at", jp_vault_now_us (vault));
  return jp_statement_run (add, error) || jp_vault_translate (error);
}

/**
 * jp_withdrawal_repo_ask:
 * @vault: a writing vault without an open transaction
 * @ask: what is asked for, and by whom
 * @out_id: (out) (optional): the withdrawal
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Asks for the withdrawal of a trainee. Nothing goes to the platform before a second person
 * approves it.
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
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (user == NULL)
    return FALSE;
  if (!jp_user_repo_may_ask (user->role))
    return jp_desk_refuse (JP_DESK_USER_ROLE, "withdrawal", error);
  if (ask->reason != NULL && jp_text_length (ask->reason) > MAX_REASON_CHARS)
    {
      g_set_error_literal (error, JP_STORE_ERROR, JP_STORE_ERROR_INVALID, "the reason is too long");
      return FALSE;
    }

  if (!jp_db_begin_write (vault->db, &transaction, error))
    return jp_vault_translate (error);
  if (!jp_desk_check_refund (vault, &ask->contract, error) ||
      !insert (vault, ask, user, &id, error) ||
      !jp_commit_audit (vault, user->name, "withdraw-ask", JP_KIND_CONTRACT, &ask->contract, "",
                        error))
    return FALSE;
  if (!jp_transaction_commit (&transaction, error))
    return jp_vault_translate (error);
  if (out_id != NULL)
    *out_id = id;
  return TRUE;
}

/* --- reading */

static JpWithdrawal *
read_row (JpVault *vault, JpStatement *row, GError **error)
{
  g_autoptr (JpWithdrawal) one = g_new0 (JpWithdrawal, 1);
  g_autoptr (JpRecord) contract = NULL;
  gsize         length_bytes = 0;
  gconstpointer sealed = jp_statement_get_blob (row, 3, &length_bytes);
  const JpCode *fault = jp_code_lookup (jp_fault_codes, jp_statement_get_text (row, 2));

  jp_statement_get_id (row, 0, &one->id);
  jp_statement_get_id (row, 1, &one->contract);
  one->fault = (JpFault)fault->value;
  one->asked_by = g_strdup (jp_statement_get_text (row, 4));
  one->asked_at_us = jp_statement_get_integer (row, 5);
  one->decided_by = g_strdup (jp_statement_get_text (row, 6));
  one->decided_at_us = jp_statement_is_null (row, 7) ? 0 : jp_statement_get_integer (row, 7);
  one->is_approved = !jp_statement_is_null (row, 8) && jp_statement_get_integer (row, 8) != 0;
  if (sealed != NULL)
    {
      g_autoptr (GBytes) plain =
        jp_seal_open (vault->key, "withdrawal", &one->id, "reason", sealed, length_bytes, error);

      if (plain == NULL)
        {
          jp_vault_translate (error);
          return NULL;
        }
      one->reason = g_strndup (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain));
    }

  contract = jp_record_table_get (vault->db, vault->key, JP_KIND_CONTRACT, &one->contract, error);
  if (contract == NULL)
    {
      jp_vault_translate (error);
      return NULL;
    }
  one->contract_no = g_strdup (jp_record_get_text (contract, JP_CONTRACT_NUMBER));
  if (!jp_lookup_title (vault, JP_KIND_TRAINEE, jp_record_get_ref (contract, JP_CONTRACT_TRAINEE),
                        &one->trainee, error))
    return NULL;
  return g_steal_pointer (&one);
}

/**
 * jp_withdrawal_repo_list:
 * @vault: a vault
 * @only_open: only those that wait for a decision
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full) (element-type JpWithdrawal): the oldest first, or %NULL with an error
 */
GPtrArray *
jp_withdrawal_repo_list (JpVault *vault, gboolean only_open, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);

  g_autoptr (JpStatement) read =
    jp_db_prepare (vault->db,
                   "SELECT w.id, w.contract, w.fault, w.reason, a.name, w.asked_at, d.name,"
                   " w.decided_at, w.approved FROM withdrawal w JOIN user a ON a.id = w.asked_by"
                   " LEFT JOIN user d ON d.id = w.decided_by"
                   " WHERE :all OR w.decided_by IS NULL ORDER BY w.asked_at, w.id",
                   error);
  g_autoptr (GPtrArray) list =
    g_ptr_array_new_with_free_func ((GDestroyNotify)jp_withdrawal_repo_free);
  gboolean row = FALSE;

  if (read == NULL)
    {
      jp_vault_translate (error);
      return NULL;
    }
  jp_statement_bind_integer (read, ":all", !only_open);
  while (jp_statement_step (read, &row, error))
    {
      JpWithdrawal *one = row ? read_row (vault, read, error) : NULL;

      if (!row)
        return g_steal_pointer (&list);
      if (one == NULL)
        return NULL;
      g_ptr_array_add (list, one);
    }
  jp_vault_translate (error);
  return NULL;
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

  g_autoptr (JpStatement) read =
    jp_db_prepare (vault->db,
                   "SELECT id FROM withdrawal WHERE contract = :contract AND decided_by IS NULL",
                   error);
  gboolean row = FALSE;

  if (read == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_id (read, ":contract", contract);
  if (!jp_statement_step (read, &row, error))
    return jp_vault_translate (error);
  *out_id = JP_ID_NONE;
  if (row)
    jp_statement_get_id (read, 0, out_id);
  return TRUE;
}

/**
 * jp_withdrawal_repo_check_approved:
 * @vault: a vault
 * @id: a refund that shall go to the platform
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Returns: %TRUE, or %FALSE with %JP_DESK_NOT_APPROVED unless two people stand behind it
 */
gboolean
jp_withdrawal_repo_check_approved (JpVault *vault, const JpId *id, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  g_autoptr (JpStatement) read =
    jp_db_prepare (vault->db, "SELECT 1 FROM withdrawal WHERE id = :id AND approved = 1", error);
  gboolean row = FALSE;

  if (read == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_id (read, ":id", id);
  if (!jp_statement_step (read, &row, error))
    return jp_vault_translate (error);
  return row || jp_desk_refuse (JP_DESK_NOT_APPROVED, "refund", error);
}

/* --- deciding */

static JpWithdrawal *
find (JpVault *vault, const JpId *id, GError **error)
{
  g_autoptr (GPtrArray) all = jp_withdrawal_repo_list (vault, FALSE, error);

  for (guint i = 0; all != NULL && i < all->len; i++)
    if (jp_id_equal (&((JpWithdrawal *)all->pdata[i])->id, id))
      return g_ptr_array_steal_index (all, i);
  if (all != NULL)
    jp_desk_refuse (JP_DESK_GONE, "withdrawal", error);
  return NULL;
}

static gboolean
check_decider (JpUser *user, const JpWithdrawal *one, gboolean approve, GError **error)
{
  if (one->decided_by != NULL)
    return jp_desk_refuse (JP_DESK_DECIDED, "withdrawal", error);
  /* Taking back is for whoever asked, too. */
  if (!approve && g_str_equal (user->name, one->asked_by))
    return TRUE;
  if (!jp_user_repo_may_approve (user->role))
    return jp_desk_refuse (JP_DESK_USER_ROLE, "withdrawal", error);
  return !g_str_equal (user->name, one->asked_by) ||
         jp_desk_refuse (JP_DESK_SAME_PERSON, "withdrawal", error);
}

static gboolean
write_decision (JpVault *vault, JpUser *user, const JpWithdrawalDecision *decision, GError **error)
{
  g_autoptr (JpStatement) set =
    jp_db_prepare (vault->db,
                   "UPDATE withdrawal SET decided_by = :by, decided_at = :at, approved = :approved"
                   " WHERE id = :id",
                   error);

  if (set == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_id (set, ":id", &decision->id);
  jp_statement_bind_integer (set, ":by", user->id);
  jp_statement_bind_integer (set, ":at", jp_vault_now_us (vault));
  jp_statement_bind_integer (set, ":approved", decision->approve);
  return jp_statement_run (set, error) || jp_vault_translate (error);
}

/* The refund has the withdrawal's id, and its operation the name of whoever approved it. */
static gboolean
commit_refund (JpVault *vault, JpUser *user, const JpWithdrawal *one, GError **error)
{
  g_autoptr (JpChange) change =
    jp_desk_request_refund (vault,
                            &(JpDeskRefund){ one->id, one->contract, one->fault, one->reason },
                            user->name, error);

  return change != NULL && jp_commit_change_inside (vault, change, NULL, error);
}

/**
 * jp_withdrawal_repo_decide:
 * @vault: a writing vault without an open transaction
 * @decision: what is decided, and by whom
 * @error: return location for a [error@Jp.DeskProblem]
 *
 * Approves a withdrawal, which makes the refund that goes out with the next sync, or declines it;
 * in one transaction. Whoever asked can take it back, and can never approve it.
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
  g_autoptr (JpWithdrawal) one = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (user == NULL)
    return FALSE;
  if (!jp_db_begin_write (vault->db, &transaction, error))
    return jp_vault_translate (error);
  one = find (vault, &decision->id, error);
  if (one == NULL || !check_decider (user, one, decision->approve, error) ||
      !write_decision (vault, user, decision, error) ||
      !jp_commit_audit (vault, user->name,
                        decision->approve ? "withdraw-approve" : "withdraw-decline",
                        JP_KIND_CONTRACT, &one->contract, one->asked_by, error) ||
      (decision->approve && !commit_refund (vault, user, one, error)))
    return FALSE;
  return jp_transaction_commit (&transaction, error) || jp_vault_translate (error);
}
