/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-crash.h"

#include "jp-crash-private.h"
#include "jp-op-repo.h"
#include "jp-verify.h"

#include <sqlite3.h>

#define TEMPLATE_SEED  G_MAXUINT32
#define CHECK_FOLDER   "/simulated/found"
#define NOT_LEGAL      G_MAXUINT
#define N_MEMORY_KINDS 3 /* tries without memory for each round of faults of the disk */

/* The disk as a crash at this moment would cut it off. */
typedef struct
{
  JpSimDisk *disk;  /* (owned) */
  gboolean   acked; /* something was acknowledged just now */
} Moment;

struct _JpCrash
{
  JpSimTally          *tally;  /* (borrowed) */
  JpCrashStage        *stage;  /* (owned): where actions happen */
  JpSimNode           *found;  /* (owned): where disks are opened afterwards */
  JpSimDisk           *school; /* (owned): a disk with a small school */
  JpSimDisk           *empty;  /* (owned) */
  const JpCrashAction *action; /* (borrowed): that is being looked at */
  guint64              seed;
  guint                n_memory_calls; /* of the action */
  GArray              *moments;        /* (owned) (element-type Moment) */
  GArray              *legal;          /* (owned) (element-type guint64): digests in their order */
  GArray              *acked; /* (owned) (element-type guint): the legal state of each answer */
  GHashTable          *known; /* (owned): digest of a disk → index of what it recovers to */
};

static void
moment_clear (gpointer data)
{
  jp_sim_disk_free (((Moment *)data)->disk);
}

static void
make_school (JpCrash *self)
{
  g_autoptr (GError) error = NULL;

  jp_crash_stage_begin (self->stage, self->empty, TEMPLATE_SEED);
  jp_crash_stage_open (self->stage, &error);
  g_assert_no_error (error);
  jp_vault_fixture_found_school (self->stage->fixture.vault);
  jp_crash_stage_close (self->stage);
  self->school = jp_sim_disk_copy (jp_sim_node_get_disk (self->stage->node));
}

/**
 * jp_crash_get_action:
 * @index: from 0
 *
 * Returns: (transfer none) (nullable): an action; %NULL behind the last
 */
const JpCrashAction *
jp_crash_get_action (guint index)
{
  if (index < jp_crash_n_desk_actions)
    return &jp_crash_desk_actions[index];
  index -= jp_crash_n_desk_actions;
  return index < jp_crash_n_upkeep_actions ? &jp_crash_upkeep_actions[index] : NULL;
}

/**
 * jp_crash_new:
 * @tally: where the figures go
 *
 * Returns: (transfer full): an enumeration
 */
JpCrash *
jp_crash_new (JpSimTally *tally)
{
  JpCrash *self = g_new0 (JpCrash, 1);

  self->tally = tally;
  self->stage = jp_crash_stage_new (TEMPLATE_SEED);
  self->found = jp_sim_node_new (CHECK_FOLDER);
  self->empty = jp_sim_disk_new ();
  self->moments = g_array_new (FALSE, FALSE, sizeof (Moment));
  self->legal = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->acked = g_array_new (FALSE, FALSE, sizeof (guint));
  self->known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_array_set_clear_func (self->moments, moment_clear);
  make_school (self);
  return self;
}

/**
 * jp_crash_free:
 * @self: (nullable) (transfer full): an enumeration
 */
void
jp_crash_free (JpCrash *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->moments);
  g_array_unref (self->legal);
  g_hash_table_unref (self->known);
  g_array_unref (self->acked);
  jp_crash_stage_free (self->stage);
  jp_sim_node_free (self->found);
  jp_sim_disk_free (self->school);
  jp_sim_disk_free (self->empty);
  g_free (self);
}

/* --- what is found --- */

static void
find (JpCrash *self, JpSimChecker checker, const char *what)
{
  jp_sim_tally_find (self->tally, checker, "%s, seed %" G_GUINT64_FORMAT ": %s", self->action->name,
                     self->seed, what);
}

