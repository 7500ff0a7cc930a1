/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-seal.h"

#include "jp-seal-key-private.h"
#include "jp-sodium-private.h"

#include <sodium.h>
#include <string.h>

/* Lies in pages of its own that cannot be swapped, dumped or, once filled, written. */
typedef struct
{
  guint8 data_key[JP_SEAL_KEY_BYTES];   /* the secret itself */
  guint8 column_key[JP_SEAL_KEY_BYTES]; /* derived: seals values */
  guint8 index_key[JP_SEAL_KEY_BYTES];  /* derived: blind indexes */
  guint8 stream_key[JP_SEAL_KEY_BYTES]; /* derived: seals files */
} Secret;

struct _JpSealKey
{
  Secret *secret; /* (owned): sodium_malloc() */
};

#define DERIVE_CONTEXT "jp-seal1"

typedef enum {
  DERIVE_COLUMN_KEY = 1,
  DERIVE_INDEX_KEY = 2,
  DERIVE_STREAM_KEY = 3,
  DERIVE_SIGN_SEED = 4,
} Derive;

G_STATIC_ASSERT (sizeof DERIVE_CONTEXT == crypto_kdf_CONTEXTBYTES + 1);
G_STATIC_ASSERT (JP_SEAL_KEY_BYTES == crypto_kdf_KEYBYTES);
G_STATIC_ASSERT (JP_SEAL_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

static Secret *
allocate_secret (void)
{
  jp_sodium_ensure ();

  Secret *secret = sodium_malloc (sizeof *secret);

  if (secret == NULL)
    g_error ("could not allocate memory for a key");
  return secret;
}

/* Takes a secret whose data key is filled. */
static JpSealKey *
make_key (Secret *secret)
{
  JpSealKey *self = g_atomic_rc_box_new0 (JpSealKey);

  crypto_kdf_derive_from_key (secret->column_key, sizeof secret->column_key, DERIVE_COLUMN_KEY,
                              DERIVE_CONTEXT, secret->data_key);
  crypto_kdf_derive_from_key (secret->index_key, sizeof secret->index_key, DERIVE_INDEX_KEY,
                              DERIVE_CONTEXT, secret->data_key);
  crypto_kdf_derive_from_key (secret->stream_key, sizeof secret->stream_key, DERIVE_STREAM_KEY,
                              DERIVE_CONTEXT, secret->data_key);
  sodium_mprotect_readonly (secret);
  self->secret = secret;
  return self;
}

/**
 * jp_seal_key_new_random:
 *
 * Makes the key of a new school, from the operating system's randomness. Any thread.
 *
 * Returns: (transfer full): a new key
 */
JpSealKey *
jp_seal_key_new_random (void)
{
  Secret *secret = allocate_secret ();

  randombytes_buf (secret->data_key, sizeof secret->data_key);
  return make_key (secret);
}

/**
 * jp_seal_key_new_from_bytes:
 * @bytes: (array length=length_bytes): the key
 * @length_bytes: must be %JP_SEAL_KEY_BYTES
 * @error: return location for a [error@Jp.BaseError]
 *
 * Takes a key from elsewhere; the caller wipes @bytes. Any thread.
 *
 * Returns: (transfer full): a new key, or %NULL with `JP_BASE_ERROR_INVALID`
 */
JpSealKey *
jp_seal_key_new_from_bytes (const guint8 *bytes, gsize length_bytes, GError **error)
{
  g_return_val_if_fail (bytes != NULL || length_bytes == 0, NULL);

  if (length_bytes != JP_SEAL_KEY_BYTES)
    {
      g_set_error_literal (error, JP_BASE_ERROR, JP_BASE_ERROR_INVALID,
                           "key does not have the right length");
      return NULL;
    }

  Secret *secret = allocate_secret ();

  memcpy (secret->data_key, bytes, sizeof secret->data_key);
  return make_key (secret);
}

/**
 * jp_seal_key_ref:
 * @self: a key
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
JpSealKey *
jp_seal_key_ref (JpSealKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
clear_key (gpointer data)
{
  JpSealKey *self = data;

  sodium_free (self->secret);
}

/**
 * jp_seal_key_unref:
 * @self: (nullable) (transfer full): a key
 *
 * Drops a reference; the last one wipes the key. Any thread.
 */
void
jp_seal_key_unref (JpSealKey *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear_key);
}

