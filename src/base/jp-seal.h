/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-error.h"
#include "jp-id.h"

G_BEGIN_DECLS

/* Sensitive columns at rest (sync.md §7.1): XChaCha20-Poly1305, the additional data names table,
 * row and column so that a sealed value cannot be moved elsewhere; a keyed BLAKE2b-128 "blind
 * index" finds equal values without opening them. The data key lives in memory that is locked and
 * wiped. */

#define JP_SEAL_KEY_BYTES          32
#define JP_SEAL_INDEX_BYTES        16
#define JP_SEAL_OVERHEAD_BYTES     41 /* version 1 + nonce 24 + tag 16 */
#define JP_SEAL_MAX_PLAIN_BYTES    (4 * 1024 * 1024)
#define JP_SEAL_MAX_NAME_BYTES     64 /* of a table or a column */
#define JP_SEAL_MAX_PASSWORD_BYTES 1024
#define JP_SEAL_HASH_BYTES         32

/* The data key of one school. Immutable, thread-safe, reference-counted. */
typedef struct _JpSealKey JpSealKey;

JpSealKey *jp_seal_key_new_random (void);
JpSealKey *jp_seal_key_new_from_bytes (const guint8 *bytes, gsize length_bytes, GError **error);
JpSealKey *jp_seal_key_ref (JpSealKey *self);
void       jp_seal_key_unref (JpSealKey *self);
GBytes    *jp_seal_key_wrap (JpSealKey *self, const char *password, GError **error);
JpSealKey *jp_seal_key_unwrap (GBytes *wrapped, const char *password, GError **error);
char      *jp_seal_key_to_base64 (JpSealKey *self);
JpSealKey *jp_seal_key_from_base64 (const char *text, GError **error);

/**
 * JpSealPlace:
 * @table: (borrowed): table of the row, at most %JP_SEAL_MAX_NAME_BYTES
 * @id: (borrowed): id of the row
 * @column: (borrowed): the column, at most %JP_SEAL_MAX_NAME_BYTES
 *
 * Where a sealed value belongs.
 */
typedef struct
{
  const char *table;
  const JpId *id;
  const char *column;
} JpSealPlace;

void    jp_seal_close_into (JpSealKey         *key,
                            const JpSealPlace *place,
                            gconstpointer      plain,
                            gsize              length_bytes,
                            guint8            *out_sealed);
GBytes *jp_seal_close (JpSealKey    *key,
                       const char   *table,
                       const JpId   *id,
                       const char   *column,
                       gconstpointer plain,
                       gsize         length_bytes);
GBytes *jp_seal_open (JpSealKey    *key,
                      const char   *table,
                      const JpId   *id,
                      const char   *column,
                      gconstpointer sealed,
                      gsize         length_bytes,
                      GError      **error);
void    jp_seal_index (JpSealKey  *key,
                       const char *column,
                       const char *plain,
                       guint8      out_index[JP_SEAL_INDEX_BYTES]);
void    jp_seal_wipe_text (char *text);

void     jp_hash_chain (const guint8  previous[JP_SEAL_HASH_BYTES],
                        gconstpointer bytes,
                        gsize         length_bytes,
                        guint8        out_hash[JP_SEAL_HASH_BYTES]);
char    *jp_hash_sha256_text (gconstpointer bytes, gsize length_bytes);
char    *jp_hash_to_hex (const guint8 *bytes, gsize length_bytes);
gboolean jp_hash_from_hex (const char *hex, guint8 *out_bytes, gsize length_bytes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpSealKey, jp_seal_key_unref)

G_END_DECLS
