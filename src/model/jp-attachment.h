/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-field.h"

G_BEGIN_DECLS

/* What may be attached to a record, and how its bytes are cut. Client and platform go by the same
 * limits. */

#define JP_ATTACHMENT_MAX_BYTES    (20 * 1024 * 1024)
#define JP_ATTACHMENT_CHUNK_BYTES  (256 * 1024)
#define JP_ATTACHMENT_DIGEST_CHARS 64

JpFieldId   jp_attachment_get_home (JpKind kind);
int         jp_attachment_find_media_type (gconstpointer bytes, gsize length_bytes);
const char *jp_attachment_get_mime (int media_type);
gboolean    jp_attachment_is_digest (const char *text);
gint64      jp_attachment_get_chunk_bytes (gint64 size_bytes, gint64 offset_bytes);

G_END_DECLS
