/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-backup.h"

#include "jp-backup-private.h"
#include "jp-restore.h"

#include <glib/gstdio.h>

#define PART_SUFFIX     ".part"
#define NAME_PREFIX     "school-"
#define NAME_DATE_CHARS 8 /* school-20261124-091244.jpbackup */
#define NAME_TIME_CHARS 6
#define HOUR_CHARS      11 /* 20261124-09 */
#define MONTH_CHARS     6

/* --- making
 * ---------------------------------------------------------------------------------------- */

/* One read transaction, so that the counts belong to the copy whatever is saved meanwhile. */
static gboolean
copy_database (JpVault *vault, const char *path, JpBackupMeta *meta, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (!jp_db_begin_read (vault->db, &transaction, error) ||
      !jp_backup_meta_describe (meta, vault->db, error) || !jp_db_backup (vault->db, path, error))
    return jp_vault_translate (error);
  return TRUE;
}

static gboolean
seal_database (JpBackupFile    *file,
               const char      *path,
               JpBackupMeta    *meta,
               const JpMonitor *monitor,
               GError         **error)
{
  g_autoptr (GFile) copy = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) in = g_file_read (copy, NULL, error);
  g_autofree guint8 *chunk = g_malloc (JP_BACKUP_FILE_CHUNK_BYTES);
  g_autoptr (GBytes) first = NULL;
  GStatBuf status;
  gint64   done = 0;

  if (in == NULL || g_stat (path, &status) != 0)
    return jp_backup_file_translate (error);
  meta->info.database_bytes = status.st_size;
  first = jp_backup_meta_write (meta);
  if (!jp_backup_file_write (file, g_bytes_get_data (first, NULL), g_bytes_get_size (first), FALSE,
                             error))
    return FALSE;

  while (TRUE)
    {
      gsize n_read = 0;

      if (!g_input_stream_read_all (G_INPUT_STREAM (in), chunk, JP_BACKUP_FILE_CHUNK_BYTES, &n_read,
                                    monitor != NULL ? monitor->cancellable : NULL, error))
        return jp_backup_file_translate (error);

      gboolean last = n_read < JP_BACKUP_FILE_CHUNK_BYTES;

      done += (gint64)n_read;
      if (!jp_backup_file_write (file, chunk, n_read, last, error) ||
          !jp_monitor_step (monitor, (guint64)done, (guint64)meta->info.database_bytes, error))
        return FALSE;
      if (last)
        return jp_backup_file_commit (file, error);
    }
}

/* Making a backup is as long as reading it back. */
static void
tell_half (const JpMonitor *monitor, guint64 done, guint64 total)
{
  if (monitor != NULL && monitor->func != NULL)
    monitor->func (done, 2 * total, monitor->user_data);
}

static void
first_half_cb (guint64 done, guint64 total, gpointer user_data)
{
  tell_half (user_data, done, total);
}

static void
second_half_cb (guint64 done, guint64 total, gpointer user_data)
{
  tell_half (user_data, total + done, total);
}

static gboolean
write_backup (JpVault    *vault,
              JpProfile  *profile,
              const char *path,
              JpMonitor  *watch,
              GError    **error)
{
  g_auto (JpBackupMeta) meta = { 0 };
  g_autofree char *name = g_strdup_printf (".backup-%" G_GINT64_FORMAT, jp_vault_now_us (vault));
  g_autoptr (JpBackupCopy) copy = g_build_filename (profile->folder, name, NULL);
  g_autoptr (GBytes) key_file = jp_profile_read_key_file (profile->folder, error);
  g_autoptr (JpBackupFile) file = NULL;

  if (key_file == NULL)
    return FALSE;

  meta.info.created_at_us = jp_vault_now_us (vault);
  meta.key_digest = jp_backup_meta_digest (key_file);
  if (!copy_database (vault, copy, &meta, error) || !jp_backup_meta_check (&meta, copy, error))
    return FALSE;

  file = jp_backup_file_create (path, vault->key, key_file, error);
  return file != NULL && seal_database (file, copy, &meta, watch, error);
}

