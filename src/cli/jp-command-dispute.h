/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-command.h"

G_BEGIN_DECLS

/* Parts of `jiapei settlement`: lines of a statement that are contested. */

gboolean jp_command_dispute (JpCli *cli, GStrv *arguments, GError **error);
gboolean jp_command_dispute_evidence (JpCli *cli, GStrv *arguments, GError **error);
gboolean jp_command_dispute_export (JpCli *cli, GStrv *arguments, GError **error);

G_END_DECLS
