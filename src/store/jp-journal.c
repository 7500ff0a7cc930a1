/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-journal.h"

#include "jp-journal-private.h"
#include "jp-profile.h"
#include "jp-safety.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#ifdef G_OS_WIN32
#include <io.h>
#else
#include <unistd.h>
#endif

#define FILE_MODE 0600
#define MAX_FILES 9999

struct _JpJournal
{
  char  *folder; /* (owned) */
  int    fd;     /* (owned): -1 = there is no file yet to append to */
  guint  number; /* of the file */
  gint64 last_n; /* newest operation of this database that is in it */
};

static gboolean
fail (GError **error, int code, const char *what)
{
  g_set_error (error, G_IO_ERROR,
               code == EFBIG ? G_IO_ERROR_NO_SPACE : g_io_error_from_errno (code),
               "could not %s the journal: %s", what, g_strerror (code));
  return jp_store_error_translate_file (error);
}

/* --- where it goes on */

static gboolean
read_chain (JpVault  *vault,
            gint64    n,
            guint8    chain[JP_SEAL_HASH_BYTES],
            gboolean *out_found,
            GError  **error)
{
  g_autoptr (JpStatement) statement =
    jp_db_prepare (vault->db, "SELECT chain FROM op WHERE n = :n", error);
  gsize    length_bytes = 0;
  gboolean row = FALSE;

  if (statement == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_integer (statement, ":n", n);
  if (!jp_statement_step (statement, &row, error))
    return jp_vault_translate (error);

  *out_found = row;
  if (row)
    {
      gconstpointer bytes = jp_statement_get_blob (statement, 0, &length_bytes);

      g_assert (length_bytes == JP_SEAL_HASH_BYTES);
      memcpy (chain, bytes, JP_SEAL_HASH_BYTES);
    }
  return TRUE;
}

/* Whether the database has this very operation under this number. */
static gboolean
has_entry (JpVault *vault, const JpJournalEntry *entry, gboolean *out_has, GError **error)
{
  guint8   chain[JP_SEAL_HASH_BYTES];
  gboolean found = FALSE;

  if (!read_chain (vault, entry->n, chain, &found, error))
    return FALSE;
  *out_has = found && memcmp (chain, entry->chain, sizeof chain) == 0;
  return TRUE;
}

typedef struct
{
  JpVault *vault; /* (borrowed) */
  gint64   last_n;
} Common;

static gboolean
find_common_cb (const JpJournalEntry *entry, gpointer user_data, GError **error)
{
  Common  *common = user_data;
  gboolean has = FALSE;

  if (!has_entry (common->vault, entry, &has, error))
    return FALSE;
  if (has)
    common->last_n = MAX (common->last_n, entry->n);
  return TRUE;
}

/* The last frame tells mostly; all are looked at when the database went back in time. */
static gboolean
find_last (JpJournal *self, JpVault *vault, JpJournalTail *tail, GError **error)
{
  Common   common = { vault, 0 };
  guint    n_damaged = 0;
  gboolean has = FALSE;

  if (tail->last.body == NULL)
    return TRUE;
  if (!has_entry (vault, &tail->last, &has, error))
    return FALSE;
  if (has)
    {
      self->last_n = tail->last.n;
      return TRUE;
    }

  tail->whole = FALSE; /* what is to come does not follow what is there: another file */
  if (!jp_journal_read (self->folder, vault->key, find_common_cb, &common, &n_damaged, error))
    return FALSE;
  self->last_n = common.last_n;
  return TRUE;
}

/**
 * jp_journal_open:
 * @folder: a folder on another disk; it must be there
 * @vault: the vault whose operations go into it
 * @error: return location for a [error@Jp.StoreError]
 *
 * Finds out where the journal of these data goes on. Nothing is written.
 *
 * Returns: (transfer full): the journal, or %NULL with `JP_STORE_ERROR_NOT_FOUND` (the stick is not
 *   there) or another code
 */
JpJournal *
jp_journal_open (const char *folder, JpVault *vault, GError **error)
{
  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (vault != NULL, NULL);

  g_autoptr (JpJournal) self = g_new0 (JpJournal, 1);
  g_auto (GStrv) files = NULL;
  g_auto (JpJournalTail) tail = { .whole = TRUE };
  guint n_files = 0;

  self->folder = g_strdup (folder);
  self->fd = -1;
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      fail (error, ENOENT, "find");
      return NULL;
    }

  files = jp_journal_list_files (folder, vault->key);
  n_files = g_strv_length (files);
  self->number = n_files;
  if (n_files == 0)
    return g_steal_pointer (&self);
  if (!jp_journal_read_tail (files[n_files - 1], vault->key, &tail, error) ||
      !find_last (self, vault, &tail, error))
    return NULL;
  if (!tail.whole)
    return g_steal_pointer (&self);

  self->fd = g_open (files[n_files - 1], O_WRONLY | O_APPEND, 0);
  if (self->fd >= 0)
    return g_steal_pointer (&self);
  fail (error, errno, "open");
  return NULL;
}

