/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * NP_:
 * @one: English sentence for one thing, with a %d
 * @many: English sentence for any other number, with a %d
 *
 * Marks both as one message with a plural, and is both: two arguments of a call. Two N_() apart
 * would be extracted as two messages without a plural.
 */
#define NP_(one, many) one, many

char *jp_plural_format (const char *one, const char *many, gint64 n);

G_END_DECLS
