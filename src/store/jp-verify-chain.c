/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-heads.h"
#include "jp-op.h"
#include "jp-op-repo.h"
#include "jp-verify-private.h"
#include "jp-verify.h"

/* The two hash chains. What a trigger forbids, a hex editor does not: everything that the chains
 * cover is recomputed, and the columns beside the sealed bodies are compared with them. */

#define KIND_UNDO "undo"

/* Columns of the statement over the operations. */
typedef enum {
  OP_N,
  OP_OP_ID,
  OP_ACTOR,
  OP_AT,
  OP_KIND,
  OP_BODY,
  OP_CHAIN,
  OP_UNDOES,
  OP_STATE,
  OP_RESULT,
  OP_JUDGED_AT,
  OP_PROBLEM,
  OP_DETAIL,
  OP_SEQ,
} OpColumn;

/* Columns of the statement over the audit. */
typedef enum {
  AUDIT_N,
  AUDIT_AT,
  AUDIT_ACTOR,
  AUDIT_ACTION,
  AUDIT_T,
  AUDIT_ID,
  AUDIT_DETAIL,
  AUDIT_HASH,
} AuditColumn;

/* What the audit must at least say: key of expectation_key() → how often. */
typedef struct
{
  JpVerifyRun *run;
  GHashTable  *expected; /* (owned): char * → GUINT_TO_POINTER */
  guint8       previous[JP_SEAL_HASH_BYTES];
  gint64       n;
  JpVerdictSum verdicts; /* of the operations */
} Chain;

static char *
expectation_key (int kind, const JpId *id, const char *action, const char *actor)
{
  JpIdText text;

  return g_strdup_printf ("%d %s %s %s", kind, jp_id_to_text (id, text), action, actor);
}

static void
expect (Chain *chain, const JpOpRow *row, const JpOp *op)
{
  char *key = expectation_key ((int)row->kind, &row->id, op->kind, op->actor);
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (chain->expected, key));

  g_hash_table_insert (chain->expected, key, GUINT_TO_POINTER (count + 1));
}

static void
fault (Chain *chain, JpVerifyCheck check, gint64 n, const char *detail)
{
  jp_verify_report (chain->run, check, JP_KIND_NONE, NULL, n, detail);
}

/* Takes the stored hash along even if it is wrong, so that one fault is one finding. */
static void
follow (Chain *chain, JpVerifyCheck check, gint64 n, GBytes *plain, GBytes *stored)
{
  guint8        computed[JP_SEAL_HASH_BYTES];
  gsize         size = 0;
  gconstpointer bytes = plain != NULL ? g_bytes_get_data (plain, &size) : NULL;
  gconstpointer hash = g_bytes_get_data (stored, NULL);

  if (g_bytes_get_size (stored) != JP_SEAL_HASH_BYTES)
    {
      fault (chain, check, n, "hash does not have the right length");
      return;
    }

  jp_hash_chain (chain->previous, bytes, size, computed);
  if (plain != NULL && memcmp (computed, hash, sizeof computed) != 0)
    fault (chain, check, n, "hash chain is broken");
  memcpy (chain->previous, hash, JP_SEAL_HASH_BYTES);
}

static void
count (Chain *chain, JpVerifyCheck check, gint64 n)
{
  if (n != chain->n + 1)
    fault (chain, check, n, "numbers are not without a gap");
  chain->n = n;
}

static GBytes *
get_blob (JpStatement *row, int column)
{
  gsize         size = 0;
  gconstpointer bytes = jp_statement_get_blob (row, column, &size);

  return g_bytes_new (bytes, size);
}

/* A sealed head that somebody has touched is a finding; only a cancelled run is an error. */
static gboolean
report_unreadable (Chain *chain, JpVerifyCheck check, GError *local_error, GError **error)
{
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  fault (chain, check, 0, local_error->message);
  g_error_free (local_error);
  return TRUE;
}

