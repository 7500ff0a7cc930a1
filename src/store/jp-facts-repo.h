/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-policy-gather.h"
#include "jp-vault.h"

G_BEGIN_DECLS

/**
 * JpFacts:
 * @contract: (owned): the contract
 * @policy: (owned): the rules that are frozen in it
 * @curriculum: (owned) (nullable): the curriculum that is frozen in it
 * @gather: what the policy looks at, until the end of the day
 *
 * What is known of a contract on a day: hand `&facts->gather.facts` to the evaluator.
 */
typedef struct
{
  JpRecord      *contract;
  JpPolicy      *policy;
  JpCurriculum  *curriculum;
  JpPolicyGather gather;
} JpFacts;

JpFacts  *jp_facts_repo_read (JpVault *vault, const JpId *contract, JpDate on, GError **error);
void      jp_facts_repo_free (JpFacts *self);
JpRecord *jp_facts_repo_read_tier (JpRecord *contract, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpFacts, jp_facts_repo_free)

G_END_DECLS
