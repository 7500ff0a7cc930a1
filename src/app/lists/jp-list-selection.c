/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-list-selection.h"

/**
 * JpListSelection:
 *
 * A selection of several rows that follows them by their id: through inserted and removed rows and
 * through a new order, announced as (0, n, 0) and then (0, 0, n). Unlike GtkMultiSelection it asks
 * the model for no items but the selected ones, so that "all" of 100,000 rows costs nothing.
 */
struct _JpListSelection
{
  GObject parent_instance;

  GListModel *model;     /* (owned) (nullable) */
  JpItemId    item_id;   /* (nullable): without it a new order loses the selection */
  JpItemFind  find;      /* (nullable) */
  gpointer    user_data; /* (borrowed): for both */

  GtkBitset  *selected; /* (owned): positions */
  GArray     *lost;     /* (owned) (element-type gint64): ids whose rows were removed */
  GHashTable *ids;      /* (owned) (element-type guint gint64): position → id, as far as known */
};

static void list_model_iface_init (GListModelInterface *iface);
static void selection_model_iface_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JpListSelection,
                               jp_list_selection,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init)
                                 G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                        selection_model_iface_init))

static void
remember_id (GHashTable *ids, guint position, gint64 id)
{
  g_hash_table_insert (ids, GUINT_TO_POINTER (position), g_memdup2 (&id, sizeof id));
}

/* Learns the ids of the selected rows, while their items are surely there. */
static void
remember_ids (JpListSelection *self)
{
  GtkBitsetIter iter;
  guint         position = 0;

  g_hash_table_remove_all (self->ids);
  if (self->item_id == NULL || self->model == NULL ||
      gtk_bitset_get_size (self->selected) > JP_LIST_SELECTION_MAX_IDS)
    return;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, self->selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (GObject) item = g_list_model_get_item (self->model, position);

      if (item != NULL)
        remember_id (self->ids, position, self->item_id (item, self->user_data));
    }
}

static guint
scan_for (JpListSelection *self, gint64 id, guint position, guint n_items)
{
  guint end = position + MIN (n_items, JP_LIST_SELECTION_MAX_SCAN);

  for (guint i = position; i < end; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (self->model, i);

      if (item != NULL && self->item_id (item, self->user_data) == id)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

/* Selects those of the lost rows that are back between @position and @position + @n_added. */
static void
restore_lost (JpListSelection *self, guint position, guint n_added)
{
  for (guint i = self->lost->len; i > 0; i--)
    {
      gint64 id = g_array_index (self->lost, gint64, i - 1);
      guint  found = self->find != NULL ? self->find (self->model, id, self->user_data)
                                        : scan_for (self, id, position, n_added);

      if (found == GTK_INVALID_LIST_POSITION || found < position || found - position >= n_added)
        continue;
      gtk_bitset_add (self->selected, found);
      remember_id (self->ids, found, id);
      g_array_remove_index_fast (self->lost, i - 1);
    }
}

/* A new order stands before the old one that has just been removed: the lost rows may be there
 * already. The view has been told of them as not selected. */
static void
restore_elsewhere (JpListSelection *self)
{
  for (guint i = self->lost->len; i > 0; i--)
    {
      gint64 id = g_array_index (self->lost, gint64, i - 1);
      guint  found = self->find (self->model, id, self->user_data);

      if (found == GTK_INVALID_LIST_POSITION)
        continue;
      gtk_bitset_add (self->selected, found);
      remember_id (self->ids, found, id);
      g_array_remove_index_fast (self->lost, i - 1);
      gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), found, 1);
    }
}

/* Moves the known ids with their rows, without asking the model for anything. */
static void
splice_ids (JpListSelection *self, guint position, guint n_removed, guint n_added)
{
  g_autoptr (GHashTable) before = g_steal_pointer (&self->ids);
  GHashTableIter iter;
  gpointer       key = NULL;
  gpointer       value = NULL;

  self->ids = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      guint  old = GPOINTER_TO_UINT (key);
      gint64 id = *(gint64 *)value;

      if (old < position)
        remember_id (self->ids, old, id);
      else if (old - position >= n_removed)
        remember_id (self->ids, old - n_removed + n_added, id);
      else
        g_array_append_val (self->lost, id);
    }
}

