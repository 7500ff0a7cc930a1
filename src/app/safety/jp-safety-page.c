/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-safety-page.h"

#include "jp-count.h"
#include "jp-folder-row.h"
#include "jp-journal.h"
#include "jp-password-window.h"

#include <glib/gi18n-lib.h>

#define PROGRESS_MS 200
#define BAR_WIDTH   120

struct _JpSafetyPage
{
  AdwPreferencesPage parent_instance;

  GtkWidget *backup;        /* (borrowed): row: the last good backup */
  GtkWidget *backup_button; /* (borrowed) */
  GtkWidget *backup_bar;    /* (borrowed): how far it is */
  GtkWidget *copies;        /* (borrowed): row: the second folder */
  GtkWidget *keep;          /* (borrowed): row: how many are kept */
  GtkWidget *spins[3];      /* (borrowed): hours, days, months */
  GtkWidget *journal;       /* (borrowed): row: folder of the journal */
  GtkWidget *check;         /* (borrowed): row: what the last check found */
  GtkWidget *check_button;  /* (borrowed) */
  GtkWidget *check_bar;     /* (borrowed) */

  JpOffice     *office;      /* (owned) */
  JpKeeper     *keeper;      /* (owned) */
  JpProfile    *profile;     /* (borrowed): lives as long as the office's store */
  JpSafety     *safety;      /* (owned): what is chosen */
  GCancellable *cancellable; /* (owned): cancelled in dispose */
  gboolean      checking;    /* the keeper verifies for this page */
  guint         progress_id; /* (source) 0 = none */
};

G_DEFINE_FINAL_TYPE (JpSafetyPage, jp_safety_page, ADW_TYPE_PREFERENCES_PAGE)

static void
tell (JpSafetyPage *self, const char *sentence)
{
  GtkRoot         *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);

  if (ADW_IS_PREFERENCES_WINDOW (root))
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (root), adw_toast_new (escaped));
}

/* --- backups */

static char *
dup_backup_text (JpSafetyPage *self)
{
  gint64           last_us = jp_keeper_get_last_us (self->keeper);
  const GError    *problem = jp_keeper_get_problem (self->keeper);
  g_autofree char *when = jp_instant_to_short (last_us);
  g_autofree char *rows = jp_count_format (jp_keeper_get_last_rows (self->keeper));
  g_autofree char *good = NULL;
  g_autofree char *why = NULL;

  if (last_us > 0)
    /* Translators: date and time, number of records. */
    good = g_strdup_printf (_ ("%s · %s records, restored for a trial and counted"), when, rows);
  else
    good = g_strdup (_ ("There is none yet."));
  if (problem == NULL)
    return g_steal_pointer (&good);

  why = jp_office_dup_error_sentence (problem);
  return g_strconcat (good, "\n", why, NULL);
}

static char *
dup_keep_text (JpSafetyPage *self)
{
  return g_strdup_printf (_ ("The newest of %u hours, %u days and %u months"),
                          self->safety->keep_hours, self->safety->keep_days,
                          self->safety->keep_months);
}

static void
show_bar (GtkWidget *bar, gboolean busy, int permille)
{
  gtk_widget_set_visible (bar, busy);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (bar), permille / 1000.0);
}

static void
show_state (JpSafetyPage *self)
{
  gboolean         busy = jp_keeper_is_busy (self->keeper);
  int              permille = jp_keeper_get_permille (self->keeper);
  g_autofree char *text = dup_backup_text (self);
  g_autofree char *keep = dup_keep_text (self);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->backup), text);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self->keep), keep);
  gtk_widget_set_sensitive (self->backup_button, !busy);
  gtk_widget_set_sensitive (self->check_button, !busy);
  show_bar (self->backup_bar, busy && !self->checking, permille);
  show_bar (self->check_bar, busy && self->checking, permille);
}

static gboolean
progress_cb (gpointer user_data)
{
  JpSafetyPage *self = user_data;

  show_state (self);
  if (jp_keeper_is_busy (self->keeper))
    return G_SOURCE_CONTINUE;
  self->progress_id = 0;
  return G_SOURCE_REMOVE;
}

static void
keeper_changed_cb (JpSafetyPage *self)
{
  show_state (self);
  if (self->progress_id == 0 && jp_keeper_is_busy (self->keeper))
    self->progress_id = g_timeout_add (PROGRESS_MS, progress_cb, self);
}

static void
backed_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpSafetyPage) self = user_data;

  /* ignored: the row tells why it did not work */
  if (jp_keeper_back_up_finish (JP_KEEPER (source), result, NULL))
    tell (self, _ ("The backup is made and has been restored for a trial."));
}

