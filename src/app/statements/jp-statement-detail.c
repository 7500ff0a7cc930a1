/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-statement-detail.h"

#include "jp-answer-box.h"
#include "jp-detail-parts.h"
#include "jp-money.h"
#include "jp-plural.h"
#include "jp-record-history.h"
#include "jp-settlement-repo.h"

#include <glib/gi18n-lib.h>

#define GAP_PX 8

struct _JpStatementDetail
{
  GtkWidget parent_instance;

  GtkWidget *column; /* child */

  JpOffice *office; /* (owned) */
  JpRow    *row;    /* (owned) (nullable) */
};

static void jp_statement_detail_detail_init (JpDetailInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JpStatementDetail,
                               jp_statement_detail,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (JP_TYPE_DETAIL,
                                                      jp_statement_detail_detail_init))

/* The check. */

static gpointer
check_call (JpVault *vault, gpointer data, GError **error)
{
  g_autofree JpSettlementSummary *summary = g_new0 (JpSettlementSummary, 1);

  return jp_settlement_repo_check (vault, data, NULL, summary, error) ? g_steal_pointer (&summary)
                                                                      : NULL;
}

/* Three views of the same money: what the platform ordered, what the reviewed hours give, and what
 * the bank moved. */
static void
show_views (GtkWidget *facts, const JpSettlementSummary *summary)
{
  g_autofree char *total = jp_money_format (summary->total_fen);
  g_autofree char *expected = jp_money_format (summary->expected_fen);
  g_autofree char *moved = jp_money_format (summary->bank_fen);
  g_autofree char *residual = jp_money_format (ABS (summary->bank_residual_fen));
  g_autofree char *n_lines = jp_plural_format (NP_ ("%d line", "%d lines"), summary->n_lines);
  g_autofree char *n_bare =
    jp_plural_format (NP_ ("%d contract without the sessions", "%d contracts without the sessions"),
                      summary->n_hours_differ);
  /* Translators: an amount, and what there is to say about it. */
  const char      *pattern = C_ ("views", "%1$s, %2$s");
  g_autofree char *orders = g_strdup_printf (pattern, total, n_lines);
  g_autofree char *hours =
    g_strdup_printf (pattern, expected,
                     summary->n_hours_differ > 0 ? n_bare
                                                 : C_ ("views", "borne out by the sessions"));
  g_autofree char *differs = g_strdup_printf (C_ ("views", "differs by %s"), residual);
  g_autofree char *bank =
    g_strdup_printf (pattern, moved,
                     summary->bank_residual_fen != 0 ? differs : C_ ("views", "as the lines say"));

  jp_detail_parts_add_fact (facts, _ ("Platform’s orders"), orders);
  jp_detail_parts_add_fact (facts, _ ("Reviewed hours"), hours);
  jp_detail_parts_add_fact (facts, _ ("Bank’s movements"),
                            summary->has_bank ? bank : C_ ("views", "not stated"));
}

typedef struct
{
  JpAnswerBox *box;   /* (owned) */
  GtkWidget   *facts; /* (owned) */
} Check;

static void
check_free (Check *check)
{
  g_object_unref (check->box);
  g_object_unref (check->facts);
  g_free (check);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Check, check_free)

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Check) check = user_data;
  JpAnswerBox                    *box = check->box;
  g_autofree JpSettlementSummary *summary = NULL;
  g_autofree char                *text = NULL;
  g_autofree char                *headline = NULL;
  g_autofree char                *remarks = NULL;
  g_auto (GStrv) sentences = NULL;
  g_autoptr (GError) error = NULL;
  gboolean fine = FALSE;

  if (!jp_store_read_finish (JP_STORE (source), result, (gpointer *)&summary, &error))
    {
      text = jp_office_dup_error_sentence (error);
      jp_answer_box_set_text (box, text);
      return;
    }

  fine = jp_settlement_summary_adds_up (summary) &&
         jp_settlement_summary_count_wrong (summary) == 0 && summary->residual_fen == 0;
  headline = jp_settlement_summary_dup_headline (summary);
  sentences = jp_settlement_summary_dup_sentences (summary);
  remarks = g_strjoinv ("\n", sentences);
  text = g_strconcat (headline, "\n", remarks, NULL);
  jp_answer_box_set_pill (box, fine ? C_ ("check", "Adds up") : C_ ("check", "Please look"),
                          fine ? JP_TINT_OK : JP_TINT_WARN);
  jp_answer_box_set_tint (box, fine ? JP_TINT_OK : JP_TINT_WARN);
  jp_answer_box_set_text (box, text);
  show_views (check->facts, summary);
}

