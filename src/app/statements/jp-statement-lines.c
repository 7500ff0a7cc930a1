/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-statement-lines.h"

#include "jp-count.h"
#include "jp-detail.h"
#include "jp-figure.h"
#include "jp-money.h"
#include "jp-records-counts.h"
#include "jp-statement-detail.h"
#include "jp-statement-line-detail.h"

#include <glib/gi18n-lib.h>

#define FIGURE_GAP_PX 12
#define ABOVE_GAP_PX  8
#define ALL_VIEW      "all"

struct _JpStatementLines
{
  GtkWidget parent_instance;

  JpListPage *list;   /* child */
  GtkWidget  *detail; /* (borrowed): in the list page */

  JpOffice        *office;    /* (owned) */
  JpRecord        *statement; /* (owned) */
  JpQueryModel    *model;     /* (owned) */
  JpRecordsCounts *counts;    /* (owned) */
  JpRow           *shown;     /* (owned) (nullable): the line in the pane */
  JpFieldId        order;
  gboolean         descending;
};

G_DEFINE_FINAL_TYPE (JpStatementLines, jp_statement_lines, GTK_TYPE_WIDGET)

/* Columns. */

static const struct
{
  const char  *id;
  JpFieldId    field;
  guint        width_chars;
  JpColumnKind kind;
  gboolean     expand;
} columns[] = {
  { "trainee", JP_STATEMENT_LINE_TRAINEE_NAME, 12, JP_COLUMN_TEXT, FALSE },
  { "line", JP_STATEMENT_LINE_LINE_NO, 4, JP_COLUMN_NUMBER, FALSE },
  { "contract", JP_STATEMENT_LINE_CONTRACT_NO, 21, JP_COLUMN_TEXT, FALSE },
  { "stage", JP_STATEMENT_LINE_STAGE, 14, JP_COLUMN_TEXT, TRUE },
  { "share", JP_STATEMENT_LINE_SHARE, 6, JP_COLUMN_NUMBER, FALSE },
  { "amount", JP_STATEMENT_LINE_AMOUNT, 11, JP_COLUMN_MONEY, FALSE },
  { "paid", JP_STATEMENT_LINE_PAID_AT, 11, JP_COLUMN_TEXT, FALSE },
  { "bank", JP_STATEMENT_LINE_BANK_REFERENCE, 16, JP_COLUMN_TEXT, FALSE },
};

static void
bind_field (gpointer item, JpCell *cell, gpointer user_data)
{
  const JpField *field = user_data;
  JpRecord      *record = jp_row_get_record (JP_ROW (item));

  if (record == NULL || !jp_record_has (record, field->id))
    return;
  if (field->id == JP_STATEMENT_LINE_AMOUNT)
    jp_cell_set_money (cell, jp_record_get_integer (record, field->id));
  else
    jp_cell_take_text (cell, jp_row_dup_display (JP_ROW (item), field->id));
}

static void
add_columns (JpStatementLines *self)
{
  JpColumnSpec specs[G_N_ELEMENTS (columns)] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      specs[i].id = columns[i].id;
      specs[i].title = jp_field_get_label (jp_field_get (columns[i].field));
      specs[i].width_chars = columns[i].width_chars;
      specs[i].kind = columns[i].kind;
      specs[i].sortable = TRUE;
      specs[i].expand = columns[i].expand;
      specs[i].bind = bind_field;
      specs[i].bind_data = jp_field_get (columns[i].field);
    }
  jp_table_set_columns (jp_list_page_get_table (self->list), specs, G_N_ELEMENTS (specs), NULL);
}

static gint64
get_item_id (gpointer item, gpointer user_data)
{
  return jp_row_get_rid (JP_ROW (item));
}

static guint
find_item (GListModel *model, gint64 id, gpointer user_data)
{
  guint position = GTK_INVALID_LIST_POSITION;

  jp_query_model_find (JP_QUERY_MODEL (model), id, &position);
  return position;
}

/* The question. */

