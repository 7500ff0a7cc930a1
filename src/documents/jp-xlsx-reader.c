/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-xlsx-reader.h"
#include "jp-sheet-builder.h"
#include "jp-xlsx-strings.h"
#include "jp-xlsx-styles.h"
#include "jp-xlsx-workbook.h"
#include "jp-xlsx-worksheet.h"
#include "jp-xlsx-xml.h"

static gboolean
read_strings (JpXlsxZip      *zip,
              const char     *part,
              JpSheetBuilder *builder,
              GCancellable   *cancellable,
              GPtrArray     **out_strings,
              GError        **error)
{
  if (part == NULL)
    return TRUE;

  g_autoptr (JpXlsxXml) xml = jp_xlsx_xml_open (zip, part, cancellable, error);

  *out_strings = xml != NULL ? jp_xlsx_strings_read (xml, builder, error) : NULL;
  return *out_strings != NULL;
}

static gboolean
read_styles (JpXlsxZip    *zip,
             const char   *part,
             GCancellable *cancellable,
             GArray      **out_formats,
             GError      **error)
{
  if (part == NULL)
    return TRUE;

  g_autoptr (JpXlsxXml) xml = jp_xlsx_xml_open (zip, part, cancellable, error);

  *out_formats = xml != NULL ? jp_xlsx_styles_read (xml, error) : NULL;
  return *out_formats != NULL;
}

/**
 * jp_xlsx_reader_read:
 * @bytes: the contents of an .xlsx file
 * @cancellable: (nullable): to stop reading
 * @error: return location for a #JpDocumentsError or %G_IO_ERROR_CANCELLED
 *
 * Reads the first visible worksheet of a workbook. Any thread.
 *
 * Returns: (transfer full): the sheet, or %NULL with %JP_DOCUMENTS_ERROR_INVALID,
 *   %JP_DOCUMENTS_ERROR_UNSUPPORTED, %JP_DOCUMENTS_ERROR_ENCRYPTED or
 *   %JP_DOCUMENTS_ERROR_TOO_LARGE
 */
JpSheet *
jp_xlsx_reader_read (GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  g_autoptr (JpXlsxZip) zip = jp_xlsx_zip_new (bytes, JP_SHEET_MAX_INFLATED_BYTES, error);

  if (zip == NULL)
    return NULL;

  g_autoptr (JpXlsxWorkbook) workbook = jp_xlsx_workbook_read (zip, cancellable, error);
  g_autoptr (JpSheetBuilder) builder = jp_sheet_builder_new ();
  g_autoptr (GPtrArray) strings = NULL;
  g_autoptr (GArray) formats = NULL;

  if (workbook == NULL ||
      !read_strings (zip, workbook->strings_part, builder, cancellable, &strings, error) ||
      !read_styles (zip, workbook->styles_part, cancellable, &formats, error))
    return NULL;

  JpXlsxShared shared = { strings, formats, workbook->is_1904 };
  g_autoptr (JpXlsxXml) xml = jp_xlsx_xml_open (zip, workbook->sheet_part, cancellable, error);

  if (xml == NULL || !jp_xlsx_worksheet_read (xml, &shared, builder, error))
    return NULL;

  jp_sheet_builder_set_name (builder, workbook->sheet_name);
  return jp_sheet_builder_end (builder);
}
