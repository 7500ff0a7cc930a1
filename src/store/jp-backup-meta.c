/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-backup-private.h"

#include "jp-json.h"

#include <glib/gstdio.h>

#define FORMAT          1
#define META_MAX_BYTES  JP_BACKUP_FILE_CHUNK_BYTES
#define DIGEST_CHARS    64
#define TABLE_NAME_MAX  64
#define STATE_MAX_BYTES 256

/**
 * jp_backup_meta_clear:
 * @self: what a backup says
 *
 * Frees what it holds.
 */
void
jp_backup_meta_clear (JpBackupMeta *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->state, g_free);
  g_clear_pointer (&self->key_digest, g_free);
  g_clear_pointer (&self->tables, g_ptr_array_unref);
}

/**
 * jp_backup_meta_remove_copy:
 * @path: a copy of a database
 *
 * Removes it with what SQLite puts beside it.
 */
void
jp_backup_meta_remove_copy (const char *path)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

  g_return_if_fail (path != NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

      g_unlink (file); /* ignored: mostly not there */
    }
}

/**
 * jp_backup_meta_digest:
 * @key_file: the bytes of a key file
 *
 * Returns: (transfer full): their SHA-256
 */
char *
jp_backup_meta_digest (GBytes *key_file)
{
  g_return_val_if_fail (key_file != NULL, NULL);

  gsize         size = 0;
  gconstpointer data = g_bytes_get_data (key_file, &size);

  return jp_hash_sha256_text (data, size);
}

static void
add_number (JsonBuilder *builder, const char *member, gint64 number)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, number);
}

static void
add_text (JsonBuilder *builder, const char *member, const char *text)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

/**
 * jp_backup_meta_write:
 * @self: what a backup says
 *
 * Returns: (transfer full): its first message
 */
GBytes *
jp_backup_meta_write (const JpBackupMeta *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  add_number (builder, "format", FORMAT);
  add_number (builder, "created_at", self->info.created_at_us);
  add_number (builder, "last_op", self->info.last_op);
  add_number (builder, "rows", self->info.n_rows);
  add_number (builder, "bytes", self->info.database_bytes);
  add_text (builder, "state", self->state);
  add_text (builder, "key_sha256", self->key_digest);
  json_builder_set_member_name (builder, "tables");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->tables->len; i++)
    {
      const JpDbTable *table = g_ptr_array_index (self->tables, i);

      json_builder_begin_object (builder);
      add_text (builder, "name", table->name);
      add_number (builder, "rows", table->n_rows);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return jp_json_to_bytes (root);
}

static gboolean
read_tables (JsonObject *object, JpBackupMeta *meta, GError **error)
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
read_state (JsonObject *object, JpBackupMeta *meta, GError **error)
{
  const char *state = NULL;

  if (!jp_json_has (object, "state"))
    return TRUE;
  if (!jp_json_get_text (object, "state", STATE_MAX_BYTES, &state, error))
    return FALSE;
  meta->state = g_strdup (state);
  return TRUE;
}

static gboolean
read_numbers (JsonObject *object, JpBackupMeta *meta, GError **error)
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

/**
 * jp_backup_meta_read:
 * @self: (out): what the backup says
 * @file: a backup, just opened
 * @key: the data key
 * @error: return location for a [error@Jp.StoreError]
 *
 * The first message tells a wrong key from a damaged file: it is small and nothing precedes it.
 *
 * Returns: %TRUE, or %FALSE with `JP_STORE_ERROR_KEY`, `JP_STORE_ERROR_CORRUPT` or another code
 */
gboolean
jp_backup_meta_read (JpBackupMeta *self, JpBackupFile *file, JpSealKey *key, GError **error)
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
  if (object == NULL || !read_numbers (object, self, error) || !read_state (object, self, error) ||
      !read_tables (object, self, error))
    return jp_backup_file_translate (error);

  g_autofree char *digest = jp_backup_meta_digest (jp_backup_file_get_key_file (file));

  if (!last && strcmp (digest, self->key_digest) == 0)
    return TRUE;
  g_set_error_literal (error, JP_STORE_ERROR, JP_STORE_ERROR_CORRUPT, "damaged backup");
  return FALSE;
}

