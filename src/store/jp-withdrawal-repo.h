/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-codes.h"
#include "jp-vault.h"

G_BEGIN_DECLS

/* Withdrawals under four eyes: one person asks, which makes a refund in the state `draft` that all
 * PCs of the school see; another one approves it, here or at another PC, and only then is the
 * platform asked. Databases refuse a second person who is the first (0006-people.sql, and
 * 0008-people.sql at the platform). */

/**
 * JpWithdrawalAsk:
 * @contract: a contract in custody
 * @fault: who is at fault
 * @reason: (nullable): in the words of the office
 * @name: who asks
 * @pin: the PIN of that person
 *
 * What somebody asks for.
 */
typedef struct
{
  JpId        contract;
  JpFault     fault;
  const char *reason;
  const char *name;
  const char *pin;
} JpWithdrawalAsk;

/**
 * JpWithdrawal:
 * @id: the refund
 * @contract: the contract
 * @contract_no: (owned): its number
 * @trainee: (owned): name of the trainee
 * @fault: who is at fault
 * @reason: (owned) (nullable): in the words of the office
 * @asked_by: (owned): who asked
 * @asked_at_us: when
 * @decided_by: (owned) (nullable): who approved or declined it
 * @decided_at_us: when, 0 = not yet
 * @is_approved: what was decided
 */
typedef struct
{
  JpId     id;
  JpId     contract;
  char    *contract_no;
  char    *trainee;
  JpFault  fault;
  char    *reason;
  char    *asked_by;
  gint64   asked_at_us;
  char    *decided_by;
  gint64   decided_at_us;
  gboolean is_approved;
} JpWithdrawal;

/**
 * JpWithdrawalDecision:
 * @id: a withdrawal
 * @approve: whether it is approved
 * @name: who decides
 * @pin: the PIN of that person
 */
typedef struct
{
  JpId        id;
  gboolean    approve;
  const char *name;
  const char *pin;
} JpWithdrawalDecision;

void jp_withdrawal_repo_free (JpWithdrawal *withdrawal);
gboolean
jp_withdrawal_repo_ask (JpVault *vault, const JpWithdrawalAsk *ask, JpId *out_id, GError **error);
gboolean
jp_withdrawal_repo_decide (JpVault *vault, const JpWithdrawalDecision *decision, GError **error);
GPtrArray *jp_withdrawal_repo_list (JpVault *vault, gboolean only_open, GError **error);
gboolean
jp_withdrawal_repo_find_open (JpVault *vault, const JpId *contract, JpId *out_id, GError **error);
gboolean jp_withdrawal_repo_check_people (JpVault *vault, JpRecord *refund, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpWithdrawal, jp_withdrawal_repo_free)

G_END_DECLS
