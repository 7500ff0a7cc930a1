/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-place.h"
#include "jp-tint.h"

G_BEGIN_DECLS

#define JP_TYPE_SIDEBAR_ROW (jp_sidebar_row_get_type ())

G_DECLARE_FINAL_TYPE (JpSidebarRow, jp_sidebar_row, JP, SIDEBAR_ROW, GtkListBoxRow)

GtkWidget     *jp_sidebar_row_new (const JpPlace *place);
const JpPlace *jp_sidebar_row_get_place (JpSidebarRow *self);
void           jp_sidebar_row_set_badge (JpSidebarRow *self, guint n_waiting, JpTint tint);

G_END_DECLS
