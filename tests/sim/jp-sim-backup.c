/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sim-world.h"

#include "jp-restore.h"

#include <glib/gstdio.h>

#define PASSWORD  "jiapei-2026"
#define FILE_NAME "sealed" JP_BACKUP_SUFFIX

/* Sealed backups of a station, as people make and restore them. They lie on a real disk: a stick in
 * a drawer. */

static char *
dup_path (JpSimStation *self, const char *name)
{
  g_autofree char *unique = g_strdup_printf ("stick-%u-%s", self->index, name);

  return jp_test_dir_build (self->world->b->f->dir, unique);
}

static void
free_profile (gpointer profile)
{
  jp_profile_free (profile);
}

/* Of the key that the station has: a copy of a disk has that of the other one. It takes a while to
 * wrap a key, so each is wrapped once. */
static JpProfile *
get_profile (JpSimStation *self)
{
  JpSimWorld      *world = self->world;
  JpProfile       *profile = NULL;
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;

  if (world->profiles == NULL)
    world->profiles = g_hash_table_new_full (NULL, NULL, NULL, free_profile);
  profile = g_hash_table_lookup (world->profiles, self->key);
  if (profile != NULL)
    return profile;
  /* Histories of one test share the place where they lie. */
  folder = g_mkdtemp (jp_test_dir_build (world->b->f->dir, "key-XXXXXX"));
  g_assert_nonnull (folder);
  profile = jp_profile_adopt (folder, PASSWORD, self->key, self->ids, &error);
  g_assert_no_error (error);
  g_hash_table_insert (world->profiles, self->key, profile);
  return profile;
}

typedef struct
{
  JpProfile *profile;
  char      *path;
} Sealing;

static gpointer
seal_call (JpVault *vault, gpointer data, GError **error)
{
  Sealing *sealing = data;

  return jp_backup_create (vault, sealing->profile, sealing->path, NULL, NULL, error) ? data : NULL;
}

/**
 * jp_sim_backup_seal:
 * @self: a station that runs
 *
 * Makes a sealed backup, in the place of an older one.
 *
 * Returns: whether it is good; otherwise the older one still is
 */
gboolean
jp_sim_backup_seal (JpSimStation *self)
{
  g_autofree char *path = dup_path (self, FILE_NAME);
  Sealing          sealing = { get_profile (self), path };

  return jp_sim_station_call (self, seal_call, &sealing, NULL) != NULL;
}

/**
 * jp_sim_backup_unseal:
 * @self: a station that is off and has a sealed backup
 *
 * Restores the sealed backup as on a new PC: with the password, and onto an empty disk.
 */
void
jp_sim_backup_unseal (JpSimStation *self)
{
  g_auto (JpRestoreOutcome) outcome = { 0 };
  g_autofree char *backup = dup_path (self, FILE_NAME);
  g_autofree char *folder = dup_path (self, "new");
  g_autofree char *database = g_build_filename (folder, JP_PROFILE_DATABASE, NULL);
  g_autoptr (JpIdSource) ids =
    jp_id_source_new_seeded (JP_CLOCK (self->clock), jp_sim_random_next (&self->world->random));
  const JpRestore job = {
    .backup = backup,
    .folder = folder,
    .key = self->key,
    .clock = JP_CLOCK (self->clock),
    .ids = ids,
  };
  g_autoptr (JpDb) db = NULL;
  g_autoptr (GError) error = NULL;

  g_unlink (database); /* ignored: of the time before, or not there */
  jp_restore_run (&job, &outcome, &error);
  g_assert_no_error (error);
  jp_sim_node_set_disk (self->node, jp_sim_disk_new ());
  db = jp_db_open (database, JP_DB_READER, &error);
  g_assert_no_error (error);
  jp_db_backup (db, self->path, &error);
  g_assert_no_error (error);
}
