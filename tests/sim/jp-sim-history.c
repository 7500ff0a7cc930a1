/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sim-history.h"
#include "jp-sim-old.h"
#include "jp-sim-world.h"

#include "jp-codes.h"

#include <glib/gstdio.h>

#define TEMPLATE_SEED G_MAXUINT32
#define MAX_EVENTS    4000 /* a history that has more does not end */
#define MAX_PASSES                                                                                 \
  12 /* rounds of all stations until nothing moves any more                                        \
      */
#define HOUR_S         3600
#define N_DISK_CALLS   40
#define CHANCE_PER_ACT 1000
#define RESTART_CHANCE 250 /* of a PC that is well, when everything is mended */
#define MIX_PRIME      G_GUINT64_CONSTANT (0x9E3779B97F4A7C15)
#define MAX_REST       600 /* events of a round after everything is well */

typedef struct
{
  gint64         at_us;
  guint64        order;
  JpSimEventFunc func;
  gpointer       data;
  guint64        number;
} Event;

struct _JpSimHistory
{
  JpSimWorld world;
  JpSimDisk *platform;                    /* (owned): as every history finds it */
  JpSimDisk *fresh[JP_SIM_MAX_STATIONS];  /* (owned): enrolled */
  JpSimDisk *synced[JP_SIM_MAX_STATIONS]; /* (owned): after the first sync */
  JpSimDisk *old[JP_SIM_MAX_STATIONS];    /* (owned): the same of an older program */
  JpSimDisk *old_platform;                /* (owned) */
};

/* --- the world's ways --- */

/**
 * jp_sim_world_below:
 * @self: a world
 * @bound: how many numbers there are, > 0
 *
 * Returns: one of them
 */
guint
jp_sim_world_below (JpSimWorld *self, guint bound)
{
  return jp_sim_random_below (&self->random, bound);
}

/**
 * jp_sim_world_chance:
 * @self: a world
 * @per_thousand: how often it happens
 *
 * Returns: whether it happens now
 */
gboolean
jp_sim_world_chance (JpSimWorld *self, guint per_thousand)
{
  return per_thousand > 0 && jp_sim_world_below (self, CHANCE_PER_ACT) < per_thousand;
}

/**
 * jp_sim_world_settle:
 * @self: a world
 *
 * Lets the programs work until all of them wait for something from outside.
 */
void
jp_sim_world_settle (JpSimWorld *self)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/**
 * jp_sim_world_log:
 * @self: a world
 * @format: what happens
 * @...: for @format
 *
 * Tells people who look for a fault.
 */
void
jp_sim_world_log (JpSimWorld *self, const char *format, ...)
{
  va_list args;

  if (g_getenv ("JP_SIM_VERBOSE") == NULL)
    return;

  va_start (args, format);
  g_autofree char *words = g_strdup_vprintf (format, args);
  va_end (args);

  g_printerr ("%8.3f  %s\n", (double)self->now_us / JP_SIM_SECOND_US, words);
}

/**
 * jp_sim_world_find:
 * @self: a world
 * @checker: who found it
 * @format: what
 * @...: for @format
 *
 * Notes a finding with the seed.
 */
void
jp_sim_world_find (JpSimWorld *self, JpSimChecker checker, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *words = g_strdup_vprintf (format, args);
  va_end (args);

  jp_sim_world_log (self, "FOUND %s: %s", jp_sim_tally_get_name (checker), words);
  jp_sim_tally_find (self->tally, checker, "seed %" G_GUINT64_FORMAT ": %s", self->seed, words);
}

static int
compare_events (gconstpointer a, gconstpointer b)
{
  const Event *one = *(const Event *const *)a;
  const Event *two = *(const Event *const *)b;

  if (one->at_us != two->at_us)
    return one->at_us > two->at_us ? -1 : 1;
  return one->order > two->order ? -1 : 1;
}

/**
 * jp_sim_world_schedule:
 * @self: a world
 * @delay_us: from now
 * @func: what happens then
 * @data: for @func
 * @number: likewise
 */
