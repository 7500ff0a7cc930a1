/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-blob.h"

#include "jp-blob-table.h"

#define UNFINISHED_DAYS 30 /* what nobody went on with for so long is thrown away */

static gboolean
refuse (GError **error, JpPlatformError code, const char *message)
{
  g_set_error_literal (error, JP_PLATFORM_ERROR, (int)code, message);
  return FALSE;
}

static JpBlob
get_table_blob (const JpPlatformBlob *blob)
{
  return (JpBlob){ &blob->school, blob->digest, blob->size_bytes };
}

/**
 * jp_platform_blob_find:
 * @store: a store
 * @school: a school
 * @digest: SHA-256 of a file
 * @out_blob: (out): the file; it borrows @digest
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Looks how much of a file is here that an attachment of the school names.
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_NOT_FOUND` if none names it
 */
gboolean
jp_platform_blob_find (JpPlatformStore *store,
                       const JpId      *school,
                       const char      *digest,
                       JpPlatformBlob  *out_blob,
                       GError         **error)
{
  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (school != NULL, FALSE);
  g_return_val_if_fail (digest != NULL, FALSE);
  g_return_val_if_fail (out_blob != NULL, FALSE);

  g_autoptr (JpStatement) statement = NULL;
  gboolean row = FALSE;

  if (!jp_attachment_is_digest (digest))
    return refuse (error, JP_PLATFORM_ERROR_INVALID, "this is no SHA-256");
  statement = jp_db_prepare (jp_platform_store_get_db (store),
                             "SELECT COALESCE (blob.size, attachment.size), COALESCE (here, 0)"
                             " FROM attachment LEFT JOIN blob ON blob.school = attachment.school"
                             " AND blob.digest = attachment.digest"
                             " WHERE attachment.school = :school AND attachment.digest = :digest"
                             " ORDER BY attachment.rid LIMIT 1",
                             error);
  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":school", school);
  jp_statement_bind_text (statement, ":digest", digest);
  if (!jp_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    return refuse (error, JP_PLATFORM_ERROR_NOT_FOUND, "no attachment names such a file");
  *out_blob = (JpPlatformBlob){ *school, digest, jp_statement_get_integer (statement, 0),
                                jp_statement_get_integer (statement, 1) };
  return TRUE;
}

/* --- taking --- */

static gboolean
check_quota (JpPlatformStore *store, const JpPlatformBlob *blob, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_store_get_db (store),
                   "SELECT COALESCE (SUM (size), 0) FROM blob WHERE school = :school", error);
  gboolean row = FALSE;

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":school", &blob->school);
  if (!jp_statement_step (statement, &row, error))
    return FALSE;
  return jp_statement_get_integer (statement, 0) + blob->size_bytes <=
           jp_platform_store_get_blob_quota (store) ||
         refuse (error, JP_PLATFORM_ERROR_QUOTA, "there is no room for more files of this school");
}

/* The table of their chunks has no row without one of these. */
static gboolean
drop_unfinished (JpPlatformStore *store, GError **error)
{
  JpDb  *db = jp_platform_store_get_db (store);
  gint64 now_us = jp_clock_now_us (jp_platform_store_get_clock (store));
  g_autoptr (JpStatement) chunks =
    jp_db_prepare (db,
                   "DELETE FROM blob_chunk WHERE (school, digest) IN"
                   " (SELECT school, digest FROM blob WHERE here < size AND touched_at < :before)",
                   error);
  g_autoptr (JpStatement) blobs =
    jp_db_prepare (db, "DELETE FROM blob WHERE here < size AND touched_at < :before", error);

  if (chunks == NULL || blobs == NULL)
    return FALSE;
  jp_statement_bind_integer (chunks, ":before", now_us - UNFINISHED_DAYS * JP_DAY_US);
  jp_statement_bind_integer (blobs, ":before", now_us - UNFINISHED_DAYS * JP_DAY_US);
  return jp_statement_run (chunks, error) && jp_statement_run (blobs, error);
}

static gboolean
write_here (JpPlatformStore *store, const JpPlatformBlob *blob, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_store_get_db (store),
                   "INSERT INTO blob (school, digest, size, here, touched_at)"
                   " VALUES (:school, :digest, :size, :here, :now)"
                   " ON CONFLICT (school, digest) DO UPDATE SET here = excluded.here,"
                   " touched_at = excluded.touched_at",
                   error);

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":school", &blob->school);
  jp_statement_bind_text (statement, ":digest", blob->digest);
  jp_statement_bind_integer (statement, ":size", blob->size_bytes);
  jp_statement_bind_integer (statement, ":here", blob->here_bytes);
  jp_statement_bind_integer (statement, ":now",
                             jp_clock_now_us (jp_platform_store_get_clock (store)));
  return jp_statement_run (statement, error);
}

