/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sheet-builder.h"
#include "jp-sheet-private.h"

#include <string.h>

struct _JpSheetBuilder
{
  JpSheet    *sheet; /* (owned) */
  JpSheetCell row[JP_SHEET_MAX_COLUMNS];
  guint       n_cells; /* of row: up to the last one that was set */
  guint       number;  /* of row, or of the row before it; 0 = none yet */
  guint64     n_total; /* cells kept and merges filled so far */
  gboolean    in_row;
};

/**
 * jp_sheet_builder_new:
 *
 * Returns: (transfer full): a builder without rows; one thread only
 */
JpSheetBuilder *
jp_sheet_builder_new (void)
{
  JpSheetBuilder *self = g_new0 (JpSheetBuilder, 1);

  self->sheet = g_new0 (JpSheet, 1);
  g_atomic_ref_count_init (&self->sheet->ref_count);
  self->sheet->arena = g_string_chunk_new (64 * 1024);
  self->sheet->rows = g_ptr_array_new_with_free_func (g_free);
  self->sheet->widened = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

/**
 * jp_sheet_builder_free:
 * @self: (transfer full) (nullable): a builder
 */
void
jp_sheet_builder_free (JpSheetBuilder *self)
{
  if (self == NULL)
    return;

  jp_sheet_unref (self->sheet);
  g_free (self);
}

/**
 * jp_sheet_builder_set_name:
 * @self: a builder
 * @name: the name of the worksheet
 */
void
jp_sheet_builder_set_name (JpSheetBuilder *self, const char *name)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);

  g_free (self->sheet->name);
  self->sheet->name = g_strdup (name);
}

/**
 * jp_sheet_builder_set_encoding:
 * @self: a builder
 * @encoding: the encoding the text was read in
 */
void
jp_sheet_builder_set_encoding (JpSheetBuilder *self, const char *encoding)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (encoding != NULL);

  g_free (self->sheet->encoding);
  self->sheet->encoding = g_strdup (encoding);
}

/**
 * jp_sheet_builder_intern:
 * @self: a builder
 * @text: UTF-8 without NUL, not necessarily terminated
 * @n_bytes: its length
 * @error: return location for a #JpDocumentsError
 *
 * Keeps a copy of a text as long as the sheet lives. Many cells may share it.
 *
 * Returns: (transfer none): the copy, or %NULL with %JP_DOCUMENTS_ERROR_TOO_LARGE
 */
const char *
jp_sheet_builder_intern (JpSheetBuilder *self, const char *text, gsize n_bytes, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (text != NULL || n_bytes == 0, NULL);

  if (n_bytes == 0)
    return "";

  if (n_bytes > JP_SHEET_MAX_CELL_BYTES)
    {
      g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_TOO_LARGE,
                   "a cell after row %u has more than %u bytes", self->number,
                   JP_SHEET_MAX_CELL_BYTES);
      return NULL;
    }

  return g_string_chunk_insert_len (self->sheet->arena, text, (gssize)n_bytes);
}

/**
 * jp_sheet_builder_begin_row:
 * @self: a builder
 * @number: the row's number; greater than the one before
 * @error: return location for a #JpDocumentsError
 *
 * Returns: %TRUE, or %FALSE with %JP_DOCUMENTS_ERROR_INVALID if @number is not greater
 */
gboolean
jp_sheet_builder_begin_row (JpSheetBuilder *self, guint number, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (!self->in_row, FALSE);

  if (number <= self->number)
    {
      g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_INVALID,
                   "row %u comes after row %u", number, self->number);
      return FALSE;
    }

  self->number = number;
  self->n_cells = 0;
  self->in_row = TRUE;
  return TRUE;
}

/**
 * jp_sheet_builder_set_cell:
 * @self: a builder, within a row
 * @column: the column, from 0; greater than the one before
 * @interned: a text returned by jp_sheet_builder_intern()
 * @flags: what the file says about it
 * @error: return location for a #JpDocumentsError
 *
 * Empty cells need not be set; beyond the last column they are ignored.
 *
 * Returns: %TRUE, or %FALSE with %JP_DOCUMENTS_ERROR_TOO_LARGE (too many columns) or
 *   %JP_DOCUMENTS_ERROR_INVALID (@column is not greater)
 */
gboolean
jp_sheet_builder_set_cell (JpSheetBuilder  *self,
                           guint            column,
                           const char      *interned,
                           JpSheetCellFlags flags,
                           GError         **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->in_row, FALSE);
  g_return_val_if_fail (interned != NULL, FALSE);

  if (*interned == '\0')
    return TRUE;

  if (column >= JP_SHEET_MAX_COLUMNS)
    {
      g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_TOO_LARGE,
                   "row %u has more than %u columns", self->number, JP_SHEET_MAX_COLUMNS);
      return FALSE;
    }

  if (column < self->n_cells)
    {
      g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_INVALID,
                   "column %u of row %u occurs twice", column + 1, self->number);
      return FALSE;
    }

  for (; self->n_cells < column; self->n_cells++)
    self->row[self->n_cells] = (JpSheetCell){ .text = "" };

  self->row[self->n_cells++] = (JpSheetCell){ .text = interned, .flags = flags };
  return TRUE;
}

