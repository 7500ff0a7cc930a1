/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-seal.h"

#include "jp-seal-key-private.h"

#include <sodium.h>
#include <string.h>

#define VERSION     1
#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES   crypto_aead_xchacha20poly1305_ietf_ABYTES

G_STATIC_ASSERT (1 + NONCE_BYTES + TAG_BYTES == JP_SEAL_OVERHEAD_BYTES);

typedef struct
{
  guint8 bytes[2 * JP_SEAL_MAX_NAME_BYTES + JP_ID_BYTES + 4];
  gsize  length_bytes;
} Bound;

static void
append (Bound *place, gconstpointer bytes, gsize length_bytes)
{
  memcpy (place->bytes + place->length_bytes, bytes, length_bytes);
  place->length_bytes += length_bytes;
}

/* Names end with their zero and the id has a fixed length, so no two places look the same. */
static Bound
describe_place (const char *table, const JpId *id, const char *column)
{
  static const guint8 separator_byte = 0;
  static const guint8 version_byte = VERSION;
  Bound               place = { { 0 }, 0 };

  append (&place, table, strlen (table) + 1);
  append (&place, id->bytes, JP_ID_BYTES);
  append (&place, &separator_byte, 1);
  append (&place, column, strlen (column) + 1);
  append (&place, &version_byte, 1);
  return place;
}

/**
 * jp_seal_close_into:
 * @key: the key
 * @place: where the value belongs
 * @plain: (nullable): what to hide
 * @length_bytes: its length, at most %JP_SEAL_MAX_PLAIN_BYTES
 * @out_sealed: (out caller-allocates): room for @length_bytes and %JP_SEAL_OVERHEAD_BYTES
 *
 * As jp_seal_close(), into memory of the caller. Any thread.
 */
void
jp_seal_close_into (JpSealKey         *key,
                    const JpSealPlace *place,
                    gconstpointer      plain,
                    gsize              length_bytes,
                    guint8            *out_sealed)
{
  g_return_if_fail (key != NULL);
  g_return_if_fail (place != NULL && place->id != NULL);
  g_return_if_fail (place->table != NULL && strlen (place->table) <= JP_SEAL_MAX_NAME_BYTES);
  g_return_if_fail (place->column != NULL && strlen (place->column) <= JP_SEAL_MAX_NAME_BYTES);
  g_return_if_fail (plain != NULL || length_bytes == 0);
  g_return_if_fail (length_bytes <= JP_SEAL_MAX_PLAIN_BYTES);

  Bound   bound = describe_place (place->table, place->id, place->column);
  guint8 *nonce = out_sealed + 1;

  out_sealed[0] = VERSION;
  randombytes_buf (nonce, NONCE_BYTES);
  crypto_aead_xchacha20poly1305_ietf_encrypt (nonce + NONCE_BYTES, NULL, plain, length_bytes,
                                              bound.bytes, bound.length_bytes, NULL, nonce,
                                              jp_seal_key_get_column_key (key));
}

/**
 * jp_seal_close:
 * @key: the key
 * @table: table of the row, at most %JP_SEAL_MAX_NAME_BYTES
 * @id: id of the row
 * @column: the column, at most %JP_SEAL_MAX_NAME_BYTES
 * @plain: (nullable): what to hide
 * @length_bytes: its length, at most %JP_SEAL_MAX_PLAIN_BYTES
 *
 * Encrypts a value for one place of the database; it cannot be opened anywhere else. The nonce is
 * random and always from the operating system, also in simulations: a nonce must never come twice.
 * Sealing the same value again gives other bytes. Any thread.
 *
 * Returns: (transfer full): the sealed value, %JP_SEAL_OVERHEAD_BYTES longer
 */
