/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sync-data.h"

#include "jp-lookup.h"

static void
sync_op_free (gpointer data)
{
  JpSyncOp *op = data;

  jp_op_info_free (op->info);
  g_free (op->title);
  g_free (op);
}

/**
 * jp_sync_data_free:
 * @self: (nullable) (transfer full): what was read
 */
void
jp_sync_data_free (JpSyncData *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->conflicts, g_ptr_array_unref);
  g_clear_pointer (&self->queue, g_ptr_array_unref);
  g_clear_pointer (&self->refused, g_ptr_array_unref);
  g_free (self);
}

static gboolean
add_op (JpVault *vault, GPtrArray *ops, JpOpInfo *info, GError **error)
{
  JpSyncOp *op = g_new0 (JpSyncOp, 1);

  op->info = info;
  g_ptr_array_add (ops, op);
  if (info->row_kind != JP_KIND_NONE)
    return jp_lookup_title (vault, info->row_kind, &info->row_id, &op->title, error);
  op->title = g_strdup ("");
  return TRUE;
}

/* Newest first in the store, oldest first on the page: the one that waits longest leads. */
static gboolean
read_queue (JpVault *vault, JpSyncData *data, GError **error)
{
  g_autoptr (GPtrArray) infos = jp_op_repo_list (vault, TRUE, JP_SYNC_DATA_MAX_QUEUE, error);

  while (infos != NULL && infos->len > 0)
    {
      JpOpInfo *info = g_ptr_array_steal_index (infos, infos->len - 1);

      if (!add_op (vault, data->queue, info, error))
        return FALSE;
    }
  return infos != NULL;
}

/* A conflict is no refusal: it stands among the questions. */
static gboolean
is_refused (const JpOpInfo *info)
{
  return info->judged && info->problem != NULL && g_strcmp0 (info->result, "conflict") != 0;
}

static gboolean
read_refused (JpVault *vault, JpSyncData *data, GError **error)
{
  g_autoptr (GPtrArray) infos = jp_op_repo_list (vault, FALSE, JP_SYNC_DATA_MAX_LATEST, error);
  guint i = 0;

  while (infos != NULL && i < infos->len && data->refused->len < JP_SYNC_DATA_MAX_REFUSED)
    if (!is_refused (infos->pdata[i]))
      i++;
    else if (!add_op (vault, data->refused, g_ptr_array_steal_index (infos, i), error))
      return FALSE;

  return infos != NULL;
}

/**
 * jp_sync_data_read:
 * @vault: a vault
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): what the sync page shows, %NULL with an error
 */
JpSyncData *
jp_sync_data_read (JpVault *vault, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);

  g_autoptr (JpSyncData) data = g_new0 (JpSyncData, 1);

  data->queue = g_ptr_array_new_with_free_func (sync_op_free);
  data->refused = g_ptr_array_new_with_free_func (sync_op_free);
  data->conflicts = jp_conflict_repo_list (vault, error);
  if (data->conflicts == NULL || !read_queue (vault, data, error) ||
      !read_refused (vault, data, error))
    return NULL;
  return g_steal_pointer (&data);
}
