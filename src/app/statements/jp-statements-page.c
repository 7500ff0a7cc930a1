/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-statements-page.h"

#include "jp-codes.h"
#include "jp-disputes.h"
#include "jp-records-export.h"
#include "jp-records-print.h"
#include "jp-statement-detail.h"

#include <glib/gi18n-lib.h>

struct _JpStatementsPage
{
  GtkWidget parent_instance;

  GtkStack  *stack;    /* child */
  GtkWidget *records;  /* (borrowed): in the stack */
  GtkWidget *disputes; /* (borrowed) (nullable): in the stack, once it was asked for */
  GtkWidget *lines;    /* (borrowed) (nullable): in the stack, while a statement is open */
  GtkWidget *below;    /* (borrowed): what is shown again when the lines are closed */

  JpOffice     *office;      /* (owned) */
  GCancellable *cancellable; /* (owned): cancelled in dispose */
};

static void jp_statements_page_page_init (JpPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JpStatementsPage,
                               jp_statements_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (JP_TYPE_PAGE, jp_statements_page_page_init))

/* The list. */

static const JpRecordsColumn columns[] = {
  { "number", JP_STATEMENT_NUMBER, NULL, 16, JP_COLUMN_TEXT, TRUE, NULL },
  { "from", JP_STATEMENT_PERIOD_FROM, NULL, 10, JP_COLUMN_TEXT, FALSE, NULL, 5 },
  { "to", JP_STATEMENT_PERIOD_TO, NULL, 10, JP_COLUMN_TEXT, FALSE, NULL, 4 },
  { "lines", JP_STATEMENT_LINE_COUNT, NULL, 6, JP_COLUMN_NUMBER, FALSE, NULL, 3 },
  { "total", JP_STATEMENT_TOTAL, NULL, 12, JP_COLUMN_MONEY, FALSE, NULL },
  { "opening", JP_STATEMENT_OPENING, NULL, 13, JP_COLUMN_MONEY, FALSE, NULL, 1 },
  { "closing", JP_STATEMENT_CLOSING, NULL, 13, JP_COLUMN_MONEY, FALSE, NULL, 2 },
  { "state", JP_STATEMENT_STATE, NULL, 8, JP_COLUMN_PILL, FALSE, NULL },
};

static const JpRecordsView views[] = {
  { "all", NC_ ("view", "All") },
  { "issued", NC_ ("view", "Issued"), JP_STATEMENT_STATE, "issued" },
  { "paid", NC_ ("view", "Paid out"), JP_STATEMENT_STATE, "paid" },
};

static const JpRecordsAction actions[] = {
  { "letter", NC_ ("button", "Write to the Platform…"), jp_records_print_dispute },
};

static const JpRecordsSpec spec = {
  .place = "statements",
  .kind = JP_KIND_STATEMENT,
  .can_edit = FALSE,
  .can_delete = FALSE,
  .views = views,
  .n_views = G_N_ELEMENTS (views),
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .order = JP_STATEMENT_PERIOD_FROM,
  .descending = TRUE,
  .empty_icon = "jp-statement-symbolic",
  .empty_title = N_ ("No statements yet"),
  .empty_text = N_ ("The platform sends the first one when money has been released."),
  .new_detail = jp_statement_detail_new,
  .actions = actions,
  .n_actions = G_N_ELEMENTS (actions),
};

/* One level further in. */

static void
open_statement (JpStatementsPage *self, JpRecord *statement)
{
  if (self->lines != NULL)
    gtk_stack_remove (self->stack, self->lines);
  else
    self->below = gtk_stack_get_visible_child (self->stack);
  self->lines = jp_statement_lines_new (self->office, statement);
  gtk_stack_add_child (self->stack, self->lines);
  gtk_stack_set_visible_child (self->stack, self->lines);
  jp_page_commands_changed (JP_PAGE (self));
}

static void
close_statement (JpStatementsPage *self)
{
  if (self->lines == NULL)
    return;
  gtk_stack_set_visible_child (self->stack, self->below);
  gtk_stack_remove (self->stack, self->lines);
  self->lines = NULL;
  gtk_widget_grab_focus (self->below);
  jp_page_commands_changed (JP_PAGE (self));
}

static void
activated_cb (JpStatementsPage *self, JpRow *row)
{
  if (jp_row_get_record (row) != NULL)
    open_statement (self, jp_row_get_record (row));
}

static void
statement_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpStatementsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) statement = jp_store_get_record_finish (JP_STORE (source), result, &error);

  if (self->stack == NULL)
    return;
  if (statement != NULL)
    open_statement (self, statement);
  else
    jp_office_tell_error (self->office, error);
}

