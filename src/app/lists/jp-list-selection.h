/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Above this many selected rows their ids are not remembered through a new order. */
#define JP_LIST_SELECTION_MAX_IDS 1000
/* So many rows are looked through for a remembered id where the model has no quicker way. */
#define JP_LIST_SELECTION_MAX_SCAN 2000

/**
 * JpItemId:
 * @item: (type GObject): an item of the model
 * @user_data: as set
 *
 * Returns: the id of @item in this list, > 0
 */
typedef gint64 (*JpItemId) (gpointer item, gpointer user_data);

/**
 * JpItemFind:
 * @model: the model
 * @id: the id of an item
 * @user_data: as set
 *
 * Finds an item without making the model's items.
 *
 * Returns: its position, %GTK_INVALID_LIST_POSITION if it is not there
 */
typedef guint (*JpItemFind) (GListModel *model, gint64 id, gpointer user_data);

#define JP_TYPE_LIST_SELECTION (jp_list_selection_get_type ())

G_DECLARE_FINAL_TYPE (JpListSelection, jp_list_selection, JP, LIST_SELECTION, GObject)

JpListSelection *jp_list_selection_new (void);
void             jp_list_selection_set_ids (JpListSelection *self,
                                            JpItemId         item_id,
                                            JpItemFind       find,
                                            gpointer         user_data);
void             jp_list_selection_set_model (JpListSelection *self, GListModel *model);
GListModel      *jp_list_selection_get_model (JpListSelection *self);
guint64          jp_list_selection_get_n_selected (JpListSelection *self);
guint            jp_list_selection_get_single (JpListSelection *self);
guint            jp_list_selection_find (JpListSelection *self, gint64 id);

G_END_DECLS