void
jp_sim_world_schedule (JpSimWorld    *self,
                       gint64         delay_us,
                       JpSimEventFunc func,
                       gpointer       data,
                       guint64        number)
{
  Event *event = g_new0 (Event, 1);

  event->at_us = self->now_us + delay_us;
  event->order = self->n_events++;
  event->func = func;
  event->data = data;
  event->number = number;
  g_ptr_array_add (self->queue, event);
  g_ptr_array_sort (self->queue, compare_events); /* the next is the last; it is nearly sorted */
}

static void
set_clocks (JpSimWorld *world)
{
  jp_fake_clock_set_wall (world->b->f->clock, JP_FAKE_CLOCK_NOW_US + world->now_us);
  for (guint i = 0; i < JP_SIM_MAX_STATIONS; i++)
    jp_fake_clock_set_wall (world->stations[i].clock,
                            JP_FAKE_CLOCK_NOW_US + world->now_us + world->stations[i].skew_us);
}

/* Machines that stopped over what they did are found stopped. */
static void
look_for_dead (JpSimWorld *world)
{
  JpSimLoss loss = (JpSimLoss)jp_sim_world_below (world, JP_SIM_N_LOSSES);

  if (jp_sim_node_is_dead (world->platform_node) && world->router != NULL)
    jp_sim_platform_crash (world, loss);
  for (guint i = 0; i < JP_SIM_MAX_STATIONS; i++)
    if (jp_sim_node_is_dead (world->stations[i].node) && world->stations[i].store != NULL)
      jp_sim_station_crash (&world->stations[i], loss);
}

static void
look_at_news (JpSimWorld *world)
{
  for (guint i = 0; i < JP_SIM_MAX_STATIONS; i++)
    {
      JpSimStation *station = &world->stations[i];

      if (station->has_news && station->store != NULL && !jp_sim_node_is_dead (station->node))
        jp_sim_check_shown (station);
      station->has_news = FALSE;
    }
}

static gboolean
run_next (JpSimWorld *world)
{
  if (world->queue->len == 0)
    return FALSE;

  g_autofree Event *event = g_ptr_array_steal_index (world->queue, world->queue->len - 1);

  world->now_us = MAX (world->now_us, event->at_us);
  set_clocks (world);
  event->func (world, event->data, event->number);
  jp_sim_world_settle (world);
  look_for_dead (world);
  look_at_news (world);
  return TRUE;
}

/* --- what goes wrong, and when --- */

static void
maybe_break_disk (JpSimWorld *world, JpSimNode *node)
{
  static const JpSimFault faults[] = { JP_SIM_FAULT_IO, JP_SIM_FAULT_IO_STAYS, JP_SIM_FAULT_FULL,
                                       JP_SIM_FAULT_FULL_STAYS, JP_SIM_FAULT_READ };
  guint                   calls = jp_sim_world_below (world, N_DISK_CALLS);

  if (jp_sim_world_chance (world, world->swarm.disk_fault))
    jp_sim_node_set_fault (node, faults[jp_sim_world_below (world, G_N_ELEMENTS (faults))], calls);
}

static void
disturb_station (JpSimStation *station)
{
  JpSimWorld *world = station->world;

  jp_sim_node_set_fault (station->node, JP_SIM_FAULT_NONE, 0);
  maybe_break_disk (world, station->node);
  if (jp_sim_world_chance (world, world->swarm.station_crash))
    jp_sim_node_set_fault (station->node, JP_SIM_FAULT_DIE,
                           jp_sim_world_below (world, N_DISK_CALLS));
  if (jp_sim_world_chance (world, world->swarm.clock_jump))
    station->skew_us = ((gint64)jp_sim_world_below (world, 96) - 48) * HOUR_S * JP_SIM_SECOND_US;
}

static void
disturb_platform (JpSimWorld *world)
{
  if (world->router == NULL)
    return;
  if (jp_sim_world_chance (world, world->swarm.platform_crash))
    jp_sim_node_set_fault (world->platform_node, JP_SIM_FAULT_DIE,
                           jp_sim_world_below (world, N_DISK_CALLS));
  if (jp_sim_world_chance (world, world->swarm.pay))
    jp_sim_platform_pay (world);
  if (jp_sim_world_chance (world, world->swarm.back_up))
    jp_sim_platform_back_up (world);
  if (jp_sim_world_chance (world, world->swarm.restore))
    jp_sim_platform_restore (world);
}

