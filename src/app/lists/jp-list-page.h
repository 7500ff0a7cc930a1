/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-page-header.h"
#include "jp-states.h"
#include "jp-table.h"
#include "jp-view-bar.h"

G_BEGIN_DECLS

#define JP_TYPE_LIST_PAGE (jp_list_page_get_type ())

G_DECLARE_FINAL_TYPE (JpListPage, jp_list_page, JP, LIST_PAGE, GtkWidget)

GtkWidget    *jp_list_page_new (void);
JpPageHeader *jp_list_page_get_header (JpListPage *self);
JpViewBar    *jp_list_page_get_view_bar (JpListPage *self);
JpStates     *jp_list_page_get_states (JpListPage *self);
JpTable      *jp_list_page_get_table (JpListPage *self);
void          jp_list_page_set_primary (JpListPage *self, const char *label);
void          jp_list_page_set_above (JpListPage *self, GtkWidget *above);
void          jp_list_page_set_detail (JpListPage *self, GtkWidget *detail);
void          jp_list_page_add_detail_button (JpListPage *self, GtkWidget *button);
void          jp_list_page_set_detail_notice (JpListPage *self, GtkWidget *notice);
void     jp_list_page_set_detail_title (JpListPage *self, const char *title, const char *subtitle);
void     jp_list_page_set_pane_open (JpListPage *self, gboolean open);
gboolean jp_list_page_get_pane_open (JpListPage *self);
const char *jp_list_page_get_search (JpListPage *self);
void        jp_list_page_set_search (JpListPage *self, const char *text);
void        jp_list_page_focus_search (JpListPage *self);
void        jp_list_page_enter (JpListPage *self);
void        jp_list_page_set_empty_text (JpListPage *self,
                                         const char *icon_name,
                                         const char *title,
                                         const char *description);
void        jp_list_page_set_n_rows (JpListPage *self, guint n_rows);

G_END_DECLS
