/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-record.h"

G_BEGIN_DECLS

/* Values as people read and type them: the one place for both directions. */

char     *jp_display_text (const JpField *field, const char *text, gboolean reveal);
char     *jp_display_integer (const JpField *field, gint64 value, gboolean reveal);
JpProblem jp_display_parse (JpDraft *draft, JpFieldId field, const char *typed);
char     *jp_display_dup_typed (JpDraft *draft, JpFieldId field);

G_END_DECLS
