/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-id.h"

#include "jp-error.h"
#include "jp-sodium-private.h"

#include <sodium.h>
#include <string.h>

#define VERSION_TIME    0x70 /* UUID version 7 */
#define VERSION_DERIVED 0x80 /* UUID version 8 */
#define VARIANT         0x80 /* RFC 9562 */

const JpId JP_ID_NONE = { { 0 } };

/**
 * jp_id_is_none:
 * @id: an id
 *
 * Returns: whether @id is %JP_ID_NONE
 */
gboolean
jp_id_is_none (const JpId *id)
{
  g_return_val_if_fail (id != NULL, TRUE);

  return memcmp (id, &JP_ID_NONE, sizeof *id) == 0;
}

/**
 * jp_id_equal:
 * @a: (type JpId): an id
 * @b: (type JpId): another id
 *
 * A #GEqualFunc.
 *
 * Returns: whether both are the same id
 */
gboolean
jp_id_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (JpId)) == 0;
}

/**
 * jp_id_compare:
 * @a: (type JpId): an id
 * @b: (type JpId): another id
 *
 * A #GCompareFunc: the order of the bytes, which is also that of SQLite's BLOBs and of the texts.
 *
 * Returns: negative, 0 or positive
 */
int
jp_id_compare (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (JpId));
}

/**
 * jp_id_hash:
 * @id: (type JpId): an id
 *
 * A #GHashFunc. The last bytes are random in every kind of id, the first are not.
 *
 * Returns: a hash value
 */
guint
jp_id_hash (gconstpointer id)
{
  guint32 words[JP_ID_BYTES / sizeof (guint32)];

  memcpy (words, id, sizeof words);
  return words[0] ^ words[1] ^ words[2] ^ words[3];
}

/**
 * jp_id_copy:
 * @id: (nullable): an id
 *
 * Puts an id on the heap, as a key of a hash table; free it with g_free().
 *
 * Returns: (transfer full) (nullable): a copy, or %NULL for %NULL
 */
JpId *
jp_id_copy (const JpId *id)
{
  return g_memdup2 (id, sizeof *id);
}

/**
 * jp_id_to_text:
 * @id: an id
 * @text: (out caller-allocates): where to write 36 characters and the final zero
 *
 * Writes the canonical form of a UUID, lower-case.
 *
 * Returns: @text
 */
const char *
jp_id_to_text (const JpId *id, JpIdText text)
{
  static const char digits[] = "0123456789abcdef";
  char             *end = text;

  g_return_val_if_fail (id != NULL, NULL);

  for (gsize i = 0; i < JP_ID_BYTES; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *end++ = '-';
      *end++ = digits[id->bytes[i] >> 4];
      *end++ = digits[id->bytes[i] & 0x0f];
    }
  *end = '\0';
  return text;
}

/**
 * jp_id_dup_text:
 * @id: an id
 *
 * Returns: (transfer full): the text of jp_id_to_text()
 */
char *
jp_id_dup_text (const JpId *id)
{
  JpIdText text;

  g_return_val_if_fail (id != NULL, NULL);

  return g_strdup (jp_id_to_text (id, text));
}

/**
 * jp_id_parse:
 * @text: 36 characters, letters in either case
 * @out_id: (out): the id; untouched on error
 * @error: return location for a [error@Jp.BaseError]
 *
 * Reads a UUID of any version. The UUID of only zeros is refused: "no id" is written by leaving the
 * id out. Any thread.
 *
 * Returns: %TRUE, or %FALSE with `JP_BASE_ERROR_INVALID`
 */
gboolean
jp_id_parse (const char *text, JpId *out_id, GError **error)
{
  JpId  id;
  gsize i = 0;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (out_id != NULL, FALSE);

  for (; i < JP_ID_BYTES; i++)
    {
      if ((i == 4 || i == 6 || i == 8 || i == 10) && *text++ != '-')
        break;
      if (!g_ascii_isxdigit (text[0]) || !g_ascii_isxdigit (text[1]))
        break;
      id.bytes[i] = (g_ascii_xdigit_value (text[0]) << 4) | g_ascii_xdigit_value (text[1]);
      text += 2;
    }

  if (i < JP_ID_BYTES || *text != '\0' || jp_id_is_none (&id))
    {
      g_set_error_literal (error, JP_BASE_ERROR, JP_BASE_ERROR_INVALID, "not an id");
      return FALSE;
    }

  *out_id = id;
  return TRUE;
}

