/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sync-recover.h"

#include "jp-blob-repo.h"
#include "jp-cursor.h"
#include "jp-recover-repo.h"
#include "jp-sync-enrol.h"
#include "jp-sync-error.h"
#include "jp-sync-key.h"

#define STATE_OPS    "ops:"
#define STATE_BRANCH "branch:"
#define STATE_LOAD   "load"

static char *
make_state (const char *what, gint64 n)
{
  return g_strdup_printf ("%s%" G_GINT64_FORMAT, what, n);
}

/* The number behind "ops:" or "branch:", or -1. */
static gint64
parse_state (const char *state, const char *what)
{
  guint64 n = 0;

  if (state == NULL || !g_str_has_prefix (state, what) ||
      !g_ascii_string_to_unsigned (state + strlen (what), 10, 0, G_MAXINT64, &n, NULL))
    return -1;
  return (gint64)n;
}

static gboolean
write_state (JpVault *vault, const char *state, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  return ((jp_db_begin_write (vault->db, &transaction, error) || jp_vault_translate (error)) &&
          jp_vault_set_setting (vault, JP_SYNC_SETTING_RECOVER, state, error)) &&
         (jp_transaction_commit (&transaction, error) || jp_vault_translate (error));
}

/* The log is asked for from the last operation on that has a verdict here. */
static gboolean
find_start (JpVault *vault, gint64 *out_from, GError **error)
{
  gint64 first = 0;

  if (!jp_recover_repo_get_first_waiting (vault, &first, error))
    return FALSE;
  if (first == 0 && !jp_recover_repo_get_last_n (vault, &first, error))
    return FALSE;
  *out_from = MAX (first - 1, 1);
  return TRUE;
}

/**
 * jp_sync_recover_begin:
 * @vault: the writing vault
 * @error: return location for a [error@Jp.StoreError]
 *
 * One side went back in time; the next step is to find out which.
 *
 * Returns: whether it is noted
 */
gboolean
jp_sync_recover_begin (JpVault *vault, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);

  gint64 from = 0;

  if (!find_start (vault, &from, error))
    return FALSE;

  g_autofree char *state = make_state (STATE_OPS, from);

  return write_state (vault, state, error);
}

static gboolean
plan_ops (JpVault *vault, JpSyncStep *step, gint64 from, GError **error)
{
  g_autofree char *station = NULL;

  if (!jp_vault_get_setting (vault, JP_SETTING_STATION, &station, error))
    return FALSE;
  step->kind = JP_SYNC_STEP_OPS;
  step->from_n = from;
  step->path = g_strdup_printf ("/v1/schools/%s/ops/%s?from=%" G_GINT64_FORMAT "&limit=%d",
                                step->school, station, from, JP_PAGE_OPS_MAX);
  return TRUE;
}

static gboolean
plan_branch (JpVault *vault, JpSyncStep *step, gint64 n, GError **error)
{
  g_autofree char *request = NULL;
  g_autofree char *hex = NULL;
  guint8           chain[JP_SEAL_HASH_BYTES];
  gboolean         found = FALSE;
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  if (!jp_vault_get_setting (vault, JP_SYNC_SETTING_REQUEST, &request, error) ||
      !jp_recover_repo_get_chain (vault, n, chain, &found, error))
    return FALSE;

  hex = jp_hash_to_hex (chain, sizeof chain);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "n");
  json_builder_add_int_value (builder, n);
  json_builder_set_member_name (builder, "chain");
  json_builder_add_string_value (builder, hex);
  json_builder_set_member_name (builder, "request");
  json_builder_add_string_value (builder, request != NULL ? request : "");
  json_builder_end_object (builder);

  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  step->kind = JP_SYNC_STEP_BRANCH;
  step->path = g_strdup_printf ("/v1/schools/%s/branch", step->school);
  step->body = jp_json_to_bytes (root);
  return TRUE;
}

/* The platform may have gone back once more while everything was read anew: then the place in the
 * stream is of another epoch than the one in which the operations were compared. */
