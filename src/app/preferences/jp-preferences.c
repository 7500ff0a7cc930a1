/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-preferences.h"

#include "jp-choice-row.h"

#include <glib/gi18n-lib.h>

struct _JpPreferences
{
  AdwPreferencesWindow parent_instance;

  GtkWidget *colours; /* (borrowed): choice row */
  GtkWidget *safety;  /* (borrowed) (nullable): page */

  GSettings *settings; /* (owned) */
};

G_DEFINE_FINAL_TYPE (JpPreferences, jp_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* Rows. */

static void
colours_edited_cb (JpPreferences *self)
{
  g_autofree char *code = jp_form_row_dup_text (JP_FORM_ROW (self->colours));

  if (*code != '\0')
    g_settings_set_string (self->settings, "color-scheme", code);
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

  self->settings = g_settings_new (JP_APP_ID);
  self->colours = jp_choice_row_new (_ ("Colours"));
  jp_choice_row_set_choices (JP_CHOICE_ROW (self->colours), schemes, G_N_ELEMENTS (schemes));
  adw_preferences_group_add (looks, self->colours);
  adw_preferences_page_set_title (page, _ ("General"));
  adw_preferences_page_set_icon_name (page, "preferences-system-symbolic");
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self), page);
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (self), FALSE);
}

/**
 * jp_preferences_new:
 * @office: the office
 * @keeper: (nullable): the keeper of its data, %NULL for a window without the page about their
 * safety
 * @profile: (nullable): its profile, must outlive the window
 *
 * Returns: (transfer none): a new window, owned by GTK, not shown yet
 */
JpPreferences *
jp_preferences_new (JpOffice *office, JpKeeper *keeper, JpProfile *profile)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);
  g_return_val_if_fail (keeper == NULL || profile != NULL, NULL);

  JpPreferences *self =
    g_object_new (JP_TYPE_PREFERENCES, "title", _ ("Preferences"), "modal", TRUE, "default-height",
                  720, "transient-for", jp_office_get_window (office), NULL);
  g_autofree char *scheme = g_settings_get_string (self->settings, "color-scheme");

  if (keeper != NULL)
    {
      self->safety = jp_safety_page_new (office, keeper, profile);
      adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self),
                                  ADW_PREFERENCES_PAGE (self->safety));
    }
  jp_form_row_set_text (JP_FORM_ROW (self->colours), scheme);
  g_signal_connect_object (self->colours, "edited", G_CALLBACK (colours_edited_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * jp_preferences_get_safety:
 * @self: the preferences
 *
 * Returns: (transfer none) (nullable): the page about the safety of the data
 */
JpSafetyPage *
jp_preferences_get_safety (JpPreferences *self)
{
  g_return_val_if_fail (JP_IS_PREFERENCES (self), NULL);

  return (JpSafetyPage *)self->safety;
}

/* What the action needs; lives with the office. */
typedef struct
{
  JpOffice  *office;  /* (borrowed): the closure ends with it */
  JpKeeper  *keeper;  /* (owned) */
  JpProfile *profile; /* (borrowed) */
} Attachment;

static void
attachment_free (gpointer data, GClosure *closure)
{
  Attachment *attachment = data;

  g_object_unref (attachment->keeper);
  g_free (attachment);
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Attachment *attachment = user_data;

  gtk_window_present (
    GTK_WINDOW (jp_preferences_new (attachment->office, attachment->keeper, attachment->profile)));
}

/**
 * jp_preferences_attach:
 * @application: the program
 * @office: the office
 * @keeper: the keeper of its data
 * @profile: its profile, must outlive the office
 *
 * Adds the action `app.preferences` (Ctrl+comma).
 */
void
jp_preferences_attach (JpApplication *application,
                       JpOffice      *office,
                       JpKeeper      *keeper,
                       JpProfile     *profile)
{
  g_return_if_fail (JP_IS_APPLICATION (application));
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (profile != NULL);

  g_autoptr (GSimpleAction) action = g_simple_action_new ("preferences", NULL);
  const char *const accels[] = { "<Control>comma", NULL };
  Attachment       *attachment = g_new0 (Attachment, 1);
  GClosure *closure = g_cclosure_new (G_CALLBACK (preferences_cb), attachment, attachment_free);

  attachment->office = office;
  attachment->keeper = g_object_ref (keeper);
  attachment->profile = profile;
  g_object_watch_closure (G_OBJECT (office), closure);
  g_signal_connect_closure (action, "activate", closure, FALSE);
  g_action_map_add_action (G_ACTION_MAP (application), G_ACTION (action));
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "app.preferences", accels);
}