static gboolean
is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      if (!g_unichar_isspace (g_utf8_get_char (text)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
row_is_blank (const JpSheetBuilder *self)
{
  for (guint i = 0; i < self->n_cells; i++)
    {
      if (!is_blank (self->row[i].text))
        return FALSE;
    }

  return TRUE;
}

/**
 * jp_sheet_builder_end_row:
 * @self: a builder, within a row
 * @error: return location for a #JpDocumentsError
 *
 * Keeps the row, unless it holds nothing but white space.
 *
 * Returns: %TRUE, or %FALSE with %JP_DOCUMENTS_ERROR_TOO_LARGE
 */
gboolean
jp_sheet_builder_end_row (JpSheetBuilder *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->in_row, FALSE);

  self->in_row = FALSE;
  if (row_is_blank (self))
    return TRUE;

  self->n_total += self->n_cells;
  if (self->sheet->rows->len >= JP_SHEET_MAX_ROWS || self->n_total > JP_SHEET_MAX_CELLS)
    {
      g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_TOO_LARGE,
                   "the table has more than %u rows or %u cells", JP_SHEET_MAX_ROWS,
                   JP_SHEET_MAX_CELLS);
      return FALSE;
    }

  JpSheetRow *row = g_malloc (sizeof (JpSheetRow) + self->n_cells * sizeof (JpSheetCell));

  row->number = self->number;
  row->n_cells = self->n_cells;
  memcpy (row->cells, self->row, self->n_cells * sizeof (JpSheetCell));
  g_ptr_array_add (self->sheet->rows, row);
  self->sheet->n_columns = MAX (self->sheet->n_columns, self->n_cells);
  return TRUE;
}

/* The first row whose number is at least @number. */
static guint
lower_bound (const JpSheet *sheet, guint number)
{
  guint low = 0;
  guint high = sheet->rows->len;

  while (low < high)
    {
      guint             middle = low + (high - low) / 2;
      const JpSheetRow *row = g_ptr_array_index (sheet->rows, middle);

      if (row->number < number)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static JpSheetRow *
row_with_cell (JpSheet *sheet, guint index, guint column)
{
  JpSheetRow *row = g_ptr_array_index (sheet->rows, index);

  if (column < row->n_cells)
    return row;

  row = g_realloc (row, sizeof (JpSheetRow) + (column + 1) * sizeof (JpSheetCell));
  for (; row->n_cells <= column; row->n_cells++)
    row->cells[row->n_cells] = (JpSheetCell){ .text = "" };

  sheet->rows->pdata[index] = row;
  return row;
}

/* The text of a merged cell stands in its first row; the rows below it get it too ("the coach of
 * these five trainees"). Columns to the right do not: there it would be another field. */
static gboolean
apply_merge (JpSheetBuilder *self, const JpSheetMerge *merge, GError **error)
{
  JpSheet *sheet = self->sheet;
  guint    first = lower_bound (sheet, merge->first_row);

  if (first == sheet->rows->len || merge->first_column >= JP_SHEET_MAX_COLUMNS)
    return TRUE;

  const JpSheetRow *top = g_ptr_array_index (sheet->rows, first);

  if (top->number != merge->first_row || merge->first_column >= top->n_cells)
    return TRUE;

  JpSheetCell cell = top->cells[merge->first_column];

  cell.flags |= JP_SHEET_CELL_MERGED;
  for (guint i = first + 1; i < sheet->rows->len; i++)
    {
      JpSheetRow *row = g_ptr_array_index (sheet->rows, i);

      if (row->number > merge->last_row)
        break;

      self->n_total += 1 + merge->first_column - MIN (merge->first_column, row->n_cells);
      if (self->n_total > JP_SHEET_MAX_CELLS)
        {
          g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_TOO_LARGE,
                       "the table has more than %u cells", JP_SHEET_MAX_CELLS);
          return FALSE;
        }

      row = row_with_cell (sheet, i, merge->first_column);
      if (*row->cells[merge->first_column].text == '\0')
        row->cells[merge->first_column] = cell;
    }

  return TRUE;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint left = *(const guint *)a;
  guint right = *(const guint *)b;

  return (left > right) - (left < right);
}

/**
 * jp_sheet_builder_apply_merges:
 * @self: a builder with all its rows
 * @merges: (array length=n_merges): merged cells in any order
 * @n_merges: how many
 * @error: return location for a #JpDocumentsError
 *
 * Gives the text of a cell that is merged downwards to all its rows, and notes which rows are
 * titles. May be called once.
 *
 * Returns: %TRUE, or %FALSE with %JP_DOCUMENTS_ERROR_TOO_LARGE
 */
gboolean
jp_sheet_builder_apply_merges (JpSheetBuilder     *self,
                               const JpSheetMerge *merges,
                               guint               n_merges,
                               GError            **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (!self->in_row, FALSE);
  g_return_val_if_fail (merges != NULL || n_merges == 0, FALSE);

  for (guint i = 0; i < n_merges; i++)
    {
      if (merges[i].last_column > merges[i].first_column)
        g_array_append_val (self->sheet->widened, merges[i].first_row);

      if (!apply_merge (self, &merges[i], error))
        return FALSE;
    }

  g_array_sort (self->sheet->widened, compare_numbers);
  return TRUE;
}

/**
 * jp_sheet_builder_end:
 * @self: (transfer none): a builder; afterwards it may only be freed
 *
 * Chooses the header and gives the sheet away.
 *
 * Returns: (transfer full): the sheet, possibly without rows
 */
JpSheet *
jp_sheet_builder_end (JpSheetBuilder *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (!self->in_row, NULL);

  jp_sheet_find_header (self->sheet);
  return g_steal_pointer (&self->sheet);
}
