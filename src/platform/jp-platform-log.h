/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-page-ops.h"
#include "jp-platform-station.h"

G_BEGIN_DECLS

/* The log of all operations with their verdicts. A station that branched off from another one has
 * that one's operations up to the branch. */

/**
 * JpPlatformLogEntry:
 * @id: identity of the business event
 * @chain: the hash chain up to and with the operation
 * @verdict: (owned) (nullable): its verdict as JSON; %NULL: there is no such operation
 *
 * What the log says about an operation.
 */
typedef struct
{
  JpId   id;
  guint8 chain[JP_SEAL_HASH_BYTES];
  char  *verdict;
} JpPlatformLogEntry;

void       jp_platform_log_entry_clear (JpPlatformLogEntry *self);
gboolean   jp_platform_log_read (JpPlatformStore    *store,
                                 const JpId         *station,
                                 gint64              n,
                                 JpPlatformLogEntry *out_entry,
                                 GError            **error);
JpVerdict *jp_platform_log_parse_verdict (const char *text, GError **error);
JpPageOps *jp_platform_log_read_page (JpPlatformStore         *store,
                                      const JpPlatformStation *station,
                                      gint64                   from_n,
                                      guint                    limit,
                                      GError                 **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JpPlatformLogEntry, jp_platform_log_entry_clear)

G_END_DECLS
