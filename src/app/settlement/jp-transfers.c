/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-transfers.h"

#include "jp-answer-box.h"
#include "jp-codes.h"
#include "jp-detail-parts.h"
#include "jp-facts-detail.h"
#include "jp-lookup.h"
#include "jp-record-history.h"
#include "jp-transfer-repo.h"

#include <glib/gi18n-lib.h>

/* --- the pane --- */

typedef struct
{
  char             *trainee; /* (owned) */
  JpTransferVerdict verdict;
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
  g_autoptr (JpRecord) transfer =
    jp_record_table_get (vault->db, vault->key, JP_KIND_TRANSFER, id, error);

  if (transfer == NULL)
    {
      jp_vault_translate (error);
      return NULL;
    }
  if (!jp_lookup_title (vault, JP_KIND_TRAINEE, jp_record_get_ref (transfer, JP_TRANSFER_TRAINEE),
                        &facts->trainee, error) ||
      !jp_transfer_repo_check (vault, transfer, &facts->verdict, error))
    return NULL;
  return g_steal_pointer (&facts);
}

static void
show_contract (JpOffice *office, JpRecord *transfer)
{
  jp_office_show (office, JP_KIND_CONTRACT, jp_record_get_ref (transfer, JP_TRANSFER_CONTRACT));
}

static void
build (JpFactsDetail *self, JpRow *row, gpointer data)
{
  static const JpFieldId fields[] = { JP_TRANSFER_OUTGOING,         JP_TRANSFER_OTHER_SCHOOL,
                                      JP_TRANSFER_OTHER_SCHOOL_NO,  JP_TRANSFER_ASKED_ON,
                                      JP_TRANSFER_APPROVED_MINUTES, JP_TRANSFER_AMOUNT };
  Facts                 *facts = data;
  JpRecord              *transfer = jp_row_get_record (row);
  GtkWidget             *box = jp_answer_box_new (_ ("What became of it?"));
  GtkWidget             *values = jp_detail_parts_new_facts ();
  g_autofree char       *sentence = jp_transfer_repo_dup_sentence (&facts->verdict);

  jp_facts_detail_add (self, jp_detail_parts_new_head (facts->trainee, NULL, TRUE));
  jp_facts_detail_add (self, jp_detail_parts_new_pills (row));
  jp_answer_box_set_text (JP_ANSWER_BOX (box), sentence);
  jp_answer_box_set_tint (JP_ANSWER_BOX (box),
                          jp_transfer_repo_is_fine (&facts->verdict) ? JP_TINT_OK : JP_TINT_BAD);
  jp_facts_detail_add (self, box);
  if (jp_record_has (transfer, JP_TRANSFER_CONTRACT))
    jp_facts_detail_add_button (self, C_ ("button", "Show the Contract"), NULL, show_contract);
  jp_detail_parts_add_fields (values, row, fields, G_N_ELEMENTS (fields), FALSE);
  jp_facts_detail_add (self, values);
  jp_facts_detail_add (self, jp_record_history_new (jp_facts_detail_get_office (self), transfer));
}

static GtkWidget *
new_detail (JpOffice *office)
{
  static JpFactsSpec spec = { 0, read_facts, facts_free, build };

  spec.kinds = jp_store_kind_bit (JP_KIND_TRANSFER) | jp_store_kind_bit (JP_KIND_CONTRACT) |
               jp_store_kind_bit (JP_KIND_TRAINING_SESSION);
  return jp_facts_detail_new (office, &spec);
}

/* --- the list --- */

static const JpRecordsColumn columns[] = {
  { "trainee", JP_TRANSFER_TRAINEE, NULL, 9, JP_COLUMN_TEXT, TRUE, NULL },
  { "outgoing", JP_TRANSFER_OUTGOING, NULL, 10, JP_COLUMN_TEXT, FALSE, NULL },
  { "school", JP_TRANSFER_OTHER_SCHOOL, NULL, 14, JP_COLUMN_TEXT, FALSE, NULL },
  { "asked", JP_TRANSFER_ASKED_ON, NULL, 10, JP_COLUMN_TEXT, FALSE, NULL },
  { "hours", JP_TRANSFER_APPROVED_MINUTES, NULL, 10, JP_COLUMN_NUMBER, FALSE, NULL },
  { "amount", JP_TRANSFER_AMOUNT, NULL, 10, JP_COLUMN_MONEY, FALSE, NULL },
  { "state", JP_TRANSFER_STATE, NULL, 8, JP_COLUMN_PILL, FALSE, NULL },
};

static const JpRecordsView views[] = {
  { "all", NC_ ("view", "All") },
  { "pending", NC_ ("view", "Asked for"), JP_TRANSFER_STATE, "pending" },
  { "approved", NC_ ("view", "Granted, money waits"), JP_TRANSFER_STATE, "approved" },
  { "done", NC_ ("view", "Done"), JP_TRANSFER_STATE, "done" },
  { "waiting", NC_ ("view", "To be sent"), .rows = JP_QUERY_WAITING },
};

static const JpRecordsSpec spec = {
  .place = "transfers",
  .kind = JP_KIND_TRANSFER,
  .can_edit = FALSE,
  .can_delete = FALSE,
  .views = views,
  .n_views = G_N_ELEMENTS (views),
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .order = JP_TRANSFER_ASKED_ON,
  .descending = TRUE,
  .empty_icon = "jp-transfer-symbolic",
  .empty_title = N_ ("No transfers"),
  .empty_text = N_ ("Nobody goes on at another school, and nobody came from one. A request begins "
                    "at the contract."),
  .new_detail = new_detail,
};

/**
 * jp_transfers_get_spec:
 *
 * Returns: (transfer none): the page Transfers
 */
const JpRecordsSpec *
jp_transfers_get_spec (void)
{
  return &spec;
}
