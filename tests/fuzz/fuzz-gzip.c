/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-gzip.h"

#include "jp-fuzz.h"

#define MAX_BYTES ((gsize)1024 * 1024)

/* Whatever is unpacked keeps the limit and, packed again, comes back the same. What is refused has
 * a reason from our domain. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) plain = jp_gzip_unpack (bytes, MAX_BYTES, &error);

  if (plain == NULL)
    {
      g_assert_true (error->domain == JP_BASE_ERROR);
      return 0;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (plain), <=, MAX_BYTES);

  g_autoptr (GBytes) packed = jp_gzip_pack (plain, JP_GZIP_LEVEL_FAST);
  g_autoptr (GBytes) again = jp_gzip_unpack (packed, MAX_BYTES, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (plain, again));
  return 0;
}
