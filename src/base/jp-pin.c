/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-pin.h"

#include "jp-seal.h"
#include "jp-sodium-private.h"

#include <sodium.h>
#include <string.h>

/* Two passes over 19 MiB: what OWASP asks of Argon2id at least, and about 30 ms on an old PC, which
 * the thread that writes can bear. Guessing is slowed down where PINs are checked. */
#define PASSES       2
#define MEMORY_BYTES (19 * 1024 * 1024)

/* The same PIN typed with another input method has the same form. */
static char *
normalize (const char *pin)
{
  char *normal = g_utf8_normalize (pin, -1, G_NORMALIZE_NFKC);

  return normal != NULL ? normal : g_strdup (pin);
}

/**
 * jp_pin_is_acceptable:
 * @pin: what somebody wants as PIN
 *
 * Returns: whether it is long enough, not too long, and not one character again and again
 */
gboolean
jp_pin_is_acceptable (const char *pin)
{
  g_return_val_if_fail (pin != NULL, FALSE);

  gsize length_bytes = strlen (pin);

  if (length_bytes > JP_PIN_MAX_BYTES || !g_utf8_validate (pin, -1, NULL) ||
      g_utf8_strlen (pin, -1) < JP_PIN_MIN_CHARS)
    return FALSE;

  gunichar first = g_utf8_get_char (pin);

  for (const char *p = pin; *p != '\0'; p = g_utf8_next_char (p))
    if (g_utf8_get_char (p) != first)
      return TRUE;
  return FALSE;
}

/**
 * jp_pin_hash:
 * @pin: an acceptable PIN
 *
 * Takes about 30 ms. Any thread.
 *
 * Returns: (transfer full) (nullable): Argon2id of it with salt and cost, as text; %NULL if there
 * is not enough memory
 */
char *
jp_pin_hash (const char *pin)
{
  g_return_val_if_fail (pin != NULL, NULL);

  char  hash[crypto_pwhash_STRBYTES] = { 0 };
  char *normal = normalize (pin);
  int   result = -1;

  jp_sodium_ensure ();
  result = crypto_pwhash_str_alg (hash, normal, strlen (normal), PASSES, MEMORY_BYTES,
                                  crypto_pwhash_ALG_ARGON2ID13);
  jp_seal_wipe_text (normal);
  return result == 0 ? g_strdup (hash) : NULL;
}

/**
 * jp_pin_verify:
 * @hash: what jp_pin_hash() made
 * @pin: what somebody typed
 *
 * Takes about 30 ms. Any thread.
 *
 * Returns: whether it is the PIN
 */
gboolean
jp_pin_verify (const char *hash, const char *pin)
{
  g_return_val_if_fail (hash != NULL, FALSE);
  g_return_val_if_fail (pin != NULL, FALSE);

  if (strlen (pin) > JP_PIN_MAX_BYTES || strlen (hash) >= crypto_pwhash_STRBYTES)
    return FALSE;

  char *normal = normalize (pin);
  int   result = -1;

  jp_sodium_ensure ();
  result = crypto_pwhash_str_verify (hash, normal, strlen (normal));
  jp_seal_wipe_text (normal);
  return result == 0;
}
