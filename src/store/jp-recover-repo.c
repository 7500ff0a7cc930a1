/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-recover-repo.h"

#include "jp-digest-repo.h"
#include "jp-heads.h"
#include "jp-ledger.h"
#include "jp-record-table.h"

static gboolean
read_number (JpVault *vault, const char *sql, gint64 *out_number, GError **error)
{
  g_autoptr (JpStatement) statement = jp_db_prepare (vault->db, sql, error);
  gboolean row = FALSE;

  if (statement == NULL || !jp_statement_step (statement, &row, error))
    return jp_vault_translate (error);
  *out_number = row ? jp_statement_get_integer (statement, 0) : 0;
  return TRUE;
}

/**
 * jp_recover_repo_get_last_n:
 * @vault: a vault
 * @out_n: (out): number of the newest operation, 0 = there is none
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it could be read
 */
gboolean
jp_recover_repo_get_last_n (JpVault *vault, gint64 *out_n, GError **error)
{
  g_return_val_if_fail (vault != NULL && out_n != NULL, FALSE);

  return read_number (vault, "SELECT ifnull (max (n), 0) FROM op", out_n, error);
}

/**
 * jp_recover_repo_get_first_waiting:
 * @vault: a vault
 * @out_n: (out): number of the oldest operation without a verdict, 0 = there is none
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it could be read
 */
gboolean
jp_recover_repo_get_first_waiting (JpVault *vault, gint64 *out_n, GError **error)
{
  g_return_val_if_fail (vault != NULL && out_n != NULL, FALSE);

  return read_number (vault, "SELECT n FROM op WHERE state = 0 ORDER BY n LIMIT 1", out_n, error);
}

/**
 * jp_recover_repo_get_chain:
 * @vault: a vault
 * @n: number of an operation, 0 = before the first
 * @out_chain: (out): the hash chain up to and with it; zeros before the first
 * @out_found: (out): whether there is such an operation
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it could be read
 */
gboolean
jp_recover_repo_get_chain (JpVault  *vault,
                           gint64    n,
                           guint8    out_chain[JP_SEAL_HASH_BYTES],
                           gboolean *out_found,
                           GError  **error)
{
  g_return_val_if_fail (vault != NULL && out_found != NULL, FALSE);

  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db, "SELECT chain FROM op WHERE n = :n", error);
  gsize    length_bytes = 0;
  gboolean row = FALSE;

  memset (out_chain, 0, JP_SEAL_HASH_BYTES);
  *out_found = n == 0;
  if (statement == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_integer (statement, ":n", n);
  if (!jp_statement_step (statement, &row, error))
    return jp_vault_translate (error);
  if (!row)
    return TRUE;

  gconstpointer chain = jp_statement_get_blob (statement, 0, &length_bytes);

  g_assert (length_bytes == JP_SEAL_HASH_BYTES);
  memcpy (out_chain, chain, JP_SEAL_HASH_BYTES);
  *out_found = TRUE;
  return TRUE;
}

