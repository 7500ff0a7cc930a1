/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-command.h"
#include "jp-cli-record.h"
#include "jp-demo.h"
#include "jp-district.h"
#include "jp-setup.h"

#include <glib/gi18n.h>

/* What stands on the command line. */
typedef struct
{
  char *name;
  char *short_name;
  char *district;
  char *address;
  char *phone;
  char *licence_types;
} InitOptions;

static void
init_options_clear (InitOptions *options)
{
  g_free (options->name);
  g_free (options->short_name);
  g_free (options->district);
  g_free (options->address);
  g_free (options->phone);
  g_free (options->licence_types);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (InitOptions, init_options_clear)

/* A district by its code or its name. */
static JpDraft *
make_school (JpCli *cli, const InitOptions *options)
{
  JpId              id = jp_id_source_next (cli->ids);
  const JpDistrict *district =
    options->district != NULL ? jp_district_lookup_name (options->district) : NULL;
  const JpSetupSchool school = {
    .name = options->name,
    .short_name = options->short_name,
    .district = district != NULL ? district->code : options->district,
    .address = options->address,
    .phone = options->phone,
    .licence_types = options->licence_types != NULL ? options->licence_types : "C1,C2",
  };

  return jp_setup_new_draft (&id, &school);
}

/* A draft that would be refused later is refused before there is a folder. */
static gboolean
check_school (JpCli *cli, JpDraft *school, GError **error)
{
  g_autoptr (JpSealKey) key = jp_seal_key_new_random ();

  cli->vault = jp_vault_open_private (key, cli->clock, cli->ids, error);
  if (cli->vault == NULL || !jp_cli_record_check (cli, school, error))
    return FALSE;
  jp_cli_close (cli);
  return TRUE;
}

static void
warn (JpCli *cli)
{
  if (jp_profile_is_synced_folder (cli->folder))
    g_printerr ("jiapei: %s\n",
                _ ("This folder looks as if another program copied it to other machines. That can "
                   "destroy the data: better choose another one."));
}

static gboolean
create (JpCli *cli, JpDraft *school, GError **error)
{
  g_autoptr (JpDraft) draft = school;
  char *password = jp_cli_read_password (cli, TRUE, error);

  if (password == NULL)
    return FALSE;
  cli->profile = jp_profile_create (cli->folder, password, cli->ids, error);
  jp_seal_wipe_text (password);
  cli->founding = TRUE;
  return cli->profile != NULL && jp_cli_open (cli, TRUE, error) &&
         jp_setup_school (cli->vault, g_steal_pointer (&draft), cli->actor, error);
}

static gboolean
print_created (JpCli *cli, GError **error)
{
  g_autoptr (JsonBuilder) builder = NULL;
  JpIdText id;

  if (!cli->json)
    {
      jp_cli_say (cli, _ ("The school lives in %s."), cli->profile->folder);
      jp_cli_say (cli, cli->profile->remembered
                         ? _ ("Its key is in the keyring, and under the password.")
                         : _ ("Its key is under the password. Do not lose it: nobody can open the "
                              "data without it."));
      return TRUE;
    }

  builder = json_builder_new_immutable ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "folder");
  json_builder_add_string_value (builder, cli->profile->folder);
  json_builder_set_member_name (builder, "school");
  json_builder_add_string_value (builder, jp_id_to_text (&cli->vault->school, id));
  json_builder_set_member_name (builder, "in_keyring");
  json_builder_add_boolean_value (builder, cli->profile->remembered);
  json_builder_end_object (builder);
  jp_cli_record_print_json (builder);
  return TRUE;
}

/**
 * jp_command_init:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Founds a school.
 *
 * Returns: whether it worked
 */
gboolean
jp_command_init (JpCli *cli, GStrv *arguments, GError **error)
{
  g_auto (InitOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "name", 'n', 0, G_OPTION_ARG_STRING, &options.name, N_ ("Name of the school"), N_ ("NAME") },
    { "short-name", 0, 0, G_OPTION_ARG_STRING, &options.short_name,
      N_ ("Short name (default: made from the name)"), N_ ("NAME") },
    { "district", 'd', 0, G_OPTION_ARG_STRING, &options.district,
      N_ ("District, by name or six digits"), N_ ("DISTRICT") },
    { "address", 'a', 0, G_OPTION_ARG_STRING, &options.address, N_ ("Address"), N_ ("TEXT") },
    { "phone", 0, 0, G_OPTION_ARG_STRING, &options.phone, N_ ("Phone"), N_ ("NUMBER") },
    { "licence-types", 0, 0, G_OPTION_ARG_STRING, &options.licence_types,
      N_ ("What it teaches (default: C1,C2)"), N_ ("TYPES") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { "",
                           _ ("Founds a school on this PC: a folder of its own, sealed under a "
                              "password."),
                           entries, 0, 0 };
  g_autoptr (JpDraft) school = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error))
    return FALSE;
  school = make_school (cli, &options);
  if (!check_school (cli, school, error))
    return FALSE;
  warn (cli);
  return create (cli, g_steal_pointer (&school), error) && print_created (cli, error);
}

/* --- the demo
 * -------------------------------------------------------------------------------------- */

/**
 * jp_command_demo:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Makes the demo school.
 *
 * Returns: whether it worked
 */
gboolean
jp_command_demo (JpCli *cli, GStrv *arguments, GError **error)
{
  gint64             seed = (gint64)JP_DEMO_SEED;
  const GOptionEntry entries[] = {
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, N_ ("The same seed makes the same people"),
      N_ ("NUMBER") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autofree char *summary =
    g_strdup_printf (_ (
                       "Makes a school to practise with; nobody in it exists. Its password is %s."),
                     JP_DEMO_PASSWORD);
  const JpCliHelp help = { "", summary, entries, 0, 0 };
  g_autoptr (JpCliProgress) progress = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error))
    return FALSE;
  progress = jp_cli_begin_progress (cli, _ ("Making the demo school"));
  cli->profile = jp_demo_create (cli->folder, (guint64)seed, cli->clock,
                                 jp_cli_terminal_get_monitor (progress), error);
  g_clear_pointer (&progress, jp_cli_terminal_end_progress);
  if (cli->profile == NULL || !jp_cli_open (cli, FALSE, error))
    return FALSE;

  jp_cli_say (cli, _ ("Its password is %s."), JP_DEMO_PASSWORD);
  return print_created (cli, error);
}
