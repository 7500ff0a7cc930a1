/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-table-private.h"

#include "jp-query-model.h"
#include "jp-sort-probe.h"

/**
 * JpTable:
 *
 * A table of any list model: columns by description, header sorting told instead of done, a
 * selection that follows its rows, keys, context menu and copying. Smooth at 100,000 rows because
 * it never asks for rows that are not seen.
 */
typedef enum {
  SIGNAL_SELECTION_CHANGED,
  SIGNAL_ACTIVATED,
  SIGNAL_SORT_CHANGED,
  SIGNAL_LINK,
} JpTableSignal;

G_DEFINE_FINAL_TYPE (JpTable, jp_table, GTK_TYPE_WIDGET)

static guint signals[SIGNAL_LINK + 1];

static void
column_clear (JpTableColumn *column)
{
  g_clear_pointer (&column->column, jp_column_unref);
  g_clear_object (&column->view_column);
}

static void
tell_selection (JpTable *self)
{
  guint64 n_selected = jp_list_selection_get_n_selected (self->selection);
  g_autoptr (GObject) item = jp_table_ref_selected (self);
  gint64 id = 0;

  if (item != NULL && self->item_id != NULL)
    id = self->item_id (item, self->ids_data);
  if (self->item_id != NULL && id == self->told_id && n_selected == self->told_n)
    return;

  self->told_id = id;
  self->told_n = n_selected;
  g_signal_emit (self, signals[SIGNAL_SELECTION_CHANGED], 0);
}

static void
selection_changed_cb (JpTable *self)
{
  g_assert (JP_IS_TABLE (self));

  tell_selection (self);
}

static void
check_selection_cb (gpointer user_data)
{
  JpTable *self = JP_TABLE (user_data);

  self->check_id = 0;
  tell_selection (self);
}

static gboolean
has_focus (JpTable *self, gboolean seen)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (!seen || gtk_widget_get_mapped (focus)) &&
         gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view));
}

static gboolean
refocus_cb (gpointer user_data)
{
  JpTable   *self = JP_TABLE (user_data);
  GtkWidget *widget = GTK_WIDGET (self);
  GtkRoot   *root = gtk_widget_get_root (widget);

  self->refocus_id = 0;
  if (root == NULL || has_focus (self, TRUE))
    return G_SOURCE_REMOVE;

  /* Without rows there may be no table any more, but something that says so. */
  while (widget != NULL && !(gtk_widget_get_mapped (widget) && gtk_widget_grab_focus (widget)))
    widget = gtk_widget_get_parent (widget);
  return G_SOURCE_REMOVE;
}

/* The row with the focus may go. GTK would give the focus to the next thing that takes it, in the
 * pane of the row that is no more, with the next layout: before that, it goes to the row that is in
 * its place. */
static void
keep_focus (JpTable *self)
{
  if (self->refocus_id == 0 && has_focus (self, FALSE))
    self->refocus_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, refocus_cb, self, NULL);
}

/* A new order takes the rows away and brings them back: look when it is over. */
static void
items_changed_cb (JpTable *self)
{
  g_assert (JP_IS_TABLE (self));

  keep_focus (self);
  if (self->check_id == 0)
    self->check_id = g_idle_add_once (check_selection_cb, self);
}

static void
activate_cb (JpTable *self, guint position)
{
  g_assert (JP_IS_TABLE (self));

  g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  if (item != NULL)
    g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, item);
}

static void
sorter_changed_cb (JpTable *self)
{
  g_assert (JP_IS_TABLE (self));

  gboolean    descending = FALSE;
  const char *id = NULL;

  /* A sorted view that goes takes its order back. */
  if (self->view == NULL)
    return;
  id = jp_sort_probe_ask (gtk_column_view_get_sorter (self->view), &descending);

  if (g_strcmp0 (id, self->sort_id) == 0 && descending == self->descending)
    return;

  g_free (self->sort_id);
  self->sort_id = g_strdup (id);
  self->descending = descending;
  g_signal_emit (self, signals[SIGNAL_SORT_CHANGED], 0, id, descending);
}

static void
link_pressed_cb (JpTable *self, int n_press, double x, double y, GtkGestureClick *gesture)
{
  g_assert (JP_IS_TABLE (self));

  GtkWidget *view = GTK_WIDGET (self->view);
  GtkWidget *widget = gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT);

  if (n_press != 1 || widget == NULL || !gtk_widget_has_css_class (widget, "link-text"))
    return;

  for (guint i = 0; i < self->columns->len; i++)
    {
      JpColumn    *column = g_array_index (self->columns, JpTableColumn, i).column;
      GtkListItem *list_item = jp_column_find_list_item (column, widget);

      if (list_item != NULL)
        g_signal_emit (self, signals[SIGNAL_LINK], 0, gtk_list_item_get_item (list_item),
                       jp_column_get_id (column));
    }
}

