/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-form-window.h"
#include "jp-keeper.h"
#include "jp-office.h"

G_BEGIN_DECLS

/* A dialog that changes the password of the school on this PC. */

typedef struct _JpPasswordWindow JpPasswordWindow;

JpPasswordWindow *
jp_password_window_open (JpOffice *office, JpKeeper *keeper, JpProfile *profile, GtkWindow *parent);
JpFormWindow *jp_password_window_get_window (JpPasswordWindow *self);
gboolean      jp_password_window_submit (JpPasswordWindow *self,
                                         const char       *current,
                                         const char       *password,
                                         const char       *again);

G_END_DECLS
