/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-remote-repo.h"

#include "jp-codes.h"
#include "jp-commit.h"
#include "jp-digest-content.h"
#include "jp-digest-repo.h"
#include "jp-heads.h"
#include "jp-ledger.h"
#include "jp-op-repo.h"

static gboolean
put (JpVault *vault, JpRecord *record, GError **error)
{
  JpRowStamp stamp = { .school = vault->school };

  return jp_record_table_put (vault->db, vault->key, record, &stamp, NULL, error) &&
         jp_ledger_apply (vault, record, error);
}

static JpRecord *
find (JpVault *vault, JpKind kind, const JpId *id, gboolean *out_failed, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  JpRecord *record = jp_record_table_find (vault->db, vault->key, kind, id, &local_error);

  *out_failed = local_error != NULL;
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return record;
}

static JpRecord *
with_head (JpRecord *record, JpRecordHead head)
{
  g_autoptr (JpDraft) draft = jp_draft_new_from (record);

  jp_draft_set_head (draft, &head);
  return jp_draft_end (g_steal_pointer (&draft));
}

/* --- seats
 * ----------------------------------------------------------------------------------------- */

/* Two stations may have put the same terminal to work while offline. The platform gave the seat to
 * one of them; ours makes room and stays readable. So does the new seat of a swap that the platform
 * refuses: the old one is open again. */
static gboolean
make_room (JpVault *vault, JpRecord *record, JpRemoteOutcome *outcome, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db,
                   "UPDATE terminal_assignment SET parked = 1 WHERE ended_at IS NULL AND deleted = "
                   "0"
                   " AND parked = 0 AND id <> :id AND (terminal = :terminal OR vehicle = :vehicle)",
                   error);

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_id (statement, ":id", jp_record_get_id (record));
  jp_statement_bind_id (statement, ":terminal",
                        jp_record_get_ref (record, JP_TERMINAL_ASSIGNMENT_TERMINAL));
  jp_statement_bind_id (statement, ":vehicle",
                        jp_record_get_ref (record, JP_TERMINAL_ASSIGNMENT_VEHICLE));
  if (!jp_statement_run (statement, error))
    return FALSE;

  outcome->n_parked += (guint)jp_db_get_n_changes (vault->db);
  return TRUE;
}

static gboolean
put_seated (JpVault *vault, JpRecord *record, JpRemoteOutcome *outcome, GError **error)
{
  gboolean open = jp_record_get_kind (record) == JP_KIND_TERMINAL_ASSIGNMENT &&
                  !jp_record_has (record, JP_TERMINAL_ASSIGNMENT_ENDED_AT) &&
                  !jp_record_get_head (record)->deleted && !jp_record_get_head (record)->parked;

  if (open && !make_room (vault, record, outcome, error))
    return FALSE;
  return put (vault, record, error);
}

/* --- verdicts
 * -------------------------------------------------------------------------------------- */

static gboolean
store_verdict (JpVault *vault, const JpVerdict *verdict, gboolean *out_new, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db,
                   "UPDATE op SET state = 2, result = :result, problem = :problem, detail = "
                   ":detail,"
                   " seq = :seq, judged_at = :now WHERE n = :n AND state = 0",
                   error);
  const JpHeadVerdict sealed = {
    .n = verdict->n,
    .result = jp_verdict_result_get_name (verdict->result),
    .problem = verdict->problem,
    .detail = verdict->detail,
    .seq = verdict->seq,
    .judged_at_us = jp_vault_now_us (vault),
  };

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_text (statement, ":result", sealed.result);
  jp_statement_bind_text (statement, ":problem", sealed.problem);
  jp_statement_bind_text (statement, ":detail", sealed.detail);
  jp_statement_bind_integer (statement, ":seq", sealed.seq);
  jp_statement_bind_integer (statement, ":now", sealed.judged_at_us);
  jp_statement_bind_integer (statement, ":n", sealed.n);
  if (!jp_statement_run (statement, error))
    return FALSE;

  *out_new = jp_db_get_n_changes (vault->db) > 0;
  return !*out_new || jp_heads_add_verdict (vault, &sealed, error);
}

