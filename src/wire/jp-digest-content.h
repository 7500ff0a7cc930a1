/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-page-sums.h"
#include "jp-record.h"

G_BEGIN_DECLS

/* Sums over what rows say, beside those over their versions (jp-digest.h): a row of the right
 * version with another content is seen by them only. They are computed from the rows, a slice at a
 * time. */

/**
 * JpDigestTally:
 * @n_rows: how many rows
 * @sum: their sum
 *
 * Of a part of a table, while it is computed.
 */
typedef struct
{
  gint64 n_rows;
  gint64 sum;
} JpDigestTally;

gint64      jp_digest_content_of (JpRecord *record);
void        jp_digest_content_add (JpDigestTally *tallies, JpRecord *record);
JpPageSums *jp_digest_content_to_sums (const JpDigestTally *tallies, const char *at);

G_END_DECLS
