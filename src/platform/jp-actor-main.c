/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-actor.h"
#include "jp-log.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#define MS_PER_S        1000
#define EXIT_USAGE      2
#define EXIT_REFUSED    3
#define DEFAULT_EVERY_S 10

typedef struct
{
  char    *url;
  char    *ca;
  char    *folder;
  char    *script;
  gint64   seed;
  int      every_s;
  gboolean once;
  gboolean watch;
  gboolean version;

  JpActorOptions options;
  GStrv          names; /* (owned) (nullable): steps */
  JpActor       *actor; /* (owned) */
} Program;

static void
tell_cb (const char *line, gpointer user_data)
{
  g_print ("%s\n", line);
  fflush (stdout);
}

static void
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
}

static void
pause_cb (guint ms, gpointer user_data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_timeout_add_once (ms, quit_cb, loop);
  g_main_loop_run (loop);
}

static GOptionContext *
new_context (Program *program)
{
  JpActorOptions    *options = &program->options;
  const GOptionEntry entries[] = {
    { "url", 0, 0, G_OPTION_ARG_STRING, &program->url, N_ ("Address of the platform"), N_ ("URL") },
    { "ca", 0, 0, G_OPTION_ARG_FILENAME, &program->ca, N_ ("Certificate of its authority"),
      N_ ("FILE") },
    { "data", 'd', 0, G_OPTION_ARG_FILENAME, &program->folder,
      N_ ("Its folder, where the tokens of the roles are"), N_ ("DIR") },
    { "contract", 'c', 0, G_OPTION_ARG_STRING, &options->contract, N_ ("Number of the contract"),
      N_ ("NUMBER") },
    { "school", 's', 0, G_OPTION_ARG_STRING, &options->school,
      N_ ("Id, number or name of the school"), N_ ("SCHOOL") },
    { "part", 0, 0, G_OPTION_ARG_INT, &options->part, N_ ("Train this part"), "1…4" },
    { "subject", 0, 0, G_OPTION_ARG_INT, &options->subject, N_ ("Exam of this subject"), "1…4" },
    { "minutes", 0, 0, G_OPTION_ARG_INT, &options->minutes, N_ ("Train that long"),
      N_ ("MINUTES") },
    { "outcome", 0, 0, G_OPTION_ARG_STRING, &options->outcome, N_ ("Outcome of the exam"),
      "passed|failed|absent" },
    { "licence", 0, 0, G_OPTION_ARG_STRING, &options->licence, N_ ("Licence type of an enrolment"),
      "C1" },
    { "suspicious", 0, 0, G_OPTION_ARG_NONE, &options->suspicious, N_ ("Train as one should not"),
      NULL },
    { "wait", 0, 0, G_OPTION_ARG_INT, &options->wait_s,
      N_ ("Wait so long for a contract to arrive"), N_ ("SECONDS") },
    { "script", 0, 0, G_OPTION_ARG_FILENAME, &program->script,
      N_ ("Do what each line of a file says"), N_ ("FILE") },
    { "once", 0, 0, G_OPTION_ARG_NONE, &program->once, N_ ("Play a day of the school"), NULL },
    { "watch", 0, 0, G_OPTION_ARG_NONE, &program->watch, N_ ("Play day after day"), NULL },
    { "every", 0, 0, G_OPTION_ARG_INT, &program->every_s, N_ ("Pause between two days"),
      N_ ("SECONDS") },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &program->seed, N_ ("Decides where nobody says"),
      N_ ("NUMBER") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &program->version, N_ ("Show the version"), NULL },
    { NULL },
  };
  GOptionContext *context =
    g_option_context_new (_ ("STEP… – plays trainees, terminals, reviewers and the bank"));

  g_option_context_set_description (context,
                                    _ ("Steps: enrol, sign, pay, train, review, exam, withdraw, "
                                       "decide, statement; several are done in turn."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return context;
}

static gboolean
fail_usage (GError **error, const char *what)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, what);
  return FALSE;
}

static gboolean
check_options (Program *program, GError **error)
{
  const JpActorOptions *options = &program->options;

  for (guint i = 0; program->names != NULL && program->names[i] != NULL; i++)
    if (!jp_actor_has_step (program->names[i]))
      {
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s” is no step."),
                     program->names[i]);
        return FALSE;
      }
  if (options->part < 0 || options->part > 4 || options->subject < 0 || options->subject > 4)
    return fail_usage (error, _ ("Parts and subjects are 1 to 4."));
  if (options->minutes < 0 || options->minutes > 6000 || options->wait_s < 0 ||
      program->every_s < 0)
    return fail_usage (error, _ ("A time is out of range."));
  return TRUE;
}

