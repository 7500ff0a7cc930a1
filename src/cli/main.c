/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-command.h"

#include "jp-log.h"

#include <glib/gi18n.h>
#include <locale.h>

static void
init_locale (void)
{
  const char *localedir = g_getenv ("JP_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir != NULL ? localedir : JP_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/* Runs the command that the arguments name. */
static gboolean
run (JpCli *cli, GStrv *arguments, GError **error)
{
  g_autofree char *list = jp_command_dup_list (jp_commands);
  const JpCommand *command = NULL;
  g_auto (GStrv) rest = NULL;

  if (!jp_cli_parse_first (cli, arguments, list, error))
    return FALSE;
  if (cli->version)
    {
      g_print ("jiapei %s\n", JP_VERSION);
      return TRUE;
    }
  if ((*arguments)[1] != NULL)
    command = jp_command_find (jp_commands, (*arguments)[1]);
  if (command == NULL)
    {
      g_set_error (error, JP_CLI_ERROR, JP_CLI_USAGE, _ ("Usage: jiapei COMMAND …\n%s"), list);
      return FALSE;
    }

  rest = g_strdupv (*arguments + 1);
  return command->run (cli, &rest, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (JpCli) cli = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) arguments = NULL;

  init_locale ();
  jp_log_install ();
  g_set_prgname ("jiapei");
#ifdef G_OS_WIN32
  arguments = g_win32_get_command_line ();
#else
  arguments = g_strdupv (argv);
#endif
  cli = jp_cli_new ();

  if (run (cli, &arguments, &error) && cli->waits)
    {
      g_main_loop_run (cli->loop);
      error = g_steal_pointer (&cli->error);
    }
  if (error == NULL)
    return (int)cli->exit_code;
  jp_cli_report (cli, error);
  return (int)jp_cli_error_get_exit (error);
}
