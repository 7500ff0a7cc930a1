/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-platform-caller.h"

#include "jp-codes.h"
#include "jp-cursor.h"
#include "jp-json.h"
#include "jp-platform-limiter.h"
#include "jp-platform-station.h"
#include "jp-wire-http.h"

typedef struct
{
  JpPlatformFixture *f;
  JpPlatformCaller  *a;
} Desk;

static void
desk_set_up (Desk *desk, gconstpointer data)
{
  desk->f = jp_platform_fixture_new ();
  desk->a = jp_platform_caller_new (desk->f, &desk->f->school);
}

static void
desk_tear_down (Desk *desk, gconstpointer data)
{
  jp_platform_caller_free (desk->a);
  jp_platform_fixture_free (desk->f);
}

static JpRecord *
new_trainee (Desk *desk)
{
  return jp_draft_end (jp_platform_fixture_new_trainee (desk->f));
}

static JpRecord *
with_note (JpRecord *record, const char *note)
{
  g_autoptr (JpDraft) draft = jp_draft_new_from (record);

  jp_draft_set_text (draft, JP_TRAINEE_NOTE, note);
  return jp_draft_end (g_steal_pointer (&draft));
}

static JsonObject *
read_object (JpHttpResponse *response, JsonNode **out_root)
{
  g_autoptr (GError) error = NULL;

  *out_root = jp_json_parse (jp_http_response_get_body (response), JP_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
  return json_node_get_object (*out_root);
}

/* --- hello and enrolment --- */

static void
test_hello (Desk *desk, gconstpointer data)
{
  g_autoptr (JpHttpResponse) response = jp_platform_caller_send (desk->a, "GET", "/v1/hello", NULL);
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object = read_object (response, &root);

  g_assert_cmpuint (jp_http_response_get_status (response), ==, 200);
  g_assert_cmpint (json_object_get_int_member (object, "now"), ==, JP_FAKE_CLOCK_NOW_US);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "protocol")), ==,
                    2);

  /* The range of versions that the station's schema header may have. */
  JsonArray *schema = json_object_get_array_member (object, "schema");

  g_assert_cmpint (json_array_get_int_element (schema, 0), ==, JP_WIRE_SCHEMA_OLDEST);
  g_assert_cmpint (json_array_get_int_element (schema, 1), ==, JP_WIRE_SCHEMA_VERSION);
}

static JpHttpResponse *
enrol (Desk *desk, const char *code, const char *name)
{
  g_autofree char *text =
    g_strdup_printf ("{\"code\":\"%s\",\"station_name\":\"%s\",\"request\":\"for %s\"}", code, name,
                     name);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return jp_platform_caller_send (desk->a, "POST", "/v1/enrol", body);
}

static char *
make_code (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  char *code = jp_platform_station_make_code (jp_platform_fixture_get_store (desk->f),
                                              &desk->f->school, &error);

  g_assert_no_error (error);
  return code;
}

static void
test_enrol (Desk *desk, gconstpointer data)
{
  g_autofree char *code = make_code (desk);
  g_autofree char *typed = g_ascii_strdown (code, -1);
  g_auto (GStrv) parts = g_strsplit (typed, "-", -1);
  g_autofree char *plain = g_strjoinv (" ", parts);
  g_autoptr (JpHttpResponse) response = enrol (desk, plain, "前台 2");
  g_autoptr (JpHttpResponse) again = enrol (desk, code, "前台 2");
  g_autoptr (JpHttpResponse) other = enrol (desk, code, "前台 3");
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object = read_object (response, &root);
  JpIdText    school;

  g_assert_cmpuint (jp_http_response_get_status (response), ==, 200);
  g_assert_cmpstr (json_object_get_string_member (object, "school"), ==,
                   jp_id_to_text (&desk->f->school, school));
  g_assert_cmpint (json_object_get_int_member (object, "station_no"), ==, 2);
  g_assert_cmpuint (strlen (json_object_get_string_member (object, "token")), ==, 64);
  g_assert_cmpuint (strlen (json_object_get_string_member (object, "policy_key")), ==, 64);

  /* Who lost the answer may ask again; nobody else may. */
  g_assert_true (
    g_bytes_equal (jp_http_response_get_body (response), jp_http_response_get_body (again)));
  jp_platform_caller_assert_problem (other, 401, "auth");

  /* The token speaks for the station. */
  g_free (desk->a->token);
  desk->a->token = g_strdup (json_object_get_string_member (object, "token"));
  g_autoptr (JpPageFeed) page = jp_platform_caller_pull (desk->a, 10);
  g_assert_cmpuint (page->records->len, ==, 1);

  /* Now it has what it was given. */
  g_autoptr (JpHttpResponse) late = enrol (desk, code, "前台 2");
  jp_platform_caller_assert_problem (late, 401, "auth");

  /* Neither code nor token lies in the database. */
  g_assert_cmpint (jp_platform_fixture_count (desk->f, "SELECT count(*) FROM station, enrol_code"
                                                       " WHERE length (token_hash) <> 64"
                                                       " OR length (hash) <> 64"),
                   ==, 0);
}

