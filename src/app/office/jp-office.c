/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-office.h"

#include "jp-commit.h"
#include "jp-desk.h"
#include "jp-documents-error.h"
#include "jp-sync-error.h"

#include <glib/gi18n-lib.h>

#define UNDO_TOAST_S 10

struct _JpOffice
{
  GObject parent_instance;

  JpStore      *store;        /* (owned) */
  JpSync       *sync;         /* (owned) (nullable) */
  JpWindow     *window;       /* (weak) (nullable) */
  JpRecord     *school;       /* (owned) (nullable): NULL until read */
  GCancellable *cancellable;  /* (owned): cancelled in dispose */
  gint64        first_undo_n; /* operations up to this one were there when the program started */
  gint64        last_n;       /* newest operation of this run that can be taken back, 0 = none */
};

enum { SIGNAL_SCHOOL_CHANGED, SIGNAL_UNDO_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JpOffice, jp_office, G_TYPE_OBJECT)

/* The school. */

static gpointer
read_school_call (JpVault *vault, gpointer data, GError **error)
{
  if (jp_id_is_none (&vault->school))
    return NULL;
  return jp_record_table_find (vault->db, vault->key, JP_KIND_SCHOOL, &vault->school, error);
}

static void
school_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpOffice) self = user_data;
  g_autoptr (JpRecord) school = NULL;

  /* ignored: the sidebar keeps the name it has; the school page tells of the error */
  if (!jp_store_read_finish (JP_STORE (source), result, (gpointer *)&school, NULL) ||
      school == NULL)
    return;

  g_clear_pointer (&self->school, jp_record_unref);
  self->school = g_steal_pointer (&school);
  g_signal_emit (self, signals[SIGNAL_SCHOOL_CHANGED], 0);
}

static void
read_school (JpOffice *self)
{
  JpStoreCall call = { read_school_call, NULL, NULL, (GDestroyNotify)jp_record_unref, 0 };

  jp_store_read_async (self->store, &call, self->cancellable, school_read_cb, g_object_ref (self));
}

static void
store_changed_cb (JpStore *store, guint64 kinds, JpOffice *self)
{
  if (kinds & jp_store_kind_bit (JP_KIND_SCHOOL))
    read_school (self);
}

/* Class. */

static void
jp_office_dispose (GObject *object)
{
  JpOffice *self = JP_OFFICE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->sync);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (jp_office_parent_class)->dispose (object);
}

static void
jp_office_finalize (GObject *object)
{
  JpOffice *self = JP_OFFICE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->school, jp_record_unref);
  G_OBJECT_CLASS (jp_office_parent_class)->finalize (object);
}

