/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sheet-sink.h"
#include "jp-csv-guard.h"
#include "jp-documents-error-private.h"
#include "jp-safe-file.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf" /* without it Excel takes UTF-8 for GBK */
#define FLUSH_BYTES     (64u * 1024u)

typedef struct
{
  JpSheetSink parent;
  JpSafeFile *file;   /* (owned) */
  GString    *buffer; /* (owned): not yet written */
} CsvSink;

/* More than RFC 4180 asks for: what would mislead a reader about the delimiter or the kind of file,
 * and what some programs trim. */
static gboolean
needs_quotes (const char *text)
{
  return strpbrk (text, ",;\t\"\r\n") != NULL || *text == ' ' || *text == '<' ||
         g_str_has_suffix (text, " ") || g_ascii_strncasecmp (text, "sep=", 4) == 0;
}

static void
append_field (GString *line, const char *text, gboolean is_text)
{
  gboolean is_quoted = needs_quotes (text);

  if (is_quoted)
    g_string_append_c (line, '"');

  if (is_text && jp_csv_guard_is_needed (text))
    g_string_append_c (line, '\'');

  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (line, '"');

      g_string_append_c (line, *text);
    }

  if (is_quoted)
    g_string_append_c (line, '"');
}

static gboolean
flush (CsvSink *self, GError **error)
{
  gboolean is_written =
    jp_safe_file_write (self->file, self->buffer->str, self->buffer->len, error) ||
    jp_documents_error_translate (error);

  g_string_truncate (self->buffer, 0);
  return is_written;
}

static gboolean
csv_sink_begin (JpSheetSink *sink, GError **error)
{
  CsvSink *self = (CsvSink *)sink;

  g_string_append (self->buffer, BYTE_ORDER_MARK);
  for (guint i = 0; i < sink->n_columns; i++)
    {
      if (i > 0)
        g_string_append_c (self->buffer, ',');

      append_field (self->buffer, sink->columns[i].label, TRUE);
    }

  g_string_append (self->buffer, "\r\n");
  return flush (self, error);
}

static gboolean
csv_sink_add_row (JpSheetSink *sink, const JpSheetValue *values, GError **error)
{
  CsvSink *self = (CsvSink *)sink;

  for (guint i = 0; i < sink->n_columns; i++)
    {
      g_autofree char *text = jp_sheet_sink_format (&values[i]);

      if (i > 0)
        g_string_append_c (self->buffer, ',');

      append_field (self->buffer, text, values[i].type == JP_SHEET_VALUE_TEXT);
    }

  g_string_append (self->buffer, "\r\n");
  return self->buffer->len < FLUSH_BYTES || flush (self, error);
}

static gboolean
csv_sink_end (JpSheetSink *sink, GError **error)
{
  CsvSink *self = (CsvSink *)sink;

  return flush (self, error) &&
         (jp_safe_file_commit (self->file, error) || jp_documents_error_translate (error));
}

static void
csv_sink_free (JpSheetSink *sink)
{
  CsvSink *self = (CsvSink *)sink;

  jp_safe_file_close (self->file);
  g_string_free (self->buffer, TRUE);
  g_free (self);
}

static const JpSheetSinkClass csv_sink_class = {
  .begin = csv_sink_begin,
  .add_row = csv_sink_add_row,
  .end = csv_sink_end,
  .free = csv_sink_free,
};

/**
 * jp_csv_sink_new:
 * @file: the file to write
 * @error: return location for a #JpDocumentsError
 *
 * Begins a text file of comma separated values (RFC 4180) for Excel and WPS. Texts that look like
 * formulas get a guard, see jp-csv-guard.h; numbers never do.
 *
 * Returns: (transfer full): the sink, or %NULL with %JP_DOCUMENTS_ERROR_IO or
 *   %JP_DOCUMENTS_ERROR_NO_SPACE
 */
JpSheetSink *
jp_csv_sink_new (GFile *file, GError **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  JpSafeFile *safe_file = jp_safe_file_open (file, error);

  if (safe_file == NULL)
    {
      jp_documents_error_translate (error);
      return NULL;
    }

  CsvSink *self = g_new0 (CsvSink, 1);

  self->parent.klass = &csv_sink_class;
  self->file = safe_file;
  self->buffer = g_string_new (NULL);
  return &self->parent;
}
