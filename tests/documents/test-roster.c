/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-roster.h"

#include "jp-desk.h"
#include "jp-export.h"
#include "jp-query.h"
#include "jp-sheet-writer.h"
#include "jp-test-dir.h"
#include "jp-test-records.h"
#include "jp-vault-fixture.h"
#include "jp-xlsx-fixture.h"

#define SAMPLE  "documents/data/roster-import.csv"
#define N_TYPED 11u /* rows of the sample that are not blank */

/* Prepares the school of the sample: one tier, one coach of a name, two of another. */
static void
set_up (JpVaultFixture *fixture, gconstpointer data)
{
  static const char *const coaches[] = { "孔令仪", "马强", "马强" };

  jp_vault_fixture_set_up (fixture, data);
  jp_record_unref (jp_vault_fixture_add_tier (fixture->vault, "C1 普通班", 328000));
  for (gsize i = 0; i < G_N_ELEMENTS (coaches); i++)
    {
      g_autoptr (JpDraft) draft = jp_test_draft_new (JP_KIND_COACH, fixture->random);

      jp_draft_set_text (draft, JP_COACH_NAME, coaches[i]);
      jp_draft_set_code (draft, JP_COACH_EMPLOY_STATUS, JP_EMPLOY_STATUS_EMPLOYED);
      jp_draft_clear (draft, JP_COACH_LEFT_ON);
      jp_record_unref (jp_vault_fixture_save (fixture->vault, g_steal_pointer (&draft)));
    }
}

static JpRoster *
open_path (const char *path, JpKind kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (JpSheet) sheet = jp_sheet_read_file (file, NULL, &error);
  JpRoster *roster = NULL;

  g_assert_no_error (error);
  roster = jp_roster_new (sheet, kind, &error);
  g_assert_no_error (error);
  return roster;
}

static JpImport *
plan (JpVault *vault, JpRoster *roster)
{
  g_autoptr (GError) error = NULL;
  JpImport *import = jp_roster_read (roster);

  g_assert_true (jp_import_plan (import, vault, NULL, &error));
  g_assert_no_error (error);
  return import;
}

static void
commit (JpVault *vault, JpImport *import)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (jp_import_commit (import, vault, "前台", NULL, &error));
  g_assert_no_error (error);
}

static void
assert_counts (JpImport *import, guint n_new, guint n_changed, guint n_same, guint n_refused)
{
  g_assert_cmpuint (jp_import_count (import, JP_IMPORT_NEW), ==, n_new);
  g_assert_cmpuint (jp_import_count (import, JP_IMPORT_CHANGED), ==, n_changed);
  g_assert_cmpuint (jp_import_count (import, JP_IMPORT_SAME), ==, n_same);
  g_assert_cmpuint (jp_import_count (import, JP_IMPORT_REFUSED), ==, n_refused);
}

static gint64
count_trainees (JpVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_TRAINEE);
  gint64 n = 0;

  g_assert_true (jp_query_count (vault, query, &n, &error));
  return n;
}

typedef struct
{
  guint     number;
  JpFieldId field;
} Refusal;

static const Refusal refusals[] = {
  { 6, JP_TRAINEE_ID_NUMBER }, { 7, JP_TRAINEE_PHONE },         { 8, JP_TRAINEE_CLASS_TIER },
  { 9, JP_TRAINEE_ID_NUMBER }, { 10, JP_TRAINEE_LICENCE_TYPE }, { 11, JP_TRAINEE_APPLIED_ON },
  { 12, JP_TRAINEE_NAME },     { 13, JP_TRAINEE_COACH },        { 14, JP_TRAINEE_LICENCE_TYPE },
};

static void
assert_refusals (JpImport *import)
{
  GPtrArray *rows = jp_import_get_rows (import);
  guint      n = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const JpImportRow *row = g_ptr_array_index (rows, i);

      if (row->outcome != JP_IMPORT_REFUSED)
        continue;
      g_test_message ("%u: %s", row->number, row->reason);
      g_assert_cmpuint (n, <, G_N_ELEMENTS (refusals));
      g_assert_cmpuint (row->number, ==, refusals[n].number);
      g_assert_cmpint ((int)row->field, ==, (int)refusals[n].field);
      g_assert_nonnull (row->reason);
      n++;
    }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (refusals));
}

