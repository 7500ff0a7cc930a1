/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-store.h"

G_BEGIN_DECLS

#define JP_TRAINEE_HOURS_PARTS 4

void   jp_trainee_hours_load (JpStore *store);
gint64 jp_trainee_hours_get_required (const char *licence_type, int part);
gint64 jp_trainee_hours_get_valid (JpRecord *trainee, int part);

G_END_DECLS