static void
test_enrol_refused (Desk *desk, gconstpointer data)
{
  g_autofree char *code = make_code (desk);
  g_autoptr (GBytes) nonsense = g_bytes_new_static ("[", 1);
  g_autoptr (JpHttpResponse) unknown = enrol (desk, "AAAA-BBBB-CCCC-DDDD", "前台");
  g_autoptr (JpHttpResponse) nameless = enrol (desk, code, "");
  g_autoptr (JpHttpResponse) malformed =
    jp_platform_caller_send (desk->a, "POST", "/v1/enrol", nonsense);

  jp_platform_caller_assert_problem (unknown, 401, "auth");
  jp_platform_caller_assert_problem (nameless, 400, "invalid");
  jp_platform_caller_assert_problem (malformed, 400, "bad-json");

  jp_fake_clock_advance (desk->f->clock, JP_PLATFORM_STATION_CODE_VALID_US);
  g_autoptr (JpHttpResponse) old = enrol (desk, code, "前台");
  jp_platform_caller_assert_problem (old, 401, "auth");
}

static void
test_enrol_limited (Desk *desk, gconstpointer data)
{
  g_autofree char *code = make_code (desk);

  for (guint i = 0; i < JP_PLATFORM_LIMITER_MAX_FAILURES; i++)
    {
      g_autoptr (JpHttpResponse) response = enrol (desk, "AAAA-BBBB-CCCC-DDDD", "前台");

      jp_platform_caller_assert_problem (response, 401, "auth");
    }

  g_autoptr (JpHttpResponse) limited = enrol (desk, code, "前台");
  jp_platform_caller_assert_problem (limited, 429, "rate-limited");
  g_assert_cmpuint (jp_http_response_get_retry_after_s (limited), ==, 60);

  jp_fake_clock_advance (desk->f->clock, JP_MINUTE_US);
  g_autoptr (JpHttpResponse) taken = enrol (desk, code, "前台");
  g_assert_cmpuint (jp_http_response_get_status (taken), ==, 200);
}

static void
test_station_numbers (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *code = make_code (desk);
  g_autoptr (JpHttpResponse) response = NULL;

  jp_db_exec (jp_platform_fixture_get_db (desk->f), "UPDATE station SET no = 999", &error);
  g_assert_no_error (error);
  response = enrol (desk, code, "前台");
  jp_platform_caller_assert_problem (response, 409, "conflict");
}

/* --- who may ask --- */

static void
test_auth (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = g_steal_pointer (&desk->a->token);
  g_autoptr (JpHttpResponse) nobody = jp_platform_caller_get (desk->a, "changes");

  jp_platform_caller_assert_problem (nobody, 401, "auth");
  desk->a->token = g_strdup ("0000000000000000000000000000000000000000000000000000000000000000");
  g_autoptr (JpHttpResponse) wrong = jp_platform_caller_get (desk->a, "changes");
  jp_platform_caller_assert_problem (wrong, 401, "auth");

  g_free (desk->a->token);
  desk->a->token = g_steal_pointer (&token);
  jp_platform_station_revoke (jp_platform_fixture_get_store (desk->f), &desk->a->station, &error);
  g_assert_no_error (error);
  g_autoptr (JpHttpResponse) revoked = jp_platform_caller_get (desk->a, "changes");
  jp_platform_caller_assert_problem (revoked, 403, "device-revoked");

  jp_platform_station_revoke (jp_platform_fixture_get_store (desk->f), &desk->f->school, &error);
  g_assert_error (error, JP_PLATFORM_ERROR, JP_PLATFORM_ERROR_NOT_FOUND);
}

static void
test_other_school (Desk *desk, gconstpointer data)
{
  static const char *const paths[] = { "changes", "changes?after=&limit=5", "bootstrap/trainee",
                                       "bootstrap/school", "bootstrap/policy" };
  g_autoptr (JpRecord) theirs =
    jp_platform_fixture_put (desk->f, &desk->f->other, new_trainee (desk));

  g_assert_nonnull (theirs);
  desk->a->school = desk->f->other;
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (JpHttpResponse) response = jp_platform_caller_get (desk->a, "%s", paths[i]);

      jp_platform_caller_assert_problem (response, 403, "forbidden");
    }

  g_autoptr (JpHttpResponse) push = jp_platform_caller_push_raw (desk->a);
  jp_platform_caller_assert_problem (push, 403, "forbidden");

  g_autoptr (JpHttpResponse) nonsense =
    jp_platform_caller_send (desk->a, "GET", "/v1/schools/1%20OR%201/changes", NULL);
  jp_platform_caller_assert_problem (nonsense, 403, "forbidden");

  /* Its own pages have nothing of the other school. */
  desk->a->school = desk->f->school;
  g_autoptr (JpPageFeed) page = jp_platform_caller_pull (desk->a, 100);
  g_assert_cmpuint (page->records->len, ==, 1);
}

