/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-request-detail.h"

#include "jp-answer-box.h"
#include "jp-approve-window.h"
#include "jp-attachments.h"
#include "jp-codes.h"
#include "jp-detail-parts.h"
#include "jp-facts-detail.h"
#include "jp-lookup.h"
#include "jp-record-history.h"
#include "jp-refund-repo.h"
#include "jp-request.h"
#include "jp-transfer-repo.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  char    *trainee;  /* (owned) */
  char    *sentence; /* (owned): the verdict */
  gboolean is_fine;
} Facts;

static void
facts_free (gpointer data)
{
  Facts *facts = data;

  g_free (facts->trainee);
  g_free (facts->sentence);
  g_free (facts);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Facts, facts_free)

static gboolean
judge_refund (JpVault *vault, JpRecord *refund, Facts *facts, GError **error)
{
  JpRefundVerdict verdict = { 0 };

  if (!jp_refund_repo_check (vault, refund, &verdict, error))
    return FALSE;
  facts->sentence = jp_refund_repo_dup_sentence (&verdict);
  facts->is_fine = jp_refund_repo_is_fine (&verdict);
  return TRUE;
}

static gboolean
judge_transfer (JpVault *vault, JpRecord *transfer, Facts *facts, GError **error)
{
  JpTransferVerdict verdict = { 0 };

  if (!jp_transfer_repo_check (vault, transfer, &verdict, error))
    return FALSE;
  facts->sentence = jp_transfer_repo_dup_sentence (&verdict);
  facts->is_fine = jp_transfer_repo_is_fine (&verdict);
  return TRUE;
}

static Facts *
read_facts (JpVault *vault, JpKind kind, const JpId *id, GError **error)
{
  const JpRequestFields *fields = jp_request_get_fields (kind);
  g_autoptr (Facts) facts = g_new0 (Facts, 1);
  g_autoptr (JpRecord) request = jp_record_table_get (vault->db, vault->key, kind, id, error);

  if (request == NULL)
    {
      jp_vault_translate (error);
      return NULL;
    }
  if (!jp_lookup_title (vault, JP_KIND_TRAINEE, jp_record_get_ref (request, fields->trainee),
                        &facts->trainee, error) ||
      !(kind == JP_KIND_REFUND ? judge_refund : judge_transfer) (vault, request, facts, error))
    return NULL;
  return g_steal_pointer (&facts);
}

static gpointer
read_refund (JpVault *vault, const JpId *id, GError **error)
{
  return read_facts (vault, JP_KIND_REFUND, id, error);
}

static gpointer
read_transfer (JpVault *vault, const JpId *id, GError **error)
{
  return read_facts (vault, JP_KIND_TRANSFER, id, error);
}

static const JpId *
get_contract (JpRecord *request)
{
  return jp_record_get_ref (request,
                            jp_request_get_fields (jp_record_get_kind (request))->contract);
}

static void
approve (JpOffice *office, JpRecord *request)
{
  jp_approve_window_open (office, get_contract (request));
}

static void
show_contract (JpOffice *office, JpRecord *request)
{
  jp_office_show (office, JP_KIND_CONTRACT, get_contract (request));
}

static void
add_buttons (JpFactsDetail *self, JpRecord *request)
{
  JpKind                 kind = jp_record_get_kind (request);
  const JpRequestFields *fields = jp_request_get_fields (kind);

  if (get_contract (request) == NULL)
    return;
  if (jp_record_get_code (request, fields->state) == JP_REQUEST_STATE_DRAFT &&
      jp_record_has (request, fields->asked_by))
    jp_facts_detail_add_button (self,
                                kind == JP_KIND_REFUND ? _ ("Approve the Withdrawal…")
                                                       : _ ("Approve the Transfer…"),
                                "suggested-action", approve);
  jp_facts_detail_add_button (self, C_ ("button", "Show the Contract"), NULL, show_contract);
}

static void
build (JpFactsDetail *self, JpRow *row, gpointer data)
{
  static const JpFieldId refund[] = { JP_REFUND_ASKED_ON,      JP_REFUND_ASKED_BY,
                                      JP_REFUND_FAULT,         JP_REFUND_REASON,
                                      JP_REFUND_CHECKED_BY,    JP_REFUND_CHECKED_AT,
                                      JP_REFUND_AMOUNT,        JP_REFUND_DECIDED_AT,
                                      JP_REFUND_BANK_REFERENCE };
  static const JpFieldId transfer[] = { JP_TRANSFER_OUTGOING,        JP_TRANSFER_OTHER_SCHOOL,
                                        JP_TRANSFER_OTHER_SCHOOL_NO, JP_TRANSFER_ASKED_ON,
                                        JP_TRANSFER_ASKED_BY,        JP_TRANSFER_CHECKED_BY,
                                        JP_TRANSFER_CHECKED_AT,      JP_TRANSFER_APPROVED_MINUTES,
                                        JP_TRANSFER_AMOUNT };
  const Facts           *facts = data;
  JpRecord              *request = jp_row_get_record (row);
  gboolean               is_refund = jp_record_get_kind (request) == JP_KIND_REFUND;
  GtkWidget             *box =
    jp_answer_box_new (is_refund ? _ ("Is the refund right?") : _ ("What became of it?"));
  GtkWidget *values = jp_detail_parts_new_facts ();

  jp_facts_detail_add (self, jp_detail_parts_new_head (facts->trainee, NULL, TRUE));
  jp_facts_detail_add (self, jp_detail_parts_new_pills (row));
  jp_answer_box_set_text (JP_ANSWER_BOX (box), facts->sentence);
  jp_answer_box_set_tint (JP_ANSWER_BOX (box), facts->is_fine ? JP_TINT_OK : JP_TINT_BAD);
  jp_facts_detail_add (self, box);
  add_buttons (self, request);
  jp_detail_parts_add_fields (values, row, is_refund ? refund : transfer,
                              is_refund ? G_N_ELEMENTS (refund) : G_N_ELEMENTS (transfer), FALSE);
  jp_facts_detail_add (self, values);
  if (is_refund)
    jp_facts_detail_add (self, jp_attachments_new (jp_facts_detail_get_office (self), request));
  jp_facts_detail_add (self, jp_record_history_new (jp_facts_detail_get_office (self), request));
}

static guint64
kinds_behind (JpKind kind)
{
  return jp_store_kind_bit (kind) | jp_store_kind_bit (JP_KIND_CONTRACT) |
         jp_store_kind_bit (JP_KIND_TRAINING_SESSION);
}

/**
 * jp_request_detail_new_refund:
 * @office: the office
 *
 * Returns: (transfer floating): the pane of a refund, which checks it
 */
GtkWidget *
jp_request_detail_new_refund (JpOffice *office)
{
  static JpFactsSpec spec = { 0, read_refund, facts_free, build };

  spec.kinds = kinds_behind (JP_KIND_REFUND);
  return jp_facts_detail_new (office, &spec);
}

/**
 * jp_request_detail_new_transfer:
 * @office: the office
 *
 * Returns: (transfer floating): the pane of a transfer, which checks it
 */
GtkWidget *
jp_request_detail_new_transfer (JpOffice *office)
{
  static JpFactsSpec spec = { 0, read_transfer, facts_free, build };

  spec.kinds = kinds_behind (JP_KIND_TRANSFER);
  return jp_facts_detail_new (office, &spec);
}
