/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-form-window.h"
#include "jp-office.h"

G_BEGIN_DECLS

/* Joining the platform: its address, its certificate, the one-time code, the name of this PC. */

#define JP_TYPE_JOIN_WINDOW (jp_join_window_get_type ())

G_DECLARE_FINAL_TYPE (JpJoinWindow, jp_join_window, JP, JOIN_WINDOW, GObject)

JpJoinWindow *jp_join_window_new (JpOffice *office);
JpFormWindow *jp_join_window_get_window (JpJoinWindow *self);
void          jp_join_window_set_authority (JpJoinWindow *self, const char *path);
void          jp_join_window_open (JpOffice *office);

G_END_DECLS
