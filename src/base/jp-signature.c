/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-signature.h"

#include "jp-seal-key-private.h"
#include "jp-sodium-private.h"

#include <sodium.h>
#include <string.h>

G_STATIC_ASSERT (JP_SIGNATURE_KEY_CHARS == 2 * crypto_sign_PUBLICKEYBYTES);
G_STATIC_ASSERT (JP_SIGNATURE_CHARS == 2 * crypto_sign_BYTES);
G_STATIC_ASSERT (JP_SEAL_KEY_BYTES == crypto_sign_SEEDBYTES);

/* The pair follows from the data key: a platform that is restored signs as before. */
static void
make_pair (JpSealKey *key,
           guint8     out_public[crypto_sign_PUBLICKEYBYTES],
           guint8     out_secret[crypto_sign_SECRETKEYBYTES])
{
  guint8 seed[crypto_sign_SEEDBYTES];

  jp_sodium_ensure ();
  jp_seal_key_derive_sign_seed (key, seed);
  crypto_sign_seed_keypair (out_public, out_secret, seed);
  sodium_memzero (seed, sizeof seed);
}

static gboolean
read_hex (const char *hex, guint8 *out_bytes, gsize length_bytes)
{
  gsize n_read = 0;

  return strlen (hex) == 2 * length_bytes &&
         sodium_hex2bin (out_bytes, length_bytes, hex, strlen (hex), NULL, &n_read, NULL) == 0 &&
         n_read == length_bytes;
}

/**
 * jp_signature_dup_public_key:
 * @key: the data key of whoever signs
 *
 * Any thread.
 *
 * Returns: (transfer full): the public key, %JP_SIGNATURE_KEY_CHARS hexadecimal digits
 */
char *
jp_signature_dup_public_key (JpSealKey *key)
{
  g_return_val_if_fail (key != NULL, NULL);

  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];

  make_pair (key, public_key, secret_key);
  sodium_memzero (secret_key, sizeof secret_key);
  return jp_hash_to_hex (public_key, sizeof public_key);
}

/**
 * jp_signature_sign:
 * @key: the data key of whoever signs
 * @text: what is signed; it should begin with what it is for
 *
 * Any thread.
 *
 * Returns: (transfer full): the signature, %JP_SIGNATURE_CHARS hexadecimal digits
 */
char *
jp_signature_sign (JpSealKey *key, const char *text)
{
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];
  guint8 signature[crypto_sign_BYTES];

  make_pair (key, public_key, secret_key);
  crypto_sign_detached (signature, NULL, (const guint8 *)text, strlen (text), secret_key);
  sodium_memzero (secret_key, sizeof secret_key);
  return jp_hash_to_hex (signature, sizeof signature);
}

/**
 * jp_signature_verify:
 * @public_key: a public key in hexadecimal
 * @text: what is said to be signed
 * @signature: (nullable): the signature in hexadecimal
 *
 * Any thread.
 *
 * Returns: whether whoever has the key has signed that text
 */
gboolean
jp_signature_verify (const char *public_key, const char *text, const char *signature)
{
  g_return_val_if_fail (public_key != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  guint8 key[crypto_sign_PUBLICKEYBYTES];
  guint8 bytes[crypto_sign_BYTES];

  jp_sodium_ensure ();
  return signature != NULL && read_hex (public_key, key, sizeof key) &&
         read_hex (signature, bytes, sizeof bytes) &&
         crypto_sign_verify_detached (bytes, (const guint8 *)text, strlen (text), key) == 0;
}
