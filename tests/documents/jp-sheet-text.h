/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-sheet.h"

G_BEGIN_DECLS

char    *jp_sheet_text_dump (const JpSheet *sheet);
JpSheet *jp_sheet_text_read_data (const char *name, GError **error);
void     jp_sheet_text_assert (JpSheet *sheet, const char *expected);
void     jp_sheet_text_check (JpSheet *sheet);

G_END_DECLS
