/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-blob-repo.h"

#include "jp-blob-table.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *name;
  const char *label;
} states[] = {
  [JP_BLOB_HERE] = { "here", NC_ ("blob", "On this PC") },
  [JP_BLOB_UNSENT] = { "unsent", NC_ ("blob", "On this PC, not sent yet") },
  [JP_BLOB_COMING] = { "coming", NC_ ("blob", "On the way") },
  [JP_BLOB_REMOTE] = { "platform", NC_ ("blob", "At the platform") },
  [JP_BLOB_ELSEWHERE] = { "elsewhere", NC_ ("blob", "Waits for the other PC") },
};

/**
 * jp_blob_state_get_name:
 * @state: a state
 *
 * Returns: its name for programs
 */
const char *
jp_blob_state_get_name (JpBlobState state)
{
  g_return_val_if_fail ((gsize)state < G_N_ELEMENTS (states), NULL);

  return states[state].name;
}

/**
 * jp_blob_state_get_label:
 * @state: a state
 *
 * Returns: its name for people, translated
 */
const char *
jp_blob_state_get_label (JpBlobState state)
{
  g_return_val_if_fail ((gsize)state < G_N_ELEMENTS (states), NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "blob", states[state].label);
}

static JpBlob
get_blob (JpVault *vault, const char *digest, gint64 size_bytes)
{
  return (JpBlob){ &vault->school, digest, size_bytes };
}

static JpBlobState
get_state (const JpBlobInfo *info, gint64 wanted, gboolean tried)
{
  if (info->here_bytes == info->size_bytes)
    return info->sent_bytes == info->size_bytes ? JP_BLOB_HERE : JP_BLOB_UNSENT;
  if (wanted > 0 && tried)
    return JP_BLOB_ELSEWHERE;
  return wanted > 0 ? JP_BLOB_COMING : JP_BLOB_REMOTE;
}

/**
 * jp_blob_repo_find:
 * @vault: a vault
 * @digest: SHA-256 of the file of an attachment
 * @out_info: (out): what is known of it
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: %TRUE, or %FALSE with `JP_STORE_ERROR_NOT_FOUND` if no attachment of these data ever
 *   named it, or another code
 */
gboolean
jp_blob_repo_find (JpVault *vault, const char *digest, JpBlobInfo *out_info, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (digest != NULL, FALSE);
  g_return_val_if_fail (out_info != NULL, FALSE);

  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db,
                   "SELECT size, here, sent, wanted, tried_at FROM blob WHERE digest = :digest",
                   error);
  gboolean row = FALSE;

  if (statement == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_text (statement, ":digest", digest);
  if (!jp_statement_step (statement, &row, error))
    return jp_vault_translate (error);
  if (!row)
    {
      g_set_error_literal (error, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND,
                           "no attachment has this SHA-256");
      return FALSE;
    }
  *out_info = (JpBlobInfo){ .size_bytes = jp_statement_get_integer (statement, 0),
                            .here_bytes = jp_statement_get_integer (statement, 1),
                            .sent_bytes = jp_statement_get_integer (statement, 2) };
  out_info->state = get_state (out_info, jp_statement_get_integer (statement, 3),
                               !jp_statement_is_null (statement, 4));
  return TRUE;
}

