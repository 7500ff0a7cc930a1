/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-journal-private.h"

#include "jp-op.h"

#include <stdio.h>

/* A frame: the magic, how long the seal is, the id of the operation, the seal. In the seal: the
 * number, the number of what it takes back, the chain, the operation. Numbers are little-endian. */

#define NAME_PREFIX    "ops-"
#define NAME_SUFFIX    ".jpjournal"
#define KEY_SUFFIX     ".key.json"
#define NAME_HEX_BYTES 6
#define MAGIC          "JPJ1"
#define MAGIC_BYTES    4
#define ID_BYTES       16
#define HEAD_BYTES     (MAGIC_BYTES + 4 + ID_BYTES)
#define PLAIN_BYTES    (8 + 8 + JP_SEAL_HASH_BYTES)
#define SEAL_MAX_BYTES (JP_OP_MAX_BYTES + 4096)
#define FILE_MAX_BYTES G_GINT64_CONSTANT (0x7fffffff)

/**
 * jp_journal_entry_clear:
 * @self: an operation of a journal
 *
 * Frees what it holds.
 */
void
jp_journal_entry_clear (JpJournalEntry *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->body, g_bytes_unref);
}

/**
 * jp_journal_tail_clear:
 * @self: the end of a file
 *
 * Frees what it holds.
 */
void
jp_journal_tail_clear (JpJournalTail *self)
{
  g_return_if_fail (self != NULL);

  jp_journal_entry_clear (&self->last);
}

/* --- names */

/* Several schools may share a stick: the key tells theirs apart, without telling anything of it. */
static char *
dup_prefix (JpSealKey *key)
{
  guint8           index[JP_SEAL_INDEX_BYTES];
  g_autofree char *hex = NULL;

  jp_seal_index (key, "journal", "name", index);
  hex = jp_hash_to_hex (index, NAME_HEX_BYTES);
  return g_strconcat (NAME_PREFIX, hex, NULL);
}

/**
 * jp_journal_build_path:
 * @folder: folder of a journal
 * @key: the data key
 * @number: of the file, from 1
 *
 * Returns: (transfer full): path of the file
 */
char *
jp_journal_build_path (const char *folder, JpSealKey *key, guint number)
{
  g_autofree char *prefix = dup_prefix (key);
  g_autofree char *name = g_strdup_printf ("%s-%04u" NAME_SUFFIX, prefix, number);

  return g_build_filename (folder, name, NULL);
}

/**
 * jp_journal_build_key_path:
 * @folder: folder of a journal
 * @key: the data key
 *
 * Returns: (transfer full): path of the copy of the key file
 */
