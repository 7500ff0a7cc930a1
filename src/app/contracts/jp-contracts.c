/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-contracts.h"

#include "jp-codes.h"
#include "jp-contract-acts.h"
#include "jp-contract-detail.h"
#include "jp-records-print.h"

#include <glib/gi18n-lib.h>

static void
bind_custody (JpRow *row, JpCell *cell)
{
  JpRecord *record = jp_row_get_record (row);

  jp_cell_set_money (cell, jp_record_get_integer (record, JP_CONTRACT_PAID) -
                             jp_record_get_integer (record, JP_CONTRACT_RELEASED) -
                             jp_record_get_integer (record, JP_CONTRACT_REFUNDED));
}

static const JpRecordsColumn columns[] = {
  { "number", JP_CONTRACT_NUMBER, NULL, 18, JP_COLUMN_TEXT, TRUE, NULL },
  { "trainee", JP_CONTRACT_TRAINEE, NULL, 8, JP_COLUMN_TEXT, FALSE, NULL },
  { "tier", JP_CONTRACT_CLASS_TIER, NULL, 11, JP_COLUMN_TEXT, FALSE, NULL, 2 },
  { "price", JP_CONTRACT_PRICE, NULL, 10, JP_COLUMN_MONEY, FALSE, NULL },
  { "custody", JP_CONTRACT_PAID, NC_ ("column", "In custody"), 10, JP_COLUMN_MONEY, FALSE,
    bind_custody, 4 },
  { "released", JP_CONTRACT_RELEASED, NC_ ("column", "Released"), 10, JP_COLUMN_MONEY, FALSE, NULL,
    3 },
  { "status", JP_CONTRACT_STATUS, NULL, 8, JP_COLUMN_PILL, FALSE, NULL },
  { "drafted", JP_CONTRACT_DRAFTED_ON, NULL, 10, JP_COLUMN_TEXT, FALSE, NULL, 1 },
};

static const JpRecordsView views[] = {
  { "all", NC_ ("view", "All") },
  { "drafts", NC_ ("view", "Drafts"), JP_CONTRACT_STATUS, "draft" },
  { "unsigned", NC_ ("view", "To be signed"), JP_CONTRACT_STATUS, "offered" },
  { "unpaid", NC_ ("view", "To be paid"), JP_CONTRACT_STATUS, "signed" },
  { "custody", NC_ ("view", "In custody"), JP_CONTRACT_STATUS, "paid" },
  { "waiting", NC_ ("view", "To be sent"), .rows = JP_QUERY_WAITING },
};

static const JpRecordsAction actions[] = {
  { "refund-sheet", NC_ ("button", "Print the Refund Sheet…"), jp_records_print_refund },
};

static const JpRecordsSpec spec = {
  .place = "contracts",
  .kind = JP_KIND_CONTRACT,
  .can_edit = TRUE,
  .may_edit = jp_contract_acts_may_edit,
  .edit = jp_contract_acts_edit,
  .can_delete = FALSE,
  .views = views,
  .n_views = G_N_ELEMENTS (views),
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .order = JP_CONTRACT_DRAFTED_ON,
  .descending = TRUE,
  .empty_icon = "jp-contract-symbolic",
  .empty_title = N_ ("No contracts yet"),
  .empty_text = N_ ("Draft one from a trainee: select the trainee, then press “Contract”."),
  .new_detail = jp_contract_detail_new,
  .actions = actions,
  .n_actions = G_N_ELEMENTS (actions),
};

/**
 * jp_contracts_get_spec:
 *
 * Returns: (transfer none): the page Contracts
 */
const JpRecordsSpec *
jp_contracts_get_spec (void)
{
  return &spec;
}