static void
test_sample (JpVaultFixture *fixture, gconstpointer data)
{
  const char      *name = data;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "documents", "data", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRoster) roster = open_path (path, JP_KIND_TRAINEE);
  g_autoptr (JpImport) import = plan (fixture->vault, roster);
  g_autoptr (JpRecord) trainee = NULL;

  g_assert_cmpuint (roster->unknown->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (roster->unknown, 0), ==, "序号");
  g_assert_cmpstr (g_ptr_array_index (roster->unknown, 1), ==, "介绍人");
  assert_counts (import, 2, 0, 0, G_N_ELEMENTS (refusals));
  assert_refusals (import);

  /* A rehearsal changes nothing. */
  g_assert_cmpint (count_trainees (fixture->vault), ==, 0);
  commit (fixture->vault, import);
  g_assert_cmpint (count_trainees (fixture->vault), ==, 2);

  trainee = jp_desk_find_person (fixture->vault, JP_KIND_TRAINEE, "371702199901011118", &error);
  g_assert_cmpstr (jp_record_get_text (trainee, JP_TRAINEE_NAME), ==, "王明朗");
  g_assert_cmpint (jp_record_get_date (trainee, JP_TRAINEE_BIRTH_DATE), ==, 19990101);
  g_assert_cmpint (jp_record_get_date (trainee, JP_TRAINEE_APPLIED_ON), ==, 20261103);
  g_assert_nonnull (jp_record_get_ref (trainee, JP_TRAINEE_CLASS_TIER));
  g_assert_nonnull (jp_record_get_ref (trainee, JP_TRAINEE_COACH));

  /* Once more, and again after somebody typed half of it by hand. */
  g_autoptr (JpImport) again = plan (fixture->vault, roster);

  assert_counts (again, 0, 0, 2, G_N_ELEMENTS (refusals));
  g_assert_cmpuint (jp_import_get_n_changes (again), ==, 0);
  commit (fixture->vault, again);
  g_assert_cmpint (count_trainees (fixture->vault), ==, 2);
}

static void
test_committed_twice (JpVaultFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, SAMPLE, NULL);
  g_autoptr (JpRoster) roster = open_path (path, JP_KIND_TRAINEE);
  g_autoptr (JpImport) import = plan (fixture->vault, roster);

  /* The same plan, as after a crash in between: the same events. */
  commit (fixture->vault, import);
  commit (fixture->vault, import);
  g_assert_cmpint (count_trainees (fixture->vault), ==, 2);
}

static void
test_overtaken (JpVaultFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, SAMPLE, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRoster) roster = open_path (path, JP_KIND_TRAINEE);
  g_autoptr (JpImport) first = plan (fixture->vault, roster);
  g_autoptr (JpRecord) trainee = NULL;
  g_autoptr (JpDraft) draft = NULL;
  JpId      op_id = jp_id_source_next (fixture->vault->ids);
  JpChange *change = jp_change_new (&op_id, "edit", "前台");

  commit (fixture->vault, first);
  trainee = jp_desk_find_person (fixture->vault, JP_KIND_TRAINEE, "371702199901011118", &error);
  draft = jp_draft_new_from (trainee);
  jp_draft_set_text (draft, JP_TRAINEE_PHONE, "13905309999");

  g_autoptr (JpRecord) after = jp_draft_end (g_steal_pointer (&draft));

  jp_change_add (change, trainee, after);
  jp_vault_fixture_commit (fixture->vault, change);

  /* The roster says something else again: one change, prepared … */
  g_autoptr (JpImport) second = plan (fixture->vault, roster);
  const JpImportRow *row = g_ptr_array_index (jp_import_get_rows (second), 0);

  assert_counts (second, 0, 1, 1, G_N_ELEMENTS (refusals));
  g_assert_cmpuint (jp_record_diff_units (row->before, row->after), ==,
                    1u << jp_field_get (JP_TRAINEE_PHONE)->merge);

  /* … and overtaken by somebody at another window. */
  g_autoptr (JpDraft) late = jp_draft_new_from (after);

  op_id = jp_id_source_next (fixture->vault->ids);
  change = jp_change_new (&op_id, "edit", "前台");
  jp_draft_set_text (late, JP_TRAINEE_PHONE, "13905308888");

  g_autoptr (JpRecord) latest = jp_draft_end (g_steal_pointer (&late));

  jp_change_add (change, after, latest);
  jp_vault_fixture_commit (fixture->vault, change);
  g_assert_false (jp_import_commit (second, fixture->vault, "前台", NULL, &error));
  g_assert_error (error, JP_STORE_ERROR, JP_STORE_ERROR_CONFLICT);
}