static void
items_changed_cb (JpListSelection *self, guint position, guint n_removed, guint n_added)
{
  g_assert (JP_IS_LIST_SELECTION (self));

  splice_ids (self, position, n_removed, n_added);
  gtk_bitset_splice (self->selected, position, n_removed, n_added);
  /* Before the view hears of the new rows: it asks at once whether they are selected. */
  if (n_added > 0)
    restore_lost (self, position, n_added);

  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
  if (n_added == 0 && self->find != NULL)
    restore_elsewhere (self);
}

static GType
jp_list_selection_get_item_type (GListModel *model)
{
  return G_TYPE_OBJECT;
}

static guint
jp_list_selection_get_n_items (GListModel *model)
{
  JpListSelection *self = JP_LIST_SELECTION (model);

  return self->model != NULL ? g_list_model_get_n_items (self->model) : 0;
}

static gpointer
jp_list_selection_get_item (GListModel *model, guint position)
{
  JpListSelection *self = JP_LIST_SELECTION (model);

  return self->model != NULL ? g_list_model_get_item (self->model, position) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = jp_list_selection_get_item_type;
  iface->get_n_items = jp_list_selection_get_n_items;
  iface->get_item = jp_list_selection_get_item;
}

static gboolean
jp_list_selection_is_selected (GtkSelectionModel *model, guint position)
{
  return gtk_bitset_contains (JP_LIST_SELECTION (model)->selected, position);
}

static GtkBitset *
jp_list_selection_get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  return gtk_bitset_ref (JP_LIST_SELECTION (model)->selected);
}

static gboolean
jp_list_selection_set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  JpListSelection *self = JP_LIST_SELECTION (model);
  guint            n_items = g_list_model_get_n_items (G_LIST_MODEL (self));
  g_autoptr (GtkBitset) changes = gtk_bitset_copy (self->selected);

  if (n_items == 0)
    return TRUE;

  /* Those within the mask that are not as they should be. */
  gtk_bitset_difference (changes, selected);
  gtk_bitset_intersect (changes, mask);
  gtk_bitset_remove_range_closed (changes, n_items, G_MAXUINT);
  if (gtk_bitset_is_empty (changes))
    return TRUE;

  guint first = gtk_bitset_get_minimum (changes);
  guint last = gtk_bitset_get_maximum (changes);

  gtk_bitset_difference (self->selected, changes);
  /* What somebody selects now takes the place of what is waited for. */
  g_array_set_size (self->lost, 0);
  remember_ids (self);
  gtk_selection_model_selection_changed (model, first, last - first + 1);
  return TRUE;
}

static void
selection_model_iface_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = jp_list_selection_is_selected;
  iface->get_selection_in_range = jp_list_selection_get_selection_in_range;
  iface->set_selection = jp_list_selection_set_selection;
}

static void
jp_list_selection_dispose (GObject *object)
{
  jp_list_selection_set_model (JP_LIST_SELECTION (object), NULL);

  G_OBJECT_CLASS (jp_list_selection_parent_class)->dispose (object);
}

static void
jp_list_selection_finalize (GObject *object)
{
  JpListSelection *self = JP_LIST_SELECTION (object);

  g_clear_pointer (&self->selected, gtk_bitset_unref);
  g_clear_pointer (&self->lost, g_array_unref);
  g_clear_pointer (&self->ids, g_hash_table_unref);

  G_OBJECT_CLASS (jp_list_selection_parent_class)->finalize (object);
}

static void
jp_list_selection_class_init (JpListSelectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jp_list_selection_dispose;
  G_OBJECT_CLASS (klass)->finalize = jp_list_selection_finalize;
}

static void
jp_list_selection_init (JpListSelection *self)
{
  self->selected = gtk_bitset_new_empty ();
  self->lost = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->ids = g_hash_table_new_full (NULL, NULL, NULL, g_free);
}

