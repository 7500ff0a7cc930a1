/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-form-window.h"
#include "jp-start.h"

G_BEGIN_DECLS

JpFormWindow *jp_restore_window_open (JpStart *start, GtkWindow *parent);

G_END_DECLS