/* Versions were counted by a platform that has forgotten them: whatever it says now is newer. */
static gboolean
forget_versions (JpVault *vault, GError **error)
{
  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    {
      g_autofree char *sql =
        g_strconcat ("UPDATE ", jp_kind_get_info (kind)->name, " SET ver = 0 WHERE ver > 0", NULL);

      if (!jp_db_exec (vault->db, sql, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
mark_pending (JpVault *vault, JpKind kind, const JpId *id, gint64 units, GError **error)
{
  g_autofree char *sql = g_strconcat ("UPDATE ", jp_kind_get_info (kind)->name,
                                      " SET pending = pending | :units WHERE id = :id", NULL);
  g_autoptr (JpStatement) statement = jp_db_prepare (vault->db, sql, error);

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_integer (statement, ":units", units);
  jp_statement_bind_id (statement, ":id", id);
  return jp_statement_run (statement, error);
}

/* Rows show what waits on top of what the platform says; so they must know what waits. */
static gboolean
mark_waiting_rows (JpVault *vault, GError **error)
{
  g_autoptr (JpStatement) rows =
    jp_db_prepare (vault->db,
                   "SELECT op_row.t, op_row.id, op_row.units FROM op_row JOIN op ON op.n = op_row.n"
                   " WHERE op.state = 0",
                   error);
  gboolean row = FALSE;
  JpId     id;

  if (rows == NULL)
    return FALSE;
  while (TRUE)
    {
      if (!jp_statement_step (rows, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      if (jp_statement_get_id (rows, 1, &id) &&
          !mark_pending (vault, (JpKind)jp_statement_get_integer (rows, 0), &id,
                         jp_statement_get_integer (rows, 2), error))
        return FALSE;
    }
}

/* What the station vouches for is what holds. */
static gboolean
drop_verdicts (JpVault *vault, gint64 acked_n, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db,
                   "SELECT n, result, problem, detail, seq, judged_at FROM op"
                   " WHERE n > :n AND state = 2",
                   error);
  gboolean row = FALSE;

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_integer (statement, ":n", acked_n);
  while (TRUE)
    {
      if (!jp_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;

      const JpHeadVerdict verdict = {
        .n = jp_statement_get_integer (statement, 0),
        .result = jp_statement_get_text (statement, 1),
        .problem = jp_statement_get_text (statement, 2),
        .detail = jp_statement_get_text (statement, 3),
        .seq = jp_statement_get_integer (statement, 4),
        .judged_at_us = jp_statement_get_integer (statement, 5),
      };

      if (!jp_heads_drop_verdict (vault, &verdict, error))
        return FALSE;
    }
}

static gboolean
queue_again (JpVault *vault, gint64 acked_n, guint *out_n_again, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db,
                   "UPDATE op SET state = 0, result = NULL, problem = NULL, detail = NULL,"
                   " seq = NULL, judged_at = NULL WHERE n > :n AND state = 2",
                   error);

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_integer (statement, ":n", acked_n);
  if (!jp_statement_run (statement, error))
    return FALSE;
  *out_n_again = (guint)jp_db_get_n_changes (vault->db);
  return TRUE;
}

/**
 * jp_recover_repo_rewind:
 * @vault: a writing vault with an open transaction
 * @acked_n: up to here the platform has this station's operations
 * @out_n_again: (out): how many operations wait again
 * @error: return location for a [error@Jp.StoreError]
 *
 * The platform lost what came after: operations that it lacks wait again, with their numbers and
 * bytes; rows keep their values until the platform has been read anew.
 *
 * Returns: whether it was written
 */
gboolean
jp_recover_repo_rewind (JpVault *vault, gint64 acked_n, guint *out_n_again, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (acked_n >= 0, FALSE);
  g_return_val_if_fail (out_n_again != NULL, FALSE);
  g_assert (jp_db_in_write (vault->db));

  return (drop_verdicts (vault, acked_n, error) &&
          queue_again (vault, acked_n, out_n_again, error) && forget_versions (vault, error) &&
          jp_db_exec (vault->db, "DELETE FROM base", error) && mark_waiting_rows (vault, error) &&
          jp_digest_repo_set (vault, 0, error)) ||
         jp_vault_translate (error);
}

/**
 * jp_recover_repo_set_aside:
 * @vault: a writing vault with an open transaction
 * @out_n_aside: (out): how many rows
 * @error: return location for a [error@Jp.StoreError]
 *
 * After the platform was read anew: rows that it no longer has, and that nothing which waits will
 * give back to it, are kept, out of the way. A missing row is never a deletion.
 *
 * Returns: whether it was written
 */
gboolean
jp_recover_repo_set_aside (JpVault *vault, guint *out_n_aside, GError **error)
{
  g_return_val_if_fail (vault != NULL && out_n_aside != NULL, FALSE);
  g_assert (jp_db_in_write (vault->db));

  *out_n_aside = 0;
  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    {
      g_autofree char *sql =
        g_strconcat ("UPDATE ", jp_kind_get_info (kind)->name,
                     " SET parked = 1 WHERE ver = 0 AND pending = 0 AND parked = 0", NULL);

      if (!jp_db_exec (vault->db, sql, error))
        return jp_vault_translate (error);
      *out_n_aside += (guint)jp_db_get_n_changes (vault->db);
      if (!jp_ledger_take_back_parked (vault, kind, error))
        return jp_vault_translate (error);
    }
  return TRUE;
}
