/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-digest-content.h"

#include "jp-merge.h"
#include "jp-seal.h"
#include "jp-wire-record.h"

#include <string.h>

/**
 * jp_digest_content_of:
 * @record: a row as the platform has it
 *
 * Covers every field, whether the row lies in the trash, and its version.
 *
 * Returns: what the row is in a sum of contents; 0 for a row that the platform has not seen
 */
gint64
jp_digest_content_of (JpRecord *record)
{
  g_return_val_if_fail (record != NULL, 0);

  static const guint8 zeros[JP_SEAL_HASH_BYTES];
  const JpRecordHead *head = jp_record_get_head (record);
  g_autofree char    *fields = NULL;
  guint8              start[JP_SEAL_HASH_BYTES];
  guint8              hash[JP_SEAL_HASH_BYTES];
  guint64             sum = 0;
  gint64              numbers[] = {
                 GINT64_TO_LE (
                   jp_digest_row (jp_record_get_kind (record), jp_record_get_id (record), head->version)),
                 GINT64_TO_LE (head->deleted ? 1 : 0),
  };

  if (head->version <= 0)
    return 0;
  fields = jp_wire_record_fields_to_text (record, JP_UNITS_ALL);
  jp_hash_chain (zeros, numbers, sizeof numbers, start);
  jp_hash_chain (start, fields, strlen (fields), hash);
  memcpy (&sum, hash, sizeof sum);
  return (gint64)(GUINT64_FROM_LE (sum) & (guint64)JP_DIGEST_MASK);
}

/**
 * jp_digest_content_add:
 * @tallies: (array fixed-size=256): of each part of a table
 * @record: a row
 *
 * Adds what the row says to its part; one that the platform has not seen counts for nothing.
 */
void
jp_digest_content_add (JpDigestTally *tallies, JpRecord *record)
{
  g_return_if_fail (tallies != NULL && record != NULL);

  JpDigestTally *tally = &tallies[jp_digest_get_bucket (jp_record_get_id (record))];

  if (jp_record_get_head (record)->version <= 0)
    return;
  tally->n_rows++;
  tally->sum = jp_digest_add (tally->sum, jp_digest_content_of (record));
}

/**
 * jp_digest_content_to_sums:
 * @tallies: (array fixed-size=256): of each part of a table
 * @at: cursor of the stream
 *
 * Returns: (transfer full): the sum of each part that has rows
 */
JpPageSums *
jp_digest_content_to_sums (const JpDigestTally *tallies, const char *at)
{
  g_return_val_if_fail (tallies != NULL && at != NULL, NULL);

  JpPageSums *sums = jp_page_sums_new (at);

  for (guint i = 0; i < JP_DIGEST_BUCKETS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%02x", i);

      if (tallies[i].n_rows > 0)
        jp_page_sums_add (sums, name, tallies[i].n_rows, tallies[i].sum);
    }
  return sums;
}
