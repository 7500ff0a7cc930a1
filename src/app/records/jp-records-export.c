/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-records-export.h"

#include "jp-lookup.h"
#include "jp-sheet-writer.h"

#include <glib/gi18n-lib.h>

/* An export on its way: handed from job to job, never used by two threads at a time. */
typedef struct
{
  JpOffice      *office; /* (owned): only touched by the main thread */
  JpQuery       *query;  /* (owned) */
  GFile         *file;   /* (owned) */
  JpSheetWriter *writer; /* (owned) */
  GArray        *rids;   /* (owned) (nullable): snapshot, made by the first job */
  guint          n_done;
  gboolean       finished; /* the file is there */
  JpOfficeDone   done;     /* (nullable) */
  gpointer       user_data;
} Export;

static void
export_free (Export *export)
{
  g_object_unref (export->office);
  jp_query_free (export->query);
  g_object_unref (export->file);
  jp_sheet_writer_free (export->writer);
  g_clear_pointer (&export->rids, g_array_unref);
  g_free (export);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static gboolean
is_column (const JpField *field)
{
  return (field->flags & JP_FIELD_LISTED) && !(field->flags & (JP_FIELD_HIDDEN | JP_FIELD_JSON));
}

static JpSheetColumnType
get_column_type (const JpField *field)
{
  if (field->flags & JP_FIELD_SEALED)
    return JP_SHEET_COLUMN_TEXT;
  if (field->type == JP_FIELD_DATE)
    return JP_SHEET_COLUMN_DATE;
  if (field->type == JP_FIELD_INSTANT)
    return JP_SHEET_COLUMN_INSTANT;
  if (field->type != JP_FIELD_INTEGER)
    return JP_SHEET_COLUMN_TEXT;
  if (field->unit == JP_UNIT_FEN)
    return JP_SHEET_COLUMN_MONEY;
  return field->unit == JP_UNIT_NONE || field->unit == JP_UNIT_COUNT ? JP_SHEET_COLUMN_INTEGER
                                                                     : JP_SHEET_COLUMN_TEXT;
}

static void
add_columns (JpSheetWriter *writer, JpKind kind)
{
  const JpKindInfo *info = jp_kind_get_info (kind);

  for (guint i = 0; i < info->n_fields; i++)
    if (is_column (&info->fields[i]))
      jp_sheet_writer_add_column (writer, jp_field_get_label (&info->fields[i]),
                                  get_column_type (&info->fields[i]));
}

static void
put_cell (JpSheetWriter *writer, JpRecord *record, const JpField *field, const char *title)
{
  g_autofree char *text = NULL;

  if (field->type == JP_FIELD_REF)
    {
      jp_sheet_writer_put_text (writer, title);
      return;
    }
  if (!jp_record_has (record, field->id))
    {
      jp_sheet_writer_put_empty (writer);
      return;
    }

  switch (get_column_type (field))
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
    case JP_SHEET_COLUMN_INTEGER:
      jp_sheet_writer_put_integer (writer, jp_record_get_integer (record, field->id));
      return;
    case JP_SHEET_COLUMN_TEXT:
    case JP_SHEET_COLUMN_DECIMAL:
    default:
      text = jp_record_dup_display (record, field->id, FALSE);
      jp_sheet_writer_put_text (writer, text);
    }
}

static gboolean
put_row (JpVault *vault, JpSheetWriter *writer, JpRecord *record, GError **error)
{
  const JpKindInfo *info = jp_record_get_info (record);
  g_auto (GStrv) titles = jp_lookup_titles (vault, record, error);
  guint n_refs = 0;

  if (titles == NULL)
    return FALSE;
  for (guint i = 0; i < info->n_fields; i++)
    {
      const char *title = info->fields[i].type == JP_FIELD_REF ? titles[n_refs++] : NULL;

      if (is_column (&info->fields[i]))
        put_cell (writer, record, &info->fields[i], title);
    }
  return jp_sheet_writer_end_row (writer, error);
}

