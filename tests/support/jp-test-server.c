/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-test-server.h"

#include "jp-fake-clock.h"
#include "jp-test-dir.h"
#include "jp-test-random.h"

#include <stdlib.h>
#include <string.h>

#define ITERATE_MS 20

struct _JpTestServer
{
  JpTestDir    *dir;            /* (owned) (nullable): NULL = the shared one */
  JpClock      *clock;          /* (owned): the machine's, which GnuTLS also looks at */
  JpHttpServer *server;         /* (owned) */
  char         *folder;         /* (owned) */
  char         *authority_path; /* (owned) */
  char         *uri;            /* (owned) */
};

struct _JpTestCall
{
  GThread *thread;           /* (owned) */
  char    *authority_path;   /* in (owned) */
  guint16  port;             /* in */
  GBytes  *bytes;            /* in (owned) */
  GString *heard;            /* out (owned) */
  int      has_shaken_hands; /* atomic */
  int      is_over;          /* atomic */
};

static void
make_authority (JpTestServer *self, gint64 age_us)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpFakeClock) then = jp_fake_clock_new (jp_clock_now_us (self->clock) - age_us);
  g_autoptr (JpIdSource) ids = jp_id_source_new (JP_CLOCK (then));
  JpTlsOptions options = { JP_CLOCK (then), ids, NULL };

  g_assert_true (jp_tls_ensure_authority (self->folder, &options, NULL, &error));
  g_assert_no_error (error);
}

/* Keys and certificates of the servers that need none of their own: they take long to make under a
 * sanitizer. */
static JpTestDir *shared_dir;

static void
free_shared_dir (void)
{
  g_clear_pointer (&shared_dir, jp_test_dir_free);
}

static void
set_folder (JpTestServer *self, gint64 age_us)
{
  gboolean is_new = age_us != 0 || !shared_dir;

  if (age_us != 0)
    self->dir = jp_test_dir_new ();
  else if (!shared_dir)
    {
      shared_dir = jp_test_dir_new ();
      atexit (free_shared_dir);
    }

  self->folder = jp_test_dir_build (self->dir ? self->dir : shared_dir, "tls");
  if (is_new)
    make_authority (self, age_us);
  self->authority_path = jp_tls_authority_path (self->folder);
}

static JpTestServer *
new_server (JpHttpRouter *router, const JpHttpServerOptions *options, gint64 age_us)
{
  g_autoptr (GError) error = NULL;
  JpTestServer       *self = g_new0 (JpTestServer, 1);
  JpHttpServerOptions filled = options ? *options : (JpHttpServerOptions){ 0 };

  self->clock = jp_system_clock_new ();
  set_folder (self, age_us);

  g_autoptr (GTlsCertificate) certificate = jp_tls_load_certificate (self->folder, &error);
  g_assert_no_error (error);
  g_autoptr (GTlsDatabase) authority = jp_tls_load_authority (self->folder, &error);
  g_assert_no_error (error);
  if (!filled.clock)
    filled.clock = self->clock;
  filled.authority = authority;
  self->server = jp_http_server_new (router, certificate, &filled);
  jp_http_server_listen_all (self->server, 0, &error);
  g_assert_no_error (error);
  self->uri = jp_http_server_dup_uri (self->server);

  return self;
}

/**
 * jp_test_server_new:
 * @router: what to answer
 * @options: (nullable): limits; without a clock, the machine's
 *
 * Makes a server with the authority that all such servers of this process share.
 *
 * Returns: (transfer full): a server that listens
 */
JpTestServer *
jp_test_server_new (JpHttpRouter *router, const JpHttpServerOptions *options)
{
  return new_server (router, options, 0);
}

/**
 * jp_test_server_new_dated:
 * @router: what to answer
 * @certificate_age_us: how long ago its certificates were made; not 0
 *
 * Makes a server with an authority of its own.
 *
 * Returns: (transfer full): a server that listens
 */
JpTestServer *
jp_test_server_new_dated (JpHttpRouter *router, gint64 certificate_age_us)
{
  return new_server (router, NULL, certificate_age_us);
}

/**
 * jp_test_server_free:
 * @self: (nullable) (transfer full): a server
 *
 * Stops the server and checks that nothing keeps it.
 */
void
jp_test_server_free (JpTestServer *self)
{
  if (!self)
    return;

  jp_http_server_stop (self->server);
  g_assert_finalize_object (self->server);
  g_free (self->folder);
  g_free (self->authority_path);
  g_free (self->uri);
  g_object_unref (self->clock);
  g_clear_pointer (&self->dir, jp_test_dir_free);
  g_free (self);
}

/**
 * jp_test_server_get_server:
 * @self: a server
 *
 * Returns: (transfer none): the server itself
 */
JpHttpServer *
jp_test_server_get_server (JpTestServer *self)
{
  return self->server;
}

