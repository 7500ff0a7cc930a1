/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-contract-paper.h"

#include "jp-codes.h"
#include "jp-contract-text.h"
#include "jp-licence.h"
#include "jp-money.h"

#include <glib/gi18n-lib.h>

static gboolean
is_signed (JpRecord *contract)
{
  return jp_record_has (contract, JP_CONTRACT_SIGNED_AT);
}

static const char *
get_mark (JpRecord *contract)
{
  if (jp_record_get_code (contract, JP_CONTRACT_STATUS) == JP_CONTRACT_STATUS_CANCELLED)
    return C_ ("paper", "Void");
  return is_signed (contract) ? NULL : C_ ("paper", "Draft, not signed");
}

/* What was frozen is what is printed, or nothing is. */
static gboolean
check_digest (JpRecord *contract, GError **error)
{
  const char      *text = jp_record_get_text (contract, JP_CONTRACT_TEXT);
  g_autofree char *digest = jp_contract_text_hash (text != NULL ? text : "");

  if (g_strcmp0 (digest, jp_record_get_text (contract, JP_CONTRACT_TEXT_DIGEST)) == 0)
    return TRUE;

  g_set_error_literal (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_MISMATCH,
                       "the text of the contract does not agree with its digest");
  return FALSE;
}

static char *
dup_signed_day (JpRecord *contract)
{
  if (!is_signed (contract))
    return g_strdup (C_ ("paper", "not signed"));
  return jp_date_to_iso (
    jp_date_from_instant (jp_record_get_integer (contract, JP_CONTRACT_SIGNED_AT)));
}

static void
add_parties (JpPaper *paper, const JpContractPaper *input)
{
  gboolean         reveal = input->issue.reveal;
  const char      *type = jp_record_get_text (input->contract, JP_CONTRACT_LICENCE_TYPE);
  g_autofree char *id_number = jp_record_dup_display (input->trainee, JP_TRAINEE_ID_NUMBER, reveal);
  g_autofree char *phone = jp_record_dup_display (input->trainee, JP_TRAINEE_PHONE, reveal);
  g_autofree char *licence = g_strdup_printf ("%s %s", type, jp_licence_get_label (type));
  g_autofree char *price =
    jp_money_format (jp_record_get_integer (input->contract, JP_CONTRACT_PRICE));
  g_autofree char  *status = jp_record_dup_display (input->contract, JP_CONTRACT_STATUS, FALSE);
  g_autofree char  *day = dup_signed_day (input->contract);
  const JpPaperPair pairs[] = {
    { C_ ("paper", "Trainee"), jp_record_get_title (input->trainee), FALSE },
    { C_ ("paper", "School"), input->issue.school, FALSE },
    { C_ ("paper", "ID number"), id_number, FALSE },
    { C_ ("paper", "Mobile"), phone, FALSE },
    { C_ ("paper", "Class tier"), input->tier, FALSE },
    { C_ ("paper", "Licence type"), licence, FALSE },
    { C_ ("paper", "Total fee"), price, FALSE },
    { C_ ("paper", "Contract number"), jp_record_get_title (input->contract), FALSE },
    { C_ ("paper", "Status"), status, FALSE },
    { C_ ("paper", "Signed on"), day, FALSE },
  };

  jp_paper_add_pairs (paper, pairs, G_N_ELEMENTS (pairs), 2);
}

static void
add_stages (JpPaper *paper, const JpPolicyPlan *plan)
{
  const JpPaperColumn columns[] = {
    { C_ ("paper", "Stage"), 110, JP_PAPER_START, FALSE },
    { C_ ("paper", "When the school gets it"), 0, JP_PAPER_START, FALSE },
    { C_ ("paper", "Amount"), 84, JP_PAPER_END, FALSE },
  };
  g_autofree char *price = jp_money_format (plan->price_fen);

  jp_paper_begin_table (paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < plan->n_stages; i++)
    {
      const JpPolicyStageResult *result = &plan->stages[i];
      g_autofree char           *amount = jp_money_format (result->amount_fen);

      jp_paper_add_row (paper,
                        (const char *[]){ result->stage->title, result->stage->clause, amount });
    }
  jp_paper_add_total (paper, (const char *[]){ C_ ("paper", "Total fee"), NULL, price });
}

static void
add_money (JpPaper *paper, const JpContractPaper *input)
{
  g_autofree char *answer = NULL;

  jp_paper_add_text (paper, JP_PAPER_HEADING, C_ ("paper", "Where the money goes, by stage"));
  if (input->plan == NULL || input->plan->n_stages == 0)
    {
      jp_paper_add_text (paper, JP_PAPER_BODY,
                         C_ ("paper", "The rules of this contract name no amounts of the stages: "
                                      "those that the platform publishes hold."));
      return;
    }

  answer = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE,
                 "The fee is paid into the custody account, not to the school. The school gets it "
                 "in %u stage, after the training is done.",
                 "The fee is paid into the custody account, not to the school. The school gets it "
                 "in %u stages, each after its training is done.",
                 input->plan->n_stages),
    input->plan->n_stages);
  jp_paper_add_answer (paper, answer);
  add_stages (paper, input->plan);
}

