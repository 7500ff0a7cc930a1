/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-cli-record.h"
#include "jp-cli-table.h"
#include "jp-command.h"
#include "jp-user-repo.h"

#include <glib/gi18n.h>

static gboolean
parse_role (const char *text, JpRole *out_role, GError **error)
{
  if (text != NULL && jp_user_repo_parse_role (text, out_role))
    return TRUE;
  g_set_error_literal (error, JP_CLI_ERROR, JP_CLI_USAGE,
                       _ ("A role is one of: desk, office, finance, principal."));
  return FALSE;
}

static JpCliSecret *
read_pin (const char *name, const char *path, gboolean is_new, GError **error)
{
  g_autofree char *prompt =
    g_strdup_printf (is_new ? _ ("New PIN of %s: ") : _ ("PIN of %s: "), name);

  return jp_cli_read_secret (path, prompt, is_new, error);
}

static gboolean
run_add (JpCli *cli, GStrv *arguments, GError **error)
{
  g_autofree char   *role = NULL;
  g_autofree char   *pin_path = NULL;
  g_autofree char   *by = NULL;
  g_autofree char   *by_pin_path = NULL;
  const GOptionEntry entries[] = {
    { "role", 0, 0, G_OPTION_ARG_STRING, &role, N_ ("desk, office, finance or principal"),
      N_ ("ROLE") },
    { "pin", 0, 0, G_OPTION_ARG_FILENAME, &pin_path, N_ ("File with the new PIN"), N_ ("FILE") },
    { "by", 0, 0, G_OPTION_ARG_STRING, &by, N_ ("The principal who adds the person"), N_ ("NAME") },
    { "by-pin", 0, 0, G_OPTION_ARG_FILENAME, &by_pin_path, N_ ("File with the principal's PIN"),
      N_ ("FILE") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = {
    _ ("NAME"),
    _ ("Adds somebody who works at the school. The first one is the principal; "
       "the principal adds the others."),
    entries, 1, 1
  };
  JpUserSpec spec = { 0 };
  g_autoptr (JpCliSecret) pin = NULL;
  g_autoptr (JpCliSecret) by_pin = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !parse_role (role, &spec.role, error) ||
      !jp_cli_open (cli, TRUE, error))
    return FALSE;
  pin = read_pin ((*arguments)[0], pin_path, TRUE, error);
  if (pin == NULL)
    return FALSE;
  if (by != NULL)
    {
      by_pin = read_pin (by, by_pin_path, FALSE, error);
      if (by_pin == NULL)
        return FALSE;
      spec.by_pin = by_pin;
    }
  spec.name = (*arguments)[0];
  spec.pin = pin;
  spec.by = by;
  if (!jp_user_repo_add (cli->vault, &spec, error))
    return FALSE;
  jp_cli_say (cli, _ ("%s works here now: %s."), spec.name,
              jp_code_get_label (jp_code_get (jp_role_codes, (int)spec.role)));
  return TRUE;
}

static void
print_json (GPtrArray *users)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < users->len; i++)
    {
      const JpUser *user = g_ptr_array_index (users, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "name");
      json_builder_add_string_value (builder, user->name);
      json_builder_set_member_name (builder, "role");
      json_builder_add_string_value (builder, jp_code_get (jp_role_codes, (int)user->role)->name);
      json_builder_set_member_name (builder, "disabled");
      json_builder_add_boolean_value (builder, user->disabled);
      json_builder_set_member_name (builder, "has_pin");
      json_builder_add_boolean_value (builder, user->has_pin);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  jp_cli_record_print_json (builder);
}

static gboolean
run_list (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp   help = { "", _ ("Lists who works at the school."), NULL, 0, 0 };
  const char *const labels[] = { _ ("Name"), _ ("Role"), _ ("State"), _ ("PIN at this PC"), NULL };
  g_autoptr (JpCliTable) table = jp_cli_table_new (labels);
  g_autoptr (GPtrArray) users = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, FALSE, error))
    return FALSE;
  users = jp_user_repo_list (cli->vault, error);
  if (users == NULL)
    return FALSE;
  if (cli->json)
    {
      print_json (users);
      return TRUE;
    }
  for (guint i = 0; i < users->len; i++)
    {
      const JpUser     *user = g_ptr_array_index (users, i);
      const char *const cells[] = {
        user->name, jp_code_get_label (jp_code_get (jp_role_codes, (int)user->role)),
        user->disabled ? _ ("left") : _ ("works here"), user->has_pin ? _ ("yes") : _ ("no"), NULL
      };

      jp_cli_table_add (table, cells);
    }
  jp_cli_table_print (table);
  return TRUE;
}

