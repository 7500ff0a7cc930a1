/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-command.h"

#include "jp-cli-record.h"
#include "jp-cli-table.h"
#include "jp-journal.h"
#include "jp-safety.h"

#include <glib/gi18n.h>

/* What stands on the command line; −1 and NULL leave what is chosen. */
typedef struct
{
  char    *journal;
  char    *copies;
  gboolean no_journal;
  gboolean no_copies;
  int      keep_hours;
  int      keep_days;
  int      keep_months;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->journal);
  g_free (options->copies);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
take_folder (char **chosen, const char *wanted, gboolean none, GError **error)
{
  if (none)
    g_clear_pointer (chosen, g_free);
  if (wanted == NULL)
    return TRUE;
  if (!g_file_test (wanted, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, JP_CLI_ERROR, JP_CLI_NOT_FOUND, _ ("There is no folder %s."), wanted);
      return FALSE;
    }
  g_free (*chosen);
  *chosen = g_canonicalize_filename (wanted, NULL);
  return TRUE;
}

static gboolean
take_number (guint *chosen, int wanted, GError **error)
{
  if (wanted < 0)
    return TRUE;
  if (wanted < 1 || wanted > JP_SAFETY_KEEP_MAX)
    {
      g_set_error (error, JP_CLI_ERROR, JP_CLI_USAGE, _ ("At least 1 and at most %d can be kept."),
                   JP_SAFETY_KEEP_MAX);
      return FALSE;
    }
  *chosen = (guint)wanted;
  return TRUE;
}

static gboolean
take (JpSafety *safety, const Options *options, GError **error)
{
  return take_folder (&safety->journal, options->journal, options->no_journal, error) &&
         take_folder (&safety->copies, options->copies, options->no_copies, error) &&
         take_number (&safety->keep_hours, options->keep_hours, error) &&
         take_number (&safety->keep_days, options->keep_days, error) &&
         take_number (&safety->keep_months, options->keep_months, error);
}

static gboolean
has_options (const Options *options)
{
  return options->journal != NULL || options->copies != NULL || options->no_journal ||
         options->no_copies || options->keep_hours >= 0 || options->keep_days >= 0 ||
         options->keep_months >= 0;
}

static void
print_json (const JpSafety *safety)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "keep_hours");
  json_builder_add_int_value (builder, safety->keep_hours);
  json_builder_set_member_name (builder, "keep_days");
  json_builder_add_int_value (builder, safety->keep_days);
  json_builder_set_member_name (builder, "keep_months");
  json_builder_add_int_value (builder, safety->keep_months);
  if (safety->copies != NULL)
    {
      json_builder_set_member_name (builder, "copies");
      json_builder_add_string_value (builder, safety->copies);
    }
  if (safety->journal != NULL)
    {
      json_builder_set_member_name (builder, "journal");
      json_builder_add_string_value (builder, safety->journal);
    }
  json_builder_end_object (builder);
  jp_cli_record_print_json (builder);
}

static void
print (JpCli *cli, const JpSafety *safety)
{
  if (cli->json)
    {
      print_json (safety);
      return;
    }
  jp_cli_say (cli, _ ("The newest backups of %u hours, %u days and %u months are kept."),
              safety->keep_hours, safety->keep_days, safety->keep_months);
  if (safety->copies != NULL)
    jp_cli_say (cli, _ ("A copy of each goes into %s."), safety->copies);
  else
    jp_cli_say (cli, "%s",
                _ ("There is no second folder: what lies on the same disk dies with it."));
  if (safety->journal != NULL)
    jp_cli_say (cli, _ ("Each change is written down again in %s."), safety->journal);
  else
    jp_cli_say (cli, "%s",
                _ ("There is no journal: what comes after the last backup lies on one "
                   "disk only."));
}

/**
 * jp_command_safety:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Shows or changes how the data are kept safe.
 *
 * Returns: whether it worked
 */
gboolean
jp_command_safety (JpCli *cli, GStrv *arguments, GError **error)
{
  g_auto (Options) options = { .keep_hours = -1, .keep_days = -1, .keep_months = -1 };
  const GOptionEntry entries[] = {
    { "journal", 0, 0, G_OPTION_ARG_FILENAME, &options.journal,
      N_ ("Write each change down again, on another disk"), N_ ("FOLDER") },
    { "no-journal", 0, 0, G_OPTION_ARG_NONE, &options.no_journal, N_ ("Keep no journal"), NULL },
    { "copies", 0, 0, G_OPTION_ARG_FILENAME, &options.copies,
      N_ ("Put a copy of each backup on another disk"), N_ ("FOLDER") },
    { "no-copies", 0, 0, G_OPTION_ARG_NONE, &options.no_copies, N_ ("Make no copies"), NULL },
    { "keep-hours", 0, 0, G_OPTION_ARG_INT, &options.keep_hours,
      N_ ("Keep the newest backup of so many hours"), N_ ("NUMBER") },
    { "keep-days", 0, 0, G_OPTION_ARG_INT, &options.keep_days,
      N_ ("Keep the newest backup of so many days"), N_ ("NUMBER") },
    { "keep-months", 0, 0, G_OPTION_ARG_INT, &options.keep_months,
      N_ ("Keep the newest backup of so many months"), N_ ("NUMBER") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { "",
                           _ ("Shows or changes how the data are kept safe: which backups are "
                              "kept, where their copies go, where the journal lies."),
                           entries, 0, 0 };
  g_autoptr (JpSafety) safety = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error))
    return FALSE;
  safety = jp_safety_load (cli->folder);
  if (!take (safety, &options, error))
    return FALSE;

  /* Opening to write also begins the journal, which ends with the command. */
  if (has_options (&options) &&
      (!jp_cli_open (cli, TRUE, error) || !jp_safety_save (safety, cli->folder, error)))
    return FALSE;
  if (cli->vault != NULL)
    jp_journal_attach_chosen (cli->vault, cli->folder);
  print (cli, safety);
  return TRUE;
}
