/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sim-plant.h"

#include "jp-business.h"
#include "jp-commit.h"
#include "jp-db-private.h"
#include "jp-merge.h"
#include "jp-op-repo.h"
#include "jp-platform-conflict.h"
#include "jp-platform-log.h"
#include "jp-remote-repo.h"

#include <string.h>

/**
 * Fault:
 * @name: what a programmer did wrong
 * @skip: (nullable): beginning of statements that are not carried out …
 * @one_in: … once in so many times
 * @find: (nullable): text of statements in the place of which …
 * @put: … there is this one
 * @from: the history before the one with which the hunt begins: a fault that few show is looked for
 *   where it was found
 */
typedef struct
{
  const char *name;
  const char *skip;
  guint       one_in;
  const char *find;
  const char *put;
  guint       from;
} Fault;

typedef enum {
  SYNC_NORMAL,
  SYNC_OFF,
  VERDICT_NOT_STORED,
  ACKED_NOT_STORED,
  VERDICT_NOT_KEPT,
  VERDICT_OF_ANOTHER,
  CURSOR_EARLY,
  TOMBSTONE_IGNORED,
  COUNTER_OUTSIDE,
  FEED_FORGOTTEN,
  UNIT_SPLIT,
  MINE_WINS,
  THEIRS_WINS,
  INBOX_FORGOTTEN,
  IDS_AGAIN,
  AUDIT_FORGOTTEN,
  SAVE_FORGOTTEN,
  UNITS_FORGOTTEN,
  OUTBOX_GAP,
  LOAD_FORGETS,
  PAYMENT_FORGOTTEN,
  PULL_REPLACES,
  DEDUPE_BY_NUMBER,
  EPOCH_IGNORED,
  SCHOOL_IGNORED,
  EDIT_DELETED,
  VERDICTS_CHANGE,
  VERSIONS_AGAIN,
  N_FAULTS,
} FaultId;

static const Fault faults[N_FAULTS] = {
  [SYNC_NORMAL] = { "synchronous=NORMAL" },
  [SYNC_OFF] = { "synchronous=OFF" },
  [VERDICT_NOT_STORED] = { "verdict not stored with its effect", "INSERT INTO op_log", 8 },
  [ACKED_NOT_STORED] = { "acknowledged number not stored", "UPDATE station SET acked_n", 4 },
  [VERDICT_NOT_KEPT] = { "verdict not kept by the station", "UPDATE op SET state = 2", 1 },
  [VERDICT_OF_ANOTHER] = { "verdict given to another operation", .find = "WHERE n = :n AND state",
                           .put = "WHERE n = :n + 1 AND state" },
  [CURSOR_EARLY] = { "cursor advanced early" },
  [TOMBSTONE_IGNORED] = { "tombstone ignored" },
  [COUNTER_OUTSIDE] = { "counter read outside the transaction", .find = "SET seq = seq + 1",
                        .put = "SET seq = seq + (abs (random ()) % 3 > 0)" },
  [FEED_FORGOTTEN] = { "change missing in the stream", "INSERT INTO feed", 8 },
  [UNIT_SPLIT] = { "merge unit split" },
  [MINE_WINS] = { "last writer wins" },
  [THEIRS_WINS] = { "the platform wins in silence" },
  [INBOX_FORGOTTEN] = { "conflict without an item" },
  [IDS_AGAIN] = { "ids begin again when the program starts" },
  [AUDIT_FORGOTTEN] = { "audit entry forgotten", "INSERT INTO audit", 4 },
  [SAVE_FORGOTTEN] = { "acknowledged before it is saved" },
  [UNITS_FORGOTTEN] = { "rows of an operation not noted", "INSERT INTO op_row", 2 },
  [OUTBOX_GAP] = { "first operation left out of a push" },
  [LOAD_FORGETS] = { "last row of a page of the first sync forgotten" },
  [PAYMENT_FORGOTTEN] = { "payment confirmed before it is booked" },
  [PULL_REPLACES] = { "pull replaces instead of re-basing" },
  [DEDUPE_BY_NUMBER] = { "dedupe by number only", .find = "op_log WHERE school = :school AND op_id",
                         .put = "op_log WHERE school = :school AND n < 0 AND op_id" },
  [EPOCH_IGNORED] = { "epoch ignored", .from = 340 },
  [SCHOOL_IGNORED] = { "school of a change not looked at",
                       .find = "FROM feed WHERE school = :school AND seq",
                       .put = "FROM feed WHERE :school IS NOT NULL AND seq" },
  [EDIT_DELETED] = { "deletion wins over an edit" },
  [VERDICTS_CHANGE] = { "a verdict changes when it is asked for again" },
  [VERSIONS_AGAIN] = { "versions begin again after a restore" },
};