static gboolean
is_of_epoch (JpVault *vault, gboolean *out_agreed, GError **error)
{
  g_autofree char *epoch = NULL;
  g_autofree char *cursor = NULL;
  g_autofree char *cursor_epoch = NULL;
  gint64           seq = 0;

  if (!jp_vault_get_setting (vault, JP_SETTING_EPOCH, &epoch, error) ||
      !jp_vault_get_setting (vault, JP_SETTING_CURSOR, &cursor, error))
    return FALSE;
  *out_agreed = epoch == NULL || cursor == NULL ||
                !jp_cursor_parse (cursor, &cursor_epoch, &seq, NULL) ||
                strcmp (cursor_epoch, epoch) == 0;
  return TRUE;
}

/**
 * jp_sync_recover_plan:
 * @vault: a vault
 * @step: a step that knows its school
 * @out_needed: (out): whether there is something to find out first; @step says what to ask then
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it could be planned
 */
gboolean
jp_sync_recover_plan (JpVault *vault, JpSyncStep *step, gboolean *out_needed, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (step != NULL, FALSE);
  g_return_val_if_fail (out_needed != NULL, FALSE);

  g_autofree char *state = NULL;
  g_autofree char *restored = NULL;
  gint64           from = 0;
  gboolean         agreed = TRUE;

  *out_needed = TRUE;
  if (!jp_vault_get_setting (vault, JP_SYNC_SETTING_RECOVER, &state, error) ||
      !jp_vault_get_setting (vault, JP_SETTING_RESTORED, &restored, error))
    return FALSE;
  if (parse_state (state, STATE_BRANCH) >= 0)
    return plan_branch (vault, step, parse_state (state, STATE_BRANCH), error);
  if (parse_state (state, STATE_OPS) >= 1)
    return plan_ops (vault, step, parse_state (state, STATE_OPS), error);
  if (!is_of_epoch (vault, &agreed, error))
    return FALSE;
  if (restored != NULL || !agreed)
    return find_start (vault, &from, error) && plan_ops (vault, step, from, error);

  *out_needed = FALSE;
  return TRUE;
}

/* --- comparing --- */

typedef struct
{
  gint64   common; /* the last operation that both have, -1 = not in this page */
  gboolean forked; /* the platform has others of ours */
} Comparison;

static gboolean
has_chain (JpVault     *vault,
           gint64       n,
           const guint8 chain[JP_SEAL_HASH_BYTES],
           gboolean    *out_same,
           GError     **error)
{
  guint8   own[JP_SEAL_HASH_BYTES];
  gboolean found = FALSE;

  if (!jp_recover_repo_get_chain (vault, n, own, &found, error))
    return FALSE;
  *out_same = found && memcmp (own, chain, sizeof own) == 0;
  return TRUE;
}

/* A chain that is the same at one place is the same everywhere before. */
static gboolean
compare (JpVault *vault, const JpPageOps *page, gint64 from, Comparison *out, GError **error)
{
  gboolean same = FALSE;

  *out = (Comparison){ .common = -1 };
  if (!has_chain (vault, page->acked_n, page->chain, &same, error))
    return FALSE;
  if (same)
    {
      out->common = page->acked_n;
      return TRUE;
    }

  out->forked = TRUE;
  for (guint i = page->entries->len; i > 0 && out->common < 0; i--)
    {
      const JpPageOpsEntry *entry = g_ptr_array_index (page->entries, i - 1);

      if (!has_chain (vault, entry->verdict->n, entry->chain, &same, error))
        return FALSE;
      if (same)
        out->common = entry->verdict->n;
    }
  if (out->common < 0 && from == 1)
    out->common = 0;
  return TRUE;
}

