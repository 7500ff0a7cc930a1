/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-start.h"

#include "jp-demo-notice.h"
#include "jp-expiry.h"
#include "jp-finder.h"
#include "jp-pages.h"
#include "jp-preferences.h"
#include "jp-restore-window.h"
#include "jp-safety-alarm.h"
#include "jp-status.h"
#include "jp-sync-enrol.h"
#include "jp-unlock.h"
#include "jp-welcome.h"
#include "jp-worker.h"

#include <glib/gi18n-lib.h>

#define DEMO_NAME "demo"

struct _JpStart
{
  GObject parent_instance;

  JpApplication *application; /* (borrowed): owns the start */
  char          *home;        /* (owned): the profile of the user's own school */
  char          *folder;      /* (owned): the profile that is open: that one, or the demo's */
  JpClock       *clock;       /* (owned) */
  JpIdSource    *ids;         /* (owned) */
  JpWorker      *worker;      /* (owned): makes keys out of passwords, which takes a while */
  JpProfile     *profile;     /* (owned) (nullable): NULL until unlocked */
  JpStore       *store;       /* (owned) (nullable) */
  JpSync        *sync;        /* (owned) (nullable) */
  JpOffice      *office;      /* (owned) (nullable) */
  JpKeeper      *keeper;      /* (owned) (nullable) */
  JpStatus      *status;      /* (owned) (nullable) */
  JpUnlock      *next;        /* (owned) (nullable): to be done when the school is closed */
  gboolean       prepared;    /* the user's own school is being opened already */
  char          *news;        /* (owned) (nullable): to be told in the next window */
  JpWelcome     *welcome;     /* (weak) (nullable): the window before there is a school */
  JpWindow      *window;      /* (weak) (nullable): the window of the school */
};

enum { SIGNAL_OPENED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JpStart, jp_start, G_TYPE_OBJECT)

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
  g_set_weak_pointer (&self->window, window);
  jp_office_set_window (self->office, window);
  jp_finder_attach (self->office, window);
  jp_preferences_attach (self->application, self->office, self->keeper, self->profile);
  jp_safety_alarm_attach (self->office, self->keeper);
  self->status = jp_status_new (self->office, window);
  jp_demo_notice_attach (self->office, self);
  g_application_hold (G_APPLICATION (self->application));
  g_signal_connect_object (window, "close-request", G_CALLBACK (close_request_cb), self, 0);
  gtk_window_present (GTK_WINDOW (window));
  if (self->welcome != NULL)
    gtk_window_destroy (GTK_WINDOW (self->welcome));
  if (self->news != NULL)
    jp_office_tell (self->office, self->news);
  g_clear_pointer (&self->news, g_free);
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
  JpStart *self;  /* (owned) */
  GError  *error; /* (owned) */
} Failure;

static void
failed_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Failure *failure = user_data;

  /* ignored: what could not be opened has nothing to lose */
  jp_store_close_finish (JP_STORE (source), result, NULL);
  jp_welcome_show_error (ensure_welcome (failure->self), failure->error);
  g_application_release (G_APPLICATION (failure->self->application));
  g_object_unref (failure->self);
  g_error_free (failure->error);
  g_free (failure);
}

static void
give_up (JpStart *self, const GError *error)
{
  Failure *failure = g_new0 (Failure, 1);

  g_message ("the school could not be opened: %s", error->message);
  failure->self = g_object_ref (self);
  failure->error = g_error_copy (error);
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
  self->keeper = jp_keeper_new (self->store, self->profile);
  jp_keeper_start (self->keeper);
  jp_store_read_async (self->store, &call, NULL, place_read_cb, g_object_ref (self));
  show_window (self);
  g_application_release (G_APPLICATION (self->application));
}

/* The profile. */

/* A profile whose key is known, and its store, which is being opened. */
typedef struct
{
  JpProfile *profile; /* (owned) */
  JpStore   *store;   /* (owned) */
} Unlocked;

static void
unlocked_free (gpointer data)
{
  Unlocked *unlocked = data;

  g_clear_pointer (&unlocked->profile, jp_profile_free);
  g_clear_object (&unlocked->store);
  g_free (unlocked);
}

/* Goes on to open the store at once: the main thread may be busy loading GTK's style. It hears of
 * the profile first, since that is told first. */
