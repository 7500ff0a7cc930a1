/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-cli-json.h"
#include "jp-cli-print.h"
#include "jp-cli-table.h"
#include "jp-command-dispute.h"
#include "jp-command-finance.h"
#include "jp-command-record.h"
#include "jp-codes.h"
#include "jp-money.h"
#include "jp-settlement-repo.h"

#include <glib/gi18n.h>

/* --- JSON --- */

static void
write_row (JsonBuilder *builder, const JpSettlementRow *row)
{
  json_builder_begin_object (builder);
  jp_cli_json_add_text (builder, "verdict", jp_settlement_verdict_get_name (row->verdict));
  jp_cli_json_add_text (builder, "sentence", row->sentence);
  jp_cli_json_add_id (builder, "line", &row->line);
  if (row->line_no > 0)
    jp_cli_json_add_integer (builder, "line_no", row->line_no);
  jp_cli_json_add_id (builder, "contract", &row->contract);
  jp_cli_json_add_text (builder, "contract_no", row->contract_no);
  jp_cli_json_add_text (builder, "trainee_name", row->trainee_name);
  jp_cli_json_add_text (builder, "stage", row->stage);
  jp_cli_json_add_integer (builder, "paid_fen", row->paid_fen);
  jp_cli_json_add_integer (builder, "expected_fen", row->expected_fen);
  jp_cli_json_add_integer (builder, "difference_fen", row->difference_fen);
  jp_cli_json_add_integer (builder, "explained_fen", row->explained_fen);
  jp_cli_json_add_date (builder, "paid_on", row->paid_on);
  jp_cli_json_add_date (builder, "due_on", row->due_on);
  if (row->dispute_state >= 0)
    {
      jp_cli_json_add_id (builder, "dispute", &row->dispute);
      jp_cli_json_add_text (builder, "dispute_state",
                            jp_code_get (jp_dispute_state_codes, row->dispute_state)->name);
    }
  if (row->days > 0)
    jp_cli_json_add_integer (builder, "days", row->days);
  json_builder_end_object (builder);
}

static void
write_rows (JsonBuilder *builder, const char *member, GPtrArray *rows, gboolean only_wrong)
{
  if (member != NULL)
    json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint i = 0; i < rows->len; i++)
    {
      const JpSettlementRow *row = g_ptr_array_index (rows, i);

      if (!only_wrong || !jp_settlement_verdict_is_good (row->verdict))
        write_row (builder, row);
    }
  json_builder_end_array (builder);
}

static void
write_summary (JsonBuilder *builder, const JpSettlementSummary *summary)
{
  g_autofree char *headline = jp_settlement_summary_dup_headline (summary);
  g_auto (GStrv) sentences = jp_settlement_summary_dup_sentences (summary);

  jp_cli_json_add_text (builder, "headline", headline);
  jp_cli_json_add_integer (builder, "residual_fen", summary->residual_fen);
  jp_cli_json_add_integer (builder, "difference_fen", summary->difference_fen);
  jp_cli_json_add_integer (builder, "explained_fen", summary->explained_fen);
  jp_cli_json_add_integer (builder, "total_fen", summary->total_fen);
  jp_cli_json_add_integer (builder, "lines_fen", summary->lines_fen);
  jp_cli_json_add_integer (builder, "expected_fen", summary->expected_fen);
  if (summary->has_bank)
    {
      jp_cli_json_add_integer (builder, "bank_fen", summary->bank_fen);
      jp_cli_json_add_integer (builder, "bank_residual_fen", summary->bank_residual_fen);
    }
  json_builder_set_member_name (builder, "verdicts");
  json_builder_begin_object (builder);
  for (guint i = 0; i < JP_SETTLEMENT_N_VERDICTS; i++)
    if (summary->n_by_verdict[i] > 0)
      jp_cli_json_add_integer (builder, jp_settlement_verdict_get_name ((JpSettlementVerdict)i),
                               summary->n_by_verdict[i]);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "remarks");
  json_builder_begin_array (builder);
  for (char **sentence = sentences; *sentence != NULL; sentence++)
    json_builder_add_string_value (builder, *sentence);
  json_builder_end_array (builder);
}

static gboolean
print_report_json (JpCli                    *cli,
                   const JpSettlementReport *report,
                   gboolean                  only_wrong,
                   GError                  **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "statement");
  if (!jp_cli_record_write (cli, builder, report->statement, FALSE, error))
    return FALSE;
  write_summary (builder, &report->summary);
  write_rows (builder, "lines", report->rows, only_wrong);
  json_builder_end_object (builder);
  jp_cli_record_print_json (builder);
  return TRUE;
}

