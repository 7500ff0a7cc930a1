/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-op-repo.h"

#include "jp-commit.h"

/**
 * jp_op_repo_find:
 * @vault: a vault
 * @op_id: identity of a business event
 * @out_n: (out): number of its operation, 0 if it has not happened here
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it could be read
 */
gboolean
jp_op_repo_find (JpVault *vault, const JpId *op_id, gint64 *out_n, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db, "SELECT n FROM op WHERE op_id = :op_id", error);
  gboolean row = FALSE;

  if (statement == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_id (statement, ":op_id", op_id);
  if (!jp_statement_step (statement, &row, error))
    return jp_vault_translate (error);

  *out_n = row ? jp_statement_get_integer (statement, 0) : 0;
  return TRUE;
}

/**
 * jp_op_repo_get:
 * @vault: a vault
 * @n: number of an operation
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): the operation, or %NULL with `JP_STORE_ERROR_NOT_FOUND`
 */
JpOp *
jp_op_repo_get (JpVault *vault, gint64 n, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db, "SELECT op_id, body FROM op WHERE n = :n", error);
  gboolean row = FALSE;

  if (statement == NULL)
    {
      jp_vault_translate (error);
      return NULL;
    }
  jp_statement_bind_integer (statement, ":n", n);
  if (!jp_statement_step (statement, &row, error))
    {
      jp_vault_translate (error);
      return NULL;
    }
  if (!row)
    {
      g_set_error (error, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND,
                   "no operation %" G_GINT64_FORMAT, n);
      return NULL;
    }
  return jp_commit_read_op (vault, statement, 0, 1, error);
}

/**
 * jp_op_repo_count_waiting:
 * @vault: a vault
 * @out_count: (out): operations that the platform has not judged
 * @out_oldest_us: (out): when the oldest of them was made, 0 if there is none
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it could be read
 */
gboolean
jp_op_repo_count_waiting (JpVault *vault, gint64 *out_count, gint64 *out_oldest_us, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db, "SELECT COUNT (*), MIN (at) FROM op WHERE state = 0", error);
  gboolean row = FALSE;

  if (statement == NULL || !jp_statement_step (statement, &row, error))
    return jp_vault_translate (error);

  *out_count = jp_statement_get_integer (statement, 0);
  *out_oldest_us = jp_statement_get_integer (statement, 1);
  return TRUE;
}

#define INFO_SELECT                                                                                \
  "SELECT op.n, op.op_id, op.kind, op.actor, op.at, op.state, op.result, op.problem, op.detail,"   \
  " (SELECT t FROM op_row WHERE op_row.n = op.n ORDER BY t LIMIT 1),"                              \
  " (SELECT id FROM op_row WHERE op_row.n = op.n ORDER BY t LIMIT 1),"                             \
  " (SELECT COUNT (*) FROM op_row WHERE op_row.n = op.n) FROM op "

static JpOpInfo *
read_info (JpStatement *row)
{
  JpOpInfo *info = g_new0 (JpOpInfo, 1);

  info->n = jp_statement_get_integer (row, 0);
  jp_statement_get_id (row, 1, &info->id);
  info->kind = g_strdup (jp_statement_get_text (row, 2));
  info->actor = g_strdup (jp_statement_get_text (row, 3));
  info->at_us = jp_statement_get_integer (row, 4);
  info->judged = jp_statement_get_integer (row, 5) != 0;
  info->result = g_strdup (jp_statement_get_text (row, 6));
  info->problem = g_strdup (jp_statement_get_text (row, 7));
  info->detail = g_strdup (jp_statement_get_text (row, 8));
  info->row_kind = (JpKind)jp_statement_get_integer (row, 9);
  jp_statement_get_id (row, 10, &info->row_id);
  info->n_rows = (guint)jp_statement_get_integer (row, 11);
  return info;
}

static GPtrArray *
list_infos (JpStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) infos = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_op_info_free);
  gboolean row = FALSE;

  while (TRUE)
    {
      if (!jp_statement_step (statement, &row, error))
        {
          jp_vault_translate (error);
          return NULL;
        }
      if (!row)
        return g_steal_pointer (&infos);
      g_ptr_array_add (infos, read_info (statement));
    }
}

/**
 * jp_op_repo_list:
 * @vault: a vault
 * @only_waiting: only those the platform has not judged
 * @limit: at most so many, the newest first
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full) (element-type JpOpInfo): the operations, or %NULL with an error
 */
