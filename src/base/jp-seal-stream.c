/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-seal-stream.h"

#include "jp-seal-key-private.h"

#include <sodium.h>
#include <string.h>

struct _JpSealStream
{
  crypto_secretstream_xchacha20poly1305_state state;   /* wiped when freed */
  char                                       *purpose; /* (owned): goes into each message's tag */
  gboolean                                    writes;
  gboolean broken; /* unreadable, or only of an unusable header */
};

G_STATIC_ASSERT (JP_SEAL_STREAM_HEADER_BYTES == crypto_secretstream_xchacha20poly1305_HEADERBYTES);
G_STATIC_ASSERT (JP_SEAL_STREAM_OVERHEAD_BYTES == crypto_secretstream_xchacha20poly1305_ABYTES);
G_STATIC_ASSERT (JP_SEAL_KEY_BYTES == crypto_secretstream_xchacha20poly1305_KEYBYTES);

/**
 * jp_seal_stream_new_writer:
 * @key: the data key
 * @purpose: what the file is; a reader has to name the same
 * @out_header: (out): what the file begins with
 *
 * Begins a sealed file.
 *
 * Returns: (transfer full): where its messages are sealed
 */
JpSealStream *
jp_seal_stream_new_writer (JpSealKey  *key,
                           const char *purpose,
                           guint8      out_header[JP_SEAL_STREAM_HEADER_BYTES])
{
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (purpose != NULL, NULL);

  JpSealStream *self = g_new0 (JpSealStream, 1);

  self->purpose = g_strdup (purpose);
  self->writes = TRUE;
  crypto_secretstream_xchacha20poly1305_init_push (&self->state, out_header,
                                                   jp_seal_key_get_stream_key (key));
  return self;
}

/**
 * jp_seal_stream_new_reader:
 * @key: the data key
 * @purpose: what the file has to be
 * @header: what the file begins with
 *
 * Begins to read a sealed file.
 *
 * Returns: (transfer full): where its messages are opened
 */
JpSealStream *
jp_seal_stream_new_reader (JpSealKey   *key,
                           const char  *purpose,
                           const guint8 header[JP_SEAL_STREAM_HEADER_BYTES])
{
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (purpose != NULL, NULL);

  JpSealStream *self = g_new0 (JpSealStream, 1);

  self->purpose = g_strdup (purpose);
  self->broken =
    crypto_secretstream_xchacha20poly1305_init_pull (&self->state, header,
                                                     jp_seal_key_get_stream_key (key)) != 0;
  return self;
}

/**
 * jp_seal_stream_free:
 * @self: (nullable) (transfer full): a stream
 */
void
jp_seal_stream_free (JpSealStream *self)
{
  if (self == NULL)
    return;

  sodium_memzero (&self->state, sizeof self->state);
  g_free (self->purpose);
  g_free (self);
}

/**
 * jp_seal_stream_close_message:
 * @self: a writer
 * @plain: (nullable): what to seal
 * @length_bytes: its length, at most %JP_SEAL_STREAM_MESSAGE_BYTES
 * @last: nothing follows
 *
 * Returns: (transfer full): the sealed message, %JP_SEAL_STREAM_OVERHEAD_BYTES longer
 */
GBytes *
jp_seal_stream_close_message (JpSealStream *self,
                              gconstpointer plain,
                              gsize         length_bytes,
                              gboolean      last)
{
  g_return_val_if_fail (self != NULL && self->writes, NULL);
  g_return_val_if_fail (plain != NULL || length_bytes == 0, NULL);
  g_return_val_if_fail (length_bytes <= JP_SEAL_STREAM_MESSAGE_BYTES, NULL);

  gsize   size = length_bytes + JP_SEAL_STREAM_OVERHEAD_BYTES;
  guint8 *sealed = g_malloc (size);

  crypto_secretstream_xchacha20poly1305_push (
    &self->state, sealed, NULL, plain, length_bytes, (const guint8 *)self->purpose,
    strlen (self->purpose),
    last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
         : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
  return g_bytes_new_take (sealed, size);
}

/**
 * jp_seal_stream_open_message:
 * @self: a reader
 * @sealed: (nullable): the next message as it was stored
 * @length_bytes: its length
 * @out_last: (out): it is the last one; a file that ends without it has been cut off
 * @error: return location for a [error@Jp.BaseError]
 *
 * Returns: (transfer full): what was sealed, or %NULL with `JP_BASE_ERROR_SEALED`: another key,
 *   another purpose, or changed data; the stream cannot go on after that
 */
GBytes *
jp_seal_stream_open_message (JpSealStream *self,
                             gconstpointer sealed,
                             gsize         length_bytes,
                             gboolean     *out_last,
                             GError      **error)
{
  g_return_val_if_fail (self != NULL && !self->writes, NULL);
  g_return_val_if_fail (sealed != NULL || length_bytes == 0, NULL);

  guint8 tag = 0;

  if (!self->broken && length_bytes >= JP_SEAL_STREAM_OVERHEAD_BYTES &&
      length_bytes <= JP_SEAL_STREAM_MESSAGE_BYTES + JP_SEAL_STREAM_OVERHEAD_BYTES)
    {
      gsize   size = length_bytes - JP_SEAL_STREAM_OVERHEAD_BYTES;
      guint8 *plain = g_malloc (size + 1);

      if (crypto_secretstream_xchacha20poly1305_pull (&self->state, plain, NULL, &tag, sealed,
                                                      length_bytes, (const guint8 *)self->purpose,
                                                      strlen (self->purpose)) == 0)
        {
          *out_last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
          return g_bytes_new_take (plain, size);
        }
      g_free (plain);
    }

  self->broken = TRUE;
  g_set_error_literal (error, JP_BASE_ERROR, JP_BASE_ERROR_SEALED,
                       "cannot open the file: wrong key or changed data");
  return NULL;
}
