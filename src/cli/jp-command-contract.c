/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-cli-print.h"
#include "jp-command-record.h"
#include "jp-desk.h"

#include <glib/gi18n.h>

static gboolean
run_draft (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp help = { _ ("TRAINEE [TIER]"),
                           _ (
                             "Drafts the contract of a trainee from a class tier (default: the one "
                             "on the trainee's file). A draft that exists is drafted again."),
                           NULL, 1, 2 };
  g_autoptr (JpRecord) trainee = NULL;
  g_autoptr (JpRecord) tier = NULL;
  JpId tier_id = JP_ID_NONE;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, TRUE, error))
    return FALSE;
  trainee = jp_cli_record_find (cli, JP_KIND_TRAINEE, (*arguments)[0], error);
  if (trainee == NULL)
    return FALSE;

  if ((*arguments)[1] != NULL)
    {
      tier = jp_cli_record_find (cli, JP_KIND_CLASS_TIER, (*arguments)[1], error);
      if (tier == NULL)
        return FALSE;
      tier_id = *jp_record_get_id (tier);
    }
  else if (jp_record_has (trainee, JP_TRAINEE_CLASS_TIER))
    tier_id = *jp_record_get_ref (trainee, JP_TRAINEE_CLASS_TIER);
  else
    {
      g_set_error_literal (error, JP_CLI_ERROR, JP_CLI_USAGE,
                           _ ("There is no class tier on the trainee's file: name one."));
      return FALSE;
    }
  return jp_command_record_finish (cli,
                                   jp_desk_draft_contract (cli->vault, jp_record_get_id (trainee),
                                                           &tier_id, cli->actor, error),
                                   0, error);
}

static gboolean
run_offer (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp help = { _ ("CONTRACT"),
                           _ ("Sends a contract to be signed. Its text does not change any more."),
                           NULL, 1, 1 };
  g_autoptr (JpRecord) contract = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, TRUE, error))
    return FALSE;
  contract = jp_cli_record_find (cli, JP_KIND_CONTRACT, (*arguments)[0], error);
  return contract != NULL &&
         jp_command_record_finish (cli,
                                   jp_desk_offer_contract (cli->vault, jp_record_get_id (contract),
                                                           cli->actor, error),
                                   0, error);
}

static gboolean
run_cancel (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp help = { _ ("CONTRACT"), _ ("Takes back a contract that nobody has signed."),
                           NULL, 1, 1 };
  g_autoptr (JpRecord) contract = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, TRUE, error))
    return FALSE;
  contract = jp_cli_record_find (cli, JP_KIND_CONTRACT, (*arguments)[0], error);
  return contract != NULL &&
         jp_command_record_finish (cli,
                                   jp_desk_cancel_contract (cli->vault, jp_record_get_id (contract),
                                                            cli->actor, error),
                                   0, error);
}

/* The text names people and their ID numbers: reading it is a revelation. */
static gboolean
print_text (JpCli *cli, JpRecord *contract, GError **error)
{
  const char *text = jp_record_get_text (contract, JP_CONTRACT_TEXT);

  if (!jp_cli_record_audit_reveal (cli, JP_KIND_CONTRACT, jp_record_get_id (contract), "text",
                                   error))
    return FALSE;
  g_print ("%s", text != NULL ? text : "");
  return TRUE;
}

static gboolean
run_show (JpCli *cli, GStrv *arguments, GError **error)
{
  gboolean           as_text = FALSE;
  const GOptionEntry entries[] = {
    { "text", 0, 0, G_OPTION_ARG_NONE, &as_text, N_ ("The text itself; the audit notes it"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { _ ("CONTRACT"), _ ("Shows a contract."), entries, 1, 1 };
  g_autoptr (JpRecord) contract = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, as_text, error))
    return FALSE;
  contract = jp_cli_record_find (cli, JP_KIND_CONTRACT, (*arguments)[0], error);
  if (contract == NULL)
    return FALSE;
  return as_text ? print_text (cli, contract, error)
                 : jp_cli_record_print (cli, contract, FALSE, error);
}

static const JpCommand parts[] = {
  { "draft", NC_ ("command", "draft one for a trainee"), run_draft },
  { "list", NC_ ("command", "list, search, filter"), jp_command_record_list },
  { "show", NC_ ("command", "show one, or its text"), run_show },
  { "print", NC_ ("command", "one as PDF"), jp_cli_print_record },
  { "offer", NC_ ("command", "send one to be signed"), run_offer },
  { "cancel", NC_ ("command", "take back one that nobody has signed"), run_cancel },
  { NULL, NULL, NULL },
};

/**
 * jp_command_contract:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Returns: whether it worked
 */
gboolean
jp_command_contract (JpCli *cli, GStrv *arguments, GError **error)
{
  return jp_command_run_part (parts, cli, arguments, error);
}
