/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-refund-paper.h"

#include "jp-money.h"
#include "jp-refund-repo.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define N_SIDES 2

static const JpPolicyRefundLine *
find_line (const JpPolicyRefund *refund, const char *id)
{
  for (guint i = 0; refund != NULL && i < refund->lines->len; i++)
    {
      const JpPolicyRefundLine *line = &g_array_index (refund->lines, JpPolicyRefundLine, i);

      if (strcmp (line->id, id) == 0)
        return line;
    }
  return NULL;
}

static const char *
get_line_title (const JpPolicyRefundLine *line)
{
  if (line->title != NULL && *line->title != '\0')
    return line->title;
  if (strcmp (line->id, "floor") == 0)
    return C_ ("paper", "No more than was paid");
  return C_ ("paper", "Limit of all deductions");
}

static char *
dup_arithmetic (const JpPolicyRefund *refund, const char *id)
{
  return refund != NULL ? jp_refund_repo_dup_arithmetic (refund, id) : g_strdup ("");
}

/* Clause and arithmetic; both computations where they differ. */
static char *
dup_reason (const JpRefundPaper *input, const JpPolicyRefundLine *line)
{
  g_autofree char *by_trainee = dup_arithmetic (input->by_trainee, line->id);
  g_autofree char *by_school = dup_arithmetic (input->by_school, line->id);
  g_autoptr (GString) text = g_string_new (line->clause);

  if (*by_trainee == '\0' || *by_school == '\0' || strcmp (by_trainee, by_school) == 0)
    {
      const char *only = *by_trainee != '\0' ? by_trainee : by_school;

      if (*only != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", only);
      return g_string_free (g_steal_pointer (&text), FALSE);
    }

  g_string_append_printf (text, "%s", text->len > 0 ? "\n" : "");
  g_string_append_printf (text, C_ ("paper", "trainee leaves: %s"), by_trainee);
  g_string_append_c (text, '\n');
  g_string_append_printf (text, C_ ("paper", "school at fault: %s"), by_school);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_amount (const JpPolicyRefund *refund, const JpPolicyRefundLine *line)
{
  if (refund == NULL)
    return g_strdup ("");
  return line != NULL ? jp_money_format (line->amount_fen) : g_strdup ("–");
}

static void
add_line (JpPaper *paper, const JpRefundPaper *input, const JpPolicyRefundLine *line)
{
  g_autofree char *reason = dup_reason (input, line);
  g_autofree char *first = dup_amount (input->by_trainee, find_line (input->by_trainee, line->id));
  g_autofree char *second = dup_amount (input->by_school, find_line (input->by_school, line->id));

  jp_paper_add_row (paper, (const char *[]){ get_line_title (line), reason, first, second });
}

/* Which amount of a result stands in a row below the deductions. */
typedef enum {
  AMOUNT_PAID,
  AMOUNT_DEDUCTED,
  AMOUNT_REFUND,
  AMOUNT_FROM_CUSTODY,
  AMOUNT_FROM_SCHOOL,
  AMOUNT_TO_SCHOOL,
} Amount;

static char *
dup_side (const JpPolicyRefund *refund, Amount amount)
{
  if (refund == NULL)
    return g_strdup ("");

  switch (amount)
    {
    case AMOUNT_PAID:
      return jp_money_format (refund->paid_fen);
    case AMOUNT_DEDUCTED:
      return jp_money_format (refund->deducted_fen);
    case AMOUNT_REFUND:
      return jp_money_format (refund->refund_fen);
    case AMOUNT_FROM_CUSTODY:
      return jp_money_format (refund->from_custody_fen);
    case AMOUNT_FROM_SCHOOL:
      return jp_money_format (refund->from_school_fen);
    case AMOUNT_TO_SCHOOL:
    default:
      return jp_money_format (refund->to_school_fen);
    }
}

static void
add_sum (JpPaper *paper, const JpRefundPaper *input, Amount amount, const char *label)
{
  g_autofree char *first = dup_side (input->by_trainee, amount);
  g_autofree char *second = dup_side (input->by_school, amount);
  const char      *cells[] = { label, NULL, first, second };

  if (amount <= AMOUNT_REFUND)
    jp_paper_add_total (paper, cells);
  else
    jp_paper_add_row (paper, cells);
}

static void
add_table (JpPaper *paper, const JpRefundPaper *input)
{
  const JpPaperColumn columns[] = {
    { C_ ("paper", "Deduction"), 96, JP_PAPER_START, FALSE },
    { C_ ("paper", "Rule and arithmetic"), 0, JP_PAPER_START, FALSE },
    { C_ ("paper", "If the trainee leaves"), 82, JP_PAPER_END, FALSE },
    { C_ ("paper", "If the school is at fault"), 82, JP_PAPER_END, FALSE },
  };
  const JpPolicyRefund *sides[N_SIDES] = { input->by_trainee, input->by_school };

  jp_paper_begin_table (paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < N_SIDES; i++)
    for (guint j = 0; sides[i] != NULL && j < sides[i]->lines->len; j++)
      {
        const JpPolicyRefundLine *line = &g_array_index (sides[i]->lines, JpPolicyRefundLine, j);

        if (i == 0 || find_line (sides[0], line->id) == NULL)
          add_line (paper, input, line);
      }
  add_sum (paper, input, AMOUNT_DEDUCTED, C_ ("paper", "All deductions"));
  add_sum (paper, input, AMOUNT_PAID, C_ ("paper", "Paid so far"));
  add_sum (paper, input, AMOUNT_REFUND, C_ ("paper", "Comes back"));
  add_sum (paper, input, AMOUNT_FROM_CUSTODY, C_ ("paper", "of it from custody"));
  add_sum (paper, input, AMOUNT_FROM_SCHOOL, C_ ("paper", "of it from the school"));
  add_sum (paper, input, AMOUNT_TO_SCHOOL, C_ ("paper", "Custody still owes the school"));
}

static char *
dup_part (const JpPolicyPartFacts *part)
{
  g_autofree char *done = jp_minutes_format_hours (MAX (part->reviewed_minutes, 0));
  g_autofree char *used =
    jp_minutes_format_hours (MAX (part->used_minutes, part->reviewed_minutes));
  g_autofree char *required = NULL;

  if (part->required_minutes == JP_POLICY_UNKNOWN)
    return g_strdup_printf (C_ ("paper", "%1$s approved, %2$s trained"), done, used);
  required = jp_minutes_format_hours (part->required_minutes);
  return g_strdup_printf (C_ ("paper", "%1$s of %3$s approved, %2$s trained"), done, used,
                          required);
}

static void
add_facts (JpPaper *paper, const JpRefundPaper *input)
{
  const JpPolicyFacts *facts = input->facts;
  g_autofree char     *price = jp_money_format (facts->price_fen);
  g_autofree char     *paid = jp_money_format (facts->paid_fen);
  g_autofree char     *released = jp_money_format (facts->released_fen);
  g_auto (GStrv) parts = g_new0 (char *, JP_POLICY_N_PARTS + 1);

  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    parts[part - 1] = dup_part (&facts->parts[part]);

  const JpPaperPair pairs[] = {
    { C_ ("paper", "Trainee"), input->trainee, FALSE },
    { C_ ("paper", "ID number"), input->id_number, FALSE },
    { C_ ("paper", "Contract number"), input->contract_no, FALSE },
    { C_ ("paper", "Class tier"), input->tier, FALSE },
    { C_ ("paper", "Total fee"), price, FALSE },
    { C_ ("paper", "Paid so far"), paid, FALSE },
    { C_ ("paper", "Released so far"), released, TRUE },
    { C_ ("paper", "Part 1, hours"), parts[0], FALSE },
    { C_ ("paper", "Part 2, hours"), parts[1], FALSE },
    { C_ ("paper", "Part 3, hours"), parts[2], FALSE },
    { C_ ("paper", "Part 4, hours"), parts[3], FALSE },
  };

  jp_paper_add_pairs (paper, pairs, G_N_ELEMENTS (pairs), 2);
}

static void
add_rules (JpPaper *paper, JpPolicy *policy)
{
  const JpDataHeader *header = jp_policy_get_header (policy);
  g_autofree char    *rules =
    g_strdup_printf (C_ ("paper", "Computed by “%1$s”, version %2$s, SHA-256 %3$s."), header->title,
                     jp_policy_get_header (policy)->id, jp_policy_get_digest (policy));

  jp_paper_add_text (paper, JP_PAPER_SMALL, rules);
  if (header->note != NULL)
    jp_paper_add_text (paper, JP_PAPER_SMALL, header->note);
}

static char *
dup_answer (const JpRefundPaper *input)
{
  g_autofree char *day = jp_date_to_iso (input->facts->on);
  g_autofree char *first = dup_side (input->by_trainee, AMOUNT_REFUND);
  g_autofree char *second = dup_side (input->by_school, AMOUNT_REFUND);

  if (input->by_school == NULL)
    return g_strdup_printf (C_ ("paper", "On %1$s the rules give back %2$s if the trainee leaves."),
                            day, first);
  if (input->by_trainee == NULL)
    return g_strdup_printf (C_ ("paper",
                                "On %1$s the rules give back %2$s if the school is at fault."),
                            day, second);
  return g_strdup_printf (C_ ("paper", "On %1$s the rules give back %2$s if the trainee leaves, "
                                       "and %3$s if the school "
                                       "is at fault."),
                          day, first, second);
}

/**
 * jp_refund_paper_new:
 * @input: what it is made from
 * @error: return location for a [error@Jp.DocumentsError]
 *
 * What would come back today: both cases side by side, every deduction with its clause and its
 * arithmetic. The sheet says that it computes and does not promise.
 *
 * Returns: (transfer full): the paper, or %NULL with %JP_DOCUMENTS_ERROR_NO_FONT
 */
JpPaper *
jp_refund_paper_new (const JpRefundPaper *input, GError **error)
{
  g_return_val_if_fail (input != NULL, NULL);
  g_return_val_if_fail (input->facts != NULL, NULL);
  g_return_val_if_fail (input->by_trainee != NULL || input->by_school != NULL, NULL);

  g_autoptr (JpPaper) paper = NULL;
  g_autofree char   *answer = dup_answer (input);
  const JpPaperSetup setup = { .title = C_ ("paper", "Refund calculation") };

  paper = jp_paper_new_issue (&input->issue, &setup, error);
  if (paper == NULL)
    return NULL;

  jp_paper_add_text (paper, JP_PAPER_TITLE, setup.title);
  jp_paper_add_text (paper, JP_PAPER_SUBTITLE,
                     C_ ("paper", "A calculation by the rules, not a promise."));
  add_facts (paper, input);
  jp_paper_add_answer (paper, answer);
  add_table (paper, input);
  jp_paper_add_text (
    paper, JP_PAPER_BODY,
    C_ ("paper", "This sheet shows what the rules give with the data known on that day. It neither "
                 "promises nor refuses anything: hours that are still being reviewed may change "
                 "it, and what the platform computes when the application is decided holds."));
  if (input->pending_minutes > 0)
    {
      g_autofree char *hours = jp_minutes_format_hours (input->pending_minutes);
      g_autofree char *pending =
        g_strdup_printf (C_ ("paper", "%s hours have been trained and wait for their review."),
                         hours);

      jp_paper_add_text (paper, JP_PAPER_BODY, pending);
    }
  add_rules (paper,
             input->by_trainee != NULL ? input->by_trainee->policy : input->by_school->policy);
  return g_steal_pointer (&paper);
}