/**
 * jp_seal_key_get_column_key:
 * @self: a key
 *
 * Returns: (transfer none): the derived key for sealed values, %JP_SEAL_KEY_BYTES
 */
const guint8 *
jp_seal_key_get_column_key (JpSealKey *self)
{
  return self->secret->column_key;
}

/**
 * jp_seal_key_get_index_key:
 * @self: a key
 *
 * Returns: (transfer none): the derived key for blind indexes, %JP_SEAL_KEY_BYTES
 */
const guint8 *
jp_seal_key_get_index_key (JpSealKey *self)
{
  return self->secret->index_key;
}

/**
 * jp_seal_key_get_stream_key:
 * @self: a key
 *
 * Returns: (transfer none): the derived key for sealed files, %JP_SEAL_KEY_BYTES
 */
const guint8 *
jp_seal_key_get_stream_key (JpSealKey *self)
{
  return self->secret->stream_key;
}

/**
 * jp_seal_key_derive_sign_seed: (skip)
 * @self: a key
 * @out_seed: (out caller-allocates): where to write %JP_SEAL_KEY_BYTES, to be wiped
 *
 * Derives the seed of the key pair that signs.
 */
void
jp_seal_key_derive_sign_seed (JpSealKey *self, guint8 out_seed[JP_SEAL_KEY_BYTES])
{
  crypto_kdf_derive_from_key (out_seed, JP_SEAL_KEY_BYTES, DERIVE_SIGN_SEED, DERIVE_CONTEXT,
                              self->secret->data_key);
}

/**
 * jp_seal_key_to_base64:
 * @self: a key
 *
 * Writes the key for a keyring or for a station that is being enrolled. Any thread.
 *
 * Returns: (transfer full): a secret: to be freed with jp_seal_wipe_text()
 */
char *
jp_seal_key_to_base64 (JpSealKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  gsize size = sodium_base64_ENCODED_LEN (JP_SEAL_KEY_BYTES, sodium_base64_VARIANT_ORIGINAL);
  char *text = g_malloc (size);

  return sodium_bin2base64 (text, size, self->secret->data_key, JP_SEAL_KEY_BYTES,
                            sodium_base64_VARIANT_ORIGINAL);
}

/**
 * jp_seal_key_from_base64:
 * @text: what jp_seal_key_to_base64() returned
 * @error: return location for a [error@Jp.BaseError]
 *
 * Any thread.
 *
 * Returns: (transfer full): a new key, or %NULL with `JP_BASE_ERROR_INVALID`
 */
JpSealKey *
jp_seal_key_from_base64 (const char *text, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  Secret     *secret = allocate_secret ();
  gsize       length_bytes = 0;
  const char *end = NULL;

  if (sodium_base642bin (secret->data_key, sizeof secret->data_key, text, strlen (text), NULL,
                         &length_bytes, &end, sodium_base64_VARIANT_ORIGINAL) == 0 &&
      length_bytes == JP_SEAL_KEY_BYTES && *end == '\0')
    return make_key (secret);

  sodium_free (secret);
  g_set_error_literal (error, JP_BASE_ERROR, JP_BASE_ERROR_INVALID, "not a key");
  return NULL;
}

/* A key under a password: the header says how the password becomes the key of the box, so that the
 * cost can be raised later. Each byte of it is checked or goes into that key. */
typedef struct
{
  guint8 magic[4];
  guint8 passes_le[4];
  guint8 memory_kib_le[4];
  guint8 salt[crypto_pwhash_SALTBYTES];
  guint8 nonce[crypto_secretbox_NONCEBYTES];
  guint8 box[JP_SEAL_KEY_BYTES + crypto_secretbox_MACBYTES];
} Wrapped;

