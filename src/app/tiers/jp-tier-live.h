/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-office.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What the linter says of a class tier while it is typed, and what would be released of it. */

#define JP_TYPE_TIER_LIVE (jp_tier_live_get_type ())

G_DECLARE_FINAL_TYPE (JpTierLive, jp_tier_live, JP, TIER_LIVE, AdwBin)

GtkWidget  *jp_tier_live_new (JpOffice *office);
void        jp_tier_live_follow (JpTierLive *self, JpRecord *tier);
const char *jp_tier_live_get_text (JpTierLive *self);

G_END_DECLS
