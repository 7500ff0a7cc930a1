/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-fake-clock.h"
#include "jp-push.h"
#include "jp-test-dir.h"
#include "jp-test-random.h"
#include "jp-test-records.h"
#include "jp-test-station.h"
#include "jp-wire-http.h"

#include <libsoup/soup.h>
#include <signal.h>

/* The program from outside. Its path comes as an argument. */

#define EXIT_USAGE 2

static const char *program; /* path */

static const char school[] =
  "{\"name\":\"牡丹驾校\",\"short_name\":\"牡丹\",\"district\":\"371702\","
  "\"licence_types\":\"C1,C2\",\"phone\":\"0530-5555555\",\"address\":\"牡丹区人民路 1 号\"}";

static GSubprocess *
start (JpTestDir *dir, const char *option, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = jp_test_dir_build (dir, "platform");
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  GSubprocess *process =
    g_subprocess_launcher_spawn (launcher, &error, program, "--data", folder, option, value, NULL);

  g_assert_no_error (error);
  return process;
}

static JsonNode *
read_line (GSubprocess *process)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) lines =
    g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  JsonNode        *node = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (line);
  node = jp_json_parse_text (line, &error);
  g_assert_no_error (error);
  return node;
}

static const char *
get_text (JsonNode *node, const char *member)
{
  return json_object_get_string_member (json_node_get_object (node), member);
}

static void
wait_for (GSubprocess *process, int status)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, status);
}

static void
add_school (JpTestDir *dir)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = jp_test_dir_build (dir, "school.json");
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (JsonNode) line = NULL;

  g_file_set_contents (path, school, -1, &error);
  g_assert_no_error (error);
  process = start (dir, "--add-school", path);
  line = read_line (process);
  g_assert_cmpuint (strlen (get_text (line, "school")), ==, 36);
  wait_for (process, 0);
}

static char *
make_code (JpTestDir *dir)
{
  g_autoptr (GSubprocess) process = start (dir, "--enrol-code", "牡丹");
  g_autoptr (JsonNode) line = read_line (process);
  char *code = g_strdup (get_text (line, "code"));

  wait_for (process, 0);
  return code;
}

static SoupSession *
new_session (const char *ca_path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) authority = g_tls_file_database_new (ca_path, &error);
  SoupSession *session = soup_session_new ();

  g_assert_no_error (error);
  soup_session_set_tls_database (session, authority);
  return session;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

/* Who a station is, and by what it shows that. */
typedef struct
{
  char            *id;          /* (owned) */
  char            *school;      /* (owned) */
  char            *token;       /* (owned) */
  GTlsCertificate *certificate; /* (owned) */
} Station;

static void
station_clear (Station *station)
{
  g_clear_pointer (&station->id, g_free);
  g_clear_pointer (&station->school, g_free);
  g_clear_pointer (&station->token, g_free);
  g_clear_object (&station->certificate);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Station, station_clear)

/* A request on its way. */
typedef struct
{
  SoupSession  *session; /* (borrowed) */
  SoupMessage  *message; /* (owned) */
  GAsyncResult *result;  /* (owned) (nullable): once it is answered */
} Question;

static void
question_clear (Question *question)
{
  g_clear_object (&question->message);
  g_clear_object (&question->result);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, question_clear)

static void
begin (Question *question, const char *method, const char *uri, Station *station, GBytes *body)
{
  question->message = soup_message_new (method, uri);
  if (station != NULL)
    {
      g_autofree char *authorization = g_strconcat ("Bearer ", station->token, NULL);

      soup_message_set_tls_client_certificate (question->message, station->certificate);

      soup_message_headers_append (soup_message_get_request_headers (question->message),
                                   "Authorization", authorization);
    }
  if (body != NULL)
    soup_message_set_request_body_from_bytes (question->message, JP_WIRE_TYPE_JSON, body);
  soup_session_send_and_read_async (question->session, question->message, G_PRIORITY_DEFAULT, NULL,
                                    answered_cb, &question->result);
}

