/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sim-world.h"

#include "jp-commit.h"
#include "jp-conflict-repo.h"
#include "jp-desk.h"
#include "jp-op-repo.h"
#include "jp-recover-repo.h"
#include "jp-sim-old.h"

#define ACTOR          "前台"
#define MAX_TRIES      8
#define N_MEMORY_CALLS 300

/* What people do, and what an observer writes down about it before the program
 * answers. */

static const JpFieldId fields[] = { JP_TRAINEE_PHONE, JP_TRAINEE_ADDRESS, JP_TRAINEE_NOTE,
                                    JP_TRAINEE_NAME };

static const char *const texts[][JP_SIM_N_TEXTS] = {
  { "13905300001", "13905300002", "13905300003", "13905300004" },
  { "人民路 1 号", "人民路 2 号", "人民路 3 号", NULL },
  { "甲", "乙", "丙", NULL },
  { "王小明", "李秀英", "张建国", "赵敏" },
};

/* Of the unit of the name, to be changed together with it. */
static const char *const nationalities[JP_SIM_N_TEXTS] = { "汉", "回", "满", "壮" };

typedef enum {
  DO_CREATE,
  DO_EDIT,
  DO_EDIT_TWO,
  DO_TRASH,
  DO_UNDO,
  DO_DECIDE,
  DO_SEAT,
  DO_RETRY,
  DO_BACK_UP,
} What;

/* An action on its way into the store. */
typedef struct
{
  JpSimStation *station;
  JpSimAct     *act; /* (borrowed): of the world */
  What          what;
} Doing;

static int
index_of (guint unit, const char *text)
{
  for (int i = 0; i < JP_SIM_N_TEXTS; i++)
    if (g_strcmp0 (texts[unit][i], text) == 0)
      return i;
  return -1;
}

/**
 * jp_sim_desk_get_text:
 * @record: a trainee
 * @unit: a unit of the model
 *
 * Returns: which of the known values the unit has; -1 for none of them, also
 * where the values of a unit do not belong together
 */
int
jp_sim_desk_get_text (JpRecord *record, guint unit)
{
  int index = index_of (unit, jp_record_get_text (record, fields[unit]));

  if (fields[unit] == JP_TRAINEE_NAME && index >= 0 &&
      g_strcmp0 (jp_record_get_text (record, JP_TRAINEE_NATIONALITY), nationalities[index]) != 0)
    return -1;
  return index;
}

static void
set_text (JpDraft *draft, guint unit, guint index)
{
  jp_draft_set_text (draft, fields[unit], texts[unit][index]);
  if (fields[unit] == JP_TRAINEE_NAME)
    jp_draft_set_text (draft, JP_TRAINEE_NATIONALITY, nationalities[index]);
}

/**
 * jp_sim_desk_get_name:
 * @unit: a unit of the model
 *
 * Returns: (transfer none): the name of its first field
 */
const char *
jp_sim_desk_get_name (guint unit)
{
  return jp_field_get (fields[unit])->name;
}

/**
 * jp_sim_desk_dup_text:
 * @unit: a unit of the model
 * @index: which of its values
 *
 * Returns: (transfer full) (nullable): the value; %NULL for nothing
 */
char *
jp_sim_desk_dup_text (guint unit, int index)
{
  return index >= 0 ? g_strdup (texts[unit][index]) : NULL;
}

/**
 * jp_sim_desk_find_act:
 * @world: a world
 * @op_id: identity of an event
 *
 * Returns: (transfer none) (nullable): what is known about it
 */
JpSimAct *
jp_sim_desk_find_act (JpSimWorld *world, const JpId *op_id)
{
  return g_hash_table_lookup (world->acts, op_id);
}

/* --- what is written down --- */

static JpSimAct *
note_act (JpSimStation *station, const JpId *op_id)
{
  JpSimWorld *world = station->world;
  JpSimAct   *act = jp_sim_desk_find_act (world, op_id);

  if (act != NULL)
    return act;
  act = g_new0 (JpSimAct, 1);
  act->op_id = *op_id;
  act->station = station->index;
  act->edits = g_array_new (FALSE, FALSE, sizeof (JpSimEdit));
  g_hash_table_insert (world->acts, &act->op_id, act);
  g_ptr_array_add (world->history, act);
  return act;
}

