/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-seal.h"

#include "jp-sodium-private.h"

#include <sodium.h>

/**
 * jp_hash_chain:
 * @previous: hash of the entry before, all zero for the first
 * @bytes: (nullable): the entry
 * @length_bytes: its length
 * @out_hash: (out caller-allocates): where to write %JP_SEAL_HASH_BYTES; may be @previous
 *
 * Computes BLAKE2b-256 of @previous and @bytes: whoever knows the last hash of a chain notices a
 * change of any entry. Pure; any thread.
 */
void
jp_hash_chain (const guint8  previous[JP_SEAL_HASH_BYTES],
               gconstpointer bytes,
               gsize         length_bytes,
               guint8        out_hash[JP_SEAL_HASH_BYTES])
{
  crypto_generichash_state state;

  g_return_if_fail (previous != NULL);
  g_return_if_fail (bytes != NULL || length_bytes == 0);
  g_return_if_fail (out_hash != NULL);

  jp_sodium_ensure ();
  crypto_generichash_init (&state, NULL, 0, JP_SEAL_HASH_BYTES);
  crypto_generichash_update (&state, previous, JP_SEAL_HASH_BYTES);
  crypto_generichash_update (&state, bytes, length_bytes);
  crypto_generichash_final (&state, out_hash, JP_SEAL_HASH_BYTES);
}

/**
 * jp_hash_sha256_text:
 * @bytes: (nullable): any bytes
 * @length_bytes: how many
 *
 * Computes SHA-256, for files and other things that somebody else may want to check. Pure; any
 * thread.
 *
 * Returns: (transfer full): 64 hexadecimal digits, lower-case
 */
char *
jp_hash_sha256_text (gconstpointer bytes, gsize length_bytes)
{
  guint8 hash[crypto_hash_sha256_BYTES];

  g_return_val_if_fail (bytes != NULL || length_bytes == 0, NULL);

  crypto_hash_sha256 (hash, bytes, length_bytes);
  return jp_hash_to_hex (hash, sizeof hash);
}

/**
 * jp_hash_to_hex:
 * @bytes: (nullable): any bytes
 * @length_bytes: how many
 *
 * Returns: (transfer full): two hexadecimal digits for each byte, lower-case
 */
char *
jp_hash_to_hex (const guint8 *bytes, gsize length_bytes)
{
  g_return_val_if_fail (bytes != NULL || length_bytes == 0, NULL);

  gsize size = length_bytes * 2 + 1;

  return sodium_bin2hex (g_malloc (size), size, bytes, length_bytes);
}

/**
 * jp_hash_from_hex:
 * @hex: text
 * @out_bytes: (out caller-allocates): where to write the bytes; undefined on error
 * @length_bytes: how many there must be
 * @error: return location for a [error@Jp.BaseError]
 *
 * Returns: %TRUE, or %FALSE with `JP_BASE_ERROR_INVALID` unless @hex is exactly two hexadecimal
 *   digits for each byte
 */
gboolean
jp_hash_from_hex (const char *hex, guint8 *out_bytes, gsize length_bytes, GError **error)
{
  g_return_val_if_fail (hex != NULL, FALSE);
  g_return_val_if_fail (out_bytes != NULL, FALSE);

  gsize written = 0;

  if (strlen (hex) == 2 * length_bytes &&
      sodium_hex2bin (out_bytes, length_bytes, hex, strlen (hex), NULL, &written, NULL) == 0 &&
      written == length_bytes)
    return TRUE;
  g_set_error (error, JP_BASE_ERROR, JP_BASE_ERROR_INVALID,
               "a hash is not %" G_GSIZE_FORMAT " hexadecimal digits", 2 * length_bytes);
  return FALSE;
}
