/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-folder-row.h"

#include <glib/gi18n-lib.h>

struct _JpFolderRow
{
  AdwActionRow parent_instance;

  GtkWidget *forget; /* (borrowed): button */

  char                 *hint;    /* (owned): what is said as long as there is none */
  char                 *path;    /* (owned) (nullable) */
  char                 *note;    /* (owned) (nullable): how it stands with the folder */
  GtkFileChooserNative *chooser; /* (owned) (nullable): while a folder is chosen */
};

enum { SIGNAL_CHOSEN, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JpFolderRow, jp_folder_row, ADW_TYPE_ACTION_ROW)

static void
show (JpFolderRow *self)
{
  g_autofree char *text = NULL;

  if (self->path == NULL)
    text = g_strdup (self->hint);
  else if (self->note != NULL)
    text = g_strconcat (self->path, "\n", self->note, NULL);
  else
    text = g_strdup (self->path);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
  gtk_widget_set_visible (self->forget, self->path != NULL);
}

static void
choose (JpFolderRow *self, const char *path)
{
  jp_folder_row_set_path (self, path);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

static void
response_cb (GtkNativeDialog *chooser, int response, JpFolderRow *self)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  path = file != NULL ? g_file_get_path (file) : NULL;
  if (path != NULL)
    choose (self, path);
  g_clear_object (&self->chooser);
}

static void
choose_cb (JpFolderRow *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  self->chooser =
    gtk_file_chooser_native_new (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), window,
                                 GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, NULL, NULL);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (response_cb), self, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
forget_cb (JpFolderRow *self)
{
  choose (self, NULL);
}

static void
jp_folder_row_dispose (GObject *object)
{
  JpFolderRow *self = JP_FOLDER_ROW (object);

  g_clear_object (&self->chooser);
  G_OBJECT_CLASS (jp_folder_row_parent_class)->dispose (object);
}

static void
jp_folder_row_finalize (GObject *object)
{
  JpFolderRow *self = JP_FOLDER_ROW (object);

  g_free (self->hint);
  g_free (self->path);
  g_free (self->note);
  G_OBJECT_CLASS (jp_folder_row_parent_class)->finalize (object);
}

static void
jp_folder_row_class_init (JpFolderRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_folder_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = jp_folder_row_finalize;

  /**
   * JpFolderRow::chosen:
   * @self: a row
   *
   * Somebody chose a folder, or none.
   */
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", JP_TYPE_FOLDER_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
}

static void
jp_folder_row_init (JpFolderRow *self)
{
  GtkWidget *button = gtk_button_new_with_label (C_ ("button", "Choose…"));

  self->forget = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  gtk_widget_set_tooltip_text (self->forget, _ ("No folder"));
  gtk_widget_add_css_class (self->forget, "flat");
  gtk_widget_set_valign (self->forget, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->forget);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 3);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  g_signal_connect_object (button, "clicked", G_CALLBACK (choose_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->forget, "clicked", G_CALLBACK (forget_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * jp_folder_row_new:
 * @title: what the folder is for
 * @hint: what is said as long as there is none
 *
 * Returns: (transfer floating): a row without a folder
 */
GtkWidget *
jp_folder_row_new (const char *title, const char *hint)
{
  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (hint != NULL, NULL);

  JpFolderRow *self = g_object_new (JP_TYPE_FOLDER_ROW, "title", title, NULL);

  self->hint = g_strdup (hint);
  show (self);
  return GTK_WIDGET (self);
}

/**
 * jp_folder_row_get_path:
 * @self: a row
 *
 * Returns: (nullable) (transfer none): the folder
 */
const char *
jp_folder_row_get_path (JpFolderRow *self)
{
  g_return_val_if_fail (JP_IS_FOLDER_ROW (self), NULL);

  return self->path;
}

/**
 * jp_folder_row_set_path:
 * @self: a row
 * @path: (nullable): a folder
 *
 * Shows the folder; ::chosen is not emitted.
 */
void
jp_folder_row_set_path (JpFolderRow *self, const char *path)
{
  g_return_if_fail (JP_IS_FOLDER_ROW (self));

  char *copy = g_strdup (path);

  g_free (self->path);
  self->path = copy;
  show (self);
}

/**
 * jp_folder_row_set_note:
 * @self: a row
 * @note: (nullable): how it stands with the folder
 *
 * Says something below the path.
 */
void
jp_folder_row_set_note (JpFolderRow *self, const char *note)
{
  g_return_if_fail (JP_IS_FOLDER_ROW (self));

  char *copy = g_strdup (note);

  g_free (self->note);
  self->note = copy;
  show (self);
}
