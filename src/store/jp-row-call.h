/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-store.h"

G_BEGIN_DECLS

/**
 * JpRowList:
 * @vault: the vault of the reader
 * @kind: kind of a record
 * @id: the record
 * @error: return location
 *
 * Lists what belongs to one record. Runs on the reader.
 *
 * Returns: (transfer full): the list, or %NULL with an error
 */
typedef GPtrArray *(*JpRowList) (JpVault *vault, JpKind kind, const JpId *id, GError **error);

JpStoreCall jp_row_call_new (JpRowList list, JpKind kind, const JpId *id);

G_END_DECLS
