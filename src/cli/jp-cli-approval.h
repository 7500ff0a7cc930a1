/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-approval-repo.h"
#include "jp-cli.h"

G_BEGIN_DECLS

/* What withdrawals and transfers share in the terminal: one person asks with a PIN, another one
 * approves or declines with a PIN. */
gboolean jp_cli_approval_ask (JpCli         *cli,
                              JpApprovalAsk *ask,
                              const char    *contract,
                              const char    *pin_path,
                              GError       **error);
gboolean jp_cli_approval_decide (JpCli      *cli,
                                 GStrv      *arguments,
                                 JpKind      kind,
                                 gboolean    approve,
                                 const char *summary,
                                 GError    **error);

G_END_DECLS