static void
test_versions (Desk *desk, gconstpointer data)
{
  static const struct
  {
    const char *protocol;
    const char *schema;
    const char *problem;
  } cases[] = {
    { "0", "1", "schema-too-old" },
    { "2", "1", "schema-too-new" },
    { "1", "0", "schema-too-old" },
    { "1", "3", "schema-too-new" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      JpIdText         school;
      g_autofree char *path =
        g_strdup_printf ("/v1/schools/%s/changes", jp_id_to_text (&desk->f->school, school));
      g_autofree char *authorization = g_strconcat ("Bearer ", desk->a->token, NULL);
      g_autoptr (JpHttpResponse) response =
        jp_http_router_handle (desk->a->router, &(JpHttpRequestFields){
                                                  .method = "GET",
                                                  .path = path,
                                                  .authorization = authorization,
                                                  .sync_protocol = cases[i].protocol,
                                                  .sync_schema = cases[i].schema,
                                                });

      jp_platform_caller_assert_problem (response, 426, cases[i].problem);
    }
}

/* --- cursors --- */

static void
set_text (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

static void
renew_outbox (Desk *desk)
{
  g_clear_pointer (&desk->a->outbox, jp_push_request_free);
  desk->a->outbox = jp_push_request_new (&desk->a->station, desk->a->epoch, desk->a->after);
}

static void
assert_both (Desk *desk, guint status, const char *type)
{
  g_autoptr (JpHttpResponse) changes =
    jp_platform_caller_get (desk->a, "changes?after=%s", desk->a->after);
  g_autoptr (JpHttpResponse) push = NULL;

  jp_platform_caller_assert_problem (changes, status, type);
  renew_outbox (desk);
  push = jp_platform_caller_push_raw (desk->a);
  jp_platform_caller_assert_problem (push, status, type);
}

static void
test_cursors (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JpPlatformStore *store = jp_platform_fixture_get_store (desk->f);
  g_autofree char *first = g_strdup (jp_platform_store_get_epoch (store));
  const char      *epoch = first;
  g_autofree char *beyond = jp_cursor_to_text (epoch, 999999);

  set_text (&desk->a->after, "yesterday");
  assert_both (desk, 400, "invalid");
  set_text (&desk->a->after, "e-0:1");
  assert_both (desk, 409, "epoch-changed");

  /* We cannot have given it out, unless we went back in time; but not every minute. */
  set_text (&desk->a->after, beyond);
  renew_outbox (desk);
  g_autoptr (JpHttpResponse) future = jp_platform_caller_push_raw (desk->a);
  jp_platform_caller_assert_problem (future, 409, "epoch-changed");
  g_assert_cmpstr (jp_platform_store_get_epoch (store), !=, epoch);
  epoch = jp_platform_store_get_epoch (store);
  g_autofree char *again = jp_cursor_to_text (epoch, 999999);
  g_autofree char *old = jp_cursor_to_text (epoch, 0);
  set_text (&desk->a->after, again);
  assert_both (desk, 410, "resync-required");

  jp_db_exec (jp_platform_fixture_get_db (desk->f), "UPDATE tenant SET min_seq = 1", &error);
  g_assert_no_error (error);
  set_text (&desk->a->after, old);
  assert_both (desk, 410, "resync-required");
  set_text (&desk->a->after, "");
  assert_both (desk, 410, "resync-required");
}

/* After the database was restored from a copy, a station is told so, finds out what the copy has of
 * it, and sends the rest again. */
static void
test_epoch (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpRecord) trainee = new_trainee (desk);
  g_autoptr (JpVerdict) verdict = jp_platform_caller_push_edit (desk->a, NULL, trainee);

  g_assert_cmpint (verdict->result, ==, JP_VERDICT_APPLIED);
  jp_platform_store_new_epoch (jp_platform_fixture_get_store (desk->f), &error);
  g_assert_no_error (error);

  set_text (&desk->a->after, "");
  renew_outbox (desk);
  g_autoptr (JpHttpResponse) response = jp_platform_caller_push_raw (desk->a);
  jp_platform_caller_assert_problem (response, 409, "epoch-changed");

  set_text (&desk->a->epoch, "");
  renew_outbox (desk);
  g_autoptr (JpPushResponse) push = jp_platform_caller_push (desk->a);
  g_assert_cmpint (push->acked_n, ==, 1);
  g_assert_cmpuint (push->feed->records->len, ==, 2);
}

static void
test_bad_questions (Desk *desk, gconstpointer data)
{
  static const struct
  {
    const char *path;
    guint       status;
    const char *type;
  } cases[] = {
    { "changes?limit=0", 400, "invalid" },
    { "changes?limit=2001", 400, "invalid" },
    { "changes?limit=x", 400, "invalid" },
    { "changes?wait=26", 400, "invalid" },
    { "changes?wait=-1", 400, "invalid" },
    { "bootstrap/moon", 404, "not-found" },
    { "bootstrap/trainee?after=-1", 400, "invalid" },
    { "bootstrap/trainee?limit=5001", 400, "invalid" },
    { "moon", 404, "not-found" },
    { "push", 405, "method-not-allowed" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JpHttpResponse) response = jp_platform_caller_get (desk->a, "%s", cases[i].path);

      jp_platform_caller_assert_problem (response, cases[i].status, cases[i].type);
    }
}

/* A request that waits is answered at its last call. */
static void
test_wait (Desk *desk, gconstpointer data)
{
  g_autoptr (JpPageFeed) all = jp_platform_caller_pull (desk->a, 100);
  g_autoptr (JpHttpResponse) response =
    jp_platform_caller_get (desk->a, "changes?after=%s&wait=25", desk->a->after);

  g_assert_true (all->complete);
  g_assert_cmpuint (jp_http_response_get_status (response), ==, 200);
}

/* --- pushes --- */

static void
test_push_malformed (Desk *desk, gconstpointer data)
{
  g_autoptr (GBytes) nonsense = g_bytes_new_static ("{\"ops\":", 7);
  g_autofree char *long_text = g_strnfill (1024 * 1024 + 1, ' ');
  g_autoptr (GBytes) large = g_bytes_new_static (long_text, 1024 * 1024 + 1);
  JpIdText         school;
  g_autofree char *path =
    g_strdup_printf ("/v1/schools/%s/push", jp_id_to_text (&desk->f->school, school));
  g_autoptr (JpHttpResponse) bad = jp_platform_caller_send (desk->a, "POST", path, nonsense);
  g_autoptr (JpHttpResponse) too_large = jp_platform_caller_send (desk->a, "POST", path, large);

  jp_platform_caller_assert_problem (bad, 400, "bad-json");
  jp_platform_caller_assert_problem (too_large, 413, "too-large");
}

static void
test_push_other_station (Desk *desk, gconstpointer data)
{
  g_autoptr (JpPlatformCaller) b = jp_platform_caller_new (desk->f, &desk->f->school);

  desk->a->station = b->station;
  renew_outbox (desk);
  g_autoptr (JpHttpResponse) response = jp_platform_caller_push_raw (desk->a);
  jp_platform_caller_assert_problem (response, 403, "forbidden");
}

static void
test_push_too_many (Desk *desk, gconstpointer data)
{
  for (guint i = 0; i <= JP_PUSH_MAX_OPS; i++)
    jp_platform_caller_end (desk->a, jp_platform_caller_begin (desk->a, "nothing"));

  g_autoptr (JpHttpResponse) response = jp_platform_caller_push_raw (desk->a);
  jp_platform_caller_assert_problem (response, 413, "too-large");
}

static void
test_push_gap (Desk *desk, gconstpointer data)
{
  g_autoptr (JpRecord) trainee = new_trainee (desk);
  g_autoptr (JpVerdict) verdict = jp_platform_caller_push_edit (desk->a, NULL, trainee);
  g_autoptr (JsonNode) root = NULL;

  g_assert_cmpint (verdict->n, ==, 1);
  desk->a->n++;
  jp_platform_caller_end (desk->a, jp_platform_caller_begin (desk->a, "later"));
  g_autoptr (JpHttpResponse) response = jp_platform_caller_push_raw (desk->a);

  jp_platform_caller_assert_problem (response, 409, "gap");
  g_assert_cmpint (json_object_get_int_member (read_object (response, &root), "expected_n"), ==, 2);
}

/* Two PCs with one disk image. */
static void
test_push_fork (Desk *desk, gconstpointer data)
{
  g_autoptr (JpRecord) trainee = new_trainee (desk);
  g_autoptr (JpPlatformCaller) clone = NULL;
  g_autoptr (JpRecord) first = with_note (trainee, "一");
  g_autoptr (JpRecord) second = with_note (trainee, "二");
  g_autoptr (JpRecord) third = with_note (trainee, "三");
  g_autoptr (JpVerdict) verdict = jp_platform_caller_push_edit (desk->a, NULL, trainee);

  g_assert_cmpint (verdict->result, ==, JP_VERDICT_APPLIED);
  clone = jp_platform_caller_new_clone (desk->a);
  g_autoptr (JpVerdict) mine = jp_platform_caller_push_edit (desk->a, trainee, first);
  g_assert_cmpint (mine->result, ==, JP_VERDICT_APPLIED);

  /* The same number again with other bytes. */
  jp_platform_caller_edit (clone, trainee, second);
  g_autoptr (JpHttpResponse) same_number = jp_platform_caller_push_raw (clone);
  jp_platform_caller_assert_problem (same_number, 409, "station-forked");

  /* And one further, in the same push and after the other has caught up. */
  jp_platform_caller_edit (clone, second, third);
  g_autoptr (JpHttpResponse) further = jp_platform_caller_push_raw (clone);
  jp_platform_caller_assert_problem (further, 409, "station-forked");
  g_ptr_array_remove_index (clone->outbox->items, 0);
  g_autoptr (JpHttpResponse) next = jp_platform_caller_push_raw (clone);
  jp_platform_caller_assert_problem (next, 409, "station-forked");

  /* It enrols anew and sends under new numbers; nothing is lost or doubled. */
  g_autoptr (JpPlatformCaller) anew = jp_platform_caller_new (desk->f, &desk->f->school);
  g_autoptr (JpVerdict) again = jp_platform_caller_push_edit (anew, trainee, second);

  g_assert_cmpint (again->result, ==, JP_VERDICT_CONFLICT);
}

static void
test_push_changed_bytes (Desk *desk, gconstpointer data)
{
  g_autoptr (JpRecord) trainee = new_trainee (desk);

  jp_platform_caller_edit (desk->a, NULL, trainee);

  JpPushItem *item = g_ptr_array_index (desk->a->outbox->items, 0);

  item->chain[7] ^= 1;
  g_autoptr (JpHttpResponse) response = jp_platform_caller_push_raw (desk->a);
  jp_platform_caller_assert_problem (response, 409, "station-forked");
  g_assert_cmpint (jp_platform_fixture_count (desk->f, "SELECT count(*) FROM trainee"), ==, 0);
}

static void
test_push_replay (Desk *desk, gconstpointer data)
{
  g_autoptr (JpRecord) trainee = new_trainee (desk);
  g_autoptr (JpRecord) noted = with_note (trainee, "周末练车");
  g_autoptr (JpRecord) bad = with_note (trainee, "再改");
  g_autoptr (JpDraft) draft = jp_draft_new_from (bad);

  jp_draft_set_text (draft, JP_TRAINEE_PHONE, "5");
  g_autoptr (JpRecord) invalid = jp_draft_end (g_steal_pointer (&draft));

  jp_platform_caller_edit (desk->a, NULL, trainee);
  jp_platform_caller_edit (desk->a, trainee, noted);
  jp_platform_caller_edit (desk->a, noted, invalid);

  /* The answer was lost: the same push gets the same answer, and nothing happens again. */
  g_autoptr (JpHttpResponse) first = jp_platform_caller_push_raw (desk->a);
  gint64 seq = jp_platform_fixture_get_seq (desk->f, &desk->f->school);
  g_autoptr (JpHttpResponse) second = jp_platform_caller_push_raw (desk->a);

  g_assert_cmpuint (jp_http_response_get_status (first), ==, 200);
  g_assert_true (
    g_bytes_equal (jp_http_response_get_body (first), jp_http_response_get_body (second)));
  g_assert_cmpint (jp_platform_fixture_get_seq (desk->f, &desk->f->school), ==, seq);

  /* Also when it comes with more behind it, or after a restart. */
  jp_platform_fixture_reopen (desk->f);
  g_autoptr (JpPlatformCaller) b = jp_platform_caller_new (desk->f, &desk->f->school);

  g_clear_pointer (&desk->a->router, jp_http_router_unref);
  desk->a->router = jp_http_router_ref (b->router);
  g_ptr_array_remove_index (desk->a->outbox->items, 0);
  jp_platform_caller_edit (desk->a, noted, bad);
  g_autoptr (JpPushResponse) third = jp_platform_caller_push (desk->a);
  const JpVerdict *second_verdict = g_ptr_array_index (third->verdicts, 1);
  const JpVerdict *new_verdict = g_ptr_array_index (third->verdicts, 2);

  g_assert_cmpint (second_verdict->result, ==, JP_VERDICT_REJECTED);
  g_assert_cmpint (new_verdict->n, ==, 4);
  g_assert_cmpint (new_verdict->result, ==, JP_VERDICT_APPLIED);
}

/* Operations that come again from a station that enrolled anew are known by their identity. */
static void
test_push_duplicate (Desk *desk, gconstpointer data)
{
  g_autoptr (JpRecord) trainee = new_trainee (desk);
  g_autoptr (JpPlatformCaller) anew = jp_platform_caller_new (desk->f, &desk->f->school);
  g_autoptr (JpPlatformCaller) other = jp_platform_caller_new (desk->f, &desk->f->other);
  g_autoptr (JpPushResponse) first = NULL;
  JpOp *op = NULL;
  JpId  id;

  op = jp_platform_caller_begin (desk->a, "create");
  id = op->id;
  g_ptr_array_add (op->rows, jp_op_row_new (NULL, trainee));
  jp_platform_caller_end (desk->a, op);
  first = jp_platform_caller_push (desk->a);

  for (int i = 0; i < 2; i++)
    {
      JpPlatformCaller *caller = i == 0 ? anew : other;
      JpOp             *again = jp_op_new (1, &id, "front-desk", JP_FAKE_CLOCK_NOW_US, "create");

      g_ptr_array_add (again->rows, jp_op_row_new (NULL, trainee));
      jp_platform_caller_end (caller, again);
      g_autoptr (JpHttpResponse) raw = jp_platform_caller_push_raw (caller);
      g_autoptr (JpPushResponse) push = jp_platform_caller_push (caller);
      const JpVerdict *verdict = g_ptr_array_index (push->verdicts, 0);

      g_assert_cmpuint (jp_http_response_get_status (raw), ==, 200);

      /* Another school's operations are another school's. */
      g_assert_cmpint (verdict->result, ==, i == 0 ? JP_VERDICT_DUPLICATE : JP_VERDICT_PARKED);
      if (i == 0)
        {
          g_assert_cmpstr (verdict->problem, ==, "applied");
          g_assert_cmpint (verdict->seq, ==,
                           ((JpVerdict *)g_ptr_array_index (first->verdicts, 0))->seq);
        }
    }
  g_assert_cmpint (jp_platform_fixture_count (desk->f, "SELECT ver FROM trainee"), ==, 1);
}

static void
test_push_unreadable (Desk *desk, gconstpointer data)
{
  static const char *const rows[] = {
    "5", "[{\"t\":\"moon\"}]",
    "[{\"t\":\"moon\",\"id\":"
    "\"0193a000-0000-7000-8000-000000000001\",\"v\":0,\"set\":{}}]"
  };
  guint8   chain[JP_SEAL_HASH_BYTES] = { 0 };
  JpIdText id;
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *path =
    g_strdup_printf ("/v1/schools/%s/push", jp_id_to_text (&desk->f->school, id));

  g_string_append_printf (body, "{\"station\":\"%s\",\"epoch\":\"\",\"after\":\"\",\"ops\":[",
                          jp_id_to_text (&desk->a->station, id));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const JpId       op_id = jp_id_source_next (desk->f->ids);
      g_autofree char *op = g_strdup_printf ("{\"n\":%u,\"op\":\"%s\",\"actor\":\"u\",\"at\":1,"
                                             "\"kind\":\"edit\",\"rows\":%s}",
                                             i + 1, jp_id_to_text (&op_id, id), rows[i]);

      jp_hash_chain (chain, op, strlen (op), chain);
      g_autofree char *hex = jp_hash_to_hex (chain, sizeof chain);
      g_string_append_printf (body, "%s{\"chain\":\"%s\",\"op\":%s}", i > 0 ? "," : "", hex, op);
    }
  g_string_append (body, "]}");

  g_autoptr (GBytes) bytes = g_bytes_new (body->str, body->len);
  g_autoptr (JpHttpResponse) response = jp_platform_caller_send (desk->a, "POST", path, bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (JpPushResponse) push =
    jp_push_response_from_bytes (jp_http_response_get_body (response), &error);
  static const char *const problems[] = { "unreadable", "unreadable", "too-new" };

  g_assert_no_error (error);
  g_assert_cmpint (push->acked_n, ==, 3);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const JpVerdict *verdict = g_ptr_array_index (push->verdicts, i);

      g_assert_cmpint (verdict->result, ==, JP_VERDICT_REJECTED);
      g_assert_cmpstr (verdict->problem, ==, problems[i]);
    }
}

