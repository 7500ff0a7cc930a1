/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-form-row.h"

G_BEGIN_DECLS

#define JP_TYPE_DATE_ROW (jp_date_row_get_type ())

G_DECLARE_FINAL_TYPE (JpDateRow, jp_date_row, JP, DATE_ROW, AdwEntryRow)

GtkWidget *jp_date_row_new (const char *title);

G_END_DECLS