static gboolean
is_refused (JpVerdictResult result)
{
  return result == JP_VERDICT_REJECTED || result == JP_VERDICT_PARKED ||
         result == JP_VERDICT_CONFLICT;
}

/* Whether what the platform said of a row last holds now, rather than what is shown of it. What was
 * refused never was; of what was taken the new state is in the rest of this reply, or was in what
 * we have: then what is shown is old, and nothing newer will come. Only where the state is still on
 * its way, in a page after this one, the edit stays in sight. */
static gboolean
holds_base (JpRecord *base, const JpOpRow *row, JpVerdictResult result, gboolean complete)
{
  return result == JP_VERDICT_REJECTED || result == JP_VERDICT_PARKED ||
         result == JP_VERDICT_DUPLICATE || complete ||
         jp_record_get_head (base)->version != row->version;
}

/* After a verdict the row shows the platform's state with the edits that still wait on top. What
 * the platform took comes down with the feed of the same reply; what it refused lies in the inbox.
 */
static gboolean
settle_row (JpVault         *vault,
            const JpOpRow   *row,
            JpVerdictResult  result,
            gboolean         complete,
            JpRemoteOutcome *outcome,
            GError         **error)
{
  JpKind      kind = row->kind;
  const JpId *id = &row->id;
  gboolean    failed = FALSE;
  g_autoptr (JpRecord) current = find (vault, kind, id, &failed, error);
  g_autoptr (JpRecord) base = NULL;

  if (current == NULL)
    return !failed;
  if (!jp_commit_get_base (vault, kind, id, &base, error))
    return FALSE;

  gboolean refused = result == JP_VERDICT_REJECTED || result == JP_VERDICT_PARKED;
  gboolean from_base = base != NULL && holds_base (base, row, result, complete);
  g_autoptr (JpRecord) replayed = jp_commit_replay (vault, from_base ? base : current, error);

  if (replayed == NULL)
    return FALSE;

  JpRecordHead head = *jp_record_get_head (replayed);

  /* A new row that was refused has no other state: it stays in sight, out of the way. */
  head.parked = head.parked || (refused && base == NULL);
  /* The school as this PC made it before it joined: the platform's record has taken its place. */
  if (kind == JP_KIND_SCHOOL && !refused && !jp_id_equal (id, &vault->school))
    head.deleted = TRUE;

  g_autoptr (JpRecord) shown = with_head (replayed, head);

  if (head.pending == 0 && !jp_commit_drop_base (vault, kind, id, error))
    return FALSE;
  return put_seated (vault, shown, outcome, error);
}

static gboolean
apply_verdict (JpVault         *vault,
               const JpVerdict *verdict,
               gboolean         complete,
               JpRemoteOutcome *outcome,
               GError         **error)
{
  gboolean fresh = FALSE;
  g_autoptr (JpOp) op = NULL;

  if (!store_verdict (vault, verdict, &fresh, error))
    return FALSE;
  if (!fresh)
    return TRUE;

  op = jp_op_repo_get (vault, verdict->n, error);
  if (op == NULL)
    return FALSE;

  for (guint i = 0; i < op->rows->len; i++)
    if (!settle_row (vault, g_ptr_array_index (op->rows, i), verdict->result, complete, outcome,
                     error))
      return FALSE;

  outcome->n_verdicts++;
  if (is_refused (verdict->result))
    outcome->n_refused++;
  return TRUE;
}

/* --- rows of the feed
 * ------------------------------------------------------------------------------ */

static void
count_record (JpRemoteOutcome *outcome, JpRecord *record, gint64 version_before)
{
  outcome->n_records++;
  outcome->sum =
    jp_digest_add (outcome->sum,
                   jp_digest_change (jp_record_get_kind (record), jp_record_get_id (record),
                                     version_before, jp_record_get_head (record)->version));
}

