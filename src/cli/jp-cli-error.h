/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * JpCliExit:
 * @JP_CLI_OK: done
 * @JP_CLI_FAILURE: it did not work; the sentence says why
 * @JP_CLI_USAGE: the command line was wrong
 * @JP_CLI_NOT_FOUND: there is no such record, file or school
 * @JP_CLI_REFUSED: done, but some rows were refused
 * @JP_CLI_KEY: wrong password, or no key
 * @JP_CLI_LOCKED: another program has the school open
 * @JP_CLI_OFFLINE: the platform could not be reached
 *
 * Exit codes. Scripts rely on them: the numbers never change.
 */
typedef enum {
  JP_CLI_OK = 0,
  JP_CLI_FAILURE = 1,
  JP_CLI_USAGE = 2,
  JP_CLI_NOT_FOUND = 3,
  JP_CLI_REFUSED = 4,
  JP_CLI_KEY = 5,
  JP_CLI_LOCKED = 6,
  JP_CLI_OFFLINE = 7,
} JpCliExit;

/* Errors of this program itself: the code is a JpCliExit, the message a translated sentence. */
#define JP_CLI_ERROR (jp_cli_error_quark ())

GQuark      jp_cli_error_quark (void);
JpCliExit   jp_cli_error_get_exit (const GError *error);
const char *jp_cli_error_get_name (JpCliExit exit_code);
char       *jp_cli_error_dup_sentence (const GError *error);

G_END_DECLS
