/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-perf-relay.h"

#define CHUNK_BYTES     (64 * 1024)
#define MAX_CONNECTIONS 64

struct _JpPerfRelay
{
  GSocketService *service; /* (owned) */
  guint16         port;
  guint16         target;
  gint64          up_bytes;   /* (atomic) */
  gint64          down_bytes; /* (atomic) */
};

typedef struct
{
  GIOStream *from;    /* (owned) */
  GIOStream *to;      /* (owned) */
  gint64    *n_bytes; /* (borrowed) (atomic) */
} Pump;

static gpointer
pump (gpointer data)
{
  Pump              *self = data;
  g_autofree guint8 *chunk = g_malloc (CHUNK_BYTES);
  GInputStream      *from = g_io_stream_get_input_stream (self->from);
  GOutputStream     *to = g_io_stream_get_output_stream (self->to);
  gssize             n = 0;

  while ((n = g_input_stream_read (from, chunk, CHUNK_BYTES, NULL, NULL)) > 0 &&
         g_output_stream_write_all (to, chunk, (gsize)n, NULL, NULL, NULL))
    __atomic_add_fetch (self->n_bytes, n, __ATOMIC_RELAXED);

  /* The other direction ends as well. */
  g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (self->from)), TRUE, TRUE,
                     NULL);
  g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (self->to)), TRUE, TRUE,
                     NULL);
  g_object_unref (self->from);
  g_object_unref (self->to);
  g_free (self);
  return NULL;
}

static Pump *
pump_new (GIOStream *from, GIOStream *to, gint64 *n_bytes)
{
  Pump *self = g_new (Pump, 1);

  *self = (Pump){ g_object_ref (from), g_object_ref (to), n_bytes };
  return self;
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection      *connection,
        GObject                *source,
        gpointer                user_data)
{
  JpPerfRelay *self = user_data;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) other =
    g_socket_client_connect_to_host (client, "127.0.0.1", self->target, NULL, NULL);
  GThread *down = NULL;

  if (other == NULL)
    return TRUE;

  g_socket_set_option (g_socket_connection_get_socket (connection), 6, 1, 1, NULL);
  g_socket_set_option (g_socket_connection_get_socket (other), 6, 1, 1, NULL);
  down = g_thread_new ("relay-down", pump,
                       pump_new (G_IO_STREAM (other), G_IO_STREAM (connection), &self->down_bytes));
  pump (pump_new (G_IO_STREAM (connection), G_IO_STREAM (other), &self->up_bytes));
  g_thread_join (down);
  return TRUE;
}

/**
 * jp_perf_relay_new:
 * @port: a port of the loopback that listens
 *
 * Connections are taken in by the main context of the caller and carried by threads.
 *
 * Returns: (transfer full): a relay to it
 */
JpPerfRelay *
jp_perf_relay_new (guint16 port)
{
  JpPerfRelay *self = g_new0 (JpPerfRelay, 1);
  g_autoptr (GError) error = NULL;

  self->target = port;
  self->service = g_threaded_socket_service_new (MAX_CONNECTIONS);
  self->port =
    g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (self->service), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
  g_socket_service_start (self->service);
  return self;
}

/**
 * jp_perf_relay_free:
 * @self: (nullable) (transfer full): a relay without connections
 */
void
jp_perf_relay_free (JpPerfRelay *self)
{
  if (self == NULL)
    return;

  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  g_free (self);
}

/**
 * jp_perf_relay_get_port:
 * @self: a relay
 *
 * Returns: where it listens
 */
guint16
jp_perf_relay_get_port (JpPerfRelay *self)
{
  return self->port;
}

/**
 * jp_perf_relay_get_up_bytes:
 * @self: a relay
 *
 * Returns: what has gone to the port
 */
gint64
jp_perf_relay_get_up_bytes (JpPerfRelay *self)
{
  return __atomic_load_n (&self->up_bytes, __ATOMIC_RELAXED);
}

/**
 * jp_perf_relay_get_down_bytes:
 * @self: a relay
 *
 * Returns: what has come from the port
 */
gint64
jp_perf_relay_get_down_bytes (JpPerfRelay *self)
{
  return __atomic_load_n (&self->down_bytes, __ATOMIC_RELAXED);
}
