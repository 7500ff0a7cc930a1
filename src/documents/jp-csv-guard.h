/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-documents-error.h"

G_BEGIN_DECLS

/* Keeps a spreadsheet program from taking a text of a CSV file for a formula: what begins like one
 * gets an apostrophe in front when it is written and loses it when it is read. A text that already
 * begins with apostrophes and then like a formula gets one more, so that every text survives. */

gboolean    jp_csv_guard_is_needed (const char *text);
const char *jp_csv_guard_strip (const char *text);

G_END_DECLS
