/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Counts how often SQLite asks the disk to keep what it has. */

void  jp_perf_vfs_install (void);
guint jp_perf_vfs_get_n_syncs (void);

G_END_DECLS
