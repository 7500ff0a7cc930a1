/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-courier.h"

#include "jp-gzip.h"

#include <string.h>

/* magic, way, station, number of messages; each: its length and the sealed message; then the
 * length of the signature and the signature. Numbers have four bytes, the lowest first. */
#define MAGIC           "JPCOURIER1\n"
#define MAGIC_BYTES     (sizeof MAGIC - 1)
#define TABLE           "courier"
#define MAX_PLAIN_BYTES ((gsize)8 * 1024 * 1024)

/**
 * jp_courier_free:
 * @self: (nullable) (transfer full): a file
 */
void
jp_courier_free (JpCourier *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->signed_part, g_bytes_unref);
  g_clear_pointer (&self->signature, g_bytes_unref);
  g_free (self);
}

/**
 * jp_courier_key_new:
 * @token: the token of a station, which only it and the platform know
 *
 * Returns: (transfer full): the key of its files
 */
JpSealKey *
jp_courier_key_new (const char *token)
{
  static const guint8 zeros[JP_SEAL_HASH_BYTES];
  g_autofree char    *purpose = NULL;
  guint8              bytes[JP_SEAL_HASH_BYTES];

  g_return_val_if_fail (token != NULL, NULL);

  purpose = g_strconcat (TABLE "\n", token, NULL);
  jp_hash_chain (zeros, purpose, strlen (purpose), bytes);
  return jp_seal_key_new_from_bytes (bytes, sizeof bytes, NULL);
}

/* Says which message of how many it is: none can be left out, added or moved. */
static char *
name_place (JpCourierWay way, guint index, guint n_messages)
{
  return g_strdup_printf ("%c:%u:%u", (char)way, index, n_messages);
}

static void
append_number (GByteArray *bytes, gsize number)
{
  const guint32 ordered = GUINT32_TO_LE ((guint32)number);

  g_byte_array_append (bytes, (const guint8 *)&ordered, sizeof ordered);
}

static void
append_sized (GByteArray *bytes, GBytes *part)
{
  append_number (bytes, g_bytes_get_size (part));
  g_byte_array_append (bytes, g_bytes_get_data (part, NULL), (guint)g_bytes_get_size (part));
}

/**
 * jp_courier_seal:
 * @way: where it goes
 * @station: the station
 * @key: its key
 * @messages: (element-type GBytes): what is said
 *
 * Returns: (transfer full): the part of the file that is to be signed
 */
GBytes *
jp_courier_seal (JpCourierWay way, const JpId *station, JpSealKey *key, GPtrArray *messages)
{
  g_return_val_if_fail (station != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (messages != NULL && messages->len <= JP_COURIER_MAX_MESSAGES, NULL);

  GByteArray  *bytes = g_byte_array_new ();
  const guint8 direction = (guint8)way;

  g_byte_array_append (bytes, (const guint8 *)MAGIC, MAGIC_BYTES);
  g_byte_array_append (bytes, &direction, sizeof direction);
  g_byte_array_append (bytes, station->bytes, JP_ID_BYTES);
  append_number (bytes, messages->len);
  for (guint i = 0; i < messages->len; i++)
    {
      g_autofree char *place = name_place (way, i, messages->len);
      g_autoptr (GBytes) packed =
        jp_gzip_pack (g_ptr_array_index (messages, i), JP_GZIP_LEVEL_FAST);
      g_autoptr (GBytes) sealed =
        jp_seal_close (key, TABLE, station, place, g_bytes_get_data (packed, NULL),
                       g_bytes_get_size (packed));

      append_sized (bytes, sealed);
    }
  return g_byte_array_free_to_bytes (bytes);
}

/**
 * jp_courier_sign:
 * @signed_part: from jp_courier_seal()
 * @signature: over it
 *
 * Returns: (transfer full): the file
 */
GBytes *
jp_courier_sign (GBytes *signed_part, GBytes *signature)
{
  g_return_val_if_fail (signed_part != NULL, NULL);
  g_return_val_if_fail (signature != NULL, NULL);

  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, g_bytes_get_data (signed_part, NULL),
                       (guint)g_bytes_get_size (signed_part));
  append_sized (bytes, signature);
  return g_byte_array_free_to_bytes (bytes);
}

/* A place in a file that somebody else wrote. */
typedef struct
{
  GBytes *bytes; /* (borrowed) */
  gsize   at;
} Reader;

