/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-poster-paper.h"

#include "jp-codes.h"
#include "jp-licence.h"
#include "jp-money.h"

#include <glib/gi18n-lib.h>

/* Read from a few steps away: as large as one page allows. */
static const guint scales_percent[] = { 125, 115, 105, 95 };

static void
append_line (GString *text, const char *line)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
}

/* The parts of the price, each on its line. */
static char *
dup_parts (JpRecord *tier)
{
  static const JpFieldId parts[] = { JP_CLASS_TIER_SERVICE_FEE, JP_CLASS_TIER_PART1_FEE,
                                     JP_CLASS_TIER_PART2_FEE, JP_CLASS_TIER_PART3_FEE,
                                     JP_CLASS_TIER_PART4_FEE };
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *amount = NULL;
      g_autofree char *line = NULL;

      if (!jp_record_has (tier, parts[i]))
        continue;
      amount = jp_money_format (jp_record_get_integer (tier, parts[i]));
      line = g_strdup_printf (C_ ("paper", "%1$s: %2$s"),
                              jp_field_get_label (jp_field_get (parts[i])), amount);
      append_line (text, line);
    }
  if (text->len == 0)
    append_line (text, C_ ("paper", "One price for everything"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_modes (JpRecord *tier)
{
  static const JpFieldId modes[] = { JP_CLASS_TIER_TRAINING_MODE, JP_CLASS_TIER_CHARGE_MODE,
                                     JP_CLASS_TIER_PAY_MODE };
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autofree char *mode = jp_record_dup_display (tier, modes[i], FALSE);

      append_line (text, mode);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_validity (JpRecord *tier)
{
  g_autofree char *from = jp_date_to_iso (jp_record_get_date (tier, JP_CLASS_TIER_VALID_FROM));
  g_autofree char *until = NULL;

  if (!jp_record_has (tier, JP_CLASS_TIER_VALID_UNTIL))
    return g_steal_pointer (&from);
  until = jp_date_to_iso (jp_record_get_date (tier, JP_CLASS_TIER_VALID_UNTIL));
  return g_strdup_printf (C_ ("paper", "%1$s until %2$s"), from, until);
}

static void
add_tier (JpPaper *paper, JpRecord *tier)
{
  const char      *type = jp_record_get_text (tier, JP_CLASS_TIER_LICENCE_TYPE);
  g_autofree char *licence = g_strdup_printf ("%s\n%s", type, jp_licence_get_label (type));
  g_autofree char *modes = dup_modes (tier);
  g_autofree char *price = jp_money_format (jp_record_get_integer (tier, JP_CLASS_TIER_PRICE));
  g_autofree char *parts = dup_parts (tier);
  g_autofree char *validity = dup_validity (tier);

  jp_paper_add_row (paper, (const char *[]){
                             jp_record_get_text (tier, JP_CLASS_TIER_NAME), licence, modes, price,
                             parts, jp_record_get_text (tier, JP_CLASS_TIER_SERVICES), validity });
}

static void
add_tiers (JpPaper *paper, const JpPosterPaper *input)
{
  const JpPaperColumn columns[] = {
    { C_ ("paper", "Class tier"), 72, JP_PAPER_START, TRUE },
    { C_ ("paper", "Licence type"), 66, JP_PAPER_START, FALSE },
    { C_ ("paper", "Training and payment"), 76, JP_PAPER_START, FALSE },
    { C_ ("paper", "Price"), 66, JP_PAPER_END, TRUE },
    { C_ ("paper", "Of which"), 122, JP_PAPER_START, FALSE },
    { C_ ("paper", "What is included"), 0, JP_PAPER_START, FALSE },
    { C_ ("paper", "Valid from"), 62, JP_PAPER_START, FALSE },
  };

  jp_paper_begin_table (paper, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < input->n_tiers; i++)
    add_tier (paper, input->tiers[i]);
}

static void
add_promises (JpPaper *paper, const JpPosterPaper *input)
{
  const char      *phone = input->complaint_phone;
  g_autofree char *complaints = NULL;

  if (phone == NULL)
    phone = jp_record_get_text (input->school, JP_SCHOOL_PHONE);
  complaints = g_strdup_printf (C_ ("paper", "Questions and complaints: %s, or “complaint” on the "
                                             "driver-training platform."),
                                phone != NULL ? phone : "");

  jp_paper_add_space (paper, 4);
  jp_paper_add_answer (paper,
                       C_ ("paper", "One fee to the end: nothing is charged beyond these prices. "
                                    "The fee is paid into the custody account of the platform, "
                                    "not to the school and not to coaches."));
  jp_paper_add_text (paper, JP_PAPER_BODY, complaints);
  jp_paper_add_text (paper, JP_PAPER_SMALL,
                     C_ ("paper", "Exam fees are set and charged by the traffic police and are not "
                                  "part of these prices."));
}

static gboolean
has_draft (const JpPosterPaper *input)
{
  for (guint i = 0; i < input->n_tiers; i++)
    if (jp_record_get_code (input->tiers[i], JP_CLASS_TIER_STATUS) != JP_TIER_STATUS_PUBLISHED)
      return TRUE;
  return FALSE;
}

static JpPaper *
make_paper (const JpPosterPaper *input, guint scale_percent, GError **error)
{
  g_autoptr (JpPaper) paper = NULL;
  const JpPaperSetup setup = { .title = C_ ("paper", "Public price list"),
                               .mark = has_draft (input) ? C_ ("paper", "Not on sale") : NULL,
                               .is_landscape = TRUE,
                               .scale_percent = scale_percent };

  paper = jp_paper_new_issue (&input->issue, &setup, error);
  if (paper == NULL)
    return NULL;

  jp_paper_add_text (paper, JP_PAPER_TITLE, setup.title);
  jp_paper_add_text (paper, JP_PAPER_SUBTITLE, input->issue.school);
  if (input->n_tiers > 0)
    add_tiers (paper, input);
  else
    jp_paper_add_text (paper, JP_PAPER_BODY, C_ ("paper", "No class tier is on sale at present."));
  add_promises (paper, input);
  return g_steal_pointer (&paper);
}

/**
 * jp_poster_paper_new:
 * @input: what it is made from
 * @error: return location for a [error@Jp.DocumentsError]
 *
 * The price list that a school must show (公示价目表), from the rows of its class tiers: on one
 * page if they fit at all. One with a tier that is not on sale is marked.
 *
 * Returns: (transfer full): the paper, or %NULL with %JP_DOCUMENTS_ERROR_NO_FONT
 */
JpPaper *
jp_poster_paper_new (const JpPosterPaper *input, GError **error)
{
  g_return_val_if_fail (input != NULL, NULL);
  g_return_val_if_fail (input->school != NULL, NULL);
  g_return_val_if_fail (input->n_tiers == 0 || input->tiers != NULL, NULL);

  g_autoptr (JpPaper) paper = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (scales_percent); i++)
    {
      g_clear_pointer (&paper, jp_paper_free);
      paper = make_paper (input, scales_percent[i], error);
      if (paper == NULL || jp_paper_get_n_pages (paper) == 1)
        break;
    }
  return g_steal_pointer (&paper);
}
