/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-cli.h"

G_BEGIN_DECLS

/* Parts of `settlement` that look at all contracts. */

gboolean jp_command_finance_forecast (JpCli *cli, GStrv *arguments, GError **error);
gboolean jp_command_finance_stuck (JpCli *cli, GStrv *arguments, GError **error);
gboolean jp_command_finance_overview (JpCli *cli, GStrv *arguments, GError **error);

G_END_DECLS