/**
 * jp_backup_create:
 * @vault: a vault without an open transaction
 * @profile: the profile it belongs to
 * @path: the file to write; replaced when it is complete
 * @monitor: (nullable): how the job is watched
 * @out_info: (out) (optional): what the backup says of itself
 * @error: return location for a [error@Jp.StoreError]
 *
 * Copies the database while others go on reading, checks the copy from end to end, seals it, and
 * restores what was sealed into a throw-away file that is opened, checked and counted. Only then
 * does the backup get its name.
 *
 * Returns: %TRUE when the backup is good and on the disk, or %FALSE with `JP_STORE_ERROR_CORRUPT`
 *   (the copy is not good: the original may be damaged), `JP_STORE_ERROR_FULL` or another code
 */
gboolean
jp_backup_create (JpVault         *vault,
                  JpProfile       *profile,
                  const char      *path,
                  const JpMonitor *monitor,
                  JpBackupInfo    *out_info,
                  GError         **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (profile != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  GCancellable    *cancellable = monitor != NULL ? monitor->cancellable : NULL;
  JpMonitor        first = { first_half_cb, (gpointer)monitor, cancellable };
  JpMonitor        second = { second_half_cb, (gpointer)monitor, cancellable };
  JpBackupInfo     info = { 0 };
  g_autofree char *part = g_strconcat (path, PART_SUFFIX, NULL);

  if (!write_backup (vault, profile, part, &first, error) ||
      !jp_restore_drill (part, profile->folder, vault->key, &second, &info, error))
    {
      g_unlink (part); /* ignored: mostly not there, and never taken for a backup */
      return FALSE;
    }
  if (g_rename (part, path) != 0)
    {
      g_set_error (error, JP_STORE_ERROR, JP_STORE_ERROR_IO, "could not give %s its name", path);
      g_unlink (part); /* ignored: as above */
      return FALSE;
    }

  if (out_info != NULL)
    *out_info = info;
  return TRUE;
}

static char *
dup_name (gint64 instant_us)
{
  g_autofree char *wire = jp_instant_to_wire (instant_us);
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *at = wire; *at != '\0'; at++)
    if (g_ascii_isdigit (*at))
      g_string_append_c (digits, *at);
  g_string_insert_c (digits, NAME_DATE_CHARS, '-');
  return g_strconcat (NAME_PREFIX, digits->str, JP_BACKUP_SUFFIX, NULL);
}

/**
 * jp_backup_make:
 * @vault: a vault without an open transaction
 * @profile: the profile it belongs to
 * @monitor: (nullable): how the job is watched
 * @out_info: (out) (optional): what the backup says of itself
 * @error: return location for a [error@Jp.StoreError]
 *
 * Makes the next backup in the profile's own folder of backups and drops old ones, see
 * jp_backup_rotate().
 *
 * Returns: (transfer full): path of the backup, or %NULL with an error of jp_backup_create()
 */
char *
jp_backup_make (JpVault         *vault,
                JpProfile       *profile,
                const JpMonitor *monitor,
                JpBackupInfo    *out_info,
                GError         **error)
{
  g_return_val_if_fail (vault != NULL, NULL);
  g_return_val_if_fail (profile != NULL, NULL);

  g_autofree char *name = dup_name (jp_vault_now_us (vault));
  g_autofree char *path = g_build_filename (profile->backups, name, NULL);
  g_autoptr (JpSafety) safety = NULL;

  if (!jp_store_error_make_folder (profile->backups, error))
    return NULL;
  if (!jp_backup_create (vault, profile, path, monitor, out_info, error))
    return NULL;

  safety = jp_safety_load (profile->folder);
  jp_backup_rotate (profile->backups, safety);
  return g_steal_pointer (&path);
}

/* --- keeping
 * --------------------------------------------------------------------------------------- */