/* --- what reacts to rows --- */

typedef struct
{
  guint  n_calls;
  guint  fail_at; /* 0 = never */
  int    code;    /* of the platform's error domain, -1 = the disk is full */
  gint64 n_new;   /* rows that were new */
} Reaction;

static gboolean
react (JpPlatform *platform,
       const JpId *school,
       JpRecord   *before,
       JpRecord   *after,
       gpointer    user_data,
       GError    **error)
{
  Reaction *reaction = user_data;

  g_assert_cmpint (jp_record_get_head (after)->version, >, 0);
  reaction->n_calls++;
  if (before == NULL)
    reaction->n_new++;
  if (reaction->n_calls != reaction->fail_at)
    return TRUE;

  if (reaction->code < 0)
    g_set_error_literal (error, JP_DB_ERROR, JP_DB_ERROR_FULL, "no space left");
  else
    g_set_error_literal (error, JP_PLATFORM_ERROR, reaction->code, "not today");
  return FALSE;
}

/* A rule of the business refuses a row, and only that one. */
static void
test_row_funcs (Desk *desk, gconstpointer data)
{
  Reaction reaction = { .fail_at = 2, .code = JP_PLATFORM_ERROR_INVALID };
  g_autoptr (JpPushResponse) push = NULL;

  jp_platform_add_row_func (desk->f->platform, react, &reaction);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (JpRecord) trainee = new_trainee (desk);

      jp_platform_caller_edit (desk->a, NULL, trainee);
    }
  push = jp_platform_caller_push (desk->a);
  for (guint i = 0; i < 3; i++)
    {
      const JpVerdict *verdict = g_ptr_array_index (push->verdicts, i);

      g_assert_cmpint (verdict->result, ==, i == 1 ? JP_VERDICT_REJECTED : JP_VERDICT_APPLIED);
      g_assert_cmpstr (verdict->detail, ==, i == 1 ? "not today" : NULL);
    }
  g_assert_cmpint (reaction.n_new, ==, 3);
  g_assert_cmpint (jp_platform_fixture_count (desk->f, "SELECT count(*) FROM trainee"), ==, 2);
  g_assert_cmpint (jp_platform_fixture_count (desk->f, "SELECT count(*) FROM conflict"), ==, 1);
}