static void
test_trash (JpVaultFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, SAMPLE, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRoster) roster = open_path (path, JP_KIND_TRAINEE);
  g_autoptr (JpImport) import = plan (fixture->vault, roster);
  g_autoptr (JpImport) again = NULL;
  const JpImportRow *row = g_ptr_array_index (jp_import_get_rows (import), 0);

  commit (fixture->vault, import);
  jp_vault_fixture_commit (fixture->vault, jp_desk_set_deleted (fixture->vault, JP_KIND_TRAINEE,
                                                                jp_record_get_id (row->after), TRUE,
                                                                "前台", &error));
  again = plan (fixture->vault, roster);
  assert_counts (again, 0, 0, 1, G_N_ELEMENTS (refusals) + 1);
}

static void
write_sheet (const char *path, const char *const *labels, const char *const *cells)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (JpSheetWriter) writer =
    jp_sheet_writer_new (file, jp_sheet_writer_guess_format (file), "t");
  guint n_columns = g_strv_length ((char **)labels);

  for (guint i = 0; i < n_columns; i++)
    jp_sheet_writer_add_column (writer, labels[i], JP_SHEET_COLUMN_TEXT);
  for (guint i = 0; cells[i] != NULL; i++)
    {
      jp_sheet_writer_put_text (writer, cells[i]);
      if (i % n_columns == n_columns - 1)
        jp_sheet_writer_end_row (writer, &error);
      g_assert_no_error (error);
    }
  jp_sheet_writer_finish (writer, NULL, &error);
  g_assert_no_error (error);
}

/* Corrects the ID number of the first row and the mobile of the second, as a clerk would. */
static void
correct (const char *from, const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) in = g_file_new_for_path (from);
  g_autoptr (GFile) out = g_file_new_for_path (to);
  g_autoptr (JpSheet) sheet = jp_sheet_read_file (in, NULL, &error);
  g_autoptr (JpSheetWriter) writer =
    jp_sheet_writer_new (out, jp_sheet_writer_guess_format (out), "t");
  const JpSheetRow *header = jp_sheet_get_header (sheet);

  g_assert_no_error (error);
  g_assert_cmpstr (jp_sheet_row_get_text (header, 0), ==, "Row");
  g_assert_cmpstr (jp_sheet_row_get_text (header, 1), ==, "Reason");
  g_assert_cmpstr (jp_sheet_row_get_text (header, 3), ==, "姓名");
  g_assert_cmpuint (jp_sheet_get_n_rows (sheet), ==, G_N_ELEMENTS (refusals));
  for (guint k = 0; k < jp_sheet_get_n_columns (sheet); k++)
    jp_sheet_writer_add_column (writer, jp_sheet_row_get_text (header, k), JP_SHEET_COLUMN_TEXT);

  for (guint i = 0; i < jp_sheet_get_n_rows (sheet); i++)
    {
      const JpSheetRow *row = jp_sheet_get_row (sheet, i);

      for (guint k = 0; k < jp_sheet_get_n_columns (sheet); k++)
        if (i == 0 && k == 5)
          jp_sheet_writer_put_text (writer, "371722199703033338");
        else if (i == 1 && k == 6)
          jp_sheet_writer_put_text (writer, "13805300004");
        else
          jp_sheet_writer_put_text (writer, jp_sheet_row_get_text (row, k));
      jp_sheet_writer_end_row (writer, &error);
      g_assert_no_error (error);
    }
  jp_sheet_writer_finish (writer, NULL, &error);
  g_assert_no_error (error);
}

