/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-fake-clock.h"
#include "jp-http-router-private.h"
#include "jp-http-transport.h"
#include "jp-op-repo.h"
#include "jp-platform-admin.h"
#include "jp-platform-courier.h"
#include "jp-platform-service.h"
#include "jp-platform-station.h"
#include "jp-public.h"
#include "jp-public-token.h"
#include "jp-sync-courier.h"
#include "jp-sync-enrol.h"
#include "jp-sync-error.h"
#include "jp-sync-hello.h"
#include "jp-sync-key.h"
#include "jp-sync-round.h"
#include "jp-sync-step.h"
#include "jp-sync-watch.h"
#include "jp-test-dir.h"
#include "jp-test-records.h"
#include "jp-test-station.h"
#include "jp-tls.h"
#include "jp-wire-http.h"

#include <glib/gstdio.h>

/* A real station and a real platform over real HTTPS: who is let in, and what happens to those who
 * are not (sync.md §7.2). */

#define BOMB_DEPTH   100000
#define BOMB_BYTES   (64 * 1024 * 1024)
#define SECRET_PHONE "13905301234"

static const char school_json[] =
  "{\"name\":\"牡丹驾校\",\"short_name\":\"牡丹\",\"district\":\"371702\","
  "\"licence_types\":\"C1,C2\",\"phone\":\"0530-5555555\",\"address\":\"牡丹区人民路 1 号\"}";
static const char other_json[] =
  "{\"name\":\"曹州驾校\",\"short_name\":\"曹州\",\"district\":\"371702\","
  "\"licence_types\":\"C1,C2\",\"phone\":\"0530-6666666\",\"address\":\"牡丹区人民路 2 号\"}";

typedef struct
{
  JpTestDir         *dir;     /* (owned) */
  JpClock           *clock;   /* (owned) */
  JpIdSource        *ids;     /* (owned) */
  JpPlatformService *service; /* (owned) */
  JpPublic          *people;  /* (owned): the public part */
  char              *folder;  /* (owned) */
  char              *uri;     /* (owned) */
  char              *ca;      /* (owned) */
  guint16            port;
  JpId               school;
  JpId               other;
  char              *code;      /* (owned): made last */
  JpStore           *store;     /* (owned) */
  JpTransport       *transport; /* (owned) */
} World;

static GString *logged; /* all that was logged */

typedef struct
{
  GAsyncResult *result; /* (owned) (nullable) */
} Wait;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wait *wait = user_data;

  wait->result = g_object_ref (result);
}

static GAsyncResult *
wait_for (Wait *wait)
{
  while (wait->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return wait->result;
}

static gboolean
add_schools_job (JpPlatform *platform, gpointer data, GError **error)
{
  World *world = data;
  g_autoptr (GBytes) mine = g_bytes_new_static (school_json, strlen (school_json));
  g_autoptr (GBytes) other = g_bytes_new_static (other_json, strlen (other_json));

  return jp_platform_admin_add_school (platform, mine, &world->school, error) &&
         jp_platform_admin_add_school (platform, other, &world->other, error) &&
         jp_public_token_ensure_operators (jp_platform_get_store (platform), world->folder, error);
}

static gboolean
code_job (JpPlatform *platform, gpointer data, GError **error)
{
  World *world = data;

  g_free (world->code);
  world->code =
    jp_platform_station_make_code (jp_platform_get_store (platform), &world->school, error);
  return world->code != NULL;
}

static gboolean
backup_job (JpPlatform *platform, gpointer data, GError **error)
{
  return jp_platform_store_backup (jp_platform_get_store (platform), data, error);
}

static void
run_job (World *world, JpPlatformServiceJob job, gpointer data)
{
  Wait wait = { NULL };
  g_autoptr (GError) error = NULL;

  jp_platform_service_run_async (world->service, job, data, done_cb, &wait);
  jp_platform_service_run_finish (world->service, wait_for (&wait), &error);
  g_assert_no_error (error);
  g_object_unref (wait.result);
}

static void
start_service (World *world)
{
  Wait wait = { NULL };
  g_autoptr (GError) error = NULL;
  const JpPlatformServiceOptions options = {
    .folder = world->folder, .clock = world->clock, .ids = world->ids, .port = world->port
  };

  world->service = jp_platform_service_new (&options);
  world->people = jp_public_new (jp_platform_service_get_platform (world->service));
  jp_public_add_routes (world->people, jp_platform_service_get_router (world->service),
                        jp_platform_service_get_worker (world->service));
  jp_platform_service_open_async (world->service, done_cb, &wait);
  jp_platform_service_open_finish (world->service, wait_for (&wait), &error);
  g_assert_no_error (error);
  g_object_unref (wait.result);
  jp_platform_service_listen (world->service, &error);
  g_assert_no_error (error);
}

static void
stop_service (World *world)
{
  Wait wait = { NULL };

  jp_platform_service_close_async (world->service, done_cb, &wait);
  jp_platform_service_close_finish (world->service, wait_for (&wait), NULL);
  g_object_unref (wait.result);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&world->service);
  g_clear_pointer (&world->people, jp_public_free);
}

static gboolean
enrol (World *world, GError **error)
{
  Wait        wait = { NULL };
  JpSyncPlace place = { world->uri, world->ca, FALSE };
  gboolean    ok = FALSE;

  jp_sync_enrol_async (world->store, world->transport, &place, world->code, "前台", NULL, done_cb,
                       &wait);
  ok = jp_sync_enrol_finish (world->store, wait_for (&wait), error);
  g_object_unref (wait.result);
  return ok;
}

