/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-xlsx-worksheet.h"
#include "jp-xlsx-format.h"
#include "jp-xlsx-strings.h"

#include <math.h>
#include <string.h>

#define MAX_MERGES         65536u
#define MAX_COLUMN_LETTERS 3u

/**
 * CellType:
 *
 * How the value of a cell is to be read: attribute `t`.
 */
typedef enum {
  CELL_TYPE_NUMBER,
  CELL_TYPE_SHARED_STRING,
  CELL_TYPE_STRING,
  CELL_TYPE_INLINE_STRING,
  CELL_TYPE_BOOLEAN,
  CELL_TYPE_ERROR,
  CELL_TYPE_DATE,
} CellType;

typedef struct
{
  JpXlsxXml          *xml;     /* (borrowed) */
  const JpXlsxShared *shared;  /* (borrowed) */
  JpSheetBuilder     *builder; /* (borrowed) */
  GArray             *merges;  /* (owned) (element-type JpSheetMerge) */
  GString            *value;   /* (owned): of the cell being read */
  guint               row;     /* number of the row being read or read last; 0 = none yet */
  guint               column;  /* of the next cell, unless it names its own */
  CellType            type;    /* of the cell being read */
  guint               style;
} WorksheetReader;

static void
worksheet_reader_clear (WorksheetReader *self)
{
  g_array_unref (self->merges);
  g_string_free (self->value, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WorksheetReader, worksheet_reader_clear)

static gboolean
set_malformed (WorksheetReader *self, const char *what, GError **error)
{
  g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_INVALID, "%s near row %u is malformed",
               what, self->row);
  return FALSE;
}

/* "AB12": column 27, row 12. Returns the position behind it, or NULL. */
static const char *
parse_reference (const char *text, guint *out_row, guint *out_column)
{
  guint   column = 0;
  guint   n_letters = 0;
  guint64 row = 0;

  for (; g_ascii_isalpha (*text) && n_letters <= MAX_COLUMN_LETTERS; text++, n_letters++)
    column = column * 26 + (guint)(g_ascii_toupper (*text) - 'A') + 1;

  if (n_letters == 0 || n_letters > MAX_COLUMN_LETTERS)
    return NULL;

  for (; g_ascii_isdigit (*text) && row <= G_MAXINT; text++)
    row = row * 10 + (guint64)g_ascii_digit_value (*text);

  if (row == 0 || row > G_MAXINT)
    return NULL;

  *out_column = column - 1;
  *out_row = (guint)row;
  return text;
}

static gboolean
read_merge (WorksheetReader *self, GError **error)
{
  const char  *text = jp_xlsx_xml_get_attribute (self->xml, "ref");
  JpSheetMerge merge = { 0 };

  if (self->merges->len >= MAX_MERGES)
    {
      g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_TOO_LARGE,
                   "the worksheet has more than %u merged cells", MAX_MERGES);
      return FALSE;
    }

  if (text != NULL)
    text = parse_reference (text, &merge.first_row, &merge.first_column);

  if (text != NULL && *text == ':')
    text = parse_reference (text + 1, &merge.last_row, &merge.last_column);

  if (text == NULL || *text != '\0' || merge.last_row < merge.first_row ||
      merge.last_column < merge.first_column)
    return set_malformed (self, "a merged cell", error);

  g_array_append_val (self->merges, merge);
  return TRUE;
}

static CellType
parse_type (const char *text)
{
  static const struct
  {
    const char *name;
    CellType    type;
  } types[] = {
    { "s", CELL_TYPE_SHARED_STRING }, { "str", CELL_TYPE_STRING },
    { "b", CELL_TYPE_BOOLEAN },       { "inlineStr", CELL_TYPE_INLINE_STRING },
    { "e", CELL_TYPE_ERROR },         { "d", CELL_TYPE_DATE },
  };

  for (gsize i = 0; text != NULL && i < G_N_ELEMENTS (types); i++)
    {
      if (g_str_equal (text, types[i].name))
        return types[i].type;
    }

  return CELL_TYPE_NUMBER;
}

static guint
parse_number_attribute (const char *text, guint fallback)
{
  guint64 number = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &number, NULL))
    return fallback;

  return (guint)number;
}

