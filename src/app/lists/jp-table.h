/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-column.h"
#include "jp-list-selection.h"

G_BEGIN_DECLS

/* More rows than this are exported, not copied. */
#define JP_TABLE_MAX_COPY_ROWS 2000

#define JP_TYPE_TABLE (jp_table_get_type ())

G_DECLARE_FINAL_TYPE (JpTable, jp_table, JP, TABLE, GtkWidget)

GtkWidget  *jp_table_new (void);
void        jp_table_set_columns (JpTable            *self,
                                  const JpColumnSpec *columns,
                                  guint               n_columns,
                                  gpointer            user_data);
void        jp_table_set_ids (JpTable *self, JpItemId item_id, JpItemFind find, gpointer user_data);
void        jp_table_set_model (JpTable *self, GListModel *model);
GListModel *jp_table_get_model (JpTable *self);
JpListSelection *jp_table_get_selection (JpTable *self);
gpointer         jp_table_ref_selected (JpTable *self);
gboolean         jp_table_select_id (JpTable *self, gint64 id);
void             jp_table_scroll_to (JpTable *self, guint position);
void             jp_table_sort_by (JpTable *self, const char *column_id, gboolean descending);
void             jp_table_set_context_menu (JpTable *self, GMenuModel *menu);
void             jp_table_set_type_ahead (JpTable *self, gboolean type_ahead);
gboolean         jp_table_type_ahead (JpTable *self, const char *text);
char            *jp_table_dup_tsv (JpTable *self, gboolean *out_complete);
void             jp_table_copy (JpTable *self);
GtkColumnView   *jp_table_get_view (JpTable *self);

G_END_DECLS