/* With @force also a state that is not newer than ours. */
static gboolean
apply_record (JpVault         *vault,
              JpRecord        *record,
              gboolean         force,
              JpRemoteOutcome *outcome,
              GError         **error)
{
  gint64  version = -1;
  guint32 pending = 0;

  if (!jp_record_table_peek (vault->db, jp_record_get_kind (record), jp_record_get_id (record),
                             &version, &pending, error))
    return FALSE;
  if (version >= jp_record_get_head (record)->version && !force)
    return TRUE;

  count_record (outcome, record, version);
  if (pending == 0)
    return put_seated (vault, record, outcome, error);

  g_autoptr (JpRecord) rebased = jp_commit_replay (vault, record, error);

  if (rebased == NULL)
    return FALSE;
  if (jp_record_get_head (rebased)->pending != 0 && !jp_commit_put_base (vault, record, error))
    return FALSE;
  return put_seated (vault, rebased, outcome, error);
}

/* An assignment that ends comes before one that begins, whatever the order of their ids: both may
 * be in one page, and the database allows one open seat. */
static gboolean
apply_records (JpVault         *vault,
               GPtrArray       *records,
               gboolean         force,
               JpRemoteOutcome *outcome,
               GError         **error)
{
  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; i < records->len; i++)
      {
        JpRecord *record = g_ptr_array_index (records, i);
        gboolean  begins = jp_record_get_kind (record) == JP_KIND_TERMINAL_ASSIGNMENT &&
                          !jp_record_has (record, JP_TERMINAL_ASSIGNMENT_ENDED_AT);

        if (begins == (pass == 1) && !apply_record (vault, record, force, outcome, error))
          return FALSE;
      }

  return TRUE;
}

static gboolean
apply_position (JpVault *vault, const JpRemoteReply *reply, GError **error)
{
  if (reply->epoch != NULL && !jp_vault_set_setting (vault, JP_SETTING_EPOCH, reply->epoch, error))
    return FALSE;
  if (reply->cursor != NULL &&
      !jp_vault_set_setting (vault, JP_SETTING_CURSOR, reply->cursor, error))
    return FALSE;
  if (!reply->complete)
    return TRUE;

  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, jp_vault_now_us (vault));

  return jp_vault_set_setting (vault, JP_SETTING_SYNCED_AT, now, error);
}

/* Keeps the sum of what this station has, and compares it where all has been read. */
static gboolean
add_sum (JpVault *vault, JpRemoteOutcome *outcome, const JpRemoteReply *reply, GError **error)
{
  gint64   sum = 0;
  gboolean kept = FALSE;
  gboolean compares = reply != NULL && reply->complete && reply->sum >= 0;

  if (reply != NULL && reply->n_unknown > 0)
    return jp_digest_repo_set_off (vault, error);
  if (outcome->sum == 0 && !compares)
    return TRUE;
  if (!jp_digest_repo_get (vault, &sum, &kept, error))
    return FALSE;
  if (sum < 0)
    return TRUE;

  /* A sum that was computed just now has them already. */
  if (kept)
    sum = jp_digest_add (sum, outcome->sum);
  outcome->differs = compares && reply->sum != sum;
  return (kept && outcome->sum == 0) || jp_digest_repo_set (vault, sum, error);
}

/* Whether what is here under the platform's version is what the platform has. */
static gboolean
says_the_same (JpVault *vault, JpRecord *theirs, gboolean *out_same, GError **error)
{
  JpKind      kind = jp_record_get_kind (theirs);
  const JpId *id = jp_record_get_id (theirs);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JpRecord) row = jp_record_table_find (vault->db, vault->key, kind, id, &local_error);
  g_autoptr (JpRecord) base = NULL;

  /* A row that cannot be read any more (its seal is broken) is not what the platform has. */
  *out_same = FALSE;
  if (row == NULL)
    return TRUE;
  if (jp_record_get_head (row)->pending != 0 && !jp_commit_get_base (vault, kind, id, &base, error))
    return FALSE;
  *out_same = jp_digest_content_of (base != NULL ? base : row) == jp_digest_content_of (theirs);
  return TRUE;
}

/**
 * jp_remote_repo_replace:
 * @vault: a writing vault with an open transaction
 * @records: (element-type JpRecord): rows as the platform has them
 * @out_n_changed: (out): how many of them had another version here, or said something else
 * @error: return location for a [error@Jp.StoreError]
 *
 * Puts the platform's states in the place of ours, whatever their versions say, with what waits on
 * top.
 *
 * Returns: whether it was written
 */