/**
 * jp_journal_close:
 * @self: (nullable) (transfer full): a journal
 */
void
jp_journal_close (JpJournal *self)
{
  if (self == NULL)
    return;

  if (self->fd >= 0)
    g_close (self->fd, NULL); /* ignored: every frame is on the disk already */
  g_free (self->folder);
  g_free (self);
}

/* --- writing */

/* The name must be on the disk too; Windows does that by itself. */
static void
sync_folder (const char *folder)
{
#ifndef G_OS_WIN32
  int fd = g_open (folder, O_RDONLY, 0);

  if (fd < 0)
    return;
  g_fsync (fd);       /* ignored: not every file system can; the contents are safe */
  g_close (fd, NULL); /* ignored: opened for reading */
#endif
}

static gboolean
begin_file (JpJournal *self, JpSealKey *key, GError **error)
{
  int code = EMFILE;

  while (self->fd < 0 && self->number < MAX_FILES)
    {
      g_autofree char *path = jp_journal_build_path (self->folder, key, ++self->number);

      self->fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND, FILE_MODE);
      code = errno;
      if (self->fd < 0 && code != EEXIST)
        break;
    }
  if (self->fd < 0)
    return fail (error, code, "begin");
  sync_folder (self->folder);
  return TRUE;
}

static gboolean
write_all (int fd, const guint8 *bytes, gsize length_bytes)
{
  while (length_bytes > 0)
    {
      gssize n_written = write (fd, bytes, length_bytes);

      if (n_written < 0 && errno == EINTR)
        continue;
      if (n_written < 0)
        return FALSE;
      bytes += n_written;
      length_bytes -= (gsize)n_written;
    }
  return TRUE;
}

static gboolean
append (JpJournal *self, JpSealKey *key, const JpJournalEntry *entry, GError **error)
{
  g_autoptr (GByteArray) frame = jp_journal_seal_frame (entry, key);
  int code = 0;

  if (self->fd < 0 && !begin_file (self, key, error))
    return FALSE;
  if (write_all (self->fd, frame->data, frame->len))
    return TRUE;

  /* What is torn stays torn: the next file begins anew. */
  code = errno;
  g_close (self->fd, NULL); /* ignored: it is of no use any more */
  self->fd = -1;
  return fail (error, code, "write");
}

static gboolean
bring_to_disk (JpJournal *self, GError **error)
{
  int code = 0;

  if (g_fsync (self->fd) == 0)
    return TRUE;
  code = errno;
  g_close (self->fd, NULL); /* ignored: what follows an fsync that failed is not to be relied on */
  self->fd = -1;
  self->last_n = 0;
  return fail (error, code, "bring to the disk");
}

static gboolean
read_entry (JpVault *vault, JpStatement *row, JpJournalEntry *entry, GError **error)
{
  gsize         length_bytes = 0;
  gconstpointer chain = jp_statement_get_blob (row, 3, &length_bytes);

  g_assert (length_bytes == JP_SEAL_HASH_BYTES);
  memcpy (entry->chain, chain, JP_SEAL_HASH_BYTES);
  entry->n = jp_statement_get_integer (row, 0);
  entry->undoes = jp_statement_get_integer (row, 4);
  jp_statement_get_id (row, 1, &entry->id);

  gconstpointer sealed = jp_statement_get_blob (row, 2, &length_bytes);

  entry->body = jp_seal_open (vault->key, "op", &entry->id, "body", sealed, length_bytes, error);
  return entry->body != NULL || jp_vault_translate (error);
}

/**
 * jp_journal_catch_up:
 * @self: the journal of the vault
 * @vault: a vault without an open write transaction
 * @error: return location for a [error@Jp.StoreError]
 *
 * Appends every operation that is not in the journal yet, and waits until it is on the disk. After
 * an error the journal is to be closed and opened again.
 *
 * Returns: whether the journal has everything
 */
