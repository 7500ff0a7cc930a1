/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-cli-approval.h"

#include "jp-cli-record.h"

#include <glib/gi18n.h>

static JpCliSecret *
read_pin (const char *name, const char *path, GError **error)
{
  g_autofree char *prompt = g_strdup_printf (_ ("PIN of %s: "), name);

  return jp_cli_read_secret (path, prompt, FALSE, error);
}

/**
 * jp_cli_approval_ask:
 * @cli: the run, with an open vault that can be written
 * @ask: what is asked for, without contract and person
 * @contract: a contract as somebody names it
 * @pin_path: (nullable): a file with the PIN
 * @error: return location
 *
 * Asks for it as the user that --as names, and says what comes next.
 *
 * Returns: whether it worked
 */
gboolean
jp_cli_approval_ask (JpCli         *cli,
                     JpApprovalAsk *ask,
                     const char    *contract,
                     const char    *pin_path,
                     GError       **error)
{
  g_return_val_if_fail (cli != NULL, FALSE);
  g_return_val_if_fail (ask != NULL, FALSE);
  g_return_val_if_fail (contract != NULL, FALSE);

  g_autoptr (JpRecord) record = jp_cli_record_find (cli, JP_KIND_CONTRACT, contract, error);
  g_autoptr (JpCliSecret) pin = record != NULL ? read_pin (cli->actor, pin_path, error) : NULL;

  if (pin == NULL)
    return FALSE;
  ask->contract = *jp_record_get_id (record);
  ask->name = cli->actor;
  ask->pin = pin;
  if (!jp_approval_repo_ask (cli->vault, ask, NULL, error))
    return FALSE;
  jp_cli_say (cli,
              ask->kind == JP_KIND_REFUND
                ? _ ("Asked for. A second person approves it: jiapei refund approve %s")
                : _ ("Asked for. A second person approves it: jiapei transfer approve %s"),
              jp_record_get_text (record, JP_CONTRACT_NUMBER));
  return TRUE;
}

/* A contract has no more than one request that waits. */
static JpApproval *
find_open (JpCli *cli, const char *text, JpKind kind, GError **error)
{
  g_autoptr (JpRecord) contract = jp_cli_record_find (cli, JP_KIND_CONTRACT, text, error);
  g_autoptr (JpApproval) one = NULL;

  if (contract == NULL ||
      !jp_approval_repo_find_open (cli->vault, jp_record_get_id (contract), &one, error))
    return NULL;
  if (one != NULL && one->kind == kind)
    return g_steal_pointer (&one);
  g_set_error_literal (error, JP_CLI_ERROR, JP_CLI_NOT_FOUND,
                       kind == JP_KIND_REFUND
                         ? _ ("No withdrawal of this contract waits for a decision.")
                         : _ ("No transfer of this contract waits for a decision."));
  return NULL;
}

/**
 * jp_cli_approval_decide:
 * @cli: the run
 * @arguments: (inout): the contract and the options
 * @kind: what was asked for
 * @approve: whether it is approved
 * @summary: what the command does, translated
 * @error: return location
 *
 * Approves or declines what waits, as the user that --as names.
 *
 * Returns: whether it worked
 */
gboolean
jp_cli_approval_decide (JpCli      *cli,
                        GStrv      *arguments,
                        JpKind      kind,
                        gboolean    approve,
                        const char *summary,
                        GError    **error)
{
  g_return_val_if_fail (cli != NULL, FALSE);
  g_return_val_if_fail (arguments != NULL, FALSE);

  g_autofree char   *pin_path = NULL;
  const GOptionEntry entries[] = {
    { "pin", 0, 0, G_OPTION_ARG_FILENAME, &pin_path, N_ ("File with your PIN"), N_ ("FILE") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp    help = { _ ("CONTRACT"), summary, entries, 1, 1 };
  JpApprovalDecision decision = { .kind = kind, .approve = approve };
  g_autoptr (JpApproval) one = NULL;
  g_autoptr (JpCliSecret) pin = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, TRUE, error))
    return FALSE;
  one = find_open (cli, (*arguments)[0], kind, error);
  pin = one != NULL ? read_pin (cli->actor, pin_path, error) : NULL;
  if (pin == NULL)
    return FALSE;
  decision.id = one->id;
  decision.name = cli->actor;
  decision.pin = pin;
  if (!jp_approval_repo_decide (cli->vault, &decision, error))
    return FALSE;
  jp_cli_say (cli, "%s",
              approve ? _ ("Approved. It goes to the platform with the next sync.")
                      : _ ("Declined. Nothing goes to the platform."));
  return TRUE;
}
