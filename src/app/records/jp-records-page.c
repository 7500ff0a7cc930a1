/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-records-page.h"

#include "jp-conflict-notice.h"
#include "jp-place.h"
#include "jp-query-model.h"
#include "jp-record-detail.h"
#include "jp-record-form.h"
#include "jp-records-counts.h"
#include "jp-import.h"
#include "jp-print.h"
#include "jp-records-export.h"
#include "jp-records-import.h"
#include "jp-records-print.h"

#include <glib/gi18n-lib.h>

#define ALL_VIEW   "all"
#define TRASH_VIEW "trash"

struct _JpRecordsPage
{
  GtkWidget parent_instance;

  JpListPage *list;   /* child */
  GtkWidget  *detail; /* (borrowed): a JpDetail inside the list page */
  GtkWidget  *notice; /* (borrowed): above it */

  JpOffice            *office;    /* (owned) */
  const JpRecordsSpec *spec;      /* (borrowed): static */
  JpQueryModel        *model;     /* (owned) */
  JpRecordsCounts     *counts;    /* (owned): numbers of the saved views */
  GSimpleActionGroup  *actions;   /* (owned): of the spec */
  JpRow               *shown;     /* (owned) (nullable): the line in the pane */
  char                *wanted_id; /* (owned) (nullable): record to select when it is there */
  JpFieldId            order;
  gboolean             descending;
  gboolean             counting; /* the views have their numbers, or will */
};

static void jp_records_page_page_init (JpPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JpRecordsPage,
                               jp_records_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (JP_TYPE_PAGE, jp_records_page_page_init))

/* Columns. */

static void
bind_column (gpointer item, JpCell *cell, gpointer user_data)
{
  const JpRecordsColumn *column = user_data;
  JpRow                 *row = JP_ROW (item);
  JpRecord              *record = jp_row_get_record (row);

  if (record == NULL)
    return;
  cell->pending = jp_record_get_head (record)->pending != 0;
  if (column->bind != NULL)
    {
      column->bind (row, cell);
      return;
    }

  const JpField *field = jp_field_get (column->field);

  if (column->kind == JP_COLUMN_MONEY)
    {
      if (jp_record_has (record, column->field))
        jp_cell_set_money (cell, jp_record_get_integer (record, column->field));
    }
  else if (field->type == JP_FIELD_CODE && column->kind == JP_COLUMN_PILL)
    {
      const JpCode *code =
        jp_code_lookup (field->codes, jp_record_get_text (record, column->field));

      if (code != NULL)
        jp_cell_set_pill (cell, jp_code_get_label (code), code->tint);
    }
  else
    jp_cell_take_text (cell, jp_row_dup_display (row, column->field));
}

static const char *
get_column_title (const JpRecordsColumn *column)
{
  if (column->title != NULL)
    return g_dpgettext2 (GETTEXT_PACKAGE, "column", column->title);
  return jp_field_get_label (jp_field_get (column->field));
}

