/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-contract-text.h"
#include "jp-policy.h"
#include "jp-record.h"

G_BEGIN_DECLS

/**
 * JpContractSources:
 * @model: the model text
 * @school: the school's own record
 * @trainee: who signs
 * @tier: what is bought
 * @policy: the rules of release and refund
 * @curriculum: the hours
 * @number: number of the contract
 * @places: (nullable): where is trained; %NULL: at the school's address
 * @on: the day on which it is drafted
 *
 * Everything a contract is drafted from; all borrowed.
 */
typedef struct
{
  JpContractText *model;
  JpRecord       *school;
  JpRecord       *trainee;
  JpRecord       *tier;
  JpPolicy       *policy;
  JpCurriculum   *curriculum;
  const char     *number;
  const char     *places;
  JpDate          on;
} JpContractSources;

JpContractText *jp_contract_draft_new_model (GError **error);
gboolean        jp_contract_draft_freeze (const JpContractSources *sources,
                                          JpDraft                 *draft,
                                          const char              *tier_copy,
                                          GError                 **error);

G_END_DECLS
