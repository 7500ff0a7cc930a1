/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define JP_TYPE_PAGE_HEADER (jp_page_header_get_type ())

G_DECLARE_FINAL_TYPE (JpPageHeader, jp_page_header, JP, PAGE_HEADER, GtkWidget)

GtkWidget  *jp_page_header_new (void);
void        jp_page_header_set_title (JpPageHeader *self, const char *title);
const char *jp_page_header_get_title (JpPageHeader *self);
void        jp_page_header_set_subtitle (JpPageHeader *self, const char *subtitle);
const char *jp_page_header_get_subtitle (JpPageHeader *self);
void        jp_page_header_set_menu (JpPageHeader *self, GMenuModel *menu);
void        jp_page_header_pack_start (JpPageHeader *self, GtkWidget *child);
void        jp_page_header_pack_end (JpPageHeader *self, GtkWidget *child);

G_END_DECLS
