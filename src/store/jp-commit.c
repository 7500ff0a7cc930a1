/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-commit.h"

#include "jp-approval-repo.h"
#include "jp-desk-private.h"
#include "jp-heads.h"
#include "jp-ledger.h"
#include "jp-merge.h"
#include "jp-op-repo.h"
#include "jp-request.h"
#include "jp-reserve.h"
#include "jp-validate.h"

/* --- base copies
 * ----------------------------------------------------------------------------------- */

static JpRecord *
record_from_json (GBytes *bytes, GError **error)
{
  g_autoptr (JsonNode) root = jp_json_parse (bytes, JP_OP_MAX_BYTES, error);
  JsonObject *object = root != NULL ? jp_json_as_object (root, error) : NULL;

  return object != NULL ? jp_wire_record_read (object, error) : NULL;
}

/**
 * jp_commit_get_base:
 * @vault: a vault
 * @kind: a kind
 * @id: a row
 * @out_base: (out) (nullable): the platform's state of the row, %NULL if the row carries no
 * unjudged edit or the platform has not seen it
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it could be read
 */
gboolean
jp_commit_get_base (JpVault    *vault,
                    JpKind      kind,
                    const JpId *id,
                    JpRecord  **out_base,
                    GError    **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db, "SELECT doc FROM base WHERE t = :t AND id = :id", error);
  gboolean row = FALSE;

  if (statement == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_integer (statement, ":t", kind);
  jp_statement_bind_id (statement, ":id", id);
  if (!jp_statement_step (statement, &row, error))
    return jp_vault_translate (error);

  *out_base = NULL;
  if (!row)
    return TRUE;

  gsize         length_bytes = 0;
  gconstpointer sealed = jp_statement_get_blob (statement, 0, &length_bytes);
  g_autoptr (GBytes) plain =
    jp_seal_open (vault->key, "base", id, "doc", sealed, length_bytes, error);

  *out_base = plain != NULL ? record_from_json (plain, error) : NULL;
  return *out_base != NULL || jp_vault_translate (error);
}

/**
 * jp_commit_put_base:
 * @vault: a vault with an open write transaction
 * @base: the platform's state of a row that carries unjudged edits
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it was written
 */
gboolean
jp_commit_put_base (JpVault *vault, JpRecord *base, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db,
                   "INSERT INTO base (t, id, doc) VALUES (:t, :id, :doc)"
                   " ON CONFLICT (t, id) DO UPDATE SET doc = excluded.doc",
                   error);
  g_autofree char *plain = jp_wire_record_to_text (base);
  g_autoptr (GBytes) sealed =
    jp_seal_close (vault->key, "base", jp_record_get_id (base), "doc", plain, strlen (plain));

  if (statement == NULL)
    return jp_vault_translate (error);

  jp_statement_bind_integer (statement, ":t", jp_record_get_kind (base));
  jp_statement_bind_id (statement, ":id", jp_record_get_id (base));
  jp_statement_bind_blob (statement, ":doc", g_bytes_get_data (sealed, NULL),
                          g_bytes_get_size (sealed));
  return jp_statement_run (statement, error) || jp_vault_translate (error);
}

/**
 * jp_commit_drop_base:
 * @vault: a vault with an open write transaction
 * @kind: a kind
 * @id: a row whose edits are all judged
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it is gone
 */
gboolean
jp_commit_drop_base (JpVault *vault, JpKind kind, const JpId *id, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db, "DELETE FROM base WHERE t = :t AND id = :id", error);

  if (statement == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_integer (statement, ":t", kind);
  jp_statement_bind_id (statement, ":id", id);
  return jp_statement_run (statement, error) || jp_vault_translate (error);
}

/* --- operations
 * ------------------------------------------------------------------------------------ */

/**
 * jp_commit_read_op:
 * @vault: a vault
 * @row: a statement with a row of the table op
 * @column_id: column of its op_id
 * @column_body: column of its body
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): the operation, or %NULL with an error
 */
