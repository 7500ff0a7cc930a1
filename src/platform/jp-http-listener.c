/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-http-listener.h"

#include "jp-date.h"
#include "jp-http-stream.h"
#include "jp-platform-error.h"

#include <gio/gnetworking.h>

#define TICK_MS              100
#define ACCEPTS_PER_DISPATCH 32
#define ACCEPT_PAUSE_MS      500
#define BACKLOG              256

struct _JpHttpListener
{
  JpHttpListenerOptions options;     /* clock and authority are references */
  GTlsCertificate      *certificate; /* (owned) */
  JpHttpConnectedFunc   connected;   /* with user_data; NULL once stopped */
  gpointer              user_data;   /* (borrowed) */
  GMainContext         *context;     /* (owned) */

  GPtrArray  *sockets;     /* (owned) (element-type GSocket): listening */
  GPtrArray  *sources;     /* (owned) (element-type GSource): one per socket, while not paused */
  GHashTable *connections; /* (owned): remote address by identity → JpHttpConnection */
  GSource    *pause;       /* (owned) (nullable): ends a pause of accepting */
  GSource    *tick;        /* (owned) (nullable): looks for what is late */
  guint64     n_accepted;
  guint64     n_dropped; /* by us: late or too many */
};

struct _JpHttpConnection
{
  JpHttpListener *listener;    /* (owned) reference */
  GSocket        *socket;      /* (owned) */
  GSocketAddress *remote;      /* (owned): the key of the table */
  GIOStream      *stream;      /* (owned) (nullable): until handed over: plain, then TLS */
  JpHttpStream   *handed_over; /* (unowned) (nullable): what libsoup reads and writes */
  GSource        *readable;    /* (owned) (nullable): waits for the first byte */
  GCancellable   *cancellable; /* (owned): of the handshake */
  GTlsCertificate
          *peer_certificate; /* (owned) (nullable): the station\'s, if nothing is wrong with it */
  gint64   deadline_us;      /* monotonic; 0 = none */
  gboolean has_bad_certificate; /* something is wrong with the station's */
  gboolean dropped;             /* by us; what has arrived before may still be read */
  gboolean gone;                /* no longer in the table */
};

static void watch (JpHttpListener *self);

static void
listener_clear (gpointer data)
{
  JpHttpListener *self = data;

  g_assert (g_hash_table_size (self->connections) == 0);
  g_clear_object (&self->options.clock);
  g_clear_object (&self->certificate);
  g_clear_object (&self->options.authority);
  g_main_context_unref (self->context);
  g_ptr_array_unref (self->sockets);
  g_ptr_array_unref (self->sources);
  g_hash_table_unref (self->connections);
}

