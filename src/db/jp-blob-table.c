/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-blob-table.h"

#define PLACE_CHARS 24

/* The place in the file is part of the name of the table that a chunk is sealed for. */
static void
describe_place (gint64 offset_bytes, char out_table[PLACE_CHARS])
{
  g_snprintf (out_table, PLACE_CHARS, "blob_chunk.%d",
              (int)(offset_bytes / JP_ATTACHMENT_CHUNK_BYTES));
}

static void
bind_chunk (JpStatement *statement, const JpBlob *blob, gint64 offset_bytes)
{
  jp_statement_bind_id (statement, ":school", blob->school);
  jp_statement_bind_text (statement, ":digest", blob->digest);
  jp_statement_bind_integer (statement, ":no", offset_bytes / JP_ATTACHMENT_CHUNK_BYTES);
}

/**
 * jp_blob_table_put:
 * @db: a connection with an open write transaction
 * @key: the data key
 * @blob: which file
 * @offset_bytes: where the chunk begins
 * @chunk: its clear bytes, jp_attachment_get_chunk_bytes() of them
 * @error: return location for a [error@Jp.DbError]
 *
 * Seals and writes one chunk; one that is there already is replaced.
 *
 * Returns: whether it was written
 */
gboolean
jp_blob_table_put (JpDb         *db,
                   JpSealKey    *key,
                   const JpBlob *blob,
                   gint64        offset_bytes,
                   gconstpointer chunk,
                   GError      **error)
{
  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);
  g_return_val_if_fail (blob != NULL && jp_attachment_is_digest (blob->digest), FALSE);

  gint64 chunk_bytes = jp_attachment_get_chunk_bytes (blob->size_bytes, offset_bytes);
  char   table[PLACE_CHARS];

  g_return_val_if_fail (chunk_bytes > 0, FALSE);
  describe_place (offset_bytes, table);

  g_autoptr (GBytes) sealed =
    jp_seal_close (key, table, blob->school, blob->digest, chunk, (gsize)chunk_bytes);
  g_autoptr (JpStatement) statement =
    jp_db_prepare (db,
                   "INSERT INTO blob_chunk (school, digest, no, body)"
                   " VALUES (:school, :digest, :no, :body)"
                   " ON CONFLICT (school, digest, no) DO UPDATE SET body = excluded.body",
                   error);

  if (statement == NULL)
    return FALSE;
  bind_chunk (statement, blob, offset_bytes);
  jp_statement_bind_blob (statement, ":body", g_bytes_get_data (sealed, NULL),
                          g_bytes_get_size (sealed));
  return jp_statement_run (statement, error);
}

/**
 * jp_blob_table_get:
 * @db: a connection
 * @key: the data key
 * @blob: which file
 * @offset_bytes: where the chunk begins
 * @error: return location for a [error@Jp.DbError] or [error@Jp.BaseError]
 *
 * Reads and opens one chunk.
 *
 * Returns: (transfer full): its clear bytes, or %NULL with `JP_DB_ERROR_NOT_FOUND` if it is not
 *   here, `JP_BASE_ERROR_SEALED` if it is another file's, or damaged
 */
GBytes *
jp_blob_table_get (JpDb         *db,
                   JpSealKey    *key,
                   const JpBlob *blob,
                   gint64        offset_bytes,
                   GError      **error)
{
  g_return_val_if_fail (db != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (blob != NULL && jp_attachment_is_digest (blob->digest), NULL);

  g_autoptr (JpStatement) statement =
    jp_db_prepare (db,
                   "SELECT body FROM blob_chunk"
                   " WHERE school = :school AND digest = :digest AND no = :no",
                   error);
  gboolean row = FALSE;
  gsize    sealed_bytes = 0;
  char     table[PLACE_CHARS];

  if (statement == NULL)
    return NULL;
  bind_chunk (statement, blob, offset_bytes);
  if (!jp_statement_step (statement, &row, error))
    return NULL;
  if (!row)
    {
      g_set_error_literal (error, JP_DB_ERROR, JP_DB_ERROR_NOT_FOUND,
                           "a piece of an attachment is not here");
      return NULL;
    }

  gconstpointer sealed = jp_statement_get_blob (statement, 0, &sealed_bytes);

  describe_place (offset_bytes, table);
  return jp_seal_open (key, table, blob->school, blob->digest, sealed, sealed_bytes, error);
}

static gboolean
is_damage (const GError *error)
{
  return g_error_matches (error, JP_DB_ERROR, JP_DB_ERROR_NOT_FOUND) ||
         g_error_matches (error, JP_BASE_ERROR, JP_BASE_ERROR_SEALED);
}

/**
 * jp_blob_table_check:
 * @db: a connection
 * @key: the data key
 * @blob: a file all of which should be there
 * @out_good: (out): whether it is, and its bytes are those of its name
 * @error: return location for a [error@Jp.DbError]
 *
 * Reads a whole file: 20 MiB take about a tenth of a second.
 *
 * Returns: whether the database could be read
 */
gboolean
jp_blob_table_check (JpDb         *db,
                     JpSealKey    *key,
                     const JpBlob *blob,
                     gboolean     *out_good,
                     GError      **error)
{
  g_return_val_if_fail (blob != NULL, FALSE);
  g_return_val_if_fail (out_good != NULL, FALSE);

  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  *out_good = FALSE;
  for (gint64 at = 0; at < blob->size_bytes; at += JP_ATTACHMENT_CHUNK_BYTES)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (GBytes) chunk = jp_blob_table_get (db, key, blob, at, &local);
      gint64 expected = jp_attachment_get_chunk_bytes (blob->size_bytes, at);

      if (chunk == NULL && !is_damage (local))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (chunk == NULL || (gint64)g_bytes_get_size (chunk) != expected)
        return TRUE;
      g_checksum_update (checksum, g_bytes_get_data (chunk, NULL), (gssize)expected);
    }

  *out_good = g_strcmp0 (g_checksum_get_string (checksum), blob->digest) == 0;
  return TRUE;
}

/**
 * jp_blob_table_drop:
 * @db: a connection with an open write transaction
 * @blob: a file
 * @error: return location for a [error@Jp.DbError]
 *
 * Removes all that is there of a file.
 *
 * Returns: whether it is gone
 */
gboolean
jp_blob_table_drop (JpDb *db, const JpBlob *blob, GError **error)
{
  g_return_val_if_fail (blob != NULL, FALSE);

  g_autoptr (JpStatement) statement =
    jp_db_prepare (db, "DELETE FROM blob_chunk WHERE school = :school AND digest = :digest", error);

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":school", blob->school);
  jp_statement_bind_text (statement, ":digest", blob->digest);
  return jp_statement_run (statement, error);
}