JpOp *
jp_commit_read_op (JpVault *vault, JpStatement *row, int column_id, int column_body, GError **error)
{
  JpId          id;
  gsize         length_bytes = 0;
  gconstpointer sealed = jp_statement_get_blob (row, column_body, &length_bytes);

  jp_statement_get_id (row, column_id, &id);

  g_autoptr (GBytes) plain =
    jp_seal_open (vault->key, "op", &id, "body", sealed, length_bytes, error);
  JpOp *op = plain != NULL ? jp_op_from_bytes (plain, error) : NULL;

  if (op == NULL)
    jp_vault_translate (error);
  return op;
}

static guint32
pending_units (const JpOpRow *row)
{
  return row->units | (row->deletion != JP_OP_KEEP ? JP_UNIT_EXISTENCE : 0);
}

static void
replay_row (JpDraft *draft, const JpOpRow *row, guint32 *pending)
{
  for (guint unit = 0; unit < 32; unit++)
    if (row->units >> unit & 1)
      jp_draft_copy_unit (draft, row->set, unit);

  if (row->deletion != JP_OP_KEEP)
    jp_draft_set_deleted (draft, row->deletion == JP_OP_DELETE);
  *pending |= pending_units (row);
}

/**
 * jp_commit_replay:
 * @vault: a vault
 * @base: the platform's newest state of a row
 * @error: return location for a [error@Jp.StoreError]
 *
 * Puts the unjudged edits of the row onto @base again, in their order: a pull re-bases, it never
 * replaces (peers.md §6, rule 2).
 *
 * Returns: (transfer full): the state to show, its head's pending mask says what is unjudged
 */
JpRecord *
jp_commit_replay (JpVault *vault, JpRecord *base, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db,
                   "SELECT op.op_id, op.body FROM op_row JOIN op ON op.n = op_row.n"
                   " WHERE op_row.t = :t AND op_row.id = :id AND op.state = 0 ORDER BY op.n",
                   error);
  g_autoptr (JpDraft) draft = jp_draft_new_from (base);
  JpRecordHead head = *jp_record_get_head (base);
  guint32      pending = 0;
  gboolean     row = FALSE;

  if (statement == NULL)
    return NULL;
  jp_statement_bind_integer (statement, ":t", jp_record_get_kind (base));
  jp_statement_bind_id (statement, ":id", jp_record_get_id (base));

  while (TRUE)
    {
      if (!jp_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        break;

      g_autoptr (JpOp) op = jp_commit_read_op (vault, statement, 0, 1, error);

      if (op == NULL)
        return NULL;
      for (guint i = 0; i < op->rows->len; i++)
        {
          const JpOpRow *op_row = g_ptr_array_index (op->rows, i);

          if (jp_id_equal (&op_row->id, jp_record_get_id (base)))
            replay_row (draft, op_row, &pending);
        }
    }

  g_autoptr (JpRecord) shown = jp_draft_end (g_steal_pointer (&draft));
  g_autoptr (JpDraft) marked = jp_draft_new_from (shown);

  head.deleted = jp_record_get_head (shown)->deleted;
  head.pending = pending;
  jp_draft_set_head (marked, &head);
  return jp_draft_end (g_steal_pointer (&marked));
}

static gboolean
read_last (JpVault    *vault,
           const char *sql,
           gint64     *out_n,
           guint8      out_hash[JP_SEAL_HASH_BYTES],
           GError    **error)
{
  g_autoptr (JpStatement) statement = jp_db_prepare (vault->db, sql, error);
  gboolean row = FALSE;
  gsize    length_bytes = 0;

  if (statement == NULL || !jp_statement_step (statement, &row, error))
    return jp_vault_translate (error);

  *out_n = 0;
  memset (out_hash, 0, JP_SEAL_HASH_BYTES);
  if (row)
    {
      gconstpointer hash = jp_statement_get_blob (statement, 1, &length_bytes);

      g_assert (length_bytes == JP_SEAL_HASH_BYTES);
      *out_n = jp_statement_get_integer (statement, 0);
      memcpy (out_hash, hash, JP_SEAL_HASH_BYTES);
    }
  return TRUE;
}

