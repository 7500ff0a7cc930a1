/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sim-world.h"

#include "jp-codes.h"
#include "jp-json.h"
#include "jp-verdict.h"

/* The naive model: what careful people would make of the same events in the
 * same order, in plain arrays. It knows nothing of records, merge units or
 * databases. */

#define UNIT_REVIVED (-1) /* the row was brought back */
#define UNIT_WHOLE   (-2) /* nothing of the edit could be taken: the row was not there */

#define NOTHING_SEEN   (-1) /* the row was made by whoever edits it */
#define OTHERWISE_SEEN (-2) /* as a copy of the platform had it that came to nothing */

/* A state that a row once had. */
typedef struct
{
  gint64 version;
  guint  position; /* how many operations had been taken before the one that made it */
} State;

/* A row as it must be. */
typedef struct
{
  int      text[JP_SIM_N_UNITS];
  gboolean deleted;
  GArray  *states; /* (owned) (element-type State) */
  JpId     author; /* station that wrote last */
  int      since;  /* nobody else wrote since this state, -1 = ever */
} Row;

/* A value that was not taken: somebody must be told. */
typedef struct
{
  JpId             row;
  int              unit; /* UNIT_REVIVED, UNIT_WHOLE, or which */
  int              text;
  const JpSimEdit *edit; /* (borrowed) (nullable): of UNIT_WHOLE */
} Loss;

typedef struct
{
  JpSimWorld *world;
  GHashTable *rows;   /* (owned): JpId → Row */
  GHashTable *seen;   /* (owned): op ids */
  GArray     *losses; /* (owned) (element-type Loss) */
  guint       position;
} Model;

static void
row_free (gpointer data)
{
  Row *row = data;

  g_array_unref (row->states);
  g_free (row);
}

static void
note_loss (Model *model, const JpId *row, int unit, int text)
{
  Loss loss = { *row, unit, text, NULL };

  g_array_append_val (model->losses, loss);
}

/* --- who saw what --- */

static const JpSimAge *
get_age (Model *model, guint age)
{
  return &g_array_index (model->world->ages, JpSimAge, age);
}

/* The age in which the platform took the operation that is looked at. */
static guint
find_age_now (Model *model)
{
  guint age = model->world->age;

  while (get_age (model, age)->n_from > model->position && get_age (model, age)->parent != age)
    age = get_age (model, age)->parent;
  return age;
}

static void
add_state (Model *model, Row *row)
{
  gint64 last =
    row->states->len > 0 ? g_array_index (row->states, State, row->states->len - 1).version : 0;
  State state = { MAX (last + 1, get_age (model, find_age_now (model))->floor), model->position };

  g_array_append_val (row->states, state);
}

/* Whether what was done in an age, until its end, is in the past of the present one. */
static gboolean
led_here (Model *model, guint age)
{
  guint one = find_age_now (model);

  while (one != age && get_age (model, one)->parent != one)
    one = get_age (model, one)->parent;
  return one == age;
}

/* The age in which a version was given: each has a range of its own. */
static guint
find_age_of (Model *model, gint64 version)
{
  guint best = 0;

  for (guint age = 0; age < model->world->ages->len; age++)
    if (get_age (model, age)->floor <= version &&
        get_age (model, age)->floor >= get_age (model, best)->floor)
      best = age;
  return best;
}

/* The newest state that was taken before an age was forgotten: whatever the station saw after it,
 * it saw this one. */
static int
find_last_common (Model *model, const Row *row, guint age)
{
  int i = (int)row->states->len - 1;

  while (i >= 0 && g_array_index (row->states, State, i).position >= get_age (model, age)->n_kept)
    i--;
  return i;
}

/* Which state of the row the station saw when it made the edit. A number is given once, also where
 * the platform went back in time: one that this past does not have was given in a lost one. */
static int
find_seen (Model *model, const Row *row, const JpSimEdit *edit)
{
  guint age = find_age_of (model, edit->version);
  int   i = (int)row->states->len - 1;

  if (edit->version == 0)
    return NOTHING_SEEN;
  while (i >= 0 && g_array_index (row->states, State, i).version != edit->version)
    i--;
  if (i >= 0)
    return i;
  return led_here (model, age) ? find_last_common (model, row, age) : OTHERWISE_SEEN;
}

