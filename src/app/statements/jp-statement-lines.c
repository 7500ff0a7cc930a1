/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-statement-lines.h"

#include "jp-answer-box.h"
#include "jp-codes.h"
#include "jp-dispute-window.h"
#include "jp-figure-row.h"
#include "jp-money.h"

#include <glib/gi18n-lib.h>

#define ABOVE_GAP_PX 8

typedef enum {
  FIGURE_RESIDUAL,
  FIGURE_EXPECTED,
  FIGURE_PAID,
  FIGURE_DIFFERENCE,
  FIGURE_EXPLAINED,
} Figure;

#define N_FIGURES (FIGURE_EXPLAINED + 1)

struct _JpStatementLines
{
  GtkWidget parent_instance;

  JpListPage            *list;               /* child */
  JpStatementLineDetail *detail;             /* (borrowed): in the list page */
  JpFigure              *figures[N_FIGURES]; /* (borrowed): above the table */
  JpAnswerBox           *remarks;            /* (borrowed): above the table */

  JpOffice      *office;      /* (owned) */
  JpRecord      *statement;   /* (owned) */
  JpVerdictRows *rows;        /* (owned) */
  GCancellable  *cancellable; /* (owned) (nullable): of the check that runs */
  gboolean       is_checked;  /* a first answer was shown */
};

G_DEFINE_FINAL_TYPE (JpStatementLines, jp_statement_lines, GTK_TYPE_WIDGET)

/* What a verdict is made from. */
static const JpKind kinds[] = {
  JP_KIND_STATEMENT, JP_KIND_STATEMENT_LINE,   JP_KIND_CONTRACT,
  JP_KIND_PAYMENT,   JP_KIND_STAGE_RECORD,     JP_KIND_EXAM_RESULT,
  JP_KIND_REFUND,    JP_KIND_TRAINING_SESSION, JP_KIND_DISPUTE,
};

/* Columns. */

static void
bind_trainee (gpointer item, JpCell *cell, gpointer user_data)
{
  jp_cell_set_text (cell, jp_verdict_row_get (item)->trainee_name);
}

static void
bind_stage (gpointer item, JpCell *cell, gpointer user_data)
{
  jp_cell_set_text (cell, jp_verdict_row_get (item)->stage);
}

static void
bind_expected (gpointer item, JpCell *cell, gpointer user_data)
{
  jp_cell_set_money (cell, jp_verdict_row_get (item)->expected_fen);
}

static void
bind_paid (gpointer item, JpCell *cell, gpointer user_data)
{
  jp_cell_set_money (cell, jp_verdict_row_get (item)->paid_fen);
}

static void
bind_difference (gpointer item, JpCell *cell, gpointer user_data)
{
  gint64 difference_fen = jp_verdict_row_get (item)->difference_fen;

  jp_cell_set_money (cell, difference_fen);
  cell->dim = difference_fen == 0;
}

static void
bind_verdict (gpointer item, JpCell *cell, gpointer user_data)
{
  jp_cell_set_pill (cell, jp_settlement_verdict_get_label (jp_verdict_row_get (item)->verdict),
                    jp_verdict_row_get_tint (item));
}

static void
bind_dispute (gpointer item, JpCell *cell, gpointer user_data)
{
  const JpCode *state =
    jp_code_get (jp_dispute_state_codes, jp_verdict_row_get (item)->dispute_state);

  if (state != NULL)
    jp_cell_set_pill (cell, jp_code_get_label (state), state->tint);
}

static void
bind_reason (gpointer item, JpCell *cell, gpointer user_data)
{
  jp_cell_set_text (cell, jp_verdict_row_get (item)->sentence);
}

