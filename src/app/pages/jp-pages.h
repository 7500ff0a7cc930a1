/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-office.h"
#include "jp-page-registry.h"

G_BEGIN_DECLS

/* The one place that knows all pages. */

void jp_pages_register (JpPageRegistry *registry, JpOffice *office);

G_END_DECLS
