/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-cli-approval.h"
#include "jp-cli-json.h"
#include "jp-cli-table.h"
#include "jp-command-record.h"
#include "jp-lookup.h"
#include "jp-query.h"
#include "jp-transfer-repo.h"

#include <glib/gi18n.h>

/* --- simulate --- */

static void
add_number (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
print_sheet_json (const JpTransferSheet *sheet)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  add_number (builder, "stays", sheet->priced.stay_fen);
  add_number (builder, "moves", sheet->priced.move_fen);
  add_number (builder, "penalty", sheet->priced.penalty_fen);
  add_number (builder, "minutes", sheet->minutes);
  jp_cli_json_add_text (builder, "money",
                        sheet->priced.money == JP_POLICY_TRANSFER_FOLLOW ? "follow" : "refund");
  jp_cli_json_add_text (builder, "clause", sheet->priced.clause);
  json_builder_set_member_name (builder, "assumption");
  json_builder_add_boolean_value (builder, sheet->priced.state == JP_DATA_STATE_ASSUMED);
  json_builder_end_object (builder);
  jp_cli_record_print_json (builder);
}

static gboolean
run_simulate (JpCli *cli, GStrv *arguments, GError **error)
{
  g_autofree char   *on = NULL;
  const GOptionEntry entries[] = {
    { "on", 0, 0, G_OPTION_ARG_STRING, &on, N_ ("Day of leaving (default: today)"), N_ ("DATE") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { _ ("CONTRACT"),
                           _ ("Says what would become of hours and money if the trainee went on at "
                              "another school."),
                           entries, 1, 1 };
  JpDate          day = JP_DATE_NONE;
  g_autoptr (JpRecord) contract = NULL;
  g_autoptr (JpTransferSheet) sheet = NULL;
  g_auto (GStrv) sentences = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error))
    return FALSE;
  if (on != NULL && !jp_date_parse (on, &day, NULL))
    {
      g_set_error (error, JP_CLI_ERROR, JP_CLI_USAGE,
                   _ ("“%s” is not a date: write it like 2026-11-24."), on);
      return FALSE;
    }
  if (!jp_cli_open (cli, FALSE, error))
    return FALSE;
  contract = jp_cli_record_find (cli, JP_KIND_CONTRACT, (*arguments)[0], error);
  if (contract == NULL)
    return FALSE;
  sheet = jp_transfer_repo_simulate (cli->vault, jp_record_get_id (contract),
                                     on != NULL ? day : jp_vault_today (cli->vault), error);
  if (sheet == NULL)
    return FALSE;
  if (cli->json)
    {
      print_sheet_json (sheet);
      return TRUE;
    }
  sentences = jp_transfer_repo_dup_sentences (sheet);
  for (guint i = 0; sentences[i] != NULL; i++)
    g_print ("%s\n", sentences[i]);
  return TRUE;
}

/* --- request, approve, decline --- */

static gboolean
run_request (JpCli *cli, GStrv *arguments, GError **error)
{
  g_autofree char   *name = NULL;
  g_autofree char   *pin_path = NULL;
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, N_ ("Name of the other school"), N_ ("NAME") },
    { "pin", 0, 0, G_OPTION_ARG_FILENAME, &pin_path, N_ ("File with your PIN"), N_ ("FILE") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { _ ("CONTRACT SCHOOL"),
                           _ ("Asks for the transfer of a trainee to another school, named by its "
                              "number, as the user that --as names. It goes to the platform when a "
                              "second person approves it."),
                           entries, 2, 2 };
  JpApprovalAsk   ask = { .kind = JP_KIND_TRANSFER };

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, TRUE, error))
    return FALSE;
  ask.school_no = (*arguments)[1];
  ask.school = name;
  return jp_cli_approval_ask (cli, &ask, (*arguments)[0], pin_path, error);
}

static gboolean
run_approve (JpCli *cli, GStrv *arguments, GError **error)
{
  return jp_cli_approval_decide (cli, arguments, JP_KIND_TRANSFER, TRUE,
                                 _ ("Approves the transfer that somebody else asked for, as the "
                                    "user that --as names."),
                                 error);
}