static gboolean
sync_once (World *world, JpSyncReceipt *out_receipt, GError **error)
{
  Wait     wait = { NULL };
  gboolean ok = FALSE;

  jp_sync_round_async (world->store, world->transport, NULL, NULL, NULL, done_cb, &wait);
  ok = jp_sync_round_finish (world->store, wait_for (&wait), out_receipt, error);
  g_object_unref (wait.result);
  return ok;
}

static JpTransport *
new_transport (World *world)
{
  g_autoptr (GError) error = NULL;
  JpTransport *transport =
    jp_http_transport_new (&(JpHttpTransportOptions){ .base_uri = world->uri,
                                                      .authority_path = world->ca },
                           &error);

  g_assert_no_error (error);
  return transport;
}

static void
set_up (World *world, gconstpointer data)
{
  Wait wait = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (JpSealKey) key = jp_seal_key_new_random ();
  g_autofree char *path = NULL;
  g_autoptr (GUri) uri = NULL;

  world->dir = jp_test_dir_new ();
  world->folder = jp_test_dir_build (world->dir, "platform");
  world->clock = jp_system_clock_new ();
  world->ids = jp_id_source_new (world->clock);
  start_service (world);
  world->uri = jp_platform_service_dup_uri (world->service);
  world->ca = jp_platform_service_dup_authority_path (world->service);
  uri = g_uri_parse (world->uri, G_URI_FLAGS_NONE, &error);
  world->port = (guint16)g_uri_get_port (uri);
  run_job (world, add_schools_job, world);
  run_job (world, code_job, world);

  path = jp_test_dir_build (world->dir, "school.db");
  world->store = jp_store_new (path, key, world->clock, world->ids, "前台");
  jp_store_open_async (world->store, NULL, done_cb, &wait);
  jp_store_open_finish (world->store, wait_for (&wait), &error);
  g_assert_no_error (error);
  g_object_unref (wait.result);
  world->transport = new_transport (world);
  enrol (world, &error);
  g_assert_no_error (error);
  sync_once (world, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (World *world, gconstpointer data)
{
  Wait wait = { NULL };

  g_clear_object (&world->transport);
  jp_store_close_async (world->store, NULL, done_cb, &wait);
  jp_store_close_finish (world->store, wait_for (&wait), NULL);
  g_object_unref (wait.result);
  g_clear_object (&world->store);
  stop_service (world);
  g_object_unref (world->ids);
  g_object_unref (world->clock);
  g_free (world->folder);
  g_free (world->uri);
  g_free (world->ca);
  g_free (world->code);
  jp_test_dir_free (world->dir);
}

/* --- asking by hand --- */

/* Who the station is, out of its store. */
typedef struct
{
  char *id;       /* (owned) */
  char *token;    /* (owned) */
  char *identity; /* (owned) */
} Papers;

static void
papers_free (gpointer data)
{
  Papers *papers = data;

  g_free (papers->id);
  g_free (papers->token);
  g_free (papers->identity);
  g_free (papers);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Papers, papers_free)

static gpointer
papers_call (JpVault *vault, gpointer data, GError **error)
{
  Papers *papers = g_new0 (Papers, 1);

  jp_vault_get_setting (vault, JP_SETTING_STATION, &papers->id, error);
  jp_vault_get_secret (vault, JP_SYNC_SECRET_TOKEN, &papers->token, error);
  jp_sync_key_read_identity (vault, &papers->identity, error);
  return papers;
}

static Papers *
read_papers (World *world)
{
  Wait        wait = { NULL };
  JpStoreCall call = { papers_call, NULL, NULL, papers_free, 0 };
  Papers     *papers = NULL;
  g_autoptr (GError) error = NULL;

  jp_store_read_async (world->store, &call, NULL, done_cb, &wait);
  jp_store_read_finish (world->store, wait_for (&wait), (gpointer *)&papers, &error);
  g_assert_no_error (error);
  g_object_unref (wait.result);
  return papers;
}

typedef struct
{
  const char *method;
  const char *path;
  const char *token;    /* (nullable) */
  const char *identity; /* (nullable) */
  GBytes     *body;     /* (nullable) */
} Question;

/* The status, and the type of the problem without what all of them have in common. */
static char *
ask (World *world, const Question *question)
{
  g_autoptr (JpTransport) transport = new_transport (world);
  g_autoptr (JpTransportRequest) request = jp_transport_request_new (
    &(JpTransportRequestFields){ .method = question->method,
                                 .path = question->path,
                                 .token = question->token,
                                 .content_type = question->body != NULL ? "application/json" : NULL,
                                 .body = question->body,
                                 .schema = 1 });
  g_autoptr (JpTransportReply) reply = NULL;
  g_autoptr (JpSyncProblem) problem = NULL;
  g_autoptr (GError) error = NULL;
  Wait wait = { NULL };

  jp_transport_set_identity (transport, question->identity, &error);
  g_assert_no_error (error);
  jp_transport_send_async (transport, request, NULL, done_cb, &wait);
  reply = jp_transport_send_finish (transport, wait_for (&wait), &error);
  g_object_unref (wait.result);
  g_assert_no_error (error);
  if (jp_transport_reply_check (reply, &problem, NULL))
    return g_strdup_printf ("%u", jp_transport_reply_get_status (reply));
  return g_strdup_printf ("%u %s", jp_sync_problem_get_status (problem),
                          jp_sync_problem_get_type_uri (problem) + strlen ("urn:jp:problem:"));
}

static void
assert_answer (World *world, const Question *question, const char *expected)
{
  g_autofree char *answer = ask (world, question);

  if (g_strcmp0 (answer, expected) != 0)
    g_test_message ("%s %s", question->method, question->path);
  g_assert_cmpstr (answer, ==, expected);
}

static char *
make_path (const JpId *school, const char *rest)
{
  JpIdText text;

  return g_strdup_printf ("/v1/schools/%s/%s", jp_id_to_text (school, text), rest);
}

/* --- the tests --- */

static char *
issue (const char *tls_folder, World *world, const JpId *station, gint64 age_us)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpFakeClock) then = jp_fake_clock_new (jp_clock_now_us (world->clock) - age_us);
  g_autofree char *key = NULL;
  g_autofree char *request =
    jp_test_station_new_request (GNUTLS_PK_ECDSA, JP_TEST_STATION_P256_BITS, &key);
  const JpTlsOptions options = { JP_CLOCK (then), world->ids, NULL };
  g_autofree char   *certificate =
    jp_tls_sign_station (tls_folder, &options, station, request, &error);

  g_assert_no_error (error);
  return g_strconcat (certificate, "\n", key, NULL);
}

