/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-form-row.h"

G_BEGIN_DECLS

/* The text of a switch that is on; off is "". */
#define JP_SWITCH_ROW_ON "1"

#define JP_TYPE_SWITCH_ROW (jp_switch_row_get_type ())

G_DECLARE_FINAL_TYPE (JpSwitchRow, jp_switch_row, JP, SWITCH_ROW, AdwActionRow)

GtkWidget *jp_switch_row_new (const char *title);

G_END_DECLS
