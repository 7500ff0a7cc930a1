/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-gzip.h"
#include "jp-http-router-private.h"
#include "jp-platform-caller.h"
#include "jp-public-test.h"
#include "jp-wire-http.h"

#define DEEP_BYTES   100000 /* nested arrays that end a program which reads them by itself (F15) */
#define DIGEST       "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define SECRET       "110101199003078515"
#define MAX_TOKENS   8
#define GZIP_LEVEL   9
#define BOMB_FACTOR  64 /* how much more a small body becomes than any limit */
#define MANY_MEMBERS (JP_JSON_MAX_MEMBERS + 1)

/* What a body or a query can do to whoever reads it, at every route that there is: of the stations,
 * of the public, of the administrator. A route that comes later is asked, too. */

typedef struct
{
  JpBusinessFixture *b;        /* (owned) */
  JpPublicTest      *p;        /* (owned) */
  JpPlatformCaller  *caller;   /* (owned) */
  JpId               contract; /* one that is offered */
  char              *tokens[MAX_TOKENS];
  guint              n_tokens;
} World;

static GString *logged;

static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      g_string_append_len (logged, fields[i].value, fields[i].length);
  return G_LOG_WRITER_HANDLED;
}

static void
set_up (World *world, gconstpointer data)
{
  static const JpPublicRole roles[] = { JP_PUBLIC_MESSENGER, JP_PUBLIC_TERMINAL,
                                        JP_PUBLIC_REVIEWER,  JP_PUBLIC_EXAMINER,
                                        JP_PUBLIC_BANK,      JP_PUBLIC_ADMINISTRATOR };

  g_string_truncate (logged, 0);
  world->b = jp_business_fixture_new ();
  world->p = jp_public_test_new (world->b);
  world->caller = jp_platform_caller_new (world->b->f, &world->b->f->school);
  world->contract = jp_business_fixture_offer (world->b);
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    world->tokens[world->n_tokens++] = jp_public_test_dup_token (world->p, roles[i]);
  world->tokens[world->n_tokens++] = jp_public_test_dup_trainee_token (world->p, &world->contract);
}

static void
tear_down (World *world, gconstpointer data)
{
  for (guint i = 0; i < world->n_tokens; i++)
    g_free (world->tokens[i]);
  jp_platform_caller_free (world->caller);
  jp_public_test_free (world->p);
  jp_business_fixture_free (world->b);
}

/* --- asking --- */

static char *
fill_path (World *world, const char *path)
{
  GString *filled = g_string_new (path);
  JpIdText text;

  g_string_replace (filled, "{school}", jp_id_to_text (&world->caller->school, text), 0);
  g_string_replace (filled, "{station}", jp_id_to_text (&world->caller->station, text), 0);
  g_string_replace (filled, "{contract}", jp_id_to_text (&world->contract, text), 0);
  g_string_replace (filled, "{enrolment}", jp_id_to_text (&world->contract, text), 0);
  g_string_replace (filled, "{table}", "trainee", 0);
  g_string_replace (filled, "{digest}", DIGEST, 0);
  if (strchr (filled->str, '{') != NULL)
    g_error ("%s: say in this test what its parameter may be", path);
  return g_string_free (filled, FALSE);
}

typedef struct
{
  const JpHttpRoute *route;
  const char        *query;
  const char        *token;
  const char        *encoding;
  GBytes            *body;
} Bomb;

static JpHttpResponse *throw (World * world, const Bomb *bomb)
{
  gboolean is_public = g_str_has_prefix (bomb->route->path, "/v1/public/") ||
                       g_str_has_prefix (bomb->route->path, "/v1/admin/");
  JpHttpRouter    *router = is_public ? world->p->router : world->caller->router;
  g_autofree char *path = fill_path (world, bomb->route->path);
  const char      *token = is_public ? bomb->token : world->caller->token;
  g_autofree char *authorization = token != NULL ? g_strconcat ("Bearer ", token, NULL) : NULL;
  const JpHttpRequestFields fields = {
    .method = bomb->route->method,
    .path = path,
    .query = bomb->query,
    .authorization = authorization,
    .content_type = "application/json",
    .content_encoding = bomb->encoding,
    .sync_protocol = JP_WIRE_PROTOCOL_VERSION,
    .remote = "127.0.0.1",
    .body = bomb->body,
  };

  return jp_http_router_handle (router, &fields);
}

