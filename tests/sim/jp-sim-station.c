/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sim-world.h"

#include "jp-platform-station.h"
#include "jp-sync-enrol.h"
#include "jp-sync-error.h"
#include "jp-sync-round.h"

#include <sqlite3.h>

#define RESTART_US  (20 * JP_SIM_SECOND_US)
#define BACKUP_NAME "copy.db"
#define SEALED_IN   4 /* backups: it takes much longer than a copy */
#define REENROL_US  (60 * JP_SIM_SECOND_US)

/* A PC of the school: the program is started, works, and ends in order or not.
 */

typedef struct
{
  GAsyncResult *result; /* (owned) (nullable) */
} Wait;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ((Wait *)user_data)->result = g_object_ref (result);
}

static GAsyncResult *
wait_for (JpSimWorld *world, Wait *wait)
{
  jp_sim_world_settle (world);
  g_assert_nonnull (wait->result);
  return wait->result;
}

static void
close_store (JpSimStation *self)
{
  Wait wait = { NULL };

  if (self->store == NULL)
    return;

  jp_sim_net_cut (self);
  jp_sim_world_settle (self->world);
  jp_store_close_async (self->store, NULL, done_cb, &wait);
  jp_store_close_finish (self->store, wait_for (self->world, &wait), NULL);
  g_object_unref (wait.result);
  jp_sim_world_settle (self->world);
  g_assert_finalize_object (g_steal_pointer (&self->store));
  g_clear_object (&self->transport);
  g_clear_object (&self->ids);
  g_assert_cmpuint (jp_sim_node_get_n_open (self->node), ==, 0);
}

/**
 * jp_sim_station_start:
 * @self: a station that is off
 *
 * Starts the program.
 *
 * Returns: whether the store is open
 */
gboolean
jp_sim_station_start (JpSimStation *self)
{
  Wait wait = { NULL };
  g_autoptr (GError) error = NULL;

  g_assert_null (self->store);
  self->n_faults = jp_sim_node_get_n_faults (self->node);
  self->ids =
    jp_id_source_new_seeded (JP_CLOCK (self->clock), jp_sim_random_next (&self->world->random));
  self->store =
    jp_store_new_in_loop (self->path, self->key, JP_CLOCK (self->clock), self->ids, "前台");
  self->transport = jp_sim_net_new_transport (self);
  self->in_round = FALSE;
  jp_store_open_async (self->store, NULL, done_cb, &wait);
  jp_store_open_finish (self->store, wait_for (self->world, &wait), &error);
  g_object_unref (wait.result);
  if (error == NULL)
    {
      jp_sim_check_station (self);
      return TRUE;
    }

  if (!jp_sim_node_is_dead (self->node))
    jp_sim_world_find (self->world, JP_SIM_DIVERGED, "station %u does not start: %s", self->index,
                       error->message);
  close_store (self);
  return FALSE;
}

static void
start_cb (JpSimWorld *world, gpointer data, guint64 number)
{
  JpSimStation *self = data;

  if (self->store == NULL)
    jp_sim_station_start (self);
}

/**
 * jp_sim_station_stop:
 * @self: a station
 *
 * Ends the program in order, if it runs.
 */
void
jp_sim_station_stop (JpSimStation *self)
{
  close_store (self);
}

/**
 * jp_sim_station_crash:
 * @self: a station
 * @loss: what becomes of that which is not synced
 *
 * The power fails; after a while somebody starts the program again.
 */
void
jp_sim_station_crash (JpSimStation *self, JpSimLoss loss)
{
  jp_sim_world_log (self->world, "station %u: power cut, loss %d", self->index, (int)loss);
  if (!jp_sim_node_is_dead (self->node))
    jp_sim_node_kill (self->node);
  close_store (self);
  jp_sim_node_set_disk (self->node, jp_sim_disk_crash (jp_sim_node_get_disk (self->node), loss,
                                                       &self->world->random));
  self->world->tally->n_crash_points++;
  jp_sim_world_schedule (self->world, RESTART_US, start_cb, self, 0);
}

