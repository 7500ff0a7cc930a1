/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-fake-rows.h"

/**
 * JpFakeRow:
 *
 * A row: only an id. Its property "loaded" stands for the record that arrives later.
 */
struct _JpFakeRow
{
  GObject parent_instance;

  gint64   id;
  gboolean loaded;
};

typedef enum {
  PROP_LOADED = 1,
} JpFakeRowProperty;

G_DEFINE_FINAL_TYPE (JpFakeRow, jp_fake_row, G_TYPE_OBJECT)

static GParamSpec *row_properties[PROP_LOADED + 1];

static void
jp_fake_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  JpFakeRow *self = JP_FAKE_ROW (object);

  switch ((JpFakeRowProperty)id)
    {
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
jp_fake_row_class_init (JpFakeRowClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = jp_fake_row_get_property;
  row_properties[PROP_LOADED] =
    g_param_spec_boolean ("loaded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), G_N_ELEMENTS (row_properties),
                                     row_properties);
}

static void
jp_fake_row_init (JpFakeRow *self)
{
}

/**
 * jp_fake_row_get_id:
 * @self: a row
 *
 * Returns: its id, > 0
 */
gint64
jp_fake_row_get_id (JpFakeRow *self)
{
  g_return_val_if_fail (JP_IS_FAKE_ROW (self), 0);

  return self->id;
}

/**
 * jp_fake_row_is_loaded:
 * @self: a row
 *
 * Returns: whether its record is there
 */
gboolean
jp_fake_row_is_loaded (JpFakeRow *self)
{
  g_return_val_if_fail (JP_IS_FAKE_ROW (self), FALSE);

  return self->loaded;
}

/**
 * jp_fake_row_set_loaded:
 * @self: a row
 * @loaded: whether its record is there
 *
 * Changes it and tells so.
 */
void
jp_fake_row_set_loaded (JpFakeRow *self, gboolean loaded)
{
  g_return_if_fail (JP_IS_FAKE_ROW (self));

  self->loaded = loaded;
  g_object_notify_by_pspec (G_OBJECT (self), row_properties[PROP_LOADED]);
}

/**
 * JpFakeRows:
 *
 * The list.
 */
struct _JpFakeRows
{
  GObject parent_instance;

  GArray     *ids;     /* (owned) (element-type gint64) */
  GHashTable *alive;   /* (owned): id → (borrowed) JpFakeRow, weak */
  guint       n_asked; /* calls of get_item */
  gboolean    loaded;  /* what new rows are */
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JpFakeRows,
                               jp_fake_rows,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
row_gone_cb (gpointer user_data, GObject *where_it_was)
{
  JpFakeRows    *self = JP_FAKE_ROWS (user_data);
  GHashTableIter iter;
  gpointer       value = NULL;

  g_hash_table_iter_init (&iter, self->alive);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      if (value == where_it_was)
        g_hash_table_iter_remove (&iter);
    }
}

static GType
get_item_type (GListModel *model)
{
  return JP_TYPE_FAKE_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return JP_FAKE_ROWS (model)->ids->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  JpFakeRows *self = JP_FAKE_ROWS (model);

  self->n_asked++;
  if (position >= self->ids->len)
    return NULL;

  gint64     id = g_array_index (self->ids, gint64, position);
  JpFakeRow *row = g_hash_table_lookup (self->alive, GINT_TO_POINTER ((int)id));

  if (row != NULL)
    return g_object_ref (row);

  row = g_object_new (JP_TYPE_FAKE_ROW, NULL);
  row->id = id;
  row->loaded = self->loaded;
  g_hash_table_insert (self->alive, GINT_TO_POINTER ((int)id), row);
  g_object_weak_ref (G_OBJECT (row), row_gone_cb, self);
  return row;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
jp_fake_rows_finalize (GObject *object)
{
  JpFakeRows    *self = JP_FAKE_ROWS (object);
  GHashTableIter iter;
  gpointer       row = NULL;

  g_hash_table_iter_init (&iter, self->alive);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    g_object_weak_unref (row, row_gone_cb, self);
  g_clear_pointer (&self->alive, g_hash_table_unref);
  g_clear_pointer (&self->ids, g_array_unref);

  G_OBJECT_CLASS (jp_fake_rows_parent_class)->finalize (object);
}

static void
jp_fake_rows_class_init (JpFakeRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jp_fake_rows_finalize;
}

static void
jp_fake_rows_init (JpFakeRows *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->alive = g_hash_table_new (NULL, NULL);
  self->loaded = TRUE;
}

/**
 * jp_fake_rows_new:
 * @n_rows: how many
 *
 * Returns: (transfer full): a list with the ids 1 … @n_rows
 */
JpFakeRows *
jp_fake_rows_new (guint n_rows)
{
  JpFakeRows *self = g_object_new (JP_TYPE_FAKE_ROWS, NULL);

  for (gint64 id = 1; id <= n_rows; id++)
    g_array_append_val (self->ids, id);
  return self;
}

/**
 * jp_fake_rows_get_n_asked:
 * @self: a list
 *
 * Returns: how often an item was asked for
 */
guint
jp_fake_rows_get_n_asked (JpFakeRows *self)
{
  return self->n_asked;
}

/**
 * jp_fake_rows_get_n_alive:
 * @self: a list
 *
 * Returns: how many rows somebody holds
 */
guint
jp_fake_rows_get_n_alive (JpFakeRows *self)
{
  return g_hash_table_size (self->alive);
}

/**
 * jp_fake_rows_set_loaded:
 * @self: a list
 * @loaded: what rows made from now on are, and all that are held
 *
 * Lets the records arrive, or not.
 */
void
jp_fake_rows_set_loaded (JpFakeRows *self, gboolean loaded)
{
  g_autoptr (GList) rows = g_hash_table_get_values (self->alive);

  self->loaded = loaded;
  for (GList *l = rows; l != NULL; l = l->next)
    jp_fake_row_set_loaded (l->data, loaded);
}

/**
 * jp_fake_rows_reverse:
 * @self: a list
 *
 * Puts the rows in the other order and tells so in two signals.
 */
void
jp_fake_rows_reverse (JpFakeRows *self)
{
  g_autoptr (GArray) ids = g_steal_pointer (&self->ids);

  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, ids->len, 0);

  for (guint i = ids->len; i > 0; i--)
    g_array_append_val (self->ids, g_array_index (ids, gint64, i - 1));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, ids->len);
}

