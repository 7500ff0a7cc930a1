/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-cli.h"
#include "jp-paper.h"

G_BEGIN_DECLS

gboolean jp_cli_print_paper (JpCli *cli, JpPaper *paper, const char *path, GError **error);
gboolean jp_cli_print_record (JpCli *cli, GStrv *arguments, GError **error);
gboolean jp_cli_print_poster (JpCli *cli, GStrv *arguments, GError **error);

G_END_DECLS
