/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-http-transport.h"

#include "jp-net.h"
#include "jp-seal.h"
#include "jp-sync-error.h"
#include "jp-wire-http.h"

#include <string.h>

#define MAX_CONNECTIONS 2
#define IDLE_TIMEOUT_S  120 /* the platform waits a little longer */
#define SILENCE_S       60  /* a net below the time limit of each request */
#define READ_BYTES      ((gsize)64 * 1024)
#define USER_AGENT      "jiapei-school/" JP_VERSION

struct _JpHttpTransport
{
  GObject parent_instance;

  SoupSession     *session;  /* (owned): the only one; a new one would read the CA again */
  char            *base_uri; /* (owned): without a slash at the end */
  GTlsCertificate *client_certificate; /* (owned) (nullable) */
  char            *identity;           /* (owned) (nullable): it and its key as PEM; secret */
};

/* One request under way. */
typedef struct
{
  JpTransportRequest *request;     /* in (owned) */
  SoupMessage        *message;     /* (owned) */
  GCancellable       *cancellable; /* (owned): the caller's or the time limit's */
  GCancellable       *outer;       /* (owned) (nullable): the caller's */
  gulong              outer_id;    /* 0 = none */
  GSource            *timeout;     /* (owned) (nullable) */
  GInputStream       *stream;      /* (owned) (nullable): the answer, unpacked */
  GByteArray         *body;        /* (owned) (nullable): what has arrived of it */
  gboolean            timed_out;
} Send;

static void transport_iface_init (JpTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JpHttpTransport,
                               jp_http_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JP_TYPE_TRANSPORT, transport_iface_init))

static void
send_stop_waiting (Send *data)
{
  if (data->timeout)
    {
      g_source_destroy (data->timeout);
      g_clear_pointer (&data->timeout, g_source_unref);
    }
  if (data->outer)
    g_cancellable_disconnect (data->outer, data->outer_id);
  data->outer_id = 0;
}

static void
send_free (Send *data)
{
  send_stop_waiting (data);
  jp_transport_request_unref (data->request);
  g_clear_object (&data->message);
  g_clear_object (&data->cancellable);
  g_clear_object (&data->outer);
  g_clear_object (&data->stream);
  g_clear_pointer (&data->body, g_byte_array_unref);
  g_free (data);
}

static const char *
describe_certificate (GTlsCertificateFlags flags)
{
  if (flags & (G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_NOT_ACTIVATED))
    return "has expired or is not yet valid, or the clock of this machine is wrong";
  if (flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return "was not issued by its authority: another server or a captive portal has answered";
  if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return "is not for this address";

  return "is not acceptable";
}

static JpSyncError
get_tls_code (int tls_error)
{
  switch ((GTlsError)tls_error)
    {
    case G_TLS_ERROR_CERTIFICATE_REQUIRED:
      return JP_SYNC_ERROR_AUTH;
    case G_TLS_ERROR_EOF:
    case G_TLS_ERROR_UNAVAILABLE:
      return JP_SYNC_ERROR_OFFLINE;
    case G_TLS_ERROR_BAD_CERTIFICATE:
    case G_TLS_ERROR_NOT_TLS:
    case G_TLS_ERROR_HANDSHAKE:
    case G_TLS_ERROR_MISC:
    case G_TLS_ERROR_INAPPROPRIATE_FALLBACK:
    case G_TLS_ERROR_BAD_CERTIFICATE_PASSWORD:
    default:
      return JP_SYNC_ERROR_PROTOCOL;
    }
}

/* What libsoup could not parse is no answer of the platform; what the network did not carry is none
 * at all. */
static JpSyncError
get_code (const GError *cause)
{
  if (cause->domain == G_TLS_ERROR)
    return get_tls_code (cause->code);
  if (cause->domain == jp_net->soup_session_error_quark ())
    return JP_SYNC_ERROR_PROTOCOL;
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    return JP_SYNC_ERROR_PROTOCOL;

  return JP_SYNC_ERROR_OFFLINE;
}

/* The one place where errors of the network become ours. */
static void
return_error (GTask *task, const GError *cause)
{
  Send *data = g_task_get_task_data (task);

  send_stop_waiting (data);
  if (data->timed_out)
    g_task_return_new_error (task, JP_SYNC_ERROR, JP_SYNC_ERROR_OFFLINE,
                             "the platform did not answer within %u ms",
                             jp_transport_request_get_timeout_ms (data->request));
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_error_copy (cause));
  else if (g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    g_task_return_new_error (task, JP_SYNC_ERROR, JP_SYNC_ERROR_PROTOCOL,
                             "the platform's certificate %s",
                             describe_certificate (
                               jp_net->soup_message_get_tls_peer_certificate_errors (
                                 data->message)));
  else
    g_task_return_new_error (task, JP_SYNC_ERROR, get_code (cause),
                             "could not reach the platform: %s", cause->message);
}

static guint
parse_retry_after (const char *text)
{
  guint64 seconds = 0;

  /* The platform tells seconds. A gateway may tell a date, which needs a clock that is right. */
  if (!text || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &seconds, NULL))
    return 0;

  return (guint)seconds;
}

