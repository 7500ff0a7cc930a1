/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-backup-file.h"

#define MAGIC              "JPBACKUP"
#define MAGIC_BYTES        8
#define VERSION            1
#define KEY_FILE_MAX_BYTES (64 * 1024)
#define PURPOSE            "jiapei-backup"

struct _JpBackupFile
{
  JpSafeFile   *out;      /* (owned) (nullable): being written */
  GInputStream *in;       /* (owned) (nullable): being read */
  GBytes       *key_file; /* (owned): the key under the password */
  JpSealStream *stream;   /* (owned) (nullable): NULL until the key is known */
};

/**
 * jp_backup_file_translate:
 * @error: (inout): an error of GIO or of the base layer
 *
 * Turns an error of the file into what a caller of the store can do about it.
 *
 * Returns: %FALSE always, so that it can be returned
 */
gboolean
jp_backup_file_translate (GError **error)
{
  if (error != NULL && *error != NULL && (*error)->domain == JP_BASE_ERROR)
    {
      (*error)->domain = JP_STORE_ERROR;
      (*error)->code = JP_STORE_ERROR_CORRUPT;
    }
  return jp_store_error_translate_file (error);
}

static gboolean
corrupt (GError **error)
{
  g_set_error_literal (error, JP_STORE_ERROR, JP_STORE_ERROR_CORRUPT,
                       "not a backup, or a damaged one");
  return FALSE;
}

/* --- writing
 * --------------------------------------------------------------------------------------- */

static gboolean
put_bytes (JpBackupFile *self, gconstpointer bytes, gsize length_bytes, GError **error)
{
  return jp_safe_file_write (self->out, bytes, length_bytes, error) ||
         jp_backup_file_translate (error);
}

static gboolean
put_number (JpBackupFile *self, guint32 number, GError **error)
{
  guint32 number_le = GUINT32_TO_LE (number);

  return put_bytes (self, &number_le, sizeof number_le, error);
}

/**
 * jp_backup_file_create:
 * @path: the backup to write; replaced when it is complete
 * @key: the data key
 * @key_file: the key under the password, at most 64 KiB
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): the file being written, or %NULL with an error
 */
