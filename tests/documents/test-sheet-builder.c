/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sheet-builder.h"

#include "jp-sheet-text.h"

#include <string.h>

static void
set_cell (JpSheetBuilder *builder, guint column, const char *text)
{
  g_autoptr (GError) error = NULL;
  const char *interned = jp_sheet_builder_intern (builder, text, strlen (text), &error);

  g_assert_no_error (error);
  jp_sheet_builder_set_cell (builder, column, interned, 0, &error);
  g_assert_no_error (error);
}

static void
begin_row (JpSheetBuilder *builder, guint number)
{
  g_autoptr (GError) error = NULL;

  jp_sheet_builder_begin_row (builder, number, &error);
  g_assert_no_error (error);
}

/* One cell in column A for each character of @columns that is not a space. */
static void
add_row (JpSheetBuilder *builder, guint number, const char *columns)
{
  g_autoptr (GError) error = NULL;

  begin_row (builder, number);
  for (guint i = 0; columns[i] != '\0'; i++)
    {
      char text[] = { columns[i], '\0' };

      if (columns[i] != ' ')
        set_cell (builder, i, text);
    }

  jp_sheet_builder_end_row (builder, &error);
  g_assert_no_error (error);
}

static void
assert_sheet (JpSheetBuilder *builder, const char *expected)
{
  g_autoptr (JpSheet) sheet = jp_sheet_builder_end (builder);

  jp_sheet_text_check (sheet);
  jp_sheet_text_assert (sheet, expected);
}

static void
test_rows (void)
{
  g_autoptr (JpSheetBuilder) builder = jp_sheet_builder_new ();
  g_autoptr (GError) error = NULL;

  add_row (builder, 3, "ab");
  add_row (builder, 4, "");
  begin_row (builder, 5);
  set_cell (builder, 1, " \t\xe3\x80\x80");
  jp_sheet_builder_end_row (builder, &error);
  g_assert_no_error (error);
  add_row (builder, 9, "  c");

  g_assert_false (jp_sheet_builder_begin_row (builder, 9, &error));
  g_assert_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_INVALID);
  assert_sheet (builder, "=3:a|b\n 9:||c\n");
}

static void
test_cells (void)
{
  g_autoptr (JpSheetBuilder) builder = jp_sheet_builder_new ();
  g_autoptr (GError) twice = NULL;
  g_autoptr (GError) wide = NULL;

  begin_row (builder, 1);
  set_cell (builder, 1, "b");
  g_assert_true (jp_sheet_builder_set_cell (builder, 0, "", 0, NULL));
  g_assert_true (jp_sheet_builder_set_cell (builder, JP_SHEET_MAX_COLUMNS, "", 0, NULL));
  g_assert_false (jp_sheet_builder_set_cell (builder, 1, "x", 0, &twice));
  g_assert_error (twice, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_INVALID);
  g_assert_false (jp_sheet_builder_set_cell (builder, JP_SHEET_MAX_COLUMNS, "x", 0, &wide));
  g_assert_error (wide, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_TOO_LARGE);
}

static void
assert_header (const char *const *rows, guint header)
{
  g_autoptr (JpSheetBuilder) builder = jp_sheet_builder_new ();

  for (guint i = 0; rows[i] != NULL; i++)
    add_row (builder, i + 1, rows[i]);

  g_autoptr (JpSheet) sheet = jp_sheet_builder_end (builder);

  g_assert_cmpuint (jp_sheet_row_get_number (jp_sheet_get_header (sheet)), ==, header);
}

static void
test_header (void)
{
  static const char *const plain[] = { "abc", "123", "12345", NULL };
  static const char *const titles[] = { "t", "u", "abc", "123", NULL };
  static const char *const single[] = { "a", "1", "2", NULL };
  static const char *const late[] = {
    "t", "1", "2", "3", "4", "5", "6", "7", "8", "9", "ab", NULL
  };

  assert_header (plain, 1);
  assert_header (titles, 3);
  assert_header (single, 1);
  assert_header (late, 1);
}