static gboolean
is_untouched (Model *model, const Row *row, const JpSimEdit *edit, const JpId *station)
{
  int seen = find_seen (model, row, edit);

  return seen != OTHERWISE_SEEN && (seen == (int)row->states->len - 1 ||
                                    (jp_id_equal (&row->author, station) && seen >= row->since));
}

/* --- what becomes of an edit --- */

static JpVerdictResult
create (Model *model, const JpSimEdit *edit, const JpId *station)
{
  Row *row = g_new0 (Row, 1);

  memcpy (row->text, edit->set, sizeof row->text);
  row->states = g_array_new (FALSE, FALSE, sizeof (State));
  row->since = NOTHING_SEEN;
  add_state (model, row);
  row->author = *station;
  row->deleted = edit->deletion == 1;
  g_hash_table_insert (model->rows, jp_id_copy (&edit->id), row);
  return JP_VERDICT_APPLIED;
}

/* Takes the units that nobody else changed; says how many were taken and how
 * many were not. */
static void
merge (Model *model, Row *row, const JpSimEdit *edit, guint *out_taken, guint *out_lost)
{
  *out_taken = *out_lost = 0;
  for (int unit = 0; unit < JP_SIM_N_UNITS; unit++)
    {
      if (!edit->touched[unit] || edit->set[unit] == row->text[unit])
        continue;
      if (edit->base[unit] == row->text[unit])
        {
          row->text[unit] = edit->set[unit];
          (*out_taken)++;
        }
      else if (edit->base[unit] != edit->set[unit])
        {
          note_loss (model, &edit->id, unit, edit->set[unit]);
          (*out_lost)++;
        }
    }
}

static JpVerdictResult
change (Model *model, const JpSimEdit *edit, const JpId *station)
{
  Row     *row = g_hash_table_lookup (model->rows, &edit->id);
  gboolean untouched = is_untouched (model, row, edit, station);
  gboolean was_deleted = row->deleted;
  gboolean revived = FALSE;
  guint    n_taken = 0;
  guint    n_lost = 0;

  merge (model, row, edit, &n_taken, &n_lost);
  if (edit->deletion == -1)
    row->deleted = FALSE;
  else if (edit->deletion == 1 && !was_deleted)
    {
      row->deleted = untouched;
      revived = !untouched;
    }
  else if (edit->deletion == 0 && was_deleted && n_taken > 0 && !untouched)
    {
      row->deleted = FALSE;
      revived = TRUE;
    }
  if (revived)
    note_loss (model, &edit->id, UNIT_REVIVED, 0);

  if (n_taken > 0 || n_lost > 0 || revived || row->deleted != was_deleted)
    {
      if (!jp_id_equal (&row->author, station))
        row->since = (int)row->states->len - 1;
      row->author = *station;
      add_state (model, row);
      if (n_lost > 0 || revived)
        return JP_VERDICT_CONFLICT;
    }
  return untouched ? JP_VERDICT_APPLIED : JP_VERDICT_MERGED;
}

/* A platform that went back in time may hear of an edit before the row comes again from the station
 * that made it: the edit is kept in the inbox, whole. */
static JpVerdictResult
park (Model *model, const JpSimEdit *edit)
{
  Loss loss = { edit->id, UNIT_WHOLE, 0, edit };

  if (!model->world->was_restored)
    jp_sim_world_find (model->world, JP_SIM_LOST, "an edit came before its row");
  g_array_append_val (model->losses, loss);
  return JP_VERDICT_PARKED;
}

static JpVerdictResult
play_act (Model *model, const JpSimAct *act, const JpId *station)
{
  JpVerdictResult worst = JP_VERDICT_APPLIED;

  for (guint i = 0; i < act->edits->len; i++)
    {
      const JpSimEdit *edit = &g_array_index (act->edits, JpSimEdit, i);
      Row             *row = g_hash_table_lookup (model->rows, &edit->id);
      JpVerdictResult  result = JP_VERDICT_APPLIED;

      if (edit->create)
        result = create (model, edit, station);
      else if (row != NULL)
        result = change (model, edit, station);
      else
        result = park (model, edit);
      jp_sim_desk_log_edit (model->world, jp_verdict_result_get_name (result), act, edit);
      worst = MAX (worst, result);
    }
  return worst;
}

/* --- the log of the platform --- */