static void
open_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  JpStatementsPage *self = JP_STATEMENTS_PAGE (widget);
  JpId              id;

  /* ignored: the target is made from an id */
  if (jp_id_parse (g_variant_get_string (parameter, NULL), &id, NULL))
    jp_store_get_record_async (jp_office_get_store (self->office), JP_KIND_STATEMENT, &id,
                               self->cancellable, statement_read_cb, g_object_ref (self));
}

/* Beside it. */

static void
dispute_activated_cb (JpStatementsPage *self, JpRow *row)
{
  JpRecord   *dispute = jp_row_get_record (row);
  const JpId *id = dispute != NULL ? jp_record_get_ref (dispute, JP_DISPUTE_STATEMENT) : NULL;

  if (id != NULL)
    jp_store_get_record_async (jp_office_get_store (self->office), JP_KIND_STATEMENT, id,
                               self->cancellable, statement_read_cb, g_object_ref (self));
}

static void
make_disputes (JpStatementsPage *self)
{
  JpListPage *list = NULL;
  GtkWidget  *back = gtk_button_new_from_icon_name ("go-previous-symbolic");

  self->disputes = jp_records_page_new (self->office, jp_disputes_get_spec ());
  list = jp_records_page_get_list (JP_RECORDS_PAGE (self->disputes));
  jp_page_header_set_title (jp_list_page_get_header (list), jp_kind_get_plural (JP_KIND_DISPUTE));
  gtk_widget_set_tooltip_text (back, _ ("Back to the statements"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (back), "statements.back");
  jp_page_header_pack_start (jp_list_page_get_header (list), back);
  g_signal_connect_object (jp_list_page_get_table (list), "activated",
                           G_CALLBACK (dispute_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->disputes, "commands-changed",
                           G_CALLBACK (jp_page_commands_changed), self, G_CONNECT_SWAPPED);
  gtk_stack_add_child (self->stack, self->disputes);
}

static void
show_below (JpStatementsPage *self, GtkWidget *below)
{
  self->below = below;
  gtk_stack_set_visible_child (self->stack, below);
  gtk_widget_grab_focus (below);
  jp_page_commands_changed (JP_PAGE (self));
}

static void
show_disputes_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  JpStatementsPage *self = JP_STATEMENTS_PAGE (widget);

  close_statement (self);
  if (self->disputes == NULL)
    make_disputes (self);
  show_below (self, self->disputes);
}

static void
back_cb (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  JpStatementsPage *self = JP_STATEMENTS_PAGE (widget);

  if (self->lines != NULL)
    close_statement (self);
  else if (self->below != self->records)
    show_below (self, self->records);
}

/* The window's commands: those of the list while it is visible. */

static char *
dup_title (JpPage *page)
{
  return jp_page_dup_title (JP_PAGE (JP_STATEMENTS_PAGE (page)->below));
}

static JpCommands
get_commands (JpPage *page)
{
  JpStatementsPage *self = JP_STATEMENTS_PAGE (page);

  return self->lines != NULL ? JP_COMMAND_SEARCH | JP_COMMAND_EXPORT | JP_COMMAND_PRINT
                             : jp_page_get_commands (JP_PAGE (self->below));
}

static void
export_lines (JpStatementsPage *self)
{
  g_autoptr (JpQuery) query = jp_statement_lines_new_query (JP_STATEMENT_LINES (self->lines));

  jp_records_export (self->office, query);
}

static void
perform (JpPage *page, JpCommands command)
{
  JpStatementsPage *self = JP_STATEMENTS_PAGE (page);

  if (self->lines == NULL)
    jp_page_perform (JP_PAGE (self->below), command);
  else if (command == JP_COMMAND_SEARCH)
    jp_list_page_focus_search (jp_statement_lines_get_list (JP_STATEMENT_LINES (self->lines)));
  else if (command == JP_COMMAND_EXPORT)
    export_lines (self);
  else if (command == JP_COMMAND_PRINT)
    jp_records_print (self->office, JP_KIND_STATEMENT,
                      jp_statement_lines_get_statement (JP_STATEMENT_LINES (self->lines)));
}

static void
set_filter (JpPage *page, const char *view_name)
{
  JpStatementsPage *self = JP_STATEMENTS_PAGE (page);

  close_statement (self);
  if (view_name != NULL && g_str_has_prefix (view_name, JP_DISPUTES_VIEW_PREFIX))
    show_disputes_cb (GTK_WIDGET (self), NULL, NULL);
  else
    show_below (self, self->records);
  jp_page_set_filter (JP_PAGE (self->below), view_name);
}

static void
show_item (JpPage *page, const char *item_id)
{
  JpStatementsPage *self = JP_STATEMENTS_PAGE (page);

  close_statement (self);
  show_below (self, self->records);
  jp_page_show_item (JP_PAGE (self->records), item_id);
}

static void
focus_search (JpPage *page)
{
  JpStatementsPage *self = JP_STATEMENTS_PAGE (page);

  if (self->lines != NULL)
    jp_list_page_focus_search (jp_statement_lines_get_list (JP_STATEMENT_LINES (self->lines)));
  else
    jp_page_focus_search (JP_PAGE (self->below));
}

static void
jp_statements_page_page_init (JpPageInterface *iface)
{
  iface->dup_title = dup_title;
  iface->get_commands = get_commands;
  iface->perform = perform;
  iface->set_filter = set_filter;
  iface->show_item = show_item;
  iface->focus_search = focus_search;
}

/* Class. */

static void
jp_statements_page_dispose (GObject *object)
{
  JpStatementsPage *self = JP_STATEMENTS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer ((GtkWidget **)&self->stack, gtk_widget_unparent);
  g_clear_object (&self->office);
  G_OBJECT_CLASS (jp_statements_page_parent_class)->dispose (object);
}

static void
jp_statements_page_finalize (GObject *object)
{
  g_clear_object (&JP_STATEMENTS_PAGE (object)->cancellable);
  G_OBJECT_CLASS (jp_statements_page_parent_class)->finalize (object);
}

static void
jp_statements_page_class_init (JpStatementsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jp_statements_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = jp_statements_page_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "statements.open", "s", open_cb);
  gtk_widget_class_install_action (widget_class, "statements.back", NULL, back_cb);
  gtk_widget_class_install_action (widget_class, "statements.show-disputes", NULL,
                                   show_disputes_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "statements.back",
                                       NULL);
}

