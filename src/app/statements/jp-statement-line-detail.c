/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-statement-line-detail.h"

#include "jp-answer-box.h"
#include "jp-codes.h"
#include "jp-detail-parts.h"
#include "jp-dispute-repo.h"
#include "jp-disputes.h"
#include "jp-evidence-save.h"
#include "jp-line-evidence.h"
#include "jp-money.h"

#include <glib/gi18n-lib.h>

#define BUTTON_GAP_PX 8
#define FEW_SESSIONS  8 /* so many are shown at once */

struct _JpStatementLineDetail
{
  GtkWidget parent_instance;

  GtkWidget  *column;   /* child */
  JpTimeline *evidence; /* (borrowed) (nullable): in the column */
  GtkWidget  *later;    /* (borrowed) (nullable): in the column: what has to be read first */

  JpOffice     *office; /* (owned) */
  JpId          statement;
  JpRecord     *dispute;     /* (owned) (nullable): of the row, once it is read */
  JpVerdictRow *row;         /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable): of the question that waits */
};

G_DEFINE_FINAL_TYPE (JpStatementLineDetail, jp_statement_line_detail, GTK_TYPE_WIDGET)

/* --- the evidence --- */

static gpointer
read_call (JpVault *vault, gpointer data, GError **error)
{
  return jp_line_evidence_read (vault, data, error);
}

/* --- the dispute --- */

static GtkWidget *
new_button (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static char *
dup_dispute_text (JpRecord *dispute)
{
  g_autofree char *paid = jp_money_format (jp_record_get_integer (dispute, JP_DISPUTE_PAID));
  g_autofree char *claimed = jp_money_format (jp_record_get_integer (dispute, JP_DISPUTE_CLAIMED));
  g_autofree char *decided = jp_money_format (jp_record_get_integer (dispute, JP_DISPUTE_DECIDED));
  g_autofree char *moved = jp_money_format (jp_record_get_integer (dispute, JP_DISPUTE_CORRECTION));
  const char      *answer = jp_record_get_text (dispute, JP_DISPUTE_ANSWER);
  const char      *reason = jp_record_get_text (dispute, JP_DISPUTE_REASON);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, _ ("The line pays %1$s, %2$s was asked for."), paid, claimed);
  if (reason != NULL)
    g_string_append_printf (text, "\n%s", reason);
  if (!jp_record_has (dispute, JP_DISPUTE_DECIDED_AT))
    return g_string_free (g_steal_pointer (&text), FALSE);

  g_string_append_c (text, '\n');
  g_string_append_printf (text, _ ("The platform finds %s."), decided);
  if (jp_record_has (dispute, JP_DISPUTE_BANK_REFERENCE))
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text,
                              _ ("The next statement corrects it by %1$s, bank reference %2$s."),
                              moved, jp_record_get_text (dispute, JP_DISPUTE_BANK_REFERENCE));
    }
  if (answer != NULL)
    g_string_append_printf (text, "\n%s", answer);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_dispute_buttons (JpRecord *dispute, GtkWidget *buttons)
{
  int state = jp_record_get_code (dispute, JP_DISPUTE_STATE);

  if (state == JP_DISPUTE_STATE_DRAFT)
    gtk_box_append (GTK_BOX (buttons), new_button (C_ ("button", "Send"), "line.send-dispute"));
  if (state == JP_DISPUTE_STATE_DRAFT || jp_dispute_repo_is_open (state))
    gtk_box_append (GTK_BOX (buttons),
                    new_button (C_ ("button", "Take Back"), "line.withdraw-dispute"));
  if (jp_record_has (dispute, JP_DISPUTE_DECIDED_AT) &&
      !jp_record_has (dispute, JP_DISPUTE_READ_AT))
    gtk_box_append (GTK_BOX (buttons),
                    new_button (C_ ("button", "Answer Read"), "line.read-dispute"));
}

static void
show_dispute (JpStatementLineDetail *self, JpRecord *dispute)
{
  const JpCode *state =
    jp_code_get (jp_dispute_state_codes, jp_record_get_code (dispute, JP_DISPUTE_STATE));
  GtkWidget       *box = jp_answer_box_new (jp_kind_get_label (JP_KIND_DISPUTE));
  GtkWidget       *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, BUTTON_GAP_PX);
  g_autofree char *text = dup_dispute_text (dispute);

  if (state != NULL)
    {
      jp_answer_box_set_pill (JP_ANSWER_BOX (box), jp_code_get_label (state), state->tint);
      jp_answer_box_set_tint (JP_ANSWER_BOX (box), state->tint);
    }
  jp_answer_box_set_text (JP_ANSWER_BOX (box), text);
  add_dispute_buttons (dispute, buttons);
  gtk_box_append (GTK_BOX (self->later), box);
  if (gtk_widget_get_first_child (buttons) != NULL)
    gtk_box_append (GTK_BOX (self->later), buttons);
  else
    g_object_unref (g_object_ref_sink (buttons));
}