static gboolean
parse (Program *program, GStrv *inout_arguments, GError **error)
{
  g_autoptr (GOptionContext) context = new_context (program);

  if (!g_option_context_parse_strv (context, inout_arguments, error))
    return FALSE;
  g_strfreev (program->names);
  program->names = (*inout_arguments)[0] != NULL ? g_strdupv (*inout_arguments + 1) : NULL;
  return check_options (program, error);
}

static gboolean
do_steps (Program *program, GError **error)
{
  for (guint i = 0; program->names != NULL && program->names[i] != NULL; i++)
    if (!jp_actor_do (program->actor, program->names[i], &program->options, error))
      {
        g_prefix_error (error, "%s: ", program->names[i]);
        return FALSE;
      }
  return TRUE;
}

/* A line is what would stand behind the program's name; # begins a remark. */
static gboolean
do_line (Program *program, const char *line, GError **error)
{
  g_auto (GStrv) words = NULL;
  g_autofree char *command = g_strconcat ("jiapei-actor ", line, NULL);

  if (!g_shell_parse_argv (command, NULL, &words, error) || !parse (program, &words, error))
    return FALSE;
  return do_steps (program, error);
}

static gboolean
do_script (Program *program, GError **error)
{
  g_autofree char *path = g_steal_pointer (&program->script);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);

      if (*line != '\0' && *line != '#' && !do_line (program, line, error))
        {
          g_prefix_error (error, _ ("line %u: "), i + 1);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
play (Program *program, GError **error)
{
  do
    {
      if (!jp_actor_play_round (program->actor, &program->options, error))
        return FALSE;
      if (!program->watch)
        return TRUE;
      pause_cb ((guint)program->every_s * MS_PER_S, NULL);
    }
  while (jp_actor_sleep (program->actor, error));

  return FALSE;
}

static gboolean
run (Program *program, GError **error)
{
  g_autoptr (JpClock) clock = jp_system_clock_new ();
  g_autoptr (JpIdSource) random = program->seed != 0
                                    ? jp_id_source_new_seeded (clock, (guint64)program->seed)
                                    : jp_id_source_new (clock);
  g_autoptr (JpActorLink) link =
    jp_actor_link_new (program->url, program->ca, program->folder, error);
  gboolean done = FALSE;

  if (link == NULL)
    return FALSE;
  program->actor =
    jp_actor_new (link, &(JpActorHost){
                          .clock = clock, .random = random, .tell = tell_cb, .pause = pause_cb });
  done = do_steps (program, error) && (program->script == NULL || do_script (program, error)) &&
         (!(program->once || program->watch) || play (program, error));
  g_clear_pointer (&program->actor, jp_actor_free);
  return done;
}

static gboolean
begin (Program *program, int argc, char **argv, GError **error)
{
  g_auto (GStrv) arguments = g_new0 (char *, (gsize)argc + 1);

  for (int i = 0; i < argc; i++)
    arguments[i] = g_locale_to_utf8 (argv[i], -1, NULL, NULL, NULL);
  if (!parse (program, &arguments, error) || program->version)
    return program->version;
  if (program->url == NULL || program->ca == NULL || program->folder == NULL)
    return fail_usage (error, _ ("--url, --ca and --data are needed."));
  if (program->names == NULL || program->names[0] == NULL)
    if (!program->once && !program->watch && program->script == NULL)
      return fail_usage (error, _ ("What shall be done? See --help."));
  return TRUE;
}

static void
clear (Program *program)
{
  g_free (program->url);
  g_free (program->ca);
  g_free (program->folder);
  g_free (program->script);
  g_free (program->options.contract);
  g_free (program->options.school);
  g_free (program->options.outcome);
  g_free (program->options.licence);
  g_strfreev (program->names);
}

int
main (int argc, char *argv[])
{
  Program program = { .every_s = DEFAULT_EVERY_S };
  int     exit_code = EXIT_SUCCESS;
  g_autoptr (GError) error = NULL;
  const char *localedir = g_getenv ("JP_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir != NULL ? localedir : JP_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  jp_log_install ();

  if (!begin (&program, argc, argv, &error))
    exit_code = EXIT_USAGE;
  else if (program.version)
    g_print ("jiapei-actor %s\n", JP_VERSION);
  else if (!run (&program, &error))
    exit_code = EXIT_REFUSED;

  if (error != NULL)
    g_printerr ("%s\n", error->message);
  clear (&program);
  return exit_code;
}
