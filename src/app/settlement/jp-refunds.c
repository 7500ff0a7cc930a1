/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-refunds.h"

#include "jp-codes.h"
#include "jp-request-detail.h"

#include <glib/gi18n-lib.h>

static const JpRecordsColumn columns[] = {
  { "trainee", JP_REFUND_TRAINEE, NULL, 9, JP_COLUMN_TEXT, TRUE, NULL },
  { "contract", JP_REFUND_CONTRACT, NULL, 20, JP_COLUMN_TEXT, FALSE, NULL, 2 },
  { "asked", JP_REFUND_ASKED_ON, NULL, 10, JP_COLUMN_TEXT, FALSE, NULL, 3 },
  { "fault", JP_REFUND_FAULT, NULL, 8, JP_COLUMN_TEXT, FALSE, NULL, 1 },
  { "amount", JP_REFUND_AMOUNT, NULL, 10, JP_COLUMN_MONEY, FALSE, NULL },
  { "state", JP_REFUND_STATE, NULL, 8, JP_COLUMN_PILL, FALSE, NULL },
};

static const JpRecordsView views[] = {
  { "all", NC_ ("view", "All") },
  { "second", NC_ ("view", "For the second person"), JP_REFUND_STATE, "draft" },
  { "pending", NC_ ("view", "Asked for"), JP_REFUND_STATE, "pending" },
  { "done", NC_ ("view", "Done"), JP_REFUND_STATE, "done" },
  { "waiting", NC_ ("view", "To be sent"), .rows = JP_QUERY_WAITING },
};

static const JpRecordsSpec spec = {
  .place = "refunds",
  .kind = JP_KIND_REFUND,
  .can_edit = FALSE,
  .can_delete = FALSE,
  .views = views,
  .n_views = G_N_ELEMENTS (views),
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .order = JP_REFUND_ASKED_ON,
  .descending = TRUE,
  .empty_icon = "jp-refund-symbolic",
  .empty_title = N_ ("No withdrawals"),
  .empty_text = N_ ("Nobody has asked for a refund. A request begins at the contract."),
  .new_detail = jp_request_detail_new_refund,
};

/**
 * jp_refunds_get_spec:
 *
 * Returns: (transfer none): the page Refunds
 */
const JpRecordsSpec *
jp_refunds_get_spec (void)
{
  return &spec;
}