/**
 * jp_fake_rows_remove:
 * @self: a list
 * @position: of the row to remove
 *
 * Removes one row.
 */
void
jp_fake_rows_remove (JpFakeRows *self, guint position)
{
  g_array_remove_index (self->ids, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/**
 * jp_fake_rows_insert:
 * @self: a list
 * @position: where
 * @id: a new id
 *
 * Inserts one row.
 */
void
jp_fake_rows_insert (JpFakeRows *self, guint position, gint64 id)
{
  g_array_insert_val (self->ids, position, id);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

/**
 * jp_fake_rows_find:
 * @model: a list
 * @id: an id
 * @user_data: not used
 *
 * A [callback@Jp.ItemFind].
 *
 * Returns: its position
 */
guint
jp_fake_rows_find (GListModel *model, gint64 id, gpointer user_data)
{
  JpFakeRows *self = JP_FAKE_ROWS (model);

  for (guint i = 0; i < self->ids->len; i++)
    {
      if (g_array_index (self->ids, gint64, i) == id)
        return i;
    }

  return G_MAXUINT;
}

/**
 * jp_fake_rows_get_item_id:
 * @item: a row
 * @user_data: not used
 *
 * A [callback@Jp.ItemId].
 *
 * Returns: its id
 */
gint64
jp_fake_rows_get_item_id (gpointer item, gpointer user_data)
{
  return jp_fake_row_get_id (item);
}
