/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-books.h"
#include "jp-documents-error.h"
#include "jp-sheet-sink.h"
#include "jp-test-dir.h"
#include "jp-xlsx-zip.h"
#include "jp-zip-writer.h"

static void
assert_missing (GError **error)
{
  g_assert_error (*error, JP_DOCUMENTS_ERROR, JP_DOCUMENTS_ERROR_MISSING);
  g_assert_cmpstr (jp_documents_error_get_sentence ((JpDocumentsError)(*error)->code), !=,
                   jp_documents_error_get_sentence (JP_DOCUMENTS_ERROR_IO));
  g_clear_error (error);
}

/* Without the module nothing is read, nothing written and nothing left behind; when it is there
 * again the same process uses it. */
static void
test_missing (void)
{
  g_autoptr (JpTestDir) dir = jp_test_dir_new ();
  g_autofree char *path = jp_test_dir_build (dir, "book.xlsx");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *folders = g_strdup (g_getenv ("JP_MODULEDIR"));
  g_autoptr (GBytes) bytes = g_bytes_new_static ("PK", 2);
  g_autoptr (JpZipWriter) writer = jp_zip_writer_new (0);
  g_autoptr (GError) error = NULL;

  g_setenv ("JP_MODULEDIR", jp_test_dir_get_path (dir), TRUE);
  g_assert_null (jp_xlsx_zip_new (bytes, JP_XLSX_ZIP_TRUSTED, &error));
  assert_missing (&error);
  g_assert_null (jp_xlsx_sink_new (file, &error));
  assert_missing (&error);
  g_assert_false (jp_zip_writer_save (writer, file, &error));
  assert_missing (&error);
  g_assert_false (g_file_query_exists (file, NULL));
  g_assert_null (jp_books);

  g_setenv ("JP_MODULEDIR", folders, TRUE);
  g_assert_true (jp_zip_writer_save (writer, file, &error));
  g_assert_no_error (error);
  g_assert_nonnull (jp_books);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/documents/books/missing", test_missing);
  return g_test_run ();
}
