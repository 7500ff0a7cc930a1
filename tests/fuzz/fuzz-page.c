/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-page-feed.h"
#include "jp-page-table.h"

#include "jp-fuzz.h"

/* What is read as a page of the stream or of a table is written and read again as the same. */

static void
try_feed (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPageFeed) page = jp_page_feed_from_bytes (bytes, &error);

  if (page == NULL)
    {
      g_assert_nonnull (error);
      return;
    }

  g_autoptr (GBytes) written = jp_page_feed_to_bytes (page);
  g_autoptr (JpPageFeed) again = jp_page_feed_from_bytes (written, &error);

  g_assert_no_error (error);

  g_autoptr (GBytes) rewritten = jp_page_feed_to_bytes (again);

  g_assert_true (g_bytes_equal (written, rewritten));
}

static void
try_table (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPageTable) page = jp_page_table_from_bytes (bytes, &error);

  if (page == NULL)
    {
      g_assert_nonnull (error);
      return;
    }
  if (page->kind == JP_KIND_NONE)
    return;

  g_autoptr (GBytes) written = jp_page_table_to_bytes (page);
  g_autoptr (JpPageTable) again = jp_page_table_from_bytes (written, &error);

  g_assert_no_error (error);

  g_autoptr (GBytes) rewritten = jp_page_table_to_bytes (again);

  g_assert_true (g_bytes_equal (written, rewritten));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);

  try_feed (bytes);
  try_table (bytes);
  return 0;
}