/**
 * jp_commit_audit:
 * @vault: a vault with an open write transaction
 * @actor: who
 * @action: what, e.g. "edit", "reveal", "export"
 * @kind: the kind of the row, %JP_KIND_NONE where there is none
 * @id: (nullable): the row
 * @detail: names of fields, counts; never a value
 * @error: return location for a [error@Jp.StoreError]
 *
 * Appends an entry whose hash covers it and the entry before.
 *
 * Returns: whether it was written
 */
gboolean
jp_commit_audit (JpVault    *vault,
                 const char *actor,
                 const char *action,
                 JpKind      kind,
                 const JpId *id,
                 const char *detail,
                 GError    **error)
{
  gint64   n = 0;
  guint8   previous[JP_SEAL_HASH_BYTES];
  guint8   hash[JP_SEAL_HASH_BYTES];
  JpIdText id_text;
  gint64   at_us = jp_vault_now_us (vault);

  if (!read_last (vault, "SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1", &n, previous, error))
    return FALSE;

  g_autofree char *bytes =
    g_strdup_printf ("%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT "\n%s\n%s\n%d\n%s\n%s", n + 1, at_us,
                     actor, action, (int)kind, id != NULL ? jp_id_to_text (id, id_text) : "",
                     detail);
  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db,
                   "INSERT INTO audit (n, at, actor, action, t, id, detail, hash)"
                   " VALUES (:n, :at, :actor, :action, :t, :id, :detail, :hash)",
                   error);

  if (statement == NULL)
    return jp_vault_translate (error);
  jp_hash_chain (previous, bytes, strlen (bytes), hash);
  jp_statement_bind_integer (statement, ":n", n + 1);
  jp_statement_bind_integer (statement, ":at", at_us);
  jp_statement_bind_text (statement, ":actor", actor);
  jp_statement_bind_text (statement, ":action", action);
  jp_statement_bind_integer (statement, ":t", kind);
  jp_statement_bind_id (statement, ":id", id);
  jp_statement_bind_text (statement, ":detail", detail);
  jp_statement_bind_blob (statement, ":hash", hash, sizeof hash);
  if (!jp_statement_run (statement, error))
    return jp_vault_translate (error);
  return jp_heads_set (vault, JP_SETTING_AUDIT_HEAD, n + 1, hash, error);
}

static gboolean
insert_op (JpVault     *vault,
           JpOp        *op,
           gint64       undoes,
           const guint8 previous[JP_SEAL_HASH_BYTES],
           GError     **error)
{
  g_autoptr (GBytes) plain = jp_op_to_bytes (op);
  gsize         size = 0;
  gconstpointer bytes = g_bytes_get_data (plain, &size);
  g_autoptr (GBytes) sealed = jp_seal_close (vault->key, "op", &op->id, "body", bytes, size);
  guint8 chain[JP_SEAL_HASH_BYTES];
  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db,
                   "INSERT INTO op (n, op_id, actor, at, kind, body, chain, undoes)"
                   " VALUES (:n, :op_id, :actor, :at, :kind, :body, :chain, :undoes)",
                   error);

  if (statement == NULL)
    return jp_vault_translate (error);
  jp_hash_chain (previous, bytes, size, chain);
  jp_statement_bind_integer (statement, ":n", op->n);
  jp_statement_bind_id (statement, ":op_id", &op->id);
  jp_statement_bind_text (statement, ":actor", op->actor);
  jp_statement_bind_integer (statement, ":at", op->at_us);
  jp_statement_bind_text (statement, ":kind", op->kind);
  jp_statement_bind_blob (statement, ":body", g_bytes_get_data (sealed, NULL),
                          g_bytes_get_size (sealed));
  jp_statement_bind_blob (statement, ":chain", chain, sizeof chain);
  if (undoes > 0)
    jp_statement_bind_integer (statement, ":undoes", undoes);
  if (!jp_statement_run (statement, error))
    return jp_vault_translate (error);
  return jp_heads_set (vault, JP_SETTING_OP_HEAD, op->n, chain, error);
}

