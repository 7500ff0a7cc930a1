/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-backup.h"
#include "jp-cli.h"

G_BEGIN_DECLS

void jp_command_backup_print (JpCli              *cli,
                              const char         *path,
                              const JpBackupInfo *info,
                              const char         *sentence);

G_END_DECLS
