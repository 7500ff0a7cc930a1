/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-cli-error.h"
#include "jp-json.h"
#include "jp-test-dir.h"

#include <gio/gio.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <string.h>

/* Two PCs of one school, the platform, a USB stick: all by the programs, as a script would. */

#define PASSWORD      "jiapei-demo"
#define ARGUMENTS_MAX 24
#define NUMBER        "371702199901011118"
#define OTHER_NUMBER  "372922200703121626"
#define THIRD_NUMBER  "37292219980815121X"
#define TEXT_MAX      4096

static const char *program;
static const char *platform_program;

static const char school[] =
  "{\"name\":\"牡丹驾校\",\"short_name\":\"牡丹\",\"district\":\"371702\","
  "\"licence_types\":\"C1,C2\",\"phone\":\"0530-5555555\",\"address\":\"牡丹区人民路 1 号\"}";

typedef struct
{
  JpTestDir   *dir;
  char        *password; /* file */
  char        *desks[2]; /* folders of the two PCs */
  char        *data;     /* folder of the platform */
  GSubprocess *platform; /* (nullable): while it serves */
  char        *url;
  char        *ca;
  char        *port;
  char        *out; /* what the last command said */
  char        *err;
} World;

/* --- the platform --- */

static GSubprocess *
spawn_platform (World *world, const char *option, const char *value, const char *more)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  const char  *arguments[] = { platform_program,
                               "--data",
                               world->data,
                               option,
                               value,
                              more != NULL ? "--answer" : NULL,
                               more,
                               NULL };
  GSubprocess *process = g_subprocess_launcher_spawnv (launcher, arguments, &error);

  g_assert_no_error (error);
  return process;
}

static char *
read_member (GSubprocess *process, JsonNode **node, const char *member)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) lines =
    g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autofree char *line = NULL;
  const char      *text = NULL;

  if (*node == NULL)
    {
      line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_nonnull (line);
      *node = jp_json_parse_text (line, &error);
      g_assert_no_error (error);
    }
  jp_json_get_text (jp_json_as_object (*node, &error), member, TEXT_MAX, &text, &error);
  g_assert_no_error (error);
  return g_strdup (text);
}

/* An action of the administrator: one line, then the program ends. */
static char *
administer (World *world, const char *option, const char *value, const char *member)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = spawn_platform (world, option, value, NULL);
  g_autoptr (JsonNode) node = NULL;
  char *text = read_member (process, &node, member);

  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  return text;
}

static void
start_platform (World *world)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GUri) uri = NULL;

  world->platform = spawn_platform (world, "--port", world->port != NULL ? world->port : "0", NULL);
  g_free (world->url);
  g_free (world->ca);
  world->url = read_member (world->platform, &node, "url");
  world->ca = read_member (world->platform, &node, "ca");
  uri = g_uri_parse (world->url, G_URI_FLAGS_NONE, NULL);
  g_free (world->port);
  world->port = g_strdup_printf ("%d", g_uri_get_port (uri));
}

static void
stop_platform (World *world)
{
  if (world->platform == NULL)
    return;
  g_subprocess_send_signal (world->platform, SIGTERM);
  g_assert_true (g_subprocess_wait_check (world->platform, NULL, NULL));
  g_clear_object (&world->platform);
}

/* --- the PCs --- */

static int
run_desk (World *world, int desk, const char *const *arguments)
{
  const char *all[ARGUMENTS_MAX] = { program, "-p", world->desks[desk] };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;

  for (guint i = 0; arguments[i] != NULL && i + 4 < ARGUMENTS_MAX; i++)
    all[i + 3] = arguments[i];
  g_subprocess_launcher_setenv (launcher, "JIAPEI_KEYRING", "none", TRUE);
  g_subprocess_launcher_setenv (launcher, "JIAPEI_ACTOR", desk == 0 ? "王芳" : "李敏", TRUE);
  g_subprocess_launcher_setenv (launcher, "JIAPEI_PASSWORD_FILE", world->password, TRUE);
  process = g_subprocess_launcher_spawnv (launcher, all, &error);
  g_assert_no_error (error);
  g_clear_pointer (&world->out, g_free);
  g_clear_pointer (&world->err, g_free);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &world->out, &world->err, &error);
  g_assert_no_error (error);
  g_test_message ("%d: %s %s: %s", desk, arguments[0], arguments[1] != NULL ? arguments[1] : "",
                  world->err);
  g_assert_true (g_subprocess_get_if_exited (process));
  return g_subprocess_get_exit_status (process);
}