static void act_cb (JpSimWorld *world, gpointer data, guint64 index);

/* A PC that nobody uses gets the disk of one that works. */
static void
maybe_clone (JpSimStation *station, guint64 index)
{
  JpSimWorld   *world = station->world;
  JpSimStation *other = &world->stations[JP_SIM_FIRST_OTHER - 1];

  if (other->in_use || other->school != station->school ||
      !jp_sim_world_chance (world, world->swarm.clone))
    return;
  jp_sim_station_clone (station, other);
  jp_sim_world_schedule (world, JP_SIM_SECOND_US, act_cb, other, index);
}

static void
act (JpSimStation *station, guint64 index)
{
  JpSimWorld *world = station->world;

  maybe_clone (station, index);
  disturb_station (station);
  if (jp_sim_world_chance (world, world->swarm.rewind))
    jp_sim_station_rewind (station);
  else if (jp_sim_world_chance (world, world->swarm.sync_chance))
    jp_sim_station_sync (station);
  else
    jp_sim_station_act (station);
}

/* Each act draws from numbers of its own: where one is left out, the others stay as they are. */
static void
act_cb (JpSimWorld *world, gpointer data, guint64 index)
{
  JpSimStation *station = data;
  guint32       name = jp_sim_cut_make_act (station->index, index);
  JpSimRandom   own = { world->seed * MIX_PRIME + name };
  gint64        delay_us = 0;

  world->random.state = jp_sim_random_next (&own);
  delay_us = (1 + jp_sim_world_below (world, world->swarm.act_every_s * 2)) * JP_SIM_SECOND_US;
  if (!jp_sim_cut_skips (world->cut, name))
    {
      disturb_platform (world);
      if (station->store != NULL)
        act (station, index);
    }
  if (index + 1 < world->swarm.n_acts)
    jp_sim_world_schedule (world, delay_us, act_cb, station, index + 1);
}

/* --- the swarm --- */

static guint
sometimes (JpSimWorld *world, guint up_to)
{
  return jp_sim_world_below (world, 2) == 0 ? 0 : jp_sim_world_below (world, up_to);
}

static void
draw_swarm (JpSimWorld *world)
{
  JpSimSwarm *swarm = &world->swarm;

  *swarm = (JpSimSwarm){ 0 };
  swarm->n_stations = 1 + jp_sim_world_below (world, JP_SIM_FIRST_OTHER);
  swarm->n_others = sometimes (world, JP_SIM_MAX_SCHOOLS);
  swarm->n_acts = 8 + jp_sim_world_below (world, 40);
  swarm->act_every_s = 2 + jp_sim_world_below (world, 120);
  for (guint i = 0; i < G_N_ELEMENTS (swarm->weights); i++)
    swarm->weights[i] = sometimes (world, 10);
  swarm->weights[0] = 1 + jp_sim_world_below (world, 4);
  swarm->weights[1] = 1 + jp_sim_world_below (world, 12);
  swarm->sync_chance = 50 + jp_sim_world_below (world, 500);
  swarm->lose_request = sometimes (world, 300);
  swarm->lose_reply = sometimes (world, 300);
  swarm->duplicate = sometimes (world, 200);
  swarm->late = sometimes (world, 200);
  swarm->portal = sometimes (world, 100);
  swarm->gateway = sometimes (world, 100);
  swarm->truncated = sometimes (world, 100);
  swarm->foreign = sometimes (world, 100);
  swarm->station_crash = sometimes (world, 150);
  swarm->platform_crash = sometimes (world, 100);
  swarm->disk_fault = sometimes (world, 100);
  swarm->no_memory = sometimes (world, 100);
  swarm->clock_jump = sometimes (world, 50);
  swarm->pay = sometimes (world, 100);
  swarm->restore = jp_sim_world_below (world, 4) == 0 ? 20 : 0;
  swarm->back_up = swarm->restore > 0 ? 60 : 0;
  swarm->clone = jp_sim_world_below (world, 6) == 0 ? 30 : 0;
  swarm->rewind = jp_sim_world_below (world, 4) == 0 ? 30 : 0;
  if (swarm->rewind > 0)
    swarm->weights[8] = 4;
  swarm->n_old = jp_sim_world_below (world, 8) == 0 ? 1 + jp_sim_world_below (world, 3) : 0;
  swarm->n_fresh = jp_sim_world_below (world, 4) == 0 ? jp_sim_world_below (world, 3) : 0;
  for (guint i = 0; i < JP_SIM_MAX_STATIONS; i++)
    swarm->skews_us[i] =
      (gint64)sometimes (world, 48) * HOUR_S * JP_SIM_SECOND_US * (i % 2 == 0 ? 1 : -1);
}

