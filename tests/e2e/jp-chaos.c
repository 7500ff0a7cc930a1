/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-chaos.h"

#include <string.h>
#include <sys/socket.h>

#define N_THREADS    16
#define PIECE_BYTES  4096
#define STALL_US     (700 * 1000)
#define MAX_DELAY_US (80 * 1000)
#define MAX_BYTES    9000 /* that go through before something happens: a handshake and a bit */

struct _JpChaos
{
  GSocketService *service; /* (owned) */
  GThread        *thread;  /* (owned) */
  GMainLoop      *loop;    /* (owned) */
  GMutex          lock;
  GRand          *random; /* (owned): under the lock, like what follows */
  gboolean        calm;
  guint           n_fates[JP_CHAOS_N_FATES];
  guint16         port;
  guint16         to_port;
};

/* One connection. */
typedef struct
{
  JpChaosFate fate;
  GSocket    *ends[2];  /* (owned by their connections): of the client, of the server */
  gint64      happens;  /* bytes until something happens */
  guint       delay_us; /* before each piece */
} Line;

static const char portal_page[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                                  "Content-Length: 20\r\n\r\n<html>Welcome</html>";

static void
draw (JpChaos *self, Line *line)
{
  g_mutex_lock (&self->lock);
  if (!self->calm && g_rand_int_range (self->random, 0, 2) == 0)
    line->fate = (JpChaosFate)g_rand_int_range (self->random, JP_CHAOS_PASS + 1, JP_CHAOS_N_FATES);
  line->happens = g_rand_int_range (self->random, 1, MAX_BYTES);
  line->delay_us = (guint)g_rand_int_range (self->random, 0, MAX_DELAY_US);
  self->n_fates[line->fate]++;
  g_mutex_unlock (&self->lock);
}

static void
break_off (GSocket *socket)
{
  const struct linger at_once = { 1, 0 };

  setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  g_socket_close (socket, NULL);
}

static gboolean
send_all (GSocket *socket, const char *bytes, gssize length_bytes)
{
  gssize done = 0;

  while (done < length_bytes)
    {
      gssize n = g_socket_send_with_blocking (socket, bytes + done, (gsize)(length_bytes - done),
                                              TRUE, NULL, NULL);

      if (n <= 0)
        return FALSE;
      done += n;
    }
  return TRUE;
}

/* Returns: whether the line goes on */
static gboolean
happen (Line *line, int to, char *piece, gssize length_bytes)
{
  line->happens -= length_bytes;
  if (line->happens > 0)
    return TRUE;

  switch (line->fate)
    {
    case JP_CHAOS_TRUNCATE:
      send_all (line->ends[to], piece, length_bytes / 2);
      return FALSE;
    case JP_CHAOS_RESET:
      break_off (line->ends[0]);
      break_off (line->ends[1]);
      return FALSE;
    case JP_CHAOS_DUPLICATE:
      line->happens = G_MAXINT64;
      return send_all (line->ends[to], piece, length_bytes);
    case JP_CHAOS_FLIP:
      line->happens = G_MAXINT64;
      piece[length_bytes / 2] ^= 4;
      return TRUE;
    case JP_CHAOS_PASS:
    case JP_CHAOS_DROP:
    case JP_CHAOS_STALL:
    case JP_CHAOS_DELAY:
    case JP_CHAOS_PORTAL:
    default:
      return TRUE;
    }
}

static gboolean
carry (Line *line, int from)
{
  char   piece[PIECE_BYTES];
  gssize n = g_socket_receive (line->ends[from], piece, sizeof piece, NULL, NULL);

  if (n <= 0)
    return FALSE;
  if (line->fate == JP_CHAOS_DELAY)
    g_usleep (line->delay_us);
  return happen (line, 1 - from, piece, n) && send_all (line->ends[1 - from], piece, n);
}

static void
run_line (Line *line)
{
  GPollFD  polled[2];
  gboolean open = TRUE;

  for (int i = 0; i < 2; i++)
    polled[i] = (GPollFD){ .fd = g_socket_get_fd (line->ends[i]), .events = G_IO_IN | G_IO_HUP };
  while (open && g_poll (polled, 2, -1) > 0)
    for (int i = 0; i < 2 && open; i++)
      if (polled[i].revents != 0)
        open = carry (line, i);
}

static void
answer_as_portal (GSocket *client)
{
  char piece[PIECE_BYTES];

  if (g_socket_receive (client, piece, sizeof piece, NULL, NULL) > 0)
    send_all (client, portal_page, (gssize)strlen (portal_page));
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection      *client,
        GObject                *source,
        gpointer                user_data)
{
  JpChaos *self = user_data;
  Line     line = { 0 };
  g_autoptr (GSocketClient) connector = g_socket_client_new ();
  g_autoptr (GSocketConnection) server = NULL;

  draw (self, &line);
  line.ends[0] = g_socket_connection_get_socket (client);
  if (line.fate == JP_CHAOS_STALL)
    g_usleep (STALL_US);
  if (line.fate == JP_CHAOS_PORTAL)
    answer_as_portal (line.ends[0]);
  if (line.fate == JP_CHAOS_STALL || line.fate == JP_CHAOS_PORTAL || line.fate == JP_CHAOS_DROP)
    return TRUE;

  server = g_socket_client_connect_to_host (connector, "127.0.0.1", self->to_port, NULL, NULL);
  if (server == NULL)
    return TRUE; /* the platform is down */
  line.ends[1] = g_socket_connection_get_socket (server);
  run_line (&line);
  return TRUE;
}

static gpointer
serve (gpointer data)
{
  JpChaos *self = data;
  g_autoptr (GMainContext) context = g_main_loop_get_context (self->loop) != NULL
                                       ? g_main_context_ref (g_main_loop_get_context (self->loop))
                                       : NULL;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  g_main_context_push_thread_default (context);
  self->service = g_threaded_socket_service_new (N_THREADS);
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), any, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  g_mutex_lock (&self->lock);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_mutex_unlock (&self->lock);
  g_main_loop_run (self->loop);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service);
  g_main_context_pop_thread_default (context);
  return NULL;
}

