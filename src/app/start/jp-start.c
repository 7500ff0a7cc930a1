/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-start.h"

#include "jp-expiry.h"
#include "jp-finder.h"
#include "jp-pages.h"
#include "jp-preferences.h"
#include "jp-status.h"
#include "jp-sync-enrol.h"
#include "jp-welcome.h"
#include "jp-worker.h"

#include <glib/gi18n-lib.h>

struct _JpStart
{
  GObject parent_instance;

  JpApplication *application; /* (borrowed): owns the start */
  char          *folder;      /* (owned): the profile */
  JpClock       *clock;       /* (owned) */
  JpIdSource    *ids;         /* (owned) */
  JpWorker      *worker;      /* (owned): makes keys out of passwords, which takes a while */
  JpProfile     *profile;     /* (owned) (nullable): NULL until unlocked */
  JpStore       *store;       /* (owned) (nullable) */
  JpSync        *sync;        /* (owned) (nullable) */
  JpOffice      *office;      /* (owned) (nullable) */
  JpStatus      *status;      /* (owned) (nullable) */
  JpWelcome     *welcome;     /* (weak) (nullable): the window before there is a school */
};

enum { SIGNAL_OPENED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JpStart, jp_start, G_TYPE_OBJECT)

/* What the thread is to do with the profile's folder. */
typedef struct
{
  char       *folder;   /* (owned) */
  char       *password; /* (owned) (nullable): NULL = the keyring */
  JpIdSource *ids;      /* (owned) */
  gboolean    create;
  JpDraft    *school; /* (owned) (nullable): of a new profile */
  JpClock    *clock;  /* (owned) */
} Unlock;

static void
unlock_free (gpointer data)
{
  Unlock *unlock = data;

  if (unlock->password != NULL)
    jp_seal_wipe_text (unlock->password);
  g_free (unlock->folder);
  g_object_unref (unlock->ids);
  g_object_unref (unlock->clock);
  jp_draft_free (unlock->school);
  g_free (unlock);
}

/* The window. */

static JpWelcome *
ensure_welcome (JpStart *self)
{
  if (self->welcome == NULL)
    {
      g_set_weak_pointer (&self->welcome,
                          jp_welcome_new (GTK_APPLICATION (self->application), self));
      gtk_window_present (GTK_WINDOW (self->welcome));
    }
  return self->welcome;
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JpStart *self = JP_START (source);
  g_autoptr (GObject) window = user_data;

  gtk_window_destroy (GTK_WINDOW (window));
  g_application_release (G_APPLICATION (self->application));
}

/* The window is out of sight at once; the program ends when everything is on the disk. */
static gboolean
close_request_cb (GtkWindow *window, JpStart *self)
{
  gtk_widget_hide (GTK_WIDGET (window));
  jp_start_close (self, closed_cb, g_object_ref (window));
  return GDK_EVENT_STOP;
}

static void
show_window (JpStart *self)
{
  JpWindow *window = NULL;

  jp_expiry_set_today (jp_store_today (self->store));
  jp_pages_register (jp_application_get_pages (self->application), self->office);
  window = jp_window_new (GTK_APPLICATION (self->application),
                          jp_application_get_pages (self->application));
  jp_office_set_window (self->office, window);
  jp_finder_attach (self->office, window);
  jp_preferences_attach (self->application, self->office, self->profile);
  self->status = jp_status_new (self->office, window);
  g_application_hold (G_APPLICATION (self->application));
  g_signal_connect_object (window, "close-request", G_CALLBACK (close_request_cb), self, 0);
  gtk_window_present (GTK_WINDOW (window));
  if (self->welcome != NULL)
    gtk_window_destroy (GTK_WINDOW (self->welcome));
  g_signal_emit (self, signals[SIGNAL_OPENED], 0);
}

/* The sync engine. */

static gpointer
read_place_call (JpVault *vault, gpointer data, GError **error)
{
  return jp_sync_place_read (vault, error);
}

static void
place_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpStart) self = user_data;
  g_autoptr (JpSyncPlace) place = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpTransport) transport = NULL;

  if (!jp_store_read_finish (JP_STORE (source), result, (gpointer *)&place, &error))
    {
      g_message ("the platform's address could not be read: %s", error->message);
      return;
    }
  if (place->url == NULL || self->sync == NULL)
    return;

  transport = jp_sync_place_open (place, &error);
  if (transport == NULL)
    g_message ("the way to the platform could not be opened: %s", error->message);
  jp_sync_set_transport (self->sync, transport);
  jp_application_set_can_sync (self->application, transport != NULL);
}

static void
sync_requested_cb (JpStart *self)
{
  if (self->sync != NULL)
    jp_sync_now (self->sync);
}

/* The store. */