static const struct
{
  const char *name; /* also the name of the kind of line */
  const char *title;
} views[] = {
  { ALL_VIEW, NC_ ("view", "All") },
  { "release", NC_ ("view", "Released to the school") },
  { "refund", NC_ ("view", "Back to trainees") },
};

static JpQuery *
new_query (JpStatementLines *self, const char *view)
{
  JpQuery *query = jp_query_new (JP_KIND_STATEMENT_LINE);

  jp_query_where_ref (query, JP_STATEMENT_LINE_STATEMENT, jp_record_get_id (self->statement));
  if (view != NULL && !g_str_equal (view, ALL_VIEW))
    jp_query_where_text (query, JP_STATEMENT_LINE_KIND, JP_QUERY_EQUAL, view);
  return query;
}

static void
ask (JpStatementLines *self)
{
  g_autoptr (JpQuery) query =
    new_query (self, jp_view_bar_get_selected (jp_list_page_get_view_bar (self->list)));

  jp_query_set_search (query, jp_list_page_get_search (self->list));
  jp_query_set_order (query, self->order, self->descending);
  jp_query_model_set_query (self->model, query);
}

static void
sort_changed_cb (JpStatementLines *self, const char *column_id, gboolean descending)
{
  self->order = JP_STATEMENT_LINE_LINE_NO;
  self->descending = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    if (g_strcmp0 (columns[i].id, column_id) == 0)
      {
        self->order = columns[i].field;
        self->descending = descending;
      }
  ask (self);
}

static void
model_changed_cb (JpStatementLines *self)
{
  JpStates *states = jp_list_page_get_states (self->list);
  guint     n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  jp_list_page_set_n_rows (self->list, n_rows);
  if (jp_query_model_get_state (self->model) == JP_QUERY_MODEL_FAILED)
    {
      g_autofree char *sentence =
        jp_office_dup_error_sentence (jp_query_model_get_error (self->model));

      jp_states_set_error_text (states, _ ("The list could not be read"), sentence);
      jp_states_set_state (states, JP_STATE_ERROR);
    }
  else if (jp_query_model_get_state (self->model) == JP_QUERY_MODEL_READY)
    jp_states_set_state (states, n_rows > 0 ? JP_STATE_CONTENT : JP_STATE_EMPTY);
}

/* The pane. */

static void
row_filled_cb (JpRow *row, GParamSpec *pspec, JpStatementLines *self)
{
  jp_detail_set_row (JP_DETAIL (self->detail), row);
}

static void
selection_changed_cb (JpStatementLines *self)
{
  g_autoptr (JpRow) row = jp_table_ref_selected (jp_list_page_get_table (self->list));

  if (self->shown != NULL)
    g_signal_handlers_disconnect_by_func (self->shown, row_filled_cb, self);
  g_set_object (&self->shown, row);
  if (row != NULL)
    g_signal_connect_object (row, "notify::record", G_CALLBACK (row_filled_cb), self, 0);
  jp_detail_set_row (JP_DETAIL (self->detail), row);
}

static void
activated_cb (JpStatementLines *self, JpRow *row)
{
  jp_list_page_set_pane_open (self->list, TRUE);
}

/* Above the table. */

static void
add_figure (GtkWidget *box, const char *caption, char *value)
{
  g_autofree char *owned = value;
  GtkWidget       *figure = jp_figure_new (caption);

  jp_figure_set_value (JP_FIGURE (figure), owned);
  gtk_box_append (GTK_BOX (box), figure);
}

