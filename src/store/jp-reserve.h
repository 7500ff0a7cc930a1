/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Room on the disk that is given up when the disk is full, so that what somebody has just typed can
 * still be saved (sync.md §4.4): a file beside the database with nothing in it. */

#define JP_RESERVE_BYTES (32 * 1024 * 1024)

gboolean jp_reserve_keep (const char *database, GError **error);
gboolean jp_reserve_release (const char *database);
gboolean jp_reserve_exists (const char *database);

G_END_DECLS
