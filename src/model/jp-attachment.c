/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-attachment.h"

#include "jp-codes.h"

#include <string.h>

/**
 * jp_attachment_get_home:
 * @kind: a kind
 *
 * Returns: the field by which an attachment names the record of this kind that it belongs to, or 0
 *   if nothing is attached to such records
 */
JpFieldId
jp_attachment_get_home (JpKind kind)
{
  switch ((int)kind)
    {
    case JP_KIND_TRAINEE:
      return JP_ATTACHMENT_TRAINEE;
    case JP_KIND_CONTRACT:
      return JP_ATTACHMENT_CONTRACT;
    case JP_KIND_REFUND:
      return JP_ATTACHMENT_REFUND;
    case JP_KIND_DISPUTE:
      return JP_ATTACHMENT_DISPUTE;
    default:
      return 0;
    }
}

static gboolean
has_at (const guint8 *bytes, gsize length_bytes, gsize offset, const char *magic)
{
  gsize magic_bytes = strlen (magic);

  return length_bytes >= offset + magic_bytes && memcmp (bytes + offset, magic, magic_bytes) == 0;
}

/**
 * jp_attachment_find_media_type:
 * @bytes: (nullable): a file
 * @length_bytes: its size
 *
 * What a file is, is said by its first bytes and never by its name.
 *
 * Returns: a #JpMediaType, or %JP_CODE_UNKNOWN if it is nothing that can be attached
 */
int
jp_attachment_find_media_type (gconstpointer bytes, gsize length_bytes)
{
  g_return_val_if_fail (bytes != NULL || length_bytes == 0, JP_CODE_UNKNOWN);

  if (has_at (bytes, length_bytes, 0, "\xff\xd8\xff"))
    return JP_MEDIA_TYPE_JPEG;
  if (has_at (bytes, length_bytes, 0, "\x89PNG\r\n\x1a\n"))
    return JP_MEDIA_TYPE_PNG;
  if (has_at (bytes, length_bytes, 0, "RIFF") && has_at (bytes, length_bytes, 8, "WEBPVP8"))
    return JP_MEDIA_TYPE_WEBP;
  if (has_at (bytes, length_bytes, 0, "%PDF-"))
    return JP_MEDIA_TYPE_PDF;
  return JP_CODE_UNKNOWN;
}

/**
 * jp_attachment_get_mime:
 * @media_type: a #JpMediaType
 *
 * Returns: (nullable): what the rest of the world calls it, %NULL if it is unknown
 */
const char *
jp_attachment_get_mime (int media_type)
{
  const JpCode *code = jp_code_get (jp_media_type_codes, media_type);

  return code != NULL ? code->wire : NULL;
}

/**
 * jp_attachment_is_digest:
 * @text: (nullable): a text
 *
 * Returns: whether it is a SHA-256 as we write it: 64 of 0-9 and a-f
 */
gboolean
jp_attachment_is_digest (const char *text)
{
  return text != NULL && strlen (text) == JP_ATTACHMENT_DIGEST_CHARS &&
         strspn (text, "0123456789abcdef") == JP_ATTACHMENT_DIGEST_CHARS;
}

/**
 * jp_attachment_get_chunk_bytes:
 * @size_bytes: size of a file, > 0
 * @offset_bytes: where one of its chunks begins
 *
 * Files are cut at multiples of %JP_ATTACHMENT_CHUNK_BYTES; only the last chunk is shorter.
 *
 * Returns: the size of the chunk, 0 if none begins there
 */
gint64
jp_attachment_get_chunk_bytes (gint64 size_bytes, gint64 offset_bytes)
{
  if (offset_bytes < 0 || offset_bytes >= size_bytes ||
      offset_bytes % JP_ATTACHMENT_CHUNK_BYTES != 0)
    return 0;
  return MIN (size_bytes - offset_bytes, JP_ATTACHMENT_CHUNK_BYTES);
}