/* --- a history --- */

static void
age_clear (gpointer data)
{
  g_clear_pointer (&((JpSimAge *)data)->epoch, g_free);
}

static void
act_free (gpointer data)
{
  JpSimAct *act = data;

  g_array_unref (act->edits);
  g_free (act);
}

/* The platform keeps a file beside its database; it is of the last history. */
static void
forget_witness (JpSimWorld *world)
{
  g_autofree char *path = g_build_filename (world->b->f->folder, "witness", NULL);

  g_remove (path);
}

static void
begin_station (JpSimHistory *self, guint index)
{
  JpSimWorld   *world = &self->world;
  JpSimStation *station = &world->stations[index];
  JpSimDisk    *disk = index < world->swarm.n_fresh ? self->fresh[index] : self->synced[index];

  station->is_old =
    index < world->swarm.n_stations && index + world->swarm.n_old >= world->swarm.n_stations;
  if (station->is_old)
    disk = self->old[index];
  station->in_use = TRUE;
  station->last_act = JP_ID_NONE;
  station->unknown = FALSE;
  station->in_doubt = FALSE;
  station->has_backup = FALSE;
  station->is_sealed = FALSE;
  jp_sim_node_set_disk (station->node, jp_sim_disk_copy (disk));
  jp_sim_station_start (station);
  jp_sim_world_schedule (world, jp_sim_world_below (world, 10) * JP_SIM_SECOND_US, act_cb, station,
                         0);
}

static void
begin (JpSimHistory *self, const JpSimCut *cut)
{
  JpSimWorld *world = &self->world;

  jp_sim_vfs_set_seed (cut->seed);
  world->seed = cut->seed;
  world->cut = cut;
  world->random.state = cut->seed * 2 + 1;
  world->n_events = 0;
  world->now_us = 0;
  world->healed = FALSE;
  world->at_rest = FALSE;
  world->was_restored = FALSE;
  world->age = 0;
  g_array_set_size (world->ages, 0);
  g_hash_table_remove_all (world->acts);
  g_ptr_array_set_size (world->history, 0);
  for (guint i = 0; i < JP_SIM_MAX_SCHOOLS; i++)
    g_array_set_size (world->schools[i].ids, 0);
  g_array_set_size (world->taken, 0);
  memset (world->n_paid, 0, sizeof world->n_paid);
  draw_swarm (world);
  jp_sim_cut_apply (cut, &world->swarm);
  for (guint i = 0; i < JP_SIM_MAX_STATIONS; i++)
    world->stations[i].skew_us = world->swarm.skews_us[i];
  set_clocks (world);

  jp_sim_node_set_disk (world->platform_node,
                        jp_sim_disk_copy (world->swarm.n_old % 2 == 1 ? self->old_platform
                                                                      : self->platform));
  forget_witness (world);
  jp_sim_platform_start (world);
  for (guint i = 0; i < JP_SIM_MAX_STATIONS; i++)
    if (i < JP_SIM_FIRST_OTHER ? i < world->swarm.n_stations
                               : i - JP_SIM_FIRST_OTHER < world->swarm.n_others)
      begin_station (self, i);
}