/* What is told when the files are free again, so that another attempt finds them so. */
typedef struct
{
  JpStart *self;     /* (owned) */
  char    *sentence; /* (owned) */
} Failure;

static void
failed_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Failure *failure = user_data;

  /* ignored: what could not be opened has nothing to lose */
  jp_store_close_finish (JP_STORE (source), result, NULL);
  jp_welcome_show_error (ensure_welcome (failure->self), failure->sentence);
  g_application_release (G_APPLICATION (failure->self->application));
  g_object_unref (failure->self);
  g_free (failure->sentence);
  g_free (failure);
}

static void
give_up (JpStart *self, const GError *error)
{
  Failure *failure = g_new0 (Failure, 1);

  g_message ("the school could not be opened: %s", error->message);
  failure->self = g_object_ref (self);
  failure->sentence = jp_office_dup_error_sentence (error);
  jp_store_close_async (self->store, NULL, failed_closed_cb, failure);
  g_clear_object (&self->store);
  g_clear_pointer (&self->profile, jp_profile_free);
}

static void
store_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpStart) self = user_data;
  g_autoptr (GError) error = NULL;
  JpStoreCall call = { read_place_call, NULL, NULL, (GDestroyNotify)jp_sync_place_free, 0 };

  if (!jp_store_open_finish (JP_STORE (source), result, &error))
    {
      give_up (self, error);
      return;
    }

  self->sync = jp_sync_new (self->store);
  self->office = jp_office_new (self->store, self->sync);
  jp_store_read_async (self->store, &call, NULL, place_read_cb, g_object_ref (self));
  show_window (self);
  g_application_release (G_APPLICATION (self->application));
}

static void
open_store (JpStart *self)
{
  g_application_hold (G_APPLICATION (self->application)); /* until a window shows how it went */
  self->store = jp_store_new (self->profile->database, self->profile->key, self->clock, self->ids,
                              g_get_real_name ());
  jp_store_open_async (self->store, NULL, store_opened_cb, g_object_ref (self));
}

/* The profile. */

static gboolean
fill_new_profile (Unlock *unlock, JpProfile *profile, GError **error)
{
  g_autoptr (JpVault) vault = jp_vault_open (profile->database, JP_DB_WRITER, profile->key,
                                             unlock->clock, unlock->ids, error);

  return vault != NULL && jp_vault_set_up (vault, error) &&
         jp_setup_school (vault, unlock->school, g_get_real_name (), error);
}