gboolean
jp_remote_repo_replace (JpVault *vault, GPtrArray *records, guint *out_n_changed, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (records != NULL && out_n_changed != NULL, FALSE);
  g_assert (jp_db_in_write (vault->db));

  g_autoptr (GPtrArray) other = g_ptr_array_new ();
  JpRemoteOutcome outcome = { 0 };

  for (guint i = 0; i < records->len; i++)
    {
      JpRecord *record = g_ptr_array_index (records, i);
      gint64    version = -1;
      guint32   pending = 0;
      gboolean  same = FALSE;

      if (!jp_record_table_peek (vault->db, jp_record_get_kind (record), jp_record_get_id (record),
                                 &version, &pending, error))
        return jp_vault_translate (error);
      if (version == jp_record_get_head (record)->version &&
          !says_the_same (vault, record, &same, error))
        return FALSE;
      if (!same)
        g_ptr_array_add (other, record);
    }
  *out_n_changed = other->len;
  return apply_records (vault, other, TRUE, &outcome, error) || jp_vault_translate (error);
}

/**
 * jp_remote_repo_apply:
 * @vault: a writing vault without an open transaction
 * @reply: what the platform said
 * @out_outcome: (out): what it did
 * @error: return location for a [error@Jp.StoreError]
 *
 * Applies verdicts, rows and the cursor in one transaction: after a kill either all of it has
 * happened or nothing, and the same reply again changes nothing.
 *
 * Returns: whether it is on the disk
 */
gboolean
jp_remote_repo_apply (JpVault             *vault,
                      const JpRemoteReply *reply,
                      JpRemoteOutcome     *out_outcome,
                      GError             **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (reply != NULL, FALSE);
  g_return_val_if_fail (out_outcome != NULL, FALSE);

  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  JpRemoteOutcome outcome = { 0 };

  if (!jp_db_begin_write (vault->db, &transaction, error))
    return jp_vault_translate (error);
  for (guint i = 0; reply->verdicts != NULL && i < reply->verdicts->len; i++)
    if (!apply_verdict (vault, g_ptr_array_index (reply->verdicts, i), reply->complete, &outcome,
                        error))
      return jp_vault_translate (error);
  if (reply->records != NULL && !apply_records (vault, reply->records, FALSE, &outcome, error))
    return jp_vault_translate (error);
  if (!add_sum (vault, &outcome, reply, error) || !apply_position (vault, reply, error) ||
      !jp_transaction_commit (&transaction, error))
    return jp_vault_translate (error);

  *out_outcome = outcome;
  return TRUE;
}

/* --- first sync
 * ------------------------------------------------------------------------------------ */

static gboolean
is_empty (JpVault *vault, JpKind kind, gboolean *out_empty, GError **error)
{
  g_autofree char *sql =
    g_strconcat ("SELECT 1 FROM ", jp_kind_get_info (kind)->name, " LIMIT 1", NULL);
  g_autoptr (JpStatement) statement = jp_db_prepare (vault->db, sql, error);
  gboolean row = FALSE;

  if (statement == NULL || !jp_statement_step (statement, &row, error))
    return FALSE;

  *out_empty = !row;
  return TRUE;
}

/**
 * jp_remote_repo_begin_load:
 * @vault: a writing vault without an open transaction
 * @kind: a kind
 * @error: return location for a [error@Jp.StoreError]
 *
 * Before a page of a first sync that is not the last one of its kind: takes the list indexes away
 * if the table is still empty. What one page holds is written faster with them than they are made.
 *
 * Returns: whether it worked
 */
gboolean
jp_remote_repo_begin_load (JpVault *vault, JpKind kind, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);

  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  gboolean empty = FALSE;

  if (!is_empty (vault, kind, &empty, error))
    return jp_vault_translate (error);
  return !empty ||
         (jp_db_begin_write (vault->db, &transaction, error) &&
          jp_record_table_drop_indexes (vault->db, kind, error) &&
          jp_transaction_commit (&transaction, error)) ||
         jp_vault_translate (error);
}

