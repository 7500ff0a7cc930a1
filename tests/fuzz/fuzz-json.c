/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-json.h"

#include "jp-fuzz.h"

/* What the check accepts, jp_json_parse() reads without harm, and what is written of it is accepted
 * again and says the same. What it refuses has a reason from our domain. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (!jp_json_check ((const char *)data, size, JP_JSON_MAX_BYTES, &error))
    {
      g_assert_true (error->domain == JP_BASE_ERROR);
      return 0;
    }

  node = jp_json_parse (bytes, JP_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);

  g_autoptr (GBytes) written = jp_json_to_bytes (node);
  g_autoptr (JsonNode) again = jp_json_parse (written, G_MAXSIZE, &error);

  g_assert_no_error (error);
  g_assert_true (json_node_equal (node, again));

  g_autoptr (GBytes) rewritten = jp_json_to_bytes (again);

  g_assert_true (g_bytes_equal (written, rewritten));
  return 0;
}
