/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-backup.h"

#include "jp-backup-file.h"
#include "jp-db-tables.h"
#include "jp-json.h"

#include <glib/gstdio.h>

#define FORMAT          1
#define META_MAX_BYTES  JP_BACKUP_FILE_CHUNK_BYTES
#define DIGEST_CHARS    64
#define FOLDER_MODE     0700
#define NAME_PREFIX     "school-"
#define NAME_DATE_CHARS 8 /* school-20261124-091244.jpbackup */
#define NAME_TIME_CHARS 6
#define TABLE_NAME_MAX  64

/* What the first message of a backup says. */
typedef struct
{
  JpBackupInfo info;
  char        *key_digest; /* (owned): SHA-256 of the key file, which lies outside the seal */
  GPtrArray   *tables;     /* (owned) (element-type JpDbTable) */
} Meta;

static void
meta_clear (Meta *meta)
{
  g_clear_pointer (&meta->key_digest, g_free);
  g_clear_pointer (&meta->tables, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Meta, meta_clear)

/* A file that disappears with what SQLite puts beside it. */
typedef char TemporaryDb;

static void
temporary_db_remove (TemporaryDb *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

      g_unlink (file); /* ignored: mostly not there */
    }
  g_free (path);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TemporaryDb, temporary_db_remove)

/* --- the first message
 * ----------------------------------------------------------------------------- */

static char *
digest_of (GBytes *bytes)
{
  gsize         size = 0;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  return jp_hash_sha256_text (data, size);
}

static void
add_number (JsonBuilder *builder, const char *member, gint64 number)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, number);
}

static GBytes *
write_meta (const Meta *meta)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  add_number (builder, "format", FORMAT);
  add_number (builder, "created_at", meta->info.created_at_us);
  add_number (builder, "last_op", meta->info.last_op);
  add_number (builder, "rows", meta->info.n_rows);
  add_number (builder, "bytes", meta->info.database_bytes);
  json_builder_set_member_name (builder, "key_sha256");
  json_builder_add_string_value (builder, meta->key_digest);
  json_builder_set_member_name (builder, "tables");
  json_builder_begin_array (builder);
  for (guint i = 0; i < meta->tables->len; i++)
    {
      const JpDbTable *table = g_ptr_array_index (meta->tables, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "name");
      json_builder_add_string_value (builder, table->name);
      add_number (builder, "rows", table->n_rows);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return jp_json_to_bytes (root);
}

static gboolean
read_tables (JsonObject *object, Meta *meta, GError **error)
{
  JsonArray *tables = jp_json_get_array (object, "tables", JP_JSON_MAX_MEMBERS, error);

  if (tables == NULL)
    return FALSE;

  meta->tables = jp_db_tables_new ();
  for (guint i = 0; i < json_array_get_length (tables); i++)
    {
      JsonObject *table = jp_json_element_object (tables, i, error);
      const char *name = NULL;
      gint64      n_rows = 0;

      if (table == NULL || !jp_json_get_text (table, "name", TABLE_NAME_MAX, &name, error) ||
          !jp_json_get_integer (table, "rows", 0, JP_JSON_INTEGER_MAX, &n_rows, error))
        return FALSE;
      jp_db_tables_add (meta->tables, name, n_rows);
    }
  return TRUE;
}

static gboolean
read_numbers (JsonObject *object, Meta *meta, GError **error)
{
  gint64      format = 0;
  const char *digest = NULL;

  if (!jp_json_get_integer (object, "format", FORMAT, FORMAT, &format, error) ||
      !jp_json_get_integer (object, "created_at", 0, JP_JSON_INTEGER_MAX, &meta->info.created_at_us,
                            error) ||
      !jp_json_get_integer (object, "last_op", 0, JP_JSON_INTEGER_MAX, &meta->info.last_op,
                            error) ||
      !jp_json_get_integer (object, "rows", 0, JP_JSON_INTEGER_MAX, &meta->info.n_rows, error) ||
      !jp_json_get_integer (object, "bytes", 0, JP_JSON_INTEGER_MAX, &meta->info.database_bytes,
                            error) ||
      !jp_json_get_text (object, "key_sha256", DIGEST_CHARS, &digest, error))
    return FALSE;

  meta->key_digest = g_strdup (digest);
  return TRUE;
}

