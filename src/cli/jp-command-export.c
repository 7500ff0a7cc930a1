/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-command.h"
#include "jp-command-record.h"
#include "jp-export.h"

#include <glib/gi18n.h>

/* What stands on the command line. */
typedef struct
{
  char    *fields;
  gboolean all;
  gboolean reveal;
  char    *search;
  GStrv    where;
  char    *sort;
  gboolean descending;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->fields);
  g_free (options->search);
  g_strfreev (options->where);
  g_free (options->sort);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
choose_fields (JpKind kind, const Options *options, GArray **out_fields, GError **error)
{
  g_autoptr (GArray) fields = NULL;
  g_auto (GStrv) names = NULL;

  if (options->fields == NULL)
    {
      *out_fields = jp_export_list_fields (kind, options->all);
      return TRUE;
    }

  fields = g_array_new (FALSE, FALSE, sizeof (JpFieldId));
  names = g_strsplit (options->fields, ",", JP_FIELDS_MAX);
  for (char **name = names; *name != NULL; name++)
    {
      const JpField *field = jp_field_lookup (kind, g_strstrip (*name));

      if (field == NULL || (field->flags & (JP_FIELD_HIDDEN | JP_FIELD_JSON)))
        {
          g_set_error (error, JP_CLI_ERROR, JP_CLI_USAGE, _ ("%s has no field “%s”."),
                       jp_kind_get_info (kind)->name, *name);
          return FALSE;
        }
      g_array_append_val (fields, field->id);
    }
  *out_fields = g_steal_pointer (&fields);
  return TRUE;
}

static gboolean
make_query (JpCli *cli, JpKind kind, const Options *options, JpQuery **out_query, GError **error)
{
  g_autoptr (JpQuery) query = jp_query_new (kind);
  const JpField *sort = options->sort != NULL ? jp_field_lookup (kind, options->sort) : NULL;

  if (options->sort != NULL && (sort == NULL || (sort->flags & JP_FIELD_SEALED)))
    {
      g_set_error (error, JP_CLI_ERROR, JP_CLI_USAGE, _ ("Lists cannot be sorted by “%s”."),
                   options->sort);
      return FALSE;
    }
  if (sort != NULL)
    jp_query_set_order (query, sort->id, options->descending);
  jp_query_set_search (query, options->search);
  for (char **where = options->where; where != NULL && *where != NULL; where++)
    if (!jp_cli_record_add_where (cli, query, *where, error))
      return FALSE;

  *out_query = g_steal_pointer (&query);
  return TRUE;
}

static void
print_result (JpCli *cli, const char *path, guint n_rows)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!cli->json)
    {
      jp_cli_say (cli, g_dngettext (GETTEXT_PACKAGE, "%u row in %s", "%u rows in %s", n_rows),
                  n_rows, path);
      return;
    }

  builder = json_builder_new_immutable ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "file");
  json_builder_add_string_value (builder, path);
  json_builder_set_member_name (builder, "rows");
  json_builder_add_int_value (builder, n_rows);
  json_builder_end_object (builder);
  jp_cli_record_print_json (builder);
}

static gboolean
write_file (JpCli *cli, const JpExport *export, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (JpCliProgress) progress = NULL;
  gint64 n_expected = 0;
  guint  n_rows = 0;

  if (!jp_query_count (cli->vault, export->query, &n_expected, error) ||
      !jp_export_audit (cli->vault, export, (guint)n_expected, error))
    return FALSE;

  progress = jp_cli_begin_progress (cli, _ ("Exporting"));
  if (!jp_export_write (cli->vault, export, file, jp_cli_terminal_get_monitor (progress), &n_rows,
                        error))
    return FALSE;
  g_clear_pointer (&progress, jp_cli_terminal_end_progress);
  print_result (cli, path, n_rows);
  return TRUE;
}

/**
 * jp_command_export:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Exports a list.
 *
 * Returns: whether it worked
 */
gboolean
jp_command_export (JpCli *cli, GStrv *arguments, GError **error)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "fields", 'f', 0, G_OPTION_ARG_STRING, &options.fields,
      N_ ("These columns, with commas between"), N_ ("FIELDS") },
    { "all", 0, 0, G_OPTION_ARG_NONE, &options.all, N_ ("All columns"), NULL },
    { "reveal", 0, 0, G_OPTION_ARG_NONE, &options.reveal,
      N_ ("Sensitive fields in clear; the audit notes it"), NULL },
    { "search", 's', 0, G_OPTION_ARG_STRING, &options.search,
      N_ ("Words of a name, or a whole ID or phone number"), N_ ("TEXT") },
    { "where", 'w', 0, G_OPTION_ARG_STRING_ARRAY, &options.where, N_ ("Only those with this value"),
      N_ ("FIELD=VALUE") },
    { "sort", 0, 0, G_OPTION_ARG_STRING, &options.sort, N_ ("Sort by a field"), N_ ("FIELD") },
    { "descending", 'd', 0, G_OPTION_ARG_NONE, &options.descending, N_ ("Largest first"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { _ ("KIND FILE"),
                           _ ("Writes a list to a workbook (xlsx) or text (csv). What is sensitive "
                              "is masked."),
                           entries, 2, 2 };
  JpKind          kind = JP_KIND_NONE;
  g_autoptr (GArray) fields = NULL;
  g_autoptr (JpQuery) query = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error))
    return FALSE;
  kind = jp_command_record_get_kind ((*arguments)[0]);
  if (kind == JP_KIND_NONE)
    {
      g_set_error (error, JP_CLI_ERROR, JP_CLI_USAGE, _ ("There is no kind “%s”."),
                   (*arguments)[0]);
      return FALSE;
    }
  if (!choose_fields (kind, &options, &fields, error) || !jp_cli_open (cli, TRUE, error) ||
      !make_query (cli, kind, &options, &query, error))
    return FALSE;

  const JpExport export = { query, (const JpFieldId *)(gpointer)fields->data, fields->len,
                            options.reveal, cli->actor };

  return write_file (cli, &export, (*arguments)[1], error);
}