static GBytes *
end (Question *question)
{
  g_autoptr (GError) error = NULL;
  GBytes *answer = NULL;

  while (question->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  answer = soup_session_send_and_read_finish (question->session, question->result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (question->message), ==, 200);
  return answer;
}

static JsonNode *
ask (SoupSession *session, const char *method, const char *uri, const char *body)
{
  g_auto (Question) question = { .session = session };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  g_autoptr (GBytes) answer = NULL;
  JsonNode *node = NULL;

  begin (&question, method, uri, NULL, bytes);
  answer = end (&question);
  node = jp_json_parse (answer, JP_JSON_MAX_BYTES, &error);
  g_assert_no_error (error);
  return node;
}

static char *
make_enrolment (const char *code, const char *request)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  const char *const members[][2] = {
    { "code", code },
    { "station_name", "前台" },
    { "request", request },
  };

  json_builder_begin_object (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      json_builder_set_member_name (builder, members[i][0]);
      json_builder_add_string_value (builder, members[i][1]);
    }
  json_builder_end_object (builder);

  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return jp_json_to_text (root);
}

static void
enrol (Station *station, SoupSession *session, const char *url, const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = g_strconcat (url, "/v1/enrol", NULL);
  g_autofree char *key = NULL;
  g_autofree char *request =
    jp_test_station_new_request (GNUTLS_PK_ECDSA, JP_TEST_STATION_P256_BITS, &key);
  g_autofree char *body = make_enrolment (code, request);
  g_autoptr (JsonNode) answer = ask (session, "POST", uri, body);
  g_autofree char *pem = g_strconcat (get_text (answer, "certificate"), key, NULL);

  station->id = g_strdup (get_text (answer, "station"));
  station->school = g_strdup (get_text (answer, "school"));
  station->token = g_strdup (get_text (answer, "token"));
  station->certificate = g_tls_certificate_new_from_pem (pem, -1, &error);
  g_assert_no_error (error);
}

static void
test_serve (void)
{
  g_autoptr (JpTestDir) dir = jp_test_dir_new ();
  g_autofree char *code = NULL;
  g_autofree char *hello_uri = NULL;

  add_school (dir);
  code = make_code (dir);

  g_autoptr (GSubprocess) server = start (dir, "--port", "0");
  g_autoptr (JsonNode) line = read_line (server);
  g_autoptr (SoupSession) session = new_session (get_text (line, "ca"));

  hello_uri = g_strconcat (get_text (line, "url"), "/v1/hello", NULL);
  g_autoptr (JsonNode) hello = ask (session, "GET", hello_uri, NULL);
  g_assert_cmpstr (get_text (hello, "server"), ==, "jiapei-platform " JP_VERSION);

  g_auto (Station) station = { 0 };
  enrol (&station, session, get_text (line, "url"), code);
  g_assert_cmpuint (strlen (station.token), ==, 64);

  /* A second one must not touch the same folder. */
  g_autoptr (GSubprocess) second = start (dir, "--port", "0");
  wait_for (second, 1);

  g_subprocess_send_signal (server, SIGTERM);
  wait_for (server, 0);
}

/* A push with one new training ground. */
static GBytes *
make_push (const char *station_text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JpFakeClock) clock = jp_fake_clock_new (JP_FAKE_CLOCK_NOW_US);
  g_autoptr (JpIdSource) ids = jp_test_random_new_source (JP_CLOCK (clock));
  g_autoptr (JpRecord) ground = jp_test_record_new (JP_KIND_GROUND, ids);
  g_autoptr (JpPushRequest) push = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const JpId op_id = jp_id_source_next (ids);
  JpOp      *op = jp_op_new (1, &op_id, "front-desk", JP_FAKE_CLOCK_NOW_US, "create");
  guint8     chain[JP_SEAL_HASH_BYTES] = { 0 };
  JpId       station;

  jp_id_parse (station_text, &station, &error);
  g_assert_no_error (error);
  g_ptr_array_add (op->rows, jp_op_row_new (NULL, ground));
  bytes = jp_op_to_bytes (op);
  jp_hash_chain (chain, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), chain);
  push = jp_push_request_new (&station, "", "");
  jp_push_request_add (push, op, chain);
  return jp_push_request_to_bytes (push);
}