static gboolean
insert_op_row (JpVault *vault, gint64 n, const JpOpRow *row, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db,
                   "INSERT INTO op_row (t, id, n, units) VALUES (:t, :id, :n, :units)"
                   " ON CONFLICT (t, id, n) DO UPDATE SET units = units | excluded.units",
                   error);

  if (statement == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_integer (statement, ":t", row->kind);
  jp_statement_bind_id (statement, ":id", &row->id);
  jp_statement_bind_integer (statement, ":n", n);
  jp_statement_bind_integer (statement, ":units", pending_units (row));
  return jp_statement_run (statement, error) || jp_vault_translate (error);
}

/* --- applying one row
 * ------------------------------------------------------------------------------ */

static gboolean
check_valid (JpRecord *record, JpDate today, GError **error)
{
  g_autoptr (JpDraft) draft = jp_draft_new_from (record);
  g_autoptr (GArray) issues = jp_validate_draft (draft, today);
  JpIdText text;

  if (issues->len == 0)
    return TRUE;

  const JpIssue *issue = &g_array_index (issues, JpIssue, 0);

  g_set_error (error, JP_STORE_ERROR, JP_STORE_ERROR_INVALID, "%s %s: \"%s\": %s",
               jp_record_get_info (record)->name, jp_id_to_text (jp_record_get_id (record), text),
               jp_field_get (issue->field)->name, jp_problem_get_name (issue->problem));
  return FALSE;
}

/* Platform-owned units of a row that exists are not this station's to change. */
static guint32
allowed_units (JpRecord *current)
{
  if (current == NULL)
    return JP_UNITS_ALL;
  return jp_merge_owned_units (jp_record_get_info (current), FALSE);
}

static gboolean
check_unmoved (JpRecord *current, const JpChangeRow *row, guint32 units, GError **error)
{
  JpIdText text;

  jp_id_to_text (jp_record_get_id (row->after), text);
  if ((current == NULL) != (row->before == NULL))
    {
      g_set_error (error, JP_STORE_ERROR, JP_STORE_ERROR_CONFLICT, "%s %s %s",
                   jp_record_get_info (row->after)->name, text,
                   current == NULL ? "does not exist" : "exists already");
      return FALSE;
    }
  if (current == NULL)
    return TRUE;

  if (units & jp_record_diff_units (row->before, current))
    {
      g_set_error (error, JP_STORE_ERROR, JP_STORE_ERROR_CONFLICT,
                   "%s %s has changed since it was read", jp_record_get_info (current)->name, text);
      return FALSE;
    }
  if (units & ~allowed_units (current))
    {
      g_set_error (error, JP_STORE_ERROR, JP_STORE_ERROR_INVALID, "%s %s: belongs to the platform",
                   jp_record_get_info (current)->name, text);
      return FALSE;
    }
  return TRUE;
}

static JpRecord *
build_state (JpVault           *vault,
             JpRecord          *current,
             const JpChangeRow *row,
             guint32            units,
             const char        *actor)
{
  g_autoptr (JpDraft) draft = jp_draft_new_from (current != NULL ? current : row->after);
  JpRecordHead head = { 0 };

  for (guint unit = 0; current != NULL && unit < 32; unit++)
    if (units >> unit & 1)
      jp_draft_copy_unit (draft, row->after, unit);

  if (current != NULL)
    head = *jp_record_get_head (current);
  else
    {
      head.created_at_us = jp_vault_now_us (vault);
      jp_draft_set_created_by (draft, actor);
    }
  head.pending |= units;
  if (head.deleted != jp_record_get_head (row->after)->deleted)
    head.pending |= JP_UNIT_EXISTENCE;
  head.deleted = jp_record_get_head (row->after)->deleted;
  head.updated_at_us = jp_vault_now_us (vault);
  jp_draft_set_head (draft, &head);
  return jp_draft_end (g_steal_pointer (&draft));
}