GBytes *
jp_seal_close (JpSealKey    *key,
               const char   *table,
               const JpId   *id,
               const char   *column,
               gconstpointer plain,
               gsize         length_bytes)
{
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (table != NULL && strlen (table) <= JP_SEAL_MAX_NAME_BYTES, NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (column != NULL && strlen (column) <= JP_SEAL_MAX_NAME_BYTES, NULL);
  g_return_val_if_fail (plain != NULL || length_bytes == 0, NULL);
  g_return_val_if_fail (length_bytes <= JP_SEAL_MAX_PLAIN_BYTES, NULL);

  guint8 *sealed = g_malloc (length_bytes + JP_SEAL_OVERHEAD_BYTES);

  jp_seal_close_into (key, &(JpSealPlace){ table, id, column }, plain, length_bytes, sealed);
  return g_bytes_new_take (sealed, length_bytes + JP_SEAL_OVERHEAD_BYTES);
}

/**
 * jp_seal_open:
 * @key: the key
 * @table: table of the row
 * @id: id of the row
 * @column: the column
 * @sealed: (nullable): what jp_seal_close() returned for this place
 * @length_bytes: its length
 * @error: return location for a [error@Jp.BaseError]
 *
 * Decrypts a value. Any thread.
 *
 * Returns: (transfer full): the value, behind which lies one zero byte that is not counted, so that
 *   texts can be used as they are; or %NULL with `JP_BASE_ERROR_SEALED` if the key is another one,
 * a bit was changed or the value belongs to another place
 */
GBytes *
jp_seal_open (JpSealKey    *key,
              const char   *table,
              const JpId   *id,
              const char   *column,
              gconstpointer sealed,
              gsize         length_bytes,
              GError      **error)
{
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (table != NULL && strlen (table) <= JP_SEAL_MAX_NAME_BYTES, NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (column != NULL && strlen (column) <= JP_SEAL_MAX_NAME_BYTES, NULL);
  g_return_val_if_fail (sealed != NULL || length_bytes == 0, NULL);

  const guint8      *version = sealed;
  g_autofree guint8 *plain = NULL;

  if (length_bytes >= JP_SEAL_OVERHEAD_BYTES && *version == VERSION &&
      length_bytes - JP_SEAL_OVERHEAD_BYTES <= JP_SEAL_MAX_PLAIN_BYTES)
    {
      Bound         place = describe_place (table, id, column);
      const guint8 *nonce = version + 1;
      gsize         plain_bytes = length_bytes - JP_SEAL_OVERHEAD_BYTES;

      plain = g_malloc (plain_bytes + 1);
      plain[plain_bytes] = 0;
      if (crypto_aead_xchacha20poly1305_ietf_decrypt (plain, NULL, NULL, nonce + NONCE_BYTES,
                                                      plain_bytes + TAG_BYTES, place.bytes,
                                                      place.length_bytes, nonce,
                                                      jp_seal_key_get_column_key (key)) == 0)
        return g_bytes_new_take (g_steal_pointer (&plain), plain_bytes);
    }

  g_set_error (error, JP_BASE_ERROR, JP_BASE_ERROR_SEALED,
               "cannot open column \"%s\" of table \"%s\": wrong key or changed data", column,
               table);
  return NULL;
}

/**
 * jp_seal_index:
 * @key: the key
 * @column: which column, e.g. "trainee.id_no"; the same value has another index in another column
 * @plain: the value, normalised: see jp_text_clean_code()
 * @out_index: (out caller-allocates): where to write %JP_SEAL_INDEX_BYTES
 *
 * Computes the blind index: equal values of a column have equal indexes, and without the key nobody
 * can find a value by trying all. Pure; any thread.
 */
void
jp_seal_index (JpSealKey  *key,
               const char *column,
               const char *plain,
               guint8      out_index[JP_SEAL_INDEX_BYTES])
{
  crypto_generichash_state state;

  g_return_if_fail (key != NULL);
  g_return_if_fail (column != NULL);
  g_return_if_fail (plain != NULL);
  g_return_if_fail (out_index != NULL);

  crypto_generichash_init (&state, jp_seal_key_get_index_key (key), JP_SEAL_KEY_BYTES,
                           JP_SEAL_INDEX_BYTES);
  crypto_generichash_update (&state, (const guint8 *)column, strlen (column) + 1);
  crypto_generichash_update (&state, (const guint8 *)plain, strlen (plain));
  crypto_generichash_final (&state, out_index, JP_SEAL_INDEX_BYTES);
  sodium_memzero (&state, sizeof state);
}

/**
 * jp_seal_wipe_text:
 * @text: (nullable) (transfer full): a password, or a key as text
 *
 * Overwrites and frees a text that nobody may find in memory later.
 */
void
jp_seal_wipe_text (char *text)
{
  if (text == NULL)
    return;

  sodium_memzero (text, strlen (text));
  g_free (text);
}
