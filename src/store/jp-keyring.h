/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-seal.h"

G_BEGIN_DECLS

/* The desktop keyring as the comfortable slot of a data key; the password slot lies beside the
 * database (sync.md §7.1). The keyring's attributes name the profile by a random id and nobody. A
 * keyring that is absent or locked is a state, not an error. */

gboolean   jp_keyring_is_there (void);
gboolean   jp_keyring_store (const JpId *profile, JpSealKey *key);
JpSealKey *jp_keyring_lookup (const JpId *profile);
gboolean   jp_keyring_forget (const JpId *profile);

G_END_DECLS
