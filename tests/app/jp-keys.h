/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Real key presses, through the X server, as from somebody's keyboard: under Xvfb, where no window
 * manager gives the focus away. */

void jp_keys_press (const char *keys);
void jp_keys_type (const char *text);

G_END_DECLS