static gboolean
run_for (JpVault *vault, const char *sql, const char *digest, gint64 number, GError **error)
{
  g_autoptr (JpStatement) statement = jp_db_prepare (vault->db, sql, error);

  if (statement == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_text (statement, ":digest", digest);
  jp_statement_bind_integer (statement, ":number", number);
  return jp_statement_run (statement, error) || jp_vault_translate (error);
}

/**
 * jp_blob_repo_put:
 * @vault: a vault with an open write transaction
 * @digest: SHA-256 of @bytes
 * @bytes: a whole file, 1 … %JP_ATTACHMENT_MAX_BYTES
 * @error: return location for a [error@Jp.StoreError]
 *
 * Keeps the bytes of a file, unless they are here already.
 *
 * Returns: whether they are here
 */
gboolean
jp_blob_repo_put (JpVault *vault, const char *digest, GBytes *bytes, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (digest != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL && g_bytes_get_size (bytes) > 0, FALSE);
  g_assert (jp_db_in_write (vault->db));

  gsize         size_bytes = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size_bytes);
  JpBlob        blob = get_blob (vault, digest, (gint64)size_bytes);
  JpBlobInfo    info = { 0 };

  if (!run_for (vault,
                "INSERT INTO blob (digest, size) VALUES (:digest, :number)"
                " ON CONFLICT (digest) DO NOTHING",
                digest, blob.size_bytes, error) ||
      !jp_blob_repo_find (vault, digest, &info, error))
    return FALSE;
  if (info.here_bytes == blob.size_bytes && info.size_bytes == blob.size_bytes)
    return TRUE;

  for (gint64 at = 0; at < blob.size_bytes; at += JP_ATTACHMENT_CHUNK_BYTES)
    if (!jp_blob_table_put (vault->db, vault->key, &blob, at, data + at, error))
      return jp_vault_translate (error);

  /* A row that lied about the size has not got these bytes: what is here is what holds. */
  return run_for (vault,
                  "UPDATE blob SET size = :number, here = :number, sent = 0, tried_at = NULL"
                  " WHERE digest = :digest",
                  digest, blob.size_bytes, error);
}

static GBytes *
read_all (JpVault *vault, const JpBlob *blob, GError **error)
{
  g_autoptr (GByteArray) whole = g_byte_array_sized_new ((guint)blob->size_bytes);

  for (gint64 at = 0; at < blob->size_bytes; at += JP_ATTACHMENT_CHUNK_BYTES)
    {
      gsize length_bytes = 0;
      g_autoptr (GBytes) chunk = jp_blob_table_get (vault->db, vault->key, blob, at, error);

      if (chunk == NULL)
        {
          jp_vault_translate (error);
          return NULL;
        }

      gconstpointer bytes = g_bytes_get_data (chunk, &length_bytes);

      g_byte_array_append (whole, bytes, (guint)length_bytes);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&whole));
}

/**
 * jp_blob_repo_read:
 * @vault: a vault
 * @digest: SHA-256 of the file of an attachment
 * @error: return location for a [error@Jp.StoreError]
 *
 * Opens all of a file, and looks whether it is what its name says.
 *
 * Returns: (transfer full): its bytes, or %NULL with `JP_STORE_ERROR_NOT_FOUND` if they are not
 *   here, `JP_STORE_ERROR_CORRUPT` if they are damaged, or another code
 */