/* --- tables --- */

static void
add_row (JpCliTable *table, const JpSettlementRow *row)
{
  g_autofree char *line_no =
    row->line_no > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, row->line_no) : g_strdup ("");
  g_autofree char  *paid = jp_money_format (row->paid_fen);
  g_autofree char  *expected = jp_money_format (row->expected_fen);
  g_autofree char  *difference = jp_money_format (row->difference_fen);
  const char *const cells[] = {
    line_no,
    row->contract_no,
    row->trainee_name != NULL ? row->trainee_name : "",
    row->stage,
    paid,
    expected,
    difference,
    jp_settlement_verdict_get_label (row->verdict),
    row->sentence,
    NULL,
  };

  jp_cli_table_add (table, cells);
}

static guint
print_rows (GPtrArray *rows, gboolean only_wrong)
{
  const char *const labels[] = {
    _ ("Line"),     _ ("Contract"),   _ ("Trainee"), _ ("Stage"), _ ("Paid"),
    _ ("Expected"), _ ("Difference"), _ ("Verdict"), _ ("Why"),   NULL
  };
  g_autoptr (JpCliTable) table = jp_cli_table_new (labels);
  guint n_printed = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const JpSettlementRow *row = g_ptr_array_index (rows, i);

      if (only_wrong && jp_settlement_verdict_is_good (row->verdict))
        continue;
      add_row (table, row);
      n_printed++;
    }
  if (n_printed > 0)
    jp_cli_table_print (table);
  return n_printed;
}

static gboolean
is_fine (const JpSettlementSummary *summary)
{
  return jp_settlement_summary_adds_up (summary) && summary->residual_fen == 0 &&
         jp_settlement_summary_count_wrong (summary) == 0;
}

static void
print_summary (JpCli *cli, const JpSettlementSummary *summary)
{
  g_autofree char *headline = jp_settlement_summary_dup_headline (summary);
  g_auto (GStrv) sentences = jp_settlement_summary_dup_sentences (summary);

  jp_cli_say (cli, "%s", headline);
  for (char **sentence = sentences; *sentence != NULL; sentence++)
    jp_cli_say (cli, "%s", *sentence);
}

/* --- commands --- */

static JpSettlementReport *
read_report (JpCli *cli, const char *text, GError **error)
{
  g_autoptr (JpRecord) statement = jp_cli_record_find (cli, JP_KIND_STATEMENT, text, error);

  return statement != NULL
           ? jp_settlement_repo_read (cli->vault, jp_record_get_id (statement), NULL, error)
           : NULL;
}

static gboolean
run_show (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp help = { _ ("STATEMENT"),
                           _ ("Shows a settlement statement and why each line is what it is."),
                           NULL, 1, 1 };
  g_autoptr (JpSettlementReport) report = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, FALSE, error))
    return FALSE;
  report = read_report (cli, (*arguments)[0], error);
  if (report == NULL)
    return FALSE;
  if (cli->json)
    return print_report_json (cli, report, FALSE, error);
  if (!jp_cli_record_print (cli, report->statement, FALSE, error))
    return FALSE;
  g_print ("\n");
  print_rows (report->rows, FALSE);
  print_summary (cli, &report->summary);
  return TRUE;
}

static gboolean
check_one (JpCli *cli, const char *text, GError **error)
{
  g_autoptr (JpSettlementReport) report = read_report (cli, text, error);

  if (report == NULL)
    return FALSE;
  if (!is_fine (&report->summary))
    cli->exit_code = JP_CLI_FAILURE;
  if (cli->json)
    return print_report_json (cli, report, TRUE, error);
  print_rows (report->rows, TRUE);
  print_summary (cli, &report->summary);
  return TRUE;
}

static void
add_statement (JpCliTable *table, JpRecord *statement, const JpSettlementSummary *summary)
{
  g_autofree char *n_lines = g_strdup_printf ("%" G_GINT64_FORMAT, summary->n_lines);
  g_autofree char *n_wrong =
    g_strdup_printf ("%" G_GINT64_FORMAT, jp_settlement_summary_count_wrong (summary));
  g_autofree char  *total = jp_money_format (summary->total_fen);
  g_autofree char  *expected = jp_money_format (summary->expected_fen);
  g_autofree char  *residual = jp_money_format (summary->residual_fen);
  const char *const cells[] = {
    jp_record_get_title (statement), n_lines, total, expected, n_wrong, residual, NULL
  };

  jp_cli_table_add (table, cells);
}

