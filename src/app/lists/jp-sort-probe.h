/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JP_TYPE_SORT_PROBE (jp_sort_probe_get_type ())

G_DECLARE_FINAL_TYPE (JpSortProbe, jp_sort_probe, JP, SORT_PROBE, GtkSorter)

GtkSorter  *jp_sort_probe_new (const char *column_id);
const char *jp_sort_probe_ask (GtkSorter *view_sorter, gboolean *out_descending);

G_END_DECLS
