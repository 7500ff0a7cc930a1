/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sheet-text.h"

#include <string.h>

static void
dump_cell (GString *text, const JpSheetRow *row, guint column)
{
  JpSheetCellFlags flags = jp_sheet_row_get_flags (row, column);

  g_string_append (text, column > 0 ? "|" : "");
  for (const char *p = jp_sheet_row_get_text (row, column); *p != '\0'; p++)
    {
      if (*p == '\n' || *p == '\r' || *p == '\t' || *p == '|')
        g_string_append_printf (text, "\\x%02x", (guint)*p);
      else
        g_string_append_c (text, *p);
    }

  if (flags & JP_SHEET_CELL_NUMBER)
    g_string_append (text, "#");
  if (flags & JP_SHEET_CELL_DATE)
    g_string_append (text, "@");
  if (flags & JP_SHEET_CELL_IMPRECISE)
    g_string_append (text, "~");
  if (flags & JP_SHEET_CELL_ERROR)
    g_string_append (text, "!");
  if (flags & JP_SHEET_CELL_MERGED)
    g_string_append (text, "^");
}

static void
dump_row (GString *text, char mark, const JpSheetRow *row)
{
  g_string_append_printf (text, "%c%u:", mark, jp_sheet_row_get_number (row));
  for (guint i = 0; i < jp_sheet_row_get_n_cells (row); i++)
    dump_cell (text, row, i);

  g_string_append_c (text, '\n');
}

/**
 * jp_sheet_text_dump:
 * @sheet: a sheet
 *
 * Returns: (transfer full): the sheet as a text: a line per row with its kind (`-` preamble, `=`
 *   header, ` ` row), its number and its cells; after a cell `#` means number, `@` date, `~`
 *   imprecise, `!` error, `^` merged
 */
char *
jp_sheet_text_dump (const JpSheet *sheet)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < jp_sheet_get_n_preamble (sheet); i++)
    dump_row (text, '-', jp_sheet_get_preamble (sheet, i));

  if (jp_sheet_get_header (sheet) != NULL)
    dump_row (text, '=', jp_sheet_get_header (sheet));

  for (guint i = 0; i < jp_sheet_get_n_rows (sheet); i++)
    dump_row (text, ' ', jp_sheet_get_row (sheet, i));

  return g_string_free (text, FALSE);
}

/**
 * jp_sheet_text_read_data:
 * @name: name of a file in tests/documents/data
 * @error: return location
 *
 * Returns: (transfer full): the sheet in the file
 */
JpSheet *
jp_sheet_text_read_data (const char *name, GError **error)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "documents", "data", name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return jp_sheet_read_file (file, NULL, error);
}

/**
 * jp_sheet_text_assert:
 * @sheet: a sheet
 * @expected: what jp_sheet_text_dump() should return
 */
void
jp_sheet_text_assert (JpSheet *sheet, const char *expected)
{
  g_autofree char *text = jp_sheet_text_dump (sheet);

  g_assert_cmpstr (text, ==, expected);
}

static void
check_row (const JpSheet *sheet, const JpSheetRow *row, guint *last_number)
{
  guint n_cells = jp_sheet_row_get_n_cells (row);

  g_assert_cmpuint (jp_sheet_row_get_number (row), >, *last_number);
  g_assert_cmpuint (n_cells, >, 0);
  g_assert_cmpuint (n_cells, <=, jp_sheet_get_n_columns (sheet));
  g_assert_cmpstr (jp_sheet_row_get_text (row, n_cells - 1), !=, "");
  g_assert_cmpstr (jp_sheet_row_get_text (row, n_cells), ==, "");
  for (guint i = 0; i < n_cells; i++)
    {
      g_assert_true (g_utf8_validate (jp_sheet_row_get_text (row, i), -1, NULL));
      g_assert_cmpuint (strlen (jp_sheet_row_get_text (row, i)), <=, JP_SHEET_MAX_CELL_BYTES);
    }

  *last_number = jp_sheet_row_get_number (row);
}

/**
 * jp_sheet_text_check:
 * @sheet: a sheet, from whatever file
 *
 * Checks what every sheet promises.
 */
void
jp_sheet_text_check (JpSheet *sheet)
{
  guint last_number = 0;

  g_assert_cmpuint (jp_sheet_get_n_columns (sheet), <=, JP_SHEET_MAX_COLUMNS);
  for (guint i = 0; i < jp_sheet_get_n_preamble (sheet); i++)
    check_row (sheet, jp_sheet_get_preamble (sheet, i), &last_number);

  if (jp_sheet_get_header (sheet) != NULL)
    check_row (sheet, jp_sheet_get_header (sheet), &last_number);

  for (guint i = 0; i < jp_sheet_get_n_rows (sheet); i++)
    check_row (sheet, jp_sheet_get_row (sheet, i), &last_number);
}
