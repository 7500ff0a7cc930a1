/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sim-world.h"

#include "jp-platform-api.h"

#define RESTART_US (40 * JP_SIM_SECOND_US)

/**
 * jp_sim_platform_start:
 * @world: a world whose platform is down
 *
 * Starts the platform.
 */
void
jp_sim_platform_start (JpSimWorld *world)
{
  JpBusinessFixture *b = world->b;
  g_autoptr (GError) error = NULL;
  const JpPlatformStoreOptions options = { JP_CLOCK (b->f->clock), b->f->ids };

  g_assert_null (world->router);
  g_clear_object (&b->f->ids);
  b->f->ids = jp_id_source_new_seeded (JP_CLOCK (b->f->clock), jp_sim_random_next (&world->random));
  b->f->platform =
    jp_platform_new (&(JpPlatformStoreOptions){ .clock = options.clock, .ids = b->f->ids });
  jp_business_attach (b->f->platform);
  if (!jp_platform_open (b->f->platform, b->f->folder, &error))
    {
      jp_sim_world_find (world, JP_SIM_DIVERGED, "the platform does not start: %s", error->message);
      g_clear_pointer (&b->f->platform, jp_platform_free);
      return;
    }
  b->business = jp_business_new (jp_platform_fixture_get_store (b->f));
  world->router = jp_http_router_new ();
  jp_platform_api_add_routes (b->f->platform, world->router, NULL);
  jp_sim_platform_note_age (world);
  jp_sim_platform_note (world);
}

static void
start_cb (JpSimWorld *world, gpointer data, guint64 number)
{
  if (world->router == NULL)
    jp_sim_platform_start (world);
}

/**
 * jp_sim_platform_stop:
 * @world: a world
 *
 * Ends the platform, if it runs.
 */
void
jp_sim_platform_stop (JpSimWorld *world)
{
  JpBusinessFixture *b = world->b;

  g_clear_pointer (&world->router, jp_http_router_unref);
  g_clear_pointer (&b->business, jp_business_free);
  g_clear_pointer (&b->f->platform, jp_platform_free);
}

/**
 * jp_sim_platform_crash:
 * @world: a world
 * @loss: what becomes of that which is not synced
 *
 * The platform's machine stops, and starts again after a while.
 */
void
jp_sim_platform_crash (JpSimWorld *world, JpSimLoss loss)
{
  JpSimNode *node = world->platform_node;

  jp_sim_world_log (world, "platform: power cut, loss %d", (int)loss);
  if (!jp_sim_node_is_dead (node))
    jp_sim_node_kill (node);
  jp_sim_platform_stop (world);
  jp_sim_node_set_disk (node,
                        jp_sim_disk_crash (jp_sim_node_get_disk (node), loss, &world->random));
  world->tally->n_crash_points++;
  jp_sim_world_schedule (world, RESTART_US, start_cb, NULL, 0);
}

static gint64
count_taken (JpSimWorld *world, const JpId *station)
{
  gint64 n = 0;

  for (guint i = 0; i < world->taken->len; i++)
    {
      const JpSimTaken *taken = &g_array_index (world->taken, JpSimTaken, i);

      if (jp_id_equal (&taken->station, station))
        n = taken->n;
    }
  return n;
}

/* An identity that branched off begins behind the operations of the one that it
 * had before. */
static gboolean
is_logged (JpDb *db, const JpSimTaken *taken)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) statement =
    jp_db_prepare (db, "SELECT 1 FROM op_log WHERE station = :station AND n = :n", &error);
  gboolean row = FALSE;

  g_assert_no_error (error);
  jp_statement_bind_id (statement, ":station", &taken->station);
  jp_statement_bind_integer (statement, ":n", taken->n);
  jp_statement_step (statement, &row, &error);
  g_assert_no_error (error);
  return row;
}

/**
 * jp_sim_platform_note:
 * @world: a world whose platform runs
 *
 * Writes down which operations it has taken since the last look.
 */
void
jp_sim_platform_note (JpSimWorld *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_fixture_get_db (world->b->f),
                   "SELECT id, acked_n FROM station ORDER BY no", &error);
  gboolean row = FALSE;

  g_assert_no_error (error);
  while (jp_statement_step (statement, &row, &error) && row)
    {
      JpSimTaken taken;
      gint64     acked_n = jp_statement_get_integer (statement, 1);

      jp_statement_get_id (statement, 0, &taken.station);
      for (taken.n = count_taken (world, &taken.station) + 1; taken.n <= acked_n; taken.n++)
        if (is_logged (jp_platform_fixture_get_db (world->b->f), &taken))
          g_array_append_val (world->taken, taken);
    }
  g_assert_no_error (error);
}

/**
 * jp_sim_platform_find:
 * @world: a world whose platform runs
 * @kind: a kind
 * @id: a row
 *
 * Returns: (transfer full) (nullable): the row, of whichever school it is
 */
JpRecord *
jp_sim_platform_find (JpSimWorld *world, JpKind kind, const JpId *id)
{
  JpRecord *record = NULL;

  for (guint i = 0; i < JP_SIM_MAX_SCHOOLS && record == NULL; i++)
    record = jp_platform_store_find (jp_platform_fixture_get_store (world->b->f),
                                     &world->schools[i].id, kind, id, NULL);
  return record;
}

