/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-fake-transport.h"

#include "jp-sync-error.h"

#include <string.h>

/* Counts what arrives, and says how many there were. */
static JpTransportReply *
count_cb (JpTransportRequest *request, gpointer user_data)
{
  GString *arrived = user_data;

  g_string_append (arrived, jp_transport_request_get_path (request));
  return jp_fake_transport_new_json_reply (200, "{}");
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **out_result = user_data;

  g_assert_null (*out_result);
  *out_result = g_object_ref (result);
}

static void
start (JpFakeTransport *transport, const char *path, GCancellable *cancellable, GAsyncResult **out)
{
  g_autoptr (JpTransportRequest) request =
    jp_transport_request_new (&(JpTransportRequestFields){ .method = "GET", .path = path });

  jp_transport_send_async (JP_TRANSPORT (transport), request, cancellable, sent_cb, out);
  g_assert_true (jp_fake_transport_get_last_request (transport) == request);
}

static void
run_main_context (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Gives -1 for an answer, or the code of the error. */
static int
finish (JpFakeTransport *transport, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpTransportReply) reply =
    jp_transport_send_finish (JP_TRANSPORT (transport), result, &error);

  if (reply)
    return -1;

  g_assert_true (error->domain == JP_SYNC_ERROR);
  return error->code;
}

static int
get (JpFakeTransport *transport, const char *path)
{
  g_autoptr (GAsyncResult) result = NULL;

  start (transport, path, NULL, &result);
  g_assert_null (result);
  run_main_context ();
  g_assert_nonnull (result);

  return finish (transport, result);
}

static void
test_faults (void)
{
  g_autoptr (GString) arrived = g_string_new (NULL);
  g_autoptr (JpFakeTransport) transport = jp_fake_transport_new (count_cb, arrived);

  jp_fake_transport_push_fault (transport, JP_FAKE_FAULT_NONE);
  jp_fake_transport_push_fault (transport, JP_FAKE_FAULT_DROP_REQUEST);
  jp_fake_transport_push_fault (transport, JP_FAKE_FAULT_DROP_REPLY);
  jp_fake_transport_push_fault (transport, JP_FAKE_FAULT_DUPLICATE);
  jp_fake_transport_push_fault (transport, JP_FAKE_FAULT_REPLAY);
  jp_fake_transport_push_fault (transport, JP_FAKE_FAULT_CAPTIVE);
  g_assert_cmpint (get (transport, "/a"), ==, -1);
  g_assert_cmpint (get (transport, "/b"), ==, JP_SYNC_ERROR_OFFLINE);
  g_assert_cmpint (get (transport, "/c"), ==, JP_SYNC_ERROR_OFFLINE);
  g_assert_cmpint (get (transport, "/d"), ==, -1);
  g_assert_cmpint (get (transport, "/e"), ==, -1);
  g_assert_cmpint (get (transport, "/f"), ==, JP_SYNC_ERROR_PROTOCOL);
  g_assert_cmpint (get (transport, "/g"), ==, -1);
  g_assert_cmpstr (arrived->str, ==, "/a/c/d/d/e/e/g");
  g_assert_cmpuint (jp_fake_transport_get_n_sent (transport), ==, 7);
  g_assert_cmpuint (jp_fake_transport_get_n_carried_out (transport), ==, 7);

  jp_fake_transport_set_online (transport, FALSE);
  g_assert_cmpint (get (transport, "/h"), ==, JP_SYNC_ERROR_OFFLINE);
  jp_fake_transport_set_online (transport, TRUE);
  g_assert_cmpint (get (transport, "/i"), ==, -1);
  g_assert_cmpstr (arrived->str, ==, "/a/c/d/d/e/e/g/i");
  g_assert_finalize_object (g_steal_pointer (&transport));
}

static void
test_replies (void)
{
  g_autoptr (JpFakeTransport) transport = jp_fake_transport_new (NULL, NULL);
  g_autoptr (JpTransportReply) reply =
    jp_fake_transport_new_json_reply (410, "{\"type\":\"urn:jp:problem:resync-required\"}");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JpSyncProblem) problem = NULL;

  jp_fake_transport_push_reply (transport, reply);
  start (transport, "/a", NULL, &result);
  run_main_context ();
  g_autoptr (JpTransportReply) same =
    jp_transport_send_finish (JP_TRANSPORT (transport), result, &error);
  g_assert_no_error (error);
  g_assert_true (same == reply);
  g_assert_false (jp_transport_reply_check (same, &problem, &error));
  g_assert_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_RESYNC);
  g_assert_cmpstr (jp_sync_problem_get_type_uri (problem), ==, "urn:jp:problem:resync-required");

  g_clear_object (&result);
  g_assert_finalize_object (g_steal_pointer (&transport));
}

static void
test_hold (void)
{
  g_autoptr (GString) arrived = g_string_new (NULL);
  g_autoptr (JpFakeTransport) transport = jp_fake_transport_new (count_cb, arrived);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;

  jp_fake_transport_push_fault (transport, JP_FAKE_FAULT_HOLD);
  jp_fake_transport_push_fault (transport, JP_FAKE_FAULT_HOLD);
  start (transport, "/a", NULL, &first);
  start (transport, "/b", cancellable, &second);
  g_assert_cmpint (get (transport, "/c"), ==, -1);
  g_assert_null (first);
  g_assert_true (jp_fake_transport_release (transport));
  run_main_context ();
  g_assert_cmpint (finish (transport, first), ==, -1);

  /* Cancelled, and carried out all the same. */
  g_cancellable_cancel (cancellable);
  g_assert_true (jp_fake_transport_release (transport));
  run_main_context ();
  g_assert_null (jp_transport_send_finish (JP_TRANSPORT (transport), second, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (arrived->str, ==, "/c/a/b");
  g_assert_false (jp_fake_transport_release (transport));

  g_clear_object (&first);
  g_clear_object (&second);
  g_assert_finalize_object (g_steal_pointer (&transport));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sync/fake-transport/faults", test_faults);
  g_test_add_func ("/sync/fake-transport/replies", test_replies);
  g_test_add_func ("/sync/fake-transport/hold", test_hold);

  return g_test_run ();
}