/**
 * jp_statement_detail_new_check:
 * @office: the office
 * @statement: a statement
 *
 * Returns: (transfer floating): a box that fills itself with what adding up and comparing tells,
 * and with the three views of the money beside each other
 */
GtkWidget *
jp_statement_detail_new_check (JpOffice *office, JpRecord *statement)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);
  g_return_val_if_fail (statement != NULL, NULL);

  GtkWidget  *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, GAP_PX);
  GtkWidget  *box = jp_answer_box_new (_ ("Does it add up?"));
  GtkWidget  *facts = jp_detail_parts_new_facts ();
  Check      *check = g_new0 (Check, 1);
  JpStoreCall call = { check_call, jp_record_ref (statement), (GDestroyNotify)jp_record_unref,
                       g_free, 0 };

  gtk_box_append (GTK_BOX (column), box);
  gtk_box_append (GTK_BOX (column),
                  jp_detail_parts_new_heading (_ ("Three views of the money"), NULL));
  gtk_box_append (GTK_BOX (column), facts);
  check->box = g_object_ref (JP_ANSWER_BOX (box));
  check->facts = g_object_ref (facts);
  jp_store_read_async (jp_office_get_store (office), &call, NULL, checked_cb, check);
  return column;
}

/* The pane. */

static GtkWidget *
new_open_button (JpRecord *record)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Show the Lines"));
  JpIdText   id;

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s",
                                    jp_id_to_text (jp_record_get_id (record), id));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "statements.open");
  gtk_widget_add_css_class (button, "suggested-action");
  return button;
}

static void
rebuild (JpStatementDetail *self)
{
  static const JpFieldId facts_of[] = {
    JP_STATEMENT_TOTAL,   JP_STATEMENT_LINE_COUNT, JP_STATEMENT_OPENING,
    JP_STATEMENT_CLOSING, JP_STATEMENT_ISSUED_AT,
  };
  JpRecord        *record = self->row != NULL ? jp_row_get_record (self->row) : NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *period = NULL;
  GtkWidget       *facts = NULL;

  jp_detail_parts_clear (self->column);
  if (record == NULL)
    return;

  from = jp_date_to_iso (jp_record_get_date (record, JP_STATEMENT_PERIOD_FROM));
  to = jp_date_to_iso (jp_record_get_date (record, JP_STATEMENT_PERIOD_TO));
  /* Translators: first and last day of a period. */
  period = g_strdup_printf (C_ ("period", "%1$s to %2$s"), from, to);
  jp_detail_parts_add (self->column,
                       jp_detail_parts_new_head (jp_record_get_title (record), period, FALSE));
  jp_detail_parts_add (self->column, jp_detail_parts_new_pills (self->row));
  jp_detail_parts_add (self->column, jp_statement_detail_new_check (self->office, record));
  facts = jp_detail_parts_new_facts ();
  jp_detail_parts_add_fields (facts, self->row, facts_of, G_N_ELEMENTS (facts_of), FALSE);
  jp_detail_parts_add (self->column, facts);
  jp_detail_parts_add (self->column, new_open_button (record));
  jp_detail_parts_add (self->column, jp_record_history_new (self->office, record));
}

static void
set_row (JpDetail *detail, JpRow *row)
{
  JpStatementDetail *self = JP_STATEMENT_DETAIL (detail);

  g_set_object (&self->row, row);
  rebuild (self);
}

static void
jp_statement_detail_detail_init (JpDetailInterface *iface)
{
  iface->set_row = set_row;
}

static void
jp_statement_detail_dispose (GObject *object)
{
  JpStatementDetail *self = JP_STATEMENT_DETAIL (object);

  g_clear_pointer (&self->column, gtk_widget_unparent);
  g_clear_object (&self->row);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_statement_detail_parent_class)->dispose (object);
}

static void
jp_statement_detail_class_init (JpStatementDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_statement_detail_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
jp_statement_detail_init (JpStatementDetail *self)
{
  self->column = jp_detail_parts_new_column ();
  gtk_widget_set_parent (self->column, GTK_WIDGET (self));
}

/**
 * jp_statement_detail_new:
 * @office: the office
 *
 * Returns: (transfer floating): the pane
 */
GtkWidget *
jp_statement_detail_new (JpOffice *office)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);

  JpStatementDetail *self = g_object_new (JP_TYPE_STATEMENT_DETAIL, NULL);

  self->office = g_object_ref (office);
  return GTK_WIDGET (self);
}