static void
jp_office_class_init (JpOfficeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_office_dispose;
  G_OBJECT_CLASS (klass)->finalize = jp_office_finalize;

  /**
   * JpOffice::school-changed:
   * @self: the office
   *
   * The school's own record was read or has changed.
   */
  signals[SIGNAL_SCHOOL_CHANGED] =
    g_signal_new ("school-changed", JP_TYPE_OFFICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * JpOffice::undo-changed:
   * @self: the office
   *
   * There is something else to take back, or nothing any more.
   */
  signals[SIGNAL_UNDO_CHANGED] = g_signal_new ("undo-changed", JP_TYPE_OFFICE, G_SIGNAL_RUN_LAST, 0,
                                               NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
jp_office_init (JpOffice *self)
{
  self->cancellable = g_cancellable_new ();
}

static void
reserve_used_cb (JpOffice *self)
{
  jp_office_tell (self, _ ("The disk is full. This was still saved; please make room now, the next "
                           "change may not fit."));
}

/**
 * jp_office_new:
 * @store: an open store
 * @sync: (nullable): the engine of the store
 *
 * Returns: (transfer full): an office
 */
JpOffice *
jp_office_new (JpStore *store, JpSync *sync)
{
  g_return_val_if_fail (JP_IS_STORE (store), NULL);

  JpOffice *self = g_object_new (JP_TYPE_OFFICE, NULL);

  self->store = g_object_ref (store);
  self->sync = sync != NULL ? g_object_ref (sync) : NULL;
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, 0);
  g_signal_connect_object (store, "reserve-used", G_CALLBACK (reserve_used_cb), self,
                           G_CONNECT_SWAPPED);
  read_school (self);
  return self;
}

/**
 * jp_office_get_store:
 * @self: an office
 *
 * Returns: (transfer none): the school's data
 */
JpStore *
jp_office_get_store (JpOffice *self)
{
  g_return_val_if_fail (JP_IS_OFFICE (self), NULL);

  return self->store;
}

/**
 * jp_office_get_sync:
 * @self: an office
 *
 * Returns: (nullable) (transfer none): the sync engine
 */
JpSync *
jp_office_get_sync (JpOffice *self)
{
  g_return_val_if_fail (JP_IS_OFFICE (self), NULL);

  return self->sync;
}

/**
 * jp_office_get_school:
 * @self: an office
 *
 * Returns: (nullable) (transfer none): the school's own record, %NULL until it has been read
 */
JpRecord *
jp_office_get_school (JpOffice *self)
{
  g_return_val_if_fail (JP_IS_OFFICE (self), NULL);

  return self->school;
}

/**
 * jp_office_set_window:
 * @self: an office
 * @window: (nullable): where toasts and dialogs appear
 */
void
jp_office_set_window (JpOffice *self, JpWindow *window)
{
  g_return_if_fail (JP_IS_OFFICE (self));

  g_set_weak_pointer (&self->window, window);
}

/**
 * jp_office_get_window:
 * @self: an office
 *
 * Returns: (nullable) (transfer none): the window
 */
JpWindow *
jp_office_get_window (JpOffice *self)
{
  g_return_val_if_fail (JP_IS_OFFICE (self), NULL);

  return self->window;
}

/**
 * jp_office_tell:
 * @self: an office
 * @sentence: a translated sentence
 *
 * Shows the sentence for a moment.
 */
void
jp_office_tell (JpOffice *self, const char *sentence)
{
  g_return_if_fail (JP_IS_OFFICE (self));
  g_return_if_fail (sentence != NULL);

  g_autofree char *escaped = g_markup_escape_text (sentence, -1);

  if (self->window != NULL)
    jp_window_add_toast (self->window, adw_toast_new (escaped));
}

static const char *
get_store_sentence (JpStoreError code)
{
  switch (code)
    {
    case JP_STORE_ERROR_NOT_FOUND:
      return _ ("This record no longer exists. Please go back to the list.");
    case JP_STORE_ERROR_CONFLICT:
      return _ (
        "Somebody else has changed this meanwhile. Please look at the new values and try again.");
    case JP_STORE_ERROR_INVALID:
      return _ ("A rule forbids this. Please check the marked fields.");
    case JP_STORE_ERROR_LOCKED:
      return _ (
        "This school is open in another window or command. Please use that one, or close it "
        "first.");
    case JP_STORE_ERROR_KEY:
      return _ ("The password does not open this school's data. Please try again.");
    case JP_STORE_ERROR_CORRUPT:
      return _ (
        "The data file is damaged. Nothing was changed. Please restore the last backup; the "
        "damaged file is kept beside it.");
    case JP_STORE_ERROR_TOO_NEW:
      return _ ("The data was written by a newer version. Please update this program.");
    case JP_STORE_ERROR_FULL:
      return _ ("The disk is full. Your input is kept; please make room and save again.");
    case JP_STORE_ERROR_BUSY:
      return _ ("The data is in use. Please try again in a moment.");
    case JP_STORE_ERROR_MISSING:
      return _ (
        "The key of the school is there, but its data file is gone. Please restore the last "
        "backup.");
    case JP_STORE_ERROR_READ_ONLY:
      return _ (
        "This folder may only be read. Please have yourself given the right to write in it, "
        "or copy all of it to a place that is yours.");
    case JP_STORE_ERROR_IO:
    default:
      return _ (
        "The disk could not be read or written. Your input is kept; please check the disk.");
    }
}

/**
 * jp_office_dup_error_sentence:
 * @error: an error of any layer
 *
 * Returns: (transfer full): what it means for the user and what to do next; never the error's own
 * text
 */
char *
jp_office_dup_error_sentence (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == JP_DESK_ERROR)
    return g_strdup (jp_desk_problem_get_sentence ((JpDeskProblem)error->code));
  if (error->domain == JP_STORE_ERROR)
    return g_strdup (get_store_sentence ((JpStoreError)error->code));
  if (error->domain == JP_DOCUMENTS_ERROR)
    return g_strdup (jp_documents_error_get_sentence ((JpDocumentsError)error->code));
  if (error->domain == JP_SYNC_ERROR)
    return g_strdup (_ ("The platform could not do this now. Please look at the page Sync."));
  return g_strdup (_ ("This did not work. Nothing was changed; please try again."));
}

/**
 * jp_office_tell_error:
 * @self: an office
 * @error: why something did not work
 *
 * Logs the error, where it stops travelling, and tells the user.
 */
void
jp_office_tell_error (JpOffice *self, const GError *error)
{
  g_return_if_fail (JP_IS_OFFICE (self));
  g_return_if_fail (error != NULL);

  g_autofree char *sentence = jp_office_dup_error_sentence (error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_message ("%s", error->message);
  jp_office_tell (self, sentence);
}

/* Asking. */

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  JpOfficeQuestion *question = user_data;

  if (strcmp (response, "yes") == 0)
    question->yes (question->user_data);
}

static void
free_question (gpointer data, GClosure *closure)
{
  JpOfficeQuestion *question = data;

  if (question->user_data_free != NULL)
    question->user_data_free (question->user_data);
  g_free (question);
}

/**
 * jp_office_ask:
 * @self: an office with a window
 * @question: what to ask; the texts are copied
 *
 * Asks before something leaves the house. Esc and "Cancel" mean no.
 */
void
jp_office_ask (JpOffice *self, const JpOfficeQuestion *question)
{
  g_return_if_fail (JP_IS_OFFICE (self));
  g_return_if_fail (question != NULL && question->yes != NULL);

  GtkWidget *dialog =
    adw_message_dialog_new (self->window != NULL ? GTK_WINDOW (self->window) : NULL,
                            question->heading, question->body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "no", _ ("Cancel"), "yes",
                                    question->verb, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "yes",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "yes");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "no");
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb),
                         g_memdup2 (question, sizeof *question), free_question, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Saving. */

