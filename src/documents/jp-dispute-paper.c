/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-dispute-paper.h"

#include "jp-money.h"

#include <glib/gi18n-lib.h>

static gint64
sum_differences (const JpDisputePaper *input)
{
  gint64 sum_fen = 0;

  for (guint i = 0; i < input->n_lines; i++)
    if (input->lines[i].line.expected_fen != JP_STATEMENT_PAPER_UNKNOWN)
      sum_fen += input->lines[i].line.amount_fen - input->lines[i].line.expected_fen;
  return sum_fen;
}

static void
add_head (JpPaper *paper, const JpDisputePaper *input)
{
  g_autofree char  *from = jp_date_to_iso (input->from);
  g_autofree char  *to = jp_date_to_iso (input->to);
  g_autofree char  *period = g_strdup_printf (C_ ("period", "%1$s to %2$s"), from, to);
  const JpPaperPair pairs[] = {
    { C_ ("paper", "To"),
      input->recipient != NULL ? input->recipient
                               : C_ ("paper", "Heze driver-training public service platform"),
      TRUE },
    { C_ ("paper", "From"), input->issue.school, FALSE },
    { C_ ("paper", "Credit code"), input->credit_code, FALSE },
    { C_ ("paper", "Contact"), input->contact, FALSE },
    { C_ ("paper", "Phone"), input->phone, FALSE },
    { C_ ("paper", "Statement number"), input->statement_no, FALSE },
    { C_ ("paper", "Period"), period, FALSE },
  };

  jp_paper_add_pairs (paper, pairs, G_N_ELEMENTS (pairs), 2);
}

static char *
dup_known (gint64 amount_fen)
{
  return amount_fen != JP_STATEMENT_PAPER_UNKNOWN ? jp_money_format (amount_fen) : g_strdup ("–");
}

static void
add_table (JpPaper *paper, const JpDisputePaper *input)
{
  const JpPaperColumn columns[] = {
    { C_ ("paper", "No."), 30, JP_PAPER_END, FALSE },
    { C_ ("paper", "Trainee"), 62, JP_PAPER_START, FALSE },
    { C_ ("paper", "Contract number"), 0, JP_PAPER_START, FALSE },
    { C_ ("paper", "Stage"), 70, JP_PAPER_START, FALSE },
    { C_ ("paper", "Amount"), 70, JP_PAPER_END, FALSE },
    { C_ ("paper", "Expected"), 70, JP_PAPER_END, FALSE },
    { C_ ("paper", "Difference"), 70, JP_PAPER_END, TRUE },
  };
  g_autofree char *sum = jp_money_format (sum_differences (input));

  jp_paper_begin_table (paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < input->n_lines; i++)
    {
      const JpStatementPaperLine *line = &input->lines[i].line;
      gboolean                    is_known = line->expected_fen != JP_STATEMENT_PAPER_UNKNOWN;
      g_autofree char *number = line->line_no > 0 ? g_strdup_printf ("%u", line->line_no) : NULL;
      g_autofree char *amount = jp_money_format (line->amount_fen);
      g_autofree char *expected = dup_known (line->expected_fen);
      g_autofree char *difference =
        is_known ? jp_money_format (line->amount_fen - line->expected_fen) : g_strdup ("–");

      jp_paper_add_row (paper, (const char *[]){ number, line->trainee, line->contract_no,
                                                 line->stage, amount, expected, difference });
    }
  jp_paper_add_total (paper,
                      (const char *[]){ NULL, C_ ("paper", "Sum"), NULL, NULL, NULL, NULL, sum });
}

static char *
dup_line_name (const JpStatementPaperLine *line)
{
  if (line->line_no == 0)
    return g_strdup_printf (C_ ("paper", "Missing on the statement: %1$s, %2$s"), line->trainee,
                            line->stage);
  return g_strdup_printf (C_ ("paper", "Line %1$u: %2$s, %3$s"), line->line_no, line->trainee,
                          line->stage);
}

static void
add_reasons (JpPaper *paper, const JpDisputePaper *input)
{
  jp_paper_add_text (paper, JP_PAPER_HEADING, C_ ("paper", "Reasons and evidence"));
  for (guint i = 0; i < input->n_lines; i++)
    {
      const JpDisputePaperLine *contested = &input->lines[i];
      g_autofree char          *name = dup_line_name (&contested->line);

      jp_paper_add_space (paper, 4);
      jp_paper_add_text (paper, JP_PAPER_BODY, name);
      if (contested->line.sentence != NULL)
        jp_paper_add_text (paper, JP_PAPER_BODY, contested->line.sentence);
      for (guint j = 0; contested->evidence != NULL && contested->evidence[j] != NULL; j++)
        {
          g_autofree char *evidence =
            g_strdup_printf (C_ ("paper", "%1$u) %2$s"), j + 1, contested->evidence[j]);

          jp_paper_add_text (paper, JP_PAPER_CLAUSE, evidence);
        }
    }
}

static char *
dup_opening (const JpDisputePaper *input)
{
  g_autofree char *sum = jp_money_format (sum_differences (input));

  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE,
                 "We have checked settlement statement %1$s and do not agree with %2$u line; the "
                 "difference is %3$s in all.",
                 "We have checked settlement statement %1$s and do not agree with %2$u lines; the "
                 "difference is %3$s in all.",
                 input->n_lines),
    input->statement_no, input->n_lines, sum);
}

/**
 * jp_dispute_paper_new:
 * @input: what it is made from
 * @error: return location for a [error@Jp.DocumentsError]
 *
 * A letter to the platform about lines of a statement: what was paid, what was expected, the
 * evidence and what the school asks for.
 *
 * Returns: (transfer full): the paper, or %NULL with %JP_DOCUMENTS_ERROR_NO_FONT
 */
JpPaper *
jp_dispute_paper_new (const JpDisputePaper *input, GError **error)
{
  g_return_val_if_fail (input != NULL, NULL);
  g_return_val_if_fail (input->number != NULL, NULL);
  g_return_val_if_fail (input->lines != NULL && input->n_lines > 0, NULL);

  const char *const labels[] = { C_ ("paper", "For the school"), NULL };
  g_autoptr (JpPaper) paper = NULL;
  g_autofree char   *title = g_strdup_printf (C_ ("paper", "Settlement dispute %s"), input->number);
  g_autofree char   *opening = dup_opening (input);
  const JpPaperSetup setup = { .title = title };

  paper = jp_paper_new_issue (&input->issue, &setup, error);
  if (paper == NULL)
    return NULL;

  jp_paper_add_text (paper, JP_PAPER_TITLE, C_ ("paper", "Objection to a settlement statement"));
  jp_paper_add_text (paper, JP_PAPER_SUBTITLE, input->number);
  add_head (paper, input);
  jp_paper_add_space (paper, 6);
  jp_paper_add_text (paper, JP_PAPER_BODY, opening);
  add_table (paper, input);
  add_reasons (paper, input);
  jp_paper_add_text (paper, JP_PAPER_HEADING, C_ ("paper", "What we ask for"));
  jp_paper_add_text (paper, JP_PAPER_BODY,
                     input->request != NULL
                       ? input->request
                       : C_ ("paper", "Please check these lines, correct the difference on the "
                                      "next statement, and tell us the result in writing."));
  jp_paper_add_signatures (paper, labels);
  return g_steal_pointer (&paper);
}
