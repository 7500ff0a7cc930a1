/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-office.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Showing the sensitive values of one record for a while; every time is written into the audit. */

#define JP_REVEAL_S 30 /* then they are masked again */

#define JP_TYPE_REVEAL (jp_reveal_get_type ())

G_DECLARE_FINAL_TYPE (JpReveal, jp_reveal, JP, REVEAL, GObject)

JpReveal  *jp_reveal_new (JpOffice *office);
void       jp_reveal_set_record (JpReveal *self, JpRecord *record);
gboolean   jp_reveal_is_on (JpReveal *self);
void       jp_reveal_toggle (JpReveal *self);
GtkWidget *jp_reveal_new_button (JpReveal *self);

G_END_DECLS
