/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-request-window.h"

#include "jp-desk.h"
#include "jp-person-rows.h"
#include "jp-user-repo.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  JpFormWindow *window; /* (weak) (nullable): owns this object */
  JpForm       *form;   /* (borrowed): in the window */

  JpOffice     *office;      /* (owned) */
  GCancellable *reading;     /* (owned) (nullable): of the newest question */
  GCancellable *cancellable; /* (owned): cancelled in dispose */
  JpId          contract;
} JpRequestWindowPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (JpRequestWindow, jp_request_window, G_TYPE_OBJECT)

static JpRequestWindowPrivate *
get (JpRequestWindow *self)
{
  return jp_request_window_get_instance_private (self);
}

/* --- what is known --- */

typedef struct
{
  JpRequestWindowClass *klass;    /* (borrowed) */
  gpointer              question; /* (owned) */
} Question;

typedef struct
{
  JpRequestWindowClass *klass;  /* (borrowed) */
  gpointer              answer; /* (owned) (nullable) */
  GPtrArray            *users;  /* (owned) (nullable) */
} Answer;

static void
question_free (gpointer data)
{
  Question *question = data;

  question->klass->question_free (question->question);
  g_free (question);
}

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  if (answer->answer != NULL)
    answer->klass->answer_free (answer->answer);
  g_clear_pointer (&answer->users, g_ptr_array_unref);
  g_free (answer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

static gpointer
read_in_worker (JpVault *vault, gpointer data, GError **error)
{
  const Question *question = data;
  g_autoptr (Answer) answer = g_new0 (Answer, 1);

  answer->klass = question->klass;
  answer->answer = question->klass->read (vault, question->question, error);
  answer->users = answer->answer != NULL ? jp_user_repo_list (vault, error) : NULL;
  return answer->users != NULL ? g_steal_pointer (&answer) : NULL;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpRequestWindow) self = user_data;
  JpRequestWindowPrivate *priv = get (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (Answer) answer = NULL;
  gpointer data = NULL;
  gboolean was_read = jp_store_read_finish (JP_STORE (source), result, &data, &error);

  answer = data;
  if (priv->window == NULL)
    return;
  if (!was_read)
    jp_office_tell_error (priv->office, error);
  else if (answer->klass->show (self, priv->form, answer->answer))
    jp_person_rows_set_users (priv->form, answer->users);
  else
    gtk_window_destroy (GTK_WINDOW (priv->window));
}

/**
 * jp_request_window_read_again:
 * @self: a window
 *
 * Asks the store again; an older question is not answered any more. Does nothing once the window
 * is gone.
 */
void
jp_request_window_read_again (JpRequestWindow *self)
{
  g_return_if_fail (JP_IS_REQUEST_WINDOW (self));

  JpRequestWindowPrivate *priv = get (self);
  JpRequestWindowClass   *klass = JP_REQUEST_WINDOW_GET_CLASS (self);
  Question               *question = NULL;
  JpStoreCall             call = { .func = read_in_worker,
                                   .data_free = question_free,
                                   .result_free = answer_free };

  if (priv->window == NULL)
    return;
  question = g_new0 (Question, 1);
  question->klass = klass;
  question->question = klass->new_question (self, priv->form);
  call.data = question;
  g_cancellable_cancel (priv->reading);
  g_clear_object (&priv->reading);
  priv->reading = g_cancellable_new ();
  jp_store_read_async (jp_office_get_store (priv->office), &call, priv->reading, read_cb,
                       g_object_ref (self));
}

/* --- what is done --- */

static void
show_problem (JpRequestWindow *self, const GError *error)
{
  JpRequestWindowPrivate *priv = get (self);
  const char             *field = jp_person_rows_find_field (error);

  if (error->domain != JP_DESK_ERROR)
    jp_office_tell_error (priv->office, error);
  else
    jp_form_set_error (priv->form,
                       field != NULL ? field : JP_REQUEST_WINDOW_GET_CLASS (self)->problem_field,
                       jp_desk_problem_get_sentence ((JpDeskProblem)error->code));
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpRequestWindow) self = user_data;
  JpRequestWindowPrivate *priv = get (self);
  g_autoptr (GError) error = NULL;
  gboolean is_written = jp_store_write_finish (JP_STORE (source), result, NULL, &error);

  if (priv->window == NULL)
    return;
  jp_form_set_busy (priv->form, FALSE);
  if (!is_written)
    {
      show_problem (self, error);
      return;
    }
  jp_office_tell (priv->office, JP_REQUEST_WINDOW_GET_CLASS (self)->get_done (self, priv->form));
  jp_form_mark_saved (priv->form);
  gtk_window_destroy (GTK_WINDOW (priv->window));
}

