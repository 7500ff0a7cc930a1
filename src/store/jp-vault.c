/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-vault.h"

#include "jp-adopt.h"
#include "jp-journal.h"
#include "jp-ledger.h"
#include "jp-migrate.h"
#include "jp-pinyin.h"
#include "store-resources.h"

#define MIGRATIONS_PATH JP_RESOURCE_PREFIX "/store/migrations/"

static const char *const migration_names[] = {
  "0001-structure.sql",  "0002-ledger.sql",    "0003-approval.sql",
  "0004-outlook.sql",    "0005-conflicts.sql", "0006-people.sql",
  "0007-attachment.sql", "0008-transfers.sql", NULL
};

/**
 * jp_vault_translate:
 * @error: (inout): an error of any layer below
 *
 * Turns an error of the database into what a caller of the store can do about it. Other domains and
 * cancellation stay.
 *
 * Returns: %FALSE always, so that it can be returned
 */
gboolean
jp_vault_translate (GError **error)
{
  static const JpStoreError codes[] = {
    [JP_DB_ERROR_BUSY] = JP_STORE_ERROR_BUSY,
    [JP_DB_ERROR_CONSTRAINT] = JP_STORE_ERROR_INVALID,
    [JP_DB_ERROR_CORRUPT] = JP_STORE_ERROR_CORRUPT,
    [JP_DB_ERROR_FULL] = JP_STORE_ERROR_FULL,
    [JP_DB_ERROR_IO] = JP_STORE_ERROR_IO,
    [JP_DB_ERROR_NOT_FOUND] = JP_STORE_ERROR_NOT_FOUND,
    [JP_DB_ERROR_TOO_NEW] = JP_STORE_ERROR_TOO_NEW,
    [JP_DB_ERROR_INVALID] = JP_STORE_ERROR_CORRUPT,
    [JP_DB_ERROR_READ_ONLY] = JP_STORE_ERROR_READ_ONLY,
  };

  if (error == NULL || *error == NULL)
    return FALSE;

  if ((*error)->domain == JP_DB_ERROR)
    {
      (*error)->code = (int)codes[(*error)->code];
      (*error)->domain = JP_STORE_ERROR;
    }
  else if (g_error_matches (*error, JP_BASE_ERROR, JP_BASE_ERROR_SEALED))
    {
      (*error)->code = JP_STORE_ERROR_KEY;
      (*error)->domain = JP_STORE_ERROR;
    }
  return FALSE;
}

static JpVault *
vault_new (JpDb *db, JpSealKey *key, JpClock *clock, JpIdSource *ids)
{
  JpVault *self = g_new0 (JpVault, 1);

  self->db = db;
  self->key = jp_seal_key_ref (key);
  self->clock = g_object_ref (clock);
  self->ids = g_object_ref (ids);
  return self;
}

/**
 * jp_vault_open:
 * @path: the database file
 * @mode: writer or reader
 * @key: the data key
 * @clock: where time comes from
 * @ids: where ids come from
 * @error: return location for a [error@Jp.StoreError]
 *
 * Opens a connection for the calling thread. The schema is not touched: the writer calls
 * jp_vault_set_up() before any reader opens.
 *
 * Returns: (transfer full): the vault, or %NULL with an error
 */
JpVault *
jp_vault_open (const char *path,
               JpDbMode    mode,
               JpSealKey  *key,
               JpClock    *clock,
               JpIdSource *ids,
               GError    **error)
{
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  JpDb *db = jp_db_open (path, mode, error);

  if (db == NULL)
    {
      jp_vault_translate (error);
      return NULL;
    }
  return vault_new (db, key, clock, ids);
}

/**
 * jp_vault_open_private:
 * @key: the data key
 * @clock: where time comes from
 * @ids: where ids come from
 * @error: return location for a [error@Jp.StoreError]
 *
 * Opens an empty vault in memory, set up: for rehearsals and tests.
 *
 * Returns: (transfer full): the vault, or %NULL with an error
 */