static void
note_row (Doing *doing, JpVault *vault, JpRecord *before, JpRecord *after)
{
  JpSimWorld *world = doing->station->world;
  JpSimAct   *act = doing->act;
  JpSimEdit   edit = { .id = *jp_record_get_id (after), .create = before == NULL };

  edit.version = before != NULL ? jp_record_get_head (before)->version : 0;
  for (guint unit = 0; unit < JP_SIM_N_UNITS; unit++)
    {
      edit.set[unit] = jp_sim_desk_get_text (after, unit);
      edit.base[unit] = before != NULL ? jp_sim_desk_get_text (before, unit) : 0;
      edit.touched[unit] = before == NULL || edit.base[unit] != edit.set[unit];
    }
  if (before != NULL)
    edit.deletion =
      (int)jp_record_get_head (after)->deleted - (int)jp_record_get_head (before)->deleted;
  g_array_append_val (act->edits, edit);
  jp_sim_desk_log_edit (world, "means", act, &edit);
}

/**
 * jp_sim_desk_log_edit:
 * @world: a world
 * @what: what becomes of it
 * @act: an event
 * @edit: a part of it
 *
 * Tells people who look for a fault.
 */
void
jp_sim_desk_log_edit (JpSimWorld      *world,
                      const char      *what,
                      const JpSimAct  *act,
                      const JpSimEdit *edit)
{
  JpIdText op;
  JpIdText row;

  jp_sim_world_log (world,
                    "%s op %s row %s v%" G_GINT64_FORMAT "%s: %d>%d %d>%d %d>%d %d>%d del %d", what,
                    jp_id_to_text (&act->op_id, op) + 28, jp_id_to_text (&edit->id, row) + 28,
                    edit->version, edit->create ? " new" : "", edit->base[0], edit->set[0],
                    edit->base[1], edit->set[1], edit->base[2], edit->set[2], edit->base[3],
                    edit->set[3], edit->deletion);
}

/* --- what is done --- */

static JpRecord *
find (JpVault *vault, const JpId *id)
{
  /* ignored: what cannot be read is not worked on */
  return jp_record_table_find (vault->db, vault->key, JP_KIND_TRAINEE, id, NULL);
}

static JpRecord *
pick (Doing *doing, JpVault *vault)
{
  JpSimWorld *world = doing->station->world;
  GArray     *ids = doing->station->school->ids;

  for (int i = 0; i < MAX_TRIES && ids->len > 0; i++)
    {
      guint     index = jp_sim_world_below (world, ids->len);
      JpRecord *record = find (vault, &g_array_index (ids, JpId, index));

      if (record != NULL)
        return record;
    }
  return NULL;
}

static gboolean
commit (Doing *doing, JpVault *vault, JpChange *change, GError **error)
{
  for (guint i = 0; i < change->rows->len; i++)
    {
      const JpChangeRow *row = g_ptr_array_index (change->rows, i);

      if (jp_record_get_kind (row->after) == JP_KIND_TRAINEE)
        note_row (doing, vault, row->before, row->after);
      else
        doing->act->other = TRUE;
    }
  return jp_commit_change (vault, change, NULL, error);
}

static JpChange *
new_change (Doing *doing, JpVault *vault, const char *kind)
{
  JpId op_id = jp_id_source_next (vault->ids);

  doing->act = note_act (doing->station, &op_id);
  return jp_change_new (&op_id, kind, ACTOR);
}

static gboolean
do_create (Doing *doing, JpVault *vault, GError **error)
{
  JpSimWorld       *world = doing->station->world;
  JpPlatformFixture maker = { .ids = vault->ids };
  JpDraft          *draft = jp_platform_fixture_new_trainee (&maker);
  g_autoptr (JpChange) change = new_change (doing, vault, "enrol");
  g_autoptr (JpRecord) record = NULL;

  for (guint unit = 0; unit < JP_SIM_N_UNITS; unit++)
    set_text (draft, unit, jp_sim_world_below (world, JP_SIM_N_TEXTS));
  if (!doing->station->is_old)
    jp_draft_set_text (draft, JP_SIM_OLD_FIELD, "372900123456");
  record = jp_draft_end (draft);
  g_array_append_val (doing->station->school->ids, *jp_record_get_id (record));
  jp_change_add (change, NULL, record);
  return commit (doing, vault, change, error);
}

static void
add_edit (Doing *doing, JpChange *change, JpRecord *before)
{
  JpSimWorld *world = doing->station->world;
  JpDraft    *draft = jp_draft_new_from (before);
  guint       n = 1 + jp_sim_world_below (world, 2);
  g_autoptr (JpRecord) after = NULL;

  for (guint i = 0; i < n; i++)
    {
      guint unit = jp_sim_world_below (world, JP_SIM_N_UNITS);

      set_text (draft, unit, jp_sim_world_below (world, JP_SIM_N_TEXTS));
    }
  if (doing->what == DO_TRASH)
    jp_draft_set_deleted (draft, !jp_record_get_head (before)->deleted);
  after = jp_draft_end (draft);
  jp_change_add (change, before, after);
}