/* What was cut off together at the end of both chains leaves no gap: only the sealed heads know. */
static gboolean
check_head (Chain *chain, JpVerifyCheck check, const char *name, GError **error)
{
  JpHead  head;
  GError *local_error = NULL;

  if (!jp_heads_get (chain->run->vault, name, &head, &local_error))
    return report_unreadable (chain, check, local_error, error);
  if (head.n != chain->n)
    fault (chain, check, head.n, "does not end where its sealed head says");
  else if (memcmp (head.hash, chain->previous, sizeof head.hash) != 0)
    fault (chain, check, head.n, "does not end as its sealed head says");
  return TRUE;
}

/* --- operations
 * ------------------------------------------------------------------------------------ */

static void
check_columns (Chain *chain, JpStatement *row, const JpOp *op)
{
  gint64   n = jp_statement_get_integer (row, OP_N);
  gboolean judged = jp_statement_get_integer (row, OP_STATE) != 0;

  if (op->n != n || op->at_us != jp_statement_get_integer (row, OP_AT) ||
      g_strcmp0 (op->actor, jp_statement_get_text (row, OP_ACTOR)) != 0 ||
      g_strcmp0 (op->kind, jp_statement_get_text (row, OP_KIND)) != 0)
    fault (chain, JP_VERIFY_OPERATIONS, n, "columns do not say what the operation says");
  if (judged == jp_statement_is_null (row, OP_RESULT) ||
      judged == jp_statement_is_null (row, OP_JUDGED_AT))
    fault (chain, JP_VERIFY_OPERATIONS, n, "state does not fit the verdict");
}

static void
take_verdict (Chain *chain, JpStatement *row)
{
  const JpHeadVerdict verdict = {
    .n = jp_statement_get_integer (row, OP_N),
    .result = jp_statement_get_text (row, OP_RESULT),
    .problem = jp_statement_get_text (row, OP_PROBLEM),
    .detail = jp_statement_get_text (row, OP_DETAIL),
    .seq = jp_statement_get_integer (row, OP_SEQ),
    .judged_at_us = jp_statement_get_integer (row, OP_JUDGED_AT),
  };

  if (jp_statement_get_integer (row, OP_STATE) != 0)
    jp_verdict_sum_add (&chain->verdicts, chain->run->vault->key, &verdict);
}

static gboolean
check_verdicts (Chain *chain, GError **error)
{
  JpVerdictSum sum;
  GError      *local_error = NULL;

  if (!jp_heads_get_verdicts (chain->run->vault, &sum, &local_error))
    return report_unreadable (chain, JP_VERIFY_OPERATIONS, local_error, error);
  if (sum.count != chain->verdicts.count)
    fault (chain, JP_VERIFY_OPERATIONS, 0, "there are not as many verdicts as have come");
  else if (memcmp (sum.sum, chain->verdicts.sum, sizeof sum.sum) != 0)
    fault (chain, JP_VERIFY_OPERATIONS, 0, "a verdict is not what has come");
  return TRUE;
}

