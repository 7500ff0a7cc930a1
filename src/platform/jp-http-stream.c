/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-http-stream.h"

#include <string.h>

/* Not a request line, so that no handler ever sees it. */
#define NO_REQUEST "-\r\n\r\n"

#define JP_TYPE_HTTP_INPUT (jp_http_input_get_type ())

G_DECLARE_FINAL_TYPE (JpHttpInput, jp_http_input, JP, HTTP_INPUT, GFilterInputStream)

struct _JpHttpInput
{
  GFilterInputStream parent_instance;

  gboolean between_requests; /* nothing was read since the last answer */
};

struct _JpHttpStream
{
  GIOStream parent_instance;

  GIOStream             *base;      /* (owned) */
  JpHttpInput           *input;     /* (owned) */
  JpHttpStreamClosedFunc closed;    /* (nullable): NULL once called */
  gpointer               user_data; /* (borrowed) */
};

static void pollable_iface_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JpHttpInput,
                               jp_http_input,
                               G_TYPE_FILTER_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
                                                      pollable_iface_init))

G_DEFINE_FINAL_TYPE (JpHttpStream, jp_http_stream, G_TYPE_IO_STREAM)

static GInputStream *
get_base (gpointer self)
{
  return G_FILTER_INPUT_STREAM (self)->base_stream;
}

/* What libsoup hears: @n_read is what the TLS connection said, with @error set if it is negative.
 */
static gssize
filter (JpHttpInput *self, gssize n_read, gpointer buffer, gsize count, GError **error)
{
  gboolean is_end = n_read == 0;

  if (n_read < 0 && !g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    is_end = TRUE;
  if (is_end && self->between_requests && count >= strlen (NO_REQUEST))
    {
      g_clear_error (error);
      memcpy (buffer, NO_REQUEST, strlen (NO_REQUEST));
      n_read = strlen (NO_REQUEST);
    }
  if (n_read > 0)
    self->between_requests = FALSE;

  return n_read;
}

static gssize
jp_http_input_read (GInputStream *stream,
                    void         *buffer,
                    gsize         count,
                    GCancellable *cancellable,
                    GError      **error)
{
  g_autoptr (GError) base_error = NULL;
  gssize n_read = g_input_stream_read (get_base (stream), buffer, count, cancellable, &base_error);

  n_read = filter (JP_HTTP_INPUT (stream), n_read, buffer, count, &base_error);
  if (base_error)
    g_propagate_error (error, g_steal_pointer (&base_error));

  return n_read;
}

static gssize
jp_http_input_read_nonblocking (GPollableInputStream *stream,
                                void                 *buffer,
                                gsize                 count,
                                GError              **error)
{
  g_autoptr (GError) base_error = NULL;
  gssize n_read =
    g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (get_base (stream)), buffer,
                                              count, NULL, &base_error);

  n_read = filter (JP_HTTP_INPUT (stream), n_read, buffer, count, &base_error);
  if (base_error)
    g_propagate_error (error, g_steal_pointer (&base_error));

  return n_read;
}

static gboolean
jp_http_input_is_readable (GPollableInputStream *stream)
{
  return g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (get_base (stream)));
}

static GSource *
jp_http_input_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  g_autoptr (GSource) base_source =
    g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (get_base (stream)), NULL);

  return g_pollable_source_new_full (stream, base_source, cancellable);
}

static void
pollable_iface_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = jp_http_input_is_readable;
  iface->create_source = jp_http_input_create_source;
  iface->read_nonblocking = jp_http_input_read_nonblocking;
}

static void
jp_http_input_class_init (JpHttpInputClass *class)
{
  G_INPUT_STREAM_CLASS (class)->read_fn = jp_http_input_read;
}

static void
jp_http_input_init (JpHttpInput *self)
{
}

static GInputStream *
jp_http_stream_get_input_stream (GIOStream *stream)
{
  return G_INPUT_STREAM (JP_HTTP_STREAM (stream)->input);
}

static GOutputStream *
jp_http_stream_get_output_stream (GIOStream *stream)
{
  return g_io_stream_get_output_stream (JP_HTTP_STREAM (stream)->base);
}

static void
tell_closed (JpHttpStream *self)
{
  JpHttpStreamClosedFunc closed = g_steal_pointer (&self->closed);

  if (closed)
    closed (self->user_data);
}

static gboolean
jp_http_stream_close (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  JpHttpStream *self = JP_HTTP_STREAM (stream);
  gboolean      done = g_io_stream_close (self->base, cancellable, error);

  tell_closed (self);

  return done;
}

static void
jp_http_stream_dispose (GObject *object)
{
  JpHttpStream *self = JP_HTTP_STREAM (object);

  /* The parent's dispose closes the stream, for which it needs its parts. */
  G_OBJECT_CLASS (jp_http_stream_parent_class)->dispose (object);

  tell_closed (self);
}

static void
jp_http_stream_finalize (GObject *object)
{
  JpHttpStream *self = JP_HTTP_STREAM (object);

  g_object_unref (self->input);
  g_object_unref (self->base);

  G_OBJECT_CLASS (jp_http_stream_parent_class)->finalize (object);
}

static void
jp_http_stream_class_init (JpHttpStreamClass *class)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (class);
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (class);

  object_class->dispose = jp_http_stream_dispose;
  object_class->finalize = jp_http_stream_finalize;
  stream_class->get_input_stream = jp_http_stream_get_input_stream;
  stream_class->get_output_stream = jp_http_stream_get_output_stream;
  stream_class->close_fn = jp_http_stream_close;
}

static void
jp_http_stream_init (JpHttpStream *self)
{
}

/**
 * jp_http_stream_new:
 * @base: a TLS connection after its handshake
 * @closed: called when the stream is closed, at the latest when nobody uses it any more
 * @user_data: for @closed
 *
 * Returns: (transfer full): a stream for libsoup
 */
GIOStream *
jp_http_stream_new (GIOStream *base, JpHttpStreamClosedFunc closed, gpointer user_data)
{
  g_return_val_if_fail (G_IS_IO_STREAM (base), NULL);
  g_return_val_if_fail (closed != NULL, NULL);

  JpHttpStream *self = g_object_new (JP_TYPE_HTTP_STREAM, NULL);
  self->base = g_object_ref (base);
  self->input =
    g_object_new (JP_TYPE_HTTP_INPUT, "base-stream", g_io_stream_get_input_stream (base),
                  "close-base-stream", FALSE, NULL);
  self->closed = closed;
  self->user_data = user_data;

  return G_IO_STREAM (self);
}

/**
 * jp_http_stream_set_between_requests:
 * @self: a stream
 *
 * Notes that an answer was sent and that libsoup now waits for the next request.
 */
void
jp_http_stream_set_between_requests (JpHttpStream *self)
{
  g_return_if_fail (JP_IS_HTTP_STREAM (self));

  self->input->between_requests = TRUE;
}