static void
test_certificates (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Papers) papers = read_papers (world);
  g_autofree char   *path = make_path (&world->school, "changes");
  g_autofree char   *tls = g_build_filename (world->folder, "tls", NULL);
  g_autofree char   *foreign_tls = jp_test_dir_build (world->dir, "foreign");
  const JpTlsOptions options = { world->clock, world->ids, NULL };
  const JpId         nobody = jp_id_source_next (world->ids);
  JpId               station;
  Question           question = { "GET", path, papers->token, NULL, NULL };

  g_assert_nonnull (papers->identity);
  jp_id_parse (papers->id, &station, &error);
  jp_tls_ensure_authority (foreign_tls, &options, NULL, &error);
  g_assert_no_error (error);

  g_autofree char *foreign = issue (foreign_tls, world, &station, 0);
  g_autofree char *expired = issue (tls, world, &station, 400 * JP_DAY_US);
  g_autofree char *others = issue (tls, world, &nobody, 0);

  question.identity = papers->identity;
  assert_answer (world, &question, "200");
  question.identity = NULL;
  assert_answer (world, &question, "401 auth");
  question.identity = foreign;
  assert_answer (world, &question, "401 auth");
  question.identity = expired;
  assert_answer (world, &question, "401 auth");
  question.identity = others;
  assert_answer (world, &question, "401 auth");
  question.identity = papers->identity;
  question.token = NULL;
  assert_answer (world, &question, "401 auth");
  question.token = "0000000000000000000000000000000000000000000000000000000000000000";
  assert_answer (world, &question, "401 auth");
}

static const struct
{
  const char *method;
  const char *rest;
} routes[] = {
  { "GET", "changes" },
  { "GET", "changes?wait=1" },
  { "GET", "bootstrap/trainee" },
  { "GET", "bootstrap/school" },
  { "GET", "bootstrap/nothing" },
  { "GET", "checksums" },
  { "GET", "checksums?table=trainee" },
  { "GET", "checksums?table=trainee&part=0" },
  { "GET", "ops/01a20cde-b09f-75c1-8cf5-85621f74ab67" },
  { "POST", "push" },
  { "POST", "branch" },
  { "POST", "certificate" },
};

/* Every request below a school, with the papers of a station of another one, and with none. */
static void
test_other_school (World *world, gconstpointer data)
{
  g_autoptr (Papers) papers = read_papers (world);
  const JpId unknown = jp_id_source_next (world->ids);
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);

  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      g_autofree char *foreign = make_path (&world->other, routes[i].rest);
      g_autofree char *nowhere = make_path (&unknown, routes[i].rest);
      g_autofree char *own = make_path (&world->school, routes[i].rest);
      GBytes          *sent = g_str_equal (routes[i].method, "POST") ? body : NULL;
      Question question = { routes[i].method, foreign, papers->token, papers->identity, sent };

      /* A school that exists looks like one that does not. */
      assert_answer (world, &question, "403 forbidden");
      question.path = nowhere;
      assert_answer (world, &question, "403 forbidden");
      question = (Question){ routes[i].method, own, NULL, NULL, sent };
      assert_answer (world, &question, "401 auth");
    }

  /* Nor are other stations of the same school seen. */
  g_autofree char *other_station =
    make_path (&world->school, "ops/01a20cde-b09f-75c1-8cf5-85621f74ab67");
  const Question question = { "GET", other_station, papers->token, papers->identity, NULL };
  assert_answer (world, &question, "404 not-found");
}

/* --- every endpoint, also those that come later --- */

/* What stands in a path for each of its parameters; an endpoint with another one fails here. */
static const struct
{
  const char *name;
  const char *value;
} params[] = {
  { "{digest}", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" },
  { "{table}", "trainee" },
  { "{station}", "01a20cde-b09f-75c1-8cf5-85621f74ab67" },
  { "{contract}", "01a20cde-b09f-75c1-8cf5-85621f74ab67" },
  { "{enrolment}", "01a20cde-b09f-75c1-8cf5-85621f74ab67" },
};

/* What anybody may ask. */
static const char *const open_paths[] = {
  "/v1/hello",
  "/v1/enrol",
  "/v1/public/schools",
  "/v1/public/enrolments",
};

static char *
fill_path (const char *path, const JpId *school)
{
  GString *filled = g_string_new (path);
  JpIdText text;

  g_string_replace (filled, "{school}", jp_id_to_text (school, text), 0);
  for (gsize i = 0; i < G_N_ELEMENTS (params); i++)
    g_string_replace (filled, params[i].name, params[i].value, 0);
  if (strchr (filled->str, '{') != NULL)
    g_error ("%s: say in this test what its parameter may be", path);
  return g_string_free (filled, FALSE);
}

static gboolean
is_open_path (const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (open_paths); i++)
    if (g_str_equal (open_paths[i], path))
      return TRUE;
  return FALSE;
}

