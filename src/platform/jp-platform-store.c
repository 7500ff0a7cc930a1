/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-store.h"
#include "jp-platform-store-private.h"

#include "jp-migrate.h"
#include "jp-platform-files.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#define APPLICATION_ID   0x4a505031 /* "JPP1" */
#define FOLDER_MODE      0700
#define FILE_MODE        0600
#define OTHERS_MASK      077
#define EPOCH_BYTES      8
#define MIGRATION_PREFIX "/org/heze/JiapeiSchool/platform/migrations/"

/* In order; a released file never changes. */
static const char *const migrations[] = {
  "0001-platform.sql", "0002-bank.sql",      "0003-business.sql", "0004-stations.sql",
  "0005-sums.sql",     "0006-dispute.sql",   "0007-authors.sql",  "0008-people.sql",
  "0009-versions.sql", "0010-transfers.sql", "0011-blob.sql",
};

static gboolean
set_io_error (GError **error, const char *what, const char *path)
{
  int code = errno;

  g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_IO, "could not %s \"%s\": %s", what,
               path, g_strerror (code));
  return FALSE;
}

static gboolean
take_lock (JpPlatformStore *self, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "lock", NULL);

  self->lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, FILE_MODE);
  if (self->lock < 0)
    return set_io_error (error, "open", path);
  if (flock (self->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;

  g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_CONFLICT,
               "another platform works in \"%s\"", folder);
  return FALSE;
}

static JpSealKey *
read_key (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) file_error = NULL;
  GStatBuf status;

  if (g_stat (path, &status) != 0)
    {
      set_io_error (error, "read", path);
      return NULL;
    }
  if (status.st_mode & OTHERS_MASK)
    {
      g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_FORBIDDEN,
                   "others may read the key \"%s\"", path);
      return NULL;
    }
  if (!g_file_get_contents (path, &text, NULL, &file_error))
    {
      g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_IO, "%s", file_error->message);
      return NULL;
    }
  return jp_seal_key_from_base64 (g_strstrip (text), error);
}

static JpSealKey *
make_key (const char *path, GError **error)
{
  g_autoptr (JpSealKey) key = jp_seal_key_new_random ();
  g_autofree char *text = jp_seal_key_to_base64 (key);
  g_autoptr (GError) file_error = NULL;

  if (g_file_set_contents_full (path, text, -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                FILE_MODE, &file_error))
    return g_steal_pointer (&key);

  g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_IO, "%s", file_error->message);
  return NULL;
}

/* A database without its key stays closed: a new key would only hide that the old one is lost. */
static JpSealKey *
ensure_key (const char *folder, gboolean has_database, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "key", NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS) || has_database)
    return read_key (path, error);
  return make_key (path, error);
}

static GStrv
load_migrations (GError **error)
{
  g_autoptr (GStrvBuilder) steps = g_strv_builder_new ();

  jp_platform_files_register_resource ();
  for (gsize i = 0; i < G_N_ELEMENTS (migrations); i++)
    {
      g_autofree char *path = g_strconcat (MIGRATION_PREFIX, migrations[i], NULL);
      g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      gsize length_bytes = 0;

      g_assert (bytes != NULL);

      const char      *text = g_bytes_get_data (bytes, &length_bytes);
      g_autofree char *step = g_strndup (text, length_bytes);

      g_strv_builder_add (steps, step);
    }

  return g_strv_builder_end (steps);
}

static gboolean
ensure_tables (JpDb *db, GError **error)
{
  return jp_record_table_ensure_all (db, error) && jp_record_table_ensure_indexes (db, error);
}

/**
 * jp_platform_store_new_epoch_text:
 * @self: a store
 *
 * Returns: (transfer full): an epoch that was never before
 */
char *
jp_platform_store_new_epoch_text (JpPlatformStore *self)
{
  guint8 bytes[EPOCH_BYTES];

  jp_id_source_fill (self->ids, bytes, sizeof bytes);

  g_autofree char *hex = jp_hash_to_hex (bytes, sizeof bytes);

  return g_strconcat ("e-", hex, NULL);
}

