/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-password-window.h"

#include "jp-journal.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define N_ENTRIES 3

typedef enum {
  ENTRY_CURRENT,
  ENTRY_NEW,
  ENTRY_AGAIN,
} Entry;

/* Lives as long as its window, and as a change is on its way. */
struct _JpPasswordWindow
{
  JpForm       *form;               /* (weak) (nullable) */
  GtkWidget    *entries[N_ENTRIES]; /* (borrowed): in the form */
  GtkWidget    *problem;            /* (borrowed): what is wrong, in words */
  JpOffice     *office;             /* (owned) */
  JpKeeper     *keeper;             /* (owned) */
  JpProfile    *profile;            /* (borrowed) */
  JpFormWindow *window;             /* (weak) (nullable) */
};

static JpPasswordWindow *
dialog_ref (JpPasswordWindow *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
dialog_clear (gpointer data)
{
  JpPasswordWindow *self = data;

  g_clear_weak_pointer (&self->form);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->office);
  g_clear_object (&self->keeper);
}

static void
dialog_unref (JpPasswordWindow *self)
{
  g_atomic_rc_box_release_full (self, dialog_clear);
}

static void
closure_unref (gpointer data, GClosure *closure)
{
  dialog_unref (data);
}

/* What the thread is to do. */
typedef struct
{
  JpProfile *profile;  /* (borrowed): of the open store */
  char      *current;  /* (owned): secret */
  char      *password; /* (owned): secret */
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  jp_seal_wipe_text (change->current);
  jp_seal_wipe_text (change->password);
  g_free (change);
}

/* Whoever sits down at a PC that is open must not be able to lock its owner out. */
static gpointer
change_call (JpVault *vault, gpointer data, GError **error)
{
  Change *change = data;
  g_autoptr (JpProfile) known = jp_profile_unlock (change->profile->folder, change->current, error);
  g_autoptr (JpSafety) safety = jp_safety_load (change->profile->folder);

  if (known == NULL || !jp_profile_change_password (change->profile, change->password, error))
    return NULL;
  if (safety->journal != NULL) /* ignored: the state of the journal tells of a missing stick */
    jp_journal_keep_key_file (safety->journal, vault->key, change->profile->folder, NULL);
  return NULL;
}

static void
show_problem (JpPasswordWindow *self, Entry entry, const char *sentence)
{
  for (guint i = 0; i < N_ENTRIES; i++)
    gtk_widget_remove_css_class (self->entries[i], "error");
  gtk_widget_add_css_class (self->entries[entry], "error");
  gtk_label_set_label (GTK_LABEL (self->problem), sentence);
  gtk_widget_show (self->problem);
  gtk_widget_grab_focus (self->entries[entry]);
}

static void
ignore_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  /* ignored: the page of the preferences tells */
  jp_keeper_back_up_finish (JP_KEEPER (source), result, NULL);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JpPasswordWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean changed = jp_store_read_finish (JP_STORE (source), result, NULL, &error);

  if (changed)
    {
      jp_office_tell (self->office, _ ("The password is changed. Backups made until now still open "
                                       "with the old one."));
      jp_keeper_back_up_async (self->keeper, ignore_cb, NULL);
    }
  if (self->form != NULL)
    jp_form_set_busy (self->form, FALSE);
  if (self->window != NULL && changed)
    {
      jp_form_mark_saved (self->form);
      gtk_window_destroy (GTK_WINDOW (self->window));
    }
  else if (self->form != NULL && g_error_matches (error, JP_STORE_ERROR, JP_STORE_ERROR_KEY))
    show_problem (self, ENTRY_CURRENT, _ ("This is not the present password."));
  else if (self->form != NULL && error != NULL)
    {
      g_autofree char *sentence = jp_office_dup_error_sentence (error);

      g_message ("the password could not be changed: %s", error->message);
      show_problem (self, ENTRY_NEW, sentence);
    }
  dialog_unref (self);
}

static const char *
get_text (JpPasswordWindow *self, Entry entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entries[entry]));
}

