/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sheet-writer.h"
#include "jp-sheet-sink.h"
#include "jp-sheet.h"

#include <math.h>
#include <string.h>

struct _JpSheetWriter
{
  GFile     *file;         /* (owned) */
  char      *name;         /* (owned) (nullable): of the table */
  GArray    *columns;      /* (owned) (element-type JpSheetColumn) */
  GPtrArray *samples;      /* (owned) (nullable) (element-type GArray): rows not yet given to the
                              sink; NULL once it has begun */
  JpSheetSink  *sink;      /* (owned) (nullable): NULL until it begins */
  GArray       *row;       /* (owned) (element-type JpSheetValue): being put together */
  guint         n_rows;    /* ended so far */
  gboolean      is_closed; /* failed or finished: may only be freed */
  JpSheetFormat format;
};

static void
column_clear (JpSheetColumn *column)
{
  g_free (column->label);
}

static void
value_clear (JpSheetValue *value)
{
  g_free (value->text);
}

static GArray *
new_row (void)
{
  GArray *row = g_array_new (FALSE, TRUE, sizeof (JpSheetValue));

  g_array_set_clear_func (row, (GDestroyNotify)value_clear);
  return row;
}

/**
 * jp_sheet_writer_new:
 * @file: the file to write; it is not touched before jp_sheet_writer_finish()
 * @format: what to write
 * @sheet_name: (nullable): name of the table, for the tab of a worksheet; valid UTF-8
 *
 * Begins a table. Add the columns, then for each row put the values from left to right and end the
 * row; finish at last. Any thread but the main one; one thread only.
 *
 * Returns: (transfer full): a writer
 */
JpSheetWriter *
jp_sheet_writer_new (GFile *file, JpSheetFormat format, const char *sheet_name)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (sheet_name == NULL || g_utf8_validate (sheet_name, -1, NULL), NULL);

  JpSheetWriter *self = g_new0 (JpSheetWriter, 1);

  self->file = g_object_ref (file);
  self->format = format;
  self->name = g_strdup (sheet_name);
  self->columns = g_array_new (FALSE, TRUE, sizeof (JpSheetColumn));
  g_array_set_clear_func (self->columns, (GDestroyNotify)column_clear);
  self->samples = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  self->row = new_row ();
  return self;
}

/**
 * jp_sheet_writer_free:
 * @self: (transfer full) (nullable): a writer
 *
 * Without jp_sheet_writer_finish() nothing has been written.
 */
void
jp_sheet_writer_free (JpSheetWriter *self)
{
  if (self == NULL)
    return;

  if (self->sink != NULL)
    self->sink->klass->free (self->sink);

  g_clear_pointer (&self->row, g_array_unref);
  g_clear_pointer (&self->samples, g_ptr_array_unref);
  g_clear_pointer (&self->columns, g_array_unref);
  g_clear_object (&self->file);
  g_free (self->name);
  g_free (self);
}

/* Half-width characters; Chinese ones count twice, as every spreadsheet program draws them. */
static guint
measure (const char *text)
{
  guint width = 0;
  guint widest = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (c == '\n')
        width = 0;
      else if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;

      widest = MAX (widest, width);
    }

  return widest;
}

static void
widen_columns (JpSheetWriter *self, const GArray *row)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      JpSheetColumn   *column = &g_array_index (self->columns, JpSheetColumn, i);
      g_autofree char *text = jp_sheet_sink_format (&g_array_index (row, JpSheetValue, i));

      column->width = MAX (column->width, measure (text));
    }
}

/**
 * jp_sheet_writer_add_column:
 * @self: a writer without rows
 * @label: label in the header; valid UTF-8
 * @type: what the column holds; at most %JP_SHEET_MAX_COLUMNS columns
 */
void
jp_sheet_writer_add_column (JpSheetWriter *self, const char *label, JpSheetColumnType type)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (label != NULL && strlen (label) <= JP_SHEET_MAX_CELL_BYTES);
  g_return_if_fail (g_utf8_validate (label, -1, NULL));
  g_return_if_fail (self->row->len == 0 && self->n_rows == 0);
  g_return_if_fail (self->columns->len < JP_SHEET_MAX_COLUMNS);

  JpSheetColumn column = { .label = g_strdup (label), .type = type, .width = measure (label) };

  g_array_append_val (self->columns, column);
}

