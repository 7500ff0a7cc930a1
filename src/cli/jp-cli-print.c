/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-cli-print.h"

#include "jp-command-record.h"
#include "jp-print.h"

#include <glib/gi18n.h>

#define TIERS_MAX 64

/**
 * jp_cli_print_paper:
 * @cli: the run
 * @paper: (nullable): a paper; %NULL if @error is set already
 * @path: the file to write
 * @error: return location
 *
 * Writes a paper as PDF and says where it is.
 *
 * Returns: whether the file is there
 */
gboolean
jp_cli_print_paper (JpCli *cli, JpPaper *paper, const char *path, GError **error)
{
  g_return_val_if_fail (cli != NULL, FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (JsonBuilder) builder = NULL;
  guint n_pages = 0;

  if (paper == NULL || !jp_paper_save (paper, file, error))
    return FALSE;
  n_pages = jp_paper_get_n_pages (paper);
  if (!cli->json)
    {
      jp_cli_say (cli, g_dngettext (GETTEXT_PACKAGE, "%u page in %s", "%u pages in %s", n_pages),
                  n_pages, path);
      return TRUE;
    }

  builder = json_builder_new_immutable ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "file");
  json_builder_add_string_value (builder, path);
  json_builder_set_member_name (builder, "pages");
  json_builder_add_int_value (builder, n_pages);
  json_builder_end_object (builder);
  jp_cli_record_print_json (builder);
  return TRUE;
}

static gboolean
check_output (const char *output, GError **error)
{
  if (output != NULL)
    return TRUE;
  g_set_error_literal (error, JP_CLI_ERROR, JP_CLI_USAGE,
                       _ ("Name the file to write: --output FILE.pdf"));
  return FALSE;
}

/**
 * jp_cli_print_record:
 * @cli: the run
 * @arguments: (inout): the command, whose first word names the kind
 * @error: return location
 *
 * Prints the document of a record into a PDF file.
 *
 * Returns: whether it worked
 */
gboolean
jp_cli_print_record (JpCli *cli, GStrv *arguments, GError **error)
{
  JpKind             kind = jp_command_record_get_kind ((*arguments)[0]);
  g_autofree char   *output = NULL;
  gboolean           reveal = FALSE;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("The file to write"), N_ ("FILE") },
    { "reveal", 0, 0, G_OPTION_ARG_NONE, &reveal,
      N_ ("Sensitive fields in clear; the audit notes it"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { _ ("RECORD --output FILE.pdf"),
                           _ ("Writes the printed form of a record into a PDF file."), entries, 1,
                           1 };
  g_autoptr (JpRecord) record = NULL;
  g_autoptr (JpPaper) paper = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !check_output (output, error) ||
      !jp_cli_open (cli, TRUE, error))
    return FALSE;
  record = jp_cli_record_find (cli, kind, (*arguments)[0], error);
  if (record == NULL)
    return FALSE;

  paper = jp_print_record (cli->vault, kind, jp_record_get_id (record), reveal, error);
  return paper != NULL &&
         jp_print_audit (cli->vault, kind, jp_record_get_id (record), reveal, cli->actor, error) &&
         jp_cli_print_paper (cli, paper, output, error);
}

static GPtrArray *
find_tiers (JpCli *cli, GStrv names, GError **error)
{
  g_autoptr (GPtrArray) tiers = g_ptr_array_new_with_free_func ((GDestroyNotify)jp_record_unref);

  for (char **name = names; *name != NULL; name++)
    {
      JpRecord *tier = jp_cli_record_find (cli, JP_KIND_CLASS_TIER, *name, error);

      if (tier == NULL)
        return NULL;
      g_ptr_array_add (tiers, tier);
    }
  return g_steal_pointer (&tiers);
}

/**
 * jp_cli_print_poster:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Prints the price list of all class tiers on sale, or of those that are named.
 *
 * Returns: whether it worked
 */
gboolean
jp_cli_print_poster (JpCli *cli, GStrv *arguments, GError **error)
{
  g_autofree char   *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("The file to write"), N_ ("FILE") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { _ ("[TIER …] --output FILE.pdf"),
                           _ ("Writes the price list to hang up into a PDF file: all class tiers "
                              "on sale, or those that are named."),
                           entries, 0, TIERS_MAX };
  g_autoptr (GPtrArray) tiers = NULL;
  g_autoptr (JpPaper) paper = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !check_output (output, error) ||
      !jp_cli_open (cli, TRUE, error))
    return FALSE;
  if ((*arguments)[0] != NULL)
    {
      tiers = find_tiers (cli, *arguments, error);
      if (tiers == NULL)
        return FALSE;
    }
  paper = jp_print_tiers (cli->vault, tiers, error);
  return paper != NULL &&
         jp_print_audit (cli->vault, JP_KIND_CLASS_TIER, NULL, FALSE, cli->actor, error) &&
         jp_cli_print_paper (cli, paper, output, error);
}
