/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-paper.h"
#include "jp-statement-paper.h"

G_BEGIN_DECLS

/**
 * JpDisputePaperLine:
 * @line: the line that is contested
 * @evidence: (nullable) (array zero-terminated=1): what proves it, one sentence each
 *
 * One contested line.
 */
typedef struct
{
  JpStatementPaperLine line;
  const char *const   *evidence;
} JpDisputePaperLine;

/**
 * JpDisputePaper:
 * @issue: who writes it
 * @number: number of the dispute
 * @recipient: (nullable): to whom; %NULL: the platform
 * @credit_code: (nullable): unified social credit code of the school
 * @contact: (nullable): whom to ask at the school
 * @phone: (nullable): how to reach them
 * @statement_no: number of the statement
 * @from: first day of the statement
 * @to: last day of the statement
 * @lines: (array length=n_lines): what is contested
 * @n_lines: at least 1
 * @request: (nullable): what shall be done; %NULL: that the difference be checked and corrected
 *
 * What a dispute letter is made from: plain texts and amounts. All borrowed.
 */
typedef struct
{
  JpPaperIssue              issue;
  const char               *number;
  const char               *recipient;
  const char               *credit_code;
  const char               *contact;
  const char               *phone;
  const char               *statement_no;
  JpDate                    from;
  JpDate                    to;
  const JpDisputePaperLine *lines;
  guint                     n_lines;
  const char               *request;
} JpDisputePaper;

JpPaper *jp_dispute_paper_new (const JpDisputePaper *input, GError **error);

G_END_DECLS
