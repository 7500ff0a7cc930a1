/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-restore.h"

#include "jp-backup-private.h"

#include <glib/gstdio.h>
#ifndef G_OS_WIN32
#include <unistd.h>
#endif

#define MAX_ASIDE  1000
#define DRILL_NAME "drill.db"

/**
 * jp_restore_outcome_clear:
 * @self: what restoring did
 *
 * Frees what it holds.
 */
void
jp_restore_outcome_clear (JpRestoreOutcome *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->aside, g_free);
}

/* --- before */

static gboolean
read_last_op (JpDb *db, gint64 *out_n, GError **error)
{
  g_autoptr (JpStatement) statement = jp_db_prepare (db, "SELECT MAX (n) FROM op", error);
  gboolean row = FALSE;

  if (statement == NULL || !jp_statement_step (statement, &row, error))
    return FALSE;
  *out_n = row ? jp_statement_get_integer (statement, 0) : 0;
  return TRUE;
}

/**
 * jp_restore_count_lost:
 * @folder: where the school lives
 * @info: what a backup says of itself
 * @out_n_ops: (out): how many actions of the school there are not in the backup; 0 if there is no
 *   school, or none that can be read
 * @error: return location for a [error@Jp.StoreError]
 *
 * Says what restoring would set back, before it is done. Needs no key: it only counts.
 *
 * Returns: whether it could be counted; a damaged database, which is what backups are for, counts
 * as none
 */
gboolean
jp_restore_count_lost (const char         *folder,
                       const JpBackupInfo *info,
                       gint64             *out_n_ops,
                       GError            **error)
{
  g_return_val_if_fail (folder != NULL, FALSE);
  g_return_val_if_fail (info != NULL, FALSE);
  g_return_val_if_fail (out_n_ops != NULL, FALSE);

  g_autofree char *path = g_build_filename (folder, JP_PROFILE_DATABASE, NULL);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JpDb) db = NULL;
  gint64 last_op = 0;

  *out_n_ops = 0;
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  db = jp_db_open (path, JP_DB_READER, &local_error);
  if (db != NULL && read_last_op (db, &last_op, &local_error))
    {
      *out_n_ops = MAX (last_op - info->last_op, 0);
      return TRUE;
    }

  if (g_error_matches (local_error, JP_DB_ERROR, JP_DB_ERROR_CORRUPT))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return jp_vault_translate (error);
}

/* --- unsealing */

static gboolean
unseal_database (JpBackupFile    *file,
                 JpSafeFile      *database,
                 gint64           expected_bytes,
                 const JpMonitor *monitor,
                 GError         **error)
{
  gint64   done = 0;
  gboolean last = FALSE;

  while (!last)
    {
      g_autoptr (GBytes) chunk = jp_backup_file_read (file, &last, error);

      if (chunk == NULL)
        return FALSE;
      done += (gint64)g_bytes_get_size (chunk);
      if (!jp_safe_file_write (database, g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk),
                               error))
        return jp_backup_file_translate (error);
      if (!jp_monitor_step (monitor, (guint64)done, (guint64)expected_bytes, error))
        return FALSE;
    }

  if (done == expected_bytes)
    return TRUE;
  g_set_error_literal (error, JP_STORE_ERROR, JP_STORE_ERROR_CORRUPT, "damaged backup");
  return FALSE;
}