static gboolean
check_all (JpCli *cli, GError **error)
{
  const char *const labels[] = { _ ("Statement"), _ ("Lines"),         _ ("Total"), _ ("Expected"),
                                 _ ("Wrong"),     _ ("Not explained"), NULL };
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_STATEMENT);
  g_autoptr (JpCliTable) table = jp_cli_table_new (labels);
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr (GPtrArray) statements = NULL;

  jp_query_set_order (query, JP_STATEMENT_PERIOD_FROM, FALSE);
  statements = jp_query_fetch_all (cli->vault, query, error);
  if (statements == NULL)
    return FALSE;

  json_builder_begin_array (builder);
  for (guint i = 0; i < statements->len; i++)
    {
      JpRecord           *statement = g_ptr_array_index (statements, i);
      JpSettlementSummary summary;

      if (!jp_settlement_repo_check (cli->vault, statement, NULL, &summary, error))
        return FALSE;
      if (!is_fine (&summary))
        cli->exit_code = JP_CLI_FAILURE;
      add_statement (table, statement, &summary);
      json_builder_begin_object (builder);
      jp_cli_json_add_text (builder, "number", jp_record_get_title (statement));
      jp_cli_json_add_id (builder, "id", jp_record_get_id (statement));
      write_summary (builder, &summary);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  jp_cli_record_print_rows (cli, builder, table);
  return TRUE;
}

static gboolean
run_check (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp help = { _ ("[STATEMENT]"),
                           _ ("Checks a statement line by line and lists what is wrong with it, or "
                              "all statements in a table. Fails if something is wrong."),
                           NULL, 0, 1 };

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, FALSE, error))
    return FALSE;
  return (*arguments)[0] != NULL ? check_one (cli, (*arguments)[0], error) : check_all (cli, error);
}

static gboolean
run_missing (JpCli *cli, GStrv *arguments, GError **error)
{
  int                days = JP_SETTLEMENT_MISSING_DAYS;
  const GOptionEntry entries[] = {
    { "days", 0, 0, G_OPTION_ARG_INT, &days, N_ ("Only what is overdue for more than so many days"),
      N_ ("DAYS") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp     help = { "",
                               _ ("Lists what was earned and is on no statement. Fails if there is "
                                      "something."),
                               entries, 0, 0 };
  JpSettlementOptions options;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  gint64           sum_fen = 0;
  g_autofree char *sum = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, FALSE, error))
    return FALSE;
  jp_settlement_options_init (&options, jp_vault_today (cli->vault));
  options.missing_days = CLAMP (days, 0, JP_POLICY_MAX_DAYS);
  rows = jp_settlement_repo_list_missing (cli->vault, &options, error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    sum_fen += ((JpSettlementRow *)g_ptr_array_index (rows, i))->expected_fen;
  if (rows->len > 0)
    cli->exit_code = JP_CLI_FAILURE;
  if (cli->json)
    {
      write_rows (builder, NULL, rows, FALSE);
      jp_cli_record_print_json (builder);
      return TRUE;
    }
  print_rows (rows, FALSE);
  sum = jp_money_format (sum_fen);
  if (rows->len > 0)
    jp_cli_say (cli, _ ("Missing altogether: %s."), sum);
  else
    jp_cli_say (cli, "%s", _ ("Nothing is missing."));
  return TRUE;
}

static const JpCommand parts[] = {
  { "list", NC_ ("command", "list, search, filter"), jp_command_record_list },
  { "show", NC_ ("command", "show one with its lines"), run_show },
  { "print", NC_ ("command", "one as PDF"), jp_cli_print_record },
  { "dispute", NC_ ("command", "contest lines: open, list, show, send, withdraw, letter"),
    jp_command_dispute },
  { "evidence", NC_ ("command", "what proves that lines are wrong, as one file"),
    jp_command_dispute_evidence },
  { "export", NC_ ("command", "all lines of one with their verdicts"), jp_command_dispute_export },
  { "check", NC_ ("command", "say what is wrong, and why"), run_check },
  { "missing", NC_ ("command", "what was earned and not paid"), run_missing },
  { "forecast", NC_ ("command", "what the next weeks bring"), jp_command_finance_forecast },
  { "stuck", NC_ ("command", "what waits, and for what"), jp_command_finance_stuck },
  { "overview", NC_ ("command", "where the money is"), jp_command_finance_overview },
  { NULL, NULL, NULL },
};

/**
 * jp_command_settlement:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Returns: whether it worked
 */
gboolean
jp_command_settlement (JpCli *cli, GStrv *arguments, GError **error)
{
  return jp_command_run_part (parts, cli, arguments, error);
}