static gboolean
begin_cell (WorksheetReader *self, GError **error)
{
  const char *reference = jp_xlsx_xml_get_attribute (self->xml, "r");
  guint       row = 0;

  if (reference != NULL && parse_reference (reference, &row, &self->column) == NULL)
    return set_malformed (self, "the name of a cell", error);

  if (reference != NULL && row != self->row)
    return set_malformed (self, "the name of a cell", error);

  self->type = parse_type (jp_xlsx_xml_get_attribute (self->xml, "t"));
  self->style = parse_number_attribute (jp_xlsx_xml_get_attribute (self->xml, "s"), 0);
  g_string_truncate (self->value, 0);
  return TRUE;
}

static const char *
lookup_string (WorksheetReader *self, GError **error)
{
  const GPtrArray *strings = self->shared->strings;
  guint            index = parse_number_attribute (self->value->str, G_MAXUINT);

  if (strings == NULL || index >= strings->len)
    {
      set_malformed (self, "the text of a cell", error);
      return NULL;
    }

  const char *text = g_ptr_array_index (strings, index);

  if (text == NULL)
    g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_TOO_LARGE,
                 "a cell of row %u has more than %u bytes", self->row, JP_SHEET_MAX_CELL_BYTES);

  return text;
}

/* A value that is no number stays as it is: whoever imports it sees what is wrong. */
static const char *
format_number (WorksheetReader *self, JpSheetCellFlags *out_flags, GError **error)
{
  const GArray *formats = self->shared->formats;
  JpXlsxFormat  format = { .kind = JP_XLSX_FORMAT_NUMBER };
  char         *end = NULL;
  double        value = g_ascii_strtod (self->value->str, &end);

  if (end == self->value->str || *end != '\0' || !isfinite (value))
    return jp_sheet_builder_intern (self->builder, self->value->str, self->value->len, error);

  if (formats != NULL && self->style < formats->len)
    format = g_array_index (formats, JpXlsxFormat, self->style);

  g_autofree char *text = jp_xlsx_format_number (format, value, self->shared->is_1904, out_flags);

  return jp_sheet_builder_intern (self->builder, text, strlen (text), error);
}

/* ISO 8601 already; brought to the form that jp_xlsx_format_number() writes. */
static void
simplify_date (GString *value)
{
  char *separator = strchr (value->str, 'T');

  if (separator == NULL)
    return;

  if (g_str_has_prefix (separator, "T00:00:00"))
    g_string_truncate (value, (gsize)(separator - value->str));
  else
    *separator = ' ';
}

static const char *
resolve_value (WorksheetReader *self, JpSheetCellFlags *out_flags, GError **error)
{
  switch (self->type)
    {
    case CELL_TYPE_SHARED_STRING:
      return lookup_string (self, error);

    case CELL_TYPE_NUMBER:
      return format_number (self, out_flags, error);

    case CELL_TYPE_BOOLEAN:
      return g_str_equal (self->value->str, "1") ? "TRUE" : "FALSE";

    case CELL_TYPE_ERROR:
      *out_flags = JP_SHEET_CELL_ERROR;
      break;

    case CELL_TYPE_DATE:
      simplify_date (self->value);
      *out_flags = JP_SHEET_CELL_DATE;
      break;

    case CELL_TYPE_STRING:
      jp_xlsx_strings_unescape (self->value);
      break;

    case CELL_TYPE_INLINE_STRING:
    default:
      break;
    }

  return jp_sheet_builder_intern (self->builder, self->value->str, self->value->len, error);
}

static gboolean
end_cell (WorksheetReader *self, GError **error)
{
  JpSheetCellFlags flags = 0;

  if (self->value->len > 0)
    {
      const char *text = resolve_value (self, &flags, error);

      if (text == NULL ||
          !jp_sheet_builder_set_cell (self->builder, self->column, text, flags, error))
        return FALSE;
    }

  self->column++;
  return TRUE;
}

static gboolean
append_value (WorksheetReader *self, GError **error)
{
  g_string_append (self->value, jp_xlsx_xml_get_text (self->xml));
  if (self->value->len <= JP_SHEET_MAX_CELL_BYTES)
    return TRUE;

  g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_TOO_LARGE,
               "a cell of row %u has more than %u bytes", self->row, JP_SHEET_MAX_CELL_BYTES);
  return FALSE;
}

