/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sync-check.h"

#include "jp-digest-repo.h"
#include "jp-page-feed.h"

#define PARTS_PREFIX "parts:"
#define ROWS_PREFIX  "rows:"
#define STATE_PARTS  3

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

/**
 * jp_sync_check_plan:
 * @vault: a vault
 * @step: a step that knows its school
 * @out_needed: (out): whether something is to be compared; @step says what to ask then
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it could be planned
 */
gboolean
jp_sync_check_plan (JpVault *vault, JpSyncStep *step, gboolean *out_needed, GError **error)
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
  if (state == NULL || cursor == NULL)
    return TRUE;

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
 * @answer: sums, or rows
 * @error: return location for an error of the wire or the store
 *
 * Returns: (transfer full): what came of it, or %NULL with an error
 */
JpSyncStepResult *
jp_sync_check_apply (JpVault *vault, const JpSyncStep *step, GBytes *answer, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (step != NULL, NULL);
  g_return_val_if_fail (answer != NULL, NULL);

  g_autofree JpSyncStepResult *result = g_new0 (JpSyncStepResult, 1);
  gboolean                     done = step->table != JP_KIND_NONE && step->part >= 0
                                        ? apply_rows (vault, step, answer, result, error)
                                        : apply_sums (vault, step, answer, error);

  return done ? g_steal_pointer (&result) : NULL;
}
