/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-command-record.h"

#include <glib/gi18n.h>

#define ASSIGNMENTS_MAX 64

static JpRecord *
get_school (JpCli *cli, GError **error)
{
  JpRecord *school = jp_record_table_get (cli->vault->db, cli->vault->key, JP_KIND_SCHOOL,
                                          &cli->vault->school, error);

  if (school == NULL)
    jp_vault_translate (error);
  return school;
}

static gboolean
run_show (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp help = { "", _ ("Shows the school's own record."), NULL, 0, 0 };
  g_autoptr (JpRecord) school = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, FALSE, error))
    return FALSE;
  school = get_school (cli, error);
  return school != NULL && jp_cli_record_print (cli, school, FALSE, error);
}

static gboolean
run_edit (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp help = { _ ("FIELD=VALUE …"),
                           _ ("Changes the school's own record. FIELD= takes a value away."), NULL,
                           1, ASSIGNMENTS_MAX };
  JpId            op_id = jp_id_source_next (cli->ids);
  g_autoptr (JpRecord) school = NULL;
  g_autoptr (JpRecord) after = NULL;
  g_autoptr (JpDraft) draft = NULL;
  JpChange *change = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, TRUE, error))
    return FALSE;
  school = get_school (cli, error);
  if (school == NULL)
    return FALSE;

  draft = jp_draft_new_from (school);
  if (!jp_cli_record_assign_all (cli, draft, *arguments, error))
    return FALSE;
  after = jp_draft_end (g_steal_pointer (&draft));
  if (jp_record_diff_units (school, after) == 0)
    return jp_cli_record_print (cli, school, FALSE, error);

  change = jp_change_new (&op_id, "edit", cli->actor);
  jp_change_add (change, school, after);
  return jp_command_record_finish (cli, change, 0, error);
}

static const JpCommand parts[] = {
  { "show", NC_ ("command", "show it"), run_show },
  { "edit", NC_ ("command", "change it"), run_edit },
  { NULL, NULL, NULL },
};

/**
 * jp_command_school:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Returns: whether it worked
 */
gboolean
jp_command_school (JpCli *cli, GStrv *arguments, GError **error)
{
  return jp_command_run_part (parts, cli, arguments, error);
}
