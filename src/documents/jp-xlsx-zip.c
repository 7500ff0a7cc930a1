/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-xlsx-zip.h"

#include "jp-books.h"

#include <string.h>

struct _JpXlsxZip
{
  GBytes     *bytes;   /* (owned) */
  GHashTable *members; /* (owned): canonical name → place in the archive, from 0 */
  guint64     n_left;  /* bytes that may still be inflated */
};

struct _JpXlsxMember
{
  JpXlsxZip      *zip;         /* (borrowed) */
  struct archive *archive;     /* (owned) */
  GCancellable   *cancellable; /* (owned) (nullable) */
  gint64          start;       /* place of the member's data in the archive */
  guint64         n_inflated;
};

typedef struct archive *ArchiveReader;

static void
archive_reader_clear (ArchiveReader *self)
{
  if (*self != NULL)
    jp_books->archive_read_free (
      *self); /* ignored: nothing is written, so closing cannot lose anything */
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ArchiveReader, archive_reader_clear)

static gboolean
set_invalid (GError **error, struct archive *archive)
{
  const char *reason = jp_books->archive_error_string (archive);

  g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_INVALID,
               "the zip archive is damaged: %s", reason != NULL ? reason : "no reason given");
  return FALSE;
}

/* Names in an Open Packaging archive do not depend on case; some programs write backslashes. */
static char *
canonical_name (const char *name)
{
  while (*name == '/')
    name++;

  return g_strdelimit (g_ascii_strdown (name, -1), "\\", '/');
}

static struct archive *
open_archive (GBytes *bytes, GError **error)
{
  gsize           n_bytes = 0;
  const void     *data = g_bytes_get_data (bytes, &n_bytes);
  struct archive *archive = NULL;

  if (!jp_books_load (error))
    return NULL;

  archive = jp_books->archive_read_new ();
  g_assert (archive != NULL);

  jp_books->archive_read_support_format_zip_seekable (archive);
  if (jp_books->archive_read_open_memory (archive, data, n_bytes) == ARCHIVE_OK)
    return archive;

  set_invalid (error, archive);
  jp_books->archive_read_free (archive); /* ignored: see archive_reader_clear() */
  return NULL;
}

/* A warning only says that the name is in a foreign encoding. */
static gboolean
next_entry (struct archive *archive, struct archive_entry **out_entry, GError **error)
{
  int result = jp_books->archive_read_next_header (archive, out_entry);

  if (result == ARCHIVE_OK || result == ARCHIVE_WARN)
    return TRUE;

  if (result == ARCHIVE_EOF)
    *out_entry = NULL;

  return result == ARCHIVE_EOF ? TRUE : set_invalid (error, archive);
}

static gboolean
add_member (JpXlsxZip *self, struct archive_entry *entry, guint place, GError **error)
{
  const char *name = jp_books->archive_entry_pathname (entry);

  if (place >= JP_XLSX_ZIP_MAX_MEMBERS)
    {
      g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_TOO_LARGE,
                   "the zip archive has more than %u members", JP_XLSX_ZIP_MAX_MEMBERS);
      return FALSE;
    }

  if (jp_books->archive_entry_is_data_encrypted (entry))
    {
      g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_ENCRYPTED,
                   "the zip archive has a password");
      return FALSE;
    }

  if (name == NULL || strlen (name) > JP_XLSX_ZIP_MAX_NAME_BYTES)
    return TRUE; /* not a name of ours */

  if (!g_hash_table_insert (self->members, canonical_name (name), GUINT_TO_POINTER (place)))
    {
      g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_INVALID,
                   "the zip archive has two members of the same name");
      return FALSE;
    }

  return TRUE;
}

/**
 * jp_xlsx_zip_new:
 * @bytes: a zip archive
 * @max_inflated_bytes: how much all members that will be read may have together, or
 *   %JP_XLSX_ZIP_TRUSTED
 * @error: return location for a #JpDocumentsError
 *
 * Reads the directory of the archive. Any thread; an archive and its members stay on one thread.
 *
 * Returns: (transfer full): the archive, or %NULL with %JP_DOCUMENTS_ERROR_INVALID,
 *   %JP_DOCUMENTS_ERROR_ENCRYPTED or %JP_DOCUMENTS_ERROR_TOO_LARGE
 */
JpXlsxZip *
jp_xlsx_zip_new (GBytes *bytes, guint64 max_inflated_bytes, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  g_autoptr (JpXlsxZip) self = g_new0 (JpXlsxZip, 1);
  g_auto (ArchiveReader) archive = open_archive (bytes, error);
  struct archive_entry *entry = NULL;

  if (archive == NULL)
    return NULL;

  self->bytes = g_bytes_ref (bytes);
  self->members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->n_left = max_inflated_bytes;

  for (guint place = 0;; place++)
    {
      if (!next_entry (archive, &entry, error))
        return NULL;

      if (entry == NULL)
        return g_steal_pointer (&self);

      if (!add_member (self, entry, place, error))
        return NULL;
    }
}

