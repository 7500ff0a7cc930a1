/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-csv-reader.h"

#include "jp-fuzz.h"
#include "jp-sheet-text.h"

/* What is read keeps the promises of a sheet; what is refused has a reason from our domain. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpSheet) sheet = jp_csv_reader_read (bytes, NULL, &error);

  if (sheet == NULL)
    g_assert_true (error->domain == JP_DOCUMENTS_ERROR);
  else
    jp_sheet_text_check (sheet);

  return 0;
}
