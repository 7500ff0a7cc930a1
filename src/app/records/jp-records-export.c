/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-records-export.h"

#include "jp-export.h"

#include <glib/gi18n-lib.h>

/* An export on its way: from the reader, which writes the file, to the writer, which writes the
 * audit. Never used by two threads at a time. */
typedef struct
{
  JpOffice    *office; /* (owned): only touched by the main thread */
  JpQuery     *query;  /* (owned) */
  GFile       *file;   /* (owned) */
  GArray      *fields; /* (owned) (element-type JpFieldId): columns */
  char        *actor;  /* (owned) */
  guint        n_rows;
  JpOfficeDone done; /* (nullable) */
  gpointer     user_data;
} Export;

static void
export_free (Export *export)
{
  g_object_unref (export->office);
  jp_query_free (export->query);
  g_object_unref (export->file);
  g_array_unref (export->fields);
  g_free (export->actor);
  g_free (export);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

/* What lists show, masked. */
static JpExport
describe (const Export *export)
{
  return (JpExport){ .query = export->query,
                     .fields = (const JpFieldId *)export->fields->data,
                     .n_fields = export->fields->len,
                     .reveal = FALSE,
                     .actor = export->actor };
}

static gpointer
write_call (JpVault *vault, gpointer data, GError **error)
{
  Export *export = data;
  JpExport what = describe (export);

  jp_export_write (vault, &what, export->file, NULL, &export->n_rows, error);
  return NULL;
}

static gpointer
audit_call (JpVault *vault, gpointer data, GError **error)
{
  Export *export = data;
  JpExport what = describe (export);

  jp_export_audit (vault, &what, export->n_rows, error);
  return NULL;
}

static void
audited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Export) export = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (export->file);
  g_autofree char *sentence = NULL;

  if (!jp_store_write_finish (JP_STORE (source), result, NULL, &error))
    {
      jp_office_tell_error (export->office, error);
      return;
    }

  sentence = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u row is in “%s”",
                                           "%u rows are in “%s”", export->n_rows),
                              export->n_rows, name);
  jp_office_tell (export->office, sentence);
  if (export->done != NULL)
    export->done (export->user_data);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Export) export = user_data;
  g_autoptr (GError) error = NULL;
  JpStoreCall call = { audit_call, export, NULL, NULL, 0 };

  if (!jp_store_read_finish (JP_STORE (source), result, NULL, &error))
    {
      g_autofree char *name = g_file_get_basename (export->file);
      g_autofree char *sentence = g_strdup_printf (
        _ ("“%s” could not be written. Please choose another folder or close the file."), name);

      g_message ("%s", error->message);
      jp_office_tell (export->office, sentence);
      return;
    }

  jp_store_write_async (JP_STORE (source), &call, G_PRIORITY_DEFAULT, NULL, audited_cb,
                        g_steal_pointer (&export));
}

/**
 * jp_records_export_to:
 * @office: the office
 * @query: which rows, in which order
 * @file: the file; a name that ends in .csv makes a text file, every other a workbook
 * @done: (nullable): called when the file is there
 * @user_data: for @done
 *
 * Writes the columns that lists show, beside everything else that goes on. Tells when it is done,
 * and when it did not work; the audit knows.
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

  JpStore *store = jp_office_get_store (office);
  Export *export = g_new0 (Export, 1);
  JpStoreCall call = { write_call, export, NULL, NULL, 0 };

  export->office = g_object_ref (office);
  export->query = jp_query_copy (query);
  export->file = g_object_ref (file);
  export->fields = jp_export_list_fields (jp_query_get_kind (query), FALSE);
  export->actor = g_strdup (jp_store_get_actor (store));
  export->done = done;
  export->user_data = user_data;
  jp_store_read_async (store, &call, NULL, written_cb, export);
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
 *
 * Asks for a file and exports the list.
 */
void
jp_records_export (JpOffice *office, const JpQuery *query)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (query != NULL);

  g_autofree char *day = jp_date_to_iso (jp_store_today (jp_office_get_store (office)));
  g_autofree char *name =
    g_strdup_printf ("%s-%s.xlsx", jp_kind_get_plural (jp_query_get_kind (query)), day);
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