static void
return_reply (GTask *task)
{
  Send               *data = g_task_get_task_data (task);
  SoupMessageHeaders *headers = jp_net->soup_message_get_response_headers (data->message);
  g_autoptr (GBytes) body = g_byte_array_free_to_bytes (g_steal_pointer (&data->body));

  send_stop_waiting (data);
  g_task_return_pointer (task,
                         jp_transport_reply_new (&(JpTransportReplyFields){
                           .status = jp_net->soup_message_get_status (data->message),
                           .sync_protocol =
                             jp_net->soup_message_headers_get_one (headers,
                                                                   JP_WIRE_PROTOCOL_HEADER),
                           .content_type =
                             jp_net->soup_message_headers_get_one (headers, "Content-Type"),
                           .body = body,
                           .etag = jp_net->soup_message_headers_get_one (headers, "ETag"),
                           .retry_after_s = parse_retry_after (
                             jp_net->soup_message_headers_get_one (headers, "Retry-After")),
                         }),
                         (GDestroyNotify)jp_transport_reply_unref);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Send *data = g_task_get_task_data (task);
  gsize max_bytes = jp_transport_request_get_max_reply_bytes (data->request);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) block =
    g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (!block)
    {
      return_error (task, error);
      return;
    }

  gsize         block_bytes = 0;
  gconstpointer bytes = g_bytes_get_data (block, &block_bytes);
  if (block_bytes == 0)
    {
      return_reply (task);
      return;
    }
  if (block_bytes > max_bytes - data->body->len)
    {
      /* Nobody reads the rest; the connection cannot be used again. */
      g_cancellable_cancel (data->cancellable);
      send_stop_waiting (data);
      g_task_return_new_error (task, JP_SYNC_ERROR, JP_SYNC_ERROR_TOO_LARGE,
                               "the answer exceeds %" G_GSIZE_FORMAT " bytes", max_bytes);
      return;
    }

  g_byte_array_append (data->body, bytes, (guint)block_bytes);
  g_input_stream_read_bytes_async (data->stream, READ_BYTES, G_PRIORITY_DEFAULT, data->cancellable,
                                   read_cb, g_steal_pointer (&task));
}

/* libsoup's own decoder takes a gzip file that is cut or changed for a good one, so it is not used.
 */
static void
unpack (Send *data)
{
  SoupMessageHeaders *headers = jp_net->soup_message_get_response_headers (data->message);
  const char         *encoding = jp_net->soup_message_headers_get_one (headers, "Content-Encoding");

  if (!encoding || g_ascii_strcasecmp (encoding, "gzip") != 0)
    return;

  g_autoptr (GConverter) decompressor =
    G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GInputStream) packed = g_steal_pointer (&data->stream);
  data->stream = g_converter_input_stream_new (packed, decompressor);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Send *data = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  data->stream = jp_net->soup_session_send_finish ((SoupSession *)source, result, &error);
  if (!data->stream)
    {
      return_error (task, error);
      return;
    }

  unpack (data);
  g_input_stream_read_bytes_async (data->stream, READ_BYTES, G_PRIORITY_DEFAULT, data->cancellable,
                                   read_cb, g_steal_pointer (&task));
}

