/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-join-window.h"

#include "jp-application.h"
#include "jp-entry-row.h"
#include "jp-sync-enrol.h"
#include "jp-sync-error.h"

#include <glib/gi18n-lib.h>

#define MAX_ADDRESS_CHARS 200
#define MAX_CODE_CHARS    64
#define MAX_NAME_CHARS    32

struct _JpJoinWindow
{
  GObject parent_instance;

  JpFormWindow         *window;      /* (weak) (nullable): owns this object */
  JpForm               *form;        /* (borrowed): in the window */
  GtkWidget            *certificate; /* (borrowed): row in the form */
  GtkFileChooserNative *chooser;     /* (owned) (nullable): while a file is chosen */

  JpOffice     *office;      /* (owned) */
  JpTransport  *transport;   /* (owned) (nullable): the way that is tried */
  JpSyncPlace  *place;       /* (owned) (nullable) */
  char         *authority;   /* (owned) (nullable): path of the certificate */
  GCancellable *cancellable; /* (owned): cancelled in dispose */
};

G_DEFINE_FINAL_TYPE (JpJoinWindow, jp_join_window, G_TYPE_OBJECT)

static char *
check_address (const char *text, gpointer user_data)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);

  if (uri == NULL || g_strcmp0 (g_uri_get_scheme (uri), "https") != 0 ||
      g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return g_strdup (_ ("Please enter the address as the platform gave it, with https:// first."));
  return NULL;
}

/* What to do next, where it can be done: under a field of the form. */
static void
show_problem (JpJoinWindow *self, const GError *error)
{
  g_message ("this PC could not join: %s", error->message);
  if (g_error_matches (error, JP_SYNC_ERROR, JP_SYNC_ERROR_OFFLINE) ||
      g_error_matches (error, JP_SYNC_ERROR, JP_SYNC_ERROR_BUSY))
    jp_form_set_error (self->form, "address",
                       _ ("Nobody answers at this address. Please check it and the network."));
  else if (g_error_matches (error, JP_SYNC_ERROR, JP_SYNC_ERROR_PROTOCOL))
    jp_form_set_error (self->form, "address",
                       _ ("Something else answered, or the certificate does not fit."));
  else if (error->domain == JP_SYNC_ERROR)
    jp_form_set_error (self->form, "code",
                       _ ("The platform does not accept this code. Please ask for a new one."));
  else
    jp_office_tell_error (self->office, error);
}

static void
allow_sync (void)
{
  GApplication *application = g_application_get_default ();

  if (JP_IS_APPLICATION (application))
    jp_application_set_can_sync (JP_APPLICATION (application), TRUE);
}

static void
enrolled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpJoinWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean joined = jp_sync_enrol_finish (JP_STORE (source), result, &error);

  if (joined)
    {
      jp_sync_set_transport (jp_office_get_sync (self->office), self->transport);
      allow_sync ();
      jp_office_tell (self->office, _ ("This PC has joined the platform. The first sync begins."));
    }
  if (self->window == NULL)
    return;

  jp_form_set_busy (self->form, FALSE);
  if (!joined)
    show_problem (self, error);
  else
    {
      jp_form_mark_saved (self->form);
      gtk_window_destroy (GTK_WINDOW (self->window));
    }
}

static void
save_cb (JpForm *form, JpJoinWindow *self)
{
  g_autofree char *code = jp_form_dup_text (form, "code");
  g_autofree char *name = jp_form_dup_text (form, "name");
  g_autoptr (GError) error = NULL;

  if (self->authority == NULL)
    {
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->certificate),
                                   _ ("Please choose the certificate file of the platform."));
      gtk_widget_add_css_class (self->certificate, "error");
      return;
    }

  g_clear_object (&self->transport);
  g_clear_pointer (&self->place, jp_sync_place_free);
  self->place = g_new0 (JpSyncPlace, 1);
  self->place->url = jp_form_dup_text (form, "address");
  self->place->authority_path = g_strdup (self->authority);
  self->transport = jp_sync_place_open (self->place, &error);
  if (self->transport == NULL)
    {
      show_problem (self, error);
      return;
    }

  jp_form_set_busy (form, TRUE);
  jp_sync_enrol_async (jp_office_get_store (self->office), self->transport, self->place, code, name,
                       self->cancellable, enrolled_cb, g_object_ref (self));
}

static void
chosen_cb (GtkNativeDialog *chooser, int response, JpJoinWindow *self)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  path = file != NULL ? g_file_get_path (file) : NULL;
  if (path != NULL)
    jp_join_window_set_authority (self, path);
  g_clear_object (&self->chooser);
}

