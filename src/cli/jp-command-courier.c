/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-command.h"
#include "jp-sync-courier.h"

#include <glib/gi18n.h>

/* A round without a line: a file to the platform, and one back. */

static gboolean
run_write (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp help = {
    _ ("FILE"), _ ("Writes what waits for the platform into a file, to be carried there."), NULL, 1,
    1
  };
  guint n_ops = 0;
  g_autoptr (GBytes) file = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, FALSE, error))
    return FALSE;
  file = jp_sync_courier_write (cli->vault, &n_ops, error);
  if (file == NULL ||
      !g_file_set_contents_full ((*arguments)[0], g_bytes_get_data (file, NULL),
                                 (gssize)g_bytes_get_size (file),
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                 error))
    return FALSE;
  jp_cli_say (cli,
              g_dngettext (GETTEXT_PACKAGE,
                           "The file carries %u change. It stays here until the answer is applied.",
                           "The file carries %u changes. They stay here until the answer is "
                           "applied.",
                           n_ops),
              n_ops);
  return TRUE;
}

static gboolean
run_apply (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp  help = { _ ("FILE"), _ ("Applies the answer that came back from the platform."),
                            NULL, 1, 1 };
  JpSyncReceipt    receipt = { 0 };
  g_autofree char *sentence = NULL;
  g_autoptr (GMappedFile) mapped = NULL;
  g_autoptr (GBytes) file = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, TRUE, error))
    return FALSE;
  mapped = g_mapped_file_new ((*arguments)[0], FALSE, error);
  if (mapped == NULL)
    return FALSE;
  file = g_mapped_file_get_bytes (mapped);
  if (!jp_sync_courier_apply (cli->vault, file, &receipt, error))
    return FALSE;
  sentence = jp_sync_receipt_dup_sentence (&receipt);
  jp_cli_say (cli, "%s", sentence);
  if (receipt.n_refused > 0 || receipt.n_parked > 0)
    cli->exit_code = JP_CLI_REFUSED;
  return TRUE;
}

static const JpCommand parts[] = {
  { "write", NC_ ("command", "write the file for the platform"), run_write },
  { "apply", NC_ ("command", "apply the answer"), run_apply },
  { NULL, NULL, NULL },
};

/**
 * jp_command_courier:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Returns: whether it worked
 */
gboolean
jp_command_courier (JpCli *cli, GStrv *arguments, GError **error)
{
  return jp_command_run_part (parts, cli, arguments, error);
}
