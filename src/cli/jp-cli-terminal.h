/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "jp-monitor.h"

G_BEGIN_DECLS

/* The terminal that the program runs in, if there is one. */

gboolean jp_cli_terminal_is_input (void);
gboolean jp_cli_terminal_is_error (void);
char    *jp_cli_terminal_ask_password (const char *prompt, GError **error);

/* A progress bar on the terminal; nothing where there is none. Ctrl+C stops the job. */
typedef struct _JpCliProgress JpCliProgress;

JpCliProgress   *jp_cli_terminal_begin_progress (const char *label, gboolean show);
const JpMonitor *jp_cli_terminal_get_monitor (JpCliProgress *progress);
void             jp_cli_terminal_end_progress (JpCliProgress *progress);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JpCliProgress, jp_cli_terminal_end_progress)

G_END_DECLS
