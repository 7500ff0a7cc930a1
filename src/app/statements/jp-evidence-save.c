/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-evidence-save.h"

#include "jp-evidence-bundle.h"
#include "jp-print.h"

#include <glib/gi18n-lib.h>

/* Evidence on its way: from the writer, which notes it, to the reader, which makes the file. Never
 * used by two threads at a time. */
typedef struct
{
  JpOffice        *office; /* (owned): only touched by the main thread */
  JpDisputedLines *lines;  /* (owned) */
  gboolean         reveal;
  char            *actor; /* (owned) */
  GFile           *file;  /* (owned) (nullable): once it is chosen */
  JpOfficeDone     done;  /* (nullable) */
  gpointer         user_data;
} Save;

static void
save_free (Save *save)
{
  g_object_unref (save->office);
  jp_disputed_lines_free (save->lines);
  g_free (save->actor);
  g_clear_object (&save->file);
  g_free (save);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

static Save *
save_new (JpOffice *office, JpDisputedLines *lines, gboolean reveal)
{
  Save *save = g_new0 (Save, 1);

  save->office = g_object_ref (office);
  save->lines = jp_disputed_lines_copy (lines);
  save->reveal = reveal;
  save->actor = g_strdup (jp_store_get_actor (jp_office_get_store (office)));
  return save;
}

static gpointer
audit_call (JpVault *vault, gpointer data, GError **error)
{
  Save *save = data;

  jp_print_audit (vault, JP_KIND_STATEMENT, jp_disputed_lines_get_statement (save->lines),
                  save->reveal, save->actor, error);
  return NULL;
}

static gpointer
make_call (JpVault *vault, gpointer data, GError **error)
{
  Save *save = data;
  g_autoptr (JpSettlementReport) report =
    jp_settlement_repo_read (vault, jp_disputed_lines_get_statement (save->lines), NULL, error);
  g_autoptr (GPtrArray) rows = report != NULL ? jp_disputed_lines_find (save->lines, report) : NULL;
  const JpEvidenceBundle bundle = { report, rows, save->reveal };

  if (rows != NULL)
    jp_evidence_bundle_save (vault, &bundle, save->file, error);
  return NULL;
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Save) save = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (save->file);
  g_autofree char *sentence = NULL;

  if (!jp_store_read_finish (JP_STORE (source), result, NULL, &error))
    {
      jp_office_tell_error (save->office, error);
      return;
    }
  sentence = g_strdup_printf (_ ("The evidence is in “%s”"), name);
  jp_office_tell (save->office, sentence);
  if (save->done != NULL)
    save->done (save->user_data);
}

static void
audited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Save) save = user_data;
  g_autoptr (GError) error = NULL;
  JpStoreCall call = { make_call, save, NULL, NULL, 0 };

  if (!jp_store_write_finish (JP_STORE (source), result, NULL, &error))
    {
      jp_office_tell_error (save->office, error);
      return;
    }
  jp_store_read_async (JP_STORE (source), &call, NULL, made_cb, g_steal_pointer (&save));
}

static void
run (Save *save)
{
  JpStoreCall call = { audit_call, save, NULL, NULL, 0 };

  jp_store_write_async (jp_office_get_store (save->office), &call, G_PRIORITY_DEFAULT, NULL,
                        audited_cb, save);
}

/**
 * jp_evidence_save_to:
 * @office: the office
 * @lines: lines of a statement
 * @reveal: ID numbers in clear
 * @file: the zip archive to write
 * @done: (nullable): called when it is there
 * @user_data: for @done
 *
 * Writes the evidence for the lines; the audit knows.
 */
void
jp_evidence_save_to (JpOffice        *office,
                     JpDisputedLines *lines,
                     gboolean         reveal,
                     GFile           *file,
                     JpOfficeDone     done,
                     gpointer         user_data)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (lines != NULL);
  g_return_if_fail (G_IS_FILE (file));

  Save *save = save_new (office, lines, reveal);

  save->file = g_object_ref (file);
  save->done = done;
  save->user_data = user_data;
  run (save);
}

static void
response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Save *save = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      save->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      run (save);
    }
  else
    save_free (save);
  g_object_unref (dialog);
}

/**
 * jp_evidence_save:
 * @office: the office
 * @parent: the window to ask from
 * @lines: lines of a statement
 * @reveal: ID numbers in clear
 *
 * Asks for a file and writes the evidence for the lines into it.
 */
void
jp_evidence_save (JpOffice *office, GtkWindow *parent, JpDisputedLines *lines, gboolean reveal)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (lines != NULL);

  g_autofree char *day = jp_date_to_iso (jp_store_today (jp_office_get_store (office)));
  /* Translators: name of a file; a day. */
  g_autofree char      *name = g_strdup_printf (C_ ("file", "Evidence %s.zip"), day);
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_ ("Save the Evidence"), parent, GTK_FILE_CHOOSER_ACTION_SAVE,
                                 C_ ("button", "Save"), NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), save_new (office, lines, reveal));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