/* The first message tells a wrong key from a damaged file: it is small and nothing precedes it. */
static gboolean
read_meta (JpBackupFile *file, JpSealKey *key, Meta *out_meta, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object = NULL;
  gboolean    last = FALSE;

  if (!jp_backup_file_unlock (file, key, error))
    return FALSE;
  bytes = jp_backup_file_read (file, &last, error);
  if (bytes == NULL)
    {
      if (error != NULL && *error != NULL)
        (*error)->code = JP_STORE_ERROR_KEY;
      return FALSE;
    }

  root = jp_json_parse (bytes, META_MAX_BYTES, error);
  object = root != NULL ? jp_json_as_object (root, error) : NULL;
  if (object == NULL || !read_numbers (object, out_meta, error) ||
      !read_tables (object, out_meta, error))
    return jp_backup_file_translate (error);

  g_autofree char *digest = digest_of (jp_backup_file_get_key_file (file));

  if (!last && strcmp (digest, out_meta->key_digest) == 0)
    return TRUE;
  g_set_error_literal (error, JP_STORE_ERROR, JP_STORE_ERROR_CORRUPT, "damaged backup");
  return FALSE;
}

/* --- making
 * ---------------------------------------------------------------------------------------- */

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

static gboolean
describe (JpDb *db, Meta *meta, GError **error)
{
  meta->tables = jp_db_tables_count (db, error);
  if (meta->tables == NULL || !read_last_op (db, &meta->info.last_op, error))
    return FALSE;

  meta->info.n_rows = 0;
  for (guint i = 0; i < meta->tables->len; i++)
    meta->info.n_rows += ((JpDbTable *)g_ptr_array_index (meta->tables, i))->n_rows;
  return TRUE;
}

/* Opens a copy as a database, which also gives it one file, and compares. */
static gboolean
check_copy (const char *path, GPtrArray *expected, GError **error)
{
  g_autoptr (JpDb) copy = jp_db_open (path, JP_DB_WRITER, error);
  g_autoptr (GPtrArray) tables = NULL;

  if (copy == NULL || !jp_db_check (copy, error))
    return jp_vault_translate (error);
  tables = jp_db_tables_count (copy, error);
  if (tables == NULL)
    return jp_vault_translate (error);
  if (jp_db_tables_equal (tables, expected))
    return jp_db_checkpoint (copy, error) || jp_vault_translate (error);

  g_set_error_literal (error, JP_STORE_ERROR, JP_STORE_ERROR_CORRUPT,
                       "copy does not have the same rows as the original");
  return FALSE;
}

/* One read transaction, so that the counts belong to the copy whatever is saved meanwhile. */
static gboolean
copy_database (JpVault *vault, const char *path, Meta *meta, GError **error)
{
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (!jp_db_begin_read (vault->db, &transaction, error) || !describe (vault->db, meta, error) ||
      !jp_db_backup (vault->db, path, error))
    return jp_vault_translate (error);
  return TRUE;
}

