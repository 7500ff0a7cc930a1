/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-statement-paper.h"

#include "jp-money.h"

#include <glib/gi18n-lib.h>

static char *
dup_money (gint64 amount_fen)
{
  return amount_fen != JP_STATEMENT_PAPER_UNKNOWN ? jp_money_format (amount_fen) : NULL;
}

static char *
dup_day (JpDate day)
{
  return day != JP_DATE_NONE ? jp_date_to_iso (day) : NULL;
}

static gboolean
is_judged (const JpStatementPaper *input)
{
  return input->residual_fen != JP_STATEMENT_PAPER_UNKNOWN;
}

static void
add_head (JpPaper *paper, const JpStatementPaper *input)
{
  g_autofree char  *from = jp_date_to_iso (input->from);
  g_autofree char  *to = jp_date_to_iso (input->to);
  g_autofree char  *period = g_strdup_printf (C_ ("period", "%1$s to %2$s"), from, to);
  g_autofree char  *issued = dup_day (input->issued_on);
  g_autofree char  *n_lines = g_strdup_printf ("%u", input->n_lines);
  g_autofree char  *total = jp_money_format (input->total_fen);
  g_autofree char  *opening = dup_money (input->opening_fen);
  g_autofree char  *closing = dup_money (input->closing_fen);
  const JpPaperPair pairs[] = {
    { C_ ("paper", "Statement number"), input->number, FALSE },
    { C_ ("paper", "Period"), period, FALSE },
    { C_ ("paper", "Issued on"), issued, FALSE },
    { C_ ("paper", "Total"), total, FALSE },
    { C_ ("paper", "Custody, start"), opening, FALSE },
    { C_ ("paper", "Custody, end"), closing, FALSE },
    { C_ ("paper", "Lines"), n_lines, FALSE },
  };

  jp_paper_add_pairs (paper, pairs, G_N_ELEMENTS (pairs), 3);
}

static void
add_residual (JpPaper *paper, const JpStatementPaper *input)
{
  g_autofree char *residual = dup_money (input->residual_fen);
  g_autofree char *sentence = NULL;

  if (!is_judged (input))
    return;
  if (input->residual_fen == 0)
    sentence = g_strdup (C_ ("paper", "Every difference is explained: ¥0.00 remain unexplained."));
  else
    sentence = g_strdup_printf (C_ ("paper", "%s remain unexplained."), residual);
  jp_paper_add_answer (paper, sentence);
}

static void
add_line (JpPaper *paper, const JpStatementPaperLine *line)
{
  gboolean         has_difference = line->expected_fen != JP_STATEMENT_PAPER_UNKNOWN;
  g_autofree char *number = line->line_no > 0 ? g_strdup_printf ("%u", line->line_no) : NULL;
  g_autofree char *paid = dup_day (line->paid_on);
  g_autofree char *amount = line->line_no > 0 ? jp_money_format (line->amount_fen) : NULL;
  g_autofree char *expected = dup_money (line->expected_fen);
  g_autofree char *difference =
    has_difference ? jp_money_format (line->amount_fen - line->expected_fen) : NULL;
  const char *cells[] = { number, line->trainee, line->contract_no, line->stage,   paid,
                          amount, expected,      difference,        line->verdict, line->sentence };

  /* Without verdicts the last columns are not there, and nobody looks at their cells. */
  jp_paper_add_row (paper, cells);
}

static void
add_lines (JpPaper *paper, const JpStatementPaper *input)
{
  const JpPaperColumn columns[] = {
    { C_ ("paper", "No."), 30, JP_PAPER_END, FALSE },
    { C_ ("paper", "Trainee"), 56, JP_PAPER_START, FALSE },
    { C_ ("paper", "Contract number"), 96, JP_PAPER_START, FALSE },
    { C_ ("paper", "Stage"), is_judged (input) ? 66 : 0, JP_PAPER_START, FALSE },
    { C_ ("paper", "Paid on"), 60, JP_PAPER_START, FALSE },
    { C_ ("paper", "Amount"), 68, JP_PAPER_END, FALSE },
    { C_ ("paper", "Expected"), 68, JP_PAPER_END, FALSE },
    { C_ ("paper", "Difference"), 68, JP_PAPER_END, FALSE },
    { C_ ("paper", "Verdict"), 52, JP_PAPER_START, TRUE },
    { C_ ("paper", "Why"), 0, JP_PAPER_START, FALSE },
  };
  const guint      n_plain = 6;
  gint64           sum_fen = 0;
  g_autofree char *sum = NULL;

  jp_paper_begin_table (paper, columns, is_judged (input) ? G_N_ELEMENTS (columns) : n_plain);
  for (guint i = 0; i < input->n_lines; i++)
    {
      add_line (paper, &input->lines[i]);
      sum_fen += input->lines[i].amount_fen;
    }
  sum = jp_money_format (sum_fen);
  jp_paper_add_total (paper, (const char *[]){ NULL, C_ ("paper", "Sum"), NULL, NULL, NULL, sum,
                                               NULL, NULL, NULL, NULL });
}

/**
 * jp_statement_paper_new:
 * @input: what it is made from
 * @error: return location for a [error@Jp.DocumentsError]
 *
 * A settlement statement with, for each line, what was expected, the difference and the verdict;
 * its headline is what remains unexplained. Without verdicts only what the platform sent.
 *
 * Returns: (transfer full): the paper, or %NULL with %JP_DOCUMENTS_ERROR_NO_FONT
 */
JpPaper *
jp_statement_paper_new (const JpStatementPaper *input, GError **error)
{
  g_return_val_if_fail (input != NULL, NULL);
  g_return_val_if_fail (input->number != NULL, NULL);
  g_return_val_if_fail (input->n_lines == 0 || input->lines != NULL, NULL);

  g_autoptr (JpPaper) paper = NULL;
  g_autofree char *title = g_strdup_printf (C_ ("paper", "Settlement statement %s"), input->number);
  const JpPaperSetup setup = { .title = title, .is_landscape = is_judged (input) };

  paper = jp_paper_new_issue (&input->issue, &setup, error);
  if (paper == NULL)
    return NULL;

  jp_paper_add_text (paper, JP_PAPER_TITLE, C_ ("paper", "Settlement statement"));
  jp_paper_add_text (paper, JP_PAPER_SUBTITLE, input->issue.school);
  add_head (paper, input);
  add_residual (paper, input);
  for (guint i = 0; input->remarks != NULL && input->remarks[i] != NULL; i++)
    jp_paper_add_text (paper, JP_PAPER_BODY, input->remarks[i]);
  add_lines (paper, input);
  return g_steal_pointer (&paper);
}