static gboolean
timeout_cb (gpointer user_data)
{
  Send *data = user_data;

  data->timed_out = TRUE;
  g_cancellable_cancel (data->cancellable);

  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *outer, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
set_header (SoupMessageHeaders *headers, const char *name, const char *text)
{
  if (text)
    jp_net->soup_message_headers_replace (headers, name, text);
}

/* A message that libsoup sends again by itself, over a new connection because the old one broke,
 * has lost its certificate: the platform would take this station for a stranger. */
static gboolean
request_certificate_cb (SoupMessage *message, GTlsClientConnection *tls, gpointer user_data)
{
  JpHttpTransport *self = JP_HTTP_TRANSPORT (user_data);

  if (self->client_certificate == NULL)
    return FALSE;
  jp_net->soup_message_set_tls_client_certificate (message, self->client_certificate);
  return TRUE;
}

static SoupMessage *
new_message (JpHttpTransport *self, JpTransportRequest *request, GError **error)
{
  g_autofree char *text =
    g_strconcat (self->base_uri, jp_transport_request_get_path (request), NULL);
  g_autoptr (GUri) uri = g_uri_parse (text, SOUP_HTTP_URI_FLAGS, error);
  if (!uri)
    return NULL;

  SoupMessage *message =
    jp_net->soup_message_new_from_uri (jp_transport_request_get_method (request), uri);
  SoupMessageHeaders *headers = jp_net->soup_message_get_request_headers (message);
  const char         *token = jp_transport_request_get_token (request);
  guint               schema = jp_transport_request_get_schema (request);
  GBytes             *body = jp_transport_request_get_body (request);
  GBytes             *packed = jp_transport_request_get_packed_body (request);
  g_autofree char    *bearer = token ? g_strconcat ("Bearer ", token, NULL) : NULL;
  g_autofree char    *schema_text = schema > 0 ? g_strdup_printf ("%u", schema) : NULL;

  set_header (headers, JP_WIRE_PROTOCOL_HEADER, JP_WIRE_PROTOCOL_VERSION);
  set_header (headers, JP_WIRE_SCHEMA_HEADER, schema_text);
  set_header (headers, "Accept-Encoding", "gzip");
  set_header (headers, "Authorization", bearer);
  set_header (headers, "If-None-Match", jp_transport_request_get_if_none_match (request));
  set_header (headers, "Content-Encoding", packed ? "gzip" : NULL);
  if (body)
    jp_net->soup_message_set_request_body_from_bytes (message,
                                                      jp_transport_request_get_content_type (
                                                        request),
                                                      packed ? packed : body);

  /* A redirect would carry the token elsewhere. */
  jp_net->soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  /* Without this flag libsoup opens a new connection for every POST (sync.md F4). */
  if (jp_transport_request_is_idempotent (request))
    jp_net->soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT);
  if (self->client_certificate)
    jp_net->soup_message_set_tls_client_certificate (message, self->client_certificate);
  g_signal_connect_object (message, "request-certificate", G_CALLBACK (request_certificate_cb),
                           self, 0);

  return message;
}

static void
jp_http_transport_send_async (JpTransport        *transport,
                              JpTransportRequest *request,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  JpHttpTransport *self = JP_HTTP_TRANSPORT (transport);
  g_autoptr (GError) error = NULL;
  /* The task has no cancellable: it tells by itself what has ended the request. */
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, jp_http_transport_send_async);

  g_autoptr (SoupMessage) message = new_message (self, request, &error);
  if (!message)
    {
      g_task_return_new_error (task, JP_SYNC_ERROR, JP_SYNC_ERROR_REJECTED,
                               "cannot ask for this path: %s", error->message);
      return;
    }

  Send *data = g_new0 (Send, 1);
  data->request = jp_transport_request_ref (request);
  data->message = g_steal_pointer (&message);
  data->cancellable = g_cancellable_new ();
  data->body = g_byte_array_new ();
  data->timeout = g_timeout_source_new (jp_transport_request_get_timeout_ms (request));
  g_source_set_callback (data->timeout, timeout_cb, data, NULL);
  g_source_attach (data->timeout, g_main_context_get_thread_default ());
  if (cancellable)
    {
      data->outer = g_object_ref (cancellable);
      data->outer_id = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                              g_object_ref (data->cancellable), g_object_unref);
    }
  g_task_set_task_data (task, data, (GDestroyNotify)send_free);

  jp_net->soup_session_send_async (self->session, data->message, G_PRIORITY_DEFAULT,
                                   data->cancellable, sent_cb, g_steal_pointer (&task));
}

static JpTransportReply *
jp_http_transport_send_finish (JpTransport *transport, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, transport), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Connections that were opened with another certificate must not be used again. */
static gboolean
jp_http_transport_set_identity (JpTransport *transport, const char *pem, GError **error)
{
  JpHttpTransport *self = JP_HTTP_TRANSPORT (transport);
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GError) tls_error = NULL;

  if (g_strcmp0 (pem, self->identity) == 0)
    return TRUE;
  if (pem != NULL)
    certificate = g_tls_certificate_new_from_pem (pem, -1, &tls_error);
  if (tls_error != NULL)
    {
      g_set_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_AUTH,
                   "could not read the station's certificate: %s", tls_error->message);
      return FALSE;
    }

  jp_net->soup_session_abort (self->session);
  jp_seal_wipe_text (self->identity);
  self->identity = g_strdup (pem);
  g_set_object (&self->client_certificate, certificate);
  return TRUE;
}