static void
test_refused_file (JpVaultFixture *fixture, gconstpointer data)
{
  const char *extension = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpTestDir) dir = jp_test_dir_new ();
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, SAMPLE, NULL);
  g_autofree char *refused_name = g_strconcat ("refused.", extension, NULL);
  g_autofree char *corrected_name = g_strconcat ("corrected.", extension, NULL);
  g_autofree char *refused = jp_test_dir_build (dir, refused_name);
  g_autofree char *corrected = jp_test_dir_build (dir, corrected_name);
  g_autoptr (GFile) refused_file = g_file_new_for_path (refused);
  g_autoptr (JpRoster) roster = open_path (path, JP_KIND_TRAINEE);
  g_autoptr (JpImport) import = plan (fixture->vault, roster);
  g_autoptr (JpRoster) second_roster = NULL;
  g_autoptr (JpImport) second = NULL;

  commit (fixture->vault, import);
  g_assert_true (jp_roster_write_refused (roster, import, refused_file, NULL, &error));
  g_assert_no_error (error);

  correct (refused, corrected);
  second_roster = open_path (corrected, JP_KIND_TRAINEE);
  second = plan (fixture->vault, second_roster);
  /* The double says something else now: it is a change of the one that came first. */
  assert_counts (second, 2, 1, 0, G_N_ELEMENTS (refusals) - 3);
  commit (fixture->vault, second);
  g_assert_cmpint (count_trainees (fixture->vault), ==, 4);
}

static JpImport *
plan_cells (JpVaultFixture    *fixture,
            JpKind             kind,
            const char *const *labels,
            const char *const *cells)
{
  g_autoptr (JpTestDir) dir = jp_test_dir_new ();
  g_autofree char *path = jp_test_dir_build (dir, "cells.xlsx");
  g_autoptr (JpRoster) roster = NULL;

  write_sheet (path, labels, cells);
  roster = open_path (path, kind);
  return plan (fixture->vault, roster);
}

static void
test_labels (JpVaultFixture *fixture, gconstpointer data)
{
  static const char *const labels[] = { "name",     "ID number", "联系电话(手机)",
                                        "报名车型", "sex",       "Document",
                                        NULL };
  static const char *const cells[] = {
    "王明朗", "371702199901011118", "13805300001", "c1", "女", "身份证", NULL
  };
  g_autoptr (JpImport) import = plan_cells (fixture, JP_KIND_TRAINEE, labels, cells);
  const JpImportRow *row = g_ptr_array_index (jp_import_get_rows (import), 0);

  assert_counts (import, 1, 0, 0, 0);

  /* The card is right. */
  g_assert_cmpint (jp_record_get_code (row->after, JP_TRAINEE_SEX), ==, JP_SEX_MALE);
  g_assert_cmpstr (jp_record_get_text (row->after, JP_TRAINEE_LICENCE_TYPE), ==, "C1");
}

/* The tier tells the licence type; an empty cell takes nothing away; a masked one neither. */
static void
test_gaps (JpVaultFixture *fixture, gconstpointer data)
{
  static const char *const labels[] = { "姓名", "身份证号", "手机号", "班型", "地址", NULL };
  static const char *const first[] = { "王明朗",   "371702199901011118", "13805300001",
                                       "C1普通班", "人民路1号",          NULL };
  static const char *const second[] = { "王明朗", "371702199901011118", "138 •••• 0001", "", "",
                                        NULL };
  g_autoptr (JpImport) made = plan_cells (fixture, JP_KIND_TRAINEE, labels, first);
  g_autoptr (JpImport) same = NULL;

  assert_counts (made, 1, 0, 0, 0);
  commit (fixture->vault, made);
  same = plan_cells (fixture, JP_KIND_TRAINEE, labels, second);
  assert_counts (same, 0, 0, 1, 0);
}

