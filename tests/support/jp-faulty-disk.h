/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A disk for SQLite that can be full or broken, over the real one. One per program: what is opened
 * after jp_faulty_disk_install() goes through it. */

void jp_faulty_disk_install (void);
void jp_faulty_disk_set_quota (const char *folder, gint64 max_bytes);
void jp_faulty_disk_set_sync_fails (gboolean fails);

G_END_DECLS