static void
add_columns (JpStatementLines *self)
{
  const JpColumnSpec specs[] = {
    { "trainee", _ ("Trainee"), 7, JP_COLUMN_TEXT, TRUE, FALSE, bind_trainee, NULL },
    { "stage", C_ ("settlement", "Stage"), 11, JP_COLUMN_TEXT, TRUE, FALSE, bind_stage, NULL, 2 },
    { "expected", C_ ("settlement", "Expected"), 9, JP_COLUMN_MONEY, TRUE, FALSE, bind_expected,
      NULL },
    { "paid", C_ ("settlement", "Paid"), 9, JP_COLUMN_MONEY, TRUE, FALSE, bind_paid, NULL },
    { "difference", C_ ("settlement", "Difference"), 9, JP_COLUMN_MONEY, TRUE, FALSE,
      bind_difference, NULL },
    { "verdict", C_ ("settlement", "Verdict"), 8, JP_COLUMN_PILL, TRUE, FALSE, bind_verdict, NULL },
    { "dispute", C_ ("settlement", "Dispute"), 7, JP_COLUMN_PILL, TRUE, FALSE, bind_dispute, NULL },
    { "reason", C_ ("settlement", "Reason"), 10, JP_COLUMN_TEXT, FALSE, TRUE, bind_reason, NULL,
      1 },
  };

  jp_table_set_columns (jp_list_page_get_table (self->list), specs, G_N_ELEMENTS (specs), NULL);
}

static gint64
get_item_id (gpointer item, gpointer user_data)
{
  return jp_verdict_row_get_id (item);
}

static guint
find_item (GListModel *model, gint64 id, gpointer user_data)
{
  guint position = jp_verdict_rows_find (JP_VERDICT_ROWS (model), id);

  return position != G_MAXUINT ? position : GTK_INVALID_LIST_POSITION;
}

/* The table. */

static void
show_state (JpStatementLines *self)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->rows));

  jp_list_page_set_n_rows (self->list, n_rows);
  jp_states_set_state (jp_list_page_get_states (self->list),
                       n_rows > 0 ? JP_STATE_CONTENT : JP_STATE_EMPTY);
}

static void
filter_changed_cb (JpStatementLines *self)
{
  if (!self->is_checked)
    return;

  jp_verdict_rows_set_filter (self->rows,
                              jp_view_bar_get_selected (jp_list_page_get_view_bar (self->list)),
                              jp_list_page_get_search (self->list));
  show_state (self);
}

static void
sort_changed_cb (JpStatementLines *self, const char *column_id, gboolean descending)
{
  jp_verdict_rows_set_order (self->rows, column_id, descending);
}

/* Contesting. */

static GPtrArray *
list_selected (JpStatementLines *self)
{
  GtkSelectionModel *selection =
    GTK_SELECTION_MODEL (jp_table_get_selection (jp_list_page_get_table (self->list)));
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (selection);
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint64    n_chosen = MIN (gtk_bitset_get_size (chosen), JP_CHANGE_MAX_ROWS);

  for (guint i = 0; i < n_chosen; i++)
    {
      guint         position = gtk_bitset_get_nth (chosen, i);
      JpVerdictRow *row = g_list_model_get_item (G_LIST_MODEL (selection), position);

      if (row != NULL && jp_verdict_row_can_contest (row))
        g_ptr_array_add (rows, row);
      else
        g_clear_object (&row);
    }
  return rows;
}

static void
contest_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  JpStatementLines *self = JP_STATEMENT_LINES (widget);
  g_autoptr (GPtrArray) rows = list_selected (self);

  if (rows->len > 0)
    jp_dispute_window_open (self->office, jp_record_get_id (self->statement), rows);
}

static void
update_actions (JpStatementLines *self)
{
  g_autoptr (GPtrArray) rows = list_selected (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "lines.contest", rows->len > 0);
}

/* The selection. */

static void
selection_changed_cb (JpStatementLines *self)
{
  g_autoptr (JpVerdictRow) row = jp_table_ref_selected (jp_list_page_get_table (self->list));

  jp_statement_line_detail_set_row (self->detail, row);
  update_actions (self);
}

static void
activated_cb (JpStatementLines *self)
{
  jp_list_page_set_pane_open (self->list, TRUE);
}