/* The platform gives a number to what is new. */
static gboolean
give_number (JpPlatform *platform,
             const JpId *school,
             JpRecord   *before,
             JpRecord   *after,
             gpointer    user_data,
             GError    **error)
{
  if (before != NULL)
    return TRUE;

  g_autoptr (JpDraft) draft = jp_draft_new_from (after);

  jp_draft_set_text (draft, JP_TRAINEE_NUMBER, "3717020000000001");
  g_autoptr (JpRecord) numbered = jp_draft_end (g_steal_pointer (&draft));

  return jp_platform_store_put (jp_platform_get_store (platform), school, numbered, NULL, error);
}

/* What follows from a station's edit is no change by somebody else: its next ones are as meant. */
static void
test_row_funcs_follow (Desk *desk, gconstpointer data)
{
  g_autoptr (JpRecord) trainee = new_trainee (desk);
  g_autoptr (JpRecord) noted = with_note (trainee, "周末练车");
  g_autoptr (JpDraft) draft = jp_draft_new_from (noted);

  jp_draft_set_deleted (draft, TRUE);
  g_autoptr (JpRecord) gone = jp_draft_end (g_steal_pointer (&draft));

  jp_platform_add_row_func (desk->f->platform, give_number, NULL);
  jp_platform_caller_edit (desk->a, NULL, trainee);
  jp_platform_caller_edit (desk->a, trainee, noted);
  jp_platform_caller_edit (desk->a, noted, gone);
  g_autoptr (JpPushResponse) push = jp_platform_caller_push (desk->a);

  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (((JpVerdict *)g_ptr_array_index (push->verdicts, i))->result, ==,
                     JP_VERDICT_APPLIED);

  g_autoptr (JpRecord) now =
    jp_platform_fixture_find (desk->f, JP_KIND_TRAINEE, jp_record_get_id (trainee));
  g_assert_true (jp_record_get_head (now)->deleted);
  g_assert_cmpstr (jp_record_get_text (now, JP_TRAINEE_NUMBER), ==, "3717020000000001");
}

