/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-replay.h"

#include "jp-commit.h"
#include "jp-op-repo.h"

#define BATCH_OPS 200

typedef struct
{
  JpVault         *vault;       /* (borrowed) */
  const JpMonitor *monitor;     /* (borrowed) (nullable) */
  JpTransaction    transaction; /* of the batch */
  guint            n_in_batch;
  JpReplay         replay;
} Job;

static gboolean
end_batch (Job *job, GError **error)
{
  if (job->n_in_batch == 0)
    return TRUE;
  job->n_in_batch = 0;
  return jp_transaction_commit (&job->transaction, error) || jp_vault_translate (error);
}

static gboolean
repeat (Job *job, const JpJournalEntry *entry, GError **error)
{
  g_autoptr (JpOp) op = jp_op_from_bytes (entry->body, error);

  if (op == NULL)
    return FALSE;
  if (job->n_in_batch == 0 && !jp_db_begin_write (job->vault->db, &job->transaction, error))
    return jp_vault_translate (error);
  job->n_in_batch++;
  if (!jp_commit_repeat (job->vault, op, entry->undoes, error))
    return FALSE;

  job->replay.n_repeated++;
  return job->n_in_batch < BATCH_OPS || end_batch (job, error);
}

static gboolean
take_cb (const JpJournalEntry *entry, gpointer user_data, GError **error)
{
  Job   *job = user_data;
  gint64 known_n = 0;

  if (!jp_op_repo_find (job->vault, &entry->id, &known_n, error))
    return FALSE;
  if (known_n > 0)
    job->replay.n_known++;
  else if (!repeat (job, entry, error))
    return FALSE;
  return jp_monitor_step (job->monitor, job->replay.n_known + job->replay.n_repeated, 0, error);
}

/**
 * jp_replay_run:
 * @folder: folder of a journal
 * @vault: a writing vault without an open transaction
 * @monitor: (nullable): how the job is watched
 * @out_replay: (out): what was done
 * @error: return location for a [error@Jp.StoreError]
 *
 * Brings back what came after a backup: every operation of the journal that the database does not
 * have is repeated, in order, and waits for the platform. None is doubled, here or there: it keeps
 * its identity, and, if nothing is missing between, its number, its bytes and its place in the
 * chain.
 *
 * Returns: whether all of it could be taken
 */
gboolean
jp_replay_run (const char      *folder,
               JpVault         *vault,
               const JpMonitor *monitor,
               JpReplay        *out_replay,
               GError         **error)
{
  g_return_val_if_fail (folder != NULL, FALSE);
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (out_replay != NULL, FALSE);

  Job      job = { .vault = vault, .monitor = monitor, .transaction = JP_TRANSACTION_INIT };
  gboolean done =
    jp_journal_read (folder, vault->key, take_cb, &job, &job.replay.n_damaged, error) &&
    end_batch (&job, error);

  jp_transaction_clear (&job.transaction);
  if (done)
    *out_replay = job.replay;
  return done;
}
