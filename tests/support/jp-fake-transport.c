/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-fake-transport.h"

#include "jp-sync-error.h"
#include "jp-wire-http.h"

#include <string.h>

/* What the script says about one request. */
typedef struct
{
  JpFakeFault       fault;
  JpTransportReply *reply; /* (owned) (nullable): given in the platform's place */
} Step;

struct _JpFakeTransport
{
  GObject parent_instance;

  JpFakeTransportFunc func;      /* (nullable): NULL = only the script answers */
  gpointer            user_data; /* (borrowed) */
  GQueue              script;    /* (owned) (element-type Step) */
  GQueue              held;      /* (owned) (element-type GTask): task data is the request */
  JpTransportRequest *replay;    /* (owned) (nullable): comes once more after the next one */
  JpTransportRequest *last;      /* (owned) (nullable) */
  gboolean            online;
  guint               n_sent;
  guint               n_carried_out;
};

static void transport_iface_init (JpTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JpFakeTransport,
                               jp_fake_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JP_TYPE_TRANSPORT, transport_iface_init))

static void
step_free (gpointer data)
{
  Step *step = data;

  jp_transport_reply_unref (step->reply);
  g_free (step);
}

static JpTransportReply *
carry_out (JpFakeTransport *self, JpTransportRequest *request)
{
  g_assert_nonnull (self->func);

  self->n_carried_out++;
  JpTransportReply *reply = self->func (request, self->user_data);
  g_assert_nonnull (reply);

  return reply;
}

static void
return_reply (GTask *task, JpTransportReply *reply)
{
  g_task_return_pointer (task, reply, (GDestroyNotify)jp_transport_reply_unref);
}

static void
return_offline (GTask *task)
{
  g_task_return_new_error (task, JP_SYNC_ERROR, JP_SYNC_ERROR_OFFLINE,
                           "the network of the test has lost the request or its answer");
}

static JpTransportReply *
new_captive_reply (void)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("<html>Welcome</html>", 20);

  return jp_transport_reply_new (&(JpTransportReplyFields){
    .status = 200,
    .content_type = "text/html",
    .body = body,
  });
}

static void
play (JpFakeTransport *self, GTask *task, JpFakeFault fault)
{
  JpTransportRequest *request = g_task_get_task_data (task);

  switch (fault)
    {
    case JP_FAKE_FAULT_DROP_REQUEST:
      return_offline (task);
      break;
    case JP_FAKE_FAULT_DROP_REPLY:
      jp_transport_reply_unref (carry_out (self, request));
      return_offline (task);
      break;
    case JP_FAKE_FAULT_DUPLICATE:
      jp_transport_reply_unref (carry_out (self, request));
      return_reply (task, carry_out (self, request));
      break;
    case JP_FAKE_FAULT_REPLAY:
      return_reply (task, carry_out (self, request));
      g_clear_pointer (&self->replay, jp_transport_request_unref);
      self->replay = jp_transport_request_ref (request);
      break;
    case JP_FAKE_FAULT_HOLD:
      g_queue_push_tail (&self->held, g_object_ref (task));
      break;
    case JP_FAKE_FAULT_CAPTIVE:
      return_reply (task, new_captive_reply ());
      break;
    case JP_FAKE_FAULT_NONE:
    default:
      return_reply (task, carry_out (self, request));
      break;
    }
}

static void
jp_fake_transport_send_async (JpTransport        *transport,
                              JpTransportRequest *request,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  JpFakeTransport *self = JP_FAKE_TRANSPORT (transport);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (JpTransportRequest) replay = g_steal_pointer (&self->replay);
  Step *step = g_queue_pop_head (&self->script);

  g_task_set_source_tag (task, jp_fake_transport_send_async);
  g_task_set_task_data (task, jp_transport_request_ref (request),
                        (GDestroyNotify)jp_transport_request_unref);
  self->n_sent++;
  g_clear_pointer (&self->last, jp_transport_request_unref);
  self->last = jp_transport_request_ref (request);

  if (!self->online)
    return_offline (task);
  else if (step && step->reply)
    return_reply (task, jp_transport_reply_ref (step->reply));
  else
    play (self, task, step ? step->fault : JP_FAKE_FAULT_NONE);

  if (replay && self->online)
    jp_transport_reply_unref (carry_out (self, replay));
  if (step)
    step_free (step);
}

static JpTransportReply *
jp_fake_transport_send_finish (JpTransport *transport, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, transport), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
transport_iface_init (JpTransportInterface *iface)
{
  iface->send_async = jp_fake_transport_send_async;
  iface->send_finish = jp_fake_transport_send_finish;
}

static void
jp_fake_transport_finalize (GObject *object)
{
  JpFakeTransport *self = JP_FAKE_TRANSPORT (object);

  g_queue_clear_full (&self->script, step_free);
  g_assert_true (g_queue_is_empty (&self->held));
  g_clear_pointer (&self->replay, jp_transport_request_unref);
  g_clear_pointer (&self->last, jp_transport_request_unref);

  G_OBJECT_CLASS (jp_fake_transport_parent_class)->finalize (object);
}