typedef struct
{
  World  *world;
  Papers *papers;
  char   *foreign;    /* (owned): certificate of another authority */
  char   *expired;    /* (owned) */
  char   *others;     /* (owned): of a station that is not this one */
  GBytes *body;       /* (owned) */
  guint   n_stations; /* endpoints of stations that were asked */
  guint   n_closed;   /* other endpoints that want to know who asks */
} Siege;

static void
assert_closed (Siege *siege, const JpHttpRoute *route)
{
  g_autofree char *path = fill_path (route->path, &siege->world->school);
  GBytes          *body = g_str_equal (route->method, "GET") ? NULL : siege->body;
  Question         question = { route->method, path, NULL, NULL, body };
  g_autofree char *nobody = NULL;
  g_autofree char *station = NULL;

  nobody = ask (siege->world, &question);
  question.token = siege->papers->token;
  question.identity = siege->papers->identity;
  station = ask (siege->world, &question);
  if (nobody[0] != '4' || station[0] != '4')
    g_error ("%s %s is open to anybody: nobody %s, a station %s", route->method, route->path,
             nobody, station);
  siege->n_closed++;
}

static void
assert_for_own_station (Siege *siege, const JpHttpRoute *route)
{
  World           *world = siege->world;
  const char      *token = siege->papers->token;
  const char      *identity = siege->papers->identity;
  const JpId       unknown = jp_id_source_next (world->ids);
  g_autofree char *own = fill_path (route->path, &world->school);
  g_autofree char *other = fill_path (route->path, &world->other);
  g_autofree char *nowhere = fill_path (route->path, &unknown);
  GBytes          *body = g_str_equal (route->method, "GET") ? NULL : siege->body;

  assert_answer (world, &(Question){ route->method, own, NULL, NULL, body }, "401 auth");
  assert_answer (world, &(Question){ route->method, own, token, NULL, body }, "401 auth");
  assert_answer (world, &(Question){ route->method, own, NULL, identity, body }, "401 auth");
  assert_answer (world, &(Question){ route->method, own, token, siege->foreign, body }, "401 auth");
  assert_answer (world, &(Question){ route->method, own, token, siege->expired, body }, "401 auth");
  assert_answer (world, &(Question){ route->method, own, token, siege->others, body }, "401 auth");
  assert_answer (world, &(Question){ route->method, other, token, identity, body },
                 "403 forbidden");
  assert_answer (world, &(Question){ route->method, nowhere, token, identity, body },
                 "403 forbidden");
  siege->n_stations++;
}

static void
siege_clear (Siege *siege)
{
  papers_free (siege->papers);
  g_free (siege->foreign);
  g_free (siege->expired);
  g_free (siege->others);
  g_bytes_unref (siege->body);
}

static gboolean
revoke_job (JpPlatform *platform, gpointer data, GError **error)
{
  JpId station;

  return jp_id_parse (data, &station, error) &&
         jp_platform_station_revoke (jp_platform_get_store (platform), &station, error);
}

/* Every route of the running platform: who is not who may ask is refused with its problem. */
static void
test_every_endpoint (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *tls = g_build_filename (world->folder, "tls", NULL);
  g_autofree char   *foreign_tls = jp_test_dir_build (world->dir, "foreign");
  const JpTlsOptions options = { world->clock, world->ids, NULL };
  const JpId         nobody = jp_id_source_next (world->ids);
  JpHttpRouter      *router = jp_platform_service_get_router (world->service);
  const JpHttpRoute *route = NULL;
  Siege              siege = { .world = world };
  JpId               station;

  siege.papers = read_papers (world);
  siege.body = g_bytes_new_static ("{}", 2);
  jp_id_parse (siege.papers->id, &station, &error);
  jp_tls_ensure_authority (foreign_tls, &options, NULL, &error);
  g_assert_no_error (error);
  siege.foreign = issue (foreign_tls, world, &station, 0);
  siege.expired = issue (tls, world, &station, 400 * JP_DAY_US);
  siege.others = issue (tls, world, &nobody, 0);

  for (guint i = 0; (route = jp_http_router_get_route (router, i)) != NULL; i++)
    if (g_str_has_prefix (route->path, "/v1/schools/"))
      assert_for_own_station (&siege, route);
    else if (!is_open_path (route->path))
      assert_closed (&siege, route);
  g_assert_cmpuint (siege.n_stations, >=, 7);
  g_assert_cmpuint (siege.n_closed, >=, 10);

  /* A station that was shut out is told so, whatever it asks. */
  run_job (world, revoke_job, siege.papers->id);
  for (guint i = 0; (route = jp_http_router_get_route (router, i)) != NULL; i++)
    {
      g_autofree char *path = NULL;

      if (!g_str_has_prefix (route->path, "/v1/schools/"))
        continue;
      path = fill_path (route->path, &world->school);
      assert_answer (world,
                     &(Question){ route->method, path, siege.papers->token, siege.papers->identity,
                                  g_str_equal (route->method, "GET") ? NULL : siege.body },
                     "403 device-revoked");
    }
  g_assert_null (strstr (logged->str, siege.papers->token));
  siege_clear (&siege);
}

static void
add_ground (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) ground = jp_test_record_new (JP_KIND_GROUND, world->ids);
  JpChange *change = jp_store_new_change (world->store, "new");
  Wait      wait = { NULL };

  jp_change_add (change, NULL, ground);
  jp_store_commit_async (world->store, change, NULL, done_cb, &wait);
  g_assert_cmpint (jp_store_commit_finish (world->store, wait_for (&wait), &error), >, 0);
  g_assert_no_error (error);
  g_object_unref (wait.result);
}

