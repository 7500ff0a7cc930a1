/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-refund-detail.h"

#include "jp-answer-box.h"
#include "jp-approve-window.h"
#include "jp-codes.h"
#include "jp-detail-parts.h"
#include "jp-facts-detail.h"
#include "jp-lookup.h"
#include "jp-record-history.h"
#include "jp-refund-repo.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  char           *trainee; /* (owned) */
  JpRefundVerdict verdict;
} Facts;

static void
facts_free (gpointer data)
{
  Facts *facts = data;

  g_free (facts->trainee);
  g_free (facts);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Facts, facts_free)

static gpointer
read_facts (JpVault *vault, const JpId *id, GError **error)
{
  g_autoptr (Facts) facts = g_new0 (Facts, 1);
  g_autoptr (JpRecord) refund =
    jp_record_table_get (vault->db, vault->key, JP_KIND_REFUND, id, error);

  if (refund == NULL)
    {
      jp_vault_translate (error);
      return NULL;
    }
  if (!jp_lookup_title (vault, JP_KIND_TRAINEE, jp_record_get_ref (refund, JP_REFUND_TRAINEE),
                        &facts->trainee, error) ||
      !jp_refund_repo_check (vault, refund, &facts->verdict, error))
    return NULL;
  return g_steal_pointer (&facts);
}

static void
approve (JpOffice *office, JpRecord *refund)
{
  jp_approve_window_open (office, jp_record_get_ref (refund, JP_REFUND_CONTRACT));
}

static void
build (JpFactsDetail *self, JpRow *row, gpointer data)
{
  static const JpFieldId fields[] = { JP_REFUND_ASKED_ON,      JP_REFUND_ASKED_BY,
                                      JP_REFUND_FAULT,         JP_REFUND_REASON,
                                      JP_REFUND_CHECKED_BY,    JP_REFUND_CHECKED_AT,
                                      JP_REFUND_AMOUNT,        JP_REFUND_DECIDED_AT,
                                      JP_REFUND_BANK_REFERENCE };
  Facts                 *facts = data;
  GtkWidget             *box = jp_answer_box_new (_ ("Is the refund right?"));
  GtkWidget             *values = jp_detail_parts_new_facts ();
  g_autofree char       *sentence = jp_refund_repo_dup_sentence (&facts->verdict);

  jp_facts_detail_add (self, jp_detail_parts_new_head (facts->trainee, NULL, TRUE));
  jp_facts_detail_add (self, jp_detail_parts_new_pills (row));
  jp_answer_box_set_text (JP_ANSWER_BOX (box), sentence);
  jp_answer_box_set_tint (JP_ANSWER_BOX (box),
                          jp_refund_repo_is_fine (&facts->verdict) ? JP_TINT_OK : JP_TINT_BAD);
  jp_facts_detail_add (self, box);
  if (jp_record_get_code (jp_row_get_record (row), JP_REFUND_STATE) == JP_REQUEST_STATE_DRAFT)
    jp_facts_detail_add_button (self, _ ("Approve the Withdrawal…"), "suggested-action", approve);
  jp_detail_parts_add_fields (values, row, fields, G_N_ELEMENTS (fields), FALSE);
  jp_facts_detail_add (self, values);
  jp_facts_detail_add (self, jp_record_history_new (jp_facts_detail_get_office (self),
                                                    jp_row_get_record (row)));
}

/**
 * jp_refund_detail_new:
 * @office: the office
 *
 * Returns: (transfer floating): the pane of a refund, which checks it
 */
GtkWidget *
jp_refund_detail_new (JpOffice *office)
{
  static JpFactsSpec spec = { 0, read_facts, facts_free, build };

  spec.kinds = jp_store_kind_bit (JP_KIND_REFUND) | jp_store_kind_bit (JP_KIND_CONTRACT) |
               jp_store_kind_bit (JP_KIND_TRAINING_SESSION);
  return jp_facts_detail_new (office, &spec);
}
