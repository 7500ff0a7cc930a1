/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-transfers.h"

#include "jp-codes.h"
#include "jp-request-detail.h"

#include <glib/gi18n-lib.h>

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
  { "second", NC_ ("view", "For the second person"), JP_TRANSFER_STATE, "draft" },
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
  .new_detail = jp_request_detail_new_transfer,
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