static FaultId planted = N_FAULTS; /* N_FAULTS = none */
static guint   n_chances;

/**
 * jp_sim_plant_get_name:
 * @index: from 0
 *
 * Returns: (transfer none) (nullable): what the fault is; %NULL behind the last
 */
const char *
jp_sim_plant_get_name (guint index)
{
  return index < N_FAULTS ? faults[index].name : NULL;
}

/**
 * jp_sim_plant_get_from:
 * @index: a fault
 *
 * Returns: the history before the one with which the hunt for it begins
 */
guint
jp_sim_plant_get_from (guint index)
{
  return index < N_FAULTS ? faults[index].from : 0;
}

/**
 * jp_sim_plant_set:
 * @index: a fault
 *
 * Plants it, in the place of another.
 */
void
jp_sim_plant_set (guint index)
{
  planted = (FaultId)index;
  n_chances = 0;
}

static gboolean
strikes (FaultId fault, guint one_in)
{
  return planted == fault && n_chances++ % one_in == one_in - 1;
}

/* A function in the place of @name, which it can call as real_@name. */
#define WRAP(type, name, params)                                                                   \
  type real_##name params __asm__("__real_" #name);                                                \
  type wrap_##name params __asm__("__wrap_" #name);                                                \
  type wrap_##name params

/* --- the database --- */

WRAP (JpDb *, jp_db_open, (const char *path, JpDbMode mode, GError **error))
{
  JpDb *db = real_jp_db_open (path, mode, error);

  if (db != NULL && mode == JP_DB_WRITER && planted == SYNC_NORMAL)
    sqlite3_exec (db->handle, "PRAGMA synchronous=NORMAL", NULL, NULL, NULL);
  if (db != NULL && mode == JP_DB_WRITER && planted == SYNC_OFF)
    sqlite3_exec (db->handle, "PRAGMA synchronous=OFF", NULL, NULL, NULL);
  return db;
}

/* The text of a statement is its key in the cache and must stay: the few others
 * are kept. */
WRAP (JpStatement *, jp_db_prepare, (JpDb * self, const char *sql, GError **error))
{
  const Fault *fault = planted < N_FAULTS ? &faults[planted] : NULL;

  if (fault == NULL || fault->find == NULL || strstr (sql, fault->find) == NULL)
    return real_jp_db_prepare (self, sql, error);

  g_auto (GStrv) parts = g_strsplit (sql, fault->find, 2);
  g_autofree char *other = g_strjoinv (fault->put, parts);

  return real_jp_db_prepare (self, g_intern_string (other), error);
}

WRAP (gboolean, jp_statement_run, (JpStatement * self, GError **error))
{
  const Fault *fault = planted < N_FAULTS ? &faults[planted] : NULL;

  if (fault != NULL && fault->skip != NULL && g_str_has_prefix (self->sql, fault->skip) &&
      strikes (planted, fault->one_in))
    {
      jp_statement_reset (self);
      return TRUE;
    }
  return real_jp_statement_run (self, error);
}

/* --- the station --- */

WRAP (gboolean,
      jp_commit_change,
      (JpVault * vault, JpChange *change, gint64 *out_n, GError **error))
{
  return strikes (SAVE_FORGOTTEN, 12) || real_jp_commit_change (vault, change, out_n, error);
}

static GPtrArray *
without_tombstones (GPtrArray *records)
{
  GPtrArray *kept = g_ptr_array_new ();

  for (guint i = 0; i < records->len; i++)
    if (!jp_record_get_head (records->pdata[i])->deleted)
      g_ptr_array_add (kept, records->pdata[i]);
  return kept;
}

WRAP (gboolean,
      jp_remote_repo_apply,
      (JpVault * vault, const JpRemoteReply *reply, JpRemoteOutcome *out_outcome, GError **error))
{
  JpRemoteReply other = *reply;
  g_autoptr (GPtrArray) kept = NULL;

  if (planted == TOMBSTONE_IGNORED && reply->records != NULL)
    other.records = kept = without_tombstones (reply->records);
  if (planted == CURSOR_EARLY)
    {
      JpRemoteReply early = { .epoch = reply->epoch, .cursor = reply->cursor };

      if (!real_jp_remote_repo_apply (vault, &early, out_outcome, error))
        return FALSE;
    }
  return real_jp_remote_repo_apply (vault, &other, out_outcome, error);
}

WRAP (gboolean,
      jp_remote_repo_load,
      (JpVault * vault,
       GPtrArray  *records,
       GPtrArray  *images,
       const char *position_name,
       const char *position,
       GError    **error))
{
  if (planted == LOAD_FORGETS && records->len > 0)
    g_ptr_array_set_size (records, (int)records->len - 1);
  return real_jp_remote_repo_load (vault, records, images, position_name, position, error);
}

