/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * JpTint:
 * @JP_TINT_MUTE: nothing to say, the grey of a plain fact
 * @JP_TINT_INFO: something is under way
 * @JP_TINT_OK: done, matches, valid
 * @JP_TINT_WARN: somebody should look at it
 * @JP_TINT_BAD: wrong, refused, overdue
 *
 * The five tints of a status. A tint only ever supports a word: nothing is told by colour alone.
 */
typedef enum {
  JP_TINT_MUTE,
  JP_TINT_INFO,
  JP_TINT_OK,
  JP_TINT_WARN,
  JP_TINT_BAD,
} JpTint;

#define JP_N_TINTS 5

#define JP_TYPE_TINT (jp_tint_get_type ())

GType       jp_tint_get_type (void);
const char *jp_tint_get_css_class (JpTint tint);
void        jp_tint_apply (GtkWidget *widget, JpTint tint);

G_END_DECLS