static void
run_queue (JpSimWorld *world)
{
  guint64 limit = world->n_events + (world->at_rest ? MAX_REST : MAX_EVENTS);

  while (run_next (world))
    if (world->n_events > limit)
      {
        jp_sim_world_find (world, JP_SIM_WEDGED, "events without end");
        return;
      }
}

/* Everything that was broken is mended: programs are started again, disks and
 * network are well. */
static void
heal (JpSimWorld *world)
{
  world->healed = TRUE;
  jp_sim_world_log (world, "healed");
  jp_sim_node_set_fault (world->platform_node, JP_SIM_FAULT_NONE, 0);
  if (world->router == NULL)
    jp_sim_platform_start (world);
  for (guint i = 0; i < JP_SIM_MAX_STATIONS; i++)
    {
      JpSimStation *station = &world->stations[i];

      jp_sim_node_set_fault (station->node, JP_SIM_FAULT_NONE, 0);
      /* One that saw its disk fail writes nothing any more. */
      if (jp_sim_node_get_n_faults (station->node) != station->n_faults ||
          jp_sim_world_chance (world, RESTART_CHANCE))
        jp_sim_station_stop (station);
      if (station->in_use && station->store == NULL)
        jp_sim_station_start (station);
    }
}

static gboolean
sync_all (JpSimWorld *world)
{
  guint n_moved = 0;

  for (guint i = 0; i < JP_SIM_MAX_STATIONS; i++)
    {
      JpSimStation *station = &world->stations[i];

      if (!station->in_use)
        continue;
      jp_sim_station_sync (station);
      run_queue (world);
      if (station->unknown)
        n_moved++;
      else if (!station->round_whole)
        {
          jp_sim_world_find (world, JP_SIM_WEDGED, "station %u: round: %s", i,
                             station->round_error != NULL ? station->round_error->message
                                                          : "does not end");
          return TRUE;
        }
      n_moved += station->n_moved;
    }
  return n_moved == 0;
}

static void
end (JpSimWorld *world)
{
  for (guint i = 0; i < JP_SIM_MAX_STATIONS; i++)
    {
      JpSimStation *station = &world->stations[i];

      jp_sim_station_stop (station);
      station->in_use = FALSE;
      jp_seal_key_unref (station->key);
      station->key = jp_seal_key_ref (station->own_key);
      g_clear_error (&station->round_error);
      jp_sim_node_set_disk (station->node, jp_sim_disk_new ());
    }
  jp_sim_platform_stop (world);
  g_clear_pointer (&world->backup, jp_sim_disk_free);
}

/**
 * jp_sim_history_play:
 * @self: a player
 * @cut: which history, and what of it
 *
 * Plays it to its end, heals everything, lets all come to rest, and judges.
 */
void
jp_sim_history_play (JpSimHistory *self, const JpSimCut *cut)
{
  JpSimWorld *world = &self->world;
  gboolean    at_rest = FALSE;

  begin (self, cut);
  run_queue (world);
  heal (world);
  run_queue (world);
  world->at_rest = TRUE;
  for (guint pass = 0; pass < MAX_PASSES && !at_rest; pass++)
    at_rest = sync_all (world);
  if (!at_rest)
    jp_sim_world_find (world, JP_SIM_WEDGED, "the stations never come to rest");

  if (world->router == NULL)
    jp_sim_world_find (world, JP_SIM_WEDGED, "the platform does not run any more");
  else
    {
      jp_sim_model_judge (world);
      jp_sim_check_all (world);
    }
  world->tally->n_seeds++;
  world->tally->n_events += world->n_events;
  end (world);
}

/**
 * jp_sim_history_set_tally:
 * @self: a player
 * @tally: where the figures go from now on
 *
 * Returns: (transfer none): where they went
 */
JpSimTally *
jp_sim_history_set_tally (JpSimHistory *self, JpSimTally *tally)
{
  JpSimTally *before = self->world.tally;

  self->world.tally = tally;
  return before;
}

/**
 * jp_sim_history_get_swarm:
 * @self: a player
 *
 * Returns: (transfer none): what the last history was like
 */
const JpSimSwarm *
jp_sim_history_get_swarm (JpSimHistory *self)
{
  return &self->world.swarm;
}

