/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-policy.h"
#include "jp-vault.h"

G_BEGIN_DECLS

/**
 * JpContractFacts:
 * @contract: (owned): the contract
 * @trainee: (owned): name of the trainee
 * @tier: (owned): name of the class tier
 * @plan: (owned) (nullable): the stages by the policy that is frozen in it; %NULL if this program
 *   does not know the policy, or the policy leaves amounts open
 * @policy: (owned) (nullable): the policy
 * @released: (owned) (element-type gint64): what was released for each stage of the plan
 * @open_refund: a withdrawal is under way
 * @asked_refund: a withdrawal waits for the second person
 * @asked_transfer: a transfer waits for the second person
 * @open_transfer: a transfer waits for the platform
 *
 * What the pane of a contract shows beside the record.
 */
typedef struct
{
  JpRecord     *contract;
  char         *trainee;
  char         *tier;
  JpPolicyPlan *plan;
  JpPolicy     *policy;
  GArray       *released;
  gboolean      open_refund;
  gboolean      asked_refund;
  gboolean      asked_transfer;
  gboolean      open_transfer;
} JpContractFacts;

JpContractFacts *jp_contract_facts_read (JpVault *vault, const JpId *id, GError **error);
void             jp_contract_facts_free (JpContractFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpContractFacts, jp_contract_facts_free)

G_END_DECLS