/* The check. */

static void
show_figure (JpStatementLines *self, Figure figure, gint64 amount_fen)
{
  g_autofree char *text = jp_money_format (amount_fen);

  jp_figure_set_value (self->figures[figure], text);
}

static void
show_summary (JpStatementLines *self, const JpSettlementSummary *summary)
{
  g_auto (GStrv) sentences = NULL;
  g_autofree char *text = NULL;
  gboolean         adds_up = jp_settlement_summary_adds_up (summary);

  show_figure (self, FIGURE_RESIDUAL, summary->residual_fen);
  jp_figure_set_tint (self->figures[FIGURE_RESIDUAL],
                      summary->residual_fen == 0 ? JP_TINT_OK : JP_TINT_BAD);
  show_figure (self, FIGURE_EXPECTED, summary->expected_fen);
  show_figure (self, FIGURE_PAID, summary->total_fen);
  show_figure (self, FIGURE_DIFFERENCE, summary->difference_fen);
  show_figure (self, FIGURE_EXPLAINED, summary->explained_fen);

  gtk_widget_set_visible (GTK_WIDGET (self->remarks), !adds_up);
  if (adds_up)
    return;

  sentences = jp_settlement_summary_dup_sentences (summary);
  text = g_strjoinv ("\n", sentences);
  jp_answer_box_set_text (self->remarks, text);
}

static void
show_view (JpStatementLines *self, const char *name, const char *title)
{
  JpViewBar *bar = jp_list_page_get_view_bar (self->list);
  guint      n_rows = jp_verdict_rows_count (self->rows, name);

  if (!jp_view_bar_has (bar, name) && (n_rows > 0 || g_str_equal (name, JP_VERDICT_VIEW_ALL)))
    jp_view_bar_add (bar, name, title);
  if (jp_view_bar_has (bar, name))
    jp_view_bar_set_count (bar, name, n_rows);
}

/* A view for each verdict that occurs. What needs somebody's eyes comes up first. */
static void
show_views (JpStatementLines *self)
{
  JpViewBar *bar = jp_list_page_get_view_bar (self->list);

  show_view (self, JP_VERDICT_VIEW_ALL, C_ ("view", "All"));
  show_view (self, JP_VERDICT_VIEW_LOOK, C_ ("view", "To look at"));
  show_view (self, JP_VERDICT_VIEW_DISPUTED, C_ ("view", "Contested"));
  for (guint i = 0; i < JP_SETTLEMENT_N_VERDICTS; i++)
    show_view (self, jp_settlement_verdict_get_name ((JpSettlementVerdict)i),
               jp_settlement_verdict_get_label ((JpSettlementVerdict)i));
  if (!self->is_checked && jp_verdict_rows_count (self->rows, JP_VERDICT_VIEW_LOOK) > 0)
    jp_view_bar_set_selected (bar, JP_VERDICT_VIEW_LOOK);
}

static gpointer
check_call (JpVault *vault, gpointer data, GError **error)
{
  return jp_settlement_repo_read (vault, data, NULL, error);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpStatementLines) self = user_data;
  g_autoptr (JpSettlementReport) report = NULL;
  g_autoptr (GError) error = NULL;

  jp_store_read_finish (JP_STORE (source), result, (gpointer *)&report, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->list == NULL)
    return;

  g_clear_object (&self->cancellable);
  if (report == NULL)
    {
      JpStates        *states = jp_list_page_get_states (self->list);
      g_autofree char *sentence = jp_office_dup_error_sentence (error);

      jp_states_set_error_text (states, _ ("The statement could not be checked"), sentence);
      jp_states_set_state (states, JP_STATE_ERROR);
      return;
    }

  show_summary (self, &report->summary);
  jp_verdict_rows_take_report (self->rows, g_steal_pointer (&report));
  show_views (self);
  self->is_checked = TRUE;
  filter_changed_cb (self);
  selection_changed_cb (self);
}

