/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-terminals.h"

#include "jp-codes.h"
#include "jp-terminal-detail.h"

#include <glib/gi18n-lib.h>

static const JpRecordsColumn columns[] = {
  { "serial", JP_TERMINAL_SERIAL, NULL, 14, JP_COLUMN_TEXT, TRUE, NULL },
  { "type", JP_TERMINAL_TYPE, NULL, 9, JP_COLUMN_TEXT, FALSE, NULL },
  { "vendor", JP_TERMINAL_VENDOR, NULL, 12, JP_COLUMN_TEXT, FALSE, NULL },
  { "model", JP_TERMINAL_MODEL, NULL, 10, JP_COLUMN_TEXT, FALSE, NULL },
  { "imei", JP_TERMINAL_IMEI, NULL, 15, JP_COLUMN_TEXT, FALSE, NULL },
  { "status", JP_TERMINAL_STATUS, NULL, 8, JP_COLUMN_PILL, FALSE, NULL },
};

static void
narrow_in_use (JpQuery *query, JpDate today)
{
  jp_query_where_text (query, JP_TERMINAL_STATUS, JP_QUERY_EQUAL, "in-use");
}

static void
narrow_spare (JpQuery *query, JpDate today)
{
  jp_query_where_text (query, JP_TERMINAL_STATUS, JP_QUERY_EQUAL, "spare");
}

static void
narrow_repair (JpQuery *query, JpDate today)
{
  jp_query_where_text (query, JP_TERMINAL_STATUS, JP_QUERY_EQUAL, "repair");
}

static void
narrow_waiting (JpQuery *query, JpDate today)
{
  jp_query_set_rows (query, JP_QUERY_WAITING);
}

static const JpRecordsView views[] = {
  { "all", NC_ ("view", "All"), NULL },
  { "in-use", NC_ ("view", "In use"), narrow_in_use },
  { "spare", NC_ ("view", "Spare"), narrow_spare },
  { "repair", NC_ ("view", "In repair"), narrow_repair },
  { "waiting", NC_ ("view", "To be sent"), narrow_waiting },
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