static void
jp_fake_transport_class_init (JpFakeTransportClass *class)
{
  G_OBJECT_CLASS (class)->finalize = jp_fake_transport_finalize;
}

static void
jp_fake_transport_init (JpFakeTransport *self)
{
  g_queue_init (&self->script);
  g_queue_init (&self->held);
  self->online = TRUE;
}

/**
 * jp_fake_transport_new:
 * @func: (nullable): answers what the script lets through
 * @user_data: for @func
 *
 * Returns: (transfer full): a transport that is online, with an empty script
 */
JpFakeTransport *
jp_fake_transport_new (JpFakeTransportFunc func, gpointer user_data)
{
  JpFakeTransport *self = g_object_new (JP_TYPE_FAKE_TRANSPORT, NULL);

  self->func = func;
  self->user_data = user_data;

  return self;
}

/**
 * jp_fake_transport_push_fault:
 * @self: a transport
 * @fault: what becomes of the next request that the script says nothing about yet
 *
 * Adds to the script. Requests after its end are answered.
 */
void
jp_fake_transport_push_fault (JpFakeTransport *self, JpFakeFault fault)
{
  g_return_if_fail (JP_IS_FAKE_TRANSPORT (self));

  Step *step = g_new0 (Step, 1);
  step->fault = fault;
  g_queue_push_tail (&self->script, step);
}

/**
 * jp_fake_transport_forget_faults:
 * @self: a transport
 *
 * Takes back the faults and replies that have not struck yet: the network is well.
 */
void
jp_fake_transport_forget_faults (JpFakeTransport *self)
{
  g_return_if_fail (JP_IS_FAKE_TRANSPORT (self));

  g_queue_clear_full (&self->script, (GDestroyNotify)step_free);
}

/**
 * jp_fake_transport_push_reply:
 * @self: a transport
 * @reply: the answer to the next request that the script says nothing about yet
 *
 * Adds to the script.
 */
void
jp_fake_transport_push_reply (JpFakeTransport *self, JpTransportReply *reply)
{
  g_return_if_fail (JP_IS_FAKE_TRANSPORT (self));
  g_return_if_fail (reply != NULL);

  Step *step = g_new0 (Step, 1);
  step->reply = jp_transport_reply_ref (reply);
  g_queue_push_tail (&self->script, step);
}

/**
 * jp_fake_transport_set_online:
 * @self: a transport
 * @online: whether there is a network
 *
 * Without a network every request ends with OFFLINE and uses up its step of the script.
 */
void
jp_fake_transport_set_online (JpFakeTransport *self, gboolean online)
{
  g_return_if_fail (JP_IS_FAKE_TRANSPORT (self));

  self->online = online;
}

/**
 * jp_fake_transport_release:
 * @self: a transport
 *
 * Carries out the oldest request that is held. One that was cancelled meanwhile is carried out all
 * the same, as on a real network, but the caller sees that it was cancelled.
 *
 * Returns: whether there was one
 */
gboolean
jp_fake_transport_release (JpFakeTransport *self)
{
  g_return_val_if_fail (JP_IS_FAKE_TRANSPORT (self), FALSE);

  g_autoptr (GTask) task = g_queue_pop_head (&self->held);

  if (!task)
    return FALSE;

  play (self, task, JP_FAKE_FAULT_NONE);
  return TRUE;
}

/**
 * jp_fake_transport_get_n_sent:
 * @self: a transport
 *
 * Returns: how many requests were sent
 */
guint
jp_fake_transport_get_n_sent (JpFakeTransport *self)
{
  g_return_val_if_fail (JP_IS_FAKE_TRANSPORT (self), 0);

  return self->n_sent;
}

/**
 * jp_fake_transport_get_n_carried_out:
 * @self: a transport
 *
 * Returns: how often the platform's place was asked
 */
guint
jp_fake_transport_get_n_carried_out (JpFakeTransport *self)
{
  g_return_val_if_fail (JP_IS_FAKE_TRANSPORT (self), 0);

  return self->n_carried_out;
}

/**
 * jp_fake_transport_get_last_request:
 * @self: a transport
 *
 * Returns: (transfer none) (nullable): the request that was sent last
 */
JpTransportRequest *
jp_fake_transport_get_last_request (JpFakeTransport *self)
{
  g_return_val_if_fail (JP_IS_FAKE_TRANSPORT (self), NULL);

  return self->last;
}

/**
 * jp_fake_transport_new_json_reply:
 * @status: the HTTP status
 * @json: the body; a problem object if @status is an error
 *
 * Returns: (transfer full): an answer as the platform would give it
 */
JpTransportReply *
jp_fake_transport_new_json_reply (guint status, const char *json)
{
  g_return_val_if_fail (json != NULL, NULL);

  g_autoptr (GBytes) body = g_bytes_new (json, strlen (json));

  return jp_transport_reply_new (&(JpTransportReplyFields){
    .status = status,
    .sync_protocol = JP_WIRE_PROTOCOL_VERSION,
    .content_type = status >= 400 ? JP_WIRE_TYPE_PROBLEM : JP_WIRE_TYPE_JSON_UTF8,
    .body = body,
  });
}