static const guint8 *
take (Reader *reader, gsize n_bytes)
{
  gsize         size = 0;
  const guint8 *data = g_bytes_get_data (reader->bytes, &size);

  if (n_bytes > size - reader->at)
    return NULL;
  reader->at += n_bytes;
  return data + reader->at - n_bytes;
}

static gboolean
take_number (Reader *reader, guint32 max, guint32 *out_number)
{
  const guint8 *data = take (reader, sizeof *out_number);

  if (data == NULL)
    return FALSE;
  memcpy (out_number, data, sizeof *out_number);
  *out_number = GUINT32_FROM_LE (*out_number);
  return *out_number <= max;
}

static GBytes *
take_sized (Reader *reader, guint32 max)
{
  guint32 n_bytes = 0;
  gsize   at = 0;

  if (!take_number (reader, max, &n_bytes))
    return NULL;
  at = reader->at;
  return take (reader, n_bytes) != NULL ? g_bytes_new_from_bytes (reader->bytes, at, n_bytes)
                                        : NULL;
}

static gboolean
take_head (Reader *reader, JpCourier *self, guint32 *out_n_messages)
{
  const guint8 *magic = take (reader, MAGIC_BYTES);
  const guint8 *way = magic != NULL ? take (reader, 1) : NULL;
  const guint8 *station = way != NULL ? take (reader, JP_ID_BYTES) : NULL;

  if (station == NULL || memcmp (magic, MAGIC, MAGIC_BYTES) != 0 ||
      (*way != JP_COURIER_UP && *way != JP_COURIER_DOWN))
    return FALSE;
  self->way = (JpCourierWay)*way;
  memcpy (self->station.bytes, station, JP_ID_BYTES);
  return take_number (reader, JP_COURIER_MAX_MESSAGES, out_n_messages);
}

static gboolean
take_all (Reader *reader, JpCourier *self)
{
  guint32 n_messages = 0;

  if (!take_head (reader, self, &n_messages))
    return FALSE;
  for (guint i = 0; i < n_messages; i++)
    {
      GBytes *part = take_sized (reader, JP_COURIER_MAX_BYTES);

      if (part == NULL)
        return FALSE;
      g_ptr_array_add (self->parts, part);
    }
  self->signed_part = g_bytes_new_from_bytes (reader->bytes, 0, reader->at);
  self->signature = take_sized (reader, JP_COURIER_MAX_SIGNATURE);
  return self->signature != NULL && reader->at == g_bytes_get_size (reader->bytes);
}

/**
 * jp_courier_parse:
 * @bytes: a file
 * @error: return location for a [error@Jp.WireError]
 *
 * Returns: (transfer full): what it says of itself; nobody has looked at its signature yet. %NULL
 *   with `JP_WIRE_ERROR_INVALID` if it is no such file
 */
JpCourier *
jp_courier_parse (GBytes *bytes, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  g_autoptr (JpCourier) self = g_new0 (JpCourier, 1);
  Reader reader = { bytes, 0 };

  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  if (g_bytes_get_size (bytes) <= JP_COURIER_MAX_BYTES && take_all (&reader, self))
    return g_steal_pointer (&self);
  g_set_error_literal (error, JP_WIRE_ERROR, JP_WIRE_ERROR_INVALID,
                       "the file is not a courier's, or not whole");
  return NULL;
}

/**
 * jp_courier_open:
 * @self: a file whose signature is right
 * @key: the key of its station
 * @error: return location for a [error@Jp.BaseError]
 *
 * Returns: (transfer full) (element-type GBytes): the messages, or %NULL
 */
GPtrArray *
jp_courier_open (const JpCourier *self, JpSealKey *key, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);

  for (guint i = 0; i < self->parts->len; i++)
    {
      g_autofree char *place = name_place (self->way, i, self->parts->len);
      gsize            size = 0;
      gconstpointer    sealed = g_bytes_get_data (g_ptr_array_index (self->parts, i), &size);
      g_autoptr (GBytes) packed =
        jp_seal_open (key, TABLE, &self->station, place, sealed, size, error);
      GBytes *message = packed != NULL ? jp_gzip_unpack (packed, MAX_PLAIN_BYTES, error) : NULL;

      if (message == NULL)
        return NULL;
      g_ptr_array_add (messages, message);
    }
  return g_steal_pointer (&messages);
}
