/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-restore-window.h"

#include "jp-backup.h"
#include "jp-choice-row.h"
#include "jp-folder-row.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define MAX_CHOICES 60
#define OTHER       "other"

/* The dialog; lives as long as its window. */
typedef struct
{
  JpStart              *start;    /* (borrowed): outlives every window */
  JpForm               *form;     /* (borrowed): in the window */
  JpFormWindow         *window;   /* (borrowed): owns the dialog */
  GtkWidget            *choice;   /* (borrowed) (nullable): the backups of this school */
  GtkWidget            *file_row; /* (borrowed) */
  GtkWidget            *journal;  /* (borrowed) */
  GtkWidget            *password; /* (borrowed) */
  char                 *file;     /* (owned) (nullable): another file */
  GtkFileChooserNative *chooser;  /* (owned) (nullable) */
} Dialog;

static void
window_gone_cb (gpointer user_data, GObject *window)
{
  Dialog *self = user_data;

  g_clear_object (&self->chooser);
  g_free (self->file);
  g_free (self);
}

static void
response_cb (GtkNativeDialog *chooser, int response, gpointer user_data)
{
  Dialog *self = user_data;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  path = file != NULL ? g_file_get_path (file) : NULL;
  if (path != NULL)
    {
      name = g_path_get_basename (path);
      g_free (self->file);
      self->file = g_steal_pointer (&path);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->file_row), name);
      gtk_widget_remove_css_class (self->file_row, "error");
      if (self->choice != NULL)
        jp_form_row_set_text (JP_FORM_ROW (self->choice), OTHER);
    }
  g_clear_object (&self->chooser);
}

static void
choose_cb (GtkWidget *button, gpointer user_data)
{
  Dialog *self = user_data;
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Backups"));
  gtk_file_filter_add_suffix (filter, "jpbackup");
  self->chooser = gtk_file_chooser_native_new (_ ("A Backup"), GTK_WINDOW (self->window),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  g_signal_connect (self->chooser, "response", G_CALLBACK (response_cb), self);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* The path of what is chosen, or NULL. */
static char *
dup_backup (Dialog *self)
{
  g_autofree char *code =
    self->choice != NULL ? jp_form_row_dup_text (JP_FORM_ROW (self->choice)) : g_strdup (OTHER);

  return *code == '\0' || strcmp (code, OTHER) == 0 ? g_strdup (self->file)
                                                    : g_steal_pointer (&code);
}

static void
save_cb (JpForm *form, gpointer user_data)
{
  Dialog          *self = user_data;
  g_autofree char *backup = dup_backup (self);
  const char      *password = gtk_editable_get_text (GTK_EDITABLE (self->password));
  JpStart         *start = self->start;

  if (backup == NULL)
    {
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->file_row),
                                   _ ("Please choose the file of the backup."));
      gtk_widget_add_css_class (self->file_row, "error");
      return;
    }
  jp_start_restore (start, backup, jp_folder_row_get_path (JP_FOLDER_ROW (self->journal)),
                    *password != '\0' ? password : NULL);
  jp_form_mark_saved (form);
  gtk_window_destroy (GTK_WINDOW (self->window));
}

/* school-20261124-091244.jpbackup is "2026-11-24 09:12". */
static char *
dup_label (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  const char      *digits = name + strlen ("school-");

  return g_strdup_printf ("%.4s-%.2s-%.2s %.2s:%.2s", digits, digits + 4, digits + 6, digits + 9,
                          digits + 11);
}

static void
add_choice (Dialog *self, const char *folder)
{
  g_autofree char *backups = g_build_filename (folder, JP_PROFILE_BACKUPS, NULL);
  g_auto (GStrv) paths = jp_backup_list (backups);
  guint                n = MIN (g_strv_length (paths), MAX_CHOICES);
  g_autofree JpChoice *choices = g_new0 (JpChoice, n + 1);
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);

  if (n == 0)
    return;
  for (guint i = 0; i < n; i++)
    {
      char *label = dup_label (paths[i]);

      g_ptr_array_add (labels, label);
      choices[i] = (JpChoice){ paths[i], label };
    }
  choices[n] = (JpChoice){ OTHER, _ ("Another file") };
  self->choice = jp_choice_row_new (_ ("Backup of"));
  jp_choice_row_set_choices (JP_CHOICE_ROW (self->choice), choices, n + 1);
  jp_form_add (self->form, "backup", JP_FORM_ROW (self->choice), NULL, NULL);
  jp_form_row_set_text (JP_FORM_ROW (self->choice), paths[0]);
}

static void
add_file (Dialog *self)
{
  GtkWidget *button = gtk_button_new_with_label (C_ ("button", "Choose…"));

  self->file_row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->file_row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_row),
                                 self->choice != NULL ? _ ("Another file") : _ ("File"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->file_row),
                               _ ("From a stick or another folder"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "clicked", G_CALLBACK (choose_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->file_row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self->file_row), button);
  jp_form_add_plain_row (self->form, self->file_row);
}

static void
fill (Dialog *self)
{
  const char *folder = jp_start_get_home (self->start);
  g_autoptr (JpSafety) safety = jp_safety_load (folder);

  jp_form_begin_group (self->form, NULL,
                       _ ("The backup is checked from end to end before anything happens. What is "
                          "here now is kept beside it under a name with the date."));
  add_choice (self, folder);
  add_file (self);
  self->password = adw_password_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->password),
                                 jp_start_has_key (self->start)
                                   ? _ ("Password, only for a backup of another PC")
                                   : _ ("Password when the backup was made"));
  jp_form_add_plain_row (self->form, self->password);

  jp_form_begin_group (self->form, NULL,
                       _ ("With the journal also what was done after the backup comes back."));
  self->journal = jp_folder_row_new (_ ("Folder of the journal"), _ ("None"));
  jp_folder_row_set_path (JP_FOLDER_ROW (self->journal), safety->journal);
  jp_form_add_plain_row (self->form, self->journal);
}

/**
 * jp_restore_window_open:
 * @start: what restores; must outlive the window
 * @parent: the window it belongs to
 *
 * Shows a dialog that brings a backup back.
 *
 * Returns: (transfer none): its window
 */
JpFormWindow *
jp_restore_window_open (JpStart *start, GtkWindow *parent)
{
  g_return_val_if_fail (JP_IS_START (start), NULL);

  Dialog *self = g_new0 (Dialog, 1);

  self->start = start;
  self->form = JP_FORM (jp_form_new ());
  fill (self);
  self->window = jp_form_window_new (parent, _ ("Bring a Backup Back"), self->form);
  jp_form_window_set_save_label (self->window, C_ ("button", "Restore"));
  g_signal_connect (self->form, "save", G_CALLBACK (save_cb), self);
  g_object_weak_ref (G_OBJECT (self->window), window_gone_cb, self);
  gtk_window_present (GTK_WINDOW (self->window));
  return self->window;
}
