/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-xlsx-fixture.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#define RELATIONSHIPS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define MAIN          "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define PACKAGE       "http://schemas.openxmlformats.org/package/2006/relationships"

struct _JpXlsxFixture
{
  GHashTable *parts; /* (owned): name → GBytes */
};

/**
 * jp_xlsx_fixture_new:
 *
 * Returns: (transfer full): a workbook with an empty worksheet "Sheet"
 */
JpXlsxFixture *
jp_xlsx_fixture_new (void)
{
  JpXlsxFixture *self = g_new0 (JpXlsxFixture, 1);

  self->parts =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_bytes_unref);
  jp_xlsx_fixture_set (self, "_rels/.rels",
                       "<Relationships xmlns='" PACKAGE "'>"
                       "<Relationship Id='a' Type='" RELATIONSHIPS "/officeDocument'"
                       " Target='xl/workbook.xml'/></Relationships>");
  jp_xlsx_fixture_set (self, "xl/workbook.xml",
                       "<workbook xmlns='" MAIN "' xmlns:r='" RELATIONSHIPS "'>"
                       "<sheets><sheet name='Sheet' sheetId='1' r:id='b'/></sheets></workbook>");
  jp_xlsx_fixture_set (self, "xl/_rels/workbook.xml.rels",
                       "<Relationships xmlns='" PACKAGE "'>"
                       "<Relationship Id='b' Type='" RELATIONSHIPS "/worksheet'"
                       " Target='worksheets/sheet1.xml'/>"
                       "<Relationship Id='c' Type='" RELATIONSHIPS "/sharedStrings'"
                       " Target='/xl/sharedStrings.xml'/>"
                       "<Relationship Id='d' Type='" RELATIONSHIPS "/styles'"
                       " Target='../xl/./styles.xml'/></Relationships>");
  jp_xlsx_fixture_set (self, "xl/sharedStrings.xml", "<sst xmlns='" MAIN "'/>");
  jp_xlsx_fixture_set (self, "xl/styles.xml", "<styleSheet xmlns='" MAIN "'/>");
  jp_xlsx_fixture_set_rows (self, "");
  return self;
}

/**
 * jp_xlsx_fixture_free:
 * @self: (transfer full) (nullable): a fixture
 */
void
jp_xlsx_fixture_free (JpXlsxFixture *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->parts);
  g_free (self);
}

/**
 * jp_xlsx_fixture_set:
 * @self: a fixture
 * @name: name of a part
 * @text: its contents
 */
void
jp_xlsx_fixture_set (JpXlsxFixture *self, const char *name, const char *text)
{
  g_hash_table_insert (self->parts, g_strdup (name), g_bytes_new (text, strlen (text)));
}

/**
 * jp_xlsx_fixture_set_bytes:
 * @self: a fixture
 * @name: name of a part
 * @contents: its contents
 */
void
jp_xlsx_fixture_set_bytes (JpXlsxFixture *self, const char *name, GBytes *contents)
{
  g_hash_table_insert (self->parts, g_strdup (name), g_bytes_ref (contents));
}

/**
 * jp_xlsx_fixture_set_rows:
 * @self: a fixture
 * @rows: XML within `<sheetData>`; more elements may follow after `</sheetData>`
 */
void
jp_xlsx_fixture_set_rows (JpXlsxFixture *self, const char *rows)
{
  gboolean         is_closed = strstr (rows, "</sheetData>") != NULL;
  g_autofree char *text = g_strconcat ("<worksheet xmlns='" MAIN "'><sheetData>", rows,
                                       is_closed ? "" : "</sheetData>", "</worksheet>", NULL);

  jp_xlsx_fixture_set (self, "xl/worksheets/sheet1.xml", text);
}

/**
 * jp_xlsx_fixture_remove:
 * @self: a fixture
 * @name: name of a part
 */
void
jp_xlsx_fixture_remove (JpXlsxFixture *self, const char *name)
{
  g_hash_table_remove (self->parts, name);
}

static gssize
write_cb (struct archive *archive, void *user_data, const void *data, size_t n_bytes)
{
  g_byte_array_append (user_data, data, (guint)n_bytes);
  return (gssize)n_bytes;
}

static void
add_part (struct archive *archive, const char *name, GBytes *contents)
{
  struct archive_entry *entry = archive_entry_new ();
  gsize                 n_bytes = g_bytes_get_size (contents);

  archive_entry_set_pathname (entry, name);
  archive_entry_set_size (entry, (gint64)n_bytes);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_data (archive, g_bytes_get_data (contents, NULL), n_bytes), ==,
                   (gssize)n_bytes);
  archive_entry_free (entry);
}

/**
 * jp_xlsx_fixture_pack:
 * @self: a fixture
 * @options: (nullable): for libarchive's zip writer, e.g. `compression=store`
 *
 * Returns: (transfer full): the workbook
 */
GBytes *
jp_xlsx_fixture_pack (JpXlsxFixture *self, const char *options)
{
  GByteArray     *bytes = g_byte_array_new ();
  struct archive *archive = archive_write_new ();
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (self->parts), (GCompareFunc)strcmp);

  archive_write_set_format_zip (archive);
  g_assert_cmpint (archive_write_set_options (archive, options), ==, ARCHIVE_OK);
  archive_write_set_bytes_in_last_block (archive, 1);
  g_assert_cmpint (archive_write_set_passphrase (archive, "secret"), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_open (archive, bytes, NULL, write_cb, NULL), ==, ARCHIVE_OK);
  for (const GList *l = names; l != NULL; l = l->next)
    add_part (archive, l->data, g_hash_table_lookup (self->parts, l->data));

  g_assert_cmpint (archive_write_close (archive), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_free (archive), ==, ARCHIVE_OK);
  return g_byte_array_free_to_bytes (bytes);
}
