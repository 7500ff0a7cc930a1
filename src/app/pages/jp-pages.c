/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-pages.h"

#include "jp-coaches.h"
#include "jp-contracts.h"
#include "jp-finance-page.h"
#include "jp-hours.h"
#include "jp-records-page.h"
#include "jp-refunds.h"
#include "jp-school-page.h"
#include "jp-statements-page.h"
#include "jp-sync-page.h"
#include "jp-terminals.h"
#include "jp-tiers.h"
#include "jp-today-page.h"
#include "jp-trainee-hours.h"
#include "jp-trainees.h"
#include "jp-transfers.h"
#include "jp-vehicles.h"

/**
 * jp_pages_register:
 * @registry: the pages of the window
 * @office: the office
 *
 * Makes every page known; each is created on the first visit.
 */
void
jp_pages_register (JpPageRegistry *registry, JpOffice *office)
{
  g_return_if_fail (JP_IS_PAGE_REGISTRY (registry));
  g_return_if_fail (JP_IS_OFFICE (office));

  jp_trainee_hours_load (jp_office_get_store (office));
  jp_board_page_register (registry, office, "today", JP_TYPE_TODAY_PAGE);
  jp_records_page_register (registry, office, jp_trainees_get_spec ());
  jp_records_page_register (registry, office, jp_contracts_get_spec ());
  jp_records_page_register (registry, office, jp_tiers_get_spec ());
  jp_records_page_register (registry, office, jp_hours_get_spec ());
  jp_records_page_register (registry, office, jp_coaches_get_spec ());
  jp_records_page_register (registry, office, jp_vehicles_get_spec ());
  jp_records_page_register (registry, office, jp_terminals_get_spec ());
  jp_records_page_register (registry, office, jp_refunds_get_spec ());
  jp_records_page_register (registry, office, jp_transfers_get_spec ());
  jp_board_page_register (registry, office, "finance", JP_TYPE_FINANCE_PAGE);
  jp_board_page_register (registry, office, "school", JP_TYPE_SCHOOL_PAGE);
  jp_statements_page_register (registry, office);
  jp_board_page_register (registry, office, "sync", JP_TYPE_SYNC_PAGE);
}