static gboolean
do_edit (Doing *doing, JpVault *vault, GError **error)
{
  g_autoptr (JpRecord) one = pick (doing, vault);
  g_autoptr (JpRecord) two = doing->what == DO_EDIT_TWO ? pick (doing, vault) : NULL;
  g_autoptr (JpChange) change = NULL;

  if (one == NULL)
    return TRUE;
  change = new_change (doing, vault, "edit");
  add_edit (doing, change, one);
  if (two != NULL && !jp_id_equal (jp_record_get_id (one), jp_record_get_id (two)))
    add_edit (doing, change, two);
  return commit (doing, vault, change, error);
}

static gboolean
do_trash (Doing *doing, JpVault *vault, GError **error)
{
  g_autoptr (JpRecord) before = pick (doing, vault);
  g_autoptr (JpRecord) after = NULL;
  g_autoptr (JpChange) change = NULL;
  JpDraft *draft = NULL;

  if (before == NULL)
    return TRUE;
  draft = jp_draft_new_from (before);
  jp_draft_set_deleted (draft, !jp_record_get_head (before)->deleted);
  after = jp_draft_end (draft);
  change = new_change (doing, vault, "delete");
  jp_change_add (change, before, after);
  return commit (doing, vault, change, error);
}

/* An undo takes back what is still there of an act: which that is, only the
 * program knows. */
static void
note_undone_row (JpSimWorld *world, JpSimAct *act, const JpOpRow *row)
{
  JpSimEdit edit = {
    .id = row->id,
    .create = row->create,
    .version = row->version,
  };

  for (guint unit = 0; unit < JP_SIM_N_UNITS; unit++)
    {
      edit.touched[unit] = row->units >> jp_field_get (fields[unit])->merge & 1;
      if (!edit.touched[unit])
        continue;
      edit.base[unit] = jp_sim_desk_get_text (row->base, unit);
      edit.set[unit] = jp_sim_desk_get_text (row->set, unit);
    }
  edit.deletion = row->deletion == JP_OP_DELETE ? 1 : row->deletion == JP_OP_RESTORE ? -1 : 0;
  g_array_append_val (act->edits, edit);
  jp_sim_desk_log_edit (world, "undoes", act, &edit);
}

static JpSimAct *
note_undo (JpSimStation *station, JpVault *vault, gint64 n)
{
  g_autoptr (JpOp) op = jp_op_repo_get (vault, n, NULL);
  JpSimAct *act = NULL;

  if (op == NULL)
    return NULL;
  act = note_act (station, &op->id);
  for (guint i = 0; i < op->rows->len; i++)
    {
      const JpOpRow *row = g_ptr_array_index (op->rows, i);

      if (row->kind == JP_KIND_TRAINEE)
        note_undone_row (station->world, act, row);
      else
        act->other = TRUE;
    }
  return act;
}

static gboolean
do_undo (Doing *doing, JpVault *vault, GError **error)
{
  JpSimStation *station = doing->station;
  gint64        n = 0;
  g_autoptr (GError) local = NULL;

  if (jp_id_is_none (&station->last_act))
    return TRUE;

  /* ignored where the store is well: somebody else may have been there
   * meanwhile */
  station->in_doubt = TRUE;
  if (jp_commit_undo (vault, station->last_n, ACTOR, &n, &local))
    doing->act = note_undo (station, vault, n);
  station->in_doubt = doing->act == NULL;
  station->last_act = JP_ID_NONE;
  if (local != NULL && local->code != JP_STORE_ERROR_CONFLICT)
    g_propagate_error (error, g_steal_pointer (&local));
  return local == NULL;
}

/* Returns: whether the newest operation was not known before */
static gboolean
note_newest (JpSimStation *station, JpVault *vault)
{
  g_autoptr (JpOp) op = NULL;
  gint64 n = 0;

  if (!jp_recover_repo_get_last_n (vault, &n, NULL) || n == 0)
    return FALSE;
  op = jp_op_repo_get (vault, n, NULL);
  return op != NULL && jp_sim_desk_find_act (station->world, &op->id) == NULL &&
         note_undo (station, vault, n) != NULL;
}

/**
 * jp_sim_desk_settle_doubt:
 * @station: a station
 * @vault: its data
 *
 * A save that failed may have happened all the same. Of an undo it is not known before what it
 * takes back: that is written down as soon as it can be read, which may be after the next start.
 */
void
jp_sim_desk_settle_doubt (JpSimStation *station, JpVault *vault)
{
  if (station->in_doubt && note_newest (station, vault))
    station->in_doubt = FALSE;
}

