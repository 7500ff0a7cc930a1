/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-approve-window.h"

#include "jp-choice-row.h"
#include "jp-desk.h"
#include "jp-person-rows.h"
#include "jp-refund-view.h"
#include "jp-transfer-window.h"

#include <glib/gi18n-lib.h>

#define DECISION "decision"
#define APPROVE  "approve"
#define DECLINE  "decline"

struct _JpApproveWindow
{
  JpRequestWindow parent_instance;

  GtkWidget *asked;  /* (borrowed): row in the form: who asked, when and why */
  GtkWidget *view;   /* (borrowed): in the form, of a withdrawal */
  GtkWidget *answer; /* (borrowed): in the form, of a transfer */

  JpKind kind;    /* what was asked for; of no meaning until it is read */
  JpId   request; /* none until it is read */
};

G_DEFINE_FINAL_TYPE (JpApproveWindow, jp_approve_window, JP_TYPE_REQUEST_WINDOW)

/* --- what was asked for --- */

typedef struct
{
  JpApproval      *one;      /* (owned) (nullable): %NULL if somebody has decided meanwhile */
  JpRefundSheet   *refund;   /* (owned) (nullable): of a withdrawal */
  JpTransferSheet *transfer; /* (owned) (nullable): of a transfer */
  char            *why;      /* (owned) (nullable): why there is no sheet */
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  jp_approval_repo_free (answer->one);
  jp_refund_repo_free (answer->refund);
  jp_transfer_repo_free (answer->transfer);
  g_free (answer->why);
  g_free (answer);
}

static void
read_sheet (JpVault *vault, Answer *answer)
{
  JpDate           today = jp_vault_today (vault);
  JpRefundQuestion question = { today,
                                answer->one->fault,
                                { 0, JP_POLICY_UNKNOWN, JP_POLICY_UNKNOWN, JP_POLICY_UNKNOWN,
                                  JP_POLICY_UNKNOWN } };
  g_autoptr (GError) error = NULL;

  if (answer->one->kind == JP_KIND_REFUND)
    answer->refund = jp_refund_repo_simulate (vault, &answer->one->contract, &question, &error);
  else
    answer->transfer = jp_transfer_repo_simulate (vault, &answer->one->contract, today, &error);
  if (error != NULL)
    answer->why = jp_office_dup_error_sentence (error);
}

static gpointer
new_question (JpRequestWindow *window, JpForm *form)
{
  return jp_id_copy (jp_request_window_get_contract (window));
}

static gpointer
read_in_worker (JpVault *vault, gpointer data, GError **error)
{
  Answer *answer = g_new0 (Answer, 1);

  if (!jp_approval_repo_find_open (vault, data, &answer->one, error))
    {
      answer_free (answer);
      return NULL;
    }
  if (answer->one != NULL)
    read_sheet (vault, answer);
  return answer;
}

static void
show_withdrawal (JpApproveWindow *self, const Answer *answer, const char *when)
{
  const JpApproval *one = answer->one;
  g_autofree char  *who =
    /* Translators: name of a person, a time, who is at fault. */
    g_strdup_printf (_ ("Asked for by %s, %s; at fault: %s"), one->asked_by, when,
                     jp_code_get_label (jp_code_get (jp_fault_codes, (int)one->fault)));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->asked), who);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->asked),
                               one->reason != NULL ? one->reason : "");
  if (answer->refund != NULL)
    jp_refund_view_set_sheet (JP_REFUND_VIEW (self->view), answer->refund);
  else
    jp_refund_view_set_problem (JP_REFUND_VIEW (self->view), answer->why);
}

static void
show_transfer (JpApproveWindow *self, const Answer *answer, const char *when)
{
  const JpApproval *one = answer->one;
  /* Translators: name of a person, a time. */
  g_autofree char *who = g_strdup_printf (_ ("Asked for by %s, %s"), one->asked_by, when);
  g_autofree char *where =
    /* Translators: name of a school, its number. */
    one->school != NULL ? g_strdup_printf (_ ("To %s (%s)"), one->school, one->school_no)
                        : g_strdup_printf (_ ("To school %s"), one->school_no);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->asked), who);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->asked), where);
  jp_transfer_window_show_answer (JP_ANSWER_BOX (self->answer), answer->transfer, answer->why);
}

static gboolean
show (JpRequestWindow *window, JpForm *form, gpointer data)
{
  JpApproveWindow *self = JP_APPROVE_WINDOW (window);
  const Answer    *answer = data;
  gboolean         is_transfer = answer->one != NULL && answer->one->kind == JP_KIND_TRANSFER;
  g_autofree char *when =
    answer->one != NULL ? jp_instant_to_short (answer->one->asked_at_us) : NULL;

  if (answer->one == NULL)
    {
      jp_office_tell (jp_request_window_get_office (window),
                      jp_desk_problem_get_sentence (JP_DESK_DECIDED));
      return FALSE;
    }
  self->request = answer->one->id;
  self->kind = answer->one->kind;
  gtk_widget_set_visible (self->view, !is_transfer);
  gtk_widget_set_visible (self->answer, is_transfer);
  if (is_transfer)
    {
      gtk_window_set_title (jp_request_window_get_window (window), _ ("Approve a Transfer"));
      show_transfer (self, answer, when);
    }
  else
    show_withdrawal (self, answer, when);
  return TRUE;
}