static int G_GNUC_NULL_TERMINATED
run (World *world, int desk, const char *first, ...)
{
  const char *arguments[ARGUMENTS_MAX] = { first };
  va_list     args;

  va_start (args, first);
  for (guint i = 1; i + 1 < ARGUMENTS_MAX && arguments[i - 1] != NULL; i++)
    arguments[i] = va_arg (args, const char *);
  va_end (args);
  return run_desk (world, desk, arguments);
}

static gint64
get_number (World *world, const char *member)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = jp_json_parse_text (world->out, &error);
  gint64 number = 0;

  g_assert_no_error (error);
  jp_json_get_integer (jp_json_as_object (node, &error), member, G_MININT64, G_MAXINT64, &number,
                       &error);
  g_assert_no_error (error);
  return number;
}

/* A round; what it sent and received. */
static void
sync_desk (World *world, int desk, int exit_code, gint64 sent)
{
  g_assert_cmpint (run (world, desk, "sync", "run", "--json", NULL), ==, exit_code);
  g_assert_cmpint (get_number (world, "sent"), ==, sent);
}

static guint
count_trainees (World *world, int desk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_assert_cmpint (run (world, desk, "trainee", "list", "--json", NULL), ==, JP_CLI_OK);
  node = jp_json_parse_text (world->out, &error);
  g_assert_no_error (error);
  return json_array_get_length (jp_json_as_array (node, &error));
}

static void
assert_phone (World *world, int desk, const char *phone)
{
  g_assert_cmpint (run (world, desk, "trainee", "show", NUMBER, "--reveal", "--json", NULL), ==,
                   JP_CLI_OK);
  g_assert_nonnull (strstr (world->out, phone));
}

static void
add_trainee (World *world, int desk, const char *name, const char *number)
{
  g_autofree char *name_text = g_strconcat ("name=", name, NULL);
  g_autofree char *number_text = g_strconcat ("id_number=", number, NULL);

  g_assert_cmpint (run (world, desk, "trainee", "add", name_text, number_text, "phone=13805300001",
                        "licence_type=C1", NULL),
                   ==, JP_CLI_OK);
}

static void
join (World *world, int desk)
{
  g_autofree char *code = NULL;

  stop_platform (world);
  code = administer (world, "--enrol-code", "牡丹", "code");
  start_platform (world);
  g_assert_cmpint (run (world, desk, "init", "--name", "菏泽市牡丹驾驶培训有限公司", "--district",
                        "牡丹区", "--address", "人民路1号", "--phone", "0530-5550100", NULL),
                   ==, JP_CLI_OK);
  g_assert_cmpint (run (world, desk, "sync", "join", world->url, code, "--ca", world->ca, NULL), ==,
                   JP_CLI_OK);
  sync_desk (world, desk, JP_CLI_OK, 1);
}

static void
set_up (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *id = NULL;

  world->dir = jp_test_dir_new ();
  world->password = jp_test_dir_build (world->dir, "password");
  world->desks[0] = jp_test_dir_build (world->dir, "wang");
  world->desks[1] = jp_test_dir_build (world->dir, "li");
  world->data = jp_test_dir_build (world->dir, "platform");
  path = jp_test_dir_build (world->dir, "school.json");
  g_file_set_contents (world->password, PASSWORD "\n", -1, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, school, -1, &error);
  g_assert_no_error (error);
  id = administer (world, "--add-school", path, "school");
  join (world, 0);
  join (world, 1);
  add_trainee (world, 0, "王明朗", NUMBER);
  sync_desk (world, 0, JP_CLI_OK, 1);
  sync_desk (world, 1, JP_CLI_OK, 0);
}

