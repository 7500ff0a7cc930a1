/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-page-feed.h"
#include "jp-page-table.h"
#include "jp-platform-store.h"

G_BEGIN_DECLS

/* What a school reads: the stream of its changes, and its tables for a first sync. */

#define JP_PLATFORM_FEED_MAX_BYTES  (1024 * 1024)
#define JP_PLATFORM_TABLE_MAX_BYTES (4 * 1024 * 1024)

gboolean     jp_platform_feed_parse_cursor (JpPlatformStore *store,
                                            const JpId      *school,
                                            const char      *cursor,
                                            gint64          *out_seq,
                                            GError         **error);
JpPageFeed  *jp_platform_feed_read_page (JpPlatformStore *store,
                                         const JpId      *school,
                                         gint64           after,
                                         guint            limit,
                                         GError         **error);
JpPageTable *jp_platform_feed_read_table (JpPlatformStore *store,
                                          const JpId      *school,
                                          JpKind           kind,
                                          gint64           after_rid,
                                          guint            limit,
                                          GError         **error);

G_END_DECLS
