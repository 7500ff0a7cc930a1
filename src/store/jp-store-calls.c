/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-store.h"

#include "jp-commit.h"

/* The calls that many places need. */

static gpointer
box_integer (gint64 value)
{
  return g_memdup2 (&value, sizeof value);
}

static gint64
finish_integer (JpStore *self, GAsyncResult *result, gint64 failed, GError **error)
{
  g_autofree gint64 *value = NULL;
  gboolean           ok = jp_store_read_finish (self, result, (gpointer *)&value, error);

  return ok ? *value : failed;
}

static gpointer
commit_call (JpVault *vault, gpointer data, GError **error)
{
  gint64 n = 0;

  return jp_commit_change (vault, data, &n, error) ? box_integer (n) : NULL;
}

/**
 * jp_store_commit_async:
 * @self: a store
 * @change: (transfer full): what the user does
 * @cancellable: (nullable): cancellable
 * @callback: called when it is on the disk
 * @user_data: for @callback
 *
 * See jp_commit_change().
 */
void
jp_store_commit_async (JpStore            *self,
                       JpChange           *change,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  g_return_if_fail (JP_IS_STORE (self));
  g_return_if_fail (change != NULL);

  JpStoreCall call = { commit_call, change, (GDestroyNotify)jp_change_free, g_free, 0 };

  for (guint i = 0; i < change->rows->len; i++)
    {
      JpChangeRow *row = g_ptr_array_index (change->rows, i);

      call.kinds |= jp_store_kind_bit (jp_record_get_kind (row->after));
    }
  jp_store_write_async (self, &call, G_PRIORITY_DEFAULT, cancellable, callback, user_data);
}

/**
 * jp_store_commit_finish:
 * @self: a store
 * @result: the result
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: number of the operation, > 0; 0 with an error
 */
gint64
jp_store_commit_finish (JpStore *self, GAsyncResult *result, GError **error)
{
  return finish_integer (self, result, 0, error);
}

typedef struct
{
  gint64 n;
  char  *actor; /* (owned) */
} UndoData;

static void
undo_data_free (gpointer data)
{
  UndoData *undo = data;

  g_free (undo->actor);
  g_free (undo);
}

static gpointer
undo_call (JpVault *vault, gpointer data, GError **error)
{
  UndoData *undo = data;
  gint64    n = 0;

  return jp_commit_undo (vault, undo->n, undo->actor, &n, error) ? box_integer (n) : NULL;
}

/**
 * jp_store_undo_async:
 * @self: a store
 * @n: number of an operation of this station
 * @cancellable: (nullable): cancellable
 * @callback: called when it is taken back
 * @user_data: for @callback
 *
 * See jp_commit_undo().
 */
void
jp_store_undo_async (JpStore            *self,
                     gint64              n,
                     GCancellable       *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  g_return_if_fail (JP_IS_STORE (self));
  g_return_if_fail (n > 0);

  UndoData   *data = g_new0 (UndoData, 1);
  JpStoreCall call = { undo_call, data, undo_data_free, g_free, JP_STORE_KINDS_ALL };

  data->n = n;
  data->actor = g_strdup (jp_store_get_actor (self));
  jp_store_write_async (self, &call, G_PRIORITY_DEFAULT, cancellable, callback, user_data);
}

/**
 * jp_store_undo_finish:
 * @self: a store
 * @result: the result
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: number of the operation that took it back; 0 with an error
 */
gint64
jp_store_undo_finish (JpStore *self, GAsyncResult *result, GError **error)
{
  return finish_integer (self, result, 0, error);
}

typedef struct
{
  JpKind kind;
  JpId   id;
} RecordData;

static gpointer
get_record_call (JpVault *vault, gpointer data, GError **error)
{
  RecordData *wanted = data;
  JpRecord *record = jp_record_table_get (vault->db, vault->key, wanted->kind, &wanted->id, error);

  if (record == NULL)
    jp_vault_translate (error);
  return record;
}

/**
 * jp_store_get_record_async:
 * @self: a store
 * @kind: a kind
 * @id: an id
 * @cancellable: (nullable): cancellable
 * @callback: called with the record
 * @user_data: for @callback
 *
 * Reads one record, in the trash or not.
 */
void
jp_store_get_record_async (JpStore            *self,
                           JpKind              kind,
                           const JpId         *id,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  g_return_if_fail (JP_IS_STORE (self));
  g_return_if_fail (id != NULL);

  RecordData  wanted = { kind, *id };
  JpStoreCall call = { get_record_call, g_memdup2 (&wanted, sizeof wanted), g_free,
                       (GDestroyNotify)jp_record_unref, 0 };

  jp_store_read_async (self, &call, cancellable, callback, user_data);
}

/**
 * jp_store_get_record_finish:
 * @self: a store
 * @result: the result
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): the record, or %NULL with `JP_STORE_ERROR_NOT_FOUND`
 */
JpRecord *
jp_store_get_record_finish (JpStore *self, GAsyncResult *result, GError **error)
{
  gpointer record = NULL;

  return jp_store_read_finish (self, result, &record, error) ? record : NULL;
}
