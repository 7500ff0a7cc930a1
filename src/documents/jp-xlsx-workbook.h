/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-xlsx-zip.h"

G_BEGIN_DECLS

/**
 * JpXlsxWorkbook:
 * @sheet_name: (owned): name of the first visible worksheet
 * @sheet_part: (owned): name of the part with its cells
 * @strings_part: (owned) (nullable): name of the part with the shared strings
 * @styles_part: (owned) (nullable): name of the part with the styles
 * @is_1904: whether day 0 is 1904-01-01
 *
 * Where the pieces of a workbook are.
 */
typedef struct
{
  char    *sheet_name;
  char    *sheet_part;
  char    *strings_part;
  char    *styles_part;
  gboolean is_1904;
} JpXlsxWorkbook;

JpXlsxWorkbook *jp_xlsx_workbook_read (JpXlsxZip *zip, GCancellable *cancellable, GError **error);
void            jp_xlsx_workbook_free (JpXlsxWorkbook *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpXlsxWorkbook, jp_xlsx_workbook_free)

G_END_DECLS