static guint32
touched_units (const JpChangeRow *row)
{
  guint32 units = 0;

  if (row->before != NULL)
    return jp_record_diff_units (row->before, row->after);

  const JpKindInfo *info = jp_record_get_info (row->after);

  for (guint i = 0; i < info->n_fields; i++)
    if (jp_record_has (row->after, info->fields[i].id))
      units |= 1u << info->fields[i].merge;
  return units;
}

/* Only the state the platform knows is a base: what the row was before its first unjudged edit. An
 * older copy must not survive, or a refusal would bring it back. */
static gboolean
keep_base (JpVault *vault, JpRecord *current, JpRecord *state, GError **error)
{
  const JpRecordHead *head = current != NULL ? jp_record_get_head (current) : NULL;

  if (head == NULL || head->version == 0 || head->pending != 0 ||
      jp_record_get_head (state)->pending == 0)
    return TRUE;
  return jp_commit_put_base (vault, current, error);
}

static gboolean
is_own_operation (const JpRequestFields *fields, const char *kind)
{
  return g_str_equal (kind, fields->ask) || g_str_equal (kind, fields->approve) ||
         g_str_equal (kind, fields->decline);
}

/* People and requests change only where a PIN was asked for, and a request goes to the platform
 * only when two people stand behind it. */
static gboolean
check_people (JpVault *vault, const JpOp *op, JpRecord *current, JpRecord *state, GError **error)
{
  JpKind                 kind = jp_record_get_kind (state);
  const JpRequestFields *fields = jp_request_get_fields (kind);

  if (kind == JP_KIND_PERSON && !g_str_has_prefix (op->kind, "user-"))
    return jp_desk_refuse (JP_DESK_USER_ROLE, "person", error);
  if (fields == NULL)
    return TRUE;
  if (!is_own_operation (fields, op->kind))
    return jp_desk_refuse (JP_DESK_NOT_APPROVED, "request", error);
  if (jp_record_get_code (state, fields->state) != JP_REQUEST_STATE_PENDING ||
      (current != NULL && jp_record_get_code (current, fields->state) == JP_REQUEST_STATE_PENDING))
    return TRUE;
  return jp_approval_repo_check_people (vault, state, error);
}

static gboolean
apply_row (JpVault *vault, const JpChangeRow *row, JpOp *op, GError **error)
{
  JpKind  kind = jp_record_get_kind (row->after);
  guint32 units = touched_units (row);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JpRecord) current =
    jp_record_table_find (vault->db, vault->key, kind, jp_record_get_id (row->after), &local_error);
  JpRowStamp stamp = { .school = vault->school };

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return jp_vault_translate (error);
    }
  if (!check_unmoved (current, row, units, error))
    return FALSE;

  g_autoptr (JpRecord) state = build_state (vault, current, row, units, op->actor);
  gboolean         into_trash = jp_record_get_head (state)->deleted;
  g_autofree char *fields = jp_merge_dup_unit_names (jp_record_get_info (state), units);
  JpOpRow         *op_row = NULL;

  if ((!into_trash && !check_valid (state, jp_vault_today (vault), error)) ||
      !check_people (vault, op, current, state, error) ||
      !keep_base (vault, current, state, error) ||
      !jp_commit_audit (vault, op->actor, op->kind, kind, jp_record_get_id (state), fields, error))
    return FALSE;
  if (!jp_record_table_put (vault->db, vault->key, state, &stamp, NULL, error) ||
      !jp_ledger_apply (vault, state, error))
    return jp_vault_translate (error);

  op_row = jp_op_row_new (current, state);
  g_ptr_array_add (op->rows, op_row);
  return TRUE;
}

