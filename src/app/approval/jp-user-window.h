/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-form-window.h"
#include "jp-office.h"

G_BEGIN_DECLS

/* Adds somebody who works at this PC. */

typedef void (*JpUserWindowDone) (gpointer user_data);

#define JP_TYPE_USER_WINDOW (jp_user_window_get_type ())

G_DECLARE_FINAL_TYPE (JpUserWindow, jp_user_window, JP, USER_WINDOW, GObject)

void
jp_user_window_open (JpOffice *office, GtkWindow *parent, JpUserWindowDone done, GObject *whose);

G_END_DECLS