/**
 * jp_id_derive:
 * @purpose: what kind of thing is named, e.g. "demo-school"
 * @key: which one of its kind
 *
 * Makes the same id from the same two texts every time and everywhere (UUID version 8, BLAKE2b of
 * both): for things that exist before anybody makes them, such as the rows of the demo city. Pure;
 * any thread.
 *
 * Returns: the id
 */
JpId
jp_id_derive (const char *purpose, const char *key)
{
  JpId                     id;
  crypto_generichash_state state;

  g_return_val_if_fail (purpose != NULL, JP_ID_NONE);
  g_return_val_if_fail (key != NULL, JP_ID_NONE);

  jp_sodium_ensure ();
  crypto_generichash_init (&state, NULL, 0, JP_ID_BYTES);
  crypto_generichash_update (&state, (const guint8 *)purpose, strlen (purpose) + 1);
  crypto_generichash_update (&state, (const guint8 *)key, strlen (key));
  crypto_generichash_final (&state, id.bytes, JP_ID_BYTES);

  id.bytes[6] = VERSION_DERIVED | (id.bytes[6] & 0x0f);
  id.bytes[8] = VARIANT | (id.bytes[8] & 0x3f);
  return id;
}

#define POOL_BLOCKS 16
#define BLOCK_BYTES 64 /* of ChaCha20 */

struct _JpIdSource
{
  GObject parent_instance;

  JpClock *clock; /* (owned) */

  GMutex  mutex; /* guards everything below */
  gint64  last_ms;
  guint64 high; /* 12 random bits of the last id */
  guint64 low;  /* 62 random bits of the last id */

  gboolean seeded;
  guint8   key[crypto_stream_chacha20_KEYBYTES];
  guint64  next_block;
  guint8   pool[POOL_BLOCKS * BLOCK_BYTES];
  gsize    pool_used;
};

G_DEFINE_FINAL_TYPE (JpIdSource, jp_id_source, G_TYPE_OBJECT)

static void
refill_pool (JpIdSource *self)
{
  static const guint8 nonce[crypto_stream_chacha20_NONCEBYTES] = { 0 };

  memset (self->pool, 0, sizeof self->pool);
  crypto_stream_chacha20_xor_ic (self->pool, self->pool, sizeof self->pool, nonce, self->next_block,
                                 self->key);
  self->next_block += POOL_BLOCKS;
  self->pool_used = 0;
}

static void
fill_locked (JpIdSource *self, guint8 *bytes, gsize length_bytes)
{
  if (!self->seeded)
    {
      randombytes_buf (bytes, length_bytes);
      return;
    }

  while (length_bytes > 0)
    {
      if (self->pool_used == sizeof self->pool)
        refill_pool (self);

      gsize piece = MIN (length_bytes, sizeof self->pool - self->pool_used);

      memcpy (bytes, self->pool + self->pool_used, piece);
      self->pool_used += piece;
      bytes += piece;
      length_bytes -= piece;
    }
}

static guint64
draw_locked (JpIdSource *self, gsize n_bytes)
{
  guint8  bytes[8];
  guint64 number = 0;

  g_assert (n_bytes <= sizeof bytes);

  fill_locked (self, bytes, n_bytes);
  for (gsize i = 0; i < n_bytes; i++)
    number = (number << 8) | bytes[i];
  return number;
}

/* Within one millisecond, or after the clock was set back, the 74 random bits are a counter that is
 * raised by a random step: the next id is larger, and still cannot be guessed. */
static void
advance_locked (JpIdSource *self, gint64 now_ms)
{
  const guint64 high_limit = G_GUINT64_CONSTANT (1) << 12;
  const guint64 low_limit = G_GUINT64_CONSTANT (1) << 62;

  if (now_ms > self->last_ms)
    {
      self->last_ms = now_ms;
      self->high = draw_locked (self, 2) & (high_limit - 1);
      self->low = draw_locked (self, 8) & (low_limit - 1);
      return;
    }

  self->low += 1 + draw_locked (self, 4);
  if (self->low < low_limit)
    return;
  self->low &= low_limit - 1;
  if (++self->high < high_limit)
    return;
  self->high = 0;
  self->last_ms++;
}

