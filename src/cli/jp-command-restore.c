/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-command.h"

#include "jp-command-backup.h"
#include "jp-restore.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

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

/* Without a file: the newest backup in the school's own folder. */
static char *
dup_backup (JpCli *cli, const char *path, GError **error)
{
  g_autofree char *folder = g_build_filename (cli->folder, JP_PROFILE_BACKUPS, NULL);
  g_auto (GStrv) paths = NULL;

  if (path != NULL)
    return g_strdup (path);
  paths = jp_backup_list (folder);
  if (*paths != NULL)
    return g_strdup (*paths);
  g_set_error (error, JP_CLI_ERROR, JP_CLI_NOT_FOUND,
               _ ("There is no backup in %s. Name the file: jiapei restore FILE."), folder);
  return NULL;
}

/* The journal that was named, or the one of the school that is there. */
static char *
dup_journal (JpCli *cli, const char *path)
{
  g_autoptr (JpSafety) safety = jp_safety_load (cli->folder);

  if (path == NULL)
    path = safety->journal;
  return path != NULL && g_file_test (path, G_FILE_TEST_IS_DIR) ? g_strdup (path) : NULL;
}

static void
tell_replay (JpCli *cli, const JpReplay *replay)
{
  if (replay->n_repeated > 0)
    {
      g_autofree char *sentence =
        g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                      "%u newer action came back from the journal.",
                                      "%u newer actions came back from the journal.",
                                      replay->n_repeated),
                         replay->n_repeated);

      jp_cli_say (cli, "%s", sentence);
    }
  if (replay->n_damaged > 0)
    g_printerr ("jiapei: %s\n", _ ("Part of the journal cannot be read; the rest was used."));
}

static gboolean
run (JpCli *cli, JpRestore *order, GError **error)
{
  g_autoptr (JpCliProgress) progress = jp_cli_begin_progress (cli, _ ("Restoring"));
  g_autofree char *sentence = NULL;
  g_auto (JpRestoreOutcome) outcome = { 0 };

  order->monitor = jp_cli_terminal_get_monitor (progress);
  if (!jp_restore_run (order, &outcome, error))
    return FALSE;
  g_clear_pointer (&progress, jp_cli_terminal_end_progress);

  sentence =
    g_strdup_printf (_ ("The school is back in %s; the password is the one of the backup."),
                     cli->folder);
  if (order->backup != NULL)
    jp_command_backup_print (cli, order->backup, &outcome.info, sentence);
  else
    jp_cli_say (cli, "%s", sentence);
  tell_replay (cli, &outcome.replay);
  if (outcome.aside != NULL)
    jp_cli_say (cli, _ ("What was there before is kept as %s."), outcome.aside);
  return TRUE;
}

static gboolean
restore (JpCli *cli, const char *path, const char *journal, JpSealKey *key, GError **error)
{
  g_autofree char *journal_folder = dup_journal (cli, journal);
  JpBackupInfo     info = { 0 };
  JpRestore        order = { .backup = path,
                             .journal = journal_folder,
                             .folder = cli->folder,
                             .key = key,
                             .clock = cli->clock,
                             .ids = cli->ids };
  gint64           n_lost = 0;

  if (!jp_backup_read_info (path, key, &info, error) ||
      !jp_restore_count_lost (cli->folder, &info, &n_lost, error))
    return FALSE;
  if (n_lost > 0 && journal_folder == NULL)
    tell_lost (n_lost);
  return run (cli, &order, error);
}

static GBytes *
read_key_file (const char *journal, GError **error)
{
  g_auto (GStrv) paths = jp_journal_list_key_files (journal);
  char *text = NULL;
  gsize size = 0;

  if (g_strv_length (paths) == 1 && g_file_get_contents (paths[0], &text, &size, NULL))
    return g_bytes_new_take (text, size);
  g_set_error (error, JP_CLI_ERROR, JP_CLI_NOT_FOUND,
               _ ("There is no journal of one school in %s."), journal);
  return NULL;
}

/* There is no backup: everything is in the journal. */
static gboolean
restore_journal (JpCli *cli, const char *journal, GError **error)
{
  g_autofree char *folder = dup_journal (cli, journal);
  g_autoptr (GBytes) key_file = NULL;
  g_autoptr (JpSealKey) key = NULL;
  char *password = NULL;

  key_file = read_key_file (folder != NULL ? folder : "–", error);
  password = key_file != NULL ? jp_cli_read_password (cli, FALSE, error) : NULL;
  if (password == NULL)
    return FALSE;
  key = jp_profile_unlock_key_file (key_file, password, error);
  jp_seal_wipe_text (password);
  if (key == NULL)
    return FALSE;

  JpRestore order = { .journal = folder,
                      .key_file = key_file,
                      .folder = cli->folder,
                      .key = key,
                      .clock = cli->clock,
                      .ids = cli->ids };

  return run (cli, &order, error);
}

/* Where there is room: beside the school, or where temporary files go. */
static gboolean
drill (JpCli *cli, const char *path, JpSealKey *key, GError **error)
{
  g_autoptr (JpCliProgress) progress = NULL;
  gboolean    at_home = g_file_test (cli->folder, G_FILE_TEST_IS_DIR);
  const char *scratch =
    at_home && g_access (cli->folder, W_OK) == 0 ? cli->folder : g_get_tmp_dir ();
  JpBackupInfo info = { 0 };

  progress = jp_cli_begin_progress (cli, _ ("Trying the backup"));
  if (!jp_restore_drill (path, scratch, key, jp_cli_terminal_get_monitor (progress), &info, error))
    return FALSE;
  g_clear_pointer (&progress, jp_cli_terminal_end_progress);
  jp_command_backup_print (cli, path, &info,
                           _ (
                             "The backup is good: it was restored into a throw-away place, checked "
                             "and counted. Nothing of the school was changed."));
  return TRUE;
}

/**
 * jp_command_restore:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Brings a school back from a backup, or tries whether that would work.
 *
 * Returns: whether it worked
 */
gboolean
jp_command_restore (JpCli *cli, GStrv *arguments, GError **error)
{
  gboolean           wants_drill = FALSE;
  gboolean           without_backup = FALSE;
  g_autofree char   *journal = NULL;
  const GOptionEntry entries[] = {
    { "drill", 0, 0, G_OPTION_ARG_NONE, &wants_drill,
      N_ ("Only try it, in a throw-away place: restore, check, count"), NULL },
    { "journal", 0, 0, G_OPTION_ARG_FILENAME, &journal,
      N_ ("Bring back what came after the backup from this journal"), N_ ("FOLDER") },
    { "without-backup", 0, 0, G_OPTION_ARG_NONE, &without_backup,
      N_ ("There is no backup: take everything from the journal"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp  help = { _ ("[FILE]"),
                            _ ("Puts a backup in the place of the school; what is there is kept "
                                "beside it. Without a file it takes the newest backup in the "
                                "school's own folder."),
                            entries, 0, 1 };
  g_autofree char *path = NULL;
  g_autoptr (JpSealKey) key = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error))
    return FALSE;
  if (without_backup)
    return restore_journal (cli, journal, error);
  path = dup_backup (cli, (*arguments)[0], error);
  key = path != NULL ? unlock (cli, path, error) : NULL;
  if (key == NULL)
    return FALSE;
  return wants_drill ? drill (cli, path, key, error) : restore (cli, path, journal, key, error);
}