/* --- money --- */

static gboolean
pay (JpSimWorld *world, guint index, GError **error)
{
  JpBusiness *business = world->b->business;
  const JpId *contract = &world->contracts[index];
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autoptr (JpRecord) record =
    jp_platform_store_find (jp_business_get_store (business), &world->b->f->school,
                            JP_KIND_CONTRACT, contract, error);

  if (record == NULL || !jp_business_begin (business, &transaction, error))
    return FALSE;
  if (!jp_record_has (record, JP_CONTRACT_SIGNED_AT) &&
      !jp_business_sign (business, contract, jp_record_get_text (record, JP_CONTRACT_TEXT_DIGEST),
                         NULL, error))
    return FALSE;
  return jp_business_pay (business, contract, "bank-1", JP_SIM_PRICE_FEN, NULL, error) &&
         jp_business_commit (business, &transaction, error);
}

/**
 * jp_sim_platform_pay:
 * @world: a world
 *
 * A trainee pays, or pays again because nothing was heard of the first time:
 * under the same key, because it is one event.
 */
void
jp_sim_platform_pay (JpSimWorld *world)
{
  guint index = jp_sim_world_below (world, JP_SIM_MAX_CONTRACTS);
  g_autoptr (GError) error = NULL;

  if (world->router == NULL)
    return;
  if (pay (world, index, &error))
    world->n_paid[index]++;
  jp_sim_world_log (world, "platform: payment %u: %s", index,
                    error != NULL ? error->message : "done");
}

/* --- back in time --- */

static gint64
read_floor (JpSimWorld *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpStatement) statement =
    jp_db_prepare (jp_platform_fixture_get_db (world->b->f),
                   "SELECT ifnull (max (floor), 0) FROM version_floor", &error);
  gboolean row = FALSE;

  g_assert_no_error (error);
  jp_statement_step (statement, &row, &error);
  g_assert_no_error (error);
  return jp_statement_get_integer (statement, 0);
}

static gboolean
knows_age (JpSimWorld *world, const char *epoch)
{
  for (guint i = 0; i < world->ages->len; i++)
    if (g_strcmp0 (g_array_index (world->ages, JpSimAge, i).epoch, epoch) == 0)
      return TRUE;

  return FALSE;
}

/**
 * jp_sim_platform_note_age:
 * @world: a world whose platform runs
 *
 * Writes down that an age has begun, if so.
 */
void
jp_sim_platform_note_age (JpSimWorld *world)
{
  const char *epoch = jp_platform_store_get_epoch (jp_platform_fixture_get_store (world->b->f));
  JpSimAge    age = { .parent = world->age, .n_from = world->taken->len, .n_kept = G_MAXUINT };

  if (knows_age (world, epoch))
    return;
  age.epoch = g_strdup (epoch);
  age.floor = read_floor (world);
  for (guint i = 0; i < world->ages->len; i++)
    if (g_array_index (world->ages, JpSimAge, i).floor == age.floor)
      jp_sim_world_find (world, JP_SIM_DIVERGED, "two epochs give the same versions");
  world->age = world->ages->len;
  g_array_append_val (world->ages, age);
}

/* What was taken since the copy was made is forgotten. */
static void
end_age (JpSimWorld *world)
{
  for (guint i = 0; i < world->ages->len; i++)
    {
      JpSimAge *age = &g_array_index (world->ages, JpSimAge, i);

      age->n_kept = MIN (age->n_kept, world->backup_taken);
    }
  world->age = world->backup_age;
}

/**
 * jp_sim_platform_back_up:
 * @world: a world whose platform runs
 *
 * Keeps a copy of its disk, in the place of an older one.
 */
void
jp_sim_platform_back_up (JpSimWorld *world)
{
  if (world->router == NULL)
    return;

  g_clear_pointer (&world->backup, jp_sim_disk_free);
  world->backup = jp_sim_disk_crash (jp_sim_node_get_disk (world->platform_node), JP_SIM_LOSS_NONE,
                                     &world->random);
  world->backup_taken = world->taken->len;
  world->backup_age = world->age;
  memcpy (world->backup_paid, world->n_paid, sizeof world->backup_paid);
  jp_sim_world_log (world, "platform: backup with %u operations", world->backup_taken);
}

/**
 * jp_sim_platform_restore:
 * @world: a world
 *
 * The platform's disk is lost; it goes on from the copy, under a new epoch.
 */
void
jp_sim_platform_restore (JpSimWorld *world)
{
  g_autoptr (GError) error = NULL;

  if (world->backup == NULL || world->router == NULL)
    return;

  jp_sim_platform_stop (world);
  jp_sim_node_set_disk (world->platform_node, jp_sim_disk_copy (world->backup));
  g_array_set_size (world->taken, world->backup_taken);
  memcpy (world->n_paid, world->backup_paid, sizeof world->n_paid);
  world->was_restored = TRUE;
  end_age (world);
  jp_sim_platform_start (world);
  jp_platform_store_new_epoch (jp_platform_fixture_get_store (world->b->f), &error);
  g_assert_no_error (error);
  jp_sim_platform_note_age (world);
  jp_sim_world_log (world, "platform: restored to %u operations", world->backup_taken);
}