typedef struct
{
  GBytes *push;
  gint64  n_grounds;
} Asked;

static gpointer
push_call (JpVault *vault, gpointer data, GError **error)
{
  Asked *asked = data;
  g_autoptr (GPtrArray) ops = jp_op_repo_take_waiting (vault, 10, BOMB_BYTES, error);
  g_autofree char *cursor = NULL;

  if (ops != NULL && jp_vault_get_setting (vault, JP_SETTING_CURSOR, &cursor, error))
    asked->push = jp_sync_step_make_push (vault, cursor, ops, error);
  return NULL;
}

static gpointer
count_call (JpVault *vault, gpointer data, GError **error)
{
  Asked *asked = data;
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_GROUND);

  jp_query_count (vault, query, &asked->n_grounds, error);
  return NULL;
}

static Asked
ask_store (World *world, gpointer (*func) (JpVault *, gpointer, GError **))
{
  Asked       asked = { 0 };
  Wait        wait = { NULL };
  JpStoreCall call = { func, &asked, NULL, NULL, 0 };
  g_autoptr (GError) error = NULL;

  jp_store_read_async (world->store, &call, NULL, done_cb, &wait);
  jp_store_read_finish (world->store, wait_for (&wait), NULL, &error);
  g_assert_no_error (error);
  g_object_unref (wait.result);
  return asked;
}

/* The push that the station would send now. */
static GBytes *
make_push (World *world)
{
  return ask_store (world, push_call).push;
}

static gint64
count_grounds (World *world)
{
  return ask_store (world, count_call).n_grounds;
}

static GBytes *
make_deep (void)
{
  char *deep = g_strnfill (BOMB_DEPTH, '[');

  return g_bytes_new_take (deep, BOMB_DEPTH);
}

/* Each is refused with its problem, and the platform answers the next one. */
static void
test_bombs (World *world, gconstpointer data)
{
  g_autoptr (Papers) papers = read_papers (world);
  g_autofree char *push = make_path (&world->school, "push");
  g_autofree char *changes = make_path (&world->school, "changes");
  g_autoptr (GBytes) deep = make_deep ();
  g_autoptr (GBytes) zeros = g_bytes_new_take (g_strnfill (BOMB_BYTES, ' '), BOMB_BYTES);
  g_autoptr (GBytes) rows = NULL;
  g_autoptr (GBytes) personal = NULL;
  g_autoptr (GString) many = g_string_new (NULL);
  g_autofree char *text =
    g_strdup_printf ("{\"station\":\"%s\",\"phone\":\"%s\"", papers->id, SECRET_PHONE);
  Question question = { "POST", push, papers->token, papers->identity, deep };

  g_string_append_printf (many, "{\"station\":\"%s\",\"epoch\":\"\",\"after\":\"\",\"ops\":[",
                          papers->id);
  for (guint i = 0; i < 501; i++)
    g_string_append (many, i > 0 ? ",{}" : "{}");
  g_string_append (many, "]}");
  rows = g_bytes_new (many->str, many->len);
  personal = g_bytes_new (text, strlen (text));

  assert_answer (world, &question, "413 too-large");
  question.body = zeros; /* goes packed: some 64 KiB */
  assert_answer (world, &question, "413 too-large");
  question.body = rows;
  assert_answer (world, &question, "413 too-large");
  question.body = personal;
  assert_answer (world, &question, "400 bad-json");
  question = (Question){ "GET", changes, papers->token, papers->identity, NULL };
  assert_answer (world, &question, "200");

  /* What was in them is not in the log. */
  g_assert_null (strstr (logged->str, SECRET_PHONE));
  g_assert_null (strstr (logged->str, papers->token));
}

/* The same on every endpoint of a station that takes a body. */
static void
test_bombs_everywhere (World *world, gconstpointer data)
{
  g_autoptr (Papers) papers = read_papers (world);
  g_autoptr (GBytes) deep = make_deep ();
  g_autoptr (GBytes) zeros = g_bytes_new_take (g_strnfill (BOMB_BYTES, ' '), BOMB_BYTES);
  JpHttpRouter      *router = jp_platform_service_get_router (world->service);
  const JpHttpRoute *route = NULL;
  guint              n_routes = 0;

  for (guint i = 0; (route = jp_http_router_get_route (router, i)) != NULL; i++)
    {
      g_autofree char *path = NULL;
      Question         question = { route->method, NULL, papers->token, papers->identity, zeros };

      if (route->max_body_bytes == 0 || g_str_has_prefix (route->path, "/v1/public") ||
          g_str_has_prefix (route->path, "/v1/admin"))
        continue;
      path = fill_path (route->path, &world->school);
      question.path = path;
      assert_answer (world, &question, "413 too-large");
      question.body = deep;
      if (!g_str_equal (route->method, "PUT")) /* bytes of a file are not looked into */
        assert_answer (world, &question, "413 too-large");
      n_routes++;
    }
  g_assert_cmpuint (n_routes, >=, 4);
}

/* What was heard on the wire is said again, by whoever: it happens once. */
static void
test_replay (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Papers) papers = read_papers (world);
  g_autofree char *push = make_path (&world->school, "push");
  g_autoptr (GBytes) heard = NULL;
  JpSyncReceipt receipt = { 0 };

  add_ground (world);
  heard = make_push (world);
  assert_answer (world, &(Question){ "POST", push, papers->token, papers->identity, heard }, "200");
  assert_answer (world, &(Question){ "POST", push, papers->token, papers->identity, heard }, "200");
  assert_answer (world, &(Question){ "POST", push, papers->token, NULL, heard }, "401 auth");

  /* The station, which has heard nothing, gets the verdict that it got. */
  sync_once (world, &receipt, &error);
  g_assert_no_error (error);
  g_assert_cmpint (receipt.n_judged, ==, 1);
  g_assert_cmpint (receipt.n_refused, ==, 0);
  g_assert_cmpint (count_grounds (world), ==, 1);
}