/* Lets SQLite recover the disk and gives what it then holds; 0 if it cannot. */
static guint64
recover (JpCrash *self, JpSimDisk *disk)
{
  g_autofree char *path = jp_sim_node_dup_path (self->found, JP_CRASH_FILE);
  sqlite3         *db = NULL;
  JpSimFile       *file = NULL;
  guint64          digest = 0;

  jp_sim_node_set_disk (self->found, disk);
  if (sqlite3_open (path, &db) == SQLITE_OK &&
      sqlite3_exec (db, "PRAGMA user_version", NULL, NULL, NULL) == SQLITE_OK)
    digest = 1;
  sqlite3_close (db);
  file = jp_sim_disk_find (jp_sim_node_get_disk (self->found), JP_CRASH_FILE);
  if (digest != 0 && file != NULL && jp_sim_file_get_size (file) > 0)
    digest = jp_sim_file_get_digest (file);
  return digest;
}

static void
check_acks (JpCrash *self, JpVault *vault)
{
  g_autoptr (GError) error = NULL;
  GArray *acks = self->stage->acks;

  for (guint i = 0; i < acks->len; i++)
    {
      gint64 n = 0;

      if (!jp_op_repo_find (vault, &g_array_index (acks, JpId, i), &n, &error) || n == 0)
        find (self, JP_SIM_LOST, "an acknowledged operation is not there");
      g_clear_error (&error);
    }
}

static void
check_report (JpCrash *self, JpVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpVerifyReport) report = jp_verify_run (vault, NULL, &error);

  if (report == NULL)
    find (self, JP_SIM_DIVERGED, error->message);
  for (guint i = 0; report != NULL && i < report->findings->len; i++)
    {
      const JpVerifyFinding *finding = g_ptr_array_index (report->findings, i);

      /* Records with random contents refer to rows that are not there. */
      if (finding->check != JP_VERIFY_REFERENCES && finding->check != JP_VERIFY_MONEY)
        find (self, JP_SIM_DIVERGED, finding->detail);
    }
}

/* Opens a state that the program committed as the program does, and verifies
 * everything. */
static void
check_whole (JpCrash *self, const JpSimDisk *disk, gboolean last)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = jp_sim_node_dup_path (self->found, JP_CRASH_FILE);
  JpClock         *clock = JP_CLOCK (self->stage->fixture.clock);
  g_autoptr (JpIdSource) ids = jp_id_source_new_seeded (clock, self->seed);
  g_autoptr (JpVault) vault = NULL;

  jp_sim_node_set_disk (self->found, jp_sim_disk_copy (disk));
  vault = jp_vault_open (path, JP_DB_WRITER, self->stage->key, clock, ids, &error);
  if (vault == NULL || !jp_vault_set_up (vault, &error))
    {
      find (self, JP_SIM_DIVERGED, error->message);
      return;
    }

  check_report (self, vault);
  if (last)
    check_acks (self, vault);
}

static guint
find_legal (JpCrash *self, guint64 digest)
{
  for (guint i = self->legal->len; i > 0; i--)
    if (g_array_index (self->legal, guint64, i - 1) == digest)
      return i - 1;
  return NOT_LEGAL;
}

/* --- the enumeration --- */

static void
remember (JpCrash *self, gboolean acked)
{
  Moment moment = { jp_sim_disk_copy (jp_sim_node_get_disk (self->stage->node)), acked };

  g_array_append_val (self->moments, moment);
}

static void
watch_cb (JpSimNode *node, JpSimCall call, gpointer user_data)
{
  remember (user_data, FALSE);
}

static void
acked_cb (JpCrashStage *stage, gpointer user_data)
{
  remember (user_data, TRUE);
}

