/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-blob-table.h"
#include "jp-verify-private.h"

/* The bytes of attachments: every file that is here is what its name says, every piece of one that
 * is coming can be opened, and every attachment has its bytes or knows that they are elsewhere. */

static gboolean
report (JpVerifyRun *run, const char *digest, const char *what)
{
  g_autofree char *detail = g_strdup_printf ("%.12s…: %s", digest, what);

  jp_verify_report (run, JP_VERIFY_BLOBS, JP_KIND_NONE, NULL, 0, detail);
  return TRUE;
}

static gboolean
check_pieces (JpVerifyRun *run, const JpBlob *blob, gint64 here_bytes, GError **error)
{
  for (gint64 at = 0; at < here_bytes; at += JP_ATTACHMENT_CHUNK_BYTES)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (GBytes) piece =
        jp_blob_table_get (run->vault->db, run->vault->key, blob, at, &local);

      if (piece != NULL)
        continue;
      if (g_error_matches (local, JP_DB_ERROR, JP_DB_ERROR_NOT_FOUND) ||
          g_error_matches (local, JP_BASE_ERROR, JP_BASE_ERROR_SEALED))
        return report (run, blob->digest, "a piece is lost or damaged");
      g_propagate_error (error, g_steal_pointer (&local));
      return jp_vault_translate (error);
    }
  return TRUE;
}

static gboolean
check_blob (JpVerifyRun *run, const JpBlob *blob, gint64 here_bytes, GError **error)
{
  gboolean good = TRUE;

  if (!jp_verify_step (run, JP_VERIFY_BLOBS, error))
    return FALSE;
  if (here_bytes < blob->size_bytes)
    return check_pieces (run, blob, here_bytes, error);
  if (!jp_blob_table_check (run->vault->db, run->vault->key, blob, &good, error))
    return jp_vault_translate (error);
  return good || report (run, blob->digest, "the bytes do not match the SHA-256");
}

static gboolean
check_blobs (JpVerifyRun *run, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (run->vault->db, "SELECT digest, size, here FROM blob", error);
  gboolean row = FALSE;

  if (statement == NULL)
    return jp_vault_translate (error);
  while (TRUE)
    {
      if (!jp_statement_step (statement, &row, error))
        return jp_vault_translate (error);
      if (!row)
        return TRUE;

      g_autofree char *digest = g_strdup (jp_statement_get_text (statement, 0));
      const JpBlob blob = { &run->vault->school, digest, jp_statement_get_integer (statement, 1) };

      if (!check_blob (run, &blob, jp_statement_get_integer (statement, 2), error))
        return FALSE;
    }
}

/* @sql names rows that must not be. */
static gboolean
check_none (JpVerifyRun *run, const char *sql, const char *what, GError **error)
{
  g_autoptr (JpStatement) statement = jp_db_prepare (run->vault->db, sql, error);
  gboolean row = FALSE;

  if (statement == NULL)
    return jp_vault_translate (error);
  while (TRUE)
    {
      if (!jp_statement_step (statement, &row, error))
        return jp_vault_translate (error);
      if (!row)
        return TRUE;
      report (run, jp_statement_get_text (statement, 0), what);
    }
}

/**
 * jp_verify_blobs:
 * @run: a verification
 * @error: return location for a [error@Jp.StoreError]
 *
 * Opens the bytes of all attachments and compares them with their SHA-256.
 *
 * Returns: whether the check could run
 */
gboolean
jp_verify_blobs (JpVerifyRun *run, GError **error)
{
  return check_blobs (run, error) &&
         check_none (run,
                     "SELECT digest FROM attachment WHERE deleted = 0 AND parked = 0"
                     " AND NOT EXISTS (SELECT 1 FROM blob WHERE blob.digest = attachment.digest)",
                     "nothing is known of the bytes of an attachment", error) &&
         check_none (run,
                     "SELECT DISTINCT digest FROM blob_chunk"
                     " WHERE NOT EXISTS (SELECT 1 FROM blob WHERE blob.digest = blob_chunk.digest)",
                     "pieces of a file that is not known", error);
}