typedef struct
{
  JpOffice    *self;     /* (owned) */
  char        *sentence; /* (owned) (nullable) */
  JpOfficeDone done;     /* (nullable) */
  gpointer     user_data;
} Commit;

static void
commit_free (Commit *commit)
{
  g_object_unref (commit->self);
  g_free (commit->sentence);
  g_free (commit);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Commit, commit_free)

static void
set_last (JpOffice *self, gint64 n)
{
  self->last_n = n;
  g_signal_emit (self, signals[SIGNAL_UNDO_CHANGED], 0);
}

static void
tell_with_undo (JpOffice *self, const char *sentence)
{
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);
  AdwToast        *toast = NULL;

  if (self->window == NULL)
    return;
  toast = adw_toast_new (escaped);
  adw_toast_set_button_label (toast, _ ("Undo"));
  adw_toast_set_action_name (toast, "win.undo");
  adw_toast_set_timeout (toast, UNDO_TOAST_S);
  jp_window_add_toast (self->window, toast);
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Commit) commit = user_data;
  g_autoptr (GError) error = NULL;
  gint64 n = jp_store_commit_finish (JP_STORE (source), result, &error);

  if (n == 0)
    {
      jp_office_tell_error (commit->self, error);
      return;
    }

  set_last (commit->self, n);
  if (commit->sentence != NULL)
    tell_with_undo (commit->self, commit->sentence);
  if (commit->done != NULL)
    commit->done (commit->user_data);
}

/**
 * jp_office_commit:
 * @self: an office
 * @change: (transfer full): what the user does
 * @sentence: (nullable): a translated sentence that says what was done; shown with "Undo"
 * @done: (nullable): called once it is on the disk; not called if it could not be saved
 * @user_data: for @done
 *
 * Saves a change; an error is told by itself.
 */
void
jp_office_commit (JpOffice    *self,
                  JpChange    *change,
                  const char  *sentence,
                  JpOfficeDone done,
                  gpointer     user_data)
{
  g_return_if_fail (JP_IS_OFFICE (self));
  g_return_if_fail (change != NULL);

  Commit *commit = g_new0 (Commit, 1);

  commit->self = g_object_ref (self);
  commit->sentence = g_strdup (sentence);
  commit->done = done;
  commit->user_data = user_data;
  jp_store_commit_async (self->store, change, NULL, committed_cb, commit);
}

/**
 * jp_office_note:
 * @self: an office
 * @n: number of an operation that is on the disk
 * @sentence: a translated sentence that says what was done; shown with "Undo"
 *
 * Tells of something that was saved otherwise than by a change, with bytes for instance.
 */
