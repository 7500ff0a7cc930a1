/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-list-validator.h"

struct _JpListValidator
{
  GListModel *model;     /* (owned) */
  GPtrArray  *items;     /* (owned) (element-type GObject): what the signals say */
  gulong      handler;   /* of items-changed */
  guint       n_signals; /* since the counts were restarted */
  guint       n_removed;
  guint       n_added;
};

static GObject *
take_item (JpListValidator *self, guint position)
{
  GObject *item = g_list_model_get_item (self->model, position);

  g_assert_nonnull (item);
  g_assert_true (g_type_is_a (G_OBJECT_TYPE (item), g_list_model_get_item_type (self->model)));
  return item;
}

/**
 * jp_list_validator_check:
 * @self: a validator
 *
 * Compares the whole list with what its signals have said.
 */
void
jp_list_validator_check (JpListValidator *self)
{
  g_autoptr (GObject) beyond = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (self->model), ==, self->items->len);
  for (guint i = 0; i < self->items->len; i++)
    {
      g_autoptr (GObject) item = take_item (self, i);

      g_assert_true (item == g_ptr_array_index (self->items, i));
    }

  beyond = g_list_model_get_item (self->model, self->items->len);
  g_assert_null (beyond);
}

static void
items_changed_cb (GListModel      *model,
                  guint            position,
                  guint            removed,
                  guint            added,
                  JpListValidator *self)
{
  g_assert_true (model == self->model);
  g_assert_cmpuint (position, <=, self->items->len);
  g_assert_cmpuint (removed, <=, self->items->len - position);
  g_assert_cmpuint (removed + added, >, 0);

  if (removed > 0)
    g_ptr_array_remove_range (self->items, position, removed);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, self->items->len + added);
  for (guint i = position; i < position + added; i++)
    g_ptr_array_insert (self->items, (int)i, take_item (self, i));

  self->n_signals++;
  self->n_removed += removed;
  self->n_added += added;
  jp_list_validator_check (self);
}

/**
 * jp_list_validator_new:
 * @model: a list
 *
 * Returns: (transfer full): what watches it until it is freed
 */
JpListValidator *
jp_list_validator_new (GListModel *model)
{
  g_return_val_if_fail (G_IS_LIST_MODEL (model), NULL);

  JpListValidator *self = g_new0 (JpListValidator, 1);

  self->model = g_object_ref (model);
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (self->items, take_item (self, i));
  self->handler = g_signal_connect (model, "items-changed", G_CALLBACK (items_changed_cb), self);
  return self;
}

/**
 * jp_list_validator_restart_counts:
 * @self: a validator
 *
 * Begins to count signals and items from 0.
 */
void
jp_list_validator_restart_counts (JpListValidator *self)
{
  g_return_if_fail (self != NULL);

  self->n_signals = 0;
  self->n_removed = 0;
  self->n_added = 0;
}

/**
 * jp_list_validator_get_n_signals:
 * @self: a validator
 *
 * Returns: how many signals came
 */
guint
jp_list_validator_get_n_signals (JpListValidator *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_signals;
}

/**
 * jp_list_validator_get_n_removed:
 * @self: a validator
 *
 * Returns: how many items the signals took away
 */
guint
jp_list_validator_get_n_removed (JpListValidator *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_removed;
}

/**
 * jp_list_validator_get_n_added:
 * @self: a validator
 *
 * Returns: how many items the signals brought
 */
guint
jp_list_validator_get_n_added (JpListValidator *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_added;
}

/**
 * jp_list_validator_free:
 * @self: (transfer full): a validator
 */
void
jp_list_validator_free (JpListValidator *self)
{
  if (self == NULL)
    return;

  g_signal_handler_disconnect (self->model, self->handler);
  g_ptr_array_unref (self->items);
  g_object_unref (self->model);
  g_free (self);
}
