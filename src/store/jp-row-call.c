/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-row-call.h"

typedef struct
{
  JpRowList list;
  JpKind    kind;
  JpId      id;
} Wanted;

static gpointer
list_call (JpVault *vault, gpointer data, GError **error)
{
  const Wanted *wanted = data;

  return wanted->list (vault, wanted->kind, &wanted->id, error);
}

/**
 * jp_row_call_new:
 * @list: what lists it
 * @kind: kind of a record
 * @id: the record
 *
 * Returns: a reading call whose result is the #GPtrArray of @list
 */
JpStoreCall
jp_row_call_new (JpRowList list, JpKind kind, const JpId *id)
{
  const Wanted wanted = { list, kind, *id };

  return (JpStoreCall){ list_call, g_memdup2 (&wanted, sizeof wanted), g_free,
                        (GDestroyNotify)g_ptr_array_unref, 0 };
}