static JpHttpListener *
listener_ref (JpHttpListener *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_source (GSource **source)
{
  if (*source)
    {
      g_source_destroy (*source);
      g_source_unref (*source);
      *source = NULL;
    }
}

static void
destroy_source (gpointer data)
{
  GSource *source = data;

  clear_source (&source);
}

static void
connection_clear (gpointer data)
{
  JpHttpConnection *connection = data;

  g_assert (connection->readable == NULL);
  g_clear_object (&connection->stream);
  g_clear_object (&connection->cancellable);
  g_clear_object (&connection->socket);
  g_clear_object (&connection->remote);
  g_clear_object (&connection->peer_certificate);
  jp_http_listener_unref (connection->listener);
}

static void
connection_unref (JpHttpConnection *connection)
{
  g_rc_box_release_full (connection, connection_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpHttpConnection, connection_unref)

/* Takes a connection out of the table, whoever closed it. */
static void
forget (JpHttpConnection *connection)
{
  JpHttpListener *self = connection->listener;

  g_assert (!connection->gone);
  connection->gone = TRUE;
  g_hash_table_remove (self->connections, connection->remote);
  if (g_hash_table_size (self->connections) == 0)
    clear_source (&self->tick);
  clear_source (&connection->readable);
  g_cancellable_cancel (connection->cancellable);
  connection_unref (connection);
}

static void
stream_closed_cb (gpointer user_data)
{
  forget (user_data);
}

/* Ends a connection. Who reads from it, libsoup or a handshake, sees the end of the stream. */
static void
drop (JpHttpConnection *connection)
{
  struct linger reset = { .l_onoff = 1, .l_linger = 0 };

  if (connection->dropped)
    return;

  /* Closing then tells the other side at once, even in the middle of its sending. ignored: it would
   * only learn later. */
  setsockopt (g_socket_get_fd (connection->socket), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  connection->dropped = TRUE;
  connection->listener->n_dropped++;
  g_socket_shutdown (connection->socket, TRUE, TRUE, NULL); /* ignored: it may be gone already */
  if (!connection->handed_over)
    forget (connection);
}

/* Drops the connections that are late, or all. */
static void
drop_some (JpHttpListener *self, gboolean all)
{
  g_autoptr (GPtrArray) some = g_ptr_array_new ();
  gint64            now_us = jp_clock_monotonic_us (self->options.clock);
  GHashTableIter    iter;
  JpHttpConnection *connection = NULL;

  /* Dropping one changes the table. */
  g_hash_table_iter_init (&iter, self->connections);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&connection))
    {
      if (all || (connection->deadline_us != 0 && now_us >= connection->deadline_us))
        g_ptr_array_add (some, connection);
    }
  for (guint i = 0; i < some->len; i++)
    drop (g_ptr_array_index (some, i));
}

static gboolean
tick_cb (gpointer data)
{
  g_autoptr (JpHttpListener) self = listener_ref (data);

  drop_some (self, FALSE);

  return G_SOURCE_CONTINUE;
}

static GSource *
attach_timeout (JpHttpListener *self, guint interval_ms, GSourceFunc func)
{
  GSource *source = g_timeout_source_new (interval_ms);

  g_source_set_callback (source, func, self, NULL);
  g_source_attach (source, self->context);

  return source;
}

static void
set_deadline (JpHttpConnection *connection, guint timeout_ms)
{
  JpHttpListener *self = connection->listener;

  connection->deadline_us = timeout_ms > 0 ? jp_clock_monotonic_us (self->options.clock) +
                                               timeout_ms * (JP_SECOND_US / 1000)
                                           : 0;
}

static void
hand_over (JpHttpConnection *connection)
{
  JpHttpListener *self = connection->listener;
  g_autoptr (GTlsConnection) tls = G_TLS_CONNECTION (g_steal_pointer (&connection->stream));
  g_autoptr (GSocketAddress) local = g_socket_get_local_address (connection->socket, NULL);
  g_autoptr (GSocketAddress) remote = g_object_ref (connection->remote);
  g_autoptr (GIOStream) stream =
    jp_http_stream_new (G_IO_STREAM (tls), stream_closed_cb, connection);

  connection->handed_over = JP_HTTP_STREAM (stream);
  if (g_tls_connection_get_peer_certificate_errors (tls) == 0)
    g_set_object (&connection->peer_certificate, g_tls_connection_get_peer_certificate (tls));
  else
    connection->has_bad_certificate = g_tls_connection_get_peer_certificate (tls) != NULL;
  set_deadline (connection, self->options.idle_timeout_ms);
  if (self->connected && local)
    self->connected (stream, local, remote, self->user_data);
}

static void
handshaken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JpHttpConnection) connection = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, &error);

  if (connection->gone)
    return;
  if (done)
    hand_over (connection);
  else
    forget (connection);
}

/* Every certificate is let through the handshake: whoever shows a bad one gets an answer that says
 * so, in the place of a connection that breaks (a server's alert gets lost in a reset). */
static gboolean
accept_certificate_cb (GTlsConnection      *connection,
                       GTlsCertificate     *certificate,
                       GTlsCertificateFlags errors,
                       gpointer             user_data)
{
  return TRUE;
}

/* All at once, because glib-networking 2.74 would read all authorities of the machine for a
 * connection that is made without a database: 20,000 allocations each time. */
