/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-pages.h"

/**
 * jp_pages_register:
 * @registry: the pages of the window
 * @office: what they work with
 *
 * Makes every page known; each is created on the first visit.
 */
void
jp_pages_register (JpPageRegistry *registry, JpOffice *office)
{
  g_return_if_fail (JP_IS_PAGE_REGISTRY (registry));
  g_return_if_fail (JP_IS_OFFICE (office));
}