JpBackupFile *
jp_backup_file_create (const char *path, JpSealKey *key, GBytes *key_file, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (g_bytes_get_size (key_file) <= KEY_FILE_MAX_BYTES, NULL);

  g_autoptr (JpBackupFile) self = g_new0 (JpBackupFile, 1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  guint8 header[JP_SEAL_STREAM_HEADER_BYTES];

  self->key_file = g_bytes_ref (key_file);
  self->stream = jp_seal_stream_new_writer (key, PURPOSE, header);
  self->out = jp_safe_file_open (file, error);
  if (self->out == NULL)
    {
      jp_backup_file_translate (error);
      return NULL;
    }

  if (!put_bytes (self, MAGIC, MAGIC_BYTES, error) || !put_number (self, VERSION, error) ||
      !put_number (self, (guint32)g_bytes_get_size (key_file), error) ||
      !put_bytes (self, g_bytes_get_data (key_file, NULL), g_bytes_get_size (key_file), error) ||
      !put_bytes (self, header, sizeof header, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * jp_backup_file_write:
 * @self: a file being written
 * @bytes: (nullable): the next message
 * @length_bytes: its length, at most %JP_BACKUP_FILE_CHUNK_BYTES
 * @last: nothing follows
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it was written
 */
gboolean
jp_backup_file_write (JpBackupFile *self,
                      gconstpointer bytes,
                      gsize         length_bytes,
                      gboolean      last,
                      GError      **error)
{
  g_return_val_if_fail (self != NULL && self->out != NULL, FALSE);

  g_autoptr (GBytes) sealed =
    jp_seal_stream_close_message (self->stream, bytes, length_bytes, last);
  gsize         size = 0;
  gconstpointer data = g_bytes_get_data (sealed, &size);

  return put_number (self, (guint32)size, error) && put_bytes (self, data, size, error);
}

/**
 * jp_backup_file_commit:
 * @self: a file whose last message has been written
 * @error: return location for a [error@Jp.StoreError]
 *
 * Brings the backup to the disk and gives it its name.
 *
 * Returns: whether it is there
 */
gboolean
jp_backup_file_commit (JpBackupFile *self, GError **error)
{
  g_return_val_if_fail (self != NULL && self->out != NULL, FALSE);

  return jp_safe_file_commit (self->out, error) || jp_backup_file_translate (error);
}

/* --- reading
 * --------------------------------------------------------------------------------------- */

static gboolean
get_bytes (JpBackupFile *self, gpointer bytes, gsize length_bytes, GError **error)
{
  gsize n_read = 0;

  if (!g_input_stream_read_all (self->in, bytes, length_bytes, &n_read, NULL, error))
    return jp_backup_file_translate (error);
  return n_read == length_bytes || corrupt (error);
}

static gboolean
get_number (JpBackupFile *self, guint32 max, guint32 *out_number, GError **error)
{
  guint32 number_le = 0;

  if (!get_bytes (self, &number_le, sizeof number_le, error))
    return FALSE;
  *out_number = GUINT32_FROM_LE (number_le);
  return *out_number <= max || corrupt (error);
}

static gboolean
read_head (JpBackupFile *self, GError **error)
{
  char    magic[MAGIC_BYTES];
  guint32 version = 0;
  guint32 length_bytes = 0;

  if (!get_bytes (self, magic, sizeof magic, error))
    return FALSE;
  if (memcmp (magic, MAGIC, sizeof magic) != 0)
    return corrupt (error);
  if (!get_number (self, G_MAXUINT32, &version, error))
    return FALSE;
  if (version != VERSION)
    {
      g_set_error (error, JP_STORE_ERROR, JP_STORE_ERROR_TOO_NEW,
                   "backup was written by a newer program (form %u)", version);
      return FALSE;
    }
  if (!get_number (self, KEY_FILE_MAX_BYTES, &length_bytes, error))
    return FALSE;

  guint8 *bytes = g_malloc (length_bytes + 1);

  self->key_file = g_bytes_new_take (bytes, length_bytes);
  return get_bytes (self, bytes, length_bytes, error);
}

/**
 * jp_backup_file_open:
 * @path: a backup
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): the file being read, or %NULL with `JP_STORE_ERROR_NOT_FOUND`,
 *   `JP_STORE_ERROR_CORRUPT` or `JP_STORE_ERROR_TOO_NEW`
 */
JpBackupFile *
jp_backup_file_open (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autoptr (JpBackupFile) self = g_new0 (JpBackupFile, 1);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  self->in = G_INPUT_STREAM (g_file_read (file, NULL, error));
  if (self->in == NULL)
    {
      jp_backup_file_translate (error);
      return NULL;
    }
  return read_head (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * jp_backup_file_get_key_file:
 * @self: a file being read
 *
 * Returns: (transfer none): the key under the password
 */
GBytes *
jp_backup_file_get_key_file (JpBackupFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->key_file;
}

/**
 * jp_backup_file_unlock:
 * @self: a file being read
 * @key: the data key
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether the messages can be read now; whether @key is right, the first one will tell
 */
gboolean
jp_backup_file_unlock (JpBackupFile *self, JpSealKey *key, GError **error)
{
  g_return_val_if_fail (self != NULL && self->in != NULL, FALSE);
  g_return_val_if_fail (self->stream == NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  guint8 header[JP_SEAL_STREAM_HEADER_BYTES];

  if (!get_bytes (self, header, sizeof header, error))
    return FALSE;
  self->stream = jp_seal_stream_new_reader (key, PURPOSE, header);
  return TRUE;
}

/**
 * jp_backup_file_read:
 * @self: an unlocked file
 * @out_last: (out): nothing follows
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: (transfer full): the next message, or %NULL with `JP_STORE_ERROR_CORRUPT`
 */
GBytes *
jp_backup_file_read (JpBackupFile *self, gboolean *out_last, GError **error)
{
  g_return_val_if_fail (self != NULL && self->stream != NULL, NULL);

  guint32            size = 0;
  g_autofree guint8 *sealed = NULL;
  GBytes            *message = NULL;

  if (!get_number (self, JP_BACKUP_FILE_CHUNK_BYTES + JP_SEAL_STREAM_OVERHEAD_BYTES, &size, error))
    return NULL;
  sealed = g_malloc (size + 1);
  if (!get_bytes (self, sealed, size, error))
    return NULL;

  message = jp_seal_stream_open_message (self->stream, sealed, size, out_last, error);
  if (message == NULL)
    jp_backup_file_translate (error);
  return message;
}

/**
 * jp_backup_file_close:
 * @self: (nullable) (transfer full): a file
 *
 * Drops what was written unless it was committed.
 */
void
jp_backup_file_close (JpBackupFile *self)
{
  if (self == NULL)
    return;

  jp_safe_file_close (self->out);
  g_clear_object (&self->in);
  g_clear_pointer (&self->key_file, g_bytes_unref);
  g_clear_pointer (&self->stream, jp_seal_stream_free);
  g_free (self);
}
