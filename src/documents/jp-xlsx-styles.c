/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-xlsx-styles.h"

#include <string.h>

#define MAX_FORMATS 65536u /* Excel allows 65,490 */

typedef struct
{
  GHashTable *codes;   /* (owned): id of a number format → JpXlsxFormat (owned) */
  GArray     *formats; /* (owned) (element-type JpXlsxFormat): by style */
  gboolean    in_cell_formats;
} StylesReader;

static void
styles_reader_clear (StylesReader *self)
{
  g_hash_table_unref (self->codes);
  g_clear_pointer (&self->formats, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StylesReader, styles_reader_clear)

static gboolean
get_id (JpXlsxXml *xml, guint *out_id)
{
  const char *text = jp_xlsx_xml_get_attribute (xml, "numFmtId");
  guint64     id = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &id, NULL))
    return FALSE;

  *out_id = (guint)id;
  return TRUE;
}

static void
read_code (StylesReader *self, JpXlsxXml *xml)
{
  guint       id = 0;
  gboolean    has_id = get_id (xml, &id);
  const char *code = jp_xlsx_xml_get_attribute (xml, "formatCode");

  if (!has_id || code == NULL || g_hash_table_size (self->codes) >= MAX_FORMATS)
    return;

  JpXlsxFormat format = jp_xlsx_format_from_code (code);

  g_hash_table_insert (self->codes, GUINT_TO_POINTER (id), g_memdup2 (&format, sizeof format));
}

static gboolean
read_style (StylesReader *self, JpXlsxXml *xml, GError **error)
{
  guint        id = 0;
  JpXlsxFormat format = { .kind = JP_XLSX_FORMAT_NUMBER };

  if (self->formats->len >= MAX_FORMATS)
    {
      g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_TOO_LARGE,
                   "the workbook has more than %u styles", MAX_FORMATS);
      return FALSE;
    }

  if (get_id (xml, &id))
    {
      const JpXlsxFormat *custom = g_hash_table_lookup (self->codes, GUINT_TO_POINTER (id));

      format = custom != NULL ? *custom : jp_xlsx_format_from_id (id);
    }

  g_array_append_val (self->formats, format);
  return TRUE;
}

/**
 * jp_xlsx_styles_read:
 * @xml: a walk through the part with the styles
 * @error: return location for a #JpDocumentsError
 *
 * Reads what the styles that cells refer to by number make of a number.
 *
 * Returns: (transfer full) (element-type JpXlsxFormat): the formats, or %NULL with an error
 */
GArray *
jp_xlsx_styles_read (JpXlsxXml *xml, GError **error)
{
  g_return_val_if_fail (xml != NULL, NULL);

  g_auto (StylesReader) self = {
    .codes = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, g_free),
    .formats = g_array_new (FALSE, FALSE, sizeof (JpXlsxFormat)),
  };

  while (TRUE)
    {
      JpXlsxXmlEvent event = jp_xlsx_xml_next (xml, error);

      if (event == JP_XLSX_XML_FAILED)
        return NULL;

      if (event == JP_XLSX_XML_FINISHED)
        return g_steal_pointer (&self.formats);

      if (event == JP_XLSX_XML_TEXT)
        continue;

      if (jp_xlsx_xml_is (xml, "cellXfs"))
        self.in_cell_formats = event == JP_XLSX_XML_START;
      else if (event == JP_XLSX_XML_START && jp_xlsx_xml_is (xml, "numFmt"))
        read_code (&self, xml);
      else if (event == JP_XLSX_XML_START && self.in_cell_formats && jp_xlsx_xml_is (xml, "xf") &&
               !read_style (&self, xml, error))
        return NULL;
    }
}
