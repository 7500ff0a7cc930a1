/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-pages.h"

#include "jp-coaches.h"
#include "jp-expiry.h"
#include "jp-hours.h"
#include "jp-records-page.h"
#include "jp-refunds.h"

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

  jp_expiry_set_today (jp_store_today (jp_office_get_store (office)));
  jp_records_page_register (registry, office, jp_hours_get_spec ());
  jp_records_page_register (registry, office, jp_coaches_get_spec ());
  jp_records_page_register (registry, office, jp_refunds_get_spec ());
}