/* Wherever a push breaks off, nothing of it has happened; afterwards it goes through as if nothing
 * had been. */
static void
test_broken_push (Desk *desk, gconstpointer data)
{
  static const char state[] =
    "SELECT (SELECT count(*) FROM trainee) + 100 * (SELECT count(*) FROM feed)"
    " + 10000 * (SELECT count(*) FROM op_log) + 1000000 * (SELECT sum (seq) FROM tenant)"
    " + 100000000 * (SELECT sum (acked_n) FROM station)";
  Reaction reaction = { .code = -1 };
  gint64   before = jp_platform_fixture_count (desk->f, state);

  jp_platform_add_row_func (desk->f->platform, react, &reaction);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (JpRecord) trainee = new_trainee (desk);
      g_autoptr (JpRecord) noted = with_note (trainee, "新");

      jp_platform_caller_edit (desk->a, NULL, trainee);
      jp_platform_caller_edit (desk->a, trainee, noted);
    }

  for (guint i = 1; i <= 8; i++)
    {
      reaction.n_calls = 0;
      reaction.fail_at = i;
      g_test_expect_message ("jp-platform", G_LOG_LEVEL_WARNING, "*no space left*");
      g_autoptr (JpHttpResponse) response = jp_platform_caller_push_raw (desk->a);
      g_test_assert_expected_messages ();
      jp_platform_caller_assert_problem (response, 503, "busy");
      g_assert_cmpuint (jp_http_response_get_retry_after_s (response), >, 0);
      g_assert_cmpint (jp_platform_fixture_count (desk->f, state), ==, before);
    }

  reaction.fail_at = 0;
  g_autoptr (JpPushResponse) push = jp_platform_caller_push (desk->a);
  for (guint i = 0; i < 8; i++)
    g_assert_cmpint (((JpVerdict *)g_ptr_array_index (push->verdicts, i))->result, ==,
                     JP_VERDICT_APPLIED);
}

