/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-column.h"

#include "jp-pill.h"

/* Items tell with any property that they changed: a row that was loaded, for instance. */
#define LIST_ITEM_KEY "jp-list-item"
#define FACTORY_KEY   "jp-factory"
#define ITEM_KEY      "jp-item-signals"
#define TOOLTIP_KEY   "jp-tooltip"

typedef struct
{
  JpColumnSpec spec;      /* its title is not used here */
  char        *id;        /* (owned) */
  gpointer     user_data; /* (borrowed): of the table */
} Factory;

/**
 * jp_column_is_numeric:
 * @kind: a kind
 *
 * Returns: whether its cells are right-aligned
 */
gboolean
jp_column_is_numeric (JpColumnKind kind)
{
  return kind == JP_COLUMN_NUMBER || kind == JP_COLUMN_MONEY;
}

/**
 * jp_column_get_list_item:
 * @cell: any widget
 *
 * Finds the list item of which @cell is the child.
 *
 * Returns: (transfer none) (nullable): %NULL if @cell is not the child of a cell made here
 */
GtkListItem *
jp_column_get_list_item (GtkWidget *cell)
{
  g_return_val_if_fail (GTK_IS_WIDGET (cell), NULL);

  return g_object_get_data (G_OBJECT (cell), LIST_ITEM_KEY);
}

/**
 * jp_column_get_id:
 * @cell: the child of a cell made here
 *
 * Returns: (transfer none) (nullable): the id of its column
 */
const char *
jp_column_get_id (GtkWidget *cell)
{
  GtkListItem *list_item = jp_column_get_list_item (cell);

  if (list_item == NULL)
    return NULL;

  Factory *factory = g_object_get_data (G_OBJECT (list_item), FACTORY_KEY);

  return factory->id;
}

/* Cut text is told in full. */
static gboolean
query_tooltip_cb (GtkWidget  *text,
                  int         x,
                  int         y,
                  gboolean    keyboard,
                  GtkTooltip *tooltip,
                  gpointer    user_data)
{
  const char *full = gtk_inscription_get_text (GTK_INSCRIPTION (text));
  const char *more = g_object_get_data (G_OBJECT (text), TOOLTIP_KEY);
  int         width = 0;

  if (more == NULL)
    {
      g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (text, full);

      pango_layout_get_pixel_size (layout, &width, NULL);
      if (width <= gtk_widget_get_width (text))
        return FALSE;
    }

  gtk_tooltip_set_text (tooltip, more != NULL ? more : full);
  return TRUE;
}

static GtkWidget *
create_text (const JpColumnSpec *spec)
{
  GtkWidget *text = gtk_inscription_new (NULL);

  /* A fixed width: scrolling does not measure again. */
  if (spec->width_chars > 0)
    {
      gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), MIN (spec->width_chars, 4));
      gtk_inscription_set_nat_chars (GTK_INSCRIPTION (text), spec->width_chars);
    }
  /* One line in the middle of the row: given more room, cut text would wrap and stand higher. */
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (text), 1);
  gtk_inscription_set_nat_lines (GTK_INSCRIPTION (text), 1);
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  if (jp_column_is_numeric (spec->kind))
    {
      gtk_inscription_set_xalign (GTK_INSCRIPTION (text), 1);
      gtk_widget_add_css_class (text, "number");
    }
  if (spec->kind == JP_COLUMN_LINK)
    {
      gtk_widget_add_css_class (text, "link-text");
      gtk_widget_set_cursor_from_name (text, "pointer");
    }

  gtk_widget_set_has_tooltip (text, TRUE);
  g_signal_connect (text, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  return text;
}

static GtkWidget *
create_cell (const JpColumnSpec *spec)
{
  switch (spec->kind)
    {
    case JP_COLUMN_PILL:
    case JP_COLUMN_BADGE:
      return jp_pill_new (NULL, JP_TINT_MUTE);
    case JP_COLUMN_STRIP:
      return jp_progress_strip_new ();
    case JP_COLUMN_TEXT:
    case JP_COLUMN_NUMBER:
    case JP_COLUMN_MONEY:
    case JP_COLUMN_LINK:
    default:
      return create_text (spec);
    }
}

static void
show_text (GtkWidget *widget, const JpCell *cell)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (widget), cell->text);
  g_object_set_data_full (G_OBJECT (widget), TOOLTIP_KEY, g_strdup (cell->tooltip), g_free);
  if (cell->dim)
    gtk_widget_add_css_class (widget, "dim-label");
  else
    gtk_widget_remove_css_class (widget, "dim-label");
}

