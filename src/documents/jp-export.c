/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-export.h"

#include "jp-commit.h"
#include "jp-documents-error-private.h"
#include "jp-lookup.h"
#include "jp-sheet-writer.h"

#define ROWS_PER_PAGE    256
#define MINUTES_PER_HOUR 60.0

/**
 * jp_export_list_fields:
 * @kind: a kind
 * @all: every field that people see, not only those of the list
 *
 * Returns: (transfer full) (element-type JpFieldId): the columns of an export, in the order of the
 *   description
 */
GArray *
jp_export_list_fields (JpKind kind, gboolean all)
{
  const JpKindInfo *info = jp_kind_get_info (kind);
  GArray           *fields = g_array_new (FALSE, FALSE, sizeof (JpFieldId));

  for (guint i = 0; i < info->n_fields; i++)
    if ((info->fields[i].flags & (JP_FIELD_HIDDEN | JP_FIELD_JSON)) == 0 &&
        (all || (info->fields[i].flags & (JP_FIELD_LISTED | JP_FIELD_IMPORTED))))
      g_array_append_val (fields, info->fields[i].id);
  return fields;
}

/**
 * jp_export_audit:
 * @vault: a writing vault without an open transaction
 * @export: what is exported
 * @n_rows: how many rows
 * @error: return location for a [error@Jp.StoreError]
 *
 * Notes in the audit who takes what out of the house, before it happens: "reveal" if sensitive
 * fields are in clear, else "export".
 *
 * Returns: whether it is written
 */
gboolean
jp_export_audit (JpVault *vault, const JpExport *export, guint n_rows, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (export != NULL, FALSE);

  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (GString) detail = g_string_new (NULL);

  g_string_append_printf (detail, "%u rows:", n_rows);
  for (guint i = 0; i < export->n_fields; i++)
    g_string_append_printf (detail, " %s", jp_field_get (export->fields[i])->name);

  if (!jp_db_begin_write (vault->db, &transaction, error) ||
      !jp_commit_audit (vault, export->actor, export->reveal ? "reveal" : "export",
                        jp_query_get_kind (export->query), NULL, detail->str, error) ||
      !jp_transaction_commit (&transaction, error))
    return jp_vault_translate (error);
  return TRUE;
}

static JpSheetColumnType
column_type (const JpField *field, gboolean reveal)
{
  if ((field->flags & JP_FIELD_SEALED) && !reveal)
    return JP_SHEET_COLUMN_TEXT;

  switch (field->type)
    {
    case JP_FIELD_DATE:
      return JP_SHEET_COLUMN_DATE;
    case JP_FIELD_INSTANT:
      return JP_SHEET_COLUMN_INSTANT;
    case JP_FIELD_INTEGER:
      if (field->unit == JP_UNIT_FEN)
        return JP_SHEET_COLUMN_MONEY;
      if (field->unit == JP_UNIT_MINUTE)
        return JP_SHEET_COLUMN_DECIMAL;
      return field->unit == JP_UNIT_NONE || field->unit == JP_UNIT_COUNT ? JP_SHEET_COLUMN_INTEGER
                                                                         : JP_SHEET_COLUMN_TEXT;
    case JP_FIELD_TEXT:
    case JP_FIELD_BOOLEAN:
    case JP_FIELD_CODE:
    case JP_FIELD_REF:
    default:
      return JP_SHEET_COLUMN_TEXT;
    }
}

static void
put_value (JpSheetWriter *writer, JpRecord *record, const JpField *field, gboolean reveal)
{
  g_autofree char *text = NULL;

  switch (column_type (field, reveal))
    {
    case JP_SHEET_COLUMN_DATE:
      jp_sheet_writer_put_date (writer, jp_record_get_date (record, field->id));
      return;
    case JP_SHEET_COLUMN_INSTANT:
      jp_sheet_writer_put_instant (writer, jp_record_get_integer (record, field->id));
      return;
    case JP_SHEET_COLUMN_MONEY:
      jp_sheet_writer_put_money (writer, jp_record_get_integer (record, field->id));
      return;
    case JP_SHEET_COLUMN_DECIMAL:
      jp_sheet_writer_put_decimal (writer, (double)jp_record_get_integer (record, field->id) /
                                             MINUTES_PER_HOUR);
      return;
    case JP_SHEET_COLUMN_INTEGER:
      jp_sheet_writer_put_integer (writer, jp_record_get_integer (record, field->id));
      return;
    case JP_SHEET_COLUMN_TEXT:
    default:
      text = jp_record_dup_display (record, field->id, reveal);
      jp_sheet_writer_put_text (writer, text);
    }
}

