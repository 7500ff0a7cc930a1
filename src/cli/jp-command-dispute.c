/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-command-dispute.h"

#include "jp-cli-print.h"
#include "jp-command-record.h"
#include "jp-desk.h"
#include "jp-dispute-repo.h"
#include "jp-evidence-bundle.h"
#include "jp-print.h"

#include <glib/gi18n.h>
#include <string.h>

#define LINES_MAX JP_CHANGE_MAX_ROWS

/* Lines of one statement as people name them: “JS-0041-202610/17”, or the statement alone for all
 * that are wrong. */
typedef struct
{
  JpSettlementReport *report; /* (owned) (nullable) */
  GPtrArray          *rows;   /* (owned) (nullable) (element-type JpSettlementRow): of the report */
} Lines;

static void
lines_clear (Lines *lines)
{
  g_clear_pointer (&lines->rows, g_ptr_array_unref);
  g_clear_pointer (&lines->report, jp_settlement_repo_free_report);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lines, lines_clear)

static gboolean
refuse (GError **error, const char *sentence, const char *text)
{
  g_set_error (error, JP_CLI_ERROR, JP_CLI_USAGE, sentence, text);
  return FALSE;
}

static gboolean
split (const char *text, char **out_statement, gint64 *out_line_no, GError **error)
{
  const char *slash = strrchr (text, '/');
  guint64     number = 0;

  if (slash != NULL && !g_ascii_string_to_unsigned (slash + 1, 10, 1, G_MAXINT32, &number, NULL))
    return refuse (error, _ ("“%s” is not the number of a line."), slash + 1);
  *out_statement = slash != NULL ? g_strndup (text, (gsize)(slash - text)) : g_strdup (text);
  *out_line_no = (gint64)number;
  return TRUE;
}

static gboolean
open_report (JpCli *cli, Lines *lines, const char *name, GError **error)
{
  g_autoptr (JpRecord) statement = jp_cli_record_find (cli, JP_KIND_STATEMENT, name, error);

  if (statement == NULL)
    return FALSE;
  if (lines->report != NULL)
    return jp_id_equal (jp_record_get_id (lines->report->statement),
                        jp_record_get_id (statement)) ||
           refuse (error, _ ("The lines are of several statements: “%s” is another one."), name);
  lines->report = jp_settlement_repo_read (cli->vault, jp_record_get_id (statement), NULL, error);
  return lines->report != NULL;
}

static gboolean
add_line (Lines *lines, gint64 line_no, const char *text, GError **error)
{
  for (guint i = 0; i < lines->report->rows->len; i++)
    {
      JpSettlementRow *row = lines->report->rows->pdata[i];

      if (row->line_no != line_no)
        continue;
      g_ptr_array_add (lines->rows, row);
      return TRUE;
    }
  g_set_error (error, JP_CLI_ERROR, JP_CLI_NOT_FOUND, _ ("There is no line “%s”."), text);
  return FALSE;
}

static void
add_wrong (Lines *lines, gboolean only_free)
{
  for (guint i = 0; i < lines->report->rows->len; i++)
    {
      JpSettlementRow *row = lines->report->rows->pdata[i];

      if (!jp_settlement_verdict_is_good (row->verdict) &&
          !(only_free && jp_dispute_repo_is_taken (row->dispute_state)))
        g_ptr_array_add (lines->rows, row);
    }
}

/* @only_free: of a whole statement, leave out what is contested already. */
static gboolean
read_lines (JpCli *cli, GStrv names, gboolean only_free, Lines *lines, GError **error)
{
  lines->rows = g_ptr_array_new ();
  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *statement = NULL;
      gint64           line_no = 0;

      if (!split (*name, &statement, &line_no, error) ||
          !open_report (cli, lines, statement, error))
        return FALSE;
      if (line_no == 0)
        add_wrong (lines, only_free);
      else if (!add_line (lines, line_no, *name, error))
        return FALSE;
    }
  return TRUE;
}

/* --- contesting --- */