static gboolean
write_rewound (JpVault *vault, const JpPageOps *page, JpSyncStepResult *result, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  return (jp_db_begin_write (vault->db, &transaction, error) || jp_vault_translate (error)) &&
         jp_recover_repo_rewind (vault, page->acked_n, &result->n_again, error) &&
         jp_blob_repo_forget_sent (vault, error) &&
         jp_vault_set_setting (vault, JP_SETTING_EPOCH, page->epoch, error) &&
         jp_vault_set_setting (vault, JP_SETTING_CURSOR, NULL, error) &&
         jp_vault_set_setting (vault, JP_SYNC_SETTING_LOAD, NULL, error) &&
         jp_vault_set_setting (vault, JP_SYNC_SETTING_RECOVER, STATE_LOAD, error) &&
         (jp_transaction_commit (&transaction, error) || jp_vault_translate (error));
}

/* The key of the new identity is made before it is asked for. */
static gboolean
write_branch (JpVault *vault, gint64 common, GError **error)
{
  g_autofree char *request = NULL;
  g_autofree char *state = make_state (STATE_BRANCH, common);

  return jp_sync_key_prepare (vault, &request, error) && write_state (vault, state, error);
}

/* Looks further back. */
static gboolean
write_earlier (JpVault *vault, gint64 from, GError **error)
{
  g_autofree char *state = make_state (STATE_OPS, MAX (from - JP_PAGE_OPS_MAX, 1));

  return write_state (vault, state, error);
}

/**
 * jp_sync_recover_apply_ops:
 * @vault: the writing vault
 * @step: what was asked
 * @answer: what the platform has of our operations
 * @error: return location for an error of the wire or the store
 *
 * Returns: (transfer full): what came of it, or %NULL with an error
 */
JpSyncStepResult *
jp_sync_recover_apply_ops (JpVault *vault, const JpSyncStep *step, GBytes *answer, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (step != NULL, NULL);

  g_autoptr (JpPageOps) page = jp_page_ops_from_bytes (answer, error);
  g_autofree JpSyncStepResult *result = g_new0 (JpSyncStepResult, 1);
  g_autofree char             *restored = NULL;
  Comparison                   comparison;
  gboolean                     done = FALSE;

  if (page == NULL || !jp_vault_get_setting (vault, JP_SETTING_RESTORED, &restored, error) ||
      !compare (vault, page, step->from_n, &comparison, error))
    return NULL;

  /* A backup may live on two PCs from now on: each needs a number of its own. */
  if (comparison.common < 0)
    done = write_earlier (vault, step->from_n, error);
  else if (comparison.forked || restored != NULL)
    done = write_branch (vault, comparison.common, error);
  else
    done = write_rewound (vault, page, result, error);
  result->now_us = page->now_us;
  return done ? g_steal_pointer (&result) : NULL;
}

/**
 * jp_sync_recover_apply_branch:
 * @vault: the writing vault
 * @step: what was asked
 * @answer: who this PC is now
 * @error: return location for an error of the wire or the store
 *
 * Returns: (transfer full): what came of it, or %NULL with an error
 */
JpSyncStepResult *
jp_sync_recover_apply_branch (JpVault          *vault,
                              const JpSyncStep *step,
                              GBytes           *answer,
                              GError          **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (step != NULL, NULL);

  JpSyncStepResult *result = NULL;

  if (!jp_sync_enrol_accept (vault, answer, error))
    return NULL;
  result = g_new0 (JpSyncStepResult, 1);
  result->branched = TRUE;
  return result;
}

/**
 * jp_sync_recover_end_load:
 * @vault: the writing vault with an open transaction
 * @out_n_aside: (out): rows that the platform no longer has
 * @error: return location for a [error@Jp.StoreError]
 *
 * Everything has been read: what the platform lost and nobody sends again is set aside.
 *
 * Returns: whether it was written
 */
gboolean
jp_sync_recover_end_load (JpVault *vault, guint *out_n_aside, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (out_n_aside != NULL, FALSE);

  g_autofree char *state = NULL;

  *out_n_aside = 0;
  if (!jp_vault_get_setting (vault, JP_SYNC_SETTING_RECOVER, &state, error))
    return FALSE;
  return g_strcmp0 (state, STATE_LOAD) != 0 ||
         (jp_recover_repo_set_aside (vault, out_n_aside, error) &&
          jp_vault_set_setting (vault, JP_SYNC_SETTING_RECOVER, NULL, error));
}