static gboolean
do_decide (Doing *doing, JpVault *vault, GError **error)
{
  g_autoptr (GPtrArray) conflicts = jp_conflict_repo_list (vault, error);
  g_autoptr (JpChange) change = NULL;
  const JpConflict *conflict = NULL;
  JpSimWorld       *world = doing->station->world;

  if (conflicts == NULL || conflicts->len == 0)
    return conflicts != NULL;

  conflict = g_ptr_array_index (conflicts, jp_sim_world_below (world, conflicts->len));
  change = new_change (doing, vault, "decide");
  jp_conflict_repo_decide (conflict,
                           jp_conflict_repo_can_keep_mine (conflict) &&
                             jp_sim_world_below (world, 2) == 0,
                           ACTOR, change);
  return commit (doing, vault, change, error);
}

static gboolean
do_seat (Doing *doing, JpVault *vault, GError **error)
{
  JpSimWorld *world = doing->station->world;
  JpDeskSwap  swap = { doing->station->school->vehicle,
                       doing->station->school->terminal,
                       "1440530000001",
                       JP_ASSIGNMENT_REASON_SIM,
                       NULL,
                       TRUE };
  g_autoptr (GError) local = NULL;
  g_autofree char *sim = g_strdup_printf ("14405300%05u", jp_sim_world_below (world, 100000));
  g_autoptr (JpChange) change = NULL;

  swap.sim = sim;
  change = jp_desk_swap_terminal (vault, &swap, ACTOR, &local);
  if (change == NULL)
    return local->domain == JP_DESK_ERROR ||
           g_error_matches (local, JP_STORE_ERROR, JP_STORE_ERROR_NOT_FOUND);
  doing->act = note_act (doing->station, &change->op_id);
  return commit (doing, vault, change, error);
}

static gpointer
act_call (JpVault *vault, gpointer data, GError **error)
{
  static gboolean (*const doers[]) (Doing *, JpVault *, GError **) = {
    [DO_CREATE] = do_create, [DO_EDIT] = do_edit,  [DO_EDIT_TWO] = do_edit,
    [DO_TRASH] = do_trash,   [DO_UNDO] = do_undo,  [DO_DECIDE] = do_decide,
    [DO_SEAT] = do_seat,     [DO_RETRY] = do_edit,
  };
  Doing *doing = data;

  jp_sim_desk_settle_doubt (doing->station, vault);
  if (jp_id_is_none (&vault->school) || doing->what == DO_BACK_UP)
    return NULL; /* nothing is known before the first sync */
  doers[doing->what](doing, vault, error);
  return NULL;
}

static gpointer
find_n_call (JpVault *vault, gpointer data, GError **error)
{
  gint64 *n = g_new0 (gint64, 1);

  if (!jp_op_repo_find (vault, data, n, error))
    g_clear_pointer (&n, g_free);
  return n;
}

static What
pick_what (JpSimWorld *world)
{
  guint total = 0;
  guint pick = 0;

  for (guint i = 0; i < G_N_ELEMENTS (world->swarm.weights); i++)
    total += world->swarm.weights[i];
  pick = jp_sim_world_below (world, total);
  for (guint i = 0; i < G_N_ELEMENTS (world->swarm.weights); i++)
    {
      if (pick < world->swarm.weights[i])
        return (What)i;
      pick -= world->swarm.weights[i];
    }
  return DO_EDIT;
}

/**
 * jp_sim_station_act:
 * @self: a station that runs
 *
 * Somebody does something. What the program says is saved is noted as
 * acknowledged.
 */
void
jp_sim_station_act (JpSimStation *self)
{
  Doing doing = { self, NULL, pick_what (self->world) };
  g_autoptr (GError) error = NULL;

  if (doing.what == DO_BACK_UP)
    {
      jp_sim_station_back_up (self);
      return;
    }
  if (jp_sim_world_chance (self->world, self->world->swarm.no_memory))
    jp_sim_memory_set_fault (jp_sim_world_below (self->world, N_MEMORY_CALLS),
                             jp_sim_world_below (self->world, 2) == 0);
  jp_sim_station_call (self, act_call, &doing, &error);
  jp_sim_memory_set_fault (-1, FALSE);
  jp_sim_world_log (self->world, "station %u: act %d: %s", self->index, (int)doing.what,
                    error != NULL       ? error->message
                    : doing.act != NULL ? "saved"
                                        : "nothing");
  if (error != NULL || doing.act == NULL)
    return;

  doing.act->acked = TRUE;

  g_autofree gint64 *n = jp_sim_station_call (self, find_n_call, &doing.act->op_id, NULL);

  self->last_act = n != NULL ? doing.act->op_id : JP_ID_NONE;
  self->last_n = n != NULL ? *n : 0;
}
