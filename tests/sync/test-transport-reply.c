/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-transport-reply.h"

#include "jp-sync-error.h"
#include "jp-wire-http.h"

#include <string.h>

/* Whether an answer is taken for one of the platform; -1 = yes. */
static int
get_ours_code (guint status, const char *protocol, const char *content_type, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (JpTransportReply) reply = jp_transport_reply_new (&(JpTransportReplyFields){
    .status = status, .sync_protocol = protocol, .content_type = content_type, .body = body });

  if (jp_transport_reply_is_ours (reply, &error))
    {
      g_assert_no_error (error);
      return -1;
    }

  g_assert_nonnull (error);
  g_assert_true (error->domain == JP_SYNC_ERROR);
  return error->code;
}

static void
test_ours (void)
{
  g_assert_cmpint (get_ours_code (200, "1", "application/json", "{}"), ==, -1);
  g_assert_cmpint (get_ours_code (200, "1", "Application/JSON; charset=utf-8", "{}"), ==, -1);
  g_assert_cmpint (get_ours_code (200, "1", "application/octet-stream", "x"), ==, -1);
  g_assert_cmpint (get_ours_code (204, "1", NULL, ""), ==, -1);
  g_assert_cmpint (get_ours_code (304, "1", NULL, ""), ==, -1);
  g_assert_cmpint (get_ours_code (503, "1", "text/html", "<p/>"), ==, -1);
  g_assert_cmpint (get_ours_code (404, "1", NULL, ""), ==, -1);

  g_assert_cmpint (get_ours_code (200, "1", "text/html", "<p/>"), ==, JP_SYNC_ERROR_PROTOCOL);
  g_assert_cmpint (get_ours_code (200, "1", "application/jsonx", "{}"), ==, JP_SYNC_ERROR_PROTOCOL);
  g_assert_cmpint (get_ours_code (200, "1", NULL, "{}"), ==, JP_SYNC_ERROR_PROTOCOL);
  g_assert_cmpint (get_ours_code (200, NULL, "application/json", "{}"), ==, JP_SYNC_ERROR_PROTOCOL);
  g_assert_cmpint (get_ours_code (302, NULL, NULL, ""), ==, JP_SYNC_ERROR_PROTOCOL);
  g_assert_cmpint (get_ours_code (404, NULL, NULL, ""), ==, JP_SYNC_ERROR_PROTOCOL);
  g_assert_cmpint (get_ours_code (500, NULL, NULL, ""), ==, JP_SYNC_ERROR_PROTOCOL);
  g_assert_cmpint (get_ours_code (501, NULL, NULL, ""), ==, JP_SYNC_ERROR_PROTOCOL);
  g_assert_cmpint (get_ours_code (502, NULL, NULL, ""), ==, JP_SYNC_ERROR_BUSY);
  g_assert_cmpint (get_ours_code (504, NULL, NULL, ""), ==, JP_SYNC_ERROR_BUSY);
  g_assert_cmpint (get_ours_code (511, NULL, NULL, ""), ==, JP_SYNC_ERROR_PROTOCOL);
}

static void
assert_check (guint status, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpSyncProblem) problem = NULL;
  g_autoptr (JpTransportReply) reply = jp_transport_reply_new (
    &(JpTransportReplyFields){ .status = status, .sync_protocol = "1", .retry_after_s = 3 });
  gboolean good = jp_transport_reply_check (reply, &problem, &error);

  if (code < 0)
    {
      g_assert_no_error (error);
      g_assert_true (good);
      g_assert_null (problem);
      return;
    }

  g_assert_error (error, JP_SYNC_ERROR, code);
  g_assert_false (good);
  g_assert_cmpuint (jp_sync_problem_get_status (problem), ==, status);
  g_assert_cmpuint (jp_sync_problem_get_retry_after_s (problem), ==, 3);
  g_assert_cmpstr (jp_sync_problem_get_type_uri (problem), ==, "about:blank");
}

static void
test_check (void)
{
  assert_check (200, -1);
  assert_check (204, -1);
  assert_check (304, -1);
  assert_check (100, JP_SYNC_ERROR_PROTOCOL);
  assert_check (301, JP_SYNC_ERROR_PROTOCOL);
  assert_check (307, JP_SYNC_ERROR_PROTOCOL);
  assert_check (400, JP_SYNC_ERROR_REJECTED);
  assert_check (401, JP_SYNC_ERROR_AUTH);
  assert_check (403, JP_SYNC_ERROR_AUTH);
  assert_check (407, JP_SYNC_ERROR_AUTH);
  assert_check (408, JP_SYNC_ERROR_BUSY);
  /* Without a type nobody knows that it is a fork, so nothing drastic happens. */
  assert_check (409, JP_SYNC_ERROR_CONFLICT);
  assert_check (410, JP_SYNC_ERROR_RESYNC);
  assert_check (413, JP_SYNC_ERROR_TOO_LARGE);
  assert_check (425, JP_SYNC_ERROR_BUSY);
  assert_check (426, JP_SYNC_ERROR_TOO_OLD);
  assert_check (429, JP_SYNC_ERROR_BUSY);
  assert_check (499, JP_SYNC_ERROR_REJECTED);
  assert_check (500, JP_SYNC_ERROR_BUSY);
  assert_check (599, JP_SYNC_ERROR_BUSY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sync/transport-reply/ours", test_ours);
  g_test_add_func ("/sync/transport-reply/check", test_check);

  return g_test_run ();
}