static void
tear_down (World *world, gconstpointer data)
{
  stop_platform (world);
  g_free (world->password);
  g_free (world->desks[0]);
  g_free (world->desks[1]);
  g_free (world->data);
  g_free (world->url);
  g_free (world->ca);
  g_free (world->port);
  g_free (world->out);
  g_free (world->err);
  jp_test_dir_free (world->dir);
}

/* --- rehearsal --- */

static void
add_value (GChecksum *sum, sqlite3_stmt *row, int column)
{
  const void *bytes = sqlite3_column_blob (row, column);
  int         n_bytes = sqlite3_column_bytes (row, column);
  guint8      type = (guint8)sqlite3_column_type (row, column);

  g_checksum_update (sum, &type, 1);
  if (bytes != NULL)
    g_checksum_update (sum, bytes, n_bytes);
}

static void
add_table (GChecksum *sum, sqlite3 *db, const char *name)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\"", name);
  sqlite3_stmt    *row = NULL;

  g_checksum_update (sum, (const guchar *)name, -1);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &row, NULL), ==, SQLITE_OK);
  while (sqlite3_step (row) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count (row); i++)
      add_value (sum, row, i);
  sqlite3_finalize (row);
}

/* Everything that stands in the file, byte by byte. */
static char *
hash_school (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "school.db", NULL);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  sqlite3      *db = NULL;
  sqlite3_stmt *names = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db,
                                       "SELECT name FROM sqlite_schema WHERE type = 'table'"
                                       " ORDER BY name",
                                       -1, &names, NULL),
                   ==, SQLITE_OK);
  while (sqlite3_step (names) == SQLITE_ROW)
    add_table (sum, db, (const char *)sqlite3_column_text (names, 0));
  sqlite3_finalize (names);
  sqlite3_close (db);
  return g_strdup (g_checksum_get_string (sum));
}

/* Both edit the same: the rehearsal says so and changes nothing; then it happens, is listed with
 * both sides, and decided. */