static gboolean
seal_database (JpBackupFile    *file,
               const char      *path,
               Meta            *meta,
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
  first = write_meta (meta);
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

/**
 * jp_backup_create:
 * @vault: a vault without an open transaction
 * @profile: the profile it belongs to
 * @path: the file to write; replaced when it is complete
 * @monitor: (nullable): how the job is watched
 * @out_info: (out) (optional): what the backup says of itself
 * @error: return location for a [error@Jp.StoreError]
 *
 * Copies the database while others go on reading, checks the copy from end to end, seals it.
 *
 * Returns: %TRUE when the backup is on the disk, or %FALSE with `JP_STORE_ERROR_CORRUPT` (the copy
 *   is not good: the original may be damaged), `JP_STORE_ERROR_FULL` or another code
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

  g_auto (Meta) meta = { 0 };
  g_autofree char *name = g_strdup_printf (".backup-%" G_GINT64_FORMAT, jp_vault_now_us (vault));
  g_autoptr (TemporaryDb) copy = g_build_filename (profile->folder, name, NULL);
  g_autoptr (GBytes) key_file = jp_profile_read_key_file (profile->folder, error);
  g_autoptr (JpBackupFile) file = NULL;

  if (key_file == NULL)
    return FALSE;

  meta.info.created_at_us = jp_vault_now_us (vault);
  meta.key_digest = digest_of (key_file);
  if (!copy_database (vault, copy, &meta, error) || !check_copy (copy, meta.tables, error))
    return FALSE;

  file = jp_backup_file_create (path, vault->key, key_file, error);
  if (file == NULL || !seal_database (file, copy, &meta, monitor, error))
    return FALSE;

  if (out_info != NULL)
    *out_info = meta.info;
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

  if (g_mkdir_with_parents (profile->backups, FOLDER_MODE) != 0)
    {
      g_set_error (error, JP_STORE_ERROR, JP_STORE_ERROR_IO, "could not create %s",
                   profile->backups);
      return NULL;
    }
  if (!jp_backup_create (vault, profile, path, monitor, out_info, error))
    return NULL;

  jp_backup_rotate (profile->backups);
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

/* Monday of the week; days are counted from one that was a Monday. */
static int
week_of (JpDate date)
{
  return jp_date_days_between (19000101, date) / 7;
}

/**
 * jp_backup_rotate:
 * @folder: a folder of backups
 *
 * Keeps the newest backup of each of the last %JP_BACKUP_KEEP_DAYS days that have one, and of each
 * of the last %JP_BACKUP_KEEP_WEEKS weeks; deletes the other ones. Never deletes the newest, and
 * never a file that this program did not name.
 *
 * Returns: how many were deleted
 */
guint
jp_backup_rotate (const char *folder)
{
  g_return_val_if_fail (folder != NULL, 0);

  g_auto (GStrv) paths = jp_backup_list (folder);
  guint  n_days = 0;
  guint  n_weeks = 0;
  guint  n_deleted = 0;
  JpDate last_day = JP_DATE_NONE;
  int    last_week = -1;

  for (char **path = paths; *path != NULL; path++)
    {
      g_autofree char *name = g_path_get_basename (*path);
      JpDate           day = date_from_name (name);
      gboolean         new_day = day != last_day && n_days < JP_BACKUP_KEEP_DAYS;
      gboolean         new_week = week_of (day) != last_week && n_weeks < JP_BACKUP_KEEP_WEEKS;

      if (new_day)
        n_days++;
      if (new_week)
        n_weeks++;
      last_day = day;
      last_week = week_of (day);
      if (!new_day && !new_week && g_unlink (*path) == 0)
        n_deleted++;
    }
  return n_deleted;
}

/* --- restoring
 * ------------------------------------------------------------------------------------- */

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
 * Reads the beginning only; jp_backup_restore() reads all of it.
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

  g_auto (Meta) meta = { 0 };
  g_autoptr (JpBackupFile) file = jp_backup_file_open (path, error);

  if (file == NULL || !read_meta (file, key, &meta, error))
    return FALSE;
  *out_info = meta.info;
  return TRUE;
}

/**
 * jp_backup_count_lost:
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
jp_backup_count_lost (const char         *folder,
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

/* What is there is kept: the database under another name together with its log, which belongs to it
 * and would destroy any other one. */
