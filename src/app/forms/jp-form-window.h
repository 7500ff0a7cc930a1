/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-form.h"

G_BEGIN_DECLS

#define JP_TYPE_FORM_WINDOW (jp_form_window_get_type ())

G_DECLARE_FINAL_TYPE (JpFormWindow, jp_form_window, JP, FORM_WINDOW, AdwWindow)

JpFormWindow *jp_form_window_new (GtkWindow *parent, const char *title, JpForm *form);
JpForm       *jp_form_window_get_form (JpFormWindow *self);
void          jp_form_window_set_save_label (JpFormWindow *self, const char *label);

G_END_DECLS
