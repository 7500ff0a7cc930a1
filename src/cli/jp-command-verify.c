/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-command.h"
#include "jp-cli-record.h"
#include "jp-cli-table.h"
#include "jp-verify.h"

#include <glib/gi18n.h>

static void
write_finding (JsonBuilder *builder, const JpVerifyFinding *finding)
{
  JpIdText id;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "check");
  json_builder_add_string_value (builder, jp_verify_get_name (finding->check));
  if (finding->kind != JP_KIND_NONE)
    {
      json_builder_set_member_name (builder, "kind");
      json_builder_add_string_value (builder, jp_kind_get_info (finding->kind)->name);
      json_builder_set_member_name (builder, "id");
      json_builder_add_string_value (builder, jp_id_to_text (&finding->id, id));
    }
  if (finding->n != 0)
    {
      json_builder_set_member_name (builder, "n");
      json_builder_add_int_value (builder, finding->n);
    }
  json_builder_set_member_name (builder, "detail");
  json_builder_add_string_value (builder, finding->detail);
  json_builder_end_object (builder);
}

static void
print_json (const JpVerifyReport *report)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "good");
  json_builder_add_boolean_value (builder, jp_verify_is_good (report));
  json_builder_set_member_name (builder, "checks");
  json_builder_begin_array (builder);
  for (int check = 0; check < JP_VERIFY_N_CHECKS; check++)
    {
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "check");
      json_builder_add_string_value (builder, jp_verify_get_name ((JpVerifyCheck)check));
      json_builder_set_member_name (builder, "examined");
      json_builder_add_int_value (builder, (gint64)report->n_examined[check]);
      json_builder_set_member_name (builder, "found");
      json_builder_add_int_value (builder, (gint64)report->n_found[check]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->findings->len; i++)
    write_finding (builder, g_ptr_array_index (report->findings, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  jp_cli_record_print_json (builder);
}

static void
print_findings (const JpVerifyReport *report)
{
  for (guint i = 0; i < report->findings->len; i++)
    {
      const JpVerifyFinding *finding = g_ptr_array_index (report->findings, i);
      g_autoptr (GString) line = g_string_new (jp_verify_get_name (finding->check));
      JpIdText id;

      if (finding->kind != JP_KIND_NONE)
        g_string_append_printf (line, " %s %s", jp_kind_get_info (finding->kind)->name,
                                jp_id_to_text (&finding->id, id));
      if (finding->n != 0)
        g_string_append_printf (line, " %" G_GINT64_FORMAT, finding->n);
      g_print ("%s: %s\n", line->str, finding->detail);
    }
}

static void
print_text (JpCli *cli, const JpVerifyReport *report)
{
  const char *const labels[] = { _ ("Check"), _ ("Looked at"), _ ("Faults"), NULL };
  g_autoptr (JpCliTable) table = jp_cli_table_new (labels);

  for (int check = 0; check < JP_VERIFY_N_CHECKS; check++)
    {
      g_autofree char *examined = g_strdup_printf ("%" G_GUINT64_FORMAT, report->n_examined[check]);
      g_autofree char *found = g_strdup_printf ("%" G_GUINT64_FORMAT, report->n_found[check]);
      const char *const cells[] = { jp_verify_get_label ((JpVerifyCheck)check), examined, found,
                                    NULL };

      jp_cli_table_add (table, cells);
    }
  if (!cli->quiet)
    jp_cli_table_print (table);
  print_findings (report);
  jp_cli_say (cli,
              jp_verify_is_good (report)
                ? _ ("All is well.")
                : _ ("The data are damaged or were tampered with. Keep the folder as it is and "
                     "restore a backup into another one."));
}

/**
 * jp_command_verify:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Verifies the data; %JP_CLI_FAILURE if there is a fault.
 *
 * Returns: whether the check could run
 */
gboolean
jp_command_verify (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp help = { "", _ ("Reads all data and checks that they are whole and unchanged."),
                           NULL, 0, 0 };
  g_autoptr (JpCliProgress) progress = NULL;
  g_autoptr (JpVerifyReport) report = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, FALSE, error))
    return FALSE;
  progress = jp_cli_begin_progress (cli, _ ("Verifying"));
  report = jp_verify_run (cli->vault, jp_cli_terminal_get_monitor (progress), error);
  g_clear_pointer (&progress, jp_cli_terminal_end_progress);
  if (report == NULL)
    return FALSE;

  if (cli->json)
    print_json (report);
  else
    print_text (cli, report);
  if (!jp_verify_is_good (report))
    cli->exit_code = JP_CLI_FAILURE;
  return TRUE;
}