void
jp_office_note (JpOffice *self, gint64 n, const char *sentence)
{
  g_return_if_fail (JP_IS_OFFICE (self));
  g_return_if_fail (n > 0);
  g_return_if_fail (sentence != NULL);

  set_last (self, n);
  tell_with_undo (self, sentence);
}

/* What an act carries to the writer and back. */
typedef struct
{
  JpOfficeBuild  build;
  gpointer       data;      /* (owned) (nullable) */
  GDestroyNotify data_free; /* (nullable) */
  char          *actor;     /* (owned) */
} ActJob;

static void
act_job_free (gpointer data)
{
  ActJob *job = data;

  if (job->data_free != NULL)
    job->data_free (job->data);
  g_free (job->actor);
  g_free (job);
}

static gpointer
act_call (JpVault *vault, gpointer data, GError **error)
{
  ActJob *job = data;
  g_autoptr (JpChange) change = job->build (vault, job->data, job->actor, error);
  gint64 n = 0;

  if (change == NULL || !jp_commit_change (vault, change, &n, error))
    return NULL;
  return g_memdup2 (&n, sizeof n);
}

typedef struct
{
  JpOffice      *self;     /* (owned) */
  char          *sentence; /* (owned) (nullable) */
  JpOfficeDone   done;     /* (nullable) */
  JpOfficeFailed failed;   /* (nullable) */
  gpointer       user_data;
} Act;

static void
act_free (Act *act)
{
  g_object_unref (act->self);
  g_free (act->sentence);
  g_free (act);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Act, act_free)

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Act) act = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *n = NULL;

  if (!jp_store_write_finish (JP_STORE (source), result, (gpointer *)&n, &error) || n == NULL)
    {
      if (act->failed != NULL)
        act->failed (error, act->user_data);
      else
        jp_office_tell_error (act->self, error);
      return;
    }

  set_last (act->self, *n);
  if (act->sentence != NULL)
    tell_with_undo (act->self, act->sentence);
  if (act->done != NULL)
    act->done (act->user_data);
}

/**
 * jp_office_act:
 * @self: an office
 * @act: what to do
 *
 * Builds a change and commits it in one job of the writer, so that nothing moves in between. A rule
 * that refuses it is told by its sentence. Exactly one of done and failed is called.
 */
void
jp_office_act (JpOffice *self, const JpOfficeAct *act)
{
  g_return_if_fail (JP_IS_OFFICE (self));
  g_return_if_fail (act != NULL && act->build != NULL);

  Act        *waiting = g_new0 (Act, 1);
  ActJob     *job = g_new0 (ActJob, 1);
  JpStoreCall call = { act_call, job, act_job_free, g_free,
                       act->kinds != 0 ? act->kinds : JP_STORE_KINDS_ALL };

  job->build = act->build;
  job->data = act->data;
  job->data_free = act->data_free;
  job->actor = g_strdup (jp_store_get_actor (self->store));
  waiting->self = g_object_ref (self);
  waiting->sentence = g_strdup (act->sentence);
  waiting->done = act->done;
  waiting->failed = act->failed;
  waiting->user_data = act->user_data;
  jp_store_write_async (self->store, &call, G_PRIORITY_DEFAULT, NULL, acted_cb, waiting);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpOffice) self = user_data;
  g_autoptr (GError) error = NULL;

  if (jp_store_undo_finish (JP_STORE (source), result, &error) == 0)
    jp_office_tell_error (self, error);
  else
    jp_office_tell (self, _ ("Taken back"));
}

/**
 * jp_office_can_undo:
 * @self: an office
 *
 * Returns: whether something was saved in this run that can be taken back
 */
gboolean
jp_office_can_undo (JpOffice *self)
{
  g_return_val_if_fail (JP_IS_OFFICE (self), FALSE);

  return self->last_n > 0;
}

/**
 * jp_office_undo:
 * @self: an office
 *
 * Takes back what was saved last.
 */
void
jp_office_undo (JpOffice *self)
{
  g_return_if_fail (JP_IS_OFFICE (self));

  gint64 n = self->last_n;

  if (n == 0)
    return;
  set_last (self, 0);
  jp_store_undo_async (self->store, n, NULL, undone_cb, g_object_ref (self));
}

/* Rows on their way into the trash, or out of it. */
typedef struct
{
  JpKind   kind;
  GArray  *rids; /* (owned) (element-type gint64) */
  gboolean deleted;
} Deletion;