static void
jp_statements_page_init (JpStatementsPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
}

static void
add_disputes_button (JpStatementsPage *self)
{
  GtkWidget  *button = gtk_button_new_with_label (jp_kind_get_plural (JP_KIND_DISPUTE));
  JpListPage *list = jp_records_page_get_list (JP_RECORDS_PAGE (self->records));

  gtk_widget_set_tooltip_text (button, _ ("All lines that were contested, and the answers"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "statements.show-disputes");
  jp_page_header_pack_end (jp_list_page_get_header (list), button);
}

/**
 * jp_statements_page_new:
 * @office: the office
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
jp_statements_page_new (JpOffice *office)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);

  JpStatementsPage *self = g_object_new (JP_TYPE_STATEMENTS_PAGE, NULL);
  JpTable          *table = NULL;

  self->office = g_object_ref (office);
  self->records = jp_records_page_new (office, &spec);
  gtk_stack_add_child (self->stack, self->records);
  self->below = self->records;
  add_disputes_button (self);
  table = jp_list_page_get_table (jp_records_page_get_list (JP_RECORDS_PAGE (self->records)));
  g_signal_connect_object (table, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->records, "commands-changed", G_CALLBACK (jp_page_commands_changed),
                           self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

static GtkWidget *
create_page (gpointer user_data)
{
  return jp_statements_page_new (user_data);
}

/**
 * jp_statements_page_register:
 * @registry: the pages of the window
 * @office: the office
 *
 * Makes the page known.
 */
void
jp_statements_page_register (JpPageRegistry *registry, JpOffice *office)
{
  g_return_if_fail (JP_IS_PAGE_REGISTRY (registry));
  g_return_if_fail (JP_IS_OFFICE (office));

  jp_page_registry_add (registry, "statements", create_page, g_object_ref (office), g_object_unref);
}

/**
 * jp_statements_page_get_records:
 * @self: the page
 *
 * Returns: (transfer none): the list of statements
 */
JpRecordsPage *
jp_statements_page_get_records (JpStatementsPage *self)
{
  g_return_val_if_fail (JP_IS_STATEMENTS_PAGE (self), NULL);

  return JP_RECORDS_PAGE (self->records);
}

/**
 * jp_statements_page_get_disputes:
 * @self: the page
 *
 * Returns: (transfer none) (nullable): the list of disputes, if it was asked for
 */
JpRecordsPage *
jp_statements_page_get_disputes (JpStatementsPage *self)
{
  g_return_val_if_fail (JP_IS_STATEMENTS_PAGE (self), NULL);

  return self->disputes != NULL ? JP_RECORDS_PAGE (self->disputes) : NULL;
}

/**
 * jp_statements_page_get_lines:
 * @self: the page
 *
 * Returns: (transfer none) (nullable): the open statement, if one is
 */
JpStatementLines *
jp_statements_page_get_lines (JpStatementsPage *self)
{
  g_return_val_if_fail (JP_IS_STATEMENTS_PAGE (self), NULL);

  return self->lines != NULL ? JP_STATEMENT_LINES (self->lines) : NULL;
}