static gboolean
save_safety (JpSafetyPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (jp_safety_save (self->safety, self->profile->folder, &error))
    return TRUE;
  g_message ("how data are kept safe could not be saved: %s", error->message);
  sentence = jp_office_dup_error_sentence (error);
  tell (self, sentence);
  return FALSE;
}

static void
keep_changed_cb (JpSafetyPage *self)
{
  guint *const numbers[] = { &self->safety->keep_hours, &self->safety->keep_days,
                             &self->safety->keep_months };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    *numbers[i] = (guint)gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->spins[i]));
  save_safety (self);
  show_state (self);
}

static void
copies_chosen_cb (JpSafetyPage *self)
{
  g_free (self->safety->copies);
  self->safety->copies = g_strdup (jp_folder_row_get_path (JP_FOLDER_ROW (self->copies)));
  if (save_safety (self) && self->safety->copies != NULL)
    jp_safety_page_back_up (self);
}

/* --- the journal */

static void
show_journal (JpSafetyPage *self)
{
  const char *note = NULL;

  switch (jp_store_get_journal_state (jp_office_get_store (self->office)))
    {
    case JP_JOURNAL_WHOLE:
      note = _ ("Every change is in it.");
      break;
    case JP_JOURNAL_BEHIND:
      note =
        _ ("It cannot be written now: is the stick there, and is there room on it? It catches up "
           "by itself.");
      break;
    case JP_JOURNAL_NONE:
    default:
      break;
    }
  jp_folder_row_set_note (JP_FOLDER_ROW (self->journal), note);
}

/* What the writer is told of the journal. */
typedef struct
{
  char *folder;         /* (owned) (nullable) */
  char *profile_folder; /* (owned) */
} Journal;

static void
journal_free (gpointer data)
{
  Journal *journal = data;

  g_free (journal->folder);
  g_free (journal->profile_folder);
  g_free (journal);
}

static gpointer
set_journal_call (JpVault *vault, gpointer data, GError **error)
{
  Journal *journal = data;

  jp_journal_attach (vault, journal->folder);
  if (journal->folder != NULL)
    jp_journal_keep_key_file (journal->folder, vault->key, journal->profile_folder, error);
  return NULL;
}

static void
journal_set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpSafetyPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (!jp_store_write_finish (JP_STORE (source), result, NULL, &error))
    {
      g_message ("the journal could not be begun: %s", error->message);
      sentence = jp_office_dup_error_sentence (error);
      tell (self, sentence);
    }
  if (self->office != NULL)
    show_journal (self);
}

static void
journal_chosen_cb (JpSafetyPage *self)
{
  Journal    *journal = g_new0 (Journal, 1);
  JpStoreCall call = { set_journal_call, journal, journal_free, NULL, 0 };

  g_free (self->safety->journal);
  self->safety->journal = g_strdup (jp_folder_row_get_path (JP_FOLDER_ROW (self->journal)));
  journal->folder = g_strdup (self->safety->journal);
  journal->profile_folder = g_strdup (self->profile->folder);
  save_safety (self);
  jp_store_write_async (jp_office_get_store (self->office), &call, G_PRIORITY_DEFAULT, NULL,
                        journal_set_cb, g_object_ref (self));
}

/* --- the check */

static char *
dup_faults (const JpVerifyReport *report)
{
  g_autoptr (GString) text = g_string_new (_ (
    "Something is damaged or was tampered with. Nothing was changed; please restore a backup and "
    "keep this one aside."));

  for (int check = 0; check < JP_VERIFY_N_CHECKS; check++)
    if (report->n_found[check] > 0)
      {
        g_autofree char *found = jp_count_format ((gint64)report->n_found[check]);

        g_string_append_printf (text, "\n%s: %s", jp_verify_get_label ((JpVerifyCheck)check),
                                found);
      }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_verdict (const JpVerifyReport *report)
{
  guint64          n_examined = 0;
  g_autofree char *examined = NULL;

  if (!jp_verify_is_good (report))
    return dup_faults (report);
  for (int check = 0; check < JP_VERIFY_N_CHECKS; check++)
    n_examined += report->n_examined[check];
  examined = jp_count_format ((gint64)n_examined);
  return g_strdup_printf (_ ("All is well: %s things were looked at."), examined);
}

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpSafetyPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpVerifyReport) report = jp_keeper_verify_finish (JP_KEEPER (source), result, &error);
  g_autofree char *text = NULL;

  self->checking = FALSE;
  if (self->office == NULL)
    return;
  if (report == NULL)
    g_message ("the data could not be checked: %s", error->message);
  text = report != NULL ? dup_verdict (report) : jp_office_dup_error_sentence (error);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->check), text);
  show_state (self);
}

/* --- the password */