static void
test_vehicles (JpVaultFixture *fixture, gconstpointer data)
{
  static const char *const labels[] = { "车牌号", "车型", "品牌", "生产厂家", "购车日期", NULL };
  static const char *const cells[] = { "鲁R1967学",    "C1",         "桑塔纳", "上汽大众",
                                       "2024年3月1日", "鲁R1967",    "C1",     "捷达",
                                       "一汽大众",     "2024-03-01", NULL };
  g_autoptr (JpImport) import = plan_cells (fixture, JP_KIND_VEHICLE, labels, cells);
  const JpImportRow *row = g_ptr_array_index (jp_import_get_rows (import), 1);

  assert_counts (import, 1, 0, 0, 1);
  g_assert_cmpint ((int)row->field, ==, (int)JP_VEHICLE_PLATE);
}

static void
test_unusable (void)
{
  static const char *const labels[] = { "姓名", "手机号", NULL };
  static const char *const cells[] = { "王明朗", "13805300001", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (JpTestDir) dir = jp_test_dir_new ();
  g_autofree char *path = jp_test_dir_build (dir, "cells.csv");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (JpSheet) sheet = NULL;

  write_sheet (path, labels, cells);
  sheet = jp_sheet_read_file (file, NULL, &error);
  g_assert_null (jp_roster_new (sheet, JP_KIND_TRAINEE, &error));
  g_assert_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (jp_roster_new (sheet, JP_KIND_STATEMENT, &error));
  g_assert_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_UNSUPPORTED);
}

/* A number that Excel has cut to 15 digits is refused with advice, and not written back. */
static void
test_imprecise (JpVaultFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpTestDir) dir = jp_test_dir_new ();
  g_autofree char *path = jp_test_dir_build (dir, "refused.csv");
  g_autofree char *text = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (JpXlsxFixture) workbook = jp_xlsx_fixture_new ();
  static const char rows[] = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>姓名</t></is></c>"
                             "<c r=\"B1\" t=\"inlineStr\"><is><t>身份证号</t></is></c></row>"
                             "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>王明朗</t></is></c>"
                             "<c r=\"B2\"><v>371702199901011000</v></c></row>";
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JpSheet) sheet = NULL;
  g_autoptr (JpRoster) roster = NULL;
  g_autoptr (JpImport) import = NULL;
  const JpImportRow *row = NULL;

  jp_xlsx_fixture_set_rows (workbook, rows);
  bytes = jp_xlsx_fixture_pack (workbook, NULL);
  sheet = jp_sheet_read_bytes (bytes, NULL, &error);
  g_assert_no_error (error);
  roster = jp_roster_new (sheet, JP_KIND_TRAINEE, &error);
  import = plan (fixture->vault, roster);
  row = g_ptr_array_index (jp_import_get_rows (import), 0);

  assert_counts (import, 0, 0, 0, 1);
  g_assert_cmpint ((int)row->field, ==, (int)JP_TRAINEE_ID_NUMBER);
  g_assert_nonnull (strstr (row->reason, "set the column to text"));
  g_assert_true (jp_roster_write_refused (roster, import, file, NULL, &error));
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_assert_null (strstr (text, "371702199901011000"));
}

typedef struct
{
  guint         n_calls;
  GCancellable *cancellable;
} Watch;

static void
watch_cb (guint64 done, guint64 total, gpointer user_data)
{
  Watch *watch = user_data;

  watch->n_calls++;
  if (watch->cancellable != NULL)
    g_cancellable_cancel (watch->cancellable);
}

