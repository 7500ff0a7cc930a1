/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-wire-record.h"

G_BEGIN_DECLS

/* A page of the stream of a school: states of rows in the order of their last change (sync.md
 * §3.5). */

#define JP_PAGE_FEED_MAX_ROWS     2000
#define JP_PAGE_FEED_DEFAULT_ROWS 500

/**
 * JpPageFeed:
 * @epoch: (owned) (nullable): of the platform's database; %NULL inside of an answer that has it
 * @now_us: the platform's clock, 0 inside of an answer that has it
 * @to: (owned): the cursor behind the page
 * @complete: there was nothing newer
 * @sum: of a complete page: the sum over all rows of the school at @to; -1 = not told
 * @records: (owned) (element-type JpRecord): the rows
 * @n_unknown: rows of kinds that this program does not know, which were passed over
 *
 * What came down.
 */
typedef struct
{
  char      *epoch;
  gint64     now_us;
  char      *to;
  gboolean   complete;
  gint64     sum;
  GPtrArray *records;
  guint      n_unknown;
} JpPageFeed;

JpPageFeed *jp_page_feed_new (const char *epoch, gint64 now_us);
void        jp_page_feed_free (JpPageFeed *self);
void        jp_page_feed_write (JpJsonWriter *writer, JpPageFeed *self);
JpPageFeed *jp_page_feed_read (JsonObject *object, GError **error);
GBytes     *jp_page_feed_to_bytes (JpPageFeed *self);
JpPageFeed *jp_page_feed_from_bytes (GBytes *bytes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpPageFeed, jp_page_feed_free)

G_END_DECLS