static JpVerdict *
read_verdict (JpStatement *row, int column)
{
  g_autoptr (JsonNode) node = jp_json_parse_text (jp_statement_get_text (row, column), NULL);

  return jp_verdict_read (json_node_get_object (node), NULL);
}

static void
play_logged (Model *model, const JpSimTaken *taken, JpStatement *row)
{
  JpId op_id;
  g_autoptr (JpVerdict) verdict = read_verdict (row, 2);
  const JpSimAct *act = NULL;
  JpVerdictResult expected = JP_VERDICT_APPLIED;
  gboolean        twin = jp_statement_is_null (row, 0);

  jp_statement_get_id (row, twin ? 1 : 0, &op_id);
  if (twin || !g_hash_table_add (model->seen, jp_id_copy (&op_id)))
    {
      if (!g_hash_table_contains (model->seen, &op_id) || verdict->result != JP_VERDICT_DUPLICATE)
        jp_sim_world_find (model->world, JP_SIM_DOUBLED, "an operation was taken twice");
      return;
    }
  act = jp_sim_desk_find_act (model->world, &op_id);
  if (act == NULL)
    {
      jp_sim_world_find (model->world, JP_SIM_DIVERGED, "an operation that nobody made");
      return;
    }

  expected = play_act (model, act, &taken->station);
  if (!act->other && expected != verdict->result)
    jp_sim_world_find (model->world, JP_SIM_DIVERGED, "verdict %s where %s is right",
                       jp_verdict_result_get_name (verdict->result),
                       jp_verdict_result_get_name (expected));
}

static void
play_log (Model *model)
{
  g_autoptr (GError) error = NULL;
  JpDb *db = jp_platform_fixture_get_db (model->world->b->f);

  for (guint i = 0; i < model->world->taken->len; i++)
    {
      const JpSimTaken *taken = &g_array_index (model->world->taken, JpSimTaken, i);
      g_autoptr (JpStatement) statement =
        jp_db_prepare (db,
                       "SELECT op_id, twin, verdict FROM op_log WHERE station = "
                       ":station AND n = :n",
                       &error);
      gboolean row = FALSE;

      g_assert_no_error (error);
      model->position = i;
      jp_statement_bind_id (statement, ":station", &taken->station);
      jp_statement_bind_integer (statement, ":n", taken->n);
      jp_statement_step (statement, &row, &error);
      g_assert_no_error (error);
      if (row)
        play_logged (model, taken, statement);
      else
        jp_sim_world_find (model->world, JP_SIM_LOST, "a verdict is gone");
    }
}

/* --- the rows of the platform --- */

static void
check_row (Model *model, const JpId *id, const Row *row)
{
  g_autoptr (JpRecord) record = jp_sim_platform_find (model->world, JP_KIND_TRAINEE, id);

  if (record == NULL)
    {
      jp_sim_world_find (model->world, JP_SIM_LOST, "a trainee is not on the platform");
      return;
    }
  if (jp_record_get_head (record)->deleted != row->deleted)
    jp_sim_world_find (model->world, JP_SIM_DIVERGED, "a trainee is %s",
                       row->deleted ? "not in the trash" : "in the trash");
  for (guint unit = 0; unit < JP_SIM_N_UNITS; unit++)
    if (jp_sim_desk_get_text (record, unit) != row->text[unit])
      jp_sim_world_find (model->world, JP_SIM_DIVERGED, "unit %u of a trainee is %d instead of %d",
                         unit, jp_sim_desk_get_text (record, unit), row->text[unit]);
}

static void
check_rows (Model *model)
{
  GHashTableIter iter;
  gpointer       id = NULL;
  gpointer       row = NULL;

  g_hash_table_iter_init (&iter, model->rows);
  while (g_hash_table_iter_next (&iter, &id, &row))
    check_row (model, id, row);
}

/* --- the inbox --- */

static gboolean
names_value (JpRecord *item, guint unit, int text)
{
  const char      *mine = jp_record_get_text (item, JP_CONFLICT_MINE);
  g_autofree char *value = jp_sim_desk_dup_text (unit, text);

  return mine != NULL && (value == NULL || strstr (mine, value) != NULL);
}

static gboolean
names_unit (JpRecord *item, guint unit)
{
  const char      *mine = jp_record_get_text (item, JP_CONFLICT_MINE);
  g_autofree char *name = g_strdup_printf ("\"%s\"", jp_sim_desk_get_name (unit));

  return mine != NULL && strstr (mine, name) != NULL;
}

