/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-column.h"

#include "jp-line.h"
#include "jp-pill.h"

#define MIN_TEXT_CHARS 6 /* three Han characters: most names */

/* A column and the cells GTK has made for it. */
struct _JpColumn
{
  JpColumnSpec spec;      /* its strings are id and title below */
  char        *id;        /* (owned) */
  char        *title;     /* (owned) */
  gpointer     user_data; /* (borrowed): for the bind function */
  GHashTable  *cells;     /* (owned) (element-type GtkWidget Cell): by the child of the list item */
};

typedef struct
{
  JpColumn    *column;    /* (borrowed): owns this */
  GtkListItem *list_item; /* (borrowed): outlives this */
  gpointer     item;      /* (owned) (nullable): the item shown */
  gulong       notify_id; /* (handler) of the item */
  char        *tooltip;   /* (owned) (nullable) */
} Cell;

static void item_changed_cb (Cell *cell);

/* A handler by hand: scrolling binds thousands of cells, and a GSignalGroup for each of them took a
 * tenth of the time. */
static void
cell_watch (Cell *cell, gpointer item)
{
  if (cell->item != NULL)
    g_clear_signal_handler (&cell->notify_id, cell->item);
  g_set_object (&cell->item, item);
  if (item != NULL)
    cell->notify_id = g_signal_connect_swapped (item, "notify", G_CALLBACK (item_changed_cb), cell);
}

static void
cell_free (Cell *cell)
{
  cell_watch (cell, NULL);
  g_free (cell->tooltip);
  g_free (cell);
}

static void
column_clear (JpColumn *self)
{
  g_free (self->id);
  g_free (self->title);
  g_hash_table_unref (self->cells);
}

/**
 * jp_column_new:
 * @spec: what it shows
 * @user_data: (transfer none): handed to the bind function; must outlive the column
 *
 * Returns: (transfer full): a new column
 */
JpColumn *
jp_column_new (const JpColumnSpec *spec, gpointer user_data)
{
  g_return_val_if_fail (spec != NULL, NULL);
  g_return_val_if_fail (spec->id != NULL && spec->title != NULL, NULL);
  g_return_val_if_fail (spec->bind != NULL, NULL);

  JpColumn *self = g_rc_box_new0 (JpColumn);

  self->id = g_strdup (spec->id);
  self->title = g_strdup (spec->title);
  self->spec = *spec;
  self->spec.id = self->id;
  self->spec.title = self->title;
  self->user_data = user_data;
  self->cells = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)cell_free);
  return self;
}

/**
 * jp_column_ref:
 * @self: a column
 *
 * Returns: (transfer full): @self
 */