/* The rows of an undo are those of what it takes back, the other way round. */
static gboolean
takes_back (const JpOp *undo, const JpOp *undone)
{
  if (undo->rows->len != undone->rows->len)
    return FALSE;

  for (guint i = 0; i < undo->rows->len; i++)
    {
      const JpOpRow *a = g_ptr_array_index (undo->rows, i);
      const JpOpRow *b = g_ptr_array_index (undone->rows, undone->rows->len - 1 - i);

      if (a->kind != b->kind || !jp_id_equal (&a->id, &b->id))
        return FALSE;
      /* Of a new row that somebody else had put into the trash before, nothing was left to do. */
      if (b->create ? a->deletion != JP_OP_DELETE && a->units != 0 : a->units != b->units)
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_undo (Chain *chain, JpStatement *row, const JpOp *op, GError **error)
{
  gboolean is_undo = strcmp (op->kind, KIND_UNDO) == 0;
  gint64   undoes = jp_statement_get_integer (row, OP_UNDOES);
  g_autoptr (JpOp) undone = NULL;
  g_autoptr (GError) local_error = NULL;

  if (is_undo != !jp_statement_is_null (row, OP_UNDOES))
    fault (chain, JP_VERIFY_OPERATIONS, op->n, "what it takes back does not fit its kind");
  if (jp_statement_is_null (row, OP_UNDOES))
    return TRUE;

  if (undoes < op->n)
    undone = jp_op_repo_get (chain->run->vault, undoes, &local_error);
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (undone == NULL || !takes_back (op, undone))
    fault (chain, JP_VERIFY_OPERATIONS, op->n, "does not take back what it says");
  return TRUE;
}

static guint32
units_in_body (const JpOp *op, int kind, const JpId *id)
{
  guint32 units = 0;

  for (guint i = 0; i < op->rows->len; i++)
    {
      const JpOpRow *row = g_ptr_array_index (op->rows, i);

      if ((int)row->kind == kind && jp_id_equal (&row->id, id))
        units |= row->units | (row->deletion != JP_OP_KEEP ? 1u << 31 : 0);
    }
  return units;
}

static guint
count_distinct (const JpOp *op)
{
  guint n = 0;

  for (guint i = 0; i < op->rows->len; i++)
    {
      const JpOpRow *row = g_ptr_array_index (op->rows, i);
      gboolean       seen = FALSE;

      for (guint j = 0; !seen && j < i; j++)
        {
          const JpOpRow *before = g_ptr_array_index (op->rows, j);

          seen = before->kind == row->kind && jp_id_equal (&before->id, &row->id);
        }
      n += seen ? 0 : 1;
    }
  return n;
}

static gboolean
check_op_rows (Chain *chain, const JpOp *op, GError **error)
{
  g_autoptr (JpStatement) rows =
    jp_db_prepare (chain->run->vault->db, "SELECT t, id, units FROM op_row WHERE n = :n", error);
  gboolean row = FALSE;
  guint    n_rows = 0;

  if (rows == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_integer (rows, ":n", op->n);
  while (TRUE)
    {
      JpId id = JP_ID_NONE;

      if (!jp_statement_step (rows, &row, error))
        return jp_vault_translate (error);
      if (!row)
        break;

      n_rows++;
      jp_statement_get_id (rows, 1, &id);
      if (units_in_body (op, (int)jp_statement_get_integer (rows, 0), &id) !=
          (guint32)jp_statement_get_integer (rows, 2))
        fault (chain, JP_VERIFY_OPERATIONS, op->n, "list of its rows does not fit");
    }

  if (n_rows != count_distinct (op))
    fault (chain, JP_VERIFY_OPERATIONS, op->n, "list of its rows is not complete");
  return TRUE;
}

static gboolean
check_op (Chain *chain, JpStatement *row, GError **error)
{
  gint64 n = jp_statement_get_integer (row, OP_N);
  JpId   id = JP_ID_NONE;
  g_autoptr (GBytes) sealed = get_blob (row, OP_BODY);
  g_autoptr (GBytes) stored = get_blob (row, OP_CHAIN);
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (JpOp) op = NULL;

  jp_statement_get_id (row, OP_OP_ID, &id);
  plain = jp_seal_open (chain->run->vault->key, "op", &id, "body", g_bytes_get_data (sealed, NULL),
                        g_bytes_get_size (sealed), NULL);
  count (chain, JP_VERIFY_OPERATIONS, n);
  follow (chain, JP_VERIFY_OPERATIONS, n, plain, stored);
  if (plain == NULL)
    {
      fault (chain, JP_VERIFY_OPERATIONS, n, "cannot be opened: it was changed");
      return TRUE;
    }

  op = jp_op_from_bytes (plain, NULL);
  if (op == NULL || !jp_id_equal (&op->id, &id))
    {
      fault (chain, JP_VERIFY_OPERATIONS, n, "is not an operation");
      return TRUE;
    }

  check_columns (chain, row, op);
  take_verdict (chain, row);
  for (guint i = 0; i < op->rows->len; i++)
    expect (chain, g_ptr_array_index (op->rows, i), op);
  return check_undo (chain, row, op, error) && check_op_rows (chain, op, error);
}

static gboolean
verify_operations (Chain *chain, GError **error)
{
  g_autoptr (JpStatement) rows = jp_db_prepare (chain->run->vault->db,
                                                "SELECT n, op_id, actor, at, kind, body, chain, "
                                                "undoes, state, result, judged_at,"
                                                " problem, detail, seq FROM op ORDER BY n",
                                                error);
  gboolean row = FALSE;

  if (rows == NULL)
    return jp_vault_translate (error);
  while (TRUE)
    {
      if (!jp_statement_step (rows, &row, error))
        return jp_vault_translate (error);
      if (!row)
        return check_head (chain, JP_VERIFY_OPERATIONS, JP_SETTING_OP_HEAD, error) &&
               check_verdicts (chain, error);
      if (!jp_verify_step (chain->run, JP_VERIFY_OPERATIONS, error) ||
          !check_op (chain, rows, error))
        return FALSE;
    }
}

/* --- audit
 * ----------------------------------------------------------------------------------------- */

/* The bytes that jp_commit_audit() hashes. */
static GBytes *
audit_bytes (JpStatement *row, const JpId *id)
{
  JpIdText text;
  char    *line = g_strdup_printf ("%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT "\n%s\n%s\n%d\n%s\n%s",
                                   jp_statement_get_integer (row, AUDIT_N),
                                   jp_statement_get_integer (row, AUDIT_AT),
                                   jp_statement_get_text (row, AUDIT_ACTOR),
                                   jp_statement_get_text (row, AUDIT_ACTION),
                                   (int)jp_statement_get_integer (row, AUDIT_T),
                                id != NULL ? jp_id_to_text (id, text) : "",
                                   jp_statement_get_text (row, AUDIT_DETAIL));

  return g_bytes_new_take (line, strlen (line));
}

static void
meet (Chain *chain, JpStatement *row, const JpId *id)
{
  g_autofree char *key = expectation_key ((int)jp_statement_get_integer (row, AUDIT_T), id,
                                          jp_statement_get_text (row, AUDIT_ACTION),
                                          jp_statement_get_text (row, AUDIT_ACTOR));
  guint            left = GPOINTER_TO_UINT (g_hash_table_lookup (chain->expected, key));

  if (left == 1)
    g_hash_table_remove (chain->expected, key);
  else if (left > 1)
    g_hash_table_insert (chain->expected, g_steal_pointer (&key), GUINT_TO_POINTER (left - 1));
}

static gboolean
verify_audit (Chain *chain, GError **error)
{
  g_autoptr (JpStatement) rows =
    jp_db_prepare (chain->run->vault->db,
                   "SELECT n, at, actor, action, t, id, detail, hash FROM audit ORDER BY n", error);
  gboolean row = FALSE;

  if (rows == NULL)
    return jp_vault_translate (error);
  while (TRUE)
    {
      JpId     id = JP_ID_NONE;
      gboolean has_id = FALSE;

      if (!jp_statement_step (rows, &row, error))
        return jp_vault_translate (error);
      if (!row)
        return check_head (chain, JP_VERIFY_AUDIT, JP_SETTING_AUDIT_HEAD, error);
      if (!jp_verify_step (chain->run, JP_VERIFY_AUDIT, error))
        return FALSE;

      has_id = !jp_statement_is_null (rows, AUDIT_ID) && jp_statement_get_id (rows, AUDIT_ID, &id);

      gint64 n = jp_statement_get_integer (rows, AUDIT_N);
      g_autoptr (GBytes) plain = audit_bytes (rows, has_id ? &id : NULL);
      g_autoptr (GBytes) stored = get_blob (rows, AUDIT_HASH);

      count (chain, JP_VERIFY_AUDIT, n);
      follow (chain, JP_VERIFY_AUDIT, n, plain, stored);
      if (has_id)
        meet (chain, rows, &id);
    }
}

/**
 * jp_verify_chains:
 * @run: a verification
 * @error: return location for a [error@Jp.StoreError]
 *
 * Verifies operations and audit, both to the end that the sealed heads name, and the platform's
 * verdicts. An audit that was cut off also shows by the entries that the operations miss.
 *
 * Returns: whether the check could run
 */
gboolean
jp_verify_chains (JpVerifyRun *run, GError **error)
{
  g_autoptr (GHashTable) expected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Chain          operations = { .run = run, .expected = expected };
  Chain          audit = { .run = run, .expected = expected };
  GHashTableIter iter;

  if (!verify_operations (&operations, error) || !verify_audit (&audit, error))
    return FALSE;

  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, NULL, NULL))
    fault (&audit, JP_VERIFY_AUDIT, 0, "an operation has no entry");
  return TRUE;
}