static void
jp_table_dispose (GObject *object)
{
  JpTable *self = JP_TABLE (object);

  jp_table_copy_dispose (self);
  jp_table_fit_dispose (self);
  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  self->view = NULL;
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_object (&self->menu_model);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  if (self->selection != NULL)
    jp_list_selection_set_model (self->selection, NULL);
  g_clear_object (&self->selection);
  /* Last: a selection that loses its model asks for a check. */
  g_clear_handle_id (&self->check_id, g_source_remove);
  g_clear_handle_id (&self->refocus_id, g_source_remove);
  g_clear_handle_id (&self->typed_id, g_source_remove);

  G_OBJECT_CLASS (jp_table_parent_class)->dispose (object);
}

static void
jp_table_finalize (GObject *object)
{
  JpTable *self = JP_TABLE (object);

  g_clear_pointer (&self->columns, g_array_unref);
  g_clear_pointer (&self->sort_id, g_free);
  g_string_free (self->typed, TRUE);

  G_OBJECT_CLASS (jp_table_parent_class)->finalize (object);
}

static GtkWidget *
get_list (JpTable *self)
{
  return gtk_widget_get_last_child (GTK_WIDGET (self->view));
}

/* The selected row is the one to go on from, wherever the focus was before. */
static gboolean
jp_table_grab_focus (GtkWidget *widget)
{
  JpTable *self = JP_TABLE (widget);
  guint    position = jp_list_selection_get_single (self->selection);

  for (GtkWidget *row = gtk_widget_get_first_child (get_list (self));
       row != NULL && position != GTK_INVALID_LIST_POSITION;
       row = gtk_widget_get_next_sibling (row))
    {
      if (jp_table_get_row_position (self, row) == position)
        return gtk_widget_grab_focus (row);
    }

  return gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static GtkAdjustment *
get_vadjustment (JpTable *self)
{
  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
}

/* The third frame is laid out as the list will stay. */
static gboolean
shown_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  JpTable *self = JP_TABLE (widget);

  if (++self->n_map_ticks < 3)
    return G_SOURCE_CONTINUE;

  self->map_tick_id = 0;
  if (self->scroller == NULL)
    return G_SOURCE_REMOVE;
  if (self->was_at_top)
    gtk_adjustment_set_value (get_vadjustment (self), 0);
  g_signal_emit_by_name (get_vadjustment (self), "value-changed");
  return G_SOURCE_REMOVE;
}

static void
forget_map (JpTable *self)
{
  if (self->map_tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->map_tick_id);
  self->map_tick_id = 0;
}

/* GTK 4.8 has no widgets for rows that came to the top of a list while it was not seen, and leaves
 * a gap for them until somebody scrolls: let it look where it stands. Whoever saw the newest rows
 * sees the newest rows again. */
static void
jp_table_map (GtkWidget *widget)
{
  JpTable *self = JP_TABLE (widget);

  GTK_WIDGET_CLASS (jp_table_parent_class)->map (widget);
  forget_map (self);
  self->n_map_ticks = 0;
  self->map_tick_id = gtk_widget_add_tick_callback (widget, shown_tick_cb, NULL, NULL);
}

static void
jp_table_unmap (GtkWidget *widget)
{
  JpTable *self = JP_TABLE (widget);

  forget_map (self);
  if (self->scroller != NULL)
    self->was_at_top = gtk_adjustment_get_value (get_vadjustment (self)) < 1;
  GTK_WIDGET_CLASS (jp_table_parent_class)->unmap (widget);
}

static void
jp_table_class_init (JpTableClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = jp_table_dispose;
  object_class->finalize = jp_table_finalize;
  widget_class->grab_focus = jp_table_grab_focus;
  widget_class->map = jp_table_map;
  widget_class->unmap = jp_table_unmap;

  /**
   * JpTable::selection-changed:
   *
   * Other rows are selected than before; not emitted for the same rows in another place.
   */
  signals[SIGNAL_SELECTION_CHANGED] =
    g_signal_new ("selection-changed", JP_TYPE_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
  /**
   * JpTable::activated:
   * @item: the item
   *
   * Enter or a double click on a row.
   */
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", JP_TYPE_TABLE, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 1, G_TYPE_OBJECT);
  /**
   * JpTable::sort-changed:
   * @column_id: (nullable): by which column, %NULL for the list's own order
   * @descending: from large to small
   *
   * The rows are wanted in another order. The table does not sort: the model does.
   */
  signals[SIGNAL_SORT_CHANGED] =
    g_signal_new ("sort-changed", JP_TYPE_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  /**
   * JpTable::link:
   * @item: the item
   * @column_id: the column
   *
   * A click on a cell that leads somewhere.
   */
  signals[SIGNAL_LINK] = g_signal_new ("link", JP_TYPE_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 2, G_TYPE_OBJECT, G_TYPE_STRING);

  jp_table_menu_class_init (widget_class);
  jp_table_copy_class_init (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "table");
}

static void
create_view (JpTable *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->view =
    GTK_COLUMN_VIEW (gtk_column_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection))));
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_column_view_set_reorderable (self->view, TRUE);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (activate_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (sorter_changed_cb), self, G_CONNECT_SWAPPED);

  g_signal_connect_object (click, "pressed", G_CALLBACK (link_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (click));

  self->scroller = gtk_scrolled_window_new ();
  gtk_widget_set_hexpand (self->scroller, TRUE);
  gtk_widget_set_vexpand (self->scroller, TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->view));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

