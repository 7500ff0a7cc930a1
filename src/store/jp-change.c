/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-change.h"

static void
row_free (gpointer data)
{
  JpChangeRow *row = data;

  jp_record_unref (row->before);
  jp_record_unref (row->after);
  g_free (row);
}

/**
 * jp_change_new:
 * @op_id: identity of the business event
 * @kind: what the user does
 * @actor: who
 *
 * Returns: (transfer full): a change without rows
 */
JpChange *
jp_change_new (const JpId *op_id, const char *kind, const char *actor)
{
  g_return_val_if_fail (op_id != NULL && !jp_id_is_none (op_id), NULL);
  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (actor != NULL, NULL);

  JpChange *self = g_new0 (JpChange, 1);

  self->op_id = *op_id;
  self->kind = g_strdup (kind);
  self->actor = g_strdup (actor);
  self->rows = g_ptr_array_new_with_free_func (row_free);
  return self;
}

/**
 * jp_change_free:
 * @self: (nullable) (transfer full): a change
 */
void
jp_change_free (JpChange *self)
{
  if (self == NULL)
    return;

  g_free (self->kind);
  g_free (self->actor);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

/**
 * jp_change_add:
 * @self: a change with less than %JP_CHANGE_MAX_ROWS rows
 * @before: (nullable): the record as the user saw it, %NULL for a new one
 * @after: the record as the user means it
 */
void
jp_change_add (JpChange *self, JpRecord *before, JpRecord *after)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (after != NULL);
  g_return_if_fail (self->rows->len < JP_CHANGE_MAX_ROWS);

  JpChangeRow *row = g_new0 (JpChangeRow, 1);

  row->before = before != NULL ? jp_record_ref (before) : NULL;
  row->after = jp_record_ref (after);
  g_ptr_array_add (self->rows, row);
}
