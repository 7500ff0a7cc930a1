/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-sheet-builder.h"
#include "jp-xlsx-xml.h"

G_BEGIN_DECLS

GPtrArray *jp_xlsx_strings_read (JpXlsxXml *xml, JpSheetBuilder *builder, GError **error);
gboolean
jp_xlsx_strings_read_item (JpXlsxXml *xml, const char *element, GString *out_text, GError **error);
char *jp_xlsx_strings_escape (const char *text);
void  jp_xlsx_strings_unescape (GString *text);

G_END_DECLS
