/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sheet.h"
#include "jp-sheet-private.h"

#include <string.h>

/**
 * jp_sheet_ref:
 * @self: a sheet
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
JpSheet *
jp_sheet_ref (JpSheet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * jp_sheet_unref:
 * @self: (transfer full) (nullable): a sheet
 *
 * Any thread.
 */
void
jp_sheet_unref (JpSheet *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_string_chunk_free (self->arena);
  g_ptr_array_unref (self->rows);
  g_array_unref (self->widened);
  g_free (self->name);
  g_free (self->encoding);
  g_free (self);
}

/**
 * jp_sheet_get_name:
 * @self: a sheet
 *
 * Returns: (nullable): the name of the worksheet; %NULL for a text file
 */
const char *
jp_sheet_get_name (const JpSheet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * jp_sheet_get_encoding:
 * @self: a sheet
 *
 * Returns: (nullable): the encoding in which a text file was read, e.g. `GB18030`; %NULL for a
 *   workbook
 */
const char *
jp_sheet_get_encoding (const JpSheet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->encoding;
}

/**
 * jp_sheet_get_n_columns:
 * @self: a sheet
 *
 * Returns: how many cells the longest row has, 0 … %JP_SHEET_MAX_COLUMNS
 */
guint
jp_sheet_get_n_columns (const JpSheet *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_columns;
}

/**
 * jp_sheet_get_header:
 * @self: a sheet
 *
 * Returns: (nullable) (transfer none): the row with the column labels; %NULL if every row is blank
 */
const JpSheetRow *
jp_sheet_get_header (const JpSheet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->rows->len == 0 ? NULL : g_ptr_array_index (self->rows, self->header);
}

/**
 * jp_sheet_get_n_rows:
 * @self: a sheet
 *
 * Returns: how many rows below the header are not blank
 */
guint
jp_sheet_get_n_rows (const JpSheet *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rows->len == 0 ? 0 : self->rows->len - self->header - 1;
}

/**
 * jp_sheet_get_row:
 * @self: a sheet
 * @index: 0 … jp_sheet_get_n_rows() - 1
 *
 * Returns: (transfer none): a row below the header
 */
const JpSheetRow *
jp_sheet_get_row (const JpSheet *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < jp_sheet_get_n_rows (self), NULL);

  return g_ptr_array_index (self->rows, self->header + 1 + index);
}

/**
 * jp_sheet_get_n_preamble:
 * @self: a sheet
 *
 * Returns: how many rows above the header are not blank
 */
guint
jp_sheet_get_n_preamble (const JpSheet *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->header;
}

/**
 * jp_sheet_get_preamble:
 * @self: a sheet
 * @index: 0 … jp_sheet_get_n_preamble() - 1
 *
 * Returns: (transfer none): a row above the header, such as a title
 */
const JpSheetRow *
jp_sheet_get_preamble (const JpSheet *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->header, NULL);

  return g_ptr_array_index (self->rows, index);
}

/**
 * jp_sheet_row_get_number:
 * @row: a row
 *
 * Returns: the number that the spreadsheet program shows beside the row, from 1; for a text file
 *   the number of the record, as it would be shown there
 */
guint
jp_sheet_row_get_number (const JpSheetRow *row)
{
  g_return_val_if_fail (row != NULL, 0);

  return row->number;
}

/**
 * jp_sheet_row_get_n_cells:
 * @row: a row
 *
 * Returns: the number of cells up to the last one that is not empty
 */
guint
jp_sheet_row_get_n_cells (const JpSheetRow *row)
{
  g_return_val_if_fail (row != NULL, 0);

  return row->n_cells;
}

/**
 * jp_sheet_row_get_text:
 * @row: a row
 * @column: the column, from 0; beyond the last cell everything is empty
 *
 * Returns: (transfer none): the text of the cell as the file has it, neither trimmed nor otherwise
 *   changed; `""` for an empty cell, never %NULL
 */