static gpointer
page_call (JpVault *vault, gpointer data, GError **error)
{
  Export *export = data;
  g_autoptr (GArray) page = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) records = NULL;
  guint n_rows = 0;

  if (export->rids == NULL)
    export->rids = jp_query_run (vault, export->query, error);
  if (export->rids == NULL)
    return NULL;

  n_rows = MIN (export->rids->len - export->n_done, JP_RECORDS_EXPORT_PAGE_ROWS);
  if (n_rows == 0)
    {
      export->finished = jp_sheet_writer_finish (export->writer, NULL, error);
      return NULL;
    }
  g_array_append_vals (page, &g_array_index (export->rids, gint64, export->n_done), n_rows);
  records = jp_query_fetch (vault, jp_query_get_kind (export->query), page, error);
  for (guint i = 0; records != NULL && i < records->len; i++)
    if (!put_row (vault, export->writer, records->pdata[i], error))
      return NULL;
  export->n_done += n_rows;
  return NULL;
}

static void export_page (Export *export);

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Export) export = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (export->file);
  g_autofree char *sentence = NULL;

  if (!jp_store_read_finish (JP_STORE (source), result, NULL, &error))
    {
      g_message ("%s", error->message);
      sentence = g_strdup_printf (
        _ ("“%s” could not be written. Please choose another folder or close the file."), name);
      jp_office_tell (export->office, sentence);
      return;
    }

  if (!export->finished)
    {
      export_page (g_steal_pointer (&export));
      return;
    }
  sentence = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u row is in “%s”",
                                           "%u rows are in “%s”", export->rids->len),
                              export->rids->len, name);
  jp_office_tell (export->office, sentence);
  if (export->done != NULL)
    export->done (export->user_data);
}

static void
export_page (Export *export)
{
  JpStoreCall call = { page_call, export, NULL, NULL, 0 };

  jp_store_read_async (jp_office_get_store (export->office), &call, NULL, page_cb, export);
}

/**
 * jp_records_export_to:
 * @office: the office
 * @query: which rows, in which order
 * @file: the file; a name that ends in .csv makes a text file, every other a workbook
 * @done: (nullable): called when the file is there
 * @user_data: for @done
 *
 * Writes the columns that lists show, page by page, beside everything else that goes on. Tells when
 * it is done, and when it did not work.
 */
void
jp_records_export_to (JpOffice      *office,
                      const JpQuery *query,
                      GFile         *file,
                      JpOfficeDone   done,
                      gpointer       user_data)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (query != NULL);
  g_return_if_fail (G_IS_FILE (file));

  JpKind kind = jp_query_get_kind (query);
  Export *export = g_new0 (Export, 1);

  export->office = g_object_ref (office);
  export->query = jp_query_copy (query);
  export->file = g_object_ref (file);
  export->writer =
    jp_sheet_writer_new (file, jp_sheet_writer_guess_format (file), jp_kind_get_plural (kind));
  export->done = done;
  export->user_data = user_data;
  add_columns (export->writer, kind);
  export_page (export);
}

/* The question stays as it was asked, even if the list goes on while a name is chosen. */
typedef struct
{
  JpOffice *office; /* (owned) */
  JpQuery  *query;  /* (owned) */
} Choosing;

static void
choosing_free (Choosing *choosing)
{
  g_object_unref (choosing->office);
  jp_query_free (choosing->query);
  g_free (choosing);
}

static void
response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Choosing *choosing = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      jp_records_export_to (choosing->office, choosing->query, file, NULL, NULL);
    }
  choosing_free (choosing);
  g_object_unref (dialog);
}

/**
 * jp_records_export:
 * @office: the office
 * @query: the list as it is asked for
 * @spec: which page it is
 *
 * Asks for a file and exports the list.
 */
void
jp_records_export (JpOffice *office, const JpQuery *query, const JpRecordsSpec *spec)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (query != NULL);
  g_return_if_fail (spec != NULL);

  g_autofree char      *day = jp_date_to_iso (jp_store_today (jp_office_get_store (office)));
  g_autofree char      *name = g_strdup_printf ("%s-%s.xlsx", jp_kind_get_plural (spec->kind), day);
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_ ("Export the List"), GTK_WINDOW (jp_office_get_window (office)),
                                 GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Export"), NULL);
  g_autoptr (GtkFileFilter) workbook = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) text = gtk_file_filter_new ();
  Choosing *choosing = g_new0 (Choosing, 1);

  gtk_file_filter_set_name (workbook, _ ("Workbook (Excel, WPS)"));
  gtk_file_filter_add_suffix (workbook, "xlsx");
  gtk_file_filter_set_name (text, _ ("Text with commas (CSV)"));
  gtk_file_filter_add_suffix (text, "csv");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), workbook);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), text);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);

  choosing->office = g_object_ref (office);
  choosing->query = jp_query_copy (query);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), choosing);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
