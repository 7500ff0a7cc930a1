/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-zip-writer.h"

#include "jp-books.h"
#include "jp-documents-error-private.h"
#include "jp-safe-file.h"

#define FILE_MODE   0600
#define SLACK_BYTES 65536u /* for the directory of the archive */
#define US_A_SECOND 1000000

typedef struct
{
  char   *name;  /* (owned) */
  GBytes *bytes; /* (owned) */
} Member;

struct _JpZipWriter
{
  GPtrArray *members; /* (owned) (element-type Member) */
  gint64     modified_us;
  gsize      n_bytes; /* of all members */
};

static void
member_free (gpointer data)
{
  Member *member = data;

  g_free (member->name);
  g_bytes_unref (member->bytes);
  g_free (member);
}

/**
 * jp_zip_writer_new:
 * @modified_us: when the members were made
 *
 * Returns: (transfer full): an archive without members
 */
JpZipWriter *
jp_zip_writer_new (gint64 modified_us)
{
  JpZipWriter *self = g_new0 (JpZipWriter, 1);

  self->members = g_ptr_array_new_with_free_func (member_free);
  self->modified_us = modified_us;
  return self;
}

/**
 * jp_zip_writer_free:
 * @self: (nullable) (transfer full): an archive
 */
void
jp_zip_writer_free (JpZipWriter *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->members);
  g_free (self);
}

/**
 * jp_zip_writer_add:
 * @self: an archive
 * @name: name of the member, UTF-8
 * @bytes: what is in it
 */
void
jp_zip_writer_add (JpZipWriter *self, const char *name, GBytes *bytes)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);
  g_return_if_fail (bytes != NULL);

  Member *member = g_new0 (Member, 1);

  member->name = g_strdup (name);
  member->bytes = g_bytes_ref (bytes);
  self->n_bytes += g_bytes_get_size (bytes);
  g_ptr_array_add (self->members, member);
}

static gboolean
write_member (JpZipWriter *self, struct archive *archive, const Member *member)
{
  struct archive_entry *entry = jp_books->archive_entry_new ();
  gsize                 n_bytes = 0;
  const void           *data = g_bytes_get_data (member->bytes, &n_bytes);
  gboolean              ok = FALSE;

  jp_books->archive_entry_set_pathname_utf8 (entry, member->name);
  jp_books->archive_entry_set_size (entry, (gint64)n_bytes);
  jp_books->archive_entry_set_filetype (entry, AE_IFREG);
  jp_books->archive_entry_set_perm (entry, FILE_MODE);
  jp_books->archive_entry_set_mtime (entry, self->modified_us / US_A_SECOND, 0);
  ok = jp_books->archive_write_header (archive, entry) == ARCHIVE_OK &&
       jp_books->archive_write_data (archive, data, n_bytes) == (la_ssize_t)n_bytes;
  jp_books->archive_entry_free (entry);
  return ok;
}

static gboolean
write_all (JpZipWriter *self, struct archive *archive, char *buffer, gsize size, gsize *out_used)
{
  gboolean ok =
    jp_books->archive_write_set_format_zip (archive) == ARCHIVE_OK &&
    jp_books->archive_write_set_options (archive, "zip:hdrcharset=UTF-8") == ARCHIVE_OK &&
    jp_books->archive_write_open_memory (archive, buffer, size, out_used) == ARCHIVE_OK;

  for (guint i = 0; ok && i < self->members->len; i++)
    ok = write_member (self, archive, self->members->pdata[i]);
  return ok && jp_books->archive_write_close (archive) == ARCHIVE_OK;
}

/**
 * jp_zip_writer_save:
 * @self: an archive
 * @file: the file to write
 * @error: return location for a [error@Jp.DocumentsError]
 *
 * Returns: whether the file is there, complete; otherwise an older one is as it was
 */
gboolean
jp_zip_writer_save (JpZipWriter *self, GFile *file, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  if (!jp_books_load (error))
    return FALSE;

  struct archive  *archive = jp_books->archive_write_new ();
  gsize            size = self->n_bytes + self->n_bytes / 8 + SLACK_BYTES;
  g_autofree char *buffer = g_malloc (size);
  gsize            used = 0;
  gboolean         ok = write_all (self, archive, buffer, size, &used);
  g_autoptr (JpSafeFile) safe_file = NULL;

  if (!ok)
    g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_IO, "could not make the archive: %s",
                 jp_books->archive_error_string (archive));
  jp_books->archive_write_free (archive);
  if (!ok)
    return FALSE;
  safe_file = jp_safe_file_open (file, error);
  return (safe_file != NULL && jp_safe_file_write (safe_file, buffer, used, error) &&
          jp_safe_file_commit (safe_file, error)) ||
         jp_documents_error_translate (error);
}