static gboolean
start_tls (JpHttpConnection *connection, GError **error)
{
  static const char *const protocols[] = { "http/1.1", NULL };
  JpHttpListener          *self = connection->listener;
  g_autoptr (GIOStream) plain = g_steal_pointer (&connection->stream);
  GType type = g_tls_backend_get_server_connection_type (g_tls_backend_get_default ());
  GTlsAuthenticationMode mode = self->options.authority && self->options.ask_certificates
                                  ? G_TLS_AUTHENTICATION_REQUESTED
                                  : G_TLS_AUTHENTICATION_NONE;

  connection->stream =
    g_initable_new (type, NULL, error, "base-io-stream", plain, "certificate", self->certificate,
                    "database", self->options.authority, "authentication-mode", mode,
                    "require-close-notify", FALSE, "advertised-protocols", protocols, NULL);
  if (!connection->stream)
    return FALSE;

  g_signal_connect (connection->stream, "accept-certificate", G_CALLBACK (accept_certificate_cb),
                    NULL);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (connection->stream), G_PRIORITY_DEFAULT,
                                    connection->cancellable, handshaken_cb,
                                    g_rc_box_acquire (connection));

  return TRUE;
}

/* GIO does a handshake in a thread of its pool; it gets one when there is something to read, so
 * that a silent connection costs no thread. */
static gboolean
first_byte_cb (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  JpHttpConnection *connection = user_data;
  g_autoptr (GError) error = NULL;

  clear_source (&connection->readable);
  if (!start_tls (connection, &error))
    {
      g_debug ("could not start TLS: %s", error->message);
      forget (connection);
    }

  return G_SOURCE_REMOVE;
}

static void
add_connection (JpHttpListener *self, GSocket *socket)
{
  g_autoptr (GSocketAddress) remote = g_socket_get_remote_address (socket, NULL);

  self->n_accepted++;
  if (!remote || g_hash_table_size (self->connections) >= self->options.max_connections)
    {
      self->n_dropped++;
      return;
    }

  JpHttpConnection *connection = g_rc_box_new0 (JpHttpConnection);
  connection->listener = listener_ref (self);
  connection->socket = g_object_ref (socket);
  connection->remote = g_steal_pointer (&remote);
  connection->stream = G_IO_STREAM (g_socket_connection_factory_create_connection (socket));
  connection->cancellable = g_cancellable_new ();
  set_deadline (connection, self->options.handshake_timeout_ms);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL); /* ignored: only slower */
  g_hash_table_insert (self->connections, connection->remote, connection);

  connection->readable = g_socket_create_source (socket, G_IO_IN, NULL);
  g_source_set_callback (connection->readable, G_SOURCE_FUNC (first_byte_cb), connection, NULL);
  g_source_attach (connection->readable, self->context);
  if (!self->tick)
    self->tick = attach_timeout (self, TICK_MS, tick_cb);
}

static gboolean
resume_cb (gpointer data)
{
  JpHttpListener *self = data;

  clear_source (&self->pause);
  watch (self);

  return G_SOURCE_REMOVE;
}

/* Waits a moment before accepting again, e.g. until a file descriptor is free. */
static void
pause_accepting (JpHttpListener *self)
{
  g_ptr_array_set_size (self->sources, 0);
  if (!self->pause)
    self->pause = attach_timeout (self, ACCEPT_PAUSE_MS, resume_cb);
}

static gboolean
accept_cb (GSocket *listening, GIOCondition condition, gpointer user_data)
{
  g_autoptr (JpHttpListener) self = listener_ref (user_data);

  for (guint i = 0; i < ACCEPTS_PER_DISPATCH; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSocket) socket = g_socket_accept (listening, NULL, &error);

      if (socket)
        {
          add_connection (self, socket);
          continue;
        }
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        {
          g_debug ("could not accept a connection: %s", error->message);
          pause_accepting (self);
        }
      break;
    }

  return G_SOURCE_CONTINUE;
}

static void
watch (JpHttpListener *self)
{
  g_ptr_array_set_size (self->sources, 0);
  for (guint i = 0; i < self->sockets->len; i++)
    {
      GSource *source =
        g_socket_create_source (g_ptr_array_index (self->sockets, i), G_IO_IN, NULL);

      g_source_set_callback (source, G_SOURCE_FUNC (accept_cb), self, NULL);
      g_source_attach (source, self->context);
      g_ptr_array_add (self->sources, source);
    }
}

/**
 * jp_http_listener_new:
 * @options: the limits
 * @certificate: the server's certificate with its key
 * @connected: takes over each new connection
 * @user_data: for @connected
 *
 * Makes a listener that does not listen anywhere yet, for the calling thread's main context.
 *
 * Returns: (transfer full): the listener
 */
