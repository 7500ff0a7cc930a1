/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-tint.h"

G_BEGIN_DECLS

void jp_tint_color_lookup (GtkWidget *widget, JpTint tint, GdkRGBA *out_color);
void jp_tint_color_get_track (GtkWidget *widget, GdkRGBA *out_color);
void jp_tint_color_append_rounded (GtkSnapshot           *snapshot,
                                   const GdkRGBA         *color,
                                   const graphene_rect_t *area,
                                   float                  radius);

G_END_DECLS