/* The next sync has to know that this station went back in time (sync.md §3.9). */
static gboolean
mark_restored (const char *path, gint64 created_at_us, GError **error)
{
  g_autoptr (JpDb) db = jp_db_open (path, JP_DB_WRITER, error);
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autofree char *instant = g_strdup_printf ("%" G_GINT64_FORMAT, created_at_us);

  if (db == NULL || !jp_db_begin_write (db, &transaction, error))
    return jp_vault_translate (error);

  g_autoptr (JpStatement) statement =
    jp_db_prepare (db,
                   "INSERT INTO setting (name, value) VALUES (:name, :value)"
                   " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                   error);

  if (statement == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_text (statement, ":name", JP_SETTING_RESTORED);
  jp_statement_bind_text (statement, ":value", instant);
  return (jp_statement_run (statement, error) && jp_transaction_commit (&transaction, error) &&
          jp_db_checkpoint (db, error)) ||
         jp_vault_translate (error);
}

/* --- taking the place */

#ifndef G_OS_WIN32
/* A second name for what is there: afterwards the first one can be given to something else in one
 * step. Not every file system can. */
static gboolean
name_again (const char *from, const char *to)
{
  return link (from, to) == 0;
}
#else
static gboolean
name_again (const char *from, const char *to)
{
  return FALSE;
}
#endif

static gboolean
keep_one (const char *from, const char *to, GError **error)
{
  if (!g_file_test (from, G_FILE_TEST_EXISTS) || name_again (from, to) || g_rename (from, to) == 0)
    return TRUE;
  g_set_error (error, JP_STORE_ERROR, JP_STORE_ERROR_IO, "could not move %s aside", from);
  return FALSE;
}

/* What is there is kept: the database under another name together with its log, which belongs to it
 * and would destroy any other one. Where the file system can, the old name stays until the new file
 * takes it: at no moment is there no database. */
static gboolean
keep_aside (const char *path, const char *aside, GError **error)
{
  static const char *const suffixes[] = { "-wal", "-shm" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (aside, suffixes[i], NULL);

      if (!keep_one (from, to, error))
        return FALSE;
    }
  if (!keep_one (path, aside, error))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (path, suffixes[i], NULL);

      g_unlink (from); /* ignored: mostly not there any more */
    }
  return TRUE;
}

/* Brings a database that is whole into one file. */
static gboolean
settle (const char *path)
{
  g_autoptr (JpDb) db = jp_db_open (path, JP_DB_WRITER, NULL);

  return db != NULL && jp_db_check_quick (db, NULL) && jp_db_checkpoint (db, NULL);
}

/* school.db.damaged-20261124-091244, and with a number if there is one already: nothing that is
 * kept is ever overwritten. */
static char *
dup_aside (const char *path, const char *why, gint64 now_us)
{
  g_autofree char *wire = jp_instant_to_wire (now_us);
  g_autoptr (GString) when = g_string_new (NULL);

  for (const char *at = wire; *at != '\0'; at++)
    if (g_ascii_isdigit (*at))
      g_string_append_c (when, *at);

  for (int i = 1; i < MAX_ASIDE; i++)
    {
      g_autofree char *aside = i == 1 ? g_strdup_printf ("%s.%s-%s", path, why, when->str)
                                      : g_strdup_printf ("%s.%s-%s-%d", path, why, when->str, i);

      if (!g_file_test (aside, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&aside);
    }
  return NULL;
}

static char *
move_aside (const char *path, const char *why, gint64 now_us, GError **error)
{
  g_autofree char *aside = dup_aside (path, why, now_us);

  if (aside == NULL)
    g_set_error (error, JP_STORE_ERROR, JP_STORE_ERROR_IO, "too much is kept beside %s", path);
  return aside != NULL && keep_aside (path, aside, error) ? g_steal_pointer (&aside) : NULL;
}

static gboolean
restore_key_file (const char *folder, GBytes *key_file, gint64 now_us, GError **error)
{
  g_autoptr (GBytes) present = NULL;
  g_autofree char *path = g_build_filename (folder, JP_PROFILE_KEY_FILE, NULL);
  g_autofree char *aside = NULL;

  if (jp_profile_exists (folder))
    {
      present = jp_profile_read_key_file (folder, error);
      if (present == NULL)
        return FALSE;
      if (g_bytes_equal (present, key_file))
        return TRUE;
      aside = move_aside (path, "before-restore", now_us, error);
      if (aside == NULL)
        return FALSE;
    }
  return jp_profile_write_key_file (folder, key_file, error);
}

static gboolean
take_place (const JpRestore *self,
            JpSafeFile      *database,
            GBytes          *key_file,
            char           **out_aside,
            GError         **error)
{
  g_autofree char *place = g_build_filename (self->folder, JP_PROFILE_DATABASE, NULL);
  gint64           now_us = jp_clock_now_us (self->clock);

  if (!restore_key_file (self->folder, key_file, now_us, error))
    return FALSE;
  if (g_file_test (place, G_FILE_TEST_EXISTS))
    {
      const char *why = settle (place) ? "before-restore" : "damaged";

      *out_aside = move_aside (place, why, now_us, error);
      if (*out_aside == NULL)
        return FALSE;
    }
  return jp_safe_file_commit (database, error) || jp_backup_file_translate (error);
}

static gboolean
unseal_checked (JpBackupFile       *file,
                JpSafeFile         *database,
                const JpBackupMeta *meta,
                const JpMonitor    *monitor,
                GError            **error)
{
  return unseal_database (file, database, meta->info.database_bytes, monitor, error) &&
         jp_backup_meta_check (meta, jp_safe_file_get_path (database), error);
}

/* In the file that is not in its place yet. */
static gboolean
replay_journal (const JpRestore *self, const char *path, JpReplay *out_replay, GError **error)
{
  g_autoptr (JpVault) vault =
    jp_vault_open (path, JP_DB_WRITER, self->key, self->clock, self->ids, error);

  if (vault == NULL || !jp_vault_set_up (vault, error))
    return FALSE;
  return (self->journal == NULL ||
          jp_replay_run (self->journal, vault, self->monitor, out_replay, error)) &&
         (jp_db_check_quick (vault->db, error) || jp_vault_translate (error)) &&
         (jp_db_checkpoint (vault->db, error) || jp_vault_translate (error));
}

static gboolean
fill_draft (const JpRestore  *self,
            JpBackupFile     *file,
            JpSafeFile       *database,
            JpBackupMeta     *meta,
            JpRestoreOutcome *outcome,
            GError          **error)
{
  const char *path = jp_safe_file_get_path (database);
  gint64      made_us = file != NULL ? meta->info.created_at_us : jp_clock_now_us (self->clock);

  return (file == NULL || unseal_checked (file, database, meta, self->monitor, error)) &&
         replay_journal (self, path, &outcome->replay, error) &&
         mark_restored (path, made_us, error);
}

/**
 * jp_restore_run:
 * @self: what is to be restored
 * @out_outcome: (out): what was done; clear it afterwards
 * @error: return location for a [error@Jp.StoreError]
 *
 * Unseals a backup, checks the database in it from end to end, repeats what came after it from the
 * journal, and puts the database and its key file into the folder; the password is the one of the
 * backup. A school that lives there already is kept under dated names. Nothing in the folder
 * changes unless all of it is good. The next sync learns from %JP_SETTING_RESTORED that this
 * station went back in time.
 *
 * Returns: %TRUE, or %FALSE with `JP_STORE_ERROR_KEY`, `JP_STORE_ERROR_CORRUPT`,
 *   `JP_STORE_ERROR_LOCKED` (the school there is in use), `JP_STORE_ERROR_FULL` or another code
 */
gboolean
jp_restore_run (const JpRestore *self, JpRestoreOutcome *out_outcome, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->backup != NULL || (self->journal != NULL && self->key_file != NULL),
                        FALSE);
  g_return_val_if_fail (out_outcome != NULL, FALSE);

  g_auto (JpBackupMeta) meta = { 0 };
  g_auto (JpRestoreOutcome) outcome = { 0 };
  g_autofree char *place = g_build_filename (self->folder, JP_PROFILE_DATABASE, NULL);
  g_autoptr (GFile) place_file = g_file_new_for_path (place);
  g_autoptr (JpBackupFile) file =
    self->backup != NULL ? jp_backup_file_open (self->backup, error) : NULL;
  g_autoptr (JpDb) lock = NULL;
  g_autoptr (JpSafeFile) database = NULL;
  g_autoptr (JpBackupCopy) draft = NULL;

  if (self->backup != NULL &&
      (file == NULL || !jp_backup_meta_read (&meta, file, self->key, error)))
    return FALSE;
  if (!jp_store_error_make_folder (self->folder, error))
    return FALSE;
  lock = jp_vault_take_lock (place, error);
  if (lock == NULL)
    return FALSE;

  database = jp_safe_file_open (place_file, error);
  if (database == NULL)
    return jp_backup_file_translate (error);
  draft = g_strdup (jp_safe_file_get_path (database));
  if (!fill_draft (self, file, database, &meta, &outcome, error) ||
      !take_place (self, database,
                   file != NULL ? jp_backup_file_get_key_file (file) : self->key_file,
                   &outcome.aside, error))
    return FALSE;

  outcome.info = meta.info;
  *out_outcome = outcome;
  outcome.aside = NULL;
  return TRUE;
}

/**
 * jp_restore_drill:
 * @backup: a backup
 * @scratch: a folder with room for the database; nothing is left in it
 * @key: the data key
 * @monitor: (nullable): how the job is watched
 * @out_info: (out) (optional): what the backup says of itself
 * @error: return location for a [error@Jp.StoreError]
 *
 * Restores a backup into a throw-away file, opens it, reads all of it and counts its rows.
 *
 * Returns: whether the backup is good
 */
gboolean
jp_restore_drill (const char      *backup,
                  const char      *scratch,
                  JpSealKey       *key,
                  const JpMonitor *monitor,
                  JpBackupInfo    *out_info,
                  GError         **error)
{
  g_return_val_if_fail (backup != NULL, FALSE);
  g_return_val_if_fail (scratch != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  g_auto (JpBackupMeta) meta = { 0 };
  g_autofree char *path = g_build_filename (scratch, DRILL_NAME, NULL);
  g_autoptr (GFile) place = g_file_new_for_path (path);
  g_autoptr (JpBackupFile) file = jp_backup_file_open (backup, error);
  g_autoptr (JpSafeFile) database = NULL;
  g_autoptr (JpBackupCopy) draft = NULL;

  if (file == NULL || !jp_backup_meta_read (&meta, file, key, error))
    return FALSE;
  database = jp_safe_file_open (place, error);
  if (database == NULL)
    return jp_backup_file_translate (error);
  draft = g_strdup (jp_safe_file_get_path (database));
  if (!unseal_checked (file, database, &meta, monitor, error))
    return FALSE;

  if (out_info != NULL)
    *out_info = meta.info;
  return TRUE;
}