static void
add_columns (JpRecordsPage *self)
{
  g_autofree JpColumnSpec *columns = g_new0 (JpColumnSpec, self->spec->n_columns);

  for (guint i = 0; i < self->spec->n_columns; i++)
    {
      const JpRecordsColumn *column = &self->spec->columns[i];

      columns[i].id = column->id;
      columns[i].title = get_column_title (column);
      columns[i].width_chars = column->width_chars;
      columns[i].kind = column->kind;
      columns[i].sortable = column->field != 0;
      columns[i].expand = column->expand || column->kind == JP_COLUMN_TEXT;
      columns[i].give_way = column->give_way;
      columns[i].bind = bind_column;
      columns[i].bind_data = column;
    }

  jp_table_set_columns (jp_list_page_get_table (self->list), columns, self->spec->n_columns, NULL);
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

static const JpRecordsView *
find_view (JpRecordsPage *self, const char *name)
{
  for (guint i = 0; i < self->spec->n_views; i++)
    if (g_strcmp0 (self->spec->views[i].name, name) == 0)
      return &self->spec->views[i];

  return NULL;
}

static JpQuery *
new_view_query (JpRecordsPage *self, const char *name)
{
  JpQuery             *query = jp_query_new (self->spec->kind);
  const JpRecordsView *view = find_view (self, name);

  if (g_strcmp0 (name, TRASH_VIEW) == 0)
    jp_query_set_rows (query, JP_QUERY_TRASH);
  if (view == NULL)
    return query;

  jp_query_set_rows (query, view->rows);
  if (view->field != 0)
    jp_query_where_text (query, view->field, JP_QUERY_EQUAL, view->is);
  if (view->narrow != NULL)
    view->narrow (query, jp_store_today (jp_office_get_store (self->office)));
  return query;
}

static const char *
get_view_name (JpRecordsPage *self)
{
  return jp_view_bar_get_selected (jp_list_page_get_view_bar (self->list));
}

static void
ask (JpRecordsPage *self)
{
  g_autoptr (JpQuery) query = new_view_query (self, get_view_name (self));

  jp_query_set_search (query, jp_list_page_get_search (self->list));
  jp_query_set_order (query, self->order, self->descending);
  jp_query_model_set_query (self->model, query);
}

static void
filter_changed_cb (JpRecordsPage *self)
{
  ask (self);
  jp_page_commands_changed (JP_PAGE (self));
}

static void
sort_changed_cb (JpRecordsPage *self, const char *column_id, gboolean descending)
{
  self->order = self->spec->order;
  self->descending = self->spec->descending;
  for (guint i = 0; i < self->spec->n_columns; i++)
    if (g_strcmp0 (self->spec->columns[i].id, column_id) == 0)
      {
        self->order = self->spec->columns[i].field;
        self->descending = descending;
      }

  ask (self);
}

static void
select_wanted (JpRecordsPage *self)
{
  gint64 rid = 0;

  if (self->wanted_id == NULL)
    return;
  rid = jp_records_counts_get_found_rid (self->counts, self->wanted_id);
  if (rid != 0 && jp_table_select_id (jp_list_page_get_table (self->list), rid))
    {
      g_clear_pointer (&self->wanted_id, g_free);
      jp_list_page_set_pane_open (self->list, TRUE);
    }
}

static void
count_view (JpRecordsPage *self, const char *name)
{
  g_autoptr (JpQuery) query = new_view_query (self, name);

  jp_records_counts_add (self->counts, name, query);
}

/* Not before the first rows are there: they would wait for the numbers. */
static void
count_views (JpRecordsPage *self)
{
  if (self->counting)
    return;

  self->counting = TRUE;
  for (guint i = 0; i < self->spec->n_views; i++)
    count_view (self, self->spec->views[i].name);
  if (self->spec->can_delete)
    count_view (self, TRASH_VIEW);
}

static void
model_changed_cb (JpRecordsPage *self)
{
  JpStates *states = jp_list_page_get_states (self->list);

  switch (jp_query_model_get_state (self->model))
    {
    case JP_QUERY_MODEL_LOADING:
      return;
    case JP_QUERY_MODEL_FAILED:
      {
        g_autofree char *sentence =
          jp_office_dup_error_sentence (jp_query_model_get_error (self->model));

        jp_states_set_error_text (states, _ ("The list could not be read"), sentence);
        jp_states_set_state (states, JP_STATE_ERROR);
        return;
      }
    case JP_QUERY_MODEL_READY:
    default:
      jp_list_page_set_n_rows (self->list, g_list_model_get_n_items (G_LIST_MODEL (self->model)));
      select_wanted (self);
      count_views (self);
    }
}

/* The first lines are there: the others come while they are being read. */
static void
reordered_cb (JpRecordsPage *self)
{
  jp_states_set_state (jp_list_page_get_states (self->list), JP_STATE_CONTENT);
}

static void
retry_cb (JpRecordsPage *self)
{
  ask (self);
}

/* The pane. */

/* Where only some can be edited, the button stands in the pane of those. */
static gboolean
has_edit_button (const JpRecordsSpec *spec)
{
  return spec->can_edit && spec->may_edit == NULL;
}

static void
show_row (JpRecordsPage *self, JpRow *row)
{
  JpRecord *record = row != NULL ? jp_row_get_record (row) : NULL;

  jp_detail_set_row (JP_DETAIL (self->detail), row);
  jp_conflict_notice_set_record (JP_CONFLICT_NOTICE (self->notice), record);
  /* Where the head has buttons, the pane begins with its own title. */
  if (record != NULL && !has_edit_button (self->spec))
    jp_list_page_set_detail_title (self->list, jp_kind_get_label (self->spec->kind), NULL);
}

static void update_actions (JpRecordsPage *self);

static void
commands_changed (JpRecordsPage *self)
{
  update_actions (self);
  jp_page_commands_changed (JP_PAGE (self));
}

static void
row_filled_cb (JpRow *row, GParamSpec *pspec, JpRecordsPage *self)
{
  show_row (self, row);
  commands_changed (self);
}

static void
selection_changed_cb (JpRecordsPage *self)
{
  JpTable *table = jp_list_page_get_table (self->list);
  g_autoptr (JpRow) row = jp_table_ref_selected (table);

  if (self->shown != NULL)
    g_signal_handlers_disconnect_by_func (self->shown, row_filled_cb, self);
  g_set_object (&self->shown, row);
  if (row != NULL)
    g_signal_connect_object (row, "notify::record", G_CALLBACK (row_filled_cb), self, 0);

  show_row (self, row);
  commands_changed (self);
}

static void
activated_cb (JpRecordsPage *self, JpRow *row)
{
  jp_list_page_set_pane_open (self->list, TRUE);
}

/* The window's commands. */

static char *
dup_title (JpPage *page)
{
  JpRecordsPage *self = JP_RECORDS_PAGE (page);

  return g_strdup (jp_page_header_get_title (jp_list_page_get_header (self->list)));
}

static gboolean
shows_trash (JpRecordsPage *self)
{
  return g_strcmp0 (get_view_name (self), TRASH_VIEW) == 0;
}

static gboolean
has_several (JpRecordsPage *self)
{
  JpTable *table = jp_list_page_get_table (self->list);

  return jp_list_selection_get_n_selected (jp_table_get_selection (table)) > 1;
}

static gboolean
may_edit (JpRecordsPage *self, JpRecord *record)
{
  return self->spec->can_edit && !shows_trash (self) &&
         (self->spec->may_edit == NULL || self->spec->may_edit (record));
}

static JpCommands
get_commands (JpPage *page)
{
  JpRecordsPage *self = JP_RECORDS_PAGE (page);
  JpRecord      *record = self->shown != NULL ? jp_row_get_record (self->shown) : NULL;
  JpCommands     commands = JP_COMMAND_SEARCH | JP_COMMAND_EXPORT;

  if (self->spec->primary != NULL)
    commands |= JP_COMMAND_NEW;
  if (self->spec->primary != NULL && jp_import_may (self->spec->kind))
    commands |= JP_COMMAND_IMPORT;
  if (jp_office_can_undo (self->office))
    commands |= JP_COMMAND_UNDO;
  if (record != NULL && may_edit (self, record))
    commands |= JP_COMMAND_EDIT;
  if (self->spec->can_delete && (record != NULL || has_several (self)))
    commands |= JP_COMMAND_DELETE;
  if (jp_print_may (self->spec->kind) && !shows_trash (self) &&
      (record != NULL || !jp_print_needs_row (self->spec->kind)))
    commands |= JP_COMMAND_PRINT;
  return commands;
}

static void
edit (JpRecordsPage *self)
{
  JpRecord *record = jp_row_get_record (self->shown);

  if (self->spec->edit != NULL)
    self->spec->edit (self->office, record);
  else
    jp_record_form_edit (self->office, record);
}

static void
make_new (JpRecordsPage *self)
{
  if (self->spec->make_new != NULL)
    self->spec->make_new (self->office);
  else
    jp_record_form_new_record (self->office, self->spec->kind);
}

/* One more than can be moved at once says that there are too many. */
static GArray *
list_selected (JpRecordsPage *self)
{
  JpTable *table = jp_list_page_get_table (self->list);
  GArray  *rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GtkBitset) selected =
    gtk_selection_model_get_selection (GTK_SELECTION_MODEL (jp_table_get_selection (table)));
  GtkBitsetIter iter;
  guint         position = 0;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position);
       more && rids->len <= JP_CHANGE_MAX_ROWS; more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (JpRow) row = g_list_model_get_item (jp_table_get_model (table), position);
      gint64 rid = jp_row_get_rid (row);

      g_array_append_val (rids, rid);
    }
  return rids;
}

