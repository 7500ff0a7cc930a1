/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-evidence-bundle.h"

#include "jp-codes.h"
#include "jp-documents-error-private.h"
#include "jp-json.h"
#include "jp-print.h"
#include "jp-query.h"
#include "jp-sheet-writer.h"
#include "jp-zip-writer.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define MINUTES_AN_HOUR 60.0
#define MANIFEST        "manifest.json"

typedef struct
{
  JpVault                *vault;    /* (borrowed) */
  const JpEvidenceBundle *bundle;   /* (borrowed) */
  GPtrArray              *rows;     /* (owned) (element-type JpSettlementRow) (borrowed elements) */
  GPtrArray              *people;   /* (owned) (element-type Person): of the known contracts */
  char                   *folder;   /* (owned): for tables on their way into the archive */
  JpZipWriter            *zip;      /* (owned) */
  JsonBuilder            *manifest; /* (owned) */
} Work;

/* A contract that is in question, and its trainee. */
typedef struct
{
  JpRecord *contract; /* (owned) */
  JpRecord *trainee;  /* (owned) */
} Person;

static void
person_free (gpointer data)
{
  Person *person = data;

  g_clear_pointer (&person->contract, jp_record_unref);
  g_clear_pointer (&person->trainee, jp_record_unref);
  g_free (person);
}