static gboolean
commit_open (JpCli *cli, const Lines *lines, const char *reason, gboolean send, GError **error)
{
  g_autoptr (GArray) disputed = g_array_new (FALSE, FALSE, sizeof (JpDeskDisputed));
  JpDeskDispute dispute = { .statement = *jp_record_get_id (lines->report->statement),
                            .reason = reason,
                            .send = send };

  for (guint i = 0; i < MIN (lines->rows->len, LINES_MAX); i++)
    {
      const JpSettlementRow *row = lines->rows->pdata[i];
      JpDeskDisputed         line = { row->line, row->contract, row->stage };

      g_array_append_val (disputed, line);
    }
  dispute.lines = (const JpDeskDisputed *)(gpointer)disputed->data;
  dispute.n_lines = disputed->len;

  g_autoptr (JpChange) change = jp_desk_open_disputes (cli->vault, &dispute, cli->actor, error);
  g_autoptr (GPtrArray) records = g_ptr_array_new ();

  if (change == NULL || !jp_command_record_commit (cli, change, error))
    return FALSE;
  for (guint i = 0; i < change->rows->len; i++)
    g_ptr_array_add (records, ((JpChangeRow *)change->rows->pdata[i])->after);
  return jp_cli_record_print_list (cli, JP_KIND_DISPUTE, records, FALSE, error);
}

static gboolean
run_open (JpCli *cli, GStrv *arguments, GError **error)
{
  g_autofree char   *reason = NULL;
  gboolean           draft = FALSE;
  const GOptionEntry entries[] = {
    { "reason", 'r', 0, G_OPTION_ARG_STRING, &reason, N_ ("In the words of the school"),
      N_ ("TEXT") },
    { "draft", 0, 0, G_OPTION_ARG_NONE, &draft, N_ ("Do not send it yet"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { _ ("STATEMENT/LINE …"),
                           _ ("Contests lines of a statement, or all that are wrong if only the "
                              "statement is named. The platform gets it with the next sync."),
                           entries, 1, LINES_MAX };
  g_auto (Lines) lines = { NULL };

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, TRUE, error) ||
      !read_lines (cli, *arguments, TRUE, &lines, error))
    return FALSE;
  if (lines.rows->len > 0)
    return commit_open (cli, &lines, reason, !draft, error);
  g_set_error_literal (error, JP_CLI_ERROR, JP_CLI_NOT_FOUND,
                       _ ("Nothing is wrong that is not contested already."));
  return FALSE;
}

static JpRecord *
find_dispute (JpCli *cli, const JpCliHelp *help, GStrv *arguments, GError **error)
{
  return jp_cli_parse (cli, help, arguments, error) && jp_cli_open (cli, TRUE, error)
           ? jp_cli_record_find (cli, JP_KIND_DISPUTE, (*arguments)[0], error)
           : NULL;
}

static gboolean
run_send (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp help = { _ ("DISPUTE"), _ ("Sends a draft to the platform with the next sync."),
                           NULL, 1, 1 };
  g_autoptr (JpRecord) dispute = find_dispute (cli, &help, arguments, error);

  return dispute != NULL &&
         jp_command_record_finish (cli,
                                   jp_desk_send_disputes (cli->vault, jp_record_get_id (dispute), 1,
                                                          cli->actor, error),
                                   0, error);
}

static gboolean
run_withdraw (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp help = { _ ("DISPUTE"),
                           _ ("Takes a dispute back that is not answered; a draft goes into the "
                              "trash."),
                           NULL, 1, 1 };
  g_autoptr (JpRecord) dispute = find_dispute (cli, &help, arguments, error);

  return dispute != NULL &&
         jp_command_record_finish (cli,
                                   jp_desk_withdraw_dispute (cli->vault, jp_record_get_id (dispute),
                                                             cli->actor, error),
                                   0, error);
}

/* --- papers --- */

static gboolean
check_output (const char *output, GError **error)
{
  return output != NULL || refuse (error, "%s", _ ("Name the file to write: --output FILE"));
}

static gboolean
run_letter (JpCli *cli, GStrv *arguments, GError **error)
{
  g_autofree char   *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("The file to write"), N_ ("FILE") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { _ ("STATEMENT[/LINE] … --output FILE.pdf"),
                           _ ("Writes a letter that contests lines of a statement, with the "
                              "evidence, into a PDF file: all that are wrong, or those that are "
                              "named."),
                           entries, 1, LINES_MAX };
  g_auto (Lines) lines = { NULL };
  g_autoptr (JpPaper) paper = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !check_output (output, error) ||
      !jp_cli_open (cli, TRUE, error) || !read_lines (cli, *arguments, FALSE, &lines, error))
    return FALSE;
  paper = jp_print_dispute (cli->vault, lines.report, lines.rows, error);
  return paper != NULL &&
         jp_print_audit (cli->vault, JP_KIND_STATEMENT, jp_record_get_id (lines.report->statement),
                         FALSE, cli->actor, error) &&
         jp_cli_print_paper (cli, paper, output, error);
}

