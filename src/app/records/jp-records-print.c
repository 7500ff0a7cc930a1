/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-records-print.h"

#include "jp-print.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* A print on its way: from the writer, which notes it, to the reader, which makes the paper and the
 * file, to the printer's dialog on the main thread. Never used by two threads at a time. */
typedef struct
{
  JpOffice      *office; /* (owned): only touched by the main thread */
  JpRecordsPaper which;
  JpKind         kind;
  JpId           id;
  gboolean       has_id;
  gboolean       reveal;

  JpRefundQuestion question; /* of a refund sheet, if it is one for another day */
  gboolean         has_question;

  char        *actor; /* (owned) */
  GFile       *file;  /* (owned) (nullable): %NULL: the printer */
  JpPaper     *paper; /* (owned) (nullable): once it is made */
  JpOfficeDone done;  /* (nullable) */
  gpointer     user_data;
} Print;

static void
print_free (Print *print)
{
  g_object_unref (print->office);
  g_free (print->actor);
  g_clear_object (&print->file);
  g_clear_pointer (&print->paper, jp_paper_free);
  g_free (print);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Print, print_free)

static const JpId *
get_id (const Print *print)
{
  return print->has_id ? &print->id : NULL;
}

/* The printer. */

static void
begin_print_cb (GtkPrintOperation *operation, GtkPrintContext *context, JpPaper *paper)
{
  gtk_print_operation_set_n_pages (operation, (int)jp_paper_get_n_pages (paper));
}

/* On paper of another size the page is made smaller, never cut. */
static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, JpPaper *paper)
{
  cairo_t *cairo = gtk_print_context_get_cairo_context (context);
  double   width = 0;
  double   height = 0;

  jp_paper_get_size (paper, &width, &height);

  double scale = MIN (gtk_print_context_get_width (context) / width,
                      gtk_print_context_get_height (context) / height);

  cairo_save (cairo);
  cairo_scale (cairo, MIN (scale, 1), MIN (scale, 1));
  jp_paper_draw_page (paper, cairo, (guint)page);
  cairo_restore (cairo);
}

static void
done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, Print *print)
{
  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      g_autoptr (GError) error = NULL;

      gtk_print_operation_get_error (operation, &error);
      g_message ("%s", error != NULL ? error->message : "printing failed");
      jp_office_tell (print->office,
                      _ ("The printer could not be reached. Please save as PDF instead."));
    }
  print_free (print);
}

static GtkPageSetup *
new_page_setup (JpPaper *paper)
{
  GtkPageSetup *setup = gtk_page_setup_new ();
  GtkPaperSize *size = gtk_paper_size_new (GTK_PAPER_NAME_A4);

  gtk_page_setup_set_paper_size_and_default_margins (setup, size);
  gtk_page_setup_set_orientation (setup, jp_paper_is_landscape (paper)
                                           ? GTK_PAGE_ORIENTATION_LANDSCAPE
                                           : GTK_PAGE_ORIENTATION_PORTRAIT);
  gtk_paper_size_free (size);
  return setup;
}

/**
 * jp_records_print_set_up:
 * @operation: a print that has not begun
 * @paper: what is printed; must live until the print is done
 *
 * Gives the paper to a printer, a preview or a file, in its own size and direction.
 */
void
jp_records_print_set_up (GtkPrintOperation *operation, JpPaper *paper)
{
  g_return_if_fail (GTK_IS_PRINT_OPERATION (operation));
  g_return_if_fail (paper != NULL);

  g_autoptr (GtkPageSetup) setup = new_page_setup (paper);

  gtk_print_operation_set_job_name (operation, jp_paper_get_title (paper));
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_print_cb), paper);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), paper);
}

/* Takes @print; it is freed when the printer has everything. */
static void
run_printer (Print *print)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();

  jp_records_print_set_up (operation, print->paper);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "done", G_CALLBACK (done_cb), print);

  /* ignored: "done" tells about errors too */
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           GTK_WINDOW (jp_office_get_window (print->office)), NULL);
}

/* Audit, paper, file. */

static gpointer
audit_call (JpVault *vault, gpointer data, GError **error)
{
  Print *print = data;

  jp_print_audit (vault, print->kind, get_id (print), print->reveal, print->actor, error);
  return NULL;
}

