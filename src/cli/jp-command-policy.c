/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-command-record.h"
#include "jp-data.h"
#include "jp-policy.h"

#include <glib/gi18n.h>
#include <string.h>

/* Files are checked without a school: whoever writes one may not have any. */

/**
 * jp_command_policy_load:
 * @path: a policy file
 * @error: return location for a [enum@Jp.CliExit]
 *
 * Returns: (transfer full): the policy, or %NULL with %JP_CLI_NOT_FOUND, or with %JP_CLI_FAILURE
 * and file, line and reason
 */
JpPolicy *
jp_command_policy_load (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autofree char *bytes = NULL;
  gsize            length_bytes = 0;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JpPolicy) policy = NULL;

  if (!g_file_get_contents (path, &bytes, &length_bytes, NULL))
    {
      g_set_error (error, JP_CLI_ERROR, JP_CLI_NOT_FOUND, _ ("The file cannot be read: %s"), path);
      return NULL;
    }
  file = g_bytes_new_take (g_steal_pointer (&bytes), length_bytes);
  policy = jp_policy_new_from_bytes (path, file, &local_error);
  if (policy == NULL)
    g_set_error_literal (error, JP_CLI_ERROR, JP_CLI_FAILURE, local_error->message);
  return g_steal_pointer (&policy);
}

static void
print_json (JpPolicy *policy)
{
  const JpDataHeader *header = jp_policy_get_header (policy);
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, header->id);
  json_builder_set_member_name (builder, "digest");
  json_builder_add_string_value (builder, jp_policy_get_digest (policy));
  json_builder_set_member_name (builder, "complete");
  json_builder_add_boolean_value (builder, jp_policy_is_complete (policy));
  json_builder_set_member_name (builder, "assumption");
  json_builder_add_boolean_value (builder, header->is_assumption);
  json_builder_end_object (builder);
  jp_cli_record_print_json (builder);
}

static void
print_policy (JpCli *cli, JpPolicy *policy)
{
  const JpDataHeader *header = jp_policy_get_header (policy);

  g_print ("%s\n%s · %s\nSHA-256 %s\n", header->title, jp_policy_get_city (policy), header->issuer,
           jp_policy_get_digest (policy));
  for (guint i = 0; i < jp_policy_get_n_stages (policy); i++)
    g_print ("  %u. %s: %s\n", i + 1, jp_policy_get_stage (policy, i)->title,
             jp_policy_get_stage (policy, i)->clause);
  for (guint i = 0; i < jp_policy_get_n_items (policy); i++)
    g_print ("  − %s: %s\n", jp_policy_get_item (policy, i)->title,
             jp_policy_get_item (policy, i)->clause);
  jp_cli_say (cli, "%s",
              jp_policy_is_complete (policy)
                ? _ ("The file is in order.")
                : _ ("The file is in order, but not complete: some numbers are to be filled in, or "
                     "it has no release or no refund rules."));
  if (header->is_assumption)
    jp_cli_say (cli, _ ("Its numbers are assumptions, not the rules of an authority."));
}

static gboolean
run_check (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp help = { _ ("FILE"),
                           _ ("Checks a policy file: what is wrong, where, and why; or what it "
                              "says."),
                           NULL, 1, 1 };
  g_autoptr (JpPolicy) policy = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error))
    return FALSE;
  policy = jp_command_policy_load ((*arguments)[0], error);
  if (policy == NULL)
    return FALSE;
  if (cli->json)
    print_json (policy);
  else
    print_policy (cli, policy);
  return TRUE;
}

static gboolean
run_list (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp help = { "", _ ("Lists the policies that come with the program."), NULL, 0, 0 };
  g_auto (GStrv) names = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error))
    return FALSE;
  names = jp_data_list ("policies");
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *id = g_strndup (names[i], strlen (names[i]) - strlen (".json"));
      g_autoptr (JpPolicy) policy = jp_policy_new_from_data (id, error);

      if (policy == NULL)
        return FALSE;
      g_print ("%s  %s\n", id, jp_policy_get_header (policy)->title);
    }
  return TRUE;
}

static const JpCommand parts[] = {
  { "check", NC_ ("command", "check a file"), run_check },
  { "list", NC_ ("command", "policies that come with the program"), run_list },
  { NULL, NULL, NULL },
};

/**
 * jp_command_policy:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Returns: whether it worked
 */
gboolean
jp_command_policy (JpCli *cli, GStrv *arguments, GError **error)
{
  return jp_command_run_part (parts, cli, arguments, error);
}