static void
test_conflict (World *world, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *item = NULL;
  const char *id = NULL;

  g_assert_cmpint (run (world, 0, "trainee", "edit", NUMBER, "phone=13905302222", NULL), ==,
                   JP_CLI_OK);
  g_assert_cmpint (run (world, 1, "trainee", "edit", NUMBER, "phone=13705303333", NULL), ==,
                   JP_CLI_OK);
  sync_desk (world, 0, JP_CLI_OK, 1);

  before = hash_school (world->desks[1]);
  g_assert_cmpint (run (world, 1, "sync", "--dry-run", "--json", NULL), ==, JP_CLI_OK);
  g_assert_cmpint (get_number (world, "waiting"), ==, 1);
  g_assert_cmpint (get_number (world, "asked"), ==, 1);
  g_assert_cmpint (get_number (world, "changed"), ==, 0);
  g_assert_cmpint (run (world, 1, "sync", "run", "--dry-run", NULL), ==, JP_CLI_OK);
  g_assert_nonnull (strstr (world->out, "王明朗"));
  after = hash_school (world->desks[1]);
  g_assert_cmpstr (before, ==, after);

  sync_desk (world, 1, JP_CLI_REFUSED, 1);
  sync_desk (world, 0, JP_CLI_OK, 0);
  assert_phone (world, 0, "13905302222");
  assert_phone (world, 1, "13905302222");

  /* Both see the same question. */
  g_assert_cmpint (run (world, 0, "sync", "conflicts", "--json", NULL), ==, JP_CLI_OK);
  g_assert_nonnull (strstr (world->out, "\"mine_by\":\"李敏\""));
  g_assert_nonnull (strstr (world->out, "\"theirs_by\":\"王芳\""));
  node = jp_json_parse_text (world->out, &error);
  item = jp_json_element_object (jp_json_as_array (node, &error), 0, &error);
  jp_json_get_text (item, "id", TEXT_MAX, &id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (run (world, 0, "sync", "conflicts", NULL), ==, JP_CLI_OK);
  g_assert_cmpint (run (world, 0, "sync", "resolve", id, NULL), ==, JP_CLI_USAGE);
  g_assert_cmpint (run (world, 0, "sync", "resolve", "000000000000", "--mine", NULL), ==,
                   JP_CLI_NOT_FOUND);
  g_assert_cmpint (run (world, 0, "sync", "resolve", id + strlen (id) - 8, "--mine", NULL), ==,
                   JP_CLI_OK);
  g_assert_cmpint (run (world, 0, "sync", "resolve", id, "--mine", NULL), ==, JP_CLI_NOT_FOUND);
  sync_desk (world, 0, JP_CLI_OK, 1);
  sync_desk (world, 1, JP_CLI_OK, 0);
  assert_phone (world, 0, "13705303333");
  assert_phone (world, 1, "13705303333");
  g_assert_cmpint (run (world, 1, "verify", "-q", NULL), ==, JP_CLI_OK);
}

/* --- the courier --- */

static void
carry (World *world, const char *file, const char *answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = spawn_platform (world, "--courier", file, answer);

  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
}

/* Written, carried, applied, in both directions, each twice. */
static void
test_courier (World *world, gconstpointer data)
{
  g_autofree char *up = jp_test_dir_build (world->dir, "up.courier");
  g_autofree char *down = jp_test_dir_build (world->dir, "down.courier");

  add_trainee (world, 1, "孙立军", OTHER_NUMBER);
  sync_desk (world, 1, JP_CLI_OK, 1);
  stop_platform (world);

  add_trainee (world, 0, "吴立夏", THIRD_NUMBER);
  g_assert_cmpint (run (world, 0, "sync", "run", "--json", NULL), !=, JP_CLI_OK);
  g_assert_cmpint (run (world, 0, "courier", "write", up, NULL), ==, JP_CLI_OK);
  carry (world, up, down);
  carry (world, up, down);
  g_assert_cmpint (run (world, 0, "courier", "apply", up, NULL), !=, JP_CLI_OK);
  g_assert_cmpint (run (world, 0, "courier", "apply", down, NULL), ==, JP_CLI_OK);
  g_assert_cmpuint (count_trainees (world, 0), ==, 3);
  g_assert_cmpint (run (world, 0, "courier", "apply", down, NULL), ==, JP_CLI_OK);
  g_assert_cmpint (run (world, 0, "sync", "status", "--json", NULL), ==, JP_CLI_OK);
  g_assert_cmpint (get_number (world, "waiting"), ==, 0);

  start_platform (world);
  sync_desk (world, 0, JP_CLI_OK, 0);
  sync_desk (world, 1, JP_CLI_OK, 0);
  g_assert_cmpuint (count_trainees (world, 0), ==, 3);
  g_assert_cmpuint (count_trainees (world, 1), ==, 3);
  g_assert_cmpint (run (world, 0, "verify", "-q", NULL), ==, JP_CLI_OK);
}

/* --- a backup is put back, and the PC goes on --- */

static void
test_restore (World *world, gconstpointer data)
{
  g_assert_cmpint (run (world, 0, "backup", "-q", NULL), ==, JP_CLI_OK);
  add_trainee (world, 0, "孙立军", OTHER_NUMBER);
  sync_desk (world, 0, JP_CLI_OK, 1);

  g_assert_cmpint (run (world, 0, "restore", NULL), ==, JP_CLI_OK);
  g_assert_cmpuint (count_trainees (world, 0), ==, 1);
  add_trainee (world, 0, "吴立夏", THIRD_NUMBER);
  g_assert_cmpint (run (world, 0, "sync", "run", "--json", NULL), ==, JP_CLI_OK);

  /* What had been sent before is back, what was typed since is there, nothing is there twice. */
  g_assert_cmpuint (count_trainees (world, 0), ==, 3);
  sync_desk (world, 1, JP_CLI_OK, 0);
  g_assert_cmpuint (count_trainees (world, 1), ==, 3);
  g_assert_cmpint (run (world, 0, "trainee", "edit", NUMBER, "phone=13905302222", NULL), ==,
                   JP_CLI_OK);
  sync_desk (world, 0, JP_CLI_OK, 1);
  sync_desk (world, 1, JP_CLI_OK, 0);
  assert_phone (world, 1, "13905302222");
  g_assert_cmpint (run (world, 0, "sync", "conflicts", "--json", NULL), ==, JP_CLI_OK);
  g_assert_cmpstr (g_strstrip (world->out), ==, "[]");
  g_assert_cmpint (run (world, 0, "verify", "-q", NULL), ==, JP_CLI_OK);
}

/* --- a scan is attached at one PC and opened at the other --- */

static char *
get_attachment (World *world, int desk, const char *member)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  const char *text = NULL;
  JsonArray  *all = NULL;

  g_assert_cmpint (run (world, desk, "attachment", "list", "trainee", NUMBER, "--json", NULL), ==,
                   JP_CLI_OK);
  node = jp_json_parse_text (world->out, &error);
  g_assert_no_error (error);
  all = jp_json_as_array (node, &error);
  g_assert_cmpuint (json_array_get_length (all), ==, 1);
  jp_json_get_text (jp_json_element_object (all, 0, &error), member, TEXT_MAX, &text, &error);
  g_assert_no_error (error);
  return g_strdup (text);
}

