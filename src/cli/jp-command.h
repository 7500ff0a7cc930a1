/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-cli.h"
#include "jp-policy.h"

G_BEGIN_DECLS

/**
 * JpCommandFunc:
 * @cli: the run
 * @arguments: (inout): the name of the command and what follows it
 * @error: return location
 *
 * A command. What it has to report although it worked goes into the exit code of the run.
 *
 * Returns: whether it worked
 */
typedef gboolean (*JpCommandFunc) (JpCli *cli, GStrv *arguments, GError **error);

/**
 * JpCommand:
 * @name: how it is called
 * @summary: what it does, marked for translation in the context "command"
 * @run: the function
 *
 * One command of the program. A list of them ends with an entry without a name.
 */
typedef struct
{
  const char   *name;
  const char   *summary;
  JpCommandFunc run;
} JpCommand;

extern const JpCommand jp_commands[];

const JpCommand *jp_command_find (const JpCommand *commands, const char *name);
char            *jp_command_dup_list (const JpCommand *commands);
gboolean jp_command_run_part (const JpCommand *parts, JpCli *cli, GStrv *arguments, GError **error);

gboolean  jp_command_init (JpCli *cli, GStrv *arguments, GError **error);
gboolean  jp_command_import (JpCli *cli, GStrv *arguments, GError **error);
gboolean  jp_command_export (JpCli *cli, GStrv *arguments, GError **error);
gboolean  jp_command_trainee (JpCli *cli, GStrv *arguments, GError **error);
gboolean  jp_command_coach (JpCli *cli, GStrv *arguments, GError **error);
gboolean  jp_command_vehicle (JpCli *cli, GStrv *arguments, GError **error);
gboolean  jp_command_school (JpCli *cli, GStrv *arguments, GError **error);
gboolean  jp_command_contract (JpCli *cli, GStrv *arguments, GError **error);
gboolean  jp_command_tier (JpCli *cli, GStrv *arguments, GError **error);
gboolean  jp_command_terminal (JpCli *cli, GStrv *arguments, GError **error);
gboolean  jp_command_sync (JpCli *cli, GStrv *arguments, GError **error);
gboolean  jp_command_conflict_list (JpCli *cli, GStrv *arguments, GError **error);
gboolean  jp_command_conflict_resolve (JpCli *cli, GStrv *arguments, GError **error);
gboolean  jp_command_courier (JpCli *cli, GStrv *arguments, GError **error);
gboolean  jp_command_refund (JpCli *cli, GStrv *arguments, GError **error);
JpPolicy *jp_command_policy_load (const char *path, GError **error);
gboolean  jp_command_policy (JpCli *cli, GStrv *arguments, GError **error);
gboolean  jp_command_transfer (JpCli *cli, GStrv *arguments, GError **error);
gboolean  jp_command_user (JpCli *cli, GStrv *arguments, GError **error);
gboolean  jp_command_settlement (JpCli *cli, GStrv *arguments, GError **error);
gboolean  jp_command_verify (JpCli *cli, GStrv *arguments, GError **error);
gboolean  jp_command_attachment (JpCli *cli, GStrv *arguments, GError **error);
gboolean  jp_command_backup (JpCli *cli, GStrv *arguments, GError **error);
gboolean  jp_command_safety (JpCli *cli, GStrv *arguments, GError **error);
gboolean  jp_command_password (JpCli *cli, GStrv *arguments, GError **error);
gboolean  jp_command_restore (JpCli *cli, GStrv *arguments, GError **error);
gboolean  jp_command_demo (JpCli *cli, GStrv *arguments, GError **error);
gboolean  jp_command_undo (JpCli *cli, GStrv *arguments, GError **error);

G_END_DECLS
