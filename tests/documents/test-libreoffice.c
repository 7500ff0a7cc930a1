/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sheet-writer.h"
#include "jp-sheet.h"

#include "jp-sheet-text.h"
#include "jp-test-dir.h"

#include <string.h>

/* What a spreadsheet program makes of our files, and we of its. Needs LibreOffice Calc. */

#define N_TRAINEES 2000u

/* Filter options: separator, quote, encoding, first line, then columns (2 = text, 5 = year-month-
 * day) or for export "as shown". Source: LibreOffice's help, "Filter Options for CSV". */
#define FROM_CSV   "--infilter=CSV:44,34,76,1,1/2/2/2/3/2/5/5/6/2"
#define TO_XLSX    "xlsx"
#define TO_UTF8    "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
#define TO_GB18030 "csv:Text - txt - csv (StarCalc):44,34,85,1,,0,false,true"

typedef struct
{
  JpTestDir  *dir;
  const char *profile; /* folder of LibreOffice's settings: made once, it takes seconds */
  char       *program; /* NULL = not installed */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->dir = jp_test_dir_new ();
  fixture->profile = user_data;
  fixture->program = g_find_program_in_path ("soffice");
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_clear_pointer (&fixture->program, g_free);
  g_clear_pointer (&fixture->dir, jp_test_dir_free);
}

static gboolean
skip (Fixture *fixture)
{
  if (fixture->program == NULL)
    g_test_skip ("LibreOffice Calc is not installed");

  return fixture->program == NULL;
}

static char *
convert (Fixture *fixture, const char *path, const char *from, const char *to)
{
  g_autofree char *out = jp_test_dir_build (fixture->dir, "converted");
  g_autofree char *setting = g_strconcat ("-env:UserInstallation=file://", fixture->profile, NULL);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *stem = g_strndup (base, strcspn (base, "."));
  g_autofree char *extension = g_strndup (to, strcspn (to, ":"));
  g_autofree char *result = g_strdup_printf ("%s/%s.%s", out, stem, extension);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) soffice =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                      fixture->program, setting, "--headless", "--convert-to", to, "--outdir", out,
                      path, from, NULL);

  g_assert_no_error (error);
  g_subprocess_wait_check (soffice, NULL, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&result);
}

static JpSheet *
read_path (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  JpSheet *sheet = jp_sheet_read_file (file, NULL, &error);

  g_assert_no_error (error);
  return sheet;
}

static void
put_trainee (JpSheetWriter *writer, guint i)
{
  g_autofree char *name = g_strdup_printf ("学员%u", i);
  g_autofree char *number = g_strdup_printf ("37290119900%u0%04u", 1 + i % 9, i);
  g_autofree char *phone = g_strdup_printf ("0138%07u", i);
  JpDate           date = jp_date_add_days (20240101, (int)(i % 1000));

  jp_sheet_writer_put_text (writer, name);
  jp_sheet_writer_put_text (writer, number);
  jp_sheet_writer_put_text (writer, phone);
  jp_sheet_writer_put_money (writer, 350000 + i * 100);
  jp_sheet_writer_put_date (writer, date);
  jp_sheet_writer_put_text (writer, i % 7 == 0 ? "=1+1" : i % 5 == 0 ? "一\n二, \"三\"" : NULL);
}