static void
check (JpStatementLines *self)
{
  JpStoreCall call = { check_call, g_memdup2 (jp_record_get_id (self->statement), sizeof (JpId)),
                       g_free, (GDestroyNotify)jp_settlement_repo_free_report, 0 };

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  jp_store_read_async (jp_office_get_store (self->office), &call, self->cancellable, checked_cb,
                       g_object_ref (self));
}

static void
store_changed_cb (JpStatementLines *self, guint64 changed)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (changed & jp_store_kind_bit (kinds[i]))
        {
          check (self);
          return;
        }
    }
}

/* Above the table. */

static GtkWidget *
new_above (JpStatementLines *self)
{
  const char *captions[N_FIGURES] = {
    C_ ("settlement", "Unexplained"), C_ ("settlement", "Expected"),  C_ ("settlement", "Paid"),
    C_ ("settlement", "Difference"),  C_ ("settlement", "Explained"),
  };
  GtkWidget *above = gtk_box_new (GTK_ORIENTATION_VERTICAL, ABOVE_GAP_PX);
  GtkWidget *figures = jp_figure_row_new ();

  gtk_widget_add_css_class (figures, "figures");
  for (guint i = 0; i < N_FIGURES; i++)
    self->figures[i] = jp_figure_row_add (JP_FIGURE_ROW (figures), captions[i]);
  jp_figure_set_headline (self->figures[FIGURE_RESIDUAL], TRUE);

  self->remarks = JP_ANSWER_BOX (jp_answer_box_new (_ ("Does it add up?")));
  jp_answer_box_set_pill (self->remarks, C_ ("check", "Please look"), JP_TINT_WARN);
  jp_answer_box_set_tint (self->remarks, JP_TINT_WARN);
  gtk_widget_add_css_class (GTK_WIDGET (self->remarks), "above-list");
  gtk_widget_set_visible (GTK_WIDGET (self->remarks), FALSE);

  gtk_box_append (GTK_BOX (above), figures);
  gtk_box_append (GTK_BOX (above), GTK_WIDGET (self->remarks));
  return above;
}

static void
fill_header (JpStatementLines *self)
{
  JpPageHeader    *header = jp_list_page_get_header (self->list);
  GtkWidget       *back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  GtkWidget       *contest = gtk_button_new_with_label (_ ("Contest…"));
  g_autofree char *from =
    jp_date_to_iso (jp_record_get_date (self->statement, JP_STATEMENT_PERIOD_FROM));
  g_autofree char *to =
    jp_date_to_iso (jp_record_get_date (self->statement, JP_STATEMENT_PERIOD_TO));
  g_autofree char *title =
    g_strdup_printf (_ ("Statement %s"), jp_record_get_title (self->statement));
  g_autofree char *period = g_strdup_printf (C_ ("period", "%1$s to %2$s"), from, to);

  jp_page_header_set_title (header, title);
  jp_page_header_set_subtitle (header, period);
  gtk_widget_set_tooltip_text (back, _ ("Back to the statements"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (back), "statements.back");
  jp_page_header_pack_start (header, back);
  gtk_widget_set_tooltip_text (contest, _ ("Contest the selected lines (Ctrl+D)"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (contest), "lines.contest");
  jp_page_header_pack_end (header, contest);
}

/* Class. */

static void
jp_statement_lines_dispose (GObject *object)
{
  JpStatementLines *self = JP_STATEMENT_LINES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->list != NULL)
    jp_table_set_model (jp_list_page_get_table (self->list), NULL);
  g_clear_object (&self->rows);
  g_clear_pointer (&self->statement, jp_record_unref);
  g_clear_object (&self->office);
  g_clear_pointer ((GtkWidget **)&self->list, gtk_widget_unparent);
  G_OBJECT_CLASS (jp_statement_lines_parent_class)->dispose (object);
}

static void
jp_statement_lines_class_init (JpStatementLinesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jp_statement_lines_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "lines.contest", NULL, contest_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK, "lines.contest",
                                       NULL);
}