/* With the token of whoever may ask, so that the body is read at all. */
static JpHttpResponse *
throw_as_any (World *world, Bomb bomb)
{
  JpHttpResponse *response = NULL;

  for (guint i = 0; i < world->n_tokens; i++)
    {
      g_clear_pointer (&response, jp_http_response_unref);
      bomb.token = world->tokens[i];
      response = throw (world, &bomb);
      if (jp_http_response_get_status (response) != 403)
        break;
    }
  return response;
}

static void
assert_problem (World *world, Bomb bomb, guint status, const char *type)
{
  g_autoptr (JpHttpResponse) response = throw_as_any (world, bomb);
  g_autofree char *what = g_strdup_printf ("%s %s", bomb.route->method, bomb.route->path);

  g_test_message ("%s", what);
  jp_platform_caller_assert_problem (response, status, type);

  /* Whoever answers does not repeat what it was told. */
  GBytes     *body = jp_http_response_get_body (response);
  const char *text = g_bytes_get_data (body, NULL);

  g_assert_null (g_strstr_len (text, (gssize)g_bytes_get_size (body), SECRET));
}

typedef void (*RouteFunc) (World *world, const JpHttpRoute *route);

static void
for_each_of (World *world, JpHttpRouter *router, const char *method, RouteFunc func)
{
  const JpHttpRoute *route = NULL;
  guint              n = 0;

  for (guint i = 0; (route = jp_http_router_get_route (router, i)) != NULL; i++)
    if (g_str_equal (route->method, method))
      {
        func (world, route);
        n++;
      }
  g_assert_cmpuint (n, >, 0);
}

static void
for_each_route (World *world, const char *method, RouteFunc func)
{
  for_each_of (world, world->caller->router, method, func);
  for_each_of (world, world->p->router, method, func);
}

/* --- bodies that are too large, as they are or unpacked --- */

static GBytes *
new_filled (char c, gsize n_bytes)
{
  char *bytes = g_malloc (n_bytes);

  memset (bytes, c, n_bytes);
  return g_bytes_new_take (bytes, n_bytes);
}

static void
throw_large (World *world, const JpHttpRoute *route)
{
  g_autoptr (GBytes) plain = new_filled (' ', route->max_body_bytes + 1);
  g_autoptr (GBytes) inflated = new_filled (' ', route->max_inflated_bytes * BOMB_FACTOR);
  g_autoptr (GBytes) packed = jp_gzip_pack (inflated, GZIP_LEVEL);

  if (g_bytes_get_size (packed) > route->max_packed_bytes)
    {
      g_clear_pointer (&inflated, g_bytes_unref);
      g_clear_pointer (&packed, g_bytes_unref);
      inflated = new_filled (' ', route->max_inflated_bytes + 1);
      packed = jp_gzip_pack (inflated, GZIP_LEVEL);
    }
  g_assert_cmpuint (g_bytes_get_size (packed), <=, route->max_packed_bytes);
  assert_problem (world, (Bomb){ .route = route, .body = plain }, 413, "too-large");
  assert_problem (world, (Bomb){ .route = route, .body = packed, .encoding = "gzip" }, 413,
                  "too-large");
  assert_problem (world, (Bomb){ .route = route, .body = plain, .encoding = "br" }, 415,
                  "bad-encoding");
}

static void
throw_at_get (World *world, const JpHttpRoute *route)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);

  assert_problem (world, (Bomb){ .route = route, .body = body }, 413, "too-large");
}

static void
test_large (World *world, gconstpointer data)
{
  for_each_route (world, "POST", throw_large);
  for_each_route (world, "GET", throw_at_get);
}

/* --- JSON that is no JSON, or too much of it --- */

static void
throw_text (World *world, const JpHttpRoute *route, const char *text, gsize n_bytes)
{
  g_autoptr (GBytes) body = g_bytes_new (text, n_bytes);

  assert_problem (world, (Bomb){ .route = route, .body = body }, 400, "bad-json");
}

/* Within the limit of bytes, but beyond another one. */
static void
throw_much (World *world, const JpHttpRoute *route, GString *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text->str, MIN (text->len, route->max_body_bytes));

  assert_problem (world, (Bomb){ .route = route, .body = body }, 413, "too-large");
}