static void
save_cb (JpForm *form, JpPasswordWindow *self)
{
  const char *password = get_text (self, ENTRY_NEW);
  Change     *change = NULL;

  if (*get_text (self, ENTRY_CURRENT) == '\0')
    show_problem (self, ENTRY_CURRENT, _ ("Please type the present password first."));
  else if (jp_text_length (password) < JP_PROFILE_PASSWORD_MIN_CHARS)
    show_problem (self, ENTRY_NEW, _ ("At least 8 characters, please."));
  else if (strcmp (password, get_text (self, ENTRY_AGAIN)) != 0)
    show_problem (self, ENTRY_AGAIN, _ ("This is not the same as the new password."));
  else
    {
      JpStoreCall call = { change_call, NULL, change_free, NULL, 0 };

      change = g_new0 (Change, 1);
      change->profile = self->profile;
      change->current = g_strdup (get_text (self, ENTRY_CURRENT));
      change->password = g_strdup (password);
      call.data = change;
      gtk_widget_hide (self->problem);
      jp_form_set_busy (form, TRUE);
      jp_store_read_async (jp_office_get_store (self->office), &call, NULL, changed_cb,
                           dialog_ref (self));
    }
}

static void
fill (JpPasswordWindow *self)
{
  const char *const titles[N_ENTRIES] = { _ ("Present password"), _ ("New password"),
                                          _ ("The same again") };

  jp_form_begin_group (self->form, NULL,
                       _ ("Without the password nobody opens the data on another PC, we neither. "
                          "Write it down and keep it where the contracts are."));
  for (guint i = 0; i < N_ENTRIES; i++)
    {
      self->entries[i] = adw_password_entry_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entries[i]), titles[i]);
      jp_form_add_plain_row (self->form, self->entries[i]);
    }
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_widget_add_css_class (self->problem, "error");
  gtk_widget_set_margin_start (self->problem, 12);
  gtk_widget_set_margin_end (self->problem, 12);
  gtk_widget_set_margin_top (self->problem, 6);
  gtk_widget_set_margin_bottom (self->problem, 6);
  gtk_widget_hide (self->problem);
  jp_form_add_plain_row (self->form, self->problem);
}

static void
window_gone_cb (gpointer user_data, GObject *window)
{
  dialog_unref (user_data);
}

/**
 * jp_password_window_open:
 * @office: the office
 * @keeper: makes a backup with the new password
 * @profile: the profile; must outlive the window
 * @parent: the window it belongs to
 *
 * Shows the dialog.
 *
 * Returns: (transfer none): the dialog, which lives as long as its window
 */
JpPasswordWindow *
jp_password_window_open (JpOffice *office, JpKeeper *keeper, JpProfile *profile, GtkWindow *parent)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);
  g_return_val_if_fail (JP_IS_KEEPER (keeper), NULL);
  g_return_val_if_fail (profile != NULL, NULL);

  JpPasswordWindow *self = g_atomic_rc_box_new0 (JpPasswordWindow);
  JpForm           *form = JP_FORM (jp_form_new ());
  JpFormWindow     *window = NULL;

  g_set_weak_pointer (&self->form, form);
  self->office = g_object_ref (office);
  self->keeper = g_object_ref (keeper);
  self->profile = profile;
  fill (self);
  window = jp_form_window_new (parent, _ ("Change the Password"), form);
  g_set_weak_pointer (&self->window, window);
  jp_form_window_set_save_label (window, C_ ("button", "Change"));
  g_signal_connect_data (form, "save", G_CALLBACK (save_cb), dialog_ref (self), closure_unref, 0);
  g_object_weak_ref (G_OBJECT (window), window_gone_cb, self);
  gtk_window_present (GTK_WINDOW (window));
  return self;
}

/**
 * jp_password_window_get_window:
 * @self: the dialog
 *
 * Returns: (transfer none): its window
 */
JpFormWindow *
jp_password_window_get_window (JpPasswordWindow *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->window;
}

/**
 * jp_password_window_submit:
 * @self: the dialog
 * @current: what is typed as the present password
 * @password: as the new one
 * @again: and once more
 *
 * Does what typing the three and pressing the button does.
 *
 * Returns: whether the change is on its way
 */
gboolean
jp_password_window_submit (JpPasswordWindow *self,
                           const char       *current,
                           const char       *password,
                           const char       *again)
{
  g_return_val_if_fail (self != NULL, FALSE);

  const char *texts[N_ENTRIES] = { current, password, again };

  for (guint i = 0; i < N_ENTRIES; i++)
    gtk_editable_set_text (GTK_EDITABLE (self->entries[i]), texts[i]);
  save_cb (self->form, self);
  return jp_form_get_busy (self->form);
}