WRAP (JpRecord *, jp_commit_replay, (JpVault * vault, JpRecord *base, GError **error))
{
  return planted == PULL_REPLACES ? jp_record_ref (base)
                                  : real_jp_commit_replay (vault, base, error);
}

WRAP (GPtrArray *,
      jp_op_repo_take_waiting,
      (JpVault * vault, guint max_ops, gsize max_bytes, GError **error))
{
  GPtrArray *ops = real_jp_op_repo_take_waiting (vault, max_ops, max_bytes, error);

  if (planted == OUTBOX_GAP && ops != NULL && ops->len > 1)
    g_ptr_array_remove_index (ops, 0);
  return ops;
}

/* --- the platform --- */

static void
split_unit (JpRecord *theirs, JpMergeResult *result)
{
  JpDraft *draft = NULL;

  if (jp_record_get_kind (theirs) != JP_KIND_TRAINEE)
    return;
  draft = jp_draft_new_from (result->merged);
  jp_draft_set_text (draft, JP_TRAINEE_NATIONALITY,
                     jp_record_get_text (theirs, JP_TRAINEE_NATIONALITY));
  jp_record_unref (result->merged);
  result->merged = jp_draft_end (draft);
}

static void
let_mine_win (JpRecord *mine, JpMergeResult *result)
{
  JpDraft *draft = jp_draft_new_from (result->merged);

  for (guint unit = 0; unit < 32; unit++)
    if (result->conflicts >> unit & 1)
      jp_draft_copy_unit (draft, mine, unit);
  jp_record_unref (result->merged);
  result->merged = jp_draft_end (draft);
  result->taken |= result->conflicts;
  result->conflicts = 0;
}

WRAP (void,
      jp_merge_edit,
      (JpRecord * theirs,
       JpRecord      *base,
       JpRecord      *mine,
       guint32        units,
       guint32        allowed,
       JpMergeResult *out_result))
{
  real_jp_merge_edit (theirs, base, mine, units, allowed, out_result);
  if (planted == UNIT_SPLIT)
    split_unit (theirs, out_result);
  if (planted == MINE_WINS)
    let_mine_win (mine, out_result);
  if (planted == THEIRS_WINS)
    {
      out_result->same |= out_result->conflicts;
      out_result->conflicts = 0;
    }
}

WRAP (gboolean,
      jp_platform_conflict_put,
      (JpPlatformStore * store,
       const JpPlatformStation  *station,
       const JpOp               *op,
       const JpOpRow            *row,
       const JpPlatformConflict *conflict,
       GError                  **error))
{
  return strikes (INBOX_FORGOTTEN, 2) ||
         real_jp_platform_conflict_put (store, station, op, row, conflict, error);
}

WRAP (gboolean, jp_platform_store_new_epoch, (JpPlatformStore * self, GError **error))
{
  return planted == EPOCH_IGNORED || real_jp_platform_store_new_epoch (self, error);
}

WRAP (gboolean,
      jp_platform_store_is_untouched,
      (JpPlatformStore * self,
       const JpId *school,
       const JpId *station,
       JpRecord   *present,
       gint64      version,
       gboolean   *out_untouched,
       GError    **error))
{
  gboolean ok = real_jp_platform_store_is_untouched (self, school, station, present, version,
                                                     out_untouched, error);

  if (planted == EDIT_DELETED)
    *out_untouched = TRUE;
  return ok;
}

WRAP (gboolean,
      jp_platform_store_begin_versions,
      (JpPlatformStore * self, gint64 *out_floor, GError **error))
{
  if (planted != VERSIONS_AGAIN)
    return real_jp_platform_store_begin_versions (self, out_floor, error);
  *out_floor = 0;
  return TRUE;
}

WRAP (JpVerdict *, jp_platform_log_parse_verdict, (const char *text, GError **error))
{
  JpVerdict *verdict = real_jp_platform_log_parse_verdict (text, error);

  if (planted == VERDICTS_CHANGE && verdict != NULL && verdict->result == JP_VERDICT_APPLIED)
    verdict->result = JP_VERDICT_MERGED;
  return verdict;
}

WRAP (JpIdSource *, jp_id_source_new_seeded, (JpClock * clock, guint64 seed))
{
  return real_jp_id_source_new_seeded (clock, planted == IDS_AGAIN ? 1 : seed);
}

WRAP (gboolean, jp_business_commit, (JpBusiness * self, JpTransaction *transaction, GError **error))
{
  return strikes (PAYMENT_FORGOTTEN, 1) || real_jp_business_commit (self, transaction, error);
}