/* The day in the name of one of our backups; files with other names are not touched. */
static JpDate
date_from_name (const char *name)
{
  JpDate           date = JP_DATE_NONE;
  g_autofree char *day = NULL;
  g_autofree char *time = NULL;
  const char      *at = name + strlen (NAME_PREFIX);

  if (!g_str_has_prefix (name, NAME_PREFIX) ||
      strlen (at) != NAME_DATE_CHARS + 1 + NAME_TIME_CHARS + strlen (JP_BACKUP_SUFFIX) ||
      at[NAME_DATE_CHARS] != '-' || !g_str_has_suffix (name, JP_BACKUP_SUFFIX))
    return JP_DATE_NONE;

  day = g_strndup (at, NAME_DATE_CHARS);
  time = g_strndup (at + NAME_DATE_CHARS + 1, NAME_TIME_CHARS);
  if (!jp_text_is_digits (day, NAME_DATE_CHARS) || !jp_text_is_digits (time, NAME_TIME_CHARS) ||
      !jp_date_parse (day, &date, NULL))
    return JP_DATE_NONE;
  return date;
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  return -strcmp (*(const char *const *)a, *(const char *const *)b);
}

/**
 * jp_backup_list:
 * @folder: a folder of backups
 *
 * Returns: (transfer full): paths of the backups in it, the newest first
 */
GStrv
jp_backup_list (const char *folder)
{
  g_return_val_if_fail (folder != NULL, NULL);

  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL); /* not there: no backup yet */
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (const char *name = NULL; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    if (date_from_name (name) != JP_DATE_NONE)
      g_ptr_array_add (paths, g_build_filename (folder, name, NULL));

  g_ptr_array_sort (paths, compare_newest_first);
  g_ptr_array_add (paths, NULL);
  return (GStrv)g_ptr_array_steal (paths, NULL);
}

/* Of every hour, day or month the newest: they come first. */
typedef struct
{
  gsize name_chars; /* so much of a name tells one from the next */
  guint n_left;     /* so many are still wanted */
  char  last[NAME_DATE_CHARS + 1 + NAME_TIME_CHARS + 1];
} Span;

static gboolean
takes (Span *span, const char *when)
{
  if (strncmp (span->last, when, span->name_chars) == 0 || span->n_left == 0)
    return FALSE;
  g_strlcpy (span->last, when, span->name_chars + 1);
  span->n_left--;
  return TRUE;
}

/**
 * jp_backup_rotate:
 * @folder: a folder of backups
 * @safety: how many are kept
 *
 * Keeps the newest backup of each of the last hours, days and months that have one; deletes the
 * other ones. Never deletes the newest, and never a file that this program did not name.
 *
 * Returns: how many were deleted
 */
guint
jp_backup_rotate (const char *folder, const JpSafety *safety)
{
  g_return_val_if_fail (folder != NULL, 0);
  g_return_val_if_fail (safety != NULL, 0);

  g_auto (GStrv) paths = jp_backup_list (folder);
  guint n_deleted = 0;
  Span  spans[] = { { HOUR_CHARS, safety->keep_hours, "" },
                    { NAME_DATE_CHARS, safety->keep_days, "" },
                    { MONTH_CHARS, safety->keep_months, "" } };

  for (char **path = paths; *path != NULL; path++)
    {
      g_autofree char *name = g_path_get_basename (*path);
      gboolean         keep = path == paths;

      for (gsize i = 0; i < G_N_ELEMENTS (spans); i++)
        keep = takes (&spans[i], name + strlen (NAME_PREFIX)) || keep;
      if (!keep && g_unlink (*path) == 0)
        n_deleted++;
    }
  return n_deleted;
}

/**
 * jp_backup_copy_out:
 * @path: a backup
 * @safety: where copies go
 * @error: return location for a [error@Jp.StoreError]
 *
 * Puts a copy of a good backup into the second folder, if there is one, and drops old ones there.
 *
 * Returns: %TRUE, or %FALSE if the copy could not be made: the stick is not there, or full
 */