JpColumn *
jp_column_ref (JpColumn *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

/**
 * jp_column_unref:
 * @self: (nullable): a column
 *
 * Drops a reference.
 */
void
jp_column_unref (JpColumn *self)
{
  if (self != NULL)
    g_rc_box_release_full (self, (GDestroyNotify)column_clear);
}

/**
 * jp_column_get_id:
 * @self: a column
 *
 * Returns: (transfer none): its id
 */
const char *
jp_column_get_id (JpColumn *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

/**
 * jp_column_get_kind:
 * @self: a column
 *
 * Returns: how it shows its cells
 */
JpColumnKind
jp_column_get_kind (JpColumn *self)
{
  g_return_val_if_fail (self != NULL, JP_COLUMN_TEXT);

  return self->spec.kind;
}

/**
 * jp_column_get_give_way:
 * @self: a column
 *
 * Returns: when it leaves a table that is too narrow: 1 first, 0 never
 */
guint
jp_column_get_give_way (JpColumn *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->spec.give_way;
}

/**
 * jp_column_is_numeric:
 * @self: a column
 *
 * Returns: whether its cells are right-aligned
 */
gboolean
jp_column_is_numeric (JpColumn *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->spec.kind == JP_COLUMN_NUMBER || self->spec.kind == JP_COLUMN_MONEY;
}

/**
 * jp_column_bind:
 * @self: a column
 * @item: (type GObject): an item of the model
 * @cell: an empty cell, filled here
 *
 * Says what the column shows of @item.
 */
void
jp_column_bind (JpColumn *self, gpointer item, JpCell *cell)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (G_IS_OBJECT (item));
  g_return_if_fail (cell != NULL);

  gpointer data = self->spec.bind_data != NULL ? (gpointer)self->spec.bind_data : self->user_data;

  self->spec.bind (item, cell, data);
}

/**
 * jp_column_find_list_item:
 * @self: a column
 * @cell: any widget
 *
 * Finds the list item of which @cell is the child.
 *
 * Returns: (transfer none) (nullable): %NULL if @cell is not a cell of this column
 */
GtkListItem *
jp_column_find_list_item (JpColumn *self, GtkWidget *cell)
{
  g_return_val_if_fail (self != NULL, NULL);

  Cell *found = g_hash_table_lookup (self->cells, cell);

  return found != NULL ? found->list_item : NULL;
}

/* Cut text is told in full. Tooltips are answered when asked: gtk_widget_set_tooltip_text() asks
 * the display where the pointer is, and waits for the answer. */
static gboolean
query_tooltip_cb (GtkWidget *text, int x, int y, gboolean keyboard, GtkTooltip *tooltip, Cell *cell)
{
  const char *full = JP_IS_LINE (text) ? jp_line_get_text (JP_LINE (text)) : NULL;
  int         width = 0;

  if (cell->tooltip == NULL)
    {
      if (full == NULL)
        return FALSE;

      g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (text, full);

      pango_layout_get_pixel_size (layout, &width, NULL);
      if (width <= gtk_widget_get_width (text))
        return FALSE;
    }

  gtk_tooltip_set_text (tooltip, cell->tooltip != NULL ? cell->tooltip : full);
  return TRUE;
}

static void
add_tooltip (GtkWidget *child, Cell *cell)
{
  gtk_widget_set_has_tooltip (child, TRUE);
  g_signal_connect (child, "query-tooltip", G_CALLBACK (query_tooltip_cb), cell);
}

static GtkWidget *
create_pill (Cell *cell)
{
  GtkWidget *pill = jp_pill_new (NULL, JP_TINT_MUTE);

  add_tooltip (pill, cell);
  return pill;
}

/* What a row is called and numbers are never cut: in a narrow window other columns give way. */
static GtkWidget *
create_text (JpColumn *self, Cell *cell)
{
  gboolean   numeric = jp_column_is_numeric (self);
  guint      chars = (guint)MAX (self->spec.width_chars, MIN_TEXT_CHARS);
  gboolean   whole = self->spec.width_chars > 0 && (self->spec.give_way == 0 || numeric);
  GtkWidget *text = jp_line_new (whole ? chars : MIN_TEXT_CHARS, chars, numeric);

  if (numeric)
    gtk_widget_add_css_class (text, "number");
  if (self->spec.kind == JP_COLUMN_LINK)
    {
      gtk_widget_add_css_class (text, "link-text");
      gtk_widget_set_cursor_from_name (text, "pointer");
    }

  add_tooltip (text, cell);
  return text;
}

static GtkWidget *
create_child (JpColumn *self, Cell *cell)
{
  switch (self->spec.kind)
    {
    case JP_COLUMN_PILL:
    case JP_COLUMN_BADGE:
      return create_pill (cell);
    case JP_COLUMN_STRIP:
      return jp_progress_strip_new ();
    case JP_COLUMN_TEXT:
    case JP_COLUMN_NUMBER:
    case JP_COLUMN_MONEY:
    case JP_COLUMN_LINK:
    default:
      return create_text (self, cell);
    }
}

static void
show_text (GtkWidget *text, const JpCell *content)
{
  jp_line_set_text (JP_LINE (text), content->text);
  if (content->dim)
    gtk_widget_add_css_class (text, "dim-label");
  else
    gtk_widget_remove_css_class (text, "dim-label");
}

static void
show_item (Cell *cell)
{
  GtkWidget *child = gtk_list_item_get_child (cell->list_item);
  gpointer   item = gtk_list_item_get_item (cell->list_item);
  g_auto (JpCell) content = { 0 };

  if (item == NULL)
    return;

  jp_column_bind (cell->column, item, &content);
  g_free (cell->tooltip);
  cell->tooltip = g_steal_pointer (&content.tooltip);
  if (JP_IS_PILL (child))
    {
      jp_pill_set_text (JP_PILL (child), content.text);
      jp_pill_set_tint (JP_PILL (child), content.tint);
    }
  else if (JP_IS_PROGRESS_STRIP (child))
    {
      jp_progress_strip_set_parts (JP_PROGRESS_STRIP (child), content.permille, content.n_parts);
      jp_progress_strip_set_text (JP_PROGRESS_STRIP (child), content.text);
    }
  else
    {
      show_text (child, &content);
    }
}

/* Items tell with any property that they changed: a row that was loaded, for instance. */
static void
item_changed_cb (Cell *cell)
{
  show_item (cell);
}

static void
setup_cb (JpColumn *self, GtkListItem *list_item)
{
  Cell      *cell = g_new0 (Cell, 1);
  GtkWidget *child = create_child (self, cell);

  cell->column = self;
  cell->list_item = list_item;
  g_hash_table_insert (self->cells, child, cell);
  gtk_list_item_set_child (list_item, child);
}

static Cell *
get_cell (JpColumn *self, GtkListItem *list_item)
{
  Cell *cell = g_hash_table_lookup (self->cells, gtk_list_item_get_child (list_item));

  g_assert (cell != NULL);
  return cell;
}

static void
bind_cb (JpColumn *self, GtkListItem *list_item)
{
  Cell *cell = get_cell (self, list_item);

  cell_watch (cell, gtk_list_item_get_item (list_item));
  show_item (cell);
}

static void
unbind_cb (JpColumn *self, GtkListItem *list_item)
{
  cell_watch (get_cell (self, list_item), NULL);
}

static void
teardown_cb (JpColumn *self, GtkListItem *list_item)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);

  if (child == NULL)
    return;

  g_signal_handlers_disconnect_by_func (child, query_tooltip_cb,
                                        g_hash_table_lookup (self->cells, child));
  g_hash_table_remove (self->cells, child);
  gtk_list_item_set_child (list_item, NULL);
}

