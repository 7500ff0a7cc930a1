/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-command.h"
#include "jp-backup.h"
#include "jp-cli-record.h"

#include <glib/gi18n.h>

static void
print_info (JpCli *cli, const char *path, const JpBackupInfo *info, const char *sentence)
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

  sentence = g_strdup_printf (_ ("The backup is in %s."), made);
  print_info (cli, made, &info, sentence);
  return TRUE;
}

static JpSealKey *
unlock (JpCli *cli, const char *path, GError **error)
{
  char      *password = NULL;
  JpSealKey *key = NULL;

  if (cli->password_path == NULL)
    key = jp_backup_unlock (path, NULL, NULL); /* not in the keyring: ask */
  if (key != NULL)
    return key;
  password = jp_cli_read_password (cli, FALSE, error);
  if (password == NULL)
    return NULL;
  key = jp_backup_unlock (path, password, error);
  jp_seal_wipe_text (password);
  return key;
}

static void
tell_lost (gint64 n_ops)
{
  g_autofree char *sentence =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u action is newer than the backup.",
                                  "%u actions are newer than the backup.", (gulong)n_ops),
                     (guint)n_ops);

  g_printerr ("jiapei: %s\n", sentence);
}

static gboolean
restore (JpCli *cli, const char *path, GError **error)
{
  g_autoptr (JpSealKey) key = unlock (cli, path, error);
  g_autoptr (JpCliProgress) progress = NULL;
  g_autofree char *sentence = NULL;
  JpBackupInfo     info = { 0 };
  gint64           n_lost = 0;

  if (key == NULL || !jp_backup_read_info (path, key, &info, error) ||
      !jp_backup_count_lost (cli->folder, &info, &n_lost, error))
    return FALSE;
  if (n_lost > 0)
    tell_lost (n_lost);
  progress = jp_cli_begin_progress (cli, _ ("Restoring"));
  if (!jp_backup_restore (path, cli->folder, key, jp_cli_terminal_get_monitor (progress), &info,
                          error))
    return FALSE;
  g_clear_pointer (&progress, jp_cli_terminal_end_progress);

  sentence =
    g_strdup_printf (_ ("The school is back in %s. What was there before is kept beside it; "
                        "the password is the one of the backup."),
                     cli->folder);
  print_info (cli, path, &info, sentence);
  return TRUE;
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
 * Backs up or restores a school.
 *
 * Returns: whether it worked
 */
gboolean
jp_command_backup (JpCli *cli, GStrv *arguments, GError **error)
{
  g_autofree char   *restore_path = NULL;
  gboolean           wants_list = FALSE;
  const GOptionEntry entries[] = {
    { "restore", 0, 0, G_OPTION_ARG_FILENAME, &restore_path,
      N_ ("Put this backup in the place of the school"), N_ ("FILE") },
    { "list", 0, 0, G_OPTION_ARG_NONE, &wants_list, N_ ("List the backups, the newest first"),
      NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { _ ("[FILE]"),
                           _ ("Makes a backup: checked, sealed, with the key under the password. "
                              "Without a file it goes into the school's own folder, where the "
                              "newest of seven days and four weeks are kept."),
                           entries, 0, 1 };

  if (!jp_cli_parse (cli, &help, arguments, error))
    return FALSE;
  if (restore_path != NULL)
    return restore (cli, restore_path, error);
  return wants_list ? list (cli) : make (cli, (*arguments)[0], error);
}