static void
delete_or_restore (JpRecordsPage *self)
{
  g_autoptr (GArray) rids = list_selected (self);
  JpRecord *record = self->shown != NULL ? jp_row_get_record (self->shown) : NULL;

  if (shows_trash (self))
    jp_office_restore (self->office, self->spec->kind, rids);
  else
    jp_office_delete (self->office, self->spec->kind, rids,
                      record != NULL ? jp_record_get_title (record) : NULL);
}

static void
perform (JpPage *page, JpCommands command)
{
  JpRecordsPage *self = JP_RECORDS_PAGE (page);

  /* A key may arrive after the row it was meant for has gone and before the actions know. */
  if ((get_commands (page) & command) == 0)
    return;

  switch (command)
    {
    case JP_COMMAND_NEW:
      make_new (self);
      break;
    case JP_COMMAND_EDIT:
      edit (self);
      break;
    case JP_COMMAND_UNDO:
      jp_office_undo (self->office);
      break;
    case JP_COMMAND_DELETE:
      delete_or_restore (self);
      break;
    case JP_COMMAND_EXPORT:
      jp_records_export (self->office, jp_query_model_get_query (self->model));
      break;
    case JP_COMMAND_IMPORT:
      jp_records_import (self->office, self->spec->kind);
      break;
    case JP_COMMAND_SEARCH:
      jp_list_page_focus_search (self->list);
      break;
    case JP_COMMAND_PRINT:
      jp_records_print (self->office, self->spec->kind,
                        self->shown != NULL ? jp_row_get_record (self->shown) : NULL);
      break;
    case JP_COMMAND_NONE:
    case JP_COMMAND_SAVE:
    default:
      break;
    }
}