/* --- the database */

static gboolean
read_number (JpDb *db, const char *sql, gint64 *out_n, GError **error)
{
  g_autoptr (JpStatement) statement = jp_db_prepare (db, sql, error);
  gboolean row = FALSE;

  if (statement == NULL || !jp_statement_step (statement, &row, error))
    return FALSE;
  *out_n = row ? jp_statement_get_integer (statement, 0) : 0;
  return TRUE;
}

/**
 * jp_backup_meta_dup_state:
 * @db: a school's database
 * @error: return location for a [error@Jp.DbError]
 *
 * What was done here, what was written down, and how far the platform was read: as long as these
 * are the same, nothing has happened that a backup is made for.
 *
 * Returns: (transfer full): a text to compare, or %NULL with an error
 */
char *
jp_backup_meta_dup_state (JpDb *db, GError **error)
{
  g_return_val_if_fail (db != NULL, NULL);

  gint64           last_op = 0;
  gint64           last_audit = 0;
  gint64           n_judged = 0;
  g_autofree char *cursor = NULL;
  gboolean         row = FALSE;

  if (!read_number (db, "SELECT MAX (n) FROM op", &last_op, error) ||
      !read_number (db, "SELECT COUNT (*) FROM op WHERE state <> 0", &n_judged, error) ||
      !read_number (db, "SELECT MAX (n) FROM audit", &last_audit, error))
    return NULL;

  g_autoptr (JpStatement) statement =
    jp_db_prepare (db, "SELECT value FROM setting WHERE name = 'cursor'", error);

  if (statement == NULL || !jp_statement_step (statement, &row, error))
    return NULL;
  cursor = g_strdup (row ? jp_statement_get_text (statement, 0) : "");
  return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s",
                          last_op, n_judged, last_audit, cursor);
}

/**
 * jp_backup_meta_describe:
 * @self: (inout): what a backup will say
 * @db: the database, in a transaction, so that all of it is of one moment
 * @error: return location for a [error@Jp.DbError]
 *
 * Counts what is there.
 *
 * Returns: whether it could be counted
 */
gboolean
jp_backup_meta_describe (JpBackupMeta *self, JpDb *db, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (db != NULL, FALSE);

  self->tables = jp_db_tables_count (db, error);
  self->state = self->tables != NULL ? jp_backup_meta_dup_state (db, error) : NULL;
  if (self->state == NULL ||
      !read_number (db, "SELECT MAX (n) FROM op", &self->info.last_op, error))
    return FALSE;

  self->info.n_rows = 0;
  for (guint i = 0; i < self->tables->len; i++)
    self->info.n_rows += ((JpDbTable *)g_ptr_array_index (self->tables, i))->n_rows;
  return TRUE;
}

/**
 * jp_backup_meta_check:
 * @self: what a backup says
 * @path: the database that is or was in it
 * @error: return location for a [error@Jp.StoreError]
 *
 * Opens a copy as a database, which also gives it one file, reads all of it and counts its rows.
 *
 * Returns: %TRUE, or %FALSE with `JP_STORE_ERROR_CORRUPT` or another code
 */
gboolean
jp_backup_meta_check (const JpBackupMeta *self, const char *path, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  g_autoptr (JpDb) copy = jp_db_open (path, JP_DB_WRITER, error);
  g_autoptr (GPtrArray) tables = NULL;

  if (copy == NULL || !jp_db_check (copy, error))
    return jp_vault_translate (error);
  tables = jp_db_tables_count (copy, error);
  if (tables == NULL)
    return jp_vault_translate (error);
  if (jp_db_tables_equal (tables, self->tables))
    return jp_db_checkpoint (copy, error) || jp_vault_translate (error);

  g_set_error_literal (error, JP_STORE_ERROR, JP_STORE_ERROR_CORRUPT,
                       "copy does not have the same rows as the original");
  return FALSE;
}