static gboolean
put_record (JpVault *vault,
            const JpExport *export,
            JpSheetWriter *writer,
            JpRecord      *record,
            GError       **error)
{
  for (guint i = 0; i < export->n_fields; i++)
    {
      const JpField   *field = jp_field_get (export->fields[i]);
      g_autofree char *title = NULL;

      if (!jp_record_has (record, field->id))
        {
          jp_sheet_writer_put_empty (writer);
          continue;
        }
      if (field->type != JP_FIELD_REF)
        {
          put_value (writer, record, field, export->reveal);
          continue;
        }

      if (!jp_lookup_title (vault, field->target, jp_record_get_ref (record, field->id), &title,
                            error))
        return FALSE;
      if (title != NULL)
        jp_sheet_writer_put_text (writer, title);
      else
        jp_sheet_writer_put_empty (writer);
    }
  return jp_sheet_writer_end_row (writer, error);
}

static gboolean
put_page (JpVault *vault,
          const JpExport *export,
          JpSheetWriter *writer,
          GArray        *page,
          GError       **error)
{
  g_autoptr (GPtrArray) records =
    jp_query_fetch (vault, jp_query_get_kind (export->query), page, error);

  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    if (g_ptr_array_index (records, i) != NULL &&
        !put_record (vault, export, writer, g_ptr_array_index (records, i), error))
      return FALSE;
  return TRUE;
}

/**
 * jp_export_write:
 * @vault: a vault, reading will do
 * @export: what is exported
 * @file: the file to write, a workbook or text by its name
 * @monitor: (nullable): how the job is watched
 * @out_n_rows: (out) (optional): how many rows there were
 * @error: return location for a [error@Jp.DocumentsError] or [error@Jp.StoreError]
 *
 * Writes the rows of a question. Call jp_export_audit() before. Never on the main thread.
 *
 * Returns: whether the file is there
 */
gboolean
jp_export_write (JpVault *vault,
                 const JpExport *export,
                 GFile           *file,
                 const JpMonitor *monitor,
                 guint           *out_n_rows,
                 GError         **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (export != NULL, FALSE);
  g_return_val_if_fail (export->n_fields > 0, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  g_autoptr (JpSheetWriter) writer =
    jp_sheet_writer_new (file, jp_sheet_writer_guess_format (file),
                         jp_kind_get_plural (jp_query_get_kind (export->query)));
  g_autoptr (GArray) rids = jp_query_run (vault, export->query, error);

  if (rids == NULL)
    return FALSE;

  for (guint i = 0; i < export->n_fields; i++)
    {
      const JpField *field = jp_field_get (export->fields[i]);

      jp_sheet_writer_add_column (writer, jp_field_get_label (field),
                                  column_type (field, export->reveal));
    }
  for (guint from = 0; from < rids->len; from += ROWS_PER_PAGE)
    {
      g_autoptr (GArray) page = g_array_new (FALSE, FALSE, sizeof (gint64));

      g_array_append_vals (page, &g_array_index (rids, gint64, from),
                           MIN (ROWS_PER_PAGE, rids->len - from));
      if (!jp_monitor_step (monitor, from, rids->len, error) ||
          !put_page (vault, export, writer, page, error))
        return FALSE;
    }
  if (!jp_sheet_writer_finish (writer, monitor != NULL ? monitor->cancellable : NULL, error))
    return FALSE;

  if (out_n_rows != NULL)
    *out_n_rows = rids->len;
  return jp_monitor_step (monitor, rids->len, rids->len, error);
}
