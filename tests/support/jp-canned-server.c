/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-canned-server.h"

#include "jp-tls.h"

#include <string.h>

#define MAX_THREADS 8

struct _JpCannedServer
{
  GSocketService  *service;     /* (owned) by whoever has the server, and by its threads */
  GTlsCertificate *certificate; /* (owned) (nullable) */
  GBytes          *text;        /* (owned) */
  gboolean         keep_open;
  guint16          port;
  GCancellable    *stop;  /* (owned): ends connections that are kept open */
  GMutex           mutex; /* guards what follows */
  GString         *heard; /* (owned): the headers of the last request */
};

static void
hear (JpCannedServer *self, GInputStream *input)
{
  g_autoptr (GString) heard = g_string_new (NULL);
  char c = 0;

  while (!strstr (heard->str, "\r\n\r\n") && g_input_stream_read (input, &c, 1, NULL, NULL) == 1)
    g_string_append_c (heard, c);

  g_mutex_lock (&self->mutex);
  g_string_assign (self->heard, heard->str);
  g_mutex_unlock (&self->mutex);
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection      *connection,
        GObject                *source,
        gpointer                user_data)
{
  JpCannedServer *self = user_data;
  g_autoptr (GIOStream) stream = g_object_ref (G_IO_STREAM (connection));
  gsize         length_bytes = 0;
  gconstpointer bytes = g_bytes_get_data (self->text, &length_bytes);

  if (self->certificate)
    {
      g_autoptr (GIOStream) tls = g_tls_server_connection_new (stream, self->certificate, NULL);

      g_set_object (&stream, tls);
      if (!g_tls_connection_handshake (G_TLS_CONNECTION (stream), NULL, NULL))
        return TRUE;
    }

  /* Without TLS there is nothing to understand. */
  if (self->certificate)
    hear (self, g_io_stream_get_input_stream (stream));
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), bytes, length_bytes, NULL,
                             NULL, NULL); /* ignored: the client may have left */
  if (self->keep_open)
    {
      char c = 0;

      while (g_input_stream_read (g_io_stream_get_input_stream (stream), &c, 1, self->stop, NULL) >
             0)
        ;
    }
  g_io_stream_close (stream, NULL, NULL);

  return TRUE;
}

static void
server_free (gpointer data, GClosure *closure)
{
  JpCannedServer *self = data;

  g_clear_object (&self->certificate);
  g_object_unref (self->stop);
  g_bytes_unref (self->text);
  g_string_free (self->heard, TRUE);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * jp_canned_server_new:
 * @options: what to do to a client
 *
 * Returns: (transfer full): a server that listens on 127.0.0.1
 */
JpCannedServer *
jp_canned_server_new (const JpCannedOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) where = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) actual = NULL;
  JpCannedServer *self = g_new0 (JpCannedServer, 1);
  gsize length_bytes = options->length_bytes > 0 ? options->length_bytes : strlen (options->text);

  g_mutex_init (&self->mutex);
  self->heard = g_string_new (NULL);
  self->text = g_bytes_new (options->text, length_bytes);
  self->keep_open = options->keep_open;
  self->stop = g_cancellable_new ();
  if (options->tls_folder)
    {
      self->certificate = jp_tls_load_certificate (options->tls_folder, &error);
      g_assert_no_error (error);
    }

  self->service = g_threaded_socket_service_new (MAX_THREADS);
  /* The threads keep the service, and the service the rest. */
  g_signal_connect_data (self->service, "run", G_CALLBACK (run_cb), self, server_free, 0);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), where, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &actual, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (actual));
  g_socket_service_start (self->service);

  return self;
}

/**
 * jp_canned_server_dup_uri:
 * @self: a server
 *
 * Returns: (transfer full): where it is; https even if it does not speak TLS
 */
char *
jp_canned_server_dup_uri (JpCannedServer *self)
{
  return g_strdup_printf ("https://127.0.0.1:%u", self->port);
}

/**
 * jp_canned_server_dup_heard:
 * @self: a server
 *
 * Returns: (transfer full): the headers of the last request
 */
char *
jp_canned_server_dup_heard (JpCannedServer *self)
{
  g_mutex_lock (&self->mutex);
  char *heard = g_strdup (self->heard->str);
  g_mutex_unlock (&self->mutex);

  return heard;
}

/**
 * jp_canned_server_free:
 * @self: (nullable) (transfer full): a server
 *
 * Stops the server. What its threads still use goes with the last of them.
 */
void
jp_canned_server_free (JpCannedServer *self)
{
  if (!self)
    return;

  g_cancellable_cancel (self->stop);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
}