/* --- first sync --- */

static gboolean
same_state (JpRecord *a, JpRecord *b)
{
  const JpKindInfo *info = jp_record_get_info (a);

  if (jp_record_get_head (a)->version != jp_record_get_head (b)->version ||
      jp_record_get_head (a)->deleted != jp_record_get_head (b)->deleted)
    return FALSE;
  for (guint i = 0; i < info->n_fields; i++)
    if (!jp_record_field_equal (a, b, info->fields[i].id))
      return FALSE;
  return TRUE;
}

static void
take (GHashTable *rows, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      JpRecord *record = g_ptr_array_index (records, i);

      g_hash_table_replace (rows, jp_id_copy (jp_record_get_id (record)), jp_record_ref (record));
    }
}

static GHashTable *
new_rows (void)
{
  return g_hash_table_new_full (jp_id_hash, jp_id_equal, g_free, (GDestroyNotify)jp_record_unref);
}

static void
load_table (Desk *desk, GHashTable *rows, JpKind kind, guint limit, char **inout_cursor)
{
  gint64 next = 0;

  do
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JpHttpResponse) response =
        jp_platform_caller_get (desk->a, "bootstrap/%s?after=%" G_GINT64_FORMAT "&limit=%u",
                                jp_kind_get_info (kind)->name, next, limit);
      g_autoptr (JpPageTable) page =
        jp_page_table_from_bytes (jp_http_response_get_body (response), &error);

      g_assert_no_error (error);
      g_assert_cmpint (page->kind, ==, kind);
      g_assert_cmpuint (page->records->len, <=, limit);
      g_assert_cmpint (page->next > 0, ==, page->next > next);
      take (rows, page->records);
      next = page->next;
      if (*inout_cursor == NULL)
        *inout_cursor = g_strdup (page->cursor);
    }
  while (next > 0);
}

/* The pages of the tables, and the stream after them, give what the stream gives from its
 * beginning, whatever changes in between. */
