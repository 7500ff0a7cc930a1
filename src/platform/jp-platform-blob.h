/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-attachment.h"
#include "jp-platform-store.h"

G_BEGIN_DECLS

/* The bytes of the schools' attachments. They come after their rows: what no row of the school
 * names is not taken, so that nobody stores here what belongs to nothing. */

/**
 * JpPlatformBlob:
 * @school: whose
 * @digest: (borrowed): SHA-256 of the clear bytes
 * @size_bytes: how large it is
 * @here_bytes: how much of it is here, from its beginning
 *
 * A file, as far as it is here.
 */
typedef struct
{
  JpId        school;
  const char *digest;
  gint64      size_bytes;
  gint64      here_bytes;
} JpPlatformBlob;

gboolean jp_platform_blob_find (JpPlatformStore *store,
                                const JpId      *school,
                                const char      *digest,
                                JpPlatformBlob  *out_blob,
                                GError         **error);
gboolean jp_platform_blob_put (JpPlatformStore *store,
                               JpPlatformBlob  *blob,
                               gint64           offset_bytes,
                               GBytes          *chunk,
                               GError         **error);
GBytes  *jp_platform_blob_get (JpPlatformStore      *store,
                               const JpPlatformBlob *blob,
                               gint64                offset_bytes,
                               GError              **error);

G_END_DECLS