static void
test_cancel (JpVaultFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, SAMPLE, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (JpRoster) roster = open_path (path, JP_KIND_TRAINEE);
  g_autoptr (JpImport) import = plan (fixture->vault, roster);
  Watch     watch = { 0, cancellable };
  JpMonitor monitor = { watch_cb, &watch, cancellable };

  g_assert_false (jp_import_commit (import, fixture->vault, "前台", &monitor, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (count_trainees (fixture->vault), ==, 0);
  g_assert_cmpuint (watch.n_calls, ==, 1);
}

static char *
export_all (JpVault *vault, JpTestDir *dir, gboolean reveal)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = jp_test_dir_build (dir, "export.csv");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_TRAINEE);
  g_autoptr (GArray) fields = jp_export_list_fields (JP_KIND_TRAINEE, TRUE);
  JpExport export = { query, (const JpFieldId *)(gpointer)fields->data, fields->len, reveal,
                      "前台" };
  char *text = NULL;
  guint n_rows = 0;

  g_assert_true (jp_export_audit (vault, &export, 2, &error));
  g_assert_true (jp_export_write (vault, &export, file, NULL, &n_rows, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_rows, ==, 2);
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  return text;
}

static void
assert_audited (JpVault *vault, const char *action)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db, "SELECT action, detail FROM audit ORDER BY n DESC LIMIT 1", &error);
  gboolean row = FALSE;

  g_assert_no_error (error);
  g_assert_true (jp_statement_step (statement, &row, &error));
  g_assert_cmpstr (jp_statement_get_text (statement, 0), ==, action);
  g_assert_true (g_str_has_prefix (jp_statement_get_text (statement, 1), "2 rows: name "));
}

static void
test_export (JpVaultFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, SAMPLE, NULL);
  g_autoptr (JpTestDir) dir = jp_test_dir_new ();
  g_autoptr (JpRoster) roster = open_path (path, JP_KIND_TRAINEE);
  g_autoptr (JpImport) import = plan (fixture->vault, roster);
  g_autofree char *masked = NULL;
  g_autofree char *clear = NULL;
  g_autofree char *exported = jp_test_dir_build (dir, "export.csv");

  commit (fixture->vault, import);
  masked = export_all (fixture->vault, dir, FALSE);
  assert_audited (fixture->vault, "export");
  g_assert_null (strstr (masked, "371702199901011118"));
  g_assert_null (strstr (masked, "13805300001"));
  g_assert_null (strstr (masked, "人民路1号"));
  g_assert_null (strstr (masked, "1999-01-01"));
  g_assert_nonnull (strstr (masked, "371702 •••••••• 1118"));
  g_assert_nonnull (strstr (masked, "C1 普通班"));

  clear = export_all (fixture->vault, dir, TRUE);
  assert_audited (fixture->vault, "reveal");
  g_assert_nonnull (strstr (clear, "371702199901011118"));

  /* What was exported in clear comes back as it is. */
  g_autoptr (JpRoster) round = open_path (exported, JP_KIND_TRAINEE);
  g_autoptr (JpImport) same = plan (fixture->vault, round);

  assert_counts (same, 0, 0, 2, 0);
}

#define ADD(path, data, func)                                                                      \
  g_test_add ("/documents/roster/" path, JpVaultFixture, data, set_up, func,                       \
              jp_vault_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("sample/utf8", "roster-import.csv", test_sample);
  ADD ("sample/gb18030", "roster-import-gb18030.csv", test_sample);
  ADD ("committed-twice", NULL, test_committed_twice);
  ADD ("overtaken", NULL, test_overtaken);
  ADD ("trash", NULL, test_trash);
  ADD ("refused-file/csv", "csv", test_refused_file);
  ADD ("refused-file/xlsx", "xlsx", test_refused_file);
  ADD ("labels", NULL, test_labels);
  ADD ("gaps", NULL, test_gaps);
  ADD ("vehicles", NULL, test_vehicles);
  ADD ("imprecise", NULL, test_imprecise);
  ADD ("cancel", NULL, test_cancel);
  ADD ("export", NULL, test_export);
  g_test_add_func ("/documents/roster/unusable", test_unusable);
  return g_test_run ();
}
