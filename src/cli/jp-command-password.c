/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-command.h"

#include "jp-journal.h"
#include "jp-safety.h"

#include <glib/gi18n.h>

/* The new one may lie in a file too; else it is asked for twice. */
static char *
read_new (JpCli *cli, char *path, GError **error)
{
  char *present = cli->password_path;
  char *password = NULL;

  cli->password_path = path;
  password = jp_cli_read_password (cli, TRUE, error);
  cli->password_path = present;
  return password;
}

/* Whoever finds a PC open must not be able to lock its owner out: the present password is asked for
 * whether or not the keyring has the key. */
static gboolean
unlock (JpCli *cli, GError **error)
{
  char *password = jp_cli_read_password (cli, FALSE, error);

  if (password == NULL)
    return FALSE;
  cli->profile = jp_profile_unlock (cli->folder, password, error);
  jp_seal_wipe_text (password);
  return cli->profile != NULL;
}

static void
refresh_journal (JpCli *cli)
{
  g_autoptr (JpSafety) safety = jp_safety_load (cli->folder);

  if (safety->journal != NULL) /* ignored: the next command that writes does it */
    jp_journal_keep_key_file (safety->journal, cli->profile->key, cli->folder, NULL);
}

/**
 * jp_command_password:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Changes the password.
 *
 * Returns: whether the new one holds
 */
gboolean
jp_command_password (JpCli *cli, GStrv *arguments, GError **error)
{
  g_autofree char   *path = NULL;
  const GOptionEntry entries[] = {
    { "new-password-file", 0, 0, G_OPTION_ARG_FILENAME, &path,
      N_ ("File whose first line is the new password"), N_ ("FILE") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { "", _ ("Changes the password of the school on this PC."), entries, 0,
                           0 };
  char           *password = NULL;
  gboolean        changed = FALSE;

  if (!jp_cli_parse (cli, &help, arguments, error) || !unlock (cli, error))
    return FALSE;
  password = read_new (cli, path, error);
  if (password == NULL)
    return FALSE;
  if (jp_text_length (password) >= JP_PROFILE_PASSWORD_MIN_CHARS)
    changed = jp_profile_change_password (cli->profile, password, error);
  else
    g_set_error (error, JP_CLI_ERROR, JP_CLI_REFUSED, _ ("A password has at least %d characters."),
                 JP_PROFILE_PASSWORD_MIN_CHARS);
  jp_seal_wipe_text (password);
  if (!changed)
    return FALSE;

  refresh_journal (cli);
  jp_cli_say (cli, "%s",
              _ ("The password is changed. Backups made until now still open with the old "
                 "one."));
  return TRUE;
}
