/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-paper.h"
#include "jp-policy.h"

G_BEGIN_DECLS

/**
 * JpRefundPaper:
 * @issue: who prints it
 * @trainee: name of the trainee
 * @id_number: (nullable): as it shall be printed: masked, unless it is revealed
 * @contract_no: number of the contract
 * @tier: name of the class tier
 * @facts: what was looked at: day, price, paid, released, hours and exams
 * @pending_minutes: trained and not yet reviewed: the amounts may change
 * @by_trainee: (nullable): what comes back if the trainee wants to leave
 * @by_school: (nullable): what comes back if the school is at fault
 *
 * What a refund sheet is made from; at least one of the two results. All borrowed.
 */
typedef struct
{
  JpPaperIssue          issue;
  const char           *trainee;
  const char           *id_number;
  const char           *contract_no;
  const char           *tier;
  const JpPolicyFacts  *facts;
  gint64                pending_minutes;
  const JpPolicyRefund *by_trainee;
  const JpPolicyRefund *by_school;
} JpRefundPaper;

JpPaper *jp_refund_paper_new (const JpRefundPaper *input, GError **error);

G_END_DECLS