static void
save_cb (JpForm *form, JpRequestWindow *self)
{
  JpRequestWindowPrivate *priv = get (self);
  JpRequestWindowClass   *klass = JP_REQUEST_WINDOW_GET_CLASS (self);
  JpStoreCall             call = { .func = klass->write,
                                   .data = klass->new_work (self, form),
                                   .data_free = klass->work_free,
                                   .kinds = jp_store_kind_bit (JP_KIND_CONTRACT) |
                                            jp_store_kind_bit (JP_KIND_REFUND) |
                                            jp_store_kind_bit (JP_KIND_TRANSFER) };

  if (call.data == NULL)
    return;
  jp_form_set_busy (form, TRUE);
  jp_store_write_async (jp_office_get_store (priv->office), &call, G_PRIORITY_DEFAULT,
                        priv->cancellable, written_cb, g_object_ref (self));
}

/* --- asking --- */

static void
ask_free (gpointer data)
{
  JpApprovalAsk *ask = data;

  g_free ((char *)ask->reason);
  g_free ((char *)ask->school_no);
  g_free ((char *)ask->school);
  g_free ((char *)ask->name);
  g_clear_pointer ((char **)&ask->pin, jp_seal_wipe_text);
  g_free (ask);
}

static gpointer
ask_in_writer (JpVault *vault, gpointer data, GError **error)
{
  return jp_approval_repo_ask (vault, data, NULL, error) ? GINT_TO_POINTER (TRUE) : NULL;
}

static const char *
get_asked (JpRequestWindow *self, JpForm *form)
{
  return _ ("Asked for. A second person approves it at the contract.");
}

/**
 * jp_request_window_class_ask:
 * @klass: a class whose work is a #JpApprovalAsk
 *
 * Makes it ask for something that a second person approves.
 */
void
jp_request_window_class_ask (JpRequestWindowClass *klass)
{
  klass->write = ask_in_writer;
  klass->work_free = ask_free;
  klass->get_done = get_asked;
}

/**
 * jp_request_window_new_ask:
 * @self: a window
 * @kind: a kind of request
 * @form: its form, with the rows of jp_request_window_add_asker()
 *
 * Returns: (transfer full): contract and person; the caller adds what is asked for, as texts of its
 *   own
 */
JpApprovalAsk *
jp_request_window_new_ask (JpRequestWindow *self, JpKind kind, JpForm *form)
{
  g_return_val_if_fail (JP_IS_REQUEST_WINDOW (self), NULL);

  JpApprovalAsk *ask = g_new0 (JpApprovalAsk, 1);

  ask->kind = kind;
  ask->contract = get (self)->contract;
  ask->name = jp_form_dup_text (form, JP_PERSON_ROWS_NAME);
  ask->pin = jp_form_dup_text (form, JP_PERSON_ROWS_PIN);
  return ask;
}

/* --- who works here --- */

static void
open_people (JpRequestWindow *self, JpUserWindowTask task)
{
  JpRequestWindowPrivate *priv = get (self);
  const JpUserWindowSpec  spec = { task, priv->office, GTK_WINDOW (priv->window),
                                   (JpUserWindowDone)jp_request_window_read_again, G_OBJECT (self) };

  jp_user_window_open (&spec);
}

static void
add_cb (GtkWidget *button, JpRequestWindow *self)
{
  open_people (self, JP_USER_WINDOW_ADD);
}

static void
pin_cb (GtkWidget *button, JpRequestWindow *self)
{
  open_people (self, JP_USER_WINDOW_PIN);
}

static void
code_cb (GtkWidget *button, JpRequestWindow *self)
{
  open_people (self, JP_USER_WINDOW_CODE);
}

static void
left_cb (GtkWidget *button, JpRequestWindow *self)
{
  open_people (self, JP_USER_WINDOW_LEFT);
}

/**
 * jp_request_window_add_user_row:
 * @self: a window
 * @task: a form about the people of the school
 *
 * Adds a row that opens the form, to the last group.
 */
