/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-sim-world.h"

#include "jp-sim-old.h"
#include "jp-sync-error.h"
#include "jp-wire-http.h"

#include <string.h>

#define FASTEST_US     (20 * 1000)
#define SLOWEST_US     (2 * JP_SIM_SECOND_US)
#define LATEST_US      (900 * JP_SIM_SECOND_US)
#define GIVE_UP_US     (30 * JP_SIM_SECOND_US)
#define N_MEMORY_CALLS 2000

/* A request on its way, and its answer. */
typedef struct
{
  gatomicrefcount     refs;
  JpSimStation       *station;
  JpTransportRequest *request; /* (owned) */
  GTask              *task;    /* (owned) (nullable): NULL once the station has an answer or
                                  none */
  JpTransportReply *reply;     /* (owned) (nullable): on its way back */
} Flight;

struct _JpSimTransport
{
  GObject parent_instance;

  JpSimStation *station; /* (borrowed) */
};

#define JP_TYPE_SIM_TRANSPORT (jp_sim_transport_get_type ())
G_DECLARE_FINAL_TYPE (JpSimTransport, jp_sim_transport, JP, SIM_TRANSPORT, GObject)

static void transport_iface_init (JpTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JpSimTransport,
                               jp_sim_transport,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (JP_TYPE_TRANSPORT, transport_iface_init))

/**
 * jp_sim_net_unref_flight:
 * @data: (transfer full): a message under way
 */
void
jp_sim_net_unref_flight (gpointer data)
{
  Flight *flight = data;

  if (!g_atomic_ref_count_dec (&flight->refs))
    return;
  g_clear_object (&flight->task);
  g_clear_pointer (&flight->reply, jp_transport_reply_unref);
  jp_transport_request_unref (flight->request);
  g_free (flight);
}

static Flight *
flight_ref (Flight *flight)
{
  g_atomic_ref_count_inc (&flight->refs);
  return flight;
}

static void
end_offline (Flight *flight)
{
  g_autoptr (GTask) task = g_steal_pointer (&flight->task);

  if (task == NULL)
    return;
  g_task_return_new_error (task, JP_SYNC_ERROR, JP_SYNC_ERROR_OFFLINE, "the network lost it");
  g_ptr_array_remove_fast (flight->station->world->flights, flight);
}

static void
end_with (Flight *flight, JpTransportReply *reply)
{
  g_autoptr (GTask) task = g_steal_pointer (&flight->task);

  if (task == NULL)
    return;
  g_task_return_pointer (task, jp_transport_reply_ref (reply),
                         (GDestroyNotify)jp_transport_reply_unref);
  g_ptr_array_remove_fast (flight->station->world->flights, flight);
}

static gboolean
strikes (JpSimWorld *world, guint per_thousand)
{
  return !world->healed && jp_sim_world_chance (world, per_thousand);
}

/* --- the platform's door --- */

/* Checksums bring back what is missing. Where no disk went back in time nothing may be missing, and
 * a repair hides what lost it. */
static void
note_repair (JpSimWorld *world, const char *path)
{
  const JpSimSwarm *swarm = &world->swarm;

  if (swarm->restore == 0 && swarm->clone == 0 && swarm->rewind == 0 &&
      strstr (path, "/checksums?") != NULL && strstr (path, "&part=") != NULL)
    jp_sim_world_find (world, JP_SIM_DIVERGED, "rows had to be read anew: %s", path);
}

static JpHttpResponse *
route (JpSimStation *station, JpTransportRequest *request, const char *path)
{
  JpSimWorld      *world = station->world;
  guint            schema = jp_transport_request_get_schema (request);
  g_autofree char *schema_text = g_strdup_printf ("%u", schema);
  g_auto (GStrv) parts = g_strsplit (path, "?", 2);
  const char         *token = jp_transport_request_get_token (request);
  g_autofree char    *authorization = token != NULL ? g_strconcat ("Bearer ", token, NULL) : NULL;
  JpHttpRequestFields fields = { .method = jp_transport_request_get_method (request),
                                 .path = parts[0],
                                 .query = parts[1],
                                 .authorization = authorization,
                                 .content_type = jp_transport_request_get_content_type (request),
                                 .sync_protocol = JP_WIRE_PROTOCOL_VERSION,
                                 .sync_schema = station->is_old ? JP_SIM_OLD_SCHEMA
                                                : schema > 0    ? schema_text
                                                                : NULL,
                                 .remote = "127.0.0.1",
                                 .body = jp_transport_request_get_body (request) };

  return jp_http_router_handle (world->router, &fields);
}

