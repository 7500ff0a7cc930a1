/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-records-import.h"

#include "jp-documents-error.h"
#include "jp-roster.h"

#include <glib/gi18n-lib.h>

#define REFUSALS_SHOWN 5u

/* An import on its way: the reader compares, the user looks, the writer commits what was looked at,
 * the reader writes the refused rows. Never used by two threads at a time. */
typedef struct
{
  JpOffice *office; /* (owned): only touched by the main thread */
  JpKind    kind;
  GFile    *file;   /* (owned) */
  char     *actor;  /* (owned) */
  JpRoster *roster; /* (owned) (nullable) */
  JpImport *import; /* (owned) (nullable) */
} Import;

static void
import_free (Import *import)
{
  g_object_unref (import->office);
  g_object_unref (import->file);
  g_free (import->actor);
  g_clear_pointer (&import->import, jp_import_free);
  g_clear_pointer (&import->roster, jp_roster_free);
  g_free (import);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Import, import_free)

static guint
count (Import *import, JpImportOutcome outcome)
{
  return jp_import_count (import->import, outcome);
}

static void
tell_error (Import *import, const GError *error)
{
  if (error->domain == JP_DOCUMENTS_ERROR)
    {
      g_message ("%s", error->message);
      jp_office_tell (import->office,
                      jp_documents_error_get_sentence ((JpDocumentsError)error->code));
    }
  else
    jp_office_tell_error (import->office, error);
}

static gpointer
refused_call (JpVault *vault, gpointer data, GError **error)
{
  Import *import = data;
  g_autoptr (GFile) file = jp_roster_name_refused (import->file);

  jp_roster_write_refused (import->roster, import->import, file, NULL, error);
  return NULL;
}

static void
refused_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Import) import = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = jp_roster_name_refused (import->file);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *sentence = NULL;

  if (jp_store_read_finish (JP_STORE (source), result, NULL, &error))
    sentence = g_strdup_printf (_ ("The refused rows are in “%s”, with reasons. Correct them there "
                                   "and import that file."),
                                name);
  else
    {
      g_message ("%s", error->message);
      sentence = g_strdup_printf (
        _ ("“%s” could not be written. Please choose another folder or close the file."), name);
    }
  jp_office_tell (import->office, sentence);
}

static void
write_refused (Import *import)
{
  JpStoreCall call = { refused_call, import, NULL, NULL, 0 };

  jp_store_read_async (jp_office_get_store (import->office), &call, NULL, refused_cb, import);
}

static gpointer
commit_call (JpVault *vault, gpointer data, GError **error)
{
  Import *import = data;

  jp_import_commit (import->import, vault, import->actor, NULL, error);
  return NULL;
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Import) import = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (!jp_store_write_finish (JP_STORE (source), result, NULL, &error))
    {
      tell_error (import, error);
      return;
    }

  sentence = g_strdup_printf (_ ("Imported: %u new, %u changed"), count (import, JP_IMPORT_NEW),
                              count (import, JP_IMPORT_CHANGED));
  jp_office_tell (import->office, sentence);
  if (count (import, JP_IMPORT_REFUSED) > 0)
    write_refused (g_steal_pointer (&import));
}

static void
commit (gpointer user_data)
{
  Import     *import = user_data;
  JpStoreCall call = { commit_call, import, NULL, NULL, jp_store_kind_bit (import->kind) };

  jp_store_write_async (jp_office_get_store (import->office), &call, G_PRIORITY_DEFAULT, NULL,
                        committed_cb, import);
}

/* --- the question: what would become of the rows --- */

static void
add_refusals (Import *import, GString *text)
{
  GPtrArray *rows = jp_import_get_rows (import->import);
  guint      n_shown = 0;

  for (guint i = 0; i < rows->len && n_shown < REFUSALS_SHOWN; i++)
    {
      const JpImportRow *row = g_ptr_array_index (rows, i);

      if (row->outcome != JP_IMPORT_REFUSED)
        continue;
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("Row %u: %s"), row->number, row->reason);
      n_shown++;
    }
  if (count (import, JP_IMPORT_REFUSED) > n_shown)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("… and %u more"),
                              count (import, JP_IMPORT_REFUSED) - n_shown);
    }
}

static char *
describe (Import *import)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _ ("New: %u   changed: %u   unchanged: %u   refused: %u"),
                          count (import, JP_IMPORT_NEW), count (import, JP_IMPORT_CHANGED),
                          count (import, JP_IMPORT_SAME), count (import, JP_IMPORT_REFUSED));
  add_refusals (import, text);
  if (import->roster->unknown->len > 0)
    {
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
      g_auto (GStrv) labels = NULL;
      g_autofree char *unknown = NULL;

      for (guint i = 0; i < import->roster->unknown->len; i++)
        g_strv_builder_add (builder, g_ptr_array_index (import->roster->unknown, i));
      labels = g_strv_builder_end (builder);
      unknown = g_strjoinv (", ", labels);
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("Columns that nobody knows: %s"), unknown);
    }
  return g_string_free (text, FALSE);
}