GBytes *
jp_blob_repo_read (JpVault *vault, const char *digest, GError **error)
{
  JpBlobInfo info = { 0 };

  if (!jp_blob_repo_find (vault, digest, &info, error))
    return NULL;
  if (info.here_bytes < info.size_bytes)
    {
      g_set_error_literal (error, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND,
                           "the bytes of this attachment are not here yet");
      return NULL;
    }

  JpBlob blob = get_blob (vault, digest, info.size_bytes);
  g_autoptr (GBytes) bytes = read_all (vault, &blob, error);
  g_autofree char *real = NULL;

  if (bytes == NULL)
    return NULL;
  real = jp_hash_sha256_text (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (strcmp (real, digest) == 0)
    return g_steal_pointer (&bytes);
  g_set_error_literal (error, JP_STORE_ERROR, JP_STORE_ERROR_CORRUPT,
                       "the bytes of an attachment do not match its SHA-256");
  return NULL;
}

/**
 * jp_blob_repo_want:
 * @vault: a writing vault without an open transaction
 * @digest: SHA-256 of the file of an attachment
 * @error: return location for a [error@Jp.StoreError]
 *
 * Somebody wants to open it: the next sync fetches it before anything else that is large.
 *
 * Returns: whether that is noted
 */
gboolean
jp_blob_repo_want (JpVault *vault, const char *digest, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (digest != NULL, FALSE);

  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  return (jp_db_begin_write (vault->db, &transaction, error) || jp_vault_translate (error)) &&
         run_for (vault,
                  "UPDATE blob SET wanted = :number, tried_at = NULL"
                  " WHERE digest = :digest AND here < size",
                  digest, 2, error) &&
         (jp_transaction_commit (&transaction, error) || jp_vault_translate (error));
}

/* --- moving --- */

static gboolean
find_one (JpVault *vault, const char *sql, gint64 round_us, JpBlobMove *out_move, GError **error)
{
  g_autoptr (JpStatement) statement = jp_db_prepare (vault->db, sql, error);
  gboolean row = FALSE;

  if (statement == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_integer (statement, ":round", round_us);
  if (!jp_statement_step (statement, &row, error))
    return jp_vault_translate (error);
  if (!row)
    return TRUE;
  g_strlcpy (out_move->digest, jp_statement_get_text (statement, 0), sizeof out_move->digest);
  out_move->size_bytes = jp_statement_get_integer (statement, 1);
  out_move->offset_bytes = jp_statement_get_integer (statement, 2);
  return TRUE;
}

/**
 * jp_blob_repo_find_move:
 * @vault: a vault
 * @round_us: when the round began: what could not be moved in it is left alone
 * @fetches: whether there may be something to fetch; otherwise only to send
 * @out_move: (out): what to move next; with an empty digest if that is nothing
 * @error: return location for a [error@Jp.StoreError]
 *
 * What somebody waits for comes first, then what is only here, then photos. What is sent belongs to
 * an attachment that the platform knows and that is not in the trash.
 *
 * Returns: whether the database could be read
 */
gboolean
jp_blob_repo_find_move (JpVault    *vault,
                        gint64      round_us,
                        gboolean    fetches,
                        JpBlobMove *out_move,
                        GError    **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (out_move != NULL, FALSE);

  static const char waited_for[] =
    "SELECT digest, size, here FROM blob WHERE here < size AND wanted > 0 AND wanted = 2"
    " AND (tried_at IS NULL OR tried_at <> :round) ORDER BY tried_at LIMIT 1";
  static const char unsent[] =
    "SELECT digest, size, sent FROM blob WHERE here = size AND sent < size"
    " AND (tried_at IS NULL OR tried_at <> :round) AND EXISTS"
    " (SELECT 1 FROM attachment WHERE attachment.digest = blob.digest AND ver > 0"
    " AND deleted = 0) ORDER BY tried_at LIMIT 1";
  static const char photos[] =
    "SELECT digest, size, here FROM blob WHERE here < size AND wanted > 0 AND wanted = 1"
    " AND (tried_at IS NULL OR tried_at <> :round) AND EXISTS"
    " (SELECT 1 FROM attachment WHERE attachment.digest = blob.digest AND deleted = 0)"
    " ORDER BY tried_at LIMIT 1";

  *out_move = (JpBlobMove){ "" };
  if (fetches && !find_one (vault, waited_for, round_us, out_move, error))
    return FALSE;
  if (*out_move->digest != '\0')
    return TRUE;
  if (!find_one (vault, unsent, round_us, out_move, error))
    return FALSE;
  out_move->send = *out_move->digest != '\0';
  return out_move->send || !fetches || find_one (vault, photos, round_us, out_move, error);
}

/**
 * jp_blob_repo_read_piece:
 * @vault: a vault
 * @move: what to send
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): the piece in clear, or %NULL with an error
 */
GBytes *
jp_blob_repo_read_piece (JpVault *vault, const JpBlobMove *move, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (move != NULL, NULL);

  JpBlob  blob = get_blob (vault, move->digest, move->size_bytes);
  GBytes *piece = jp_blob_table_get (vault->db, vault->key, &blob, move->offset_bytes, error);

  if (piece == NULL)
    jp_vault_translate (error);
  return piece;
}

/**
 * jp_blob_repo_note_sent:
 * @vault: a writing vault without an open transaction
 * @move: what was sent, or asked about
 * @sent_bytes: how much of it the platform has, as it says
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it is noted
 */
gboolean
jp_blob_repo_note_sent (JpVault *vault, const JpBlobMove *move, gint64 sent_bytes, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (move != NULL, FALSE);
  g_return_val_if_fail (sent_bytes >= 0 && sent_bytes <= move->size_bytes, FALSE);

  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  return (jp_db_begin_write (vault->db, &transaction, error) || jp_vault_translate (error)) &&
         run_for (vault, "UPDATE blob SET sent = :number, tried_at = NULL WHERE digest = :digest",
                  move->digest, sent_bytes, error) &&
         (jp_transaction_commit (&transaction, error) || jp_vault_translate (error));
}

/* What does not match its name is thrown away: it is fetched again another time. */
static gboolean
end_fetch (JpVault      *vault,
           const JpBlob *blob,
           gint64        here_bytes,
           gboolean     *out_whole,
           GError      **error)
{
  gboolean good = FALSE;

  *out_whole = FALSE;
  if (here_bytes < blob->size_bytes)
    return TRUE;
  if (!jp_blob_table_check (vault->db, vault->key, blob, &good, error))
    return jp_vault_translate (error);
  *out_whole = good;
  if (good)
    return run_for (vault, "UPDATE blob SET sent = :number WHERE digest = :digest", blob->digest,
                    blob->size_bytes, error);
  return (jp_blob_table_drop (vault->db, blob, error) || jp_vault_translate (error)) &&
         run_for (vault, "UPDATE blob SET here = :number WHERE digest = :digest", blob->digest, 0,
                  error);
}

/**
 * jp_blob_repo_take_piece:
 * @vault: a writing vault without an open transaction
 * @move: what was fetched
 * @piece: its bytes
 * @out_whole: (out): whether the file is all here now, and is what its name says
 * @error: return location for a [error@Jp.StoreError]
 *
 * Keeps a piece, with the place reached, in one transaction; the last one proves the file.
 *
 * Returns: %TRUE, or %FALSE with `JP_STORE_ERROR_INVALID` if the piece has not the right size, or
 *   another code
 */
gboolean
jp_blob_repo_take_piece (JpVault          *vault,
                         const JpBlobMove *move,
                         GBytes           *piece,
                         gboolean         *out_whole,
                         GError          **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (move != NULL, FALSE);
  g_return_val_if_fail (piece != NULL, FALSE);
  g_return_val_if_fail (out_whole != NULL, FALSE);

  JpBlob blob = get_blob (vault, move->digest, move->size_bytes);
  gint64 here_bytes = move->offset_bytes + (gint64)g_bytes_get_size (piece);
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if ((gint64)g_bytes_get_size (piece) !=
      jp_attachment_get_chunk_bytes (move->size_bytes, move->offset_bytes))
    {
      g_set_error_literal (error, JP_STORE_ERROR, JP_STORE_ERROR_INVALID,
                           "a piece of an attachment has not the right size");
      return FALSE;
    }
  if (!jp_db_begin_write (vault->db, &transaction, error) ||
      !jp_blob_table_put (vault->db, vault->key, &blob, move->offset_bytes,
                          g_bytes_get_data (piece, NULL), error))
    return jp_vault_translate (error);
  return run_for (vault, "UPDATE blob SET here = :number, tried_at = NULL WHERE digest = :digest",
                  move->digest, here_bytes, error) &&
         end_fetch (vault, &blob, here_bytes, out_whole, error) &&
         (jp_transaction_commit (&transaction, error) || jp_vault_translate (error));
}

/**
 * jp_blob_repo_postpone:
 * @vault: a writing vault without an open transaction
 * @move: what the platform did not take, or does not have
 * @round_us: when the round began
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it is noted
 */
gboolean
jp_blob_repo_postpone (JpVault *vault, const JpBlobMove *move, gint64 round_us, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (move != NULL, FALSE);

  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  return (jp_db_begin_write (vault->db, &transaction, error) || jp_vault_translate (error)) &&
         run_for (vault, "UPDATE blob SET tried_at = :number WHERE digest = :digest", move->digest,
                  round_us, error) &&
         (jp_transaction_commit (&transaction, error) || jp_vault_translate (error));
}

/**
 * jp_blob_repo_forget_sent:
 * @vault: a vault with an open write transaction
 * @error: return location for a [error@Jp.StoreError]
 *
 * The platform went back in time, or is another one: what it has is asked again.
 *
 * Returns: whether it is noted
 */
gboolean
jp_blob_repo_forget_sent (JpVault *vault, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_assert (jp_db_in_write (vault->db));

  return jp_db_exec (vault->db, "UPDATE blob SET sent = 0, tried_at = NULL WHERE sent > 0",
                     error) ||
         jp_vault_translate (error);
}