/* --- the beginning of all histories --- */

static void
make_station (JpSimHistory *self, guint index)
{
  JpSimWorld      *world = &self->world;
  JpSimStation    *station = &world->stations[index];
  g_autofree char *folder = g_strdup_printf ("/simulated/station-%u", index);

  station->world = world;
  station->index = index;
  station->school =
    &world->schools[index < JP_SIM_FIRST_OTHER ? 0 : index - JP_SIM_FIRST_OTHER + 1];
  station->node = jp_sim_node_new (folder);
  station->path = jp_sim_node_dup_path (station->node, JP_SIM_FILE_NAME);
  station->own_key = jp_seal_key_new_random ();
  station->key = jp_seal_key_ref (station->own_key);
  station->clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
}

static void
fill_station (JpSimHistory *self, guint index)
{
  JpSimWorld   *world = &self->world;
  JpSimStation *station = &world->stations[index];
  JpSimRandom   random = { 0 };

  jp_sim_station_start (station);
  jp_sim_station_enrol (station);
  run_queue (world);
  self->fresh[index] =
    jp_sim_disk_crash (jp_sim_node_get_disk (station->node), JP_SIM_LOSS_NONE, &random);
  jp_sim_station_sync (station);
  run_queue (world);
  g_assert_true (station->round_whole);
  jp_sim_station_stop (station);
  self->synced[index] =
    jp_sim_disk_crash (jp_sim_node_get_disk (station->node), JP_SIM_LOSS_NONE, &random);
  self->old[index] = jp_sim_old_make_store (station->node, JP_SIM_FILE_NAME, index);
}

static void
put (JpSimWorld *world, JpSimSchool *school, JpDraft *draft)
{
  jp_record_unref (jp_platform_fixture_put (world->b->f, &school->id, jp_draft_end (draft)));
}

/* A terminal and a vehicle, to be brought together. */
static void
add_seat (JpSimWorld *world, guint index)
{
  JpSimSchool     *school = &world->schools[index];
  g_autofree char *serial = g_strdup_printf ("T-0%u02", index);
  g_autofree char *plate = g_strdup_printf ("鲁R0%u02学", index);
  g_autofree char *mac = g_strdup_printf ("02A43700000%u", index);
  JpDraft         *vehicle = NULL;
  JpDraft         *terminal = NULL;

  school->vehicle = jp_id_derive ("sim-vehicle", serial);
  school->terminal = jp_id_derive ("sim-terminal", serial);
  vehicle = jp_draft_new (JP_KIND_VEHICLE, &school->vehicle);
  terminal = jp_draft_new (JP_KIND_TERMINAL, &school->terminal);
  jp_draft_set_text (vehicle, JP_VEHICLE_PLATE, plate);
  jp_draft_set_text (vehicle, JP_VEHICLE_LICENCE_TYPE, "C1");
  jp_draft_set_text (vehicle, JP_VEHICLE_STATUS, "in-use");
  put (world, school, vehicle);
  jp_draft_set_text (terminal, JP_TERMINAL_SERIAL, serial);
  jp_draft_set_text (terminal, JP_TERMINAL_TYPE, "vehicle");
  jp_draft_set_text (terminal, JP_TERMINAL_VENDOR, "终端厂");
  jp_draft_set_text (terminal, JP_TERMINAL_MODEL, "J-1");
  jp_draft_set_text (terminal, JP_TERMINAL_IMEI, mac);
  jp_draft_set_code (terminal, JP_TERMINAL_STATUS, JP_TERMINAL_STATUS_SPARE);
  put (world, school, terminal);
}

static JpId
add_school (JpSimWorld *world, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  JpPlatformStore *store = jp_platform_fixture_get_store (world->b->f);
  g_autoptr (JpRecord) school = jp_draft_end (jp_platform_fixture_new_school (world->b->f, name));

  jp_platform_store_begin (store, &transaction, &error);
  jp_platform_store_add_school (store, school, &error);
  jp_platform_store_commit (store, &transaction, &error);
  g_assert_no_error (error);
  return *jp_record_get_id (school);
}