static JpPaper *
make_refund (JpVault *vault, const Print *print, GError **error)
{
  const JpRefundQuestion today = { jp_vault_today (vault),
                                   JP_FAULT_TRAINEE,
                                   { 0, JP_POLICY_UNKNOWN, JP_POLICY_UNKNOWN, JP_POLICY_UNKNOWN,
                                     JP_POLICY_UNKNOWN } };
  g_autoptr (JpRefundSheet) sheet =
    jp_refund_repo_simulate (vault, &print->id, print->has_question ? &print->question : &today,
                             error);

  return sheet != NULL ? jp_print_refund (vault, sheet, print->reveal, error) : NULL;
}

static JpPaper *
make_dispute (JpVault *vault, const Print *print, GError **error)
{
  g_autoptr (JpSettlementReport) report = jp_settlement_repo_read (vault, &print->id, NULL, error);

  return report != NULL ? jp_print_dispute (vault, report, NULL, error) : NULL;
}

static gpointer
make_call (JpVault *vault, gpointer data, GError **error)
{
  Print *print = data;

  if (print->which == JP_RECORDS_PAPER_REFUND)
    print->paper = make_refund (vault, print, error);
  else if (print->which == JP_RECORDS_PAPER_DISPUTE)
    print->paper = make_dispute (vault, print, error);
  else
    print->paper = jp_print_record (vault, print->kind, get_id (print), print->reveal, error);
  if (print->paper != NULL && print->file != NULL)
    jp_paper_save (print->paper, print->file, error);
  return NULL;
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Print) print = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *sentence = NULL;

  if (!jp_store_read_finish (JP_STORE (source), result, NULL, &error))
    {
      jp_office_tell_error (print->office, error);
      return;
    }
  if (print->file == NULL)
    {
      run_printer (g_steal_pointer (&print));
      return;
    }

  name = g_file_get_basename (print->file);
  sentence = g_strdup_printf (_ ("“%s” has been saved"), name);
  jp_office_tell (print->office, sentence);
  if (print->done != NULL)
    print->done (print->user_data);
}

static void
audited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Print) print = user_data;
  g_autoptr (GError) error = NULL;
  JpStoreCall call = { make_call, print, NULL, NULL, 0 };

  if (!jp_store_write_finish (JP_STORE (source), result, NULL, &error))
    {
      jp_office_tell_error (print->office, error);
      return;
    }
  jp_store_read_async (JP_STORE (source), &call, NULL, made_cb, g_steal_pointer (&print));
}

/**
 * jp_records_print_to:
 * @office: the office
 * @what: what is printed
 * @file: (nullable): the PDF to write; %NULL: a printer, which is asked for
 * @done: (nullable): called when the file is there
 * @user_data: for @done
 *
 * Makes the paper beside everything else that goes on. Tells when the file is there, and when it
 * did not work; the audit knows.
 */
void
jp_records_print_to (JpOffice             *office,
                     const JpRecordsPrint *what,
                     GFile                *file,
                     JpOfficeDone          done,
                     gpointer              user_data)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (what != NULL);
  g_return_if_fail (jp_print_may (what->kind));
  g_return_if_fail (what->record != NULL || !jp_print_needs_row (what->kind));
  g_return_if_fail (file == NULL || G_IS_FILE (file));

  JpStore    *store = jp_office_get_store (office);
  Print      *print = g_new0 (Print, 1);
  JpStoreCall call = { audit_call, print, NULL, NULL, 0 };

  print->office = g_object_ref (office);
  print->which = what->paper;
  print->kind = what->kind;
  print->has_id = what->record != NULL;
  if (print->has_id)
    print->id = *jp_record_get_id (what->record);
  print->reveal = what->reveal;
  print->has_question = what->question != NULL;
  if (print->has_question)
    print->question = *what->question;
  print->actor = g_strdup (jp_store_get_actor (store));
  print->file = file != NULL ? g_object_ref (file) : NULL;
  print->done = done;
  print->user_data = user_data;
  jp_store_write_async (store, &call, G_PRIORITY_DEFAULT, NULL, audited_cb, print);
}

