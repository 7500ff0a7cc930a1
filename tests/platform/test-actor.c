/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-json.h"
#include "jp-test-dir.h"

#include <signal.h>

/* The actor from outside, against a platform of its own: a small demo city over HTTPS. The paths of
 * both programs come as arguments. */

#define EXIT_USAGE   2
#define EXIT_REFUSED 3
#define SCHOOL       "牡丹驾校"

static const char *platform_program; /* path */
static const char *actor_program;    /* path */

typedef struct
{
  JpTestDir   *dir;     /* (owned) */
  char        *folder;  /* (owned) */
  GSubprocess *process; /* (owned) */
  JsonNode    *line;    /* (owned): where it serves */
} Demo;

static Demo *
demo_new (void)
{
  Demo *demo = g_new0 (Demo, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *line = NULL;

  demo->dir = jp_test_dir_new ();
  demo->folder = jp_test_dir_build (demo->dir, "platform");
  demo->process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                      platform_program, "--demo", "--size", "small", "--data", demo->folder,
                      "--port", "0", NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (demo->process));
  line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  demo->line = jp_json_parse_text (line, &error);
  g_assert_no_error (error);
  return demo;
}

static void
demo_free (Demo *demo)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (demo->process, SIGTERM);
  g_subprocess_wait (demo->process, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&demo->process);
  json_node_unref (demo->line);
  g_free (demo->folder);
  jp_test_dir_free (demo->dir);
  g_free (demo);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Demo, demo_free)

static const char *
get_text (Demo *demo, const char *member)
{
  return json_object_get_string_member (json_node_get_object (demo->line), member);
}

/* Runs the actor with the words of @command; returns what it said. */
static char *
act (Demo *demo, const char *command, int exit_status)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *whole =
    g_strdup_printf ("'%s' --url '%s' --ca '%s' --data '%s' %s", actor_program,
                     get_text (demo, "url"), get_text (demo, "ca"), demo->folder, command);
  g_auto (GStrv) words = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *errors = NULL;
  char            *said = NULL;

  g_shell_parse_argv (whole, NULL, &words, &error);
  g_assert_no_error (error);
  process =
    g_subprocess_newv ((const char *const *)words,
                       G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &said, &errors, &error);
  g_assert_no_error (error);
  if (*errors != '\0')
    g_test_message ("%s", errors);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, exit_status);
  return said;
}

static void
assert_says (Demo *demo, const char *command, const char *pattern)
{
  g_autofree char *said = act (demo, command, 0);

  if (!g_pattern_match_simple (pattern, said))
    g_test_message ("%s: %s", command, said);
  g_assert_true (g_pattern_match_simple (pattern, said));
}

/* The number of a contract for a small car that is offered: a day of the school signs some. */
static char *
find_contract (Demo *demo)
{
  g_autofree char *said = act (demo, "--once --seed 7 --school " SCHOOL, 0);
  g_auto (GStrv) lines = g_strsplit (said, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_suffix (lines[i], ": the trainee has signed"))
      return g_strndup (lines[i], strcspn (lines[i], ":"));
  g_assert_not_reached ();
}

static void
test_day_and_life (void)
{
  g_autoptr (Demo) demo = demo_new ();
  g_autofree char *number = find_contract (demo);
  g_autofree char *who = g_strdup_printf ("-c %s -s %s", number, SCHOOL);
  g_autofree char *pay = g_strconcat ("sign pay pay ", who, NULL);
  g_autofree char *train = g_strconcat ("train ", who, NULL);
  g_autofree char *rest = g_strconcat ("review exam statement ", who, NULL);

  /* Signing and paying twice is signing and paying once. */
  assert_says (demo, pay, "*signed*paid into custody*paid into custody*");
  assert_says (demo, train, "*Part 1, * sessions, *");
  assert_says (demo, rest, "reviewed: *subject 1 passed*statement JS-*");
}

static void
test_leaving (void)
{
  g_autoptr (Demo) demo = demo_new ();
  g_autofree char *number = find_contract (demo);
  g_autofree char *command =
    g_strdup_printf ("pay review withdraw decide -c %s -s %s", number, SCHOOL);

  assert_says (demo, command, "*has asked to leave*granted: withdrawals *");
  assert_says (demo, "enrol --licence C2 -s " SCHOOL, "* has enrolled on the platform*");
}

static void
test_script (void)
{
  g_autoptr (Demo) demo = demo_new ();
  g_autofree char *number = find_contract (demo);
  g_autofree char *path = jp_test_dir_build (demo->dir, "script");
  g_autofree char *text = g_strdup_printf ("# a life\n\npay -c %s -s %s\ntrain --minutes 60 "
                                           "--suspicious\nreview\n",
                                           number, SCHOOL);
  g_autofree char *command = g_strdup_printf ("--script '%s'", path);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  assert_says (demo, command, "*paid into custody*Part 1, 1 session, 1.0 hours*reviewed: *");
}

static void
test_refusals (void)
{
  g_autoptr (Demo) demo = demo_new ();
  static const struct
  {
    const char *command;
    int         exit_status;
  } cases[] = {
    { "", EXIT_USAGE },
    { "dance", EXIT_USAGE },
    { "--part 9 train", EXIT_USAGE },
    { "sign", EXIT_REFUSED },
    { "sign -c HT-0000-000-00000", EXIT_REFUSED },
    { "statement", EXIT_REFUSED },
    { "enrol", EXIT_REFUSED },
    { "statement -s 无此驾校", EXIT_REFUSED },
    { "--script /nonexistent", EXIT_REFUSED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_free (act (demo, cases[i].command, cases[i].exit_status));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_assert_cmpint (argc, ==, 3);
  platform_program = argv[1];
  actor_program = argv[2];

  g_test_add_func ("/platform/actor/day-and-life", test_day_and_life);
  g_test_add_func ("/platform/actor/leaving", test_leaving);
  g_test_add_func ("/platform/actor/script", test_script);
  g_test_add_func ("/platform/actor/refusals", test_refusals);

  return g_test_run ();
}
