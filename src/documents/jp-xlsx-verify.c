/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-xlsx-verify.h"
#include "jp-xlsx-xml.h"

/* Cells with a value: a start of "v" or "is" within "c". */
static gboolean
count_cells (JpXlsxZip *zip, const char *part, guint64 *out_n_cells, GError **error)
{
  g_autoptr (JpXlsxXml) xml = jp_xlsx_xml_open (zip, part, NULL, error);
  guint64 n_cells = 0;

  while (xml != NULL)
    {
      JpXlsxXmlEvent event = jp_xlsx_xml_next (xml, error);

      if (event == JP_XLSX_XML_FAILED)
        return FALSE;

      if (event == JP_XLSX_XML_FINISHED)
        {
          *out_n_cells += n_cells;
          return TRUE;
        }

      n_cells +=
        event == JP_XLSX_XML_START && (jp_xlsx_xml_is (xml, "v") || jp_xlsx_xml_is (xml, "is"));
    }

  return FALSE;
}

static gboolean
verify_parts (const char *path, guint64 *out_n_cells, GError **error)
{
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  g_autoptr (GBytes) bytes = file != NULL ? g_mapped_file_get_bytes (file) : g_bytes_new (NULL, 0);
  g_autoptr (JpXlsxZip) zip = jp_xlsx_zip_new (bytes, JP_XLSX_ZIP_TRUSTED, error);
  g_auto (GStrv) parts = zip != NULL ? jp_xlsx_zip_dup_names (zip) : NULL;

  for (gsize i = 0; parts != NULL && parts[i] != NULL; i++)
    {
      if (!count_cells (zip, parts[i], out_n_cells, error))
        return FALSE;
    }

  return zip != NULL;
}

/**
 * jp_xlsx_verify_file:
 * @path: a workbook just written
 * @n_cells: how many cells were written
 * @error: return location for a #JpDocumentsError
 *
 * Reads a workbook again, because libxlsxwriter 1.1.4 does not notice when one of its temporary
 * files could not be written: every part must be whole, and every cell there.
 *
 * Returns: %TRUE, or %FALSE with %JP_DOCUMENTS_ERROR_NO_SPACE
 */
gboolean
jp_xlsx_verify_file (const char *path, guint64 n_cells, GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);

  g_autoptr (GError) reason = NULL;
  guint64 n_found = 0;

  if (verify_parts (path, &n_found, &reason) && n_found == n_cells)
    return TRUE;

  g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_NO_SPACE,
               "the workbook was not written completely: %s",
               reason != NULL ? reason->message : "cells are missing");
  return FALSE;
}