static void
jp_table_init (JpTable *self)
{
  self->columns = g_array_new (FALSE, TRUE, sizeof (JpTableColumn));
  g_array_set_clear_func (self->columns, (GDestroyNotify)column_clear);
  self->typed = g_string_new (NULL);

  self->selection = jp_list_selection_new ();
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);

  create_view (self);
  jp_table_fit_init (self);
  jp_table_menu_init (self);
  jp_table_keys_init (self);
}

/**
 * jp_table_new:
 *
 * Returns: (transfer floating): a new table without columns and rows
 */
GtkWidget *
jp_table_new (void)
{
  return g_object_new (JP_TYPE_TABLE, NULL);
}

/* GTK 4.8 sets all titles at the start; numbers want theirs above them. */
static void
align_titles (JpTable *self)
{
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (self->view));
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;

  for (guint i = 0; i < self->columns->len && title != NULL; i++)
    {
      JpTableColumn *column = &g_array_index (self->columns, JpTableColumn, i);
      GtkWidget     *box = gtk_widget_get_first_child (title);

      if (box != NULL && jp_column_is_numeric (column->column))
        gtk_widget_set_halign (box, GTK_ALIGN_END);
      title = gtk_widget_get_next_sibling (title);
    }
}

/**
 * jp_table_set_columns:
 * @self: a table
 * @columns: (array length=n_columns): in order; the first is the thing's name
 * @n_columns: how many
 * @user_data: (transfer none): handed to the bind functions; must outlive the table
 *
 * Changes the columns.
 */
void
jp_table_set_columns (JpTable            *self,
                      const JpColumnSpec *columns,
                      guint               n_columns,
                      gpointer            user_data)
{
  g_return_if_fail (JP_IS_TABLE (self));
  g_return_if_fail (columns != NULL && n_columns > 0);

  for (guint i = 0; i < self->columns->len; i++)
    gtk_column_view_remove_column (self->view,
                                   g_array_index (self->columns, JpTableColumn, i).view_column);
  g_array_set_size (self->columns, 0);

  for (guint i = 0; i < n_columns; i++)
    {
      JpTableColumn column = { jp_column_new (&columns[i], user_data), NULL, 0 };
      g_autoptr (GtkSorter) sorter = NULL;

      if (columns[i].sortable)
        sorter = jp_sort_probe_new (columns[i].id);
      column.view_column = jp_column_create_view_column (column.column, sorter);
      gtk_column_view_append_column (self->view, column.view_column);
      g_array_append_val (self->columns, column);
    }

  align_titles (self);
}

/**
 * jp_table_set_ids:
 * @self: a table
 * @item_id: tells the id of an item
 * @find: (nullable): finds an id without making items
 * @user_data: (transfer none): handed to both; must outlive the table
 *
 * Lets the selection follow its rows by id.
 */
void
jp_table_set_ids (JpTable *self, JpItemId item_id, JpItemFind find, gpointer user_data)
{
  g_return_if_fail (JP_IS_TABLE (self));
  g_return_if_fail (item_id != NULL);

  self->item_id = item_id;
  self->ids_data = user_data;
  jp_list_selection_set_ids (self->selection, item_id, find, user_data);
}

/* Now, while the widgets of the old rows are there to be used again. */
static void
reordered_cb (JpTable *self)
{
  g_assert (JP_IS_TABLE (self));

  jp_table_scroll_to (self, 0);
}

/**
 * jp_table_set_model:
 * @self: a table
 * @model: (nullable) (transfer none): the rows
 *
 * Changes the rows.
 */
void
jp_table_set_model (JpTable *self, GListModel *model)
{
  g_return_if_fail (JP_IS_TABLE (self));

  GListModel *before = jp_list_selection_get_model (self->selection);

  if (JP_IS_QUERY_MODEL (before))
    g_signal_handlers_disconnect_by_func (before, reordered_cb, self);
  jp_list_selection_set_model (self->selection, model);
  if (JP_IS_QUERY_MODEL (model))
    g_signal_connect_object (model, "reordered", G_CALLBACK (reordered_cb), self,
                             G_CONNECT_SWAPPED);
}