static gboolean
names_whole (JpRecord *item, const JpSimEdit *edit)
{
  gboolean all = jp_record_get_code (item, JP_CONFLICT_REASON) == JP_CONFLICT_REASON_PARKED;

  for (guint unit = 0; unit < JP_SIM_N_UNITS; unit++)
    all = all && names_unit (item, unit) == edit->touched[unit] &&
          (!edit->touched[unit] || names_value (item, unit, edit->set[unit]));
  return all;
}

static gboolean
is_told (JpRecord *item, const Loss *loss)
{
  JpIdText    text;
  const char *unit = jp_record_get_text (item, JP_CONFLICT_UNIT);

  if (g_strcmp0 (jp_record_get_text (item, JP_CONFLICT_ROW_ID), jp_id_to_text (&loss->row, text)) !=
      0)
    return FALSE;
  if (loss->unit == UNIT_WHOLE)
    return names_whole (item, loss->edit);
  if (loss->unit == UNIT_REVIVED)
    return TRUE;
  return unit != NULL && strstr (unit, jp_sim_desk_get_name ((guint)loss->unit)) != NULL &&
         names_value (item, (guint)loss->unit, loss->text);
}

static GPtrArray *
list_items (JpSimWorld *world)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_fixture_get_db (world->b->f),
                   "SELECT id FROM conflict WHERE row_kind = 'trainee' AND deleted = 0", &error);
  gboolean row = FALSE;
  JpId     id;

  g_assert_no_error (error);
  while (jp_statement_step (statement, &row, &error) && row)
    {
      jp_statement_get_id (statement, 0, &id);
      g_ptr_array_add (items, jp_sim_platform_find (world, JP_KIND_CONFLICT, &id));
    }
  return items;
}

static void
match_item (Model *model, GPtrArray *items, const Loss *loss)
{
  guint    i = 0;
  JpIdText text;

  while (i < items->len && !is_told (items->pdata[i], loss))
    i++;
  if (i < items->len)
    g_ptr_array_remove_index_fast (items, i);
  else
    jp_sim_world_find (model->world, JP_SIM_SILENT, "row %s unit %d: value %d was dropped",
                       jp_id_to_text (&loss->row, text) + 28, loss->unit, loss->text);
}

static int
vagueness (const Loss *loss)
{
  g_autofree char *value = NULL;

  if (loss->unit == UNIT_WHOLE)
    return 0; /* matched before the others of its row, which want less of an item */
  if (loss->unit < 0)
    return 2;
  value = jp_sim_desk_dup_text ((guint)loss->unit, loss->text);
  return value == NULL ? 1 : 0;
}

/* Each loss has an item of its own; those that say least are matched last. */
static void
check_inbox (Model *model)
{
  g_autoptr (GPtrArray) items = list_items (model->world);
  guint n_told = items->len;

  for (int pass = 0; pass < 3; pass++)
    for (guint i = 0; i < model->losses->len; i++)
      {
        const Loss *loss = &g_array_index (model->losses, Loss, i);

        if (pass == vagueness (loss))
          match_item (model, items, loss);
      }
  if (n_told != model->losses->len)
    jp_sim_world_find (model->world, JP_SIM_DIVERGED, "%u items in the inbox for %u losses", n_told,
                       model->losses->len);
}

/**
 * jp_sim_model_judge:
 * @world: a world that has come to rest
 *
 * Compares the platform with the model.
 */
void
jp_sim_model_judge (JpSimWorld *world)
{
  Model model = { .world = world };

  model.rows = g_hash_table_new_full (jp_id_hash, jp_id_equal, g_free, row_free);
  model.seen = g_hash_table_new_full (jp_id_hash, jp_id_equal, g_free, NULL);
  model.losses = g_array_new (FALSE, FALSE, sizeof (Loss));
  play_log (&model);
  check_rows (&model);
  check_inbox (&model);

  for (guint i = 0; i < world->history->len; i++)
    {
      const JpSimAct *act = world->history->pdata[i];

      if (act->acked && !g_hash_table_contains (model.seen, &act->op_id))
        jp_sim_world_find (world, JP_SIM_LOST, "an operation of station %u never arrived",
                           act->station);
    }
  g_hash_table_unref (model.rows);
  g_hash_table_unref (model.seen);
  g_array_unref (model.losses);
}
