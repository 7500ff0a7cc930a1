/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-error.h"

G_BEGIN_DECLS

/* Whole gzip files in memory, for HTTP bodies (sync.md §3.13). Unpacking always has a limit: 130
 * bytes of gzip can hold 100 KB (F15). */

#define JP_GZIP_LEVEL_FAST    1
#define JP_GZIP_LEVEL_DEFAULT 6

GBytes *jp_gzip_pack (GBytes *plain, int level);
GBytes *jp_gzip_unpack (GBytes *packed, gsize max_bytes, GError **error);

G_END_DECLS
