/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-cli-record.h"
#include "jp-change.h"
#include "jp-command.h"

G_BEGIN_DECLS

/* What is the same for every kind of record; the kind comes from the first word of the command. */

gboolean jp_command_record_list (JpCli *cli, GStrv *arguments, GError **error);
gboolean jp_command_record_show (JpCli *cli, GStrv *arguments, GError **error);
gboolean jp_command_record_add (JpCli *cli, GStrv *arguments, GError **error);
gboolean jp_command_record_edit (JpCli *cli, GStrv *arguments, GError **error);
gboolean jp_command_record_delete (JpCli *cli, GStrv *arguments, GError **error);
gboolean jp_command_record_restore (JpCli *cli, GStrv *arguments, GError **error);

JpKind   jp_command_record_get_kind (const char *command);
gboolean jp_command_record_commit (JpCli *cli, JpChange *change, GError **error);
gboolean jp_command_record_finish (JpCli *cli, JpChange *change, guint row, GError **error);

G_END_DECLS
