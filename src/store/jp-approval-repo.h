/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-codes.h"
#include "jp-vault.h"

G_BEGIN_DECLS

/* Requests under four eyes: one person asks for a withdrawal or a transfer, which makes a record in
 * the state `draft` that all PCs of the school see; another one approves it, here or at another PC,
 * and only then is the platform asked. What is judged stands in jp-request.h; databases refuse a
 * second person who is the first by themselves. */

/**
 * JpApprovalAsk:
 * @kind: %JP_KIND_REFUND or %JP_KIND_TRANSFER
 * @contract: a contract in custody
 * @name: who asks
 * @pin: the PIN of that person
 * @fault: of a withdrawal: who is at fault
 * @reason: (nullable): of a withdrawal: in the words of the office
 * @school_no: (nullable): of a transfer: number of the other school
 * @school: (nullable): of a transfer: its name
 *
 * What somebody asks for.
 */
typedef struct
{
  JpKind      kind;
  JpId        contract;
  const char *name;
  const char *pin;
  JpFault     fault;
  const char *reason;
  const char *school_no;
  const char *school;
} JpApprovalAsk;

/**
 * JpApproval:
 * @kind: what is asked for
 * @id: the request
 * @contract: the contract
 * @contract_no: (owned): its number
 * @trainee: (owned): name of the trainee
 * @fault: of a withdrawal: who is at fault
 * @reason: (owned) (nullable): of a withdrawal: in the words of the office
 * @school_no: (owned) (nullable): of a transfer: number of the other school
 * @school: (owned) (nullable): of a transfer: its name
 * @asked_by: (owned): who asked
 * @asked_at_us: when
 * @decided_by: (owned) (nullable): who approved or declined it
 * @decided_at_us: when, 0 = not yet
 * @is_approved: what was decided
 */
typedef struct
{
  JpKind   kind;
  JpId     id;
  JpId     contract;
  char    *contract_no;
  char    *trainee;
  JpFault  fault;
  char    *reason;
  char    *school_no;
  char    *school;
  char    *asked_by;
  gint64   asked_at_us;
  char    *decided_by;
  gint64   decided_at_us;
  gboolean is_approved;
} JpApproval;

/**
 * JpApprovalDecision:
 * @kind: what was asked for
 * @id: the request
 * @approve: whether it is approved
 * @name: who decides
 * @pin: the PIN of that person
 */
typedef struct
{
  JpKind      kind;
  JpId        id;
  gboolean    approve;
  const char *name;
  const char *pin;
} JpApprovalDecision;

void jp_approval_repo_free (JpApproval *approval);
gboolean
jp_approval_repo_ask (JpVault *vault, const JpApprovalAsk *ask, JpId *out_id, GError **error);
gboolean
jp_approval_repo_decide (JpVault *vault, const JpApprovalDecision *decision, GError **error);
GPtrArray *jp_approval_repo_list (JpVault *vault, JpKind kind, gboolean only_open, GError **error);
gboolean   jp_approval_repo_find_open (JpVault     *vault,
                                       const JpId  *contract,
                                       JpApproval **out_one,
                                       GError     **error);
gboolean   jp_approval_repo_check_people (JpVault *vault, JpRecord *request, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpApproval, jp_approval_repo_free)

G_END_DECLS