static char *
read_administrator (World *world)
{
  g_autoptr (GError) error = NULL;
  char *token = jp_public_token_read (world->folder, JP_PUBLIC_ADMINISTRATOR, &error);

  g_assert_no_error (error);
  return token;
}

/* An administrator shuts the station out while it is connected. */
static void
test_revoked (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Papers) papers = read_papers (world);
  g_autofree char *administrator = read_administrator (world);
  g_autofree char *reviewer = jp_public_token_read (world->folder, JP_PUBLIC_REVIEWER, &error);
  g_autofree char *text = g_strdup_printf ("{\"station\":\"%s\"}", papers->id);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autofree char *escaped = g_uri_escape_string ("牡丹", NULL, FALSE);
  g_autofree char *list = g_strconcat ("/v1/admin/stations?school=", escaped, NULL);
  Question         question = { "POST", "/v1/admin/revocations", reviewer, NULL, body };

  assert_answer (world, &question, "403 forbidden");
  question.token = papers->token;
  assert_answer (world, &question, "401 auth");
  question.token = administrator;
  assert_answer (world, &question, "200");
  assert_answer (world, &(Question){ "GET", list, administrator, NULL, NULL }, "200");

  g_assert_false (sync_once (world, NULL, &error));
  g_assert_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_REVOKED);
  g_clear_error (&error);

  /* With a new code it is a station again. */
  run_job (world, code_job, world);
  enrol (world, &error);
  g_assert_no_error (error);
  sync_once (world, NULL, &error);
  g_assert_no_error (error);
}

/* The platform's file is replaced by an older one, over the real thing. */
static void
test_restored (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *copy = jp_test_dir_build (world->dir, "copy.db");
  g_autofree char *database = g_build_filename (world->folder, "platform.db", NULL);
  g_autofree char *wal = g_strconcat (database, "-wal", NULL);
  g_autofree char *shm = g_strconcat (database, "-shm", NULL);
  g_autofree char *bytes = NULL;
  gsize            length_bytes = 0;
  JpSyncReceipt    receipt = { 0 };
  JpChange        *change = NULL;
  Wait             wait = { NULL };
  g_autoptr (JpRecord) ground = jp_test_record_new (JP_KIND_GROUND, world->ids);

  run_job (world, backup_job, copy);
  change = jp_store_new_change (world->store, "new");
  jp_change_add (change, NULL, ground);
  jp_store_commit_async (world->store, change, NULL, done_cb, &wait);
  g_assert_cmpint (jp_store_commit_finish (world->store, wait_for (&wait), &error), ==, 1);
  g_object_unref (wait.result);
  sync_once (world, &receipt, &error);
  g_assert_no_error (error);
  g_assert_cmpint (receipt.n_judged, ==, 1);

  stop_service (world);
  g_unlink (wal);
  g_unlink (shm);
  g_file_get_contents (copy, &bytes, &length_bytes, &error);
  g_assert_no_error (error);
  g_file_set_contents (database, bytes, (gssize)length_bytes, &error);
  g_assert_no_error (error);
  start_service (world);

  sync_once (world, &receipt, &error);
  g_assert_no_error (error);
  g_assert_cmpint (receipt.n_again, ==, 1);
  g_assert_cmpint (receipt.n_judged, ==, 1);
  sync_once (world, &receipt, &error);
  g_assert_no_error (error);
  g_assert_cmpint (receipt.n_again, ==, 0);
  g_assert_cmpint (receipt.n_repaired, ==, 0);
}

/* --- the certificate --- */

typedef struct
{
  World *world;
  JpId   station;
} Aging;

/* The station's certificate as if it had been issued 320 days ago. */
static gpointer
age_call (JpVault *vault, gpointer data, GError **error)
{
  Aging           *aging = data;
  g_autofree char *tls = g_build_filename (aging->world->folder, "tls", NULL);
  g_autofree char *old = issue (tls, aging->world, &aging->station, 320 * JP_DAY_US);
  char            *key = strstr (old, "-----BEGIN PRIVATE KEY");
  g_autofree char *certificate = g_strndup (old, (gsize)(key - old));
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;
  gboolean done = jp_db_begin_write (vault->db, &transaction, error) &&
                  jp_vault_set_setting (vault, JP_SYNC_SETTING_CERTIFICATE, certificate, error) &&
                  jp_vault_set_secret (vault, JP_SYNC_SECRET_KEY, key, error) &&
                  jp_transaction_commit (&transaction, error);

  return GINT_TO_POINTER (done);
}

static gpointer
ending_call (JpVault *vault, gpointer data, GError **error)
{
  jp_sync_key_is_ending (vault, data, error);
  return NULL;
}

static gboolean
is_ending (World *world)
{
  Wait        wait = { NULL };
  gboolean    ending = FALSE;
  JpStoreCall call = { ending_call, &ending, NULL, NULL, 0 };

  jp_store_read_async (world->store, &call, NULL, done_cb, &wait);
  g_assert_true (jp_store_read_finish (world->store, wait_for (&wait), NULL, NULL));
  g_object_unref (wait.result);
  return ending;
}

