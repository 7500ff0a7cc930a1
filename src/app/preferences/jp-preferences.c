/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-preferences.h"

#include "jp-backup.h"
#include "jp-choice-row.h"

#include <glib/gi18n-lib.h>

struct _JpPreferences
{
  AdwPreferencesWindow parent_instance;

  GtkWidget *colours;  /* (borrowed): choice row */
  GtkWidget *backup;   /* (borrowed): row: the last backup */
  GtkWidget *now;      /* (borrowed): button in it */
  GtkWidget *remember; /* (borrowed): button */
  GtkWidget *forget;   /* (borrowed): button */

  JpOffice  *office;   /* (owned) */
  JpProfile *profile;  /* (borrowed): lives as long as the office's store */
  GSettings *settings; /* (owned) */
};

G_DEFINE_FINAL_TYPE (JpPreferences, jp_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static void
tell (JpPreferences *self, const char *sentence)
{
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);

  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self), adw_toast_new (escaped));
}

/* Backups. */

static void
show_last_backup (JpPreferences *self)
{
  g_auto (GStrv) paths = jp_backup_list (self->profile->backups);
  guint            n_paths = paths != NULL ? g_strv_length (paths) : 0;
  g_autofree char *name = n_paths > 0 ? g_path_get_basename (paths[0]) : NULL;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->backup),
                               name != NULL ? name : _ ("There is none yet."));
}

static gpointer
back_up_call (JpVault *vault, gpointer data, GError **error)
{
  return jp_backup_make (vault, data, NULL, NULL, error);
}

static void
backed_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpPreferences) self = user_data;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  gboolean made = jp_store_write_finish (JP_STORE (source), result, (gpointer *)&path, &error);

  if (self->office == NULL)
    return;
  gtk_widget_set_sensitive (self->now, TRUE);
  if (made)
    {
      show_last_backup (self);
      tell (self, _ ("The backup is made and has been read back."));
    }
  else
    {
      g_autofree char *sentence = jp_office_dup_error_sentence (error);

      g_message ("the backup could not be made: %s", error->message);
      tell (self, sentence);
    }
}

/* The keyring. */

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
  g_autoptr (JpPreferences) self = user_data;
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
  g_autoptr (JpPreferences) self = user_data;

  /* ignored: see above */
  if (jp_store_read_finish (JP_STORE (source), result, NULL, NULL) && self->office != NULL)
    tell (self, _ ("The password is needed at the next start."));
}

static void
remember_cb (JpPreferences *self)
{
  JpStoreCall call = { remember_call, self->profile, NULL, NULL, 0 };

  jp_store_read_async (jp_office_get_store (self->office), &call, NULL, remembered_cb,
                       g_object_ref (self));
}

static void
forget_cb (JpPreferences *self)
{
  JpStoreCall call = { forget_call, self->profile, NULL, NULL, 0 };

  jp_store_read_async (jp_office_get_store (self->office), &call, NULL, forgotten_cb,
                       g_object_ref (self));
}

/* Rows. */

static void
colours_edited_cb (JpPreferences *self)
{
  g_autofree char *code = jp_form_row_dup_text (JP_FORM_ROW (self->colours));

  if (*code != '\0')
    g_settings_set_string (self->settings, "color-scheme", code);
}

static GtkWidget *
add_button_row (AdwPreferencesGroup *group,
                const char          *title,
                const char          *label,
                GtkWidget          **out_row)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (label);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (group, row);
  if (out_row != NULL)
    *out_row = row;
  return button;
}

static AdwPreferencesGroup *
add_group (AdwPreferencesPage *page, const char *title)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  adw_preferences_page_add (page, group);
  return group;
}

/* Class. */

static void
jp_preferences_dispose (GObject *object)
{
  JpPreferences *self = JP_PREFERENCES (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_preferences_parent_class)->dispose (object);
}

static void
jp_preferences_class_init (JpPreferencesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_preferences_dispose;
}

