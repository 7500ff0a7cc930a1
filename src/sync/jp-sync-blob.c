/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sync-blob.h"

#include "jp-json.h"
#include "jp-sync-error.h"

#include <string.h>

#define MAX_STATE_BYTES 4096
#define MAX_ABSENT      16 /* files that the platform does not have and is asked for in one round */
#define MAX_CONFLICTS   16 /* another PC sends the same file at the same time */

/**
 * jp_sync_blob_is_step:
 * @kind: a kind of step
 *
 * Returns: whether it is about bytes of attachments
 */
gboolean
jp_sync_blob_is_step (JpSyncStepKind kind)
{
  return kind == JP_SYNC_STEP_BLOB_ASK || kind == JP_SYNC_STEP_BLOB_SEND ||
         kind == JP_SYNC_STEP_BLOB_FETCH;
}

/**
 * jp_sync_blob_plan:
 * @vault: a reading vault
 * @step: (inout): a step with its papers
 * @tried: what the round has tried already
 * @error: return location for a [error@Jp.StoreError]
 *
 * Plans to move the next piece of a file; without one the round is at its end. Before anything of a
 * file is sent, the platform is asked how much it has: another PC, or an earlier round, may have
 * sent some of it.
 *
 * Returns: whether it could be planned
 */
gboolean
jp_sync_blob_plan (JpVault *vault, JpSyncStep *step, const JpSyncTry *tried, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (step != NULL, FALSE);
  g_return_val_if_fail (tried != NULL, FALSE);

  JpBlobMove *move = &step->blob;

  step->kind = JP_SYNC_STEP_END;
  if (!jp_blob_repo_find_move (vault, tried->round_us, tried->n_absent < MAX_ABSENT, move, error))
    return FALSE;
  if (*move->digest == '\0')
    return TRUE;

  if (!move->send)
    step->kind = JP_SYNC_STEP_BLOB_FETCH;
  else if (strcmp (move->digest, tried->asked) != 0)
    step->kind = JP_SYNC_STEP_BLOB_ASK;
  else
    step->kind = JP_SYNC_STEP_BLOB_SEND;
  step->path = step->kind == JP_SYNC_STEP_BLOB_ASK
                 ? g_strdup_printf ("/v1/schools/%s/blobs/%s", step->school, move->digest)
                 : g_strdup_printf ("/v1/schools/%s/blobs/%s?offset=%" G_GINT64_FORMAT,
                                    step->school, move->digest, move->offset_bytes);
  if (step->kind != JP_SYNC_STEP_BLOB_SEND)
    return TRUE;
  step->body = jp_blob_repo_read_piece (vault, move, error);
  return step->body != NULL;
}

static gboolean
read_state (GBytes *answer, const JpBlobMove *move, gint64 *out_offset, GError **error)
{
  g_autoptr (JsonNode) root = jp_json_parse (answer, MAX_STATE_BYTES, error);
  JsonObject *object = root != NULL ? jp_json_as_object (root, error) : NULL;

  return object != NULL &&
         jp_json_get_integer (object, "offset", 0, move->size_bytes, out_offset, error);
}

static gboolean
apply_state (JpVault          *vault,
             const JpSyncStep *step,
             GBytes           *answer,
             JpSyncStepResult *result,
             GError          **error)
{
  gint64 offset = 0;

  if (!read_state (answer, &step->blob, &offset, error) ||
      !jp_blob_repo_note_sent (vault, &step->blob, offset, error))
    return FALSE;
  if (step->kind == JP_SYNC_STEP_BLOB_SEND)
    {
      result->n_blob_bytes = (gint64)g_bytes_get_size (step->body);
      result->n_blobs_sent = offset == step->blob.size_bytes;
    }
  return TRUE;
}

/* What did not match its name is gone again; it is tried anew in another round. */
static gboolean
apply_piece (JpVault          *vault,
             const JpSyncStep *step,
             GBytes           *answer,
             JpSyncStepResult *result,
             GError          **error)
{
  const JpBlobMove *move = &step->blob;
  gint64            piece_bytes = (gint64)g_bytes_get_size (answer);
  gboolean          whole = FALSE;

  if (!jp_blob_repo_take_piece (vault, move, answer, &whole, error))
    return FALSE;
  result->n_blob_bytes = piece_bytes;
  result->n_blobs_fetched = whole;
  return whole || move->offset_bytes + piece_bytes < move->size_bytes ||
         jp_blob_repo_postpone (vault, move, step->round_us, error);
}

/**
 * jp_sync_blob_apply:
 * @vault: the writing vault
 * @step: what was asked
 * @answer: the answer
 * @error: return location for an error of the store or base
 *
 * Returns: (transfer full): what came of it, or %NULL with an error
 */
JpSyncStepResult *
jp_sync_blob_apply (JpVault *vault, const JpSyncStep *step, GBytes *answer, GError **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (step != NULL, NULL);

  g_autofree JpSyncStepResult *result = g_new0 (JpSyncStepResult, 1);
  gboolean                     done = step->kind == JP_SYNC_STEP_BLOB_FETCH
                                        ? apply_piece (vault, step, answer, result, error)
                                        : apply_state (vault, step, answer, result, error);

  return done ? g_steal_pointer (&result) : NULL;
}

/**
 * jp_sync_blob_refuse:
 * @vault: the writing vault
 * @step: what was asked
 * @refusal: why the platform has not done it
 * @tried: (inout): what the round has tried already
 * @out_handled: (out): whether the round goes on
 * @error: return location for a [error@Jp.StoreError]
 *
 * That the platform does not have a file, or has no room for one, is a state and no failure of the
 * round. A file that goes on elsewhere is asked about again.
 *
 * Returns: whether it could be noted
 */
gboolean
jp_sync_blob_refuse (JpVault          *vault,
                     const JpSyncStep *step,
                     const GError     *refusal,
                     JpSyncTry        *tried,
                     gboolean         *out_handled,
                     GError          **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (step != NULL, FALSE);
  g_return_val_if_fail (refusal != NULL, FALSE);
  g_return_val_if_fail (tried != NULL, FALSE);
  g_return_val_if_fail (out_handled != NULL, FALSE);

  gboolean elsewhere = g_error_matches (refusal, JP_SYNC_ERROR, JP_SYNC_ERROR_CONFLICT);
  gboolean full = g_error_matches (refusal, JP_SYNC_ERROR, JP_SYNC_ERROR_TOO_LARGE);

  *out_handled =
    elsewhere || full || g_error_matches (refusal, JP_SYNC_ERROR, JP_SYNC_ERROR_REJECTED);
  if (!*out_handled)
    return TRUE;
  *tried->asked = '\0';
  if (elsewhere && ++tried->n_conflicts < MAX_CONFLICTS)
    return TRUE;

  if (step->kind == JP_SYNC_STEP_BLOB_FETCH)
    tried->n_absent++;
  else
    tried->n_unsent++;
  return jp_blob_repo_postpone (vault, &step->blob, tried->round_us, error);
}