static gboolean
read_cell (WorksheetReader *self, GError **error)
{
  gboolean in_value = FALSE;

  if (!begin_cell (self, error))
    return FALSE;

  while (TRUE)
    {
      switch (jp_xlsx_xml_next (self->xml, error))
        {
        case JP_XLSX_XML_START:
          in_value = jp_xlsx_xml_is (self->xml, "v");
          if (jp_xlsx_xml_is (self->xml, "is") &&
              !jp_xlsx_strings_read_item (self->xml, "is", self->value, error))
            return FALSE;
          break;

        case JP_XLSX_XML_TEXT:
          if (in_value && !append_value (self, error))
            return FALSE;
          break;

        case JP_XLSX_XML_END:
          in_value = FALSE;
          if (jp_xlsx_xml_is (self->xml, "c"))
            return end_cell (self, error);
          break;

        case JP_XLSX_XML_FINISHED:
        case JP_XLSX_XML_FAILED:
        default:
          return FALSE;
        }
    }
}

static gboolean
read_row (WorksheetReader *self, GError **error)
{
  const char *number = jp_xlsx_xml_get_attribute (self->xml, "r");

  self->row = parse_number_attribute (number, self->row + 1);
  self->column = 0;
  if (!jp_sheet_builder_begin_row (self->builder, self->row, error))
    return FALSE;

  while (TRUE)
    {
      switch (jp_xlsx_xml_next (self->xml, error))
        {
        case JP_XLSX_XML_START:
          if (jp_xlsx_xml_is (self->xml, "c") && !read_cell (self, error))
            return FALSE;
          break;

        case JP_XLSX_XML_END:
          if (jp_xlsx_xml_is (self->xml, "row"))
            return jp_sheet_builder_end_row (self->builder, error);
          break;

        case JP_XLSX_XML_TEXT:
          break;

        case JP_XLSX_XML_FINISHED:
        case JP_XLSX_XML_FAILED:
        default:
          return FALSE;
        }
    }
}

static gboolean
read_rows (WorksheetReader *self, GError **error)
{
  gboolean in_data = FALSE;

  while (TRUE)
    {
      JpXlsxXmlEvent event = jp_xlsx_xml_next (self->xml, error);

      if (event == JP_XLSX_XML_FAILED)
        return FALSE;

      if (event == JP_XLSX_XML_FINISHED)
        return TRUE;

      if (event == JP_XLSX_XML_TEXT)
        continue;

      if (jp_xlsx_xml_is (self->xml, "sheetData"))
        in_data = event == JP_XLSX_XML_START;
      else if (event == JP_XLSX_XML_START && in_data && jp_xlsx_xml_is (self->xml, "row") &&
               !read_row (self, error))
        return FALSE;
      else if (event == JP_XLSX_XML_START && jp_xlsx_xml_is (self->xml, "mergeCell") &&
               !read_merge (self, error))
        return FALSE;
    }
}

/**
 * jp_xlsx_worksheet_read:
 * @xml: a walk through the part with the cells
 * @shared: what the cells refer to
 * @builder: gets the rows
 * @error: return location for a #JpDocumentsError or %G_IO_ERROR_CANCELLED
 *
 * Reads the cells of a worksheet: for a formula the result that the spreadsheet program saved.
 *
 * Returns: %TRUE, or %FALSE with %JP_DOCUMENTS_ERROR_INVALID or %JP_DOCUMENTS_ERROR_TOO_LARGE
 */
gboolean
jp_xlsx_worksheet_read (JpXlsxXml          *xml,
                        const JpXlsxShared *shared,
                        JpSheetBuilder     *builder,
                        GError            **error)
{
  g_return_val_if_fail (xml != NULL, FALSE);
  g_return_val_if_fail (shared != NULL, FALSE);
  g_return_val_if_fail (builder != NULL, FALSE);

  g_auto (WorksheetReader) self = {
    .xml = xml,
    .shared = shared,
    .builder = builder,
    .merges = g_array_new (FALSE, FALSE, sizeof (JpSheetMerge)),
    .value = g_string_new (NULL),
  };

  return read_rows (&self, error) &&
         jp_sheet_builder_apply_merges (builder, (const JpSheetMerge *)self.merges->data,
                                        self.merges->len, error);
}