static void
test_first_sync (Desk *desk, gconstpointer data)
{
  g_autoptr (GHashTable) loaded = new_rows ();
  g_autoptr (GHashTable) streamed = new_rows ();
  g_autofree char *cursor = NULL;
  g_autoptr (JpRecord) policy =
    jp_platform_fixture_put (desk->f, NULL,
                             jp_draft_end (jp_platform_fixture_new_policy (desk->f)));
  g_autoptr (JpRecord) foreign =
    jp_platform_fixture_put (desk->f, &desk->f->other, new_trainee (desk));
  GHashTableIter iter;
  gpointer       value = NULL;

  for (guint i = 0; i < 23; i++)
    {
      g_autoptr (JpRecord) made =
        jp_platform_fixture_put (desk->f, &desk->f->school, new_trainee (desk));

      g_assert_nonnull (made);
    }
  for (JpKind kind = JP_KIND_NONE + 1; kind <= JP_KIND_LAST; kind++)
    {
      load_table (desk, loaded, kind, 7, &cursor);
      if (kind != JP_KIND_TRAINEE)
        continue;

      /* Somebody works meanwhile. */
      g_autoptr (JpRecord) late = new_trainee (desk);
      JpRecord *old = NULL;

      g_hash_table_iter_init (&iter, loaded);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        if (jp_record_get_kind (value) == JP_KIND_TRAINEE)
          old = value;

      g_autoptr (JpRecord) noted = with_note (old, "改");
      g_autoptr (JpVerdict) v1 = jp_platform_caller_push_edit (desk->a, NULL, late);
      g_autoptr (JpVerdict) v2 = jp_platform_caller_push_edit (desk->a, old, noted);

      g_assert_cmpint (v1->result, ==, JP_VERDICT_APPLIED);
      g_assert_cmpint (v2->result, ==, JP_VERDICT_APPLIED);
    }

  set_text (&desk->a->after, cursor);
  g_autoptr (JpPageFeed) rest = jp_platform_caller_pull (desk->a, 100);
  g_assert_true (rest->complete);
  g_assert_cmpuint (rest->records->len, ==, 2);
  take (loaded, rest->records);

  set_text (&desk->a->after, "");
  g_autoptr (JpPageFeed) all = jp_platform_caller_pull (desk->a, 1000);
  take (streamed, all->records);
  g_assert_cmpuint (g_hash_table_size (loaded), ==, g_hash_table_size (streamed));
  g_assert_cmpuint (g_hash_table_size (loaded), ==, 1 + 1 + 24);
  g_hash_table_iter_init (&iter, loaded);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      JpRecord *other = g_hash_table_lookup (streamed, jp_record_get_id (value));

      g_assert_nonnull (other);
      g_assert_true (same_state (value, other));
    }
}

/* Pages are bounded in bytes, too. */
static void
test_large_rows (Desk *desk, gconstpointer data)
{
  g_autofree char *text = g_strnfill (20000, 'x');
  guint            n_rows = 0;
  guint            n_pages = 0;
  gboolean         complete = FALSE;

  for (guint i = 0; i < 120; i++)
    {
      const JpId id = jp_id_source_next (desk->f->ids);
      g_autoptr (JpDraft) draft = jp_draft_new (JP_KIND_CONTRACT, &id);

      jp_draft_set_text (draft, JP_CONTRACT_TEXT, text);
      g_autoptr (JpRecord) made = jp_platform_fixture_put (desk->f, &desk->f->school,
                                                           jp_draft_end (g_steal_pointer (&draft)));

      g_assert_nonnull (made);
    }

  for (; !complete; n_pages++)
    {
      g_autoptr (JpPageFeed) page = jp_platform_caller_pull (desk->a, 2000);

      n_rows += page->records->len;
      complete = page->complete;
    }
  g_assert_cmpuint (n_rows, ==, 121);
  g_assert_cmpuint (n_pages, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, function)                                                                        \
  g_test_add ("/platform/sync/" name, Desk, NULL, desk_set_up, function, desk_tear_down)

  ADD ("hello", test_hello);
  ADD ("enrol", test_enrol);
  ADD ("enrol-refused", test_enrol_refused);
  ADD ("enrol-limited", test_enrol_limited);
  ADD ("station-numbers", test_station_numbers);
  ADD ("auth", test_auth);
  ADD ("other-school", test_other_school);
  ADD ("versions", test_versions);
  ADD ("cursors", test_cursors);
  ADD ("epoch", test_epoch);
  ADD ("bad-questions", test_bad_questions);
  ADD ("wait", test_wait);
  ADD ("push-malformed", test_push_malformed);
  ADD ("push-other-station", test_push_other_station);
  ADD ("push-too-many", test_push_too_many);
  ADD ("push-gap", test_push_gap);
  ADD ("push-fork", test_push_fork);
  ADD ("push-changed-bytes", test_push_changed_bytes);
  ADD ("push-replay", test_push_replay);
  ADD ("push-duplicate", test_push_duplicate);
  ADD ("push-unreadable", test_push_unreadable);
  ADD ("row-funcs", test_row_funcs);
  ADD ("row-funcs-follow", test_row_funcs_follow);
  ADD ("broken-push", test_broken_push);
  ADD ("first-sync", test_first_sync);
  ADD ("large-rows", test_large_rows);

  return g_test_run ();
}