JpVault *
jp_vault_open_private (JpSealKey *key, JpClock *clock, JpIdSource *ids, GError **error)
{
  JpDb *db = jp_db_open (NULL, JP_DB_MEMORY, error);

  if (db == NULL)
    {
      jp_vault_translate (error);
      return NULL;
    }

  g_autoptr (JpVault) self = vault_new (db, key, clock, ids);

  return jp_vault_set_up (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * jp_vault_take_lock:
 * @path: the database file
 * @error: return location for a [error@Jp.StoreError]
 *
 * Reserves a school's data for one program. The lock is an SQLite transaction on a file of its own:
 * it works alike everywhere and is gone with the process, however it ends.
 *
 * Returns: (transfer full): the lock, held until it is closed; or %NULL with
 *   `JP_STORE_ERROR_LOCKED`
 */
JpDb *
jp_vault_take_lock (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autofree char *lock_path = g_strconcat (path, ".lock", NULL);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JpDb) lock = jp_db_open (lock_path, JP_DB_WRITER, error);

  if (lock == NULL)
    {
      jp_vault_translate (error);
      return NULL;
    }
  if (jp_db_exec (lock, "PRAGMA busy_timeout=0; BEGIN IMMEDIATE", &local_error))
    return g_steal_pointer (&lock);

  if (g_error_matches (local_error, JP_DB_ERROR, JP_DB_ERROR_BUSY))
    g_set_error_literal (error, JP_STORE_ERROR, JP_STORE_ERROR_LOCKED,
                         "another program has this school's data open");
  else
    {
      jp_vault_translate (&local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
    }
  return NULL;
}

/**
 * jp_vault_close:
 * @self: (nullable) (transfer full): a vault
 */
void
jp_vault_close (JpVault *self)
{
  if (self == NULL)
    return;

  jp_journal_close (self->journal);
  g_free (self->journal_folder);
  jp_db_close (self->db);
  jp_seal_key_unref (self->key);
  g_object_unref (self->clock);
  g_object_unref (self->ids);
  g_free (self);
}

static gboolean
make_record_tables (JpDb *db, GError **error)
{
  return jp_record_table_ensure_all (db, error) && jp_record_table_ensure_indexes (db, error);
}

static char **
load_steps (GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; migration_names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (MIGRATIONS_PATH, migration_names[i], NULL);
      g_autoptr (GBytes) bytes =
        g_resource_lookup_data (store_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

      if (bytes == NULL)
        return NULL;

      gsize            size = 0;
      const char      *data = g_bytes_get_data (bytes, &size);
      g_autofree char *sql = g_strndup (data, size);

      g_strv_builder_add (builder, sql);
    }

  return g_strv_builder_end (builder);
}

/* With a wrong key everything new would be sealed under it, and nothing old could be read. */
static gboolean
check_key (JpVault *self, GError **error)
{
  g_autofree char *known = NULL;
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (!jp_vault_get_secret (self, JP_SETTING_KEY_CHECK, &known, error))
    {
      g_prefix_error (error, "this is not the key of this school's data: ");
      return FALSE;
    }
  if (known != NULL)
    return TRUE;

  return (jp_db_begin_write (self->db, &transaction, error) &&
          jp_vault_set_secret (self, JP_SETTING_KEY_CHECK, "right", error) &&
          jp_transaction_commit (&transaction, error)) ||
         jp_vault_translate (error);
}

/* Other rules or another ICU may spell names otherwise than the rows have them. */
static gboolean
refresh_pinyin (JpVault *self, GError **error)
{
  g_autofree char *known = NULL;
  g_autofree char *present = jp_pinyin_dup_version ();
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (!jp_vault_get_setting (self, JP_SETTING_PINYIN, &known, error))
    return FALSE;
  if (g_strcmp0 (known, present) == 0)
    return TRUE;

  return (jp_db_begin_write (self->db, &transaction, error) &&
          jp_record_table_refresh_pinyin (self->db, error) &&
          jp_vault_set_setting (self, JP_SETTING_PINYIN, present, error) &&
          jp_transaction_commit (&transaction, error)) ||
         jp_vault_translate (error);
}

/**
 * jp_vault_set_up:
 * @self: a writing vault
 * @error: return location for a [error@Jp.StoreError]
 *
 * Brings the schema to the newest version, tries the key, makes the pinyin of the names anew if
 * another ICU made it, reads which school this is, gives what an older program kept without
 * knowing it its place, and posts what the ledger does not have yet.
 *
 * Returns: %TRUE, or %FALSE with `JP_STORE_ERROR_TOO_NEW` for a file of a newer program,
 *   `JP_STORE_ERROR_KEY` for one with another key
 */
gboolean
jp_vault_set_up (JpVault *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  g_auto (GStrv) steps = load_steps (error);
  JpMigrationPlan plan = {
    .application_id = JP_VAULT_APPLICATION_ID,
    .steps = (const char *const *)steps,
    .before = make_record_tables,
  };

  if (steps == NULL)
    return FALSE;
  if (!jp_migrate (self->db, &plan, error))
    return jp_vault_translate (error);
  return check_key (self, error) && refresh_pinyin (self, error) &&
         jp_vault_reload_school (self, error) && jp_adopt_run (self, error) &&
         jp_ledger_catch_up (self, error);
}

/**
 * jp_vault_reload_school:
 * @self: a vault
 * @error: return location for a [error@Jp.StoreError]
 *
 * Reads from the settings which school this is.
 *
 * Returns: whether it could be read
 */
gboolean
jp_vault_reload_school (JpVault *self, GError **error)
{
  g_autofree char *text = NULL;

  if (!jp_vault_get_setting (self, JP_SETTING_SCHOOL, &text, error))
    return FALSE;

  self->school = JP_ID_NONE;
  return text == NULL || jp_id_parse (text, &self->school, error);
}

/**
 * jp_vault_now_us:
 * @self: a vault
 *
 * Returns: the present instant
 */
gint64
jp_vault_now_us (JpVault *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return jp_clock_now_us (self->clock);
}

/**
 * jp_vault_today:
 * @self: a vault
 *
 * Returns: today's date in China
 */
JpDate
jp_vault_today (JpVault *self)
{
  return jp_date_from_instant (jp_vault_now_us (self));
}

/**
 * jp_vault_get_setting:
 * @self: a vault
 * @name: a setting
 * @out_value: (out) (nullable): its value, %NULL where it has none
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it could be read
 */
gboolean
jp_vault_get_setting (JpVault *self, const char *name, char **out_value, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  g_autoptr (JpStatement) statement =
    jp_db_prepare (self->db, "SELECT value FROM setting WHERE name = :name", error);
  gboolean row = FALSE;

  if (statement == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_text (statement, ":name", name);
  if (!jp_statement_step (statement, &row, error))
    return jp_vault_translate (error);

  *out_value = row ? g_strdup (jp_statement_get_text (statement, 0)) : NULL;
  return TRUE;
}

/**
 * jp_vault_set_setting:
 * @self: a vault with an open write transaction
 * @name: a setting
 * @value: (nullable): its value, %NULL to forget it
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it was written
 */
gboolean
jp_vault_set_setting (JpVault *self, const char *name, const char *value, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);
  g_assert (jp_db_in_write (self->db));

  const char *sql = value != NULL ? "INSERT INTO setting (name, value) VALUES (:name, :value)"
                                    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
                                  : "DELETE FROM setting WHERE name = :name";
  g_autoptr (JpStatement) statement = jp_db_prepare (self->db, sql, error);

  if (statement == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_text (statement, ":name", name);
  if (value != NULL)
    jp_statement_bind_text (statement, ":value", value);
  return jp_statement_run (statement, error) || jp_vault_translate (error);
}

/**
 * jp_vault_get_secret:
 * @self: a vault
 * @name: a setting that is kept sealed
 * @out_value: (out) (nullable): its value, %NULL where it has none
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it could be read
 */
gboolean
jp_vault_get_secret (JpVault *self, const char *name, char **out_value, GError **error)
{
  g_autofree char *encoded = NULL;

  if (!jp_vault_get_setting (self, name, &encoded, error))
    return FALSE;

  *out_value = NULL;
  if (encoded == NULL)
    return TRUE;

  gsize              length_bytes = 0;
  g_autofree guchar *sealed = g_base64_decode (encoded, &length_bytes);
  g_autoptr (GBytes) plain =
    jp_seal_open (self->key, "setting", &JP_ID_NONE, name, sealed, length_bytes, error);

  if (plain == NULL)
    return jp_vault_translate (error);

  gsize       size = 0;
  const char *bytes = g_bytes_get_data (plain, &size);

  *out_value = g_strndup (bytes, size);
  return TRUE;
}

/**
 * jp_vault_set_secret:
 * @self: a vault with an open write transaction
 * @name: a setting that is kept sealed
 * @value: its value
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it was written
 */
gboolean
jp_vault_set_secret (JpVault *self, const char *name, const char *value, GError **error)
{
  g_return_val_if_fail (value != NULL, FALSE);

  g_autoptr (GBytes) sealed =
    jp_seal_close (self->key, "setting", &JP_ID_NONE, name, value, strlen (value));
  gsize            size = 0;
  const guchar    *bytes = g_bytes_get_data (sealed, &size);
  g_autofree char *encoded = g_base64_encode (bytes, size);

  return jp_vault_set_setting (self, name, encoded, error);
}
