/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-command.h"
#include "jp-cli-record.h"
#include "jp-cli-table.h"
#include "jp-documents-error.h"
#include "jp-roster.h"
#include "jp-sheet-writer.h"

#include <glib/gi18n.h>

#define REFUSALS_SHOWN 20u

/* What stands on the command line, and what came of it. */
typedef struct
{
  char     *kind;
  char     *refused_path;
  gboolean  dry_run;
  JpRoster *roster;
  JpImport *import;
} Run;

static void
run_clear (Run *run)
{
  g_free (run->kind);
  g_free (run->refused_path);
  jp_roster_free (run->roster);
  jp_import_free (run->import);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static gboolean
find_kind (const char *name, JpKind *out_kind, GError **error)
{
  const JpKindInfo *info = jp_kind_lookup (name != NULL ? name : "trainee");

  if (info != NULL && jp_import_may (info->kind))
    {
      *out_kind = info->kind;
      return TRUE;
    }
  g_set_error (error, JP_CLI_ERROR, JP_CLI_USAGE,
               _ ("“%s” cannot be imported: choose trainee, coach, vehicle or terminal."), name);
  return FALSE;
}

static gboolean
load (JpCli *cli, Run *run, const char *path, JpKind kind, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (JpSheet) sheet = NULL;

  if (!g_file_query_exists (file, NULL))
    {
      g_set_error (error, JP_CLI_ERROR, JP_CLI_NOT_FOUND, _ ("There is no file %s."), path);
      return FALSE;
    }
  sheet = jp_sheet_read_file (file, NULL, error);
  if (sheet == NULL)
    return FALSE;
  run->roster = jp_roster_new (sheet, kind, error);
  if (run->roster == NULL)
    return FALSE;

  run->import = jp_roster_read (run->roster);
  return TRUE;
}

static gboolean
rehearse (JpCli *cli, Run *run, GError **error)
{
  g_autoptr (JpCliProgress) progress = jp_cli_begin_progress (cli, _ ("Comparing"));

  return jp_import_plan (run->import, cli->vault, jp_cli_terminal_get_monitor (progress), error);
}

static gboolean
commit (JpCli *cli, Run *run, GError **error)
{
  g_autoptr (JpCliProgress) progress = NULL;

  if (run->dry_run || jp_import_get_n_changes (run->import) == 0)
    return TRUE;
  progress = jp_cli_begin_progress (cli, _ ("Importing"));
  return jp_import_commit (run->import, cli->vault, cli->actor,
                           jp_cli_terminal_get_monitor (progress), error);
}

static gboolean
write_refused (Run *run, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (run->refused_path);

  return jp_import_count (run->import, JP_IMPORT_REFUSED) == 0 || run->dry_run ||
         jp_roster_write_refused (run->roster, run->import, file, NULL, error);
}

/* --- telling
 * --------------------------------------------------------------------------------------- */

static void
add_number (JsonBuilder *builder, const char *member, gint64 number)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, number);
}

static void
add_refusals (JsonBuilder *builder, Run *run)
{
  GPtrArray *rows = jp_import_get_rows (run->import);

  json_builder_set_member_name (builder, "rows");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rows->len; i++)
    {
      const JpImportRow *row = g_ptr_array_index (rows, i);

      if (row->outcome != JP_IMPORT_REFUSED)
        continue;
      json_builder_begin_object (builder);
      add_number (builder, "row", row->number);
      json_builder_set_member_name (builder, "field");
      if (row->field != 0)
        json_builder_add_string_value (builder, jp_field_get (row->field)->name);
      else
        json_builder_add_null_value (builder);
      json_builder_set_member_name (builder, "reason");
      json_builder_add_string_value (builder, row->reason);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_json (Run *run)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  gboolean refused = jp_import_count (run->import, JP_IMPORT_REFUSED) > 0;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "kind");
  json_builder_add_string_value (builder,
                                 jp_kind_get_info (jp_import_get_kind (run->import))->name);
  json_builder_set_member_name (builder, "committed");
  json_builder_add_boolean_value (builder, !run->dry_run);
  add_number (builder, "new", jp_import_count (run->import, JP_IMPORT_NEW));
  add_number (builder, "changed", jp_import_count (run->import, JP_IMPORT_CHANGED));
  add_number (builder, "same", jp_import_count (run->import, JP_IMPORT_SAME));
  add_number (builder, "refused", jp_import_count (run->import, JP_IMPORT_REFUSED));
  json_builder_set_member_name (builder, "refused_file");
  if (refused && !run->dry_run)
    json_builder_add_string_value (builder, run->refused_path);
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "unknown_columns");
  json_builder_begin_array (builder);
  for (guint i = 0; i < run->roster->unknown->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (run->roster->unknown, i));
  json_builder_end_array (builder);
  add_refusals (builder, run);
  json_builder_end_object (builder);
  jp_cli_record_print_json (builder);
}

