/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-command.h"

#include "jp-cli-table.h"

#include <glib/gi18n.h>
#include <string.h>

const JpCommand jp_commands[] = {
  { "init", NC_ ("command", "found a school on this PC"), jp_command_init },
  { "demo", NC_ ("command", "make a school to practise with"), jp_command_demo },
  { "school", NC_ ("command", "the school's own record: show, edit"), jp_command_school },
  { "import", NC_ ("command", "import a roster"), jp_command_import },
  { "export", NC_ ("command", "export a list"), jp_command_export },
  { "trainee", NC_ ("command", "trainees: list, show, print, add, edit, delete, restore, undo"),
    jp_command_trainee },
  { "contract", NC_ ("command", "contracts: draft, list, show, print, offer, cancel"),
    jp_command_contract },
  { "tier",
    NC_ ("command", "class tiers: list, show, add, edit, price, poster, publish, end, lint, curve"),
    jp_command_tier },
  { "coach", NC_ ("command", "coaches: list, show, add, edit, delete, restore"), jp_command_coach },
  { "vehicle", NC_ ("command", "vehicles: list, show, add, edit, delete, restore"),
    jp_command_vehicle },
  { "terminal", NC_ ("command", "terminals: list, show, add, edit, swap, history"),
    jp_command_terminal },
  { "attachment", NC_ ("command", "photos and scanned papers: add, list, save, delete, restore"),
    jp_command_attachment },
  { "settlement",
    NC_ ("command",
         "settlement: list, show, check, missing, print, export, dispute, evidence, forecast, "
         "stuck, overview"),
    jp_command_settlement },
  { "sync", NC_ ("command", "exchange with the platform: run, status, join, conflicts, resolve"),
    jp_command_sync },
  { "courier", NC_ ("command", "exchange with the platform by a carried file: write, apply"),
    jp_command_courier },
  { "refund", NC_ ("command", "withdrawals: simulate, request, approve, decline, list, check"),
    jp_command_refund },
  { "transfer",
    NC_ ("command", "transfers to another school: simulate, request, approve, decline, list"),
    jp_command_transfer },
  { "policy", NC_ ("command", "release and refund rules: check a file, list"), jp_command_policy },
  { "user", NC_ ("command", "who works at the school: add, list, pin, code, disable"),
    jp_command_user },
  { "undo", NC_ ("command", "take the last action back"), jp_command_undo },
  { "verify", NC_ ("command", "check that the data are whole"), jp_command_verify },
  { "backup", NC_ ("command", "back up, list the backups"), jp_command_backup },
  { "safety", NC_ ("command", "which backups are kept, second folder, journal"),
    jp_command_safety },
  { "password", NC_ ("command", "change the password"), jp_command_password },
  { "restore", NC_ ("command", "bring a backup back, or try whether it is good"),
    jp_command_restore },
  { NULL, NULL, NULL },
};

/**
 * jp_command_find:
 * @commands: a list of commands
 * @name: a name
 *
 * Returns: (nullable) (transfer none): the command
 */
const JpCommand *
jp_command_find (const JpCommand *commands, const char *name)
{
  g_return_val_if_fail (commands != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (; commands->name != NULL; commands++)
    if (strcmp (commands->name, name) == 0)
      return commands;
  return NULL;
}

/**
 * jp_command_dup_list:
 * @commands: a list of commands
 *
 * Returns: (transfer full): the commands with what they do, for the help
 */
char *
jp_command_dup_list (const JpCommand *commands)
{
  const char *const heading[] = { _ ("Commands:"), NULL, NULL };
  g_autoptr (GString) text = g_string_new (heading[0]);
  gsize width = 0;

  for (const JpCommand *command = commands; command->name != NULL; command++)
    width = MAX (width, strlen (command->name));
  for (const JpCommand *command = commands; command->name != NULL; command++)
    g_string_append_printf (text, "\n  %-*s  %s", (int)width, command->name,
                            g_dpgettext2 (NULL, "command", command->summary));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * jp_command_run_part:
 * @parts: what a command can do
 * @cli: the run
 * @arguments: (inout): the command, the part, and what follows
 * @error: return location for a [enum@Jp.CliExit]
 *
 * Runs one part of a command, like the list of `trainee list`.
 *
 * Returns: whether it worked
 */
gboolean
jp_command_run_part (const JpCommand *parts, JpCli *cli, GStrv *arguments, GError **error)
{
  g_return_val_if_fail (parts != NULL, FALSE);

  const char      *name = (*arguments)[0] != NULL ? (*arguments)[1] : NULL;
  const JpCommand *part = name != NULL ? jp_command_find (parts, name) : NULL;
  g_autofree char *list = jp_command_dup_list (parts);

  if (part == NULL)
    {
      g_set_error (error, JP_CLI_ERROR, JP_CLI_USAGE, _ ("Usage: jiapei %s COMMAND …\n%s"),
                   (*arguments)[0], list);
      return FALSE;
    }

  /* The part's own help says how both are called. */
  char *both = g_strconcat ((*arguments)[0], " ", name, NULL);

  g_free ((*arguments)[0]);
  g_free ((*arguments)[1]);
  (*arguments)[0] = both;
  for (guint i = 1; (*arguments)[i] != NULL || i == 1; i++)
    {
      (*arguments)[i] = (*arguments)[i + 1];
      if ((*arguments)[i] == NULL)
        break;
    }
  return part->run (cli, arguments, error);
}