static gboolean
write_epoch (JpPlatformStore *self, const char *epoch, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (self->db,
                   "INSERT INTO platform (name, value) VALUES ('epoch', :epoch)"
                   " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                   error);

  if (statement == NULL)
    return FALSE;
  jp_statement_bind_text (statement, ":epoch", epoch);
  return jp_statement_run (statement, error);
}

static gboolean
read_epoch (JpPlatformStore *self, GError **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (self->db, "SELECT value FROM platform WHERE name = 'epoch'", error);
  gboolean row = FALSE;

  if (statement == NULL || !jp_statement_step (statement, &row, error))
    return FALSE;
  if (row)
    self->epoch = g_strdup (jp_statement_get_text (statement, 0));
  return TRUE;
}

/* Who restores a copy may forget to say so. */
static gboolean
ensure_epoch (JpPlatformStore *self, GError **error)
{
  gboolean past = FALSE;

  if (self->epoch != NULL && !jp_platform_store_witness_check (self, &past, error))
    return FALSE;
  if (past)
    g_message ("the database is older than it was: a new epoch begins");
  if ((past || self->epoch == NULL) && !jp_platform_store_new_epoch (self, error))
    return FALSE;
  jp_platform_store_witness_write (self);
  return TRUE;
}

static gboolean
open_database (JpPlatformStore *self, const char *path, GError **error)
{
  g_auto (GStrv) steps = load_migrations (error);

  self->db = jp_db_open (path, JP_DB_WRITER, error);
  if (self->db == NULL)
    return FALSE;

  const JpMigrationPlan plan = {
    .application_id = APPLICATION_ID,
    .steps = (const char *const *)steps,
    .before = ensure_tables,
  };

  if (g_chmod (path, FILE_MODE) != 0)
    return set_io_error (error, "protect", path);
  if (!jp_migrate (self->db, &plan, error) || !read_epoch (self, error) ||
      !jp_platform_store_ensure_sums (self, error) ||
      !jp_platform_store_ensure_versions (self, error))
    return FALSE;
  return ensure_epoch (self, error);
}

/**
 * jp_platform_store_open:
 * @folder: where the database, its key and its lock are, or will be
 * @options: clock and source of ids
 * @error: return location for a [error@Jp.PlatformError] or [error@Jp.DbError]
 *
 * Opens the store, and makes it on first run. It belongs to the calling thread.
 *
 * Returns: (transfer full): the store, or %NULL with `JP_PLATFORM_ERROR_CONFLICT` if another
 *   process has it, `JP_PLATFORM_ERROR_FORBIDDEN` if others may read the key, or
 *   `JP_PLATFORM_ERROR_IO`, which is also how a lost key shows
 */
JpPlatformStore *
jp_platform_store_open (const char *folder, const JpPlatformStoreOptions *options, GError **error)
{
  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (options != NULL, NULL);
  g_return_val_if_fail (JP_IS_CLOCK (options->clock), NULL);
  g_return_val_if_fail (JP_IS_ID_SOURCE (options->ids), NULL);

  g_autoptr (JpPlatformStore) self = g_new0 (JpPlatformStore, 1);
  g_autofree char *path = g_build_filename (folder, "platform.db", NULL);
  gboolean         has_database = g_file_test (path, G_FILE_TEST_EXISTS);

  self->lock = -1;
  self->witness = -1;
  self->folder = g_strdup (folder);
  self->clock = g_object_ref (options->clock);
  self->ids = g_object_ref (options->ids);
  self->groups = g_hash_table_new_full (jp_id_hash, jp_id_equal, g_free, g_free);
  self->touched = g_hash_table_new_full (jp_id_hash, jp_id_equal, g_free, NULL);

  if (g_mkdir_with_parents (folder, FOLDER_MODE) != 0)
    {
      set_io_error (error, "make", folder);
      return NULL;
    }
  if (!take_lock (self, folder, error))
    return NULL;
  self->blob_quota_bytes = JP_PLATFORM_STORE_BLOB_QUOTA_BYTES;
  self->key = ensure_key (folder, has_database, error);
  if (self->key == NULL || !open_database (self, path, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * jp_platform_store_close:
 * @self: (nullable) (transfer full): a store
 *
 * Closes the database and lets others in.
 */
void
jp_platform_store_close (JpPlatformStore *self)
{
  if (self == NULL)
    return;

  if (self->db != NULL && self->epoch != NULL)
    jp_platform_store_witness_write (self);
  g_clear_pointer (&self->db, jp_db_close);
  g_clear_pointer (&self->key, jp_seal_key_unref);
  g_clear_pointer (&self->groups, g_hash_table_unref);
  g_clear_pointer (&self->touched, g_hash_table_unref);
  g_clear_object (&self->clock);
  g_clear_object (&self->ids);
  g_free (self->epoch);
  g_free (self->folder);
  if (self->witness >= 0)
    close (self->witness);
  if (self->lock >= 0)
    close (self->lock);
  g_free (self);
}

/**
 * jp_platform_store_get_db:
 * @self: a store
 *
 * Returns: (transfer none): its connection, for queries; rows are written by
 *   jp_platform_store_put() only
 */
JpDb *
jp_platform_store_get_db (JpPlatformStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->db;
}

/**
 * jp_platform_store_get_key:
 * @self: a store
 *
 * Returns: (transfer none): the key of the sealed columns
 */
JpSealKey *
jp_platform_store_get_key (JpPlatformStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->key;
}

/**
 * jp_platform_store_get_blob_quota:
 * @self: a store
 *
 * Returns: how many bytes of files each school may keep here
 */
gint64
jp_platform_store_get_blob_quota (JpPlatformStore *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->blob_quota_bytes;
}

/**
 * jp_platform_store_set_blob_quota:
 * @self: a store
 * @quota_bytes: how many bytes of files each school may keep here, ≥ 0
 */
void
jp_platform_store_set_blob_quota (JpPlatformStore *self, gint64 quota_bytes)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (quota_bytes >= 0);

  self->blob_quota_bytes = quota_bytes;
}

/**
 * jp_platform_store_get_clock:
 * @self: a store
 *
 * Returns: (transfer none): its clock
 */
JpClock *
jp_platform_store_get_clock (JpPlatformStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->clock;
}

/**
 * jp_platform_store_get_ids:
 * @self: a store
 *
 * Returns: (transfer none): its source of ids and other random bytes
 */
JpIdSource *
jp_platform_store_get_ids (JpPlatformStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->ids;
}

/**
 * jp_platform_store_get_today:
 * @self: a store
 *
 * Returns: today's date in China
 */
JpDate
jp_platform_store_get_today (JpPlatformStore *self)
{
  g_return_val_if_fail (self != NULL, JP_DATE_NONE);

  return jp_date_from_instant (jp_clock_now_us (self->clock));
}

/**
 * jp_platform_store_get_epoch:
 * @self: a store
 *
 * Returns: (transfer none): what changes when the database is restored from a copy; part of every
 *   cursor
 */
const char *
jp_platform_store_get_epoch (JpPlatformStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->epoch;
}

/**
 * jp_platform_store_new_epoch:
 * @self: a store without an open transaction
 * @error: return location for a [error@Jp.DbError]
 *
 * To be called once after the database was restored from a copy: every station then sends again
 * what the copy did not have, and reads everything anew (sync.md §3.9).
 *
 * Returns: whether the new epoch is on the disk
 */
gboolean
jp_platform_store_new_epoch (JpPlatformStore *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  g_autofree char *epoch = jp_platform_store_new_epoch_text (self);
  gint64           floor = 0;

  if (!jp_platform_store_begin (self, &transaction, error) || !write_epoch (self, epoch, error) ||
      !jp_platform_store_begin_versions (self, &floor, error) ||
      !jp_platform_store_commit (self, &transaction, error))
    return FALSE;

  g_free (self->epoch);
  self->epoch = g_steal_pointer (&epoch);
  self->floor = floor;
  return TRUE;
}

/**
 * jp_platform_store_set_changed_func:
 * @self: a store
 * @func: (nullable): called after commits
 * @user_data: for @func; must outlive the store
 *
 * Sets who is told that there is something new for a school.
 */
void
jp_platform_store_set_changed_func (JpPlatformStore      *self,
                                    JpPlatformChangedFunc func,
                                    gpointer              user_data)
{
  g_return_if_fail (self != NULL);

  self->changed = func;
  self->changed_data = user_data;
}

/**
 * jp_platform_store_set_sign_func:
 * @self: a store
 * @func: (nullable): makes the certificates of stations
 * @user_data: for @func; must outlive the store
 *
 * From now on every station gets a certificate, and is known only by it and its token together.
 */
void
jp_platform_store_set_sign_func (JpPlatformStore *self, JpPlatformSignFunc func, gpointer user_data)
{
  g_return_if_fail (self != NULL);

  self->sign = func;
  self->sign_data = user_data;
}

/**
 * jp_platform_store_can_sign:
 * @self: a store
 *
 * Returns: whether stations have certificates
 */
gboolean
jp_platform_store_can_sign (JpPlatformStore *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->sign != NULL;
}

/**
 * jp_platform_store_sign:
 * @self: a store that can sign
 * @station: a station
 * @request_pem: its request for a certificate
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Returns: (transfer full): the certificate, or %NULL with an error
 */
char *
jp_platform_store_sign (JpPlatformStore *self,
                        const JpId      *station,
                        const char      *request_pem,
                        GError         **error)
{
  g_return_val_if_fail (self != NULL && self->sign != NULL, NULL);
  g_return_val_if_fail (station != NULL, NULL);
  g_return_val_if_fail (request_pem != NULL, NULL);

  return self->sign (station, request_pem, self->sign_data, error);
}

/**
 * jp_platform_store_backup:
 * @self: a store without an open transaction
 * @path: a file that does not exist, on another disk
 * @error: return location for a [error@Jp.DbError]
 *
 * Copies the database, then notes that everything until now is durable: stations may forget what
 * they sent before.
 *
 * Returns: whether the copy is complete
 */
gboolean
jp_platform_store_backup (JpPlatformStore *self, const char *path, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  if (!jp_db_backup (self->db, path, error))
    return FALSE;
  if (g_chmod (path, FILE_MODE) != 0)
    return set_io_error (error, "protect", path);

  /* Nobody else writes, and this thread did nothing in between. */
  return jp_platform_store_begin (self, &transaction, error) &&
         jp_db_exec (self->db, "UPDATE tenant SET durable_seq = seq", error) &&
         jp_platform_store_commit (self, &transaction, error);
}
