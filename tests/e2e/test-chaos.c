/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-chaos.h"
#include "jp-json.h"
#include "jp-clock.h"
#include "jp-test-dir.h"
#include "jp-test-random.h"

#include <signal.h>
#include <stdarg.h>

/* The programs of a school and the platform over a bad line, and killed at any moment: what one of
 * them said it had saved is everywhere in the end, once. Arguments: jiapei-platform, jiapei and,
 * where more is wanted, how many steps. */

#define N_PCS         2
#define N_STEPS       24
#define ARGUMENTS_MAX 24
#define SANITIZER     99 /* how a program ends in which a sanitizer found something */
#define MAX_ROUNDS    6
#define MAX_RUN_MS    900 /* a killed program has run less */

typedef struct
{
  JpTestDir   *dir;      /* (owned) */
  char        *password; /* (owned): a file */
  char        *url;      /* (owned): of the proxy */
  char        *ca;       /* (owned) */
  guint16      port;     /* of the platform */
  GSubprocess *platform; /* (owned) (nullable) */
  JpChaos     *chaos;    /* (owned) */
  JpIdSource  *random;   /* (owned) */
  GHashTable  *saved;    /* (owned): plates that were acknowledged */
  guint        n_plates;
  guint        n_killed;
} World;

static const char *platform_program;
static const char *desk_program;
static guint       n_steps = N_STEPS;

static const char school[] =
  "{\"name\":\"牡丹驾校\",\"short_name\":\"牡丹\",\"district\":\"371702\","
  "\"licence_types\":\"C1,C2\",\"phone\":\"0530-5555555\",\"address\":\"牡丹区人民路 1 号\"}";

/* --- programs --- */

static GSubprocessLauncher *
new_launcher (World *world)
{
  GSubprocessLauncher *launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  const char      *options = g_getenv ("ASAN_OPTIONS");
  g_autofree char *with_code =
    g_strdup_printf ("%s:detect_leaks=0:exitcode=%d", options != NULL ? options : "", SANITIZER);

  g_subprocess_launcher_setenv (launcher, "JIAPEI_KEYRING", "none", TRUE);
  g_subprocess_launcher_setenv (launcher, "JIAPEI_ACTOR", "前台", TRUE);
  g_subprocess_launcher_setenv (launcher, "JIAPEI_PASSWORD_FILE", world->password, TRUE);
  g_subprocess_launcher_setenv (launcher, "ASAN_OPTIONS", with_code, TRUE);
  return launcher;
}

static GSubprocess *
spawn (World *world, const char *const *arguments)
{
  g_autoptr (GSubprocessLauncher) launcher = new_launcher (world);
  g_autoptr (GError) error = NULL;
  GSubprocess *process = g_subprocess_launcher_spawnv (launcher, arguments, &error);

  g_assert_no_error (error);
  return process;
}

/* Waits for the end. Returns: the exit code; -1 if it was killed */
static int
reap (GSubprocess *process, char **out_text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;

  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, &err, &error);
  g_assert_no_error (error);
  if (err != NULL && *err != '\0')
    g_test_message ("%s", err);
  /* A bad line is no reason to send somebody away. */
  g_assert_true (err == NULL || strstr (err, "urn:jp:problem:auth") == NULL);
  if (!g_subprocess_get_if_exited (process))
    {
      g_assert_cmpint (g_subprocess_get_term_sig (process), ==, SIGKILL);
      return -1;
    }
  g_assert_cmpint (g_subprocess_get_exit_status (process), !=, SANITIZER);
  if (out_text != NULL)
    *out_text = g_steal_pointer (&out);
  return g_subprocess_get_exit_status (process);
}

static GSubprocess *G_GNUC_NULL_TERMINATED
desk (World *world, guint pc, ...)
{
  g_autofree char *name = g_strdup_printf ("pc-%u", pc);
  g_autofree char *folder = jp_test_dir_build (world->dir, name);
  const char      *arguments[ARGUMENTS_MAX] = { desk_program, "-p", folder };
  va_list          args;

  va_start (args, pc);
  for (guint i = 3; i + 1 < ARGUMENTS_MAX; i++)
    {
      arguments[i] = va_arg (args, const char *);
      if (arguments[i] == NULL)
        break;
    }
  va_end (args);
  return spawn (world, arguments);
}

static void
must (GSubprocess *process)
{
  g_assert_cmpint (reap (process, NULL), ==, 0);
  g_object_unref (process);
}