static gboolean
forget (JpPlatformStore *store, const JpPlatformBlob *blob, GError **error)
{
  JpDb        *db = jp_platform_store_get_db (store);
  const JpBlob table_blob = get_table_blob (blob);
  g_autoptr (JpStatement) statement =
    jp_db_prepare (db, "DELETE FROM blob WHERE school = :school AND digest = :digest", error);

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":school", &blob->school);
  jp_statement_bind_text (statement, ":digest", blob->digest);
  return jp_statement_run (statement, error) && jp_blob_table_drop (db, &table_blob, error);
}

/* Writes the chunk; if it is the last and the whole is not what its name says, all of it goes. */
static gboolean
write_chunk (JpPlatformStore *store,
             JpPlatformBlob  *blob,
             GBytes          *chunk,
             gboolean        *out_good,
             GError         **error)
{
  JpDb        *db = jp_platform_store_get_db (store);
  JpSealKey   *key = jp_platform_store_get_key (store);
  const JpBlob table_blob = get_table_blob (blob);

  if (!jp_blob_table_put (db, key, &table_blob, blob->here_bytes, g_bytes_get_data (chunk, NULL),
                          error))
    return FALSE;
  blob->here_bytes += (gint64)g_bytes_get_size (chunk);
  *out_good = TRUE;
  if (blob->here_bytes == blob->size_bytes &&
      !jp_blob_table_check (db, key, &table_blob, out_good, error))
    return FALSE;
  return *out_good ? write_here (store, blob, error) : forget (store, blob, error);
}

static gboolean
check_chunk (const JpPlatformBlob *blob, gint64 offset_bytes, GBytes *chunk, GError **error)
{
  if (offset_bytes != blob->here_bytes)
    return refuse (error, JP_PLATFORM_ERROR_CONFLICT, "the file goes on elsewhere");
  return (gint64)g_bytes_get_size (chunk) ==
           jp_attachment_get_chunk_bytes (blob->size_bytes, offset_bytes) ||
         refuse (error, JP_PLATFORM_ERROR_INVALID, "the piece has not the right size");
}

/**
 * jp_platform_blob_put:
 * @store: a store without an open transaction
 * @blob: (inout): a file, as jp_platform_blob_find() found it
 * @offset_bytes: where the chunk begins: where the file ends so far
 * @chunk: its bytes, jp_attachment_get_chunk_bytes() of them
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Takes the next chunk, in a transaction of its own. The last one is answered only once all bytes
 * on the disk have the hash that is their name. A file that is whole is left alone.
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_CONFLICT` if the file goes on elsewhere,
 *   `JP_PLATFORM_ERROR_INVALID` if the chunk has not the right size, or the whole not the right
 *   hash, in which case all of it is gone, or `JP_PLATFORM_ERROR_QUOTA`
 */
gboolean
jp_platform_blob_put (JpPlatformStore *store,
                      JpPlatformBlob  *blob,
                      gint64           offset_bytes,
                      GBytes          *chunk,
                      GError         **error)
{
  g_return_val_if_fail (store != NULL, FALSE);
  g_return_val_if_fail (blob != NULL, FALSE);
  g_return_val_if_fail (chunk != NULL, FALSE);

  gboolean good = FALSE;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (blob->here_bytes == blob->size_bytes)
    return TRUE;
  if (!check_chunk (blob, offset_bytes, chunk, error) ||
      !jp_db_begin_write (jp_platform_store_get_db (store), &transaction, error))
    return FALSE;
  if (offset_bytes == 0 && (!drop_unfinished (store, error) || !check_quota (store, blob, error)))
    return FALSE;
  if (!write_chunk (store, blob, chunk, &good, error) ||
      !jp_transaction_commit (&transaction, error))
    return FALSE;
  return good || refuse (error, JP_PLATFORM_ERROR_INVALID,
                         "the bytes do not have this SHA-256: nothing of them is kept");
}

/**
 * jp_platform_blob_get:
 * @store: a store
 * @blob: a file, as jp_platform_blob_find() found it
 * @offset_bytes: where a chunk begins
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Returns: (transfer full): the bytes of the chunk; or %NULL with `JP_PLATFORM_ERROR_NOT_FOUND` if
 *   the file is not whole or no chunk begins there, or another error
 */
GBytes *
jp_platform_blob_get (JpPlatformStore      *store,
                      const JpPlatformBlob *blob,
                      gint64                offset_bytes,
                      GError              **error)
{
  g_return_val_if_fail (store != NULL, NULL);
  g_return_val_if_fail (blob != NULL, NULL);

  const JpBlob table_blob = get_table_blob (blob);

  if (blob->here_bytes < blob->size_bytes ||
      jp_attachment_get_chunk_bytes (blob->size_bytes, offset_bytes) == 0)
    {
      refuse (error, JP_PLATFORM_ERROR_NOT_FOUND, "this piece of the file is not here");
      return NULL;
    }
  return jp_blob_table_get (jp_platform_store_get_db (store), jp_platform_store_get_key (store),
                            &table_blob, offset_bytes, error);
}