JpHttpListener *
jp_http_listener_new (const JpHttpListenerOptions *options,
                      GTlsCertificate             *certificate,
                      JpHttpConnectedFunc          connected,
                      gpointer                     user_data)
{
  g_return_val_if_fail (options != NULL && JP_IS_CLOCK (options->clock), NULL);
  g_return_val_if_fail (G_IS_TLS_CERTIFICATE (certificate), NULL);
  g_return_val_if_fail (connected != NULL, NULL);

  JpHttpListener *self = g_atomic_rc_box_new0 (JpHttpListener);
  self->options = *options;
  g_object_ref (self->options.clock);
  if (self->options.authority)
    g_object_ref (self->options.authority);
  self->certificate = g_object_ref (certificate);
  self->connected = connected;
  self->user_data = user_data;
  self->context = g_main_context_ref_thread_default ();
  self->sockets = g_ptr_array_new_with_free_func (g_object_unref);
  self->sources = g_ptr_array_new_with_free_func (destroy_source);
  self->connections = g_hash_table_new (g_direct_hash, g_direct_equal);

  return self;
}

/**
 * jp_http_listener_stop:
 * @self: a listener
 *
 * Stops listening and ends all connections. What libsoup has of them is gone as soon as libsoup
 * lets go of it.
 */
void
jp_http_listener_stop (JpHttpListener *self)
{
  g_return_if_fail (self != NULL);

  self->connected = NULL;
  g_ptr_array_set_size (self->sources, 0);
  clear_source (&self->pause);
  for (guint i = 0; i < self->sockets->len; i++)
    g_socket_close (g_ptr_array_index (self->sockets, i), NULL); /* ignored: nobody listens */
  g_ptr_array_set_size (self->sockets, 0);
  drop_some (self, TRUE);
}

/**
 * jp_http_listener_unref:
 * @self: (nullable) (transfer full): a listener that was stopped, or never listened
 *
 * Drops a reference.
 */
void
jp_http_listener_unref (JpHttpListener *self)
{
  if (self)
    g_atomic_rc_box_release_full (self, listener_clear);
}

/**
 * jp_http_listener_set_certificate:
 * @self: a listener
 * @certificate: the server's certificate with its key
 *
 * Changes the certificate for connections from now on.
 */
void
jp_http_listener_set_certificate (JpHttpListener *self, GTlsCertificate *certificate)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (G_IS_TLS_CERTIFICATE (certificate));

  g_set_object (&self->certificate, certificate);
}

/**
 * jp_http_listener_listen:
 * @self: a listener
 * @address: an address of this machine, or "any"
 * @port: the port; 0 = any that is free
 * @error: return location for a [error@Jp.PlatformError]
 *
 * Starts to listen on one more address.
 *
 * Returns: %TRUE, or %FALSE with `JP_PLATFORM_ERROR_IO`
 */
gboolean
jp_http_listener_listen (JpHttpListener *self, GInetAddress *address, guint16 port, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (G_IS_INET_ADDRESS (address), FALSE);

  g_autoptr (GError) socket_error = NULL;
  g_autoptr (GSocketAddress) where = g_inet_socket_address_new (address, port);
  GSocketFamily family = g_inet_address_get_family (address);
  g_autoptr (GSocket) socket =
    g_socket_new (family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &socket_error);

  if (socket)
    {
      g_socket_set_blocking (socket, FALSE);
      g_socket_set_listen_backlog (socket, BACKLOG);
      /* ignored: without this option only a dual-stack "any" differs */
      if (family == G_SOCKET_FAMILY_IPV6)
        g_socket_set_option (socket, IPPROTO_IPV6, IPV6_V6ONLY, TRUE, NULL);
    }
  if (!socket || !g_socket_bind (socket, where, TRUE, &socket_error) ||
      !g_socket_listen (socket, &socket_error))
    {
      g_set_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_IO,
                   "could not listen on port %u: %s", port, socket_error->message);
      return FALSE;
    }

  g_ptr_array_add (self->sockets, g_steal_pointer (&socket));
  watch (self);

  return TRUE;
}

/**
 * jp_http_listener_get_port:
 * @self: a listener
 *
 * Returns: the port of the first address, or 0 if it does not listen
 */