/* Before its certificate ends the station gets another one, for another key, and uses it. */
static void
test_renewal (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Papers) first = read_papers (world);
  g_autoptr (Papers) old = NULL;
  g_autoptr (Papers) renewed = NULL;
  g_autofree char *path = make_path (&world->school, "changes");
  Aging            aging = { .world = world };
  JpStoreCall      call = { age_call, &aging, NULL, NULL, 0 };
  Wait             wait = { NULL };

  jp_id_parse (first->id, &aging.station, &error);
  g_assert_no_error (error);
  g_assert_false (is_ending (world));
  jp_store_write_async (world->store, &call, G_PRIORITY_DEFAULT, NULL, done_cb, &wait);
  g_assert_true (jp_store_write_finish (world->store, wait_for (&wait), NULL, &error));
  g_object_unref (wait.result);
  old = read_papers (world);
  g_assert_true (is_ending (world));

  sync_once (world, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (is_ending (world));
  renewed = read_papers (world);
  g_assert_cmpstr (renewed->identity, !=, old->identity);
  g_assert_cmpstr (strstr (renewed->identity, "-----BEGIN PRIVATE KEY"), !=,
                   strstr (old->identity, "-----BEGIN PRIVATE KEY"));
  g_assert_cmpstr (renewed->token, ==, old->token);
  assert_answer (world, &(Question){ "GET", path, renewed->token, renewed->identity, NULL }, "200");
  sync_once (world, NULL, &error);
  g_assert_no_error (error);
}

/* --- news --- */

static gboolean
put_ground_job (JpPlatform *platform, gpointer data, GError **error)
{
  World           *world = data;
  JpPlatformStore *store = jp_platform_get_store (platform);
  g_autoptr (JpRecord) ground = jp_test_record_new (JP_KIND_GROUND, world->ids);
  g_auto (JpTransaction) transaction = JP_TRANSACTION_INIT;

  return jp_platform_store_begin (store, &transaction, error) &&
         jp_platform_store_put (store, &world->school, ground, NULL, error) &&
         jp_platform_store_commit (store, &transaction, error);
}

static gboolean
set_true_cb (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* The platform holds the question back until something happens, and rings at once. */
static void
test_news (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Wait          wait = { NULL };
  JpSyncReceipt receipt = { 0 };
  gboolean      later = FALSE;
  gint64        rung_us = 0;

  jp_sync_watch_async (world->store, world->transport, NULL, done_cb, &wait);
  g_timeout_add (500, set_true_cb, &later);
  while (!later)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (wait.result);

  rung_us = g_get_monotonic_time ();
  run_job (world, put_ground_job, world);
  g_assert_true (jp_sync_watch_finish (world->store, wait_for (&wait), &error));
  g_assert_no_error (error);
  g_object_unref (wait.result);
  g_assert_cmpint (g_get_monotonic_time () - rung_us, <, 10 * G_USEC_PER_SEC);
  sync_once (world, &receipt, &error);
  g_assert_no_error (error);
  g_assert_cmpint (receipt.n_received, ==, 1);
}

/* --- the greeting --- */

static gboolean
greet (World *world, JpSyncHello *out_hello, GError **error)
{
  Wait     wait = { NULL };
  gboolean ok = FALSE;

  jp_sync_hello_async (world->store, world->transport, NULL, done_cb, &wait);
  ok = jp_sync_hello_finish (world->store, wait_for (&wait), out_hello, error);
  g_object_unref (wait.result);
  return ok;
}

static void
test_hello (World *world, gconstpointer data)
{
  static const struct
  {
    const char *answer;
    int         code; /* -1 = understood */
    gint64      schema;
  } cases[] = {
    { "{\"protocol\":[1,1],\"schema\":[1,1],\"now\":5}", -1, 1 },
    { "{\"protocol\":[1,3],\"schema\":[2,7],\"now\":5,\"more\":{}}", -1, JP_WIRE_SCHEMA_VERSION },
    { "{\"protocol\":[1,1],\"schema\":[8,9],\"now\":5}", JP_SYNC_ERROR_TOO_OLD, 0 },
    { "{\"protocol\":[2,2],\"schema\":[1,1],\"now\":5}", JP_SYNC_ERROR_TOO_OLD, 0 },
    { "{\"protocol\":[0,0],\"schema\":[1,1],\"now\":5}", JP_SYNC_ERROR_TOO_NEW, 0 },
    { "{\"protocol\":[1,1],\"schema\":[0,0],\"now\":5}", JP_SYNC_ERROR_TOO_NEW, 0 },
    { "{\"protocol\":[1,1],\"schema\":[1],\"now\":5}", JP_SYNC_ERROR_PROTOCOL, 0 },
  };
  JpSyncHello hello = { 0 };
  g_autoptr (GError) error = NULL;

  greet (world, &hello, &error);
  g_assert_no_error (error);
  g_assert_cmpint (hello.schema, ==, JP_WIRE_SCHEMA_VERSION);
  g_assert_cmpint (ABS (hello.offset_us), <, 60 * JP_SECOND_US);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) answer = g_bytes_new_static (cases[i].answer, strlen (cases[i].answer));
      g_autoptr (GError) refused = NULL;
      gboolean ok = jp_sync_hello_read (answer, &hello, &refused);

      g_assert_true (ok == (cases[i].code < 0));
      if (ok)
        g_assert_cmpint (hello.schema, ==, cases[i].schema);
      else
        g_assert_error (refused, JP_SYNC_ERROR, cases[i].code);
    }
}

/* --- the courier --- */

/* A file on its way. */
typedef struct
{
  World        *world;
  GBytes       *file;   /* (owned) (nullable): what was carried here */
  GBytes       *answer; /* (owned) (nullable): what is carried on */
  guint         n_ops;
  JpSyncReceipt receipt;
} Trip;