static void
set_filter (JpPage *page, const char *view_name)
{
  JpRecordsPage *self = JP_RECORDS_PAGE (page);

  jp_list_page_set_search (self->list, "");
  jp_view_bar_set_selected (jp_list_page_get_view_bar (self->list), view_name);
}

static void
found_cb (JpRecordsPage *self)
{
  select_wanted (self);
}

static void
show_item (JpPage *page, const char *item_id)
{
  JpRecordsPage *self = JP_RECORDS_PAGE (page);

  g_free (self->wanted_id);
  self->wanted_id = g_strdup (item_id);
  jp_list_page_set_search (self->list, "");
  if (find_view (self, ALL_VIEW) != NULL)
    jp_view_bar_set_selected (jp_list_page_get_view_bar (self->list), ALL_VIEW);
  jp_records_counts_find (self->counts, self->spec->kind, item_id);
}

static void
focus_search (JpPage *page)
{
  jp_list_page_focus_search (JP_RECORDS_PAGE (page)->list);
}

/* Not the first row where a certain one is on its way. */
static void
enter (JpPage *page)
{
  JpRecordsPage *self = JP_RECORDS_PAGE (page);

  if (self->wanted_id == NULL)
    jp_list_page_enter (self->list);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
jp_records_page_page_init (JpPageInterface *iface)
{
  iface->dup_title = dup_title;
  iface->get_commands = get_commands;
  iface->perform = perform;
  iface->set_filter = set_filter;
  iface->show_item = show_item;
  iface->focus_search = focus_search;
  iface->enter = enter;
}

/* Class. */

static void
jp_records_page_dispose (GObject *object)
{
  JpRecordsPage *self = JP_RECORDS_PAGE (object);

  if (self->list != NULL)
    jp_table_set_model (jp_list_page_get_table (self->list), NULL);
  g_clear_object (&self->shown);
  g_clear_object (&self->actions);
  g_clear_object (&self->counts);
  g_clear_object (&self->model);
  g_clear_object (&self->office);
  g_clear_pointer ((GtkWidget **)&self->list, gtk_widget_unparent);
  G_OBJECT_CLASS (jp_records_page_parent_class)->dispose (object);
}

static void
jp_records_page_finalize (GObject *object)
{
  g_free (JP_RECORDS_PAGE (object)->wanted_id);
  G_OBJECT_CLASS (jp_records_page_parent_class)->finalize (object);
}

static void
jp_records_page_class_init (JpRecordsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jp_records_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = jp_records_page_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
jp_records_page_init (JpRecordsPage *self)
{
  self->list = JP_LIST_PAGE (jp_list_page_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
}

static void
add_views (JpRecordsPage *self)
{
  JpViewBar *bar = jp_list_page_get_view_bar (self->list);

  for (guint i = 0; i < self->spec->n_views; i++)
    jp_view_bar_add (bar, self->spec->views[i].name,
                     g_dpgettext2 (GETTEXT_PACKAGE, "view", self->spec->views[i].title));
  if (self->spec->can_delete)
    jp_view_bar_add (bar, TRASH_VIEW, C_ ("view", "Trash"));
}

static void
connect_list (JpRecordsPage *self)
{
  JpTable *table = jp_list_page_get_table (self->list);

  g_signal_connect_object (self->list, "filter-changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (table, "sort-changed", G_CALLBACK (sort_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (table, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (table, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::state", G_CALLBACK (model_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::n-items", G_CALLBACK (model_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "reordered", G_CALLBACK (reordered_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->counts, "found", G_CALLBACK (found_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->office, "undo-changed", G_CALLBACK (jp_page_commands_changed),
                           self, G_CONNECT_SWAPPED);
}

static void
action_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  JpRecordsPage *self = user_data;
  JpRecord      *record = self->shown != NULL ? jp_row_get_record (self->shown) : NULL;
  const char    *name = g_action_get_name (G_ACTION (action));

  for (guint i = 0; record != NULL && i < self->spec->n_actions; i++)
    if (strcmp (self->spec->actions[i].name, name) == 0)
      self->spec->actions[i].run (self->office, record);
}

static void
update_actions (JpRecordsPage *self)
{
  gboolean enabled =
    self->shown != NULL && jp_row_get_record (self->shown) != NULL && !shows_trash (self);

  for (guint i = 0; i < self->spec->n_actions; i++)
    {
      GAction *action =
        g_action_map_lookup_action (G_ACTION_MAP (self->actions), self->spec->actions[i].name);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
    }
}

static void
add_actions (JpRecordsPage *self)
{
  self->actions = g_simple_action_group_new ();
  for (guint i = 0; i < self->spec->n_actions; i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (self->spec->actions[i].name, NULL);

      g_signal_connect_object (action, "activate", G_CALLBACK (action_cb), self, 0);
      g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), jp_kind_get_info (self->spec->kind)->name,
                                  G_ACTION_GROUP (self->actions));
  update_actions (self);
}

static GMenuModel *
new_context_menu (JpRecordsPage *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) more = g_menu_new ();

  if (self->spec->can_edit)
    g_menu_append (menu, _ ("Edit"), "win.edit");
  g_menu_append (menu, _ ("Copy"), "table.copy");
  for (guint i = 0; i < self->spec->n_actions; i++)
    {
      const JpRecordsAction *action = &self->spec->actions[i];
      g_autofree char       *name =
        g_strconcat (jp_kind_get_info (self->spec->kind)->name, ".", action->name, NULL);

      g_menu_append (more, g_dpgettext2 (GETTEXT_PACKAGE, "button", action->title), name);
    }
  if (self->spec->n_actions > 0)
    g_menu_append_section (menu, NULL, G_MENU_MODEL (more));
  if (self->spec->can_delete)
    g_menu_append (menu, _ ("Put into or out of the Trash"), "win.delete");
  return G_MENU_MODEL (menu);
}

/**
 * jp_records_page_new:
 * @office: the office
 * @spec: what to show; static
 *
 * Returns: (transfer floating): a page
 */
GtkWidget *
jp_records_page_new (JpOffice *office, const JpRecordsSpec *spec)
{
  g_return_val_if_fail (JP_IS_OFFICE (office), NULL);
  g_return_val_if_fail (spec != NULL, NULL);

  JpRecordsPage *self = g_object_new (JP_TYPE_RECORDS_PAGE, NULL);
  JpTable       *table = jp_list_page_get_table (self->list);
  g_autoptr (GMenuModel) menu = NULL;
  GtkWidget *button = NULL;

  self->office = g_object_ref (office);
  self->spec = spec;
  self->order = spec->order;
  self->descending = spec->descending;
  self->model = jp_query_model_new (jp_office_get_store (office));
  self->counts =
    jp_records_counts_new (jp_office_get_store (office), jp_list_page_get_view_bar (self->list));

  jp_page_header_set_title (jp_list_page_get_header (self->list),
                            jp_place_get_title (jp_place_find (spec->place)));
  jp_list_page_set_empty_text (self->list, spec->empty_icon, _ (spec->empty_title),
                               _ (spec->empty_text));
  if (spec->primary != NULL)
    jp_list_page_set_primary (self->list, g_dpgettext2 (GETTEXT_PACKAGE, "button", spec->primary));
  self->detail =
    spec->new_detail != NULL ? spec->new_detail (office) : jp_record_detail_new (office);
  jp_list_page_set_detail (self->list, self->detail);
  self->notice = jp_conflict_notice_new (office);
  jp_list_page_set_detail_notice (self->list, self->notice);
  if (has_edit_button (spec))
    {
      button = gtk_button_new_with_label (_ ("Edit"));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.edit");
      jp_list_page_add_detail_button (self->list, button);
    }
  button = jp_detail_get_button (JP_DETAIL (self->detail));
  if (button != NULL)
    jp_list_page_add_detail_button (self->list, button);

  add_actions (self);
  add_columns (self);
  jp_table_set_ids (table, get_item_id, find_item, NULL);
  menu = new_context_menu (self);
  jp_table_set_context_menu (table, menu);
  connect_list (self);
  add_views (self);
  jp_table_set_model (table, G_LIST_MODEL (self->model));
  jp_states_set_state (jp_list_page_get_states (self->list), JP_STATE_LOADING);
  ask (self);
  return GTK_WIDGET (self);
}

typedef struct
{
  JpOffice            *office; /* (owned) */
  const JpRecordsSpec *spec;   /* (borrowed): static */
} Registration;

static GtkWidget *
create_page (gpointer user_data)
{
  Registration *registration = user_data;

  return jp_records_page_new (registration->office, registration->spec);
}

static void
registration_free (gpointer data)
{
  Registration *registration = data;

  g_object_unref (registration->office);
  g_free (registration);
}

/**
 * jp_records_page_register:
 * @registry: the pages of the window
 * @office: the office
 * @spec: what to show; static
 *
 * Makes the page known; it is created on the first visit.
 */
void
jp_records_page_register (JpPageRegistry *registry, JpOffice *office, const JpRecordsSpec *spec)
{
  g_return_if_fail (JP_IS_PAGE_REGISTRY (registry));
  g_return_if_fail (JP_IS_OFFICE (office));
  g_return_if_fail (spec != NULL);

  Registration *registration = g_new0 (Registration, 1);

  registration->office = g_object_ref (office);
  registration->spec = spec;
  jp_page_registry_add (registry, spec->place, create_page, registration, registration_free);
}

/**
 * jp_records_page_get_list:
 * @self: a page
 *
 * Returns: (transfer none): its list
 */
JpListPage *
jp_records_page_get_list (JpRecordsPage *self)
{
  g_return_val_if_fail (JP_IS_RECORDS_PAGE (self), NULL);

  return self->list;
}

/**
 * jp_records_page_get_spec:
 * @self: a page
 *
 * Returns: (transfer none): what it shows
 */
const JpRecordsSpec *
jp_records_page_get_spec (JpRecordsPage *self)
{
  g_return_val_if_fail (JP_IS_RECORDS_PAGE (self), NULL);

  return self->spec;
}

/**
 * jp_records_page_ref_selected:
 * @self: a page
 *
 * Returns: (transfer full) (nullable): the selected line, if exactly one is
 */
JpRow *
jp_records_page_ref_selected (JpRecordsPage *self)
{
  g_return_val_if_fail (JP_IS_RECORDS_PAGE (self), NULL);

  return self->shown != NULL ? g_object_ref (self->shown) : NULL;
}