char *
jp_journal_build_key_path (const char *folder, JpSealKey *key)
{
  g_autofree char *prefix = dup_prefix (key);
  g_autofree char *name = g_strconcat (prefix, KEY_SUFFIX, NULL);

  return g_build_filename (folder, name, NULL);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static GStrv
list (const char *folder, const char *prefix, const char *suffix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL); /* not there: no journal */
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (const char *name = NULL; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    if (g_str_has_prefix (name, prefix) && g_str_has_suffix (name, suffix))
      g_ptr_array_add (paths, g_build_filename (folder, name, NULL));

  g_ptr_array_sort (paths, compare_names);
  g_ptr_array_add (paths, NULL);
  return (GStrv)g_ptr_array_steal (paths, NULL);
}

/**
 * jp_journal_list_files:
 * @folder: folder of a journal
 * @key: the data key
 *
 * Returns: (transfer full): paths of the files of these data, the oldest first
 */
GStrv
jp_journal_list_files (const char *folder, JpSealKey *key)
{
  g_autofree char *prefix = dup_prefix (key);

  return list (folder, prefix, NAME_SUFFIX);
}

/**
 * jp_journal_list_key_files:
 * @folder: folder of a journal
 *
 * Returns: (transfer full): paths of the key files in it, one for each school
 */
GStrv
jp_journal_list_key_files (const char *folder)
{
  g_return_val_if_fail (folder != NULL, NULL);

  return list (folder, NAME_PREFIX, KEY_SUFFIX);
}

/* --- frames */

static void
put_number (GByteArray *array, gint64 number)
{
  gint64 number_le = GINT64_TO_LE (number);

  g_byte_array_append (array, (const guint8 *)&number_le, sizeof number_le);
}

static gint64
get_number (const guint8 *bytes)
{
  gint64 number_le = 0;

  memcpy (&number_le, bytes, sizeof number_le);
  return GINT64_FROM_LE (number_le);
}

/**
 * jp_journal_seal_frame:
 * @entry: an operation
 * @key: the data key
 *
 * Returns: (transfer full): the bytes to append
 */
GByteArray *
jp_journal_seal_frame (const JpJournalEntry *entry, JpSealKey *key)
{
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  gsize         body_bytes = 0;
  gconstpointer body = g_bytes_get_data (entry->body, &body_bytes);

  put_number (plain, entry->n);
  put_number (plain, entry->undoes);
  g_byte_array_append (plain, entry->chain, JP_SEAL_HASH_BYTES);
  g_byte_array_append (plain, body, (guint)body_bytes);

  g_autoptr (GBytes) sealed =
    jp_seal_close (key, "journal", &entry->id, "frame", plain->data, plain->len);
  gsize         sealed_bytes = 0;
  gconstpointer bytes = g_bytes_get_data (sealed, &sealed_bytes);
  guint32       length_le = GUINT32_TO_LE ((guint32)sealed_bytes);

  g_byte_array_append (frame, (const guint8 *)MAGIC, MAGIC_BYTES);
  g_byte_array_append (frame, (const guint8 *)&length_le, sizeof length_le);
  g_byte_array_append (frame, entry->id.bytes, ID_BYTES);
  g_byte_array_append (frame, bytes, (guint)sealed_bytes);
  return g_steal_pointer (&frame);
}

static gboolean
open_frame (const guint8 *frame, gsize sealed_bytes, JpSealKey *key, JpJournalEntry *out_entry)
{
  JpId id;

  memcpy (id.bytes, frame + MAGIC_BYTES + 4, ID_BYTES);

  g_autoptr (GBytes) plain =
    jp_seal_open (key, "journal", &id, "frame", frame + HEAD_BYTES, sealed_bytes, NULL);
  gsize         size = 0;
  const guint8 *bytes = plain != NULL ? g_bytes_get_data (plain, &size) : NULL;

  if (size < PLAIN_BYTES)
    return FALSE;
  out_entry->n = get_number (bytes);
  out_entry->undoes = get_number (bytes + 8);
  memcpy (out_entry->chain, bytes + 16, JP_SEAL_HASH_BYTES);
  out_entry->id = id;
  out_entry->body = g_bytes_new_from_bytes (plain, PLAIN_BYTES, size - PLAIN_BYTES);
  return TRUE;
}

/* Length of the frame at the beginning of @bytes, 0 if it is not a whole one. */
static gsize
measure (const guint8 *bytes, gsize n_left)
{
  guint32 length_le = 0;
  gsize   sealed_bytes = 0;

  if (n_left < HEAD_BYTES || memcmp (bytes, MAGIC, MAGIC_BYTES) != 0)
    return 0;
  memcpy (&length_le, bytes + MAGIC_BYTES, sizeof length_le);
  sealed_bytes = GUINT32_FROM_LE (length_le);
  if (sealed_bytes > SEAL_MAX_BYTES || n_left - HEAD_BYTES < sealed_bytes)
    return 0;
  return HEAD_BYTES + sealed_bytes;
}

static GMappedFile *
map (const char *path, GError **error)
{
  GMappedFile *file = g_mapped_file_new (path, FALSE, error);

  if (file == NULL)
    {
      jp_store_error_translate_file (error);
      return NULL;
    }
  if (g_mapped_file_get_length (file) <= FILE_MAX_BYTES)
    return file;
  g_mapped_file_unref (file);
  g_set_error (error, JP_STORE_ERROR, JP_STORE_ERROR_CORRUPT, "%s is too large", path);
  return NULL;
}

/**
 * jp_journal_read_tail:
 * @path: a file of a journal
 * @key: the data key
 * @out_tail: (out): how it ends; clear it afterwards
 * @error: return location for a [error@Jp.StoreError]
 *
 * Returns: whether it could be read
 */
gboolean
jp_journal_read_tail (const char *path, JpSealKey *key, JpJournalTail *out_tail, GError **error)
{
  g_autoptr (GMappedFile) file = map (path, error);

  if (file == NULL)
    return FALSE;

  const guint8 *bytes = (const guint8 *)g_mapped_file_get_contents (file);
  gsize         n_left = g_mapped_file_get_length (file);
  const guint8 *last = NULL;
  gsize         last_length = 0;

  for (gsize length = 0; (length = measure (bytes, n_left)) > 0;)
    {
      last = bytes;
      last_length = length;
      bytes += length;
      n_left -= length;
    }

  out_tail->whole = n_left == 0;
  if (last != NULL && !open_frame (last, last_length - HEAD_BYTES, key, &out_tail->last))
    out_tail->whole = FALSE;
  return TRUE;
}

static gboolean
read_file (const char   *path,
           JpSealKey    *key,
           JpJournalFunc func,
           gpointer      user_data,
           guint        *n_damaged,
           GError      **error)
{
  g_autoptr (GMappedFile) file = map (path, error);

  if (file == NULL)
    return FALSE;

  const guint8 *bytes = (const guint8 *)g_mapped_file_get_contents (file);
  gsize         n_left = g_mapped_file_get_length (file);
  gboolean      lost = FALSE; /* between two frames: looking for the next one */

  while (n_left > 0)
    {
      g_auto (JpJournalEntry) entry = { 0 };
      gsize    length = measure (bytes, n_left);
      gboolean good = length > 0 && open_frame (bytes, length - HEAD_BYTES, key, &entry);

      if (good && !func (&entry, user_data, error))
        return FALSE;
      if (!good && !lost)
        (*n_damaged)++;
      lost = !good;
      bytes += good ? length : 1;
      n_left -= good ? length : 1;
    }
  return TRUE;
}

/**
 * jp_journal_read:
 * @folder: folder of a journal
 * @key: the data key
 * @func: takes the operations
 * @user_data: for @func
 * @out_n_damaged: (out): at how many places something cannot be read; what follows is read
 * @error: return location for a [error@Jp.StoreError] or an error of @func
 *
 * Reads all operations of these data, in the order in which they were written.
 *
 * Returns: whether all files could be opened and @func went on
 */
gboolean
jp_journal_read (const char   *folder,
                 JpSealKey    *key,
                 JpJournalFunc func,
                 gpointer      user_data,
                 guint        *out_n_damaged,
                 GError      **error)
{
  g_return_val_if_fail (folder != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);
  g_return_val_if_fail (func != NULL, FALSE);
  g_return_val_if_fail (out_n_damaged != NULL, FALSE);

  g_auto (GStrv) files = jp_journal_list_files (folder, key);

  *out_n_damaged = 0;
  for (char **path = files; *path != NULL; path++)
    if (!read_file (*path, key, func, user_data, out_n_damaged, error))
      return FALSE;
  return TRUE;
}