static GtkWidget *
new_above (JpStatementLines *self)
{
  GtkWidget *above = gtk_box_new (GTK_ORIENTATION_VERTICAL, ABOVE_GAP_PX);
  GtkWidget *figures = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, FIGURE_GAP_PX);
  GtkWidget *check = jp_statement_detail_new_check (self->office, self->statement);
  JpRecord  *record = self->statement;

  gtk_widget_add_css_class (figures, "figures");
  add_figure (figures, jp_field_get_label (jp_field_get (JP_STATEMENT_TOTAL)),
              jp_money_format (jp_record_get_integer (record, JP_STATEMENT_TOTAL)));
  add_figure (figures, jp_field_get_label (jp_field_get (JP_STATEMENT_LINE_COUNT)),
              jp_count_format (jp_record_get_integer (record, JP_STATEMENT_LINE_COUNT)));
  if (jp_record_has (record, JP_STATEMENT_OPENING))
    add_figure (figures, jp_field_get_label (jp_field_get (JP_STATEMENT_OPENING)),
                jp_money_format (jp_record_get_integer (record, JP_STATEMENT_OPENING)));
  if (jp_record_has (record, JP_STATEMENT_CLOSING))
    add_figure (figures, jp_field_get_label (jp_field_get (JP_STATEMENT_CLOSING)),
                jp_money_format (jp_record_get_integer (record, JP_STATEMENT_CLOSING)));
  gtk_widget_add_css_class (check, "above-list");
  gtk_box_append (GTK_BOX (above), figures);
  gtk_box_append (GTK_BOX (above), check);
  return above;
}

static void
fill_header (JpStatementLines *self)
{
  JpPageHeader    *header = jp_list_page_get_header (self->list);
  GtkWidget       *back = gtk_button_new_from_icon_name ("go-previous-symbolic");
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
}

/* Class. */

static void
jp_statement_lines_dispose (GObject *object)
{
  JpStatementLines *self = JP_STATEMENT_LINES (object);

  if (self->list != NULL)
    jp_table_set_model (jp_list_page_get_table (self->list), NULL);
  g_clear_object (&self->shown);
  g_clear_object (&self->counts);
  g_clear_object (&self->model);
  g_clear_pointer (&self->statement, jp_record_unref);
  g_clear_object (&self->office);
  g_clear_pointer ((GtkWidget **)&self->list, gtk_widget_unparent);
  G_OBJECT_CLASS (jp_statement_lines_parent_class)->dispose (object);
}

static void
jp_statement_lines_class_init (JpStatementLinesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_statement_lines_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
jp_statement_lines_init (JpStatementLines *self)
{
  self->order = JP_STATEMENT_LINE_LINE_NO;
  self->list = JP_LIST_PAGE (jp_list_page_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
}

static void
add_views (JpStatementLines *self)
{
  JpViewBar *bar = jp_list_page_get_view_bar (self->list);

  self->counts = jp_records_counts_new (jp_office_get_store (self->office), bar);
  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    {
      g_autoptr (JpQuery) query = new_query (self, views[i].name);

      jp_view_bar_add (bar, views[i].name, g_dpgettext2 (GETTEXT_PACKAGE, "view", views[i].title));
      jp_records_counts_add (self->counts, views[i].name, query);
    }
}

static void
connect_list (JpStatementLines *self)
{
  JpTable *table = jp_list_page_get_table (self->list);

  g_signal_connect_object (self->list, "filter-changed", G_CALLBACK (ask), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "retry", G_CALLBACK (ask), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (table, "sort-changed", G_CALLBACK (sort_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (table, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (table, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::state", G_CALLBACK (model_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::n-items", G_CALLBACK (model_changed_cb), self,
                           G_CONNECT_SWAPPED);
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
  self->model = jp_query_model_new (jp_office_get_store (office));
  self->detail = jp_statement_line_detail_new (office);
  fill_header (self);
  jp_list_page_set_above (self->list, new_above (self));
  jp_list_page_set_detail (self->list, self->detail);
  jp_list_page_set_empty_text (self->list, "emblem-ok-symbolic", _ ("No such lines"),
                               _ ("This statement has none of them."));
  add_columns (self);
  jp_table_set_ids (table, get_item_id, find_item, NULL);
  connect_list (self);
  add_views (self);
  jp_table_set_model (table, G_LIST_MODEL (self->model));
  jp_states_set_state (jp_list_page_get_states (self->list), JP_STATE_LOADING);
  ask (self);
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
 * jp_statement_lines_get_model:
 * @self: the lines
 *
 * Returns: (transfer none): the rows
 */
JpQueryModel *
jp_statement_lines_get_model (JpStatementLines *self)
{
  g_return_val_if_fail (JP_IS_STATEMENT_LINES (self), NULL);

  return self->model;
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
