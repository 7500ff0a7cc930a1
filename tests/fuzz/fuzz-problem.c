/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sync-problem.h"

#include "jp-fuzz.h"

#include <string.h>

/* Whatever a server sends with an error status gives a problem that can be shown. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autoptr (JpSyncProblem) problem =
    jp_sync_problem_new (409, "application/problem+json", body, 0);
  const char *title = jp_sync_problem_get_title (problem);
  const char *detail = jp_sync_problem_get_detail (problem);

  g_assert_cmpuint (jp_sync_problem_get_status (problem), ==, 409);
  g_assert_cmpuint (strlen (jp_sync_problem_get_type_uri (problem)), <=, 128);
  g_assert_true (title == NULL || g_utf8_validate (title, -1, NULL));
  g_assert_true (detail == NULL || g_utf8_validate (detail, -1, NULL));
  g_assert_nonnull (jp_sync_problem_get_members (problem));
  return 0;
}
