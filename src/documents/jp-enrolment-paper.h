/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-paper.h"
#include "jp-record.h"

G_BEGIN_DECLS

/**
 * JpEnrolmentPaper:
 * @issue: who prints it; without `reveal` numbers are masked
 * @trainee: the trainee's record
 * @tier: (nullable): the class tier
 * @coach: (nullable): name of the coach
 * @contract_no: (nullable): number of the contract, if there is one
 * @school_phone: (nullable): how to reach the school
 *
 * What an enrolment form is made from. All borrowed.
 */
typedef struct
{
  JpPaperIssue issue;
  JpRecord    *trainee;
  JpRecord    *tier;
  const char  *coach;
  const char  *contract_no;
  const char  *school_phone;
} JpEnrolmentPaper;

JpPaper *jp_enrolment_paper_new (const JpEnrolmentPaper *input, GError **error);

G_END_DECLS