gboolean
jp_journal_catch_up (JpJournal *self, JpVault *vault, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (vault != NULL, FALSE);

  g_autoptr (JpStatement) statement = jp_db_prepare (vault->db,
                                                     "SELECT n, op_id, body, chain, ifnull "
                                                     "(undoes, 0) FROM op WHERE n > :n ORDER BY n",
                                                     error);
  gint64   last_n = self->last_n;
  gboolean row = FALSE;

  if (statement == NULL)
    return jp_vault_translate (error);
  jp_statement_bind_integer (statement, ":n", last_n);
  while (TRUE)
    {
      g_auto (JpJournalEntry) entry = { 0 };

      if (!jp_statement_step (statement, &row, error))
        return jp_vault_translate (error);
      if (!row)
        break;
      if (!read_entry (vault, statement, &entry, error) ||
          !append (self, vault->key, &entry, error))
        return FALSE;
      last_n = entry.n;
    }

  if (last_n == self->last_n)
    return TRUE;
  if (!bring_to_disk (self, error))
    return FALSE;
  self->last_n = last_n;
  return TRUE;
}

/**
 * jp_journal_attach:
 * @vault: a vault
 * @folder: (nullable): where its operations are to be written down again, %NULL for nowhere
 *
 * Chooses the journal of a vault. Nothing is opened or written yet.
 */
void
jp_journal_attach (JpVault *vault, const char *folder)
{
  g_return_if_fail (vault != NULL);

  char *copy = g_strdup (folder);

  g_clear_pointer (&vault->journal, jp_journal_close);
  g_free (vault->journal_folder);
  vault->journal_folder = copy;
}

/**
 * jp_journal_attach_chosen:
 * @vault: a vault
 * @profile_folder: the folder of the school
 *
 * Chooses the journal that is chosen for the school, and brings the key file beside it up to date.
 * A stick that is not there is told by jp_journal_follow().
 */
void
jp_journal_attach_chosen (JpVault *vault, const char *profile_folder)
{
  g_return_if_fail (vault != NULL);
  g_return_if_fail (profile_folder != NULL);

  g_autoptr (JpSafety) safety = jp_safety_load (profile_folder);

  jp_journal_attach (vault, safety->journal);
  if (safety->journal != NULL) /* ignored: see above */
    jp_journal_keep_key_file (safety->journal, vault->key, profile_folder, NULL);
}

/**
 * jp_journal_follow:
 * @vault: a vault without an open write transaction
 * @error: return location for a [error@Jp.StoreError]
 *
 * To be called after each write: brings the journal of the vault, if it has one, up to date. What
 * was saved is saved, whether or not this works; the next call tries again.
 *
 * Returns: whether the journal has everything
 */
gboolean
jp_journal_follow (JpVault *vault, GError **error)
{
  g_return_val_if_fail (vault != NULL, FALSE);

  if (vault->journal_folder == NULL)
    return TRUE;
  if (vault->journal == NULL)
    vault->journal = jp_journal_open (vault->journal_folder, vault, error);
  if (vault->journal == NULL)
    return FALSE;
  if (jp_journal_catch_up (vault->journal, vault, error))
    return TRUE;
  g_clear_pointer (&vault->journal, jp_journal_close);
  return FALSE;
}

/* --- the key */

/**
 * jp_journal_keep_key_file:
 * @folder: folder of a journal
 * @key: the data key
 * @profile_folder: the folder of the school
 * @error: return location for a [error@Jp.StoreError]
 *
 * Puts a copy of the key file, which is of no use without the password, beside the journal: it may
 * be all that is left.
 *
 * Returns: whether it is there
 */
gboolean
jp_journal_keep_key_file (const char *folder,
                          JpSealKey  *key,
                          const char *profile_folder,
                          GError    **error)
{
  g_return_val_if_fail (folder != NULL, FALSE);
  g_return_val_if_fail (profile_folder != NULL, FALSE);

  g_autofree char *path = jp_journal_build_key_path (folder, key);
  g_autoptr (GBytes) bytes = jp_profile_read_key_file (profile_folder, error);
  g_autofree char *present = NULL;
  gsize            n_present = 0;
  gsize            size = 0;
  const char      *text = NULL;

  if (bytes == NULL)
    return FALSE;
  text = g_bytes_get_data (bytes, &size);
  if (g_file_get_contents (path, &present, &n_present, NULL) && n_present == size &&
      memcmp (present, text, size) == 0)
    return TRUE;
  return g_file_set_contents_full (path, text, (gssize)size,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   FILE_MODE, error) ||
         jp_store_error_translate_file (error);
}