static void
enrolled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JpSimStation *self = user_data;
  g_autoptr (GError) error = NULL;

  self->in_round = FALSE;
  jp_sync_enrol_finish (JP_STORE (source), result, &error);
  jp_sim_world_log (self->world, "station %u: enrolled again: %s", self->index,
                    error != NULL ? error->message : "done");
}

/**
 * jp_sim_station_enrol:
 * @self: a station that runs
 *
 * Somebody asks the platform for a code and types it in.
 */
void
jp_sim_station_enrol (JpSimStation *self)
{
  JpSimWorld *world = self->world;
  g_autoptr (GError) error = NULL;
  JpSyncPlace      place = { (char *)"https://localhost", (char *)"ca.pem", FALSE };
  g_autofree char *code =
    jp_platform_station_make_code (jp_platform_fixture_get_store (world->b->f), &self->school->id,
                                   &error);

  if (code == NULL)
    return; /* its disk fails */
  self->in_round = TRUE;
  jp_sync_enrol_async (self->store, self->transport, &place, code, "前台", NULL, enrolled_cb, self);
  jp_sim_world_settle (world);
}

/* A platform that went back in time does not know a station that it took in since: its people are
 * told to enrol it again. */
static void
enrol_again_cb (JpSimWorld *world, gpointer data, guint64 number)
{
  JpSimStation *self = data;

  if (self->store != NULL && !self->in_round && world->router != NULL)
    jp_sim_station_enrol (self);
}

static void
note_unknown (JpSimStation *self)
{
  self->unknown = self->world->was_restored &&
                  g_error_matches (self->round_error, JP_SYNC_ERROR, JP_SYNC_ERROR_AUTH);
  if (self->unknown)
    jp_sim_world_schedule (self->world, REENROL_US, enrol_again_cb, self, 0);
}

static void
round_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JpSimStation *self = user_data;
  JpSyncReceipt receipt = { 0 };

  g_clear_error (&self->round_error);
  self->in_round = FALSE;
  self->round_whole =
    jp_sync_round_finish (JP_STORE (source), result, &receipt, &self->round_error);
  note_unknown (self);
  self->has_news = TRUE;
  self->n_moved = (guint)(receipt.n_judged + receipt.n_received);
  jp_sim_world_log (self->world, "station %u: round %s, %u moved", self->index,
                    self->round_whole ? "whole" : self->round_error->message, self->n_moved);
}

/**
 * jp_sim_station_sync:
 * @self: a station
 *
 * Begins a round, unless one runs.
 */
void
jp_sim_station_sync (JpSimStation *self)
{
  if (self->store == NULL || self->in_round)
    return;

  self->in_round = TRUE;
  jp_sync_round_async (self->store, self->transport, NULL, NULL, NULL, round_done_cb, self);
  jp_sim_world_settle (self->world);
}

/**
 * jp_sim_station_call:
 * @self: a station that runs
 * @func: a repository call
 * @data: (nullable): for @func
 * @error: return location for an error
 *
 * Runs the call on the station's writing vault, at once.
 *
 * Returns: (transfer full) (nullable): its result
 */
gpointer
jp_sim_station_call (JpSimStation *self, JpStoreFunc func, gpointer data, GError **error)
{
  Wait        wait = { NULL };
  JpStoreCall call = { func, data, NULL, NULL, JP_STORE_KINDS_ALL };
  gpointer    result = NULL;

  jp_store_write_async (self->store, &call, G_PRIORITY_DEFAULT, NULL, done_cb, &wait);
  jp_store_write_finish (self->store, wait_for (self->world, &wait), &result, error);
  g_object_unref (wait.result);
  return result;
}

/**
 * jp_sim_station_clone:
 * @self: a station
 * @other: a PC that is not in use
 *
 * Somebody copies the disk into another PC, and both work on.
 */
void
jp_sim_station_clone (JpSimStation *self, JpSimStation *other)
{
  JpSimDisk *disk =
    jp_sim_disk_crash (jp_sim_node_get_disk (self->node), JP_SIM_LOSS_NONE, &self->world->random);

  jp_sim_world_log (self->world, "station %u: copied to station %u", self->index, other->index);
  jp_sim_node_set_disk (other->node, disk);
  jp_seal_key_unref (other->key);
  other->key = jp_seal_key_ref (self->key);
  other->in_use = TRUE;
  other->is_old = self->is_old;
  other->last_act = JP_ID_NONE;
  other->has_backup = self->has_backup && !self->is_sealed;
  other->is_sealed = FALSE;
  other->backup_acts = self->backup_acts;
  jp_sim_station_start (other);
}

