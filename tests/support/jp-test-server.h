/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-http-server.h"
#include "jp-tls.h"

G_BEGIN_DECLS

/* A platform server on loopback with an authority of its own, in the test's main context. */
typedef struct _JpTestServer JpTestServer;

JpTestServer *jp_test_server_new (JpHttpRouter *router, const JpHttpServerOptions *options);
JpTestServer *jp_test_server_new_dated (JpHttpRouter *router, gint64 certificate_age_us);
void          jp_test_server_free (JpTestServer *self);
JpHttpServer *jp_test_server_get_server (JpTestServer *self);
const char   *jp_test_server_get_uri (JpTestServer *self);
const char   *jp_test_server_get_authority_path (JpTestServer *self);
const char   *jp_test_server_get_tls_folder (JpTestServer *self);

/* Talks to a server as no decent client would: sends bytes over TLS from a thread of its own, then
 * reads until the other side ends the connection. */
typedef struct _JpTestCall JpTestCall;

JpTestCall *jp_test_server_call (JpTestServer *self, const char *bytes, gssize length_bytes);
gboolean    jp_test_server_has_shaken_hands (JpTestCall *call);
gboolean    jp_test_server_is_over (JpTestCall *call);
char       *jp_test_server_hang_up (JpTestCall *call);
char       *jp_test_server_talk (JpTestServer *self, const char *bytes, gssize length_bytes);

/* Waits for something, at most ten seconds. */
#define jp_test_server_wait(condition)                                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 wait_until_us = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;                          \
    while (!(condition))                                                                           \
      {                                                                                            \
        g_assert_cmpint (g_get_monotonic_time (), <, wait_until_us);                               \
        jp_test_server_iterate ();                                                                 \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END

void jp_test_server_iterate (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpTestServer, jp_test_server_free)

G_END_DECLS
