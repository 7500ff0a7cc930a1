/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-withdraw-window.h"

#include "jp-choice-row.h"
#include "jp-date-row.h"
#include "jp-desk.h"
#include "jp-entry-row.h"
#include "jp-person-rows.h"
#include "jp-progress.h"
#include "jp-records-print.h"
#include "jp-refund-view.h"
#include "jp-user-window.h"
#include "jp-withdrawal-repo.h"

#include <glib/gi18n-lib.h>

#define ON               "on"
#define FAULT            "fault"
#define REASON           "reason"
#define MAX_REASON_CHARS 500
#define MAX_HOURS_CHARS  6
#define MINUTES_AN_HOUR  60

static const char *const hours_ids[JP_POLICY_N_PARTS + 1] = { NULL, "hours1", "hours2", "hours3",
                                                              "hours4" };

struct _JpWithdrawWindow
{
  GObject parent_instance;

  JpFormWindow *window; /* (weak) (nullable): owns this object */
  JpForm       *form;   /* (borrowed): in the window */
  JpRefundView *view;   /* (borrowed): in the form */
  GtkWidget    *print;  /* (borrowed): button in the form */
  JpRecord     *record; /* (owned) (nullable): the contract, once the answer is there */

  JpOffice     *office;      /* (owned) */
  GCancellable *reading;     /* (owned) (nullable): of the newest question */
  GCancellable *cancellable; /* (owned): cancelled in dispose */
  JpId          contract;
};

G_DEFINE_FINAL_TYPE (JpWithdrawWindow, jp_withdraw_window, G_TYPE_OBJECT)

/* --- what would go back */

typedef struct
{
  JpId             contract;
  JpRefundQuestion question;
} Question;

typedef struct
{
  JpRefundSheet *sheet; /* (owned) (nullable) */
  char          *why;   /* (owned) (nullable): why there is none */
  GPtrArray     *users; /* (owned) */
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  jp_refund_repo_free (answer->sheet);
  g_clear_pointer (&answer->users, g_ptr_array_unref);
  g_free (answer->why);
  g_free (answer);
}

/* That the rules say nothing is an answer too. */
static gpointer
read_in_worker (JpVault *vault, gpointer data, GError **error)
{
  const Question *question = data;
  Answer         *answer = g_new0 (Answer, 1);
  g_autoptr (GError) local_error = NULL;

  answer->sheet =
    jp_refund_repo_simulate (vault, &question->contract, &question->question, &local_error);
  if (answer->sheet == NULL)
    answer->why = jp_office_dup_error_sentence (local_error);
  answer->users = jp_user_repo_list (vault, error);
  if (answer->users != NULL)
    return answer;
  answer_free (answer);
  return NULL;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpWithdrawWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gpointer answer = NULL;

  if (!jp_store_read_finish (JP_STORE (source), result, &answer, &error))
    {
      if (self->window != NULL)
        jp_office_tell_error (self->office, error);
      return;
    }
  if (self->window != NULL)
    {
      const Answer *said = answer;

      g_clear_pointer (&self->record, jp_record_unref);
      if (said->sheet != NULL)
        self->record = jp_record_ref (said->sheet->facts->contract);
      gtk_widget_set_sensitive (self->print, said->sheet != NULL);
      if (said->sheet != NULL)
        jp_refund_view_set_sheet (self->view, said->sheet);
      else
        jp_refund_view_set_problem (self->view, said->why);
      jp_person_rows_set_users (self->form, said->users);
    }
  answer_free (answer);
}

static JpFault
get_fault (JpWithdrawWindow *self)
{
  g_autofree char *text = jp_form_dup_text (self->form, FAULT);
  const JpCode    *code = jp_code_lookup (jp_fault_codes, text);

  return code != NULL ? (JpFault)code->value : JP_FAULT_TRAINEE;
}

static gboolean
parse_hours (const char *text, gint64 *out_minutes)
{
  char  *end = NULL;
  double hours = g_ascii_strtod (text, &end);

  *out_minutes = JP_POLICY_UNKNOWN;
  if (*text == '\0')
    return TRUE;
  if (*end != '\0' || !(hours >= 0 && hours <= JP_POLICY_MAX_MINUTES / MINUTES_AN_HOUR))
    return FALSE;
  *out_minutes = (gint64)(hours * MINUTES_AN_HOUR + 0.5);
  return TRUE;
}

static char *
check_hours (const char *text, gpointer user_data)
{
  gint64 minutes = 0;

  return parse_hours (text, &minutes) ? NULL : g_strdup (_ ("Please write hours, like 6 or 6.5"));
}

static void
read_question (JpWithdrawWindow *self, JpRefundQuestion *out_question)
{
  g_autofree char *on = jp_form_dup_text (self->form, ON);

  out_question->fault = get_fault (self);
  if (!jp_date_parse (on, &out_question->on, NULL))
    out_question->on = jp_store_today (jp_office_get_store (self->office));
  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    {
      g_autofree char *hours = jp_form_dup_text (self->form, hours_ids[part]);

      parse_hours (hours, &out_question->minutes[part]);
    }
}

