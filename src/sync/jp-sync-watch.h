/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-store.h"
#include "jp-transport.h"

G_BEGIN_DECLS

/* Waiting for news at the platform, between two rounds: a bell, which applies nothing. */

void     jp_sync_watch_async (JpStore            *store,
                              JpTransport        *transport,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data);
gboolean jp_sync_watch_finish (JpStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
