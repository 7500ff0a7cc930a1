/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sync-check.h"

#include "jp-digest-repo.h"
#include "jp-page-feed.h"
#include "jp-wire-http.h"

#define PARTS_PREFIX "parts:"
#define ROWS_PREFIX  "rows:"
#define STATE_PARTS  3

#define CONTENT_PARTS  2
#define ROWS_PER_SLICE 4096

static gboolean
write_state (JpVault *vault, const char *state, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  return (jp_db_begin_write (vault->db, &transaction, error) || jp_vault_translate (error)) &&
         jp_vault_set_setting (vault, JP_SYNC_SETTING_CHECK, state, error) &&
         (jp_transaction_commit (&transaction, error) || jp_vault_translate (error));
}

/* Reads "parts:<table>" and "rows:<table>:<part>" into the step. */
static void
parse_state (const char *state, JpSyncStep *step)
{
  g_auto (GStrv) words = g_strsplit (state, ":", STATE_PARTS);
  guint             n_words = g_strv_length (words);
  const JpKindInfo *info = n_words > 1 ? jp_kind_lookup (words[1]) : NULL;
  guint64           part = 0;

  step->table = info != NULL ? info->kind : JP_KIND_NONE;
  step->part = -1;
  if (n_words == STATE_PARTS &&
      g_ascii_string_to_unsigned (words[2], 16, 0, JP_DIGEST_BUCKETS - 1, &part, NULL))
    step->part = (int)part;
}

/* --- contents --- */

static gboolean
write_content (JpVault *vault, const char *state, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  return (jp_db_begin_write (vault->db, &transaction, error) || jp_vault_translate (error)) &&
         jp_vault_set_setting (vault, JP_SYNC_SETTING_CONTENT, state, error) &&
         (jp_transaction_commit (&transaction, error) || jp_vault_translate (error));
}

static gboolean
end_content (JpVault *vault, GError **error)
{
  g_autofree char *next =
    g_strdup_printf ("%" G_GINT64_FORMAT, jp_vault_now_us (vault) + JP_SYNC_CONTENT_EVERY_US);

  return write_content (vault, next, error);
}

/* The next slice, or the next table, or the end of the pass. */
static gboolean
advance_content (JpVault *vault, JpKind kind, guint part, GError **error)
{
  g_autofree char *next = NULL;

  if (part >= JP_DIGEST_BUCKETS)
    {
      kind++;
      part = 0;
    }
  if (kind > JP_KIND_LAST)
    return end_content (vault, error);
  next = g_strdup_printf ("%s:%02x", jp_kind_get_info (kind)->name, part);
  return write_content (vault, next, error);
}

/**
 * jp_sync_check_begin_content:
 * @vault: a writing vault without an open transaction
 * @error: return location for a [error@Jp.StoreError]
 *
 * Lets the comparison of contents begin with the next round; by itself it does once a day.
 *
 * Returns: whether it was written
 */
gboolean
jp_sync_check_begin_content (JpVault *vault, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);

  return advance_content (vault, JP_KIND_NONE + 1, 0, error);
}

/* As many parts as have about as many rows as one transaction takes. */
static gboolean
count_parts (JpVault *vault, JpKind kind, guint first, guint *out_n_parts, GError **error)
{
  g_autofree char *sql =
    g_strconcat ("SELECT count (*) FROM ", jp_kind_get_info (kind)->name, NULL);
  g_autoptr (JpStatement) statement = jp_db_prepare (vault->db, sql, error);
  gboolean row = FALSE;
  gint64   n_rows = 0;

  if (statement == NULL || !jp_statement_step (statement, &row, error))
    return jp_vault_translate (error);
  n_rows = MAX (jp_statement_get_integer (statement, 0), 1);
  *out_n_parts = (guint)CLAMP (JP_DIGEST_BUCKETS * (gint64)ROWS_PER_SLICE / n_rows, 1,
                               (gint64)JP_DIGEST_BUCKETS - first);
  return TRUE;
}