static void
choose_cb (GtkWidget *button, JpJoinWindow *self)
{
  self->chooser =
    gtk_file_chooser_native_new (_ ("Certificate of the Platform"), GTK_WINDOW (self->window),
                                 GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
add_entry (JpJoinWindow  *self,
           const char    *id,
           const char    *title,
           guint          max_chars,
           JpFormValidate check)
{
  GtkWidget *row = jp_entry_row_new (title, JP_ENTRY_TEXT);

  jp_entry_row_set_max_length (JP_ENTRY_ROW (row), max_chars);
  jp_form_add (self->form, id, JP_FORM_ROW (row), check, NULL);
  jp_form_set_required (self->form, id, TRUE);
}

static void
add_certificate (JpJoinWindow *self)
{
  GtkWidget *button = gtk_button_new_with_label (C_ ("button", "Choose…"));

  self->certificate = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->certificate), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->certificate),
                                 _ ("Certificate of the platform"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->certificate),
                               _ ("The file that came with the code"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (choose_cb), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->certificate), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self->certificate), button);
  jp_form_add_plain_row (self->form, self->certificate);
}

static void
jp_join_window_dispose (GObject *object)
{
  JpJoinWindow *self = JP_JOIN_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->chooser);
  g_clear_object (&self->transport);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_join_window_parent_class)->dispose (object);
}

static void
jp_join_window_finalize (GObject *object)
{
  JpJoinWindow *self = JP_JOIN_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->place, jp_sync_place_free);
  g_free (self->authority);
  G_OBJECT_CLASS (jp_join_window_parent_class)->finalize (object);
}

static void
jp_join_window_class_init (JpJoinWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_join_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = jp_join_window_finalize;
}

static void
jp_join_window_init (JpJoinWindow *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * jp_join_window_new:
 * @office: the office, with its window
 *
 * Returns: (transfer full): the dialog, not shown yet; keep it while its window lives
 */
JpJoinWindow *
jp_join_window_new (JpOffice *office)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);

  JpJoinWindow *self = g_object_new (JP_TYPE_JOIN_WINDOW, NULL);

  self->office = g_object_ref (office);
  self->form = JP_FORM (jp_form_new ());
  jp_form_begin_group (self->form, NULL,
                       _ ("The platform gives the school a code for each PC, once. From then on "
                          "changes are sent and received by themselves."));
  add_entry (self, "address", _ ("Address of the platform"), MAX_ADDRESS_CHARS, check_address);
  add_certificate (self);
  add_entry (self, "code", _ ("One-time code"), MAX_CODE_CHARS, NULL);
  add_entry (self, "name", _ ("Name of this PC"), MAX_NAME_CHARS, NULL);
  jp_form_set_text (self->form, "name", g_get_host_name ());
  g_set_weak_pointer (&self->window, jp_form_window_new (GTK_WINDOW (jp_office_get_window (office)),
                                                         _ ("Join the Platform"), self->form));
  jp_form_window_set_save_label (self->window, C_ ("button", "Join"));
  g_signal_connect_object (self->form, "save", G_CALLBACK (save_cb), self, 0);
  return self;
}

/**
 * jp_join_window_get_window:
 * @self: the dialog
 *
 * Returns: (transfer none) (nullable): its window, %NULL once it is closed
 */
JpFormWindow *
jp_join_window_get_window (JpJoinWindow *self)
{
  g_return_val_if_fail (JP_IS_JOIN_WINDOW (self), NULL);

  return self->window;
}

/**
 * jp_join_window_set_authority:
 * @self: the dialog
 * @path: file with the certificate of the platform's authority
 *
 * Does what choosing the file does.
 */
void
jp_join_window_set_authority (JpJoinWindow *self, const char *path)
{
  g_return_if_fail (JP_IS_JOIN_WINDOW (self));
  g_return_if_fail (path != NULL);

  g_autofree char *name = g_path_get_basename (path);

  g_free (self->authority);
  self->authority = g_strdup (path);
  gtk_widget_remove_css_class (self->certificate, "error");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->certificate), name);
}

static void
window_gone_cb (gpointer user_data, GObject *window)
{
  g_object_unref (user_data);
}

/**
 * jp_join_window_open:
 * @office: the office, with its window
 *
 * Shows the dialog.
 */
void
jp_join_window_open (JpOffice *office)
{
  JpJoinWindow *self = jp_join_window_new (office);

  g_object_weak_ref (G_OBJECT (self->window), window_gone_cb, self);
  gtk_window_present (GTK_WINDOW (self->window));
}