/**
 * jp_xlsx_zip_free:
 * @self: (transfer full) (nullable): an archive without open members
 */
void
jp_xlsx_zip_free (JpXlsxZip *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->members, g_hash_table_unref);
  g_free (self);
}

/**
 * jp_xlsx_zip_dup_names:
 * @self: an archive
 *
 * Returns: (transfer full): the names of its members in no order, in lower case
 */
char **
jp_xlsx_zip_dup_names (const JpXlsxZip *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer       name = NULL;

  g_hash_table_iter_init (&iter, self->members);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, g_strdup (name));

  g_ptr_array_add (names, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/**
 * jp_xlsx_zip_has:
 * @self: an archive
 * @name: name of a member; case does not matter
 *
 * Returns: whether there is such a member
 */
gboolean
jp_xlsx_zip_has (const JpXlsxZip *self, const char *name)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  g_autofree char *canonical = canonical_name (name);

  return g_hash_table_contains (self->members, canonical);
}

static gboolean
find_place (const JpXlsxZip *self, const char *name, guint *out_place, GError **error)
{
  g_autofree char *canonical = canonical_name (name);
  gpointer         place = NULL;

  if (!g_hash_table_lookup_extended (self->members, canonical, NULL, &place))
    {
      g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_INVALID,
                   "the workbook lacks its part \"%s\"", canonical);
      return FALSE;
    }

  *out_place = GPOINTER_TO_UINT (place);
  return TRUE;
}

/**
 * jp_xlsx_zip_open_member:
 * @self: an archive
 * @name: name of a member; case does not matter
 * @cancellable: (nullable): checked at each read
 * @error: return location for a #JpDocumentsError
 *
 * Returns: (transfer full): the member, to be read once, or %NULL with %JP_DOCUMENTS_ERROR_INVALID
 */
JpXlsxMember *
jp_xlsx_zip_open_member (JpXlsxZip    *self,
                         const char   *name,
                         GCancellable *cancellable,
                         GError      **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  g_auto (ArchiveReader) archive = NULL;
  struct archive_entry *entry = NULL;
  guint                 place = 0;

  if (!find_place (self, name, &place, error))
    return NULL;

  archive = open_archive (self->bytes, error);
  if (archive == NULL)
    return NULL;

  for (guint i = 0; i <= place; i++)
    {
      if (!next_entry (archive, &entry, error))
        return NULL;

      g_assert (entry != NULL); /* the same bytes as when the directory was read */
    }

  JpXlsxMember *member = g_new0 (JpXlsxMember, 1);

  member->zip = self;
  member->archive = g_steal_pointer (&archive);
  member->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  member->start = jp_books->archive_filter_bytes (member->archive, -1);
  return member;
}

static gboolean
check_budget (JpXlsxMember *member, gsize n_read, GError **error)
{
  if (member->zip->n_left == JP_XLSX_ZIP_TRUSTED)
    return TRUE;

  gint64  n_deflated = jp_books->archive_filter_bytes (member->archive, -1) - member->start;
  guint64 n_allowed = MAX (n_deflated, 0);

  member->n_inflated += n_read;
  n_allowed = MAX (n_allowed * JP_XLSX_ZIP_MAX_RATIO, JP_XLSX_ZIP_FREE_BYTES);
  if (n_read > member->zip->n_left || member->n_inflated > n_allowed)
    {
      g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_TOO_LARGE,
                   "a part of the workbook is too large when inflated");
      return FALSE;
    }

  member->zip->n_left -= n_read;
  return TRUE;
}

/**
 * jp_xlsx_zip_read_member:
 * @member: an open member
 * @buffer: where to put the data
 * @n_bytes: how much fits there
 * @error: return location for a #JpDocumentsError or %G_IO_ERROR_CANCELLED
 *
 * Inflates the next piece; at the end the checksum has been compared.
 *
 * Returns: the number of bytes, 0 at the end, or -1 with %JP_DOCUMENTS_ERROR_INVALID (damaged) or
 *   %JP_DOCUMENTS_ERROR_TOO_LARGE (a limit of the archive or the ratio was reached)
 */
gssize
jp_xlsx_zip_read_member (JpXlsxMember *member, void *buffer, gsize n_bytes, GError **error)
{
  g_return_val_if_fail (member != NULL, -1);
  g_return_val_if_fail (buffer != NULL, -1);

  if (g_cancellable_set_error_if_cancelled (member->cancellable, error))
    return -1;

  gssize n_read = jp_books->archive_read_data (member->archive, buffer, n_bytes);

  if (n_read < 0)
    {
      set_invalid (error, member->archive);
      return -1;
    }

  return check_budget (member, (gsize)n_read, error) ? n_read : -1;
}

/**
 * jp_xlsx_zip_close_member:
 * @member: (transfer full) (nullable): an open member
 */
void
jp_xlsx_zip_close_member (JpXlsxMember *member)
{
  if (member == NULL)
    return;

  jp_books->archive_read_free (member->archive); /* ignored: see archive_reader_clear() */
  g_clear_object (&member->cancellable);
  g_free (member);
}
