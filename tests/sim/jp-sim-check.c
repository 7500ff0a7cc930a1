/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sim-world.h"

#include "jp-op-repo.h"
#include "jp-sim-old.h"
#include "jp-verify.h"

/* What must hold on every station and between all of them. */

typedef struct
{
  JpSimStation *station;
  gboolean      at_rest;
} Check;

static void
check_acked (Check *check, JpVault *vault)
{
  JpSimWorld *world = check->station->world;

  for (guint i = 0; i < world->history->len; i++)
    {
      const JpSimAct *act = world->history->pdata[i];
      gint64          n = 0;

      if (!act->acked || act->station != check->station->index)
        continue;
      if (!jp_op_repo_find (vault, &act->op_id, &n, NULL) || n == 0)
        jp_sim_world_find (world, JP_SIM_LOST, "station %u: a saved operation is gone",
                           check->station->index);
    }
}

/* When something began and ended is what the clock of the PC said. */
static gboolean
has_wrong_clocks (const JpSimWorld *world)
{
  gboolean wrong = world->swarm.clock_jump > 0;

  for (guint i = 0; i < JP_SIM_MAX_STATIONS; i++)
    wrong = wrong || world->swarm.skews_us[i] != 0;
  return wrong;
}

static void
check_verified (Check *check, JpVault *vault)
{
  JpSimWorld *world = check->station->world;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpVerifyReport) report = jp_verify_run (vault, NULL, &error);

  if (report == NULL)
    jp_sim_world_find (world, JP_SIM_DIVERGED, "station %u: %s", check->station->index,
                       error->message);
  for (guint i = 0; report != NULL && i < report->findings->len; i++)
    {
      const JpVerifyFinding *finding = g_ptr_array_index (report->findings, i);

      if (finding->check == JP_VERIFY_ASSIGNMENTS && has_wrong_clocks (world))
        continue;
      /* The contracts of the platform's fixture have a text of their own. */
      if (finding->check != JP_VERIFY_REFERENCES && finding->check != JP_VERIFY_TEXTS)
        jp_sim_world_find (world, JP_SIM_DIVERGED, "station %u: %s %" G_GINT64_FORMAT ": %s",
                           check->station->index, jp_verify_get_name (finding->check), finding->n,
                           finding->detail);
    }
}

static gpointer
check_call (JpVault *vault, gpointer data, GError **error)
{
  Check *check = data;

  jp_sim_desk_settle_doubt (check->station, vault);
  check_acked (check, vault);
  if (check->at_rest)
    check_verified (check, vault);
  return NULL;
}

/* --- what waits is in sight --- */

static GPtrArray *
read_waiting (JpVault *vault)
{
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_op_free);
  g_autoptr (JpStatement) rows =
    jp_db_prepare (vault->db, "SELECT n FROM op WHERE state = 0 ORDER BY n DESC", NULL);
  gboolean row = FALSE;

  while (rows != NULL && jp_statement_step (rows, &row, NULL) && row)
    {
      JpOp *op = jp_op_repo_get (vault, jp_statement_get_integer (rows, 0), NULL);

      if (op != NULL)
        g_ptr_array_add (ops, op);
    }
  return ops;
}

/* The newest values that somebody meant and that the platform has not judged are shown, whatever
 * came from it meanwhile. @newer: of each row the units that a later operation has set */
static void
check_row_shown (JpSimStation *station, JpVault *vault, const JpOpRow *row, GHashTable *newer)
{
  g_autoptr (JpRecord) shown =
    jp_record_table_find (vault->db, vault->key, row->kind, &row->id, NULL);
  guint32           seen = GPOINTER_TO_UINT (g_hash_table_lookup (newer, &row->id));
  const JpSimSwarm *swarm = &station->world->swarm;

  /* Where an operation waits again because a disk went back in time, what others wrote on top of it
   * meanwhile stays in sight. */
  if (swarm->restore > 0 || swarm->rewind > 0 || swarm->clone > 0)
    return;

  if (shown != NULL && (jp_record_diff_units (shown, row->set) & row->units & ~seen) != 0)
    jp_sim_world_find (station->world, JP_SIM_LOST, "station %u: an edit that waits is not shown",
                       station->index);
  g_hash_table_insert (newer, (gpointer)&row->id, GUINT_TO_POINTER (seen | row->units));
}

static gpointer
check_shown_call (JpVault *vault, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) ops = read_waiting (vault);
  g_autoptr (GHashTable) newer = g_hash_table_new (jp_id_hash, jp_id_equal);

  for (guint i = 0; i < ops->len; i++)
    {
      const JpOp *op = g_ptr_array_index (ops, i);

      for (guint j = op->rows->len; j > 0; j--)
        {
          const JpOpRow *row = g_ptr_array_index (op->rows, j - 1);

          if (row->kind == JP_KIND_TRAINEE)
            check_row_shown (data, vault, row, newer);
        }
    }
  return NULL;
}

/**
 * jp_sim_check_shown:
 * @station: a station after a round
 *
 * Looks whether what waits is shown on top of what has come.
 */