/* Sets the stage up to the moment before the action. */
static void
prepare (JpCrash *self)
{
  JpCrashStage *stage = self->stage;
  g_autoptr (GError) error = NULL;

  jp_crash_stage_begin (stage, self->action->fresh ? self->empty : self->school, self->seed);
  if (!self->action->fresh)
    {
      jp_crash_stage_open (stage, &error);
      g_assert_no_error (error);
    }
  if (self->action->prepare != NULL)
    self->action->prepare (stage);
  g_array_set_size (stage->acks, 0);
  stage->n_acks = 0;
}

static void
play (JpCrash *self)
{
  JpCrashStage *stage = self->stage;
  guint64       n_before = 0;
  g_autoptr (GError) error = NULL;

  prepare (self);
  jp_sim_node_set_watch (stage->node, watch_cb, self);
  stage->acked = acked_cb;
  stage->acked_data = self;
  n_before = jp_sim_memory_get_n_calls ();
  self->action->act (stage, &error);
  g_assert_no_error (error);
  self->n_memory_calls = (guint)(jp_sim_memory_get_n_calls () - n_before) + 1;
  jp_crash_stage_close (stage);
  remember (self, FALSE);
  jp_sim_node_set_watch (stage->node, NULL, NULL);
  stage->acked = NULL;
}

/* What the disk recovers to, as an index into the legal states. */
static guint
look (JpCrash *self, JpSimDisk *disk)
{
  guint64  digest = jp_sim_disk_get_digest (disk);
  gpointer known = NULL;
  guint    index = 0;

  if (g_hash_table_lookup_extended (self->known, &digest, NULL, &known))
    {
      jp_sim_disk_free (disk);
      return GPOINTER_TO_UINT (known);
    }

  self->tally->n_crash_points++;
  index = find_legal (self, recover (self, disk));
  g_hash_table_insert (self->known, g_memdup2 (&digest, sizeof digest), GUINT_TO_POINTER (index));
  return index;
}

/* The program died and the machine did not: these states are the legal ones. */
static guint
look_whole (JpCrash *self, const Moment *moment, gboolean last)
{
  JpSimRandom random = { self->seed };
  g_autoptr (JpSimDisk) disk = jp_sim_disk_crash (moment->disk, JP_SIM_LOSS_NONE, &random);
  guint64 digest = recover (self, jp_sim_disk_copy (disk));
  guint   index = find_legal (self, digest);

  self->tally->n_crash_points++;
  if (digest == 0)
    find (self, JP_SIM_DIVERGED, "the database cannot be opened");
  if (index == NOT_LEGAL)
    {
      g_array_append_val (self->legal, digest);
      index = self->legal->len - 1;
      check_whole (self, disk, last);
    }
  else if (last)
    check_whole (self, disk, TRUE);
  return index;
}

static void
judge (JpCrash *self, guint index, guint oldest, guint newest)
{
  if (index == NOT_LEGAL)
    find (self, JP_SIM_DIVERGED, "a state that was never committed");
  else if (index < oldest)
    find (self, JP_SIM_LOST, "what was acknowledged is gone");
  else if (index > newest)
    find (self, JP_SIM_DIVERGED, "a state from the future");
}

static void
cut (JpCrash *self, guint i, guint oldest, guint newest, guint repeats)
{
  static const guint n_tries[JP_SIM_N_LOSSES] = {
    [JP_SIM_LOSS_ALL] = 1,    [JP_SIM_LOSS_PREFIX] = 1, [JP_SIM_LOSS_FILES] = 1,
    [JP_SIM_LOSS_SUBSET] = 2, [JP_SIM_LOSS_TORN] = 2,
  };
  const JpSimDisk *disk = g_array_index (self->moments, Moment, i).disk;
  JpSimRandom      random = { self->seed ^ ((guint64)i << 32) };

  for (guint loss = JP_SIM_LOSS_ALL; loss < JP_SIM_N_LOSSES; loss++)
    for (guint j = 0; j < n_tries[loss] * repeats; j++)
      judge (self, look (self, jp_sim_disk_crash (disk, (JpSimLoss)loss, &random)), oldest, newest);
}