static void
transport_iface_init (JpTransportInterface *iface)
{
  iface->set_identity = jp_http_transport_set_identity;
  iface->send_async = jp_http_transport_send_async;
  iface->send_finish = jp_http_transport_send_finish;
}

static void
jp_http_transport_dispose (GObject *object)
{
  JpHttpTransport *self = JP_HTTP_TRANSPORT (object);

  if (self->session)
    jp_net->soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_clear_object (&self->client_certificate);

  G_OBJECT_CLASS (jp_http_transport_parent_class)->dispose (object);
}

static void
jp_http_transport_finalize (GObject *object)
{
  JpHttpTransport *self = JP_HTTP_TRANSPORT (object);

  g_free (self->base_uri);
  jp_seal_wipe_text (self->identity);

  G_OBJECT_CLASS (jp_http_transport_parent_class)->finalize (object);
}

static void
jp_http_transport_class_init (JpHttpTransportClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = jp_http_transport_dispose;
  object_class->finalize = jp_http_transport_finalize;
}

static void
jp_http_transport_init (JpHttpTransport *self)
{
}

/* Gives the address without a slash at the end, or NULL. */
static char *
check_base_uri (const char *text, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);

  if (!uri || g_strcmp0 (g_uri_get_scheme (uri), "https") != 0 || !g_uri_get_host (uri) ||
      *g_uri_get_host (uri) == '\0' || g_uri_get_userinfo (uri) || g_uri_get_query (uri) ||
      g_uri_get_fragment (uri))
    {
      g_set_error_literal (error, JP_SYNC_ERROR, JP_SYNC_ERROR_REJECTED,
                           "the address of the platform must be https://host:port");
      return NULL;
    }

  char *base_uri = g_strdup (text);
  while (g_str_has_suffix (base_uri, "/"))
    base_uri[strlen (base_uri) - 1] = '\0';

  return base_uri;
}

/**
 * jp_http_transport_new:
 * @options: which platform, and how to know it
 * @error: return location for a [error@Jp.SyncError]
 *
 * Makes the way to a platform over HTTPS (HTTP/1.1, kept alive, gzip in both directions). It trusts
 * the authority of @options and nothing else, and there is no way to make an exception. Reads the
 * authority's file. Main thread only; elsewhere jp_net_load() may have been called before.
 *
 * Returns: (transfer full): the transport, or %NULL with `JP_SYNC_ERROR_REJECTED` if the address is
 *   not an https one, or with `JP_SYNC_ERROR_AUTH` if the authority cannot be read, or with
 * `JP_SYNC_ERROR_MISSING`
 */
JpTransport *
jp_http_transport_new (const JpHttpTransportOptions *options, GError **error)
{
  g_return_val_if_fail (options != NULL, NULL);
  g_return_val_if_fail (options->base_uri != NULL && options->authority_path != NULL, NULL);

  g_autofree char *base_uri = check_base_uri (options->base_uri, error);
  if (!base_uri)
    return NULL;

  if (!jp_net_load (error))
    return NULL;

  g_autoptr (GError) tls_error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (options->authority_path, &tls_error);
  if (!database)
    {
      g_set_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_AUTH,
                   "could not read the platform's authority: %s", tls_error->message);
      return NULL;
    }

  /* libsoup 3.2 makes each connection before it says what to trust, and glib-networking 2.74 then
   * reads all authorities of the machine: 20,000 allocations. With this it reads ours. What a
   * connection trusts is said by the session. */
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);

  JpHttpTransport *self = g_object_new (JP_TYPE_HTTP_TRANSPORT, NULL);
  self->base_uri = g_steal_pointer (&base_uri);
  g_set_object (&self->client_certificate, options->client_certificate);
  self->session =
    jp_net->soup_session_new_with_options ("tls-database", database, "max-conns", MAX_CONNECTIONS,
                                           "max-conns-per-host", MAX_CONNECTIONS, "idle-timeout",
                                           IDLE_TIMEOUT_S, "timeout", SILENCE_S, "user-agent",
                                           USER_AGENT, NULL);
  jp_net->soup_session_remove_feature_by_type (self->session,
                                               jp_net->soup_content_decoder_get_type ());

  return JP_TRANSPORT (self);
}