static void
unlock_in_worker (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  JpStart *self = JP_START (source);
  g_autoptr (GError) error = NULL;
  JpProfile *profile = jp_unlock_run (task_data, &error);
  Unlocked  *unlocked = NULL;
  g_autoptr (JpStore) store = NULL;

  if (profile == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  store =
    jp_store_new (profile->database, profile->key, self->clock, self->ids, g_get_real_name ());
  unlocked = g_new0 (Unlocked, 1);
  unlocked->profile = profile;
  unlocked->store = g_object_ref (store);
  g_task_return_pointer (task, unlocked, unlocked_free);
  jp_store_open_async (store, NULL, store_opened_cb, g_object_ref (self));
}

/* Without the keyring the password is asked for; that is a state, not an error. */
static void
tell_locked (JpStart *self, const JpUnlock *unlock, gboolean asked, const GError *error)
{
  g_autofree char *sentence = jp_office_dup_error_sentence (error);
  gboolean         is_key =
    g_error_matches (error, JP_STORE_ERROR, JP_STORE_ERROR_KEY) && unlock->backup == NULL;

  if (is_key && !unlock->demo && !asked)
    {
      jp_welcome_ask_password (ensure_welcome (self), NULL);
      return;
    }
  g_message ("the profile could not be opened: %s", error->message);
  if (is_key && !unlock->demo)
    jp_welcome_ask_password (ensure_welcome (self), sentence);
  else
    jp_welcome_show_error (ensure_welcome (self), error);
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JpStart  *self = JP_START (source);
  JpUnlock *unlock = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  Unlocked *unlocked = g_task_propagate_pointer (G_TASK (result), &error);

  if (unlocked != NULL)
    {
      self->profile = g_steal_pointer (&unlocked->profile);
      self->store = g_steal_pointer (&unlocked->store);
      self->news = jp_unlock_dup_news (unlock);
      unlocked_free (unlocked);
      return; /* the hold stays until a window shows how it went */
    }

  tell_locked (self, unlock, unlock->password != NULL, error);
  g_application_release (G_APPLICATION (self->application));
}

static void
queue_unlock (JpStart *self, JpUnlock *unlock)
{
  GTask *task = g_task_new (self, NULL, unlocked_cb, NULL);

  /* There is no window yet: without a hold the program would end before it has begun. */
  g_application_hold (G_APPLICATION (self->application));
  g_task_set_source_tag (task, queue_unlock);
  g_task_set_task_data (task, unlock, (GDestroyNotify)jp_unlock_free);
  jp_worker_queue (self->worker, G_PRIORITY_DEFAULT, unlock_in_worker, task);
}

static JpUnlock *
new_unlock (JpStart *self, const char *folder, const char *password)
{
  char *copy = g_strdup (folder);

  g_free (self->folder);
  self->folder = copy;
  return jp_unlock_new (folder, password, self->clock, self->ids);
}

/* Everything that belongs to the school that was open. */
static void
drop_school (JpStart *self)
{
  g_clear_object (&self->status);
  g_clear_object (&self->office);
  g_clear_object (&self->keeper);
  g_clear_object (&self->sync);
  g_clear_object (&self->store);
}

/* Class. */

static void
jp_start_dispose (GObject *object)
{
  JpStart *self = JP_START (object);

  g_clear_weak_pointer (&self->welcome);
  g_clear_weak_pointer (&self->window);
  drop_school (self);
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
  g_clear_pointer (&self->next, jp_unlock_free);
  g_free (self->folder);
  g_free (self->home);
  g_free (self->news);
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
restore_cb (JpStart *self)
{
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (self->application));

  jp_restore_window_open (self, active);
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
  g_autoptr (GSimpleAction) restore = g_simple_action_new ("restore-backup", NULL);

  self->application = application;
  self->home = g_strdup (folder);
  self->folder = g_strdup (folder);
  g_signal_connect_object (application, "sync-requested", G_CALLBACK (sync_requested_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (restore, "activate", G_CALLBACK (restore_cb), self, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (application), G_ACTION (restore));
  return self;
}

/**
 * jp_start_get_folder:
 * @self: a start
 *
 * Returns: (transfer none): the folder of the profile that is open or asked for
 */
const char *
jp_start_get_folder (JpStart *self)
{
  g_return_val_if_fail (JP_IS_START (self), NULL);

  return self->folder;
}

/**
 * jp_start_get_home:
 * @self: a start
 *
 * Returns: (transfer none): the folder of the user's own school
 */
const char *
jp_start_get_home (JpStart *self)
{
  g_return_val_if_fail (JP_IS_START (self), NULL);

  return self->home;
}

/**
 * jp_start_has_key:
 * @self: a start
 *
 * Returns: whether a school is open, so that its own backups need no password
 */
gboolean
jp_start_has_key (JpStart *self)
{
  g_return_val_if_fail (JP_IS_START (self), FALSE);

  return self->profile != NULL;
}

/**
 * jp_start_get_keeper:
 * @self: a start
 *
 * Returns: (nullable) (transfer none): the keeper of the data, %NULL until ::opened
 */
JpKeeper *
jp_start_get_keeper (JpStart *self)
{
  g_return_val_if_fail (JP_IS_START (self), NULL);

  return self->keeper;
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
 * jp_start_get_window:
 * @self: a start
 *
 * Returns: (nullable) (transfer none): the window of the school, %NULL until ::opened
 */
JpWindow *
jp_start_get_window (JpStart *self)
{
  g_return_val_if_fail (JP_IS_START (self), NULL);

  return self->window;
}

/**
 * jp_start_get_welcome:
 * @self: a start
 *
 * Returns: (nullable) (transfer none): the window before there is a school
 */
JpWelcome *
jp_start_get_welcome (JpStart *self)
{
  g_return_val_if_fail (JP_IS_START (self), NULL);

  return self->welcome;
}

/**
 * jp_start_prepare:
 * @self: a start
 *
 * Begins to open the user's own school if it is there, before GTK is: jp_start_run() shows it.
 */
void
jp_start_prepare (JpStart *self)
{
  g_return_if_fail (JP_IS_START (self));

  if (self->prepared || !jp_profile_exists (self->home))
    return;
  self->prepared = TRUE;
  queue_unlock (self, new_unlock (self, self->home, NULL));
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

  if (!self->prepared)
    jp_start_prepare (self);
  if (!self->prepared)
    ensure_welcome (self);
  self->prepared = FALSE;
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

  queue_unlock (self, new_unlock (self, self->home, password));
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

  JpId      id = jp_id_source_next (self->ids);
  JpUnlock *unlock = new_unlock (self, self->home, password);

  unlock->school = jp_setup_new_draft (&id, school);
  queue_unlock (self, unlock);
}

/**
 * jp_start_open_demo:
 * @self: a start
 *
 * Opens the demo school, which has a folder of its own; makes it the first time.
 */
void
jp_start_open_demo (JpStart *self)
{
  g_return_if_fail (JP_IS_START (self));

  g_autofree char *folder = jp_profile_dup_default_folder (DEMO_NAME);
  JpUnlock        *unlock = new_unlock (self, folder, NULL);

  unlock->demo = TRUE;
  queue_unlock (self, unlock);
}

static void
run_restore (JpStart *self, JpUnlock *unlock)
{
  jp_welcome_begin_work (ensure_welcome (self), _ ("Bringing the backup back…"));
  queue_unlock (self, unlock);
}

static GtkWindow *
find_dialog (JpStart *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (window != (GtkWindow *)self->welcome && window != (GtkWindow *)self->window)
        return window;
    }
  return NULL;
}

/* Dialogs of the school that was open hold its profile; and whatever they show is not true now. */
static void
close_dialogs (JpStart *self)
{
  for (GtkWindow *dialog = NULL; (dialog = find_dialog (self)) != NULL;)
    gtk_window_destroy (dialog);
}

/* Goes on as a first start does, unless something was asked for. */
static void
left_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JpStart *self = JP_START (source);

  g_action_map_remove_action (G_ACTION_MAP (self->application), "preferences");
  jp_application_set_can_sync (self->application, FALSE);
  ensure_welcome (self);
  close_dialogs (self);
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  g_application_release (G_APPLICATION (self->application));
  drop_school (self);
  g_clear_pointer (&self->profile, jp_profile_free);
  if (self->next == NULL)
    jp_start_run (self);
  else
    run_restore (self, g_steal_pointer (&self->next));
}

static void
leave (JpStart *self)
{
  gtk_widget_hide (GTK_WIDGET (self->window));
  jp_start_close (self, left_cb, NULL);
}

/**
 * jp_start_restore:
 * @self: a start
 * @backup: a backup
 * @journal: (nullable): folder of the journal that goes with it
 * @password: (nullable): of the backup, %NULL if it is one of the school that is open, or for the
 *   keyring
 *
 * Closes the school, puts the backup in its place, keeping what is there, and opens it again.
 */
void
jp_start_restore (JpStart *self, const char *backup, const char *journal, const char *password)
{
  g_return_if_fail (JP_IS_START (self));
  g_return_if_fail (backup != NULL);

  JpUnlock *unlock = new_unlock (self, self->home, password);

  unlock->backup = g_strdup (backup);
  unlock->journal = g_strdup (journal);
  unlock->key = self->profile != NULL ? jp_seal_key_ref (self->profile->key) : NULL;
  if (self->window == NULL)
    run_restore (self, unlock);
  else
    {
      g_clear_pointer (&self->next, jp_unlock_free);
      self->next = unlock;
      leave (self);
    }
}

/**
 * jp_start_leave_demo:
 * @self: a start with the demo school open
 *
 * Closes the demo school, which stays as it is, and goes on as a first start does: with the user's
 * own school, or the welcome.
 */
void
jp_start_leave_demo (JpStart *self)
{
  g_return_if_fail (JP_IS_START (self));
  g_return_if_fail (self->window != NULL);

  leave (self);
}

static void
keeper_stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!jp_keeper_stop_finish (JP_KEEPER (source), result, &error))
    g_message ("there is no backup of this session: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

static void
store_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  JpStart *self = g_task_get_source_object (task);

  /* ignored: closing writes what is queued and cannot fail */
  jp_store_close_finish (JP_STORE (source), result, NULL);
  if (self->keeper != NULL)
    jp_keeper_stop_async (self->keeper, keeper_stopped_cb, g_steal_pointer (&task));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * jp_start_close:
 * @self: a start
 * @callback: called when everything is on the disk
 * @user_data: for @callback
 *
 * Stops the sync engine, closes the store, and makes a last backup if something happened. To be
 * called before the program ends.
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
