/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-transfer-window.h"

#include "jp-answer-box.h"
#include "jp-commit.h"
#include "jp-desk.h"
#include "jp-entry-row.h"
#include "jp-transfer-repo.h"

#include <glib/gi18n-lib.h>

#define NUMBER_CHARS   16
#define MAX_NAME_CHARS 64

struct _JpTransferWindow
{
  GObject parent_instance;

  JpFormWindow *window; /* (weak) (nullable): owns this object */
  JpForm       *form;   /* (borrowed): in the window */
  GtkWidget    *answer; /* (borrowed): in the form */

  JpOffice     *office;      /* (owned) */
  GCancellable *cancellable; /* (owned): cancelled in dispose */
  JpId          contract;
};

G_DEFINE_FINAL_TYPE (JpTransferWindow, jp_transfer_window, G_TYPE_OBJECT)

/* --- what would become of it --- */

/* The sentences, or why there are none. */
typedef struct
{
  char    *text; /* (owned) */
  gboolean is_known;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->text);
  g_free (answer);
}

static gpointer
read_in_worker (JpVault *vault, gpointer data, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JpTransferSheet) sheet =
    jp_transfer_repo_simulate (vault, data, jp_vault_today (vault), &local_error);
  Answer *answer = g_new0 (Answer, 1);

  answer->is_known = sheet != NULL;
  if (sheet != NULL)
    {
      g_auto (GStrv) sentences = jp_transfer_repo_dup_sentences (sheet);

      answer->text = g_strjoinv ("\n", sentences);
    }
  else
    answer->text = jp_office_dup_error_sentence (local_error);
  return answer;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpTransferWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gpointer data = NULL;

  if (!jp_store_read_finish (JP_STORE (source), result, &data, &error))
    {
      if (self->window != NULL)
        jp_office_tell_error (self->office, error);
      return;
    }
  if (self->window != NULL)
    {
      const Answer *answer = data;

      jp_answer_box_set_text (JP_ANSWER_BOX (self->answer), answer->text);
      jp_answer_box_set_tint (JP_ANSWER_BOX (self->answer),
                              answer->is_known ? JP_TINT_INFO : JP_TINT_WARN);
    }
  answer_free (data);
}

/* --- asking --- */

typedef struct
{
  JpId  contract;
  char *number; /* (owned) */
  char *name;   /* (owned) */
  char *actor;  /* (owned) */
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  g_free (ask->number);
  g_free (ask->name);
  g_free (ask->actor);
  g_free (ask);
}

static gpointer
ask_in_writer (JpVault *vault, gpointer data, GError **error)
{
  const Ask          *ask = data;
  const JpTransferAsk what = { ask->contract, ask->number, ask->name };
  g_autoptr (JpChange) change = jp_transfer_repo_ask (vault, &what, ask->actor, error);

  return change != NULL && jp_commit_change (vault, change, NULL, error) ? GINT_TO_POINTER (TRUE)
                                                                         : NULL;
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpTransferWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean asked = jp_store_write_finish (JP_STORE (source), result, NULL, &error);

  if (asked)
    jp_office_tell (self->office,
                    _ ("Asked for. It goes to the platform with the next sync; its state is at "
                       "“Transfers”."));
  if (self->window == NULL)
    return;
  jp_form_set_busy (self->form, FALSE);
  if (asked)
    {
      jp_form_mark_saved (self->form);
      gtk_window_destroy (GTK_WINDOW (self->window));
    }
  else if (error->domain == JP_DESK_ERROR)
    jp_form_set_error (self->form, JP_TRANSFER_WINDOW_NUMBER,
                       jp_desk_problem_get_sentence ((JpDeskProblem)error->code));
  else
    jp_office_tell_error (self->office, error);
}

static void
send (gpointer user_data)
{
  JpTransferWindow *self = user_data;
  JpStore          *store = jp_office_get_store (self->office);
  Ask              *ask = NULL;
  JpStoreCall       call = { .func = ask_in_writer,
                             .data_free = ask_free,
                             .kinds = jp_store_kind_bit (JP_KIND_CONTRACT) |
                                      jp_store_kind_bit (JP_KIND_TRANSFER) };

  if (self->window == NULL)
    return;
  ask = g_new0 (Ask, 1);
  ask->contract = self->contract;
  ask->number = jp_form_dup_text (self->form, JP_TRANSFER_WINDOW_NUMBER);
  ask->name = jp_form_dup_text (self->form, JP_TRANSFER_WINDOW_NAME);
  ask->actor = g_strdup (jp_store_get_actor (store));
  call.data = ask;
  jp_form_set_busy (self->form, TRUE);
  jp_store_write_async (store, &call, G_PRIORITY_DEFAULT, self->cancellable, asked_cb,
                        g_object_ref (self));
}