static void
test_attachment (World *world, gconstpointer data)
{
  g_autofree char *path = jp_test_dir_build (world->dir, "身份证.jpg");
  g_autofree char *copy = jp_test_dir_build (world->dir, "copy.jpg");
  g_autofree char *id = NULL;
  g_autofree char *state = NULL;
  g_autofree char *scan = g_malloc (700 * 1024);
  g_autofree char *read = NULL;
  gsize            read_bytes = 0;

  memset (scan, 'x', 700 * 1024);
  memcpy (scan, "\xff\xd8\xff", 3);
  g_assert_true (g_file_set_contents (path, scan, 700 * 1024, NULL));
  g_assert_cmpint (run (world, 0, "attachment", "add", "trainee", NUMBER, path, "--what",
                        "id_document", NULL),
                   ==, JP_CLI_OK);
  g_assert_cmpint (run (world, 0, "attachment", "add", "trainee", NUMBER, path, NULL), !=,
                   JP_CLI_OK);
  g_assert_cmpint (run (world, 0, "attachment", "add", "trainee", NUMBER, world->password, NULL),
                   !=, JP_CLI_OK);
  sync_desk (world, 0, JP_CLI_OK, 1);
  g_assert_cmpint (get_number (world, "files_sent"), ==, 1);

  sync_desk (world, 1, JP_CLI_OK, 0);
  id = get_attachment (world, 1, "id");
  state = get_attachment (world, 1, "state");
  g_assert_cmpstr (state, ==, "platform");
  g_assert_cmpint (run (world, 1, "attachment", "save", id, "--output", copy, NULL), ==,
                   JP_CLI_NOT_FOUND);
  sync_desk (world, 1, JP_CLI_OK, 0);
  g_assert_cmpint (get_number (world, "files_fetched"), ==, 1);
  g_assert_cmpint (run (world, 1, "attachment", "save", id, "--output", copy, NULL), ==, JP_CLI_OK);
  g_assert_true (g_file_get_contents (copy, &read, &read_bytes, NULL));
  g_assert_cmpmem (read, read_bytes, scan, 700 * 1024);
  g_assert_cmpint (run (world, 1, "verify", "-q", NULL), ==, JP_CLI_OK);

  /* It is in the backup, and in the trash for whoever wants it back. */
  g_assert_cmpint (run (world, 1, "backup", "-q", NULL), ==, JP_CLI_OK);
  g_assert_cmpint (run (world, 1, "restore", "--drill", NULL), ==, JP_CLI_OK);
  g_assert_cmpint (run (world, 1, "attachment", "delete", id, NULL), ==, JP_CLI_OK);
  g_assert_cmpint (run (world, 1, "attachment", "restore", id, NULL), ==, JP_CLI_OK);
  g_assert_cmpint (run (world, 1, "attachment", "save", id, "--output", copy, NULL), ==, JP_CLI_OK);
}

#define ADD(path, func) g_test_add ("/cli/sync/" path, World, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_assert_cmpint (argc, ==, 3);
  program = argv[1];
  platform_program = argv[2];
  ADD ("conflict", test_conflict);
  ADD ("courier", test_courier);
  ADD ("restore", test_restore);
  ADD ("attachment", test_attachment);
  return g_test_run ();
}
