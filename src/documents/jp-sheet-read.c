/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sheet.h"
#include "jp-csv-reader.h"
#include "jp-documents-error-private.h"
#include "jp-xlsx-reader.h"

#include <string.h>

#define READ_CHUNK_BYTES (256u * 1024u)

static const char zip_magic[] = { 'P', 'K', 3, 4 };
static const char zip_empty_magic[] = { 'P', 'K', 5, 6 };
static const char ole_magic[] = { '\xd0', '\xcf', '\x11', '\xe0', '\xa1', '\xb1', '\x1a', '\xe1' };

static gboolean
begins_with (const char *data, gsize n_bytes, const char *magic, gsize n_magic)
{
  return n_bytes >= n_magic && memcmp (data, magic, n_magic) == 0;
}

/* Excel and WPS put a workbook with a password into an OLE file, in a stream of this name. */
static gboolean
has_encrypted_package (const char *data, gsize n_bytes)
{
  static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

  for (const char *p = data; (p = memchr (p, 'E', n_bytes - (gsize)(p - data))) != NULL; p++)
    {
      if (begins_with (p, n_bytes - (gsize)(p - data), name, sizeof name))
        return TRUE;
    }

  return FALSE;
}

static JpSheet *
refuse_ole (const char *data, gsize n_bytes, GError **error)
{
  if (has_encrypted_package (data, n_bytes))
    g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_ENCRYPTED,
                 "the workbook has a password: save it without one");
  else
    g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_UNSUPPORTED,
                 "the file is in the format of Excel 97-2003: save it as .xlsx");

  return NULL;
}

/**
 * jp_sheet_read_bytes:
 * @bytes: the contents of a file, at most %JP_SHEET_MAX_FILE_BYTES
 * @cancellable: (nullable): to stop reading
 * @error: return location for a #JpDocumentsError or %G_IO_ERROR_CANCELLED
 *
 * Reads a table, as jp_sheet_read_file() does.
 *
 * Returns: (transfer full): the sheet, or %NULL with an error
 */
JpSheet *
jp_sheet_read_bytes (GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  gsize       n_bytes = 0;
  const char *data = g_bytes_get_data (bytes, &n_bytes);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  if (n_bytes > JP_SHEET_MAX_FILE_BYTES)
    {
      g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_TOO_LARGE,
                   "the file has more than %u bytes", JP_SHEET_MAX_FILE_BYTES);
      return NULL;
    }

  if (begins_with (data, n_bytes, ole_magic, sizeof ole_magic))
    return refuse_ole (data, n_bytes, error);

  if (begins_with (data, n_bytes, zip_magic, sizeof zip_magic) ||
      begins_with (data, n_bytes, zip_empty_magic, sizeof zip_empty_magic))
    return jp_xlsx_reader_read (bytes, cancellable, error);

  return jp_csv_reader_read (bytes, cancellable, error);
}

static GBytes *
load_limited (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GByteArray) contents = g_byte_array_new ();
  gsize n_read = 0;

  if (stream == NULL)
    return NULL;

  do
    {
      guint n_before = contents->len;

      g_byte_array_set_size (contents, n_before + READ_CHUNK_BYTES);
      if (!g_input_stream_read_all (G_INPUT_STREAM (stream), contents->data + n_before,
                                    READ_CHUNK_BYTES, &n_read, cancellable, error))
        return NULL;

      g_byte_array_set_size (contents, n_before + (guint)n_read);
      if (contents->len > JP_SHEET_MAX_FILE_BYTES)
        {
          g_set_error (error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_TOO_LARGE,
                       "the file has more than %u bytes", JP_SHEET_MAX_FILE_BYTES);
          return NULL;
        }
    }
  while (n_read == READ_CHUNK_BYTES);

  return g_byte_array_free_to_bytes (g_steal_pointer (&contents));
}

/**
 * jp_sheet_read_file:
 * @file: a workbook (.xlsx) or a text file (CSV), whatever its name
 * @cancellable: (nullable): to stop reading
 * @error: return location for a #JpDocumentsError or %G_IO_ERROR_CANCELLED
 *
 * Reads a table. What the file is, its contents decide: a zip archive is a workbook, of which the
 * first visible worksheet is read; anything that is not a known binary format is text. Blocks; any
 * thread but the main one.
 *
 * Returns: (transfer full): the sheet, possibly without rows; or %NULL with
 *   %JP_DOCUMENTS_ERROR_IO (cannot be opened or read), %JP_DOCUMENTS_ERROR_TOO_LARGE,
 *   %JP_DOCUMENTS_ERROR_ENCODING, %JP_DOCUMENTS_ERROR_ENCRYPTED (has a password),
 *   %JP_DOCUMENTS_ERROR_UNSUPPORTED (another format: to be saved as .xlsx) or
 *   %JP_DOCUMENTS_ERROR_INVALID (damaged)
 */
JpSheet *
jp_sheet_read_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  g_autoptr (GError) reason = NULL;
  g_autoptr (GBytes) bytes = load_limited (file, cancellable, &reason);

  if (bytes == NULL)
    {
      jp_documents_error_propagate (error, g_steal_pointer (&reason));
      return NULL;
    }

  return jp_sheet_read_bytes (bytes, cancellable, error);
}