static void
add_refunds (JpPaper *paper, JpPolicy *policy)
{
  const JpPaperColumn columns[] = {
    { C_ ("paper", "What is deducted"), 110, JP_PAPER_START, FALSE },
    { C_ ("paper", "Rule"), 0, JP_PAPER_START, FALSE },
  };

  jp_paper_add_text (paper, JP_PAPER_HEADING, C_ ("paper", "If you leave early"));
  if (policy == NULL || jp_policy_get_n_items (policy) == 0)
    {
      jp_paper_add_text (paper, JP_PAPER_BODY,
                         C_ ("paper", "The rules of this contract name no deductions: those that "
                                      "the platform publishes hold."));
      return;
    }

  jp_paper_begin_table (paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < jp_policy_get_n_items (policy); i++)
    {
      const JpPolicyItem *item = jp_policy_get_item (policy, i);

      jp_paper_add_row (paper, (const char *[]){ item->title, item->clause });
    }
}

static void
add_hours (JpPaper *paper, const JpContractPaper *input)
{
  const char *type = jp_record_get_text (input->contract, JP_CONTRACT_LICENCE_TYPE);
  const char *labels[] = { C_ ("paper", "Part 1"), C_ ("paper", "Part 2"), C_ ("paper", "Part 3"),
                           C_ ("paper", "Part 4") };
  g_auto (GStrv) texts = g_new0 (char *, JP_CURRICULUM_N_PARTS + 1);
  JpPaperPair pairs[JP_CURRICULUM_N_PARTS] = { 0 };

  if (input->curriculum == NULL)
    return;

  for (int part = 1; part <= JP_CURRICULUM_N_PARTS; part++)
    {
      JpCurriculumNumber number = { 0 };
      gboolean is_known = jp_curriculum_get_minutes (input->curriculum, type, part, &number) &&
                          number.value != JP_CURRICULUM_UNKNOWN;
      g_autofree char *hours = is_known ? jp_minutes_format_hours (number.value) : NULL;

      texts[part - 1] = hours != NULL ? g_strdup_printf (C_ ("paper", "%s hours"), hours)
                                      : g_strdup (C_ ("paper", "as the authority publishes"));
      pairs[part - 1] = (JpPaperPair){ labels[part - 1], texts[part - 1], FALSE };
    }
  jp_paper_add_text (paper, JP_PAPER_HEADING, C_ ("paper", "Hours to be trained"));
  jp_paper_add_pairs (paper, pairs, G_N_ELEMENTS (pairs), 2);
}

static void
add_summary (JpPaper *paper, const JpContractPaper *input)
{
  const JpDataHeader *header = input->policy != NULL ? jp_policy_get_header (input->policy) : NULL;

  jp_paper_add_text (paper, JP_PAPER_TITLE, C_ ("paper", "The contract in plain words"));
  jp_paper_add_text (paper, JP_PAPER_SUBTITLE,
                     C_ ("paper", "This page explains; the text of the contract decides."));
  add_parties (paper, input);
  add_money (paper, input);
  add_refunds (paper, input->policy);
  add_hours (paper, input);
  jp_paper_add_text (paper, JP_PAPER_HEADING, C_ ("paper", "Good to know"));
  jp_paper_add_text (
    paper, JP_PAPER_CLAUSE,
    C_ ("paper",
        "1. One fee to the end: nothing is charged outside this contract, by nobody, in no form. "
        "Exam fees of the traffic police are not part of it.\n"
        "2. Only hours that the terminal recorded and the authority approved count.\n"
        "3. Who wants to leave applies on the platform and does not need the school's consent. "
        "What has not been used is paid back."));
  if (header != NULL && header->note != NULL)
    jp_paper_add_text (paper, JP_PAPER_SMALL, header->note);
}

