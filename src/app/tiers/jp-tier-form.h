/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-office.h"

G_BEGIN_DECLS

/* A draft is edited in place; what is on sale gets a next version. */

void jp_tier_form_new_tier (JpOffice *office);
void jp_tier_form_edit (JpOffice *office, JpRecord *tier);

G_END_DECLS
