/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-command-record.h"
#include "jp-desk.h"

#include <glib/gi18n.h>
#include <string.h>

#define NONE "none"

/* What stands on the command line of a swap. */
typedef struct
{
  char    *sim;
  char    *reason;
  char    *note;
  gboolean take;
} SwapOptions;

static void
swap_options_clear (SwapOptions *options)
{
  g_free (options->sim);
  g_free (options->reason);
  g_free (options->note);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SwapOptions, swap_options_clear)

static gboolean
find_reason (const char *text, gboolean first, JpAssignmentReason *out_reason, GError **error)
{
  const JpCode *code = NULL;

  if (text == NULL)
    {
      *out_reason = first ? JP_ASSIGNMENT_REASON_FIRST : JP_ASSIGNMENT_REASON_SWAP;
      return TRUE;
    }
  code = jp_code_lookup_label (jp_assignment_reason_codes, text);
  if (code != NULL)
    {
      *out_reason = (JpAssignmentReason)code->value;
      return TRUE;
    }

  g_autoptr (GString) names = g_string_new (NULL);

  for (code = jp_assignment_reason_codes; code->name != NULL; code++)
    g_string_append_printf (names, "\n  %s  %s", code->name, jp_code_get_label (code));
  g_set_error (error, JP_CLI_ERROR, JP_CLI_USAGE, _ ("“%s” is not one of the reasons:%s"), text,
               names->str);
  return FALSE;
}

/* Without a word about the card, the terminal keeps the one it has here. */
static gboolean
fill_swap (JpCli *cli, const SwapOptions *options, JpDeskSwap *swap, char **out_sim, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JpRecord) present =
    jp_desk_find_assignment (cli->vault, JP_TERMINAL_ASSIGNMENT_VEHICLE, &swap->vehicle,
                             &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (!find_reason (options->reason, present == NULL, &swap->reason, error))
    return FALSE;

  if (options->sim != NULL)
    *out_sim = jp_text_clean_code (options->sim);
  else if (present != NULL)
    *out_sim = g_strdup (jp_record_get_text (present, JP_TERMINAL_ASSIGNMENT_SIM));
  swap->sim = *out_sim;
  swap->note = options->note;
  swap->take_from_other = options->take;
  return TRUE;
}

static guint
find_new_row (JpChange *change)
{
  for (guint i = 0; i < change->rows->len; i++)
    if (((JpChangeRow *)g_ptr_array_index (change->rows, i))->before == NULL)
      return i;
  return 0;
}

static gboolean
run_swap (JpCli *cli, GStrv *arguments, GError **error)
{
  g_auto (SwapOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "sim", 0, 0, G_OPTION_ARG_STRING, &options.sim,
      N_ ("Number of the SIM card (default: the one in this vehicle)"), N_ ("NUMBER") },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason,
      N_ ("first, swap, repair, sim, vehicle or other"), N_ ("REASON") },
    { "note", 0, 0, G_OPTION_ARG_STRING, &options.note, N_ ("A remark"), N_ ("TEXT") },
    { "take", 0, 0, G_OPTION_ARG_NONE, &options.take,
      N_ ("Take the terminal out of another vehicle if it sits there"), NULL },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp  help = { _ ("VEHICLE TERMINAL"),
                            _ ("Puts a terminal into a vehicle and takes the present one out; none "
                                "as the terminal only takes it out."),
                            entries, 2, 2 };
  JpDeskSwap       swap = { 0 };
  g_autofree char *sim = NULL;
  g_autoptr (JpRecord) vehicle = NULL;
  g_autoptr (JpRecord) terminal = NULL;
  JpChange *change = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, TRUE, error))
    return FALSE;
  vehicle = jp_cli_record_find (cli, JP_KIND_VEHICLE, (*arguments)[0], error);
  if (vehicle == NULL)
    return FALSE;
  swap.vehicle = *jp_record_get_id (vehicle);

  if (strcmp ((*arguments)[1], NONE) != 0)
    {
      terminal = jp_cli_record_find (cli, JP_KIND_TERMINAL, (*arguments)[1], error);
      if (terminal == NULL)
        return FALSE;
      swap.terminal = *jp_record_get_id (terminal);
    }
  if (!fill_swap (cli, &options, &swap, &sim, error))
    return FALSE;

  change = jp_desk_swap_terminal (cli->vault, &swap, cli->actor, error);
  return jp_command_record_finish (cli, change, change != NULL ? find_new_row (change) : 0, error);
}

static gboolean
find_end (JpCli *cli, const char *text, JpQuery *query, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JpRecord) terminal = jp_cli_record_find (cli, JP_KIND_TERMINAL, text, &local_error);
  g_autoptr (JpRecord) vehicle = NULL;

  if (terminal != NULL)
    {
      jp_query_where_ref (query, JP_TERMINAL_ASSIGNMENT_TERMINAL, jp_record_get_id (terminal));
      return TRUE;
    }
  if (!g_error_matches (local_error, JP_CLI_ERROR, JP_CLI_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  vehicle = jp_cli_record_find (cli, JP_KIND_VEHICLE, text, error);
  if (vehicle == NULL)
    return FALSE;
  jp_query_where_ref (query, JP_TERMINAL_ASSIGNMENT_VEHICLE, jp_record_get_id (vehicle));
  return TRUE;
}

static gboolean
run_history (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp help = { _ ("[TERMINAL | VEHICLE]"),
                           _ ("Shows which terminal was in which vehicle, and when."), NULL, 0, 1 };
  g_autoptr (JpQuery) query = jp_query_new (JP_KIND_TERMINAL_ASSIGNMENT);
  g_autoptr (GPtrArray) records = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, FALSE, error))
    return FALSE;
  if ((*arguments)[0] != NULL && !find_end (cli, (*arguments)[0], query, error))
    return FALSE;

  jp_query_set_order (query, JP_TERMINAL_ASSIGNMENT_STARTED_AT, FALSE);
  records = jp_query_fetch_all (cli->vault, query, error);
  return records != NULL &&
         jp_cli_record_print_list (cli, JP_KIND_TERMINAL_ASSIGNMENT, records, FALSE, error);
}

static const JpCommand parts[] = {
  { "list", NC_ ("command", "list, search, filter"), jp_command_record_list },
  { "show", NC_ ("command", "show one"), jp_command_record_show },
  { "add", NC_ ("command", "make one"), jp_command_record_add },
  { "edit", NC_ ("command", "change one"), jp_command_record_edit },
  { "swap", NC_ ("command", "put one into a vehicle"), run_swap },
  { "history", NC_ ("command", "which one was where, and when"), run_history },
  { "delete", NC_ ("command", "put one into the trash"), jp_command_record_delete },
  { "restore", NC_ ("command", "take one out of the trash"), jp_command_record_restore },
  { NULL, NULL, NULL },
};

/**
 * jp_command_terminal:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Returns: whether it worked
 */
gboolean
jp_command_terminal (JpCli *cli, GStrv *arguments, GError **error)
{
  return jp_command_run_part (parts, cli, arguments, error);
}
