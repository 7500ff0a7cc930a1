/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-sync-round.h"

G_BEGIN_DECLS

/* A round without a line: what waits goes into a file that somebody carries to the platform, and
 * what the platform says comes back in another one. Verdicts and states are those of the line;
 * either file may be used twice, or after a round over the line, without harm. */

GBytes *jp_sync_courier_write (JpVault *vault, guint *out_n_ops, GError **error);
gboolean
jp_sync_courier_apply (JpVault *vault, GBytes *file, JpSyncReceipt *out_receipt, GError **error);

G_END_DECLS