static gboolean
plan_content (JpVault *vault, JpSyncStep *step, gboolean *out_needed, GError **error)
{
  g_autofree char *state = NULL;
  guint64          due_us = 0;

  if (!jp_vault_get_setting (vault, JP_SYNC_SETTING_CONTENT, &state, error))
    return FALSE;
  /* A station that has just read everything has nothing to compare yet. */
  if (state != NULL && g_ascii_string_to_unsigned (state, 10, 0, G_MAXINT64, &due_us, NULL) &&
      jp_vault_now_us (vault) < (gint64)due_us)
    return TRUE;
  if (step->schema != 0 && step->schema != JP_WIRE_SCHEMA_VERSION)
    return TRUE;

  *out_needed = TRUE;
  step->kind = JP_SYNC_STEP_CHECK;
  step->table = JP_KIND_NONE;
  step->part = 0;
  step->n_parts = JP_DIGEST_BUCKETS;
  if (state == NULL || due_us != 0)
    return TRUE;

  g_auto (GStrv) words = g_strsplit (state, ":", CONTENT_PARTS);
  const JpKindInfo *info = jp_kind_lookup (words[0]);
  guint64           part = 0;

  if (info == NULL || words[1] == NULL ||
      !g_ascii_string_to_unsigned (words[1], 16, 0, JP_DIGEST_BUCKETS - 1, &part, NULL))
    return TRUE;
  step->table = info->kind;
  step->part = (int)part;
  if (!count_parts (vault, info->kind, (guint)part, &step->n_parts, error))
    return FALSE;
  step->path = g_strdup_printf ("/v1/schools/%s/checksums?table=%s&content=%d&parts=%u",
                                step->school, info->name, step->part, step->n_parts);
  return TRUE;
}

/* Of a state that cannot be read, and of none: the pass begins, or is put off for a day. */
static gboolean
start_content (JpVault *vault, GError **error)
{
  g_autofree char *state = NULL;

  if (!jp_vault_get_setting (vault, JP_SYNC_SETTING_CONTENT, &state, error))
    return FALSE;
  return state != NULL ? jp_sync_check_begin_content (vault, error) : end_content (vault, error);
}

/**
 * jp_sync_check_plan:
 * @vault: a vault
 * @step: a step that knows its school
 * @may_compare: whether a slice of the contents may be compared, if it is time
 * @out_needed: (out): whether something is to be compared; @step says what to ask then
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it could be planned
 */
gboolean
jp_sync_check_plan (JpVault    *vault,
                    JpSyncStep *step,
                    gboolean    may_compare,
                    gboolean   *out_needed,
                    GError    **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (step != NULL, FALSE);
  g_return_val_if_fail (out_needed != NULL, FALSE);

  g_autofree char *state = NULL;
  g_autofree char *cursor = NULL;

  *out_needed = FALSE;
  if (!jp_vault_get_setting (vault, JP_SYNC_SETTING_CHECK, &state, error) ||
      !jp_vault_get_setting (vault, JP_SETTING_CURSOR, &cursor, error))
    return FALSE;
  if (cursor == NULL)
    return TRUE;
  if (state == NULL)
    return !may_compare || plan_content (vault, step, out_needed, error);

  *out_needed = TRUE;
  step->kind = JP_SYNC_STEP_CHECK;
  parse_state (state, step);
  if (step->table == JP_KIND_NONE)
    step->path = g_strdup_printf ("/v1/schools/%s/checksums", step->school);
  else if (step->part < 0)
    step->path = g_strdup_printf ("/v1/schools/%s/checksums?table=%s", step->school,
                                  jp_kind_get_info (step->table)->name);
  else
    step->path = g_strdup_printf ("/v1/schools/%s/checksums?table=%s&part=%d", step->school,
                                  jp_kind_get_info (step->table)->name, step->part);
  return TRUE;
}

/* Only what is compared at one place of the stream can be compared; the next round tries again. */
static gboolean
is_here (JpVault *vault, const char *at, gboolean *out_here, GError **error)
{
  g_autofree char *cursor = NULL;

  if (!jp_vault_get_setting (vault, JP_SETTING_CURSOR, &cursor, error))
    return FALSE;
  *out_here = g_strcmp0 (cursor, at) == 0;
  return TRUE;
}

/* All tables are alike: it was the sum itself that was wrong. */
static gboolean
correct_sum (JpVault *vault, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  gint64 sum = 0;

  return (jp_db_begin_write (vault->db, &transaction, error) || jp_vault_translate (error)) &&
         jp_digest_repo_rebuild (vault, &sum, error) && jp_digest_repo_set (vault, sum, error) &&
         jp_vault_set_setting (vault, JP_SYNC_SETTING_CHECK, NULL, error) &&
         (jp_transaction_commit (&transaction, error) || jp_vault_translate (error));
}

