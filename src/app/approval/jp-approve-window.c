/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-approve-window.h"

#include "jp-choice-row.h"
#include "jp-desk.h"
#include "jp-person-rows.h"
#include "jp-refund-view.h"
#include "jp-user-window.h"
#include "jp-withdrawal-repo.h"

#include <glib/gi18n-lib.h>

#define DECISION "decision"
#define APPROVE  "approve"
#define DECLINE  "decline"

struct _JpApproveWindow
{
  GObject parent_instance;

  JpFormWindow *window; /* (weak) (nullable): owns this object */
  JpForm       *form;   /* (borrowed): in the window */
  JpRefundView *view;   /* (borrowed): in the form */
  GtkWidget    *asked;  /* (borrowed): row in the form: who asked, when and why */

  JpOffice     *office;      /* (owned) */
  GCancellable *cancellable; /* (owned): cancelled in dispose */
  JpId          contract;
  JpId          withdrawal; /* none until it is read */
};

G_DEFINE_FINAL_TYPE (JpApproveWindow, jp_approve_window, G_TYPE_OBJECT)

/* --- what was asked for */

typedef struct
{
  JpWithdrawal  *one;   /* (owned) (nullable): %NULL if somebody has decided meanwhile */
  JpRefundSheet *sheet; /* (owned) (nullable) */
  char          *why;   /* (owned) (nullable): why there is no sheet */
  GPtrArray     *users; /* (owned) */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  jp_withdrawal_repo_free (reading->one);
  jp_refund_repo_free (reading->sheet);
  g_clear_pointer (&reading->users, g_ptr_array_unref);
  g_free (reading->why);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static gpointer
read_in_worker (JpVault *vault, gpointer data, GError **error)
{
  const JpId *contract = data;
  g_autoptr (Reading) reading = g_new0 (Reading, 1);
  g_autoptr (GPtrArray) open = jp_withdrawal_repo_list (vault, TRUE, error);
  g_autoptr (GError) local_error = NULL;
  JpRefundQuestion question = { jp_vault_today (vault),
                                JP_FAULT_TRAINEE,
                                { 0, JP_POLICY_UNKNOWN, JP_POLICY_UNKNOWN, JP_POLICY_UNKNOWN,
                                  JP_POLICY_UNKNOWN } };

  reading->users = open != NULL ? jp_user_repo_list (vault, error) : NULL;
  if (reading->users == NULL)
    return NULL;
  for (guint i = 0; i < open->len && reading->one == NULL; i++)
    if (jp_id_equal (&((JpWithdrawal *)open->pdata[i])->contract, contract))
      reading->one = g_ptr_array_steal_index (open, i);
  if (reading->one != NULL)
    question.fault = reading->one->fault;
  reading->sheet = jp_refund_repo_simulate (vault, contract, &question, &local_error);
  if (reading->sheet == NULL)
    reading->why = jp_office_dup_error_sentence (local_error);
  return g_steal_pointer (&reading);
}

static void
show (JpApproveWindow *self, const Reading *reading)
{
  g_autofree char *when = jp_instant_to_short (reading->one->asked_at_us);
  g_autofree char *who =
    /* Translators: name of a person, a time, who is at fault. */
    g_strdup_printf (_ ("Asked for by %s, %s; at fault: %s"), reading->one->asked_by, when,
                     jp_code_get_label (jp_code_get (jp_fault_codes, (int)reading->one->fault)));

  self->withdrawal = reading->one->id;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->asked), who);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->asked),
                               reading->one->reason != NULL ? reading->one->reason : "");
  if (reading->sheet != NULL)
    jp_refund_view_set_sheet (self->view, reading->sheet);
  else
    jp_refund_view_set_problem (self->view, reading->why);
  jp_person_rows_set_users (self->form, reading->users);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpApproveWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gpointer data = NULL;

  if (!jp_store_read_finish (JP_STORE (source), result, &data, &error))
    {
      if (self->window != NULL)
        jp_office_tell_error (self->office, error);
      return;
    }

  g_autoptr (Reading) reading = data;

  if (self->window == NULL)
    return;
  if (reading->one != NULL)
    {
      show (self, reading);
      return;
    }
  jp_office_tell (self->office, jp_desk_problem_get_sentence (JP_DESK_DECIDED));
  gtk_window_destroy (GTK_WINDOW (self->window));
}

/* --- the decision */

typedef struct
{
  JpId     id;
  gboolean approve;
  char    *name; /* (owned) */
  char    *pin;  /* (owned): wiped */
} Decision;

static void
decision_free (gpointer data)
{
  Decision *decision = data;

  g_free (decision->name);
  jp_seal_wipe_text (decision->pin);
  g_free (decision);
}

static gpointer
decide_in_writer (JpVault *vault, gpointer data, GError **error)
{
  const Decision            *typed = data;
  const JpWithdrawalDecision decision = { typed->id, typed->approve, typed->name, typed->pin };

  return jp_withdrawal_repo_decide (vault, &decision, error) ? GINT_TO_POINTER (TRUE) : NULL;
}

static gboolean
is_approval (JpApproveWindow *self)
{
  g_autofree char *decision = jp_form_dup_text (self->form, DECISION);

  return g_str_equal (decision, APPROVE);
}