guint16
jp_http_listener_get_port (JpHttpListener *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->sockets->len == 0)
    return 0;

  g_autoptr (GSocketAddress) address =
    g_socket_get_local_address (g_ptr_array_index (self->sockets, 0), NULL);

  return address ? g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)) : 0;
}

/**
 * jp_http_listener_set_timeout:
 * @self: a listener
 * @remote: the very address object that came with the connection
 * @timeout_ms: how long the connection may live from now on; 0 = no limit
 *
 * Says what the other side has time for.
 */
void
jp_http_listener_set_timeout (JpHttpListener *self, GSocketAddress *remote, guint timeout_ms)
{
  g_return_if_fail (self != NULL);

  JpHttpConnection *connection = g_hash_table_lookup (self->connections, remote);

  if (connection)
    set_deadline (connection, timeout_ms);
}

/**
 * jp_http_listener_set_between_requests:
 * @self: a listener
 * @remote: the very address object that came with the connection
 * @timeout_ms: how long the next request may take to come; 0 = no limit
 *
 * Notes that an answer was sent.
 */
void
jp_http_listener_set_between_requests (JpHttpListener *self,
                                       GSocketAddress *remote,
                                       guint           timeout_ms)
{
  g_return_if_fail (self != NULL);

  JpHttpConnection *connection = g_hash_table_lookup (self->connections, remote);

  if (!connection || !connection->handed_over)
    return;

  jp_http_stream_set_between_requests (connection->handed_over);
  set_deadline (connection, timeout_ms);
}

/**
 * jp_http_listener_get_peer_certificate:
 * @self: a listener
 * @remote: the very address object that came with the connection
 *
 * Returns: (transfer none) (nullable): the certificate that the station has shown, issued by the
 *   authority and valid
 */
GTlsCertificate *
jp_http_listener_get_peer_certificate (JpHttpListener *self, GSocketAddress *remote)
{
  g_return_val_if_fail (self != NULL, NULL);

  JpHttpConnection *connection = g_hash_table_lookup (self->connections, remote);

  return connection ? connection->peer_certificate : NULL;
}

/* A connection may live longer than the certificate that opened it. */
static gboolean
has_expired (JpHttpListener *self, GTlsCertificate *certificate)
{
  g_autoptr (GDateTime) end =
    certificate != NULL ? g_tls_certificate_get_not_valid_after (certificate) : NULL;

  return end != NULL &&
         g_date_time_to_unix (end) <= jp_clock_now_us (self->options.clock) / JP_SECOND_US;
}

/**
 * jp_http_listener_has_bad_certificate:
 * @self: a listener
 * @remote: the very address object that came with the connection
 *
 * Returns: whether the station has shown a certificate that is foreign, expired or otherwise bad
 */
gboolean
jp_http_listener_has_bad_certificate (JpHttpListener *self, GSocketAddress *remote)
{
  g_return_val_if_fail (self != NULL, FALSE);

  JpHttpConnection *connection = g_hash_table_lookup (self->connections, remote);

  return connection &&
         (connection->has_bad_certificate || has_expired (self, connection->peer_certificate));
}

/**
 * jp_http_listener_drop:
 * @self: a listener
 * @remote: the very address object that came with the connection
 *
 * Ends a connection.
 */
void
jp_http_listener_drop (JpHttpListener *self, GSocketAddress *remote)
{
  g_return_if_fail (self != NULL);

  JpHttpConnection *connection = g_hash_table_lookup (self->connections, remote);

  if (connection)
    drop (connection);
}

/**
 * jp_http_listener_get_n_connections:
 * @self: a listener
 *
 * Returns: how many connections there are now
 */
guint
jp_http_listener_get_n_connections (JpHttpListener *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->connections);
}

/**
 * jp_http_listener_get_n_accepted:
 * @self: a listener
 *
 * Returns: how many connections there have been
 */
guint64
jp_http_listener_get_n_accepted (JpHttpListener *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_accepted;
}

/**
 * jp_http_listener_get_n_dropped:
 * @self: a listener
 *
 * Returns: how many connections this side has ended because they were late or too many
 */
guint64
jp_http_listener_get_n_dropped (JpHttpListener *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_dropped;
}