static gboolean
run_decline (JpCli *cli, GStrv *arguments, GError **error)
{
  return jp_cli_approval_decide (cli, arguments, JP_KIND_TRANSFER, FALSE,
                                 _ ("Declines a transfer before it goes to the platform, or takes "
                                    "back your own."),
                                 error);
}

/* --- list, check --- */

static gboolean
add_one (JpCli *cli, JpRecord *transfer, JpCliTable *table, JsonBuilder *builder, GError **error)
{
  JpTransferVerdict verdict = { 0 };
  g_autofree char  *trainee = NULL;
  g_autofree char  *sentence = NULL;
  g_autofree char  *state = jp_record_dup_display (transfer, JP_TRANSFER_STATE, TRUE);
  const char       *school = jp_record_get_text (transfer, JP_TRANSFER_OTHER_SCHOOL);

  if (!jp_lookup_title (cli->vault, JP_KIND_TRAINEE,
                        jp_record_get_ref (transfer, JP_TRANSFER_TRAINEE), &trainee, error) ||
      !jp_transfer_repo_check (cli->vault, transfer, &verdict, error))
    return FALSE;
  sentence = jp_transfer_repo_dup_sentence (&verdict);
  if (!jp_transfer_repo_is_fine (&verdict))
    cli->exit_code = JP_CLI_FAILURE;
  if (school == NULL)
    school = jp_record_get_text (transfer, JP_TRANSFER_OTHER_SCHOOL_NO);

  const char *const cells[] = { trainee, school != NULL ? school : "", state, sentence, NULL };

  jp_cli_table_add (table, cells);
  json_builder_begin_object (builder);
  jp_cli_json_add_text (builder, "trainee", trainee);
  jp_cli_json_add_text (builder, "school", cells[1]);
  jp_cli_json_add_text (builder, "state", jp_record_get_text (transfer, JP_TRANSFER_STATE));
  json_builder_set_member_name (builder, "outgoing");
  json_builder_add_boolean_value (builder,
                                  jp_record_get_integer (transfer, JP_TRANSFER_OUTGOING) != 0);
  add_number (builder, "expected", verdict.expected_fen);
  add_number (builder, "moved", verdict.actual_fen);
  add_number (builder, "minutes", verdict.actual_minutes);
  jp_cli_json_add_text (builder, "verdict", sentence);
  json_builder_set_member_name (builder, "fine");
  json_builder_add_boolean_value (builder, jp_transfer_repo_is_fine (&verdict));
  json_builder_end_object (builder);
  return TRUE;
}

static gboolean
run_list (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp   help = { "",
                             _ ("Lists who goes on at another school or came from one, and whether "
                                  "hours and money are what the rules say. The exit code tells whether "
                                  "something is wrong."),
                             NULL, 0, 0 };
  const char *const labels[] = { _ ("Trainee"), _ ("Other school"), _ ("State"), _ ("Verdict"),
                                 NULL };
  g_autoptr (JpCliTable) table = jp_cli_table_new (labels);
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_TRANSFER);
  g_autoptr (GPtrArray) transfers = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, FALSE, error))
    return FALSE;
  jp_query_set_order (query, JP_TRANSFER_ASKED_ON, TRUE);
  transfers = jp_query_fetch_all (cli->vault, query, error);
  if (transfers == NULL)
    return FALSE;
  json_builder_begin_array (builder);
  for (guint i = 0; i < transfers->len; i++)
    if (!add_one (cli, g_ptr_array_index (transfers, i), table, builder, error))
      return FALSE;
  json_builder_end_array (builder);
  jp_cli_record_print_rows (cli, builder, table);
  return TRUE;
}

static const JpCommand parts[] = {
  { "simulate", NC_ ("command", "what would become of hours and money"), run_simulate },
  { "request", NC_ ("command", "ask for a transfer"), run_request },
  { "approve", NC_ ("command", "approve what somebody else asked for"), run_approve },
  { "decline", NC_ ("command", "decline it, or take it back"), run_decline },
  { "list", NC_ ("command", "transfers, and whether they are right"), run_list },
  { NULL, NULL, NULL },
};

/**
 * jp_command_transfer:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Returns: whether it worked
 */
gboolean
jp_command_transfer (JpCli *cli, GStrv *arguments, GError **error)
{
  return jp_command_run_part (parts, cli, arguments, error);
}
