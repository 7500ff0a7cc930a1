/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-tiers.h"

#include "jp-codes.h"
#include "jp-tier-detail.h"
#include "jp-tier-form.h"

#include <glib/gi18n-lib.h>

static void
bind_licence (JpRow *row, JpCell *cell)
{
  const char *type = jp_record_get_text (jp_row_get_record (row), JP_CLASS_TIER_LICENCE_TYPE);

  if (type != NULL)
    jp_cell_set_pill (cell, type, JP_TINT_MUTE);
}

static const JpRecordsColumn columns[] = {
  { "name", JP_CLASS_TIER_NAME, NULL, 14, JP_COLUMN_TEXT, TRUE, NULL },
  { "licence", JP_CLASS_TIER_LICENCE_TYPE, NC_ ("column", "Type"), 5, JP_COLUMN_PILL, FALSE,
    bind_licence },
  { "price", JP_CLASS_TIER_PRICE, NULL, 11, JP_COLUMN_MONEY, FALSE, NULL },
  { "version", JP_CLASS_TIER_VERSION_NO, NULL, 5, JP_COLUMN_NUMBER, FALSE, NULL, 3 },
  { "charge", JP_CLASS_TIER_CHARGE_MODE, NULL, 9, JP_COLUMN_TEXT, FALSE, NULL, 2 },
  { "pay", JP_CLASS_TIER_PAY_MODE, NULL, 10, JP_COLUMN_TEXT, FALSE, NULL, 1 },
  { "from", JP_CLASS_TIER_VALID_FROM, NULL, 10, JP_COLUMN_TEXT, FALSE, NULL, 4 },
  { "status", JP_CLASS_TIER_STATUS, NULL, 8, JP_COLUMN_PILL, FALSE, NULL },
};

static const JpRecordsView views[] = {
  { "sale", NC_ ("view", "Published"), JP_CLASS_TIER_STATUS, "published" },
  { "drafts", NC_ ("view", "Drafts"), JP_CLASS_TIER_STATUS, "draft" },
  { "ended", NC_ ("view", "Ended"), JP_CLASS_TIER_STATUS, "ended" },
  { "all", NC_ ("view", "All") },
  { "waiting", NC_ ("view", "To be sent"), .rows = JP_QUERY_WAITING },
};

static const JpRecordsSpec spec = {
  .place = "tiers",
  .kind = JP_KIND_CLASS_TIER,
  .primary = NC_ ("button", "New Class Tier"),
  .can_edit = TRUE,
  .can_delete = TRUE,
  .views = views,
  .n_views = G_N_ELEMENTS (views),
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .order = JP_CLASS_TIER_PRICE,
  .descending = FALSE,
  .empty_icon = "jp-tier-symbolic",
  .empty_title = N_ ("No class tiers yet"),
  .empty_text = N_ ("A class tier is what a trainee buys: make the first one with Ctrl+N."),
  .new_detail = jp_tier_detail_new,
  .make_new = jp_tier_form_new_tier,
  .edit = jp_tier_form_edit,
};

/**
 * jp_tiers_get_spec:
 *
 * Returns: (transfer none): the page Class Tiers
 */
const JpRecordsSpec *
jp_tiers_get_spec (void)
{
  return &spec;
}
