/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-error.h"
#include "jp-http-transport.h"
#include "jp-net.h"
#include "jp-sync-error.h"

/* A station whose network is not installed says so; it is not "offline". */
static void
test_missing (void)
{
  g_autofree char       *folders = g_strdup (g_getenv ("JP_MODULEDIR"));
  JpHttpTransportOptions options = { .base_uri = "https://127.0.0.1:1",
                                     .authority_path = "/nonexistent/authority.pem" };
  g_autoptr (GError) error = NULL;

  g_setenv ("JP_MODULEDIR", "/nonexistent", TRUE);
  g_assert_null (jp_http_transport_new (&options, &error));
  g_assert_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_MISSING);
  g_assert_cmpstr (jp_sync_error_get_sentence (JP_SYNC_ERROR_MISSING), !=,
                   jp_sync_error_get_sentence (JP_SYNC_ERROR_OFFLINE));
  g_assert_null (jp_net);
  g_clear_error (&error);

  g_setenv ("JP_MODULEDIR", folders, TRUE);
  g_assert_null (jp_http_transport_new (&options, &error));
  g_assert_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_AUTH);
  g_assert_nonnull (jp_net);
}

/* A table that is not laid out as expected is never used. */
static void
test_other_version (void)
{
  const JpModuleHead *head = NULL;
  g_autoptr (GError) error = NULL;

  head = jp_module_load (JP_NET_MODULE, sizeof (JpNet), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (head->version, ==, JP_VERSION);

  g_assert_null (jp_module_load (JP_NET_MODULE, sizeof (JpNet) + sizeof (gpointer), &error));
  g_assert_error (error, JP_BASE_ERROR, JP_BASE_ERROR_MISSING);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/sync/net/missing", test_missing);
  g_test_add_func ("/sync/net/other-version", test_other_version);
  return g_test_run ();
}
