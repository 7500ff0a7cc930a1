/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-xlsx-reader.h"

#include "jp-fuzz.h"
#include "jp-sheet-text.h"
#include "jp-xlsx-fixture.h"

#include <string.h>

/* An input is a workbook as it is; or, since the checksums of zip keep damage away from what is
 * inside, the XML of some parts, separated by NUL, which this packs into a workbook. */

static const char *const parts[] = {
  "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml",       "xl/styles.xml",
  "xl/workbook.xml",          "xl/_rels/workbook.xml.rels", "_rels/.rels",
};

static GBytes *
pack (const guint8 *data, gsize size)
{
  g_autoptr (JpXlsxFixture) fixture = jp_xlsx_fixture_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (parts) && size > 0; i++)
    {
      const guint8 *end = memchr (data, '\0', size);
      gsize         n_bytes = end != NULL ? (gsize)(end - data) : size;
      g_autoptr (GBytes) part = g_bytes_new_static (data, n_bytes);

      if (n_bytes > 0)
        jp_xlsx_fixture_set_bytes (fixture, parts[i], part);

      n_bytes += end != NULL;
      data += n_bytes;
      size -= n_bytes;
    }

  return jp_xlsx_fixture_pack (fixture, "zip:compression=store");
}

/* What is read keeps the promises of a sheet; what is refused has a reason from our domain. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  gboolean is_zip = size > 2 && data[0] == 'P' && data[1] == 'K';
  g_autoptr (GBytes) bytes = is_zip ? g_bytes_new_static (data, size) : pack (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpSheet) sheet = jp_xlsx_reader_read (bytes, NULL, &error);

  if (sheet == NULL)
    g_assert_true (error->domain == JP_DOCUMENTS_ERROR);
  else
    jp_sheet_text_check (sheet);

  return 0;
}