/* A merge must not make a row longer than it counts for. */
static void
test_merge_growth (void)
{
  g_autoptr (JpSheetBuilder) builder = jp_sheet_builder_new ();
  g_autoptr (GError) error = NULL;
  JpSheetMerge merge = { 1, JP_SHEET_MAX_ROWS, JP_SHEET_MAX_COLUMNS - 1, JP_SHEET_MAX_COLUMNS - 1 };

  begin_row (builder, 1);
  set_cell (builder, JP_SHEET_MAX_COLUMNS - 1, "x");
  g_assert_true (jp_sheet_builder_end_row (builder, NULL));
  for (guint i = 2; i <= JP_SHEET_MAX_CELLS / JP_SHEET_MAX_COLUMNS + 2; i++)
    add_row (builder, i, "a");

  g_assert_false (jp_sheet_builder_apply_merges (builder, &merge, 1, &error));
  g_assert_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_TOO_LARGE);
}

static void
test_merges_outside (void)
{
  g_autoptr (JpSheetBuilder) builder = jp_sheet_builder_new ();
  const JpSheetMerge merges[] = {
    { 2, 9, 0, 0 }, { 5, 9, 0, 0 }, { 1, 9, 300, 301 }, { 1, 3, 2, 2 }, { 1, 3, 1, 1 },
  };

  add_row (builder, 1, "ab");
  add_row (builder, 3, "c");
  g_assert_true (jp_sheet_builder_apply_merges (builder, merges, G_N_ELEMENTS (merges), NULL));
  assert_sheet (builder, "=1:a|b\n 3:c|b^\n");
}

static void
test_limits (void)
{
  g_autoptr (JpSheetBuilder) rows = jp_sheet_builder_new ();
  g_autoptr (JpSheetBuilder) cells = jp_sheet_builder_new ();
  g_autoptr (GError) too_many_rows = NULL;
  g_autoptr (GError) too_many_cells = NULL;
  g_autoptr (GError) too_long = NULL;

  for (guint i = 1; i <= JP_SHEET_MAX_ROWS; i++)
    add_row (rows, i, "a");

  add_row (rows, JP_SHEET_MAX_ROWS + 1, " ");
  begin_row (rows, JP_SHEET_MAX_ROWS + 2);
  set_cell (rows, 0, "a");
  g_assert_false (jp_sheet_builder_end_row (rows, &too_many_rows));
  g_assert_error (too_many_rows, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_TOO_LARGE);

  for (guint i = 1; i <= JP_SHEET_MAX_CELLS / JP_SHEET_MAX_COLUMNS; i++)
    {
      begin_row (cells, i);
      set_cell (cells, JP_SHEET_MAX_COLUMNS - 1, "a");
      g_assert_true (jp_sheet_builder_end_row (cells, NULL));
    }

  begin_row (cells, JP_SHEET_MAX_ROWS);
  set_cell (cells, JP_SHEET_MAX_COLUMNS - 1, "a");
  g_assert_false (jp_sheet_builder_end_row (cells, &too_many_cells));
  g_assert_error (too_many_cells, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_TOO_LARGE);

  g_autofree char *text = g_strnfill (JP_SHEET_MAX_CELL_BYTES + 1, 'x');

  g_assert_null (jp_sheet_builder_intern (cells, text, JP_SHEET_MAX_CELL_BYTES + 1, &too_long));
  g_assert_error (too_long, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_TOO_LARGE);
}

static void
test_references (void)
{
  g_autoptr (JpSheetBuilder) builder = jp_sheet_builder_new ();

  jp_sheet_builder_set_name (builder, "a");
  jp_sheet_builder_set_name (builder, "b");
  jp_sheet_builder_set_encoding (builder, "UTF-8");
  add_row (builder, 1, "x");

  JpSheet *sheet = jp_sheet_builder_end (builder);
  g_autoptr (JpSheet) other = jp_sheet_ref (sheet);

  jp_sheet_unref (sheet);
  g_assert_cmpstr (jp_sheet_get_name (other), ==, "b");
  g_assert_cmpstr (jp_sheet_get_encoding (other), ==, "UTF-8");
  jp_sheet_unref (NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/documents/sheet-builder/rows", test_rows);
  g_test_add_func ("/documents/sheet-builder/cells", test_cells);
  g_test_add_func ("/documents/sheet-builder/header", test_header);
  g_test_add_func ("/documents/sheet-builder/merge-growth", test_merge_growth);
  g_test_add_func ("/documents/sheet-builder/merges-outside", test_merges_outside);
  g_test_add_func ("/documents/sheet-builder/limits", test_limits);
  g_test_add_func ("/documents/sheet-builder/references", test_references);

  return g_test_run ();
}