const char *
jp_sheet_row_get_text (const JpSheetRow *row, guint column)
{
  g_return_val_if_fail (row != NULL, "");

  return column < row->n_cells ? row->cells[column].text : "";
}

/**
 * jp_sheet_row_get_flags:
 * @row: a row
 * @column: the column, from 0
 *
 * Returns: what the file says about the cell; 0 for plain text and beyond the last cell
 */
JpSheetCellFlags
jp_sheet_row_get_flags (const JpSheetRow *row, guint column)
{
  g_return_val_if_fail (row != NULL, 0);

  return column < row->n_cells ? (JpSheetCellFlags)row->cells[column].flags : 0;
}

static guint
count_filled (const JpSheetRow *row)
{
  guint n_filled = 0;

  for (guint i = 0; i < row->n_cells; i++)
    n_filled += *row->cells[i].text != '\0';

  return n_filled;
}

static gboolean
is_widened (const JpSheet *self, guint number)
{
  for (guint i = 0; i < self->widened->len; i++)
    {
      guint widened = g_array_index (self->widened, guint, i);

      if (widened >= number)
        return widened == number;
    }

  return FALSE;
}

/* The first row is the header, unless it looks like a title (one cell, or a cell merged over
 * several columns) and a row soon after it has more cells: rosters of schools often begin with
 * their name, and labels are often in two rows of which the lower one is complete. */

/**
 * jp_sheet_find_header:
 * @self: a sheet that is not shared yet
 *
 * Makes the row that looks most like column labels the header.
 */
void
jp_sheet_find_header (JpSheet *self)
{
  guint depth = MIN (self->rows->len, JP_SHEET_MAX_HEADER_DEPTH);

  g_assert (self != NULL);

  self->header = 0;
  for (guint i = 0; i < depth; i++)
    {
      const JpSheetRow *row = g_ptr_array_index (self->rows, i);
      guint             n_filled = count_filled (row);
      gboolean          is_title = n_filled < 2 || is_widened (self, row->number);
      gboolean          has_better = FALSE;

      for (guint k = i + 1; is_title && !has_better && k < depth; k++)
        has_better = count_filled (g_ptr_array_index (self->rows, k)) > n_filled;

      if (!has_better)
        {
          self->header = i;
          return;
        }
    }
}

/**
 * jp_sheet_normalize_label:
 * @text: what stands above a column
 *
 * Returns: (transfer full): the label without what does not matter: space, case, width, asterisks
 */
char *
jp_sheet_normalize_label (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  GString         *label = g_string_new (NULL);

  for (const char *p = normal; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c) && c != '*')
        g_string_append_unichar (label, g_unichar_tolower (c));
    }

  return g_string_free (label, FALSE);
}

static guint
count_labels (const JpSheetRow *row, GHashTable *labels)
{
  guint n_labels = 0;

  for (guint i = 0; i < row->n_cells; i++)
    {
      g_autofree char *label = jp_sheet_normalize_label (row->cells[i].text);

      n_labels += g_hash_table_contains (labels, label);
    }

  return n_labels;
}

/**
 * jp_sheet_choose_header:
 * @self: a sheet that no other thread uses yet
 * @labels: (array zero-terminated=1): labels the caller would recognise
 *
 * Makes the row with the most known labels the header, searching the first
 * %JP_SHEET_MAX_HEADER_DEPTH rows; of equally good rows the first. Space, case, width and asterisks
 * ("required") of a label do not matter. If no row has a known label, the header stays.
 */
void
jp_sheet_choose_header (JpSheet *self, const char *const *labels)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (labels != NULL);

  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint depth = MIN (self->rows->len, JP_SHEET_MAX_HEADER_DEPTH);
  guint n_best = 0;

  for (gsize i = 0; labels[i] != NULL; i++)
    g_hash_table_add (known, jp_sheet_normalize_label (labels[i]));

  for (guint i = 0; i < depth; i++)
    {
      guint n_labels = count_labels (g_ptr_array_index (self->rows, i), known);

      if (n_labels > n_best)
        {
          n_best = n_labels;
          self->header = i;
        }
    }
}