static guint
below (World *world, guint bound)
{
  return jp_id_source_below (world->random, bound);
}

/* Sometimes somebody pulls the plug of the program. */
static void
maybe_kill (World *world, GSubprocess *process)
{
  if (below (world, 3) != 0)
    return;
  g_usleep (below (world, MAX_RUN_MS) * 1000);
  g_subprocess_send_signal (process, SIGKILL);
  world->n_killed++;
}

/* --- the platform --- */

static JsonNode *
read_line (GSubprocess *process)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) lines =
    g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autofree char *line = NULL;
  JsonNode        *node = NULL;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  if (line == NULL)
    reap (process, NULL); /* to see why */
  g_assert_nonnull (line);
  node = jp_json_parse_text (line, &error);
  g_assert_no_error (error);
  return node;
}

static GSubprocess *
platform (World *world, const char *option, const char *value)
{
  g_autofree char  *folder = jp_test_dir_build (world->dir, "platform");
  const char *const arguments[] = { platform_program, "--data", folder, option, value, NULL };

  return spawn (world, arguments);
}

static char *
ask_platform (World *world, const char *option, const char *value, const char *member)
{
  GSubprocess *process = platform (world, option, value);
  g_autoptr (JsonNode) line = read_line (process);
  char *text = g_strdup (json_object_get_string_member (json_node_get_object (line), member));

  must (process);
  return text;
}

static void
start_platform (World *world)
{
  g_autofree char *port = g_strdup_printf ("%u", world->port);
  g_autoptr (JsonNode) line = NULL;

  world->platform = platform (world, "--port", port);
  line = read_line (world->platform);
  g_free (world->ca);
  world->ca = g_strdup (json_object_get_string_member (json_node_get_object (line), "ca"));
}

static void
stop_platform (World *world, int signal)
{
  g_subprocess_send_signal (world->platform, signal);
  reap (world->platform, NULL);
  g_clear_object (&world->platform);
}

/* --- the school --- */

static guint16
find_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();

  return g_socket_listener_add_any_inet_port (listener, NULL, NULL);
}

static void
join (World *world, guint pc, const char *code)
{
  must (desk (world, pc, "init", "--name", "菏泽市牡丹驾驶培训有限公司", "--district", "牡丹区",
              "--address", "人民路1号", "--phone", "0530-5550100", NULL));
  must (desk (world, pc, "sync", "join", world->url, code, "--ca", world->ca, "--station", "前台",
              NULL));
}

static void
set_up (World *world, gconstpointer data)
{
  g_autoptr (JpClock) clock = jp_system_clock_new ();
  g_autofree char *file = NULL;
  g_autofree char *id = NULL;
  char            *codes[N_PCS];
  g_autoptr (GError) error = NULL;

  world->dir = jp_test_dir_new ();
  world->random = jp_test_random_new_source (clock);
  world->saved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  world->password = jp_test_dir_build (world->dir, "password");
  file = jp_test_dir_build (world->dir, "school.json");
  g_file_set_contents (world->password, "jiapei-chaos\n", -1, &error);
  g_file_set_contents (file, school, -1, &error);
  g_assert_no_error (error);
  id = ask_platform (world, "--add-school", file, "school");
  for (guint i = 0; i < N_PCS; i++)
    codes[i] = ask_platform (world, "--enrol-code", "牡丹", "code");
  world->port = find_port ();
  start_platform (world);
  world->chaos = jp_chaos_new (world->port, jp_id_source_below (world->random, G_MAXUINT16));
  world->url = g_strdup_printf ("https://localhost:%u", jp_chaos_get_port (world->chaos));
  for (guint i = 0; i < N_PCS; i++)
    {
      join (world, i, codes[i]);
      g_free (codes[i]);
    }
}

static void
tear_down (World *world, gconstpointer data)
{
  stop_platform (world, SIGTERM);
  jp_chaos_free (world->chaos);
  g_object_unref (world->random);
  g_hash_table_unref (world->saved);
  g_free (world->password);
  g_free (world->url);
  g_free (world->ca);
  jp_test_dir_free (world->dir);
}

/* --- steps --- */

