/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-seal.h"

G_BEGIN_DECLS

/* Ed25519: the platform signs what it serves, and a PC knows it by the key it got when it joined.
 */

#define JP_SIGNATURE_KEY_CHARS 64  /* of a public key, hexadecimal */
#define JP_SIGNATURE_CHARS     128 /* of a signature, hexadecimal */

char    *jp_signature_dup_public_key (JpSealKey *key);
char    *jp_signature_sign (JpSealKey *key, const char *text);
gboolean jp_signature_verify (const char *public_key, const char *text, const char *signature);

G_END_DECLS