static void
unref_cb (gpointer column, GClosure *closure)
{
  jp_column_unref (column);
}

static void
connect_swapped (JpColumn           *self,
                 GtkListItemFactory *factory,
                 const char         *signal,
                 GCallback           callback)
{
  g_signal_connect_data (factory, signal, callback, jp_column_ref (self), unref_cb,
                         G_CONNECT_SWAPPED);
}

/**
 * jp_column_create_view_column:
 * @self: a column
 * @sorter: (transfer none) (nullable): answers clicks on its title
 *
 * Builds the column for a column view, with its cell factory.
 *
 * Returns: (transfer full): a new column of a view; it keeps @self alive
 */
GtkColumnViewColumn *
jp_column_create_view_column (JpColumn *self, GtkSorter *sorter)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (sorter == NULL || GTK_IS_SORTER (sorter), NULL);

  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  connect_swapped (self, factory, "setup", G_CALLBACK (setup_cb));
  connect_swapped (self, factory, "bind", G_CALLBACK (bind_cb));
  connect_swapped (self, factory, "unbind", G_CALLBACK (unbind_cb));
  connect_swapped (self, factory, "teardown", G_CALLBACK (teardown_cb));

  GtkColumnViewColumn *column = gtk_column_view_column_new (self->title, factory);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column, self->spec.expand);
  gtk_column_view_column_set_sorter (column, sorter);
  return column;
}
