/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sync-problem.h"

#include "jp-wire-http.h"

#include <string.h>

static JpSyncProblem *
read_problem (const char *content_type, const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return jp_sync_problem_new (409, content_type, body, 5);
}

static void
test_read (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpSyncProblem) problem =
    read_problem ("application/problem+json; charset=utf-8",
                  "{\"type\":\"urn:jp:problem:gap\",\"title\":\"A gap\",\"status\":409,"
                  "\"detail\":\"After 7\",\"expected_n\":8}");
  gint64 number = 0;

  g_assert_cmpuint (jp_sync_problem_get_status (problem), ==, 409);
  g_assert_cmpstr (jp_sync_problem_get_type_uri (problem), ==, JP_WIRE_PROBLEM_GAP);
  g_assert_cmpstr (jp_sync_problem_get_title (problem), ==, "A gap");
  g_assert_cmpstr (jp_sync_problem_get_detail (problem), ==, "After 7");
  g_assert_cmpuint (jp_sync_problem_get_retry_after_s (problem), ==, 5);
  g_assert_true (jp_sync_problem_is (problem, JP_WIRE_PROBLEM_GAP));
  g_assert_false (jp_sync_problem_is (problem, JP_WIRE_PROBLEM_BUSY));
  g_assert_false (jp_sync_problem_is (NULL, JP_WIRE_PROBLEM_BUSY));
  g_assert_true (jp_json_get_integer (jp_sync_problem_get_members (problem), "expected_n", 0, 100,
                                      &number, &error));
  g_assert_cmpint (number, ==, 8);

  JpSyncProblem *same = jp_sync_problem_ref (problem);
  g_assert_true (same == problem);
  jp_sync_problem_unref (same);
}

/* Whatever else a server or a proxy sends with an error status. */
static void
test_not_understood (void)
{
  g_autofree char *long_type = g_strnfill (200, 'x');
  g_autofree char *with_long_type = g_strdup_printf ("{\"type\":\"%s\"}", long_type);
  g_autofree char *deep = g_strnfill (100000, '[');
  const char      *cases[][2] = {
         { NULL, "" },
         { "text/html", "<p>Bad gateway</p>" },
         { "application/json", "{\"type\":\"urn:jp:problem:gap\"}" },
         { JP_WIRE_TYPE_PROBLEM, "" },
         { JP_WIRE_TYPE_PROBLEM, "[]" },
         { JP_WIRE_TYPE_PROBLEM, "{\"type\":7,\"title\":[],\"detail\":{}}" },
         { JP_WIRE_TYPE_PROBLEM, "{\"type\":\"a\",\"type\":\"b\"}" },
         { JP_WIRE_TYPE_PROBLEM, with_long_type },
         { JP_WIRE_TYPE_PROBLEM, deep },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JpSyncProblem) problem = read_problem (cases[i][0], cases[i][1]);

      g_assert_cmpuint (jp_sync_problem_get_status (problem), ==, 409);
      g_assert_cmpstr (jp_sync_problem_get_type_uri (problem), ==, "about:blank");
      g_assert_null (jp_sync_problem_get_title (problem));
      g_assert_null (jp_sync_problem_get_detail (problem));
      g_assert_nonnull (jp_sync_problem_get_members (problem));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sync/sync-problem/read", test_read);
  g_test_add_func ("/sync/sync-problem/not-understood", test_not_understood);

  return g_test_run ();
}
