/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-cli-approval.h"
#include "jp-cli-json.h"
#include "jp-cli-print.h"
#include "jp-cli-table.h"
#include "jp-command-record.h"
#include "jp-print.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
parse_fault (const char *text, JpFault *out_fault, GError **error)
{
  const JpCode *code = text != NULL ? jp_code_lookup (jp_fault_codes, text) : NULL;

  if (code == NULL && text != NULL)
    code = jp_code_lookup_label (jp_fault_codes, text);
  if (text == NULL)
    return TRUE;
  if (code == NULL)
    {
      g_set_error_literal (error, JP_CLI_ERROR, JP_CLI_USAGE,
                           _ ("Who is at fault is one of: trainee, school, nobody."));
      return FALSE;
    }
  *out_fault = (JpFault)code->value;
  return TRUE;
}

static gboolean
parse_day (const char *text, JpDate *out_date, GError **error)
{
  if (text == NULL || jp_date_parse (text, out_date, NULL))
    return TRUE;
  g_set_error (error, JP_CLI_ERROR, JP_CLI_USAGE,
               _ ("“%s” is not a date: write it like 2026-11-24."), text);
  return FALSE;
}

/* "2=6.5": six and a half hours of part 2. */
static gboolean
parse_hours (GStrv texts, gint64 *minutes, GError **error)
{
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      char  *end = NULL;
      gint64 part = texts[i][0] - '0';
      double hours =
        texts[i][0] != '\0' && texts[i][1] == '=' ? g_ascii_strtod (texts[i] + 2, &end) : -1;

      if (part < 1 || part > JP_POLICY_N_PARTS || end == NULL || end == texts[i] + 2 ||
          *end != '\0' || !(hours >= 0 && hours <= JP_POLICY_MAX_MINUTES / 60))
        {
          g_set_error (error, JP_CLI_ERROR, JP_CLI_USAGE,
                       _ ("“%s” is not a part and its hours: write it like 2=6.5."), texts[i]);
          return FALSE;
        }
      minutes[part] = (gint64)(hours * 60 + 0.5);
    }
  return TRUE;
}

/* --- simulate */

static void
add_row (JpCliTable *table, JpRefundSheet *sheet, guint index)
{
  const JpPolicyRefund     *chosen = sheet->results[sheet->fault];
  const JpPolicyRefundLine *line = &g_array_index (chosen->lines, JpPolicyRefundLine, index);
  g_autofree char          *amount = jp_money_format (line->amount_fen);
  g_autofree char          *why = jp_refund_repo_dup_arithmetic (chosen, line->id);
  const char *const cells[] = { *line->title != '\0' ? line->title : line->id, amount, line->clause,
                                why, NULL };

  jp_cli_table_add (table, cells);
}

static void
print_sheet (JpCli *cli, JpRefundSheet *sheet)
{
  const char *const labels[] = { _ ("Deduction"), _ ("Amount"), _ ("Clause"), _ ("Arithmetic"),
                                 NULL };
  const char *const sums[] = { _ ("At fault"),         _ ("Back to the trainee"),
                               _ ("The school keeps"), _ ("From custody"),
                               _ ("From the school"),  NULL };
  g_autoptr (JpCliTable) table = jp_cli_table_new (labels);
  g_autoptr (JpCliTable) both = jp_cli_table_new (sums);
  g_autofree char *text = NULL;
  g_autofree char *second = NULL;
  g_autofree char *paid = jp_money_format (sheet->results[sheet->fault]->paid_fen);

  for (guint i = 0; i < sheet->results[sheet->fault]->lines->len; i++)
    add_row (table, sheet, i);
  for (int i = 0; i < JP_POLICY_N_FAULTS; i++)
    {
      const JpPolicyRefund *result = sheet->results[i];
      g_autofree char      *back = jp_money_format (result->refund_fen);
      g_autofree char      *kept = jp_money_format (result->deducted_fen);
      g_autofree char      *custody = jp_money_format (result->from_custody_fen);
      g_autofree char      *school = jp_money_format (result->from_school_fen);
      const char *const     cells[] = {
            jp_code_get_label (jp_code_get (jp_fault_codes, i)), back, kept, custody, school, NULL
      };

      jp_cli_table_add (both, cells);
    }
  text = jp_cli_table_to_text (table);
  second = jp_cli_table_to_text (both);
  g_print ("%s · %s · %s\n\n%s\n%s", sheet->trainee,
           jp_record_get_text (sheet->facts->contract, JP_CONTRACT_NUMBER),
           jp_policy_get_header (sheet->facts->policy)->title, text, second);
  jp_cli_say (cli,
              _ ("%s were paid. This is what the rules say of what is known here today; it is "
                 "no promise: the platform decides."),
              paid);
  if (sheet->facts->gather.pending_minutes > 0)
    jp_cli_say (cli, _ ("Sessions wait for their review: the amount may still change."));
}

