/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-tint.h"

G_BEGIN_DECLS

#define JP_TYPE_PILL (jp_pill_get_type ())

G_DECLARE_FINAL_TYPE (JpPill, jp_pill, JP, PILL, GtkWidget)

GtkWidget  *jp_pill_new (const char *text, JpTint tint);
const char *jp_pill_get_text (JpPill *self);
void        jp_pill_set_text (JpPill *self, const char *text);
JpTint      jp_pill_get_tint (JpPill *self);
void        jp_pill_set_tint (JpPill *self, JpTint tint);

G_END_DECLS