static gpointer
remember_call (JpVault *vault, gpointer data, GError **error)
{
  return GINT_TO_POINTER (jp_profile_remember (data));
}

static gpointer
forget_call (JpVault *vault, gpointer data, GError **error)
{
  jp_profile_forget (data);
  return NULL;
}

static void
remembered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpSafetyPage) self = user_data;
  gpointer taken = NULL;

  /* ignored: the call has no error of its own; without the store there is nothing to tell */
  if (!jp_store_read_finish (JP_STORE (source), result, &taken, NULL) || self->office == NULL)
    return;
  tell (self, GPOINTER_TO_INT (taken)
                ? _ ("This PC opens the school without the password from now on.")
                : _ ("There is no keyring on this PC; the password stays needed."));
}

static void
forgotten_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpSafetyPage) self = user_data;

  /* ignored: see above */
  if (jp_store_read_finish (JP_STORE (source), result, NULL, NULL) && self->office != NULL)
    tell (self, _ ("The password is needed at the next start."));
}

static void
remember_cb (JpSafetyPage *self)
{
  JpStoreCall call = { remember_call, self->profile, NULL, NULL, 0 };

  jp_store_read_async (jp_office_get_store (self->office), &call, NULL, remembered_cb,
                       g_object_ref (self));
}

static void
forget_cb (JpSafetyPage *self)
{
  JpStoreCall call = { forget_call, self->profile, NULL, NULL, 0 };

  jp_store_read_async (jp_office_get_store (self->office), &call, NULL, forgotten_cb,
                       g_object_ref (self));
}

static void
password_cb (JpSafetyPage *self)
{
  jp_password_window_open (self->office, self->keeper, self->profile,
                           GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

/* --- rows */

static AdwPreferencesGroup *
add_group (JpSafetyPage *self, const char *title, const char *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  adw_preferences_group_set_description (group, description);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), group);
  return group;
}

static GtkWidget *
add_row (AdwPreferencesGroup *group, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_preferences_group_add (group, row);
  return row;
}

static GtkWidget *
add_button (GtkWidget *row, const char *label, gpointer self, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  if (callback != NULL)
    g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
add_bar (GtkWidget *row)
{
  GtkWidget *bar = gtk_progress_bar_new ();

  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (bar, BAR_WIDTH, -1);
  gtk_widget_hide (bar);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), bar);
  return bar;
}

static void
add_keep (JpSafetyPage *self, AdwPreferencesGroup *group)
{
  const char *const titles[] = { _ ("Hours"), _ ("Days"), _ ("Months") };

  self->keep = adw_expander_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->keep), _ ("What is kept"));
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      GtkWidget *row = adw_action_row_new ();

      self->spins[i] = gtk_spin_button_new_with_range (1, JP_SAFETY_KEEP_MAX, 1);
      gtk_widget_set_valign (self->spins[i], GTK_ALIGN_CENTER);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), titles[i]);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->spins[i]);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->spins[i]);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self->keep), row);
    }
  adw_preferences_group_add (group, self->keep);
}

static void
add_backups (JpSafetyPage *self)
{
  AdwPreferencesGroup *group =
    add_group (self, _ ("Backups"),
               _ ("One by itself for each hour in which something happened, and one at the end."));
  GtkWidget *restore = NULL;

  self->backup = add_row (group, _ ("Last good backup"), "");
  self->backup_bar = add_bar (self->backup);
  self->backup_button = add_button (self->backup, C_ ("button", "Back Up Now"), self,
                                    G_CALLBACK (jp_safety_page_back_up));
  self->copies =
    jp_folder_row_new (_ ("Second folder"), _ ("On a stick or another disk, please: what lies on "
                                               "the same disk dies with it."));
  adw_preferences_group_add (group, self->copies);
  add_keep (self, group);
  restore = add_row (group, _ ("Bring a backup back"),
                     _ ("What is there now is kept beside it; nothing is overwritten."));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (
                                    add_button (restore, C_ ("button", "Restore…"), self, NULL)),
                                  "app.restore-backup");
}

static void
add_password (JpSafetyPage *self)
{
  AdwPreferencesGroup *group = add_group (self, _ ("Password"), NULL);

  add_button (add_row (group, _ ("Change the password"), NULL), C_ ("button", "Change…"), self,
              G_CALLBACK (password_cb));
  add_button (add_row (group, _ ("Open the school without the password"), NULL),
              C_ ("button", "Remember"), self, G_CALLBACK (remember_cb));
  add_button (add_row (group, _ ("Ask for the password at each start"), NULL),
              C_ ("button", "Forget"), self, G_CALLBACK (forget_cb));
}

/* --- class */