static void
decided_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpApproveWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean    decided = jp_store_write_finish (JP_STORE (source), result, NULL, &error);
  const char *field = decided ? NULL : jp_person_rows_find_field (error);

  if (self->window == NULL)
    return;
  jp_form_set_busy (self->form, FALSE);
  if (decided)
    {
      jp_office_tell (self->office,
                      is_approval (self)
                        ? _ ("Approved. The withdrawal goes to the platform with the next sync.")
                        : _ ("Declined. Nothing goes to the platform."));
      jp_form_mark_saved (self->form);
      gtk_window_destroy (GTK_WINDOW (self->window));
    }
  else if (error->domain == JP_DESK_ERROR)
    jp_form_set_error (self->form, field != NULL ? field : DECISION,
                       jp_desk_problem_get_sentence ((JpDeskProblem)error->code));
  else
    jp_office_tell_error (self->office, error);
}

static void
save_cb (JpForm *form, JpApproveWindow *self)
{
  Decision   *decision = NULL;
  JpStoreCall call = { .func = decide_in_writer,
                       .data_free = decision_free,
                       .kinds = jp_store_kind_bit (JP_KIND_CONTRACT) |
                                jp_store_kind_bit (JP_KIND_REFUND) };

  if (jp_id_is_none (&self->withdrawal))
    return;
  decision = g_new0 (Decision, 1);
  decision->id = self->withdrawal;
  decision->approve = is_approval (self);
  decision->name = jp_form_dup_text (form, JP_PERSON_ROWS_NAME);
  decision->pin = jp_form_dup_text (form, JP_PERSON_ROWS_PIN);
  call.data = decision;
  jp_form_set_busy (form, TRUE);
  jp_store_write_async (jp_office_get_store (self->office), &call, G_PRIORITY_DEFAULT,
                        self->cancellable, decided_cb, g_object_ref (self));
}

/* --- the window */

static void
read_again (JpApproveWindow *self)
{
  JpStoreCall call = { .func = read_in_worker,
                       .data = jp_id_copy (&self->contract),
                       .data_free = g_free,
                       .result_free = reading_free };

  if (self->window != NULL)
    jp_store_read_async (jp_office_get_store (self->office), &call, self->cancellable, read_cb,
                         g_object_ref (self));
}

static void
pin_cb (GtkWidget *button, JpApproveWindow *self)
{
  const JpUserWindowSpec spec = { JP_USER_WINDOW_PIN, self->office, GTK_WINDOW (self->window),
                                  (JpUserWindowDone)read_again, G_OBJECT (self) };

  jp_user_window_open (&spec);
}

static void
jp_approve_window_dispose (GObject *object)
{
  JpApproveWindow *self = JP_APPROVE_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_approve_window_parent_class)->dispose (object);
}

static void
jp_approve_window_finalize (GObject *object)
{
  g_clear_object (&JP_APPROVE_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (jp_approve_window_parent_class)->finalize (object);
}

static void
jp_approve_window_class_init (JpApproveWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_approve_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = jp_approve_window_finalize;
}

static void
jp_approve_window_init (JpApproveWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->withdrawal = JP_ID_NONE;
}

static void
fill (JpApproveWindow *self)
{
  const JpChoice decisions[] = { { APPROVE, _ ("Approve") }, { DECLINE, _ ("Decline") } };
  GtkWidget     *decision = jp_choice_row_new (_ ("Decision"));
  GtkWidget     *view = jp_refund_view_new ();

  self->asked = adw_action_row_new ();
  self->view = JP_REFUND_VIEW (view);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->asked), FALSE);
  jp_form_begin_group (self->form, NULL, NULL);
  jp_form_add_plain_row (self->form, self->asked);
  jp_form_begin_group (self->form, NULL, NULL);
  jp_form_add_plain_row (self->form, view);
  jp_form_begin_group (self->form, NULL,
                       _ ("Whoever asked cannot approve. Finance and the principal can."));
  jp_choice_row_set_choices (JP_CHOICE_ROW (decision), decisions, G_N_ELEMENTS (decisions));
  jp_form_add (self->form, DECISION, JP_FORM_ROW (decision), NULL, NULL);
  jp_form_set_required (self->form, DECISION, TRUE);
  jp_form_set_text (self->form, DECISION, APPROVE);
  jp_person_rows_add (self->form, _ ("Decided by"), _ ("PIN"));
  jp_form_add_plain_row (self->form,
                         jp_user_window_new_row (JP_USER_WINDOW_PIN, G_CALLBACK (pin_cb), self));
}

static void
window_gone_cb (gpointer user_data, GObject *window)
{
  g_object_unref (user_data);
}

/**
 * jp_approve_window_open:
 * @office: the office, with its window
 * @contract: a contract whose withdrawal waits for the second person
 *
 * Shows what was asked for and what would go back, and takes the decision.
 */
void
jp_approve_window_open (JpOffice *office, const JpId *contract)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (contract != NULL);

  JpApproveWindow *self = g_object_new (JP_TYPE_APPROVE_WINDOW, NULL);

  self->office = g_object_ref (office);
  self->contract = *contract;
  self->form = JP_FORM (jp_form_new ());
  fill (self);
  g_set_weak_pointer (&self->window, jp_form_window_new (GTK_WINDOW (jp_office_get_window (office)),
                                                         _ ("Approve a Withdrawal"), self->form));
  jp_form_window_set_save_label (self->window, _ ("Decide"));
  g_signal_connect_object (self->form, "save", G_CALLBACK (save_cb), self, 0);
  read_again (self);
  g_object_weak_ref (G_OBJECT (self->window), window_gone_cb, self);
  gtk_window_present (GTK_WINDOW (self->window));
}