/**
 * jp_remote_repo_end_load:
 * @vault: a writing vault without an open transaction
 * @error: return location for a [error@Jp.StoreError]
 *
 * After the last page of a first sync: makes the indexes. Also at every start, so a first sync that
 * was killed leaves no table without them.
 *
 * Returns: whether it worked
 */
gboolean
jp_remote_repo_end_load (JpVault *vault, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (!jp_db_begin_write (vault->db, &transaction, error) ||
      !jp_record_table_ensure_indexes (vault->db, error) ||
      !jp_transaction_commit (&transaction, error))
    return jp_vault_translate (error);
  return TRUE;
}

/* Most rows of a first sync are new, and those are written without looking first. Where one is not,
 * the rest of its page is looked at like the feed: a first sync that is done again. */
static gboolean
load_images (JpVault         *vault,
             GPtrArray       *records,
             GPtrArray       *images,
             JpRemoteOutcome *outcome,
             GError         **error)
{
  const JpRowStamp stamp = { .school = vault->school };
  gboolean         added = TRUE;
  guint            i = 0;

  for (; i < records->len; i++)
    {
      JpRecord *record = g_ptr_array_index (records, i);

      if (!jp_record_table_add_image (vault->db, g_ptr_array_index (images, i), &stamp, &added,
                                      error))
        return FALSE;
      if (!added)
        break;
      count_record (outcome, record, -1);
      if (!jp_ledger_apply (vault, record, error))
        return FALSE;
    }
  for (; i < records->len; i++)
    if (!apply_record (vault, g_ptr_array_index (records, i), FALSE, outcome, error))
      return FALSE;
  return TRUE;
}

/**
 * jp_remote_repo_prepare:
 * @vault: any vault
 * @records: (element-type JpRecord): a page of a first sync, all of one kind
 *
 * Computes what the rows are made of, for jp_remote_repo_load(). On another thread than the
 * writer's, which has enough to do.
 *
 * Returns: (transfer full) (element-type JpRowImage) (nullable): the rows; %NULL for a kind whose
 *   rows make room for each other
 */
GPtrArray *
jp_remote_repo_prepare (JpVault *vault, GPtrArray *records)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (records != NULL, NULL);

  if (records->len > 0 && jp_record_get_kind (records->pdata[0]) == JP_KIND_TERMINAL_ASSIGNMENT)
    return NULL;

  GPtrArray *images = g_ptr_array_new_full (records->len, (GDestroyNotify)jp_row_image_free);

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (images, jp_row_image_new (vault->key, g_ptr_array_index (records, i)));
  return images;
}

/**
 * jp_remote_repo_load:
 * @vault: a writing vault without an open transaction
 * @records: (element-type JpRecord): a page of a first sync, all of one kind
 * @images: (element-type JpRowImage) (nullable): what jp_remote_repo_prepare() made of them
 * @position_name: setting that keeps how far the first sync has come
 * @position: its new value
 * @error: return location for a [error@Jp.StoreError]
 *
 * Writes a page and the position behind it in one transaction. Rows that carry unjudged edits are
 * re-based like those of the feed.
 *
 * Returns: whether it is on the disk
 */
gboolean
jp_remote_repo_load (JpVault    *vault,
                     GPtrArray  *records,
                     GPtrArray  *images,
                     const char *position_name,
                     const char *position,
                     GError    **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (records != NULL, FALSE);
  g_return_val_if_fail (images == NULL || images->len >= records->len, FALSE);

  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  JpRemoteOutcome outcome = { 0 };

  if (!jp_db_begin_write (vault->db, &transaction, error) ||
      !(images != NULL ? load_images (vault, records, images, &outcome, error)
                       : apply_records (vault, records, FALSE, &outcome, error)) ||
      !add_sum (vault, &outcome, NULL, error) ||
      !jp_vault_set_setting (vault, position_name, position, error) ||
      !jp_transaction_commit (&transaction, error))
    return jp_vault_translate (error);
  return TRUE;
}