static void
jp_preferences_init (JpPreferences *self)
{
  const JpChoice       schemes[] = { { "system", C_ ("colours", "As the desktop") },
                                     { "light", C_ ("colours", "Light") },
                                     { "dark", C_ ("colours", "Dark") } };
  AdwPreferencesPage  *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  AdwPreferencesGroup *looks = add_group (page, _ ("Appearance"));
  AdwPreferencesGroup *access = add_group (page, _ ("Password"));
  AdwPreferencesGroup *safety = add_group (page, _ ("Backups"));

  self->settings = g_settings_new (JP_APP_ID);
  self->colours = jp_choice_row_new (_ ("Colours"));
  jp_choice_row_set_choices (JP_CHOICE_ROW (self->colours), schemes, G_N_ELEMENTS (schemes));
  adw_preferences_group_add (looks, self->colours);
  self->remember = add_button_row (access, _ ("Open the school without the password"),
                                   C_ ("button", "Remember"), NULL);
  self->forget = add_button_row (access, _ ("Ask for the password at each start"),
                                 C_ ("button", "Forget"), NULL);
  self->now =
    add_button_row (safety, _ ("Last backup"), C_ ("button", "Back Up Now"), &self->backup);
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self), page);
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (self), FALSE);
}

/**
 * jp_preferences_new:
 * @office: the office
 * @profile: its profile, must outlive the window
 *
 * Returns: (transfer none): a new window, owned by GTK, not shown yet
 */
JpPreferences *
jp_preferences_new (JpOffice *office, JpProfile *profile)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);
  g_return_val_if_fail (profile != NULL, NULL);

  JpPreferences   *self = g_object_new (JP_TYPE_PREFERENCES, "title", _ ("Preferences"), "modal",
                                        TRUE, "transient-for", jp_office_get_window (office), NULL);
  g_autofree char *scheme = g_settings_get_string (self->settings, "color-scheme");

  self->office = g_object_ref (office);
  self->profile = profile;
  jp_form_row_set_text (JP_FORM_ROW (self->colours), scheme);
  show_last_backup (self);
  g_signal_connect_object (self->colours, "edited", G_CALLBACK (colours_edited_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->remember, "clicked", G_CALLBACK (remember_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->forget, "clicked", G_CALLBACK (forget_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->now, "clicked", G_CALLBACK (jp_preferences_back_up), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * jp_preferences_back_up:
 * @self: the preferences
 *
 * Makes a backup now.
 */
void
jp_preferences_back_up (JpPreferences *self)
{
  g_return_if_fail (JP_IS_PREFERENCES (self));

  JpStoreCall call = { back_up_call, self->profile, NULL, g_free, 0 };

  gtk_widget_set_sensitive (self->now, FALSE);
  jp_store_write_async (jp_office_get_store (self->office), &call, G_PRIORITY_LOW, NULL,
                        backed_up_cb, g_object_ref (self));
}

/**
 * jp_preferences_get_backup_text:
 * @self: the preferences
 *
 * Returns: (transfer none): what is said of the last backup
 */
const char *
jp_preferences_get_backup_text (JpPreferences *self)
{
  g_return_val_if_fail (JP_IS_PREFERENCES (self), NULL);

  return adw_action_row_get_subtitle (ADW_ACTION_ROW (self->backup));
}

/* What the action needs; lives with the office. */
typedef struct
{
  JpOffice  *office;  /* (borrowed): the closure ends with it */
  JpProfile *profile; /* (borrowed) */
} Attachment;

static void
attachment_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Attachment *attachment = user_data;

  gtk_window_present (GTK_WINDOW (jp_preferences_new (attachment->office, attachment->profile)));
}

/**
 * jp_preferences_attach:
 * @application: the program
 * @office: the office
 * @profile: its profile, must outlive the office
 *
 * Adds the action `app.preferences` (Ctrl+comma).
 */
void
jp_preferences_attach (JpApplication *application, JpOffice *office, JpProfile *profile)
{
  g_return_if_fail (JP_IS_APPLICATION (application));
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (profile != NULL);

  g_autoptr (GSimpleAction) action = g_simple_action_new ("preferences", NULL);
  const char *const accels[] = { "<Control>comma", NULL };
  Attachment       *attachment = g_new0 (Attachment, 1);
  GClosure *closure = g_cclosure_new (G_CALLBACK (preferences_cb), attachment, attachment_free);

  attachment->office = office;
  attachment->profile = profile;
  g_object_watch_closure (G_OBJECT (office), closure);
  g_signal_connect_closure (action, "activate", closure, FALSE);
  g_action_map_add_action (G_ACTION_MAP (application), G_ACTION (action));
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "app.preferences", accels);
}
