/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-enrolment-paper.h"

#include "jp-licence.h"
#include "jp-money.h"

#include <glib/gi18n-lib.h>

/* The fields that the form shows, in its order. */
static const struct
{
  JpFieldId field;
  gboolean  is_wide;
} person_fields[] = {
  { JP_TRAINEE_NAME, FALSE },      { JP_TRAINEE_SEX, FALSE },        { JP_TRAINEE_ID_TYPE, FALSE },
  { JP_TRAINEE_ID_NUMBER, FALSE }, { JP_TRAINEE_BIRTH_DATE, FALSE }, { JP_TRAINEE_PHONE, FALSE },
  { JP_TRAINEE_ADDRESS, TRUE },
};

static void
add_person (JpPaper *paper, const JpEnrolmentPaper *input)
{
  g_auto (GStrv) values = g_new0 (char *, G_N_ELEMENTS (person_fields) + 1);
  JpPaperPair pairs[G_N_ELEMENTS (person_fields)] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (person_fields); i++)
    {
      JpFieldId field = person_fields[i].field;

      values[i] = jp_record_has (input->trainee, field)
                    ? jp_record_dup_display (input->trainee, field, input->issue.reveal)
                    : g_strdup ("");
      pairs[i] = (JpPaperPair){ jp_field_get_label (jp_field_get (field)), values[i],
                                person_fields[i].is_wide };
    }
  jp_paper_add_text (paper, JP_PAPER_HEADING, C_ ("paper", "Trainee"));
  jp_paper_add_pairs (paper, pairs, G_N_ELEMENTS (pairs), 2);
}

static void
add_training (JpPaper *paper, const JpEnrolmentPaper *input)
{
  const char      *type = jp_record_get_text (input->trainee, JP_TRAINEE_LICENCE_TYPE);
  JpRecord        *tier = input->tier;
  g_autofree char *licence = g_strdup_printf ("%s %s", type, jp_licence_get_label (type));
  g_autofree char *kind = jp_record_dup_display (input->trainee, JP_TRAINEE_BUSI_TYPE, FALSE);
  g_autofree char *day =
    jp_date_to_iso (jp_record_get_date (input->trainee, JP_TRAINEE_APPLIED_ON));
  g_autofree char *price =
    tier != NULL ? jp_money_format (jp_record_get_integer (tier, JP_CLASS_TIER_PRICE)) : NULL;
  const JpPaperPair pairs[] = {
    { C_ ("paper", "Licence type"), licence, FALSE },
    { C_ ("paper", "Application"), kind, FALSE },
    { C_ ("paper", "Class tier"), tier != NULL ? jp_record_get_title (tier) : NULL, FALSE },
    { C_ ("paper", "Total fee"), price, FALSE },
    { C_ ("paper", "Coach"), input->coach, FALSE },
    { C_ ("paper", "Applied on"), day, FALSE },
    { C_ ("paper", "Contract number"), input->contract_no, FALSE },
    { C_ ("paper", "School's phone"), input->school_phone, FALSE },
    { C_ ("paper", "Included"),
      tier != NULL ? jp_record_get_text (tier, JP_CLASS_TIER_SERVICES) : NULL, TRUE },
  };

  jp_paper_add_text (paper, JP_PAPER_HEADING, C_ ("paper", "Training"));
  jp_paper_add_pairs (paper, pairs, G_N_ELEMENTS (pairs), 2);
}

/**
 * jp_enrolment_paper_new:
 * @input: what it is made from
 * @error: return location for a [error@Jp.DocumentsError]
 *
 * The form of an enrolment (报名登记表) for the file and for the trainee: who learns what for which
 * price, and what the trainee may rely on. It is neither a contract nor a receipt and says so.
 *
 * Returns: (transfer full): the paper, or %NULL with %JP_DOCUMENTS_ERROR_NO_FONT
 */
JpPaper *
jp_enrolment_paper_new (const JpEnrolmentPaper *input, GError **error)
{
  g_return_val_if_fail (input != NULL, NULL);
  g_return_val_if_fail (input->trainee != NULL, NULL);

  const char *const labels[] = { C_ ("paper", "Trainee"), C_ ("paper", "For the school"), NULL };
  g_autoptr (JpPaper) paper = NULL;
  g_autofree char *title =
    g_strdup_printf (C_ ("paper", "Enrolment form of %s"), jp_record_get_title (input->trainee));
  const JpPaperSetup setup = { .title = title };

  paper = jp_paper_new_issue (&input->issue, &setup, error);
  if (paper == NULL)
    return NULL;

  jp_paper_add_text (paper, JP_PAPER_TITLE, C_ ("paper", "Enrolment form"));
  jp_paper_add_text (paper, JP_PAPER_SUBTITLE, input->issue.school);
  add_person (paper, input);
  add_training (paper, input);
  jp_paper_add_text (paper, JP_PAPER_HEADING, C_ ("paper", "Please note"));
  jp_paper_add_text (paper, JP_PAPER_CLAUSE,
                     C_ ("paper", "1. The data above are correct as far as I know.\n"
                                  "2. The fee is paid on the platform into the custody account "
                                  "after the contract "
                                  "is signed; at the counter nothing is paid.\n"
                                  "3. This form is neither a contract nor a receipt."));
  jp_paper_add_signatures (paper, labels);
  return g_steal_pointer (&paper);
}
