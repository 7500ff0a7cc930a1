/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-withdraw-window.h"

#include "jp-choice-row.h"
#include "jp-date-row.h"
#include "jp-entry-row.h"
#include "jp-progress.h"
#include "jp-records-print.h"
#include "jp-refund-view.h"

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
  JpRequestWindow parent_instance;

  JpRefundView *view;   /* (borrowed): in the form */
  GtkWidget    *print;  /* (borrowed): button in the form */
  JpForm       *form;   /* (borrowed): in the window */
  JpRecord     *record; /* (owned) (nullable): the contract, once the answer is there */
};

G_DEFINE_FINAL_TYPE (JpWithdrawWindow, jp_withdraw_window, JP_TYPE_REQUEST_WINDOW)

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
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  jp_refund_repo_free (answer->sheet);
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
  return answer;
}

static gboolean
show (JpRequestWindow *window, JpForm *form, gpointer data)
{
  JpWithdrawWindow *self = JP_WITHDRAW_WINDOW (window);
  const Answer     *answer = data;

  g_clear_pointer (&self->record, jp_record_unref);
  if (answer->sheet != NULL)
    self->record = jp_record_ref (answer->sheet->facts->contract);
  gtk_widget_set_sensitive (self->print, answer->sheet != NULL);
  if (answer->sheet != NULL)
    jp_refund_view_set_sheet (self->view, answer->sheet);
  else
    jp_refund_view_set_problem (self->view, answer->why);
  return TRUE;
}

static JpFault
get_fault (JpForm *form)
{
  g_autofree char *text = jp_form_dup_text (form, FAULT);
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
read_question (JpRequestWindow *window, JpForm *form, JpRefundQuestion *out_question)
{
  g_autofree char *on = jp_form_dup_text (form, ON);

  out_question->fault = get_fault (form);
  if (!jp_date_parse (on, &out_question->on, NULL))
    out_question->on = jp_store_today (jp_office_get_store (jp_request_window_get_office (window)));
  for (int part = 1; part <= JP_POLICY_N_PARTS; part++)
    {
      g_autofree char *hours = jp_form_dup_text (form, hours_ids[part]);

      parse_hours (hours, &out_question->minutes[part]);
    }
}

static gpointer
new_question (JpRequestWindow *window, JpForm *form)
{
  Question *question = g_new0 (Question, 1);

  question->contract = *jp_request_window_get_contract (window);
  read_question (window, form, &question->question);
  return question;
}

/* What is on the screen is what is printed. */
static void
print_cb (GtkWidget *button, JpWithdrawWindow *self)
{
  JpRequestWindow *window = JP_REQUEST_WINDOW (self);
  JpRefundQuestion question = { 0 };

  if (self->record == NULL)
    return;
  read_question (window, self->form, &question);
  jp_records_print_refund_for (jp_request_window_get_office (window),
                               jp_request_window_get_window (window), self->record, &question);
}

/* --- asking for it */

static gpointer
new_work (JpRequestWindow *window, JpForm *form)
{
  JpApprovalAsk *ask = jp_request_window_new_ask (window, JP_KIND_REFUND, form);

  ask->fault = get_fault (form);
  ask->reason = jp_form_dup_text (form, REASON);
  return ask;
}

/* --- the window */

static void
add_row (JpWithdrawWindow *self, const char *id, GtkWidget *row, JpFormValidate check)
{
  jp_form_add (self->form, id, JP_FORM_ROW (row), check, NULL);
  g_signal_connect_object (row, "edited", G_CALLBACK (jp_request_window_read_again), self,
                           G_CONNECT_SWAPPED);
}

static void
add_question (JpWithdrawWindow *self)
{
  JpChoice         faults[JP_POLICY_N_FAULTS] = { 0 };
  GtkWidget       *fault = jp_choice_row_new (_ ("At fault"));
  g_autofree char *today = jp_date_to_iso (
    jp_store_today (jp_office_get_store (jp_request_window_get_office (JP_REQUEST_WINDOW (self)))));

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
  jp_request_window_add_asker (JP_REQUEST_WINDOW (self), self->form);
}

static void
fill (JpRequestWindow *window, JpForm *form)
{
  JpWithdrawWindow *self = JP_WITHDRAW_WINDOW (window);
  GtkWidget        *view = jp_refund_view_new ();

  self->form = form;
  self->view = JP_REFUND_VIEW (view);
  jp_form_begin_group (form, NULL, NULL);
  add_question (self);
  jp_form_begin_group (form, NULL, NULL);
  jp_form_add_plain_row (form, view);
  jp_form_begin_group (form, NULL, NULL);
  add_print (self);
  add_hours (self);
  add_asking (self);
}

static void
jp_withdraw_window_dispose (GObject *object)
{
  g_clear_pointer (&JP_WITHDRAW_WINDOW (object)->record, jp_record_unref);
  G_OBJECT_CLASS (jp_withdraw_window_parent_class)->dispose (object);
}

static void
jp_withdraw_window_class_init (JpWithdrawWindowClass *klass)
{
  JpRequestWindowClass *request = JP_REQUEST_WINDOW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jp_withdraw_window_dispose;
  request->title = N_ ("Refund and Withdrawal");
  request->save_label = N_ ("Ask for It");
  request->problem_field = FAULT;
  request->fill = fill;
  request->new_question = new_question;
  request->question_free = g_free;
  request->read = read_in_worker;
  request->answer_free = answer_free;
  request->show = show;
  request->new_work = new_work;
  jp_request_window_class_ask (request);
}

static void
jp_withdraw_window_init (JpWithdrawWindow *self)
{
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
  jp_request_window_open (JP_TYPE_WITHDRAW_WINDOW, office, contract);
}
