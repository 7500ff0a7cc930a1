/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-paper.h"
#include "jp-policy.h"
#include "jp-record.h"

G_BEGIN_DECLS

/**
 * JpContractPaper:
 * @issue: who prints it; without `reveal` numbers are masked in the text too
 * @contract: the contract, with its text
 * @trainee: who signs it
 * @tier: name of the class tier
 * @plan: (nullable): what is released when; %NULL if the rules do not say
 * @policy: (nullable): the rules the contract refers to
 * @curriculum: (nullable): the hours the contract refers to
 *
 * What a printed contract is made from. All borrowed.
 */
typedef struct
{
  JpPaperIssue        issue;
  JpRecord           *contract;
  JpRecord           *trainee;
  const char         *tier;
  const JpPolicyPlan *plan;
  JpPolicy           *policy;
  JpCurriculum       *curriculum;
} JpContractPaper;

JpPaper *jp_contract_paper_new (const JpContractPaper *input, GError **error);

G_END_DECLS