/**
 * jp_list_selection_new:
 *
 * Returns: (transfer full): a selection without a model
 */
JpListSelection *
jp_list_selection_new (void)
{
  return g_object_new (JP_TYPE_LIST_SELECTION, NULL);
}

/**
 * jp_list_selection_set_ids:
 * @self: a selection
 * @item_id: (nullable): tells the id of an item
 * @find: (nullable): finds an id; without it the first rows are looked through
 * @user_data: (transfer none): handed to both, must outlive them
 *
 * Lets the selection follow its rows by id.
 */
void
jp_list_selection_set_ids (JpListSelection *self,
                           JpItemId         item_id,
                           JpItemFind       find,
                           gpointer         user_data)
{
  g_return_if_fail (JP_IS_LIST_SELECTION (self));

  self->item_id = item_id;
  self->find = find;
  self->user_data = user_data;
  remember_ids (self);
}

/**
 * jp_list_selection_set_model:
 * @self: a selection
 * @model: (nullable) (transfer none): the rows
 *
 * Changes the rows; nothing is selected then.
 */
void
jp_list_selection_set_model (JpListSelection *self, GListModel *model)
{
  g_return_if_fail (JP_IS_LIST_SELECTION (self));
  g_return_if_fail (model == NULL || G_IS_LIST_MODEL (model));

  if (self->model == model)
    return;

  guint n_before = g_list_model_get_n_items (G_LIST_MODEL (self));

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, items_changed_cb, self);
  g_clear_object (&self->model);
  g_array_set_size (self->lost, 0);
  gtk_bitset_remove_all (self->selected);
  g_hash_table_remove_all (self->ids);

  /* Two signals: one that says "all is new" would ask for every item. */
  if (n_before > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, 0);
  if (model == NULL)
    return;

  self->model = g_object_ref (model);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  guint n_after = g_list_model_get_n_items (model);
  if (n_after > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, n_after);
}

/**
 * jp_list_selection_get_model:
 * @self: a selection
 *
 * Returns: (transfer none) (nullable): the rows
 */
GListModel *
jp_list_selection_get_model (JpListSelection *self)
{
  g_return_val_if_fail (JP_IS_LIST_SELECTION (self), NULL);

  return self->model;
}

/**
 * jp_list_selection_get_n_selected:
 * @self: a selection
 *
 * Returns: how many rows are selected
 */
guint64
jp_list_selection_get_n_selected (JpListSelection *self)
{
  g_return_val_if_fail (JP_IS_LIST_SELECTION (self), 0);

  return gtk_bitset_get_size (self->selected);
}

/**
 * jp_list_selection_get_single:
 * @self: a selection
 *
 * Returns: the position of the only selected row, %GTK_INVALID_LIST_POSITION if none or several are
 */
guint
jp_list_selection_get_single (JpListSelection *self)
{
  g_return_val_if_fail (JP_IS_LIST_SELECTION (self), GTK_INVALID_LIST_POSITION);

  return gtk_bitset_get_size (self->selected) == 1 ? gtk_bitset_get_minimum (self->selected)
                                                   : GTK_INVALID_LIST_POSITION;
}

/**
 * jp_list_selection_find:
 * @self: a selection whose ids are set
 * @id: an id
 *
 * Finds a row.
 *
 * Returns: its position, %GTK_INVALID_LIST_POSITION if it is not there (or, without a find
 * function, not among the first %JP_LIST_SELECTION_MAX_SCAN rows)
 */
guint
jp_list_selection_find (JpListSelection *self, gint64 id)
{
  g_return_val_if_fail (JP_IS_LIST_SELECTION (self), GTK_INVALID_LIST_POSITION);
  g_return_val_if_fail (self->item_id != NULL, GTK_INVALID_LIST_POSITION);

  if (self->model == NULL)
    return GTK_INVALID_LIST_POSITION;
  if (self->find != NULL)
    return self->find (self->model, id, self->user_data);

  return scan_for (self, id, 0, g_list_model_get_n_items (self->model));
}