static gboolean
move_aside (const char *folder, const char *name, const char *label, GError **error)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from_name = g_strconcat (name, suffixes[i], NULL);
      g_autofree char *to_name = g_strconcat (name, label, suffixes[i], NULL);
      g_autofree char *from = g_build_filename (folder, from_name, NULL);
      g_autofree char *to = g_build_filename (folder, to_name, NULL);

      if (!g_file_test (from, G_FILE_TEST_EXISTS) || g_rename (from, to) == 0)
        continue;
      g_set_error (error, JP_STORE_ERROR, JP_STORE_ERROR_IO, "could not move %s aside", from);
      return FALSE;
    }
  return TRUE;
}

static gboolean
restore_key_file (const char *folder, GBytes *key_file, const char *label, GError **error)
{
  g_autoptr (GBytes) present = NULL;

  if (jp_profile_exists (folder))
    {
      present = jp_profile_read_key_file (folder, error);
      if (present == NULL)
        return FALSE;
      if (g_bytes_equal (present, key_file))
        return TRUE;
      if (!move_aside (folder, JP_PROFILE_KEY_FILE, label, error))
        return FALSE;
    }
  return jp_profile_write_key_file (folder, key_file, error);
}

static gboolean
take_place (JpSafeFile   *database,
            const char   *folder,
            JpBackupFile *file,
            const Meta   *meta,
            GError      **error)
{
  g_autofree char *label =
    g_strdup_printf (".before-restore-of-%" G_GINT64_FORMAT, meta->info.created_at_us);

  return restore_key_file (folder, jp_backup_file_get_key_file (file), label, error) &&
         move_aside (folder, JP_PROFILE_DATABASE, label, error) &&
         (jp_safe_file_commit (database, error) || jp_backup_file_translate (error));
}

/**
 * jp_backup_restore:
 * @path: a backup
 * @folder: where the school shall live; it is made if it does not exist
 * @key: the data key, see jp_backup_unlock()
 * @monitor: (nullable): how the job is watched
 * @out_info: (out) (optional): what the backup says of itself
 * @error: return location for a [error@Jp.StoreError]
 *
 * Unseals a backup, checks the database in it from end to end and puts it and its key file into the
 * folder; the password is the one of the backup. A school that lives there already is kept under
 * other names. Nothing in the folder changes unless all of the backup is good.
 *
 * Returns: %TRUE, or %FALSE with `JP_STORE_ERROR_KEY`, `JP_STORE_ERROR_CORRUPT`,
 *   `JP_STORE_ERROR_LOCKED` (the school there is in use), `JP_STORE_ERROR_FULL` or another code
 */
gboolean
jp_backup_restore (const char      *path,
                   const char      *folder,
                   JpSealKey       *key,
                   const JpMonitor *monitor,
                   JpBackupInfo    *out_info,
                   GError         **error)
{
  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (folder != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  g_auto (Meta) meta = { 0 };
  g_autofree char *place = g_build_filename (folder, JP_PROFILE_DATABASE, NULL);
  g_autoptr (GFile) place_file = g_file_new_for_path (place);
  g_autoptr (JpBackupFile) file = jp_backup_file_open (path, error);
  g_autoptr (JpDb) lock = NULL;
  g_autoptr (JpSafeFile) database = NULL;

  if (file == NULL || !read_meta (file, key, &meta, error))
    return FALSE;
  if (g_mkdir_with_parents (folder, FOLDER_MODE) != 0)
    {
      g_set_error (error, JP_STORE_ERROR, JP_STORE_ERROR_IO, "could not create %s", folder);
      return FALSE;
    }
  lock = jp_vault_take_lock (place, error);
  if (lock == NULL)
    return FALSE;

  database = jp_safe_file_open (place_file, error);
  if (database == NULL)
    return jp_backup_file_translate (error);
  if (!unseal_database (file, database, meta.info.database_bytes, monitor, error) ||
      !check_copy (jp_safe_file_get_path (database), meta.tables, error) ||
      !mark_restored (jp_safe_file_get_path (database), meta.info.created_at_us, error) ||
      !take_place (database, folder, file, &meta, error))
    return FALSE;

  if (out_info != NULL)
    *out_info = meta.info;
  return TRUE;
}