/* --- backups --- */

static gpointer
back_up_call (JpVault *vault, gpointer data, GError **error)
{
  return jp_db_backup (vault->db, data, error) ? data : NULL;
}

static void
back_up_sealed (JpSimStation *self)
{
  guint    n_acts = self->world->history->len;
  gboolean good = jp_sim_backup_seal (self);

  jp_sim_world_log (self->world, "station %u: sealed backup: %s", self->index,
                    good ? "done" : "failed");
  if (!good)
    return;
  self->has_backup = TRUE;
  self->is_sealed = TRUE;
  self->backup_acts = n_acts;
}

/**
 * jp_sim_station_back_up:
 * @self: a station that runs
 *
 * Makes a backup: mostly a copy of the data in another file of the PC, as every backup begins.
 */
void
jp_sim_station_back_up (JpSimStation *self)
{
  if (self->world->history->len % SEALED_IN == 0)
    {
      back_up_sealed (self);
      return;
    }

  g_autofree char *path = jp_sim_node_dup_path (self->node, BACKUP_NAME);
  guint            n_acts = self->world->history->len;

  if (!jp_sim_node_is_dead (self->node))
    jp_sim_disk_remove (jp_sim_node_get_disk (self->node), BACKUP_NAME, TRUE);
  self->has_backup = jp_sim_station_call (self, back_up_call, path, NULL) != NULL;
  self->is_sealed = FALSE;
  self->backup_acts = n_acts;
  jp_sim_world_log (self->world, "station %u: backup: %s", self->index,
                    self->has_backup ? "done" : "failed");
}

/* As a restore does; who copies the file by hand does not. */
static void
mark_restored (JpSimStation *self)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (self->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db,
                                 "INSERT INTO setting (name, value) VALUES ('" JP_SETTING_RESTORED
                                 "', '1') ON CONFLICT DO NOTHING",
                                 NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);
}

/* What was saved since the backup and did not leave the PC is gone, and whoever restored it knew.
 */
static void
forget_since (JpSimStation *self)
{
  for (guint i = self->backup_acts; i < self->world->history->len; i++)
    {
      JpSimAct *act = self->world->history->pdata[i];

      if (act->station == self->index)
        act->acked = FALSE;
    }
}

/* The file takes the place of the data, as somebody does it who knows no better. */
static void
put_copy_back (JpSimStation *self)
{
  g_autofree char *log = g_strconcat (JP_SIM_FILE_NAME, "-wal", NULL);
  JpSimDisk       *disk =
    jp_sim_disk_crash (jp_sim_node_get_disk (self->node), JP_SIM_LOSS_NONE, &self->world->random);

  jp_sim_disk_remove (disk, log, TRUE);
  if (!jp_sim_disk_replace (disk, JP_SIM_FILE_NAME, BACKUP_NAME))
    jp_sim_world_find (self->world, JP_SIM_LOST, "station %u: a backup is gone", self->index);
  jp_sim_node_set_disk (self->node, disk);
}

/**
 * jp_sim_station_rewind:
 * @self: a station that runs
 *
 * The last backup takes the place of the data.
 */
void
jp_sim_station_rewind (JpSimStation *self)
{
  if (!self->has_backup)
    return;

  jp_sim_world_log (self->world, "station %u: restored from its%s backup", self->index,
                    self->is_sealed ? " sealed" : "");
  jp_sim_node_set_fault (self->node, JP_SIM_FAULT_NONE, 0);
  jp_sim_station_stop (self);
  if (self->is_sealed)
    jp_sim_backup_unseal (self);
  else
    put_copy_back (self);
  forget_since (self);
  self->last_act = JP_ID_NONE;
  if (!self->is_sealed && jp_sim_world_below (self->world, 2) == 0)
    mark_restored (self);
  jp_sim_station_start (self);
}