static char *
write_roster (Fixture *fixture, const char *name)
{
  g_autofree char *path = jp_test_dir_build (fixture->dir, name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (JpSheetWriter) writer =
    jp_sheet_writer_new (file, jp_sheet_writer_guess_format (file), "学员");

  jp_sheet_writer_add_column (writer, "姓名", JP_SHEET_COLUMN_TEXT);
  jp_sheet_writer_add_column (writer, "证件号码", JP_SHEET_COLUMN_TEXT);
  jp_sheet_writer_add_column (writer, "手机号", JP_SHEET_COLUMN_TEXT);
  jp_sheet_writer_add_column (writer, "学费", JP_SHEET_COLUMN_MONEY);
  jp_sheet_writer_add_column (writer, "报名日期", JP_SHEET_COLUMN_DATE);
  jp_sheet_writer_add_column (writer, "备注", JP_SHEET_COLUMN_TEXT);
  for (guint i = 0; i < N_TRAINEES; i++)
    {
      put_trainee (writer, i);
      jp_sheet_writer_end_row (writer, &error);
      g_assert_no_error (error);
    }

  jp_sheet_writer_finish (writer, NULL, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&path);
}

static void
assert_same (JpSheet *sheet, JpSheet *expected)
{
  g_assert_cmpuint (jp_sheet_get_n_rows (sheet), ==, N_TRAINEES);
  for (guint i = 0; i < N_TRAINEES; i++)
    {
      const JpSheetRow *row = jp_sheet_get_row (sheet, i);
      const JpSheetRow *wanted = jp_sheet_get_row (expected, i);

      g_assert_cmpuint (jp_sheet_row_get_number (row), ==, jp_sheet_row_get_number (wanted));
      for (guint k = 0; k < 6; k++)
        g_assert_cmpstr (jp_sheet_row_get_text (row, k), ==, jp_sheet_row_get_text (wanted, k));
    }
}

/* Our workbook, opened and saved by Calc. */
static void
test_xlsx_to_xlsx (Fixture *fixture, gconstpointer user_data)
{
  if (skip (fixture))
    return;

  g_autofree char *ours = write_roster (fixture, "roster.xlsx");
  g_autofree char *theirs = convert (fixture, ours, NULL, TO_XLSX);
  g_autoptr (JpSheet) expected = read_path (ours);
  g_autoptr (JpSheet) sheet = read_path (theirs);

  g_assert_cmpstr (jp_sheet_get_name (sheet), ==, "学员");
  assert_same (sheet, expected);
  g_assert_cmpint (jp_sheet_row_get_flags (jp_sheet_get_row (sheet, 0), 3), ==,
                   JP_SHEET_CELL_NUMBER);
  g_assert_cmpint (jp_sheet_row_get_flags (jp_sheet_get_row (sheet, 0), 4), ==, JP_SHEET_CELL_DATE);
}

/* Our text file, opened in Calc and saved as a workbook. The guard is part of the text there. */
static void
test_csv_to_xlsx (Fixture *fixture, gconstpointer user_data)
{
  if (skip (fixture))
    return;

  g_autofree char *ours = write_roster (fixture, "roster.csv");
  g_autofree char *theirs = convert (fixture, ours, FROM_CSV, TO_XLSX);
  g_autoptr (JpSheet) sheet = read_path (theirs);
  const JpSheetRow *first = jp_sheet_get_row (sheet, 0);
  const JpSheetRow *last = jp_sheet_get_row (sheet, N_TRAINEES - 1);

  g_assert_cmpuint (jp_sheet_get_n_rows (sheet), ==, N_TRAINEES);
  g_assert_cmpstr (jp_sheet_row_get_text (first, 0), ==, "学员0");
  g_assert_cmpstr (jp_sheet_row_get_text (first, 1), ==,
                   "372901199001"
                   "00000");
  g_assert_cmpstr (jp_sheet_row_get_text (first, 2), ==, "01380000000");
  g_assert_cmpstr (jp_sheet_row_get_text (first, 4), ==, "2024-01-01");
  g_assert_cmpstr (jp_sheet_row_get_text (first, 5), ==, "'=1+1");
  g_assert_cmpuint (jp_sheet_row_get_number (last), ==, N_TRAINEES + 1);
}

/* Our workbook, saved by Calc as text. */
static void
check_xlsx_to_csv (Fixture *fixture, const char *to, const char *encoding)
{
  g_autofree char *ours = write_roster (fixture, "roster.xlsx");
  g_autofree char *theirs = convert (fixture, ours, NULL, to);
  g_autoptr (JpSheet) sheet = read_path (theirs);
  const JpSheetRow *row = jp_sheet_get_row (sheet, 5);

  g_assert_cmpstr (jp_sheet_get_encoding (sheet), ==, encoding);
  g_assert_cmpuint (jp_sheet_get_n_rows (sheet), ==, N_TRAINEES);
  g_assert_cmpstr (jp_sheet_row_get_text (row, 0), ==, "学员5");
  g_assert_cmpstr (jp_sheet_row_get_text (row, 1), ==, "37290119900600005");
  g_assert_cmpstr (jp_sheet_row_get_text (row, 2), ==, "01380000005");
  g_assert_cmpstr (jp_sheet_row_get_text (row, 3), ==, "3,505.00");
  g_assert_cmpstr (jp_sheet_row_get_text (row, 4), ==, "2024-01-06");
  g_assert_cmpstr (jp_sheet_row_get_text (row, 5), ==, "一\n二, \"三\"");
}

static void
test_xlsx_to_utf8 (Fixture *fixture, gconstpointer user_data)
{
  if (!skip (fixture))
    check_xlsx_to_csv (fixture, TO_UTF8, "UTF-8");
}

static void
test_xlsx_to_gb18030 (Fixture *fixture, gconstpointer user_data)
{
  if (!skip (fixture))
    check_xlsx_to_csv (fixture, TO_GB18030, "GB18030");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_autoptr (JpTestDir) profile = jp_test_dir_new ();
  const char *path = jp_test_dir_get_path (profile);

  g_test_add ("/documents/libreoffice/xlsx-to-xlsx", Fixture, path, set_up, test_xlsx_to_xlsx,
              tear_down);
  g_test_add ("/documents/libreoffice/csv-to-xlsx", Fixture, path, set_up, test_csv_to_xlsx,
              tear_down);
  g_test_add ("/documents/libreoffice/xlsx-to-utf8", Fixture, path, set_up, test_xlsx_to_utf8,
              tear_down);
  g_test_add ("/documents/libreoffice/xlsx-to-gb18030", Fixture, path, set_up, test_xlsx_to_gb18030,
              tear_down);

  return g_test_run ();
}