/* Not before all rows are there, and not after the window is gone. */
static void
ask_again (JpWithdrawWindow *self)
{
  if (self->window == NULL)
    return;

  Question   *question = g_new0 (Question, 1);
  JpStoreCall call = {
    .func = read_in_worker, .data = question, .data_free = g_free, .result_free = answer_free
  };

  question->contract = self->contract;
  read_question (self, &question->question);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  jp_store_read_async (jp_office_get_store (self->office), &call, self->reading, answered_cb,
                       g_object_ref (self));
}

/* What is on the screen is what is printed. */
static void
print_cb (GtkWidget *button, JpWithdrawWindow *self)
{
  JpRefundQuestion question = { 0 };

  if (self->record == NULL)
    return;
  read_question (self, &question);
  jp_records_print_refund_for (self->office, GTK_WINDOW (self->window), self->record, &question);
}

/* --- asking for it */

typedef struct
{
  JpId    contract;
  JpFault fault;
  char   *reason; /* (owned) */
  char   *name;   /* (owned) */
  char   *pin;    /* (owned): wiped */
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  g_free (ask->reason);
  g_free (ask->name);
  jp_seal_wipe_text (ask->pin);
  g_free (ask);
}

static gpointer
ask_in_writer (JpVault *vault, gpointer data, GError **error)
{
  const Ask            *ask = data;
  const JpWithdrawalAsk what = { ask->contract, ask->fault, ask->reason, ask->name, ask->pin };

  return jp_withdrawal_repo_ask (vault, &what, NULL, error) ? GINT_TO_POINTER (TRUE) : NULL;
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpWithdrawWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean    asked = jp_store_write_finish (JP_STORE (source), result, NULL, &error);
  const char *field = asked ? NULL : jp_person_rows_find_field (error);

  if (asked)
    jp_office_tell (self->office, _ ("Asked for. A second person approves it at the contract."));
  if (self->window == NULL)
    return;
  jp_form_set_busy (self->form, FALSE);
  if (asked)
    {
      jp_form_mark_saved (self->form);
      gtk_window_destroy (GTK_WINDOW (self->window));
    }
  else if (error->domain == JP_DESK_ERROR)
    jp_form_set_error (self->form, field != NULL ? field : FAULT,
                       jp_desk_problem_get_sentence ((JpDeskProblem)error->code));
  else
    jp_office_tell_error (self->office, error);
}

static void
save_cb (JpForm *form, JpWithdrawWindow *self)
{
  Ask        *ask = g_new0 (Ask, 1);
  JpStoreCall call = { .func = ask_in_writer,
                       .data = ask,
                       .data_free = ask_free,
                       .kinds = jp_store_kind_bit (JP_KIND_CONTRACT) |
                                jp_store_kind_bit (JP_KIND_REFUND) };

  ask->contract = self->contract;
  ask->fault = get_fault (self);
  ask->reason = jp_form_dup_text (form, REASON);
  ask->name = jp_form_dup_text (form, JP_PERSON_ROWS_NAME);
  ask->pin = jp_form_dup_text (form, JP_PERSON_ROWS_PIN);
  jp_form_set_busy (form, TRUE);
  jp_store_write_async (jp_office_get_store (self->office), &call, G_PRIORITY_DEFAULT,
                        self->cancellable, asked_cb, g_object_ref (self));
}

/* --- the window */

static void
open_people (JpWithdrawWindow *self, JpUserWindowTask task)
{
  const JpUserWindowSpec spec = { task, self->office, GTK_WINDOW (self->window),
                                  (JpUserWindowDone)ask_again, G_OBJECT (self) };

  jp_user_window_open (&spec);
}

static void
add_person_cb (GtkWidget *button, JpWithdrawWindow *self)
{
  open_people (self, JP_USER_WINDOW_ADD);
}

static void
pin_cb (GtkWidget *button, JpWithdrawWindow *self)
{
  open_people (self, JP_USER_WINDOW_PIN);
}

static void
code_cb (GtkWidget *button, JpWithdrawWindow *self)
{
  open_people (self, JP_USER_WINDOW_CODE);
}

static void
add_row (JpWithdrawWindow *self, const char *id, GtkWidget *row, JpFormValidate check)
{
  jp_form_add (self->form, id, JP_FORM_ROW (row), check, NULL);
  g_signal_connect_object (row, "edited", G_CALLBACK (ask_again), self, G_CONNECT_SWAPPED);
}

static void
add_question (JpWithdrawWindow *self)
{
  JpChoice         faults[JP_POLICY_N_FAULTS] = { 0 };
  GtkWidget       *fault = jp_choice_row_new (_ ("At fault"));
  g_autofree char *today = jp_date_to_iso (jp_store_today (jp_office_get_store (self->office)));

  for (int i = 0; i < JP_POLICY_N_FAULTS; i++)
    {
      const JpCode *code = jp_code_get (jp_fault_codes, i);

      faults[i] = (JpChoice){ code->name, jp_code_get_label (code) };
    }
  jp_choice_row_set_choices (JP_CHOICE_ROW (fault), faults, JP_POLICY_N_FAULTS);
  add_row (self, ON, jp_date_row_new (_ ("Day of leaving")), NULL);
  add_row (self, FAULT, fault, NULL);
  jp_form_set_required (self->form, ON, TRUE);
  jp_form_set_required (self->form, FAULT, TRUE);
  jp_form_set_text (self->form, ON, today);
  jp_form_set_text (self->form, FAULT, jp_code_get (jp_fault_codes, JP_FAULT_TRAINEE)->name);
}

