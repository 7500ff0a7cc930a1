/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-dispute-repo.h"

#include "jp-codes.h"

/**
 * jp_dispute_repo_is_open:
 * @state: state of a dispute, or a negative number
 *
 * Returns: whether the platform has it and has not answered
 */
gboolean
jp_dispute_repo_is_open (int state)
{
  return state == JP_DISPUTE_STATE_SENT || state == JP_DISPUTE_STATE_REVIEW;
}

/**
 * jp_dispute_repo_is_taken:
 * @state: state of the newest dispute of a line, or a negative number
 *
 * Returns: whether the line cannot be contested a second time
 */
gboolean
jp_dispute_repo_is_taken (int state)
{
  return jp_dispute_repo_is_open (state) || state == JP_DISPUTE_STATE_DRAFT ||
         state == JP_DISPUTE_STATE_UPHELD;
}

typedef struct
{
  JpId id;
  int  state;
} Mark;

/* A line is named by itself, what is missing by its contract and stage. */
static char *
make_key (const JpId *line, const JpId *contract, const char *stage)
{
  JpIdText text;

  if (line != NULL && !jp_id_is_none (line))
    return g_strdup (jp_id_to_text (line, text));
  return g_strconcat (jp_id_to_text (contract, text), "/", stage != NULL ? stage : "", NULL);
}

static GHashTable *
read_marks (JpVault *vault, GError **error)
{
  g_autoptr (JpStatement) read =
    jp_db_prepare (vault->db,
                   "SELECT id, state, line, contract, stage FROM dispute WHERE deleted = 0"
                   " AND parked = 0 ORDER BY opened_at, rid",
                   error);
  g_autoptr (GHashTable) marks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gboolean row = FALSE;

  while (read != NULL && jp_statement_step (read, &row, error))
    {
      Mark         *mark = NULL;
      JpId          line = JP_ID_NONE;
      JpId          contract = JP_ID_NONE;
      const JpCode *code = NULL;

      if (!row)
        return g_steal_pointer (&marks);
      mark = g_new0 (Mark, 1);
      code = jp_code_lookup (jp_dispute_state_codes, jp_statement_get_text (read, 1));
      mark->state = code != NULL ? code->value : -1;
      jp_statement_get_id (read, 0, &mark->id);
      jp_statement_get_id (read, 2, &line);
      jp_statement_get_id (read, 3, &contract);
      g_hash_table_replace (marks, make_key (&line, &contract, jp_statement_get_text (read, 4)),
                            mark);
    }
  jp_vault_translate (error);
  return NULL;
}

/**
 * jp_dispute_repo_mark:
 * @vault: a vault
 * @rows: (element-type JpSettlementRow): judged lines
 * @error: return location for a [error@Jp.StoreError]
 *
 * Writes into each row its newest dispute.
 *
 * Returns: whether they could be read
 */
gboolean
jp_dispute_repo_mark (JpVault *vault, GPtrArray *rows, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (rows != NULL, FALSE);

  g_autoptr (GHashTable) marks = read_marks (vault, error);

  for (guint i = 0; marks != NULL && g_hash_table_size (marks) > 0 && i < rows->len; i++)
    {
      JpSettlementRow *row = g_ptr_array_index (rows, i);
      g_autofree char *key = make_key (&row->line, &row->contract, row->stage);
      const Mark      *mark = g_hash_table_lookup (marks, key);

      if (mark == NULL)
        continue;
      row->dispute = mark->id;
      row->dispute_state = mark->state;
    }
  return marks != NULL;
}

/**
 * jp_dispute_repo_sum:
 * @vault: a vault
 * @out_n: (out): how many disputes wait for an answer
 * @out_fen: (out): what they are about, as the ledger has it
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it could be read
 */
gboolean
jp_dispute_repo_sum (JpVault *vault, gint64 *out_n, gint64 *out_fen, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (out_n != NULL, FALSE);
  g_return_val_if_fail (out_fen != NULL, FALSE);

  g_autoptr (JpStatement) read =
    jp_db_prepare (vault->db,
                   "SELECT (SELECT count (*) FROM dispute WHERE state IN ('sent', 'review')"
                   " AND deleted = 0 AND parked = 0),"
                   " (SELECT ifnull (sum (p.fen * ((p.credit = 'disputed') -"
                   " (p.debit = 'disputed'))), 0) FROM dispute AS d JOIN posting AS p"
                   " ON p.source = d.id)",
                   error);
  gboolean row = FALSE;

  if (read == NULL || !jp_statement_step (read, &row, error))
    return jp_vault_translate (error);
  *out_n = row ? jp_statement_get_integer (read, 0) : 0;
  *out_fen = row ? jp_statement_get_integer (read, 1) : 0;
  return TRUE;
}