static void
forget (JpCrash *self)
{
  g_array_set_size (self->moments, 0);
  g_array_set_size (self->legal, 0);
  g_array_set_size (self->acked, 0);
  g_hash_table_remove_all (self->known);
}

/* Does the action once; the states that it goes through are the legal ones from
 * then on. */
static void
learn (JpCrash *self, guint repeats)
{
  guint oldest = 0;
  guint newest = 0;

  play (self);
  for (guint i = 0; i < self->moments->len; i++)
    {
      const Moment *moment = &g_array_index (self->moments, Moment, i);
      guint         index = look_whole (self, moment, i + 1 == self->moments->len);

      if (index < newest)
        find (self, JP_SIM_LOST, "the program went back");
      newest = index;
      if (moment->acked)
        {
          oldest = newest;
          g_array_append_val (self->acked, oldest);
        }
      if (jp_sim_disk_has_unsynced (moment->disk))
        cut (self, i, oldest, newest, repeats);
    }
}

/* SQLite may do without the memory and go another way: what was sealed again has other bytes then.
 * Such a state is not one of the legal ones, but must be whole, with all that was acknowledged. */
static void
judge_fault (JpCrash *self, JpSimFault fault, gboolean done, guint oldest)
{
  JpSimRandom random = { self->seed };
  g_autoptr (JpSimDisk) disk =
    jp_sim_disk_crash (jp_sim_node_get_disk (self->stage->node), JP_SIM_LOSS_NONE, &random);
  guint index = look (self, jp_sim_disk_copy (disk));

  if (index == NOT_LEGAL && fault == JP_SIM_FAULT_NONE && done)
    check_whole (self, disk, TRUE);
  else
    judge (self, index, oldest, self->legal->len);
}

/* Does the action again on a disk that fails at one call, or, without a fault of the disk, where
 * SQLite gets no memory: what was acknowledged must be there, and what is there must be whole. */
static void
play_with_fault (JpCrash *self, JpSimFault fault, guint calls)
{
  JpCrashStage *stage = self->stage;
  g_autoptr (GError) error = NULL;
  guint oldest = 0;

  prepare (self);
  if (fault == JP_SIM_FAULT_NONE)
    jp_sim_memory_set_fault (calls, calls % 2 == 0);
  else
    jp_sim_node_set_fault (stage->node, fault, calls);
  self->action->act (stage, &error);
  jp_sim_memory_set_fault (-1, FALSE);
  jp_sim_node_set_fault (stage->node, JP_SIM_FAULT_NONE, 0);
  jp_crash_stage_close (stage);
  self->tally->n_faults += fault != JP_SIM_FAULT_NONE;
  if (stage->n_acks > 0)
    oldest = g_array_index (self->acked, guint, MIN (stage->n_acks, self->acked->len) - 1);
  judge_fault (self, fault, error == NULL, oldest);
}

/**
 * jp_crash_run:
 * @self: an enumeration
 * @action: an action
 * @seed: what it is about
 * @effort: how much is tried
 *
 * Does the action once, and cuts it off at each call; then does it on disks
 * that fail at one call or another.
 */
void
jp_crash_run (JpCrash *self, const JpCrashAction *action, guint64 seed, const JpCrashEffort *effort)
{
  JpSimRandom random = { seed };

  self->action = action;
  self->seed = seed;
  learn (self, effort->repeats);

  guint n_calls = self->moments->len;

  for (guint i = 0; i < effort->faults; i++)
    {
      guint kind = i % (JP_SIM_N_FAULTS - JP_SIM_FAULT_IO + N_MEMORY_KINDS);

      if (kind < N_MEMORY_KINDS)
        play_with_fault (self, JP_SIM_FAULT_NONE,
                         jp_sim_random_below (&random, self->n_memory_calls));
      else
        play_with_fault (self, (JpSimFault)(JP_SIM_FAULT_IO + kind - N_MEMORY_KINDS),
                         jp_sim_random_below (&random, n_calls));
    }
  forget (self);
}