static void
print_refusals (JpCli *cli, Run *run)
{
  const char *const labels[] = { C_ ("import", "Row"), C_ ("import", "Reason"), NULL };
  GPtrArray        *rows = jp_import_get_rows (run->import);
  g_autoptr (JpCliTable) table = jp_cli_table_new (labels);
  g_autofree char *text = NULL;
  guint            n = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      const JpImportRow *row = g_ptr_array_index (rows, i);
      g_autofree char   *number = NULL;

      if (row->outcome != JP_IMPORT_REFUSED || n++ >= REFUSALS_SHOWN)
        continue;
      number = g_strdup_printf ("%u", row->number);

      const char *const cells[] = { number, row->reason, NULL };

      jp_cli_table_add (table, cells);
    }
  if (n == 0)
    return;

  text = jp_cli_table_to_text (table);
  g_print ("\n%s", text);
  if (n > REFUSALS_SHOWN)
    jp_cli_say (cli, _ ("… and %u more"), n - REFUSALS_SHOWN);
  if (!run->dry_run)
    jp_cli_say (cli, _ ("The refused rows are in %s: correct them there and import that file."),
                run->refused_path);
}

static void
print_text (JpCli *cli, Run *run)
{
  g_autofree char *unknown = NULL;

  jp_cli_say (cli, _ ("New: %u   changed: %u   unchanged: %u   refused: %u"),
              jp_import_count (run->import, JP_IMPORT_NEW),
              jp_import_count (run->import, JP_IMPORT_CHANGED),
              jp_import_count (run->import, JP_IMPORT_SAME),
              jp_import_count (run->import, JP_IMPORT_REFUSED));
  if (run->roster->unknown->len > 0)
    {
      g_ptr_array_add (run->roster->unknown, NULL);
      unknown = g_strjoinv (", ", (char **)run->roster->unknown->pdata);
      g_ptr_array_set_size (run->roster->unknown, (int)run->roster->unknown->len - 1);
      jp_cli_say (cli, _ ("Columns that nobody knows: %s"), unknown);
    }
  if (run->dry_run)
    jp_cli_say (cli, _ ("This was a rehearsal: nothing was changed."));
  print_refusals (cli, run);
}

/**
 * jp_command_import:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Imports a roster; %JP_CLI_REFUSED if some rows were refused.
 *
 * Returns: whether it worked
 */
gboolean
jp_command_import (JpCli *cli, GStrv *arguments, GError **error)
{
  g_auto (Run) run = { 0 };
  const GOptionEntry entries[] = {
    { "kind", 'k', 0, G_OPTION_ARG_STRING, &run.kind,
      N_ ("trainee, coach, vehicle or terminal (default: trainee)"), N_ ("KIND") },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &run.dry_run, N_ ("Only say what would happen"), NULL },
    { "refused", 0, 0, G_OPTION_ARG_FILENAME, &run.refused_path,
      N_ ("Where to write the refused rows (default: beside the roster)"), N_ ("FILE") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { _ ("FILE"),
                           _ ("Imports a roster: a workbook (xlsx) or text (csv) in any encoding. "
                              "The same roster once more changes nothing."),
                           entries, 1, 1 };
  JpKind          kind = JP_KIND_NONE;

  if (!jp_cli_parse (cli, &help, arguments, error) || !find_kind (run.kind, &kind, error) ||
      !load (cli, &run, (*arguments)[0], kind, error) || !jp_cli_open (cli, !run.dry_run, error))
    return FALSE;
  if (run.refused_path == NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg ((*arguments)[0]);
      g_autoptr (GFile) refused = jp_roster_name_refused (file);

      run.refused_path = g_file_get_path (refused);
    }
  if (!rehearse (cli, &run, error) || !commit (cli, &run, error) || !write_refused (&run, error))
    return FALSE;

  if (cli->json)
    print_json (&run);
  else
    print_text (cli, &run);
  if (jp_import_count (run.import, JP_IMPORT_REFUSED) > 0)
    cli->exit_code = JP_CLI_REFUSED;
  return TRUE;
}
