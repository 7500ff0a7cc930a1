/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-date.h"
#include "jp-paper.h"

G_BEGIN_DECLS

#define JP_STATEMENT_PAPER_UNKNOWN G_MININT64 /* an amount that nobody can say */

/**
 * JpStatementPaperLine:
 * @line_no: its number on the statement; 0 for what is missing there
 * @contract_no: number of the contract
 * @trainee: name of the trainee
 * @stage: what was paid for
 * @paid_on: day of the payment, or %JP_DATE_NONE
 * @amount_fen: what the statement says; 0 if it is missing there
 * @expected_fen: what the rules say, or %JP_STATEMENT_PAPER_UNKNOWN
 * @verdict: (nullable): the verdict in a word
 * @sentence: (nullable): the verdict in a sentence with its numbers
 *
 * One line of a printed statement.
 */
typedef struct
{
  guint       line_no;
  const char *contract_no;
  const char *trainee;
  const char *stage;
  JpDate      paid_on;
  gint64      amount_fen;
  gint64      expected_fen;
  const char *verdict;
  const char *sentence;
} JpStatementPaperLine;

/**
 * JpStatementPaper:
 * @issue: who prints it
 * @number: number of the statement
 * @from: first day
 * @to: last day
 * @issued_on: day on which the platform issued it
 * @total_fen: its total
 * @opening_fen: custody at the start, or %JP_STATEMENT_PAPER_UNKNOWN
 * @closing_fen: custody at the end, or %JP_STATEMENT_PAPER_UNKNOWN
 * @residual_fen: what the verdicts leave unexplained, or %JP_STATEMENT_PAPER_UNKNOWN if the lines
 *   have no verdicts
 * @remarks: (nullable) (array zero-terminated=1): what is to be said of the whole
 * @lines: (array length=n_lines): the lines
 * @n_lines: how many
 *
 * What a printed statement is made from: plain texts and amounts. All borrowed.
 */
typedef struct
{
  JpPaperIssue                issue;
  const char                 *number;
  JpDate                      from;
  JpDate                      to;
  JpDate                      issued_on;
  gint64                      total_fen;
  gint64                      opening_fen;
  gint64                      closing_fen;
  gint64                      residual_fen;
  const char *const          *remarks;
  const JpStatementPaperLine *lines;
  guint                       n_lines;
} JpStatementPaper;

JpPaper *jp_statement_paper_new (const JpStatementPaper *input, GError **error);

G_END_DECLS
