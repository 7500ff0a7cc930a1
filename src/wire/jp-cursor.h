/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-wire-error.h"

G_BEGIN_DECLS

/* A place in the stream of a school: "epoch:seq". Clients only compare the epochs of two cursors;
 * the rest is the platform's (sync.md §3.5). */

#define JP_CURSOR_MAX_BYTES 64

char    *jp_cursor_to_text (const char *epoch, gint64 seq);
gboolean jp_cursor_parse (const char *text, char **out_epoch, gint64 *out_seq, GError **error);

G_END_DECLS
