/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-attachment.h"
#include "jp-db.h"
#include "jp-seal.h"

G_BEGIN_DECLS

/* The bytes of attachments, for the client and the platform alike: cut into chunks of
 * %JP_ATTACHMENT_CHUNK_BYTES, each sealed with the data key and bound to school, file and place, in
 * a table "blob_chunk" that both migrate. Nobody can swap two chunks, or give one file's bytes for
 * another's. How much of a file there should be is known by the caller's own table. */

/**
 * JpBlob:
 * @school: (borrowed): whose file
 * @digest: (borrowed): SHA-256 of its clear bytes
 * @size_bytes: how large it is
 *
 * Which bytes.
 */
typedef struct
{
  const JpId *school;
  const char *digest;
  gint64      size_bytes;
} JpBlob;

gboolean jp_blob_table_put (JpDb         *db,
                            JpSealKey    *key,
                            const JpBlob *blob,
                            gint64        offset_bytes,
                            gconstpointer chunk,
                            GError      **error);
GBytes  *jp_blob_table_get (JpDb         *db,
                            JpSealKey    *key,
                            const JpBlob *blob,
                            gint64        offset_bytes,
                            GError      **error);
gboolean jp_blob_table_check (JpDb         *db,
                              JpSealKey    *key,
                              const JpBlob *blob,
                              gboolean     *out_good,
                              GError      **error);
gboolean jp_blob_table_drop (JpDb *db, const JpBlob *blob, GError **error);

G_END_DECLS