static const guint8 wrapped_magic[4] = { 'J', 'P', 'K', '1' };

G_STATIC_ASSERT (sizeof (Wrapped) == JP_SEAL_KEY_WRAPPED_BYTES);
G_STATIC_ASSERT (JP_SEAL_KEY_BYTES == crypto_secretbox_KEYBYTES);

static guint32
read_number (const guint8 bytes_le[4])
{
  guint32 number_le;

  memcpy (&number_le, bytes_le, sizeof number_le);
  return GUINT32_FROM_LE (number_le);
}

static void
write_number (guint8 bytes_le[4], guint32 number)
{
  guint32 number_le = GUINT32_TO_LE (number);

  memcpy (bytes_le, &number_le, sizeof number_le);
}

/* The same password typed with another input method has the same form. */
static char *
normalize_password (const char *password)
{
  char *normal = g_utf8_normalize (password, -1, G_NORMALIZE_NFKC);

  return normal != NULL ? normal : g_strdup (password);
}

/* Argon2id. Returns NULL if there is not enough memory. */
static guint8 *
stretch_password (const char *password, const Wrapped *wrapped, GError **error)
{
  char   *normal = normalize_password (password);
  guint8 *key = sodium_malloc (JP_SEAL_KEY_BYTES);
  int     result = -1;

  if (key != NULL)
    result = crypto_pwhash (key, JP_SEAL_KEY_BYTES, normal, strlen (normal), wrapped->salt,
                            read_number (wrapped->passes_le),
                            (gsize)read_number (wrapped->memory_kib_le) * 1024,
                            crypto_pwhash_ALG_ARGON2ID13);
  jp_seal_wipe_text (normal);
  if (result == 0)
    return key;

  sodium_free (key);
  g_set_error_literal (error, JP_BASE_ERROR, JP_BASE_ERROR_TOO_LARGE,
                       "could not allocate memory to check a password");
  return NULL;
}

/**
 * jp_seal_key_wrap_full:
 * @self: a key
 * @password: 1 … %JP_SEAL_MAX_PASSWORD_BYTES
 * @passes: %JP_SEAL_KEY_MIN_PASSES … %JP_SEAL_KEY_MAX_PASSES
 * @memory_kib: %JP_SEAL_KEY_MIN_MEMORY_KIB … %JP_SEAL_KEY_MAX_MEMORY_KIB
 * @error: return location for a [error@Jp.BaseError]
 *
 * Does the work of jp_seal_key_wrap() at a chosen cost.
 *
 * Returns: (transfer full): the wrapped key, or %NULL with an error of jp_seal_key_wrap()
 */
GBytes *
jp_seal_key_wrap_full (JpSealKey  *self,
                       const char *password,
                       guint32     passes,
                       guint32     memory_kib,
                       GError    **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (password != NULL, NULL);
  g_return_val_if_fail (passes >= JP_SEAL_KEY_MIN_PASSES, NULL);
  g_return_val_if_fail (passes <= JP_SEAL_KEY_MAX_PASSES, NULL);
  g_return_val_if_fail (memory_kib >= JP_SEAL_KEY_MIN_MEMORY_KIB, NULL);
  g_return_val_if_fail (memory_kib <= JP_SEAL_KEY_MAX_MEMORY_KIB, NULL);

  if (*password == '\0' || strlen (password) > JP_SEAL_MAX_PASSWORD_BYTES)
    {
      g_set_error_literal (error, JP_BASE_ERROR, JP_BASE_ERROR_RANGE,
                           "password is empty or too long");
      return NULL;
    }

  Wrapped wrapped;

  memcpy (wrapped.magic, wrapped_magic, sizeof wrapped.magic);
  write_number (wrapped.passes_le, passes);
  write_number (wrapped.memory_kib_le, memory_kib);
  randombytes_buf (wrapped.salt, sizeof wrapped.salt);
  randombytes_buf (wrapped.nonce, sizeof wrapped.nonce);

  guint8 *box_key = stretch_password (password, &wrapped, error);

  if (box_key == NULL)
    return NULL;
  crypto_secretbox_easy (wrapped.box, self->secret->data_key, JP_SEAL_KEY_BYTES, wrapped.nonce,
                         box_key);
  sodium_free (box_key);
  return g_bytes_new (&wrapped, sizeof wrapped);
}