/**
 * jp_chaos_new:
 * @to_port: of the platform, on loopback
 * @seed: of what happens
 *
 * Returns: (transfer full): a proxy that runs, calm at first
 */
JpChaos *
jp_chaos_new (guint16 to_port, guint32 seed)
{
  JpChaos *self = g_new0 (JpChaos, 1);
  g_autoptr (GMainContext) context = g_main_context_new ();

  g_mutex_init (&self->lock);
  self->random = g_rand_new_with_seed (seed);
  self->calm = TRUE;
  self->to_port = to_port;
  self->loop = g_main_loop_new (context, FALSE);
  self->thread = g_thread_new ("chaos", serve, self);
  while (jp_chaos_get_port (self) == 0)
    g_usleep (1000);
  return self;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

/**
 * jp_chaos_free:
 * @self: (nullable) (transfer full): a proxy without a connection
 */
void
jp_chaos_free (JpChaos *self)
{
  if (self == NULL)
    return;

  g_main_context_invoke (g_main_loop_get_context (self->loop), quit_cb, self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_rand_free (self->random);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * jp_chaos_get_port:
 * @self: a proxy
 *
 * Returns: where it listens, on loopback
 */
guint16
jp_chaos_get_port (JpChaos *self)
{
  guint16 port = 0;

  g_mutex_lock (&self->lock);
  port = self->port;
  g_mutex_unlock (&self->lock);
  return port;
}

/**
 * jp_chaos_set_calm:
 * @self: a proxy
 * @calm: new connections go well
 */
void
jp_chaos_set_calm (JpChaos *self, gboolean calm)
{
  g_mutex_lock (&self->lock);
  self->calm = calm;
  g_mutex_unlock (&self->lock);
}

/**
 * jp_chaos_count:
 * @self: a proxy
 * @fate: a fate
 *
 * Returns: how many connections had it
 */
guint
jp_chaos_count (JpChaos *self, JpChaosFate fate)
{
  guint n = 0;

  g_mutex_lock (&self->lock);
  n = self->n_fates[fate];
  g_mutex_unlock (&self->lock);
  return n;
}