static void
add_number (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
write_result (JsonBuilder *builder, const JpPolicyRefund *result)
{
  json_builder_begin_object (builder);
  add_number (builder, "paid", result->paid_fen);
  add_number (builder, "refund", result->refund_fen);
  add_number (builder, "kept", result->deducted_fen);
  add_number (builder, "from_custody", result->from_custody_fen);
  add_number (builder, "from_school", result->from_school_fen);
  json_builder_set_member_name (builder, "lines");
  json_builder_begin_array (builder);
  for (guint i = 0; i < result->lines->len; i++)
    {
      const JpPolicyRefundLine *line = &g_array_index (result->lines, JpPolicyRefundLine, i);
      g_autofree char          *why = jp_refund_repo_dup_arithmetic (result, line->id);

      json_builder_begin_object (builder);
      jp_cli_json_add_text (builder, "id", line->id);
      jp_cli_json_add_text (builder, "title", line->title);
      jp_cli_json_add_text (builder, "clause", line->clause);
      add_number (builder, "amount", line->amount_fen);
      jp_cli_json_add_text (builder, "arithmetic", why);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
print_sheet_json (JpRefundSheet *sheet)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  for (int i = 0; i < JP_POLICY_N_FAULTS; i++)
    {
      json_builder_set_member_name (builder, jp_code_get (jp_fault_codes, i)->name);
      write_result (builder, sheet->results[i]);
    }
  json_builder_end_object (builder);
  jp_cli_record_print_json (builder);
}

static gboolean
write_pdf (JpCli               *cli,
           const JpRefundSheet *sheet,
           const char          *path,
           gboolean             reveal,
           GError             **error)
{
  const JpId *contract = jp_record_get_id (sheet->facts->contract);
  g_autoptr (JpPaper) paper = jp_print_refund (cli->vault, sheet, reveal, error);

  return paper != NULL &&
         jp_print_audit (cli->vault, JP_KIND_CONTRACT, contract, reveal, cli->actor, error) &&
         jp_cli_print_paper (cli, paper, path, error);
}

static gboolean
run_simulate (JpCli *cli, GStrv *arguments, GError **error)
{
  g_autofree char *on = NULL;
  g_autofree char *fault = NULL;
  g_autofree char *pdf = NULL;
  gboolean         reveal = FALSE;
  g_auto (GStrv) hours = NULL;
  const GOptionEntry entries[] = {
    { "on", 0, 0, G_OPTION_ARG_STRING, &on, N_ ("Day of leaving (default: today)"), N_ ("DATE") },
    { "fault", 0, 0, G_OPTION_ARG_STRING, &fault, N_ ("trainee (default), school or nobody"),
      N_ ("WHO") },
    { "hours", 0, 0, G_OPTION_ARG_STRING_ARRAY, &hours,
      N_ ("Hours of a part by then, like 2=6.5 (default: what is known)"), N_ ("PART=HOURS") },
    { "pdf", 0, 0, G_OPTION_ARG_FILENAME, &pdf, N_ ("Write the sheet as PDF"), N_ ("FILE") },
    { "reveal", 0, 0, G_OPTION_ARG_NONE, &reveal,
      N_ ("Sensitive fields in clear; the audit notes it"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp  help = { _ ("CONTRACT"),
                            _ (
                              "Computes what would go back if a contract ended, with the clause and "
                               "the arithmetic of each deduction."),
                            entries, 1, 1 };
  JpRefundQuestion question = { JP_DATE_NONE, JP_FAULT_TRAINEE, { 0, -1, -1, -1, -1 } };
  g_autoptr (JpRecord) contract = NULL;
  g_autoptr (JpRefundSheet) sheet = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !parse_day (on, &question.on, error) ||
      !parse_fault (fault, &question.fault, error) ||
      !parse_hours (hours, question.minutes, error) || !jp_cli_open (cli, pdf != NULL, error))
    return FALSE;
  contract = jp_cli_record_find (cli, JP_KIND_CONTRACT, (*arguments)[0], error);
  if (contract == NULL)
    return FALSE;
  if (question.on == JP_DATE_NONE)
    question.on = jp_vault_today (cli->vault);
  sheet = jp_refund_repo_simulate (cli->vault, jp_record_get_id (contract), &question, error);
  if (sheet == NULL)
    return FALSE;
  if (pdf != NULL)
    return write_pdf (cli, sheet, pdf, reveal, error);
  if (cli->json)
    print_sheet_json (sheet);
  else
    print_sheet (cli, sheet);
  return TRUE;
}

/* --- request, approve, decline */

static gboolean
run_request (JpCli *cli, GStrv *arguments, GError **error)
{
  g_autofree char   *fault = NULL;
  g_autofree char   *reason = NULL;
  g_autofree char   *pin_path = NULL;
  const GOptionEntry entries[] = {
    { "fault", 0, 0, G_OPTION_ARG_STRING, &fault, N_ ("trainee (default), school or nobody"),
      N_ ("WHO") },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, N_ ("Why"), N_ ("TEXT") },
    { "pin", 0, 0, G_OPTION_ARG_FILENAME, &pin_path, N_ ("File with your PIN"), N_ ("FILE") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { _ ("CONTRACT"),
                           _ ("Asks for the withdrawal of a trainee, as the user that --as names. "
                              "It goes to the platform when a second person approves it."),
                           entries, 1, 1 };
  JpApprovalAsk   ask = { .kind = JP_KIND_REFUND, .fault = JP_FAULT_TRAINEE };

  if (!jp_cli_parse (cli, &help, arguments, error) || !parse_fault (fault, &ask.fault, error) ||
      !jp_cli_open (cli, TRUE, error))
    return FALSE;
  ask.reason = reason;
  return jp_cli_approval_ask (cli, &ask, (*arguments)[0], pin_path, error);
}

static gboolean
run_approve (JpCli *cli, GStrv *arguments, GError **error)
{
  return jp_cli_approval_decide (cli, arguments, JP_KIND_REFUND, TRUE,
                                 _ ("Approves the withdrawal that somebody else asked for, as the "
                                    "user that --as names."),
                                 error);
}

static gboolean
run_decline (JpCli *cli, GStrv *arguments, GError **error)
{
  return jp_cli_approval_decide (cli, arguments, JP_KIND_REFUND, FALSE,
                                 _ (
                                   "Declines a withdrawal before it goes to the platform, or takes "
                                   "back your own."),
                                 error);
}

/* --- list, check */

static const char *
get_state (const JpApproval *one)
{
  if (one->decided_by == NULL)
    return _ ("waits for a second person");
  return one->is_approved ? _ ("approved") : _ ("declined");
}

static void
print_withdrawals_json (GPtrArray *list)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < list->len; i++)
    {
      const JpApproval *one = g_ptr_array_index (list, i);
      JpIdText          text;

      json_builder_begin_object (builder);
      jp_cli_json_add_text (builder, "id", jp_id_to_text (&one->id, text));
      jp_cli_json_add_text (builder, "contract", one->contract_no);
      jp_cli_json_add_text (builder, "fault", jp_code_get (jp_fault_codes, (int)one->fault)->name);
      jp_cli_json_add_text (builder, "asked_by", one->asked_by);
      add_number (builder, "asked_at", one->asked_at_us);
      if (one->decided_by != NULL)
        {
          jp_cli_json_add_text (builder, "decided_by", one->decided_by);
          add_number (builder, "decided_at", one->decided_at_us);
          json_builder_set_member_name (builder, "approved");
          json_builder_add_boolean_value (builder, one->is_approved);
        }
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  jp_cli_record_print_json (builder);
}

static gboolean
run_list (JpCli *cli, GStrv *arguments, GError **error)
{
  gboolean           only_open = FALSE;
  const GOptionEntry entries[] = {
    { "open", 0, 0, G_OPTION_ARG_NONE, &only_open, N_ ("Only those that wait for a decision"),
      NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp   help = { "", _ ("Lists the withdrawals that people of the school asked for."),
                             entries, 0, 0 };
  const char *const labels[] = {
    _ ("Contract"),   _ ("Trainee"), _ ("At fault"), _ ("Asked by"), _ ("State"),
    _ ("Decided by"), NULL
  };
  g_autoptr (JpCliTable) table = jp_cli_table_new (labels);
  g_autoptr (GPtrArray) list = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, FALSE, error))
    return FALSE;
  list = jp_approval_repo_list (cli->vault, JP_KIND_REFUND, only_open, error);
  if (list == NULL)
    return FALSE;
  if (cli->json)
    {
      print_withdrawals_json (list);
      return TRUE;
    }
  for (guint i = 0; i < list->len; i++)
    {
      const JpApproval *one = g_ptr_array_index (list, i);
      const char *const cells[] = { one->contract_no,
                                    one->trainee,
                                    jp_code_get_label (
                                      jp_code_get (jp_fault_codes, (int)one->fault)),
                                    one->asked_by,
                                    get_state (one),
                                    one->decided_by != NULL ? one->decided_by : "",
                                    NULL };

      jp_cli_table_add (table, cells);
    }
  jp_cli_table_print (table);
  return TRUE;
}

static GPtrArray *
fetch_refunds (JpCli *cli, const char *contract_text, GError **error)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_REFUND);
  g_autoptr (JpRecord) contract = NULL;

  if (contract_text != NULL)
    {
      contract = jp_cli_record_find (cli, JP_KIND_CONTRACT, contract_text, error);
      if (contract == NULL)
        return NULL;
      jp_query_where_ref (query, JP_REFUND_CONTRACT, jp_record_get_id (contract));
    }
  jp_query_set_order (query, JP_REFUND_ASKED_ON, TRUE);
  return jp_query_fetch_all (cli->vault, query, error);
}

static gboolean
check_one (JpCli *cli, JpRecord *refund, JpCliTable *table, JsonBuilder *builder, GError **error)
{
  JpRefundVerdict  verdict = { 0 };
  g_autofree char *sentence = NULL;
  g_autoptr (JpRecord) contract =
    jp_record_table_get (cli->vault->db, cli->vault->key, JP_KIND_CONTRACT,
                         jp_record_get_ref (refund, JP_REFUND_CONTRACT), error);

  if (contract == NULL)
    return jp_vault_translate (error);
  if (!jp_refund_repo_check (cli->vault, refund, &verdict, error))
    return FALSE;
  sentence = jp_refund_repo_dup_sentence (&verdict);
  if (!jp_refund_repo_is_fine (&verdict))
    cli->exit_code = JP_CLI_FAILURE;

  const char *const cells[] = { jp_record_get_text (contract, JP_CONTRACT_NUMBER), sentence, NULL };

  jp_cli_table_add (table, cells);
  json_builder_begin_object (builder);
  jp_cli_json_add_text (builder, "contract", cells[0]);
  add_number (builder, "expected", verdict.expected_fen);
  add_number (builder, "refunded", verdict.actual_fen);
  jp_cli_json_add_text (builder, "verdict", sentence);
  json_builder_set_member_name (builder, "fine");
  json_builder_add_boolean_value (builder, jp_refund_repo_is_fine (&verdict));
  json_builder_end_object (builder);
  return TRUE;
}

static gboolean
run_check (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp   help = { _ ("[CONTRACT]"),
                             _ ("Computes again what the platform paid back, or should. The exit "
                                  "code tells whether something is wrong."),
                             NULL, 0, 1 };
  const char *const labels[] = { _ ("Contract"), _ ("Verdict"), NULL };
  g_autoptr (JpCliTable) table = jp_cli_table_new (labels);
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (GPtrArray) refunds = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, FALSE, error))
    return FALSE;
  refunds = fetch_refunds (cli, (*arguments)[0], error);
  if (refunds == NULL)
    return FALSE;
  json_builder_begin_array (builder);
  for (guint i = 0; i < refunds->len; i++)
    if (!check_one (cli, g_ptr_array_index (refunds, i), table, builder, error))
      return FALSE;
  json_builder_end_array (builder);
  jp_cli_record_print_rows (cli, builder, table);
  return TRUE;
}

static const JpCommand parts[] = {
  { "simulate", NC_ ("command", "what would go back"), run_simulate },
  { "request", NC_ ("command", "ask for a withdrawal"), run_request },
  { "approve", NC_ ("command", "approve what somebody else asked for"), run_approve },
  { "decline", NC_ ("command", "decline it, or take it back"), run_decline },
  { "list", NC_ ("command", "what was asked for and decided here"), run_list },
  { "check", NC_ ("command", "is what the platform paid back right?"), run_check },
  { NULL, NULL, NULL },
};

/**
 * jp_command_refund:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Returns: whether it worked
 */
gboolean
jp_command_refund (JpCli *cli, GStrv *arguments, GError **error)
{
  return jp_command_run_part (parts, cli, arguments, error);
}