static JpSheetValue *
add_value (JpSheetWriter *self, JpSheetValueType type)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (!self->is_closed, NULL);
  g_return_val_if_fail (self->row->len < self->columns->len, NULL);

  g_array_set_size (self->row, self->row->len + 1);

  JpSheetValue *value = &g_array_index (self->row, JpSheetValue, self->row->len - 1);

  value->type = type;
  return value;
}

/**
 * jp_sheet_writer_put_empty:
 * @self: a writer
 *
 * Leaves the next cell of the row empty.
 */
void
jp_sheet_writer_put_empty (JpSheetWriter *self)
{
  add_value (self, JP_SHEET_VALUE_EMPTY);
}

/**
 * jp_sheet_writer_put_text:
 * @self: a writer
 * @text: (nullable): a text; %NULL and `""` are an empty cell
 *
 * Puts a text into the next cell. It stays a text, whatever it looks like. Whether it is too long
 * or not UTF-8 jp_sheet_writer_end_row() tells.
 */
void
jp_sheet_writer_put_text (JpSheetWriter *self, const char *text)
{
  gboolean      is_empty = text == NULL || *text == '\0';
  JpSheetValue *value = add_value (self, is_empty ? JP_SHEET_VALUE_EMPTY : JP_SHEET_VALUE_TEXT);

  if (value != NULL && !is_empty)
    value->text = g_strdup (text);
}

static void
put_number (JpSheetWriter *self, JpSheetValueType type, gint64 number)
{
  JpSheetValue *value = add_value (self, type);

  if (value != NULL)
    value->integer = number;
}

/**
 * jp_sheet_writer_put_integer:
 * @self: a writer
 * @number: a number
 */
void
jp_sheet_writer_put_integer (JpSheetWriter *self, gint64 number)
{
  put_number (self, JP_SHEET_VALUE_INTEGER, number);
}

/**
 * jp_sheet_writer_put_decimal:
 * @self: a writer
 * @number: a finite number
 */
void
jp_sheet_writer_put_decimal (JpSheetWriter *self, double number)
{
  g_return_if_fail (isfinite (number));

  JpSheetValue *value = add_value (self, JP_SHEET_VALUE_DECIMAL);

  if (value != NULL)
    value->decimal = number;
}

/**
 * jp_sheet_writer_put_money:
 * @self: a writer
 * @amount_fen: an amount in fen; the cell shows yuan
 */
void
jp_sheet_writer_put_money (JpSheetWriter *self, gint64 amount_fen)
{
  put_number (self, JP_SHEET_VALUE_MONEY, amount_fen);
}

/**
 * jp_sheet_writer_put_date:
 * @self: a writer
 * @date: a valid date, or %JP_DATE_NONE for an empty cell
 */
void
jp_sheet_writer_put_date (JpSheetWriter *self, JpDate date)
{
  g_return_if_fail (date == JP_DATE_NONE || jp_date_is_valid (date));

  put_number (self, date == JP_DATE_NONE ? JP_SHEET_VALUE_EMPTY : JP_SHEET_VALUE_DATE, date);
}

/**
 * jp_sheet_writer_put_instant:
 * @self: a writer
 * @instant_us: microseconds since 1970-01-01 UTC; the cell shows China's time to the second
 */
void
jp_sheet_writer_put_instant (JpSheetWriter *self, gint64 instant_us)
{
  gint64 second = instant_us / JP_SECOND_US - (instant_us % JP_SECOND_US < 0);

  put_number (self, JP_SHEET_VALUE_INSTANT, second * JP_SECOND_US);
}

static gboolean
check_row (JpSheetWriter *self, GError **error)
{
  if (self->n_rows >= JP_SHEET_WRITER_MAX_ROWS)
    {
      g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_TOO_LARGE,
                   "a table cannot have more than %u rows", JP_SHEET_WRITER_MAX_ROWS);
      return FALSE;
    }

  for (guint i = 0; i < self->row->len; i++)
    {
      const char *text = g_array_index (self->row, JpSheetValue, i).text;

      if (text != NULL && strlen (text) > JP_SHEET_MAX_CELL_BYTES)
        {
          g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_TOO_LARGE,
                       "the text of row %u, column %u has more than %u bytes", self->n_rows + 2,
                       i + 1, JP_SHEET_MAX_CELL_BYTES);
          return FALSE;
        }

      if (text != NULL && !g_utf8_validate (text, -1, NULL))
        {
          g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_INVALID,
                       "the text of row %u, column %u is not valid UTF-8", self->n_rows + 2, i + 1);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