static void
show_cell (Factory *factory, GtkListItem *list_item)
{
  GtkWidget *widget = gtk_list_item_get_child (list_item);
  gpointer   item = gtk_list_item_get_item (list_item);
  g_auto (JpCell) cell = { 0 };

  if (item == NULL)
    return;

  factory->spec.bind (item, &cell, factory->user_data);
  if (JP_IS_PILL (widget))
    {
      jp_pill_set_text (JP_PILL (widget), cell.text);
      jp_pill_set_tint (JP_PILL (widget), cell.tint);
      gtk_widget_set_tooltip_text (widget, cell.tooltip);
    }
  else if (JP_IS_PROGRESS_STRIP (widget))
    {
      jp_progress_strip_set_parts (JP_PROGRESS_STRIP (widget), cell.permille, cell.n_parts);
      jp_progress_strip_set_text (JP_PROGRESS_STRIP (widget), cell.text);
    }
  else
    {
      show_text (widget, &cell);
    }
}

static void
item_changed_cb (GObject *item, GParamSpec *pspec, GtkListItem *list_item)
{
  Factory *factory = g_object_get_data (G_OBJECT (list_item), FACTORY_KEY);

  show_cell (factory, list_item);
}

static void
setup_cb (GtkSignalListItemFactory *signals, GtkListItem *list_item, Factory *factory)
{
  GtkWidget    *cell = create_cell (&factory->spec);
  GSignalGroup *item = g_signal_group_new (G_TYPE_OBJECT);

  g_signal_group_connect (item, "notify", G_CALLBACK (item_changed_cb), list_item);
  g_object_set_data_full (G_OBJECT (list_item), ITEM_KEY, item, g_object_unref);
  g_object_set_data (G_OBJECT (list_item), FACTORY_KEY, factory);
  g_object_set_data (G_OBJECT (cell), LIST_ITEM_KEY, list_item);
  gtk_list_item_set_child (list_item, cell);
}

static void
bind_cb (GtkSignalListItemFactory *signals, GtkListItem *list_item, Factory *factory)
{
  g_signal_group_set_target (g_object_get_data (G_OBJECT (list_item), ITEM_KEY),
                             gtk_list_item_get_item (list_item));
  show_cell (factory, list_item);
}

static void
unbind_cb (GtkSignalListItemFactory *signals, GtkListItem *list_item, Factory *factory)
{
  g_signal_group_set_target (g_object_get_data (G_OBJECT (list_item), ITEM_KEY), NULL);
}

static void
teardown_cb (GtkSignalListItemFactory *signals, GtkListItem *list_item, Factory *factory)
{
  GtkWidget *cell = gtk_list_item_get_child (list_item);

  if (cell != NULL)
    g_object_set_data (G_OBJECT (cell), LIST_ITEM_KEY, NULL);
  g_object_set_data (G_OBJECT (list_item), ITEM_KEY, NULL);
}

static void
factory_free (gpointer data, GClosure *closure)
{
  Factory *factory = data;

  g_free (factory->id);
  g_free (factory);
}

/**
 * jp_column_new:
 * @spec: what it shows
 * @sorter: (transfer none) (nullable): answers clicks on its title
 * @user_data: handed to the bind function; must outlive the column
 *
 * Builds a column with its cell factory.
 *
 * Returns: (transfer full): a new column
 */
GtkColumnViewColumn *
jp_column_new (const JpColumnSpec *spec, GtkSorter *sorter, gpointer user_data)
{
  g_return_val_if_fail (spec != NULL, NULL);
  g_return_val_if_fail (spec->id != NULL && spec->title != NULL, NULL);
  g_return_val_if_fail (spec->bind != NULL, NULL);

  GtkListItemFactory *signals = gtk_signal_list_item_factory_new ();
  Factory            *factory = g_new0 (Factory, 1);

  factory->spec = *spec;
  factory->id = g_strdup (spec->id);
  factory->spec.id = factory->id;
  factory->spec.title = NULL;
  factory->user_data = user_data;

  g_signal_connect_data (signals, "setup", G_CALLBACK (setup_cb), factory, factory_free, 0);
  g_signal_connect (signals, "bind", G_CALLBACK (bind_cb), factory);
  g_signal_connect (signals, "unbind", G_CALLBACK (unbind_cb), factory);
  g_signal_connect (signals, "teardown", G_CALLBACK (teardown_cb), factory);

  GtkColumnViewColumn *column = gtk_column_view_column_new (spec->title, signals);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_expand (column, spec->expand);
  gtk_column_view_column_set_sorter (column, sorter);
  return column;
}
