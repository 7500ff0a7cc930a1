/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-cli-print.h"
#include "jp-command-record.h"
#include "jp-statement-check.h"

#include <glib/gi18n.h>

static GPtrArray *
fetch_lines (JpCli *cli, JpRecord *statement, GError **error)
{
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_STATEMENT_LINE);

  jp_query_where_ref (query, JP_STATEMENT_LINE_STATEMENT, jp_record_get_id (statement));
  jp_query_set_order (query, JP_STATEMENT_LINE_LINE_NO, FALSE);
  return jp_query_fetch_all (cli->vault, query, error);
}

static gboolean
print_json (JpCli *cli, JpRecord *statement, GPtrArray *lines, GStrv sentences, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "statement");
  if (!jp_cli_record_write (cli, builder, statement, FALSE, error))
    return FALSE;
  json_builder_set_member_name (builder, "remarks");
  json_builder_begin_array (builder);
  for (char **sentence = sentences; *sentence != NULL; sentence++)
    json_builder_add_string_value (builder, *sentence);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "lines");
  json_builder_begin_array (builder);
  for (guint i = 0; i < lines->len; i++)
    if (!jp_cli_record_write (cli, builder, g_ptr_array_index (lines, i), FALSE, error))
      return FALSE;
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  jp_cli_record_print_json (builder);
  return TRUE;
}

static gboolean
run_show (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp help = { _ ("STATEMENT"),
                           _ ("Shows a settlement statement with its lines, added up again."), NULL,
                           1, 1 };
  g_autoptr (JpRecord) statement = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree JpStatementCheck *check = NULL;
  g_auto (GStrv) sentences = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, FALSE, error))
    return FALSE;
  statement = jp_cli_record_find (cli, JP_KIND_STATEMENT, (*arguments)[0], error);
  if (statement == NULL)
    return FALSE;
  lines = fetch_lines (cli, statement, error);
  check = lines != NULL ? jp_statement_check_read (cli->vault, statement, error) : NULL;
  if (check == NULL)
    return FALSE;

  sentences = jp_statement_check_dup_sentences (check);
  if (cli->json)
    return print_json (cli, statement, lines, sentences, error);
  if (!jp_cli_record_print (cli, statement, FALSE, error))
    return FALSE;
  g_print ("\n");
  if (!jp_cli_record_print_list (cli, JP_KIND_STATEMENT_LINE, lines, FALSE, error))
    return FALSE;
  for (char **sentence = sentences; *sentence != NULL; sentence++)
    jp_cli_say (cli, "%s", *sentence);
  return TRUE;
}

static const JpCommand parts[] = {
  { "list", NC_ ("command", "list, search, filter"), jp_command_record_list },
  { "show", NC_ ("command", "show one with its lines"), run_show },
  { "print", NC_ ("command", "one as PDF"), jp_cli_print_record },
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
