/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-csv-reader.h"
#include "jp-csv-guard.h"
#include "jp-csv-text.h"
#include "jp-sheet-builder.h"

#include <string.h>

#define CANCEL_CHECK_ROWS 1024u

typedef struct
{
  JpSheetBuilder *builder; /* (borrowed) */
  GString        *field;   /* (owned): the field being read */
  const char     *next;    /* (borrowed): where reading goes on */
  guint           number;  /* of the record being read, from 1 */
  char            delimiter;
  char            stops[4]; /* what ends a field without quotes */
} CsvReader;

static void
csv_reader_clear (CsvReader *self)
{
  g_string_free (self->field, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CsvReader, csv_reader_clear)

static const char *
end_of_record (const char *text)
{
  gboolean in_quotes = FALSE;

  for (; *text != '\0' && (in_quotes || (*text != '\r' && *text != '\n')); text++)
    {
      if (*text == '"')
        in_quotes = !in_quotes;
    }

  return text;
}

static const char *
skip_line_end (const char *text)
{
  if (text[0] == '\r' && text[1] == '\n')
    return text + 2;

  return *text == '\r' || *text == '\n' ? text + 1 : text;
}

static char
most_frequent_delimiter (const char *record, const char *end)
{
  static const char candidates[] = { ',', ';', '\t' };
  guint             counts[G_N_ELEMENTS (candidates)] = { 0 };
  gboolean          in_quotes = FALSE;
  gsize             best = 0;

  for (; record < end; record++)
    {
      if (*record == '"')
        in_quotes = !in_quotes;

      for (gsize i = 0; !in_quotes && i < G_N_ELEMENTS (candidates); i++)
        counts[i] += *record == candidates[i];
    }

  for (gsize i = 1; i < G_N_ELEMENTS (candidates); i++)
    {
      if (counts[i] > counts[best])
        best = i;
    }

  return counts[best] > 0 ? candidates[best] : '\0';
}

/* The header tells: it is the first record that has a delimiter at all, since a title has none. */
static char
detect_delimiter (const char *text)
{
  for (guint i = 0; *text != '\0' && i < JP_SHEET_MAX_HEADER_DEPTH; i++)
    {
      const char *end = end_of_record (text);
      char        delimiter = most_frequent_delimiter (text, end);

      if (delimiter != '\0')
        return delimiter;

      text = skip_line_end (end);
    }

  return ',';
}

/* Excel's own hint, e.g. "sep=;", is a line of its own that Excel does not count. */
static const char *
skip_separator_hint (const char *text, char *out_delimiter)
{
  if (g_ascii_strncasecmp (text, "sep=", 4) != 0 || text[4] == '\0' ||
      strchr (",;\t", text[4]) == NULL || strchr ("\r\n", text[5]) == NULL)
    return text;

  *out_delimiter = text[4];
  return skip_line_end (text + 5);
}

static gboolean
read_quoted (CsvReader *self, GError **error)
{
  g_assert (*self->next == '"');

  self->next++;
  while (TRUE)
    {
      const char *quote = strchr (self->next, '"');

      if (quote == NULL)
        {
          g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_INVALID,
                       "a quoted field of row %u does not end", self->number);
          return FALSE;
        }

      g_string_append_len (self->field, self->next, quote - self->next);
      self->next = quote + 1;
      if (*self->next != '"')
        return TRUE;

      g_string_append_c (self->field, '"');
      self->next++;
    }
}

/* Excel users protect leading zeros by writing ="0123". */
static void
unwrap_text_formula (GString *field)
{
  if (field->len < 3 || !g_str_has_prefix (field->str, "=\"") || field->str[field->len - 1] != '"')
    return;

  g_string_truncate (field, field->len - 1);
  g_string_erase (field, 0, 2);
  g_string_replace (field, "\"\"", "\"", 0);
}

static gboolean
read_field (CsvReader *self, guint column, GError **error)
{
  g_string_truncate (self->field, 0);
  if (*self->next == '"' && !read_quoted (self, error))
    return FALSE;

  gsize n_plain = strcspn (self->next, self->stops);

  g_string_append_len (self->field, self->next, (gssize)n_plain);
  self->next += n_plain;

  const char *text = jp_csv_guard_strip (self->field->str);

  if (text == self->field->str)
    unwrap_text_formula (self->field);

  const char *interned =
    jp_sheet_builder_intern (self->builder, text,
                             self->field->len - (gsize)(text - self->field->str), error);

  return interned != NULL && jp_sheet_builder_set_cell (self->builder, column, interned, 0, error);
}

static gboolean
read_record (CsvReader *self, GError **error)
{
  if (!jp_sheet_builder_begin_row (self->builder, ++self->number, error))
    return FALSE;

  for (guint column = 0;; column++)
    {
      if (!read_field (self, column, error))
        return FALSE;

      if (*self->next != self->delimiter)
        break;

      self->next++;
    }

  self->next = skip_line_end (self->next);
  return jp_sheet_builder_end_row (self->builder, error);
}

/* Web back offices like to name a web page .xls or .csv. */
static gboolean
is_markup (const char *text)
{
  static const char *const beginnings[] = { "<?xml", "<!doctype", "<html",
                                            "<head", "<meta",     "<table" };

  text += strspn (text, " \t\r\n");
  for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      if (g_ascii_strncasecmp (text, beginnings[i], strlen (beginnings[i])) == 0)
        return TRUE;
    }

  return FALSE;
}

static JpSheet *
read_text (const char *text, const char *encoding, GCancellable *cancellable, GError **error)
{
  g_autoptr (JpSheetBuilder) builder = jp_sheet_builder_new ();
  g_auto (CsvReader) reader = { .builder = builder, .field = g_string_new (NULL) };

  jp_sheet_builder_set_encoding (builder, encoding);
  reader.next = skip_separator_hint (text, &reader.delimiter);
  if (reader.delimiter == '\0')
    reader.delimiter = detect_delimiter (text);

  reader.stops[0] = reader.delimiter;
  reader.stops[1] = '\r';
  reader.stops[2] = '\n';

  while (*reader.next != '\0')
    {
      if (reader.number % CANCEL_CHECK_ROWS == 0 &&
          g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;

      if (!read_record (&reader, error))
        return NULL;
    }

  return jp_sheet_builder_end (builder);
}

/**
 * jp_csv_reader_read:
 * @bytes: the contents of a text file
 * @cancellable: (nullable): to stop reading
 * @error: return location for a #JpDocumentsError or %G_IO_ERROR_CANCELLED
 *
 * Reads a table of text fields separated by commas, semicolons or tabs (whichever the header has
 * most of), quoted as in RFC 4180: quotes doubled, line ends within quotes allowed. Guards put by
 * our own writer are taken away, and Excel's `="0123"` is read as the text it means. Any thread.
 *
 * Returns: (transfer full): the sheet, or %NULL with %JP_DOCUMENTS_ERROR_ENCODING,
 *   %JP_DOCUMENTS_ERROR_INVALID (a quote does not end), %JP_DOCUMENTS_ERROR_UNSUPPORTED (a web page
 *   or XML) or %JP_DOCUMENTS_ERROR_TOO_LARGE
 */
JpSheet *
jp_csv_reader_read (GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  const char      *encoding = NULL;
  g_autofree char *text = jp_csv_text_decode (bytes, &encoding, error);

  if (text == NULL)
    return NULL;

  if (is_markup (text))
    {
      g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_UNSUPPORTED,
                   "the file is a web page or XML, not a table: save it as .xlsx");
      return NULL;
    }

  return read_text (text, encoding, cancellable, error);
}
