/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include <glib.h>

G_BEGIN_DECLS

void jp_sim_heap_install (sqlite3_mem_methods *methods);

G_END_DECLS
