/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-statement-line-detail.h"

#include "jp-answer-box.h"
#include "jp-detail-parts.h"
#include "jp-line-evidence.h"
#include "jp-money.h"

#include <glib/gi18n-lib.h>

#define BUTTON_GAP_PX 8

struct _JpStatementLineDetail
{
  GtkWidget parent_instance;

  GtkWidget  *column;   /* child */
  JpTimeline *evidence; /* (borrowed) (nullable): in the column */

  JpOffice     *office;      /* (owned) */
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
}

/* The answer for an earlier line must not reach the pane of another. */
static void
forget_question (JpStatementLineDetail *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
ask (JpStatementLineDetail *self)
{
  const JpSettlementRow *row = jp_verdict_row_get (self->row);
  JpLineQuestion question = { row->line, row->is_known ? row->contract : JP_ID_NONE, row->paid_on };
  JpStoreCall    call = { read_call, g_memdup2 (&question, sizeof question), g_free,
                          (GDestroyNotify)jp_line_evidence_free, 0 };

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

static GtkWidget *
new_links (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, BUTTON_GAP_PX);
  GtkWidget *button = gtk_button_new_with_label (_ ("Open the Contract"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "line.show-contract");
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

static void
rebuild (JpStatementLineDetail *self)
{
  const JpSettlementRow *row = NULL;
  g_autofree char       *number = NULL;

  jp_detail_parts_clear (self->column);
  self->evidence = NULL;
  if (self->row == NULL)
    return;

  row = jp_verdict_row_get (self->row);
  number = row->line_no > 0 ? g_strdup_printf (_ ("Line %d"), (int)row->line_no)
                            : g_strdup (_ ("On no statement"));
  self->evidence = JP_TIMELINE (jp_timeline_new ());
  jp_detail_parts_add (self->column, jp_detail_parts_new_head (row->trainee_name, number, TRUE));
  jp_detail_parts_add (self->column, new_verdict (self->row));
  jp_detail_parts_add (self->column, GTK_WIDGET (self->evidence));
  if (row->is_known)
    jp_detail_parts_add (self->column, new_links ());
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
 *
 * Returns: (transfer floating): the pane
 */
GtkWidget *
jp_statement_line_detail_new (JpOffice *office)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);

  JpStatementLineDetail *self = g_object_new (JP_TYPE_STATEMENT_LINE_DETAIL, NULL);

  self->office = g_object_ref (office);
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