static gboolean
apply_sums (JpVault *vault, const JpSyncStep *step, GBytes *answer, GError **error)
{
  g_autoptr (JpPageSums) theirs = jp_page_sums_from_bytes (answer, error);
  g_autoptr (JpPageSums) ours = NULL;
  g_autofree char *next = NULL;
  const char      *name = NULL;
  gboolean         here = FALSE;
  gboolean         tables = step->table == JP_KIND_NONE;

  if (theirs == NULL || !is_here (vault, theirs->at, &here, error))
    return FALSE;
  if (!here)
    return write_state (vault, NULL, error);
  ours = tables ? jp_digest_repo_read_tables (vault, theirs->at, error)
                : jp_digest_repo_read_parts (vault, step->table, theirs->at, error);
  if (ours == NULL)
    return FALSE;

  name = jp_page_sums_find_difference (ours, theirs);
  if (name == NULL)
    return tables ? correct_sum (vault, error) : write_state (vault, NULL, error);
  next = tables ? g_strconcat (PARTS_PREFIX, name, NULL)
                : g_strconcat (ROWS_PREFIX, jp_kind_get_info (step->table)->name, ":", name, NULL);
  /* A table that this program does not know cannot be repaired. */
  return write_state (vault, tables && jp_kind_lookup (name) == NULL ? NULL : next, error);
}

/* The contents are compared where both sides stand at the same place; else the next round tries. */
static gboolean
apply_content (JpVault *vault, const JpSyncStep *step, GBytes *answer, GError **error)
{
  g_autoptr (JpPageSums) theirs = jp_page_sums_from_bytes (answer, error);
  g_autoptr (JpPageSums) ours = NULL;
  g_autofree char *next = NULL;
  const char      *name = NULL;
  gboolean         here = FALSE;

  if (theirs == NULL || !is_here (vault, theirs->at, &here, error))
    return FALSE;
  if (!here)
    return TRUE;
  ours = jp_digest_repo_read_content (vault, step->table, (guint)step->part, step->n_parts,
                                      theirs->at, error);
  if (ours == NULL)
    return FALSE;
  name = jp_page_sums_find_difference (ours, theirs);
  if (name == NULL)
    return advance_content (vault, step->table, (guint)step->part + step->n_parts, error);
  next = g_strconcat (ROWS_PREFIX, jp_kind_get_info (step->table)->name, ":", name, NULL);
  return write_state (vault, next, error);
}

static gboolean
apply_rows (JpVault          *vault,
            const JpSyncStep *step,
            GBytes           *answer,
            JpSyncStepResult *result,
            GError          **error)
{
  g_autoptr (JpPageFeed) page = jp_page_feed_from_bytes (answer, error);
  gboolean here = FALSE;

  if (page == NULL || !is_here (vault, page->to, &here, error))
    return FALSE;
  if (!here)
    return write_state (vault, NULL, error);
  return jp_digest_repo_repair (vault, step->table, (guint)step->part, page->records,
                                &result->n_repaired, error) &&
         write_state (vault, JP_SYNC_CHECK_TABLES, error);
}

/**
 * jp_sync_check_apply:
 * @vault: the writing vault
 * @step: what was asked
 * @answer: (nullable): sums, or rows; %NULL where a comparison of contents begins
 * @error: return location for an error of the wire or the store
 *
 * Returns: (transfer full): what came of it, or %NULL with an error
 */
JpSyncStepResult *
jp_sync_check_apply (JpVault *vault, const JpSyncStep *step, GBytes *answer, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (step != NULL, NULL);

  g_autofree JpSyncStepResult *result = g_new0 (JpSyncStepResult, 1);
  gboolean                     done = FALSE;

  if (answer == NULL)
    done = start_content (vault, error);
  else if (step->n_parts > 0)
    done = apply_content (vault, step, answer, error);
  else if (step->table != JP_KIND_NONE && step->part >= 0)
    done = apply_rows (vault, step, answer, result, error);
  else
    done = apply_sums (vault, step, answer, error);

  return done ? g_steal_pointer (&result) : NULL;
}

/**
 * jp_sync_check_refuse:
 * @vault: the writing vault
 * @error: return location for a [error@Jp.StoreError]
 *
 * The platform does not compare contents with this program: not before another day.
 *
 * Returns: whether it was written
 */
gboolean
jp_sync_check_refuse (JpVault *vault, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);

  return end_content (vault, error);
}
