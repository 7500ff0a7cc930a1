/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-attachment.h"
#include "jp-vault.h"

G_BEGIN_DECLS

/* The bytes of attachments at this PC: here once per content, sealed, and on their way to and from
 * the platform piece by piece. Rows come first; that the bytes of one are not here is a state. */

/**
 * JpBlobState:
 * @JP_BLOB_HERE: here, and at the platform if there is one
 * @JP_BLOB_UNSENT: here; the platform does not have all of it yet
 * @JP_BLOB_COMING: not all here; it is being fetched, or will be with the next sync
 * @JP_BLOB_REMOTE: not here; it is fetched when somebody opens it
 * @JP_BLOB_ELSEWHERE: not here, and the platform does not have it yet: it waits for the other PC
 *
 * Where the bytes are.
 */
typedef enum {
  JP_BLOB_HERE,
  JP_BLOB_UNSENT,
  JP_BLOB_COMING,
  JP_BLOB_REMOTE,
  JP_BLOB_ELSEWHERE,
} JpBlobState;

/**
 * JpBlobInfo:
 * @state: where the bytes are
 * @size_bytes: how many there are
 * @here_bytes: of them here
 * @sent_bytes: of them at the platform, as far as it has said so
 *
 * What is known of the bytes of a file. A plain value.
 */
typedef struct
{
  JpBlobState state;
  gint64      size_bytes;
  gint64      here_bytes;
  gint64      sent_bytes;
} JpBlobInfo;

/**
 * JpBlobMove:
 * @digest: which file; empty if nothing is to be moved
 * @size_bytes: its size
 * @offset_bytes: where the next piece begins
 * @send: from here to the platform; otherwise the other way
 *
 * The next piece that is to be moved. A plain value.
 */
typedef struct
{
  char     digest[JP_ATTACHMENT_DIGEST_CHARS + 1];
  gint64   size_bytes;
  gint64   offset_bytes;
  gboolean send;
} JpBlobMove;

const char *jp_blob_state_get_name (JpBlobState state);
const char *jp_blob_state_get_label (JpBlobState state);

gboolean
jp_blob_repo_find (JpVault *vault, const char *digest, JpBlobInfo *out_info, GError **error);
gboolean jp_blob_repo_put (JpVault *vault, const char *digest, GBytes *bytes, GError **error);
GBytes  *jp_blob_repo_read (JpVault *vault, const char *digest, GError **error);
gboolean jp_blob_repo_want (JpVault *vault, const char *digest, GError **error);

/* For the sync. */
gboolean jp_blob_repo_find_move (JpVault    *vault,
                                 gint64      round_us,
                                 gboolean    fetches,
                                 JpBlobMove *out_move,
                                 GError    **error);
GBytes  *jp_blob_repo_read_piece (JpVault *vault, const JpBlobMove *move, GError **error);
gboolean
jp_blob_repo_note_sent (JpVault *vault, const JpBlobMove *move, gint64 sent_bytes, GError **error);
gboolean jp_blob_repo_take_piece (JpVault          *vault,
                                  const JpBlobMove *move,
                                  GBytes           *piece,
                                  gboolean         *out_whole,
                                  GError          **error);
gboolean
jp_blob_repo_postpone (JpVault *vault, const JpBlobMove *move, gint64 round_us, GError **error);
gboolean jp_blob_repo_forget_sent (JpVault *vault, GError **error);

G_END_DECLS
