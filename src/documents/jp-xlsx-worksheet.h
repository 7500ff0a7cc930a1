/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-sheet-builder.h"
#include "jp-xlsx-xml.h"

G_BEGIN_DECLS

/**
 * JpXlsxShared:
 * @strings: (nullable) (element-type utf8): texts that cells refer to by number
 * @formats: (nullable) (element-type JpXlsxFormat): formats that cells refer to by number
 * @is_1904: whether day 0 is 1904-01-01
 *
 * What the cells of a worksheet share with the rest of the workbook.
 */
typedef struct
{
  GPtrArray *strings;
  GArray    *formats;
  gboolean   is_1904;
} JpXlsxShared;

gboolean jp_xlsx_worksheet_read (JpXlsxXml          *xml,
                                 const JpXlsxShared *shared,
                                 JpSheetBuilder     *builder,
                                 GError            **error);

G_END_DECLS
