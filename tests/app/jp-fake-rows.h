/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A list of any length whose rows are made when asked for and live while somebody holds them, like
 * the program's own; it counts how often it is asked. */

#define JP_TYPE_FAKE_ROW (jp_fake_row_get_type ())

G_DECLARE_FINAL_TYPE (JpFakeRow, jp_fake_row, JP, FAKE_ROW, GObject)

gint64   jp_fake_row_get_id (JpFakeRow *self);
gboolean jp_fake_row_is_loaded (JpFakeRow *self);
void     jp_fake_row_set_loaded (JpFakeRow *self, gboolean loaded);

#define JP_TYPE_FAKE_ROWS (jp_fake_rows_get_type ())

G_DECLARE_FINAL_TYPE (JpFakeRows, jp_fake_rows, JP, FAKE_ROWS, GObject)

JpFakeRows *jp_fake_rows_new (guint n_rows);
guint       jp_fake_rows_get_n_asked (JpFakeRows *self);
guint       jp_fake_rows_get_n_alive (JpFakeRows *self);
void        jp_fake_rows_set_loaded (JpFakeRows *self, gboolean loaded);
void        jp_fake_rows_reverse (JpFakeRows *self);
void        jp_fake_rows_remove (JpFakeRows *self, guint position);
void        jp_fake_rows_insert (JpFakeRows *self, guint position, gint64 id);
guint       jp_fake_rows_find (GListModel *model, gint64 id, gpointer user_data);
gint64      jp_fake_rows_get_item_id (gpointer item, gpointer user_data);

G_END_DECLS