/**
 * jp_test_server_get_uri:
 * @self: a server
 *
 * Returns: where it is
 */
const char *
jp_test_server_get_uri (JpTestServer *self)
{
  return self->uri;
}

/**
 * jp_test_server_get_authority_path:
 * @self: a server
 *
 * Returns: the file of its authority
 */
const char *
jp_test_server_get_authority_path (JpTestServer *self)
{
  return self->authority_path;
}

/**
 * jp_test_server_get_tls_folder:
 * @self: a server
 *
 * Returns: the folder of its authority
 */
const char *
jp_test_server_get_tls_folder (JpTestServer *self)
{
  return self->folder;
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/**
 * jp_test_server_iterate:
 *
 * Lets the main context do what there is to do, or waits a moment.
 */
void
jp_test_server_iterate (void)
{
  guint id = g_timeout_add (ITERATE_MS, wake_cb, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
}

static void
talk (JpTestCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_socket_client_set_enable_proxy (client, FALSE);
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (call->authority_path, &error);
  g_assert_no_error (error);
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect_to_host (client, "127.0.0.1", call->port, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (GSocketConnectable) identity = g_network_address_new ("localhost", call->port);
  GType type = g_tls_backend_get_client_connection_type (g_tls_backend_get_default ());
  g_autoptr (GTlsConnection) tls =
    g_initable_new (type, NULL, &error, "base-io-stream", connection, "server-identity", identity,
                    "database", database, "require-close-notify", FALSE, NULL);
  g_assert_no_error (error);
  if (!g_tls_connection_handshake (tls, NULL, &error))
    {
      g_string_append (call->heard, "(no handshake)");
      return;
    }
  g_atomic_int_set (&call->has_shaken_hands, 1);

  gsize         length_bytes = 0;
  gconstpointer bytes = g_bytes_get_data (call->bytes, &length_bytes);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (tls)), bytes, length_bytes,
                             NULL, NULL, NULL);

  char   block[4096];
  gssize n_read = 0;
  while ((n_read = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (tls)), block,
                                        sizeof block, NULL, NULL)) > 0)
    g_string_append_len (call->heard, block, n_read);
}

static gpointer
talk_in_thread (gpointer user_data)
{
  JpTestCall *call = user_data;

  talk (call);
  g_atomic_int_set (&call->is_over, 1);
  g_main_context_wakeup (NULL);

  return NULL;
}

/**
 * jp_test_server_call:
 * @self: a server
 * @bytes: what to send
 * @length_bytes: length of @bytes, or -1
 *
 * Starts to send anything to a server.
 *
 * Returns: (transfer full): the conversation, to be ended with jp_test_server_hang_up()
 */
JpTestCall *
jp_test_server_call (JpTestServer *self, const char *bytes, gssize length_bytes)
{
  JpTestCall *call = g_new0 (JpTestCall, 1);

  call->authority_path = g_strdup (self->authority_path);
  call->port = jp_http_server_get_port (self->server);
  call->bytes = g_bytes_new (bytes, length_bytes < 0 ? strlen (bytes) : (gsize)length_bytes);
  call->heard = g_string_new (NULL);
  call->thread = g_thread_new ("call", talk_in_thread, call);

  return call;
}

/**
 * jp_test_server_has_shaken_hands:
 * @call: a conversation
 *
 * Returns: whether the client side of TLS is ready
 */
gboolean
jp_test_server_has_shaken_hands (JpTestCall *call)
{
  return g_atomic_int_get (&call->has_shaken_hands) != 0;
}

/**
 * jp_test_server_is_over:
 * @call: a conversation
 *
 * Returns: whether the server has ended the connection
 */
gboolean
jp_test_server_is_over (JpTestCall *call)
{
  return g_atomic_int_get (&call->is_over) != 0;
}

/**
 * jp_test_server_hang_up:
 * @call: (transfer full): a conversation
 *
 * Waits until the server ends the connection.
 *
 * Returns: (transfer full): all that the server said
 */
char *
jp_test_server_hang_up (JpTestCall *call)
{
  jp_test_server_wait (jp_test_server_is_over (call));

  char *heard = g_string_free (call->heard, FALSE);
  g_thread_join (call->thread);
  g_free (call->authority_path);
  g_bytes_unref (call->bytes);
  g_free (call);

  return heard;
}

/**
 * jp_test_server_talk:
 * @self: a server
 * @bytes: what to send
 * @length_bytes: length of @bytes, or -1
 *
 * Sends anything to a server and waits until the server ends the connection.
 *
 * Returns: (transfer full): all that the server said
 */
char *
jp_test_server_talk (JpTestServer *self, const char *bytes, gssize length_bytes)
{
  return jp_test_server_hang_up (jp_test_server_call (self, bytes, length_bytes));
}