static void
jp_id_source_finalize (GObject *object)
{
  JpIdSource *self = JP_ID_SOURCE (object);

  g_clear_object (&self->clock);
  g_mutex_clear (&self->mutex);
  sodium_memzero (self->key, sizeof self->key);
  sodium_memzero (self->pool, sizeof self->pool);

  G_OBJECT_CLASS (jp_id_source_parent_class)->finalize (object);
}

static void
jp_id_source_class_init (JpIdSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = jp_id_source_finalize;
}

static void
jp_id_source_init (JpIdSource *self)
{
  jp_sodium_ensure ();
  g_mutex_init (&self->mutex);
  self->last_ms = -1;
  self->pool_used = sizeof self->pool;
}

/**
 * jp_id_source_new:
 * @clock: gives the time that is inside the ids
 *
 * Makes the source of the programs: its bytes come from the operating system and are fit for keys.
 *
 * Returns: (transfer full): a new source
 */
JpIdSource *
jp_id_source_new (JpClock *clock)
{
  g_return_val_if_fail (JP_IS_CLOCK (clock), NULL);

  JpIdSource *self = g_object_new (JP_TYPE_ID_SOURCE, NULL);

  self->clock = g_object_ref (clock);
  return self;
}

/**
 * jp_id_source_new_seeded:
 * @clock: gives the time that is inside the ids
 * @seed: which sequence
 *
 * Makes a source for tests, for the simulator and for the demo city: the same seed and the same
 * times give the same ids and bytes on every machine (ChaCha20 keyed with the seed). Never for
 * keys.
 *
 * Returns: (transfer full): a new source
 */
JpIdSource *
jp_id_source_new_seeded (JpClock *clock, guint64 seed)
{
  g_return_val_if_fail (JP_IS_CLOCK (clock), NULL);

  JpIdSource *self = jp_id_source_new (clock);
  guint64     seed_le = GUINT64_TO_LE (seed);

  self->seeded = TRUE;
  crypto_generichash (self->key, sizeof self->key, (const guint8 *)&seed_le, sizeof seed_le, NULL,
                      0);
  return self;
}

/**
 * jp_id_source_next:
 * @self: a source
 *
 * Makes an id that nobody else has: a UUID of version 7, larger than every id that this source made
 * before, even when the clock is set back. Any thread.
 *
 * Returns: the id
 */
JpId
jp_id_source_next (JpIdSource *self)
{
  JpId id;

  g_return_val_if_fail (JP_IS_ID_SOURCE (self), JP_ID_NONE);

  gint64 now_ms = MAX (jp_clock_now_us (self->clock), 0) / 1000;

  g_mutex_lock (&self->mutex);
  advance_locked (self, now_ms);

  guint64 time_be = GUINT64_TO_BE ((guint64)self->last_ms << 16);
  guint64 low_be = GUINT64_TO_BE (self->low);

  memcpy (id.bytes, &time_be, 6);
  id.bytes[6] = VERSION_TIME | (guint8)(self->high >> 8);
  id.bytes[7] = (guint8)self->high;
  memcpy (id.bytes + 8, &low_be, 8);
  id.bytes[8] |= VARIANT;
  g_mutex_unlock (&self->mutex);

  return id;
}

/**
 * jp_id_source_fill:
 * @self: a source
 * @bytes: (out caller-allocates): where to write
 * @length_bytes: how many bytes
 *
 * Writes random bytes. Any thread.
 */
void
jp_id_source_fill (JpIdSource *self, gpointer bytes, gsize length_bytes)
{
  g_return_if_fail (JP_IS_ID_SOURCE (self));
  g_return_if_fail (bytes != NULL || length_bytes == 0);

  g_mutex_lock (&self->mutex);
  fill_locked (self, bytes, length_bytes);
  g_mutex_unlock (&self->mutex);
}

/**
 * jp_id_source_below:
 * @self: a source
 * @bound: 1 or more
 *
 * Draws a number; each is equally likely. Any thread.
 *
 * Returns: 0 … @bound - 1
 */
guint32
jp_id_source_below (JpIdSource *self, guint32 bound)
{
  guint32 number;

  g_return_val_if_fail (JP_IS_ID_SOURCE (self), 0);
  g_return_val_if_fail (bound > 0, 0);

  /* The first 2^32 mod bound numbers would make the small results more likely: they are drawn
   * again, which happens less than once on average. */
  const guint32 refused = -bound % bound;

  g_mutex_lock (&self->mutex);
  do
    number = (guint32)draw_locked (self, 4);
  while (number < refused);
  g_mutex_unlock (&self->mutex);

  return number % bound;
}
