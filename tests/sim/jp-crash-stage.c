/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-crash-stage.h"

#include "jp-commit.h"
#include "jp-test-records.h"

#define FOLDER "/simulated/station"

/**
 * jp_crash_stage_new:
 * @seed: of the key
 *
 * Returns: (transfer full): a machine with an empty disk
 */
JpCrashStage *
jp_crash_stage_new (guint64 seed)
{
  JpCrashStage *self = g_new0 (JpCrashStage, 1);

  jp_sim_vfs_set_seed (seed);
  self->node = jp_sim_node_new (FOLDER);
  self->path = jp_sim_node_dup_path (self->node, JP_CRASH_FILE);
  self->key = jp_seal_key_new_random ();
  self->acks = g_array_new (FALSE, FALSE, sizeof (JpId));
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);
  return self;
}

static void
forget (JpCrashStage *self)
{
  jp_crash_stage_close (self);
  g_clear_pointer (&self->subject, jp_record_unref);
  g_clear_object (&self->fixture.random);
  g_clear_object (&self->fixture.clock);
  g_array_set_size (self->acks, 0);
  g_ptr_array_set_size (self->records, 0);
  self->n_acks = 0;
  self->n = 0;
}

/**
 * jp_crash_stage_free:
 * @self: (nullable) (transfer full): a stage
 */
void
jp_crash_stage_free (JpCrashStage *self)
{
  if (self == NULL)
    return;

  forget (self);
  jp_sim_node_free (self->node);
  jp_seal_key_unref (self->key);
  g_array_unref (self->acks);
  g_ptr_array_unref (self->records);
  g_free (self->path);
  g_free (self);
}

/**
 * jp_crash_stage_begin:
 * @self: a stage
 * @disk: what the machine finds
 * @seed: of the action
 *
 * Sets the stage for an action; nothing of the last one is left.
 */
void
jp_crash_stage_begin (JpCrashStage *self, const JpSimDisk *disk, guint64 seed)
{
  forget (self);
  jp_sim_vfs_set_seed (seed);
  jp_sim_node_set_disk (self->node, jp_sim_disk_copy (disk));
  self->random.state = seed;
  self->fixture.clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  self->fixture.random = jp_id_source_new_seeded (JP_CLOCK (self->fixture.clock), seed + 1);
}

/**
 * jp_crash_stage_open:
 * @self: a stage
 * @error: return location for a [error@Jp.StoreError]
 *
 * Opens the vault as a program does when it starts.
 *
 * Returns: whether it is open
 */
gboolean
jp_crash_stage_open (JpCrashStage *self, GError **error)
{
  g_autoptr (JpIdSource) ids =
    jp_id_source_new_seeded (JP_CLOCK (self->fixture.clock), jp_sim_random_next (&self->random));
  g_autoptr (JpVault) vault =
    jp_vault_open (self->path, JP_DB_WRITER, self->key, JP_CLOCK (self->fixture.clock), ids, error);

  if (vault == NULL || !jp_vault_set_up (vault, error))
    return FALSE;
  self->fixture.vault = g_steal_pointer (&vault);
  return TRUE;
}

/**
 * jp_crash_stage_close:
 * @self: a stage
 *
 * Closes the vault if it is open.
 */
void
jp_crash_stage_close (JpCrashStage *self)
{
  g_clear_pointer (&self->fixture.vault, jp_vault_close);
}

/**
 * jp_crash_stage_ack:
 * @self: a stage
 * @op_id: (nullable): the operation that is saved
 *
 * The user has been told: it must be there from now on, whatever happens.
 */
void
jp_crash_stage_ack (JpCrashStage *self, const JpId *op_id)
{
  if (op_id != NULL)
    g_array_append_val (self->acks, *op_id);
  self->n_acks++;
  if (self->acked != NULL)
    self->acked (self, self->acked_data);
}

/**
 * jp_crash_stage_commit:
 * @self: a stage with an open vault
 * @change: (transfer full) (nullable): what the user does; %NULL with @error
 * set
 * @error: return location for a [error@Jp.StoreError]
 *
 * Saves and acknowledges.
 *
 * Returns: whether it is saved
 */
gboolean
jp_crash_stage_commit (JpCrashStage *self, JpChange *change, GError **error)
{
  g_autoptr (JpChange) owned = change;

  if (owned == NULL || !jp_commit_change (self->fixture.vault, owned, &self->n, error))
    return FALSE;
  jp_crash_stage_ack (self, &owned->op_id);
  return TRUE;
}

/**
 * jp_crash_stage_add:
 * @self: a stage with an open vault
 * @kind: a kind
 *
 * Saves a new record with random contents, before the action begins.
 *
 * Returns: (transfer full): the record as it was stored
 */
JpRecord *
jp_crash_stage_add (JpCrashStage *self, JpKind kind)
{
  return jp_vault_fixture_save (self->fixture.vault,
                                jp_test_draft_new (kind, self->fixture.random));
}

/**
 * jp_crash_stage_get:
 * @self: a stage with an open vault
 * @record: a record
 *
 * Returns: (transfer full): its present state
 */
JpRecord *
jp_crash_stage_get (JpCrashStage *self, JpRecord *record)
{
  JpRecord *present = NULL;

  jp_sim_memory_hold (TRUE);
  present = jp_vault_fixture_get (self->fixture.vault, jp_record_get_kind (record),
                                  jp_record_get_id (record));
  jp_sim_memory_hold (FALSE);
  return present;
}