gboolean
jp_backup_copy_out (const char *path, const JpSafety *safety, GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (safety != NULL, FALSE);

  if (safety->copies == NULL)
    return TRUE;

  g_autofree char   *name = g_path_get_basename (path);
  g_autofree char   *to = g_build_filename (safety->copies, name, NULL);
  g_autofree guint8 *chunk = g_malloc (JP_BACKUP_FILE_CHUNK_BYTES);
  g_autoptr (GFile) from_file = g_file_new_for_path (path);
  g_autoptr (GFile) to_file = g_file_new_for_path (to);
  g_autoptr (GFileInputStream) in = g_file_read (from_file, NULL, error);
  g_autoptr (JpSafeFile) out = in != NULL ? jp_safe_file_open (to_file, error) : NULL;
  gsize n_read = 0;

  if (out == NULL)
    return jp_backup_file_translate (error);
  do
    if (!g_input_stream_read_all (G_INPUT_STREAM (in), chunk, JP_BACKUP_FILE_CHUNK_BYTES, &n_read,
                                  NULL, error) ||
        !jp_safe_file_write (out, (const char *)chunk, n_read, error))
      return jp_backup_file_translate (error);
  while (n_read == JP_BACKUP_FILE_CHUNK_BYTES);
  if (!jp_safe_file_commit (out, error))
    return jp_backup_file_translate (error);
  jp_backup_rotate (safety->copies, safety);
  return TRUE;
}

/**
 * jp_backup_is_current:
 * @vault: a vault without an open transaction
 * @profile: the profile it belongs to
 *
 * Returns: whether the newest backup holds all that has happened; %FALSE if that cannot be told
 */
gboolean
jp_backup_is_current (JpVault *vault, JpProfile *profile)
{
  g_return_val_if_fail (vault != NULL, FALSE);
  g_return_val_if_fail (profile != NULL, FALSE);

  g_auto (GStrv) paths = jp_backup_list (profile->backups);
  g_auto (JpBackupMeta) meta = { 0 };
  g_autoptr (JpBackupFile) file = *paths != NULL ? jp_backup_file_open (*paths, NULL) : NULL;
  g_autofree char *state = NULL;

  if (file == NULL || !jp_backup_meta_read (&meta, file, vault->key, NULL))
    return FALSE;
  state = jp_backup_meta_dup_state (vault->db, NULL);
  return state != NULL && g_strcmp0 (state, meta.state) == 0;
}

/* --- reading */

/**
 * jp_backup_unlock:
 * @path: a backup
 * @password: (nullable): the school's password when it was made, or %NULL to ask the keyring
 * @error: return location for a [error@Jp.StoreError]
 *
 * Opens the key that the backup carries. Never on the main thread.
 *
 * Returns: (transfer full): the data key, or %NULL with `JP_STORE_ERROR_KEY` or another code
 */
JpSealKey *
jp_backup_unlock (const char *path, const char *password, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autoptr (JpBackupFile) file = jp_backup_file_open (path, error);

  if (file == NULL)
    return NULL;
  return jp_profile_unlock_key_file (jp_backup_file_get_key_file (file), password, error);
}

/**
 * jp_backup_read_info:
 * @path: a backup
 * @key: the data key
 * @out_info: (out): what it says of itself
 * @error: return location for a [error@Jp.StoreError]
 *
 * Reads the beginning only; jp_restore_run() reads all of it.
 *
 * Returns: %TRUE, or %FALSE with `JP_STORE_ERROR_KEY` (another school's key, or damaged) or another
 *   code
 */
gboolean
jp_backup_read_info (const char *path, JpSealKey *key, JpBackupInfo *out_info, GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);
  g_return_val_if_fail (out_info != NULL, FALSE);

  g_auto (JpBackupMeta) meta = { 0 };
  g_autoptr (JpBackupFile) file = jp_backup_file_open (path, error);

  if (file == NULL || !jp_backup_meta_read (&meta, file, key, error))
    return FALSE;
  *out_info = meta.info;
  return TRUE;
}
