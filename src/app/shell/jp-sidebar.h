/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-page-registry.h"
#include "jp-tint.h"

G_BEGIN_DECLS

#define JP_TYPE_SIDEBAR (jp_sidebar_get_type ())

G_DECLARE_FINAL_TYPE (JpSidebar, jp_sidebar, JP, SIDEBAR, GtkWidget)

void jp_sidebar_fill (JpSidebar *self, JpPageRegistry *registry);
void jp_sidebar_set_school (JpSidebar *self, const char *name, const char *subtitle);
void jp_sidebar_set_badge (JpSidebar *self, const char *place_name, guint n_waiting, JpTint tint);
void
jp_sidebar_set_sync_state (JpSidebar *self, JpTint tint, const char *headline, const char *detail);
void     jp_sidebar_set_selected (JpSidebar *self, const char *place_name);
gboolean jp_sidebar_focus (JpSidebar *self);

G_END_DECLS