/**
 * jp_commit_change_inside:
 * @vault: a vault with an open write transaction
 * @change: what the user does
 * @out_n: (out) (optional): number of the operation
 * @error: return location for a [error@Jp.StoreError]
 *
 * Does the work of jp_commit_change() inside the caller's transaction, for actions that write more
 * than rows. On failure the caller must not commit.
 *
 * Returns: as jp_commit_change()
 */
gboolean
jp_commit_change_inside (JpVault *vault, JpChange *change, gint64 *out_n, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (change != NULL, FALSE);
  g_return_val_if_fail (change->rows->len > 0, FALSE);
  g_return_val_if_fail (!jp_id_is_none (&vault->school), FALSE);
  g_assert (jp_db_in_write (vault->db));

  guint8 chain[JP_SEAL_HASH_BYTES];
  gint64 n = 0;
  gint64 known = 0;

  if (!jp_op_repo_find (vault, &change->op_id, &known, error) ||
      !read_last (vault, "SELECT n, chain FROM op ORDER BY n DESC LIMIT 1", &n, chain, error))
    return FALSE;
  if (known > 0)
    {
      if (out_n != NULL)
        *out_n = known;
      return TRUE;
    }

  g_autoptr (JpOp) op =
    jp_op_new (n + 1, &change->op_id, change->actor, jp_vault_now_us (vault), change->kind);

  for (guint i = 0; i < change->rows->len; i++)
    if (!apply_row (vault, g_ptr_array_index (change->rows, i), op, error))
      return FALSE;

  if (!insert_op (vault, op, change->undoes, chain, error))
    return FALSE;
  for (guint i = 0; i < op->rows->len; i++)
    if (!insert_op_row (vault, op->n, g_ptr_array_index (op->rows, i), error))
      return FALSE;

  if (out_n != NULL)
    *out_n = op->n;
  return TRUE;
}

static gboolean
commit_once (JpVault     *vault,
             JpChange    *change,
             JpCommitFunc also,
             gpointer     data,
             gint64      *out_n,
             GError     **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (!jp_db_begin_write (vault->db, &transaction, error))
    return jp_vault_translate (error);
  return (also == NULL || also (vault, data, error)) &&
         jp_commit_change_inside (vault, change, out_n, error) &&
         (jp_transaction_commit (&transaction, error) || jp_vault_translate (error));
}

/**
 * jp_commit_change:
 * @vault: a writing vault without an open transaction
 * @change: what the user does
 * @out_n: (out) (optional): number of the operation
 * @error: return location for a [error@Jp.StoreError]
 *
 * Writes rows, operation, base copies and audit in one transaction. An edit of units that nobody
 * else touched since the user read them is put onto the present state; if one of them has moved,
 * nothing is written. A change whose op_id is stored already has happened: that is success. On a
 * full disk the reserve is given up and the change is tried once more.
 *
 * Returns: %TRUE once it is on the disk, or %FALSE with `JP_STORE_ERROR_CONFLICT` (somebody else
 * was faster), `JP_STORE_ERROR_INVALID` (a rule is broken) or another code
 */
gboolean
jp_commit_change (JpVault *vault, JpChange *change, gint64 *out_n, GError **error)
{
  return jp_commit_change_with (vault, change, NULL, NULL, out_n, error);
}

/**
 * jp_commit_change_with:
 * @vault: a writing vault without an open transaction
 * @change: what the user does
 * @also: (nullable): what else is written, before the rows; called again if the disk was full
 * @data: for @also
 * @out_n: (out) (optional): number of the operation
 * @error: return location for a [error@Jp.StoreError]
 *
 * As jp_commit_change(), for actions that are more than rows.
 *
 * Returns: as jp_commit_change()
 */
