/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-digest.h"

#include "jp-seal.h"

#include <string.h>

#define MAX_NAME_BYTES 64

/**
 * jp_digest_row:
 * @kind: a kind
 * @id: a row
 * @version: the platform's version of it
 *
 * Returns: what the row is in the sum; 0 for a row that the platform has not seen
 */
gint64
jp_digest_row (JpKind kind, const JpId *id, gint64 version)
{
  static const guint8 zeros[JP_SEAL_HASH_BYTES];
  const char         *name = jp_kind_get_info (kind)->name;
  gsize               name_bytes = strlen (name) + 1;
  guint64             ordered = GUINT64_TO_LE ((guint64)version);
  guint8              bytes[MAX_NAME_BYTES + JP_ID_BYTES + sizeof ordered];
  guint8              hash[JP_SEAL_HASH_BYTES];
  guint64             sum = 0;

  g_return_val_if_fail (id != NULL, 0);
  g_return_val_if_fail (name_bytes <= MAX_NAME_BYTES, 0);

  if (version <= 0)
    return 0;
  memcpy (bytes, name, name_bytes);
  memcpy (bytes + name_bytes, id->bytes, JP_ID_BYTES);
  memcpy (bytes + name_bytes + JP_ID_BYTES, &ordered, sizeof ordered);
  jp_hash_chain (zeros, bytes, name_bytes + JP_ID_BYTES + sizeof ordered, hash);
  memcpy (&sum, hash, sizeof sum);
  return (gint64)(GUINT64_FROM_LE (sum) & (guint64)JP_DIGEST_MASK);
}

/**
 * jp_digest_change:
 * @kind: a kind
 * @id: a row
 * @before: its version before, 0 or less for none
 * @after: its version afterwards
 *
 * Returns: what is added to the sum
 */
gint64
jp_digest_change (JpKind kind, const JpId *id, gint64 before, gint64 after)
{
  return (jp_digest_row (kind, id, after) - jp_digest_row (kind, id, before)) & JP_DIGEST_MASK;
}

/**
 * jp_digest_add:
 * @a: a sum
 * @b: a sum
 *
 * Returns: both together
 */
gint64
jp_digest_add (gint64 a, gint64 b)
{
  return (a + b) & JP_DIGEST_MASK;
}

/**
 * jp_digest_get_bucket:
 * @id: a row
 *
 * Returns: in which of the parts of its table it is compared; by the last byte, which is random
 */
guint
jp_digest_get_bucket (const JpId *id)
{
  g_return_val_if_fail (id != NULL, 0);

  return id->bytes[JP_ID_BYTES - 1];
}
