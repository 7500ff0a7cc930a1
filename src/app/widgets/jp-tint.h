/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-field.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JP_N_TINTS 5

#define JP_TYPE_TINT (jp_tint_get_type ())

GType       jp_tint_get_type (void);
const char *jp_tint_get_css_class (JpTint tint);
void        jp_tint_apply (GtkWidget *widget, JpTint tint);

G_END_DECLS