begin_sink (JpSheetWriter *self, GError **error)
{
  g_autoptr (GPtrArray) samples = g_steal_pointer (&self->samples);

  self->sink = self->format == JP_SHEET_FORMAT_CSV ? jp_csv_sink_new (self->file, error)
                                                   : jp_xlsx_sink_new (self->file, error);
  if (self->sink == NULL)
    return FALSE;

  self->sink->columns = (const JpSheetColumn *)self->columns->data;
  self->sink->n_columns = self->columns->len;
  self->sink->name = self->name;
  if (!self->sink->klass->begin (self->sink, error))
    return FALSE;

  for (guint i = 0; i < samples->len; i++)
    {
      const GArray *row = g_ptr_array_index (samples, i);

      if (!self->sink->klass->add_row (self->sink, (const JpSheetValue *)row->data, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_row (JpSheetWriter *self, GError **error)
{
  if (self->samples == NULL)
    {
      const JpSheetValue *values = (const JpSheetValue *)self->row->data;
      gboolean            is_added = self->sink->klass->add_row (self->sink, values, error);

      g_array_set_size (self->row, 0);
      return is_added;
    }

  widen_columns (self, self->row);
  g_ptr_array_add (self->samples, g_steal_pointer (&self->row));
  self->row = new_row ();
  return self->samples->len < JP_SHEET_WRITER_SAMPLE_ROWS || begin_sink (self, error);
}

/**
 * jp_sheet_writer_end_row:
 * @self: a writer with at least one column
 * @error: return location for a #JpDocumentsError
 *
 * Ends a row; cells that were not put are empty. After an error the writer may only be freed.
 *
 * Returns: %TRUE, or %FALSE with %JP_DOCUMENTS_ERROR_TOO_LARGE (rows, or the length of a text),
 *   %JP_DOCUMENTS_ERROR_INVALID (a text is not UTF-8), %JP_DOCUMENTS_ERROR_NO_SPACE or
 *   %JP_DOCUMENTS_ERROR_IO
 */
gboolean
jp_sheet_writer_end_row (JpSheetWriter *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (!self->is_closed, FALSE);
  g_return_val_if_fail (self->columns->len > 0, FALSE);

  g_array_set_size (self->row, self->columns->len);
  self->is_closed = !check_row (self, error) || !add_row (self, error);
  self->n_rows++;
  return !self->is_closed;
}

/**
 * jp_sheet_writer_finish:
 * @self: a writer with at least one column, not within a row
 * @cancellable: (nullable): the last chance to drop the file
 * @error: return location for a #JpDocumentsError or %G_IO_ERROR_CANCELLED
 *
 * Completes the file and gives it its name; an older file of that name is replaced. Afterwards the
 * writer may only be freed.
 *
 * Returns: %TRUE, or %FALSE with an error; then an older file is unchanged
 */
gboolean
jp_sheet_writer_finish (JpSheetWriter *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (!self->is_closed, FALSE);
  g_return_val_if_fail (self->columns->len > 0, FALSE);
  g_return_val_if_fail (self->row->len == 0, FALSE);

  self->is_closed = TRUE;
  if (self->samples != NULL && !begin_sink (self, error))
    return FALSE;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  return self->sink->klass->end (self->sink, error);
}

/**
 * jp_sheet_writer_guess_format:
 * @file: a file that somebody named
 *
 * Returns: the format its name asks for: text for `.csv` and `.txt`, else a workbook
 */
JpSheetFormat
jp_sheet_writer_guess_format (GFile *file)
{
  g_return_val_if_fail (G_IS_FILE (file), JP_SHEET_FORMAT_XLSX);

  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *lower = name != NULL ? g_ascii_strdown (name, -1) : g_strdup ("");

  return g_str_has_suffix (lower, ".csv") || g_str_has_suffix (lower, ".txt")
           ? JP_SHEET_FORMAT_CSV
           : JP_SHEET_FORMAT_XLSX;
}
