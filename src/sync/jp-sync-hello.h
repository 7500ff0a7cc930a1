/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-store.h"
#include "jp-transport.h"

G_BEGIN_DECLS

/* The first thing a station asks after it has started: which versions the platform speaks, and what
 * its clock says. */

/* Version of the records that both sides speak; a setting of the store. */
#define JP_SYNC_SETTING_SCHEMA "schema"

/**
 * JpSyncHello:
 * @schema: version of the records that both sides speak
 * @now_us: the platform's clock
 * @offset_us: the platform's clock minus ours, half of the way taken off
 *
 * What came of the greeting. A plain value.
 */
typedef struct
{
  gint64 schema;
  gint64 now_us;
  gint64 offset_us;
} JpSyncHello;

gboolean jp_sync_hello_read (GBytes *answer, JpSyncHello *out_hello, GError **error);
void     jp_sync_hello_async (JpStore            *store,
                              JpTransport        *transport,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data);
gboolean
jp_sync_hello_finish (JpStore *store, GAsyncResult *result, JpSyncHello *out_hello, GError **error);

G_END_DECLS