static void
work_clear (Work *work)
{
  g_clear_pointer (&work->rows, g_ptr_array_unref);
  g_clear_pointer (&work->people, g_ptr_array_unref);
  if (work->folder != NULL)
    g_rmdir (work->folder); /* ignored: it is empty, and in the system's folder for such */
  g_clear_pointer (&work->folder, g_free);
  g_clear_pointer (&work->zip, jp_zip_writer_free);
  g_clear_object (&work->manifest);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static gboolean
is_in (GPtrArray *rows, const JpSettlementRow *row)
{
  for (guint i = 0; i < rows->len; i++)
    if (rows->pdata[i] == row)
      return TRUE;
  return FALSE;
}

/* The rows of the report that are in question, in its order. */
static GPtrArray *
choose_rows (const JpEvidenceBundle *bundle)
{
  GPtrArray *rows = g_ptr_array_new ();

  for (guint i = 0; i < bundle->report->rows->len; i++)
    {
      JpSettlementRow *row = bundle->report->rows->pdata[i];

      if (bundle->rows != NULL ? is_in (bundle->rows, row)
                               : !jp_settlement_verdict_is_good (row->verdict))
        g_ptr_array_add (rows, row);
    }
  return rows;
}

static gboolean
has_person (Work *work, const JpId *contract)
{
  for (guint i = 0; i < work->people->len; i++)
    if (jp_id_equal (jp_record_get_id (((Person *)work->people->pdata[i])->contract), contract))
      return TRUE;
  return FALSE;
}

static gboolean
add_person (Work *work, const JpId *contract, GError **error)
{
  JpVault *vault = work->vault;
  Person  *person = g_new0 (Person, 1);

  g_ptr_array_add (work->people, person);
  person->contract = jp_record_table_get (vault->db, vault->key, JP_KIND_CONTRACT, contract, error);
  if (person->contract == NULL)
    return jp_vault_translate (error);
  person->trainee =
    jp_record_table_get (vault->db, vault->key, JP_KIND_TRAINEE,
                         jp_record_get_ref (person->contract, JP_CONTRACT_TRAINEE), error);
  return person->trainee != NULL || jp_vault_translate (error);
}

static gboolean
find_people (Work *work, GError **error)
{
  for (guint i = 0; i < work->rows->len; i++)
    {
      const JpSettlementRow *row = work->rows->pdata[i];

      if (row->is_known && !has_person (work, &row->contract) &&
          !add_person (work, &row->contract, error))
        return FALSE;
    }
  return TRUE;
}

/* --- members --- */

static void
add_member (Work *work, const char *name, GBytes *bytes)
{
  g_autofree char *digest =
    jp_hash_sha256_text (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  jp_zip_writer_add (work->zip, name, bytes);
  json_builder_begin_object (work->manifest);
  json_builder_set_member_name (work->manifest, "name");
  json_builder_add_string_value (work->manifest, name);
  json_builder_set_member_name (work->manifest, "bytes");
  json_builder_add_int_value (work->manifest, (gint64)g_bytes_get_size (bytes));
  json_builder_set_member_name (work->manifest, "sha256");
  json_builder_add_string_value (work->manifest, digest);
  json_builder_end_object (work->manifest);
}

static gboolean
add_letter (Work *work, GError **error)
{
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (JpPaper) paper =
    jp_print_dispute (work->vault, work->bundle->report, work->rows, error);

  pdf = paper != NULL ? jp_paper_to_pdf (paper, error) : NULL;
  if (pdf != NULL)
    add_member (work, "letter.pdf", pdf);
  return pdf != NULL;
}

typedef gboolean (*Fill) (Work *work, JpSheetWriter *writer, GError **error);

/* The writer makes files only; what is read back is gone from the disk at once. */
static gboolean
add_table (Work *work, const char *name, Fill fill, GError **error)
{
  g_autofree char *path = g_build_filename (work->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (JpSheetWriter) writer = jp_sheet_writer_new (file, JP_SHEET_FORMAT_CSV, name);
  g_autoptr (GBytes) bytes = NULL;

  if (!fill (work, writer, error) || !jp_sheet_writer_finish (writer, NULL, error))
    return FALSE;
  bytes = g_file_load_bytes (file, NULL, NULL, error);
  g_remove (path); /* ignored: it is in a folder of our own that goes with it */
  if (bytes == NULL)
    return jp_documents_error_translate (error);
  add_member (work, name, bytes);
  return TRUE;
}

/* --- lines --- */

static void
add_line_columns (JpSheetWriter *writer)
{
  static const struct
  {
    const char       *label;
    JpSheetColumnType type;
  } columns[] = {
    { NC_ ("field", "Line"), JP_SHEET_COLUMN_INTEGER },
    { NC_ ("field", "Contract number"), JP_SHEET_COLUMN_TEXT },
    { NC_ ("field", "Trainee"), JP_SHEET_COLUMN_TEXT },
    { NC_ ("field", "Stage"), JP_SHEET_COLUMN_TEXT },
    { NC_ ("field", "Kind"), JP_SHEET_COLUMN_TEXT },
    { NC_ ("field", "Paid out"), JP_SHEET_COLUMN_DATE },
    { NC_ ("field", "The line pays"), JP_SHEET_COLUMN_MONEY },
    { NC_ ("field", "It should pay"), JP_SHEET_COLUMN_MONEY },
    { NC_ ("field", "Difference"), JP_SHEET_COLUMN_MONEY },
    { NC_ ("field", "Verdict"), JP_SHEET_COLUMN_TEXT },
    { NC_ ("field", "Why"), JP_SHEET_COLUMN_TEXT },
    { NC_ ("field", "Dispute"), JP_SHEET_COLUMN_TEXT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    jp_sheet_writer_add_column (writer, g_dpgettext2 (GETTEXT_PACKAGE, "field", columns[i].label),
                                columns[i].type);
}

static void
put_optional (JpSheetWriter *writer, const char *text)
{
  if (text != NULL && *text != '\0')
    jp_sheet_writer_put_text (writer, text);
  else
    jp_sheet_writer_put_empty (writer);
}

static gboolean
put_line (JpSheetWriter *writer, const JpSettlementRow *row, GError **error)
{
  const JpCode *kind = jp_code_get (jp_line_kind_codes, row->kind);
  const JpCode *state = jp_code_get (jp_dispute_state_codes, row->dispute_state);

  if (row->line_no > 0)
    jp_sheet_writer_put_integer (writer, row->line_no);
  else
    jp_sheet_writer_put_empty (writer);
  put_optional (writer, row->contract_no);
  put_optional (writer, row->trainee_name);
  put_optional (writer, row->stage);
  put_optional (writer, kind != NULL ? jp_code_get_label (kind) : NULL);
  if (row->paid_on != JP_DATE_NONE)
    jp_sheet_writer_put_date (writer, row->paid_on);
  else
    jp_sheet_writer_put_empty (writer);
  jp_sheet_writer_put_money (writer, row->paid_fen);
  jp_sheet_writer_put_money (writer, row->expected_fen);
  jp_sheet_writer_put_money (writer, row->difference_fen);
  put_optional (writer, jp_settlement_verdict_get_label (row->verdict));
  put_optional (writer, row->sentence);
  put_optional (writer, state != NULL ? jp_code_get_label (state) : NULL);
  return jp_sheet_writer_end_row (writer, error);
}

static gboolean
put_lines (JpSheetWriter *writer, GPtrArray *rows, GError **error)
{
  add_line_columns (writer);
  for (guint i = 0; i < rows->len; i++)
    if (!put_line (writer, rows->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
fill_lines (Work *work, JpSheetWriter *writer, GError **error)
{
  return put_lines (writer, work->rows, error);
}

static gboolean
fill_statement (Work *work, JpSheetWriter *writer, GError **error)
{
  return put_lines (writer, work->bundle->report->rows, error);
}

/* All lines of the contracts in question, on all statements. */
static gboolean
fill_releases (Work *work, JpSheetWriter *writer, GError **error)
{
  add_line_columns (writer);
  for (guint i = 0; i < work->people->len; i++)
    {
      const Person *person = work->people->pdata[i];
      g_autoptr (GPtrArray) rows =
        jp_settlement_repo_list_contract (work->vault, jp_record_get_id (person->contract), NULL,
                                          error);

      for (guint k = 0; rows != NULL && k < rows->len; k++)
        if (!put_line (writer, rows->pdata[k], error))
          return FALSE;
      if (rows == NULL)
        return FALSE;
    }
  return TRUE;
}

/* --- training --- */

static void
add_person_columns (JpSheetWriter *writer)
{
  jp_sheet_writer_add_column (writer, C_ ("field", "Contract number"), JP_SHEET_COLUMN_TEXT);
  jp_sheet_writer_add_column (writer, C_ ("field", "Trainee"), JP_SHEET_COLUMN_TEXT);
  jp_sheet_writer_add_column (writer, jp_field_get_label (jp_field_get (JP_TRAINEE_ID_NUMBER)),
                              JP_SHEET_COLUMN_TEXT);
}

static void
put_person (Work *work, JpSheetWriter *writer, const Person *person)
{
  g_autofree char *id_number =
    jp_record_dup_display (person->trainee, JP_TRAINEE_ID_NUMBER, work->bundle->reveal);

  put_optional (writer, jp_record_get_title (person->contract));
  put_optional (writer, jp_record_get_title (person->trainee));
  put_optional (writer, id_number);
}

static void
put_code (JpSheetWriter *writer, JpRecord *record, JpFieldId field)
{
  g_autofree char *text = jp_record_dup_display (record, field, FALSE);

  put_optional (writer, text);
}

static GPtrArray *
read_of (Work *work, const Person *person, JpFieldId trainee, JpFieldId order, GError **error)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_FIELD_KIND (trainee));

  jp_query_where_ref (query, trainee, jp_record_get_id (person->trainee));
  jp_query_set_order (query, order, FALSE);
  return jp_query_fetch_all (work->vault, query, error);
}

static gboolean
put_session (Work          *work,
             JpSheetWriter *writer,
             const Person  *person,
             JpRecord      *session,
             GError       **error)
{
  put_person (work, writer, person);
  put_optional (writer, jp_record_get_text (session, JP_TRAINING_SESSION_RECORD_NO));
  jp_sheet_writer_put_instant (writer,
                               jp_record_get_integer (session, JP_TRAINING_SESSION_STARTED_AT));
  jp_sheet_writer_put_integer (writer, jp_record_get_integer (session, JP_TRAINING_SESSION_PART));
  jp_sheet_writer_put_integer (writer,
                               jp_record_get_integer (session, JP_TRAINING_SESSION_DURATION));
  jp_sheet_writer_put_integer (writer,
                               jp_record_get_integer (session, JP_TRAINING_SESSION_VALID_MINUTES));
  put_code (writer, session, JP_TRAINING_SESSION_STATE);
  put_code (writer, session, JP_TRAINING_SESSION_REASON);
  return jp_sheet_writer_end_row (writer, error);
}

static gboolean
fill_sessions (Work *work, JpSheetWriter *writer, GError **error)
{
  add_person_columns (writer);
  jp_sheet_writer_add_column (writer, C_ ("field", "Record number"), JP_SHEET_COLUMN_TEXT);
  jp_sheet_writer_add_column (writer, C_ ("field", "Start"), JP_SHEET_COLUMN_INSTANT);
  jp_sheet_writer_add_column (writer, C_ ("field", "Part"), JP_SHEET_COLUMN_INTEGER);
  jp_sheet_writer_add_column (writer, C_ ("evidence", "Recorded (minutes)"),
                              JP_SHEET_COLUMN_INTEGER);
  jp_sheet_writer_add_column (writer, C_ ("evidence", "Valid (minutes)"), JP_SHEET_COLUMN_INTEGER);
  jp_sheet_writer_add_column (writer, C_ ("field", "Judgement"), JP_SHEET_COLUMN_TEXT);
  jp_sheet_writer_add_column (writer, C_ ("field", "Reason"), JP_SHEET_COLUMN_TEXT);
  for (guint i = 0; i < work->people->len; i++)
    {
      const Person *person = work->people->pdata[i];
      gint64        signed_us = jp_record_get_integer (person->contract, JP_CONTRACT_SIGNED_AT);
      g_autoptr (GPtrArray) sessions =
        read_of (work, person, JP_TRAINING_SESSION_TRAINEE, JP_TRAINING_SESSION_STARTED_AT, error);

      for (guint k = 0; sessions != NULL && k < sessions->len; k++)
        if (jp_record_get_integer (sessions->pdata[k], JP_TRAINING_SESSION_STARTED_AT) >=
              signed_us &&
            !put_session (work, writer, person, sessions->pdata[k], error))
          return FALSE;
      if (sessions == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_exam (Work *work, JpSheetWriter *writer, const Person *person, JpRecord *exam, GError **error)
{
  put_person (work, writer, person);
  jp_sheet_writer_put_integer (writer, jp_record_get_integer (exam, JP_EXAM_RESULT_SUBJECT));
  jp_sheet_writer_put_date (writer, jp_record_get_date (exam, JP_EXAM_RESULT_TAKEN_ON));
  jp_sheet_writer_put_integer (writer, jp_record_get_integer (exam, JP_EXAM_RESULT_ATTEMPT));
  put_code (writer, exam, JP_EXAM_RESULT_OUTCOME);
  return jp_sheet_writer_end_row (writer, error);
}

static gboolean
fill_exams (Work *work, JpSheetWriter *writer, GError **error)
{
  add_person_columns (writer);
  jp_sheet_writer_add_column (writer, C_ ("field", "Subject"), JP_SHEET_COLUMN_INTEGER);
  jp_sheet_writer_add_column (writer, C_ ("field", "Taken on"), JP_SHEET_COLUMN_DATE);
  jp_sheet_writer_add_column (writer, C_ ("field", "Attempt"), JP_SHEET_COLUMN_INTEGER);
  jp_sheet_writer_add_column (writer, C_ ("field", "Outcome"), JP_SHEET_COLUMN_TEXT);
  for (guint i = 0; i < work->people->len; i++)
    {
      const Person *person = work->people->pdata[i];
      g_autoptr (GPtrArray) exams =
        read_of (work, person, JP_EXAM_RESULT_TRAINEE, JP_EXAM_RESULT_TAKEN_ON, error);

      for (guint k = 0; exams != NULL && k < exams->len; k++)
        if (!put_exam (work, writer, person, exams->pdata[k], error))
          return FALSE;
      if (exams == NULL)
        return FALSE;
    }
  return TRUE;
}

/* --- the whole --- */

static void
begin_manifest (Work *work)
{
  JpRecord        *statement = work->bundle->report->statement;
  g_autofree char *made_on = jp_date_to_iso (jp_vault_today (work->vault));

  work->manifest = json_builder_new_immutable ();
  json_builder_begin_object (work->manifest);
  json_builder_set_member_name (work->manifest, "statement");
  json_builder_add_string_value (work->manifest, jp_record_get_title (statement));
  json_builder_set_member_name (work->manifest, "lines");
  json_builder_add_int_value (work->manifest, work->rows->len);
  json_builder_set_member_name (work->manifest, "made_on");
  json_builder_add_string_value (work->manifest, made_on);
  json_builder_set_member_name (work->manifest, "revealed");
  json_builder_add_boolean_value (work->manifest, work->bundle->reveal);
  json_builder_set_member_name (work->manifest, "files");
  json_builder_begin_array (work->manifest);
}

static void
end_manifest (Work *work)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GBytes) bytes = NULL;

  json_builder_end_array (work->manifest);
  json_builder_end_object (work->manifest);
  root = json_builder_get_root (work->manifest);
  bytes = jp_json_to_bytes (root);
  jp_zip_writer_add (work->zip, MANIFEST, bytes);
}

static gboolean
make_folder (Work *work, GError **error)
{
  work->folder = g_dir_make_tmp ("jiapei-XXXXXX", error);
  return work->folder != NULL || jp_documents_error_translate (error);
}

/**
 * jp_evidence_bundle_save:
 * @vault: a vault, reading will do
 * @bundle: what goes in
 * @file: the zip archive to write
 * @error: return location for a [error@Jp.StoreError] or [error@Jp.DocumentsError]
 *
 * Writes the letter, the contested lines, the sessions, exams and payments behind them, the whole
 * statement and a manifest. ID numbers are masked unless they are revealed; what is revealed must
 * be noted in the audit before, with jp_print_audit().
 *
 * Returns: whether the file is there; %FALSE with %JP_DOCUMENTS_ERROR_EMPTY if no line is contested
 */
gboolean
jp_evidence_bundle_save (JpVault                *vault,
                         const JpEvidenceBundle *bundle,
                         GFile                  *file,
                         GError                **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (bundle != NULL, FALSE);
  g_return_val_if_fail (bundle->report != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  g_auto (Work) work = {
    .vault = vault,
    .bundle = bundle,
    .rows = choose_rows (bundle),
    .people = g_ptr_array_new_with_free_func (person_free),
    .zip = jp_zip_writer_new (jp_vault_now_us (vault)),
  };

  begin_manifest (&work);
  if (!make_folder (&work, error) || !find_people (&work, error) || !add_letter (&work, error) ||
      !add_table (&work, "lines.csv", fill_lines, error) ||
      !add_table (&work, "sessions.csv", fill_sessions, error) ||
      !add_table (&work, "exams.csv", fill_exams, error) ||
      !add_table (&work, "releases.csv", fill_releases, error) ||
      !add_table (&work, "statement.csv", fill_statement, error))
    return FALSE;
  end_manifest (&work);
  return jp_zip_writer_save (work.zip, file, error);
}

/**
 * jp_evidence_bundle_write_statement:
 * @report: a statement, checked
 * @file: the file to write, a workbook or text by its name
 * @error: return location for a [error@Jp.DocumentsError]
 *
 * Writes all lines of a statement with their verdicts.
 *
 * Returns: whether the file is there
 */
gboolean
jp_evidence_bundle_write_statement (const JpSettlementReport *report, GFile *file, GError **error)
{
  g_return_val_if_fail (report != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  g_autoptr (JpSheetWriter) writer = jp_sheet_writer_new (file, jp_sheet_writer_guess_format (file),
                                                          jp_record_get_title (report->statement));

  return put_lines (writer, report->rows, error) && jp_sheet_writer_finish (writer, NULL, error);
}
