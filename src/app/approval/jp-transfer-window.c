/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-transfer-window.h"

#include "jp-answer-box.h"
#include "jp-entry-row.h"
#include "jp-transfer-repo.h"

#include <glib/gi18n-lib.h>

#define NUMBER_CHARS   16
#define MAX_NAME_CHARS 64

struct _JpTransferWindow
{
  JpRequestWindow parent_instance;

  GtkWidget *answer; /* (borrowed): in the form */
};

G_DEFINE_FINAL_TYPE (JpTransferWindow, jp_transfer_window, JP_TYPE_REQUEST_WINDOW)

static gpointer
new_question (JpRequestWindow *window, JpForm *form)
{
  return jp_id_copy (jp_request_window_get_contract (window));
}

/* That the rules say nothing is an answer, too. */
typedef struct
{
  JpTransferSheet *sheet; /* (owned) (nullable) */
  char            *why;   /* (owned) (nullable): why there is none */
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  jp_transfer_repo_free (answer->sheet);
  g_free (answer->why);
  g_free (answer);
}

static gpointer
read_in_worker (JpVault *vault, gpointer data, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  Answer *answer = g_new0 (Answer, 1);

  answer->sheet = jp_transfer_repo_simulate (vault, data, jp_vault_today (vault), &local_error);
  if (answer->sheet == NULL)
    answer->why = jp_office_dup_error_sentence (local_error);
  return answer;
}

/**
 * jp_transfer_window_show_answer:
 * @box: an answer box
 * @sheet: (nullable): what would become of hours and money
 * @why: (nullable): why that is not known
 *
 * Says it in sentences.
 */
void
jp_transfer_window_show_answer (JpAnswerBox *box, const JpTransferSheet *sheet, const char *why)
{
  g_return_if_fail (JP_IS_ANSWER_BOX (box));

  g_auto (GStrv) sentences = sheet != NULL ? jp_transfer_repo_dup_sentences (sheet) : NULL;
  g_autofree char *text = sentences != NULL ? g_strjoinv ("\n", sentences) : NULL;

  jp_answer_box_set_text (box, text != NULL ? text : why);
  jp_answer_box_set_tint (box, text != NULL ? JP_TINT_INFO : JP_TINT_WARN);
}

static gboolean
show (JpRequestWindow *window, JpForm *form, gpointer data)
{
  const Answer *answer = data;

  jp_transfer_window_show_answer (JP_ANSWER_BOX (JP_TRANSFER_WINDOW (window)->answer),
                                  answer->sheet, answer->why);
  return TRUE;
}

static gpointer
new_work (JpRequestWindow *window, JpForm *form)
{
  JpApprovalAsk *ask = jp_request_window_new_ask (window, JP_KIND_TRANSFER, form);

  ask->school_no = jp_form_dup_text (form, JP_TRANSFER_WINDOW_NUMBER);
  ask->school = jp_form_dup_text (form, JP_TRANSFER_WINDOW_NAME);
  return ask;
}

static void
fill (JpRequestWindow *window, JpForm *form)
{
  JpTransferWindow *self = JP_TRANSFER_WINDOW (window);
  GtkWidget        *number = jp_entry_row_new (_ ("Number of the other school"), JP_ENTRY_TEXT);
  GtkWidget        *name = jp_entry_row_new (_ ("Its name"), JP_ENTRY_TEXT);

  self->answer = jp_answer_box_new (_ ("What becomes of hours and money?"));
  jp_form_begin_group (form, NULL, NULL);
  jp_form_add_plain_row (form, self->answer);
  jp_form_begin_group (form, _ ("The other school"),
                       _ ("The platform decides, and shows the trainee to the other school as "
                          "somebody to accept."));
  jp_entry_row_set_max_length (JP_ENTRY_ROW (number), NUMBER_CHARS);
  jp_entry_row_set_max_length (JP_ENTRY_ROW (name), MAX_NAME_CHARS);
  jp_form_add (form, JP_TRANSFER_WINDOW_NUMBER, JP_FORM_ROW (number), NULL, NULL);
  jp_form_add (form, JP_TRANSFER_WINDOW_NAME, JP_FORM_ROW (name), NULL, NULL);
  jp_form_set_required (form, JP_TRANSFER_WINDOW_NUMBER, TRUE);
  jp_form_begin_group (form, _ ("Ask for the transfer"),
                       _ (
                         "The platform is asked only when a second person has approved it, here or "
                         "at another PC of the school. If it agrees, the contract ends here."));
  jp_request_window_add_asker (window, form);
}

static void
jp_transfer_window_class_init (JpTransferWindowClass *klass)
{
  JpRequestWindowClass *request = JP_REQUEST_WINDOW_CLASS (klass);

  request->title = N_ ("Transfer to Another School");
  request->save_label = N_ ("Ask for the Transfer");
  request->problem_field = JP_TRANSFER_WINDOW_NUMBER;
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
jp_transfer_window_init (JpTransferWindow *self)
{
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
  jp_request_window_open (JP_TYPE_TRANSFER_WINDOW, office, contract);
}