/* It leaves the house, and ends the contract here: it asks first. */
static void
save_cb (JpForm *form, JpTransferWindow *self)
{
  g_autofree char *number = jp_form_dup_text (form, JP_TRANSFER_WINDOW_NUMBER);
  g_autofree char *body = g_strdup_printf (_ ("The platform is asked to let the trainee go on at "
                                              "school %s. If it agrees, the contract ends "
                                              "here and cannot be taken up again."),
                                           number);
  JpOfficeQuestion question = { .heading = _ ("Ask for the transfer?"),
                                .body = body,
                                .verb = _ ("Ask for the Transfer"),
                                .yes = send,
                                .user_data = g_object_ref (self),
                                .user_data_free = g_object_unref };

  jp_office_ask (self->office, &question);
}

/* --- the window --- */

static void
jp_transfer_window_dispose (GObject *object)
{
  JpTransferWindow *self = JP_TRANSFER_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_transfer_window_parent_class)->dispose (object);
}

static void
jp_transfer_window_finalize (GObject *object)
{
  g_clear_object (&JP_TRANSFER_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (jp_transfer_window_parent_class)->finalize (object);
}

static void
jp_transfer_window_class_init (JpTransferWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_transfer_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = jp_transfer_window_finalize;
}

static void
jp_transfer_window_init (JpTransferWindow *self)
{
  self->cancellable = g_cancellable_new ();
}

static void
fill (JpTransferWindow *self)
{
  GtkWidget *number = jp_entry_row_new (_ ("Number of the other school"), JP_ENTRY_TEXT);
  GtkWidget *name = jp_entry_row_new (_ ("Its name"), JP_ENTRY_TEXT);

  self->answer = jp_answer_box_new (_ ("What becomes of hours and money?"));
  jp_form_begin_group (self->form, NULL, NULL);
  jp_form_add_plain_row (self->form, self->answer);
  jp_form_begin_group (self->form, _ ("The other school"),
                       _ ("The platform decides, and shows the trainee to the other school as "
                          "somebody to accept."));
  jp_entry_row_set_max_length (JP_ENTRY_ROW (number), NUMBER_CHARS);
  jp_entry_row_set_max_length (JP_ENTRY_ROW (name), MAX_NAME_CHARS);
  jp_form_add (self->form, JP_TRANSFER_WINDOW_NUMBER, JP_FORM_ROW (number), NULL, NULL);
  jp_form_add (self->form, JP_TRANSFER_WINDOW_NAME, JP_FORM_ROW (name), NULL, NULL);
  jp_form_set_required (self->form, JP_TRANSFER_WINDOW_NUMBER, TRUE);
}

static void
window_gone_cb (gpointer user_data, GObject *window)
{
  g_object_unref (user_data);
}

/**
 * jp_transfer_window_open:
 * @office: the office, with its window
 * @contract: a contract that was paid
 *
 * Shows what would become of hours and money, and takes the request.
 */
void
jp_transfer_window_open (JpOffice *office, const JpId *contract)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (contract != NULL);

  JpTransferWindow *self = g_object_new (JP_TYPE_TRANSFER_WINDOW, NULL);
  JpStoreCall       call = { .func = read_in_worker,
                             .data = jp_id_copy (contract),
                             .data_free = g_free,
                             .result_free = answer_free };

  self->office = g_object_ref (office);
  self->contract = *contract;
  self->form = JP_FORM (jp_form_new ());
  fill (self);
  g_set_weak_pointer (&self->window,
                      jp_form_window_new (GTK_WINDOW (jp_office_get_window (office)),
                                          _ ("Transfer to Another School"), self->form));
  jp_form_window_set_save_label (self->window, _ ("Ask for the Transfer"));
  g_signal_connect_object (self->form, "save", G_CALLBACK (save_cb), self, 0);
  jp_store_read_async (jp_office_get_store (office), &call, self->cancellable, read_cb,
                       g_object_ref (self));
  g_object_weak_ref (G_OBJECT (self->window), window_gone_cb, self);
  gtk_window_present (GTK_WINDOW (self->window));
}