static gpointer
write_call (JpVault *vault, gpointer data, GError **error)
{
  Trip *trip = data;

  trip->answer = jp_sync_courier_write (vault, &trip->n_ops, error);
  return NULL;
}

static gpointer
apply_call (JpVault *vault, gpointer data, GError **error)
{
  Trip *trip = data;

  jp_sync_courier_apply (vault, trip->file, &trip->receipt, error);
  return NULL;
}

static gboolean
at_station (World *world,
            Trip  *trip,
            gpointer (*call) (JpVault *, gpointer, GError **),
            GError **error)
{
  Wait        wait = { NULL };
  JpStoreCall job = { call, trip, NULL, NULL, JP_STORE_KINDS_ALL };
  gboolean    ok = FALSE;

  jp_store_write_async (world->store, &job, G_PRIORITY_DEFAULT, NULL, done_cb, &wait);
  ok = jp_store_write_finish (world->store, wait_for (&wait), NULL, error);
  g_object_unref (wait.result);
  return ok;
}

static gboolean
answer_job (JpPlatform *platform, gpointer data, GError **error)
{
  Trip            *trip = data;
  g_autofree char *tls = g_build_filename (trip->world->folder, "tls", NULL);

  trip->answer = jp_platform_courier_answer (platform, tls, trip->file, &trip->n_ops, error);
  return trip->answer != NULL;
}

static GBytes *
change_byte (GBytes *file, gsize at)
{
  gsize   size = 0;
  guint8 *copy = NULL;

  size = g_bytes_get_size (file);
  copy = g_memdup2 (g_bytes_get_data (file, NULL), size);
  copy[at % size] ^= 1;
  return g_bytes_new_take (copy, size);
}

/* What waits goes up in a file, the verdicts come back in another, each twice. */
static void
test_courier (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JpSyncReceipt receipt = { 0 };
  Trip          up = { .world = world };

  add_ground (world);
  add_ground (world);
  at_station (world, &up, write_call, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (up.n_ops, ==, 2);

  Trip there = { .world = world, .file = up.answer };
  Trip again = { .world = world, .file = up.answer };

  run_job (world, answer_job, &there);
  g_assert_cmpuint (there.n_ops, ==, 2);
  run_job (world, answer_job, &again);
  g_assert_cmpuint (again.n_ops, ==, 2);

  /* Whoever changes anything is noticed, and nothing happens. */
  for (gsize i = 0; i < 40; i++)
    {
      g_autoptr (GBytes) changed =
        change_byte (there.answer, i * g_bytes_get_size (there.answer) / 40);
      Trip bad = { .world = world, .file = changed };

      g_assert_false (at_station (world, &bad, apply_call, &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
    }
  Trip back_to_front = { .world = world, .file = up.answer };
  g_assert_false (at_station (world, &back_to_front, apply_call, &error));
  g_assert_error (error, JP_SYNC_ERROR, JP_SYNC_ERROR_REJECTED);
  g_clear_error (&error);

  Trip down = { .world = world, .file = there.answer };
  at_station (world, &down, apply_call, &error);
  g_assert_no_error (error);
  g_assert_cmpint (down.receipt.n_judged, ==, 2);
  g_assert_cmpint (down.receipt.n_refused, ==, 0);
  g_assert_cmpint (down.receipt.n_received, ==, 2);
  at_station (world, &down, apply_call, &error);
  g_assert_no_error (error);
  g_assert_cmpint (down.receipt.n_judged, ==, 0);
  g_assert_cmpint (down.receipt.n_received, ==, 0);

  /* The line finds nothing to do; and an answer that it has overtaken does no harm. */
  sync_once (world, &receipt, &error);
  g_assert_no_error (error);
  g_assert_cmpint (receipt.n_sent, ==, 0);
  g_assert_cmpint (receipt.n_repaired, ==, 0);
  add_ground (world);
  sync_once (world, &receipt, &error);
  g_assert_no_error (error);
  Trip late = { .world = world, .file = again.answer };
  at_station (world, &late, apply_call, &error);
  g_assert_no_error (error);
  sync_once (world, &receipt, &error);
  g_assert_no_error (error);
  g_assert_cmpint (receipt.n_received, ==, 0);
  g_assert_cmpint (receipt.n_repaired, ==, 0);

  g_bytes_unref (up.answer);
  g_bytes_unref (there.answer);
  g_bytes_unref (again.answer);
}

static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  static GMutex mutex;

  g_mutex_lock (&mutex);
  for (gsize i = 0; i < n_fields; i++)
    if (strcmp (fields[i].key, "MESSAGE") == 0)
      g_string_append (logged, fields[i].value);
  g_mutex_unlock (&mutex);
  return level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR)
           ? g_log_writer_default (level, fields, n_fields, data)
           : G_LOG_WRITER_HANDLED;
}

#define ADD(name, func) g_test_add ("/sync/https/" name, World, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  int result = 0;

  logged = g_string_new (NULL);
  g_log_set_writer_func (write_log, NULL, NULL);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("certificates", test_certificates);
  ADD ("other-school", test_other_school);
  ADD ("every-endpoint", test_every_endpoint);
  ADD ("bombs-everywhere", test_bombs_everywhere);
  ADD ("replay", test_replay);
  ADD ("renewal", test_renewal);
  ADD ("news", test_news);
  ADD ("hello", test_hello);
  ADD ("bombs", test_bombs);
  ADD ("revoked", test_revoked);
  ADD ("restored", test_restored);
  ADD ("courier", test_courier);
  result = g_test_run ();
  g_string_free (logged, TRUE);
  return result;
}