gboolean
jp_commit_change_with (JpVault     *vault,
                       JpChange    *change,
                       JpCommitFunc also,
                       gpointer     data,
                       gint64      *out_n,
                       GError     **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);

  g_autoptr (GError) local_error = NULL;
  const char *path = jp_db_get_path (vault->db);
  gint64      n = 0;
  gboolean    done = commit_once (vault, change, also, data, &n, &local_error);

  if (!done && g_error_matches (local_error, JP_STORE_ERROR, JP_STORE_ERROR_FULL) && path != NULL &&
      jp_reserve_release (path))
    {
      vault->reserve_used = TRUE;
      g_clear_error (&local_error);
      done = commit_once (vault, change, also, data, &n, &local_error);
    }
  if (!done)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (out_n != NULL)
    *out_n = n;
  return TRUE;
}

/* --- repeating */

static JpRecord *
build_repeated (JpRecord *current, const JpOp *op, const JpOpRow *row)
{
  g_autoptr (JpDraft) draft = jp_draft_new_from (current != NULL ? current : row->set);
  JpRecordHead head = { 0 };
  guint32      pending = 0;

  replay_row (draft, row, &pending);
  if (current != NULL)
    head = *jp_record_get_head (current);
  else
    {
      head.created_at_us = op->at_us;
      jp_draft_set_created_by (draft, op->actor);
    }
  head.pending |= pending;
  head.updated_at_us = op->at_us;
  if (row->deletion != JP_OP_KEEP)
    head.deleted = row->deletion == JP_OP_DELETE;
  jp_draft_set_head (draft, &head);
  return jp_draft_end (g_steal_pointer (&draft));
}

/* A row that only the platform knows comes with the next sync, and what was done to it with it; so
 * it is with one for which there is no room (a terminal that sits elsewhere by now). */
static gboolean
repeat_row (JpVault *vault, const JpOp *op, const JpOpRow *row, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JpRecord) current =
    jp_record_table_find (vault->db, vault->key, row->kind, &row->id, &local_error);
  JpRowStamp stamp = { .school = vault->school };

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return jp_vault_translate (error);
    }
  if (current == NULL && !row->create)
    return TRUE;

  g_autoptr (JpRecord) state = build_repeated (current, op, row);
  g_autofree char *fields = jp_merge_dup_unit_names (jp_record_get_info (state), row->units);

  if (!jp_record_table_put (vault->db, vault->key, state, &stamp, NULL, &local_error))
    {
      if (g_error_matches (local_error, JP_DB_ERROR, JP_DB_ERROR_CONSTRAINT))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return jp_vault_translate (error);
    }
  return keep_base (vault, current, state, error) && jp_ledger_apply (vault, state, error) &&
         jp_commit_audit (vault, op->actor, op->kind, row->kind, &row->id, fields, error);
}

/* In a database that is made anew the founding of the school comes first. */
static gboolean
take_school (JpVault *vault, const JpOp *op, GError **error)
{
  JpIdText text;

  for (guint i = 0; i < op->rows->len && jp_id_is_none (&vault->school); i++)
    {
      const JpOpRow *row = g_ptr_array_index (op->rows, i);

      if (row->kind != JP_KIND_SCHOOL || !row->create)
        continue;
      vault->school = row->id;
      if (!jp_vault_set_setting (vault, JP_SETTING_SCHOOL, jp_id_to_text (&row->id, text), error))
        return FALSE;
    }
  return TRUE;
}

/**
 * jp_commit_repeat:
 * @vault: a vault with an open write transaction
 * @op: (inout): an operation that these data do not have any more; gets the next number
 * @undoes: number of the operation that it took back, 0 for none
 * @error: return location for a [error@Jp.StoreError]
 *
 * Does again what was done already, from a journal: the operation keeps its identity and its
 * moment, and waits for the platform, which judges it once. With the number it had before it has
 * the same bytes and the same chain.
 *
 * Returns: whether it was written; if not, the caller must not commit
 */