static void
unlock_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Unlock *unlock = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpProfile) profile = NULL;

  if (unlock->create)
    profile = jp_profile_create (unlock->folder, unlock->password, unlock->ids, &error);
  else
    profile = jp_profile_unlock (unlock->folder, unlock->password, &error);

  if (profile != NULL && unlock->create && !fill_new_profile (unlock, profile, &error))
    g_clear_pointer (&profile, jp_profile_free);

  if (profile != NULL)
    g_task_return_pointer (task, g_steal_pointer (&profile), (GDestroyNotify)jp_profile_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
tell_locked (JpStart *self, const Unlock *unlock, const GError *error)
{
  /* Without the keyring the password is asked for; that is a state, not an error. */
  if (unlock->password == NULL)
    jp_welcome_ask_password (ensure_welcome (self), NULL);
  else
    {
      g_autofree char *sentence = jp_office_dup_error_sentence (error);

      g_message ("the profile could not be opened: %s", error->message);
      if (unlock->create)
        jp_welcome_show_error (ensure_welcome (self), sentence);
      else
        jp_welcome_ask_password (ensure_welcome (self), sentence);
    }
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JpStart *self = JP_START (source);
  g_autoptr (GError) error = NULL;

  self->profile = g_task_propagate_pointer (G_TASK (result), &error);
  if (self->profile != NULL)
    open_store (self);
  else
    tell_locked (self, g_task_get_task_data (G_TASK (result)), error);
  g_application_release (G_APPLICATION (self->application));
}

static void
queue_unlock (JpStart *self, const char *password, JpDraft *school)
{
  GTask  *task = g_task_new (self, NULL, unlocked_cb, NULL);
  Unlock *unlock = g_new0 (Unlock, 1);

  unlock->folder = g_strdup (self->folder);
  unlock->password = g_strdup (password);
  unlock->ids = g_object_ref (self->ids);
  unlock->clock = g_object_ref (self->clock);
  unlock->create = school != NULL;
  unlock->school = school;
  /* There is no window yet: without a hold the program would end before it has begun. */
  g_application_hold (G_APPLICATION (self->application));
  g_task_set_source_tag (task, queue_unlock);
  g_task_set_task_data (task, unlock, unlock_free);
  jp_worker_queue (self->worker, G_PRIORITY_DEFAULT, unlock_in_worker, task);
}

/* Class. */

static void
jp_start_dispose (GObject *object)
{
  JpStart *self = JP_START (object);

  g_clear_weak_pointer (&self->welcome);
  g_clear_object (&self->status);
  g_clear_object (&self->office);
  g_clear_object (&self->sync);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (jp_start_parent_class)->dispose (object);
}

static void
jp_start_finalize (GObject *object)
{
  JpStart *self = JP_START (object);

  jp_worker_shutdown_sync (self->worker);
  g_clear_object (&self->worker);
  g_clear_object (&self->clock);
  g_clear_object (&self->ids);
  g_clear_pointer (&self->profile, jp_profile_free);
  g_free (self->folder);
  G_OBJECT_CLASS (jp_start_parent_class)->finalize (object);
}

static void
jp_start_class_init (JpStartClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_start_dispose;
  G_OBJECT_CLASS (klass)->finalize = jp_start_finalize;

  /**
   * JpStart::opened:
   * @self: the start
   *
   * The window with the school is there.
   */
  signals[SIGNAL_OPENED] =
    g_signal_new ("opened", JP_TYPE_START, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
jp_start_init (JpStart *self)
{
  self->clock = jp_system_clock_new ();
  self->ids = jp_id_source_new (self->clock);
  self->worker = jp_worker_new ("jp-start");
}

/**
 * jp_start_new:
 * @application: the program
 * @folder: the profile
 *
 * Returns: (transfer full): a start that has done nothing yet
 */
JpStart *
jp_start_new (JpApplication *application, const char *folder)
{
  g_return_val_if_fail (JP_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (folder != NULL, NULL);

  JpStart *self = g_object_new (JP_TYPE_START, NULL);

  self->application = application;
  self->folder = g_strdup (folder);
  g_signal_connect_object (application, "sync-requested", G_CALLBACK (sync_requested_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * jp_start_get_folder:
 * @self: a start
 *
 * Returns: (transfer none): the folder of the profile
 */
const char *
jp_start_get_folder (JpStart *self)
{
  g_return_val_if_fail (JP_IS_START (self), NULL);

  return self->folder;
}

/**
 * jp_start_get_office:
 * @self: a start
 *
 * Returns: (nullable) (transfer none): the office, %NULL until ::opened
 */
JpOffice *
jp_start_get_office (JpStart *self)
{
  g_return_val_if_fail (JP_IS_START (self), NULL);

  return self->office;
}

/**
 * jp_start_run:
 * @self: a start
 *
 * Opens the profile with the key of the keyring, asks for the password, or welcomes a new school.
 */
void
jp_start_run (JpStart *self)
{
  g_return_if_fail (JP_IS_START (self));

  if (jp_profile_exists (self->folder))
    queue_unlock (self, NULL, NULL);
  else
    ensure_welcome (self);
}

/**
 * jp_start_unlock:
 * @self: a start
 * @password: the password of the profile
 *
 * Opens the profile; a wrong password is told in the window.
 */
void
jp_start_unlock (JpStart *self, const char *password)
{
  g_return_if_fail (JP_IS_START (self));
  g_return_if_fail (password != NULL);

  queue_unlock (self, password, NULL);
}

/**
 * jp_start_create:
 * @self: a start
 * @password: the password of the new profile
 * @school: the little a school begins with
 *
 * Makes the profile and opens it.
 */
void
jp_start_create (JpStart *self, const char *password, const JpSetupSchool *school)
{
  g_return_if_fail (JP_IS_START (self));
  g_return_if_fail (password != NULL);
  g_return_if_fail (school != NULL);

  JpId id = jp_id_source_next (self->ids);

  queue_unlock (self, password, jp_setup_new_draft (&id, school));
}

static void
store_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  /* ignored: closing writes what is queued and cannot fail */
  jp_store_close_finish (JP_STORE (source), result, NULL);
  g_task_return_boolean (task, TRUE);
}

/**
 * jp_start_close:
 * @self: a start
 * @callback: called when everything is on the disk
 * @user_data: for @callback
 *
 * Stops the sync engine and closes the store. To be called before the program ends.
 */
void
jp_start_close (JpStart *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (JP_IS_START (self));

  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, jp_start_close);
  g_clear_object (&self->status);
  if (self->sync != NULL)
    jp_sync_stop (self->sync);
  if (self->store == NULL)
    g_task_return_boolean (task, TRUE);
  else
    jp_store_close_async (self->store, NULL, store_closed_cb, g_steal_pointer (&task));
}

/**
 * jp_start_close_finish:
 * @self: a start
 * @result: the result
 * @error: return location for a #GError
 *
 * Returns: %TRUE
 */
gboolean
jp_start_close_finish (JpStart *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
