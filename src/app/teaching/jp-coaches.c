/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-coaches.h"

#include "jp-codes.h"
#include "jp-expiry.h"

#include <glib/gi18n-lib.h>

static void
bind_until (JpRow *row, JpCell *cell)
{
  jp_expiry_fill_cell (cell, jp_record_get_date (jp_row_get_record (row), JP_COACH_PERMIT_UNTIL));
}

static const JpRecordsColumn columns[] = {
  { "name", JP_COACH_NAME, NULL, 14, JP_COLUMN_TEXT, TRUE, NULL },
  { "teaches", JP_COACH_TEACHES, NULL, 8, JP_COLUMN_TEXT, FALSE, NULL, 3 },
  { "mobile", JP_COACH_MOBILE, NULL, 16, JP_COLUMN_TEXT, FALSE, NULL, 2 },
  { "number", JP_COACH_NUMBER, NULL, 16, JP_COLUMN_TEXT, FALSE, NULL, 1 },
  { "until", JP_COACH_PERMIT_UNTIL, NULL, 12, JP_COLUMN_PILL, FALSE, bind_until },
  { "status", JP_COACH_EMPLOY_STATUS, NULL, 8, JP_COLUMN_PILL, FALSE, NULL },
};

static void
narrow_expiring (JpQuery *query, JpDate today)
{
  jp_query_where_text (query, JP_COACH_EMPLOY_STATUS, JP_QUERY_EQUAL, "employed");
  jp_query_where_integer (query, JP_COACH_PERMIT_UNTIL, JP_QUERY_LESS,
                          jp_date_add_days (today, JP_EXPIRY_NOW_DAYS));
}

static const JpRecordsView views[] = {
  { "employed", NC_ ("view", "Employed"), JP_COACH_EMPLOY_STATUS, "employed" },
  { "expiring", NC_ ("view", "Expiring"), .narrow = narrow_expiring },
  { "all", NC_ ("view", "All") },
  { "waiting", NC_ ("view", "To be sent"), .rows = JP_QUERY_WAITING },
};

static const JpRecordsSpec spec = {
  .place = "coaches",
  .kind = JP_KIND_COACH,
  .primary = NC_ ("button", "New Coach"),
  .can_edit = TRUE,
  .can_delete = TRUE,
  .views = views,
  .n_views = G_N_ELEMENTS (views),
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .order = JP_COACH_NAME,
  .descending = FALSE,
  .empty_icon = "jp-coach-symbolic",
  .empty_title = N_ ("No coaches yet"),
  .empty_text = N_ ("Add the first coach with Ctrl+N."),
};

/**
 * jp_coaches_get_spec:
 *
 * Returns: (transfer none): the page Coaches
 */
const JpRecordsSpec *
jp_coaches_get_spec (void)
{
  return &spec;
}