static void
jp_safety_page_dispose (GObject *object)
{
  JpSafetyPage *self = JP_SAFETY_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->progress_id, g_source_remove);
  g_clear_object (&self->office);
  g_clear_object (&self->keeper);
  G_OBJECT_CLASS (jp_safety_page_parent_class)->dispose (object);
}

static void
jp_safety_page_finalize (GObject *object)
{
  JpSafetyPage *self = JP_SAFETY_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->safety, jp_safety_free);
  G_OBJECT_CLASS (jp_safety_page_parent_class)->finalize (object);
}

static void
jp_safety_page_class_init (JpSafetyPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_safety_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = jp_safety_page_finalize;
}

static void
jp_safety_page_init (JpSafetyPage *self)
{
  AdwPreferencesGroup *group = NULL;

  self->cancellable = g_cancellable_new ();
  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (self), _ ("Data Safety"));
  adw_preferences_page_set_icon_name (ADW_PREFERENCES_PAGE (self), "security-high-symbolic");
  add_backups (self);

  group = add_group (self, _ ("Journal"),
                     _ ("Each change once more, sealed, on another disk: with it nothing is lost "
                        "between two backups."));
  self->journal = jp_folder_row_new (_ ("Folder of the journal"),
                                     _ ("None is chosen. A stick that stays in the PC will do."));
  adw_preferences_group_add (group, self->journal);

  group = add_group (self, C_ ("group", "Check"), NULL);
  self->check = add_row (group, _ ("Check all data"),
                         _ ("Reads everything and says whether it is whole and unchanged."));
  self->check_bar = add_bar (self->check);
  self->check_button =
    add_button (self->check, C_ ("button", "Check Now"), self, G_CALLBACK (jp_safety_page_verify));
  add_password (self);
}

static void
load (JpSafetyPage *self)
{
  const guint numbers[] = { self->safety->keep_hours, self->safety->keep_days,
                            self->safety->keep_months };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->spins[i]), numbers[i]);
      g_signal_connect_object (self->spins[i], "value-changed", G_CALLBACK (keep_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  jp_folder_row_set_path (JP_FOLDER_ROW (self->copies), self->safety->copies);
  jp_folder_row_set_path (JP_FOLDER_ROW (self->journal), self->safety->journal);
  show_journal (self);
  show_state (self);
}

/**
 * jp_safety_page_new:
 * @office: the office
 * @keeper: the keeper of its data
 * @profile: its profile, must outlive the page
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
jp_safety_page_new (JpOffice *office, JpKeeper *keeper, JpProfile *profile)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);
  g_return_val_if_fail (JP_IS_KEEPER (keeper), NULL);
  g_return_val_if_fail (profile != NULL, NULL);

  JpSafetyPage *self = g_object_new (JP_TYPE_SAFETY_PAGE, NULL);

  self->office = g_object_ref (office);
  self->keeper = g_object_ref (keeper);
  self->profile = profile;
  self->safety = jp_safety_load (profile->folder);
  load (self);
  g_signal_connect_object (keeper, "changed", G_CALLBACK (keeper_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (jp_office_get_store (office), "journal-changed",
                           G_CALLBACK (show_journal), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->copies, "chosen", G_CALLBACK (copies_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->journal, "chosen", G_CALLBACK (journal_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * jp_safety_page_back_up:
 * @self: the page
 *
 * Makes a backup now.
 */
void
jp_safety_page_back_up (JpSafetyPage *self)
{
  g_return_if_fail (JP_IS_SAFETY_PAGE (self));

  jp_keeper_back_up_async (self->keeper, backed_up_cb, g_object_ref (self));
}

/**
 * jp_safety_page_verify:
 * @self: the page
 *
 * Checks all data now.
 */
void
jp_safety_page_verify (JpSafetyPage *self)
{
  g_return_if_fail (JP_IS_SAFETY_PAGE (self));

  self->checking = TRUE;
  jp_keeper_verify_async (self->keeper, self->cancellable, verified_cb, g_object_ref (self));
}

/**
 * jp_safety_page_get_backup_text:
 * @self: the page
 *
 * Returns: (transfer none): what is said of the last backup
 */
const char *
jp_safety_page_get_backup_text (JpSafetyPage *self)
{
  g_return_val_if_fail (JP_IS_SAFETY_PAGE (self), NULL);

  return adw_action_row_get_subtitle (ADW_ACTION_ROW (self->backup));
}

/**
 * jp_safety_page_get_verify_text:
 * @self: the page
 *
 * Returns: (transfer none): what the last check found
 */
const char *
jp_safety_page_get_verify_text (JpSafetyPage *self)
{
  g_return_val_if_fail (JP_IS_SAFETY_PAGE (self), NULL);

  return adw_action_row_get_subtitle (ADW_ACTION_ROW (self->check));
}
