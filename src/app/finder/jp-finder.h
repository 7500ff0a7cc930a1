/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-office.h"

G_BEGIN_DECLS

#define JP_FINDER_DELAY_MS 60 /* after the last key */

/* Search over everything (Ctrl+K): one entry, a few answers of each kind with the reason. */

#define JP_TYPE_FINDER (jp_finder_get_type ())

G_DECLARE_FINAL_TYPE (JpFinder, jp_finder, JP, FINDER, AdwWindow)

JpFinder *jp_finder_new (JpOffice *office);
void      jp_finder_attach (JpOffice *office, JpWindow *window);
void      jp_finder_set_text (JpFinder *self, const char *text);
guint     jp_finder_get_n_hits (JpFinder *self);
void      jp_finder_activate (JpFinder *self);

G_END_DECLS