static void
show_training (JpStatementLineDetail *self, JpLineTraining *training)
{
  g_autofree char *heading = jp_line_training_dup_heading (training);
  GtkWidget       *expander = gtk_expander_new (heading);
  GtkWidget       *timeline = jp_timeline_new ();
  guint            n = jp_line_training_get_n (training);

  if (n == 0)
    {
      g_object_unref (g_object_ref_sink (timeline));
      g_object_unref (g_object_ref_sink (expander));
      return;
    }
  jp_line_training_fill (training, JP_TIMELINE (timeline));
  gtk_expander_set_child (GTK_EXPANDER (expander), timeline);
  gtk_expander_set_expanded (GTK_EXPANDER (expander), n <= FEW_SESSIONS);
  jp_detail_parts_add (self->column, expander);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpStatementLineDetail) self = user_data;
  g_autoptr (JpLineEvidence) evidence = NULL;
  g_autoptr (GError) error = NULL;

  jp_store_read_finish (JP_STORE (source), result, (gpointer *)&evidence, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->column == NULL ||
      self->row == NULL)
    return;

  g_clear_object (&self->cancellable);
  if (error != NULL)
    {
      g_autofree char *sentence = jp_office_dup_error_sentence (error);

      jp_detail_parts_add (self->column, jp_detail_parts_new_note (sentence));
      return;
    }
  jp_line_evidence_fill (evidence, jp_verdict_row_get (self->row),
                         jp_verdict_row_get_tint (self->row), self->evidence);
  if (jp_line_evidence_get_dispute (evidence) != NULL)
    {
      self->dispute = jp_record_ref (jp_line_evidence_get_dispute (evidence));
      show_dispute (self, self->dispute);
    }
  if (jp_line_evidence_get_training (evidence) != NULL)
    show_training (self, jp_line_evidence_get_training (evidence));
}

/* The answer for an earlier line must not reach the pane of another. */
static void
forget_question (JpStatementLineDetail *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->dispute, jp_record_unref);
}

static void
ask (JpStatementLineDetail *self)
{
  const JpSettlementRow *row = jp_verdict_row_get (self->row);
  JpLineQuestion         question = { .line = row->line,
                                      .contract = row->is_known ? row->contract : JP_ID_NONE,
                                      .paid_on = row->paid_on,
                                      .dispute = row->dispute };
  JpStoreCall            call = { read_call, g_memdup2 (&question, sizeof question), g_free,
                                  (GDestroyNotify)jp_line_evidence_free, 0 };

  if (row->stage_id != NULL)
    g_strlcpy (((JpLineQuestion *)call.data)->stage_id, row->stage_id,
               JP_LINE_QUESTION_STAGE_BYTES);
  self->cancellable = g_cancellable_new ();
  jp_store_read_async (jp_office_get_store (self->office), &call, self->cancellable, read_cb,
                       g_object_ref (self));
}

/* --- the pane --- */

static void
show_contract_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  JpStatementLineDetail *self = JP_STATEMENT_LINE_DETAIL (widget);

  if (self->row != NULL && jp_verdict_row_get (self->row)->is_known)
    jp_office_show (self->office, JP_KIND_CONTRACT, &jp_verdict_row_get (self->row)->contract);
}

static GtkWidget *
new_verdict (JpVerdictRow *item)
{
  const JpSettlementRow *row = jp_verdict_row_get (item);
  g_autofree char       *difference = jp_money_format (row->difference_fen);
  GtkWidget             *box =
    jp_answer_box_new (row->difference_fen != 0 ? difference : C_ ("settlement", "No difference"));

  jp_answer_box_set_pill (JP_ANSWER_BOX (box), jp_settlement_verdict_get_label (row->verdict),
                          jp_verdict_row_get_tint (item));
  jp_answer_box_set_tint (JP_ANSWER_BOX (box), jp_verdict_row_get_tint (item));
  jp_answer_box_set_text (JP_ANSWER_BOX (box), row->sentence);
  return box;
}

static void
send_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  JpStatementLineDetail *self = JP_STATEMENT_LINE_DETAIL (widget);

  if (self->dispute != NULL)
    jp_disputes_send (self->office, self->dispute);
}

static void
withdraw_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  JpStatementLineDetail *self = JP_STATEMENT_LINE_DETAIL (widget);

  if (self->dispute != NULL)
    jp_disputes_withdraw (self->office, self->dispute);
}

static void
mark_read_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  JpStatementLineDetail *self = JP_STATEMENT_LINE_DETAIL (widget);

  if (self->dispute != NULL)
    jp_disputes_mark_read (self->office, self->dispute);
}

static void
evidence_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  JpStatementLineDetail *self = JP_STATEMENT_LINE_DETAIL (widget);
  g_autoptr (JpDisputedLines) lines = jp_disputed_lines_new (&self->statement);

  if (self->row == NULL)
    return;
  jp_disputed_lines_add (lines, jp_verdict_row_get (self->row));
  jp_evidence_save (self->office, GTK_WINDOW (jp_office_get_window (self->office)), lines, FALSE);
}