void
jp_sim_check_shown (JpSimStation *station)
{
  jp_sim_station_call (station, check_shown_call, station, NULL);
}

/* --- verdicts --- */

static gboolean
is_verdict_of (JpDb *db, const JpId *station, gint64 n, const char *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) statement = jp_db_prepare (db,
                                                     "SELECT json_extract (verdict, '$.r') FROM "
                                                     "op_log WHERE station = :station AND n = :n",
                                                     &error);
  gboolean row = FALSE;

  g_assert_no_error (error);
  jp_statement_bind_id (statement, ":station", station);
  jp_statement_bind_integer (statement, ":n", n);
  jp_statement_step (statement, &row, &error);
  g_assert_no_error (error);
  return !row || g_strcmp0 (jp_statement_get_text (statement, 0), result) == 0;
}

/* What a station was told of its operations is what the platform has written down. */
static void
check_verdicts (JpSimStation *station, JpVault *vault)
{
  JpDb            *db = jp_platform_fixture_get_db (station->world->b->f);
  g_autofree char *text = NULL;
  JpId             id;
  gboolean         row = FALSE;
  g_autoptr (JpStatement) rows =
    jp_db_prepare (vault->db, "SELECT n, result FROM op WHERE state = 2", NULL);

  if (!jp_vault_get_setting (vault, JP_SETTING_STATION, &text, NULL) || text == NULL ||
      !jp_id_parse (text, &id, NULL))
    return;
  while (jp_statement_step (rows, &row, NULL) && row)
    if (!is_verdict_of (db, &id, jp_statement_get_integer (rows, 0),
                        jp_statement_get_text (rows, 1)))
      jp_sim_world_find (station->world, JP_SIM_DIVERGED, "station %u: another verdict",
                         station->index);
}

/**
 * jp_sim_check_station:
 * @station: a station that has just started
 *
 * Looks whether everything is there that was acknowledged.
 */
void
jp_sim_check_station (JpSimStation *station)
{
  Check check = { station, FALSE };

  jp_sim_station_call (station, check_call, &check, NULL);
}

/* --- convergence --- */

static gint64
count_waiting (JpVault *vault)
{
  gint64 n = -1;
  gint64 oldest_us = 0;

  /* ignored: -1 is wrong */
  jp_op_repo_count_waiting (vault, &n, &oldest_us, NULL);
  return n;
}

/* Returns: (transfer full): id → version and whether it is in the trash, as a
 * text */
static GHashTable *
list_rows (JpDb *db, JpKind kind, const JpId *school)
{
  g_autofree char *sql =
    g_strconcat ("SELECT id, ver, deleted FROM ", jp_kind_get_info (kind)->name,
                 school != NULL ? " WHERE school = :school" : " WHERE ver > 0", NULL);
  GHashTable *rows = g_hash_table_new_full (jp_id_hash, jp_id_equal, g_free, g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) statement = jp_db_prepare (db, sql, &error);
  gboolean row = FALSE;
  JpId     id;

  g_assert_no_error (error);
  if (school != NULL)
    jp_statement_bind_id (statement, ":school", school);
  while (jp_statement_step (statement, &row, &error) && row)
    {
      jp_statement_get_id (statement, 0, &id);
      g_hash_table_insert (rows, jp_id_copy (&id),
                           g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                                            jp_statement_get_integer (statement, 1),
                                            jp_statement_get_integer (statement, 2)));
    }
  return rows;
}

/* What a program does not know it keeps, and never empties. */
static void
compare_hidden (JpSimStation *station, JpRecord *here, JpRecord *there)
{
  const char *value = jp_record_get_text (there, JP_SIM_OLD_FIELD);
  const char *extra = jp_record_get_extra (here);

  if (value == NULL ? extra != NULL
                    : extra == NULL || strstr (extra, JP_SIM_OLD_HIDDEN) == NULL ||
                        strstr (extra, value) == NULL)
    jp_sim_world_find (station->world, JP_SIM_DIVERGED,
                       "station %u: what it does not know is %s, not %s", station->index,
                       extra != NULL ? extra : "gone", value != NULL ? value : "nothing");
}

static void
compare_fields (JpSimStation *station, JpVault *vault, JpKind kind, const JpId *id)
{
  const JpKindInfo *info = jp_kind_get_info (kind);
  g_autoptr (JpRecord) here = jp_record_table_find (vault->db, vault->key, kind, id, NULL);
  g_autoptr (JpRecord) there = jp_sim_platform_find (station->world, kind, id);

  JpIdText text;

  if (station->is_old && kind == JP_KIND_TRAINEE && here != NULL && there != NULL)
    compare_hidden (station, here, there);
  for (guint i = 0; here != NULL && there != NULL && i < info->n_fields; i++)
    if (!jp_record_field_equal (here, there, info->fields[i].id) &&
        !(station->is_old && info->fields[i].id == JP_SIM_OLD_FIELD))
      jp_sim_world_find (station->world, JP_SIM_DIVERGED, "station %u: %s %s.%s differs",
                         station->index, info->name, jp_id_to_text (id, text) + 28,
                         info->fields[i].name);
}