/* The request as the router sees it; NULL if the platform is down, or goes down
 * over it. */
static JpTransportReply *
knock (JpSimStation *station, JpTransportRequest *request)
{
  JpSimWorld *world = station->world;
  const char *path = jp_transport_request_get_path (request);

  if (world->router == NULL)
    return NULL;

  if (strikes (world, world->swarm.no_memory))
    jp_sim_memory_set_fault (jp_sim_world_below (world, N_MEMORY_CALLS), FALSE);

  g_autoptr (JpHttpResponse) response = route (station, request, path);
  g_autoptr (GBytes) hidden =
    station->is_old ? jp_sim_old_hide (jp_http_response_get_body (response)) : NULL;
  JpTransportReplyFields reply = { .status = jp_http_response_get_status (response),
                                   .sync_protocol = "1",
                                   .content_type = jp_http_response_get_content_type (response),
                                   .body =
                                     hidden != NULL ? hidden : jp_http_response_get_body (response),
                                   .retry_after_s = jp_http_response_get_retry_after_s (response) };

  jp_sim_memory_set_fault (-1, FALSE);
  if (jp_sim_node_is_dead (world->platform_node))
    return NULL;
  note_repair (world, path);
  jp_sim_platform_note (world);
  return jp_transport_reply_new (&reply);
}

/* The same request, for what is another school's. */
static void
knock_elsewhere (JpSimStation *station, JpTransportRequest *request)
{
  JpSimWorld *world = station->world;
  guint       other = (guint)(station->school - world->schools + 1) % JP_SIM_MAX_SCHOOLS;
  JpIdText    text;
  g_auto (GStrv) parts = g_strsplit (jp_transport_request_get_path (request),
                                     jp_id_to_text (&station->school->id, text), 2);
  g_autofree char *path = NULL;
  g_autoptr (JpHttpResponse) response = NULL;

  if (world->router == NULL || parts[1] == NULL)
    return;
  path = g_strjoinv (jp_id_to_text (&world->schools[other].id, text), parts);
  response = route (station, request, path);
  if (jp_http_response_get_status (response) < 400)
    jp_sim_world_find (world, JP_SIM_DIVERGED, "another school's door opened: %s", path);
}

static JpTransportReply *
new_page (guint status)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("<html>Welcome</html>", 20);

  return jp_transport_reply_new (&(JpTransportReplyFields){
    .status = status,
    .content_type = "text/html",
    .body = body,
  });
}

static JpTransportReply *
cut_short (JpSimWorld *world, JpTransportReply *reply)
{
  GBytes *body = jp_transport_reply_get_body (reply);
  gsize   size = g_bytes_get_size (body);
  g_autoptr (GBytes) part =
    g_bytes_new_from_bytes (body, 0, size > 0 ? jp_sim_world_below (world, (guint)size) : 0);

  return jp_transport_reply_new (&(JpTransportReplyFields){
    .status = jp_transport_reply_get_status (reply),
    .sync_protocol = "1",
    .content_type = jp_transport_reply_get_content_type (reply),
    .body = part,
  });
}

/* --- events --- */

static gint64
some_delay (JpSimWorld *world)
{
  return FASTEST_US + jp_sim_world_below (world, SLOWEST_US);
}

static void
reply_arrives_cb (JpSimWorld *world, gpointer data, guint64 number)
{
  Flight *flight = data;

  if (flight->reply != NULL)
    end_with (flight, flight->reply);
  else
    end_offline (flight);
  jp_sim_net_unref_flight (flight);
}

static void
gives_up_cb (JpSimWorld *world, gpointer data, guint64 number)
{
  end_offline (data);
  jp_sim_net_unref_flight (data);
}