static GtkWidget *
new_links (JpVerdictRow *item)
{
  const JpSettlementRow *row = jp_verdict_row_get (item);
  GtkWidget             *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, BUTTON_GAP_PX);

  if (jp_verdict_row_can_contest (item))
    {
      GtkWidget *contest = new_button (_ ("Contest…"), "lines.contest");

      gtk_widget_add_css_class (contest, "suggested-action");
      gtk_box_append (GTK_BOX (box), contest);
    }
  if (!jp_settlement_verdict_is_good (row->verdict))
    gtk_box_append (GTK_BOX (box), new_button (_ ("Evidence…"), "line.save-evidence"));
  if (row->is_known)
    gtk_box_append (GTK_BOX (box), new_button (_ ("Open the Contract"), "line.show-contract"));
  return box;
}

static void
rebuild (JpStatementLineDetail *self)
{
  const JpSettlementRow *row = NULL;
  g_autofree char       *number = NULL;

  jp_detail_parts_clear (self->column);
  self->evidence = NULL;
  self->later = NULL;
  if (self->row == NULL)
    return;

  row = jp_verdict_row_get (self->row);
  number = row->line_no > 0 ? g_strdup_printf (_ ("Line %d"), (int)row->line_no)
                            : g_strdup (_ ("On no statement"));
  self->evidence = JP_TIMELINE (jp_timeline_new ());
  jp_detail_parts_add (self->column, jp_detail_parts_new_head (row->trainee_name, number, TRUE));
  self->later = gtk_box_new (GTK_ORIENTATION_VERTICAL, BUTTON_GAP_PX);
  jp_detail_parts_add (self->column, new_verdict (self->row));
  jp_detail_parts_add (self->column, self->later);
  jp_detail_parts_add (self->column, new_links (self->row));
  jp_detail_parts_add (self->column, GTK_WIDGET (self->evidence));
}

static void
jp_statement_line_detail_dispose (GObject *object)
{
  JpStatementLineDetail *self = JP_STATEMENT_LINE_DETAIL (object);

  forget_question (self);
  g_clear_pointer (&self->column, gtk_widget_unparent);
  g_clear_object (&self->row);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_statement_line_detail_parent_class)->dispose (object);
}

static void
jp_statement_line_detail_class_init (JpStatementLineDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jp_statement_line_detail_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "line.show-contract", NULL, show_contract_cb);
  gtk_widget_class_install_action (widget_class, "line.send-dispute", NULL, send_cb);
  gtk_widget_class_install_action (widget_class, "line.withdraw-dispute", NULL, withdraw_cb);
  gtk_widget_class_install_action (widget_class, "line.read-dispute", NULL, mark_read_cb);
  gtk_widget_class_install_action (widget_class, "line.save-evidence", NULL, evidence_cb);
}

static void
jp_statement_line_detail_init (JpStatementLineDetail *self)
{
  self->column = jp_detail_parts_new_column ();
  gtk_widget_set_parent (self->column, GTK_WIDGET (self));
}

/**
 * jp_statement_line_detail_new:
 * @office: the office
 * @statement: the statement whose lines it shows
 *
 * Returns: (transfer floating): the pane
 */
GtkWidget *
jp_statement_line_detail_new (JpOffice *office, const JpId *statement)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);

  JpStatementLineDetail *self = g_object_new (JP_TYPE_STATEMENT_LINE_DETAIL, NULL);

  self->office = g_object_ref (office);
  self->statement = *statement;
  return GTK_WIDGET (self);
}

/**
 * jp_statement_line_detail_set_row:
 * @self: the pane
 * @row: (nullable): a judged line
 *
 * Shows the line; what its verdict rests on follows when it has been read.
 */
void
jp_statement_line_detail_set_row (JpStatementLineDetail *self, JpVerdictRow *row)
{
  g_return_if_fail (JP_IS_STATEMENT_LINE_DETAIL (self));

  if (!g_set_object (&self->row, row))
    return;

  forget_question (self);
  rebuild (self);
  if (row != NULL)
    ask (self);
}

/**
 * jp_statement_line_detail_get_evidence:
 * @self: the pane
 *
 * Returns: (transfer none) (nullable): what the verdict rests on
 */
JpTimeline *
jp_statement_line_detail_get_evidence (JpStatementLineDetail *self)
{
  g_return_val_if_fail (JP_IS_STATEMENT_LINE_DETAIL (self), NULL);

  return self->evidence;
}

/**
 * jp_statement_line_detail_get_dispute:
 * @self: the pane
 *
 * Returns: (transfer none) (nullable): the dispute of the line, once it is read
 */
JpRecord *
jp_statement_line_detail_get_dispute (JpStatementLineDetail *self)
{
  g_return_val_if_fail (JP_IS_STATEMENT_LINE_DETAIL (self), NULL);

  return self->dispute;
}