static void
jp_statement_lines_init (JpStatementLines *self)
{
  self->rows = jp_verdict_rows_new ();
  self->list = JP_LIST_PAGE (jp_list_page_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
}

static void
connect_list (JpStatementLines *self)
{
  JpTable *table = jp_list_page_get_table (self->list);

  g_signal_connect_object (self->list, "filter-changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "retry", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (table, "sort-changed", G_CALLBACK (sort_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (table, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (table, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (jp_office_get_store (self->office), "changed",
                           G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * jp_statement_lines_new:
 * @office: the office
 * @statement: a statement
 *
 * Returns: (transfer floating): its lines; the back button is the action `statements.back`
 */
GtkWidget *
jp_statement_lines_new (JpOffice *office, JpRecord *statement)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);
  g_return_val_if_fail (statement != NULL, NULL);

  JpStatementLines *self = g_object_new (JP_TYPE_STATEMENT_LINES, NULL);
  JpTable          *table = jp_list_page_get_table (self->list);

  self->office = g_object_ref (office);
  self->statement = jp_record_ref (statement);
  self->detail =
    JP_STATEMENT_LINE_DETAIL (jp_statement_line_detail_new (office, jp_record_get_id (statement)));
  fill_header (self);
  jp_list_page_set_above (self->list, new_above (self));
  jp_list_page_set_detail (self->list, GTK_WIDGET (self->detail));
  jp_list_page_set_empty_text (self->list, "emblem-ok-symbolic", _ ("No such lines"),
                               _ ("This statement has none of them."));
  add_columns (self);
  jp_table_set_ids (table, get_item_id, find_item, NULL);
  connect_list (self);
  jp_table_set_model (table, G_LIST_MODEL (self->rows));
  jp_states_set_state (jp_list_page_get_states (self->list), JP_STATE_LOADING);
  check (self);
  return GTK_WIDGET (self);
}

/**
 * jp_statement_lines_get_list:
 * @self: the lines
 *
 * Returns: (transfer none): the list
 */
JpListPage *
jp_statement_lines_get_list (JpStatementLines *self)
{
  g_return_val_if_fail (JP_IS_STATEMENT_LINES (self), NULL);

  return self->list;
}

/**
 * jp_statement_lines_get_statement:
 * @self: the lines
 *
 * Returns: (transfer none): the statement they are of
 */
JpRecord *
jp_statement_lines_get_statement (JpStatementLines *self)
{
  g_return_val_if_fail (JP_IS_STATEMENT_LINES (self), NULL);

  return self->statement;
}

/**
 * jp_statement_lines_get_rows:
 * @self: the lines
 *
 * Returns: (transfer none): the judged rows
 */
JpVerdictRows *
jp_statement_lines_get_rows (JpStatementLines *self)
{
  g_return_val_if_fail (JP_IS_STATEMENT_LINES (self), NULL);

  return self->rows;
}

/**
 * jp_statement_lines_get_detail:
 * @self: the lines
 *
 * Returns: (transfer none): the pane
 */
JpStatementLineDetail *
jp_statement_lines_get_detail (JpStatementLines *self)
{
  g_return_val_if_fail (JP_IS_STATEMENT_LINES (self), NULL);

  return self->detail;
}

/**
 * jp_statement_lines_new_query:
 * @self: the lines
 *
 * Returns: (transfer full): the question for all of its lines, to export them
 */
JpQuery *
jp_statement_lines_new_query (JpStatementLines *self)
{
  g_return_val_if_fail (JP_IS_STATEMENT_LINES (self), NULL);

  JpQuery *query = jp_query_new (JP_KIND_STATEMENT_LINE);

  jp_query_where_ref (query, JP_STATEMENT_LINE_STATEMENT, jp_record_get_id (self->statement));
  jp_query_set_order (query, JP_STATEMENT_LINE_LINE_NO, FALSE);
  return query;
}
