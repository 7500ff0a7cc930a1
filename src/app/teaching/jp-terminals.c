/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-terminals.h"

#include "jp-codes.h"
#include "jp-terminal-detail.h"

#include <glib/gi18n-lib.h>

static void
bind_vehicle (JpRow *row, JpCell *cell)
{
  jp_cell_set_text (cell, jp_row_get_bound_title (row));
}

static const JpRecordsColumn columns[] = {
  { "serial", JP_TERMINAL_SERIAL, NULL, 18, JP_COLUMN_TEXT, TRUE, NULL },
  { "vehicle", 0, NC_ ("column", "Vehicle"), 10, JP_COLUMN_TEXT, FALSE, bind_vehicle },
  { "type", JP_TERMINAL_TYPE, NULL, 9, JP_COLUMN_TEXT, FALSE, NULL, 4 },
  { "vendor", JP_TERMINAL_VENDOR, NULL, 12, JP_COLUMN_TEXT, FALSE, NULL, 3 },
  { "model", JP_TERMINAL_MODEL, NULL, 10, JP_COLUMN_TEXT, FALSE, NULL, 2 },
  { "imei", JP_TERMINAL_IMEI, NULL, 15, JP_COLUMN_TEXT, FALSE, NULL, 1 },
  { "status", JP_TERMINAL_STATUS, NULL, 8, JP_COLUMN_PILL, FALSE, NULL },
};

static const JpRecordsView views[] = {
  { "all", NC_ ("view", "All") },
  { "in-use", NC_ ("view", "In use"), JP_TERMINAL_STATUS, "in-use" },
  { "spare", NC_ ("view", "Spare"), JP_TERMINAL_STATUS, "spare" },
  { "repair", NC_ ("view", "In repair"), JP_TERMINAL_STATUS, "repair" },
  { "waiting", NC_ ("view", "To be sent"), .rows = JP_QUERY_WAITING },
};

static const JpRecordsSpec spec = {
  .place = "terminals",
  .kind = JP_KIND_TERMINAL,
  .primary = NC_ ("button", "New Terminal"),
  .can_edit = TRUE,
  .can_delete = TRUE,
  .views = views,
  .n_views = G_N_ELEMENTS (views),
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .order = JP_TERMINAL_SERIAL,
  .descending = FALSE,
  .empty_icon = "jp-terminal-symbolic",
  .empty_title = N_ ("No terminals yet"),
  .empty_text = N_ ("Add the first timing terminal with Ctrl+N, then bind it to a vehicle."),
  .new_detail = jp_terminal_detail_new,
};

/**
 * jp_terminals_get_spec:
 *
 * Returns: (transfer none): the page Terminals
 */
const JpRecordsSpec *
jp_terminals_get_spec (void)
{
  return &spec;
}