static void
add_vehicle (World *world, guint pc)
{
  char            *name = g_strdup_printf ("鲁R%04u学", world->n_plates++);
  g_autofree char *plate = g_strconcat ("plate=", name, NULL);
  g_autoptr (GSubprocess) process =
    desk (world, pc, "vehicle", "add", plate, "licence_type=C1", "manufacturer=大众", "brand=捷达",
          "bought_on=2024-01-05", NULL);
  int code = 0;

  maybe_kill (world, process);
  code = reap (process, NULL);
  g_assert_cmpint (code, <=, 0); /* saved, or killed */
  if (code == 0)
    g_hash_table_add (world->saved, name);
  else
    g_free (name);
}

static void
sync_all (World *world)
{
  GSubprocess *processes[N_PCS];

  for (guint i = 0; i < N_PCS; i++)
    processes[i] = desk (world, i, "sync", "run", "-v", NULL);
  for (guint i = 0; i < N_PCS; i++)
    maybe_kill (world, processes[i]);
  for (guint i = 0; i < N_PCS; i++)
    {
      reap (processes[i], NULL); /* whether it got through is up to the line */
      g_object_unref (processes[i]);
    }
}

static void
step (World *world)
{
  guint what = below (world, 8);

  if (what < 4)
    add_vehicle (world, what % N_PCS);
  else if (what < 7)
    sync_all (world);
  else
    {
      stop_platform (world, SIGKILL);
      start_platform (world);
    }
}

/* --- in the end --- */

static gboolean
is_at_rest (World *world, guint pc)
{
  g_autoptr (GSubprocess) process = desk (world, pc, "sync", "run", "--json", NULL);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (reap (process, &text), ==, 0);
  node = jp_json_parse_text (text, &error);
  g_assert_no_error (error);

  JsonObject *receipt = json_node_get_object (node);

  return json_object_get_int_member (receipt, "sent") == 0 &&
         json_object_get_int_member (receipt, "received") == 0;
}

static gboolean
are_at_rest (World *world)
{
  gboolean rest = TRUE;

  for (guint i = 0; i < N_PCS; i++)
    rest = is_at_rest (world, i) && rest;
  return rest;
}

/* Each plate once. Returns: (transfer full): the plates */
static GHashTable *
list_plates (World *world, guint pc)
{
  g_autoptr (GSubprocess) process = desk (world, pc, "vehicle", "list", "--json", NULL);
  GHashTable *plates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (reap (process, &text), ==, 0);
  node = jp_json_parse_text (text, &error);
  g_assert_no_error (error);

  JsonArray *rows = json_node_get_array (node);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    g_assert_true (
      g_hash_table_add (plates,
                        g_strdup (
                          json_object_get_string_member (json_array_get_object_element (rows, i),
                                                         "plate"))));
  return plates;
}

static void
assert_contains (GHashTable *all, GHashTable *some)
{
  GHashTableIter iter;
  gpointer       plate = NULL;

  g_hash_table_iter_init (&iter, some);
  while (g_hash_table_iter_next (&iter, &plate, NULL))
    {
      if (!g_hash_table_contains (all, plate))
        g_test_message ("missing: %s", (char *)plate);
      g_assert_true (g_hash_table_contains (all, plate));
    }
}

static void
test_chaos (World *world, gconstpointer data)
{
  gboolean rest = FALSE;

  jp_chaos_set_calm (world->chaos, FALSE);
  for (guint i = 0; i < n_steps; i++)
    step (world);
  jp_chaos_set_calm (world->chaos, TRUE);
  for (guint i = 0; i < MAX_ROUNDS && !rest; i++)
    rest = are_at_rest (world);
  g_assert_true (rest);

  g_autoptr (GHashTable) one = list_plates (world, 0);
  g_autoptr (GHashTable) two = list_plates (world, 1);

  assert_contains (one, world->saved);
  assert_contains (one, two);
  assert_contains (two, one);
  for (guint i = 0; i < N_PCS; i++)
    must (desk (world, i, "verify", NULL));
  g_test_message ("%u saved of %u, %u programs killed", g_hash_table_size (world->saved),
                  world->n_plates, world->n_killed);
  for (guint i = 0; i < JP_CHAOS_N_FATES; i++)
    g_test_message ("fate %u: %u connections", i, jp_chaos_count (world->chaos, (JpChaosFate)i));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_assert_cmpint (argc, >=, 3);
  platform_program = argv[1];
  desk_program = argv[2];
  if (argc > 3)
    n_steps = (guint)g_ascii_strtoull (argv[3], NULL, 10);
  g_test_add ("/e2e/chaos", World, NULL, set_up, test_chaos, tear_down);
  return g_test_run ();
}