static gboolean
say_file (JpCli *cli, const char *path)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!cli->json)
    {
      jp_cli_say (cli, _ ("Written to %s."), path);
      return TRUE;
    }
  builder = json_builder_new_immutable ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "file");
  json_builder_add_string_value (builder, path);
  json_builder_end_object (builder);
  jp_cli_record_print_json (builder);
  return TRUE;
}

/**
 * jp_command_dispute_evidence:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Writes what proves that lines are wrong into one zip archive.
 *
 * Returns: whether it worked
 */
gboolean
jp_command_dispute_evidence (JpCli *cli, GStrv *arguments, GError **error)
{
  g_autofree char   *output = NULL;
  gboolean           reveal = FALSE;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("The file to write"), N_ ("FILE") },
    { "reveal", 0, 0, G_OPTION_ARG_NONE, &reveal,
      N_ ("Sensitive fields in clear; the audit notes it"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { _ ("STATEMENT[/LINE] … --output FILE.zip"),
                           _ ("Writes the evidence for lines of a statement into one zip archive: "
                              "letter, lines, sessions, exams, payments, and the SHA-256 of each."),
                           entries, 1, LINES_MAX };
  g_auto (Lines) lines = { NULL };
  g_autoptr (GFile) file = NULL;
  JpEvidenceBundle bundle = { 0 };

  if (!jp_cli_parse (cli, &help, arguments, error) || !check_output (output, error) ||
      !jp_cli_open (cli, TRUE, error) || !read_lines (cli, *arguments, FALSE, &lines, error))
    return FALSE;
  file = g_file_new_for_commandline_arg (output);
  bundle = (JpEvidenceBundle){ lines.report, lines.rows, reveal };
  return jp_print_audit (cli->vault, JP_KIND_STATEMENT, jp_record_get_id (lines.report->statement),
                         reveal, cli->actor, error) &&
         jp_evidence_bundle_save (cli->vault, &bundle, file, error) && say_file (cli, output);
}

/**
 * jp_command_dispute_export:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Writes all lines of a statement with their verdicts to a workbook or text.
 *
 * Returns: whether it worked
 */
gboolean
jp_command_dispute_export (JpCli *cli, GStrv *arguments, GError **error)
{
  g_autofree char   *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("The file to write"), N_ ("FILE") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { _ ("STATEMENT --output FILE.xlsx"),
                           _ ("Writes all lines of a statement with their verdicts to a workbook "
                              "(xlsx) or text (csv)."),
                           entries, 1, 1 };
  g_autoptr (JpRecord) statement = NULL;
  g_autoptr (JpSettlementReport) report = NULL;
  g_autoptr (GFile) file = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !check_output (output, error) ||
      !jp_cli_open (cli, TRUE, error))
    return FALSE;
  statement = jp_cli_record_find (cli, JP_KIND_STATEMENT, (*arguments)[0], error);
  report = statement != NULL
             ? jp_settlement_repo_read (cli->vault, jp_record_get_id (statement), NULL, error)
             : NULL;
  file = g_file_new_for_commandline_arg (output);
  return report != NULL &&
         jp_print_audit (cli->vault, JP_KIND_STATEMENT, jp_record_get_id (statement), FALSE,
                         cli->actor, error) &&
         jp_evidence_bundle_write_statement (report, file, error) && say_file (cli, output);
}

static const JpCommand parts[] = {
  { "open", NC_ ("command", "contest lines of a statement"), run_open },
  { "list", NC_ ("command", "list, search, filter"), jp_command_record_list },
  { "show", NC_ ("command", "show one"), jp_command_record_show },
  { "send", NC_ ("command", "send a draft"), run_send },
  { "withdraw", NC_ ("command", "take one back"), run_withdraw },
  { "letter", NC_ ("command", "a letter that contests lines, as PDF"), run_letter },
  { NULL, NULL, NULL },
};

/**
 * jp_command_dispute:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Returns: whether it worked
 */
gboolean
jp_command_dispute (JpCli *cli, GStrv *arguments, GError **error)
{
  return jp_command_run_part (parts, cli, arguments, error);
}