gboolean
jp_commit_repeat (JpVault *vault, JpOp *op, gint64 undoes, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (op != NULL, FALSE);
  g_assert (jp_db_in_write (vault->db));

  guint8 chain[JP_SEAL_HASH_BYTES];
  gint64 n = 0;

  if (!read_last (vault, "SELECT n, chain FROM op ORDER BY n DESC LIMIT 1", &n, chain, error) ||
      !take_school (vault, op, error))
    return FALSE;
  if (op->n != n + 1)
    undoes = 0; /* numbers have moved: it is not known any more which one */
  op->n = n + 1;

  for (guint i = 0; i < op->rows->len; i++)
    if (!repeat_row (vault, op, g_ptr_array_index (op->rows, i), error))
      return FALSE;
  if (!insert_op (vault, op, undoes, chain, error))
    return FALSE;
  for (guint i = 0; i < op->rows->len; i++)
    if (!insert_op_row (vault, op->n, g_ptr_array_index (op->rows, i), error))
      return FALSE;
  return TRUE;
}

/* --- undo
 * ------------------------------------------------------------------------------------------ */

static gboolean
add_inverse (JpVault *vault, const JpOpRow *row, JpChange *change, GError **error)
{
  g_autoptr (JpRecord) current =
    jp_record_table_get (vault->db, vault->key, row->kind, &row->id, error);

  if (current == NULL)
    return jp_vault_translate (error);

  g_autoptr (JpDraft) draft = jp_draft_new_from (current);

  /* What was changed again since then is not ours to take back. */
  for (guint unit = 0; unit < 32; unit++)
    {
      if (!(row->units >> unit & 1))
        continue;
      if (jp_record_diff_units (current, row->set) & row->units & (1u << unit))
        {
          g_set_error (error, JP_STORE_ERROR, JP_STORE_ERROR_CONFLICT,
                       "%s has changed since: the edit cannot be taken back",
                       jp_kind_get_info (row->kind)->name);
          return FALSE;
        }
      if (row->base != NULL)
        jp_draft_copy_unit (draft, row->base, unit);
    }

  if (row->create || row->deletion == JP_OP_RESTORE)
    jp_draft_set_deleted (draft, TRUE);
  else if (row->deletion == JP_OP_DELETE)
    jp_draft_set_deleted (draft, FALSE);

  g_autoptr (JpRecord) after = jp_draft_end (g_steal_pointer (&draft));

  jp_change_add (change, current, after);
  return TRUE;
}

/**
 * jp_commit_undo:
 * @vault: a writing vault without an open transaction
 * @n: number of an operation of this station
 * @actor: who takes it back
 * @out_n: (out) (optional): number of the operation that takes it back
 * @error: return location for a [error@Jp.StoreError]
 *
 * Takes an operation back by a new one: edits return to what was seen before, new rows go into the
 * trash, deleted ones come back. Disputes that it sent are withdrawn.
 *
 * Returns: %TRUE, or %FALSE with `JP_STORE_ERROR_CONFLICT` if one of the values has changed since,
 *   or %JP_DESK_DISPUTE_DONE
 */
gboolean
jp_commit_undo (JpVault *vault, gint64 n, const char *actor, gint64 *out_n, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (actor != NULL, FALSE);

  g_autoptr (JpOp) op = jp_op_repo_get (vault, n, error);
  JpId op_id = jp_id_source_next (vault->ids);
  g_autoptr (JpChange) change = jp_change_new (&op_id, "undo", actor);
  g_autoptr (JpChange) withdrawal = jp_change_new (&op_id, "withdraw-dispute", actor);

  if (op == NULL || !jp_desk_undo_disputes (vault, op, withdrawal, error))
    return FALSE;
  if (withdrawal->rows->len > 0)
    return jp_commit_change (vault, withdrawal, out_n, error);

  change->undoes = n;
  for (guint i = op->rows->len; i > 0; i--)
    if (!add_inverse (vault, g_ptr_array_index (op->rows, i - 1), change, error))
      return FALSE;

  return jp_commit_change (vault, change, out_n, error);
}
