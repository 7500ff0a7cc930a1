/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-office.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What the next sync would change. Nothing is changed by looking. */

#define JP_TYPE_REHEARSAL_WINDOW (jp_rehearsal_window_get_type ())

G_DECLARE_FINAL_TYPE (JpRehearsalWindow, jp_rehearsal_window, JP, REHEARSAL_WINDOW, AdwWindow)

JpRehearsalWindow *jp_rehearsal_window_open (JpOffice *office);
const char        *jp_rehearsal_window_get_sentence (JpRehearsalWindow *self);

G_END_DECLS