static void
comes_again_cb (JpSimWorld *world, gpointer data, guint64 number)
{
  Flight *flight = data;
  g_autoptr (JpTransportReply) unheard = knock (flight->station, flight->request);

  jp_sim_net_unref_flight (flight);
}

static void
send_back (JpSimWorld *world, Flight *flight, JpTransportReply *reply)
{
  if (strikes (world, world->swarm.lose_reply))
    return;
  if (reply != NULL && strikes (world, world->swarm.gateway))
    flight->reply = new_page (502);
  else if (reply != NULL && strikes (world, world->swarm.truncated))
    flight->reply = cut_short (world, reply);
  else
    flight->reply = reply != NULL ? jp_transport_reply_ref (reply) : NULL;
  jp_sim_world_schedule (world, some_delay (world), reply_arrives_cb, flight_ref (flight), 0);
}

static void
arrives_cb (JpSimWorld *world, gpointer data, guint64 number)
{
  Flight *flight = data;
  g_autoptr (JpTransportReply) reply = NULL;

  if (strikes (world, world->swarm.foreign))
    knock_elsewhere (flight->station, flight->request);
  reply = knock (flight->station, flight->request);
  if (strikes (world, world->swarm.duplicate))
    {
      g_clear_pointer (&reply, jp_transport_reply_unref);
      reply = knock (flight->station, flight->request);
    }
  if (strikes (world, world->swarm.duplicate))
    jp_sim_world_schedule (world, jp_sim_world_below (world, LATEST_US), comes_again_cb,
                           flight_ref (flight), 0);
  send_back (world, flight, reply);
  jp_sim_net_unref_flight (flight);
}

static void
take_off (JpSimWorld *world, Flight *flight)
{
  jp_sim_world_schedule (world, GIVE_UP_US, gives_up_cb, flight_ref (flight), 0);
  if (strikes (world, world->swarm.lose_request))
    return;
  if (strikes (world, world->swarm.portal))
    {
      flight->reply = new_page (200);
      jp_sim_world_schedule (world, some_delay (world), reply_arrives_cb, flight_ref (flight), 0);
      return;
    }

  gint64 delay_us = strikes (world, world->swarm.late)
                      ? GIVE_UP_US + jp_sim_world_below (world, LATEST_US)
                      : some_delay (world);

  jp_sim_world_schedule (world, delay_us, arrives_cb, flight_ref (flight), 0);
}

/* --- the transport --- */

static void
jp_sim_transport_send_async (JpTransport        *transport,
                             JpTransportRequest *request,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  JpSimTransport *self = JP_SIM_TRANSPORT (transport);
  Flight         *flight = g_new0 (Flight, 1);

  g_atomic_ref_count_init (&flight->refs);
  flight->station = self->station;
  flight->request = jp_transport_request_ref (request);
  flight->task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (flight->task, jp_sim_transport_send_async);
  g_ptr_array_add (self->station->world->flights, flight);
  take_off (self->station->world, flight);
}

static JpTransportReply *
jp_sim_transport_send_finish (JpTransport *transport, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
transport_iface_init (JpTransportInterface *iface)
{
  iface->send_async = jp_sim_transport_send_async;
  iface->send_finish = jp_sim_transport_send_finish;
}

static void
jp_sim_transport_class_init (JpSimTransportClass *klass)
{
}

static void
jp_sim_transport_init (JpSimTransport *self)
{
}

/**
 * jp_sim_net_new_transport:
 * @station: a station
 *
 * Returns: (transfer full): its way to the platform
 */
JpTransport *
jp_sim_net_new_transport (JpSimStation *station)
{
  JpSimTransport *self = g_object_new (JP_TYPE_SIM_TRANSPORT, NULL);

  self->station = station;
  return JP_TRANSPORT (self);
}

/**
 * jp_sim_net_cut:
 * @station: a station that goes down
 *
 * Nobody waits for its answers any more; its requests arrive all the same.
 */
void
jp_sim_net_cut (JpSimStation *station)
{
  GPtrArray *flights = station->world->flights;

  for (guint i = flights->len; i > 0; i--)
    {
      Flight *flight = flights->pdata[i - 1];

      if (flight->station == station)
        end_offline (flight);
    }
}