typedef gboolean (*Change) (JpVault *vault, const JpUserSpec *spec, GError **error);

static gboolean
run_change (JpCli      *cli,
            GStrv      *arguments,
            const char *summary,
            Change      change,
            const char *sentence,
            GError    **error)
{
  gboolean           has_pin = change == jp_user_repo_set_pin;
  g_autofree char   *pin_path = NULL;
  g_autofree char   *by = NULL;
  g_autofree char   *by_pin_path = NULL;
  const GOptionEntry entries[] = {
    { "by", 0, 0, G_OPTION_ARG_STRING, &by, N_ ("Who does it (default: the person)"), N_ ("NAME") },
    { "by-pin", 0, 0, G_OPTION_ARG_FILENAME, &by_pin_path,
      N_ ("File with that person's PIN, or with the code of another PC"), N_ ("FILE") },
    { "pin", 0, 0, G_OPTION_ARG_FILENAME, &pin_path, N_ ("File with the new PIN"), N_ ("FILE") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { _ ("NAME"), summary, entries, 1, 1 };
  JpUserSpec      spec = { 0 };
  g_autoptr (JpCliSecret) pin = NULL;
  g_autoptr (JpCliSecret) by_pin = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, TRUE, error))
    return FALSE;
  spec.name = (*arguments)[0];
  spec.by = by != NULL ? by : spec.name;
  by_pin = read_pin (spec.by, by_pin_path, FALSE, error);
  if (by_pin == NULL)
    return FALSE;
  spec.by_pin = by_pin;
  pin = has_pin ? read_pin (spec.name, pin_path, TRUE, error) : NULL;
  if (has_pin && pin == NULL)
    return FALSE;
  spec.pin = has_pin ? pin : NULL;
  if (!change (cli->vault, &spec, error))
    return FALSE;
  jp_cli_say (cli, sentence, spec.name);
  return TRUE;
}

static gboolean
run_pin (JpCli *cli, GStrv *arguments, GError **error)
{
  return run_change (cli, arguments, _ ("Gives somebody another PIN."), jp_user_repo_set_pin,
                     _ ("%s has another PIN."), error);
}

static gboolean
run_code (JpCli *cli, GStrv *arguments, GError **error)
{
  g_autofree char   *by = NULL;
  g_autofree char   *by_pin_path = NULL;
  const GOptionEntry entries[] = {
    { "by", 0, 0, G_OPTION_ARG_STRING, &by, N_ ("Who does it (default: the person)"), N_ ("NAME") },
    { "by-pin", 0, 0, G_OPTION_ARG_FILENAME, &by_pin_path, N_ ("File with that person's PIN"),
      N_ ("FILE") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  const JpCliHelp help = { _ ("NAME"),
                           _ (
                             "Makes a code with which somebody chooses a PIN at another PC of the "
                             "school, once, within a week: sync both, then “jiapei user pin” there "
                             "with the code as --by-pin."),
                           entries, 1, 1 };
  JpUserSpec      spec = { 0 };
  char           *code = NULL;
  g_autoptr (JpCliSecret) by_pin = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, TRUE, error))
    return FALSE;
  spec.name = (*arguments)[0];
  spec.by = by != NULL ? by : spec.name;
  by_pin = read_pin (spec.by, by_pin_path, FALSE, error);
  if (by_pin == NULL)
    return FALSE;
  spec.by_pin = by_pin;
  if (!jp_user_repo_make_code (cli->vault, &spec, &code, error))
    return FALSE;
  g_print ("%s\n", code);
  jp_seal_wipe_text (code);
  return TRUE;
}

static gboolean
run_disable (JpCli *cli, GStrv *arguments, GError **error)
{
  return run_change (cli, arguments, _ ("Takes the rights of somebody who left away."),
                     jp_user_repo_disable, _ ("%s does not work here any more."), error);
}

static const JpCommand parts[] = {
  { "add", NC_ ("command", "add somebody who works at the school"), run_add },
  { "list", NC_ ("command", "who works at the school"), run_list },
  { "pin", NC_ ("command", "another PIN"), run_pin },
  { "code", NC_ ("command", "a code for another PC"), run_code },
  { "disable", NC_ ("command", "somebody has left"), run_disable },
  { NULL, NULL, NULL },
};

/**
 * jp_command_user:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Returns: whether it worked
 */
gboolean
jp_command_user (JpCli *cli, GStrv *arguments, GError **error)
{
  return jp_command_run_part (parts, cli, arguments, error);
}