static void
deletion_free (gpointer data)
{
  Deletion *deletion = data;

  g_array_unref (deletion->rids);
  g_free (deletion);
}

static JpChange *
deletion_call (JpVault *vault, gpointer data, const char *actor, GError **error)
{
  Deletion *deletion = data;

  return jp_desk_set_rows_deleted (vault, deletion->kind, deletion->rids, deletion->deleted, actor,
                                   error);
}

static void
set_deleted (JpOffice *self, JpKind kind, GArray *rids, gboolean deleted, const char *sentence)
{
  Deletion   *deletion = g_new0 (Deletion, 1);
  JpOfficeAct act = {
    .build = deletion_call,
    .data = deletion,
    .data_free = deletion_free,
    .kinds = jp_store_kind_bit (kind),
    .sentence = sentence,
  };

  deletion->kind = kind;
  deletion->rids = g_array_ref (rids);
  deletion->deleted = deleted;
  jp_office_act (self, &act);
}

static gboolean
check_n_rows (JpOffice *self, guint n_rows)
{
  g_autofree char *sentence =
    g_strdup_printf (_ ("At most %d rows can be moved at once. Nothing was changed; please select "
                        "fewer."),
                     JP_CHANGE_MAX_ROWS);

  if (n_rows > 0 && n_rows <= JP_CHANGE_MAX_ROWS)
    return TRUE;
  jp_office_tell (self, sentence);
  return FALSE;
}

/**
 * jp_office_delete:
 * @self: an office
 * @kind: a kind
 * @rids: (element-type gint64): row ids; more than %JP_CHANGE_MAX_ROWS are refused
 * @title: (nullable): what a single one is called
 *
 * Puts the records into the trash at once, as one action, with an undo toast.
 */
void
jp_office_delete (JpOffice *self, JpKind kind, GArray *rids, const char *title)
{
  g_return_if_fail (JP_IS_OFFICE (self));
  g_return_if_fail (rids != NULL);

  if (!check_n_rows (self, rids->len))
    return;

  g_autofree char *one = g_strdup_printf (_ ("“%s” is in the trash"), title != NULL ? title : "");
  g_autofree char *several =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u record is in the trash",
                                  "%u records are in the trash", rids->len),
                     rids->len);

  set_deleted (self, kind, rids, TRUE, rids->len == 1 && title != NULL ? one : several);
}

/**
 * jp_office_restore:
 * @self: an office
 * @kind: a kind
 * @rids: (element-type gint64): row ids in the trash; more than %JP_CHANGE_MAX_ROWS are refused
 *
 * Takes the records out of the trash, as one action.
 */
void
jp_office_restore (JpOffice *self, JpKind kind, GArray *rids)
{
  g_return_if_fail (JP_IS_OFFICE (self));
  g_return_if_fail (rids != NULL);

  if (check_n_rows (self, rids->len))
    set_deleted (self, kind, rids, FALSE, _ ("Restored from the trash"));
}

/* Where records of a kind are shown. */
static const struct
{
  JpKind      kind;
  const char *place;
} places[] = {
  { JP_KIND_TRAINEE, "trainees" },   { JP_KIND_CONTRACT, "contracts" },
  { JP_KIND_CLASS_TIER, "tiers" },   { JP_KIND_TRAINING_SESSION, "hours" },
  { JP_KIND_COACH, "coaches" },      { JP_KIND_VEHICLE, "vehicles" },
  { JP_KIND_TERMINAL, "terminals" }, { JP_KIND_STATEMENT, "statements" },
  { JP_KIND_REFUND, "refunds" },     { JP_KIND_CONFLICT, "sync" },
  { JP_KIND_TRANSFER, "transfers" }, { JP_KIND_SCHOOL, "school" },
  { JP_KIND_GROUND, "school" },
};

/**
 * jp_office_show:
 * @self: an office
 * @kind: a kind
 * @id: a record
 *
 * Goes to the page that shows such records and selects this one.
 */
void
jp_office_show (JpOffice *self, JpKind kind, const JpId *id)
{
  g_return_if_fail (JP_IS_OFFICE (self));
  g_return_if_fail (id != NULL);

  JpIdText text;

  for (gsize i = 0; self->window != NULL && i < G_N_ELEMENTS (places); i++)
    if (places[i].kind == kind)
      jp_window_show_place (self->window, places[i].place, NULL, jp_id_to_text (id, text));
}
