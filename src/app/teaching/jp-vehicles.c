/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-vehicles.h"

#include "jp-codes.h"
#include "jp-expiry.h"
#include "jp-vehicle-detail.h"

#include <glib/gi18n-lib.h>

static void
bind_licence (JpRow *row, JpCell *cell)
{
  const char *type = jp_record_get_text (jp_row_get_record (row), JP_VEHICLE_LICENCE_TYPE);

  if (type != NULL)
    jp_cell_set_pill (cell, type, JP_TINT_MUTE);
}

static void
bind_inspected (JpRow *row, JpCell *cell)
{
  jp_expiry_fill_cell (cell,
                       jp_record_get_date (jp_row_get_record (row), JP_VEHICLE_INSPECTED_UNTIL));
}

static void
bind_insured (JpRow *row, JpCell *cell)
{
  jp_expiry_fill_cell (cell,
                       jp_record_get_date (jp_row_get_record (row), JP_VEHICLE_INSURED_UNTIL));
}

static void
bind_terminal (JpRow *row, JpCell *cell)
{
  jp_cell_set_text (cell, jp_row_get_bound_title (row));
}

static const JpRecordsColumn columns[] = {
  { "plate", JP_VEHICLE_PLATE, NULL, 10, JP_COLUMN_TEXT, TRUE, NULL },
  { "licence", JP_VEHICLE_LICENCE_TYPE, NC_ ("column", "Type"), 5, JP_COLUMN_PILL, FALSE,
    bind_licence, 3 },
  { "brand", JP_VEHICLE_BRAND, NULL, 10, JP_COLUMN_TEXT, FALSE, NULL, 1 },
  { "model", JP_VEHICLE_MODEL, NULL, 10, JP_COLUMN_TEXT, FALSE, NULL, 2 },
  { "terminal", 0, NC_ ("column", "Terminal"), 13, JP_COLUMN_TEXT, FALSE, bind_terminal, 4 },
  { "inspected", JP_VEHICLE_INSPECTED_UNTIL, NULL, 12, JP_COLUMN_PILL, FALSE, bind_inspected },
  { "insured", JP_VEHICLE_INSURED_UNTIL, NULL, 12, JP_COLUMN_PILL, FALSE, bind_insured },
  { "status", JP_VEHICLE_STATUS, NULL, 8, JP_COLUMN_PILL, FALSE, NULL },
};

static void
narrow_expiring (JpQuery *query, JpDate today)
{
  jp_query_where_text (query, JP_VEHICLE_STATUS, JP_QUERY_EQUAL, "in-use");
  jp_query_where_integer (query, JP_VEHICLE_INSPECTED_UNTIL, JP_QUERY_LESS,
                          jp_date_add_days (today, JP_EXPIRY_NOW_DAYS));
}

static const JpRecordsView views[] = {
  { "in-use", NC_ ("view", "In use"), JP_VEHICLE_STATUS, "in-use" },
  { "expiring", NC_ ("view", "Expiring"), .narrow = narrow_expiring },
  { "all", NC_ ("view", "All") },
  { "waiting", NC_ ("view", "To be sent"), .rows = JP_QUERY_WAITING },
};

static const JpRecordsSpec spec = {
  .place = "vehicles",
  .kind = JP_KIND_VEHICLE,
  .primary = NC_ ("button", "New Vehicle"),
  .can_edit = TRUE,
  .can_delete = TRUE,
  .views = views,
  .n_views = G_N_ELEMENTS (views),
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .order = JP_VEHICLE_PLATE,
  .descending = FALSE,
  .empty_icon = "jp-vehicle-symbolic",
  .empty_title = N_ ("No vehicles yet"),
  .empty_text = N_ ("Add the first training vehicle with Ctrl+N."),
  .new_detail = jp_vehicle_detail_new,
};

/**
 * jp_vehicles_get_spec:
 *
 * Returns: (transfer none): the page Vehicles
 */
const JpRecordsSpec *
jp_vehicles_get_spec (void)
{
  return &spec;
}
