/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-contract-acts.h"

#include "jp-approve-window.h"
#include "jp-contract-window.h"
#include "jp-desk.h"
#include "jp-record-form.h"
#include "jp-transfer-window.h"
#include "jp-withdraw-window.h"

#include <glib/gi18n-lib.h>

static JpChange *
offer_call (JpVault *vault, gpointer data, const char *actor, GError **error)
{
  return jp_desk_offer_contract (vault, data, actor, error);
}

static JpChange *
cancel_call (JpVault *vault, gpointer data, const char *actor, GError **error)
{
  return jp_desk_cancel_contract (vault, data, actor, error);
}

static void
act (JpOffice *office, const JpId *contract, JpOfficeBuild build, const char *sentence)
{
  JpOfficeAct what = {
    .build = build,
    .data = jp_id_copy (contract),
    .data_free = g_free,
    .kinds = jp_store_kind_bit (JP_KIND_CONTRACT),
    .sentence = sentence,
  };

  jp_office_act (office, &what);
}

/* A contract that somebody is asked about. */
typedef struct
{
  JpOffice *office; /* (owned) */
  JpId      contract;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_object_unref (asked->office);
  g_free (asked);
}

static void
offer_cb (gpointer user_data)
{
  Asked *asked = user_data;

  act (asked->office, &asked->contract, offer_call,
       _ ("The contract goes to the platform with the next sync"));
}

/**
 * jp_contract_acts_offer:
 * @office: the office
 * @contract: a draft
 *
 * Asks whether to send the contract for signature, and does.
 */
void
jp_contract_acts_offer (JpOffice *office, JpRecord *contract)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (contract != NULL);

  g_autofree char *price = jp_money_format (jp_record_get_integer (contract, JP_CONTRACT_PRICE));
  g_autofree char *body =
    /* Translators: number of a contract, its price. */
    g_strdup_printf (_ ("Contract %s over %s goes to the platform with the next sync. The trainee "
                        "reads and signs it there. Its text cannot change any more."),
                     jp_record_get_text (contract, JP_CONTRACT_NUMBER), price);
  Asked           *asked = g_new0 (Asked, 1);
  JpOfficeQuestion question = {
    .heading = _ ("Send for signature?"),
    .body = body,
    .verb = _ ("Send"),
    .yes = offer_cb,
    .user_data = asked,
    .user_data_free = asked_free,
  };

  asked->office = g_object_ref (office);
  asked->contract = *jp_record_get_id (contract);
  jp_office_ask (office, &question);
}

/**
 * jp_contract_acts_cancel:
 * @office: the office
 * @contract: a contract that nobody has signed
 *
 * Takes the contract back, at once, with undo.
 */
void
jp_contract_acts_cancel (JpOffice *office, JpRecord *contract)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (contract != NULL);

  act (office, jp_record_get_id (contract), cancel_call, _ ("The contract is taken back"));
}

/**
 * jp_contract_acts_may_edit:
 * @contract: a contract
 *
 * Returns: whether it is a draft
 */
gboolean
jp_contract_acts_may_edit (JpRecord *contract)
{
  g_return_val_if_fail (contract != NULL, FALSE);

  return jp_record_get_code (contract, JP_CONTRACT_STATUS) == JP_CONTRACT_STATUS_DRAFT;
}

static JpChange *
edit_call (JpVault *vault, JpRecord *before, JpDraft *draft, const char *actor, GError **error)
{
  g_autoptr (JpDraft) typed = draft;
  JpId tier = *jp_draft_get_ref (typed, JP_CONTRACT_CLASS_TIER);

  return jp_desk_redraft_contract (vault, jp_record_get_id (before), &tier, actor, error);
}

/**
 * jp_contract_acts_edit:
 * @office: the office
 * @contract: a draft
 *
 * Opens the form in which another class tier is chosen. Saving drafts the contract again under its
 * number, from the trainee's file and the school's profile as they are now.
 */
void
jp_contract_acts_edit (JpOffice *office, JpRecord *contract)
{
  static const JpFieldId fields[] = { JP_CONTRACT_CLASS_TIER };

  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (contract != NULL);

  g_autofree char *title =
    g_strdup_printf (_ ("Edit the Draft %s"), jp_record_get_text (contract, JP_CONTRACT_NUMBER));
  JpRecordFormSpec spec = {
    .kind = JP_KIND_CONTRACT,
    .record = contract,
    .title = title,
    .save_label = _ ("Draft Again"),
    .hint = _ ("The text is made again under the same number, from the trainee's file and the "
               "school's profile as they are now. What is wrong in them is corrected there first."),
    .fields = fields,
    .n_fields = G_N_ELEMENTS (fields),
    .only_these = TRUE,
    .sentence = _ ("The contract is drafted again"),
    .build = edit_call,
    .problem_field = JP_CONTRACT_CLASS_TIER,
  };

  jp_record_form_open (office, &spec);
}

/**
 * jp_contract_acts_withdraw:
 * @office: the office
 * @contract: a contract that was paid
 *
 * Shows what would go back, and lets somebody ask for it.
 */
void
jp_contract_acts_withdraw (JpOffice *office, JpRecord *contract)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (contract != NULL);

  jp_withdraw_window_open (office, jp_record_get_id (contract));
}

/**
 * jp_contract_acts_approve:
 * @office: the office
 * @contract: a contract whose withdrawal or transfer waits for the second person
 *
 * Shows what was asked for, and takes the decision.
 */
void
jp_contract_acts_approve (JpOffice *office, JpRecord *contract)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (contract != NULL);

  jp_approve_window_open (office, jp_record_get_id (contract));
}

/**
 * jp_contract_acts_read:
 * @office: the office
 * @contract: a contract
 *
 * Shows the contract in plain words beside its text, and its money.
 */
void
jp_contract_acts_read (JpOffice *office, JpRecord *contract)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (contract != NULL);

  jp_contract_window_open (office, jp_record_get_id (contract));
}

/**
 * jp_contract_acts_transfer:
 * @office: the office
 * @contract: a contract that was paid
 *
 * Shows what would become of hours and money at another school, and takes the request.
 */
void
jp_contract_acts_transfer (JpOffice *office, JpRecord *contract)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (contract != NULL);

  jp_transfer_window_open (office, jp_record_get_id (contract));
}