static void
make_platform (JpSimHistory *self)
{
  JpSimWorld *world = &self->world;

  world->platform_node = jp_sim_node_new (g_get_tmp_dir ());
  world->b = jp_business_fixture_new ();
  for (guint i = 0; i < JP_SIM_MAX_CONTRACTS; i++)
    world->contracts[i] = jp_business_fixture_offer (world->b);
  world->schools[0].id = world->b->f->school;
  world->schools[1].id = world->b->f->other;
  world->schools[2].id = add_school (world, "菏泽第三驾校");
  for (guint i = 0; i < JP_SIM_MAX_SCHOOLS; i++)
    add_seat (world, i);
  jp_sim_platform_stop (world);
  jp_sim_platform_start (world);
}

/**
 * jp_sim_history_new:
 * @tally: where the figures go
 *
 * Returns: (transfer full): a player, with a platform and enrolled stations
 * from which every history begins
 */
JpSimHistory *
jp_sim_history_new (JpSimTally *tally)
{
  JpSimHistory *self = g_new0 (JpSimHistory, 1);
  JpSimWorld   *world = &self->world;
  JpSimRandom   random = { 0 };

  jp_sim_vfs_set_seed (TEMPLATE_SEED);
  world->random.state = TEMPLATE_SEED;
  world->tally = tally;
  world->healed = TRUE;
  world->queue = g_ptr_array_new ();
  world->flights = g_ptr_array_new_with_free_func (jp_sim_net_unref_flight);
  world->acts = g_hash_table_new_full (jp_id_hash, jp_id_equal, NULL, act_free);
  world->history = g_ptr_array_new ();
  for (guint i = 0; i < JP_SIM_MAX_SCHOOLS; i++)
    world->schools[i].ids = g_array_new (FALSE, FALSE, sizeof (JpId));
  world->taken = g_array_new (FALSE, FALSE, sizeof (JpSimTaken));
  world->ages = g_array_new (FALSE, FALSE, sizeof (JpSimAge));
  g_array_set_clear_func (world->ages, age_clear);
  for (guint i = 0; i < JP_SIM_MAX_STATIONS; i++)
    make_station (self, i);
  make_platform (self);
  for (guint i = 0; i < JP_SIM_MAX_STATIONS; i++)
    fill_station (self, i);
  self->platform =
    jp_sim_disk_crash (jp_sim_node_get_disk (world->platform_node), JP_SIM_LOSS_NONE, &random);
  jp_sim_platform_stop (world);
  self->old_platform = jp_sim_old_make_platform (world->platform_node, world->b->f->folder);
  return self;
}

static void
clear_station (JpSimHistory *self, guint index)
{
  JpSimStation *station = &self->world.stations[index];

  jp_sim_node_free (station->node);
  jp_seal_key_unref (station->key);
  jp_seal_key_unref (station->own_key);
  g_object_unref (station->clock);
  g_free (station->path);
  jp_sim_disk_free (self->fresh[index]);
  jp_sim_disk_free (self->synced[index]);
  jp_sim_disk_free (self->old[index]);
}

/**
 * jp_sim_history_free:
 * @self: (nullable) (transfer full): a player
 */
void
jp_sim_history_free (JpSimHistory *self)
{
  if (self == NULL)
    return;

  JpSimWorld *world = &self->world;

  for (guint i = 0; i < JP_SIM_MAX_STATIONS; i++)
    clear_station (self, i);
  jp_business_fixture_free (world->b);
  jp_sim_node_free (world->platform_node);
  jp_sim_disk_free (self->platform);
  jp_sim_disk_free (self->old_platform);
  g_ptr_array_unref (world->queue);
  g_ptr_array_unref (world->flights);
  g_hash_table_unref (world->acts);
  g_ptr_array_unref (world->history);
  for (guint i = 0; i < JP_SIM_MAX_SCHOOLS; i++)
    g_array_unref (world->schools[i].ids);
  g_array_unref (world->taken);
  g_clear_pointer (&world->profiles, g_hash_table_unref);
  g_array_unref (world->ages);
  g_free (self);
}
