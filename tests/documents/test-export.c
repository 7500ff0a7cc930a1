/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-export.h"

#include "jp-sheet.h"
#include "jp-test-dir.h"
#include "jp-vault-fixture.h"

#include <string.h>

/* The lines of a statement as a workbook: numbers and days that can be computed with, texts that
 * are never formulas; read back by our own reader and by LibreOffice. */

#define N_LINES 50
#define EVIL    "=cmd|' /C calc'!A0"

typedef struct
{
  JpVaultFixture school;
  JpTestDir     *dir;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  jp_vault_fixture_set_up (&fixture->school, data);
  fixture->dir = jp_test_dir_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  jp_test_dir_free (fixture->dir);
  jp_vault_fixture_tear_down (&fixture->school, data);
}

static void
add_lines (JpVault *vault)
{
  JpId statement = jp_id_source_next (vault->ids);

  for (int i = 0; i < N_LINES; i++)
    {
      JpId             id = jp_id_source_next (vault->ids);
      JpDraft         *draft = jp_draft_new (JP_KIND_STATEMENT_LINE, &id);
      g_autofree char *number = g_strdup_printf ("HT-0041-26-02-%05d", i + 1);

      jp_draft_set_ref (draft, JP_STATEMENT_LINE_STATEMENT, &statement);
      jp_draft_set_integer (draft, JP_STATEMENT_LINE_LINE_NO, i + 1);
      jp_draft_set_text (draft, JP_STATEMENT_LINE_CONTRACT_NO, number);
      jp_draft_set_text (draft, JP_STATEMENT_LINE_TRAINEE_NAME, i == 0 ? EVIL : "曾雨桐");
      jp_draft_set_text (draft, JP_STATEMENT_LINE_STAGE, "第二部分培训");
      jp_draft_set_text (draft, JP_STATEMENT_LINE_KIND, "release");
      jp_draft_set_integer (draft, JP_STATEMENT_LINE_AMOUNT, 128400 + i);
      jp_draft_set_integer (draft, JP_STATEMENT_LINE_PAID_AT, jp_date_to_instant (20261120, 9, 30));
      jp_draft_set_text (draft, JP_STATEMENT_LINE_BANK_REFERENCE, "20261120000000000001");
      jp_vault_fixture_put (vault, draft);
    }
}

static char *
export_lines (Fixture *fixture, const char *name)
{
  JpVault *vault = fixture->school.vault;
  char    *path = jp_test_dir_build (fixture->dir, name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_STATEMENT_LINE);
  g_autoptr (GArray) fields = jp_export_list_fields (JP_KIND_STATEMENT_LINE, FALSE);
  g_autoptr (GError) error = NULL;
  guint n_rows = 0;

  jp_query_set_order (query, JP_STATEMENT_LINE_LINE_NO, FALSE);

  const JpExport what = { .query = query,
                          .fields = (const JpFieldId *)(gpointer)fields->data,
                          .n_fields = fields->len,
                          .actor = "财务" };

  g_assert_true (jp_export_audit (vault, &what, N_LINES, &error));
  g_assert_true (jp_export_write (vault, &what, file, NULL, &n_rows, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_rows, ==, N_LINES);
  return path;
}

static JpSheet *
read_sheet (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  JpSheet *sheet = jp_sheet_read_file (file, NULL, &error);

  g_assert_no_error (error);
  return sheet;
}

static guint
find_column (JpSheet *sheet, JpFieldId field)
{
  const JpSheetRow *header = jp_sheet_get_header (sheet);
  const char       *label = jp_field_get_label (jp_field_get (field));

  for (guint i = 0; i < jp_sheet_row_get_n_cells (header); i++)
    if (g_strcmp0 (jp_sheet_row_get_text (header, i), label) == 0)
      return i;
  g_assert_not_reached ();
}

/* Amounts are numbers and days are days, whoever has written the file; texts are texts. */
static void
check_sheet (JpSheet *sheet)
{
  guint amount = find_column (sheet, JP_STATEMENT_LINE_AMOUNT);
  guint paid = find_column (sheet, JP_STATEMENT_LINE_PAID_AT);
  guint name = find_column (sheet, JP_STATEMENT_LINE_TRAINEE_NAME);
  guint reference = find_column (sheet, JP_STATEMENT_LINE_BANK_REFERENCE);

  g_assert_cmpuint (jp_sheet_get_n_rows (sheet), ==, N_LINES);
  for (guint i = 0; i < N_LINES; i++)
    {
      const JpSheetRow *row = jp_sheet_get_row (sheet, i);

      g_assert_cmpfloat_with_epsilon (g_ascii_strtod (jp_sheet_row_get_text (row, amount), NULL),
                                      (128400 + (int)i) / 100.0, 0.001);
      g_assert_cmpuint (jp_sheet_row_get_flags (row, amount) & JP_SHEET_CELL_NUMBER, !=, 0);
      g_assert_cmpuint (jp_sheet_row_get_flags (row, paid) & JP_SHEET_CELL_DATE, !=, 0);
      g_assert_true (g_str_has_prefix (jp_sheet_row_get_text (row, paid), "2026-11-20"));
      g_assert_cmpstr (jp_sheet_row_get_text (row, reference), ==, "20261120000000000001");
      g_assert_cmpuint (jp_sheet_row_get_flags (row, reference), ==, 0);
    }
  g_assert_cmpstr (jp_sheet_row_get_text (jp_sheet_get_row (sheet, 0), name), ==, EVIL);
  g_assert_cmpuint (jp_sheet_row_get_flags (jp_sheet_get_row (sheet, 0), name), ==, 0);
}

static void
test_statement_lines (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (JpSheet) sheet = NULL;

  add_lines (fixture->school.vault);
  path = export_lines (fixture, "lines.xlsx");
  sheet = read_sheet (path);
  check_sheet (sheet);
}

/* A text file has no types: what would be a formula is told to be none. */
static void
test_statement_lines_csv (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  add_lines (fixture->school.vault);
  path = export_lines (fixture, "lines.csv");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_null (strstr (text, "," EVIL));
  g_assert_nonnull (strstr (text, EVIL));
  g_assert_nonnull (strstr (text, "1284.00"));
}

/* LibreOffice opens the workbook, recalculates it and saves it again: everything is as it was. */
static void
test_libreoffice (Fixture *fixture, gconstpointer data)
{
  g_autofree char *program = g_find_program_in_path ("soffice");
  g_autofree char *out = jp_test_dir_build (fixture->dir, "converted");
  g_autofree char *result = g_build_filename (out, "lines.xlsx", NULL);
  g_autofree char *setting = g_strdup_printf ("-env:UserInstallation=file://%s/settings",
                                              jp_test_dir_get_path (fixture->dir));
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) soffice = NULL;
  g_autoptr (JpSheet) sheet = NULL;

  if (program == NULL)
    {
      g_test_skip ("LibreOffice Calc is not installed");
      return;
    }

  add_lines (fixture->school.vault);
  path = export_lines (fixture, "lines.xlsx");
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  soffice =
    g_subprocess_launcher_spawn (launcher, &error, program, setting, "--headless", "--convert-to",
                                 "xlsx:Calc MS Excel 2007 XML", "--outdir", out, path, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check (soffice, NULL, &error);
  g_assert_no_error (error);
  sheet = read_sheet (result);
  check_sheet (sheet);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/documents/export/" path, Fixture, NULL, set_up, (function), tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("statement-lines", test_statement_lines);
  ADD ("statement-lines-csv", test_statement_lines_csv);
  ADD ("libreoffice", test_libreoffice);

  return g_test_run ();
}