/* Has the import until it is answered, so that one that goes unanswered takes it along. */
typedef struct
{
  Import *import; /* (owned) (nullable): NULL once it is answered */
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_clear_pointer (&question->import, import_free);
  g_free (question);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (Import) import = g_steal_pointer (&question->import);

  if (import == NULL)
    return;
  if (strcmp (response, "import") == 0)
    commit (g_steal_pointer (&import));
  else if (strcmp (response, "refused") == 0)
    write_refused (g_steal_pointer (&import));
}

static void
ask (Import *import)
{
  Question        *question = g_new0 (Question, 1);
  guint            n_changes = jp_import_get_n_changes (import->import);
  g_autofree char *name = g_file_get_basename (import->file);
  g_autofree char *heading = g_strdup_printf (_ ("Import “%s”?"), name);
  g_autofree char *body = describe (import);
  GtkWidget       *dialog =
    adw_message_dialog_new (GTK_WINDOW (jp_office_get_window (import->office)), heading, body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel",
                                   n_changes > 0 ? _ ("Cancel") : _ ("Close"));
  if (n_changes > 0)
    {
      adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "import", _ ("Import"));
      adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "import",
                                                  ADW_RESPONSE_SUGGESTED);
      adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "import");
    }
  else if (count (import, JP_IMPORT_REFUSED) > 0)
    adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "refused",
                                     _ ("Save the Refused Rows"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  question->import = import;
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- reading and comparing --- */

static gpointer
plan_call (JpVault *vault, gpointer data, GError **error)
{
  Import *import = data;
  g_autoptr (JpSheet) sheet = jp_sheet_read_file (import->file, NULL, error);

  if (sheet == NULL)
    return NULL;
  import->roster = jp_roster_new (sheet, import->kind, error);
  if (import->roster == NULL)
    return NULL;

  import->import = jp_roster_read (import->roster);
  jp_import_plan (import->import, vault, NULL, error);
  return NULL;
}

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Import) import = user_data;
  g_autoptr (GError) error = NULL;

  if (jp_store_read_finish (JP_STORE (source), result, NULL, &error))
    ask (g_steal_pointer (&import));
  else
    tell_error (import, error);
}

/**
 * jp_records_import_from:
 * @office: the office
 * @kind: what the rows are; jp_import_may() says yes to it
 * @file: a workbook or a text file
 *
 * Reads @file, compares it with what is there and shows what would become of each row. Nothing is
 * written before the user says so; then everything that was shown is, in one transaction.
 */
void
jp_records_import_from (JpOffice *office, JpKind kind, GFile *file)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (jp_import_may (kind));
  g_return_if_fail (G_IS_FILE (file));

  JpStore    *store = jp_office_get_store (office);
  Import     *import = g_new0 (Import, 1);
  JpStoreCall call = { plan_call, import, NULL, NULL, 0 };

  import->office = g_object_ref (office);
  import->kind = kind;
  import->file = g_object_ref (file);
  import->actor = g_strdup (jp_store_get_actor (store));
  jp_store_read_async (store, &call, NULL, planned_cb, import);
}

/* What is imported stays as it was asked, even if another page is shown meanwhile. */
typedef struct
{
  JpOffice *office; /* (owned) */
  JpKind    kind;
} Choosing;

static void
chosen_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Choosing *choosing = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      jp_records_import_from (choosing->office, choosing->kind, file);
    }
  g_object_unref (choosing->office);
  g_free (choosing);
  g_object_unref (dialog);
}

/**
 * jp_records_import:
 * @office: the office
 * @kind: what the rows are; jp_import_may() says yes to it
 *
 * Asks for a file and imports it.
 */
void
jp_records_import (JpOffice *office, JpKind kind)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (jp_import_may (kind));

  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_ ("Import a Spreadsheet"),
                                 GTK_WINDOW (jp_office_get_window (office)),
                                 GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Compare"), NULL);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  Choosing *choosing = g_new0 (Choosing, 1);

  gtk_file_filter_set_name (filter, _ ("Spreadsheets (xlsx, CSV)"));
  gtk_file_filter_add_suffix (filter, "xlsx");
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);

  choosing->office = g_object_ref (office);
  choosing->kind = kind;
  g_signal_connect (dialog, "response", G_CALLBACK (chosen_cb), choosing);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