static void
compare_kind (JpSimStation *station, JpVault *vault, JpKind kind)
{
  JpSimWorld *world = station->world;
  const char *name = jp_kind_get_info (kind)->name;
  g_autoptr (GHashTable) here = list_rows (vault->db, kind, NULL);
  g_autoptr (GHashTable) there =
    list_rows (jp_platform_fixture_get_db (world->b->f), kind, &station->school->id);
  GHashTableIter iter;
  gpointer       id = NULL;
  gpointer       state = NULL;

  if (g_hash_table_size (here) != g_hash_table_size (there))
    jp_sim_world_find (world, JP_SIM_DIVERGED, "station %u: %u of %u rows of %s", station->index,
                       g_hash_table_size (here), g_hash_table_size (there), name);
  g_hash_table_iter_init (&iter, there);
  while (g_hash_table_iter_next (&iter, &id, &state))
    {
      const char *own = g_hash_table_lookup (here, id);

      if (own == NULL || strcmp (own, state) != 0)
        jp_sim_world_find (world, JP_SIM_DIVERGED, "station %u: %s is %s, not %s", station->index,
                           name, own != NULL ? own : "missing", (char *)state);
      else
        compare_fields (station, vault, kind, id);
    }
}

/* What is another school's must never be seen. */
static void
check_foreign (JpSimStation *station, JpVault *vault)
{
  JpSimWorld *world = station->world;

  for (guint i = 0; i < JP_SIM_MAX_SCHOOLS; i++)
    for (guint j = 0; &world->schools[i] != station->school && j < world->schools[i].ids->len; j++)
      {
        const JpId *id = &g_array_index (world->schools[i].ids, JpId, j);
        g_autoptr (JpRecord) row =
          jp_record_table_find (vault->db, vault->key, JP_KIND_TRAINEE, id, NULL);

        if (row != NULL)
          jp_sim_world_find (world, JP_SIM_DIVERGED, "station %u: a trainee of another school",
                             station->index);
      }
}

static gpointer
compare_call (JpVault *vault, gpointer data, GError **error)
{
  static const JpKind kinds[] = { JP_KIND_SCHOOL,
                                  JP_KIND_COACH,
                                  JP_KIND_VEHICLE,
                                  JP_KIND_TERMINAL,
                                  JP_KIND_TERMINAL_ASSIGNMENT,
                                  JP_KIND_CLASS_TIER,
                                  JP_KIND_TRAINEE,
                                  JP_KIND_CONTRACT,
                                  JP_KIND_PAYMENT,
                                  JP_KIND_CONFLICT };
  JpSimStation       *station = data;

  if (count_waiting (vault) != 0)
    jp_sim_world_find (station->world, JP_SIM_WEDGED, "station %u: operations wait for ever",
                       station->index);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    compare_kind (station, vault, kinds[i]);
  check_foreign (station, vault);
  check_verdicts (station, vault);
  return NULL;
}

/* --- money --- */

static void
check_contract (JpSimWorld *world, guint index)
{
  g_autoptr (GError) error = NULL;
  JpBankSums sums = { 0 };
  gint64     least_fen = world->n_paid[index] > 0 ? JP_SIM_PRICE_FEN : 0;

  jp_bank_get_sums (jp_business_get_bank (world->b->business), &world->contracts[index], &sums,
                    &error);
  g_assert_no_error (error);
  if (sums.paid_fen < least_fen)
    jp_sim_world_find (world, JP_SIM_LOST, "a confirmed payment is gone");
  if (sums.paid_fen > JP_SIM_PRICE_FEN)
    jp_sim_world_find (world, JP_SIM_DOUBLED, "a payment was booked twice");
  if (sums.paid_fen != sums.custody_fen + sums.released_fen + sums.refunded_fen)
    jp_sim_world_find (world, JP_SIM_DIVERGED, "the money of a contract does not add up");
}

static void
check_money (JpSimWorld *world)
{
  g_autoptr (GError) error = NULL;

  if (!jp_bank_check (jp_business_get_bank (world->b->business), &error))
    jp_sim_world_find (world, JP_SIM_DIVERGED, "the books: %s", error->message);
  for (guint i = 0; i < JP_SIM_MAX_CONTRACTS; i++)
    check_contract (world, i);
}

/**
 * jp_sim_check_all:
 * @world: a world that has come to rest: all run, nothing is under way
 *
 * Looks whether all agree, and whether each agrees with itself.
 */
void
jp_sim_check_all (JpSimWorld *world)
{
  g_autoptr (GError) error = NULL;

  if (!jp_db_check (jp_platform_fixture_get_db (world->b->f), &error))
    jp_sim_world_find (world, JP_SIM_DIVERGED, "the platform's file: %s", error->message);
  check_money (world);
  for (guint i = 0; i < JP_SIM_MAX_STATIONS; i++)
    {
      JpSimStation *station = &world->stations[i];
      Check         check = { station, TRUE };

      if (!station->in_use || station->store == NULL)
        continue;
      jp_sim_station_call (station, check_call, &check, NULL);
      jp_sim_station_call (station, compare_call, station, NULL);
    }
}
