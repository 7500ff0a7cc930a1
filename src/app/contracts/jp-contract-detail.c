/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-contract-detail.h"

#include "jp-answer-box.h"
#include "jp-attachments.h"
#include "jp-codes.h"
#include "jp-contract-acts.h"
#include "jp-contract-facts.h"
#include "jp-detail-parts.h"
#include "jp-facts-detail.h"
#include "jp-money-bar.h"
#include "jp-record-history.h"

#include <glib/gi18n-lib.h>

static gpointer
read_facts (JpVault *vault, const JpId *id, GError **error)
{
  return jp_contract_facts_read (vault, id, error);
}

static void
free_facts (gpointer data)
{
  jp_contract_facts_free (data);
}

/* What comes next, by the state. */
static char *
dup_answer (JpRecord *contract, const JpContractFacts *facts)
{
  gint64           paid = jp_record_get_integer (contract, JP_CONTRACT_PAID);
  gint64           released = jp_record_get_integer (contract, JP_CONTRACT_RELEASED);
  gint64           refunded = jp_record_get_integer (contract, JP_CONTRACT_REFUNDED);
  g_autofree char *custody = jp_money_format (paid - released - refunded);
  g_autofree char *given = jp_money_format (released);
  g_autofree char *price = jp_money_format (jp_record_get_integer (contract, JP_CONTRACT_PRICE));

  if (facts->open_refund)
    return g_strdup_printf (_ (
                              "A withdrawal is under way; the platform decides. %s is in custody."),
                            custody);

  if (facts->open_transfer)
    return g_strdup_printf (_ ("A transfer to another school is under way; the platform decides. "
                               "%s is in custody."),
                            custody);

  if (facts->asked_refund)
    return g_strdup (_ ("A withdrawal was asked for. It goes to the platform when a second person "
                        "has approved it."));

  if (facts->asked_transfer)
    return g_strdup (
      _ ("A transfer to another school was asked for. It goes to the platform when a "
         "second person has approved it."));

  switch ((JpContractStatus)jp_record_get_code (contract, JP_CONTRACT_STATUS))
    {
    case JP_CONTRACT_STATUS_DRAFT:
      return g_strdup (_ ("A draft on this PC. Read it with the trainee, then send it for "
                          "signature."));
    case JP_CONTRACT_STATUS_OFFERED:
      return g_strdup_printf (_ ("Sent. %s signs on the platform; then the fee is paid there."),
                              facts->trainee);
    case JP_CONTRACT_STATUS_SIGNED:
      return g_strdup_printf (_ ("Signed by both. %s has to be paid into custody; training counts "
                                 "from then on."),
                              price);
    case JP_CONTRACT_STATUS_PAID:
      /* Translators: amounts. */
      return g_strdup_printf (_ ("Paid. %s was released to the school, %s is in custody."), given,
                              custody);
    case JP_CONTRACT_STATUS_FULFILLED:
      return g_strdup_printf (_ ("Fulfilled. %s was released to the school."), given);
    case JP_CONTRACT_STATUS_WITHDRAWN:
      return g_strdup (_ ("Ended by withdrawal."));
    case JP_CONTRACT_STATUS_TRANSFERRED:
      return g_strdup (_ ("Ended: the trainee goes on at another school."));
    case JP_CONTRACT_STATUS_CANCELLED:
    default:
      return g_strdup (_ ("Taken back before it was signed."));
    }
}

static void
add_money (JpFactsDetail *self, JpRecord *contract)
{
  gint64           paid = jp_record_get_integer (contract, JP_CONTRACT_PAID);
  gint64           released = jp_record_get_integer (contract, JP_CONTRACT_RELEASED);
  gint64           refunded = jp_record_get_integer (contract, JP_CONTRACT_REFUNDED);
  g_autofree char *price = jp_money_format (jp_record_get_integer (contract, JP_CONTRACT_PRICE));
  GtkWidget       *bar = jp_money_bar_new ();
  JpMoneyPart      parts[] = {
         { _ ("Released to the school"), released, JP_TINT_OK, TRUE },
         { _ ("In the custody account"), paid - released - refunded, JP_TINT_INFO, TRUE },
         { _ ("Refunded"), refunded, JP_TINT_MUTE, TRUE },
  };

  jp_facts_detail_add (self, jp_detail_parts_new_heading (price, _ ("one fee to the end")));
  if (paid == 0)
    {
      jp_facts_detail_add (self, jp_detail_parts_new_note (_ ("Nothing has been paid yet.")));
      g_object_unref (g_object_ref_sink (bar));
      return;
    }
  jp_money_bar_set_parts (JP_MONEY_BAR (bar), parts, refunded > 0 ? 3 : 2);
  jp_facts_detail_add (self, bar);
}