/* The numbers that name a person, masked wherever they stand. */
static char *
dup_printed_text (const JpContractPaper *input)
{
  static const JpFieldId fields[] = { JP_TRAINEE_ID_NUMBER, JP_TRAINEE_PHONE, JP_TRAINEE_ADDRESS };
  g_autoptr (GString) text = g_string_new (jp_record_get_text (input->contract, JP_CONTRACT_TEXT));

  for (gsize i = 0; !input->issue.reveal && i < G_N_ELEMENTS (fields); i++)
    {
      const char      *plain = jp_record_get_text (input->trainee, fields[i]);
      g_autofree char *masked = jp_record_dup_display (input->trainee, fields[i], FALSE);

      if (plain != NULL && *plain != '\0' && masked != NULL)
        g_string_replace (text, plain, masked, 0);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The first line is the title, a line after an empty one a heading (jp_contract_text_render()). */
static void
add_legal_text (JpPaper *paper, const JpContractPaper *input)
{
  g_autofree char *text = dup_printed_text (input);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *number =
    g_strdup_printf (C_ ("paper", "Contract number: %s"), jp_record_get_title (input->contract));
  gboolean is_heading = FALSE;

  jp_paper_break_page (paper);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*lines[i] == '\0')
        {
          is_heading = TRUE;
          continue;
        }
      if (i == 0)
        {
          jp_paper_add_text (paper, JP_PAPER_TITLE, lines[i]);
          jp_paper_add_text (paper, JP_PAPER_SUBTITLE, number);
        }
      else
        jp_paper_add_text (paper, is_heading ? JP_PAPER_HEADING : JP_PAPER_CLAUSE, lines[i]);
      is_heading = FALSE;
    }
}

static void
add_end (JpPaper *paper, const JpContractPaper *input)
{
  const char *const labels[] = { C_ ("paper", "Party A (trainee)"),
                                 C_ ("paper", "Party B (school)"), NULL };
  const char       *parts[] = {
          jp_record_get_text (input->contract, JP_CONTRACT_TEXT_VERSION),
          jp_record_get_text (input->contract, JP_CONTRACT_TEXT_DIGEST),
          jp_record_get_text (input->contract, JP_CONTRACT_POLICY_ID),
          jp_record_get_text (input->contract, JP_CONTRACT_POLICY_DIGEST),
          jp_record_get_text (input->contract, JP_CONTRACT_CURRICULUM_ID),
          jp_record_get_text (input->contract, JP_CONTRACT_CURRICULUM_DIGEST),
  };
  const JpPaperColumn columns[] = {
    { C_ ("paper", "What the contract is made from"), 140, JP_PAPER_START, FALSE },
    { C_ ("paper", "SHA-256"), 0, JP_PAPER_START, FALSE },
  };

  if (is_signed (input->contract))
    {
      g_autofree char *day = dup_signed_day (input->contract);
      g_autofree char *sentence =
        g_strdup_printf (C_ ("paper", "Both parties signed this contract on the platform on %s, "
                                      "electronically."),
                         day);

      jp_paper_add_space (paper, 8);
      jp_paper_add_answer (paper, sentence);
    }
  else
    jp_paper_add_signatures (paper, labels);

  jp_paper_begin_table (paper, columns, G_N_ELEMENTS (columns));
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i += 2)
    jp_paper_add_row (paper, &parts[i]);
  if (!input->issue.reveal)
    jp_paper_add_text (paper, JP_PAPER_SMALL,
                       C_ ("paper", "ID number, phone and address are masked in this print; the "
                                    "digest is that of the whole text."));
}

/**
 * jp_contract_paper_new:
 * @input: what it is made from
 * @error: return location for a [error@Jp.DocumentsError]
 *
 * The contract: a page in plain words with the fees by stage, then the text as it was frozen, with
 * its digest at the foot of every page. One that nobody has signed is marked as a draft.
 *
 * Returns: (transfer full): the paper, or %NULL with %JP_DOCUMENTS_ERROR_MISMATCH if the text does
 *   not agree with its digest, or %JP_DOCUMENTS_ERROR_NO_FONT
 */
JpPaper *
jp_contract_paper_new (const JpContractPaper *input, GError **error)
{
  g_return_val_if_fail (input != NULL, NULL);
  g_return_val_if_fail (input->contract != NULL, NULL);
  g_return_val_if_fail (input->trainee != NULL, NULL);

  g_autoptr (JpPaper) paper = NULL;
  g_autofree char *title =
    g_strdup_printf (C_ ("paper", "Contract %s"), jp_record_get_title (input->contract));
  g_autofree char *footer =
    g_strdup_printf (C_ ("paper", "SHA-256 of the text: %s"),
                     jp_record_get_text (input->contract, JP_CONTRACT_TEXT_DIGEST));
  const JpPaperSetup setup = { .title = title,
                               .footer = footer,
                               .mark = get_mark (input->contract) };

  if (!check_digest (input->contract, error))
    return NULL;
  paper = jp_paper_new_issue (&input->issue, &setup, error);
  if (paper == NULL)
    return NULL;

  add_summary (paper, input);
  add_legal_text (paper, input);
  add_end (paper, input);
  return g_steal_pointer (&paper);
}
