/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-seal.h"

G_BEGIN_DECLS

/* A sealed file: a header and a row of messages (libsodium's secretstream, XChaCha20-Poly1305).
 * Messages cannot be left out, repeated, swapped or cut off at the end without the reader noticing.
 * No I/O in here: the caller stores the frames. */

#define JP_SEAL_STREAM_HEADER_BYTES   24
#define JP_SEAL_STREAM_OVERHEAD_BYTES 17
#define JP_SEAL_STREAM_MESSAGE_BYTES  (256 * 1024) /* at most */

/* One direction of one sealed file. Not thread-safe. */
typedef struct _JpSealStream JpSealStream;

JpSealStream *jp_seal_stream_new_writer (JpSealKey  *key,
                                         const char *purpose,
                                         guint8      out_header[JP_SEAL_STREAM_HEADER_BYTES]);
JpSealStream *jp_seal_stream_new_reader (JpSealKey   *key,
                                         const char  *purpose,
                                         const guint8 header[JP_SEAL_STREAM_HEADER_BYTES]);
void          jp_seal_stream_free (JpSealStream *self);
GBytes       *jp_seal_stream_close_message (JpSealStream *self,
                                            gconstpointer plain,
                                            gsize         length_bytes,
                                            gboolean      last);
GBytes       *jp_seal_stream_open_message (JpSealStream *self,
                                           gconstpointer sealed,
                                           gsize         length_bytes,
                                           gboolean     *out_last,
                                           GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpSealStream, jp_seal_stream_free)

G_END_DECLS
