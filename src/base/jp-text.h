/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-error.h"

G_BEGIN_DECLS

/* Text that people typed or that came out of a spreadsheet, made comparable. */

char    *jp_text_clean (const char *text);
char    *jp_text_clean_lines (const char *text);
char    *jp_text_clean_code (const char *text);
gsize    jp_text_length (const char *text);
gboolean jp_text_is_digits (const char *text, gsize n_digits);
char    *jp_text_mask (const char *text, gsize n_head, gsize n_tail);
char    *jp_text_redact (const char *text);
char    *jp_text_escape_like (const char *text);

G_END_DECLS