/**
 * jp_table_get_model:
 * @self: a table
 *
 * Returns: (transfer none) (nullable): the rows
 */
GListModel *
jp_table_get_model (JpTable *self)
{
  g_return_val_if_fail (JP_IS_TABLE (self), NULL);

  return jp_list_selection_get_model (self->selection);
}

/**
 * jp_table_get_selection:
 * @self: a table
 *
 * Returns: (transfer none): which rows are selected
 */
JpListSelection *
jp_table_get_selection (JpTable *self)
{
  g_return_val_if_fail (JP_IS_TABLE (self), NULL);

  return self->selection;
}

/**
 * jp_table_get_view:
 * @self: a table
 *
 * Returns: (transfer none): the column view, e.g. to give it a label for the screen reader
 */
GtkColumnView *
jp_table_get_view (JpTable *self)
{
  g_return_val_if_fail (JP_IS_TABLE (self), NULL);

  return self->view;
}

/**
 * jp_table_ref_selected:
 * @self: a table
 *
 * Returns: (transfer full) (nullable) (type GObject): the only selected item, %NULL if none or
 *   several are selected
 */
gpointer
jp_table_ref_selected (JpTable *self)
{
  g_return_val_if_fail (JP_IS_TABLE (self), NULL);

  guint position = jp_list_selection_get_single (self->selection);

  return position != GTK_INVALID_LIST_POSITION
           ? g_list_model_get_item (G_LIST_MODEL (self->selection), position)
           : NULL;
}

/**
 * jp_table_select_id:
 * @self: a table whose ids are set
 * @id: the id of a row; 0 selects none
 *
 * Selects one row and scrolls to it.
 *
 * Returns: %FALSE if it is not there
 */
gboolean
jp_table_select_id (JpTable *self, gint64 id)
{
  g_return_val_if_fail (JP_IS_TABLE (self), FALSE);

  if (id == 0)
    return gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));

  guint position = jp_list_selection_find (self->selection, id);
  if (position == GTK_INVALID_LIST_POSITION)
    return FALSE;

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  jp_table_scroll_to (self, position);
  return TRUE;
}

/**
 * jp_table_get_row_position:
 * @self: a table
 * @row: a row widget of the inner list
 *
 * Returns: the position of the item @row shows, or %GTK_INVALID_LIST_POSITION
 */
guint
jp_table_get_row_position (JpTable *self, GtkWidget *row)
{
  g_return_val_if_fail (JP_IS_TABLE (self), GTK_INVALID_LIST_POSITION);
  g_return_val_if_fail (GTK_IS_WIDGET (row), GTK_INVALID_LIST_POSITION);

  if (self->columns->len == 0)
    return GTK_INVALID_LIST_POSITION;

  JpColumn *first = g_array_index (self->columns, JpTableColumn, 0).column;

  /* A row's children are GTK's cells, and their children are ours. Columns may have been moved. */
  for (GtkWidget *cell = gtk_widget_get_first_child (row); cell != NULL;
       cell = gtk_widget_get_next_sibling (cell))
    {
      GtkWidget   *ours = gtk_widget_get_first_child (cell);
      GtkListItem *list_item = ours != NULL ? jp_column_find_list_item (first, ours) : NULL;

      if (list_item != NULL)
        return gtk_list_item_get_position (list_item);
    }

  return GTK_INVALID_LIST_POSITION;
}

/**
 * jp_table_scroll_to:
 * @self: a table
 * @position: of a row
 *
 * Brings a row into view. GTK has a function for it since 4.12; until then, the action of the inner
 * list.
 */
void
jp_table_scroll_to (JpTable *self, guint position)
{
  g_return_if_fail (JP_IS_TABLE (self));

  forget_map (self);
  gtk_widget_activate_action (get_list (self), "list.scroll-to-item", "u", position);
}

/**
 * jp_table_sort_by:
 * @self: a table
 * @column_id: (nullable): the id of a sortable column; %NULL for the list's own order
 * @descending: from large to small
 *
 * Sets the order as a click on a title does: [signal@Jp.Table::sort-changed] follows.
 */
void
jp_table_sort_by (JpTable *self, const char *column_id, gboolean descending)
{
  g_return_if_fail (JP_IS_TABLE (self));

  GtkSortType direction = descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING;

  if (column_id == NULL)
    {
      gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
      return;
    }

  for (guint i = 0; i < self->columns->len; i++)
    {
      JpTableColumn *column = &g_array_index (self->columns, JpTableColumn, i);

      if (g_str_equal (jp_column_get_id (column->column), column_id))
        gtk_column_view_sort_by_column (self->view, column->view_column, direction);
    }
}