/* The questions: where to, and with which numbers. What was selected stays what is printed. */
typedef struct
{
  JpOffice      *office; /* (owned) */
  JpRecordsPaper paper;
  JpKind         kind;
  JpRecord      *record; /* (owned) (nullable) */
  GtkWidget     *reveal; /* (borrowed) (nullable): in the question, while it is open */
  gboolean       is_revealed;
  GtkWindow     *parent; /* (weak) (nullable): %NULL: the office's window */

  JpRefundQuestion question; /* of a refund sheet, if it is one for another day */
  gboolean         has_question;
} Choosing;

static void
choosing_free (Choosing *choosing)
{
  g_object_unref (choosing->office);
  g_clear_weak_pointer (&choosing->parent);
  g_clear_pointer (&choosing->record, jp_record_unref);
  g_free (choosing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Choosing, choosing_free)

static Choosing *
choosing_new (JpOffice *office, JpRecordsPaper paper, JpKind kind, JpRecord *record)
{
  Choosing *choosing = g_new0 (Choosing, 1);

  choosing->office = g_object_ref (office);
  choosing->paper = paper;
  choosing->kind = kind;
  choosing->record = record != NULL && jp_print_needs_row (kind) ? jp_record_ref (record) : NULL;
  return choosing;
}

static GtkWindow *
get_parent (const Choosing *choosing)
{
  return choosing->parent != NULL ? choosing->parent
                                  : GTK_WINDOW (jp_office_get_window (choosing->office));
}

static void
choosing_closed_cb (gpointer choosing, GClosure *closure)
{
  choosing_free (choosing);
}

static void
print_chosen (const Choosing *choosing, GFile *file)
{
  const JpRecordsPrint what = { choosing->paper, choosing->kind, choosing->record,
                                choosing->is_revealed,
                                choosing->has_question ? &choosing->question : NULL };

  jp_records_print_to (choosing->office, &what, file, NULL, NULL);
}

static void
file_response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (Choosing) choosing = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      print_chosen (choosing, file);
    }
  g_object_unref (dialog);
}

static void
ask_for_file (const Choosing *asked)
{
  Choosing  *choosing = choosing_new (asked->office, asked->paper, asked->kind, asked->record);
  GtkWindow *parent = get_parent (asked);
  JpDate     today = jp_store_today (jp_office_get_store (choosing->office));
  g_autofree char *name = jp_print_dup_name (choosing->kind, choosing->record, today);
  g_autoptr (GtkFileFilter) pdf = gtk_file_filter_new ();
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_ ("Save as PDF"), parent, GTK_FILE_CHOOSER_ACTION_SAVE,
                                 _ ("Save"), NULL);

  choosing->is_revealed = asked->is_revealed;
  choosing->question = asked->question;
  choosing->has_question = asked->has_question;
  gtk_file_filter_set_name (pdf, _ ("Documents (PDF)"));
  gtk_file_filter_add_suffix (pdf, "pdf");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), pdf);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (file_response_cb), choosing);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Choosing *choosing = user_data;

  choosing->is_revealed =
    choosing->reveal != NULL && gtk_check_button_get_active (GTK_CHECK_BUTTON (choosing->reveal));
  if (strcmp (response, "print") == 0)
    print_chosen (choosing, NULL);
  else if (strcmp (response, "save") == 0)
    ask_for_file (choosing);
}

/* What the question says of a kind. */
static const struct
{
  JpRecordsPaper paper;
  JpKind         kind;
  const char    *heading;
  const char    *body;
} questions[] = {
  { JP_RECORDS_PAPER_REFUND, JP_KIND_CONTRACT, N_ ("Print the Refund Sheet?"),
    N_ ("What would come back today, with each deduction. It is no promise.") },
  { JP_RECORDS_PAPER_DISPUTE, JP_KIND_STATEMENT, N_ ("Print a Letter to the Platform?"),
    N_ ("About every line that is wrong or missing, with the evidence.") },
  { JP_RECORDS_PAPER_OWN, JP_KIND_CONTRACT, N_ ("Print the Contract?"),
    N_ ("A page in plain words, then the text of the contract with its digest.") },
  { JP_RECORDS_PAPER_OWN, JP_KIND_TRAINEE, N_ ("Print the Enrolment Form?"),
    N_ ("For the file, or for the trainee to take home.") },
  { JP_RECORDS_PAPER_OWN, JP_KIND_STATEMENT, N_ ("Print the Statement?"),
    N_ ("With all its lines, added up again.") },
  { JP_RECORDS_PAPER_OWN, JP_KIND_CLASS_TIER, N_ ("Print the Price List?"),
    N_ ("All class tiers on sale today, to hang up at the school.") },
};

