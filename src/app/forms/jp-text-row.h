/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-form-row.h"

G_BEGIN_DECLS

#define JP_TYPE_TEXT_ROW (jp_text_row_get_type ())

G_DECLARE_FINAL_TYPE (JpTextRow, jp_text_row, JP, TEXT_ROW, AdwPreferencesRow)

GtkWidget *jp_text_row_new (const char *title);

G_END_DECLS
