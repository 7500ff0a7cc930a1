/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-backup.h"
#include "jp-store.h"
#include "jp-verify.h"

G_BEGIN_DECLS

/* What is done for the safety of the data while people work: a backup every hour in which something
 * happened, and one at the end; verification when it is asked for. All of it on a thread of its own
 * with a reading connection of its own, so that neither lists nor saves wait. */

#define JP_TYPE_KEEPER (jp_keeper_get_type ())

G_DECLARE_FINAL_TYPE (JpKeeper, jp_keeper, JP, KEEPER, GObject)

JpKeeper *jp_keeper_new (JpStore *store, JpProfile *profile);
void      jp_keeper_start (JpKeeper *self);
void      jp_keeper_tick (JpKeeper *self);
gboolean  jp_keeper_is_busy (JpKeeper *self);
int       jp_keeper_get_permille (JpKeeper *self);
gint64    jp_keeper_get_last_us (JpKeeper *self);
gint64    jp_keeper_get_last_rows (JpKeeper *self);

const GError *jp_keeper_get_problem (JpKeeper *self);

void     jp_keeper_back_up_async (JpKeeper *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean jp_keeper_back_up_finish (JpKeeper *self, GAsyncResult *result, GError **error);
void     jp_keeper_verify_async (JpKeeper           *self,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
JpVerifyReport *jp_keeper_verify_finish (JpKeeper *self, GAsyncResult *result, GError **error);
void     jp_keeper_stop_async (JpKeeper *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean jp_keeper_stop_finish (JpKeeper *self, GAsyncResult *result, GError **error);

G_END_DECLS
