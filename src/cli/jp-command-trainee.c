/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jp-cli-print.h"
#include "jp-command-record.h"
#include "jp-commit.h"
#include "jp-op-repo.h"

#include <glib/gi18n.h>
#include <string.h>

/* The commands that need nothing but what is the same for every kind. */

#define LIST                                                                                       \
  {                                                                                                \
    "list", NC_ ("command", "list, search, filter"), jp_command_record_list                        \
  }
#define SHOW                                                                                       \
  {                                                                                                \
    "show", NC_ ("command", "show one"), jp_command_record_show                                    \
  }
#define ADD                                                                                        \
  {                                                                                                \
    "add", NC_ ("command", "make one"), jp_command_record_add                                      \
  }
#define EDIT                                                                                       \
  {                                                                                                \
    "edit", NC_ ("command", "change one"), jp_command_record_edit                                  \
  }
#define DELETE                                                                                     \
  {                                                                                                \
    "delete", NC_ ("command", "put one into the trash"), jp_command_record_delete                  \
  }
#define RESTORE                                                                                    \
  {                                                                                                \
    "restore", NC_ ("command", "take one out of the trash"), jp_command_record_restore             \
  }
#define END                                                                                        \
  {                                                                                                \
    NULL, NULL, NULL                                                                               \
  }

static const JpCommand trainee_parts[] = {
  LIST,
  SHOW,
  { "print", NC_ ("command", "the enrolment form as PDF"), jp_cli_print_record },
  ADD,
  EDIT,
  DELETE,
  RESTORE,
  { "undo", NC_ ("command", "take the last action back"), jp_command_undo },
  END,
};

static const JpCommand plain_parts[] = { LIST, SHOW, ADD, EDIT, DELETE, RESTORE, END };

/**
 * jp_command_trainee:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Returns: whether it worked
 */
gboolean
jp_command_trainee (JpCli *cli, GStrv *arguments, GError **error)
{
  return jp_command_run_part (trainee_parts, cli, arguments, error);
}

/**
 * jp_command_coach:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Returns: whether it worked
 */
gboolean
jp_command_coach (JpCli *cli, GStrv *arguments, GError **error)
{
  return jp_command_run_part (plain_parts, cli, arguments, error);
}

/**
 * jp_command_vehicle:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Returns: whether it worked
 */
gboolean
jp_command_vehicle (JpCli *cli, GStrv *arguments, GError **error)
{
  return jp_command_run_part (plain_parts, cli, arguments, error);
}

static gboolean
find_action (JpCli *cli, const char *number, gint64 *out_n, GError **error)
{
  guint64 n = 0;

  if (number == NULL)
    {
      if (!jp_op_repo_get_last_undoable (cli->vault, 0, out_n, error))
        return FALSE;
    }
  else if (g_ascii_string_to_unsigned (number, 10, 1, G_MAXINT64, &n, NULL))
    *out_n = (gint64)n;
  else
    *out_n = 0;

  if (*out_n > 0)
    return TRUE;
  g_set_error_literal (error, JP_CLI_ERROR, JP_CLI_NOT_FOUND, _ ("There is nothing to take back."));
  return FALSE;
}

static void
print_undone (JpCli *cli, const JpOp *op, gint64 undone)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, op->n);
  g_autoptr (JsonBuilder) builder = NULL;

  if (!cli->json)
    {
      jp_cli_say (cli, _ ("Action %s (%s) was taken back."), number, op->kind);
      return;
    }

  builder = json_builder_new_immutable ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "undone");
  json_builder_add_int_value (builder, op->n);
  json_builder_set_member_name (builder, "kind");
  json_builder_add_string_value (builder, op->kind);
  json_builder_set_member_name (builder, "n");
  json_builder_add_int_value (builder, undone);
  json_builder_end_object (builder);
  jp_cli_record_print_json (builder);
}

/**
 * jp_command_undo:
 * @cli: the run
 * @arguments: (inout): the command
 * @error: return location
 *
 * Takes an action back.
 *
 * Returns: whether it worked
 */
gboolean
jp_command_undo (JpCli *cli, GStrv *arguments, GError **error)
{
  const JpCliHelp help = { _ ("[NUMBER]"),
                           _ ("Takes the last action back, or the one with a number. What somebody "
                              "changed since then stays."),
                           NULL, 0, 1 };
  gint64          n = 0;
  gint64          undone = 0;
  g_autoptr (JpOp) op = NULL;

  if (!jp_cli_parse (cli, &help, arguments, error) || !jp_cli_open (cli, TRUE, error) ||
      !find_action (cli, (*arguments)[0], &n, error))
    return FALSE;
  op = jp_op_repo_get (cli->vault, n, error);
  if (op == NULL || !jp_commit_undo (cli->vault, n, cli->actor, &undone, error))
    return FALSE;
  print_undone (cli, op, undone);
  return TRUE;
}
