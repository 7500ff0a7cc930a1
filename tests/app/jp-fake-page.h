/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-page.h"

G_BEGIN_DECLS

#define JP_TYPE_FAKE_PAGE (jp_fake_page_get_type ())

G_DECLARE_FINAL_TYPE (JpFakePage, jp_fake_page, JP, FAKE_PAGE, GtkWidget)

GtkWidget *jp_fake_page_new (gpointer title);
void       jp_fake_page_set_child (JpFakePage *self, GtkWidget *child);
void       jp_fake_page_set_commands (JpFakePage *self, JpCommands commands);
char      *jp_fake_page_dup_log (JpFakePage *self);

G_END_DECLS