static void
add_stages (JpFactsDetail *self, const JpContractFacts *facts)
{
  GtkWidget  *stages = NULL;
  const char *title = facts->policy != NULL ? jp_policy_get_header (facts->policy)->title : NULL;

  jp_facts_detail_add (self, jp_detail_parts_new_heading (_ ("When the school is paid"), NULL));
  if (title != NULL)
    jp_facts_detail_add (self, jp_detail_parts_new_note (title));
  if (facts->plan == NULL)
    {
      jp_facts_detail_add (self,
                           jp_detail_parts_new_note (_ ("The shares of this policy are not known "
                                                        "here; the platform decides them.")));
      return;
    }

  stages = jp_detail_parts_new_facts ();
  for (guint i = 0; i < facts->plan->n_stages; i++)
    {
      const JpPolicyStageResult *stage = &facts->plan->stages[i];
      gint64                     released_fen = g_array_index (facts->released, gint64, i);
      g_autofree char           *amount = jp_money_format (stage->amount_fen);
      g_autofree char           *released = jp_money_format (released_fen);
      g_autofree char           *both =
        /* Translators: amount of a stage, what was released of it. */
        g_strdup_printf (_ ("%s · %s released"), amount, released);

      jp_detail_parts_add_fact (stages, stage->stage->title, released_fen != 0 ? both : amount);
    }
  jp_facts_detail_add (self, stages);
}

static void
add_buttons (JpFactsDetail *self, JpRecord *contract, const JpContractFacts *facts)
{
  int status = jp_record_get_code (contract, JP_CONTRACT_STATUS);

  if (status == JP_CONTRACT_STATUS_DRAFT)
    jp_facts_detail_add_button (self, _ ("Send for Signature…"), "suggested-action",
                                jp_contract_acts_offer);
  if (jp_contract_acts_may_edit (contract))
    jp_facts_detail_add_button (self, C_ ("button", "Edit…"), NULL, jp_contract_acts_edit);
  if (status == JP_CONTRACT_STATUS_DRAFT || status == JP_CONTRACT_STATUS_OFFERED)
    jp_facts_detail_add_button (self, _ ("Take Back"), NULL, jp_contract_acts_cancel);
  if (facts->asked_refund || facts->asked_transfer)
    jp_facts_detail_add_button (self,
                                facts->asked_refund ? _ ("Approve the Withdrawal…")
                                                    : _ ("Approve the Transfer…"),
                                "suggested-action", jp_contract_acts_approve);
  else if (status == JP_CONTRACT_STATUS_PAID && !facts->open_refund && !facts->open_transfer)
    {
      jp_facts_detail_add_button (self, _ ("Refund and Withdrawal…"), NULL,
                                  jp_contract_acts_withdraw);
      jp_facts_detail_add_button (self, _ ("Transfer to Another School…"), NULL,
                                  jp_contract_acts_transfer);
    }
  jp_facts_detail_add_button (self, _ ("Text, Money and Ledger…"), NULL, jp_contract_acts_read);
}

static void
build (JpFactsDetail *self, JpRow *row, gpointer data)
{
  static const JpFieldId more[] = { JP_CONTRACT_LICENCE_TYPE, JP_CONTRACT_DRAFTED_ON,
                                    JP_CONTRACT_OFFERED_AT, JP_CONTRACT_SIGNED_AT,
                                    JP_CONTRACT_PAID_AT };
  JpContractFacts       *facts = data;
  JpRecord              *contract = jp_row_get_record (row);
  g_autofree char       *subtitle =
    g_strdup_printf ("%s · %s", facts->tier, jp_record_get_text (contract, JP_CONTRACT_NUMBER));
  g_autofree char *answer = dup_answer (contract, facts);
  GtkWidget       *box = jp_answer_box_new (_ ("What comes next?"));
  GtkWidget       *values = jp_detail_parts_new_facts ();

  jp_facts_detail_add (self, jp_detail_parts_new_head (facts->trainee, subtitle, TRUE));
  jp_facts_detail_add (self, jp_detail_parts_new_pills (row));
  jp_answer_box_set_text (JP_ANSWER_BOX (box), answer);
  jp_facts_detail_add (self, box);
  add_buttons (self, contract, facts);
  add_money (self, contract);
  add_stages (self, facts);
  jp_detail_parts_add_fields (values, row, more, G_N_ELEMENTS (more), FALSE);
  jp_facts_detail_add (self, values);
  jp_facts_detail_add (self, jp_attachments_new (jp_facts_detail_get_office (self), contract));
  jp_facts_detail_add (self, jp_record_history_new (jp_facts_detail_get_office (self), contract));
}

/**
 * jp_contract_detail_new:
 * @office: the office
 *
 * Returns: (transfer floating): the pane of a contract
 */
GtkWidget *
jp_contract_detail_new (JpOffice *office)
{
  static JpFactsSpec spec = { 0, read_facts, free_facts, build };

  spec.kinds = jp_store_kind_bit (JP_KIND_STATEMENT_LINE) | jp_store_kind_bit (JP_KIND_REFUND) |
               jp_store_kind_bit (JP_KIND_TRANSFER) | jp_store_kind_bit (JP_KIND_TRAINEE);
  return jp_facts_detail_new (office, &spec);
}