static void
add_print (JpWithdrawWindow *self)
{
  GtkWidget *row = adw_action_row_new ();

  self->print = gtk_button_new_with_label (_ ("Print…"));
  gtk_widget_set_valign (self->print, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (self->print, FALSE);
  g_signal_connect_object (self->print, "clicked", G_CALLBACK (print_cb), self, 0);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("A sheet to take home"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("It says that it is no promise."));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->print);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->print);
  jp_form_add_plain_row (self->form, row);
}

static void
add_hours (JpWithdrawWindow *self)
{
  jp_form_begin_group (self->form, _ ("Hours by then"),
                       _ ("Leave empty what shall be computed with the hours known today."));
  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    {
      g_autofree char *title = g_strdup_printf (_ ("Hours, %s"), jp_progress_get_part_label (part));
      GtkWidget       *row = jp_entry_row_new (title, JP_ENTRY_TEXT);

      jp_entry_row_set_max_length (JP_ENTRY_ROW (row), MAX_HOURS_CHARS);
      add_row (self, hours_ids[part], row, check_hours);
    }
}

static void
add_asking (JpWithdrawWindow *self)
{
  GtkWidget *reason = jp_entry_row_new (_ ("Reason"), JP_ENTRY_TEXT);

  jp_form_begin_group (self->form, _ ("Ask for the withdrawal"),
                       _ ("It is for today. The platform is asked only when a second person has "
                          "approved it, here or at another PC of the school."));
  jp_entry_row_set_max_length (JP_ENTRY_ROW (reason), MAX_REASON_CHARS);
  jp_form_add (self->form, REASON, JP_FORM_ROW (reason), NULL, NULL);
  jp_person_rows_add (self->form, _ ("Asked by"), _ ("PIN"));

  jp_form_add_plain_row (self->form, jp_user_window_new_row (JP_USER_WINDOW_ADD,
                                                             G_CALLBACK (add_person_cb), self));
  jp_form_add_plain_row (self->form,
                         jp_user_window_new_row (JP_USER_WINDOW_PIN, G_CALLBACK (pin_cb), self));
  jp_form_add_plain_row (self->form,
                         jp_user_window_new_row (JP_USER_WINDOW_CODE, G_CALLBACK (code_cb), self));
}

static void
jp_withdraw_window_dispose (GObject *object)
{
  JpWithdrawWindow *self = JP_WITHDRAW_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->record, jp_record_unref);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_withdraw_window_parent_class)->dispose (object);
}

static void
jp_withdraw_window_finalize (GObject *object)
{
  g_clear_object (&JP_WITHDRAW_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (jp_withdraw_window_parent_class)->finalize (object);
}

static void
jp_withdraw_window_class_init (JpWithdrawWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_withdraw_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = jp_withdraw_window_finalize;
}

static void
jp_withdraw_window_init (JpWithdrawWindow *self)
{
  self->cancellable = g_cancellable_new ();
}

static void
window_gone_cb (gpointer user_data, GObject *window)
{
  g_object_unref (user_data);
}

/**
 * jp_withdraw_window_open:
 * @office: the office, with its window
 * @contract: a contract that was paid
 *
 * Shows what would go back if the contract ended, by day, hours and fault, and lets somebody ask
 * for it.
 */
void
jp_withdraw_window_open (JpOffice *office, const JpId *contract)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (contract != NULL);

  JpWithdrawWindow *self = g_object_new (JP_TYPE_WITHDRAW_WINDOW, NULL);
  GtkWidget        *view = jp_refund_view_new ();

  self->office = g_object_ref (office);
  self->contract = *contract;
  self->form = JP_FORM (jp_form_new ());
  self->view = JP_REFUND_VIEW (view);
  jp_form_begin_group (self->form, NULL, NULL);
  add_question (self);
  jp_form_begin_group (self->form, NULL, NULL);
  jp_form_add_plain_row (self->form, view);
  jp_form_begin_group (self->form, NULL, NULL);
  add_print (self);
  add_hours (self);
  add_asking (self);
  g_set_weak_pointer (&self->window, jp_form_window_new (GTK_WINDOW (jp_office_get_window (office)),
                                                         _ ("Refund and Withdrawal"), self->form));
  jp_form_window_set_save_label (self->window, _ ("Ask for It"));
  g_signal_connect_object (self->form, "save", G_CALLBACK (save_cb), self, 0);
  ask_again (self);
  g_object_weak_ref (G_OBJECT (self->window), window_gone_cb, self);
  gtk_window_present (GTK_WINDOW (self->window));
}