void
jp_request_window_add_user_row (JpRequestWindow *self, JpUserWindowTask task)
{
  static const GCallback callbacks[] = {
    [JP_USER_WINDOW_ADD] = G_CALLBACK (add_cb),
    [JP_USER_WINDOW_PIN] = G_CALLBACK (pin_cb),
    [JP_USER_WINDOW_CODE] = G_CALLBACK (code_cb),
    [JP_USER_WINDOW_LEFT] = G_CALLBACK (left_cb),
  };

  g_return_if_fail (JP_IS_REQUEST_WINDOW (self));
  g_return_if_fail ((gsize)task < G_N_ELEMENTS (callbacks));

  jp_form_add_plain_row (get (self)->form, jp_user_window_new_row (task, callbacks[task], self));
}

/**
 * jp_request_window_add_asker:
 * @self: a window
 * @form: its form
 *
 * Adds who asks, the PIN, and the ways to get one, to the last group.
 */
void
jp_request_window_add_asker (JpRequestWindow *self, JpForm *form)
{
  g_return_if_fail (JP_IS_REQUEST_WINDOW (self));

  jp_person_rows_add (form, _ ("Asked by"), _ ("PIN"));
  jp_request_window_add_user_row (self, JP_USER_WINDOW_ADD);
  jp_request_window_add_user_row (self, JP_USER_WINDOW_PIN);
  jp_request_window_add_user_row (self, JP_USER_WINDOW_CODE);
  jp_request_window_add_user_row (self, JP_USER_WINDOW_LEFT);
}

/* --- the window --- */

static void
jp_request_window_dispose (GObject *object)
{
  JpRequestWindowPrivate *priv = get (JP_REQUEST_WINDOW (object));

  g_cancellable_cancel (priv->cancellable);
  g_cancellable_cancel (priv->reading);
  g_clear_object (&priv->reading);
  g_clear_weak_pointer (&priv->window);
  g_clear_object (&priv->office);
  G_OBJECT_CLASS (jp_request_window_parent_class)->dispose (object);
}

static void
jp_request_window_finalize (GObject *object)
{
  g_clear_object (&get (JP_REQUEST_WINDOW (object))->cancellable);
  G_OBJECT_CLASS (jp_request_window_parent_class)->finalize (object);
}

static void
jp_request_window_class_init (JpRequestWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_request_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = jp_request_window_finalize;
}

static void
jp_request_window_init (JpRequestWindow *self)
{
  get (self)->cancellable = g_cancellable_new ();
}

static void
window_gone_cb (gpointer user_data, GObject *window)
{
  g_object_unref (user_data);
}

/**
 * jp_request_window_open:
 * @type: a final type of these windows
 * @office: the office, with its window
 * @contract: a contract
 *
 * Opens it.
 */
void
jp_request_window_open (GType type, JpOffice *office, const JpId *contract)
{
  g_return_if_fail (g_type_is_a (type, JP_TYPE_REQUEST_WINDOW));
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (contract != NULL);

  JpRequestWindow        *self = g_object_new (type, NULL);
  JpRequestWindowPrivate *priv = get (self);
  JpRequestWindowClass   *klass = JP_REQUEST_WINDOW_GET_CLASS (self);

  priv->office = g_object_ref (office);
  priv->contract = *contract;
  priv->form = JP_FORM (jp_form_new ());
  klass->fill (self, priv->form);
  g_set_weak_pointer (&priv->window, jp_form_window_new (GTK_WINDOW (jp_office_get_window (office)),
                                                         _ (klass->title), priv->form));
  jp_form_window_set_save_label (priv->window, _ (klass->save_label));
  g_signal_connect_object (priv->form, "save", G_CALLBACK (save_cb), self, 0);
  jp_request_window_read_again (self);
  g_object_weak_ref (G_OBJECT (priv->window), window_gone_cb, self);
  gtk_window_present (GTK_WINDOW (priv->window));
}

/**
 * jp_request_window_get_office:
 * @self: a window
 *
 * Returns: (transfer none): the office
 */
JpOffice *
jp_request_window_get_office (JpRequestWindow *self)
{
  g_return_val_if_fail (JP_IS_REQUEST_WINDOW (self), NULL);

  return get (self)->office;
}

/**
 * jp_request_window_get_window:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the form's window, %NULL while the form is filled and once
 * it is closed
 */
GtkWindow *
jp_request_window_get_window (JpRequestWindow *self)
{
  g_return_val_if_fail (JP_IS_REQUEST_WINDOW (self), NULL);

  return (GtkWindow *)get (self)->window;
}

/**
 * jp_request_window_get_contract:
 * @self: a window
 *
 * Returns: (transfer none): the contract
 */
const JpId *
jp_request_window_get_contract (JpRequestWindow *self)
{
  g_return_val_if_fail (JP_IS_REQUEST_WINDOW (self), NULL);

  return &get (self)->contract;
}
