/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-tint.h"

G_BEGIN_DECLS

#define JP_TYPE_METER (jp_meter_get_type ())

G_DECLARE_FINAL_TYPE (JpMeter, jp_meter, JP, METER, GtkWidget)

GtkWidget  *jp_meter_new (const char *label);
void        jp_meter_set (JpMeter *self, gint64 value, gint64 goal, const char *text);
void        jp_meter_set_tint (JpMeter *self, JpTint tint);
const char *jp_meter_get_text (JpMeter *self);

G_END_DECLS