/* A station that waits hears of what another one pushes. */
static void
test_wait (void)
{
  g_autoptr (JpTestDir) dir = jp_test_dir_new ();
  g_autofree char *code_a = NULL;
  g_autofree char *code_b = NULL;

  add_school (dir);
  code_a = make_code (dir);
  code_b = make_code (dir);

  g_autoptr (GSubprocess) server = start (dir, "--port", "0");
  g_autoptr (JsonNode) line = read_line (server);
  const char *url = get_text (line, "url");
  g_autoptr (SoupSession) session = new_session (get_text (line, "ca"));
  g_autoptr (SoupSession) session_a = new_session (get_text (line, "ca"));
  g_autoptr (SoupSession) session_b = new_session (get_text (line, "ca"));
  g_auto (Station) a = { 0 };
  g_auto (Station) b = { 0 };
  enrol (&a, session, url, code_a);
  enrol (&b, session, url, code_b);
  g_autofree char *base = g_strdup_printf ("%s/v1/schools/%s/", url, a.school);
  g_autofree char *changes_uri = g_strconcat (base, "changes", NULL);
  g_autofree char *push_uri = g_strconcat (base, "push", NULL);
  g_autoptr (GError) error = NULL;

  /* The cursor of now. */
  g_auto (Question) first = { .session = session_a };
  begin (&first, "GET", changes_uri, &a, NULL);
  g_autoptr (GBytes) first_answer = end (&first);
  g_autoptr (JpPageFeed) present = jp_page_feed_from_bytes (first_answer, &error);
  g_assert_no_error (error);
  g_assert_true (present->complete);

  g_autofree char *wait_uri = g_strdup_printf ("%s?after=%s&wait=25", changes_uri, present->to);
  g_auto (Question) waiting = { .session = session_a };
  begin (&waiting, "GET", wait_uri, &a, NULL);

  g_auto (Question) pushing = { .session = session_b };
  g_autoptr (GBytes) push = make_push (b.id);
  gint64 begun_us = g_get_monotonic_time ();
  begin (&pushing, "POST", push_uri, &b, push);
  g_autoptr (GBytes) pushed = end (&pushing);
  g_autoptr (GBytes) news = end (&waiting);
  g_autoptr (JpPageFeed) page = jp_page_feed_from_bytes (news, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (page->records->len, ==, 1);
  g_assert_cmpint (jp_record_get_kind (g_ptr_array_index (page->records, 0)), ==, JP_KIND_GROUND);
  g_assert_cmpint (g_get_monotonic_time () - begun_us, <, 20 * JP_SECOND_US);

  g_subprocess_send_signal (server, SIGTERM);
  wait_for (server, 0);
}

static void
test_refusals (void)
{
  g_autoptr (JpTestDir) dir = jp_test_dir_new ();
  g_autoptr (GSubprocess) unknown_option = start (dir, "--moon", NULL);
  wait_for (unknown_option, EXIT_USAGE);
  g_autoptr (GSubprocess) bad_port = start (dir, "--port", "70000");
  wait_for (bad_port, EXIT_USAGE);
  g_autoptr (GSubprocess) no_school = start (dir, "--enrol-code", "无此驾校");
  wait_for (no_school, 1);
  g_autoptr (GSubprocess) no_file = start (dir, "--add-school", "/nonexistent");
  wait_for (no_file, 1);
}

static void
test_backup (void)
{
  g_autoptr (JpTestDir) dir = jp_test_dir_new ();
  g_autofree char *path = jp_test_dir_build (dir, "copy.db");

  add_school (dir);
  g_autoptr (GSubprocess) backup = start (dir, "--backup", path);
  wait_for (backup, 0);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_autoptr (GSubprocess) epoch = start (dir, "--new-epoch", NULL);
  wait_for (epoch, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];

  g_test_add_func ("/platform/program/serve", test_serve);
  g_test_add_func ("/platform/program/wait", test_wait);
  g_test_add_func ("/platform/program/refusals", test_refusals);
  g_test_add_func ("/platform/program/backup", test_backup);

  return g_test_run ();
}
