/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* PINs and passwords of people at one PC, kept as Argon2id only. */

#define JP_PIN_MIN_CHARS 6
#define JP_PIN_MAX_BYTES 128

gboolean jp_pin_is_acceptable (const char *pin);
char    *jp_pin_hash (const char *pin);
gboolean jp_pin_verify (const char *hash, const char *pin);

G_END_DECLS