/**
 * jp_seal_key_wrap:
 * @self: a key
 * @password: 1 … %JP_SEAL_MAX_PASSWORD_BYTES, compared in the Unicode form NFKC
 * @error: return location for a [error@Jp.BaseError]
 *
 * Puts the key under a password, to be kept beside the database: Argon2id with 64 MiB and three
 * passes, which takes about 0.2 s, then XSalsa20-Poly1305. Never on the main thread.
 *
 * Returns: (transfer full): the wrapped key, or %NULL with `JP_BASE_ERROR_RANGE` (password) or
 *   `JP_BASE_ERROR_TOO_LARGE` (not enough memory now)
 */
GBytes *
jp_seal_key_wrap (JpSealKey *self, const char *password, GError **error)
{
  return jp_seal_key_wrap_full (self, password, JP_SEAL_KEY_PASSES, JP_SEAL_KEY_MEMORY_KIB, error);
}

/* The cost comes out of a file: it must not be able to occupy the machine. */
static const Wrapped *
check_wrapped (GBytes *bytes)
{
  gsize          length_bytes;
  const Wrapped *wrapped = g_bytes_get_data (bytes, &length_bytes);

  if (length_bytes != sizeof *wrapped ||
      memcmp (wrapped->magic, wrapped_magic, sizeof wrapped->magic) != 0)
    return NULL;

  guint32 passes = read_number (wrapped->passes_le);
  guint32 memory_kib = read_number (wrapped->memory_kib_le);

  if (passes < JP_SEAL_KEY_MIN_PASSES || passes > JP_SEAL_KEY_MAX_PASSES ||
      memory_kib < JP_SEAL_KEY_MIN_MEMORY_KIB || memory_kib > JP_SEAL_KEY_MAX_MEMORY_KIB)
    return NULL;
  return wrapped;
}

/**
 * jp_seal_key_unwrap:
 * @wrapped: what jp_seal_key_wrap() returned
 * @password: the password
 * @error: return location for a [error@Jp.BaseError]
 *
 * Opens a wrapped key; takes as long as wrapping it did. Never on the main thread.
 *
 * Returns: (transfer full): the key, or %NULL with `JP_BASE_ERROR_SEALED` (wrong password, or
 *   changed data) or `JP_BASE_ERROR_TOO_LARGE` (not enough memory now)
 */
JpSealKey *
jp_seal_key_unwrap (GBytes *wrapped, const char *password, GError **error)
{
  g_return_val_if_fail (wrapped != NULL, NULL);
  g_return_val_if_fail (password != NULL, NULL);

  Secret        *secret = allocate_secret ();
  const Wrapped *fields = check_wrapped (wrapped);
  guint8        *box_key = NULL;
  gboolean       opened = FALSE;

  if (fields != NULL && strlen (password) <= JP_SEAL_MAX_PASSWORD_BYTES)
    {
      box_key = stretch_password (password, fields, error);
      if (box_key == NULL)
        {
          sodium_free (secret);
          return NULL;
        }
      opened = crypto_secretbox_open_easy (secret->data_key, fields->box, sizeof fields->box,
                                           fields->nonce, box_key) == 0;
      sodium_free (box_key);
    }

  if (opened)
    return make_key (secret);

  sodium_free (secret);
  g_set_error_literal (error, JP_BASE_ERROR, JP_BASE_ERROR_SEALED,
                       "cannot open the key: wrong password or changed data");
  return NULL;
}