static void
throw_deep (World *world, const JpHttpRoute *route)
{
  static const char *const openings[] = { "[", "{\"a\":", "{\"rows\":[" };
  g_autoptr (GBytes) deep = new_filled ('[', DEEP_BYTES);
  g_autoptr (GBytes) packed = jp_gzip_pack (deep, GZIP_LEVEL);

  for (gsize i = 0; i < G_N_ELEMENTS (openings); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      while (text->len < DEEP_BYTES)
        g_string_append (text, openings[i]);
      throw_much (world, route, text);
    }
  /* About 130 bytes. */
  assert_problem (world, (Bomb){ .route = route, .body = packed, .encoding = "gzip" }, 413,
                  "too-large");
}

static void
test_deep (World *world, gconstpointer data)
{
  for_each_route (world, "POST", throw_deep);
}

static void
throw_wrong (World *world, const JpHttpRoute *route)
{
  static const char *const texts[] = {
    "",
    " ",
    "{",
    "{}x",
    "\xef\xbb\xbf{}",
    "{\"a\":1,\"a\":2}",
    "{\"id_number\":\"" SECRET "\",\"id_number\":\"" SECRET "\"}",
    "{\"a\":0x10}",
    "{\"a\":01}",
    "{'a':1}",
    "{\"a\":1/**/}",
    "{\"a\":\"\\ud800\"}",
    "{\"a\":\"\xff\"}",
    "{\"a\":\"\x01\"}",
    "{\"a\":NaN}",
    "[1,2]",
    "\"text\"",
    "null",
    "1",
  };
  static const char zero[] = "{\"a\":\"b\0c\"}";

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    throw_text (world, route, texts[i], strlen (texts[i]));
  throw_text (world, route, zero, sizeof zero - 1);
}

static void
test_wrong (World *world, gconstpointer data)
{
  for_each_route (world, "POST", throw_wrong);
}

static void
throw_wide (World *world, const JpHttpRoute *route)
{
  g_autoptr (GString) members = g_string_new ("{");
  g_autoptr (GString) number = g_string_new ("{\"a\":1");
  g_autoptr (GString) text = g_string_new ("{\"a\":\"");

  for (guint i = 0; i < MANY_MEMBERS; i++)
    g_string_append_printf (members, "%s\"%x\":1", i > 0 ? "," : "", i);
  g_string_append_c (members, '}');
  for (guint i = 0; i < JP_JSON_MAX_NUMBER_BYTES; i++)
    g_string_append_c (number, '0');
  g_string_append_c (number, '}');
  while (text->len <= JP_JSON_MAX_STRING_BYTES + 10)
    g_string_append (text, SECRET);
  g_string_append (text, "\"}");

  throw_much (world, route, members);
  throw_much (world, route, number);
  if (text->len <= route->max_body_bytes)
    throw_much (world, route, text);
}

static void
test_wide (World *world, gconstpointer data)
{
  for_each_route (world, "POST", throw_wide);
}

/* --- paths and queries --- */

static void
throw_query (World *world, const JpHttpRoute *route)
{
  g_autofree char *query = g_strnfill (JP_HTTP_MAX_QUERY_BYTES + 1, 'a');
  g_autoptr (JpHttpResponse) response =
    throw_as_any (world, (Bomb){ .route = route, .query = query });

  g_assert_cmpuint (jp_http_response_get_status (response), >=, 400);
  g_assert_cmpuint (jp_http_response_get_status (response), <, 500);
}

static void
test_query (World *world, gconstpointer data)
{
  for_each_route (world, "GET", throw_query);
}

int
main (int argc, char **argv)
{
  int result = 0;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  logged = g_string_new (NULL);
  g_log_set_writer_func (write_log, NULL, NULL);

#define ADD(name, function)                                                                        \
  g_test_add ("/platform/bombs/" name, World, NULL, set_up, function, tear_down)
  ADD ("large", test_large);
  ADD ("deep", test_deep);
  ADD ("wrong", test_wrong);
  ADD ("wide", test_wide);
  ADD ("query", test_query);
#undef ADD

  result = g_test_run ();
  g_assert_null (strstr (logged->str, SECRET));
  g_string_free (logged, TRUE);
  return result;
}