/* On top, in a line of its own, whose it is. */
static AdwMessageDialog *
new_question (const Choosing *choosing)
{
  GtkWindow       *parent = get_parent (choosing);
  JpRecord        *record = choosing->record;
  g_autofree char *body = NULL;
  gsize            i = 0;

  while (i < G_N_ELEMENTS (questions) - 1 &&
         (questions[i].kind != choosing->kind || questions[i].paper != choosing->paper))
    i++;
  body = record != NULL
           ? g_strdup_printf ("%s\n%s", jp_record_get_title (record), _ (questions[i].body))
           : g_strdup (_ (questions[i].body));
  return ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, _ (questions[i].heading), body));
}

static void
ask_about (Choosing *choosing)
{
  JpKind            kind = choosing->kind;
  AdwMessageDialog *dialog = new_question (choosing);

  adw_message_dialog_add_responses (dialog, "cancel", _ ("Cancel"), "save", _ ("Save as PDF…"),
                                    "print", _ ("Print…"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "print", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "print");
  adw_message_dialog_set_close_response (dialog, "cancel");
  if (jp_print_can_mask (kind))
    {
      choosing->reveal =
        gtk_check_button_new_with_label (_ ("ID and phone numbers in full (the audit notes it)"));
      adw_message_dialog_set_extra_child (dialog, choosing->reveal);
    }
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), choosing, choosing_closed_cb,
                         0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
ask (JpOffice *office, JpRecordsPaper paper, JpKind kind, JpRecord *record)
{
  ask_about (choosing_new (office, paper, kind, record));
}

/**
 * jp_records_print:
 * @office: the office
 * @kind: a kind that jp_print_may() print
 * @record: (nullable): the record; %NULL where the kind needs none
 *
 * Asks where to, printer or PDF, then prints.
 */
void
jp_records_print (JpOffice *office, JpKind kind, JpRecord *record)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (jp_print_may (kind));
  g_return_if_fail (record != NULL || !jp_print_needs_row (kind));

  ask (office, JP_RECORDS_PAPER_OWN, kind, record);
}

/**
 * jp_records_print_refund:
 * @office: the office
 * @contract: a contract
 *
 * Asks where to, then prints what would come back today.
 */
void
jp_records_print_refund (JpOffice *office, JpRecord *contract)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (contract != NULL);

  ask (office, JP_RECORDS_PAPER_REFUND, JP_KIND_CONTRACT, contract);
}

/**
 * jp_records_print_refund_for:
 * @office: the office
 * @parent: the window that asks
 * @contract: a contract
 * @question: day, hours and fault
 *
 * Asks where to, then prints what would come back so.
 */
void
jp_records_print_refund_for (JpOffice               *office,
                             GtkWindow              *parent,
                             JpRecord               *contract,
                             const JpRefundQuestion *question)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (contract != NULL);
  g_return_if_fail (question != NULL);

  Choosing *choosing = choosing_new (office, JP_RECORDS_PAPER_REFUND, JP_KIND_CONTRACT, contract);

  g_set_weak_pointer (&choosing->parent, parent);
  choosing->question = *question;
  choosing->has_question = TRUE;
  ask_about (choosing);
}

/**
 * jp_records_print_dispute:
 * @office: the office
 * @statement: a statement
 *
 * Asks where to, then prints a letter about what is wrong with it.
 */
void
jp_records_print_dispute (JpOffice *office, JpRecord *statement)
{
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (statement != NULL);

  ask (office, JP_RECORDS_PAPER_DISPUTE, JP_KIND_STATEMENT, statement);
}