GPtrArray *
jp_op_repo_list (JpVault *vault, gboolean only_waiting, guint limit, GError **error)
{
  const char *sql = only_waiting ? INFO_SELECT "WHERE op.state = 0 ORDER BY op.n DESC LIMIT :limit"
                                 : INFO_SELECT "ORDER BY op.n DESC LIMIT :limit";
  g_autoptr (JpStatement) statement = jp_db_prepare (vault->db, sql, error);

  if (statement == NULL)
    return NULL;
  jp_statement_bind_integer (statement, ":limit", limit);
  return list_infos (statement, error);
}

/**
 * jp_op_repo_list_row:
 * @vault: a vault
 * @kind: a kind
 * @id: a row
 * @limit: at most so many, the newest first
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full) (element-type JpOpInfo): what this station did to the row
 */
GPtrArray *
jp_op_repo_list_row (JpVault *vault, JpKind kind, const JpId *id, guint limit, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db,
                   INFO_SELECT "WHERE op.n IN (SELECT n FROM op_row WHERE t = :t AND id = :id)"
                               " ORDER BY op.n DESC LIMIT :limit",
                   error);

  if (statement == NULL)
    return NULL;
  jp_statement_bind_integer (statement, ":t", kind);
  jp_statement_bind_id (statement, ":id", id);
  jp_statement_bind_integer (statement, ":limit", limit);
  return list_infos (statement, error);
}

static JpSentOp *
read_sent (JpVault *vault, JpStatement *row, GError **error)
{
  gsize         length_bytes = 0;
  gconstpointer chain = jp_statement_get_blob (row, 2, &length_bytes);
  JpOp         *op = jp_commit_read_op (vault, row, 0, 1, error);

  if (op == NULL)
    return NULL;

  JpSentOp *sent = g_new0 (JpSentOp, 1);

  g_assert (length_bytes == JP_SEAL_HASH_BYTES);
  memcpy (sent->chain, chain, JP_SEAL_HASH_BYTES);
  sent->op = op;
  return sent;
}

/**
 * jp_op_repo_take_waiting:
 * @vault: a vault
 * @max_ops: at most so many
 * @max_bytes: stop before the bodies are larger than this; one operation always goes
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full) (element-type JpSentOp): the oldest operations without a verdict, in
 * order
 */
GPtrArray *
jp_op_repo_take_waiting (JpVault *vault, guint max_ops, gsize max_bytes, GError **error)
{
  return jp_op_repo_take_waiting_after (vault, 0, max_ops, max_bytes, error);
}

/**
 * jp_op_repo_take_waiting_after:
 * @vault: a vault
 * @after_n: only operations behind this one
 * @max_ops: as for jp_op_repo_take_waiting()
 * @max_bytes: as for jp_op_repo_take_waiting()
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full) (element-type JpSentOp): as jp_op_repo_take_waiting()
 */
GPtrArray *
jp_op_repo_take_waiting_after (JpVault *vault,
                               gint64   after_n,
                               guint    max_ops,
                               gsize    max_bytes,
                               GError **error)
{
  g_autoptr (JpStatement) statement = jp_db_prepare (vault->db,
                                                     "SELECT op_id, body, chain, length (body) "
                                                     "FROM op WHERE state = 0 AND n > :after "
                                                     "ORDER BY n LIMIT :limit",
                                                     error);
  g_autoptr (GPtrArray) sent = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_sent_op_free);
  gsize    bytes = 0;
  gboolean row = FALSE;

  if (statement == NULL)
    return NULL;
  jp_statement_bind_integer (statement, ":after", after_n);
  jp_statement_bind_integer (statement, ":limit", max_ops);

  while (TRUE)
    {
      if (!jp_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        break;

      bytes += (gsize)jp_statement_get_integer (statement, 3);
      if (sent->len > 0 && bytes > max_bytes)
        break;

      JpSentOp *op = read_sent (vault, statement, error);

      if (op == NULL)
        return NULL;
      g_ptr_array_add (sent, op);
    }

  return g_steal_pointer (&sent);
}

/**
 * jp_op_repo_get_last_undoable:
 * @vault: a vault
 * @since_n: only operations after this one: what was done before the program started stays
 * @out_n: (out): number of the newest operation that was not taken back and takes nothing back
 * itself, 0 if there is none
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it could be read
 */
gboolean
jp_op_repo_get_last_undoable (JpVault *vault, gint64 since_n, gint64 *out_n, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db,
                   "SELECT n FROM op WHERE n > :since AND undoes IS NULL"
                   " AND NOT EXISTS (SELECT 1 FROM op AS later WHERE later.undoes = op.n)"
                   " ORDER BY n DESC LIMIT 1",
                   error);
  gboolean row = FALSE;

  if (statement == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_integer (statement, ":since", since_n);
  if (!jp_statement_step (statement, &row, error))
    return jp_vault_translate (error);

  *out_n = row ? jp_statement_get_integer (statement, 0) : 0;
  return TRUE;
}
