/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-command-backup.h"

#include "jp-cli-record.h"
#include "jp-command.h"

#include <glib/gi18n.h>

/**
 * jp_command_backup_print:
 * @cli: the run
 * @path: a backup
 * @info: what it says of itself
 * @sentence: what happened with it, translated
 *
 * Tells of a backup.
 */
void
jp_command_backup_print (JpCli              *cli,
                         const char         *path,
                         const JpBackupInfo *info,
                         const char         *sentence)
{
  g_autofree char *when = jp_instant_to_short (info->created_at_us);
  g_autofree char *rows = g_strdup_printf ("%" G_GINT64_FORMAT, info->n_rows);
  g_autofree char *last = g_strdup_printf ("%" G_GINT64_FORMAT, info->last_op);
  g_autoptr (JsonBuilder) builder = NULL;

  if (!cli->json)
    {
      jp_cli_say (cli, "%s", sentence);
      jp_cli_say (cli, _ ("made %s, %s rows, last action %s"), when, rows, last);
      return;
    }

  builder = json_builder_new_immutable ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "file");
  json_builder_add_string_value (builder, path);
  json_builder_set_member_name (builder, "created_at");
  json_builder_add_int_value (builder, info->created_at_us);
  json_builder_set_member_name (builder, "rows");
  json_builder_add_int_value (builder, info->n_rows);
  json_builder_set_member_name (builder, "last_op");
  json_builder_add_int_value (builder, info->last_op);
  json_builder_end_object (builder);
  jp_cli_record_print_json (builder);
}

/* The backup is good all the same. */
static gboolean
copy_out (JpCli *cli, const char *path, GError **error)
{
  g_autoptr (JpSafety) safety = jp_safety_load (cli->folder);

  if (jp_backup_copy_out (path, safety, error))
    return TRUE;
  jp_cli_say (cli, _ ("The copy in %s could not be made."), safety->copies);
  return FALSE;
}

static gboolean
make (JpCli *cli, const char *path, GError **error)
{
  g_autoptr (JpCliProgress) progress = NULL;
  g_autofree char *made = g_strdup (path);
  g_autofree char *sentence = NULL;
  JpBackupInfo     info = { 0 };

  if (!jp_cli_open (cli, FALSE, error))
    return FALSE;
  progress = jp_cli_begin_progress (cli, _ ("Backing up"));
  if (path == NULL)
    made = jp_backup_make (cli->vault, cli->profile, jp_cli_terminal_get_monitor (progress), &info,
                           error);
  else if (!jp_backup_create (cli->vault, cli->profile, path,
                              jp_cli_terminal_get_monitor (progress), &info, error))
    return FALSE;
  g_clear_pointer (&progress, jp_cli_terminal_end_progress);
  if (made == NULL)
    return FALSE;

  sentence =
    g_strdup_printf (_ ("The backup is in %s. It has been restored for a trial, checked and "
                        "counted."),
                     made);
  jp_command_backup_print (cli, made, &info, sentence);
  return path != NULL || copy_out (cli, made, error);
}

static gboolean
list (JpCli *cli)
{
  g_autofree char *folder = g_build_filename (cli->folder, JP_PROFILE_BACKUPS, NULL);
  g_auto (GStrv) paths = jp_backup_list (folder);
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_array (builder);
  for (char **path = paths; *path != NULL; path++)
    {
      json_builder_add_string_value (builder, *path);
      if (!cli->json)
        g_print ("%s\n", *path);
    }
  json_builder_end_array (builder);
  if (cli->json)
    jp_cli_record_print_json (builder);
  return TRUE;
}

/**
 * jp_command_backup:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Backs up a school.
 *
 * Returns: whether it worked
 */
gboolean
jp_command_backup (JpCli *cli, GStrv *arguments, GError **error)
{
  gboolean           wants_list = FALSE;
  const GOptionEntry entries[] = {
    { "list", 0, 0, G_OPTION_ARG_NONE, &wants_list, N_ ("List the backups, the newest first"),
      NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { _ ("[FILE]"),
                           _ ("Makes a backup: sealed, with the key under the password, restored "
                              "for a trial and checked. Without a file it goes into the school's "
                              "own folder, where the newest ones of hours, days and months are "
                              "kept."),
                           entries, 0, 1 };

  if (!jp_cli_parse (cli, &help, arguments, error))
    return FALSE;
  return wants_list ? list (cli) : make (cli, (*arguments)[0], error);
}