/* --- the decision --- */

static void
decision_free (gpointer data)
{
  JpApprovalDecision *decision = data;

  g_free ((char *)decision->name);
  g_clear_pointer ((char **)&decision->pin, jp_seal_wipe_text);
  g_free (decision);
}

static gpointer
decide_in_writer (JpVault *vault, gpointer data, GError **error)
{
  return jp_approval_repo_decide (vault, data, error) ? GINT_TO_POINTER (TRUE) : NULL;
}

static gboolean
is_approval (JpForm *form)
{
  g_autofree char *decision = jp_form_dup_text (form, DECISION);

  return g_str_equal (decision, APPROVE);
}

static gpointer
new_work (JpRequestWindow *window, JpForm *form)
{
  JpApproveWindow    *self = JP_APPROVE_WINDOW (window);
  JpApprovalDecision *decision = NULL;

  if (jp_id_is_none (&self->request))
    return NULL;
  decision = g_new0 (JpApprovalDecision, 1);
  decision->kind = self->kind;
  decision->id = self->request;
  decision->approve = is_approval (form);
  decision->name = jp_form_dup_text (form, JP_PERSON_ROWS_NAME);
  decision->pin = jp_form_dup_text (form, JP_PERSON_ROWS_PIN);
  return decision;
}

static const char *
get_done (JpRequestWindow *window, JpForm *form)
{
  if (!is_approval (form))
    return _ ("Declined. Nothing goes to the platform.");
  return JP_APPROVE_WINDOW (window)->kind == JP_KIND_TRANSFER
           ? _ ("Approved. The transfer goes to the platform with the next sync.")
           : _ ("Approved. The withdrawal goes to the platform with the next sync.");
}

/* --- the window --- */

static void
fill (JpRequestWindow *window, JpForm *form)
{
  const JpChoice   decisions[] = { { APPROVE, _ ("Approve") }, { DECLINE, _ ("Decline") } };
  JpApproveWindow *self = JP_APPROVE_WINDOW (window);
  GtkWidget       *decision = jp_choice_row_new (_ ("Decision"));

  self->asked = adw_action_row_new ();
  self->view = jp_refund_view_new ();
  self->answer = jp_answer_box_new (_ ("What becomes of hours and money?"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->asked), FALSE);
  jp_form_begin_group (form, NULL, NULL);
  jp_form_add_plain_row (form, self->asked);
  jp_form_begin_group (form, NULL, NULL);
  jp_form_add_plain_row (form, self->view);
  jp_form_add_plain_row (form, self->answer);
  gtk_widget_set_visible (self->answer, FALSE);
  jp_form_begin_group (form, NULL,
                       _ ("Whoever asked cannot approve. Finance and the principal can."));
  jp_choice_row_set_choices (JP_CHOICE_ROW (decision), decisions, G_N_ELEMENTS (decisions));
  jp_form_add (form, DECISION, JP_FORM_ROW (decision), NULL, NULL);
  jp_form_set_required (form, DECISION, TRUE);
  jp_form_set_text (form, DECISION, APPROVE);
  jp_person_rows_add (form, _ ("Decided by"), _ ("PIN"));
  jp_request_window_add_user_row (window, JP_USER_WINDOW_PIN);
}

static void
jp_approve_window_class_init (JpApproveWindowClass *klass)
{
  JpRequestWindowClass *request = JP_REQUEST_WINDOW_CLASS (klass);

  request->title = N_ ("Approve a Withdrawal");
  request->save_label = N_ ("Decide");
  request->problem_field = DECISION;
  request->fill = fill;
  request->new_question = new_question;
  request->question_free = g_free;
  request->read = read_in_worker;
  request->answer_free = answer_free;
  request->show = show;
  request->new_work = new_work;
  request->work_free = decision_free;
  request->write = decide_in_writer;
  request->get_done = get_done;
}

static void
jp_approve_window_init (JpApproveWindow *self)
{
  self->request = JP_ID_NONE;
}

/**
 * jp_approve_window_open:
 * @office: the office, with its window
 * @contract: a contract whose withdrawal or transfer waits for the second person
 *
 * Shows what was asked for and what would come of it, and takes the decision.
 */
void
jp_approve_window_open (JpOffice *office, const JpId *contract)
{
  jp_request_window_open (JP_TYPE_APPROVE_WINDOW, office, contract);
}
